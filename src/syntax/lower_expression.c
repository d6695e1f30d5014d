#include "syntax/lower.h"

static const uint8_t operators[NW_CST_KIND_COUNT] = {
    [NW_CST_PLUS_TOKEN] = NW_OPERATOR_ADD,
    [NW_CST_MINUS_TOKEN] = NW_OPERATOR_SUBTRACT,
    [NW_CST_STAR_TOKEN] = NW_OPERATOR_MULTIPLY,
    [NW_CST_SLASH_TOKEN] = NW_OPERATOR_DIVIDE,
    [NW_CST_FLOOR_SLASH_TOKEN] = NW_OPERATOR_FLOOR_DIVIDE,
    [NW_CST_PERCENT_TOKEN] = NW_OPERATOR_MODULO,
    [NW_CST_DOUBLE_STAR_TOKEN] = NW_OPERATOR_POWER,
    [NW_CST_AT_TOKEN] = NW_OPERATOR_MATRIX_MULTIPLY,
    [NW_CST_AMPERSAND_TOKEN] = NW_OPERATOR_BIT_AND,
    [NW_CST_BAR_TOKEN] = NW_OPERATOR_BIT_OR,
    [NW_CST_CARET_TOKEN] = NW_OPERATOR_BIT_XOR,
    [NW_CST_SHIFT_LEFT_TOKEN] = NW_OPERATOR_SHIFT_LEFT,
    [NW_CST_SHIFT_RIGHT_TOKEN] = NW_OPERATOR_SHIFT_RIGHT,
    [NW_CST_PLUS_EQUALS_TOKEN] = NW_OPERATOR_ADD,
    [NW_CST_MINUS_EQUALS_TOKEN] = NW_OPERATOR_SUBTRACT,
    [NW_CST_STAR_EQUALS_TOKEN] = NW_OPERATOR_MULTIPLY,
    [NW_CST_SLASH_EQUALS_TOKEN] = NW_OPERATOR_DIVIDE,
    [NW_CST_FLOOR_SLASH_EQUALS_TOKEN] = NW_OPERATOR_FLOOR_DIVIDE,
    [NW_CST_PERCENT_EQUALS_TOKEN] = NW_OPERATOR_MODULO,
    [NW_CST_DOUBLE_STAR_EQUALS_TOKEN] = NW_OPERATOR_POWER,
    [NW_CST_AT_EQUALS_TOKEN] = NW_OPERATOR_MATRIX_MULTIPLY,
    [NW_CST_AMPERSAND_EQUALS_TOKEN] = NW_OPERATOR_BIT_AND,
    [NW_CST_BAR_EQUALS_TOKEN] = NW_OPERATOR_BIT_OR,
    [NW_CST_CARET_EQUALS_TOKEN] = NW_OPERATOR_BIT_XOR,
    [NW_CST_SHIFT_LEFT_EQUALS_TOKEN] = NW_OPERATOR_SHIFT_LEFT,
    [NW_CST_SHIFT_RIGHT_EQUALS_TOKEN] = NW_OPERATOR_SHIFT_RIGHT,
    [NW_CST_EQUAL_TOKEN] = NW_OPERATOR_EQUAL,
    [NW_CST_NOT_EQUAL_TOKEN] = NW_OPERATOR_NOT_EQUAL,
    [NW_CST_LESS_TOKEN] = NW_OPERATOR_LESS,
    [NW_CST_LESS_EQUAL_TOKEN] = NW_OPERATOR_LESS_EQUAL,
    [NW_CST_GREATER_TOKEN] = NW_OPERATOR_GREATER,
    [NW_CST_GREATER_EQUAL_TOKEN] = NW_OPERATOR_GREATER_EQUAL,
    [NW_CST_IS_TOKEN] = NW_OPERATOR_IS,
    [NW_CST_IS_NOT_TOKEN] = NW_OPERATOR_IS_NOT,
    [NW_CST_IN_TOKEN] = NW_OPERATOR_IN,
    [NW_CST_NOT_IN_TOKEN] = NW_OPERATOR_NOT_IN,
};

