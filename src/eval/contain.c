/* `item in container`. */
#include "eval/builtin.h"
#include "eval/interpret.h"

#include <math.h>
#include <string.h>

enum { MAX_CASES = 8 };

static nw_answer contains_items(nw_eval *eval, const nw_value *items, uint32_t count, nw_value item, bool repeated)
{
    nw_answer whole = repeated ? NW_MAYBE : NW_NO;
    for (uint32_t i = 0; i < count; i++) {
        nw_answer one = nw_identical(eval, items[i], item) == NW_YES ? NW_YES : nw_equal(eval, items[i], item);
        if (one == NW_FAILED || (one == NW_YES && !repeated))
            return one;
        whole = one == NW_MAYBE ? NW_MAYBE : whole;
    }
    return whole;
}

static bool has_own_equality(nw_value key)
{
    return key.kind == NW_INSTANCE && (key.as.instance->class_->own_equality || key.as.instance->class_->opaque_base);
}

static nw_answer contains_key(nw_eval *eval, const nw_dict *dict, nw_value item)
{
    if (!nw_key_hashable(item)) {
        nw_class *class_ = nw_type_of(eval, item);
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "unhashable type: '%s'", nw_symbol_bytes(eval->symbols, class_->name));
        return NW_FAILED;
    }
    if (nw_dict_find(dict, item))
        return NW_YES;
    if (dict->open)
        return NW_MAYBE;
    /* What stands in the table under another identity may still be equal: unknown keys, and those whose class says how. */
    if (!dict->compared && nw_key_known(item) && !has_own_equality(item))
        return NW_NO;
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(dict, &position));) {
        nw_answer answer = nw_equal(eval, entry->key, item);
        if (answer != NW_NO)
            return answer;
    }
    return NW_NO;
}

static nw_answer contains_text(nw_eval *eval, nw_value container, nw_value item)
{
    nw_value part = nw_plain(item);
    if (nw_is_opaque(part))
        return NW_MAYBE;
    if (part.kind != container.kind) {
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'in <string>' requires string as left operand, not %s",
                 nw_symbol_bytes(eval->symbols, nw_type_of(eval, item)->name));
        return NW_FAILED;
    }
    nw_text text = nw_symbol_text(eval->symbols, container.as.symbol), sought = nw_symbol_text(eval->symbols, part.as.symbol);
    return nw_text_find(text, sought, 0) >= 0 ? NW_YES : NW_NO;
}

/* The function of the program whose str() a text is; NULL: it is another text. What the framework calls its own is not known here. */
static const nw_value *shown_function(const nw_eval *eval, const nw_opaque *text)
{
    bool shown = text->origin == NW_ORIGIN_EXPRESSION && text->op == NW_EXPRESSION_CALL && text->operand_count == 2 && text->operands[1].kind == NW_FUNCTION;
    const char *by = shown ? nw_symbol_bytes(eval->symbols, text->operands[0].as.symbol) : "";
    bool own = shown && !text->operands[1].as.function->module->is_catalog;
    return own && (strcmp(by, "str") == 0 || strcmp(by, "repr") == 0) ? &text->operands[1] : NULL;
}

/* str(function) is <function NAME at 0x...>: nobody knows the address, but any name can be sought in the rest. */
static nw_answer contains_name(nw_eval *eval, const nw_opaque *text, nw_value part)
{
    const nw_value *function = shown_function(eval, text);
    nw_value name = function ? nw_get_attribute(eval, *function, (nw_symbol){NW_NAME_DUNDER_QUALNAME}) : nw_error();
    if (name.kind != NW_STRING || part.kind != NW_STRING)
        return name.kind == NW_ERROR && function ? NW_FAILED : NW_MAYBE;
    nw_text sought = nw_symbol_text(eval->symbols, part.as.symbol);
    if (nw_text_find(nw_symbol_text(eval->symbols, name.as.symbol), sought, 0) >= 0)
        return NW_YES;
    bool local = function->as.function->outer != NULL; /* its name has those of the functions around it in front */
    for (size_t i = 0; i < sought.size && !local; i++)
        if (sought.bytes[i] >= 'A' && sought.bytes[i] <= 'Z')
            return NW_NO; /* neither the address nor what stands around it has capitals */
    return NW_MAYBE;
}

