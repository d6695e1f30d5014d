/* Layers and functions that give back their argument changed: nn.ReLU(inplace=True), F.relu(x, inplace=True), torch.add(x, y, out=z), a helper that ends in `x.add_(y)` and
 * `return x`. The target has none, so the names that hold the argument are bound to the result where the program reads them afterwards: `out = x = self.relu(x)`. */
#include "eval/interpret.h"
#include "eval/tensor.h"
#include "migrate/writer.h"

static bool is_true(const nw_value *value)
{
    return value && value->kind == NW_BOOL && value->as.integer != 0;
}

static bool argument_is_true(const nw_trace_entry *run, const nw_ast_function *code, nw_symbol name)
{
    const nw_arguments *arguments = run->arguments;
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (arguments->names[i].v == name.v)
            return is_true(&arguments->named[i]);
    for (uint32_t i = 0; i < arguments->positional_count && i < code->parameter_count; i++)
        if (code->parameters[i].name.v == name.v)
            return is_true(&arguments->positional[i]);
    return false;
}

/* Whether all runs are of layers and functions of the framework that are told to change their first argument. */
static bool is_told_to_change(nw_writer *writer, const nw_trace_entry *run)
{
    nw_symbol name = nw_symbol_of(writer->eval->symbols, "inplace");
    for (; run; run = nw_sites_next(writer->migration->sites, run)) {
        bool layer = run->a.kind == NW_INSTANCE && run->a.as.instance->class_->is_catalog && run->a.as.instance->class_->is_module;
        bool function = run->a.kind == NW_FUNCTION && run->a.as.function->module->is_catalog;
        if (!(layer && is_true(nw_dict_find_name(run->a.as.instance->attributes, name))) && !(function && argument_is_true(run, run->a.as.function->code, name)))
            return false;
    }
    return true;
}

/* Whether all runs are of the program's own code, and give back the argument at a position after they have written to it. */
static bool gives_back_written(const nw_writer *writer, const nw_trace_entry *run, uint32_t position)
{
    for (; run; run = nw_sites_next(writer->migration->sites, run)) {
        nw_value given = run->kind == NW_TRACE_CALL && position < run->arguments->positional_count ? run->arguments->positional[position] : nw_unset();
        bool same = given.kind == NW_TENSOR && run->result.kind == NW_TENSOR && run->result.as.tensor == given.as.tensor;
        if (!same || !nw_is_own_code(run->a) || !nw_first_write(writer, run, given.as.tensor))
            return false;
    }
    return true;
}

/* Whether all tensors among some values have an element type. */
static bool all_have_dtype(const nw_value *values, uint32_t count, uint8_t dtype)
{
    for (uint32_t i = 0; i < count; i++) {
        const nw_value *items = values[i].kind == NW_TUPLE ? values[i].as.tuple->items : values[i].kind == NW_LIST ? values[i].as.list->items : NULL;
        uint32_t item_count = values[i].kind == NW_TUPLE ? values[i].as.tuple->count : values[i].kind == NW_LIST ? values[i].as.list->count : 0;
        if ((values[i].kind == NW_TENSOR && values[i].as.tensor->dtype != dtype) || !all_have_dtype(items, item_count, dtype))
            return false;
    }
    return true;
}

/* Whether a run of a function of the framework gives back its `out`, which holds floating-point numbers like all its other tensors. */
static bool fills_out(nw_writer *writer, const nw_trace_entry *run, nw_symbol name)
{
    const nw_tensor *result = run->kind == NW_TRACE_CALL && run->result.kind == NW_TENSOR ? run->result.as.tensor : NULL;
    if (!result || run->a.kind != NW_FUNCTION || !run->a.as.function->module->is_catalog || nw_dtype_category((nw_dtype)result->dtype) != 2 || nw_is_variable(writer, run->result))
        return false;
    const nw_arguments *arguments = run->arguments;
    bool same = all_have_dtype(arguments->positional, arguments->positional_count, result->dtype) && all_have_dtype(arguments->named, arguments->named_count, result->dtype), given = false;
    for (uint32_t i = 0; i < arguments->named_count; i++)
        given |= arguments->names[i].v == name.v && arguments->named[i].kind == NW_TENSOR && arguments->named[i].as.tensor == result;
    return same && given;
}

