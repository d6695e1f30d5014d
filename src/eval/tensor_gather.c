/* Known contents of index tensors and of what they pick. */
#include "eval/tensor_index.h"

#include <math.h>
#include <string.h>

/* ---- sequences as index tensors ---- */

typedef struct sequence_reader {
    nw_value shape[NW_MAX_RANK];
    uint32_t rank;
    double *data;
    int64_t filled;
    bool known, all_bool;
} sequence_reader;

static nw_answer items_of_sequence(nw_eval *eval, nw_value value, nw_value **items, uint32_t *count)
{
    if (value.kind == NW_TUPLE) {
        *items = value.as.tuple->items;
        *count = value.as.tuple->count;
        return NW_YES;
    }
    return nw_collect(eval, value, items, count);
}

static bool is_sequence(nw_value value)
{
    return value.kind == NW_LIST || value.kind == NW_TUPLE || value.kind == NW_RANGE;
}

/* The shape along the first items; false when it is not known. */
static bool measure(nw_eval *eval, nw_value value, sequence_reader *reader)
{
    while (is_sequence(value) && reader->rank < NW_MAX_RANK) {
        nw_value *items;
        uint32_t count;
        if (items_of_sequence(eval, value, &items, &count) != NW_YES)
            return false;
        reader->shape[reader->rank++] = nw_int(count);
        if (count == 0)
            return true;
        value = nw_settle(eval, items[0]);
    }
    if (value.kind == NW_TENSOR) {
        if (!value.as.tensor->shape || value.as.tensor->rank + reader->rank > NW_MAX_RANK)
            return false;
        reader->all_bool = value.as.tensor->dtype == NW_DTYPE_BOOL;
        if (value.as.tensor->rank)
            memcpy(reader->shape + reader->rank, value.as.tensor->shape, value.as.tensor->rank * sizeof *reader->shape);
        reader->rank += value.as.tensor->rank;
        return true;
    }
    reader->all_bool = value.kind == NW_BOOL;
    return value.kind == NW_INT || value.kind == NW_BOOL || (value.kind == NW_OPAQUE && value.as.opaque->type == NW_TYPE_INT);
}

static void read_numbers(nw_eval *eval, nw_value value, sequence_reader *reader, int64_t room)
{
    value = nw_settle(eval, value);
    nw_value *items;
    uint32_t count;
    if (is_sequence(value)) {
        if (items_of_sequence(eval, value, &items, &count) != NW_YES)
            count = 0;
        for (uint32_t i = 0; i < count; i++)
            read_numbers(eval, items[i], reader, room);
        return;
    }
    const double *data = value.kind == NW_TENSOR ? nw_tensor_contents(value.as.tensor) : NULL;
    int64_t have = 1;
    if (value.kind == NW_TENSOR && !nw_shape_elements(value.as.tensor->shape, value.as.tensor->rank, &have))
        have = room + 1;
    if (reader->filled + have > room || (!nw_is_integer(value) && !data)) {
        reader->known = false;
        return;
    }
    if (nw_is_integer(value))
        reader->data[reader->filled] = (double)value.as.integer;
    else
        memcpy(reader->data + reader->filled, data, (size_t)have * sizeof *data);
    reader->filled += have;
}

nw_value nw_index_tensor_of(nw_eval *eval, nw_value sequence)
{
    sequence_reader reader = {.known = true};
    if (!measure(eval, sequence, &reader))
        return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "a list as index of a tensor");
    nw_value result = nw_tensor_new(eval, reader.shape, reader.rank, true, reader.all_bool ? NW_DTYPE_BOOL : NW_DTYPE_INT64);
    int64_t count;
    if (!nw_shape_elements(reader.shape, reader.rank, &count) || !(reader.data = nw_contents_make(eval, count)))
        return result;
    read_numbers(eval, sequence, &reader, count);
    if (reader.known && reader.filled == count)
        nw_tensor_set_contents(result.as.tensor, reader.data, count);
    return result;
}

/* ---- gathering ---- */

/* Offsets into the contents along a group of result axes. */
typedef struct offsets {
    int64_t *items, count;
} offsets;

