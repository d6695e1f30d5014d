#include "match/callers.h"

#include "eval/object.h"
#include "match/looped.h"
#include "match/word.h"

#include <string.h>

/* Whether a class names another one among its bases. */
bool nw_class_derives(const nw_file_index *index, uint32_t class_, uint32_t symbol)
{
    const nw_ast *ast = index->module->ast;
    nw_list bases = nw_ast_list(ast, ast->extra[ast->nodes[class_].b]);
    for (uint32_t i = 0; i < bases.count; i++) {
        const nw_node *base = &ast->nodes[bases.items[i]];
        if ((base->kind == NW_NODE_NAME && base->a == symbol) || (base->kind == NW_NODE_ATTRIBUTE && base->b == symbol))
            return true;
    }
    return false;
}

bool nw_class_has_children(const nw_file_index *index, uint32_t class_)
{
    uint32_t name = nw_file_node(index, class_)->a;
    nw_list places = nw_file_word(index, (nw_symbol){name});
    for (uint32_t i = 0; i < places.count; i++) {
        uint32_t parent = index->above[places.items[i]].parent;
        if (nw_file_node(index, parent)->kind == NW_NODE_CLASS && nw_class_derives(index, parent, name))
            return true;
    }
    return false;
}

bool nw_is_call_on_self(const nw_file_index *index, uint32_t attribute)
{
    const nw_node *node = nw_file_node(index, attribute), *object = nw_file_node(index, node->a), *call = nw_file_node(index, index->above[attribute].parent);
    return call->kind == NW_NODE_CALL && call->a == attribute && nw_ast_is_first_local(object);
}

/* Whether a class is another one or derives from it, by the names of the file. */
static bool is_or_derives(const nw_file_index *index, uint32_t class_, uint32_t base, int depth)
{
    const nw_ast *ast = index->module->ast;
    if (class_ == base || !depth)
        return class_ == base;
    nw_list bases = nw_ast_list(ast, ast->extra[ast->nodes[class_].b]);
    for (uint32_t i = 0; i < bases.count; i++) {
        const nw_node *named = &ast->nodes[bases.items[i]];
        nw_list places = nw_file_word(index, (nw_symbol){nw_ast_last_word(named)});
        for (uint32_t k = 0; k < places.count; k++) {
            uint32_t above = index->above[places.items[k]].parent;
            bool is_class = ast->nodes[above].kind == NW_NODE_CLASS && ast->nodes[above].c == places.items[k];
            if (is_class && above != class_ && is_or_derives(index, above, base, depth - 1))
                return true;
        }
    }
    return false;
}

bool nw_class_is_or_derives(const nw_file_index *index, uint32_t class_, uint32_t base)
{
    return is_or_derives(index, class_, base, 8);
}

/* `self.attribute` of a class and what derives from it is made as `self.attribute = Made(...)` and is never anything else. */
static bool holds_only(const nw_file_index *index, uint32_t class_, uint32_t attribute, uint32_t made)
{
    const nw_ast *ast = index->module->ast;
    bool any = false;
    nw_list places = nw_file_word(index, (nw_symbol){attribute});
    for (uint32_t at = 0; at < places.count; at++) {
        uint32_t i = places.items[at];
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_STRING && node->a == attribute)
            return false; /* setattr, add_module */
        if (node->kind != NW_NODE_ATTRIBUTE || node->b != attribute || !index->above[i].label || strcmp(index->above[i].label, "target") != 0)
            continue;
        const nw_node *object = &ast->nodes[node->a], *statement = &ast->nodes[index->above[i].parent];
        bool of_self = nw_ast_is_first_local(object);
        if (of_self && index->above[i].class_ && !is_or_derives(index, index->above[i].class_, class_, 8))
            continue;
        const nw_node *value = statement->kind == NW_NODE_ASSIGN ? &ast->nodes[statement->b] : statement, *callee = &ast->nodes[value->a];
        if (!of_self || value->kind != NW_NODE_CALL || callee->kind != NW_NODE_NAME || callee->b != NW_PLACE_GLOBAL || callee->a != ast->nodes[made].a)
            return false;
        any = true;
    }
    return any;
}

