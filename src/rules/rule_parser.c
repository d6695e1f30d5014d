/* Rule files: the parts of a rule. */
#include "rules/rule_parser.h"

#include <ctype.h>
#include <string.h>

#define PUSH(p, items, count, capacity, value)                                                                         \
    do {                                                                                                               \
        NW_ARENA_RESERVE(&(p)->rules->arena, items, count, capacity);                                                  \
        (items)[(count)++] = (value);                                                                                  \
    } while (0)

static const char *const item_names[] = {"summary", "docs", "tags", "requires", "safety", "mode", "on_unknown", "context", "guard", "supports",
                                         "pays", "state", "init", "forward", "where", "types", "escape", "not", "form", "otherwise", "helper", "example",
                                         "nochange", "numeric", "legacy", "let", NULL};

/* ---- init and forward */

/* `-> $a, $b` behind a pattern or template; `_` is an unnamed one (id 0). New names become variables. */
static void parse_targets(nw_rule_parser *p, nw_variable_id **targets, uint32_t *count)
{
    if (!nw_rule_accept(p, "->"))
        return;
    do {
        nw_variable_id id = {0};
        if (p->token.kind == NW_TOKEN_VARIABLE)
            id = nw_rule_variable_of(p, p->token.text, nw_rule_span_of(p, p->token.start, p->token.end));
        else if (!nw_rule_is(p, "_"))
            nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a variable behind `->`");
        nw_rule_next(p);
        NW_RULE_APPEND(p, *targets, *count, id);
    } while (nw_rule_accept(p, ","));
}

static void parse_left_lines(nw_rule_parser *p, nw_rule_line **lines, uint32_t *count);

static void parse_body(nw_rule_parser *p, nw_rule_line *line)
{
    nw_pattern *call = &p->form.patterns[line->pattern.v];
    if (p->failed || (call->kind != NW_PATTERN_LAYER && call->kind != NW_PATTERN_OPERATOR)) {
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "the call of a module behind `within`: within *.Name[$m]($x) -> $y { ... }");
        return;
    }
    nw_rule_body body = {0};
    nw_rule_expect(p, "{");
    parse_left_lines(p, &body.lines, &body.line_count);
    nw_rule_expect(p, "return");
    body.result = nw_rule_parse_pattern(p);
    nw_rule_accept(p, ";");
    nw_rule_expect(p, "}");
    PUSH(p, p->form.bodies, p->form.body_count, p->body_capacity, body);
    p->form.patterns[line->pattern.v].kind = NW_PATTERN_MODULE;
    p->form.patterns[line->pattern.v].body = p->form.body_count;
}

static nw_rule_line parse_left_line(nw_rule_parser *p)
{
    uint32_t start = p->token.start;
    bool within = nw_rule_accept(p, "within");
    nw_rule_line line = {.pattern = nw_rule_parse_pattern(p)};
    if (p->in_init && !p->failed)
        nw_rule_as_class(p, line.pattern);
    parse_targets(p, &line.targets, &line.target_count);
    if (within)
        parse_body(p, &line);
    line.span = nw_rule_span_of(p, start, p->token.start);
    return line;
}

static void parse_left_lines(nw_rule_parser *p, nw_rule_line **lines, uint32_t *count)
{
    if (++p->depth > NW_MAX_RULE_DEPTH)
        nw_rule_fail(p, NW_RULE_PROBLEM_TOO_DEEP, "%s", "");
    while (!p->failed && !nw_rule_is(p, "=>") && !nw_rule_is(p, "}") && !nw_rule_is(p, "return")) {
        bool block = nw_rule_is(p, "within");
        nw_rule_line line = parse_left_line(p);
        NW_RULE_APPEND(p, *lines, *count, line);
        if (!nw_rule_accept(p, ";") && !block)
            break;
    }
    p->depth--;
}

/* A target of the right side of `init`: an object. `-> self.qkv` proposes its attribute name. */
static void parse_new_target(nw_rule_parser *p, nw_rule_output *output)
{
    nw_rule_span span = nw_rule_span_of(p, p->token.start, p->token.end);
    nw_text name = p->token.text;
    if (nw_rule_accept(p, "self")) {
        nw_rule_expect(p, ".");
        name = p->token.text;
    }
    if (p->token.kind != NW_TOKEN_VARIABLE && p->token.kind != NW_TOKEN_WORD)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a variable behind `->`");
    nw_rule_next(p);
    nw_variable_id id = nw_rule_find_variable(p, name);
    if (!id.v) {
        id = nw_rule_new_variable(p, name, span);
        p->form.variables[id.v].role = NW_VARIABLE_NEW;
    }
    p->form.variables[id.v].on_right = true;
    NW_RULE_APPEND(p, output->targets, output->target_count, id);
}

