/* Builders of shape and data movement. */
#include "pivot/pivot_build.h"

#include <string.h>

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
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = nw_pivot_integer_list(call, 1, shape);
    if (n->rank < 0 || rank < 0 || !fill_shape(n, shape, rank))
        return nw_pivot_refuse_arguments(call);
    return nw_pivot_value_node(nw_pivot_reshape(call->pivot, x, shape, rank));
}

nw_pivot_value nw_pivot_build_flatten(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int start, end, rank = 0;
    if (n->rank < 0 || !nw_pivot_axis(call, 1, n->rank, &start) || !nw_pivot_axis(call, 2, n->rank, &end))
        return nw_pivot_refuse_arguments(call);
    for (int i = 0; i < n->rank; i++)
        if (i > start && i <= end)
            shape[rank - 1] *= n->shape[i];
        else
            shape[rank++] = n->shape[i];
    if (n->rank == 0)
        shape[rank++] = 1;
    return nw_pivot_value_node(nw_pivot_reshape(call->pivot, x, shape, rank));
}

nw_pivot_value nw_pivot_build_unflatten(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t shape[NW_PIVOT_MAX_RANK], sizes[NW_PIVOT_MAX_RANK];
    int axis, count = nw_pivot_integer_list(call, 2, sizes), rank = 0;
    if (n->rank < 0 || count < 0 || n->rank + count > NW_PIVOT_MAX_RANK || !nw_pivot_axis(call, 1, n->rank, &axis))
        return nw_pivot_refuse_arguments(call);
    for (int i = 0; i < n->rank; i++)
        for (int k = 0; k < (i == axis ? count : 1); k++)
            shape[rank++] = i == axis ? sizes[k] : n->shape[i];
    fill_shape(n, shape, rank);
    return nw_pivot_value_node(nw_pivot_reshape(call->pivot, x, shape, rank));
}

nw_pivot_value nw_pivot_build_transpose(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t permutation[NW_PIVOT_MAX_RANK];
    bool seen[NW_PIVOT_MAX_RANK] = {false};
    int count = nw_pivot_given(call, 1) ? nw_pivot_integer_list(call, 1, permutation) : 0;
    if (n->rank < 0 || count < 0 || (count && count != n->rank))
        return nw_pivot_refuse_arguments(call);
    for (int i = 0; i < n->rank; i++) {
        permutation[i] = count ? permutation[i] + (permutation[i] < 0 ? n->rank : 0) : n->rank - 1 - i;
        if (permutation[i] < 0 || permutation[i] >= n->rank || seen[permutation[i]])
            return nw_pivot_refuse_arguments(call);
        seen[permutation[i]] = true;
    }
    return nw_pivot_value_node(nw_pivot_transpose(call->pivot, x, permutation));
}

nw_pivot_value nw_pivot_build_swap_axes(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int a, b;
    if (n->rank < 0 || !nw_pivot_axis(call, 1, n->rank, &a) || !nw_pivot_axis(call, 2, n->rank, &b))
        return nw_pivot_refuse_arguments(call);
    return nw_pivot_value_node(nw_pivot_swap(call->pivot, x, a, b));
}

/* Several axes: the others keep their order, each moved one stands where it is to be. */
nw_pivot_value nw_pivot_build_move_axis(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t from[NW_PIVOT_MAX_RANK], to[NW_PIVOT_MAX_RANK], permutation[NW_PIVOT_MAX_RANK];
    bool moved[NW_PIVOT_MAX_RANK] = {false};
    int count = nw_pivot_integer_list(call, 1, from);
    if (n->rank < 0 || count < 0 || nw_pivot_integer_list(call, 2, to) != count)
        return nw_pivot_refuse_arguments(call);
    for (int i = 0; i < n->rank; i++)
        permutation[i] = -1;
    for (int i = 0; i < count; i++) {
        from[i] += from[i] < 0 ? n->rank : 0;
        to[i] += to[i] < 0 ? n->rank : 0;
        if (from[i] < 0 || from[i] >= n->rank || to[i] < 0 || to[i] >= n->rank || moved[from[i]] || permutation[to[i]] >= 0)
            return nw_pivot_refuse_arguments(call);
        permutation[to[i]] = from[i];
        moved[from[i]] = true;
    }
    for (int i = 0, next = 0; i < n->rank; i++) {
        while (next < n->rank && moved[next])
            next++;
        if (permutation[i] < 0)
            permutation[i] = next++;
    }
    return nw_pivot_value_node(nw_pivot_transpose(call->pivot, x, permutation));
}

