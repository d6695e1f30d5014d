/* Builders of normalisations and dropout: all but batch normalisation are sums and products. */
#include "pivot/pivot_build.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* (x - mean) / sqrt(variance + epsilon) over axes. */
static uint32_t standardise(nw_pivot *pivot, uint32_t x, const bool *axes, double epsilon)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, x);
    uint32_t mean = nw_pivot_keep_axes(pivot, nw_pivot_mean(pivot, x, axes), n, axes);
    uint32_t variance = nw_pivot_variance(pivot, x, axes, 0);
    uint32_t factor = nw_pivot_power(pivot, nw_pivot_offset(pivot, variance, epsilon), -0.5);
    return nw_pivot_multiply(pivot, nw_pivot_subtract(pivot, x, mean), factor);
}

static uint32_t scale_and_offset(nw_pivot *pivot, uint32_t node, uint32_t scale, uint32_t offset)
{
    if (scale)
        node = nw_pivot_multiply(pivot, node, scale);
    return offset ? nw_pivot_add(pivot, node, offset) : node;
}

/* A vector along axis 1 of a value of that rank. */
static uint32_t along_channels(nw_pivot *pivot, uint32_t vector, int rank)
{
    int64_t shape[NW_PIVOT_MAX_RANK];
    if (!vector || rank < 2 || nw_pivot_at(pivot, vector)->rank != 1)
        return vector;
    for (int i = 0; i < rank - 1; i++)
        shape[i] = i ? 1 : nw_pivot_at(pivot, vector)->shape[0];
    return nw_pivot_reshape(pivot, vector, shape, rank - 1);
}

/* The scale and the offset have the shape of the axes, in their order. */
static uint32_t along_axes(nw_pivot *pivot, uint32_t vector, const nw_pivot_node *input, const bool *axes)
{
    int64_t shape[NW_PIVOT_MAX_RANK];
    if (!vector)
        return 0;
    for (int i = 0; i < input->rank; i++)
        shape[i] = axes[i] ? input->shape[i] : 1;
    return nw_pivot_reshape(pivot, vector, shape, input->rank);
}

nw_pivot_value nw_pivot_build_layer_norm(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0);
    const nw_pivot_node *n = nw_pivot_at(call->pivot, x);
    bool axes[NW_PIVOT_MAX_RANK];
    double epsilon;
    if (!nw_pivot_axes(call, 3, n->rank, axes) || !nw_pivot_number(call, 4, &epsilon))
        return nw_pivot_refuse(call, "axes or a shape that are not known");
    uint32_t scale = along_axes(call->pivot, nw_pivot_tensor(call, 1), n, axes), offset = along_axes(call->pivot, nw_pivot_tensor(call, 2), n, axes);
    return nw_pivot_value_node(scale_and_offset(call->pivot, standardise(call->pivot, x, axes, epsilon), scale, offset));
}

nw_pivot_value nw_pivot_build_rms_norm(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x = nw_pivot_tensor(call, 0);
    const nw_pivot_node *n = nw_pivot_at(pivot, x);
    bool axes[NW_PIVOT_MAX_RANK];
    double epsilon = FLT_EPSILON;
    if (!nw_pivot_axes(call, 2, n->rank, axes) || (nw_pivot_given(call, 3) && !nw_pivot_number(call, 3, &epsilon)) || n->dtype != NW_DTYPE_FLOAT32)
        return nw_pivot_refuse(call, "axes or a shape that are not known");
    uint32_t mean = nw_pivot_keep_axes(pivot, nw_pivot_mean(pivot, nw_pivot_power(pivot, x, 2), axes), n, axes);
    uint32_t normal = nw_pivot_multiply(pivot, x, nw_pivot_power(pivot, nw_pivot_offset(pivot, mean, epsilon), -0.5));
    return nw_pivot_value_node(scale_and_offset(pivot, normal, along_axes(pivot, nw_pivot_tensor(call, 1), n, axes), 0));
}

/* Groups of channels: [n, groups, c/groups, ...] standardised over all but the first two axes. */
static uint32_t group_norm(nw_pivot *pivot, uint32_t x, int64_t groups, double epsilon, uint32_t scale, uint32_t offset)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, x);
    int64_t shape[3] = {n->shape[0], groups, 0};
    bool axes[] = {false, false, true};
    shape[2] = nw_pivot_elements(n) / (shape[0] * groups);
    uint32_t node = standardise(pivot, nw_pivot_reshape(pivot, x, shape, 3), axes, epsilon);
    node = nw_pivot_reshape(pivot, node, n->shape, n->rank);
    return scale_and_offset(pivot, node, along_channels(pivot, scale, n->rank), along_channels(pivot, offset, n->rank));
}

