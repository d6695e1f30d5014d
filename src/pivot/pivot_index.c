/* Builders of indexing, by slices and by tensors. */
#include "pivot/pivot_build.h"

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
    key_walk walk = {.n = nw_pivot_first_operand(call, &x)};
    int64_t shape[NW_PIVOT_MAX_RANK];
    nw_value key = key_of(call);
    if (walk.n->rank < 0 || key.kind == NW_UNSET || !walk_key(call->pivot, &walk, key))
        return nw_pivot_refuse(call, "an index that is not known");
    uint32_t part = nw_pivot_flip(call->pivot, x, walk.flipped);
    part = nw_pivot_slice(call->pivot, part, walk.start, walk.stop, walk.step);
    int rank = indexed_shape(&walk, nw_pivot_at(call->pivot, part), shape);
    return nw_pivot_value_node(nw_pivot_reshape(call->pivot, part, shape, rank));
}

static int64_t length_of(const key_walk *walk, int axis)
{
    return walk->stop[axis] > walk->start[axis] ? (walk->stop[axis] - walk->start[axis] + walk->step[axis] - 1) / walk->step[axis] : 0;
}

static bool is_plain_walk(const key_walk *walk)
{
    for (int i = 0; i <= walk->n->rank; i++)
        if (walk->new_before[i] || (i < walk->n->rank && (walk->flipped[i] || !length_of(walk, i))))
            return false;
    return true;
}

/* Of x[1] = what x[1] was with a part of it written: the key of that part in x, and what was written there; x[1][:, 2] = v is x[1, :, 2] = v. */
static uint32_t inner_value(nw_pivot *pivot, key_walk *walk, uint32_t x, uint32_t value)
{
    int64_t shape[NW_PIVOT_MAX_RANK], inner[3][NW_PIVOT_MAX_RANK];
    uint32_t part = nw_pivot_slice(pivot, x, walk->start, walk->stop, walk->step);
    int rank = indexed_shape(walk, nw_pivot_at(pivot, part), shape);
    part = nw_pivot_reshape(pivot, part, shape, rank);
    if (nw_pivot_at(pivot, value)->children[0] != part)
        return value;
    nw_pivot_integers_of(pivot, value, "start", inner[0]);
    nw_pivot_integers_of(pivot, value, "stop", inner[1]);
    nw_pivot_integers_of(pivot, value, "step", inner[2]);
    int at = 0;
    for (int i = 0; i < walk->n->rank; i++) {
        if (walk->dropped[i])
            continue;
        walk->stop[i] = walk->start[i] + walk->step[i] * (inner[1][at] - 1) + 1;
        walk->start[i] += walk->step[i] * inner[0][at];
        walk->step[i] *= inner[2][at++];
    }
    return nw_pivot_at(pivot, value)->children[1];
}

