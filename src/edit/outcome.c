#include "edit/match_work.h"

#include "edit/reason.h"
#include "edit/reparse.h"
#include "emit/message.h"
#include "match/context.h"
#include "match/predicate.h"
#include "source/packages.h"

#include <stdio.h>
#include <string.h>

const char *nw_match_work_text(const nw_match_work *w, nw_symbol symbol)
{
    return nw_symbol_bytes(w->request->rules->symbols, symbol);
}

/* ---- conditions ---- */

/* Instead of a part whose condition does not hold the expression around it is printed, which must have words of its own. */
static bool take_whole(nw_match *match, const nw_condition *condition)
{
    nw_binding *part = nw_binding_of_argument(match, condition->arguments[0]), *whole = nw_binding_of_argument(match, condition->whole);
    if (!part || !whole || !whole->is_bound || !whole->term.node || nw_file_node(match->index, whole->term.node)->kind == NW_NODE_NAME)
        return false;
    part->is_bound = false;
    return true;
}

static uint32_t count_in_side(const nw_rewrite *rewrite, const nw_rule_side *side, nw_variable_id id)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < side->right_count; i++)
        count += nw_rewrite_occurrences(rewrite, &side->right[i].value, id);
    return count;
}

/* A value that was matched and that the new code has a place for, but not in this combination of parts: it would be lost. What a line of the
 * rule defines is made of other variables. */
static bool loses_a_value(const nw_outcome *out)
{
    const nw_rule_form *form = out->form;
    nw_rewrite probe = {.match = (nw_match *)&out->match};
    for (uint32_t i = 1; i < form->variable_count; i++) {
        const nw_rule_variable *variable = &form->variables[i];
        const nw_binding *binding = &out->match.bindings[i];
        if (variable->role != NW_VARIABLE_VALUE || !variable->on_right || variable->definition.v || !binding->is_bound || binding->is_default)
            continue;
        nw_variable_id id = {i};
        uint32_t count = count_in_side(&probe, &form->forward, id) + count_in_side(&probe, &form->init, id);
        for (uint32_t k = 0; k < form->condition_count; k++)
            count += nw_rewrite_occurrences(&probe, &form->conditions[k].guard, id);
        if (!count)
            return true;
    }
    return false;
}

/* The innermost `with` or part of a `try` in its function that holds a node, 0: none. Blocks that the rule asks about are passed by. */
static uint32_t context_above(const nw_match *match, uint32_t node, const char **part)
{
    const nw_file_index *index = match->index;
    uint32_t function = index->above[node].function;
    for (uint32_t at = node; at && index->above[at].function == function; at = index->above[at].parent) {
        uint8_t kind = nw_file_node(index, index->above[at].parent)->kind;
        if (kind == NW_NODE_WITH && nw_context_is_open(match, index->above[at].parent))
            continue;
        if (kind == NW_NODE_WITH || kind == NW_NODE_TRY || kind == NW_NODE_HANDLER) {
            *part = index->above[at].label;
            return index->above[at].parent;
        }
    }
    *part = "";
    return 0;
}

/* Whether a call between two places switches what `with` would: torch.set_grad_enabled(False). */
static bool is_switched(const nw_file_index *index, uint32_t start, uint32_t end)
{
    static const char *const switches[] = {"set_grad_enabled", "set_autocast_enabled", "set_autocast_dtype", "set_default_dtype"};
    const nw_ast *ast = index->module->ast;
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        nw_symbol name = nw_symbol_of(index->eval->symbols, switches[i]);
        for (uint32_t id = 1; id < ast->node_count; id++) {
            const nw_node *node = &ast->nodes[id];
            bool is_named = (node->kind == NW_NODE_ATTRIBUTE && node->b == name.v) || (node->kind == NW_NODE_NAME && node->a == name.v);
            if (is_named && node->start >= start && node->end <= end)
                return true;
        }
    }
    return false;
}

