/* The network in pivot normal form, and what two such networks have in common.
 *
 * Purpose: takes the model of a closed run; gives a graph of canonical nodes in no framework's words (docs/pivot.md), so that two
 * programs that compute the same by the same means have the same graph; compares two graphs and says which tensor of one's state
 * is which of the other's. This is the gate of `migrate`.
 * Ownership: a graph lies in the arena of its model's run; what a comparison gives lies in the arena of the source's run.
 * Invariants: nodes are hash-consed: equal nodes of one graph are one node; node 0 is none; children stand before parents.
 * Soundness: two graphs compare equal only if both networks give the same results in exact arithmetic, in evaluation, for every
 * input and every state. Whatever is not understood is an `opaque` node, which equals nothing. */
#ifndef NW_PIVOT_PIVOT_H
#define NW_PIVOT_PIVOT_H

#include "model/model.h"

typedef struct nw_pivot nw_pivot;

/* The graph of a model that was read in closed mode (and called). Both models of a comparison share one session's symbols. */
nw_pivot *nw_pivot_read(const nw_model *model);
/* The same of a model that will be compared with `other`. Its inputs and outputs, as far as `moved` says so, have their channels
 * elsewhere than the other's: the graph is that of the other; NULL: none of them has. Stand-ins for layers are read through, but those
 * that are opaque calls in the other graph are such calls here. */
nw_pivot *nw_pivot_read_beside(const nw_model *model, const nw_pivot *other, const nw_moved_channels *moved);
/* The number of nodes that outputs depend on, and of opaque ones among them. */
uint32_t nw_pivot_count(const nw_pivot *pivot, uint32_t *opaque);
/* --dump=pivot: a line for each node that outputs depend on, `%3 = clip(%2, low=0) f32[1, 8] @net.py:11`. */
void nw_pivot_dump(const nw_pivot *pivot, nw_buffer *out);

/* ---- comparison ---- */

/* One operation of the weight map: ["transpose", [1, 0]]. */
typedef struct nw_weight_operation {
    const char *name;
    int64_t *numbers;      /* perm, shape, [axis, start, stop], [axis, blocks, index...], axes, [axis] */
    uint32_t number_count;
    double number;         /* scale, fill */
    nw_dtype dtype;        /* fill, cast */
} nw_weight_operation;

/* How one tensor of the target's state follows from the source's. */
typedef struct nw_weight_row {
    uint32_t target;       /* number in the target model's `state` */
    uint32_t *from;        /* numbers in the source model's `state` */
    uint32_t from_count;
    nw_weight_operation *operations;
    uint32_t operation_count;
} nw_weight_row;

/* One side of a difference: what stands where. */
typedef struct nw_pivot_side {
    const char *words;     /* max_pool(size=[3, 3], ...) */
    nw_place place;
} nw_pivot_side;

typedef struct nw_pivot_comparison {
    bool equal;
    const char *problem;   /* what differs, in one sentence; NULL when equal */
    nw_pivot_side source, target;
    nw_weight_row *weights; /* in the order of the target's state; each tensor of it once, when equal */
    uint32_t weight_count;
    uint32_t *unused;      /* source state that no target tensor needs */
    uint32_t unused_count;
} nw_pivot_comparison;

/* Both graphs may gain nodes. */
nw_pivot_comparison nw_pivot_compare(nw_pivot *source, nw_pivot *target);
/* "the networks differ: ..." with places, for people. */
void nw_pivot_explain(const nw_pivot_comparison *comparison, nw_buffer *out);

#endif
