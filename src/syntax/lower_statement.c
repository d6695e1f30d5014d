#include "syntax/lower.h"

static uint32_t lower_statement(nw_lowering *l);

uint32_t nw_lower_last_end(const nw_lowering *l, uint32_t list, uint32_t otherwise)
{
    uint32_t count = l->ast->extra[list];
    return count ? l->ast->nodes[l->ast->extra[list + count]].end : otherwise;
}

static void push_statement(nw_lowering *l);

static bool is_statement(nw_cst_kind kind)
{
    return kind >= NW_CST_EXPRESSION_STATEMENT && kind <= NW_CST_DECORATED_DEFINITION;
}

/* An ERROR for text that belongs to no statement; joined with one just before it, as the parser reports token by token. */
static void push_gap(nw_lowering *l, uint32_t start, uint32_t end)
{
    if (l->pending_count > l->list_mark) {
        uint32_t last = l->pending[l->pending_count - 1];
        if (last == l->ast->node_count - 1 && l->ast->nodes[last].kind == NW_NODE_ERROR) {
            l->ast->nodes[last].end = end;
            return;
        }
    }
    nw_lower_push(l, nw_lower_error(l, start, end));
}

/* What an ERROR region of the parser holds: whole statements in it are kept, the rest is one ERROR for each gap. */
static void push_recovered(nw_lowering *l)
{
    if (!nw_lower_enter(l)) {
        push_gap(l, l->start, l->end);
        return;
    }
    do {
        if (l->kind == NW_CST_BLOCK)
            nw_lower_statements(l);
        else if (is_statement(l->kind))
            push_statement(l);
        else
            push_gap(l, l->start, l->end);
    } while (nw_lower_next(l));
    nw_lower_leave(l);
}

static void push_statement(nw_lowering *l)
{
    if (l->kind == NW_CST_SEMICOLON_TOKEN)
        return;
    if (l->kind == NW_CST_ERROR) {
        if (l->depth >= NW_SYNTAX_MAX_DEPTH) {
            push_gap(l, l->start, l->end);
            return;
        }
        l->depth++;
        push_recovered(l);
        l->depth--;
        return;
    }
    if (is_statement(l->kind))
        nw_lower_push(l, lower_statement(l));
    else
        push_gap(l, l->start, l->end);
}

void nw_lower_statements(nw_lowering *l)
{
    if (!nw_lower_enter(l))
        return;
    do
        push_statement(l);
    while (nw_lower_next(l));
    nw_lower_leave(l);
}

uint32_t nw_lower_block(nw_lowering *l)
{
    uint32_t mark = l->pending_count, outer = l->list_mark;
    l->list_mark = mark;
    nw_lower_statements(l);
    l->list_mark = outer;
    return nw_lower_list(l, mark);
}

/* Simple statements */

/* `a = b = value`: the grammar nests to the right. */
static uint32_t lower_assignment(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count, levels = 0, annotation = 0, value = 0;
    bool more = true;
    while (more && l->kind == NW_CST_ASSIGNMENT && nw_lower_enter(l)) {
        levels++;
        nw_lower_push(l, nw_lower_target(l));
        more = false;
        while (nw_lower_next(l)) {
            if (l->kind == NW_CST_ASSIGNMENT) {
                more = true;
                break;
            }
            if (l->kind == NW_CST_TYPE)
                annotation = nw_lower_type(l);
            else if (l->kind == NW_CST_AUGMENTED_ASSIGNMENT)
                value = nw_lower_error(l, l->start, l->end);
            else if (l->kind != NW_CST_EQUALS_TOKEN && l->kind != NW_CST_COLON_TOKEN)
                value = nw_lower_expression(l);
        }
    }
    for (; levels; levels--)
        nw_lower_leave(l);
    if (annotation && l->pending_count == mark + 1)
        return nw_lower_add(l, NW_NODE_ANNOTATED_ASSIGN, start, end, l->pending[--l->pending_count], annotation, value);
    uint32_t targets = nw_lower_list(l, mark);
    if (annotation || !value)
        return nw_lower_error(l, start, end);
    return nw_lower_add(l, NW_NODE_ASSIGN, start, end, targets, value, 0);
}

static uint32_t lower_augmented_assignment(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, target = 0, value = 0;
    nw_operator op = NW_OPERATOR_NO_OPERATOR;
    if (nw_lower_enter(l)) {
        target = nw_lower_target(l);
        if (nw_lower_next(l))
            op = nw_lower_operator(l->kind);
        if (nw_lower_next(l))
            value = nw_lower_expression(l);
        nw_lower_leave(l);
    }
    uint32_t id = nw_lower_add(l, NW_NODE_AUGMENTED_ASSIGN, start, end, target, value, 0);
    l->ast->nodes[id].op = (uint8_t)op;
    return id;
}

