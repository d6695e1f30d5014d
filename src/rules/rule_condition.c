/* Rule files: conditions, types and the state map. */
#include "rules/rule_parser.h"

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

/* Behind `else`: guard ```TEST```, guard ```TEST``` unsafe "why", add ```CODE```, take $whole, or unsafe "why". */
static void parse_otherwise(nw_rule_parser *p, nw_condition *condition)
{
    if (nw_rule_accept(p, "take")) {
        condition->otherwise = NW_OTHERWISE_TAKE;
        condition->whole = nw_rule_parse_operand(p);
        return;
    }
    bool adds = nw_rule_accept(p, "add"), unsafe = !adds && nw_rule_parse_choice(p, "guard", "unsafe");
    condition->otherwise = adds ? NW_OTHERWISE_ADD : unsafe ? NW_OTHERWISE_UNSAFE : NW_OTHERWISE_GUARD;
    if (unsafe) {
        condition->reason = nw_rule_parse_text(p);
        return;
    }
    nw_token code = p->token;
    nw_rule_parse_code(p);
    if (p->failed)
        return;
    condition->guard = nw_rule_template_of(p, code);
    if (!adds && nw_rule_accept(p, "unsafe"))
        condition->reason = nw_rule_parse_text(p);
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
        NW_RULE_APPEND(p, condition.arguments, condition.argument_count, argument);
        signature += *signature && signature[1];
    }
    if (nw_rule_accept(p, "else"))
        parse_otherwise(p, &condition);
    uint8_t least = predicates[condition.predicate].least, most = predicates[condition.predicate].most;
    if (!p->failed && (condition.argument_count < least || (most != 255 && condition.argument_count > most)))
        nw_rule_report(p, NW_RULE_PROBLEM_CONDITION_ARGUMENTS, condition.span, "%s", predicates[condition.predicate].name);
    NW_RULE_APPEND(p, form->conditions, form->condition_count, condition);
}

void nw_rule_parse_where(nw_rule_parser *p);

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
    nw_rule_parse_where(p);
    let->active = false;
    p->token = token;
    p->at = at;
    return true;
}

void nw_rule_parse_where(nw_rule_parser *p)
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
                NW_RULE_APPEND(p, type->dtypes, type->dtype_count, dtype);
            } while (nw_rule_accept(p, "|"));
        } else if (nw_rule_accept(p, "rank")) {
            bool least = nw_rule_is(p, ">="), exact = nw_rule_is(p, "=") || nw_rule_is(p, "==");
            if (!least && !exact && !nw_rule_is(p, "<="))
                nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "`rank>=`, `rank<=` or `rank=`");
            nw_rule_next(p);
            uint8_t rank = (uint8_t)(p->token.integer & 255);
            nw_rule_parse_positive(p);
            if (least || exact)
                type->least_rank = rank;
            if (!least)
                type->most_rank = rank;
        } else
            nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "`dtype` or `rank`");
    } while (nw_rule_accept(p, ","));
    nw_rule_expect(p, "]");
}

nw_variable_id nw_rule_parse_bound(nw_rule_parser *p)
{
    nw_variable_id id = {0};
    if (p->token.kind != NW_TOKEN_VARIABLE)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a variable");
    else if (!(id = nw_rule_find_variable(p, p->token.text)).v)
        nw_rule_fail(p, NW_RULE_PROBLEM_UNBOUND, "%.*s", (int)p->token.text.size, p->token.text.bytes);
    nw_rule_next(p);
    return id;
}

void nw_rule_parse_types(nw_rule_parser *p)
{
    nw_rule_expect(p, "{");
    while (!p->failed && !nw_rule_is(p, "}")) {
        nw_variable_id ids[16];
        uint32_t count = 0;
        do
            ids[count++] = nw_rule_parse_bound(p);
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

void nw_rule_parse_state(nw_rule_parser *p, nw_rule *rule)
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
        entry.target = nw_rule_parse_bound(p);
        if (!nw_rule_is(p, "."))
            nw_rule_expect(p, ".");
        nw_rule_next(p);
        entry.path = nw_rule_symbol(p, nw_rule_word(p));
        NW_RULE_APPEND(p, form->state, form->state_count, entry);
        if (!nw_rule_accept(p, ";"))
            break;
    }
    nw_rule_expect(p, "}");
}
