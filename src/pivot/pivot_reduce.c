/* Reductions, softmax, contractions. */
#include "pivot/pivot_node.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* ---- reductions ---- */

static int kept_shape(const nw_pivot_node *n, const bool *axes, int64_t *shape)
{
    int rank = 0;
    for (int i = 0; i < n->rank; i++)
        if (!axes[i])
            shape[rank++] = n->shape[i];
    return rank;
}

static bool merges(nw_pivot_operator op)
{
    return op == NW_PIVOT_REDUCE_SUM || op == NW_PIVOT_REDUCE_MAX || op == NW_PIVOT_REDUCE_MIN || op == NW_PIVOT_REDUCE_PRODUCT ||
           op == NW_PIVOT_REDUCE_ANY || op == NW_PIVOT_REDUCE_ALL || op == NW_PIVOT_LOGSUMEXP;
}

/* The base with an axis for each run of digits that go or stay; `axes`: which of them go. */
static uint32_t split_base(nw_pivot *pivot, uint32_t base_node, const nw_pivot_digits *digits, const bool *gone, bool *axes)
{
    const nw_pivot_node *base = nw_pivot_at(pivot, base_node);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = 0;
    for (int i = 0, digit = 0; i < base->rank; i++) {
        shape[rank] = 1;
        axes[rank++] = base->shape[i] == 1;
        for (int64_t product = 1; product != base->shape[i]; digit++) {
            product *= digits->sizes[digit];
            if (shape[rank - 1] != 1 && axes[rank - 1] != gone[digit])
                shape[rank++] = 1;
            shape[rank - 1] *= digits->sizes[digit];
            axes[rank - 1] = gone[digit];
        }
    }
    return rank == base->rank ? base_node : nw_pivot_reshape(pivot, base_node, shape, rank);
}

/* The reduction of a move is a move of a reduction of its base, whose axes are split where only a part of one is reduced. */
static uint32_t reduce_base(nw_pivot *pivot, nw_pivot_operator op, uint32_t node, const bool *axes)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node), *base = nw_pivot_at(pivot, n->children[0]);
    nw_pivot_digits digits = nw_pivot_digits_of(pivot, node), left;
    bool gone[NW_PIVOT_MAX_RANK] = {false}, base_axes[NW_PIVOT_MAX_RANK];
    int64_t shape[NW_PIVOT_MAX_RANK];
    if (!nw_pivot_digits_refine(&digits, n->shape, n->rank) || !nw_pivot_digits_refine_base(&digits, base->shape, base->rank))
        return 0;
    for (int i = 0, at = 0; i < n->rank; i++)
        for (int64_t product = 1; product != n->shape[i]; at++) {
            product *= digits.sizes[digits.order[at]];
            gone[digits.order[at]] = axes[i];
        }
    if (digits.count + base->rank > NW_PIVOT_MAX_RANK)
        return 0;
    uint32_t split = split_base(pivot, n->children[0], &digits, gone, base_axes);
    if (split == node)
        return 0;
    int number[NW_PIVOT_MAX_RANK];
    left = (nw_pivot_digits){.base = nw_pivot_reduce(pivot, op, split, base_axes)};
    for (int digit = 0; digit < digits.count; digit++)
        if (!gone[digit]) {
            number[digit] = left.count;
            left.sizes[left.count++] = digits.sizes[digit];
        }
    for (int i = 0, at = 0; i < digits.count; i++)
        if (!gone[digits.order[i]])
            left.order[at++] = number[digits.order[i]];
    int rank = kept_shape(n, axes, shape);
    int64_t sizes[NW_PIVOT_MAX_RANK], order[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < left.count; i++) {
        sizes[i] = left.sizes[i];
        order[i] = left.order[i];
    }
    uint32_t result = nw_pivot_reshape(pivot, left.base, sizes, left.count);
    return nw_pivot_reshape(pivot, nw_pivot_transpose(pivot, result, order), shape, rank);
}

