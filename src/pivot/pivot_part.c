/* Slices, concatenations, flips, broadcasts, pads. */
#include "pivot/pivot_node.h"

#include <string.h>

/* ---- PART(base; start, stop, step): basic slices with positive steps ---- */

static uint32_t part_of_constant(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *step, const int64_t *shape)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    nw_pivot_node result = {.rank = n->rank, .shape = (int64_t *)shape};
    int64_t count = nw_pivot_elements(&result);
    double *data = nw_arena_alloc(&pivot->eval->arena, (size_t)(count + 1) * sizeof *data);
    for (int64_t i = 0; i < count; i++) {
        int64_t rest = i, from = 0, stride = 1;
        for (int axis = n->rank; axis-- > 0; stride *= n->shape[axis]) {
            from += (start[axis] + rest % shape[axis] * step[axis]) * stride;
            rest /= shape[axis];
        }
        data[i] = n->data[from];
    }
    return nw_pivot_constant(pivot, (nw_dtype)n->dtype, shape, n->rank, data);
}

/* A part of one piece of a concatenation, or of several whole ones. */
static uint32_t part_of_concatenation(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t axis_value = 0, from = 0, starts[NW_PIVOT_MAX_RANK], stops[NW_PIVOT_MAX_RANK];
    nw_known_integer(nw_pivot_attribute_of(pivot, node, "axis"), &axis_value);
    int axis = (int)axis_value;
    if (step[axis] != 1)
        return 0;
    uint32_t *parts = nw_arena_alloc(&pivot->eval->arena, n->child_count * sizeof *parts), count = 0;
    for (uint32_t i = 0; i < n->child_count; i++) {
        int64_t size = nw_pivot_at(pivot, n->children[i])->shape[axis], to = from + size;
        int64_t first = start[axis] > from ? start[axis] : from, last = stop[axis] < to ? stop[axis] : to;
        if (first < last) {
            memcpy(starts, start, (size_t)n->rank * sizeof *starts);
            memcpy(stops, stop, (size_t)n->rank * sizeof *stops);
            starts[axis] = first - from;
            stops[axis] = last - from;
            parts[count++] = nw_pivot_slice(pivot, n->children[i], starts, stops, step);
        }
        from = to;
    }
    return count ? nw_pivot_concatenate(pivot, parts, count, axis) : 0;
}

static uint32_t part_of_part(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step)
{
    int64_t starts[NW_PIVOT_MAX_RANK], stops[NW_PIVOT_MAX_RANK], steps[NW_PIVOT_MAX_RANK];
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    nw_pivot_integers_of(pivot, node, "start", starts);
    nw_pivot_integers_of(pivot, node, "step", steps);
    for (int i = 0; i < n->rank; i++) {
        int64_t length = (stop[i] - start[i] + step[i] - 1) / step[i];
        starts[i] += start[i] * steps[i];
        steps[i] *= step[i];
        stops[i] = starts[i] + (length - 1) * steps[i] + 1;
    }
    return nw_pivot_slice(pivot, n->children[0], starts, stops, steps);
}

/* A slice of one digit of a base axis, as a slice of that axis: of the first digit, or one value of the last one. */
static bool slice_digit(const nw_pivot_digits *digits, int digit, int first, int last, int64_t start, int64_t stop, int64_t step, int64_t size, int64_t *slice)
{
    int64_t weight = 1;
    for (int i = digit + 1; i <= last; i++)
        weight *= digits->sizes[i];
    if (first == last || (digit == first && step == 1)) {
        slice[0] = start * weight;
        slice[1] = first == last ? stop : stop * weight;
        slice[2] = step;
        return true;
    }
    slice[0] = start;
    slice[1] = size;
    slice[2] = digits->sizes[digit];
    return digit == last && stop == start + 1;
}

