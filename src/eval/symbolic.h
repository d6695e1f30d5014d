/* Symbolic values: expressions over what is not known, and the atoms of guards.
 *
 * Purpose: equal expressions are one object and equal tests are one guard, so that knowing one is knowing the other.
 * Ownership: both tables lie in the run's arena.
 * Invariants: an integer expression is in normal form (see linear.c): a sum of products with the terms in the order of
 * their serials, so that `a * b + c` and `c + b * a` are the same object. */
#ifndef NW_EVAL_SYMBOLIC_H
#define NW_EVAL_SYMBOLIC_H

#include "eval/eval.h"

/* What an expression does besides the operators of Python, and what an atom tests. */
typedef enum nw_expression_op {
    NW_EXPRESSION_CALL = NW_OPERATOR_COUNT, /* operands: name of the function (a string), then its arguments */
    NW_EXPRESSION_METHOD,                   /* operands: name, receiver, arguments */
    NW_EXPRESSION_ITEM,                     /* operands: container, index */
    NW_TEST_TRUTH,                          /* bool(a) */
    NW_TEST_INSTANCE,                       /* isinstance(a, b) */
    NW_TEST_HAS_ATTRIBUTE,                  /* hasattr(a, b) */
} nw_expression_op;

/* name(arguments...) with a result of `type`. */
nw_value nw_expression_call(nw_eval *eval, const char *name, nw_opaque_type type, const nw_value *arguments, uint32_t count);
/* The object for these operands, without simplification. */
nw_value nw_expression_intern(nw_eval *eval, uint16_t op, nw_opaque_type type, const nw_value *operands, uint32_t count);
/* Identity of an operand: equal for operands that are the same value. */
uint64_t nw_operand_word(nw_value value);
bool nw_operand_same(nw_value a, nw_value b);
/* A value as a person would write it; long texts are cut. */
void nw_operand_text(nw_eval *eval, nw_buffer *out, nw_value value);

/* Whether a value is an integer, known or not. */
bool nw_is_integral(nw_value value);
/* + - * // % and unary - of integers in normal form; UNSET when `op` has none. Division by a known zero is the caller's. */
nw_value nw_linear_expression(nw_eval *eval, uint16_t op, nw_value left, nw_value right);
/* A lower bound of left - right; INT64_MIN when none is known. *exact: the difference is that number. */
int64_t nw_linear_difference(nw_eval *eval, nw_value left, nw_value right, bool *exact);

/* The guard of a test on values that do not decide it: the same guard for the same operands, and exclusive or implied
 * where the tests are (x == 1, x == 2; x < 1, x < 2; x is None, bool(x)). */
nw_guard nw_atom_for(nw_eval *eval, uint16_t test, nw_value a, nw_value b);
/* The value whose truth an atom tests; UNSET: it tests something else, or nothing that is known. */
nw_value nw_atom_tested(const nw_eval *eval, uint32_t atom);
/* How an atom is shown: "config.use_cache", "mask is None". Empty when it tests nothing that has a text. */
nw_symbol nw_atom_text(nw_eval *eval, uint32_t atom);
/* The guard of an expression that is a test (comparison, isinstance, not): its atom, not bool() of the expression. */
nw_guard nw_guard_of_expression(nw_eval *eval, nw_value expression);

/* The tensor whose whole shape, of which nothing else is known, an expression is; NULL: it is another one. */
nw_tensor *nw_tensor_of_shape(const nw_eval *eval, const nw_opaque *shape);

#endif
