#include "edit/match_work.h"

#include "edit/guarded.h"
#include "match/health.h"
#include "match/legacy.h"
#include "match/need.h"
#include "match/predicate.h"
#include "match/root.h"

#include <stdio.h>
#include <string.h>

enum { MAX_ACTIVATIONS = 4096 };

/* ---- one form at one place in one activation ---- */

/* Different lines of a rule match different code. */
static bool is_taken(const nw_outcome *out, uint32_t count, uint32_t node)
{
    for (uint32_t i = 0; i < count; i++)
        if (out->rewrite.roots[i].node == node)
            return true;
    return false;
}

static bool match_roots(nw_match_work *w, nw_outcome *out, uint32_t root, uint32_t first_fact)
{
    const nw_rule_form *form = out->form;
    if (root == form->root_count)
        return true;
    for (uint32_t i = first_fact; i < w->index.fact_count; i = w->index.next_in_run[i]) {
        const nw_fact *fact = &w->index.eval->facts[w->index.facts[i]];
        uint32_t node = w->index.fact_nodes[i];
        if (is_taken(out, root, node))
            continue;
        nw_match before = out->match;
        uint32_t kept = nw_bindings_keep(&out->match);
        nw_term term = {node, fact->result};
        if (node && nw_unify(&out->match, form->roots[root], term)) {
            out->rewrite.roots[root] = term;
            for (uint32_t v = 1; v < form->variable_count; v++)
                if (form->variables[v].definition.v == form->roots[root].v && form->variables[v].role == NW_VARIABLE_VALUE)
                    out->match.bindings[v] = (nw_binding){.is_bound = true, .term = term};
            if (match_roots(w, out, root + 1, w->index.next_in_run[i])) {
                nw_bindings_drop(&out->match, kept);
                return true;
            }
        }
        out->match = before;
        nw_bindings_back(&out->match, kept);
        nw_bindings_drop(&out->match, kept);
        if (root == 0)
            return false;
    }
    return false;
}

static bool negatives_hold(nw_outcome *out)
{
    return out->form->negative_count == 0;
}

static bool match_form(nw_match_work *w, uint32_t fact_at, uint32_t trial, bool keeps_pairs, nw_outcome *out)
{
    const nw_rule_form *form = out->form;
    const nw_fact *fact = &w->index.eval->facts[w->index.facts[fact_at]];
    nw_match_begin(&out->match, &w->index, w->request->rules, w->rule, form, w->function, fact->activation);
    out->match.takes_unknown = form->last_resort && form->root_count > 1;
    out->match.guesses = form->last_resort;
    out->match.trial = trial;
    out->match.keeps_pairs = keeps_pairs;
    return form->root_count != 0 && form->root_count <= NW_MAX_ROOTS && match_roots(w, out, 0, fact_at);
}

/* One trial of a form (see match/body.h; most have one); false: it does not match, or is refused. */
static bool match_trial(nw_match_work *w, uint32_t fact_at, uint32_t trial, nw_outcome *out)
{
    bool fits = match_form(w, fact_at, trial, false, out);
    if (fits && nw_match_halves_a_pair(&out->match))
        fits = match_form(w, fact_at, trial, true, out);
    if (!fits) {
        if (!out->matched) /* in an earlier trial */
            nw_match_discard(&out->match);
        return false;
    }
    out->matched = true;
    if (out->match.otherwise && !nw_outcome_check(w, out)) /* a condition on the call itself says more */
        return false;
    if (out->match.otherwise || !negatives_hold(out)) {
        out->reason = NW_DIAG_NOT_THE_SAME;
        out->detail = out->match.otherwise ? out->match.otherwise : "this form of the rule is not checked by this version";
        return false;
    }
    return nw_outcome_check(w, out);
}

