/* The patterns of match statements. */
#include "syntax/lower.h"

static uint32_t lower_pattern(nw_lowering *l);

static bool is_wildcard(const nw_lowering *l, uint32_t start, uint32_t end)
{
    return end - start == 1 && l->text[start] == '_';
}

static uint32_t add_value(nw_lowering *l, uint32_t expression)
{
    nw_node node = l->ast->nodes[expression];
    return nw_lower_add(l, NW_NODE_PATTERN_VALUE, node.start, node.end, expression, 0, 0);
}

/* a.b.c as an expression. */
static uint32_t lower_dotted_expression(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, id = 0;
    if (!nw_lower_enter(l))
        return nw_lower_error(l, start, end);
    do {
        if (l->kind != NW_CST_IDENTIFIER)
            continue;
        if (!id)
            id = nw_lower_name(l, l->start, l->end, 0);
        else
            id = nw_lower_add(l, NW_NODE_ATTRIBUTE, start, l->end, id, nw_lower_symbol(l, l->start, l->end).v, l->text[l->start] == '_' ? l->scope : 0);
    } while (nw_lower_next(l));
    nw_lower_leave(l);
    return id ? id : nw_lower_error(l, start, end);
}

/* A single name captures, `_` matches all, a dotted name is a value. */
static uint32_t lower_dotted_pattern(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, parts = 0;
    if (is_wildcard(l, start, end))
        return nw_lower_add(l, NW_NODE_PATTERN_CAPTURE, start, end, 0, 0, 0);
    if (nw_lower_enter(l)) {
        do
            parts += l->kind == NW_CST_IDENTIFIER;
        while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    if (parts > 1)
        return add_value(l, lower_dotted_expression(l));
    return nw_lower_add(l, NW_NODE_PATTERN_CAPTURE, start, end, nw_lower_name(l, start, end, NW_NAME_BINDS), 0, 0);
}

/* [-] number [+|- number], from the current child to the last. */
static uint32_t lower_signed_number(nw_lowering *l)
{
    uint32_t start = l->start, left = 0;
    nw_operator op = NW_OPERATOR_NO_OPERATOR;
    bool negative = l->kind == NW_CST_MINUS_TOKEN;
    bool more = negative ? nw_lower_next(l) : true;
    for (; more; more = nw_lower_next(l)) {
        uint32_t end = l->end;
        if (l->kind != NW_CST_INTEGER && l->kind != NW_CST_FLOAT) {
            op = l->kind == NW_CST_MINUS_TOKEN ? NW_OPERATOR_SUBTRACT : NW_OPERATOR_ADD;
            continue;
        }
        uint32_t number = nw_lower_number(l);
        if (left) {
            left = nw_lower_add(l, NW_NODE_BINARY, start, end, left, number, 0);
            l->ast->nodes[left].op = (uint8_t)op;
        } else if (negative) {
            left = nw_lower_add(l, NW_NODE_UNARY, start, end, number, 0, 0);
            l->ast->nodes[left].op = NW_OPERATOR_NEGATE;
        } else {
            left = number;
        }
    }
    return add_value(l, left);
}

static uint32_t lower_sequence_pattern(nw_lowering *l, bool is_tuple)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count;
    bool comma = false;
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_CASE_PATTERN)
                nw_lower_push(l, lower_pattern(l));
            comma |= l->kind == NW_CST_COMMA_TOKEN;
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    if (is_tuple && !comma && l->pending_count == mark + 1) {
        uint32_t only = l->pending[--l->pending_count];
        if (l->ast->nodes[only].kind != NW_NODE_PATTERN_STAR)
            return only; /* a pattern in parentheses */
        nw_lower_push(l, only);
    }
    return nw_lower_add(l, NW_NODE_PATTERN_SEQUENCE, start, end, nw_lower_list(l, mark), 0, 0);
}

