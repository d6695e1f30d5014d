/* Moves stand outside of what is elementwise: f(move(x)) is move(f(x)), so that they meet and cancel.
 *
 * Operands that have all elements of the result must be the same move; smaller ones, which are broadcast, are moved back: an axis of
 * size 1 stays one as long as the digits that it stands for make whole axes on the other side. */
#include "pivot/pivot_node.h"

#include <string.h>

static bool same_move(const nw_pivot *pivot, uint32_t a, uint32_t b)
{
    const nw_pivot_node *x = nw_pivot_at(pivot, a), *y = nw_pivot_at(pivot, b);
    if (y->op != NW_PIVOT_MOVE || !nw_pivot_same_shape(nw_pivot_at(pivot, x->children[0]), nw_pivot_at(pivot, y->children[0])))
        return false;
    for (uint32_t i = 0; i < x->attribute_count; i++)
        if (!nw_pivot_value_equal(x->attributes[i].value, y->attributes[i].value, true))
            return false;
    return true;
}

uint32_t nw_pivot_digits_apply(nw_pivot *pivot, uint32_t node, const nw_pivot_digits *digits, const int64_t *shape, int rank)
{
    int64_t order[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < digits->count; i++)
        order[i] = digits->order[i];
    node = nw_pivot_reshape(pivot, node, digits->sizes, digits->count);
    return nw_pivot_reshape(pivot, nw_pivot_transpose(pivot, node, order), shape, rank);
}

/* A broadcast operand before the move; 0 when an axis of the base would be broadcast in part. */
static uint32_t move_back(nw_pivot *pivot, uint32_t child, const nw_pivot_digits *digits, const int64_t *shape, int rank, const nw_pivot_node *base)
{
    const nw_pivot_node *c = nw_pivot_at(pivot, child);
    int64_t sizes[NW_PIVOT_MAX_RANK], moved[NW_PIVOT_MAX_RANK], back[NW_PIVOT_MAX_RANK], result[NW_PIVOT_MAX_RANK];
    if (c->rank == 0)
        return child;
    for (int i = 0, at = 0; i < rank; i++) { /* digits of each axis: as they are, or all 1 */
        bool one = i < rank - c->rank || c->shape[i - (rank - c->rank)] == 1;
        for (int64_t product = 1; product != shape[i]; at++) {
            product *= digits->sizes[digits->order[at]];
            sizes[digits->order[at]] = one ? 1 : digits->sizes[digits->order[at]];
        }
    }
    for (int i = 0, digit = 0; i < base->rank; i++) {
        result[i] = 1;
        for (int64_t product = 1; product != base->shape[i]; digit++) {
            product *= digits->sizes[digit];
            result[i] *= sizes[digit];
        }
        if (result[i] != 1 && result[i] != base->shape[i])
            return 0;
    }
    for (int i = 0; i < digits->count; i++) {
        moved[i] = sizes[digits->order[i]];
        back[digits->order[i]] = i;
    }
    uint32_t node = nw_pivot_transpose(pivot, nw_pivot_reshape(pivot, child, moved, digits->count), back);
    return nw_pivot_operand(pivot, nw_pivot_reshape(pivot, node, result, base->rank), base->shape, base->rank);
}

bool nw_pivot_lift(nw_pivot *pivot, const uint32_t *children, uint32_t count, const int64_t *shape, int rank, uint32_t *lifted, nw_pivot_digits *digits)
{
    nw_pivot_node whole = {.rank = (int16_t)rank, .shape = (int64_t *)shape};
    uint32_t first = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!children[i] || !nw_pivot_same_shape(nw_pivot_at(pivot, children[i]), &whole))
            continue;
        if (nw_pivot_at(pivot, children[i])->op != NW_PIVOT_MOVE || (first && !same_move(pivot, first, children[i])))
            return false;
        first = children[i];
    }
    if (!first)
        return false;
    const nw_pivot_node *base = nw_pivot_at(pivot, nw_pivot_at(pivot, first)->children[0]);
    *digits = nw_pivot_digits_of(pivot, first);
    if (!nw_pivot_digits_refine(digits, shape, rank) || !nw_pivot_digits_refine_base(digits, base->shape, base->rank))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const nw_pivot_node *child = nw_pivot_at(pivot, children[i]);
        lifted[i] = !children[i] ? 0 : nw_pivot_same_shape(child, &whole) ? child->children[0] : move_back(pivot, children[i], digits, shape, rank, base);
        if (!lifted[i] && children[i])
            return false;
    }
    return true;
}

