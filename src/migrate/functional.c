/* Functional models, and functions that build parts of them: functions that call layers on symbolic tensors, as classes whose forward does that. */
#include "migrate/functional.h"

#include "eval/interpret.h"

#include <string.h>

/* ---- inputs of the model ---- */

/* The local that holds an input: the one that its call is assigned to; 0: none. */
static nw_symbol holder_of(nw_writer *writer, nw_value tensor)
{
    const nw_node *function = &writer->ast->nodes[writer->functional->code->node];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->kind != NW_NODE_ASSIGN || n->start < function->start || n->end > function->end || !nw_is_called_so(writer, n->b, "inputs"))
            continue;
        nw_list targets = nw_ast_list(writer->ast, n->a);
        const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, n->b);
        if (first && first->result.kind == tensor.kind && first->result.as.object == tensor.as.object && targets.count == 1 && writer->ast->nodes[targets.items[0]].kind == NW_NODE_NAME)
            return (nw_symbol){writer->ast->nodes[targets.items[0]].a};
    }
    return (nw_symbol){0};
}

/* Adds the inputs that a value holds, in their order. */
static void add_inputs(nw_writer *writer, nw_value value, nw_name_set *set)
{
    nw_functional *f = writer->functional;
    value = nw_settle(writer->eval, value);
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    for (uint32_t i = 0; i < count; i++)
        add_inputs(writer, items[i], set);
    nw_symbol name = nw_is_one_tensor(writer->eval, value) ? holder_of(writer, value) : (nw_symbol){0};
    if (name.v)
        nw_name_set_put(f, set, name.v);
    else if (!items)
        nw_functional_fail(f, "an input of the model without a name");
}

static void find_parameters(nw_writer *writer, nw_functional *f)
{
    const nw_node *function = &writer->ast->nodes[f->code->node];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        const nw_trace_entry *first = n->kind == NW_NODE_CALL && n->start >= function->start && n->end <= function->end && nw_is_called_so(writer, i, "graphs")
                                          ? nw_sites_first(writer->migration->sites, writer->module, i) : NULL;
        if (!first)
            continue;
        nw_value inputs = first->arguments->positional_count ? first->arguments->positional[0] : nw_unset();
        for (uint32_t k = 0; k < first->arguments->named_count; k++)
            inputs = strcmp(nw_bytes(writer->eval, first->arguments->names[k]), "inputs") == 0 ? first->arguments->named[k] : inputs;
        if (f->parameters.count || nw_sites_next(writer->migration->sites, first))
            nw_functional_fail(f, "several models in one function");
        add_inputs(writer, inputs, &f->parameters);
    }
}

/* The parameter that a local is that holds nothing but inputs. */
static nw_symbol input_of(nw_writer *writer, nw_symbol name)
{
    nw_functional *f = writer->functional;
    const nw_node *function = &writer->ast->nodes[f->code->node];
    if (nw_name_set_holds(&f->parameters, name.v))
        return name;
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        nw_list targets = n->kind == NW_NODE_ASSIGN && n->start >= function->start && n->end <= function->end ? nw_ast_list(writer->ast, n->a) : (nw_list){0};
        bool own = targets.count == 1 && writer->ast->nodes[targets.items[0]].kind == NW_NODE_NAME && writer->ast->nodes[targets.items[0]].a == name.v;
        const nw_node *value = own ? &writer->ast->nodes[n->b] : NULL;
        if (own && value->kind == NW_NODE_NAME && nw_name_set_holds(&f->inputs, value->a) && value->a != name.v)
            return input_of(writer, (nw_symbol){value->a});
    }
    nw_functional_fail(f, "an input");
    return name;
}

/* ---- what a name becomes ---- */

static bool is_option(const nw_writer *writer, nw_symbol name)
{
    const nw_functional *f = writer->functional;
    for (uint32_t i = 0; i < f->code->parameter_count; i++)
        if (f->code->parameters[i].name.v == name.v)
            return !nw_functional_changes(writer, name.v, 0);
    for (uint32_t i = 0; i < f->builder->size_count; i++)
        if (f->builder->sizes[i].name.v == name.v)
            return true;
    return false;
}