static uint32_t merge_reductions(nw_pivot *pivot, nw_pivot_operator op, uint32_t node, const bool *axes)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node), *child = nw_pivot_at(pivot, n->children[0]);
    int64_t inner[NW_PIVOT_MAX_RANK];
    bool all[NW_PIVOT_MAX_RANK] = {false};
    uint32_t count = nw_pivot_integers_of(pivot, node, "axes", inner);
    for (uint32_t i = 0; i < count; i++)
        all[inner[i]] = true;
    for (int i = 0, at = 0; i < child->rank; i++)
        if (!all[i])
            all[i] = axes[at++];
    return nw_pivot_reduce(pivot, op, n->children[0], all);
}

uint32_t nw_pivot_reduce(nw_pivot *pivot, nw_pivot_operator op, uint32_t node, const bool *given)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t list[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK];
    bool axes[NW_PIVOT_MAX_RANK];
    uint32_t count = 0;
    double factor;
    if (n->rank < 0)
        return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)n->dtype, "reduction of something of unknown shape");
    memcpy(axes, given, sizeof *axes * (size_t)n->rank);
    int rank = kept_shape(n, axes, shape);
    for (int i = 0; i < n->rank; i++)
        if (axes[i] && (n->shape[i] != 1 || !merges(op)))
            list[count++] = i;
    if (!count && op != NW_PIVOT_LOGSUMEXP && op != NW_PIVOT_REDUCE_ANY && op != NW_PIVOT_REDUCE_ALL)
        return nw_pivot_reshape(pivot, node, shape, rank);
    if (n->op == op && merges(op))
        return merge_reductions(pivot, op, node, axes);
    uint32_t moved = n->op == NW_PIVOT_MOVE ? reduce_base(pivot, op, node, axes) : 0;
    if (moved)
        return moved;
    uint32_t scaled = op == NW_PIVOT_REDUCE_SUM ? nw_pivot_scaled_child(pivot, node, &factor) : 0;
    if (scaled)
        return nw_pivot_scale(pivot, nw_pivot_reduce(pivot, op, scaled, axes), factor);
    for (int i = 0; i < n->rank; i++) /* axes of size 1 vanish outside */
        axes[i] = axes[i] && (n->shape[i] != 1 || !merges(op));
    int64_t inner_shape[NW_PIVOT_MAX_RANK];
    int inner_rank = kept_shape(n, axes, inner_shape);
    nw_dtype dtype = op == NW_PIVOT_REDUCE_ANY || op == NW_PIVOT_REDUCE_ALL ? NW_DTYPE_BOOL
                     : op == NW_PIVOT_REDUCE_SUM && n->dtype == NW_DTYPE_BOOL   ? NW_DTYPE_INT64
                                                                               : (nw_dtype)n->dtype;
    nw_pivot_plain plain = {.op = op, .dtype = dtype, .shape = inner_shape, .rank = inner_rank, .children = &node, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "axes", nw_pivot_integers(pivot, list, count));
    return nw_pivot_reshape(pivot, nw_pivot_make(pivot, &plain), shape, rank);
}

uint32_t nw_pivot_mean(nw_pivot *pivot, uint32_t node, const bool *axes)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t count = 1;
    for (int i = 0; i < n->rank; i++)
        count *= axes[i] ? n->shape[i] : 1;
    if (count < 1)
        return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)n->dtype, "mean of nothing");
    return nw_pivot_scale(pivot, nw_pivot_reduce(pivot, NW_PIVOT_REDUCE_SUM, node, axes), 1.0 / (double)count);
}

uint32_t nw_pivot_keep_axes(nw_pivot *pivot, uint32_t reduced, const nw_pivot_node *input, const bool *axes)
{
    int64_t shape[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < input->rank; i++)
        shape[i] = axes[i] ? 1 : input->shape[i];
    return nw_pivot_reshape(pivot, reduced, shape, input->rank);
}

