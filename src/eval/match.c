/* match: patterns tried in order. A pattern that cannot be decided makes the whole statement's branches alternatives. */
#include "eval/interpret.h"

static nw_answer match_pattern(nw_eval *eval, uint32_t pattern, nw_value subject, nw_guard *guard);

static nw_answer both(nw_eval *eval, nw_answer all, nw_guard *guard, nw_answer one, nw_guard one_guard)
{
    if (all == NW_FAILED || one == NW_FAILED)
        return NW_FAILED;
    if (all == NW_NO || one == NW_NO)
        return NW_NO;
    if (one == NW_MAYBE)
        *guard = all == NW_MAYBE ? nw_bdd_and(&eval->bdd, *guard, one_guard) : one_guard;
    return all == NW_MAYBE || one == NW_MAYBE ? NW_MAYBE : NW_YES;
}

static nw_answer match_value(nw_eval *eval, const nw_node *node, nw_value subject, nw_guard *guard)
{
    nw_value expected = nw_evaluate(eval, node->a);
    if (expected.kind == NW_ERROR)
        return NW_FAILED;
    bool identity = expected.kind == NW_NONE || expected.kind == NW_BOOL;
    nw_value equal = nw_compare(eval, identity ? NW_OPERATOR_IS : NW_OPERATOR_EQUAL, subject, expected);
    return equal.kind == NW_ERROR ? NW_FAILED : nw_truth(eval, equal, guard);
}

static nw_answer match_sequence(nw_eval *eval, const nw_node *node, nw_value subject, nw_guard *guard)
{
    nw_list list = nw_ast_list(nw_ast_here(eval), node->a);
    if (subject.kind != NW_TUPLE && subject.kind != NW_LIST && subject.kind != NW_RANGE)
        return subject.kind == NW_OPAQUE ? (*guard = nw_bdd_atom(&eval->bdd), NW_MAYBE) : NW_NO;
    nw_value *items;
    uint32_t count, star = list.count;
    for (uint32_t i = 0; i < list.count; i++)
        if (nw_node_at(eval, list.items[i])->kind == NW_NODE_PATTERN_STAR)
            star = i;
    if (nw_collect(eval, subject, &items, &count) != NW_YES)
        return *guard = nw_bdd_atom(&eval->bdd), NW_MAYBE;
    if (star == list.count ? count != list.count : count + 1 < list.count)
        return NW_NO;
    nw_answer all = NW_YES;
    for (uint32_t i = 0; i < list.count && all != NW_NO && all != NW_FAILED; i++) {
        const nw_node *part = nw_node_at(eval, list.items[i]);
        if (i == star) {
            if (part->a && !nw_assign(eval, part->a, nw_list_new(eval, items + i, count + 1 - list.count)))
                return NW_FAILED;
            continue;
        }
        nw_guard one = NW_TRUE;
        all = both(eval, all, guard, match_pattern(eval, list.items[i], items[i < star ? i : i + count - list.count], &one), one);
    }
    return all;
}

static nw_answer match_mapping(nw_eval *eval, const nw_node *node, nw_value subject, nw_guard *guard)
{
    nw_list list = nw_ast_list(nw_ast_here(eval), node->a);
    if (subject.kind != NW_DICT)
        return subject.kind == NW_OPAQUE ? (*guard = nw_bdd_atom(&eval->bdd), NW_MAYBE) : NW_NO;
    nw_dict *rest = nw_dict_copy(eval, subject.as.dict);
    nw_answer all = NW_YES;
    for (uint32_t i = 0; i + 1 < list.count && all != NW_NO && all != NW_FAILED; i += 2) {
        nw_value key = nw_evaluate(eval, list.items[i]);
        if (key.kind == NW_ERROR)
            return NW_FAILED;
        nw_value *found = nw_dict_find(subject.as.dict, key);
        if (!found)
            return subject.as.dict->open ? (*guard = nw_bdd_atom(&eval->bdd), NW_MAYBE) : NW_NO;
        nw_dict_remove(eval, rest, key);
        nw_guard one = NW_TRUE;
        all = both(eval, all, guard, match_pattern(eval, list.items[i + 1], *found, &one), one);
    }
    if (node->b && all != NW_NO && !nw_assign(eval, node->b, (nw_value){.kind = NW_DICT, .as.dict = rest}))
        return NW_FAILED;
    return all;
}

