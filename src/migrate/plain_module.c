/* Modules of the program that keep nothing of the source's protocol: no mode or mask as an argument, no name, no configuration. */
#include "migrate/writer.h"

#include "eval/interpret.h"

#include <string.h>

/* ---- parameters ---- */

/* Whether a function does more with a parameter than handing it on by name, and whether it changes it. */
typedef struct parameter_use {
    bool read, bound;
} parameter_use;

static bool is_handed_on(const nw_ast *ast, uint32_t name)
{
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_KEYWORD && ast->nodes[i].b == name && ast->nodes[i].a == ast->nodes[name].a)
            return true;
    return false;
}

static parameter_use use_of(const nw_ast *ast, const nw_ast_function *code, nw_symbol name)
{
    parameter_use use = {false, false};
    nw_list body = nw_ast_statements(ast, code);
    if (!body.count)
        return use;
    uint32_t start = ast->nodes[body.items[0]].start, end = ast->nodes[body.items[body.count - 1]].end;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        if (n->kind != NW_NODE_NAME || n->a != name.v || n->start < start || n->end > end)
            continue;
        use.bound |= (n->flags & NW_NAME_BINDS) || n->b != NW_PLACE_SLOT || n->op != 0;
        use.read |= !is_handed_on(ast, i);
    }
    return use;
}

/* Parameters of methods that the target's modules do not take: for each the attribute that says the same, or nothing. */
static const char *left_parameters(const nw_writer *writer, const nw_class *class_)
{
    return nw_is_native_class(writer->migration->natives, class_) ? "native_left_parameters" : "left_parameters";
}

static bool is_left(const nw_writer *writer, const nw_class *class_, const nw_ast *ast, const nw_ast_function *code, uint32_t parameter)
{
    nw_value attribute;
    nw_symbol name = code->parameters[parameter].name;
    if (parameter == 0 || !nw_translations_holds(&writer->migration->tables, left_parameters(writer, class_), name, &attribute) || attribute.kind != NW_STRING)
        return false;
    bool usual = code->parameters[parameter].default_value || code->parameters[parameter].kind == NW_PARAMETER_NORMAL;
    parameter_use use = use_of(ast, code, name);
    return usual && !use.bound && (!use.read || *nw_bytes(writer->eval, attribute.as.symbol));
}

static bool is_module_method(const nw_writer *writer, const nw_ast_function *code)
{
    bool is_method = writer->class_node && (writer->function == 0 || &writer->ast->functions[writer->function] == code);
    return is_method && writer->class_ && writer->class_->is_module;
}

bool nw_leaves_parameter(const nw_writer *writer, const nw_ast_function *code, uint32_t parameter)
{
    return is_module_method(writer, code) && is_left(writer, writer->class_, writer->ast, code, parameter);
}

/* The parameter of the method around that a name is and that goes; UINT32_MAX: none. */
static uint32_t left_parameter(const nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    const nw_ast_function *code = writer->function ? &writer->ast->functions[writer->function] : NULL;
    for (uint32_t i = 1; code && nw_ast_is_local(n) && i < code->parameter_count; i++)
        if (code->parameters[i].name.v == n->a)
            return nw_leaves_parameter(writer, code, i) ? i : UINT32_MAX;
    return UINT32_MAX;
}

bool nw_write_left_name(nw_writer *writer, uint32_t node)
{
    nw_value attribute;
    if (left_parameter(writer, node) == UINT32_MAX || !nw_translations_holds(&writer->migration->tables, left_parameters(writer, writer->class_), (nw_symbol){writer->ast->nodes[node].a}, &attribute))
        return false;
    const nw_ast_function *code = &writer->ast->functions[writer->function];
    nw_buffer_format(writer->out, "%s.%s", nw_bytes(writer->eval, code->parameters[0].name), nw_bytes(writer->eval, attribute.as.symbol));
    writer->changed = true;
    return true;
}

/* ---- calls ---- */

/* The module whose computation, or method, is called. */
static const nw_instance *module_called(nw_value callee)
{
    nw_value self = callee.kind == NW_METHOD ? callee.as.method->self : callee;
    return self.kind == NW_INSTANCE && self.as.instance->class_->is_module ? self.as.instance : NULL;
}