/* no_grad, autocast and handlers of errors hold for all that was matched, or for nothing of it. */
static bool has_one_context(const nw_outcome *out)
{
    const nw_match *match = &out->match;
    const char *part, *root_part;
    uint32_t root = context_above(match, out->rewrite.roots[0].node, &root_part);
    uint32_t start = nw_file_node(match->index, out->rewrite.roots[0].node)->start, end = nw_file_node(match->index, out->rewrite.roots[0].node)->end;
    for (uint32_t i = 0; i < match->calls.count; i++) {
        const nw_node *call = nw_file_node(match->index, match->calls.items[i]);
        if (context_above(match, match->calls.items[i], &part) != root || strcmp(part, root_part) != 0)
            return false;
        start = call->start < start ? call->start : start;
        end = call->end > end ? call->end : end;
    }
    const char *bytes = match->index->module->source.bytes;
    for (uint32_t at = start; at + 4 <= end; at++)
        if (memcmp(bytes + at, "set_", 4) == 0)
            return !is_switched(match->index, start, end);
    return true;
}

bool nw_outcome_check(const nw_match_work *w, nw_outcome *out)
{
    const nw_rule_form *form = out->form;
    out->test_count = 0;
    if (!w->rule->legacy && !w->rule->any_context && !form->last_resort && !has_one_context(out)) {
        out->reason = NW_DIAG_OTHER_BLOCK;
        out->detail = "";
        return false;
    }
    for (uint32_t i = 0; i < form->condition_count; i++) {
        const nw_condition *condition = &form->conditions[i];
        nw_holds answer = nw_condition_holds(&out->match, condition);
        if (answer == NW_HOLDS_YES || (answer == NW_HOLDS_UNKNOWN && condition->assumed))
            continue;
        if (condition->otherwise == NW_OTHERWISE_GUARD && !(w->request->unsafe && condition->reason.v) && out->test_count < NW_MAX_TESTS) {
            out->tests[out->test_count++] = condition;
            continue;
        }
        if (condition->reason.v) {
            out->is_unsafe = true;
            out->unsafe_why = nw_match_work_text(w, condition->reason);
            continue;
        }
        if (condition->otherwise == NW_OTHERWISE_ADD)
            continue;
        if (condition->otherwise == NW_OTHERWISE_TAKE && take_whole(&out->match, condition))
            continue;
        out->reason = NW_DIAG_CONDITION_FAILED;
        out->detail = nw_reason_of_condition(&out->match, condition);
        return false;
    }
    if (!w->rule->legacy && loses_a_value(out)) {
        out->reason = NW_DIAG_EDIT_REFUSED;
        out->detail = "the new code has no place for all that is added here";
        return false;
    }
    return true;
}

/* ---- the finding ---- */

static bool overlaps_others(const nw_match_work *w, const nw_rewrite *rewrite)
{
    for (uint32_t i = 0; i < w->findings->count; i++) {
        const nw_finding *other = &w->findings->items[i];
        for (uint32_t k = 0; other->status == NW_FINDING_APPLICABLE && k < other->edit_count; k++)
            for (uint32_t m = 0; m < rewrite->edit_count; m++) {
                const nw_finding_edit *a = &other->edits[k], *b = &rewrite->edits[m];
                if (a->start < b->end && b->start < a->end)
                    return true;
            }
    }
    return false;
}

void nw_outcome_refuse(nw_outcome *out, nw_diagnostic_id reason, const char *detail)
{
    out->applicable = false;
    out->reason = reason;
    out->detail = detail;
}

