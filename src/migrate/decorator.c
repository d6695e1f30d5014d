/* Decorators: those of the source framework, and those of libraries that the target's classes cannot bear. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

static uint32_t decorator_callee(const nw_writer *writer, uint32_t decorator)
{
    const nw_node *n = &writer->ast->nodes[decorator];
    return n->kind == NW_NODE_CALL ? n->a : decorator;
}

/* The name of what a library's decorator is, `functools.wraps`; empty: it is none of a library that the catalog knows. */
static nw_symbol library_name(nw_writer *writer, uint32_t decorator)
{
    nw_eval *eval = writer->eval;
    const nw_node *n = &writer->ast->nodes[decorator];
    if (n->kind == NW_NODE_CALL) {
        const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, decorator);
        return e && e->kind == NW_TRACE_CALL ? nw_framework_value_name(eval, e->a) : (nw_symbol){0};
    }
    bool dotted = n->kind == NW_NODE_ATTRIBUTE;
    const nw_node *name = dotted ? &writer->ast->nodes[n->a] : n;
    nw_value *found = name->kind == NW_NODE_NAME ? nw_dict_find_name(writer->module->globals, (nw_symbol){name->a}) : NULL;
    nw_value value = !found ? nw_unset() : found->kind == NW_IMPORT ? nw_import_resolve(eval, found->as.import) : nw_settle(eval, *found);
    if (dotted && value.kind == NW_MODULE && value.as.module->is_catalog)
        value = nw_module_find(eval, value.as.module, (nw_symbol){n->b});
    nw_exception_clear(eval);
    return nw_framework_value_name(eval, value);
}

/* Whether a function is the constructor of a module of the program: a wrapper that a decorator put in its place. */
static bool is_constructor(const nw_writer *writer, const nw_ast_function *code)
{
    const nw_trace *trace = writer->migration->sites->trace;
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        if (e->kind != NW_TRACE_CLASS || e->result.kind != NW_CLASS || !e->result.as.class_->is_module)
            continue;
        nw_value *found = nw_class_find(writer->eval, e->result.as.class_, (nw_symbol){NW_NAME_DUNDER_INIT});
        if (found && found->kind == NW_FUNCTION && found->as.function->code == code)
            return true;
    }
    return false;
}

/* `@wraps(torch.nn.Module.cuda)`: only the documentation of what the target does not have. */
static bool wraps_framework(nw_writer *writer, uint32_t decorator)
{
    const nw_node *n = &writer->ast->nodes[decorator];
    nw_list arguments = n->kind == NW_NODE_CALL ? nw_ast_list(writer->ast, n->b) : (nw_list){0};
    nw_value value;
    nw_symbol dotted;
    return arguments.count == 1 && nw_reference(writer, arguments.items[0], &value, &dotted);
}

/* Whether the target has another annotation for a parameter or a result. */
static bool changes_annotation(nw_writer *writer, const nw_ast_function *code)
{
    bool changes = false;
    for (uint32_t i = 0; i <= code->parameter_count && !changes; i++) {
        uint32_t annotation = i < code->parameter_count ? code->parameters[i].annotation : code->returns;
        if (!annotation)
            continue;
        const nw_node *n = &writer->ast->nodes[annotation];
        nw_buffer *outer = writer->out, text;
        nw_buffer_init(&text);
        writer->out = &text;
        nw_write_annotation(writer, annotation);
        writer->out = outer;
        changes = text.size != n->end - n->start || memcmp(text.bytes, writer->bytes + n->start, text.size) != 0;
        nw_buffer_release(&text);
    }
    return changes;
}

/* The same of a function or of the methods of a class. */
static bool changes_annotations(nw_writer *writer, uint32_t definition)
{
    const nw_node *n = &writer->ast->nodes[definition];
    if (n->kind == NW_NODE_FUNCTION)
        return changes_annotation(writer, &writer->ast->functions[n->a]);
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *inner = &writer->ast->nodes[i];
        if (inner->kind == NW_NODE_FUNCTION && inner->start > n->start && inner->end <= n->end && changes_annotation(writer, &writer->ast->functions[inner->a]))
            return true;
    }
    return false;
}

