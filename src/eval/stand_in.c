#include "eval/stand_in.h"

#include "eval/interpret.h"
#include "eval/intrinsic.h"

#include <string.h>

static const nw_stand_in *find(const nw_eval *eval, const nw_module *module, nw_symbol name)
{
    const nw_stand_ins *all = eval->environment->stand_ins;
    for (uint32_t i = 0; all && i < all->count; i++)
        if (all->items[i].name.v == name.v && all->items[i].module.v == module->name.v)
            return &all->items[i];
    return NULL;
}

const nw_frame *nw_stand_in_caller(const nw_eval *eval)
{
    const nw_frame *result = eval->frame;
    for (const nw_frame *frame = eval->frame; frame && eval->environment->stand_ins; frame = frame->caller) {
        const nw_function *function = frame->function;
        nw_symbol name = !function ? (nw_symbol){0} : function->owner ? function->owner->name : function->name;
        if (name.v && frame->caller && find(eval, function->module, name))
            result = frame->caller;
    }
    return result;
}

nw_value nw_stand_in_mark(nw_eval *eval, nw_value definition)
{
    if (!eval->environment->stand_ins || eval->frame->code->scope != NW_SCOPE_MODULE)
        return definition;
    nw_symbol name = definition.kind == NW_FUNCTION ? definition.as.function->name : definition.kind == NW_CLASS ? definition.as.class_->name : (nw_symbol){0};
    const nw_stand_in *stand_in = name.v ? find(eval, eval->frame->module, name) : NULL;
    if (!stand_in)
        return definition;
    if (!stand_in->row) {
        nw_value copy = nw_import_module(eval, nw_symbol_of(eval->symbols, "copy"));
        return copy.kind == NW_MODULE ? nw_get_attribute(eval, copy, nw_symbol_of(eval->symbols, "deepcopy")) : copy;
    }
    nw_operator_row *row = nw_arena_copy(&eval->arena, stand_in->row, sizeof *row);
    if (definition.kind == NW_FUNCTION)
        definition.as.function->row = row;
    else
        nw_row_mark_layer(eval, definition.as.class_, row);
    return definition;
}

const nw_operator_row *nw_row_named(nw_eval *eval, nw_symbol dotted)
{
    const char *text = nw_bytes(eval, dotted);
    nw_value value = nw_import_module(eval, nw_symbol_intern(eval->symbols, text, strcspn(text, ".")));
    for (const char *at = strchr(text, '.'); at && value.kind != NW_ERROR && value.kind != NW_OPAQUE; at = strchr(at + 1, '.'))
        value = nw_get_attribute(eval, value, nw_symbol_intern(eval->symbols, at + 1, strcspn(at + 1, ".")));
    nw_exception_clear(eval);
    if (value.kind == NW_FUNCTION)
        return value.as.function->row;
    const nw_operator_row *row = value.kind == NW_CLASS ? value.as.class_->row : NULL;
    return row && row->is_layer ? row : NULL;
}
