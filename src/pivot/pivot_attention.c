/* Builders of attention: matrix products, softmax, dropout. */
#include "pivot/pivot_build.h"

#include <math.h>
#include <string.h>

/* ---- scaled dot products ---- */

typedef struct attention {
    uint32_t query, key, value; /* [..., l, d], [..., s, d], [..., s, e] */
    uint32_t mask, bias;        /* 0: none; mask: true where it may attend */
    bool causal;
    double scale, rate;
} attention;

static uint32_t where(nw_pivot *pivot, uint32_t condition, uint32_t a, double otherwise)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, a);
    uint32_t nodes[] = {nw_pivot_operand(pivot, condition, n->shape, n->rank), a, nw_pivot_scalar(pivot, otherwise, (nw_dtype)n->dtype)};
    nw_pivot_plain plain = {.op = NW_PIVOT_WHERE, .dtype = (nw_dtype)n->dtype, .shape = n->shape, .rank = n->rank, .children = nodes, .child_count = 3};
    return nw_pivot_make_elementwise(pivot, &plain);
}

/* [l, s], true at and below the diagonal. */
static uint32_t lower_triangle(nw_pivot *pivot, int64_t rows, int64_t columns)
{
    int64_t shape[] = {rows, columns};
    if (rows * columns <= NW_PIVOT_MAX_CONTENTS) {
        double *data = nw_arena_alloc(&pivot->eval->arena, (size_t)(rows * columns + 1) * sizeof *data);
        for (int64_t i = 0; i < rows * columns; i++)
            data[i] = i % columns <= i / columns;
        return nw_pivot_constant(pivot, NW_DTYPE_BOOL, shape, 2, data);
    }
    uint32_t ones = nw_pivot_broadcast(pivot, nw_pivot_scalar(pivot, 1, NW_DTYPE_BOOL), shape, 2);
    nw_pivot_plain plain = {.op = NW_PIVOT_TRIANGLE_LOWER, .dtype = NW_DTYPE_BOOL, .shape = shape, .rank = 2, .children = &ones, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "diagonal", nw_int(0));
    return nw_pivot_make(pivot, &plain);
}

static uint32_t drop(nw_pivot *pivot, uint32_t node, double rate)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    if (rate == 0)
        return node;
    nw_pivot_plain plain = {.op = NW_PIVOT_DROPOUT, .dtype = (nw_dtype)n->dtype, .shape = n->shape, .rank = n->rank, .children = &node, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "rate", nw_float(rate));
    return nw_pivot_make_elementwise(pivot, &plain);
}

/* The weights [..., l, s]; *opaque is set when something does not fit. */
static uint32_t attention_weights(nw_pivot *pivot, const attention *a)
{
    int key_rank = nw_pivot_at(pivot, a->key)->rank;
    if (key_rank < 2 || nw_pivot_at(pivot, a->query)->rank < 2 || nw_pivot_at(pivot, a->value)->rank < 2)
        return 0;
    uint32_t scores = nw_pivot_matmul(pivot, a->query, nw_pivot_swap(pivot, a->key, key_rank - 2, key_rank - 1));
    const nw_pivot_node *n = nw_pivot_at(pivot, scores);
    if (n->rank < 2)
        return 0;
    int64_t rows = n->shape[n->rank - 2], columns = n->shape[n->rank - 1];
    scores = nw_pivot_scale(pivot, scores, a->scale);
    if (a->bias)
        scores = nw_pivot_add(pivot, scores, a->bias);
    if (nw_pivot_at(pivot, scores)->rank < 2)
        return 0;
    if (a->mask)
        scores = where(pivot, a->mask, scores, -INFINITY);
    if (a->causal)
        scores = where(pivot, lower_triangle(pivot, rows, columns), scores, -INFINITY);
    return nw_pivot_softmax(pivot, NW_PIVOT_SOFTMAX, scores, nw_pivot_at(pivot, scores)->rank - 1);
}

