#include "eval/summary.h"

#include "eval/interpret.h"
#include "eval/symbolic.h"
#include "eval/symbolic_arguments.h"

bool nw_may_defer(const nw_eval *eval, const nw_class *class_)
{
    return eval->environment->open && eval->depth > 0 && class_->is_module && class_->node && !class_->is_catalog;
}

nw_value nw_instance_defer(nw_eval *eval, nw_class *class_, const nw_arguments *arguments)
{
    nw_value self = nw_instance_new(eval, class_);
    self.as.instance->made_with = self.as.instance->pending = nw_arguments_keep(eval, arguments);
    return self;
}

/* What must not change while something is read on the side. */
typedef struct aside {
    nw_guard path;
    nw_exit *exits;
    nw_frame *frame;
    nw_value exception, handled;
    uint32_t context, level, trail_base, try_depth, in_catalog, fact_parent, fact_count, loss_count;
    bool on_errand;
} aside;

static aside step_aside(nw_eval *eval)
{
    aside saved = {eval->path, eval->exits, eval->frame, eval->exception, eval->handled, eval->context, eval->level, eval->trail_base,
                   eval->try_depth, eval->in_catalog, eval->fact_parent, eval->fact_count, eval->loss_count, eval->on_errand};
    eval->path = NW_TRUE;
    eval->exits = NULL;
    eval->exception = nw_unset();
    eval->context = 0;
    eval->level = 0;
    eval->trail_base = eval->trail_count;
    eval->try_depth = 0;
    eval->in_catalog = 0;
    eval->fact_parent = 0;
    eval->on_errand = false;
    return saved;
}

static void step_back(nw_eval *eval, aside saved)
{
    eval->path = saved.path;
    eval->exits = saved.exits;
    eval->frame = saved.frame;
    eval->exception = saved.exception;
    eval->handled = saved.handled;
    eval->context = saved.context;
    eval->level = saved.level;
    eval->trail_count = eval->trail_base;
    eval->trail_base = saved.trail_base;
    eval->try_depth = saved.try_depth;
    eval->in_catalog = saved.in_catalog;
    eval->fact_parent = saved.fact_parent;
    eval->on_errand = saved.on_errand;
    eval->loss_count = saved.loss_count; /* the class's own reading tells them */
    eval->undecided = false;
}

/* Whether it is a function, and not a class, that is being looked at. */
static bool is_of_function(const nw_eval *eval)
{
    const nw_frame *frame = eval->frame;
    while (frame && frame->caller)
        frame = frame->caller;
    return frame && frame->function && !frame->function->owner;
}

bool nw_instance_may_wait(const nw_eval *eval, const nw_instance *instance, nw_symbol name)
{
    bool is_asked = name.v == NW_NAME_TRAIN || name.v == NW_NAME_EVAL || name.v == NW_NAME_PARAMETERS_METHOD;
    if (!instance->pending || !is_asked || !eval->trace || !is_of_function(eval))
        return false;
    const nw_value *method = nw_class_find((nw_eval *)eval, instance->class_, name);
    return method && method->kind == NW_FUNCTION && method->as.function->module->is_catalog && !instance->class_->is_keras;
}

/* Not in an arm that the instance was not made in: the other one may leave it in another mode. */
bool nw_instance_postpone_mode(const nw_eval *eval, nw_instance *instance, bool training)
{
    if (!nw_instance_may_wait(eval, instance, (nw_symbol){NW_NAME_TRAIN}) || instance->attributes->level < eval->level)
        return false;
    instance->mode = training ? NW_PENDING_TRAINING : NW_PENDING_EVALUATION;
    return true;
}

void nw_instance_complete(nw_eval *eval, nw_instance *instance)
{
    nw_arguments *arguments = instance->pending;
    if (!arguments)
        return;
    instance->pending = NULL;
    nw_value *init = nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    if (!init || eval->depth >= eval->limits.depth)
        return;
    aside saved = step_aside(eval);
    eval->depth++;
    nw_value self = {.kind = NW_INSTANCE, .as.instance = instance};
    nw_value made = nw_call(eval, nw_bind_attribute(eval, *init, self, instance->class_), arguments);
    if (instance->mode && made.kind != NW_ERROR) {
        nw_value training = nw_bool(instance->mode == NW_PENDING_TRAINING);
        nw_call_method(eval, self, (nw_symbol){NW_NAME_TRAIN}, &training, 1);
    }
    eval->depth--;
    step_back(eval, saved);
}

