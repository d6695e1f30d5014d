#include "eval/coroutine.h"

#include "base/clock.h"
#include "eval/consumer.h"
#include "eval/generator.h"
#include "eval/interpret.h"

#include <pthread.h>
#include <stdlib.h>

enum { MOST_COROUTINES = 48, STACK_BYTES = 256 << 20 /* as that of who asks; memory that is never touched costs nothing */ };

/* What of the run belongs to whoever is running. */
typedef struct running {
    nw_frame *frame;
    nw_value handled;
    uint32_t in_catalog, context, depth, try_depth, summaries, in_stand_in, fact_parent;
} running;

struct nw_coroutine {
    nw_coroutine *older;
    nw_eval *eval;
    nw_iterator *generator;
    nw_consumer consumer;
    running own; /* while it waits */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t turn;
    bool has_turn, is_running, is_over, is_limited;
    nw_status ended;
    nw_status how; /* it goes on: NEXT with `sent`, or RAISE */
    nw_value sent;
};

/* ---- taking turns ---- */

static running running_now(const nw_eval *eval)
{
    return (running){eval->frame, eval->handled, eval->in_catalog, eval->context, eval->depth, eval->try_depth, eval->summaries, eval->in_stand_in, eval->fact_parent};
}

static void run_as(nw_eval *eval, const running *state)
{
    eval->frame = state->frame;
    eval->handled = state->handled;
    eval->in_catalog = state->in_catalog;
    eval->context = state->context;
    eval->depth = state->depth;
    eval->try_depth = state->try_depth;
    eval->summaries = state->summaries;
    eval->in_stand_in = state->in_stand_in;
    eval->fact_parent = state->fact_parent;
}

/* The time that is left is that of all threads together: while the turn changes, the deadline says how much of it there is. */
static double seconds_of_thread(const nw_coroutine *coroutine)
{
    return coroutine->is_limited ? nw_thread_seconds() : 0;
}

static void wait_for_turn(nw_coroutine *coroutine, bool of_it)
{
    while (coroutine->has_turn != of_it)
        pthread_cond_wait(&coroutine->turn, &coroutine->lock);
}

static void give_turn(nw_coroutine *coroutine, bool to_it)
{
    coroutine->eval->limits.deadline -= seconds_of_thread(coroutine);
    coroutine->has_turn = to_it;
    pthread_cond_signal(&coroutine->turn);
}

/* Gives the turn to the other side, and waits for it to come back. */
static void hand_over(nw_coroutine *coroutine, bool to_it)
{
    pthread_mutex_lock(&coroutine->lock);
    give_turn(coroutine, to_it);
    wait_for_turn(coroutine, !to_it);
    pthread_mutex_unlock(&coroutine->lock);
    coroutine->eval->limits.deadline += seconds_of_thread(coroutine);
}

/* ---- the generator's side ---- */

/* What its yields do: the item is there, and it waits to be asked on. Where it yields under a condition it goes on at once, which is told. */
static nw_status wait_at_yield(nw_eval *eval, void *data, nw_value item, nw_value *value)
{
    nw_coroutine *coroutine = data;
    (void)value;
    nw_list_append(eval, coroutine->generator->source.as.list, item);
    coroutine->consumer.sent = nw_none();
    if (eval->level > 0) {
        nw_report_loss(eval, NW_DIAG_UNSUPPORTED, nw_here(eval), nw_symbol_of(eval->symbols, "a yield under a condition, where a generator cannot wait"));
        return NW_NEXT;
    }
    coroutine->own = running_now(eval);
    hand_over(coroutine, false);
    run_as(eval, &coroutine->own);
    if (eval->stopped)
        return NW_STOP;
    coroutine->consumer.sent = coroutine->sent;
    return coroutine->how;
}

