/* Built-in types: their constructors, and the table of them. */
#include "eval/builtin.h"

#include "eval/interpret.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- constructors: `self` is the class that is called, perhaps derived from the native one ---- */

static bool is_derived(nw_value self)
{
    return self.kind == NW_CLASS && self.as.class_->module;
}

/* The native value as an instance of a derived class. */
static nw_value wrap(nw_eval *eval, nw_value self, nw_value value)
{
    if (!is_derived(self) || value.kind == NW_ERROR)
        return value;
    if (value.kind == NW_TUPLE) {
        nw_value copy = nw_tuple_new(eval, value.as.tuple->items, value.as.tuple->count);
        copy.as.tuple->class_ = self.as.class_;
        return copy;
    }
    if (value.kind == NW_LIST) {
        value.as.list->class_ = self.as.class_;
        return value;
    }
    if (value.kind == NW_DICT || value.kind == NW_SET) {
        value.as.dict->class_ = self.as.class_;
        return value;
    }
    nw_value instance = nw_instance_new(eval, self.as.class_);
    instance.as.instance->payload = value;
    return instance;
}

static nw_value bad_literal(nw_eval *eval, const char *what, nw_value value)
{
    nw_buffer text;
    nw_buffer_init(&text);
    nw_convert_quoted(&text, nw_text_of(eval, value), false);
    nw_value error = nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "%s: %s", what, text.bytes);
    nw_buffer_release(&text);
    return error;
}

static nw_value integer_of_float(nw_eval *eval, double number)
{
    if (isnan(number))
        return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "cannot convert float NaN to integer");
    if (isinf(number))
        return nw_raise(eval, NW_EXCEPTION_OVERFLOW_ERROR, "cannot convert float infinity to integer");
    if (!(number >= -9223372036854775808.0 && number < 9223372036854775808.0))
        return nw_lost(eval, NW_DIAG_INTEGER_OVERFLOW, ": %g", number);
    return nw_int((int64_t)number);
}

static nw_value integer_of_text(nw_eval *eval, nw_value value, int64_t base)
{
    int64_t integer;
    bool overflow;
    char what[64];
    snprintf(what, sizeof what, "invalid literal for int() with base %d", (int)base);
    if (!nw_parse_integer(nw_text_of(eval, value), (int)base, &integer, &overflow))
        return bad_literal(eval, what, value);
    return overflow ? nw_lost(eval, NW_DIAG_INTEGER_OVERFLOW, ": %s", nw_symbol_bytes(eval->symbols, nw_plain(value).as.symbol)) : nw_int(integer);
}

static nw_value integer_arm(nw_eval *eval, nw_value arm, void *data)
{
    (void)data;
    return nw_integer_of(eval, arm);
}

nw_value nw_integer_of(nw_eval *eval, nw_value value)
{
    static const uint16_t names[] = {NW_NAME_DUNDER_INT, NW_NAME_DUNDER_INDEX};
    for (int i = 0; i < 2; i++)
        if (nw_special(eval, value, (nw_symbol){names[i]}))
            return nw_call_special(eval, value, (nw_symbol){names[i]}, NULL, 0);
    nw_value plain = nw_plain(value);
    switch (plain.kind) {
    case NW_BOOL:
    case NW_INT:
        return nw_int(plain.as.integer);
    case NW_FLOAT:
        return integer_of_float(eval, plain.as.number);
    case NW_STRING:
    case NW_BYTES:
        return integer_of_text(eval, plain, 10);
    case NW_TENSOR:
        return nw_tensor_number(eval, plain, NW_INT);
    case NW_OPAQUE:
        return plain.as.opaque->type == NW_TYPE_INT ? plain : nw_expression_call(eval, "int", NW_TYPE_INT, &plain, 1);
    case NW_PHI:
        return nw_each_arm(eval, plain, integer_arm, NULL);
    default:
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "int() argument must be a string, a bytes-like object or a real number, not '%s'",
                        nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
    }
}

static nw_value construct_int(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("int", "x=, base=", 2);
    int64_t base;
    if (out[0].kind == NW_UNSET)
        return wrap(eval, self, nw_int(0));
    if (out[1].kind == NW_UNSET)
        return wrap(eval, self, nw_integer_of(eval, out[0]));
    nw_answer answer = nw_index_of(eval, out[1], &base);
    if (answer == NW_FAILED)
        return nw_error();
    if (answer == NW_MAYBE || nw_plain(out[0]).kind != NW_STRING)
        return nw_unknown_call(eval, "int", NW_TYPE_INT, arguments);
    return wrap(eval, self, integer_of_text(eval, out[0], base));
}

