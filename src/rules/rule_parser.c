/* Rule files: the parts of a rule. */
#include "rules/rule_parser.h"

#include <ctype.h>
#include <string.h>

#define PUSH(p, items, count, capacity, value)                                                                         \
    do {                                                                                                               \
        NW_ARENA_RESERVE(&(p)->rules->arena, items, count, capacity);                                                  \
        (items)[(count)++] = (value);                                                                                  \
    } while (0)

/* Arrays of a rule grow rarely: each push copies into room for one more. */
#define APPEND(p, items, count, value)                                                                                 \
    do {                                                                                                               \
        (items) = nw_arena_grow(&(p)->rules->arena, items, count, (count) + 1, sizeof *(items));                       \
        (items)[(count)++] = (value);                                                                                  \
    } while (0)

static const char *const item_names[] = {"summary", "docs", "tags", "requires", "safety", "mode", "on_unknown", "context", "guard", "supports",
                                         "pays", "state", "init", "forward", "where", "types", "escape", "not", "form", "otherwise", "helper", "example",
                                         "nochange", "numeric", "legacy", "let", NULL};

static nw_symbol parse_text(nw_rule_parser *p)
{
    nw_token token = p->token;
    if (token.kind != NW_TOKEN_STRING && token.kind != NW_TOKEN_CODE)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a text in quotes");
    nw_rule_next(p);
    return nw_rule_symbol(p, token.text);
}

