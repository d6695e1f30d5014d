/* Methods of lists, tuples, dictionaries and sets. */
#include "eval/builtin.h"
#include "eval/consumer.h"
#include "eval/interpret.h"
#include "eval/set_order.h"

#include <string.h>

static nw_value raise_value(nw_eval *eval, const char *message)
{
    return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "%s", message);
}

/* ---- list ---- */

NW_NATIVE_FUNCTION(list_init)
{
    NW_RECEIVER("__init__", NW_LIST);
    NW_BIND("list", "iterable=", 1);
    nw_value *items = NULL;
    uint32_t count = 0;
    nw_answer known = out[0].kind == NW_UNSET ? NW_YES : nw_collect(eval, out[0], &items, &count);
    if (known == NW_FAILED)
        return nw_error();
    nw_list_splice(eval, self.as.list, 0, self.as.list->count, items, count);
    if (known == NW_MAYBE)
        self.as.list->repeated = true;
    return nw_none();
}

NW_NATIVE_FUNCTION(list_append)
{
    NW_RECEIVER("append", NW_LIST);
    NW_BIND("append", "object", 1);
    nw_list_append(eval, self.as.list, out[0]);
    return nw_none();
}

static nw_status append_item(nw_eval *eval, void *data, nw_value item, nw_value *value)
{
    (void)value;
    nw_list_append(eval, data, item);
    return NW_NEXT;
}

/* Each item is in the list before the generator is asked for the next one: y.extend(m(y[-1]) for m in blocks). */
static bool extend_by_generator(nw_eval *eval, nw_sequence *list, nw_iterator *generator)
{
    nw_consumer consumer = {.body = append_item, .data = list};
    nw_value value;
    return nw_consumer_run(eval, &consumer, generator, &value) == NW_NEXT;
}

NW_NATIVE_FUNCTION(list_extend)
{
    NW_RECEIVER("extend", NW_LIST);
    NW_BIND("extend", "iterable", 1);
    nw_value *items;
    uint32_t count;
    nw_sequence *list = self.as.list;
    nw_iterator *generator = nw_consumer_generator(eval, out[0]);
    if (generator)
        return extend_by_generator(eval, list, generator) ? nw_none() : nw_error();
    nw_answer known = nw_collect(eval, out[0], &items, &count);
    if (known == NW_FAILED)
        return nw_error();
    nw_list_splice(eval, list, list->count, list->count, items, count);
    if (known == NW_MAYBE && !list->repeated) { /* now nobody knows how long it is */
        nw_value any = nw_any_of(eval, list->items, list->count);
        nw_trail_list(eval, list);
        list->items[0] = any;
        list->count = 1;
        list->repeated = true;
    }
    return nw_none();
}

NW_NATIVE_FUNCTION(list_insert)
{
    NW_RECEIVER("insert", NW_LIST);
    NW_BIND("insert", "index, object", 2);
    int64_t at;
    nw_answer known = nw_index_of(eval, out[0], &at);
    if (known == NW_FAILED)
        return nw_error();
    at = known == NW_MAYBE ? self.as.list->count : at;
    at += at < 0 ? self.as.list->count : 0;
    at = at < 0 ? 0 : at > self.as.list->count ? self.as.list->count : at;
    nw_list_splice(eval, self.as.list, (uint32_t)at, (uint32_t)at, &out[1], 1);
    return nw_none();
}

NW_NATIVE_FUNCTION(list_pop)
{
    NW_RECEIVER("pop", NW_LIST);
    NW_BIND("pop", "index=", 1);
    int64_t at = -1;
    nw_sequence *list = self.as.list;
    nw_answer known = out[0].kind == NW_UNSET ? NW_YES : nw_index_of(eval, out[0], &at);
    if (known == NW_FAILED)
        return nw_error();
    if (list->repeated)
        return list->count ? list->items[0] : nw_lost(eval, NW_DIAG_LOOP_SUMMARISED, "an item of a list of unknown length");
    if (list->count == 0)
        return nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "pop from empty list");
    if (known == NW_MAYBE) {
        nw_value any = nw_any_of(eval, list->items, list->count);
        nw_trail_list(eval, list);
        list->items[0] = any;
        list->count = 1;
        list->repeated = true;
        return any;
    }
    at += at < 0 ? list->count : 0;
    if (at < 0 || at >= list->count)
        return nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "pop index out of range");
    nw_value item = nw_settle(eval, list->items[at]);
    nw_list_splice(eval, list, (uint32_t)at, (uint32_t)at + 1, NULL, 0);
    return item;
}

