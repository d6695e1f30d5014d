#include "eval/lazy_package.h"

#include "eval/interpret.h"

#include <string.h>

static bool is_name(const nw_ast *ast, uint32_t id, nw_symbol name)
{
    return ast->nodes[id].kind == NW_NODE_NAME && ast->nodes[id].a == name.v;
}

static uint32_t count_bindings(const nw_ast *ast, nw_symbol name)
{
    uint32_t bindings = 0;
    for (uint32_t i = 1; i < ast->node_count; i++)
        bindings += is_name(ast, i, name) && (ast->nodes[i].flags & NW_NAME_BINDS);
    return bindings;
}

/* The constant that the top level gives a name: `__version__ = "1.0"`. */
static nw_value find_constant(const nw_ast *ast, nw_symbol name)
{
    uint32_t value = 0;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        nw_list targets = node->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, node->a) : (nw_list){0};
        if (targets.count == 1 && is_name(ast, targets.items[0], name))
            value = node->b;
    }
    return value && ast->nodes[value].kind == NW_NODE_STRING ? nw_string((nw_symbol){ast->nodes[value].a}) : nw_unset();
}

/* `sys.modules[__name__] = ...` */
static bool is_replacement(const nw_eval *eval, const nw_ast *ast, const nw_node *node)
{
    nw_list targets = node->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, node->a) : (nw_list){0};
    const nw_node *target = targets.count == 1 ? &ast->nodes[targets.items[0]] : NULL;
    if (!target || target->kind != NW_NODE_SUBSCRIPT || !is_name(ast, target->b, (nw_symbol){NW_NAME_DUNDER_NAME}))
        return false;
    const nw_node *of = &ast->nodes[target->a];
    return of->kind == NW_NODE_ATTRIBUTE && strcmp(nw_bytes(eval, (nw_symbol){of->b}), "modules") == 0;
}

static bool is_for_type_checkers(const nw_eval *eval, const nw_ast *ast, const nw_node *node)
{
    const nw_node *test = node->kind == NW_NODE_IF ? &ast->nodes[node->a] : NULL;
    nw_list any = test && test->kind == NW_NODE_OR ? nw_ast_list(ast, test->a) : (nw_list){0};
    if (any.count) /* `if TYPE_CHECKING or SLOW_IMPORT` */
        test = &ast->nodes[any.items[0]];
    bool is_plain = test && test->kind == NW_NODE_NAME, is_attribute = test && test->kind == NW_NODE_ATTRIBUTE;
    return (is_plain || is_attribute) && strcmp(nw_bytes(eval, (nw_symbol){is_plain ? test->a : test->b}), "TYPE_CHECKING") == 0;
}

static bool any_replacement(const nw_eval *eval, const nw_ast *ast, nw_list body, const nw_node **declared)
{
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        if (is_replacement(eval, ast, node))
            return true;
        if (declared && is_for_type_checkers(eval, ast, node) && any_replacement(eval, ast, nw_ast_list(ast, node->c), NULL)) {
            *declared = node;
            return true;
        }
    }
    return false;
}

/* Whether another name may come from elsewhere: a star outside of what stands for type checkers. */
static bool has_star(const nw_eval *eval, const nw_ast *ast, const nw_node *declared)
{
    nw_list inner = declared ? nw_ast_list(ast, declared->b) : (nw_list){0};
    uint32_t start = inner.count ? ast->nodes[inner.items[0]].start : 0, end = inner.count ? ast->nodes[inner.items[inner.count - 1]].end : 0;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        bool is_star = node->kind == NW_NODE_IMPORT_ALIAS && strcmp(nw_bytes(eval, (nw_symbol){node->a}), "*") == 0;
        if (is_star && (node->start < start || node->end > end))
            return true;
    }
    return false;
}

/* Whether a package puts an object of its own in its place when it runs, at its top level or where it is not read by a type checker,
 * and a name is bound no more than once. */
static bool replaces_itself(const nw_eval *eval, const nw_ast *ast, nw_symbol name)
{
    const nw_node *declared = NULL;
    return any_replacement(eval, ast, nw_ast_list(ast, ast->functions[0].body), &declared) && !has_star(eval, ast, declared) && count_bindings(ast, name) <= 1;
}

