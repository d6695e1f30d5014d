/* Builders of what slides a window: convolutions, pools, resizes. Input [n, c, ...], kernel [o, i, ...]. Padding is one
 * (before, after) for each spatial axis; a bias is a sum of its own. */
#include "pivot/pivot_build.h"

#include <math.h>
#include <string.h>

enum { MAX_SPATIAL = 8 };

typedef struct window {
    nw_pivot_call *call;
    nw_pivot *pivot;
    uint32_t input;
    int spatial;
    bool unbatched;
    int64_t size[MAX_SPATIAL], stride[MAX_SPATIAL], dilation[MAX_SPATIAL], padding[2 * MAX_SPATIAL];
} window;

/* The input with its batch axis; false when nothing fits. */
static bool begin(window *w, nw_pivot_call *call, int spatial)
{
    *w = (window){.call = call, .pivot = call->pivot, .input = nw_pivot_tensor(call, 0)};
    int rank = nw_pivot_at(w->pivot, w->input)->rank;
    w->spatial = spatial ? spatial : rank - 2;
    if (rank < 0 || w->spatial < 1 || w->spatial > MAX_SPATIAL || (rank != w->spatial + 2 && rank != w->spatial + 1))
        return false;
    w->unbatched = rank == w->spatial + 1;
    if (w->unbatched)
        w->input = nw_pivot_unsqueeze(w->pivot, w->input, 0);
    return true;
}

static nw_pivot_value finish(const window *w, uint32_t node)
{
    return nw_pivot_value_node(w->unbatched ? nw_pivot_squeeze(w->pivot, node, 0) : node);
}

static int64_t extent(const window *w, int i)
{
    return w->dilation[i] * (w->size[i] - 1) + 1;
}

static int64_t input_size(const window *w, int i)
{
    return nw_pivot_at(w->pivot, w->input)->shape[2 + i];
}

/* Padding as written: a number, one per axis, pairs, "same", "valid". */
static bool read_padding(window *w, uint32_t index)
{
    int64_t list[NW_PIVOT_MAX_RANK];
    const char *text = nw_pivot_text(w->call, index);
    bool same = strcmp(text, "same") == 0, lower = strcmp(text, "same_lower") == 0;
    if (same || lower) {
        for (int i = 0; i < w->spatial; i++) {
            int64_t n = input_size(w, i), steps = (n + w->stride[i] - 1) / w->stride[i];
            int64_t total = (steps - 1) * w->stride[i] + extent(w, i) - n;
            total = total < 0 ? 0 : total;
            w->padding[2 * i] = lower ? total - total / 2 : total / 2;
            w->padding[2 * i + 1] = total - w->padding[2 * i];
        }
        return true;
    }
    if (strcmp(text, "valid") == 0)
        return true;
    int count = nw_pivot_integer_list(w->call, index, list);
    bool pairs = count == 2 * w->spatial, whole;
    int64_t all;
    whole = nw_pivot_integer(w->call, index, &all);
    if (!pairs && !whole && count != w->spatial && count != 1)
        return false;
    for (int i = 0; i < 2 * w->spatial; i++)
        w->padding[i] = whole ? all : pairs ? list[i] : list[count == 1 ? 0 : i / 2];
    return true;
}

/* A constant pad of the spatial axes before the window is padding of the window. */
static void take_pad(window *w, double value)
{
    int64_t widths[NW_PIVOT_MAX_RANK];
    const nw_pivot_node *n = nw_pivot_at(w->pivot, w->input);
    bool moved = n->op == NW_PIVOT_MOVE;
    uint32_t pad = moved ? n->children[0] : w->input;
    nw_value own = nw_pivot_attribute_of(w->pivot, pad, "value");
    if (nw_pivot_at(w->pivot, pad)->op != NW_PIVOT_PAD || own.kind != NW_FLOAT || !(own.as.number == value || (own.as.number < -3e38 && value == -INFINITY)) ||
        (!moved && nw_pivot_integers_of(w->pivot, pad, "widths", widths) != (uint32_t)(2 * n->rank)))
        return;
    uint32_t inner = moved ? nw_pivot_unpad(w->pivot, w->input, widths) : n->children[0];
    if (!inner || widths[0] || widths[1] || widths[2] || widths[3])
        return;
    for (int i = 0; i < 2 * w->spatial; i++)
        w->padding[i] += widths[4 + i];
    w->input = inner;
}

