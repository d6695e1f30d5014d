#include "emit/migration_map.h"

#include "emit/message.h"
#include "eval/tensor.h"
#include "model/value_text.h"

#include <stdio.h>
#include <string.h>

static const char *bytes(const nw_model *model, nw_symbol symbol)
{
    return nw_symbol_bytes(model->eval->symbols, symbol);
}

static void write_text(nw_json *json, const char *key, const char *text)
{
    nw_json_key(json, key);
    nw_json_text(json, text);
}

/* ---- inputs and outputs ---- */

/* "from": "NCHW", "to": "NHWC", "permute": [0, 2, 3, 1] */
static void write_layout(nw_json *json, uint32_t rank, bool to_first)
{
    static const char *const names[][2] = {{"NCL", "NLC"}, {"NCHW", "NHWC"}, {"NCDHW", "NDHWC"}};
    if (rank >= 3 && rank <= 5) {
        write_text(json, "from", names[rank - 3][to_first]);
        write_text(json, "to", names[rank - 3][!to_first]);
    }
    nw_json_key(json, "permute");
    nw_json_open(json, '[');
    for (uint32_t axis = 0; axis < rank; axis++)
        nw_json_integer(json, nw_moved_axis(!to_first, axis, rank)); /* where it comes from */
    nw_json_close(json, ']');
}

static void write_values(nw_json *json, const char *key, const nw_model_value *values, uint32_t count, const nw_model *model, const bool *moved, bool to_first)
{
    nw_json_key(json, key);
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < count; i++) {
        nw_json_open(json, '{');
        write_text(json, "name", bytes(model, values[i].name));
        if (moved && moved[i])
            write_layout(json, values[i].tensor->rank, to_first);
        nw_json_close(json, '}');
    }
    nw_json_close(json, ']');
}

/* ---- weights ---- */

static void write_numbers(nw_json *json, const int64_t *numbers, uint32_t count)
{
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < count; i++)
        nw_json_integer(json, numbers[i]);
    nw_json_close(json, ']');
}

static void write_operation(nw_json *json, const nw_weight_operation *operation)
{
    const char *name = operation->name;
    nw_json_open(json, '[');
    nw_json_text(json, name);
    if (strcmp(name, "fill") == 0) {
        nw_json_number(json, operation->number);
        write_numbers(json, operation->numbers, operation->number_count);
        nw_json_text(json, nw_dtype_name(operation->dtype));
    } else if (strcmp(name, "cast") == 0) {
        nw_json_text(json, nw_dtype_name(operation->dtype));
    } else if (strcmp(name, "scale") == 0) {
        nw_json_number(json, operation->number);
    } else if (strcmp(name, "reorder") == 0) {
        nw_json_integer(json, operation->numbers[0]);
        nw_json_integer(json, operation->numbers[1]);
        write_numbers(json, operation->numbers + 2, operation->number_count - 2);
    } else if (strcmp(name, "slice") == 0 || strcmp(name, "concatenate") == 0) {
        for (uint32_t i = 0; i < operation->number_count; i++)
            nw_json_integer(json, operation->numbers[i]);
    } else if (strcmp(name, "add") != 0) { /* transpose, reshape, flip */
        write_numbers(json, operation->numbers, operation->number_count);
    }
    nw_json_close(json, ']');
}

/* Where a tensor lies in a checkpoint: its dataset, or its name where the format goes by names. */
static const char *place_of(const nw_model *model, uint32_t state)
{
    const nw_state_row *row = &model->state[state];
    return bytes(model, row->store_count ? row->stores[0] : row->name);
}

static void write_weight(nw_json *json, const nw_migration_map *map, const nw_weight_row *row, const char *to)
{
    nw_json_open(json, '{');
    write_text(json, "to", to);
    write_text(json, "name", bytes(map->target, map->target->state[row->target].name));
    nw_json_key(json, "from");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < row->from_count; i++)
        nw_json_text(json, place_of(map->source, row->from[i]));
    nw_json_close(json, ']');
    nw_json_key(json, "ops");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < row->operation_count; i++)
        write_operation(json, &row->operations[i]);
    nw_json_close(json, ']');
    nw_json_key(json, "shape");
    nw_shape_json(map->target->eval, map->target->state[row->target].tensor, false, json);
    nw_json_close(json, '}');
}

/* A tied tensor has a dataset for each layer that holds it. */
static void write_everywhere(nw_json *json, const nw_migration_map *map, const nw_weight_row *row)
{
    const nw_state_row *state = &map->target->state[row->target];
    if (!state->store_count)
        write_weight(json, map, row, bytes(map->target, state->name));
    for (uint32_t i = 0; i < state->store_count; i++)
        write_weight(json, map, row, bytes(map->target, state->stores[i]));
}

