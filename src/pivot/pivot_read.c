/* From facts to nodes: each step's pivot expression on what the step read. */
#include "pivot/pivot_build.h"

#include <string.h>

enum { MAX_NESTING = 8, MAX_READ_DEPTH = 200 };

/* A tensor as a fact left it. */
typedef struct left_value {
    const nw_tensor *tensor;
    uint32_t fact, node; /* node 0: free slot */
} left_value;

struct nw_pivot_reader {
    uint32_t first_fact;         /* of the call: what comes before is construction */
    left_value *left;            /* open addressing */
    uint32_t left_size, left_count;
    uint32_t *writers, writer_count; /* facts that wrote in place, in order */
    uint32_t *state_slots, state_size; /* open addressing over state numbers + 1 */
    bool *done;                  /* facts that were evaluated */
    uint32_t done_size;          /* looking at attributes may add facts */
    int depth;
};

static uint32_t read_at(nw_pivot *pivot, const nw_tensor *tensor, uint32_t fact);

static uint32_t hash_pointer(const void *pointer, uint32_t more)
{
    uint64_t hash = ((uintptr_t)pointer >> 4) * 0x9e3779b97f4a7c15u + more * 0xff51afd7ed558ccdu;
    return (uint32_t)(hash ^ (hash >> 32));
}

static int shape_of(nw_pivot *pivot, const nw_tensor *tensor, int64_t *shape)
{
    for (uint32_t i = 0; tensor->shape && i < tensor->rank; i++)
        if (!nw_known_integer(nw_pivot_settle(pivot, tensor->shape[i]), &shape[i]))
            return NW_PIVOT_UNKNOWN_RANK;
    return tensor->shape ? tensor->rank : NW_PIVOT_UNKNOWN_RANK;
}

static uint32_t opaque_tensor(nw_pivot *pivot, const nw_tensor *tensor, const char *reason, const char *detail)
{
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = shape_of(pivot, tensor, shape);
    return nw_pivot_opaque(pivot, shape, rank, (nw_dtype)tensor->dtype, "%s%s", reason, detail);
}

/* ---- the table of what facts left ---- */

static left_value *left_slot(const nw_pivot_reader *reader, uint32_t fact, const nw_tensor *tensor)
{
    uint32_t at = hash_pointer(tensor, fact) & (reader->left_size - 1);
    while (reader->left[at].node && (reader->left[at].tensor != tensor || reader->left[at].fact != fact))
        at = (at + 1) & (reader->left_size - 1);
    return &reader->left[at];
}

static void leave(nw_pivot *pivot, uint32_t fact, const nw_tensor *tensor, uint32_t node)
{
    nw_pivot_reader *reader = pivot->reader;
    if (2 * (reader->left_count + 1) > reader->left_size) {
        left_value *old = reader->left;
        uint32_t size = reader->left_size;
        reader->left_size = size ? size * 2 : 256;
        reader->left = nw_arena_zero(&pivot->eval->arena, reader->left_size * sizeof *reader->left);
        for (uint32_t i = 0; i < size; i++)
            if (old[i].node)
                *left_slot(reader, old[i].fact, old[i].tensor) = old[i];
    }
    left_value *slot = left_slot(reader, fact, tensor);
    if (slot->node)
        return;
    *slot = (left_value){tensor, fact, node};
    reader->left_count++;
}

/* ---- state ---- */

static uint32_t state_slot(const nw_pivot *pivot, const nw_tensor *tensor)
{
    const nw_pivot_reader *reader = pivot->reader;
    uint32_t at = hash_pointer(tensor, 0) & (reader->state_size - 1);
    while (reader->state_slots[at] && pivot->model->state[reader->state_slots[at] - 1].tensor != tensor)
        at = (at + 1) & (reader->state_size - 1);
    return at;
}

