/* The verb `rules`: the packs of the program, and rule files. */
#include "base/json.h"
#include "driver/session.h"
#include "rules/rules.h"
#include "source/source.h"
#include "syntax/syntax.h"

#include <string.h>

typedef struct run {
    nw_session *session;
    const nw_rules_options *options;
    nw_report report;
    nw_symbols symbols;
    nw_rules rules;
    nw_arena arena;        /* the sources of files */
    nw_source *sources;
    size_t source_count;
} run;

static const char *text_of(const run *r, nw_symbol symbol)
{
    return nw_symbol_bytes(r->rules.symbols, symbol);
}

static bool is_file(const char *name)
{
    size_t size = strlen(name);
    return size > 5 && strcmp(name + size - 5, ".rule") == 0;
}

/* Adds the rules of a file; their sources live as long as the run. */
static void add_file(run *r, const char *path)
{
    nw_source *source = &r->sources[r->source_count];
    nw_source_status status = nw_source_load(source, path, r->session->options.max_file_size);
    r->source_count++;
    if (status != NW_SOURCE_OK) {
        nw_report_message(&r->report, "%s: cannot be read%s%s", path, source->problem[0] ? ": " : "", source->problem);
        nw_report_raise(&r->report, NW_STATUS_USAGE);
        return;
    }
    nw_rules_add(&r->rules, source->path, source->bytes, source->size);
}

/* The packs of the program, unless only files are named; then the files. */
static void load(run *r, bool always_packs)
{
    const nw_rules_options *options = r->options;
    bool packs = always_packs || options->name_count == 0;
    for (size_t i = 0; i < options->name_count; i++)
        packs |= !is_file(options->names[i]);
    if (packs)
        nw_rules_add_embedded(&r->rules);
    r->sources = nw_arena_zero(&r->arena, (options->name_count + 1) * sizeof *r->sources);
    for (size_t i = 0; i < options->name_count; i++)
        if (is_file(options->names[i]))
            add_file(r, options->names[i]);
}

/* Whether the names choose the rule: none choose all, a file the rules in it. */
static bool is_chosen(const run *r, const nw_rule *rule)
{
    const nw_rules_options *options = r->options;
    for (size_t i = 0; i < options->name_count; i++) {
        const char *name = options->names[i];
        if (is_file(name) ? strcmp(rule->path, name) == 0 : nw_rule_selected(&r->rules, rule, name, strlen(name)))
            return true;
    }
    return options->name_count == 0;
}

/* Names that are no rule and no pack are wrong usage. */
static void check_names(run *r)
{
    for (size_t i = 0; i < r->options->name_count; i++) {
        const char *name = r->options->names[i];
        bool found = is_file(name);
        for (uint32_t j = 0; j < r->rules.count && !found; j++)
            found = nw_rule_selected(&r->rules, &r->rules.items[j], name, strlen(name));
        if (found)
            continue;
        nw_report_message(&r->report, "there is no rule or pack `%s`; `netwright rules list` lists them", name);
        nw_report_raise(&r->report, NW_STATUS_USAGE);
    }
}

static void put_messages(run *r, nw_buffer *out, nw_rule_level least)
{
    for (uint32_t i = 0; i < r->rules.message_count; i++) {
        const nw_rule_message *message = &r->rules.messages[i];
        if (message->level < least)
            continue;
        nw_rule_message_text(out, message);
        if (message->level != NW_RULE_NOTE)
            nw_report_raise(&r->report, NW_STATUS_FINDINGS);
    }
}

/* ---- list */

static const char *const levels[] = {"safe", "unsafe", "report"};

static void put_string(const run *r, nw_buffer *out, const char *key, nw_symbol value)
{
    nw_text text = nw_symbol_text(r->rules.symbols, value);
    nw_buffer_format(out, ", \"%s\": ", key);
    nw_buffer_json_string(out, text.bytes, text.size);
}

static void list_json(run *r)
{
    nw_buffer *out = &r->report.output;
    nw_buffer_text(out, "{\"version\": 1, \"rules\": [");
    for (uint32_t i = 0; i < r->rules.count; i++) {
        const nw_rule *rule = &r->rules.items[i];
        nw_buffer_format(out, "%s\n  {\"id\": \"%s\", \"safety\": \"%s\"", i ? "," : "", text_of(r, rule->id), levels[rule->safety]);
        put_string(r, out, "summary", rule->summary);
        put_string(r, out, "reason", rule->safety_reason);
        put_string(r, out, "pays", rule->gain.text);
        nw_buffer_text(out, ", \"requires\": [");
        for (uint32_t j = 0; j < rule->require_count; j++) {
            const nw_requirement *need = &rule->requires[j];
            nw_buffer_format(out, "%s\"%s%s%s%s%s\"", j ? ", " : "", text_of(r, need->package), need->least.v ? ">=" : "",
                             text_of(r, need->least), need->below.v ? "<" : "", text_of(r, need->below));
        }
        nw_buffer_text(out, "]}");
    }
    nw_buffer_text(out, "\n]}\n");
}

