/* Functions of the program that write to tensors among their arguments and give nothing back: `self._add_positions(x)`, with `x += ...` inside. The target's
 * tensors never change, so such a function gives back what it wrote to, and where it is called by itself its arguments are bound to that:
 * `x = self._add_positions(x)`. Whether that is the same network, the gate says. */
#include "eval/interpret.h"
#include "migrate/writer.h"

enum { MOST_PARAMETERS = 64 };

/* ---- which functions ---- */

static bool is_written_within(const nw_eval *eval, const nw_trace_entry *run, nw_value given)
{
    for (uint32_t i = run->fact; given.kind == NW_TENSOR && i < run->fact_end && i < eval->fact_count; i++)
        if (nw_fact_writes(&eval->facts[i]) && nw_tensor_storage(eval->facts[i].result.as.tensor) == nw_tensor_storage(given.as.tensor))
            return true;
    return false;
}

static bool stays_variable(nw_value given)
{
    const nw_tensor *storage = nw_tensor_storage(given.as.tensor);
    return given.as.tensor->is_parameter || given.as.tensor->is_buffer || storage->is_parameter || storage->is_buffer;
}

/* What a run was given for a parameter by the call's own arguments; UNSET: nothing. */
static nw_value given_for(const nw_trace_entry *run, const nw_ast_function *code, uint32_t parameter)
{
    uint32_t receivers = run->a.kind == NW_METHOD;
    const nw_arguments *arguments = run->arguments;
    uint8_t kind = code->parameters[parameter].kind;
    if (kind == NW_PARAMETER_ARGS || kind == NW_PARAMETER_KWARGS || parameter < receivers)
        return nw_unset();
    if (kind != NW_PARAMETER_KEYWORD_ONLY && parameter - receivers < arguments->positional_count)
        return arguments->positional[parameter - receivers];
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (arguments->names[i].v == code->parameters[parameter].name.v)
            return arguments->named[i];
    return nw_unset();
}

static nw_writing_function *find(const nw_migration *migration, const nw_ast_function *code)
{
    for (uint32_t i = 0; i < migration->writing_count; i++)
        if (migration->writing[i].code == code)
            return &migration->writing[i];
    return NULL;
}

/* The parameters of a function that gives nothing back whose tensors a run writes to. *variable: one of them stays the variable that it is. */
static uint64_t written_by_run(const nw_eval *eval, const nw_trace_entry *run, const nw_ast_function *code, bool *variable)
{
    uint64_t written = 0;
    for (uint32_t i = 0; run->result.kind == NW_NONE && i < code->parameter_count && i < MOST_PARAMETERS; i++) {
        nw_value given = given_for(run, code, i);
        if (!is_written_within(eval, run, given))
            continue;
        *variable |= stays_variable(given);
        written |= (uint64_t)1 << i;
    }
    return written;
}

static bool any_write(const nw_eval *eval)
{
    for (uint32_t i = 1; i < eval->fact_count; i++)
        if (nw_fact_writes(&eval->facts[i]))
            return true;
    return false;
}

static const nw_ast_function *code_of_run(const nw_migration *migration, uint32_t entry)
{
    const nw_trace_entry *e = &migration->sites->trace->entries[entry];
    const nw_ast_function *code = e->kind == NW_TRACE_CALL && !migration->sites->dead[entry] ? nw_called_code(e->a) : NULL;
    return code && !code->is_lambda && !code->is_async && !code->is_generator ? code : NULL;
}

void nw_find_writing(nw_migration *migration)
{
    const nw_trace *trace = migration->sites->trace;
    if (nw_translations_setting(&migration->tables, "in_order").kind != NW_STRING || !any_write(migration->eval))
        return;
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_ast_function *code = code_of_run(migration, i);
        bool variable = false;
        uint64_t written = code ? written_by_run(migration->eval, &trace->entries[i], code, &variable) : 0;
        nw_writing_function *known = written ? find(migration, code) : NULL;
        if (!written)
            continue;
        if (!known) {
            NW_ARENA_RESERVE(&migration->eval->arena, migration->writing, migration->writing_count, migration->writing_capacity);
            known = &migration->writing[migration->writing_count++];
            *known = (nw_writing_function){.code = code, .receivers = trace->entries[i].a.kind == NW_METHOD};
        }
        known->written |= written;
        known->differs |= variable || known->receivers != (trace->entries[i].a.kind == NW_METHOD);
    }
    for (uint32_t i = 0; migration->writing_count && i < trace->count; i++) {
        const nw_ast_function *code = code_of_run(migration, i);
        nw_writing_function *known = code ? find(migration, code) : NULL;
        if (known && trace->entries[i].result.kind != NW_NONE)
            known->differs = true;
    }
}

/* The parameters that a function gives back, by bits; 0: it stays as it is. */
static uint64_t given_back(const nw_migration *migration, const nw_ast_function *code)
{
    const nw_writing_function *known = find(migration, code);
    return known && !known->differs ? known->written : 0;
}

/* ---- the function itself ---- */

static void write_names(nw_writer *writer, const nw_ast_function *code, uint64_t parameters)
{
    bool later = false;
    for (uint32_t i = 0; i < code->parameter_count && i < MOST_PARAMETERS; i++) {
        if (!(parameters >> i & 1))
            continue;
        nw_buffer_format(writer->out, "%s%s", later ? ", " : "", nw_bytes(writer->eval, code->parameters[i].name));
        later = true;
    }
}

bool nw_gives_back_written(const nw_writer *writer, const nw_ast_function *code)
{
    return given_back(writer->migration, code) != 0;
}

