#include "base/json.h"
#include "emit/message.h"
#include "emit/show_emit.h"
#include "eval/guard_text.h"
#include "model/value_text.h"

#include <stdio.h>

static const char *bytes_of(const nw_eval *eval, nw_symbol symbol)
{
    return nw_symbol_bytes(eval->symbols, symbol);
}

static void write_count(nw_json *json, const char *key, int64_t count)
{
    nw_json_key(json, key);
    if (count < 0)
        nw_json_null(json);
    else
        nw_json_integer(json, count);
}

static void write_tensors(const nw_shown *shown, const char *key, const nw_model_value *values, uint32_t count, nw_json *json)
{
    const nw_eval *eval = shown->model->eval;
    nw_json_key(json, key);
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < count; i++) {
        nw_json_open(json, '{');
        nw_json_key(json, "name");
        nw_json_text(json, bytes_of(eval, values[i].name));
        nw_json_key(json, "dtype");
        if (values[i].tensor->dtype == NW_DTYPE_UNKNOWN)
            nw_json_null(json);
        else
            nw_json_text(json, nw_dtype_short_name(values[i].tensor->dtype));
        nw_json_key(json, "shape");
        nw_shape_json(eval, values[i].tensor, !shown->model->is_closed, json);
        nw_json_close(json, '}');
    }
    nw_json_close(json, ']');
}

static void write_place(nw_place place, nw_place otherwise, nw_json *json)
{
    const char *path = NULL;
    nw_position position = {0, 0};
    bool found = nw_place_position(place, &path, &position) || nw_place_position(otherwise, &path, &position);
    nw_json_key(json, "file");
    if (found)
        nw_json_text(json, path);
    else
        nw_json_null(json);
    nw_json_key(json, "line");
    nw_json_integer(json, position.line);
}

static void write_arguments(nw_eval *eval, const nw_model_step *step, nw_json *json)
{
    nw_json_key(json, "arguments");
    nw_json_open(json, '{');
    for (uint32_t i = 0; i < step->argument_count; i++) {
        if (step->arguments[i].kind == NW_UNSET)
            continue;
        bool repeated = false; /* the items of *args share a name: they are one array */
        for (uint32_t j = 0; j < i && !repeated; j++)
            repeated = step->names && step->names[j].v == step->names[i].v;
        if (repeated)
            continue;
        nw_json_key(json, step->names ? bytes_of(eval, step->names[i]) : "args");
        uint32_t same = 1;
        for (uint32_t j = i + 1; j < step->argument_count; j++)
            same += !step->names || step->names[j].v == step->names[i].v;
        if (same > 1)
            nw_json_open(json, '[');
        for (uint32_t j = i; j < step->argument_count; j++)
            if (j == i || !step->names || step->names[j].v == step->names[i].v)
                nw_value_json(eval, step->arguments[j], json);
        if (same > 1)
            nw_json_close(json, ']');
        if (!step->names)
            break;
    }
    nw_json_close(json, '}');
}

static void write_step(const nw_shown *shown, const nw_model_step *step, nw_json *json)
{
    const nw_model *model = shown->model;
    nw_json_open(json, '{');
    nw_json_key(json, "path");
    if (step->has_path)
        nw_json_text(json, bytes_of(model->eval, step->path));
    else
        nw_json_null(json);
    nw_json_key(json, "class");
    nw_json_text(json, bytes_of(model->eval, step->class_));
    write_arguments(model->eval, step, json);
    nw_json_key(json, "output");
    nw_result_json(model->eval, step->output, !model->is_closed, json);
    write_count(json, "parameters", step->parameters);
    write_place(step->place, model->fallback, json);
    if (step->condition.v != NW_TRUE.v) {
        nw_buffer text;
        nw_buffer_init(&text);
        nw_guard_text(model->eval, step->condition, &text);
        nw_json_key(json, "guard");
        nw_json_bytes(json, text.bytes, text.size);
        nw_buffer_release(&text);
    }
    nw_json_close(json, '}');
}

static void write_state(const nw_shown *shown, nw_json *json)
{
    const nw_model *model = shown->model;
    nw_json_key(json, "state");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < model->state_count; i++) {
        const nw_state_row *row = &model->state[i];
        nw_json_open(json, '{');
        nw_json_key(json, "name");
        nw_json_text(json, bytes_of(model->eval, row->name));
        nw_json_key(json, "shape");
        if (row->tensor->is_uninitialized) {
            nw_json_open(json, '[');
            nw_json_close(json, ']');
        } else {
            nw_shape_json(model->eval, row->tensor, !model->is_closed, json);
        }
        nw_json_key(json, "kind");
        nw_json_text(json, row->is_parameter ? "parameter" : "buffer");
        if (row->store_count) {
            nw_json_key(json, "store");
            nw_json_open(json, '[');
            for (uint32_t j = 0; j < row->store_count; j++)
                nw_json_text(json, bytes_of(model->eval, row->stores[j]));
            nw_json_close(json, ']');
        }
        nw_json_close(json, '}');
    }
    nw_json_close(json, ']');
}

static void write_unknown(const nw_model *model, nw_json *json)
{
    nw_buffer message;
    nw_buffer_init(&message);
    nw_json_key(json, "unknown");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < model->unknown.count; i++) {
        const nw_diagnostic *item = &model->unknown.items[i];
        char code[16];
        nw_buffer_clear(&message);
        nw_message_text(&message, item->id, item->detail);
        snprintf(code, sizeof code, "NW%04u", nw_diagnostic_row_of(item->id)->code);
        nw_json_open(json, '{');
        nw_json_key(json, "file");
        nw_json_text(json, item->path ? item->path : "");
        nw_json_key(json, "line");
        nw_json_integer(json, item->line);
        nw_json_key(json, "reason");
        nw_json_text(json, code);
        nw_json_key(json, "message");
        nw_json_bytes(json, message.bytes, message.size);
        nw_json_close(json, '}');
    }
    nw_json_close(json, ']');
    nw_buffer_release(&message);
}

static void write_body(const nw_shown *shown, nw_json *json)
{
    const nw_model *model = shown->model;
    nw_json_key(json, "framework");
    if (model->framework.v)
        nw_json_text(json, bytes_of(model->eval, model->framework));
    else
        nw_json_null(json);
    write_count(json, "parameters", model->parameters);
    write_count(json, "buffers", model->buffers);
    write_tensors(shown, "inputs", model->inputs, model->input_count, json);
    write_tensors(shown, "outputs", model->outputs, model->output_count, json);
    nw_json_key(json, "layers");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < model->step_count; i++)
        write_step(shown, &model->steps[i], json);
    nw_json_close(json, ']');
    write_state(shown, json);
    write_unknown(model, json);
}

void nw_emit_json(const nw_shown *shown, nw_buffer *out)
{
    nw_json json = nw_json_start(out);
    nw_json_open(&json, '{');
    nw_json_key(&json, "version");
    nw_json_integer(&json, 1);
    nw_json_key(&json, "entry");
    nw_json_text(&json, shown->entry);
    write_body(shown, &json);
    nw_json_close(&json, '}');
    nw_buffer_byte(out, '\n');
}

void nw_emit_class_json(const nw_shown *shown, nw_buffer *out)
{
    nw_json json = nw_json_start(out);
    nw_json_open(&json, '{');
    nw_json_key(&json, "class");
    nw_json_text(&json, shown->class_name);
    nw_json_key(&json, "file");
    nw_json_text(&json, shown->path);
    nw_json_key(&json, "line");
    nw_json_integer(&json, shown->line);
    write_body(shown, &json);
    nw_json_close(&json, '}');
}
