/* Builders of creation, and of contractions. */
#include "pivot/pivot_build.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- creation ---- */

nw_pivot_value nw_pivot_build_full(nw_pivot_call *call)
{
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = nw_pivot_integer_list(call, 0, shape);
    double value = call->op == NW_PIVOT_ONES ? 1 : 0;
    if (rank < 0 || (call->op == NW_PIVOT_FULL && !nw_pivot_number(call, 1, &value)))
        return nw_pivot_refuse_arguments(call);
    nw_dtype dtype = nw_pivot_dtype_argument(call, call->op == NW_PIVOT_FULL ? 2 : 1);
    dtype = dtype != NW_DTYPE_UNKNOWN ? dtype : call->dtype != NW_DTYPE_UNKNOWN ? call->dtype : NW_DTYPE_FLOAT32;
    return nw_pivot_value_node(nw_pivot_broadcast(call->pivot, nw_pivot_scalar(call->pivot, value, dtype), shape, rank));
}

nw_pivot_value nw_pivot_build_eye(nw_pivot_call *call)
{
    int64_t shape[2];
    bool square = !nw_pivot_given(call, 1);
    if (!nw_pivot_integer(call, 0, &shape[0]) || !(square || nw_pivot_integer(call, 1, &shape[1])))
        return nw_pivot_refuse_arguments(call);
    if (square)
        shape[1] = shape[0];
    nw_dtype dtype = nw_pivot_dtype_argument(call, 2);
    dtype = dtype != NW_DTYPE_UNKNOWN ? dtype : call->dtype != NW_DTYPE_UNKNOWN ? call->dtype : NW_DTYPE_FLOAT32;
    return nw_pivot_value_node(nw_pivot_make(call->pivot, &(nw_pivot_plain){.op = NW_PIVOT_EYE, .dtype = dtype, .shape = shape, .rank = 2}));
}

nw_pivot_value nw_pivot_build_shape_of(nw_pivot_call *call)
{
    const nw_pivot_node *input = nw_pivot_at(call->pivot, nw_pivot_tensor(call, 0));
    if (input->rank < 0 || input->op == NW_PIVOT_OPAQUE)
        return nw_pivot_refuse_arguments(call);
    double data[NW_PIVOT_MAX_RANK];
    int64_t count = input->rank;
    for (int i = 0; i < input->rank; i++)
        data[i] = (double)input->shape[i];
    return nw_pivot_value_node(nw_pivot_constant(call->pivot, call->dtype != NW_DTYPE_UNKNOWN ? call->dtype : NW_DTYPE_INT64, &count, 1, data));
}

nw_pivot_value nw_pivot_build_range(nw_pivot_call *call)
{
    double start, stop, step;
    if (!nw_pivot_number(call, 0, &start) || !nw_pivot_number(call, 1, &stop) || !nw_pivot_number(call, 2, &step) || step == 0)
        return nw_pivot_refuse_arguments(call);
    double size = ceil((stop - start) / step);
    int64_t count = size > 0 && size < 1e9 ? (int64_t)size : 0;
    nw_dtype dtype = nw_pivot_dtype_argument(call, 3);
    dtype = dtype != NW_DTYPE_UNKNOWN ? dtype : call->dtype != NW_DTYPE_UNKNOWN ? call->dtype : NW_DTYPE_INT64;
    if (count <= NW_PIVOT_MAX_CONTENTS) {
        double *data = nw_arena_alloc(&call->pivot->eval->arena, (size_t)(count + 1) * sizeof *data);
        for (int64_t i = 0; i < count; i++)
            data[i] = start + (double)i * step;
        return nw_pivot_value_node(nw_pivot_constant(call->pivot, dtype, &count, 1, data));
    }
    nw_pivot_plain plain = {.op = NW_PIVOT_RANGE, .dtype = dtype, .shape = &count, .rank = 1};
    nw_pivot_plain_add(call->pivot, &plain, "start", nw_float(start));
    nw_pivot_plain_add(call->pivot, &plain, "step", nw_float(step));
    return nw_pivot_value_node(nw_pivot_make(call->pivot, &plain));
}