bool nw_write_return_of_written(nw_writer *writer, uint32_t statement)
{
    const nw_node *n = &writer->ast->nodes[statement];
    const nw_ast_function *code = nw_function_around(writer->ast, n->start);
    uint64_t parameters = code && (!n->a || writer->ast->nodes[n->a].kind == NW_NODE_NONE) ? given_back(writer->migration, code) : 0;
    if (!parameters)
        return false;
    nw_buffer_text(writer->out, "return ");
    write_names(writer, code, parameters);
    writer->changed = true;
    return true;
}

void nw_write_end_of_writing(nw_writer *writer, const nw_ast_function *code)
{
    uint64_t parameters = given_back(writer->migration, code);
    nw_list body = nw_ast_statements(writer->ast, code);
    const nw_node *last = parameters && body.count ? &writer->ast->nodes[body.items[body.count - 1]] : NULL;
    if (!last || last->kind == NW_NODE_RETURN)
        return;
    const nw_node *first = &writer->ast->nodes[body.items[0]];
    uint32_t line = nw_source_line_start(&writer->module->source, first->start), at = line;
    while (writer->bytes[at] == ' ' || writer->bytes[at] == '\t')
        at++;
    if (at == first->start) {
        nw_buffer_byte(writer->out, '\n');
        nw_buffer_add(writer->out, writer->bytes + line, at - line);
    } else {
        nw_buffer_text(writer->out, "; ");
    }
    nw_buffer_text(writer->out, "return ");
    write_names(writer, code, parameters);
    writer->changed = true;
}

/* ---- its calls ---- */

/* The argument of a call for a parameter; 0: none that stands there by itself. */
static uint32_t argument_for(const nw_writer *writer, uint32_t call, const nw_ast_function *code, uint32_t parameter, uint32_t receivers)
{
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[call].b);
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *n = &writer->ast->nodes[arguments.items[i]];
        if (n->kind == NW_NODE_STARRED)
            return 0;
        if (n->kind == NW_NODE_KEYWORD ? n->a == code->parameters[parameter].name.v : i + receivers == parameter && code->parameters[parameter].kind != NW_PARAMETER_KEYWORD_ONLY)
            return n->kind == NW_NODE_KEYWORD ? n->b : arguments.items[i];
    }
    return 0;
}

/* The function of this file that a call which never ran means by its name, where that tells them apart; NULL: nobody knows. */
static const nw_writing_function *find_by_name(const nw_writer *writer, uint32_t call)
{
    const nw_ast *ast = writer->ast;
    const nw_node *callee = &ast->nodes[ast->nodes[call].a];
    bool attribute = callee->kind == NW_NODE_ATTRIBUTE;
    const nw_ast_function *named = NULL;
    uint32_t same = 0, name = attribute ? callee->b : callee->kind == NW_NODE_NAME ? callee->a : 0;
    for (uint32_t i = 1; name && i < ast->function_count; i++) {
        if (ast->functions[i].name.v != name)
            continue;
        named = &ast->functions[i];
        same++;
    }
    return same == 1 && attribute == (ast->functions[named->parent].scope == NW_SCOPE_CLASS) ? find(writer->migration, named) : NULL;
}

/* The function of this kind that all runs of a call call; NULL: it is none. */
static const nw_writing_function *called_by(const nw_writer *writer, uint32_t call)
{
    const nw_sites *sites = writer->migration->sites;
    const nw_trace_entry *first = nw_sites_first(sites, writer->module, call);
    const nw_ast_function *code = first && first->kind == NW_TRACE_CALL ? nw_called_code(first->a) : NULL;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(sites, e))
        if (e->kind != NW_TRACE_CALL || nw_called_code(e->a) != code)
            return NULL;
    return first ? find(writer->migration, code) : find_by_name(writer, call);
}

uint32_t nw_written_arguments(const nw_writer *writer, uint32_t call, uint32_t written[NW_MAX_CHANGED])
{
    if (writer->ast->nodes[call].kind != NW_NODE_CALL || !writer->migration->writing_count)
        return 0;
    const nw_writing_function *function = called_by(writer, call);
    uint64_t parameters = function && !function->differs ? function->written : 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < MOST_PARAMETERS && parameters >> i; i++) {
        if (!(parameters >> i & 1))
            continue;
        uint32_t argument = count < NW_MAX_CHANGED ? argument_for(writer, call, function->code, i, function->receivers) : 0;
        if (!argument)
            return 0;
        written[count++] = argument;
    }
    return count;
}

/* What a run of a call was given for the argument at a node; UNSET: nothing. */
static nw_value value_of_argument(const nw_writer *writer, const nw_trace_entry *run, uint32_t argument)
{
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[run->node].b);
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *n = &writer->ast->nodes[arguments.items[i]];
        if (arguments.items[i] == argument)
            return i < run->arguments->positional_count ? run->arguments->positional[i] : nw_unset();
        for (uint32_t k = 0; n->kind == NW_NODE_KEYWORD && n->b == argument && k < run->arguments->named_count; k++)
            if (run->arguments->names[k].v == n->a)
                return run->arguments->named[k];
    }
    return nw_unset();
}

nw_value nw_written_by_run(const nw_writer *writer, const nw_trace_entry *run, uint32_t argument)
{
    if (run->kind != NW_TRACE_CALL)
        return run->a;
    bool own = run->a.kind == NW_METHOD && run->a.as.method->self.kind == NW_TENSOR;
    return own ? run->a.as.method->self : value_of_argument(writer, run, argument);
}