/* Where no test or loop is around, what is computed is kept at once; otherwise at the end. */
static void capture_now(nw_writer *writer, uint32_t number)
{
    nw_functional *f = writer->functional;
    if (f->test_depth || f->loop_depth || is_option(writer, f->captured.items[number]))
        return;
    nw_buffer line, pending = f->pending;
    nw_buffer_init(&f->pending);
    nw_buffer_init(&line);
    nw_buffer_format(&line, "self.%s = %s", nw_bytes(writer->eval, f->captured_as[number]), nw_bytes(writer->eval, f->captured.items[number]));
    nw_functional_line(writer, &f->init, f->line, line.bytes, line.size);
    nw_buffer_release(&f->pending);
    nw_buffer_release(&line);
    f->pending = pending;
    f->kept[number] = true;
}

/* A value of __init__: in forward the attribute that holds it. */
void nw_functional_write_captured(nw_writer *writer, nw_symbol name)
{
    nw_functional *f = writer->functional;
    writer->changed = true;
    if (!f->computes) {
        nw_buffer_text(writer->out, nw_bytes(writer->eval, name));
        return;
    }
    if (!nw_name_set_holds(&f->captured, name.v)) {
        nw_name_set_put(f, &f->captured, name.v);
        if (f->captured.count)
            f->captured_as[f->captured.count - 1] = nw_functional_attribute(writer, nw_bytes(writer->eval, name));
        if (f->captured.count)
            capture_now(writer, f->captured.count - 1);
    }
    for (uint32_t i = 0; i < f->captured.count; i++)
        if (f->captured.items[i].v == name.v)
            nw_buffer_format(writer->out, "self.%s", nw_bytes(writer->eval, f->captured_as[i]));
}

bool nw_write_functional_name(nw_writer *writer, uint32_t node)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[node];
    if (nw_write_builder_name(writer, node))
        return true;
    for (const nw_functional *outer = f ? f->outer : NULL; outer && n->op > 0; outer = outer->outer)
        if (!nw_functional_owns(f, n) && nw_functional_owns(outer, n) && (nw_name_set_holds(&outer->tensors, n->a) || nw_name_set_holds(&outer->layers, n->a)))
            nw_functional_fail(f, "a tensor of the function around");
    if (!f || !nw_functional_owns(f, n) || (n->flags & NW_NAME_BINDS))
        return false;
    const char *name = nw_bytes(writer->eval, (nw_symbol){n->a});
    if (f->is_done && f->model.v == n->a) {
        for (uint32_t i = 1; i < writer->ast->node_count && !writer->reached; i++) /* model.load_weights(path), which never ran */
            if (writer->ast->nodes[i].kind == NW_NODE_ATTRIBUTE && writer->ast->nodes[i].a == node)
                nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "keras.Model.%s", nw_bytes(writer->eval, (nw_symbol){writer->ast->nodes[i].b}));
        nw_buffer_text(writer->out, "self");
        return true;
    }
    if (nw_name_set_holds(&f->layers, n->a)) {
        nw_buffer_format(writer->out, "self.%s", name);
        return true;
    }
    if (nw_name_set_holds(&f->tensors, n->a)) {
        nw_value value = nw_functional_constant(writer, node);
        nw_value text = value.kind == NW_UNSET ? value : nw_representation(writer->eval, value);
        if (text.kind == NW_STRING)
            nw_buffer_text(writer->out, nw_bytes(writer->eval, text.as.symbol));
        else if (!f->computes)
            nw_functional_fail(f, "what layers are made with follows from tensors");
        else if (nw_name_set_holds(&f->inputs, n->a))
            nw_buffer_text(writer->out, nw_bytes(writer->eval, input_of(writer, (nw_symbol){n->a})));
        else
            return false;
        return true;
    }
    if (!f->computes)
        return false;
    if (nw_name_set_holds(&f->targets, n->a)) {
        nw_name_set_put(f, &f->targets_used, n->a);
        return false;
    }
    if (!nw_name_set_holds(&f->captured, n->a) && nw_functional_changes(writer, n->a, n->start))
        nw_functional_fail(f, "a value that changes");
    nw_functional_write_captured(writer, (nw_symbol){n->a});
    return true;
}

/* ---- the class ---- */

/* The parameters of forward: those that are tensors, or the inputs of the model. */
static void write_inputs(nw_writer *writer)
{
    const nw_functional *f = writer->functional;
    for (uint32_t i = 0; i < f->code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &f->code->parameters[i];
        if (!(f->builder->tensors >> i & 1))
            continue;
        nw_buffer_format(writer->out, ", %s", nw_bytes(writer->eval, parameter->name));
        if (parameter->default_value)
            nw_buffer_format(writer->out, "=%s", nw_written(writer, parameter->default_value));
    }
    for (uint32_t i = 0; i < f->parameters.count; i++)
        nw_buffer_format(writer->out, ", %s", nw_bytes(writer->eval, f->parameters.items[i]));
}

