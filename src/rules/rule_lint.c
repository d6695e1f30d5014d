/* The linter: what is legal in a rule and probably not meant. */
#include "rules/rule_parser.h"

#include "base/embedded.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const nw_rule_parser *p, nw_symbol symbol)
{
    return nw_symbol_bytes(p->rules->symbols, symbol);
}

/* ---- names of the catalog */

static bool contains(const nw_embedded_file *file, const char *before, const char *name, const char *after)
{
    const char *bytes = (const char *)file->bytes, *found = bytes;
    size_t lead = strlen(before), size = strlen(name);
    while ((found = strstr(found, name)) != NULL) {
        bool starts = (size_t)(found - bytes) >= lead && memcmp(found - lead, before, lead) == 0;
        if (starts && strchr(after, found[size]) && found[size])
            return true;
        found += size;
    }
    return false;
}

/* Whether some row of the name's framework is called so; names of packages that the catalog does not have pass. */
static bool in_catalog(const char *qualified)
{
    const char *dot = strchr(qualified, '.'), *last = strrchr(qualified, '.');
    bool framework = false;
    if (!dot)
        return true;
    for (uint32_t i = 0; i < nw_embedded_catalog_count; i++) {
        const nw_embedded_file *file = &nw_embedded_catalog[i];
        if (strncmp(file->path, qualified, (size_t)(dot - qualified)) != 0 || file->path[dot - qualified] != '/')
            continue;
        framework = true;
        if (contains(file, "def ", last + 1, "(") || contains(file, "class ", last + 1, "(:") || contains(file, "\n", last + 1, " ") ||
            contains(file, "    ", last + 1, " =") || contains(file, " ", last + 1, ",\n)"))
            return true;
    }
    return !framework;
}

static void lint_names(nw_rule_parser *p, const nw_rule_form *form)
{
    for (uint32_t i = 1; i < form->pattern_count; i++) {
        const nw_pattern *pattern = &form->patterns[i];
        const char *name = text_of(p, pattern->name);
        bool named = pattern->kind == NW_PATTERN_OPERATOR || pattern->kind == NW_PATTERN_LAYER || pattern->kind == NW_PATTERN_CLASS;
        if (named && !pattern->exact && pattern->name.v && name[0] != '*' && !in_catalog(name))
            nw_rule_report(p, NW_RULE_PROBLEM_UNKNOWN_SYMBOL, pattern->span, "%s", name);
    }
}

/* ---- variables, arguments, targets */

static void lint_variables(nw_rule_parser *p, const nw_rule_form *form)
{
    for (uint32_t v = 1; v < form->variable_count; v++) {
        const nw_rule_variable *variable = &form->variables[v];
        uint32_t uses = 0;
        for (uint32_t i = 1; i < form->pattern_count; i++) /* a step that is not known is named in the reason */
            uses += form->patterns[i].variable.v != v ? 0 : form->patterns[i].kind == NW_PATTERN_MADE_OF ? 2 : 1;
        bool state = false;
        for (uint32_t i = 0; i < form->state_count; i++)
            state |= form->state[i].target.v == v;
        if (variable->role == NW_VARIABLE_VALUE && uses == 1 && !variable->definition.v && !variable->on_right && !state)
            nw_rule_report(p, NW_RULE_PROBLEM_UNUSED, variable->span, "%s", text_of(p, variable->name));
    }
}

static void lint_open_arguments(nw_rule_parser *p, const nw_rule_form *form, nw_rule_problem problem)
{
    for (uint32_t i = 1; i < form->pattern_count; i++)
        if (form->patterns[i].open && form->patterns[i].name.v)
            nw_rule_report(p, problem, form->patterns[i].span, "%s", text_of(p, form->patterns[i].name));
}

/* What every installation with the framework has. */
static bool is_at_hand(const char *name)
{
    static const char *const packages[] = {"torch.", "math."};
    for (size_t i = 0; i < sizeof packages / sizeof *packages; i++)
        if (strncmp(name, packages[i], strlen(packages[i])) == 0)
            return true;
    return false;
}

static bool is_required(const nw_rule *rule, nw_symbol name)
{
    for (uint32_t i = 0; i < rule->require_count; i++)
        for (uint32_t j = 0; j < rule->requires[i].symbol_count; j++)
            if (rule->requires[i].symbols[j].v == name.v)
                return true;
    return false;
}

static void lint_targets(nw_rule_parser *p, const nw_rule *rule, const nw_rule_side *side)
{
    for (uint32_t i = 0; i < side->right_count; i++) {
        const nw_template *template = &side->right[i].value;
        for (uint32_t j = 0; j < template->count; j++) {
            const nw_piece *piece = &template->pieces[j];
            if (piece->kind == NW_PIECE_NAME && !is_at_hand(text_of(p, piece->name)) && !is_required(rule, piece->name))
                nw_rule_report(p, NW_RULE_PROBLEM_TARGET_NOT_REQUIRED, template->span, "%s", text_of(p, piece->name));
        }
    }
}

/* ---- legacy */

