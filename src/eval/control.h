/* Branches on unknown tests: both arms run on one heap, then they are joined.
 *
 * Purpose: what `if`, conditional expressions, short circuits and calls of gated callees have in common.
 * How: an arm's writes are captured as a delta and undone, the other arm runs, and both deltas are joined under the
 * guard that tells the arms apart. An arm that leaves early (return, break, continue, raise) becomes a pending exit with
 * its delta, joined where it arrives: at the end of the activation, of the loop, or in the handlers of a try.
 * Invariants: exits are kept newest first; an exit's mark is a trail position that is still there. */
#ifndef NW_EVAL_CONTROL_H
#define NW_EVAL_CONTROL_H

#include "eval/eval.h"

/* How a statement ended. */
typedef enum nw_status { NW_NEXT, NW_RETURN, NW_BREAK, NW_CONTINUE, NW_RAISE, NW_STOP /* a limit was hit, or `undecided` */ } nw_status;

typedef struct nw_exit {
    struct nw_exit *older;
    nw_status status;
    nw_value value;      /* RETURN: the value; RAISE: the exception */
    nw_guard path;       /* path condition of those who leave */
    uint32_t mark;       /* trail position that delta is relative to */
    nw_delta delta;
    uint32_t number;     /* counts the exits of a run */
} nw_exit;

/* A place where execution may split. */
typedef struct nw_split {
    uint32_t mark, level, fact_count;
    nw_guard path;
    nw_status status;    /* of the first arm */
    nw_value value;
    nw_guard first_path;
    nw_delta delta;
} nw_split;

/* An errand (errand.h) of a traced run is only given up by too many exits, so it is given up early. */
static inline bool nw_may_be_given_up(const nw_eval *eval)
{
    return eval->trace && eval->on_errand;
}

/* Too many of those who left wait: the activation is given up, which is told. */
void nw_stop_branching(nw_eval *eval);

/* Starts the first arm under `guard`. */
void nw_split_begin(nw_eval *eval, nw_split *split, nw_guard guard);
/* The first arm ended so; starts the second one under the negation. */
void nw_split_other(nw_eval *eval, nw_split *split, nw_guard guard, nw_status status, nw_value value);
/* The second arm ended so; joins. Returns the status to go on with; *value is the joined value of a RETURN, or of NEXT
 * (expressions). */
nw_status nw_split_end(nw_eval *eval, nw_split *split, nw_status status, nw_value *value);

/* The running state, which ended so, becomes the first arm of a split whose second arm goes on where `exit` left. */
void nw_split_resume(nw_eval *eval, nw_split *split, const nw_exit *exit, nw_status status, nw_value value);

/* Joins pending exits of these statuses, back to `until` (not included), into the running state, which ended with `status`.
 * Returns the new status: NEXT where loop exits arrive, RETURN where returns arrive. */
nw_status nw_exits_join(nw_eval *eval, nw_exit *until, unsigned statuses, nw_status status, nw_value *value);
/* The running state leads nowhere, as a loop goes round for ever: those of the newest pending exit of these statuses, back to `until`, go on
 * alone. NW_STOP: there are none. */
nw_status nw_exits_resume(nw_eval *eval, nw_exit *until, unsigned statuses, nw_value *value);
/* Goes back to an earlier level, as far as nothing waits for what was saved since: no exit but those that were pending then, and none of a consumer. */
void nw_end_level(nw_eval *eval, const nw_exit *exits, uint32_t level);
/* What was written may have been written, or not, or only a part of it: of values before and after, in a level of its own. */
void nw_widen_changes(nw_eval *eval, nw_guard again, const nw_delta *delta);
/* Takes the newest pending exit of that status back to `until` out of the list, or NULL. */
nw_exit *nw_exits_take(nw_eval *eval, nw_exit *until, nw_status status, uint32_t before);

#endif
