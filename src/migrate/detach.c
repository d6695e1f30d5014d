/* with torch.no_grad(): the target has no such blocks. What is computed within them is cut off from the gradient, expression by expression. */
#include "eval/interpret.h"
#include "eval/tensor.h"
#include "migrate/writer.h"

#include <string.h>

/* The value of the only argument, or of what it is where it is not given. */
static bool is_on(nw_writer *writer, uint32_t call)
{
    const nw_trace_entry *run = nw_sites_first(writer->migration->sites, writer->module, call);
    for (; run; run = nw_sites_next(writer->migration->sites, run)) {
        const nw_arguments *arguments = run->arguments;
        nw_value mode = arguments->positional_count ? arguments->positional[0] : arguments->named_count ? arguments->named[0] : nw_unset();
        nw_symbol name = nw_framework_value_name(writer->eval, run->a);
        bool grad = run->a.kind == NW_CLASS && name.v; /* set_grad_enabled(False) */
        if (mode.kind == NW_BOOL && (mode.as.integer != 0) == grad)
            return false;
    }
    return true;
}

bool nw_is_detaching(nw_writer *writer, nw_list contexts)
{
    for (uint32_t i = 0; i < contexts.count; i++) {
        const nw_node *n = &writer->ast->nodes[contexts.items[i]];
        uint32_t context = n->kind == NW_NODE_WITH_ITEM ? n->a : contexts.items[i];
        nw_value value;
        nw_symbol dotted;
        if (!nw_reference(writer, writer->ast->nodes[context].kind == NW_NODE_CALL ? writer->ast->nodes[context].a : context, &value, &dotted))
            continue;
        nw_symbol name = nw_framework_value_name(writer->eval, value);
        if (nw_translations_holds(&writer->migration->tables, "detaching", name.v ? name : dotted, NULL) && is_on(writer, context))
            return true;
    }
    return false;
}

static bool is_float(nw_value value)
{
    return value.kind == NW_TENSOR && value.as.tensor->dtype != NW_DTYPE_INT64 && value.as.tensor->dtype != NW_DTYPE_INT32 && value.as.tensor->dtype != NW_DTYPE_BOOL;
}

static bool holds_float(nw_value value)
{
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    for (uint32_t i = 0; items && i < count; i++)
        if (is_float(items[i]))
            return true;
    return false;
}

/* A tensor, or with `several` one in a list of them, in the call that keeps gradients from it. */
static void write_call(nw_writer *writer, uint32_t node, bool several)
{
    writer->detached = false;
    if (several)
        nw_buffer_format(writer->out, "%s.tree.map_structure(", nw_import_text(writer, nw_symbol_of(writer->eval->symbols, "keras")));
    nw_write_target_name(writer, nw_translations_setting(&writer->migration->tables, "detach"));
    nw_buffer_text(writer->out, several ? ", " : "(");
    nw_write_plain_node(writer, node);
    nw_buffer_byte(writer->out, ')');
    writer->detached = true;
}

enum { MOST_STEPS = 2000 };

/* Whether gradients flow through a tensor: it is made, in the end, of inputs or parameters. `steps`: how many are looked at at most. */
static bool carries_gradient(const nw_eval *eval, nw_value value, uint32_t *steps)
{
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    for (uint32_t i = 0; items && i < count; i++)
        if (carries_gradient(eval, items[i], steps))
            return true;
    if (!is_float(value))
        return false;
    const nw_tensor *tensor = value.as.tensor;
    if (*steps == 0 || tensor->is_parameter || tensor->node == 0 || tensor->node >= eval->fact_count)
        return !tensor->is_buffer && !nw_tensor_contents(tensor);
    const nw_fact *fact = &eval->facts[tensor->node];
    --*steps;
    if (fact->kind == NW_FACT_LAYER || fact->kind == NW_FACT_INPUT)
        return true;
    for (uint32_t i = 0; i < fact->argument_count; i++)
        if (carries_gradient(eval, fact->arguments[i], steps))
            return true;
    return false;
}

bool nw_refuse_detached_write(nw_writer *writer, uint32_t statement, const nw_trace_entry *first, uint32_t place)
{
    bool outside = false;
    const nw_ast_function *code = nw_function_around(writer->ast, writer->ast->nodes[statement].start);
    for (const nw_trace_entry *e = first; writer->detached && e && !outside; e = nw_sites_next(writer->migration->sites, e)) {
        nw_value written = nw_settle(writer->eval, nw_written_by_run(writer, e, place));
        if (!is_float(written) || nw_is_variable(writer, written))
            continue;
        const nw_tensor *whole = nw_tensor_storage(written.as.tensor);
        const nw_fact *made = whole->node && whole->node < writer->eval->fact_count ? &writer->eval->facts[whole->node] : NULL;
        if (!whole->is_parameter && (!made || made->kind == NW_FACT_INPUT) && code && writer->ast->nodes[code->node].start == writer->detached_start)
            continue; /* an input of the whole: whoever gave it does not compute on */
        bool within = made && made->place.module == writer->module && made->place.start >= writer->detached_start && made->place.start <= writer->ast->nodes[statement].start;
        uint32_t steps = MOST_STEPS;
        outside = !within && carries_gradient(writer->eval, nw_tensor_value((nw_tensor *)whole), &steps);
    }
    if (outside)
        nw_write_refuse(writer, statement, NW_DIAG_NOT_TRANSLATED, "writing in place, where no gradients are recorded, to what gradients flow through");
    return outside;
}

static bool computes(uint8_t kind)
{
    return kind == NW_NODE_CALL || kind == NW_NODE_BINARY || kind == NW_NODE_UNARY || kind == NW_NODE_SUBSCRIPT;
}

bool nw_write_detached_operand(nw_writer *writer, uint32_t operation, uint32_t operand)
{
    if (!writer->detached || computes(writer->ast->nodes[operand].kind) || nw_translations_setting(&writer->migration->tables, "detach").kind != NW_STRING)
        return false;
    bool tensor = false;
    for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, operation); e; e = nw_sites_next(writer->migration->sites, e))
        tensor |= (e->kind == NW_TRACE_OPERATION && is_float(nw_settle(writer->eval, e->b))) || (e->kind == NW_TRACE_ITEM_STORE && is_float(nw_settle(writer->eval, e->result)));
    if (tensor)
        write_call(writer, operand, false);
    return tensor;
}

bool nw_write_detached(nw_writer *writer, uint32_t node)
{
    if (!writer->detached || !computes(writer->ast->nodes[node].kind) || nw_translations_setting(&writer->migration->tables, "detach").kind != NW_STRING)
        return false;
    bool tensor = false, several = false;
    for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, node); e; e = nw_sites_next(writer->migration->sites, e)) {
        nw_value result = nw_settle(writer->eval, e->result);
        tensor |= e->kind == NW_TRACE_OPERATION ? is_float(e->a) || is_float(e->b) : is_float(result);
        several |= e->kind != NW_TRACE_OPERATION && holds_float(result);
    }
    if (tensor || several)
        write_call(writer, node, several);
    return tensor || several;
}
