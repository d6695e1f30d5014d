/* Truth, identity, equality and order. */
#include "eval/builtin.h"
#include "eval/keras.h"

#include <math.h>
#include <string.h>

/* ---- truth ---- */

/* Under the condition that a guard adds to the path. */
static nw_guard enter(nw_eval *eval, nw_guard guard)
{
    nw_guard before = eval->path;
    eval->path = nw_bdd_and(&eval->bdd, eval->path, guard);
    return before;
}

static nw_answer truth_of_phi(nw_eval *eval, const nw_phi *phi, nw_guard *guard)
{
    nw_guard arms[2] = {NW_FALSE, NW_FALSE}, before = enter(eval, phi->guard);
    nw_answer then = nw_truth(eval, phi->then, &arms[0]);
    eval->path = before;
    if (then == NW_FAILED)
        return then;
    enter(eval, nw_bdd_not(&eval->bdd, phi->guard));
    nw_answer otherwise = nw_truth(eval, phi->otherwise, &arms[1]);
    eval->path = before;
    if (otherwise == NW_FAILED || (then == otherwise && then != NW_MAYBE))
        return otherwise;
    if (then != NW_MAYBE)
        arms[0] = then == NW_YES ? NW_TRUE : NW_FALSE;
    if (otherwise != NW_MAYBE)
        arms[1] = otherwise == NW_YES ? NW_TRUE : NW_FALSE;
    *guard = nw_bdd_ite(&eval->bdd, phi->guard, arms[0], arms[1]);
    return guard->v > 1 ? NW_MAYBE : guard->v ? NW_YES : NW_NO;
}

static nw_answer decide(nw_guard made, nw_guard *guard)
{
    *guard = made;
    return made.v > 1 ? NW_MAYBE : made.v ? NW_YES : NW_NO;
}

static nw_answer truth_of_opaque(nw_eval *eval, nw_value value, nw_guard *guard)
{
    const nw_opaque *opaque = value.as.opaque;
    if (opaque->type == NW_TYPE_CALLABLE || opaque->type == NW_TYPE_MODULE || (opaque->type == NW_TYPE_INT && opaque->minimum > 0))
        return NW_YES;
    return decide(nw_guard_of_expression(eval, value), guard);
}

static nw_answer truth_of_instance(nw_eval *eval, nw_value value, nw_guard *guard)
{
    const nw_instance *instance = value.as.instance;
    bool by_length = !nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_BOOL});
    if (!by_length || nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_LEN})) {
        nw_symbol name = {by_length ? NW_NAME_DUNDER_LEN : NW_NAME_DUNDER_BOOL};
        nw_value result = nw_call_special(eval, value, name, NULL, 0);
        return result.kind == NW_ERROR ? NW_FAILED : nw_truth(eval, result, guard);
    }
    if (instance->payload.kind > NW_UNSET)
        return nw_truth(eval, instance->payload, guard);
    return instance->class_->opaque_base && !instance->class_->is_module ? decide(nw_atom_for(eval, NW_TEST_TRUTH, value, nw_none()), guard) : NW_YES;
}

nw_answer nw_truth(nw_eval *eval, nw_value value, nw_guard *guard)
{
    value = nw_settle(eval, value);
    bool special = (value.kind == NW_LIST && value.as.list->class_) || (value.kind == NW_DICT && value.as.dict->class_) ||
                   (value.kind == NW_TUPLE && value.as.tuple->class_);
    if (special && (nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_BOOL}) || nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_LEN}))) {
        bool by_length = !nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_BOOL});
        nw_symbol name = {by_length ? NW_NAME_DUNDER_LEN : NW_NAME_DUNDER_BOOL};
        nw_value result = nw_call_special(eval, value, name, NULL, 0);
        return result.kind == NW_ERROR ? NW_FAILED : nw_truth(eval, result, guard);
    }
    switch (value.kind) {
    case NW_ERROR:
        return NW_FAILED;
    case NW_UNSET:
    case NW_NONE:
        return NW_NO;
    case NW_BOOL:
    case NW_INT:
        return value.as.integer ? NW_YES : NW_NO;
    case NW_FLOAT:
        return value.as.number != 0 ? NW_YES : NW_NO;
    case NW_STRING:
    case NW_BYTES:
        return nw_symbol_text(eval->symbols, value.as.symbol).size ? NW_YES : NW_NO;
    case NW_TUPLE:
        return value.as.tuple->count ? NW_YES : NW_NO;
    case NW_LIST:
        if (value.as.list->repeated)
            return decide(nw_atom_for(eval, NW_TEST_TRUTH, value, nw_none()), guard);
        return value.as.list->count ? NW_YES : NW_NO;
    case NW_DICT:
    case NW_SET:
        if (!value.as.dict->live && value.as.dict->open)
            return decide(nw_atom_for(eval, NW_TEST_TRUTH, value, nw_none()), guard);
        return value.as.dict->live ? NW_YES : NW_NO;
    case NW_RANGE:
        return nw_range_length(value.as.range) ? NW_YES : NW_NO;
    case NW_INSTANCE:
        return truth_of_instance(eval, value, guard);
    case NW_TENSOR:
        return nw_tensor_truth(eval, value, guard);
    case NW_OPAQUE:
        return truth_of_opaque(eval, value, guard);
    case NW_PHI:
        return truth_of_phi(eval, value.as.phi, guard);
    default:
        return NW_YES;
    }
}

