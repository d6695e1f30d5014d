/* Tensors inside the interpreter: what tensor*.c, operator*.c and intrinsic*.c offer each other.
 *
 * Purpose: shapes with symbolic sizes, element types, known contents, and the rows of operators in Python's syntax.
 * Ownership: nw_tensor_state lies in the run's arena.
 * Invariants: a size is an INT (never negative) or an OPAQUE; no tensor has more than NW_MAX_RANK dimensions of known
 * number; contents are kept only up to NW_MAX_CONTENTS elements and only where a double holds them exactly. Contents
 * are good as long as nobody has written to the storage since: nw_tensor_contents knows. */
#ifndef NW_EVAL_TENSOR_H
#define NW_EVAL_TENSOR_H

#include "eval/eval.h"

enum { NW_MAX_RANK = 64, NW_MAX_CONTENTS = 4096 };

/* Operations that Python's syntax stands for: NW_TENSOR_OPERATION(ID, "name", in module torch or in class Tensor). */
typedef enum nw_tensor_operation {
    NW_OPERATION_NONE,
#define NW_TENSOR_OPERATION(id, name, is_method) NW_OPERATION_##id,
#include "eval/tensor_operation.def"
#undef NW_TENSOR_OPERATION
    NW_OPERATION_COUNT
} nw_tensor_operation;

typedef struct nw_tensor_row {
    const nw_operator_row *row;
    nw_symbol *parameters;
    nw_value *defaults;
    uint32_t count;
} nw_tensor_row;

typedef struct nw_tensor_names {
    nw_symbol itemsize, is_leaf, names, persistent, index, type, inplace, in_place, out, parametrizations;
    nw_symbol axis, keepdims, x, x1, x2, dim, keepdim, input, other; /* numpy's keywords and what they mean */
} nw_tensor_names;

typedef struct nw_tensor_state {
    nw_class *parameter, *buffer, *uninitialized_parameter, *uninitialized_buffer;
    nw_dict *devices;  /* (type, index) -> the one instance */
    nw_tensor_names names;
    nw_tensor_row rows[NW_OPERATION_COUNT];
} nw_tensor_state;

/* ---- making (tensor.c) ---- */
nw_class *nw_tensor_class(nw_eval *eval);
/* The class of what an operator makes of such a tensor: marks are not inherited. */
nw_class *nw_tensor_class_like(nw_eval *eval, const nw_tensor *tensor);
static inline nw_value nw_tensor_value(nw_tensor *tensor) { return (nw_value){.kind = NW_TENSOR, .as.tensor = tensor}; }
/* Another tensor with that one's shape, type, device and contents, without marks, node and base. */
nw_tensor *nw_tensor_copy(nw_eval *eval, const nw_tensor *tensor);
/* `view` shares the storage of `tensor`. */
void nw_tensor_share(nw_tensor *view, const nw_tensor *tensor);
/* In-place writes: contents are unknown from now on, those of all views too. */
void nw_tensor_forget_contents(nw_tensor *tensor);
/* Text for messages and expressions: the name of an input, or of what made it. */
const char *nw_tensor_describe(nw_eval *eval, const nw_tensor *tensor);
/* The device of that type and index (UNSET: none). */
nw_value nw_device_new(nw_eval *eval, nw_symbol type, nw_value index);
nw_value nw_tensor_device(nw_eval *eval, nw_tensor *tensor);
/* Records one application; 0 while catalog code runs. Arguments beyond those given are the row's defaults. */
uint32_t nw_tensor_record(nw_eval *eval, nw_tensor_operation operation, const nw_value *arguments, uint32_t count, nw_value result);
/* The opaque `name(operands...)`, shown as the given text. */
nw_value nw_tensor_expression(nw_eval *eval, const char *name, nw_opaque_type type, const nw_value *operands, uint32_t count,
                              const char *format, ...) __attribute__((format(printf, 6, 7)));

/* ---- sizes and shapes (tensor_shape.c) ---- */
nw_value nw_size_add(nw_eval *eval, nw_value a, nw_value b);
nw_value nw_size_subtract(nw_eval *eval, nw_value a, nw_value b);
nw_value nw_size_multiply(nw_eval *eval, nw_value a, nw_value b);
bool nw_size_equal(nw_value a, nw_value b);
/* A value as size: INT or OPAQUE; NW_ERROR with RuntimeError for everything that is none. */
nw_value nw_size_of(nw_eval *eval, nw_value value);
nw_value nw_shape_tuple(nw_eval *eval, const nw_value *shape, uint32_t rank);
/* Number of elements; false when a size is not known. */
bool nw_shape_elements(const nw_value *shape, uint32_t rank, int64_t *elements);
/* out has room for NW_MAX_RANK sizes. False: RuntimeError is pending. */
bool nw_shape_broadcast(nw_eval *eval, const nw_value *a, uint32_t a_rank, const nw_value *b, uint32_t b_rank, nw_value *out, uint32_t *rank);
bool nw_shape_matmul(nw_eval *eval, const nw_tensor *a, const nw_tensor *b, nw_value *out, uint32_t *rank);
/* Length of a slice of an axis; NW_ERROR when it is no slice that tensors have. */
nw_value nw_slice_length(nw_eval *eval, const nw_slice *slice, nw_value size, bool backwards);

/* ---- element types (tensor_dtype.c) ---- */
const char *nw_dtype_name(nw_dtype dtype);
int nw_dtype_category(nw_dtype dtype); /* 0 bool, 1 integer, 2 floating, 3 complex, -1 unknown */
int nw_dtype_size(nw_dtype dtype);
nw_dtype nw_dtype_of_name(const char *name); /* UNKNOWN when there is none */
nw_dtype nw_dtype_real(nw_dtype dtype);
/* What three kinds of operands contribute to a result type: tensors with dimensions, without, Python numbers. */
typedef struct nw_promotion {
    int ranked, scalar, number; /* nw_dtype, or -1 for none */
} nw_promotion;
nw_promotion nw_promotion_none(void);
/* False when the value is no operand of promotion. */
bool nw_promotion_add(nw_eval *eval, nw_promotion *promotion, nw_value operand);
nw_dtype nw_promotion_result(nw_promotion promotion);
nw_dtype nw_dtype_join(nw_dtype a, nw_dtype b);

/* ---- known contents (tensor_data.c) ---- */
/* Contents that still hold, or NULL. */
const double *nw_tensor_contents(const nw_tensor *tensor);
/* Room for `count` elements, NULL when that is too many. */
double *nw_contents_make(nw_eval *eval, int64_t count);
/* Sets the contents if the element type holds every number exactly enough; values are converted in place. */
void nw_tensor_set_contents(nw_tensor *tensor, double *data, int64_t count);
nw_value nw_contents_value(nw_dtype dtype, double number);
/* Nested lists, or the bare number for rank 0. */
nw_value nw_tensor_nested(nw_eval *eval, const nw_tensor *tensor);
void nw_contents_binary(nw_eval *eval, nw_operator op, nw_value left, nw_value right, nw_tensor *result);
void nw_contents_unary(nw_eval *eval, nw_operator op, const nw_tensor *operand, nw_tensor *result);

#endif
