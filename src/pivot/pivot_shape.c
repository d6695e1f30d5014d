/* Builders of shape and data movement, creation, contractions. */
#include "pivot/pivot_build.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static nw_pivot_value of(uint32_t node)
{
    return nw_pivot_value_node(node);
}

static const nw_pivot_node *first_operand(nw_pivot_call *call, uint32_t *node)
{
    *node = nw_pivot_tensor(call, 0);
    return nw_pivot_at(call->pivot, *node);
}

static nw_pivot_value unknown_arguments(nw_pivot_call *call)
{
    return nw_pivot_refuse(call, "arguments or a shape that are not known");
}

/* ---- reshapes and transposes ---- */

/* One -1 is what is left. */
static bool fill_shape(const nw_pivot_node *n, int64_t *shape, int rank)
{
    int64_t known = 1;
    int open = -1;
    for (int i = 0; i < rank; i++)
        if (shape[i] == -1 && open < 0)
            open = i;
        else
            known *= shape[i];
    if (open >= 0)
        shape[open] = known > 0 ? nw_pivot_elements(n) / known : 0;
    return true;
}

nw_pivot_value nw_pivot_build_reshape(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = nw_pivot_integer_list(call, 1, shape);
    if (n->rank < 0 || rank < 0 || !fill_shape(n, shape, rank))
        return unknown_arguments(call);
    return of(nw_pivot_reshape(call->pivot, x, shape, rank));
}

nw_pivot_value nw_pivot_build_flatten(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int start, end, rank = 0;
    if (n->rank < 0 || !nw_pivot_axis(call, 1, n->rank, &start) || !nw_pivot_axis(call, 2, n->rank, &end))
        return unknown_arguments(call);
    for (int i = 0; i < n->rank; i++)
        if (i > start && i <= end)
            shape[rank - 1] *= n->shape[i];
        else
            shape[rank++] = n->shape[i];
    if (n->rank == 0)
        shape[rank++] = 1;
    return of(nw_pivot_reshape(call->pivot, x, shape, rank));
}

nw_pivot_value nw_pivot_build_unflatten(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t shape[NW_PIVOT_MAX_RANK], sizes[NW_PIVOT_MAX_RANK];
    int axis, count = nw_pivot_integer_list(call, 2, sizes), rank = 0;
    if (n->rank < 0 || count < 0 || n->rank + count > NW_PIVOT_MAX_RANK || !nw_pivot_axis(call, 1, n->rank, &axis))
        return unknown_arguments(call);
    for (int i = 0; i < n->rank; i++)
        for (int k = 0; k < (i == axis ? count : 1); k++)
            shape[rank++] = i == axis ? sizes[k] : n->shape[i];
    fill_shape(n, shape, rank);
    return of(nw_pivot_reshape(call->pivot, x, shape, rank));
}

nw_pivot_value nw_pivot_build_transpose(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t permutation[NW_PIVOT_MAX_RANK];
    bool seen[NW_PIVOT_MAX_RANK] = {false};
    int count = nw_pivot_given(call, 1) ? nw_pivot_integer_list(call, 1, permutation) : 0;
    if (n->rank < 0 || count < 0 || (count && count != n->rank))
        return unknown_arguments(call);
    for (int i = 0; i < n->rank; i++) {
        permutation[i] = count ? permutation[i] + (permutation[i] < 0 ? n->rank : 0) : n->rank - 1 - i;
        if (permutation[i] < 0 || permutation[i] >= n->rank || seen[permutation[i]])
            return unknown_arguments(call);
        seen[permutation[i]] = true;
    }
    return of(nw_pivot_transpose(call->pivot, x, permutation));
}

nw_pivot_value nw_pivot_build_swap_axes(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int a, b;
    if (n->rank < 0 || !nw_pivot_axis(call, 1, n->rank, &a) || !nw_pivot_axis(call, 2, n->rank, &b))
        return unknown_arguments(call);
    return of(nw_pivot_swap(call->pivot, x, a, b));
}

/* Several axes: the others keep their order, each moved one stands where it is to be. */
nw_pivot_value nw_pivot_build_move_axis(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t from[NW_PIVOT_MAX_RANK], to[NW_PIVOT_MAX_RANK], permutation[NW_PIVOT_MAX_RANK];
    bool moved[NW_PIVOT_MAX_RANK] = {false};
    int count = nw_pivot_integer_list(call, 1, from);
    if (n->rank < 0 || count < 0 || nw_pivot_integer_list(call, 2, to) != count)
        return unknown_arguments(call);
    for (int i = 0; i < n->rank; i++)
        permutation[i] = -1;
    for (int i = 0; i < count; i++) {
        from[i] += from[i] < 0 ? n->rank : 0;
        to[i] += to[i] < 0 ? n->rank : 0;
        if (from[i] < 0 || from[i] >= n->rank || to[i] < 0 || to[i] >= n->rank || moved[from[i]] || permutation[to[i]] >= 0)
            return unknown_arguments(call);
        permutation[to[i]] = from[i];
        moved[from[i]] = true;
    }
    for (int i = 0, next = 0; i < n->rank; i++) {
        while (next < n->rank && moved[next])
            next++;
        if (permutation[i] < 0)
            permutation[i] = next++;
    }
    return of(nw_pivot_transpose(call->pivot, x, permutation));
}

/* One axis or several, each counted in the result. */
nw_pivot_value nw_pivot_build_expand_dims(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t list[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK];
    bool is_new[NW_PIVOT_MAX_RANK] = {false};
    int count = nw_pivot_integer_list(call, 1, list), rank = n->rank + count;
    if (n->rank < 0 || count < 0 || rank >= NW_PIVOT_MAX_RANK)
        return unknown_arguments(call);
    for (int i = 0; i < count; i++) {
        int64_t axis = list[i] < 0 ? list[i] + rank : list[i];
        if (axis < 0 || axis >= rank || is_new[axis])
            return unknown_arguments(call);
        is_new[axis] = true;
    }
    for (int i = 0, from = 0; i < rank; i++)
        shape[i] = is_new[i] ? 1 : n->shape[from++];
    return of(nw_pivot_reshape(call->pivot, x, shape, rank));
}

