/* Iteration, length, and what stands for items of unknown number. */
#include "eval/builtin.h"

#include "eval/coroutine.h"
#include "eval/generator.h"
#include "eval/interpret.h"
#include "eval/set_order.h"

#include <string.h>

enum { MOST_UNKNOWN_ITEMS = 64 };

/* ---- representatives ---- */

nw_value nw_list_value(nw_sequence *list)
{
    return (nw_value){.kind = NW_LIST, .as.list = list};
}

nw_value nw_dict_value(nw_dict *dict)
{
    return (nw_value){.kind = NW_DICT, .as.dict = dict};
}

nw_value nw_set_value(nw_dict *set)
{
    return (nw_value){.kind = NW_SET, .as.dict = set};
}

nw_value nw_repeated_list(nw_eval *eval, nw_value item)
{
    if (item.kind == NW_UNSET)
        item = nw_lost(eval, NW_DIAG_LOOP_SUMMARISED, "items of unknown number");
    nw_value list = nw_list_new(eval, &item, 1);
    list.as.list->repeated = true;
    return list;
}

static bool all_modules_alike(const nw_value *items, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (items[i].kind != NW_INSTANCE || !items[i].as.instance->class_->is_module || items[i].as.instance->class_ != items[0].as.instance->class_)
            return false;
    return true;
}

/* The type that all of these are of, ANY when there is none. */
static nw_opaque_type common_type(const nw_value *items, uint32_t count)
{
    bool integers = true, numbers = true, strings = true;
    for (uint32_t i = 0; i < count; i++) {
        nw_opaque_type type = items[i].kind == NW_OPAQUE ? (nw_opaque_type)items[i].as.opaque->type : NW_TYPE_ANY;
        integers &= nw_is_integral(items[i]);
        numbers &= nw_is_number(items[i]) || type == NW_TYPE_INT || type == NW_TYPE_FLOAT || type == NW_TYPE_NUMBER;
        strings &= items[i].kind == NW_STRING || type == NW_TYPE_STRING;
    }
    return integers ? NW_TYPE_INT : numbers ? NW_TYPE_NUMBER : strings ? NW_TYPE_STRING : NW_TYPE_ANY;
}

nw_value nw_any_of(nw_eval *eval, const nw_value *items, uint32_t count)
{
    if (count == 0)
        return nw_unset();
    bool same = true;
    for (uint32_t i = 1; i < count && same; i++)
        same = nw_operand_same(items[0], items[i]);
    if (same || all_modules_alike(items, count))
        return items[0];
    nw_opaque_type type = common_type(items, count);
    if (type != NW_TYPE_ANY && count > 4) {
        nw_value tuple = nw_tuple_new(eval, items, count), any = nw_expression_call(eval, "any", type, &tuple, 1);
        for (uint32_t i = 0; type == NW_TYPE_INT && i < count; i++) {
            int64_t least = nw_is_integer(items[i]) ? items[i].as.integer : items[i].as.opaque->minimum;
            any.as.opaque->minimum = i == 0 || least < any.as.opaque->minimum ? least : any.as.opaque->minimum;
        }
        return any;
    }
    if (count > 8)
        return nw_lost(eval, NW_DIAG_JOIN_LOST, "one of %u values", count);
    nw_value any = items[count - 1];
    for (uint32_t i = count - 1; i-- > 0;)
        if (nw_identical(eval, items[i], any) != NW_YES)
            any = nw_join(eval, nw_bdd_atom(&eval->bdd), items[i], any);
    return any;
}

static nw_value element_of_opaque(nw_eval *eval, nw_value container)
{
    const nw_value operands[] = {container, {.kind = NW_ELLIPSIS}};
    nw_opaque_type type = container.kind == NW_OPAQUE && container.as.opaque->type == NW_TYPE_STRING ? NW_TYPE_STRING : NW_TYPE_ANY;
    return nw_expression_intern(eval, NW_EXPRESSION_ITEM, type, operands, 2);
}

/* What stands for any item; UNSET when there is none. */
nw_value nw_element_of(nw_eval *eval, nw_value container)
{
    nw_value plain = nw_plain(container), *items;
    uint32_t count;
    if (nw_is_opaque(plain))
        return element_of_opaque(eval, plain);
    if (nw_collect(eval, container, &items, &count) == NW_FAILED)
        return nw_error();
    return nw_any_of(eval, items, count);
}

