/* Calls of operators and layers: the parts of operator*.c. */
#ifndef NW_EVAL_OPERATOR_H
#define NW_EVAL_OPERATOR_H

#include "eval/tensor.h"

/* The value that the row's `result`, or else the annotation of the function, promises: of unknown shape. */
nw_value nw_operator_promise(nw_eval *eval, const nw_function *function, const nw_operator_row *row, const nw_value *slots);
/* An opaque result gets the type that the annotation names. */
void nw_operator_type_result(nw_eval *eval, const nw_function *function, nw_value result);
/* True while the body of an operator or of a layer's forward runs: what happens there is no step of the program. */
bool nw_operator_nested(const nw_eval *eval);
/* Whether a function means something as it is given, as an activation by its name does; if not, it is called like any other. */
bool nw_operator_has_meaning(nw_value function);

#endif
