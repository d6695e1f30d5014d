/* Functions of the framework that the program holds in variables and calls with names of arguments: functools.partial(torch.add, other=2). The
 * target's own function may call its parameters otherwise. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

/* `F.relu(x, inplace=True)`: the call is written for itself. */
static bool names_function(const nw_writer *writer, const nw_trace_entry *call, nw_symbol function)
{
    const nw_ast *ast = call->module->ast;
    const nw_node *n = &ast->nodes[call->node], *callee = &ast->nodes[n->kind == NW_NODE_CALL ? n->a : 0];
    const char *last = strrchr(nw_bytes(writer->eval, function), '.');
    nw_symbol called = {nw_ast_last_word(callee)};
    return last && called.v && strcmp(nw_bytes(writer->eval, called), last + 1) == 0;
}

static bool is_called_by_name(const nw_writer *writer, nw_value function, nw_symbol name)
{
    const nw_trace *trace = writer->migration->sites->trace;
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        if (e->kind != NW_TRACE_CALL || !e->arguments)
            continue;
        bool named = e->arguments->named_count > 0 && !names_function(writer, e, name);
        nw_value callee = e->a;
        for (; callee.kind == NW_PARTIAL; callee = callee.as.partial->function)
            named |= callee.as.partial->arguments.named_count > 0;
        if (named && callee.kind == NW_FUNCTION && callee.as.function == function.as.function)
            return true;
    }
    return false;
}

const nw_translation *nw_row_called_by_name(const nw_writer *writer, nw_value function, nw_symbol name)
{
    nw_value row;
    bool some = name.v && function.kind == NW_FUNCTION && nw_translations_holds(&writer->migration->tables, "called_by_name", name, &row) && row.kind == NW_STRING;
    return some && is_called_by_name(writer, function, name) ? nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, row.as.symbol) : NULL;
}
