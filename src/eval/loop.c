/* Loops: unrolled over what is known, summarised otherwise. */
#include "eval/consumer.h"
#include "eval/interpret.h"

typedef struct loop {
    const nw_node *node;
    uint32_t body;
    nw_exit *exits;     /* pending ones from before the loop */
    nw_value item;      /* the representative item of a summarised for */
    uint64_t start;     /* steps before it */
    uint32_t level;     /* before it */
} loop;

void nw_end_level(nw_eval *eval, const nw_exit *exits, uint32_t level)
{
    if (!eval->exits && !eval->held_exits && level == 0) {
        eval->level = 0;
        eval->trail_count = eval->trail_base;
    } else if (eval->exits == exits && !eval->held_exits) {
        eval->level = level;
    }
}

/* One run of the body; NW_NEXT: go on with the next iteration; NW_BREAK: leave. */
static nw_status run_body(nw_eval *eval, const loop *work, nw_value *value)
{
    nw_status status = nw_execute_list(eval, work->body, value);
    if (status == NW_CONTINUE)
        status = NW_NEXT;
    if (status != NW_STOP)
        status = nw_exits_join(eval, work->exits, 1u << NW_CONTINUE, status, value);
    return status;
}

/* The else clause after a normal end, then those who left by break. */
static nw_status end_loop(nw_eval *eval, const loop *work, uint32_t otherwise, nw_status status, nw_value *value)
{
    if (status == NW_NEXT)
        status = nw_execute_list(eval, otherwise, value);
    else if (status == NW_BREAK)
        status = NW_NEXT;
    if (status == NW_STOP)
        return status;
    status = nw_exits_join(eval, work->exits, 1u << NW_BREAK, status, value);
    nw_end_level(eval, work->exits, work->level);
    return status;
}

/* ---- loops of unknown length ---- */

/* What a place may hold before any iteration: its value before the loop, or what an iteration left. */
static nw_value widen(nw_eval *eval, nw_guard again, nw_value before, nw_value after)
{
    if (before.kind == NW_INT && after.kind == NW_INT && before.as.integer != after.as.integer)
        return nw_symbolic(eval, NW_TYPE_INT, nw_symbol_of(eval->symbols, "count"));
    if (before.kind == NW_TUPLE && after.kind == NW_TUPLE && before.as.tuple->count != after.as.tuple->count) {
        const nw_tuple *longer = after.as.tuple;
        nw_value list = nw_list_new(eval, longer->items, longer->count > 0);
        for (uint32_t i = 1; i < longer->count; i++)
            list.as.list->items[0] = nw_join(eval, again, list.as.list->items[0], longer->items[i]);
        list.as.list->repeated = true;
        return list;
    }
    nw_value joined = nw_join(eval, again, after, before);
    if (joined.kind == NW_TENSOR && joined.as.tensor->node && eval->facts[joined.as.tensor->node].kind == NW_FACT_JOIN)
        eval->facts[joined.as.tensor->node].kind = NW_FACT_LOOP;
    return joined;
}

static void widen_place(nw_eval *eval, nw_guard again, const nw_trail_entry *after)
{
    if (after->kind == NW_TRAIL_VALUE) {
        nw_value *slot = after->place;
        nw_value widened = widen(eval, again, *slot, after->saved.value);
        nw_trail_value(eval, slot);
        *slot = widened;
    } else if (after->kind == NW_TRAIL_LIST) {
        nw_sequence *list = after->place;
        const nw_sequence *grown = after->saved.copy;
        nw_trail_list(eval, list);
        list->items = nw_arena_alloc(&eval->arena, sizeof *list->items);
        list->count = grown->count > 0;
        list->capacity = 1;
        list->repeated = true;
        if (grown->count)
            list->items[0] = grown->items[0];
        for (uint32_t i = 1; i < grown->count; i++)
            list->items[0] = nw_join(eval, again, list->items[0], grown->items[i]);
    } else if (after->kind == NW_TRAIL_DICT) {
        nw_dict *dict = after->place;
        const nw_dict *other = after->saved.copy;
        uint32_t position = 0;
        for (nw_dict_entry *entry; (entry = nw_dict_next(other, &position));) {
            nw_value *known = nw_dict_find(dict, entry->key);
            nw_dict_set(eval, dict, entry->key, known ? widen(eval, again, *known, entry->value) : entry->value);
        }
    } else {
        nw_iterator *iterator = after->place;
        nw_trail_iterator(eval, iterator);
        iterator->kind = NW_ITERATE_OPAQUE;
        iterator->extra = nw_lost(eval, NW_DIAG_LOOP_SUMMARISED, "iterator");
    }
}

