/* What a rule is, in words. */
#include "rules/rules.h"

#include <string.h>

static const char *text_of(const nw_rules *rules, nw_symbol symbol)
{
    return nw_symbol_bytes(rules->symbols, symbol);
}

/* Text in lines of at most 100 characters, indented. */
static void put_wrapped(nw_buffer *out, const char *text, const char *indent)
{
    size_t column = 0;
    nw_buffer_text(out, indent);
    for (const char *at = text; *at;) {
        size_t size = strcspn(at, " \n");
        if (column && column + size + 1 > 100) {
            nw_buffer_format(out, "\n%s", indent);
            column = 0;
        }
        if (column && size)
            nw_buffer_byte(out, ' ');
        nw_buffer_add(out, at, size);
        column += size + (column != 0);
        at += size;
        if (at[0] == '\n' && at[1] == '\n') {
            nw_buffer_format(out, "\n\n%s", indent);
            column = 0;
        }
        at += strspn(at, " \n");
    }
    nw_buffer_byte(out, '\n');
}

static void put_words(const nw_rules *rules, nw_buffer *out, const char *title, const nw_symbol *words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        nw_buffer_format(out, "%s%s", i ? ", " : title, text_of(rules, words[i]));
    if (count)
        nw_buffer_byte(out, '\n');
}

static void put_requirements(const nw_rules *rules, const nw_rule *rule, nw_buffer *out)
{
    for (uint32_t i = 0; i < rule->require_count; i++) {
        const nw_requirement *need = &rule->requires[i];
        nw_buffer_format(out, "requires   %s", text_of(rules, need->package));
        if (need->least.v)
            nw_buffer_format(out, " >= %s", text_of(rules, need->least));
        if (need->below.v)
            nw_buffer_format(out, " < %s", text_of(rules, need->below));
        put_words(rules, out, " with ", need->symbols, need->symbol_count);
        if (!need->symbol_count)
            nw_buffer_byte(out, '\n');
    }
}

/* An argument as the rule file writes it: variables, constants and attributes are all that conditions take. */
static void put_argument(const nw_rules *rules, const nw_rule_form *form, nw_pattern_id id, nw_buffer *out)
{
    const nw_pattern *pattern = &form->patterns[id.v];
    if (pattern->kind == NW_PATTERN_VARIABLE)
        nw_buffer_format(out, "$%s", text_of(rules, form->variables[pattern->variable.v].name));
    else if (pattern->kind == NW_PATTERN_CONSTANT && pattern->constant.kind == NW_CONSTANT_STRING)
        nw_buffer_text(out, text_of(rules, pattern->constant.text));
    else if (pattern->kind == NW_PATTERN_CONSTANT && pattern->constant.kind == NW_CONSTANT_BOOL)
        nw_buffer_text(out, pattern->constant.integer ? "True" : "False");
    else if (pattern->kind == NW_PATTERN_CONSTANT && pattern->constant.kind != NW_CONSTANT_NONE)
        nw_buffer_format(out, "%.10g", pattern->constant.kind == NW_CONSTANT_FLOAT ? pattern->constant.number : (double)pattern->constant.integer);
    else if (pattern->kind == NW_PATTERN_CONSTANT)
        nw_buffer_text(out, "None");
    else if (pattern->kind == NW_PATTERN_ATTRIBUTE) {
        put_argument(rules, form, pattern->inner, out);
        nw_buffer_format(out, ".%s", text_of(rules, pattern->name));
    } else
        nw_buffer_text(out, pattern->name.v ? text_of(rules, pattern->name) : "(...)");
}

void nw_condition_sentence(const nw_rules *rules, const nw_rule_form *form, const nw_condition *condition, bool failed, nw_buffer *out)
{
    const nw_predicate_row *row = nw_predicate_row_of((nw_predicate)condition->predicate);
    for (const char *at = failed ? row->failed : row->sentence; *at; at++) {
        uint32_t index = (uint32_t)(at[0] == '%' ? at[1] - '1' : 9);
        if (index > 8) {
            nw_buffer_byte(out, *at);
            continue;
        }
        if (index < condition->argument_count)
            put_argument(rules, form, condition->arguments[index], out);
        at++;
    }
}