uint32_t nw_pivot_variance(nw_pivot *pivot, uint32_t node, const bool *axes, double correction)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    double count = 1;
    for (int i = 0; i < n->rank; i++)
        count *= axes[i] ? (double)n->shape[i] : 1;
    if (n->rank < 0 || count <= correction)
        return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)n->dtype, "variance of too few elements");
    uint32_t mean = nw_pivot_keep_axes(pivot, nw_pivot_mean(pivot, node, axes), n, axes);
    uint32_t square = nw_pivot_power(pivot, nw_pivot_subtract(pivot, node, mean), 2);
    uint32_t sum = nw_pivot_keep_axes(pivot, nw_pivot_reduce(pivot, NW_PIVOT_REDUCE_SUM, square, axes), n, axes);
    return nw_pivot_scale(pivot, sum, 1 / (count - correction));
}

uint32_t nw_pivot_softmax(nw_pivot *pivot, nw_pivot_operator op, uint32_t node, int axis)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    nw_pivot_plain plain = {.op = op, .dtype = (nw_dtype)n->dtype, .shape = n->shape, .rank = n->rank, .children = &node, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "axis", nw_int(axis));
    int base_axis = n->op == NW_PIVOT_MOVE ? nw_pivot_base_axis(pivot, node, axis) : -1;
    if (base_axis >= 0) {
        nw_pivot_digits digits = nw_pivot_digits_of(pivot, node);
        return nw_pivot_digits_apply(pivot, nw_pivot_softmax(pivot, op, n->children[0], base_axis), &digits, n->shape, n->rank);
    }
    return nw_pivot_make(pivot, &plain);
}

/* ---- CONTRACT(a [batch, m, k], b [batch, k, n]): every product that sums over pairs ---- */

enum { MAX_LABELS = 64 };

/* Axes by label; a label stands once in each operand. */
typedef struct labels {
    int label[NW_PIVOT_MAX_RANK];
    int count;
} labels;

typedef struct contraction {
    nw_pivot *pivot;
    uint32_t a, b;
    labels of_a, of_b, of_result;
    int64_t sizes[MAX_LABELS];
} contraction;

static int find_label(const labels *list, int label)
{
    for (int i = 0; i < list->count; i++)
        if (list->label[i] == label)
            return i;
    return -1;
}

/* Axes of size 1 where the label is longer, and labels that stand in one operand only and not in the result, go first. */
static void reduce_operand(contraction *c, uint32_t *node, labels *own, const labels *other)
{
    const nw_pivot_node *n = nw_pivot_at(c->pivot, *node);
    bool sum[NW_PIVOT_MAX_RANK] = {false};
    labels left = {.count = 0};
    for (int i = 0; i < own->count; i++) {
        int label = own->label[i];
        bool alone = find_label(other, label) < 0 && find_label(&c->of_result, label) < 0;
        sum[i] = alone || (n->shape[i] == 1 && c->sizes[label] != 1);
        if (!sum[i])
            left.label[left.count++] = label;
    }
    *node = nw_pivot_reduce(c->pivot, NW_PIVOT_REDUCE_SUM, *node, sum);
    *own = left;
}

/* The operand with its axes in the order of three groups, each of which becomes one axis. */
static uint32_t grouped(const contraction *c, uint32_t node, const labels *own, const labels *groups, int64_t *shape)
{
    int64_t permutation[NW_PIVOT_MAX_RANK];
    int at = 0;
    for (int g = 0; g < 3; g++) {
        shape[g] = 1;
        for (int i = 0; i < groups[g].count; i++) {
            permutation[at++] = find_label(own, groups[g].label[i]);
            shape[g] *= c->sizes[groups[g].label[i]];
        }
    }
    return nw_pivot_reshape(c->pivot, nw_pivot_transpose(c->pivot, node, permutation), shape, 3);
}

static void take_group(const labels *from, const labels *in, const labels *not_in, labels *to)
{
    to->count = 0;
    for (int i = 0; i < from->count; i++)
        if ((!in || find_label(in, from->label[i]) >= 0) && (!not_in || find_label(not_in, from->label[i]) < 0))
            to->label[to->count++] = from->label[i];
}