/* Whether what is called takes a parameter of that name and keeps it. */
static bool keeps_parameter(const nw_writer *writer, nw_value callee, nw_symbol name)
{
    const nw_function *function = callee.kind == NW_METHOD && callee.as.method->function.kind == NW_FUNCTION ? callee.as.method->function.as.function : NULL;
    if (callee.kind == NW_INSTANCE) {
        nw_value *found = nw_class_find(writer->eval, callee.as.instance->class_, nw_symbol_of(writer->eval->symbols, "call"));
        function = found && found->kind == NW_FUNCTION ? found->as.function : NULL;
    }
    if (!function || function->module->is_catalog)
        return false;
    for (uint32_t i = 0; i < function->code->parameter_count; i++)
        if (function->code->parameters[i].name.v == name.v)
            return !is_left(writer, module_called(callee)->class_, function->module->ast, function->code, i);
    return false;
}

/* An argument that goes with its parameter: the mode that is handed on, or nothing at all. */
static bool may_go(const nw_writer *writer, uint32_t value)
{
    return writer->ast->nodes[value].kind == NW_NODE_NONE || left_parameter(writer, value) != UINT32_MAX;
}

/* Whether an argument of a call of a module goes: one by name that the callee does not keep, or a name that is itself a parameter that goes. */
static bool argument_goes(const nw_writer *writer, uint32_t argument, nw_value callee)
{
    const nw_node *n = &writer->ast->nodes[argument];
    if (n->kind != NW_NODE_KEYWORD)
        return left_parameter(writer, argument) != UINT32_MAX;
    return n->a && nw_translations_holds(&writer->migration->tables, left_parameters(writer, module_called(callee)->class_), (nw_symbol){n->a}, NULL) && !keeps_parameter(writer, callee, (nw_symbol){n->a});
}

bool nw_write_call_of_module(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    bool some = false;
    if (!first || first->kind != NW_TRACE_CALL || !module_called(first->a))
        return false;
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = &writer->ast->nodes[arguments.items[i]];
        bool goes = argument_goes(writer, arguments.items[i], first->a), named = argument->kind == NW_NODE_KEYWORD;
        if (goes && (named ? !may_go(writer, argument->b) : i + 1 < arguments.count))
            nw_write_refuse(writer, node, NW_DIAG_ARGUMENTS_NOT_TRANSLATED, "%s", nw_bytes(writer->eval, (nw_symbol){argument->a}));
        some |= goes;
    }
    if (!some)
        return false;
    uint32_t at = writer->ast->nodes[n->a].end;
    nw_write_callee(writer, node);
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = &writer->ast->nodes[arguments.items[i]];
        if (argument_goes(writer, arguments.items[i], first->a)) {
            if (i == 0) /* the comma behind it goes, otherwise the one in front */
                nw_write_source(writer, at, argument->start);
            at = argument->end;
            while (i == 0 && arguments.count > 1 && (writer->bytes[at] == ',' || writer->bytes[at] == ' '))
                at++;
            continue;
        }
        nw_write_source(writer, at, argument->start);
        nw_write_node(writer, arguments.items[i]);
        at = argument->end;
    }
    nw_write_source(writer, at, n->end);
    writer->changed = true;
    return true;
}

/* Options of a module's beginning that say nothing: its name. */
static bool is_harmless(const nw_writer *writer, nw_symbol name, nw_value value)
{
    bool on = (value.kind == NW_BOOL && value.as.integer) && strcmp(nw_bytes(writer->eval, name), "trainable") == 0;
    return on || nw_translations_holds(&writer->migration->tables, "harmless", name, NULL) || nw_translations_holds(&writer->migration->tables, "noted", name, NULL);
}

bool nw_write_beginning(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    const nw_node *n = &writer->ast->nodes[node], *callee = &writer->ast->nodes[n->a];
    bool begins = callee->kind == NW_NODE_ATTRIBUTE && callee->b == NW_NAME_DUNDER_INIT && first && first->a.kind == NW_METHOD && module_called(first->a) &&
                  first->a.as.method->function.kind == NW_FUNCTION && first->a.as.method->function.as.function->module->is_catalog;
    if (!begins || nw_translations_setting(&writer->migration->tables, "left_parameters").kind == NW_UNSET)
        return false;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        bool plain = e->arguments && !e->arguments->positional_count && !e->arguments->open;
        for (uint32_t i = 0; plain && i < e->arguments->named_count; i++)
            plain = is_harmless(writer, e->arguments->names[i], nw_settle(writer->eval, e->arguments->named[i]));
        if (!plain) {
            nw_write_refuse(writer, node, NW_DIAG_ARGUMENTS_NOT_TRANSLATED, "%s", nw_bytes(writer->eval, (nw_symbol){callee->b}));
            break;
        }
    }
    nw_write_node(writer, n->a);
    nw_buffer_text(writer->out, "()");
    writer->changed = true;
    return true;
}

/* ---- attributes ---- */

