/* copy.copy() and copy.deepcopy(): of containers, tensors and objects, by the objects' own methods where they have them. */
#include "eval/builtin.h"
#include "eval/interpret.h"
#include "eval/summary.h"

#define NATIVE(name) static nw_value name(nw_eval *eval, nw_value self, const nw_arguments *arguments)

static nw_value deep_copy(nw_eval *eval, nw_value x, nw_value memo);

/* A method of the pickle protocol that the program defines for the object; ERROR where it has none. */
static nw_value copy_hook(nw_eval *eval, nw_value object, const char *name)
{
    nw_value *found = nw_class_find(eval, object.as.instance->class_, nw_symbol_of(eval->symbols, name));
    return found && found->kind == NW_FUNCTION && !found->as.function->module->is_catalog ? nw_method_new(eval, *found, object) : nw_error();
}

static bool give_state(nw_eval *eval, nw_value copy, nw_value state)
{
    nw_value set = copy_hook(eval, copy, "__setstate__");
    if (set.kind != NW_ERROR)
        return nw_call_values(eval, set, &state, 1).kind != NW_ERROR;
    nw_value attributes = {.kind = NW_DICT, .as.dict = copy.as.instance->attributes};
    return nw_call_method(eval, attributes, nw_symbol_of(eval->symbols, "update"), &state, 1).kind != NW_ERROR;
}

/* __reduce__ gives what makes the copy, its arguments and perhaps its state. */
static nw_value copy_reduced(nw_eval *eval, nw_value parts, nw_value memo)
{
    if (parts.kind != NW_TUPLE || parts.as.tuple->count < 2 || parts.as.tuple->count > 3 || parts.as.tuple->items[1].kind != NW_TUPLE)
        return parts.kind == NW_ERROR ? parts : nw_lost(eval, NW_DIAG_UNSUPPORTED, "a copy by such a __reduce__");
    nw_value with = memo.kind == NW_DICT ? deep_copy(eval, parts.as.tuple->items[1], memo) : parts.as.tuple->items[1];
    if (with.kind != NW_TUPLE)
        return with;
    nw_value copy = nw_call_values(eval, parts.as.tuple->items[0], with.as.tuple->items, with.as.tuple->count);
    if (copy.kind != NW_INSTANCE || parts.as.tuple->count < 3 || parts.as.tuple->items[2].kind == NW_NONE)
        return copy;
    nw_value state = memo.kind == NW_DICT ? deep_copy(eval, parts.as.tuple->items[2], memo) : parts.as.tuple->items[2];
    return state.kind != NW_ERROR && give_state(eval, copy, state) ? copy : nw_error();
}

/* The copy of an object whose class says by the methods of the pickle protocol how it is made; UNSET where it does not. `memo`: a dict for a deep copy. */
static nw_value copy_by_protocol(nw_eval *eval, nw_value object, nw_value memo)
{
    nw_value reduce = copy_hook(eval, object, "__reduce__"), version = nw_int(4);
    nw_value reduce_for = copy_hook(eval, object, "__reduce_ex__");
    if (reduce_for.kind != NW_ERROR || reduce.kind != NW_ERROR)
        return copy_reduced(eval, reduce_for.kind != NW_ERROR ? nw_call_values(eval, reduce_for, &version, 1) : nw_call_values(eval, reduce, NULL, 0), memo);
    nw_value get = copy_hook(eval, object, "__getstate__");
    if (get.kind == NW_ERROR && copy_hook(eval, object, "__setstate__").kind == NW_ERROR)
        return nw_unset();
    nw_value state = get.kind != NW_ERROR ? nw_call_values(eval, get, NULL, 0)
                                          : (nw_value){.kind = NW_DICT, .as.dict = nw_dict_copy(eval, object.as.instance->attributes)};
    nw_value copy = nw_instance_new(eval, object.as.instance->class_);
    copy.as.instance->place = object.as.instance->place;
    copy.as.instance->made_with = object.as.instance->made_with;
    if (memo.kind == NW_DICT) {
        nw_dict_set(eval, memo.as.dict, nw_int(nw_identity(object)), copy);
        state = state.kind == NW_ERROR ? state : deep_copy(eval, state, memo);
    }
    return state.kind != NW_ERROR && give_state(eval, copy, state) ? copy : nw_error();
}

