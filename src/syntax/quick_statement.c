#include "syntax/quick.h"

#include <string.h>

/* Expressions, blocks and brackets in each other; lowering stops at NW_SYNTAX_MAX_DEPTH. */
enum { MAX_DEPTH = 150 };

/* The state of a reading */

uint32_t nw_quick_fail(nw_quick *q)
{
    q->failed = true;
    q->at = q->tokens.count - 1;
    return 0;
}

bool nw_quick_take(nw_quick *q, nw_token_kind kind)
{
    bool is_there = nw_quick_kind(q) == kind && kind != NW_TOKEN_END;
    q->at += is_there;
    return is_there;
}

void nw_quick_expect(nw_quick *q, nw_token_kind kind)
{
    if (!nw_quick_take(q, kind))
        nw_quick_fail(q);
}

bool nw_quick_enter(nw_quick *q)
{
    if (q->depth < MAX_DEPTH) {
        q->depth++;
        return true;
    }
    nw_quick_fail(q);
    return false;
}

void nw_quick_leave(nw_quick *q)
{
    q->depth--;
}

uint32_t nw_quick_name(nw_quick *q, uint16_t flags)
{
    if (nw_quick_kind(q) != NW_TOKEN_NAME)
        return nw_quick_fail(q);
    nw_token name = q->tokens.items[q->at++];
    return nw_lower_name(q->l, name.start, name.end, flags);
}

/* Simple statements */

static nw_operator augmented_of(nw_token_kind kind)
{
    switch (kind) {
    case NW_TOKEN_PLUS_ASSIGN: return NW_OPERATOR_ADD;
    case NW_TOKEN_MINUS_ASSIGN: return NW_OPERATOR_SUBTRACT;
    case NW_TOKEN_STAR_ASSIGN: return NW_OPERATOR_MULTIPLY;
    case NW_TOKEN_SLASH_ASSIGN: return NW_OPERATOR_DIVIDE;
    case NW_TOKEN_FLOOR_SLASH_ASSIGN: return NW_OPERATOR_FLOOR_DIVIDE;
    case NW_TOKEN_PERCENT_ASSIGN: return NW_OPERATOR_MODULO;
    case NW_TOKEN_POWER_ASSIGN: return NW_OPERATOR_POWER;
    case NW_TOKEN_AT_ASSIGN: return NW_OPERATOR_MATRIX_MULTIPLY;
    case NW_TOKEN_AMPERSAND_ASSIGN: return NW_OPERATOR_BIT_AND;
    case NW_TOKEN_BAR_ASSIGN: return NW_OPERATOR_BIT_OR;
    case NW_TOKEN_CARET_ASSIGN: return NW_OPERATOR_BIT_XOR;
    case NW_TOKEN_SHIFT_LEFT_ASSIGN: return NW_OPERATOR_SHIFT_LEFT;
    case NW_TOKEN_SHIFT_RIGHT_ASSIGN: return NW_OPERATOR_SHIFT_RIGHT;
    default: return NW_OPERATOR_NO_OPERATOR;
    }
}

static uint32_t assignment(nw_quick *q, uint32_t start, uint32_t first)
{
    uint32_t mark = q->l->pending_count, value = first;
    while (nw_quick_take(q, NW_TOKEN_ASSIGN)) {
        nw_quick_make_target(q, value);
        nw_lower_push(q->l, value);
        value = nw_quick_value(q);
    }
    uint32_t targets = nw_lower_list(q->l, mark);
    return nw_quick_add(q, NW_NODE_ASSIGN, start, targets, value, 0);
}

static uint32_t annotated_assignment(nw_quick *q, uint32_t start, uint32_t target)
{
    uint32_t value = 0;
    nw_node_kind kind = (nw_node_kind)q->l->ast->nodes[target].kind;
    if (kind == NW_NODE_TUPLE || kind == NW_NODE_LIST)
        return nw_quick_fail(q);
    nw_quick_expect(q, NW_TOKEN_COLON);
    nw_quick_make_target(q, target);
    uint32_t annotation = nw_quick_expression(q);
    if (nw_quick_take(q, NW_TOKEN_ASSIGN))
        value = nw_quick_value(q);
    return nw_quick_add(q, NW_NODE_ANNOTATED_ASSIGN, start, target, annotation, value);
}

