/* The attribute protocol of nn.Module, natively: every assignment in every constructor comes here. */
#include "eval/builtin.h"
#include "eval/interpret.h"
#include "eval/intrinsic.h"
#include "eval/summary.h"

#include <string.h>

typedef struct registries {
    nw_dict *own, *parameters, *buffers, *modules, *unsaved;
} registries;

static nw_dict *registry(const nw_instance *instance, uint32_t name, nw_kind kind)
{
    nw_value *found = nw_dict_find_name(instance->attributes, (nw_symbol){name});
    return found && found->kind == kind ? found->as.dict : NULL;
}

static registries registries_of(const nw_instance *instance)
{
    return (registries){instance->attributes, registry(instance, NW_NAME_PARAMETERS, NW_DICT), registry(instance, NW_NAME_BUFFERS, NW_DICT),
                        registry(instance, NW_NAME_MODULES, NW_DICT), registry(instance, NW_NAME_NON_PERSISTENT_BUFFERS_SET, NW_SET)};
}

/* ---- beginning ---- */

static void set_ordered(nw_eval *eval, nw_dict *own, uint32_t name)
{
    nw_value made = nw_dict_new(eval);
    made.as.dict->class_ = eval->classes[NW_CLASS_OF_ORDERED_DICT];
    nw_dict_set_name(eval, own, (nw_symbol){name}, made);
}

/* Every module of every network begins with these, in this order. */
enum { ROOM_OF_MODULE = 32 }; /* its registries and a dozen attributes */

static nw_value call_module_begin(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value;
    if (!nw_intrinsic_bind(eval, "module_begin", "own", 1, 1, arguments, &value))
        return nw_error();
    value = nw_settle(eval, value);
    if (value.kind != NW_DICT)
        return nw_none();
    nw_dict *own = value.as.dict;
    nw_dict_reserve(eval, own, ROOM_OF_MODULE);
    nw_dict_set_name(eval, own, (nw_symbol){NW_NAME_TRAINING}, nw_bool(true));
    nw_dict_set_name(eval, own, (nw_symbol){NW_NAME_PARAMETERS}, nw_dict_new(eval));
    nw_dict_set_name(eval, own, (nw_symbol){NW_NAME_BUFFERS}, nw_dict_new(eval));
    nw_dict_set_name(eval, own, (nw_symbol){NW_NAME_NON_PERSISTENT_BUFFERS_SET}, nw_set_new(eval));
    set_ordered(eval, own, NW_NAME_BACKWARD_PRE_HOOKS);
    set_ordered(eval, own, NW_NAME_BACKWARD_HOOKS);
    nw_dict_set_name(eval, own, (nw_symbol){NW_NAME_IS_FULL_BACKWARD_HOOK}, nw_none());
    static const uint32_t hooks[] = {NW_NAME_FORWARD_HOOKS, NW_NAME_FORWARD_HOOKS_WITH_KWARGS, NW_NAME_FORWARD_HOOKS_ALWAYS_CALLED, NW_NAME_FORWARD_PRE_HOOKS,
                                     NW_NAME_FORWARD_PRE_HOOKS_WITH_KWARGS, NW_NAME_STATE_DICT_HOOKS, NW_NAME_STATE_DICT_PRE_HOOKS,
                                     NW_NAME_LOAD_STATE_DICT_PRE_HOOKS, NW_NAME_LOAD_STATE_DICT_POST_HOOKS};
    for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
        set_ordered(eval, own, hooks[i]);
    nw_dict_set_name(eval, own, (nw_symbol){NW_NAME_MODULES}, nw_dict_new(eval));
    return nw_none();
}

/* Whether something may be registered under that name: all of it is known, and the name is nobody's yet. False also where it is not sure. */
static nw_value call_is_free_name(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[3];
    if (!nw_intrinsic_bind(eval, "is_free_name", "self, name, registry", 3, 3, arguments, values))
        return nw_error();
    nw_value module = nw_settle(eval, values[0]), name = nw_settle(eval, values[1]), home = nw_settle(eval, values[2]);
    nw_instance *instance = module.kind == NW_INSTANCE ? module.as.instance : NULL;
    if (!instance || instance->pending || instance->class_->opaque_base || name.kind != NW_STRING || home.kind != NW_STRING)
        return nw_bool(false);
    nw_text text = nw_symbol_text(eval->symbols, name.as.symbol);
    const nw_dict *own = instance->attributes;
    const nw_value *hook = nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_DUNDER_GETATTR});
    bool plain_hook = hook && hook->kind == NW_FUNCTION && hook->as.function->module->is_catalog;
    if (!plain_hook || own->open || text.size == 0 || memchr(text.bytes, '.', text.size) || nw_class_find(eval, instance->class_, name.as.symbol) ||
        nw_dict_find(own, name) || !nw_dict_find(own, home))
        return nw_bool(false);
    static const uint32_t names[] = {NW_NAME_PARAMETERS, NW_NAME_BUFFERS, NW_NAME_MODULES};
    for (int i = 0; i < 3; i++) {
        const nw_dict *dict = registry(instance, names[i], NW_DICT);
        if (!dict || dict->open || nw_dict_find(dict, name))
            return nw_bool(false);
    }
    return nw_bool(true);
}

