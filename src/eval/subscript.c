/* x[i], x[i] = v and del x[i]. */
#include "eval/builtin.h"

#include <string.h>

static const char *type_name(nw_eval *eval, nw_value value)
{
    nw_class *class_ = nw_type_of(eval, value);
    return class_ ? nw_symbol_bytes(eval->symbols, class_->name) : "object";
}

/* ---- slices ---- */

static nw_answer bound_of(nw_eval *eval, nw_value value, int64_t absent, int64_t *bound)
{
    value = nw_settle(eval, value);
    *bound = absent;
    return value.kind == NW_NONE ? NW_YES : nw_index_of(eval, value, bound);
}

static int64_t clamp(int64_t bound, int64_t length, int64_t low, int64_t high)
{
    if (bound < 0)
        bound = bound < -length ? low : bound + length;
    return bound < low ? low : bound > high ? high : bound;
}

nw_answer nw_slice_indices(nw_eval *eval, const nw_slice *slice, int64_t length, int64_t *start, int64_t *stop, int64_t *step)
{
    nw_answer answer = bound_of(eval, slice->step, 1, step);
    if (answer != NW_YES)
        return answer;
    if (*step == 0) {
        nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "slice step cannot be zero");
        return NW_FAILED;
    }
    bool down = *step < 0;
    answer = bound_of(eval, slice->start, down ? INT64_MAX : 0, start);
    if (answer != NW_YES)
        return answer;
    answer = bound_of(eval, slice->stop, down ? INT64_MIN : INT64_MAX, stop);
    if (answer != NW_YES)
        return answer;
    *start = clamp(*start, length, down ? -1 : 0, down ? length - 1 : length);
    *stop = *stop == INT64_MIN && down ? -1 : clamp(*stop, length, down ? -1 : 0, down ? length - 1 : length);
    return NW_YES;
}

nw_answer nw_slice_bounds(nw_eval *eval, const nw_slice *slice, int64_t length, int64_t *start, int64_t *step, int64_t *count)
{
    int64_t stop;
    nw_answer answer = nw_slice_indices(eval, slice, length, start, &stop, step);
    if (answer == NW_YES)
        *count = nw_range_length(&(nw_range){*start, stop, *step});
    return answer;
}

static nw_value slice_of_unknown(nw_eval *eval, nw_value container, nw_value index)
{
    if (container.kind == NW_LIST) {
        nw_value element = nw_element_of(eval, container);
        return element.kind == NW_ERROR ? element : nw_repeated_list(eval, element);
    }
    const nw_value operands[] = {container, index};
    nw_opaque_type type = container.kind == NW_STRING ? NW_TYPE_STRING : container.kind == NW_TUPLE ? NW_TYPE_TUPLE
                          : container.kind == NW_OPAQUE ? (nw_opaque_type)container.as.opaque->type : NW_TYPE_ANY;
    return nw_expression_intern(eval, NW_EXPRESSION_ITEM, type == NW_TYPE_STRING || type == NW_TYPE_TUPLE || type == NW_TYPE_LIST ? type : NW_TYPE_ANY, operands, 2);
}

static nw_value slice_items(nw_eval *eval, nw_value container, const nw_value *items, uint32_t length, nw_value index)
{
    int64_t start = 0, step = 1, count = 0;
    nw_answer answer = nw_slice_bounds(eval, index.as.slice, length, &start, &step, &count);
    if (answer == NW_FAILED)
        return nw_error();
    if (answer == NW_MAYBE)
        return slice_of_unknown(eval, container, index);
    nw_value *taken = nw_arena_alloc(&eval->arena, (size_t)count * sizeof *taken);
    for (int64_t i = 0; i < count; i++)
        taken[i] = items[start + i * step];
    if (container.kind == NW_LIST)
        return nw_list_new(eval, taken, (uint32_t)count);
    nw_value tuple = nw_tuple_new(eval, taken, (uint32_t)count);
    if (nw_is_size_class(eval, container.as.tuple->class_))
        tuple.as.tuple->class_ = container.as.tuple->class_;
    return tuple;
}