static uint32_t lower_or_pattern(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count;
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_MINUS_TOKEN || l->kind == NW_CST_INTEGER || l->kind == NW_CST_FLOAT) {
                uint32_t at = l->start;
                bool negative = l->kind == NW_CST_MINUS_TOKEN && nw_lower_next(l);
                uint32_t number = nw_lower_number(l);
                if (negative) {
                    number = nw_lower_add(l, NW_NODE_UNARY, at, l->end, number, 0, 0);
                    l->ast->nodes[number].op = NW_OPERATOR_NEGATE;
                }
                nw_lower_push(l, add_value(l, number));
            } else if (l->kind != NW_CST_BAR_TOKEN) {
                nw_lower_push(l, lower_pattern(l));
            }
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_PATTERN_OR, start, end, nw_lower_list(l, mark), 0, 0);
}

/* `*rest`, and `**rest` of a mapping; returns the NAME or 0 for `_`. */
static uint32_t lower_rest_name(nw_lowering *l)
{
    uint32_t name = 0;
    if (!nw_lower_enter(l))
        return 0;
    while (nw_lower_next(l))
        if (l->kind == NW_CST_IDENTIFIER && !is_wildcard(l, l->start, l->end))
            name = nw_lower_name(l, l->start, l->end, NW_NAME_BINDS);
    nw_lower_leave(l);
    return name;
}

/* A key is an expression: the one inside the value pattern that it parses as. */
static uint32_t lower_key(nw_lowering *l)
{
    uint32_t id = l->kind == NW_CST_MINUS_TOKEN ? 0 : lower_pattern(l);
    if (l->kind == NW_CST_MINUS_TOKEN) {
        uint32_t at = l->start;
        uint32_t number = nw_lower_next(l) ? nw_lower_number(l) : nw_lower_error(l, at, at);
        id = nw_lower_add(l, NW_NODE_UNARY, at, l->end, number, 0, 0);
        l->ast->nodes[id].op = NW_OPERATOR_NEGATE;
        return id;
    }
    nw_node node = l->ast->nodes[id];
    return node.kind == NW_NODE_PATTERN_VALUE ? node.a : id;
}

static uint32_t lower_mapping_pattern(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count, rest = 0;
    bool is_value = false;
    if (nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            if (l->kind == NW_CST_SPLAT_PATTERN) {
                rest = lower_rest_name(l);
            } else if (l->kind == NW_CST_COLON_TOKEN) {
                is_value = true;
            } else if (l->kind != NW_CST_COMMA_TOKEN && l->kind != NW_CST_OTHER) {
                nw_lower_push(l, is_value ? lower_pattern(l) : lower_key(l));
                is_value = false;
            }
        }
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_PATTERN_MAPPING, start, end, nw_lower_list(l, mark), rest, 0);
}

static uint32_t lower_keyword_pattern(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, symbol = 0, value = 0;
    if (nw_lower_enter(l)) {
        symbol = nw_lower_symbol(l, l->start, l->end).v;
        while (nw_lower_next(l))
            if (l->kind != NW_CST_EQUALS_TOKEN && !value)
                value = lower_pattern(l);
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_KEYWORD, start, end, symbol, value, 0);
}

static uint32_t lower_class_pattern(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count, class_expression = 0;
    if (nw_lower_enter(l)) {
        class_expression = lower_dotted_expression(l);
        while (nw_lower_next(l))
            if (l->kind == NW_CST_CASE_PATTERN)
                nw_lower_push(l, lower_pattern(l));
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_PATTERN_CLASS, start, end, class_expression, nw_lower_list(l, mark), 0);
}

