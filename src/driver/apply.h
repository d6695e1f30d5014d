/* Applying findings to a text.
 * Takes sorted findings; gives the new bytes. Edits that several findings share are applied once; a finding that touches what an earlier one
 * changed is left as it is (the next run finds it again). */
#ifndef NW_DRIVER_APPLY_H
#define NW_DRIVER_APPLY_H

#include "base/buffer.h"
#include "match/finding.h"

/* Marks those that were applied as APPLIED when `mark` is set, and writes the text. True when anything was applied. */
bool nw_apply_findings(nw_findings *findings, const bool *wanted, const char *bytes, uint32_t size, bool mark, nw_buffer *out);

#endif