/* The position of the first item that equals; *at is -1 when there is none. MAYBE: it cannot be told. */
static nw_answer position_of(nw_eval *eval, const nw_value *items, uint32_t from, uint32_t to, nw_value item, int64_t *at)
{
    *at = -1;
    for (uint32_t i = from; i < to; i++) {
        nw_answer answer = nw_identical(eval, items[i], item) == NW_YES ? NW_YES : nw_equal(eval, items[i], item);
        if (answer == NW_YES)
            *at = i;
        if (answer != NW_NO)
            return answer;
    }
    return NW_YES;
}

NW_NATIVE_FUNCTION(list_remove)
{
    NW_RECEIVER("remove", NW_LIST);
    NW_BIND("remove", "value", 1);
    int64_t at;
    if (self.as.list->repeated)
        return nw_none();
    nw_answer known = position_of(eval, self.as.list->items, 0, self.as.list->count, out[0], &at);
    if (known == NW_FAILED)
        return nw_error();
    if (known == NW_MAYBE) {
        nw_report_loss(eval, NW_DIAG_UNKNOWN_EFFECT, nw_here(eval), nw_symbol_of(eval->symbols, "remove"));
        return nw_none();
    }
    if (at < 0)
        return raise_value(eval, "list.remove(x): x not in list");
    nw_list_splice(eval, self.as.list, (uint32_t)at, (uint32_t)at + 1, NULL, 0);
    return nw_none();
}

static nw_value index_in(nw_eval *eval, nw_value self, const nw_arguments *arguments, const nw_value *items, uint32_t count, bool repeated)
{
    NW_BIND("index", "value, start=, stop=", 3);
    nw_slice slice = {out[1].kind == NW_UNSET ? nw_none() : out[1], out[2].kind == NW_UNSET ? nw_none() : out[2], nw_none()};
    int64_t start, stop, step, at;
    nw_answer known = repeated ? NW_MAYBE : nw_slice_indices(eval, &slice, count, &start, &stop, &step);
    if (known == NW_YES)
        known = position_of(eval, items, (uint32_t)start, (uint32_t)(stop < start ? start : stop), out[0], &at);
    if (known != NW_YES)
        return known == NW_FAILED ? nw_error() : nw_unknown_method(eval, "index", NW_TYPE_INT, self, arguments);
    if (at >= 0)
        return nw_int(at);
    if (self.kind == NW_TUPLE)
        return raise_value(eval, "tuple.index(x): x not in tuple");
    nw_value text = nw_representation(eval, out[0]);
    if (text.kind == NW_ERROR)
        return text;
    return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "%s is not in list", text.kind == NW_STRING ? nw_symbol_bytes(eval->symbols, text.as.symbol) : "the value");
}

static nw_value count_in(nw_eval *eval, nw_value self, const nw_arguments *arguments, const nw_value *items, uint32_t count, bool repeated)
{
    NW_BIND("count", "value", 1);
    int64_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        nw_answer answer = nw_equal(eval, items[i], out[0]);
        if (answer == NW_FAILED)
            return nw_error();
        if (answer == NW_MAYBE || repeated)
            return nw_unknown_method(eval, "count", NW_TYPE_INT, self, arguments);
        total += answer == NW_YES;
    }
    return nw_int(total);
}

NW_NATIVE_FUNCTION(list_index)
{
    NW_RECEIVER("index", NW_LIST);
    return index_in(eval, self, arguments, self.as.list->items, self.as.list->count, self.as.list->repeated);
}

