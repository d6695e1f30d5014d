/* Rule files: what a rule says of itself (needs, safety, gain, examples), and how it is tried with numbers. */
#include "rules/rule_parser.h"

#include <ctype.h>

void nw_rule_parse_requires(nw_rule_parser *p, nw_rule *rule)
{
    nw_requirement need = {.package = nw_rule_symbol(p, nw_rule_word(p))};
    if (nw_rule_accept(p, ">="))
        need.least = nw_rule_symbol(p, nw_rule_word(p));
    if (nw_rule_accept(p, "<"))
        need.below = nw_rule_symbol(p, nw_rule_word(p));
    if (nw_rule_accept(p, "{")) {
        nw_rule_parse_words(p, &need.symbols, &need.symbol_count);
        nw_rule_expect(p, "}");
    }
    NW_RULE_APPEND(p, rule->requires, rule->require_count, need);
}

void nw_rule_parse_safety(nw_rule_parser *p, nw_rule *rule)
{
    if (nw_rule_accept(p, "safe")) {
        rule->safety = NW_SAFETY_SAFE;
    } else if (nw_rule_is(p, "unsafe") || nw_rule_is(p, "report")) {
        nw_text word = p->token.text;
        rule->safety = nw_rule_is(p, "unsafe") ? NW_SAFETY_UNSAFE : NW_SAFETY_REPORT;
        nw_rule_next(p);
        if (p->token.kind != NW_TOKEN_STRING)
            nw_rule_fail(p, NW_RULE_PROBLEM_REASON_MISSING, "%.*s", (int)word.size, word.bytes);
    } else {
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "`safe`, `unsafe` or `report`");
    }
    if (p->token.kind == NW_TOKEN_STRING)
        rule->safety_reason = nw_rule_parse_text(p);
}

void nw_rule_parse_pays(nw_rule_parser *p, nw_rule *rule)
{
    nw_rule_gain *gain = &rule->gain;
    gain->text = nw_rule_parse_text(p);
    gain->present = true;
    if (!nw_rule_accept(p, "{"))
        return;
    while (!p->failed && !nw_rule_is(p, "}")) {
        if (nw_rule_accept(p, "devices"))
            nw_rule_parse_words(p, &gain->devices, &gain->device_count);
        else if (nw_rule_accept(p, "dtypes"))
            nw_rule_parse_words(p, &gain->dtypes, &gain->dtype_count);
        else if (nw_rule_accept(p, "size")) {
            gain->size_span = nw_rule_span_of(p, p->token.start, p->token.end);
            gain->size = nw_rule_parse_code(p);
            nw_rule_expect(p, ">=");
            gain->least = p->token.integer;
            if (!p->token.is_integer)
                nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a whole number");
            nw_rule_next(p);
        } else
            nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "`devices`, `dtypes` or `size`");
        if (!nw_rule_accept(p, ";"))
            break;
    }
    nw_rule_expect(p, "}");
}

void nw_rule_parse_example(nw_rule_parser *p, nw_rule *rule)
{
    nw_rule_example example = {.span = nw_rule_span_of(p, p->token.start, p->token.end)};
    example.title = nw_rule_parse_text(p);
    nw_rule_expect(p, "{");
    nw_rule_expect(p, "before");
    example.before = nw_rule_parse_code(p);
    nw_rule_expect(p, "after");
    example.after = nw_rule_parse_code(p);
    nw_rule_expect(p, "}");
    NW_RULE_APPEND(p, rule->examples, rule->example_count, example);
}

void nw_rule_parse_nochange(nw_rule_parser *p, nw_rule *rule)
{
    nw_rule_example example = {.span = nw_rule_span_of(p, p->token.start, p->token.end)};
    example.title = nw_rule_parse_text(p);
    example.before = nw_rule_parse_code(p);
    NW_RULE_APPEND(p, rule->nochanges, rule->nochange_count, example);
}

/* The source text up to a `;` or `}` outside brackets. */
static nw_text parse_raw(nw_rule_parser *p)
{
    uint32_t start = p->token.start, at = start, depth = 0;
    for (; at < p->size; at++) {
        char c = p->bytes[at];
        if (depth == 0 && (c == ';' || c == '}'))
            break;
        depth += c == '(' || c == '[';
        depth -= depth && (c == ')' || c == ']');
    }
    nw_rule_seek(p, at);
    while (at > start && isspace((unsigned char)p->bytes[at - 1]))
        at--;
    return (nw_text){p->bytes + start, at - start};
}

static void parse_modes(nw_rule_parser *p, nw_rule_numeric *numeric)
{
    nw_rule_expect(p, "[");
    while (!p->failed && !nw_rule_is(p, "]")) {
        if (nw_rule_parse_choice(p, "train", "eval"))
            numeric->eval = true;
        else
            numeric->train = true;
        if (nw_rule_accept(p, "seed"))
            nw_rule_next(p);
        if (!nw_rule_accept(p, ","))
            break;
    }
    nw_rule_expect(p, "]");
}

static void parse_inputs(nw_rule_parser *p, nw_rule_numeric *numeric)
{
    uint32_t first = numeric->input_count;
    while (!p->failed && p->token.kind == NW_TOKEN_VARIABLE) {
        nw_numeric input = {.variable = nw_rule_symbol(p, p->token.text)};
        NW_RULE_APPEND(p, numeric->inputs, numeric->input_count, input);
        nw_rule_next(p);
        if (!nw_rule_accept(p, ","))
            break;
    }
    if (!nw_rule_is(p, ":"))
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "`:` and how the inputs are made: randn(2, 3)");
    nw_rule_next(p);
    nw_text generator = parse_raw(p);
    for (uint32_t i = first; i < numeric->input_count; i++)
        numeric->inputs[i].generator = generator;
}

static void parse_program(nw_rule_parser *p, nw_rule_numeric *numeric)
{
    nw_rule_example program = {.span = nw_rule_span_of(p, p->token.start, p->token.end)};
    program.title = nw_rule_parse_text(p);
    program.before = nw_rule_parse_code(p);
    NW_RULE_APPEND(p, numeric->programs, numeric->program_count, program);
}

void nw_rule_parse_numeric(nw_rule_parser *p, nw_rule *rule)
{
    nw_rule_numeric *numeric = &rule->numeric;
    *numeric = (nw_rule_numeric){.present = true, .rtol = 1e-5, .atol = 1e-6};
    nw_rule_expect(p, "{");
    while (!p->failed && !nw_rule_is(p, "}")) {
        if (nw_rule_accept(p, "modes"))
            parse_modes(p, numeric);
        else if (nw_rule_accept(p, "rtol"))
            numeric->rtol = nw_rule_parse_positive(p);
        else if (nw_rule_accept(p, "atol"))
            numeric->atol = nw_rule_parse_positive(p);
        else if (nw_rule_accept(p, "program"))
            parse_program(p, numeric);
        else if (p->token.kind == NW_TOKEN_VARIABLE)
            parse_inputs(p, numeric);
        else
            nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "inputs, `program`, `modes`, `rtol` or `atol`");
        if (!nw_rule_accept(p, ";"))
            break;
    }
    nw_rule_expect(p, "}");
    numeric->eval |= !numeric->train;
}