nw_operator nw_lower_operator(nw_cst_kind token)
{
    return (nw_operator)operators[token];
}

static bool is_comparison(nw_operator op)
{
    return op >= NW_OPERATOR_EQUAL && op <= NW_OPERATOR_NOT_IN;
}

/* Kinds whose first child is an operand: long chains of them are left-deep, so they are walked in a loop. */
static bool is_chain(nw_cst_kind kind)
{
    return kind == NW_CST_BINARY_OPERATOR || kind == NW_CST_BOOLEAN_OPERATOR || kind == NW_CST_COMPARISON_OPERATOR ||
           kind == NW_CST_ATTRIBUTE || kind == NW_CST_SUBSCRIPT || kind == NW_CST_CALL;
}

/* The children from the current one on, commas and brackets skipped, pushed; true when there was a comma. */
static bool push_items(nw_lowering *l, uint32_t (*lower)(nw_lowering *))
{
    bool comma = false;
    do {
        if (l->kind == NW_CST_COMMA_TOKEN)
            comma = true;
        else if (l->kind != NW_CST_OTHER && l->kind != NW_CST_LEFT_PARENTHESIS_TOKEN &&
                 l->kind != NW_CST_RIGHT_PARENTHESIS_TOKEN && l->kind != NW_CST_LEFT_BRACKET_TOKEN)
            nw_lower_push(l, lower(l));
    } while (nw_lower_next(l));
    return comma;
}

static uint32_t lower_sequence(nw_lowering *l, nw_node_kind kind, uint32_t (*lower)(nw_lowering *))
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count;
    if (nw_lower_enter(l)) {
        push_items(l, lower);
        nw_lower_leave(l);
    }
    return nw_lower_add(l, kind, start, end, nw_lower_list(l, mark), 0, 0);
}

/* `*value` in an expression or a target. */
static uint32_t lower_starred(nw_lowering *l, uint32_t (*lower)(nw_lowering *))
{
    uint32_t start = l->start, end = l->end, value = 0;
    if (nw_lower_enter(l)) {
        if (nw_lower_next(l))
            value = lower(l);
        nw_lower_leave(l);
    }
    return value ? nw_lower_add(l, NW_NODE_STARRED, start, end, value, 0, 0) : nw_lower_error(l, start, end);
}

static uint32_t lower_parenthesized(nw_lowering *l, uint32_t (*lower)(nw_lowering *))
{
    uint32_t start = l->start, end = l->end, value = 0;
    if (nw_lower_enter(l)) {
        if (nw_lower_next(l) && l->kind != NW_CST_LIST_SPLAT)
            value = lower(l);
        nw_lower_leave(l);
    }
    if (!value)
        return nw_lower_error(l, start, end);
    l->ast->nodes[value].flags |= NW_NODE_FLAG_PARENTHESIZED;
    return value;
}

/* `(a)` as a target is a tuple pattern without a comma. */
static uint32_t lower_tuple_pattern(nw_lowering *l, uint32_t (*lower)(nw_lowering *))
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count;
    bool comma = false;
    if (nw_lower_enter(l)) {
        comma = push_items(l, lower);
        nw_lower_leave(l);
    }
    if (!comma && l->pending_count == mark + 1) {
        uint32_t only = l->pending[--l->pending_count];
        l->ast->nodes[only].flags |= NW_NODE_FLAG_PARENTHESIZED;
        return only;
    }
    return nw_lower_add(l, NW_NODE_TUPLE, start, end, nw_lower_list(l, mark), 0, 0);
}

static uint32_t lower_target_inside(nw_lowering *l)
{
    switch (l->kind) {
    case NW_CST_IDENTIFIER:
        return nw_lower_identifier(l, NW_NAME_BINDS);
    case NW_CST_ATTRIBUTE:
    case NW_CST_SUBSCRIPT:
        return nw_lower_expression(l);
    case NW_CST_PATTERN_LIST:
    case NW_CST_EXPRESSION_LIST:
    case NW_CST_TUPLE:
        return lower_sequence(l, NW_NODE_TUPLE, nw_lower_target);
    case NW_CST_TUPLE_PATTERN:
        return lower_tuple_pattern(l, nw_lower_target);
    case NW_CST_LIST:
    case NW_CST_LIST_PATTERN:
        return lower_sequence(l, NW_NODE_LIST, nw_lower_target);
    case NW_CST_LIST_SPLAT:
    case NW_CST_LIST_SPLAT_PATTERN:
        return lower_starred(l, nw_lower_target);
    case NW_CST_PARENTHESIZED_EXPRESSION:
        return lower_parenthesized(l, nw_lower_target);
    default:
        return nw_lower_error(l, l->start, l->end);
    }
}