/* ---- making iterators ---- */

static nw_value opaque_iterator(nw_eval *eval, nw_value source, nw_value element)
{
    nw_iterator *iterator = nw_iterator_make(eval, NW_ITERATE_OPAQUE, source);
    iterator->extra = element;
    return nw_iterator_value(iterator);
}

/* Of a gated iterable: item by item when both arms have equally many. */
static nw_value iterate_phi(nw_eval *eval, nw_value value)
{
    nw_value *a, *b;
    uint32_t a_count, b_count;
    nw_answer first = nw_collect(eval, value.as.phi->then, &a, &a_count), second;
    if (first == NW_FAILED || (second = nw_collect(eval, value.as.phi->otherwise, &b, &b_count)) == NW_FAILED) {
        if (eval->exception.kind == NW_UNSET)
            return nw_error();
        nw_exception_clear(eval); /* one arm cannot be iterated: the other one is meant */
        return nw_iterate(eval, first == NW_FAILED ? value.as.phi->otherwise : value.as.phi->then);
    }
    if (first == NW_YES && second == NW_YES && a_count == b_count) {
        for (uint32_t i = 0; i < a_count; i++)
            a[i] = nw_join(eval, value.as.phi->guard, a[i], b[i]);
        return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_SEQUENCE, nw_tuple_new(eval, a, a_count)));
    }
    nw_value either[] = {nw_any_of(eval, a, a_count), nw_any_of(eval, b, b_count)};
    return opaque_iterator(eval, value, a_count == 0 ? either[1] : b_count == 0 ? either[0] : nw_any_of(eval, either, 2));
}

static nw_value iterate_special(nw_eval *eval, nw_value value)
{
    nw_value result = nw_settle(eval, nw_call_special(eval, value, (nw_symbol){NW_NAME_DUNDER_ITER}, NULL, 0));
    if (result.kind == NW_INSTANCE && nw_special(eval, result, (nw_symbol){NW_NAME_DUNDER_NEXT}))
        return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_OBJECT, result));
    if (result.kind == NW_ERROR || result.kind == NW_ITERATOR)
        return result;
    return result.kind == value.kind && result.as.object == value.as.object ? opaque_iterator(eval, value, element_of_opaque(eval, value))
                                                                             : nw_iterate(eval, result);
}

static nw_value not_iterable(nw_eval *eval, nw_value value)
{
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' object is not iterable", nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
}

nw_value nw_iterate(nw_eval *eval, nw_value value)
{
    value = nw_settle(eval, value);
    if (nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_ITER}))
        return iterate_special(eval, value);
    nw_value plain = nw_plain(value);
    switch (plain.kind) {
    case NW_ERROR:
        return plain;
    case NW_ITERATOR:
        return nw_is_view(plain) ? nw_iterator_value(nw_iterator_make(eval, (nw_iterator_kind)plain.as.iterator->kind, plain.as.iterator->source)) : plain;
    case NW_LIST:
    case NW_TUPLE:
        return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_SEQUENCE, plain));
    case NW_SET: {
        nw_value ordered = nw_set_ordered(eval, plain.as.dict);
        if (ordered.kind == NW_TUPLE)
            return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_SEQUENCE, ordered));
        return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_DICT_KEYS, plain));
    }
    case NW_DICT:
        return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_DICT_KEYS, plain));
    case NW_RANGE:
        return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_RANGE, plain));
    case NW_STRING:
    case NW_BYTES:
        return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_STRING, plain));
    case NW_TENSOR:
        return nw_tensor_iterate(eval, plain);
    case NW_OPAQUE:
        return plain.as.opaque->type == NW_TYPE_INT || plain.as.opaque->type == NW_TYPE_FLOAT || plain.as.opaque->type == NW_TYPE_BOOL
                   ? nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "a number is not iterable") : opaque_iterator(eval, plain, element_of_opaque(eval, plain));
    case NW_PHI:
        return iterate_phi(eval, plain);
    case NW_INSTANCE:
        if (nw_special(eval, plain, (nw_symbol){NW_NAME_DUNDER_GETITEM}))
            return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_GETITEM, plain));
        return plain.as.instance->class_->opaque_base ? opaque_iterator(eval, plain, element_of_opaque(eval, plain)) : not_iterable(eval, value);
    default:
        return not_iterable(eval, value);
    }
}

/* ---- advancing ---- */

