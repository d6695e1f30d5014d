/* Operators of a tensor and an array of numpy, where the target's tensors take none. */
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
