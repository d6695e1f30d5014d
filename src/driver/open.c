/* Open mode: every class of a file, with symbols for what is not known.
 *
 * A constructor's parameters are symbols named after them, of the type that an annotation or a default tells; attributes of a symbol
 * are symbols too (`config.hidden_size`). Parameters of the composition method:
 *   annotated as a tensor, or without annotation and default     a tensor of unknown rank
 *   the same as Optional, or with None as default                that tensor or None, under the test `x is None`
 *   a tuple or list of tensors                                   any number of such tensors
 *   annotated or defaulted as bool, int, float, str              a symbol of that type
 *   anything else                                                a symbol */
#include "eval/symbolic_arguments.h"

#include "driver/load.h"
#include "driver/pipeline.h"
#include "eval/interpret.h"
#include "eval/keras.h"

#include <string.h>

enum { STEPS_PER_CLASS = 400000, MAX_CLASSES = 4096 };

typedef struct open_run {
    nw_run *run;
    nw_eval *eval;
    nw_module *module;
    const nw_open_request *request;
    nw_open_take take;
    void *data;
} open_run;

/* Nothing of the last class may leak into the next one. */
static void start_afresh(nw_eval *eval)
{
    nw_eval_start_root(eval, STEPS_PER_CLASS);
    eval->trail_count = eval->trail_base = 0;
    eval->loss_count = 0;
    nw_keras_start_afresh(eval);
}

static nw_place place_of(const nw_module *module, uint32_t node)
{
    const nw_node *found = &module->ast->nodes[node];
    return (nw_place){(nw_module *)module, found->start, found->end};
}

static const nw_function *method_of(nw_eval *eval, const nw_class *class_, nw_symbol name)
{
    nw_value *found = nw_class_find(eval, class_, name);
    nw_value value = found ? nw_settle(eval, *found) : nw_unset();
    return value.kind == NW_FUNCTION ? value.as.function : NULL;
}

static void call_root(open_run *open, nw_model *model, nw_value root, const nw_function *function, bool has_self)
{
    nw_eval *eval = open->eval;
    uint32_t first = eval->fact_count;
    nw_arguments arguments = nw_symbolic_arguments(eval, function, has_self, true);
    for (uint32_t i = first; i < eval->fact_count; i++)
        nw_model_add_input(model, eval->facts[i].name, eval->facts[i].result.as.tensor);
    nw_value result = nw_call(eval, root, &arguments);
    if (result.kind != NW_ERROR)
        nw_model_read_outputs(model, result);
}

static void finish(open_run *open, nw_model *model, uint32_t first_fact, nw_symbol name, nw_place place, bool is_class)
{
    nw_eval *eval = open->eval;
    nw_value raised = eval->exception;
    eval->exception = nw_unset();
    eval->path = NW_TRUE;
    if (model->root.kind == NW_INSTANCE)
        nw_model_read_state(model, model->root);
    nw_model_read_steps(model, first_fact);
    eval->exception = raised;
    nw_model_read_losses(model);
    open->take(open->data, model, nw_symbol_bytes(eval->symbols, name), place, is_class);
    nw_model_release(model);
}