static nw_value float_arm(nw_eval *eval, nw_value arm, void *data)
{
    (void)data;
    return nw_float_of(eval, arm);
}

nw_value nw_float_of(nw_eval *eval, nw_value value)
{
    if (nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_FLOAT}))
        return nw_call_special(eval, value, (nw_symbol){NW_NAME_DUNDER_FLOAT}, NULL, 0);
    nw_value plain = nw_plain(value);
    double number;
    switch (plain.kind) {
    case NW_BOOL:
    case NW_INT:
        return nw_float((double)plain.as.integer);
    case NW_FLOAT:
        return plain;
    case NW_STRING:
        return nw_parse_float(nw_text_of(eval, plain), &number) ? nw_float(number) : bad_literal(eval, "could not convert string to float", plain);
    case NW_TENSOR:
        return nw_tensor_number(eval, plain, NW_FLOAT);
    case NW_OPAQUE:
        return plain.as.opaque->type == NW_TYPE_FLOAT ? plain : nw_expression_call(eval, "float", NW_TYPE_FLOAT, &plain, 1);
    case NW_PHI:
        return nw_each_arm(eval, plain, float_arm, NULL);
    default:
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "float() argument must be a string or a real number, not '%s'",
                        nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
    }
}

static nw_value construct_float(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("float", "x=", 1);
    return wrap(eval, self, out[0].kind == NW_UNSET ? nw_float(0) : nw_float_of(eval, out[0]));
}

static nw_value construct_bool(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("bool", "x=", 1);
    nw_guard guard = NW_FALSE;
    (void)self;
    if (out[0].kind == NW_OPAQUE && out[0].as.opaque->type == NW_TYPE_BOOL)
        return out[0];
    if (out[0].kind == NW_TENSOR)
        return nw_tensor_number(eval, out[0], NW_BOOL);
    nw_answer answer = nw_truth(eval, out[0], &guard);
    if (answer == NW_FAILED)
        return nw_error();
    if (answer == NW_MAYBE && out[0].kind == NW_OPAQUE)
        return nw_expression_intern(eval, NW_TEST_TRUTH, NW_TYPE_BOOL, out, 1);
    return answer == NW_MAYBE ? nw_join(eval, guard, nw_bool(true), nw_bool(false)) : nw_bool(answer == NW_YES);
}

static nw_value construct_str(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("str", "object=, encoding=, errors=", 3);
    if (out[0].kind == NW_UNSET)
        return wrap(eval, self, nw_string((nw_symbol){NW_NAME_EMPTY}));
    if (out[0].kind == NW_BYTES && out[1].kind != NW_UNSET)
        return wrap(eval, self, nw_string(out[0].as.symbol));
    return wrap(eval, self, nw_to_string(eval, out[0]));
}

static nw_value construct_bytes(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("bytes", "source=, encoding=, errors=", 3);
    nw_value *items;
    uint32_t count;
    (void)self;
    if (out[0].kind == NW_STRING || out[0].kind == NW_BYTES)
        return (nw_value){.kind = NW_BYTES, .as.symbol = out[0].as.symbol};
    nw_buffer text;
    nw_buffer_init(&text);
    if (nw_is_integer(out[0])) {
        for (int64_t i = 0; i < out[0].as.integer && i <= NW_MAX_STRING; i++)
            nw_buffer_byte(&text, 0);
    } else if (out[0].kind != NW_UNSET) {
        nw_answer known = nw_collect(eval, out[0], &items, &count);
        for (uint32_t i = 0; known == NW_YES && i < count; i++) {
            known = nw_is_integer(items[i]) ? NW_YES : NW_MAYBE;
            nw_buffer_byte(&text, (char)(items[i].as.integer & 0xFF));
        }
        if (known != NW_YES) {
            nw_buffer_release(&text);
            return known == NW_FAILED ? nw_error() : nw_unknown_call(eval, "bytes", NW_TYPE_ANY, arguments);
        }
    }
    nw_value made = nw_buffer_value(eval, &text);
    if (made.kind == NW_STRING)
        made.kind = NW_BYTES;
    return made;
}

