/* Unified diffs that `git apply` takes.
 * Takes the old and the new bytes of a file; writes nothing when they are equal. Lines are compared as bytes, so that CRLF and a missing
 * last line end come out as they are. Method: Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, on what is left
 * between the common first and last lines. */
#ifndef NW_EMIT_UNIFIED_DIFF_H
#define NW_EMIT_UNIFIED_DIFF_H

#include "base/buffer.h"

#include <stdint.h>

/* `path` is written as it is, behind a/ and b/; names that git quotes are quoted. */
void nw_unified_diff(nw_buffer *out, const char *path, const char *old_bytes, size_t old_size, const char *new_bytes, size_t new_size);

#endif
