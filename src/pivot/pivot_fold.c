/* Operators on constants alone, where contents are small: a constant. Numbers are rounded as the element type has it. */
#include "pivot/pivot_node.h"

#include <math.h>

static double attribute_number(const nw_pivot_plain *plain, const nw_pivot *pivot, const char *name, double otherwise)
{
    nw_symbol symbol = nw_symbol_of(pivot->eval->symbols, name);
    for (uint32_t i = 0; i < plain->attribute_count; i++) {
        nw_value value = plain->attributes[i].value;
        if (plain->attributes[i].name.v == symbol.v && nw_is_number(value))
            return value.kind == NW_FLOAT ? value.as.number : (double)value.as.integer;
    }
    return otherwise;
}

/* Whether the node's elements are known; a constant of one number stands behind each broadcast. */
static bool known(const nw_pivot *pivot, uint32_t node)
{
    double number;
    return node && (nw_pivot_at(pivot, node)->data || nw_pivot_scalar_value(pivot, node, true, &number));
}

/* The element of an operand at a position of the result, by broadcasting. */
static double element(const nw_pivot *pivot, uint32_t node, const int64_t *shape, int rank, int64_t index)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    double number = 0;
    int64_t from = 0, stride = 1;
    if (!n->data) {
        nw_pivot_scalar_value(pivot, node, true, &number);
        return number;
    }
    for (int axis = rank; axis-- > 0; index /= shape[axis]) {
        int own = axis - (rank - n->rank);
        if (own < 0 || n->shape[own] == 1)
            continue;
        from += index % shape[axis] * stride;
        stride *= n->shape[own];
    }
    return n->data[from];
}

static bool compute(nw_pivot_operator op, double a, double b, double c, double *result)
{
    switch (op) {
    case NW_PIVOT_EQUAL: *result = a == b; return true;
    case NW_PIVOT_NOT_EQUAL: *result = a != b; return true;
    case NW_PIVOT_LESS: *result = a < b; return true;
    case NW_PIVOT_LESS_EQUAL: *result = a <= b; return true;
    case NW_PIVOT_LOGICAL_AND: *result = a != 0 && b != 0; return true;
    case NW_PIVOT_LOGICAL_OR: *result = a != 0 || b != 0; return true;
    case NW_PIVOT_LOGICAL_NOT: *result = a == 0; return true;
    case NW_PIVOT_WHERE: *result = a != 0 ? b : c; return true;
    case NW_PIVOT_FLOOR: *result = floor(a); return true;
    case NW_PIVOT_CEIL: *result = ceil(a); return true;
    case NW_PIVOT_FLOOR_DIVIDE: *result = floor(a / b); return b != 0;
    case NW_PIVOT_MAXIMUM: *result = fmax(a, b); return !isnan(a) && !isnan(b);
    case NW_PIVOT_MINIMUM: *result = fmin(a, b); return !isnan(a) && !isnan(b);
    case NW_PIVOT_EXP: *result = exp(a); return true;
    case NW_PIVOT_LOG: *result = log(a); return true;
    case NW_PIVOT_SIN: *result = sin(a); return true;
    case NW_PIVOT_COS: *result = cos(a); return true;
    default: return false;
    }
}

/* As the element type holds it; false where that depends on more. */
static bool convert(nw_dtype dtype, double *number)
{
    switch (nw_dtype_category(dtype)) {
    case 0: *number = *number != 0; return true;
    case 1: *number = trunc(*number); return fabs(*number) < 1 << 30;
    case 2: *number = dtype == NW_DTYPE_FLOAT64 ? *number : (double)(float)*number; return dtype == NW_DTYPE_FLOAT32 || dtype == NW_DTYPE_FLOAT64;
    default: return false;
    }
}

