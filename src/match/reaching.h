/* Which of the assignments to a local name a read of it may see.
 *
 * Purpose: `x = self.dropout(x)` below a read of `x` is no value of that read, unless a loop leads back to it; and a plain assignment
 * in front of the read hides those in front of itself.
 * Invariants: never leaves out an assignment that some run of the function may read there. */
#ifndef NW_MATCH_REACHING_H
#define NW_MATCH_REACHING_H

#include "match/outline.h"

/* What the definitions of a local name, of which a NAME node reads one, give it. Found once for each read. */
nw_list nw_values_reaching(nw_outline *outline, uint32_t name);

#endif
