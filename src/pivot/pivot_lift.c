/* Moves stand outside of what is elementwise: f(move(x)) is move(f(x)), so that they meet and cancel.
 *
 * Operands that have all elements of the result must be moves. Where they are different ones, the move of one of them is taken, and the
 * others are moved back: one that only turns whole axes rather than others, so that a network in another layout has the same form; of
 * equals the one whose base comes first by signature. Smaller operands, which are broadcast, are moved back: an axis of size 1 stays one
 * as long as the digits that it stands for make whole axes on the other side. */
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

static bool axis_digit(const nw_pivot *pivot, uint32_t move, int axis, nw_pivot_digits *digits, int *digit, int *base_axis);

/* Whether a move only turns whole axes. */
static bool turns_axes(const nw_pivot *pivot, uint32_t move)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, move);
    nw_pivot_digits digits;
    int digit, base_axis;
    if (nw_pivot_at(pivot, n->children[0])->rank != n->rank)
        return false;
    for (int i = 0; i < n->rank; i++)
        if (n->shape[i] != 1 && !axis_digit(pivot, move, i, &digits, &digit, &base_axis))
            return false;
    return true;
}

/* Which of two moves is taken. */
static bool is_better(const nw_pivot *pivot, uint32_t a, uint32_t b)
{
    bool turns = turns_axes(pivot, a);
    if (turns != turns_axes(pivot, b))
        return turns;
    return nw_pivot_at(pivot, nw_pivot_at(pivot, a)->children[0])->signature < nw_pivot_at(pivot, nw_pivot_at(pivot, b)->children[0])->signature;
}

/* The move that an operand is, times a factor: factors stand outside of moves. */
static uint32_t scaled_move(const nw_pivot *pivot, uint32_t node, double *factor)
{
    *factor = 1;
    if (nw_pivot_at(pivot, node)->op == NW_PIVOT_MOVE)
        return node;
    uint32_t child = nw_pivot_scaled_child(pivot, node, factor);
    return child && nw_pivot_at(pivot, child)->op == NW_PIVOT_MOVE ? child : 0;
}

/* The operand before the move that is taken. */
static uint32_t unmoved(nw_pivot *pivot, uint32_t first, uint32_t child)
{
    double factor;
    uint32_t move = scaled_move(pivot, child, &factor);
    uint32_t node = same_move(pivot, first, move) ? nw_pivot_at(pivot, move)->children[0] : nw_pivot_unmove(pivot, first, move);
    return factor == 1 ? node : nw_pivot_scale(pivot, node, factor);
}

/* The digits of the base along which an operand is broadcast. */
static void broadcast_digits(const nw_pivot_node *child, const int64_t *shape, int rank, const nw_pivot_digits *digits, bool *ones)
{
    for (int i = 0, at = 0; i < rank; i++) {
        bool one = i < rank - child->rank || child->shape[i - (rank - child->rank)] == 1;
        for (int64_t product = 1; product != shape[i]; at++) {
            product *= digits->sizes[digits->order[at]];
            ones[digits->order[at]] = one;
        }
    }
}

/* The base of a move, its axes split where operands are broadcast along a part of one only. */
static uint32_t split_base(nw_pivot *pivot, const uint32_t *children, uint32_t count, const int64_t *shape, int rank, const nw_pivot_digits *digits)
{
    const nw_pivot_node *base = nw_pivot_at(pivot, digits->base);
    bool cut[NW_PIVOT_MAX_RANK] = {false}, ones[NW_PIVOT_MAX_RANK] = {false};
    for (uint32_t i = 0; i < count; i++) {
        if (!children[i] || nw_pivot_at(pivot, children[i])->rank == 0)
            continue;
        broadcast_digits(nw_pivot_at(pivot, children[i]), shape, rank, digits, ones);
        for (int k = 1; k < digits->count; k++)
            cut[k] |= ones[k] != ones[k - 1];
    }
    int64_t sizes[NW_PIVOT_MAX_RANK];
    int made = 0;
    if (base->rank + digits->count > NW_PIVOT_MAX_RANK)
        return digits->base;
    for (int i = 0, digit = 0; i < base->rank; i++) {
        sizes[made++] = 1;
        for (int64_t product = 1; product != base->shape[i]; digit++) {
            product *= digits->sizes[digit];
            if (sizes[made - 1] != 1 && cut[digit])
                sizes[made++] = 1;
            sizes[made - 1] *= digits->sizes[digit];
        }
    }
    return made == base->rank ? digits->base : nw_pivot_reshape(pivot, digits->base, sizes, made);
}

