/* A node of the state as operations of the weight map. */
#include "pivot/pivot_compare.h"

#include <string.h>

static bool convert(const nw_pivot *pivot, uint32_t node, nw_weight_row *row);

static nw_weight_operation *add(const nw_pivot *pivot, nw_weight_row *row, const char *name, const int64_t *numbers, uint32_t count)
{
    nw_arena *arena = &pivot->eval->arena;
    row->operations = nw_arena_grow(arena, row->operations, row->operation_count, row->operation_count + 1, sizeof *row->operations);
    nw_weight_operation *operation = &row->operations[row->operation_count++];
    *operation = (nw_weight_operation){.name = name, .number_count = count};
    if (count)
        operation->numbers = nw_arena_copy(arena, numbers, count * sizeof *numbers);
    return operation;
}

/* ---- moves ---- */

/* permutation[result axis] = base axis, when whole axes are moved. */
static bool whole_axes(const nw_pivot *pivot, uint32_t node, int64_t *permutation)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node), *base = nw_pivot_at(pivot, n->children[0]);
    nw_pivot_digits digits = nw_pivot_digits_of(pivot, node);
    int axis_of[NW_PIVOT_MAX_RANK], at = 0;
    bool used[NW_PIVOT_MAX_RANK] = {false};
    if (n->rank != base->rank || !nw_pivot_digits_refine_base(&digits, base->shape, base->rank) || !nw_pivot_digits_refine(&digits, n->shape, n->rank))
        return false;
    for (int axis = 0, digit = 0; axis < base->rank; axis++)
        for (int64_t product = 1; product != base->shape[axis]; digit++) {
            product *= digits.sizes[digit];
            axis_of[digit] = axis;
        }
    for (int i = 0; i < n->rank; i++) {
        permutation[i] = -1;
        for (int64_t product = 1; product != n->shape[i]; at++) {
            int digit = digits.order[at];
            product *= digits.sizes[digit];
            if (permutation[i] < 0 ? used[axis_of[digit]] : axis_of[digit] != permutation[i] || digits.order[at - 1] != digit - 1)
                return false;
            permutation[i] = axis_of[digit];
            used[axis_of[digit]] = true;
        }
        if (permutation[i] >= 0 && base->shape[permutation[i]] != n->shape[i])
            return false;
    }
    for (int i = 0, next = 0; i < n->rank; i++) {
        while (next < base->rank && (used[next] || base->shape[next] != 1))
            next++;
        if (permutation[i] < 0 && next == base->rank)
            return false;
        if (permutation[i] < 0)
            permutation[i] = next++;
    }
    return true;
}

static bool same_sizes(const nw_pivot_node *n, const int64_t *sizes, int rank)
{
    return n->rank == rank && (rank == 0 || memcmp(n->shape, sizes, (size_t)rank * sizeof *sizes) == 0);
}

static void add_move(const nw_pivot *pivot, uint32_t node, nw_weight_row *row)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node), *base = nw_pivot_at(pivot, n->children[0]);
    nw_pivot_digits digits = nw_pivot_digits_of(pivot, node);
    int64_t permutation[NW_PIVOT_MAX_RANK], sizes[NW_PIVOT_MAX_RANK];
    if (digits.count > 1 && whole_axes(pivot, node, permutation)) {
        add(pivot, row, "transpose", permutation, (uint32_t)n->rank);
        return;
    }
    if (digits.count > 1) {
        if (!same_sizes(base, digits.sizes, digits.count))
            add(pivot, row, "reshape", digits.sizes, (uint32_t)digits.count);
        for (int i = 0; i < digits.count; i++) {
            permutation[i] = digits.order[i];
            sizes[i] = digits.sizes[digits.order[i]];
        }
        add(pivot, row, "transpose", permutation, (uint32_t)digits.count);
    }
    if (digits.count <= 1 || !same_sizes(n, sizes, digits.count))
        add(pivot, row, "reshape", n->shape, (uint32_t)n->rank);
}

/* ---- parts and merges ---- */

static bool add_part(const nw_pivot *pivot, uint32_t node, nw_weight_row *row)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node), *base = nw_pivot_at(pivot, n->children[0]);
    int64_t start[NW_PIVOT_MAX_RANK], stop[NW_PIVOT_MAX_RANK], step[NW_PIVOT_MAX_RANK];
    nw_pivot_integers_of(pivot, node, "start", start);
    nw_pivot_integers_of(pivot, node, "stop", stop);
    nw_pivot_integers_of(pivot, node, "step", step);
    for (int i = 0; i < n->rank; i++) {
        if (step[i] != 1)
            return false;
        if (start[i] != 0 || stop[i] != base->shape[i])
            add(pivot, row, "slice", (int64_t[]){i, start[i], stop[i]}, 3);
    }
    return true;
}

static bool same_operations(const nw_weight_row *a, const nw_weight_row *b)
{
    if (a->operation_count != b->operation_count)
        return false;
    for (uint32_t i = 0; i < a->operation_count; i++) {
        const nw_weight_operation *x = &a->operations[i], *y = &b->operations[i];
        if (strcmp(x->name, y->name) != 0 || x->number_count != y->number_count || x->number != y->number ||
            (x->number_count && memcmp(x->numbers, y->numbers, x->number_count * sizeof *x->numbers) != 0))
            return false;
    }
    return true;
}

