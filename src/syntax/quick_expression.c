#include "syntax/quick.h"

static nw_operator comparison_of(nw_quick *q)
{
    switch (nw_quick_kind(q)) {
    case NW_TOKEN_EQUAL: return NW_OPERATOR_EQUAL;
    case NW_TOKEN_NOT_EQUAL: return NW_OPERATOR_NOT_EQUAL;
    case NW_TOKEN_LESS: return NW_OPERATOR_LESS;
    case NW_TOKEN_LESS_EQUAL: return NW_OPERATOR_LESS_EQUAL;
    case NW_TOKEN_GREATER: return NW_OPERATOR_GREATER;
    case NW_TOKEN_GREATER_EQUAL: return NW_OPERATOR_GREATER_EQUAL;
    case NW_TOKEN_IN: return NW_OPERATOR_IN;
    case NW_TOKEN_IS: return nw_quick_second(q) == NW_TOKEN_NOT ? NW_OPERATOR_IS_NOT : NW_OPERATOR_IS;
    case NW_TOKEN_NOT: return nw_quick_second(q) == NW_TOKEN_IN ? NW_OPERATOR_NOT_IN : NW_OPERATOR_NO_OPERATOR;
    default: return NW_OPERATOR_NO_OPERATOR;
    }
}

typedef struct nw_quick_operator {
    uint8_t op, level; /* the higher the closer it binds; 0 for what is none */
} nw_quick_operator;

enum { LOWEST_LEVEL = 1 };

static nw_quick_operator operator_of(nw_token_kind kind)
{
    switch (kind) {
    case NW_TOKEN_BAR: return (nw_quick_operator){NW_OPERATOR_BIT_OR, 1};
    case NW_TOKEN_CARET: return (nw_quick_operator){NW_OPERATOR_BIT_XOR, 2};
    case NW_TOKEN_AMPERSAND: return (nw_quick_operator){NW_OPERATOR_BIT_AND, 3};
    case NW_TOKEN_SHIFT_LEFT: return (nw_quick_operator){NW_OPERATOR_SHIFT_LEFT, 4};
    case NW_TOKEN_SHIFT_RIGHT: return (nw_quick_operator){NW_OPERATOR_SHIFT_RIGHT, 4};
    case NW_TOKEN_PLUS: return (nw_quick_operator){NW_OPERATOR_ADD, 5};
    case NW_TOKEN_MINUS: return (nw_quick_operator){NW_OPERATOR_SUBTRACT, 5};
    case NW_TOKEN_STAR: return (nw_quick_operator){NW_OPERATOR_MULTIPLY, 6};
    case NW_TOKEN_SLASH: return (nw_quick_operator){NW_OPERATOR_DIVIDE, 6};
    case NW_TOKEN_FLOOR_SLASH: return (nw_quick_operator){NW_OPERATOR_FLOOR_DIVIDE, 6};
    case NW_TOKEN_PERCENT: return (nw_quick_operator){NW_OPERATOR_MODULO, 6};
    case NW_TOKEN_AT: return (nw_quick_operator){NW_OPERATOR_MATRIX_MULTIPLY, 6};
    default: return (nw_quick_operator){0};
    }
}

static uint32_t add_operation(nw_quick *q, nw_node_kind kind, nw_operator op, uint32_t start, uint32_t a, uint32_t b)
{
    uint32_t id = nw_quick_add(q, kind, start, a, b, 0);
    q->l->ast->nodes[id].op = (uint8_t)op;
    return id;
}

static uint32_t binary(nw_quick *q, unsigned lowest);
static uint32_t boolean(nw_quick *q, nw_token_kind token);

/* An item of a list of expressions. */
static uint32_t item(nw_quick *q)
{
    uint32_t start = nw_quick_start(q);
    if (!nw_quick_take(q, NW_TOKEN_STAR))
        return nw_quick_named(q);
    uint32_t value = binary(q, LOWEST_LEVEL);
    return nw_quick_add(q, NW_NODE_STARRED, start, value, 0, 0);
}