static int64_t output_size(const window *w, int i)
{
    return (input_size(w, i) + w->padding[2 * i] + w->padding[2 * i + 1] - extent(w, i)) / w->stride[i] + 1;
}

/* What does not matter is written in one way. */
static void settle(window *w)
{
    for (int i = 0; i < w->spatial; i++) {
        if (w->size[i] == 1)
            w->dilation[i] = 1;
        int64_t whole = input_size(w, i) + w->padding[2 * i] + w->padding[2 * i + 1] - extent(w, i), unused = whole % w->stride[i];
        if (unused <= w->padding[2 * i + 1]) /* what no window reaches */
            w->padding[2 * i + 1] -= unused;
        if (whole == 0)
            w->stride[i] = 1;
    }
}

static void add_integers(window *w, nw_pivot_plain *plain, const char *name, const int64_t *numbers, int count)
{
    nw_pivot_plain_add(w->pivot, plain, name, nw_pivot_integers(w->pivot, numbers, (uint32_t)count));
}

/* ---- convolutions ---- */

static uint32_t add_bias(nw_pivot *pivot, uint32_t node, uint32_t bias, int spatial)
{
    int64_t shape[1 + MAX_SPATIAL];
    if (!bias)
        return node;
    const nw_pivot_node *b = nw_pivot_at(pivot, bias);
    shape[0] = b->rank == 1 ? b->shape[0] : -1;
    for (int i = 0; i < spatial; i++)
        shape[1 + i] = 1;
    return nw_pivot_add(pivot, node, nw_pivot_reshape(pivot, bias, shape, 1 + spatial));
}

static uint32_t make_convolution(window *w, uint32_t kernel, int64_t groups)
{
    const nw_pivot_node *k = nw_pivot_at(w->pivot, kernel), *x = nw_pivot_at(w->pivot, w->input);
    int64_t shape[2 + MAX_SPATIAL] = {x->shape[0], k->shape[0]};
    if (groups < 1 || k->shape[1] * groups != x->shape[1] || k->shape[0] % groups)
        return nw_pivot_opaque(w->pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)x->dtype, "a convolution whose kernel does not fit");
    for (int i = 0; i < w->spatial; i++)
        if (w->stride[i] < 1 || w->dilation[i] < 1 || input_size(w, i) + w->padding[2 * i] + w->padding[2 * i + 1] < extent(w, i))
            return nw_pivot_opaque(w->pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)x->dtype, "a convolution larger than its input");
    settle(w);
    for (int i = 0; i < w->spatial; i++)
        shape[2 + i] = output_size(w, i);
    uint32_t children[] = {w->input, kernel};
    nw_pivot_plain plain = {.op = NW_PIVOT_CONVOLUTION, .dtype = (nw_dtype)x->dtype, .shape = shape, .rank = 2 + w->spatial, .children = children, .child_count = 2};
    add_integers(w, &plain, "stride", w->stride, w->spatial);
    add_integers(w, &plain, "padding", w->padding, 2 * w->spatial);
    add_integers(w, &plain, "dilation", w->dilation, w->spatial);
    nw_pivot_plain_add(w->pivot, &plain, "groups", nw_int(groups));
    return nw_pivot_make(w->pivot, &plain);
}

/* Stride, padding, dilation stand at 3, 4, 5. */
static bool begin_convolution(window *w, nw_pivot_call *call, uint32_t kernel)
{
    const nw_pivot_node *k = nw_pivot_at(call->pivot, kernel);
    if (k->rank < 3 || !begin(w, call, k->rank - 2) || !nw_pivot_each(call, 3, w->stride, w->spatial))
        return false;
    memcpy(w->size, k->shape + 2, (size_t)w->spatial * sizeof *w->size);
    for (int i = 0; i < w->spatial; i++)
        if (w->stride[i] < 1)
            return false;
    return true;
}

