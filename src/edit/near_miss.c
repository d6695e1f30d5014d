#include "edit/match_work.h"
#include "match/need.h"

#include <string.h>
#include <strings.h>

enum { MAX_CHOICES = 3 };

static const char *bytes_of(const nw_match_work *w, nw_symbol symbol)
{
    return nw_symbol_bytes(w->request->rules->symbols, symbol);
}

/* An activation of each function, 0: it never ran. */
void nw_near_misses_prepare(nw_match_work *w)
{
    const nw_ast *ast = w->index.module->ast;
    w->activations = nw_arena_zero(&w->index.eval->arena, (ast->function_count + 1) * sizeof *w->activations);
    for (uint32_t i = 0; i < w->index.fact_count; i++) {
        const nw_fact *fact = &w->index.eval->facts[w->index.facts[i]];
        if (fact->function < ast->functions || fact->function >= ast->functions + ast->function_count)
            continue;
        uint32_t *first = &w->activations[fact->function - ast->functions];
        if (!*first)
            *first = fact->activation;
    }
}

/* Something unknown where a rule has an operator or a layer: refused, with the reason. */
static bool look_at_unknown(nw_match_work *w, uint32_t node, uint32_t activation)
{
    for (uint32_t i = 0; i < w->rule->form_count * MAX_CHOICES; i++) {
        const nw_rule_form *form = &w->rule->forms[i / MAX_CHOICES];
        nw_outcome *out = w->scratch;
        if (form->root_count != 1 || form->last_resort || !nw_need_may_begin(w->need, w->rule, form, node))
            continue;
        *out = (nw_outcome){.form = form, .is_unsafe = w->rule->safety == NW_SAFETY_UNSAFE};
        nw_match_begin(&out->match, &w->index, w->request->rules, w->rule, form, w->function, activation);
        out->match.takes_unknown = true;
        out->match.choice = i % MAX_CHOICES;
        if (!nw_unify(&out->match, form->roots[0], nw_match_term(&out->match, node)) || !out->match.unknown) {
            nw_match_discard(&out->match);
            continue;
        }
        nw_outcome_refuse(out, NW_DIAG_NOT_THE_SAME, out->match.unsure);
        nw_finding_of_outcome(w, node, out);
        return true;
    }
    return false;
}

static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

/* Whether the package of a qualified name stands somewhere in the text. The calls of one file are asked for the same few. */
static bool speaks_of_package(nw_match_work *w, const char *wanted)
{
    const nw_source *source = &w->index.module->source;
    size_t size = strcspn(wanted, ".");
    enum { KEPT = sizeof w->sought / sizeof *w->sought };
    for (size_t i = 0; i < KEPT; i++)
        if (w->sought[i].name == wanted)
            return w->sought[i].is_there;
    bool is_there = false;
    for (size_t i = 0; i + size <= source->size && !is_there; i++)
        is_there = memcmp(source->bytes + i, wanted, size) == 0;
    w->sought[w->sought_count % KEPT].name = wanted;
    w->sought[w->sought_count++ % KEPT].is_there = is_there;
    return is_there;
}

/* Whether a callee may be what a name that has to be that very name says: no method of a value, and of a package that the file speaks of. */
static bool may_be_named(nw_match_work *w, uint32_t callee, const char *wanted)
{
    while (nw_file_node(&w->index, callee)->kind == NW_NODE_ATTRIBUTE)
        callee = nw_file_node(&w->index, callee)->a;
    const nw_node *base = nw_file_node(&w->index, callee);
    return base->kind == NW_NODE_NAME && base->b == NW_PLACE_GLOBAL && speaks_of_package(w, wanted);
}

