/* Walks over the modules of a network, natively: every loop over named_modules() and every train() goes through all of them. */
#include "eval/interpret.h"
#include "eval/intrinsic.h"
#include "eval/summary.h"

/* Whether what an instance does under a name is torch.nn.Module's own method, not one of its class or of itself. */
static bool is_frameworks(nw_eval *eval, const nw_instance *instance, uint32_t name)
{
    const nw_value *method = nw_class_find(eval, instance->class_, (nw_symbol){name});
    const nw_function *function = method && method->kind == NW_FUNCTION ? method->as.function : NULL;
    return function && function->module->is_catalog && function->owner && function->owner->name.v == NW_NAME_MODULE_CLASS &&
           !nw_dict_find_name(instance->attributes, (nw_symbol){name});
}

static bool is_plain_module(nw_value value)
{
    const nw_instance *instance = value.kind == NW_INSTANCE ? value.as.instance : NULL;
    return instance && instance->class_->is_module && !instance->class_->is_keras && instance->payload.kind <= NW_UNSET;
}

/* The modules right below one, by their names; NULL: what they are is not certain. Those of a gated module are not. */
static const nw_dict *children_of(nw_eval *eval, const nw_instance *instance)
{
    const nw_value *found = nw_dict_find_name(instance->attributes, (nw_symbol){NW_NAME_MODULES});
    const nw_dict *below = found && found->kind == NW_DICT ? found->as.dict : NULL;
    if (!below || below->open || below->class_ || instance->class_->opaque_base || instance->attributes->open)
        return NULL;
    uint32_t position = 0;
    for (const nw_dict_entry *entry; (entry = nw_dict_next(below, &position));) {
        nw_value child = nw_settle(eval, entry->value);
        if (entry->key.kind != NW_STRING || (child.kind != NW_NONE && !is_plain_module(child)))
            return NULL;
    }
    return below;
}

/* ---- named_modules ---- */

typedef struct walk {
    nw_eval *eval;
    nw_dict *met;      /* a set; NULL: a module that is met again is named again */
    nw_sequence *found;
    nw_symbol name;    /* of the module that is being looked at */
} walk;

enum { STEPS_OF_NAMING = 20 };

/* Puts it into the set; false: it was there. */
static bool is_first(nw_eval *eval, nw_dict *met, nw_value module)
{
    bool first = !nw_dict_find(met, module);
    if (first)
        nw_dict_set(eval, met, module, nw_unset());
    return first;
}

static bool name_modules(walk *w, nw_value module);

static bool name_children(walk *w, const nw_dict *below)
{
    uint32_t position = 0;
    for (const nw_dict_entry *entry; (entry = nw_dict_next(below, &position));) {
        nw_value child = nw_settle(w->eval, entry->value);
        nw_symbol outer = w->name;
        if (child.kind == NW_NONE)
            continue;
        w->name = outer.v == NW_NAME_EMPTY ? entry->key.as.symbol : nw_symbol_dotted(w->eval->symbols, outer, entry->key.as.symbol);
        if (nw_symbol_text(w->eval->symbols, w->name).size > NW_MAX_STRING || !name_modules(w, child))
            return false;
        w->name = outer;
    }
    return true;
}

/* The module and those below it, in the framework's order; what was not built yet is built when it is come to. False: not all of them are
 * certain, or a limit was hit. */
static bool name_modules(walk *w, nw_value module)
{
    nw_eval *eval = w->eval;
    nw_instance *instance = module.as.instance;
    if (!nw_step(eval) || eval->depth >= eval->limits.depth)
        return false;
    eval->steps += STEPS_OF_NAMING - 1;
    if (w->met && !is_first(eval, w->met, module))
        return true;
    nw_instance_complete(eval, instance);
    const nw_dict *below = is_frameworks(eval, instance, NW_NAME_NAMED_MODULES) ? children_of(eval, instance) : NULL;
    if (!below)
        return false;
    const nw_value pair[] = {nw_string(w->name), module};
    nw_list_append(eval, w->found, nw_tuple_new(eval, pair, 2));
    eval->depth++;
    bool named = name_children(w, below);
    eval->depth--;
    return named;
}

