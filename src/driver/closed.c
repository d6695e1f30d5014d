/* Closed mode: one entry, built and called; the exact network. */
#include "driver/asked.h"
#include "driver/pipeline.h"

#include "eval/interpret.h"
#include "eval/tensor.h"
#include "eval/trace.h"
#include "pivot/pivot.h"

#include <string.h>

typedef struct closed_run {
    nw_run *run;
    nw_eval *eval;
    const nw_request *request;
    nw_model *model;
    nw_module *module; /* in whose scope the entry stands */
    nw_input *inputs;
    nw_value root, result;
    nw_value raised;   /* what building or calling it raised, UNSET when nothing */
    nw_place raised_at;
} closed_run;

static bool is_callable(nw_value value)
{
    return value.kind == NW_INSTANCE || value.kind == NW_FUNCTION || value.kind == NW_METHOD || value.kind == NW_PARTIAL || value.kind == NW_NATIVE;
}

/* Keeps what was raised aside, so that more code can run. */
static void keep_exception(closed_run *closed)
{
    if (closed->eval->exception.kind != NW_UNSET && closed->raised.kind == NW_UNSET) {
        closed->raised = closed->eval->exception;
        closed->raised_at = closed->eval->exception_place;
    }
    closed->eval->exception = nw_unset();
}

/* The built model, in evaluation mode, or NW_ERROR. */
static nw_value build(nw_eval *eval, nw_module *module, const char *expression)
{
    nw_value root = nw_settle(eval, nw_entry_evaluate(eval, module, expression));
    if (root.kind == NW_CLASS && root.as.class_->is_module) {
        nw_arguments none = {0};
        root = nw_call(eval, root, &none);
    }
    nw_trace *trace = eval->trace;
    eval->trace = NULL; /* not a part of the program, unlike what it imports */
    eval->import_trace = trace;
    if (nw_is_module_object(root) && !root.as.instance->class_->is_keras && nw_call_method(eval, root, nw_symbol_of(eval->symbols, "eval"), NULL, 0).kind == NW_ERROR)
        root = nw_error();
    eval->trace = trace;
    eval->import_trace = NULL;
    return root;
}

static void report_root(nw_model *model, nw_value root)
{
    const nw_opaque *lost = root.kind == NW_OPAQUE ? nw_lost_origin(root.as.opaque) : NULL;
    if (lost)
        nw_model_add_unknown(model, lost->reason, lost->place, nw_symbol_bytes(model->eval->symbols, lost->text));
    else
        nw_model_add_unknown(model, NW_DIAG_UNSUPPORTED, model->fallback, "the entry is neither a module nor a function");
}

/* It raised something: perhaps for want of what a module does that was imported and never looked at. */
static void build_with_all(closed_run *closed, const char *expression)
{
    nw_eval *eval = closed->eval;
    nw_value raised = eval->exception;
    nw_place place = eval->exception_place;
    nw_exception_clear(eval);
    bool more = nw_import_pending(eval, closed->module);
    nw_exception_clear(eval);
    if (more && !eval->stopped) {
        closed->root = build(eval, closed->module, expression);
    } else {
        eval->exception = raised;
        eval->exception_place = place;
    }
}

/* False: the entry is wrong. */
static bool build_entry(closed_run *closed, const char **problem)
{
    nw_eval *eval = closed->eval;
    nw_entry entry = nw_entry_parse(&eval->arena, closed->request->entry);
    if (closed->request->run_first)
        nw_import_at_once(eval, closed->request->run_first);
    *problem = "a package around it cannot be imported";
    if (eval->exception.kind == NW_UNSET)
        closed->module = nw_entry_module(eval, &entry, closed->request->path, problem);
    if (closed->module && nw_exception_is(eval, NW_EXCEPTION_IMPORT_ERROR) && !eval->stopped && nw_import_anew(eval, closed->module)) {
        if (eval->trace)
            eval->trace->count = 0;
        closed->module = nw_entry_module(eval, &entry, closed->request->path, problem);
    }
    if (!closed->module)
        return false;
    closed->model->fallback = (nw_place){closed->module, 0, 0};
    closed->run->read_seconds = nw_seconds() - closed->run->started;
    if (eval->exception.kind == NW_UNSET && !eval->stopped) {
        *problem = "its first name is not defined there";
        if (!nw_entry_is_known(eval, closed->module, entry.expression))
            return false;
        closed->root = build(eval, closed->module, entry.expression);
        if (closed->root.kind == NW_ERROR && eval->exception.kind != NW_UNSET && !eval->stopped && !nw_exception_is(eval, NW_EXCEPTION_SYNTAX_ERROR))
            build_with_all(closed, entry.expression);
        *problem = "it is no expression";
        if (closed->root.kind == NW_ERROR && nw_exception_is(eval, NW_EXCEPTION_SYNTAX_ERROR))
            return false;
        if (closed->root.kind != NW_ERROR && !is_callable(closed->root))
            report_root(closed->model, closed->root);
    }
    keep_exception(closed);
    closed->model->framework = nw_framework_of(eval);
    closed->run->build_seconds = nw_seconds() - closed->run->started - closed->run->read_seconds;
    return true;
}

