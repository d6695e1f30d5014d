/* Writing what a migration gave: files below a folder, files in place, or a diff.
 * Ownership: borrows everything. Invariant: a file in place is replaced whole or not at all. */
#ifndef NW_DRIVER_MIGRATION_WRITE_H
#define NW_DRIVER_MIGRATION_WRITE_H

#include "driver/session.h"
#include "migrate/migrate.h"

/* What a command wrote into a folder so far, file after file: the modules that are packages, by their paths in it. */
typedef struct nw_written_packages {
    nw_arena *arena;
    const char **paths;
    uint32_t count, capacity;
} nw_written_packages;

/* DIR/pkg/sub/mod.py for every file, and for packages whose own code is not needed an __init__.py of its docstring and comments, its code as comments;
 * not for those in `written`, which is told of the others. NULL: this is all that is written. False: reported. */
bool nw_migration_write_files(const nw_migration *migration, const char *folder, nw_written_packages *written, nw_report *report);
/* Changed files, where they stand. */
bool nw_migration_write_in_place(const nw_migration *migration, nw_report *report);
/* Unified diffs of changed files on the report's output. */
void nw_migration_print_diff(const nw_migration *migration, nw_report *report);
/* Takes back what nw_migration_write_files made in a folder of our own, and the folder. */
void nw_migration_remove_files(const nw_migration *migration, const char *folder);
/* One new file, with the folders that it needs. */
bool nw_migration_write_file(const char *folder, const char *path, const nw_buffer *text, nw_report *report);

#endif
