/* Trees: the files that several runs import, read once for a session.
 *
 * Purpose: every model file of a package imports the same helpers; one thread reads and parses each of them, all share it.
 * Ownership: nw_trees_release frees all sources and trees; they stay in place until then. The symbols outlive them.
 * Invariants: a tree is complete, and nothing writes to it or to its source, once nw_trees_get has returned it. Together they
 * take at most NW_TREES_BYTES, so that a file that does not fit is the caller's own to read.
 * Threads: nw_trees_get may be called by several at once; who asks for a file that another one is reading waits. */
#ifndef NW_NAMES_TREES_H
#define NW_NAMES_TREES_H

#include "base/arena.h"
#include "syntax/ast.h"

#include <pthread.h>

enum { NW_TREES_BYTES = 32 << 20 };

typedef struct nw_tree {
    char *path;
    nw_source source;
    nw_arena arena;
    const nw_ast *ast; /* NULL while it is being read, and where it cannot be */
    bool done;
    struct nw_tree *next;
} nw_tree;

typedef struct nw_trees {
    pthread_mutex_t lock;
    pthread_cond_t read; /* a tree is done */
    nw_symbols *symbols;
    nw_tree *buckets[256];
    size_t bytes;
} nw_trees;

void nw_trees_init(nw_trees *trees, nw_symbols *symbols);
void nw_trees_release(nw_trees *trees);
/* The tree of that file, its names resolved, or NULL: it cannot be read, has changed, or there is no room. */
const nw_tree *nw_trees_get(nw_trees *trees, const char *path, size_t limit);

/* The paths of all files that were read, sorted; the array is the caller's to free. Not while others read. */
const char **nw_trees_paths(const nw_trees *trees, uint32_t *count);

#endif