/* Scale, rate and whether it trains; false when one is not known or dropout acts. */
static bool read_rates(nw_pivot_call *call, attention *a, uint32_t scale, uint32_t rate, uint32_t training)
{
    const nw_pivot_node *query = nw_pivot_at(call->pivot, a->query);
    if (query->rank < 1)
        return false;
    a->scale = 1 / sqrt((double)query->shape[query->rank - 1]);
    if (scale && nw_pivot_given(call, scale) && !nw_pivot_number(call, scale, &a->scale))
        return false;
    if (!nw_pivot_number(call, rate, &a->rate))
        return false;
    return a->rate == 0 || !nw_pivot_truth(call, training);
}

nw_pivot_value nw_pivot_build_attention(nw_pivot_call *call)
{
    attention a = {.query = nw_pivot_tensor(call, 0), .key = nw_pivot_tensor(call, 1), .value = nw_pivot_tensor(call, 2), .mask = nw_pivot_tensor(call, 3),
                   .bias = nw_pivot_tensor(call, 4), .causal = nw_pivot_truth(call, 5)};
    if (!read_rates(call, &a, 6, 7, 8))
        return nw_pivot_refuse(call, "random in evaluation, or arguments that are not known");
    if (a.mask && nw_pivot_at(call->pivot, a.mask)->dtype != NW_DTYPE_BOOL)
        return nw_pivot_refuse(call, "a mask that is not boolean");
    uint32_t weights = attention_weights(call->pivot, &a);
    if (!weights)
        return nw_pivot_refuse(call, "shapes that do not fit or are not known");
    return nw_pivot_value_node(nw_pivot_matmul(call->pivot, drop(call->pivot, weights, a.rate), a.value));
}

/* ---- several heads ---- */

/* x [n, l, e] by kernel [h*d, e] or [h, d, e] (and bias) to [n, h, l, d]; 0 when something does not fit. */
static uint32_t project(nw_pivot *pivot, uint32_t x, uint32_t kernel, uint32_t bias, int64_t heads)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, x), *k = nw_pivot_at(pivot, kernel);
    if (n->rank != 3 || (k->rank != 2 && k->rank != 3))
        return 0;
    int64_t size = k->rank == 2 ? k->shape[0] : k->shape[0] * k->shape[1], width = k->shape[k->rank - 1];
    if (width != n->shape[2] || heads < 1 || size % heads)
        return 0;
    kernel = nw_pivot_swap(pivot, nw_pivot_reshape(pivot, kernel, (int64_t[]){size, width}, 2), 0, 1);
    uint32_t node = nw_pivot_matmul(pivot, x, kernel);
    if (bias)
        node = nw_pivot_add(pivot, node, nw_pivot_reshape(pivot, bias, &size, 1));
    node = nw_pivot_reshape(pivot, node, (int64_t[]){n->shape[0], n->shape[1], heads, size / heads}, 4);
    return nw_pivot_swap(pivot, node, 1, 2);
}

/* A mask as [n, h, l, s] or something that broadcasts to it: rank 3 is [n, l, s], or [n*h, l, s]. */
static uint32_t spread_mask(nw_pivot *pivot, uint32_t mask, int64_t batch, int64_t heads)
{
    const nw_pivot_node *m = nw_pivot_at(pivot, mask);
    if (m->rank != 3)
        return mask;
    bool each = m->shape[0] == batch * heads && heads > 1;
    return nw_pivot_reshape(pivot, mask, (int64_t[]){each ? batch : m->shape[0], each ? heads : 1, m->shape[1], m->shape[2]}, 4);
}

static bool read_heads(nw_pivot_call *call, attention *a, int64_t heads, bool unbatched)
{
    uint32_t inputs[3], *into[] = {&a->query, &a->key, &a->value};
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t kernel = nw_pivot_tensor(call, 3 + i);
        inputs[i] = nw_pivot_tensor(call, i);
        if (!inputs[i] || !kernel)
            return false;
        if (unbatched)
            inputs[i] = nw_pivot_unsqueeze(call->pivot, inputs[i], 0);
        *into[i] = project(call->pivot, inputs[i], kernel, nw_pivot_tensor(call, 7 + i), heads);
        if (!*into[i])
            return false;
    }
    return true;
}

