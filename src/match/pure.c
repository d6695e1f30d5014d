#include "match/pure.h"

#include "base/among.h"
#include "match/fresh.h"
#include "match/word.h"

#include <string.h>

enum { DEEPEST = 4, MOST_BASES = 8 };

static const char *bytes_of(const nw_file_index *index, uint32_t symbol)
{
    return nw_symbol_bytes(index->eval->symbols, (nw_symbol){symbol});
}

/* ---- which function ---- */

/* Whether a class of this file has a method, of its own or from a base in this file. */
static bool has_method(const nw_file_index *index, uint32_t class_, uint32_t symbol, int depth)
{
    const nw_ast *ast = index->module->ast;
    for (uint32_t i = 1; i < ast->function_count; i++)
        if (ast->functions[i].name.v == symbol && ast->nodes[ast->functions[i].node].kind == NW_NODE_FUNCTION && index->above[ast->functions[i].node].class_ == class_)
            return true;
    nw_list bases = depth && class_ ? nw_ast_list(ast, ast->extra[ast->nodes[class_].b]) : (nw_list){0};
    for (uint32_t i = 0; i < bases.count; i++) {
        uint32_t base = ast->nodes[bases.items[i]].kind == NW_NODE_NAME ? nw_file_class_named(index, (nw_symbol){ast->nodes[bases.items[i]].a}) : 0;
        if (base && base != class_ && has_method(index, base, symbol, depth - 1))
            return true;
    }
    return false;
}

static bool is_pure(nw_file_index *index, uint32_t function, int depth);

/* All functions that a name may mean: those of a class that derives from another one in this file count too. */
static bool are_pure(nw_file_index *index, uint32_t symbol, bool methods, int depth)
{
    const nw_ast *ast = index->module->ast;
    bool any = false;
    for (uint32_t i = 1; i < ast->function_count; i++) {
        const nw_node *node = &ast->nodes[ast->functions[i].node];
        if (ast->functions[i].name.v != symbol || node->kind != NW_NODE_FUNCTION || (index->above[ast->functions[i].node].class_ != 0) != methods)
            continue;
        if (!is_pure(index, i, depth))
            return false;
        any = true;
    }
    return any;
}

static bool is_own_pure(nw_file_index *index, uint32_t call, int depth)
{
    const nw_node *callee = nw_file_node(index, nw_file_node(index, call)->a);
    if (!depth)
        return false;
    if (callee->kind == NW_NODE_NAME)
        return callee->b == NW_PLACE_GLOBAL && nw_file_bound_once(index, (nw_symbol){callee->a}) && are_pure(index, callee->a, false, depth);
    uint32_t class_ = callee->kind == NW_NODE_ATTRIBUTE ? nw_file_self_class(index, callee->a) : 0;
    return class_ && has_method(index, class_, callee->b, MOST_BASES) && are_pure(index, callee->b, true, depth);
}

/* ---- what it does ---- */

static bool has_effect(const nw_file_index *index, const nw_fact *fact)
{
    static const char *const layers[] = {"torch.nn.Linear", "torch.nn.Embedding", "torch.nn.LayerNorm", "torch.nn.Identity"};
    const char *effects = fact->row ? bytes_of(index, fact->row->effects.v) : "", *name = bytes_of(index, fact->name.v);
    size_t size = strlen(name);
    if (fact->kind == NW_FACT_LAYER)
        return !NW_IS_AMONG(name, layers);
    return fact->kind != NW_FACT_OPERATOR || (size && name[size - 1] == '_' && (size < 2 || name[size - 2] != '_')) || (*effects && strcmp(effects, "pure") != 0);
}

/* `math.sqrt(...)`, `x.size()`, `len(...)`, a text for an exception. */
static bool is_of_numbers(const nw_file_index *index, const nw_node *callee)
{
    static const char *const functions[] = {"len", "int", "float", "bool", "min", "max", "abs", "range", "round", "isinstance", "tuple", "list", "enumerate", "zip", "ValueError", "RuntimeError",
                                            "AssertionError", "NotImplementedError", "TypeError", "hasattr", "str"};
    static const char *const methods[] = {"size", "dim", "ndimension", "numel", "format"};
    const nw_node *object = nw_file_node(index, callee->kind == NW_NODE_ATTRIBUTE ? callee->a : 0);
    if (callee->kind == NW_NODE_NAME)
        return callee->b == NW_PLACE_GLOBAL && NW_IS_AMONG(bytes_of(index, callee->a), functions) && !nw_file_binds(index, (nw_symbol){callee->a});
    if (callee->kind != NW_NODE_ATTRIBUTE)
        return false;
    bool of_math = object->kind == NW_NODE_NAME && object->b == NW_PLACE_GLOBAL && strcmp(bytes_of(index, object->a), "math") == 0;
    return of_math || NW_IS_AMONG(bytes_of(index, callee->b), methods);
}

static bool is_harmless_call(nw_file_index *index, uint32_t call, int depth)
{
    const nw_node *node = nw_file_node(index, call);
    uint32_t count;
    const nw_placed *facts = nw_file_facts_at(index, node->start, node->end, &count);
    for (uint32_t i = 0; i < count; i++)
        if (has_effect(index, &index->eval->facts[facts[i].number]))
            return false;
    return count || is_of_numbers(index, nw_file_node(index, node->a)) || is_own_pure(index, call, depth);
}

