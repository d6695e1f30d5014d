/* Builders of recurrent networks: each layer and direction is one RECURRENCE(x [l, n, i], h [n, h], c [n, h], kernel [i, g*h],
 * recurrent kernel [h, g*h], bias [g*h], recurrent bias [g*h]; kind), whose value is the sequence [l, n, h]. Gates stand in the
 * order ifgo (lstm) and rzn (gru). Only a gru has a recurrent bias of its own: elsewhere both are one sum. */
#include "pivot/pivot_build.h"

#include <string.h>

enum { MAX_LAYERS = 64 };

/* Arguments of `recurrent`, as operator.def counts them. */
enum { STATE = 1, KIND, KERNELS, RECURRENT_KERNELS, BIASES, RECURRENT_BIASES, LAYERS, DIRECTIONS, DROPOUT, BATCH_FIRST, RESET, RETURNS, WITH_STATE };

typedef struct recurrence {
    nw_pivot *pivot;
    const char *kind, *reset;
    uint32_t x, h, c, kernel, recurrent_kernel, bias, recurrent_bias;
    uint32_t sequence, last_c;   /* results; sequence 0: something does not fit */
} recurrence;

static bool is(const char *text, const char *other)
{
    return strcmp(text, other) == 0;
}

/* Both biases as one, where the network only adds them. */
static void settle_biases(recurrence *r)
{
    const nw_pivot_node *b = r->bias ? nw_pivot_at(r->pivot, r->bias) : NULL;
    if (b && b->rank == 2 && b->shape[0] == 2 && !r->recurrent_bias) { /* both rows of one tensor */
        uint32_t both = r->bias;
        r->bias = nw_pivot_squeeze(r->pivot, nw_pivot_slice_axis(r->pivot, both, 0, 0, 1), 0);
        r->recurrent_bias = nw_pivot_squeeze(r->pivot, nw_pivot_slice_axis(r->pivot, both, 0, 1, 2), 0);
    }
    if (is(r->kind, "gru") && is(r->reset, "after"))
        return;
    if (r->bias && r->recurrent_bias)
        r->bias = nw_pivot_add(r->pivot, r->bias, r->recurrent_bias);
    else if (r->recurrent_bias)
        r->bias = r->recurrent_bias;
    r->recurrent_bias = 0;
}

static bool fits(const recurrence *r, int64_t gates)
{
    const nw_pivot_node *x = nw_pivot_at(r->pivot, r->x), *k = nw_pivot_at(r->pivot, r->kernel), *u = nw_pivot_at(r->pivot, r->recurrent_kernel);
    return x->rank == 3 && k->rank == 2 && u->rank == 2 && k->shape[0] == x->shape[2] && k->shape[1] == u->shape[1] && u->shape[1] == gates * u->shape[0];
}

static void run(recurrence *r)
{
    nw_pivot *pivot = r->pivot;
    bool lstm = is(r->kind, "lstm"), gru = is(r->kind, "gru");
    r->sequence = 0;
    if ((!lstm && !gru && !is(r->kind, "tanh") && !is(r->kind, "relu")) || !fits(r, lstm ? 4 : gru ? 3 : 1))
        return;
    settle_biases(r);
    const nw_pivot_node *x = nw_pivot_at(pivot, r->x);
    int64_t shape[] = {x->shape[0], x->shape[1], nw_pivot_at(pivot, r->recurrent_kernel)->shape[0]};
    uint32_t children[] = {r->x, r->h, r->c, r->kernel, r->recurrent_kernel, r->bias, r->recurrent_bias};
    nw_pivot_plain plain = {.op = NW_PIVOT_RECURRENCE, .dtype = (nw_dtype)x->dtype, .shape = shape, .rank = 3, .children = children, .child_count = 7};
    nw_pivot_plain_add(pivot, &plain, "kind", nw_string_of(pivot->eval, r->kind));
    if (gru)
        nw_pivot_plain_add(pivot, &plain, "reset", nw_string_of(pivot->eval, r->reset));
    r->sequence = nw_pivot_make(pivot, &plain);
    nw_pivot_plain pick = {.op = NW_PIVOT_PICK, .dtype = (nw_dtype)x->dtype, .shape = shape + 1, .rank = 2, .children = &r->sequence, .child_count = 1};
    nw_pivot_plain_add(pivot, &pick, "result", nw_int(1));
    r->last_c = lstm ? nw_pivot_make(pivot, &pick) : 0;
}

