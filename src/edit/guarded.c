/* Rewrites that hold on some ways through the arms of `if` statements: the new code is put under what can be tested, with the old code
 * beside it.
 *
 * A region is the statements of one block from the first that the match no longer needs to the one that holds its result. On a way
 * through its arms (a set of literals) the statements that run are known; those that were matched go, the others stay as they are. */
#include "edit/guarded.h"

#include "edit/alike.h"
#include "edit/merge_call.h"
#include "edit/returned.h"
#include "match/callee.h"
#include "match/predicate.h"

#include <string.h>

enum { MAX_VARIANTS = 24, MAX_ATTEMPTS = 256 };

typedef struct nw_region {
    nw_match_work *w;
    nw_list block;
    uint32_t first, last;    /* statements of the block, by position */
    nw_outcome *variants[MAX_VARIANTS];
    nw_literal_set needs[MAX_VARIANTS]; /* of each: what must hold for it */
    uint32_t count;
    nw_literal_set guard;    /* of all */
    nw_literal_set splits;   /* tests that tell the variants apart */
    nw_returned returned;    /* results that callers do not always read */
    nw_buffer tests;         /* what the rule itself asks, joined by `and`; empty: nothing */
    const char *detail;      /* why there is no variant */
    nw_diagnostic_id reason;
} region;

/* ---- where things stand ---- */

/* The statement of the block that holds a node, counted from 0; the block's size: none. */
static uint32_t position_of(const region *r, uint32_t node)
{
    const nw_file_index *index = &r->w->index;
    for (uint32_t at = index->above[node].statement; at; at = index->above[at].parent)
        for (uint32_t i = 0; i < r->block.count; i++)
            if (r->block.items[i] == at)
                return i;
    return r->block.count;
}

static bool is_crossed(const nw_match *match, uint32_t statement)
{
    const nw_def_use *def_use = nw_file_def_use(match->index, match->function);
    for (uint32_t i = 0; i < match->crossed.count; i++)
        if (def_use->definitions[match->crossed.items[i]].statement == statement)
            return true;
    return false;
}

/* Whether a node may be reached: no test above it is known to go the other way. Of the tests that are not known and that lead here, the
 * inmost, or the outmost one, is given in *open. */
static bool may_run(const nw_match_work *w, const nw_literal_set *known, uint32_t node, bool outmost, nw_literal *open, bool *has_open)
{
    const nw_file_index *index = &w->index;
    for (uint32_t at = node; at; at = index->above[at].parent) {
        uint32_t parent = index->above[at].parent;
        const nw_node *above = nw_file_node(index, parent);
        const char *label = index->above[at].label;
        bool is_arm = parent && (above->kind == NW_NODE_IF || above->kind == NW_NODE_CONDITIONAL) && strcmp(label, "test") != 0;
        if (!is_arm || !nw_test_is_plain(index, above->a))
            continue;
        bool wanted = strcmp(label, "body") == 0 || strcmp(label, "then") == 0, taken;
        nw_literal literal = nw_literal_of(index, above->a, wanted);
        bool is_known = nw_test_value(index, known, above->a, &taken);
        if (is_known && taken != wanted)
            return false;
        if (!is_known && (outmost || !*has_open)) {
            *open = literal;
            *has_open = true;
        }
    }
    return true;
}

/* What a test reads is the same at the region's start and at the place where it stands. It is written there with the operand in the place of
 * a value that is alike. */
static bool is_steady(const region *r, const nw_match *match, uint32_t core, uint32_t until)
{
    const nw_file_index *index = &r->w->index;
    uint32_t from = nw_file_node(index, r->block.items[r->first])->start;
    for (uint32_t i = 1; i < index->module->ast->node_count; i++) {
        const nw_node *read = nw_file_node(index, i);
        if (!nw_node_inside(read, nw_file_node(index, core)) || (read->kind != NW_NODE_NAME && read->kind != NW_NODE_ATTRIBUTE) || nw_read_is_steady(index, i, from, until))
            continue;
        uint32_t operand = read->kind == NW_NODE_NAME ? nw_alike_operand(match, i) : 0;
        if (!operand || !nw_test_is_steady(index, operand, from, until))
            return false;
    }
    return true;
}

/* ---- attempts ---- */