/* The value of input after input[key] = value. */
nw_pivot_value nw_pivot_build_assign_slice(nw_pivot_call *call)
{
    uint32_t x;
    nw_pivot *pivot = call->pivot;
    key_walk walk = {.n = nw_pivot_first_operand(call, &x)};
    int64_t shape[NW_PIVOT_MAX_RANK], part_shape[NW_PIVOT_MAX_RANK];
    nw_value key = key_of(call);
    if (walk.n->rank < 0 || key.kind == NW_UNSET || !walk_key(pivot, &walk, key))
        return nw_pivot_refuse(call, "an index that is not known");
    nw_pivot_node part = {.rank = walk.n->rank, .shape = part_shape};
    for (int i = 0; i < walk.n->rank; i++)
        part_shape[i] = length_of(&walk, i);
    call->rank = indexed_shape(&walk, &part, shape);
    uint32_t value = nw_pivot_tensor(call, 2);
    if (value && nw_pivot_at(pivot, value)->op == NW_PIVOT_ASSIGN_SLICE && is_plain_walk(&walk))
        value = inner_value(pivot, &walk, x, value);
    bool whole = true;
    for (int i = 0; i < walk.n->rank; i++) { /* one way of writing each part, that of nw_pivot_slice */
        part_shape[i] = length_of(&walk, i);
        walk.start[i] = part_shape[i] ? walk.start[i] : 0;
        walk.step[i] = part_shape[i] > 1 ? walk.step[i] : 1;
        walk.stop[i] = part_shape[i] ? walk.start[i] + (part_shape[i] - 1) * walk.step[i] + 1 : 0;
        whole = whole && part_shape[i] == walk.n->shape[i];
    }
    int rank = indexed_shape(&walk, &part, shape);
    if (!value || nw_pivot_at(pivot, value)->rank < 0 || nw_pivot_at(pivot, value)->rank > rank)
        return nw_pivot_refuse(call, "a value of unknown shape");
    value = nw_pivot_cast(pivot, nw_pivot_broadcast(pivot, value, shape, rank), (nw_dtype)walk.n->dtype);
    value = nw_pivot_flip(pivot, nw_pivot_reshape(pivot, value, part_shape, walk.n->rank), walk.flipped);
    if (whole)
        return nw_pivot_value_node(value);
    if (nw_pivot_is_assigned(pivot, x, walk.start, walk.stop, walk.step)) /* written twice: the last one counts */
        x = nw_pivot_at(pivot, x)->children[0];
    uint32_t both[] = {x, value};
    nw_pivot_plain plain = {.op = NW_PIVOT_ASSIGN_SLICE, .dtype = (nw_dtype)walk.n->dtype, .shape = walk.n->shape, .rank = walk.n->rank, .children = both, .child_count = 2};
    nw_pivot_plain_add(pivot, &plain, "start", nw_pivot_integers(pivot, walk.start, (uint32_t)walk.n->rank));
    nw_pivot_plain_add(pivot, &plain, "stop", nw_pivot_integers(pivot, walk.stop, (uint32_t)walk.n->rank));
    nw_pivot_plain_add(pivot, &plain, "step", nw_pivot_integers(pivot, walk.step, (uint32_t)walk.n->rank));
    return nw_pivot_value_node(nw_pivot_make(pivot, &plain));
}

/* ---- indexing by tensors ---- */

uint32_t nw_pivot_take(nw_pivot *pivot, uint32_t x, uint32_t index, int axis)
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
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int axis;
    if (n->rank < 0 || !nw_pivot_axis(call, 2, n->rank, &axis))
        return nw_pivot_refuse_arguments(call);
    return nw_pivot_value_node(nw_pivot_take(call->pivot, x, nw_pivot_tensor(call, 1), axis));
}

/* Position of the greatest or least element; without an axis, in the flattened value. */
nw_pivot_value nw_pivot_build_arg_extreme(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t flat = nw_pivot_elements(n), shape[NW_PIVOT_MAX_RANK], kept[NW_PIVOT_MAX_RANK];
    int axis = 0, rank = 0;
    bool whole = !nw_pivot_given(call, 1);
    if (n->rank < 0 || (!whole && !nw_pivot_axis(call, 1, n->rank, &axis)))
        return nw_pivot_refuse_arguments(call);
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
    return nw_pivot_value_node(nw_pivot_truth(call, 2) ? nw_pivot_reshape(pivot, node, kept, n->rank) : node);
}