/* The node with its axis [.., digits, ..] in another order of the digits. */
static uint32_t reorder_axis(nw_pivot *pivot, uint32_t node, const int64_t *shape, int axis, const int64_t *sizes, const int *order, int count)
{
    int64_t apart[NW_PIVOT_MAX_RANK], permutation[NW_PIVOT_MAX_RANK];
    int rank = 0;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < (i == axis ? count : 1); k++) {
            apart[rank] = i == axis ? sizes[k] : shape[i];
            permutation[rank] = i == axis ? axis + order[k] : rank;
            rank++;
        }
    node = nw_pivot_transpose(pivot, nw_pivot_reshape(pivot, node, apart, rank), permutation);
    return nw_pivot_reshape(pivot, node, shape, 3);
}

/* What is summed over may stand in any order: in that of the first operand's base. */
static void settle_inner(nw_pivot *pivot, uint32_t *a, uint32_t *b, const int64_t *a_shape, const int64_t *b_shape)
{
    nw_pivot_digits digits = nw_pivot_digits_of(pivot, *a);
    int64_t sizes[NW_PIVOT_MAX_RANK];
    int order[NW_PIVOT_MAX_RANK], first = 0, count = 0;
    bool sorted = true;
    if (nw_pivot_at(pivot, *a)->op != NW_PIVOT_MOVE || !nw_pivot_digits_refine(&digits, a_shape, 3))
        return;
    for (int64_t product = 1; product != a_shape[0] * a_shape[1]; first++)
        product *= digits.sizes[digits.order[first]];
    for (int i = first; i < digits.count; i++) {
        sizes[count] = digits.sizes[digits.order[i]];
        order[count++] = i - first;
    }
    for (int i = 1; i < count; i++) /* by the digits' numbers */
        for (int k = i; k > 0 && digits.order[first + order[k - 1]] > digits.order[first + order[k]]; k--) {
            int other = order[k];
            order[k] = order[k - 1];
            order[k - 1] = other;
            sorted = false;
        }
    if (sorted || count + 2 > NW_PIVOT_MAX_RANK)
        return;
    *a = reorder_axis(pivot, *a, a_shape, 2, sizes, order, count);
    *b = reorder_axis(pivot, *b, b_shape, 1, sizes, order, count);
}

static uint32_t make_contraction(nw_pivot *pivot, uint32_t a, uint32_t b, const int64_t *a_shape, const int64_t *b_shape)
{
    int64_t shape[] = {a_shape[0], a_shape[1], b_shape[2]};
    double factor = 1, own;
    for (uint32_t inner; (inner = nw_pivot_scaled_child(pivot, a, &own)); factor *= own)
        a = inner;
    for (uint32_t inner; (inner = nw_pivot_scaled_child(pivot, b, &own)); factor *= own)
        b = inner;
    settle_inner(pivot, &a, &b, a_shape, b_shape); /* a factor would stand in front of the move */
    if (shape[0] == 1) { /* no batch */
        a = nw_pivot_reshape(pivot, a, a_shape + 1, 2);
        b = nw_pivot_reshape(pivot, b, b_shape + 1, 2);
    }
    uint32_t both[] = {a, b};
    int skip = shape[0] == 1;
    nw_pivot_plain plain = {.op = NW_PIVOT_CONTRACT, .dtype = nw_pivot_promote(pivot, both, 2), .shape = shape + skip, .rank = 3 - skip, .children = both, .child_count = 2};
    return nw_pivot_scale(pivot, nw_pivot_make(pivot, &plain), factor);
}

