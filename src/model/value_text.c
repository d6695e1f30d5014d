#include "model/value_text.h"

#include "model/model.h"

#include <math.h>

enum { MAX_DEPTH = 6, MAX_ITEMS = 64 };

static void write_value(const nw_eval *eval, nw_value value, int depth, nw_buffer *out);

static void write_items(const nw_eval *eval, const nw_value *items, uint32_t count, const char *brackets, int depth, nw_buffer *out)
{
    nw_buffer_byte(out, brackets[0]);
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            nw_buffer_text(out, ", ");
        if (i == MAX_ITEMS || depth == MAX_DEPTH) {
            nw_buffer_text(out, "...");
            break;
        }
        write_value(eval, items[i], depth + 1, out);
    }
    if (count == 1 && brackets[0] == '(')
        nw_buffer_byte(out, ',');
    nw_buffer_byte(out, brackets[1]);
}

static void write_dict(const nw_eval *eval, const nw_dict *dict, bool is_set, int depth, nw_buffer *out)
{
    nw_buffer_byte(out, '{');
    uint32_t position = 0, written = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(dict, &position));) {
        if (written)
            nw_buffer_text(out, ", ");
        if (written++ == MAX_ITEMS || depth == MAX_DEPTH) {
            nw_buffer_text(out, "...");
            break;
        }
        write_value(eval, entry->key, depth + 1, out);
        if (is_set)
            continue;
        nw_buffer_text(out, ": ");
        write_value(eval, entry->value, depth + 1, out);
    }
    nw_buffer_byte(out, '}');
}

static void write_float(double number, nw_buffer *out)
{
    if (!isfinite(number)) {
        nw_buffer_text(out, isnan(number) ? "nan" : number > 0 ? "inf" : "-inf");
        return;
    }
    nw_json json = nw_json_start(out);
    nw_json_number(&json, number);
}

static void write_quoted(const nw_eval *eval, nw_symbol symbol, nw_buffer *out)
{
    nw_text text = nw_symbol_text(eval->symbols, symbol);
    nw_buffer_json_string(out, text.bytes, text.size);
}

static const char *bytes_of(const nw_eval *eval, nw_symbol symbol)
{
    return nw_symbol_bytes(eval->symbols, symbol);
}

static void write_callable(const nw_eval *eval, nw_value value, nw_buffer *out)
{
    switch (value.kind) {
    case NW_FUNCTION: {
        const nw_function *function = value.as.function;
        nw_buffer_text(out, bytes_of(eval, function->row && function->row->qualified.v ? function->row->qualified : nw_function_qualified(eval, function)));
        break;
    }
    case NW_METHOD:
        write_callable(eval, value.as.method->function, out);
        break;
    case NW_PARTIAL:
        nw_buffer_text(out, "partial(");
        write_callable(eval, value.as.partial->function, out);
        for (uint32_t i = 0; i < value.as.partial->arguments.named_count; i++) {
            nw_buffer_format(out, ", %s=", bytes_of(eval, value.as.partial->arguments.names[i]));
            write_value(eval, value.as.partial->arguments.named[i], MAX_DEPTH - 1, out);
        }
        nw_buffer_byte(out, ')');
        break;
    case NW_CLASS:
        nw_buffer_text(out, bytes_of(eval, nw_class_public_name(value.as.class_)));
        break;
    case NW_NATIVE:
        nw_buffer_text(out, value.as.native->name);
        break;
    default:
        write_value(eval, value, MAX_DEPTH, out);
    }
}

static void write_value(const nw_eval *eval, nw_value value, int depth, nw_buffer *out)
{
    switch (value.kind) {
    case NW_NONE: nw_buffer_text(out, "None"); break;
    case NW_BOOL: nw_buffer_text(out, value.as.integer ? "True" : "False"); break;
    case NW_INT: nw_buffer_format(out, "%lld", (long long)value.as.integer); break;
    case NW_FLOAT: write_float(value.as.number, out); break;
    case NW_STRING: case NW_BYTES: write_quoted(eval, value.as.symbol, out); break;
    case NW_ELLIPSIS: nw_buffer_text(out, "..."); break;
    case NW_TUPLE: write_items(eval, value.as.tuple->items, value.as.tuple->count, "()", depth, out); break;
    case NW_LIST: write_items(eval, value.as.list->items, value.as.list->count, "[]", depth, out); break;
    case NW_DICT: case NW_SET: write_dict(eval, value.as.dict, value.kind == NW_SET, depth, out); break;
    case NW_TENSOR: nw_shape_text(eval, value.as.tensor, out); break;
    case NW_DTYPE: nw_buffer_text(out, nw_dtype_short_name((nw_dtype)value.as.integer)); break;
    case NW_OPAQUE: nw_buffer_text(out, nw_lost_origin(value.as.opaque) ? "?" : bytes_of(eval, value.as.opaque->text)); break;
    case NW_INSTANCE: nw_buffer_format(out, "%s(...)", bytes_of(eval, nw_class_public_name(value.as.instance->class_))); break;
    case NW_MODULE: nw_buffer_text(out, bytes_of(eval, value.as.module->name)); break;
    case NW_RANGE:
        nw_buffer_format(out, "range(%lld, %lld, %lld)", (long long)value.as.range->start, (long long)value.as.range->stop, (long long)value.as.range->step);
        break;
    case NW_SLICE:
        nw_buffer_text(out, "slice(");
        write_value(eval, value.as.slice->start, depth, out);
        nw_buffer_text(out, ", ");
        write_value(eval, value.as.slice->stop, depth, out);
        nw_buffer_byte(out, ')');
        break;
    case NW_FUNCTION: case NW_METHOD: case NW_NATIVE: case NW_PARTIAL: case NW_CLASS: write_callable(eval, value, out); break;
    case NW_PHI:
        write_value(eval, value.as.phi->then, depth, out);
        nw_buffer_text(out, " or ");
        write_value(eval, value.as.phi->otherwise, depth, out);
        break;
    default: nw_buffer_byte(out, '?');
    }
}

