/* str(), repr(), format(), the % operator of strings and str.format(). */
#include "eval/builtin.h"
#include "eval/keras.h"
#include "eval/set_order.h"

#include <string.h>

enum { MAX_NESTING = 40 };

static nw_answer write_representation(nw_eval *eval, nw_buffer *out, nw_value value, int depth);

/* The result of a program's own __str__ or __repr__. */
static nw_answer write_result(nw_eval *eval, nw_buffer *out, nw_value result)
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
    return write_result(eval, out, nw_call_special(eval, value, method, NULL, 0));
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
    return text ? write_result(eval, out, nw_call_values(eval, *text, &value, 1)) : NW_MAYBE;
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
        return write_result(eval, out, plain);
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

/* ---- format() ---- */

static nw_answer write_formatted(nw_eval *eval, nw_buffer *out, nw_value value, nw_text specification)
{
    if (nw_is_opaque(value) || value.kind == NW_TENSOR)
        return NW_MAYBE;
    if (nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_FORMAT})) {
        nw_value argument = nw_string_from(eval, specification.bytes, specification.size);
        return write_result(eval, out, nw_call_special(eval, value, (nw_symbol){NW_NAME_DUNDER_FORMAT}, &argument, 1));
    }
    if (specification.size == 0)
        return nw_write_string(eval, out, value);
    nw_format format;
    nw_value plain = nw_plain(value);
    bool ok = nw_format_parse(specification, &format);
    if (ok && plain.kind == NW_STRING)
        ok = nw_format_text(out, &format, nw_symbol_text(eval->symbols, plain.as.symbol));
    else if (ok && nw_is_integer(plain))
        ok = nw_format_integer(out, &format, plain.as.integer);
    else if (ok && plain.kind == NW_FLOAT)
        ok = nw_format_float(out, &format, plain.as.number);
    else if (ok) {
        nw_class *class_ = nw_type_of(eval, value);
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "unsupported format string passed to %s.__format__",
                 class_ ? nw_symbol_bytes(eval->symbols, class_->name) : "object");
        return NW_FAILED;
    }
    if (!ok && format.type && specification.bytes[specification.size - 1] == format.type)
        nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "Unknown format code '%c' for object of type '%s'", format.type,
                 nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
    else if (!ok)
        nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "Invalid format specifier '%.*s'", (int)specification.size, specification.bytes);
    return ok ? NW_YES : NW_FAILED;
}

nw_value nw_format_value(nw_eval *eval, nw_value value, nw_text specification)
{
    value = nw_settle(eval, value);
    if (specification.size == 0 && !nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_FORMAT}))
        return nw_to_string(eval, value);
    nw_buffer out;
    nw_buffer_init(&out);
    nw_answer answer = write_formatted(eval, &out, value, specification);
    if (answer != NW_MAYBE)
        return finish(eval, &out, answer, "format", value);
    nw_buffer_release(&out);
    nw_value operands[] = {value, nw_string_from(eval, specification.bytes, specification.size)};
    return nw_expression_call(eval, "format", NW_TYPE_STRING, operands, 2);
}

/* ---- str.format() ---- */

typedef struct fields {
    nw_eval *eval;
    const nw_arguments *arguments;
    uint32_t next; /* number of the next field without a name */
} fields;

static nw_answer write_fields(fields *state, nw_buffer *out, nw_text text, int depth);

static nw_value failed_field(fields *state, nw_text name)
{
    return nw_raise(state->eval, NW_EXCEPTION_KEY_ERROR, "%.*s", (int)name.size, name.bytes);
}

/* The argument that a field starts with: "", "0" or "name". */
static nw_value first_part(fields *state, nw_text name)
{
    int64_t number = state->next;
    bool overflow, numbered = name.size && nw_parse_integer(name, 10, &number, &overflow);
    if (name.size == 0 || numbered) {
        state->next += !numbered;
        if (number < state->arguments->positional_count)
            return state->arguments->positional[number];
        if (state->arguments->open)
            return nw_lost(state->eval, NW_DIAG_ARGUMENTS_UNKNOWN, "str.format");
        return nw_raise(state->eval, NW_EXCEPTION_INDEX_ERROR, "Replacement index %lld out of range for positional args tuple", (long long)number);
    }
    nw_symbol symbol = nw_symbol_intern(state->eval->symbols, name.bytes, name.size);
    for (uint32_t i = 0; i < state->arguments->named_count; i++)
        if (state->arguments->names[i].v == symbol.v)
            return state->arguments->named[i];
    return state->arguments->open ? nw_lost(state->eval, NW_DIAG_ARGUMENTS_UNKNOWN, "str.format") : failed_field(state, name);
}

