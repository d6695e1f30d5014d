/* Walking the parser's tree. Inside syntax/ only.
 *
 * Purpose: the nodes that tree-sitter's own cursor shows, without comments and line continuations, at a third of its
 * cost: that cursor also counts rows, columns, fields and descendants, which made up most of the lowering.
 * Ownership: nw_cst_walk_open and nw_cst_walk_close in pairs; the tree outlives the walk.
 * Invariants: reads the library's own structures, whose version the build pins; cst_walk.c is the only file that does.
 * `kind`, `start` and `end` are those of the current node. */
#ifndef NW_SYNTAX_CST_WALK_H
#define NW_SYNTAX_CST_WALK_H

#include "syntax/cst.h"

#include <stdbool.h>

typedef struct nw_cst_frame nw_cst_frame;

typedef struct nw_cst_walk {
    nw_cst_kind kind;
    uint32_t start, end;
    const void *node; /* the library's */
    const nw_cst_table *table;
    const TSLanguage *language;
    nw_cst_frame *frames; /* the opened nodes around the current one */
    uint32_t depth, capacity;
} nw_cst_walk;

/* On the root; `offset` is added to what the tree says, for a text that was parsed from there on. */
void nw_cst_walk_open(nw_cst_walk *walk, const TSTree *tree, uint32_t offset, const nw_cst_table *table, const TSLanguage *language);
void nw_cst_walk_close(nw_cst_walk *walk);
/* To the first child; stays when there is none. */
bool nw_cst_walk_enter(nw_cst_walk *walk);
/* To the next sibling; on the last one the walk stays. */
bool nw_cst_walk_next(nw_cst_walk *walk);
/* Back to the node that was entered last. */
void nw_cst_walk_leave(nw_cst_walk *walk);
/* Whether an error or a missing token is in or under the current node. */
bool nw_cst_walk_has_error(const nw_cst_walk *walk);

#endif
