/* The init side of a rewrite: what __init__ makes instead, and what it makes no longer. */
#include "edit/rewrite.h"

#include "match/predicate.h"
#include "match/word.h"

#include <stdio.h>
#include <string.h>

static bool is_target(const nw_rule_side *side, uint32_t variable)
{
    for (uint32_t i = 0; i < side->right_count; i++)
        for (uint32_t k = 0; k < side->right[i].target_count; k++)
            if (side->right[i].targets[k].v == variable)
                return true;
    return false;
}

/* What asks for a module that goes will ask for the new one. */
static void follow_mentions(nw_rewrite *rewrite, const nw_binding *binding)
{
    nw_list places = nw_file_word(rewrite->match->index, binding->attribute);
    for (uint32_t at = 0; at < places.count; at++) {
        uint32_t i = places.items[at];
        if (nw_file_node(rewrite->match->index, i)->kind == NW_NODE_ATTRIBUTE && i != binding->read && nw_mention_follows(rewrite->match, binding, i))
            nw_node_set_add(rewrite->match->index->eval, &rewrite->renamed, i);
    }
}

/* The only new module, 0: there are several, or none. */
static nw_variable_id only_new_module(const nw_rule_form *form)
{
    nw_variable_id found = {0};
    for (uint32_t i = 0; i < form->init.right_count; i++) {
        nw_variable_id target = form->init.right[i].target_count == 1 ? form->init.right[i].targets[0] : (nw_variable_id){0};
        if (!target.v || form->variables[target.v].role != NW_VARIABLE_NEW)
            continue;
        if (found.v)
            return (nw_variable_id){0};
        found = target;
    }
    return found;
}

bool nw_rewrite_rename_mentions(nw_rewrite *rewrite)
{
    nw_variable_id module = only_new_module(rewrite->match->form);
    for (uint32_t i = 0; i < rewrite->renamed.count; i++) {
        const nw_node *node = nw_file_node(rewrite->match->index, rewrite->renamed.items[i]);
        nw_text old = nw_symbol_text(rewrite->match->rules->symbols, (nw_symbol){node->b});
        if (!module.v)
            return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a module that goes is asked for by `is None`");
        nw_text text = nw_symbol_text(rewrite->match->rules->symbols, nw_rewrite_attribute(rewrite, module));
        if (!nw_rewrite_add(rewrite, node->end - old.size, node->end, text.bytes, text.size))
            return false;
    }
    return true;
}

/* ---- `self.conv, self.act, self.norm = Conv(), Act(), Norm()`, of which some go ---- */

/* Whether the object that a statement gives to a target is one that goes. */
static bool target_goes(const nw_rewrite *rewrite, uint32_t target)
{
    const nw_match *match = rewrite->match;
    nw_making making;
    for (uint32_t i = 1; i < match->form->variable_count; i++)
        if (match->form->variables[i].role == NW_VARIABLE_INSTANCE && match->bindings[i].is_bound && !is_target(&match->form->init, i) &&
            nw_module_making(match, &match->bindings[i], &making) && making.mention == target)
            return true;
    return false;
}

/* One assignment after the other means the same when no value reads what is assigned. */
static bool may_split(const nw_rewrite *rewrite, nw_list targets, const nw_node *values)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    nw_node_range inside = nw_file_range(rewrite->match->index, (uint32_t)(values - ast->nodes));
    for (uint32_t i = inside.first; i <= inside.last; i++)
        for (uint32_t k = 0; k < targets.count && nw_node_inside(&ast->nodes[i], values); k++) {
            const nw_node *node = &ast->nodes[i], *target = &ast->nodes[targets.items[k]];
            bool same = node->kind == target->kind && (node->kind == NW_NODE_ATTRIBUTE ? node->b == target->b : node->a == target->a);
            if (same || (target->kind != NW_NODE_ATTRIBUTE && target->kind != NW_NODE_NAME))
                return false;
        }
    return true;
}

