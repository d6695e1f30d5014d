/* Two graphs, walked from their outputs at once. */
#include "pivot/pivot_compare.h"

#include <math.h>
#include <string.h>

typedef struct pair {
    uint32_t source, target;
} pair;

typedef struct walk {
    nw_pivot *source, *target;
    nw_pivot_solution solution;
    pair *equal;         /* pairs found equal, in order; those after a mark are taken back when a choice fails */
    uint32_t equal_count, equal_capacity;
    uint32_t *slots, slot_count; /* open addressing over `equal` + 1 */
    pair different;      /* the first difference, deepest first */
    const char *problem;
    bool searching;      /* a choice is tried: differences are not the last word */
} walk;

static bool compare(walk *c, uint32_t source, uint32_t target);

/* ---- pairs that are known to be equal ---- */

static uint32_t pair_slot(const walk *c, uint32_t source, uint32_t target)
{
    uint64_t hash = ((uint64_t)source << 32 | target) * 0x9e3779b97f4a7c15u;
    uint32_t at = (uint32_t)(hash >> 32) & (c->slot_count - 1);
    while (c->slots[at] && (c->equal[c->slots[at] - 1].source != source || c->equal[c->slots[at] - 1].target != target))
        at = (at + 1) & (c->slot_count - 1);
    return at;
}

static void index_pairs(walk *c, uint32_t size)
{
    c->slot_count = size;
    c->slots = nw_arena_zero(&c->source->eval->arena, size * sizeof *c->slots);
    for (uint32_t i = 0; i < c->equal_count; i++)
        c->slots[pair_slot(c, c->equal[i].source, c->equal[i].target)] = i + 1;
}

static void note_equal(walk *c, uint32_t source, uint32_t target)
{
    if (2 * (c->equal_count + 1) > c->slot_count)
        index_pairs(c, c->slot_count ? c->slot_count * 2 : 1024);
    NW_ARENA_RESERVE(&c->source->eval->arena, c->equal, c->equal_count, c->equal_capacity);
    c->equal[c->equal_count++] = (pair){source, target};
    c->slots[pair_slot(c, source, target)] = c->equal_count;
}

static bool differ(walk *c, uint32_t source, uint32_t target, const char *problem)
{
    if (!c->searching && !c->problem) {
        c->different = (pair){source, target};
        c->problem = problem;
    }
    return false;
}

/* ---- one pair ---- */

/* Computed constants are rounded by one side after each step, by the other at the end. */
static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-6 * fmax(fabs(a), fabs(b));
}

static bool same_data(const nw_pivot_node *s, const nw_pivot_node *t)
{
    int64_t count = s->data && t->data ? nw_pivot_elements(s) : 0;
    if (!s->data != !t->data)
        return false;
    for (int64_t i = 0; i < count; i++)
        if (!same_number(s->data[i], t->data[i]))
            return false;
    return true;
}

static bool same_category(const nw_pivot_node *s, const nw_pivot_node *t)
{
    return s->dtype == t->dtype || nw_dtype_category((nw_dtype)s->dtype) == nw_dtype_category((nw_dtype)t->dtype);
}

/* All but the children. */
static const char *own_difference(const nw_pivot_node *s, const nw_pivot_node *t)
{
    if (s->op != t->op)
        return "another operator stands there";
    if (!nw_pivot_same_shape(s, t))
        return "the shapes differ";
    if (!same_category(s, t))
        return "the element types differ";
    if (s->op == NW_PIVOT_INPUT && s->index != t->index)
        return "another input is used";
    if (!same_data(s, t))
        return "the constants differ";
    if (s->child_count != t->child_count)
        return "the number of operands differs";
    if (s->attribute_count != t->attribute_count)
        return "the arguments differ";
    for (uint32_t i = 0; i < s->attribute_count; i++)
        if (s->attributes[i].name.v != t->attributes[i].name.v || !nw_pivot_value_equal(s->attributes[i].value, t->attributes[i].value, false))
            return "the arguments differ";
    return NULL;
}

static uint64_t signature(const nw_pivot *pivot, uint32_t node)
{
    return node ? nw_pivot_at(pivot, node)->signature : 0;
}