/* The others, as those of __init__, or as the arguments for them. */
static void write_options(nw_writer *writer, bool arguments)
{
    const nw_functional *f = writer->functional;
    bool keywords = false;
    for (uint32_t i = 0; i < f->builder->size_count; i++)
        nw_buffer_format(writer->out, ", %s", nw_bytes(writer->eval, f->builder->sizes[i].name));
    for (uint32_t i = 0, count = 0; i < f->code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &f->code->parameters[i];
        const char *name = nw_bytes(writer->eval, parameter->name);
        if (f->builder->tensors >> i & 1)
            continue;
        if (arguments) {
            nw_buffer_format(writer->out, parameter->kind == NW_PARAMETER_KEYWORD_ONLY ? "%s%s=%s" : "%s%s", count++ ? ", " : "", name, name);
            continue;
        }
        nw_buffer_text(writer->out, parameter->kind == NW_PARAMETER_KEYWORD_ONLY && !keywords ? ", *" : "");
        keywords |= parameter->kind == NW_PARAMETER_KEYWORD_ONLY;
        nw_buffer_format(writer->out, ", %s", name);
        if (parameter->annotation) {
            nw_buffer_text(writer->out, ": ");
            nw_write_annotation(writer, parameter->annotation);
        }
        if (parameter->default_value)
            nw_buffer_format(writer->out, parameter->annotation ? " = %s" : "=%s", nw_written(writer, parameter->default_value));
    }
}

/* Lines move to the right by one level; the first one stands behind what is written. */
static void write_deeper(nw_buffer *out, const nw_buffer *text, const char *indent, int size)
{
    for (size_t i = 0; i < text->size; i++) {
        nw_buffer_byte(out, text->bytes[i]);
        if (text->bytes[i] == '\n' && i + 1 < text->size && text->bytes[i + 1] != '\n')
            nw_buffer_add(out, indent, (size_t)size);
    }
}

/* Without empty lines at its beginning. */
static nw_buffer trimmed(const nw_buffer *text)
{
    size_t start = 0;
    while (start + 1 < text->size && text->bytes[start] == '\n' && text->bytes[start + 1] == '\n')
        start++;
    return (nw_buffer){.bytes = text->bytes + start, .size = text->size - start};
}

static void write_beginning(nw_writer *writer, const char *space, int depth, const char *indent, int size, const nw_buffer *init)
{
    nw_functional *f = writer->functional;
    nw_buffer *out = writer->out;
    nw_buffer_format(out, "%.*s%.*sdef __init__(self", depth, space, size, indent);
    write_options(writer, false);
    nw_buffer_format(out, "):\n%.*s%.*s%.*ssuper().__init__()", depth, space, size, indent, size, indent);
    for (uint32_t pass = 0; pass < 2; pass++) { /* parameters at once, what is computed at the end */
        for (uint32_t i = 0; i < f->captured.count; i++) {
            bool parameter = is_option(writer, f->captured.items[i]);
            if (f->kept[i])
                continue;
            if (parameter == (pass == 0))
                nw_buffer_format(out, "\n%.*s%.*s%.*sself.%s = %s", depth, space, size, indent, size, indent, nw_bytes(writer->eval, f->captured_as[i]),
                                 nw_bytes(writer->eval, f->captured.items[i]));
        }
        if (pass == 0)
            write_deeper(out, init, indent, size);
    }
}

static void write_class(nw_writer *writer, const char *space, int depth, const char *indent, int size)
{
    nw_functional *f = writer->functional;
    nw_buffer *out = writer->out;
    nw_list body = nw_ast_list(writer->ast, f->code->body);
    const nw_node *first = &writer->ast->nodes[body.items[0]];
    nw_buffer init = trimmed(&f->init), forward = trimmed(&f->forward);
    nw_buffer_format(out, "class %s(", nw_bytes(writer->eval, f->builder->class_name));
    nw_write_setting_name(writer, "module_class");
    nw_buffer_text(out, "):\n");
    if (first->kind == NW_NODE_EXPRESSION && writer->ast->nodes[first->a].kind == NW_NODE_STRING) {
        nw_buffer_format(out, "%.*s%.*s", depth, space, size, indent);
        nw_write_source(writer, first->start, first->end);
        nw_buffer_text(out, "\n\n");
    }
    bool options = f->captured.count || init.size || f->builder->size_count;
    for (uint32_t i = 0; i < f->code->parameter_count; i++)
        options |= !(f->builder->tensors >> i & 1);
    if (options)
        write_beginning(writer, space, depth, indent, size, &init);
    nw_buffer_format(out, "%s%.*s%.*sdef forward(self", options ? "\n\n" : "", depth, space, size, indent);
    write_inputs(writer);
    nw_buffer_text(out, "):");
    write_deeper(out, &forward, indent, size);
}

