#include "eval/stand_in.h"

#include "eval/intrinsic.h"

static const nw_stand_in *find(const nw_eval *eval, nw_symbol name)
{
    const nw_stand_ins *all = eval->environment->stand_ins;
    for (uint32_t i = 0; all && i < all->count; i++)
        if (all->items[i].name.v == name.v && all->items[i].module.v == eval->frame->module->name.v)
            return &all->items[i];
    return NULL;
}

void nw_stand_in_mark(nw_eval *eval, nw_value definition)
{
    if (!eval->environment->stand_ins || eval->frame->code->scope != NW_SCOPE_MODULE)
        return;
    nw_symbol name = definition.kind == NW_FUNCTION ? definition.as.function->name : definition.kind == NW_CLASS ? definition.as.class_->name : (nw_symbol){0};
    const nw_stand_in *stand_in = name.v ? find(eval, name) : NULL;
    if (!stand_in)
        return;
    nw_operator_row *row = nw_arena_copy(&eval->arena, stand_in->row, sizeof *row);
    if (definition.kind == NW_FUNCTION)
        definition.as.function->row = row;
    else
        nw_row_mark_layer(eval, definition.as.class_, row);
}