/* The elements where the extremes stand are the extremes. */
nw_pivot_value nw_pivot_build_take_along(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x, index = nw_pivot_tensor(call, 1);
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x), *i = nw_pivot_at(pivot, index), *found = i;
    int64_t extreme_axis;
    int axis;
    if (n->rank < 0 || i->rank != n->rank || !nw_pivot_axis(call, 2, n->rank, &axis))
        return nw_pivot_refuse_arguments(call);
    if (i->op == NW_PIVOT_MOVE)
        found = nw_pivot_at(pivot, i->children[0]);
    bool extreme = (found->op == NW_PIVOT_ARGMAX || found->op == NW_PIVOT_ARGMIN) && found->children[0] == x && i->shape[axis] == 1 &&
                   nw_known_integer(found->attributes[0].value, &extreme_axis) && extreme_axis == axis;
    if (extreme) {
        bool axes[NW_PIVOT_MAX_RANK] = {false};
        axes[axis] = true;
        uint32_t node = nw_pivot_reduce(pivot, found->op == NW_PIVOT_ARGMAX ? NW_PIVOT_REDUCE_MAX : NW_PIVOT_REDUCE_MIN, x, axes);
        return nw_pivot_value_node(nw_pivot_keep_axes(pivot, node, n, axes));
    }
    uint32_t both[] = {x, index};
    nw_pivot_plain plain = {.op = NW_PIVOT_TAKE_ALONG, .dtype = (nw_dtype)n->dtype, .shape = i->shape, .rank = i->rank, .children = both, .child_count = 2};
    nw_pivot_plain_add(pivot, &plain, "axis", nw_int(axis));
    return nw_pivot_value_node(nw_pivot_make(pivot, &plain));
}

/* Quarter turns from the first axis towards the second. */
nw_pivot_value nw_pivot_build_rotate90(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
    int64_t count, axes[NW_PIVOT_MAX_RANK];
    bool second[NW_PIVOT_MAX_RANK] = {false};
    if (n->rank < 2 || !nw_pivot_integer(call, 1, &count) || nw_pivot_integer_list(call, 2, axes) != 2)
        return nw_pivot_refuse_arguments(call);
    for (int i = 0; i < 2; i++)
        axes[i] += axes[i] < 0 ? n->rank : 0;
    if (axes[0] < 0 || axes[0] >= n->rank || axes[1] < 0 || axes[1] >= n->rank || axes[0] == axes[1])
        return nw_pivot_refuse_arguments(call);
    second[axes[1]] = true;
    for (int64_t i = 0; i < ((count % 4) + 4) % 4; i++)
        x = nw_pivot_swap(call->pivot, nw_pivot_flip(call->pivot, x, second), (int)axes[0], (int)axes[1]);
    return nw_pivot_value_node(x);
}

/* Whole numbers that were only passed on as floats or as other whole numbers, as what they were: a layer of floats casts what it is given, and what looks rows up casts it back. */
static uint32_t whole_index(const nw_pivot *pivot, uint32_t index)
{
    uint32_t whole = index;
    for (const nw_pivot_node *n = nw_pivot_at(pivot, index); n->op == NW_PIVOT_CAST; n = nw_pivot_at(pivot, index)) {
        bool is_whole = nw_dtype_category((nw_dtype)n->dtype) == nw_dtype_category(NW_DTYPE_INT64);
        if (nw_dtype_size((nw_dtype)n->dtype) < nw_dtype_size(NW_DTYPE_FLOAT32) || (!is_whole && nw_dtype_category((nw_dtype)n->dtype) != nw_dtype_category(NW_DTYPE_FLOAT32)))
            break;
        index = n->children[0];
        if (nw_dtype_category((nw_dtype)nw_pivot_at(pivot, index)->dtype) == nw_dtype_category(NW_DTYPE_INT64))
            whole = index;
    }
    return whole;
}

nw_pivot_value nw_pivot_build_embedding(nw_pivot_call *call)
{
    uint32_t index = nw_pivot_tensor(call, 0), table = nw_pivot_tensor(call, 1);
    if (nw_pivot_at(call->pivot, table)->rank != 2)
        return nw_pivot_refuse_arguments(call);
    return nw_pivot_value_node(nw_pivot_take(call->pivot, table, whole_index(call->pivot, index), 0));
}

/* One index tensor between whole slices: take. */
nw_pivot_value nw_pivot_build_gather_index(nw_pivot_call *call)
{
    uint32_t x;
    const nw_pivot_node *n = nw_pivot_first_operand(call, &x);
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
        return nw_pivot_refuse_arguments(call);
    uint32_t index = call->scope->read(call->scope, nw_pivot_settle(call->pivot, items[axis]).as.tensor);
    return nw_pivot_value_node(nw_pivot_take(call->pivot, x, index, axis));
}