static nw_value slice_text(nw_eval *eval, nw_value container, nw_value index)
{
    nw_text text = nw_symbol_text(eval->symbols, container.as.symbol);
    bool bytes = container.kind == NW_BYTES;
    int64_t start = 0, step = 1, count = 0, length = bytes ? text.size : nw_characters(text);
    nw_answer answer = nw_slice_bounds(eval, index.as.slice, length, &start, &step, &count);
    if (answer == NW_FAILED)
        return nw_error();
    if (answer == NW_MAYBE)
        return slice_of_unknown(eval, container, index);
    nw_buffer out;
    nw_buffer_init(&out);
    bool direct = bytes || length == text.size; /* one byte per character */
    for (int64_t i = 0; i < count; i++) {
        uint32_t at = direct ? (uint32_t)(start + i * step) : nw_character_offset(text, start + i * step);
        nw_buffer_add(&out, text.bytes + at, direct ? 1 : nw_character_size((unsigned char)text.bytes[at]));
    }
    nw_value taken = nw_buffer_value(eval, &out);
    if (taken.kind == NW_STRING)
        taken.kind = container.kind;
    return taken;
}

static nw_value slice_range(nw_eval *eval, nw_value container, nw_value index)
{
    const nw_range *range = container.as.range;
    int64_t start = 0, step = 1, count = 0;
    nw_answer answer = nw_slice_bounds(eval, index.as.slice, nw_range_length(range), &start, &step, &count);
    if (answer != NW_YES)
        return answer == NW_FAILED ? nw_error() : slice_of_unknown(eval, container, index);
    int64_t first = range->start + start * range->step;
    return nw_range_new(eval, first, first + count * step * range->step, step * range->step);
}

/* ---- reading ---- */

/* Which of a few items it is depends on the unknown index. */
static nw_value choose_item(nw_eval *eval, const nw_value *items, const nw_value *keys, uint32_t count, nw_value index)
{
    nw_value chosen = items[count - 1];
    for (uint32_t i = count - 1; i-- > 0;) {
        nw_value key = keys ? keys[i] : nw_int(i);
        nw_guard guard = NW_FALSE;
        nw_answer answer = nw_truth(eval, nw_compare(eval, NW_OPERATOR_EQUAL, index, key), &guard);
        if (answer == NW_FAILED)
            return nw_error();
        if (answer == NW_YES)
            chosen = items[i];
        else if (answer == NW_MAYBE)
            chosen = nw_join(eval, guard, items[i], chosen);
    }
    return chosen;
}

static nw_value item_at_unknown(nw_eval *eval, nw_value container, const nw_value *items, uint32_t count, nw_value index)
{
    if (count == 0)
        return nw_lost(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, "an item of an empty sequence");
    if (count <= 4)
        return choose_item(eval, items, NULL, count, index);
    nw_value any = nw_any_of(eval, items, count);
    if (any.kind != NW_OPAQUE || any.as.opaque->origin != NW_ORIGIN_LOST)
        return any;
    const nw_value operands[] = {container, index};
    return nw_expression_intern(eval, NW_EXPRESSION_ITEM, NW_TYPE_ANY, operands, 2);
}

static nw_value get_sequence_item(nw_eval *eval, nw_value container, nw_value index)
{
    bool is_list = container.kind == NW_LIST;
    const nw_value *items = is_list ? container.as.list->items : container.as.tuple->items;
    uint32_t count = is_list ? container.as.list->count : container.as.tuple->count;
    if (is_list && container.as.list->repeated) {
        if (index.kind == NW_SLICE)
            return container;
        return count ? items[0] : nw_lost(eval, NW_DIAG_LOOP_SUMMARISED, "an item of a list of unknown length");
    }
    if (index.kind == NW_SLICE)
        return slice_items(eval, container, items, count, index);
    int64_t at;
    nw_answer answer = nw_index_of(eval, index, &at);
    if (answer == NW_FAILED && nw_exception_is(eval, NW_EXCEPTION_TYPE_ERROR)) {
        nw_exception_clear(eval);
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s indices must be integers or slices, not %s", type_name(eval, container), type_name(eval, index));
    }
    if (answer == NW_FAILED)
        return nw_error();
    if (answer == NW_MAYBE)
        return item_at_unknown(eval, container, items, count, index);
    at += at < 0 ? count : 0;
    if (at < 0 || at >= count)
        return nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "%s index out of range", type_name(eval, container));
    return nw_settle(eval, items[at]);
}

