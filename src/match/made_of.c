/* `{P}`: something that was made of P, by steps of which nothing needs to be known. It tells what stands in the way, and is never rewritten. */
#include "match/unify.h"

#include "match/callee.h"
#include "syntax/ast_visit.h"

#include <string.h>

enum { MOST_STEPS = 400 };

typedef struct search {
    nw_match *match;
    const nw_pattern *pattern;
    nw_node_set seen;
    uint32_t step; /* the outmost expression that was passed, 0: none yet */
    bool found;
} search;

static void look(search *s, uint32_t node, bool is_start);

static void look_at_child(void *context, nw_ast_child child)
{
    search *s = context;
    if (child.node && !s->found && strcmp(child.label, "callee") != 0)
        look(s, child.node, false);
}

/* What each definition that a read may see was assigned. */
static void look_at_definitions(search *s, uint32_t name, bool is_start)
{
    nw_file_index *index = s->match->index;
    const nw_node *node = nw_file_node(index, name);
    if (node->b != NW_PLACE_SLOT || node->op || index->above[name].function != s->match->function || index->above[name].comprehension)
        return;
    const nw_def_use *def_use = nw_file_def_use(index, s->match->function);
    for (uint32_t i = def_use->count; i-- > 1 && !s->found;) {
        const nw_definition *definition = &def_use->definitions[i];
        const nw_node *statement = nw_file_node(index, definition->statement);
        bool is_value = definition->statement && (statement->kind == NW_NODE_ASSIGN || statement->kind == NW_NODE_AUGMENTED_ASSIGN);
        for (uint32_t k = 0; is_value && k < definition->use_count && !s->found; k++)
            if (definition->uses[k] == name)
                look(s, statement->kind == NW_NODE_ASSIGN ? statement->b : definition->statement, is_start);
    }
}

/* Another product or a layer with weights: what it is given is another matter. */
static bool is_border(const nw_match *match, uint32_t node)
{
    static const char *const products[] = {"torch.matmul", "torch.einsum", "torch.baddbmm"};
    const nw_fact *fact = nw_match_fact(match, node);
    const char *name = fact ? nw_symbol_bytes(match->rules->symbols, fact->name) : "";
    for (size_t i = 0; i < sizeof products / sizeof *products; i++)
        if (nw_names_same(name, products[i]))
            return true;
    return fact && fact->kind == NW_FACT_LAYER && (strcmp(name, "torch.nn.Linear") == 0 || strncmp(name, "torch.nn.Conv", 13) == 0);
}

static bool is_operator_of(const search *s, const nw_fact *fact, nw_pattern_id id)
{
    const nw_pattern *wanted = nw_match_pattern(s->match, id);
    return fact->kind == NW_FACT_OPERATOR && wanted->kind == NW_PATTERN_OPERATOR &&
           nw_names_same(nw_symbol_bytes(s->match->rules->symbols, fact->name), nw_symbol_bytes(s->match->rules->symbols, wanted->name));
}

/* A function of the file that applies the operator somewhere: what it is given stands for the operand. */
static bool is_applied_inside(search *s, uint32_t call, nw_pattern_id id)
{
    nw_file_index *index = s->match->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *callee = nw_file_node(index, nw_file_node(index, call)->a);
    const nw_pattern *wanted = nw_match_pattern(s->match, id);
    if (nw_file_node(index, call)->kind != NW_NODE_CALL || callee->kind != NW_NODE_NAME || callee->b != NW_PLACE_GLOBAL)
        return false;
    bool applies = false;
    for (uint32_t i = 0; i < index->fact_count && !applies; i++) {
        const nw_fact *fact = &index->eval->facts[index->facts[i]];
        bool is_own = fact->function >= ast->functions && fact->function < ast->functions + ast->function_count;
        applies = is_own && fact->function->name.v == callee->a && is_operator_of(s, fact, id);
    }
    nw_list arguments = applies ? nw_ast_list(ast, nw_file_node(index, call)->b) : (nw_list){0};
    return arguments.count && wanted->argument_count && nw_unify(s->match, wanted->arguments[0].value, nw_match_term(s->match, arguments.items[0]));
}

static void look(search *s, uint32_t node, bool is_start)
{
    nw_match *match = s->match;
    uint8_t kind = nw_file_node(match->index, node)->kind;
    nw_pattern_id wanted = s->pattern->arguments[0].value;
    if (s->found || nw_node_set_has(&s->seen, node) || s->seen.count >= MOST_STEPS)
        return;
    nw_node_set_add(match->index->eval, &s->seen, node);
    bool may_be = kind != NW_NODE_NAME && (s->step || !s->pattern->variable.v);
    if (may_be && (nw_unify(match, wanted, nw_match_term(match, node)) || is_applied_inside(s, node, wanted))) {
        s->found = true;
        return;
    }
    if (kind == NW_NODE_NAME) {
        look_at_definitions(s, node, is_start);
        return;
    }
    if (kind == NW_NODE_LAMBDA || (!is_start && is_border(match, node)))
        return;
    uint32_t outer = s->step;
    if (!s->step)
        s->step = node;
    if (s->pattern->variable.v && !outer && is_applied_inside(s, node, wanted))
        s->found = true;
    if (!s->found)
        nw_ast_visit_children(match->index->module->ast, node, look_at_child, s);
    if (kind == NW_NODE_CALL && !s->found) { /* the receiver of a method */
        const nw_node *callee = nw_file_node(match->index, nw_file_node(match->index, node)->a);
        if (callee->kind == NW_NODE_ATTRIBUTE)
            look(s, callee->a, false);
    }
    if (!s->found)
        s->step = outer;
}

bool nw_unify_made_of(nw_match *match, const nw_pattern *pattern, nw_term term)
{
    search s = {.match = match, .pattern = pattern};
    if (!term.node || !match->guesses)
        return false;
    look(&s, term.node, true);
    if (s.found && pattern->variable.v)
        match->bindings[pattern->variable.v] = (nw_binding){.is_bound = true, .term = {s.step, nw_unset()}};
    return s.found;
}