/* Whether an operand is nothing but its base with axes split as it is needed here: then this is the form. */
static bool is_split_already(nw_pivot *pivot, const uint32_t *children, uint32_t count, const nw_pivot_node *whole)
{
    for (uint32_t i = 0; i < count; i++) {
        double factor;
        uint32_t move = children[i] && nw_pivot_same_shape(nw_pivot_at(pivot, children[i]), whole) ? scaled_move(pivot, children[i], &factor) : 0;
        if (!move)
            continue;
        nw_pivot_digits digits = nw_pivot_digits_of(pivot, move);
        const nw_pivot_node *base = nw_pivot_at(pivot, digits.base);
        if (nw_pivot_digits_refine(&digits, whole->shape, whole->rank) && nw_pivot_digits_refine_base(&digits, base->shape, base->rank) &&
            split_base(pivot, children, count, whole->shape, whole->rank, &digits) == move)
            return true;
    }
    return false;
}

bool nw_pivot_lift(nw_pivot *pivot, const uint32_t *children, uint32_t count, const int64_t *shape, int rank, uint32_t *lifted, nw_pivot_digits *digits)
{
    nw_pivot_node whole = {.rank = (int16_t)rank, .shape = (int64_t *)shape};
    uint32_t first = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!children[i] || !nw_pivot_same_shape(nw_pivot_at(pivot, children[i]), &whole))
            continue;
        double factor;
        uint32_t move = scaled_move(pivot, children[i], &factor);
        if (!move)
            return false;
        if (!first || (!same_move(pivot, first, move) && is_better(pivot, move, first)))
            first = move;
    }
    if (!first)
        return false;
    *digits = nw_pivot_digits_of(pivot, first);
    const nw_pivot_node *base = nw_pivot_at(pivot, digits->base);
    if (!nw_pivot_digits_refine(digits, shape, rank) || !nw_pivot_digits_refine_base(digits, base->shape, base->rank))
        return false;
    digits->base = split_base(pivot, children, count, shape, rank, digits);
    if (is_split_already(pivot, children, count, &whole))
        return false;
    base = nw_pivot_at(pivot, digits->base);
    for (uint32_t i = 0; i < count; i++) {
        const nw_pivot_node *child = nw_pivot_at(pivot, children[i]);
        if (children[i] && nw_pivot_same_shape(child, &whole))
            lifted[i] = nw_pivot_reshape(pivot, unmoved(pivot, first, children[i]), base->shape, base->rank);
        else
            lifted[i] = children[i] ? move_back(pivot, children[i], digits, shape, rank, base) : 0;
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

/* One number everywhere: the same before and after any move. */
static bool is_uniform(const nw_pivot *pivot, uint32_t node)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    return n->op == NW_PIVOT_BROADCAST_TO && nw_pivot_elements(nw_pivot_at(pivot, n->children[0])) == 1;
}

static uint32_t uniform_base(nw_pivot *pivot, uint32_t part, int axis, const nw_pivot_node *base, int base_axis)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, part);
    int64_t shape[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < base->rank; i++)
        shape[i] = i == base_axis ? n->shape[axis] : base->shape[i];
    return nw_pivot_broadcast(pivot, n->children[0], shape, base->rank);
}

