/* The table that torchinfo users expect, then what was not understood and why. */
#include "emit/message.h"
#include "emit/show_emit.h"
#include "eval/guard_text.h"
#include "model/value_text.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 6, ARGUMENTS_COLUMN = 2, PARAMETERS_COLUMN = 4, MAX_CELL = 60 };

typedef struct text_table {
    nw_buffer text;      /* all cells, each ended by a zero byte */
    size_t *offsets;     /* COLUMNS per row */
    uint32_t rows, capacity;
    size_t widths[COLUMNS];
    nw_arena arena;
} text_table;

/* Characters of UTF-8. */
static size_t width_of(const char *text)
{
    size_t width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}

static void add_cell(text_table *table, unsigned column, const char *text)
{
    char cell[MAX_CELL * 4 + 4];
    size_t size = strlen(text);
    if (size > MAX_CELL) { /* cut in the middle of an ASCII text; paths and shapes are never that long */
        snprintf(cell, sizeof cell, "%.*s...", MAX_CELL - 3, text);
        text = cell;
        size = strlen(text);
    }
    table->offsets[table->rows * COLUMNS + column] = table->text.size;
    nw_buffer_add(&table->text, text, size + 1);
    size_t width = width_of(text);
    if (width > table->widths[column])
        table->widths[column] = width;
}

static void add_row(text_table *table, const char *const cells[COLUMNS])
{
    if (table->rows == table->capacity) {
        uint32_t capacity = table->capacity ? table->capacity * 2 : 64;
        table->offsets = nw_arena_grow(&table->arena, table->offsets, (size_t)table->rows * COLUMNS, (size_t)capacity * COLUMNS, sizeof(size_t));
        table->capacity = capacity;
    }
    for (unsigned i = 0; i < COLUMNS; i++)
        add_cell(table, i, cells[i]);
    table->rows++;
}

static void write_padding(nw_buffer *out, char byte, size_t count)
{
    while (count--)
        nw_buffer_byte(out, byte);
}

static void write_row(const text_table *table, uint32_t row, nw_buffer *out)
{
    for (unsigned i = 0; i < COLUMNS; i++) {
        const char *cell = table->text.bytes + table->offsets[row * COLUMNS + i];
        size_t padding = table->widths[i] - width_of(cell);
        if (i == PARAMETERS_COLUMN)
            write_padding(out, ' ', padding);
        nw_buffer_text(out, cell);
        if (i + 1 == COLUMNS)
            break;
        if (i != PARAMETERS_COLUMN)
            write_padding(out, ' ', padding);
        nw_buffer_text(out, "  ");
    }
    nw_buffer_byte(out, '\n');
}

static void write_table(const text_table *table, nw_buffer *out)
{
    size_t total = 2 * (COLUMNS - 1);
    for (unsigned i = 0; i < COLUMNS; i++)
        total += table->widths[i];
    for (uint32_t row = 0; row < table->rows; row++) {
        write_row(table, row, out);
        if (row == 0) {
            write_padding(out, '-', total);
            nw_buffer_byte(out, '\n');
        }
    }
    write_padding(out, '-', total);
    nw_buffer_byte(out, '\n');
}

static const char *last_part(const char *dotted)
{
    const char *dot = strrchr(dotted, '.');
    return dot ? dot + 1 : dotted;
}

/* 1,234,567 */
static void write_number(nw_buffer *out, int64_t number)
{
    char digits[32];
    if (number < 0) {
        nw_buffer_text(out, "?");
        return;
    }
    int size = snprintf(digits, sizeof digits, "%lld", (long long)number);
    for (int i = 0; i < size; i++) {
        if (i && (size - i) % 3 == 0)
            nw_buffer_byte(out, ',');
        nw_buffer_byte(out, digits[i]);
    }
}

static void write_result(const nw_eval *eval, nw_value value, nw_buffer *out)
{
    if (value.kind == NW_TENSOR || value.kind == NW_TUPLE || value.kind == NW_LIST)
        nw_value_text(eval, value, out);
}