/* A tied tensor is known by its first name. */
static void index_state(nw_pivot *pivot)
{
    nw_pivot_reader *reader = pivot->reader;
    for (reader->state_size = 64; reader->state_size < 3 * pivot->model->state_count;)
        reader->state_size *= 2;
    reader->state_slots = nw_arena_zero(&pivot->eval->arena, reader->state_size * sizeof *reader->state_slots);
    for (uint32_t i = 0; i < pivot->model->state_count; i++) {
        uint32_t at = state_slot(pivot, pivot->model->state[i].tensor);
        if (!reader->state_slots[at])
            reader->state_slots[at] = i + 1;
    }
}

/* Number + 1 of the state row that holds the tensor, 0: none. */
static uint32_t state_of(const nw_pivot *pivot, const nw_tensor *tensor)
{
    return pivot->reader->state_slots[state_slot(pivot, tensor)];
}

static uint32_t state_node(nw_pivot *pivot, uint32_t index)
{
    const nw_tensor *tensor = pivot->model->state[index].tensor;
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank = shape_of(pivot, tensor, shape);
    if (rank < 0)
        return opaque_tensor(pivot, tensor, "a tensor of the state of unknown shape", "");
    return nw_pivot_intern(pivot, &(nw_pivot_node){.op = NW_PIVOT_STATE, .dtype = tensor->dtype, .rank = (int16_t)rank, .shape = shape, .index = index});
}

/* ---- what a fact gives ---- */

/* Results in order: a tensor and the part of the value that it is. */
static void leave_result(nw_pivot *pivot, uint32_t fact, nw_value result, const nw_pivot_value *value, int depth);

static void leave_items(nw_pivot *pivot, uint32_t fact, const nw_value *items, uint32_t count, const nw_pivot_value *value, int depth)
{
    static const nw_pivot_value none = {.kind = NW_PIVOT_VALUE_ABSENT};
    bool listed = value->kind == NW_PIVOT_VALUE_LIST, lost = value->kind == NW_PIVOT_VALUE_NODE && nw_pivot_at(pivot, value->node)->op == NW_PIVOT_OPAQUE;
    for (uint32_t i = 0; i < count; i++)
        leave_result(pivot, fact, items[i], listed && i < value->count ? &value->items[i] : lost || (i == 0 && !listed) ? value : &none, depth + 1);
}

/* Whether a node has the shape of a tensor, as far as its sizes are known. */
static bool agrees(nw_pivot *pivot, const nw_tensor *tensor, const nw_pivot_node *node)
{
    if (!tensor->shape || node->rank != (int)tensor->rank)
        return false;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        int64_t size;
        if (nw_known_integer(nw_pivot_settle(pivot, tensor->shape[i]), &size) && size != node->shape[i])
            return false;
    }
    return true;
}

bool nw_pivot_fits(nw_pivot *pivot, nw_value result, uint32_t node)
{
    int64_t shape[NW_PIVOT_MAX_RANK];
    return result.kind != NW_TENSOR || shape_of(pivot, result.as.tensor, shape) < 0 || agrees(pivot, result.as.tensor, nw_pivot_at(pivot, node));
}

static void leave_tensor(nw_pivot *pivot, uint32_t fact, const nw_tensor *tensor, const nw_pivot_value *value)
{
    if (value->kind != NW_PIVOT_VALUE_NODE) {
        leave(pivot, fact, tensor, opaque_tensor(pivot, tensor, "the row's expression does not say what this result is", ""));
        return;
    }
    const nw_pivot_node *node = nw_pivot_at(pivot, value->node);
    if (node->op == NW_PIVOT_OPAQUE || agrees(pivot, tensor, node)) {
        leave(pivot, fact, tensor, value->node);
        return;
    }
    leave(pivot, fact, tensor, opaque_tensor(pivot, tensor, "the row's expression gives another shape: ", nw_pivot_words(pivot, value->node)));
}

