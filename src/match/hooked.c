/* Whether a module may have hooks: of those that the file registers, the ones that are for modules of other classes do not count. */
#include "match/site.h"
#include "match/unify.h"
#include "match/word.h"

#include <string.h>

/* `nn.Linear` names a class that the instance's own is, or derives from; what is not written so may be any class. */
static bool may_be_class(const nw_file_index *index, uint32_t name, const nw_instance *instance)
{
    const nw_node *node = nw_file_node(index, name), *package = nw_file_node(index, node->kind == NW_NODE_ATTRIBUTE ? node->a : 0);
    bool of_package = package->kind == NW_NODE_NAME && package->b == NW_PLACE_GLOBAL && nw_file_bound_once(index, (nw_symbol){package->a}) &&
                      strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){package->a}), "nn") == 0;
    if (!of_package)
        return true;
    const char *wanted = nw_symbol_bytes(index->eval->symbols, (nw_symbol){node->b});
    for (uint32_t i = 0; i < instance->class_->mro_count; i++)
        if (strcmp(nw_symbol_bytes(index->eval->symbols, instance->class_->mro[i]->name), wanted) == 0)
            return true;
    return false;
}

/* `if not isinstance(module, (nn.Linear, nn.Conv2d)): raise`, where the instance is none of these. */
static bool turns_away(const nw_file_index *index, uint32_t statement, const nw_node *name, const nw_instance *instance)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[statement], *test = &ast->nodes[node->kind == NW_NODE_IF ? node->a : 0];
    const nw_node *call = &ast->nodes[test->kind == NW_NODE_UNARY && strcmp(nw_operator_text((nw_operator)test->op), "not") == 0 ? test->a : 0];
    const nw_node *callee = &ast->nodes[call->kind == NW_NODE_CALL ? call->a : 0];
    nw_list given = callee->kind == NW_NODE_NAME && callee->b == NW_PLACE_GLOBAL ? nw_ast_list(ast, call->b) : (nw_list){0};
    nw_list body = node->kind == NW_NODE_IF ? nw_ast_list(ast, node->b) : (nw_list){0};
    if (given.count != 2 || !body.count || strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){callee->a}), "isinstance") != 0 || nw_file_binds(index, (nw_symbol){callee->a}))
        return false;
    uint8_t last = ast->nodes[body.items[body.count - 1]].kind;
    const nw_node *object = &ast->nodes[given.items[0]], *classes = &ast->nodes[given.items[1]];
    if ((last != NW_NODE_RAISE && last != NW_NODE_RETURN) || !nw_ast_is_local(object) || object->c != name->c || object->op != name->op)
        return false;
    nw_list items = classes->kind == NW_NODE_TUPLE ? nw_ast_list(ast, classes->a) : (nw_list){&given.items[1], 1};
    for (uint32_t i = 0; i < items.count; i++)
        if (may_be_class(index, items.items[i], instance))
            return false;
    return true;
}

/* A hook that is registered on a parameter, behind a test that turns modules of this class away. */
static bool is_for_others(nw_file_index *index, uint32_t hook, const nw_instance *instance)
{
    const nw_ast *ast = index->module->ast;
    uint32_t function = index->above[hook].function, object = ast->nodes[hook].a;
    const nw_node *name = &ast->nodes[object];
    const nw_def_use *def_use = function ? nw_file_def_use(index, function) : NULL;
    if (!def_use || !nw_ast_is_local(name) || name->c >= ast->functions[function].parameter_count || def_use->captured[name->c])
        return false;
    for (uint32_t i = 1; i < def_use->count; i++)
        if (def_use->definitions[i].slot == name->c && def_use->definitions[i].statement)
            return false;
    nw_list body = nw_ast_statements(ast, &ast->functions[function]);
    for (uint32_t i = 0; i < body.count && ast->nodes[body.items[i]].end <= ast->nodes[hook].start; i++)
        if (turns_away(index, body.items[i], name, instance))
            return true;
    return false;
}

bool nw_may_be_hooked(nw_file_index *index, const nw_instance *instance)
{
    const nw_ast *ast = index->module->ast;
    for (uint32_t i = 1; i < ast->node_count && index->has_hooks; i++)
        if (nw_file_names_hook(index, i) && !is_for_others(index, i, instance))
            return true;
    return false;
}