static uint32_t augmented_assignment(nw_quick *q, uint32_t start, uint32_t target)
{
    nw_operator op = augmented_of(nw_quick_kind(q));
    nw_node_kind kind = (nw_node_kind)q->l->ast->nodes[target].kind;
    if (op == NW_OPERATOR_NO_OPERATOR || kind == NW_NODE_TUPLE || kind == NW_NODE_LIST)
        return nw_quick_fail(q);
    q->at++;
    nw_quick_make_target(q, target);
    uint32_t value = nw_quick_value(q);
    uint32_t id = nw_quick_add(q, NW_NODE_AUGMENTED_ASSIGN, start, target, value, 0);
    q->l->ast->nodes[id].op = (uint8_t)op;
    return id;
}

static bool is_word(const nw_quick *q, const char *word)
{
    nw_token token = q->tokens.items[q->at];
    size_t size = strlen(word);
    return token.end - token.start == size && memcmp(q->l->text + token.start, word, size) == 0;
}

/* A statement that may be one of Python 2, or one that begins with a word that is none elsewhere. */
static bool is_doubtful(const nw_quick *q)
{
    nw_token_kind next = nw_quick_second(q);
    if (nw_quick_kind(q) != NW_TOKEN_NAME)
        return false;
    if (is_word(q, "match") || is_word(q, "type"))
        return next != NW_TOKEN_ASSIGN && next != NW_TOKEN_DOT && next != NW_TOKEN_COMMA;
    return (is_word(q, "print") || is_word(q, "exec")) && next != NW_TOKEN_LEFT_PARENTHESIS;
}

static uint32_t expression_statement(nw_quick *q)
{
    uint32_t start = nw_quick_start(q);
    if (is_doubtful(q))
        return nw_quick_fail(q);
    bool prints = nw_quick_kind(q) == NW_TOKEN_NAME && (is_word(q, "print") || is_word(q, "exec"));
    uint32_t value = nw_quick_value(q);
    switch (nw_quick_kind(q)) {
    case NW_TOKEN_NEWLINE:
    case NW_TOKEN_SEMICOLON: break;
    case NW_TOKEN_ASSIGN: return assignment(q, start, value);
    case NW_TOKEN_COLON: return annotated_assignment(q, start, value);
    default: return augmented_assignment(q, start, value);
    }
    if (prints && q->l->ast->nodes[value].kind != NW_NODE_CALL)
        return nw_quick_fail(q);
    return nw_quick_add(q, NW_NODE_EXPRESSION, start, value, 0, 0);
}

static bool ends_statement(const nw_quick *q)
{
    return nw_quick_kind(q) == NW_TOKEN_NEWLINE || nw_quick_kind(q) == NW_TOKEN_SEMICOLON;
}

static uint32_t word_statement(nw_quick *q, nw_node_kind kind)
{
    uint32_t start = nw_quick_start(q);
    q->at++;
    return nw_quick_add(q, kind, start, 0, 0, 0);
}

/* return, raise, assert: one operand and what stands after `separator`. */
static uint32_t operands(nw_quick *q, nw_node_kind kind, uint32_t (*read)(nw_quick *), nw_token_kind separator)
{
    uint32_t start = nw_quick_start(q), parts[2] = {0};
    q->at++;
    if (!ends_statement(q) || kind == NW_NODE_ASSERT)
        parts[0] = read(q);
    if (separator != NW_TOKEN_END && parts[0] && nw_quick_take(q, separator))
        parts[1] = read(q);
    return nw_quick_add(q, kind, start, parts[0], parts[1], 0);
}

static uint32_t delete(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), mark = q->l->pending_count;
    do {
        q->at++; /* `del`, then the comma */
        uint32_t target = nw_quick_expression(q);
        nw_quick_make_target(q, target);
        nw_lower_push(q->l, target);
    } while (nw_quick_kind(q) == NW_TOKEN_COMMA);
    return nw_quick_add(q, NW_NODE_DELETE, start, nw_lower_list(q->l, mark), 0, 0);
}

