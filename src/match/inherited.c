#include "match/inherited.h"

#include "eval/interpret.h"
#include "match/unify.h"

enum { MAX_STEPS = 64, MAX_RE_EXPORTS = 4 };

typedef enum finding { NOTHING, METHOD, ASSIGNED /* or not known */ } finding;

typedef struct search {
    nw_eval *eval;
    nw_symbol attribute;
    uint32_t steps;
} search;

static finding in_class(search *s, nw_module *module, uint32_t class_node);

/* `self.name = ...`, or any other mention of it as a target, in the bytes of the class. */
static bool is_assigned(const nw_ast *ast, const nw_node *class_, nw_symbol attribute)
{
    for (uint32_t i = (uint32_t)(class_ - ast->nodes); i-- > 1;) {
        const nw_node *node = &ast->nodes[i];
        if (node->end <= class_->start) /* what is inside of a node comes before it, behind what stands before it */
            break;
        if (node->kind != NW_NODE_ASSIGN)
            continue;
        nw_list targets = nw_ast_list(ast, node->a);
        for (uint32_t k = 0; k < targets.count; k++) {
            const nw_node *target = &ast->nodes[targets.items[k]];
            if ((target->kind == NW_NODE_ATTRIBUTE && target->b == attribute.v) || (target->kind == NW_NODE_NAME && target->a == attribute.v))
                return true;
        }
    }
    return false;
}

static bool is_method(const nw_ast *ast, const nw_node *class_, nw_symbol attribute)
{
    nw_list body = nw_ast_list(ast, ast->extra[class_->b + 1]);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        if (node->kind == NW_NODE_FUNCTION && ast->functions[node->a].name.v == attribute.v)
            return true;
    }
    return false;
}

/* The class that a name of the module means. */
static finding by_name(search *s, nw_module *module, nw_symbol name)
{
    const nw_ast *ast = module->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    if (++s->steps > MAX_STEPS)
        return ASSIGNED;
    for (uint32_t i = 0; i < body.count; i++)
        if (ast->nodes[body.items[i]].kind == NW_NODE_CLASS && ast->nodes[body.items[i]].a == name.v)
            return in_class(s, module, body.items[i]);
    for (uint32_t i = 1; i < ast->node_count; i++) { /* in the branches of `if TYPE_CHECKING` too */
        const nw_node *node = &ast->nodes[i];
        nw_list aliases = node->kind == NW_NODE_IMPORT_FROM ? nw_ast_list(ast, node->c) : (nw_list){NULL, 0};
        for (uint32_t k = 0; k < aliases.count; k++) {
            const nw_node *alias = &ast->nodes[aliases.items[k]];
            if (!alias->b || ast->nodes[alias->b].a != name.v)
                continue;
            nw_module *from = nw_import_peek(s->eval, module, node->b, (nw_symbol){node->a});
            return !from ? ASSIGNED : from->is_catalog ? NOTHING : by_name(s, from, (nw_symbol){alias->a});
        }
    }
    return name.v == nw_symbol_of(s->eval->symbols, "object").v ? NOTHING : ASSIGNED;
}

/* nn.Module and the like: whether the name in front is that of a module of the catalog. */
static bool is_of_catalog(const search *s, nw_module *module, nw_symbol name)
{
    const nw_ast *ast = module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        bool is_from = node->kind == NW_NODE_IMPORT_FROM;
        if (!is_from && node->kind != NW_NODE_IMPORT)
            continue;
        nw_list aliases = nw_ast_list(ast, is_from ? node->c : node->a);
        for (uint32_t k = 0; k < aliases.count; k++) {
            const nw_node *alias = &ast->nodes[aliases.items[k]];
            if (!alias->b || ast->nodes[alias->b].a != name.v)
                continue;
            const nw_module *from = nw_import_peek(s->eval, module, is_from ? node->b : 0, (nw_symbol){is_from ? node->a : alias->a});
            return from && from->is_catalog;
        }
    }
    return false;
}

static finding of_base(search *s, nw_module *module, uint32_t base)
{
    const nw_node *node = &module->ast->nodes[base];
    if (node->kind == NW_NODE_KEYWORD) /* metaclass= */
        return NOTHING;
    if (node->kind == NW_NODE_NAME)
        return by_name(s, module, (nw_symbol){node->a});
    while (node->kind == NW_NODE_ATTRIBUTE)
        node = &module->ast->nodes[node->a];
    return node->kind == NW_NODE_NAME && is_of_catalog(s, module, (nw_symbol){node->a}) ? NOTHING : ASSIGNED;
}

static finding in_class(search *s, nw_module *module, uint32_t class_node)
{
    const nw_ast *ast = module->ast;
    const nw_node *class_ = &ast->nodes[class_node];
    if (is_assigned(ast, class_, s->attribute))
        return ASSIGNED;
    if (is_method(ast, class_, s->attribute))
        return METHOD;
    nw_list bases = nw_ast_list(ast, ast->extra[class_->b]);
    for (uint32_t i = 0; i < bases.count; i++) {
        finding found = ++s->steps > MAX_STEPS ? ASSIGNED : of_base(s, module, bases.items[i]);
        if (found != NOTHING)
            return found;
    }
    return NOTHING;
}

/* The forward of the class of that name, 0: it has none of its own, or is not found; *in is where it is. */
static uint32_t find_forward(nw_eval *eval, nw_module *module, nw_symbol name, unsigned depth, nw_module **in)
{
    const nw_ast *ast = module->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    *in = module;
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *class_ = &ast->nodes[body.items[i]];
        if (class_->kind != NW_NODE_CLASS || class_->a != name.v)
            continue;
        nw_list inside = nw_ast_list(ast, ast->extra[class_->b + 1]);
        for (uint32_t k = 0; k < inside.count; k++)
            if (ast->nodes[inside.items[k]].kind == NW_NODE_FUNCTION && ast->functions[ast->nodes[inside.items[k]].a].name.v == NW_NAME_FORWARD)
                return inside.items[k];
        return 0;
    }
    for (uint32_t i = 1; i < ast->node_count && depth < MAX_RE_EXPORTS; i++) {
        const nw_node *node = &ast->nodes[i];
        nw_list aliases = node->kind == NW_NODE_IMPORT_FROM ? nw_ast_list(ast, node->c) : (nw_list){NULL, 0};
        for (uint32_t k = 0; k < aliases.count; k++) {
            const nw_node *alias = &ast->nodes[aliases.items[k]];
            nw_module *from = alias->b && ast->nodes[alias->b].a == name.v ? nw_import_peek(eval, module, node->b, (nw_symbol){node->a}) : NULL;
            if (from)
                return from->is_catalog ? 0 : find_forward(eval, from, (nw_symbol){alias->a}, depth + 1, in);
        }
    }
    return 0;
}

bool nw_is_large_module(nw_eval *eval, nw_module *module, nw_symbol name)
{
    nw_module *in;
    uint32_t forward = find_forward(eval, module, name, 0, &in);
    return forward && in->ast->nodes[forward].end - in->ast->nodes[forward].start > NW_LARGEST_MEANING;
}

bool nw_may_inherit(nw_eval *eval, nw_module *module, uint32_t class_node, nw_symbol attribute)
{
    search s = {.eval = eval, .attribute = attribute};
    return in_class(&s, module, class_node) == ASSIGNED;
}
