/* Views: what a tensor is once something was written to a view of it, and what the view is then. */
#include "pivot/pivot_build.h"

#include <string.h>

enum { STAND_IN = INT32_MAX }; /* the number of an input that no network has: what is viewed, whatever it is */

static bool is_named(const nw_pivot *pivot, const nw_fact *fact, const char *const *names, size_t count)
{
    const char *name = nw_symbol_bytes(pivot->eval->symbols, fact->name);
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* ---- attributes that make tensors ---- */

static const char *attribute_of(const nw_pivot *pivot, const nw_fact *fact)
{
    const char *last = strrchr(nw_symbol_bytes(pivot->eval->symbols, fact->name), '.');
    return last ? last : "";
}

bool nw_pivot_is_attribute(const nw_pivot *pivot, const nw_fact *fact)
{
    static const char *const names[] = {".data", ".T", ".real", ".imag", ".mT"};
    const char *last = attribute_of(pivot, fact);
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        found |= strcmp(last, names[i]) == 0;
    return found && fact->argument_count == 1 && fact->arguments[0].kind == NW_TENSOR && !(fact->row && fact->row->pivot.v);
}

nw_pivot_value nw_pivot_attribute_value(nw_pivot *pivot, uint32_t id, nw_pivot_value tensor)
{
    const nw_fact *fact = &pivot->eval->facts[id];
    const char *last = attribute_of(pivot, fact);
    nw_pivot_scope scope = {.pivot = pivot, .row = fact->row, .instance = nw_unset(), .reader = id, .expected = fact->result};
    nw_pivot_value swap[] = {tensor, nw_pivot_value_host(nw_int(-2)), nw_pivot_value_host(nw_int(-1))};
    if (strcmp(last, ".mT") == 0)
        return nw_pivot_call_bound(&scope, NW_PIVOT_SWAP_AXES, swap, 3, NULL, NULL, 0);
    nw_pivot_operator op = strcmp(last, ".data") == 0 ? NW_PIVOT_STOP_GRADIENT : strcmp(last, ".T") == 0 ? NW_PIVOT_TRANSPOSE : strcmp(last, ".real") == 0 ? NW_PIVOT_REAL : NW_PIVOT_IMAGINARY;
    return nw_pivot_call_bound(&scope, op, &tensor, 1, NULL, NULL, 0);
}

/* ---- what makes views ---- */

static bool is_split(const nw_pivot *pivot, const nw_fact *fact)
{
    static const char *const names[] = {"torch.chunk", "torch.split", "torch.Tensor.split", "torch.split_with_sizes", "torch.tensor_split", "torch.unbind"};
    return is_named(pivot, fact, names, sizeof names / sizeof *names);
}

/* Rows whose result is a view of the first argument, or several, for certain. */
static bool makes_views(const nw_pivot *pivot, const nw_fact *fact)
{
    static const char *const names[] = {"torch.Tensor.view", "torch.Tensor.__getitem__", "torch.transpose", "torch.permute", "torch.Tensor.permute", "torch.unsqueeze",
                                        "torch.squeeze", "torch.select", "torch.narrow", "torch.Tensor.T", "torch.detach", "torch.Tensor.data", "torch.swapaxes",
                                        "torch.swapdims", "torch.t", "torch.Tensor.mT", "torch.movedim", "torch.moveaxis", "torch.unflatten", "torch.Tensor.unflatten", "torch.Tensor.view_as"};
    return is_split(pivot, fact) || is_named(pivot, fact, names, sizeof names / sizeof *names);
}

/* The tensor that another one is a view of, by what made it; NULL: it is none for certain. */
static const nw_tensor *viewed_tensor(const nw_pivot *pivot, const nw_tensor *tensor)
{
    const nw_fact *maker = tensor->node && tensor->node < pivot->eval->fact_count ? &pivot->eval->facts[tensor->node] : NULL;
    bool view = maker && maker->kind == NW_FACT_OPERATOR && maker->argument_count && maker->arguments[0].kind == NW_TENSOR && makes_views(pivot, maker);
    return view && nw_tensor_storage(maker->arguments[0].as.tensor) == nw_tensor_storage(tensor) ? maker->arguments[0].as.tensor : NULL;
}

/* What the maker of a view gives of a node; ABSENT: its expression is not known, or asks for more tensors. */
static nw_pivot_value made_of(nw_pivot *pivot, const nw_tensor *view, uint32_t node)
{
    const nw_fact *maker = &pivot->eval->facts[view->node];
    for (uint32_t i = 1; i < maker->argument_count; i++)
        if (maker->arguments[i].kind == NW_TENSOR)
            return (nw_pivot_value){.kind = NW_PIVOT_VALUE_ABSENT};
    if (nw_pivot_is_attribute(pivot, maker))
        return nw_pivot_attribute_value(pivot, view->node, nw_pivot_value_node(node));
    if (!maker->row || !maker->row->pivot.v)
        return (nw_pivot_value){.kind = NW_PIVOT_VALUE_ABSENT};
    nw_pivot_scope scope = {.pivot = pivot, .names = maker->parameters, .values = maker->arguments, .count = maker->argument_count, .row = maker->row,
                            .instance = nw_unset(), .expected = maker->result, .first = maker->parameters[0], .first_value = nw_pivot_value_node(node)};
    return nw_pivot_evaluate(&scope, maker->row->pivot);
}

/* Which one of several results of its maker a view is; UINT32_MAX: it is the only one. */
static uint32_t number_of(nw_pivot *pivot, const nw_tensor *view)
{
    nw_value result = nw_pivot_settle(pivot, pivot->eval->facts[view->node].result);
    bool tuple = result.kind == NW_TUPLE;
    uint32_t count = tuple ? result.as.tuple->count : result.kind == NW_LIST ? result.as.list->count : 0;
    for (uint32_t i = 0; i < count; i++) {
        nw_value item = nw_pivot_settle(pivot, tuple ? result.as.tuple->items[i] : result.as.list->items[i]);
        if (item.kind == NW_TENSOR && item.as.tensor == view)
            return i;
    }
    return UINT32_MAX;
}

/* The view, taken of a node; 0: it is not known. */
static uint32_t view_of(nw_pivot *pivot, const nw_tensor *view, uint32_t node)
{
    nw_pivot_value made = made_of(pivot, view, node);
    uint32_t number = number_of(pivot, view);
    if (made.kind == NW_PIVOT_VALUE_LIST && number < made.count)
        made = made.items[number];
    else if (made.kind == NW_PIVOT_VALUE_LIST || number != UINT32_MAX)
        return 0;
    return made.kind == NW_PIVOT_VALUE_NODE ? made.node : 0;
}

/* ---- back from a view to what it is a view of ---- */

/* What a tensor is once a view of it that keeps the order of its elements has another value; 0: the view does not. */
static uint32_t in_order(nw_pivot *pivot, const nw_tensor *view, uint32_t base, uint32_t value)
{
    static const char *const names[] = {"torch.Tensor.view", "torch.unsqueeze", "torch.squeeze", "torch.unflatten", "torch.Tensor.unflatten", "torch.Tensor.view_as"};
    const nw_pivot_node *b = nw_pivot_at(pivot, base), *v = nw_pivot_at(pivot, value);
    bool ordered = is_named(pivot, &pivot->eval->facts[view->node], names, sizeof names / sizeof *names);
    return ordered && b->rank >= 0 && v->rank >= 0 && b->dtype == v->dtype && nw_pivot_elements(b) == nw_pivot_elements(v) ? nw_pivot_reshape(pivot, value, b->shape, b->rank) : 0;
}

/* The base once a view of it that moves its elements has another value: the move of any base is undone. */
static uint32_t moved_back(nw_pivot *pivot, const nw_tensor *view, uint32_t base, uint32_t value)
{
    const nw_pivot_node *b = nw_pivot_at(pivot, base);
    if (b->rank < 0 || number_of(pivot, view) != UINT32_MAX)
        return 0;
    uint32_t any = nw_pivot_intern(pivot, &(nw_pivot_node){.op = NW_PIVOT_INPUT, .dtype = b->dtype, .rank = b->rank, .shape = b->shape, .index = STAND_IN});
    uint32_t node = view_of(pivot, view, any);
    const nw_pivot_node *v = nw_pivot_at(pivot, value);
    if (!node || v->dtype != b->dtype || !nw_pivot_same_shape(nw_pivot_at(pivot, node), v))
        return 0;
    for (; node != any && nw_pivot_at(pivot, node)->op == NW_PIVOT_MOVE; node = nw_pivot_at(pivot, node)->children[0])
        value = nw_pivot_unmove(pivot, node, value);
    return node == any ? value : 0;
}

/* The base once x[key], a view of it, has another value. */
static uint32_t assigned(nw_pivot *pivot, const nw_tensor *view, uint32_t base, uint32_t value)
{
    const nw_fact *fact = &pivot->eval->facts[view->node];
    if (fact->argument_count < 2 || strcmp(nw_symbol_bytes(pivot->eval->symbols, fact->name), "torch.Tensor.__getitem__") != 0)
        return 0;
    nw_pivot_scope scope = {.pivot = pivot, .row = fact->row, .instance = nw_unset(), .reader = view->node, .expected = nw_unset()};
    nw_pivot_value arguments[] = {nw_pivot_value_node(base), nw_pivot_value_host(fact->arguments[1]), nw_pivot_value_node(value)};
    return nw_pivot_call_bound(&scope, NW_PIVOT_ASSIGN_SLICE, arguments, 3, NULL, NULL, 0).node;
}

/* The axis along which a maker of several views takes the tensor apart. */
static int split_axis(nw_pivot *pivot, const nw_fact *maker, int rank)
{
    for (uint32_t i = 1; i < maker->argument_count; i++) {
        int64_t axis;
        if (strcmp(nw_symbol_bytes(pivot->eval->symbols, maker->parameters[i]), "dim") == 0 && nw_known_integer(nw_pivot_settle(pivot, maker->arguments[i]), &axis))
            return (int)(axis < 0 ? axis + rank : axis);
    }
    return 0;
}

/* The base once one of the parts that it was taken apart into has another value: all of them put together. */
static uint32_t joined(nw_pivot *pivot, const nw_tensor *view, uint32_t base, uint32_t value)
{
    const nw_fact *maker = &pivot->eval->facts[view->node];
    const nw_pivot_node *b = nw_pivot_at(pivot, base);
    uint32_t number = number_of(pivot, view);
    int64_t shape[NW_PIVOT_MAX_RANK];
    if (!is_split(pivot, maker) || number == UINT32_MAX || b->rank < 1)
        return 0;
    int axis = split_axis(pivot, maker, b->rank), rank = b->rank;
    nw_pivot_value made = made_of(pivot, view, base);
    if (made.kind != NW_PIVOT_VALUE_LIST || number >= made.count || axis < 0 || axis >= rank)
        return 0;
    memcpy(shape, b->shape, (size_t)rank * sizeof *shape);
    uint32_t *parts = nw_arena_alloc(&pivot->eval->arena, made.count * sizeof *parts);
    for (uint32_t i = 0; i < made.count; i++) {
        uint32_t part = i == number ? value : made.items[i].kind == NW_PIVOT_VALUE_NODE ? made.items[i].node : 0;
        const nw_pivot_node *n = nw_pivot_at(pivot, part);
        if (!part || n->rank < rank - 1)
            return 0;
        shape[axis] = n->rank == rank ? n->shape[axis] : 1;
        parts[i] = nw_pivot_reshape(pivot, part, shape, rank);
    }
    return nw_pivot_concatenate(pivot, parts, made.count, axis);
}

uint32_t nw_pivot_value_around(nw_pivot *pivot, const nw_tensor *tensor, const nw_tensor *part, uint32_t writer, uint32_t value, nw_pivot_read_tensor *read)
{
    for (const nw_tensor *around; value && part != tensor; part = around) {
        around = viewed_tensor(pivot, part);
        if (!around || nw_pivot_at(pivot, value)->rank < 0)
            return 0;
        uint32_t base = read(pivot, around, writer), whole = in_order(pivot, part, base, value);
        whole = whole ? whole : moved_back(pivot, part, base, value);
        whole = whole ? whole : assigned(pivot, part, base, value);
        value = whole ? whole : joined(pivot, part, base, value);
    }
    return value;
}

uint32_t nw_pivot_view_again(nw_pivot *pivot, const nw_tensor *tensor, uint32_t fact, nw_pivot_read_tensor *read)
{
    const nw_tensor *viewed = viewed_tensor(pivot, tensor);
    uint32_t node = viewed ? view_of(pivot, tensor, read(pivot, viewed, fact)) : 0;
    return node && nw_pivot_fits(pivot, nw_tensor_value((nw_tensor *)tensor), node) ? node : 0;
}
