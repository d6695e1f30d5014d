/* Rewrites that hold on some ways through the arms of `if` statements: the new code is put under what can be tested, with the old code
 * beside it. Here the ways are found and chosen; region_uses.c judges them, region_text.c writes them. */
#include "edit/guarded.h"

#include "edit/region.h"

#include <string.h>

enum { MAX_ATTEMPTS = 256 };

/* ---- attempts ---- */

static bool attempt_with(nw_match_work *w, const nw_rule_form *form, uint32_t fact_at, uint32_t choices, const nw_literal_set *decisions, bool keeps_pairs, nw_outcome *out)
{
    const nw_fact *fact = &w->index.eval->facts[w->index.facts[fact_at]];
    *out = (nw_outcome){.form = form};
    nw_match_begin(&out->match, &w->index, w->request->rules, w->rule, form, w->function, fact->activation);
    out->match.takes_arms = true;
    out->match.keeps_pairs = keeps_pairs;
    out->match.choices = choices;
    out->match.decisions = *decisions;
    nw_term term = {nw_file_node_of(&w->index, fact), fact->result};
    if (!term.node || !nw_unify(&out->match, form->roots[0], term))
        return false;
    out->rewrite.roots[0] = term;
    for (uint32_t v = 1; v < form->variable_count; v++)
        if (form->variables[v].definition.v == form->roots[0].v && form->variables[v].role == NW_VARIABLE_VALUE)
            out->match.bindings[v] = (nw_binding){.is_bound = true, .term = term};
    return out->matched = true;
}

static bool attempt(nw_match_work *w, const nw_rule_form *form, uint32_t fact_at, uint32_t choices, const nw_literal_set *decisions, nw_outcome *out)
{
    bool matched = attempt_with(w, form, fact_at, choices, decisions, false, out);
    return matched && nw_match_halves_a_pair(&out->match) ? attempt_with(w, form, fact_at, choices, decisions, true, out) : matched;
}

/* The decisions of the next attempt: the last one that was `no` becomes `yes`. False: all were tried. */
static bool next_choices(uint32_t made, uint32_t *choices)
{
    while (made > 0) {
        uint32_t bit = 1u << (made - 1);
        if (!(*choices & bit)) {
            *choices = (*choices & (bit - 1)) | bit;
            return true;
        }
        made--;
    }
    return false;
}

/* Adds the ways through the arms on which a form nw_region_fits. */
static void find_variants(nw_region *r, const nw_rule_form *form, uint32_t fact_at)
{
    uint32_t choices = 0;
    for (uint32_t i = 0; i < MAX_ATTEMPTS && r->count < NW_MAX_VARIANTS; i++) {
        nw_outcome *out = r->w->scratch;
        bool matched = attempt(r->w, form, fact_at, choices, &(nw_literal_set){0}, out);
        uint32_t made = out->match.decisions.count;
        if (matched && nw_outcome_check(r->w, out)) {
            r->needs[r->count] = out->match.literals;
            r->variants[r->count] = nw_arena_copy(&r->w->index.eval->arena, out, sizeof *out);
            r->variants[r->count]->rewrite.match = &r->variants[r->count]->match;
            r->count++;
        } else if (matched) {
            r->reason = out->reason;
            r->detail = out->detail;
        }
        if (!next_choices(made, &choices))
            return;
    }
}

/* ---- which variants are kept ---- */

static void drop_variant(nw_region *r, uint32_t at)
{
    r->count--;
    for (uint32_t i = at; i < r->count; i++) {
        r->variants[i] = r->variants[i + 1];
        r->needs[i] = r->needs[i + 1];
    }
}

/* A test that is asked behind another one only, `mask is not None and mask.ndim > 2`, may fail where that one is not asked: it reads an
 * attribute of something else than self, or compares by size. */
static bool may_raise(const nw_region *r, uint32_t core)
{
    const nw_ast *ast = r->w->index.module->ast;
    nw_node_range inside = nw_file_range(&r->w->index, core);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i], *base = node;
        if (!nw_node_inside(node, &ast->nodes[core]))
            continue;
        if (node->kind == NW_NODE_COMPARE) {
            nw_list parts = nw_ast_list(ast, node->b);
            for (uint32_t k = 0; k < parts.count; k += 2)
                if (strpbrk(nw_operator_text((nw_operator)parts.items[k]), "<>"))
                    return true;
        }
        if (node->kind != NW_NODE_ATTRIBUTE)
            continue;
        while (base->kind == NW_NODE_ATTRIBUTE)
            base = &ast->nodes[base->a];
        bool is_self = nw_ast_is_first_local(base);
        if (!is_self && !(base->kind == NW_NODE_NAME && base->b == NW_PLACE_GLOBAL))
            return true;
    }
    return false;
}