nw_pivot_value nw_pivot_build_convolution(nw_pivot_call *call)
{
    window w;
    uint32_t kernel = nw_pivot_tensor(call, 1), bias = nw_pivot_tensor(call, 2);
    int64_t groups;
    const char *mode = nw_pivot_text(call, 7);
    if (!kernel || !begin_convolution(&w, call, kernel) || !nw_pivot_each(call, 5, w.dilation, w.spatial) || !read_padding(&w, 4) || !nw_pivot_integer(call, 6, &groups))
        return nw_pivot_refuse_arguments(call);
    if (strcmp(mode, "zeros") != 0) {
        int64_t widths[4 + 2 * MAX_SPATIAL] = {0};
        memcpy(widths + 4, w.padding, (size_t)w.spatial * 2 * sizeof *widths);
        memset(w.padding, 0, sizeof w.padding);
        w.input = nw_pivot_pad(call->pivot, w.input, widths, mode, 0);
    }
    take_pad(&w, 0);
    return finish(&w, add_bias(call->pivot, make_convolution(&w, kernel, groups), bias, w.spatial));
}

/* Kernel [c, m, ...]: output channel c*m + j, as a grouped convolution. */
nw_pivot_value nw_pivot_build_depthwise_convolution(nw_pivot_call *call)
{
    window w;
    uint32_t kernel = nw_pivot_tensor(call, 1), bias = nw_pivot_tensor(call, 2);
    int64_t shape[2 + MAX_SPATIAL];
    if (!kernel || !begin_convolution(&w, call, kernel) || !nw_pivot_each(call, 5, w.dilation, w.spatial) || !read_padding(&w, 4))
        return nw_pivot_refuse_arguments(call);
    const nw_pivot_node *k = nw_pivot_at(call->pivot, kernel);
    int64_t groups = k->shape[0];
    shape[0] = k->shape[0] * k->shape[1];
    shape[1] = 1;
    memcpy(shape + 2, k->shape + 2, (size_t)w.spatial * sizeof *shape);
    kernel = nw_pivot_reshape(call->pivot, kernel, shape, k->rank);
    take_pad(&w, 0);
    return finish(&w, add_bias(call->pivot, make_convolution(&w, kernel, groups), bias, w.spatial));
}

/* padding: what is cut off (before, after); the output is (n-1)*s + d*(k-1) + 1 less that. */
nw_pivot_value nw_pivot_build_convolution_transpose(nw_pivot_call *call)
{
    window w;
    uint32_t kernel = nw_pivot_tensor(call, 1), bias = nw_pivot_tensor(call, 2);
    int64_t groups, more[MAX_SPATIAL] = {0};
    if (!kernel || !begin_convolution(&w, call, kernel) || !nw_pivot_each(call, 6, w.dilation, w.spatial) || !nw_pivot_integer(call, 7, &groups))
        return nw_pivot_refuse_arguments(call);
    bool same = strcmp(nw_pivot_text(call, 4), "same") == 0;
    if ((!same && !read_padding(&w, 4)) || (nw_pivot_given(call, 5) && !nw_pivot_each(call, 5, more, w.spatial)))
        return nw_pivot_refuse(call, "padding that is not known");
    const nw_pivot_node *k = nw_pivot_at(call->pivot, kernel), *x = nw_pivot_at(call->pivot, w.input);
    int64_t shape[2 + MAX_SPATIAL] = {x->shape[0], k->shape[1] * groups};
    for (int i = 0; i < w.spatial; i++) {
        if (same) { /* the result is n*s long, or half a window shorter at each end; the odd one is cut behind */
            bool given = nw_pivot_given(call, 5);
            int64_t total = given ? 2 * (extent(&w, i) / 2) - more[i] : extent(&w, i) - w.stride[i];
            more[i] = 0;
            w.padding[2 * i] = total > 0 ? total / 2 : 0;
            w.padding[2 * i + 1] = total - w.padding[2 * i];
        }
        w.padding[2 * i + 1] -= more[i];
        shape[2 + i] = (input_size(&w, i) - 1) * w.stride[i] + extent(&w, i) - w.padding[2 * i] - w.padding[2 * i + 1];
        if (w.size[i] == 1)
            w.dilation[i] = 1;
    }
    if (groups < 1 || k->shape[0] != x->shape[1])
        return nw_pivot_refuse(call, "a kernel that does not fit");
    uint32_t children[] = {w.input, kernel};
    nw_pivot_plain plain = {.op = NW_PIVOT_CONVOLUTION_TRANSPOSE, .dtype = (nw_dtype)x->dtype, .shape = shape, .rank = 2 + w.spatial, .children = children, .child_count = 2};
    add_integers(&w, &plain, "stride", w.stride, w.spatial);
    add_integers(&w, &plain, "padding", w.padding, 2 * w.spatial);
    add_integers(&w, &plain, "dilation", w.dilation, w.spatial);
    nw_pivot_plain_add(call->pivot, &plain, "groups", nw_int(groups));
    return finish(&w, add_bias(call->pivot, nw_pivot_make(call->pivot, &plain), bias, w.spatial));
}