typedef struct nested_numbers {
    nw_pivot *pivot;
    double *data;
    uint32_t count, capacity;
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank;
    bool whole, truth; /* all are integers, all are booleans */
} nested_numbers;

/* Lists of lists of numbers, all of one length at each depth. */
static bool read_numbers(nested_numbers *n, nw_value value, int depth)
{
    value = nw_pivot_settle(n->pivot, value);
    if (nw_is_number(value)) {
        n->whole = n->whole && value.kind != NW_FLOAT;
        n->truth = n->truth && value.kind == NW_BOOL;
        if (n->count == NW_PIVOT_MAX_CONTENTS || depth != n->rank)
            return false;
        NW_ARENA_RESERVE(&n->pivot->eval->arena, n->data, n->count, n->capacity);
        n->data[n->count++] = value.kind == NW_FLOAT ? value.as.number : (double)value.as.integer;
        return true;
    }
    if ((value.kind != NW_TUPLE && value.kind != NW_LIST) || depth >= 8)
        return false;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.as.list->count;
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.as.list->items;
    if (depth == n->rank && n->count == 0)
        n->shape[n->rank++] = count;
    if (depth >= n->rank || n->shape[depth] != count || count == 0)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!read_numbers(n, items[i], depth + 1))
            return false;
    return true;
}

static nw_dtype own_dtype(const nested_numbers *n)
{
    return n->truth ? NW_DTYPE_BOOL : n->whole ? NW_DTYPE_INT64 : NW_DTYPE_FLOAT32;
}

/* An array as the catalog has it: a flat list of contents, its shape, the class of its type. */
static bool read_array(nested_numbers *n, const nw_instance *array, nw_dtype *dtype)
{
    nw_eval *eval = n->pivot->eval;
    const nw_value *data = nw_dict_find_name(array->attributes, nw_symbol_of(eval->symbols, "_contents"));
    const nw_value *shape = nw_dict_find_name(array->attributes, nw_symbol_of(eval->symbols, "shape"));
    const nw_value *type = nw_dict_find_name(array->attributes, nw_symbol_of(eval->symbols, "dtype"));
    if (!data || data->kind != NW_LIST || !shape || shape->kind != NW_TUPLE || shape->as.tuple->count > NW_PIVOT_MAX_RANK || !type || type->kind != NW_CLASS)
        return false;
    for (uint32_t i = 0; i < data->as.list->count; i++)
        if (!read_numbers(n, data->as.list->items[i], 0))
            return false;
    int64_t count = 1;
    for (n->rank = 0; n->rank < (int)shape->as.tuple->count; n->rank++) {
        nw_value size = nw_pivot_settle(n->pivot, shape->as.tuple->items[n->rank]);
        if (size.kind != NW_INT)
            return false;
        count *= n->shape[n->rank] = size.as.integer;
    }
    *dtype = nw_dtype_of_name(nw_symbol_bytes(eval->symbols, type->as.class_->name));
    return count == n->count && *dtype != NW_DTYPE_UNKNOWN;
}

uint32_t nw_pivot_known_numbers(nw_pivot *pivot, nw_value value)
{
    nested_numbers *n = nw_arena_zero(&pivot->eval->arena, sizeof *n);
    n->pivot = pivot;
    n->whole = n->truth = true;
    nw_dtype dtype = NW_DTYPE_UNKNOWN;
    bool is_array = nw_is_array(value);
    if (is_array ? !read_array(n, value.as.instance, &dtype) : !read_numbers(n, value, 0))
        return 0;
    return nw_pivot_constant(pivot, is_array ? dtype : own_dtype(n), n->shape, n->rank, n->data);
}

