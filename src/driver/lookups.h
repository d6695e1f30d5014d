/* Lookups: what an import finds on disk now, each asked once for a call.
 *
 * Purpose: findings of a file hold as long as its imports find the same bytes in the same places.
 * Ownership: nw_lookups_init and nw_lookups_release in pairs.
 * Threads: nw_lookup_of may be called by several at once. */
#ifndef NW_DRIVER_LOOKUPS_H
#define NW_DRIVER_LOOKUPS_H

#include "base/digest.h"

#include <pthread.h>

/* The answer for one module name under one root: which of its forms is there, and the bytes of it. */
typedef struct nw_lookup {
    char *base; /* ROOT/package/module, without ending */
    nw_digest digest;
    struct nw_lookup *next;
} nw_lookup;

typedef struct nw_lookups {
    pthread_mutex_t lock;
    nw_lookup *buckets[1024];
} nw_lookups;

void nw_lookups_init(nw_lookups *lookups);
void nw_lookups_release(nw_lookups *lookups);
nw_digest nw_lookup_of(nw_lookups *lookups, const char *base);

#endif
