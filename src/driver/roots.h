/* Import roots: where modules are looked for. */
#ifndef NW_DRIVER_ROOTS_H
#define NW_DRIVER_ROOTS_H

#include "driver/session.h"

#include <stdint.h>

typedef struct nw_roots {
    const char **items;
    uint32_t count, capacity;
} nw_roots;

/* The session's roots, then the folder above the outermost package of each path, then the working directory. */
nw_roots nw_roots_find(nw_arena *arena, const nw_session *session, const char *const *paths, size_t path_count);

#endif
