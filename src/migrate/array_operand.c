/* Operators of a tensor and an array of numpy, where the target's tensors take none. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

/* Whether an operand was an array of numpy, and the other one a tensor, whenever the operator ran. */
static bool is_array_beside_tensor(nw_writer *writer, const nw_trace_entry *first, bool left)
{
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        nw_value array = nw_settle(writer->eval, left ? e->a : e->b), other = nw_settle(writer->eval, left ? e->b : e->a);
        nw_symbol name = array.kind == NW_INSTANCE ? array.as.instance->class_->qualified : (nw_symbol){0};
        if (e->kind != NW_TRACE_OPERATION || other.kind != NW_TENSOR || !name.v || strcmp(nw_bytes(writer->eval, name), "numpy.ndarray") != 0)
            return false;
    }
    return first != NULL;
}

/* An array of numpy beside a tensor of the target, which takes none: the row of the setting `array_operand` makes it one. */
static bool write_array_operand(nw_writer *writer, uint32_t node, const nw_trace_entry *first, bool left, nw_symbol row_name)
{
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        nw_arguments *arguments = nw_arena_zero(&writer->eval->arena, sizeof *arguments);
        arguments->positional = nw_arena_copy(&writer->eval->arena, left ? &e->a : &e->b, sizeof(nw_value));
        arguments->positional_count = 1;
        ((nw_trace_entry *)e)->arguments = arguments;
    }
    uint32_t *operand = nw_arena_copy(&writer->eval->arena, &node, sizeof node);
    nw_source_call call = {.node = node, .arguments = {operand, 1}, .name = row_name, .first = first};
    const nw_translation *row = nw_translation_find(&writer->migration->tables, NW_ROW_TRANSLATION, row_name);
    if (row && nw_template_write(writer, row, &call) == NW_TEMPLATE_WRITTEN)
        return true;
    row = nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, row_name);
    if (!row)
        return false;
    nw_buffer_format(writer->out, "%s(", nw_adapter_name(writer, row));
    nw_write_enclosed(writer, node);
    nw_buffer_byte(writer->out, ')');
    return true;
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
        if (left != (i == 0) || !write_array_operand(writer, operands[i], first, left, row.as.symbol))
            nw_write_node(writer, operands[i]);
        at = operand->end;
    }
    nw_write_source(writer, at, writer->ast->nodes[node].end);
    writer->changed = true;
    return true;
}