static void leave_result(nw_pivot *pivot, uint32_t fact, nw_value result, const nw_pivot_value *value, int depth)
{
    result = nw_pivot_settle(pivot, result);
    if (depth > MAX_NESTING)
        return;
    if (result.kind == NW_TENSOR)
        leave_tensor(pivot, fact, result.as.tensor, value);
    else if (result.kind == NW_TUPLE)
        leave_items(pivot, fact, result.as.tuple->items, result.as.tuple->count, value, depth);
    else if (result.kind == NW_LIST)
        leave_items(pivot, fact, result.as.list->items, result.as.list->count, value, depth);
    else if (result.kind == NW_INSTANCE && result.as.instance->payload.kind == NW_TUPLE)
        leave_result(pivot, fact, result.as.instance->payload, value, depth + 1);
}

static uint32_t read_for_scope(nw_pivot_scope *scope, const nw_tensor *tensor)
{
    return read_at(scope->pivot, tensor, scope->reader);
}

/* Whether every tensor in an argument is a constant of the program. */
static bool constants_only(nw_pivot *pivot, nw_value value, uint32_t fact, int depth)
{
    value = nw_pivot_settle(pivot, value);
    if (depth > MAX_NESTING || value.kind == NW_OPAQUE || value.kind == NW_PHI)
        return false;
    if (value.kind == NW_TENSOR) {
        const nw_pivot_node *n = nw_pivot_at(pivot, read_at(pivot, value.as.tensor, fact));
        while (n->op == NW_PIVOT_BROADCAST_TO || n->op == NW_PIVOT_MOVE)
            n = nw_pivot_at(pivot, n->children[0]);
        return n->op == NW_PIVOT_CONSTANT;
    }
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    for (uint32_t i = 0; i < count; i++)
        if (!constants_only(pivot, value.kind == NW_TUPLE ? value.as.tuple->items[i] : value.as.list->items[i], fact, depth + 1))
            return false;
    return true;
}

/* An operator on constants whose result the interpreter knows. */
static bool leave_contents(nw_pivot *pivot, uint32_t id)
{
    const nw_fact *fact = &pivot->eval->facts[id];
    int64_t shape[NW_PIVOT_MAX_RANK];
    if (fact->kind != NW_FACT_OPERATOR || fact->result.kind != NW_TENSOR || fact->result.as.tensor->node != id)
        return false;
    const nw_tensor *tensor = fact->result.as.tensor;
    const double *data = nw_tensor_contents(tensor);
    int rank = shape_of(pivot, tensor, shape);
    if (!data || rank < 0)
        return false;
    for (uint32_t i = 0; i < pivot->reader->writer_count; i++) /* what is known now was known then */
        if (nw_tensor_storage(pivot->eval->facts[pivot->reader->writers[i]].result.as.tensor) == nw_tensor_storage(tensor))
            return false;
    for (uint32_t i = 0; i < fact->argument_count; i++)
        if (!constants_only(pivot, fact->arguments[i], id, 0))
            return false;
    leave(pivot, id, tensor, nw_pivot_constant(pivot, (nw_dtype)tensor->dtype, shape, rank, data));
    return true;
}

static uint32_t value_left(nw_pivot *pivot, uint32_t fact, const nw_tensor *tensor);

static bool is_container(const nw_fact *fact)
{
    return fact->row && fact->row->is_container;
}

/* iter(tensor), which no row says: its parts along the first axis. */
static bool is_iteration(const nw_pivot *pivot, const nw_fact *fact)
{
    const char *name = nw_symbol_bytes(pivot->eval->symbols, fact->name), *last = strrchr(name, '.');
    return fact->argument_count && last && strcmp(last, ".__iter__") == 0 && !(fact->row && fact->row->pivot.v);
}

/* Where a fact stands; a layer that a graph calls, where it was made. */
static nw_place place_of(const nw_pivot *pivot, const nw_fact *fact)
{
    const nw_module *module = fact->place.module;
    nw_place made = fact->kind == NW_FACT_LAYER && fact->callee.kind == NW_INSTANCE ? fact->callee.as.instance->place : (nw_place){0};
    bool replayed = !module || module->is_catalog || fact->place.end == 0;
    if (!replayed)
        return fact->place;
    return made.module && !made.module->is_catalog ? made : pivot->place;
}

