/* Templates of layers: what one layer of the source is several of the target by, and what follows from its observed sizes. */
#include "migrate/layout.h"
#include "migrate/template.h"

#include "eval/interpret.h"
#include "syntax/ast_visit.h"

#include <string.h>

enum { MAX_ITEMS = 8 };

typedef struct item_list {
    const char *texts[MAX_ITEMS];
    uint32_t count;
} item_list;

static void collect(template_state *state, uint32_t node, item_list *items);

/* ---- values ---- */

/* What an expression of the table is in all runs; UNSET: it differs, or is not known. */
static nw_value value_in_all(template_state *state, uint32_t node)
{
    nw_eval *eval = state->writer->eval;
    nw_frame *caller = eval->frame;
    nw_value all = nw_unset();
    for (uint32_t i = 0; i < state->frame_count; i++) {
        eval->frame = state->frames[i];
        eval->in_catalog++;
        nw_value now = nw_settle(eval, nw_evaluate(eval, node));
        eval->in_catalog--;
        eval->frame = caller;
        nw_exception_clear(eval);
        eval->undecided = false;
        bool plain = nw_is_number(now) || now.kind == NW_STRING || now.kind == NW_NONE || now.kind == NW_TUPLE;
        if (!plain || (i && (all.kind != now.kind || (now.kind != NW_NONE && nw_equal(eval, all, now) != NW_YES))))
            return nw_unset();
        all = now;
    }
    return all;
}

static void write_value(template_state *state, uint32_t node)
{
    nw_value value = value_in_all(state, node);
    nw_value text = value.kind == NW_UNSET ? value : nw_representation(state->writer->eval, value);
    nw_exception_clear(state->writer->eval);
    if (text.kind == NW_STRING)
        nw_buffer_text(state->writer->out, nw_bytes(state->writer->eval, text.as.symbol));
    state->failed |= text.kind != NW_STRING;
}

static uint32_t default_in(const nw_ast *ast, const nw_ast_function *code, nw_symbol keyword)
{
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        uint32_t node = code->parameters[i].default_value;
        if (code->parameters[i].name.v == keyword.v && node && nw_template_is_literal(ast, node))
            return node;
    }
    return 0;
}

nw_value nw_template_class_default(nw_eval *eval, const nw_translation *adapter, nw_symbol keyword)
{
    const nw_ast *ast = adapter->module->ast;
    nw_list body = nw_ast_list(ast, ast->extra[ast->nodes[adapter->node].b + 1]);
    uint32_t node = 0;
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_ast_function *code = ast->nodes[body.items[i]].kind == NW_NODE_FUNCTION ? &ast->functions[ast->nodes[body.items[i]].a] : NULL;
        if (code && code->name.v == NW_NAME_DUNDER_INIT)
            node = default_in(ast, code, keyword);
    }
    if (!node)
        return nw_unset();
    nw_frame *caller = eval->frame;
    eval->frame = nw_frame_new(eval, &ast->functions[0], adapter->module, NULL);
    nw_value value = nw_evaluate(eval, node);
    eval->frame = caller;
    nw_exception_clear(eval);
    return value;
}

typedef struct mention_check {
    const template_state *state;
    bool found;
} mention_check;

static void look_for_made(void *context, nw_ast_child child)
{
    mention_check *check = context;
    if (!child.node)
        return;
    uint32_t parameter = nw_template_parameter(check->state, &check->state->ast->nodes[child.node]);
    if (parameter != UINT32_MAX)
        check->found |= strcmp(nw_bytes(check->state->writer->eval, check->state->code->parameters[parameter].name), NW_TEMPLATE_MADE) == 0;
    nw_ast_visit_children(check->state->ast, child.node, look_for_made, context);
}

static bool mentions_made(const template_state *state, uint32_t node)
{
    mention_check check = {state, false};
    look_for_made(&check, (nw_ast_child){.node = node});
    return check.found;
}

/* ---- rows in templates ---- */

/* The row of the tables' own that a call in a template names; NULL: none. */
static const nw_translation *row_called(const template_state *state, uint32_t node)
{
    const nw_node *n = &state->ast->nodes[node], *callee = &state->ast->nodes[n->a];
    if (n->kind != NW_NODE_CALL || callee->kind != NW_NODE_NAME || callee->b == NW_PLACE_SLOT)
        return NULL;
    return nw_translation_helper(&state->writer->migration->tables, (nw_symbol){callee->a});
}