/* The sizes of a tensor whose channels are elsewhere. */
static void move_channels(nw_eval *eval, nw_tensor *tensor, bool to_first)
{
    nw_value *shape = nw_arena_alloc(&eval->arena, (tensor->rank + 1u) * sizeof *shape);
    for (uint32_t i = 0; i < tensor->rank; i++)
        shape[nw_moved_axis(to_first, i, tensor->rank)] = tensor->shape[i];
    tensor->shape = shape;
}

static bool read_inputs(closed_run *closed, const char **problem)
{
    const nw_request *request = closed->request;
    nw_eval *eval = closed->eval;
    closed->inputs = nw_arena_zero(&eval->arena, (request->input_count + 1) * sizeof *closed->inputs);
    uint32_t position = 0;
    for (size_t i = 0; i < request->input_count; i++) {
        nw_input *input = &closed->inputs[i];
        nw_symbol next = nw_input_position_name(eval, closed->root, position);
        if (!nw_input_parse(eval, closed->module, request->inputs[i], nw_symbol_bytes(eval->symbols, next), input, problem))
            return false;
        position += !input->name;
        nw_symbol name = input->name ? nw_symbol_of(eval->symbols, input->name) : next;
        if (input->is_tensor && request->moved && request->moved->inputs && request->moved->inputs[closed->model->input_count])
            move_channels(eval, input->value.as.tensor, request->moved->to_first);
        if (input->is_tensor)
            nw_model_add_input(closed->model, name, input->value.as.tensor);
    }
    return true;
}

/* What a checkpoint will bring: nothing may follow from what the state holds now. */
static void forget_state(closed_run *closed)
{
    nw_model before;
    nw_model_init(&before, closed->eval, closed->model->fallback, true);
    nw_model_read_state(&before, closed->root);
    for (uint32_t i = 0; i < before.state_count; i++)
        nw_tensor_forget_contents((nw_tensor *)before.state[i].tensor);
    nw_model_release(&before);
    keep_exception(closed);
}

static void call_model(closed_run *closed)
{
    nw_eval *eval = closed->eval;
    if (closed->request->is_loaded && nw_is_module_object(closed->root))
        forget_state(closed);
    closed->result = nw_none();
    if (is_callable(closed->root) && closed->request->input_count && !eval->stopped) {
        nw_inputs_form form = closed->request->inputs_form;
        nw_arguments arguments = nw_input_arguments(eval, closed->root, closed->inputs, (uint32_t)closed->request->input_count, &form);
        closed->model->inputs_form = form;
        closed->result = nw_call(eval, closed->root, &arguments);
    }
    keep_exception(closed);
    const nw_run *run = closed->run;
    closed->run->call_seconds = nw_seconds() - run->started - run->read_seconds - run->build_seconds;
}

/* After the call: a lazy layer has its shapes only then. */
static void read_model(closed_run *closed, uint32_t first_fact)
{
    nw_model *model = closed->model;
    if (is_callable(closed->root))
        nw_model_read_state(model, closed->root);
    nw_model_read_steps(model, first_fact);
    if (closed->result.kind != NW_ERROR)
        nw_model_read_outputs(model, closed->result);
    keep_exception(closed);
    closed->eval->exception = closed->raised;
    closed->eval->exception_place = closed->raised_at;
    nw_model_read_losses(model);
    const nw_run *run = closed->run;
    closed->run->model_seconds = nw_seconds() - run->started - run->read_seconds - run->build_seconds - run->call_seconds;
}

/* ---- what only training reaches ---- */

/* Whether the program asks modules for their mode. */
static bool asks_for_mode(const nw_trace *trace)
{
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        if (e->kind == NW_TRACE_ATTRIBUTE && e->module->ast->nodes[e->node].b == NW_NAME_TRAINING && nw_is_module_object(e->a))
            return true;
    }
    return false;
}

/* Whether a function of the program takes the mode as an argument. */
static bool takes_mode(const nw_eval *eval)
{
    nw_symbol training = {NW_NAME_TRAINING};
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(eval->loaded_modules, &position));) {
        const nw_ast *ast = entry->value.kind == NW_MODULE && !entry->value.as.module->is_catalog ? entry->value.as.module->ast : NULL;
        for (uint32_t f = 1; ast && f < ast->function_count; f++)
            for (uint32_t i = 0; i < ast->functions[f].parameter_count; i++)
                if (ast->functions[f].parameters[i].name.v == training.v)
                    return true;
    }
    return false;
}