/* What the operators of a stand-in gave. */
static nw_pivot_value inner_value(nw_pivot *pivot, uint32_t id, nw_value inner, int depth)
{
    inner = nw_pivot_settle(pivot, inner);
    if (inner.kind == NW_TENSOR)
        return nw_pivot_value_node(read_at(pivot, inner.as.tensor, id));
    uint32_t count = inner.kind == NW_TUPLE ? inner.as.tuple->count : inner.kind == NW_LIST ? inner.as.list->count : 0;
    nw_pivot_value list = {.kind = NW_PIVOT_VALUE_LIST, .count = depth ? count : 0, .host = nw_unset()};
    list.items = nw_arena_zero(&pivot->eval->arena, (count + 1) * sizeof *list.items);
    for (uint32_t i = 0; i < list.count; i++)
        list.items[i] = inner_value(pivot, id, inner.kind == NW_TUPLE ? inner.as.tuple->items[i] : inner.as.list->items[i], depth - 1);
    return list;
}

/* Whether a node of the other graph is a call of the same row with the same arguments. */
static bool is_call_beside(const nw_pivot *pivot, const nw_pivot_value *value)
{
    while (value->kind == NW_PIVOT_VALUE_LIST && value->count)
        value = value->items;
    if (!pivot->beside || value->kind != NW_PIVOT_VALUE_NODE)
        return false;
    nw_value of = nw_pivot_attribute_of(pivot, value->node, "of");
    for (uint32_t i = 1; i < pivot->beside->count && of.kind == NW_STRING; i++)
        if (pivot->beside->nodes[i]->op == NW_PIVOT_CALL && nw_pivot_value_equal(of, nw_pivot_attribute_of(pivot->beside, i, "of"), true))
            return true;
    return false;
}

/* The call of a stand-in that is read through. */
static void evaluate_through(nw_pivot *pivot, uint32_t id)
{
    const nw_fact *fact = &pivot->eval->facts[id];
    nw_pivot_value value;
    if (!nw_pivot_opaque_call(pivot, id, read_at, &value) || !is_call_beside(pivot, &value))
        value = inner_value(pivot, id, fact->inner, 4);
    leave_result(pivot, id, fact->result, &value, 0);
}

/* The layer that a fact called, with the attributes that it had then; UNSET: it called none. */
static nw_value layer_of(const nw_fact *fact)
{
    if (fact->kind != NW_FACT_LAYER)
        return nw_unset();
    return fact->as_called ? (nw_value){.kind = NW_INSTANCE, .as.instance = (nw_instance *)fact->as_called} : fact->callee;
}

/* Whether the layer has other attributes now, and nobody knows which it had. */
static bool is_changed_later(const nw_fact *fact)
{
    nw_value layer = layer_of(fact);
    return layer.kind == NW_INSTANCE && nw_attributes_mark(layer.as.instance) != fact->attributes;
}

