#include "match/flow.h"

#include "match/callers.h"

#include <string.h>

enum { MOST_STEPS = 400, DEEPEST_CALLER = 6 };

static bool goes(nw_flow *flow, uint32_t node);

static const nw_node *node_of(const nw_flow *flow, uint32_t id)
{
    return nw_file_node(flow->match->index, id);
}

static uint32_t parent_of(const nw_flow *flow, uint32_t id)
{
    return flow->match->index->above[id].parent;
}

/* Whether a place that ends there counts: it lies behind the beginning, in another function, or in a loop around both. */
static bool is_behind(const nw_flow *flow, uint32_t node)
{
    const nw_file_index *index = flow->match->index;
    if (node_of(flow, node)->end >= flow->after || index->above[node].function != index->above[flow->origin].function)
        return true;
    for (uint32_t at = parent_of(flow, node); at; at = parent_of(flow, at))
        if ((node_of(flow, at)->kind == NW_NODE_FOR || node_of(flow, at)->kind == NW_NODE_WHILE) && nw_node_inside(node_of(flow, flow->origin), node_of(flow, at)))
            return true;
    return false;
}

static bool lose(nw_flow *flow)
{
    flow->is_lost = true;
    return false;
}

static bool leave_open(nw_flow *flow)
{
    flow->is_open = true;
    return false;
}

/* All reads of what a NAME is given here. */
static bool goes_by_name(nw_flow *flow, uint32_t target, bool (*next)(nw_flow *, uint32_t, uint32_t), uint32_t item)
{
    if (node_of(flow, target)->kind != NW_NODE_NAME)
        return lose(flow);
    const nw_def_use *def_use = nw_file_def_use(flow->match->index, flow->match->index->above[target].function);
    uint32_t number = nw_def_use_at(def_use, target);
    if (!number || def_use->captured[def_use->definitions[number].slot])
        return lose(flow);
    for (uint32_t i = 0; i < def_use->definitions[number].use_count; i++)
        if (next(flow, def_use->definitions[number].uses[i], item))
            return true;
    return false;
}

static bool goes_as_it_is(nw_flow *flow, uint32_t node, uint32_t item)
{
    (void)item;
    return goes(flow, node);
}

/* To those who call the function of a node. */
static bool goes_to_callers(nw_flow *flow, uint32_t node, bool (*next)(nw_flow *, uint32_t, uint32_t), uint32_t item)
{
    uint32_t function = flow->match->index->above[node].function;
    nw_calls calls = nw_calls_of(flow->match->index, function);
    if (flow->left_count < NW_MOST_LEFT) /* whatever is known of its calls, another file may call it, too */
        flow->left[flow->left_count++] = function;
    flow->is_open |= calls.is_open || !calls.count;
    for (uint32_t i = 0; i < calls.count; i++)
        if (next(flow, calls.items[i], item))
            return true;
    return false;
}

/* A tuple that holds the value as one of its items. */
static bool goes_packed(nw_flow *flow, uint32_t node, uint32_t item)
{
    const nw_ast *ast = flow->match->index->module->ast;
    uint32_t above = parent_of(flow, node);
    const nw_node *parent = node_of(flow, above), *number = node_of(flow, parent->kind == NW_NODE_SUBSCRIPT && parent->a == node ? parent->b : 0);
    if (++flow->steps > MOST_STEPS)
        return true;
    switch (parent->kind) {
    case NW_NODE_RETURN: return goes_to_callers(flow, node, goes_packed, item);
    case NW_NODE_CONDITIONAL: return goes_packed(flow, above, item);
    case NW_NODE_EXPRESSION: return false;
    case NW_NODE_SUBSCRIPT:
        if (number->kind != NW_NODE_INTEGER || number->b)
            return leave_open(flow);
        return number->a == item && goes(flow, above);
    case NW_NODE_ASSIGN: {
        nw_list targets = nw_ast_list(ast, parent->a);
        const nw_node *target = targets.count == 1 && parent->b == node ? node_of(flow, targets.items[0]) : parent;
        if (target->kind == NW_NODE_NAME)
            return goes_by_name(flow, targets.items[0], goes_packed, item);
        nw_list items = target->kind == NW_NODE_TUPLE || target->kind == NW_NODE_LIST ? nw_ast_list(ast, target->a) : (nw_list){0};
        for (uint32_t i = 0; i <= item && i < items.count; i++)
            if (node_of(flow, items.items[i])->kind == NW_NODE_STARRED)
                return leave_open(flow);
        return item < items.count ? goes_by_name(flow, items.items[item], goes_as_it_is, 0) : leave_open(flow);
    }
    default: return leave_open(flow);
    }
}

