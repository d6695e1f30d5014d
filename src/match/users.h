/* What other files of the run do with the classes and functions of a file, as far as a rewrite has to know it.
 *
 * Purpose: a module that another file replaces, hooks or reads must stay what it is; a result that another file writes in place must not be kept
 * for gradients; a number may be a tensor where another file gives one.
 * Ownership: the store owns what it knows of each file; nw_user_store_init and nw_user_store_release in pairs. A file's tree is let go at once.
 * Invariants: by the text alone; what cannot be told is answered with yes, where it has the name in question.
 * Threads: share a store; each file is read by the first that asks for it. */
#ifndef NW_MATCH_USERS_H
#define NW_MATCH_USERS_H

#include "match/site.h"

#include <pthread.h>

typedef struct nw_user nw_user;

typedef struct nw_user_store {
    pthread_mutex_t lock;
    nw_arena arena;
    nw_symbols *symbols;
    const char *const *paths;
    nw_user **users; /* by the numbers of the paths; NULL until somebody asks */
    size_t limit;    /* larger files are not read */
} nw_user_store;

/* The files of a store that use the one that is looked at. */
typedef struct nw_user_files {
    nw_user_store *store;
    const uint32_t *files, *used, *near; /* `used`: those that it imports; `near`: these, and those that `files` import */
    uint32_t count, used_count, near_count;
    uint32_t own; /* its own number */
} nw_user_files;

void nw_user_store_init(nw_user_store *store, nw_symbols *symbols, const char *const *paths, uint32_t count, size_t limit);
void nw_user_store_release(nw_user_store *store);

/* Each gives the place in another file, "FILE, line N", of what was asked for; NULL: there is none. */
/* net.act, setattr(net, "act", ...), "block.act.weight", and self.act in a class that derives from the one whose attribute it is. What functions of files that
 * are only imported do counts where something is handed to them. */
const char *nw_users_touch_attribute(nw_file_index *index, nw_symbol attribute, uint32_t class_);
/* isinstance(m, nn.Softmax) */
const char *nw_users_look_for_class(nw_file_index *index, nw_symbol class_);
const char *nw_users_register_hooks(nw_file_index *index);
/* Something that a call of the program gave is written in place, in a file that knows a function or class of that name (none: in any). */
const char *nw_users_write_results(nw_file_index *index, nw_symbol name);
/* Here the files that it imports count, too: they may be given what it makes. */
const char *nw_users_derive_twice(nw_file_index *index);
/* A call of a function or class of that name gives a tensor for a parameter, by its name or its place. */
const char *nw_users_give_tensor(nw_file_index *index, nw_symbol callee, nw_symbol parameter, uint32_t position);
/* An attribute of that name is set to a tensor. */
const char *nw_users_set_tensor(nw_file_index *index, nw_symbol attribute);

#endif