/* A part of a move, where the sliced axes are digits that slices of the base can take: the move of a part. */
static uint32_t part_of_move(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step, const int64_t *shape)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node), *base = nw_pivot_at(pivot, n->children[0]);
    nw_pivot_digits digits = nw_pivot_digits_of(pivot, node), left;
    int64_t slices[3][NW_PIVOT_MAX_RANK], slice[3];
    int axis_of[NW_PIVOT_MAX_RANK], first_of[NW_PIVOT_MAX_RANK + 1], at = 0;
    bool sliced[NW_PIVOT_MAX_RANK] = {false};
    if (!nw_pivot_digits_refine(&digits, n->shape, n->rank) || !nw_pivot_digits_refine_base(&digits, base->shape, base->rank))
        return 0;
    left = digits;
    for (int i = 0, digit = 0; i < base->rank; i++) {
        slices[0][i] = 0;
        slices[1][i] = base->shape[i];
        slices[2][i] = 1;
        first_of[i] = digit;
        for (int64_t product = 1; product != base->shape[i]; digit++) {
            product *= digits.sizes[digit];
            axis_of[digit] = i;
        }
        first_of[i + 1] = digit;
    }
    for (int i = 0; i < n->rank; i++) {
        int first = at;
        for (int64_t product = 1; product != n->shape[i]; at++)
            product *= digits.sizes[digits.order[at]];
        if (shape[i] == n->shape[i] && step[i] == 1)
            continue;
        int digit = digits.order[first], axis = at == first + 1 ? axis_of[digit] : -1;
        if (axis < 0 || sliced[axis] || !slice_digit(&digits, digit, first_of[axis], first_of[axis + 1] - 1, start[i], stop[i], step[i], base->shape[axis], slice))
            return 0;
        sliced[axis] = true;
        for (int k = 0; k < 3; k++)
            slices[k][axis] = slice[k];
        left.sizes[digit] = shape[i];
    }
    return nw_pivot_digits_apply(pivot, nw_pivot_slice(pivot, n->children[0], slices[0], slices[1], slices[2]), &left, shape, n->rank);
}

/* Columns of a matrix product, plain or with a sum or factors around it, are taken from its second operand. */
static bool is_product(const nw_pivot *pivot, uint32_t node)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    bool found = n->op == NW_PIVOT_CONTRACT;
    if (n->op != NW_PIVOT_ADD && !(n->op == NW_PIVOT_MULTIPLY && n->child_count == 1))
        return found;
    for (uint32_t i = 0; i < n->child_count; i++) {
        if (!nw_pivot_same_shape(n, nw_pivot_at(pivot, n->children[i])))
            continue;
        if (!is_product(pivot, n->children[i]))
            return false;
        found = true;
    }
    return found;
}

static uint32_t columns_of(nw_pivot *pivot, uint32_t node, int64_t start, int64_t stop, int64_t step)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t starts[NW_PIVOT_MAX_RANK] = {0}, stops[NW_PIVOT_MAX_RANK], steps[NW_PIVOT_MAX_RANK];
    if (n->rank == 0 || n->shape[n->rank - 1] == 1)
        return node;
    if (n->op == NW_PIVOT_CONTRACT)
        return nw_pivot_matmul(pivot, n->children[0], columns_of(pivot, n->children[1], start, stop, step));
    for (int i = 0; i < n->rank; i++) {
        stops[i] = n->shape[i];
        steps[i] = 1;
    }
    starts[n->rank - 1] = start;
    stops[n->rank - 1] = stop;
    steps[n->rank - 1] = step;
    return nw_pivot_slice(pivot, node, starts, stops, steps);
}

static uint32_t part_of_product(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step, const int64_t *shape)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int last = n->rank - 1;
    double number = 0, factor;
    for (int i = 0; i < last; i++)
        if (shape[i] != n->shape[i])
            return 0;
    if (n->op == NW_PIVOT_CONTRACT)
        return columns_of(pivot, node, start[last], stop[last], step[last]);
    uint32_t scaled = nw_pivot_scaled_child(pivot, node, &factor);
    if (scaled)
        return nw_pivot_scale(pivot, columns_of(pivot, scaled, start[last], stop[last], step[last]), factor);
    if (n->op != NW_PIVOT_ADD)
        return 0;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < n->child_count; i++) {
        uint32_t part = columns_of(pivot, n->children[i], start[last], stop[last], step[last]);
        sum = sum ? nw_pivot_add(pivot, sum, part) : part;
    }
    nw_value constant = nw_pivot_attribute_of(pivot, node, "constant");
    number = constant.kind == NW_FLOAT ? constant.as.number : 0;
    return number != 0 ? nw_pivot_offset(pivot, sum, number) : sum;
}