/* Variants that ask what another one must not be asked. */
static void drop_risky(nw_region *r)
{
    for (uint32_t i = r->count; i > 0; i--) {
        bool bad = false;
        for (uint32_t k = 0; k < r->needs[i - 1].count && !bad; k++) {
            nw_literal literal = r->needs[i - 1].items[k];
            for (uint32_t m = 0; m < r->count && !bad; m++)
                bad = !nw_literal_find(&r->w->index, &r->needs[m], literal) && may_raise(r, literal.core);
        }
        if (bad)
            drop_variant(r, i - 1);
    }
}

/* Tests that all variants need one way make the guard; the others tell them apart. */
static void sort_tests(nw_region *r)
{
    r->guard.count = r->splits.count = 0;
    for (uint32_t i = 0; i < r->count; i++)
        for (uint32_t k = 0; k < r->needs[i].count; k++) {
            nw_literal literal = r->needs[i].items[k];
            bool both = false;
            for (uint32_t m = 0; m < r->count; m++) {
                const nw_literal *other = nw_literal_find(&r->w->index, &r->needs[m], literal);
                both |= other && other->value != literal.value;
            }
            if (both && !nw_literal_find(&r->w->index, &r->splits, literal))
                nw_literal_add(&r->w->index, &r->splits, literal);
            else if (!both)
                nw_literal_add(&r->w->index, &r->guard, literal);
        }
}

/* A value of the splits without a variant, *missing. */
static bool is_complete(const nw_region *r, nw_literal_set decided, nw_literal_set *missing)
{
    bool any = false;
    for (uint32_t i = 0; i < r->count; i++)
        any |= nw_region_fits(r, i, &decided);
    if (!any) {
        *missing = decided;
        return false;
    }
    if (decided.count == r->splits.count)
        return true;
    nw_literal split = r->splits.items[decided.count];
    for (int side = 0; side < 2; side++) {
        nw_literal_set more = decided;
        split.value = side == 0;
        more.items[more.count++] = split;
        if (!is_complete(r, more, missing))
            return false;
    }
    return true;
}

/* Leaves out variants until every way through the splits has one. */
static void make_complete(nw_region *r)
{
    nw_literal_set missing;
    drop_risky(r);
    sort_tests(r);
    while (r->count && !is_complete(r, (nw_literal_set){0}, &missing)) {
        nw_literal bad = missing.items[missing.count - 1];
        for (uint32_t i = r->count; i > 0; i--) {
            const nw_literal *need = nw_literal_find(&r->w->index, &r->needs[i - 1], bad);
            if (!need) /* it would hold both ways: held to the better one */
                nw_literal_add(&r->w->index, &r->needs[i - 1], (nw_literal){bad.core, bad.kind, !bad.value});
            else if (need->value == bad.value)
                drop_variant(r, i - 1);
        }
        sort_tests(r);
    }
}

/* Without --unsafe the ways that are safe are enough, and of these the ones that the rule asks the fewest tests for: the old code stays on
 * the others. */
static void drop_unsafe(nw_region *r)
{
    uint32_t safe = 0, fewest = NW_MAX_TESTS;
    for (uint32_t i = 0; i < r->count; i++)
        if (!r->variants[i]->is_unsafe) {
            safe++;
            fewest = r->variants[i]->test_count < fewest ? r->variants[i]->test_count : fewest;
        }
    for (uint32_t i = r->count; i > 0 && safe; i--)
        if (r->variants[i - 1]->test_count > fewest || (r->variants[i - 1]->is_unsafe && !r->w->request->unsafe))
            drop_variant(r, i - 1);
}

/* ---- the region of a site ---- */

/* The name that the statement around a node gives a value to, 0: none, or several. */
static uint32_t name_set_at(const nw_file_index *index, uint32_t node)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *statement = &ast->nodes[index->above[node].statement];
    nw_list targets = statement->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, statement->a) : (nw_list){0};
    return targets.count == 1 && ast->nodes[targets.items[0]].kind == NW_NODE_NAME ? ast->nodes[targets.items[0]].a : 0;
}

