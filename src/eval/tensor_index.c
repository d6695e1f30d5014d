/* x[key] and x[key] = value. */
#include "eval/tensor_index.h"

#include "eval/keras.h"

#include <string.h>

/* ---- reading the key ---- */

static const nw_value *items_of(const nw_value *key, uint32_t *count)
{
    if (key->kind == NW_TUPLE) {
        *count = key->as.tuple->count;
        return key->as.tuple->items;
    }
    *count = 1;
    return key;
}

static bool is_mask(nw_value item)
{
    return item.kind == NW_TENSOR && (item.as.tensor->dtype == NW_DTYPE_BOOL || item.as.tensor->dtype == NW_DTYPE_UINT8);
}

/* Axes of the tensor that an item takes; -1 when that is not known. */
static int consumed_by(nw_value item)
{
    switch (item.kind) {
    case NW_NONE: case NW_ELLIPSIS: case NW_BOOL:
        return 0;
    case NW_TENSOR:
        if (is_mask(item))
            return item.as.tensor->shape ? item.as.tensor->rank : -1;
        return item.as.tensor->dtype == NW_DTYPE_UNKNOWN ? -1 : 1;
    case NW_OPAQUE:
        return item.as.opaque->type == NW_TYPE_INT || item.as.opaque->type == NW_TYPE_NUMBER ? 1 : -1;
    default:
        return 1;
    }
}

/* Sequences become index tensors; everything that is no index is a TypeError. */
static bool prepare_item(nw_eval *eval, nw_value *item)
{
    *item = nw_settle(eval, *item);
    switch (item->kind) {
    case NW_LIST: case NW_TUPLE: case NW_RANGE:
        *item = nw_index_tensor_of(eval, *item);
        return item->kind != NW_ERROR;
    case NW_INSTANCE:
        if (item->as.instance->payload.kind == NW_INT)
            *item = item->as.instance->payload;
        if (item->kind == NW_INT)
            return true;
        *item = nw_lost(eval, NW_DIAG_UNSUPPORTED, "an object as index of a tensor");
        return true;
    case NW_NONE: case NW_ELLIPSIS: case NW_BOOL: case NW_INT: case NW_SLICE: case NW_TENSOR: case NW_OPAQUE: case NW_PHI:
        return true;
    default:
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices");
        return false;
    }
}

/* ---- walking ---- */

static nw_index_axis *add_axis(nw_index_walk *walk, nw_value size)
{
    nw_index_axis *axis = &walk->axes[walk->count++];
    *axis = (nw_index_axis){.size = size};
    return axis;
}

static void keep_axes(nw_index_walk *walk, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++, walk->source_axis++)
        add_axis(walk, walk->tensor->shape[walk->source_axis])->step = walk->strides[walk->source_axis];
}

static bool select_one(nw_eval *eval, nw_index_walk *walk, nw_value item)
{
    uint32_t axis = walk->source_axis++;
    nw_value size = walk->tensor->shape[axis];
    if (item.kind != NW_INT) {
        walk->contents_known = false;
        return true;
    }
    int64_t at = item.as.integer;
    if (size.kind == NW_INT && (at < -size.as.integer || at >= size.as.integer)) {
        nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "index %lld is out of bounds for dimension %u with size %lld", (long long)at, axis,
                 (long long)size.as.integer);
        return false;
    }
    if (walk->contents_known)
        walk->offset += (at < 0 ? at + size.as.integer : at) * walk->strides[axis];
    return true;
}

static bool take_slice(nw_eval *eval, nw_index_walk *walk, const nw_slice *slice)
{
    uint32_t axis = walk->source_axis++;
    nw_value size = walk->tensor->shape[axis], length = nw_slice_length(eval, slice, size, false);
    if (length.kind == NW_ERROR)
        return false;
    nw_index_axis *made = add_axis(walk, length);
    bool exact = length.kind == NW_INT && (slice->start.kind == NW_INT || slice->start.kind == NW_NONE) &&
                 (slice->step.kind == NW_INT || slice->step.kind == NW_NONE);
    if (!exact)
        walk->contents_known = false;
    if (!walk->contents_known)
        return true;
    int64_t start = slice->start.kind == NW_INT ? slice->start.as.integer : 0;
    start += start < 0 ? size.as.integer : 0;
    made->start = (start < 0 ? 0 : start) * walk->strides[axis];
    made->step = (slice->step.kind == NW_INT ? slice->step.as.integer : 1) * walk->strides[axis];
    return true;
}