static void parse_right_line(nw_rule_parser *p, nw_rule_side *side)
{
    nw_rule_output output = {.value = nw_rule_parse_template(p)};
    if (nw_rule_accept(p, "->"))
        do
            parse_new_target(p, &output);
        while (nw_rule_accept(p, ","));
    NW_RULE_APPEND(p, side->right, side->right_count, output);
}

static void parse_side(nw_rule_parser *p, nw_rule_side *side, bool init)
{
    p->in_init = init;
    side->present = true;
    nw_rule_expect(p, "{");
    parse_left_lines(p, &side->left, &side->left_count);
    p->in_init = false;
    if (!p->failed && !side->left_count)
        nw_rule_fail(p, NW_RULE_PROBLEM_EMPTY_LEFT, "%s", "");
    if (!nw_rule_is(p, "=>")) {
        side->detect_only = true;
        nw_rule_expect(p, "}");
        return;
    }
    nw_rule_next(p);
    p->before_forward = init;
    if (nw_rule_accept(p, "keep")) {
        side->kept = true;
        nw_rule_accept(p, ";");
    } else if (nw_rule_accept(p, "_")) {
        side->detect_only = true;
    } else {
        while (!p->failed && !nw_rule_is(p, "}")) {
            parse_right_line(p, side);
            if (!nw_rule_accept(p, ";"))
                break;
        }
    }
    p->before_forward = false;
    nw_rule_expect(p, "}");
}

static void parse_escape(nw_rule_parser *p)
{
    do
        p->form.variables[nw_rule_parse_bound(p).v].escapes = true;
    while (nw_rule_accept(p, ","));
}

static void parse_negative(nw_rule_parser *p)
{
    nw_rule_expect(p, "{");
    parse_left_lines(p, &p->form.negatives, &p->form.negative_count);
    nw_rule_expect(p, "}");
}

/* ---- forms and rules */

static void begin_form(nw_rule_parser *p)
{
    p->form = (nw_rule_form){0};
    p->pattern_capacity = p->variable_capacity = p->body_capacity = 0;
    p->depth = p->expansions = 0;
    nw_rule_add_pattern(p, (nw_pattern){0});
    nw_rule_new_variable(p, (nw_text){"", 0}, (nw_rule_span){0});
}

static bool form_is_empty(const nw_rule_parser *p)
{
    return !p->form.init.present && !p->form.forward.present;
}

static void end_form(nw_rule_parser *p, nw_rule *rule)
{
    if (!p->failed)
        nw_rule_link_form(p, &p->form);
    if (!p->failed)
        nw_rule_check_form(p, &p->form);
    NW_RULE_APPEND(p, rule->forms, rule->form_count, p->form);
    begin_form(p);
}

/* The parts that belong to a form; false when the word is none of them. */
static bool parse_form_item(nw_rule_parser *p, nw_rule *rule)
{
    nw_rule_form *form = &p->form;
    bool twice = (nw_rule_is(p, "init") && form->init.present) || (nw_rule_is(p, "forward") && form->forward.present);
    if (twice)
        nw_rule_fail(p, NW_RULE_PROBLEM_DUPLICATE_ITEM, "%.*s", (int)p->token.text.size, p->token.text.bytes);
    if (nw_rule_accept(p, "init"))
        parse_side(p, &form->init, true);
    else if (nw_rule_accept(p, "forward"))
        parse_side(p, &form->forward, false);
    else if (nw_rule_accept(p, "where"))
        nw_rule_parse_where(p);
    else if (nw_rule_accept(p, "types"))
        nw_rule_parse_types(p);
    else if (nw_rule_accept(p, "state"))
        nw_rule_parse_state(p, rule);
    else if (nw_rule_accept(p, "escape"))
        parse_escape(p);
    else if (nw_rule_accept(p, "not"))
        parse_negative(p);
    else if (nw_rule_accept(p, "let"))
        nw_rule_parse_let(p);
    else
        return false;
    return true;
}

static void parse_form(nw_rule_parser *p, nw_rule *rule, bool last_resort)
{
    if (!form_is_empty(p))
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "either `forward` or `form` blocks, not both");
    begin_form(p);
    p->form.last_resort = last_resort;
    p->form.title = nw_rule_parse_text(p);
    nw_rule_expect(p, "{");
    while (!p->failed && !nw_rule_is(p, "}")) {
        if (!parse_form_item(p, rule))
            nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "`init`, `forward`, `where`, `types`, `state`, `escape`, `not` or `let`");
        nw_rule_accept(p, ";");
    }
    nw_rule_expect(p, "}");
    end_form(p, rule);
}