/* Leaves the values of all tensors of the fact's result. */
static void evaluate_fact(nw_pivot *pivot, uint32_t id)
{
    nw_pivot_reader *reader = pivot->reader;
    const nw_fact *fact = &pivot->eval->facts[id];
    nw_place outer = pivot->place;
    if (id >= reader->done_size) {
        bool *done = nw_arena_zero(&pivot->eval->arena, 2 * id * sizeof *done);
        memcpy(done, reader->done, reader->done_size * sizeof *done);
        reader->done = done;
        reader->done_size = 2 * id;
    }
    if (reader->done[id])
        return;
    reader->done[id] = true;
    pivot->place = place_of(pivot, fact);
    nw_pivot_value value;
    if (fact->row && fact->row->is_read_through) {
        evaluate_through(pivot, id);
        pivot->place = outer;
        return;
    }
    if (nw_pivot_join(pivot, id, read_at, &value)) {
        ;
    } else if ((fact->kind != NW_FACT_OPERATOR && fact->kind != NW_FACT_LAYER) || is_container(fact)) {
        value = nw_pivot_value_node(nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, NW_DTYPE_UNKNOWN, "%s",
                                                    fact->kind == NW_FACT_JOIN ? "it depends on a condition that is not known" : "nobody looked into what makes it"));
    } else if (leave_contents(pivot, id)) {
        pivot->place = outer;
        return;
    } else if (is_iteration(pivot, fact)) {
        nw_pivot_scope scope = {.pivot = pivot, .row = fact->row, .instance = nw_unset(), .reader = id, .expected = fact->result, .read = read_for_scope};
        nw_pivot_value arguments[] = {nw_pivot_value_host(fact->arguments[0]), nw_pivot_value_host(nw_int(0))};
        value = nw_pivot_call_bound(&scope, NW_PIVOT_UNSTACK, arguments, 2, NULL, NULL, 0);
    } else if (nw_pivot_is_attribute(pivot, fact)) {
        value = nw_pivot_attribute_value(pivot, id, nw_pivot_value_node(read_at(pivot, fact->arguments[0].as.tensor, id)));
    } else if ((!fact->row || !fact->row->pivot.v) && nw_pivot_opaque_call(pivot, id, read_at, &value)) {
        ;
    } else if (!fact->row || !fact->row->pivot.v) {
        value = nw_pivot_value_node(nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, NW_DTYPE_UNKNOWN, "the catalog does not say what %s means",
                                                    nw_symbol_bytes(pivot->eval->symbols, fact->name)));
    } else if (is_changed_later(fact)) {
        value = nw_pivot_value_node(nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, NW_DTYPE_UNKNOWN, "the layer is changed after this call"));
    } else {
        nw_pivot_scope scope = {.pivot = pivot, .names = fact->parameters, .values = fact->arguments, .count = fact->argument_count, .row = fact->row,
                                .instance = layer_of(fact), .reader = id, .expected = fact->result, .read = read_for_scope};
        value = nw_pivot_evaluate(&scope, fact->row->pivot);
        nw_pivot_value call;
        bool is_unknown = value.kind == NW_PIVOT_VALUE_NODE && value.node && (nw_pivot_at(pivot, value.node)->op == NW_PIVOT_OPAQUE || !nw_pivot_fits(pivot, fact->result, value.node));
        if (is_unknown && nw_pivot_opaque_call(pivot, id, read_at, &call))
            value = call; /* the same row with the same arguments is the same, whatever it means */
    }
    leave_result(pivot, id, fact->result, &value, 0);
    pivot->place = outer;
}

static uint32_t value_left(nw_pivot *pivot, uint32_t fact, const nw_tensor *tensor)
{
    evaluate_fact(pivot, fact);
    left_value *slot = pivot->reader->left_size ? left_slot(pivot->reader, fact, tensor) : NULL;
    return slot && slot->node ? slot->node : opaque_tensor(pivot, tensor, "it is not known what makes this", "");
}

/* ---- reading ---- */

/* Where an axis of the other network's inputs and outputs stands in this one's. */
static uint32_t axis_now(const nw_pivot *pivot, int axis, int rank)
{
    return nw_moved_axis(pivot->moved.to_first, (uint32_t)axis, (uint32_t)rank);
}

/* An input whose channels are elsewhere: the other network's input, transposed. */
static uint32_t moved_input(nw_pivot *pivot, const nw_tensor *tensor, uint32_t index, const int64_t *shape, int rank)
{
    int64_t other[NW_PIVOT_MAX_RANK], permutation[NW_PIVOT_MAX_RANK];
    for (int axis = 0; axis < rank; axis++) {
        int now = (int)axis_now(pivot, axis, rank);
        other[axis] = shape[now];
        permutation[now] = axis;
    }
    uint32_t node = nw_pivot_intern(pivot, &(nw_pivot_node){.op = NW_PIVOT_INPUT, .dtype = tensor->dtype, .rank = (int16_t)rank, .shape = other, .index = index});
    return nw_pivot_transpose(pivot, node, permutation);
}

