/* Generators that run in one go.
 *
 * Purpose: one that is emptied at once, or that cannot wait at its yields (coroutine.h), runs to its end and leaves a list of its items. Where it is
 * asked for one item after the other, others could see that it acted too early; what it then does beyond its own is told.
 * Invariants: a generator whose body runs is not run again beneath itself. */
#ifndef NW_EVAL_GENERATOR_H
#define NW_EVAL_GENERATOR_H

#include "eval/eval.h"

/* Runs one that nobody has asked for anything yet, all of whose items are asked for at once. */
bool nw_generator_run(nw_eval *eval, nw_iterator *iterator);
/* The same for one that is asked for its first item, and that cannot wait before the next. */
bool nw_generator_run_ahead(nw_eval *eval, nw_iterator *iterator);
/* Runs the body alone, up to its end; `first`: the iterable of a generator expression, `list`: where its items go that nobody consumes. */
nw_value nw_generator_body(nw_eval *eval, nw_iterator *iterator, nw_value first, nw_value list);
/* From now on its items are those of the list. */
void nw_generator_leave(nw_eval *eval, nw_iterator *iterator, nw_value list);
/* What its body gave: a StopIteration that leaves the body becomes RuntimeError. */
nw_value nw_generator_ended(nw_eval *eval, nw_value result);
/* Raises ValueError: its body asks for items of itself. */
void nw_generator_refuse(nw_eval *eval);

#endif
