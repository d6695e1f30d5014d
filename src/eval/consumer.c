/* Generators that run hand in hand with what consumes them. */
#include "eval/consumer.h"

#include "eval/builtin.h"
#include "eval/coroutine.h"
#include "eval/generator.h"
#include "eval/interpret.h"

nw_iterator *nw_consumer_generator(const nw_eval *eval, nw_value value)
{
    nw_iterator *iterator = value.kind == NW_ITERATOR ? value.as.iterator : NULL;
    return iterator && iterator->kind == NW_ITERATE_GENERATOR && !iterator->coroutine && !iterator->runs && !eval->environment->open ? iterator : NULL;
}

nw_iterator *nw_consumer_own(const nw_eval *eval, const nw_node *made, nw_value value, uint32_t activations)
{
    nw_iterator *generator = nw_consumer_generator(eval, value);
    bool is_own = made->kind == NW_NODE_GENERATOR || (generator && made->kind == NW_NODE_CALL && generator->frame->activation > activations);
    return is_own ? generator : NULL;
}

/* The body runs in its own frame with its own pending exits, one activation further in. */
static void run_body(nw_eval *eval, nw_consumer *consumer, nw_value item)
{
    nw_frame *frame = eval->frame;
    uint32_t in_catalog = eval->in_catalog, context = eval->context;
    nw_exit *exits = eval->exits;
    nw_exit *earlier = consumer->exits;
    bool held = earlier != consumer->before;
    eval->frame = consumer->frame;
    eval->in_catalog = consumer->in_catalog;
    eval->context = consumer->context;
    eval->exits = consumer->exits;
    consumer->value = consumer->sent = nw_none();
    consumer->status = consumer->body(eval, consumer->data, item, &consumer->value);
    consumer->exits = eval->exits;
    if (eval->level > consumer->level && consumer->exits != earlier) { /* what the generator undoes would be undone beneath them */
        nw_report_loss(eval, NW_DIAG_UNSUPPORTED, nw_here(eval), nw_symbol_of(eval->symbols, "a yield under a condition whose consumer may leave"));
        consumer->exits = earlier;
    }
    eval->exits = exits;
    eval->context = context;
    eval->in_catalog = in_catalog;
    eval->frame = frame;
    if (!held && consumer->exits != consumer->before)
        eval->held_exits++;
}

nw_value nw_consumer_yield(nw_eval *eval, nw_consumer *consumer, nw_value item)
{
    if (consumer->once && consumer->count > 0)
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "generator didn't stop");
    consumer->count++;
    run_body(eval, consumer, item);
    if (consumer->status == NW_NEXT)
        return consumer->sent;
    if (consumer->status == NW_STOP || consumer->status == NW_RAISE)
        return nw_error();
    if (eval->level > consumer->level && consumer->exits == consumer->before)
        nw_report_loss(eval, NW_DIAG_UNSUPPORTED, nw_here(eval), nw_symbol_of(eval->symbols, "a yield under a condition whose consumer leaves"));
    return consumer->once ? nw_none() : nw_raise(eval, NW_EXCEPTION_GENERATOR_EXIT, "the loop was left");
}

/* Puts the exits of the body's activation behind those that the generator left. */
static void hand_on(nw_eval *eval, nw_consumer *consumer)
{
    if (consumer->exits == consumer->before)
        return;
    eval->held_exits--;
    nw_exit **last = &eval->exits;
    while (*last != consumer->before)
        last = &(*last)->older;
    *last = consumer->exits;
}

nw_status nw_consumer_run(nw_eval *eval, nw_consumer *consumer, nw_iterator *generator, nw_value *value)
{
    consumer->count = 0;
    consumer->status = NW_NEXT;
    consumer->frame = eval->frame;
    consumer->in_catalog = eval->in_catalog;
    consumer->context = eval->context;
    consumer->level = eval->level;
    consumer->exits = consumer->before = eval->exits;
    nw_value loops = generator->source;
    nw_generator_leave(eval, generator, nw_list_new(eval, NULL, 0));
    generator->frame->consumer = consumer;
    nw_value result = nw_generator_body(eval, generator, loops, generator->source);
    hand_on(eval, consumer);
    if (consumer->status != NW_RAISE) /* what the body raised passes through */
        result = nw_generator_ended(eval, result);
    consumer->result = result;
    *value = consumer->value;
    bool leaves = consumer->status == NW_RETURN || consumer->status == NW_BREAK || consumer->status == NW_CONTINUE;
    if (result.kind != NW_ERROR)
        return leaves ? consumer->status : NW_NEXT;
    if (leaves && !consumer->once && nw_exception_is(eval, NW_EXCEPTION_GENERATOR_EXIT)) {
        nw_exception_clear(eval);
        return consumer->status;
    }
    return nw_failure(eval);
}

typedef struct delegation {
    nw_consumer inner, *outer;
} delegation;

static nw_status pass_on(nw_eval *eval, void *data, nw_value item, nw_value *value)
{
    delegation *work = data;
    (void)value;
    work->inner.sent = nw_consumer_yield(eval, work->outer, item);
    return work->inner.sent.kind == NW_ERROR ? nw_failure(eval) : NW_NEXT;
}

/* What a generator returned, once nobody finds an item in it any more. */
static nw_value returned_by(nw_value source)
{
    return source.kind == NW_ITERATOR && source.as.iterator->generator ? source.as.iterator->extra : nw_none();
}

/* Asks one that waits, or anything else, for its next item: what was sent to the generator, or raised at its yield, reaches it. */
static nw_answer ask_on(nw_eval *eval, nw_iterator *iterator, nw_value sent, nw_value *item)
{
    bool fails = sent.kind == NW_ERROR;
    if (iterator->coroutine && (fails || sent.kind != NW_NONE)) {
        nw_answer answer = eval->stopped ? NW_FAILED : nw_coroutine_resume(eval, iterator, fails ? NW_RAISE : NW_NEXT, sent);
        if (answer != NW_YES)
            return answer;
    } else if (fails) {
        return NW_FAILED;
    }
    return nw_step(eval) ? nw_next(eval, iterator, item) : NW_FAILED;
}

nw_value nw_consumer_delegate(nw_eval *eval, nw_consumer *consumer, nw_value source, nw_iterator *own)
{
    if (own) {
        delegation work = {.inner = {.body = pass_on, .data = &work}, .outer = consumer};
        nw_value value;
        return nw_consumer_run(eval, &work.inner, own, &value) == NW_NEXT ? work.inner.result : nw_error();
    }
    nw_value iterator = nw_iterate(eval, source), sent = nw_none();
    if (iterator.kind != NW_ITERATOR)
        return nw_error();
    for (;;) {
        nw_value item = nw_none();
        nw_answer answer = ask_on(eval, iterator.as.iterator, sent, &item);
        if (answer == NW_NO)
            return returned_by(source);
        if (answer == NW_MAYBE)
            nw_report_loss(eval, NW_DIAG_LOOP_SUMMARISED, nw_here(eval), nw_symbol_of(eval->symbols, "yield from"));
        if (answer == NW_FAILED)
            return nw_error();
        sent = nw_consumer_yield(eval, consumer, item);
        if (answer == NW_MAYBE)
            return sent.kind == NW_ERROR ? sent : nw_none();
    }
}