nw_pivot_value nw_pivot_build_squeeze(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    bool axes[NW_PIVOT_MAX_RANK];
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = 0;
    if (!nw_pivot_axes(call, 1, n->rank, axes))
        return unknown_arguments(call);
    for (int i = 0; i < n->rank; i++)
        if (!axes[i] || n->shape[i] != 1)
            shape[rank++] = n->shape[i];
    return of(nw_pivot_reshape(call->pivot, x, shape, rank));
}

nw_pivot_value nw_pivot_build_broadcast_to(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = nw_pivot_integer_list(call, 1, shape);
    if (n->rank < 0 || rank < n->rank)
        return unknown_arguments(call);
    for (int i = 0; i < rank; i++)
        if (shape[i] == -1) {
            if (i < rank - n->rank)
                return unknown_arguments(call);
            shape[i] = n->shape[i - (rank - n->rank)];
        }
    return of(nw_pivot_broadcast(call->pivot, x, shape, rank));
}

/* Each axis [d] becomes [count, d] (blocks) or [d, count] (elements) and is merged again. */
static uint32_t repeat_axes(nw_pivot *pivot, uint32_t x, const int64_t *counts, bool blocks)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, x);
    int64_t apart[NW_PIVOT_MAX_RANK], wide[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK];
    int rank = 0;
    for (int i = 0; i < n->rank; i++) {
        shape[i] = n->shape[i] * counts[i];
        if (counts[i] == 1) {
            apart[rank] = wide[rank] = n->shape[i];
            rank++;
            continue;
        }
        apart[rank] = blocks ? 1 : n->shape[i];
        wide[rank++] = blocks ? counts[i] : n->shape[i];
        apart[rank] = blocks ? n->shape[i] : 1;
        wide[rank++] = blocks ? n->shape[i] : counts[i];
    }
    uint32_t node = nw_pivot_broadcast(pivot, nw_pivot_reshape(pivot, x, apart, rank), wide, rank);
    return nw_pivot_reshape(pivot, node, shape, n->rank);
}

nw_pivot_value nw_pivot_build_tile(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t counts[NW_PIVOT_MAX_RANK], all[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK];
    int count = nw_pivot_integer_list(call, 1, counts), rank = count > n->rank ? count : n->rank;
    if (n->rank < 0 || count < 0 || 2 * rank >= NW_PIVOT_MAX_RANK)
        return unknown_arguments(call);
    for (int i = 0; i < rank; i++) {
        all[i] = i < rank - count ? 1 : counts[i - (rank - count)];
        shape[i] = i < rank - n->rank ? 1 : n->shape[i - (rank - n->rank)];
        if (all[i] < 1)
            return unknown_arguments(call);
    }
    return of(repeat_axes(call->pivot, nw_pivot_reshape(call->pivot, x, shape, rank), all, true));
}

static uint32_t take(nw_pivot *pivot, uint32_t x, uint32_t index, int axis);

/* How often each element of the axis comes, in a constant vector: the index of what is taken. 0: it is none. */
static uint32_t repeated_places(nw_pivot_call *call, int64_t size)
{
    nw_pivot *pivot = call->pivot;
    nw_value counts = call->arguments[1].kind == NW_PIVOT_VALUE_HOST ? nw_pivot_settle(pivot, call->arguments[1].host) : nw_unset();
    const nw_pivot_node *n = counts.kind == NW_TENSOR ? nw_pivot_at(pivot, call->scope->read(call->scope, counts.as.tensor)) : NULL;
    if (!n || !n->data || n->rank != 1 || n->shape[0] != size)
        return 0;
    int64_t total = 0;
    for (int64_t i = 0; i < size; i++)
        total += n->data[i] > 0 ? (int64_t)n->data[i] : 0;
    if (total > NW_MAX_CONTENTS)
        return 0;
    double *places = nw_arena_alloc(&pivot->eval->arena, (size_t)(total + 1) * sizeof *places), *at = places;
    for (int64_t i = 0; i < size; i++)
        for (int64_t k = 0; k < (int64_t)n->data[i]; k++)
            *at++ = (double)i;
    return nw_pivot_constant(pivot, NW_DTYPE_INT64, &total, 1, places);
}

nw_pivot_value nw_pivot_build_repeat(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t count, counts[NW_PIVOT_MAX_RANK], flat[1];
    int axis = 0;
    uint32_t places = n->rank > 0 && nw_pivot_given(call, 2) && nw_pivot_axis(call, 2, n->rank, &axis) ? repeated_places(call, n->shape[axis]) : 0;
    if (places)
        return of(take(call->pivot, x, places, axis));
    if (n->rank < 0 || 2 * n->rank >= NW_PIVOT_MAX_RANK || !nw_pivot_integer(call, 1, &count) || count < 1)
        return unknown_arguments(call);
    if (!nw_pivot_given(call, 2)) {
        flat[0] = nw_pivot_elements(n);
        x = nw_pivot_reshape(call->pivot, x, flat, 1);
    } else if (!nw_pivot_axis(call, 2, n->rank, &axis)) {
        return unknown_arguments(call);
    }
    for (int i = 0; i < nw_pivot_at(call->pivot, x)->rank; i++)
        counts[i] = i == axis ? count : 1;
    return of(repeat_axes(call->pivot, x, counts, false));
}

/* ---- joining and cutting ---- */