static uint32_t lower_expression_statement(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count, value = 0;
    bool comma = false;
    if (!nw_lower_enter(l))
        return nw_lower_error(l, start, end);
    if (l->kind == NW_CST_ASSIGNMENT || l->kind == NW_CST_AUGMENTED_ASSIGNMENT) {
        value = l->kind == NW_CST_ASSIGNMENT ? lower_assignment(l) : lower_augmented_assignment(l);
        nw_lower_leave(l);
        return value;
    }
    do {
        comma |= l->kind == NW_CST_COMMA_TOKEN;
        if (l->kind != NW_CST_COMMA_TOKEN)
            nw_lower_push(l, value = nw_lower_expression(l));
    } while (nw_lower_next(l));
    nw_lower_leave(l);
    if (comma)
        value = nw_lower_add(l, NW_NODE_TUPLE, start, end, nw_lower_list(l, mark), 0, 0);
    l->pending_count = mark;
    return nw_lower_add(l, NW_NODE_EXPRESSION, start, end, value, 0, 0);
}

/* The two operands of assert, raise and return: what stands after the keyword and after `,` or `from`. */
static uint32_t lower_operands(nw_lowering *l, nw_node_kind kind)
{
    uint32_t start = l->start, end = l->end, parts[2] = {0}, count = 0;
    bool cause = false;
    if (nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            cause |= l->kind == NW_CST_FROM_TOKEN;
            if (l->kind != NW_CST_FROM_TOKEN && l->kind != NW_CST_COMMA_TOKEN && count < 2)
                parts[count++] = nw_lower_expression(l);
        }
        nw_lower_leave(l);
    }
    if (kind == NW_NODE_RAISE && cause && count < 2)
        return nw_lower_error(l, start, end);
    return nw_lower_add(l, kind, start, end, parts[0], parts[1], 0);
}

static uint32_t lower_delete(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count;
    if (nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            if (l->kind != NW_CST_EXPRESSION_LIST) {
                nw_lower_push(l, nw_lower_target(l));
            } else if (nw_lower_enter(l)) {
                do
                    if (l->kind != NW_CST_COMMA_TOKEN)
                        nw_lower_push(l, nw_lower_target(l));
                while (nw_lower_next(l));
                nw_lower_leave(l);
            }
        }
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_DELETE, start, end, nw_lower_list(l, mark), 0, 0);
}

/* global, nonlocal: symbols; the scope that they speak of stands in b. */
static uint32_t lower_declaration(nw_lowering *l, nw_node_kind kind)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count;
    if (nw_lower_enter(l)) {
        do
            if (l->kind == NW_CST_IDENTIFIER)
                nw_lower_push(l, nw_lower_symbol(l, l->start, l->end).v);
        while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    return nw_lower_add(l, kind, start, end, nw_lower_list(l, mark), l->scope, 0);
}

/* `type X = Y`; also `type(x).y = z` and `type[x] = y`, which the grammar takes for the same. */
static uint32_t lower_type_alias(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, name = 0, value = 0, mark = l->pending_count;
    bool is_alias = true;
    if (nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            if (l->kind != NW_CST_TYPE)
                continue;
            if (name) {
                value = nw_lower_type(l);
                continue;
            }
            char first = l->text[l->start];
            is_alias = first != '(' && first != '[';
            if (is_alias) {
                uint32_t at = l->start, stop = at;
                while (stop < l->end && l->text[stop] != '[' && l->text[stop] != ' ')
                    stop++; /* type parameters are left out */
                name = nw_lower_name(l, at, stop, NW_NAME_BINDS);
            } else {
                l->type_call = l->start;
                name = nw_lower_type(l);
                l->type_call = 0;
            }
        }
        nw_lower_leave(l);
    }
    if (is_alias)
        return nw_lower_add(l, NW_NODE_TYPE_ALIAS, start, end, name, value, 0);
    nw_lower_push(l, name);
    return nw_lower_add(l, NW_NODE_ASSIGN, start, end, nw_lower_list(l, mark), value, 0);
}

/* Compound statements */

