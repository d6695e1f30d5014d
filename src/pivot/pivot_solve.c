/* Tensors of the target's state as nodes of the source's graph. */
#include "pivot/pivot_compare.h"

#include <stdio.h>
#include <string.h>

/* ---- noting values ---- */

static uint32_t part_of(const nw_pivot_solution *solution, uint32_t whole, const nw_pivot_binding *part)
{
    return nw_pivot_slice(solution->source, whole, part->start, part->stop, part->step);
}

/* Whole and part agree where the part of the whole is that part. */
static bool agrees(const nw_pivot_solution *solution, const nw_pivot_binding *a, const nw_pivot_binding *b)
{
    bool a_whole = !a->start, b_whole = !b->start;
    size_t size = (size_t)a->rank * sizeof *a->start;
    if (a_whole && b_whole)
        return a->value == b->value;
    if (a_whole != b_whole)
        return part_of(solution, a_whole ? a->value : b->value, a_whole ? b : a) == (a_whole ? b : a)->value;
    bool same = memcmp(a->start, b->start, size) == 0 && memcmp(a->stop, b->stop, size) == 0 && memcmp(a->step, b->step, size) == 0;
    return !same || a->value == b->value; /* what overlaps otherwise is found when the parts are joined */
}

static bool bind(nw_pivot_solution *solution, nw_pivot_binding binding)
{
    for (uint32_t i = 0; i < solution->count; i++)
        if (solution->items[i].state == binding.state && !agrees(solution, &solution->items[i], &binding))
            return false;
    NW_ARENA_RESERVE(&solution->source->eval->arena, solution->items, solution->count, solution->capacity);
    solution->items[solution->count++] = binding;
    return true;
}

/* The value before the target's move, in the source's graph. */
static uint32_t unmove(const nw_pivot_solution *solution, uint32_t move, uint32_t value)
{
    nw_pivot_digits digits = nw_pivot_digits_of(solution->target, move);
    const nw_pivot_node *base = nw_pivot_at(solution->target, digits.base);
    int64_t sizes[NW_PIVOT_MAX_RANK], back[NW_PIVOT_MAX_RANK];
    for (int i = 0; i < digits.count; i++) {
        sizes[i] = digits.sizes[digits.order[i]];
        back[digits.order[i]] = i;
    }
    uint32_t node = nw_pivot_reshape(solution->source, value, sizes, digits.count);
    return nw_pivot_reshape(solution->source, nw_pivot_transpose(solution->source, node, back), base->shape, base->rank);
}

/* The same part of two tensors of one shape. */
static bool same_part(const nw_pivot_solution *solution, uint32_t target, uint32_t source)
{
    const nw_pivot_node *t = nw_pivot_at(solution->target, target), *s = nw_pivot_at(solution->source, source);
    if (s->op != NW_PIVOT_PART || !nw_pivot_same_shape(nw_pivot_at(solution->target, t->children[0]), nw_pivot_at(solution->source, s->children[0])))
        return false;
    for (uint32_t i = 0; i < t->attribute_count; i++)
        if (!nw_pivot_value_equal(t->attributes[i].value, s->attributes[i].value, true))
            return false;
    return true;
}

/* A part of a tensor of the state. */
static bool bind_part(nw_pivot_solution *solution, uint32_t target, uint32_t source)
{
    const nw_pivot_node *t = nw_pivot_at(solution->target, target), *base = nw_pivot_at(solution->target, t->children[0]);
    nw_arena *arena = &solution->source->eval->arena;
    size_t size = ((size_t)base->rank + 1) * sizeof(int64_t);
    nw_pivot_binding part = {.state = base->index, .value = source, .rank = base->rank, .start = nw_arena_alloc(arena, size), .stop = nw_arena_alloc(arena, size),
                             .step = nw_arena_alloc(arena, size)};
    nw_pivot_integers_of(solution->target, target, "start", part.start);
    nw_pivot_integers_of(solution->target, target, "stop", part.stop);
    nw_pivot_integers_of(solution->target, target, "step", part.step);
    return base->op == NW_PIVOT_STATE && bind(solution, part);
}

static bool solve_part(nw_pivot_solution *solution, uint32_t target, uint32_t source)
{
    if (same_part(solution, target, source))
        return nw_pivot_solve(solution, nw_pivot_at(solution->target, target)->children[0], nw_pivot_at(solution->source, source)->children[0]);
    return bind_part(solution, target, source);
}