static uint32_t declaration(nw_quick *q, nw_node_kind kind)
{
    uint32_t start = nw_quick_start(q), mark = q->l->pending_count;
    do {
        q->at++;
        nw_token name = q->tokens.items[q->at];
        if (name.kind != NW_TOKEN_NAME)
            return nw_quick_fail(q);
        nw_lower_push(q->l, nw_lower_symbol(q->l, name.start, name.end).v);
        q->at++;
    } while (nw_quick_kind(q) == NW_TOKEN_COMMA);
    return nw_quick_add(q, kind, start, nw_lower_list(q->l, mark), q->l->scope, 0);
}

/* a.b.c, which must be written without spaces. */
static nw_symbol dotted_name(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), size = 0;
    do {
        nw_token name = q->tokens.items[q->at];
        if (name.kind != NW_TOKEN_NAME) {
            nw_quick_fail(q);
            return (nw_symbol){0};
        }
        size += name.end - name.start + (size > 0);
        q->at++;
    } while (nw_quick_take(q, NW_TOKEN_DOT));
    if (nw_quick_end(q) - start != size)
        nw_quick_fail(q);
    return nw_lower_symbol(q->l, start, nw_quick_end(q));
}

static uint32_t alias(nw_quick *q, bool dotted)
{
    uint32_t start = nw_quick_start(q), name;
    nw_token first = q->tokens.items[q->at];
    nw_symbol symbol = dotted_name(q);
    if (!dotted && nw_quick_end(q) != first.end)
        return nw_quick_fail(q);
    if (nw_quick_take(q, NW_TOKEN_AS))
        name = nw_quick_name(q, NW_NAME_BINDS);
    else
        name = nw_lower_name(q->l, first.start, first.end, NW_NAME_BINDS);
    return nw_quick_add(q, NW_NODE_IMPORT_ALIAS, start, symbol.v, name, 0);
}

static uint32_t import(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), mark = q->l->pending_count;
    do {
        q->at++;
        nw_lower_push(q->l, alias(q, true));
    } while (nw_quick_kind(q) == NW_TOKEN_COMMA);
    return nw_quick_add(q, NW_NODE_IMPORT, start, nw_lower_list(q->l, mark), 0, 0);
}

/* The names of `from m import ...`, pushed. */
static void imported_names(nw_quick *q)
{
    uint32_t start = nw_quick_start(q);
    if (nw_quick_take(q, NW_TOKEN_STAR)) {
        nw_lower_push(q->l, nw_quick_add(q, NW_NODE_IMPORT_ALIAS, start, nw_symbol_of(q->l->symbols, "*").v, 0, 0));
        return;
    }
    bool bracketed = nw_quick_take(q, NW_TOKEN_LEFT_PARENTHESIS);
    do {
        if (bracketed && nw_quick_kind(q) == NW_TOKEN_RIGHT_PARENTHESIS)
            break;
        nw_lower_push(q->l, alias(q, false));
    } while (nw_quick_take(q, NW_TOKEN_COMMA));
    if (bracketed)
        nw_quick_expect(q, NW_TOKEN_RIGHT_PARENTHESIS);
}

static uint32_t import_from(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), mark = q->l->pending_count, level = 0;
    nw_symbol module = {0};
    q->at++;
    for (;; q->at++) {
        if (nw_quick_kind(q) == NW_TOKEN_DOT)
            level++;
        else if (nw_quick_kind(q) == NW_TOKEN_ELLIPSIS)
            level += 3;
        else
            break;
    }
    if (nw_quick_kind(q) != NW_TOKEN_IMPORT || !level)
        module = dotted_name(q);
    nw_quick_expect(q, NW_TOKEN_IMPORT);
    imported_names(q);
    return nw_quick_add(q, NW_NODE_IMPORT_FROM, start, module.v, level, nw_lower_list(q->l, mark));
}

