/* Generators of the program that stand still at their yields.
 *
 * Purpose: what a generator reads, writes and asks others for happens when somebody asks it for an item, between what the program does
 * otherwise. A generator that nobody empties in one go, and that no loop consumes (consumer.h), runs on a stack of its own and waits at each
 * yield until it is asked on.
 * How: a thread of its own for each; only one of all threads of a run ever runs, so nothing of the run needs a lock.
 * Ownership: the run's list of coroutines owns them; one that has ended is released at once, the others by nw_coroutines_release.
 * Invariants: a coroutine begins, waits and goes on only where nothing is undone later (level 0): a stack cannot be undone. */
#ifndef NW_EVAL_COROUTINE_H
#define NW_EVAL_COROUTINE_H

#include "eval/control.h"

typedef struct nw_coroutine nw_coroutine;

/* Whether this generator, which nobody has asked yet, is to run so; it has a coroutine then. */
bool nw_coroutine_make(nw_eval *eval, nw_iterator *generator);
/* Runs it to its next yield, whose value joins the items of the generator, or to its end. `how`: NEXT, its yield gives `sent`; RAISE, the pending
 * exception is raised there. MAYBE: it cannot go on here, which was told. */
nw_answer nw_coroutine_resume(nw_eval *eval, nw_iterator *generator, nw_status how, nw_value sent);
/* Ends all that still wait. */
void nw_coroutines_release(nw_eval *eval);

#endif