/* Decorators of other libraries that go. Keras compares the signature of a class's constructor, which it looks for behind what
 * functools.wraps left, with that of the function itself. What checks annotations when the program runs knows no annotation that all
 * tensors of the target have. */
static bool is_unbearable(nw_writer *writer, uint32_t definition, uint32_t decorator)
{
    if (nw_translations_setting(&writer->migration->tables, "first_parameter").kind != NW_STRING)
        return false;
    const nw_node *n = &writer->ast->nodes[definition];
    nw_symbol symbol = library_name(writer, decorator);
    const char *name = symbol.v ? nw_bytes(writer->eval, symbol) : "";
    if (strcmp(name, "functools.wraps") == 0)
        return n->kind == NW_NODE_FUNCTION && (wraps_framework(writer, decorator) || is_constructor(writer, &writer->ast->functions[n->a]));
    return (strcmp(name, "beartype.beartype") == 0 || strcmp(name, "jaxtyping.jaxtyped") == 0) && changes_annotations(writer, definition);
}

/* Leaves a decorator out with its line; returns the byte behind it. */
static uint32_t leave_out(nw_writer *writer, uint32_t decorator, const char *name)
{
    uint32_t at = writer->ast->nodes[decorator].end;
    nw_write_note(writer, decorator, NW_DIAG_LEFT_OUT, "@%s", name);
    while (writer->bytes[at] == ' ' || writer->bytes[at] == '\t')
        at++;
    if (writer->bytes[at] == '\n' || writer->bytes[at] == '\r') { /* the next line's indentation is that of this one */
        at += writer->bytes[at] == '\r';
        at++;
        while (writer->bytes[at] == ' ' || writer->bytes[at] == '\t')
            at++;
    }
    writer->changed = true;
    return at;
}

/* Whether the tables drop a decorator of the source framework. *dotted is its name. */
static bool is_dropped(nw_writer *writer, uint32_t decorator, nw_symbol *dotted)
{
    const nw_node *n = &writer->ast->nodes[decorator];
    nw_value value;
    if (!nw_reference(writer, decorator_callee(writer, decorator), &value, dotted))
        return false;
    nw_symbol name = nw_framework_value_name(writer->eval, value);
    const nw_translation *row = nw_translation_find(&writer->migration->tables, NW_ROW_DROPPED, name.v ? name : *dotted);
    bool called = n->kind == NW_NODE_CALL;
    nw_source_call call = {.node = decorator, .arguments = called ? nw_ast_list(writer->ast, n->b) : (nw_list){0},
                           .first = called ? nw_sites_first(writer->migration->sites, writer->module, decorator) : NULL};
    return row && (!called || nw_template_allows(writer, row, &call));
}

uint32_t nw_write_decorators(nw_writer *writer, uint32_t definition, nw_list decorators)
{
    uint32_t at = writer->ast->nodes[definition].start;
    for (uint32_t i = 0; i < decorators.count; i++) {
        const nw_node *n = &writer->ast->nodes[decorators.items[i]];
        nw_symbol dotted;
        uint32_t sign = n->start;
        while (sign > at && writer->bytes[sign] != '@')
            sign--;
        bool dropped = is_dropped(writer, decorators.items[i], &dotted);
        if (dropped || is_unbearable(writer, definition, decorators.items[i])) {
            nw_write_source(writer, at, sign);
            at = leave_out(writer, decorators.items[i], nw_bytes(writer->eval, dropped ? dotted : library_name(writer, decorators.items[i])));
            continue;
        }
        nw_write_source(writer, at, n->start);
        nw_write_node(writer, decorators.items[i]);
        at = n->end;
    }
    return at;
}