/* What the names of the roots stand for are matched in full by unify of the root's own pattern. */
static void try_form(nw_match_work *w, const nw_rule_form *form, uint32_t fact_at, nw_outcome *out)
{
    *out = (nw_outcome){.form = form};
    uint32_t trial = 0;
    do
        if (!match_trial(w, fact_at, trial, out))
            return;
    while (++trial < out->match.trial_count);
    out->rewrite.match = &out->match;
    if (out->test_count) { /* for nw_guarded_make */
        bool has_choice = out->tests[0]->reason.v != 0;
        nw_outcome_refuse(out, has_choice ? NW_DIAG_UNSAFE_RULE : NW_DIAG_EDIT_REFUSED, has_choice ? nw_match_work_text(w, out->tests[0]->reason) : "the old code cannot be kept under a test here");
        return;
    }
    out->applicable = nw_rewrite_make(&out->rewrite);
    out->reason = out->rewrite.refused;
    out->detail = out->rewrite.detail;
}

/* Whether it is applied as the command was given. */
static bool is_welcome(const nw_match_work *w, const nw_outcome *out)
{
    return out->applicable && (w->request->unsafe || (!out->is_unsafe && !out->rewrite.loses_comment));
}

/* Whether what another form gives says more than what is there: it can be applied, or failed later than one whose conditions never held. */
static bool says_more(const nw_match_work *w, const nw_outcome *other, const nw_outcome *out)
{
    if (!other->matched || is_welcome(w, other) || !out->matched)
        return other->matched;
    return !out->applicable && (other->applicable || out->reason == NW_DIAG_CONDITION_FAILED);
}

/* The first form that can be applied as the command was given, otherwise the first that --unsafe applies, otherwise the last one that matches. */
static void try_rule(nw_match_work *w, uint32_t fact_at, nw_outcome *out)
{
    *out = (nw_outcome){0};
    for (uint32_t i = 0; i < w->rule->form_count && !is_welcome(w, out); i++) {
        const nw_rule_form *form = &w->rule->forms[i];
        if ((form->last_resort && out->matched) || !nw_need_may_begin(w->need, w->rule, form, w->index.fact_nodes[fact_at]))
            continue;
        try_form(w, form, fact_at, w->scratch);
        if (!says_more(w, w->scratch, out))
            continue;
        *out = *w->scratch;
        out->rewrite.match = &out->match;
    }
    if ((w->rule->split_uses || out->test_count) && !out->applicable && nw_guarded_make(w, fact_at, out->matched && out->form->last_resort, w->guarded) &&
        (w->guarded->applicable || !out->matched || out->form->last_resort || out->test_count)) {
        *out = *w->guarded;
        out->rewrite.match = &out->match;
    }
}

static bool same_edits(const nw_rewrite *a, const nw_rewrite *b)
{
    if (a->edit_count != b->edit_count)
        return false;
    for (uint32_t i = 0; i < a->edit_count; i++)
        if (a->edits[i].start != b->edits[i].start || a->edits[i].end != b->edits[i].end || a->edits[i].size != b->edits[i].size ||
            memcmp(a->edits[i].text, b->edits[i].text, a->edits[i].size) != 0)
            return false;
    return true;
}

/* ---- places ---- */

/* Whether an activation that got here allows the edits of the best outcome, which is refused otherwise. */
static bool allows_best(nw_match_work *w, uint32_t fact_at)
{
    nw_outcome other;
    if (w->best->region) {
        if (nw_guarded_agrees(w, w->best, fact_at))
            return true;
        nw_outcome_refuse(w->best, NW_DIAG_NOT_EVERY_RUN, "");
        return false;
    }
    try_rule(w, fact_at, &other);
    if (other.applicable && same_edits(&other.rewrite, &w->best->rewrite)) {
        w->best->is_unsafe |= other.is_unsafe;
        return true;
    }
    nw_outcome_refuse(w->best, other.matched && !other.applicable ? other.reason : NW_DIAG_NOT_EVERY_RUN, other.matched && !other.applicable ? other.detail : "");
    return false;
}

