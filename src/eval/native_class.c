/* Native classes, the class of a value, isinstance and issubclass. */
#include "eval/builtin.h"

#include "eval/interpret.h"

#include <string.h>

nw_class *nw_class_native(nw_eval *eval, const char *name, nw_class *base, nw_native_function construct, nw_kind instance_kind)
{
    nw_class *class_ = nw_arena_zero(&eval->arena, sizeof *class_);
    class_->name = class_->qualified = nw_symbol_of(eval->symbols, name);
    class_->attributes = nw_dict_make(eval);
    class_->construct = construct;
    class_->instance_kind = (uint8_t)instance_kind;
    class_->serial = ++eval->next_serial;
    class_->mro_count = base ? base->mro_count + 1 : 1;
    class_->mro = nw_arena_alloc(&eval->arena, class_->mro_count * sizeof *class_->mro);
    class_->mro[0] = class_;
    if (base) {
        nw_value value = nw_class_value(base);
        memcpy(class_->mro + 1, base->mro, base->mro_count * sizeof *class_->mro);
        class_->bases = nw_arena_copy(&eval->arena, &value, sizeof value);
        class_->base_count = 1;
        class_->is_exception = base->is_exception;
        class_->is_tensor = base->is_tensor;
    }
    return class_;
}

void nw_class_method(nw_eval *eval, nw_class *class_, const char *name, nw_native_function call)
{
    nw_dict_set_name(eval, class_->attributes, nw_symbol_of(eval->symbols, name), nw_native_new(eval, name, call, nw_unset()));
}

void nw_install_methods(nw_eval *eval, nw_class *class_, const nw_method_row *rows)
{
    for (; rows->name; rows++)
        nw_class_method(eval, class_, rows->name, rows->call);
}

void nw_install_descriptor(nw_eval *eval, nw_class *class_, nw_descriptor_kind kind, const char *name, nw_native_function get, nw_native_function set)
{
    nw_descriptor *made = nw_arena_zero(&eval->arena, sizeof *made);
    made->kind = (uint8_t)kind;
    made->get = nw_native_new(eval, name, get, nw_unset());
    made->set = set ? nw_native_new(eval, name, set, nw_unset()) : nw_unset();
    made->remove = made->doc = nw_unset();
    nw_dict_set_name(eval, class_->attributes, nw_symbol_of(eval->symbols, name), (nw_value){.kind = NW_DESCRIPTOR, .as.descriptor = made});
}

static nw_native_class class_of_iterator(const nw_iterator *iterator)
{
    switch (iterator->kind) {
    case NW_ITERATE_ENUMERATE:
        return NW_CLASS_OF_ENUMERATE;
    case NW_ITERATE_ZIP:
        return NW_CLASS_OF_ZIP;
    case NW_ITERATE_MAP:
        return NW_CLASS_OF_MAP;
    case NW_ITERATE_FILTER:
        return NW_CLASS_OF_FILTER;
    case NW_ITERATE_GENERATOR:
        return NW_CLASS_OF_GENERATOR;
    default:
        return iterator->generator ? NW_CLASS_OF_GENERATOR : NW_CLASS_OF_ITERATOR;
    }
}

static nw_native_class class_of_opaque(const nw_opaque *opaque)
{
    static const uint8_t classes[] = {
        [NW_TYPE_ANY] = NW_CLASS_OF_OBJECT, [NW_TYPE_BOOL] = NW_CLASS_OF_BOOL, [NW_TYPE_INT] = NW_CLASS_OF_INT, [NW_TYPE_FLOAT] = NW_CLASS_OF_FLOAT,
        [NW_TYPE_NUMBER] = NW_CLASS_OF_OBJECT, [NW_TYPE_STRING] = NW_CLASS_OF_STR, [NW_TYPE_TUPLE] = NW_CLASS_OF_TUPLE, [NW_TYPE_LIST] = NW_CLASS_OF_LIST,
        [NW_TYPE_DICT] = NW_CLASS_OF_DICT, [NW_TYPE_CALLABLE] = NW_CLASS_OF_OBJECT, [NW_TYPE_MODULE] = NW_CLASS_OF_OBJECT,
        [NW_TYPE_COMPLEX] = NW_CLASS_OF_COMPLEX,
    };
    return (nw_native_class)classes[opaque->type];
}