nw_pivot_value nw_pivot_build_concatenate(nw_pivot_call *call)
{
    uint32_t *nodes, count;
    int axis, rank;
    if (!nw_pivot_tensors(call, 0, &nodes, &count))
        return unknown_arguments(call);
    rank = nw_pivot_at(call->pivot, nodes[count - 1])->rank; /* torch leaves out empty vectors */
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const nw_pivot_node *n = nw_pivot_at(call->pivot, nodes[i]);
        if (!(n->rank == 1 && n->shape[0] == 0))
            nodes[kept++] = nodes[i];
    }
    if (!kept || rank < 0 || !nw_pivot_axis(call, 1, nw_pivot_at(call->pivot, nodes[0])->rank, &axis))
        return unknown_arguments(call);
    return of(nw_pivot_concatenate(call->pivot, nodes, kept, axis));
}

nw_pivot_value nw_pivot_build_stack(nw_pivot_call *call)
{
    uint32_t *nodes, count;
    int axis;
    if (!nw_pivot_tensors(call, 0, &nodes, &count) || nw_pivot_at(call->pivot, nodes[0])->rank < 0 ||
        !nw_pivot_axis(call, 1, nw_pivot_at(call->pivot, nodes[0])->rank + 1, &axis))
        return unknown_arguments(call);
    for (uint32_t i = 0; i < count; i++)
        nodes[i] = nw_pivot_unsqueeze(call->pivot, nodes[i], axis);
    return of(nw_pivot_concatenate(call->pivot, nodes, count, axis));
}

/* The sizes of the parts are those of the results. */
static bool part_sizes(nw_pivot_call *call, int axis, int64_t *sizes, uint32_t *count)
{
    nw_value parts = call->scope->expected;
    if (parts.kind != NW_TUPLE && parts.kind != NW_LIST)
        return false;
    *count = parts.kind == NW_TUPLE ? parts.as.tuple->count : parts.as.list->count;
    for (uint32_t i = 0; i < *count; i++) {
        nw_value part = parts.kind == NW_TUPLE ? parts.as.tuple->items[i] : parts.as.list->items[i];
        if (part.kind != NW_TENSOR || !part.as.tensor->shape || part.as.tensor->rank <= axis || !nw_known_integer(nw_pivot_settle(call->pivot, part.as.tensor->shape[axis]), &sizes[i]))
            return false;
    }
    return !(parts.kind == NW_LIST && parts.as.list->repeated);
}

nw_pivot_value nw_pivot_build_split(nw_pivot_call *call)
{
    uint32_t x, count = 0, *nodes;
    const nw_pivot_node *n = first_operand(call, &x);
    nw_value parts = call->scope->expected;
    uint32_t room = parts.kind == NW_TUPLE ? parts.as.tuple->count : parts.kind == NW_LIST ? parts.as.list->count : 0;
    int64_t *sizes = nw_arena_alloc(&call->pivot->eval->arena, (room + 1) * sizeof *sizes), at = 0;
    int axis;
    if (n->rank < 0 || !nw_pivot_axis(call, 2, n->rank, &axis) || !part_sizes(call, axis, sizes, &count))
        return unknown_arguments(call);
    nodes = nw_arena_alloc(&call->pivot->eval->arena, (count + 1) * sizeof *nodes);
    for (uint32_t i = 0; i < count; i++, at += sizes[i - 1])
        nodes[i] = nw_pivot_slice_axis(call->pivot, x, axis, at, at + sizes[i]);
    return at == n->shape[axis] ? nw_pivot_value_list(call->pivot, nodes, count) : unknown_arguments(call);
}

nw_pivot_value nw_pivot_build_unstack(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int axis;
    if (n->rank < 1 || !nw_pivot_axis(call, 1, n->rank, &axis) || n->shape[axis] > 4096)
        return unknown_arguments(call);
    uint32_t count = (uint32_t)n->shape[axis], *nodes = nw_arena_alloc(&call->pivot->eval->arena, (count + 1) * sizeof *nodes);
    for (uint32_t i = 0; i < count; i++)
        nodes[i] = nw_pivot_squeeze(call->pivot, nw_pivot_slice_axis(call->pivot, x, axis, i, i + 1), axis);
    return nw_pivot_value_list(call->pivot, nodes, count);
}

/* ---- basic indexing ---- */

typedef struct key_walk {
    const nw_pivot_node *n;
    int64_t start[NW_PIVOT_MAX_RANK], stop[NW_PIVOT_MAX_RANK], step[NW_PIVOT_MAX_RANK];
    bool flipped[NW_PIVOT_MAX_RANK], dropped[NW_PIVOT_MAX_RANK];
    int new_before[NW_PIVOT_MAX_RANK + 1]; /* new axes before each axis */
    int axis;
} key_walk;

static int64_t bound(nw_pivot *pivot, nw_value value, int64_t otherwise, int64_t size, bool *known)
{
    int64_t integer;
    value = nw_pivot_settle(pivot, value);
    if (value.kind == NW_NONE || value.kind == NW_UNSET)
        return otherwise;
    if (value.kind == NW_TENSOR && nw_tensor_contents(value.as.tensor) && value.as.tensor->rank == 0)
        value = nw_int((int64_t)nw_tensor_contents(value.as.tensor)[0]);
    if (!nw_is_integer(value)) {
        *known = false;
        return 0;
    }
    integer = value.as.integer < 0 ? value.as.integer + size : value.as.integer;
    return integer;
}