/* One axis or several, each counted in the result. */
nw_pivot_value nw_pivot_build_expand_dims(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t list[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK];
    bool is_new[NW_PIVOT_MAX_RANK] = {false};
    int count = nw_pivot_integer_list(call, 1, list), rank = n->rank + count;
    if (n->rank < 0 || count < 0 || rank >= NW_PIVOT_MAX_RANK)
        return nw_pivot_refuse_arguments(call);
    for (int i = 0; i < count; i++) {
        int64_t axis = list[i] < 0 ? list[i] + rank : list[i];
        if (axis < 0 || axis >= rank || is_new[axis])
            return nw_pivot_refuse_arguments(call);
        is_new[axis] = true;
    }
    for (int i = 0, from = 0; i < rank; i++)
        shape[i] = is_new[i] ? 1 : n->shape[from++];
    return nw_pivot_value_node(nw_pivot_reshape(call->pivot, x, shape, rank));
}

nw_pivot_value nw_pivot_build_squeeze(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    bool axes[NW_PIVOT_MAX_RANK];
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = 0;
    if (!nw_pivot_axes(call, 1, n->rank, axes))
        return nw_pivot_refuse_arguments(call);
    for (int i = 0; i < n->rank; i++)
        if (!axes[i] || n->shape[i] != 1)
            shape[rank++] = n->shape[i];
    return nw_pivot_value_node(nw_pivot_reshape(call->pivot, x, shape, rank));
}

nw_pivot_value nw_pivot_build_broadcast_to(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = nw_pivot_integer_list(call, 1, shape);
    if (n->rank < 0 || rank < n->rank)
        return nw_pivot_refuse_arguments(call);
    for (int i = 0; i < rank; i++)
        if (shape[i] == -1) {
            if (i < rank - n->rank)
                return nw_pivot_refuse_arguments(call);
            shape[i] = n->shape[i - (rank - n->rank)];
        }
    return nw_pivot_value_node(nw_pivot_broadcast(call->pivot, x, shape, rank));
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
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t counts[NW_PIVOT_MAX_RANK], all[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK];
    int count = nw_pivot_integer_list(call, 1, counts), rank = count > n->rank ? count : n->rank;
    if (n->rank < 0 || count < 0 || 2 * rank >= NW_PIVOT_MAX_RANK)
        return nw_pivot_refuse_arguments(call);
    for (int i = 0; i < rank; i++) {
        all[i] = i < rank - count ? 1 : counts[i - (rank - count)];
        shape[i] = i < rank - n->rank ? 1 : n->shape[i - (rank - n->rank)];
        if (all[i] < 1)
            return nw_pivot_refuse_arguments(call);
    }
    return nw_pivot_value_node(repeat_axes(call->pivot, nw_pivot_reshape(call->pivot, x, shape, rank), all, true));
}

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
    if (total > NW_PIVOT_MAX_CONTENTS)
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
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t count, counts[NW_PIVOT_MAX_RANK], flat[1];
    int axis = 0;
    uint32_t places = n->rank > 0 && nw_pivot_given(call, 2) && nw_pivot_axis(call, 2, n->rank, &axis) ? repeated_places(call, n->shape[axis]) : 0;
    if (places)
        return nw_pivot_value_node(nw_pivot_take(call->pivot, x, places, axis));
    if (n->rank < 0 || 2 * n->rank >= NW_PIVOT_MAX_RANK || !nw_pivot_integer(call, 1, &count) || count < 1)
        return nw_pivot_refuse_arguments(call);
    if (!nw_pivot_given(call, 2)) {
        flat[0] = nw_pivot_elements(n);
        x = nw_pivot_reshape(call->pivot, x, flat, 1);
    } else if (!nw_pivot_axis(call, 2, n->rank, &axis)) {
        return nw_pivot_refuse_arguments(call);
    }
    for (int i = 0; i < nw_pivot_at(call->pivot, x)->rank; i++)
        counts[i] = i == axis ? count : 1;
    return nw_pivot_value_node(repeat_axes(call->pivot, x, counts, false));
}