/* The items up to the closing bracket and past it, pushed; whether a comma stood among them. */
static bool push_items(nw_quick *q, nw_token_kind close)
{
    bool comma = false;
    while (!nw_quick_take(q, close)) {
        nw_lower_push(q->l, item(q));
        if (nw_quick_take(q, NW_TOKEN_COMMA))
            comma = true;
        else if (nw_quick_kind(q) != close)
            nw_quick_fail(q);
        if (q->failed)
            return comma;
    }
    return comma;
}

/* Comprehensions */

static uint32_t for_clause(nw_quick *q, bool first, uint32_t inner, uint32_t outer)
{
    uint32_t start = nw_quick_start(q), conditions = q->l->pending_count;
    nw_quick_expect(q, NW_TOKEN_FOR);
    uint32_t target = nw_quick_for_target(q);
    nw_quick_expect(q, NW_TOKEN_IN);
    q->l->scope = first ? outer : inner;
    uint32_t iterable = boolean(q, NW_TOKEN_OR);
    q->l->scope = inner;
    while (nw_quick_take(q, NW_TOKEN_IF))
        nw_lower_push(q->l, boolean(q, NW_TOKEN_OR));
    uint32_t list = nw_lower_list(q->l, conditions);
    return nw_quick_add(q, NW_NODE_COMPREHENSION_FOR, start, target, iterable, list);
}

/* From behind the opening bracket, which stands at `start`, to behind the closing one. */
static uint32_t comprehension(nw_quick *q, nw_node_kind kind, nw_token_kind close, uint32_t start)
{
    nw_lowering *l = q->l;
    uint32_t outer = l->scope, inner = nw_lower_scope(l, NW_SCOPE_COMPREHENSION), clauses = l->pending_count;
    if (!inner)
        return nw_quick_fail(q);
    l->scope = inner;
    l->scope_depth++;
    uint32_t element_start = nw_quick_start(q), element = nw_quick_named(q);
    if (kind == NW_NODE_SET_COMPREHENSION && nw_quick_take(q, NW_TOKEN_COLON)) {
        kind = NW_NODE_DICT_COMPREHENSION;
        uint32_t value = nw_quick_expression(q);
        element = nw_quick_add(q, NW_NODE_PAIR, element_start, element, value, 0);
    }
    do
        nw_lower_push(l, for_clause(q, l->pending_count == clauses, inner, outer));
    while (nw_quick_kind(q) == NW_TOKEN_FOR);
    uint32_t list = nw_lower_list(l, clauses);
    nw_quick_expect(q, close);
    l->scope_depth--;
    l->scope = outer;
    uint32_t id = nw_quick_add(q, kind, start, element, list, inner);
    l->ast->functions[inner].node = id;
    return id;
}

/* Brackets */

static uint32_t parenthesized(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), mark = q->l->pending_count, value;
    bool has_for = q->tokens.items[q->at].has_for;
    nw_quick_expect(q, NW_TOKEN_LEFT_PARENTHESIS);
    if (has_for)
        return comprehension(q, NW_NODE_GENERATOR, NW_TOKEN_RIGHT_PARENTHESIS, start);
    if (nw_quick_kind(q) == NW_TOKEN_YIELD) {
        value = nw_quick_value(q);
        nw_quick_expect(q, NW_TOKEN_RIGHT_PARENTHESIS);
    } else {
        bool comma = push_items(q, NW_TOKEN_RIGHT_PARENTHESIS);
        if (comma || q->l->pending_count == mark)
            return nw_quick_add(q, NW_NODE_TUPLE, start, nw_lower_list(q->l, mark), 0, 0);
        value = q->l->pending[--q->l->pending_count];
        if (q->l->ast->nodes[value].kind == NW_NODE_STARRED)
            return nw_quick_fail(q);
    }
    q->l->ast->nodes[value].flags |= NW_NODE_FLAG_PARENTHESIZED;
    return value;
}

