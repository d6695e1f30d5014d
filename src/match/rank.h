/* The number of dimensions of a value, where its shape is not known but what made it says so, `x.view(a, b)`, torch.bmm, or what reads it, `b, t, c = x.shape`.
 * Takes values of a run; owns nothing. */
#ifndef NW_MATCH_RANK_H
#define NW_MATCH_RANK_H

#include "eval/eval.h"

/* Where `path` holds; -1: not known. */
int nw_rank_of(nw_eval *eval, nw_value value, nw_guard path);
/* No more than the number of its dimensions, which may not be known: `mask[:, None, None, :]` has at least four. */
int nw_least_rank_of(nw_eval *eval, nw_value value, nw_guard path);
/* Whether a fact exchanges two axes of the value, or of what has the same number of dimensions because both were made of one tensor: there are two at least. */
bool nw_exchanges_axes(const nw_eval *eval, const nw_fact *fact, nw_value value);
/* What a fact that takes the value, or what becomes of it, says of its rank: torch.bmm takes three dimensions. -1: nothing. */
int nw_rank_by_consumer(const nw_eval *eval, const nw_fact *consumer, nw_value value);

#endif