/* `x += 1` on numbers, or on a tensor that was made here. */
static bool adds_to_own(nw_file_index *index, uint32_t function, uint32_t id)
{
    const nw_node *node = nw_file_node(index, id);
    uint32_t count;
    nw_file_facts_at(index, node->start, node->end, &count);
    return nw_file_node(index, node->a)->kind == NW_NODE_NAME && (!count || nw_memory_is_own(index, function, node->a));
}

static bool is_body_pure(nw_file_index *index, uint32_t function, int depth)
{
    const nw_ast *ast = index->module->ast;
    const nw_ast_function *code = &ast->functions[function];
    const nw_node *whole = &ast->nodes[code->node];
    if (code->is_async || code->is_generator)
        return false;
    nw_node_range inside = nw_file_range(index, code->node);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        if (!nw_node_inside(node, whole) || node->start <= whole->start || index->above[i].function != function)
            continue;
        bool is_target = index->above[i].label && strcmp(index->above[i].label, "target") == 0;
        bool stores = is_target && (node->kind == NW_NODE_ATTRIBUTE || node->kind == NW_NODE_SUBSCRIPT);
        bool changes = node->kind == NW_NODE_AUGMENTED_ASSIGN && !adds_to_own(index, function, i);
        bool calls = node->kind == NW_NODE_CALL && nw_file_node(index, index->above[i].statement)->kind != NW_NODE_RAISE && !is_harmless_call(index, i, depth - 1);
        bool other = node->kind == NW_NODE_DELETE || node->kind == NW_NODE_GLOBAL || node->kind == NW_NODE_NONLOCAL || node->kind == NW_NODE_LAMBDA || node->kind == NW_NODE_FUNCTION;
        if (stores || changes || calls || other)
            return false;
    }
    return true;
}

static bool is_pure(nw_file_index *index, uint32_t function, int depth)
{
    const nw_ast *ast = index->module->ast;
    return !nw_ast_list(ast, ast->nodes[ast->functions[function].node].b).count && is_body_pure(index, function, depth);
}

/* ---- properties and operators ---- */

/* `@property`, `@functools.cached_property` */
static bool is_property(const nw_file_index *index, const nw_node *function)
{
    nw_list decorators = nw_ast_list(index->module->ast, function->b);
    for (uint32_t i = 0; i < decorators.count; i++) {
        const nw_node *decorator = nw_file_node(index, decorators.items[i]);
        if (decorator->kind == NW_NODE_CALL)
            decorator = nw_file_node(index, decorator->a);
        const char *name = bytes_of(index, nw_ast_last_word(decorator));
        if (strstr(name, "property"))
            return true;
    }
    return false;
}

bool nw_read_is_pure(nw_file_index *index, uint32_t attribute)
{
    static const char *const of_tensors[] = {"shape", "dtype", "device", "ndim", "T", "mT"};
    const nw_ast *ast = index->module->ast;
    const nw_node *read = &ast->nodes[attribute];
    if (!nw_file_defines(index, read->b) || (NW_IS_AMONG(bytes_of(index, read->b), of_tensors) && !nw_file_self_class(index, read->a)))
        return true;
    for (uint32_t i = 1; i < ast->function_count; i++) {
        const nw_node *node = &ast->nodes[ast->functions[i].node];
        if (ast->functions[i].name.v == read->b && node->kind == NW_NODE_FUNCTION && is_property(index, node) && !is_body_pure(index, i, DEEPEST))
            return false;
    }
    return true;
}

/* `__len__`, `__eq__`, `__getitem__`, ...: what Python calls where no call is written. */
static bool is_operator_method(const char *name)
{
    static const char *const others[] = {"__init__", "__new__", "__call__", "__enter__", "__exit__", "__aenter__", "__aexit__", "__del__", "__setattr__", "__delattr__", "__setitem__", "__delitem__",
                                         "__init_subclass__", "__post_init__", "__set_name__", "__setstate__", "__torch_function__", "__torch_dispatch__"};
    size_t size = strlen(name);
    return size > 4 && memcmp(name, "__", 2) == 0 && strcmp(name + size - 2, "__") == 0 && !NW_IS_AMONG(name, others);
}

/* Whether a function sets an attribute, an item or a name of somebody else. */
static bool writes(const nw_file_index *index, uint32_t function)
{
    const nw_ast *ast = index->module->ast;
    nw_node_range inside = nw_file_function_range(index, function);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        bool stores = (node->kind == NW_NODE_ATTRIBUTE || node->kind == NW_NODE_SUBSCRIPT) && nw_file_is_written(index, i);
        if (index->above[i].function == function && (stores || node->kind == NW_NODE_GLOBAL || node->kind == NW_NODE_NONLOCAL))
            return true;
    }
    return false;
}

bool nw_file_has_writing_operators(nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    for (uint32_t i = 1; i < ast->function_count && !index->has_asked_operators; i++)
        index->has_writing_operators |= index->above[ast->functions[i].node].class_ && is_operator_method(bytes_of(index, ast->functions[i].name.v)) && writes(index, i);
    index->has_asked_operators = true;
    return index->has_writing_operators;
}

bool nw_call_is_pure(nw_file_index *index, uint32_t call)
{
    return is_own_pure(index, call, DEEPEST);
}