static void advance(nw_eval *eval, nw_iterator *iterator)
{
    nw_trail_iterator(eval, iterator);
    iterator->position++;
}

static nw_answer next_of_coroutine(nw_eval *eval, nw_iterator *iterator, nw_value *item);

static nw_answer next_of_sequence(nw_eval *eval, nw_iterator *iterator, nw_value *item)
{
    bool is_list = iterator->source.kind == NW_LIST;
    const nw_value *items = is_list ? iterator->source.as.list->items : iterator->source.as.tuple->items;
    uint32_t count = is_list ? iterator->source.as.list->count : iterator->source.as.tuple->count;
    if (is_list && iterator->source.as.list->repeated) {
        if (count)
            *item = items[0];
        return count ? NW_MAYBE : NW_NO;
    }
    if (iterator->position >= count && iterator->cut) { /* nobody knows what follows, nor how much */
        nw_report_loss(eval, NW_DIAG_MEMORY_LIMIT, nw_here(eval), nw_symbol_of(eval->symbols, ": a generator that may have no end"));
        *item = nw_lost(eval, NW_DIAG_MEMORY_LIMIT, ": a generator that may have no end");
        return NW_MAYBE;
    }
    if (iterator->position >= count && iterator->coroutine)
        return next_of_coroutine(eval, iterator, item);
    if (iterator->position >= count && iterator->runs) {
        nw_generator_refuse(eval);
        return NW_FAILED;
    }
    if (iterator->position >= count)
        return NW_NO;
    *item = items[iterator->position];
    advance(eval, iterator);
    return NW_YES;
}

static nw_answer next_of_coroutine(nw_eval *eval, nw_iterator *iterator, nw_value *item)
{
    nw_answer answer = nw_coroutine_resume(eval, iterator, NW_NEXT, nw_none());
    *item = answer == NW_MAYBE ? nw_lost(eval, NW_DIAG_UNSUPPORTED, "an item of a generator") : nw_none();
    return answer == NW_YES ? next_of_sequence(eval, iterator, item) : answer;
}

static nw_value dict_item(nw_eval *eval, const nw_iterator *iterator, nw_value key, nw_value value)
{
    const nw_value pair[] = {key, value};
    return iterator->kind == NW_ITERATE_DICT_KEYS ? key : iterator->kind == NW_ITERATE_DICT_VALUES ? value : nw_tuple_new(eval, pair, 2);
}

/* One item for every entry from `position` on. */
static nw_value any_further_entry(nw_eval *eval, const nw_iterator *iterator, uint32_t position)
{
    const nw_dict *dict = iterator->source.as.dict;
    nw_value *keys = nw_arena_alloc(&eval->arena, 2 * (dict->live + 1) * sizeof *keys), *values = keys + dict->live + 1;
    uint32_t count = 0;
    for (const nw_dict_entry *entry; (entry = nw_dict_next(dict, &position)); count++) {
        keys[count] = entry->key;
        values[count] = nw_settle(eval, entry->value);
    }
    return dict_item(eval, iterator, nw_any_of(eval, keys, count), nw_any_of(eval, values, count));
}

/* Python notices entries that came or went meanwhile. What an arm of an unknown test did may be undone, and says nothing. */
static bool has_changed_size(const nw_eval *eval, const nw_iterator *iterator)
{
    const nw_dict *dict = iterator->source.as.dict;
    return dict->live != iterator->live && !dict->open && eval->level == 0 && !eval->environment->open && eval->in_catalog == 0;
}

static nw_answer next_of_dict(nw_eval *eval, nw_iterator *iterator, nw_value *item)
{
    if (has_changed_size(eval, iterator)) {
        nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, iterator->source.kind == NW_SET ? "Set changed size during iteration" : "dictionary changed size during iteration");
        return NW_FAILED;
    }
    uint32_t position = (uint32_t)iterator->position;
    const nw_dict_entry *entry = nw_dict_next(iterator->source.as.dict, &position);
    if (!entry) {
        if (!iterator->source.as.dict->open)
            return NW_NO;
        nw_value unknown = nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "further entries of a dictionary");
        *item = dict_item(eval, iterator, unknown, unknown);
        return NW_MAYBE;
    }
    *item = dict_item(eval, iterator, entry->key, nw_settle(eval, entry->value));
    if (iterator->source.as.dict->open && !nw_key_known(entry->key)) { /* stored in a loop: any number of such entries */
        *item = any_further_entry(eval, iterator, (uint32_t)iterator->position);
        return NW_MAYBE;
    }
    nw_trail_iterator(eval, iterator);
    iterator->position = position;
    return NW_YES;
}