static nw_value field_value(fields *state, nw_text name)
{
    uint32_t at = 0;
    while (at < name.size && name.bytes[at] != '.' && name.bytes[at] != '[')
        at++;
    nw_value value = first_part(state, (nw_text){name.bytes, at});
    while (value.kind != NW_ERROR && at < name.size) {
        bool item = name.bytes[at++] == '[';
        uint32_t start = at;
        while (at < name.size && (item ? name.bytes[at] != ']' : name.bytes[at] != '.' && name.bytes[at] != '['))
            at++;
        nw_text part = {name.bytes + start, at - start};
        int64_t index;
        bool overflow;
        if (!item)
            value = nw_get_attribute(state->eval, value, nw_symbol_intern(state->eval->symbols, part.bytes, part.size));
        else if (nw_parse_integer(part, 10, &index, &overflow))
            value = nw_get_item(state->eval, value, nw_int(index));
        else
            value = nw_get_item(state->eval, value, nw_string_from(state->eval, part.bytes, part.size));
        at += item && at < name.size;
    }
    return value;
}

static nw_value converted(nw_eval *eval, nw_value value, char conversion)
{
    if (conversion == 's')
        return nw_to_string(eval, value);
    return conversion == 'a' ? nw_ascii(eval, value) : conversion ? nw_representation(eval, value) : value;
}

static nw_answer write_field(fields *state, nw_buffer *out, nw_text field, int depth)
{
    uint32_t end = 0, nesting = 0;
    for (; end < field.size && (nesting || (field.bytes[end] != '!' && field.bytes[end] != ':')); end++)
        nesting += field.bytes[end] == '[' ? 1u : field.bytes[end] == ']' && nesting ? -1u : 0;
    nw_value value = field_value(state, (nw_text){field.bytes, end});
    char conversion = 0;
    if (end + 1 < field.size && field.bytes[end] == '!') {
        conversion = field.bytes[end + 1];
        end += 2;
    }
    if (value.kind != NW_ERROR)
        value = converted(state->eval, nw_settle(state->eval, value), conversion);
    if (value.kind == NW_ERROR)
        return NW_FAILED;
    nw_text specification = end < field.size ? (nw_text){field.bytes + end + 1, field.size - end - 1} : (nw_text){"", 0};
    nw_buffer inner;
    nw_buffer_init(&inner);
    nw_answer answer = write_fields(state, &inner, specification, depth + 1);
    if (answer == NW_YES)
        answer = write_formatted(state->eval, out, value, (nw_text){inner.bytes ? inner.bytes : "", (uint32_t)inner.size});
    nw_buffer_release(&inner);
    return answer;
}

static nw_answer bad_template(nw_eval *eval, const char *message)
{
    nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "%s", message);
    return NW_FAILED;
}

static nw_answer write_fields(fields *state, nw_buffer *out, nw_text text, int depth)
{
    nw_answer whole = NW_YES;
    if (depth > 2)
        return bad_template(state->eval, "Max string recursion exceeded");
    for (uint32_t i = 0; i < text.size; i++) {
        char byte = text.bytes[i];
        if ((byte == '{' || byte == '}') && i + 1 < text.size && text.bytes[i + 1] == byte && (depth == 0 || byte == '{')) {
            nw_buffer_byte(out, text.bytes[i++]);
        } else if (byte == '{') {
            uint32_t start = ++i, nesting = 1;
            for (; i < text.size && nesting; i++)
                nesting += text.bytes[i] == '{' ? 1u : text.bytes[i] == '}' ? -1u : 0;
            if (nesting)
                return bad_template(state->eval, start == text.size ? "Single '{' encountered in format string" : "expected '}' before end of string");
            i--;
            nw_answer answer = write_field(state, out, (nw_text){text.bytes + start, i - start}, depth);
            if (answer == NW_FAILED)
                return answer;
            whole = answer == NW_YES ? whole : answer;
        } else if (byte == '}') {
            return bad_template(state->eval, "Single '}' encountered in format string");
        } else {
            nw_buffer_byte(out, byte);
        }
    }
    return whole;
}

