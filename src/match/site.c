#include "match/site.h"

#include "eval/symbolic.h"
#include "match/word.h"
#include "syntax/ast_visit.h"

#include <stdlib.h>
#include <string.h>

bool nw_is_statement(uint8_t kind)
{
    return kind >= NW_NODE_EXPRESSION && kind <= NW_NODE_ERROR && kind != NW_NODE_WITH_ITEM && kind != NW_NODE_HANDLER &&
           kind != NW_NODE_CASE && kind != NW_NODE_IMPORT_ALIAS;
}

/* ---- what stands above ---- */

typedef struct climb {
    nw_file_index *index;
    nw_node_above around;
} climb;

static void visit_below(void *context, nw_ast_child child)
{
    const climb *outer = context;
    if (!child.node)
        return;
    nw_file_index *index = outer->index;
    const nw_node *node = nw_file_node(index, child.node);
    nw_node_above above = outer->around;
    above.label = child.label;
    if (nw_is_statement(node->kind))
        above.statement = child.node;
    index->above[child.node] = above;
    climb inner = {index, above};
    inner.around.parent = child.node;
    if (node->kind == NW_NODE_FUNCTION || node->kind == NW_NODE_LAMBDA) {
        inner.around.function = node->a;
        inner.around.comprehension = 0;
    }
    if (node->kind == NW_NODE_GENERATOR || node->kind == NW_NODE_LIST_COMPREHENSION || node->kind == NW_NODE_SET_COMPREHENSION ||
        node->kind == NW_NODE_DICT_COMPREHENSION)
        inner.around.comprehension = child.node;
    if (node->kind == NW_NODE_CLASS)
        inner.around.class_ = child.node;
    nw_ast_visit_children(index->module->ast, child.node, visit_below, &inner);
}

/* A node comes behind those inside it: what is in front of it and begins behind its start is inside, or does no harm. */
static void find_insides(nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    index->first_inside = nw_arena_alloc(&index->eval->arena, ast->node_count * sizeof *index->first_inside);
    for (uint32_t i = 1; i < ast->node_count; i++) {
        uint32_t first = i;
        while (first > 1 && ast->nodes[first - 1].start >= ast->nodes[i].start)
            first = index->first_inside[first - 1];
        index->first_inside[i] = first;
    }
}

nw_node_range nw_file_range(const nw_file_index *index, uint32_t node)
{
    const nw_ast *ast = index->module->ast;
    if (!node)
        return (nw_node_range){1, ast->node_count - 1};
    for (uint32_t up; (up = index->above[node].parent) && ast->nodes[up].start == ast->nodes[node].start && ast->nodes[up].end == ast->nodes[node].end;)
        node = up;
    return (nw_node_range){index->first_inside[node], node};
}

nw_node_range nw_file_function_range(const nw_file_index *index, uint32_t function)
{
    return nw_file_range(index, index->module->ast->functions[function].node);
}

/* The class or function among these statements that holds the bytes, 0: none. */
static uint32_t definition_around(const nw_ast *ast, nw_list body, uint32_t start, uint32_t end)
{
    uint32_t low = 0, high = body.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ast->nodes[body.items[middle]].start <= start)
            low = middle + 1;
        else
            high = middle;
    }
    const nw_node *found = &ast->nodes[low ? body.items[low - 1] : 0];
    return (found->kind == NW_NODE_CLASS || found->kind == NW_NODE_FUNCTION) && end <= found->end ? body.items[low - 1] : 0;
}

nw_node_range nw_file_range_around(const nw_file_index *index, uint32_t start, uint32_t end)
{
    const nw_ast *ast = index->module->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    uint32_t around = 0;
    for (uint32_t next; (next = definition_around(ast, body, start, end));) {
        const nw_node *node = &ast->nodes[next];
        around = next;
        body = nw_ast_list(ast, node->kind == NW_NODE_CLASS ? ast->extra[node->b + 1] : ast->functions[node->a].body);
    }
    return nw_file_range(index, around);
}

/* ---- facts by place ---- */

static bool is_own(const nw_file_index *index, const nw_fact *fact)
{
    return fact->place.module == index->module && !fact->in_catalog && fact->function && fact->kind != NW_FACT_JOIN &&
           fact->kind != NW_FACT_LOOP && fact->kind != NW_FACT_INPUT;
}

static void collect_facts(nw_file_index *index)
{
    nw_eval *eval = index->eval;
    index->facts = nw_arena_alloc(&eval->arena, (eval->fact_count + 1) * sizeof *index->facts);
    for (uint32_t i = 1; i < eval->fact_count; i++)
        if (is_own(index, &eval->facts[i]))
            index->facts[index->fact_count++] = i;
}