NW_NATIVE_FUNCTION(list_count)
{
    NW_RECEIVER("count", NW_LIST);
    return count_in(eval, self, arguments, self.as.list->items, self.as.list->count, self.as.list->repeated);
}

NW_NATIVE_FUNCTION(list_sort)
{
    NW_RECEIVER("sort", NW_LIST);
    NW_BIND("sort", "*, key=, reverse=", 2);
    nw_guard guard;
    nw_sequence *list = self.as.list;
    nw_value *items = nw_arena_copy(&eval->arena, list->items, list->count * sizeof *items);
    bool reverse = out[1].kind != NW_UNSET && nw_truth(eval, out[1], &guard) == NW_YES;
    nw_answer known = nw_sort(eval, items, list->count, out[0].kind == NW_UNSET ? nw_none() : out[0], reverse);
    if (known == NW_FAILED)
        return nw_error();
    nw_trail_list(eval, list);
    if (known == NW_YES && list->count)
        memcpy(list->items, items, list->count * sizeof *items);
    for (uint32_t i = 0; known == NW_MAYBE && i < list->count; i++) /* in an order that is not known */
        list->items[i] = nw_any_of(eval, items, list->count);
    return nw_none();
}

NW_NATIVE_FUNCTION(list_reverse)
{
    NW_RECEIVER("reverse", NW_LIST);
    nw_sequence *list = self.as.list;
    nw_trail_list(eval, list);
    for (uint32_t i = 0; i < list->count / 2; i++) {
        nw_value first = list->items[i];
        list->items[i] = list->items[list->count - 1 - i];
        list->items[list->count - 1 - i] = first;
    }
    return nw_none();
}

NW_NATIVE_FUNCTION(list_copy)
{
    NW_RECEIVER("copy", NW_LIST);
    nw_value copy = nw_list_new(eval, self.as.list->items, self.as.list->count);
    if (copy.kind == NW_LIST)
        copy.as.list->repeated = self.as.list->repeated;
    return copy;
}

NW_NATIVE_FUNCTION(list_clear)
{
    NW_RECEIVER("clear", NW_LIST);
    nw_trail_list(eval, self.as.list);
    self.as.list->count = 0;
    self.as.list->repeated = false;
    return nw_none();
}

NW_NATIVE_FUNCTION(list_in_place_add)
{
    nw_value result = list_extend(eval, self, arguments);
    return result.kind == NW_ERROR ? result : self.kind == NW_UNSET ? arguments->positional[0] : self;
}

/* ---- what sequences share: the special methods that programs call by name or by super() ---- */

NW_NATIVE_FUNCTION(special_length)
{
    NW_RECEIVER("__len__", NW_KIND_COUNT);
    return nw_length_plain(eval, self);
}

NW_NATIVE_FUNCTION(special_get_item)
{
    NW_RECEIVER("__getitem__", NW_KIND_COUNT);
    NW_BIND("__getitem__", "index", 1);
    return nw_get_item_plain(eval, self, out[0]);
}

NW_NATIVE_FUNCTION(special_set_item)
{
    NW_RECEIVER("__setitem__", NW_KIND_COUNT);
    NW_BIND("__setitem__", "index, value", 2);
    return nw_set_item_plain(eval, self, out[0], out[1]) ? nw_none() : nw_error();
}

NW_NATIVE_FUNCTION(special_delete_item)
{
    NW_RECEIVER("__delitem__", NW_KIND_COUNT);
    NW_BIND("__delitem__", "index", 1);
    return nw_delete_item_plain(eval, self, out[0]) ? nw_none() : nw_error();
}

NW_NATIVE_FUNCTION(special_contains)
{
    NW_RECEIVER("__contains__", NW_KIND_COUNT);
    NW_BIND("__contains__", "item", 1);
    nw_answer answer = nw_contains_plain(eval, self, out[0]);
    return answer == NW_FAILED ? nw_error() : answer == NW_MAYBE ? nw_unknown_method(eval, "__contains__", NW_TYPE_BOOL, self, arguments) : nw_bool(answer == NW_YES);
}