static bool attempt(nw_match_work *w, const nw_rule_form *form, uint32_t fact_at, uint32_t choices, const nw_literal_set *decisions, nw_outcome *out)
{
    const nw_fact *fact = &w->index.eval->facts[w->index.facts[fact_at]];
    *out = (nw_outcome){.form = form};
    nw_match_begin(&out->match, &w->index, w->request->rules, w->rule, form, w->function, fact->activation);
    out->match.takes_arms = true;
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

/* Adds the ways through the arms on which a form fits. */
static void find_variants(region *r, const nw_rule_form *form, uint32_t fact_at)
{
    uint32_t choices = 0;
    for (uint32_t i = 0; i < MAX_ATTEMPTS && r->count < MAX_VARIANTS; i++) {
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

/* ---- the region ---- */

static bool set_extent(region *r)
{
    const nw_file_index *index = &r->w->index;
    uint32_t root = index->above[r->variants[0]->rewrite.roots[0].node].statement;
    uint8_t kind = nw_file_node(index, root)->kind;
    r->block = nw_block_of(index, root);
    r->last = r->first = position_of(r, root);
    if (r->last == r->block.count || (kind != NW_NODE_ASSIGN && kind != NW_NODE_RETURN) || !nw_rewrite_is_straight(&r->variants[0]->rewrite, r->variants[0]->rewrite.roots[0].node, root))
        return false;
    const nw_def_use *def_use = nw_file_def_use((nw_file_index *)index, r->w->function);
    for (uint32_t i = 0; i < r->count; i++)
        for (uint32_t k = 0; k < r->variants[i]->match.crossed.count; k++) {
            uint32_t at = position_of(r, def_use->definitions[r->variants[i]->match.crossed.items[k]].statement);
            if (at >= r->last)
                return false;
            r->first = at < r->first ? at : r->first;
        }
    return r->first < r->last || r->variants[0]->test_count;
}

/* `if scores.size() != (b, n): raise`, `assert scores.shape == ...`: what it looks at is as the sizes of the operands are. */
static bool is_size_check(const region *r, uint32_t statement)
{
    const nw_ast *ast = r->w->index.module->ast;
    const nw_node *node = &ast->nodes[statement];
    nw_list body = node->kind == NW_NODE_IF ? nw_ast_list(ast, node->b) : (nw_list){0};
    bool raises = node->kind == NW_NODE_IF && body.count == 1 && ast->nodes[body.items[0]].kind == NW_NODE_RAISE && nw_ast_list(ast, node->c).count == 0;
    return (raises || node->kind == NW_NODE_ASSERT) && ast->nodes[node->a].kind == NW_NODE_COMPARE;
}

/* The read `scores.size()` or `scores.shape`. */
static bool is_size_read(const nw_file_index *index, uint32_t name)
{
    const nw_node *parent = nw_file_node(index, index->above[name].parent);
    const char *attribute = parent->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){parent->b}) : "";
    return strcmp(attribute, "size") == 0 || strcmp(attribute, "shape") == 0;
}

/* The statement directly in the region, or in a chosen arm of it, that would stay and holds the node; 0: a matched one, or none. */
static uint32_t kept_statement(const region *r, const nw_outcome *variant, const nw_literal_set *known, uint32_t node)
{
    const nw_file_index *index = &r->w->index;
    uint32_t kept = index->above[node].statement;
    for (uint32_t at = kept; at; at = index->above[at].parent) {
        if (is_crossed(&variant->match, at))
            return 0;
        const nw_node *parent = nw_file_node(index, index->above[at].parent);
        bool taken, opened = parent->kind == NW_NODE_IF && nw_test_is_plain(index, parent->a) && nw_test_value(index, known, parent->a, &taken);
        if (!opened)
            kept = at;
        for (uint32_t i = 0; i < r->block.count; i++)
            if (r->block.items[i] == at)
                return opened ? kept : at;
    }
    return 0;
}

/* `weights = softmax(scores)` that nothing reads, and whose calls do nothing but compute. */
static bool is_idle(const region *r, const nw_outcome *variant, uint32_t statement)
{
    const nw_file_index *index = &r->w->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[statement];
    nw_list targets = node->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, node->a) : (nw_list){0};
    if (targets.count != 1 || ast->nodes[targets.items[0]].kind != NW_NODE_NAME)
        return false;
    const nw_def_use *def_use = nw_file_def_use((nw_file_index *)index, r->w->function);
    uint32_t number = nw_def_use_at(def_use, targets.items[0]);
    if (!number || def_use->definitions[number].use_count || def_use->captured[def_use->definitions[number].slot])
        return false;
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (nw_node_inside(&ast->nodes[i], node) &&
            (ast->nodes[i].kind == NW_NODE_NAMED || ast->nodes[i].kind == NW_NODE_AWAIT || ast->nodes[i].kind == NW_NODE_YIELD ||
             (ast->nodes[i].kind == NW_NODE_CALL && !nw_rewrite_is_harmless_call(&variant->rewrite, i))))
            return false;
    return true;
}

static bool is_inside_text(const nw_outcome *variant, uint32_t name)
{
    const nw_match *match = &variant->match;
    const nw_node *read = nw_file_node(match->index, name);
    for (uint32_t i = 1; i < match->form->variable_count; i++) {
        const nw_binding *binding = &match->bindings[i];
        bool is_text = match->form->variables[i].role == NW_VARIABLE_VALUE && match->form->variables[i].on_right && binding->is_bound && binding->term.node &&
                       !match->form->variables[i].definition.v;
        if (is_text && nw_node_inside(read, nw_file_node(match->index, binding->term.node)))
            return true;
    }
    return false;
}

/* Which other definition a later read sees when a test between goes one way: `if not wanted: weights = None`. */
static bool rebinds_on(const nw_outcome *variant, uint32_t use, uint32_t dropped, nw_literal *avoid)
{
    for (uint32_t choices = 0; choices < 2; choices++) {
        nw_match probe = variant->match;
        probe.decisions = probe.literals = (nw_literal_set){0};
        probe.choices = choices;
        uint32_t seen = nw_definition_in_arms(&probe, use);
        if (seen && seen != dropped && probe.decisions.count == 1) {
            *avoid = probe.decisions.items[0];
            return true;
        }
    }
    return false;
}

/* A use of what a variant no longer computes: behind the region it must be under a test; then the variant needs the opposite. */
static bool check_use(region *r, nw_outcome *variant, nw_literal_set *needs, uint32_t dropped, uint32_t use)
{
    const nw_file_index *index = &r->w->index;
    uint32_t at = position_of(r, use), root = variant->rewrite.roots[0].node;
    uint32_t end = nw_file_node(index, r->block.items[r->last])->end;
    nw_literal open, avoid;
    bool has_open = false;
    bool inside = at >= r->first && at < r->last;
    if ((inside || nw_node_inside(nw_file_node(index, use), nw_file_node(index, root))) && nw_alike_operand(&variant->match, use))
        return true;
    if (is_inside_text(variant, use))
        return false;
    if (nw_node_set_has(&variant->match.reads, use) || nw_node_inside(nw_file_node(index, use), nw_file_node(index, root)))
        return true;
    if (!may_run(r->w, needs, use, inside, &open, &has_open))
        return true;
    if (inside) {
        uint32_t kept = kept_statement(r, variant, needs, use);
        if (!kept || is_idle(r, variant, kept) || (is_size_check(r, kept) && is_size_read(index, use)))
            return true;
        if (!has_open || position_of(r, open.core) < r->first || !is_steady(r, &variant->match, open.core, nw_file_node(index, open.core)->start))
            return false;
        open.value = !open.value;
        return nw_literal_add(index, needs, open);
    }
    if (nw_file_node(index, use)->start < end)
        return false;
    if (has_open && is_steady(r, &variant->match, open.core, nw_file_node(index, use)->start)) {
        open.value = !open.value;
        return nw_literal_add(index, needs, open);
    }
    if (!has_open && nw_returned_find(r->w, use, &r->returned))
        return true;
    if (!rebinds_on(variant, use, dropped, &avoid) || !is_steady(r, &variant->match, avoid.core, nw_file_node(index, avoid.core)->start))
        return false;
    return nw_literal_add(index, needs, avoid);
}

