/* The state of a model as torch's state_dict() gives it: own parameters, own persistent buffers, then the children's. */
#include "model/model.h"
#include "model/module_tree.h"

#include <string.h>

enum { MAX_STATE_DEPTH = 100 };

typedef struct state_reader {
    nw_model *model;
    nw_buffer prefix;
    /* Distinct tensors: a tied one counts once. */
    const nw_tensor **seen;
    uint32_t seen_size, seen_count;
    bool inexact; /* a size or an entry is not known: no totals */
} state_reader;

static uint32_t seen_slot(const state_reader *reader, const nw_tensor *tensor)
{
    uint32_t at = (uint32_t)(((uintptr_t)tensor >> 4) * 2654435761u) & (reader->seen_size - 1);
    while (reader->seen[at] && reader->seen[at] != tensor)
        at = (at + 1) & (reader->seen_size - 1);
    return at;
}

/* False when it was seen before. */
static bool see(state_reader *reader, const nw_tensor *tensor)
{
    nw_eval *eval = reader->model->eval;
    if (2 * (reader->seen_count + 1) > reader->seen_size) {
        const nw_tensor **old = reader->seen;
        uint32_t old_size = reader->seen_size;
        reader->seen_size = old_size ? old_size * 2 : 128;
        reader->seen = nw_arena_zero(&eval->arena, reader->seen_size * sizeof *reader->seen);
        for (uint32_t i = 0; i < old_size; i++)
            if (old[i])
                reader->seen[seen_slot(reader, old[i])] = old[i];
    }
    uint32_t at = seen_slot(reader, tensor);
    if (reader->seen[at])
        return false;
    reader->seen[at] = tensor;
    reader->seen_count++;
    return true;
}

static void report(state_reader *reader, nw_diagnostic_id id, nw_place place, const char *name)
{
    reader->inexact = true;
    if (reader->model->is_closed)
        nw_model_add_unknown(reader->model, id, place, name);
}

/* What is not known of a value in the state. */
static void report_value(state_reader *reader, nw_value value, nw_place place, const char *name)
{
    reader->inexact = true;
    if (reader->model->is_closed)
        nw_model_add_lost(reader->model, value, place, name);
}

static void check_shape(state_reader *reader, const nw_tensor *tensor, nw_place place, const char *name)
{
    if (!tensor->shape) {
        report(reader, NW_DIAG_SHAPE_UNKNOWN, place, name);
        return;
    }
    for (uint32_t i = 0; i < tensor->rank; i++)
        if (tensor->shape[i].kind == NW_OPAQUE)
            report_value(reader, tensor->shape[i], place, name);
}

static nw_symbol full_name(state_reader *reader, nw_symbol key)
{
    nw_eval *eval = reader->model->eval;
    size_t size = reader->prefix.size;
    nw_text text = nw_symbol_text(eval->symbols, key);
    nw_buffer_add(&reader->prefix, text.bytes, text.size);
    nw_symbol name = nw_symbol_intern(eval->symbols, reader->prefix.bytes, reader->prefix.size);
    reader->prefix.size = size;
    return name;
}

static void count_elements(state_reader *reader, const nw_tensor *tensor, int64_t *total)
{
    int64_t elements = tensor->is_uninitialized ? 0 : nw_tensor_elements(tensor);
    if (elements < 0 || __builtin_add_overflow(*total, elements, total))
        reader->inexact = true;
}

