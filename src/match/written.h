/* What becomes of a value after it was made: whether it is changed in place, or its axes are joined without a copy.
 *
 * Purpose: `out += x` behind `out = weights @ v` is harmless, and breaks the gradients of an operator that keeps its result for them.
 * Ownership: none. */
#ifndef NW_MATCH_WRITTEN_H
#define NW_MATCH_WRITTEN_H

#include "match/unify.h"

/* Whether the function writes in place to the value of an expression, through the names that it and its views are given, or to that of a name behind a read of it. */
bool nw_is_written_later(const nw_match *match, uint32_t node);

/* Whether `x.view(...)` may join axes of the value of an expression, or of what is laid out in memory as it is, y = relu(x), by itself or by its name: a view into more
 * than three axes only splits. */
bool nw_is_merged_later(const nw_match *match, uint32_t node);

#endif