/* Whether a child of a concatenation is one of several parts of the same tensor: one that stays where it was says nothing about the whole. */
static bool is_one_of_parts(const nw_pivot *pivot, const nw_pivot_node *concatenation, uint32_t number)
{
    const nw_pivot_node *own = nw_pivot_at(pivot, concatenation->children[number]);
    for (uint32_t i = 0; own->op == NW_PIVOT_PART && i < concatenation->child_count; i++) {
        const nw_pivot_node *other = nw_pivot_at(pivot, concatenation->children[i]);
        if (i != number && other->op == NW_PIVOT_PART && other->children[0] == own->children[0])
            return true;
    }
    return false;
}

static bool solve_concatenation(nw_pivot_solution *solution, uint32_t target, uint32_t source)
{
    const nw_pivot_node *t = nw_pivot_at(solution->target, target);
    int64_t axis, at = 0;
    nw_known_integer(nw_pivot_attribute_of(solution->target, target, "axis"), &axis);
    for (uint32_t i = 0; i < t->child_count; i++) {
        int64_t size = nw_pivot_at(solution->target, t->children[i])->shape[axis];
        uint32_t part = nw_pivot_slice_axis(solution->source, source, (int)axis, at, at + size);
        if (!(is_one_of_parts(solution->target, t, i) ? bind_part : nw_pivot_solve)(solution, t->children[i], part))
            return false;
        at += size;
    }
    return true;
}

/* A sum of tensors: term by term; where the source has fewer, the last ones are zero. */
static bool solve_sum(nw_pivot_solution *solution, uint32_t target, uint32_t source)
{
    const nw_pivot_node *t = nw_pivot_at(solution->target, target), *s = nw_pivot_at(solution->source, source);
    bool pairs = s->op == NW_PIVOT_ADD && s->child_count == t->child_count;
    for (uint32_t i = 0; i < t->child_count; i++) {
        uint32_t zero = nw_pivot_broadcast(solution->source, nw_pivot_scalar(solution->source, 0, (nw_dtype)t->dtype), t->shape, t->rank);
        if (!nw_pivot_solve(solution, t->children[i], pairs ? s->children[i] : i == 0 ? source : zero))
            return false;
    }
    return true;
}

bool nw_pivot_solve(nw_pivot_solution *solution, uint32_t target, uint32_t source)
{
    const nw_pivot_node *t = nw_pivot_at(solution->target, target);
    int64_t axes[NW_PIVOT_MAX_RANK];
    bool flipped[NW_PIVOT_MAX_RANK] = {false};
    uint32_t count;
    switch (t->op) {
    case NW_PIVOT_STATE:
        return bind(solution, (nw_pivot_binding){.state = t->index, .value = source});
    case NW_PIVOT_MOVE:
        return nw_pivot_solve(solution, t->children[0], unmove(solution, target, source));
    case NW_PIVOT_CONCATENATE:
        return solve_concatenation(solution, target, source);
    case NW_PIVOT_FLIP:
        count = nw_pivot_integers_of(solution->target, target, "axes", axes);
        for (uint32_t i = 0; i < count; i++)
            flipped[axes[i]] = true;
        return nw_pivot_solve(solution, t->children[0], nw_pivot_flip(solution->source, source, flipped));
    case NW_PIVOT_PART:
        return solve_part(solution, target, source);
    case NW_PIVOT_ADD:
        return solve_sum(solution, target, source);
    default:
        return false;
    }
}

/* ---- the rows of the map ---- */

static const nw_state_row *row_of(const nw_pivot *pivot, uint32_t state)
{
    return &pivot->model->state[state];
}

static const char *name_of(const nw_pivot *pivot, uint32_t state)
{
    return nw_symbol_bytes(pivot->eval->symbols, row_of(pivot, state)->name);
}

static bool fail(nw_pivot_solution *solution, nw_pivot_comparison *comparison, uint32_t state, const char *what)
{
    char text[500];
    const nw_state_row *row = row_of(solution->target, state);
    const char *store = row->store_count ? nw_symbol_bytes(solution->target->eval->symbols, row->stores[0]) : "";
    snprintf(text, sizeof text, "%s: %.150s%s%.150s", what, name_of(solution->target, state), *store ? " at " : "", store);
    comparison->problem = nw_arena_copy(&solution->source->eval->arena, text, strlen(text) + 1);
    return false;
}