static uint32_t simple_statement(nw_quick *q)
{
    switch (nw_quick_kind(q)) {
    case NW_TOKEN_PASS: return word_statement(q, NW_NODE_PASS);
    case NW_TOKEN_BREAK: return word_statement(q, NW_NODE_BREAK);
    case NW_TOKEN_CONTINUE: return word_statement(q, NW_NODE_CONTINUE);
    case NW_TOKEN_RETURN: return operands(q, NW_NODE_RETURN, nw_quick_expressions, NW_TOKEN_END);
    case NW_TOKEN_RAISE: return operands(q, NW_NODE_RAISE, nw_quick_expression, NW_TOKEN_FROM);
    case NW_TOKEN_ASSERT: return operands(q, NW_NODE_ASSERT, nw_quick_expression, NW_TOKEN_COMMA);
    case NW_TOKEN_DEL: return delete(q);
    case NW_TOKEN_GLOBAL: return declaration(q, NW_NODE_GLOBAL);
    case NW_TOKEN_NONLOCAL: return declaration(q, NW_NODE_NONLOCAL);
    case NW_TOKEN_IMPORT: return import(q);
    case NW_TOKEN_FROM: return import_from(q);
    default: return expression_statement(q);
    }
}

/* The simple statements of one line, pushed. */
static void simple_statements(nw_quick *q)
{
    do {
        uint32_t id = simple_statement(q);
        nw_lower_push(q->l, id);
    } while (nw_quick_take(q, NW_TOKEN_SEMICOLON) && nw_quick_kind(q) != NW_TOKEN_NEWLINE);
    nw_quick_expect(q, NW_TOKEN_NEWLINE);
}

/* Compound statements */

static void push_statement(nw_quick *q);

/* What stands after a colon: statements on the same line or a block. */
static uint32_t block(nw_quick *q)
{
    uint32_t mark = q->l->pending_count;
    nw_quick_expect(q, NW_TOKEN_COLON);
    if (nw_quick_take(q, NW_TOKEN_NEWLINE)) {
        nw_quick_expect(q, NW_TOKEN_INDENT);
        while (!q->failed && !nw_quick_take(q, NW_TOKEN_DEDENT))
            push_statement(q);
    } else {
        simple_statements(q);
    }
    return nw_lower_list(q->l, mark);
}

/* The end of a statement that ends with this list; of the one before it, where it is empty. */
static uint32_t list_end(const nw_quick *q, uint32_t list, uint32_t otherwise)
{
    return nw_lower_last_end(q->l, list, otherwise);
}

/* elif and else: read in order, nested from the last to the first. */
static uint32_t else_part(nw_quick *q, bool elif)
{
    nw_lowering *l = q->l;
    uint32_t mark = l->pending_count, otherwise = 0;
    while (elif && nw_quick_kind(q) == NW_TOKEN_ELIF) {
        uint32_t start = nw_quick_start(q);
        q->at++;
        uint32_t test = nw_quick_named(q), body = block(q);
        nw_lower_push(l, start);
        nw_lower_push(l, list_end(q, body, 0));
        nw_lower_push(l, test);
        nw_lower_push(l, body);
    }
    if (nw_quick_take(q, NW_TOKEN_ELSE))
        otherwise = block(q);
    while (l->pending_count > mark) {
        const uint32_t *clause = l->pending + (l->pending_count -= 4);
        uint32_t id = nw_lower_add(l, NW_NODE_IF, clause[0], list_end(q, otherwise, clause[1]), clause[2], clause[3], otherwise);
        otherwise = nw_lower_record(l, (uint32_t[]){1, id}, 2);
    }
    return otherwise;
}

/* if and while. */
static uint32_t tested(nw_quick *q, nw_node_kind kind)
{
    uint32_t start = nw_quick_start(q);
    q->at++;
    uint32_t test = nw_quick_named(q), body = block(q), otherwise = else_part(q, kind == NW_NODE_IF);
    return nw_lower_add(q->l, kind, start, list_end(q, otherwise, list_end(q, body, 0)), test, body, otherwise);
}

static uint32_t for_statement(nw_quick *q, uint32_t start, bool is_async)
{
    uint32_t lists[2] = {0};
    nw_quick_expect(q, NW_TOKEN_FOR);
    uint32_t target = nw_quick_for_target(q);
    nw_quick_expect(q, NW_TOKEN_IN);
    uint32_t iterable = nw_quick_expressions(q);
    lists[0] = block(q);
    lists[1] = else_part(q, false);
    uint32_t end = list_end(q, lists[1], list_end(q, lists[0], 0)), record = nw_lower_record(q->l, lists, 2);
    uint32_t id = nw_lower_add(q->l, NW_NODE_FOR, start, end, target, iterable, record);
    q->l->ast->nodes[id].op = is_async;
    return id;
}