/* ---- identity ---- */

/* Whether an opaque value can be of this kind at all. */
static bool may_be(const nw_opaque *opaque, nw_value other)
{
    static const uint32_t allowed[] = {
        [NW_TYPE_BOOL] = 1u << (NW_BOOL - NW_NONE), [NW_TYPE_INT] = 1u << (NW_INT - NW_NONE) | 1u << (NW_BOOL - NW_NONE),
        [NW_TYPE_FLOAT] = 1u << (NW_FLOAT - NW_NONE), [NW_TYPE_STRING] = 1u << (NW_STRING - NW_NONE),
        [NW_TYPE_NUMBER] = 1u << (NW_INT - NW_NONE) | 1u << (NW_FLOAT - NW_NONE) | 1u << (NW_BOOL - NW_NONE),
        [NW_TYPE_TUPLE] = 1u << (NW_TUPLE - NW_NONE), [NW_TYPE_LIST] = 1u << (NW_LIST - NW_NONE), [NW_TYPE_DICT] = 1u << (NW_DICT - NW_NONE),
        [NW_TYPE_COMPLEX] = 1u << (NW_INSTANCE - NW_NONE),
    };
    if (opaque->type == NW_TYPE_CALLABLE || opaque->type == NW_TYPE_MODULE)
        return other.kind == NW_OPAQUE || (other.kind >= NW_FUNCTION && other.kind <= NW_INSTANCE);
    bool computed = opaque->origin == NW_ORIGIN_EXPRESSION && opaque->op != NW_OPERATOR_NO_OPERATOR && opaque->op < NW_OPERATOR_COUNT;
    if (opaque->type == NW_TYPE_ANY)
        return !(computed && other.kind == NW_NONE); /* arithmetic never gives None */
    if (other.kind == NW_OPAQUE || other.kind == NW_INSTANCE)
        return true;
    return other.kind >= NW_NONE && other.kind - NW_NONE < 16 && (allowed[opaque->type] >> (other.kind - NW_NONE) & 1);
}

static nw_answer both_arms(nw_answer then, nw_answer otherwise)
{
    return then == NW_FAILED || otherwise == NW_FAILED ? NW_FAILED : then == otherwise ? then : NW_MAYBE;
}

nw_answer nw_identical(nw_eval *eval, nw_value left, nw_value right)
{
    left = nw_settle(eval, left);
    right = nw_settle(eval, right);
    if (left.kind == NW_PHI)
        return both_arms(nw_identical(eval, left.as.phi->then, right), nw_identical(eval, left.as.phi->otherwise, right));
    if (right.kind == NW_PHI)
        return nw_identical(eval, right, left);
    if (left.kind == NW_OPAQUE && right.kind == NW_OPAQUE && left.as.opaque == right.as.opaque)
        return NW_YES;
    if (left.kind == NW_OPAQUE || right.kind == NW_OPAQUE) {
        bool swap = left.kind != NW_OPAQUE;
        if (!may_be(swap ? right.as.opaque : left.as.opaque, swap ? left : right))
            return NW_NO;
        if (left.kind == NW_OPAQUE && right.kind == NW_OPAQUE && !may_be(right.as.opaque, left) && right.as.opaque->type != NW_TYPE_ANY)
            return NW_NO;
        return NW_MAYBE;
    }
    if (left.kind != right.kind)
        return NW_NO;
    switch (left.kind) {
    case NW_NONE:
    case NW_ELLIPSIS:
    case NW_NOT_IMPLEMENTED:
    case NW_UNSET:
        return NW_YES;
    case NW_BOOL:
    case NW_INT:
    case NW_DTYPE:
        return left.as.integer == right.as.integer ? NW_YES : NW_NO;
    case NW_FLOAT:
        return nw_operand_same(left, right) ? NW_YES : NW_NO;
    case NW_STRING:
    case NW_BYTES:
        return left.as.symbol.v == right.as.symbol.v ? NW_YES : NW_NO;
    case NW_TUPLE:
        return left.as.object == right.as.object || (left.as.tuple->count == 0 && right.as.tuple->count == 0) ? NW_YES : NW_NO;
    default:
        return left.as.object == right.as.object ? NW_YES : NW_NO;
    }
}

