/* Near misses: calls of which nobody can say whether they are what a pattern asks for. */
#include "match/callee.h"
#include "model/model.h"

#include <string.h>

enum { MAX_DEFINITIONS = 16 };

static bool take(nw_match *match, uint32_t node, const char *why)
{
    match->unknown = node;
    match->unsure = why;
    return true;
}

/* A call with one argument: the operand. */
static bool unify_operand(nw_match *match, const nw_pattern *pattern, uint32_t node)
{
    nw_list arguments = nw_ast_list(match->index->module->ast, nw_file_node(match->index, node)->b);
    return nw_unify(match, pattern->arguments[0].value, nw_match_term(match, arguments.items[0]));
}

static bool has_one_operand(const nw_match *match, const nw_pattern *pattern, uint32_t node)
{
    const nw_ast *ast = match->index->module->ast;
    return ast->nodes[node].kind == NW_NODE_CALL && nw_ast_list(ast, ast->nodes[node].b).count == 1 && pattern->argument_count && !pattern->arguments[0].name.v;
}

/* Whether the pattern goes on below its operand, or something above it was known; otherwise any unknown call would do. */
static bool goes_on(const nw_match *match, const nw_pattern *pattern)
{
    if (match->calls.count)
        return true;
    const nw_pattern *inner = nw_match_pattern(match, pattern->arguments[0].value);
    return inner->kind == NW_PATTERN_VARIABLE && match->form->variables[inner->variable.v].definition.v;
}

bool nw_unsure_operator(nw_match *match, const nw_pattern *pattern, uint32_t node)
{
    if (!match->takes_unknown || match->unknown || !has_one_operand(match, pattern, node) || !goes_on(match, pattern))
        return false;
    take(match, node, "it is not known what this call computes: that depends on a configuration, or comes from outside");
    return unify_operand(match, pattern, node);
}

static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

/* A class of the program that derives from the wanted one, or has its name in its own. */
static bool resembles(const nw_match *match, const nw_class *class_, const char *wanted)
{
    for (uint32_t i = 0; i < class_->mro_count; i++)
        if (strcmp(nw_symbol_bytes(match->rules->symbols, nw_class_public_name(class_->mro[i])), wanted) == 0)
            return true;
    return strstr(nw_symbol_bytes(match->rules->symbols, class_->name), last_part(wanted)) != NULL;
}

/* A module that nn.Sequential calls, at the place of its own call. */
static bool is_inside_container(const nw_file_index *index, const nw_fact *fact)
{
    const nw_fact *outer = fact->parent ? &index->eval->facts[fact->parent] : NULL;
    return outer && outer->callee.kind == NW_INSTANCE && outer->place.module == fact->place.module && outer->place.start == fact->place.start &&
           outer->place.end == fact->place.end;
}

/* Some run of this activation called such a module here. */
static bool is_likely(const nw_match *match, const nw_pattern *pattern, uint32_t node)
{
    const nw_file_index *index = match->index;
    const nw_node *at = nw_file_node(index, node);
    uint32_t count;
    const nw_placed *here = nw_file_facts_at(index, at->start, at->end, &count);
    for (uint32_t i = 0; i < count; i++) {
        const nw_fact *fact = &index->eval->facts[here[i].number];
        if (fact->activation != match->activation || fact->callee.kind != NW_INSTANCE || is_inside_container(index, fact))
            continue;
        if (resembles(match, fact->callee.as.instance->class_, nw_symbol_bytes(match->rules->symbols, pattern->name)))
            return true;
    }
    return false;
}

/* `self.act`, `intermediate_act_fn`, `activation`: it is no norm, no dropout and no layer with weights, whatever the configuration says. */
static bool is_called_activation(const nw_match *match, uint32_t call)
{
    const nw_node *callee = nw_file_node(match->index, nw_file_node(match->index, call)->a);
    const char *name = nw_symbol_bytes(match->rules->symbols, (nw_symbol){nw_ast_last_word(callee)});
    for (const char *part = name; *part; part += strcspn(part, "_"), part += *part == '_') {
        size_t size = strcspn(part, "_");
        if ((size == 3 && strncmp(part, "act", 3) == 0) || (size > 5 && strncmp(part, "activ", 5) == 0))
            return true;
    }
    return false;
}

bool nw_unsure_layer(nw_match *match, const nw_pattern *pattern, uint32_t node)
{
    if (!match->takes_unknown || !has_one_operand(match, pattern, node))
        return false;
    const nw_node *at = nw_file_node(match->index, node);
    uint32_t fact = nw_file_fact(match->index, at->start, at->end, match->activation);
    bool is_known = fact && match->index->eval->facts[fact].kind != NW_FACT_CALL;
    if (is_likely(match, pattern, node))
        take(match, node, "a module of another class, or one of several, which may compute something else");
    else if (!is_known && !match->unknown && goes_on(match, pattern) && !is_called_activation(match, node))
        take(match, node, "it is not known which module is called: that depends on a configuration, or comes from outside");
    else
        return false;
    return unify_operand(match, pattern, node);
}

uint32_t nw_unsure_definition(nw_match *match, uint32_t name)
{
    const nw_def_use *def_use = nw_file_def_use(match->index, match->function);
    uint32_t seen[MAX_DEFINITIONS], count = 0;
    if (!match->takes_unknown && !match->guesses)
        return 0;
    for (uint32_t i = 1; i < def_use->count; i++) {
        const nw_definition *definition = &def_use->definitions[i];
        bool before = definition->statement && nw_file_node(match->index, definition->statement)->end <= nw_file_node(match->index, name)->start;
        for (uint32_t k = 0; before && k < definition->use_count && count < MAX_DEFINITIONS; k++)
            if (definition->uses[k] == name)
                seen[count++] = i;
    }
    if (match->choice >= count)
        return 0;
    take(match, name, "an intermediate value comes from several places, by a condition");
    return seen[count - 1 - match->choice];
}