uint32_t nw_pivot_make_elementwise(nw_pivot *pivot, const nw_pivot_plain *plain)
{
    uint32_t lifted[8];
    nw_pivot_digits digits;
    if (plain->child_count > 8 || plain->rank < 0 || !nw_pivot_lift(pivot, plain->children, plain->child_count, plain->shape, plain->rank, lifted, &digits))
        return nw_pivot_make(pivot, plain);
    const nw_pivot_node *base = nw_pivot_at(pivot, digits.base);
    nw_pivot_plain inner = *plain;
    inner.children = lifted;
    inner.shape = base->shape;
    inner.rank = base->rank;
    return nw_pivot_digits_apply(pivot, nw_pivot_make_elementwise(pivot, &inner), &digits, plain->shape, plain->rank);
}

/* The digit that is the given axis of the move, and the axis of the base that it is; false when either is none. */
static bool axis_digit(const nw_pivot *pivot, uint32_t move, int axis, nw_pivot_digits *digits, int *digit, int *base_axis)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, move), *base = nw_pivot_at(pivot, n->children[0]);
    *digits = nw_pivot_digits_of(pivot, move);
    if (!nw_pivot_digits_refine(digits, n->shape, n->rank) || !nw_pivot_digits_refine_base(digits, base->shape, base->rank))
        return false;
    int at = 0, first = 0;
    for (int i = 0; i <= axis; i++) {
        first = at;
        for (int64_t product = 1; product != n->shape[i]; at++)
            product *= digits->sizes[digits->order[at]];
    }
    if (at != first + 1)
        return false;
    *digit = digits->order[first];
    for (int i = 0, d = 0; i < base->rank; i++) {
        int begin = d;
        for (int64_t product = 1; product != base->shape[i]; d++)
            product *= digits->sizes[d];
        if (begin == *digit && d == begin + 1) {
            *base_axis = i;
            return true;
        }
    }
    return false;
}

uint32_t nw_pivot_lift_concatenation(nw_pivot *pivot, const uint32_t *parts, uint32_t count, int axis, const int64_t *shape, int rank)
{
    nw_pivot_digits digits, other;
    int digit = 0, base_axis = 0, other_digit, other_axis;
    uint32_t *bases = nw_arena_alloc(&pivot->eval->arena, (count + 1) * sizeof *bases);
    for (uint32_t i = 0; i < count; i++) {
        if (nw_pivot_at(pivot, parts[i])->op != NW_PIVOT_MOVE || !axis_digit(pivot, parts[i], axis, &other, &other_digit, &other_axis))
            return 0;
        bases[i] = nw_pivot_at(pivot, parts[i])->children[0];
        if (i == 0) {
            digits = other;
            digit = other_digit;
            base_axis = other_axis;
            continue;
        }
        if (other_digit != digit || other_axis != base_axis || other.count != digits.count ||
            nw_pivot_at(pivot, bases[i])->rank != nw_pivot_at(pivot, bases[0])->rank)
            return 0;
        for (int k = 0; k < digits.count; k++)
            if (other.order[k] != digits.order[k] || (k != digit && other.sizes[k] != digits.sizes[k]))
                return 0;
        for (int k = 0; k < nw_pivot_at(pivot, bases[0])->rank; k++)
            if (k != base_axis && nw_pivot_at(pivot, bases[i])->shape[k] != nw_pivot_at(pivot, bases[0])->shape[k])
                return 0;
    }
    uint32_t whole = nw_pivot_concatenate(pivot, bases, count, base_axis);
    digits.sizes[digit] = shape[axis];
    return nw_pivot_digits_apply(pivot, whole, &digits, shape, rank);
}

/* The axis of the base that is the given axis of the move, or -1. */
int nw_pivot_base_axis(const nw_pivot *pivot, uint32_t move, int axis)
{
    nw_pivot_digits digits;
    int digit, base_axis;
    return axis_digit(pivot, move, axis, &digits, &digit, &base_axis) ? base_axis : -1;
}