/* What the new code writes twice costs nothing and has no effect. */
static bool is_written_once(nw_outcome *variant)
{
    const nw_match *match = &variant->match;
    for (uint32_t i = 1; i < match->form->variable_count; i++) {
        const nw_binding *binding = &match->bindings[i];
        if (match->form->variables[i].role == NW_VARIABLE_VALUE && binding->is_bound && binding->term.node && !nw_rewrite_is_plain(match->index, binding->term.node) &&
            nw_rewrite_occurrences(&variant->rewrite, &match->form->forward.right[0].value, (nw_variable_id){i}) > 1)
            return false;
    }
    return true;
}

/* What a test of the rule reads is there at the start of the region and still the same where the new code reads it. */
static bool is_asked_early(const region *r, const nw_outcome *variant, const nw_template *test)
{
    const nw_match *match = &variant->match;
    const nw_file_index *index = match->index;
    for (uint32_t i = 0; i < test->count; i++) {
        const nw_binding *binding = test->pieces[i].kind == NW_PIECE_VARIABLE ? &match->bindings[test->pieces[i].variable.v] : NULL;
        uint32_t node = binding && match->form->variables[test->pieces[i].variable.v].role == NW_VARIABLE_VALUE ? binding->term.node : 0;
        if (node && index->above[node].function == match->function &&
            (!nw_test_is_plain(index, node) || !is_steady(r, match, node, nw_file_node(index, node)->start)))
            return false;
    }
    return true;
}

/* A test that would have to be asked before what it reads is set. */
static void refuse_test(region *r, uint32_t core)
{
    const nw_node *node = nw_file_node(&r->w->index, core);
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, "`%.*s`, which decides between new and old code, is changed before it is asked", (int)(node->end - node->start),
                     r->w->index.module->source.bytes + node->start);
    r->reason = NW_DIAG_EDIT_REFUSED;
    r->detail = nw_arena_copy(&r->w->index.eval->arena, text.bytes, text.size + 1);
    nw_buffer_release(&text);
}

static bool check_variant(region *r, uint32_t at)
{
    nw_outcome *variant = r->variants[at];
    for (uint32_t i = 0; i < variant->test_count; i++)
        if (!is_asked_early(r, variant, &variant->tests[i]->guard)) {
            nw_symbol unsafe = variant->tests[i]->reason;
            r->reason = unsafe.v ? NW_DIAG_UNSAFE_RULE : NW_DIAG_EDIT_REFUSED;
            r->detail = unsafe.v ? nw_symbol_bytes(r->w->index.eval->symbols, unsafe) : "what decides whether the old code is needed is not known in front of it";
            return false;
        }
    if (!is_written_once(variant)) {
        r->reason = NW_DIAG_EVALUATED_TWICE;
        r->detail = "an operand";
        return false;
    }
    const nw_def_use *def_use = nw_file_def_use(&r->w->index, r->w->function);
    for (uint32_t i = 0; i < r->needs[at].count; i++)
        if (!is_steady(r, &variant->match, r->needs[at].items[i].core, nw_file_node(&r->w->index, r->needs[at].items[i].core)->start)) {
            refuse_test(r, r->needs[at].items[i].core);
            return false;
        }
    for (uint32_t i = 0; i < variant->match.crossed.count; i++) {
        uint32_t number = variant->match.crossed.items[i];
        const nw_definition *definition = &def_use->definitions[number];
        const nw_node *statement = nw_file_node(&r->w->index, definition->statement);
        bool good = !def_use->captured[definition->slot] &&
                    (statement->kind != NW_NODE_AUGMENTED_ASSIGN || nw_rewrite_owns_storage(&variant->rewrite, statement->a));
        for (uint32_t k = 0; k < definition->use_count && good; k++)
            good = check_use(r, variant, &r->needs[at], number, definition->uses[k]);
        if (!good) {
            nw_rewrite_refuse_use(&variant->rewrite, definition->target);
            r->reason = variant->rewrite.refused;
            r->detail = variant->rewrite.detail;
            return false;
        }
    }
    return true;
}

/* ---- the statements that stay ---- */

typedef bool keep_visitor(region *r, nw_outcome *variant, uint32_t statement, void *data);

/* Every statement of the region that a variant leaves in place, in order. */
static bool visit_kept(region *r, nw_outcome *variant, const nw_literal_set *known, nw_list block, uint32_t from, uint32_t to, keep_visitor *visitor, void *data)
{
    const nw_file_index *index = &r->w->index;
    for (uint32_t i = from; i < to; i++) {
        uint32_t statement = block.items[i];
        const nw_node *node = nw_file_node(index, statement);
        if (is_crossed(&variant->match, statement))
            continue;
        bool taken;
        if (node->kind == NW_NODE_IF && nw_test_is_plain(index, node->a) && nw_test_value(index, known, node->a, &taken)) {
            nw_list arm = nw_ast_list(index->module->ast, taken ? node->b : node->c);
            if (!visit_kept(r, variant, known, arm, 0, arm.count, visitor, data))
                return false;
        } else if (!visitor(r, variant, statement, data)) {
            return false;
        }
    }
    return true;
}

static bool reads_dropped(region *r, nw_outcome *variant, uint32_t statement)
{
    const nw_def_use *def_use = nw_file_def_use(&r->w->index, r->w->function);
    for (uint32_t i = 0; i < variant->match.crossed.count; i++) {
        const nw_definition *definition = &def_use->definitions[variant->match.crossed.items[i]];
        for (uint32_t k = 0; k < definition->use_count; k++)
            if (nw_node_inside(nw_file_node(&r->w->index, definition->uses[k]), nw_file_node(&r->w->index, statement)))
                return true;
    }
    return false;
}

/* ---- whether what stays leaves alone what the new code reads, which now reads it later ---- */

/* Whether the new code's texts read a name, or an attribute of that name. */
static bool is_operand(const nw_outcome *variant, uint32_t symbol, uint8_t kind)
{
    const nw_ast *ast = variant->match.index->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == kind && (kind == NW_NODE_NAME ? node->a : node->b) == symbol && is_inside_text(variant, i) && !nw_alike_operand(&variant->match, i))
            return true;
    }
    return false;
}