uint32_t nw_lower_target(nw_lowering *l)
{
    if (l->depth >= NW_SYNTAX_MAX_DEPTH)
        return nw_lower_error(l, l->start, l->end);
    l->depth++;
    uint32_t id = lower_target_inside(l);
    l->depth--;
    return id;
}

static uint32_t lower_pair(nw_lowering *l, uint32_t *value)
{
    uint32_t key = 0;
    *value = 0;
    if (nw_lower_enter(l)) {
        key = nw_lower_expression(l);
        while (nw_lower_next(l))
            if (l->kind != NW_CST_COLON_TOKEN)
                *value = nw_lower_expression(l);
        nw_lower_leave(l);
    }
    return key;
}

static uint32_t lower_dictionary(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count, value;
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_PAIR) {
                uint32_t key = lower_pair(l, &value);
                nw_lower_push(l, key);
                nw_lower_push(l, value);
            } else if (l->kind == NW_CST_DICTIONARY_SPLAT && nw_lower_enter(l)) {
                value = nw_lower_next(l) ? nw_lower_expression(l) : nw_lower_error(l, l->start, l->end);
                nw_lower_push(l, 0);
                nw_lower_push(l, value);
                nw_lower_leave(l);
            }
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_DICT, start, end, nw_lower_list(l, mark), 0, 0);
}

/* `for target in iterable`, as a node that is still to be added. */
static nw_node lower_for_clause(nw_lowering *l, bool first, uint32_t inner, uint32_t outer)
{
    nw_node node = {.kind = NW_NODE_COMPREHENSION_FOR, .start = l->start, .end = l->end};
    bool several = false;
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_ASYNC_TOKEN) {
                node.op = 1;
            } else if (l->kind == NW_CST_COMMA_TOKEN) {
                several = true;
            } else if (l->kind != NW_CST_OTHER && l->kind != NW_CST_IN_TOKEN) {
                if (!node.a) {
                    node.a = nw_lower_target(l);
                } else if (!node.b) {
                    l->scope = first ? outer : inner;
                    node.b = nw_lower_expression(l);
                    l->scope = inner;
                }
            }
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    if (!node.b || several) /* `for x in 1, 2` of Python 2 */
        node.b = nw_lower_error(l, node.start, node.end);
    return node;
}

/* The clauses after the element, as a list of COMPREHENSION_FOR. */
static uint32_t lower_clauses(nw_lowering *l, uint32_t inner, uint32_t outer)
{
    uint32_t mark = l->pending_count;
    bool more = nw_lower_next(l);
    while (more && l->kind == NW_CST_FOR_IN_CLAUSE) {
        uint32_t conditions = l->pending_count;
        nw_node node = lower_for_clause(l, conditions == mark, inner, outer);
        more = nw_lower_next(l);
        for (; more && l->kind == NW_CST_IF_CLAUSE; more = nw_lower_next(l)) {
            node.end = l->end;
            if (nw_lower_enter(l)) {
                if (nw_lower_next(l))
                    nw_lower_push(l, nw_lower_expression(l));
                nw_lower_leave(l);
            }
        }
        uint32_t id = nw_lower_add(l, NW_NODE_COMPREHENSION_FOR, node.start, node.end, node.a, node.b, nw_lower_list(l, conditions));
        l->ast->nodes[id].op = node.op;
        nw_lower_push(l, id);
    }
    return nw_lower_list(l, mark);
}

