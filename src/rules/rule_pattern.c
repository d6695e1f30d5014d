/* Patterns: Python expressions over variables, qualified names and constants. */
#include "rules/rule_parser.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

static const struct {
    const char *text, *on_tensors;
    uint8_t precedence;
    bool commutative, associative;
} operators[] = {
#define NW_RULE_OPERATOR(id, text, precedence, commutative, associative, qualified) {text, qualified, precedence, commutative, associative},
#include "rules/rule_operator.def"
#undef NW_RULE_OPERATOR
};

#define UNARY_PRECEDENCE 8
#define POWER_PRECEDENCE 9
/* Written constants are rounded to five digits and more: 1.4142, 0.79788456. */
#define ROUNDING 2e-5

const char *nw_rule_operator_text(nw_rule_operator op)
{
    return operators[op].text;
}

const char *nw_rule_operator_on_tensors(nw_rule_operator op)
{
    return operators[op].on_tensors;
}

nw_pattern_id nw_rule_add_pattern(nw_rule_parser *p, nw_pattern pattern)
{
    nw_rule_form *form = &p->form;
    if (form->pattern_count > NW_MAX_RULE_PATTERNS) {
        nw_rule_fail(p, NW_RULE_PROBLEM_TOO_DEEP, "%s", "");
        return (nw_pattern_id){0};
    }
    NW_ARENA_RESERVE(&p->rules->arena, form->patterns, form->pattern_count, p->pattern_capacity);
    form->patterns[form->pattern_count] = pattern;
    return (nw_pattern_id){form->pattern_count++};
}

static nw_pattern *pattern_at(nw_rule_parser *p, nw_pattern_id id)
{
    return &p->form.patterns[id.v];
}

nw_variable_id nw_rule_find_variable(const nw_rule_parser *p, nw_text name)
{
    nw_symbol symbol = nw_symbol_intern(p->rules->symbols, name.bytes, name.size);
    for (uint32_t i = 1; i < p->form.variable_count; i++)
        if (p->form.variables[i].name.v == symbol.v)
            return (nw_variable_id){i};
    return (nw_variable_id){0};
}

nw_variable_id nw_rule_new_variable(nw_rule_parser *p, nw_text name, nw_rule_span span)
{
    nw_rule_form *form = &p->form;
    if (form->variable_count > NW_MAX_RULE_VARIABLES) {
        nw_rule_fail(p, NW_RULE_PROBLEM_TOO_DEEP, "%s", "");
        return (nw_variable_id){0};
    }
    NW_ARENA_RESERVE(&p->rules->arena, form->variables, form->variable_count, p->variable_capacity);
    form->variables[form->variable_count] =
        (nw_rule_variable){.name = nw_rule_symbol(p, name), .span = span, .type = {.most_rank = 255}};
    return (nw_variable_id){form->variable_count++};
}

nw_variable_id nw_rule_variable_of(nw_rule_parser *p, nw_text name, nw_rule_span span)
{
    nw_variable_id found = nw_rule_find_variable(p, name);
    return found.v ? found : nw_rule_new_variable(p, name, span);
}

/* ---- arguments */

typedef struct argument_list {
    nw_pattern_argument *items;
    uint32_t count, capacity;
    bool open;
    nw_variable_id rest;
} argument_list;

static void push(nw_rule_parser *p, argument_list *list, nw_symbol name, nw_pattern_id value)
{
    NW_ARENA_RESERVE(&p->rules->arena, list->items, list->count, list->capacity);
    list->items[list->count++] = (nw_pattern_argument){name, value};
}

static bool at_keyword(const nw_rule_parser *p)
{
    uint32_t at = p->at;
    while (at < p->size && p->bytes[at] == ' ')
        at++;
    return p->token.kind == NW_TOKEN_WORD && at + 1 < p->size && p->bytes[at] == '=' && p->bytes[at + 1] != '=';
}

static void parse_argument(nw_rule_parser *p, argument_list *list)
{
    nw_symbol name = {0};
    if (nw_rule_accept(p, "...")) {
        list->open = true;
        if (p->token.kind == NW_TOKEN_VARIABLE) {
            list->open = false;
            list->rest = nw_rule_variable_of(p, p->token.text, nw_rule_span_of(p, p->token.start, p->token.end));
            p->form.variables[list->rest.v].role = NW_VARIABLE_REST;
            nw_rule_next(p);
        }
        return;
    }
    if (at_keyword(p)) {
        name = nw_rule_symbol(p, p->token.text);
        nw_rule_next(p);
        nw_rule_expect(p, "=");
    } else if (list->count && list->items[list->count - 1].name.v) {
        nw_rule_fail(p, NW_RULE_PROBLEM_POSITIONAL_AFTER_NAMED, "%s", "");
    }
    push(p, list, name, nw_rule_parse_pattern(p));
}

