/* Which of the assignments to a local name a read of it may see.
 *
 * Purpose: `x = self.dropout(x)` below a read of `x` is no value of that read, unless a loop leads back to it; and a plain assignment
 * in front of the read hides those in front of itself.
 * Invariants: never leaves out an assignment that some run of the function may read there. */
#ifndef NW_MATCH_REACHING_H
#define NW_MATCH_REACHING_H

#include "match/outline.h"

/* Whether the read of a local name, a NAME node, may see that one of its definitions. */
bool nw_definition_reaches(const nw_file_index *index, const nw_outline_definition *definitions, uint32_t count, uint32_t definition, uint32_t name);

#endif