/* ---- equality ---- */

static nw_answer equal_items(nw_eval *eval, const nw_value *a, uint32_t a_count, const nw_value *b, uint32_t b_count)
{
    if (a_count != b_count)
        return NW_NO;
    nw_answer whole = NW_YES;
    for (uint32_t i = 0; i < a_count; i++) {
        if (!nw_step(eval)) /* lists that share their items are compared along every path to them */
            return NW_FAILED;
        nw_answer one = nw_identical(eval, a[i], b[i]) == NW_YES ? NW_YES : nw_equal(eval, a[i], b[i]);
        if (one == NW_NO || one == NW_FAILED)
            return one;
        whole = one == NW_MAYBE ? NW_MAYBE : whole;
    }
    return whole;
}

static nw_answer equal_dicts(nw_eval *eval, const nw_dict *a, const nw_dict *b, bool sets)
{
    bool open = a->open || b->open;
    if (a->live != b->live && !open)
        return NW_NO;
    nw_answer whole = open ? NW_MAYBE : NW_YES;
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(a, &position));) {
        nw_value *other = nw_dict_find(b, entry->key);
        if (!other && !b->open && nw_key_known(entry->key))
            return NW_NO;
        nw_answer one = !other ? NW_MAYBE : sets ? NW_YES : nw_equal(eval, entry->value, *other);
        if (one == NW_NO || one == NW_FAILED)
            return one;
        whole = one == NW_MAYBE ? NW_MAYBE : whole;
    }
    return whole;
}

static bool is_ordered(const nw_eval *eval, const nw_dict *dict)
{
    return dict->class_ && !dict->open && nw_is_subclass(dict->class_, eval->classes[NW_CLASS_OF_ORDERED_DICT]);
}

/* Of two OrderedDicts, order counts. */
static bool same_order(nw_eval *eval, const nw_dict *a, const nw_dict *b)
{
    uint32_t at = 0, there = 0;
    nw_dict_entry *one, *other;
    do {
        one = nw_dict_next(a, &at);
        other = nw_dict_next(b, &there);
        if (one && other && nw_equal(eval, one->key, other->key) == NW_NO)
            return false;
    } while (one && other);
    return true;
}

static nw_answer equal_native(nw_eval *eval, nw_value left, nw_value right)
{
    if (nw_is_number(left) && nw_is_number(right)) {
        if (left.kind == NW_FLOAT && isnan(left.as.number))
            return NW_NO;
        if (left.kind != NW_FLOAT && right.kind != NW_FLOAT)
            return left.as.integer == right.as.integer ? NW_YES : NW_NO;
        double a = left.kind == NW_FLOAT ? left.as.number : (double)left.as.integer, b = right.kind == NW_FLOAT ? right.as.number : (double)right.as.integer;
        return a == b ? NW_YES : NW_NO;
    }
    if (left.kind != right.kind)
        return NW_NO;
    switch (left.kind) {
    case NW_TUPLE:
        return equal_items(eval, left.as.tuple->items, left.as.tuple->count, right.as.tuple->items, right.as.tuple->count);
    case NW_LIST:
        if (left.as.list->repeated || right.as.list->repeated)
            return left.as.object == right.as.object ? NW_YES : NW_MAYBE;
        return equal_items(eval, left.as.list->items, left.as.list->count, right.as.list->items, right.as.list->count);
    case NW_DICT:
    case NW_SET:
        if (is_ordered(eval, left.as.dict) && is_ordered(eval, right.as.dict) && !same_order(eval, left.as.dict, right.as.dict))
            return NW_NO;
        return left.as.object == right.as.object ? NW_YES : equal_dicts(eval, left.as.dict, right.as.dict, left.kind == NW_SET);
    case NW_RANGE: {
        int64_t length = nw_range_length(left.as.range);
        return length == nw_range_length(right.as.range) &&
                       (length == 0 || (left.as.range->start == right.as.range->start && (length == 1 || left.as.range->step == right.as.range->step)))
                   ? NW_YES : NW_NO;
    }
    case NW_SLICE: {
        nw_value a[] = {left.as.slice->start, left.as.slice->stop, left.as.slice->step}, b[] = {right.as.slice->start, right.as.slice->stop, right.as.slice->step};
        return equal_items(eval, a, 3, b, 3);
    }
    case NW_METHOD:
        return left.as.method->self.as.object == right.as.method->self.as.object ? nw_identical(eval, left.as.method->function, right.as.method->function)
                                                                                  : NW_NO;
    default:
        return nw_identical(eval, left, right);
    }
}