static bool walk_slice(nw_pivot *pivot, key_walk *walk, const nw_slice *slice)
{
    bool known = true;
    int64_t size = walk->n->shape[walk->axis], step = bound(pivot, slice->step, 1, 0, &known);
    if (!known || step == 0)
        return false;
    int64_t start = bound(pivot, slice->start, step > 0 ? 0 : size - 1, size, &known), stop = bound(pivot, slice->stop, step > 0 ? size : -1, size, &known);
    if (step > 0) {
        walk->start[walk->axis] = start < 0 ? 0 : start > size ? size : start;
        walk->stop[walk->axis] = stop < 0 ? 0 : stop > size ? size : stop;
        walk->step[walk->axis] = step;
    } else { /* the same elements of the flipped axis */
        start = start >= size ? size - 1 : start < -1 ? -1 : start;
        stop = stop < -1 ? -1 : stop;
        walk->flipped[walk->axis] = true;
        walk->start[walk->axis] = size - 1 - start;
        walk->stop[walk->axis] = size - 1 - stop > size ? size : size - 1 - stop;
        walk->step[walk->axis] = -step;
    }
    walk->axis++;
    return known;
}

/* `left`: axes that the rest of the key takes. */
static bool walk_item(nw_pivot *pivot, key_walk *walk, nw_value item, int left)
{
    bool known = true;
    item = nw_pivot_settle(pivot, item);
    if (item.kind == NW_ELLIPSIS) {
        walk->axis = walk->n->rank - left;
        return walk->axis >= 0;
    }
    if (item.kind == NW_NONE) {
        walk->new_before[walk->axis]++;
        return true;
    }
    if (walk->axis >= walk->n->rank)
        return false;
    if (item.kind == NW_SLICE)
        return walk_slice(pivot, walk, item.as.slice);
    int64_t size = walk->n->shape[walk->axis], index = bound(pivot, item, size, size, &known);
    if (!known || index < 0 || index >= size)
        return false;
    walk->start[walk->axis] = index;
    walk->stop[walk->axis] = index + 1;
    walk->dropped[walk->axis++] = true;
    return true;
}

static bool walk_key(nw_pivot *pivot, key_walk *walk, nw_value key)
{
    key = nw_pivot_settle(pivot, key);
    nw_value *items = key.kind == NW_TUPLE ? key.as.tuple->items : &key;
    uint32_t count = key.kind == NW_TUPLE ? key.as.tuple->count : 1;
    for (int i = 0; i < walk->n->rank; i++) {
        walk->start[i] = 0;
        walk->stop[i] = walk->n->shape[i];
        walk->step[i] = 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        int left = 0;
        for (uint32_t k = i + 1; k < count; k++)
            left += nw_pivot_settle(pivot, items[k]).kind != NW_NONE && items[k].kind != NW_ELLIPSIS;
        if (items[i].kind == NW_BOOL || !walk_item(pivot, walk, items[i], left))
            return false;
    }
    return true;
}

static int indexed_shape(const key_walk *walk, const nw_pivot_node *part, int64_t *shape)
{
    int rank = 0;
    for (int i = 0; i <= walk->n->rank; i++) {
        for (int k = 0; k < walk->new_before[i]; k++)
            shape[rank++] = 1;
        if (i < walk->n->rank && !walk->dropped[i])
            shape[rank++] = part->shape[i];
    }
    return rank;
}

static nw_value key_of(const nw_pivot_call *call)
{
    return call->arguments[1].kind == NW_PIVOT_VALUE_HOST ? call->arguments[1].host : nw_unset();
}

nw_pivot_value nw_pivot_build_slice(nw_pivot_call *call)
{
    uint32_t x;
    key_walk walk = {.n = first_operand(call, &x)};
    int64_t shape[NW_PIVOT_MAX_RANK];
    nw_value key = key_of(call);
    if (walk.n->rank < 0 || key.kind == NW_UNSET || !walk_key(call->pivot, &walk, key))
        return nw_pivot_refuse(call, "an index that is not known");
    uint32_t part = nw_pivot_flip(call->pivot, x, walk.flipped);
    part = nw_pivot_slice(call->pivot, part, walk.start, walk.stop, walk.step);
    int rank = indexed_shape(&walk, nw_pivot_at(call->pivot, part), shape);
    return of(nw_pivot_reshape(call->pivot, part, shape, rank));
}

/* The value of input after input[key] = value. */
nw_pivot_value nw_pivot_build_assign_slice(nw_pivot_call *call)
{
    uint32_t x;
    nw_pivot *pivot = call->pivot;
    key_walk walk = {.n = first_operand(call, &x)};
    int64_t shape[NW_PIVOT_MAX_RANK], part_shape[NW_PIVOT_MAX_RANK];
    nw_value key = key_of(call);
    if (walk.n->rank < 0 || key.kind == NW_UNSET || !walk_key(pivot, &walk, key))
        return nw_pivot_refuse(call, "an index that is not known");
    nw_pivot_node part = {.rank = walk.n->rank, .shape = part_shape};
    bool whole = true;
    for (int i = 0; i < walk.n->rank; i++) {
        part_shape[i] = walk.stop[i] > walk.start[i] ? (walk.stop[i] - walk.start[i] + walk.step[i] - 1) / walk.step[i] : 0;
        whole = whole && part_shape[i] == walk.n->shape[i];
    }
    int rank = indexed_shape(&walk, &part, shape);
    call->rank = rank;
    uint32_t value = nw_pivot_tensor(call, 2);
    if (!value || nw_pivot_at(pivot, value)->rank < 0 || nw_pivot_at(pivot, value)->rank > rank)
        return nw_pivot_refuse(call, "a value of unknown shape");
    value = nw_pivot_cast(pivot, nw_pivot_broadcast(pivot, value, shape, rank), (nw_dtype)walk.n->dtype);
    value = nw_pivot_flip(pivot, nw_pivot_reshape(pivot, value, part_shape, walk.n->rank), walk.flipped);
    if (whole)
        return of(value);
    if (nw_pivot_is_assigned(pivot, x, walk.start, walk.stop, walk.step)) /* written twice: the last one counts */
        x = nw_pivot_at(pivot, x)->children[0];
    uint32_t both[] = {x, value};
    nw_pivot_plain plain = {.op = NW_PIVOT_ASSIGN_SLICE, .dtype = (nw_dtype)walk.n->dtype, .shape = walk.n->shape, .rank = walk.n->rank, .children = both, .child_count = 2};
    nw_pivot_plain_add(pivot, &plain, "start", nw_pivot_integers(pivot, walk.start, (uint32_t)walk.n->rank));
    nw_pivot_plain_add(pivot, &plain, "stop", nw_pivot_integers(pivot, walk.stop, (uint32_t)walk.n->rank));
    nw_pivot_plain_add(pivot, &plain, "step", nw_pivot_integers(pivot, walk.step, (uint32_t)walk.n->rank));
    return of(nw_pivot_make(pivot, &plain));
}