/* The state of a row's expression for the arguments that stand in a template. */
static bool enter_row(template_state *state, const nw_translation *row, uint32_t node, template_state *inner)
{
    nw_eval *eval = state->writer->eval;
    nw_list arguments = nw_ast_list(state->ast, state->ast->nodes[node].b);
    *inner = (template_state){.writer = state->writer, .row = row, .ast = row->module->ast, .code = row->function->code, .rest_parameter = UINT32_MAX, .source = state->source, .is_inner = true};
    inner->frames = nw_arena_alloc(&eval->arena, (state->frame_count + 1) * sizeof *inner->frames);
    if (arguments.count > inner->code->parameter_count)
        return false;
    for (uint32_t f = 0; f < state->frame_count; f++) {
        nw_frame *frame = inner->frames[inner->frame_count++] = nw_template_frame(inner);
        for (uint32_t i = 0; i < inner->code->parameter_count; i++) {
            if (i >= arguments.count) {
                frame->slots[i] = row->function->defaults[i];
                continue;
            }
            uint32_t parameter = nw_template_parameter(state, &state->ast->nodes[arguments.items[i]]);
            nw_frame *caller = eval->frame;
            eval->frame = state->frames[f];
            frame->slots[i] = parameter != UINT32_MAX ? state->frames[f]->slots[parameter] : nw_settle(eval, nw_evaluate(eval, arguments.items[i]));
            eval->frame = caller;
            nw_exception_clear(eval);
            eval->undecided = false;
            inner->nodes[i] = parameter != UINT32_MAX ? state->nodes[parameter] : 0;
        }
    }
    return true;
}

static void collect_row(template_state *state, const nw_translation *row, uint32_t node, item_list *items)
{
    template_state inner;
    uint32_t chosen = enter_row(state, row, node, &inner) ? nw_template_choose(&inner) : 0;
    if (chosen)
        collect(&inner, chosen, items);
    state->failed |= !chosen || inner.failed;
}

/* ---- items ---- */

static void add_item(template_state *state, uint32_t node, item_list *items)
{
    nw_writer *writer = state->writer;
    nw_buffer *outer = writer->out, text;
    nw_buffer_init(&text);
    writer->out = &text;
    nw_template_render(state, node, true);
    writer->out = outer;
    if (items->count < MAX_ITEMS)
        items->texts[items->count++] = nw_arena_copy(&writer->eval->arena, text.bytes ? text.bytes : "", text.size + 1);
    else
        state->failed = true;
    nw_buffer_release(&text);
}

static void collect(template_state *state, uint32_t node, item_list *items)
{
    const nw_node *n = &state->ast->nodes[node];
    const nw_translation *row = row_called(state, node);
    if (row) {
        collect_row(state, row, node, items);
    } else if (n->kind == NW_NODE_TUPLE) {
        nw_list parts = nw_ast_list(state->ast, n->a);
        for (uint32_t i = 0; i < parts.count; i++)
            collect(state, parts.items[i], items);
    } else if (n->kind == NW_NODE_CONDITIONAL) {
        nw_answer answer = nw_template_test(state, n->a);
        if (answer == NW_YES || answer == NW_NO)
            collect(state, answer == NW_YES ? n->b : n->c, items);
        else
            state->failed = true;
    } else {
        add_item(state, node, items);
    }
}

static void write_container(nw_writer *writer, const item_list *items)
{
    if (items->count != 1) {
        nw_write_setting_name(writer, items->count ? "sequence" : "nothing");
        nw_buffer_byte(writer->out, '(');
    }
    for (uint32_t i = 0; i < items->count; i++)
        nw_buffer_format(writer->out, "%s%s", i ? ", " : "", items->texts[i]);
    nw_buffer_text(writer->out, items->count == 1 ? "" : ")");
}

bool nw_template_write_items(template_state *state, uint32_t node)
{
    nw_writer *writer = state->writer;
    uint8_t kind = state->ast->nodes[node].kind;
    if (!writer->migration->tables.by_hand || !state->is_layer || (kind != NW_NODE_TUPLE && kind != NW_NODE_CONDITIONAL && !row_called(state, node)))
        return false;
    bool spread = writer->spread && writer->spread == state->source;
    const char *between = writer->between;
    item_list items = {.count = 0};
    collect(state, node, &items);
    if (!spread) {
        write_container(writer, &items);
        return true;
    }
    for (uint32_t i = 0; i < items.count; i++)
        nw_buffer_format(writer->out, "%s%s", i ? between : "", items.texts[i]);
    writer->item_count = state->failed ? 1 : items.count;
    return true;
}

bool *nw_items_find(nw_writer *writer)
{
    const nw_ast *ast = writer->ast;
    bool *items = NULL;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        nw_source_call call;
        nw_list arguments = ast->nodes[i].kind == NW_NODE_CALL ? nw_ast_list(ast, ast->nodes[i].b) : (nw_list){0};
        if (arguments.count == 0 || ast->nodes[arguments.items[0]].kind == NW_NODE_KEYWORD || nw_translations_setting(&writer->migration->tables, "containers").kind == NW_UNSET ||
            !nw_source_call_read(writer, i, &call) || !nw_translations_holds(&writer->migration->tables, "containers", call.name, NULL))
            continue;
        if (!items)
            items = nw_arena_zero(&writer->eval->arena, (ast->node_count + 1) * sizeof *items);
        const nw_node *first = &ast->nodes[arguments.items[0]];
        nw_list layers = first->kind == NW_NODE_LIST ? nw_ast_list(ast, first->a) : (nw_list){arguments.items, 1};
        for (uint32_t k = 0; k < layers.count; k++)
            items[layers.items[k]] = ast->nodes[layers.items[k]].kind == NW_NODE_CALL;
    }
    return items;
}