static uint32_t bracketed(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), mark = q->l->pending_count;
    bool has_for = q->tokens.items[q->at].has_for;
    nw_quick_expect(q, NW_TOKEN_LEFT_BRACKET);
    if (has_for)
        return comprehension(q, NW_NODE_LIST_COMPREHENSION, NW_TOKEN_RIGHT_BRACKET, start);
    push_items(q, NW_TOKEN_RIGHT_BRACKET);
    return nw_quick_add(q, NW_NODE_LIST, start, nw_lower_list(q->l, mark), 0, 0);
}

static uint32_t dictionary(nw_quick *q, uint32_t start)
{
    nw_lowering *l = q->l;
    uint32_t mark = l->pending_count;
    while (!nw_quick_take(q, NW_TOKEN_RIGHT_BRACE)) {
        uint32_t key = 0;
        if (!nw_quick_take(q, NW_TOKEN_POWER)) {
            key = nw_quick_expression(q);
            nw_quick_expect(q, NW_TOKEN_COLON);
        }
        uint32_t value = key ? nw_quick_expression(q) : binary(q, LOWEST_LEVEL);
        nw_lower_push(l, key);
        nw_lower_push(l, value);
        if (!nw_quick_take(q, NW_TOKEN_COMMA) && nw_quick_kind(q) != NW_TOKEN_RIGHT_BRACE)
            nw_quick_fail(q);
        if (q->failed)
            return 0;
    }
    return nw_quick_add(q, NW_NODE_DICT, start, nw_lower_list(l, mark), 0, 0);
}

/* Whether the braces whose content begins at the current token are a dictionary: a colon or `**` tells. */
static bool is_dictionary(nw_quick *q)
{
    uint32_t depth = 0;
    if (nw_quick_kind(q) == NW_TOKEN_RIGHT_BRACE || nw_quick_kind(q) == NW_TOKEN_POWER)
        return true;
    for (uint32_t at = q->at;; at++) {
        switch (q->tokens.items[at].kind) {
        case NW_TOKEN_LEFT_PARENTHESIS:
        case NW_TOKEN_LEFT_BRACKET:
        case NW_TOKEN_LEFT_BRACE: depth++; break;
        case NW_TOKEN_RIGHT_PARENTHESIS:
        case NW_TOKEN_RIGHT_BRACKET:
        case NW_TOKEN_RIGHT_BRACE:
            if (!depth--)
                return false;
            break;
        case NW_TOKEN_LAMBDA: nw_quick_fail(q); return false; /* has a colon of its own */
        case NW_TOKEN_COMMA:
            if (!depth)
                return false;
            break;
        case NW_TOKEN_COLON:
            if (!depth)
                return true;
            break;
        case NW_TOKEN_END: return false;
        default: break;
        }
    }
}

static uint32_t braced(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), mark = q->l->pending_count;
    bool has_for = q->tokens.items[q->at].has_for;
    nw_quick_expect(q, NW_TOKEN_LEFT_BRACE);
    if (has_for)
        return comprehension(q, NW_NODE_SET_COMPREHENSION, NW_TOKEN_RIGHT_BRACE, start);
    if (is_dictionary(q))
        return dictionary(q, start);
    push_items(q, NW_TOKEN_RIGHT_BRACE);
    return nw_quick_add(q, NW_NODE_SET, start, nw_lower_list(q->l, mark), 0, 0);
}

/* Operands */

static uint32_t constant(nw_quick *q, nw_node_kind kind)
{
    uint32_t start = nw_quick_start(q);
    q->at++;
    return nw_quick_add(q, kind, start, 0, 0, 0);
}

static uint32_t number(nw_quick *q)
{
    nw_lowering *l = q->l;
    nw_token token = q->tokens.items[q->at++];
    l->kind = token.kind == NW_TOKEN_FLOAT ? NW_CST_FLOAT : NW_CST_INTEGER;
    l->start = token.start;
    l->end = token.end;
    return nw_lower_number(l);
}