static bool mentions_operand(const nw_outcome *variant, uint32_t call)
{
    const nw_ast *ast = variant->match.index->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_NAME && nw_node_inside(node, &ast->nodes[call]) && node->b == NW_PLACE_SLOT && !(node->c == 0 && !node->op) &&
            is_operand(variant, node->a, NW_NODE_NAME))
            return true;
    }
    return false;
}

static bool is_quiet_call(const region *r, const nw_outcome *variant, uint32_t id)
{
    const nw_file_index *index = &r->w->index;
    const nw_node *node = nw_file_node(index, id), *callee = nw_file_node(index, node->a);
    nw_text name = nw_symbol_text(index->eval->symbols, (nw_symbol){callee->kind == NW_NODE_ATTRIBUTE ? callee->b : callee->kind == NW_NODE_NAME ? callee->a : 0});
    if (name.size > 1 && name.bytes[name.size - 1] == '_' && name.bytes[name.size - 2] != '_')
        return false; /* add_() */
    if (nw_rewrite_is_harmless_call(&variant->rewrite, id))
        return true;
    uint32_t fact = nw_file_fact(index, node->start, node->end, variant->match.activation);
    bool is_layer = fact && index->eval->facts[fact].kind == NW_FACT_LAYER;
    return is_layer || !mentions_operand(variant, id);
}

/* `mask = torch.ones(n)`, then `mask[i] = 0`: memory that was made inside the region, so that nothing the new code reads can be in it. */
static bool is_made_inside(const region *r, uint32_t subscript)
{
    static const char *const makers[] = {"ones", "zeros", "empty", "full"};
    const nw_file_index *index = &r->w->index;
    const nw_def_use *def_use = nw_file_def_use((nw_file_index *)index, r->w->function);
    uint32_t object = nw_file_node(index, subscript)->a, number = nw_file_node(index, object)->kind == NW_NODE_NAME ? nw_def_use_of_read(def_use, object) : 0;
    const nw_definition *definition = &def_use->definitions[number];
    const nw_node *statement = number && definition->statement ? nw_file_node(index, definition->statement) : NULL;
    if (!statement || statement->kind != NW_NODE_ASSIGN || position_of(r, definition->statement) < r->first || position_of(r, definition->statement) >= r->last)
        return false;
    const nw_node *value = nw_file_node(index, statement->b), *callee = nw_file_node(index, value->a), *package = nw_file_node(index, callee->a);
    if (value->kind != NW_NODE_CALL || callee->kind != NW_NODE_ATTRIBUTE || package->kind != NW_NODE_NAME || package->b != NW_PLACE_GLOBAL ||
        strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){package->a}), "torch") != 0)
        return false;
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){callee->b}), makers[i]) == 0)
            return true;
    return false;
}

static bool leaves_operands(region *r, nw_outcome *variant, uint32_t statement, void *data)
{
    const nw_file_index *index = &r->w->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *outer = &ast->nodes[statement];
    (void)data;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (!nw_node_inside(node, outer) || nw_file_node(index, index->above[i].statement)->kind == NW_NODE_RAISE)
            continue; /* what raises does not come to the new code */
        bool is_target = index->above[i].label && strcmp(index->above[i].label, "target") == 0;
        bool bad = node->kind == NW_NODE_AWAIT || node->kind == NW_NODE_YIELD || node->kind == NW_NODE_DELETE || (node->kind == NW_NODE_CALL && !is_quiet_call(r, variant, i)) ||
                   (is_target && node->kind == NW_NODE_SUBSCRIPT && !is_made_inside(r, i)) || (is_target && node->kind == NW_NODE_ATTRIBUTE && is_operand(variant, node->b, NW_NODE_ATTRIBUTE)) ||
                   (node->kind == NW_NODE_AUGMENTED_ASSIGN && !nw_rewrite_owns_storage(&variant->rewrite, node->a));
        if (bad)
            return false;
    }
    for (uint32_t i = 1; i < variant->match.form->variable_count; i++) {
        const nw_binding *binding = &variant->match.bindings[i];
        bool is_text = variant->match.form->variables[i].role == NW_VARIABLE_VALUE && variant->match.form->variables[i].on_right && binding->is_bound && binding->term.node;
        if (is_text && nw_file_node(index, binding->term.node)->start < outer->start && nw_rewrite_is_disturbed(&variant->rewrite, binding->term.node, statement))
            return false;
    }
    return true;
}

/* ---- text ---- */

static void put_indent(nw_buffer *out, const char *indent, uint32_t size, uint32_t deeper)
{
    nw_buffer_add(out, indent, size);
    bool tabs = size && indent[0] == '\t';
    for (uint32_t i = 0; i < deeper; i++)
        nw_buffer_text(out, tabs ? "\t" : "    ");
}

typedef struct writer {
    nw_buffer *out;
    const char *indent, *line_end;
    uint32_t indent_size, depth;
} writer;

/* A statement of one line or more, with its continuation lines as far in as before. */
static bool put_statement(region *r, nw_outcome *variant, uint32_t statement, void *data)
{
    writer *to = data;
    const nw_source *source = &r->w->index.module->source;
    const nw_node *node = nw_file_node(&r->w->index, statement);
    if ((is_size_check(r, statement) || is_idle(r, variant, statement)) && reads_dropped(r, variant, statement))
        return true;
    uint32_t column = 0;
    while (node->start > column && source->bytes[node->start - column - 1] != '\n')
        column++;
    put_indent(to->out, to->indent, to->indent_size, to->depth);
    nw_buffer text;
    nw_buffer_init(&text);
    nw_alike_put(&variant->match, node->start, node->end, &text);
    for (uint32_t i = 0; i < text.size; i++) {
        nw_buffer_byte(to->out, text.bytes[i]);
        if (text.bytes[i] != '\n')
            continue;
        uint32_t blank = 0;
        while (blank < column && i + 1 < text.size && (text.bytes[i + 1] == ' ' || text.bytes[i + 1] == '\t')) {
            blank++;
            i++;
        }
        put_indent(to->out, to->indent, to->indent_size, to->depth);
    }
    nw_buffer_release(&text);
    nw_buffer_text(to->out, to->line_end);
    return true;
}