nw_value nw_format_fields(nw_eval *eval, nw_value template_, const nw_arguments *arguments)
{
    fields state = {eval, arguments, 0};
    nw_buffer out;
    nw_buffer_init(&out);
    nw_answer answer = write_fields(&state, &out, nw_symbol_text(eval->symbols, template_.as.symbol), 0);
    if (answer == NW_YES)
        return nw_buffer_value(eval, &out);
    nw_buffer_release(&out);
    return answer == NW_FAILED ? nw_error() : nw_unknown_method(eval, "format", NW_TYPE_STRING, template_, arguments);
}

/* ---- template % value ---- */

typedef struct percent {
    nw_eval *eval;
    nw_text text;
    uint32_t at;
    nw_value value;
    uint32_t used;  /* items of a tuple used so far */
    bool mapped;
} percent;

static nw_value next_argument(percent *state)
{
    nw_value plain = nw_plain(state->value);
    if (plain.kind == NW_TUPLE && state->used < plain.as.tuple->count)
        return nw_settle(state->eval, plain.as.tuple->items[state->used++]);
    if (plain.kind != NW_TUPLE && state->used++ == 0)
        return state->value;
    return nw_raise(state->eval, NW_EXCEPTION_TYPE_ERROR, "not enough arguments for format string");
}

static nw_value mapped_argument(percent *state)
{
    uint32_t start = ++state->at;
    while (state->at < state->text.size && state->text.bytes[state->at] != ')')
        state->at++;
    nw_value key = nw_string_from(state->eval, state->text.bytes + start, state->at - start);
    state->at += state->at < state->text.size;
    state->mapped = true;
    return nw_get_item(state->eval, state->value, key);
}

static bool percent_number(percent *state, int *number)
{
    *number = 0;
    if (state->at < state->text.size && state->text.bytes[state->at] == '*') {
        int64_t given;
        state->at++;
        nw_value value = next_argument(state);
        if (value.kind == NW_ERROR || nw_index_of(state->eval, value, &given) != NW_YES || given > 100000)
            return false;
        *number = (int)given;
        return true;
    }
    for (; state->at < state->text.size && state->text.bytes[state->at] >= '0' && state->text.bytes[state->at] <= '9'; state->at++)
        *number = *number > 100000 ? *number : *number * 10 + state->text.bytes[state->at] - '0';
    return true;
}

static bool percent_flags(percent *state, nw_format *format)
{
    bool left = false;
    for (; state->at < state->text.size && strchr("-+ #0", state->text.bytes[state->at]); state->at++) {
        char flag = state->text.bytes[state->at];
        left |= flag == '-';
        format->alternate |= flag == '#';
        format->zero |= flag == '0';
        if (flag == '+' || (flag == ' ' && !format->sign))
            format->sign = flag;
    }
    if (!percent_number(state, &format->width))
        return false;
    if (format->width < 0)
        left = true, format->width = -format->width;
    if (state->at < state->text.size && state->text.bytes[state->at] == '.') {
        state->at++;
        if (!percent_number(state, &format->precision))
            return false;
    }
    while (state->at < state->text.size && strchr("hlL", state->text.bytes[state->at]))
        state->at++;
    format->align = '>';
    if (left)
        format->align = '<';
    else if (format->zero)
        format->align = '=';
    if (format->zero && !left)
        memcpy(format->fill, "0", 2);
    return true;
}