static bool goes_into_tuple(nw_flow *flow, uint32_t node, uint32_t tuple)
{
    nw_list items = nw_ast_list(flow->match->index->module->ast, node_of(flow, tuple)->a);
    for (uint32_t i = 0; i < items.count && node_of(flow, items.items[i])->kind != NW_NODE_STARRED; i++)
        if (items.items[i] == node)
            return goes_packed(flow, tuple, i);
    return leave_open(flow);
}

/* Into a function of the file, by the parameter that gets the argument; false in `known`: it is another one. */
static bool goes_into_function(nw_flow *flow, uint32_t call, uint32_t argument, bool *known)
{
    nw_file_index *index = flow->match->index;
    nw_called called = nw_function_called(index, call);
    uint32_t function = called.function;
    const nw_ast_function *code = &index->module->ast->functions[function];
    *known = false;
    flow->is_lost |= called.is_open;
    for (uint32_t i = called.bound; function && i < code->parameter_count; i++) {
        if (nw_argument_for(index, call, function, i) != argument)
            continue;
        const nw_def_use *def_use = nw_file_def_use(index, function);
        *known = true;
        for (uint32_t k = 1; k < def_use->count; k++)
            for (uint32_t use = 0; !def_use->definitions[k].target && def_use->definitions[k].slot == code->parameters[i].slot && use < def_use->definitions[k].use_count; use++)
                if (goes(flow, def_use->definitions[k].uses[use]))
                    return true;
        return false;
    }
    return false;
}