/* `with (` may begin a list of items or an expression: left to tree-sitter. */
static uint32_t with(nw_quick *q, uint32_t start, bool is_async)
{
    uint32_t mark = q->l->pending_count;
    do {
        q->at++; /* `with`, then the comma */
        uint32_t item_start = nw_quick_start(q), target = 0;
        if (nw_quick_kind(q) == NW_TOKEN_LEFT_PARENTHESIS)
            return nw_quick_fail(q);
        uint32_t context = nw_quick_expression(q);
        if (nw_quick_take(q, NW_TOKEN_AS)) {
            target = nw_quick_target(q);
            if (q->l->ast->nodes[target].kind == NW_NODE_TUPLE)
                return nw_quick_fail(q);
        }
        nw_lower_push(q->l, nw_quick_add(q, NW_NODE_WITH_ITEM, item_start, context, target, 0));
    } while (nw_quick_kind(q) == NW_TOKEN_COMMA);
    uint32_t items = nw_lower_list(q->l, mark), body = block(q);
    uint32_t id = nw_lower_add(q->l, NW_NODE_WITH, start, list_end(q, body, 0), items, body, 0);
    q->l->ast->nodes[id].op = is_async;
    return id;
}

static uint32_t handler(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), type = 0, target = 0;
    nw_quick_expect(q, NW_TOKEN_EXCEPT);
    if (nw_quick_kind(q) != NW_TOKEN_COLON) {
        type = nw_quick_expression(q);
        if (nw_quick_take(q, NW_TOKEN_AS))
            target = nw_quick_name(q, NW_NAME_BINDS);
    }
    uint32_t body = block(q);
    return nw_lower_add(q->l, NW_NODE_HANDLER, start, list_end(q, body, 0), type, target, body);
}

static uint32_t try_statement(nw_quick *q)
{
    nw_lowering *l = q->l;
    uint32_t start = nw_quick_start(q), lists[2] = {0};
    q->at++;
    uint32_t body = block(q), mark = l->pending_count;
    while (nw_quick_kind(q) == NW_TOKEN_EXCEPT)
        nw_lower_push(l, handler(q));
    uint32_t handlers = nw_lower_list(l, mark);
    if (handlers && nw_quick_take(q, NW_TOKEN_ELSE))
        lists[0] = block(q);
    if (nw_quick_take(q, NW_TOKEN_FINALLY))
        lists[1] = block(q);
    if (!handlers && !lists[1])
        return nw_quick_fail(q);
    uint32_t end = list_end(q, lists[1], list_end(q, lists[0], list_end(q, handlers, 0)));
    return nw_lower_add(l, NW_NODE_TRY, start, end, body, handlers, nw_lower_record(l, lists, 2));
}

/* Definitions */

typedef struct nw_quick_parameters_state {
    nw_ast_parameter *items;
    uint32_t count, capacity;
    uint8_t kind; /* of the next plain parameter */
    bool typed, ended;
} nw_quick_parameters_state;

static void parameter(nw_quick *q, nw_quick_parameters_state *state)
{
    uint32_t start = nw_quick_start(q), annotation = 0, value = 0;
    uint8_t kind = state->kind;
    if (kind != NW_PARAMETER_KEYWORD_ONLY && nw_quick_take(q, NW_TOKEN_STAR)) {
        state->kind = NW_PARAMETER_KEYWORD_ONLY;
        if (nw_quick_kind(q) == NW_TOKEN_COMMA)
            return;
        kind = NW_PARAMETER_ARGS;
    } else if (nw_quick_take(q, NW_TOKEN_POWER)) {
        kind = NW_PARAMETER_KWARGS;
        state->ended = true;
    } else if (nw_quick_take(q, NW_TOKEN_SLASH)) {
        for (uint32_t i = 0; i < state->count; i++)
            state->items[i].kind = NW_PARAMETER_POSITIONAL_ONLY;
        return;
    }
    if (nw_quick_kind(q) != NW_TOKEN_NAME) {
        nw_quick_fail(q);
        return;
    }
    nw_token name = q->tokens.items[q->at++];
    nw_symbol symbol = nw_lower_symbol(q->l, name.start, name.end);
    if (state->typed && nw_quick_take(q, NW_TOKEN_COLON))
        annotation = nw_quick_expression(q);
    if (nw_quick_take(q, NW_TOKEN_ASSIGN))
        value = nw_quick_expression(q);
    NW_ARENA_RESERVE(q->l->arena, state->items, state->count, state->capacity);
    state->items[state->count] = (nw_ast_parameter){.name = symbol, .kind = kind, .annotation = annotation, .default_value = value,
                                                    .start = start, .end = nw_quick_end(q), .slot = (uint16_t)state->count};
    state->count++;
}