static void list_text(run *r)
{
    for (uint32_t i = 0; i < r->rules.count; i++) {
        const nw_rule *rule = &r->rules.items[i];
        nw_buffer_format(&r->report.output, "%-36s %-7s %s\n", text_of(r, rule->id), levels[rule->safety], text_of(r, rule->summary));
    }
}

static void run_list(run *r)
{
    load(r, true);
    put_messages(r, &r->report.messages, NW_RULE_ERROR);
    if (strcmp(r->options->format, "json") == 0)
        list_json(r);
    else
        list_text(r);
}

/* ---- explain, lint */

static void run_explain(run *r)
{
    bool first = true;
    load(r, false);
    put_messages(r, &r->report.messages, NW_RULE_ERROR);
    check_names(r);
    for (uint32_t i = 0; i < r->rules.count; i++) {
        const nw_rule *rule = &r->rules.items[i];
        if (!is_chosen(r, rule))
            continue;
        if (r->options->dump) {
            nw_rule_dump(&r->rules, rule, &r->report.output);
            continue;
        }
        if (!first)
            nw_buffer_text(&r->report.output, "\n\n");
        nw_rule_explain(&r->rules, rule, &r->report.output);
        first = false;
    }
}

static void run_lint(run *r)
{
    for (size_t i = 0; i < r->options->name_count; i++)
        if (!is_file(r->options->names[i])) {
            nw_report_message(&r->report, "`%s` is no rule file; their names end in .rule", r->options->names[i]);
            nw_report_raise(&r->report, NW_STATUS_USAGE);
            return;
        }
    load(r, false);
    nw_rules_lint(&r->rules, 0);
    put_messages(r, &r->report.output, NW_RULE_NOTE);
}

/* ---- test */

static bool parses(run *r, nw_text code)
{
    nw_source source;
    nw_arena arena;
    nw_arena_init(&arena);
    nw_source_borrow(&source, "example.py", code.bytes, code.size);
    bool good = nw_syntax_parse(&source, &arena, &r->symbols)->error_count == 0;
    nw_source_release(&source);
    nw_arena_release(&arena);
    return good;
}

static uint32_t test_examples(run *r, const nw_rule *rule, const nw_rule_example *examples, uint32_t count)
{
    uint32_t bad = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (parses(r, examples[i].before) && parses(r, examples[i].after))
            continue;
        nw_buffer_format(&r->report.output, "%s:%u:%u: the example `%s` of %s does not parse as Python\n", rule->path,
                         examples[i].span.line, examples[i].span.column, text_of(r, examples[i].title), text_of(r, rule->id));
        bad++;
    }
    return bad;
}

/* ---- what the executed half of `test` needs */

static void put_code(nw_json *json, const char *key, nw_text code)
{
    nw_json_key(json, key);
    nw_json_bytes(json, code.bytes, code.size);
}

static void put_examples(const run *r, nw_json *json, const char *key, const nw_rule_example *examples, uint32_t count)
{
    nw_json_key(json, key);
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < count; i++) {
        nw_json_open(json, '{');
        put_code(json, "title", nw_symbol_text(r->rules.symbols, examples[i].title));
        nw_json_key(json, "line");
        nw_json_integer(json, examples[i].span.line);
        put_code(json, "before", examples[i].before);
        put_code(json, "after", examples[i].after);
        nw_json_close(json, '}');
    }
    nw_json_close(json, ']');
}

static void put_numeric(const run *r, nw_json *json, const nw_rule_numeric *numeric)
{
    nw_json_key(json, "numeric");
    nw_json_open(json, '{');
    nw_json_key(json, "inputs");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < numeric->input_count; i++) {
        nw_json_open(json, '{');
        put_code(json, "name", nw_symbol_text(r->rules.symbols, numeric->inputs[i].variable));
        put_code(json, "made", numeric->inputs[i].generator);
        nw_json_close(json, '}');
    }
    nw_json_close(json, ']');
    nw_json_key(json, "train");
    nw_json_bool(json, numeric->train);
    nw_json_key(json, "rtol");
    nw_json_number(json, numeric->rtol);
    nw_json_key(json, "atol");
    nw_json_number(json, numeric->atol);
    put_examples(r, json, "programs", numeric->programs, numeric->program_count);
    nw_json_close(json, '}');
}

/* The left side of a line of a state map, as it was written. */
static void put_source(const run *r, const nw_rule_form *form, const nw_template *template, nw_buffer *out)
{
    for (uint32_t i = 0; i < template->count; i++) {
        const nw_piece *piece = &template->pieces[i];
        if (piece->kind == NW_PIECE_VARIABLE)
            nw_buffer_format(out, "$%s", text_of(r, form->variables[piece->variable.v].name));
        else if (piece->kind == NW_PIECE_NAME)
            nw_buffer_text(out, text_of(r, piece->name));
        else
            nw_buffer_add(out, piece->text.bytes, piece->text.size);
    }
}

