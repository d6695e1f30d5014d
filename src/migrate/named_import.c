/* Calls of functions of the program that import parts of the source framework by their names. */
#include "eval/interpret.h"
#include "migrate/writer.h"

/* Whether an argument is the name of a part of the source framework. */
static bool names_framework(nw_writer *writer, nw_list arguments)
{
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *n = &writer->ast->nodes[arguments.items[i]];
        const nw_node *value = n->kind == NW_NODE_KEYWORD ? &writer->ast->nodes[n->b] : n;
        if (value->kind == NW_NODE_STRING && nw_is_framework_import(writer, (nw_symbol){value->a}))
            return true;
    }
    return false;
}

/* A name of the source framework, or a plain constant beside it. */
static bool write_imported(nw_writer *writer, uint32_t node, nw_value value, bool *known)
{
    nw_symbol name = nw_framework_value_name(writer->eval, value);
    if (name.v) {
        nw_write_reference(writer, node, value, name);
        *known = true;
    } else if (value.kind == NW_BOOL || value.kind == NW_NONE) {
        nw_buffer_text(writer->out, value.kind == NW_NONE ? "None" : value.as.integer ? "True" : "False");
    } else {
        return false;
    }
    return true;
}

bool nw_write_named_import(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    if (!first || first->kind != NW_TRACE_CALL || nw_sites_next(writer->migration->sites, first) || !nw_called_code(first->a) || !names_framework(writer, arguments))
        return false;
    nw_value result = nw_settle(writer->eval, first->result);
    const nw_value *items = result.kind == NW_TUPLE ? result.as.tuple->items : &result;
    uint32_t count = result.kind == NW_TUPLE ? result.as.tuple->count : 1;
    nw_buffer *outer = writer->out, text;
    nw_buffer_init(&text);
    writer->out = &text;
    bool known = false, all = true;
    for (uint32_t i = 0; i < count && all; i++) {
        nw_buffer_text(&text, i ? ", " : "");
        all = write_imported(writer, node, nw_settle(writer->eval, items[i]), &known);
    }
    writer->out = outer;
    if (all && known) {
        nw_buffer_format(outer, result.kind == NW_TUPLE ? "(%.*s)" : "%.*s", (int)text.size, text.bytes);
        writer->changed = true;
    }
    nw_buffer_release(&text);
    return all && known;
}