static bool join_common(nw_eval *eval, nw_index_walk *walk, const nw_value *shape, uint32_t rank)
{
    nw_value joined[NW_MAX_RANK];
    uint32_t joined_rank;
    walk->has_index_tensors = true;
    if (!nw_shape_broadcast(eval, walk->common, walk->common_rank, shape, rank, joined, &joined_rank)) {
        nw_exception_clear(eval);
        nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "shape mismatch: indexing tensors could not be broadcast together");
        return false;
    }
    memcpy(walk->common, joined, joined_rank * sizeof *joined);
    walk->common_rank = joined_rank;
    return true;
}

/* How many elements a mask selects: by its contents, or nobody knows. */
static nw_value selected(nw_eval *eval, const nw_tensor *mask)
{
    const double *data = nw_tensor_contents(mask);
    int64_t count, chosen = 0;
    if (data && nw_shape_elements(mask->shape, mask->rank, &count)) {
        for (int64_t i = 0; i < count; i++)
            chosen += data[i] != 0;
        return nw_int(chosen);
    }
    nw_value size = nw_lost(eval, NW_DIAG_VALUE_DEPENDENT, "how many elements a mask selects");
    size.as.opaque->type = NW_TYPE_INT;
    size.as.opaque->minimum = 0;
    return size;
}

static bool take_mask(nw_eval *eval, nw_index_walk *walk, const nw_tensor *mask)
{
    nw_value count = selected(eval, mask);
    uint32_t first = walk->source_axis;
    for (uint32_t i = 0; i < mask->rank; i++) {
        nw_value have = walk->tensor->shape[walk->source_axis++];
        if (have.kind == NW_INT && mask->shape[i].kind == NW_INT && have.as.integer != mask->shape[i].as.integer) {
            nw_raise(eval, NW_EXCEPTION_INDEX_ERROR,
                     "The shape of the mask at index %u (%lld) does not match the shape of the indexed tensor at index %u (%lld)", i,
                     (long long)mask->shape[i].as.integer, walk->source_axis - 1, (long long)have.as.integer);
            return false;
        }
    }
    nw_index_axis *axis = add_axis(walk, count); /* of rank 0 too: it stands for a new axis of size 1 */
    axis->by = mask;
    axis->by_mask = true;
    axis->source_axis = first;
    walk->contents_known = walk->contents_known && count.kind == NW_INT;
    return join_common(eval, walk, &count, 1);
}

static bool take_index_tensor(nw_eval *eval, nw_index_walk *walk, const nw_tensor *index)
{
    if (nw_dtype_category((nw_dtype)index->dtype) >= 2) {
        nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "tensors used as indices must be long, int, byte or bool tensors");
        return false;
    }
    const double *data = nw_tensor_contents(index);
    if (index->rank == 0)
        return select_one(eval, walk, data ? nw_int((int64_t)data[0]) : nw_unset());
    nw_value size = walk->tensor->shape[walk->source_axis];
    int64_t count = 0;
    if (data && size.kind == NW_INT && nw_shape_elements(index->shape, index->rank, &count))
        for (int64_t i = 0; i < count; i++)
            if (data[i] < -(double)size.as.integer || data[i] >= (double)size.as.integer) {
                nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "index %lld is out of bounds for dimension %u with size %lld", (long long)data[i],
                         walk->source_axis, (long long)size.as.integer);
                return false;
            }
    nw_index_axis *axis = add_axis(walk, size);
    axis->by = index;
    axis->stride = walk->strides[walk->source_axis];
    axis->source_axis = walk->source_axis++;
    walk->contents_known = walk->contents_known && data;
    return join_common(eval, walk, index->shape, index->rank);
}