typedef struct seen_nodes {
    const nw_module **modules;
    bool **nodes;
    uint32_t count, capacity, last;
} seen_nodes;

static bool *node_seen(seen_nodes *seen, nw_arena *arena, const nw_trace_entry *entry)
{
    if (seen->last >= seen->count || seen->modules[seen->last] != entry->module) {
        for (seen->last = 0; seen->last < seen->count && seen->modules[seen->last] != entry->module;)
            seen->last++;
    }
    if (seen->last == seen->count) {
        uint32_t capacity = seen->capacity;
        NW_ARENA_RESERVE(arena, seen->modules, seen->count, seen->capacity);
        if (capacity != seen->capacity)
            seen->nodes = nw_arena_grow(arena, seen->nodes, seen->count, seen->capacity, sizeof *seen->nodes);
        seen->modules[seen->count] = entry->module;
        seen->nodes[seen->count++] = nw_arena_zero(arena, entry->module->ast->node_count + 1);
    }
    return &seen->nodes[seen->last][entry->node];
}

/* Of the entries behind `before`, those whose node did not run before stay. */
static void keep_new_nodes(nw_eval *eval, uint32_t before)
{
    nw_trace *trace = eval->trace;
    seen_nodes seen = {0};
    uint32_t kept = before;
    for (uint32_t i = 0; i < before; i++)
        *node_seen(&seen, &eval->arena, &trace->entries[i]) = true;
    for (uint32_t i = before; i < trace->count; i++)
        if (!*node_seen(&seen, &eval->arena, &trace->entries[i]))
            trace->entries[kept++] = trace->entries[i];
    for (uint32_t i = before; i < kept; i++) /* what ran inside of them is not all there any more */
        trace->entries[i].end = i + 1;
    trace->count = kept;
}

/* Calls the model once more, in training mode, for the trace alone: a rewriter is to know what the code means that evaluation skips.
 * What goes wrong there is nobody's concern: a forward may want targets then. */
static void call_in_training(closed_run *closed)
{
    nw_eval *eval = closed->eval;
    nw_value root = closed->root, raised = eval->exception;
    uint64_t steps = eval->steps;
    if (!eval->trace || !nw_is_module_object(root) || !closed->request->input_count)
        return;
    bool is_keras = root.as.instance->class_->is_keras;
    if (eval->stopped || raised.kind != NW_UNSET || steps > eval->limits.steps / 4 || !(is_keras ? takes_mode(eval) : asks_for_mode(eval->trace)))
        return;
    uint32_t before = eval->trace->evaluated;
    if (is_keras)
        eval->trace->facts = eval->fact_count;
    if (is_keras || nw_call_method(eval, root, nw_symbol_of(eval->symbols, "train"), NULL, 0).kind != NW_ERROR) {
        nw_inputs_form form = closed->request->inputs_form;
        nw_arguments arguments = nw_input_arguments(eval, root, closed->inputs, (uint32_t)closed->request->input_count, &form);
        for (uint32_t i = 0; is_keras && i < arguments.named_count; i++)
            if (arguments.names[i].v == NW_NAME_TRAINING)
                arguments.named[i] = nw_bool(true);
        nw_call(eval, root, &arguments);
    }
    nw_exception_clear(eval);
    eval->stopped = false;
    eval->steps = steps;
    if (!is_keras)
        nw_call_method(eval, root, nw_symbol_of(eval->symbols, "eval"), NULL, 0);
    nw_exception_clear(eval);
    keep_new_nodes(eval, before);
}

/* ---- what one call keeps for the next ---- */

/* self.x, a global name, or an item of one of them: what is kept there outlives the call. */
static bool outlives(const nw_ast *ast, uint32_t node)
{
    while (ast->nodes[node].kind == NW_NODE_SUBSCRIPT)
        node = ast->nodes[node].a;
    return ast->nodes[node].kind == NW_NODE_ATTRIBUTE || (ast->nodes[node].kind == NW_NODE_NAME && ast->nodes[node].b == NW_PLACE_GLOBAL);
}

static bool is_container(nw_value value)
{
    return value.kind == NW_LIST || value.kind == NW_DICT;
}

/* A store that may make the next call another one: an attribute of a module or class, an item of a container that stays, a call of the
 * container's own methods. */