static uint32_t atom(nw_quick *q)
{
    switch (nw_quick_kind(q)) {
    case NW_TOKEN_NAME: return nw_quick_name(q, 0);
    case NW_TOKEN_INTEGER:
    case NW_TOKEN_FLOAT: return number(q);
    case NW_TOKEN_STRING: return nw_quick_string(q);
    case NW_TOKEN_TRUE: return constant(q, NW_NODE_TRUE);
    case NW_TOKEN_FALSE: return constant(q, NW_NODE_FALSE);
    case NW_TOKEN_NONE: return constant(q, NW_NODE_NONE);
    case NW_TOKEN_ELLIPSIS: return constant(q, NW_NODE_ELLIPSIS);
    case NW_TOKEN_LEFT_PARENTHESIS: return parenthesized(q);
    case NW_TOKEN_LEFT_BRACKET: return bracketed(q);
    case NW_TOKEN_LEFT_BRACE: return braced(q);
    default: return nw_quick_fail(q);
    }
}

static uint32_t argument(nw_quick *q)
{
    nw_lowering *l = q->l;
    uint32_t start = nw_quick_start(q), symbol = 0;
    if (nw_quick_take(q, NW_TOKEN_STAR)) {
        uint32_t value = nw_quick_expression(q);
        return nw_quick_add(q, NW_NODE_STARRED, start, value, 0, 0);
    }
    if (nw_quick_kind(q) == NW_TOKEN_NAME && nw_quick_second(q) == NW_TOKEN_ASSIGN) {
        symbol = nw_lower_symbol(l, start, q->tokens.items[q->at].end).v;
        q->at += 2;
    } else if (!nw_quick_take(q, NW_TOKEN_POWER)) {
        return nw_quick_named(q);
    }
    uint32_t value = nw_quick_expression(q);
    return nw_quick_add(q, NW_NODE_KEYWORD, start, symbol, value, 0);
}

uint32_t nw_quick_arguments(nw_quick *q)
{
    uint32_t mark = q->l->pending_count;
    while (!nw_quick_take(q, NW_TOKEN_RIGHT_PARENTHESIS)) {
        nw_lower_push(q->l, argument(q));
        if (!nw_quick_take(q, NW_TOKEN_COMMA) && nw_quick_kind(q) != NW_TOKEN_RIGHT_PARENTHESIS)
            nw_quick_fail(q);
        if (q->failed)
            return 0;
    }
    return nw_lower_list(q->l, mark);
}

static uint32_t call(nw_quick *q, uint32_t callee, uint32_t start)
{
    uint32_t open = nw_quick_start(q), mark = q->l->pending_count, arguments;
    bool has_for = q->tokens.items[q->at].has_for;
    nw_quick_expect(q, NW_TOKEN_LEFT_PARENTHESIS);
    if (has_for) {
        nw_lower_push(q->l, comprehension(q, NW_NODE_GENERATOR, NW_TOKEN_RIGHT_PARENTHESIS, open));
        arguments = nw_lower_list(q->l, mark);
    } else {
        arguments = nw_quick_arguments(q);
    }
    return nw_quick_add(q, NW_NODE_CALL, start, callee, arguments, 0);
}

/* One index: an item or `start : stop : step`. */
static uint32_t index_item(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), parts[3] = {0}, part = 0;
    if (nw_quick_kind(q) != NW_TOKEN_COLON) {
        parts[0] = item(q);
        if (nw_quick_kind(q) != NW_TOKEN_COLON)
            return parts[0];
    }
    while (nw_quick_take(q, NW_TOKEN_COLON)) {
        nw_token_kind kind = nw_quick_kind(q);
        if (++part > 2)
            return nw_quick_fail(q);
        if (kind != NW_TOKEN_COLON && kind != NW_TOKEN_COMMA && kind != NW_TOKEN_RIGHT_BRACKET)
            parts[part] = nw_quick_expression(q);
    }
    nw_node_kind first = (nw_node_kind)q->l->ast->nodes[parts[0]].kind;
    if (first == NW_NODE_STARRED || first == NW_NODE_NAMED)
        return nw_quick_fail(q);
    return nw_quick_add(q, NW_NODE_SLICE, start, parts[0], parts[1], parts[2]);
}

