#include "match/fresh.h"

#include <string.h>

/* Parameters as bits. All of them stands for memory that is not known. */
typedef uint64_t parameters;
#define EVERY (~(parameters)0)

enum { DEEPEST_VALUE = 24, DEEPEST_CALL = 3, MOST_PARAMETERS = 63, MOST_SLOTS = 64 };

/* One function that is looked at, with the depth of calls that it stands in, and the names that are being looked at. */
typedef struct place {
    nw_file_index *index;
    uint32_t function;
    int calls;
    uint64_t open; /* slots */
} place;

static parameters memory_of(place at, uint32_t node, int depth);

/* All that a name was ever assigned, in whatever order. */
static parameters memory_of_name(place at, uint32_t name, int depth)
{
    const nw_ast *ast = at.index->module->ast;
    const nw_node *node = &ast->nodes[name];
    if (node->b != NW_PLACE_SLOT || node->op || at.index->above[name].function != at.function)
        return EVERY;
    if (node->c >= MOST_SLOTS || at.open >> node->c & 1)
        return node->c >= MOST_SLOTS ? EVERY : 0; /* what it had before is looked at already */
    at.open |= (uint64_t)1 << node->c;
    const nw_def_use *def_use = nw_file_def_use(at.index, at.function);
    const nw_ast_function *code = &ast->functions[at.function];
    parameters found = def_use->captured[node->c] ? EVERY : 0;
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].slot == node->c)
            found |= i < MOST_PARAMETERS && (code->parameters[i].kind != NW_PARAMETER_ARGS && code->parameters[i].kind != NW_PARAMETER_KWARGS) ? (parameters)1 << i : EVERY;
    for (uint32_t i = 1; i < def_use->count && found != EVERY; i++) {
        const nw_definition *definition = &def_use->definitions[i];
        const nw_node *statement = definition->slot == node->c && definition->statement ? &ast->nodes[definition->statement] : NULL;
        if (statement && statement->kind == NW_NODE_ASSIGN)
            found |= memory_of(at, statement->b, depth - 1); /* of one of several it is part of them */
        else if (statement && statement->kind != NW_NODE_AUGMENTED_ASSIGN)
            found = EVERY;
    }
    return found;
}

/* Operators whose result is new memory, whatever they are given. */
static bool makes_memory(const nw_file_index *index, const nw_fact *fact)
{
    static const char *const names[] = {"torch.matmul", "torch.bmm", "torch.cat", "torch.stack", "torch.where", "torch.zeros", "torch.ones", "torch.full", "torch.arange",
                                        "torch.empty", "torch.zeros_like", "torch.ones_like", "torch.masked_fill", "torch.Tensor.masked_fill", "torch.gather", "torch.clone"};
    const char *name = nw_symbol_bytes(index->eval->symbols, fact->name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* What the results of a function may be memory of, as its own parameters. */
static parameters memory_returned(place at)
{
    const nw_ast *ast = at.index->module->ast;
    parameters found = 0;
    nw_node_range inside = nw_file_function_range(at.index, at.function);
    for (uint32_t i = inside.first; i <= inside.last; i++)
        if (ast->nodes[i].kind == NW_NODE_RETURN && at.index->above[i].function == at.function && ast->nodes[i].a)
            found |= memory_of(at, ast->nodes[i].a, DEEPEST_VALUE);
    return found;
}

static parameters memory_of_call(place at, const nw_node *call, int depth)
{
    const nw_ast *ast = at.index->module->ast;
    const nw_node *callee = &ast->nodes[call->a];
    nw_list arguments = nw_ast_list(ast, call->b);
    uint32_t count, function = at.calls ? nw_file_own_function(at.index, callee) : 0;
    const nw_placed *facts = nw_file_facts_at(at.index, call->start, call->end, &count);
    for (uint32_t i = 0; i < count && !function; i++)
        if (at.index->eval->facts[facts[i].number].kind != NW_FACT_OPERATOR)
            return EVERY;
    if (!count && !function)
        return EVERY;
    count = function ? 0 : count;
    bool is_contraction = count && arguments.count > 2 && strcmp(nw_symbol_bytes(at.index->eval->symbols, at.index->eval->facts[facts[0].number].name), "torch.einsum") == 0;
    if (is_contraction || (count && makes_memory(at.index, &at.index->eval->facts[facts[0].number])))
        return 0;
    parameters passed = count ? EVERY : memory_returned((place){.index = at.index, .function = function, .calls = at.calls - 1});
    parameters found = count && callee->kind == NW_NODE_ATTRIBUTE ? memory_of(at, callee->a, depth - 1) : 0;
    for (uint32_t i = 0; i < arguments.count && passed; i++) {
        bool is_plain = ast->nodes[arguments.items[i]].kind != NW_NODE_KEYWORD && ast->nodes[arguments.items[i]].kind != NW_NODE_STARRED;
        if (count || passed == EVERY || !is_plain || (i < MOST_PARAMETERS && passed >> i & 1))
            found |= memory_of(at, arguments.items[i], depth - 1);
    }
    return found;
}

static parameters memory_of(place at, uint32_t id, int depth)
{
    const nw_ast *ast = at.index->module->ast;
    const nw_node *node = &ast->nodes[id];
    parameters found = 0;
    if (!depth)
        return EVERY;
    switch (node->kind) {
    case NW_NODE_INTEGER: case NW_NODE_FLOAT: case NW_NODE_STRING: case NW_NODE_NONE: case NW_NODE_TRUE: case NW_NODE_FALSE:
    case NW_NODE_BINARY: case NW_NODE_UNARY: case NW_NODE_COMPARE:
        return 0;
    case NW_NODE_NAME:
        return node->b == NW_PLACE_GLOBAL && strcmp(nw_symbol_bytes(at.index->eval->symbols, (nw_symbol){node->a}), "torch") == 0 ? 0 : memory_of_name(at, id, depth);
    case NW_NODE_SUBSCRIPT: case NW_NODE_ATTRIBUTE:
        return memory_of(at, node->a, depth - 1);
    case NW_NODE_TUPLE: case NW_NODE_LIST: {
        nw_list items = nw_ast_list(ast, node->a);
        for (uint32_t i = 0; i < items.count; i++)
            found |= memory_of(at, items.items[i], depth - 1);
        return found;
    }
    case NW_NODE_CALL:
        return memory_of_call(at, node, depth);
    default:
        return EVERY;
    }
}

bool nw_memory_is_own(nw_file_index *index, uint32_t function, uint32_t name)
{
    const nw_node *node = nw_file_node(index, name);
    return nw_ast_is_local(node) && memory_of_name((place){.index = index, .function = function, .calls = DEEPEST_CALL}, name, DEEPEST_VALUE) == 0;
}
