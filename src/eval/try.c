/* try: handlers for the exception that ended the body, and for those that some paths through it raised. */
#include "eval/interpret.h"

static nw_answer handler_takes(nw_eval *eval, const nw_node *handler, nw_value exception)
{
    if (!handler->a)
        return NW_YES;
    nw_value classes = nw_evaluate(eval, handler->a);
    if (classes.kind == NW_ERROR)
        return NW_FAILED;
    return nw_is_instance(eval, exception, classes);
}

static nw_status run_handler(nw_eval *eval, const nw_node *handler, nw_value exception, nw_value *value)
{
    nw_value outer = eval->handled;
    eval->handled = exception;
    if (handler->b && !nw_assign(eval, handler->b, exception))
        return nw_failure(eval);
    nw_status status = nw_execute_list(eval, handler->c, value);
    eval->handled = outer;
    if (handler->b && status != NW_STOP && !eval->environment->open) /* the name is gone behind the handler */
        nw_delete_target(eval, handler->b);
    return status;
}

/* The pending exception meets the handlers: how the one that takes it ended, or NW_RAISE. */
static nw_status handle(nw_eval *eval, nw_list handlers, nw_value *value)
{
    nw_value exception = eval->exception;
    nw_exception_clear(eval);
    for (uint32_t i = 0; i < handlers.count; i++) {
        const nw_node *handler = nw_node_at(eval, handlers.items[i]);
        nw_answer takes = handler_takes(eval, handler, exception);
        if (takes == NW_FAILED)
            return nw_failure(eval);
        if (takes == NW_MAYBE)
            nw_report_loss(eval, NW_DIAG_EXCEPTION_UNKNOWN, nw_here(eval), (nw_symbol){0});
        if (takes != NW_NO)
            return run_handler(eval, handler, exception, value);
    }
    eval->exception = exception;
    return NW_RAISE;
}

/* Paths that raised inside the body, while others went on. What a handler raises itself is not for the handlers beside it. */
static nw_status handle_exits(nw_eval *eval, nw_exit *before, nw_list handlers, nw_status status, nw_value *value)
{
    uint32_t made = eval->exit_count;
    for (nw_exit *exit; status != NW_STOP && (exit = nw_exits_take(eval, before, NW_RAISE, made));) {
        nw_split split;
        nw_value pending = eval->exception;
        nw_split_resume(eval, &split, exit, status, status == NW_RAISE ? pending : *value);
        eval->exception = exit->value;
        nw_value handled = nw_none();
        nw_status ended = handle(eval, handlers, &handled);
        status = nw_split_end(eval, &split, ended, &handled);
        *value = handled;
        if (ended == NW_RAISE && eval->try_depth == 0)
            nw_exception_clear(eval);
    }
    return status;
}

nw_status nw_execute_try(nw_eval *eval, uint32_t node_id, nw_value *value)
{
    const nw_ast *ast = nw_ast_here(eval);
    const nw_node *node = &ast->nodes[node_id];
    nw_list handlers = nw_ast_list(ast, node->b);
    nw_exit *before = eval->exits;
    uint32_t level = eval->level;
    eval->try_depth++;
    nw_status status = nw_execute_list(eval, node->a, value);
    eval->try_depth--;
    if (status == NW_RAISE)
        status = handle(eval, handlers, value);
    else if (status == NW_NEXT)
        status = nw_execute_list(eval, ast->extra[node->c], value);
    status = handle_exits(eval, before, handlers, status, value);
    if (status != NW_STOP)
        nw_end_level(eval, before, level);
    if (status == NW_STOP || ast->extra[node->c + 1] == 0)
        return status;
    nw_value exception = eval->exception, left = nw_none();
    nw_exception_clear(eval);
    nw_status last = nw_execute_list(eval, ast->extra[node->c + 1], &left);
    if (last != NW_NEXT) {
        *value = left;
        return last;
    }
    eval->exception = exception;
    return status;
}
