/* Calls of helpers of the file that give back what they are given: `return x`, a hook for classes that do more. */
#include "match/unify.h"
#include "match/word.h"

#include <string.h>

/* The only function of that name in the file, a method of the class or of a base of it; 0: there are several, or something writes the attribute. */
static uint32_t only_method(const nw_file_index *index, uint32_t class_, uint32_t symbol)
{
    const nw_ast *ast = index->module->ast;
    uint32_t found = 0;
    for (uint32_t i = 1; i < ast->function_count; i++) {
        if (ast->functions[i].name.v != symbol || ast->nodes[ast->functions[i].node].kind != NW_NODE_FUNCTION)
            continue;
        if (found)
            return 0;
        found = i;
    }
    nw_list places = nw_file_word(index, (nw_symbol){symbol});
    for (uint32_t i = 0; i < places.count; i++) {
        const nw_node *node = &ast->nodes[places.items[i]];
        if (node->kind == NW_NODE_STRING || (node->kind == NW_NODE_ATTRIBUTE && nw_file_is_written(index, places.items[i])))
            return 0;
    }
    return found && index->above[ast->functions[found].node].class_ == class_ ? found : 0;
}

/* The parameter that a function returns, and nothing else; its number, -1: it does more. */
static int returned_parameter(const nw_file_index *index, uint32_t function)
{
    const nw_ast *ast = index->module->ast;
    const nw_ast_function *code = &ast->functions[function];
    nw_list body = nw_ast_statements(ast, code);
    uint32_t last = body.count ? body.items[body.count - 1] : 0;
    bool is_plain = !code->is_async && !code->is_generator && !nw_ast_list(ast, ast->nodes[code->node].b).count && body.count == (code->docstring ? 2u : 1u);
    const nw_node *name = &ast->nodes[is_plain && ast->nodes[last].kind == NW_NODE_RETURN ? ast->nodes[last].a : 0];
    for (uint32_t i = 0; i < code->parameter_count && nw_ast_is_local(name); i++)
        if (code->parameters[i].name.v == name->a && code->parameters[i].kind == NW_PARAMETER_NORMAL)
            return (int)i;
    return -1;
}

uint32_t nw_given_back(const nw_match *match, uint32_t call)
{
    nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[call], *callee = &ast->nodes[node->kind == NW_NODE_CALL ? node->a : 0];
    bool is_method = callee->kind == NW_NODE_ATTRIBUTE && nw_file_self_class(index, callee->a);
    uint32_t function = is_method ? only_method(index, nw_file_self_class(index, callee->a), callee->b) : callee->kind == NW_NODE_NAME ? nw_file_own_function(index, callee) : 0;
    int wanted = function ? returned_parameter(index, function) : -1;
    if (wanted < is_method || match->rule->legacy)
        return 0;
    nw_list given = nw_ast_list(ast, node->b);
    uint32_t found = 0;
    for (uint32_t i = 0; i < given.count; i++) {
        const nw_node *argument = &ast->nodes[given.items[i]];
        bool is_named = argument->kind == NW_NODE_KEYWORD;
        bool is_it = is_named ? argument->a == ast->functions[function].parameters[wanted].name.v : (int)i + is_method == wanted;
        uint32_t value = is_named ? argument->b : given.items[i];
        if (argument->kind == NW_NODE_STARRED || (is_named && !argument->a) || (!is_it && !nw_test_is_plain(index, value)))
            return 0;
        found = is_it ? value : found;
    }
    return found;
}
