/* Nodes of the pivot graph, and how they are made in normal form.
 *
 * Purpose: what pivot_*.c offer each other. Every nw_pivot_make_... function returns a node in normal form: what it is asked for may
 * come out as another operator, or as one of its arguments.
 * Ownership and invariants: see pivot.h. Only src/pivot/ includes this. */
#ifndef NW_PIVOT_PIVOT_NODE_H
#define NW_PIVOT_PIVOT_NODE_H

#include "eval/tensor.h"
#include "pivot/pivot.h"

typedef enum nw_pivot_operator {
#define NW_PIVOT_OPERATOR(id, name, tensors, attributes, build) NW_PIVOT_##id,
#include "pivot/operator.def"
#undef NW_PIVOT_OPERATOR
    NW_PIVOT_OPERATOR_COUNT
} nw_pivot_operator;

/* Constants of more elements are not made; the interpreter keeps contents of fewer, so that both sides of a comparison compute here what it leaves. */
enum { NW_PIVOT_MAX_RANK = 64, NW_PIVOT_UNKNOWN_RANK = -1, NW_PIVOT_MAX_CONTENTS = 1 << 16 };
/* A size that depends on the contents of tensors, such as how many elements a mask selects: like one that is not given it stands for any number. */
enum { NW_PIVOT_COUNTED_SIZE = 7919 };

typedef struct nw_pivot_attribute {
    nw_symbol name;
    nw_value value; /* None, number, string, or a tuple of these */
} nw_pivot_attribute;

typedef struct nw_pivot_node {
    uint16_t op;      /* nw_pivot_operator */
    uint8_t dtype;    /* nw_dtype */
    bool of_state;    /* made of tensors of the state by operations of the weight map alone */
    int16_t rank;     /* or NW_PIVOT_UNKNOWN_RANK */
    int64_t *shape;
    uint32_t *children; /* 0: absent */
    uint32_t child_count;
    nw_pivot_attribute *attributes;
    uint32_t attribute_count;
    uint32_t index;   /* input or state number; opaque: its own number */
    const double *data; /* constants, row-major */
    const char *reason; /* opaque: why */
    nw_place place;
    uint64_t hash, signature; /* signature: equal for nodes that differ only in which tensors of the state they use */
} nw_pivot_node;

typedef struct nw_pivot_output {
    nw_symbol name;
    uint32_t node;
} nw_pivot_output;

typedef struct nw_pivot_reader nw_pivot_reader;

/* A row's expression as a tree. */
typedef struct nw_pivot_parsed {
    nw_symbol text;
    const nw_ast *ast;
    uint32_t root; /* 0: it does not parse */
} nw_pivot_parsed;

struct nw_pivot {
    nw_eval *eval;
    const nw_model *model;
    nw_pivot_node **nodes;
    uint32_t count, capacity;
    uint32_t *slots, slot_count; /* open addressing over node numbers */
    nw_place place;              /* of what is being read: new nodes get it */
    uint32_t opaque_count;
    nw_pivot_output *outputs;
    uint32_t output_count;
    struct nw_pivot_reader *reader; /* of pivot_read.c */
    nw_moved_channels moved;     /* from those of the graph beside */
    const nw_opaque *symbols[8]; /* sizes that are not given, and the numbers that they have here */
    int64_t symbol_sizes[8];
    uint32_t symbol_count;
    const nw_pivot *beside;     /* the graph that this one will be compared with, or NULL */
    nw_pivot_parsed *parsed;
    uint32_t parsed_count, parsed_capacity;
};