static nw_native_class native_class_of(nw_value value)
{
    static const uint8_t classes[NW_KIND_COUNT] = {
        [NW_NONE] = NW_CLASS_OF_NONE, [NW_BOOL] = NW_CLASS_OF_BOOL, [NW_INT] = NW_CLASS_OF_INT, [NW_FLOAT] = NW_CLASS_OF_FLOAT,
        [NW_STRING] = NW_CLASS_OF_STR, [NW_BYTES] = NW_CLASS_OF_BYTES, [NW_ELLIPSIS] = NW_CLASS_OF_ELLIPSIS,
        [NW_NOT_IMPLEMENTED] = NW_CLASS_OF_NOT_IMPLEMENTED, [NW_TUPLE] = NW_CLASS_OF_TUPLE, [NW_LIST] = NW_CLASS_OF_LIST,
        [NW_DICT] = NW_CLASS_OF_DICT, [NW_SET] = NW_CLASS_OF_SET, [NW_SLICE] = NW_CLASS_OF_SLICE, [NW_RANGE] = NW_CLASS_OF_RANGE,
        [NW_FUNCTION] = NW_CLASS_OF_FUNCTION, [NW_METHOD] = NW_CLASS_OF_METHOD, [NW_NATIVE] = NW_CLASS_OF_NATIVE, [NW_PARTIAL] = NW_CLASS_OF_PARTIAL,
        [NW_CLASS] = NW_CLASS_OF_TYPE, [NW_MODULE] = NW_CLASS_OF_MODULE, [NW_SUPER] = NW_CLASS_OF_SUPER, [NW_DTYPE] = NW_CLASS_OF_DTYPE,
    };
    if (value.kind == NW_ITERATOR)
        return class_of_iterator(value.as.iterator);
    if (value.kind == NW_OPAQUE)
        return class_of_opaque(value.as.opaque);
    if (value.kind == NW_DESCRIPTOR)
        return value.as.descriptor->kind == NW_STATIC_METHOD ? NW_CLASS_OF_STATIC_METHOD : value.as.descriptor->kind == NW_CLASS_METHOD
               ? NW_CLASS_OF_CLASS_METHOD : NW_CLASS_OF_PROPERTY;
    return (nw_native_class)classes[value.kind];
}

nw_class *nw_type_of(nw_eval *eval, nw_value value)
{
    nw_class *class_ = NULL;
    switch (value.kind) {
    case NW_INSTANCE:
        return value.as.instance->class_;
    case NW_TENSOR:
        class_ = value.as.tensor->class_ ? value.as.tensor->class_ : eval->tensor_class ? eval->tensor_class : eval->classes[NW_CLASS_OF_TENSOR_BASE];
        break;
    case NW_LIST:
        class_ = value.as.list->class_;
        break;
    case NW_TUPLE:
        class_ = value.as.tuple->class_;
        break;
    case NW_DICT:
    case NW_SET:
        class_ = value.as.dict->class_;
        break;
    case NW_CLASS:
        class_ = value.as.class_->metaclass;
        break;
    default:
        break;
    }
    class_ = class_ ? class_ : eval->classes[native_class_of(value)];
    return class_ ? class_ : eval->classes[NW_CLASS_OF_OBJECT];
}

bool nw_is_subclass(const nw_class *class_, const nw_class *base)
{
    for (uint32_t i = 0; i < class_->mro_count; i++)
        if (class_->mro[i] == base)
            return true;
    return false;
}

/* ---- isinstance ---- */

static nw_answer opaque_is_instance(nw_eval *eval, nw_value value, const nw_class *class_)
{
    const nw_opaque *opaque = value.as.opaque;
    bool native_class = !class_->is_module && !class_->module && !class_->is_tensor;
    if (opaque->type == NW_TYPE_INT && opaque->minimum != INT64_MIN && class_ == eval->classes[NW_CLASS_OF_BOOL])
        return NW_NO; /* sizes and what is counted are no truth values */
    switch (opaque->type) {
    case NW_TYPE_ANY:
        return class_ == eval->classes[NW_CLASS_OF_OBJECT] ? NW_YES : NW_MAYBE;
    case NW_TYPE_NUMBER:
        return class_ == eval->classes[NW_CLASS_OF_INT] || class_ == eval->classes[NW_CLASS_OF_FLOAT] || class_ == eval->classes[NW_CLASS_OF_BOOL] ? NW_MAYBE
               : native_class || class_->is_module ? NW_NO : NW_MAYBE;
    case NW_TYPE_CALLABLE:
        return native_class && class_ != eval->classes[NW_CLASS_OF_FUNCTION] && class_ != eval->classes[NW_CLASS_OF_TYPE] &&
                       class_ != eval->classes[NW_CLASS_OF_OBJECT] ? NW_NO : NW_MAYBE;
    case NW_TYPE_MODULE:
        return class_ == eval->module_class || class_ == eval->classes[NW_CLASS_OF_OBJECT] ? NW_YES : native_class || class_->is_tensor ? NW_NO : NW_MAYBE;
    default: {
        const nw_class *of = eval->classes[class_of_opaque(opaque)];
        return nw_is_subclass(of, class_) ? NW_YES : nw_is_subclass(class_, of) ? NW_MAYBE : NW_NO;
    }
    }
}

/* A hook of a metaclass, or of a catalog class itself. */
static nw_answer ask_hook(nw_eval *eval, nw_value class_, uint32_t name, nw_value value, bool *asked)
{
    nw_value *hook = class_.as.class_->metaclass ? nw_class_find(eval, class_.as.class_->metaclass, (nw_symbol){name}) : NULL;
    *asked = hook && hook->kind == NW_FUNCTION;
    if (!*asked)
        return NW_NO;
    nw_guard guard;
    return nw_truth(eval, nw_call_values(eval, *hook, (nw_value[]){class_, value}, 2), &guard);
}