static bool keeps(const nw_eval *eval, const nw_trace_entry *e)
{
    static const char *const methods[] = {"append", "extend", "insert", "update", "setdefault", "pop", "clear"};
    const nw_ast *ast = e->module->ast;
    const nw_node *node = &ast->nodes[e->node];
    if (e->kind == NW_TRACE_ATTRIBUTE_STORE)
        return nw_is_module_object(e->a) || e->a.kind == NW_CLASS;
    if (e->kind == NW_TRACE_ITEM_STORE)
        return (is_container(e->a) || e->a.kind == NW_TENSOR) && node->kind == NW_NODE_SUBSCRIPT && outlives(ast, node->a);
    if (e->kind != NW_TRACE_CALL || node->kind != NW_NODE_CALL || ast->nodes[node->a].kind != NW_NODE_ATTRIBUTE)
        return false;
    const char *name = nw_symbol_bytes(eval->symbols, (nw_symbol){ast->nodes[node->a].b});
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(name, methods[i]) == 0)
            return outlives(ast, ast->nodes[node->a].a) && e->a.kind != NW_INSTANCE && e->a.kind != NW_FUNCTION;
    return false;
}

/* Whether the outputs of a second call are those of the first one. */
static bool repeats(const closed_run *closed, nw_value result, uint32_t first_fact)
{
    nw_model again;
    nw_model_init(&again, closed->eval, closed->model->fallback, true);
    for (uint32_t i = 0; i < closed->model->input_count; i++)
        nw_model_add_input(&again, closed->model->inputs[i].name, closed->model->inputs[i].tensor);
    again.root = closed->model->root;
    nw_model_read_state(&again, closed->root);
    nw_model_read_steps(&again, first_fact);
    nw_model_read_outputs(&again, result);
    bool equal = nw_pivot_compare(nw_pivot_read(closed->model), nw_pivot_read(&again)).equal;
    nw_model_release(&again);
    return equal;
}

/* A model that keeps something is called once more: for the trace, where a rewriter learns what code means that only later calls reach, and
 * to see that they compute the same. One whose calls differ has no single network: a rewriter, whose layers are built by calls, must not
 * touch it. */
static void call_again(closed_run *closed)
{
    nw_eval *eval = closed->eval;
    const nw_trace *trace = eval->trace;
    const nw_trace_entry *store = NULL;
    for (uint32_t i = trace ? trace->built : 0; trace && i < trace->count && !store; i++)
        store = keeps(eval, &trace->entries[i]) ? &trace->entries[i] : NULL;
    if (!store || !nw_is_module_object(closed->root) || closed->root.as.instance->class_->is_keras || !closed->request->input_count)
        return;
    if (eval->stopped || eval->exception.kind != NW_UNSET || eval->steps > eval->limits.steps / 4 || closed->model->unknown.count)
        return;
    nw_place place = {store->module, store->module->ast->nodes[store->node].start, store->module->ast->nodes[store->node].end};
    uint32_t before = trace->count, first_fact = eval->fact_count;
    nw_inputs_form form = closed->request->inputs_form;
    nw_arguments arguments = nw_input_arguments(eval, closed->root, closed->inputs, (uint32_t)closed->request->input_count, &form);
    nw_value result = nw_call(eval, closed->root, &arguments);
    if (result.kind == NW_ERROR || eval->stopped || !repeats(closed, result, first_fact))
        nw_model_add_unknown(closed->model, NW_DIAG_NOT_TRANSLATED, place, "what is kept here changes the next call");
    nw_exception_clear(eval);
    eval->stopped = false;
    keep_new_nodes(eval, before);
}

bool nw_pipeline_closed(nw_run *run, const nw_request *request, nw_model *model, nw_diagnostic_id *problem_id, const char **problem)
{
    closed_run closed = {.run = run, .eval = &run->eval, .request = request, .model = model, .root = nw_error(), .result = nw_error(), .raised = nw_unset()};
    nw_model_init(model, &run->eval, (nw_place){0}, true);
    *problem_id = NW_DIAG_ENTRY_INVALID;
    if (!build_entry(&closed, problem))
        return false;
    *problem_id = NW_DIAG_INPUT_INVALID;
    if (!read_inputs(&closed, problem))
        return false;
    uint32_t first_fact = run->eval.fact_count;
    if (run->eval.trace)
        run->eval.trace->built = run->eval.trace->count;
    call_model(&closed);
    read_model(&closed, first_fact);
    call_again(&closed);
    if (run->eval.trace && !run->eval.stopped && nw_is_module_object(closed.root) && !closed.root.as.instance->class_->is_keras)
        nw_ask_attributes(&run->eval);
    if (run->eval.trace)
        run->eval.trace->evaluated = run->eval.trace->count;
    call_in_training(&closed);
    return true;
}
