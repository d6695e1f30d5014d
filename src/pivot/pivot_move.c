/* Reshapes and transposes: one operator.
 *
 * A chain of reshapes and transposes permutes the digits of an element's number: the base's flat index is written in a mixed radix,
 * and the result's flat index has the same digits in another order. MOVE(base; digits, order, shape) is that, with as few digits as
 * possible: those that stay neighbours are one. So equal chains are equal nodes, whatever they were written as. */
#include "pivot/pivot_node.h"

#include <string.h>

/* ---- digits ---- */

nw_pivot_digits nw_pivot_digits_of(const nw_pivot *pivot, uint32_t node)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    nw_pivot_digits digits = {.base = node};
    if (n->op == NW_PIVOT_MOVE) {
        int64_t order[NW_PIVOT_MAX_RANK];
        digits.base = n->children[0];
        digits.count = (int)nw_pivot_integers_of(pivot, node, "digits", digits.sizes);
        nw_pivot_integers_of(pivot, node, "order", order);
        for (int i = 0; i < digits.count; i++)
            digits.order[i] = (int)order[i];
        return digits;
    }
    for (int i = 0; i < n->rank; i++)
        if (n->shape[i] != 1) {
            digits.order[digits.count] = digits.count;
            digits.sizes[digits.count++] = n->shape[i];
        }
    return digits;
}

/* Digit `digit` of size a * b becomes a digit of size a and, behind it, one of size b. */
static bool split_digit(nw_pivot_digits *digits, int digit, int64_t low)
{
    if (digits->count == NW_PIVOT_MAX_RANK || low < 1 || digits->sizes[digit] % low)
        return false;
    memmove(digits->sizes + digit + 1, digits->sizes + digit, (size_t)(digits->count - digit) * sizeof *digits->sizes);
    digits->sizes[digit] /= low;
    digits->sizes[digit + 1] = low;
    int at = 0;
    for (int i = 0; i < digits->count; i++) {
        at = digits->order[i] == digit ? i : at;
        digits->order[i] += digits->order[i] > digit;
    }
    memmove(digits->order + at + 1, digits->order + at, (size_t)(digits->count - at) * sizeof *digits->order);
    digits->order[at + 1] = digit + 1;
    digits->count++;
    return true;
}

/* From the last axis on: each axis takes whole digits, the last of which is split where need be. */
static bool refine(nw_pivot_digits *digits, const int64_t *sizes, int rank, bool of_base)
{
    int at = digits->count; /* positions from `at` on are taken */
    for (int axis = rank; axis-- > 0;) {
        int64_t left = sizes[axis];
        if (left == 0)
            return false;
        while (left > 1) {
            if (at == 0)
                return false;
            int digit = of_base ? at - 1 : digits->order[at - 1];
            int64_t size = digits->sizes[digit];
            if (left % size == 0) {
                left /= size;
                at--;
            } else if (size % left == 0) {
                if (!split_digit(digits, digit, left))
                    return false;
                left = 1; /* the new digit stands at `at`, the rest of it at `at` - 1 */
            } else {
                return false;
            }
        }
    }
    return at == 0;
}

bool nw_pivot_digits_refine(nw_pivot_digits *digits, const int64_t *sizes, int rank)
{
    return refine(digits, sizes, rank, false);
}

bool nw_pivot_digits_refine_base(nw_pivot_digits *digits, const int64_t *sizes, int rank)
{
    return refine(digits, sizes, rank, true);
}

/* Neighbours in both orders become one digit. */
static void merge(nw_pivot_digits *digits)
{
    for (int i = 0; i + 1 < digits->count;) {
        int digit = digits->order[i];
        if (digits->order[i + 1] != digit + 1) {
            i++;
            continue;
        }
        digits->sizes[digit] *= digits->sizes[digit + 1];
        memmove(digits->sizes + digit + 1, digits->sizes + digit + 2, (size_t)(digits->count - digit - 2) * sizeof *digits->sizes);
        memmove(digits->order + i + 1, digits->order + i + 2, (size_t)(digits->count - i - 2) * sizeof *digits->order);
        digits->count--;
        for (int k = 0; k < digits->count; k++)
            digits->order[k] -= digits->order[k] > digit;
    }
}

static void drop_ones(nw_pivot_digits *digits)
{
    for (int digit = 0; digit < digits->count;) {
        if (digits->sizes[digit] != 1) {
            digit++;
            continue;
        }
        memmove(digits->sizes + digit, digits->sizes + digit + 1, (size_t)(digits->count - digit - 1) * sizeof *digits->sizes);
        int kept = 0;
        for (int i = 0; i < digits->count; i++)
            if (digits->order[i] != digit)
                digits->order[kept++] = digits->order[i] - (digits->order[i] > digit);
        digits->count--;
    }
}