static nw_value construct_sequence(nw_eval *eval, nw_value self, const nw_arguments *arguments, bool is_tuple)
{
    NW_BIND(is_tuple ? "tuple" : "list", "iterable=", 1);
    nw_value *items = NULL;
    uint32_t count = 0;
    nw_answer known = NW_YES;
    if (out[0].kind == NW_TUPLE && is_tuple && !out[0].as.tuple->class_ && !is_derived(self))
        return out[0];
    if (out[0].kind == NW_OPAQUE && is_tuple && out[0].as.opaque->type == NW_TYPE_TUPLE && !is_derived(self))
        return out[0];
    if (out[0].kind != NW_UNSET)
        known = nw_collect(eval, out[0], &items, &count);
    if (known == NW_FAILED)
        return nw_error();
    if (known == NW_MAYBE) /* a tuple of unknown length is kept as such a list */
        return wrap(eval, self, nw_repeated_list(eval, items[0]));
    return wrap(eval, self, is_tuple ? nw_tuple_new(eval, items, count) : nw_list_new(eval, items, count));
}

static nw_value construct_tuple(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    return construct_sequence(eval, self, arguments, true);
}

/* What derives from a list, dictionary or set is filled by __init__, which is found after this. */
static nw_value construct_list(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    return is_derived(self) ? wrap(eval, self, nw_list_new(eval, NULL, 0)) : construct_sequence(eval, self, arguments, false);
}

nw_value nw_set_of(nw_eval *eval, nw_value iterable)
{
    nw_value set = nw_set_new(eval), *items;
    uint32_t count;
    nw_answer known = nw_collect(eval, iterable, &items, &count);
    for (uint32_t i = 0; known != NW_FAILED && i < count; i++)
        if (!nw_dict_store(eval, set.as.dict, items[i], nw_unset()))
            return nw_error();
    set.as.dict->open |= known == NW_MAYBE;
    set.as.dict->merged = nw_plain(iterable).kind == NW_SET ? set.as.dict->live : 0;
    return known == NW_FAILED ? nw_error() : set;
}

static nw_value construct_set(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    if (is_derived(self))
        return wrap(eval, self, nw_set_new(eval));
    NW_BIND("set", "iterable=", 1);
    return out[0].kind == NW_UNSET ? nw_set_new(eval) : nw_set_of(eval, out[0]);
}

static nw_value construct_frozenset(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("frozenset", "iterable=", 1);
    nw_value set = out[0].kind == NW_UNSET ? nw_set_new(eval) : nw_set_of(eval, out[0]);
    if (set.kind == NW_SET)
        set.as.dict->class_ = self.kind == NW_CLASS ? self.as.class_ : eval->classes[NW_CLASS_OF_FROZENSET];
    return set;
}

bool nw_dict_update(nw_eval *eval, nw_dict *dict, nw_value source)
{
    source = nw_settle(eval, source);
    nw_value plain = nw_plain(source), *items;
    uint32_t count, position = 0;
    if (nw_is_opaque(plain) || (plain.kind == NW_INSTANCE && plain.as.instance->class_->opaque_base)) {
        nw_trail_dict(eval, dict);
        dict->open = true;
        return true;
    }
    bool walks_itself = plain.kind == NW_DICT && nw_special(eval, source, (nw_symbol){NW_NAME_DUNDER_ITER});
    if (plain.kind == NW_DICT && !walks_itself) {
        for (nw_dict_entry *entry; (entry = nw_dict_next(plain.as.dict, &position));)
            nw_dict_set(eval, dict, entry->key, nw_settle(eval, entry->value));
        nw_trail_dict(eval, dict);
        dict->open |= plain.as.dict->open;
        return true;
    }
    bool mapping = walks_itself || (plain.kind == NW_INSTANCE && nw_class_find(eval, plain.as.instance->class_, (nw_symbol){NW_NAME_KEYS}));
    nw_value keys = mapping ? nw_call_method(eval, source, (nw_symbol){NW_NAME_KEYS}, NULL, 0) : plain;
    nw_answer known = keys.kind == NW_ERROR ? NW_FAILED : nw_collect(eval, keys, &items, &count);
    for (uint32_t i = 0; known != NW_FAILED && i < count; i++) {
        nw_value *pair, item[2] = {items[i]};
        uint32_t size = 2;
        if (mapping) {
            item[1] = nw_get_item(eval, source, items[i]);
            pair = item;
        } else if (nw_is_opaque(items[i])) {
            known = NW_MAYBE;
            continue;
        } else if (nw_collect(eval, items[i], &pair, &size) == NW_FAILED) {
            if (nw_exception_is(eval, NW_EXCEPTION_TYPE_ERROR))
                nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "cannot convert dictionary update sequence element #%u to a sequence", i);
            return false;
        }
        if (size != 2) {
            nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "dictionary update sequence element #%u has length %u; 2 is required", i, size);
            return false;
        }
        if (pair[1].kind == NW_ERROR || !nw_dict_store(eval, dict, pair[0], pair[1]))
            return false;
    }
    nw_trail_dict(eval, dict);
    dict->open |= known == NW_MAYBE;
    return known != NW_FAILED;
}