static uint32_t lower_as_pattern(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, inner = 0, name = 0;
    if (nw_lower_enter(l)) {
        inner = lower_pattern(l);
        while (nw_lower_next(l))
            if (l->kind == NW_CST_IDENTIFIER)
                name = nw_lower_name(l, l->start, l->end, NW_NAME_BINDS);
        nw_lower_leave(l);
    }
    nw_node keyword = l->ast->nodes[inner];
    if (keyword.kind == NW_NODE_KEYWORD) { /* `key=pattern as name` is parsed as `(key=pattern) as name` */
        uint32_t capture = nw_lower_add(l, NW_NODE_PATTERN_CAPTURE, l->ast->nodes[keyword.b].start, end, name, keyword.b, 0);
        return nw_lower_add(l, NW_NODE_KEYWORD, start, end, keyword.a, capture, 0);
    }
    return nw_lower_add(l, NW_NODE_PATTERN_CAPTURE, start, end, name, inner, 0);
}

static uint32_t lower_pattern_inside(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, id;
    switch (l->kind) {
    case NW_CST_CASE_PATTERN:
        if (!nw_lower_enter(l))
            return nw_lower_error(l, start, end);
        id = l->kind == NW_CST_MINUS_TOKEN ? lower_signed_number(l) : lower_pattern(l);
        nw_lower_leave(l);
        return id;
    case NW_CST_COMPLEX_PATTERN:
        if (!nw_lower_enter(l))
            return nw_lower_error(l, start, end);
        id = lower_signed_number(l);
        nw_lower_leave(l);
        return id;
    case NW_CST_AS_PATTERN: return lower_as_pattern(l);
    case NW_CST_KEYWORD_PATTERN: return lower_keyword_pattern(l);
    case NW_CST_CLASS_PATTERN: return lower_class_pattern(l);
    case NW_CST_UNION_PATTERN: return lower_or_pattern(l);
    case NW_CST_LIST_PATTERN: return lower_sequence_pattern(l, false);
    case NW_CST_TUPLE_PATTERN: return lower_sequence_pattern(l, true);
    case NW_CST_DICT_PATTERN: return lower_mapping_pattern(l);
    case NW_CST_DOTTED_NAME: return lower_dotted_pattern(l);
    case NW_CST_UNDERSCORE_TOKEN: return nw_lower_add(l, NW_NODE_PATTERN_CAPTURE, start, end, 0, 0, 0);
    case NW_CST_SPLAT_PATTERN:
        id = lower_rest_name(l);
        return nw_lower_add(l, NW_NODE_PATTERN_STAR, start, end, id, 0, 0);
    default: return add_value(l, nw_lower_expression(l));
    }
}

static uint32_t lower_pattern(nw_lowering *l)
{
    if (l->depth >= NW_SYNTAX_MAX_DEPTH)
        return nw_lower_error(l, l->start, l->end);
    l->depth++;
    uint32_t id = lower_pattern_inside(l);
    l->depth--;
    return id;
}

uint32_t nw_lower_case_clause(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count, guard = 0, body = 0, pattern_end = 0;
    bool comma = false;
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_CASE_PATTERN || l->kind == NW_CST_COMMA_TOKEN) {
                pattern_end = l->end;
                comma |= l->kind == NW_CST_COMMA_TOKEN;
                if (l->kind == NW_CST_CASE_PATTERN)
                    nw_lower_push(l, lower_pattern(l));
            } else if (l->kind == NW_CST_IF_CLAUSE && nw_lower_enter(l)) {
                guard = nw_lower_next(l) ? nw_lower_expression(l) : 0;
                nw_lower_leave(l);
            } else if (l->kind == NW_CST_BLOCK) {
                body = nw_lower_block(l);
            }
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    uint32_t pattern = l->pending_count > mark ? l->pending[mark] : 0;
    if (comma && pattern) {
        uint32_t pattern_start = l->ast->nodes[pattern].start;
        pattern = nw_lower_add(l, NW_NODE_PATTERN_SEQUENCE, pattern_start, pattern_end, nw_lower_list(l, mark), 0, 0);
    }
    l->pending_count = mark;
    return nw_lower_add(l, NW_NODE_CASE, start, nw_lower_last_end(l, body, end), pattern, guard, body);
}
