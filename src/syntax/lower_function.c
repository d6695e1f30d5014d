/* Parameters, lambdas, and the types of annotations. */
#include "syntax/lower.h"

typedef struct nw_parameter_state {
    nw_ast_parameter *items;
    uint32_t count, capacity;
    uint8_t kind; /* of the next plain parameter */
    bool broken;
} nw_parameter_state;

static void add_parameter(nw_lowering *l, nw_parameter_state *state, uint8_t kind, uint32_t start, uint32_t end)
{
    NW_ARENA_RESERVE(l->arena, state->items, state->count, state->capacity);
    state->items[state->count++] = (nw_ast_parameter){.name = nw_lower_symbol(l, start, end), .kind = kind, .start = start, .end = end};
}

/* The name of a parameter: an identifier, or `*args`, `**kwargs`. */
static void lower_parameter_name(nw_lowering *l, nw_parameter_state *state)
{
    uint8_t kind = state->kind;
    bool splat = l->kind == NW_CST_LIST_SPLAT_PATTERN || l->kind == NW_CST_DICTIONARY_SPLAT_PATTERN;
    if (!splat && l->kind != NW_CST_IDENTIFIER) {
        state->broken = true;
        return;
    }
    if (!splat) {
        add_parameter(l, state, kind, l->start, l->end);
        return;
    }
    kind = l->kind == NW_CST_LIST_SPLAT_PATTERN ? NW_PARAMETER_ARGS : NW_PARAMETER_KWARGS;
    if (!nw_lower_enter(l))
        return;
    if (nw_lower_next(l) && l->kind == NW_CST_IDENTIFIER)
        add_parameter(l, state, kind, l->start, l->end);
    else
        state->broken = true;
    nw_lower_leave(l);
    state->kind = NW_PARAMETER_KEYWORD_ONLY;
}

/* name [: type] [= value] */
static void lower_full_parameter(nw_lowering *l, nw_parameter_state *state)
{
    uint32_t start = l->start, end = l->end, annotation = 0, value = 0;
    if (!nw_lower_enter(l))
        return;
    uint32_t before = state->count;
    lower_parameter_name(l, state);
    while (nw_lower_next(l)) {
        if (l->kind == NW_CST_TYPE)
            annotation = nw_lower_type(l);
        else if (l->kind != NW_CST_COLON_TOKEN && l->kind != NW_CST_EQUALS_TOKEN)
            value = nw_lower_expression(l);
    }
    nw_lower_leave(l);
    if (state->count > before) {
        nw_ast_parameter *parameter = &state->items[before];
        parameter->annotation = annotation;
        parameter->default_value = value;
        parameter->start = start;
        parameter->end = end;
    }
}

static void lower_parameter(nw_lowering *l, nw_parameter_state *state)
{
    switch (l->kind) {
    case NW_CST_IDENTIFIER:
    case NW_CST_LIST_SPLAT_PATTERN:
    case NW_CST_DICTIONARY_SPLAT_PATTERN: {
        uint32_t start = l->start, end = l->end;
        uint32_t before = state->count;
        lower_parameter_name(l, state);
        if (state->count > before) {
            state->items[before].start = start;
            state->items[before].end = end;
        }
        break;
    }
    case NW_CST_TYPED_PARAMETER:
    case NW_CST_DEFAULT_PARAMETER:
    case NW_CST_TYPED_DEFAULT_PARAMETER:
        lower_full_parameter(l, state);
        break;
    case NW_CST_POSITIONAL_SEPARATOR:
        for (uint32_t i = 0; i < state->count; i++)
            if (state->items[i].kind == NW_PARAMETER_NORMAL)
                state->items[i].kind = NW_PARAMETER_POSITIONAL_ONLY;
        break;
    case NW_CST_KEYWORD_SEPARATOR:
        state->kind = NW_PARAMETER_KEYWORD_ONLY;
        break;
    case NW_CST_TUPLE_PATTERN: /* Python 2 */
        state->broken = true;
        break;
    default: /* brackets and commas */
        break;
    }
}

void nw_lower_parameters(nw_lowering *l, uint32_t function)
{
    uint32_t start = l->start, end = l->end;
    nw_parameter_state state = {.kind = NW_PARAMETER_NORMAL};
    if (nw_lower_enter(l)) {
        do
            lower_parameter(l, &state);
        while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    if (state.count > UINT16_MAX) { /* slots are 16 bits wide */
        state.count = UINT16_MAX;
        state.broken = true;
    }
    if (state.broken)
        nw_lower_error(l, start, end);
    for (uint32_t i = 0; i < state.count; i++)
        state.items[i].slot = (uint16_t)i;
    l->ast->functions[function].parameters = state.items;
    l->ast->functions[function].parameter_count = state.count;
}

uint32_t nw_lower_lambda(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, outer = l->scope, body = 0;
    uint32_t function = nw_lower_scope(l, NW_SCOPE_FUNCTION);
    if (!function)
        return nw_lower_error(l, start, end);
    l->ast->functions[function].is_lambda = true;
    if (nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            if (l->kind == NW_CST_LAMBDA_PARAMETERS) {
                nw_lower_parameters(l, function);
            } else if (l->kind != NW_CST_COLON_TOKEN) {
                l->scope = function;
                l->scope_depth++;
                body = nw_lower_expression(l);
                l->scope_depth--;
                l->scope = outer;
            }
        }
        nw_lower_leave(l);
    }
    uint32_t id = nw_lower_add(l, NW_NODE_LAMBDA, start, end, function, 0, 0);
    l->ast->functions[function].body = body;
    l->ast->functions[function].node = id;
    return id;
}