/* ---- joining and cutting ---- */

nw_pivot_value nw_pivot_build_concatenate(nw_pivot_call *call)
{
    uint32_t *nodes, count;
    int axis, rank;
    if (!nw_pivot_tensors(call, 0, &nodes, &count))
        return nw_pivot_refuse_arguments(call);
    rank = nw_pivot_at(call->pivot, nodes[count - 1])->rank; /* torch leaves out empty vectors */
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const nw_pivot_node *n = nw_pivot_at(call->pivot, nodes[i]);
        if (!(n->rank == 1 && n->shape[0] == 0))
            nodes[kept++] = nodes[i];
    }
    if (!kept || rank < 0 || !nw_pivot_axis(call, 1, nw_pivot_at(call->pivot, nodes[0])->rank, &axis))
        return nw_pivot_refuse_arguments(call);
    return nw_pivot_value_node(nw_pivot_concatenate(call->pivot, nodes, kept, axis));
}

nw_pivot_value nw_pivot_build_stack(nw_pivot_call *call)
{
    uint32_t *nodes, count;
    int axis;
    if (!nw_pivot_tensors(call, 0, &nodes, &count) || nw_pivot_at(call->pivot, nodes[0])->rank < 0 ||
        !nw_pivot_axis(call, 1, nw_pivot_at(call->pivot, nodes[0])->rank + 1, &axis))
        return nw_pivot_refuse_arguments(call);
    for (uint32_t i = 0; i < count; i++)
        nodes[i] = nw_pivot_unsqueeze(call->pivot, nodes[i], axis);
    return nw_pivot_value_node(nw_pivot_concatenate(call->pivot, nodes, count, axis));
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
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    nw_value parts = call->scope->expected;
    uint32_t room = parts.kind == NW_TUPLE ? parts.as.tuple->count : parts.kind == NW_LIST ? parts.as.list->count : 0;
    int64_t *sizes = nw_arena_alloc(&call->pivot->eval->arena, (room + 1) * sizeof *sizes), at = 0;
    int axis;
    if (n->rank < 0 || !nw_pivot_axis(call, 2, n->rank, &axis) || !part_sizes(call, axis, sizes, &count))
        return nw_pivot_refuse_arguments(call);
    nodes = nw_arena_alloc(&call->pivot->eval->arena, (count + 1) * sizeof *nodes);
    for (uint32_t i = 0; i < count; i++, at += sizes[i - 1])
        nodes[i] = nw_pivot_slice_axis(call->pivot, x, axis, at, at + sizes[i]);
    return at == n->shape[axis] ? nw_pivot_value_list(call->pivot, nodes, count) : nw_pivot_refuse_arguments(call);
}

nw_pivot_value nw_pivot_build_unstack(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int axis;
    if (n->rank < 1 || !nw_pivot_axis(call, 1, n->rank, &axis) || n->shape[axis] > 4096)
        return nw_pivot_refuse_arguments(call);
    uint32_t count = (uint32_t)n->shape[axis], *nodes = nw_arena_alloc(&call->pivot->eval->arena, (count + 1) * sizeof *nodes);
    for (uint32_t i = 0; i < count; i++)
        nodes[i] = nw_pivot_squeeze(call->pivot, nw_pivot_slice_axis(call->pivot, x, axis, i, i + 1), axis);
    return nw_pivot_value_list(call->pivot, nodes, count);
}

/* ---- pads, flips, rolls, shuffles ---- */

