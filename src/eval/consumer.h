/* Generators that run hand in hand with what consumes them: the body of a `with` or a `for` runs at each yield, inside the
 * generator's own activation, so that what stands before, between and behind its yields happens when it happens in Python.
 *
 * Purpose: generators are otherwise run in one go and leave a list, which is right only where nobody sees when they act.
 * Ownership: a consumer lives on the stack of who runs it, for as long as the generator runs.
 * Invariants: while the body runs, frame, catalog depth and pending exits are those of the consumer's code. */
#ifndef NW_EVAL_CONSUMER_H
#define NW_EVAL_CONSUMER_H

#include "eval/control.h"

typedef struct nw_consumer {
    nw_status (*body)(nw_eval *eval, void *data, nw_value item, nw_value *value);
    void *data;
    bool once;           /* a second yield is an error */
    uint32_t count;      /* yields so far */
    nw_status status;    /* how the body last ended, */
    nw_value value;      /* and with what */
    nw_value sent;       /* what the yield gives to the generator, where the body went on */
    nw_value result;     /* what the generator returned */
    nw_frame *frame;     /* of the body */
    uint32_t in_catalog, context, level;
    nw_exit *exits, *before; /* of the body's activation: now, and when the generator began */
} nw_consumer;

/* A generator that nobody has asked for anything yet, in closed mode; NULL otherwise. */
nw_iterator *nw_consumer_generator(const nw_eval *eval, nw_value value);
/* The same, of those that the expression `made` has made, evaluated when there were so many activations: nobody else has it. */
nw_iterator *nw_consumer_own(const nw_eval *eval, const nw_node *made, nw_value value, uint32_t activations);
/* Runs the generator to its end, or to where the body leaves it. NEXT: it ended; otherwise what the body or the generator ended with. */
nw_status nw_consumer_run(nw_eval *eval, nw_consumer *consumer, nw_iterator *generator, nw_value *value);
/* `yield from` for one: its own generator runs hand in hand, the items of anything else are taken one by one. */
nw_value nw_consumer_delegate(nw_eval *eval, nw_consumer *consumer, nw_value source, nw_iterator *own);
/* What a yield of the running activation does when it has a consumer; the value of the yield expression. */
nw_value nw_consumer_yield(nw_eval *eval, nw_consumer *consumer, nw_value item);

#endif