/* ---- pools ---- */

/* Rounding up means more padding behind, where windows begin inside of the input or the padding before it. */
static bool round_up(window *w)
{
    bool changes = false;
    for (int i = 0; i < w->spatial; i++) {
        int64_t whole = input_size(w, i) + w->padding[2 * i] + w->padding[2 * i + 1] - extent(w, i);
        int64_t steps = (whole + w->stride[i] - 1) / w->stride[i];
        if (steps * w->stride[i] >= input_size(w, i) + w->padding[2 * i])
            steps--;
        if (steps * w->stride[i] > whole) {
            w->padding[2 * i + 1] += steps * w->stride[i] - whole;
            changes = true;
        }
    }
    return changes;
}

static uint32_t reduce_spatial(nw_pivot *pivot, uint32_t node, bool is_max, bool keepdims)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    bool axes[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < n->rank; i++)
        axes[i] = i >= 2;
    uint32_t result = is_max ? nw_pivot_reduce(pivot, NW_PIVOT_REDUCE_MAX, node, axes) : nw_pivot_mean(pivot, node, axes);
    return keepdims ? nw_pivot_keep_axes(pivot, result, n, axes) : result;
}

static uint32_t make_pool(window *w, nw_pivot_operator op, bool count_padding)
{
    const nw_pivot_node *x = nw_pivot_at(w->pivot, w->input);
    int64_t shape[2 + MAX_SPATIAL] = {x->shape[0], x->shape[1]};
    bool padded = false, trivial = true, global = true;
    for (int i = 0; i < w->spatial; i++)
        if (w->stride[i] < 1 || w->size[i] < 1 || input_size(w, i) + w->padding[2 * i] + w->padding[2 * i + 1] < extent(w, i))
            return nw_pivot_opaque(w->pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)x->dtype, "a window larger than its input");
    settle(w);
    for (int i = 0; i < w->spatial; i++) {
        shape[2 + i] = output_size(w, i);
        padded = padded || w->padding[2 * i] || w->padding[2 * i + 1];
        trivial = trivial && w->size[i] == 1 && w->stride[i] == 1;
        global = global && w->size[i] == input_size(w, i) && shape[2 + i] == 1 && w->dilation[i] == 1;
    }
    if (trivial && !padded)
        return w->input;
    if (global && !padded)
        return reduce_spatial(w->pivot, w->input, op == NW_PIVOT_MAX_POOL, true);
    nw_pivot_plain plain = {.op = op, .dtype = (nw_dtype)x->dtype, .shape = shape, .rank = 2 + w->spatial, .children = &w->input, .child_count = 1};
    add_integers(w, &plain, "size", w->size, w->spatial);
    add_integers(w, &plain, "stride", w->stride, w->spatial);
    add_integers(w, &plain, "padding", w->padding, 2 * w->spatial);
    if (op == NW_PIVOT_MAX_POOL)
        add_integers(w, &plain, "dilation", w->dilation, w->spatial);
    else if (padded)
        nw_pivot_plain_add(w->pivot, &plain, "count_padding", nw_bool(count_padding));
    return nw_pivot_make(w->pivot, &plain);
}

static bool begin_pool(window *w, nw_pivot_call *call)
{
    if (!begin(w, call, call->dimensions) || !nw_pivot_each(call, 1, w->size, w->spatial) ||
        !nw_pivot_each(call, nw_pivot_given(call, 2) && nw_pivot_integer_list(call, 2, (int64_t[NW_PIVOT_MAX_RANK]){0}) != 0 ? 2 : 1, w->stride, w->spatial))
        return false;
    for (int i = 0; i < w->spatial; i++) {
        w->dilation[i] = 1;
        if (w->stride[i] < 1)
            return false;
    }
    return true;
}