/* Masks of torch: whole ones, and [n, s] over the source; booleans are true where it must not attend. */
static bool read_masks(nw_pivot_call *call, attention *a, int64_t batch, int64_t heads)
{
    nw_pivot *pivot = call->pivot;
    uint32_t padding = nw_pivot_tensor(call, 13), mask = nw_pivot_tensor(call, 11), bias = nw_pivot_tensor(call, 12);
    if (mask && nw_pivot_at(pivot, mask)->dtype != NW_DTYPE_BOOL)
        return false;
    a->mask = mask ? spread_mask(pivot, mask, batch, heads) : 0;
    a->bias = bias ? spread_mask(pivot, bias, batch, heads) : 0;
    if (!padding)
        return true;
    const nw_pivot_node *p = nw_pivot_at(pivot, padding);
    if (p->dtype != NW_DTYPE_BOOL || p->rank < 1 || p->rank > 2 || (a->mask && a->bias))
        return false;
    padding = nw_pivot_reshape(pivot, padding, (int64_t[]){p->rank == 2 ? p->shape[0] : 1, 1, 1, p->shape[p->rank - 1]}, 4);
    a->mask = a->mask ? nw_pivot_binary(pivot, NW_PIVOT_LOGICAL_AND, a->mask, padding, NW_DTYPE_BOOL) : padding;
    return true;
}

/* The heads side by side, by the kernel [e, h*d] or [e, h, d]. */
static uint32_t merge_heads(nw_pivot_call *call, uint32_t values)
{
    nw_pivot *pivot = call->pivot;
    const nw_pivot_node *v = nw_pivot_at(pivot, values);
    uint32_t kernel = nw_pivot_tensor(call, 6), bias = nw_pivot_tensor(call, 10);
    const nw_pivot_node *k = kernel ? nw_pivot_at(pivot, kernel) : NULL;
    if (v->rank != 4 || !k || k->rank < 2 || k->rank > 3 || nw_pivot_elements(k) != k->shape[0] * v->shape[1] * v->shape[3])
        return 0;
    int64_t width = v->shape[1] * v->shape[3];
    uint32_t node = nw_pivot_reshape(pivot, nw_pivot_swap(pivot, values, 1, 2), (int64_t[]){v->shape[0], v->shape[2], width}, 3);
    node = nw_pivot_matmul(pivot, node, nw_pivot_swap(pivot, nw_pivot_reshape(pivot, kernel, (int64_t[]){k->shape[0], width}, 2), 0, 1));
    return bias ? nw_pivot_add(pivot, node, bias) : node;
}

nw_pivot_value nw_pivot_build_multi_head_attention(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    attention a = {.causal = nw_pivot_truth(call, 16)};
    int64_t heads;
    uint32_t first = nw_pivot_tensor(call, 0);
    bool unbatched = nw_pivot_at(pivot, first)->rank == 2;
    const char *weights_of = nw_pivot_text(call, 19);
    if (nw_pivot_given(call, 14))
        return nw_pivot_refuse(call, "a key and a value of its own behind those of the input, or a padding mask that is added");
    if (!nw_pivot_integer(call, 15, &heads) || !read_heads(call, &a, heads, unbatched) || !read_rates(call, &a, 0, 17, 18) ||
        !read_masks(call, &a, nw_pivot_at(pivot, a.query)->shape[0], heads))
        return nw_pivot_refuse(call, "random in evaluation, or arguments or shapes that are not known");
    uint32_t weights = attention_weights(pivot, &a);
    uint32_t result = weights ? merge_heads(call, nw_pivot_matmul(pivot, drop(pivot, weights, a.rate), a.value)) : 0;
    if (!result)
        return nw_pivot_refuse(call, "shapes that do not fit or are not known");
    bool axes[] = {false, true, false, false};
    if (strcmp(weights_of, "mean") == 0)
        weights = nw_pivot_mean(pivot, weights, axes);
    uint32_t both[] = {result, weights};
    for (int i = 0; unbatched && i < 2; i++)
        both[i] = nw_pivot_squeeze(pivot, both[i], 0);
    return strcmp(weights_of, "none") == 0 ? nw_pivot_value_node(both[0]) : nw_pivot_value_list(pivot, both, 2);
}