static uint32_t subscript(nw_quick *q, uint32_t object, uint32_t start)
{
    nw_lowering *l = q->l;
    uint32_t mark = l->pending_count, index = 0;
    bool several = false;
    nw_quick_expect(q, NW_TOKEN_LEFT_BRACKET);
    do {
        if (several && nw_quick_kind(q) == NW_TOKEN_RIGHT_BRACKET)
            break;
        nw_lower_push(l, index = index_item(q));
        several |= nw_quick_kind(q) == NW_TOKEN_COMMA || l->ast->nodes[index].kind == NW_NODE_STARRED;
    } while (nw_quick_take(q, NW_TOKEN_COMMA));
    if (several)
        index = nw_quick_add(q, NW_NODE_TUPLE, l->ast->nodes[l->pending[mark]].start, nw_lower_list(l, mark), 0, 0);
    l->pending_count = mark;
    nw_quick_expect(q, NW_TOKEN_RIGHT_BRACKET);
    return nw_quick_add(q, NW_NODE_SUBSCRIPT, start, object, index, 0);
}

static uint32_t attribute(nw_quick *q, uint32_t object, uint32_t start)
{
    nw_lowering *l = q->l;
    nw_quick_expect(q, NW_TOKEN_DOT);
    if (nw_quick_kind(q) != NW_TOKEN_NAME)
        return nw_quick_fail(q);
    nw_token name = q->tokens.items[q->at++];
    uint32_t symbol = nw_lower_symbol(l, name.start, name.end).v;
    /* Names that mangling may change keep their scope until names/ has run. */
    bool mangled = l->text[name.start] == '_' && l->text[name.start + 1] == '_';
    return nw_quick_add(q, NW_NODE_ATTRIBUTE, start, object, symbol, mangled ? l->scope : 0);
}

static uint32_t primary(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), id = atom(q);
    for (;;) {
        switch (nw_quick_kind(q)) {
        case NW_TOKEN_DOT: id = attribute(q, id, start); break;
        case NW_TOKEN_LEFT_PARENTHESIS: id = call(q, id, start); break;
        case NW_TOKEN_LEFT_BRACKET: id = subscript(q, id, start); break;
        default: return id;
        }
    }
}

/* Operations */

static uint32_t unary(nw_quick *q)
{
    uint32_t start = nw_quick_start(q);
    nw_token_kind kind = nw_quick_kind(q);
    if (kind == NW_TOKEN_MINUS || kind == NW_TOKEN_PLUS || kind == NW_TOKEN_TILDE) {
        q->at++;
        if (!nw_quick_enter(q))
            return 0;
        uint32_t operand = unary(q);
        nw_quick_leave(q);
        nw_operator op = kind == NW_TOKEN_MINUS ? NW_OPERATOR_NEGATE : kind == NW_TOKEN_PLUS ? NW_OPERATOR_POSITIVE : NW_OPERATOR_INVERT;
        return add_operation(q, NW_NODE_UNARY, op, start, operand, 0);
    }
    uint32_t base = primary(q);
    if (!nw_quick_take(q, NW_TOKEN_POWER) || !nw_quick_enter(q))
        return base;
    uint32_t exponent = unary(q);
    nw_quick_leave(q);
    return add_operation(q, NW_NODE_BINARY, NW_OPERATOR_POWER, start, base, exponent);
}

static uint32_t binary(nw_quick *q, unsigned lowest)
{
    uint32_t start = nw_quick_start(q), left = unary(q);
    for (;;) {
        nw_quick_operator found = operator_of(nw_quick_kind(q));
        if (found.level < lowest)
            return left;
        q->at++;
        uint32_t right = binary(q, found.level + 1u);
        left = add_operation(q, NW_NODE_BINARY, (nw_operator)found.op, start, left, right);
    }
}