/* In the other arm of an `if` whose first arm has the rule's target for the same name, the old code was kept by an earlier rewrite. */
static bool is_kept_code(const nw_region *r, uint32_t root, const nw_template *template)
{
    const nw_file_index *index = &r->w->index;
    const nw_ast *ast = index->module->ast;
    const char *target = "";
    for (uint32_t i = 0; i < template->count && !*target; i++)
        if (template->pieces[i].kind == NW_PIECE_NAME)
            target = nw_symbol_bytes(index->eval->symbols, template->pieces[i].name);
    const char *last = strrchr(target, '.') ? strrchr(target, '.') + 1 : target;
    for (uint32_t at = root; at; at = index->above[at].parent) {
        const nw_node *above = nw_file_node(index, index->above[at].parent);
        nw_list then = above->kind == NW_NODE_IF && index->above[at].label && strcmp(index->above[at].label, "else") == 0 ? nw_ast_list(ast, above->b) : (nw_list){0};
        nw_node_range inside = nw_file_range(index, then.count ? index->above[at].parent : at);
        for (uint32_t i = inside.first; i <= inside.last && then.count; i++) {
            const nw_node *node = &ast->nodes[i];
            uint32_t name = nw_ast_last_word(node);
            bool for_another = name && name_set_at(index, i) && name_set_at(index, root) && name_set_at(index, i) != name_set_at(index, root);
            if (name && !for_another && node->start >= ast->nodes[then.items[0]].start && node->end <= ast->nodes[then.items[then.count - 1]].end &&
                strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){name}), last) == 0)
                return true;
        }
    }
    return false;
}

/* The forms that this way of rewriting serves. */
static bool is_suitable(const nw_rule_form *form)
{
    return form->root_count == 1 && !form->last_resort && form->forward.right_count == 1 && (!form->init.present || form->init.kept);
}

static bool find_region(nw_region *r, uint32_t fact_at)
{
    for (uint32_t i = 0; i < r->w->rule->form_count; i++)
        if (is_suitable(&r->w->rule->forms[i]))
            find_variants(r, &r->w->rule->forms[i], fact_at);
    if (r->count) { /* why other ways do not fit is no matter then */
        r->reason = NW_DIAG_NONE;
        r->detail = NULL;
    }
    drop_unsafe(r);
    if (!r->count || !nw_region_set_extent(r))
        return false;
    for (uint32_t i = r->count; i > 0; i--)
        if (!nw_region_check_variant(r, i - 1) || !nw_region_leaves_operands(r, i - 1))
            drop_variant(r, i - 1);
    make_complete(r);
    return r->count != 0 && (r->first < r->last || r->variants[0]->test_count);
}

/* Forms that follow what they do not know look at all ways at once. */
static bool looks_through(const nw_rule_form *form)
{
    for (uint32_t i = 1; i < form->pattern_count; i++)
        if (form->patterns[i].kind == NW_PATTERN_MADE_OF)
            return true;
    return false;
}

/* No form nw_region_fits: what an `otherwise` says of the site on some way through the arms. */
static void find_near_miss(nw_region *r, uint32_t fact_at)
{
    for (uint32_t i = 0; i < r->w->rule->form_count; i++) {
        const nw_rule_form *form = &r->w->rule->forms[i];
        uint32_t choices = 0, tried = 0;
        bool has_next = form->last_resort && form->root_count == 1 && !r->detail && !looks_through(form);
        while (has_next && tried++ < MAX_ATTEMPTS) {
            nw_outcome *out = r->w->scratch;
            if (attempt(r->w, form, fact_at, choices, &(nw_literal_set){0}, out) && !nw_outcome_check(r->w, out)) {
                r->reason = out->reason;
                r->detail = out->detail;
                return;
            }
            has_next = next_choices(out->match.decisions.count, &choices);
        }
    }
}

