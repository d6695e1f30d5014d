/* Calls of nn.Module instances: which of them are layers of the catalog, which are modules of the program. */
#include "eval/interpret.h"
#include "eval/summary.h"

static bool has_hooks(nw_eval *eval, const nw_instance *instance, const char *name)
{
    nw_value *hooks = nw_dict_find_name(instance->attributes, nw_symbol_of(eval->symbols, name));
    return hooks && hooks->kind == NW_DICT && hooks->as.dict->live > 0;
}

/* The class's own __call__, hooks and all, in the catalog's words. */
static nw_value call_with_hooks(nw_eval *eval, nw_instance *instance, nw_value call, const nw_arguments *arguments)
{
    nw_value self = {.kind = NW_INSTANCE, .as.instance = instance};
    return nw_call(eval, nw_bind_attribute(eval, call, self, instance->class_), arguments);
}

/* A module of the program: its forward runs, and what it does has this fact as parent. */
static nw_value call_program_module(nw_eval *eval, nw_instance *instance, nw_value forward, const nw_arguments *arguments)
{
    nw_value self = {.kind = NW_INSTANCE, .as.instance = instance};
    uint32_t outer = eval->fact_parent;
    nw_arguments *given = nw_arguments_keep(eval, arguments);
    uint32_t fact = nw_fact_add(eval, (nw_fact){.kind = NW_FACT_MODULE, .name = instance->class_->qualified, .callee = self, .given = given,
                                                .arguments = given->positional, .argument_count = given->positional_count});
    eval->fact_parent = fact;
    nw_value result = nw_call(eval, nw_bind_attribute(eval, forward, self, instance->class_), arguments);
    eval->facts[fact].result = result;
    eval->fact_parent = outer;
    return result;
}

nw_value nw_module_call(nw_eval *eval, nw_instance *instance, const nw_arguments *arguments)
{
    nw_class *class_ = instance->class_;
    nw_value self = {.kind = NW_INSTANCE, .as.instance = instance};
    nw_value *call = nw_class_find(eval, class_, (nw_symbol){NW_NAME_DUNDER_CALL});
    const nw_function *function = call && call->kind == NW_FUNCTION ? call->as.function : NULL;
    bool own_call = function && !(function->module->is_catalog && function->owner && function->owner->name.v == NW_NAME_MODULE_CLASS);
    if (own_call || has_hooks(eval, instance, "_forward_hooks") || has_hooks(eval, instance, "_forward_pre_hooks"))
        return call_with_hooks(eval, instance, *call, arguments);
    nw_value forward = nw_unset();
    nw_value *own = nw_dict_find_name(instance->attributes, (nw_symbol){NW_NAME_FORWARD}); /* self.forward = something */
    nw_value *found = nw_class_find(eval, class_, (nw_symbol){NW_NAME_FORWARD});
    if (own)
        return nw_call(eval, *own, arguments);
    if (found)
        forward = nw_settle(eval, *found);
    if (forward.kind == NW_UNSET || forward.kind == NW_OPAQUE) {
        if (class_->opaque_base || forward.kind == NW_OPAQUE)
            return nw_lost(eval, NW_DIAG_CALL_UNKNOWN, "%s", nw_bytes(eval, class_->name));
        return nw_raise(eval, NW_EXCEPTION_NOT_IMPLEMENTED_ERROR, "Module [%s] is missing the required \"forward\" function",
                        nw_bytes(eval, class_->name));
    }
    if (nw_may_defer(eval, class_) && forward.kind == NW_FUNCTION && !forward.as.function->module->is_catalog)
        return nw_summary_call(eval, instance, forward.as.function, arguments);
    nw_instance_complete(eval, instance);
    bool of_catalog = forward.kind == NW_FUNCTION && forward.as.function->module->is_catalog;
    if (!of_catalog || !class_->row || class_->row->is_container)
        return call_program_module(eval, instance, forward, arguments);
    nw_arguments with = nw_arguments_with_self(eval, self, arguments);
    return nw_operator_call(eval, forward.as.function, &with);
}