/* From behind `(` to behind `)`. */
static argument_list parse_arguments(nw_rule_parser *p)
{
    argument_list list = {0};
    while (!p->failed && !nw_rule_is(p, ")")) {
        parse_argument(p, &list);
        if (!nw_rule_accept(p, ","))
            break;
    }
    nw_rule_expect(p, ")");
    return list;
}

static nw_pattern with_arguments(nw_pattern pattern, argument_list list)
{
    pattern.arguments = list.items;
    pattern.argument_count = list.count;
    pattern.open = list.open;
    pattern.rest = list.rest;
    return pattern;
}

/* ---- constants */

static nw_pattern_id add_constant(nw_rule_parser *p, uint32_t start, nw_constant constant)
{
    return nw_rule_add_pattern(
        p, (nw_pattern){.kind = NW_PATTERN_CONSTANT, .constant = constant, .span = nw_rule_span_of(p, start, p->token.start)});
}

static bool is_numeric(const nw_pattern *pattern)
{
    return pattern->kind == NW_PATTERN_CONSTANT && (pattern->constant.kind == NW_CONSTANT_INT || pattern->constant.kind == NW_CONSTANT_FLOAT);
}

static nw_constant float_constant(double number, double tolerance)
{
    return (nw_constant){.kind = NW_CONSTANT_FLOAT, .number = number, .tolerance = tolerance};
}

/* Arithmetic on numbers is done here; false when `op` is none, or the result no finite number. */
static bool fold(nw_rule_operator op, const nw_constant *a, const nw_constant *b, nw_constant *out)
{
    double x = a->number, y = b->number, result;
    switch (op) {
    case NW_RULE_OPERATOR_ADD: result = x + y; break;
    case NW_RULE_OPERATOR_SUBTRACT: result = x - y; break;
    case NW_RULE_OPERATOR_MULTIPLY: result = x * y; break;
    case NW_RULE_OPERATOR_DIVIDE: result = x / y; break;
    case NW_RULE_OPERATOR_POWER: result = pow(x, y); break;
    case NW_RULE_OPERATOR_NEGATE: result = -x; break;
    default: return false;
    }
    bool integers = a->kind == NW_CONSTANT_INT && b->kind == NW_CONSTANT_INT && op != NW_RULE_OPERATOR_DIVIDE && y >= 0;
    if (!isfinite(result) && op != NW_RULE_OPERATOR_NEGATE)
        return false;
    *out = float_constant(result, a->tolerance > b->tolerance ? a->tolerance : b->tolerance);
    if (integers && fabs(result) < 9e15) {
        out->kind = NW_CONSTANT_INT;
        out->integer = (int64_t)result;
    }
    return true;
}

static nw_pattern_id add_operation(nw_rule_parser *p, nw_rule_operator op, uint32_t start, nw_pattern_id left, nw_pattern_id right)
{
    nw_pattern *a = pattern_at(p, left), *b = pattern_at(p, right.v ? right : left);
    nw_constant constant;
    if (is_numeric(a) && is_numeric(b) && fold(op, &a->constant, &b->constant, &constant))
        return add_constant(p, start, constant);
    argument_list list = {0};
    push(p, &list, (nw_symbol){0}, left);
    if (right.v)
        push(p, &list, (nw_symbol){0}, right);
    return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_OPERATION, .op = (uint8_t)op, .arguments = list.items,
                                               .argument_count = list.count, .commutative = operators[op].commutative,
                                               .associative = operators[op].associative,
                                               .span = nw_rule_span_of(p, start, p->token.start)});
}

