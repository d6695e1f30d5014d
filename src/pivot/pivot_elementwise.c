/* Builders of elementwise operators, activations and operators without a form of their own. */
#include "pivot/pivot_build.h"

#include <math.h>
#include <string.h>

/* ---- operators that are their own normal form ---- */

static bool plain_value(nw_pivot_call *call, nw_value value, nw_value *out)
{
    nw_eval *eval = call->pivot->eval;
    value = nw_pivot_settle(call->pivot, value);
    if (value.kind == NW_UNSET || value.kind == NW_NONE || nw_is_number(value) || value.kind == NW_STRING) {
        *out = value.kind == NW_UNSET ? nw_none() : value;
        return true;
    }
    if (value.kind == NW_DTYPE) {
        *out = nw_string_of(eval, nw_dtype_name(nw_pivot_dtype((nw_dtype)value.as.integer)));
        return true;
    }
    if (value.kind != NW_TUPLE && value.kind != NW_LIST)
        return false;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.as.list->count;
    nw_tuple *tuple = nw_tuple_make(eval, count);
    for (uint32_t i = 0; i < count; i++)
        if (!plain_value(call, value.kind == NW_TUPLE ? value.as.tuple->items[i] : value.as.list->items[i], &tuple->items[i]))
            return false;
    *out = (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
    return true;
}

/* An argument as attribute; axes count from the front. */
static bool plain_attribute(nw_pivot_call *call, uint32_t index, int rank, nw_value *out)
{
    const nw_pivot_value *value = &call->arguments[index];
    const char *name = call->names[index];
    bool axes[NW_PIVOT_MAX_RANK];
    int axis;
    if (value->kind == NW_PIVOT_VALUE_ABSENT || !nw_pivot_given(call, index)) {
        *out = nw_none();
        return true;
    }
    if (strncmp(name, "axis", 4) == 0 && rank >= 0) {
        *out = nw_pivot_axis(call, index, rank, &axis) ? nw_int(axis) : nw_none();
        return nw_pivot_axis(call, index, rank, &axis);
    }
    if (strcmp(name, "axes") == 0 && rank >= 0) {
        int64_t list[NW_PIVOT_MAX_RANK];
        uint32_t count = 0;
        if (!nw_pivot_axes(call, index, rank, axes))
            return false;
        for (int i = 0; i < rank; i++)
            if (axes[i])
                list[count++] = i;
        *out = nw_pivot_integers(call->pivot, list, count);
        return true;
    }
    return value->kind == NW_PIVOT_VALUE_HOST && plain_value(call, value->host, out);
}

static nw_pivot_value make_plain(nw_pivot_call *call, bool like_first)
{
    uint32_t children[NW_PIVOT_MAX_ARGUMENTS];
    nw_pivot_plain plain = {.op = call->op, .dtype = call->dtype, .shape = call->shape, .rank = call->rank, .children = children, .child_count = call->tensor_count};
    for (uint32_t i = 0; i < call->tensor_count; i++)
        children[i] = nw_pivot_tensor(call, i);
    const nw_pivot_node *first = call->tensor_count && children[0] ? nw_pivot_at(call->pivot, children[0]) : NULL;
    if (like_first && first) {
        plain.shape = first->shape;
        plain.rank = first->rank;
        plain.dtype = (nw_dtype)first->dtype;
    }
    for (uint32_t i = call->tensor_count; i < call->argument_count; i++) {
        nw_value value;
        if (!plain_attribute(call, i, first ? first->rank : NW_PIVOT_UNKNOWN_RANK, &value))
            return nw_pivot_refuse(call, "the argument `%s` is not known", call->names[i]);
        if (value.kind != NW_NONE)
            nw_pivot_plain_add(call->pivot, &plain, call->names[i], value);
    }
    bool elementwise = like_first && plain.attribute_count + 1 >= call->argument_count - call->tensor_count;
    for (uint32_t i = 0; i < plain.attribute_count; i++) { /* cumulative sums, triangles and the like depend on where elements stand */
        const char *name = nw_symbol_bytes(call->pivot->eval->symbols, plain.attributes[i].name);
        elementwise = elementwise && strcmp(name, "axis") != 0 && strcmp(name, "diagonal") != 0;
    }
    return nw_pivot_value_node(elementwise ? nw_pivot_make_elementwise(call->pivot, &plain) : nw_pivot_make(call->pivot, &plain));
}

nw_pivot_value nw_pivot_build_plain(nw_pivot_call *call)
{
    return make_plain(call, false);
}

nw_pivot_value nw_pivot_build_elementwise(nw_pivot_call *call)
{
    return make_plain(call, true);
}

nw_pivot_value nw_pivot_build_random(nw_pivot_call *call)
{
    nw_pivot_value value = make_plain(call, false);
    (void)value;
    return nw_pivot_refuse(call, "random in evaluation");
}

/* Two results: each is the operator and which of them. */
nw_pivot_value nw_pivot_build_top_k(nw_pivot_call *call)
{
    uint32_t both[2], node = make_plain(call, false).node;
    int64_t shape[NW_PIVOT_MAX_RANK], k;
    const nw_pivot_node *n = nw_pivot_at(call->pivot, nw_pivot_tensor(call, 0));
    int axis;
    if (nw_pivot_at(call->pivot, node)->op == NW_PIVOT_OPAQUE)
        return nw_pivot_value_node(node);
    if (n->rank < 0 || !nw_pivot_integer(call, 1, &k) || !nw_pivot_axis(call, 2, n->rank, &axis))
        return nw_pivot_refuse(call, "arguments that are not known");
    memcpy(shape, n->shape, (size_t)n->rank * sizeof *shape);
    shape[axis] = k;
    for (int i = 0; i < 2; i++) {
        nw_pivot_plain pick = {.op = NW_PIVOT_PICK, .dtype = i ? NW_DTYPE_INT64 : (nw_dtype)n->dtype, .shape = shape, .rank = n->rank, .children = &node, .child_count = 1};
        nw_pivot_plain_add(call->pivot, &pick, "result", nw_int(i));
        both[i] = nw_pivot_make(call->pivot, &pick);
    }
    return nw_pivot_value_list(call->pivot, both, 2);
}

/* ---- one operand ---- */

nw_pivot_value nw_pivot_build_unary(nw_pivot_call *call)
{
    return nw_pivot_value_node(nw_pivot_unary(call->pivot, call->op, nw_pivot_tensor(call, 0)));
}

nw_pivot_value nw_pivot_build_same(nw_pivot_call *call)
{
    return nw_pivot_value_node(nw_pivot_tensor(call, 0));
}

nw_pivot_value nw_pivot_build_scaled(nw_pivot_call *call)
{
    return nw_pivot_value_node(nw_pivot_scale(call->pivot, nw_pivot_tensor(call, 0), -1));
}

nw_pivot_value nw_pivot_build_powered(nw_pivot_call *call)
{
    double exponent = call->op == NW_PIVOT_SQRT ? 0.5 : call->op == NW_PIVOT_RSQRT ? -0.5 : call->op == NW_PIVOT_SQUARE ? 2 : -1;
    return nw_pivot_value_node(nw_pivot_power(call->pivot, nw_pivot_tensor(call, 0), exponent));
}

nw_pivot_value nw_pivot_build_test(nw_pivot_call *call)
{
    uint32_t node = nw_pivot_tensor(call, 0);
    const nw_pivot_node *n = nw_pivot_at(call->pivot, node);
    nw_pivot_plain plain = {.op = call->op, .dtype = NW_DTYPE_BOOL, .shape = n->shape, .rank = n->rank, .children = &node, .child_count = 1};
    return nw_pivot_value_node(nw_pivot_make_elementwise(call->pivot, &plain));
}

nw_pivot_value nw_pivot_build_cast(nw_pivot_call *call)
{
    nw_dtype dtype = nw_pivot_dtype_argument(call, 1);
    if (dtype == NW_DTYPE_UNKNOWN)
        dtype = call->dtype;
    if (dtype == NW_DTYPE_UNKNOWN)
        return nw_pivot_refuse(call, "the dtype is not known");
    return nw_pivot_value_node(nw_pivot_cast(call->pivot, nw_pivot_tensor(call, 0), dtype));
}

/* ---- several operands ---- */

static bool both_boolean(const nw_pivot *pivot, uint32_t a, uint32_t b)
{
    return nw_pivot_at(pivot, a)->dtype == NW_DTYPE_BOOL && nw_pivot_at(pivot, b)->dtype == NW_DTYPE_BOOL;
}

/* Sums and products of truth values are logic. */
nw_pivot_value nw_pivot_build_add(nw_pivot_call *call)
{
    uint32_t *nodes, count;
    if (!nw_pivot_tensors(call, 0, &nodes, &count))
        return nw_pivot_refuse(call, "operands that are not known");
    uint32_t sum = nodes[0];
    for (uint32_t i = 1; i < count; i++)
        sum = both_boolean(call->pivot, sum, nodes[i]) ? nw_pivot_binary(call->pivot, NW_PIVOT_LOGICAL_OR, sum, nodes[i], NW_DTYPE_BOOL)
                                                       : nw_pivot_add(call->pivot, sum, nodes[i]);
    return nw_pivot_value_node(sum);
}

nw_pivot_value nw_pivot_build_multiply(nw_pivot_call *call)
{
    uint32_t *nodes, count;
    if (!nw_pivot_tensors(call, 0, &nodes, &count))
        return nw_pivot_refuse(call, "operands that are not known");
    uint32_t product = nodes[0];
    for (uint32_t i = 1; i < count; i++)
        product = both_boolean(call->pivot, product, nodes[i]) ? nw_pivot_binary(call->pivot, NW_PIVOT_LOGICAL_AND, product, nodes[i], NW_DTYPE_BOOL)
                                                               : nw_pivot_multiply(call->pivot, product, nodes[i]);
    return nw_pivot_value_node(product);
}

nw_pivot_value nw_pivot_build_subtract(nw_pivot_call *call)
{
    return nw_pivot_value_node(nw_pivot_subtract(call->pivot, nw_pivot_tensor(call, 0), nw_pivot_tensor(call, 1)));
}

nw_pivot_value nw_pivot_build_divide(nw_pivot_call *call)
{
    return nw_pivot_value_node(nw_pivot_divide(call->pivot, nw_pivot_tensor(call, 0), nw_pivot_tensor(call, 1)));
}

nw_pivot_value nw_pivot_build_power(nw_pivot_call *call)
{
    double exponent;
    if (nw_pivot_number(call, 1, &exponent) && isfinite(exponent))
        return nw_pivot_value_node(nw_pivot_power(call->pivot, nw_pivot_tensor(call, 0), exponent));
    return nw_pivot_value_node(nw_pivot_binary(call->pivot, NW_PIVOT_POWER, nw_pivot_tensor(call, 0), nw_pivot_tensor(call, 1), NW_DTYPE_UNKNOWN));
}

nw_pivot_value nw_pivot_build_extreme(nw_pivot_call *call)
{
    double limit;
    for (uint32_t i = 0; i < 2; i++)
        if (nw_pivot_number(call, i, &limit)) {
            uint32_t other = nw_pivot_tensor(call, 1 - i);
            return nw_pivot_value_node(call->op == NW_PIVOT_MAXIMUM ? nw_pivot_clip(call->pivot, other, limit, INFINITY) : nw_pivot_clip(call->pivot, other, -INFINITY, limit));
        }
    return nw_pivot_value_node(nw_pivot_binary(call->pivot, call->op, nw_pivot_tensor(call, 0), nw_pivot_tensor(call, 1), NW_DTYPE_UNKNOWN));
}

nw_pivot_value nw_pivot_build_clip(nw_pivot_call *call)
{
    double low = -INFINITY, high = INFINITY;
    if ((nw_pivot_given(call, 1) && !nw_pivot_number(call, 1, &low)) || (nw_pivot_given(call, 2) && !nw_pivot_number(call, 2, &high))) {
        uint32_t node = nw_pivot_tensor(call, 0);
        if (nw_pivot_given(call, 1))
            node = nw_pivot_binary(call->pivot, NW_PIVOT_MAXIMUM, node, nw_pivot_tensor(call, 1), NW_DTYPE_UNKNOWN);
        if (nw_pivot_given(call, 2))
            node = nw_pivot_binary(call->pivot, NW_PIVOT_MINIMUM, node, nw_pivot_tensor(call, 2), NW_DTYPE_UNKNOWN);
        return nw_pivot_value_node(node);
    }
    return nw_pivot_value_node(nw_pivot_clip(call->pivot, nw_pivot_tensor(call, 0), low, high));
}

nw_pivot_value nw_pivot_build_binary(nw_pivot_call *call)
{
    return nw_pivot_value_node(nw_pivot_binary(call->pivot, call->op, nw_pivot_tensor(call, 0), nw_pivot_tensor(call, 1), NW_DTYPE_UNKNOWN));
}

/* A number that was an integer equals an integer if that one did: no rounding makes them equal. */
static uint32_t before_cast(const nw_pivot *pivot, uint32_t node, uint32_t other)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    double number;
    if (n->op != NW_PIVOT_CAST || nw_dtype_category((nw_dtype)n->dtype) != nw_dtype_category(NW_DTYPE_FLOAT32) || !nw_pivot_scalar_value(pivot, other, true, &number))
        return node;
    const nw_pivot_node *whole = nw_pivot_at(pivot, n->children[0]);
    bool is_integer = nw_dtype_category((nw_dtype)whole->dtype) == nw_dtype_category(NW_DTYPE_INT64);
    return is_integer && number == floor(number) && fabs(number) < 2048 ? n->children[0] : node;
}