/* Whether a module's `__all__`, written down as a list of texts, names it. */
static bool exports(const nw_ast *ast, nw_symbol name)
{
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        nw_list targets = node->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, node->a) : (nw_list){0};
        if (targets.count != 1 || !is_name(ast, targets.items[0], (nw_symbol){NW_NAME_DUNDER_ALL}))
            continue;
        const nw_node *value = &ast->nodes[node->b];
        nw_list items = value->kind == NW_NODE_LIST || value->kind == NW_NODE_TUPLE ? nw_ast_list(ast, value->a) : (nw_list){0};
        for (uint32_t j = 0; j < items.count; j++)
            if (ast->nodes[items.items[j]].kind == NW_NODE_STRING && ast->nodes[items.items[j]].a == name.v)
                return true;
    }
    return false;
}

static bool offers(nw_eval *eval, nw_module *module, nw_symbol name, int depth);

/* Whether `from module import name as asked`, or `from module import *`, gives the name that is asked for; *name: that in the module. */
static bool gives(nw_eval *eval, const nw_module *package, const nw_node *node, const nw_node *alias, nw_symbol asked, nw_symbol *name, int depth)
{
    if (alias->b) {
        *name = (nw_symbol){alias->a};
        return package->ast->nodes[alias->b].a == asked.v;
    }
    nw_module *part = nw_import_locate(eval, nw_import_absolute_name(eval, package, node->b, (nw_symbol){node->a}));
    *name = asked;
    return part && offers(eval, part, asked, depth);
}

/* Whether a module lists a name, or is itself such a package and declares it. A file whose bytes do not hold the name is not parsed. */
static bool offers(nw_eval *eval, nw_module *module, nw_symbol name, int depth)
{
    bool holds = module->source.bytes && strstr(module->source.bytes, nw_bytes(eval, name));
    if (!module->source.bytes || (!holds && !module->is_package) || !nw_import_peek(eval, module, 0, module->name))
        return false;
    const nw_ast *ast = module->ast;
    if (exports(ast, name) || depth == 0 || !nw_lazy_waits(eval, module))
        return exports(ast, name);
    nw_symbol there;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        nw_list aliases = ast->nodes[i].kind == NW_NODE_IMPORT_FROM ? nw_ast_list(ast, ast->nodes[i].c) : (nw_list){0};
        for (uint32_t j = 0; j < aliases.count; j++)
            if (gives(eval, module, &ast->nodes[i], &ast->nodes[aliases.items[j]], name, &there, depth - 1))
                return true;
    }
    return false;
}

nw_value nw_lazy_declared(nw_eval *eval, nw_module *module, nw_symbol name)
{
    enum { MOST_NESTED = 3 };
    const nw_ast *ast = module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_IMPORT_FROM)
            continue;
        nw_list aliases = nw_ast_list(ast, node->c);
        for (uint32_t j = 0; j < aliases.count; j++) {
            nw_symbol there;
            if (!gives(eval, module, node, &ast->nodes[aliases.items[j]], name, &there, MOST_NESTED))
                continue;
            nw_import import = {.module = nw_import_absolute_name(eval, module, node->b, (nw_symbol){node->a}), .name = there, .importer = module, .node = i};
            return nw_import_resolve(eval, &import);
        }
    }
    return nw_unset();
}

static nw_value find_part(nw_eval *eval, const nw_module *package, nw_symbol name)
{
    nw_module *part = nw_import_locate(eval, nw_symbol_dotted(eval->symbols, package->name, name));
    return part ? (nw_value){.kind = NW_MODULE, .as.module = part} : nw_unset();
}

/* Whether a package has not run, and is one whose text may be asked; its file is parsed for it. */
static bool waits(nw_eval *eval, nw_module *module)
{
    bool is_new = module->state == NW_MODULE_NEW && !module->is_catalog && module->source.bytes && !module->is_asked;
    return is_new && module->is_package && !eval->trace && nw_import_peek(eval, module, 0, module->name);
}

bool nw_lazy_waits(nw_eval *eval, nw_module *module)
{
    const nw_node *declared = NULL;
    return waits(eval, module) && any_replacement(eval, module->ast, nw_ast_list(module->ast, module->ast->functions[0].body), &declared) && declared;
}

nw_value nw_lazy_find(nw_eval *eval, nw_module *module, nw_symbol name, bool in_try)
{
    if (!waits(eval, module) || !replaces_itself(eval, module->ast, name))
        return nw_unset();
    const nw_value *given = nw_dict_find_name(module->globals, name); /* __file__ and its like, which a module has before it runs */
    if (given)
        return *given;
    nw_value found = in_try ? nw_unset() : find_constant(module->ast, name);
    if (found.kind != NW_UNSET)
        return found;
    module->is_asked = true;
    found = nw_ast_binds(module->ast, name) ? nw_unset() : find_part(eval, module, name);
    if (found.kind == NW_UNSET)
        found = nw_lazy_declared(eval, module, name);
    module->is_asked = false;
    return found;
}
