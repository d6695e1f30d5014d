/* Where a value goes from the expression that makes it: through names, into functions of the file that it is given to, and out of a function to those
 * who call it.
 *
 * Purpose: whether something writes to a value in place, or asks how it lies in memory, is decided behind it, often in another function.
 * Ownership: none.
 * Invariants: a walk ends after a bounded number of steps. It is not followed through attributes and containers, where it is lost, and into other
 * files. */
#ifndef NW_MATCH_FLOW_H
#define NW_MATCH_FLOW_H

#include "match/unify.h"

/* What an expression or a statement does with a value that it takes. */
typedef enum nw_flow_step {
    /* In this order, the greater one counts where runs differ. */
    NW_FLOW_ENDS,    /* its result is another thing */
    NW_FLOW_GOES_ON, /* its result counts as the value */
    NW_FLOW_FOUND,   /* what is sought */
} nw_flow_step;

enum { NW_MOST_LEFT = 8 };

typedef struct nw_flow {
    nw_match *match;
    /* `taker` is the call, operator, index or attribute, or the augmented assignment, that takes the value of `node`; `name`: of what it applies, the last
     * part ("Linear", "transpose"), "": it is not known. */
    nw_flow_step (*step)(const nw_match *match, uint32_t node, uint32_t taker, const char *name);
    uint32_t after;  /* in the function where the walk begins, only what ends at this byte or behind it counts, unless a loop leads back to it */
    uint32_t origin; /* a node of that function */
    bool is_lost;    /* the value went into an attribute, a closure, a container or different functions, where it is not followed */
    bool is_open;    /* it went to callers that may be in other files, or in a tuple that goes on as a whole */
    uint32_t left[NW_MOST_LEFT]; /* functions from which it may have gone to other files */
    uint32_t left_count;
    uint32_t steps;
} nw_flow;

/* Whether the value of an expression meets what is sought. */
bool nw_flow_from(nw_flow *flow, uint32_t node);
/* The same for the value that a name has, by all reads of it, and by those of the expression that a caller gave for a parameter. */
bool nw_flow_of_name(nw_flow *flow, uint32_t name);

#endif
