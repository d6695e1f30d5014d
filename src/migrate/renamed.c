/* Names that the target's modules have for themselves: what attributes and methods of the program's modules are called instead. */
#include "base/among.h"
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <stdio.h>

bool nw_is_method_name(const nw_writer *writer, nw_symbol name)
{
    return nw_translations_holds(&writer->migration->tables, "methods", name, NULL);
}

nw_symbol nw_renamed(const nw_writer *writer, const nw_class *class_, nw_symbol name)
{
    nw_eval *eval = writer->eval;
    nw_value other;
    if (nw_is_native_class(writer->migration->natives, class_)) /* it has the target's own protocol already */
        return nw_translations_holds(&writer->migration->tables, "native_methods", name, &other) && other.kind == NW_STRING ? other.as.symbol : name;
    if (nw_translations_holds(&writer->migration->tables, "methods", name, &other) && other.kind == NW_STRING)
        return other.as.symbol;
    if (!nw_translations_holds(&writer->migration->tables, "reserved", name, NULL))
        return name;
    char text[128];
    snprintf(text, sizeof text, "%s_", nw_bytes(eval, name));
    return nw_symbol_of(eval->symbols, text);
}

/* ---- what ran ---- */

/* Whether what a class has under a name is the program's own, free to be changed, or what modules are called by. */
static bool is_free(const nw_writer *writer, const nw_value *found, nw_symbol name)
{
    return !nw_framework_value_name(writer->eval, *found).v || nw_is_method_name(writer, name);
}

/* Whether the program itself gives its modules this attribute. */
static bool is_own_attribute(const nw_writer *writer, nw_value object, nw_symbol name)
{
    nw_class *class_ = object.kind == NW_INSTANCE ? object.as.instance->class_ : object.kind == NW_SUPER ? object.as.super_->after : NULL;
    if (object.kind == NW_SUPER && object.as.super_->self.kind == NW_INSTANCE)
        class_ = object.as.super_->self.as.instance->class_;
    if (!class_ || !class_->is_module)
        return false;
    const nw_value *found = nw_class_find(writer->eval, class_, name);
    if (found)
        return is_free(writer, found, name);
    return !class_->is_catalog || class_->is_keras || nw_is_module_base(writer, nw_class_value(class_)); /* reserved are names of PyTorch, which Keras' own classes have not */
}

bool nw_is_module_value(nw_value value)
{
    if (value.kind == NW_SUPER && value.as.super_->self.kind == NW_INSTANCE) /* also within what is mixed into a module */
        return value.as.super_->self.as.instance->class_->is_module;
    return (value.kind == NW_INSTANCE && value.as.instance->class_->is_module) || (value.kind == NW_SUPER && value.as.super_->after->is_module) ||
           (value.kind == NW_CLASS && value.as.class_->is_module);
}

static const nw_class *class_of(nw_value object)
{
    switch (object.kind) {
    case NW_INSTANCE: return object.as.instance->class_;
    case NW_SUPER: return object.as.super_->after;
    case NW_CLASS: return object.as.class_;
    default: return NULL;
    }
}

/* ---- what did not run: the text tells ---- */

/* A class of modules, as code that did not run names one: `first` is the place among its ancestors from which on names are looked up. */
typedef struct named_class {
    nw_class *class_; /* NULL: there is none */
    uint32_t first;
} named_class;

/* Whether a class of the program that is none of modules is an ancestor of one. */
static bool is_ancestor(const nw_writer *writer, const nw_class *class_)
{
    const nw_trace *trace = writer->migration->sites->trace;
    for (uint32_t i = 0; i < trace->count && class_->node && !class_->is_catalog && !class_->is_module; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        if (e->kind == NW_TRACE_CLASS && e->result.kind == NW_CLASS && e->result.as.class_->is_module && nw_is_subclass(e->result.as.class_, class_))
            return true;
    }
    return false;
}

bool nw_is_mixed_in(const nw_writer *writer, const nw_class *class_)
{
    for (uint32_t i = 0; class_ && !class_->is_module && i < class_->mro_count; i++)
        if (is_ancestor(writer, class_->mro[i]))
            return true;
    return false;
}

/* The class of modules, or of what is mixed into some, that a name at the module's top level has; NULL: it has none. */
static nw_class *class_of_name(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_value value;
    if (n->kind != NW_NODE_NAME || n->b != NW_PLACE_GLOBAL || !nw_global_meaning(writer->eval, writer->module, (nw_symbol){n->a}, &value))
        return NULL;
    return value.kind == NW_CLASS && (value.as.class_->is_module || nw_is_mixed_in(writer, value.as.class_)) ? value.as.class_ : NULL;
}