/* ---- indexing by tensors ---- */

/* index replaces the axis. */
static uint32_t take(nw_pivot *pivot, uint32_t x, uint32_t index, int axis)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, x), *i = nw_pivot_at(pivot, index);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = 0;
    if (i->rank < 0 || n->rank + i->rank > NW_PIVOT_MAX_RANK)
        return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)n->dtype, "an index of unknown shape");
    for (int k = 0; k < n->rank; k++)
        if (k != axis)
            shape[rank++] = n->shape[k];
        else
            for (int m = 0; m < i->rank; m++)
                shape[rank++] = i->shape[m];
    uint32_t both[] = {x, index};
    nw_pivot_plain plain = {.op = NW_PIVOT_TAKE, .dtype = (nw_dtype)n->dtype, .shape = shape, .rank = rank, .children = both, .child_count = 2};
    nw_pivot_plain_add(pivot, &plain, "axis", nw_int(axis));
    return nw_pivot_make(pivot, &plain);
}

nw_pivot_value nw_pivot_build_take(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int axis;
    if (n->rank < 0 || !nw_pivot_axis(call, 2, n->rank, &axis))
        return unknown_arguments(call);
    return of(take(call->pivot, x, nw_pivot_tensor(call, 1), axis));
}

/* Position of the greatest or least element; without an axis, in the flattened value. */
nw_pivot_value nw_pivot_build_arg_extreme(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t flat = nw_pivot_elements(n), shape[NW_PIVOT_MAX_RANK], kept[NW_PIVOT_MAX_RANK];
    int axis = 0, rank = 0;
    bool whole = !nw_pivot_given(call, 1);
    if (n->rank < 0 || (!whole && !nw_pivot_axis(call, 1, n->rank, &axis)))
        return unknown_arguments(call);
    if (whole)
        x = nw_pivot_reshape(pivot, x, &flat, 1);
    for (int i = 0; i < n->rank; i++) {
        if (!whole && i != axis)
            shape[rank++] = n->shape[i];
        kept[i] = whole || i == axis ? 1 : n->shape[i];
    }
    nw_pivot_plain plain = {.op = call->op, .dtype = NW_DTYPE_INT64, .shape = shape, .rank = rank, .children = &x, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "axis", nw_int(axis));
    uint32_t node = nw_pivot_make(pivot, &plain);
    return of(nw_pivot_truth(call, 2) ? nw_pivot_reshape(pivot, node, kept, n->rank) : node);
}

/* The elements where the extremes stand are the extremes. */
nw_pivot_value nw_pivot_build_take_along(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x, index = nw_pivot_tensor(call, 1);
    const nw_pivot_node *n = first_operand(call, &x), *i = nw_pivot_at(pivot, index), *found = i;
    int64_t extreme_axis;
    int axis;
    if (n->rank < 0 || i->rank != n->rank || !nw_pivot_axis(call, 2, n->rank, &axis))
        return unknown_arguments(call);
    if (i->op == NW_PIVOT_MOVE)
        found = nw_pivot_at(pivot, i->children[0]);
    bool extreme = (found->op == NW_PIVOT_ARGMAX || found->op == NW_PIVOT_ARGMIN) && found->children[0] == x && i->shape[axis] == 1 &&
                   nw_known_integer(found->attributes[0].value, &extreme_axis) && extreme_axis == axis;
    if (extreme) {
        bool axes[NW_PIVOT_MAX_RANK] = {false};
        axes[axis] = true;
        uint32_t node = nw_pivot_reduce(pivot, found->op == NW_PIVOT_ARGMAX ? NW_PIVOT_REDUCE_MAX : NW_PIVOT_REDUCE_MIN, x, axes);
        return of(nw_pivot_keep_axes(pivot, node, n, axes));
    }
    uint32_t both[] = {x, index};
    nw_pivot_plain plain = {.op = NW_PIVOT_TAKE_ALONG, .dtype = (nw_dtype)n->dtype, .shape = i->shape, .rank = i->rank, .children = both, .child_count = 2};
    nw_pivot_plain_add(pivot, &plain, "axis", nw_int(axis));
    return of(nw_pivot_make(pivot, &plain));
}

/* Quarter turns from the first axis towards the second. */
nw_pivot_value nw_pivot_build_rotate90(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t count, axes[NW_PIVOT_MAX_RANK];
    bool second[NW_PIVOT_MAX_RANK] = {false};
    if (n->rank < 2 || !nw_pivot_integer(call, 1, &count) || nw_pivot_integer_list(call, 2, axes) != 2)
        return unknown_arguments(call);
    for (int i = 0; i < 2; i++)
        axes[i] += axes[i] < 0 ? n->rank : 0;
    if (axes[0] < 0 || axes[0] >= n->rank || axes[1] < 0 || axes[1] >= n->rank || axes[0] == axes[1])
        return unknown_arguments(call);
    second[axes[1]] = true;
    for (int64_t i = 0; i < ((count % 4) + 4) % 4; i++)
        x = nw_pivot_swap(call->pivot, nw_pivot_flip(call->pivot, x, second), (int)axes[0], (int)axes[1]);
    return of(x);
}