/* a > b is b < a. */
nw_pivot_value nw_pivot_build_compare(nw_pivot_call *call)
{
    uint32_t a = nw_pivot_tensor(call, 0), b = nw_pivot_tensor(call, 1);
    if (call->op == NW_PIVOT_GREATER || call->op == NW_PIVOT_GREATER_EQUAL)
        return nw_pivot_value_node(nw_pivot_binary(call->pivot, call->op == NW_PIVOT_GREATER ? NW_PIVOT_LESS : NW_PIVOT_LESS_EQUAL, b, a, NW_DTYPE_BOOL));
    if (call->op == NW_PIVOT_EQUAL || call->op == NW_PIVOT_NOT_EQUAL) {
        uint32_t plain = before_cast(call->pivot, a, b);
        b = before_cast(call->pivot, b, a);
        a = plain;
    }
    return nw_pivot_value_node(nw_pivot_binary(call->pivot, call->op, a, b, NW_DTYPE_BOOL));
}

static bool is_number(const nw_pivot *pivot, uint32_t node, double number)
{
    double own;
    return nw_pivot_scalar_value(pivot, node, true, &own) && own == number;
}

/* A sum of squares is never negative. */
static bool is_sum_of_squares(const nw_pivot *pivot, uint32_t node)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    while (n->op == NW_PIVOT_MOVE || n->op == NW_PIVOT_REDUCE_SUM)
        n = nw_pivot_at(pivot, n->children[0]);
    return n->op == NW_PIVOT_POWER && n->child_count == 1 && n->attributes[0].value.kind == NW_FLOAT && n->attributes[0].value.as.number == 2;
}