/* The result of a program's __eq__, or UNSET when neither operand has one that knows the other. */
static nw_value equal_by_method(nw_eval *eval, nw_value left, nw_value right)
{
    bool goes_first = nw_derives_from_left(left, right);
    const nw_value first = goes_first ? right : left, second = goes_first ? left : right, operands[2][2] = {{first, second}, {second, first}};
    for (int i = 0; i < 2; i++) {
        if (!nw_special(eval, operands[i][0], (nw_symbol){NW_NAME_DUNDER_EQ}))
            continue;
        nw_value result = nw_call_special(eval, operands[i][0], (nw_symbol){NW_NAME_DUNDER_EQ}, &operands[i][1], 1);
        if (result.kind != NW_NOT_IMPLEMENTED)
            return result;
    }
    return nw_unset();
}

nw_answer nw_equal(nw_eval *eval, nw_value left, nw_value right)
{
    left = nw_settle(eval, left);
    right = nw_settle(eval, right);
    if (left.kind == NW_PHI)
        return both_arms(nw_equal(eval, left.as.phi->then, right), nw_equal(eval, left.as.phi->otherwise, right));
    if (right.kind == NW_PHI)
        return nw_equal(eval, right, left);
    nw_value result = equal_by_method(eval, left, right);
    if (result.kind != NW_UNSET) {
        nw_guard guard;
        return nw_truth(eval, result, &guard);
    }
    left = nw_plain(left);
    right = nw_plain(right);
    if (left.kind == NW_DTYPE && right.kind == NW_STRING && nw_keras_is_used(eval))
        return strcmp(nw_dtype_name((nw_dtype)left.as.integer), nw_symbol_bytes(eval->symbols, right.as.symbol)) == 0 ? NW_YES : NW_NO;
    if (left.kind == NW_STRING && right.kind == NW_DTYPE && nw_keras_is_used(eval))
        return nw_equal(eval, right, left);
    if (nw_is_integral(left) && nw_is_integral(right) && (left.kind == NW_OPAQUE || right.kind == NW_OPAQUE)) {
        bool exact, other;
        int64_t above = nw_linear_difference(eval, left, right, &exact), below = nw_linear_difference(eval, right, left, &other);
        return exact ? (above == 0 ? NW_YES : NW_NO) : above > 0 || below > 0 ? NW_NO : NW_MAYBE;
    }
    if (left.kind == NW_OPAQUE || right.kind == NW_OPAQUE) {
        nw_answer identical = nw_identical(eval, left, right);
        bool numbers = (left.kind == NW_OPAQUE || nw_is_number(left)) && (right.kind == NW_OPAQUE || nw_is_number(right)) &&
                       !(left.kind == NW_OPAQUE && left.as.opaque->type == NW_TYPE_STRING) && !(right.kind == NW_OPAQUE && right.as.opaque->type == NW_TYPE_STRING);
        return identical == NW_NO && numbers ? NW_MAYBE : identical; /* 1.0 == 1 */
    }
    if (left.kind == NW_TENSOR || right.kind == NW_TENSOR)
        return left.kind == right.kind ? (left.as.object == right.as.object ? NW_YES : NW_MAYBE) : nw_is_number(left) || nw_is_number(right) ? NW_MAYBE : NW_NO;
    return equal_native(eval, left, right);
}

