/* netwright.json: what went where in a migration.
 *
 * Purpose: takes what the comparison of source and target gave and what the translation could not carry; writes the map that
 * `netwright weights` and `netwright verify` read (docs/architecture.md, "The migration map").
 * Ownership: the struct borrows everything; the writer appends to the buffer. */
#ifndef NW_EMIT_MIGRATION_MAP_H
#define NW_EMIT_MIGRATION_MAP_H

#include "base/json.h"
#include "pivot/pivot.h"

typedef struct nw_migration_map {
    const char *from, *to;     /* frameworks */
    const char *entry;
    const char *module, *path; /* of the entry: its dotted name and its file */
    const char *const *inputs; /* as they were given */
    size_t input_count;
    const nw_model *source, *target;   /* target NULL: it could not be read */
    const nw_pivot_comparison *comparison; /* NULL or not equal: no weights */
    const nw_diagnostics *untranslated, *notes; /* may be NULL */
    bool dry_forward;
    const nw_moved_channels *moved; /* NULL: inputs and outputs are the same arrays */
    uint64_t lines, calls, translated, transposes;
} nw_migration_map;

void nw_migration_map_write(const nw_migration_map *map, nw_buffer *out);

#endif
