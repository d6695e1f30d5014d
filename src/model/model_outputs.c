/* The tensors of a nested result, in order, with names such as `0`, `a.0`, `logits`. */
#include "model/model.h"

#include <stdio.h>
#include <string.h>

enum { MAX_NESTING = 40 };

typedef struct output_reader {
    nw_model *model;
    nw_buffer name; /* ".a.0" */
} output_reader;

static void read_value(output_reader *reader, nw_value value, int depth);

static void read_named(output_reader *reader, const char *key, nw_value value, int depth)
{
    size_t size = reader->name.size;
    nw_buffer_byte(&reader->name, '.');
    nw_buffer_text(&reader->name, key);
    read_value(reader, value, depth + 1);
    reader->name.size = size;
}

static void report_unknown(output_reader *reader, nw_value value)
{
    if (reader->model->is_closed)
        nw_model_add_lost(reader->model, value, (nw_place){0}, "an output");
}

static void read_tensor(output_reader *reader, nw_value value)
{
    const nw_tensor *tensor = value.as.tensor;
    nw_model *model = reader->model;
    nw_eval *eval = model->eval;
    for (uint32_t i = 0; tensor->shape && i < tensor->rank; i++) {
        nw_value size = tensor->shape[i];
        if (size.kind == NW_PHI || (size.kind == NW_OPAQUE && nw_unknown_origin(size.as.opaque)))
            report_unknown(reader, size);
    }
    if (!tensor->shape)
        report_unknown(reader, value);
    nw_symbol name = reader->name.size ? nw_symbol_intern(eval->symbols, reader->name.bytes + 1, reader->name.size - 1)
                                       : nw_symbol_of(eval->symbols, "0");
    NW_ARENA_RESERVE(&eval->arena, model->outputs, model->output_count, model->output_capacity);
    model->outputs[model->output_count++] = (nw_model_value){name, tensor};
}

/* str() of a key, for names. */
static void read_entry(output_reader *reader, nw_value key, nw_value value, int depth)
{
    nw_eval *eval = reader->model->eval;
    nw_value text = key.kind == NW_STRING ? key : nw_to_string(eval, key);
    read_named(reader, text.kind == NW_STRING ? nw_symbol_bytes(eval->symbols, text.as.symbol) : "?", value, depth);
}

static void read_dict(output_reader *reader, const nw_dict *dict, int depth)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(dict, &position));)
        read_entry(reader, entry->key, entry->value, depth);
    if (dict->open)
        report_unknown(reader, nw_none());
}

static void read_items(output_reader *reader, const nw_value *items, uint32_t count, const nw_value *names, int depth)
{
    for (uint32_t i = 0; i < count; i++) {
        char number[16];
        snprintf(number, sizeof number, "%u", i);
        if (names && names[i].kind == NW_STRING)
            read_entry(reader, names[i], items[i], depth);
        else
            read_named(reader, number, items[i], depth);
    }
}

static void read_tuple(output_reader *reader, const nw_tuple *tuple, int depth)
{
    nw_eval *eval = reader->model->eval;
    const nw_value *fields = tuple->class_ ? nw_class_find(eval, tuple->class_, nw_symbol_of(eval->symbols, "_fields")) : NULL;
    bool named = fields && fields->kind == NW_TUPLE && fields->as.tuple->count == tuple->count;
    read_items(reader, tuple->items, tuple->count, named ? fields->as.tuple->items : NULL, depth);
}

/* An object with keys() and []: a mapping of the program's own. */
static bool read_mapping(output_reader *reader, nw_value object, int depth)
{
    nw_eval *eval = reader->model->eval;
    const nw_class *class_ = object.as.instance->class_;
    if (!nw_class_find(eval, class_, (nw_symbol){NW_NAME_KEYS}) || !nw_class_find(eval, class_, (nw_symbol){NW_NAME_DUNDER_GETITEM}))
        return false;
    nw_value keys = nw_call_method(eval, object, (nw_symbol){NW_NAME_KEYS}, NULL, 0);
    nw_value *items;
    uint32_t count;
    if (keys.kind == NW_ERROR || nw_collect(eval, keys, &items, &count) != NW_YES) {
        report_unknown(reader, nw_none());
        return true;
    }
    for (uint32_t i = 0; i < count; i++)
        read_entry(reader, items[i], nw_get_item(eval, object, items[i]), depth);
    return true;
}

static void read_instance(output_reader *reader, nw_value object, int depth)
{
    nw_eval *eval = reader->model->eval;
    const nw_instance *instance = object.as.instance;
    if (read_mapping(reader, object, depth))
        return;
    if (instance->payload.kind == NW_DICT || instance->payload.kind == NW_LIST || instance->payload.kind == NW_TUPLE) {
        read_value(reader, instance->payload, depth);
        return;
    }
    const nw_value *fields = nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_DUNDER_DATACLASS_FIELDS});
    if (!fields || fields->kind != NW_DICT) {
        if (instance->class_->opaque_base)
            report_unknown(reader, nw_none());
        return;
    }
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(fields->as.dict, &position));)
        if (entry->key.kind == NW_STRING)
            read_entry(reader, entry->key, nw_get_attribute(eval, object, entry->key.as.symbol), depth);
}

/* A scalar of unknown value is no tensor, whatever it is. */
static bool is_scalar(const nw_opaque *opaque)
{
    return opaque->type == NW_TYPE_BOOL || opaque->type == NW_TYPE_INT || opaque->type == NW_TYPE_FLOAT || opaque->type == NW_TYPE_NUMBER ||
           opaque->type == NW_TYPE_STRING;
}

static void read_value(output_reader *reader, nw_value value, int depth)
{
    value = nw_settle(reader->model->eval, value);
    if (depth > MAX_NESTING) {
        report_unknown(reader, nw_none());
        return;
    }
    switch (value.kind) {
    case NW_TENSOR:
        read_tensor(reader, value);
        break;
    case NW_TUPLE:
        read_tuple(reader, value.as.tuple, depth);
        break;
    case NW_LIST:
        read_items(reader, value.as.list->items, value.as.list->count, NULL, depth);
        if (value.as.list->repeated)
            report_unknown(reader, nw_none());
        break;
    case NW_DICT:
        read_dict(reader, value.as.dict, depth);
        break;
    case NW_INSTANCE:
        read_instance(reader, value, depth);
        break;
    case NW_OPAQUE:
        if (is_scalar(value.as.opaque))
            break;
        report_unknown(reader, value);
        break;
    case NW_PHI:
    case NW_UNSET:
        report_unknown(reader, value);
        break;
    default: /* None, numbers, strings: no tensors */
        break;
    }
}

void nw_model_read_outputs(nw_model *model, nw_value result)
{
    output_reader reader = {.model = model};
    model->end_fact = model->eval->fact_count;
    nw_buffer_init(&reader.name);
    nw_buffer_add(&reader.name, "", 0);
    read_value(&reader, result, 0);
    nw_buffer_release(&reader.name);
}