nw_pivot_value nw_pivot_build_embedding(nw_pivot_call *call)
{
    uint32_t index = nw_pivot_tensor(call, 0), table = nw_pivot_tensor(call, 1);
    if (nw_pivot_at(call->pivot, table)->rank != 2)
        return unknown_arguments(call);
    const nw_pivot_node *n = nw_pivot_at(call->pivot, index);
    bool was_whole = n->op == NW_PIVOT_CAST && nw_dtype_category((nw_dtype)nw_pivot_at(call->pivot, n->children[0])->dtype) == nw_dtype_category(NW_DTYPE_INT64);
    return of(take(call->pivot, table, was_whole ? n->children[0] : index, 0)); /* a layer of floats casts what it is given */
}

/* One index tensor between whole slices: take. */
nw_pivot_value nw_pivot_build_gather_index(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    nw_value key = nw_pivot_settle(call->pivot, key_of(call));
    nw_value *items = key.kind == NW_TUPLE ? key.as.tuple->items : &key;
    uint32_t count = key.kind == NW_TUPLE ? key.as.tuple->count : 1;
    int axis = -1;
    for (uint32_t i = 0; i < count; i++) {
        nw_value item = nw_pivot_settle(call->pivot, items[i]);
        bool index = item.kind == NW_TENSOR && nw_dtype_category((nw_dtype)item.as.tensor->dtype) == 1;
        bool whole = item.kind == NW_SLICE && item.as.slice->start.kind == NW_NONE && item.as.slice->stop.kind == NW_NONE && item.as.slice->step.kind == NW_NONE;
        if (!(whole || (index && axis < 0)))
            return nw_pivot_refuse(call, "an index of this form");
        if (index)
            axis = (int)i;
    }
    if (n->rank < 0 || axis < 0 || axis >= n->rank)
        return unknown_arguments(call);
    uint32_t index = call->scope->read(call->scope, nw_pivot_settle(call->pivot, items[axis]).as.tensor);
    return of(take(call->pivot, x, index, axis));
}

/* ---- pads, flips, rolls, shuffles ---- */

nw_pivot_value nw_pivot_build_pad(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t list[NW_PIVOT_MAX_RANK], widths[NW_PIVOT_MAX_RANK] = {0};
    double value = 0;
    nw_value given = call->arguments[1].kind == NW_PIVOT_VALUE_HOST ? nw_pivot_settle(call->pivot, call->arguments[1].host) : nw_unset();
    bool from_last = given.kind == NW_TUPLE && given.as.tuple->count && given.as.tuple->items[0].kind == NW_STRING;
    nw_pivot_call inner = *call;
    if (from_last)
        inner.arguments[1].host = nw_tuple_new(call->pivot->eval, given.as.tuple->items + 1, given.as.tuple->count - 1);
    int count = nw_pivot_integer_list(&inner, 1, list);
    if (n->rank < 0 || 2 * n->rank > NW_PIVOT_MAX_RANK || count < 0 || count > 2 * n->rank || count % 2 || (!from_last && count != 2 * n->rank))
        return unknown_arguments(call);
    if (strcmp(nw_pivot_text(call, 2), "constant") == 0 && !nw_pivot_number(call, 3, &value))
        return unknown_arguments(call);
    for (int i = 0; i < count / 2; i++) {
        int axis = from_last ? n->rank - 1 - i : i;
        widths[2 * axis] = list[2 * i];
        widths[2 * axis + 1] = list[2 * i + 1];
    }
    return of(nw_pivot_pad(call->pivot, x, widths, nw_pivot_text(call, 2), value));
}

nw_pivot_value nw_pivot_build_flip(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    bool axes[NW_PIVOT_MAX_RANK];
    if (!nw_pivot_axes(call, 1, n->rank, axes))
        return unknown_arguments(call);
    return of(nw_pivot_flip(call->pivot, x, axes));
}

/* Both ends change places. */
nw_pivot_value nw_pivot_build_roll(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t shifts[NW_PIVOT_MAX_RANK], axes[NW_PIVOT_MAX_RANK], flat[1] = {nw_pivot_elements(n)};
    int count = nw_pivot_integer_list(call, 1, shifts);
    bool whole = !nw_pivot_given(call, 2);
    if (n->rank < 0 || count < 1 || (whole ? count != 1 : nw_pivot_integer_list(call, 2, axes) != count))
        return unknown_arguments(call);
    uint32_t node = whole ? nw_pivot_reshape(call->pivot, x, flat, 1) : x;
    for (int i = 0; i < count; i++) {
        int axis = whole ? 0 : (int)(axes[i] < 0 ? axes[i] + n->rank : axes[i]);
        const nw_pivot_node *rolled = nw_pivot_at(call->pivot, node);
        if (axis < 0 || axis >= rolled->rank || rolled->shape[axis] < 1)
            return unknown_arguments(call);
        int64_t size = rolled->shape[axis], cut = ((-shifts[i]) % size + size) % size;
        uint32_t ends[] = {nw_pivot_slice_axis(call->pivot, node, axis, cut, size), nw_pivot_slice_axis(call->pivot, node, axis, 0, cut)};
        node = cut ? nw_pivot_concatenate(call->pivot, ends, 2, axis) : node;
    }
    return of(whole ? nw_pivot_reshape(call->pivot, node, n->shape, n->rank) : node);
}

