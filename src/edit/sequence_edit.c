/* Rules about two layers, applied to neighbours in an nn.Sequential: their constructors are rewritten. */
#include "edit/match_work.h"
#include "match/sequence.h"

#include <string.h>

enum { PAIR = 2 };

static bool is_bracket(nw_text text)
{
    for (uint32_t i = 0; i < text.size; i++)
        if (!strchr("() ", text.bytes[i]))
            return false;
    return true;
}

/* The modules that a right side applies, in the order in which they run: `$bias_gelu($dense($x))` is dense, then bias_gelu. 0: it is
 * no such chain. */
static uint32_t chain_of(const nw_rule_form *form, nw_variable_id order[PAIR])
{
    const nw_template *template = &form->forward.right[0].value;
    nw_variable_id found[PAIR];
    uint32_t count = 0;
    bool ended = false;
    for (uint32_t i = 0; i < template->count; i++) {
        const nw_piece *piece = &template->pieces[i];
        if (piece->kind == NW_PIECE_TEXT && is_bracket(piece->text))
            continue;
        bool is_module = piece->kind == NW_PIECE_VARIABLE && form->variables[piece->variable.v].role != NW_VARIABLE_VALUE;
        if (piece->kind != NW_PIECE_VARIABLE || ended || (is_module && count == PAIR))
            return 0;
        if (is_module)
            found[count++] = piece->variable;
        else
            ended = true;
    }
    for (uint32_t i = 0; i < count; i++)
        order[i] = found[count - 1 - i];
    return ended ? count : 0;
}

static const nw_rule_output *output_of(const nw_rule_form *form, nw_variable_id variable)
{
    for (uint32_t i = 0; i < form->init.right_count; i++)
        if (form->init.right[i].target_count == 1 && form->init.right[i].targets[0].v == variable.v)
            return &form->init.right[i];
    return NULL;
}

/* The text of a constructor's argument moves in front of what stands between the two. */
static bool has_call_inside(const nw_rewrite *rewrite, uint32_t maker)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    const nw_node *outer = &ast->nodes[maker];
    nw_node_range inside = nw_file_range(rewrite->match->index, maker);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        if (i == maker || !nw_node_inside(node, outer) || (node->kind != NW_NODE_CALL && node->kind != NW_NODE_NAMED))
            continue;
        const nw_node *callee = &ast->nodes[node->a];
        const char *name = node->kind == NW_NODE_CALL && callee->kind == NW_NODE_NAME ? nw_symbol_bytes(rewrite->match->rules->symbols, (nw_symbol){callee->a}) : "";
        if (strcmp(name, "int") != 0 && strcmp(name, "float") != 0)
            return true;
    }
    return false;
}

static bool write_pair(nw_rewrite *rewrite, const nw_neighbours *pair)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_rule_form *form = rewrite->match->form;
    uint32_t function = index->above[pair->makers[1]].function;
    nw_variable_id order[PAIR];
    uint32_t count = chain_of(form, order);
    rewrite->in_sequence = true;
    rewrite->first = nw_file_node(index, pair->makers[0])->start;
    rewrite->end = nw_file_node(index, pair->makers[1])->end;
    if (!count || has_call_inside(rewrite, pair->makers[1]))
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the two constructors cannot become one");
    for (uint32_t i = 0; i < PAIR; i++) {
        const nw_node *maker = nw_file_node(index, pair->makers[i]);
        const nw_rule_output *output = i < count ? output_of(form, order[i]) : NULL;
        nw_buffer text;
        nw_buffer_init(&text);
        bool good = i >= count ? nw_rewrite_name(rewrite, "torch.nn.Identity", function, &text)
                               : output && nw_rewrite_template(rewrite, &output->value, function, &text);
        nw_buffer_text(&text, i >= count ? "()" : ""); /* what comes behind keeps its number, and so its names in the state */
        rewrite->loses_comment |= nw_rewrite_has_comment(rewrite, maker->start, maker->end);
        good = good && nw_rewrite_add(rewrite, maker->start, maker->end, text.bytes, text.size);
        nw_buffer_release(&text);
        if (!good)
            return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the rule has no text for this place");
    }
    return true;
}

static void try_pair(nw_match_work *w, const nw_rule_form *form, const nw_neighbours *pair, nw_outcome *out)
{
    *out = (nw_outcome){.form = form};
    nw_match_begin(&out->match, &w->index, w->request->rules, w->rule, form, w->function, w->index.eval->facts[pair->first].activation);
    out->rewrite.match = &out->match;
    if (!nw_unify_neighbours(&out->match, pair))
        return;
    out->matched = true;
    if (!nw_outcome_check(w, out))
        return;
    if (out->test_count) {
        nw_outcome_refuse(out, NW_DIAG_EDIT_REFUSED, "a test has no place inside an nn.Sequential");
        return;
    }
    out->applicable = nw_rewrite_check_modules(&out->rewrite) && write_pair(&out->rewrite, pair);
    out->reason = out->rewrite.refused;
    out->detail = out->rewrite.detail;
}

static bool is_first(const nw_neighbour_list *list, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (list->items[i].makers[1] == list->items[at].makers[1])
            return false;
    return true;
}

/* Every run of the two must allow the same edit. */
static void look_at_pair(nw_match_work *w, const nw_rule_form *form, const nw_neighbour_list *list, uint32_t at)
{
    w->function = w->index.above[list->items[at].makers[1]].function;
    for (uint32_t i = at; i < list->count; i++) {
        if (list->items[i].makers[1] != list->items[at].makers[1])
            continue;
        nw_outcome *out = i == at ? w->best : w->scratch;
        try_pair(w, form, &list->items[i], out);
        if (i == at && !out->matched)
            return;
        if (!out->applicable || list->items[i].makers[0] != list->items[at].makers[0])
            nw_outcome_refuse(w->best, out->matched ? out->reason : NW_DIAG_NOT_EVERY_RUN, out->matched ? out->detail : "");
        w->best->is_unsafe |= out->is_unsafe;
    }
    w->best->rewrite.match = &w->best->match;
    nw_outcome_judge(w, w->best);
    nw_finding_of_outcome(w, list->items[at].makers[1], w->best);
}

void nw_sequences_match(nw_match_work *w, const nw_neighbour_list *list)
{
    for (uint32_t i = 0; i < w->rule->form_count; i++)
        for (uint32_t k = 0; k < list->count && nw_form_is_of_neighbours(&w->rule->forms[i]); k++)
            if (is_first(list, k))
                look_at_pair(w, &w->rule->forms[i], list, k);
}
