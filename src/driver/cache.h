/* Cache: texts under digests, in files that several runs and several threads use at once.
 *
 * Purpose: what was found in a file is found again without reading it, as long as nothing that it depends on has changed.
 * Where: the folder that the caller names, otherwise $XDG_CACHE_HOME/netwright, otherwise ~/.cache/netwright.
 * Ownership: nw_cache_open and nw_cache_close in pairs.
 * Invariants: an entry is written whole under another name first, and carries a digest of itself: a broken one counts as absent. A folder
 * that cannot be used switches the cache off without a word. Above NW_CACHE_BYTES the entries that were not used for longest go. */
#ifndef NW_DRIVER_CACHE_H
#define NW_DRIVER_CACHE_H

#include "base/buffer.h"
#include "base/digest.h"

#include <stdatomic.h>
#include <stdbool.h>

enum { NW_CACHE_BYTES = 200 << 20 };

typedef struct nw_cache {
    char *folder; /* NULL: off */
    atomic_uint written;
} nw_cache;

void nw_cache_open(nw_cache *cache, const char *folder, bool use);
void nw_cache_close(nw_cache *cache);
/* False: there is no such entry, or it is broken. */
bool nw_cache_get(const nw_cache *cache, const nw_digest *key, nw_buffer *entry);
void nw_cache_put(nw_cache *cache, const nw_digest *key, const nw_buffer *entry);
/* Removes the oldest entries until at most `limit` bytes are left. */
void nw_cache_trim(const nw_cache *cache, uint64_t limit);

#endif
