/* str(), repr() and ascii(): the text of a value, as Python writes it. */
#include "eval/builtin.h"
#include "eval/keras.h"
#include "eval/set_order.h"

#include <string.h>

enum { MAX_NESTING = 40 };

static nw_answer write_representation(nw_eval *eval, nw_buffer *out, nw_value value, int depth);

nw_answer nw_write_result(nw_eval *eval, nw_buffer *out, nw_value result)
{
    result = nw_plain(result);
    if (result.kind == NW_ERROR)
        return NW_FAILED;
    if (result.kind != NW_STRING)
        return NW_MAYBE;
    nw_text text = nw_symbol_text(eval->symbols, result.as.symbol);
    nw_buffer_add(out, text.bytes, text.size);
    return NW_YES;
}

/* In open mode the text of an object is not asked for: it ends up in a message, and to make it is to walk the whole object. */
static nw_answer write_own(nw_eval *eval, nw_buffer *out, nw_value value, nw_symbol method)
{
    if (eval->environment->open && value.kind == NW_INSTANCE)
        return NW_MAYBE;
    return nw_write_result(eval, out, nw_call_special(eval, value, method, NULL, 0));
}

static nw_answer write_items(nw_eval *eval, nw_buffer *out, const nw_value *items, uint32_t count, int depth)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            nw_buffer_text(out, ", ");
        nw_answer answer = write_representation(eval, out, items[i], depth);
        if (answer != NW_YES || out->size > NW_MAX_STRING)
            return answer == NW_YES ? NW_MAYBE : answer;
    }
    return NW_YES;
}

static nw_answer write_dict(nw_eval *eval, nw_buffer *out, const nw_dict *dict, bool is_set, int depth)
{
    uint32_t position = 0;
    bool first = true;
    nw_buffer_byte(out, '{');
    for (nw_dict_entry *entry; (entry = nw_dict_next(dict, &position)); first = false) {
        if (!first)
            nw_buffer_text(out, ", ");
        nw_answer answer = write_representation(eval, out, entry->key, depth);
        if (answer == NW_YES && !is_set) {
            nw_buffer_text(out, ": ");
            answer = write_representation(eval, out, entry->value, depth);
        }
        if (answer != NW_YES)
            return answer;
    }
    nw_buffer_byte(out, '}');
    return dict->open ? NW_MAYBE : NW_YES;
}

static nw_answer write_set(nw_eval *eval, nw_buffer *out, const nw_dict *set, int depth)
{
    nw_value ordered = nw_set_ordered(eval, set);
    if (ordered.kind != NW_TUPLE)
        return write_dict(eval, out, set, true, depth);
    nw_buffer_byte(out, '{');
    nw_answer answer = write_items(eval, out, ordered.as.tuple->items, ordered.as.tuple->count, depth);
    nw_buffer_byte(out, '}');
    return answer;
}

static nw_answer write_named(nw_eval *eval, nw_buffer *out, const nw_class *class_, nw_answer (*write)(nw_eval *, nw_buffer *, nw_value, int), nw_value value,
                             int depth)
{
    nw_buffer_format(out, "%s(", nw_symbol_bytes(eval->symbols, class_->name));
    nw_answer answer = write(eval, out, value, depth);
    nw_buffer_byte(out, ')');
    return answer;
}

/* OrderedDict([('a', 1)]) */
static nw_answer write_pairs(nw_eval *eval, nw_buffer *out, nw_value value, int depth)
{
    uint32_t position = 0;
    bool first = true;
    if (value.as.dict->live == 0)
        return NW_YES;
    nw_buffer_byte(out, '[');
    for (nw_dict_entry *entry; (entry = nw_dict_next(value.as.dict, &position)); first = false) {
        const nw_value pair[] = {entry->key, entry->value};
        nw_buffer_text(out, first ? "(" : ", (");
        nw_answer answer = write_items(eval, out, pair, 2, depth);
        if (answer != NW_YES)
            return answer;
        nw_buffer_byte(out, ')');
    }
    nw_buffer_byte(out, ']');
    return value.as.dict->open ? NW_MAYBE : NW_YES;
}