/* ---- the operators ---- */

static nw_value test_value(nw_eval *eval, uint16_t op, nw_value left, nw_value right)
{
    const nw_value operands[] = {left, right};
    return nw_expression_intern(eval, op, NW_TYPE_BOOL, operands, 2);
}

static nw_value of_answer(nw_eval *eval, nw_answer answer, bool negate, nw_operator op, nw_value left, nw_value right)
{
    if (answer == NW_FAILED)
        return nw_error();
    return answer == NW_MAYBE ? test_value(eval, (uint16_t)op, left, right) : nw_bool((answer == NW_YES) != negate);
}

static nw_value compare_in(nw_eval *eval, bool negate, nw_value item, nw_value container)
{
    nw_answer answer = nw_contains(eval, container, item);
    nw_guard guard;
    if (answer == NW_MAYBE && nw_contains_guard(eval, container, item, &guard))
        return nw_join(eval, guard, nw_bool(!negate), nw_bool(negate));
    if (eval->exception.kind != NW_UNSET)
        return nw_error();
    return of_answer(eval, answer, negate, negate ? NW_OPERATOR_NOT_IN : NW_OPERATOR_IN, item, container);
}

/* Tuples and lists of equal length are equal when all of their items are. */
static nw_value compare_equal_items(nw_eval *eval, bool negate, const nw_value *a, const nw_value *b, uint32_t count)
{
    nw_guard whole = NW_TRUE;
    for (uint32_t i = 0; i < count; i++) {
        nw_guard one = NW_FALSE;
        nw_answer answer = nw_truth(eval, nw_compare(eval, NW_OPERATOR_EQUAL, a[i], b[i]), &one);
        if (answer == NW_FAILED)
            return nw_error();
        whole = nw_bdd_and(&eval->bdd, whole, answer == NW_YES ? NW_TRUE : answer == NW_NO ? NW_FALSE : one);
    }
    return nw_join(eval, whole, nw_bool(!negate), nw_bool(negate));
}

/* A tensor beside anything; a number of a class of its own, such as that of an enumeration, is that number. */
static nw_value compare_tensor(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    nw_value result = nw_tensor_binary(eval, op, left, right);
    return result.kind == NW_NOT_IMPLEMENTED ? nw_tensor_binary(eval, op, nw_plain(left), nw_plain(right)) : result;
}

static nw_value compare_equal(nw_eval *eval, bool negate, nw_value left, nw_value right)
{
    nw_operator op = negate ? NW_OPERATOR_NOT_EQUAL : NW_OPERATOR_EQUAL;
    if (left.kind == NW_TENSOR || right.kind == NW_TENSOR) {
        nw_value result = compare_tensor(eval, op, left, right);
        if (result.kind != NW_NOT_IMPLEMENTED)
            return result;
        return of_answer(eval, nw_identical(eval, left, right), negate, op, left, right);
    }
    if (negate && nw_special(eval, left, (nw_symbol){NW_NAME_DUNDER_NE}))
        return nw_call_special(eval, left, (nw_symbol){NW_NAME_DUNDER_NE}, &right, 1);
    nw_value result = equal_by_method(eval, left, right);
    if (result.kind != NW_UNSET)
        return negate && result.kind != NW_ERROR ? nw_unary(eval, NW_OPERATOR_NOT, result) : result;
    nw_answer answer = nw_equal(eval, left, right);
    nw_value a = nw_plain(left), b = nw_plain(right);
    if (answer == NW_MAYBE && a.kind == NW_TUPLE && b.kind == NW_TUPLE)
        return compare_equal_items(eval, negate, a.as.tuple->items, b.as.tuple->items, a.as.tuple->count);
    if (answer == NW_MAYBE && a.kind == NW_LIST && b.kind == NW_LIST && !a.as.list->repeated && !b.as.list->repeated)
        return compare_equal_items(eval, negate, a.as.list->items, b.as.list->items, a.as.list->count);
    return of_answer(eval, answer, negate, op, a, b);
}

static bool holds(nw_operator op, int order)
{
    return op == NW_OPERATOR_LESS ? order < 0 : op == NW_OPERATOR_LESS_EQUAL ? order <= 0 : op == NW_OPERATOR_GREATER ? order > 0 : order >= 0;
}