NW_NATIVE_FUNCTION(special_iterate)
{
    NW_RECEIVER("__iter__", NW_KIND_COUNT);
    self = nw_plain(self);
    if (self.kind == NW_LIST || self.kind == NW_TUPLE)
        return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_SEQUENCE, self));
    if (self.kind == NW_DICT || self.kind == NW_SET)
        return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_DICT_KEYS, self));
    return nw_iterate(eval, self);
}

/* ---- tuple ---- */

NW_NATIVE_FUNCTION(tuple_index)
{
    NW_RECEIVER("index", NW_TUPLE);
    return index_in(eval, self, arguments, self.as.tuple->items, self.as.tuple->count, false);
}

NW_NATIVE_FUNCTION(tuple_count)
{
    NW_RECEIVER("count", NW_TUPLE);
    return count_in(eval, self, arguments, self.as.tuple->items, self.as.tuple->count, false);
}

/* ---- dict ---- */

NW_NATIVE_FUNCTION(dict_init)
{
    NW_RECEIVER("__init__", NW_DICT);
    return nw_dict_fill(eval, "dict", self.as.dict, arguments) ? nw_none() : nw_error();
}

NW_NATIVE_FUNCTION(dict_update)
{
    NW_RECEIVER("update", NW_DICT);
    return nw_dict_fill(eval, "update", self.as.dict, arguments) ? nw_none() : nw_error();
}

static nw_value view(nw_eval *eval, nw_value dict, nw_iterator_kind kind)
{
    nw_iterator *iterator = nw_iterator_make(eval, kind, dict);
    iterator->strict = true;
    return nw_iterator_value(iterator);
}

NW_NATIVE_FUNCTION(dict_keys) { NW_RECEIVER("keys", NW_DICT); return view(eval, self, NW_ITERATE_DICT_KEYS); }
NW_NATIVE_FUNCTION(dict_values) { NW_RECEIVER("values", NW_DICT); return view(eval, self, NW_ITERATE_DICT_VALUES); }
NW_NATIVE_FUNCTION(dict_items) { NW_RECEIVER("items", NW_DICT); return view(eval, self, NW_ITERATE_DICT_ITEMS); }

/* dict[key], or `otherwise` when it is known to be absent. */
static nw_value get_or(nw_eval *eval, nw_value self, nw_value key, nw_value otherwise)
{
    nw_answer has = nw_contains(eval, (nw_value){.kind = NW_DICT, .as.dict = self.as.dict}, key);
    if (has == NW_FAILED)
        return nw_error();
    if (has == NW_NO)
        return otherwise;
    nw_value plain = nw_dict_value(nw_dict_copy(eval, self.as.dict));
    plain.as.dict->default_factory = nw_unset();
    plain.as.dict->class_ = NULL;
    if (has == NW_YES)
        return nw_get_item(eval, plain, key);
    const nw_value operands[] = {nw_string(nw_symbol_of(eval->symbols, "get")), self, key, otherwise};
    return nw_expression_intern(eval, NW_EXPRESSION_METHOD, NW_TYPE_ANY, operands, 4);
}

NW_NATIVE_FUNCTION(dict_get)
{
    NW_RECEIVER("get", NW_DICT);
    NW_BIND("get", "key, default=", 2);
    nw_value *found = nw_key_hashable(out[0]) ? nw_dict_find(self.as.dict, out[0]) : NULL;
    return found ? nw_settle(eval, *found) : get_or(eval, self, out[0], out[1].kind == NW_UNSET ? nw_none() : out[1]);
}

NW_NATIVE_FUNCTION(dict_setdefault)
{
    NW_RECEIVER("setdefault", NW_DICT);
    NW_BIND("setdefault", "key, default=", 2);
    nw_value otherwise = out[1].kind == NW_UNSET ? nw_none() : out[1], value = get_or(eval, self, out[0], otherwise);
    if (value.kind == NW_ERROR || (nw_dict_find(self.as.dict, out[0]) != NULL))
        return value;
    return nw_dict_store(eval, self.as.dict, out[0], value) ? value : nw_error();
}