/* defaultdict(<class 'list'>, {'a': [1]}) */
static nw_answer write_defaulting(nw_eval *eval, nw_buffer *out, nw_value value, int depth)
{
    nw_value factory = value.as.dict->default_factory;
    nw_answer answer = write_representation(eval, out, factory.kind == NW_UNSET ? nw_none() : factory, depth);
    nw_buffer_text(out, ", ");
    return answer == NW_YES ? write_dict(eval, out, value.as.dict, false, depth) : answer;
}

/* Point(x=1, y=2) */
static nw_answer write_named_tuple(nw_eval *eval, nw_buffer *out, const nw_tuple *tuple, const nw_tuple *fields, int depth)
{
    nw_buffer_format(out, "%s(", nw_symbol_bytes(eval->symbols, tuple->class_->name));
    for (uint32_t i = 0; i < tuple->count && i < fields->count; i++) {
        nw_buffer_format(out, i ? ", %s=" : "%s=", nw_symbol_bytes(eval->symbols, fields->items[i].as.symbol));
        nw_answer answer = write_representation(eval, out, tuple->items[i], depth);
        if (answer != NW_YES)
            return answer;
    }
    nw_buffer_byte(out, ')');
    return NW_YES;
}

/* torch.Size([1, 2]); shapes of Keras are tuples */
static nw_answer write_size(nw_eval *eval, nw_buffer *out, const nw_tuple *size, int depth)
{
    nw_buffer_text(out, "torch.Size([");
    nw_answer answer = write_items(eval, out, size->items, size->count, depth);
    nw_buffer_text(out, "])");
    return answer;
}

static nw_answer write_container(nw_eval *eval, nw_buffer *out, nw_value value, int depth)
{
    nw_answer answer;
    switch (value.kind) {
    case NW_TUPLE:
        if (nw_is_size_class(eval, value.as.tuple->class_) && !nw_keras_is_used(eval))
            return write_size(eval, out, value.as.tuple, depth);
        nw_buffer_byte(out, '(');
        answer = write_items(eval, out, value.as.tuple->items, value.as.tuple->count, depth);
        nw_buffer_text(out, value.as.tuple->count == 1 ? ",)" : ")");
        return answer;
    case NW_LIST:
        nw_buffer_byte(out, '[');
        answer = write_items(eval, out, value.as.list->items, value.as.list->count, depth);
        nw_buffer_byte(out, ']');
        return value.as.list->repeated && answer == NW_YES ? NW_MAYBE : answer;
    case NW_SET:
        if (value.as.dict->live == 0) {
            nw_buffer_text(out, "set()");
            return NW_YES;
        }
        return write_set(eval, out, value.as.dict, depth);
    default:
        return write_dict(eval, out, value.as.dict, false, depth);
    }
}

static nw_answer write_exception(nw_eval *eval, nw_buffer *out, nw_value value, bool as_string, int depth)
{
    nw_value *args = nw_dict_find_name(value.as.instance->attributes, (nw_symbol){NW_NAME_ARGS});
    if (!args || args->kind != NW_TUPLE)
        return NW_MAYBE;
    const nw_tuple *tuple = args->as.tuple;
    bool key_error = nw_is_subclass(value.as.instance->class_, eval->exceptions[NW_EXCEPTION_KEY_ERROR]);
    if (as_string && tuple->count == 0)
        return NW_YES;
    if (as_string && tuple->count == 1)
        return key_error ? write_representation(eval, out, tuple->items[0], depth) : nw_write_string(eval, out, tuple->items[0]);
    if (!as_string)
        nw_buffer_text(out, nw_symbol_bytes(eval->symbols, value.as.instance->class_->name));
    nw_buffer_byte(out, '(');
    nw_answer answer = write_items(eval, out, tuple->items, tuple->count, depth);
    nw_buffer_byte(out, ')');
    return answer;
}