static nw_value get_text_item(nw_eval *eval, nw_value container, nw_value index)
{
    if (index.kind == NW_SLICE)
        return slice_text(eval, container, index);
    nw_text text = nw_symbol_text(eval->symbols, container.as.symbol);
    int64_t at, length = container.kind == NW_BYTES ? text.size : nw_characters(text);
    nw_answer answer = nw_index_of(eval, index, &at);
    if (answer != NW_YES)
        return answer == NW_FAILED ? nw_error() : slice_of_unknown(eval, container, index);
    at += at < 0 ? length : 0;
    if (at < 0 || at >= length)
        return nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "string index out of range");
    if (container.kind == NW_BYTES)
        return nw_int((unsigned char)text.bytes[at]);
    uint32_t offset = nw_character_offset(text, at);
    return nw_string_from(eval, text.bytes + offset, nw_character_size((unsigned char)text.bytes[offset]));
}

static nw_value get_range_item(nw_eval *eval, nw_value container, nw_value index)
{
    if (index.kind == NW_SLICE)
        return slice_range(eval, container, index);
    int64_t at, length = nw_range_length(container.as.range);
    nw_answer answer = nw_index_of(eval, index, &at);
    if (answer == NW_FAILED)
        return nw_error();
    if (answer == NW_MAYBE)
        return nw_element_of(eval, container);
    at += at < 0 ? length : 0;
    if (at < 0 || at >= length)
        return nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "range object index out of range");
    return nw_int(container.as.range->start + at * container.as.range->step);
}

static nw_value unhashable(nw_eval *eval, nw_value key)
{
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "unhashable type: '%s'", type_name(eval, key));
}

/* A value of a dictionary under an unknown key. */
static nw_value value_at_unknown(nw_eval *eval, nw_value container, nw_value key)
{
    const nw_dict *dict = container.as.dict;
    nw_value *values = nw_arena_alloc(&eval->arena, (dict->live + 1) * sizeof *values), *keys = nw_arena_alloc(&eval->arena, (dict->live + 1) * sizeof *keys);
    uint32_t count = 0, position = 0;
    bool callable = true, modules = true;
    for (nw_dict_entry *entry; (entry = nw_dict_next(dict, &position)); count++) {
        values[count] = nw_settle(eval, entry->value);
        keys[count] = entry->key;
        callable &= values[count].kind >= NW_FUNCTION && values[count].kind <= NW_CLASS;
        modules &= values[count].kind == NW_INSTANCE && values[count].as.instance->class_->is_module;
    }
    if (count && modules && dict->open && dict->compared)
        return nw_any_of(eval, values, count);
    if (count && count <= 4 && !dict->open)
        return choose_item(eval, values, keys, count, key);
    const nw_value operands[] = {container, key};
    nw_opaque_type type = !count || dict->open ? NW_TYPE_ANY : modules ? NW_TYPE_MODULE : callable ? NW_TYPE_CALLABLE : NW_TYPE_ANY;
    return nw_expression_intern(eval, NW_EXPRESSION_ITEM, type, operands, 2);
}

/* An entry whose key equals by a program's __eq__ (then *found is that key), or whose equality is not known. */
static nw_answer find_by_equality(nw_eval *eval, const nw_dict *dict, nw_value key, nw_value *value, nw_value *found)
{
    bool scan = key.kind == NW_INSTANCE && nw_special(eval, key, (nw_symbol){NW_NAME_DUNDER_EQ});
    uint32_t position = 0;
    if (!scan && !dict->compared)
        return NW_NO;
    for (nw_dict_entry *entry; (entry = nw_dict_next(dict, &position));) {
        nw_answer answer = nw_equal(eval, entry->key, key);
        if (answer == NW_FAILED)
            return answer;
        if (answer == NW_YES && found)
            *found = entry->key;
        if (answer != NW_NO && value)
            *value = entry->value;
        if (answer != NW_NO)
            return answer;
    }
    return NW_NO;
}

nw_value nw_stored_under_unknown_key(nw_eval *eval, const nw_dict *dict)
{
    nw_value *values = nw_arena_alloc(&eval->arena, (dict->live + 1) * sizeof *values);
    uint32_t count = 0, position = 0;
    for (nw_dict_entry *entry; dict->compared && (entry = nw_dict_next(dict, &position));)
        if (!nw_key_known(entry->key))
            values[count++] = nw_settle(eval, entry->value);
    return nw_any_of(eval, values, count);
}