/* A run only to see what an iteration changes, undone; NW_STOP: it did not end. */
static nw_status look_ahead(nw_eval *eval, nw_loop_body body, void *data, nw_delta *delta)
{
    nw_guard path = eval->path;
    nw_exit *exits = eval->exits;
    uint32_t mark = eval->trail_count, facts = eval->fact_count;
    nw_value ignored = nw_none();
    eval->level = ++eval->level_count;
    nw_status status = body(eval, data, &ignored);
    *delta = nw_trail_capture(eval, mark);
    nw_trail_undo(eval, mark);
    eval->exits = exits;
    eval->path = path;
    eval->fact_count = facts;
    if (status == NW_RAISE)
        nw_exception_clear(eval);
    return status;
}

void nw_widen_changes(nw_eval *eval, nw_guard again, const nw_delta *delta)
{
    eval->level = ++eval->level_count;
    for (uint32_t i = 0; i < delta->count; i++)
        widen_place(eval, again, &delta->entries[i]);
}

static nw_status summarise(nw_eval *eval, nw_loop_body body, void *data, nw_value *value)
{
    nw_guard path = eval->path, again = nw_bdd_atom(&eval->bdd);
    nw_exit *exits = eval->exits;
    uint32_t level = eval->level;
    nw_delta delta;
    if (look_ahead(eval, body, data, &delta) == NW_STOP)
        return NW_STOP;
    nw_widen_changes(eval, again, &delta);
    /* The run that counts, from any number of iterations, joined with leaving the loop. */
    nw_split split;
    nw_split_begin(eval, &split, again);
    nw_status status = body(eval, data, value);
    if (status == NW_BREAK)
        status = NW_NEXT;
    nw_split_other(eval, &split, again, status, *value);
    nw_value none = nw_none();
    status = nw_split_end(eval, &split, status == NW_STOP ? NW_STOP : NW_NEXT, &none);
    if (status == NW_NEXT)
        eval->path = path;
    else
        *value = none;
    nw_end_level(eval, exits, level);
    return status;
}

nw_status nw_loop_summarise(nw_eval *eval, nw_loop_body body, void *data, nw_value *value)
{
    eval->summaries++;
    nw_status status = summarise(eval, body, data, value);
    eval->summaries--;
    return status;
}

static void report_summary(nw_eval *eval, uint32_t node)
{
    if (eval->environment->open)
        return;
    const nw_node *at = nw_node_at(eval, node);
    nw_report_loss(eval, NW_DIAG_LOOP_SUMMARISED, (nw_place){eval->frame->module, at->start, at->end}, nw_symbol_of(eval->symbols, "loop"));
}

static nw_status for_once(nw_eval *eval, void *data, nw_value *value)
{
    const loop *work = data;
    if (!nw_assign(eval, work->node->a, work->item))
        return nw_failure(eval);
    return run_body(eval, work, value);
}

static nw_status for_item(nw_eval *eval, void *data, nw_value item, nw_value *value)
{
    const loop *work = data;
    if (!nw_step(eval))
        return NW_STOP;
    return nw_assign(eval, work->node->a, item) ? run_body(eval, work, value) : nw_failure(eval);
}

/* ---- loops that tell nothing new ---- */

enum { QUIET_STEPS = 8000 };

/* Whether a loop of a function that nobody calls may end after an iteration with `found` signatures before it: it cost much, and met nothing that
 * had not been met before. */
static bool is_quiet(const nw_eval *eval, const loop *work, uint32_t found)
{
    return nw_news_at_root(eval) && eval->trace->news.count == found && eval->steps - work->start > QUIET_STEPS;
}

/* Ends a loop whose next iteration tells nothing new either: what it changes is then known only as far as for any number of them. NW_NEXT: it
 * does tell something, and nothing has happened. */
static nw_status leave_quiet(nw_eval *eval, loop *work, nw_value item)
{
    nw_exit *exits = eval->exits;
    uint32_t level = eval->level, found = eval->trace->news.count;
    nw_delta delta;
    work->item = item;
    if (look_ahead(eval, for_once, work, &delta) == NW_STOP)
        return NW_STOP;
    bool is_same = eval->trace->news.count == found;
    if (is_same)
        nw_widen_changes(eval, nw_bdd_atom(&eval->bdd), &delta);
    nw_end_level(eval, exits, level);
    return is_same ? NW_BREAK : NW_NEXT;
}

