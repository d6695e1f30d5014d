/* The text form of compiled rules. */
#include "rules/rules.h"

#include <math.h>
#include <string.h>

typedef struct dump {
    const nw_rules *rules;
    const nw_rule_form *form;
    nw_buffer *out;
} dump;

static const char *const kind_names[] = {
    "none",
#define NW_PATTERN_KIND(id, text, meaning) text,
#include "rules/pattern.def"
#undef NW_PATTERN_KIND
};

static const char *text_of(const dump *d, nw_symbol symbol)
{
    return nw_symbol_bytes(d->rules->symbols, symbol);
}

static void put_variable(const dump *d, nw_variable_id id)
{
    if (id.v)
        nw_buffer_format(d->out, "$%s", text_of(d, d->form->variables[id.v].name));
    else
        nw_buffer_text(d->out, "_");
}

static void put_constant(const dump *d, const nw_constant *constant)
{
    switch (constant->kind) {
    case NW_CONSTANT_NONE: nw_buffer_text(d->out, "None"); break;
    case NW_CONSTANT_BOOL: nw_buffer_text(d->out, constant->integer ? "True" : "False"); break;
    case NW_CONSTANT_INT: nw_buffer_format(d->out, "%lld", (long long)constant->integer); break;
    case NW_CONSTANT_STRING: {
        nw_text text = nw_symbol_text(d->rules->symbols, constant->text);
        nw_buffer_json_string(d->out, text.bytes, text.size);
        break;
    }
    default:
        nw_buffer_format(d->out, "%s%.17g", constant->tolerance > 0 ? "~" : "", constant->number);
        break;
    }
}

static void put_pattern(const dump *d, nw_pattern_id id);

static void put_arguments(const dump *d, const nw_pattern *pattern)
{
    bool first = true;
    nw_buffer_byte(d->out, '(');
    for (uint32_t i = 0; i < pattern->argument_count; i++, first = false) {
        if (!first)
            nw_buffer_text(d->out, ", ");
        if (pattern->arguments[i].name.v)
            nw_buffer_format(d->out, "%s=", text_of(d, pattern->arguments[i].name));
        put_pattern(d, pattern->arguments[i].value);
    }
    if (pattern->open || pattern->rest.v)
        nw_buffer_text(d->out, first ? "..." : ", ...");
    if (pattern->rest.v)
        put_variable(d, pattern->rest);
    nw_buffer_byte(d->out, ')');
}

static void put_pattern(const dump *d, nw_pattern_id id)
{
    const nw_pattern *pattern = &d->form->patterns[id.v];
    if (pattern->kind == NW_PATTERN_VARIABLE) {
        put_variable(d, pattern->variable);
        return;
    }
    if (pattern->kind == NW_PATTERN_CONSTANT) {
        put_constant(d, &pattern->constant);
        return;
    }
    nw_buffer_text(d->out, kind_names[pattern->kind]);
    if (pattern->op)
        nw_buffer_format(d->out, " %s", nw_rule_operator_text((nw_rule_operator)pattern->op));
    if (pattern->name.v)
        nw_buffer_format(d->out, " %s%s", pattern->exact ? "=" : "", text_of(d, pattern->name));
    if (pattern->kind == NW_PATTERN_LAYER || pattern->kind == NW_PATTERN_MODULE) {
        nw_buffer_byte(d->out, '[');
        put_variable(d, pattern->variable);
        nw_buffer_byte(d->out, ']');
    }
    if (pattern->inner.v) {
        nw_buffer_text(d->out, " of ");
        put_pattern(d, pattern->inner);
    }
    if (pattern->argument_count || pattern->open || pattern->rest.v || pattern->kind == NW_PATTERN_CLASS)
        put_arguments(d, pattern);
    if (pattern->optional)
        nw_buffer_byte(d->out, '?');
}

static void put_targets(const dump *d, const nw_variable_id *targets, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        nw_buffer_text(d->out, i ? ", " : " -> ");
        put_variable(d, targets[i]);
    }
    nw_buffer_byte(d->out, '\n');
}