/* pi, inf, sqrt(2): constants that have names. */
static nw_pattern_id parse_named_constant(nw_rule_parser *p, nw_text name, uint32_t start)
{
    if (nw_text_is(name, "pi"))
        return add_constant(p, start, float_constant(3.14159265358979323846, 0));
    if (nw_text_is(name, "inf"))
        return add_constant(p, start, float_constant(INFINITY, 0));
    nw_rule_expect(p, "(");
    nw_pattern_id inside = nw_rule_parse_pattern(p);
    nw_rule_expect(p, ")");
    if (p->failed)
        return inside;
    const nw_pattern *value = pattern_at(p, inside);
    if (!is_numeric(value) || value->constant.number < 0) {
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a constant in sqrt(...); the function on values is math.sqrt or torch.sqrt");
        return inside;
    }
    return add_constant(p, start, float_constant(sqrt(value->constant.number), value->constant.tolerance));
}

/* ---- names, calls, macros */

nw_macro *nw_rule_find_let(const nw_rule_parser *p, nw_text name)
{
    nw_symbol symbol = nw_symbol_intern(p->rules->symbols, name.bytes, name.size);
    for (uint32_t i = p->macro_count; i-- > 0;)
        if (p->macros[i].name.v == symbol.v)
            return &p->macros[i];
    return NULL;
}

static nw_pattern_id expand(nw_rule_parser *p, uint32_t index, uint32_t start)
{
    nw_macro *macro = &p->macros[index];
    nw_macro_frame frame = {.macro = macro, .outer = p->frame};
    uint32_t count = 0;
    if (nw_rule_accept(p, "(")) {
        argument_list list = parse_arguments(p);
        for (; count < list.count && count < 8; count++)
            frame.arguments[count] = list.items[count].value;
        count = list.count;
    }
    if (count != macro->parameter_count || macro->active) {
        nw_rule_report(p, macro->active ? NW_RULE_PROBLEM_MACRO_RECURSION : NW_RULE_PROBLEM_MACRO_ARGUMENTS,
                       nw_rule_span_of(p, start, p->token.start), "%s", nw_symbol_bytes(p->rules->symbols, macro->name));
        return (nw_pattern_id){0};
    }
    if (macro->is_conditions)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "a pattern; `%s` is a list of conditions", nw_symbol_bytes(p->rules->symbols, macro->name));
    if (++p->expansions > NW_MAX_RULE_EXPANSIONS)
        nw_rule_fail(p, NW_RULE_PROBLEM_TOO_DEEP, "%s", "");
    nw_token token = p->token;
    uint32_t at = p->at;
    macro->active = true;
    p->frame = &frame;
    nw_rule_seek(p, macro->body);
    nw_pattern_id result = nw_rule_parse_pattern(p);
    p->frame = frame.outer;
    p->macros[index].active = false;
    p->token = token;
    p->at = at;
    return result;
}

void nw_rule_parse_let(nw_rule_parser *p)
{
    nw_macro macro = {.name = nw_rule_symbol(p, p->token.text)};
    if (p->token.kind != NW_TOKEN_WORD)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a name after `let`");
    nw_rule_next(p);
    if (nw_rule_accept(p, "(")) {
        while (!p->failed && p->token.kind == NW_TOKEN_VARIABLE && macro.parameter_count < 8) {
            macro.parameters[macro.parameter_count++] = nw_rule_symbol(p, p->token.text);
            nw_rule_next(p);
            if (!nw_rule_accept(p, ","))
                break;
        }
        nw_rule_expect(p, ")");
    }
    if (!nw_rule_is(p, "="))
        nw_rule_expect(p, "=");
    if (p->failed)
        return;
    macro.body = p->at;
    nw_rule_next(p);
    macro.is_conditions = nw_rule_is(p, "where");
    NW_ARENA_RESERVE(&p->rules->arena, p->macros, p->macro_count, p->macro_capacity);
    p->macros[p->macro_count++] = macro;
    while (!p->failed && p->token.kind != NW_TOKEN_END && !nw_rule_is(p, macro.is_conditions ? "}" : ";"))
        nw_rule_next(p);
    if (macro.is_conditions)
        nw_rule_expect(p, "}");
    nw_rule_expect(p, ";");
}

static bool is_capital(nw_text qualified)
{
    uint32_t at = qualified.size;
    while (at && qualified.bytes[at - 1] != '.')
        at--;
    return at < qualified.size && qualified.bytes[at] >= 'A' && qualified.bytes[at] <= 'Z';
}