/* Padding that counts is a pad of zeros. */
static uint32_t average(window *w, bool ceil_mode, bool count_padding, double divisor)
{
    int64_t widths[4 + 2 * MAX_SPATIAL] = {0}, windows = 1;
    int64_t before[2 * MAX_SPATIAL];
    memcpy(before, w->padding, sizeof before);
    bool padded = false, uneven = ceil_mode && round_up(w);
    for (int i = 0; i < w->spatial; i++) {
        padded = padded || before[2 * i] || before[2 * i + 1];
        windows *= w->size[i];
    }
    if (uneven && (divisor != 0 || (count_padding && padded))) /* the last windows are divided by numbers of their own */
        return nw_pivot_opaque(w->pivot, NULL, NW_PIVOT_UNKNOWN_RANK, NW_DTYPE_FLOAT32, "an average of windows that reach beyond the padding");
    if (!uneven && (count_padding || divisor != 0)) {
        memcpy(widths + 4, w->padding, (size_t)w->spatial * 2 * sizeof *widths);
        memset(w->padding, 0, sizeof w->padding);
        w->input = nw_pivot_pad(w->pivot, w->input, widths, "constant", 0);
    }
    uint32_t pool = make_pool(w, NW_PIVOT_AVERAGE_POOL, false);
    return divisor != 0 ? nw_pivot_scale(w->pivot, pool, (double)windows / divisor) : pool;
}

nw_pivot_value nw_pivot_build_pool(nw_pivot_call *call)
{
    window w;
    bool is_max = call->op == NW_PIVOT_MAX_POOL;
    double divisor = 0;
    if (!begin_pool(&w, call) || (is_max && !nw_pivot_each(call, 4, w.dilation, w.spatial)) || !read_padding(&w, 3))
        return nw_pivot_refuse_arguments(call);
    if (is_max) {
        if (nw_pivot_truth(call, 5))
            round_up(&w);
        take_pad(&w, -INFINITY);
        return finish(&w, make_pool(&w, NW_PIVOT_MAX_POOL, false));
    }
    if (nw_pivot_given(call, 6) && !nw_pivot_number(call, 6, &divisor))
        return nw_pivot_refuse(call, "a divisor that is not known");
    return finish(&w, average(&w, nw_pivot_truth(call, 4), nw_pivot_truth(call, 5), divisor));
}

nw_pivot_value nw_pivot_build_global_pool(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0);
    if (nw_pivot_at(call->pivot, x)->rank < 3)
        return nw_pivot_refuse(call, "a shape that is not known");
    return nw_pivot_value_node(reduce_spatial(call->pivot, x, call->op == NW_PIVOT_GLOBAL_MAX_POOL, nw_pivot_truth(call, 1)));
}

/* Windows of one size where the output size divides the input's. */
nw_pivot_value nw_pivot_build_adaptive_pool(nw_pivot_call *call)
{
    window w;
    int64_t output[MAX_SPATIAL];
    bool is_max = call->op == NW_PIVOT_ADAPTIVE_MAX_POOL, even = true;
    if (!begin(&w, call, call->dimensions))
        return nw_pivot_refuse(call, "a shape that is not known");
    nw_value given = call->arguments[1].kind == NW_PIVOT_VALUE_HOST ? nw_pivot_settle(call->pivot, call->arguments[1].host) : nw_unset();
    bool many = given.kind == NW_TUPLE || given.kind == NW_LIST;
    uint32_t count = given.kind == NW_TUPLE ? given.as.tuple->count : given.kind == NW_LIST ? given.as.list->count : 1;
    for (int i = 0; i < w.spatial; i++) {
        nw_value size = !many ? given : given.kind == NW_TUPLE ? given.as.tuple->items[count == 1 ? 0 : i] : given.as.list->items[count == 1 ? 0 : i];
        output[i] = input_size(&w, i); /* None: as it is */
        if ((count != 1 && count != (uint32_t)w.spatial) || (size.kind != NW_NONE && !nw_known_integer(size, &output[i])) || output[i] < 1)
            return nw_pivot_refuse(call, "an output size that is not known");
        even = even && input_size(&w, i) % output[i] == 0;
        w.size[i] = w.stride[i] = input_size(&w, i) / output[i];
        w.dilation[i] = 1;
    }
    if (even)
        return finish(&w, make_pool(&w, is_max ? NW_PIVOT_MAX_POOL : NW_PIVOT_AVERAGE_POOL, false));
    const nw_pivot_node *x = nw_pivot_at(call->pivot, w.input);
    int64_t shape[2 + MAX_SPATIAL] = {x->shape[0], x->shape[1]};
    memcpy(shape + 2, output, (size_t)w.spatial * sizeof *shape);
    nw_pivot_plain plain = {.op = call->op, .dtype = (nw_dtype)x->dtype, .shape = shape, .rank = x->rank, .children = &w.input, .child_count = 1};
    return finish(&w, nw_pivot_make(call->pivot, &plain));
}