/* The elif clauses from the current one on, and the else: read in order, nested from the last to the first. */
static uint32_t lower_else_part(nw_lowering *l, bool more)
{
    uint32_t mark = l->pending_count, otherwise = 0;
    for (; more; more = nw_lower_next(l)) {
        uint32_t start = l->start, end = l->end, test = 0, body = 0;
        if (l->kind == NW_CST_ELIF_CLAUSE && nw_lower_enter(l)) {
            while (nw_lower_next(l)) {
                if (l->kind == NW_CST_BLOCK)
                    body = nw_lower_block(l);
                else if (l->kind != NW_CST_COLON_TOKEN)
                    test = nw_lower_expression(l);
            }
            nw_lower_leave(l);
            nw_lower_push(l, start);
            nw_lower_push(l, nw_lower_last_end(l, body, end));
            nw_lower_push(l, test);
            nw_lower_push(l, body);
        } else if (l->kind == NW_CST_ELSE_CLAUSE && nw_lower_enter(l)) {
            do
                if (l->kind == NW_CST_BLOCK)
                    otherwise = nw_lower_block(l);
            while (nw_lower_next(l));
            nw_lower_leave(l);
        }
    }
    while (l->pending_count > mark) {
        const uint32_t *clause = l->pending + (l->pending_count -= 4);
        uint32_t end = nw_lower_last_end(l, otherwise, clause[1]);
        uint32_t id = nw_lower_add(l, NW_NODE_IF, clause[0], end, clause[2], clause[3], otherwise);
        otherwise = nw_lower_record(l, (uint32_t[]){1, id}, 2);
    }
    return otherwise;
}

/* if and while: a test, a block, an else part. */
static uint32_t lower_tested(nw_lowering *l, nw_node_kind kind)
{
    uint32_t start = l->start, end = l->end, test = 0, body = 0, otherwise = 0;
    if (nw_lower_enter(l)) {
        bool more = nw_lower_next(l);
        for (; more && l->kind != NW_CST_ELIF_CLAUSE && l->kind != NW_CST_ELSE_CLAUSE; more = nw_lower_next(l)) {
            if (l->kind == NW_CST_BLOCK)
                body = nw_lower_block(l);
            else if (l->kind != NW_CST_COLON_TOKEN && !test)
                test = nw_lower_expression(l);
        }
        otherwise = lower_else_part(l, more);
        nw_lower_leave(l);
    }
    end = nw_lower_last_end(l, otherwise, nw_lower_last_end(l, body, end));
    return nw_lower_add(l, kind, start, end, test, body, otherwise);
}

static uint32_t lower_for(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, target = 0, iterable = 0, lists[2] = {0};
    uint8_t is_async = 0;
    if (nw_lower_enter(l)) {
        bool more = true;
        for (; more && l->kind != NW_CST_ELSE_CLAUSE; more = nw_lower_next(l)) {
            if (l->kind == NW_CST_ASYNC_TOKEN)
                is_async = 1;
            else if (l->kind == NW_CST_BLOCK)
                lists[0] = nw_lower_block(l);
            else if (l->kind == NW_CST_OTHER || l->kind == NW_CST_IN_TOKEN || l->kind == NW_CST_COLON_TOKEN)
                continue;
            else if (!target)
                target = nw_lower_target(l);
            else if (!iterable)
                iterable = nw_lower_expression(l);
        }
        lists[1] = lower_else_part(l, more);
        nw_lower_leave(l);
    }
    end = nw_lower_last_end(l, lists[1], nw_lower_last_end(l, lists[0], end));
    uint32_t id = nw_lower_add(l, NW_NODE_FOR, start, end, target, iterable, nw_lower_record(l, lists, 2));
    l->ast->nodes[id].op = is_async;
    return id;
}

/* `value as target` where it may stand: with items and except clauses. */
static uint32_t lower_as(nw_lowering *l, uint32_t *target)
{
    l->as_allowed = l->kind == NW_CST_AS_PATTERN || l->kind == NW_CST_CONDITIONAL_EXPRESSION || l->kind == NW_CST_PARENTHESIZED_EXPRESSION;
    l->as_target = 0;
    uint32_t value = nw_lower_expression(l);
    *target = l->as_target;
    l->as_target = 0;
    l->as_allowed = false;
    return value;
}

static void push_with_item(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, target;
    bool parenthesized = l->kind == NW_CST_PARENTHESIZED_EXPRESSION;
    uint32_t value = lower_as(l, &target);
    if (parenthesized && target) /* they are around the item */
        l->ast->nodes[value].flags &= (uint16_t)~NW_NODE_FLAG_PARENTHESIZED;
    nw_lower_push(l, nw_lower_add(l, NW_NODE_WITH_ITEM, start, end, value, target, 0));
}

