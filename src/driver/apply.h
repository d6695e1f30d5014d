/* Applying findings to a text.
 * Takes sorted findings. Edits that several findings share are applied once; a finding that touches what an earlier one
 * changed is left as it is (the next run finds it again). */
#ifndef NW_DRIVER_APPLY_H
#define NW_DRIVER_APPLY_H

#include "base/buffer.h"
#include "match/finding.h"

/* Disjoint, in order. */
typedef struct nw_edits {
    nw_arena *arena;
    nw_finding_edit *items;
    uint32_t count, capacity;
} nw_edits;

bool nw_edit_is_same(const nw_finding_edit *a, const nw_finding_edit *b);
/* `wanted` says of each finding whether it is to be applied, and afterwards whether it is. */
void nw_edits_of_findings(const nw_findings *findings, bool *wanted, nw_arena *arena, nw_edits *edits);
void nw_edits_apply(const nw_edits *edits, const char *bytes, uint32_t size, nw_buffer *out);

#endif