/* ---- resize ---- */

/* Nearest by whole factors: each element is repeated, whatever the grid. */
static uint32_t repeat_elements(nw_pivot *pivot, uint32_t x, const int64_t *factors, const int64_t *shape)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, x);
    int64_t apart[2 + 2 * MAX_SPATIAL], wide[2 + 2 * MAX_SPATIAL];
    int rank = 0;
    for (int i = 0; i < n->rank; i++) {
        apart[rank] = wide[rank] = n->shape[i];
        rank++;
        if (i < 2)
            continue;
        apart[rank] = 1;
        wide[rank++] = factors[i - 2];
    }
    uint32_t node = nw_pivot_broadcast(pivot, nw_pivot_reshape(pivot, x, apart, rank), wide, rank);
    return nw_pivot_reshape(pivot, node, shape, n->rank);
}

nw_pivot_value nw_pivot_build_resize(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0);
    const nw_pivot_node *n = nw_pivot_at(call->pivot, x);
    int64_t sizes[MAX_SPATIAL], shape[2 + MAX_SPATIAL], factors[MAX_SPATIAL];
    bool whole = true, same = true, odd_scale = false;
    int spatial = n->rank - 2;
    const char *method = nw_pivot_text(call, 3), *grid = nw_pivot_text(call, 4);
    if (n->rank < 3 || spatial > MAX_SPATIAL || !*method || !*grid)
        return nw_pivot_refuse_arguments(call);
    shape[0] = n->shape[0];
    shape[1] = n->shape[1];
    for (int i = 0; i < spatial; i++) {
        double scale = 0;
        if (nw_pivot_given(call, 1) && !nw_pivot_each(call, 1, sizes, spatial))
            return nw_pivot_refuse(call, "a size that is not known");
        if (!nw_pivot_given(call, 1)) {
            nw_value value = call->arguments[2].kind == NW_PIVOT_VALUE_HOST ? nw_pivot_settle(call->pivot, call->arguments[2].host) : nw_unset();
            uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
            nw_value item = !count ? value : value.kind == NW_TUPLE ? value.as.tuple->items[count == 1 ? 0 : i] : value.as.list->items[count == 1 ? 0 : i];
            if ((count > 1 && count != (uint32_t)spatial) || !nw_is_number(item))
                return nw_pivot_refuse(call, "a scale that is not known");
            scale = item.kind == NW_FLOAT ? item.as.number : (double)item.as.integer;
            sizes[i] = (int64_t)floor((double)n->shape[2 + i] * scale);
            odd_scale = odd_scale || (double)sizes[i] != (double)n->shape[2 + i] * scale;
        }
        if (sizes[i] < 1 || n->shape[2 + i] < 1)
            return nw_pivot_refuse(call, "an empty result");
        shape[2 + i] = sizes[i];
        factors[i] = sizes[i] / n->shape[2 + i];
        whole = whole && sizes[i] % n->shape[2 + i] == 0;
        same = same && sizes[i] == n->shape[2 + i];
    }
    if (odd_scale && strcmp(grid, "align_corners") != 0)
        return nw_pivot_refuse(call, "a scale that gives no whole size");
    if (same)
        return nw_pivot_value_node(x);
    if (strcmp(method, "nearest") == 0 && whole)
        return nw_pivot_value_node(repeat_elements(call->pivot, x, factors, shape));
    nw_pivot_plain plain = {.op = NW_PIVOT_RESIZE, .dtype = (nw_dtype)n->dtype, .shape = shape, .rank = n->rank, .children = &x, .child_count = 1};
    nw_pivot_plain_add(call->pivot, &plain, "method", nw_string_of(call->pivot->eval, method));
    nw_pivot_plain_add(call->pivot, &plain, "grid", nw_string_of(call->pivot->eval, grid));
    double a = 0;
    if (strcmp(method, "cubic") == 0 && nw_pivot_number(call, 5, &a))
        nw_pivot_plain_add(call->pivot, &plain, "a", nw_float(a));
    if (nw_pivot_truth(call, 6))
        nw_pivot_plain_add(call->pivot, &plain, "antialias", nw_bool(true));
    return nw_pivot_value_node(nw_pivot_make(call->pivot, &plain));
}