/* where(x > 0, sqrt(where(x > 0, x, 1)), 0), which keeps gradients finite, is sqrt(x) where x is never negative. */
static uint32_t guarded_root(nw_pivot *pivot, uint32_t condition, uint32_t a, uint32_t b)
{
    const nw_pivot_node *c = nw_pivot_at(pivot, condition), *root = nw_pivot_at(pivot, a);
    if (c->op != NW_PIVOT_LESS || !is_number(pivot, c->children[0], 0) || root->op != NW_PIVOT_POWER || root->child_count != 1 || !is_number(pivot, b, 0))
        return 0;
    const nw_pivot_node *inner = nw_pivot_at(pivot, root->children[0]);
    uint32_t x = c->children[1];
    bool guarded = root->attributes[0].value.kind == NW_FLOAT && root->attributes[0].value.as.number == 0.5 && inner->op == NW_PIVOT_WHERE &&
                   inner->children[0] == condition && inner->children[1] == x && is_number(pivot, inner->children[2], 1);
    return guarded && is_sum_of_squares(pivot, x) ? nw_pivot_power(pivot, x, 0.5) : 0;
}

static nw_pivot_value where(nw_pivot_call *call, uint32_t condition, uint32_t a, uint32_t b)
{
    nw_pivot *pivot = call->pivot;
    uint32_t lifted[3], given[] = {condition, a, b};
    nw_pivot_digits digits;
    const nw_pivot_node *shaped = nw_pivot_at(pivot, a);
    uint32_t plain_root = guarded_root(pivot, condition, a, b);
    if (!plain_root && shaped->rank >= 0 && nw_pivot_lift(pivot, given, 3, shaped->shape, shaped->rank, lifted, &digits)) {
        uint32_t root = guarded_root(pivot, lifted[0], lifted[1], lifted[2]);
        plain_root = root ? nw_pivot_digits_apply(pivot, root, &digits, shaped->shape, shaped->rank) : 0;
    }
    if (plain_root)
        return nw_pivot_value_node(plain_root);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank;
    uint32_t nodes[] = {condition, a, b};
    if (!nw_pivot_broadcast_shape(call->pivot, nodes, 3, shape, &rank))
        return nw_pivot_refuse(call, "operands whose shapes do not fit or are not known");
    nw_pivot_plain plain = {.op = NW_PIVOT_WHERE, .dtype = nw_pivot_promote(call->pivot, nodes + 1, 2), .shape = shape, .rank = rank, .children = nodes, .child_count = 3};
    for (int i = 0; i < 3; i++)
        nodes[i] = nw_pivot_operand(call->pivot, nodes[i], shape, rank);
    if (nodes[1] == nodes[2])
        return nw_pivot_value_node(nodes[1]);
    return nw_pivot_value_node(nw_pivot_make_elementwise(call->pivot, &plain));
}