/* dict(mapping or pairs, name=value, ...) into `dict`. */
bool nw_dict_fill(nw_eval *eval, const char *function, nw_dict *dict, const nw_arguments *arguments)
{
    if (arguments->positional_count > 1) {
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s expected at most 1 argument, got %u", function, arguments->positional_count);
        return false;
    }
    if (arguments->positional_count && !nw_dict_update(eval, dict, arguments->positional[0]))
        return false;
    for (uint32_t i = 0; i < arguments->named_count; i++)
        nw_dict_set_name(eval, dict, arguments->names[i], nw_settle(eval, arguments->named[i]));
    if (arguments->open) {
        nw_trail_dict(eval, dict);
        dict->open = true;
    }
    return true;
}

static nw_value construct_dict(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value dict = nw_dict_new(eval);
    if (self.kind == NW_CLASS && self.as.class_ != eval->classes[NW_CLASS_OF_DICT])
        dict.as.dict->class_ = self.as.class_;
    if (is_derived(self))
        return dict;
    return nw_dict_fill(eval, "dict", dict.as.dict, arguments) ? dict : nw_error();
}

static nw_value construct_default_dict(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value dict = nw_dict_new(eval);
    dict.as.dict->class_ = self.kind == NW_CLASS ? self.as.class_ : eval->classes[NW_CLASS_OF_DEFAULT_DICT];
    if (is_derived(self) && nw_class_find(eval, self.as.class_, (nw_symbol){NW_NAME_DUNDER_INIT})->kind != NW_NATIVE)
        return dict;
    nw_arguments rest = *arguments;
    if (rest.positional_count) {
        dict.as.dict->default_factory = nw_settle(eval, rest.positional[0]);
        rest.positional++;
        rest.positional_count--;
    }
    return nw_dict_fill(eval, "defaultdict", dict.as.dict, &rest) ? dict : nw_error();
}

static nw_value construct_slice(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("slice", "start, stop=, step=", 3);
    (void)self;
    nw_value step = out[2].kind == NW_UNSET ? nw_none() : out[2];
    return out[1].kind == NW_UNSET ? nw_slice_new(eval, nw_none(), out[0], nw_none()) : nw_slice_new(eval, out[0], out[1], step);
}

/* range() with an unknown bound: any number of unknown integers. */
static nw_value unknown_range(nw_eval *eval, const nw_value *bounds, const nw_arguments *arguments, bool upwards)
{
    bool counted = nw_is_integer(bounds[0]) && bounds[0].as.integer == 0 && nw_is_integer(bounds[2]) && bounds[2].as.integer == 1;
    nw_iterator *iterator = nw_iterator_make(eval, NW_ITERATE_OPAQUE, counted ? bounds[1] : nw_unknown_call(eval, "range", NW_TYPE_ANY, arguments));
    iterator->extra = nw_unknown_call(eval, "index of range", NW_TYPE_INT, arguments);
    if (upwards && nw_is_integer(bounds[0]) && iterator->extra.kind == NW_OPAQUE)
        iterator->extra.as.opaque->minimum = bounds[0].as.integer;
    return nw_iterator_value(iterator);
}