/* Whether a class was registered with an abstract one (catalog/abc.py). */
static bool is_registered(nw_eval *eval, const nw_class *class_, const nw_class *with)
{
    const nw_value *all = with->is_catalog ? NULL : nw_dict_find_name(with->attributes, nw_symbol_of(eval->symbols, "_abc_registry"));
    for (uint32_t i = 0; all && all->kind == NW_LIST && i < all->as.list->count; i++)
        if (all->as.list->items[i].kind == NW_CLASS && nw_is_subclass(class_, all->as.list->items[i].as.class_))
            return true;
    return false;
}

static nw_answer is_instance_of_class(nw_eval *eval, nw_value value, nw_value class_)
{
    if (value.kind == NW_INSTANCE && value.as.instance->class_ == class_.as.class_)
        return NW_YES; /* the hook is not asked then */
    bool asked;
    nw_answer hooked = ask_hook(eval, class_, NW_NAME_DUNDER_INSTANCECHECK, value, &asked);
    if (asked)
        return hooked;
    if (value.kind == NW_OPAQUE)
        return opaque_is_instance(eval, value, class_.as.class_);
    const nw_class *of = nw_type_of(eval, value);
    if (nw_is_subclass(of, class_.as.class_) || is_registered(eval, of, class_.as.class_))
        return NW_YES;
    if (value.kind == NW_TENSOR && class_.as.class_ == eval->tensor_class)
        return NW_YES;
    return of->opaque_base ? NW_MAYBE : NW_NO;
}

nw_answer nw_is_instance(nw_eval *eval, nw_value value, nw_value classes)
{
    value = nw_settle(eval, value);
    classes = nw_settle(eval, classes);
    if (value.kind == NW_PHI) {
        nw_answer then = nw_is_instance(eval, value.as.phi->then, classes), otherwise = nw_is_instance(eval, value.as.phi->otherwise, classes);
        return then == NW_FAILED || otherwise == NW_FAILED ? NW_FAILED : then == otherwise ? then : NW_MAYBE;
    }
    if (classes.kind == NW_TUPLE) {
        nw_answer any = NW_NO;
        for (uint32_t i = 0; i < classes.as.tuple->count && any != NW_YES && any != NW_FAILED; i++) {
            nw_answer one = nw_is_instance(eval, value, classes.as.tuple->items[i]);
            any = one == NW_NO ? any : one;
        }
        return any;
    }
    if (classes.kind == NW_CLASS)
        return is_instance_of_class(eval, value, classes);
    if (classes.kind == NW_NONE) /* a union with None */
        return value.kind == NW_NONE ? NW_YES : value.kind == NW_OPAQUE && value.as.opaque->type == NW_TYPE_ANY ? NW_MAYBE : NW_NO;
    if (nw_is_opaque(classes))
        return NW_MAYBE;
    if (classes.kind == NW_INSTANCE && nw_class_find(eval, classes.as.instance->class_, (nw_symbol){NW_NAME_DUNDER_INSTANCECHECK})) {
        nw_guard guard;
        return nw_truth(eval, nw_call_method(eval, classes, (nw_symbol){NW_NAME_DUNDER_INSTANCECHECK}, &value, 1), &guard);
    }
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "isinstance() arg 2 must be a type, a tuple of types, or a union");
    return NW_FAILED;
}

nw_answer nw_subclass_of(nw_eval *eval, nw_value class_, nw_value bases)
{
    class_ = nw_settle(eval, class_);
    bases = nw_settle(eval, bases);
    if (bases.kind == NW_TUPLE) {
        nw_answer any = NW_NO;
        for (uint32_t i = 0; i < bases.as.tuple->count && any != NW_YES && any != NW_FAILED; i++) {
            nw_answer one = nw_subclass_of(eval, class_, bases.as.tuple->items[i]);
            any = one == NW_NO ? any : one;
        }
        return any;
    }
    if (nw_is_opaque(class_) || nw_is_opaque(bases))
        return NW_MAYBE;
    if (class_.kind != NW_CLASS || bases.kind != NW_CLASS) {
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "issubclass() arguments must be classes");
        return NW_FAILED;
    }
    bool asked;
    nw_answer hooked = ask_hook(eval, bases, NW_NAME_DUNDER_SUBCLASSCHECK, class_, &asked);
    if (asked)
        return hooked == NW_NO && class_.as.class_->opaque_base ? NW_MAYBE : hooked;
    if (is_registered(eval, class_.as.class_, bases.as.class_))
        return NW_YES;
    return nw_is_subclass(class_.as.class_, bases.as.class_) ? NW_YES : class_.as.class_->opaque_base ? NW_MAYBE : NW_NO;
}