static nw_value missing_key(nw_eval *eval, nw_value container, nw_value key)
{
    nw_dict *dict = container.as.dict;
    if (dict->default_factory.kind > NW_NONE) {
        nw_value made = nw_call_values(eval, dict->default_factory, NULL, 0);
        if (made.kind != NW_ERROR)
            nw_dict_set(eval, dict, key, made);
        return made;
    }
    if (nw_special(eval, container, (nw_symbol){NW_NAME_DUNDER_MISSING}))
        return nw_call_special(eval, container, (nw_symbol){NW_NAME_DUNDER_MISSING}, &key, 1);
    nw_value stored = dict->open ? nw_stored_under_unknown_key(eval, dict) : nw_unset();
    if (stored.kind != NW_UNSET)
        return stored;
    if (dict->open) {
        nw_buffer text;
        nw_buffer_init(&text);
        nw_operand_text(eval, &text, key);
        nw_value lost = nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "the entry %s", text.bytes ? text.bytes : "");
        nw_buffer_release(&text);
        nw_dict_set(eval, dict, key, lost);
        return lost;
    }
    nw_value exception = nw_raise(eval, NW_EXCEPTION_KEY_ERROR, "%s", "");
    nw_dict_set_name(eval, eval->exception.as.instance->attributes, (nw_symbol){NW_NAME_ARGS}, nw_tuple_new(eval, &key, 1));
    return exception;
}

static nw_value get_dict_item(nw_eval *eval, nw_value container, nw_value key)
{
    if (!nw_key_hashable(key))
        return unhashable(eval, key);
    nw_value *found = nw_dict_find(container.as.dict, key), value;
    if (found)
        return nw_settle(eval, *found);
    if (!nw_key_known(key) && container.as.dict->default_factory.kind <= NW_NONE)
        return value_at_unknown(eval, container, key);
    nw_answer answer = find_by_equality(eval, container.as.dict, key, &value, NULL);
    if (answer == NW_FAILED)
        return nw_error();
    if (answer == NW_YES)
        return nw_settle(eval, value);
    return answer == NW_MAYBE ? value_at_unknown(eval, container, key) : missing_key(eval, container, key);
}

static nw_value subscript_class(nw_eval *eval, nw_value class_, nw_value index)
{
    nw_symbol name = {NW_NAME_DUNDER_CLASS_GETITEM};
    nw_value *found = nw_class_find(eval, class_.as.class_, name);
    if (!found || found->kind == NW_NATIVE)
        return class_; /* list[int] */
    nw_value *hook = found;
    if (hook->kind == NW_DESCRIPTOR)
        return nw_call_method(eval, class_, name, &index, 1);
    return nw_call_values(eval, *hook, (nw_value[]){class_, index}, 2); /* an implicit class method */
}

typedef struct access {
    nw_value container, index, value;
} access;

static nw_value get_from_arm(nw_eval *eval, nw_value arm, void *data)
{
    return nw_get_item(eval, arm, ((const access *)data)->index);
}

static nw_value get_at_arm(nw_eval *eval, nw_value arm, void *data)
{
    return nw_get_item(eval, ((const access *)data)->container, arm);
}

static nw_value get_opaque_item(nw_eval *eval, nw_value object, nw_value index)
{
    if (index.kind == NW_SLICE)
        return slice_of_unknown(eval, object, index);
    const nw_value operands[] = {object, index};
    return nw_expression_intern(eval, NW_EXPRESSION_ITEM, object.as.opaque->type == NW_TYPE_STRING ? NW_TYPE_STRING : NW_TYPE_ANY, operands, 2);
}

nw_value nw_get_item(nw_eval *eval, nw_value object, nw_value index)
{
    object = nw_settle(eval, object);
    index = nw_settle(eval, index);
    if (object.kind == NW_ERROR || index.kind == NW_ERROR)
        return nw_error();
    if (nw_special(eval, object, (nw_symbol){NW_NAME_DUNDER_GETITEM}))
        return nw_call_special(eval, object, (nw_symbol){NW_NAME_DUNDER_GETITEM}, &index, 1);
    return nw_get_item_plain(eval, object, index);
}