/* Whether the order of the operands matters. */
static bool any_order(const nw_pivot_node *node)
{
    return node->op == NW_PIVOT_ADD || node->op == NW_PIVOT_MULTIPLY || node->op == NW_PIVOT_MAXIMUM || node->op == NW_PIVOT_MINIMUM ||
           node->op == NW_PIVOT_EQUAL || node->op == NW_PIVOT_NOT_EQUAL || node->op == NW_PIVOT_LOGICAL_AND || node->op == NW_PIVOT_LOGICAL_OR;
}

/* Tries a pair; what it noted is taken back when it fails. */
static bool try_pair(walk *c, uint32_t source, uint32_t target, bool last)
{
    uint32_t equal_count = c->equal_count, bindings = c->solution.count;
    bool searching = c->searching;
    c->searching = searching || !last;
    bool found = compare(c, source, target);
    c->searching = searching;
    if (found)
        return true;
    c->equal_count = equal_count;
    c->solution.count = bindings;
    index_pairs(c, c->slot_count ? c->slot_count : 1024);
    return false;
}

/* Each operand of the target finds one of the source: the first of equal signature that fits. */
static bool compare_unordered(walk *c, const nw_pivot_node *s, const nw_pivot_node *t)
{
    bool *taken = nw_arena_zero(&c->source->eval->arena, s->child_count * sizeof *taken);
    for (uint32_t i = 0; i < t->child_count; i++) {
        uint32_t candidates = 0, tried = 0, found = UINT32_MAX;
        for (uint32_t k = 0; k < s->child_count; k++)
            candidates += !taken[k] && signature(c->source, s->children[k]) == signature(c->target, t->children[i]);
        for (uint32_t k = 0; k < s->child_count && found == UINT32_MAX; k++)
            if (!taken[k] && signature(c->source, s->children[k]) == signature(c->target, t->children[i]) &&
                try_pair(c, s->children[k], t->children[i], ++tried == candidates))
                found = k;
        if (found == UINT32_MAX)
            return false;
        taken[found] = true;
    }
    return true;
}

static bool compare_children(walk *c, const nw_pivot_node *s, const nw_pivot_node *t)
{
    if (any_order(t) && t->child_count > 1)
        return compare_unordered(c, s, t);
    for (uint32_t i = 0; i < t->child_count; i++)
        if (!compare(c, s->children[i], t->children[i]))
            return false;
    return true;
}

/* Looks for the deepest place where two nodes of different signature differ. */
static bool find_difference(walk *c, uint32_t source, uint32_t target, const nw_pivot_node *s, const nw_pivot_node *t)
{
    const char *problem = own_difference(s, t);
    if (problem || c->searching)
        return differ(c, source, target, problem);
    bool *taken = nw_arena_zero(&c->source->eval->arena, (s->child_count + 1) * sizeof *taken);
    bool *settled = nw_arena_zero(&c->source->eval->arena, (t->child_count + 1) * sizeof *settled);
    for (uint32_t i = 0; any_order(t) && i < t->child_count; i++)
        for (uint32_t k = 0; k < s->child_count && !settled[i]; k++)
            if (!taken[k] && signature(c->source, s->children[k]) == signature(c->target, t->children[i]))
                taken[k] = settled[i] = true;
    for (uint32_t i = 0, k = 0; i < t->child_count; i++) {
        if (settled[i])
            continue;
        while (any_order(t) && taken[k])
            k++;
        uint32_t other = any_order(t) ? k++ : i;
        if (signature(c->source, s->children[other]) != signature(c->target, t->children[i]) && !compare(c, s->children[other], t->children[i]))
            return false;
    }
    return differ(c, source, target, "the operands differ");
}

