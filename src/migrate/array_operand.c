/* Operators of a tensor and an array of numpy, and calls of layers with one, where the target's take none. */
#include "eval/interpret.h"
#include "migrate/writer.h"

/* Whether an operand was an array of numpy, and the other one a tensor, whenever the operator ran. */
static bool is_array_beside_tensor(nw_writer *writer, const nw_trace_entry *first, bool left)
{
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        nw_value array = nw_settle(writer->eval, left ? e->a : e->b), other = nw_settle(writer->eval, left ? e->b : e->a);
        if (e->kind != NW_TRACE_OPERATION || other.kind != NW_TENSOR || !nw_is_array(array))
            return false;
    }
    return first != NULL;
}

bool nw_write_with_array(nw_writer *writer, uint32_t node, const uint32_t *operands, uint32_t count)
{
    nw_value row = nw_translations_setting(&writer->migration->tables, "array_operand");
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, node);
    bool left = count == 2 && is_array_beside_tensor(writer, first, true);
    if (row.kind != NW_STRING || count != 2 || (!left && !is_array_beside_tensor(writer, first, false)))
        return false;
    uint32_t at = writer->ast->nodes[node].start;
    for (uint32_t i = 0; i < 2; i++) {
        const nw_node *operand = &writer->ast->nodes[operands[i]];
        nw_write_source(writer, at, operand->start);
        if (left != (i == 0) || !nw_write_operand_row(writer, node, row.as.symbol, operands, i, 1))
            nw_write_node(writer, operands[i]);
        at = operand->end;
    }
    nw_write_source(writer, at, writer->ast->nodes[node].end);
    writer->changed = true;
    return true;
}

/* Whether a layer was called with an array of numpy there, whenever the call ran. */
static bool is_array_for_layer(nw_writer *writer, const nw_trace_entry *first, nw_list arguments, uint32_t at)
{
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        if (!nw_is_module_object(e->a) || !e->arguments || !nw_is_array(nw_settle(writer->eval, nw_argument_at(writer, e, arguments, at))))
            return false;
    return first != NULL;
}

bool nw_write_array_arguments(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    nw_value name = nw_translations_setting(&writer->migration->tables, "array_argument");
    const nw_translation *row = name.kind == NW_STRING ? nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, name.as.symbol) : NULL;
    bool found = false;
    for (uint32_t i = 0; row && i < arguments.count; i++)
        found |= is_array_for_layer(writer, first, arguments, i);
    if (!found)
        return false;
    nw_write_callee(writer, node);
    uint32_t at = writer->ast->nodes[n->a].end;
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = &writer->ast->nodes[arguments.items[i]];
        uint32_t value = argument->kind == NW_NODE_KEYWORD ? argument->b : arguments.items[i];
        bool array = is_array_for_layer(writer, first, arguments, i);
        nw_write_source(writer, at, writer->ast->nodes[value].start);
        if (array)
            nw_buffer_format(writer->out, "%s(", nw_adapter_name(writer, row));
        nw_write_node(writer, value);
        nw_buffer_text(writer->out, array ? ")" : "");
        at = writer->ast->nodes[value].end;
    }
    nw_write_source(writer, at, n->end);
    writer->changed = true;
    return true;
}