NW_NATIVE_FUNCTION(dict_pop)
{
    NW_RECEIVER("pop", NW_DICT);
    NW_BIND("pop", "key, default=", 2);
    nw_value *found = nw_key_hashable(out[0]) ? nw_dict_find(self.as.dict, out[0]) : NULL;
    if (found) {
        nw_value value = nw_settle(eval, *found);
        nw_dict_remove(eval, self.as.dict, out[0]);
        return value;
    }
    if (out[1].kind != NW_UNSET)
        return get_or(eval, self, out[0], out[1]);
    nw_value plain = nw_dict_value(nw_dict_copy(eval, self.as.dict));
    plain.as.dict->default_factory = nw_unset();
    plain.as.dict->class_ = NULL;
    return nw_get_item(eval, plain, out[0]);
}

NW_NATIVE_FUNCTION(dict_popitem)
{
    NW_RECEIVER("popitem", NW_DICT);
    NW_BIND("popitem", "last=", 1);
    nw_guard guard;
    bool last = out[0].kind == NW_UNSET || nw_truth(eval, out[0], &guard) == NW_YES;
    uint32_t position = 0;
    nw_dict_entry *entry = NULL, *next;
    while ((next = nw_dict_next(self.as.dict, &position))) {
        entry = next;
        if (!last)
            break;
    }
    if (!entry)
        return self.as.dict->open ? nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "popitem")
                                  : nw_raise(eval, NW_EXCEPTION_KEY_ERROR, "popitem(): dictionary is empty");
    nw_value pair[] = {entry->key, nw_settle(eval, entry->value)};
    nw_dict_remove(eval, self.as.dict, pair[0]);
    return nw_tuple_new(eval, pair, 2);
}

NW_NATIVE_FUNCTION(dict_clear)
{
    NW_RECEIVER("clear", NW_DICT);
    nw_dict_clear(eval, self.as.dict);
    self.as.dict->open = false;
    return nw_none();
}

NW_NATIVE_FUNCTION(dict_copy)
{
    NW_RECEIVER("copy", NW_DICT);
    nw_dict *copy = nw_dict_copy(eval, self.as.dict);
    if (copy->class_ && copy->class_->module) /* dict.copy() of a subclass is a plain dict */
        copy->class_ = NULL;
    return nw_dict_value(copy);
}

NW_NATIVE_FUNCTION(dict_fromkeys)
{
    (void)self;
    NW_BIND("fromkeys", "iterable, value=", 2);
    nw_value dict = nw_dict_new(eval), *items;
    uint32_t count;
    nw_answer known = nw_collect(eval, out[0], &items, &count);
    for (uint32_t i = 0; known != NW_FAILED && i < count; i++)
        if (!nw_dict_store(eval, dict.as.dict, items[i], out[1].kind == NW_UNSET ? nw_none() : out[1]))
            return nw_error();
    dict.as.dict->open |= known == NW_MAYBE;
    return known == NW_FAILED ? nw_error() : dict;
}

NW_NATIVE_FUNCTION(dict_move_to_end)
{
    NW_RECEIVER("move_to_end", NW_DICT);
    NW_BIND("move_to_end", "key, last=", 2);
    nw_guard guard;
    nw_dict *dict = self.as.dict;
    nw_value *found = nw_dict_find(dict, out[0]);
    if (!found)
        return nw_get_item(eval, self, out[0]);
    nw_value value = *found;
    bool last = out[1].kind == NW_UNSET || nw_truth(eval, out[1], &guard) == NW_YES;
    nw_dict_remove(eval, dict, out[0]);
    nw_dict *rest = nw_dict_copy(eval, dict);
    if (!last)
        nw_dict_clear(eval, dict);
    nw_dict_set(eval, dict, out[0], value);
    uint32_t position = 0;
    for (nw_dict_entry *entry = nw_dict_next(rest, &position); !last && entry; entry = nw_dict_next(rest, &position))
        nw_dict_set(eval, dict, entry->key, entry->value);
    return nw_none();
}

