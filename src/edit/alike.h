/* Reads of the dtype and the device of values that a rewrite no longer computes.
 *
 * Purpose: `scores.dtype` in code that stays means `query.dtype`, where the rule says that the two are alike (condition `alike`).
 * Ownership: none.
 * Invariants: only values whose every definition is alike one and the same operand, whose text costs nothing, are replaced. */
#ifndef NW_EDIT_ALIKE_H
#define NW_EDIT_ALIKE_H

#include "edit/rewrite.h"

/* The operand that stands in for the value read at a NAME node; 0: none, or more than its dtype and device is read. */
uint32_t nw_alike_operand(const nw_match *match, uint32_t name);
/* Source text with such reads replaced. */
void nw_alike_put(const nw_match *match, uint32_t start, uint32_t end, nw_buffer *out);

#endif