/* The first row that holds the same tensor. */
static uint32_t first_of(const nw_pivot *pivot, uint32_t state)
{
    const nw_tensor *tensor = row_of(pivot, state)->tensor;
    for (uint32_t i = 0; i < state; i++)
        if (row_of(pivot, i)->tensor == tensor)
            return i;
    return state;
}

/* Whether no part is cut by the plane `at` of the axis. */
static bool is_cut(const nw_pivot_binding *const *parts, uint32_t count, int axis, int64_t at)
{
    for (uint32_t i = 0; i < count; i++)
        if (parts[i]->start[axis] < at && parts[i]->stop[axis] > at)
            return false;
    return true;
}

/* Parts that fill the box from `start` to `stop`, as one node: along some axis they fall apart. 0: something is left out or covered twice. */
static uint32_t join_box(const nw_pivot_solution *solution, const nw_pivot_binding *const *parts, uint32_t count, const int64_t *start, const int64_t *stop, int rank)
{
    size_t size = (size_t)rank * sizeof *start;
    if (count == 1)
        return memcmp(parts[0]->start, start, size) == 0 && memcmp(parts[0]->stop, stop, size) == 0 ? parts[0]->value : 0;
    nw_arena *arena = &solution->source->eval->arena;
    uint32_t *joined = nw_arena_alloc(arena, (count + 1) * sizeof *joined), pieces = 0;
    const nw_pivot_binding **inside = nw_arena_alloc(arena, (count + 1) * sizeof *inside);
    for (int axis = 0; axis < rank && count; axis++) {
        int64_t from[NW_PIVOT_MAX_RANK], to[NW_PIVOT_MAX_RANK], at = start[axis];
        memcpy(from, start, size);
        memcpy(to, stop, size);
        pieces = 0;
        while (at < stop[axis]) {
            int64_t next = stop[axis];
            uint32_t taken = 0;
            for (uint32_t i = 0; i < count; i++)
                if (parts[i]->stop[axis] > at && parts[i]->stop[axis] < next && is_cut(parts, count, axis, parts[i]->stop[axis]))
                    next = parts[i]->stop[axis];
            for (uint32_t i = 0; i < count; i++)
                if (parts[i]->start[axis] >= at && parts[i]->stop[axis] <= next)
                    inside[taken++] = parts[i];
            if (taken == 0 || taken == count)
                break;
            from[axis] = at;
            to[axis] = at = next;
            joined[pieces] = join_box(solution, nw_arena_copy(arena, inside, taken * sizeof *inside), taken, from, to, rank);
            if (!joined[pieces++])
                return 0;
        }
        if (at == stop[axis])
            return nw_pivot_concatenate(solution->source, joined, pieces, axis);
    }
    return 0;
}

/* The value of a tensor of the target, or 0 when its parts leave something out. */
static uint32_t join_parts(const nw_pivot_solution *solution, uint32_t state)
{
    nw_arena *arena = &solution->source->eval->arena;
    const nw_pivot_binding **parts = nw_arena_alloc(arena, (solution->count + 1) * sizeof *parts);
    const nw_tensor *tensor = row_of(solution->target, state)->tensor;
    int64_t start[NW_PIVOT_MAX_RANK] = {0}, stop[NW_PIVOT_MAX_RANK];
    uint32_t count = 0;
    for (uint32_t i = 0; i < solution->count; i++) {
        const nw_pivot_binding *binding = &solution->items[i];
        if (binding->state != state)
            continue;
        if (!binding->start)
            return binding->value;
        bool known = false;
        for (uint32_t k = 0; k < count && !known; k++)
            known = memcmp(parts[k]->start, binding->start, (size_t)binding->rank * sizeof *start) == 0 && memcmp(parts[k]->stop, binding->stop, (size_t)binding->rank * sizeof *start) == 0;
        for (int k = 0; k < binding->rank; k++)
            if (binding->step[k] != 1)
                return 0;
        if (!known)
            parts[count++] = binding;
    }
    for (uint32_t i = 0; i < tensor->rank; i++)
        if (!nw_known_integer(tensor->shape[i], &stop[i]))
            return 0;
    return count ? join_box(solution, parts, count, start, stop, tensor->rank) : 0;
}

static bool is_bound(const nw_pivot_solution *solution, uint32_t state)
{
    for (uint32_t i = 0; i < solution->count; i++)
        if (solution->items[i].state == state)
            return true;
    return false;
}