/* `with (a, b as c):` is parsed as one item, a tuple, and `with (a as b):` as one in parentheses: these are items too. */
static void push_with_items(nw_lowering *l, bool only)
{
    if (!nw_lower_enter(l))
        return;
    if (l->kind == NW_CST_TUPLE && only) {
        nw_lower_enter(l);
        while (nw_lower_next(l))
            if (l->kind != NW_CST_OTHER && l->kind != NW_CST_COMMA_TOKEN && l->kind != NW_CST_RIGHT_PARENTHESIS_TOKEN)
                push_with_item(l);
        nw_lower_leave(l);
    } else {
        push_with_item(l);
    }
    nw_lower_leave(l);
}

static uint32_t lower_with_clause(nw_lowering *l)
{
    uint32_t mark = l->pending_count, count = 0;
    if (!nw_lower_enter(l))
        return 0;
    bool only = l->kind == NW_CST_WITH_ITEM && !nw_lower_next(l);
    nw_lower_leave(l);
    nw_lower_enter(l);
    do {
        if (l->kind == NW_CST_WITH_ITEM)
            push_with_items(l, only && count++ == 0);
    } while (nw_lower_next(l));
    nw_lower_leave(l);
    return nw_lower_list(l, mark);
}

static uint32_t lower_with(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, items = 0, body = 0;
    uint8_t is_async = 0;
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_ASYNC_TOKEN) {
                is_async = 1;
            } else if (l->kind == NW_CST_WITH_CLAUSE) {
                items = lower_with_clause(l);
            } else if (l->kind == NW_CST_BLOCK) {
                body = nw_lower_block(l);
            }
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    uint32_t id = nw_lower_add(l, NW_NODE_WITH, start, nw_lower_last_end(l, body, end), items, body, 0);
    l->ast->nodes[id].op = is_async;
    return id;
}

static uint32_t lower_handler(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, type = 0, target = 0, body = 0;
    bool broken = false;
    if (nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            if (l->kind == NW_CST_BLOCK)
                body = nw_lower_block(l);
            else if (l->kind == NW_CST_COMMA_TOKEN)
                broken = true; /* `except A, e` of Python 2 */
            else if (l->kind == NW_CST_COLON_TOKEN || l->kind == NW_CST_AS_TOKEN || l->kind == NW_CST_STAR_TOKEN)
                continue;
            else if (!type)
                type = lower_as(l, &target);
            else
                target = nw_lower_target(l);
        }
        nw_lower_leave(l);
    }
    if (broken || (target && l->ast->nodes[target].kind != NW_NODE_NAME)) {
        type = nw_lower_error(l, start, end);
        target = 0;
    }
    return nw_lower_add(l, NW_NODE_HANDLER, start, nw_lower_last_end(l, body, end), type, target, body);
}

static uint32_t lower_try(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count, body = 0, lists[2] = {0};
    if (nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            if (l->kind == NW_CST_BLOCK) {
                body = nw_lower_block(l);
            } else if (l->kind == NW_CST_EXCEPT_CLAUSE || l->kind == NW_CST_EXCEPT_GROUP_CLAUSE) {
                nw_lower_push(l, lower_handler(l));
            } else if (l->kind == NW_CST_ELSE_CLAUSE || l->kind == NW_CST_FINALLY_CLAUSE) {
                uint32_t *list = &lists[l->kind == NW_CST_FINALLY_CLAUSE];
                if (!nw_lower_enter(l))
                    continue;
                do
                    if (l->kind == NW_CST_BLOCK)
                        *list = nw_lower_block(l);
                while (nw_lower_next(l));
                nw_lower_leave(l);
            }
        }
        nw_lower_leave(l);
    }
    uint32_t handlers = nw_lower_list(l, mark);
    end = nw_lower_last_end(l, lists[1], nw_lower_last_end(l, lists[0], nw_lower_last_end(l, handlers, end)));
    return nw_lower_add(l, NW_NODE_TRY, start, end, body, handlers, nw_lower_record(l, lists, 2));
}

