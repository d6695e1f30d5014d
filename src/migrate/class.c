/* Classes and functions: bases, names of methods, parameters. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

/* ---- classes ---- */

static nw_class *class_made(nw_writer *writer, uint32_t node)
{
    const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, node);
    return e && e->kind == NW_TRACE_CLASS && e->result.kind == NW_CLASS ? e->result.as.class_ : NULL;
}

/* Whether another part of the program makes objects of a class: it is a part of models then. */
static bool is_made_inside(const nw_writer *writer, const nw_class *class_)
{
    const nw_trace *trace = writer->migration->sites->trace;
    for (uint32_t i = 0; i < trace->count; i++)
        if (trace->entries[i].kind == NW_TRACE_CALL && trace->entries[i].a.kind == NW_CLASS && nw_is_subclass(trace->entries[i].a.as.class_, class_))
            return true;
    return false;
}

static bool is_model_class(const nw_writer *writer, const nw_class *class_)
{
    const nw_class *root = writer->migration->root_class;
    if (writer->migration->is_open)
        return class_ && !is_made_inside(writer, class_);
    return root && class_ && nw_is_subclass(root, class_);
}

bool nw_is_module_base(const nw_writer *writer, nw_value value)
{
    nw_value module = nw_translations_setting(&writer->migration->tables, "module");
    return module.kind == NW_STRING && nw_framework_value_name(writer->eval, value).v == module.as.symbol.v;
}

/* A base that is the source framework's module class itself. */
static bool is_module_class(nw_writer *writer, uint32_t base)
{
    nw_value value;
    nw_symbol dotted;
    return nw_reference(writer, base, &value, &dotted) && nw_is_module_base(writer, value);
}

static uint32_t write_bases(nw_writer *writer, nw_list bases, uint32_t at)
{
    bool adapter = false, module = false;
    for (uint32_t i = 0; i < bases.count; i++) {
        const nw_node *base = &writer->ast->nodes[bases.items[i]];
        nw_value value;
        nw_symbol dotted;
        nw_write_source(writer, at, base->start);
        if (is_module_class(writer, bases.items[i])) {
            nw_write_setting_name(writer, is_model_class(writer, writer->class_) ? "model_class" : "layer_class");
            module = true;
        } else {
            adapter |= nw_reference(writer, bases.items[i], &value, &dotted) && value.kind == NW_CLASS && value.as.class_->is_module;
            nw_write_node(writer, bases.items[i]);
        }
        at = base->end;
    }
    if (adapter && !module && nw_translations_setting(&writer->migration->tables, "model_class").kind == NW_STRING && is_model_class(writer, writer->class_)) {
        nw_buffer_text(writer->out, ", ");
        nw_write_setting_name(writer, "model_class");
    }
    return at;
}

/* Counts what a nested value holds: tensors and other things. */
static void count_leaves(nw_eval *eval, nw_value value, int depth, bool *tensors, bool *others)
{
    value = nw_settle(eval, value);
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0, position = 0;
    bool nested = items || value.kind == NW_DICT;
    for (uint32_t i = 0; depth && i < count; i++)
        count_leaves(eval, items[i], depth - 1, tensors, others);
    for (nw_dict_entry *entry; depth && value.kind == NW_DICT && (entry = nw_dict_next(value.as.dict, &position));)
        count_leaves(eval, entry->value, depth - 1, tensors, others);
    *tensors |= value.kind == NW_TENSOR;
    *others |= !nested && value.kind != NW_TENSOR && value.kind != NW_NONE && value.kind != NW_UNSET;
}

static bool is_mixture(nw_eval *eval, nw_value value)
{
    bool tensors = false, others = false;
    count_leaves(eval, value, 4, &tensors, &others);
    return tensors && others;
}

/* Whether a call of a module hands over tensors and other things in one container, or in **kwargs, which the target's layers do not take. */
static bool mixes_options(nw_writer *writer, const nw_ast_function *code, const nw_trace_entry *run)
{
    bool tensors = false, others = false;
    for (uint32_t i = 0; i < run->arguments->positional_count; i++)
        if (is_mixture(writer->eval, run->arguments->positional[i]))
            return true;
    for (uint32_t i = 0; i < run->arguments->named_count; i++) {
        bool own = false;
        if (is_mixture(writer->eval, run->arguments->named[i]))
            return true;
        for (uint32_t k = 0; k < code->parameter_count; k++)
            own |= code->parameters[k].name.v == run->arguments->names[i].v && code->parameters[k].kind != NW_PARAMETER_KWARGS;
        if (!own)
            count_leaves(writer->eval, run->arguments->named[i], 4, &tensors, &others);
    }
    return tensors && others;
}