nw_value nw_get_item_plain(nw_eval *eval, nw_value object, nw_value index)
{
    nw_value plain = nw_plain(object);
    access of = {plain, index, nw_unset()};
    if (plain.kind == NW_PHI)
        return nw_each_arm(eval, plain, get_from_arm, &of);
    if (index.kind == NW_PHI && plain.kind != NW_TENSOR && plain.kind != NW_OPAQUE && plain.kind != NW_CLASS)
        return nw_each_arm(eval, index, get_at_arm, &of);
    switch (plain.kind) {
    case NW_TENSOR:
        return nw_tensor_get_item(eval, plain, index);
    case NW_LIST:
    case NW_TUPLE:
        return get_sequence_item(eval, plain, index);
    case NW_STRING:
    case NW_BYTES:
        return get_text_item(eval, plain, index);
    case NW_RANGE:
        return get_range_item(eval, plain, index);
    case NW_DICT:
        return get_dict_item(eval, plain, index);
    case NW_CLASS:
        return subscript_class(eval, plain, index);
    case NW_OPAQUE:
        return get_opaque_item(eval, plain, index);
    case NW_FUNCTION: /* a generic alias written as a function */
        return plain;
    case NW_ITERATOR:
        if (plain.as.iterator->kind == NW_ITERATE_OPAQUE) /* range() of something unknown */
            return plain.as.iterator->extra;
        break;
    case NW_INSTANCE:
        if (plain.as.instance->class_->opaque_base)
            return nw_lost(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, "%s[...]", type_name(eval, plain));
        break;
    default:
        break;
    }
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' object is not subscriptable", type_name(eval, object));
}

/* ---- writing ---- */

bool nw_dict_store(nw_eval *eval, nw_dict *dict, nw_value key, nw_value value)
{
    key = nw_settle(eval, key);
    if (!nw_key_hashable(key)) {
        unhashable(eval, key);
        return false;
    }
    nw_value same = key;
    if (key.kind == NW_INSTANCE && find_by_equality(eval, dict, key, NULL, &same) == NW_FAILED)
        return false;
    nw_dict_set(eval, dict, same, value);
    if (!nw_key_known(key)) { /* it may be the key of any other entry */
        nw_trail_dict(eval, dict);
        dict->open = true;
    }
    return true;
}

static bool set_list_slice(nw_eval *eval, nw_sequence *list, nw_value index, nw_value value)
{
    nw_value *items;
    uint32_t item_count;
    int64_t start = 0, step = 1, count = 0;
    nw_answer known = nw_collect(eval, value, &items, &item_count);
    nw_answer answer = known == NW_FAILED ? known : nw_slice_bounds(eval, index.as.slice, list->count, &start, &step, &count);
    if (answer == NW_FAILED)
        return false;
    if (known == NW_MAYBE || answer == NW_MAYBE || list->repeated) {
        nw_list_splice(eval, list, list->count, list->count, items, item_count);
        nw_value any = nw_any_of(eval, list->items, list->count);
        nw_trail_list(eval, list);
        list->items[0] = any;
        list->count = any.kind == NW_UNSET ? 0 : 1;
        list->repeated = true;
        return true;
    }
    if (step == 1) {
        nw_list_splice(eval, list, (uint32_t)start, (uint32_t)(start + count), items, item_count);
        return true;
    }
    if (count != item_count) {
        nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "attempt to assign sequence of size %u to extended slice of size %lld", item_count, (long long)count);
        return false;
    }
    nw_trail_list(eval, list);
    for (int64_t i = 0; i < count; i++)
        list->items[start + i * step] = items[i];
    return true;
}

static bool set_list_item(nw_eval *eval, nw_sequence *list, nw_value index, nw_value value)
{
    int64_t at;
    if (index.kind == NW_SLICE)
        return set_list_slice(eval, list, index, value);
    nw_answer answer = nw_index_of(eval, index, &at);
    if (answer == NW_FAILED)
        return false;
    if (answer == NW_MAYBE || list->repeated) {
        nw_trail_list(eval, list);
        for (uint32_t i = 0; i < list->count; i++) {
            nw_guard guard = nw_bdd_atom(&eval->bdd);
            if (!list->repeated && nw_truth(eval, nw_compare(eval, NW_OPERATOR_EQUAL, index, nw_int(i)), &guard) == NW_FAILED)
                return false;
            list->items[i] = nw_join(eval, guard, value, list->items[i]);
        }
        return true;
    }
    at += at < 0 ? list->count : 0;
    if (at < 0 || at >= list->count) {
        nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "list assignment index out of range");
        return false;
    }
    nw_trail_list(eval, list);
    list->items[at] = value;
    return true;
}