static nw_value copy_instance(nw_eval *eval, nw_instance *instance)
{
    nw_instance_complete(eval, instance);
    nw_value hooked = copy_by_protocol(eval, (nw_value){.kind = NW_INSTANCE, .as.instance = instance}, nw_unset());
    if (hooked.kind != NW_UNSET)
        return hooked;
    nw_value copy = nw_instance_new(eval, instance->class_);
    copy.as.instance->attributes = nw_dict_copy(eval, instance->attributes);
    copy.as.instance->payload = instance->payload;
    copy.as.instance->place = instance->place; /* a copied layer was configured where the original was made */
    return copy;
}

static nw_value copy_tensor(nw_eval *eval, const nw_tensor *tensor)
{
    nw_tensor *copy = nw_arena_copy(&eval->arena, tensor, sizeof *tensor);
    copy->serial = ++eval->next_serial;
    copy->base = NULL;
    if (tensor->attributes)
        copy->attributes = nw_dict_copy(eval, tensor->attributes);
    return (nw_value){.kind = NW_TENSOR, .as.tensor = copy};
}

NATIVE(call_copy)
{
    NW_BIND("copy", "x", 1);
    nw_value x = out[0];
    (void)self;
    if (nw_special(eval, x, (nw_symbol){NW_NAME_DUNDER_COPY}) && x.kind != NW_CLASS)
        return nw_call_special(eval, x, (nw_symbol){NW_NAME_DUNDER_COPY}, NULL, 0);
    switch (x.kind) {
    case NW_INSTANCE:
        return copy_instance(eval, x.as.instance);
    case NW_TENSOR:
        return copy_tensor(eval, x.as.tensor);
    case NW_LIST: {
        nw_value list = nw_list_new(eval, x.as.list->items, x.as.list->count);
        list.as.list->repeated = x.as.list->repeated;
        list.as.list->class_ = x.as.list->class_;
        list.as.list->attributes = x.as.list->attributes ? nw_dict_copy(eval, x.as.list->attributes) : NULL;
        return list;
    }
    case NW_DICT:
    case NW_SET: {
        nw_dict *made = nw_dict_copy(eval, x.as.dict);
        if (x.as.dict->attributes == x.as.dict) /* the copy's attributes begin with the same items, and are its own */
            made->attributes = nw_dict_copy(eval, x.as.dict);
        return (nw_value){.kind = x.kind, .as.dict = made};
    }
    default:
        return x;
    }
}

static bool copy_entries(nw_eval *eval, nw_dict *into, const nw_dict *from, nw_value memo)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(from, &position));) {
        nw_value key = deep_copy(eval, entry->key, memo), value = entry->value.kind == NW_UNSET ? nw_unset() : deep_copy(eval, entry->value, memo);
        if (key.kind == NW_ERROR || value.kind == NW_ERROR)
            return false;
        nw_dict_set(eval, into, key, value);
    }
    return true;
}

static nw_dict *empty_like(nw_eval *eval, const nw_dict *dict)
{
    nw_dict *copy = nw_dict_make(eval);
    copy->class_ = dict->class_;
    copy->default_factory = dict->default_factory;
    copy->open = dict->open;
    return copy;
}

static bool copy_attributes(nw_eval *eval, nw_dict **into, const nw_dict *from, nw_value memo)
{
    if (!from)
        return true;
    *into = nw_dict_make(eval);
    (*into)->open = from->open;
    return copy_entries(eval, *into, from, memo);
}

static nw_value deep_copy_tuple(nw_eval *eval, const nw_tuple *from, nw_value memo)
{
    nw_tuple *tuple = nw_tuple_make(eval, from->count);
    tuple->class_ = from->class_;
    for (uint32_t i = 0; i < from->count; i++) {
        tuple->items[i] = deep_copy(eval, from->items[i], memo);
        if (tuple->items[i].kind == NW_ERROR)
            return nw_error();
    }
    return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
}

