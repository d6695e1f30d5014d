/* Which files a command works on.
 *
 * Purpose: paths as given become a sorted list of Python files; folders are walked, honouring .gitignore files (up to the root of the
 * repository) and `[tool.netwright] exclude` of the nearest pyproject.toml.
 * Ownership: all strings lie in the given arena.
 * Invariants: the list is sorted by path and has no file twice; a path that is given by name is taken even where it is ignored. */
#ifndef NW_DRIVER_FILES_H
#define NW_DRIVER_FILES_H

#include "driver/session.h"

typedef struct nw_files {
    const char **paths;
    uint32_t count, capacity;
} nw_files;

/* Paths that cannot be read are reported, with status 2; the others are found all the same. */
void nw_files_find(nw_files *files, nw_arena *arena, const char *const *paths, size_t path_count, nw_report *report);

#endif
