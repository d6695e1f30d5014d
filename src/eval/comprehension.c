/* Comprehensions and generator expressions: nested loops over a frame of their own that fill a container. A generator
 * expression runs as other generators do. */
#include "eval/builtin.h"
#include "eval/consumer.h"
#include "eval/interpret.h"

typedef struct comprehension {
    const nw_node *node;
    nw_list loops;
    nw_value into;
    bool unknown; /* some loop ran an unknown number of times, or a condition was unknown */
} comprehension;

static bool run_loops(nw_eval *eval, comprehension *work, uint32_t depth, nw_value iterable);

static bool add_element(nw_eval *eval, comprehension *work)
{
    const nw_node *node = work->node;
    if (node->kind == NW_NODE_DICT_COMPREHENSION) {
        const nw_node *pair = nw_node_at(eval, node->a);
        nw_value key = nw_evaluate(eval, pair->a);
        nw_value value = key.kind == NW_ERROR ? key : nw_evaluate(eval, pair->b);
        if (value.kind == NW_ERROR)
            return false;
        return nw_dict_store(eval, work->into.as.dict, key, value);
    }
    nw_value value = nw_evaluate(eval, node->a);
    if (value.kind == NW_ERROR)
        return false;
    if (node->kind == NW_NODE_SET_COMPREHENSION)
        return nw_dict_store(eval, work->into.as.dict, value, nw_unset());
    if (eval->frame->consumer)
        return nw_consumer_yield(eval, eval->frame->consumer, value).kind != NW_ERROR;
    nw_list_append(eval, work->into.as.list, value);
    return true;
}

static bool run_element(nw_eval *eval, comprehension *work, uint32_t depth, nw_value item)
{
    const nw_node *loop = nw_node_at(eval, work->loops.items[depth]);
    if (!nw_assign(eval, loop->a, item))
        return false;
    nw_list conditions = nw_ast_list(nw_ast_here(eval), loop->c);
    for (uint32_t i = 0; i < conditions.count; i++) {
        nw_guard guard;
        nw_answer answer = nw_evaluate_test(eval, conditions.items[i], &guard);
        if (answer == NW_FAILED)
            return false;
        if (answer == NW_NO)
            return true;
        work->unknown |= answer == NW_MAYBE;
    }
    if (depth + 1 == work->loops.count)
        return add_element(eval, work);
    nw_value inner = nw_evaluate_iterable(eval, nw_node_at(eval, work->loops.items[depth + 1])->b);
    return inner.kind != NW_ERROR && run_loops(eval, work, depth + 1, inner);
}

static bool run_loops(nw_eval *eval, comprehension *work, uint32_t depth, nw_value iterable)
{
    nw_value iterator = nw_iterate(eval, iterable);
    if (iterator.kind != NW_ITERATOR)
        return false;
    for (;;) {
        if (!nw_step(eval))
            return false;
        nw_value item;
        switch (nw_next(eval, iterator.as.iterator, &item)) {
        case NW_YES:
            if (!run_element(eval, work, depth, item))
                return false;
            break;
        case NW_NO:
            return true;
        case NW_MAYBE:
            work->unknown = true;
            return run_element(eval, work, depth, item);
        default:
            return false;
        }
    }
}

/* Items of which some may be missing, or stand for many. */
static void summarise(nw_eval *eval, comprehension *work)
{
    if (work->into.kind == NW_LIST) {
        nw_sequence *list = work->into.as.list;
        nw_trail_list(eval, list);
        for (uint32_t i = 1; i < list->count; i++)
            list->items[0] = nw_join(eval, nw_bdd_atom(&eval->bdd), list->items[0], list->items[i]);
        list->count = list->count > 0;
        list->repeated = true;
    } else {
        work->into.as.dict->open = true;
    }
    if (!eval->environment->open && eval->in_catalog == 0)
        nw_report_loss(eval, NW_DIAG_LOOP_SUMMARISED, nw_here(eval), nw_symbol_of(eval->symbols, "comprehension"));
}

/* The loops in their frame, `first` the iterable of the outermost one, `into` the container that they fill. */
static nw_value run_comprehension(nw_eval *eval, nw_frame *frame, nw_value first, nw_value into)
{
    const nw_ast *ast = frame->module->ast;
    const nw_node *node = &ast->nodes[frame->node];
    comprehension work = {node, nw_ast_list(ast, node->b), into, false};
    nw_frame *caller = eval->frame;
    eval->frame = frame;
    bool done = run_loops(eval, &work, 0, first);
    eval->frame = caller;
    if (!done)
        return nw_error();
    if (work.unknown)
        summarise(eval, &work);
    return work.into;
}

nw_value nw_generator_expression_run(nw_eval *eval, nw_frame *frame, nw_value first, nw_value list)
{
    uint32_t in_catalog = eval->in_catalog;
    eval->in_catalog = 0; /* only those of the program wait */
    frame->caller = eval->frame;
    nw_value filled = run_comprehension(eval, frame, first, list);
    eval->in_catalog = in_catalog;
    return filled.kind == NW_ERROR ? filled : nw_none();
}

nw_value nw_comprehension(nw_eval *eval, uint32_t node_id)
{
    const nw_ast *ast = nw_ast_here(eval);
    const nw_node *node = &ast->nodes[node_id];
    nw_value first = nw_evaluate_iterable(eval, ast->nodes[nw_ast_list(ast, node->b).items[0]].b);
    if (first.kind == NW_ERROR)
        return first;
    nw_frame *outer = eval->frame->code->scope == NW_SCOPE_MODULE ? NULL
                      : eval->frame->code->scope == NW_SCOPE_CLASS ? eval->frame->outer : eval->frame;
    nw_frame *frame = nw_frame_new(eval, &ast->functions[node->c], eval->frame->module, outer);
    frame->function = NULL;
    frame->statement = eval->frame->statement;
    frame->activation = eval->frame->activation;
    frame->node = node_id;
    if (node->kind == NW_NODE_GENERATOR && !eval->environment->open && eval->in_catalog == 0) {
        nw_iterator *iterator = nw_iterator_make(eval, NW_ITERATE_GENERATOR, nw_iterate(eval, first));
        iterator->frame = frame;
        bool is_made_here = ast->nodes[ast->nodes[nw_ast_list(ast, node->b).items[0]].b].kind == NW_NODE_CALL;
        iterator->shares = first.kind == NW_ITERATOR && !nw_is_view(first) && !is_made_here ? first.as.iterator : NULL;
        return iterator->source.kind == NW_ERROR ? nw_error() : nw_iterator_value(iterator);
    }
    nw_value into = node->kind == NW_NODE_DICT_COMPREHENSION  ? nw_dict_new(eval)
                    : node->kind == NW_NODE_SET_COMPREHENSION ? nw_set_new(eval) : nw_list_new(eval, NULL, 0);
    nw_value made = run_comprehension(eval, frame, first, into);
    return node->kind == NW_NODE_GENERATOR && made.kind != NW_ERROR ? nw_iterate(eval, made) : made;
}