static offsets make_offsets(nw_eval *eval, int64_t count)
{
    return (offsets){nw_arena_alloc(&eval->arena, ((size_t)count + 1) * sizeof(int64_t)), count};
}

static offsets slice_offsets(nw_eval *eval, const nw_index_axis *axis)
{
    offsets made = make_offsets(eval, axis->size.as.integer);
    for (int64_t i = 0; i < made.count; i++)
        made.items[i] = axis->start + i * axis->step;
    return made;
}

static offsets mask_offsets(nw_eval *eval, const nw_index_walk *walk, const nw_index_axis *axis)
{
    offsets made = make_offsets(eval, axis->size.as.integer);
    const nw_tensor *mask = axis->by;
    const double *data = nw_tensor_contents(mask);
    int64_t total = 1, next = 0;
    nw_shape_elements(mask->shape, mask->rank, &total);
    for (int64_t i = 0; i < total && next < made.count; i++) {
        if (data[i] == 0)
            continue;
        int64_t rest = i, offset = 0;
        for (uint32_t k = mask->rank; k-- > 0;) {
            int64_t size = mask->shape[k].as.integer;
            offset += rest % size * walk->strides[axis->source_axis + k];
            rest /= size;
        }
        made.items[next++] = offset;
    }
    return made;
}

/* The block of all index tensors; false when they differ in shape, which is not followed. */
static bool block_offsets(nw_eval *eval, const nw_index_walk *walk, offsets *block)
{
    int64_t count;
    if (!nw_shape_elements(walk->common, walk->common_rank, &count) || count > NW_MAX_CONTENTS)
        return false;
    *block = make_offsets(eval, count);
    memset(block->items, 0, (size_t)count * sizeof *block->items);
    for (uint32_t i = 0; i < walk->count; i++) {
        const nw_index_axis *axis = &walk->axes[i];
        if (!axis->by)
            continue;
        if (axis->by_mask) {
            *block = mask_offsets(eval, walk, axis);
            continue;
        }
        int64_t own;
        const double *data = nw_tensor_contents(axis->by);
        if (!data || !nw_shape_elements(axis->by->shape, axis->by->rank, &own) || own != count || axis->size.kind != NW_INT)
            return false;
        for (int64_t k = 0; k < count; k++)
            block->items[k] += (int64_t)(data[k] < 0 ? data[k] + (double)axis->size.as.integer : data[k]) * axis->stride;
    }
    return true;
}

static bool is_mixed(const nw_index_walk *walk)
{
    uint32_t masks = 0, others = 0;
    for (uint32_t i = 0; i < walk->count; i++) {
        masks += walk->axes[i].by_mask;
        others += walk->axes[i].by && !walk->axes[i].by_mask;
    }
    return masks > 1 || (masks && others);
}

void nw_tensor_gather(nw_eval *eval, const nw_index_walk *walk, uint32_t block_at, nw_tensor *result)
{
    int64_t count, filled = 1;
    if (is_mixed(walk) || !nw_shape_elements(result->shape, result->rank, &count))
        return;
    double *data = nw_contents_make(eval, count);
    if (!data)
        return;
    offsets groups[NW_MAX_INDEX + 1];
    uint32_t group_count = 0;
    for (uint32_t i = 0, plain = 0; i <= walk->count; i++) {
        if (walk->has_index_tensors && plain == block_at && group_count == plain && !block_offsets(eval, walk, &groups[group_count++]))
            return;
        if (i < walk->count && !walk->axes[i].by) {
            groups[group_count++] = slice_offsets(eval, &walk->axes[i]);
            plain++;
        }
    }
    int64_t *places = nw_arena_alloc(&eval->arena, ((size_t)count + 1) * sizeof *places);
    places[0] = walk->offset;
    for (uint32_t g = 0; g < group_count && count > 0; g++) {
        int64_t size = groups[g].count; /* from the back, so that nothing is overwritten before it is read */
        for (int64_t i = filled; i-- > 0;)
            for (int64_t k = size; k-- > 0;)
                places[i * size + k] = places[i] + groups[g].items[k];
        filled *= size;
    }
    const double *source = nw_tensor_contents(walk->tensor);
    for (int64_t i = 0; i < count; i++)
        data[i] = source[places[i]];
    nw_tensor_set_contents(result, data, count);
}