static uint32_t comparison(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), left = binary(q, LOWEST_LEVEL), mark = q->l->pending_count;
    nw_operator op = comparison_of(q);
    if (op == NW_OPERATOR_NO_OPERATOR)
        return left;
    for (; op != NW_OPERATOR_NO_OPERATOR; op = comparison_of(q)) {
        q->at += op == NW_OPERATOR_IS_NOT || op == NW_OPERATOR_NOT_IN ? 2 : 1;
        nw_lower_push(q->l, (uint32_t)op);
        nw_lower_push(q->l, binary(q, LOWEST_LEVEL));
    }
    return nw_quick_add(q, NW_NODE_COMPARE, start, left, nw_lower_list(q->l, mark), 0);
}

static uint32_t negation(nw_quick *q)
{
    uint32_t start = nw_quick_start(q);
    if (!nw_quick_take(q, NW_TOKEN_NOT))
        return comparison(q);
    if (!nw_quick_enter(q))
        return 0;
    uint32_t operand = negation(q);
    nw_quick_leave(q);
    return add_operation(q, NW_NODE_UNARY, NW_OPERATOR_NOT, start, operand, 0);
}

/* Operands with `and`, or such with `or`, between: one node for all of them. */
static uint32_t boolean(nw_quick *q, nw_token_kind token)
{
    bool is_or = token == NW_TOKEN_OR;
    uint32_t start = nw_quick_start(q), mark = q->l->pending_count;
    uint32_t first = is_or ? boolean(q, NW_TOKEN_AND) : negation(q);
    if (nw_quick_kind(q) != token)
        return first;
    nw_lower_push(q->l, first);
    while (nw_quick_take(q, token))
        nw_lower_push(q->l, is_or ? boolean(q, NW_TOKEN_AND) : negation(q));
    return nw_quick_add(q, is_or ? NW_NODE_OR : NW_NODE_AND, start, nw_lower_list(q->l, mark), 0, 0);
}

static uint32_t lambda(nw_quick *q)
{
    nw_lowering *l = q->l;
    uint32_t start = nw_quick_start(q), outer = l->scope, function = nw_lower_scope(l, NW_SCOPE_FUNCTION);
    if (!function)
        return nw_quick_fail(q);
    l->ast->functions[function].is_lambda = true;
    nw_quick_expect(q, NW_TOKEN_LAMBDA);
    nw_quick_parameters(q, function, false);
    nw_quick_expect(q, NW_TOKEN_COLON);
    l->scope = function;
    l->scope_depth++;
    uint32_t body = nw_quick_expression(q);
    l->scope_depth--;
    l->scope = outer;
    uint32_t id = nw_quick_add(q, NW_NODE_LAMBDA, start, function, 0, 0);
    l->ast->functions[function].body = body;
    l->ast->functions[function].node = id;
    return id;
}

static uint32_t conditional(nw_quick *q)
{
    uint32_t start = nw_quick_start(q);
    if (nw_quick_kind(q) == NW_TOKEN_LAMBDA)
        return lambda(q);
    uint32_t then = boolean(q, NW_TOKEN_OR);
    if (nw_quick_kind(q) != NW_TOKEN_IF)
        return then;
    nw_quick_expect(q, NW_TOKEN_IF);
    uint32_t test = boolean(q, NW_TOKEN_OR);
    nw_quick_expect(q, NW_TOKEN_ELSE);
    uint32_t otherwise = nw_quick_expression(q);
    return nw_quick_add(q, NW_NODE_CONDITIONAL, start, test, then, otherwise);
}

uint32_t nw_quick_expression(nw_quick *q)
{
    if (!nw_quick_enter(q))
        return 0;
    uint32_t id = conditional(q);
    nw_quick_leave(q);
    return id;
}

