/* Whether a value holds finite numbers only, by what made it: positions, slopes, learned biases.
 * Takes values of a run; owns nothing. False: it cannot be told. Overflow is not considered. */
#ifndef NW_MATCH_FINITE_H
#define NW_MATCH_FINITE_H

#include "eval/eval.h"

bool nw_is_finite(const nw_eval *eval, nw_value value);

/* Whether a number, or a tensor of no dimension that holds one, times `sign` is so low that a softmax leaves nothing of it: 1 yes, -1 no, 0: it
 * cannot be told. */
int nw_hides(const nw_eval *eval, nw_value value, int64_t sign);

#endif
