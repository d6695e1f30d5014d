/* From a pivot expression to nodes: values of the expression, calls of pivot operators, and what builders use.
 *
 * Purpose: pivot_expression.c evaluates a row's expression; each call in it is bound by operator.def (pivot_bind.c) and given to its
 * builder. Ownership: everything lies in the run's arena. Only src/pivot/ includes this. */
#ifndef NW_PIVOT_PIVOT_BUILD_H
#define NW_PIVOT_PIVOT_BUILD_H

#include "pivot/pivot_node.h"

enum { NW_PIVOT_MAX_ARGUMENTS = 24 };

typedef enum nw_pivot_value_kind {
    NW_PIVOT_VALUE_ABSENT, /* not given */
    NW_PIVOT_VALUE_HOST,   /* a Python value; a tensor in it is read when it is used */
    NW_PIVOT_VALUE_NODE,
    NW_PIVOT_VALUE_LIST,   /* several results, or a sequence with nodes in it */
} nw_pivot_value_kind;

typedef struct nw_pivot_value {
    uint8_t kind;
    nw_value host;
    uint32_t node;
    struct nw_pivot_value *items;
    uint32_t count;
    const nw_symbol *labels; /* axis labels, `...` is the empty symbol; NULL: none */
    uint32_t label_count;
} nw_pivot_value;

/* The node of what a tensor holds when a fact reads it. */
typedef uint32_t nw_pivot_read_tensor(nw_pivot *pivot, const nw_tensor *tensor, uint32_t fact);
/* A call of a row without an expression, as one node for each tensor of its result (pivot_call.c). False: something about it is not
 * known, or it is random. */
bool nw_pivot_opaque_call(nw_pivot *pivot, uint32_t fact, nw_pivot_read_tensor *read, nw_pivot_value *value);

/* A JOIN of two tensors of one kind, chosen by tests of tensors, as `where` (pivot_join.c). False: the test is of something else. */
bool nw_pivot_join(nw_pivot *pivot, uint32_t fact, nw_pivot_read_tensor *read, nw_pivot_value *value);

/* The value of a tensor once `part`, a view of it or of a view of it, has another value for whoever reads behind `writer`; 0: it is no such view
 * for certain (pivot_view.c). */
uint32_t nw_pivot_value_around(nw_pivot *pivot, const nw_tensor *tensor, const nw_tensor *part, uint32_t writer, uint32_t value, nw_pivot_read_tensor *read);
/* A view of what was written to through another tensor, taken once more of what stands there at a fact; 0: it is none. */
uint32_t nw_pivot_view_again(nw_pivot *pivot, const nw_tensor *tensor, uint32_t fact, nw_pivot_read_tensor *read);
/* x.T, x.mT, x.data, x.real: attributes that make tensors have no row. */
bool nw_pivot_is_attribute(const nw_pivot *pivot, const nw_fact *fact);
nw_pivot_value nw_pivot_attribute_value(nw_pivot *pivot, uint32_t fact, nw_pivot_value tensor);
/* Whether a node has the shape of the tensor that it is the value of. */
bool nw_pivot_fits(nw_pivot *pivot, nw_value result, uint32_t node);

/* Where the expression's names and tensors come from. */
typedef struct nw_pivot_scope nw_pivot_scope;

typedef struct nw_pivot_call {
    nw_pivot *pivot;
    nw_pivot_scope *scope;
    nw_pivot_operator op;
    nw_pivot_value arguments[NW_PIVOT_MAX_ARGUMENTS]; /* in the order of operator.def */
    uint32_t argument_count, tensor_count;
    const char *names[NW_PIVOT_MAX_ARGUMENTS];
    int64_t shape[NW_PIVOT_MAX_RANK]; /* of the result, in the operator's own layout */
    int rank;                         /* NW_PIVOT_UNKNOWN_RANK: not known */
    nw_dtype dtype;                   /* of the result, UNKNOWN: not known */
    int dimensions;                   /* spatial axes by the row's name (Conv2d), 0: not said */
} nw_pivot_call;

typedef nw_pivot_value (*nw_pivot_builder)(nw_pivot_call *call);