enum { LONGEST_LINE = 119 };

/* Where ` if ` or ` else ` stands outside brackets, from a place on; the size: nowhere. */
static uint32_t find_word(const char *text, uint32_t size, uint32_t from, const char *word)
{
    int depth = 0;
    uint32_t length = (uint32_t)strlen(word);
    for (uint32_t i = from; i + length <= size; i++) {
        depth += strchr("([{", text[i]) ? 1 : strchr(")]}", text[i]) ? -1 : 0;
        if (depth == 0 && memcmp(text + i, word, length) == 0)
            return i;
    }
    return size;
}

/* An argument, its choice on three lines where it would be too long. */
static void put_argument(const char *text, uint32_t size, writer *to)
{
    uint32_t width = to->indent_size + 4 * (to->depth + 1) + size, test = find_word(text, size, 0, " if "), other = find_word(text, size, test, " else ");
    uint32_t name = find_word(text, size, 0, "=");
    if (width <= LONGEST_LINE || other == size || name >= test || text[name + 1] == '=') {
        nw_buffer_add(to->out, text, size);
        nw_buffer_text(to->out, ",");
        return;
    }
    const uint32_t cuts[] = {name + 1, test, other, size};
    nw_buffer_add(to->out, text, name + 1);
    nw_buffer_byte(to->out, '(');
    for (int i = 0; i < 3; i++) {
        nw_buffer_text(to->out, to->line_end);
        put_indent(to->out, to->indent, to->indent_size, to->depth + 2);
        nw_buffer_add(to->out, text + cuts[i] + (i != 0), cuts[i + 1] - cuts[i] - (i != 0));
    }
    nw_buffer_text(to->out, to->line_end);
    put_indent(to->out, to->indent, to->indent_size, to->depth + 1);
    nw_buffer_text(to->out, "),");
}

/* A new statement on one line, or with one argument on each line where it would be too long. */
static void put_line(const nw_buffer *line, uint32_t call, writer *to)
{
    uint32_t open = call, width = to->indent_size + 4 * to->depth + (uint32_t)line->size;
    while (open < line->size && line->bytes[open] != '(')
        open++;
    uint32_t close = nw_text_closing(line, open), start = open + 1;
    put_indent(to->out, to->indent, to->indent_size, to->depth);
    if (width <= LONGEST_LINE || close >= line->size || memchr(line->bytes, '\n', line->size)) {
        nw_buffer_add(to->out, line->bytes, line->size);
        nw_buffer_text(to->out, to->line_end);
        return;
    }
    nw_buffer_add(to->out, line->bytes, start);
    for (uint32_t i = start; i <= close; i++) {
        char c = line->bytes[i];
        if (i < close && strchr("([{\"'", c)) {
            uint32_t end = nw_text_closing(line, i);
            i = c == '"' || c == '\'' ? (uint32_t)(strchr(line->bytes + i + 1, c) - line->bytes) : end;
            continue;
        }
        if (c != ',' && i < close)
            continue;
        nw_buffer_text(to->out, to->line_end);
        put_indent(to->out, to->indent, to->indent_size, to->depth + 1);
        put_argument(line->bytes + start, i - start, to);
        start = i + 1 + (i + 1 < close && line->bytes[i + 1] == ' ');
    }
    nw_buffer_text(to->out, to->line_end);
    put_indent(to->out, to->indent, to->indent_size, to->depth);
    nw_buffer_add(to->out, line->bytes + close, line->size - close);
    nw_buffer_text(to->out, to->line_end);
}

/* What a way through the arms leaves: statements that stay, then the new one. */
typedef struct leaf {
    nw_buffer kept, line;
    uint32_t call; /* where the new code starts in the line */
} leaf;

static void leaf_init(leaf *made)
{
    nw_buffer_init(&made->kept);
    nw_buffer_init(&made->line);
    made->call = 0;
}

static void leaf_release(leaf *made)
{
    nw_buffer_release(&made->kept);
    nw_buffer_release(&made->line);
}

static bool same_text(const nw_buffer *a, const nw_buffer *b)
{
    return a->size == b->size && (!a->size || memcmp(a->bytes, b->bytes, a->size) == 0);
}

/* The new code; the part whose absence a test makes sure of is not there. */
static bool put_call(const region *r, nw_outcome *variant, nw_buffer *out)
{
    nw_match *match = &variant->match;
    nw_binding *tested[NW_MAX_TESTS * 2];
    uint32_t count = 0;
    for (uint32_t i = 0; i < variant->test_count; i++) {
        const nw_condition *condition = variant->tests[i];
        for (uint32_t k = 0; k < condition->argument_count && condition->predicate == NW_PREDICATE_UNBOUND; k++) {
            nw_binding *binding = nw_binding_of_argument(match, condition->arguments[k]);
            if (!binding || !binding->is_bound || count == NW_MAX_TESTS * 2)
                continue;
            binding->is_bound = false;
            tested[count++] = binding;
        }
    }
    bool good = nw_rewrite_template(&variant->rewrite, &variant->form->forward.right[0].value, r->w->function, out);
    while (count)
        tested[--count]->is_bound = true;
    return good;
}

static bool make_leaf(region *r, uint32_t at, const writer *to, leaf *made)
{
    nw_outcome *variant = r->variants[at];
    const nw_source *source = &r->w->index.module->source;
    const nw_node *statement = nw_file_node(&r->w->index, r->block.items[r->last]), *root = nw_file_node(&r->w->index, variant->rewrite.roots[0].node);
    writer inner = *to;
    inner.out = &made->kept;
    if (!visit_kept(r, variant, &r->needs[at], r->block, r->first, r->last, put_statement, &inner))
        return false;
    nw_buffer_add(&made->line, source->bytes + statement->start, root->start - statement->start);
    nw_text_join_lines(&made->line);
    made->call = (uint32_t)made->line.size;
    if (!put_call(r, variant, &made->line))
        return false;
    nw_buffer_add(&made->line, source->bytes + root->end, statement->end - root->end);
    nw_text_join_lines(&made->line);
    return true;
}