/* ---- nodes (pivot_node.c) ---- */
static inline nw_pivot_node *nw_pivot_at(const nw_pivot *pivot, uint32_t node) { return pivot->nodes[node]; }
const char *nw_pivot_operator_name(nw_pivot_operator op);
/* The number of the operator of that name, or NW_PIVOT_OPERATOR_COUNT. */
nw_pivot_operator nw_pivot_operator_find(const char *name);
/* The node equal to the template, whose arrays are copied when it is new. */
uint32_t nw_pivot_intern(nw_pivot *pivot, const nw_pivot_node *template_);
uint32_t nw_pivot_opaque(nw_pivot *pivot, const int64_t *shape, int rank, nw_dtype dtype, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
uint32_t nw_pivot_constant(nw_pivot *pivot, nw_dtype dtype, const int64_t *shape, int rank, const double *data);
uint32_t nw_pivot_scalar(nw_pivot *pivot, double number, nw_dtype dtype);
/* The number that a constant of one element (or of equal elements, where `any_size`) holds. */
bool nw_pivot_scalar_value(const nw_pivot *pivot, uint32_t node, bool any_size, double *number);
nw_value nw_pivot_integers(nw_pivot *pivot, const int64_t *numbers, uint32_t count);
/* Attributes by name: UNSET when there is none. */
nw_value nw_pivot_attribute_of(const nw_pivot *pivot, uint32_t node, const char *name);
/* The integers of an attribute that is a tuple of them; NULL and count 0 when it is not. `out` has NW_PIVOT_MAX_RANK places. */
uint32_t nw_pivot_integers_of(const nw_pivot *pivot, uint32_t node, const char *name, int64_t *out);
int64_t nw_pivot_elements(const nw_pivot_node *node); /* -1: unknown rank */
bool nw_pivot_same_shape(const nw_pivot_node *a, const nw_pivot_node *b);
/* -1 .. 1: 0 for equal values; numbers by value. */
bool nw_pivot_value_equal(nw_value a, nw_value b, bool exact);
/* The value as it is known here: a size that is not given is a number. */
nw_value nw_pivot_settle(nw_pivot *pivot, nw_value value);
nw_dtype nw_pivot_dtype(nw_dtype dtype); /* int64 stands for int32 too */

/* A node of an operator without a normal form of its own. */
typedef struct nw_pivot_plain {
    nw_pivot_operator op;
    nw_dtype dtype;
    const int64_t *shape;
    int rank;
    const uint32_t *children;
    uint32_t child_count;
    nw_pivot_attribute attributes[12];
    uint32_t attribute_count;
} nw_pivot_plain;
void nw_pivot_plain_add(nw_pivot *pivot, nw_pivot_plain *plain, const char *name, nw_value value);
uint32_t nw_pivot_make(nw_pivot *pivot, const nw_pivot_plain *plain);
/* The constant that an operator on constants gives; 0: it is not known (pivot_fold.c). */
uint32_t nw_pivot_fold(nw_pivot *pivot, const nw_pivot_plain *plain);

/* ---- text (pivot_dump.c) ---- */
/* The node without its operands: max_pool(size=(3, 3), ...) f32[1, 8, 4, 4]. */
const char *nw_pivot_words(const nw_pivot *pivot, uint32_t node);
/* Marks what outputs depend on; `marked` has `count` places. */
void nw_pivot_mark(const nw_pivot *pivot, bool *marked);

/* ---- moving elements (pivot_move.c, pivot_part.c) ---- */
uint32_t nw_pivot_reshape(nw_pivot *pivot, uint32_t node, const int64_t *shape, int rank);
uint32_t nw_pivot_transpose(nw_pivot *pivot, uint32_t node, const int64_t *permutation);
uint32_t nw_pivot_move_axis(nw_pivot *pivot, uint32_t node, int from, int to);
uint32_t nw_pivot_swap(nw_pivot *pivot, uint32_t node, int a, int b);
uint32_t nw_pivot_squeeze(nw_pivot *pivot, uint32_t node, int axis);
uint32_t nw_pivot_unsqueeze(nw_pivot *pivot, uint32_t node, int axis);
/* The node whose MOVE `move` is, given a value for the move: x with move(x) = value. */
uint32_t nw_pivot_unmove(nw_pivot *pivot, uint32_t move, uint32_t value);
/* Reads a MOVE, or any node as the trivial one: digits of the base in its order, and their order in the result. */
typedef struct nw_pivot_digits {
    uint32_t base;
    int64_t sizes[NW_PIVOT_MAX_RANK];
    int order[NW_PIVOT_MAX_RANK]; /* result position -> digit */
    int count;
} nw_pivot_digits;
nw_pivot_digits nw_pivot_digits_of(const nw_pivot *pivot, uint32_t node);
/* Splits digits so that the boundaries of the sizes, in result order, are boundaries of digits; false when they cannot be. */
bool nw_pivot_digits_refine(nw_pivot_digits *digits, const int64_t *sizes, int rank);
bool nw_pivot_digits_refine_base(nw_pivot_digits *digits, const int64_t *sizes, int rank);
/* What the digits' move makes of another node with the elements of its base. */
uint32_t nw_pivot_digits_apply(nw_pivot *pivot, uint32_t node, const nw_pivot_digits *digits, const int64_t *shape, int rank);
/* Operands of an elementwise operator before the move that they share; false when they share none (pivot_lift.c). */
bool nw_pivot_lift(nw_pivot *pivot, const uint32_t *children, uint32_t count, const int64_t *shape, int rank, uint32_t *lifted, nw_pivot_digits *digits);
/* nw_pivot_make for elementwise operators. */
uint32_t nw_pivot_make_elementwise(nw_pivot *pivot, const nw_pivot_plain *plain);
/* The concatenation of parts that are the same move but for the axis; 0: they are not. */
uint32_t nw_pivot_lift_concatenation(nw_pivot *pivot, const uint32_t *parts, uint32_t count, int axis, const int64_t *shape, int rank);
/* The same of parts that are different moves, where one only turns whole axes: the others are turned back; 0: there is none. */
uint32_t nw_pivot_lift_turned(nw_pivot *pivot, const uint32_t *parts, uint32_t count, int axis);
/* The move of a padded base, where the padded axes of a move are axes of its base; 0: they are not. */
uint32_t nw_pivot_lift_pad(nw_pivot *pivot, uint32_t move, const int64_t *widths, const char *mode, double value);
/* What a move of a pad is a pad of, by those widths of its own axes; 0: it is none. */
uint32_t nw_pivot_unpad(nw_pivot *pivot, uint32_t move, int64_t *widths);
/* The axis of the base that is the given axis of the move, or -1. */
int nw_pivot_base_axis(const nw_pivot *pivot, uint32_t move, int axis);
uint32_t nw_pivot_digits_make(nw_pivot *pivot, const nw_pivot_digits *digits, const int64_t *shape, int rank);

uint32_t nw_pivot_slice(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step);
/* Whether the node is a value to which exactly this part was assigned. */
bool nw_pivot_is_assigned(const nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step);
uint32_t nw_pivot_slice_axis(nw_pivot *pivot, uint32_t node, int axis, int64_t start, int64_t stop);
uint32_t nw_pivot_concatenate(nw_pivot *pivot, const uint32_t *parts, uint32_t count, int axis);
uint32_t nw_pivot_flip(nw_pivot *pivot, uint32_t node, const bool *axes);
uint32_t nw_pivot_broadcast(nw_pivot *pivot, uint32_t node, const int64_t *shape, int rank);
/* widths: before, after for each axis; mode is "constant" and the like. */
uint32_t nw_pivot_pad(nw_pivot *pivot, uint32_t node, const int64_t *widths, const char *mode, double value);

/* ---- arithmetic (pivot_arithmetic.c, pivot_reduce.c) ---- */
/* The shape of elementwise operators; false when it is none. */
bool nw_pivot_broadcast_shape(const nw_pivot *pivot, const uint32_t *nodes, uint32_t count, int64_t *shape, int *rank);
nw_dtype nw_pivot_promote(const nw_pivot *pivot, const uint32_t *nodes, uint32_t count);
uint32_t nw_pivot_add(nw_pivot *pivot, uint32_t a, uint32_t b);
uint32_t nw_pivot_subtract(nw_pivot *pivot, uint32_t a, uint32_t b);
uint32_t nw_pivot_multiply(nw_pivot *pivot, uint32_t a, uint32_t b);
uint32_t nw_pivot_divide(nw_pivot *pivot, uint32_t a, uint32_t b);
uint32_t nw_pivot_scale(nw_pivot *pivot, uint32_t node, double factor);
/* x where the node is x times a number; 0 when it is not. */
uint32_t nw_pivot_scaled_child(const nw_pivot *pivot, uint32_t node, double *factor);
/* An operand of an elementwise operator whose result has that shape: what only makes it larger, and leading axes of size 1, are left
 * out; one with all the result's elements has the result's shape. */
uint32_t nw_pivot_operand(nw_pivot *pivot, uint32_t node, const int64_t *shape, int rank);
uint32_t nw_pivot_offset(nw_pivot *pivot, uint32_t node, double offset);
uint32_t nw_pivot_reciprocal(nw_pivot *pivot, uint32_t node);
uint32_t nw_pivot_power(nw_pivot *pivot, uint32_t node, double exponent);
uint32_t nw_pivot_unary(nw_pivot *pivot, nw_pivot_operator op, uint32_t node);
uint32_t nw_pivot_binary(nw_pivot *pivot, nw_pivot_operator op, uint32_t a, uint32_t b, nw_dtype dtype);
/* A limit that is not given is infinite. */
uint32_t nw_pivot_clip(nw_pivot *pivot, uint32_t node, double low, double high);
uint32_t nw_pivot_cast(nw_pivot *pivot, uint32_t node, nw_dtype dtype);
/* SUM, MAX, ... over axes; the axes vanish. */
uint32_t nw_pivot_reduce(nw_pivot *pivot, nw_pivot_operator op, uint32_t node, const bool *axes);
uint32_t nw_pivot_mean(nw_pivot *pivot, uint32_t node, const bool *axes);
/* The axes that vanished come back with size 1. */
uint32_t nw_pivot_keep_axes(nw_pivot *pivot, uint32_t reduced, const nw_pivot_node *input, const bool *axes);
/* Biased when correction is 0; keeps its axes. */
uint32_t nw_pivot_variance(nw_pivot *pivot, uint32_t node, const bool *axes, double correction);
uint32_t nw_pivot_softmax(nw_pivot *pivot, nw_pivot_operator op, uint32_t node, int axis);
/* a [..., m, k] @ b [..., k, n] as numpy has it. */
uint32_t nw_pivot_matmul(nw_pivot *pivot, uint32_t a, uint32_t b);
uint32_t nw_pivot_einsum(nw_pivot *pivot, const char *equation, const uint32_t *operands, uint32_t count);

#endif