/* [n, c*r*r, h, w] to [n, c, h*r, w*r], and back. */
nw_pivot_value nw_pivot_build_pixel_shuffle(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t r;
    if (n->rank < 3 || !nw_pivot_integer(call, 1, &r) || r < 1)
        return unknown_arguments(call);
    int lead = n->rank - 3;
    const int64_t *s = n->shape + lead;
    bool up = call->op == NW_PIVOT_PIXEL_SHUFFLE;
    int64_t apart[NW_PIVOT_MAX_RANK], permutation[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < lead; i++) {
        apart[i] = shape[i] = n->shape[i];
        permutation[i] = i;
    }
    int64_t apart_up[] = {s[0] / (r * r), r, r, s[1], s[2]}, apart_down[] = {s[0], s[1] / r, r, s[2] / r, r};
    int64_t shape_up[] = {s[0] / (r * r), s[1] * r, s[2] * r}, shape_down[] = {s[0] * r * r, s[1] / r, s[2] / r};
    static const int order_up[] = {0, 3, 1, 4, 2}, order_down[] = {0, 2, 4, 1, 3};
    for (int i = 0; i < 5; i++) {
        apart[lead + i] = up ? apart_up[i] : apart_down[i];
        permutation[lead + i] = lead + (up ? order_up[i] : order_down[i]);
    }
    memcpy(shape + lead, up ? shape_up : shape_down, sizeof shape_up);
    uint32_t node = nw_pivot_reshape(call->pivot, x, apart, lead + 5);
    return of(nw_pivot_reshape(call->pivot, nw_pivot_transpose(call->pivot, node, permutation), shape, n->rank));
}

nw_pivot_value nw_pivot_build_channel_shuffle(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = first_operand(call, &x);
    int64_t groups, apart[NW_PIVOT_MAX_RANK];
    if (n->rank < 2 || !nw_pivot_integer(call, 1, &groups) || groups < 1 || n->shape[1] % groups)
        return unknown_arguments(call);
    apart[0] = n->shape[0];
    apart[1] = groups;
    apart[2] = n->shape[1] / groups;
    for (int i = 2; i < n->rank; i++)
        apart[i + 1] = n->shape[i];
    uint32_t node = nw_pivot_swap(call->pivot, nw_pivot_reshape(call->pivot, x, apart, n->rank + 1), 1, 2);
    return of(nw_pivot_reshape(call->pivot, node, n->shape, n->rank));
}

/* ---- creation ---- */

nw_pivot_value nw_pivot_build_full(nw_pivot_call *call)
{
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = nw_pivot_integer_list(call, 0, shape);
    double value = call->op == NW_PIVOT_ONES ? 1 : 0;
    if (rank < 0 || (call->op == NW_PIVOT_FULL && !nw_pivot_number(call, 1, &value)))
        return unknown_arguments(call);
    nw_dtype dtype = nw_pivot_dtype_argument(call, call->op == NW_PIVOT_FULL ? 2 : 1);
    dtype = dtype != NW_DTYPE_UNKNOWN ? dtype : call->dtype != NW_DTYPE_UNKNOWN ? call->dtype : NW_DTYPE_FLOAT32;
    return of(nw_pivot_broadcast(call->pivot, nw_pivot_scalar(call->pivot, value, dtype), shape, rank));
}

nw_pivot_value nw_pivot_build_shape_of(nw_pivot_call *call)
{
    const nw_pivot_node *input = nw_pivot_at(call->pivot, nw_pivot_tensor(call, 0));
    if (input->rank < 0 || input->op == NW_PIVOT_OPAQUE)
        return unknown_arguments(call);
    double data[NW_PIVOT_MAX_RANK];
    int64_t count = input->rank;
    for (int i = 0; i < input->rank; i++)
        data[i] = (double)input->shape[i];
    return of(nw_pivot_constant(call->pivot, call->dtype != NW_DTYPE_UNKNOWN ? call->dtype : NW_DTYPE_INT64, &count, 1, data));
}

nw_pivot_value nw_pivot_build_range(nw_pivot_call *call)
{
    double start, stop, step;
    if (!nw_pivot_number(call, 0, &start) || !nw_pivot_number(call, 1, &stop) || !nw_pivot_number(call, 2, &step) || step == 0)
        return unknown_arguments(call);
    double size = ceil((stop - start) / step);
    int64_t count = size > 0 && size < 1e9 ? (int64_t)size : 0;
    nw_dtype dtype = nw_pivot_dtype_argument(call, 3);
    dtype = dtype != NW_DTYPE_UNKNOWN ? dtype : call->dtype != NW_DTYPE_UNKNOWN ? call->dtype : NW_DTYPE_INT64;
    if (count <= NW_MAX_CONTENTS) {
        double *data = nw_arena_alloc(&call->pivot->eval->arena, (size_t)(count + 1) * sizeof *data);
        for (int64_t i = 0; i < count; i++)
            data[i] = start + (double)i * step;
        return of(nw_pivot_constant(call->pivot, dtype, &count, 1, data));
    }
    nw_pivot_plain plain = {.op = NW_PIVOT_RANGE, .dtype = dtype, .shape = &count, .rank = 1};
    nw_pivot_plain_add(call->pivot, &plain, "start", nw_float(start));
    nw_pivot_plain_add(call->pivot, &plain, "step", nw_float(step));
    return of(nw_pivot_make(call->pivot, &plain));
}

