#include "driver/asked.h"

#include "eval/interpret.h"

/* The class's own answer to an attribute that an object does not have yet; nothing that it writes to the object stays. */
static void ask(nw_eval *eval, nw_instance *instance, const nw_value *hook, nw_symbol name)
{
    nw_dict *attributes = instance->attributes;
    nw_value object = {.kind = NW_INSTANCE, .as.instance = instance}, text = nw_string(name);
    instance->attributes = nw_dict_copy(eval, attributes);
    nw_dict_remove(eval, instance->attributes, text);
    nw_call_values(eval, nw_bind_attribute(eval, *hook, object, instance->class_), &text, 1);
    instance->attributes = attributes;
    nw_exception_clear(eval);
    eval->stopped = false;
}

void nw_ask_attributes(nw_eval *eval)
{
    nw_trace *trace = eval->trace;
    uint64_t steps = eval->steps;
    for (uint32_t i = 0, count = trace->count; i < count; i++) {
        const nw_trace_entry *entry = &trace->entries[i];
        nw_instance *instance = entry->kind == NW_TRACE_ATTRIBUTE_STORE && nw_is_module_object(entry->a) ? entry->a.as.instance : NULL;
        const nw_value *hook = instance && !instance->class_->is_catalog ? nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_DUNDER_GETATTR}) : NULL;
        if (hook && hook->kind == NW_FUNCTION && !hook->as.function->module->is_catalog)
            ask(eval, instance, hook, (nw_symbol){entry->module->ast->nodes[entry->node].b});
    }
    eval->steps = steps;
}
