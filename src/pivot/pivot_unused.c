/* State of the target that no output depends on (a head that only training runs): that of the source in the layer of the same path. */
#include "eval/interpret.h"
#include "eval/object.h"
#include "pivot/pivot_compare.h"

#include <stdio.h>
#include <stdlib.h>
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

typedef enum turning { AS_IT_IS, TO_KERAS, FROM_KERAS } turning;

/* Kernels of Keras are those of PyTorch with the axes turned round, the spatial ones in front. */
static bool turn(const nw_pivot *pivot, const nw_tensor *from, const nw_tensor *to, turning way, nw_weight_row *row)
{
    int64_t a[NW_PIVOT_MAX_RANK], b[NW_PIVOT_MAX_RANK], permutation[NW_PIVOT_MAX_RANK];
    if (way == AS_IT_IS || from->rank < 2)
        return same_sizes(from, to);
    if (!sizes_of(from, a) || !sizes_of(to, b) || from->rank != to->rank)
        return false;
    for (uint32_t i = 0; i < from->rank; i++) {
        uint32_t behind = way == TO_KERAS ? i + 2 : i < 2 ? from->rank : i - 2; /* where the axis comes from, as long as it is a spatial one */
        permutation[i] = behind < from->rank ? behind : from->rank - 1 - i;
        if (b[i] != a[permutation[i]])
            return false;
    }
    nw_arena *arena = &pivot->eval->arena;
    nw_weight_operation transpose = {.name = "transpose", .number_count = from->rank, .numbers = nw_arena_copy(arena, permutation, from->rank * sizeof *permutation)};
    row->operations = nw_arena_copy(arena, &transpose, sizeof transpose);
    row->operation_count = 1;
    return true;
}

static bool ends_with_kernel(const char *name)
{
    size_t size = strlen(name);
    return size > 7 && strcmp(name + size - 7, "/kernel") == 0;
}

static bool from_layer(const nw_pivot *source, const nw_state_row *target, const nw_pivot *in, nw_weight_row *row)
{
    const char *name = bytes(in, target->name);
    turning way = ends_with_kernel(name) ? TO_KERAS : AS_IT_IS;
    for (uint32_t i = 0; i < source->model->state_count; i++) {
        const nw_state_row *other = &source->model->state[i];
        const char *other_name = bytes(source, other->name);
        bool found = strcmp(other_name, name) == 0;
        for (uint32_t k = 0; k < target->store_count && !found; k++)
            found = same_layer(bytes(in, target->stores[k]), other_name) && strcmp(role_of(name), role_of(other_name)) == 0;
        if (found && turn(source, other->tensor, target->tensor, way, row)) {
            row->from = nw_arena_copy(&source->eval->arena, &i, sizeof i);
            row->from_count = 1;
            return true;
        }
    }
    return false;
}

/* ---- by attributes: Keras may store a layer under another name than that of the attribute that holds it ---- */

static nw_value attribute_of(nw_eval *eval, nw_value object, const char *name, size_t size)
{
    nw_value value = nw_settle(eval, nw_get_attribute(eval, object, nw_symbol_intern(eval->symbols, name, size)));
    nw_exception_clear(eval);
    return value;
}

/* The layer of that name of a functional model: PyTorch has it under its name. */
static nw_value layer_named(nw_eval *eval, nw_value object, const char *name, size_t size)
{
    nw_value layers = attribute_of(eval, object, "_layers", strlen("_layers"));
    for (uint32_t i = 0; layers.kind == NW_LIST && i < layers.as.list->count; i++) {
        nw_value layer = nw_settle(eval, layers.as.list->items[i]);
        nw_value own = layer.kind == NW_INSTANCE ? attribute_of(eval, layer, "name", strlen("name")) : nw_unset();
        if (own.kind == NW_STRING && strlen(nw_bytes(eval, own.as.symbol)) == size && memcmp(nw_bytes(eval, own.as.symbol), name, size) == 0)
            return layer;
    }
    return nw_unset();
}

static bool is_own(const nw_eval *eval, const nw_instance *instance, const char *name, size_t size)
{
    return instance->attributes && nw_dict_find_name(instance->attributes, nw_symbol_intern(eval->symbols, name, size));
}

static nw_value part_of_object(nw_eval *eval, nw_value object, const char *name, size_t size);

/* "blocks_0_1" is an item of an item of `blocks`: the adapter of layers registers those of lists and dictionaries so. */
static nw_value tracked_item(nw_eval *eval, nw_value object, const char *name, size_t size)
{
    for (size_t at = size; at-- > 1;) {
        nw_value value = name[at] == '_' ? attribute_of(eval, object, name, at) : nw_unset();
        bool holds = value.kind == NW_LIST || value.kind == NW_DICT;
        size_t from = at + 1;
        while (value.kind == NW_LIST && from < size) {
            const char *end = memchr(name + from, '_', size - from);
            value = part_of_object(eval, value, name + from, size - from);
            from = end ? (size_t)(end - name) + 1 : size;
        }
        if (value.kind == NW_DICT && from < size)
            value = part_of_object(eval, value, name + from, size - from);
        if (holds && (value.kind == NW_INSTANCE || value.kind == NW_LIST || value.kind == NW_DICT))
            return value;
    }
    return nw_unset();
}