/* ---- what a call gives ---- */

enum { SUMMARY_DEPTH = 4 };

/* A value of the same form of which nothing else is known. */
static nw_value same_form(nw_eval *eval, nw_value value, int depth)
{
    switch (value.kind) {
    case NW_NONE: case NW_BOOL: case NW_INT: case NW_FLOAT: case NW_STRING:
        return value;
    case NW_TENSOR: {
        nw_value tensor = nw_tensor_new(eval, NULL, 0, false, NW_DTYPE_UNKNOWN);
        tensor.as.tensor->requires_grad = true;
        return tensor;
    }
    case NW_TUPLE: {
        if (depth == 0)
            break;
        nw_tuple *tuple = nw_tuple_make(eval, value.as.tuple->count);
        tuple->class_ = value.as.tuple->class_;
        for (uint32_t i = 0; i < tuple->count; i++)
            tuple->items[i] = same_form(eval, value.as.tuple->items[i], depth - 1);
        return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
    }
    case NW_LIST: {
        if (depth == 0)
            break;
        nw_value list = nw_list_new(eval, NULL, 0);
        for (uint32_t i = 0; i < value.as.list->count; i++)
            nw_list_append(eval, list.as.list, same_form(eval, value.as.list->items[i], depth - 1));
        list.as.list->repeated = value.as.list->repeated;
        return list;
    }
    case NW_DICT: {
        if (depth == 0)
            break;
        nw_dict *dict = nw_dict_copy(eval, value.as.dict);
        uint32_t position = 0;
        for (nw_dict_entry *entry; (entry = nw_dict_next(dict, &position));)
            entry->value = same_form(eval, entry->value, depth - 1);
        return (nw_value){.kind = NW_DICT, .as.dict = dict};
    }
    case NW_INSTANCE: { /* an output object */
        if (depth == 0 || value.as.instance->class_->is_module)
            break;
        nw_value made = nw_instance_new(eval, value.as.instance->class_);
        made.as.instance->attributes = nw_dict_copy(eval, value.as.instance->attributes);
        uint32_t position = 0;
        for (nw_dict_entry *entry; (entry = nw_dict_next(made.as.instance->attributes, &position));)
            entry->value = same_form(eval, entry->value, depth - 1);
        return made;
    }
    case NW_PHI:
        if (depth == 0)
            break;
        return nw_join(eval, nw_bdd_atom(&eval->bdd), same_form(eval, value.as.phi->then, depth - 1),
                       same_form(eval, value.as.phi->otherwise, depth - 1));
    case NW_OPAQUE:
        break;
    default:
        break;
    }
    return nw_lost(eval, NW_DIAG_CALL_UNKNOWN, "the result of a module that was summarised");
}

static void read_form(nw_eval *eval, nw_instance *instance, nw_function *forward)
{
    nw_class *class_ = instance->class_;
    class_->summary_state = NW_SUMMARY_RUNNING;
    nw_instance_complete(eval, instance);
    aside saved = step_aside(eval);
    eval->level = ++eval->level_count; /* what forward writes is not seen outside */
    eval->depth++;
    uint32_t mark = eval->trail_count;
    nw_arguments arguments = nw_symbolic_arguments(eval, forward, true, true);
    nw_arguments with = nw_arguments_with_self(eval, (nw_value){.kind = NW_INSTANCE, .as.instance = instance}, &arguments);
    nw_value result = nw_function_call(eval, forward, &with);
    nw_trail_undo(eval, mark);
    eval->depth--;
    eval->fact_count = saved.fact_count;
    step_back(eval, saved);
    class_->summary = result.kind == NW_ERROR ? nw_lost(eval, NW_DIAG_CALL_UNKNOWN, "%s", nw_bytes(eval, class_->name)) : result;
    class_->summary_state = NW_SUMMARY_DONE;
}

/* The only fact from `first` on that is a step of the program, 0: none, or several. */
static uint32_t only_fact(const nw_eval *eval, uint32_t first)
{
    uint32_t found = 0;
    for (uint32_t i = first; i < eval->fact_count; i++) {
        if (eval->facts[i].in_catalog || eval->facts[i].kind == NW_FACT_INPUT)
            continue;
        if (found)
            return 0;
        found = i;
    }
    return found;
}

