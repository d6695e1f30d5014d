#include "eval/tensor.h"

#include <math.h>

const double *nw_tensor_contents(const nw_tensor *tensor)
{
    return tensor->seen == (tensor->base ? tensor->base->writes : tensor->writes) ? tensor->data : NULL;
}

double *nw_contents_make(nw_eval *eval, int64_t count)
{
    if (count < 0 || count > NW_MAX_CONTENTS)
        return NULL;
    return nw_arena_alloc(&eval->arena, ((size_t)count + 1) * sizeof(double));
}

/* Integers wrap around as the element type does. */
static bool wrap(nw_dtype dtype, double *number)
{
    if (!(fabs(*number) <= 9007199254740992.0))
        return false;
    int bits = nw_dtype_size(dtype) * 8;
    if (bits >= 64)
        return true;
    int64_t span = (int64_t)1 << bits, value = (int64_t)*number % span;
    bool is_signed = dtype == NW_DTYPE_INT8 || dtype == NW_DTYPE_INT16 || dtype == NW_DTYPE_INT32 || dtype == NW_DTYPE_QINT8 ||
                     dtype == NW_DTYPE_QINT32;
    value += value < 0 ? span : 0;
    *number = (double)(is_signed && value >= span / 2 ? value - span : value);
    return true;
}

/* The number as an element of that type holds it; false when that is not known here. */
static bool convert(nw_dtype dtype, double *number)
{
    switch (nw_dtype_category(dtype)) {
    case 0:
        *number = *number != 0;
        return true;
    case 1:
        *number = trunc(*number);
        return wrap(dtype, number);
    case 2:
        if (dtype == NW_DTYPE_FLOAT32)
            *number = (double)(float)*number;
        else if (dtype != NW_DTYPE_FLOAT64) /* narrow types: only what all of them hold exactly */
            return !isfinite(*number) || (floor(*number) == *number && fabs(*number) <= 16);
        return true;
    default:
        return false;
    }
}

void nw_tensor_set_contents(nw_tensor *tensor, double *data, int64_t count)
{
    tensor->data = NULL;
    if (!data)
        return;
    for (int64_t i = 0; i < count; i++)
        if (!convert((nw_dtype)tensor->dtype, &data[i]))
            return;
    tensor->data = data;
}

nw_value nw_contents_value(nw_dtype dtype, double number)
{
    switch (nw_dtype_category(dtype)) {
    case 0: return nw_bool(number != 0);
    case 1: return nw_int((int64_t)number);
    default: return nw_float(number);
    }
}

static nw_value nested(nw_eval *eval, const nw_tensor *tensor, const double **next, uint32_t axis)
{
    if (axis == tensor->rank)
        return nw_contents_value((nw_dtype)tensor->dtype, *(*next)++);
    nw_value list = nw_list_new(eval, NULL, 0);
    for (int64_t i = 0; i < tensor->shape[axis].as.integer; i++)
        nw_list_append(eval, list.as.list, nested(eval, tensor, next, axis + 1));
    return list;
}

nw_value nw_tensor_nested(nw_eval *eval, const nw_tensor *tensor)
{
    const double *next = nw_tensor_contents(tensor);
    return next ? nested(eval, tensor, &next, 0) : nw_none();
}

/* ---- elementwise ---- */