/* Whether a call runs the forward of a class: `self.attention(...)`, `for layer in self.layers: layer(...)`, `self.layers[0](...)`. */
bool nw_calls_module(nw_file_index *index, uint32_t call, uint32_t class_)
{
    const nw_ast *ast = index->module->ast;
    uint32_t callee = ast->nodes[call].kind == NW_NODE_CALL && index->above[call].class_ && index->above[call].function ? ast->nodes[call].a : 0;
    if (ast->nodes[callee].kind == NW_NODE_ATTRIBUTE)
        return nw_is_call_on_self(index, callee) && holds_only(index, index->above[call].class_, ast->nodes[callee].b, class_);
    if (ast->nodes[callee].kind == NW_NODE_SUBSCRIPT)
        return nw_indexed_class(index, call) == ast->nodes[class_].a;
    return ast->nodes[callee].kind == NW_NODE_NAME && nw_looped_class(index, callee) == ast->nodes[class_].a;
}

static uint32_t class_of(const nw_file_index *index, uint32_t function)
{
    return index->above[index->module->ast->functions[function].node].class_;
}

static bool is_named(const nw_file_index *index, uint32_t function, const char *name)
{
    return strcmp(nw_symbol_bytes(index->eval->symbols, index->module->ast->functions[function].name), name) == 0;
}

static void add(nw_calls *calls, uint32_t call)
{
    if (calls->count == NW_MOST_CALLS)
        calls->is_open = true;
    else
        calls->items[calls->count++] = call;
}

/* `super().name(...)` */
static bool is_call_on_super(const nw_file_index *index, uint32_t attribute)
{
    const nw_node *object = nw_file_node(index, nw_file_node(index, attribute)->a), *callee = nw_file_node(index, object->a);
    return object->kind == NW_NODE_CALL && callee->kind == NW_NODE_NAME && strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){callee->a}), "super") == 0;
}

/* Modules of a class, and of those that derive from it. */
static void add_module_calls(nw_file_index *index, uint32_t class_, nw_calls *calls)
{
    const nw_ast *ast = index->module->ast;
    uint32_t classes[NW_MOST_CALLS], count = 0;
    for (uint32_t i = 1; i < ast->node_count && count < NW_MOST_CALLS; i++)
        if (ast->nodes[i].kind == NW_NODE_CLASS && is_or_derives(index, i, class_, 8))
            classes[count++] = i;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        bool calls_one = false;
        for (uint32_t k = 0; k < count && !calls_one && ast->nodes[i].kind == NW_NODE_CALL; k++)
            calls_one = nw_calls_module(index, i, classes[k]);
        if (calls_one)
            add(calls, i);
    }
}

nw_calls nw_calls_of(nw_file_index *index, uint32_t function)
{
    const nw_ast *ast = index->module->ast;
    const nw_ast_function *code = &ast->functions[function];
    nw_calls calls = {0};
    uint32_t class_ = class_of(index, function);
    bool is_reached = ast->nodes[code->node].kind == NW_NODE_FUNCTION && !index->above[code->node].function && !nw_ast_list(ast, ast->nodes[code->node].b).count;
    calls.is_open = !is_reached || (class_ && is_named(index, function, "forward"));
    nw_list places = is_reached ? nw_file_word(index, code->name) : (nw_list){0};
    for (uint32_t at = 0; at < places.count; at++) {
        uint32_t i = places.items[at], above = index->above[i].parent;
        const nw_node *node = &ast->nodes[i];
        bool is_called = ast->nodes[above].kind == NW_NODE_CALL && ast->nodes[above].a == i;
        bool is_own = class_ ? node->kind == NW_NODE_ATTRIBUTE && (nw_is_call_on_self(index, i) || is_call_on_super(index, i))
                             : node->kind == NW_NODE_NAME && node->b == NW_PLACE_GLOBAL && !(node->flags & NW_NAME_BINDS);
        if (is_own && is_called)
            add(&calls, above);
        else if (is_own || node->kind == NW_NODE_STRING || (class_ && node->kind == NW_NODE_ATTRIBUTE))
            calls.is_open = true;
    }
    if (is_reached && class_ && is_named(index, function, "forward"))
        add_module_calls(index, class_, &calls);
    return calls;
}