static uint32_t moved_output(nw_pivot *pivot, uint32_t node)
{
    int64_t permutation[NW_PIVOT_MAX_RANK];
    int rank = nw_pivot_at(pivot, node)->rank;
    for (int axis = 0; axis < rank; axis++)
        permutation[axis] = axis_now(pivot, axis, rank);
    return rank > 0 ? nw_pivot_transpose(pivot, node, permutation) : node;
}

/* Whether a fact of the construction makes something of a tensor of the state that does not change when values are loaded into that:
   what is no view of it, and in Keras, whose operators give no views, anything. */
static bool is_frozen(const nw_pivot *pivot, const nw_tensor *tensor, uint32_t fact)
{
    const nw_eval *eval = pivot->eval;
    if (fact >= pivot->reader->first_fact || !state_of(pivot, nw_tensor_storage(tensor)))
        return false;
    const nw_value result = fact < eval->fact_count ? eval->facts[fact].result : nw_unset();
    return result.kind != NW_TENSOR || nw_tensor_storage(result.as.tensor) != nw_tensor_storage(tensor) ||
           strcmp(nw_symbol_bytes(eval->symbols, pivot->model->framework), "keras") == 0;
}

/* What stands in a tensor that nobody has written to since it was made. */
static uint32_t original_value(nw_pivot *pivot, const nw_tensor *tensor, uint32_t fact)
{
    const nw_model *model = pivot->model;
    uint32_t state = state_of(pivot, tensor);
    int64_t shape[NW_PIVOT_MAX_RANK];
    const double *data = nw_tensor_contents(tensor);
    bool frozen = is_frozen(pivot, tensor, fact);
    if (frozen && tensor->node && tensor->node < pivot->eval->fact_count) /* a table, and what was computed from it before anything was loaded */
        return value_left(pivot, tensor->node, tensor);
    if (frozen)
        return opaque_tensor(pivot, tensor, "computed from a parameter before its value is loaded", "");
    if (state)
        return state_node(pivot, state - 1);
    int rank = shape_of(pivot, tensor, shape);
    for (uint32_t i = 0; i < model->input_count; i++)
        if (model->inputs[i].tensor == tensor && pivot->moved.inputs && pivot->moved.inputs[i])
            return moved_input(pivot, tensor, i, shape, rank);
        else if (model->inputs[i].tensor == tensor)
            return nw_pivot_intern(pivot, &(nw_pivot_node){.op = NW_PIVOT_INPUT, .dtype = tensor->dtype, .rank = (int16_t)rank, .shape = shape, .index = i});
    if (tensor->node && tensor->node < pivot->eval->fact_count)
        return value_left(pivot, tensor->node, tensor);
    if (data && rank >= 0 && !state_of(pivot, nw_tensor_storage(tensor)))
        return nw_pivot_constant(pivot, (nw_dtype)tensor->dtype, shape, rank, data);
    if (tensor->is_parameter)
        return opaque_tensor(pivot, tensor, "a parameter that no state dict has: of a layer in a plain list, or made in forward", "");
    return opaque_tensor(pivot, tensor, "a tensor that is neither state nor made by an operator", "");
}

/* The value of a tensor at a fact, after `writer` wrote to its storage through another tensor. */
static uint32_t value_after(nw_pivot *pivot, const nw_tensor *tensor, uint32_t writer, uint32_t fact)
{
    const nw_tensor *written = pivot->eval->facts[writer].result.as.tensor;
    nw_place outer = pivot->place;
    pivot->place = pivot->eval->facts[writer].place;
    uint32_t result = nw_pivot_value_around(pivot, tensor, written, writer, value_left(pivot, writer, written), read_at);
    if (!result)
        result = nw_pivot_view_again(pivot, tensor, fact, read_at);
    if (!result)
        result = opaque_tensor(pivot, tensor, "written in place through another tensor", "");
    pivot->place = outer;
    return result;
}