static uint32_t lower_match(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count, subject = 0, subject_end = 0, cases = 0;
    bool comma = false;
    if (nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            if (l->kind == NW_CST_BLOCK && nw_lower_enter(l)) {
                uint32_t case_mark = l->pending_count;
                do
                    if (l->kind == NW_CST_CASE_CLAUSE)
                        nw_lower_push(l, nw_lower_case_clause(l));
                while (nw_lower_next(l));
                cases = nw_lower_list(l, case_mark);
                nw_lower_leave(l);
            } else if (l->kind == NW_CST_COMMA_TOKEN) {
                comma = true;
                subject_end = l->end;
            } else if (l->kind != NW_CST_COLON_TOKEN && l->kind != NW_CST_BLOCK) {
                subject_end = l->end;
                nw_lower_push(l, subject = nw_lower_expression(l));
            }
        }
        nw_lower_leave(l);
    }
    if (comma && subject) {
        uint32_t subject_start = l->ast->nodes[l->pending[mark]].start;
        subject = nw_lower_add(l, NW_NODE_TUPLE, subject_start, subject_end, nw_lower_list(l, mark), 0, 0);
    }
    l->pending_count = mark;
    return nw_lower_add(l, NW_NODE_MATCH, start, nw_lower_last_end(l, cases, end), subject, cases, 0);
}

/* Definitions */

uint32_t nw_lower_docstring(const nw_lowering *l, uint32_t body)
{
    if (!l->ast->extra[body])
        return 0;
    nw_node first = l->ast->nodes[l->ast->extra[body + 1]];
    return first.kind == NW_NODE_EXPRESSION && l->ast->nodes[first.a].kind == NW_NODE_STRING ? first.a : 0;
}

/* A body that is parsed in pieces has an empty block in the tree of its header. */
static uint32_t lower_body_in_pieces(nw_lowering *l)
{
    uint32_t start = l->body, mark = l->pending_count, outer = l->list_mark;
    l->body = 0;
    l->list_mark = mark;
    nw_lower_pieces(l, start, l->body_end, l->body_indentation);
    l->list_mark = outer;
    return nw_lower_list(l, mark);
}

static uint32_t lower_body(nw_lowering *l, uint32_t function)
{
    uint32_t outer = l->scope;
    l->scope = function;
    l->scope_depth++;
    uint32_t body = l->body ? lower_body_in_pieces(l) : nw_lower_block(l);
    l->scope_depth--;
    l->scope = outer;
    l->ast->functions[function].body = body;
    l->ast->functions[function].docstring = nw_lower_docstring(l, body);
    return body;
}

static uint32_t lower_function(nw_lowering *l, uint32_t start, uint32_t decorators)
{
    uint32_t end = l->end, name = 0, returns = 0, body = 0;
    uint32_t function = nw_lower_scope(l, NW_SCOPE_FUNCTION);
    if (!function)
        return nw_lower_error(l, start, end);
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_ASYNC_TOKEN) {
                l->ast->functions[function].is_async = true;
            } else if (l->kind == NW_CST_IDENTIFIER && !name) {
                name = nw_lower_name(l, l->start, l->end, NW_NAME_BINDS);
                l->ast->functions[function].name = (nw_symbol){l->ast->nodes[name].a};
            } else if (l->kind == NW_CST_PARAMETERS) {
                nw_lower_parameters(l, function);
            } else if (l->kind == NW_CST_TYPE) {
                returns = nw_lower_type(l);
            } else if (l->kind == NW_CST_BLOCK) {
                body = lower_body(l, function);
            }
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    uint32_t id = nw_lower_add(l, NW_NODE_FUNCTION, start, nw_lower_last_end(l, body, end), function, decorators, 0);
    l->ast->functions[function].returns = returns;
    l->ast->functions[function].name_node = name;
    l->ast->functions[function].node = id;
    return id;
}

static uint32_t lower_class(nw_lowering *l, uint32_t start, uint32_t decorators)
{
    uint32_t end = l->end, name = 0, arguments = 0, body = 0;
    uint32_t scope = nw_lower_scope(l, NW_SCOPE_CLASS);
    if (!scope)
        return nw_lower_error(l, start, end);
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_IDENTIFIER && !name)
                name = nw_lower_name(l, l->start, l->end, NW_NAME_BINDS);
            else if (l->kind == NW_CST_ARGUMENT_LIST)
                arguments = nw_lower_arguments(l);
            else if (l->kind == NW_CST_BLOCK)
                body = lower_body(l, scope);
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    uint32_t symbol = l->ast->nodes[name].a;
    uint32_t record = nw_lower_record(l, (uint32_t[]){arguments, body, decorators, scope}, 4);
    uint32_t id = nw_lower_add(l, NW_NODE_CLASS, start, nw_lower_last_end(l, body, end), symbol, record, name);
    l->ast->functions[scope].name = (nw_symbol){symbol};
    l->ast->functions[scope].name_node = name;
    l->ast->functions[scope].node = id;
    return id;
}