/* Whether it is certain that a module has none below it, and that its class has no way of its own to name them. */
static nw_value call_is_leaf(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value module;
    if (!nw_intrinsic_bind(eval, "is_leaf", "module", 1, 1, arguments, &module))
        return nw_error();
    module = nw_settle(eval, module);
    const nw_instance *instance = module.kind == NW_INSTANCE && !module.as.instance->pending ? module.as.instance : NULL;
    const nw_dict *below = instance ? registry(instance, NW_NAME_MODULES, NW_DICT) : NULL;
    const nw_value *walk = below ? nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_NAMED_MODULES}) : NULL;
    bool own_walk = !walk || walk->kind != NW_FUNCTION || !walk->as.function->module->is_catalog ||
                    nw_dict_find_name(instance->attributes, (nw_symbol){NW_NAME_NAMED_MODULES});
    return nw_bool(below && !own_walk && below->live == 0 && !below->open);
}

/* ---- setting ---- */

typedef enum value_class { VALUE_ORDINARY, VALUE_NONE, VALUE_UNKNOWN, VALUE_TENSOR, VALUE_BUFFER, VALUE_PARAMETER, VALUE_MODULE } value_class;

/* Of a gated value the arm that says most: a module under a condition is registered under that condition. */
static value_class class_of_value(nw_value value)
{
    switch (value.kind) {
    case NW_NONE:
        return VALUE_NONE;
    case NW_OPAQUE:
        return value.as.opaque->type == NW_TYPE_MODULE ? VALUE_MODULE : value.as.opaque->type == NW_TYPE_ANY ? VALUE_UNKNOWN : VALUE_ORDINARY;
    case NW_TENSOR:
        return value.as.tensor->is_parameter ? VALUE_PARAMETER : value.as.tensor->is_buffer ? VALUE_BUFFER : VALUE_TENSOR;
    case NW_INSTANCE:
        return value.as.instance->class_->is_module ? VALUE_MODULE : VALUE_ORDINARY;
    case NW_PHI: {
        value_class then = class_of_value(value.as.phi->then), otherwise = class_of_value(value.as.phi->otherwise);
        return then > otherwise ? then : otherwise;
    }
    default:
        return VALUE_ORDINARY;
    }
}

static bool holds(const nw_dict *dict, nw_value name)
{
    return dict && nw_dict_find(dict, name);
}

static nw_value cannot_assign(nw_eval *eval, nw_value name, nw_value value, const char *what, const char *wanted)
{
    const nw_class *class_ = nw_type_of(eval, value);
    const char *type = value.kind == NW_TENSOR ? "torch.FloatTensor" : nw_symbol_bytes(eval->symbols, class_->module ? class_->qualified : class_->name);
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "cannot assign '%s' as %s '%s' (%s or None expected)", type, what,
                    nw_symbol_bytes(eval->symbols, name.as.symbol), wanted);
}

/* The registry that the value goes to; NULL: none of them. NW_ERROR in *failure when it may not be assigned at all. */
static nw_dict *home_of(nw_eval *eval, const registries *all, nw_value name, nw_value value, value_class class_, nw_value *failure)
{
    *failure = nw_none();
    if (class_ == VALUE_PARAMETER) {
        if (!all->parameters)
            *failure = nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "cannot assign parameters before Module.__init__() call");
        return all->parameters;
    }
    if (holds(all->parameters, name)) {
        if (class_ != VALUE_NONE && class_ != VALUE_UNKNOWN)
            *failure = cannot_assign(eval, name, value, "parameter", "torch.nn.Parameter");
        return all->parameters;
    }
    if (class_ == VALUE_MODULE) {
        if (!all->modules)
            *failure = nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "cannot assign module before Module.__init__() call");
        return all->modules;
    }
    if (holds(all->modules, name)) {
        if (class_ != VALUE_NONE && class_ != VALUE_UNKNOWN)
            *failure = cannot_assign(eval, name, value, "child module", "torch.nn.Module");
        return all->modules;
    }
    if ((class_ == VALUE_BUFFER && all->buffers) || holds(all->buffers, name)) {
        if (class_ == VALUE_ORDINARY)
            *failure = cannot_assign(eval, name, value, "buffer", "torch.nn.Buffer, torch.Tensor");
        else if (holds(all->own, name)) /* a parameter would take its place, a buffer does not */
            *failure = nw_raise(eval, NW_EXCEPTION_KEY_ERROR, "attribute '%s' already exists", nw_symbol_bytes(eval->symbols, name.as.symbol));
        return all->buffers;
    }
    return NULL;
}

