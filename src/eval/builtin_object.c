/* What every object and every class has from `object` and `type`. */
#include "eval/builtin.h"

#include "eval/interpret.h"

#include <string.h>

/* Whether only classes of programs and PyTorch's modules are among the bases: no `__new__` of theirs takes arguments. */
static bool takes_no_arguments(nw_eval *eval, const nw_class *class_)
{
    for (uint32_t i = 0; i < class_->mro_count; i++) {
        const nw_class *base = class_->mro[i];
        if (base->is_catalog && base->module && strcmp(nw_bytes(eval, base->qualified), "torch.nn.modules.module.Module") != 0)
            return false;
    }
    return !class_->opaque_base && !class_->is_exception;
}

/* X.__new__(cls, ...): what the native base of `cls` makes. */
static nw_value object_new(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_arguments rest;
    if (nw_take_self(eval, "__new__", NW_KIND_COUNT, &self, &arguments, &rest) != NW_YES)
        return eval->exception.kind == NW_UNSET ? self : nw_error();
    if (self.kind != NW_CLASS)
        return nw_is_opaque(self) ? nw_lost(eval, NW_DIAG_CALL_UNKNOWN, "__new__") : nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "object.__new__(X): X is not a type object");
    if (self.as.class_->construct)
        return self.as.class_->construct(eval, self, arguments);
    const nw_value *make = nw_class_find(eval, self.as.class_, (nw_symbol){NW_NAME_DUNDER_NEW});
    if ((arguments->positional_count || arguments->named_count) && make && make->kind != NW_NATIVE && takes_no_arguments(eval, self.as.class_))
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "object.__new__() takes exactly one argument (the type to instantiate)");
    nw_value made = nw_instance_new(eval, self.as.class_);
    if (self.as.class_->is_exception)
        nw_dict_set_name(eval, made.as.instance->attributes, (nw_symbol){NW_NAME_ARGS}, nw_tuple_new(eval, arguments->positional, arguments->positional_count));
    return made;
}

static nw_value object_init(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__init__", NW_KIND_COUNT);
    const nw_class *class_ = nw_type_of(eval, self);
    if ((!arguments->positional_count && !arguments->named_count) || class_->opaque_base)
        return nw_none();
    nw_value *init = nw_class_find(eval, class_, (nw_symbol){NW_NAME_DUNDER_INIT}), *make = nw_class_find(eval, class_, (nw_symbol){NW_NAME_DUNDER_NEW});
    bool own_init = init && init->kind != NW_NATIVE, own_new = class_->construct || (make && make->kind != NW_NATIVE);
    if (own_init)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "object.__init__() takes exactly one argument (the instance to initialize)");
    if (!own_new)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s() takes no arguments", nw_symbol_bytes(eval->symbols, class_->name));
    return nw_none();
}

static nw_value object_set_attribute(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__setattr__", NW_KIND_COUNT);
    NW_BIND("__setattr__", "name, value", 2);
    if (out[0].kind != NW_STRING)
        return nw_none();
    return nw_set_attribute_plain(eval, self, out[0].as.symbol, out[1]) ? nw_none() : nw_error();
}

static nw_value object_get_attribute(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__getattribute__", NW_KIND_COUNT);
    NW_BIND("__getattribute__", "name", 1);
    return out[0].kind == NW_STRING ? nw_get_attribute_plain(eval, self, out[0].as.symbol) : nw_lost(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, "__getattribute__");
}

static nw_value object_directory(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__dir__", NW_KIND_COUNT);
    return nw_attribute_names(eval, self);
}

static nw_value object_delete_attribute(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__delattr__", NW_KIND_COUNT);
    NW_BIND("__delattr__", "name", 1);
    return out[0].kind != NW_STRING || nw_delete_attribute_plain(eval, self, out[0].as.symbol) ? nw_none() : nw_error();
}

/* A tuple, list or dictionary without the class of the program that it is of, whose methods ask for this. */
static nw_value without_class(nw_eval *eval, nw_value value)
{
    switch (value.kind) {
    case NW_TUPLE:
        return value.as.tuple->class_ ? nw_tuple_new(eval, value.as.tuple->items, value.as.tuple->count) : value;
    case NW_LIST:
        if (value.as.list->class_) {
            value.as.list = nw_arena_copy(&eval->arena, value.as.list, sizeof *value.as.list);
            value.as.list->class_ = NULL;
        }
        return value;
    case NW_DICT: case NW_SET:
        if (value.as.dict->class_) {
            value.as.dict = nw_arena_copy(&eval->arena, value.as.dict, sizeof *value.as.dict);
            value.as.dict->class_ = NULL;
        }
        return value;
    default:
        return value;
    }
}