uint32_t nw_lower_comprehension(nw_lowering *l, nw_node_kind kind)
{
    uint32_t start = l->start, end = l->end, outer = l->scope, element = 0, clauses = 0, value;
    uint32_t inner = nw_lower_scope(l, NW_SCOPE_COMPREHENSION);
    if (!inner)
        return nw_lower_error(l, start, end);
    l->scope = inner;
    l->scope_depth++;
    if (nw_lower_enter(l)) {
        if (nw_lower_next(l) && kind == NW_NODE_DICT_COMPREHENSION && l->kind == NW_CST_PAIR) {
            uint32_t pair_start = l->start, pair_end = l->end, key = lower_pair(l, &value);
            element = nw_lower_add(l, NW_NODE_PAIR, pair_start, pair_end, key, value, 0);
        } else {
            element = nw_lower_expression(l);
        }
        clauses = lower_clauses(l, inner, outer);
        nw_lower_leave(l);
    }
    l->scope_depth--;
    l->scope = outer;
    uint32_t id = nw_lower_add(l, kind, start, end, element, clauses, inner);
    l->ast->functions[inner].node = id;
    return id;
}

static uint32_t lower_unary(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, operand = 0;
    nw_operator op = NW_OPERATOR_NOT;
    if (nw_lower_enter(l)) {
        op = l->kind == NW_CST_MINUS_TOKEN   ? NW_OPERATOR_NEGATE
             : l->kind == NW_CST_PLUS_TOKEN  ? NW_OPERATOR_POSITIVE
             : l->kind == NW_CST_TILDE_TOKEN ? NW_OPERATOR_INVERT
                                             : NW_OPERATOR_NOT;
        if (nw_lower_next(l))
            operand = nw_lower_expression(l);
        nw_lower_leave(l);
    }
    uint32_t id = nw_lower_add(l, NW_NODE_UNARY, start, end, operand, 0, 0);
    l->ast->nodes[id].op = (uint8_t)op;
    return id;
}

/* The grammar binds `await x ** y` as `await (x ** y)`; Python as `(await x) ** y`. */
static uint32_t lower_await(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, value = 0;
    if (nw_lower_enter(l)) {
        if (nw_lower_next(l))
            value = nw_lower_expression(l);
        nw_lower_leave(l);
    }
    nw_node inside = l->ast->nodes[value];
    if (inside.kind != NW_NODE_BINARY || inside.op != NW_OPERATOR_POWER || inside.flags & NW_NODE_FLAG_PARENTHESIZED)
        return nw_lower_add(l, NW_NODE_AWAIT, start, end, value, 0, 0);
    uint32_t awaited = nw_lower_add(l, NW_NODE_AWAIT, start, nw_lower_outer_end(l, inside.a), inside.a, 0, 0);
    uint32_t id = nw_lower_add(l, NW_NODE_BINARY, start, end, awaited, inside.b, 0);
    l->ast->nodes[id].op = NW_OPERATOR_POWER;
    return id;
}

static uint32_t lower_yield(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, value = 0;
    nw_node_kind kind = NW_NODE_YIELD;
    if (nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            if (l->kind == NW_CST_FROM_TOKEN)
                kind = NW_NODE_YIELD_FROM;
            else
                value = nw_lower_expression(l);
        }
        nw_lower_leave(l);
    }
    l->ast->functions[l->scope].is_generator = true;
    return nw_lower_add(l, kind, start, end, value, 0, 0);
}

/* The value; the target is left in l->as_target. */
static uint32_t lower_as_pattern(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, value = 0;
    if (!l->as_allowed || !nw_lower_enter(l))
        return nw_lower_error(l, start, end);
    l->as_end = l->end;
    value = nw_lower_expression(l);
    while (nw_lower_next(l)) {
        if (l->kind == NW_CST_AS_PATTERN_TARGET && nw_lower_enter(l)) {
            l->as_target = nw_lower_target(l);
            nw_lower_leave(l);
        }
    }
    nw_lower_leave(l);
    return value;
}