static nw_answer percent_number_of(percent *state, nw_buffer *out, nw_format *format, nw_value value, char type)
{
    nw_value plain = nw_plain(value);
    bool is_float = strchr("eEfFgG", type), is_character = type == 'c' && plain.kind == NW_STRING;
    format->type = strchr("iu", type) ? 'd' : type;
    if (is_character) {
        format->type = 0;
        return nw_format_text(out, format, nw_symbol_text(state->eval->symbols, plain.as.symbol)) ? NW_YES : NW_FAILED;
    }
    if (!nw_is_number(plain)) {
        nw_raise(state->eval, NW_EXCEPTION_TYPE_ERROR, "%%%c format: a real number is required, not %s", type,
                 nw_symbol_bytes(state->eval->symbols, nw_type_of(state->eval, value)->name));
        return NW_FAILED;
    }
    double number = plain.kind == NW_FLOAT ? plain.as.number : (double)plain.as.integer;
    if (is_float)
        return nw_format_float(out, format, number) ? NW_YES : NW_FAILED;
    if (plain.kind == NW_FLOAT && !(number > -9e18 && number < 9e18))
        return NW_MAYBE;
    if (format->precision >= 0) { /* %.3d: at least so many digits */
        *format = (nw_format){.fill = "0", .align = '=', .width = format->precision, .precision = -1, .type = format->type, .sign = format->sign};
    }
    return nw_format_integer(out, format, plain.kind == NW_FLOAT ? (int64_t)number : plain.as.integer) ? NW_YES : NW_FAILED;
}

static nw_answer percent_item(percent *state, nw_buffer *out)
{
    nw_format format = {.fill = " ", .width = -1, .precision = -1};
    nw_value value = nw_unset();
    if (state->at < state->text.size && state->text.bytes[state->at] == '(')
        value = mapped_argument(state);
    if (value.kind == NW_ERROR || !percent_flags(state, &format))
        return state->eval->exception.kind == NW_UNSET ? NW_MAYBE : NW_FAILED;
    if (state->at >= state->text.size)
        return bad_template(state->eval, "incomplete format");
    char type = state->text.bytes[state->at++];
    if (type == '%') {
        nw_buffer_byte(out, '%');
        return NW_YES;
    }
    if (value.kind == NW_UNSET)
        value = next_argument(state);
    if (value.kind == NW_ERROR)
        return NW_FAILED;
    if (!strchr("srdiufFeEgGxXoca", type))
        return bad_template(state->eval, "unsupported format character");
    if (nw_is_opaque(value) || value.kind == NW_TENSOR)
        return NW_MAYBE;
    if (!strchr("sra", type))
        return percent_number_of(state, out, &format, value, type);
    nw_buffer text;
    nw_buffer_init(&text);
    nw_answer answer = type == 's' ? nw_write_string(state->eval, &text, value) : nw_write_representation(state->eval, &text, value);
    memcpy(format.fill, " ", 2);
    format.align = format.align == '=' ? '>' : format.align;
    format.sign = 0;
    if (answer == NW_YES)
        nw_format_text(out, &format, (nw_text){text.bytes ? text.bytes : "", (uint32_t)text.size});
    nw_buffer_release(&text);
    return answer;
}

nw_value nw_format_percent(nw_eval *eval, nw_value template_, nw_value value)
{
    percent state = {.eval = eval, .text = nw_symbol_text(eval->symbols, template_.as.symbol), .value = value};
    nw_buffer out;
    nw_buffer_init(&out);
    nw_answer whole = NW_YES, answer = NW_YES;
    while (state.at < state.text.size && answer != NW_FAILED) {
        char byte = state.text.bytes[state.at++];
        if (byte == '%')
            answer = percent_item(&state, &out);
        else
            nw_buffer_byte(&out, byte);
        whole = answer == NW_YES ? whole : answer;
    }
    nw_value plain = nw_plain(value);
    bool left_over = plain.kind == NW_TUPLE ? state.used < plain.as.tuple->count : state.used == 0 && !state.mapped && plain.kind != NW_DICT;
    if (whole == NW_YES && left_over)
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "not all arguments converted during string formatting");
    if (whole == NW_YES && !left_over)
        return nw_buffer_value(eval, &out);
    nw_buffer_release(&out);
    if (whole != NW_MAYBE)
        return nw_error();
    nw_value operands[] = {template_, value};
    return nw_expression_intern(eval, NW_OPERATOR_MODULO, NW_TYPE_STRING, operands, 2);
}