/* Nothing stands below its arguments. */
static bool is_only_operator(const nw_rule_form *form, const nw_pattern *root)
{
    for (uint32_t i = 0; i < root->argument_count; i++) {
        const nw_pattern *argument = &form->patterns[root->arguments[i].value.v];
        bool is_leaf = argument->kind == NW_PATTERN_ANY || argument->kind == NW_PATTERN_CONSTANT || argument->kind == NW_PATTERN_NAME ||
                       (argument->kind == NW_PATTERN_VARIABLE && !form->variables[argument->variable.v].definition.v);
        if (!is_leaf)
            return false;
    }
    return form->patterns[root->arguments[0].value.v].kind == NW_PATTERN_VARIABLE;
}

/* With what the run of a function, or before it that of its class's constructor, ended before it came to a place; NULL: with nothing that is known. */
static const char *failure_of(const nw_match_work *w, bool of_constructor, uint32_t before)
{
    uint32_t class_ = w->index.above[w->index.module->ast->functions[w->function].node].class_;
    const nw_node *whole = nw_file_node(&w->index, w->index.module->ast->functions[w->function].node);
    for (uint32_t i = 0; i < w->index.failed_root_count; i++) {
        const nw_failed_root *failed = &w->index.failed_roots[i];
        bool is_own = failed->function && failed->function == w->function && (failed->start < before || failed->start >= whole->end);
        if (of_constructor ? class_ && failed->class_ == class_ : is_own)
            return failed->why;
    }
    return NULL;
}

static void refuse_unrun(nw_match_work *w, const nw_rule_form *form, uint32_t node)
{
    uint32_t start = nw_file_node(&w->index, node)->start;
    const char *constructor = failure_of(w, true, start), *own = constructor ? NULL : failure_of(w, false, start);
    nw_buffer text;
    nw_buffer_init(&text);
    if (constructor || own)
        nw_buffer_format(&text, "no run of the analysis got here: %s ends with %s", constructor ? "the constructor" : "the function", constructor ? constructor : own);
    else
        nw_buffer_text(&text, "no run of the analysis got here: a test before it went the other way, or something could not be followed (`netwright show` says what)");
    *w->scratch = (nw_outcome){.form = form, .is_unsafe = w->rule->safety == NW_SAFETY_UNSAFE};
    nw_match_begin(&w->scratch->match, &w->index, w->request->rules, w->rule, form, w->function, 0);
    nw_outcome_refuse(w->scratch, NW_DIAG_NOT_THE_SAME, nw_arena_copy(&w->index.eval->arena, text.bytes, text.size + 1));
    nw_buffer_release(&text);
    nw_finding_of_outcome(w, node, w->scratch);
}

/* The name of a rule's only operator, in code that no run reached. */
static void look_at_unreached(nw_match_work *w, uint32_t node)
{
    const nw_node *callee = nw_file_node(&w->index, nw_file_node(&w->index, node)->a);
    bool is_made = callee->kind == NW_NODE_CALL; /* nn.Softmax(dim=-1)(x) */
    if (is_made)
        callee = nw_file_node(&w->index, callee->a);
    const char *name = bytes_of(w, (nw_symbol){nw_ast_last_word(callee)});
    for (uint32_t i = 0; i < w->rule->form_count; i++) {
        const nw_rule_form *form = &w->rule->forms[i];
        const nw_pattern *root = form->root_count == 1 ? &form->patterns[form->roots[0].v] : NULL;
        if (!root || root->kind != NW_PATTERN_OPERATOR || !root->argument_count || (is_made ? strcasecmp : strcmp)(last_part(bytes_of(w, root->name)), name) != 0)
            continue;
        if (root->exact && (is_made || !may_be_named(w, nw_file_node(&w->index, node)->a, bytes_of(w, root->name))))
            continue;
        if (!is_only_operator(form, root))
            continue;
        refuse_unrun(w, form, node);
        return;
    }
}

/* The last word of what a call calls, of `nn.Softmax(dim=-1)(x)` that of the class. */
static const char *called_name(const nw_match_work *w, uint32_t call)
{
    const nw_node *callee = nw_file_node(&w->index, nw_file_node(&w->index, call)->a);
    if (callee->kind == NW_NODE_CALL)
        callee = nw_file_node(&w->index, callee->a);
    return bytes_of(w, (nw_symbol){nw_ast_last_word(callee)});
}