/* The size that a rule's `pays` names, where it is known: `$q.shape[-2]`. */
static bool known_size(const nw_match_work *w, const nw_outcome *out, int64_t *size)
{
    const nw_template *template = &out->form->gain_size;
    if (template->count != 2 || template->pieces[0].kind != NW_PIECE_VARIABLE || template->pieces[1].kind != NW_PIECE_TEXT)
        return false;
    const nw_binding *binding = &out->match.bindings[template->pieces[0].variable.v];
    const nw_tensor *tensor = binding->is_bound && binding->term.value.kind == NW_TENSOR ? binding->term.value.as.tensor : NULL;
    char text[32];
    int axis;
    snprintf(text, sizeof text, "%.*s", (int)template->pieces[1].text.size, template->pieces[1].text.bytes);
    if (!tensor || !tensor->shape || sscanf(text, ".shape[%d]", &axis) != 1)
        return false;
    axis += axis < 0 ? tensor->rank : 0;
    return axis >= 0 && axis < tensor->rank && tensor->shape[axis].kind == NW_INT && nw_known_integer(tensor->shape[axis], size) && w->rule->gain.present;
}

static bool does_not_pay(const nw_match_work *w, const nw_outcome *out)
{
    uint32_t number = (uint32_t)(w->rule - w->request->rules->items);
    int64_t size;
    return w->request->insists && !w->request->insists[number] && known_size(w, out, &size) && size < w->rule->gain.least;
}

void nw_outcome_judge(nw_match_work *w, nw_outcome *out)
{
    bool is_unsafe = w->rule->safety == NW_SAFETY_UNSAFE || out->is_unsafe || out->rewrite.loses_comment;
    if (out->applicable && is_unsafe && !w->request->unsafe)
        nw_outcome_refuse(out, NW_DIAG_UNSAFE_RULE, out->is_unsafe ? out->unsafe_why : out->rewrite.loses_comment ? "a comment is lost" : nw_match_work_text(w, w->rule->safety_reason));
    if (out->applicable && does_not_pay(w, out))
        nw_outcome_refuse(out, NW_DIAG_DOES_NOT_PAY, nw_match_work_text(w, w->rule->gain.text));
    if (out->applicable && overlaps_others(w, &out->rewrite))
        nw_outcome_refuse(out, NW_DIAG_OVERLAPPING, "");
    if (out->applicable && !nw_edits_parse(w->index.module->ast, w->request->rules->symbols, out->rewrite.edits, out->rewrite.edit_count))
        nw_outcome_refuse(out, NW_DIAG_BROKEN_EDIT, "");
    if (out->applicable && w->rule->safety == NW_SAFETY_REPORT)
        nw_outcome_refuse(out, NW_DIAG_CONDITION_FAILED, "the rule only reports");
    out->is_unsafe = is_unsafe;
}

/* Packages that the rule requires and that are not there. torch itself is taken to be there: it is what the code is written for. */
static uint32_t find_needs(const nw_match_work *w, const char **needs, uint32_t room)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < w->rule->require_count && count < room && !w->request->assume_installed && w->request->packages; i++) {
        const nw_requirement *need = &w->rule->requires[i];
        const char *package = nw_match_work_text(w, need->package), *least = nw_match_work_text(w, need->least), *below = nw_match_work_text(w, need->below);
        const char *version = nw_packages_version(w->request->packages, package);
        if (version ? nw_version_between(version, least, below) : strcmp(package, "torch") == 0)
            continue;
        nw_buffer text;
        nw_buffer_init(&text);
        nw_buffer_format(&text, "%s%s%s%s%s", package, *least ? ">=" : "", least, *below ? "<" : "", below);
        needs[count++] = nw_arena_copy(&w->index.eval->arena, text.bytes, text.size + 1);
        nw_buffer_release(&text);
    }
    return count;
}