static uint32_t lower_conditional(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, parts[3] = {0}, count = 0;
    if (nw_lower_enter(l)) {
        do {
            if (l->kind != NW_CST_OTHER && count < 3)
                parts[count++] = nw_lower_expression(l);
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    if (l->as_target)
        end = l->as_end;
    /* `*a if b else c` and `x := a if b else c`: the grammar binds the prefix to a alone, Python to all of it. */
    nw_node first = l->ast->nodes[parts[0]];
    bool starred = first.kind == NW_NODE_STARRED;
    bool named = first.kind == NW_NODE_NAMED && !(first.flags & NW_NODE_FLAG_PARENTHESIZED);
    if (!starred && !named)
        return nw_lower_add(l, NW_NODE_CONDITIONAL, start, end, parts[1], parts[0], parts[2]);
    uint32_t then = starred ? first.a : first.b;
    uint32_t inside = nw_lower_add(l, NW_NODE_CONDITIONAL, nw_lower_outer_start(l, then), end, parts[1], then, parts[2]);
    if (starred)
        return nw_lower_add(l, NW_NODE_STARRED, start, end, inside, 0, 0);
    return nw_lower_add(l, NW_NODE_NAMED, start, end, first.a, inside, 0);
}

static uint32_t lower_named(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, target = 0, value = 0;
    if (nw_lower_enter(l)) {
        target = nw_lower_name(l, l->start, l->end, NW_NAME_BINDS | NW_NAME_WALRUS);
        while (nw_lower_next(l))
            if (l->kind != NW_CST_OTHER)
                value = nw_lower_expression(l);
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_NAMED, start, end, target, value, 0);
}

static uint32_t lower_slice(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, parts[3] = {0}, part = 0;
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_COLON_TOKEN)
                part++;
            else if (part < 3)
                parts[part] = nw_lower_expression(l);
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_SLICE, start, end, parts[0], parts[1], parts[2]);
}

static uint32_t lower_atom(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end;
    switch (l->kind) {
    case NW_CST_IDENTIFIER: return nw_lower_identifier(l, 0);
    case NW_CST_INTEGER:
    case NW_CST_FLOAT: return nw_lower_number(l);
    case NW_CST_STRING:
    case NW_CST_CONCATENATED_STRING: return nw_lower_string(l);
    case NW_CST_TRUE: return nw_lower_add(l, NW_NODE_TRUE, start, end, 0, 0, 0);
    case NW_CST_FALSE: return nw_lower_add(l, NW_NODE_FALSE, start, end, 0, 0, 0);
    case NW_CST_NONE: return nw_lower_add(l, NW_NODE_NONE, start, end, 0, 0, 0);
    case NW_CST_ELLIPSIS: return nw_lower_add(l, NW_NODE_ELLIPSIS, start, end, 0, 0, 0);
    case NW_CST_EXPRESSION_LIST:
    case NW_CST_PATTERN_LIST:
    case NW_CST_TUPLE: return lower_sequence(l, NW_NODE_TUPLE, nw_lower_expression);
    case NW_CST_TUPLE_PATTERN: return lower_tuple_pattern(l, nw_lower_expression);
    case NW_CST_LIST_PATTERN:
    case NW_CST_LIST: return lower_sequence(l, NW_NODE_LIST, nw_lower_expression);
    case NW_CST_SET: return lower_sequence(l, NW_NODE_SET, nw_lower_expression);
    case NW_CST_DICTIONARY: return lower_dictionary(l);
    case NW_CST_LIST_COMPREHENSION: return nw_lower_comprehension(l, NW_NODE_LIST_COMPREHENSION);
    case NW_CST_SET_COMPREHENSION: return nw_lower_comprehension(l, NW_NODE_SET_COMPREHENSION);
    case NW_CST_DICTIONARY_COMPREHENSION: return nw_lower_comprehension(l, NW_NODE_DICT_COMPREHENSION);
    case NW_CST_GENERATOR_EXPRESSION: return nw_lower_comprehension(l, NW_NODE_GENERATOR);
    case NW_CST_PARENTHESIZED_EXPRESSION: return lower_parenthesized(l, nw_lower_expression);
    case NW_CST_LIST_SPLAT_PATTERN:
    case NW_CST_LIST_SPLAT: return lower_starred(l, nw_lower_expression);
    case NW_CST_NOT_OPERATOR:
    case NW_CST_UNARY_OPERATOR: return lower_unary(l);
    case NW_CST_CONDITIONAL_EXPRESSION: return lower_conditional(l);
    case NW_CST_AS_PATTERN: return lower_as_pattern(l);
    case NW_CST_NAMED_EXPRESSION: return lower_named(l);
    case NW_CST_LAMBDA: return nw_lower_lambda(l);
    case NW_CST_SLICE: return lower_slice(l);
    case NW_CST_AWAIT: return lower_await(l);
    case NW_CST_YIELD: return lower_yield(l);
    case NW_CST_TYPE: return nw_lower_type(l);
    default: return nw_lower_error(l, start, end);
    }
}