static void analyse_class(open_run *open, nw_class *class_)
{
    nw_eval *eval = open->eval;
    nw_model model;
    nw_place place = place_of(open->module, class_->node);
    start_afresh(eval);
    nw_model_init(&model, eval, place, false);
    model.framework = nw_framework_of(eval);
    const nw_function *init = method_of(eval, class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    const nw_function *forward = method_of(eval, class_, (nw_symbol){class_->is_keras ? NW_NAME_CALL : NW_NAME_FORWARD});
    nw_arguments arguments = init ? nw_symbolic_arguments(eval, init, true, false) : (nw_arguments){0};
    /* The constructor runs on an instance made here, so that what it did before it raised is there for forward. */
    nw_value root = nw_instance_new(eval, class_);
    model.root = root;
    nw_value made = nw_none();
    if (init)
        made = nw_call(eval, nw_bind_attribute(eval, (nw_value){.kind = NW_FUNCTION, .as.function = (nw_function *)init}, root, class_), &arguments);
    nw_value raised = eval->exception;
    nw_place raised_at = eval->exception_place;
    eval->exception = nw_unset();
    uint32_t first_fact = eval->fact_count;
    if (forward && !eval->stopped)
        call_root(open, &model, root, forward, true);
    if (made.kind == NW_ERROR) { /* what forward stumbles over then is only a consequence */
        eval->exception = raised;
        eval->exception_place = raised_at;
    }
    finish(open, &model, first_fact, class_->qualified, place, true);
}

static void analyse_function(open_run *open, nw_value function)
{
    nw_eval *eval = open->eval;
    const nw_function *called = function.as.function;
    nw_model model;
    nw_place place = place_of(open->module, called->code->node);
    start_afresh(eval);
    nw_model_init(&model, eval, place, false);
    model.framework = nw_framework_of(eval);
    uint32_t first_fact = eval->fact_count;
    call_root(open, &model, function, called, false);
    function.as.function->is_looked_at = !eval->stopped;
    finish(open, &model, first_fact, nw_function_qualified(eval, called), place, false);
}

static bool is_wanted(const open_run *open, nw_symbol name)
{
    return !open->request->class_name || strcmp(nw_symbol_bytes(open->eval->symbols, name), open->request->class_name) == 0;
}

static bool is_own_class(const open_run *open, nw_value value)
{
    return value.kind == NW_CLASS && value.as.class_->module == open->module && value.as.class_->node && value.as.class_->is_module;
}

static bool is_own_function(const open_run *open, nw_value value)
{
    return value.kind == NW_FUNCTION && value.as.function->module == open->module && !value.as.function->code->is_lambda &&
           !value.as.function->owner;
}

static uint32_t start_of(const open_run *open, nw_value value)
{
    uint32_t node = value.kind == NW_CLASS ? value.as.class_->node : value.as.function->code->node;
    return open->module->ast->nodes[node].start;
}

/* The classes and functions of the top level in the order of the source; a second name for one of them counts once. */
static uint32_t collect(const open_run *open, nw_value *found)
{
    uint32_t position = 0, count = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(open->module->globals, &position)) && count < MAX_CLASSES;) {
        nw_value value = nw_settle(open->eval, entry->value);
        if (!is_own_class(open, value) && !is_own_function(open, value))
            continue;
        if (!is_wanted(open, value.kind == NW_CLASS ? value.as.class_->name : value.as.function->name))
            continue;
        uint32_t at = count;
        while (at > 0 && start_of(open, found[at - 1]) > start_of(open, value))
            at--;
        if (at > 0 && found[at - 1].as.object == value.as.object)
            continue;
        memmove(found + at + 1, found + at, (count - at) * sizeof *found);
        found[at] = value;
        count++;
    }
    return count;
}

bool nw_pipeline_open(nw_run *run, const nw_open_request *request, nw_open_take take, void *data, nw_diagnostics *diagnostics)
{
    nw_eval *eval = &run->eval;
    nw_source probe;
    if (!nw_load(&probe, request->path, run->environment.max_file_size, diagnostics))
        return false;
    nw_source_release(&probe);
    open_run open = {run, eval, nw_import_file(eval, request->path), request, take, data};
    run->read_seconds = nw_seconds() - run->started;
    if (!open.module || !open.module->ast)
        return false;
    run->module_name = open.module->name;
    if (eval->trace)
        eval->trace->news.subject = open.module;
    nw_definitions_run(eval, open.module, NULL, NULL);
    nw_value *found = nw_arena_alloc(&eval->arena, (MAX_CLASSES + 1) * sizeof *found);
    uint32_t count = collect(&open, found);
    for (uint32_t i = 0; i < count; i++) {
        if (found[i].kind == NW_CLASS)
            analyse_class(&open, found[i].as.class_);
        else
            analyse_function(&open, found[i]);
    }
    run->call_seconds = nw_seconds() - run->started - run->read_seconds;
    return true;
}