uint32_t nw_out_argument(nw_writer *writer, uint32_t call)
{
    const nw_node *n = &writer->ast->nodes[call];
    nw_list arguments = n->kind == NW_NODE_CALL ? nw_ast_list(writer->ast, n->b) : (nw_list){NULL, 0};
    const nw_node *last = arguments.count ? &writer->ast->nodes[arguments.items[arguments.count - 1]] : NULL;
    nw_symbol out = nw_symbol_of(writer->eval->symbols, "out");
    if (!last || last->kind != NW_NODE_KEYWORD || last->a != out.v || writer->ast->nodes[last->b].kind != NW_NODE_NAME || !nw_setting_row(writer, "in_order", NW_ROW_ADAPTER))
        return 0;
    const nw_trace_entry *run = nw_sites_first(writer->migration->sites, writer->module, call);
    bool fills = run != NULL;
    for (; fills && run; run = nw_sites_next(writer->migration->sites, run))
        fills = fills_out(writer, run, out);
    return fills ? last->b : 0;
}

uint32_t nw_changed_argument(nw_writer *writer, uint32_t call)
{
    const nw_node *n = &writer->ast->nodes[call];
    uint32_t out = nw_out_argument(writer, call);
    if (out)
        return out;
    const nw_trace_entry *run = n->kind == NW_NODE_CALL ? nw_sites_first(writer->migration->sites, writer->module, call) : NULL;
    nw_list arguments = run ? nw_ast_list(writer->ast, n->b) : (nw_list){NULL, 0};
    for (uint32_t i = 0; i < arguments.count && writer->ast->nodes[arguments.items[i]].kind != NW_NODE_STARRED; i++) {
        bool name = writer->ast->nodes[arguments.items[i]].kind == NW_NODE_NAME;
        if (name && ((i == 0 && is_told_to_change(writer, run)) || gives_back_written(writer, run, i)))
            return arguments.items[i];
    }
    return 0;
}

/* ---- which names hold a tensor, and which are read again ---- */

static uint32_t column(const nw_writer *writer, uint32_t start)
{
    uint32_t line = nw_source_line_start(&writer->module->source, start), at = line;
    while (writer->bytes[at] == ' ' || writer->bytes[at] == '\t')
        at++;
    return at - line;
}

static bool is_mention(const nw_node *n, const nw_node *name)
{
    return n->kind == NW_NODE_NAME && n->a == name->a && n->b == NW_PLACE_SLOT && n->c == name->c && n->op == name->op;
}

/* Whether a name is read, or bound, between two bytes. */
static bool has_mention(const nw_writer *writer, const nw_node *name, uint32_t start, uint32_t end, bool binding)
{
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->start >= start && n->end <= end && is_mention(n, name) && ((n->flags & NW_NAME_BINDS) != 0) == binding)
            return true;
    }
    return false;
}

/* The first byte behind `from` where the name is bound anew whatever happens in between; `end`: nowhere. */
static uint32_t bound_anew(const nw_writer *writer, const nw_node *name, uint32_t from, uint32_t end)
{
    uint32_t depth = column(writer, from), found = end;
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->kind != NW_NODE_ASSIGN || n->start < from || n->start >= found || column(writer, n->start) > depth)
            continue;
        const nw_node *value = &writer->ast->nodes[n->b];
        if (has_mention(writer, name, n->start, value->start, true))
            found = has_mention(writer, name, value->start, value->end, false) ? value->end : value->start;
    }
    return found;
}

bool nw_reads_name_later(const nw_writer *writer, const nw_node *name, uint32_t from, const nw_node *function)
{
    if (has_mention(writer, name, from, bound_anew(writer, name, from, function->end), false))
        return true;
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        bool loop = (n->kind == NW_NODE_FOR || n->kind == NW_NODE_WHILE) && function->start <= n->start && n->start < from && from < n->end;
        if (loop && has_mention(writer, name, n->start, bound_anew(writer, name, n->start, from), false) &&
            bound_anew(writer, name, from, n->end) == n->end)
            return true;
    }
    return false;
}

/* Whether a statement has taken the name itself, not what is computed from it, before a call of its own: `x + self.block(x)`. */
static bool is_held_before(const nw_writer *writer, const nw_node *name, const nw_node *statement, const nw_node *call, bool *computed)
{
    bool held = false;
    *computed = false;
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->start < statement->start || n->end > call->start)
            continue;
        bool plain = n->kind == NW_NODE_NAME || n->kind == NW_NODE_TUPLE || n->kind == NW_NODE_LIST || n->kind == NW_NODE_KEYWORD;
        held |= is_mention(n, name) && !(n->flags & NW_NAME_BINDS);
        *computed |= !plain && has_mention(writer, name, n->start, n->end, false);
    }
    return held;
}

/* The other side of `a = b` or `a = inplace(b)` where one side is the name; 0: it says nothing about it. */
static uint32_t other_name(nw_writer *writer, uint32_t statement, const nw_node *name)
{
    const nw_node *n = &writer->ast->nodes[statement];
    nw_list targets = nw_ast_list(writer->ast, n->a);
    uint32_t changed = nw_changed_argument(writer, n->b), value = changed ? changed : n->b;
    if (targets.count != 1 || writer->ast->nodes[targets.items[0]].kind != NW_NODE_NAME || writer->ast->nodes[value].kind != NW_NODE_NAME)
        return 0;
    if (is_mention(&writer->ast->nodes[value], name))
        return targets.items[0];
    return is_mention(&writer->ast->nodes[targets.items[0]], name) ? value : 0;
}