/* The first activation from `fact_at` on that does not allow the edits of the best outcome; fact_count: all do. */
static uint32_t find_opponent(nw_match_work *w, uint32_t fact_at, uint32_t basis)
{
    uint32_t seen[MAX_ACTIVATIONS], seen_count = 0;
    const nw_fact *facts = w->index.eval->facts;
    seen[seen_count++] = facts[w->index.facts[basis]].activation;
    for (uint32_t i = fact_at; i < w->index.fact_count; i = w->index.next_here[i]) {
        uint32_t activation = facts[w->index.facts[i]].activation;
        bool known = false;
        for (uint32_t k = 0; k < seen_count; k++)
            known |= seen[k] == activation;
        if (known)
            continue;
        if (seen_count < MAX_ACTIVATIONS)
            seen[seen_count++] = activation;
        else
            nw_outcome_refuse(w->best, NW_DIAG_NOT_EVERY_RUN, "");
        if (!w->best->applicable || !allows_best(w, i))
            return i;
    }
    return w->index.fact_count;
}

/* Every activation that got here must allow the same edits. Where one asks more tests than the first one, its edits may suit all. */
static void look_at(nw_match_work *w, uint32_t fact_at, uint32_t node)
{
    try_rule(w, fact_at, w->best);
    if (!w->best->matched)
        return;
    uint32_t opponent = w->best->applicable ? find_opponent(w, fact_at, fact_at) : w->index.fact_count;
    if (opponent < w->index.fact_count && w->best->reason == NW_DIAG_NOT_EVERY_RUN) {
        try_rule(w, opponent, w->best);
        if (w->best->applicable && w->best->region)
            find_opponent(w, fact_at, opponent);
        else if (w->best->applicable || !w->best->matched)
            nw_outcome_refuse(w->best, NW_DIAG_NOT_EVERY_RUN, "");
        w->best->matched = true;
    }
    nw_outcome_judge(w, w->best);
    nw_finding_of_outcome(w, node, w->best);
}

/* ---- legacy rules ---- */

/* Calls that are compared by their text have no facts. */
static bool match_written_roots(nw_match_work *w, nw_outcome *out, uint32_t root, uint32_t first)
{
    const nw_ast *ast = w->index.module->ast;
    if (root == out->form->root_count)
        return true;
    uint32_t last = nw_file_function_range(&w->index, w->function).last;
    for (uint32_t i = first; i <= last && (root || i == first); i++) {
        if (ast->nodes[i].kind != NW_NODE_CALL || w->index.above[i].function != w->function)
            continue;
        nw_match before = out->match;
        uint32_t kept = nw_bindings_keep(&out->match);
        out->rewrite.roots[root] = (nw_term){i, nw_unset()};
        bool matched = nw_unify(&out->match, out->form->roots[root], out->rewrite.roots[root]) && match_written_roots(w, out, root + 1, i + 1);
        if (!matched) {
            out->match = before;
            nw_bindings_back(&out->match, kept);
        }
        nw_bindings_drop(&out->match, kept);
        if (matched)
            return true;
    }
    return false;
}

/* What a legacy rule matches is told and left alone. */
static void tell_legacy(nw_match_work *w, uint32_t node)
{
    if (!nw_legacy_init_holds(&w->best->match))
        return;
    w->best->matched = w->best->is_unsafe = true;
    nw_outcome_refuse(w->best, NW_DIAG_LEGACY_MATCH, nw_match_work_text(w, w->rule->safety_reason));
    nw_finding_of_outcome(w, node, w->best);
}

static void look_at_legacy(nw_match_work *w, const nw_rule_form *form, uint32_t fact_at, uint32_t node)
{
    const nw_fact *fact = &w->index.eval->facts[w->index.facts[fact_at]];
    if (w->is_found[node])
        return;
    *w->best = (nw_outcome){.form = form};
    nw_match_begin(&w->best->match, &w->index, w->request->rules, w->rule, form, w->function, fact->activation);
    if (form->root_count && form->root_count <= NW_MAX_ROOTS && match_roots(w, w->best, 0, fact_at))
        tell_legacy(w, node);
}

static void run_written(nw_match_work *w, const nw_rule_form *form)
{
    const nw_ast *ast = w->index.module->ast;
    for (uint32_t i = 1; i < ast->node_count && form->root_count <= NW_MAX_ROOTS; i++) {
        w->function = w->index.above[i].function;
        uint32_t activation = w->function ? w->activations[w->function] : 0;
        if (ast->nodes[i].kind != NW_NODE_CALL || !activation || w->is_found[i])
            continue;
        *w->best = (nw_outcome){.form = form};
        nw_match_begin(&w->best->match, &w->index, w->request->rules, w->rule, form, w->function, activation);
        if (match_written_roots(w, w->best, 0, i))
            tell_legacy(w, i);
    }
}