static nw_answer write_class(nw_eval *eval, nw_buffer *out, const nw_class *class_)
{
    nw_buffer_format(out, "<class '%s'>", nw_symbol_bytes(eval->symbols, class_->qualified.v ? class_->qualified : class_->name));
    return NW_YES;
}

static const char *dtype_name(int64_t dtype)
{
    static const char *const names[] = {"unknown",
#define NW_DTYPE_ROW(id, name, category, size) name,
#include "eval/dtype.def"
#undef NW_DTYPE_ROW
    };
    return names[dtype];
}

static nw_answer write_scalar(nw_eval *eval, nw_buffer *out, nw_value value)
{
    switch (value.kind) {
    case NW_NONE:
        nw_buffer_text(out, "None");
        return NW_YES;
    case NW_ELLIPSIS:
        nw_buffer_text(out, "Ellipsis");
        return NW_YES;
    case NW_NOT_IMPLEMENTED:
        nw_buffer_text(out, "NotImplemented");
        return NW_YES;
    case NW_BOOL:
        nw_buffer_text(out, value.as.integer ? "True" : "False");
        return NW_YES;
    case NW_INT:
        nw_buffer_format(out, "%lld", (long long)value.as.integer);
        return NW_YES;
    case NW_FLOAT:
        nw_convert_float(out, value.as.number);
        return NW_YES;
    case NW_STRING:
    case NW_BYTES:
        nw_convert_quoted(out, nw_symbol_text(eval->symbols, value.as.symbol), value.kind == NW_BYTES);
        return NW_YES;
    case NW_DTYPE:
        nw_buffer_format(out, "torch.%s", dtype_name(value.as.integer));
        return value.as.integer == NW_DTYPE_UNKNOWN ? NW_MAYBE : NW_YES;
    case NW_RANGE:
        nw_buffer_format(out, "range(%lld, %lld", (long long)value.as.range->start, (long long)value.as.range->stop);
        if (value.as.range->step != 1)
            nw_buffer_format(out, ", %lld", (long long)value.as.range->step);
        nw_buffer_byte(out, ')');
        return NW_YES;
    case NW_CLASS:
        return write_class(eval, out, value.as.class_);
    default:
        return NW_MAYBE; /* an address, or the contents of a tensor */
    }
}

static nw_answer write_slice(nw_eval *eval, nw_buffer *out, const nw_slice *slice, int depth)
{
    const nw_value bounds[] = {slice->start, slice->stop, slice->step};
    nw_buffer_text(out, "slice(");
    nw_answer answer = write_items(eval, out, bounds, 3, depth);
    nw_buffer_byte(out, ')');
    return answer;
}

static nw_answer write_native(nw_eval *eval, nw_buffer *out, nw_value value, int depth)
{
    nw_value plain = nw_plain(value);
    const nw_class *class_ = plain.kind == NW_DICT || plain.kind == NW_SET ? plain.as.dict->class_ : NULL;
    switch (plain.kind) {
    case NW_INSTANCE:
        return plain.as.instance->class_->is_exception ? write_exception(eval, out, plain, false, depth) : NW_MAYBE;
    case NW_SLICE:
        return write_slice(eval, out, plain.as.slice, depth);
    case NW_TUPLE:
    case NW_LIST:
    case NW_DICT:
    case NW_SET:
        if (plain.kind == NW_TUPLE && plain.as.tuple->class_ && nw_named_fields(eval, plain.as.tuple->class_))
            return write_named_tuple(eval, out, plain.as.tuple, nw_named_fields(eval, plain.as.tuple->class_), depth);
        if (class_ && (plain.kind == NW_SET || nw_is_subclass(class_, eval->classes[NW_CLASS_OF_ORDERED_DICT])))
            return write_named(eval, out, class_, plain.kind == NW_SET ? write_container : write_pairs, plain, depth);
        if (class_ && nw_is_subclass(class_, eval->classes[NW_CLASS_OF_DEFAULT_DICT]))
            return write_named(eval, out, class_, write_defaulting, plain, depth);
        return write_container(eval, out, plain, depth);
    default:
        return write_scalar(eval, out, plain);
    }
}

