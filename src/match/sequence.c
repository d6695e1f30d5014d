#include "match/sequence.h"

#include "match/callee.h"
#include "match/predicate.h"
#include "model/model.h"

#include <string.h>

/* ---- neighbours ---- */

static bool is_sequential(const nw_file_index *index, nw_value callee)
{
    const char *name = callee.kind == NW_INSTANCE ? nw_symbol_bytes(index->eval->symbols, nw_class_public_name(callee.as.instance->class_)) : "";
    return strcmp(name, "torch.nn.Sequential") == 0 || strcmp(name, "torch.nn.modules.container.Sequential") == 0;
}

/* The CALL of this file that made what a fact calls, 0: none. */
static uint32_t maker_of(const nw_file_index *index, const nw_fact *fact)
{
    const nw_instance *instance = fact->callee.kind == NW_INSTANCE ? fact->callee.as.instance : NULL;
    if (!instance || instance->place.module != index->module)
        return 0;
    uint32_t node = nw_file_node_of(index, &(nw_fact){.place = instance->place});
    return node && nw_file_node(index, node)->kind == NW_NODE_CALL ? node : 0;
}

/* Where a list stands in place of the arguments: `*[a, b]`, `OrderedDict([...])`. */
static nw_list written_list(const nw_ast *ast, nw_list arguments)
{
    const nw_node *only = &ast->nodes[arguments.items[0]];
    nw_list inner = only->kind == NW_NODE_CALL ? nw_ast_list(ast, only->b) : (nw_list){0};
    const nw_node *list = only->kind == NW_NODE_STARRED ? &ast->nodes[only->a] : inner.count == 1 ? &ast->nodes[inner.items[0]] : NULL;
    return list && (list->kind == NW_NODE_LIST || list->kind == NW_NODE_TUPLE) ? nw_ast_list(ast, list->a) : arguments;
}

uint32_t nw_sequence_children(const nw_ast *ast, uint32_t container, uint32_t children[NW_MAX_CHILDREN])
{
    nw_list items = nw_ast_list(ast, ast->nodes[container].b);
    uint32_t count = 0;
    if (items.count == 1)
        items = written_list(ast, items);
    for (uint32_t i = 0; i < items.count && count < NW_MAX_CHILDREN; i++) {
        const nw_node *item = &ast->nodes[items.items[i]];
        nw_list pair = item->kind == NW_NODE_TUPLE ? nw_ast_list(ast, item->a) : (nw_list){0};
        children[count++] = pair.count == 2 ? pair.items[1] : items.items[i];
    }
    return count;
}

/* The second stands right behind the first. */
static bool stand_together(const nw_file_index *index, const uint32_t makers[2], uint32_t container)
{
    uint32_t children[NW_MAX_CHILDREN], count = nw_sequence_children(index->module->ast, container, children);
    for (uint32_t i = 1; i < count; i++)
        if (children[i] == makers[1])
            return children[i - 1] == makers[0];
    return false;
}

static void add_pair(nw_file_index *index, nw_neighbour_list *list, uint32_t first, uint32_t second)
{
    const nw_fact *facts = index->eval->facts, *outer = &facts[facts[second].parent];
    nw_neighbours pair = {first, second, {maker_of(index, &facts[first]), maker_of(index, &facts[second])}, maker_of(index, outer)};
    if (!pair.makers[0] || !pair.makers[1] || !pair.container || !stand_together(index, pair.makers, pair.container))
        return;
    NW_ARENA_RESERVE(&index->eval->arena, list->items, list->count, list->capacity);
    list->items[list->count++] = pair;
}

nw_neighbour_list nw_neighbours_find(nw_file_index *index)
{
    nw_neighbour_list list = {0};
    const nw_fact *facts = index->eval->facts;
    for (uint32_t i = 1; i < index->fact_count; i++) {
        uint32_t second = index->facts[i], first = index->facts[i - 1];
        const nw_fact *a = &facts[first], *b = &facts[second];
        if (a->kind != NW_FACT_LAYER || b->kind != NW_FACT_LAYER || !b->parent || a->parent != b->parent || !is_sequential(index, facts[b->parent].callee))
            continue;
        bool chained = a->result.kind == NW_TENSOR && b->argument_count == 1 && b->arguments[0].kind == NW_TENSOR &&
                       a->argument_count == 1 && a->result.as.tensor == b->arguments[0].as.tensor;
        if (chained)
            add_pair(index, &list, first, second);
    }
    return list;
}