NW_NATIVE_FUNCTION(default_dict_init)
{
    NW_RECEIVER("__init__", NW_DICT);
    nw_arguments rest = *arguments;
    if (rest.positional_count) {
        nw_trail_dict(eval, self.as.dict);
        self.as.dict->default_factory = nw_settle(eval, rest.positional[0]);
        rest.positional++;
        rest.positional_count--;
    }
    return nw_dict_fill(eval, "defaultdict", self.as.dict, &rest) ? nw_none() : nw_error();
}

NW_NATIVE_FUNCTION(default_dict_factory)
{
    NW_RECEIVER("default_factory", NW_DICT);
    return self.as.dict->default_factory.kind == NW_UNSET ? nw_none() : self.as.dict->default_factory;
}

NW_NATIVE_FUNCTION(default_dict_set_factory)
{
    NW_RECEIVER("default_factory", NW_DICT);
    NW_BIND("default_factory", "value", 1);
    nw_trail_dict(eval, self.as.dict);
    self.as.dict->default_factory = nw_settle(eval, out[0]);
    return nw_none();
}

/* ---- set ---- */

NW_NATIVE_FUNCTION(set_init)
{
    NW_RECEIVER("__init__", NW_SET);
    NW_BIND("set", "iterable=", 1);
    nw_value items = out[0].kind == NW_UNSET ? nw_set_new(eval) : nw_set_of(eval, out[0]);
    uint32_t position = 0;
    if (items.kind != NW_SET)
        return items;
    nw_dict_clear(eval, self.as.dict);
    for (nw_dict_entry *entry; (entry = nw_dict_next(items.as.dict, &position));)
        nw_dict_set(eval, self.as.dict, entry->key, nw_unset());
    return nw_none();
}

NW_NATIVE_FUNCTION(set_add)
{
    NW_RECEIVER("add", NW_SET);
    NW_BIND("add", "item", 1);
    return nw_dict_store(eval, self.as.dict, out[0], nw_unset()) ? nw_none() : nw_error();
}

NW_NATIVE_FUNCTION(set_discard)
{
    NW_RECEIVER("discard", NW_SET);
    NW_BIND("discard", "item", 1);
    nw_dict_remove(eval, self.as.dict, out[0]);
    return nw_none();
}

NW_NATIVE_FUNCTION(set_remove)
{
    NW_RECEIVER("remove", NW_SET);
    NW_BIND("remove", "item", 1);
    if (nw_dict_remove(eval, self.as.dict, out[0]) || self.as.dict->open || !nw_key_known(out[0]))
        return nw_none();
    return nw_get_item(eval, nw_dict_new(eval), out[0]); /* KeyError with the item */
}

NW_NATIVE_FUNCTION(set_pop)
{
    NW_RECEIVER("pop", NW_SET);
    uint32_t position = 0;
    nw_dict_entry *entry = nw_dict_next(self.as.dict, &position);
    if (!entry)
        return nw_raise(eval, NW_EXCEPTION_KEY_ERROR, "pop from an empty set");
    nw_value ordered = nw_set_ordered(eval, self.as.dict), item = ordered.kind == NW_TUPLE ? ordered.as.tuple->items[0] : entry->key;
    nw_dict_remove(eval, self.as.dict, item);
    return item;
}

NW_NATIVE_FUNCTION(set_clear)
{
    NW_RECEIVER("clear", NW_SET);
    nw_dict_clear(eval, self.as.dict);
    return nw_none();
}

NW_NATIVE_FUNCTION(set_copy)
{
    NW_RECEIVER("copy", NW_SET);
    return nw_set_value(nw_dict_copy(eval, self.as.dict));
}

/* self op each argument, as a new set. */
static nw_value combine(nw_eval *eval, nw_value self, const nw_arguments *arguments, nw_operator op)
{
    nw_value result = nw_set_value(nw_dict_copy(eval, self.as.dict));
    for (uint32_t i = 0; i < arguments->positional_count && result.kind != NW_ERROR; i++) {
        nw_value other = nw_set_of(eval, arguments->positional[i]);
        result = other.kind == NW_ERROR ? other : nw_binary(eval, op, result, other);
    }
    return result;
}

