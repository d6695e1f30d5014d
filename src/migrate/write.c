/* Writing text: the bytes of a node with its parts translated, and what is said about it. */
#include "migrate/layout.h"

#include "eval/interpret.h"
#include "syntax/ast_visit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void nw_write_source(nw_writer *writer, uint32_t start, uint32_t end)
{
    if (end > start)
        nw_buffer_add(writer->out, writer->bytes + start, end - start);
}

typedef struct child_writer {
    nw_writer *writer;
    uint32_t at; /* source bytes up to here are written */
} child_writer;


static void write_child(void *context, nw_ast_child child)
{
    child_writer *state = context;
    nw_writer *writer = state->writer;
    if (!child.node)
        return;
    const nw_node *node = &writer->ast->nodes[child.node];
    if (node->start < state->at || node->end == node->start) /* implied, or already within what was written */
        return;
    nw_write_source(writer, state->at, node->start);
    nw_write_node(writer, child.node);
    state->at = node->end;
}

void nw_write_children(nw_writer *writer, uint32_t node)
{
    child_writer state = {writer, writer->ast->nodes[node].start};
    nw_ast_visit_children(writer->ast, node, write_child, &state);
    nw_write_source(writer, state.at, writer->ast->nodes[node].end);
}

/* The axes of a transpose: channels from axis 1 to the end, or back. */
static void write_axes(nw_writer *writer, uint32_t rank, bool to_last)
{
    nw_buffer_text(writer->out, ", (0");
    if (!to_last)
        nw_buffer_format(writer->out, ", %u", rank - 1);
    for (uint32_t axis = to_last ? 2 : 1; axis < (to_last ? rank : rank - 1); axis++)
        nw_buffer_format(writer->out, ", %u", axis);
    nw_buffer_text(writer->out, to_last ? ", 1))" : "))");
}

void nw_write_node(nw_writer *writer, uint32_t node)
{
    bool to_last;
    if (node && node == writer->substitute.node) {
        nw_buffer_text(writer->out, writer->substitute.text);
        return;
    }
    uint32_t rank = nw_layout_change(writer->migration->layout, writer->module, node, &to_last);
    if (!rank) {
        nw_write_plain_node(writer, node);
        return;
    }
    nw_write_setting_name(writer, "transpose");
    nw_buffer_byte(writer->out, '(');
    nw_write_plain_node(writer, node);
    write_axes(writer, rank, to_last != writer->migration->tables.to_first);
}

void nw_write_plain_node(nw_writer *writer, uint32_t node)
{
    if (nw_write_detached(writer, node) || nw_write_answered(writer, node) || nw_write_functional_size(writer, node))
        return;
    switch (writer->ast->nodes[node].kind) {
    case NW_NODE_NAME: nw_write_name(writer, node); return;
    case NW_NODE_ATTRIBUTE: nw_write_attribute(writer, node); return;
    case NW_NODE_CALL: nw_write_call(writer, node); return;
    case NW_NODE_UNARY: case NW_NODE_BINARY: case NW_NODE_COMPARE: nw_write_operation(writer, node); return;
    case NW_NODE_SUBSCRIPT: nw_write_item(writer, node); return;
    case NW_NODE_JOINED_STRING: nw_write_joined(writer, node); return;
    case NW_NODE_FORMATTED: nw_write_formatted(writer, node); return;
    case NW_NODE_STRING: case NW_NODE_BYTES: case NW_NODE_INTEGER: case NW_NODE_FLOAT:
        nw_write_source(writer, writer->ast->nodes[node].start, writer->ast->nodes[node].end);
        return;
    default: break;
    }
    if (writer->ast->nodes[node].kind >= NW_NODE_EXPRESSION && writer->ast->nodes[node].kind <= NW_NODE_TYPE_ALIAS)
        nw_write_statement(writer, node);
    else
        nw_write_children(writer, node);
}

void nw_write_enclosed(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    bool parentheses = (n->flags & NW_NODE_FLAG_PARENTHESIZED) && n->kind != NW_NODE_NAME;
    if (parentheses)
        nw_buffer_byte(writer->out, '(');
    nw_write_node(writer, node);
    if (parentheses)
        nw_buffer_byte(writer->out, ')');
}