static void add_step(const nw_shown *shown, const nw_model_step *step, text_table *table)
{
    nw_eval *eval = shown->model->eval;
    nw_buffer cells[COLUMNS];
    const char *texts[COLUMNS];
    for (unsigned i = 0; i < COLUMNS; i++) {
        nw_buffer_init(&cells[i]);
        nw_buffer_add(&cells[i], "", 0);
    }
    if (step->has_path)
        nw_buffer_text(&cells[0], nw_symbol_bytes(eval->symbols, step->path));
    nw_buffer_text(&cells[1], last_part(nw_symbol_bytes(eval->symbols, step->class_)));
    for (uint32_t i = 0; step->kind == NW_STEP_LAYER && i < step->argument_count; i++) {
        nw_buffer_format(&cells[ARGUMENTS_COLUMN], "%s%s=", i ? ", " : "", nw_symbol_bytes(eval->symbols, step->names[i]));
        nw_value_text(eval, step->arguments[i], &cells[ARGUMENTS_COLUMN]);
    }
    write_result(eval, step->output, &cells[3]);
    if (step->kind == NW_STEP_LAYER && step->parameters != 0)
        write_number(&cells[PARAMETERS_COLUMN], step->parameters);
    const char *path;
    nw_position position;
    if (nw_place_position(step->place, &path, &position))
        nw_buffer_format(&cells[5], "%s:%u", strrchr(path, '/') ? strrchr(path, '/') + 1 : path, position.line);
    if (step->condition.v != NW_TRUE.v) {
        nw_buffer_text(&cells[5], " if ");
        nw_guard_text(eval, step->condition, &cells[5]);
    }
    for (unsigned i = 0; i < COLUMNS; i++)
        texts[i] = cells[i].bytes;
    add_row(table, texts);
    for (unsigned i = 0; i < COLUMNS; i++)
        nw_buffer_release(&cells[i]);
}

static void write_tensors(const nw_model *model, const char *title, const nw_model_value *values, uint32_t count, nw_buffer *out)
{
    for (uint32_t i = 0; i < count; i++) {
        nw_buffer_format(out, "%s %s: ", title, nw_symbol_bytes(model->eval->symbols, values[i].name));
        if (values[i].tensor->dtype != NW_DTYPE_UNKNOWN)
            nw_buffer_text(out, nw_dtype_short_name(values[i].tensor->dtype));
        nw_shape_text(model->eval, values[i].tensor, out);
        nw_buffer_byte(out, '\n');
    }
}

static void write_unknown(const nw_model *model, bool color, nw_buffer *out)
{
    if (model->unknown.count == 0)
        return;
    nw_buffer_format(out, "\nnot understood (%u):\n", model->unknown.count);
    for (uint32_t i = 0; i < model->unknown.count; i++) {
        nw_buffer_text(out, "  ");
        nw_message_line(out, &model->unknown.items[i], color);
    }
}

void nw_emit_text(const nw_shown *shown, bool color, nw_buffer *out)
{
    const nw_model *model = shown->model;
    text_table table = {.rows = 0};
    nw_arena_init(&table.arena);
    nw_buffer_init(&table.text);
    static const char *const head[COLUMNS] = {"path", "kind", "arguments", "output", "parameters", "made at"};
    add_row(&table, head);
    for (uint32_t i = 0; i < model->step_count; i++)
        add_step(shown, &model->steps[i], &table);
    nw_buffer_format(out, "%s%s%s\n\n", color ? "\033[1m" : "", shown->entry ? shown->entry : shown->class_name, color ? "\033[0m" : "");
    write_table(&table, out);
    write_tensors(model, "input", model->inputs, model->input_count, out);
    write_tensors(model, "output", model->outputs, model->output_count, out);
    nw_buffer_text(out, "parameters: ");
    write_number(out, model->parameters);
    nw_buffer_text(out, "\nbuffers: ");
    write_number(out, model->buffers);
    nw_buffer_byte(out, '\n');
    write_unknown(model, color, out);
    nw_buffer_release(&table.text);
    nw_arena_release(&table.arena);
}