nw_class *nw_class_around(nw_writer *writer)
{
    if (writer->class_ || !writer->class_node)
        return writer->class_ && (writer->class_->is_module || writer->is_mixed_in) ? writer->class_ : NULL;
    nw_list bases = nw_ast_list(writer->ast, writer->ast->extra[writer->ast->nodes[writer->class_node].b]);
    for (uint32_t i = 0; i < bases.count; i++) {
        nw_value value;
        nw_symbol dotted;
        nw_class *named = class_of_name(writer, bases.items[i]);
        if (named || (nw_reference(writer, bases.items[i], &value, &dotted) && value.kind == NW_CLASS && value.as.class_->is_module))
            return named ? named : value.as.class_;
    }
    return NULL;
}

/* The method around, also around functions within it; NULL: there is none. */
static const nw_ast_function *method_around(const nw_writer *writer)
{
    const nw_ast_function *functions = writer->ast->functions, *code = &functions[writer->function];
    while (writer->function && code->parent && functions[code->parent].scope != NW_SCOPE_CLASS)
        code = &functions[code->parent];
    return writer->function && code->parent ? code : NULL;
}

/* Whether a node names the object or the class that the method around is called for. */
static bool is_self(nw_writer *writer, uint32_t node)
{
    const nw_ast_function *code = method_around(writer);
    const nw_node *n = &writer->ast->nodes[node];
    nw_class *class_ = nw_class_around(writer);
    if (!code || !class_ || !code->parameter_count || n->kind != NW_NODE_NAME || n->b != NW_PLACE_SLOT || n->a != code->parameters[0].name.v)
        return false;
    const nw_value *method = nw_class_find(writer->eval, class_, code->name);
    return !method || method->kind != NW_DESCRIPTOR || method->as.descriptor->kind != NW_STATIC_METHOD;
}

/* `super()` in a method, also with the class and the object that it has without them. */
static bool is_super(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node], *callee = &writer->ast->nodes[n->kind == NW_NODE_CALL ? n->a : 0];
    nw_list arguments = n->kind == NW_NODE_CALL ? nw_ast_list(writer->ast, n->b) : (nw_list){0};
    if (callee->kind != NW_NODE_NAME || callee->a != NW_NAME_SUPER || callee->b != NW_PLACE_GLOBAL || !method_around(writer))
        return false;
    return !arguments.count || (arguments.count == 2 && is_self(writer, arguments.items[1]) && writer->ast->nodes[arguments.items[0]].kind == NW_NODE_NAME &&
                                writer->ast->nodes[arguments.items[0]].a == writer->ast->nodes[writer->class_node].a);
}

static named_class class_of_self(nw_writer *writer, uint32_t node)
{
    nw_class *around = nw_class_around(writer);
    if (around && (is_self(writer, node) || is_super(writer, node)))
        return (named_class){around, writer->class_ && is_super(writer, node)};
    return (named_class){NULL, 0};
}

static named_class class_named(nw_writer *writer, uint32_t node)
{
    named_class self = class_of_self(writer, node);
    nw_class *named = self.class_ ? NULL : class_of_name(writer, node);
    if (self.class_)
        return self;
    return (named_class){named && !named->is_catalog ? named : NULL, 0};
}

/* What such a class has under a name; NULL: nothing. */
static const nw_value *find_named(const nw_writer *writer, named_class of, nw_symbol name)
{
    const nw_value *found = NULL;
    for (uint32_t i = of.first; of.class_ && i < of.class_->mro_count && !found; i++)
        found = nw_class_find(writer->eval, of.class_->mro[i], name);
    return found;
}

/* What a name becomes as an attribute of such a class. */
static nw_symbol name_by_text(const nw_writer *writer, named_class of, nw_symbol name)
{
    nw_symbol renamed = of.class_ ? nw_renamed(writer, of.class_, name) : name;
    const nw_value *found = renamed.v != name.v ? find_named(writer, of, name) : NULL;
    return found && !is_free(writer, found, name) ? name : renamed;
}

nw_symbol nw_framework_attribute(nw_writer *writer, uint32_t object, nw_symbol name)
{
    const nw_value *found = find_named(writer, class_of_self(writer, object), name);
    return found && !nw_is_method_name(writer, name) ? nw_framework_value_name(writer->eval, *found) : (nw_symbol){0};
}

/* What a name becomes as an attribute of an object that a run met. */
static nw_symbol name_by_run(const nw_writer *writer, nw_value object, nw_symbol name)
{
    bool own = object.kind == NW_CLASS ? object.as.class_->is_module || nw_is_mixed_in(writer, object.as.class_) : nw_is_module_value(object) && is_own_attribute(writer, object, name);
    return own ? nw_renamed(writer, class_of(object), name) : name;
}

