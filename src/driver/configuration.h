/* Settings of a project: the table [tool.netwright] of the nearest pyproject.toml.
 * Ownership: what is returned lies in the given arena. Keys read so far: exclude, a list of .gitignore patterns; cache, false for none;
 * cache-dir, a folder, relative to that of the file. */
#ifndef NW_DRIVER_CONFIGURATION_H
#define NW_DRIVER_CONFIGURATION_H

#include "driver/ignore.h"

/* The excludes of the nearest pyproject.toml at or above a folder (absolute), or NULL. */
const nw_ignore *nw_configuration_excludes(nw_arena *arena, const char *folder);

typedef struct nw_cache_setting {
    bool use;
    const char *folder; /* NULL: the usual one */
} nw_cache_setting;

nw_cache_setting nw_configuration_cache(nw_arena *arena, const char *folder);

#endif