/* A part of size 1 on the axis, as the others are before their move: that digit is none. */
static uint32_t thin_base(nw_pivot *pivot, uint32_t part, const nw_pivot_digits *digits, int without, const nw_pivot_node *base, int base_axis)
{
    nw_pivot_digits back = {.base = part};
    int64_t shape[NW_PIVOT_MAX_RANK];
    int place[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < digits->count; i++)
        if (digits->order[i] != without) {
            place[digits->order[i]] = back.count;
            back.sizes[back.count++] = digits->sizes[digits->order[i]];
        }
    for (int i = 0, count = 0; i < digits->count; i++)
        if (i != without)
            back.order[count++] = place[i];
    for (int i = 0; i < base->rank; i++)
        shape[i] = i == base_axis ? 1 : base->shape[i];
    return nw_pivot_digits_apply(pivot, part, &back, shape, base->rank);
}

uint32_t nw_pivot_lift_concatenation(nw_pivot *pivot, const uint32_t *parts, uint32_t count, int axis, const int64_t *shape, int rank)
{
    nw_pivot_digits digits, other;
    int digit = 0, base_axis = 0, other_digit, other_axis;
    uint32_t *bases = nw_arena_alloc(&pivot->eval->arena, (count + 1) * sizeof *bases), first = count;
    for (uint32_t i = 0; i < count; i++) {
        bases[i] = 0;
        if (nw_pivot_at(pivot, parts[i])->shape[axis] == 1 || is_uniform(pivot, parts[i]))
            continue;
        if (nw_pivot_at(pivot, parts[i])->op != NW_PIVOT_MOVE || !axis_digit(pivot, parts[i], axis, &other, &other_digit, &other_axis))
            return 0;
        bases[i] = nw_pivot_at(pivot, parts[i])->children[0];
        if (first == count) {
            first = i;
            digits = other;
            digit = other_digit;
            base_axis = other_axis;
            continue;
        }
        if (other_digit != digit || other_axis != base_axis || other.count != digits.count ||
            nw_pivot_at(pivot, bases[i])->rank != nw_pivot_at(pivot, bases[first])->rank)
            return 0;
        for (int k = 0; k < digits.count; k++)
            if (other.order[k] != digits.order[k] || (k != digit && other.sizes[k] != digits.sizes[k]))
                return 0;
        for (int k = 0; k < nw_pivot_at(pivot, bases[first])->rank; k++)
            if (k != base_axis && nw_pivot_at(pivot, bases[i])->shape[k] != nw_pivot_at(pivot, bases[first])->shape[k])
                return 0;
    }
    if (first == count)
        return 0;
    for (uint32_t i = 0; i < count; i++)
        if (!bases[i] && is_uniform(pivot, parts[i]))
            bases[i] = uniform_base(pivot, parts[i], axis, nw_pivot_at(pivot, bases[first]), base_axis);
        else if (!bases[i])
            bases[i] = thin_base(pivot, parts[i], &digits, digit, nw_pivot_at(pivot, bases[first]), base_axis);
    uint32_t whole = nw_pivot_concatenate(pivot, bases, count, base_axis);
    digits.sizes[digit] = shape[axis];
    return nw_pivot_digits_apply(pivot, whole, &digits, shape, rank);
}

/* The axis of the base that each axis of a move that only turns whole axes is. */
static void turned_axes(const nw_pivot *pivot, uint32_t move, int64_t *permutation)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, move), *base = nw_pivot_at(pivot, n->children[0]);
    bool taken[NW_PIVOT_MAX_RANK] = {false};
    nw_pivot_digits digits;
    int digit, base_axis;
    for (int i = 0; i < n->rank; i++) {
        permutation[i] = -1;
        if (n->shape[i] == 1 || !axis_digit(pivot, move, i, &digits, &digit, &base_axis))
            continue;
        permutation[i] = base_axis;
        taken[base_axis] = true;
    }
    for (int i = 0, at = 0; i < base->rank; i++) { /* axes of size 1 stay in order */
        while (at < base->rank && taken[at])
            at++;
        if (permutation[i] < 0)
            permutation[i] = at++;
    }
}