/* ---- matching ---- */

static const nw_pattern *operand_of(const nw_rule_form *form, const nw_pattern *pattern)
{
    return pattern->argument_count && !pattern->arguments[0].name.v ? &form->patterns[pattern->arguments[0].value.v] : NULL;
}

bool nw_form_is_of_neighbours(const nw_rule_form *form)
{
    if (form->root_count != 1 || form->last_resort || !form->init.present || form->init.kept || !form->init.right_count || form->forward.right_count != 1)
        return false;
    const nw_pattern *root = &form->patterns[form->roots[0].v], *between = operand_of(form, root);
    if ((root->kind != NW_PATTERN_LAYER && root->kind != NW_PATTERN_OPERATOR) || !between || between->kind != NW_PATTERN_VARIABLE)
        return false;
    nw_pattern_id definition = form->variables[between->variable.v].definition;
    const nw_pattern *first = definition.v ? &form->patterns[definition.v] : NULL;
    const nw_pattern *input = first && first->kind == NW_PATTERN_LAYER && first->argument_count == 1 ? operand_of(form, first) : NULL;
    return input && input->kind == NW_PATTERN_VARIABLE && !form->variables[input->variable.v].definition.v;
}

static void bind_value(nw_match *match, const nw_pattern *pattern, nw_value value)
{
    match->bindings[pattern->variable.v] = (nw_binding){.is_bound = true, .term = {0, value}};
}

bool nw_unify_neighbours(nw_match *match, const nw_neighbours *pair)
{
    const nw_fact *facts = match->index->eval->facts;
    const nw_fact *first = &facts[pair->first], *second = &facts[pair->second];
    const nw_pattern *root = nw_match_pattern(match, match->form->roots[0]), *between = operand_of(match->form, root);
    const nw_pattern *inner = nw_match_pattern(match, match->form->variables[between->variable.v].definition);
    const nw_pattern *input = operand_of(match->form, inner);
    bind_value(match, between, first->result);
    bind_value(match, input, first->arguments[0]);
    return nw_unify_made(match, inner, first->callee.as.instance, pair->container) && nw_unify_made(match, root, second->callee.as.instance, pair->container);
}

/* ---- what else uses the container ---- */

/* `self.net = nn.Sequential(...)`, or an argument of another one: the name of the attribute; 0: it is kept otherwise. */
static uint32_t holder_of(const nw_file_index *index, uint32_t container)
{
    uint32_t parent = index->above[container].parent;
    const nw_node *above = nw_file_node(index, parent);
    if (above->kind != NW_NODE_ASSIGN || above->b != container || nw_ast_list(index->module->ast, above->a).count != 1)
        return 0;
    uint32_t target = nw_ast_list(index->module->ast, above->a).items[0];
    const nw_node *node = nw_file_node(index, target);
    bool of_self = node->kind == NW_NODE_ATTRIBUTE && nw_file_self_class(index, node->a);
    return of_self && index->module->ast->functions[index->above[container].function].name.v == NW_NAME_DUNDER_INIT ? target : 0;
}

static bool was_called(const nw_file_index *index, uint32_t call)
{
    const nw_node *node = nw_file_node(index, call);
    for (uint32_t i = 0; i < index->fact_count; i++) {
        const nw_fact *fact = &index->eval->facts[index->facts[i]];
        if (fact->place.start == node->start && fact->place.end == node->end && fact->kind == NW_FACT_MODULE)
            return true;
    }
    return false;
}

const char *nw_container_is_used(const nw_match *match, uint32_t container, uint32_t *where)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t target = holder_of(index, container);
    *where = 0;
    if (!target)
        return "is in an nn.Sequential that is not assigned to an attribute in __init__";
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        *where = i;
        if (node->kind == NW_NODE_STRING && nw_text_names_attribute(match, i, (nw_symbol){ast->nodes[target].b}))
            return "is in an nn.Sequential that a text names";
        if (node->kind != NW_NODE_ATTRIBUTE || node->b != ast->nodes[target].b || i == target || nw_is_unrelated_attribute(match, i))
            continue;
        uint32_t call = index->above[i].parent;
        bool is_call = ast->nodes[call].kind == NW_NODE_CALL && ast->nodes[call].a == i && was_called(index, call);
        if (!is_call)
            return "is in an nn.Sequential that is used for more than being called";
    }
    *where = 0;
    return NULL;
}
