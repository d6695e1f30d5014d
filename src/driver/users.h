/* Which files of a run use another one of them: by the words of their import statements, without parsing them.
 *
 * Purpose: what others do with a file's classes and functions decides what may become of it (match/users.h).
 * Ownership: everything lies in the given arena.
 * Invariants: read-only once it is made, so that threads share it. A file that imports a package counts as a user of what the package's
 * __init__.py imports. Words are told apart by their digits alone: one too many is a file that is looked at for nothing. */
#ifndef NW_DRIVER_USERS_H
#define NW_DRIVER_USERS_H

#include "driver/files.h"

typedef struct nw_import_word {
    uint64_t word;
    uint32_t file;
} nw_import_word;

typedef struct nw_users {
    const nw_files *files;
    nw_import_word *words;   /* sorted */
    uint32_t count, capacity;
    nw_import_word *imports; /* instead of a word the number of a file, and of one that it imports; sorted */
    uint32_t import_count;
} nw_users;

/* Reads the files once; nothing is read for one alone. */
void nw_users_find(nw_users *users, nw_arena *arena, const nw_session *session, const nw_files *files);
/* The numbers of the files that use this one, each once; the array lies in the arena. */
const uint32_t *nw_users_of(const nw_users *users, nw_arena *arena, uint32_t file, uint32_t *count);
/* The same for the files that this one imports. */
const uint32_t *nw_used_by(const nw_users *users, nw_arena *arena, uint32_t file, uint32_t *count);

/* The same for those that this one or any of `files` imports. */
const uint32_t *nw_used_near(const nw_users *users, nw_arena *arena, uint32_t file, const uint32_t *files, uint32_t file_count, uint32_t *count);

#endif
