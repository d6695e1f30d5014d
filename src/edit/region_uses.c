/* Whether a region's new code may stand for what it replaces: what a variant no longer computes is not read where it runs, and what its
 * new code reads is still the same where it now reads it. */
#include "edit/region.h"

#include "edit/alike.h"
#include "match/context.h"
#include "match/predicate.h"
#include "match/word.h"

#include <string.h>

/* ---- uses of what is no longer computed ---- */

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

/* The read `scores.size()` or `scores.shape`. */
static bool is_size_read(const nw_file_index *index, uint32_t name)
{
    const nw_node *parent = nw_file_node(index, index->above[name].parent);
    const char *attribute = parent->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){parent->b}) : "";
    return strcmp(attribute, "size") == 0 || strcmp(attribute, "shape") == 0;
}

/* The statement directly in the region, or in a chosen arm of it, that would stay and holds the node; 0: a matched one, or none. */
static uint32_t kept_statement(const nw_region *r, const nw_outcome *variant, const nw_literal_set *known, uint32_t node)
{
    const nw_file_index *index = &r->w->index;
    uint32_t kept = index->above[node].statement;
    for (uint32_t at = kept; at; at = index->above[at].parent) {
        if (nw_region_is_crossed(&variant->match, at))
            return 0;
        const nw_node *parent = nw_file_node(index, index->above[at].parent);
        bool taken, opened = parent->kind == NW_NODE_IF && nw_test_is_plain(index, parent->a) && nw_test_value(index, known, parent->a, &taken);
        opened |= parent->kind == NW_NODE_WITH && nw_context_is_open(&variant->match, index->above[at].parent);
        if (!opened)
            kept = at;
        for (uint32_t i = 0; i < r->block.count; i++)
            if (r->block.items[i] == at)
                return opened ? kept : at;
    }
    return 0;
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
static bool check_use(nw_region *r, nw_outcome *variant, nw_literal_set *needs, uint32_t dropped, uint32_t use)
{
    const nw_file_index *index = &r->w->index;
    uint32_t at = nw_region_position(r, use), root = variant->rewrite.roots[0].node;
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
        if (!kept || nw_region_is_idle(r, variant, kept) || (nw_region_is_size_check(r, kept) && is_size_read(index, use)))
            return true;
        if (!has_open || nw_region_position(r, open.core) < r->first || !nw_region_is_steady(r, &variant->match, open.core, nw_file_node(index, open.core)->start))
            return false;
        open.value = !open.value;
        return nw_literal_add(index, needs, open);
    }
    if (at == r->last && !has_open && nw_file_node(index, r->block.items[r->last])->kind == NW_NODE_RETURN) /* `return weights @ v, weights` */
        return nw_file_node(index, use)->start >= nw_file_node(index, root)->end && nw_returned_find(r->w, use, &r->returned);
    if (nw_file_node(index, use)->start < end)
        return false;
    if (has_open && nw_region_is_steady(r, &variant->match, open.core, nw_file_node(index, use)->start)) {
        open.value = !open.value;
        return nw_literal_add(index, needs, open);
    }
    if (!has_open && nw_returned_find(r->w, use, &r->returned))
        return true;
    if (!rebinds_on(variant, use, dropped, &avoid) || !nw_region_is_steady(r, &variant->match, avoid.core, nw_file_node(index, avoid.core)->start))
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
static bool is_asked_early(const nw_region *r, const nw_outcome *variant, const nw_template *test)
{
    const nw_match *match = &variant->match;
    const nw_file_index *index = match->index;
    for (uint32_t i = 0; i < test->count; i++) {
        const nw_binding *binding = test->pieces[i].kind == NW_PIECE_VARIABLE ? &match->bindings[test->pieces[i].variable.v] : NULL;
        uint32_t node = binding && match->form->variables[test->pieces[i].variable.v].role == NW_VARIABLE_VALUE ? binding->term.node : 0;
        if (node && index->above[node].function == match->function &&
            (!nw_test_is_plain(index, node) || !nw_region_is_steady(r, match, node, nw_file_node(index, node)->start)))
            return false;
    }
    return true;
}

/* A test that would have to be asked before what it reads is set. */
static void refuse_test(nw_region *r, uint32_t core)
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

/* A test that is asked in front of operands that were evaluated before it, and that may see that. */
static bool is_seen_by_operands(const nw_outcome *variant, uint32_t core)
{
    const nw_match *match = &variant->match;
    for (uint32_t i = 1; i < match->form->variable_count; i++) {
        const nw_binding *binding = &match->bindings[i];
        bool is_text = match->form->variables[i].role == NW_VARIABLE_VALUE && binding->is_bound && binding->term.node && match->index->above[binding->term.node].function == match->function;
        if (is_text && nw_file_node(match->index, binding->term.node)->start < nw_file_node(match->index, core)->start && nw_rewrite_is_order_seen(&variant->rewrite, binding->term.node, core))
            return true;
    }
    return false;
}

bool nw_region_check_variant(nw_region *r, uint32_t at)
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
    if (!nw_rewrite_owns_overwritten(&variant->rewrite)) {
        r->reason = NW_DIAG_SHARED_STORAGE;
        r->detail = "";
        return false;
    }
    if (!nw_rewrite_keeps_order(&variant->rewrite)) {
        r->reason = variant->rewrite.refused;
        r->detail = variant->rewrite.detail;
        return false;
    }
    const nw_def_use *def_use = nw_file_def_use(&r->w->index, r->w->function);
    for (uint32_t i = 0; i < r->needs[at].count; i++)
        if (is_seen_by_operands(variant, r->needs[at].items[i].core) || (!nw_region_is_steady(r, &variant->match, r->needs[at].items[i].core, nw_file_node(&r->w->index, r->needs[at].items[i].core)->start) &&
            !nw_region_lift(r, variant, r->needs[at].items[i].core))) {
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

/* ---- whether what stays leaves alone what the new code reads, which now reads it later ---- */

/* Whether the new code's texts read a name, or an attribute of that name. */
static bool is_operand(const nw_outcome *variant, uint32_t symbol, uint8_t kind)
{
    const nw_ast *ast = variant->match.index->module->ast;
    nw_list places = nw_file_word(variant->match.index, (nw_symbol){symbol});
    for (uint32_t at = 0; at < places.count; at++) {
        uint32_t i = places.items[at];
        const nw_node *node = &ast->nodes[i];
        if (node->kind == kind && (kind == NW_NODE_NAME ? node->a : node->b) == symbol && is_inside_text(variant, i) && !nw_alike_operand(&variant->match, i))
            return true;
    }
    return false;
}

static bool mentions_operand(const nw_outcome *variant, uint32_t call)
{
    const nw_ast *ast = variant->match.index->module->ast;
    nw_node_range inside = nw_file_range(variant->match.index, call);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_NAME && nw_node_inside(node, &ast->nodes[call]) && node->b == NW_PLACE_SLOT && !(node->c == 0 && !node->op) &&
            is_operand(variant, node->a, NW_NODE_NAME))
            return true;
    }
    return false;
}

