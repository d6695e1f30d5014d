/* Numbers that numpy computes: which calls give one, and whether the text around asks for more of it than its value. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

static bool is_of_numpy(nw_writer *writer, nw_value callee)
{
    nw_symbol name = nw_framework_value_name(writer->eval, callee);
    return name.v && strncmp(nw_bytes(writer->eval, name), "numpy.", 6) == 0;
}

/* np.sqrt(2).item(), float(np.sqrt(2)): an attribute of it is taken, or it is made a number of Python anyway. */
static bool is_asked_for_more(const nw_writer *writer, const nw_node *n)
{
    uint32_t end = n->end, start = n->start;
    while (writer->bytes[end] == ' ' || writer->bytes[end] == ')')
        end++;
    if (writer->bytes[end] == '.' || writer->bytes[end] == '[')
        return true;
    while (start > 0 && writer->bytes[start - 1] == ' ')
        start--;
    return (start > 5 && memcmp(writer->bytes + start - 6, "float(", 6) == 0) || (start > 3 && memcmp(writer->bytes + start - 4, "int(", 4) == 0);
}

bool nw_is_array_number(nw_writer *writer, uint32_t node)
{
    const nw_sites *sites = writer->migration->sites;
    const nw_node *n = &writer->ast->nodes[node];
    const nw_trace_entry *first = nw_sites_first(sites, writer->module, node);
    bool tensors_by_position = nw_translations_setting(&writer->migration->tables, "tensors_by_position").kind == NW_BOOL;
    if (!first || !tensors_by_position || is_asked_for_more(writer, n))
        return false;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(sites, e)) {
        nw_value result = nw_settle(writer->eval, e->result);
        bool is_float = result.kind == NW_FLOAT || (result.kind == NW_OPAQUE && result.as.opaque->type == NW_TYPE_FLOAT);
        if (e->kind != NW_TRACE_CALL || !is_float || !is_of_numpy(writer, e->a))
            return false;
    }
    return !nw_ast_binds(writer->ast, (nw_symbol){NW_NAME_FLOAT});
}