nw_pivot_value nw_pivot_build_group_norm(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0);
    const nw_pivot_node *n = nw_pivot_at(call->pivot, x);
    int64_t groups;
    double epsilon;
    if (n->rank < 2 || !nw_pivot_integer(call, 3, &groups) || !nw_pivot_number(call, 4, &epsilon) || groups < 1 || n->shape[1] % groups || n->shape[0] < 1)
        return nw_pivot_refuse_arguments(call);
    return nw_pivot_value_node(group_norm(call->pivot, x, groups, epsilon, nw_pivot_tensor(call, 1), nw_pivot_tensor(call, 2)));
}

static uint32_t absent_if(nw_pivot *pivot, uint32_t node, double neutral)
{
    double number;
    return node && nw_pivot_scalar_value(pivot, node, true, &number) && number == neutral ? 0 : node;
}

static uint32_t make_batch_norm(nw_pivot_call *call, const uint32_t *children, double epsilon)
{
    nw_pivot *pivot = call->pivot;
    const nw_pivot_node *x = nw_pivot_at(pivot, children[0]);
    double momentum;
    nw_pivot_plain plain = {.op = NW_PIVOT_BATCH_NORM, .dtype = (nw_dtype)x->dtype, .shape = x->shape, .rank = x->rank, .children = children, .child_count = 5};
    nw_pivot_plain_add(pivot, &plain, "epsilon", nw_float(epsilon));
    if (nw_pivot_number(call, 6, &momentum))
        nw_pivot_plain_add(pivot, &plain, "momentum", nw_float(momentum));
    return nw_pivot_make(pivot, &plain);
}

nw_pivot_value nw_pivot_build_batch_norm(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t children[5];
    double epsilon;
    for (uint32_t i = 0; i < 5; i++)
        children[i] = nw_pivot_tensor(call, i);
    const nw_pivot_node *x = nw_pivot_at(pivot, children[0]);
    children[1] = absent_if(pivot, children[1], 1);
    children[2] = absent_if(pivot, children[2], 0);
    if (x->rank < 2 || !nw_pivot_number(call, 5, &epsilon))
        return nw_pivot_refuse_arguments(call);
    bool statistics = nw_pivot_truth(call, 7) || !children[3] || !children[4];
    if (!statistics)
        return nw_pivot_value_node(make_batch_norm(call, children, epsilon));
    if (nw_pivot_given(call, 7) && nw_pivot_truth(call, 7) && children[3])
        return nw_pivot_refuse(call, "statistics of the batch in evaluation");
    bool axes[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < x->rank; i++)
        axes[i] = i != 1;
    uint32_t node = standardise(pivot, children[0], axes, epsilon);
    return nw_pivot_value_node(scale_and_offset(pivot, node, along_channels(pivot, children[1], x->rank), along_channels(pivot, children[2], x->rank)));
}

nw_pivot_value nw_pivot_build_instance_norm(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x = nw_pivot_tensor(call, 0), scale = nw_pivot_tensor(call, 1), offset = nw_pivot_tensor(call, 2);
    const nw_pivot_node *n = nw_pivot_at(pivot, x);
    bool unbatched = call->dimensions && n->rank == call->dimensions + 1;
    double epsilon;
    if (n->rank < 2 || !nw_pivot_number(call, 5, &epsilon))
        return nw_pivot_refuse_arguments(call);
    if (!nw_pivot_truth(call, 7) && nw_pivot_given(call, 3)) {
        uint32_t children[] = {x, absent_if(pivot, scale, 1), absent_if(pivot, offset, 0), nw_pivot_tensor(call, 3), nw_pivot_tensor(call, 4)};
        return unbatched ? nw_pivot_refuse(call, "an input without a batch") : nw_pivot_value_node(make_batch_norm(call, children, epsilon));
    }
    if (unbatched)
        x = nw_pivot_unsqueeze(pivot, x, 0);
    uint32_t node = group_norm(pivot, x, nw_pivot_at(pivot, x)->shape[1], epsilon, scale, offset);
    return nw_pivot_value_node(unbatched ? nw_pivot_squeeze(pivot, node, 0) : node);
}