static nw_text parse_code(nw_rule_parser *p)
{
    nw_token token = p->token;
    if (token.kind != NW_TOKEN_CODE)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a code block between ```");
    nw_rule_next(p);
    return token.text;
}

static void parse_words(nw_rule_parser *p, nw_symbol **words, uint32_t *count)
{
    do {
        nw_symbol word = nw_rule_symbol(p, nw_rule_word(p));
        APPEND(p, *words, *count, word);
    } while (!p->failed && nw_rule_accept(p, ","));
}

/* One of two words; true for the second. */
static bool parse_choice(nw_rule_parser *p, const char *first, const char *second)
{
    bool result = nw_rule_is(p, second);
    if (!result && !nw_rule_is(p, first))
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "`%s` or `%s`", first, second);
    nw_rule_next(p);
    return result;
}

/* ---- metadata */

static void parse_requires(nw_rule_parser *p, nw_rule *rule)
{
    nw_requirement need = {.package = nw_rule_symbol(p, nw_rule_word(p))};
    if (nw_rule_accept(p, ">="))
        need.least = nw_rule_symbol(p, nw_rule_word(p));
    if (nw_rule_accept(p, "<"))
        need.below = nw_rule_symbol(p, nw_rule_word(p));
    if (nw_rule_accept(p, "{")) {
        parse_words(p, &need.symbols, &need.symbol_count);
        nw_rule_expect(p, "}");
    }
    APPEND(p, rule->requires, rule->require_count, need);
}

static void parse_safety(nw_rule_parser *p, nw_rule *rule)
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
        rule->safety_reason = parse_text(p);
}

static void parse_pays(nw_rule_parser *p, nw_rule *rule)
{
    nw_rule_gain *gain = &rule->gain;
    gain->text = parse_text(p);
    gain->present = true;
    if (!nw_rule_accept(p, "{"))
        return;
    while (!p->failed && !nw_rule_is(p, "}")) {
        if (nw_rule_accept(p, "devices"))
            parse_words(p, &gain->devices, &gain->device_count);
        else if (nw_rule_accept(p, "dtypes"))
            parse_words(p, &gain->dtypes, &gain->dtype_count);
        else if (nw_rule_accept(p, "size")) {
            gain->size_span = nw_rule_span_of(p, p->token.start, p->token.end);
            gain->size = parse_code(p);
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

static void parse_example(nw_rule_parser *p, nw_rule *rule)
{
    nw_rule_example example = {.span = nw_rule_span_of(p, p->token.start, p->token.end)};
    example.title = parse_text(p);
    nw_rule_expect(p, "{");
    nw_rule_expect(p, "before");
    example.before = parse_code(p);
    nw_rule_expect(p, "after");
    example.after = parse_code(p);
    nw_rule_expect(p, "}");
    APPEND(p, rule->examples, rule->example_count, example);
}

static void parse_nochange(nw_rule_parser *p, nw_rule *rule)
{
    nw_rule_example example = {.span = nw_rule_span_of(p, p->token.start, p->token.end)};
    example.title = parse_text(p);
    example.before = parse_code(p);
    APPEND(p, rule->nochanges, rule->nochange_count, example);
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
        if (parse_choice(p, "train", "eval"))
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

static double parse_positive(nw_rule_parser *p)
{
    double number = p->token.number;
    if (p->token.kind != NW_TOKEN_NUMBER)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a number");
    nw_rule_next(p);
    return number;
}

static void parse_inputs(nw_rule_parser *p, nw_rule_numeric *numeric)
{
    uint32_t first = numeric->input_count;
    while (!p->failed && p->token.kind == NW_TOKEN_VARIABLE) {
        nw_numeric input = {.variable = nw_rule_symbol(p, p->token.text)};
        APPEND(p, numeric->inputs, numeric->input_count, input);
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
    program.title = parse_text(p);
    program.before = parse_code(p);
    APPEND(p, numeric->programs, numeric->program_count, program);
}

static void parse_numeric(nw_rule_parser *p, nw_rule *rule)
{
    nw_rule_numeric *numeric = &rule->numeric;
    *numeric = (nw_rule_numeric){.present = true, .rtol = 1e-5, .atol = 1e-6};
    nw_rule_expect(p, "{");
    while (!p->failed && !nw_rule_is(p, "}")) {
        if (nw_rule_accept(p, "modes"))
            parse_modes(p, numeric);
        else if (nw_rule_accept(p, "rtol"))
            numeric->rtol = parse_positive(p);
        else if (nw_rule_accept(p, "atol"))
            numeric->atol = parse_positive(p);
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
        APPEND(p, *targets, *count, id);
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
        APPEND(p, *lines, *count, line);
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
    APPEND(p, output->targets, output->target_count, id);
}

static void parse_right_line(nw_rule_parser *p, nw_rule_side *side)
{
    nw_rule_output output = {.value = nw_rule_parse_template(p)};
    if (nw_rule_accept(p, "->"))
        do
            parse_new_target(p, &output);
        while (nw_rule_accept(p, ","));
    APPEND(p, side->right, side->right_count, output);
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

/* ---- conditions, types, state */

static const struct {
    const char *name, *signature;
    uint8_t least, most;
} predicates[] = {
    {"", "", 0, 0},
#define NW_PREDICATE_ROW(id, name, least, most, signature, sentence, failed) {name, signature, least, most},
#include "rules/where.def"
#undef NW_PREDICATE_ROW
};

static uint16_t parse_predicate(nw_rule_parser *p)
{
    const char *names[NW_PREDICATE_COUNT];
    nw_token token = p->token;
    nw_text name = nw_rule_word(p);
    for (uint32_t i = 1; i < NW_PREDICATE_COUNT; i++) {
        if (nw_text_is(name, predicates[i].name))
            return (uint16_t)i;
        names[i - 1] = predicates[i].name;
    }
    names[NW_PREDICATE_COUNT - 1] = NULL;
    const char *near = nw_rule_nearest(name, names);
    nw_rule_span span = nw_rule_span_of(p, token.start, token.start + name.size);
    if (near)
        nw_rule_report(p, NW_RULE_PROBLEM_UNKNOWN_CONDITION, span, "%.*s`; did you mean `%s", (int)name.size, name.bytes, near);
    else
        nw_rule_report(p, NW_RULE_PROBLEM_UNKNOWN_CONDITION, span, "%.*s", (int)name.size, name.bytes);
    return 0;
}

static nw_pattern_id parse_condition_argument(nw_rule_parser *p, char letter)
{
    if (letter != 'n')
        return nw_rule_parse_operand(p);
    nw_rule_span span = nw_rule_span_of(p, p->token.start, p->token.end);
    return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_NAME, .name = nw_rule_symbol(p, nw_rule_word(p)), .span = span});
}

/* Behind `else`: guard ```TEST```, guard ```TEST``` unsafe "why", take $whole, or unsafe "why". */
static void parse_otherwise(nw_rule_parser *p, nw_condition *condition)
{
    if (nw_rule_accept(p, "take")) {
        condition->otherwise = NW_OTHERWISE_TAKE;
        condition->whole = nw_rule_parse_operand(p);
        return;
    }
    bool unsafe = parse_choice(p, "guard", "unsafe");
    condition->otherwise = unsafe ? NW_OTHERWISE_UNSAFE : NW_OTHERWISE_GUARD;
    if (unsafe) {
        condition->reason = parse_text(p);
        return;
    }
    nw_token code = p->token;
    parse_code(p);
    if (p->failed)
        return;
    condition->guard = nw_rule_template_of(p, code);
    if (nw_rule_accept(p, "unsafe"))
        condition->reason = parse_text(p);
}

static void parse_condition(nw_rule_parser *p)
{
    nw_rule_form *form = &p->form;
    nw_condition condition = {.span = nw_rule_span_of(p, p->token.start, p->token.end)};
    condition.assumed = nw_rule_accept(p, "assume");
    condition.negated = nw_rule_accept(p, "not");
    condition.predicate = parse_predicate(p);
    const char *signature = predicates[condition.predicate].signature;
    while (!p->failed && !nw_rule_is(p, ";") && !nw_rule_is(p, "}") && !nw_rule_is(p, "else")) {
        nw_pattern_id argument = parse_condition_argument(p, *signature);
        APPEND(p, condition.arguments, condition.argument_count, argument);
        signature += *signature && signature[1];
    }
    if (nw_rule_accept(p, "else"))
        parse_otherwise(p, &condition);
    uint8_t least = predicates[condition.predicate].least, most = predicates[condition.predicate].most;
    if (!p->failed && (condition.argument_count < least || (most != 255 && condition.argument_count > most)))
        nw_rule_report(p, NW_RULE_PROBLEM_CONDITION_ARGUMENTS, condition.span, "%s", predicates[condition.predicate].name);
    APPEND(p, form->conditions, form->condition_count, condition);
}

static void parse_where(nw_rule_parser *p);

/* The name of a `let NAME = where { ... };`: its conditions stand here. */
static bool parse_named_conditions(nw_rule_parser *p)
{
    nw_macro *let = p->token.kind == NW_TOKEN_WORD ? nw_rule_find_let(p, p->token.text) : NULL;
    if (!let || !let->is_conditions)
        return false;
    if (let->active || ++p->expansions > NW_MAX_RULE_EXPANSIONS) {
        nw_rule_report(p, NW_RULE_PROBLEM_MACRO_RECURSION, nw_rule_span_of(p, p->token.start, p->token.end), "%s",
                       nw_symbol_bytes(p->rules->symbols, let->name));
        return true;
    }
    nw_rule_next(p);
    nw_token token = p->token;
    uint32_t at = p->at;
    let->active = true;
    nw_rule_seek(p, let->body);
    nw_rule_expect(p, "where");
    parse_where(p);
    let->active = false;
    p->token = token;
    p->at = at;
    return true;
}

static void parse_where(nw_rule_parser *p)
{
    nw_rule_expect(p, "{");
    while (!p->failed && !nw_rule_is(p, "}")) {
        if (!parse_named_conditions(p))
            parse_condition(p);
        if (!nw_rule_accept(p, ";"))
            break;
    }
    nw_rule_expect(p, "}");
}

static uint8_t parse_type_name(nw_rule_parser *p)
{
    static const struct {
        const char *name;
        uint8_t type;
    } names[] = {{"Tensor", NW_RULE_TYPE_TENSOR}, {"Parameter", NW_RULE_TYPE_PARAMETER}, {"Module", NW_RULE_TYPE_MODULE}, {"int", NW_RULE_TYPE_INT},
                 {"float", NW_RULE_TYPE_FLOAT}, {"bool", NW_RULE_TYPE_BOOL}, {"str", NW_RULE_TYPE_CONSTANT_STRING}};
    bool constant = nw_rule_accept(p, "const");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (nw_rule_accept(p, names[i].name)) {
            uint8_t type = names[i].type;
            if (constant && type >= NW_RULE_TYPE_INT)
                type = (uint8_t)(type - NW_RULE_TYPE_INT + NW_RULE_TYPE_CONSTANT_INT);
            else if (constant && type != NW_RULE_TYPE_CONSTANT_STRING)
                break;
            return type;
        }
    if (!constant)
        nw_rule_fail(p, NW_RULE_PROBLEM_UNKNOWN_TYPE, "%.*s", (int)p->token.text.size, p->token.text.bytes);
    return NW_RULE_TYPE_CONSTANT;
}

/* `[dtype=float16|bfloat16, rank>=2]` */
static void parse_type_details(nw_rule_parser *p, nw_rule_type_of *type)
{
    if (!nw_rule_accept(p, "["))
        return;
    do {
        if (nw_rule_accept(p, "dtype")) {
            nw_rule_expect(p, "=");
            do {
                nw_symbol dtype = nw_rule_symbol(p, nw_rule_word(p));
                APPEND(p, type->dtypes, type->dtype_count, dtype);
            } while (nw_rule_accept(p, "|"));
        } else if (nw_rule_accept(p, "rank")) {
            bool least = nw_rule_is(p, ">="), exact = nw_rule_is(p, "=") || nw_rule_is(p, "==");
            if (!least && !exact && !nw_rule_is(p, "<="))
                nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "`rank>=`, `rank<=` or `rank=`");
            nw_rule_next(p);
            uint8_t rank = (uint8_t)(p->token.integer & 255);
            parse_positive(p);
            if (least || exact)
                type->least_rank = rank;
            if (!least)
                type->most_rank = rank;
        } else
            nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "`dtype` or `rank`");
    } while (nw_rule_accept(p, ","));
    nw_rule_expect(p, "]");
}

static nw_variable_id parse_bound(nw_rule_parser *p)
{
    nw_variable_id id = {0};
    if (p->token.kind != NW_TOKEN_VARIABLE)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a variable");
    else if (!(id = nw_rule_find_variable(p, p->token.text)).v)
        nw_rule_fail(p, NW_RULE_PROBLEM_UNBOUND, "%.*s", (int)p->token.text.size, p->token.text.bytes);
    nw_rule_next(p);
    return id;
}

static void parse_types(nw_rule_parser *p)
{
    nw_rule_expect(p, "{");
    while (!p->failed && !nw_rule_is(p, "}")) {
        nw_variable_id ids[16];
        uint32_t count = 0;
        do
            ids[count++] = parse_bound(p);
        while (count < 16 && nw_rule_accept(p, ","));
        nw_rule_expect(p, ":");
        nw_rule_type_of type = {.type = parse_type_name(p), .most_rank = 255};
        parse_type_details(p, &type);
        for (uint32_t i = 0; i < count; i++)
            p->form.variables[ids[i].v].type = type;
        if (!nw_rule_accept(p, ";"))
            break;
    }
    nw_rule_expect(p, "}");
}

static void parse_state(nw_rule_parser *p, nw_rule *rule)
{
    nw_rule_form *form = &p->form;
    if (nw_rule_accept(p, "same")) {
        rule->keep_state = true;
        return;
    }
    nw_rule_expect(p, "{");
    while (!p->failed && !nw_rule_is(p, "}")) {
        nw_state_entry entry = {.source = nw_rule_parse_template(p)};
        nw_rule_expect(p, "->");
        entry.target = parse_bound(p);
        if (!nw_rule_is(p, "."))
            nw_rule_expect(p, ".");
        nw_rule_next(p);
        entry.path = nw_rule_symbol(p, nw_rule_word(p));
        APPEND(p, form->state, form->state_count, entry);
        if (!nw_rule_accept(p, ";"))
            break;
    }
    nw_rule_expect(p, "}");
}

static void parse_escape(nw_rule_parser *p)
{
    do
        p->form.variables[parse_bound(p).v].escapes = true;
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
    APPEND(p, rule->forms, rule->form_count, p->form);
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
        parse_where(p);
    else if (nw_rule_accept(p, "types"))
        parse_types(p);
    else if (nw_rule_accept(p, "state"))
        parse_state(p, rule);
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
    p->form.title = parse_text(p);
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
        rule->adjacent = parse_choice(p, "strict", "adjacent");
    else if (nw_rule_accept(p, "on_unknown"))
        rule->report_unknown = parse_choice(p, "skip", "report");
    else if (nw_rule_accept(p, "context"))
        rule->any_context = parse_choice(p, "same", "any");
    else if (nw_rule_accept(p, "guard"))
        rule->split_uses = parse_choice(p, "none", "uses");
    else
        return false;
    return true;
}

static bool parse_metadata(nw_rule_parser *p, nw_rule *rule)
{
    if (nw_rule_accept(p, "summary"))
        rule->summary = parse_text(p);
    else if (nw_rule_accept(p, "docs"))
        rule->docs = parse_text(p);
    else if (nw_rule_accept(p, "tags"))
        parse_words(p, &rule->tags, &rule->tag_count);
    else if (nw_rule_accept(p, "supports"))
        parse_words(p, &rule->supports, &rule->support_count);
    else if (nw_rule_accept(p, "requires"))
        parse_requires(p, rule);
    else if (nw_rule_accept(p, "pays"))
        parse_pays(p, rule);
    else if (nw_rule_accept(p, "helper"))
        rule->helper = parse_code(p);
    else if (nw_rule_accept(p, "example"))
        parse_example(p, rule);
    else if (nw_rule_accept(p, "nochange"))
        parse_nochange(p, rule);
    else if (nw_rule_accept(p, "numeric"))
        parse_numeric(p, rule);
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
        parse_safety(p, rule);
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