/* A part of what is flipped: the mirrored part, flipped. */
static uint32_t part_of_flip(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t axes[NW_PIVOT_MAX_RANK], starts[NW_PIVOT_MAX_RANK], stops[NW_PIVOT_MAX_RANK];
    bool flipped[NW_PIVOT_MAX_RANK] = {false};
    uint32_t count = nw_pivot_integers_of(pivot, node, "axes", axes);
    for (uint32_t i = 0; i < count; i++)
        flipped[axes[i]] = true;
    for (int i = 0; i < n->rank; i++) { /* `stop` is one beyond the last element taken */
        starts[i] = flipped[i] ? n->shape[i] - stop[i] : start[i];
        stops[i] = flipped[i] ? n->shape[i] - start[i] : stop[i];
    }
    return nw_pivot_flip(pivot, nw_pivot_slice(pivot, n->children[0], starts, stops, step), flipped);
}

/* What is cut off a transposed convolution is its padding. */
static uint32_t part_of_transposed(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step, const int64_t *shape)
{
    static const char *const kept[] = {"stride", "padding", "dilation", "groups"};
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t padding[2 * NW_PIVOT_MAX_RANK];
    uint32_t count = nw_pivot_integers_of(pivot, node, "padding", padding);
    if (shape[0] != n->shape[0] || shape[1] != n->shape[1] || count != 2 * ((uint32_t)n->rank - 2))
        return 0;
    for (int i = 2; i < n->rank; i++) {
        if (step[i] != 1)
            return 0;
        padding[2 * i - 4] += start[i];
        padding[2 * i - 3] += n->shape[i] - stop[i];
    }
    nw_pivot_plain plain = {.op = n->op, .dtype = (nw_dtype)n->dtype, .shape = shape, .rank = n->rank, .children = n->children, .child_count = n->child_count};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        nw_pivot_plain_add(pivot, &plain, kept[i], i == 1 ? nw_pivot_integers(pivot, padding, count) : nw_pivot_attribute_of(pivot, node, kept[i]));
    return nw_pivot_make(pivot, &plain);
}

/* A transposed convolution and its bias: each operand gives its part. */
static bool is_transposed_sum(const nw_pivot *pivot, uint32_t node)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    bool found = false;
    for (uint32_t i = 0; n->op == NW_PIVOT_ADD && i < n->child_count; i++) {
        const nw_pivot_node *child = nw_pivot_at(pivot, n->children[i]);
        if (nw_pivot_same_shape(n, child) && child->op != NW_PIVOT_CONVOLUTION_TRANSPOSE)
            return false;
        found |= nw_pivot_same_shape(n, child);
    }
    return found;
}

/* The part of a child that is broadcast to its parent's shape. */
static uint32_t part_of_broadcast_child(nw_pivot *pivot, const nw_pivot_node *parent, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step)
{
    const nw_pivot_node *child = nw_pivot_at(pivot, node);
    int64_t own[3][NW_PIVOT_MAX_RANK];
    for (int k = 0; k < child->rank; k++) {
        int axis = parent->rank - child->rank + k;
        bool shared = child->shape[k] == 1; /* by all places along the axis */
        own[0][k] = shared ? 0 : start[axis];
        own[1][k] = shared ? 1 : stop[axis];
        own[2][k] = shared ? 1 : step[axis];
    }
    return nw_pivot_slice(pivot, node, own[0], own[1], own[2]);
}

static uint32_t part_of_broadcast(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step, const int64_t *shape)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    return nw_pivot_broadcast(pivot, part_of_broadcast_child(pivot, n, n->children[0], start, stop, step), shape, n->rank);
}