/* [n, h]: the last step. */
static uint32_t last_step(const recurrence *r)
{
    int64_t length = nw_pivot_at(r->pivot, r->sequence)->shape[0];
    return nw_pivot_squeeze(r->pivot, nw_pivot_slice_axis(r->pivot, r->sequence, 0, length - 1, length), 0);
}

static uint32_t flip_time(nw_pivot *pivot, uint32_t x)
{
    bool axes[] = {true, false, false};
    return nw_pivot_flip(pivot, x, axes);
}

/* `share`: one mask for all times. */
static uint32_t drop(nw_pivot *pivot, uint32_t x, double rate, bool share)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, x);
    nw_pivot_plain plain = {.op = NW_PIVOT_DROPOUT, .dtype = (nw_dtype)n->dtype, .shape = n->shape, .rank = n->rank, .children = &x, .child_count = 1};
    if (rate == 0)
        return x;
    nw_pivot_plain_add(pivot, &plain, "rate", nw_float(rate));
    if (share)
        nw_pivot_plain_add(pivot, &plain, "share", nw_string_of(pivot->eval, "..."));
    return nw_pivot_make_elementwise(pivot, &plain);
}

/* ---- arguments ---- */

/* Parameters of one kind in the order of layers and directions; labelled ones are brought to the given layout. */
static bool read_list(nw_pivot_call *call, uint32_t index, const char *layout, uint32_t *nodes, uint32_t count)
{
    uint32_t *given, given_count;
    memset(nodes, 0, count * sizeof *nodes);
    if (!nw_pivot_given(call, index))
        return true;
    const nw_pivot_value *value = &call->arguments[index];
    if (value->kind == NW_PIVOT_VALUE_HOST) { /* all None: no biases */
        nw_value host = nw_pivot_settle(call->pivot, value->host);
        if (host.kind == NW_TUPLE && host.as.tuple->count == count && host.as.tuple->items[0].kind == NW_NONE)
            return true;
    }
    if (value->kind == NW_PIVOT_VALUE_LIST && value->count == 1 && value->items[0].kind == NW_PIVOT_VALUE_HOST &&
        nw_pivot_settle(call->pivot, value->items[0].host).kind == NW_NONE)
        return true;
    if (!nw_pivot_tensors(call, index, &given, &given_count) || given_count != count)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        nodes[i] = given[i];
        if (value->kind == NW_PIVOT_VALUE_LIST && value->items[i].label_count > 1)
            nodes[i] = nw_pivot_in_layout(call, given[i], &value->items[i], layout);
    }
    return true;
}

/* Initial states [layers*directions, n, h], one for each kind of state. */
static bool read_states(nw_pivot_call *call, uint32_t *states, uint32_t *count)
{
    uint32_t *nodes;
    *count = 0;
    if (!nw_pivot_given(call, STATE))
        return true;
    const nw_pivot_value *value = &call->arguments[STATE];
    bool single = value->kind == NW_PIVOT_VALUE_NODE || (value->kind == NW_PIVOT_VALUE_HOST && nw_pivot_settle(call->pivot, value->host).kind == NW_TENSOR);
    if (single) {
        states[(*count)++] = nw_pivot_tensor(call, STATE);
        return true;
    }
    if (!nw_pivot_tensors(call, STATE, &nodes, count) || *count > 2)
        return false;
    memcpy(states, nodes, *count * sizeof *states);
    return true;
}

/* Of a state for all layers and directions: that of one, [n, h]. */
static uint32_t state_of(nw_pivot *pivot, uint32_t states, uint32_t number, bool unbatched)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, states);
    if (n->rank == 2 && !unbatched)
        return states;
    if (n->rank != (unbatched ? 2 : 3))
        return 0;
    uint32_t part = nw_pivot_slice_axis(pivot, states, 0, number, (int64_t)number + 1);
    return unbatched ? part : nw_pivot_squeeze(pivot, part, 0);
}

