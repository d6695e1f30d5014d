/* Names of the source framework: what the imports of a file bind, and what dotted names that begin with them mean. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

nw_value nw_without_partial(nw_value callee)
{
    while (callee.kind == NW_PARTIAL)
        callee = callee.as.partial->function;
    return callee;
}

/* Whether the setting `packages` holds a module or one of the packages around it. */
static bool is_of_packages(const nw_writer *writer, const char *dotted, nw_symbol *package)
{
    for (const char *end = dotted + strcspn(dotted, "."); ; end += 1 + strcspn(end + 1, ".")) {
        *package = nw_symbol_intern(writer->eval->symbols, dotted, (size_t)(end - dotted));
        if (nw_translations_holds(&writer->migration->tables, "packages", *package, NULL))
            return true;
        if (!*end)
            return false;
    }
}

bool nw_is_of_framework(const nw_writer *writer, nw_symbol module)
{
    nw_symbol package;
    return is_of_packages(writer, nw_bytes(writer->eval, module), &package);
}

bool nw_is_framework_import(const nw_writer *writer, nw_symbol module)
{
    nw_symbol package;
    if (!is_of_packages(writer, nw_bytes(writer->eval, module), &package))
        return false;
    const nw_module *known = nw_import_locate(writer->eval, package); /* the program itself may be such a package */
    nw_exception_clear(writer->eval);
    return !known || known->is_catalog;
}

bool nw_is_framework_name(const nw_writer *writer, nw_symbol module, nw_symbol name)
{
    return nw_is_framework_import(writer, module) || nw_is_framework_import(writer, nw_symbol_dotted(writer->eval->symbols, module, name));
}

/* `node`: the NAME that is bound. */
static void add_name(nw_writer *writer, uint32_t node, nw_value value, nw_symbol dotted)
{
    nw_arena *arena = &writer->eval->arena;
    NW_ARENA_RESERVE(arena, writer->names, writer->name_count, writer->name_capacity);
    nw_symbol name = {writer->ast->nodes[node].a};
    writer->names[writer->name_count++] = (nw_framework_name){name, value, dotted, writer->ast->nodes[node].b == NW_PLACE_SLOT, writer->ast->nodes[node].start};
}

static nw_value known_or_unset(nw_eval *eval, nw_value value)
{
    nw_exception_clear(eval);
    eval->undecided = false;
    return value.kind == NW_ERROR || value.kind == NW_OPAQUE ? nw_unset() : value;
}

/* `from einops import einsum` behind `from torch import einsum`: the name is not the framework's any more. */
static void forget_names(nw_writer *writer, nw_list aliases)
{
    for (uint32_t i = 0; i < aliases.count; i++) {
        const nw_node *alias = &writer->ast->nodes[aliases.items[i]], *bound = &writer->ast->nodes[alias->b];
        for (uint32_t k = 0; alias->b && k < writer->name_count; k++)
            if (writer->names[k].name.v == bound->a && writer->names[k].is_local == (bound->b == NW_PLACE_SLOT) && writer->names[k].start < bound->start)
                writer->names[k--] = writer->names[--writer->name_count];
    }
}

static void read_import(nw_writer *writer, const nw_node *node)
{
    nw_eval *eval = writer->eval;
    nw_list aliases = nw_ast_list(writer->ast, node->a);
    for (uint32_t i = 0; i < aliases.count; i++) {
        const nw_node *alias = &writer->ast->nodes[aliases.items[i]];
        nw_symbol module = {alias->a};
        if (!nw_is_framework_import(writer, module) || !alias->b)
            continue;
        nw_symbol bound = {writer->ast->nodes[alias->b].a};
        const char *dotted = nw_bytes(eval, module);
        nw_symbol top = nw_symbol_intern(eval->symbols, dotted, strcspn(dotted, "."));
        bool whole = bound.v == top.v && top.v != module.v; /* import torch.nn binds torch */
        nw_symbol meant = whole ? top : module;
        add_name(writer, alias->b, known_or_unset(eval, nw_import_module(eval, meant)), meant);
    }
}

/* The framework's name of a class or function that one file hands to another. `sign = Sign.apply` is bound to something of the program. */
static nw_symbol handed_name(nw_eval *eval, nw_value value)
{
    return value.kind == NW_METHOD ? (nw_symbol){0} : nw_framework_value_name(eval, value);
}

/* `from .backend import keras`: a module, class or function of the framework that another file of the program hands on, and whose import
 * goes with that (import.c). */