static nw_value construct_range(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("range", "start, stop=, step=", 3);
    nw_value bounds[3] = {out[1].kind == NW_UNSET ? nw_int(0) : out[0], out[1].kind == NW_UNSET ? out[0] : out[1], out[2].kind == NW_UNSET ? nw_int(1) : out[2]};
    int64_t numbers[3];
    nw_answer known = NW_YES;
    (void)self;
    for (int i = 0; i < 3; i++) {
        nw_answer one = nw_index_of(eval, bounds[i], &numbers[i]);
        if (one == NW_FAILED)
            return nw_error();
        known = one == NW_MAYBE ? NW_MAYBE : known;
    }
    if (known == NW_MAYBE)
        return unknown_range(eval, bounds, arguments, nw_is_integer(bounds[2]) && bounds[2].as.integer > 0);
    if (numbers[2] == 0)
        return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "range() arg 3 must not be zero");
    return nw_range_new(eval, numbers[0], numbers[1], numbers[2]);
}

static nw_value construct_type(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    if (arguments->positional_count == 1) {
        nw_value value = nw_settle(eval, arguments->positional[0]);
        if (nw_is_opaque(value) && !(value.kind == NW_OPAQUE && nw_type_of(eval, value) != eval->classes[NW_CLASS_OF_OBJECT]))
            return nw_expression_call(eval, "type", NW_TYPE_CALLABLE, &value, 1);
        return nw_class_value(nw_type_of(eval, value));
    }
    if (arguments->positional_count < 3)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "type() takes 1 or 3 arguments");
    nw_value name = nw_plain(nw_settle(eval, arguments->positional[0])), dict = nw_plain(nw_settle(eval, arguments->positional[2])), *bases;
    uint32_t count;
    if (name.kind != NW_STRING || dict.kind != NW_DICT)
        return nw_lost(eval, NW_DIAG_CALL_UNKNOWN, "a class made from unknown parts");
    nw_answer known = nw_collect(eval, arguments->positional[1], &bases, &count);
    if (known == NW_FAILED)
        return nw_error();
    nw_value created = nw_class_create(eval, name.as.symbol, bases, count, nw_dict_copy(eval, dict.as.dict));
    if (created.kind == NW_CLASS)
        nw_class_seal(eval, created.as.class_);
    if (created.kind == NW_CLASS && is_derived(self))
        created.as.class_->metaclass = self.as.class_;
    if (created.kind == NW_CLASS && known == NW_MAYBE)
        created.as.class_->opaque_base = true;
    return created;
}

static nw_value construct_super(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    return nw_super_make(eval, arguments);
}

static nw_value descriptor(nw_eval *eval, nw_descriptor made)
{
    return (nw_value){.kind = NW_DESCRIPTOR, .as.descriptor = nw_arena_copy(&eval->arena, &made, sizeof made)};
}

static nw_value method_descriptor(nw_eval *eval, nw_descriptor_kind kind, nw_value function)
{
    return descriptor(eval, (nw_descriptor){(uint8_t)kind, function, nw_unset(), nw_unset(), nw_unset()});
}

/* class classproperty(property) and its like say themselves what they give; UNSET: the class does not. */
static nw_value own_descriptor(nw_eval *eval, nw_value class_, const char *name, nw_value held)
{
    nw_value *get = class_.kind == NW_CLASS ? nw_class_find(eval, class_.as.class_, (nw_symbol){NW_NAME_DUNDER_GET}) : NULL;
    if (!get || get->kind != NW_FUNCTION)
        return nw_unset();
    nw_value made = nw_instance_new(eval, class_.as.class_);
    nw_dict_set_name(eval, made.as.instance->attributes, nw_symbol_of(eval->symbols, name), held);
    return made;
}

static nw_value construct_property(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("property", "fget=, fset=, fdel=, doc=", 4);
    nw_value own = own_descriptor(eval, self, "fget", out[0]);
    return own.kind != NW_UNSET ? own : descriptor(eval, (nw_descriptor){NW_PROPERTY, out[0], out[1], out[2], out[3]});
}

static nw_value construct_static_method(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("staticmethod", "function", 1);
    nw_value own = own_descriptor(eval, self, "__func__", out[0]);
    return own.kind != NW_UNSET ? own : method_descriptor(eval, NW_STATIC_METHOD, out[0]);
}

static nw_value construct_class_method(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("classmethod", "function", 1);
    nw_value own = own_descriptor(eval, self, "__func__", out[0]);
    return own.kind != NW_UNSET ? own : method_descriptor(eval, NW_CLASS_METHOD, out[0]);
}