static uint32_t read_written(nw_pivot *pivot, const nw_tensor *tensor, uint32_t fact)
{
    const nw_eval *eval = pivot->eval;
    const nw_pivot_reader *reader = pivot->reader;
    nw_guard reading = fact < pivot->model->end_fact ? eval->facts[fact].condition : eval->path;
    bool is_state = !is_frozen(pivot, tensor, fact) && (state_of(pivot, tensor) || state_of(pivot, nw_tensor_storage(tensor))); /* p.data = view makes a row of the state of a view */
    for (uint32_t i = reader->writer_count; i-- > 0;) {
        uint32_t writer = reader->writers[i];
        const nw_fact *write = &eval->facts[writer];
        if (writer >= fact || nw_tensor_storage(write->result.as.tensor) != nw_tensor_storage(tensor))
            continue;
        if (writer <= tensor->node || (is_state && writer < reader->first_fact)) /* before it was made; before its value is loaded */
            break;
        if (!nw_bdd_implies((nw_bdd *)&eval->bdd, reading, write->condition))
            return opaque_tensor(pivot, tensor, "written in place under a condition", "");
        if (write->result.as.tensor == tensor)
            return value_left(pivot, writer, tensor);
        return value_after(pivot, tensor, writer, fact);
    }
    return original_value(pivot, tensor, fact);
}

static uint32_t read_at(nw_pivot *pivot, const nw_tensor *tensor, uint32_t fact)
{
    if (++pivot->reader->depth > MAX_READ_DEPTH) {
        pivot->reader->depth--;
        return opaque_tensor(pivot, tensor, "computed in too many steps outside of the call", "");
    }
    uint32_t node = read_written(pivot, tensor, fact);
    pivot->reader->depth--;
    return node;
}

/* ---- the whole network ---- */

static void find_writers(nw_pivot *pivot)
{
    nw_eval *eval = pivot->eval;
    nw_pivot_reader *reader = pivot->reader;
    uint32_t capacity = 0;
    for (uint32_t i = 1; i < eval->fact_count; i++) {
        const nw_fact *fact = &eval->facts[i];
        bool is_call = fact->kind == NW_FACT_OPERATOR || fact->kind == NW_FACT_LAYER;
        if (!is_call || fact->result.kind != NW_TENSOR || fact->result.as.tensor->node == i || fact->in_catalog || is_container(fact))
            continue;
        NW_ARENA_RESERVE(&eval->arena, reader->writers, reader->writer_count, capacity);
        reader->writers[reader->writer_count++] = i;
    }
}

static uint32_t first_fact_of(const nw_model *model)
{
    uint32_t first = 0;
    for (uint32_t i = 0; i < model->input_count; i++)
        if (model->inputs[i].tensor->node > first)
            first = model->inputs[i].tensor->node;
    if (first)
        return first;
    return model->step_count ? model->steps[0].fact : model->eval->fact_count;
}

/* Python numbers that were read from what the call computes on: what follows from them is no part of the graph. */
static const nw_fact *number_from_state(nw_pivot *pivot)
{
    const nw_eval *eval = pivot->eval;
    for (uint32_t i = pivot->reader->first_fact; i < pivot->model->end_fact; i++) {
        const nw_fact *fact = &eval->facts[i];
        bool host = fact->kind == NW_FACT_OPERATOR && fact->row && strcmp(nw_symbol_bytes(eval->symbols, fact->row->effects), "host") == 0 && !fact->in_catalog;
        bool known = fact->result.kind != NW_OPAQUE && fact->result.kind != NW_UNSET && fact->result.kind != NW_PHI && fact->result.kind != NW_TENSOR;
        if (host && known && fact->argument_count && !constants_only(pivot, fact->arguments[0], i, 0))
            return fact;
    }
    return NULL;
}

