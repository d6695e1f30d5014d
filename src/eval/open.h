/* Open mode: running code whose arguments nobody gave.
 *
 * Purpose: what show without an entry and optimize start from: instances made from symbolic constructor arguments, and
 * functions called with symbolic arguments.
 * How arguments are made: by annotation and default. A tensor annotation gives a tensor of unknown rank; Optional of it, or a
 * default of None, gives a gated value (`x is None`); bool, int, float and str give typed symbols; what forward takes
 * without an annotation and without a default is taken for a tensor; everything else is a symbol of unknown type. An
 * annotation is a reader's help, not proof: rules that need proof ask the value, not the annotation.
 * Ownership: values in the run's arena. */
#ifndef NW_EVAL_OPEN_H
#define NW_EVAL_OPEN_H

#include "eval/eval.h"

/* The symbolic argument for a parameter. */
nw_value nw_open_argument(nw_eval *eval, const nw_function *function, const nw_ast_parameter *parameter);
/* An instance of the class, __init__ run with symbolic arguments. NW_ERROR never: what raises leaves a partial instance. */
nw_value nw_open_instance(nw_eval *eval, nw_class *class_);

/* One run of a function with symbolic arguments. */
typedef struct nw_open_run {
    nw_function *function;
    nw_value self;             /* UNSET for plain functions */
    nw_value *arguments;       /* one per parameter */
    nw_value result;           /* NW_ERROR: every path raises, or a limit was hit */
    uint32_t first_fact, end_fact;
    uint32_t activation;       /* of the function itself */
} nw_open_run;

/* Runs the function on `self` (UNSET: as it is) and undoes what it wrote, so that runs do not see each other. */
nw_open_run nw_open_call(nw_eval *eval, nw_function *function, nw_value self);

#endif
