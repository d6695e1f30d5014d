/* Stand-ins: functions and classes of a program that stand for operators of a catalog.
 *
 * Purpose: a program that `migrate` wrote holds adapters: definitions that compute what an operator or layer of the source framework
 * does. When such a program is read back, a call of one is a call of that operator: the row is the source's. That both compute
 * the same is what the tables claim and what tests/translations runs.
 * Ownership: the list belongs to whoever reads the program; rows are those of another run, which outlives this one.
 * Invariant: only definitions at the top level of the named modules are looked at. */
#ifndef NW_EVAL_STAND_IN_H
#define NW_EVAL_STAND_IN_H

#include "eval/fact.h"

typedef struct nw_stand_in {
    nw_symbol module, name;
    const nw_operator_row *row; /* NULL: it stands for copy.deepcopy, which knows nothing of layers that cannot be made again from their arguments */
} nw_stand_in;

typedef struct nw_stand_ins {
    nw_stand_in *items;
    uint32_t count, capacity;
} nw_stand_ins;

/* The frame that called the outermost stand-in that runs; the current frame where none does. */
const struct nw_frame *nw_stand_in_caller(const struct nw_eval *eval);
/* Gives a new function or class its row, where it is a stand-in. What it is then: that of a function of Python's is that function itself. */
nw_value nw_stand_in_mark(struct nw_eval *eval, nw_value definition);
/* The row of what a dotted name means; NULL: it has none, or is a container, which is what it holds. */
const nw_operator_row *nw_row_named(struct nw_eval *eval, nw_symbol dotted);

#endif