static bool is_quiet_call(const nw_region *r, const nw_outcome *variant, uint32_t id)
{
    const nw_file_index *index = &r->w->index;
    const nw_node *node = nw_file_node(index, id), *callee = nw_file_node(index, node->a);
    nw_text name = nw_symbol_text(index->eval->symbols, (nw_symbol){nw_ast_last_word(callee)});
    if (name.size > 1 && name.bytes[name.size - 1] == '_' && name.bytes[name.size - 2] != '_')
        return false; /* add_() */
    if (nw_rewrite_is_harmless_call(&variant->rewrite, id))
        return true;
    uint32_t fact = nw_file_fact(index, node->start, node->end, variant->match.activation);
    bool is_layer = fact && index->eval->facts[fact].kind == NW_FACT_LAYER;
    return is_layer || !mentions_operand(variant, id);
}

/* `mask = torch.ones(n)`, then `mask[i] = 0`: memory that was made inside the region, so that nothing the new code reads can be in it. */
static bool is_made_inside(const nw_region *r, uint32_t subscript)
{
    static const char *const makers[] = {"ones", "zeros", "empty", "full"};
    const nw_file_index *index = &r->w->index;
    const nw_def_use *def_use = nw_file_def_use((nw_file_index *)index, r->w->function);
    uint32_t object = nw_file_node(index, subscript)->a, number = nw_file_node(index, object)->kind == NW_NODE_NAME ? nw_def_use_of_read(def_use, object) : 0;
    const nw_definition *definition = &def_use->definitions[number];
    const nw_node *statement = number && definition->statement ? nw_file_node(index, definition->statement) : NULL;
    if (!statement || statement->kind != NW_NODE_ASSIGN || nw_region_position(r, definition->statement) < r->first || nw_region_position(r, definition->statement) >= r->last)
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

/* `scale = 1.0`, then `scale /= 8`; `n = x.shape[1]`, then `n += 1`: a number gets no new value in place. */
static bool is_number(const nw_outcome *variant, uint32_t statement)
{
    const nw_file_index *index = variant->match.index;
    const nw_node *node = nw_file_node(index, statement), *name = nw_file_node(index, node->a);
    const nw_fact *fact = nw_match_fact(&variant->match, statement);
    if (!nw_ast_is_local(name) || (fact && fact->result.kind == NW_TENSOR))
        return false;
    const nw_def_use *def_use = nw_file_def_use((nw_file_index *)index, variant->match.function);
    for (uint32_t i = 1; i < def_use->count; i++) {
        const nw_node *made = def_use->definitions[i].slot == name->c ? nw_file_node(index, def_use->definitions[i].statement) : node;
        bool is_whole = made->kind == NW_NODE_ASSIGN && nw_file_node(index, nw_ast_list(index->module->ast, made->a).items[0])->kind == NW_NODE_NAME;
        if (made->kind != NW_NODE_AUGMENTED_ASSIGN && !(is_whole && nw_is_number_text(&variant->match, made->b)))
            return false;
    }
    return !def_use->captured[name->c];
}

/* What stays in front of the new code and may change what that reads, in its first words. */
static bool refuse_statement(nw_region *r, uint32_t id)
{
    const nw_node *node = nw_file_node(&r->w->index, id), *callee = nw_file_node(&r->w->index, node->kind == NW_NODE_CALL ? node->a : 0);
    const char *bytes = r->w->index.module->source.bytes + node->start;
    uint32_t size = node->kind == NW_NODE_CALL ? callee->end - callee->start : 0;
    while (node->kind != NW_NODE_CALL && size < node->end - node->start && size < 60 && bytes[size] != '\n')
        size++;
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, "`%.*s%s`, which stays in front of the new code, may change what that reads", (int)size, bytes, node->kind == NW_NODE_CALL ? "(...)" : "");
    r->reason = NW_DIAG_EDIT_REFUSED;
    r->detail = nw_arena_copy(&r->w->index.eval->arena, text.bytes, text.size + 1);
    nw_buffer_release(&text);
    return false;
}