static void put_template(const dump *d, const nw_template *template)
{
    for (uint32_t i = 0; i < template->count; i++) {
        const nw_piece *piece = &template->pieces[i];
        switch (piece->kind) {
        case NW_PIECE_TEXT: nw_buffer_format(d->out, "`%s`", piece->text.bytes); break;
        case NW_PIECE_VARIABLE:
            put_variable(d, piece->variable);
            if (piece->precedence)
                nw_buffer_format(d->out, "^%u", piece->precedence);
            break;
        case NW_PIECE_ATTRIBUTE_NAME: nw_buffer_format(d->out, "name("); put_variable(d, piece->variable); nw_buffer_byte(d->out, ')'); break;
        case NW_PIECE_CONSTANT_VALUE: nw_buffer_format(d->out, "value("); put_variable(d, piece->variable); nw_buffer_byte(d->out, ')'); break;
        case NW_PIECE_NAME: nw_buffer_format(d->out, "<%s>", text_of(d, piece->name)); break;
        case NW_PIECE_IF_BOUND: nw_buffer_format(d->out, "if-bound(to %u, otherwise to %u)", piece->otherwise, piece->end); break;
        case NW_PIECE_ADDED: nw_buffer_text(d->out, "added"); break;
        case NW_PIECE_IF_WRITTEN: nw_buffer_format(d->out, "if-written(to %u)", piece->end); break;
        default: nw_buffer_text(d->out, "rest("); put_variable(d, piece->variable); nw_buffer_byte(d->out, ')'); break;
        }
    }
}

static void put_lines(const dump *d, const char *title, const nw_rule_line *lines, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const nw_pattern *pattern = &d->form->patterns[lines[i].pattern.v];
        nw_buffer_format(d->out, "    %s ", title);
        put_pattern(d, lines[i].pattern);
        put_targets(d, lines[i].targets, lines[i].target_count);
        if (!pattern->body)
            continue;
        const nw_rule_body *body = &d->form->bodies[pattern->body - 1];
        put_lines(d, "  within", body->lines, body->line_count);
        nw_buffer_text(d->out, "      return ");
        put_pattern(d, body->result);
        nw_buffer_byte(d->out, '\n');
    }
}

static void put_side(const dump *d, const char *title, const nw_rule_side *side)
{
    if (!side->present)
        return;
    nw_buffer_format(d->out, "  %s%s\n", title, side->detect_only ? " detects only" : side->kept ? " stays" : "");
    put_lines(d, "match", side->left, side->left_count);
    for (uint32_t i = 0; i < side->right_count; i++) {
        nw_buffer_text(d->out, "    write ");
        put_template(d, &side->right[i].value);
        put_targets(d, side->right[i].targets, side->right[i].target_count);
    }
}

void nw_rule_dump_left(const nw_rules *rules, const nw_rule_form *form, nw_buffer *buffer)
{
    dump d = {rules, form, buffer};
    put_lines(&d, "init", form->init.left, form->init.left_count);
    put_lines(&d, "forward", form->forward.left, form->forward.left_count);
}

static void put_conditions(const dump *d)
{
    for (uint32_t i = 0; i < d->form->condition_count; i++) {
        const nw_condition *condition = &d->form->conditions[i];
        nw_buffer_format(d->out, "  where %s%s%s", condition->assumed ? "assume " : "", condition->negated ? "not " : "",
                         nw_predicate_row_of((nw_predicate)condition->predicate)->name);
        for (uint32_t j = 0; j < condition->argument_count; j++) {
            nw_buffer_byte(d->out, ' ');
            put_pattern(d, condition->arguments[j]);
        }
        if (condition->guard.count) {
            nw_buffer_text(d->out, condition->otherwise == NW_OTHERWISE_ADD ? " else add " : " else guard ");
            put_template(d, &condition->guard);
        }
        if (condition->reason.v)
            nw_buffer_text(d->out, condition->guard.count ? " unsafe" : " else unsafe");
        nw_buffer_byte(d->out, '\n');
    }
}