static nw_value compare_integrals(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    bool exact, other;
    int64_t above = nw_linear_difference(eval, left, right, &exact), below = nw_linear_difference(eval, right, left, &other);
    if (exact)
        return nw_bool(holds(op, above < 0 ? -1 : above > 0));
    bool strict = op == NW_OPERATOR_LESS || op == NW_OPERATOR_GREATER, less = op == NW_OPERATOR_LESS || op == NW_OPERATOR_LESS_EQUAL;
    if (above > 0 || (above == 0 && strict == less)) /* left >= right */
        return nw_bool(!less);
    if (below > 0 || (below == 0 && strict != less)) /* left <= right */
        return nw_bool(less);
    return test_value(eval, (uint16_t)op, left, right);
}

static nw_value order_items(nw_eval *eval, nw_operator op, const nw_value *a, uint32_t a_count, const nw_value *b, uint32_t b_count)
{
    for (uint32_t i = 0; i < a_count && i < b_count; i++) {
        nw_answer equal = nw_equal(eval, a[i], b[i]);
        if (equal == NW_FAILED)
            return nw_error();
        if (equal == NW_NO)
            return nw_compare(eval, op, a[i], b[i]);
        if (equal == NW_MAYBE)
            return nw_unset();
    }
    return nw_bool(holds(op, a_count < b_count ? -1 : a_count > b_count));
}

static nw_value order_sets(nw_eval *eval, nw_operator op, const nw_dict *a, const nw_dict *b)
{
    if (op == NW_OPERATOR_GREATER || op == NW_OPERATOR_GREATER_EQUAL)
        return order_sets(eval, op == NW_OPERATOR_GREATER ? NW_OPERATOR_LESS : NW_OPERATOR_LESS_EQUAL, b, a);
    uint32_t position = 0;
    bool subset = true;
    for (nw_dict_entry *entry; (entry = nw_dict_next(a, &position));)
        subset &= nw_dict_find(b, entry->key) != NULL;
    return a->open || b->open ? nw_unset() : nw_bool(subset && (op == NW_OPERATOR_LESS_EQUAL || a->live < b->live));
}

static int order_text(nw_text a, nw_text b)
{
    uint32_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;
    return order ? order : a.size < b.size ? -1 : a.size > b.size;
}

static nw_value order_numbers(nw_operator op, nw_value left, nw_value right)
{
    if (left.kind != NW_FLOAT && right.kind != NW_FLOAT)
        return nw_bool(holds(op, left.as.integer < right.as.integer ? -1 : left.as.integer > right.as.integer));
    double a = left.kind == NW_FLOAT ? left.as.number : (double)left.as.integer, b = right.kind == NW_FLOAT ? right.as.number : (double)right.as.integer;
    if (isnan(a) || isnan(b))
        return nw_bool(false);
    return nw_bool(holds(op, a < b ? -1 : a > b));
}

static nw_value order_native(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    if (nw_is_number(left) && nw_is_number(right))
        return order_numbers(op, left, right);
    if (left.kind == right.kind) {
        if (left.kind == NW_STRING || left.kind == NW_BYTES)
            return nw_bool(holds(op, order_text(nw_symbol_text(eval->symbols, left.as.symbol), nw_symbol_text(eval->symbols, right.as.symbol))));
        if (left.kind == NW_TUPLE)
            return order_items(eval, op, left.as.tuple->items, left.as.tuple->count, right.as.tuple->items, right.as.tuple->count);
        if (left.kind == NW_LIST)
            return left.as.list->repeated || right.as.list->repeated
                       ? nw_unset() : order_items(eval, op, left.as.list->items, left.as.list->count, right.as.list->items, right.as.list->count);
        if (left.kind == NW_SET)
            return order_sets(eval, op, left.as.dict, right.as.dict);
    }
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' not supported between instances of '%s' and '%s'", nw_operator_text(op),
                    nw_symbol_bytes(eval->symbols, nw_type_of(eval, left)->name), nw_symbol_bytes(eval->symbols, nw_type_of(eval, right)->name));
}