/* A dotted name from the token on; the token after it is read. */
static nw_text parse_dotted(nw_rule_parser *p)
{
    uint32_t start = p->token.start, end = p->token.end;
    bool star = nw_rule_is(p, "*"); /* *.Name, and *name of legacy rules */
    nw_rule_next(p);
    if (star && p->token.kind == NW_TOKEN_WORD) {
        end = p->token.end;
        nw_rule_next(p);
    }
    while (nw_rule_is(p, ".") && !p->failed) {
        nw_rule_next(p);
        if (p->token.kind != NW_TOKEN_WORD)
            nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a name after `.`");
        end = p->token.end;
        nw_rule_next(p);
    }
    return (nw_text){p->bytes + start, end - start};
}

/* What a `let` was given for a parameter; 0: the name is none of its parameters. */
static nw_pattern_id given_for(const nw_rule_parser *p, nw_symbol name)
{
    for (uint32_t i = 0; p->frame && i < p->frame->macro->parameter_count; i++)
        if (p->frame->macro->parameters[i].v == name.v)
            return p->frame->arguments[i];
    return (nw_pattern_id){0};
}

/* `[$d]` or `[_]` behind the name of a layer. */
static nw_variable_id parse_instance(nw_rule_parser *p)
{
    nw_variable_id id = {0};
    nw_rule_expect(p, "[");
    if (p->token.kind == NW_TOKEN_VARIABLE) {
        nw_pattern_id given = given_for(p, nw_rule_symbol(p, p->token.text));
        if (given.v && pattern_at(p, given)->kind == NW_PATTERN_VARIABLE)
            id = pattern_at(p, given)->variable;
        else
            id = nw_rule_variable_of(p, p->token.text, nw_rule_span_of(p, p->token.start, p->token.end));
        p->form.variables[id.v].role = NW_VARIABLE_INSTANCE;
        nw_rule_next(p);
    } else {
        nw_rule_expect(p, "_");
    }
    nw_rule_expect(p, "]");
    return id;
}

/* Whether `[$name](` follows: the object of a call `T(...)[$name](...)`, not an index. */
static bool at_instance(const nw_rule_parser *p)
{
    uint32_t at = p->at;
    if (!nw_rule_is(p, "[") || at >= p->size || p->bytes[at] != '$')
        return false;
    for (at++; at < p->size && (isalnum((unsigned char)p->bytes[at]) || p->bytes[at] == '_');)
        at++;
    return at + 1 < p->size && p->bytes[at] == ']' && p->bytes[at + 1] == '(';
}

static nw_pattern_id finish_call(nw_rule_parser *p, nw_pattern pattern, uint32_t start)
{
    nw_rule_expect(p, "(");
    pattern = with_arguments(pattern, parse_arguments(p));
    pattern.span = nw_rule_span_of(p, start, p->token.start);
    return nw_rule_add_pattern(p, pattern);
}

/* Legacy: a callee that is compared by its text, ACT2FN[config.hidden_act]; from its `[` on. */
static nw_pattern_id parse_source(nw_rule_parser *p, uint32_t start)
{
    while (!p->failed && !nw_rule_is(p, "]") && p->token.kind != NW_TOKEN_END)
        nw_rule_next(p);
    uint32_t end = p->token.end;
    nw_rule_expect(p, "]");
    nw_pattern pattern = {.kind = NW_PATTERN_SOURCE, .name = nw_rule_symbol(p, (nw_text){p->bytes + start, end - start}),
                          .span = nw_rule_span_of(p, start, end)};
    return nw_rule_is(p, "(") ? finish_call(p, pattern, start) : nw_rule_add_pattern(p, pattern);
}

static nw_pattern_id parse_qualified(nw_rule_parser *p, bool exact)
{
    uint32_t start = p->token.start;
    nw_text text = parse_dotted(p);
    nw_pattern pattern = {.kind = NW_PATTERN_OPERATOR, .name = nw_rule_symbol(p, text), .exact = exact};
    if (p->legacy && nw_rule_is(p, "["))
        return parse_source(p, start);
    if (nw_rule_is(p, "[")) {
        pattern.kind = NW_PATTERN_LAYER;
        pattern.variable = parse_instance(p);
        return finish_call(p, pattern, start);
    }
    if (!nw_rule_is(p, "(")) {
        pattern.kind = NW_PATTERN_NAME;
        pattern.span = nw_rule_span_of(p, start, p->token.start);
        return nw_rule_add_pattern(p, pattern);
    }
    nw_pattern_id call = finish_call(p, pattern, start);
    nw_variable_id instance = at_instance(p) ? parse_instance(p) : (nw_variable_id){0};
    if (nw_rule_is(p, "(") && !p->failed) {
        nw_rule_as_class(p, call);
        return finish_call(
            p, (nw_pattern){.kind = NW_PATTERN_LAYER, .name = pattern.name, .variable = instance, .inner = call, .exact = exact}, start);
    }
    if (is_capital(text) && !p->in_init && !p->legacy)
        nw_rule_report(p, NW_RULE_PROBLEM_NEEDS_INSTANCE, nw_rule_span_of(p, start, start + text.size), "%.*s", (int)text.size, text.bytes);
    return call;
}