static bool parse_setting(nw_rule_parser *p, nw_rule *rule)
{
    if (nw_rule_accept(p, "mode"))
        rule->adjacent = nw_rule_parse_choice(p, "strict", "adjacent");
    else if (nw_rule_accept(p, "on_unknown"))
        rule->report_unknown = nw_rule_parse_choice(p, "skip", "report");
    else if (nw_rule_accept(p, "context"))
        rule->any_context = nw_rule_parse_choice(p, "same", "any");
    else if (nw_rule_accept(p, "guard"))
        rule->split_uses = nw_rule_parse_choice(p, "none", "uses");
    else
        return false;
    return true;
}

static bool parse_metadata(nw_rule_parser *p, nw_rule *rule)
{
    if (nw_rule_accept(p, "summary"))
        rule->summary = nw_rule_parse_text(p);
    else if (nw_rule_accept(p, "docs"))
        rule->docs = nw_rule_parse_text(p);
    else if (nw_rule_accept(p, "tags"))
        nw_rule_parse_words(p, &rule->tags, &rule->tag_count);
    else if (nw_rule_accept(p, "supports"))
        nw_rule_parse_words(p, &rule->supports, &rule->support_count);
    else if (nw_rule_accept(p, "requires"))
        nw_rule_parse_requires(p, rule);
    else if (nw_rule_accept(p, "pays"))
        nw_rule_parse_pays(p, rule);
    else if (nw_rule_accept(p, "helper"))
        rule->helper = nw_rule_parse_code(p);
    else if (nw_rule_accept(p, "example"))
        nw_rule_parse_example(p, rule);
    else if (nw_rule_accept(p, "nochange"))
        nw_rule_parse_nochange(p, rule);
    else if (nw_rule_accept(p, "numeric"))
        nw_rule_parse_numeric(p, rule);
    else
        return false;
    return true;
}

static void refuse_item(nw_rule_parser *p)
{
    nw_text name = p->token.text;
    const char *near = p->token.kind == NW_TOKEN_WORD ? nw_rule_nearest(name, item_names) : NULL;
    if (p->token.kind != NW_TOKEN_WORD)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a part of the rule, or `}`");
    else if (near)
        nw_rule_fail(p, NW_RULE_PROBLEM_UNKNOWN_ITEM, "%.*s`; did you mean `%s", (int)name.size, name.bytes, near);
    else
        nw_rule_fail(p, NW_RULE_PROBLEM_UNKNOWN_ITEM, "%.*s", (int)name.size, name.bytes);
}

static void parse_item(nw_rule_parser *p, nw_rule *rule, bool *has_safety)
{
    static const char *const once[] = {"summary", "docs", "safety", "pays", "helper", "numeric"};
    const bool seen[] = {rule->summary.v != 0, rule->docs.v != 0, *has_safety, rule->gain.present, rule->helper.size != 0, rule->numeric.present};
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        if (seen[i] && nw_rule_is(p, once[i]))
            nw_rule_fail(p, NW_RULE_PROBLEM_DUPLICATE_ITEM, "%s", once[i]);
    if (nw_rule_accept(p, "safety")) {
        *has_safety = true;
        nw_rule_parse_safety(p, rule);
    } else if (nw_rule_is(p, "form") || nw_rule_is(p, "otherwise")) {
        bool last_resort = nw_rule_is(p, "otherwise");
        nw_rule_next(p);
        parse_form(p, rule, last_resort);
    } else if (nw_rule_accept(p, "legacy")) {
        nw_rule_parse_legacy(p, rule);
        end_form(p, rule);
        p->legacy = false;
    } else if (!parse_setting(p, rule) && !parse_metadata(p, rule) && !parse_form_item(p, rule)) {
        refuse_item(p);
    }
    nw_rule_accept(p, ";");
}

static void parse_id(nw_rule_parser *p, nw_rule *rule)
{
    nw_token token = p->token;
    nw_text id = nw_rule_word(p);
    const char *slash = memchr(id.bytes, '/', id.size);
    bool good = slash && slash > id.bytes && slash + 1 < id.bytes + id.size;
    for (uint32_t i = 0; good && i < id.size; i++)
        good = islower((unsigned char)id.bytes[i]) || isdigit((unsigned char)id.bytes[i]) || id.bytes[i] == '-' || id.bytes + i == slash;
    if (!good) {
        nw_rule_report(p, NW_RULE_PROBLEM_BAD_ID, nw_rule_span_of(p, token.start, p->token.start), "%.*s", (int)id.size, id.bytes);
        return;
    }
    rule->id = nw_rule_symbol(p, id);
    rule->pack = nw_rule_symbol(p, (nw_text){id.bytes, (uint32_t)(slash - id.bytes)});
    rule->name = nw_rule_symbol(p, (nw_text){slash + 1, (uint32_t)(id.bytes + id.size - slash - 1)});
    rule->span = nw_rule_span_of(p, token.start, token.start + id.size);
    if (nw_rules_find(p->rules, nw_symbol_bytes(p->rules->symbols, rule->id)))
        nw_rule_report(p, NW_RULE_PROBLEM_DUPLICATE_RULE, rule->span, "%.*s", (int)id.size, id.bytes);
}

