/* Keras inside the interpreter: whose tensors a program works with, layers, symbolic tensors.
 *
 * Purpose: what the catalog's model of Keras needs from C. How layers are built, named and called, what operators make of
 * element types, how functional models are wired: all that is written in catalog/keras.
 * Invariants: eval->symbolic_class is set once the catalog has made it; operators in Python's syntax go to the functions of
 * keras.src.operators while the program's framework is Keras. */
#ifndef NW_EVAL_KERAS_H
#define NW_EVAL_KERAS_H

#include "eval/tensor.h"

/* An import of the program says which framework it uses. */
void nw_keras_note_import(nw_eval *eval, nw_symbol module);
bool nw_keras_is_used(const nw_eval *eval);
/* The class of its tensors; NULL while the catalog is being loaded. */
nw_class *nw_keras_tensor_class(nw_eval *eval);
/* Forgets the names given to layers, before a class is looked at alone. */
void nw_keras_start_afresh(nw_eval *eval);
/* Whether a value is a symbolic tensor itself. */
bool nw_keras_is_symbolic_tensor(const nw_eval *eval, nw_value value);
/* A symbolic tensor among the arguments, or in a list, tuple, dict or slice of them. */
bool nw_keras_is_symbolic(const nw_eval *eval, const nw_arguments *arguments);
nw_value nw_keras_symbolic_call(nw_eval *eval, nw_function *function, const nw_arguments *arguments);
/* What an operator in Python's syntax makes of the operands, by the catalog's function of that name. */
nw_value nw_keras_operator(nw_eval *eval, const char *name, const nw_value *operands, uint32_t count);
nw_value nw_keras_binary(nw_eval *eval, nw_operator op, nw_value left, nw_value right);
nw_value nw_keras_unary(nw_eval *eval, nw_operator op, nw_value operand);
/* An attribute of a tensor; UNSET when it has none of that name by itself. */
nw_value nw_keras_tensor_attribute(nw_eval *eval, nw_tensor *tensor, nw_symbol name);
void nw_keras_intrinsics_install(nw_eval *eval, nw_dict *globals); /* layer_setattr, layer_run, symbolic, trace */

#endif