typedef struct layers {
    nw_pivot_call *call;
    uint32_t kernels[MAX_LAYERS], recurrent_kernels[MAX_LAYERS], biases[MAX_LAYERS], recurrent_biases[MAX_LAYERS];
    uint32_t states[2], state_count;
    uint32_t last_h[MAX_LAYERS], last_c[MAX_LAYERS];
    uint32_t count; /* layers * directions */
    bool both, backward, batch_first, unbatched;
    double rate;
} layers;

static bool read_layers(layers *l, nw_pivot_call *call)
{
    int64_t layer_count, directions;
    *l = (layers){.call = call, .batch_first = nw_pivot_truth(call, BATCH_FIRST), .backward = is(nw_pivot_text(call, DIRECTIONS), "backward")};
    if (!nw_pivot_integer(call, LAYERS, &layer_count) || layer_count < 1 || layer_count * 2 > MAX_LAYERS || !nw_pivot_number(call, DROPOUT, &l->rate))
        return false;
    l->both = nw_pivot_integer(call, DIRECTIONS, &directions) && directions == 2;
    l->count = (uint32_t)layer_count * (l->both ? 2 : 1);
    return read_list(call, KERNELS, "o i]", l->kernels, l->count) && read_list(call, RECURRENT_KERNELS, "o i]", l->recurrent_kernels, l->count) &&
           read_list(call, BIASES, "k o]", l->biases, l->count) && read_list(call, RECURRENT_BIASES, "o]", l->recurrent_biases, l->count) &&
           read_states(call, l->states, &l->state_count) && l->kernels[0] && l->recurrent_kernels[0];
}

/* Layer and direction `number` on x [l, n, i]. */
static uint32_t run_one(layers *l, uint32_t number, uint32_t x, bool reversed)
{
    nw_pivot *pivot = l->call->pivot;
    if (nw_pivot_at(pivot, l->kernels[number])->rank != 2 || nw_pivot_at(pivot, l->recurrent_kernels[number])->rank != 2)
        return 0;
    recurrence r = {.pivot = pivot, .kind = nw_pivot_text(l->call, KIND), .reset = nw_pivot_text(l->call, RESET), .x = reversed ? flip_time(pivot, x) : x,
                    .kernel = nw_pivot_swap(pivot, l->kernels[number], 0, 1), .recurrent_kernel = nw_pivot_swap(pivot, l->recurrent_kernels[number], 0, 1),
                    .bias = l->biases[number], .recurrent_bias = l->recurrent_biases[number]};
    if (l->state_count > 0)
        r.h = state_of(pivot, l->states[0], number, l->unbatched);
    if (l->state_count > 1)
        r.c = state_of(pivot, l->states[1], number, l->unbatched);
    run(&r);
    if (!r.sequence)
        return 0;
    l->last_h[number] = last_step(&r);
    l->last_c[number] = r.last_c;
    return reversed && !l->backward ? flip_time(pivot, r.sequence) : r.sequence; /* Keras leaves a backward sequence as it came */
}

static uint32_t run_layers(layers *l, uint32_t x)
{
    nw_pivot *pivot = l->call->pivot;
    if (l->backward || *nw_pivot_text(l->call, DIRECTIONS)) { /* Keras: one layer, dropout of its input, the same at all times */
        return run_one(l, 0, drop(pivot, x, l->rate, true), l->backward);
    }
    for (uint32_t i = 0; i < l->count && x; i += l->both ? 2 : 1) {
        uint32_t ways[] = {run_one(l, i, x, false), l->both ? run_one(l, i + 1, x, true) : 0};
        if (!ways[0] || (l->both && !ways[1]))
            return 0;
        x = l->both ? nw_pivot_concatenate(pivot, ways, 2, 2) : ways[0];
        if (i + (l->both ? 2 : 1) < l->count)
            x = drop(pivot, x, l->rate, false);
    }
    return x;
}

/* ---- results ---- */