static bool compare(walk *c, uint32_t source, uint32_t target)
{
    if (!source || !target)
        return source == target || differ(c, source, target, source ? "the target has no such operand" : "the source has no such operand");
    if (c->slot_count && c->slots[pair_slot(c, source, target)])
        return true;
    const nw_pivot_node *s = nw_pivot_at(c->source, source), *t = nw_pivot_at(c->target, target);
    if (s->op == NW_PIVOT_OPAQUE || t->op == NW_PIVOT_OPAQUE)
        return differ(c, source, target, s->op == NW_PIVOT_OPAQUE ? s->reason : t->reason);
    if (t->of_state && s->of_state) {
        if (!nw_pivot_same_shape(s, t))
            return differ(c, source, target, "the shapes differ");
        if (!nw_pivot_solve(&c->solution, target, source))
            return differ(c, source, target, "a tensor of the target's state would have to be two tensors of the source's at once");
    } else if (s->signature != t->signature) {
        return find_difference(c, source, target, s, t);
    } else {
        const char *problem = own_difference(s, t);
        if (problem || !compare_children(c, s, t))
            return differ(c, source, target, problem ? problem : "the operands differ");
    }
    note_equal(c, source, target);
    return true;
}

/* ---- whole graphs ---- */

static nw_pivot_side side_of(const nw_pivot *pivot, uint32_t node)
{
    nw_pivot_side side = {.words = nw_pivot_words(pivot, node)};
    if (node)
        side.place = nw_pivot_at(pivot, node)->place;
    return side;
}

/* The first node that another one stands on and whose meaning is not known: more of a reason than what differs behind it. 0: none. */
static uint32_t first_unknown(const nw_pivot *pivot, uint32_t node)
{
    bool *below = nw_arena_zero(&pivot->eval->arena, (node + 1) * sizeof *below);
    uint32_t found = 0;
    below[node] = true;
    for (uint32_t i = node; i > 0; i--) { /* operands come first */
        const nw_pivot_node *n = pivot->nodes[i];
        if (!below[i])
            continue;
        found = n->op == NW_PIVOT_OPAQUE ? i : found;
        for (uint32_t k = 0; k < n->child_count; k++)
            below[n->children[k] < i ? n->children[k] : 0] = true;
    }
    return found;
}

static void blame_unknown(walk *c)
{
    uint32_t source = first_unknown(c->source, c->different.source), target = first_unknown(c->target, c->different.target);
    if (source || target)
        c->problem = source ? nw_pivot_at(c->source, source)->reason : nw_pivot_at(c->target, target)->reason;
    if (source)
        c->different.source = source;
    if (target)
        c->different.target = target;
}

/* Another number of outputs: the first that one side alone has. */
static void blame_surplus(walk *c)
{
    uint32_t source = c->source->output_count, target = c->target->output_count;
    c->problem = source ? "the number of outputs differs" : "there is no output to compare";
    c->different.source = source > target ? c->source->outputs[target].node : 0;
    c->different.target = target > source ? c->target->outputs[source].node : 0;
}

nw_pivot_comparison nw_pivot_compare(nw_pivot *source, nw_pivot *target)
{
    walk c = {.source = source, .target = target, .solution = {.source = source, .target = target}};
    nw_pivot_comparison result = {0};
    bool equal = source->output_count == target->output_count && source->output_count > 0;
    if (!equal)
        blame_surplus(&c);
    for (uint32_t i = 0; equal && i < source->output_count; i++)
        equal = compare(&c, source->outputs[i].node, target->outputs[i].node);
    if (!equal)
        blame_unknown(&c);
    result.problem = equal ? NULL : c.problem;
    result.source = side_of(source, c.different.source);
    result.target = side_of(target, c.different.target);
    result.equal = equal && nw_pivot_solution_rows(&c.solution, &result);
    return result;
}

static void explain_side(const char *name, const nw_pivot_side *side, nw_buffer *out)
{
    const char *path;
    nw_position position;
    nw_buffer_format(out, "; %s: %s", name, side->words);
    if (nw_place_position(side->place, &path, &position))
        nw_buffer_format(out, " at %s:%u", path, position.line);
}

void nw_pivot_explain(const nw_pivot_comparison *comparison, nw_buffer *out)
{
    if (comparison->equal) {
        nw_buffer_text(out, "the networks are equal");
        return;
    }
    nw_buffer_format(out, "the networks differ: %s", comparison->problem);
    explain_side("source", &comparison->source, out);
    explain_side("target", &comparison->target, out);
}