nw_pivot_value nw_pivot_build_where(nw_pivot_call *call)
{
    return where(call, nw_pivot_tensor(call, 0), nw_pivot_tensor(call, 1), nw_pivot_tensor(call, 2));
}

nw_pivot_value nw_pivot_build_masked_fill(nw_pivot_call *call)
{
    return where(call, nw_pivot_tensor(call, 1), nw_pivot_tensor(call, 2), nw_pivot_tensor(call, 0));
}

nw_pivot_value nw_pivot_build_lerp(nw_pivot_call *call)
{
    uint32_t a = nw_pivot_tensor(call, 0), difference = nw_pivot_subtract(call->pivot, nw_pivot_tensor(call, 1), a);
    return nw_pivot_value_node(nw_pivot_add(call->pivot, a, nw_pivot_multiply(call->pivot, nw_pivot_tensor(call, 2), difference)));
}

nw_pivot_value nw_pivot_build_fused_multiply_add(nw_pivot_call *call)
{
    uint32_t product = nw_pivot_multiply(call->pivot, nw_pivot_tensor(call, 1), nw_pivot_tensor(call, 2));
    if (nw_pivot_given(call, 3))
        product = nw_pivot_multiply(call->pivot, product, nw_pivot_tensor(call, 3));
    return nw_pivot_value_node(nw_pivot_add(call->pivot, nw_pivot_tensor(call, 0), product));
}

