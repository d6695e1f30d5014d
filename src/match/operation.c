/* Operations of a pattern, `a + b`, against those of the source: chains of sums and products in any order. */
#include "match/unify.h"

#include "match/callee.h"

#include <string.h>

enum { MAX_CHAIN = 6 };

typedef struct operand {
    nw_term term;
    nw_pattern_id pattern;
    bool inverse; /* divided by, or subtracted */
} operand;

static bool is_chain(uint8_t op)
{
    return op == NW_RULE_OPERATOR_ADD || op == NW_RULE_OPERATOR_SUBTRACT || op == NW_RULE_OPERATOR_MULTIPLY || op == NW_RULE_OPERATOR_DIVIDE;
}

static bool is_additive(uint8_t op)
{
    return op == NW_RULE_OPERATOR_ADD || op == NW_RULE_OPERATOR_SUBTRACT;
}

/* The operation at a term as a rule operator with its arguments; 0: none. */
static uint8_t operation_of(nw_match *match, nw_term term, nw_term arguments[2])
{
    const nw_node *node = nw_file_node(match->index, term.node);
    const nw_fact *fact = nw_match_fact(match, term.node);
    if (!term.node)
        return 0;
    if (!fact) {
        if (term.value.kind == NW_TENSOR || (node->kind != NW_NODE_BINARY && node->kind != NW_NODE_UNARY && node->kind != NW_NODE_AUGMENTED_ASSIGN))
            return 0;
        arguments[0] = (nw_term){node->a, nw_unset()};
        arguments[1] = (nw_term){node->kind == NW_NODE_UNARY ? 0 : node->b, nw_unset()};
        for (uint8_t op = 1; op < NW_RULE_OPERATOR_COUNT; op++)
            if (strcmp(nw_rule_operator_text((nw_rule_operator)op), nw_operator_text((nw_operator)node->op)) == 0 &&
                (op == NW_RULE_OPERATOR_NEGATE || op == NW_RULE_OPERATOR_INVERT) == (node->kind == NW_NODE_UNARY))
                return op;
        return 0;
    }
    if (fact->kind != NW_FACT_OPERATOR)
        return 0;
    nw_bound_call call = nw_call_of_fact(match, fact, term.node);
    for (uint8_t op = 1; op < NW_RULE_OPERATOR_COUNT; op++) {
        uint32_t wanted = op == NW_RULE_OPERATOR_NEGATE || op == NW_RULE_OPERATOR_INVERT ? 1 : 2;
        if (call.is_unclear || call.count < wanted || !nw_unify_is_operator_named(match, fact, term.node, nw_rule_operator_on_tensors((nw_rule_operator)op)))
            continue;
        for (uint32_t i = wanted; i < call.count; i++)
            if (!call.items[i].is_default)
                return 0;
        arguments[0] = call.items[0].term;
        arguments[1] = wanted == 2 ? call.items[1].term : (nw_term){0, nw_unset()};
        return op;
    }
    return 0;
}

/* A chain with more operands than any pattern has counts as one more than that, however long it is. */
static void flatten_term(nw_match *match, nw_term term, bool additive, bool inverse, operand *out, uint32_t *count, uint32_t depth)
{
    if (depth > MAX_CHAIN || *count > MAX_CHAIN) {
        *count = MAX_CHAIN + 1;
        return;
    }
    nw_term arguments[2], seen = nw_term_follow(match, term);
    uint8_t op = operation_of(match, seen, arguments);
    if (!op || !is_chain(op) || is_additive(op) != additive || *count + 2 > MAX_CHAIN) {
        if (*count < MAX_CHAIN)
            out[(*count)++] = (operand){.term = term, .inverse = inverse};
        return;
    }
    nw_node_set_add(match->index->eval, &match->calls, seen.node);
    flatten_term(match, arguments[0], additive, inverse, out, count, depth + 1);
    flatten_term(match, arguments[1], additive, inverse != (op == NW_RULE_OPERATOR_DIVIDE || op == NW_RULE_OPERATOR_SUBTRACT), out, count, depth + 1);
}

static void flatten_pattern(const nw_match *match, nw_pattern_id id, bool additive, bool inverse, operand *out, uint32_t *count)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    if (pattern->kind != NW_PATTERN_OPERATION || !is_chain(pattern->op) || is_additive(pattern->op) != additive || *count + 2 > MAX_CHAIN || pattern->optional) {
        if (*count < MAX_CHAIN)
            out[(*count)++] = (operand){.pattern = id, .inverse = inverse};
        return;
    }
    flatten_pattern(match, pattern->arguments[0].value, additive, inverse, out, count);
    flatten_pattern(match, pattern->arguments[1].value, additive, inverse != (pattern->op == NW_RULE_OPERATOR_DIVIDE || pattern->op == NW_RULE_OPERATOR_SUBTRACT), out, count);
}

/* Each operand of the pattern takes one of the chain with the same sign, in every possible order. */
static bool unify_operands(nw_match *match, const operand *patterns, operand *terms, uint32_t count, uint32_t at, uint32_t taken)
{
    if (at == count)
        return true;
    for (uint32_t i = 0; i < count; i++) {
        if (taken >> i & 1 || terms[i].inverse != patterns[at].inverse)
            continue;
        nw_alternative old = nw_alternative_begin(match);
        if (nw_unify(match, patterns[at].pattern, terms[i].term) && unify_operands(match, patterns, terms, count, at + 1, taken | 1u << i))
            return true;
        nw_alternative_undo(match, &old);
    }
    return false;
}

static bool unify_chain(nw_match *match, nw_pattern_id id, nw_term term)
{
    operand patterns[MAX_CHAIN], terms[MAX_CHAIN];
    uint32_t pattern_count = 0, term_count = 0;
    bool additive = is_additive(nw_match_pattern(match, id)->op);
    flatten_pattern(match, id, additive, false, patterns, &pattern_count);
    flatten_term(match, term, additive, false, terms, &term_count, 0);
    return pattern_count == term_count && pattern_count >= 2 && unify_operands(match, patterns, terms, term_count, 0, 0);
}

bool nw_unify_operation(nw_match *match, nw_pattern_id id, nw_term term)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    nw_term arguments[2];
    uint8_t op = operation_of(match, term, arguments);
    nw_alternative old = nw_alternative_begin(match);
    if (op && op == pattern->op) {
        nw_node_set_add(match->index->eval, &match->calls, term.node);
        bool matched = nw_unify(match, pattern->arguments[0].value, arguments[0]) &&
                       (pattern->argument_count < 2 || nw_unify(match, pattern->arguments[1].value, arguments[1]));
        if (matched)
            return true;
        nw_alternative_undo(match, &old);
        if (pattern->commutative && pattern->argument_count == 2) {
            nw_node_set_add(match->index->eval, &match->calls, term.node);
            if (nw_unify(match, pattern->arguments[0].value, arguments[1]) && nw_unify(match, pattern->arguments[1].value, arguments[0]))
                return true;
            nw_alternative_undo(match, &old);
        }
    }
    if (!op || !is_chain(op) || !is_chain(pattern->op) || is_additive(op) != is_additive(pattern->op))
        return false;
    return unify_chain(match, id, term) || nw_alternative_undo(match, &old);
}