uint32_t nw_quick_named(nw_quick *q)
{
    uint32_t start = nw_quick_start(q);
    if (nw_quick_kind(q) != NW_TOKEN_NAME || nw_quick_second(q) != NW_TOKEN_WALRUS)
        return nw_quick_expression(q);
    uint32_t target = nw_quick_name(q, NW_NAME_BINDS | NW_NAME_WALRUS);
    nw_quick_expect(q, NW_TOKEN_WALRUS);
    uint32_t value = nw_quick_expression(q);
    return nw_quick_add(q, NW_NODE_NAMED, start, target, value, 0);
}

static bool ends_list(nw_token_kind kind)
{
    return kind == NW_TOKEN_NEWLINE || kind == NW_TOKEN_SEMICOLON || kind == NW_TOKEN_ASSIGN || kind == NW_TOKEN_COLON || kind == NW_TOKEN_IN ||
           kind == NW_TOKEN_RIGHT_PARENTHESIS || kind == NW_TOKEN_END;
}

/* What `read` reads, once or several times with commas between. */
static uint32_t listed(nw_quick *q, uint32_t (*read)(nw_quick *))
{
    uint32_t start = nw_quick_start(q), mark = q->l->pending_count, first = read(q);
    if (nw_quick_kind(q) != NW_TOKEN_COMMA)
        return q->l->ast->nodes[first].kind == NW_NODE_STARRED ? nw_quick_fail(q) : first;
    nw_lower_push(q->l, first);
    while (nw_quick_take(q, NW_TOKEN_COMMA) && !ends_list(nw_quick_kind(q)))
        nw_lower_push(q->l, read(q));
    return nw_quick_add(q, NW_NODE_TUPLE, start, nw_lower_list(q->l, mark), 0, 0);
}

/* An item of a list that stands in no brackets: there is no `:=`. */
static uint32_t bare_item(nw_quick *q)
{
    return nw_quick_kind(q) == NW_TOKEN_STAR ? item(q) : nw_quick_expression(q);
}

uint32_t nw_quick_expressions(nw_quick *q)
{
    return listed(q, bare_item);
}

uint32_t nw_quick_value(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), value = 0;
    if (!nw_quick_take(q, NW_TOKEN_YIELD))
        return nw_quick_expressions(q);
    bool from = nw_quick_take(q, NW_TOKEN_FROM);
    if (from)
        value = nw_quick_expression(q);
    else if (!ends_list(nw_quick_kind(q)))
        value = nw_quick_expressions(q);
    q->l->ast->functions[q->l->scope].is_generator = true;
    return nw_quick_add(q, from ? NW_NODE_YIELD_FROM : NW_NODE_YIELD, start, value, 0, 0);
}

/* Targets */

static uint32_t target_item(nw_quick *q)
{
    uint32_t start = nw_quick_start(q);
    if (!nw_quick_take(q, NW_TOKEN_STAR))
        return primary(q);
    uint32_t value = primary(q);
    return nw_quick_add(q, NW_NODE_STARRED, start, value, 0, 0);
}

uint32_t nw_quick_target(nw_quick *q)
{
    uint32_t target = primary(q);
    nw_quick_make_target(q, target);
    return target;
}

uint32_t nw_quick_for_target(nw_quick *q)
{
    uint32_t target = listed(q, target_item);
    nw_quick_make_target(q, target);
    return target;
}

void nw_quick_make_target(nw_quick *q, uint32_t id)
{
    nw_node *node = &q->l->ast->nodes[id];
    switch (node->kind) {
    case NW_NODE_NAME: node->flags |= NW_NAME_BINDS; break;
    case NW_NODE_ATTRIBUTE:
    case NW_NODE_SUBSCRIPT: break;
    case NW_NODE_STARRED: nw_quick_make_target(q, node->a); break;
    case NW_NODE_TUPLE:
    case NW_NODE_LIST: {
        nw_list items = nw_ast_list(q->l->ast, node->a);
        if (!items.count)
            nw_quick_fail(q);
        for (uint32_t i = 0; i < items.count; i++)
            nw_quick_make_target(q, items.items[i]);
        break;
    }
    default: nw_quick_fail(q);
    }
}