/* A layer in front of another that takes its tensors in another order of axes. */
static uint32_t write_turn(nw_writer *writer, uint32_t node, const char *between)
{
    bool to_other;
    if (!nw_layout_change_of_item(writer->migration->layout, writer->module, node, &to_other))
        return 0;
    const nw_translation *row = nw_setting_row(writer, to_other ? "turn" : "turn_back", NW_ROW_ADAPTER);
    if (row)
        nw_buffer_format(writer->out, "%s()%s", nw_adapter_name(writer, row), between);
    return row != NULL;
}

/* Writes a layer of the source where several may stand; how many did. */
static uint32_t write_layer(nw_writer *writer, uint32_t node, const char *between)
{
    uint32_t turns = write_turn(writer, node, between);
    uint32_t outer = writer->spread, outer_count = writer->item_count;
    const char *outer_between = writer->between;
    writer->spread = node;
    writer->between = between;
    writer->item_count = 1;
    nw_write_enclosed(writer, node);
    uint32_t count = writer->item_count;
    writer->spread = outer;
    writer->between = outer_between;
    writer->item_count = outer_count;
    return count + turns;
}

uint32_t nw_write_spread(nw_writer *writer, uint32_t node)
{
    return write_layer(writer, node, ", ");
}

/* ---- the text of a list ---- */

static uint32_t indentation_at(const nw_writer *writer, uint32_t at, bool *alone)
{
    uint32_t line = nw_source_line_start(&writer->module->source, at), text;
    for (text = line; writer->bytes[text] == ' ';)
        text++;
    *alone = text == at;
    return text - line;
}

/* What stands between two items, the first of which left nothing: its comma and, where nothing else is on it, its line. */
static void write_gap_of_nothing(const nw_writer *writer, nw_buffer *out, uint32_t at, uint32_t end)
{
    size_t size = out->size;
    while (size > 0 && out->bytes[size - 1] == ' ')
        size--;
    bool first = size == 0 || out->bytes[size - 1] == '\n';
    while (at < end && (writer->bytes[at] == ' ' || writer->bytes[at] == ','))
        at++;
    if (at < end && (writer->bytes[at] == '\n' || writer->bytes[at] == '\r') && first && size > 0) {
        out->size = size;
        at += 1u + (writer->bytes[at] == '\r');
    }
    nw_buffer_add(out, writer->bytes + at, end - at);
}

/* The separator of items of one layer: a line for each where layers have lines. */
static const char *separator(const nw_writer *writer, uint32_t at, uint32_t item)
{
    uint32_t line = item;
    while (line > at && writer->bytes[line - 1] == ' ')
        line--;
    if (line == at || writer->bytes[line - 1] != '\n')
        return ", ";
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, ",\n%.*s", (int)(item - line), writer->bytes + line);
    const char *copy = nw_arena_copy(&writer->eval->arena, text.bytes, text.size + 1);
    nw_buffer_release(&text);
    return copy;
}

static void write_items_of(nw_writer *writer, const nw_node *list)
{
    nw_list items = nw_ast_list(writer->ast, list->a);
    uint32_t at = list->start + 1, count = 1;
    for (uint32_t i = 0; i <= items.count; i++) {
        uint32_t end = i < items.count ? writer->ast->nodes[items.items[i]].start : list->end - 1;
        bool lines = memchr(writer->bytes + at, '\n', end - at) != NULL;
        if (count == 0 && i == items.count && !lines)
            while (writer->out->size && (writer->out->bytes[writer->out->size - 1] == ' ' || writer->out->bytes[writer->out->size - 1] == ','))
                writer->out->size--;
        if (count == 0)
            write_gap_of_nothing(writer, writer->out, at, end);
        else
            nw_write_source(writer, at, end);
        if (i == items.count)
            break;
        count = write_layer(writer, items.items[i], separator(writer, at, end));
        at = writer->ast->nodes[items.items[i]].end;
    }
}