static nw_value call_modules_below(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[3];
    if (!nw_intrinsic_bind(eval, "modules_below", "self, prefix, remove_duplicate", 3, 3, arguments, values))
        return nw_error();
    nw_value module = nw_settle(eval, values[0]), prefix = nw_settle(eval, values[1]), once = nw_settle(eval, values[2]);
    /* Where loops run hand in hand with generators they may change what is below. */
    if (!eval->environment->open || !is_plain_module(module) || prefix.kind != NW_STRING || once.kind != NW_BOOL)
        return nw_none();
    nw_value found = nw_list_new(eval, NULL, 0);
    walk w = {.eval = eval, .met = once.as.integer ? nw_dict_make(eval) : NULL, .found = found.as.list, .name = prefix.as.symbol};
    bool named = name_modules(&w, module);
    if (eval->stopped)
        return nw_error();
    return named ? found : nw_none();
}

/* ---- train ---- */

static bool set_mode(nw_eval *eval, nw_value module, nw_value mode);

static bool has_plain_children(nw_eval *eval, const nw_instance *instance)
{
    return is_frameworks(eval, instance, NW_NAME_CHILDREN) && is_frameworks(eval, instance, NW_NAME_NAMED_CHILDREN) && children_of(eval, instance);
}

/* As train() of the child does, whoever's that is. */
static bool set_mode_of_child(nw_eval *eval, nw_value child, nw_value mode)
{
    nw_instance *instance = child.as.instance;
    if (is_frameworks(eval, instance, NW_NAME_TRAIN)) {
        if (nw_instance_postpone_mode(eval, instance, mode.as.integer != 0))
            return true;
        nw_instance_complete(eval, instance);
        if (has_plain_children(eval, instance))
            return set_mode(eval, child, mode);
    }
    return nw_call_method(eval, child, (nw_symbol){NW_NAME_TRAIN}, &mode, 1).kind != NW_ERROR;
}

enum { STEPS_OF_TRAIN = 30 };

/* A module whose children are certain, and those below it. */
static bool set_mode(nw_eval *eval, nw_value module, nw_value mode)
{
    if (!nw_step(eval))
        return false;
    if (eval->depth >= eval->limits.depth) {
        nw_report_loss(eval, NW_DIAG_DEPTH_LIMIT, nw_here(eval), (nw_symbol){0});
        return true;
    }
    eval->steps += STEPS_OF_TRAIN - 1;
    if (!nw_set_attribute(eval, module, (nw_symbol){NW_NAME_TRAINING}, mode))
        return false;
    const nw_dict *below = children_of(eval, module.as.instance);
    nw_dict *met = below && below->live > 1 ? nw_dict_make(eval) : NULL;
    uint32_t position = 0;
    bool done = true;
    eval->depth++;
    for (const nw_dict_entry *entry; done && below && (entry = nw_dict_next(below, &position));) {
        nw_value child = nw_settle(eval, entry->value);
        if (child.kind == NW_INSTANCE && (!met || is_first(eval, met, child)))
            done = set_mode_of_child(eval, child, mode);
    }
    eval->depth--;
    return done;
}

static nw_value call_set_mode(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    if (!nw_intrinsic_bind(eval, "set_mode", "self, mode", 2, 2, arguments, values))
        return nw_error();
    nw_value module = nw_settle(eval, values[0]), mode = nw_settle(eval, values[1]);
    if (!is_plain_module(module) || mode.kind != NW_BOOL)
        return nw_bool(false);
    nw_instance_complete(eval, module.as.instance);
    if (!has_plain_children(eval, module.as.instance))
        return nw_bool(false);
    return set_mode(eval, module, mode) ? nw_bool(true) : nw_error();
}

void nw_walk_intrinsics_install(nw_eval *eval, nw_dict *globals)
{
    static const nw_intrinsic intrinsics[] = {{"modules_below", call_modules_below}, {"set_mode", call_set_mode}};
    nw_intrinsic_define(eval, globals, intrinsics, sizeof intrinsics / sizeof *intrinsics);
}