/* `list[int, str]`, which the grammar reads as a generic type. */
static uint32_t lower_generic_type(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, object = 0, index = 0, mark = l->pending_count;
    bool comma = false;
    uint32_t index_start = 0, index_end = 0;
    if (!nw_lower_enter(l))
        return nw_lower_error(l, start, end);
    object = nw_lower_name(l, l->start, l->end, 0);
    if (nw_lower_next(l) && nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            if (l->kind == NW_CST_OTHER)
                continue; /* the closing bracket */
            index_end = l->end;
            if (l->kind == NW_CST_COMMA_TOKEN) {
                comma = true;
                continue;
            }
            index_start = index_start ? index_start : l->start;
            nw_lower_push(l, index = nw_lower_type(l));
        }
        nw_lower_leave(l);
    }
    nw_lower_leave(l);
    comma |= index && l->ast->nodes[index].kind == NW_NODE_STARRED;
    if (comma)
        index = nw_lower_add(l, NW_NODE_TUPLE, index_start, index_end, nw_lower_list(l, mark), 0, 0);
    l->pending_count = mark;
    return nw_lower_add(l, NW_NODE_SUBSCRIPT, start, end, object, index, 0);
}

static uint32_t add_union(nw_lowering *l, uint32_t end, uint32_t left, uint32_t right)
{
    uint32_t id = nw_lower_add(l, NW_NODE_BINARY, nw_lower_outer_start(l, left), end, left, right, 0);
    l->ast->nodes[id].op = NW_OPERATOR_BIT_OR;
    return id;
}

/* The grammar groups `a[b] | c | d` to the right, Python to the left. */
static uint32_t regroup_union(nw_lowering *l, uint32_t left, uint32_t right)
{
    uint32_t mark = l->pending_count;
    nw_node node = l->ast->nodes[right];
    for (; node.kind == NW_NODE_BINARY && node.op == NW_OPERATOR_BIT_OR && !(node.flags & NW_NODE_FLAG_PARENTHESIZED); node = l->ast->nodes[right]) {
        nw_lower_push(l, right);
        right = node.a;
    }
    uint32_t id = add_union(l, nw_lower_outer_end(l, right), left, right);
    while (l->pending_count > mark) {
        node = l->ast->nodes[l->pending[--l->pending_count]];
        id = add_union(l, node.end, id, node.b);
    }
    return id;
}

/* `left | right`, `start : stop`, `left . name`, whose operands are types. */
static uint32_t lower_type_pair(nw_lowering *l, nw_cst_kind kind)
{
    uint32_t start = l->start, end = l->end, left = 0, right = 0;
    nw_symbol member = {0};
    if (nw_lower_enter(l)) {
        left = nw_lower_type(l);
        while (nw_lower_next(l)) {
            if (kind == NW_CST_MEMBER_TYPE && l->kind == NW_CST_IDENTIFIER)
                member = nw_lower_symbol(l, l->start, l->end);
            else if (l->kind == NW_CST_TYPE)
                right = nw_lower_type(l);
        }
        nw_lower_leave(l);
    }
    if (kind == NW_CST_MEMBER_TYPE)
        return nw_lower_add(l, NW_NODE_ATTRIBUTE, start, end, left, member.v, 0);
    if (kind == NW_CST_CONSTRAINED_TYPE)
        return nw_lower_add(l, NW_NODE_SLICE, start, end, left, right, 0);
    return regroup_union(l, left, right);
}

static uint32_t lower_splat_type(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, value = 0;
    if (nw_lower_enter(l)) {
        if (nw_lower_next(l))
            value = nw_lower_expression(l);
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_STARRED, start, end, value, 0, 0);
}

/* An annotation: an expression, for which the grammar has kinds of its own. */
uint32_t nw_lower_type(nw_lowering *l)
{
    uint32_t id;
    if (l->depth >= NW_SYNTAX_MAX_DEPTH)
        return nw_lower_error(l, l->start, l->end);
    if (l->kind != NW_CST_TYPE)
        return nw_lower_expression(l);
    l->depth++;
    if (!nw_lower_enter(l)) {
        id = nw_lower_error(l, l->start, l->end);
    } else {
        switch (l->kind) {
        case NW_CST_GENERIC_TYPE: id = lower_generic_type(l); break;
        case NW_CST_UNION_TYPE:
        case NW_CST_CONSTRAINED_TYPE:
        case NW_CST_MEMBER_TYPE: id = lower_type_pair(l, l->kind); break;
        case NW_CST_SPLAT_TYPE: id = lower_splat_type(l); break;
        default: id = nw_lower_expression(l);
        }
        nw_lower_leave(l);
    }
    l->depth--;
    return id;
}
