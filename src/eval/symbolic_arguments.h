/* Arguments for open mode: a symbol for each parameter, by its annotation and default.
 *
 *   annotated as a tensor, or without annotation and default     a tensor of unknown rank
 *   the same as Optional, or with None as default                that tensor or None, under the test `x is None`
 *   a tuple or list of tensors                                   any number of such tensors
 *   annotated or defaulted as bool, int, float, str              a symbol of that type
 *   anything else                                                a symbol
 *
 * Tensors are only made where `tensors` says so: for the parameters of a composition method. Each of them is the result of an
 * INPUT fact. An annotation is a reader's help, not proof: rules that need proof ask the value.
 * Ownership: in the run's arena. */
#ifndef NW_EVAL_SYMBOLIC_ARGUMENTS_H
#define NW_EVAL_SYMBOLIC_ARGUMENTS_H

#include "eval/eval.h"

/* `has_self`: the first parameter is left out. */
nw_arguments nw_symbolic_arguments(nw_eval *eval, const nw_function *function, bool has_self, bool tensors);

#endif