uint32_t nw_pivot_lift_turned(nw_pivot *pivot, const uint32_t *parts, uint32_t count, int axis)
{
    uint32_t first = 0, *bases = nw_arena_alloc(&pivot->eval->arena, (count + 1) * sizeof *bases);
    int64_t permutation[NW_PIVOT_MAX_RANK], back[NW_PIVOT_MAX_RANK];
    bool stacks = true;
    for (uint32_t i = 0; i < count; i++) {
        if (nw_pivot_at(pivot, parts[i])->op != NW_PIVOT_MOVE)
            return 0;
        stacks = stacks && nw_pivot_at(pivot, parts[i])->shape[axis] == 1;
        if (turns_axes(pivot, parts[i]) && (!first || is_better(pivot, parts[i], first)))
            first = parts[i];
    }
    if (!first || stacks) /* parts of size 1 have a form of their own, which turns them to the first axis */
        return 0;
    turned_axes(pivot, first, permutation);
    for (int i = 0; i < nw_pivot_at(pivot, first)->rank; i++)
        back[permutation[i]] = i;
    bool moves = true, turns = false;
    for (uint32_t i = 0; i < count; i++) {
        bases[i] = nw_pivot_transpose(pivot, parts[i], back);
        moves = moves && nw_pivot_at(pivot, bases[i])->op == NW_PIVOT_MOVE;
        turns |= moves && turns_axes(pivot, bases[i]);
    }
    if (moves && turns) /* their own concatenation would turn them back, and so on */
        return 0;
    return nw_pivot_transpose(pivot, nw_pivot_concatenate(pivot, bases, count, (int)permutation[axis]), permutation);
}

/* ---- pads ---- */

/* A padded axis of a move: the digit that it is, or -1 for one of size 1, and the axis of the base. */
typedef struct padded_axis {
    bool padded;
    int digit, base_axis;
} padded_axis;

/* Axes of size 1 have no digit: they are the last axes of size 1 that the base has. False: a padded axis is no axis of the base. */
static bool find_padded(const nw_pivot *pivot, uint32_t move, const int64_t *widths, padded_axis *axes)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, move), *base = nw_pivot_at(pivot, n->children[0]);
    nw_pivot_digits digits;
    int one = base->rank;
    for (int i = n->rank; i-- > 0;) {
        axes[i] = (padded_axis){.padded = widths[2 * i] || widths[2 * i + 1], .digit = -1};
        if (!axes[i].padded)
            continue;
        if (n->shape[i] > 1 && !axis_digit(pivot, move, i, &digits, &axes[i].digit, &axes[i].base_axis))
            return false;
        if (n->shape[i] > 1)
            continue;
        while (one-- > 0 && base->shape[one] != 1)
            ;
        if (one < 0)
            return false;
        axes[i].base_axis = one;
    }
    return true;
}

/* The digits once the axes are padded: those of padded axes are as long as these, and axes of size 1 get one. */
static nw_pivot_digits padded_digits(const nw_pivot_node *n, const nw_pivot_node *base, const nw_pivot_digits *old, const int64_t *shape, const padded_axis *axes)
{
    nw_pivot_digits digits = {.base = old->base};
    int moved[NW_PIVOT_MAX_RANK], made[NW_PIVOT_MAX_RANK], at = 0;
    for (int i = 0; i < base->rank; i++) {
        for (int k = 0; k < n->rank; k++)
            if (axes[k].padded && axes[k].digit < 0 && axes[k].base_axis == i) {
                made[k] = digits.count;
                digits.sizes[digits.count++] = shape[k];
            }
        for (int64_t product = 1; product != base->shape[i]; at++) {
            product *= old->sizes[at];
            moved[at] = digits.count;
            digits.sizes[digits.count++] = old->sizes[at];
        }
    }
    int count = 0;
    at = 0;
    for (int i = 0; i < n->rank; i++) {
        if (axes[i].padded && axes[i].digit < 0)
            digits.order[count++] = made[i];
        for (int64_t product = 1; product != n->shape[i]; at++) {
            product *= old->sizes[old->order[at]];
            digits.order[count++] = moved[old->order[at]];
        }
        if (axes[i].padded && axes[i].digit >= 0)
            digits.sizes[moved[axes[i].digit]] = shape[i];
    }
    return digits;
}