/* The rest of a chain node; the walk stands on the first token after its left operand. */

static uint32_t finish_attribute(nw_lowering *l, uint32_t object, uint32_t start)
{
    uint32_t symbol = 0, scope = 0, end = l->end;
    if (nw_lower_next(l)) {
        end = l->end;
        symbol = nw_lower_symbol(l, l->start, end).v;
        /* Names that mangling may change keep their scope until names/ has run. */
        if (l->text[l->start] == '_' && l->text[l->start + 1] == '_')
            scope = l->scope;
    }
    return nw_lower_add(l, NW_NODE_ATTRIBUTE, start, end, object, symbol, scope);
}

static uint32_t finish_subscript(nw_lowering *l, uint32_t object, uint32_t start)
{
    uint32_t mark = l->pending_count, index = 0, index_end = 0;
    bool several = false;
    while (nw_lower_next(l)) {
        if (l->kind == NW_CST_OTHER)
            continue; /* the closing bracket */
        index_end = l->end;
        if (l->kind == NW_CST_COMMA_TOKEN) {
            several = true;
            continue;
        }
        several |= l->kind == NW_CST_LIST_SPLAT; /* a[*b] is a[(*b,)] */
        nw_lower_push(l, index = nw_lower_expression(l));
    }
    if (several && l->pending_count > mark) {
        uint32_t index_start = l->ast->nodes[l->pending[mark]].start;
        index = nw_lower_add(l, NW_NODE_TUPLE, index_start, index_end, nw_lower_list(l, mark), 0, 0);
    }
    l->pending_count = mark;
    return nw_lower_add(l, NW_NODE_SUBSCRIPT, start, 0, object, index, 0);
}

static uint32_t finish_call(nw_lowering *l, uint32_t callee, uint32_t start)
{
    uint32_t arguments;
    if (l->kind == NW_CST_GENERATOR_EXPRESSION) {
        uint32_t mark = l->pending_count;
        nw_lower_push(l, nw_lower_comprehension(l, NW_NODE_GENERATOR));
        arguments = nw_lower_list(l, mark);
    } else {
        arguments = nw_lower_arguments(l);
    }
    return nw_lower_add(l, NW_NODE_CALL, start, 0, callee, arguments, 0);
}

static uint32_t finish_comparison(nw_lowering *l, uint32_t left, uint32_t start)
{
    uint32_t mark = l->pending_count;
    do {
        nw_operator op = nw_lower_operator(l->kind);
        nw_lower_push(l, (uint32_t)op);
        nw_lower_push(l, is_comparison(op) && nw_lower_next(l) ? nw_lower_expression(l) : nw_lower_error(l, l->start, l->end));
    } while (nw_lower_next(l));
    return nw_lower_add(l, NW_NODE_COMPARE, start, 0, left, nw_lower_list(l, mark), 0);
}

static uint32_t add_binary(nw_lowering *l, nw_operator op, uint32_t left, uint32_t right)
{
    uint32_t id = nw_lower_add(l, NW_NODE_BINARY, nw_lower_outer_start(l, left), nw_lower_outer_end(l, right), left, right, 0);
    l->ast->nodes[id].op = (uint8_t)op;
    return id;
}

static bool is_bare_xor(const nw_lowering *l, uint32_t id)
{
    const nw_node *node = &l->ast->nodes[id];
    return node->kind == NW_NODE_BINARY && node->op == NW_OPERATOR_BIT_XOR && !(node->flags & NW_NODE_FLAG_PARENTHESIZED);
}