/* The only method of that name in the file, undecorated; 0: there are several, or none. */
static uint32_t only_method(const nw_file_index *index, uint32_t symbol)
{
    const nw_ast *ast = index->module->ast;
    uint32_t found = 0;
    for (uint32_t i = 1; i < ast->function_count; i++) {
        if (ast->functions[i].name.v != symbol || ast->nodes[ast->functions[i].node].kind != NW_NODE_FUNCTION)
            continue;
        if (found || !class_of(index, i) || nw_ast_list(ast, ast->nodes[ast->functions[i].node].b).count)
            return 0;
        found = i;
    }
    return found;
}

static uint32_t forward_of(const nw_file_index *index, const nw_fact *fact)
{
    const nw_ast *ast = index->module->ast;
    bool is_module = (fact->kind == NW_FACT_MODULE || fact->kind == NW_FACT_CALL) && fact->callee.kind == NW_INSTANCE;
    nw_value *forward = is_module ? nw_class_find(index->eval, fact->callee.as.instance->class_, (nw_symbol){NW_NAME_FORWARD}) : NULL;
    const nw_ast_function *code = forward && forward->kind == NW_FUNCTION ? forward->as.function->code : NULL;
    return code && code >= ast->functions && code < ast->functions + ast->function_count ? (uint32_t)(code - ast->functions) : 0;
}

/* The forward that a call of a module runs, by the facts of the call, one for each run of the code around it. */
static uint32_t forward_called(const nw_file_index *index, uint32_t call, bool *several)
{
    uint32_t count, found = 0;
    const nw_placed *facts = nw_file_facts_at(index, nw_file_node(index, call)->start, nw_file_node(index, call)->end, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t forward = forward_of(index, &index->eval->facts[facts[i].number]);
        *several |= i && forward != found;
        found = forward;
    }
    return *several ? 0 : found;
}

nw_called nw_function_called(const nw_file_index *index, uint32_t call)
{
    const nw_node *callee = nw_file_node(index, nw_file_node(index, call)->a);
    uint32_t class_ = callee->kind == NW_NODE_ATTRIBUTE ? nw_file_self_class(index, callee->a) : 0, method = class_ ? only_method(index, callee->b) : 0;
    bool is_own = method && (is_or_derives(index, class_, class_of(index, method), 8) || is_or_derives(index, class_of(index, method), class_, 8));
    nw_called called = {.function = is_own ? method : nw_file_own_function(index, callee)};
    called.bound = called.function && !is_own ? 0 : 1;
    if (!called.function)
        called.function = forward_called(index, call, &called.is_open);
    return called;
}

uint32_t nw_argument_for(const nw_file_index *index, uint32_t call, uint32_t function, uint32_t parameter)
{
    const nw_ast *ast = index->module->ast;
    const nw_ast_function *code = &ast->functions[function];
    nw_list given = nw_ast_list(ast, ast->nodes[call].b);
    uint32_t bound = class_of(index, function) ? 1 : 0;
    for (uint32_t i = 0; i < given.count; i++) {
        const nw_node *argument = &ast->nodes[given.items[i]];
        if (argument->kind == NW_NODE_STARRED)
            return 0;
        if (argument->kind == NW_NODE_KEYWORD ? argument->a == code->parameters[parameter].name.v : i + bound == parameter)
            return argument->kind == NW_NODE_KEYWORD ? argument->b : given.items[i];
    }
    return 0;
}
