/* Binds the arguments of a call to the parameters of a row: their nodes in the text, and their values in every run. */
#include "migrate/template.h"

#include "eval/interpret.h"

#include <string.h>

uint32_t nw_template_parameter_named(const nw_ast_function *code, nw_symbol name)
{
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].name.v == name.v && code->parameters[i].kind != NW_PARAMETER_ARGS && code->parameters[i].kind != NW_PARAMETER_KWARGS)
            return i;
    return UINT32_MAX;
}

static bool is_written(const nw_ast *source, const nw_source_call *call, nw_symbol name)
{
    for (uint32_t i = 0; i < call->arguments.count; i++) {
        const nw_node *argument = &source->nodes[call->arguments.items[i]];
        if (argument->kind == NW_NODE_KEYWORD && argument->a == name.v)
            return true;
    }
    return false;
}

/* Whether `**options` gave nothing but defaults, and devices, in all runs: {"device": None, "dtype": None}. */
static bool stars_give_defaults(const template_state *state, const nw_source_call *call)
{
    nw_eval *eval = state->writer->eval;
    const nw_symbol device = nw_symbol_of(eval->symbols, "device");
    for (const nw_trace_entry *run = call->first; run; run = nw_sites_next(state->writer->migration->sites, run)) {
        if (!run->arguments || run->arguments->open)
            return false;
        for (uint32_t i = 0; i < run->arguments->named_count; i++) {
            nw_symbol name = nw_operator_parameter(eval, state->code, run->arguments->names[i]);
            uint32_t parameter = nw_template_parameter_named(state->code, name);
            if (is_written(state->writer->ast, call, run->arguments->names[i]) || name.v == device.v)
                continue;
            nw_value given = nw_settle(eval, run->arguments->named[i]), usual = parameter == UINT32_MAX ? nw_unset() : state->row->function->defaults[parameter];
            if (usual.kind == NW_UNSET || given.kind != usual.kind || (given.kind != NW_NONE && nw_equal(eval, given, usual) != NW_YES))
                return false;
        }
    }
    return call->first != NULL;
}

/* What **kwargs of a row takes and the target has no use for: the name of a layer. */
static bool is_harmless(const template_state *state, nw_symbol name)
{
    const nw_ast_function *code = state->code;
    bool open = code->parameter_count && code->parameters[code->parameter_count - 1].kind == NW_PARAMETER_KWARGS;
    const nw_translations *tables = &state->writer->migration->tables;
    return open && name.v && (nw_translations_holds(tables, "harmless", name, NULL) || nw_translations_holds(tables, "noted", name, NULL));
}

static bool bind_nodes(template_state *state, const nw_source_call *call)
{
    const nw_ast_function *code = state->code;
    const nw_ast *source = state->writer->ast;
    uint32_t next = 0, *rest = nw_arena_alloc(&state->writer->eval->arena, (call->arguments.count + 2) * sizeof *rest), rest_count = 0;
    if (code->parameter_count > NW_MAX_PARAMETERS)
        return false;
    if (call->receiver)
        state->nodes[next++] = call->receiver;
    for (uint32_t i = 0; i < call->arguments.count; i++) {
        const nw_node *argument = &source->nodes[call->arguments.items[i]];
        if (argument->kind == NW_NODE_KEYWORD && !argument->a && stars_give_defaults(state, call)) {
            continue;
        } else if (argument->kind == NW_NODE_KEYWORD) {
            uint32_t parameter = argument->a ? nw_template_parameter_named(code, nw_operator_parameter(state->writer->eval, code, (nw_symbol){argument->a})) : UINT32_MAX;
            if (parameter == UINT32_MAX && is_harmless(state, (nw_symbol){argument->a}))
                continue;
            if (parameter == UINT32_MAX)
                return false;
            state->nodes[parameter] = argument->b;
        } else if (next < code->parameter_count && code->parameters[next].kind <= NW_PARAMETER_NORMAL) {
            if (argument->kind == NW_NODE_STARRED)
                return false;
            state->nodes[next++] = call->arguments.items[i];
        } else if (next < code->parameter_count && code->parameters[next].kind == NW_PARAMETER_ARGS) {
            rest[rest_count++] = call->arguments.items[i];
            state->rest_starred |= argument->kind == NW_NODE_STARRED;
        } else {
            return false;
        }
    }
    state->rest = (nw_list){rest, rest_count};
    state->rest_parameter = UINT32_MAX;
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].kind == NW_PARAMETER_ARGS)
            state->rest_parameter = i;
    return true;
}