/* The contents of a moved constant. */
static uint32_t move_constant(nw_pivot *pivot, const nw_pivot_digits *digits, const int64_t *shape, int rank)
{
    const nw_pivot_node *base = nw_pivot_at(pivot, digits->base);
    int64_t count = nw_pivot_elements(base), strides[NW_PIVOT_MAX_RANK];
    double *data = nw_arena_alloc(&pivot->eval->arena, (size_t)(count + 1) * sizeof *data);
    int64_t stride = 1;
    for (int i = digits->count; i-- > 0; stride *= digits->sizes[i])
        strides[i] = stride;
    for (int64_t i = 0; i < count; i++) {
        int64_t rest = i, from = 0;
        for (int k = digits->count; k-- > 0;) {
            int64_t size = digits->sizes[digits->order[k]];
            from += rest % size * strides[digits->order[k]];
            rest /= size;
        }
        data[i] = base->data[from];
    }
    return nw_pivot_constant(pivot, (nw_dtype)base->dtype, shape, rank, data);
}

uint32_t nw_pivot_digits_make(nw_pivot *pivot, const nw_pivot_digits *given, const int64_t *shape, int rank)
{
    nw_pivot_digits digits = *given;
    int64_t order[NW_PIVOT_MAX_RANK];
    double number; /* the same everywhere: moving changes nothing but the shape */
    if (nw_pivot_at(pivot, given->base)->op == NW_PIVOT_BROADCAST_TO && nw_pivot_elements(nw_pivot_at(pivot, given->base)) > 1 && nw_pivot_scalar_value(pivot, given->base, true, &number))
        return nw_pivot_broadcast(pivot, nw_pivot_scalar(pivot, number, (nw_dtype)nw_pivot_at(pivot, given->base)->dtype), shape, rank);
    drop_ones(&digits);
    merge(&digits);
    const nw_pivot_node *base = nw_pivot_at(pivot, digits.base);
    nw_pivot_node same = {.rank = (int16_t)rank, .shape = (int64_t *)shape};
    if (digits.count <= 1 && nw_pivot_same_shape(base, &same))
        return digits.base;
    if (base->data)
        return move_constant(pivot, &digits, shape, rank);
    double factor;
    uint32_t scaled = nw_pivot_scaled_child(pivot, digits.base, &factor);
    if (scaled) { /* a factor stands outside */
        return nw_pivot_scale(pivot, nw_pivot_digits_apply(pivot, scaled, &digits, shape, rank), factor);
    }
    for (int i = 0; i < digits.count; i++)
        order[i] = digits.order[i];
    nw_pivot_plain plain = {.op = NW_PIVOT_MOVE, .dtype = (nw_dtype)base->dtype, .shape = shape, .rank = rank, .children = &digits.base, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "digits", nw_pivot_integers(pivot, digits.sizes, (uint32_t)digits.count));
    nw_pivot_plain_add(pivot, &plain, "order", nw_pivot_integers(pivot, order, (uint32_t)digits.count));
    return nw_pivot_make(pivot, &plain);
}

/* ---- reshape, transpose ---- */

static uint32_t lost_shape(nw_pivot *pivot, uint32_t node, const char *what)
{
    return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)nw_pivot_at(pivot, node)->dtype, "%s of something whose shape does not fit or is not known", what);
}

uint32_t nw_pivot_reshape(nw_pivot *pivot, uint32_t node, const int64_t *shape, int rank)
{
    nw_pivot_node to = {.rank = (int16_t)rank, .shape = (int64_t *)shape};
    int64_t elements = nw_pivot_elements(nw_pivot_at(pivot, node));
    if (rank < 0 || elements < 0 || elements != nw_pivot_elements(&to))
        return lost_shape(pivot, node, "reshape");
    nw_pivot_digits digits = nw_pivot_digits_of(pivot, node);
    return nw_pivot_digits_make(pivot, &digits, shape, rank);
}

/* Positions of the digits of each axis in result order: axis i has those from first[i] to first[i + 1] - 1. */
static void group_digits(const nw_pivot_digits *digits, const int64_t *sizes, int rank, int *first)
{
    int at = 0;
    for (int axis = 0; axis < rank; axis++) {
        first[axis] = at;
        for (int64_t product = 1; product != sizes[axis]; at++)
            product *= digits->sizes[digits->order[at]];
    }
    first[rank] = at;
}

