/* Indexing of tensors: what tensor_index.c finds out about x[key] and tensor_gather.c reads contents by.
 *
 * Purpose: an index is walked once, left to right; each step leaves an axis of the result or takes one of the tensor away.
 * Ownership: everything lies in the run's arena.
 * Invariants: `axes` are the result's axes before index tensors are gathered into one block; strides are those of the
 * tensor's contents and only set when these are known. */
#ifndef NW_EVAL_TENSOR_INDEX_H
#define NW_EVAL_TENSOR_INDEX_H

#include "eval/tensor.h"

enum { NW_MAX_INDEX = 2 * NW_MAX_RANK };

typedef struct nw_index_axis {
    nw_value size;
    const nw_tensor *by;        /* index tensor or mask, NULL for slices and new axes */
    bool by_mask;
    int64_t start, step;        /* of a slice, in elements of the contents */
    int64_t stride;             /* of the axis that an index tensor picks from */
    uint32_t source_axis;       /* of a mask: its first axis */
} nw_index_axis;

typedef struct nw_index_walk {
    const nw_tensor *tensor;
    uint32_t source_axis;       /* next axis of the tensor */
    nw_index_axis axes[NW_MAX_INDEX];
    uint32_t count;
    nw_value common[NW_MAX_RANK]; /* shape of all index tensors together */
    uint32_t common_rank;
    bool has_index_tensors, rank_unknown;
    bool contents_known;        /* so far: every position is known */
    int64_t offset;             /* of integers and starts, into the contents */
    int64_t strides[NW_MAX_RANK];
} nw_index_walk;

/* A list, tuple or range of numbers as index tensor; OPAQUE when its shape is not known. */
nw_value nw_index_tensor_of(nw_eval *eval, nw_value sequence);
/* Fills the contents of `result`, whose shape is that of the walk, when they are known. `block_at`: where among the axes
 * the block of index tensors stands in the result. */
void nw_tensor_gather(nw_eval *eval, const nw_index_walk *walk, uint32_t block_at, nw_tensor *result);

#endif