void nw_write_callee(nw_writer *writer, uint32_t call)
{
    const nw_node *n = &writer->ast->nodes[call];
    nw_write_source(writer, n->start, writer->ast->nodes[n->a].start);
    nw_write_node(writer, n->a);
}

/* ---- annotations ---- */

/* Whether a name is of something whose import or definition goes. */
static bool is_removed(nw_writer *writer, nw_symbol name)
{
    const nw_value *bound = nw_dict_find_name(writer->module->globals, name);
    const nw_module *module = bound && bound->kind == NW_IMPORT && !bound->as.import->definition ? nw_import_locate(writer->eval, bound->as.import->module) : NULL;
    nw_exception_clear(writer->eval);
    if ((module && !module->is_catalog && !writer->migration->is_open) || (bound && bound->kind == NW_IMPORT && nw_brings_nothing(writer, name)))
        return true;
    for (uint32_t k = 0; k < writer->removed_count; k++)
        if (writer->removed[k].v == name.v)
            return true;
    return false;
}

/* The module of the program that an expression names, NULL: something else. */
static const nw_module *module_named(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    const nw_module *around = n->kind == NW_NODE_ATTRIBUTE ? module_named(writer, n->a) : NULL;
    const nw_dict *names = n->kind == NW_NODE_NAME && n->b != NW_PLACE_SLOT ? writer->module->globals : around ? around->globals : NULL;
    const nw_value *bound = names ? nw_dict_find_name(names, (nw_symbol){n->kind == NW_NODE_NAME ? n->a : n->b}) : NULL;
    nw_value value = bound ? nw_settle(writer->eval, *bound) : nw_unset();
    return value.kind == NW_MODULE && !value.as.module->is_catalog ? value.as.module : NULL;
}

/* `parts.Encoder`, where nobody looked at what that module imports under the name. */
static bool is_removed_part(nw_writer *writer, const nw_node *n)
{
    const nw_module *module = n->kind == NW_NODE_ATTRIBUTE && !writer->migration->is_open ? module_named(writer, n->a) : NULL;
    const nw_value *bound = module && module->globals ? nw_dict_find_name(module->globals, (nw_symbol){n->b}) : NULL;
    return bound && bound->kind == NW_IMPORT && !bound->as.import->definition;
}

typedef struct name_search {
    nw_writer *writer;
    bool found;
} name_search;

static void search_removed(void *data, nw_ast_child child)
{
    name_search *search = data;
    const nw_node *n = &search->writer->ast->nodes[child.node];
    if (search->found || !child.node)
        return;
    search->found = (n->kind == NW_NODE_NAME && n->b != NW_PLACE_SLOT && is_removed(search->writer, (nw_symbol){n->a})) || is_removed_part(search->writer, n);
    nw_ast_visit_children(search->writer->ast, child.node, search_removed, search);
}

static bool names_removed(nw_writer *writer, uint32_t annotation)
{
    name_search search = {writer, false};
    search_removed(&search, (nw_ast_child){.node = annotation});
    return search.found;
}

void nw_write_annotation(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_buffer *outer = writer->out, text;
    nw_buffer_init(&text);
    writer->out = &text;
    writer->in_annotation = true;
    writer->quoted = false;
    nw_write_node(writer, node);
    writer->in_annotation = false;
    writer->out = outer;
    bool part = writer->quoted && n->kind != NW_NODE_NAME && n->kind != NW_NODE_ATTRIBUTE;
    bool plain = memchr(writer->bytes + n->start, '\n', n->end - n->start) == NULL && memchr(writer->bytes + n->start, '"', n->end - n->start) == NULL;
    if (plain && n->kind != NW_NODE_STRING && (part || names_removed(writer, node))) {
        nw_buffer_format(outer, "\"%.*s\"", (int)(n->end - n->start), writer->bytes + n->start);
        writer->changed = true;
    } else {
        nw_buffer_add(outer, text.bytes, text.size);
    }
    nw_buffer_release(&text);
}

