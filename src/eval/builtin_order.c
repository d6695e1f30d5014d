/* Built-in functions that compare: sorted, min, max. */
#include "eval/builtin.h"

#include "eval/interpret.h"
#include "eval/tensor.h"

#include <string.h>

/* Merges two sorted runs; `a` comes first where both are equal. */
static nw_answer merge(nw_eval *eval, nw_value (*pairs)[2], nw_value (*room)[2], uint32_t low, uint32_t middle, uint32_t high, bool reverse)
{
    uint32_t a = low, b = middle, at = low;
    while (a < middle && b < high) {
        nw_guard guard;
        nw_value less = reverse ? nw_compare(eval, NW_OPERATOR_LESS, pairs[a][0], pairs[b][0]) : nw_compare(eval, NW_OPERATOR_LESS, pairs[b][0], pairs[a][0]);
        nw_answer answer = nw_truth(eval, less, &guard);
        if (answer == NW_FAILED || answer == NW_MAYBE)
            return answer;
        memcpy(room[at++], answer == NW_YES ? pairs[b++] : pairs[a++], sizeof *room);
    }
    while (a < middle)
        memcpy(room[at++], pairs[a++], sizeof *room);
    while (b < high)
        memcpy(room[at++], pairs[b++], sizeof *room);
    memcpy(pairs + low, room + low, (high - low) * sizeof *room);
    return NW_YES;
}

nw_answer nw_sort(nw_eval *eval, nw_value *items, uint32_t count, nw_value key, bool reverse)
{
    nw_value(*pairs)[2] = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *pairs), (*room)[2] = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *room);
    for (uint32_t i = 0; i < count; i++) {
        pairs[i][0] = key.kind == NW_NONE ? items[i] : nw_call_values(eval, key, &items[i], 1);
        pairs[i][1] = items[i];
        if (pairs[i][0].kind == NW_ERROR)
            return NW_FAILED;
    }
    for (uint32_t width = 1; width < count; width *= 2)
        for (uint32_t low = 0; low + width < count; low += 2 * width) {
            uint32_t high = low + 2 * width < count ? low + 2 * width : count;
            nw_answer answer = merge(eval, pairs, room, low, low + width, high, reverse);
            if (answer != NW_YES)
                return answer;
        }
    for (uint32_t i = 0; i < count; i++)
        items[i] = pairs[i][1];
    return NW_YES;
}

nw_value nw_sorted_list(nw_eval *eval, nw_value iterable, nw_value key, bool reverse)
{
    nw_value *items;
    uint32_t count;
    nw_answer known = nw_collect(eval, iterable, &items, &count);
    if (known == NW_YES)
        known = nw_sort(eval, items, count, key, reverse);
    if (known == NW_FAILED)
        return nw_error();
    if (known == NW_YES)
        return nw_list_new(eval, items, count);
    return nw_repeated_list(eval, nw_any_of(eval, items, count)); /* in an order that is not known */
}

NW_NATIVE_FUNCTION(function_sorted)
{
    NW_BIND("sorted", "iterable, *, key=, reverse=", 3);
    nw_guard guard;
    (void)self;
    bool reverse = out[2].kind != NW_UNSET && nw_truth(eval, out[2], &guard) == NW_YES;
    return nw_sorted_list(eval, out[0], out[1].kind == NW_UNSET ? nw_none() : out[1], reverse);
}

typedef struct extreme {
    const char *name;
    bool greatest;
} extreme;

static int64_t least_of(nw_value value)
{
    return nw_is_integer(value) ? value.as.integer : value.kind == NW_OPAQUE ? value.as.opaque->minimum : INT64_MIN;
}

/* A whole number whose value nobody knows in place of an integer tensor without dimensions: as a size it is one. */
static nw_value number_of(nw_eval *eval, nw_value value)
{
    const nw_tensor *tensor = value.kind == NW_TENSOR ? value.as.tensor : NULL;
    if (!tensor || !tensor->shape || tensor->rank || nw_dtype_category((nw_dtype)tensor->dtype) != 1)
        return value;
    nw_value number = nw_lost(eval, NW_DIAG_VALUE_DEPENDENT, "the number in a tensor");
    number.as.opaque->type = NW_TYPE_INT;
    return number;
}

