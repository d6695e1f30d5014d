#include "eval/builtin.h"
#include "eval/interpret.h"
#include "eval/keras.h"
#include "eval/symbolic.h"

#include <stdio.h>
#include <string.h>

/* ---- sizes ---- */

bool nw_size_equal(nw_value a, nw_value b)
{
    if (a.kind != b.kind)
        return false;
    return a.kind == NW_INT ? a.as.integer == b.as.integer : a.as.object == b.as.object;
}

static nw_value sized(nw_value value)
{
    if (value.kind == NW_OPAQUE && value.as.opaque->minimum < 0 && value.as.opaque->origin == NW_ORIGIN_EXPRESSION)
        value.as.opaque->minimum = 0; /* a size, by the fact that the program runs */
    return value;
}

nw_value nw_size_add(nw_eval *eval, nw_value a, nw_value b)
{
    int64_t sum;
    if (a.kind == NW_INT && b.kind == NW_INT && !__builtin_add_overflow(a.as.integer, b.as.integer, &sum))
        return nw_int(sum);
    return sized(nw_binary(eval, NW_OPERATOR_ADD, a, b));
}

nw_value nw_size_subtract(nw_eval *eval, nw_value a, nw_value b)
{
    if (a.kind == NW_INT && b.kind == NW_INT)
        return nw_int(a.as.integer - b.as.integer);
    if (a.kind == NW_OPAQUE && nw_size_equal(a, b))
        return nw_int(0);
    return sized(nw_binary(eval, NW_OPERATOR_SUBTRACT, a, b));
}

nw_value nw_size_multiply(nw_eval *eval, nw_value a, nw_value b)
{
    int64_t product;
    if (a.kind == NW_INT && b.kind == NW_INT && !__builtin_mul_overflow(a.as.integer, b.as.integer, &product))
        return nw_int(product);
    if (a.kind == NW_INT && a.as.integer == 1)
        return b;
    if (b.kind == NW_INT && b.as.integer == 1)
        return a;
    return sized(nw_binary(eval, NW_OPERATOR_MULTIPLY, a, b));
}

/* What is no int itself but stands for one: enumerations of integers, tensors without dimensions, objects with __index__. */
static nw_value index_of(nw_eval *eval, nw_value value)
{
    if (value.kind == NW_TENSOR && value.as.tensor->shape && value.as.tensor->rank == 0 && nw_dtype_category((nw_dtype)value.as.tensor->dtype) == 1)
        return nw_tensor_number(eval, value, NW_INT);
    if (value.kind != NW_INSTANCE)
        return value;
    nw_value plain = nw_plain(value);
    if (plain.kind == NW_INT)
        return plain;
    nw_symbol name = nw_symbol_of(eval->symbols, "__index__");
    return nw_class_find(eval, value.as.instance->class_, name) ? nw_settle(eval, nw_call_method(eval, value, name, NULL, 0)) : value;
}

nw_value nw_size_of(nw_eval *eval, nw_value value)
{
    value = index_of(eval, nw_settle(eval, value));
    switch (value.kind) {
    case NW_INT:
        if (value.as.integer >= 0)
            return value;
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "Trying to create tensor with negative dimension %lld", (long long)value.as.integer);
    case NW_OPAQUE:
        return value;
    case NW_PHI:
        return nw_tensor_expression(eval, "gated", NW_TYPE_INT, &value, 1, "a size that depends on a condition");
    case NW_ERROR:
        return value;
    default:
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "a tensor cannot have such a size");
    }
}

nw_value nw_shape_tuple(nw_eval *eval, const nw_value *shape, uint32_t rank)
{
    nw_tuple *tuple = nw_tuple_make(eval, rank);
    tuple->class_ = eval->classes[NW_CLASS_OF_SIZE];
    if (rank)
        memcpy(tuple->items, shape, rank * sizeof *shape);
    return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
}

bool nw_shape_elements(const nw_value *shape, uint32_t rank, int64_t *elements)
{
    if (!shape)
        return false;
    *elements = 1;
    for (uint32_t i = 0; i < rank; i++)
        if (shape[i].kind != NW_INT || __builtin_mul_overflow(*elements, shape[i].as.integer, elements))
            return false;
    return true;
}

/* ---- broadcasting ---- */

static const char *size_text(nw_eval *eval, nw_value size, char *room, size_t room_size)
{
    if (size.kind == NW_INT)
        snprintf(room, room_size, "%lld", (long long)size.as.integer);
    else
        snprintf(room, room_size, "%s", nw_symbol_bytes(eval->symbols, size.as.opaque->text));
    return room;
}

static bool above_one(nw_value size)
{
    return size.kind == NW_INT ? size.as.integer > 1 : size.as.opaque->minimum > 1;
}