/* What the part of a name stands for in an object: an attribute, which may have been given an underscore, or an item. */
static nw_value part_of_object(nw_eval *eval, nw_value object, const char *name, size_t size)
{
    char other[128];
    const nw_sequence *list = object.kind == NW_LIST ? object.as.list : NULL;
    if (list) {
        uint64_t at = strtoull(name, NULL, 10);
        return *name >= '0' && *name <= '9' && at < list->count ? nw_settle(eval, list->items[at]) : nw_unset();
    }
    if (object.kind == NW_DICT) {
        nw_value *found = nw_dict_find_name(object.as.dict, nw_symbol_intern(eval->symbols, name, size));
        return found ? nw_settle(eval, *found) : nw_unset();
    }
    if (object.kind != NW_INSTANCE)
        return nw_unset();
    static const char *const held[] = {"items", "entries"}; /* of the adapters of lists and dictionaries of layers */
    for (uint32_t i = 0; i < 2; i++) {
        nw_value inner = attribute_of(eval, object, held[i], strlen(held[i]));
        nw_value value = inner.kind == NW_LIST || inner.kind == NW_DICT ? part_of_object(eval, inner, name, size) : nw_unset();
        if (value.kind == NW_INSTANCE || value.kind == NW_LIST || value.kind == NW_DICT)
            return value;
    }
    nw_value value = attribute_of(eval, object, name, size);
    if (!is_own(eval, object.as.instance, name, size)) { /* nothing, or what the framework means by the name, such as `layers` */
        snprintf(other, sizeof other, "%.*s_", (int)(size < 100 ? size : 100), name);
        nw_value renamed = attribute_of(eval, object, other, strlen(other));
        value = renamed.kind == NW_ERROR || renamed.kind == NW_OPAQUE ? value : renamed;
    }
    if (value.kind != NW_ERROR && value.kind != NW_OPAQUE && value.kind != NW_METHOD)
        return value;
    value = layer_named(eval, object, name, size);
    return value.kind == NW_UNSET ? tracked_item(eval, object, name, size) : value;
}

/* The tensor of an object that has this role. */
static bool holds_role(nw_eval *eval, nw_value object, const char *role, const nw_tensor *wanted)
{
    static const char *const names[][2] = {{"weight", "kernel"}, {"weight", "gamma"}, {"weight", "_embeddings"}, {"weight", "alpha"}, {"bias", "beta"},
                                           {"running_mean", "moving_mean"}, {"running_var", "moving_variance"}};
    nw_value own = attribute_of(eval, object, role, strlen(role));
    if (own.kind == NW_TENSOR && own.as.tensor == wanted)
        return true;
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) {
        nw_value value = strcmp(role, names[i][0]) == 0 ? attribute_of(eval, object, names[i][1], strlen(names[i][1])) : nw_unset();
        if (value.kind == NW_TENSOR && value.as.tensor == wanted)
            return true;
    }
    return false;
}

static bool names_tensor(const nw_pivot *in, const char *name, const nw_tensor *wanted)
{
    nw_eval *eval = in->eval;
    nw_value object = in->model->root;
    while (object.kind == NW_INSTANCE || object.kind == NW_LIST || object.kind == NW_DICT) {
        size_t size = strcspn(name, ".");
        nw_value item = !name[size] && object.kind != NW_INSTANCE ? part_of_object(eval, object, name, size) : nw_unset();
        if (!name[size])
            return object.kind == NW_INSTANCE ? holds_role(eval, object, name, wanted) : item.kind == NW_TENSOR && item.as.tensor == wanted;
        object = part_of_object(eval, object, name, size);
        name += size + 1;
    }
    return false;
}

/* The path of attributes may be that of either side: programs keep the names. */
static bool from_attribute(const nw_pivot *source, const nw_state_row *target, const nw_pivot *in, nw_weight_row *row)
{
    const char *name = bytes(in, target->name);
    for (uint32_t i = 0; i < source->model->state_count; i++) {
        const nw_state_row *other = &source->model->state[i];
        const char *other_name = bytes(source, other->name), *last = strrchr(name, '.');
        bool back = last && strcmp(last, ".weight") == 0 && ends_with_kernel(other_name);
        bool found = (names_tensor(in, other_name, target->tensor) && turn(source, other->tensor, target->tensor, ends_with_kernel(name) ? TO_KERAS : AS_IT_IS, row)) ||
                     (names_tensor(source, name, other->tensor) && turn(source, other->tensor, target->tensor, back ? FROM_KERAS : AS_IT_IS, row));
        if (found) {
            row->from = nw_arena_copy(&source->eval->arena, &i, sizeof i);
            row->from_count = 1;
            return true;
        }
    }
    return false;
}

static int64_t element_count(const nw_tensor *tensor)
{
    int64_t sizes[NW_PIVOT_MAX_RANK], count = 1;
    if (!sizes_of(tensor, sizes))
        return -1;
    for (uint32_t i = 0; i < tensor->rank; i++)
        count *= sizes[i];
    return count;
}

static uint32_t tensors_of(const nw_model *model, int64_t elements)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < model->state_count; i++)
        count += element_count(model->state[i].tensor) == elements;
    return count;
}

/* Counters and the states of random numbers begin with zeros, and so does what a layer of the target has beyond the source's: a bias that the
 * program took away again. */
static bool from_nothing(const nw_pivot *source, const nw_pivot *in, const nw_state_row *target, nw_weight_row *row)
{
    int64_t sizes[NW_PIVOT_MAX_RANK], elements = element_count(target->tensor);
    int category = nw_dtype_category((nw_dtype)target->tensor->dtype);
    bool counter = category == 1 && !target->is_parameter;
    bool surplus = category == 2 && tensors_of(in->model, elements) > tensors_of(source->model, elements);
    if (!(counter || surplus) || !sizes_of(target->tensor, sizes))
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
    return from_layer(source, wanted, target, row) || from_attribute(source, wanted, target, row) || from_nothing(source, target, wanted, row);
}