/* [layers*directions, n, h] */
static uint32_t stack_states(const layers *l, const uint32_t *states)
{
    nw_pivot *pivot = l->call->pivot;
    uint32_t parts[MAX_LAYERS];
    for (uint32_t i = 0; i < l->count; i++)
        parts[i] = l->unbatched ? states[i] : nw_pivot_unsqueeze(pivot, states[i], 0); /* [1, h] is [layer, h] */
    return nw_pivot_concatenate(pivot, parts, l->count, 0);
}

static nw_pivot_value torch_results(layers *l, uint32_t output)
{
    nw_pivot *pivot = l->call->pivot;
    uint32_t states[] = {stack_states(l, l->last_h), l->last_c[0] ? stack_states(l, l->last_c) : 0};
    nw_pivot_value list = nw_pivot_value_list(pivot, (uint32_t[]){output, states[0]}, 2);
    if (states[1])
        list.items[1] = nw_pivot_value_list(pivot, states, 2);
    return list;
}

static nw_pivot_value keras_results(layers *l, uint32_t output)
{
    uint32_t all[] = {is(nw_pivot_text(l->call, RETURNS), "last") ? l->last_h[0] : output, l->last_h[0], l->last_c[0]};
    if (!nw_pivot_truth(l->call, WITH_STATE))
        return nw_pivot_value_node(all[0]);
    return nw_pivot_value_list(l->call->pivot, all, l->last_c[0] ? 3 : 2);
}

nw_pivot_value nw_pivot_build_recurrent(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x = nw_pivot_tensor(call, 0);
    layers l;
    int rank = nw_pivot_at(pivot, x)->rank;
    if ((rank != 2 && rank != 3) || !read_layers(&l, call))
        return nw_pivot_refuse_arguments(call);
    l.unbatched = rank == 2;
    if (l.unbatched)
        x = nw_pivot_unsqueeze(pivot, x, 1);
    else if (l.batch_first)
        x = nw_pivot_swap(pivot, x, 0, 1);
    uint32_t output = run_layers(&l, x);
    if (!output)
        return nw_pivot_refuse(call, "parameters that do not fit");
    if (l.unbatched)
        output = nw_pivot_squeeze(pivot, output, 1);
    else if (l.batch_first)
        output = nw_pivot_swap(pivot, output, 0, 1);
    return *nw_pivot_text(call, RETURNS) && !is(nw_pivot_text(call, RETURNS), "both") ? keras_results(&l, output) : torch_results(&l, output);
}

/* One step: a sequence of length 1. */
nw_pivot_value nw_pivot_build_recurrent_cell(nw_pivot_call *call)
{
    nw_pivot *pivot = call->pivot;
    uint32_t x = nw_pivot_tensor(call, 0), states[2], state_count;
    recurrence r = {.pivot = pivot, .kind = nw_pivot_text(call, 2), .reset = nw_pivot_text(call, 7), .bias = nw_pivot_tensor(call, 5), .recurrent_bias = nw_pivot_tensor(call, 6)};
    if (nw_pivot_at(pivot, x)->rank != 2 || !read_states(call, states, &state_count) || !nw_pivot_given(call, 3) || !nw_pivot_given(call, 4))
        return nw_pivot_refuse_arguments(call);
    r.kernel = nw_pivot_tensor(call, 3);
    r.recurrent_kernel = nw_pivot_tensor(call, 4);
    if (nw_pivot_at(pivot, r.kernel)->rank != 2 || nw_pivot_at(pivot, r.recurrent_kernel)->rank != 2)
        return nw_pivot_refuse(call, "parameters of unknown shape");
    r.x = nw_pivot_unsqueeze(pivot, x, 0);
    r.kernel = nw_pivot_swap(pivot, r.kernel, 0, 1);
    r.recurrent_kernel = nw_pivot_swap(pivot, r.recurrent_kernel, 0, 1);
    r.h = state_count > 0 ? states[0] : 0;
    r.c = state_count > 1 ? states[1] : 0;
    run(&r);
    if (!r.sequence)
        return nw_pivot_refuse(call, "parameters that do not fit");
    uint32_t both[] = {last_step(&r), r.last_c};
    return r.last_c ? nw_pivot_value_list(pivot, both, 2) : nw_pivot_value_node(both[0]);
}