static bool is_root_name(const nw_match_work *w, const nw_rule_form *form, nw_pattern_id id, const char *name)
{
    const nw_pattern *pattern = &form->patterns[id.v];
    for (uint32_t i = 0; pattern->kind == NW_PATTERN_EITHER && i < pattern->argument_count; i++)
        if (is_root_name(w, form, pattern->arguments[i].value, name))
            return true;
    return pattern->kind == NW_PATTERN_OPERATOR && (strcmp(last_part(bytes_of(w, pattern->name)), name) == 0 || (strcmp(name, "bmm") == 0 && strcmp(last_part(bytes_of(w, pattern->name)), "matmul") == 0));
}

/* Of a form that looks for an operator somewhere in front of its root: both are called by name, in code that never ran. */
static bool may_stand_in(const nw_match_work *w, const nw_rule_form *form, uint32_t node)
{
    const nw_ast *ast = w->index.module->ast;
    const char *wanted = "";
    for (uint32_t i = 1; i < form->pattern_count && !*wanted; i++)
        if (form->patterns[i].kind == NW_PATTERN_MADE_OF && form->patterns[form->patterns[i].arguments[0].value.v].kind == NW_PATTERN_OPERATOR)
            wanted = last_part(bytes_of(w, form->patterns[form->patterns[i].arguments[0].value.v].name));
    if (!*wanted || !is_root_name(w, form, form->roots[0], called_name(w, node)))
        return false;
    nw_node_range inside = nw_file_function_range(&w->index, w->function);
    for (uint32_t i = inside.first; i <= inside.last; i++)
        if (ast->nodes[i].kind == NW_NODE_CALL && w->index.above[i].function == w->function && ast->nodes[i].end < ast->nodes[node].start && strcasecmp(called_name(w, i), wanted) == 0)
            return true;
    return false;
}

/* The first such root of a function. */
static void look_at_unrun(nw_match_work *w, uint32_t node)
{
    if (w->is_found_in[w->function])
        return;
    for (uint32_t i = 0; i < w->rule->form_count; i++) {
        const nw_rule_form *form = &w->rule->forms[i];
        if (!form->last_resort || form->root_count != 1 || !may_stand_in(w, form, node))
            continue;
        refuse_unrun(w, form, node);
        return;
    }
}

/* A function of the program was run, and its facts say what it does. */
static bool calls_own_function(const nw_match_work *w, const nw_node *call)
{
    const nw_ast *ast = w->index.module->ast;
    const nw_node *callee = &ast->nodes[call->a];
    if (callee->kind == NW_NODE_CALL)
        callee = &ast->nodes[callee->a];
    uint32_t symbol = nw_ast_last_word(callee);
    return !symbol || nw_file_defines(&w->index, symbol);
}

static bool has_any_fact(const nw_match_work *w, const nw_node *node)
{
    uint32_t count;
    nw_file_facts_at(&w->index, node->start, node->end, &count);
    return count > 0;
}

void nw_near_misses_find(nw_match_work *w)
{
    const nw_ast *ast = w->index.module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        w->function = w->index.above[i].function;
        if (node->kind != NW_NODE_CALL || !w->function || !nw_need_has(w->need, &ast->functions[w->function]) || w->is_found[i])
            continue;
        uint32_t activation = w->activations[w->function];
        if (!activation || !has_any_fact(w, node))
            look_at_unrun(w, i);
        bool is_known = activation && nw_file_fact(&w->index, node->start, node->end, activation);
        if (!is_known && calls_own_function(w, node))
            continue;
        bool told = activation && nw_ast_list(ast, node->b).count == 1 && look_at_unknown(w, i, activation);
        if (!told && !is_known && !has_any_fact(w, node))
            look_at_unreached(w, i);
    }
}