static void add_cast(nw_pivot_solution *solution, nw_weight_row *row)
{
    nw_dtype target = (nw_dtype)row_of(solution->target, row->target)->tensor->dtype;
    if (!row->from_count || row_of(solution->source, row->from[0])->tensor->dtype == target || target == NW_DTYPE_UNKNOWN)
        return;
    nw_weight_operation *operations = nw_arena_alloc(&solution->source->eval->arena, (row->operation_count + 1) * sizeof *operations);
    if (row->operation_count)
        memcpy(operations, row->operations, row->operation_count * sizeof *operations);
    operations[row->operation_count++] = (nw_weight_operation){.name = "cast", .dtype = target};
    row->operations = operations;
}

/* Whether the framework says where it stores its state: Keras does. */
static bool is_stored(const nw_pivot *pivot)
{
    for (uint32_t i = 0; i < pivot->model->state_count; i++)
        if (row_of(pivot, i)->store_count)
            return true;
    return false;
}

static uint32_t state_node(const nw_pivot *pivot, uint32_t state)
{
    for (uint32_t i = 1; i < pivot->count; i++)
        if (pivot->nodes[i]->op == NW_PIVOT_STATE && pivot->nodes[i]->index == state)
            return i;
    return 0;
}

/* A tensor of which only parts matter: that of the source in the layer of the same path, where all of these are its parts; 0: it is not. */
static uint32_t whole_of_parts(const nw_pivot_solution *solution, uint32_t state)
{
    nw_weight_row row = {.target = state};
    if (!nw_pivot_unused_row(solution->source, solution->target, state, &row) || row.from_count != 1)
        return 0;
    uint32_t whole = state_node(solution->source, row.from[0]);
    if (whole && row.operation_count)
        whole = nw_pivot_transpose(solution->source, whole, row.operations->numbers);
    for (uint32_t i = 0; i < solution->count && whole; i++) {
        const nw_pivot_binding *part = &solution->items[i];
        if (part->state == state && (part->start ? part_of(solution, whole, part) : whole) != part->value)
            return 0;
    }
    return whole;
}

static bool make_row(nw_pivot_solution *solution, nw_pivot_comparison *comparison, uint32_t state)
{
    nw_weight_row *row = &comparison->weights[comparison->weight_count++];
    uint32_t first = first_of(solution->target, state);
    *row = (nw_weight_row){.target = state};
    if (!is_bound(solution, first) && !row_of(solution->target, state)->store_count && is_stored(solution->target)) {
        comparison->weight_count--; /* Keras does not save it */
        return true;
    }
    if (!is_bound(solution, first)) {
        if (!nw_pivot_unused_row(solution->source, solution->target, first, row))
            return fail(solution, comparison, state, "the network does not use this tensor of the target's state, and the source has none of that name");
        add_cast(solution, row);
        return true;
    }
    uint32_t value = join_parts(solution, first);
    if (!value)
        value = whole_of_parts(solution, first);
    if (!value)
        return fail(solution, comparison, state, "the network uses only a part of this tensor of the target's state");
    if (!nw_pivot_weight_row(solution->source, value, row))
        return fail(solution, comparison, state, "no operations of the weight map make this tensor");
    row->target = state;
    add_cast(solution, row);
    return true;
}

bool nw_pivot_solution_rows(nw_pivot_solution *solution, nw_pivot_comparison *comparison)
{
    nw_arena *arena = &solution->source->eval->arena;
    uint32_t source_count = solution->source->model->state_count, target_count = solution->target->model->state_count;
    bool *used = nw_arena_zero(arena, (source_count + 1) * sizeof *used);
    comparison->weights = nw_arena_zero(arena, (target_count + 1) * sizeof *comparison->weights);
    for (uint32_t i = 0; i < target_count; i++) {
        if (!make_row(solution, comparison, i))
            return false;
    }
    for (uint32_t i = 0; i < comparison->weight_count; i++)
        for (uint32_t k = 0; k < comparison->weights[i].from_count; k++)
            used[comparison->weights[i].from[k]] = true;
    comparison->unused = nw_arena_alloc(arena, (source_count + 1) * sizeof *comparison->unused);
    for (uint32_t i = 0; i < source_count; i++)
        if (!used[i])
            comparison->unused[comparison->unused_count++] = i;
    return true;
}