static void tuple_parts(const nw_rewrite *rewrite, uint32_t statement, nw_list *targets, nw_list *values)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    const nw_node *node = &ast->nodes[statement];
    *targets = nw_ast_list(ast, ast->nodes[nw_ast_list(ast, node->a).items[0]].a);
    *values = nw_ast_list(ast, ast->nodes[node->b].a);
}

/* Takes note of a statement that makes several objects. */
static bool plan_tuple(nw_rewrite *rewrite, nw_init_plan *plan, uint32_t statement)
{
    nw_list targets, values;
    uint32_t going = 0;
    tuple_parts(rewrite, statement, &targets, &values);
    for (uint32_t i = 0; i < targets.count; i++)
        going += target_goes(rewrite, targets.items[i]);
    if (!going || going == targets.count)
        return true;
    bool good = (!plan->split || plan->split == statement) && may_split(rewrite, targets, nw_file_node(rewrite->match->index, nw_file_node(rewrite->match->index, statement)->b));
    plan->split = statement;
    return good || nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "an assignment of several modules cannot be taken apart");
}

static void put_line_start(const nw_rewrite *rewrite, uint32_t statement, nw_buffer *out);

static void put_kept_parts(const nw_rewrite *rewrite, uint32_t statement, nw_buffer *lines)
{
    nw_list targets, values;
    tuple_parts(rewrite, statement, &targets, &values);
    for (uint32_t i = 0; i < targets.count; i++) {
        if (target_goes(rewrite, targets.items[i]))
            continue;
        if (lines->size)
            put_line_start(rewrite, statement, lines);
        nw_buffer_format(lines, "%s = %s", nw_rewrite_source(rewrite, targets.items[i]), nw_rewrite_source(rewrite, values.items[i]));
    }
}

static bool write_split(nw_rewrite *rewrite, uint32_t statement)
{
    const nw_node *node = nw_file_node(rewrite->match->index, statement);
    nw_buffer lines;
    nw_buffer_init(&lines);
    put_kept_parts(rewrite, statement, &lines);
    rewrite->loses_comment |= nw_rewrite_has_comment(rewrite, node->start, node->end);
    bool good = nw_rewrite_add(rewrite, node->start, node->end, lines.bytes, lines.size);
    nw_buffer_release(&lines);
    return good;
}

bool nw_rewrite_plan_init(nw_rewrite *rewrite, nw_init_plan *plan)
{
    const nw_match *match = rewrite->match;
    nw_making making;
    for (uint32_t i = 1; i < match->form->variable_count; i++) {
        const nw_binding *binding = &match->bindings[i];
        if (match->form->variables[i].role != NW_VARIABLE_INSTANCE || !binding->is_bound || binding->is_inside)
            continue;
        if (!nw_module_making(match, binding, &making))
            return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a module is not made by a statement of its own in a method");
        bool goes = !is_target(&match->form->init, i);
        uint32_t made = making.statement;
        if (making.kind == NW_MADE_IN_TUPLE && !plan_tuple(rewrite, plan, made))
            return false;
        if (nw_rewrite_stays(rewrite, binding)) {
            if (!goes)
                return nw_rewrite_refuse(rewrite, NW_DIAG_OTHER_BLOCK, "");
            continue;
        }
        if (plan->function && match->index->above[made].function != plan->function)
            return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the modules are made in different functions");
        plan->function = match->index->above[made].function;
        if (!plan->last || nw_file_node(match->index, made)->start > nw_file_node(match->index, plan->last)->start) {
            plan->last = made;
            plan->last_goes = false;
        }
        plan->last_goes |= goes && plan->last == made;
        if (!goes)
            continue;
        if (made != plan->split)
            nw_node_set_add(match->index->eval, &rewrite->removed, made);
        follow_mentions(rewrite, binding);
    }
    if (!plan->last)
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "no module is made in __init__");
    return !rewrite->sunk_under || nw_rewrite_split_modules(rewrite);
}