/* The function that is rewritten at a place where w->function ran, 0: none. What runs in a comprehension stands in the function around it;
 * there an expression is matched by itself, without the names around it. */
static uint32_t function_of(const nw_match_work *w, uint32_t node)
{
    const nw_ast *ast = w->index.module->ast;
    uint32_t stands = w->index.above[node].function;
    bool in_comprehension = ast->functions[w->function].scope == NW_SCOPE_COMPREHENSION && w->index.above[node].comprehension && !w->rule->split_uses;
    return in_comprehension || (w->function == stands && ast->functions[stands].scope == NW_SCOPE_FUNCTION) ? stands : 0;
}

static void run_rule(nw_match_work *w)
{
    const nw_ast *ast = w->index.module->ast;
    const nw_rule_form *legacy = w->rule->legacy ? nw_legacy_form(w->index.eval, &w->rule->forms[0]) : NULL;
    if (legacy && legacy->root_count && legacy->patterns[legacy->roots[0].v].kind == NW_PATTERN_SOURCE) {
        run_written(w, legacy);
        return;
    }
    for (uint32_t i = 0; i < w->index.fact_count; i++) {
        const nw_fact *fact = &w->index.eval->facts[w->index.facts[i]];
        bool is_here = fact->function >= ast->functions && fact->function < ast->functions + ast->function_count;
        uint32_t node = is_here ? w->index.fact_nodes[i] : 0;
        if (!node || (!w->index.is_first[i] && !legacy))
            continue;
        w->function = (uint32_t)(fact->function - ast->functions);
        if (legacy) {
            look_at_legacy(w, legacy, i, node);
            continue;
        }
        w->function = nw_need_may_begin(w->need, w->rule, NULL, node) ? function_of(w, node) : 0;
        if (w->function)
            look_at(w, i, node);
    }
}

/* Whether what a rule writes calls a package beside PyTorch. */
static bool needs_other_package(const nw_match_work *w, const nw_rule *rule)
{
    bool other = false;
    for (uint32_t i = 0; i < rule->require_count; i++)
        other |= strcmp(nw_match_work_text(w, rule->requires[i].package), "torch") != 0;
    return other;
}

/* The selected rules in the order in which sites are theirs: first those that run wherever PyTorch does. */
static void run_rules(nw_match_work *w, const nw_neighbour_list *neighbours)
{
    const nw_rules *rules = w->request->rules;
    for (uint32_t i = 0; i < 2 * rules->count; i++) {
        w->rule = &rules->items[i % rules->count];
        if (!w->request->selected[i % rules->count] || needs_other_package(w, w->rule) != (i >= rules->count))
            continue;
        nw_found_clear(w);
        run_rule(w);
        nw_sequences_match(w, neighbours);
        nw_near_misses_find(w);
    }
}

void nw_match_module(nw_eval *eval, nw_module *module, const nw_match_options *options, nw_findings *findings, nw_health *health)
{
    nw_need need;
    nw_match_work w = {.request = options, .findings = findings, .need = &need};
    nw_file_index_begin(&w.index, eval, module);
    w.index.users = options->users;
    nw_need_find(&need, &w.index, options);
    nw_roots_run(&w.index, &need);
    nw_file_index_add_facts(&w.index);
    nw_near_misses_prepare(&w);
    nw_neighbour_list neighbours = nw_neighbours_find(&w.index);
    w.is_found = nw_arena_zero(&eval->arena, module->ast->node_count + 1);
    w.is_found_in = nw_arena_zero(&eval->arena, module->ast->function_count + 1);
    w.scratch = nw_arena_zero(&eval->arena, sizeof *w.scratch);
    w.guarded = nw_arena_zero(&eval->arena, sizeof *w.guarded);
    w.best = nw_arena_zero(&eval->arena, sizeof *w.best);
    run_rules(&w, &neighbours);
    if (health)
        *health = nw_health_of(&w.index);
}