static bool is_listed(const nw_writer *writer, const uint32_t *names, uint32_t count, const nw_node *name)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_mention(&writer->ast->nodes[names[i]], name))
            return true;
    return false;
}

/* Whether a name that holds the argument of a call needs the result, too: it is read later, or was taken before by the statement of the call. */
static bool needs_result(const nw_writer *writer, const nw_node *name, const nw_node *call, const nw_node *function, uint32_t statement, bool *computed)
{
    bool held = statement && is_held_before(writer, name, &writer->ast->nodes[statement], call, computed);
    return held || nw_reads_name_later(writer, name, call->end, function);
}

uint32_t nw_names_of_changed(nw_writer *writer, uint32_t call, uint32_t argument, uint32_t statement, uint32_t names[NW_MAX_CHANGED])
{
    const nw_node *n = &writer->ast->nodes[call], *name = &writer->ast->nodes[argument];
    const nw_ast_function *code = nw_function_around(writer->ast, n->start);
    if (!code || name->b != NW_PLACE_SLOT || name->op != 0 || name->c >= code->slot_count || code->slot_names[name->c].v != name->a)
        return 0;
    const nw_node *function = &writer->ast->nodes[code->node];
    uint32_t count = 0, begin = statement ? writer->ast->nodes[statement].start : n->start; /* its targets stand in front of the call, and are bound behind it */
    bool computed = false, other_computed = false;
    if (needs_result(writer, name, n, function, statement, &computed))
        names[count++] = argument;
    for (uint32_t i = 1; i < writer->ast->node_count && count < NW_MAX_CHANGED; i++) {
        const nw_node *s = &writer->ast->nodes[i];
        uint32_t other = s->kind == NW_NODE_ASSIGN && s->start >= function->start && s->end <= n->start ? other_name(writer, i, name) : 0;
        if (!other)
            continue;
        const nw_node *o = &writer->ast->nodes[other];
        bool still = o->b == NW_PLACE_SLOT && o->op == 0 && !is_mention(o, name) && !has_mention(writer, o, s->end, begin, true) &&
                     !has_mention(writer, name, s->end, begin, true);
        if (still && !is_listed(writer, names, count, o) && needs_result(writer, o, n, function, statement, &other_computed))
            names[count++] = other;
        computed |= other_computed;
    }
    return computed ? 0 : count;
}

/* ---- writing ---- */

uint32_t nw_write_rebound(nw_writer *writer, uint32_t call)
{
    uint32_t names[NW_MAX_CHANGED], argument = call == writer->rebound ? 0 : nw_changed_argument(writer, call);
    uint32_t count = argument ? nw_names_of_changed(writer, call, argument, 0, names) : 0;
    for (uint32_t i = 0; i < count; i++)
        nw_buffer_format(writer->out, "(%s := ", nw_bytes(writer->eval, (nw_symbol){writer->ast->nodes[names[i]].a}));
    writer->changed |= count > 0;
    return count;
}

bool nw_write_rebinding_assignment(nw_writer *writer, uint32_t statement)
{
    const nw_node *n = &writer->ast->nodes[statement];
    nw_list targets = nw_ast_list(writer->ast, n->a);
    uint32_t names[NW_MAX_CHANGED], argument = nw_changed_argument(writer, n->b), written = 0;
    if (!argument)
        return false;
    uint32_t count = nw_names_of_changed(writer, n->b, argument, 0, names);
    for (uint32_t i = 0; i < count; i++) {
        bool target = false;
        for (uint32_t t = 0; t < targets.count; t++)
            target |= is_mention(&writer->ast->nodes[targets.items[t]], &writer->ast->nodes[names[i]]);
        if (!target)
            names[written++] = names[i];
    }
    uint32_t outer = writer->rebound;
    writer->rebound = n->b;
    for (uint32_t t = 0; t < targets.count && written; t++) {
        nw_write_node(writer, targets.items[t]);
        nw_buffer_text(writer->out, " = ");
    }
    for (uint32_t i = 0; i < written; i++)
        nw_buffer_format(writer->out, "%s = ", nw_bytes(writer->eval, (nw_symbol){writer->ast->nodes[names[i]].a}));
    if (written)
        nw_write_enclosed(writer, n->b);
    else
        nw_write_children(writer, statement);
    writer->changed |= written > 0;
    writer->rebound = outer;
    return true;
}