static void put_leaf(const region *r, leaf *made, writer *to)
{
    nw_buffer_add(to->out, made->kept.bytes, made->kept.size);
    nw_buffer_byte(&made->line, 0);
    made->line.size--;
    put_line(&made->line, made->call, to);
    if (r->returned.function) {
        put_indent(to->out, to->indent, to->indent_size, to->depth);
        nw_buffer_format(to->out, "%s = None%s", nw_symbol_bytes(r->w->index.eval->symbols, (nw_symbol){r->returned.name}), to->line_end);
    }
}

static const nw_outcome *variant_asking(const region *r, nw_literal literal)
{
    for (uint32_t i = 0; i < r->count; i++)
        if (nw_literal_find(&r->w->index, &r->needs[i], literal))
            return r->variants[i];
    return r->variants[0];
}

static void put_literal(const region *r, nw_literal literal, bool alone, nw_buffer *out)
{
    const nw_node *core = nw_file_node(&r->w->index, literal.core);
    bool is_atom = core->kind == NW_NODE_NAME || core->kind == NW_NODE_ATTRIBUTE;
    bool wrap = literal.kind == NW_ASKS_TRUTH && !is_atom && (!literal.value || (!alone && core->kind == NW_NODE_OR));
    if (literal.kind == NW_ASKS_TRUTH && !literal.value)
        nw_buffer_text(out, "not ");
    nw_buffer_text(out, wrap ? "(" : "");
    nw_alike_put(&variant_asking(r, literal)->match, core->start, core->end, out);
    nw_buffer_text(out, wrap ? ")" : "");
    if (literal.kind == NW_ASKS_NONE)
        nw_buffer_text(out, literal.value ? " is None" : " is not None");
}

static void put_guard(const region *r, nw_buffer *out)
{
    if (r->returned.function)
        nw_buffer_format(out, "not %s", nw_returned_parameter);
    for (uint32_t i = 0; i < r->guard.count; i++) {
        nw_buffer_text(out, out->size ? " and " : "");
        put_literal(r, r->guard.items[i], r->guard.count == 1 && !r->returned.function && !r->tests.size, out);
    }
    nw_buffer_text(out, out->size && r->tests.size ? " and " : "");
    nw_buffer_add(out, r->tests.bytes, r->tests.size);
}

static bool has_text(const nw_buffer *buffer, const nw_buffer *part)
{
    for (size_t i = 0; i + part->size <= buffer->size; i++)
        if (memcmp(buffer->bytes + i, part->bytes, part->size) == 0)
            return true;
    return false;
}

/* The tests of all variants, each once. */
static bool write_tests(region *r)
{
    bool good = true;
    for (uint32_t i = 0; i < r->count; i++)
        for (uint32_t k = 0; k < r->variants[i]->test_count && good; k++) {
            nw_buffer text;
            nw_buffer_init(&text);
            good = nw_rewrite_template(&r->variants[i]->rewrite, &r->variants[i]->tests[k]->guard, r->w->function, &text);
            if (good && !has_text(&r->tests, &text)) {
                bool wrap = find_word(text.bytes, (uint32_t)text.size, 0, " or ") < text.size;
                nw_buffer_text(&r->tests, r->tests.size ? " and " : "");
                nw_buffer_text(&r->tests, wrap ? "(" : "");
                nw_buffer_add(&r->tests, text.bytes, text.size);
                nw_buffer_text(&r->tests, wrap ? ")" : "");
            }
            nw_buffer_release(&text);
        }
    return good;
}

/* The variant that holds when the first `decided` splits have these values; UINT32_MAX: none, or not yet one. */
static bool fits(const region *r, uint32_t variant, const nw_literal_set *decided)
{
    for (uint32_t i = 0; i < decided->count; i++) {
        const nw_literal *need = nw_literal_find(&r->w->index, &r->needs[variant], decided->items[i]);
        if (need && need->value != decided->items[i].value)
            return false;
    }
    return true;
}

static bool defaults_to_none(void *data, const char *name, uint32_t size)
{
    const region *r = data;
    const nw_template *template = &r->variants[0]->form->forward.right[0].value;
    nw_eval *eval = r->w->index.eval;
    for (uint32_t i = 0; i < template->count; i++)
        if (template->pieces[i].kind == NW_PIECE_NAME)
            return nw_defaults_to_none(eval, nw_symbol_bytes(eval->symbols, template->pieces[i].name), nw_symbol_intern(eval->symbols, name, size));
    return false;
}

/* Both ways of a test in one statement, where they differ in arguments only and the test means the same there. */
static bool merge_leaves(region *r, nw_literal split, leaf *sides[2], leaf *made)
{
    const nw_node *last = nw_file_node(&r->w->index, r->block.items[r->last]);
    bool swap = split.kind == NW_ASKS_NONE; /* `x is not None` reads better */
    if (!same_text(&sides[0]->kept, &sides[1]->kept) || sides[0]->call != sides[1]->call)
        return false;
    nw_buffer_add(&made->kept, sides[0]->kept.bytes, sides[0]->kept.size);
    made->call = sides[0]->call;
    if (same_text(&sides[0]->line, &sides[1]->line)) {
        nw_buffer_add(&made->line, sides[0]->line.bytes, sides[0]->line.size);
        return true;
    }
    if (!is_steady(r, &variant_asking(r, split)->match, split.core, last->start))
        return false;
    nw_buffer test;
    nw_buffer_init(&test);
    split.value = !swap;
    put_literal(r, split, true, &test);
    nw_buffer_byte(&test, 0);
    nw_call_pair pair = {&sides[swap]->line, &sides[!swap]->line, made->call, test.bytes, defaults_to_none, r};
    bool good = nw_calls_merge(&pair, &made->line);
    nw_buffer_release(&test);
    return good;
}

/* The statements for all variants that the decided tests leave, if they can be one list. */
static bool find_leaf(region *r, nw_literal_set decided, const writer *to, leaf *made)
{
    if (decided.count == r->splits.count) {
        for (uint32_t i = 0; i < r->count; i++)
            if (fits(r, i, &decided))
                return make_leaf(r, i, to, made);
        return false;
    }
    leaf sides[2];
    nw_literal split = r->splits.items[decided.count];
    bool good = true;
    for (int side = 0; side < 2; side++) {
        nw_literal_set more = decided;
        leaf_init(&sides[side]);
        split.value = side == 0;
        more.items[more.count++] = split;
        good = good && find_leaf(r, more, to, &sides[side]);
    }
    good = good && merge_leaves(r, split, (leaf *[2]){&sides[0], &sides[1]}, made);
    leaf_release(&sides[0]);
    leaf_release(&sides[1]);
    return good;
}