static bool take_item(nw_eval *eval, nw_index_walk *walk, nw_value item)
{
    switch (item.kind) {
    case NW_NONE:
        add_axis(walk, nw_int(1));
        return true;
    case NW_BOOL: {
        nw_value size = nw_int(item.as.integer);
        add_axis(walk, size)->by = walk->tensor; /* an index tensor of that many zeros */
        walk->contents_known = false;
        return join_common(eval, walk, &size, 1);
    }
    case NW_SLICE:
        return take_slice(eval, walk, item.as.slice);
    case NW_TENSOR:
        return is_mask(item) ? take_mask(eval, walk, item.as.tensor) : take_index_tensor(eval, walk, item.as.tensor);
    default:
        return select_one(eval, walk, item);
    }
}

static void set_strides(nw_index_walk *walk)
{
    int64_t stride = 1;
    for (uint32_t i = walk->tensor->rank; i-- > 0;) {
        walk->strides[i] = stride;
        stride *= walk->tensor->shape[i].as.integer;
    }
}

/* False: an exception is pending. The walk's rank_unknown is set where the result's rank is not known. */
static bool walk_key(nw_eval *eval, nw_index_walk *walk, const nw_tensor *tensor, nw_value *items, uint32_t count)
{
    memset(walk, 0, offsetof(nw_index_walk, axes));
    walk->tensor = tensor;
    walk->count = walk->common_rank = 0;
    walk->offset = 0;
    walk->has_index_tensors = walk->rank_unknown = false;
    walk->contents_known = nw_tensor_contents(tensor) != NULL;
    int used = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!prepare_item(eval, &items[i]))
            return false;
        int taken = consumed_by(items[i]);
        walk->rank_unknown |= taken < 0 || (items[i].kind == NW_TENSOR && !items[i].as.tensor->shape);
        used += taken;
    }
    walk->rank_unknown |= !tensor->shape || count > NW_MAX_RANK;
    if (walk->rank_unknown)
        return true;
    if (used > tensor->rank) {
        nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, tensor->rank ? "too many indices for tensor of dimension %u"
                 : "invalid index of a %u-dim tensor. Use `tensor.item()` to convert a 0-dim tensor to a number", tensor->rank);
        return false;
    }
    memset(walk->strides, 0, sizeof walk->strides);
    if (walk->contents_known)
        set_strides(walk);
    bool filled = false;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].kind == NW_ELLIPSIS) {
            if (!filled)
                keep_axes(walk, tensor->rank - (uint32_t)used);
            filled = true;
        } else if (!take_item(eval, walk, items[i])) {
            return false;
        }
    }
    keep_axes(walk, tensor->rank - walk->source_axis);
    return true;
}

/* ---- results ---- */

/* The block of index tensors stands where the first of them was if they are neighbours, otherwise in front. */
static uint32_t block_position(const nw_index_walk *walk)
{
    uint32_t first = 0;
    while (first < walk->count && !walk->axes[first].by)
        first++;
    uint32_t last = walk->count;
    while (last > first && !walk->axes[last - 1].by)
        last--;
    for (uint32_t i = first; i < last; i++)
        if (!walk->axes[i].by)
            return 0;
    return first;
}

static nw_value result_of(nw_eval *eval, const nw_index_walk *walk)
{
    nw_value shape[NW_MAX_INDEX + NW_MAX_RANK];
    uint32_t rank = 0, block_at = block_position(walk), plain = 0;
    for (uint32_t i = 0; i <= walk->count; i++) {
        if (walk->has_index_tensors && plain == block_at && rank == plain) {
            memcpy(shape + rank, walk->common, walk->common_rank * sizeof *shape);
            rank += walk->common_rank;
        }
        if (i == walk->count)
            break;
        if (walk->axes[i].by)
            continue;
        shape[rank++] = walk->axes[i].size;
        plain++;
    }
    nw_value result = nw_tensor_new(eval, shape, rank, true, (nw_dtype)walk->tensor->dtype);
    if (!walk->has_index_tensors)
        nw_tensor_share(result.as.tensor, walk->tensor);
    if (walk->contents_known)
        nw_tensor_gather(eval, walk, block_at, result.as.tensor);
    return result;
}

