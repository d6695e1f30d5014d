#include "eval/errand.h"

enum { ERRAND_STEPS = 12000, ERRAND_OF_ERRAND_STEPS = 1000, DECORATOR_STEPS = 200 };

bool nw_is_errand(const nw_eval *eval, const nw_function *function)
{
    return eval->environment->open && !function->module->is_catalog && eval->frame && !eval->frame->module->is_catalog &&
           eval->frame->module != function->module;
}

/* Nothing that an errand could have written to, or asked more of than what it is. */
static bool is_closed(nw_value value)
{
    switch (value.kind) {
    case NW_UNSET: case NW_NONE: case NW_BOOL: case NW_INT: case NW_FLOAT: case NW_STRING: case NW_OPAQUE: case NW_FUNCTION: case NW_CLASS:
        return true;
    case NW_DICT:
        return value.as.dict->live == 0 && !value.as.dict->open;
    case NW_TUPLE:
        return value.as.tuple->count == 0;
    case NW_INSTANCE:
        return value.as.instance->pending != NULL;
    default:
        return false;
    }
}

static bool is_alike(nw_value a, nw_value b)
{
    if (a.kind != b.kind || !is_closed(b))
        return false;
    switch (a.kind) {
    case NW_BOOL: case NW_INT: case NW_FLOAT: case NW_FUNCTION: case NW_CLASS:
        return a.as.integer == b.as.integer;
    case NW_OPAQUE:
        return a.as.opaque->type == b.as.opaque->type;
    case NW_INSTANCE:
        return a.as.instance->class_ == b.as.instance->class_;
    default:
        return true;
    }
}

static const nw_value *parameter_of(const nw_function *function, const nw_value *slots, uint32_t i)
{
    return &slots[function->code->parameters[i].slot];
}

bool nw_errand_is_futile(const nw_eval *eval, const nw_function *function, const nw_frame *frame)
{
    if (!function->gave_up || eval->on_errand || eval->decorates)
        return false;
    for (uint32_t i = 0; i < function->code->parameter_count; i++)
        if (!is_alike(*parameter_of(function, function->gave_up, i), *parameter_of(function, frame->slots, i)))
            return false;
    return true;
}

nw_errand nw_errand_start(nw_eval *eval, const nw_frame *frame)
{
    nw_errand before = {eval->limits.steps, eval->path, eval->exits, eval->context, eval->level, eval->try_depth, eval->fact_parent, eval->depth,
                        eval->on_errand, NULL};
    if (!eval->on_errand && !eval->decorates)
        before.given = nw_arena_copy(&eval->arena, frame->slots, frame->code->slot_count * sizeof *frame->slots);
    uint32_t steps = eval->on_errand ? ERRAND_OF_ERRAND_STEPS : eval->decorates ? DECORATOR_STEPS : ERRAND_STEPS;
    eval->decorates = false;
    if (eval->steps + steps < eval->limits.steps)
        eval->limits.steps = eval->steps + steps;
    eval->on_errand = true;
    return before;
}

/* Whether what the function was given is as it was before the call. */
static bool left_all(const nw_errand *errand, const nw_function *function)
{
    for (uint32_t i = 0; errand->given && i < function->code->parameter_count; i++)
        if (!is_closed(*parameter_of(function, errand->given, i)))
            return false;
    return errand->given != NULL;
}

nw_value nw_errand_lost(nw_eval *eval, const nw_function *function)
{
    return nw_lost(eval, NW_DIAG_STEP_LIMIT, " in %s", nw_bytes(eval, nw_function_qualified(eval, function)));
}

nw_value nw_errand_end(nw_eval *eval, const nw_errand *errand, nw_function *function, nw_value value)
{
    bool branched = eval->trace && eval->branched;
    bool is_over = eval->steps >= eval->limits.steps || branched;
    bool used_up = eval->stopped && is_over && eval->steps < errand->limit;
    eval->limits.steps = errand->limit;
    eval->on_errand = errand->on_errand;
    if (!used_up)
        return value;
    if (branched && left_all(errand, function))
        function->gave_up = errand->given;
    eval->stopped = eval->branched = false;
    eval->undecided = false;
    nw_exception_clear(eval);
    eval->path = errand->path;
    eval->exits = errand->exits;
    eval->context = errand->context;
    eval->level = errand->level ? ++eval->level_count : 0;
    eval->try_depth = errand->try_depth;
    eval->fact_parent = errand->fact_parent;
    eval->depth = errand->depth;
    return nw_errand_lost(eval, function);
}