/* types.FunctionType(f.__code__, f.__globals__, ...): a copy, for what `__code__` gives is the function. */
static nw_value construct_function(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value code = arguments->positional_count ? arguments->positional[0] : nw_unset();
    if (code.kind != NW_FUNCTION)
        return nw_lost(eval, NW_DIAG_UNSUPPORTED, "a function made of code");
    nw_function *copy = nw_arena_copy(&eval->arena, code.as.function, sizeof *copy);
    copy->attributes = NULL;
    code.as.function = copy;
    return code;
}

static nw_value construct_method(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("method", "function, instance", 2);
    (void)self;
    return nw_method_new(eval, out[0], out[1]);
}

static nw_value property_setter(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("setter", NW_DESCRIPTOR);
    NW_BIND("setter", "fset", 1);
    nw_descriptor made = *self.as.descriptor;
    made.set = out[0];
    return descriptor(eval, made);
}

static nw_value property_getter(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("getter", NW_DESCRIPTOR);
    NW_BIND("getter", "fget", 1);
    nw_descriptor made = *self.as.descriptor;
    made.get = out[0];
    return descriptor(eval, made);
}

static nw_value property_deleter(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("deleter", NW_DESCRIPTOR);
    NW_BIND("deleter", "fdel", 1);
    nw_descriptor made = *self.as.descriptor;
    made.remove = out[0];
    return descriptor(eval, made);
}

static nw_value construct_none(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)eval, (void)self, (void)arguments;
    return nw_none();
}

static nw_value construct_unsupported(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)arguments;
    return nw_lost(eval, NW_DIAG_UNSUPPORTED, "%s values", nw_symbol_bytes(eval->symbols, self.as.class_->name));
}

/* ---- the table ---- */

/* What there is to set was set when it was made. */
static nw_value descriptor_init(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)eval, (void)self, (void)arguments;
    return nw_none();
}

static const nw_method_row property_methods[] = {{"__init__", descriptor_init}, {"setter", property_setter}, {"getter", property_getter},
                                                 {"deleter", property_deleter}, {0}};
static const nw_method_row method_methods[] = {{"__init__", descriptor_init}, {0}};

typedef struct type_row {
    const char *name;
    nw_native_function construct;
    nw_native_class id, base;
    nw_kind kind;
    bool is_global; /* a name of builtins */
} type_row;