static nw_value object_equal(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__eq__", NW_KIND_COUNT);
    NW_BIND("__eq__", "other", 1);
    nw_value a = nw_plain(self), b = nw_plain(out[0]);
    if (a.kind == NW_INSTANCE || (a.kind != b.kind && !(nw_is_number(a) && nw_is_number(b)) && !nw_is_opaque(b)))
        return nw_identical(eval, a, b) == NW_YES ? nw_bool(true) : (nw_value){.kind = NW_NOT_IMPLEMENTED};
    return nw_compare(eval, NW_OPERATOR_EQUAL, without_class(eval, a), without_class(eval, b));
}

static nw_value object_not_equal(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__ne__", NW_KIND_COUNT);
    NW_BIND("__ne__", "other", 1);
    return nw_compare(eval, NW_OPERATOR_NOT_EQUAL, self, out[0]);
}

static nw_value object_hash(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__hash__", NW_KIND_COUNT);
    nw_value plain = nw_plain(self);
    return nw_expression_call(eval, "hash", NW_TYPE_INT, &plain, 1);
}

static nw_value object_representation(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__repr__", NW_KIND_COUNT);
    nw_value plain = nw_plain(self);
    return plain.kind == NW_INSTANCE && !plain.as.instance->class_->is_exception ? nw_expression_call(eval, "repr", NW_TYPE_STRING, &plain, 1)
                                                                                 : nw_representation_plain(eval, plain);
}

static nw_value object_string(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__str__", NW_KIND_COUNT);
    nw_value plain = nw_plain(self);
    if (plain.kind == NW_INSTANCE && !plain.as.instance->class_->is_exception)
        return nw_representation(eval, plain);
    if (plain.kind == NW_INSTANCE) { /* not by way of a __str__ of the program, which called this */
        nw_value *args = nw_dict_find_name(plain.as.instance->attributes, (nw_symbol){NW_NAME_ARGS});
        if (!args || args->kind != NW_TUPLE)
            return nw_expression_call(eval, "str", NW_TYPE_STRING, &plain, 1);
        return args->as.tuple->count == 0 ? nw_string((nw_symbol){NW_NAME_EMPTY}) : args->as.tuple->count == 1 ? nw_to_string(eval, args->as.tuple->items[0])
                                                                                                             : nw_representation(eval, *args);
    }
    return plain.kind == NW_STRING ? plain : nw_representation(eval, self);
}

static nw_value object_format(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__format__", NW_KIND_COUNT);
    NW_BIND("__format__", "specification", 1);
    nw_value plain = nw_plain(self);
    return out[0].kind == NW_STRING ? nw_format_value(eval, plain, nw_text_of(eval, out[0])) : nw_unknown_method(eval, "__format__", NW_TYPE_STRING, self, arguments);
}

static nw_value returns_none(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)eval, (void)self, (void)arguments;
    return nw_none();
}

/* type.__call__ as a metaclass's own __call__ reaches it: construction without asking the metaclass again. */
static nw_value type_call(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("__call__", NW_CLASS);
    nw_class *metaclass = self.as.class_->metaclass;
    self.as.class_->metaclass = NULL;
    nw_value made = nw_class_construct(eval, self.as.class_, arguments);
    self.as.class_->metaclass = metaclass;
    return made;
}

static nw_value type_subclasses(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self, (void)arguments;
    return nw_lost(eval, NW_DIAG_UNSUPPORTED, "__subclasses__");
}

static nw_value type_mro(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_RECEIVER("mro", NW_CLASS);
    nw_value list = nw_list_new(eval, NULL, 0);
    for (uint32_t i = 0; i < self.as.class_->mro_count; i++)
        nw_list_append(eval, list.as.list, nw_class_value(self.as.class_->mro[i]));
    return list;
}

static const nw_method_row object_methods[] = {
    {"__new__", object_new}, {"__init__", object_init}, {"__setattr__", object_set_attribute}, {"__getattribute__", object_get_attribute},
    {"__delattr__", object_delete_attribute}, {"__dir__", object_directory}, {"__eq__", object_equal}, {"__ne__", object_not_equal},
    {"__hash__", object_hash}, {"__repr__", object_representation}, {"__str__", object_string}, {"__format__", object_format}, {"__init_subclass__", returns_none}, {0},
};
/* What str, int, ... have of their own, so that a program's class that derives from them and from another one finds it first. */
static const nw_method_row value_methods[] = {{"__eq__", object_equal}, {"__ne__", object_not_equal}, {"__hash__", object_hash}, {0}};
static const nw_method_row type_methods[] = {{"__init__", returns_none}, {"__call__", type_call}, {"__subclasses__", type_subclasses}, {"mro", type_mro}, {0}};

void nw_builtin_object_install(nw_eval *eval)
{
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_OBJECT], object_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_TYPE], type_methods);
    static const uint8_t values[] = {NW_CLASS_OF_INT, NW_CLASS_OF_FLOAT, NW_CLASS_OF_STR, NW_CLASS_OF_BYTES, NW_CLASS_OF_TUPLE, NW_CLASS_OF_LIST, NW_CLASS_OF_DICT,
                                     NW_CLASS_OF_SET, NW_CLASS_OF_FROZENSET};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        nw_install_methods(eval, eval->classes[values[i]], value_methods);
}
