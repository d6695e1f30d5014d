/* What is known of masks by what made them. */
#ifndef NW_MATCH_CAUSAL_H
#define NW_MATCH_CAUSAL_H

#include "eval/eval.h"

/* Whether a matrix of truth values is `hidden` for the later positions and the opposite for all others. */
bool nw_is_causal(nw_eval *eval, nw_value value, bool hidden);
/* Whether no row of it is `hidden` throughout: rows of such a triangle. */
bool nw_has_open_rows(nw_eval *eval, nw_value value, bool hidden);
/* Whether it holds zeros and ones only, whatever it is given. */
bool nw_is_zero_one(const nw_eval *eval, nw_value value);
/* Minus infinity, or the lowest number of a dtype, as a number or a tensor of one. */
bool nw_is_lowest(const nw_eval *eval, nw_value value);

#endif