static uint32_t contract(contraction *c)
{
    reduce_operand(c, &c->a, &c->of_a, &c->of_b);
    labels summed_first = c->of_a;
    reduce_operand(c, &c->b, &c->of_b, &summed_first);
    labels batch_and_free, batch, free_a, free_b, inner;
    take_group(&c->of_result, &c->of_a, NULL, &batch_and_free);
    take_group(&batch_and_free, &c->of_b, NULL, &batch);
    take_group(&batch_and_free, NULL, &c->of_b, &free_a);
    take_group(&c->of_result, &c->of_b, &c->of_a, &free_b);
    take_group(&c->of_a, &c->of_b, &c->of_result, &inner);
    int64_t a_shape[3], b_shape[3], sizes[NW_PIVOT_MAX_RANK], permutation[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK];
    uint32_t a = grouped(c, c->a, &c->of_a, (labels[]){batch, free_a, inner}, a_shape);
    uint32_t b = grouped(c, c->b, &c->of_b, (labels[]){batch, inner, free_b}, b_shape);
    uint32_t result = make_contraction(c->pivot, a, b, a_shape, b_shape);
    labels order = batch;
    for (int i = 0; i < free_a.count; i++)
        order.label[order.count++] = free_a.label[i];
    for (int i = 0; i < free_b.count; i++)
        order.label[order.count++] = free_b.label[i];
    for (int i = 0; i < order.count; i++)
        sizes[i] = c->sizes[order.label[i]];
    for (int i = 0; i < c->of_result.count; i++) {
        permutation[i] = find_label(&order, c->of_result.label[i]);
        shape[i] = c->sizes[c->of_result.label[i]];
    }
    result = nw_pivot_reshape(c->pivot, result, sizes, order.count);
    if (order.count != c->of_result.count)
        return nw_pivot_opaque(c->pivot, shape, c->of_result.count, NW_DTYPE_UNKNOWN, "a result axis that no operand has");
    return nw_pivot_transpose(c->pivot, result, permutation);
}

static bool size_label(contraction *c, const labels *own, uint32_t node)
{
    const nw_pivot_node *n = nw_pivot_at(c->pivot, node);
    for (int i = 0; i < own->count; i++) {
        int64_t *size = &c->sizes[own->label[i]];
        if (*size > 1 && n->shape[i] > 1 && *size != n->shape[i])
            return false;
        if (n->shape[i] > *size || *size == 0)
            *size = n->shape[i];
    }
    return true;
}

uint32_t nw_pivot_matmul(nw_pivot *pivot, uint32_t a, uint32_t b)
{
    const nw_pivot_node *x = nw_pivot_at(pivot, a), *y = nw_pivot_at(pivot, b);
    contraction c = {.pivot = pivot, .a = a, .b = b};
    if (x->rank < 1 || y->rank < 1)
        return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)x->dtype, "matrix product of something of unknown shape");
    int batch = (x->rank > y->rank ? x->rank : y->rank) - 2, inner = 61, row = 62, column = 63;
    for (int i = 0; i + 2 < x->rank; i++)
        c.of_a.label[c.of_a.count++] = batch - (x->rank - 2) + i;
    for (int i = 0; i + 2 < y->rank; i++)
        c.of_b.label[c.of_b.count++] = batch - (y->rank - 2) + i;
    for (int i = 0; i < batch; i++)
        c.of_result.label[c.of_result.count++] = i;
    if (x->rank > 1)
        c.of_result.label[c.of_result.count++] = c.of_a.label[c.of_a.count++] = row;
    c.of_a.label[c.of_a.count++] = inner;
    c.of_b.label[c.of_b.count++] = inner;
    if (y->rank > 1)
        c.of_result.label[c.of_result.count++] = c.of_b.label[c.of_b.count++] = column;
    if (!size_label(&c, &c.of_a, a) || !size_label(&c, &c.of_b, b))
        return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)x->dtype, "matrices that do not fit");
    return contract(&c);
}

/* Labels 0 to 51 are letters; those of an ellipsis are counted from its end, so that they fit as axes of a broadcast do. */
enum { ELLIPSIS_END = 60, MAX_OPERANDS = 8 };

/* "bhid,bhjd->bhij" into labels; `rank` of the operand, or -1 for the result, whose ellipsis has `hidden` axes. False for a letter
 * that stands twice. */