/* The entries of _parameters or of _buffers. */
static void read_entries(state_reader *reader, const nw_instance *instance, const nw_dict *entries, const nw_dict *left_out, bool is_parameter)
{
    nw_model *model = reader->model;
    nw_eval *eval = model->eval;
    uint32_t position = 0;
    for (nw_dict_entry *entry; entries && (entry = nw_dict_next(entries, &position));) {
        nw_value value = nw_settle(eval, entry->value);
        if (entry->key.kind != NW_STRING) {
            report(reader, NW_DIAG_UNSUPPORTED, instance->place, "a parameter whose name is not known");
            continue;
        }
        nw_symbol name = full_name(reader, entry->key.as.symbol);
        if (left_out && nw_dict_find(left_out, entry->key))
            continue;
        if (value.kind != NW_TENSOR) {
            if (value.kind != NW_NONE)
                report_value(reader, value, instance->place, nw_symbol_bytes(eval->symbols, name));
            continue;
        }
        const nw_tensor *tensor = value.as.tensor;
        if (!tensor->is_uninitialized)
            check_shape(reader, tensor, instance->place, nw_symbol_bytes(eval->symbols, name));
        if (see(reader, tensor))
            count_elements(reader, tensor, is_parameter ? &model->parameters : &model->buffers);
        NW_ARENA_RESERVE(&eval->arena, model->state, model->state_count, model->state_capacity);
        model->state[model->state_count++] = (nw_state_row){.name = name, .tensor = tensor, .is_parameter = is_parameter};
    }
    if (entries && entries->open)
        report(reader, NW_DIAG_UNKNOWN_EFFECT, instance->place, "entries may have been added");
}

static void read_instance(state_reader *reader, const nw_instance *instance, int depth);

static void read_children(state_reader *reader, const nw_instance *instance, int depth)
{
    nw_eval *eval = reader->model->eval;
    const nw_dict *modules = nw_module_dict(eval, instance, (nw_symbol){NW_NAME_MODULES});
    uint32_t position = 0;
    for (nw_dict_entry *entry; modules && (entry = nw_dict_next(modules, &position));) {
        nw_value child = nw_settle(eval, entry->value);
        if (child.kind == NW_NONE)
            continue;
        if (entry->key.kind != NW_STRING || child.kind != NW_INSTANCE) {
            report_value(reader, child, instance->place, entry->key.kind == NW_STRING ? nw_symbol_bytes(eval->symbols, entry->key.as.symbol) : "a module");
            continue;
        }
        size_t size = reader->prefix.size;
        nw_text key = nw_symbol_text(eval->symbols, entry->key.as.symbol);
        nw_buffer_add(&reader->prefix, key.bytes, key.size);
        nw_buffer_byte(&reader->prefix, '.');
        read_instance(reader, child.as.instance, depth + 1);
        reader->prefix.size = size;
    }
    if (modules && modules->open)
        report(reader, NW_DIAG_UNKNOWN_EFFECT, instance->place, "modules may have been added");
}

static void read_instance(state_reader *reader, const nw_instance *instance, int depth)
{
    nw_eval *eval = reader->model->eval;
    if (depth > MAX_STATE_DEPTH) {
        report(reader, NW_DIAG_DEPTH_LIMIT, instance->place, "");
        return;
    }
    if (instance->class_->opaque_base)
        report(reader, NW_DIAG_CALL_UNKNOWN, instance->place, nw_symbol_bytes(eval->symbols, instance->class_->qualified));
    const nw_dict *left_out = nw_module_dict(eval, instance, (nw_symbol){NW_NAME_NON_PERSISTENT_BUFFERS_SET});
    read_entries(reader, instance, nw_module_dict(eval, instance, (nw_symbol){NW_NAME_PARAMETERS}), NULL, true);
    read_entries(reader, instance, nw_module_dict(eval, instance, (nw_symbol){NW_NAME_BUFFERS}), left_out, false);
    read_children(reader, instance, depth);
}

/* ---- programs that change state_dict() ---- */

static bool overrides(nw_eval *eval, const nw_class *class_, const char *method)
{
    nw_symbol name = nw_symbol_of(eval->symbols, method);
    const nw_value *found = nw_class_find(eval, class_, name);
    const nw_value *usual = eval->module_class ? nw_class_find(eval, eval->module_class, name) : NULL;
    return found && usual && found->as.object != usual->as.object;
}

