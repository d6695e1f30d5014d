/* What a file may change after a constructor: attributes that something else assigns, globals that functions assign.
 *
 * Purpose: a value that the constructor gave is only known as long as nothing else writes it.
 * Ownership: arrays in the run's arena.
 * Invariants: a store is taken to concern every object unless it is known not to; configurations are not followed, their values are
 * symbols anyway. */
#ifndef NW_MATCH_CHANGED_H
#define NW_MATCH_CHANGED_H

#include "eval/eval.h"

struct nw_file_index;

/* An assignment of an attribute outside of the constructor that makes it. */
typedef struct nw_change {
    uint32_t attribute; /* symbol */
    uint32_t class_;    /* CLASS node whose method assigns it to self; 0: to some other object */
    uint32_t node;      /* the ATTRIBUTE that is assigned, or the CALL that does it */
    uint32_t statement;
} nw_change;

typedef struct nw_changes {
    nw_change *items;
    uint32_t count, capacity;
} nw_changes;

nw_changes nw_changes_find(const struct nw_file_index *index);
/* Whether a change may be one of an object of the class. */
bool nw_change_concerns(const nw_change *change, const nw_class *class_);
/* Makes symbols of the plain values of a new object that may change, and of its training flag. */
void nw_changes_forget(nw_eval *eval, const nw_changes *changes, nw_instance *instance);
/* The same for what functions assign to names of the module. */
void nw_changes_forget_globals(nw_eval *eval, const struct nw_file_index *index);

#endif