/* Whether a value is a list or dictionary of modules, 0: it is not; 1: it is; 2: of other things, too. */
static int holds_modules(nw_eval *eval, nw_value value)
{
    uint32_t modules = 0, others = 0, position = 0;
    const nw_value *items = value.kind == NW_LIST ? value.as.list->items : value.kind == NW_TUPLE ? value.as.tuple->items : NULL;
    uint32_t count = value.kind == NW_LIST ? value.as.list->count : value.kind == NW_TUPLE ? value.as.tuple->count : 0;
    for (uint32_t i = 0; i < count; i++) {
        nw_value item = nw_settle(eval, items[i]);
        modules += module_called(item) != NULL;
        others += module_called(item) == NULL;
    }
    for (nw_dict_entry *entry; value.kind == NW_DICT && (entry = nw_dict_next(value.as.dict, &position));) {
        modules += module_called(nw_settle(eval, entry->value)) != NULL;
        others += module_called(nw_settle(eval, entry->value)) == NULL;
    }
    return !modules ? 0 : others ? 2 : 1;
}

/* What an attribute of a module holds when the program has run. */
static nw_value attribute_of(const nw_trace_entry *store, nw_symbol name)
{
    nw_value *found = store->a.kind == NW_INSTANCE && store->a.as.instance->class_->is_module ? nw_dict_find_name(store->a.as.instance->attributes, name) : NULL;
    if (!found)
        return nw_unset();
    return found->kind == NW_INSTANCE ? found->as.instance->payload : *found;
}

bool nw_write_module_list(nw_writer *writer, uint32_t statement)
{
    const nw_node *n = &writer->ast->nodes[statement];
    nw_list targets = nw_ast_list(writer->ast, n->a);
    const nw_node *target = targets.count == 1 ? &writer->ast->nodes[targets.items[0]] : NULL;
    bool container = false;
    if (!target || target->kind != NW_NODE_ATTRIBUTE || nw_translations_setting(&writer->migration->tables, "module_list").kind != NW_STRING)
        return false;
    for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, targets.items[0]); e; e = nw_sites_next(writer->migration->sites, e)) {
        int holds = e->kind == NW_TRACE_ATTRIBUTE_STORE ? holds_modules(writer->eval, attribute_of(e, (nw_symbol){target->b})) : 0;
        if (holds == 2)
            nw_write_refuse(writer, statement, NW_DIAG_NOT_TRANSLATED, "layers and other values in one container");
        container |= holds == 1;
    }
    if (!container)
        return false;
    const nw_node *value = &writer->ast->nodes[n->b];
    bool dict = value->kind == NW_NODE_DICT || value->kind == NW_NODE_DICT_COMPREHENSION;
    nw_write_node(writer, targets.items[0]);
    nw_write_source(writer, target->end, value->start);
    nw_write_setting_name(writer, dict ? "module_dict" : "module_list");
    nw_buffer_byte(writer->out, '(');
    bool empty = (value->kind == NW_NODE_LIST || value->kind == NW_NODE_DICT) && nw_ast_list(writer->ast, value->a).count == 0;
    if (!empty)
        nw_write_enclosed(writer, n->b);
    nw_buffer_byte(writer->out, ')');
    return true;
}

/* ---- building ---- */

/* The shape that all objects of a class were built with; UNSET: they were not, or differ. */
static nw_value built_shape(nw_writer *writer, const nw_class *class_)
{
    const nw_trace *trace = writer->migration->sites->trace;
    nw_eval *eval = writer->eval;
    nw_value shape = nw_unset();
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        if (e->kind != NW_TRACE_CALL || e->result.kind != NW_INSTANCE || e->result.as.instance->class_ != class_)
            continue;
        nw_value *shapes = nw_dict_find_name(e->result.as.instance->attributes, nw_symbol_of(eval->symbols, "_build_shapes_dict"));
        uint32_t position = 0;
        nw_dict_entry *only = shapes && shapes->kind == NW_DICT && shapes->as.dict->count == 1 ? nw_dict_next(shapes->as.dict, &position) : NULL;
        nw_value now = only ? nw_settle(eval, only->value) : nw_unset();
        if (now.kind == NW_TUPLE && now.as.tuple->count) { /* of any number of samples */
            nw_value *sizes = nw_arena_copy(&eval->arena, now.as.tuple->items, now.as.tuple->count * sizeof *sizes);
            sizes[0] = nw_none();
            now = nw_tuple_new(eval, sizes, now.as.tuple->count);
        }
        if (now.kind != NW_TUPLE || (shape.kind != NW_UNSET && nw_equal(eval, shape, now) != NW_YES))
            return nw_unset();
        shape = now;
    }
    return shape;
}