typedef struct nested_numbers {
    nw_pivot *pivot;
    double data[NW_MAX_CONTENTS];
    int64_t count, shape[NW_PIVOT_MAX_RANK];
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
        if (n->count == NW_MAX_CONTENTS || depth != n->rank)
            return false;
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

/* A tensor stays what it is; contents that are known were read before. */
nw_pivot_value nw_pivot_build_constant(nw_pivot_call *call)
{
    nw_pivot_value value = call->arguments[0];
    nw_dtype dtype = nw_pivot_dtype_argument(call, 1);
    if (value.kind == NW_PIVOT_VALUE_NODE || (value.kind == NW_PIVOT_VALUE_HOST && nw_pivot_settle(call->pivot, value.host).kind == NW_TENSOR))
        return of(nw_pivot_cast(call->pivot, nw_pivot_tensor(call, 0), dtype));
    nested_numbers *n = nw_arena_zero(&call->pivot->eval->arena, sizeof *n);
    n->pivot = call->pivot;
    n->whole = n->truth = true;
    if (value.kind != NW_PIVOT_VALUE_HOST || !read_numbers(n, value.host, 0)) {
        nw_value result = call->rank >= 0 ? call->scope->expected : nw_unset(); /* an array: the interpreter knows what came out */
        const double *data = result.kind == NW_TENSOR ? nw_tensor_contents(result.as.tensor) : NULL;
        if (data && call->dtype != NW_DTYPE_UNKNOWN)
            return of(nw_pivot_constant(call->pivot, call->dtype, call->shape, call->rank, data));
        return nw_pivot_refuse(call, "contents that are not known");
    }
    nw_dtype own = n->truth ? NW_DTYPE_BOOL : n->whole ? NW_DTYPE_INT64 : NW_DTYPE_FLOAT32;
    return of(nw_pivot_constant(call->pivot, dtype != NW_DTYPE_UNKNOWN ? dtype : own, n->shape, n->rank, n->data));
}

nw_pivot_value nw_pivot_build_mesh_grid(nw_pivot_call *call)
{
    uint32_t *nodes, count;
    int64_t shape[NW_PIVOT_MAX_RANK], apart[NW_PIVOT_MAX_RANK];
    if (!nw_pivot_tensors(call, 0, &nodes, &count) || count > 8)
        return unknown_arguments(call);
    bool xy = strcmp(nw_pivot_text(call, 1), "xy") == 0 && count > 1;
    if (!xy && strcmp(nw_pivot_text(call, 1), "ij") != 0)
        return unknown_arguments(call);
    for (uint32_t i = 0; i < count; i++) {
        const nw_pivot_node *n = nw_pivot_at(call->pivot, nodes[i]);
        if (n->rank < 0 || n->rank > 1)
            return unknown_arguments(call);
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
    return of(nw_pivot_matmul(call->pivot, nw_pivot_tensor(call, 0), nw_pivot_tensor(call, 1)));
}

nw_pivot_value nw_pivot_build_outer(nw_pivot_call *call)
{
    uint32_t a = nw_pivot_tensor(call, 0), b = nw_pivot_tensor(call, 1);
    if (nw_pivot_at(call->pivot, a)->rank != 1 || nw_pivot_at(call->pivot, b)->rank != 1)
        return unknown_arguments(call);
    return of(nw_pivot_multiply(call->pivot, nw_pivot_unsqueeze(call->pivot, a, 1), b));
}

nw_pivot_value nw_pivot_build_einsum(nw_pivot_call *call)
{
    uint32_t *nodes, count;
    if (!nw_pivot_tensors(call, 1, &nodes, &count))
        return unknown_arguments(call);
    uint32_t node = nw_pivot_einsum(call->pivot, nw_pivot_text(call, 0), nodes, count);
    if (nw_pivot_at(call->pivot, node)->op != NW_PIVOT_OPAQUE || call->rank < 0)
        return of(node);
    char equation[64]; /* diagonals and the like: the same equation of the same operands is the same */
    size_t size = 0;
    for (const char *at = nw_pivot_text(call, 0); *at && size + 1 < sizeof equation; at++)
        if (*at != ' ')
            equation[size++] = *at;
    equation[size] = 0;
    if (size + 1 == sizeof equation)
        return of(node);
    nw_pivot_plain plain = {.op = NW_PIVOT_EINSUM, .dtype = call->dtype, .shape = call->shape, .rank = call->rank, .children = nodes, .child_count = count};
    nw_pivot_plain_add(call->pivot, &plain, "equation", nw_string_of(call->pivot->eval, equation));
    return of(nw_pivot_make(call->pivot, &plain));
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
        return unknown_arguments(call);
    if (nw_pivot_integer(call, 2, &last)) {
        if (last < 0 || last > ranks[0] || last > ranks[1])
            return unknown_arguments(call);
        count = (int)last;
        for (int i = 0; i < count; i++) {
            axes[i] = ranks[0] - count + i;
            axes[count + i] = i;
        }
    } else {
        count = nw_pivot_integer_list(call, 2, axes);
        if (count < 2 || count % 2)
            return unknown_arguments(call);
        count /= 2;
    }
    char equation[4 * NW_PIVOT_MAX_RANK + 8], kept[2 * NW_PIVOT_MAX_RANK + 1], *at = equation, *result = kept;
    name_axes(&at, &result, axes, count, ranks[0], 'A');
    *at++ = ',';
    name_axes(&at, &result, axes + count, count, ranks[1], 'N');
    *result = 0;
    snprintf(at, sizeof equation - (size_t)(at - equation), "->%s", kept);
    return of(nw_pivot_einsum(call->pivot, equation, nodes, 2));
}

nw_pivot_value nw_pivot_build_linear(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0), kernel = nw_pivot_tensor(call, 1), bias = nw_pivot_tensor(call, 2);
    const nw_pivot_node *k = nw_pivot_at(call->pivot, kernel);
    if (k->rank != 1 && k->rank != 2)
        return unknown_arguments(call);
    uint32_t product = nw_pivot_matmul(call->pivot, x, k->rank == 2 ? nw_pivot_swap(call->pivot, kernel, 0, 1) : kernel);
    return of(bias ? nw_pivot_add(call->pivot, product, bias) : product);
}