static bool leaves_operands(nw_region *r, nw_outcome *variant, uint32_t statement, void *data)
{
    const nw_file_index *index = &r->w->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *outer = &ast->nodes[statement];
    (void)data;
    nw_node_range inside = nw_file_range(index, statement);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        if (!nw_node_inside(node, outer) || nw_file_node(index, index->above[i].statement)->kind == NW_NODE_RAISE)
            continue; /* what raises does not come to the new code */
        bool is_target = index->above[i].label && strcmp(index->above[i].label, "target") == 0;
        bool bad = node->kind == NW_NODE_AWAIT || node->kind == NW_NODE_YIELD || node->kind == NW_NODE_DELETE || (node->kind == NW_NODE_CALL && !is_quiet_call(r, variant, i)) ||
                   (is_target && node->kind == NW_NODE_SUBSCRIPT && !is_made_inside(r, i)) || (is_target && node->kind == NW_NODE_ATTRIBUTE && is_operand(variant, node->b, NW_NODE_ATTRIBUTE)) ||
                   (node->kind == NW_NODE_AUGMENTED_ASSIGN && !nw_rewrite_owns_storage(&variant->rewrite, node->a) && !is_number(variant, i));
        if (bad)
            return refuse_statement(r, i);
    }
    for (uint32_t i = 1; i < variant->match.form->variable_count; i++) {
        const nw_binding *binding = &variant->match.bindings[i];
        bool is_text = variant->match.form->variables[i].role == NW_VARIABLE_VALUE && variant->match.form->variables[i].on_right && binding->is_bound && binding->term.node;
        if (is_text && nw_file_node(index, binding->term.node)->start < outer->start && (nw_rewrite_is_disturbed(&variant->rewrite, binding->term.node, statement) || nw_rewrite_is_order_seen(&variant->rewrite, binding->term.node, statement)))
            return refuse_statement(r, statement);
    }
    return true;
}

bool nw_region_leaves_operands(nw_region *r, uint32_t at)
{
    return nw_region_visit_kept(r, r->variants[at], &r->needs[at], r->block, r->first, r->last, leaves_operands, NULL);
}