/* A tensor stays what it is; contents that are known were read before. */
nw_pivot_value nw_pivot_build_constant(nw_pivot_call *call)
{
    nw_pivot_value value = call->arguments[0];
    nw_dtype dtype = nw_pivot_dtype_argument(call, 1);
    if (value.kind == NW_PIVOT_VALUE_NODE || (value.kind == NW_PIVOT_VALUE_HOST && nw_pivot_settle(call->pivot, value.host).kind == NW_TENSOR))
        return nw_pivot_value_node(nw_pivot_cast(call->pivot, nw_pivot_tensor(call, 0), dtype));
    nested_numbers *n = nw_arena_zero(&call->pivot->eval->arena, sizeof *n);
    n->pivot = call->pivot;
    n->whole = n->truth = true;
    if (value.kind != NW_PIVOT_VALUE_HOST || !read_numbers(n, value.host, 0)) {
        nw_value result = call->rank >= 0 ? call->scope->expected : nw_unset(); /* an array: the interpreter knows what came out */
        const double *data = result.kind == NW_TENSOR ? nw_tensor_contents(result.as.tensor) : NULL;
        if (data && call->dtype != NW_DTYPE_UNKNOWN)
            return nw_pivot_value_node(nw_pivot_constant(call->pivot, call->dtype, call->shape, call->rank, data));
        return nw_pivot_refuse(call, "contents that are not known");
    }
    return nw_pivot_value_node(nw_pivot_constant(call->pivot, dtype != NW_DTYPE_UNKNOWN ? dtype : own_dtype(n), n->shape, n->rank, n->data));
}

nw_pivot_value nw_pivot_build_mesh_grid(nw_pivot_call *call)
{
    uint32_t *nodes, count;
    int64_t shape[NW_PIVOT_MAX_RANK], apart[NW_PIVOT_MAX_RANK];
    if (!nw_pivot_tensors(call, 0, &nodes, &count) || count > 8)
        return nw_pivot_refuse_arguments(call);
    bool xy = strcmp(nw_pivot_text(call, 1), "xy") == 0 && count > 1;
    if (!xy && strcmp(nw_pivot_text(call, 1), "ij") != 0)
        return nw_pivot_refuse_arguments(call);
    for (uint32_t i = 0; i < count; i++) {
        const nw_pivot_node *n = nw_pivot_at(call->pivot, nodes[i]);
        if (n->rank < 0 || n->rank > 1)
            return nw_pivot_refuse_arguments(call);
        shape[xy && i < 2 ? 1 - i : i] = n->rank ? n->shape[0] : 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t axis = xy && i < 2 ? 1 - i : i;
        for (uint32_t k = 0; k < count; k++)
            apart[k] = k == axis ? shape[axis] : 1;
        nodes[i] = nw_pivot_broadcast(call->pivot, nw_pivot_reshape(call->pivot, nodes[i], apart, (int)count), shape, (int)count);
    }
    return nw_pivot_value_list(call->pivot, nodes, count);
}

/* ---- contractions ---- */

nw_pivot_value nw_pivot_build_matmul(nw_pivot_call *call)
{
    return nw_pivot_value_node(nw_pivot_matmul(call->pivot, nw_pivot_tensor(call, 0), nw_pivot_tensor(call, 1)));
}

nw_pivot_value nw_pivot_build_outer(nw_pivot_call *call)
{
    uint32_t a = nw_pivot_tensor(call, 0), b = nw_pivot_tensor(call, 1);
    if (nw_pivot_at(call->pivot, a)->rank != 1 || nw_pivot_at(call->pivot, b)->rank != 1)
        return nw_pivot_refuse_arguments(call);
    return nw_pivot_value_node(nw_pivot_multiply(call->pivot, nw_pivot_unsqueeze(call->pivot, a, 1), b));
}

