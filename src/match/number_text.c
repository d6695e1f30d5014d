/* Whether an expression gives a number by its words. */
#include "match/predicate.h"

#include <string.h>

static bool is_size_text(const nw_match *match, uint32_t id)
{
    const nw_file_index *index = match->index;
    const nw_node *node = nw_file_node(index, id);
    const nw_node *part = nw_file_node(index, node->a);
    bool is_call = node->kind == NW_NODE_CALL || node->kind == NW_NODE_SUBSCRIPT;
    if (!is_call || part->kind != NW_NODE_ATTRIBUTE)
        return false;
    const char *name = nw_symbol_bytes(match->rules->symbols, (nw_symbol){part->b});
    if (node->kind == NW_NODE_SUBSCRIPT)
        return strcmp(name, "shape") == 0 && nw_file_node(index, node->b)->kind != NW_NODE_SLICE && nw_file_node(index, node->b)->kind != NW_NODE_TUPLE;
    return strcmp(name, "size") == 0 && nw_ast_list(index->module->ast, node->b).count == 1;
}

/* `b, n, d = x.shape`, `b, n = x.shape[:2]`: what each name gets is a number. */
static bool unpacks_sizes(const nw_match *match, const nw_node *statement)
{
    const nw_node *value = nw_file_node(match->index, statement->b);
    if (value->kind == NW_NODE_SUBSCRIPT && nw_file_node(match->index, value->b)->kind == NW_NODE_SLICE)
        value = nw_file_node(match->index, value->a);
    const nw_node *callee = value->kind == NW_NODE_CALL ? nw_file_node(match->index, value->a) : value;
    const char *name = callee->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(match->rules->symbols, (nw_symbol){callee->b}) : "";
    return value->kind == NW_NODE_CALL ? strcmp(name, "size") == 0 && nw_ast_list(match->index->module->ast, value->b).count == 0 : strcmp(name, "shape") == 0;
}

/* `math` and `np`, whose sqrt of a number is a number. */
static bool is_name_of_numbers(const nw_match *match, uint32_t id)
{
    const nw_node *node = nw_file_node(match->index, id);
    const char *name = node->kind == NW_NODE_NAME && node->b == NW_PLACE_GLOBAL ? nw_symbol_bytes(match->rules->symbols, (nw_symbol){node->a}) : "";
    return strcmp(name, "math") == 0 || strcmp(name, "np") == 0 || strcmp(name, "numpy") == 0;
}

/* Numbers, sizes, and arithmetic and roots of them, as the text has them. */
static bool is_number_text(const nw_match *match, uint32_t id, int depth)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *node = nw_file_node(index, id);
    if (!depth)
        return false;
    switch (node->kind) {
    case NW_NODE_INTEGER: case NW_NODE_FLOAT: return true;
    case NW_NODE_UNARY: return is_number_text(match, node->a, depth - 1);
    case NW_NODE_BINARY: /* a size divided by an attribute without rest is a number */
        return is_number_text(match, node->a, depth - 1) &&
               (is_number_text(match, node->b, depth - 1) || (strcmp(nw_operator_text((nw_operator)node->op), "//") == 0 && nw_file_node(index, node->b)->kind == NW_NODE_ATTRIBUTE));
    case NW_NODE_SUBSCRIPT: return is_size_text(match, id);
    case NW_NODE_CALL: {
        const nw_node *callee = nw_file_node(index, node->a);
        nw_list arguments = nw_ast_list(ast, node->b);
        const char *name = nw_symbol_bytes(match->rules->symbols, (nw_symbol){nw_ast_last_word(callee)});
        bool of_math = callee->kind == NW_NODE_ATTRIBUTE && is_name_of_numbers(match, callee->a);
        bool converts = (callee->kind == NW_NODE_NAME && callee->b == NW_PLACE_GLOBAL && (strcmp(name, "int") == 0 || strcmp(name, "float") == 0)) ||
                        (of_math && strcmp(name, "sqrt") == 0 && strcmp(nw_symbol_bytes(match->rules->symbols, (nw_symbol){nw_file_node(index, callee->a)->a}), "math") == 0);
        if ((of_math && strcmp(name, "sqrt") == 0) || converts)
            return arguments.count == 1 && (converts || is_number_text(match, arguments.items[0], depth - 1));
        return is_size_text(match, id);
    }
    case NW_NODE_NAME: {
        const nw_def_use *def_use = node->b == NW_PLACE_SLOT && !node->op ? nw_file_def_use(match->index, match->function) : NULL;
        uint32_t number = def_use && index->above[id].function == match->function ? nw_def_use_of_read(def_use, id) : 0;
        const nw_node *statement = number ? nw_file_node(index, def_use->definitions[number].statement) : NULL;
        if (!number || !def_use->definitions[number].statement || statement->kind != NW_NODE_ASSIGN)
            return false;
        nw_list targets = nw_ast_list(ast, statement->a);
        bool is_whole = targets.count == 1 && targets.items[0] == def_use->definitions[number].target;
        return is_whole ? is_number_text(match, statement->b, depth - 1) : unpacks_sizes(match, statement);
    }
    default: return false;
    }
}

bool nw_is_number_text(const nw_match *match, uint32_t node)
{
    return is_number_text(match, node, 8);
}