nw_frame *nw_template_frame(template_state *state)
{
    nw_eval *eval = state->writer->eval;
    nw_frame *frame = nw_frame_new(eval, state->code, state->row->module, NULL);
    frame->function = state->row->function;
    return frame;
}

static bool is_made(const template_state *state, uint32_t parameter)
{
    return strcmp(nw_bytes(state->writer->eval, state->code->parameters[parameter].name), NW_TEMPLATE_MADE) == 0;
}

/* The values of one run; `out` is none of them where it is bound to the result. */
static bool bind_run(template_state *state, const nw_source_call *call, const nw_trace_entry *run)
{
    nw_eval *eval = state->writer->eval;
    nw_arguments arguments = *run->arguments;
    nw_value callee = run->kind == NW_TRACE_CALL ? run->a : nw_unset();
    if (callee.kind == NW_METHOD)
        arguments = nw_arguments_with_self(eval, callee.as.method->self, &arguments);
    nw_operator_keywords(eval, state->code, &arguments, &arguments);
    arguments.named_count -= call->fills; /* the last one */
    nw_frame *frame = nw_template_frame(state);
    bool bound = !arguments.open && nw_bind_function(eval, state->row->function, &arguments, frame->slots);
    nw_exception_clear(eval);
    for (uint32_t i = 0; i < state->code->parameter_count; i++)
        frame->slots[i] = is_made(state, i) ? run->result : nw_settle(eval, frame->slots[i]);
    state->frames[state->frame_count++] = frame;
    return bound;
}

static nw_value unknown_items(nw_eval *eval, uint32_t count)
{
    nw_value *items = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *items);
    for (uint32_t i = 0; i < count; i++)
        items[i] = nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "%u", i);
    return nw_tuple_new(eval, items, count);
}

/* A tuple or list in the text of a call that never ran: its literals, and how many items it has. */
static nw_value literal_items(template_state *state, uint32_t node)
{
    nw_eval *eval = state->writer->eval;
    const nw_ast *ast = state->writer->ast;
    nw_list items = nw_ast_list(ast, ast->nodes[node].a);
    nw_value all = unknown_items(eval, items.count);
    for (uint32_t i = 0; i < items.count; i++)
        if (nw_template_is_literal(ast, items.items[i]))
            all.as.tuple->items[i] = nw_evaluate(eval, items.items[i]);
        else if (ast->nodes[items.items[i]].kind == NW_NODE_STARRED)
            return nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "items");
    return all;
}

/* A call that never ran: its literals are known. */
static bool bind_literals(template_state *state)
{
    nw_eval *eval = state->writer->eval;
    nw_frame *frame = nw_template_frame(state), *caller = eval->frame;
    eval->frame = nw_frame_new(eval, &state->writer->ast->functions[0], state->writer->module, NULL);
    for (uint32_t i = 0; i < state->code->parameter_count; i++) {
        uint32_t node = state->nodes[i];
        uint8_t kind = node ? state->writer->ast->nodes[node].kind : NW_NODE_ABSENT;
        if (node && nw_template_is_literal(state->writer->ast, node))
            frame->slots[i] = nw_evaluate(eval, node);
        else if (kind == NW_NODE_TUPLE || kind == NW_NODE_LIST)
            frame->slots[i] = literal_items(state, node);
        else if (i == state->rest_parameter && !state->rest_starred)
            frame->slots[i] = unknown_items(eval, state->rest.count);
        else if (node || i == state->rest_parameter || is_made(state, i))
            frame->slots[i] = nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "%s", nw_bytes(eval, state->code->parameters[i].name));
        else
            frame->slots[i] = state->row->function->defaults[i];
    }
    eval->frame = caller;
    state->frames[state->frame_count++] = frame;
    return true;
}

static bool bind_runs(template_state *state, const nw_source_call *call)
{
    nw_sites *sites = state->writer->migration->sites;
    uint32_t count = 0;
    for (const nw_trace_entry *run = call->first; run; run = nw_sites_next(sites, run))
        count++;
    state->frames = nw_arena_alloc(&state->writer->eval->arena, (count + 1) * sizeof *state->frames);
    if (!call->first)
        return bind_literals(state);
    for (const nw_trace_entry *run = call->first; run; run = nw_sites_next(sites, run))
        if (run->arguments && !bind_run(state, call, run))
            return false;
    return state->frame_count > 0;
}

bool nw_template_bind(template_state *state, const nw_source_call *call)
{
    return bind_nodes(state, call) && bind_runs(state, call);
}