/* The common size of two symbolic ones: one expression for both orders. */
static nw_value common_size(nw_eval *eval, nw_value a, nw_value b)
{
    if (a.as.opaque->serial > b.as.opaque->serial) {
        nw_value other = a;
        a = b;
        b = other;
    }
    nw_value operands[2] = {a, b};
    char first[100], second[100];
    nw_value size = nw_tensor_expression(eval, "broadcast", NW_TYPE_INT, operands, 2, "broadcast(%s, %s)",
                                         size_text(eval, a, first, sizeof first), size_text(eval, b, second, sizeof second));
    return sized(size);
}

static bool broadcast_size(nw_eval *eval, nw_value a, nw_value b, uint32_t dimension, nw_value *out)
{
    if (nw_size_equal(a, b) || (b.kind == NW_INT && b.as.integer == 1))
        *out = a;
    else if (a.kind == NW_INT && a.as.integer == 1)
        *out = b;
    else if (a.kind == NW_INT && b.kind == NW_INT) {
        nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR,
                 "The size of tensor a (%lld) must match the size of tensor b (%lld) at non-singleton dimension %u",
                 (long long)a.as.integer, (long long)b.as.integer, dimension);
        return false;
    } else if (a.kind == NW_INT || above_one(a)) /* the other one is symbolic: it is 1 or the same, or the framework fails */
        *out = a;
    else if (b.kind == NW_INT || above_one(b))
        *out = b;
    else
        *out = common_size(eval, a, b);
    return true;
}

bool nw_shape_broadcast(nw_eval *eval, const nw_value *a, uint32_t a_rank, const nw_value *b, uint32_t b_rank, nw_value *out, uint32_t *rank)
{
    uint32_t longer = a_rank > b_rank ? a_rank : b_rank;
    for (uint32_t i = 0; i < longer; i++) { /* from the last dimension */
        uint32_t at = longer - 1 - i;
        if (i >= a_rank)
            out[at] = b[b_rank - 1 - i];
        else if (i >= b_rank)
            out[at] = a[a_rank - 1 - i];
        else if (!broadcast_size(eval, a[a_rank - 1 - i], b[b_rank - 1 - i], at, &out[at]))
            return false;
    }
    *rank = longer;
    return true;
}

bool nw_shape_matmul(nw_eval *eval, const nw_tensor *a, const nw_tensor *b, nw_value *out, uint32_t *rank)
{
    if (a->rank == 0 || b->rank == 0) {
        nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "both arguments to matmul need to be at least 1D, but they are %uD and %uD", a->rank, b->rank);
        return false;
    }
    nw_value inner_a = a->shape[a->rank - 1], inner_b = b->shape[b->rank > 1 ? b->rank - 2 : 0];
    if (inner_a.kind == NW_INT && inner_b.kind == NW_INT && inner_a.as.integer != inner_b.as.integer) {
        nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "mat1 and mat2 shapes cannot be multiplied: the sizes %lld and %lld differ",
                 (long long)inner_a.as.integer, (long long)inner_b.as.integer);
        return false;
    }
    uint32_t a_batch = a->rank > 2 ? a->rank - 2u : 0, b_batch = b->rank > 2 ? b->rank - 2u : 0;
    if (!nw_shape_broadcast(eval, a->shape, a_batch, b->shape, b_batch, out, rank))
        return false;
    if (a->rank > 1)
        out[(*rank)++] = a->shape[a->rank - 2];
    if (b->rank > 1)
        out[(*rank)++] = b->shape[b->rank - 1];
    return true;
}

/* ---- slices ---- */

static int64_t clamp(int64_t at, int64_t size)
{
    if (at < 0)
        at += size;
    return at < 0 ? 0 : at > size ? size : at;
}

static bool part_of_slice(nw_eval *eval, nw_value *part, int64_t absent)
{
    *part = nw_settle(eval, *part);
    if (part->kind == NW_NONE || part->kind == NW_UNSET)
        *part = nw_int(absent);
    else if (part->kind == NW_BOOL)
        part->kind = NW_INT;
    if (part->kind == NW_TENSOR)
        *part = nw_tensor_number(eval, *part, NW_INT);
    if (part->kind == NW_INT || part->kind == NW_OPAQUE || part->kind == NW_PHI)
        return true;
    if (part->kind != NW_ERROR)
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "slice indices must be integers or None or have an __index__ method");
    return false;
}

/* -n: what is written from the end. */
static bool is_negative(nw_value bound)
{
    if (bound.kind == NW_INT)
        return bound.as.integer < 0;
    const nw_opaque *opaque = bound.as.opaque;
    return opaque->origin == NW_ORIGIN_EXPRESSION && opaque->op == NW_OPERATOR_MULTIPLY && opaque->operand_count &&
           opaque->operands[0].kind == NW_INT && opaque->operands[0].as.integer < 0;
}