static nw_answer match_class(nw_eval *eval, const nw_node *node, nw_value subject, nw_guard *guard)
{
    nw_value class_ = nw_evaluate(eval, node->a);
    if (class_.kind == NW_ERROR)
        return NW_FAILED;
    nw_answer all = nw_is_instance(eval, subject, class_);
    if (all == NW_MAYBE)
        *guard = nw_bdd_atom(&eval->bdd);
    nw_list list = nw_ast_list(nw_ast_here(eval), node->b);
    for (uint32_t i = 0; i < list.count && all != NW_NO && all != NW_FAILED; i++) {
        const nw_node *part = nw_node_at(eval, list.items[i]);
        nw_value field = subject;
        uint32_t inner = list.items[i];
        if (part->kind == NW_NODE_KEYWORD) {
            field = nw_get_attribute(eval, subject, (nw_symbol){part->a});
            inner = part->b;
        } else if (subject.kind == NW_INSTANCE) {
            nw_value names = nw_get_attribute(eval, class_, (nw_symbol){NW_NAME_DUNDER_MATCH_ARGS});
            nw_value name = names.kind == NW_ERROR ? names : nw_get_item(eval, names, nw_int(i));
            field = name.kind == NW_STRING ? nw_get_attribute(eval, subject, name.as.symbol) : nw_error();
        }
        if (field.kind == NW_ERROR) {
            if (!nw_exception_is(eval, NW_EXCEPTION_ATTRIBUTE_ERROR))
                return NW_FAILED;
            nw_exception_clear(eval);
            return NW_NO;
        }
        nw_guard one = NW_TRUE;
        all = both(eval, all, guard, match_pattern(eval, inner, field, &one), one);
    }
    return all;
}

static nw_answer match_alternatives(nw_eval *eval, const nw_node *node, nw_value subject, nw_guard *guard)
{
    nw_list list = nw_ast_list(nw_ast_here(eval), node->a);
    nw_answer any = NW_NO;
    *guard = NW_FALSE;
    for (uint32_t i = 0; i < list.count; i++) {
        nw_guard one = NW_TRUE;
        nw_answer answer = match_pattern(eval, list.items[i], subject, &one);
        if (answer == NW_YES || answer == NW_FAILED)
            return answer;
        if (answer == NW_MAYBE) {
            *guard = nw_bdd_or(&eval->bdd, *guard, one);
            any = NW_MAYBE;
        }
    }
    return any;
}

static nw_answer match_pattern(nw_eval *eval, uint32_t pattern, nw_value subject, nw_guard *guard)
{
    const nw_node *node = nw_node_at(eval, pattern);
    subject = nw_settle(eval, subject);
    switch (node->kind) {
    case NW_NODE_PATTERN_VALUE: return match_value(eval, node, subject, guard);
    case NW_NODE_PATTERN_CAPTURE: {
        nw_answer inner = node->b ? match_pattern(eval, node->b, subject, guard) : NW_YES;
        if (node->a && inner != NW_NO && inner != NW_FAILED && !nw_assign(eval, node->a, subject))
            return NW_FAILED;
        return inner;
    }
    case NW_NODE_PATTERN_SEQUENCE: return match_sequence(eval, node, subject, guard);
    case NW_NODE_PATTERN_MAPPING: return match_mapping(eval, node, subject, guard);
    case NW_NODE_PATTERN_CLASS: return match_class(eval, node, subject, guard);
    case NW_NODE_PATTERN_OR: return match_alternatives(eval, node, subject, guard);
    default: return NW_FAILED;
    }
}

static nw_status run_cases(nw_eval *eval, nw_list cases, uint32_t index, nw_value subject, nw_value *value)
{
    for (; index < cases.count; index++) {
        const nw_node *one = nw_node_at(eval, cases.items[index]);
        nw_guard guard = NW_TRUE, condition = NW_TRUE;
        nw_answer answer = match_pattern(eval, one->a, subject, &guard);
        if (one->b && (answer == NW_YES || answer == NW_MAYBE))
            answer = both(eval, answer, &guard, nw_evaluate_test(eval, one->b, &condition), condition);
        if (answer == NW_FAILED)
            return nw_failure(eval);
        if (answer == NW_YES)
            return nw_execute_list(eval, one->c, value);
        if (answer == NW_NO)
            continue;
        nw_split split;
        nw_value first = nw_none(), second = nw_none();
        if (!eval->environment->open)
            nw_report_loss(eval, NW_DIAG_VALUE_DEPENDENT, nw_here(eval), nw_symbol_of(eval->symbols, "match"));
        nw_split_begin(eval, &split, guard);
        nw_status status = nw_execute_list(eval, one->c, &first);
        nw_split_other(eval, &split, guard, status, first);
        status = status == NW_STOP ? status : run_cases(eval, cases, index + 1, subject, &second);
        status = nw_split_end(eval, &split, status, &second);
        *value = second;
        return status;
    }
    return NW_NEXT;
}

nw_status nw_execute_match(nw_eval *eval, uint32_t node_id, nw_value *value)
{
    const nw_node *node = nw_node_at(eval, node_id);
    nw_value subject = nw_evaluate(eval, node->a);
    if (subject.kind == NW_ERROR)
        return nw_failure(eval);
    return run_cases(eval, nw_ast_list(nw_ast_here(eval), node->b), 0, subject, value);
}