/* Containers are entered into the memo before their contents are copied: they may contain themselves. */
static nw_value deep_copy_container(nw_eval *eval, nw_value x, nw_value memo, nw_value key)
{
    bool done = true;
    nw_value copy = x;
    if (x.kind == NW_INSTANCE) {
        copy = nw_instance_new(eval, x.as.instance->class_);
        copy.as.instance->place = x.as.instance->place;
        copy.as.instance->made_with = x.as.instance->made_with;
        nw_dict_set(eval, memo.as.dict, key, copy);
        if (x.as.instance->payload.kind > NW_UNSET)
            copy.as.instance->payload = deep_copy(eval, x.as.instance->payload, memo);
        done = copy_entries(eval, copy.as.instance->attributes, x.as.instance->attributes, memo);
    } else if (x.kind == NW_LIST) {
        copy = nw_list_new(eval, NULL, 0);
        copy.as.list->class_ = x.as.list->class_;
        nw_dict_set(eval, memo.as.dict, key, copy);
        for (uint32_t i = 0; done && i < x.as.list->count; i++) {
            nw_value item = deep_copy(eval, x.as.list->items[i], memo);
            done = item.kind != NW_ERROR;
            nw_list_append(eval, copy.as.list, item);
        }
        copy.as.list->repeated = x.as.list->repeated;
        done = done && copy_attributes(eval, &copy.as.list->attributes, x.as.list->attributes, memo);
    } else {
        copy.as.dict = empty_like(eval, x.as.dict);
        nw_dict_set(eval, memo.as.dict, key, copy);
        done = copy_entries(eval, copy.as.dict, x.as.dict, memo);
        if (x.as.dict->attributes != x.as.dict) /* otherwise Python leaves the copy without */
            done = done && copy_attributes(eval, &copy.as.dict->attributes, x.as.dict->attributes, memo);
    }
    return done ? copy : nw_error();
}

static nw_value deep_copy(nw_eval *eval, nw_value x, nw_value memo)
{
    x = nw_settle(eval, x);
    if (!nw_step(eval))
        return nw_error();
    if (x.kind == NW_TUPLE)
        return deep_copy_tuple(eval, x.as.tuple, memo);
    if (x.kind == NW_PHI) {
        nw_value then = deep_copy(eval, x.as.phi->then, memo), otherwise = deep_copy(eval, x.as.phi->otherwise, memo);
        return then.kind == NW_ERROR || otherwise.kind == NW_ERROR ? nw_error() : nw_join(eval, x.as.phi->guard, then, otherwise);
    }
    if (x.kind == NW_METHOD) {
        nw_value owner = deep_copy(eval, x.as.method->self, memo);
        return owner.kind == NW_ERROR ? owner : nw_method_new(eval, x.as.method->function, owner);
    }
    if (x.kind != NW_INSTANCE && x.kind != NW_LIST && x.kind != NW_DICT && x.kind != NW_SET && x.kind != NW_TENSOR)
        return x;
    nw_value key = nw_int(nw_identity(x)), *seen = nw_dict_find(memo.as.dict, key);
    if (seen)
        return *seen;
    if (nw_special(eval, x, (nw_symbol){NW_NAME_DUNDER_DEEPCOPY})) {
        nw_value copy = nw_call_special(eval, x, (nw_symbol){NW_NAME_DUNDER_DEEPCOPY}, &memo, 1);
        nw_dict_set(eval, memo.as.dict, key, copy);
        return copy;
    }
    nw_value hooked = x.kind == NW_INSTANCE ? copy_by_protocol(eval, x, memo) : nw_unset();
    if (hooked.kind != NW_UNSET) {
        nw_dict_set(eval, memo.as.dict, key, hooked);
        return hooked;
    }
    if (x.kind != NW_TENSOR)
        return deep_copy_container(eval, x, memo, key);
    nw_value copy = copy_tensor(eval, x.as.tensor);
    nw_dict_set(eval, memo.as.dict, key, copy);
    return copy;
}

NATIVE(call_deepcopy)
{
    NW_BIND("deepcopy", "x, memo=", 2);
    (void)self;
    return deep_copy(eval, out[0], out[1].kind == NW_DICT ? out[1] : nw_dict_new(eval));
}

void nw_copy_intrinsics_install(nw_eval *eval, nw_dict *globals)
{
    static const nw_method_row natives[] = {{"copy", call_copy}, {"deepcopy", call_deepcopy}};
    for (size_t i = 0; i < sizeof natives / sizeof *natives; i++)
        nw_dict_set_name(eval, globals, nw_symbol_of(eval->symbols, natives[i].name), nw_native_new(eval, natives[i].name, natives[i].call, nw_unset()));
}