void nw_quick_parameters(nw_quick *q, uint32_t function, bool typed)
{
    nw_quick_parameters_state state = {.kind = NW_PARAMETER_NORMAL, .typed = typed};
    nw_token_kind close = typed ? NW_TOKEN_RIGHT_PARENTHESIS : NW_TOKEN_COLON;
    while (nw_quick_kind(q) != close && !q->failed) {
        if (state.ended || state.count == UINT16_MAX)
            nw_quick_fail(q);
        else
            parameter(q, &state);
        if (!nw_quick_take(q, NW_TOKEN_COMMA))
            break;
    }
    q->l->ast->functions[function].parameters = state.items;
    q->l->ast->functions[function].parameter_count = state.count;
}

static uint32_t docstring_of(const nw_lowering *l, uint32_t body)
{
    if (!l->ast->extra[body])
        return 0;
    nw_node first = l->ast->nodes[l->ast->extra[body + 1]];
    return first.kind == NW_NODE_EXPRESSION && l->ast->nodes[first.a].kind == NW_NODE_STRING ? first.a : 0;
}

static uint32_t definition_body(nw_quick *q, uint32_t scope)
{
    nw_lowering *l = q->l;
    uint32_t outer = l->scope;
    l->scope = scope;
    l->scope_depth++;
    uint32_t body = block(q);
    l->scope_depth--;
    l->scope = outer;
    l->ast->functions[scope].body = body;
    l->ast->functions[scope].docstring = docstring_of(l, body);
    return body;
}

static uint32_t function_definition(nw_quick *q, uint32_t start, uint32_t decorators, bool is_async)
{
    nw_lowering *l = q->l;
    uint32_t function = nw_lower_scope(l, NW_SCOPE_FUNCTION), returns = 0;
    if (!function)
        return nw_quick_fail(q);
    l->ast->functions[function].is_async = is_async;
    nw_quick_expect(q, NW_TOKEN_DEF);
    uint32_t name = nw_quick_name(q, NW_NAME_BINDS);
    l->ast->functions[function].name = (nw_symbol){l->ast->nodes[name].a};
    nw_quick_expect(q, NW_TOKEN_LEFT_PARENTHESIS);
    nw_quick_parameters(q, function, true);
    nw_quick_expect(q, NW_TOKEN_RIGHT_PARENTHESIS);
    if (nw_quick_take(q, NW_TOKEN_ARROW))
        returns = nw_quick_expression(q);
    uint32_t body = definition_body(q, function);
    uint32_t id = nw_lower_add(l, NW_NODE_FUNCTION, start, list_end(q, body, 0), function, decorators, 0);
    l->ast->functions[function].returns = returns;
    l->ast->functions[function].name_node = name;
    l->ast->functions[function].node = id;
    return id;
}

static uint32_t class_definition(nw_quick *q, uint32_t start, uint32_t decorators)
{
    nw_lowering *l = q->l;
    uint32_t scope = nw_lower_scope(l, NW_SCOPE_CLASS), arguments = 0;
    if (!scope)
        return nw_quick_fail(q);
    nw_quick_expect(q, NW_TOKEN_CLASS);
    uint32_t name = nw_quick_name(q, NW_NAME_BINDS);
    if (nw_quick_take(q, NW_TOKEN_LEFT_PARENTHESIS))
        arguments = nw_quick_arguments(q);
    uint32_t body = definition_body(q, scope), symbol = l->ast->nodes[name].a;
    uint32_t record = nw_lower_record(l, (uint32_t[]){arguments, body, decorators, scope}, 4);
    uint32_t id = nw_lower_add(l, NW_NODE_CLASS, start, list_end(q, body, 0), symbol, record, name);
    l->ast->functions[scope].name = (nw_symbol){symbol};
    l->ast->functions[scope].name_node = name;
    l->ast->functions[scope].node = id;
    return id;
}