bool nw_guarded_make(nw_match_work *w, uint32_t fact_at, bool is_told, nw_outcome *out)
{
    nw_region r = {.w = w};
    if (!find_region(&r, fact_at)) {
        if (!r.detail && w->rule->split_uses && !is_told)
            find_near_miss(&r, fact_at);
        if (r.detail)
            *out = (nw_outcome){.matched = true, .form = &w->rule->forms[0], .reason = r.reason, .detail = r.detail};
        return r.detail != NULL;
    }
    *out = *r.variants[0];
    out->rewrite.match = &out->match;
    if (is_kept_code(&r, out->rewrite.roots[0].node, &out->form->forward.right[0].value)) {
        nw_outcome_refuse(out, NW_DIAG_KEPT_CODE, "");
        return true;
    }
    for (uint32_t i = 0; i < r.count; i++) {
        nw_rewrite *rewrite = &r.variants[i]->rewrite;
        rewrite->match = &r.variants[i]->match;
        bool may_ask = true;
        for (uint32_t k = 0; k < r.variants[i]->test_count && may_ask; k++)
            may_ask = nw_rewrite_may_ask(rewrite, &r.variants[i]->tests[k]->guard);
        if (!may_ask || !nw_rewrite_check_surroundings(rewrite) || !nw_rewrite_check_modules(rewrite)) {
            nw_outcome_refuse(out, rewrite->refused, rewrite->detail);
            return true;
        }
        out->is_unsafe |= r.variants[i]->is_unsafe;
        out->unsafe_why = r.variants[i]->is_unsafe ? r.variants[i]->unsafe_why : out->unsafe_why;
    }
    out->applicable = nw_region_write(&r, out);
    out->region = nw_arena_copy(&w->index.eval->arena, &r, sizeof r);
    if (!out->applicable)
        nw_outcome_refuse(out, NW_DIAG_EDIT_REFUSED, "the statements cannot be put under a condition");
    return true;
}

/* ---- other runs ---- */

/* Whether some run, or this one, recorded a fact inside an arm. */
static bool arm_has_facts(const nw_file_index *index, nw_list arm, uint32_t activation)
{
    if (!arm.count)
        return false;
    uint32_t start = nw_file_node(index, arm.items[0])->start, end = nw_file_node(index, arm.items[arm.count - 1])->end;
    uint32_t count;
    const nw_placed *facts = nw_file_facts_from(index, start, end, &count);
    for (uint32_t i = 0; i < count; i++)
        if (facts[i].end <= end && (!activation || facts[i].activation == activation))
            return true;
    return false;
}

/* A test went the other way in this run, where that is known. */
static bool is_dead(const nw_file_index *index, uint32_t function, uint32_t activation, nw_literal literal)
{
    const nw_ast *ast = index->module->ast;
    nw_node_range inside = nw_file_function_range(index, function);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_IF || index->above[i].function != function || !nw_test_is_plain(index, node->a))
            continue;
        nw_literal_set known = {{literal}, 1};
        bool taken;
        if (!nw_test_value(index, &known, node->a, &taken))
            continue;
        nw_list arm = nw_ast_list(ast, taken ? node->b : node->c);
        if (arm_has_facts(index, arm, 0) && !arm_has_facts(index, arm, activation))
            return true;
    }
    return false;
}

/* Whether all that one outcome asks is asked by the other one, too. */
static bool asks_no_more(const nw_outcome *out, const nw_outcome *other)
{
    bool asks = true;
    for (uint32_t i = 0; i < out->test_count && asks; i++) {
        asks = false;
        for (uint32_t k = 0; k < other->test_count && !asks; k++)
            asks = out->tests[i] == other->tests[k];
    }
    return asks;
}

static bool same_crossed(const nw_match *a, const nw_match *b)
{
    bool same = a->crossed.count == b->crossed.count;
    for (uint32_t i = 0; i < a->crossed.count && same; i++)
        same = nw_node_set_has(&b->crossed, a->crossed.items[i]);
    for (uint32_t i = 1; i < a->form->variable_count && same; i++)
        same = a->bindings[i].is_bound == b->bindings[i].is_bound && a->bindings[i].term.node == b->bindings[i].term.node;
    return same;
}

bool nw_guarded_agrees(nw_match_work *w, const nw_outcome *best, uint32_t fact_at)
{
    const nw_region *r = best->region;
    uint32_t activation = w->index.eval->facts[w->index.facts[fact_at]].activation;
    for (uint32_t i = 0; i < r->count; i++) {
        const nw_outcome *variant = r->variants[i];
        bool dead = false;
        for (uint32_t k = 0; k < variant->match.literals.count; k++)
            dead |= is_dead(&w->index, w->function, activation, variant->match.literals.items[k]);
        if (dead)
            continue;
        nw_outcome *out = w->scratch;
        bool nw_region_fits = attempt(w, variant->form, fact_at, 0, &variant->match.literals, out) && nw_outcome_check(w, out) &&
                    out->match.decisions.count == variant->match.literals.count && same_crossed(&out->match, &variant->match) && asks_no_more(out, variant);
        if (!nw_region_fits || (out->is_unsafe && !best->is_unsafe))
            return false;
    }
    return true;
}
