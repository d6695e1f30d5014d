/* The number of dimensions of a value, where its shape is not known but what made it says so: `x.view(a, b)`, torch.bmm.
 * Takes values of a run; owns nothing. */
#ifndef NW_MATCH_RANK_H
#define NW_MATCH_RANK_H

#include "eval/eval.h"

/* -1: not known. */
int nw_rank_of(const nw_eval *eval, nw_value value);
/* What a fact that takes the value, or what becomes of it, says of its rank: torch.bmm takes three dimensions. -1: nothing. */
int nw_rank_by_consumer(const nw_eval *eval, const nw_fact *consumer, nw_value value);

#endif