static uint32_t decorated(nw_quick *q)
{
    uint32_t start = nw_quick_start(q), mark = q->l->pending_count;
    while (nw_quick_take(q, NW_TOKEN_AT)) {
        nw_lower_push(q->l, nw_quick_named(q));
        nw_quick_expect(q, NW_TOKEN_NEWLINE);
    }
    uint32_t decorators = nw_lower_list(q->l, mark);
    if (nw_quick_kind(q) == NW_TOKEN_CLASS)
        return class_definition(q, start, decorators);
    bool is_async = nw_quick_take(q, NW_TOKEN_ASYNC);
    return function_definition(q, start, decorators, is_async);
}

static uint32_t async_statement(nw_quick *q)
{
    uint32_t start = nw_quick_start(q);
    q->at++;
    switch (nw_quick_kind(q)) {
    case NW_TOKEN_DEF: return function_definition(q, start, 0, true);
    case NW_TOKEN_FOR: return for_statement(q, start, true);
    case NW_TOKEN_WITH: return with(q, start, true);
    default: return nw_quick_fail(q);
    }
}

static uint32_t compound_statement(nw_quick *q)
{
    uint32_t start = nw_quick_start(q);
    switch (nw_quick_kind(q)) {
    case NW_TOKEN_IF: return tested(q, NW_NODE_IF);
    case NW_TOKEN_WHILE: return tested(q, NW_NODE_WHILE);
    case NW_TOKEN_FOR: return for_statement(q, start, false);
    case NW_TOKEN_TRY: return try_statement(q);
    case NW_TOKEN_WITH: return with(q, start, false);
    case NW_TOKEN_DEF: return function_definition(q, start, 0, false);
    case NW_TOKEN_CLASS: return class_definition(q, start, 0);
    case NW_TOKEN_AT: return decorated(q);
    case NW_TOKEN_ASYNC: return async_statement(q);
    default: return 0;
    }
}

static void push_statement(nw_quick *q)
{
    if (!nw_quick_enter(q))
        return;
    uint32_t id = compound_statement(q);
    if (id)
        nw_lower_push(q->l, id);
    else if (!q->failed)
        simple_statements(q);
    nw_quick_leave(q);
}

/* What a reading that fails has to take back. */
typedef struct nw_quick_state {
    uint32_t nodes, extra, functions, pending, scope, scope_depth;
    nw_ast_function function;
} nw_quick_state;

static nw_quick_state state_of(const nw_lowering *l)
{
    const nw_ast *ast = l->ast;
    return (nw_quick_state){.nodes = ast->node_count, .extra = ast->extra_count, .functions = ast->function_count, .pending = l->pending_count,
                            .scope = l->scope, .scope_depth = l->scope_depth, .function = ast->functions[l->scope]};
}

static void restore(nw_lowering *l, const nw_quick_state *state)
{
    nw_ast *ast = l->ast;
    ast->node_count = state->nodes;
    ast->extra_count = state->extra;
    ast->function_count = state->functions;
    l->pending_count = state->pending;
    l->scope = state->scope;
    l->scope_depth = state->scope_depth;
    ast->functions[l->scope] = state->function;
    ast->nodes[0] = (nw_node){0}; /* what a failure in an expression gives, and flags may have been set on it */
}

bool nw_quick_statements(nw_lowering *l, uint32_t start, uint32_t end)
{
    nw_quick q = {.l = l};
    nw_quick_state before = state_of(l);
    bool sound = nw_tokens_read(&q.tokens, l->text, start, end, false);
    while (sound && !q.failed && nw_quick_kind(&q) != NW_TOKEN_END)
        push_statement(&q);
    sound &= !q.failed;
    if (!sound)
        restore(l, &before);
    nw_tokens_release(&q.tokens);
    return sound;
}