/* Whether objects of a class are called so. */
static bool is_called_with_mixture(nw_writer *writer, const nw_class *class_, const nw_ast_function *code)
{
    const nw_trace *trace = writer->migration->sites->trace;
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        nw_value callee = e->kind == NW_TRACE_CALL ? nw_without_partial(e->a) : nw_unset();
        if (callee.kind == NW_INSTANCE && nw_is_subclass(callee.as.instance->class_, class_) && mixes_options(writer, code, e))
            return true;
    }
    return false;
}

/* Behind the computation of such a class: being called is being computed. */
static void write_direct_call(nw_writer *writer, uint32_t statement)
{
    const nw_node *n = &writer->ast->nodes[statement];
    if (n->kind != NW_NODE_FUNCTION || !writer->class_ || !writer->class_->is_module)
        return;
    const nw_ast_function *code = &writer->ast->functions[n->a];
    bool computes = code->name.v == NW_NAME_FORWARD && nw_translations_setting(&writer->migration->tables, "tensors_by_position").kind == NW_BOOL;
    if (!computes || !is_called_with_mixture(writer, writer->class_, code))
        return;
    uint32_t line = nw_source_line_start(&writer->module->source, n->start);
    int indent = (int)(n->start - line);
    const char *space = writer->bytes + line;
    nw_buffer_format(writer->out, "\n\n%.*sdef __call__(self, *args, **kwargs):  # Keras takes no container of tensors and other values\n", indent, space);
    nw_buffer_format(writer->out, "%.*s    return self.call(*args, **kwargs)", indent, space);
    writer->changed = true;
}

void nw_write_class(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    const uint32_t *parts = writer->ast->extra + n->b;
    uint32_t outer_node = writer->class_node, outer_function = writer->function;
    nw_class *outer = writer->class_;
    bool outer_mixed = writer->is_mixed_in;
    writer->class_node = node;
    writer->class_ = class_made(writer, node);
    writer->is_mixed_in = nw_is_mixed_in(writer, writer->class_);
    uint32_t at = nw_write_decorators(writer, node, nw_ast_list(writer->ast, parts[2]));
    at = write_bases(writer, nw_ast_list(writer->ast, parts[0]), at);
    nw_list body = nw_ast_list(writer->ast, parts[1]);
    writer->function = 0;
    for (uint32_t i = 0; i < body.count; i++) {
        if (nw_is_untried(writer->eval, writer->migration->untried, writer->module, body.items[i])) {
            at = writer->ast->nodes[body.items[i]].end;
            writer->changed = true;
            continue;
        }
        nw_write_source(writer, at, writer->ast->nodes[body.items[i]].start);
        if (nw_write_left_method(writer, body.items[i])) {
            at = writer->ast->nodes[body.items[i]].end;
            continue;
        }
        nw_write_beginning_for_building(writer, body.items[i]);
        nw_write_statement(writer, body.items[i]);
        write_direct_call(writer, body.items[i]);
        at = writer->ast->nodes[body.items[i]].end;
    }
    nw_write_source(writer, at, n->end);
    if (body.count)
        nw_write_build(writer, body.items[body.count - 1]);
    writer->class_node = outer_node;
    writer->class_ = outer;
    writer->is_mixed_in = outer_mixed;
    writer->function = outer_function;
}

/* ---- functions ---- */

/* A method of a module of the program whose name means something to the target's layers. */
static nw_symbol method_name(nw_writer *writer, const nw_ast_function *code, bool is_method)
{
    nw_class *class_ = is_method ? nw_class_around(writer) : NULL;
    return class_ ? nw_renamed(writer, class_, code->name) : code->name;
}

static bool has_parameter(nw_writer *writer, const nw_ast_function *code, const char *name)
{
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (strcmp(nw_bytes(writer->eval, code->parameters[i].name), name) == 0)
            return true;
    return false;
}

/* The parameter behind which training=None goes; UINT32_MAX: it is not needed. */
static uint32_t training_place(nw_writer *writer, const nw_ast_function *code, uint32_t node)
{
    if (!nw_takes_training(writer->migration, code) || has_parameter(writer, code, "training"))
        return UINT32_MAX;
    uint32_t count = code->parameter_count;
    count -= count && code->parameters[count - 1].kind == NW_PARAMETER_KWARGS;
    if (count)
        return count - 1;
    nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "`training` in a function without parameters");
    return UINT32_MAX;
}

/* The target's layers look at the first argument of their computation: one that takes nothing gets a parameter that nobody uses. */
static bool needs_parameter(nw_writer *writer, const nw_ast_function *code, bool is_method)
{
    nw_value name = nw_translations_setting(&writer->migration->tables, "first_parameter");
    return name.kind == NW_STRING && is_method && nw_class_around(writer) && code->name.v == NW_NAME_FORWARD && code->parameter_count == 1 &&
           code->parameters[0].kind == NW_PARAMETER_NORMAL;
}