bool nw_may_be_renamed(const nw_writer *writer, nw_symbol name)
{
    return nw_renamed(writer, NULL, name).v != name.v || nw_translations_holds(&writer->migration->tables, "native_methods", name, NULL);
}

nw_symbol nw_attribute_name(nw_writer *writer, const nw_trace_entry *first, uint32_t object, nw_symbol name)
{
    if (!nw_may_be_renamed(writer, name))
        return name;
    if (!first)
        return name_by_text(writer, class_named(writer, object), name);
    nw_symbol renamed = name_by_run(writer, first->a, name);
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        if (name_by_run(writer, e->a, name).v == name.v)
            return name;
    return renamed;
}

/* ---- names in texts ---- */

/* The name in getattr(self, "name") and the like where it becomes another one; the name itself where it does not. */
static nw_symbol name_in_call(nw_writer *writer, const nw_trace_entry *first, nw_list arguments, nw_symbol name)
{
    if (!first)
        return name_by_text(writer, class_named(writer, arguments.items[0]), name);
    nw_symbol renamed = name;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        if (e->kind != NW_TRACE_CALL || e->a.kind != NW_NATIVE || e->arguments->positional_count != arguments.count)
            return name;
        renamed = name_by_run(writer, e->arguments->positional[0], name);
        if (renamed.v == name.v)
            return name;
    }
    return renamed;
}

bool nw_write_attribute_by_text(nw_writer *writer, uint32_t call, const nw_trace_entry *first)
{
    static const char *const askers[] = {"getattr", "setattr", "hasattr", "delattr"};
    const nw_node *nodes = writer->ast->nodes, *n = &nodes[call], *callee = &nodes[n->a];
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    if (callee->kind != NW_NODE_NAME || callee->b != NW_PLACE_GLOBAL || !NW_IS_AMONG(nw_bytes(writer->eval, (nw_symbol){callee->a}), askers) || arguments.count < 2 ||
        nodes[arguments.items[1]].kind != NW_NODE_STRING || !nw_may_be_renamed(writer, (nw_symbol){nodes[arguments.items[1]].a}))
        return false;
    nw_symbol name = {nodes[arguments.items[1]].a}, renamed = name_in_call(writer, first, arguments, name);
    if (renamed.v == name.v)
        return false;
    uint32_t at = n->start;
    char quote = writer->bytes[nodes[arguments.items[1]].start] == '\'' ? '\'' : '"'; /* it may stand in an f-string */
    for (uint32_t i = 0; i < arguments.count; i++) {
        nw_write_source(writer, at, nodes[arguments.items[i]].start);
        if (i == 1)
            nw_buffer_format(writer->out, "%c%s%c", quote, nw_bytes(writer->eval, renamed), quote);
        else
            nw_write_node(writer, arguments.items[i]);
        at = nodes[arguments.items[i]].end;
    }
    nw_write_source(writer, at, n->end);
    writer->changed = true;
    return true;
}

/* ---- in the body of a class ---- */

/* Whether a statement of the class's body that ends before a place binds a name: there the name is the class's own. */
static bool is_bound_before(const nw_writer *writer, nw_symbol name, uint32_t place)
{
    const nw_ast *ast = writer->ast;
    nw_list body = nw_ast_list(ast, ast->extra[ast->nodes[writer->class_node].b + 1]);
    for (uint32_t i = 0; i < body.count && ast->nodes[body.items[i]].end <= place; i++) {
        const nw_node *statement = &ast->nodes[body.items[i]];
        if (statement->kind == NW_NODE_FUNCTION && ast->functions[statement->a].name.v == name.v)
            return true;
        for (uint32_t k = 1; k < ast->node_count; k++) {
            const nw_node *n = &ast->nodes[k];
            if (n->kind == NW_NODE_NAME && n->a == name.v && n->b == NW_PLACE_CLASS && (n->flags & NW_NAME_BINDS) && n->start >= statement->start && n->end <= statement->end)
                return true;
        }
    }
    return false;
}

nw_symbol nw_name_in_class(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_class *class_ = !writer->function && writer->class_node && n->b == NW_PLACE_CLASS ? nw_class_around(writer) : NULL;
    nw_symbol name = {n->a}, renamed = name_by_text(writer, (named_class){class_, 0}, name);
    return renamed.v != name.v && ((n->flags & NW_NAME_BINDS) || is_bound_before(writer, name, n->start)) ? renamed : name;
}