NW_NATIVE_FUNCTION(set_union) { NW_RECEIVER("union", NW_SET); return combine(eval, self, arguments, NW_OPERATOR_BIT_OR); }
NW_NATIVE_FUNCTION(set_intersection) { NW_RECEIVER("intersection", NW_SET); return combine(eval, self, arguments, NW_OPERATOR_BIT_AND); }
NW_NATIVE_FUNCTION(set_difference) { NW_RECEIVER("difference", NW_SET); return combine(eval, self, arguments, NW_OPERATOR_SUBTRACT); }
NW_NATIVE_FUNCTION(set_symmetric_difference) { NW_RECEIVER("symmetric_difference", NW_SET); return combine(eval, self, arguments, NW_OPERATOR_BIT_XOR); }

static nw_value combine_in_place(nw_eval *eval, nw_value self, const nw_arguments *arguments, nw_operator op)
{
    nw_value result = combine(eval, self, arguments, op);
    if (result.kind != NW_SET)
        return result;
    uint32_t position = 0;
    nw_dict_clear(eval, self.as.dict);
    for (nw_dict_entry *entry; (entry = nw_dict_next(result.as.dict, &position));)
        nw_dict_set(eval, self.as.dict, entry->key, nw_unset());
    self.as.dict->open = result.as.dict->open;
    return self;
}

static nw_value none_unless_error(nw_value value)
{
    return value.kind == NW_ERROR ? value : nw_none();
}

NW_NATIVE_FUNCTION(set_update) { NW_RECEIVER("update", NW_SET); return none_unless_error(combine_in_place(eval, self, arguments, NW_OPERATOR_BIT_OR)); }
NW_NATIVE_FUNCTION(set_intersection_update)
{
    NW_RECEIVER("intersection_update", NW_SET);
    return none_unless_error(combine_in_place(eval, self, arguments, NW_OPERATOR_BIT_AND));
}
NW_NATIVE_FUNCTION(set_difference_update)
{
    NW_RECEIVER("difference_update", NW_SET);
    return none_unless_error(combine_in_place(eval, self, arguments, NW_OPERATOR_SUBTRACT));
}
NW_NATIVE_FUNCTION(set_symmetric_difference_update)
{
    NW_RECEIVER("symmetric_difference_update", NW_SET);
    return none_unless_error(combine_in_place(eval, self, arguments, NW_OPERATOR_BIT_XOR));
}
NW_NATIVE_FUNCTION(set_in_place_or) { NW_RECEIVER("__ior__", NW_SET); return combine_in_place(eval, self, arguments, NW_OPERATOR_BIT_OR); }
NW_NATIVE_FUNCTION(set_in_place_and) { NW_RECEIVER("__iand__", NW_SET); return combine_in_place(eval, self, arguments, NW_OPERATOR_BIT_AND); }
NW_NATIVE_FUNCTION(set_in_place_subtract) { NW_RECEIVER("__isub__", NW_SET); return combine_in_place(eval, self, arguments, NW_OPERATOR_SUBTRACT); }

static nw_value relation(nw_eval *eval, nw_value self, const nw_arguments *arguments, const char *name, nw_operator op)
{
    NW_BIND(name, "other", 1);
    nw_value other = nw_set_of(eval, out[0]);
    if (other.kind == NW_ERROR)
        return other;
    if (op != NW_OPERATOR_BIT_AND)
        return nw_compare(eval, op, self, other);
    nw_value common = nw_binary(eval, op, self, other);
    return nw_unary(eval, NW_OPERATOR_NOT, common);
}

