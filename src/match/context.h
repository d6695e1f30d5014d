/* Blocks of `with` that change nothing under a condition that can be tested.
 *
 * Purpose: in `with autocast(enabled=False):` the statements do what they would do without it, as long as autocast is off around it. A rule
 * that asks for that (`one-autocast`) may match into such a block and out of it.
 * Ownership: none. */
#ifndef NW_MATCH_CONTEXT_H
#define NW_MATCH_CONTEXT_H

#include "match/unify.h"

/* Whether a statement is `with autocast(enabled=False):` for CUDA and nothing else, in this activation. */
bool nw_switches_autocast_off(const nw_match *match, uint32_t statement);
/* Whether some matched call stands in such a block that does not hold the node too. */
bool nw_is_out_of_autocast(const nw_match *match, uint32_t node);
/* Whether the match's form asks for `one-autocast`, and the statement is such a block. */
bool nw_context_is_open(const nw_match *match, uint32_t statement);

#endif