static void add_handed_names(nw_writer *writer, nw_list aliases)
{
    for (uint32_t i = 0; i < aliases.count; i++) {
        uint32_t bound = writer->ast->nodes[aliases.items[i]].b;
        const nw_value *found = bound && writer->ast->nodes[bound].b != NW_PLACE_SLOT ? nw_dict_find_name(writer->module->globals, (nw_symbol){writer->ast->nodes[bound].a}) : NULL;
        nw_value value = found && found->kind != NW_IMPORT ? nw_settle(writer->eval, *found) : nw_unset();
        nw_symbol dotted = value.kind == NW_MODULE && value.as.module->is_catalog ? value.as.module->name : handed_name(writer->eval, value);
        if (dotted.v && nw_is_framework_import(writer, dotted))
            add_name(writer, bound, value, dotted);
    }
}

static void read_import_from(nw_writer *writer, const nw_node *node)
{
    nw_eval *eval = writer->eval;
    nw_symbol module = {node->a};
    nw_list aliases = nw_ast_list(writer->ast, node->c);
    bool star = aliases.count == 1 && !writer->ast->nodes[aliases.items[0]].b, whole = !node->b && nw_is_framework_import(writer, module);
    writer->star |= star;
    if (!whole) { /* another file of the program hands on what it has imported */
        forget_names(writer, aliases);
        add_handed_names(writer, aliases);
    }
    if (node->b || star)
        return;
    nw_value from = nw_unset();
    for (uint32_t i = 0; i < aliases.count; i++) {
        const nw_node *alias = &writer->ast->nodes[aliases.items[i]];
        if (!alias->b || (!whole && !nw_is_framework_name(writer, module, (nw_symbol){alias->a})))
            continue;
        if (from.kind == NW_UNSET)
            from = known_or_unset(eval, nw_import_module(eval, module));
        nw_symbol dotted = nw_symbol_dotted(eval->symbols, module, (nw_symbol){alias->a});
        nw_value value = from.kind == NW_MODULE ? known_or_unset(eval, nw_get_attribute(eval, from, (nw_symbol){alias->a})) : nw_unset();
        if (value.kind == NW_UNSET)
            value = known_or_unset(eval, nw_import_module(eval, dotted));
        add_name(writer, alias->b, value, dotted);
    }
}

/* All imports of the file, those inside of functions too. */
void nw_references_read(nw_writer *writer)
{
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *node = &writer->ast->nodes[i];
        if (node->kind == NW_NODE_IMPORT)
            read_import(writer, node);
        else if (node->kind == NW_NODE_IMPORT_FROM)
            read_import_from(writer, node);
    }
}

bool nw_global_meaning(nw_eval *eval, const nw_module *module, nw_symbol name, nw_value *value)
{
    const nw_value *found = nw_dict_find_name(module->globals, name);
    if (found)
        *value = known_or_unset(eval, found->kind == NW_IMPORT ? nw_import_resolve(eval, found->as.import) : nw_settle(eval, *found));
    return found != NULL;
}

/* A name of a star import: what it means now that the module has run. */
static bool star_name(nw_writer *writer, nw_symbol name, nw_value *value, nw_symbol *dotted)
{
    if (!writer->star || nw_ast_binds(writer->ast, name))
        return false;
    if (!nw_global_meaning(writer->eval, writer->module, name, value))
        return false;
    *dotted = handed_name(writer->eval, *value);
    if (value->kind == NW_MODULE && value->as.module->is_catalog && nw_is_framework_import(writer, value->as.module->name))
        *dotted = value->as.module->name; /* another file's `import torch.nn.functional as F` */
    return dotted->v && nw_is_framework_import(writer, *dotted);
}

/* Of the imports that bind a name, as in the arms of a test of versions, the one that holds now that the module has run, otherwise the first. */
static const nw_framework_name *bound_name(nw_writer *writer, const nw_node *node)
{
    const nw_framework_name *first = NULL;
    for (uint32_t i = 0; i < writer->name_count; i++) {
        const nw_framework_name *bound = &writer->names[i];
        if (bound->name.v != node->a || (!bound->is_local && node->b == NW_PLACE_SLOT)) /* a parameter of that name is none */
            continue;
        if (!first && bound->is_local)
            return bound;
        nw_value *holds = nw_dict_find_name(writer->module->globals, bound->name);
        if (holds && bound->value.kind != NW_UNSET && nw_identical(writer->eval, nw_settle(writer->eval, *holds), bound->value) == NW_YES)
            return bound;
        if (!first)
            first = bound;
    }
    return first;
}

static bool name_reference(nw_writer *writer, const nw_node *node, nw_value *value, nw_symbol *dotted)
{
    const nw_framework_name *bound = bound_name(writer, node);
    if (bound) {
        *value = bound->value;
        *dotted = bound->dotted;
        return true;
    }
    return node->b != NW_PLACE_SLOT && star_name(writer, (nw_symbol){node->a}, value, dotted);
}