/* ---- activations: compositions of simpler operators ---- */

static uint32_t hard_sigmoid(nw_pivot *pivot, uint32_t x)
{
    return nw_pivot_scale(pivot, nw_pivot_clip(pivot, nw_pivot_offset(pivot, x, 3), 0, 6), 1.0 / 6);
}

nw_pivot_value nw_pivot_build_activation(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x = nw_pivot_tensor(call, 0);
    switch (call->op) {
    case NW_PIVOT_RELU: return nw_pivot_value_node(nw_pivot_clip(pivot, x, 0, INFINITY));
    case NW_PIVOT_RELU6: return nw_pivot_value_node(nw_pivot_clip(pivot, x, 0, 6));
    case NW_PIVOT_SILU: return nw_pivot_value_node(nw_pivot_multiply(pivot, x, nw_pivot_unary(pivot, NW_PIVOT_SIGMOID, x)));
    case NW_PIVOT_HARD_SIGMOID: return nw_pivot_value_node(hard_sigmoid(pivot, x));
    case NW_PIVOT_HARD_SILU: return nw_pivot_value_node(nw_pivot_multiply(pivot, x, hard_sigmoid(pivot, x)));
    case NW_PIVOT_SOFTSIGN: return nw_pivot_value_node(nw_pivot_divide(pivot, x, nw_pivot_offset(pivot, nw_pivot_unary(pivot, NW_PIVOT_ABS, x), 1)));
    case NW_PIVOT_TANHSHRINK: return nw_pivot_value_node(nw_pivot_subtract(pivot, x, nw_pivot_unary(pivot, NW_PIVOT_TANH, x)));
    case NW_PIVOT_MISH: return nw_pivot_value_node(nw_pivot_multiply(pivot, x, nw_pivot_unary(pivot, NW_PIVOT_TANH, nw_pivot_unary(pivot, NW_PIVOT_SOFTPLUS, x))));
    default: /* log_sigmoid */
        return nw_pivot_value_node(nw_pivot_scale(pivot, nw_pivot_unary(pivot, NW_PIVOT_SOFTPLUS, nw_pivot_scale(pivot, x, -1)), -1));
    }
}