static uint32_t write_parameters(nw_writer *writer, const nw_ast_function *code, uint32_t node, uint32_t at, bool is_method)
{
    uint32_t training = training_place(writer, code, node);
    bool adds = training == UINT32_MAX && needs_parameter(writer, code, is_method);
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &code->parameters[i];
        const uint32_t parts[2] = {parameter->annotation, parameter->default_value};
        if (i > 0 && nw_leaves_parameter(writer, code, i)) {
            nw_write_source(writer, at, code->parameters[i - 1].end > at ? code->parameters[i - 1].end : at);
            at = parameter->end;
            writer->changed = true;
            continue;
        }
        for (int k = 0; k < 2; k++) {
            if (!parts[k])
                continue;
            nw_write_source(writer, at, writer->ast->nodes[parts[k]].start);
            if (k == 0)
                nw_write_annotation(writer, parts[k]);
            else
                nw_write_node(writer, parts[k]);
            at = writer->ast->nodes[parts[k]].end;
        }
        if (i == training || adds) {
            uint32_t end = parameter->end > at ? parameter->end : at;
            nw_write_source(writer, at, end);
            if (adds)
                nw_buffer_format(writer->out, ", %s=None", nw_bytes(writer->eval, nw_translations_setting(&writer->migration->tables, "first_parameter").as.symbol));
            else
                nw_buffer_text(writer->out, ", training=None");
            at = end;
        }
    }
    return at;
}

static void write_body(nw_writer *writer, const nw_ast_function *code, nw_buffer *text, bool is_method)
{
    nw_buffer *outer = writer->out;
    writer->out = text;
    nw_list body = nw_ast_list(writer->ast, code->body);
    uint32_t at = body.count ? writer->ast->nodes[body.items[0]].start : 0;
    for (uint32_t i = 0; i < body.count; i++) {
        nw_write_source(writer, at, writer->ast->nodes[body.items[i]].start);
        nw_write_statement(writer, body.items[i]);
        at = writer->ast->nodes[body.items[i]].end;
    }
    if (is_method && body.count)
        nw_write_building(writer, code, body.items[body.count - 1]);
    nw_write_end_of_writing(writer, code);
    writer->out = outer;
}

static uint32_t write_head(nw_writer *writer, uint32_t node, const nw_ast_function *code, bool is_method)
{
    const nw_node *n = &writer->ast->nodes[node];
    uint32_t at = nw_write_decorators(writer, node, nw_ast_list(writer->ast, n->b));
    nw_symbol name = method_name(writer, code, is_method);
    const nw_node *own = &writer->ast->nodes[code->name_node];
    if (name.v != code->name.v) {
        nw_write_source(writer, at, own->start);
        nw_buffer_text(writer->out, nw_bytes(writer->eval, name));
        at = own->end;
        writer->changed = true;
    }
    return write_parameters(writer, code, node, at, is_method);
}

void nw_write_function(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    const nw_ast_function *code = &writer->ast->functions[n->a];
    nw_list body = nw_ast_list(writer->ast, code->body);
    uint32_t first = body.count ? writer->ast->nodes[body.items[0]].start : n->end;
    bool is_method = writer->class_node && writer->function == 0;
    uint32_t outer_function = writer->function;
    bool outer_reached = writer->reached;
    bool outer_detached = writer->detached;
    nw_buffer text;
    nw_buffer_init(&text);
    writer->function = n->a;
    writer->detached = nw_is_detaching(writer, nw_ast_list(writer->ast, n->b));
    writer->detached_start = writer->detached ? n->start : writer->detached_start;
    writer->reached = nw_sites_reached(writer->migration->sites, writer->module, first, n->end);
    write_body(writer, code, &text, is_method);
    writer->function = outer_function;
    writer->reached = outer_reached;
    writer->detached = outer_detached;
    uint32_t at = write_head(writer, node, code, is_method);
    if (code->returns && nw_gives_back_written(writer, code)) { /* `-> None` goes */
        uint32_t end = writer->ast->nodes[code->returns].start;
        while (end > at && writer->bytes[end] != ')')
            end--;
        nw_write_source(writer, at, end + 1);
        at = writer->ast->nodes[code->returns].end;
    } else if (code->returns) {
        nw_write_source(writer, at, writer->ast->nodes[code->returns].start);
        nw_write_annotation(writer, code->returns);
        at = writer->ast->nodes[code->returns].end;
    }
    nw_write_source(writer, at, first);
    nw_buffer_add(writer->out, text.bytes, text.size);
    nw_buffer_release(&text);
}
