/* What the parts of the comparison share. Only src/pivot/ includes this.
 *
 * Purpose: pivot_compare.c walks two graphs at once; pivot_solve.c keeps what follows for the target's state: each tensor of it as a
 * node of the source's graph. Invariant: what is noted of a tensor does not
 * contradict itself: a part is that part of the whole. */
#ifndef NW_PIVOT_PIVOT_COMPARE_H
#define NW_PIVOT_PIVOT_COMPARE_H

#include "pivot/pivot_node.h"

/* A tensor of the target, or a part of it, is that node of the source's graph. */
typedef struct nw_pivot_binding {
    uint32_t state, value;
    int64_t *start, *stop, *step; /* NULL: the whole tensor */
    int rank;
} nw_pivot_binding;

typedef struct nw_pivot_solution {
    nw_pivot *source, *target;
    nw_pivot_binding *items;
    uint32_t count, capacity;
} nw_pivot_solution;

/* Notes that a node of the target's state has the value of a node of the source's; false when that contradicts what was noted. */
bool nw_pivot_solve(nw_pivot_solution *solution, uint32_t target, uint32_t source);
/* The rows of the weight map; false with a problem when a tensor of the target has no value that can be written down. */
bool nw_pivot_solution_rows(nw_pivot_solution *solution, nw_pivot_comparison *comparison);

/* A tensor of the target's state that no output depends on (pivot_unused.c); false: nothing in the source answers to it. */
bool nw_pivot_unused_row(const nw_pivot *source, const nw_pivot *target, uint32_t state, nw_weight_row *row);

/* Weight map operations of a node of the state (pivot_weights.c); false when they cannot say it. */
bool nw_pivot_weight_row(const nw_pivot *pivot, uint32_t node, nw_weight_row *row);

#endif