static nw_value set_in_arm(nw_eval *eval, nw_value arm, void *data)
{
    const access *of = data;
    return nw_set_item(eval, arm, of->index, of->value) ? nw_none() : nw_error();
}

bool nw_set_item(nw_eval *eval, nw_value object, nw_value index, nw_value value)
{
    object = nw_settle(eval, object);
    index = nw_settle(eval, index);
    if (nw_special(eval, object, (nw_symbol){NW_NAME_DUNDER_SETITEM}))
        return nw_call_special(eval, object, (nw_symbol){NW_NAME_DUNDER_SETITEM}, (nw_value[]){index, value}, 2).kind != NW_ERROR;
    return nw_set_item_plain(eval, object, index, value);
}

bool nw_set_item_plain(nw_eval *eval, nw_value object, nw_value index, nw_value value)
{
    access of = {object, index, value};
    nw_value plain = nw_plain(object);
    if (plain.kind == NW_PHI)
        return nw_each_arm(eval, plain, set_in_arm, &of).kind != NW_ERROR;
    switch (plain.kind) {
    case NW_TENSOR:
        return nw_tensor_set_item(eval, plain, index, value);
    case NW_LIST:
        return set_list_item(eval, plain.as.list, index, value);
    case NW_DICT:
        return nw_dict_store(eval, plain.as.dict, index, value);
    case NW_OPAQUE:
        return true;
    case NW_INSTANCE:
        if (plain.as.instance->class_->opaque_base)
            return true;
        break;
    default:
        break;
    }
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' object does not support item assignment", type_name(eval, object));
    return false;
}

/* ---- deleting ---- */

static bool delete_list_item(nw_eval *eval, nw_sequence *list, nw_value index)
{
    int64_t at = 0, step = 1, count = 0;
    if (list->repeated)
        return true;
    if (index.kind == NW_SLICE) {
        nw_answer answer = nw_slice_bounds(eval, index.as.slice, list->count, &at, &step, &count);
        for (int64_t i = count - 1; answer == NW_YES && i >= 0; i--) {
            int64_t gone = step > 0 ? at + i * step : at + (count - 1 - i) * step;
            nw_list_splice(eval, list, (uint32_t)gone, (uint32_t)gone + 1, NULL, 0);
        }
        return answer != NW_FAILED;
    }
    nw_answer answer = nw_index_of(eval, index, &at);
    if (answer != NW_YES)
        return answer == NW_MAYBE;
    at += at < 0 ? list->count : 0;
    if (at < 0 || at >= list->count) {
        nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "list assignment index out of range");
        return false;
    }
    nw_list_splice(eval, list, (uint32_t)at, (uint32_t)at + 1, NULL, 0);
    return true;
}

bool nw_delete_item(nw_eval *eval, nw_value object, nw_value index)
{
    object = nw_settle(eval, object);
    index = nw_settle(eval, index);
    if (nw_special(eval, object, (nw_symbol){NW_NAME_DUNDER_DELITEM}))
        return nw_call_special(eval, object, (nw_symbol){NW_NAME_DUNDER_DELITEM}, &index, 1).kind != NW_ERROR;
    return nw_delete_item_plain(eval, object, index);
}

bool nw_delete_item_plain(nw_eval *eval, nw_value object, nw_value index)
{
    nw_value plain = nw_plain(object);
    if (nw_is_opaque(plain))
        return true;
    if (plain.kind == NW_LIST)
        return delete_list_item(eval, plain.as.list, index);
    if (plain.kind == NW_DICT) {
        if (nw_dict_remove(eval, plain.as.dict, index) || plain.as.dict->open || !nw_key_known(index))
            return true;
        missing_key(eval, (nw_value){.kind = NW_DICT, .as.dict = nw_dict_make(eval)}, index);
        return false;
    }
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' object doesn't support item deletion", type_name(eval, object));
    return false;
}