const char *nw_written(nw_writer *writer, uint32_t node)
{
    nw_buffer *outer = writer->out, text;
    nw_buffer_init(&text);
    writer->out = &text;
    nw_write_enclosed(writer, node);
    writer->out = outer;
    const char *copy = nw_arena_copy(&writer->eval->arena, text.bytes ? text.bytes : "", text.size + 1);
    nw_buffer_release(&text);
    return copy;
}

/* ---- what is said ---- */

static const char *formatted(nw_writer *writer, const char *format, va_list arguments)
{
    char text[400];
    vsnprintf(text, sizeof text, format, arguments);
    return nw_arena_copy(&writer->eval->arena, text, strlen(text) + 1);
}

static void add_entry(nw_writer *writer, nw_migration_entries *list, uint32_t node, nw_diagnostic_id id, const char *detail)
{
    uint32_t start = writer->ast->nodes[node].start;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].module == writer->module && list->items[i].start == start && list->items[i].id == id && strcmp(list->items[i].detail, detail) == 0)
            return;
    NW_ARENA_RESERVE(&writer->eval->arena, list->items, list->count, list->capacity);
    list->items[list->count++] = (nw_migration_entry){writer->module, start, id, detail};
}

static void add_mark(nw_writer *writer, nw_diagnostic_id id, const char *detail)
{
    for (uint32_t i = 0; i < writer->mark_count; i++)
        if (writer->marks[i].id == id && strcmp(writer->marks[i].detail, detail) == 0)
            return;
    if (writer->mark_count < NW_MAX_MARKS)
        writer->marks[writer->mark_count++] = (nw_mark){id, detail};
}

void nw_write_refuse(nw_writer *writer, uint32_t node, nw_diagnostic_id id, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *detail = formatted(writer, format, arguments);
    va_end(arguments);
    add_entry(writer, writer->reached ? &writer->migration->untranslated : &writer->migration->notes, node, id, detail);
    add_mark(writer, id, detail);
}

void nw_write_note(nw_writer *writer, uint32_t node, nw_diagnostic_id id, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *detail = formatted(writer, format, arguments);
    va_end(arguments);
    add_entry(writer, &writer->migration->notes, node, id, detail);
}

/* ---- forms of expressions ---- */

bool nw_is_simple(const nw_ast *ast, uint32_t node)
{
    const nw_node *n = &ast->nodes[node];
    switch (n->kind) {
    case NW_NODE_NAME: case NW_NODE_INTEGER: case NW_NODE_FLOAT: case NW_NODE_STRING: case NW_NODE_TRUE: case NW_NODE_FALSE: case NW_NODE_NONE:
        return true;
    case NW_NODE_ATTRIBUTE: return nw_is_simple(ast, n->a);
    case NW_NODE_UNARY: return nw_is_simple(ast, n->a);
    case NW_NODE_SUBSCRIPT: return nw_is_simple(ast, n->a) && nw_is_simple(ast, n->b);
    case NW_NODE_TUPLE: case NW_NODE_LIST: {
        nw_list items = nw_ast_list(ast, n->a);
        for (uint32_t i = 0; i < items.count; i++)
            if (!nw_is_simple(ast, items.items[i]))
                return false;
        return true;
    }
    default: return false;
    }
}

bool nw_is_atom(const nw_ast *ast, uint32_t node)
{
    const nw_node *n = &ast->nodes[node];
    if (n->flags & NW_NODE_FLAG_PARENTHESIZED)
        return n->kind != NW_NODE_NAME;
    switch (n->kind) {
    case NW_NODE_NAME: case NW_NODE_STRING: case NW_NODE_TRUE: case NW_NODE_FALSE: case NW_NODE_NONE: case NW_NODE_ATTRIBUTE: case NW_NODE_CALL:
    case NW_NODE_SUBSCRIPT: case NW_NODE_LIST: case NW_NODE_DICT: case NW_NODE_SET: case NW_NODE_LIST_COMPREHENSION: case NW_NODE_INTEGER: case NW_NODE_FLOAT:
        return true;
    default: return false;
    }
}