static uint32_t part_of_sum(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    uint32_t sum = 0;
    for (uint32_t i = 0; i < n->child_count; i++) {
        uint32_t part = part_of_broadcast_child(pivot, n, n->children[i], start, stop, step);
        sum = sum ? nw_pivot_add(pivot, sum, part) : part;
    }
    nw_value constant = nw_pivot_attribute_of(pivot, node, "constant");
    return constant.kind == NW_FLOAT && constant.as.number != 0 ? nw_pivot_offset(pivot, sum, constant.as.number) : sum;
}

bool nw_pivot_is_assigned(const nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t own[3][NW_PIVOT_MAX_RANK];
    if (n->op != NW_PIVOT_ASSIGN_SLICE)
        return false;
    nw_pivot_integers_of(pivot, node, "start", own[0]);
    nw_pivot_integers_of(pivot, node, "stop", own[1]);
    nw_pivot_integers_of(pivot, node, "step", own[2]);
    for (int i = 0; i < n->rank; i++)
        if (own[0][i] != start[i] || own[1][i] != stop[i] || own[2][i] != step[i])
            return false;
    return true;
}

uint32_t nw_pivot_slice(nw_pivot *pivot, uint32_t node, const int64_t *start, const int64_t *stop, const int64_t *step)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t shape[NW_PIVOT_MAX_RANK], starts[NW_PIVOT_MAX_RANK], stops[NW_PIVOT_MAX_RANK], steps[NW_PIVOT_MAX_RANK];
    bool whole = true, empty = false;
    for (int i = 0; i < n->rank; i++) { /* one way of writing each slice */
        int64_t length = stop[i] > start[i] ? (stop[i] - start[i] + step[i] - 1) / step[i] : 0;
        shape[i] = length;
        starts[i] = length ? start[i] : 0;
        steps[i] = length > 1 ? step[i] : 1;
        stops[i] = length ? starts[i] + (length - 1) * steps[i] + 1 : 0;
        whole = whole && length == n->shape[i];
        empty = empty || length == 0;
    }
    if (whole)
        return node;
    if (n->data)
        return part_of_constant(pivot, node, starts, steps, shape);
    if (nw_pivot_is_assigned(pivot, node, starts, stops, steps))
        return n->children[1];
    uint32_t result = 0;
    if (!empty && n->op == NW_PIVOT_PART)
        result = part_of_part(pivot, node, starts, stops, steps);
    else if (!empty && n->op == NW_PIVOT_CONCATENATE)
        result = part_of_concatenation(pivot, node, starts, stops, steps);
    else if (!empty && n->op == NW_PIVOT_FLIP)
        result = part_of_flip(pivot, node, starts, stops, steps);
    else if (!empty && is_product(pivot, node))
        result = part_of_product(pivot, node, starts, stops, steps, shape);
    else if (!empty && n->op == NW_PIVOT_MOVE)
        result = part_of_move(pivot, node, starts, stops, steps, shape);
    else if (!empty && n->op == NW_PIVOT_CONVOLUTION_TRANSPOSE)
        result = part_of_transposed(pivot, node, starts, stops, steps, shape);
    else if (!empty && n->op == NW_PIVOT_BROADCAST_TO)
        result = part_of_broadcast(pivot, node, starts, stops, steps, shape);
    else if (!empty && is_transposed_sum(pivot, node))
        result = part_of_sum(pivot, node, starts, stops, steps);
    if (result)
        return result;
    nw_pivot_plain plain = {.op = NW_PIVOT_PART, .dtype = (nw_dtype)n->dtype, .shape = shape, .rank = n->rank, .children = &node, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "start", nw_pivot_integers(pivot, starts, (uint32_t)n->rank));
    nw_pivot_plain_add(pivot, &plain, "stop", nw_pivot_integers(pivot, stops, (uint32_t)n->rank));
    nw_pivot_plain_add(pivot, &plain, "step", nw_pivot_integers(pivot, steps, (uint32_t)n->rank));
    return nw_pivot_make(pivot, &plain);
}