void nw_rule_as_class(nw_rule_parser *p, nw_pattern_id id)
{
    if (pattern_at(p, id)->kind == NW_PATTERN_OPERATOR)
        pattern_at(p, id)->kind = NW_PATTERN_CLASS;
}

static const char *const builtin_names[] = {"float", "int", "len", "max", "min", "abs", "bool", NULL};

static nw_pattern_id parse_word(nw_rule_parser *p)
{
    uint32_t start = p->token.start;
    nw_text name = p->token.text;
    if (p->at < p->size && p->bytes[p->at] == '.' && p->bytes[p->at - 1] != ' ')
        return parse_qualified(p, false);
    for (const char *const *builtin = builtin_names; *builtin; builtin++)
        if (nw_text_is(name, *builtin))
            return parse_qualified(p, false);
    if (p->legacy && !nw_text_is(name, "None") && !nw_text_is(name, "True") && !nw_text_is(name, "False"))
        return parse_qualified(p, true);
    const nw_macro *macro = nw_rule_find_let(p, name);
    nw_rule_next(p);
    if (nw_text_is(name, "None"))
        return add_constant(p, start, (nw_constant){.kind = NW_CONSTANT_NONE});
    if (nw_text_is(name, "True") || nw_text_is(name, "False"))
        return add_constant(p, start, (nw_constant){.kind = NW_CONSTANT_BOOL, .integer = name.size == 4, .number = name.size == 4});
    if (nw_text_is(name, "_"))
        return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_ANY, .span = nw_rule_span_of(p, start, start + 1)});
    if (macro)
        return expand(p, (uint32_t)(macro - p->macros), start);
    if (nw_text_is(name, "pi") || nw_text_is(name, "inf") || nw_text_is(name, "sqrt"))
        return parse_named_constant(p, name, start);
    nw_rule_report(p, NW_RULE_PROBLEM_UNKNOWN_MACRO, nw_rule_span_of(p, start, start + name.size), "%.*s", (int)name.size, name.bytes);
    return (nw_pattern_id){0};
}

/* `{P}` and `$step{P}`, behind the brace. */
static nw_pattern_id parse_made_of(nw_rule_parser *p, nw_variable_id step, uint32_t start)
{
    argument_list list = {0};
    push(p, &list, (nw_symbol){0}, nw_rule_parse_pattern(p));
    nw_rule_expect(p, "}");
    return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_MADE_OF, .variable = step, .arguments = list.items, .argument_count = list.count,
                                               .span = nw_rule_span_of(p, start, p->token.start)});
}

static nw_pattern_id parse_variable(nw_rule_parser *p)
{
    uint32_t start = p->token.start;
    nw_rule_span span = nw_rule_span_of(p, start, p->token.end);
    nw_text name = p->token.text;
    nw_symbol symbol = nw_rule_symbol(p, name);
    nw_rule_next(p);
    nw_pattern_id given = given_for(p, symbol);
    if (given.v)
        return given;
    nw_variable_id id = nw_rule_variable_of(p, name, span);
    if (nw_rule_accept(p, "{"))
        return parse_made_of(p, id, start);
    if (nw_rule_is(p, "(")) {
        p->form.variables[id.v].role = NW_VARIABLE_INSTANCE;
        return finish_call(p, (nw_pattern){.kind = NW_PATTERN_LAYER, .variable = id}, start);
    }
    return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_VARIABLE, .variable = id, .span = span});
}

/* ---- brackets and what follows an operand */

