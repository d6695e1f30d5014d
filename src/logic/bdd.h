/* Guards: Boolean functions over atoms, as reduced ordered BDDs.
 *
 * Purpose: under which condition a value holds or a statement runs; equal conditions are equal ids.
 * Ownership: one store per run; nw_bdd_release frees everything.
 * Invariants: reduced and hash-consed: two guards are equal exactly when their ids are. Ids 0 and 1 are false and true.
 * Limit: where NW_BDD_MAX_NODES have been added since the last nw_bdd_allow, an operation returns a fresh atom of its own (sound:
 * it implies nothing) and counts it in `overflows`. Source: Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", 1986. */
#ifndef NW_LOGIC_BDD_H
#define NW_LOGIC_BDD_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct nw_guard {
    uint32_t v;
} nw_guard;

enum { NW_BDD_MAX_NODES = 20000 };

typedef struct nw_bdd_node {
    uint32_t atom, low, high; /* low: the atom is false */
} nw_bdd_node;

typedef struct nw_bdd {
    nw_bdd_node *nodes;
    uint32_t count, capacity;
    uint32_t *unique, unique_size;   /* hash-consing */
    struct nw_bdd_cache_entry *cache; /* of ite */
    uint32_t cache_size;
    uint32_t atom_count;
    uint32_t most;      /* nodes that there may be: nw_bdd_allow */
    uint32_t overflows; /* answers since then that an atom stands for */
} nw_bdd;

#define NW_FALSE ((nw_guard){0})
#define NW_TRUE ((nw_guard){1})

void nw_bdd_init(nw_bdd *bdd);
void nw_bdd_release(nw_bdd *bdd);
/* Gives the limit anew: what runs next does not pay for what ran before. */
void nw_bdd_allow(nw_bdd *bdd);
/* A new atom; atoms are ordered as they are made. */
nw_guard nw_bdd_atom(nw_bdd *bdd);
nw_guard nw_bdd_not(nw_bdd *bdd, nw_guard a);
nw_guard nw_bdd_and(nw_bdd *bdd, nw_guard a, nw_guard b);
nw_guard nw_bdd_or(nw_bdd *bdd, nw_guard a, nw_guard b);
nw_guard nw_bdd_ite(nw_bdd *bdd, nw_guard test, nw_guard then, nw_guard otherwise);
bool nw_bdd_implies(nw_bdd *bdd, nw_guard a, nw_guard b);
/* `a` simplified where `care` does not hold (Coudert and Madre's restrict): equal to `a` under `care`. */
nw_guard nw_bdd_restrict(nw_bdd *bdd, nw_guard a, nw_guard care);
static inline bool nw_guard_equal(nw_guard a, nw_guard b) { return a.v == b.v; }
/* The atom at the root of a guard that is neither true nor false, and its cofactors. */
uint32_t nw_bdd_top(const nw_bdd *bdd, nw_guard a);
nw_guard nw_bdd_low(const nw_bdd *bdd, nw_guard a);
nw_guard nw_bdd_high(const nw_bdd *bdd, nw_guard a);

#endif