/* min or max of values whose order is not known. */
static nw_value unknown_extreme(nw_eval *eval, const extreme *of, const nw_value *given, uint32_t count)
{
    nw_value *items = nw_arena_alloc(&eval->arena, count * sizeof *items);
    bool numbers_too = false;
    for (uint32_t i = 0; i < count; i++)
        numbers_too |= given[i].kind != NW_TENSOR;
    for (uint32_t i = 0; i < count; i++)
        items[i] = numbers_too ? number_of(eval, given[i]) : given[i];
    bool integers = true, numbers = true;
    int64_t bound = least_of(items[0]);
    for (uint32_t i = 0; i < count; i++) {
        nw_opaque_type type = items[i].kind == NW_OPAQUE ? (nw_opaque_type)items[i].as.opaque->type : NW_TYPE_ANY;
        int64_t least = least_of(items[i]);
        integers &= nw_is_integral(items[i]);
        numbers &= nw_is_number(items[i]) || type == NW_TYPE_INT || type == NW_TYPE_FLOAT || type == NW_TYPE_NUMBER;
        bound = (of->greatest ? least > bound : least < bound) ? least : bound;
    }
    nw_value result = nw_expression_call(eval, of->name, integers ? NW_TYPE_INT : numbers ? NW_TYPE_NUMBER : NW_TYPE_ANY, items, count);
    if (integers && result.as.opaque->minimum < bound)
        result.as.opaque->minimum = bound;
    return result;
}

static nw_value pick_extreme(nw_eval *eval, const extreme *of, const nw_value *items, uint32_t count, nw_value key)
{
    nw_value best = items[0], best_key = nw_unset();
    for (uint32_t i = 0; i < count; i++) {
        nw_value item_key = key.kind == NW_NONE ? items[i] : nw_call_values(eval, key, &items[i], 1);
        nw_guard guard;
        if (item_key.kind == NW_ERROR)
            return item_key;
        if (i) {
            nw_value better = nw_compare(eval, of->greatest ? NW_OPERATOR_GREATER : NW_OPERATOR_LESS, item_key, best_key);
            nw_answer answer = nw_truth(eval, better, &guard);
            if (answer == NW_FAILED)
                return nw_error();
            if (answer == NW_MAYBE)
                return unknown_extreme(eval, of, items, count);
            if (answer == NW_NO)
                continue;
        }
        best = items[i];
        best_key = item_key;
    }
    return best;
}

static nw_value extreme_of(nw_eval *eval, const extreme *of, const nw_arguments *arguments)
{
    nw_value key = nw_none(), otherwise = nw_unset(), *items = arguments->positional;
    uint32_t count = arguments->positional_count;
    for (uint32_t i = 0; i < arguments->named_count; i++) {
        if (arguments->names[i].v == NW_NAME_KEY)
            key = nw_settle(eval, arguments->named[i]);
        else if (arguments->names[i].v == NW_NAME_DEFAULT)
            otherwise = arguments->named[i];
        else
            return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s() got an unexpected keyword argument", of->name);
    }
    nw_answer known = NW_YES;
    if (count == 0 && !arguments->open)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s expected at least 1 argument, got 0", of->name);
    if (count == 1 && !arguments->open)
        known = nw_collect(eval, arguments->positional[0], &items, &count);
    if (known == NW_FAILED)
        return nw_error();
    if (known == NW_MAYBE || arguments->open) {
        nw_value result = nw_unknown_call(eval, of->name, known == NW_MAYBE && nw_is_integral(items[0]) ? NW_TYPE_INT : NW_TYPE_ANY, arguments);
        if (known == NW_MAYBE && result.kind == NW_OPAQUE && nw_is_integral(items[0]) && otherwise.kind == NW_UNSET)
            result.as.opaque->minimum = least_of(items[0]);
        return result;
    }
    if (count == 0)
        return otherwise.kind != NW_UNSET ? otherwise : nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "%s() arg is an empty sequence", of->name);
    return pick_extreme(eval, of, items, count, key);
}

NW_NATIVE_FUNCTION(function_min)
{
    (void)self;
    return extreme_of(eval, &(extreme){"min", false}, arguments);
}

NW_NATIVE_FUNCTION(function_max)
{
    (void)self;
    return extreme_of(eval, &(extreme){"max", true}, arguments);
}

void nw_builtin_order_install(nw_eval *eval)
{
    static const nw_method_row functions[] = {{"sorted", function_sorted}, {"min", function_min}, {"max", function_max}, {0}};
    nw_install_functions(eval, functions);
}