static void put_form(const dump *d)
{
    static const char *const roles[] = {"value", "instance", "rest", "new"};
    const nw_rule_form *form = d->form;
    if (form->title.v)
        nw_buffer_format(d->out, "  %s %s\n", form->last_resort ? "otherwise" : "form", text_of(d, form->title));
    for (uint32_t i = 1; i < form->variable_count; i++) {
        const nw_rule_variable *variable = &form->variables[i];
        nw_buffer_format(d->out, "  variable $%s %s%s%s", text_of(d, variable->name), roles[variable->role],
                         variable->optional ? " optional" : "", variable->escapes ? " escapes" : "");
        if (variable->type.type)
            nw_buffer_format(d->out, " type %u rank %u..%u", variable->type.type, variable->type.least_rank, variable->type.most_rank);
        for (uint32_t j = 0; j < variable->type.dtype_count; j++)
            nw_buffer_format(d->out, " %s", text_of(d, variable->type.dtypes[j]));
        nw_buffer_byte(d->out, '\n');
    }
    put_side(d, "init", &form->init);
    put_side(d, "forward", &form->forward);
    put_lines(d, "not", form->negatives, form->negative_count);
    put_conditions(d);
    for (uint32_t i = 0; i < form->state_count; i++) {
        nw_buffer_text(d->out, "  state ");
        put_template(d, &form->state[i].source);
        nw_buffer_text(d->out, " -> ");
        put_variable(d, form->state[i].target);
        nw_buffer_format(d->out, ".%s\n", text_of(d, form->state[i].path));
    }
    nw_buffer_format(d->out, "  roots %u\n", form->root_count);
}

void nw_rule_dump(const nw_rules *rules, const nw_rule *rule, nw_buffer *buffer)
{
    static const char *const levels[] = {"safe", "unsafe", "report"};
    dump d = {rules, NULL, buffer};
    nw_buffer_format(buffer, "rule %s %s%s%s%s%s%s%s\n", text_of(&d, rule->id), levels[rule->safety], rule->adjacent ? " adjacent" : "",
                     rule->legacy ? " legacy" : "", rule->report_unknown ? "" : " skips-unknown", rule->any_context ? " any-context" : "",
                     rule->split_uses ? " guards-uses" : "", rule->keep_state ? " same-state" : "");
    for (uint32_t i = 0; i < rule->require_count; i++) {
        const nw_requirement *need = &rule->requires[i];
        nw_buffer_format(buffer, "  requires %s", text_of(&d, need->package));
        if (need->least.v)
            nw_buffer_format(buffer, " >= %s", text_of(&d, need->least));
        if (need->below.v)
            nw_buffer_format(buffer, " < %s", text_of(&d, need->below));
        for (uint32_t j = 0; j < need->symbol_count; j++)
            nw_buffer_format(buffer, " %s", text_of(&d, need->symbols[j]));
        nw_buffer_byte(buffer, '\n');
    }
    for (uint32_t i = 0; i < rule->form_count; i++) {
        d.form = &rule->forms[i];
        put_form(&d);
    }
    nw_buffer_format(buffer, "  examples %u, nochanges %u\n", rule->example_count, rule->nochange_count);
}

void nw_rules_dump(const nw_rules *rules, nw_buffer *buffer)
{
    for (uint32_t i = 0; i < rules->count; i++)
        nw_rule_dump(rules, &rules->items[i], buffer);
    for (uint32_t i = 0; i < rules->iso_count; i++) {
        dump d = {rules, &rules->isos[i].form, buffer};
        nw_buffer_text(buffer, "iso ");
        put_pattern(&d, rules->isos[i].left);
        nw_buffer_text(buffer, " <=> ");
        put_pattern(&d, rules->isos[i].right);
        nw_buffer_byte(buffer, '\n');
    }
}