uint32_t nw_pivot_lift_pad(nw_pivot *pivot, uint32_t move, const int64_t *widths, const char *mode, double value)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, move);
    const nw_pivot_node *base = n->op == NW_PIVOT_MOVE ? nw_pivot_at(pivot, n->children[0]) : NULL;
    padded_axis axes[NW_PIVOT_MAX_RANK];
    int64_t base_widths[NW_PIVOT_MAX_RANK] = {0}, shape[NW_PIVOT_MAX_RANK];
    nw_pivot_digits digits;
    if (!base || 2 * base->rank > NW_PIVOT_MAX_RANK || !find_padded(pivot, move, widths, axes))
        return 0;
    digits = nw_pivot_digits_of(pivot, move);
    if (!nw_pivot_digits_refine(&digits, n->shape, n->rank) || !nw_pivot_digits_refine_base(&digits, base->shape, base->rank) ||
        digits.count + n->rank > NW_PIVOT_MAX_RANK)
        return 0;
    for (int i = 0; i < n->rank; i++) {
        shape[i] = n->shape[i] + widths[2 * i] + widths[2 * i + 1];
        for (int k = 0; axes[i].padded && k < 2; k++)
            base_widths[2 * axes[i].base_axis + k] = widths[2 * i + k];
    }
    digits = padded_digits(n, base, &digits, shape, axes);
    uint32_t padded = nw_pivot_pad(pivot, digits.base, base_widths, mode, value);
    return nw_pivot_digits_apply(pivot, padded, &digits, shape, n->rank);
}

uint32_t nw_pivot_unpad(nw_pivot *pivot, uint32_t move, int64_t *widths)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, move), *pad = nw_pivot_at(pivot, n->children[0]), *base = nw_pivot_at(pivot, pad->children[0]);
    int64_t padded[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK];
    nw_pivot_digits digits = nw_pivot_digits_of(pivot, move), same;
    int digit, base_axis;
    if (nw_pivot_integers_of(pivot, n->children[0], "widths", padded) != 2 * (uint32_t)pad->rank || 2 * n->rank > NW_PIVOT_MAX_RANK ||
        !nw_pivot_digits_refine(&digits, n->shape, n->rank) || !nw_pivot_digits_refine_base(&digits, pad->shape, pad->rank))
        return 0;
    for (int i = 0; i < n->rank; i++) {
        widths[2 * i] = widths[2 * i + 1] = 0;
        shape[i] = n->shape[i];
        if (n->shape[i] == 1 || !axis_digit(pivot, move, i, &same, &digit, &base_axis))
            continue;
        for (int k = 0; k < 2; k++) {
            widths[2 * i + k] = padded[2 * base_axis + k];
            shape[i] -= widths[2 * i + k];
            padded[2 * base_axis + k] = 0;
        }
        if (shape[i] != n->shape[i])
            digits.sizes[digit] = base->shape[base_axis];
    }
    for (int i = 0; i < 2 * pad->rank; i++)
        if (padded[i]) /* an axis that is none of the move's */
            return 0;
    return nw_pivot_digits_apply(pivot, pad->children[0], &digits, shape, n->rank);
}

/* The axis of the base that is the given axis of the move, or -1. */
int nw_pivot_base_axis(const nw_pivot *pivot, uint32_t move, int axis)
{
    nw_pivot_digits digits;
    int digit, base_axis;
    return axis_digit(pivot, move, axis, &digits, &digit, &base_axis) ? base_axis : -1;
}