/* [[["attention", "generic_attn.query.weight", "$query.weight"], ...] of each form]. */
static void put_state_maps(const run *r, nw_json *json, const nw_rule *rule)
{
    nw_buffer source;
    nw_buffer_init(&source);
    nw_json_key(json, "state");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < rule->form_count; i++) {
        const nw_rule_form *form = &rule->forms[i];
        nw_json_open(json, '[');
        for (uint32_t j = 0; j < form->state_count; j++) {
            const nw_state_entry *entry = &form->state[j];
            nw_buffer_clear(&source);
            put_source(r, form, &entry->source, &source);
            nw_json_open(json, '[');
            nw_json_text(json, text_of(r, form->variables[entry->target.v].name));
            nw_json_text(json, text_of(r, entry->path));
            nw_json_bytes(json, source.bytes, source.size);
            nw_json_close(json, ']');
        }
        nw_json_close(json, ']');
    }
    nw_json_close(json, ']');
    nw_buffer_release(&source);
}

static void put_rule(const run *r, nw_json *json, const nw_rule *rule)
{
    bool states = false;
    for (uint32_t i = 0; i < rule->form_count; i++)
        states |= rule->forms[i].state_count != 0;
    nw_json_open(json, '{');
    put_code(json, "id", nw_symbol_text(r->rules.symbols, rule->id));
    nw_json_key(json, "path");
    nw_json_text(json, rule->path);
    nw_json_key(json, "line");
    nw_json_integer(json, rule->span.line);
    nw_json_key(json, "same_state");
    nw_json_bool(json, rule->keep_state || !states);
    nw_json_key(json, "legacy");
    nw_json_bool(json, rule->legacy);
    nw_json_key(json, "safety");
    nw_json_text(json, levels[rule->safety]);
    bool backward = rule->support_count == 0;
    for (uint32_t i = 0; i < rule->support_count; i++)
        backward |= strcmp(text_of(r, rule->supports[i]), "backward") == 0;
    nw_json_key(json, "backward");
    nw_json_bool(json, backward);
    put_state_maps(r, json, rule);
    nw_json_key(json, "forms");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < rule->form_count; i++)
        if (!rule->forms[i].last_resort)
            nw_json_text(json, text_of(r, rule->forms[i].title));
    nw_json_close(json, ']');
    put_examples(r, json, "examples", rule->examples, rule->example_count);
    put_examples(r, json, "nochanges", rule->nochanges, rule->nochange_count);
    if (rule->numeric.present)
        put_numeric(r, json, &rule->numeric);
    nw_json_close(json, '}');
}

static void test_json(run *r)
{
    nw_json json = nw_json_start(&r->report.output);
    nw_json_open(&json, '{');
    nw_json_key(&json, "rules");
    nw_json_open(&json, '[');
    for (uint32_t i = 0; i < r->rules.count; i++)
        if (is_chosen(r, &r->rules.items[i]))
            put_rule(r, &json, &r->rules.items[i]);
    nw_json_close(&json, ']');
    nw_json_close(&json, '}');
    nw_buffer_byte(&r->report.output, '\n');
}

static void run_test(run *r)
{
    uint32_t rules = 0, examples = 0, bad = 0;
    load(r, false);
    put_messages(r, &r->report.messages, NW_RULE_ERROR);
    check_names(r);
    for (uint32_t i = 0; i < r->rules.count; i++) {
        const nw_rule *rule = &r->rules.items[i];
        if (!is_chosen(r, rule))
            continue;
        rules++;
        examples += rule->example_count + rule->nochange_count;
        bad += test_examples(r, rule, rule->examples, rule->example_count);
        bad += test_examples(r, rule, rule->nochanges, rule->nochange_count);
        examples += rule->numeric.program_count;
        bad += test_examples(r, rule, rule->numeric.programs, rule->numeric.program_count);
    }
    if (bad)
        nw_report_raise(&r->report, NW_STATUS_FINDINGS);
    if (r->options->dump) {
        if (!bad)
            test_json(r);
        return;
    }
    nw_buffer_format(&r->report.output, "%u rules compile; %u of their %u examples parse\n", rules, examples - bad, examples);
}

void nw_rules_run(nw_session *session, const nw_rules_options *options, nw_result *result)
{
    run state = {.session = session, .options = options}, *r = &state;
    nw_report_init(&r->report);
    nw_symbols_init(&r->symbols);
    nw_rules_init(&r->rules, &r->symbols);
    nw_arena_init(&r->arena);
    switch (options->action) {
    case NW_RULES_EXPLAIN: run_explain(r); break;
    case NW_RULES_LINT: run_lint(r); break;
    case NW_RULES_TEST: run_test(r); break;
    default: run_list(r); break;
    }
    nw_buffer_text(&r->report.stats, "{}\n");
    nw_report_finish(&r->report, result);
    for (size_t i = 0; i < r->source_count; i++)
        nw_source_release(&r->sources[i]);
    nw_arena_release(&r->arena);
    nw_rules_release(&r->rules);
    nw_symbols_release(&r->symbols);
}