static nw_pattern_id parse_items(nw_rule_parser *p, const char *close, uint32_t start, bool tuple)
{
    argument_list list = {0};
    while (!p->failed && !nw_rule_is(p, close)) {
        if (nw_rule_accept(p, "...")) { /* further items */
            list.open = true;
            break;
        }
        push(p, &list, (nw_symbol){0}, nw_rule_parse_pattern(p));
        if (!nw_rule_accept(p, ","))
            break;
        tuple = true;
    }
    nw_rule_expect(p, close);
    if (!tuple && !list.open && list.count == 1)
        return list.items[0].value;
    return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_TUPLE, .arguments = list.items, .argument_count = list.count, .open = list.open,
                                               .span = nw_rule_span_of(p, start, p->token.start)});
}

static nw_pattern_id parse_slice_part(nw_rule_parser *p)
{
    if (nw_rule_is(p, ":") || nw_rule_is(p, "]") || nw_rule_is(p, ","))
        return add_constant(p, p->token.start, (nw_constant){.kind = NW_CONSTANT_NONE});
    return nw_rule_parse_pattern(p);
}

static nw_pattern_id parse_index(nw_rule_parser *p)
{
    uint32_t start = p->token.start;
    nw_pattern_id first = parse_slice_part(p);
    if (!nw_rule_is(p, ":"))
        return first;
    argument_list list = {0};
    push(p, &list, (nw_symbol){0}, first);
    nw_rule_next(p);
    push(p, &list, (nw_symbol){0}, parse_slice_part(p));
    nw_rule_accept(p, ":");
    push(p, &list, (nw_symbol){0}, parse_slice_part(p));
    return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_SLICE, .arguments = list.items, .argument_count = list.count,
                                               .span = nw_rule_span_of(p, start, p->token.start)});
}

static nw_pattern_id parse_subscript(nw_rule_parser *p, nw_pattern_id object, uint32_t start)
{
    argument_list list = {0}, items = {0};
    nw_rule_expect(p, "[");
    while (!p->failed && !nw_rule_is(p, "]")) {
        push(p, &items, (nw_symbol){0}, parse_index(p));
        if (!nw_rule_accept(p, ","))
            break;
    }
    nw_rule_expect(p, "]");
    if (p->failed || items.count == 0) {
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "an index");
        return object;
    }
    nw_pattern_id index = items.items[0].value;
    if (items.count > 1)
        index = nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_TUPLE, .arguments = items.items, .argument_count = items.count,
                                                    .span = nw_rule_span_of(p, start, p->token.start)});
    push(p, &list, (nw_symbol){0}, object);
    push(p, &list, (nw_symbol){0}, index);
    return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_SUBSCRIPT, .arguments = list.items, .argument_count = 2,
                                               .span = nw_rule_span_of(p, start, p->token.start)});
}

static nw_pattern_id parse_attribute(nw_rule_parser *p, nw_pattern_id object, uint32_t start)
{
    nw_text name = p->token.text;
    if (p->token.kind != NW_TOKEN_WORD)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a name after `.`");
    nw_rule_next(p);
    if (nw_rule_is(p, "("))
        nw_rule_fail(p, NW_RULE_PROBLEM_METHOD_IN_PATTERN, "%.*s", (int)name.size, name.bytes);
    return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_ATTRIBUTE, .inner = object, .name = nw_rule_symbol(p, name),
                                               .span = nw_rule_span_of(p, start, p->token.start)});
}

static nw_pattern_id parse_atom(nw_rule_parser *p)
{
    uint32_t start = p->token.start;
    nw_token token = p->token;
    if (p->failed) /* the token no longer moves */
        return (nw_pattern_id){0};
    switch (token.kind) {
    case NW_TOKEN_VARIABLE: return parse_variable(p);
    case NW_TOKEN_WORD: return parse_word(p);
    case NW_TOKEN_NUMBER:
        nw_rule_next(p);
        return add_constant(p, start, (nw_constant){.kind = token.is_integer ? NW_CONSTANT_INT : NW_CONSTANT_FLOAT,
                                                    .integer = token.integer, .number = token.number});
    case NW_TOKEN_STRING:
        nw_rule_next(p);
        return add_constant(p, start, (nw_constant){.kind = NW_CONSTANT_STRING, .text = nw_rule_symbol(p, token.text)});
    default: break;
    }
    if (nw_rule_accept(p, "("))
        return parse_items(p, ")", start, nw_rule_is(p, ")"));
    if (nw_rule_accept(p, "["))
        return parse_items(p, "]", start, true);
    if (nw_rule_accept(p, "{"))
        return parse_made_of(p, (nw_variable_id){0}, start);
    if (nw_rule_accept(p, "=") && p->token.kind == NW_TOKEN_WORD)
        return parse_qualified(p, true);
    if (nw_rule_is(p, "*") && p->at < p->size && (p->bytes[p->at] == '.' || (p->legacy && isalpha((unsigned char)p->bytes[p->at]))))
        return parse_qualified(p, false);
    if (nw_rule_accept(p, "*"))
        return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_WILDCARD, .span = nw_rule_span_of(p, start, start + 1)});
    if (token.kind == NW_TOKEN_PUNCTUATION && strchr("$!@%&^\\", token.text.bytes[0]))
        nw_rule_fail(p, NW_RULE_PROBLEM_BAD_CHARACTER, "`%.*s`", (int)token.text.size, token.text.bytes);
    nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a pattern");
    return (nw_pattern_id){0};
}