static bool fold_element(const nw_pivot *pivot, const nw_pivot_plain *plain, int64_t index, double *result)
{
    double values[3] = {0};
    const nw_pivot_operator op = plain->op;
    *result = op == NW_PIVOT_ADD ? attribute_number(plain, pivot, "constant", 0) : attribute_number(plain, pivot, "factor", 1);
    for (uint32_t i = 0; i < plain->child_count; i++) {
        double value = element(pivot, plain->children[i], plain->shape, plain->rank, index);
        if (op == NW_PIVOT_ADD)
            *result += value;
        else if (op == NW_PIVOT_MULTIPLY)
            *result *= value;
        else if (i < 3)
            values[i] = value;
    }
    int64_t columns = plain->rank > 1 ? plain->shape[plain->rank - 1] : 1, rows = plain->rank > 1 ? plain->shape[plain->rank - 2] : 1;
    double above = (double)(index % columns - index / columns % rows) - attribute_number(plain, pivot, "diagonal", 0);
    switch (op) {
    case NW_PIVOT_ADD: case NW_PIVOT_MULTIPLY: return true;
    case NW_PIVOT_CAST: case NW_PIVOT_BROADCAST_TO: *result = values[0]; return true;
    case NW_PIVOT_POWER: *result = pow(values[0], attribute_number(plain, pivot, "exponent", 1)); return plain->child_count == 1;
    case NW_PIVOT_CLIP: *result = fmin(fmax(values[0], attribute_number(plain, pivot, "low", -INFINITY)), attribute_number(plain, pivot, "high", INFINITY)); return !isnan(values[0]);
    case NW_PIVOT_TRIANGLE_LOWER: *result = above <= 0 ? values[0] : 0; return plain->rank > 1;
    case NW_PIVOT_TRIANGLE_UPPER: *result = above >= 0 ? values[0] : 0; return plain->rank > 1;
    default: return compute(op, values[0], values[1], values[2], result);
    }
}

/* The step of a reduction; false: no reduction that is computed here. */
static bool accumulate(nw_pivot_operator op, double value, double *total)
{
    switch (op) {
    case NW_PIVOT_REDUCE_SUM: *total += value; return true;
    case NW_PIVOT_REDUCE_PRODUCT: *total *= value; return true;
    case NW_PIVOT_REDUCE_MAX: *total = fmax(*total, value); return !isnan(value);
    case NW_PIVOT_REDUCE_MIN: *total = fmin(*total, value); return !isnan(value);
    default: return false;
    }
}

/* Where an element of the operand goes when the marked axes vanish. */
static int64_t kept_index(const nw_pivot_node *n, const bool *axes, int64_t index)
{
    int64_t to = 0, stride = 1;
    for (int axis = n->rank; axis-- > 0; index /= n->shape[axis])
        if (!axes[axis]) {
            to += index % n->shape[axis] * stride;
            stride *= n->shape[axis];
        }
    return to;
}

static uint32_t fold_reduction(nw_pivot *pivot, const nw_pivot_plain *plain, int64_t count)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, plain->children[0]);
    const nw_value list = plain->attribute_count ? plain->attributes[0].value : nw_unset();
    bool axes[NW_PIVOT_MAX_RANK] = {0};
    if (plain->child_count != 1 || !n->data || list.kind != NW_TUPLE)
        return 0;
    for (uint32_t i = 0; i < list.as.tuple->count; i++)
        if (list.as.tuple->items[i].kind == NW_INT && list.as.tuple->items[i].as.integer < n->rank)
            axes[list.as.tuple->items[i].as.integer] = true;
    double *data = nw_arena_alloc(&pivot->eval->arena, (size_t)count * sizeof *data);
    for (int64_t i = 0; i < count; i++)
        data[i] = plain->op == NW_PIVOT_REDUCE_SUM ? 0 : plain->op == NW_PIVOT_REDUCE_PRODUCT ? 1 : plain->op == NW_PIVOT_REDUCE_MAX ? -INFINITY : INFINITY;
    for (int64_t i = 0; i < nw_pivot_elements(n); i++)
        if (!accumulate(plain->op, n->data[i], &data[kept_index(n, axes, i)]))
            return 0;
    for (int64_t i = 0; i < count; i++)
        if (!convert(plain->dtype, &data[i]))
            return 0;
    return nw_pivot_constant(pivot, plain->dtype, plain->shape, plain->rank, data);
}