/* tanh: x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3))) */
static uint32_t gelu_tanh(nw_pivot *pivot, uint32_t x)
{
    uint32_t inner = nw_pivot_add(pivot, x, nw_pivot_scale(pivot, nw_pivot_power(pivot, x, 3), 0.044715));
    uint32_t one_plus = nw_pivot_offset(pivot, nw_pivot_unary(pivot, NW_PIVOT_TANH, nw_pivot_scale(pivot, inner, sqrt(2 / acos(-1)))), 1);
    return nw_pivot_scale(pivot, nw_pivot_multiply(pivot, x, one_plus), 0.5);
}

nw_pivot_value nw_pivot_build_gelu(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x = nw_pivot_tensor(call, 0);
    const char *form = nw_pivot_text(call, 1);
    if (strcmp(form, "tanh") == 0)
        return nw_pivot_value_node(gelu_tanh(pivot, x));
    if (strcmp(form, "sigmoid") == 0)
        return nw_pivot_value_node(nw_pivot_multiply(pivot, x, nw_pivot_unary(pivot, NW_PIVOT_SIGMOID, nw_pivot_scale(pivot, x, 1.702))));
    if (strcmp(form, "erf") != 0)
        return nw_pivot_refuse(call, "a form that is not known");
    uint32_t one_plus = nw_pivot_offset(pivot, nw_pivot_unary(pivot, NW_PIVOT_ERF, nw_pivot_scale(pivot, x, sqrt(0.5))), 1);
    return nw_pivot_value_node(nw_pivot_scale(pivot, nw_pivot_multiply(pivot, x, one_plus), 0.5));
}