static void require_parts(nw_rule_parser *p, const nw_rule *rule, bool has_safety)
{
    const char *missing = !rule->summary.v ? "summary" : !has_safety ? "safety" : !rule->form_count ? "forward" : NULL;
    if (missing)
        nw_rule_report(p, NW_RULE_PROBLEM_MISSING_ITEM, rule->span, "%s", missing);
}

/* `pays` may name variables of the forms, wherever it stands. */
static void compile_gain(nw_rule_parser *p, nw_rule *rule)
{
    nw_token code = {.start = rule->gain.size_span.start, .end = rule->gain.size_span.end, .text = rule->gain.size};
    for (uint32_t i = 0; i < rule->form_count && rule->gain.size.size && !p->failed; i++) {
        if (rule->forms[i].forward.detect_only)
            continue;
        p->form = rule->forms[i];
        rule->forms[i].gain_size = nw_rule_template_of(p, code);
    }
}

static void parse_rule(nw_rule_parser *p)
{
    nw_rules *rules = p->rules;
    nw_rule rule = {.path = p->path, .report_unknown = true};
    bool has_safety = false;
    uint32_t macros = p->macro_count;
    begin_form(p);
    parse_id(p, &rule);
    nw_rule_expect(p, "{");
    while (!p->failed && !nw_rule_is(p, "}"))
        parse_item(p, &rule, &has_safety);
    if (!p->failed && !form_is_empty(p))
        end_form(p, &rule);
    require_parts(p, &rule, has_safety);
    nw_rule_expect(p, "}");
    if (!p->failed)
        compile_gain(p, &rule);
    if (!p->failed)
        nw_rule_check(p, &rule);
    p->macro_count = macros;
    if (!p->failed)
        PUSH(p, rules->items, rules->count, rules->capacity, rule);
}

static void parse_iso(nw_rule_parser *p)
{
    nw_rules *rules = p->rules;
    nw_rule_iso iso = {0};
    begin_form(p);
    iso.left = nw_rule_parse_pattern(p);
    nw_rule_expect(p, "<=>");
    iso.right = nw_rule_parse_pattern(p);
    nw_rule_expect(p, ";");
    iso.form = p->form;
    if (!p->failed)
        PUSH(p, rules->isos, rules->iso_count, rules->iso_capacity, iso);
}

/* After an error: on to the next line that starts with `rule`, `iso` or `let`, behind the start of the part that failed
 * (the error may lie before it, in the text of a `let`). */
static void recover(nw_rule_parser *p, uint32_t start)
{
    static const char *const words[] = {"\nrule ", "\niso ", "\nlet "};
    p->failed = p->in_init = p->legacy = p->before_forward = false;
    p->frame = NULL;
    for (uint32_t i = 0; i < p->macro_count; i++)
        p->macros[i].active = false;
    p->at = p->token.start > start + 1 ? p->token.start - 1 : start;
    for (; p->at < p->size; p->at++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (p->size - p->at > strlen(words[i]) && memcmp(p->bytes + p->at, words[i], strlen(words[i])) == 0) {
                nw_rule_next(p);
                return;
            }
    nw_rule_seek(p, p->size);
}

static void find_lines(nw_rule_parser *p)
{
    uint32_t capacity = 0;
    NW_ARENA_RESERVE(&p->rules->arena, p->line_starts, p->line_count, capacity);
    p->line_starts[p->line_count++] = 0;
    for (uint32_t at = 0; at < p->size; at++)
        if (p->bytes[at] == '\n')
            PUSH(p, p->line_starts, p->line_count, capacity, at + 1);
}

bool nw_rules_add(nw_rules *rules, const char *path, const char *bytes, size_t size)
{
    nw_rule_parser parser = {.rules = rules, .path = path, .bytes = bytes, .size = (uint32_t)size}, *p = &parser;
    uint32_t errors = 0;
    if (size > (16u << 20)) {
        p->size = 0;
        find_lines(p);
        nw_rule_fail(p, NW_RULE_PROBLEM_TOO_LARGE, "%s", "");
        return false;
    }
    find_lines(p);
    begin_form(p);
    nw_rule_next(p);
    while (p->token.kind != NW_TOKEN_END || p->failed) {
        uint32_t start = p->token.start;
        if (nw_rule_accept(p, "rule"))
            parse_rule(p);
        else if (nw_rule_accept(p, "iso"))
            parse_iso(p);
        else if (nw_rule_accept(p, "let"))
            nw_rule_parse_let(p);
        else
            nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "`rule`, `iso` or `let`");
        if (p->failed) {
            errors++;
            recover(p, start);
        }
    }
    return errors == 0;
}