static uint32_t lower_decorated(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count, id = 0;
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_DECORATOR && nw_lower_enter(l)) {
                if (nw_lower_next(l))
                    nw_lower_push(l, nw_lower_expression(l));
                nw_lower_leave(l);
            } else if (l->kind == NW_CST_FUNCTION_DEFINITION) {
                id = lower_function(l, start, nw_lower_list(l, mark));
            } else if (l->kind == NW_CST_CLASS_DEFINITION) {
                id = lower_class(l, start, nw_lower_list(l, mark));
            }
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    l->pending_count = mark;
    return id ? id : nw_lower_error(l, start, end);
}

/* Whether an error stands outside the blocks and clauses of a statement, where their own statements take it up. */
static bool is_broken(nw_lowering *l)
{
    bool broken = false;
    if (!nw_lower_node_has_error(l))
        return false;
    if (l->kind < NW_CST_IF_STATEMENT)
        return true;
    if (!nw_lower_enter(l))
        return true;
    do {
        bool is_part = l->kind >= NW_CST_BLOCK && l->kind <= NW_CST_CASE_CLAUSE && l->kind != NW_CST_DECORATOR && l->kind != NW_CST_WITH_CLAUSE;
        bool is_definition = l->kind == NW_CST_FUNCTION_DEFINITION || l->kind == NW_CST_CLASS_DEFINITION;
        if (l->kind == NW_CST_BLOCK)
            continue;
        if (is_part || is_definition)
            broken |= is_broken(l);
        else
            broken |= nw_lower_node_has_error(l);
    } while (!broken && nw_lower_next(l));
    nw_lower_leave(l);
    return broken;
}

static uint32_t lower_statement_inside(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end;
    switch (l->kind) {
    case NW_CST_EXPRESSION_STATEMENT: return lower_expression_statement(l);
    case NW_CST_IMPORT_STATEMENT: return nw_lower_import(l);
    case NW_CST_FUTURE_IMPORT_STATEMENT:
    case NW_CST_IMPORT_FROM_STATEMENT: return nw_lower_import_from(l);
    case NW_CST_ASSERT_STATEMENT: return lower_operands(l, NW_NODE_ASSERT);
    case NW_CST_RETURN_STATEMENT: return lower_operands(l, NW_NODE_RETURN);
    case NW_CST_RAISE_STATEMENT: return lower_operands(l, NW_NODE_RAISE);
    case NW_CST_DELETE_STATEMENT: return lower_delete(l);
    case NW_CST_PASS_STATEMENT: return nw_lower_add(l, NW_NODE_PASS, start, end, 0, 0, 0);
    case NW_CST_BREAK_STATEMENT: return nw_lower_add(l, NW_NODE_BREAK, start, end, 0, 0, 0);
    case NW_CST_CONTINUE_STATEMENT: return nw_lower_add(l, NW_NODE_CONTINUE, start, end, 0, 0, 0);
    case NW_CST_GLOBAL_STATEMENT: return lower_declaration(l, NW_NODE_GLOBAL);
    case NW_CST_NONLOCAL_STATEMENT: return lower_declaration(l, NW_NODE_NONLOCAL);
    case NW_CST_TYPE_ALIAS_STATEMENT: return lower_type_alias(l);
    case NW_CST_IF_STATEMENT: return lower_tested(l, NW_NODE_IF);
    case NW_CST_WHILE_STATEMENT: return lower_tested(l, NW_NODE_WHILE);
    case NW_CST_FOR_STATEMENT: return lower_for(l);
    case NW_CST_TRY_STATEMENT: return lower_try(l);
    case NW_CST_WITH_STATEMENT: return lower_with(l);
    case NW_CST_MATCH_STATEMENT: return lower_match(l);
    case NW_CST_FUNCTION_DEFINITION: return lower_function(l, start, 0);
    case NW_CST_CLASS_DEFINITION: return lower_class(l, start, 0);
    case NW_CST_DECORATED_DEFINITION: return lower_decorated(l);
    default: return nw_lower_error(l, start, end); /* print and exec of Python 2 among them */
    }
}

static uint32_t lower_statement(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end;
    if (l->depth >= NW_SYNTAX_MAX_DEPTH || is_broken(l))
        return nw_lower_error(l, start, end);
    l->depth++;
    uint32_t id = lower_statement_inside(l);
    l->depth--;
    return id;
}