/* relu(x) - slope * relu(-x). The slope stands for the channel axis, or for all. */
nw_pivot_value nw_pivot_build_prelu(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t both[] = {nw_pivot_tensor(call, 0), nw_pivot_tensor(call, 1)};
    const nw_pivot_node *x = nw_pivot_at(pivot, both[0]), *slope = nw_pivot_at(pivot, both[1]);
    int64_t shape[NW_PIVOT_MAX_RANK];
    if (x->rank < 0 || slope->rank < 0)
        return nw_pivot_refuse(call, "operands of unknown shape");
    if (slope->rank == 1 && x->rank > 1) {
        for (int i = 0; i < x->rank - 1; i++)
            shape[i] = i == 0 ? slope->shape[0] : 1;
        both[1] = nw_pivot_reshape(pivot, both[1], shape, x->rank - 1);
    }
    both[1] = nw_pivot_operand(pivot, both[1], x->shape, x->rank);
    uint32_t below = nw_pivot_multiply(pivot, both[1], nw_pivot_clip(pivot, nw_pivot_scale(pivot, both[0], -1), 0, INFINITY));
    return nw_pivot_value_node(nw_pivot_add(pivot, nw_pivot_clip(pivot, both[0], 0, INFINITY), nw_pivot_scale(pivot, below, -1)));
}

nw_pivot_value nw_pivot_build_threshold(nw_pivot_call *call)
{
    double threshold, value;
    if (nw_pivot_number(call, 1, &threshold) && nw_pivot_number(call, 2, &value) && threshold == value)
        return nw_pivot_value_node(nw_pivot_clip(call->pivot, nw_pivot_tensor(call, 0), value, INFINITY));
    return make_plain(call, true);
}

nw_pivot_value nw_pivot_build_apply(nw_pivot_call *call)
{
    if (call->arguments[0].kind != NW_PIVOT_VALUE_HOST)
        return nw_pivot_refuse(call, "a function that is not known");
    return nw_pivot_apply(call->scope, call->arguments[0].host, call->arguments[1]);
}

/* From 20 on the linear part differs by less than 3e-9. */
nw_pivot_value nw_pivot_build_softplus(nw_pivot_call *call)
{
    double beta, threshold;
    uint32_t x = nw_pivot_tensor(call, 0);
    if (!nw_pivot_number(call, 1, &beta) || beta == 0 || (nw_pivot_given(call, 2) && !nw_pivot_number(call, 2, &threshold)))
        return nw_pivot_refuse(call, "arguments that are not known");
    if (nw_pivot_given(call, 2) && threshold < 20)
        return make_plain(call, true);
    return nw_pivot_value_node(nw_pivot_scale(call->pivot, nw_pivot_unary(call->pivot, NW_PIVOT_SOFTPLUS, nw_pivot_scale(call->pivot, x, beta)), 1 / beta));
}

nw_pivot_value nw_pivot_build_hard_tanh(nw_pivot_call *call)
{
    double low, high;
    if (!nw_pivot_number(call, 1, &low) || !nw_pivot_number(call, 2, &high))
        return nw_pivot_refuse(call, "limits that are not known");
    return nw_pivot_value_node(nw_pivot_clip(call->pivot, nw_pivot_tensor(call, 0), low, high));
}

nw_pivot_value nw_pivot_build_softmax(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0);
    int axis;
    if (nw_pivot_at(call->pivot, x)->rank < 0 || !nw_pivot_axis(call, 1, nw_pivot_at(call->pivot, x)->rank, &axis))
        return nw_pivot_refuse(call, "an axis or a shape that is not known");
    if (call->op == NW_PIVOT_SOFTMIN)
        return nw_pivot_value_node(nw_pivot_softmax(call->pivot, NW_PIVOT_SOFTMAX, nw_pivot_scale(call->pivot, x, -1), axis));
    return nw_pivot_value_node(nw_pivot_softmax(call->pivot, call->op, x, axis));
}

