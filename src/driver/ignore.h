/* Patterns of .gitignore files and of `[tool.netwright] exclude`.
 *
 * Purpose: says whether a path below a folder is left out.
 * Ownership: lists and patterns lie in the given arena.
 * Invariants: lists are a chain from the innermost folder outwards; within a list the last pattern that matches decides, and an inner
 * list goes before an outer one, as in git (gitignore(5)). */
#ifndef NW_DRIVER_IGNORE_H
#define NW_DRIVER_IGNORE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct nw_ignore_pattern {
    const char *text;
    bool negated, folders_only, anchored;
} nw_ignore_pattern;

typedef struct nw_ignore {
    const struct nw_ignore *outer;
    const char *folder; /* absolute, without a slash at its end; patterns are relative to it */
    nw_ignore_pattern *patterns;
    uint32_t count, capacity;
} nw_ignore;

nw_ignore *nw_ignore_new(nw_arena *arena, const nw_ignore *outer, const char *folder);
/* One line of a .gitignore file. */
void nw_ignore_add(nw_arena *arena, nw_ignore *list, const char *line, size_t size);
/* Adds the lines of a file, if there is one. */
void nw_ignore_read(nw_arena *arena, nw_ignore *list, const char *path);
/* `path` absolute and below the folders of the lists. */
bool nw_ignore_matches(const nw_ignore *list, const char *path, bool is_folder);

#endif