nw_pivot_value nw_pivot_build_pad(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t list[NW_PIVOT_MAX_RANK], widths[NW_PIVOT_MAX_RANK] = {0};
    double value = 0;
    nw_value given = call->arguments[1].kind == NW_PIVOT_VALUE_HOST ? nw_pivot_settle(call->pivot, call->arguments[1].host) : nw_unset();
    bool from_last = given.kind == NW_TUPLE && given.as.tuple->count && given.as.tuple->items[0].kind == NW_STRING;
    nw_pivot_call inner = *call;
    if (from_last)
        inner.arguments[1].host = nw_tuple_new(call->pivot->eval, given.as.tuple->items + 1, given.as.tuple->count - 1);
    int count = nw_pivot_integer_list(&inner, 1, list);
    if (n->rank < 0 || 2 * n->rank > NW_PIVOT_MAX_RANK || count < 0 || count > 2 * n->rank || count % 2 || (!from_last && count != 2 * n->rank))
        return nw_pivot_refuse_arguments(call);
    if (strcmp(nw_pivot_text(call, 2), "constant") == 0 && !nw_pivot_number(call, 3, &value))
        return nw_pivot_refuse_arguments(call);
    for (int i = 0; i < count / 2; i++) {
        int axis = from_last ? n->rank - 1 - i : i;
        widths[2 * axis] = list[2 * i];
        widths[2 * axis + 1] = list[2 * i + 1];
    }
    return nw_pivot_value_node(nw_pivot_pad(call->pivot, x, widths, nw_pivot_text(call, 2), value));
}

nw_pivot_value nw_pivot_build_flip(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    bool axes[NW_PIVOT_MAX_RANK];
    if (!nw_pivot_axes(call, 1, n->rank, axes))
        return nw_pivot_refuse_arguments(call);
    return nw_pivot_value_node(nw_pivot_flip(call->pivot, x, axes));
}

/* Both ends change places. */
nw_pivot_value nw_pivot_build_roll(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t shifts[NW_PIVOT_MAX_RANK], axes[NW_PIVOT_MAX_RANK], flat[1] = {nw_pivot_elements(n)};
    int count = nw_pivot_integer_list(call, 1, shifts);
    bool whole = !nw_pivot_given(call, 2);
    if (n->rank < 0 || count < 1 || (whole ? count != 1 : nw_pivot_integer_list(call, 2, axes) != count))
        return nw_pivot_refuse_arguments(call);
    uint32_t node = whole ? nw_pivot_reshape(call->pivot, x, flat, 1) : x;
    for (int i = 0; i < count; i++) {
        int axis = whole ? 0 : (int)(axes[i] < 0 ? axes[i] + n->rank : axes[i]);
        const nw_pivot_node *rolled = nw_pivot_at(call->pivot, node);
        if (axis < 0 || axis >= rolled->rank || rolled->shape[axis] < 1)
            return nw_pivot_refuse_arguments(call);
        int64_t size = rolled->shape[axis], cut = ((-shifts[i]) % size + size) % size;
        uint32_t ends[] = {nw_pivot_slice_axis(call->pivot, node, axis, cut, size), nw_pivot_slice_axis(call->pivot, node, axis, 0, cut)};
        node = cut ? nw_pivot_concatenate(call->pivot, ends, 2, axis) : node;
    }
    return nw_pivot_value_node(whole ? nw_pivot_reshape(call->pivot, node, n->shape, n->rank) : node);
}

/* [n, c*r*r, h, w] to [n, c, h*r, w*r], and back. */
nw_pivot_value nw_pivot_build_pixel_shuffle(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t r;
    if (n->rank < 3 || !nw_pivot_integer(call, 1, &r) || r < 1)
        return nw_pivot_refuse_arguments(call);
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
    return nw_pivot_value_node(nw_pivot_reshape(call->pivot, nw_pivot_transpose(call->pivot, node, permutation), shape, n->rank));
}

nw_pivot_value nw_pivot_build_channel_shuffle(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t groups, apart[NW_PIVOT_MAX_RANK];
    if (n->rank < 2 || !nw_pivot_integer(call, 1, &groups) || groups < 1 || n->shape[1] % groups)
        return nw_pivot_refuse_arguments(call);
    apart[0] = n->shape[0];
    apart[1] = groups;
    apart[2] = n->shape[1] / groups;
    for (int i = 2; i < n->rank; i++)
        apart[i + 1] = n->shape[i];
    uint32_t node = nw_pivot_swap(call->pivot, nw_pivot_reshape(call->pivot, x, apart, n->rank + 1), 1, 2);
    return nw_pivot_value_node(nw_pivot_reshape(call->pivot, node, n->shape, n->rank));
}
