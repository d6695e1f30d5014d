/* Decorators that write documentation.
 *
 * Purpose: a library's decorators may spend more than the whole model takes on the texts of its docstrings, from the files on the disk and from
 * all of the library's parts. What such a decorator gives is what it was given, with another docstring.
 * How: by the text of the function and of all that it calls: they write to nothing but docstrings and what they have made themselves, and the
 * function gives back its first argument. A short one runs like everything else.
 * Ownership: what was found of a function is kept in the run's arena. */
#ifndef NW_EVAL_DOCUMENTATION_H
#define NW_EVAL_DOCUMENTATION_H

#include "eval/eval.h"

/* What a call of a long function that only documents its first argument gives: that argument, of whose docstring nobody knows anything. UNSET:
 * it is no such call. */
nw_value nw_documentation_call(nw_eval *eval, const nw_function *function, const nw_arguments *arguments);

#endif