/* The new code, with a test for each split that cannot be put into the call. */
static bool put_tree(region *r, nw_literal_set decided, writer to)
{
    leaf made;
    leaf_init(&made);
    bool is_leaf = find_leaf(r, decided, &to, &made), good = is_leaf || decided.count < r->splits.count;
    if (is_leaf)
        put_leaf(r, &made, &to);
    leaf_release(&made);
    for (int side = 0; side < 2 && good && !is_leaf; side++) {
        nw_literal split = r->splits.items[decided.count];
        nw_literal_set more = decided;
        writer deeper = to;
        split.value = side == 0;
        more.items[more.count++] = split;
        put_indent(to.out, to.indent, to.indent_size, to.depth);
        nw_buffer_text(to.out, side ? "else" : "if ");
        if (side == 0)
            put_literal(r, split, true, to.out);
        nw_buffer_text(to.out, ":");
        nw_buffer_text(to.out, to.line_end);
        deeper.depth++;
        good = put_tree(r, more, deeper);
    }
    return good;
}

/* The old code, one step further in. */
static bool put_old(region *r, uint32_t start, uint32_t end, writer *to)
{
    const nw_source *source = &r->w->index.module->source;
    for (uint32_t i = start; i + 2 < end; i++) { /* a text over several lines would change with its lines */
        const char *at = source->bytes + i;
        if (memcmp(at, "\"\"\"", 3) == 0 || memcmp(at, "'''", 3) == 0 || memcmp(at, "\\\n", 2) == 0 || memcmp(at, "\\\r", 2) == 0)
            return false;
    }
    bool starts_line = true;
    for (uint32_t i = start; i < end; i++) {
        bool blank = source->bytes[i] == '\n' || source->bytes[i] == '\r';
        if (starts_line && !blank)
            nw_buffer_text(to->out, to->indent_size && to->indent[0] == '\t' ? "\t" : "    ");
        nw_buffer_byte(to->out, source->bytes[i]);
        starts_line = source->bytes[i] == '\n';
    }
    return true;
}

/* ---- all of it ---- */

static void drop_variant(region *r, uint32_t at)
{
    r->count--;
    for (uint32_t i = at; i < r->count; i++) {
        r->variants[i] = r->variants[i + 1];
        r->needs[i] = r->needs[i + 1];
    }
}

/* A test that is asked behind another one only, `mask is not None and mask.ndim > 2`, may fail where that one is not asked: it reads an
 * attribute of something else than self, or compares by size. */
static bool may_raise(const region *r, uint32_t core)
{
    const nw_ast *ast = r->w->index.module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
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
        bool is_self = base->kind == NW_NODE_NAME && base->b == NW_PLACE_SLOT && !base->op && base->c == 0;
        if (!is_self && !(base->kind == NW_NODE_NAME && base->b == NW_PLACE_GLOBAL))
            return true;
    }
    return false;
}

/* Variants that ask what another one must not be asked. */
static void drop_risky(region *r)
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
static void sort_tests(region *r)
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
static bool is_complete(const region *r, nw_literal_set decided, nw_literal_set *missing)
{
    bool any = false;
    for (uint32_t i = 0; i < r->count; i++)
        any |= fits(r, i, &decided);
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
static void make_complete(region *r)
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

/* In the other arm of an `if` whose first arm has the rule's target, the old code was kept by an earlier rewrite. */
static bool is_kept_code(const region *r, uint32_t root, const nw_template *template)
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
        for (uint32_t i = 1; i < ast->node_count && then.count; i++) {
            const nw_node *node = &ast->nodes[i];
            uint32_t name = node->kind == NW_NODE_ATTRIBUTE ? node->b : node->kind == NW_NODE_NAME ? node->a : 0;
            if (name && node->start >= ast->nodes[then.items[0]].start && node->end <= ast->nodes[then.items[then.count - 1]].end &&
                strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){name}), last) == 0)
                return true;
        }
    }
    return false;
}

/* Whether two variants that only this test tells apart keep different statements: then it has to be an `if`. */
static bool is_structural(region *r, nw_literal split)
{
    const nw_file_index *index = &r->w->index;
    for (uint32_t i = 0; i < r->count; i++)
        for (uint32_t k = 0; k < i; k++) {
            const nw_literal *a = nw_literal_find(index, &r->needs[i], split), *b = nw_literal_find(index, &r->needs[k], split);
            bool alone = a && b && a->value != b->value;
            for (uint32_t m = 0; m < r->splits.count && alone; m++) {
                const nw_literal *c = nw_literal_find(index, &r->needs[i], r->splits.items[m]), *d = nw_literal_find(index, &r->needs[k], r->splits.items[m]);
                alone = nw_literal_about_same(index, split, r->splits.items[m]) || !c || !d || c->value == d->value;
            }
            if (!alone)
                continue;
            leaf sides[2];
            writer to = {.line_end = "\n", .indent = ""};
            leaf_init(&sides[0]);
            leaf_init(&sides[1]);
            bool differ = !make_leaf(r, i, &to, &sides[0]) || !make_leaf(r, k, &to, &sides[1]) || !same_text(&sides[0].kept, &sides[1].kept);
            leaf_release(&sides[0]);
            leaf_release(&sides[1]);
            if (differ)
                return true;
        }
    return false;
}

static void order_splits(region *r)
{
    nw_literal_set ordered = {0};
    for (int structural = 1; structural >= 0; structural--)
        for (uint32_t i = 0; i < r->splits.count; i++)
            if (is_structural(r, r->splits.items[i]) == (structural == 1))
                ordered.items[ordered.count++] = r->splits.items[i];
    r->splits = ordered;
}