/* Whether both known bounds of a slice lie within the size. Open mode takes that for granted. */
static bool reaches(nw_eval *eval, nw_value size, nw_value start, nw_value stop)
{
    int64_t need = 0;
    const nw_value bounds[2] = {start, stop};
    for (int i = 0; i < 2; i++) {
        int64_t at = bounds[i].kind == NW_INT ? bounds[i].as.integer : 0;
        need = at < 0 && -at > need ? -at : at > need ? at : need;
    }
    bool exact;
    return eval->environment->open || size.kind == NW_INT || nw_linear_difference(eval, size, nw_int(need), &exact) >= 0;
}

/* Bounds of a symbolic slice are taken to lie within the size. */
static nw_value symbolic_length(nw_eval *eval, nw_value start, nw_value stop, bool to_end, nw_value step, nw_value size)
{
    nw_value first = is_negative(start) ? nw_size_add(eval, size, start) : start;
    nw_value last = to_end ? size : is_negative(stop) ? nw_size_add(eval, size, stop) : stop;
    nw_value length = nw_size_subtract(eval, last, first);
    if (length.kind == NW_INT && length.as.integer < 0)
        length = nw_int(0);
    if (length.kind == NW_INT && !reaches(eval, size, start, to_end ? nw_int(0) : stop))
        return sized(nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "a slice that may be longer than what is sliced"));
    if (length.kind == NW_ERROR || (step.kind == NW_INT && step.as.integer == 1))
        return length;
    length = nw_binary(eval, NW_OPERATOR_ADD, length, nw_size_subtract(eval, step, nw_int(1)));
    return length.kind == NW_ERROR ? length : sized(nw_binary(eval, NW_OPERATOR_FLOOR_DIVIDE, length, step));
}

/* A step backwards, which Keras's tensors and numpy's arrays have; of an unknown size only the whole of it is followed. */
static nw_value reversed_length(nw_eval *eval, const nw_slice *slice, int64_t step, nw_value size)
{
    bool whole = slice->start.kind == NW_NONE && slice->stop.kind == NW_NONE;
    bool known = size.kind == NW_INT && (slice->start.kind == NW_NONE || slice->start.kind == NW_INT) &&
                 (slice->stop.kind == NW_NONE || slice->stop.kind == NW_INT);
    if (!known)
        return whole && step == -1 ? size : nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "the length of a slice with a negative step");
    int64_t count = size.as.integer, start = count - 1, stop = -1;
    if (slice->start.kind == NW_INT) {
        start = slice->start.as.integer + (slice->start.as.integer < 0 ? count : 0);
        start = start < -1 ? -1 : start > count - 1 ? count - 1 : start;
    }
    if (slice->stop.kind == NW_INT) {
        stop = slice->stop.as.integer + (slice->stop.as.integer < 0 ? count : 0);
        stop = stop < -1 ? -1 : stop > count - 1 ? count - 1 : stop;
    }
    return nw_int(start > stop ? (start - stop - 1) / -step + 1 : 0);
}

nw_value nw_slice_length(nw_eval *eval, const nw_slice *slice, nw_value size, bool backwards)
{
    nw_value start = slice->start, stop = slice->stop, step = slice->step;
    if (!part_of_slice(eval, &start, 0) || !part_of_slice(eval, &stop, INT64_MAX) || !part_of_slice(eval, &step, 1))
        return nw_error();
    if (step.kind == NW_INT && step.as.integer < 0 && (backwards || nw_keras_is_used(eval)))
        return reversed_length(eval, slice, step.as.integer, size);
    if (step.kind == NW_INT && step.as.integer <= 0)
        return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "slice step must be positive");
    if (size.kind == NW_INT && start.kind == NW_INT && stop.kind == NW_INT && step.kind == NW_INT) {
        int64_t first = clamp(start.as.integer, size.as.integer), last = clamp(stop.as.integer, size.as.integer);
        return nw_int(last > first ? (last - first - 1) / step.as.integer + 1 : 0);
    }
    bool to_end = stop.kind == NW_INT && stop.as.integer == INT64_MAX;
    if (start.kind != NW_PHI && stop.kind != NW_PHI && step.kind != NW_PHI)
        return symbolic_length(eval, start, stop, to_end, step, size);
    nw_value operands[4] = {size, start, to_end ? nw_none() : stop, step};
    char text[100];
    return sized(nw_tensor_expression(eval, "slice", NW_TYPE_INT, operands, 4, "slice(%s)", size_text(eval, size, text, sizeof text)));
}
