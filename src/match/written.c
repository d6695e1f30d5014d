#include "match/written.h"

#include <string.h>

enum { DEEPEST = 6 };

static bool is_written(const nw_match *match, uint32_t node, int depth);

static const char *method_called(const nw_match *match, uint32_t receiver)
{
    const nw_file_index *index = match->index;
    uint32_t attribute = index->above[receiver].parent;
    const nw_node *node = nw_file_node(index, attribute), *call = nw_file_node(index, index->above[attribute].parent);
    bool is_method = node->kind == NW_NODE_ATTRIBUTE && node->a == receiver && call->kind == NW_NODE_CALL && call->a == attribute;
    return is_method ? nw_symbol_bytes(match->rules->symbols, (nw_symbol){node->b}) : NULL;
}

static bool may_be_view(const char *method)
{
    static const char *const views[] = {"transpose", "permute", "view", "reshape", "flatten", "unflatten", "squeeze", "unsqueeze", "contiguous", "to", "float", "type", "type_as", "movedim", "t"};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (strcmp(method, views[i]) == 0)
            return true;
    return false;
}

/* Every read of what a name is given here. */
static bool is_name_written(const nw_match *match, uint32_t target, int depth)
{
    const nw_def_use *def_use = nw_file_def_use(match->index, match->function);
    uint32_t number = nw_def_use_at(def_use, target);
    for (uint32_t i = 0; number && i < def_use->definitions[number].use_count; i++)
        if (is_written(match, def_use->definitions[number].uses[i], depth))
            return true;
    return false;
}

static bool is_written(const nw_match *match, uint32_t node, int depth)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t above = index->above[node].parent;
    const nw_node *parent = &ast->nodes[above];
    const char *label = index->above[above].label, *method = method_called(match, node);
    if (!depth)
        return true;
    if (method) {
        size_t size = strlen(method);
        if (method[size - 1] == '_' && size > 1 && method[size - 2] != '_')
            return true;
        return may_be_view(method) && is_written(match, index->above[above].parent, depth - 1);
    }
    if (parent->kind == NW_NODE_AUGMENTED_ASSIGN)
        return parent->a == node;
    if (parent->kind == NW_NODE_SUBSCRIPT && parent->a == node)
        return (label && strcmp(label, "target") == 0) || is_written(match, above, depth - 1);
    nw_list targets = parent->kind == NW_NODE_ASSIGN && parent->b == node ? nw_ast_list(ast, parent->a) : (nw_list){0};
    for (uint32_t i = 0; i < targets.count; i++)
        if (ast->nodes[targets.items[i]].kind == NW_NODE_NAME && is_name_written(match, targets.items[i], depth - 1))
            return true;
    return false;
}

/* A value that had its name before: by the reads of it that stand behind this one. */
static bool is_read_then_written(const nw_match *match, uint32_t name)
{
    const nw_file_index *index = match->index;
    const nw_def_use *def_use = nw_ast_is_local(nw_file_node(index, name)) && index->above[name].function == match->function ? nw_file_def_use(match->index, match->function) : NULL;
    uint32_t number = def_use ? nw_def_use_of_read(def_use, name) : 0;
    for (uint32_t i = 0; number && i < def_use->definitions[number].use_count; i++) {
        uint32_t use = def_use->definitions[number].uses[i];
        if (nw_file_node(index, use)->start > nw_file_node(index, name)->start && is_written(match, use, DEEPEST))
            return true;
    }
    return false;
}

bool nw_is_written_later(const nw_match *match, uint32_t node)
{
    return is_written(match, node, DEEPEST) || is_read_then_written(match, node);
}

enum { FEWEST_WHEN_SPLIT = 4 };

/* `x.view(...)` into fewer axes than heads that are split have. */
static bool is_merging_view(const nw_match *match, uint32_t receiver)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    const char *method = method_called(match, receiver);
    if (!method || strcmp(method, "view") != 0)
        return false;
    nw_list arguments = nw_ast_list(ast, ast->nodes[index->above[index->above[receiver].parent].parent].b);
    for (uint32_t i = 0; i < arguments.count; i++)
        if (ast->nodes[arguments.items[i]].kind == NW_NODE_STARRED)
            return true;
    return arguments.count < FEWEST_WHEN_SPLIT;
}

/* Steps whose result is laid out in memory as what they take. */
static bool keeps_layout(const nw_match *match, uint32_t node)
{
    static const char *const steps[] = {"relu", "gelu", "silu", "tanh", "sigmoid", "dropout", "drop", "attn_drop", "clone", "to", "float", "half", "type", "type_as", "add", "mul", "div", "sub", "masked_fill", "squeeze", "unsqueeze"};
    const nw_file_index *index = match->index;
    uint32_t above = index->above[node].parent;
    const nw_node *parent = nw_file_node(index, above), *callee = nw_file_node(index, parent->kind == NW_NODE_CALL ? parent->a : 0);
    const char *name = method_called(match, node);
    if (parent->kind == NW_NODE_BINARY)
        return strcmp(nw_operator_text((nw_operator)parent->op), "@") != 0;
    if (!name && parent->kind == NW_NODE_CALL && parent->a != node)
        name = nw_symbol_bytes(match->rules->symbols, (nw_symbol){callee->kind == NW_NODE_ATTRIBUTE ? callee->b : callee->kind == NW_NODE_NAME ? callee->a : 0});
    for (size_t i = 0; name && i < sizeof steps / sizeof *steps; i++)
        if (strcmp(name, steps[i]) == 0)
            return true;
    return false;
}

static bool is_merged(const nw_match *match, uint32_t node, int depth)
{
    const nw_file_index *index = match->index;
    uint32_t above = index->above[node].parent;
    const nw_node *parent = nw_file_node(index, above);
    nw_list targets = parent->kind == NW_NODE_ASSIGN && parent->b == node ? nw_ast_list(index->module->ast, parent->a) : (nw_list){0};
    if (!depth || is_merging_view(match, node))
        return depth > 0;
    if (keeps_layout(match, node))
        return is_merged(match, method_called(match, node) ? index->above[above].parent : above, depth - 1);
    const nw_def_use *def_use = nw_file_def_use(match->index, match->function);
    for (uint32_t i = 0; i < targets.count; i++) {
        uint32_t number = nw_def_use_at(def_use, targets.items[i]);
        for (uint32_t k = 0; number && k < def_use->definitions[number].use_count; k++)
            if (is_merged(match, def_use->definitions[number].uses[k], depth - 1))
                return true;
    }
    return false;
}

bool nw_is_merged_later(const nw_match *match, uint32_t node)
{
    return is_merged(match, node, DEEPEST);
}
