/* Whether a value holds integers, truth values or complex numbers on some way that leads to it, by what made it: indices, counts, casts.
 * Takes values of a run; owns nothing. False: it cannot be told. */
#ifndef NW_MATCH_INTEGRAL_H
#define NW_MATCH_INTEGRAL_H

#include "eval/eval.h"

bool nw_may_be_integral(const nw_eval *eval, nw_value value);

#endif