/* ---- values ---- */
nw_pivot_value nw_pivot_value_node(uint32_t node);
nw_pivot_value nw_pivot_value_host(nw_value value);
nw_pivot_value nw_pivot_value_list(nw_pivot *pivot, const uint32_t *nodes, uint32_t count);
/* An opaque node: why this call has no meaning that is known. */
nw_pivot_value nw_pivot_refuse(nw_pivot_call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same where arguments or a shape are not known. */
nw_pivot_value nw_pivot_refuse_arguments(nw_pivot_call *call);

/* ---- what builders ask of their arguments; `index` counts as in operator.def ---- */
bool nw_pivot_given(const nw_pivot_call *call, uint32_t index); /* not absent, not None */
uint32_t nw_pivot_tensor(nw_pivot_call *call, uint32_t index);  /* a node; 0: not given */
/* An array of numpy, or nested lists, as a constant; 0: it is none, or the numbers are not known. */
uint32_t nw_pivot_known_numbers(nw_pivot *pivot, nw_value value);
const nw_pivot_node *nw_pivot_first_operand(nw_pivot_call *call, uint32_t *node);
/* The nodes of a sequence argument (or of a starred one). */
bool nw_pivot_tensors(nw_pivot_call *call, uint32_t index, uint32_t **nodes, uint32_t *count);
bool nw_pivot_integer(const nw_pivot_call *call, uint32_t index, int64_t *integer);
bool nw_pivot_number(const nw_pivot_call *call, uint32_t index, double *number);
bool nw_pivot_truth(const nw_pivot_call *call, uint32_t index);
const char *nw_pivot_text(const nw_pivot_call *call, uint32_t index); /* "" when it is no string */
nw_dtype nw_pivot_dtype_argument(const nw_pivot_call *call, uint32_t index);
/* The node with its axes in the layout "o i]", where the value is labelled. */
uint32_t nw_pivot_in_layout(nw_pivot_call *call, uint32_t node, const nw_pivot_value *value, const char *layout);
/* A sequence of integers, nested ones flattened; -1: it is none. */
int nw_pivot_integer_list(const nw_pivot_call *call, uint32_t index, int64_t *out);
/* One integer for each of `count` axes; an integer alone stands for all. */
bool nw_pivot_each(const nw_pivot_call *call, uint32_t index, int64_t *out, int count);
bool nw_pivot_axis(const nw_pivot_call *call, uint32_t index, int rank, int *axis);
/* `axes`: None is all of them. */
bool nw_pivot_axes(const nw_pivot_call *call, uint32_t index, int rank, bool *axes);

/* ---- evaluation ---- */
/* Calls an operator on values that are bound in the order of operator.def. */
nw_pivot_value nw_pivot_build(nw_pivot_call *call);
nw_pivot_value nw_pivot_call_bound(nw_pivot_scope *scope, nw_pivot_operator op, const nw_pivot_value *positional, uint32_t positional_count,
                                   const nw_symbol *keywords, const nw_pivot_value *named, uint32_t named_count);
/* Row expressions (pivot_expression.c). `expected`: the result of the fact, for its shape. */
struct nw_pivot_scope {
    nw_pivot *pivot;
    const nw_symbol *names;
    const nw_value *values;
    uint32_t count;
    const nw_operator_row *row;
    nw_value instance;    /* layers */
    uint32_t reader;      /* the fact that reads the tensors */
    nw_value expected;
    int depth;
    const nw_ast *ast;
    nw_symbol first;      /* a name that stands for a node: the operand of an activation; 0: none */
    nw_pivot_value first_value;
    uint32_t (*read)(nw_pivot_scope *scope, const nw_tensor *tensor); /* a tensor's node, as `reader` sees it */
};
nw_pivot_value nw_pivot_evaluate(nw_pivot_scope *scope, nw_symbol expression);
/* The meaning of a function that is passed as a value (an activation), applied to a node. */
nw_pivot_value nw_pivot_apply(nw_pivot_scope *scope, nw_value function, nw_pivot_value input);

/* What an index of integers takes from x along an axis; the index's axes stand in its place (pivot_index.c). */
uint32_t nw_pivot_take(nw_pivot *pivot, uint32_t x, uint32_t index, int axis);

/* ---- builders, one for each that operator.def names ---- */
#define NW_PIVOT_OPERATOR(id, name, tensors, attributes, build) nw_pivot_value nw_pivot_build_##build(nw_pivot_call *call);
#include "pivot/operator.def"
#undef NW_PIVOT_OPERATOR

#endif