static nw_answer next_of_string(nw_eval *eval, nw_iterator *iterator, nw_value *item)
{
    nw_text text = nw_symbol_text(eval->symbols, iterator->source.as.symbol);
    uint32_t at = (uint32_t)iterator->position;
    if (at >= text.size)
        return NW_NO;
    bool bytes = iterator->source.kind == NW_BYTES;
    uint32_t size = bytes ? 1 : nw_character_size((unsigned char)text.bytes[at]);
    *item = bytes ? nw_int((unsigned char)text.bytes[at]) : nw_string_from(eval, text.bytes + at, size);
    nw_trail_iterator(eval, iterator);
    iterator->position += size;
    return NW_YES;
}

static nw_answer next_of_enumerate(nw_eval *eval, nw_iterator *iterator, nw_value *item)
{
    nw_value inner;
    nw_answer answer = nw_next(eval, iterator->source.as.iterator, &inner);
    if (answer == NW_NO || answer == NW_FAILED)
        return answer;
    nw_value number = nw_binary(eval, NW_OPERATOR_ADD, iterator->extra, nw_int(iterator->position));
    if (answer == NW_MAYBE) {
        number = nw_symbolic(eval, NW_TYPE_INT, nw_symbol_of(eval->symbols, "index"));
        number.as.opaque->minimum = nw_is_integer(iterator->extra) ? iterator->extra.as.integer + iterator->position : INT64_MIN;
    }
    *item = nw_tuple_new(eval, (nw_value[]){number, inner}, 2);
    if (answer == NW_YES)
        advance(eval, iterator);
    return answer;
}

/* What is left of a part, as one value. */
static nw_answer representative(nw_eval *eval, nw_iterator *part, nw_value first, nw_value *item)
{
    nw_value *items;
    uint32_t count;
    if (nw_collect(eval, nw_iterator_value(part), &items, &count) == NW_FAILED)
        return NW_FAILED;
    nw_value both[] = {first, nw_any_of(eval, items, count)};
    *item = count ? nw_any_of(eval, both, 2) : first;
    return NW_MAYBE;
}

/* One item of each part. */
static nw_answer next_of_parts(nw_eval *eval, nw_iterator *iterator, nw_value *items)
{
    bool known[64] = {false}, unknown = false;
    if (iterator->part_count == 0 || iterator->part_count > 64)
        return NW_NO;
    for (uint32_t i = 0; i < iterator->part_count; i++) {
        nw_answer answer = nw_next(eval, iterator->parts[i], &items[i]);
        if (answer == NW_NO && iterator->strict && i > 0 && !unknown) {
            nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "zip() argument %u is shorter than argument %u", i + 1, i);
            return NW_FAILED;
        }
        if (answer == NW_NO && iterator->strict && i == 0)
            for (uint32_t j = 1; j < iterator->part_count; j++)
                if (nw_next(eval, iterator->parts[j], &items[j]) == NW_YES) {
                    nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "zip() argument %u is longer than argument 1", j + 1);
                    return NW_FAILED;
                }
        if (answer == NW_NO || answer == NW_FAILED)
            return answer;
        known[i] = answer == NW_YES;
        unknown |= answer == NW_MAYBE;
    }
    for (uint32_t i = 0; unknown && i < iterator->part_count; i++)
        if (known[i] && representative(eval, iterator->parts[i], items[i], &items[i]) == NW_FAILED)
            return NW_FAILED;
    return unknown ? NW_MAYBE : NW_YES;
}