static void *run(void *data)
{
    nw_coroutine *coroutine = data;
    pthread_mutex_lock(&coroutine->lock);
    wait_for_turn(coroutine, true);
    pthread_mutex_unlock(&coroutine->lock);
    coroutine->eval->limits.deadline += seconds_of_thread(coroutine);
    nw_value value;
    coroutine->ended = nw_consumer_run(coroutine->eval, &coroutine->consumer, coroutine->generator, &value);
    pthread_mutex_lock(&coroutine->lock);
    coroutine->is_over = true;
    give_turn(coroutine, false);
    pthread_mutex_unlock(&coroutine->lock);
    return NULL;
}

/* ---- the asker's side ---- */

static bool begin(nw_coroutine *coroutine)
{
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    bool made = pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0 && pthread_create(&coroutine->thread, &attributes, run, coroutine) == 0;
    pthread_attr_destroy(&attributes);
    return made;
}

static void discard(nw_coroutine *coroutine)
{
    pthread_cond_destroy(&coroutine->turn);
    pthread_mutex_destroy(&coroutine->lock);
    free(coroutine);
}

bool nw_coroutine_make(nw_eval *eval, nw_iterator *generator)
{
    bool of_catalog = generator->generator && generator->generator->module->is_catalog;
    nw_coroutine *coroutine;
    if (eval->environment->open || eval->level > 0 || generator->runs || of_catalog || eval->coroutine_count >= MOST_COROUTINES || !(coroutine = calloc(1, sizeof *coroutine)))
        return false;
    *coroutine = (nw_coroutine){.older = eval->coroutines, .eval = eval, .generator = generator, .consumer = {.body = wait_at_yield, .data = coroutine}};
    pthread_mutex_init(&coroutine->lock, NULL);
    pthread_cond_init(&coroutine->turn, NULL);
    if (!begin(coroutine)) {
        discard(coroutine);
        return false;
    }
    eval->coroutines = coroutine;
    eval->coroutine_count++;
    generator->coroutine = coroutine;
    return true;
}

static void release(nw_eval *eval, nw_coroutine *coroutine)
{
    nw_coroutine **place = &eval->coroutines;
    while (*place != coroutine)
        place = &(*place)->older;
    *place = coroutine->older;
    eval->coroutine_count--;
    pthread_join(coroutine->thread, NULL);
    discard(coroutine);
}

/* It has returned, or raised something. */
static nw_answer finish(nw_eval *eval, nw_iterator *generator)
{
    bool returned = generator->coroutine->ended == NW_NEXT;
    generator->extra = returned ? generator->coroutine->consumer.result : nw_none();
    release(eval, generator->coroutine);
    generator->coroutine = NULL;
    if (returned)
        return NW_YES;
    nw_generator_ended(eval, nw_error());
    return NW_FAILED;
}

nw_answer nw_coroutine_resume(nw_eval *eval, nw_iterator *generator, nw_status how, nw_value sent)
{
    nw_coroutine *coroutine = generator->coroutine;
    if (coroutine->is_running) {
        nw_generator_refuse(eval);
        return NW_FAILED;
    }
    if (eval->level > 0) {
        nw_report_loss(eval, NW_DIAG_UNSUPPORTED, nw_here(eval), nw_symbol_of(eval->symbols, "a generator that waits at a yield is asked on under a condition"));
        return NW_MAYBE;
    }
    running asker = running_now(eval);
    generator->frame->caller = eval->frame;
    coroutine->consumer.frame = eval->frame;
    coroutine->consumer.in_catalog = eval->in_catalog;
    coroutine->consumer.context = eval->context;
    coroutine->how = how;
    coroutine->sent = sent;
    coroutine->is_limited = eval->limits.deadline > 0;
    coroutine->is_running = true;
    hand_over(coroutine, true);
    coroutine->is_running = false;
    run_as(eval, &asker);
    return coroutine->is_over ? finish(eval, generator) : NW_YES;
}

void nw_coroutines_release(nw_eval *eval)
{
    eval->stopped = true; /* whatever goes on ends at once */
    while (eval->coroutines) {
        nw_coroutine *coroutine = eval->coroutines;
        if (!coroutine->is_over)
            hand_over(coroutine, true);
        release(eval, coroutine);
    }
}
