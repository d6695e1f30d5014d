/* Open mode looks at one class at a time.
 *
 * Purpose: reading a file of fifty classes must not inline every class into every class that uses it.
 * How: a module of the program that is made inside the constructor of another one is *pending*: its own constructor runs
 * when somebody first looks at its attributes. A call of it is one CALL fact; what comes out has the form that one run
 * of its forward with symbolic arguments gave, with sizes and contents unknown.
 * Ownership: a class keeps its summary for the run.
 * Invariants: only in open mode, and only below the class or function that is being looked at (eval->depth > 0). */
#ifndef NW_EVAL_SUMMARY_H
#define NW_EVAL_SUMMARY_H

#include "eval/eval.h"

/* Whether making an instance of this class here may wait. */
bool nw_may_defer(const nw_eval *eval, const nw_class *class_);
/* An instance whose constructor has not run yet. */
nw_value nw_instance_defer(nw_eval *eval, nw_class *class_, const nw_arguments *arguments);
/* Runs the constructor of a pending instance; does nothing for others. */
void nw_instance_complete(nw_eval *eval, nw_instance *instance);
/* Where a function that nobody calls is looked at for a rewriter, a module's mode and its parameters ask for no constructor: whether `name` is
 * such a method, the framework's own, of an instance that is pending. */
bool nw_instance_may_wait(const nw_eval *eval, const nw_instance *instance, nw_symbol name);
/* Puts a pending instance into that mode as soon as its constructor has run; false: at once, please. */
bool nw_instance_postpone_mode(const nw_eval *eval, nw_instance *instance, bool training);
/* A call of a module of the program, summarised. */
nw_value nw_summary_call(nw_eval *eval, nw_instance *instance, nw_function *forward, const nw_arguments *arguments);

/* One run of a forward on the side: what it gave, and the facts that it made. These stay, its writes are undone. */
typedef struct nw_trial {
    nw_value result;
    uint32_t first_fact, end_fact;
    bool writes; /* something that was there before */
} nw_trial;

/* `forward` on the instance with these arguments, in training or not. */
nw_trial nw_summary_try(nw_eval *eval, nw_instance *instance, nw_function *forward, const nw_arguments *arguments, bool training);

/* The fact of the only operator that a module's forward applies to its input and returns, 0: it does something else. The fact stays. */
uint32_t nw_summary_only_operator(nw_eval *eval, nw_instance *instance, nw_function *forward);

#endif