static bool has_entries(nw_eval *eval, const nw_instance *instance, const char *attribute)
{
    const nw_dict *dict = nw_module_dict(eval, instance, nw_symbol_of(eval->symbols, attribute));
    return dict && dict->live > 0;
}

static bool changes_state(nw_eval *eval, const nw_instance *instance)
{
    return overrides(eval, instance->class_, "state_dict") || overrides(eval, instance->class_, "_save_to_state_dict") ||
           has_entries(eval, instance, "_state_dict_hooks") || has_entries(eval, instance, "_state_dict_pre_hooks");
}

static bool any_changes_state(nw_eval *eval, const nw_module_names *names)
{
    for (uint32_t i = 0; i < names->size; i++)
        if (names->instances[i] && changes_state(eval, names->instances[i]))
            return true;
    return false;
}

static bool is_parameter_row(const nw_model *model, const nw_tensor *tensor)
{
    for (uint32_t i = 0; i < model->state_count; i++)
        if (model->state[i].tensor == tensor)
            return model->state[i].is_parameter;
    return tensor->is_parameter;
}

/* The rows that the program's own state_dict() gives; parameters keep their kind by identity. */
static void read_by_calling(state_reader *reader, nw_value root)
{
    nw_model *model = reader->model;
    nw_eval *eval = model->eval;
    nw_arguments none = {0};
    nw_value method = nw_get_attribute(eval, root, nw_symbol_of(eval->symbols, "state_dict"));
    nw_value result = method.kind == NW_ERROR ? method : nw_call(eval, method, &none);
    if (result.kind == NW_INSTANCE && result.as.instance->payload.kind == NW_DICT)
        result = result.as.instance->payload;
    if (result.kind != NW_DICT || result.as.dict->open) {
        if (result.kind != NW_ERROR)
            report(reader, NW_DIAG_UNSUPPORTED, (nw_place){0}, "what state_dict() returns");
        reader->inexact = true;
        return;
    }
    nw_model before = *model;
    model->state = NULL;
    model->state_count = model->state_capacity = 0;
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(result.as.dict, &position));) {
        nw_value value = nw_settle(eval, entry->value);
        if (value.kind == NW_PHI || value.kind == NW_OPAQUE)
            report_value(reader, value, (nw_place){0}, "state_dict()");
        if (entry->key.kind != NW_STRING || value.kind != NW_TENSOR)
            continue;
        check_shape(reader, value.as.tensor, (nw_place){0}, nw_symbol_bytes(eval->symbols, entry->key.as.symbol));
        NW_ARENA_RESERVE(&eval->arena, model->state, model->state_count, model->state_capacity);
        model->state[model->state_count++] =
            (nw_state_row){.name = entry->key.as.symbol, .tensor = value.as.tensor, .is_parameter = is_parameter_row(&before, value.as.tensor)};
    }
}

/* Buffers are those that the state holds; parameters those of the tree, in the state or not. */
static void recount_buffers(state_reader *reader)
{
    nw_model *model = reader->model;
    reader->seen = NULL;
    reader->seen_size = reader->seen_count = 0;
    model->buffers = 0;
    for (uint32_t i = 0; i < model->state_count; i++)
        if (!model->state[i].is_parameter && see(reader, model->state[i].tensor))
            count_elements(reader, model->state[i].tensor, &model->buffers);
}

/* ---- Keras: the catalog itself says which variables there are, in the order of `weights` ---- */

static nw_symbol symbol_at(nw_value tuple, uint32_t index)
{
    return tuple.as.tuple->items[index].kind == NW_STRING ? tuple.as.tuple->items[index].as.symbol : (nw_symbol){0};
}

