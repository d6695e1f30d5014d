/* Where arms of a branch meet: the test of a tensor chooses one of two tensors. */
#include "eval/symbolic.h"
#include "pivot/pivot_build.h"

#include <string.h>

enum { DEEPEST_TEST = 6 };

typedef struct join {
    nw_pivot *pivot;
    nw_pivot_read_tensor *read;
    uint32_t then, otherwise; /* nodes */
} join;

/* The tensor of one element whose truth an atom tests, as a node of rank 0; 0: it tests something else. */
static uint32_t tested(const join *j, uint32_t atom)
{
    nw_eval *eval = j->pivot->eval;
    nw_value value = nw_atom_tested(eval, atom);
    const nw_fact *asked = value.kind == NW_OPAQUE && value.as.opaque->node ? &eval->facts[value.as.opaque->node] : NULL;
    const char *name = asked ? nw_symbol_bytes(eval->symbols, asked->name) : "";
    const char *last = strrchr(name, '.');
    if (!last || strcmp(last, ".__bool__") != 0 || asked->argument_count != 1 || asked->arguments[0].kind != NW_TENSOR)
        return 0;
    uint32_t node = j->read(j->pivot, asked->arguments[0].as.tensor, value.as.opaque->node);
    const nw_pivot_node *n = node ? nw_pivot_at(j->pivot, node) : NULL;
    return n && n->op != NW_PIVOT_OPAQUE && n->dtype == NW_DTYPE_BOOL && n->rank >= 0 ? nw_pivot_reshape(j->pivot, node, NULL, 0) : 0;
}

static uint32_t choose(const join *j, nw_guard guard, int depth)
{
    if (nw_guard_equal(guard, NW_TRUE) || nw_guard_equal(guard, NW_FALSE))
        return nw_guard_equal(guard, NW_TRUE) ? j->then : j->otherwise;
    const nw_bdd *bdd = &j->pivot->eval->bdd;
    uint32_t test = depth ? tested(j, nw_bdd_top(bdd, guard)) : 0;
    uint32_t then = test ? choose(j, nw_bdd_high(bdd, guard), depth - 1) : 0, otherwise = then ? choose(j, nw_bdd_low(bdd, guard), depth - 1) : 0;
    if (!otherwise)
        return 0;
    const nw_pivot_node *n = nw_pivot_at(j->pivot, then);
    uint32_t nodes[] = {nw_pivot_operand(j->pivot, test, n->shape, n->rank), then, otherwise};
    nw_pivot_plain plain = {.op = NW_PIVOT_WHERE, .dtype = (nw_dtype)n->dtype, .shape = n->shape, .rank = n->rank, .children = nodes, .child_count = 3};
    return nw_pivot_make_elementwise(j->pivot, &plain);
}

static bool is_of_one_kind(const nw_pivot_node *a, const nw_pivot_node *b)
{
    bool known = a->op != NW_PIVOT_OPAQUE && b->op != NW_PIVOT_OPAQUE && a->rank >= 0 && a->rank == b->rank && a->dtype == b->dtype && a->dtype != NW_DTYPE_UNKNOWN;
    return known && (!a->rank || memcmp(a->shape, b->shape, (size_t)a->rank * sizeof *a->shape) == 0);
}

bool nw_pivot_join(nw_pivot *pivot, uint32_t fact, nw_pivot_read_tensor *read, nw_pivot_value *value)
{
    const nw_fact *met = &pivot->eval->facts[fact];
    if (met->kind != NW_FACT_JOIN || met->argument_count != 2 || met->arguments[0].kind != NW_TENSOR || met->arguments[1].kind != NW_TENSOR)
        return false;
    join j = {.pivot = pivot, .read = read};
    j.then = read(pivot, met->arguments[0].as.tensor, fact);
    j.otherwise = read(pivot, met->arguments[1].as.tensor, fact);
    if (!j.then || !j.otherwise || !is_of_one_kind(nw_pivot_at(pivot, j.then), nw_pivot_at(pivot, j.otherwise)))
        return false;
    uint32_t chosen = choose(&j, met->guard, DEEPEST_TEST);
    if (chosen)
        *value = nw_pivot_value_node(chosen);
    return chosen != 0;
}