static bool write_region(region *r, nw_outcome *out)
{
    const nw_file_index *index = &r->w->index;
    const nw_source *source = &index->module->source;
    uint32_t start = nw_file_node(index, r->block.items[r->first])->start, end = nw_file_node(index, r->block.items[r->last])->end, line = start;
    while (line > 0 && source->bytes[line - 1] != '\n')
        line--;
    if (strspn(source->bytes + line, " \t") < start - line)
        return false; /* something else stands on that line */
    bool good = write_tests(r), has_guard = r->guard.count || r->returned.function || r->tests.size;
    order_splits(r);
    nw_buffer text, guard;
    nw_buffer_init(&text);
    nw_buffer_init(&guard);
    writer to = {&text, source->bytes + line, source->is_crlf ? "\r\n" : "\n", start - line, has_guard};
    put_guard(r, &guard);
    if (has_guard) {
        put_indent(&text, to.indent, to.indent_size, 0);
        nw_buffer_format(&text, "if %.*s:%s", (int)guard.size, guard.bytes, to.line_end);
    }
    good = good && put_tree(r, (nw_literal_set){0}, to);
    if (good && has_guard) {
        put_indent(&text, to.indent, to.indent_size, 0);
        nw_buffer_format(&text, "else:%s", to.line_end);
        good = put_old(r, line, end, &to);
    } else if (good) {
        text.size -= (uint32_t)strlen(to.line_end);
        out->rewrite.loses_comment |= nw_rewrite_has_comment(&out->rewrite, start, end);
    }
    out->rewrite.first = start;
    out->rewrite.end = end;
    for (uint32_t i = 0; i < r->count && good; i++) /* the imports that templates asked for */
        for (uint32_t k = 0; k < r->variants[i]->rewrite.edit_count && good; k++) {
            const nw_finding_edit *edit = &r->variants[i]->rewrite.edits[k];
            good = nw_rewrite_add(&out->rewrite, edit->start, edit->end, edit->text, edit->size);
        }
    good = good && nw_rewrite_add(&out->rewrite, line, end, text.bytes, text.size) &&
           (!r->returned.function || nw_returned_write(r->w, &r->returned, &out->rewrite));
    nw_buffer_byte(&guard, 0);
    out->guard = has_guard ? nw_arena_copy(&index->eval->arena, guard.bytes, guard.size) : NULL;
    nw_buffer_release(&text);
    nw_buffer_release(&guard);
    return good;
}

/* The forms that this way of rewriting serves. */
static bool is_suitable(const nw_rule_form *form)
{
    return form->root_count == 1 && !form->last_resort && form->forward.right_count == 1 && (!form->init.present || form->init.kept);
}

static bool leaves_all_operands(region *r, uint32_t at)
{
    if (visit_kept(r, r->variants[at], &r->needs[at], r->block, r->first, r->last, leaves_operands, NULL))
        return true;
    r->reason = NW_DIAG_CANNOT_MOVE;
    r->detail = "an operand";
    return false;
}

/* Without --unsafe the ways that are safe are enough, and of these the ones that the rule asks the fewest tests for: the old code stays on
 * the others. */
static void drop_unsafe(region *r)
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

static bool find_region(region *r, uint32_t fact_at)
{
    for (uint32_t i = 0; i < r->w->rule->form_count; i++)
        if (is_suitable(&r->w->rule->forms[i]))
            find_variants(r, &r->w->rule->forms[i], fact_at);
    drop_unsafe(r);
    if (!r->count || !set_extent(r))
        return false;
    for (uint32_t i = r->count; i > 0; i--)
        if (!check_variant(r, i - 1) || !leaves_all_operands(r, i - 1))
            drop_variant(r, i - 1);
    make_complete(r);
    return r->count != 0 && (r->first < r->last || r->variants[0]->test_count);
}

/* No form fits: what an `otherwise` says of the site on some way through the arms. */
static void find_near_miss(region *r, uint32_t fact_at)
{
    for (uint32_t i = 0; i < r->w->rule->form_count; i++) {
        const nw_rule_form *form = &r->w->rule->forms[i];
        uint32_t choices = 0, tried = 0;
        bool has_next = form->last_resort && form->root_count == 1 && !r->detail;
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

bool nw_guarded_make(nw_match_work *w, uint32_t fact_at, nw_outcome *out)
{
    region r = {.w = w};
    nw_buffer_init(&r.tests);
    if (!find_region(&r, fact_at)) {
        if (!r.detail && w->rule->split_uses)
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
        if (!nw_rewrite_check_modules(rewrite)) {
            nw_outcome_refuse(out, rewrite->refused, rewrite->detail);
            return true;
        }
        out->is_unsafe |= r.variants[i]->is_unsafe;
        out->unsafe_why = r.variants[i]->is_unsafe ? r.variants[i]->unsafe_why : out->unsafe_why;
    }
    out->applicable = write_region(&r, out);
    nw_buffer_release(&r.tests);
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
    for (uint32_t i = 0; i < index->fact_count; i++) {
        const nw_fact *fact = &index->eval->facts[index->facts[i]];
        if (fact->place.start >= start && fact->place.end <= end && (!activation || fact->activation == activation))
            return true;
    }
    return false;
}

/* A test went the other way in this run, where that is known. */
static bool is_dead(const nw_file_index *index, uint32_t function, uint32_t activation, nw_literal literal)
{
    const nw_ast *ast = index->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
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

static bool same_tests(const nw_outcome *a, const nw_outcome *b)
{
    bool same = a->test_count == b->test_count;
    for (uint32_t i = 0; i < a->test_count && same; i++)
        same = a->tests[i] == b->tests[i];
    return same;
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
    const region *r = best->region;
    uint32_t activation = w->index.eval->facts[w->index.facts[fact_at]].activation;
    for (uint32_t i = 0; i < r->count; i++) {
        const nw_outcome *variant = r->variants[i];
        bool dead = false;
        for (uint32_t k = 0; k < variant->match.literals.count; k++)
            dead |= is_dead(&w->index, w->function, activation, variant->match.literals.items[k]);
        if (dead)
            continue;
        nw_outcome *out = w->scratch;
        bool fits = attempt(w, variant->form, fact_at, 0, &variant->match.literals, out) && nw_outcome_check(w, out) &&
                    out->match.decisions.count == variant->match.literals.count && same_crossed(&out->match, &variant->match) && same_tests(out, variant);
        if (!fits || (out->is_unsafe && !best->is_unsafe))
            return false;
    }
    return true;
}
