#include "match/health.h"

#include <string.h>

static bool has_star_import(const nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    nw_symbol star = nw_symbol_of(index->eval->symbols, "*");
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_IMPORT_ALIAS && ast->nodes[i].a == star.v)
            return true;
    return false;
}

static uint32_t count_unbound(nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    uint32_t count = 0;
    if (has_star_import(index))
        return 0;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_NAME || (node->flags & NW_NAME_BINDS) || node->b != NW_PLACE_GLOBAL)
            continue;
        nw_symbol name = {node->a};
        count += !nw_file_binds(index, name) && !nw_dict_find_name(index->eval->builtins, name) && !nw_dict_find_name(index->module->globals, name);
    }
    return count;
}

/* Reads of local names to which no assignment leads. */
static uint32_t count_unassigned(nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    uint32_t count = 0;
    bool *seen = nw_arena_zero(&index->eval->arena, ast->node_count + 1);
    for (uint32_t f = 1; f < ast->function_count; f++) {
        if (ast->functions[f].scope != NW_SCOPE_FUNCTION)
            continue;
        const nw_def_use *def_use = nw_file_def_use(index, f);
        for (uint32_t i = 1; i < def_use->count; i++)
            for (uint32_t k = 0; k < def_use->definitions[i].use_count; k++)
                seen[def_use->definitions[i].uses[k]] = true;
    }
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        bool is_local = nw_ast_is_local(node) && !(node->flags & NW_NAME_BINDS);
        count += is_local && !seen[i] && ast->functions[index->above[i].function].scope == NW_SCOPE_FUNCTION;
    }
    return count;
}

static uint32_t count_dangling(const nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    uint32_t count = 0, symbols = 0;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        uint32_t symbol = ast->nodes[i].kind == NW_NODE_ATTRIBUTE ? ast->nodes[i].b : 0;
        symbols = symbol > symbols ? symbol : symbols;
    }
    bool *is_set = nw_arena_zero(&index->eval->arena, (size_t)symbols + 1);
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        bool in_class = index->above[i].class_ != 0;
        uint32_t symbol = node->kind == NW_NODE_ATTRIBUTE && nw_file_is_written(index, i) ? node->b
                        : node->kind == NW_NODE_STRING || (node->kind == NW_NODE_NAME && (node->flags & NW_NAME_BINDS) && in_class) ? node->a
                        : node->kind == NW_NODE_FUNCTION && in_class ? ast->functions[node->a].name.v : 0;
        if (symbol && symbol <= symbols)
            is_set[symbol] = true;
    }
    for (uint32_t i = 1; i < ast->node_count; i++)
        count += ast->nodes[i].kind == NW_NODE_ATTRIBUTE && !is_set[ast->nodes[i].b] && nw_file_self_class(index, ast->nodes[i].a) && ast->nodes[i].b != NW_NAME_TRAINING;
    return count;
}

nw_health nw_health_of(nw_file_index *index)
{
    return (nw_health){index->module->ast->error_count, index->failed_root_count, count_unbound(index) + count_unassigned(index), count_dangling(index)};
}

const char *nw_health_worse(const nw_health *before, const nw_health *after)
{
    if (after->syntax_errors > before->syntax_errors)
        return "it does not parse";
    if (after->unbound > before->unbound)
        return "it reads a name that nothing binds";
    if (after->dangling > before->dangling)
        return "it reads an attribute that nothing sets";
    if (after->failed_roots > before->failed_roots)
        return "a function that ran to its end raises an exception";
    return NULL;
}
