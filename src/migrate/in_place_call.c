/* Calls of modules and functions of the program that change their argument somewhere inside: `x + self.block(x)`, where the block begins with
 * nn.ReLU(inplace=True). An activation that gives the same once more is applied before the statement, to the names that hold the argument and
 * are read again: `x = ops.relu(x)`. Whether that is the same network, the gate says. */
#include "eval/interpret.h"
#include "migrate/writer.h"

/* The fact of such a step has that tensor as its result. */
const nw_fact *nw_first_write(const nw_writer *writer, const nw_trace_entry *run, const nw_tensor *tensor)
{
    for (uint32_t i = run->fact; i < run->fact_end && i < writer->eval->fact_count; i++) {
        const nw_fact *f = &writer->eval->facts[i];
        if (nw_fact_writes(f) && f->result.as.tensor == tensor)
            return f;
    }
    return NULL;
}

/* What all runs of a call apply to an argument in place before they use it; UNSET: nothing, or what changes it further when applied twice. */
static nw_value applied_inside(nw_writer *writer, const nw_trace_entry *first, uint32_t position)
{
    nw_value applied = nw_unset();
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        nw_value means, value = e->kind == NW_TRACE_CALL && position < e->arguments->positional_count ? e->arguments->positional[position] : nw_unset();
        const nw_tensor *tensor = value.kind == NW_TENSOR && !value.as.tensor->is_parameter && !value.as.tensor->is_buffer ? value.as.tensor : NULL;
        const nw_fact *write = tensor ? nw_first_write(writer, e, tensor) : NULL;
        if (!write || !nw_translations_holds(&writer->migration->tables, "repeatable", write->name, &means) || means.kind != NW_STRING)
            return nw_unset();
        if (applied.kind == NW_STRING && applied.as.symbol.v != means.as.symbol.v)
            return nw_unset();
        applied = means;
    }
    return applied;
}

/* Whether a call may not run when its statement does, or runs more than once, or with names of its own. */
static bool stands_apart(const nw_writer *writer, const nw_node *statement, const nw_node *call)
{
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        bool around = n->start >= statement->start && n->start <= call->start && n->end >= call->end;
        if (around && (n->kind == NW_NODE_LAMBDA || n->kind == NW_NODE_CONDITIONAL || n->kind == NW_NODE_AND || n->kind == NW_NODE_OR ||
                       n->kind == NW_NODE_GENERATOR || n->kind == NW_NODE_LIST_COMPREHENSION || n->kind == NW_NODE_SET_COMPREHENSION ||
                       n->kind == NW_NODE_DICT_COMPREHENSION))
            return true;
    }
    return false;
}

/* Binds the names that need it to what is applied; false: there are none. */
static bool write_applied(nw_writer *writer, const nw_applying_call *call, uint32_t statement)
{
    uint32_t names[NW_MAX_CHANGED], count = nw_names_of_changed(writer, call->call, call->argument, statement, names);
    for (uint32_t i = 0; i < count; i++)
        nw_buffer_format(writer->out, "%s = ", nw_bytes(writer->eval, (nw_symbol){writer->ast->nodes[names[i]].a}));
    if (!count)
        return false;
    nw_write_target_name(writer, call->function);
    nw_buffer_format(writer->out, "(%s)", nw_bytes(writer->eval, (nw_symbol){writer->ast->nodes[call->argument].a}));
    writer->changed = true;
    return true;
}

/* The calls of the file that apply something to a NAME among their arguments. */
static void find_calls(nw_writer *writer)
{
    uint32_t capacity = 0;
    writer->applying_known = true;
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        const nw_trace_entry *first = n->kind == NW_NODE_CALL ? nw_sites_first(writer->migration->sites, writer->module, i) : NULL;
        nw_list arguments = first && !nw_changed_argument(writer, i) ? nw_ast_list(writer->ast, n->b) : (nw_list){NULL, 0};
        for (uint32_t k = 0; k < arguments.count && writer->ast->nodes[arguments.items[k]].kind == NW_NODE_NAME; k++) {
            nw_value function = applied_inside(writer, first, k);
            if (function.kind != NW_STRING)
                continue;
            NW_ARENA_RESERVE(&writer->eval->arena, writer->applying, writer->applying_count, capacity);
            writer->applying[writer->applying_count++] = (nw_applying_call){i, arguments.items[k], function};
        }
    }
}

void nw_write_applied_before(nw_writer *writer, uint32_t statement, const char *space, size_t size)
{
    const nw_node *s = &writer->ast->nodes[statement];
    bool plain = s->kind == NW_NODE_ASSIGN || s->kind == NW_NODE_AUGMENTED_ASSIGN || s->kind == NW_NODE_EXPRESSION || s->kind == NW_NODE_RETURN;
    if (!plain || !writer->function)
        return;
    if (!writer->applying_known)
        find_calls(writer);
    for (uint32_t i = 0; i < writer->applying_count; i++) {
        const nw_applying_call *c = &writer->applying[i];
        const nw_node *n = &writer->ast->nodes[c->call];
        if (n->start < s->start || n->end > s->end || stands_apart(writer, s, n) || !write_applied(writer, c, statement))
            continue;
        nw_buffer_byte(writer->out, '\n');
        nw_buffer_add(writer->out, space, size);
    }
}
