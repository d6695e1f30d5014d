/* The statement `with`. */
#include "eval/consumer.h"
#include "eval/interpret.h"

#include <string.h>

static uint32_t push_context(nw_eval *eval, nw_value manager, uint32_t node)
{
    NW_ARENA_RESERVE(&eval->arena, eval->contexts, eval->context_count, eval->context_capacity);
    nw_symbol name = manager.kind == NW_INSTANCE ? manager.as.instance->class_->qualified : (nw_symbol){0};
    eval->contexts[eval->context_count] = (nw_context){eval->context, name, node, manager};
    uint32_t outer = eval->context;
    eval->context = eval->context_count++;
    return outer;
}

static bool leave_manager(nw_eval *eval, nw_value manager, nw_status *status)
{
    if (manager.kind != NW_INSTANCE)
        return true;
    nw_value values[3] = {nw_none(), nw_none(), nw_none()};
    nw_value exception = eval->exception;
    if (*status == NW_RAISE) {
        values[0] = nw_class_value(nw_type_of(eval, exception));
        values[1] = exception;
        nw_exception_clear(eval);
    }
    nw_value result = nw_call_method(eval, manager, (nw_symbol){NW_NAME_DUNDER_EXIT}, values, 3);
    if (result.kind == NW_ERROR)
        return false;
    if (*status != NW_RAISE)
        return true;
    nw_guard guard;
    if (nw_truth(eval, result, &guard) == NW_YES)
        *status = NW_NEXT;
    else
        eval->exception = exception;
    return true;
}

typedef struct with {
    const nw_node *node;
    nw_list items;
    uint32_t index;   /* of the item whose manager runs */
    nw_value manager;
} with;

static nw_status execute_items(nw_eval *eval, const nw_node *node, nw_list items, uint32_t index, nw_value *value);

/* What is inside: the further items and the body. */
static nw_status run_inside(nw_eval *eval, void *data, nw_value entered, nw_value *value)
{
    const with *work = data;
    uint32_t item_id = work->items.items[work->index];
    const nw_node *item = nw_node_at(eval, item_id);
    if (item->b && !nw_assign(eval, item->b, entered))
        return nw_failure(eval);
    uint32_t outer = push_context(eval, work->manager, item_id);
    nw_status status = execute_items(eval, work->node, work->items, work->index + 1, value);
    eval->context = outer;
    return status;
}

/* The generator of a manager that `contextlib.contextmanager` made and that was not entered yet. */
static nw_iterator *generator_of(nw_eval *eval, nw_value manager)
{
    if (manager.kind != NW_INSTANCE || eval->environment->open ||
        strcmp(nw_bytes(eval, manager.as.instance->class_->qualified), "contextlib._GeneratorContext") != 0)
        return NULL;
    nw_value generator = nw_get_attribute(eval, manager, nw_symbol_of(eval->symbols, "generator"));
    return nw_consumer_generator(eval, generator);
}

static nw_status run_hand_in_hand(nw_eval *eval, with *work, nw_iterator *generator, nw_value *value)
{
    nw_consumer consumer = {.body = run_inside, .data = work, .once = true};
    nw_status status = nw_consumer_run(eval, &consumer, generator, value);
    if (status == NW_NEXT && consumer.count == 0) {
        nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "generator didn't yield");
        return NW_RAISE;
    }
    return status;
}

static nw_status execute_items(nw_eval *eval, const nw_node *node, nw_list items, uint32_t index, nw_value *value)
{
    if (index == items.count)
        return nw_execute_list(eval, node->b, value);
    const nw_node *item = nw_node_at(eval, items.items[index]);
    nw_value manager = nw_settle(eval, nw_evaluate(eval, item->a));
    if (manager.kind == NW_ERROR)
        return nw_failure(eval);
    with work = {node, items, index, manager};
    nw_iterator *generator = generator_of(eval, manager);
    if (generator)
        return run_hand_in_hand(eval, &work, generator, value);
    nw_value entered = manager;
    if (manager.kind == NW_INSTANCE)
        entered = nw_call_method(eval, manager, (nw_symbol){NW_NAME_DUNDER_ENTER}, NULL, 0);
    if (entered.kind == NW_ERROR)
        return nw_failure(eval);
    nw_status status = run_inside(eval, &work, entered, value);
    if (status != NW_STOP && !leave_manager(eval, manager, &status))
        return nw_failure(eval);
    return status;
}

nw_status nw_execute_with(nw_eval *eval, uint32_t node_id, nw_value *value)
{
    const nw_node *node = nw_node_at(eval, node_id);
    return execute_items(eval, node, nw_ast_list(nw_ast_here(eval), node->a), 0, value);
}