uint32_t nw_pivot_slice_axis(nw_pivot *pivot, uint32_t node, int axis, int64_t start, int64_t stop)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t starts[NW_PIVOT_MAX_RANK], stops[NW_PIVOT_MAX_RANK], steps[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < n->rank; i++) {
        starts[i] = i == axis ? start : 0;
        stops[i] = i == axis ? stop : n->shape[i];
        steps[i] = 1;
    }
    return nw_pivot_slice(pivot, node, starts, stops, steps);
}

/* ---- CONCATENATE(parts; axis) ---- */

/* `next` is the part of the same base that begins where `last` ends. */
static uint32_t joined_parts(nw_pivot *pivot, uint32_t last, uint32_t next, int axis)
{
    int64_t a[3][NW_PIVOT_MAX_RANK], b[3][NW_PIVOT_MAX_RANK];
    const nw_pivot_node *l = nw_pivot_at(pivot, last), *r = nw_pivot_at(pivot, next);
    if (l->op != NW_PIVOT_PART || r->op != NW_PIVOT_PART || l->children[0] != r->children[0])
        return 0;
    static const char *const names[] = {"start", "stop", "step"};
    for (int i = 0; i < 3; i++) {
        nw_pivot_integers_of(pivot, last, names[i], a[i]);
        nw_pivot_integers_of(pivot, next, names[i], b[i]);
    }
    for (int i = 0; i < l->rank; i++)
        if (i == axis ? a[1][i] != b[0][i] || a[2][i] != 1 || b[2][i] != 1 : a[0][i] != b[0][i] || a[1][i] != b[1][i] || a[2][i] != b[2][i])
            return 0;
    a[1][axis] = b[1][axis];
    return nw_pivot_slice(pivot, l->children[0], a[0], a[1], a[2]);
}

typedef struct part_list {
    uint32_t *items, count, capacity;
} part_list;

static void add_part(nw_pivot *pivot, part_list *list, uint32_t part, int axis)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, part);
    int64_t inner;
    if (n->rank > axis && n->shape[axis] == 0)
        return;
    if (n->op == NW_PIVOT_CONCATENATE && nw_known_integer(nw_pivot_attribute_of(pivot, part, "axis"), &inner) && inner == axis) {
        for (uint32_t i = 0; i < n->child_count; i++)
            add_part(pivot, list, n->children[i], axis);
        return;
    }
    uint32_t joined = list->count ? joined_parts(pivot, list->items[list->count - 1], part, axis) : 0;
    if (joined) {
        list->count--;
        add_part(pivot, list, joined, axis);
        return;
    }
    NW_ARENA_RESERVE(&pivot->eval->arena, list->items, list->count, list->capacity);
    list->items[list->count++] = part;
}

/* 0: they are not constants of one type. */
static uint32_t concatenate_constants(nw_pivot *pivot, const part_list *list, const int64_t *shape, int rank, int axis)
{
    nw_pivot_node result = {.rank = (int16_t)rank, .shape = (int64_t *)shape};
    int64_t inner = 1, outer = 1, count = nw_pivot_elements(&result);
    for (int i = 0; i < rank; i++) {
        if (i < axis)
            outer *= shape[i];
        if (i > axis)
            inner *= shape[i];
    }
    bool one_type = true;
    for (uint32_t i = 1; i < list->count; i++)
        one_type = one_type && nw_pivot_at(pivot, list->items[i])->dtype == nw_pivot_at(pivot, list->items[0])->dtype;
    if (count > NW_PIVOT_MAX_CONTENTS || !one_type)
        return 0;
    double *data = nw_arena_alloc(&pivot->eval->arena, (size_t)(count + 1) * sizeof *data), *at = data;
    for (int64_t o = 0; o < outer; o++)
        for (uint32_t i = 0; i < list->count; i++) {
            const nw_pivot_node *part = nw_pivot_at(pivot, list->items[i]);
            int64_t block = part->shape[axis] * inner;
            double same = 0;
            if (part->data)
                memcpy(at, part->data + o * block, (size_t)block * sizeof *at);
            else if (!nw_pivot_scalar_value(pivot, list->items[i], true, &same))
                return 0;
            for (int64_t k = 0; k < block && !part->data; k++)
                at[k] = same;
            at += block;
        }
    return nw_pivot_constant(pivot, (nw_dtype)nw_pivot_at(pivot, list->items[0])->dtype, shape, rank, data);
}