static void read_outputs(nw_pivot *pivot)
{
    const nw_model *model = pivot->model;
    const nw_fact *number = number_from_state(pivot);
    pivot->outputs = nw_arena_alloc(&pivot->eval->arena, (model->output_count + 1) * sizeof *pivot->outputs);
    pivot->output_count = model->output_count;
    for (uint32_t i = 0; i < model->output_count; i++) {
        uint32_t node = read_at(pivot, model->outputs[i].tensor, model->end_fact);
        if (number) {
            pivot->place = number->place;
            node = opaque_tensor(pivot, model->outputs[i].tensor, "the program reads a number from a tensor: ", nw_symbol_bytes(pivot->eval->symbols, number->name));
        }
        if (pivot->moved.outputs && pivot->moved.outputs[i])
            node = moved_output(pivot, node);
        pivot->outputs[i] = (nw_pivot_output){model->outputs[i].name, node};
    }
}

/* Sizes that are not given stand for any number: each is a large prime, the same in every network with these inputs. */
static void number_symbols(nw_pivot *pivot)
{
    static const int64_t primes[] = {1009, 1013, 1019, 1021, 1031, 1033, 1039, 1049};
    const nw_model *model = pivot->model;
    for (uint32_t i = 0; i < model->input_count; i++)
        for (uint32_t k = 0; model->inputs[i].tensor->shape && k < model->inputs[i].tensor->rank; k++) {
            bool moved = pivot->moved.inputs && pivot->moved.inputs[i];
            nw_value size = model->inputs[i].tensor->shape[moved ? nw_moved_axis(pivot->moved.to_first, k, model->inputs[i].tensor->rank) : k];
            if (size.kind != NW_OPAQUE || nw_pivot_settle(pivot, size).kind == NW_INT || pivot->symbol_count == sizeof primes / sizeof *primes)
                continue;
            pivot->symbols[pivot->symbol_count] = size.as.opaque;
            pivot->symbol_sizes[pivot->symbol_count] = primes[pivot->symbol_count];
            pivot->symbol_count++;
        }
}

nw_pivot *nw_pivot_read(const nw_model *model)
{
    return nw_pivot_read_beside(model, NULL, NULL);
}

nw_pivot *nw_pivot_read_beside(const nw_model *model, const nw_pivot *other, const nw_moved_channels *moved)
{
    nw_eval *eval = model->eval;
    nw_pivot *pivot = nw_arena_zero(&eval->arena, sizeof *pivot);
    *pivot = (nw_pivot){.eval = eval, .model = model, .place = model->fallback, .beside = other, .moved = moved ? *moved : (nw_moved_channels){0}};
    pivot->reader = nw_arena_zero(&eval->arena, sizeof *pivot->reader);
    pivot->reader->first_fact = first_fact_of(model);
    pivot->reader->done_size = eval->fact_count;
    pivot->reader->done = nw_arena_zero(&eval->arena, eval->fact_count * sizeof *pivot->reader->done);
    NW_ARENA_RESERVE(&eval->arena, pivot->nodes, pivot->count, pivot->capacity);
    pivot->nodes[pivot->count++] = nw_arena_zero(&eval->arena, sizeof **pivot->nodes);
    number_symbols(pivot);
    index_state(pivot);
    find_writers(pivot);
    for (uint32_t i = 0; i < model->step_count; i++) { /* in order, so that reading never goes deep */
        const nw_fact *fact = &eval->facts[model->steps[i].fact];
        if (fact->row && (fact->row->pivot.v || fact->kind == NW_FACT_OPERATOR))
            evaluate_fact(pivot, model->steps[i].fact);
    }
    read_outputs(pivot);
    return pivot;
}