/* The name of what a taker applies in one run, the last part of it: "Linear", "transpose"; "": it is not known. What an attribute of self is called says nothing. */
static const char *taker_name(const nw_file_index *index, uint32_t taker, const nw_fact *fact)
{
    const nw_node *node = nw_file_node(index, taker), *callee = nw_file_node(index, node->kind == NW_NODE_CALL ? node->a : taker);
    bool is_of_self = node->kind == NW_NODE_CALL && callee->kind == NW_NODE_ATTRIBUTE && nw_file_self_class(index, callee->a);
    uint32_t symbol = callee->kind == NW_NODE_ATTRIBUTE && !is_of_self ? callee->b : callee->kind == NW_NODE_NAME ? callee->a : 0;
    const char *name = nw_symbol_bytes(index->eval->symbols, fact && (fact->kind == NW_FACT_OPERATOR || fact->kind == NW_FACT_LAYER) ? fact->name : (nw_symbol){symbol});
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

/* What a taker does in some run: the runs of the code around it may give it different modules. */
static nw_flow_step step_of(nw_flow *flow, uint32_t node, uint32_t taker)
{
    const nw_file_index *index = flow->match->index;
    uint32_t count;
    const nw_placed *facts = nw_file_facts_at(index, node_of(flow, taker)->start, node_of(flow, taker)->end, &count);
    const char *last = taker_name(index, taker, count ? &index->eval->facts[facts[0].number] : NULL);
    nw_flow_step found = flow->step(flow->match, node, taker, last);
    for (uint32_t i = 1; i < count && found != NW_FLOW_FOUND; i++) {
        const char *name = taker_name(index, taker, &index->eval->facts[facts[i].number]);
        nw_flow_step step = name == last ? found : flow->step(flow->match, node, taker, name);
        found = step > found ? step : found;
        last = name;
    }
    return found;
}

/* What a call, an operator, an index or an attribute makes of it. */
static bool goes_through(nw_flow *flow, uint32_t node, uint32_t taker)
{
    nw_flow_step step = step_of(flow, node, taker);
    if (step == NW_FLOW_FOUND && is_behind(flow, taker))
        return true;
    if (step != NW_FLOW_GOES_ON)
        return false;
    if (node_of(flow, taker)->kind == NW_NODE_AUGMENTED_ASSIGN)
        return goes_by_name(flow, node_of(flow, taker)->a, goes_as_it_is, 0);
    return goes(flow, taker);
}

static bool goes_into_call(nw_flow *flow, uint32_t node, uint32_t call)
{
    bool known;
    return goes_into_function(flow, call, node, &known) || (!known && goes_through(flow, node, call));
}

/* To a name, or part by part to several: `a, b = x.chunk(2)`. */
static bool goes_to_target(nw_flow *flow, uint32_t target)
{
    const nw_node *node = node_of(flow, target);
    nw_list items = node->kind == NW_NODE_TUPLE || node->kind == NW_NODE_LIST ? nw_ast_list(flow->match->index->module->ast, node->a) : (nw_list){0};
    for (uint32_t i = 0; i < items.count; i++)
        if (goes_to_target(flow, items.items[i]))
            return true;
    return !items.count && goes_by_name(flow, target, goes_as_it_is, 0);
}

static bool goes_to_targets(nw_flow *flow, const nw_node *assign)
{
    nw_list targets = nw_ast_list(flow->match->index->module->ast, assign->a);
    for (uint32_t i = 0; i < targets.count; i++)
        if (goes_to_target(flow, targets.items[i]))
            return true;
    return false;
}

static bool goes(nw_flow *flow, uint32_t node)
{
    uint32_t above = parent_of(flow, node);
    const nw_node *parent = node_of(flow, above);
    const nw_node *call = node_of(flow, parent_of(flow, above));
    if (++flow->steps > MOST_STEPS)
        return true;
    switch (parent->kind) {
    case NW_NODE_ATTRIBUTE: return goes_through(flow, node, call->kind == NW_NODE_CALL && call->a == above ? parent_of(flow, above) : above);
    case NW_NODE_KEYWORD: return call->kind == NW_NODE_CALL ? goes_into_call(flow, node, parent_of(flow, above)) : lose(flow);
    case NW_NODE_CALL: return parent->a == node ? false : goes_into_call(flow, node, above);
    case NW_NODE_BINARY: case NW_NODE_UNARY: case NW_NODE_COMPARE: return goes_through(flow, node, above);
    case NW_NODE_SUBSCRIPT: return parent->a == node && goes_through(flow, node, above);
    case NW_NODE_AUGMENTED_ASSIGN: return parent->a == node && goes_through(flow, node, above);
    case NW_NODE_CONDITIONAL: return parent->a != node && goes(flow, above);
    case NW_NODE_AND: case NW_NODE_OR: return goes(flow, above);
    case NW_NODE_NAMED: return goes_by_name(flow, parent->a, goes_as_it_is, 0) || goes(flow, above);
    case NW_NODE_ASSIGN: return parent->b == node && goes_to_targets(flow, parent);
    case NW_NODE_ANNOTATED_ASSIGN: return parent->c == node && goes_by_name(flow, parent->a, goes_as_it_is, 0);
    case NW_NODE_FOR: return parent->b == node && goes_to_target(flow, parent->a);
    case NW_NODE_TUPLE: case NW_NODE_LIST: return goes_into_tuple(flow, node, above);
    case NW_NODE_RETURN: return goes_to_callers(flow, node, goes_as_it_is, 0);
    case NW_NODE_EXPRESSION: case NW_NODE_IF: case NW_NODE_WHILE: case NW_NODE_ASSERT: case NW_NODE_FORMATTED: case NW_NODE_DELETE: return false;
    default: return lose(flow);
    }
}

bool nw_flow_from(nw_flow *flow, uint32_t node)
{
    return goes(flow, node);
}

static bool reads(const nw_definition *definition, uint32_t name)
{
    for (uint32_t i = 0; i < definition->use_count; i++)
        if (definition->uses[i] == name)
            return true;
    return false;
}

static bool of_name(nw_flow *flow, uint32_t name, int depth);

/* What the callers gave for a parameter. */
static bool of_parameter(nw_flow *flow, uint32_t function, uint32_t slot, int depth)
{
    nw_file_index *index = flow->match->index;
    const nw_ast_function *code = &index->module->ast->functions[function];
    nw_calls calls = nw_calls_of(index, function);
    for (uint32_t i = 0; i < code->parameter_count; i++)
        for (uint32_t k = 0; k < calls.count && code->parameters[i].slot == slot; k++) {
            uint32_t given = nw_argument_for(index, calls.items[k], function, i);
            nw_flow inner = {.match = flow->match, .step = flow->step, .after = node_of(flow, calls.items[k])->end, .origin = calls.items[k], .steps = flow->steps};
            bool found = given && of_name(&inner, given, depth - 1);
            flow->steps = inner.steps;
            flow->is_lost |= inner.is_lost;
            flow->is_open |= inner.is_open;
            for (uint32_t n = 0; n < inner.left_count && flow->left_count < NW_MOST_LEFT; n++)
                flow->left[flow->left_count++] = inner.left[n];
            if (found)
                return true;
        }
    return false;
}

static bool of_name(nw_flow *flow, uint32_t name, int depth)
{
    nw_file_index *index = flow->match->index;
    uint32_t function = index->above[name].function;
    const nw_def_use *def_use = nw_ast_is_local(node_of(flow, name)) && depth ? nw_file_def_use(index, function) : NULL;
    for (uint32_t number = 1; def_use && number < def_use->count; number++) {
        const nw_definition *definition = &def_use->definitions[number];
        if (!reads(definition, name))
            continue;
        for (uint32_t i = 0; i < definition->use_count; i++)
            if (definition->uses[i] != name && goes(flow, definition->uses[i]))
                return true;
        if (!definition->target && of_parameter(flow, function, definition->slot, depth))
            return true;
    }
    return false;
}

bool nw_flow_of_name(nw_flow *flow, uint32_t name)
{
    return of_name(flow, name, DEEPEST_CALLER);
}
