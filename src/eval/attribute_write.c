/* Attributes: setting and deleting, by Python's own order. */
#include "eval/attribute.h"

#include "eval/builtin.h"
#include "eval/interpret.h"
#include "eval/layer_copy.h"
#include "eval/summary.h"

static nw_dict **attribute_room(nw_value object)
{
    switch (object.kind) {
    case NW_INSTANCE: return &object.as.instance->attributes;
    case NW_LIST: return &object.as.list->attributes;
    case NW_DICT: case NW_SET: return &object.as.dict->attributes;
    case NW_FUNCTION: return &object.as.function->attributes;
    case NW_PARTIAL: return &object.as.partial->attributes;
    default: return NULL;
    }
}

static bool has_free_attributes(nw_eval *eval, nw_value object)
{
    const nw_class *class_ = nw_type_of(eval, object);
    return object.kind == NW_INSTANCE || object.kind == NW_FUNCTION || object.kind == NW_PARTIAL ||
           ((class_->node != 0 || class_ == eval->classes[NW_CLASS_OF_ORDERED_DICT]) && attribute_room(object));
}

/* `self.__dict__ = ...`: from now on the attributes are what that dictionary holds, whoever else has it. */
static bool replace_attributes(nw_eval *eval, nw_value object, nw_value value)
{
    nw_value plain = nw_plain(nw_settle(eval, value));
    nw_dict **room = attribute_room(object);
    if (plain.kind == NW_DICT && eval->level == 0) {
        *room = plain.as.dict;
        return true;
    }
    if (plain.kind == NW_DICT || nw_is_opaque(plain)) {
        nw_report_loss(eval, NW_DIAG_UNSUPPORTED, nw_here(eval), nw_symbol_of(eval->symbols, "a dictionary of attributes that hangs on a condition"));
        return true;
    }
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "__dict__ must be set to a dictionary, not a '%s'", nw_bytes(eval, nw_type_of(eval, plain)->name));
    return false;
}

bool nw_set_attribute_plain(nw_eval *eval, nw_value object, nw_symbol name, nw_value value)
{
    nw_class *class_ = nw_type_of(eval, object);
    nw_value *in_class = nw_class_find(eval, class_, name);
    if (in_class && in_class->kind == NW_DESCRIPTOR && in_class->as.descriptor->kind == NW_PROPERTY) {
        if (in_class->as.descriptor->set.kind == NW_UNSET || in_class->as.descriptor->set.kind == NW_NONE) {
            nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "property '%s' of '%s' object has no setter", nw_bytes(eval, name),
                     nw_bytes(eval, nw_class_path(eval, class_)));
            return false;
        }
        nw_value values[2] = {object, value};
        return nw_call_values(eval, in_class->as.descriptor->set, values, 2).kind != NW_ERROR;
    }
    if (in_class && in_class->kind == NW_INSTANCE && nw_is_data_descriptor(eval, *in_class)) {
        nw_value values[2] = {object, value};
        return nw_call_method(eval, *in_class, (nw_symbol){NW_NAME_DUNDER_SET}, values, 2).kind != NW_ERROR;
    }
    if (object.kind == NW_CLASS) {
        if (object.as.class_->is_catalog)
            nw_layer_stop_copying(eval);
        if (name.v == NW_NAME_DUNDER_BASES)
            return nw_class_set_bases(eval, object.as.class_, value);
        nw_dict_set_name(eval, object.as.class_->attributes, name, value);
        return true;
    }
    if (class_->is_sealed && !nw_has_slot(eval, class_, name)) {
        nw_attribute_missing(eval, object, name);
        return false;
    }
    if (!has_free_attributes(eval, object)) {
        nw_attribute_missing(eval, object, name);
        return false;
    }
    if (name.v == NW_NAME_DUNDER_DICT)
        return replace_attributes(eval, object, value);
    nw_dict **room = attribute_room(object);
    if (!*room)
        *room = nw_dict_make(eval);
    if (name.v == NW_NAME_DUNDER_CLASS && object.kind == NW_INSTANCE && value.kind == NW_CLASS) {
        object.as.instance->class_ = value.as.class_;
        return true;
    }
    nw_dict_set_name(eval, *room, name, value);
    return true;
}

static bool set_phi_attribute(nw_eval *eval, const nw_phi *phi, nw_symbol name, nw_value value)
{
    nw_split split;
    nw_value none = nw_none();
    nw_split_begin(eval, &split, phi->guard);
    bool done = nw_set_attribute(eval, phi->then, name, value);
    nw_split_other(eval, &split, phi->guard, done ? NW_NEXT : nw_failure(eval), none);
    done = nw_set_attribute(eval, phi->otherwise, name, value);
    return nw_split_end(eval, &split, done ? NW_NEXT : nw_failure(eval), &none) == NW_NEXT;
}

/* Whether a method is torch.nn.Module's own. */
static bool is_of_module(nw_value method, const nw_class *class_)
{
    const nw_function *function = method.kind == NW_FUNCTION && class_->is_module && !class_->is_keras ? method.as.function : NULL;
    return function && function->module->is_catalog && function->owner && function->owner->name.v == NW_NAME_MODULE_CLASS;
}

static void note_replaced(nw_eval *eval, const nw_module *module, nw_symbol name)
{
    NW_ARENA_RESERVE(&eval->arena, eval->replaced, eval->replaced_count, eval->replaced_capacity);
    eval->replaced[eval->replaced_count++] = nw_symbol_dotted(eval->symbols, module->name, name);
    nw_layer_stop_copying(eval);
}