static nw_pattern_id parse_postfix(nw_rule_parser *p)
{
    uint32_t start = p->token.start;
    nw_pattern_id id = parse_atom(p);
    while (!p->failed && id.v) {
        if (nw_rule_accept(p, ".")) {
            id = parse_attribute(p, id, start);
        } else if (nw_rule_is(p, "[")) {
            id = parse_subscript(p, id, start);
        } else if (nw_rule_is(p, "?")) {
            if (pattern_at(p, id)->argument_count == 0)
                nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "an operator with an argument before `?`");
            pattern_at(p, id)->optional = true;
            nw_rule_next(p);
        } else {
            return id;
        }
    }
    return id;
}

/* ---- operators */

static nw_pattern_id parse_binary(nw_rule_parser *p, uint8_t least);

static nw_pattern_id parse_unary(nw_rule_parser *p)
{
    uint32_t start = p->token.start;
    if (nw_rule_accept(p, "-"))
        return add_operation(p, NW_RULE_OPERATOR_NEGATE, start, parse_binary(p, UNARY_PRECEDENCE), (nw_pattern_id){0});
    if (nw_rule_accept(p, "~")) {
        nw_pattern_id value = parse_binary(p, UNARY_PRECEDENCE);
        if (p->failed || !is_numeric(pattern_at(p, value)))
            return add_operation(p, NW_RULE_OPERATOR_INVERT, start, value, (nw_pattern_id){0});
        return add_constant(p, start, float_constant(pattern_at(p, value)->constant.number, ROUNDING));
    }
    return parse_postfix(p);
}

static nw_rule_operator operator_at(const nw_rule_parser *p)
{
    if (p->token.kind == NW_TOKEN_PUNCTUATION && !p->failed)
        for (uint32_t i = 1; i < NW_RULE_OPERATOR_NEGATE; i++)
            if (nw_text_is(p->token.text, operators[i].text))
                return (nw_rule_operator)i;
    return NW_RULE_OPERATOR_NONE;
}

static nw_pattern_id parse_binary(nw_rule_parser *p, uint8_t least)
{
    uint32_t start = p->token.start;
    if (++p->depth > NW_MAX_RULE_DEPTH)
        nw_rule_fail(p, NW_RULE_PROBLEM_TOO_DEEP, "%s", "");
    nw_pattern_id left = parse_unary(p);
    for (;;) {
        nw_rule_operator op = operator_at(p);
        if (op == NW_RULE_OPERATOR_NONE || operators[op].precedence < least)
            break;
        nw_rule_next(p);
        uint8_t next = operators[op].precedence;
        nw_pattern_id right = parse_binary(p, op == NW_RULE_OPERATOR_POWER ? POWER_PRECEDENCE : (uint8_t)(next + 1));
        if (p->failed)
            break;
        left = add_operation(p, op, start, left, right);
    }
    p->depth--;
    return left;
}

nw_pattern_id nw_rule_parse_operand(nw_rule_parser *p)
{
    return parse_unary(p);
}

nw_pattern_id nw_rule_parse_pattern(nw_rule_parser *p)
{
    uint32_t start = p->token.start;
    argument_list list = {0};
    nw_pattern_id first = parse_binary(p, 1);
    if (!nw_rule_is(p, "|"))
        return first;
    push(p, &list, (nw_symbol){0}, first);
    while (nw_rule_accept(p, "|"))
        push(p, &list, (nw_symbol){0}, parse_binary(p, 1));
    return nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_EITHER, .arguments = list.items, .argument_count = list.count,
                                               .span = nw_rule_span_of(p, start, p->token.start)});
}