nw_pivot_value nw_pivot_build_einsum(nw_pivot_call *call)
{
    uint32_t *nodes, count;
    if (!nw_pivot_tensors(call, 1, &nodes, &count))
        return nw_pivot_refuse_arguments(call);
    uint32_t node = nw_pivot_einsum(call->pivot, nw_pivot_text(call, 0), nodes, count);
    if (nw_pivot_at(call->pivot, node)->op != NW_PIVOT_OPAQUE || call->rank < 0)
        return nw_pivot_value_node(node);
    char equation[64]; /* diagonals and the like: the same equation of the same operands is the same */
    size_t size = 0;
    for (const char *at = nw_pivot_text(call, 0); *at && size + 1 < sizeof equation; at++)
        if (*at != ' ')
            equation[size++] = *at;
    equation[size] = 0;
    if (size + 1 == sizeof equation)
        return nw_pivot_value_node(node);
    nw_pivot_plain plain = {.op = NW_PIVOT_EINSUM, .dtype = call->dtype, .shape = call->shape, .rank = call->rank, .children = nodes, .child_count = count};
    nw_pivot_plain_add(call->pivot, &plain, "equation", nw_string_of(call->pivot->eval, equation));
    return nw_pivot_value_node(nw_pivot_make(call->pivot, &plain));
}

/* Letters of the axes of one operand: those of `axes` are shared by both, all others go to the result, too. */
static void name_axes(char **at, char **result, const int64_t *axes, int count, int rank, char first)
{
    for (int i = 0; i < rank; i++) {
        int shared = -1;
        for (int k = 0; k < count; k++)
            if (axes[k] == i || axes[k] + rank == i)
                shared = k;
        char letter = shared >= 0 ? (char)('a' + shared) : (char)(first + i);
        *(*at)++ = letter;
        if (shared < 0)
            *(*result)++ = letter;
    }
}

nw_pivot_value nw_pivot_build_tensordot(nw_pivot_call *call)
{
    uint32_t nodes[2] = {nw_pivot_tensor(call, 0), nw_pivot_tensor(call, 1)};
    int ranks[2] = {nw_pivot_at(call->pivot, nodes[0])->rank, nw_pivot_at(call->pivot, nodes[1])->rank}, count;
    int64_t axes[2 * NW_PIVOT_MAX_RANK], last;
    if (ranks[0] < 0 || ranks[1] < 0)
        return nw_pivot_refuse_arguments(call);
    if (nw_pivot_integer(call, 2, &last)) {
        if (last < 0 || last > ranks[0] || last > ranks[1])
            return nw_pivot_refuse_arguments(call);
        count = (int)last;
        for (int i = 0; i < count; i++) {
            axes[i] = ranks[0] - count + i;
            axes[count + i] = i;
        }
    } else {
        count = nw_pivot_integer_list(call, 2, axes);
        if (count < 2 || count % 2)
            return nw_pivot_refuse_arguments(call);
        count /= 2;
    }
    char equation[4 * NW_PIVOT_MAX_RANK + 8], kept[2 * NW_PIVOT_MAX_RANK + 1], *at = equation, *result = kept;
    name_axes(&at, &result, axes, count, ranks[0], 'A');
    *at++ = ',';
    name_axes(&at, &result, axes + count, count, ranks[1], 'N');
    *result = 0;
    snprintf(at, sizeof equation - (size_t)(at - equation), "->%s", kept);
    return nw_pivot_value_node(nw_pivot_einsum(call->pivot, equation, nodes, 2));
}

nw_pivot_value nw_pivot_build_linear(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0), kernel = nw_pivot_tensor(call, 1), bias = nw_pivot_tensor(call, 2);
    const nw_pivot_node *k = nw_pivot_at(call->pivot, kernel);
    if (k->rank != 1 && k->rank != 2)
        return nw_pivot_refuse_arguments(call);
    uint32_t product = nw_pivot_matmul(call->pivot, x, k->rank == 2 ? nw_pivot_swap(call->pivot, kernel, 0, 1) : kernel);
    return nw_pivot_value_node(bias ? nw_pivot_add(call->pivot, product, bias) : product);
}