static void put_conditions(const nw_rules *rules, const nw_rule_form *form, nw_buffer *out)
{
    for (uint32_t i = 0; i < form->condition_count; i++) {
        const nw_condition *condition = &form->conditions[i];
        nw_buffer_format(out, "%s%s", condition->assumed ? "assumes    " : "where      ", condition->negated ? "not: " : "");
        nw_condition_sentence(rules, form, condition, false, out);
        if (condition->otherwise == NW_OTHERWISE_UNSAFE)
            nw_buffer_format(out, "; otherwise unsafe: %s", text_of(rules, condition->reason));
        if (condition->otherwise == NW_OTHERWISE_TAKE)
            nw_buffer_text(out, "; otherwise the expression around it is taken as it is");
        if (condition->otherwise == NW_OTHERWISE_ADD)
            nw_buffer_format(out, "; otherwise the new code has `%.*s` for it", (int)condition->guard.pieces[0].text.size, condition->guard.pieces[0].text.bytes);
        if (condition->otherwise == NW_OTHERWISE_GUARD)
            nw_buffer_format(out, "; otherwise the new code tests it and keeps the old code beside it%s%s", condition->reason.v ? ", or with --unsafe does without: " : "",
                             text_of(rules, condition->reason));
        nw_buffer_byte(out, '\n');
    }
}

static void put_code(nw_buffer *out, const char *title, nw_text code)
{
    nw_buffer_format(out, "    %s\n", title);
    for (uint32_t i = 0; i < code.size; i++) {
        bool starts_line = i == 0 || code.bytes[i - 1] == '\n';
        if (starts_line && code.bytes[i] != '\n')
            nw_buffer_text(out, "        ");
        nw_buffer_byte(out, code.bytes[i]);
    }
    if (!code.size || code.bytes[code.size - 1] != '\n')
        nw_buffer_byte(out, '\n');
}

static void put_examples(const nw_rules *rules, const nw_rule *rule, nw_buffer *out)
{
    for (uint32_t i = 0; i < rule->example_count; i++) {
        nw_buffer_format(out, "\nexample: %s\n", text_of(rules, rule->examples[i].title));
        put_code(out, "before", rule->examples[i].before);
        put_code(out, "after", rule->examples[i].after);
    }
    for (uint32_t i = 0; i < rule->nochange_count; i++) {
        nw_buffer_format(out, "\nstays as it is: %s\n", text_of(rules, rule->nochanges[i].title));
        put_code(out, "code", rule->nochanges[i].before);
    }
}

void nw_rule_explain(const nw_rules *rules, const nw_rule *rule, nw_buffer *out)
{
    static const char *const levels[] = {"safe", "unsafe", "report"};
    nw_buffer_format(out, "%s: %s\n\n", text_of(rules, rule->id), text_of(rules, rule->summary));
    if (rule->docs.v) {
        put_wrapped(out, text_of(rules, rule->docs), "");
        nw_buffer_byte(out, '\n');
    }
    nw_buffer_format(out, "safety     %s%s%s\n", levels[rule->safety], rule->safety_reason.v ? ": " : "", text_of(rules, rule->safety_reason));
    put_requirements(rules, rule, out);
    put_words(rules, out, "tags       ", rule->tags, rule->tag_count);
    put_words(rules, out, "supports   ", rule->supports, rule->support_count);
    if (rule->gain.present)
        nw_buffer_format(out, "pays       %s\n", text_of(rules, rule->gain.text));
    if (rule->keep_state)
        nw_buffer_text(out, "state      the names and shapes of the state stay the same\n");
    if (rule->split_uses)
        nw_buffer_text(out, "guard      where a value is also used under a condition, the old code stays under that condition\n");
    if (rule->adjacent)
        nw_buffer_text(out, "mode       adjacent: matches as the paper does, with open arguments and by name\n");
    for (uint32_t i = 0; i < rule->form_count; i++) {
        if (rule->form_count > 1)
            nw_buffer_format(out, "\n%s %s\n", rule->forms[i].last_resort ? "otherwise" : "form", text_of(rules, rule->forms[i].title));
        put_conditions(rules, &rule->forms[i], out);
    }
    put_examples(rules, rule, out);
}