static nw_answer next_of_zip(nw_eval *eval, nw_iterator *iterator, nw_value *item)
{
    nw_tuple *tuple = nw_tuple_make(eval, iterator->part_count);
    nw_answer answer = next_of_parts(eval, iterator, tuple->items);
    *item = (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
    return answer;
}

static nw_answer next_of_map(nw_eval *eval, nw_iterator *iterator, nw_value *item)
{
    nw_value *items = nw_arena_alloc(&eval->arena, (iterator->part_count + 1) * sizeof *items);
    nw_answer answer = next_of_parts(eval, iterator, items);
    if (answer == NW_NO || answer == NW_FAILED)
        return answer;
    *item = nw_call_values(eval, iterator->extra, items, iterator->part_count);
    return item->kind == NW_ERROR ? NW_FAILED : answer;
}

static nw_answer passes_filter(nw_eval *eval, const nw_iterator *iterator, nw_value item)
{
    nw_guard guard;
    nw_value test = iterator->extra.kind == NW_NONE ? item : nw_call_values(eval, iterator->extra, &item, 1);
    return nw_truth(eval, test, &guard);
}

static nw_answer next_of_filter(nw_eval *eval, nw_iterator *iterator, nw_value *item)
{
    for (;;) {
        nw_answer answer = nw_next(eval, iterator->source.as.iterator, item);
        if (answer == NW_NO || answer == NW_FAILED)
            return answer;
        nw_answer passed = passes_filter(eval, iterator, *item);
        if (passed == NW_FAILED || (passed == NW_NO && answer == NW_MAYBE))
            return passed;
        if (passed == NW_MAYBE)
            return answer == NW_MAYBE ? NW_MAYBE : representative(eval, iterator->source.as.iterator, *item, item);
        if (passed == NW_YES)
            return answer;
    }
}

static nw_answer end_on(nw_eval *eval, nw_exception_id id)
{
    if (!nw_exception_is(eval, id))
        return NW_FAILED;
    nw_exception_clear(eval);
    return NW_NO;
}

static nw_answer next_of_object(nw_eval *eval, nw_iterator *iterator, nw_value *item)
{
    if (iterator->kind == NW_ITERATE_OBJECT) {
        *item = nw_call_special(eval, iterator->source, (nw_symbol){NW_NAME_DUNDER_NEXT}, NULL, 0);
        if (item->kind == NW_ERROR)
            return end_on(eval, NW_EXCEPTION_STOP_ITERATION);
        /* __next__ gave up on something unknown: so it would for ever. */
        bool gave_up = item->kind == NW_OPAQUE && item->as.opaque->origin == NW_ORIGIN_LOST && item->as.opaque->reason == NW_DIAG_OPERATOR_REFUSED;
        return gave_up ? NW_MAYBE : NW_YES;
    }
    if (iterator->kind == NW_ITERATE_GETITEM) {
        *item = nw_get_item(eval, iterator->source, nw_int(iterator->position));
        if (nw_is_opaque(*item) && iterator->position >= MOST_UNKNOWN_ITEMS) /* nobody knows the items, nor whether they ever end */
            return NW_MAYBE;
        advance(eval, iterator);
        return item->kind == NW_ERROR ? end_on(eval, NW_EXCEPTION_INDEX_ERROR) : NW_YES;
    }
    *item = nw_call_values(eval, iterator->source, NULL, 0);
    if (item->kind == NW_ERROR)
        return NW_FAILED;
    nw_answer end = nw_equal(eval, *item, iterator->extra);
    return end == NW_YES ? NW_NO : end == NW_NO ? NW_YES : end;
}

nw_answer nw_next(nw_eval *eval, nw_iterator *iterator, nw_value *item)
{
    if (!nw_step(eval))
        return NW_FAILED;
    switch (iterator->kind) {
    case NW_ITERATE_SEQUENCE:
        return next_of_sequence(eval, iterator, item);
    case NW_ITERATE_RANGE: {
        const nw_range *range = iterator->source.as.range;
        if (iterator->position >= nw_range_length(range))
            return NW_NO;
        *item = nw_int(range->start + iterator->position * range->step);
        advance(eval, iterator);
        return NW_YES;
    }
    case NW_ITERATE_DICT_KEYS:
    case NW_ITERATE_DICT_VALUES:
    case NW_ITERATE_DICT_ITEMS:
        return next_of_dict(eval, iterator, item);
    case NW_ITERATE_ENUMERATE:
        return next_of_enumerate(eval, iterator, item);
    case NW_ITERATE_ZIP:
        return next_of_zip(eval, iterator, item);
    case NW_ITERATE_MAP:
        return next_of_map(eval, iterator, item);
    case NW_ITERATE_FILTER:
        return next_of_filter(eval, iterator, item);
    case NW_ITERATE_STRING:
        return next_of_string(eval, iterator, item);
    case NW_ITERATE_GENERATOR:
        if (iterator->coroutine || nw_coroutine_make(eval, iterator))
            return next_of_coroutine(eval, iterator, item);
        return nw_generator_run_ahead(eval, iterator) ? next_of_sequence(eval, iterator, item) : NW_FAILED;
    case NW_ITERATE_OPAQUE:
        *item = iterator->extra;
        return iterator->extra.kind == NW_UNSET ? NW_NO : NW_MAYBE;
    default:
        return next_of_object(eval, iterator, item);
    }
}

nw_answer nw_collect(nw_eval *eval, nw_value iterable, nw_value **items, uint32_t *count)
{
    nw_value iterator = nw_iterate(eval, iterable), item;
    uint32_t capacity = 0;
    *items = NULL;
    *count = 0;
    if (iterator.kind != NW_ITERATOR)
        return NW_FAILED;
    bool waits = iterator.as.iterator->kind == NW_ITERATE_GENERATOR && !iterator.as.iterator->coroutine;
    if (waits && !nw_generator_run(eval, iterator.as.iterator)) /* nobody else acts between its items */
        return NW_FAILED;
    for (;;) {
        nw_answer answer = nw_next(eval, iterator.as.iterator, &item);
        if (answer == NW_FAILED)
            return answer;
        if (answer == NW_NO)
            return NW_YES;
        NW_ARENA_RESERVE(&eval->arena, *items, *count, capacity);
        (*items)[(*count)++] = item;
        if (answer == NW_YES && *count >= NW_MAX_ITEMS) /* perhaps it never ends, and then nothing behind it ever runs */
            nw_report_loss(eval, NW_DIAG_MEMORY_LIMIT, nw_here(eval), (nw_symbol){0});
        if (answer == NW_MAYBE || *count >= NW_MAX_ITEMS) {
            (*items)[0] = nw_any_of(eval, *items, *count);
            *count = 1;
            return NW_MAYBE;
        }
    }
}

/* ---- length ---- */

static nw_value length_of_arm(nw_eval *eval, nw_value arm, void *data)
{
    (void)data;
    return nw_length(eval, arm);
}

static nw_value unknown_length(nw_eval *eval, nw_value value, int64_t minimum)
{
    nw_value length = nw_expression_call(eval, "len", NW_TYPE_INT, &value, 1);
    if (length.as.opaque->minimum < minimum)
        length.as.opaque->minimum = minimum;
    return length;
}

nw_value nw_length(nw_eval *eval, nw_value value)
{
    value = nw_settle(eval, value);
    if (nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_LEN}))
        return nw_call_special(eval, value, (nw_symbol){NW_NAME_DUNDER_LEN}, NULL, 0);
    return nw_length_plain(eval, value);
}