/* The grammar reads `a ^ b & c ^ d` as `(a ^ b) & (c ^ d)`, Python as `(a ^ (b & c)) ^ d`. */
static uint32_t regroup_and(nw_lowering *l, uint32_t left, uint32_t right)
{
    uint32_t mark = l->pending_count, before = 0;
    if (is_bare_xor(l, left)) {
        before = l->ast->nodes[left].a;
        left = l->ast->nodes[left].b;
    }
    for (; is_bare_xor(l, right); right = l->ast->nodes[right].a)
        nw_lower_push(l, l->ast->nodes[right].b);
    uint32_t id = add_binary(l, NW_OPERATOR_BIT_AND, left, right);
    if (before)
        id = add_binary(l, NW_OPERATOR_BIT_XOR, before, id);
    while (l->pending_count > mark)
        id = add_binary(l, NW_OPERATOR_BIT_XOR, id, l->pending[--l->pending_count]);
    return id;
}

static uint32_t finish_binary(nw_lowering *l, uint32_t left, uint32_t start)
{
    nw_operator op = nw_lower_operator(l->kind);
    uint32_t right = nw_lower_next(l) ? nw_lower_expression(l) : 0;
    if (op == NW_OPERATOR_BIT_AND && (is_bare_xor(l, left) || is_bare_xor(l, right)))
        return regroup_and(l, left, right);
    uint32_t id = nw_lower_add(l, NW_NODE_BINARY, start, 0, left, right, 0);
    l->ast->nodes[id].op = (uint8_t)op;
    return id;
}

/* `a or b or c` is one node; it closes as many levels of the chain as it has operators. Returns with the walk on the
 * next level's token, or on the outermost node when there is no further level. */
static uint32_t finish_boolean(nw_lowering *l, uint32_t left, uint32_t start, uint32_t *levels)
{
    nw_cst_kind token = l->kind;
    uint32_t mark = l->pending_count, end;
    nw_lower_push(l, left);
    do {
        if (nw_lower_next(l))
            nw_lower_push(l, nw_lower_expression(l));
        nw_lower_leave(l);
        end = l->end;
    } while (--*levels && nw_lower_next(l) && l->kind == token);
    nw_node_kind kind = token == NW_CST_OR_TOKEN ? NW_NODE_OR : NW_NODE_AND;
    return nw_lower_add(l, kind, start, end, nw_lower_list(l, mark), 0, 0);
}

static uint32_t finish_level(nw_lowering *l, uint32_t left, uint32_t start)
{
    switch (l->kind) {
    case NW_CST_DOT_TOKEN: return finish_attribute(l, left, start);
    case NW_CST_LEFT_BRACKET_TOKEN: return finish_subscript(l, left, start);
    case NW_CST_ARGUMENT_LIST:
    case NW_CST_GENERATOR_EXPRESSION: return finish_call(l, left, start);
    default: break;
    }
    nw_operator op = nw_lower_operator(l->kind);
    if (op == NW_OPERATOR_NO_OPERATOR)
        return nw_lower_error(l, start, l->end);
    return is_comparison(op) ? finish_comparison(l, left, start) : finish_binary(l, left, start);
}

/* `type(x)` or `type[x]`, of which the parser has given the part from the bracket on as an expression of its own. */
static uint32_t lower_type_call(nw_lowering *l, uint32_t *start)
{
    uint32_t name_end = *start, end = l->end, mark = l->pending_count;
    l->type_call = 0;
    while (name_end && l->text[name_end - 1] != 'e')
        name_end--;
    *start = name_end - 4;
    uint32_t name = nw_lower_name(l, *start, name_end, 0);
    uint32_t inside = lower_atom(l);
    nw_node node = l->ast->nodes[inside];
    if (node.kind == NW_NODE_LIST || (node.kind == NW_NODE_TUPLE && !(node.flags & NW_NODE_FLAG_PARENTHESIZED))) {
        nw_list items = nw_ast_list(l->ast, node.a);
        if (node.kind == NW_NODE_LIST)
            return nw_lower_add(l, NW_NODE_SUBSCRIPT, *start, end, name, items.count == 1 ? items.items[0] : inside, 0);
        return nw_lower_add(l, NW_NODE_CALL, *start, end, name, node.a, 0);
    }
    nw_lower_push(l, inside);
    return nw_lower_add(l, NW_NODE_CALL, *start, end, name, nw_lower_list(l, mark), 0);
}