void nw_value_text(const nw_eval *eval, nw_value value, nw_buffer *out)
{
    write_value(eval, value, 0, out);
}

static void json_text(const nw_eval *eval, nw_value value, nw_json *json)
{
    nw_buffer text;
    nw_buffer_init(&text);
    write_value(eval, value, 0, &text);
    nw_json_bytes(json, text.bytes, text.size);
    nw_buffer_release(&text);
}

static void write_json(const nw_eval *eval, nw_value value, int depth, nw_json *json)
{
    nw_text text;
    switch (value.kind) {
    case NW_NONE: nw_json_null(json); return;
    case NW_BOOL: nw_json_bool(json, value.as.integer != 0); return;
    case NW_INT: nw_json_integer(json, value.as.integer); return;
    case NW_FLOAT: nw_json_number(json, value.as.number); return;
    case NW_STRING:
        text = nw_symbol_text(eval->symbols, value.as.symbol);
        nw_json_bytes(json, text.bytes, text.size);
        return;
    case NW_OPAQUE:
        if (nw_lost_origin(value.as.opaque)) {
            nw_json_null(json);
            return;
        }
        break;
    case NW_TUPLE: case NW_LIST: {
        uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.as.list->count;
        const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.as.list->items;
        if (depth == MAX_DEPTH)
            break;
        nw_json_open(json, '[');
        for (uint32_t i = 0; i < count && i < 1024; i++)
            write_json(eval, items[i], depth + 1, json);
        nw_json_close(json, ']');
        return;
    }
    default:
        break;
    }
    json_text(eval, value, json);
}

void nw_value_json(const nw_eval *eval, nw_value value, nw_json *json)
{
    write_json(eval, value, 0, json);
}

void nw_shape_text(const nw_eval *eval, const nw_tensor *tensor, nw_buffer *out)
{
    if (!tensor->shape) {
        nw_buffer_text(out, "[...]");
        return;
    }
    nw_buffer_byte(out, '[');
    for (uint32_t i = 0; i < tensor->rank; i++) {
        if (i)
            nw_buffer_text(out, ", ");
        write_value(eval, tensor->shape[i], 0, out);
    }
    nw_buffer_byte(out, ']');
}

void nw_shape_json(const nw_eval *eval, const nw_tensor *tensor, bool symbols, nw_json *json)
{
    if (!tensor->shape) {
        nw_json_null(json);
        return;
    }
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < tensor->rank; i++)
        if (tensor->shape[i].kind == NW_INT || symbols)
            nw_value_json(eval, tensor->shape[i], json);
        else
            nw_json_null(json);
    nw_json_close(json, ']');
}

static void result_json(const nw_eval *eval, nw_value result, bool symbols, int depth, nw_json *json)
{
    uint32_t position = 0;
    switch (depth < MAX_DEPTH ? result.kind : NW_NONE) {
    case NW_TENSOR:
        nw_shape_json(eval, result.as.tensor, symbols, json);
        break;
    case NW_TUPLE:
        nw_json_open(json, '[');
        for (uint32_t i = 0; i < result.as.tuple->count; i++)
            result_json(eval, result.as.tuple->items[i], symbols, depth + 1, json);
        nw_json_close(json, ']');
        break;
    case NW_LIST:
        nw_json_open(json, '[');
        for (uint32_t i = 0; i < result.as.list->count; i++)
            result_json(eval, result.as.list->items[i], symbols, depth + 1, json);
        nw_json_close(json, ']');
        break;
    case NW_DICT:
        nw_json_open(json, '[');
        for (nw_dict_entry *entry; (entry = nw_dict_next(result.as.dict, &position));)
            result_json(eval, entry->value, symbols, depth + 1, json);
        nw_json_close(json, ']');
        break;
    default:
        nw_json_null(json);
    }
}

void nw_result_json(const nw_eval *eval, nw_value result, bool symbols, nw_json *json)
{
    result_json(eval, result, symbols, 0, json);
}