/* A line `NAME SOURCE` for each entry of the form's state map, in the words of the file; false: it has none. */
static bool put_state(nw_match_work *w, nw_outcome *out, nw_buffer *lines)
{
    const nw_rule_form *form = out->form;
    for (uint32_t i = 0; form && i < form->state_count; i++) {
        const nw_state_entry *entry = &form->state[i];
        nw_buffer_format(lines, "%s.%s ", nw_match_work_text(w, nw_rewrite_attribute(&out->rewrite, entry->target)), nw_match_work_text(w, entry->path));
        for (uint32_t j = 0; j < entry->source.count; j++) {
            const nw_piece *piece = &entry->source.pieces[j];
            if (piece->kind == NW_PIECE_VARIABLE)
                nw_buffer_format(lines, "self.%s", nw_match_work_text(w, nw_rewrite_attribute(&out->rewrite, piece->variable)));
            else if (piece->kind == NW_PIECE_NAME)
                nw_buffer_text(lines, nw_match_work_text(w, piece->name));
            else
                nw_buffer_add(lines, piece->text.bytes, piece->text.size);
        }
        nw_buffer_byte(lines, '\n');
    }
    nw_buffer_byte(lines, 0);
    return form && form->state_count;
}

static void add_found(nw_match_work *w, uint32_t node)
{
    if (w->is_found[node])
        return;
    nw_node_set_add(w->index.eval, &w->found, node);
    w->is_found[node] = w->is_found_in[w->index.above[node].function] = true;
}

void nw_found_clear(nw_match_work *w)
{
    for (uint32_t i = 0; i < w->found.count; i++)
        w->is_found[w->found.items[i]] = w->is_found_in[w->index.above[w->found.items[i]].function] = false;
    w->found.count = 0;
}

void nw_finding_of_outcome(nw_match_work *w, uint32_t node, nw_outcome *out)
{
    const char *needs[8];
    const nw_ast *ast = w->index.module->ast;
    nw_source *source = &w->index.module->source;
    const nw_ast_function *function = &ast->functions[w->function];
    uint32_t class_ = w->index.above[node].class_;
    uint32_t first = out->rewrite.end ? out->rewrite.first : ast->nodes[node].start, end = out->rewrite.end ? out->rewrite.end : ast->nodes[node].end;
    nw_position position = nw_source_position(source, first), last = nw_source_position(source, end ? end - 1 : 0);
    nw_buffer message, state;
    nw_buffer_init(&message);
    nw_buffer_init(&state);
    if (out->applicable)
        nw_buffer_text(&message, nw_match_work_text(w, w->rule->summary));
    else
        nw_message_text(&message, out->reason, out->detail ? out->detail : "");
    nw_buffer_byte(&message, 0);
    nw_finding finding = {.rule = nw_match_work_text(w, w->rule->id), .path = source->path, .class_name = class_ ? nw_match_work_text(w, (nw_symbol){ast->nodes[class_].a}) : NULL,
                          .function = w->function ? nw_match_work_text(w, function->name) : NULL, .line = position.line, .column = position.column, .end_line = last.line,
                          .status = out->applicable ? NW_FINDING_APPLICABLE : NW_FINDING_REFUSED,
                          .safety = out->is_unsafe ? NW_FINDING_UNSAFE : NW_FINDING_SAFE,
                          .code = out->applicable ? 0 : nw_diagnostic_row_of(out->reason)->code, .message = message.bytes,
                          .edits = out->rewrite.edits, .edit_count = out->applicable ? out->rewrite.edit_count : 0};
    finding.guard = out->applicable ? out->guard : NULL;
    finding.pays = out->applicable && w->rule->gain.present ? nw_match_work_text(w, w->rule->gain.text) : NULL;
    finding.needs = needs;
    finding.need_count = out->applicable ? find_needs(w, needs, 8) : 0;
    finding.state = out->applicable && put_state(w, out, &state) ? state.bytes : NULL;
    nw_findings_add(w->findings, &finding);
    nw_buffer_release(&state);
    add_found(w, node);
    for (uint32_t i = 0; i < out->match.calls.count; i++)
        add_found(w, out->match.calls.items[i]);
    nw_buffer_release(&message);
    for (uint32_t i = 0; out->applicable && i < out->rewrite.fresh_count; i++) {
        NW_ARENA_RESERVE(&w->index.eval->arena, w->index.fresh, w->index.fresh_count, w->index.fresh_capacity);
        w->index.fresh[w->index.fresh_count++] = out->rewrite.fresh[i];
    }
}
