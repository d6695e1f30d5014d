#include "match/sequence.h"

#include "match/callee.h"
#include "match/predicate.h"
#include "model/model.h"

#include <string.h>

/* ---- neighbours ---- */

/* nn.Sequential, or a class of the program that derives from it and keeps its forward. */
static bool is_sequential(const nw_file_index *index, nw_value callee)
{
    const nw_class *class_ = callee.kind == NW_INSTANCE ? callee.as.instance->class_ : NULL;
    for (uint32_t i = 0; class_ && i < class_->mro_count; i++) {
        const nw_class *part = class_->mro[i];
        const char *name = nw_symbol_bytes(index->eval->symbols, nw_class_public_name(part));
        if (part->is_catalog)
            return strcmp(name, "torch.nn.Sequential") == 0 || strcmp(name, "torch.nn.modules.container.Sequential") == 0;
        if (!part->attributes || nw_dict_find_name(part->attributes, (nw_symbol){NW_NAME_FORWARD}) || nw_dict_find_name(part->attributes, nw_symbol_of(index->eval->symbols, "__call__")))
            return false;
    }
    return false;
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

/* What stands in a display or among the arguments for a layer: `conv`, `("conv", conv)`. */
static uint32_t item_of(const nw_file_index *index, uint32_t maker)
{
    uint32_t parent = index->above[maker].parent;
    const nw_node *pair = nw_file_node(index, parent);
    nw_list parts = pair->kind == NW_NODE_TUPLE ? nw_ast_list(index->module->ast, pair->a) : (nw_list){0};
    bool is_named = parts.count == 2 && parts.items[1] == maker && nw_file_node(index, parts.items[0])->kind != NW_NODE_CALL;
    return is_named && nw_file_node(index, index->above[parent].parent)->kind != NW_NODE_ASSIGN ? parent : maker;
}

static uint32_t maker_in(const nw_file_index *index, uint32_t item)
{
    const nw_node *node = nw_file_node(index, item);
    if (node->kind == NW_NODE_TUPLE && nw_ast_list(index->module->ast, node->a).count == 2)
        item = nw_ast_list(index->module->ast, node->a).items[1];
    return nw_file_node(index, item)->kind == NW_NODE_CALL ? item : 0;
}

/* `layers.append(conv)`, `self.net.add_module("conv", conv)` as a statement: the object; 0: it is something else. */
static uint32_t object_of_adding(const nw_file_index *index, uint32_t call, uint32_t *added)
{
    const nw_node *node = nw_file_node(index, call), *callee = node->kind == NW_NODE_CALL ? nw_file_node(index, node->a) : node;
    nw_list arguments = node->kind == NW_NODE_CALL ? nw_ast_list(index->module->ast, node->b) : (nw_list){0};
    if (callee->kind != NW_NODE_ATTRIBUTE || nw_file_node(index, index->above[call].parent)->kind != NW_NODE_EXPRESSION)
        return 0;
    const char *name = nw_symbol_bytes(index->eval->symbols, (nw_symbol){callee->b});
    bool appends = strcmp(name, "append") == 0 && arguments.count == 1, names = strcmp(name, "add_module") == 0 && arguments.count == 2;
    if (!appends && !names)
        return 0;
    *added = arguments.items[arguments.count - 1];
    return callee->a;
}

static bool same_object(const nw_file_index *index, uint32_t a, uint32_t b)
{
    const nw_node *left = nw_file_node(index, a), *right = nw_file_node(index, b);
    if (left->kind != right->kind)
        return false;
    if (left->kind == NW_NODE_NAME)
        return left->a == right->a && left->b == right->b;
    return left->kind == NW_NODE_ATTRIBUTE && left->b == right->b && same_object(index, left->a, right->a);
}

/* The statement right in front of this one, 0: it is the first. */
static uint32_t statement_before(const nw_file_index *index, uint32_t statement)
{
    nw_list block = nw_block_of(index, statement);
    for (uint32_t i = 1; i < block.count; i++)
        if (block.items[i] == statement)
            return block.items[i - 1];
    return 0;
}

static uint32_t added_before(const nw_file_index *index, uint32_t maker)
{
    uint32_t call = index->above[maker].parent, added = 0, other = 0;
    uint32_t object = object_of_adding(index, call, &added);
    if (!object || added != maker)
        return 0;
    uint32_t before = statement_before(index, index->above[call].parent);
    const nw_node *statement = nw_file_node(index, before);
    uint32_t first = statement->kind == NW_NODE_EXPRESSION ? object_of_adding(index, statement->a, &other) : 0;
    return first && same_object(index, first, object) && nw_file_node(index, other)->kind == NW_NODE_CALL ? other : 0;
}

uint32_t nw_sequence_item_before(const nw_file_index *index, uint32_t maker)
{
    uint32_t item = item_of(index, maker), parent = index->above[item].parent;
    const nw_node *above = nw_file_node(index, parent);
    nw_list items = {0};
    uint32_t added = added_before(index, maker);
    if (added)
        return added;
    if (above->kind == NW_NODE_CALL)
        items = nw_ast_list(index->module->ast, above->b);
    else if (above->kind == NW_NODE_LIST || above->kind == NW_NODE_TUPLE)
        items = nw_ast_list(index->module->ast, above->a);
    for (uint32_t i = 1; i < items.count; i++)
        if (items.items[i] == item)
            return maker_in(index, items.items[i - 1]);
    return 0;
}

static void add_pair(nw_file_index *index, nw_neighbour_list *list, uint32_t first, uint32_t second)
{
    const nw_fact *facts = index->eval->facts, *outer = &facts[facts[second].parent];
    nw_neighbours pair = {first, second, {maker_of(index, &facts[first]), maker_of(index, &facts[second])}, maker_of(index, outer)};
    if (!pair.makers[0] || !pair.makers[1] || !pair.container || nw_sequence_item_before(index, pair.makers[1]) != pair.makers[0])
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
    return nw_unify_made(match, inner, first->callee.as.instance, pair->makers[0]) && nw_unify_made(match, root, second->callee.as.instance, pair->makers[1]);
}
