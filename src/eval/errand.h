/* Errands: open mode, calls into other files.
 *
 * Purpose: a library's own machinery (configuration, generation, checkpoints) is not what is being read: a call that leaves the file gets a
 * budget of steps, and when it is used up its result is unknown. A further call of that kind from there gets a smaller one, and so
 * does a decorator: what makes a wrapper is short, what takes longer writes documentation. Where a rewriter wants to see what stands behind
 * the call, one with more early exits than are kept apart ends in the same way.
 * Ownership: what is remembered of a call lies in the run's arena. */
#ifndef NW_EVAL_ERRAND_H
#define NW_EVAL_ERRAND_H

#include "eval/interpret.h"

typedef struct nw_errand {
    uint64_t limit;
    nw_guard path;
    nw_exit *exits;
    uint32_t context, level, try_depth, fact_parent, depth;
    bool on_errand;
    const nw_value *given; /* to the function, by slots; NULL: a call from another errand */
} nw_errand;

/* Whether a call of the function leaves the file. */
bool nw_is_errand(const nw_eval *eval, const nw_function *function);
/* Whether the last such call was given up for its early exits, and was given the same but for texts, values that nobody knows and modules that nobody had looked at:
 * this one would end as that did. */
bool nw_errand_is_futile(const nw_eval *eval, const nw_function *function, const nw_frame *frame);
nw_errand nw_errand_start(nw_eval *eval, const nw_frame *frame);
/* The result, or the unknown where the errand is given up. */
nw_value nw_errand_end(nw_eval *eval, const nw_errand *errand, nw_function *function, nw_value value);
nw_value nw_errand_lost(nw_eval *eval, const nw_function *function);

#endif
