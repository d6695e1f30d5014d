/* Tensors of the target's state as nodes of the source's graph. */
#include "pivot/pivot_compare.h"

#include <stdio.h>
#include <string.h>

/* ---- noting values ---- */

static bool bind(nw_pivot_solution *solution, nw_pivot_binding binding)
{
    for (uint32_t i = 0; i < solution->count; i++) {
        const nw_pivot_binding *known = &solution->items[i];
        if (known->state != binding.state)
            continue;
        if (known->axis == binding.axis && known->start == binding.start && known->stop == binding.stop)
            return known->value == binding.value;
        bool apart = known->axis >= 0 && known->axis == binding.axis && (known->stop <= binding.start || binding.stop <= known->start);
        if (!apart)
            return false;
    }
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

static bool solve_concatenation(nw_pivot_solution *solution, uint32_t target, uint32_t source)
{
    const nw_pivot_node *t = nw_pivot_at(solution->target, target);
    int64_t axis, at = 0;
    nw_known_integer(nw_pivot_attribute_of(solution->target, target, "axis"), &axis);
    for (uint32_t i = 0; i < t->child_count; i++) {
        int64_t size = nw_pivot_at(solution->target, t->children[i])->shape[axis];
        if (!nw_pivot_solve(solution, t->children[i], nw_pivot_slice_axis(solution->source, source, (int)axis, at, at + size)))
            return false;
        at += size;
    }
    return true;
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

/* A part of a tensor of the state along one axis. */
static bool solve_part(nw_pivot_solution *solution, uint32_t target, uint32_t source)
{
    const nw_pivot_node *t = nw_pivot_at(solution->target, target), *base = nw_pivot_at(solution->target, t->children[0]);
    int64_t start[NW_PIVOT_MAX_RANK], stop[NW_PIVOT_MAX_RANK], step[NW_PIVOT_MAX_RANK];
    int axis = -1;
    if (same_part(solution, target, source))
        return nw_pivot_solve(solution, t->children[0], nw_pivot_at(solution->source, source)->children[0]);
    nw_pivot_integers_of(solution->target, target, "start", start);
    nw_pivot_integers_of(solution->target, target, "stop", stop);
    nw_pivot_integers_of(solution->target, target, "step", step);
    for (int i = 0; i < base->rank; i++) {
        if (start[i] == 0 && stop[i] == base->shape[i] && step[i] == 1)
            continue;
        if (axis >= 0 || step[i] != 1)
            return false;
        axis = i;
    }
    if (base->op != NW_PIVOT_STATE || axis < 0)
        return false;
    return bind(solution, (nw_pivot_binding){base->index, source, axis, start[axis], stop[axis]});
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
        return bind(solution, (nw_pivot_binding){.state = t->index, .value = source, .axis = -1});
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
    char text[400];
    snprintf(text, sizeof text, "%s: %s", what, name_of(solution->target, state));
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

/* The parts of a tensor, in order, as one node; 0 when they leave something out. */
static uint32_t join_parts(nw_pivot_solution *solution, uint32_t state)
{
    uint32_t *parts = nw_arena_alloc(&solution->source->eval->arena, (solution->count + 1) * sizeof *parts), count = 0;
    const nw_tensor *tensor = row_of(solution->target, state)->tensor;
    int64_t at = 0, size = 0;
    int axis = -1;
    for (bool found = true; found;) {
        found = false;
        for (uint32_t i = 0; i < solution->count; i++) {
            const nw_pivot_binding *binding = &solution->items[i];
            if (binding->state != state)
                continue;
            if (binding->axis < 0)
                return binding->value;
            if (binding->start != at)
                continue;
            axis = binding->axis;
            at = binding->stop;
            parts[count++] = binding->value;
            found = true;
        }
    }
    if (axis < 0 || !nw_known_integer(tensor->shape[axis], &size) || at != size)
        return 0;
    return nw_pivot_concatenate(solution->source, parts, count, axis);
}

static bool is_bound(const nw_pivot_solution *solution, uint32_t state)
{
    for (uint32_t i = 0; i < solution->count; i++)
        if (solution->items[i].state == state)
            return true;
    return false;
}

static bool same_tensor_shape(const nw_tensor *a, const nw_tensor *b)
{
    if (!a->shape || !b->shape || a->rank != b->rank)
        return false;
    for (uint32_t i = 0; i < a->rank; i++)
        if (!nw_size_equal(a->shape[i], b->shape[i]))
            return false;
    return true;
}

/* State that no output depends on: that of the same name, otherwise zeros where the framework only counts with it. */
static bool fill_unused(nw_pivot_solution *solution, uint32_t state, nw_weight_row *row)
{
    const nw_tensor *tensor = row_of(solution->target, state)->tensor;
    nw_arena *arena = &solution->source->eval->arena;
    for (uint32_t i = 0; i < solution->source->model->state_count; i++)
        if (strcmp(name_of(solution->source, i), name_of(solution->target, state)) == 0 && same_tensor_shape(row_of(solution->source, i)->tensor, tensor)) {
            row->from = nw_arena_copy(arena, &i, sizeof i);
            row->from_count = 1;
            return true;
        }
    bool counts = nw_dtype_category((nw_dtype)tensor->dtype) == 1 && !row_of(solution->target, state)->is_parameter;
    if (!counts || !tensor->shape)
        return false;
    int64_t *shape = nw_arena_alloc(arena, (tensor->rank + 1u) * sizeof *shape);
    for (uint32_t i = 0; i < tensor->rank; i++)
        if (!nw_known_integer(tensor->shape[i], &shape[i]))
            return false;
    nw_weight_operation fill = {.name = "fill", .numbers = shape, .number_count = tensor->rank, .dtype = (nw_dtype)tensor->dtype};
    row->operations = nw_arena_copy(arena, &fill, sizeof fill);
    row->operation_count = 1;
    return true;
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

static bool make_row(nw_pivot_solution *solution, nw_pivot_comparison *comparison, uint32_t state)
{
    nw_weight_row *row = &comparison->weights[comparison->weight_count++];
    uint32_t first = first_of(solution->target, state);
    *row = (nw_weight_row){.target = state};
    if (!is_bound(solution, first)) {
        if (!fill_unused(solution, first, row))
            return fail(solution, comparison, state, "the network does not use this tensor of the target's state, and the source has none of that name");
        add_cast(solution, row);
        return true;
    }
    uint32_t value = join_parts(solution, first);
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
        for (uint32_t k = 0; k < comparison->weights[i].from_count; k++)
            used[comparison->weights[i].from[k]] = true;
    }
    comparison->unused = nw_arena_alloc(arena, (source_count + 1) * sizeof *comparison->unused);
    for (uint32_t i = 0; i < source_count; i++)
        if (!used[i])
            comparison->unused[comparison->unused_count++] = i;
    return true;
}