/* The function that makes it, where that has another name. */
static void write_maker(nw_writer *writer, uint32_t node, const char *indent, int size)
{
    nw_functional *f = writer->functional;
    const nw_ast_function *code = f->code;
    nw_buffer_text(writer->out, "\n\n\n");
    nw_write_source(writer, writer->ast->nodes[node].start, code->parameter_count ? code->parameters[code->parameter_count - 1].end : writer->ast->nodes[code->name_node].end);
    nw_buffer_format(writer->out, code->parameter_count ? "):\n%.*sreturn %s(" : "():\n%.*sreturn %s(", size, indent, nw_bytes(writer->eval, f->builder->class_name));
    write_options(writer, true);
    nw_buffer_byte(writer->out, ')');
}

static void check(nw_writer *writer, nw_functional *f)
{
    const nw_node *function = &writer->ast->nodes[f->code->node];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        bool inside = n->start >= function->start && n->end <= function->end;
        bool text = n->kind == NW_NODE_STRING && i != f->code->docstring && memchr(writer->bytes + n->start, '\n', n->end - n->start) && writer->bytes[n->end - 1] == writer->bytes[n->end - 2];
        if (inside && text)
            nw_functional_fail(f, "a text of several lines");
    }
    if (f->builder->is_root && !f->is_done)
        nw_functional_fail(f, "a model that is made elsewhere");
    if (!f->forward.size)
        nw_functional_fail(f, "nothing is computed");
    for (uint32_t i = 0; f->returned && i < f->captured.count; i++)
        if (!f->kept[i] && !is_option(writer, f->captured.items[i]))
            nw_functional_fail(f, "several returns");
    for (uint32_t i = 0; i < f->code->parameter_count; i++)
        if (f->builder->tensors & f->builder->others & (uint64_t)1 << i)
            nw_functional_fail(f, "a parameter that is not always a tensor");
}

bool nw_write_functional(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    const nw_ast_function *code = &writer->ast->functions[n->a];
    const nw_builder *builder = writer->class_node ? NULL : nw_builder_of(writer->migration, code);
    if (!builder)
        return false;
    uint32_t body = writer->ast->nodes[nw_ast_list(writer->ast, code->body).items[0]].start;
    uint32_t line = nw_source_line_start(&writer->module->source, body), own = nw_source_line_start(&writer->module->source, n->start);
    int depth = (int)(n->start - own), size = (int)(body - line) - depth;
    nw_functional *f = nw_arena_zero(&writer->eval->arena, sizeof *f);
    f->outer = writer->functional;
    f->builder = builder;
    f->code = code;
    nw_buffer_init(&f->init);
    nw_buffer_init(&f->forward);
    nw_buffer_init(&f->pending);
    nw_buffer_init(&f->waiting);
    uint32_t outer = writer->function;
    writer->functional = f;
    writer->function = n->a;
    nw_functional_find_names(writer, f);
    if (builder->is_root)
        find_parameters(writer, f);
    if (size <= 0)
        nw_functional_fail(f, "a function of one line");
    else
        nw_functional_body(writer);
    nw_buffer_add(&f->forward, f->pending.bytes, f->pending.size); /* comments in front of what is left out */
    writer->function = outer;
    check(writer, f);
    if (f->failed) {
        nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "%s: %s", nw_bytes(writer->eval, code->name), f->failed);
        nw_write_source(writer, n->start, n->end);
    } else {
        write_class(writer, writer->bytes + own, depth, writer->bytes + line, size);
        if (builder->is_root && builder->class_name.v != code->name.v)
            write_maker(writer, node, writer->bytes + line, size);
    }
    writer->functional = f->outer;
    writer->changed = true;
    nw_buffer_release(&f->init);
    nw_buffer_release(&f->forward);
    nw_buffer_release(&f->pending);
    nw_buffer_release(&f->waiting);
    return true;
}