/* A flip stands outside of transposes. */
static uint32_t transpose_flip(nw_pivot *pivot, uint32_t node, const int64_t *permutation)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t axes[NW_PIVOT_MAX_RANK];
    bool flipped[NW_PIVOT_MAX_RANK] = {false}, moved[NW_PIVOT_MAX_RANK];
    uint32_t count = nw_pivot_integers_of(pivot, node, "axes", axes);
    for (uint32_t i = 0; i < count; i++)
        flipped[axes[i]] = true;
    for (int i = 0; i < n->rank; i++)
        moved[i] = flipped[permutation[i]];
    return nw_pivot_flip(pivot, nw_pivot_transpose(pivot, n->children[0], permutation), moved);
}

uint32_t nw_pivot_transpose(nw_pivot *pivot, uint32_t node, const int64_t *permutation)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int first[NW_PIVOT_MAX_RANK + 1];
    if (n->rank < 0)
        return lost_shape(pivot, node, "transpose");
    if (n->op == NW_PIVOT_FLIP)
        return transpose_flip(pivot, node, permutation);
    for (int i = 0; i < n->rank; i++)
        shape[i] = n->shape[permutation[i]];
    nw_pivot_digits digits = nw_pivot_digits_of(pivot, node), moved;
    drop_ones(&digits);
    if (!nw_pivot_digits_refine(&digits, n->shape, n->rank)) { /* an earlier reshape cuts across digits: it stays as it is */
        digits = (nw_pivot_digits){.base = node};
        for (int i = 0; i < n->rank; i++)
            if (n->shape[i] != 1) {
                digits.order[digits.count] = digits.count;
                digits.sizes[digits.count++] = n->shape[i];
            }
    }
    group_digits(&digits, n->shape, n->rank, first);
    moved = digits;
    moved.count = 0;
    for (int i = 0; i < n->rank; i++)
        for (int k = first[permutation[i]]; k < first[permutation[i] + 1]; k++)
            moved.order[moved.count++] = digits.order[k];
    return nw_pivot_digits_make(pivot, &moved, shape, n->rank);
}

uint32_t nw_pivot_move_axis(nw_pivot *pivot, uint32_t node, int from, int to)
{
    int64_t permutation[NW_PIVOT_MAX_RANK];
    int rank = nw_pivot_at(pivot, node)->rank, at = 0;
    for (int i = 0; i < rank; i++) {
        if (at == from)
            at++;
        permutation[i] = i == to ? from : at++;
    }
    return nw_pivot_transpose(pivot, node, permutation);
}

uint32_t nw_pivot_swap(nw_pivot *pivot, uint32_t node, int a, int b)
{
    int64_t permutation[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < nw_pivot_at(pivot, node)->rank; i++)
        permutation[i] = i == a ? b : i == b ? a : i;
    return nw_pivot_transpose(pivot, node, permutation);
}

uint32_t nw_pivot_squeeze(nw_pivot *pivot, uint32_t node, int axis)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = 0;
    for (int i = 0; i < n->rank; i++)
        if (i != axis)
            shape[rank++] = n->shape[i];
    return nw_pivot_reshape(pivot, node, shape, n->rank < 0 ? n->rank : rank);
}

uint32_t nw_pivot_unsqueeze(nw_pivot *pivot, uint32_t node, int axis)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t shape[NW_PIVOT_MAX_RANK];
    if (n->rank < 0 || n->rank + 1 >= NW_PIVOT_MAX_RANK)
        return lost_shape(pivot, node, "a new axis");
    for (int i = 0; i <= n->rank; i++)
        shape[i] = i < axis ? n->shape[i] : i == axis ? 1 : n->shape[i - 1];
    return nw_pivot_reshape(pivot, node, shape, n->rank + 1);
}

uint32_t nw_pivot_unmove(nw_pivot *pivot, uint32_t move, uint32_t value)
{
    nw_pivot_digits digits = nw_pivot_digits_of(pivot, move);
    const nw_pivot_node *base = nw_pivot_at(pivot, digits.base);
    int64_t sizes[NW_PIVOT_MAX_RANK], back[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < digits.count; i++) {
        sizes[i] = digits.sizes[digits.order[i]];
        back[digits.order[i]] = i;
    }
    uint32_t node = nw_pivot_reshape(pivot, value, sizes, digits.count);
    node = nw_pivot_transpose(pivot, node, back);
    return nw_pivot_reshape(pivot, node, base->shape, base->rank);
}
