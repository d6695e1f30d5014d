/*
 * The files that the program carries inside itself: the operator catalog and the rule packs.
 *
 * Ownership: constant data of the program, written by tools/embed.py when it is built; nothing is freed.
 * Invariants: a table is sorted by strcmp of its paths, which are relative to its folder and use '/'. The bytes of every
 * file are followed by a zero byte that `size` does not count.
 */
#ifndef NW_BASE_EMBEDDED_H
#define NW_BASE_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *path;
    const unsigned char *bytes;
    uint32_t size;
} nw_embedded_file;

/* catalog/: "torch/nn/functional.py" */
extern const nw_embedded_file nw_embedded_catalog[];
extern const uint32_t nw_embedded_catalog_count;

/* rules/: "adopter/softmax.rule" */
extern const nw_embedded_file nw_embedded_rules[];
extern const uint32_t nw_embedded_rules_count;

/* The file of that path in a table of `count` files, or NULL. */
const nw_embedded_file *nw_embedded_find(const nw_embedded_file *table, uint32_t count, const char *path);
/* The file of a module of the catalog, by the first `size` bytes of its dotted name, or NULL. `folder`: "", or that of parts of packages that exist
 * no longer. `is_package` may be NULL. */
#define NW_EMBEDDED_REMOVED "_removed/"
const nw_embedded_file *nw_embedded_module(const char *folder, const char *dotted, size_t size, bool *is_package);

#endif
