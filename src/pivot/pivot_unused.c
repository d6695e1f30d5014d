/* State of the target that no output depends on (a head that only training runs): that of the source in the layer of the same path. */
#include "pivot/pivot_compare.h"

#include <stdio.h>
#include <string.h>

static const char *bytes(const nw_pivot *pivot, nw_symbol symbol)
{
    return nw_symbol_bytes(pivot->eval->symbols, symbol);
}

static bool sizes_of(const nw_tensor *tensor, int64_t *sizes)
{
    for (uint32_t i = 0; tensor->shape && i < tensor->rank; i++)
        if (i == NW_PIVOT_MAX_RANK || !nw_known_integer(tensor->shape[i], &sizes[i]))
            return false;
    return tensor->shape != NULL;
}

static bool same_sizes(const nw_tensor *a, const nw_tensor *b)
{
    int64_t x[NW_PIVOT_MAX_RANK], y[NW_PIVOT_MAX_RANK];
    return a->rank == b->rank && sizes_of(a, x) && sizes_of(b, y) && memcmp(x, y, a->rank * sizeof *x) == 0;
}

/* What the last part of a name says of a tensor, in one framework's words. */
static const char *role_of(const char *name)
{
    static const char *const roles[][2] = {{"kernel", "weight"}, {"gamma", "weight"}, {"beta", "bias"}, {"embeddings", "weight"}, {"alpha", "weight"},
                                           {"moving_mean", "running_mean"}, {"moving_variance", "running_var"}, {"scale", "weight"}};
    const char *slash = strrchr(name, '/'), *dot = strrchr(name, '.'), *last = slash ? slash + 1 : dot ? dot + 1 : name;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(last, roles[i][0]) == 0)
            return roles[i][1];
    return last;
}

/* One part of a path; a name that Keras keeps for itself was given an underscore. */
static size_t part_size(const char *part, size_t size)
{
    return size > 1 && part[size - 1] == '_' ? size - 1 : size;
}

/* "conv_y2/output_/vars/0" and "conv_y2.output.weight" lie in one layer. */
static bool same_layer(const char *store, const char *name)
{
    const char *end = strstr(store, "/vars/"), *dot = strrchr(name, '.');
    while (end && dot && store < end && name < dot) {
        size_t a = strcspn(store, "/"), b = strcspn(name, ".");
        if (part_size(store, a) != part_size(name, b) || memcmp(store, name, part_size(store, a)) != 0)
            return false;
        store += a + (store + a < end);
        name += b + (name + b < dot);
    }
    return end && dot && store == end && name == dot;
}

/* Kernels of Keras are those of PyTorch with the axes turned round, the spatial ones in front. */
static bool turn(const nw_pivot *pivot, const nw_tensor *from, const nw_tensor *to, bool kernel, nw_weight_row *row)
{
    int64_t a[NW_PIVOT_MAX_RANK], b[NW_PIVOT_MAX_RANK], permutation[NW_PIVOT_MAX_RANK];
    if (!kernel || from->rank < 2)
        return same_sizes(from, to);
    if (!sizes_of(from, a) || !sizes_of(to, b) || from->rank != to->rank)
        return false;
    for (uint32_t i = 0; i < from->rank; i++) {
        permutation[i] = i + 2 < from->rank ? i + 2 : from->rank - 1 - i;
        if (b[i] != a[permutation[i]])
            return false;
    }
    nw_arena *arena = &pivot->eval->arena;
    nw_weight_operation transpose = {.name = "transpose", .number_count = from->rank, .numbers = nw_arena_copy(arena, permutation, from->rank * sizeof *permutation)};
    row->operations = nw_arena_copy(arena, &transpose, sizeof transpose);
    row->operation_count = 1;
    return true;
}

static bool from_layer(const nw_pivot *source, const nw_state_row *target, const nw_pivot *in, nw_weight_row *row)
{
    const char *name = bytes(in, target->name);
    size_t size = strlen(name);
    bool kernel = size > 7 && strcmp(name + size - 7, "/kernel") == 0;
    for (uint32_t i = 0; i < source->model->state_count; i++) {
        const nw_state_row *other = &source->model->state[i];
        const char *other_name = bytes(source, other->name);
        bool found = strcmp(other_name, name) == 0;
        for (uint32_t k = 0; k < target->store_count && !found; k++)
            found = same_layer(bytes(in, target->stores[k]), other_name) && strcmp(role_of(name), role_of(other_name)) == 0;
        if (found && turn(source, other->tensor, target->tensor, kernel, row)) {
            row->from = nw_arena_copy(&source->eval->arena, &i, sizeof i);
            row->from_count = 1;
            return true;
        }
    }
    return false;
}

/* Counters and the states of random numbers begin with zeros. */
static bool from_nothing(const nw_pivot *source, const nw_state_row *target, nw_weight_row *row)
{
    int64_t sizes[NW_PIVOT_MAX_RANK];
    if (nw_dtype_category((nw_dtype)target->tensor->dtype) != 1 || target->is_parameter || !sizes_of(target->tensor, sizes))
        return false;
    nw_arena *arena = &source->eval->arena;
    nw_weight_operation fill = {.name = "fill", .number_count = target->tensor->rank, .dtype = (nw_dtype)target->tensor->dtype,
                                .numbers = nw_arena_copy(arena, sizes, (target->tensor->rank + 1u) * sizeof *sizes)};
    row->operations = nw_arena_copy(arena, &fill, sizeof fill);
    row->operation_count = 1;
    return true;
}

bool nw_pivot_unused_row(const nw_pivot *source, const nw_pivot *target, uint32_t state, nw_weight_row *row)
{
    const nw_state_row *wanted = &target->model->state[state];
    return from_layer(source, wanted, target, row) || from_nothing(source, wanted, row);
}