static void lint_rebound(nw_rule_parser *p, const nw_rule_form *form)
{
    for (uint32_t i = 0; i < form->forward.left_count; i++) {
        const nw_rule_line *line = &form->forward.left[i];
        for (uint32_t j = 0; j < line->target_count; j++)
            for (uint32_t k = 1; k <= line->pattern.v && line->targets[j].v; k++)
                if (form->patterns[k].kind == NW_PATTERN_VARIABLE && form->patterns[k].variable.v == line->targets[j].v) {
                    nw_rule_report(p, NW_RULE_PROBLEM_LEGACY_NAMES, line->span, "%s", text_of(p, form->variables[line->targets[j].v].name));
                    break;
                }
    }
}

static void lint_legacy(nw_rule_parser *p, const nw_rule_form *form)
{
    lint_open_arguments(p, form, NW_RULE_PROBLEM_LEGACY_OPEN);
    lint_rebound(p, form);
    for (uint32_t i = 1; i < form->pattern_count; i++) {
        const nw_pattern *pattern = &form->patterns[i];
        if (pattern->kind == NW_PATTERN_LAYER && !pattern->variable.v)
            nw_rule_report(p, NW_RULE_PROBLEM_LEGACY_INSTANCE, pattern->span, "%s", text_of(p, pattern->name));
        else if (pattern->kind == NW_PATTERN_SOURCE)
            nw_rule_report(p, NW_RULE_PROBLEM_LEGACY_ASSUMED, pattern->span, "%s", text_of(p, pattern->name));
    }
    if (form->forward.detect_only)
        nw_rule_report(p, NW_RULE_PROBLEM_LEGACY_DETECT, form->forward.left[0].span, "%s", "");
    for (uint32_t i = 1; i < form->variable_count; i++)
        if (form->variables[i].role == NW_VARIABLE_NEW)
            nw_rule_report(p, NW_RULE_PROBLEM_LEGACY_REBUILT, form->variables[i].span, "%s", text_of(p, form->variables[i].name));
}

/* ---- rules */

static void lint_form(nw_rule_parser *p, const nw_rule *rule, const nw_rule_form *form)
{
    if (rule->legacy) {
        lint_legacy(p, form);
        return;
    }
    lint_names(p, form);
    lint_variables(p, form);
    lint_open_arguments(p, form, NW_RULE_PROBLEM_OPEN_ARGUMENTS);
    lint_targets(p, rule, &form->init);
    lint_targets(p, rule, &form->forward);
}

static void lint_examples(nw_rule_parser *p, const nw_rule *rule)
{
    const char *id = text_of(p, rule->id);
    if (rule->legacy)
        return;
    if (!rule->example_count && rule->safety != NW_SAFETY_REPORT)
        nw_rule_report(p, NW_RULE_PROBLEM_NO_EXAMPLE, rule->span, "%s", id);
    if (!rule->nochange_count)
        nw_rule_report(p, NW_RULE_PROBLEM_NO_NOCHANGE, rule->span, "%s", id);
    if (!rule->numeric.present && rule->safety == NW_SAFETY_SAFE)
        nw_rule_report(p, NW_RULE_PROBLEM_NO_NUMERIC, rule->span, "%s", id);
}

/* The left sides of a rule as text, without the spelling of its variables' places. */
static void left_text(const nw_rules *rules, const nw_rule *rule, nw_buffer *out)
{
    for (uint32_t i = 0; i < rule->form_count; i++) {
        nw_rule_dump_left(rules, &rule->forms[i], out);
        nw_buffer_byte(out, '\n');
    }
}

static void lint_overlap(nw_rule_parser *p, uint32_t index)
{
    const nw_rules *rules = p->rules;
    const nw_rule *rule = &rules->items[index];
    nw_buffer own, other;
    nw_buffer_init(&own);
    nw_buffer_init(&other);
    left_text(rules, rule, &own);
    for (uint32_t i = 0; i < index; i++) {
        nw_buffer_clear(&other);
        left_text(rules, &rules->items[i], &other);
        if (rules->items[i].pack.v == rule->pack.v && own.size == other.size && memcmp(own.bytes, other.bytes, own.size) == 0)
            nw_rule_report(p, NW_RULE_PROBLEM_SAME_LEFT_SIDE, rule->span, "%s", text_of(p, rules->items[i].id));
    }
    nw_buffer_release(&own);
    nw_buffer_release(&other);
}

static int compare_messages(const void *left, const void *right)
{
    const nw_rule_message *a = left, *b = right;
    int by_path = strcmp(a->path, b->path);
    if (by_path)
        return by_path;
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    return (int)a->problem - (int)b->problem;
}

void nw_rules_lint(nw_rules *rules, uint32_t first)
{
    for (uint32_t i = first; i < rules->count; i++) {
        const nw_rule *rule = &rules->items[i];
        nw_rule_parser parser = {.rules = rules, .path = rule->path};
        lint_examples(&parser, rule);
        for (uint32_t j = 0; j < rule->form_count; j++)
            lint_form(&parser, rule, &rule->forms[j]);
        lint_overlap(&parser, i);
    }
    if (rules->message_count)
        qsort(rules->messages, rules->message_count, sizeof *rules->messages, compare_messages);
}
