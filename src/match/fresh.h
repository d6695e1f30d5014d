/* What the memory of a value may be that of: whether an in-place operation inside a function is seen outside.
 *
 * Purpose: `bias = torch.einsum(...); bias = shift(bias); bias *= mask` writes memory that only this function knows.
 * Ownership: plain values.
 * Invariants: conservative: what is not understood may be memory of every parameter. */
#ifndef NW_MATCH_FRESH_H
#define NW_MATCH_FRESH_H

#include "match/site.h"

#include <stdbool.h>

/* Whether a local name only ever has values whose memory was made inside its function. */
bool nw_memory_is_own(nw_file_index *index, uint32_t function, uint32_t name);

#endif