static bool is_persistent(nw_value value)
{
    return value.kind != NW_TENSOR || value.as.tensor->persistent;
}

static void register_in(nw_eval *eval, const registries *all, nw_dict *home, nw_value name, nw_value value, value_class class_)
{
    nw_dict *const others[] = {all->own, all->parameters, all->buffers, all->modules};
    for (int i = 0; i < 4; i++)
        if (others[i] && others[i] != home && others[i]->live)
            nw_dict_remove(eval, others[i], name);
    if (all->unsaved && (home != all->buffers || class_ == VALUE_BUFFER) && all->unsaved->live)
        nw_dict_remove(eval, all->unsaved, name);
    if (all->unsaved && home == all->buffers && class_ == VALUE_BUFFER && !is_persistent(value))
        nw_dict_set(eval, all->unsaved, name, nw_unset());
    nw_dict_set(eval, home, name, value);
}

/* What stands for the attribute under torch.nn.utils.parametrize, or NULL. */
static nw_value *parametrization(nw_eval *eval, const registries *all, nw_value name)
{
    nw_value *child = all->modules && all->modules->live ? nw_dict_find(all->modules, nw_string(eval->tensor_state->names.parametrizations)) : NULL;
    nw_dict *inner = child && child->kind == NW_INSTANCE ? registry(child->as.instance, NW_NAME_MODULES, NW_DICT) : NULL;
    return inner ? nw_dict_find(inner, name) : NULL;
}

/* setattr(self, name, value) with a name that nobody knows: it stands for any number of such entries. */
static nw_value unknown_name(nw_eval *eval, const registries *all, nw_value name, nw_value value, value_class class_)
{
    nw_dict *home = class_ == VALUE_PARAMETER ? all->parameters : class_ == VALUE_MODULE ? all->modules : class_ == VALUE_BUFFER ? all->buffers : all->own;
    if (!eval->environment->open)
        nw_report_loss(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, nw_here(eval), nw_symbol_of(eval->symbols, "set under a name that is not known"));
    return nw_dict_store(eval, home ? home : all->own, name, value) ? nw_none() : nw_error();
}

static bool instance_argument(nw_eval *eval, nw_value *value, nw_instance **instance)
{
    *value = nw_settle(eval, *value);
    *instance = value->kind == NW_INSTANCE ? value->as.instance : NULL;
    if (!*instance && value->kind != NW_OPAQUE)
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "an nn.Module is expected");
    return *instance || value->kind == NW_OPAQUE;
}

static bool set_attribute(nw_eval *eval, nw_instance *instance, nw_value name, nw_value value)
{
    nw_value failure;
    registries all = registries_of(instance);
    value_class class_ = class_of_value(value);
    if (name.kind != NW_STRING)
        return unknown_name(eval, &all, name, value, class_).kind != NW_ERROR;
    if (parametrization(eval, &all, name))
        return true; /* the framework recomputes the originals */
    nw_dict *home = home_of(eval, &all, name, value, class_, &failure);
    if (failure.kind == NW_ERROR)
        return false;
    if (!home)
        return nw_set_attribute_plain(eval, (nw_value){.kind = NW_INSTANCE, .as.instance = instance}, name.as.symbol, value);
    register_in(eval, &all, home, name, value, class_);
    return true;
}

static nw_value call_module_setattr(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[3];
    nw_instance *instance;
    if (!nw_intrinsic_bind(eval, "module_setattr", "self, name, value", 3, 3, arguments, values) || !instance_argument(eval, &values[0], &instance))
        return nw_error();
    if (!instance)
        return nw_none();
    return set_attribute(eval, instance, nw_settle(eval, values[1]), nw_settle(eval, values[2])) ? nw_none() : nw_error();
}

enum { STEPS_OF_SETATTR = 8 };

bool nw_module_set_attribute(nw_eval *eval, nw_instance *instance, nw_symbol name, nw_value value)
{
    if (!nw_step(eval))
        return false;
    eval->steps += STEPS_OF_SETATTR - 1;
    return set_attribute(eval, instance, nw_string(name), nw_settle(eval, value));
}