nw_value nw_length_plain(nw_eval *eval, nw_value value)
{
    nw_value plain = nw_plain(value);
    switch (plain.kind) {
    case NW_ERROR:
        return plain;
    case NW_LIST:
        return plain.as.list->repeated ? unknown_length(eval, plain, 0) : nw_int(plain.as.list->count);
    case NW_TUPLE:
        return nw_int(plain.as.tuple->count);
    case NW_DICT:
    case NW_SET:
        return plain.as.dict->open ? unknown_length(eval, plain, plain.as.dict->live) : nw_int(plain.as.dict->live);
    case NW_STRING:
        return nw_int(nw_characters(nw_symbol_text(eval->symbols, plain.as.symbol)));
    case NW_BYTES:
        return nw_int(nw_symbol_text(eval->symbols, plain.as.symbol).size);
    case NW_RANGE:
        return nw_int(nw_range_length(plain.as.range));
    case NW_TENSOR:
        return nw_tensor_length(eval, plain);
    case NW_OPAQUE:
        return unknown_length(eval, plain, 0);
    case NW_PHI:
        return nw_each_arm(eval, plain, length_of_arm, NULL);
    case NW_ITERATOR: /* views of dictionaries, and range() of something unknown */
        if (nw_is_view(plain))
            return nw_length(eval, plain.as.iterator->source);
        if (plain.as.iterator->kind == NW_ITERATE_OPAQUE)
            return nw_is_integral(plain.as.iterator->source) ? plain.as.iterator->source : unknown_length(eval, plain, 0);
        break;
    case NW_INSTANCE:
        if (plain.as.instance->class_->opaque_base)
            return unknown_length(eval, plain, 0);
        break;
    default:
        break;
    }
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "object of type '%s' has no len()", nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
}