static void read_stores(nw_eval *eval, nw_value paths, nw_state_row *row)
{
    if (paths.kind != NW_TUPLE)
        return;
    row->stores = nw_arena_alloc(&eval->arena, (paths.as.tuple->count + 1) * sizeof *row->stores);
    for (uint32_t i = 0; i < paths.as.tuple->count; i++)
        row->stores[row->store_count++] = symbol_at(paths, i);
}

/* One (path, variable, "parameter" or "buffer", datasets). */
static void read_variable(state_reader *reader, nw_value row)
{
    nw_model *model = reader->model;
    nw_eval *eval = model->eval;
    if (row.kind != NW_TUPLE || row.as.tuple->count != 4 || row.as.tuple->items[1].kind != NW_TENSOR) {
        report(reader, NW_DIAG_UNSUPPORTED, (nw_place){0}, "a variable");
        return;
    }
    const nw_tensor *tensor = row.as.tuple->items[1].as.tensor;
    const char *kind = nw_symbol_bytes(eval->symbols, symbol_at(row, 2));
    nw_state_row made = {.name = symbol_at(row, 0), .tensor = tensor, .is_parameter = strcmp(kind, "parameter") == 0};
    read_stores(eval, row.as.tuple->items[3], &made);
    check_shape(reader, tensor, (nw_place){0}, nw_symbol_bytes(eval->symbols, made.name));
    if (see(reader, tensor)) {
        count_elements(reader, tensor, &model->parameters);
        if (!made.is_parameter)
            count_elements(reader, tensor, &model->buffers);
    }
    NW_ARENA_RESERVE(&eval->arena, model->state, model->state_count, model->state_capacity);
    model->state[model->state_count++] = made;
}

static void put_other_store(nw_model *model, nw_symbol name)
{
    NW_ARENA_RESERVE(&model->eval->arena, model->other_stores, model->other_store_count, model->other_store_capacity);
    model->other_stores[model->other_store_count++] = name;
}

static void read_layer(state_reader *reader, nw_value root)
{
    nw_eval *eval = reader->model->eval;
    nw_value *rows;
    uint32_t count;
    nw_value list = nw_call_method(eval, root, nw_symbol_of(eval->symbols, "_nw_state"), NULL, 0);
    if (list.kind == NW_ERROR || nw_collect(eval, list, &rows, &count) != NW_YES) {
        report(reader, NW_DIAG_UNSUPPORTED, (nw_place){0}, "the variables of a layer");
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        if (rows[i].kind == NW_NONE && eval->environment->open)
            reader->inexact = true;
        else if (rows[i].kind == NW_NONE)
            report(reader, NW_DIAG_UNSUPPORTED, (nw_place){0}, "the variables of a layer");
        else if (rows[i].kind == NW_OPAQUE || rows[i].kind == NW_TENSOR)
            report_value(reader, rows[i], (nw_place){0}, "");
        else if (rows[i].kind == NW_STRING)
            put_other_store(reader->model, rows[i].as.symbol);
        else
            read_variable(reader, rows[i]);
}

void nw_model_read_state(nw_model *model, nw_value root)
{
    nw_eval *eval = model->eval;
    model->root = root;
    model->parameters = model->buffers = 0;
    if (root.kind != NW_INSTANCE || !root.as.instance->class_->is_module)
        return;
    state_reader reader = {.model = model};
    nw_buffer_init(&reader.prefix);
    nw_buffer_add(&reader.prefix, "", 0);
    if (root.as.instance->class_->is_keras) {
        read_layer(&reader, root);
        if (reader.inexact)
            model->parameters = model->buffers = -1;
        nw_buffer_release(&reader.prefix);
        return;
    }
    read_instance(&reader, root.as.instance, 0);
    nw_module_names names = {0};
    nw_module_names_read(eval, &names, root);
    if (any_changes_state(eval, &names)) {
        read_by_calling(&reader, root);
        recount_buffers(&reader);
    }
    if (reader.inexact)
        model->parameters = model->buffers = -1;
    nw_buffer_release(&reader.prefix);
}