/* Further datasets of tensors whose first one is read, and those of what is no tensor of the model. */
static void write_repeated(nw_json *json, const nw_model *source)
{
    for (uint32_t i = 0; i < source->other_store_count; i++)
        nw_json_text(json, nw_symbol_bytes(source->eval->symbols, source->other_stores[i]));
    for (uint32_t i = 0; i < source->state_count; i++)
        for (uint32_t k = 1; k < source->state[i].store_count; k++)
            nw_json_text(json, bytes(source, source->state[i].stores[k]));
}

static void write_weights(nw_json *json, const nw_migration_map *map)
{
    const nw_pivot_comparison *comparison = map->comparison && map->comparison->equal ? map->comparison : NULL;
    nw_json_key(json, "weights");
    nw_json_open(json, '[');
    for (uint32_t i = 0; comparison && i < comparison->weight_count; i++)
        write_everywhere(json, map, &comparison->weights[i]);
    nw_json_close(json, ']');
    nw_json_key(json, "unused");
    nw_json_open(json, '[');
    for (uint32_t i = 0; comparison && i < comparison->unused_count; i++)
        nw_json_text(json, place_of(map->source, comparison->unused[i]));
    if (comparison)
        write_repeated(json, map->source);
    nw_json_close(json, ']');
}

/* ---- what was not carried over ---- */

static void write_diagnostics(nw_json *json, const char *key, const nw_diagnostics *diagnostics)
{
    nw_json_key(json, key);
    nw_json_open(json, '[');
    for (uint32_t i = 0; diagnostics && i < diagnostics->count; i++) {
        const nw_diagnostic *item = &diagnostics->items[i];
        const nw_diagnostic_row *row = nw_diagnostic_row_of(item->id);
        nw_buffer message;
        char code[16];
        nw_buffer_init(&message);
        snprintf(code, sizeof code, "NW%04u", row->code);
        nw_message_text(&message, item->id, item->detail);
        nw_json_open(json, '{');
        write_text(json, "file", item->path ? item->path : "");
        nw_json_key(json, "line");
        nw_json_integer(json, item->line);
        write_text(json, "reason", code);
        write_text(json, "message", message.bytes);
        nw_json_close(json, '}');
        nw_buffer_release(&message);
    }
    nw_json_close(json, ']');
}

static void write_stats(nw_json *json, const nw_migration_map *map)
{
    const struct { const char *name; uint64_t value; } rows[] = {
        {"lines", map->lines}, {"calls", map->calls}, {"translated", map->translated}, {"transposes", map->transposes}};
    nw_json_key(json, "stats");
    nw_json_open(json, '{');
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        nw_json_key(json, rows[i].name);
        nw_json_integer(json, (int64_t)rows[i].value);
    }
    nw_json_close(json, '}');
}

/* What `netwright verify --map` needs to run the source again. */
static void write_check(nw_json *json, const nw_migration_map *map)
{
    nw_json_key(json, "check");
    nw_json_open(json, '{');
    write_text(json, "module", map->module);
    write_text(json, "file", map->path);
    nw_json_key(json, "inputs");
    nw_json_open(json, '[');
    for (size_t i = 0; i < map->input_count; i++)
        nw_json_text(json, map->inputs[i]);
    nw_json_close(json, ']');
    nw_json_close(json, '}');
}

void nw_migration_map_write(const nw_migration_map *map, nw_buffer *out)
{
    nw_json json = nw_json_start(out);
    nw_json_open(&json, '{');
    nw_json_key(&json, "version");
    nw_json_integer(&json, 1);
    write_text(&json, "from", map->from);
    write_text(&json, "to", map->to);
    write_text(&json, "entry", map->entry);
    write_values(&json, "inputs", map->source ? map->source->inputs : NULL, map->source ? map->source->input_count : 0, map->source, map->moved ? map->moved->inputs : NULL, map->moved && map->moved->to_first);
    write_values(&json, "outputs", map->source ? map->source->outputs : NULL, map->source ? map->source->output_count : 0, map->source, map->moved ? map->moved->outputs : NULL, map->moved && map->moved->to_first);
    write_weights(&json, map);
    write_diagnostics(&json, "untranslated", map->untranslated);
    write_diagnostics(&json, "notes", map->notes);
    if (map->module)
        write_check(&json, map);
    write_stats(&json, map);
    if (map->dry_forward) {
        nw_json_key(&json, "dry_forward");
        nw_json_bool(&json, true);
    }
    nw_json_close(&json, '}');
    nw_buffer_byte(out, '\n');
}