/* Whether something was written since `mark` that had been there before that level. Slots and iterators belong to what ran. */
static bool writes_older(const nw_eval *eval, uint32_t mark, uint32_t level)
{
    for (uint32_t i = mark; i < eval->trail_count; i++) {
        const nw_trail_entry *entry = &eval->trail[i];
        if ((entry->kind == NW_TRAIL_DICT && ((const nw_dict *)entry->saved.copy)->level < level) ||
            (entry->kind == NW_TRAIL_LIST && ((const nw_sequence *)entry->saved.copy)->level < level))
            return true;
    }
    return false;
}

nw_trial nw_summary_try(nw_eval *eval, nw_instance *instance, nw_function *forward, const nw_arguments *arguments, bool training)
{
    nw_value self = {.kind = NW_INSTANCE, .as.instance = instance};
    nw_instance_complete(eval, instance);
    aside saved = step_aside(eval);
    eval->level = ++eval->level_count;
    eval->depth++;
    uint32_t start = eval->trail_count;
    nw_set_attribute(eval, self, nw_symbol_of(eval->symbols, "training"), nw_bool(training));
    uint32_t mark = eval->trail_count;
    eval->level = ++eval->level_count; /* so that what forward writes is told from that */
    nw_arguments with = nw_arguments_with_self(eval, self, arguments);
    nw_trial trial = {.result = nw_function_call(eval, forward, &with), .first_fact = saved.fact_count};
    trial.writes = writes_older(eval, mark, eval->level);
    trial.end_fact = eval->fact_count;
    nw_trail_undo(eval, start);
    eval->depth--;
    step_back(eval, saved);
    return trial;
}

static uint32_t only_operator(nw_eval *eval, nw_instance *instance, nw_function *forward, bool training)
{
    nw_arguments arguments = nw_symbolic_arguments(eval, forward, true, true);
    nw_trial trial = nw_summary_try(eval, instance, forward, &arguments, training);
    uint32_t fact = only_fact(eval, trial.first_fact);
    const nw_fact *found = &eval->facts[fact];
    bool is_all = fact && !trial.writes && trial.result.kind == NW_TENSOR && arguments.positional_count && found->kind == NW_FACT_OPERATOR &&
                  found->argument_count && found->result.kind == NW_TENSOR && found->result.as.tensor == trial.result.as.tensor &&
                  found->arguments[0].kind == NW_TENSOR && arguments.positional[0].kind == NW_TENSOR &&
                  found->arguments[0].as.tensor == arguments.positional[0].as.tensor;
    return is_all ? fact : 0;
}

uint32_t nw_summary_only_operator(nw_eval *eval, nw_instance *instance, nw_function *forward)
{
    uint32_t trained = only_operator(eval, instance, forward, true), evaluated = trained ? only_operator(eval, instance, forward, false) : 0;
    const nw_fact *a = &eval->facts[trained], *b = &eval->facts[evaluated];
    if (!evaluated || a->name.v != b->name.v || a->argument_count != b->argument_count)
        return 0;
    for (uint32_t i = 1; i < a->argument_count; i++)
        if (!nw_operand_same(a->arguments[i], b->arguments[i]))
            return 0;
    return trained;
}

nw_value nw_summary_call(nw_eval *eval, nw_instance *instance, nw_function *forward, const nw_arguments *arguments)
{
    nw_class *class_ = instance->class_;
    if (class_->summary_state == NW_SUMMARY_NONE)
        read_form(eval, instance, forward);
    if (eval->stopped)
        return nw_error();
    nw_value result = class_->summary_state == NW_SUMMARY_DONE ? same_form(eval, class_->summary, SUMMARY_DEPTH)
                                                              : nw_tensor_new(eval, NULL, 0, false, NW_DTYPE_UNKNOWN);
    nw_value self = {.kind = NW_INSTANCE, .as.instance = instance};
    nw_arguments *given = nw_arguments_keep(eval, arguments);
    uint32_t fact = nw_fact_add(eval, (nw_fact){.kind = NW_FACT_CALL, .name = class_->qualified, .callee = self, .arguments = given->positional,
                                                .argument_count = given->positional_count, .given = given, .result = result});
    if (result.kind == NW_TENSOR)
        result.as.tensor->node = fact;
    else if (result.kind == NW_TUPLE)
        for (uint32_t i = 0; i < result.as.tuple->count; i++)
            if (result.as.tuple->items[i].kind == NW_TENSOR)
                result.as.tuple->items[i].as.tensor->node = fact;
    return result;
}