/* The leftmost operand of a chain. `*f(x)` is parsed as `(*f)(x)`: the star is taken off, for lower_chain to put back
 * around the whole. `type(x).y = z` is parsed as an alias whose name begins at the parenthesis. */
static uint32_t lower_leftmost(nw_lowering *l, uint32_t levels, bool *starred, uint32_t *start)
{
    if (*start == l->type_call && l->type_call)
        return lower_type_call(l, start);
    *starred = (levels && (l->kind == NW_CST_LIST_SPLAT || l->kind == NW_CST_LIST_SPLAT_PATTERN)) ||
               (l->kind == NW_CST_UNARY_OPERATOR && l->text[l->start] == '*'); /* see repair.h */
    if (!*starred || !nw_lower_enter(l))
        return lower_atom(l);
    uint32_t id = 0;
    if (nw_lower_next(l)) {
        *start = l->start;
        id = nw_lower_expression(l);
    }
    nw_lower_leave(l);
    return id ? id : nw_lower_error(l, l->start, l->end);
}

static uint32_t lower_chain(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, levels = 0, left = start;
    bool starred = false;
    while (is_chain(l->kind) && nw_lower_enter(l))
        levels++;
    uint32_t id = lower_leftmost(l, levels, &starred, &left);
    bool on_token = levels && nw_lower_next(l);
    while (levels) {
        if (on_token && (l->kind == NW_CST_AND_TOKEN || l->kind == NW_CST_OR_TOKEN)) {
            id = finish_boolean(l, id, left, &levels);
            continue;
        }
        if (on_token)
            id = finish_level(l, id, left);
        nw_lower_leave(l);
        l->ast->nodes[id].end = l->end;
        on_token = --levels && nw_lower_next(l);
    }
    return starred ? nw_lower_add(l, NW_NODE_STARRED, start, end, id, 0, 0) : id;
}

uint32_t nw_lower_expression(nw_lowering *l)
{
    if (l->depth >= NW_SYNTAX_MAX_DEPTH)
        return nw_lower_error(l, l->start, l->end);
    l->depth++;
    uint32_t id = lower_chain(l);
    l->depth--;
    return id;
}

uint32_t nw_lower_arguments(nw_lowering *l)
{
    uint32_t mark = l->pending_count;
    if (!nw_lower_enter(l))
        return 0;
    do {
        uint32_t start = l->start, end = l->end, symbol = 0, value = 0;
        switch (l->kind) {
        case NW_CST_KEYWORD_ARGUMENT:
            if (nw_lower_enter(l)) {
                symbol = nw_lower_symbol(l, l->start, l->end).v;
                while (nw_lower_next(l))
                    if (l->kind != NW_CST_EQUALS_TOKEN)
                        value = nw_lower_expression(l);
                nw_lower_leave(l);
            }
            nw_lower_push(l, nw_lower_add(l, NW_NODE_KEYWORD, start, end, symbol, value, 0));
            break;
        case NW_CST_DICTIONARY_SPLAT:
            if (nw_lower_enter(l)) {
                value = nw_lower_next(l) ? nw_lower_expression(l) : 0;
                nw_lower_leave(l);
            }
            nw_lower_push(l, nw_lower_add(l, NW_NODE_KEYWORD, start, end, 0, value, 0));
            break;
        case NW_CST_COMMA_TOKEN:
        case NW_CST_LEFT_PARENTHESIS_TOKEN:
        case NW_CST_RIGHT_PARENTHESIS_TOKEN:
            break;
        default:
            nw_lower_push(l, nw_lower_expression(l));
        }
    } while (nw_lower_next(l));
    nw_lower_leave(l);
    return nw_lower_list(l, mark);
}
