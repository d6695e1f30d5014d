/* What becomes of a value after it was made: whether it is changed in place, or something asks how it lies in memory.
 *
 * Purpose: `out += x` behind `out = weights @ v` is harmless, and breaks the gradients of an operator that keeps its result for them.
 * Ownership: none. */
#ifndef NW_MATCH_WRITTEN_H
#define NW_MATCH_WRITTEN_H

#include "match/unify.h"

/* Whether something writes in place to the value of an expression, through the names that it and its views are given, or to that of a name behind a read of it. */
bool nw_is_written_later(nw_match *match, uint32_t node);

/* Whether all that reads the value of an expression gives the same however it lies in memory: a product, a copy, a reshape that joins axes. */
bool nw_is_settled(nw_match *match, uint32_t node);

#endif