/* Parts of size 1: stacked on the first axis, which then moves to its place. */
static uint32_t stacked(nw_pivot *pivot, const part_list *list, int axis)
{
    uint32_t *parts = nw_arena_alloc(&pivot->eval->arena, list->count * sizeof *parts);
    for (uint32_t i = 0; i < list->count; i++) {
        if (axis == 0 || nw_pivot_at(pivot, list->items[i])->shape[axis] != 1)
            return 0;
        parts[i] = nw_pivot_move_axis(pivot, list->items[i], axis, 0);
    }
    return nw_pivot_move_axis(pivot, nw_pivot_concatenate(pivot, parts, list->count, 0), 0, axis);
}

uint32_t nw_pivot_concatenate(nw_pivot *pivot, const uint32_t *parts, uint32_t count, int axis)
{
    const nw_pivot_node *first = nw_pivot_at(pivot, parts[0]);
    int64_t shape[NW_PIVOT_MAX_RANK], size = 0;
    part_list list = {0};
    for (uint32_t i = 0; i < count; i++) {
        const nw_pivot_node *part = nw_pivot_at(pivot, parts[i]);
        if (part->rank < 0 || part->rank != first->rank)
            return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)first->dtype, "concatenation of parts of unknown shape");
        size += part->shape[axis];
        add_part(pivot, &list, parts[i], axis);
    }
    if (list.count == 0)
        return parts[0];
    memcpy(shape, first->shape, (size_t)first->rank * sizeof *shape);
    shape[axis] = size;
    uint32_t folded = list.count == 1 ? list.items[0] : concatenate_constants(pivot, &list, shape, first->rank, axis);
    if (!folded)
        folded = nw_pivot_lift_concatenation(pivot, list.items, list.count, axis, shape, first->rank);
    if (!folded)
        folded = stacked(pivot, &list, axis);
    if (!folded)
        folded = nw_pivot_lift_turned(pivot, list.items, list.count, axis);
    if (folded)
        return folded;
    nw_pivot_plain plain = {.op = NW_PIVOT_CONCATENATE, .dtype = nw_pivot_promote(pivot, list.items, list.count), .shape = shape, .rank = first->rank,
                            .children = list.items, .child_count = list.count};
    nw_pivot_plain_add(pivot, &plain, "axis", nw_int(axis));
    return nw_pivot_make(pivot, &plain);
}

/* ---- flip ---- */

uint32_t nw_pivot_flip(nw_pivot *pivot, uint32_t node, const bool *axes)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t list[NW_PIVOT_MAX_RANK], inner[NW_PIVOT_MAX_RANK];
    bool flipped[NW_PIVOT_MAX_RANK] = {false};
    uint32_t count = 0, child = node;
    if (n->op == NW_PIVOT_FLIP) {
        uint32_t inner_count = nw_pivot_integers_of(pivot, node, "axes", inner);
        for (uint32_t i = 0; i < inner_count; i++)
            flipped[inner[i]] = true;
        child = n->children[0];
    }
    for (int i = 0; i < n->rank; i++)
        if (axes[i] != flipped[i] && n->shape[i] > 1)
            list[count++] = i;
    if (!count)
        return child;
    if (n->data) {
        int64_t start[NW_PIVOT_MAX_RANK] = {0}, step[NW_PIVOT_MAX_RANK];
        for (int i = 0; i < n->rank; i++)
            step[i] = 1;
        for (uint32_t i = 0; i < count; i++) {
            start[list[i]] = n->shape[list[i]] - 1;
            step[list[i]] = -1;
        }
        return part_of_constant(pivot, child, start, step, n->shape);
    }
    nw_pivot_plain plain = {.op = NW_PIVOT_FLIP, .dtype = (nw_dtype)n->dtype, .shape = n->shape, .rank = n->rank, .children = &child, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "axes", nw_pivot_integers(pivot, list, count));
    return nw_pivot_make(pivot, &plain);
}

/* ---- broadcast ---- */