/* Whether a name of the method's own class is defined in its text. */
static bool defines(const nw_writer *writer, nw_symbol name)
{
    nw_list body = nw_ast_list(writer->ast, writer->ast->extra[writer->ast->nodes[writer->class_node].b + 1]);
    for (uint32_t i = 0; i < body.count; i++)
        if (writer->ast->nodes[body.items[i]].kind == NW_NODE_FUNCTION && writer->ast->functions[writer->ast->nodes[body.items[i]].a].name.v == name.v)
            return true;
    return false;
}

/* The shape that the class is built with, as text; UNSET: it has no method for building, or no one shape. */
static nw_value sizes_of_building(nw_writer *writer)
{
    nw_value method = nw_translations_setting(&writer->migration->tables, "building");
    if (!writer->class_ || !writer->class_->is_module || method.kind != NW_STRING || !defines(writer, method.as.symbol))
        return nw_unset();
    nw_value shape = built_shape(writer, writer->class_);
    nw_value sizes = shape.kind == NW_TUPLE ? nw_representation(writer->eval, shape) : nw_unset();
    return sizes.kind == NW_STRING ? sizes : nw_unset();
}

/* A new line, as deep as that of a node. */
static void write_line(nw_writer *writer, uint32_t node)
{
    uint32_t line = nw_source_line_start(&writer->module->source, writer->ast->nodes[node].start);
    nw_buffer_byte(writer->out, '\n');
    nw_buffer_add(writer->out, writer->bytes + line, strspn(writer->bytes + line, " \t"));
}

static void write_call_of_building(nw_writer *writer, const char *self, nw_value sizes)
{
    nw_value method = nw_translations_setting(&writer->migration->tables, "building");
    nw_buffer_format(writer->out, "%s.%s(%s)", self, nw_bytes(writer->eval, method.as.symbol), nw_bytes(writer->eval, sizes.as.symbol));
    writer->changed = true;
}

void nw_write_building(nw_writer *writer, const nw_ast_function *code, uint32_t last)
{
    nw_value sizes = code->name.v == NW_NAME_DUNDER_INIT ? sizes_of_building(writer) : nw_unset();
    if (sizes.kind == NW_UNSET)
        return;
    write_line(writer, last);
    write_call_of_building(writer, nw_bytes(writer->eval, code->parameters[0].name), sizes);
}

void nw_write_beginning_for_building(nw_writer *writer, uint32_t statement)
{
    const nw_node *n = &writer->ast->nodes[statement];
    nw_value method = nw_translations_setting(&writer->migration->tables, "building");
    if (n->kind != NW_NODE_FUNCTION || method.kind != NW_STRING || writer->ast->functions[n->a].name.v != method.as.symbol.v || !writer->class_)
        return;
    const nw_value *beginning = nw_class_find(writer->eval, writer->class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    nw_value sizes = sizes_of_building(writer);
    if (!beginning || beginning->kind != NW_FUNCTION || !beginning->as.function->module->is_catalog || sizes.kind == NW_UNSET)
        return; /* a beginning of the program's own calls it, or takes arguments that are not known here */
    uint32_t first = nw_ast_list(writer->ast, writer->ast->functions[n->a].body).items[0];
    nw_buffer_text(writer->out, "def __init__(self):");
    write_line(writer, first);
    nw_buffer_text(writer->out, "super().__init__()");
    write_line(writer, first);
    write_call_of_building(writer, "self", sizes);
    nw_buffer_byte(writer->out, '\n');
    write_line(writer, statement);
}

/* ---- methods ---- */

bool nw_write_left_method(nw_writer *writer, uint32_t statement)
{
    const nw_node *n = &writer->ast->nodes[statement];
    nw_value note;
    if (n->kind != NW_NODE_FUNCTION || !writer->class_ || !writer->class_->is_module)
        return false;
    const nw_ast_function *code = &writer->ast->functions[n->a];
    nw_list body = nw_ast_list(writer->ast, code->body);
    bool runs = body.count && nw_sites_reached(writer->migration->sites, writer->module, writer->ast->nodes[body.items[0]].start, n->end);
    if (runs || !nw_translations_holds(&writer->migration->tables, "left_methods", code->name, &note) || note.kind != NW_STRING)
        return false;
    nw_write_note(writer, statement, NW_DIAG_LEFT_OUT, "%s (%s)", nw_bytes(writer->eval, code->name), nw_bytes(writer->eval, note.as.symbol));
    while (writer->out->size && strchr(" \t\r\n", writer->out->bytes[writer->out->size - 1]))
        writer->out->size--;
    writer->changed = true;
    return true;
}