/* A running sum or product over one axis. */
static uint32_t fold_scan(nw_pivot *pivot, const nw_pivot_plain *plain, int64_t count)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, plain->children[0]);
    int axis = (int)attribute_number(plain, pivot, "axis", -1);
    int64_t stride = 1;
    if (!n->data || axis < 0 || axis >= n->rank)
        return 0;
    for (int i = axis + 1; i < n->rank; i++)
        stride *= n->shape[i];
    double *data = nw_arena_alloc(&pivot->eval->arena, (size_t)count * sizeof *data);
    for (int64_t i = 0; i < count; i++) {
        data[i] = n->data[i];
        if (i / stride % n->shape[axis] > 0)
            data[i] = plain->op == NW_PIVOT_CUMULATIVE_SUM ? data[i - stride] + data[i] : data[i - stride] * data[i];
        if (!convert(plain->dtype, &data[i]))
            return 0;
    }
    return nw_pivot_constant(pivot, plain->dtype, plain->shape, plain->rank, data);
}

/* What is made of numbers alone. */
static uint32_t fold_creation(nw_pivot *pivot, const nw_pivot_plain *plain, int64_t count)
{
    double start = attribute_number(plain, pivot, "start", NAN), stop = attribute_number(plain, pivot, "stop", NAN);
    if (plain->child_count || (plain->op != NW_PIVOT_EYE && plain->op != NW_PIVOT_LINEAR_SPACE) || (plain->op == NW_PIVOT_LINEAR_SPACE && (isnan(start) || isnan(stop))))
        return 0;
    double *data = nw_arena_alloc(&pivot->eval->arena, (size_t)count * sizeof *data);
    for (int64_t i = 0; i < count; i++) {
        bool diagonal = plain->op == NW_PIVOT_EYE && i / plain->shape[plain->rank - 1] == i % plain->shape[plain->rank - 1];
        data[i] = plain->op == NW_PIVOT_EYE ? diagonal : count > 1 ? start + (double)i * (stop - start) / (double)(count - 1) : start;
        if (!convert(plain->dtype, &data[i]))
            return 0;
    }
    return nw_pivot_constant(pivot, plain->dtype, plain->shape, plain->rank, data);
}

uint32_t nw_pivot_fold(nw_pivot *pivot, const nw_pivot_plain *plain)
{
    nw_pivot_node result = {.rank = (int16_t)plain->rank, .shape = (int64_t *)plain->shape};
    int64_t count = nw_pivot_elements(&result);
    if (count < 1 || count > NW_PIVOT_MAX_CONTENTS)
        return 0;
    if (!plain->child_count)
        return fold_creation(pivot, plain, count);
    const nw_pivot_node *first_child = nw_pivot_at(pivot, plain->children[0]);
    if (plain->op == NW_PIVOT_BROADCAST_TO && (!first_child->data || nw_pivot_elements(first_child) < 2))
        return 0; /* of one number: the normal form of equal elements */
    for (uint32_t i = 0; i < plain->child_count; i++)
        if (!known(pivot, plain->children[i]))
            return 0;
    if (plain->op >= NW_PIVOT_REDUCE_SUM && plain->op <= NW_PIVOT_REDUCE_PRODUCT)
        return fold_reduction(pivot, plain, count);
    if (plain->op == NW_PIVOT_CUMULATIVE_SUM || plain->op == NW_PIVOT_CUMULATIVE_PRODUCT)
        return fold_scan(pivot, plain, count);
    double first;
    if (!fold_element(pivot, plain, 0, &first))
        return 0;
    double *data = nw_arena_alloc(&pivot->eval->arena, (size_t)count * sizeof *data);
    for (int64_t i = 0; i < count; i++)
        if (!fold_element(pivot, plain, i, &data[i]) || !convert(plain->dtype, &data[i]))
            return 0;
    return nw_pivot_constant(pivot, plain->dtype, plain->shape, plain->rank, data);
}