static nw_answer contains_range(const nw_range *range, nw_value item)
{
    if (nw_is_opaque(item))
        return NW_MAYBE;
    int64_t whole = 0;
    if (item.kind == NW_FLOAT && item.as.number == floor(item.as.number) && fabs(item.as.number) < 9e18)
        whole = (int64_t)item.as.number;
    else if (nw_is_integer(item))
        whole = item.as.integer;
    else
        return NW_NO;
    bool inside = range->step > 0 ? whole >= range->start && whole < range->stop : whole <= range->start && whole > range->stop;
    uint64_t distance = range->step > 0 ? (uint64_t)whole - (uint64_t)range->start : (uint64_t)range->start - (uint64_t)whole;
    uint64_t step = range->step > 0 ? (uint64_t)range->step : 0 - (uint64_t)range->step;
    return inside && distance % step == 0 ? NW_YES : NW_NO;
}

nw_answer nw_contains(nw_eval *eval, nw_value container, nw_value item)
{
    container = nw_settle(eval, container);
    item = nw_settle(eval, item);
    if (nw_special(eval, container, (nw_symbol){NW_NAME_DUNDER_CONTAINS})) {
        nw_value result = nw_call_special(eval, container, (nw_symbol){NW_NAME_DUNDER_CONTAINS}, &item, 1);
        nw_guard guard;
        return nw_truth(eval, result, &guard);
    }
    return nw_contains_plain(eval, container, item);
}

/* An iterator is asked on until the item is found. */
static nw_answer asked_for(nw_eval *eval, nw_iterator *iterator, nw_value item)
{
    nw_value found;
    for (;;) {
        nw_answer answer = nw_step(eval) ? nw_next(eval, iterator, &found) : NW_FAILED;
        if (answer != NW_YES)
            return answer;
        nw_answer same = nw_identical(eval, found, item) == NW_YES ? NW_YES : nw_equal(eval, found, item);
        if (same != NW_NO)
            return same;
    }
}

nw_answer nw_contains_plain(nw_eval *eval, nw_value container, nw_value item)
{
    nw_value plain = nw_plain(container);
    switch (plain.kind) {
    case NW_TUPLE:
        return contains_items(eval, plain.as.tuple->items, plain.as.tuple->count, item, false);
    case NW_LIST:
        return contains_items(eval, plain.as.list->items, plain.as.list->count, item, plain.as.list->repeated);
    case NW_DICT:
    case NW_SET:
        return contains_key(eval, plain.as.dict, item);
    case NW_STRING:
    case NW_BYTES:
        return contains_text(eval, plain, item);
    case NW_RANGE:
        return contains_range(plain.as.range, nw_plain(item));
    case NW_OPAQUE:
        return contains_name(eval, plain.as.opaque, nw_plain(item));
    case NW_PHI:
    case NW_TENSOR:
        return NW_MAYBE;
    case NW_ITERATOR:
        if (!nw_is_view(plain))
            return asked_for(eval, plain.as.iterator, item);
        /* fallthrough */
    default: {
        nw_value *items;
        uint32_t count;
        nw_answer known = nw_collect(eval, container, &items, &count);
        return known == NW_FAILED ? known : contains_items(eval, items, count, item, known == NW_MAYBE);
    }
    }
}

bool nw_contains_guard(nw_eval *eval, nw_value container, nw_value item, nw_guard *guard)
{
    nw_value *items;
    uint32_t count;
    nw_value plain = nw_plain(container);
    bool listed = plain.kind == NW_TUPLE || (plain.kind == NW_LIST && !plain.as.list->repeated) ||
                  ((plain.kind == NW_DICT || plain.kind == NW_SET) && !plain.as.dict->open);
    if (!listed || nw_collect(eval, container, &items, &count) != NW_YES || count > MAX_CASES)
        return false;
    *guard = NW_FALSE;
    for (uint32_t i = 0; i < count; i++) {
        nw_guard one = NW_FALSE;
        nw_answer answer = nw_truth(eval, nw_compare(eval, NW_OPERATOR_EQUAL, item, items[i]), &one);
        if (answer == NW_FAILED)
            return false;
        *guard = nw_bdd_or(&eval->bdd, *guard, answer == NW_YES ? NW_TRUE : answer == NW_NO ? NW_FALSE : one);
    }
    return true;
}