static const type_row rows[] = {
    {"object", NULL, NW_CLASS_OF_OBJECT, NW_CLASS_OF_OBJECT, NW_INSTANCE, true},
    {"type", construct_type, NW_CLASS_OF_TYPE, NW_CLASS_OF_OBJECT, NW_CLASS, true},
    {"int", construct_int, NW_CLASS_OF_INT, NW_CLASS_OF_OBJECT, NW_INT, true},
    {"bool", construct_bool, NW_CLASS_OF_BOOL, NW_CLASS_OF_INT, NW_BOOL, true},
    {"float", construct_float, NW_CLASS_OF_FLOAT, NW_CLASS_OF_OBJECT, NW_FLOAT, true},
    {"str", construct_str, NW_CLASS_OF_STR, NW_CLASS_OF_OBJECT, NW_STRING, true},
    {"bytes", construct_bytes, NW_CLASS_OF_BYTES, NW_CLASS_OF_OBJECT, NW_BYTES, true},
    {"tuple", construct_tuple, NW_CLASS_OF_TUPLE, NW_CLASS_OF_OBJECT, NW_TUPLE, true},
    {"list", construct_list, NW_CLASS_OF_LIST, NW_CLASS_OF_OBJECT, NW_LIST, true},
    {"dict", construct_dict, NW_CLASS_OF_DICT, NW_CLASS_OF_OBJECT, NW_DICT, true},
    {"set", construct_set, NW_CLASS_OF_SET, NW_CLASS_OF_OBJECT, NW_SET, true},
    {"frozenset", construct_frozenset, NW_CLASS_OF_FROZENSET, NW_CLASS_OF_OBJECT, NW_SET, true},
    {"slice", construct_slice, NW_CLASS_OF_SLICE, NW_CLASS_OF_OBJECT, NW_SLICE, true},
    {"range", construct_range, NW_CLASS_OF_RANGE, NW_CLASS_OF_OBJECT, NW_RANGE, true},
    {"function", construct_function, NW_CLASS_OF_FUNCTION, NW_CLASS_OF_OBJECT, NW_FUNCTION, false},
    {"method", construct_method, NW_CLASS_OF_METHOD, NW_CLASS_OF_OBJECT, NW_METHOD, false},
    {"builtin_function_or_method", NULL, NW_CLASS_OF_NATIVE, NW_CLASS_OF_OBJECT, NW_NATIVE, false},
    {"module", NULL, NW_CLASS_OF_MODULE, NW_CLASS_OF_OBJECT, NW_MODULE, false},
    {"NoneType", construct_none, NW_CLASS_OF_NONE, NW_CLASS_OF_OBJECT, NW_NONE, false},
    {"ellipsis", NULL, NW_CLASS_OF_ELLIPSIS, NW_CLASS_OF_OBJECT, NW_ELLIPSIS, false},
    {"NotImplementedType", NULL, NW_CLASS_OF_NOT_IMPLEMENTED, NW_CLASS_OF_OBJECT, NW_NOT_IMPLEMENTED, false},
    {"property", construct_property, NW_CLASS_OF_PROPERTY, NW_CLASS_OF_OBJECT, NW_DESCRIPTOR, true},
    {"staticmethod", construct_static_method, NW_CLASS_OF_STATIC_METHOD, NW_CLASS_OF_OBJECT, NW_DESCRIPTOR, true},
    {"classmethod", construct_class_method, NW_CLASS_OF_CLASS_METHOD, NW_CLASS_OF_OBJECT, NW_DESCRIPTOR, true},
    {"super", construct_super, NW_CLASS_OF_SUPER, NW_CLASS_OF_OBJECT, NW_SUPER, true},
    {"iterator", NULL, NW_CLASS_OF_ITERATOR, NW_CLASS_OF_OBJECT, NW_ITERATOR, false},
    {"generator", NULL, NW_CLASS_OF_GENERATOR, NW_CLASS_OF_ITERATOR, NW_ITERATOR, false},
    {"enumerate", nw_construct_enumerate, NW_CLASS_OF_ENUMERATE, NW_CLASS_OF_ITERATOR, NW_ITERATOR, true},
    {"zip", nw_construct_zip, NW_CLASS_OF_ZIP, NW_CLASS_OF_ITERATOR, NW_ITERATOR, true},
    {"map", nw_construct_map, NW_CLASS_OF_MAP, NW_CLASS_OF_ITERATOR, NW_ITERATOR, true},
    {"filter", nw_construct_filter, NW_CLASS_OF_FILTER, NW_CLASS_OF_ITERATOR, NW_ITERATOR, true},
    {"reversed", nw_construct_reversed, NW_CLASS_OF_REVERSED, NW_CLASS_OF_ITERATOR, NW_ITERATOR, true},
    {"complex", construct_unsupported, NW_CLASS_OF_COMPLEX, NW_CLASS_OF_OBJECT, NW_INSTANCE, true},
    {"OrderedDict", construct_dict, NW_CLASS_OF_ORDERED_DICT, NW_CLASS_OF_DICT, NW_DICT, false},
    {"defaultdict", construct_default_dict, NW_CLASS_OF_DEFAULT_DICT, NW_CLASS_OF_DICT, NW_DICT, false},
};

static void define(nw_eval *eval, const char *name, nw_value value)
{
    nw_dict_set_name(eval, eval->builtins, nw_symbol_of(eval->symbols, name), value);
}

void nw_builtin_types_install(nw_eval *eval)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const type_row *row = &rows[i];
        nw_class *base = row->id == NW_CLASS_OF_OBJECT ? NULL : eval->classes[row->base];
        eval->classes[row->id] = nw_class_native(eval, row->name, base, row->construct, row->kind);
        if (row->is_global)
            define(eval, row->name, nw_class_value(eval->classes[row->id]));
    }
    define(eval, "bytearray", nw_class_value(nw_class_native(eval, "bytearray", eval->classes[NW_CLASS_OF_OBJECT], construct_unsupported, NW_INSTANCE)));
    define(eval, "memoryview", nw_class_value(nw_class_native(eval, "memoryview", eval->classes[NW_CLASS_OF_OBJECT], construct_unsupported, NW_INSTANCE)));
    define(eval, "NotImplemented", (nw_value){.kind = NW_NOT_IMPLEMENTED});
    define(eval, "Ellipsis", (nw_value){.kind = NW_ELLIPSIS});
    define(eval, "__debug__", nw_bool(true));
    nw_builtin_object_install(eval);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_PROPERTY], property_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_STATIC_METHOD], method_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_CLASS_METHOD], method_methods);
}