/* The class's __setattr__ or __delattr__ (`__setattr__ = dict.__setitem__` is one); NULL: what `object` does. */
static nw_value *attribute_hook(nw_eval *eval, const nw_class *class_, nw_symbol name)
{
    nw_value *hook = nw_class_find(eval, class_, name), *usual = nw_class_find(eval, eval->classes[NW_CLASS_OF_OBJECT], name);
    return hook && !(hook->kind == usual->kind && hook->as.object == usual->as.object) ? hook : NULL;
}

/* What a metaclass of the program, or of the catalog, does when an attribute of its class is set or deleted; NULL: what `type` does. */
static nw_value *metaclass_hook(nw_eval *eval, const nw_class *class_, nw_symbol name)
{
    nw_value *hook = class_->metaclass ? nw_class_find(eval, class_->metaclass, name) : NULL;
    return hook && hook->kind == NW_FUNCTION ? hook : NULL;
}

bool nw_set_attribute(nw_eval *eval, nw_value object, nw_symbol name, nw_value value)
{
    object = nw_settle(eval, object);
    switch (object.kind) {
    case NW_INSTANCE: {
        nw_instance_complete(eval, object.as.instance);
        nw_value *hook = attribute_hook(eval, object.as.instance->class_, (nw_symbol){NW_NAME_DUNDER_SETATTR});
        if (hook && is_of_module(*hook, object.as.instance->class_))
            return nw_module_set_attribute(eval, object.as.instance, name, value);
        if (hook) {
            nw_value values[2] = {nw_string(name), value};
            return nw_call_values(eval, nw_bind_attribute(eval, *hook, object, object.as.instance->class_), values, 2).kind != NW_ERROR;
        }
        return nw_set_attribute_plain(eval, object, name, value);
    }
    case NW_DICT: case NW_LIST: case NW_SET: case NW_TUPLE: {
        nw_value *hook = attribute_hook(eval, nw_type_of(eval, object), (nw_symbol){NW_NAME_DUNDER_SETATTR});
        nw_value values[3] = {object, nw_string(name), value};
        return hook ? nw_call_values(eval, *hook, values, 3).kind != NW_ERROR : nw_set_attribute_plain(eval, object, name, value);
    }
    case NW_CLASS: {
        nw_value *hook = metaclass_hook(eval, object.as.class_, (nw_symbol){NW_NAME_DUNDER_SETATTR});
        nw_value values[3] = {object, nw_string(name), value};
        return hook ? nw_call_values(eval, *hook, values, 3).kind != NW_ERROR : nw_set_attribute_plain(eval, object, name, value);
    }
    case NW_MODULE:
        if (object.as.module->is_catalog)
            note_replaced(eval, object.as.module, name);
        nw_dict_set_name(eval, object.as.module->globals, name, value);
        return true;
    case NW_OPAQUE:
        if (!object.as.opaque->attributes)
            object.as.opaque->attributes = nw_dict_make(eval);
        nw_dict_set_name(eval, object.as.opaque->attributes, name, value);
        return true;
    case NW_TENSOR:
        return nw_tensor_set_attribute(eval, object.as.tensor, name, value);
    case NW_METHOD:
        return nw_set_attribute(eval, object.as.method->function, name, value);
    case NW_PHI:
        return set_phi_attribute(eval, object.as.phi, name, value);
    default:
        return nw_set_attribute_plain(eval, object, name, value);
    }
}

bool nw_delete_attribute_plain(nw_eval *eval, nw_value object, nw_symbol name)
{
    const nw_class *class_ = nw_type_of(eval, object);
    nw_value *in_class = object.kind == NW_INSTANCE || object.kind == NW_CLASS ? nw_class_find(eval, class_, name) : NULL;
    if (in_class && in_class->kind == NW_DESCRIPTOR && in_class->as.descriptor->kind == NW_PROPERTY) {
        nw_value remove = in_class->as.descriptor->remove;
        if (remove.kind == NW_UNSET || remove.kind == NW_NONE) {
            nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "property '%s' of '%s' object has no deleter", nw_bytes(eval, name),
                     nw_bytes(eval, nw_class_path(eval, class_)));
            return false;
        }
        return nw_call_values(eval, remove, &object, 1).kind != NW_ERROR;
    }
    if (in_class && in_class->kind == NW_INSTANCE && nw_class_find(eval, in_class->as.instance->class_, nw_symbol_of(eval->symbols, "__delete__")))
        return nw_call_method(eval, *in_class, nw_symbol_of(eval->symbols, "__delete__"), &object, 1).kind != NW_ERROR;
    nw_dict *attributes = object.kind == NW_CLASS ? object.as.class_->attributes : object.kind == NW_MODULE ? object.as.module->globals
                                                                                                            : nw_own_attributes(object);
    if (attributes && nw_dict_remove(eval, attributes, nw_string(name)))
        return true;
    nw_attribute_missing(eval, object, name);
    return false;
}

bool nw_delete_attribute(nw_eval *eval, nw_value object, nw_symbol name)
{
    object = nw_settle(eval, object);
    if (object.kind == NW_OPAQUE)
        return true;
    nw_symbol special = {NW_NAME_DUNDER_DELATTR};
    nw_value *hook = object.kind == NW_CLASS ? metaclass_hook(eval, object.as.class_, special)
                     : object.kind == NW_TENSOR ? NULL : attribute_hook(eval, nw_type_of(eval, object), special);
    nw_value values[2] = {object, nw_string(name)};
    if (hook)
        return nw_call_values(eval, *hook, values, 2).kind != NW_ERROR;
    return nw_delete_attribute_plain(eval, object, name);
}