nw_pivot_value nw_pivot_build_glu(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0);
    const nw_pivot_node *n = nw_pivot_at(call->pivot, x);
    int axis;
    if (n->rank < 0 || !nw_pivot_axis(call, 1, n->rank, &axis) || n->shape[axis] % 2)
        return nw_pivot_refuse(call, "an axis or a shape that is not known");
    int64_t half = n->shape[axis] / 2;
    uint32_t gate = nw_pivot_unary(call->pivot, NW_PIVOT_SIGMOID, nw_pivot_slice_axis(call->pivot, x, axis, half, 2 * half));
    return nw_pivot_value_node(nw_pivot_multiply(call->pivot, nw_pivot_slice_axis(call->pivot, x, axis, 0, half), gate));
}

/* ---- reductions ---- */

static nw_pivot_value keep(nw_pivot_call *call, uint32_t reduced, uint32_t input, const bool *axes, uint32_t keepdims)
{
    if (!nw_pivot_truth(call, keepdims))
        return nw_pivot_value_node(reduced);
    return nw_pivot_value_node(nw_pivot_keep_axes(call->pivot, reduced, nw_pivot_at(call->pivot, input), axes));
}

nw_pivot_value nw_pivot_build_reduce(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0);
    bool axes[NW_PIVOT_MAX_RANK];
    if (!nw_pivot_axes(call, 1, nw_pivot_at(call->pivot, x)->rank, axes))
        return nw_pivot_refuse(call, "axes or a shape that are not known");
    if (call->op == NW_PIVOT_REDUCE_MEAN)
        return keep(call, nw_pivot_mean(call->pivot, x, axes), x, axes, 2);
    return keep(call, nw_pivot_reduce(call->pivot, call->op, x, axes), x, axes, 2);
}

static nw_pivot_value drop_axes(nw_pivot_call *call, uint32_t kept, const bool *axes, uint32_t keepdims)
{
    const nw_pivot_node *n = nw_pivot_at(call->pivot, kept);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = 0;
    for (int i = 0; i < n->rank; i++)
        if (!axes[i])
            shape[rank++] = n->shape[i];
    return nw_pivot_value_node(nw_pivot_truth(call, keepdims) || n->rank < 0 ? kept : nw_pivot_reshape(call->pivot, kept, shape, rank));
}

nw_pivot_value nw_pivot_build_variance(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0);
    bool axes[NW_PIVOT_MAX_RANK];
    double correction;
    if (!nw_pivot_axes(call, 1, nw_pivot_at(call->pivot, x)->rank, axes) || !nw_pivot_number(call, 3, &correction))
        return nw_pivot_refuse(call, "axes, correction or a shape that are not known");
    uint32_t variance = nw_pivot_variance(call->pivot, x, axes, correction);
    if (call->op == NW_PIVOT_STANDARD_DEVIATION)
        variance = nw_pivot_power(call->pivot, variance, 0.5);
    return drop_axes(call, variance, axes, 2);
}

nw_pivot_value nw_pivot_build_norm(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x = nw_pivot_tensor(call, 0);
    bool axes[NW_PIVOT_MAX_RANK];
    double order;
    if (!nw_pivot_number(call, 1, &order) || !nw_pivot_axes(call, 2, nw_pivot_at(pivot, x)->rank, axes) || (order != 1 && order != 2 && order != INFINITY))
        return nw_pivot_refuse(call, "an order or axes that are not known");
    uint32_t magnitude = order == 2 ? nw_pivot_power(pivot, x, 2) : nw_pivot_unary(pivot, NW_PIVOT_ABS, x);
    uint32_t reduced = nw_pivot_reduce(pivot, order == INFINITY ? NW_PIVOT_REDUCE_MAX : NW_PIVOT_REDUCE_SUM, magnitude, axes);
    return keep(call, order == 2 ? nw_pivot_power(pivot, reduced, 0.5) : reduced, x, axes, 3);
}