/* x / max(norm, epsilon) */
nw_pivot_value nw_pivot_build_l2_normalize(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x = nw_pivot_tensor(call, 0);
    const nw_pivot_node *n = nw_pivot_at(pivot, x);
    bool axes[NW_PIVOT_MAX_RANK];
    double order, epsilon;
    if (!nw_pivot_axes(call, 1, n->rank, axes) || !nw_pivot_number(call, 2, &order) || !nw_pivot_number(call, 3, &epsilon) || (order != 1 && order != 2))
        return nw_pivot_refuse(call, "an order or axes that are not known");
    uint32_t magnitude = order == 2 ? nw_pivot_power(pivot, x, 2) : nw_pivot_unary(pivot, NW_PIVOT_ABS, x);
    uint32_t norm = nw_pivot_keep_axes(pivot, nw_pivot_reduce(pivot, NW_PIVOT_REDUCE_SUM, magnitude, axes), n, axes);
    norm = nw_pivot_clip(pivot, order == 2 ? nw_pivot_power(pivot, norm, 0.5) : norm, epsilon, INFINITY);
    return nw_pivot_value_node(nw_pivot_divide(pivot, x, norm));
}

/* length * direction / |direction|, the norm over all axes but one; axis -1: over all. */
nw_pivot_value nw_pivot_build_weight_norm(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t v = nw_pivot_tensor(call, 0), g = nw_pivot_tensor(call, 1);
    const nw_pivot_node *n = nw_pivot_at(pivot, v);
    bool axes[NW_PIVOT_MAX_RANK];
    int64_t axis;
    if (n->rank < 1 || !nw_pivot_integer(call, 2, &axis) || axis >= n->rank)
        return nw_pivot_refuse(call, "an axis or a shape that are not known");
    for (int i = 0; i < n->rank; i++)
        axes[i] = axis == -1 || i != axis;
    uint32_t square = nw_pivot_reduce(pivot, NW_PIVOT_REDUCE_SUM, nw_pivot_power(pivot, v, 2), axes);
    uint32_t norm = nw_pivot_keep_axes(pivot, nw_pivot_power(pivot, square, 0.5), n, axes);
    return nw_pivot_value_node(nw_pivot_multiply(pivot, nw_pivot_divide(pivot, v, norm), g));
}

/* Noise in training: like dropout, a mark in evaluation. */
nw_pivot_value nw_pivot_build_noise(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0);
    const nw_pivot_node *n = nw_pivot_at(call->pivot, x);
    double amount;
    uint32_t given = nw_pivot_given(call, 2) ? 2 : 3;
    if (!nw_pivot_number(call, given, &amount) || nw_pivot_truth(call, 4))
        return nw_pivot_refuse(call, "random in evaluation, or an amount that is not known");
    nw_pivot_plain plain = {.op = NW_PIVOT_NOISE, .dtype = (nw_dtype)n->dtype, .shape = n->shape, .rank = n->rank, .children = &x, .child_count = 1};
    nw_pivot_plain_add(call->pivot, &plain, "kind", nw_string_of(call->pivot->eval, nw_pivot_text(call, 1)));
    nw_pivot_plain_add(call->pivot, &plain, "amount", nw_float(amount));
    return nw_pivot_value_node(nw_pivot_make_elementwise(call->pivot, &plain));
}

/* Nothing in evaluation, but a part of what the network is: it stays, with its rate. */
nw_pivot_value nw_pivot_build_dropout(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0);
    const nw_pivot_node *n = nw_pivot_at(call->pivot, x);
    double rate;
    if (!nw_pivot_number(call, 1, &rate))
        return nw_pivot_refuse(call, "a rate that is not known");
    if (rate == 0)
        return nw_pivot_value_node(x);
    if (nw_pivot_truth(call, 2))
        return nw_pivot_refuse(call, "random in evaluation");
    if (nw_pivot_given(call, 2) && call->arguments[2].host.kind == NW_OPAQUE)
        return nw_pivot_refuse(call, "it is not known whether it trains");
    nw_pivot_plain plain = {.op = call->op, .dtype = (nw_dtype)n->dtype, .shape = n->shape, .rank = n->rank, .children = &x, .child_count = 1};
    nw_pivot_plain_add(call->pivot, &plain, "rate", nw_float(rate));
    if (call->op == NW_PIVOT_DROPOUT && nw_pivot_given(call, 3) && n->rank > 2)
        nw_pivot_plain_add(call->pivot, &plain, "share", nw_string_of(call->pivot->eval, nw_pivot_text(call, 3)));
    return nw_pivot_value_node(nw_pivot_make_elementwise(call->pivot, &plain));
}