static double floor_modulo(double a, double b)
{
    if (b == 0)
        return NAN;
    double rest = fmod(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

/* False when the operator's result is not followed. */
static bool apply(nw_operator op, double a, double b, double *out)
{
    switch (op) {
    case NW_OPERATOR_ADD: *out = a + b; return true;
    case NW_OPERATOR_SUBTRACT: *out = a - b; return true;
    case NW_OPERATOR_MULTIPLY: *out = a * b; return true;
    case NW_OPERATOR_DIVIDE: *out = a / b; return true;
    case NW_OPERATOR_FLOOR_DIVIDE: *out = floor(a / b); return b != 0;
    case NW_OPERATOR_MODULO: *out = floor_modulo(a, b); return b != 0;
    case NW_OPERATOR_POWER: *out = pow(a, b); return true;
    case NW_OPERATOR_EQUAL: *out = a == b; return true;
    case NW_OPERATOR_NOT_EQUAL: *out = a != b; return true;
    case NW_OPERATOR_LESS: *out = a < b; return true;
    case NW_OPERATOR_LESS_EQUAL: *out = a <= b; return true;
    case NW_OPERATOR_GREATER: *out = a > b; return true;
    case NW_OPERATOR_GREATER_EQUAL: *out = a >= b; return true;
    case NW_OPERATOR_BIT_AND: *out = (double)((int64_t)a & (int64_t)b); return true;
    case NW_OPERATOR_BIT_OR: *out = (double)((int64_t)a | (int64_t)b); return true;
    case NW_OPERATOR_BIT_XOR: *out = (double)((int64_t)a ^ (int64_t)b); return true;
    default: return false;
    }
}

typedef struct data_operand {
    const double *data;
    double number;
    const nw_tensor *tensor;
} data_operand;

static bool operand_of(nw_value value, data_operand *out)
{
    *out = (data_operand){0};
    if (value.kind == NW_TENSOR) {
        out->tensor = value.as.tensor;
        out->data = nw_tensor_contents(value.as.tensor);
        return out->data != NULL;
    }
    if (!nw_is_number(value))
        return false;
    out->number = value.kind == NW_FLOAT ? value.as.number : (double)value.as.integer;
    out->data = &out->number;
    return true;
}

static bool is_negative(nw_value value)
{
    return value.kind == NW_INT && value.as.integer < 0;
}

/* A number beside a tensor of float32, or one that becomes that, is rounded to it before anything is computed. */
static void round_number(data_operand *number, const nw_tensor *other, const nw_tensor *result)
{
    if (!number->tensor && other && (result->dtype == NW_DTYPE_FLOAT32 || other->dtype == NW_DTYPE_FLOAT32))
        number->number = (double)(float)number->number;
}

/* Offset in an operand of the element at `index` of a result of `rank` dimensions. */
static int64_t offset_of(const nw_tensor *tensor, const int64_t *index, uint32_t rank)
{
    int64_t offset = 0;
    for (uint32_t i = 0; tensor && i < tensor->rank; i++) {
        int64_t size = tensor->shape[i].as.integer;
        offset = offset * size + (size == 1 ? 0 : index[rank - tensor->rank + i]);
    }
    return offset;
}

void nw_contents_binary(nw_eval *eval, nw_operator op, nw_value left, nw_value right, nw_tensor *result)
{
    data_operand a, b;
    int64_t count;
    if (result->dtype == NW_DTYPE_UINT8 && (is_negative(left) || is_negative(right)))
        return; /* wraps around */
    if (!operand_of(left, &a) || !operand_of(right, &b) || !nw_shape_elements(result->shape, result->rank, &count))
        return;
    double *data = nw_contents_make(eval, count);
    if (!data)
        return;
    round_number(&a, b.tensor, result);
    round_number(&b, a.tensor, result);
    int64_t index[NW_MAX_RANK] = {0};
    for (int64_t i = 0; i < count; i++) {
        if (!apply(op, a.data[offset_of(a.tensor, index, result->rank)], b.data[offset_of(b.tensor, index, result->rank)], &data[i]))
            return;
        for (uint32_t axis = result->rank; axis-- > 0;) {
            if (++index[axis] < result->shape[axis].as.integer)
                break;
            index[axis] = 0;
        }
    }
    nw_tensor_set_contents(result, data, count);
}

void nw_contents_unary(nw_eval *eval, nw_operator op, const nw_tensor *operand, nw_tensor *result)
{
    const double *source = nw_tensor_contents(operand);
    int64_t count;
    if (!source || !nw_shape_elements(operand->shape, operand->rank, &count))
        return;
    double *data = nw_contents_make(eval, count);
    for (int64_t i = 0; i < count; i++)
        data[i] = op == NW_OPERATOR_NEGATE   ? -source[i]
                  : op == NW_OPERATOR_INVERT ? (operand->dtype == NW_DTYPE_BOOL ? (double)(source[i] == 0) : -source[i] - 1)
                                             : source[i];
    nw_tensor_set_contents(result, data, count);
}