bool nw_rewrite_check_init_texts(nw_rewrite *rewrite, const nw_init_plan *plan)
{
    const nw_match *match = rewrite->match;
    for (uint32_t i = 1; i < match->form->variable_count; i++) {
        const nw_binding *binding = &match->bindings[i];
        uint32_t uses = 0;
        for (uint32_t k = 0; k < match->form->init.right_count; k++)
            uses += nw_rewrite_occurrences(rewrite, &match->form->init.right[k].value, (nw_variable_id){i});
        if (match->form->variables[i].role != NW_VARIABLE_VALUE || !binding->is_bound || !binding->term.node || !uses)
            continue;
        if (match->index->above[binding->term.node].function == plan->function && !nw_rewrite_may_move(rewrite, binding->term.node, plan->last))
            return nw_rewrite_refuse(rewrite, NW_DIAG_CANNOT_MOVE, nw_rewrite_source(rewrite, binding->term.node));
    }
    return true;
}

/* The white space before a statement that stands first on its line. */
static void put_line_start(const nw_rewrite *rewrite, uint32_t statement, nw_buffer *out)
{
    const nw_source *source = &rewrite->match->index->module->source;
    uint32_t end = nw_file_node(rewrite->match->index, statement)->start, start = nw_source_line_start(source, end);
    nw_buffer_text(out, source->is_crlf ? "\r\n" : "\n");
    for (uint32_t at = start; at < end && (source->bytes[at] == ' ' || source->bytes[at] == '\t'); at++)
        nw_buffer_byte(out, source->bytes[at]);
}

static bool write_construction(nw_rewrite *rewrite, const nw_rule_output *output, const nw_init_plan *plan, nw_buffer *lines)
{
    const nw_file_index *index = rewrite->match->index;
    nw_variable_id target = output->target_count ? output->targets[0] : (nw_variable_id){0};
    nw_buffer text;
    nw_buffer_init(&text);
    bool good = nw_rewrite_template(rewrite, &output->value, plan->function, &text);
    if (good && target.v && rewrite->match->form->variables[target.v].role == NW_VARIABLE_INSTANCE) {
        nw_making making;
        nw_module_making(rewrite->match, &rewrite->match->bindings[target.v], &making);
        const nw_node *call = nw_file_node(index, making.call);
        rewrite->loses_comment |= nw_rewrite_has_comment(rewrite, call->start, call->end);
        good = nw_rewrite_add(rewrite, call->start, call->end, text.bytes, text.size);
    } else if (good) {
        if (lines->size || !plan->last_goes)
            put_line_start(rewrite, plan->last, lines);
        if (target.v)
            nw_buffer_format(lines, "%s.%s = ", rewrite->self_name, nw_symbol_bytes(index->eval->symbols, nw_rewrite_attribute(rewrite, target)));
        nw_buffer_add(lines, text.bytes, text.size);
    }
    nw_buffer_release(&text);
    return good;
}

bool nw_rewrite_write_init(nw_rewrite *rewrite, const nw_init_plan *plan)
{
    const nw_rule_side *side = &rewrite->match->form->init;
    const nw_node *last = nw_file_node(rewrite->match->index, plan->last);
    nw_buffer lines;
    nw_buffer_init(&lines);
    bool good = true;
    rewrite->init_statement = plan->last;
    if (plan->split == plan->last)
        put_kept_parts(rewrite, plan->split, &lines);
    else if (plan->split)
        good = write_split(rewrite, plan->split);
    for (uint32_t i = 0; good && i < side->right_count; i++)
        good = write_construction(rewrite, &side->right[i], plan, &lines);
    if (good && lines.size) {
        rewrite->loses_comment |= plan->last_goes && nw_rewrite_has_comment(rewrite, last->start, last->end);
        good = nw_rewrite_add(rewrite, plan->last_goes ? last->start : last->end, last->end, lines.bytes, lines.size);
    }
    nw_buffer_release(&lines);
    return good;
}