static nw_value order_by_method(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    static const uint16_t names[] = {NW_NAME_DUNDER_LT, NW_NAME_DUNDER_LE, NW_NAME_DUNDER_GT, NW_NAME_DUNDER_GE};
    static const uint16_t reflected[] = {NW_NAME_DUNDER_GT, NW_NAME_DUNDER_GE, NW_NAME_DUNDER_LT, NW_NAME_DUNDER_LE};
    unsigned at = (unsigned)op - NW_OPERATOR_LESS;
    nw_value result = (nw_value){.kind = NW_NOT_IMPLEMENTED};
    bool goes_first = nw_derives_from_left(left, right) && nw_special(eval, right, (nw_symbol){reflected[at]});
    if (goes_first)
        result = nw_call_special(eval, right, (nw_symbol){reflected[at]}, &left, 1);
    if (result.kind == NW_NOT_IMPLEMENTED && nw_special(eval, left, (nw_symbol){names[at]}))
        result = nw_call_special(eval, left, (nw_symbol){names[at]}, &right, 1);
    if (result.kind == NW_NOT_IMPLEMENTED && !goes_first && nw_special(eval, right, (nw_symbol){reflected[at]}))
        result = nw_call_special(eval, right, (nw_symbol){reflected[at]}, &left, 1);
    return result;
}

static nw_value compare_order(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    if (left.kind == NW_TENSOR || right.kind == NW_TENSOR) {
        nw_value result = compare_tensor(eval, op, left, right);
        if (result.kind != NW_NOT_IMPLEMENTED)
            return result;
    }
    nw_value result = order_by_method(eval, op, left, right);
    if (result.kind != NW_NOT_IMPLEMENTED)
        return result;
    nw_value a = nw_plain(left), b = nw_plain(right);
    if (nw_is_integral(a) && nw_is_integral(b) && (a.kind == NW_OPAQUE || b.kind == NW_OPAQUE))
        return compare_integrals(eval, op, a, b);
    if (a.kind == NW_OPAQUE && b.kind == NW_OPAQUE && a.as.opaque == b.as.opaque)
        return nw_bool(op == NW_OPERATOR_LESS_EQUAL || op == NW_OPERATOR_GREATER_EQUAL);
    bool opaque_base = (a.kind == NW_INSTANCE && a.as.instance->class_->opaque_base) || (b.kind == NW_INSTANCE && b.as.instance->class_->opaque_base);
    if (a.kind == NW_OPAQUE || b.kind == NW_OPAQUE || opaque_base)
        return test_value(eval, (uint16_t)op, a, b);
    result = order_native(eval, op, a, b);
    return result.kind == NW_UNSET ? test_value(eval, (uint16_t)op, a, b) : result;
}

typedef struct gated {
    nw_operator op;
    nw_value other;
    bool swapped;
} gated;

static nw_value compare_arm(nw_eval *eval, nw_value arm, void *data)
{
    const gated *of = data;
    return of->swapped ? nw_compare(eval, of->op, of->other, arm) : nw_compare(eval, of->op, arm, of->other);
}

/* The keys and items of a dictionary are compared as sets; its values are themselves alone. */
static nw_value as_compared(nw_eval *eval, nw_operator op, nw_value value)
{
    bool by_items = op != NW_OPERATOR_IS && op != NW_OPERATOR_IS_NOT && op != NW_OPERATOR_IN && op != NW_OPERATOR_NOT_IN;
    value = nw_settle(eval, value);
    return by_items && nw_is_view(value) && value.as.iterator->kind != NW_ITERATE_DICT_VALUES ? nw_set_of(eval, value) : value;
}

nw_value nw_compare(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    left = as_compared(eval, op, left);
    right = as_compared(eval, op, right);
    if (left.kind == NW_ERROR || right.kind == NW_ERROR)
        return nw_error();
    if (left.kind == NW_PHI || right.kind == NW_PHI) {
        gated data = {op, left.kind == NW_PHI ? right : left, left.kind != NW_PHI};
        return nw_each_arm(eval, left.kind == NW_PHI ? left : right, compare_arm, &data);
    }
    switch (op) {
    case NW_OPERATOR_IS:
    case NW_OPERATOR_IS_NOT:
        return of_answer(eval, nw_identical(eval, left, right), op == NW_OPERATOR_IS_NOT, op, left, right);
    case NW_OPERATOR_EQUAL:
    case NW_OPERATOR_NOT_EQUAL:
        return compare_equal(eval, op == NW_OPERATOR_NOT_EQUAL, left, right);
    case NW_OPERATOR_IN:
    case NW_OPERATOR_NOT_IN:
        return compare_in(eval, op == NW_OPERATOR_NOT_IN, left, right);
    default:
        return compare_order(eval, op, left, right);
    }
}