static nw_value indexed(nw_eval *eval, const nw_tensor *tensor, nw_value key);

/* A key with a gated item: the results of both keys, joined. */
static nw_value indexed_by_gated(nw_eval *eval, const nw_tensor *tensor, const nw_value *items, uint32_t count, uint32_t at)
{
    const nw_phi *phi = items[at].as.phi;
    nw_value results[2];
    for (int arm = 0; arm < 2; arm++) {
        nw_value key = nw_tuple_new(eval, items, count);
        key.as.tuple->items[at] = arm == 0 ? phi->then : phi->otherwise;
        results[arm] = indexed(eval, tensor, key);
        if (results[arm].kind == NW_ERROR)
            return results[arm];
    }
    return nw_join(eval, phi->guard, results[0], results[1]);
}

static nw_value indexed(nw_eval *eval, const nw_tensor *tensor, nw_value key)
{
    key = nw_settle(eval, key);
    uint32_t count;
    const nw_value *given = items_of(&key, &count);
    nw_value *items = nw_arena_copy(&eval->arena, given, count * sizeof *items);
    for (uint32_t i = 0; i < count; i++) {
        items[i] = nw_settle(eval, items[i]);
        if (items[i].kind == NW_PHI)
            return indexed_by_gated(eval, tensor, items, count, i);
    }
    nw_index_walk walk;
    if (!walk_key(eval, &walk, tensor, items, count))
        return nw_error();
    nw_value result = walk.rank_unknown ? nw_tensor_new(eval, NULL, 0, false, (nw_dtype)tensor->dtype) : result_of(eval, &walk);
    result.as.tensor->class_ = nw_tensor_class_like(eval, tensor);
    result.as.tensor->device = tensor->device;
    return result;
}

nw_value nw_tensor_get_item(nw_eval *eval, nw_value tensor, nw_value index)
{
    nw_value operands[2] = {tensor, index};
    if (nw_keras_is_used(eval))
        return nw_keras_operator(eval, "get_item", operands, 2);
    nw_value result = indexed(eval, tensor.as.tensor, index);
    if (result.kind != NW_TENSOR)
        return result;
    result.as.tensor->node = 0; /* that of a join of arms is none of the program */
    nw_tensor_record(eval, NW_OPERATION_GET_ITEM, operands, 2, result);
    return result;
}

/* ---- assignment ---- */

static bool fits(const nw_tensor *target, const nw_tensor *value)
{
    if (!target->shape || !value->shape)
        return true;
    for (uint32_t i = 0; i < value->rank; i++) {
        nw_value size = value->shape[value->rank - 1 - i];
        if (size.kind != NW_INT || size.as.integer == 1)
            continue;
        if (i >= target->rank)
            return false;
        nw_value place = target->shape[target->rank - 1 - i];
        if (place.kind == NW_INT && place.as.integer != size.as.integer)
            return false;
    }
    return true;
}

bool nw_tensor_set_item(nw_eval *eval, nw_value tensor, nw_value index, nw_value value)
{
    if (nw_keras_is_used(eval)) {
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'EagerTensor' object does not support item assignment");
        return false;
    }
    nw_value target = indexed(eval, tensor.as.tensor, index);
    if (target.kind == NW_ERROR)
        return false;
    value = nw_settle(eval, value);
    if (target.kind == NW_TENSOR && value.kind == NW_TENSOR && !fits(target.as.tensor, value.as.tensor)) {
        nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "shape mismatch: value tensor cannot be broadcast to indexing result");
        return false;
    }
    nw_tensor_forget_contents(tensor.as.tensor);
    nw_value arguments[3] = {tensor, index, value};
    nw_tensor_record(eval, NW_OPERATION_SET_ITEM, arguments, 3, tensor);
    return true;
}