NW_NATIVE_FUNCTION(set_issubset) { NW_RECEIVER("issubset", NW_SET); return relation(eval, self, arguments, "issubset", NW_OPERATOR_LESS_EQUAL); }
NW_NATIVE_FUNCTION(set_issuperset) { NW_RECEIVER("issuperset", NW_SET); return relation(eval, self, arguments, "issuperset", NW_OPERATOR_GREATER_EQUAL); }
NW_NATIVE_FUNCTION(set_isdisjoint) { NW_RECEIVER("isdisjoint", NW_SET); return relation(eval, self, arguments, "isdisjoint", NW_OPERATOR_BIT_AND); }

/* ---- tables ---- */

#define SEQUENCE_METHODS                                                                                               \
    {"__len__", special_length}, {"__getitem__", special_get_item}, {"__contains__", special_contains}, {"__iter__", special_iterate}
#define MUTABLE_METHODS {"__setitem__", special_set_item}, {"__delitem__", special_delete_item}

static const nw_method_row list_methods[] = {
    {"__init__", list_init}, {"append", list_append}, {"extend", list_extend}, {"insert", list_insert}, {"pop", list_pop}, {"remove", list_remove},
    {"index", list_index}, {"count", list_count}, {"sort", list_sort}, {"reverse", list_reverse}, {"copy", list_copy}, {"clear", list_clear},
    {"__iadd__", list_in_place_add}, SEQUENCE_METHODS, MUTABLE_METHODS, {0},
};
static const nw_method_row tuple_methods[] = {{"index", tuple_index}, {"count", tuple_count}, SEQUENCE_METHODS, {0}};
static const nw_method_row dict_methods[] = {
    {"__init__", dict_init}, {"update", dict_update}, {"keys", dict_keys}, {"values", dict_values}, {"items", dict_items}, {"get", dict_get},
    {"setdefault", dict_setdefault}, {"pop", dict_pop}, {"popitem", dict_popitem}, {"clear", dict_clear}, {"copy", dict_copy}, SEQUENCE_METHODS,
    MUTABLE_METHODS, {0},
};
static const nw_method_row ordered_methods[] = {{"move_to_end", dict_move_to_end}, {0}};
static const nw_method_row default_methods[] = {{"__init__", default_dict_init}, {0}};
static const nw_method_row frozen_methods[] = {
    {"copy", set_copy}, {"union", set_union}, {"intersection", set_intersection}, {"difference", set_difference},
    {"symmetric_difference", set_symmetric_difference}, {"issubset", set_issubset}, {"issuperset", set_issuperset}, {"isdisjoint", set_isdisjoint},
    {"__len__", special_length}, {"__contains__", special_contains}, {"__iter__", special_iterate}, {0},
};
static const nw_method_row set_methods[] = {
    {"__init__", set_init}, {"add", set_add}, {"discard", set_discard}, {"remove", set_remove}, {"pop", set_pop}, {"clear", set_clear},
    {"update", set_update}, {"intersection_update", set_intersection_update}, {"difference_update", set_difference_update}, {"symmetric_difference_update", set_symmetric_difference_update},
    {"__ior__", set_in_place_or}, {"__iand__", set_in_place_and}, {"__isub__", set_in_place_subtract}, {0},
};

static const nw_method_row immutable_methods[] = {SEQUENCE_METHODS, {0}};

void nw_builtin_container_install(nw_eval *eval)
{
    static const uint8_t immutable[] = {NW_CLASS_OF_STR, NW_CLASS_OF_BYTES, NW_CLASS_OF_RANGE};
    for (size_t i = 0; i < sizeof immutable / sizeof *immutable; i++)
        nw_install_methods(eval, eval->classes[immutable[i]], immutable_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_LIST], list_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_TUPLE], tuple_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_DICT], dict_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_ORDERED_DICT], ordered_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_DEFAULT_DICT], default_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_SET], frozen_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_SET], set_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_FROZENSET], frozen_methods);
    nw_install_descriptor(eval, eval->classes[NW_CLASS_OF_DICT], NW_STATIC_METHOD, "fromkeys", dict_fromkeys, NULL);
    nw_install_descriptor(eval, eval->classes[NW_CLASS_OF_DEFAULT_DICT], NW_PROPERTY, "default_factory", default_dict_factory, default_dict_set_factory);
}