nw_status nw_execute_for(nw_eval *eval, uint32_t node_id, nw_value *value)
{
    const nw_ast *ast = nw_ast_here(eval);
    const nw_node *node = &ast->nodes[node_id];
    loop work = {node, ast->extra[node->c], eval->exits, nw_none(), eval->steps, eval->level};
    uint32_t activations = eval->activations;
    nw_value iterable = nw_evaluate_iterable(eval, node->b);
    nw_iterator *own = nw_consumer_own(eval, nw_node_at(eval, node->b), iterable, activations);
    if (own) { /* its body and that of the loop take turns */
        nw_consumer consumer = {.body = for_item, .data = &work};
        nw_status ended = nw_consumer_run(eval, &consumer, own, value);
        return end_loop(eval, &work, ast->extra[node->c + 1], ended, value);
    }
    nw_value iterator = iterable.kind == NW_ERROR ? iterable : nw_iterate(eval, iterable);
    if (iterator.kind != NW_ITERATOR)
        return nw_failure(eval);
    nw_status status = NW_NEXT;
    uint32_t found = UINT32_MAX;
    while (status == NW_NEXT) {
        nw_value item;
        nw_answer answer = nw_next(eval, iterator.as.iterator, &item);
        if (answer == NW_NO)
            break;
        if (answer == NW_FAILED || !nw_step(eval))
            return nw_failure(eval);
        if (answer == NW_MAYBE) {
            if (eval->in_catalog > 0) {
                eval->undecided = true;
                return NW_STOP;
            }
            report_summary(eval, node->b);
            work.item = item;
            status = nw_loop_summarise(eval, for_once, &work, value);
            break;
        }
        if (is_quiet(eval, &work, found) && (status = leave_quiet(eval, &work, item)) != NW_NEXT) {
            if (status == NW_BREAK) /* as after its last item */
                status = NW_NEXT;
            break;
        }
        found = eval->trace ? eval->trace->news.count : 0;
        status = nw_assign(eval, node->a, item) ? run_body(eval, &work, value) : nw_failure(eval);
    }
    return end_loop(eval, &work, ast->extra[node->c + 1], status, value);
}

static nw_status while_once(nw_eval *eval, void *data, nw_value *value)
{
    const loop *work = data;
    nw_guard guard;
    nw_answer answer = nw_evaluate_test(eval, work->node->a, &guard);
    if (answer == NW_FAILED)
        return nw_failure(eval);
    return answer == NW_NO ? NW_NEXT : run_body(eval, work, value);
}

/* ---- loops that only an exit ends ---- */

enum { UNROLLED_TURNS = 4, LEAVING = 1u << NW_BREAK | 1u << NW_RETURN };

static bool is_endless(const nw_eval *eval, const loop *work)
{
    nw_node_kind kind = nw_node_at(eval, work->node->a)->kind;
    return kind == NW_NODE_TRUE || kind == NW_NODE_INTEGER;
}

/* Whether some have left the loop for good since `before`, under a test that is not decided. */
static bool may_have_left(const nw_eval *eval, const nw_exit *before)
{
    for (const nw_exit *exit = eval->exits; exit && exit != before; exit = exit->older)
        if (LEAVING >> exit->status & 1)
            return true;
    return false;
}

/* How many turns since `exits` may have been the last, one after the other. In a call that is only given up by too many exits, any new one counts. */
static uint32_t open_turns(const nw_eval *eval, const nw_exit *exits, uint32_t turns)
{
    return (nw_may_be_given_up(eval) ? eval->exits != exits : may_have_left(eval, exits)) ? turns + 1 : 0;
}

/* `while True: ... if test: break`, after some turns that may have been the last: one turn stands for all that follow. Nobody goes on but those
 * who leave, and all do in some turn. */
static nw_status end_endless(nw_eval *eval, loop *work, nw_value *value)
{
    nw_delta delta;
    report_summary(eval, work->node->a);
    if (look_ahead(eval, while_once, work, &delta) == NW_STOP)
        return NW_STOP;
    eval->summaries++;
    nw_widen_changes(eval, nw_bdd_atom(&eval->bdd), &delta);
    nw_status status = run_body(eval, work, value);
    eval->summaries--;
    if (status == NW_NEXT) {
        nw_guard round = eval->path; /* of those who do not leave in this turn: they do in another */
        status = nw_exits_resume(eval, work->exits, LEAVING, value);
        eval->path = nw_bdd_or(&eval->bdd, round, eval->path);
    }
    return end_loop(eval, work, 0, status, value);
}

nw_status nw_execute_while(nw_eval *eval, uint32_t node_id, nw_value *value)
{
    const nw_node *node = nw_node_at(eval, node_id);
    loop work = {node, node->b, eval->exits, nw_none(), eval->steps, eval->level};
    nw_status status = NW_NEXT;
    uint32_t turns = 0;
    while (status == NW_NEXT) {
        nw_guard guard;
        if (!nw_step(eval))
            return NW_STOP;
        nw_answer answer = nw_evaluate_test(eval, node->a, &guard);
        if (answer == NW_NO)
            break;
        if (answer == NW_FAILED)
            return nw_failure(eval);
        if (answer == NW_MAYBE) {
            report_summary(eval, node->a);
            status = nw_loop_summarise(eval, while_once, &work, value);
            break;
        }
        const nw_exit *exits = eval->exits;
        status = run_body(eval, &work, value);
        turns = open_turns(eval, exits, turns);
        if (status != NW_NEXT || turns < UNROLLED_TURNS)
            continue;
        if (nw_may_be_given_up(eval)) {
            nw_stop_branching(eval);
            return NW_STOP;
        }
        if (is_endless(eval, &work))
            return end_endless(eval, &work, value);
    }
    return end_loop(eval, &work, node->c, status, value);
}