/* ---- reading ---- */

/* What was registered under a name that is not known, the likeliest first. */
static nw_value stored_in_any(nw_eval *eval, nw_dict *const *order, const char *name)
{
    for (int i = 3; i-- > 0;) {
        nw_value stored = order[i] && order[i]->open ? nw_stored_under_unknown_key(eval, order[i]) : nw_unset();
        if (stored.kind != NW_UNSET)
            return stored;
    }
    return nw_lost(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, "%s", name);
}

static nw_value call_module_getattr(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    nw_instance *instance;
    if (!nw_intrinsic_bind(eval, "module_getattr", "self, name", 2, 2, arguments, values) || !instance_argument(eval, &values[0], &instance))
        return nw_error();
    nw_value name = nw_settle(eval, values[1]);
    if (!instance)
        return nw_lost(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, "of a module");
    registries all = registries_of(instance);
    nw_dict *const order[] = {all.parameters, all.buffers, all.modules};
    if (name.kind != NW_STRING)
        return stored_in_any(eval, order, "by a name that is not known");
    bool open = all.own->open || instance->class_->opaque_base;
    for (int i = 0; i < 3; i++) {
        nw_value *held = order[i] ? nw_dict_find(order[i], name) : NULL;
        nw_value value = held ? nw_settle(eval, *held) : nw_unset();
        if (value.kind != NW_UNSET)
            return value;
        open |= order[i] && order[i]->open;
    }
    nw_value *computed = parametrization(eval, &all, name);
    if (computed)
        return nw_call_values(eval, *computed, NULL, 0);
    const char *text = nw_symbol_bytes(eval->symbols, name.as.symbol);
    if (open)
        return stored_in_any(eval, order, text);
    return nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'",
                    nw_symbol_bytes(eval->symbols, instance->class_->name), text);
}

/* ---- deleting ---- */

static nw_value call_module_delattr(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    nw_instance *instance;
    if (!nw_intrinsic_bind(eval, "module_delattr", "self, name", 2, 2, arguments, values) || !instance_argument(eval, &values[0], &instance))
        return nw_error();
    nw_value name = nw_settle(eval, values[1]);
    if (!instance || name.kind != NW_STRING)
        return nw_none();
    registries all = registries_of(instance);
    nw_dict *const order[] = {all.parameters, all.buffers, all.modules, all.own};
    for (int i = 0; i < 4; i++) {
        if (!holds(order[i], name))
            continue;
        nw_dict_remove(eval, order[i], name);
        if (i < 3 && all.unsaved)
            nw_dict_remove(eval, all.unsaved, name);
        return nw_none();
    }
    return nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'",
                    nw_symbol_bytes(eval->symbols, instance->class_->name), nw_symbol_bytes(eval->symbols, name.as.symbol));
}

static nw_value call_postponed(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    nw_instance *instance;
    if (!nw_intrinsic_bind(eval, "postponed", "self, mode", 2, 2, arguments, values) || !instance_argument(eval, &values[0], &instance))
        return nw_error();
    nw_value mode = nw_settle(eval, values[1]);
    return nw_bool(instance && mode.kind == NW_BOOL && nw_instance_postpone_mode(eval, instance, mode.as.integer != 0));
}

static nw_value call_any_parameters(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value module;
    nw_instance *instance;
    if (!nw_intrinsic_bind(eval, "any_parameters", "self", 1, 1, arguments, &module) || !instance_argument(eval, &module, &instance))
        return nw_error();
    if (!instance || !nw_instance_may_wait(eval, instance, (nw_symbol){NW_NAME_PARAMETERS_METHOD}))
        return nw_none();
    nw_value parameter = nw_tensor_new(eval, NULL, 0, false, NW_DTYPE_FLOAT32);
    parameter.as.tensor->class_ = eval->tensor_state->parameter;
    parameter.as.tensor->is_parameter = parameter.as.tensor->requires_grad = true;
    nw_value list = nw_list_new(eval, &parameter, 1);
    list.as.list->repeated = true;
    return nw_iterate(eval, list);
}

void nw_module_intrinsics_install(nw_eval *eval, nw_dict *globals)
{
    static const nw_intrinsic intrinsics[] = {
        {"module_begin", call_module_begin}, {"is_free_name", call_is_free_name}, {"is_leaf", call_is_leaf}, {"postponed", call_postponed}, {"any_parameters", call_any_parameters}, {"module_setattr", call_module_setattr}, {"module_getattr", call_module_getattr}, {"module_delattr", call_module_delattr},
    };
    nw_intrinsic_define(eval, globals, intrinsics, sizeof intrinsics / sizeof *intrinsics);
}