/* The brackets go: lines that stood in a bracket of their own line move to the left. */
static void write_list(nw_writer *writer, uint32_t source, uint32_t list)
{
    const nw_node *n = &writer->ast->nodes[list];
    bool alone, ignored;
    uint32_t inner = indentation_at(writer, n->start, &alone), outer = indentation_at(writer, writer->ast->nodes[source].start, &ignored);
    uint32_t less = alone && inner > outer ? inner - outer : 0;
    nw_buffer *out = writer->out, text;
    nw_buffer_init(&text);
    writer->out = &text;
    write_items_of(writer, n);
    writer->out = out;
    for (size_t i = 0; i < text.size; i++) {
        nw_buffer_byte(out, text.bytes[i]);
        bool line = text.bytes[i] == '\n';
        for (uint32_t k = 0; line && k < less && i + 1 < text.size && text.bytes[i + 1] == ' '; k++)
            i++;
    }
    nw_buffer_release(&text);
    writer->shown_start = n->start;
    writer->shown_end = n->end;
}

/* *layers; *layer, where one layer of the source may be several. */
static bool write_starred(template_state *state, const nw_node *n)
{
    uint32_t parameter = nw_template_parameter(state, &state->ast->nodes[n->a]);
    if (parameter == UINT32_MAX || parameter == state->rest_parameter)
        return false;
    uint32_t source = state->nodes[parameter];
    if (!source)
        return true;
    if (state->writer->ast->nodes[source].kind == NW_NODE_LIST) {
        write_list(state->writer, state->source, source);
        return true;
    }
    if (!state->frame_count || state->frames[0]->slots[parameter].kind != NW_INSTANCE)
        return false;
    write_layer(state->writer, source, ", ");
    return true;
}

/* ---- choices ---- */

typedef struct written_before {
    uint32_t untranslated, notes, adapters, imports, marks;
} written_before;

static written_before remember(const nw_writer *writer)
{
    const nw_migration *migration = writer->migration;
    return (written_before){migration->untranslated.count, migration->notes.count, writer->adapter_count, writer->import_count, writer->mark_count};
}

static void forget(nw_writer *writer, written_before before)
{
    writer->migration->untranslated.count = before.untranslated;
    writer->migration->notes.count = before.notes;
    writer->adapter_count = before.adapters;
    writer->import_count = before.imports;
    writer->mark_count = before.marks;
}

/* either(A, B): the first one that can be written. */
static void write_either(template_state *state, nw_list choices)
{
    nw_writer *writer = state->writer;
    nw_buffer *outer = writer->out;
    written_before before = remember(writer);
    for (uint32_t i = 0; i < choices.count; i++) {
        nw_buffer text;
        nw_buffer_init(&text);
        writer->out = &text;
        state->failed = false;
        nw_template_render(state, choices.items[i], true);
        writer->out = outer;
        bool fine = !state->failed && writer->migration->untranslated.count == before.untranslated;
        if (fine)
            nw_buffer_add(outer, text.bytes, text.size);
        nw_buffer_release(&text);
        if (fine)
            return;
        forget(writer, before);
    }
    state->failed = true;
}

/* one(layer): a layer that is one of the target, too. */
static void write_one(template_state *state, uint32_t argument)
{
    uint32_t parameter = nw_template_parameter(state, &state->ast->nodes[argument]);
    if (parameter == UINT32_MAX || !state->nodes[parameter] || write_layer(state->writer, state->nodes[parameter], ", ") != 1)
        state->failed = true;
}

/* A call of one of Python's own functions on numbers that follow from `made`. */
static bool is_computing(const template_state *state, uint32_t node)
{
    static const char *const names[] = {"max", "min", "round", "len"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (nw_template_is_called(state, node, names[i]))
            return mentions_made(state, node);
    return false;
}

bool nw_template_write_special(template_state *state, uint32_t node)
{
    const nw_node *n = &state->ast->nodes[node];
    if (!state->writer->migration->tables.by_hand)
        return false;
    if (n->kind == NW_NODE_STARRED)
        return write_starred(state, n);
    if (n->kind == NW_NODE_CALL) {
        nw_list arguments = nw_ast_list(state->ast, n->b);
        const nw_translation *row = row_called(state, node);
        if (nw_template_is_called(state, node, "either")) {
            write_either(state, arguments);
        } else if (nw_template_is_called(state, node, "one")) {
            write_one(state, arguments.items[0]);
        } else if (row) {
            item_list items = {.count = 0};
            collect_row(state, row, node, &items);
            write_container(state->writer, &items);
        } else if (is_computing(state, node)) {
            write_value(state, node);
        } else {
            return false;
        }
        return true;
    }
    uint32_t parameter = nw_template_parameter(state, n);
    bool unwritten = parameter != UINT32_MAX && !state->nodes[parameter] && state->is_inner;
    bool computed = (n->kind == NW_NODE_ATTRIBUTE || n->kind == NW_NODE_SUBSCRIPT || n->kind == NW_NODE_BINARY || n->kind == NW_NODE_UNARY) && mentions_made(state, node);
    if (!unwritten && !computed)
        return false;
    write_value(state, node);
    return true;
}