static bool read_labels(const char **at, labels *to, int rank, int *hidden)
{
    int letters = 0;
    to->count = 0;
    for (const char *c = *at; *c && *c != ',' && *c != '-'; c++)
        letters += isalpha((unsigned char)*c) != 0;
    for (; **at && **at != ',' && **at != '-'; (*at)++) {
        if (**at == ' ')
            continue;
        if (strncmp(*at, "...", 3) == 0) {
            int count = rank < 0 ? *hidden : rank - letters;
            if (count < 0 || count > 8)
                return false;
            *hidden = count > *hidden ? count : *hidden;
            for (int i = 0; i < count; i++)
                to->label[to->count++] = ELLIPSIS_END - count + i;
            *at += 2;
            continue;
        }
        int label = isupper((unsigned char)**at) ? **at - 'A' + 26 : **at - 'a';
        if (!isalpha((unsigned char)**at) || find_label(to, label) >= 0 || to->count == NW_PIVOT_MAX_RANK)
            return false;
        to->label[to->count++] = label;
    }
    return rank < 0 || to->count == rank;
}

static bool read_equation(nw_pivot *pivot, const char *equation, const uint32_t *operands, uint32_t count, labels *sides, labels *result)
{
    int hidden = 0;
    for (uint32_t i = 0; i < count; i++) {
        if ((i && *equation++ != ',') || nw_pivot_at(pivot, operands[i])->rank < 0 || !read_labels(&equation, &sides[i], nw_pivot_at(pivot, operands[i])->rank, &hidden))
            return false;
    }
    if (equation[0] != '-' || equation[1] != '>')
        return false;
    equation += 2;
    return read_labels(&equation, result, -1, &hidden) && !*equation;
}

/* Labels of both operands that the result or a later operand needs. */
static labels needed(const labels *a, const labels *b, const labels *result, const labels *later, uint32_t later_count)
{
    labels all = *a, kept = {.count = 0};
    for (int i = 0; i < b->count; i++)
        if (find_label(a, b->label[i]) < 0)
            all.label[all.count++] = b->label[i];
    for (int i = 0; i < all.count; i++) {
        bool used = find_label(result, all.label[i]) >= 0;
        for (uint32_t k = 0; k < later_count && !used; k++)
            used = find_label(&later[k], all.label[i]) >= 0;
        if (used)
            kept.label[kept.count++] = all.label[i];
    }
    return kept;
}

/* One operand: a sum over what the result lacks, and a transpose. */
static uint32_t rearrange(nw_pivot *pivot, uint32_t node, const labels *own, const labels *result)
{
    bool sum[NW_PIVOT_MAX_RANK];
    int64_t permutation[NW_PIVOT_MAX_RANK];
    labels left = {.count = 0};
    for (int i = 0; i < own->count; i++) {
        sum[i] = find_label(result, own->label[i]) < 0;
        if (!sum[i])
            left.label[left.count++] = own->label[i];
    }
    for (int i = 0; i < result->count; i++)
        permutation[i] = find_label(&left, result->label[i]);
    if (left.count != result->count)
        return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, NW_DTYPE_UNKNOWN, "a result axis that no operand has");
    return nw_pivot_transpose(pivot, nw_pivot_reduce(pivot, NW_PIVOT_REDUCE_SUM, node, sum), permutation);
}

uint32_t nw_pivot_einsum(nw_pivot *pivot, const char *equation, const uint32_t *operands, uint32_t count)
{
    labels sides[MAX_OPERANDS], result;
    if (count > MAX_OPERANDS || !read_equation(pivot, equation, operands, count, sides, &result))
        return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, NW_DTYPE_UNKNOWN, "einsum of this form: %s", equation);
    if (count == 1)
        return rearrange(pivot, operands[0], &sides[0], &result);
    contraction c = {.pivot = pivot, .a = operands[0], .of_a = sides[0]};
    for (uint32_t i = 1; i < count; i++) {
        c.b = operands[i];
        c.of_b = sides[i];
        memset(c.sizes, 0, sizeof c.sizes);
        c.of_result = i + 1 == count ? result : needed(&c.of_a, &c.of_b, &result, sides + i + 1, count - i - 1);
        labels left = c.of_result;
        if (!size_label(&c, &c.of_a, c.a) || !size_label(&c, &c.of_b, c.b))
            return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, NW_DTYPE_UNKNOWN, "operands that do not fit: %s", equation);
        c.a = contract(&c);
        c.of_a = left;
    }
    return c.a;
}