/* Equal blocks of one node along the axis, in another order; along other axes the same part of all of them. */
static bool convert_blocks(const nw_pivot *pivot, const nw_pivot_node *n, int axis, nw_weight_row *row)
{
    int64_t start[NW_PIVOT_MAX_RANK], stop[NW_PIVOT_MAX_RANK], first[NW_PIVOT_MAX_RANK] = {0}, numbers[2 + NW_PIVOT_MAX_RANK], block = 0;
    uint32_t base = nw_pivot_at(pivot, n->children[0])->op == NW_PIVOT_PART ? nw_pivot_at(pivot, n->children[0])->children[0] : 0, count = 0;
    if (!base || nw_pivot_at(pivot, base)->shape[axis] != n->shape[axis])
        return false;
    for (uint32_t i = 0; i < n->child_count; i++) /* the smallest piece is the block */
        if (i == 0 || nw_pivot_at(pivot, n->children[i])->shape[axis] < block)
            block = nw_pivot_at(pivot, n->children[i])->shape[axis];
    for (uint32_t i = 0; i < n->child_count; i++) {
        const nw_pivot_node *part = nw_pivot_at(pivot, n->children[i]);
        if (part->op != NW_PIVOT_PART || part->children[0] != base)
            return false;
        nw_pivot_integers_of(pivot, n->children[i], "start", start);
        nw_pivot_integers_of(pivot, n->children[i], "stop", stop);
        for (int k = 0; k < n->rank; k++)
            if (k == axis ? start[k] % block || stop[k] % block || stop[k] - start[k] != part->shape[k] : stop[k] - start[k] != part->shape[k] || (i && start[k] != first[k]))
                return false;
        memcpy(first, start, (size_t)n->rank * sizeof *first);
        for (int64_t at = start[axis]; at < stop[axis]; at += block) {
            if (count == NW_PIVOT_MAX_RANK)
                return false;
            numbers[2 + count++] = at / block;
        }
    }
    numbers[0] = axis;
    numbers[1] = count;
    if (!convert(pivot, base, row))
        return false;
    add(pivot, row, "reorder", numbers, 2 + count);
    for (int k = 0; k < n->rank; k++)
        if (k != axis && n->shape[k] != nw_pivot_at(pivot, base)->shape[k])
            add(pivot, row, "slice", (int64_t[]){k, first[k], first[k] + n->shape[k]}, 3);
    return true;
}

/* Several tensors by the same operations, then one. */
static bool convert_merge(const nw_pivot *pivot, const nw_pivot_node *n, nw_weight_row *row)
{
    uint32_t *from = nw_arena_alloc(&pivot->eval->arena, (n->child_count + 1) * sizeof *from);
    for (uint32_t i = 0; i < n->child_count; i++) {
        nw_weight_row part = {0};
        if (!convert(pivot, n->children[i], &part) || part.from_count != 1 || (i && !same_operations(row, &part)))
            return false;
        from[i] = part.from[0];
        if (i == 0)
            *row = part;
    }
    row->from = from;
    row->from_count = n->child_count;
    return true;
}

static bool convert_several(const nw_pivot *pivot, uint32_t node, nw_weight_row *row)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t axis = 0;
    nw_known_integer(nw_pivot_attribute_of(pivot, node, "axis"), &axis);
    if (n->op == NW_PIVOT_CONCATENATE && convert_blocks(pivot, n, (int)axis, row))
        return true;
    *row = (nw_weight_row){0};
    if (!convert_merge(pivot, n, row))
        return false;
    if (n->op == NW_PIVOT_CONCATENATE)
        add(pivot, row, "concatenate", &axis, 1);
    else
        add(pivot, row, "add", NULL, 0);
    return true;
}

/* ---- nodes ---- */

static bool convert(const nw_pivot *pivot, uint32_t node, nw_weight_row *row)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    int64_t axes[NW_PIVOT_MAX_RANK];
    double number;
    uint32_t count;
    if (nw_pivot_scalar_value(pivot, node, true, &number)) {
        nw_weight_operation *fill = add(pivot, row, "fill", n->shape, (uint32_t)n->rank);
        fill->number = number;
        fill->dtype = (nw_dtype)n->dtype;
        return true;
    }
    switch (n->op) {
    case NW_PIVOT_STATE:
        row->from = nw_arena_copy(&pivot->eval->arena, &n->index, sizeof n->index);
        row->from_count = 1;
        return true;
    case NW_PIVOT_MOVE:
        if (!convert(pivot, n->children[0], row))
            return false;
        add_move(pivot, node, row);
        return true;
    case NW_PIVOT_PART:
        return convert(pivot, n->children[0], row) && add_part(pivot, node, row);
    case NW_PIVOT_FLIP:
        if (!convert(pivot, n->children[0], row))
            return false;
        count = nw_pivot_integers_of(pivot, node, "axes", axes);
        add(pivot, row, "flip", axes, count);
        return true;
    case NW_PIVOT_CONCATENATE: case NW_PIVOT_ADD:
        return convert_several(pivot, node, row);
    default:
        return false;
    }
}

bool nw_pivot_weight_row(const nw_pivot *pivot, uint32_t node, nw_weight_row *row)
{
    return convert(pivot, node, row);
}