/* The module of the framework that a variable of the program held whenever an attribute of it was taken: `layers = kwargs["layers"]`. */
static bool module_in_variable(nw_writer *writer, uint32_t attribute, nw_value *value, nw_symbol *dotted)
{
    const nw_sites *sites = writer->migration->sites;
    const nw_module *seen = NULL;
    for (const nw_trace_entry *e = nw_sites_first(sites, writer->module, attribute); e; e = nw_sites_next(sites, e)) {
        if (e->kind != NW_TRACE_ATTRIBUTE)
            continue;
        if (e->a.kind != NW_MODULE || !e->a.as.module->is_catalog || (seen && seen != e->a.as.module))
            return false;
        seen = e->a.as.module;
        *value = e->a;
    }
    if (!seen || !nw_is_framework_import(writer, seen->name))
        return false;
    *dotted = seen->name;
    return true;
}

/* Whether a file has a name by `from keras.layers import name`. */
static bool imports_from_framework(const nw_writer *writer, const nw_ast *ast, nw_symbol name)
{
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        nw_list aliases = node->kind == NW_NODE_IMPORT_FROM && !node->b && nw_is_framework_import(writer, (nw_symbol){node->a}) ? nw_ast_list(ast, node->c) : (nw_list){0};
        for (uint32_t k = 0; k < aliases.count; k++) {
            uint32_t bound = ast->nodes[aliases.items[k]].b;
            if (bound && ast->nodes[bound].a == name.v)
                return true;
        }
    }
    return false;
}

/* `ops.cast` of the program's own module `ops`, which has the name from the framework by a star import. */
static bool handed_attribute(nw_writer *writer, uint32_t attribute, nw_value *value, nw_symbol *dotted)
{
    const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, attribute);
    if (!e || e->kind != NW_TRACE_ATTRIBUTE || e->a.kind != NW_MODULE || e->a.as.module->is_catalog || !e->a.as.module->ast)
        return false;
    const nw_module *seen = e->a.as.module;
    nw_symbol name = {writer->ast->nodes[attribute].b};
    if (nw_ast_binds(seen->ast, name) && !imports_from_framework(writer, seen->ast, name)) /* it has a name of its own: its file says what becomes of it */
        return false;
    if (!nw_global_meaning(writer->eval, seen, name, value))
        return false;
    *dotted = handed_name(writer->eval, *value);
    size_t top = dotted->v ? strcspn(nw_bytes(writer->eval, *dotted), ".") : 0;
    return dotted->v && nw_is_framework_import(writer, nw_symbol_intern(writer->eval->symbols, nw_bytes(writer->eval, *dotted), top));
}

bool nw_reference(nw_writer *writer, uint32_t node_id, nw_value *value, nw_symbol *dotted)
{
    const nw_node *node = &writer->ast->nodes[node_id];
    if (node->kind == NW_NODE_ATTRIBUTE && handed_attribute(writer, node_id, value, dotted))
        return true;
    if (node->kind == NW_NODE_NAME)
        return name_reference(writer, node, value, dotted);
    if (node->kind != NW_NODE_ATTRIBUTE || (!nw_reference(writer, node->a, value, dotted) && !module_in_variable(writer, node_id, value, dotted)))
        return false;
    nw_eval *eval = writer->eval;
    if (value->kind != NW_UNSET && value->kind != NW_MODULE && value->kind != NW_CLASS)
        return false; /* an attribute of an object, such as a dtype */
    *dotted = nw_symbol_dotted(eval->symbols, *dotted, (nw_symbol){node->b});
    if (value->kind != NW_UNSET)
        *value = known_or_unset(eval, nw_get_attribute(eval, *value, (nw_symbol){node->b}));
    nw_symbol name = nw_framework_value_name(eval, *value);
    if (name.v && value->kind != NW_MODULE)
        *dotted = name;
    return true;
}

nw_symbol nw_framework_value_name(nw_eval *eval, nw_value value)
{
    switch (value.kind) {
    case NW_CLASS:
        if (!value.as.class_->is_catalog)
            return (nw_symbol){0};
        return value.as.class_->row ? value.as.class_->row->qualified : nw_public_name(eval, value.as.class_->qualified, value.as.class_->module);
    case NW_FUNCTION:
        if (!value.as.function->module->is_catalog)
            return (nw_symbol){0};
        return value.as.function->row ? value.as.function->row->qualified : nw_public_name(eval, nw_function_qualified(eval, value.as.function), value.as.function->module);
    case NW_METHOD:
        return nw_framework_value_name(eval, value.as.method->function);
    case NW_DESCRIPTOR:
        return nw_framework_value_name(eval, value.as.descriptor->get);
    default:
        return (nw_symbol){0};
    }
}