static nw_answer write_representation(nw_eval *eval, nw_buffer *out, nw_value value, int depth)
{
    if (nw_is_opaque(value) || depth > MAX_NESTING)
        return NW_MAYBE;
    if (nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_REPR}))
        return write_own(eval, out, value, (nw_symbol){NW_NAME_DUNDER_REPR});
    return write_native(eval, out, value, depth + 1);
}

nw_answer nw_write_representation(nw_eval *eval, nw_buffer *out, nw_value value)
{
    return write_representation(eval, out, value, 0);
}

/* Devices have a native __str__: "cpu", "cuda:1". */
static nw_answer write_device(nw_eval *eval, nw_buffer *out, nw_value value)
{
    nw_value *text = nw_class_find(eval, value.as.instance->class_, (nw_symbol){NW_NAME_DUNDER_STR});
    return text ? nw_write_result(eval, out, nw_call_values(eval, *text, &value, 1)) : NW_MAYBE;
}

nw_answer nw_write_string(nw_eval *eval, nw_buffer *out, nw_value value)
{
    if (nw_is_opaque(value))
        return NW_MAYBE;
    if (value.kind == NW_INSTANCE && value.as.instance->class_ == eval->classes[NW_CLASS_OF_DEVICE])
        return write_device(eval, out, value);
    if (nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_STR}))
        return write_own(eval, out, value, (nw_symbol){NW_NAME_DUNDER_STR});
    nw_value plain = nw_plain(value);
    if (plain.kind == NW_STRING && !nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_REPR}))
        return nw_write_result(eval, out, plain);
    if (value.kind == NW_INSTANCE && value.as.instance->class_->is_exception && !nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_REPR}))
        return write_exception(eval, out, value, true, 0);
    return write_representation(eval, out, value, 0);
}

nw_value nw_buffer_value(nw_eval *eval, nw_buffer *out)
{
    nw_value value = nw_string_from(eval, out->bytes ? out->bytes : "", out->size);
    nw_buffer_release(out);
    return value;
}

static nw_value finish(nw_eval *eval, nw_buffer *out, nw_answer answer, const char *function, nw_value operand)
{
    if (answer == NW_YES)
        return nw_buffer_value(eval, out);
    nw_buffer_release(out);
    return answer == NW_FAILED ? nw_error() : nw_expression_call(eval, function, NW_TYPE_STRING, &operand, 1);
}

static nw_value string_of_arm(nw_eval *eval, nw_value arm, void *data)
{
    (void)data;
    return nw_to_string(eval, arm);
}

nw_value nw_to_string(nw_eval *eval, nw_value value)
{
    value = nw_settle(eval, value);
    if (value.kind == NW_PHI && nw_phi_leaves(value) <= 4)
        return nw_each_arm(eval, value, string_of_arm, NULL);
    if (value.kind == NW_OPAQUE && value.as.opaque->type == NW_TYPE_STRING)
        return value;
    nw_buffer out;
    nw_buffer_init(&out);
    return finish(eval, &out, nw_write_string(eval, &out, value), "str", value);
}

nw_value nw_representation(nw_eval *eval, nw_value value)
{
    value = nw_settle(eval, value);
    nw_buffer out;
    nw_buffer_init(&out);
    return finish(eval, &out, nw_write_representation(eval, &out, value), "repr", value);
}

nw_value nw_representation_plain(nw_eval *eval, nw_value value)
{
    nw_buffer out;
    nw_buffer_init(&out);
    return finish(eval, &out, write_native(eval, &out, value, 0), "repr", value);
}

nw_value nw_ascii(nw_eval *eval, nw_value value)
{
    nw_value plain = nw_plain(value);
    if (plain.kind != NW_STRING)
        return nw_representation(eval, value);
    nw_buffer out;
    nw_buffer_init(&out);
    nw_convert_ascii(&out, nw_symbol_text(eval->symbols, plain.as.symbol));
    return nw_buffer_value(eval, &out);
}