static int compare_places(const void *left, const void *right)
{
    const nw_placed *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    if (a->activation != b->activation)
        return a->activation < b->activation ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool has_fact(const nw_node *node)
{
    return node->kind == NW_NODE_CALL || node->kind == NW_NODE_BINARY || node->kind == NW_NODE_UNARY || node->kind == NW_NODE_AUGMENTED_ASSIGN ||
           node->kind == NW_NODE_SUBSCRIPT || node->kind == NW_NODE_ATTRIBUTE;
}

static void sort_places(nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    nw_arena *arena = &index->eval->arena;
    index->by_place = nw_arena_alloc(arena, (index->fact_count + 1) * sizeof *index->by_place);
    for (uint32_t i = 0; i < index->fact_count; i++) {
        const nw_fact *fact = &index->eval->facts[index->facts[i]];
        index->by_place[i] = (nw_placed){fact->place.start, fact->place.end, fact->activation, index->facts[i]};
    }
    index->nodes = nw_arena_alloc(arena, (ast->node_count + 1) * sizeof *index->nodes);
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (has_fact(&ast->nodes[i]))
            index->nodes[index->node_count++] = (nw_placed){ast->nodes[i].start, ast->nodes[i].end, 0, i};
    qsort(index->by_place, index->fact_count, sizeof *index->by_place, compare_places);
    qsort(index->nodes, index->node_count, sizeof *index->nodes, compare_places);
}

bool nw_names_hook(nw_text text)
{
    return text.size > 13 && memcmp(text.bytes, "register", 8) == 0 && strstr(text.bytes, "hook"); /* register_hook is of tensors */
}

static void collect_names(nw_file_index *index);

void nw_file_index_begin(nw_file_index *index, nw_eval *eval, nw_module *module)
{
    const nw_ast *ast = module->ast;
    *index = (nw_file_index){.eval = eval, .module = module};
    index->above = nw_arena_zero(&eval->arena, (ast->node_count + 1) * sizeof *index->above);
    index->def_uses = nw_arena_zero(&eval->arena, (ast->function_count + 1) * sizeof *index->def_uses);
    climb top = {.index = index};
    nw_ast_visit_module(ast, visit_below, &top);
    find_insides(index);
    index->words = nw_words_new(&eval->arena);
    collect_names(index);
    index->changes = nw_changes_find(index);
    for (uint32_t i = 1; i < ast->node_count; i++)
        index->has_hooks |= nw_file_names_hook(index, i);
}

bool nw_file_names_hook(const nw_file_index *index, uint32_t node)
{
    const nw_node *attribute = nw_file_node(index, node);
    return attribute->kind == NW_NODE_ATTRIBUTE && nw_names_hook(nw_symbol_text(index->eval->symbols, (nw_symbol){attribute->b}));
}

/* In a loop that was unrolled a place has several facts; they count as one when they did the same. */
static bool same_work(const nw_fact *a, const nw_fact *b)
{
    if (a->kind != b->kind || a->name.v != b->name.v || a->argument_count != b->argument_count || a->callee.kind != b->callee.kind)
        return false;
    if (a->callee.kind == NW_INSTANCE && a->callee.as.instance != b->callee.as.instance)
        return false;
    for (uint32_t i = 0; i < a->argument_count; i++)
        if (a->arguments[i].kind != b->arguments[i].kind ||
            (a->arguments[i].kind != NW_TENSOR && !nw_operand_same(a->arguments[i], b->arguments[i])))
            return false;
    return true;
}

static bool is_number_or_unknown(nw_value value)
{
    return nw_is_number(value) || value.kind == NW_OPAQUE;
}

/* `x * self.scale`, whose second operand is one number or another: one operation all the same. */
static bool differ_in_numbers(const nw_file_index *index, const nw_fact *a, const nw_fact *b)
{
    uint8_t kind = nw_file_node(index, nw_file_node_of(index, a))->kind;
    if (a->kind != NW_FACT_OPERATOR || b->kind != NW_FACT_OPERATOR || a->name.v != b->name.v || a->argument_count != b->argument_count ||
        (kind != NW_NODE_BINARY && kind != NW_NODE_AUGMENTED_ASSIGN))
        return false;
    for (uint32_t i = 0; i < a->argument_count; i++) {
        bool are_tensors = a->arguments[i].kind == NW_TENSOR && b->arguments[i].kind == NW_TENSOR;
        if (!are_tensors && !nw_operand_same(a->arguments[i], b->arguments[i]) && !(is_number_or_unknown(a->arguments[i]) && is_number_or_unknown(b->arguments[i])))
            return false;
    }
    return true;
}

static const nw_placed *first_at(const nw_placed *items, uint32_t count, nw_placed wanted)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_places(&items[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return items + low;
}

const nw_placed *nw_file_facts_at(const nw_file_index *index, uint32_t start, uint32_t end, uint32_t *count)
{
    const nw_placed *first = first_at(index->by_place, index->fact_count, (nw_placed){start, end, 0, 0}), *after = first;
    while (after < index->by_place + index->fact_count && after->start == start && after->end == end)
        after++;
    *count = (uint32_t)(after - first);
    return first;
}

const nw_placed *nw_file_facts_from(const nw_file_index *index, uint32_t start, uint32_t end, uint32_t *count)
{
    const nw_placed *first = first_at(index->by_place, index->fact_count, (nw_placed){start, 0, 0, 0});
    *count = (uint32_t)(first_at(index->by_place, index->fact_count, (nw_placed){end, 0, 0, 0}) - first);
    return first;
}

uint32_t nw_file_fact(const nw_file_index *index, uint32_t start, uint32_t end, uint32_t activation)
{
    const nw_fact *facts = index->eval->facts;
    uint32_t found = 0;
    const nw_placed *at = first_at(index->by_place, index->fact_count, (nw_placed){start, end, activation, 0});
    for (; at < index->by_place + index->fact_count && at->start == start && at->end == end && at->activation == activation; at++) {
        if (found && !same_work(&facts[found], &facts[at->number]) && !differ_in_numbers(index, &facts[found], &facts[at->number]))
            return 0;
        found = at->number;
    }
    return found;
}

uint32_t nw_file_node_of(const nw_file_index *index, const nw_fact *fact)
{
    const nw_placed *at = first_at(index->nodes, index->node_count, (nw_placed){fact->place.start, fact->place.end, 0, 0});
    bool found = at < index->nodes + index->node_count && at->start == fact->place.start && at->end == fact->place.end;
    return found ? at->number : 0;
}

/* Which fact comes next at the same place, and in the same run. The one that no other one leads to was made first. */
static void link_facts(nw_file_index *index)
{
    nw_arena *arena = &index->eval->arena;
    uint32_t count = index->fact_count;
    uint32_t *at_place = nw_arena_alloc(arena, (count + 1) * sizeof *at_place);
    uint32_t *in_run = nw_arena_alloc(arena, (index->eval->activations + 2) * sizeof *in_run);
    index->is_first = nw_arena_zero(arena, count + 1);
    index->fact_nodes = nw_arena_alloc(arena, (count + 1) * sizeof *index->fact_nodes);
    index->next_here = nw_arena_alloc(arena, (count + 1) * sizeof *index->next_here);
    index->next_in_run = nw_arena_alloc(arena, (count + 1) * sizeof *index->next_in_run);
    for (uint32_t i = 0; i <= count; i++)
        at_place[i] = count;
    for (uint32_t i = 0; i <= index->eval->activations + 1; i++)
        in_run[i] = count;
    for (uint32_t i = count; i-- > 0;) {
        const nw_fact *fact = &index->eval->facts[index->facts[i]];
        uint32_t here = (uint32_t)(first_at(index->by_place, count, (nw_placed){fact->place.start, fact->place.end, 0, 0}) - index->by_place);
        index->next_here[i] = at_place[here];
        index->next_in_run[i] = in_run[fact->activation];
        index->is_first[i] = true;
        if (at_place[here] < count)
            index->is_first[at_place[here]] = false;
        at_place[here] = in_run[fact->activation] = i;
        index->fact_nodes[i] = nw_file_node_of(index, fact);
    }
}

void nw_file_index_add_facts(nw_file_index *index)
{
    collect_facts(index);
    sort_places(index);
    link_facts(index);
}

const nw_def_use *nw_file_def_use(nw_file_index *index, uint32_t function)
{
    if (!index->def_uses[function]) {
        index->def_uses[function] = nw_arena_zero(&index->eval->arena, sizeof(nw_def_use));
        nw_def_use_build(index->def_uses[function], index->module->ast, function, index->eval->symbols, &index->eval->arena);
    }
    return index->def_uses[function];
}

/* `import torch` and `import torch.utils.checkpoint` bind the same module. */
static bool binds_package(const nw_file_index *index, uint32_t name)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *alias = &ast->nodes[index->above[name].parent];
    if (alias->kind != NW_NODE_IMPORT_ALIAS || ast->nodes[index->above[name].statement].kind != NW_NODE_IMPORT)
        return false;
    nw_text dotted = nw_symbol_text(index->eval->symbols, (nw_symbol){alias->a});
    nw_text bound = nw_symbol_text(index->eval->symbols, (nw_symbol){ast->nodes[name].a});
    return dotted.size >= bound.size && memcmp(dotted.bytes, bound.bytes, bound.size) == 0 && (dotted.size == bound.size || dotted.bytes[bound.size] == '.');
}

static int compare_numbers(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static void sort_numbers(uint32_t *items, uint32_t count)
{
    if (count)
        qsort(items, count, sizeof *items, compare_numbers);
}

/* The first item that is not below. */
static uint32_t lower_bound(const uint32_t *items, uint32_t count, uint32_t least)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (items[middle] < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void collect_names(nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    uint32_t capacity = 0;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_NAME || node->b != NW_PLACE_GLOBAL || !(node->flags & NW_NAME_BINDS))
            continue;
        NW_ARENA_RESERVE(&index->eval->arena, index->bound, index->bound_count, capacity);
        index->bound[index->bound_count++] = 2 * node->a + binds_package(index, i);
    }
    index->own_names = nw_arena_alloc(&index->eval->arena, (ast->function_count + 1) * sizeof *index->own_names);
    for (uint32_t i = 1; i < ast->function_count; i++)
        index->own_names[index->own_name_count++] = ast->functions[i].name.v;
    sort_numbers(index->bound, index->bound_count);
    sort_numbers(index->own_names, index->own_name_count);
}

bool nw_file_bound_once(const nw_file_index *index, nw_symbol name)
{
    uint32_t first = lower_bound(index->bound, index->bound_count, 2 * name.v), after = first;
    uint32_t others = 0, package = 0;
    for (; after < index->bound_count && index->bound[after] / 2 == name.v; after++)
        if (index->bound[after] % 2)
            package = 1;
        else
            others++;
    return others + package <= 1;
}

uint32_t nw_file_own_function(const nw_file_index *index, const nw_node *callee)
{
    const nw_ast *ast = index->module->ast;
    if (callee->kind != NW_NODE_NAME || callee->b != NW_PLACE_GLOBAL || !nw_file_bound_once(index, (nw_symbol){callee->a}))
        return 0;
    for (uint32_t i = 1; i < ast->function_count; i++) {
        uint32_t node = ast->functions[i].node;
        bool is_global = ast->nodes[node].kind == NW_NODE_FUNCTION && !index->above[node].class_ && !index->above[node].function;
        if (is_global && ast->functions[i].name.v == callee->a)
            return nw_ast_list(ast, ast->nodes[node].b).count ? 0 : i;
    }
    return 0;
}

uint32_t nw_file_self_class(const nw_file_index *index, uint32_t name)
{
    const nw_node *node = nw_file_node(index, name);
    if (!nw_ast_is_first_local(node))
        return 0;
    const nw_ast_function *function = &index->module->ast->functions[index->above[name].function];
    uint32_t class_ = index->above[function->node].class_;
    bool is_method = class_ && !function->is_lambda && index->above[function->node].function == index->above[class_].function;
    return is_method && function->parameter_count && function->parameters[0].name.v == node->a ? class_ : 0;
}

bool nw_file_binds(const nw_file_index *index, nw_symbol name)
{
    uint32_t first = lower_bound(index->bound, index->bound_count, 2 * name.v);
    return first < index->bound_count && index->bound[first] / 2 == name.v;
}

bool nw_file_is_written(const nw_file_index *index, uint32_t node)
{
    for (;;) {
        const char *label = index->above[node].label;
        uint8_t kind = nw_file_node(index, index->above[node].parent)->kind;
        if (label && strcmp(label, "target") == 0)
            return true;
        if (kind != NW_NODE_TUPLE && kind != NW_NODE_LIST && kind != NW_NODE_STARRED)
            return false;
        node = index->above[node].parent;
    }
}

bool nw_file_defines(const nw_file_index *index, uint32_t symbol)
{
    uint32_t at = lower_bound(index->own_names, index->own_name_count, symbol);
    return at < index->own_name_count && index->own_names[at] == symbol;
}

bool nw_file_same_block(const nw_file_index *index, uint32_t a, uint32_t b)
{
    const nw_node_above *left = &index->above[a], *right = &index->above[b];
    return left->parent == right->parent && left->function == right->function &&
           (left->label == right->label || (left->label && right->label && strcmp(left->label, right->label) == 0));
}
