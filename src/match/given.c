#include "match/given.h"

#include "base/among.h"
#include "match/callers.h"
#include "match/users.h"
#include "match/word.h"

#include <string.h>

enum { DEEPEST = 6 };

static bool may_be_tensor(nw_file_index *index, uint32_t node, int depth);

static const char *bytes_of(const nw_file_index *index, uint32_t symbol)
{
    return nw_symbol_bytes(index->eval->symbols, (nw_symbol){symbol});
}

static bool is_given_tensor(nw_file_index *index, uint32_t call, uint32_t function, uint32_t parameter, int depth)
{
    uint32_t argument = nw_argument_for(index, call, function, parameter);
    return argument && may_be_tensor(index, argument, depth);
}

/* `Attention(dim, scale)`, for the parameters of its constructor. */
static bool is_made_with_tensor(nw_file_index *index, uint32_t init, uint32_t parameter, int depth)
{
    uint32_t class_ = index->above[index->module->ast->functions[init].node].class_;
    nw_list places = class_ ? nw_file_word(index, (nw_symbol){nw_file_node(index, class_)->a}) : (nw_list){0};
    for (uint32_t i = 0; i < places.count; i++) {
        uint32_t call = index->above[places.items[i]].parent;
        bool is_call = nw_file_node(index, call)->kind == NW_NODE_CALL && nw_file_node(index, call)->a == places.items[i];
        if (is_call && is_given_tensor(index, call, init, parameter, depth))
            return true;
    }
    return false;
}

static bool is_tensor_parameter(nw_file_index *index, uint32_t function, uint32_t slot, int depth)
{
    const nw_ast_function *code = &index->module->ast->functions[function];
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        if (code->parameters[i].slot != slot)
            continue;
        nw_calls calls = nw_calls_of(index, function);
        for (uint32_t k = 0; k < calls.count; k++)
            if (is_given_tensor(index, calls.items[k], function, i, depth))
                return true;
        uint32_t class_ = index->above[code->node].class_;
        bool is_init = class_ && code->name.v == NW_NAME_DUNDER_INIT;
        nw_symbol called = is_init ? (nw_symbol){nw_file_node(index, class_)->a} : code->name;
        return (is_init && is_made_with_tensor(index, function, i, depth)) || nw_users_give_tensor(index, called, code->parameters[i].name, i - (class_ != 0));
    }
    return false;
}

/* A local name: its parameter, and all that it is assigned. */
static bool is_tensor_name(nw_file_index *index, uint32_t id, int depth)
{
    const nw_node *name = nw_file_node(index, id);
    uint32_t function = index->above[id].function;
    if (name->b != NW_PLACE_SLOT || name->op || index->above[id].comprehension)
        return false;
    const nw_def_use *def_use = nw_file_def_use(index, function);
    for (uint32_t i = 1; i < def_use->count; i++) {
        const nw_definition *definition = &def_use->definitions[i];
        const nw_node *statement = nw_file_node(index, definition->slot == name->c ? definition->statement : 0);
        bool is_whole = statement->kind == NW_NODE_ASSIGN && nw_ast_list(index->module->ast, statement->a).items[0] == definition->target;
        if (is_whole && may_be_tensor(index, statement->b, depth))
            return true;
    }
    return is_tensor_parameter(index, function, name->c, depth);
}

/* `self.scale`: all that the class, or another file, assigns to it. */
static bool is_tensor_attribute(nw_file_index *index, uint32_t id, int depth)
{
    uint32_t class_ = nw_file_self_class(index, nw_file_node(index, id)->a);
    nw_list places = class_ ? nw_file_word(index, (nw_symbol){nw_file_node(index, id)->b}) : (nw_list){0};
    for (uint32_t i = 0; i < places.count; i++) {
        uint32_t at = places.items[i];
        const nw_node *node = nw_file_node(index, at), *statement = nw_file_node(index, index->above[at].parent);
        bool is_set = node->kind == NW_NODE_ATTRIBUTE && nw_file_is_written(index, at) && statement->kind == NW_NODE_ASSIGN && nw_file_self_class(index, node->a) == class_;
        if (is_set && may_be_tensor(index, statement->b, depth))
            return true;
    }
    return class_ && nw_users_set_tensor(index, (nw_symbol){nw_file_node(index, id)->b});
}

/* A function of torch makes a tensor, but for those that answer with something else. */
static bool calls_torch(const nw_file_index *index, uint32_t call)
{
    static const char *const others[] = {"finfo", "iinfo", "Size", "device", "is_tensor", "is_grad_enabled", "get_default_dtype", "numel", "is_autocast_enabled", "item", "tolist"};
    const nw_node *callee = nw_file_node(index, nw_file_node(index, call)->a), *object = nw_file_node(index, callee->kind == NW_NODE_ATTRIBUTE ? callee->a : 0);
    uint32_t count;
    const nw_placed *facts = nw_file_facts_at(index, nw_file_node(index, call)->start, nw_file_node(index, call)->end, &count);
    for (uint32_t i = 0; i < count; i++)
        if (index->eval->facts[facts[i].number].result.kind == NW_TENSOR)
            return true;
    const char *name = bytes_of(index, nw_ast_last_word(callee));
    bool of_torch = object->kind == NW_NODE_NAME && object->b == NW_PLACE_GLOBAL && strcmp(bytes_of(index, object->a), "torch") == 0;
    return strcmp(name, "Parameter") == 0 || (of_torch && !NW_IS_AMONG(name, others));
}

static bool may_be_tensor(nw_file_index *index, uint32_t id, int depth)
{
    const nw_node *node = nw_file_node(index, id);
    if (!depth--)
        return false;
    switch (node->kind) {
    case NW_NODE_NAME: return is_tensor_name(index, id, depth);
    case NW_NODE_ATTRIBUTE: return is_tensor_attribute(index, id, depth);
    case NW_NODE_UNARY: return may_be_tensor(index, node->a, depth);
    case NW_NODE_BINARY: return may_be_tensor(index, node->a, depth) || may_be_tensor(index, node->b, depth);
    case NW_NODE_CONDITIONAL: return may_be_tensor(index, node->b, depth) || may_be_tensor(index, node->c, depth);
    case NW_NODE_CALL: {
        const nw_node *callee = nw_file_node(index, node->a);
        bool is_method = callee->kind == NW_NODE_ATTRIBUTE && strcmp(bytes_of(index, callee->b), "item") != 0 && strcmp(bytes_of(index, callee->b), "tolist") != 0;
        return calls_torch(index, id) || (is_method && nw_file_node(index, callee->a)->kind == NW_NODE_CALL && may_be_tensor(index, callee->a, depth)); /* torch.ones(5).view(5, 1) */
    }
    default: return false;
    }
}

bool nw_may_be_given_tensor(nw_file_index *index, uint32_t node)
{
    uint8_t kind = nw_file_node(index, node)->kind;
    return (kind == NW_NODE_NAME && is_tensor_name(index, node, DEEPEST)) || (kind == NW_NODE_ATTRIBUTE && is_tensor_attribute(index, node, DEEPEST));
}