uint32_t nw_pivot_broadcast(nw_pivot *pivot, uint32_t node, const int64_t *shape, int rank)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    nw_pivot_node to = {.rank = (int16_t)rank, .shape = (int64_t *)shape};
    if (n->rank < 0 || rank < n->rank)
        return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)n->dtype, "broadcast of something of unknown shape");
    if (nw_pivot_same_shape(n, &to))
        return node;
    if (nw_pivot_elements(n) == nw_pivot_elements(&to))
        return nw_pivot_reshape(pivot, node, shape, rank);
    if (n->op == NW_PIVOT_BROADCAST_TO)
        return nw_pivot_broadcast(pivot, n->children[0], shape, rank);
    int ones = 0; /* leading axes of size 1 say nothing */
    while (ones < n->rank && n->shape[ones] == 1)
        ones++;
    if (ones)
        node = nw_pivot_reshape(pivot, node, n->shape + ones, n->rank - ones);
    nw_pivot_plain plain = {.op = NW_PIVOT_BROADCAST_TO, .dtype = (nw_dtype)n->dtype, .shape = shape, .rank = rank, .children = &node, .child_count = 1};
    return nw_pivot_make(pivot, &plain);
}

/* ---- pad ---- */

static uint32_t make_pad(nw_pivot *pivot, uint32_t node, const int64_t *widths, const char *mode, double value)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t shape[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < n->rank; i++)
        shape[i] = n->shape[i] + widths[2 * i] + widths[2 * i + 1];
    nw_pivot_plain plain = {.op = NW_PIVOT_PAD, .dtype = (nw_dtype)n->dtype, .shape = shape, .rank = n->rank, .children = &node, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "widths", nw_pivot_integers(pivot, widths, 2 * (uint32_t)n->rank));
    nw_pivot_plain_add(pivot, &plain, "mode", nw_string_of(pivot->eval, mode));
    if (strcmp(mode, "constant") == 0)
        nw_pivot_plain_add(pivot, &plain, "value", nw_float(value));
    return nw_pivot_make(pivot, &plain);
}

/* Two constant pads of the same value are one. */
static void merge_pad(const nw_pivot *pivot, uint32_t *node, int64_t *widths, const char *mode, double value)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, *node);
    int64_t inner[NW_PIVOT_MAX_RANK];
    nw_value inner_value = nw_pivot_attribute_of(pivot, *node, "value");
    if (n->op != NW_PIVOT_PAD || strcmp(mode, "constant") != 0 || inner_value.kind != NW_FLOAT || inner_value.as.number != value ||
        !nw_pivot_integers_of(pivot, *node, "widths", inner))
        return;
    for (int i = 0; i < 2 * n->rank; i++)
        widths[i] += inner[i];
    *node = n->children[0];
}

uint32_t nw_pivot_pad(nw_pivot *pivot, uint32_t node, const int64_t *given, const char *mode, double value)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t widths[NW_PIVOT_MAX_RANK], start[NW_PIVOT_MAX_RANK], stop[NW_PIVOT_MAX_RANK], step[NW_PIVOT_MAX_RANK];
    if (n->rank < 0 || 2 * n->rank > NW_PIVOT_MAX_RANK)
        return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)n->dtype, "pad of something of unknown shape");
    bool grows = false, cuts = false;
    for (int i = 0; i < n->rank; i++) {
        int64_t before = given[2 * i], after = given[2 * i + 1];
        start[i] = before < 0 ? -before : 0;
        stop[i] = n->shape[i] + (after < 0 ? after : 0);
        step[i] = 1;
        widths[2 * i] = before > 0 ? before : 0;
        widths[2 * i + 1] = after > 0 ? after : 0;
        grows = grows || before > 0 || after > 0;
        cuts = cuts || before < 0 || after < 0;
    }
    if (cuts)
        node = nw_pivot_slice(pivot, node, start, stop, step);
    if (!grows)
        return node;
    uint32_t lifted = nw_pivot_lift_pad(pivot, node, widths, mode, value);
    if (lifted)
        return lifted;
    merge_pad(pivot, &node, widths, mode, value);
    return make_pad(pivot, node, widths, mode, value);
}
