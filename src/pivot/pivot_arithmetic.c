/* Sums and products in one form.
 *
 * ADD(x, y, ...; constant) is a sum of terms and a number, MULTIPLY(x, y, ...; factor) a product of factors and a number,
 * POWER(x; exponent) covers squares, roots and reciprocals. Numbers are gathered; sums in sums and products in products are
 * flattened; a number times a sum is a sum. Operands of other element types are left as they are: there a conversion takes place. */
#include "pivot/pivot_node.h"

#include <math.h>
#include <string.h>

static const double MAX_GATHERED = 1e8; /* larger numbers absorb what is added to them: they are not moved around */

/* ---- operands ---- */

uint32_t nw_pivot_operand(nw_pivot *pivot, uint32_t node, const int64_t *shape, int rank)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    nw_pivot_node whole = {.rank = (int16_t)rank, .shape = (int64_t *)shape};
    double number;
    while (n->op == NW_PIVOT_BROADCAST_TO) {
        node = n->children[0];
        n = nw_pivot_at(pivot, node);
    }
    if (n->rank > 0 && nw_pivot_scalar_value(pivot, node, true, &number))
        return nw_pivot_scalar(pivot, number, (nw_dtype)n->dtype);
    if (nw_pivot_elements(n) == nw_pivot_elements(&whole))
        return nw_pivot_reshape(pivot, node, shape, rank);
    int ones = 0;
    while (ones < n->rank && n->shape[ones] == 1)
        ones++;
    return ones ? nw_pivot_reshape(pivot, node, n->shape + ones, n->rank - ones) : node;
}

bool nw_pivot_broadcast_shape(const nw_pivot *pivot, const uint32_t *nodes, uint32_t count, int64_t *shape, int *rank)
{
    *rank = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (nw_pivot_at(pivot, nodes[i])->rank < 0)
            return false;
        if (nw_pivot_at(pivot, nodes[i])->rank > *rank)
            *rank = nw_pivot_at(pivot, nodes[i])->rank;
    }
    for (int k = 0; k < *rank; k++)
        shape[k] = 1;
    for (uint32_t i = 0; i < count; i++) {
        const nw_pivot_node *n = nw_pivot_at(pivot, nodes[i]);
        for (int k = 0; k < n->rank; k++) {
            int64_t *size = &shape[*rank - n->rank + k];
            if (n->shape[k] == 1 || n->shape[k] == *size)
                continue;
            if (*size != 1)
                return false;
            *size = n->shape[k];
        }
    }
    return true;
}

static nw_dtype wider(nw_dtype a, nw_dtype b)
{
    if (a == NW_DTYPE_UNKNOWN || b == NW_DTYPE_UNKNOWN)
        return a == NW_DTYPE_UNKNOWN ? b : a;
    int x = nw_dtype_category(a), y = nw_dtype_category(b);
    if (x != y)
        return x > y ? a : b;
    if (nw_dtype_size(a) == nw_dtype_size(b) && a != b)
        return x == 2 ? NW_DTYPE_FLOAT32 : NW_DTYPE_INT64;
    return nw_dtype_size(a) > nw_dtype_size(b) ? a : b;
}

/* Operands without dimensions count only by their category. */
nw_dtype nw_pivot_promote(const nw_pivot *pivot, const uint32_t *nodes, uint32_t count)
{
    nw_dtype ranked = NW_DTYPE_UNKNOWN, scalar = NW_DTYPE_UNKNOWN;
    for (uint32_t i = 0; i < count; i++) {
        const nw_pivot_node *n = nw_pivot_at(pivot, nodes[i]);
        nw_dtype *into = n->rank == 0 ? &scalar : &ranked;
        *into = wider(*into, (nw_dtype)n->dtype);
    }
    if (ranked == NW_DTYPE_UNKNOWN)
        return scalar;
    if (scalar == NW_DTYPE_UNKNOWN || nw_dtype_category(scalar) <= nw_dtype_category(ranked))
        return ranked;
    return nw_dtype_category(scalar) == 2 ? NW_DTYPE_FLOAT32 : scalar;
}

static double attribute_number(const nw_pivot *pivot, uint32_t node, const char *name, double otherwise)
{
    nw_value value = nw_pivot_attribute_of(pivot, node, name);
    return value.kind == NW_FLOAT ? value.as.number : value.kind == NW_INT ? (double)value.as.integer : otherwise;
}

static bool is_float(nw_dtype dtype)
{
    return nw_dtype_category(dtype) >= 2;
}

static uint32_t unknown_operands(nw_pivot *pivot, nw_dtype dtype)
{
    return nw_pivot_opaque(pivot, NULL, NW_PIVOT_UNKNOWN_RANK, dtype, "operands whose shapes do not fit or are not known");
}

/* ---- lists of terms or factors ---- */

typedef struct item {
    uint32_t node;
    double number; /* coefficient or exponent */
} item;

typedef struct items {
    item *list;
    uint32_t count, capacity;
    double number; /* constant or factor */
    nw_dtype dtype; /* of the result */
    const int64_t *shape;
    int rank;
} items;

static void add_item(nw_pivot *pivot, items *to, uint32_t node, double number)
{
    NW_ARENA_RESERVE(&pivot->eval->arena, to->list, to->count, to->capacity);
    to->list[to->count++] = (item){node, number};
}

/* ---- sums ---- */

uint32_t nw_pivot_scaled_child(const nw_pivot *pivot, uint32_t node, double *factor)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    if (n->op != NW_PIVOT_MULTIPLY || n->child_count != 1 || nw_pivot_at(pivot, n->children[0])->dtype != n->dtype ||
        !nw_pivot_same_shape(n, nw_pivot_at(pivot, n->children[0])))
        return 0;
    *factor = attribute_number(pivot, node, "factor", 1);
    return n->children[0];
}

static uint32_t make_product(nw_pivot *pivot, const uint32_t *children, uint32_t count, double factor, nw_dtype dtype, const int64_t *shape, int rank)
{
    nw_pivot_plain plain = {.op = NW_PIVOT_MULTIPLY, .dtype = dtype, .shape = shape, .rank = rank, .children = children, .child_count = count};
    if (factor != 1)
        nw_pivot_plain_add(pivot, &plain, "factor", nw_float(factor));
    return nw_pivot_make(pivot, &plain);
}

/* The node without its number in front, which is multiplied into *factor. */
static uint32_t take_factor(nw_pivot *pivot, uint32_t node, double *factor)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    double own = n->op == NW_PIVOT_MULTIPLY ? attribute_number(pivot, node, "factor", 1) : 1;
    if (own == 1)
        return node;
    if (n->child_count == 1) {
        uint32_t child = nw_pivot_scaled_child(pivot, node, &own);
        if (!child)
            return node;
        *factor *= own;
        return child;
    }
    *factor *= own;
    return make_product(pivot, n->children, n->child_count, 1, (nw_dtype)n->dtype, n->shape, n->rank);
}

static void add_terms(nw_pivot *pivot, items *sum, uint32_t node, double coefficient)
{
    node = nw_pivot_operand(pivot, node, sum->shape, sum->rank);
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    double number;
    if (nw_pivot_scalar_value(pivot, node, false, &number) && fabs(number * coefficient) <= MAX_GATHERED) {
        sum->number += number * coefficient;
        return;
    }
    double constant = n->op == NW_PIVOT_ADD ? attribute_number(pivot, node, "constant", 0) : 0;
    if (n->op == NW_PIVOT_ADD && n->dtype == nw_pivot_dtype(sum->dtype) && fabs(constant * coefficient) <= MAX_GATHERED) {
        sum->number += constant * coefficient;
        for (uint32_t i = 0; i < n->child_count; i++)
            add_terms(pivot, sum, n->children[i], coefficient);
        return;
    }
    if (n->dtype == nw_pivot_dtype(sum->dtype))
        node = take_factor(pivot, node, &coefficient);
    for (uint32_t i = 0; i < sum->count; i++)
        if (sum->list[i].node == node) {
            sum->list[i].number += coefficient;
            return;
        }
    add_item(pivot, sum, node, coefficient);
}

static uint32_t scaled_term(nw_pivot *pivot, item term, nw_dtype dtype)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, term.node);
    if (term.number == 1)
        return term.node;
    if (n->op == NW_PIVOT_MULTIPLY && n->dtype == nw_pivot_dtype(dtype)) {
        double factor = attribute_number(pivot, term.node, "factor", 1) * term.number;
        return make_product(pivot, n->children, n->child_count, factor, dtype, n->shape, n->rank);
    }
    return make_product(pivot, &term.node, 1, term.number, dtype, n->shape, n->rank);
}

static uint32_t make_sum(nw_pivot *pivot, const items *sum);

/* The same sum before the move that its terms share, and the move; 0: they share none. */
static uint32_t lift_sum(nw_pivot *pivot, const items *sum)
{
    uint32_t *nodes = nw_arena_alloc(&pivot->eval->arena, (2 * sum->count + 1) * sizeof *nodes), *lifted = nodes + sum->count;
    nw_pivot_digits digits;
    for (uint32_t i = 0; i < sum->count; i++)
        nodes[i] = sum->list[i].node;
    if (!nw_pivot_lift(pivot, nodes, sum->count, sum->shape, sum->rank, lifted, &digits))
        return 0;
    const nw_pivot_node *base = nw_pivot_at(pivot, digits.base);
    items inner = {.number = sum->number, .dtype = sum->dtype, .shape = base->shape, .rank = base->rank};
    for (uint32_t i = 0; i < sum->count; i++)
        add_terms(pivot, &inner, lifted[i], sum->list[i].number);
    return nw_pivot_digits_apply(pivot, make_sum(pivot, &inner), &digits, sum->shape, sum->rank);
}

/* x - x is nothing, for an x that is known. */
static items without_zeros(nw_pivot *pivot, const items *sum)
{
    items left = *sum;
    left.list = nw_arena_alloc(&pivot->eval->arena, (sum->count + 1) * sizeof *left.list);
    left.count = 0;
    left.capacity = sum->count + 1;
    for (uint32_t i = 0; i < sum->count; i++)
        if (sum->list[i].number != 0 || nw_pivot_at(pivot, sum->list[i].node)->op == NW_PIVOT_OPAQUE)
            left.list[left.count++] = sum->list[i];
    return left;
}

static uint32_t make_sum(nw_pivot *pivot, const items *given)
{
    const items left = without_zeros(pivot, given), *sum = &left;
    const int64_t *shape = sum->shape;
    int rank = sum->rank;
    uint32_t lifted = sum->count > 1 || (sum->count && sum->number != 0) ? lift_sum(pivot, sum) : 0;
    if (lifted)
        return lifted;
    uint32_t *children = nw_arena_alloc(&pivot->eval->arena, (sum->count + 1) * sizeof *children);
    for (uint32_t i = 0; i < sum->count; i++)
        children[i] = scaled_term(pivot, sum->list[i], sum->dtype);
    if (sum->count == 0)
        return nw_pivot_broadcast(pivot, nw_pivot_scalar(pivot, sum->number, sum->dtype), shape, rank);
    if (sum->count == 1 && sum->number == 0)
        return nw_pivot_broadcast(pivot, nw_pivot_cast(pivot, children[0], sum->dtype), shape, rank);
    nw_pivot_plain plain = {.op = NW_PIVOT_ADD, .dtype = sum->dtype, .shape = shape, .rank = rank, .children = children, .child_count = sum->count};
    if (sum->number != 0)
        nw_pivot_plain_add(pivot, &plain, "constant", nw_float(sum->number));
    return nw_pivot_make(pivot, &plain);
}

static uint32_t combine(nw_pivot *pivot, uint32_t a, uint32_t b, double coefficient)
{
    int64_t shape[NW_PIVOT_MAX_RANK];
    uint32_t both[] = {a, b};
    items sum = {.dtype = nw_pivot_promote(pivot, both, 2), .shape = shape};
    if (!nw_pivot_broadcast_shape(pivot, both, 2, shape, &sum.rank))
        return unknown_operands(pivot, sum.dtype);
    add_terms(pivot, &sum, a, 1);
    add_terms(pivot, &sum, b, coefficient);
    return make_sum(pivot, &sum);
}

uint32_t nw_pivot_add(nw_pivot *pivot, uint32_t a, uint32_t b)
{
    return combine(pivot, a, b, 1);
}

uint32_t nw_pivot_subtract(nw_pivot *pivot, uint32_t a, uint32_t b)
{
    return combine(pivot, a, b, -1);
}

uint32_t nw_pivot_offset(nw_pivot *pivot, uint32_t node, double offset)
{
    return nw_pivot_add(pivot, node, nw_pivot_scalar(pivot, offset, (nw_dtype)nw_pivot_at(pivot, node)->dtype));
}

uint32_t nw_pivot_scale(nw_pivot *pivot, uint32_t node, double factor)
{
    return nw_pivot_multiply(pivot, node, nw_pivot_scalar(pivot, factor, (nw_dtype)nw_pivot_at(pivot, node)->dtype));
}

/* ---- products ---- */

/* A sum as factor: the coefficient of its first term stands outside. */
static uint32_t take_content(nw_pivot *pivot, uint32_t node, double *factor)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    double first = 1;
    if (n->op != NW_PIVOT_ADD || !is_float((nw_dtype)n->dtype))
        return node;
    take_factor(pivot, n->children[0], &first);
    if (first == 1 || first == 0 || !isfinite(first))
        return node;
    items sum = {.dtype = (nw_dtype)n->dtype, .shape = n->shape, .rank = n->rank};
    add_terms(pivot, &sum, node, 1 / first);
    *factor *= first;
    return make_sum(pivot, &sum);
}

static bool is_natural(double number)
{
    return number > 0 && number == floor(number);
}

static void add_factor(nw_pivot *pivot, items *product, uint32_t node)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    double exponent = n->op == NW_PIVOT_POWER && n->child_count == 1 ? attribute_number(pivot, node, "exponent", 1) : 1;
    uint32_t base = exponent != 1 && is_natural(exponent) ? n->children[0] : node;
    if (base == node)
        exponent = 1;
    for (uint32_t i = 0; i < product->count; i++)
        if (product->list[i].node == base) {
            product->list[i].number += exponent;
            return;
        }
    add_item(pivot, product, base, exponent);
}

static void add_factors(nw_pivot *pivot, items *product, uint32_t node)
{
    node = nw_pivot_operand(pivot, node, product->shape, product->rank);
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    double number;
    if (nw_pivot_scalar_value(pivot, node, false, &number)) {
        product->number *= number;
        return;
    }
    if (n->op == NW_PIVOT_MULTIPLY && n->dtype == nw_pivot_dtype(product->dtype)) {
        product->number *= attribute_number(pivot, node, "factor", 1);
        for (uint32_t i = 0; i < n->child_count; i++)
            add_factors(pivot, product, n->children[i]);
        return;
    }
    add_factor(pivot, product, node);
}

/* node to a natural power as one factor more. */
static void add_powers(nw_pivot *pivot, items *product, uint32_t node, double exponent)
{
    if (exponent == 1) {
        add_factors(pivot, product, node);
        return;
    }
    for (uint32_t i = 0; i < product->count; i++)
        if (product->list[i].node == node) {
            product->list[i].number += exponent;
            return;
        }
    add_item(pivot, product, node, exponent);
}

static uint32_t make_power(nw_pivot *pivot, uint32_t node, double exponent, nw_dtype dtype)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    if (exponent == 1)
        return node;
    nw_pivot_plain plain = {.op = NW_PIVOT_POWER, .dtype = dtype, .shape = n->shape, .rank = n->rank, .children = &node, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "exponent", nw_float(exponent));
    return nw_pivot_make_elementwise(pivot, &plain);
}

/* A single sum that is scaled: a sum. */
static uint32_t scale_sum(nw_pivot *pivot, uint32_t node, double factor, nw_dtype dtype, const int64_t *shape, int rank)
{
    items sum = {.dtype = dtype, .shape = shape, .rank = rank};
    add_terms(pivot, &sum, node, factor);
    return make_sum(pivot, &sum);
}

static void add_powers(nw_pivot *pivot, items *product, uint32_t node, double exponent);
static uint32_t finish_product(nw_pivot *pivot, items *product);

/* The same product before the move that its factors share, and the move; 0: they share none. */
static uint32_t lift_product(nw_pivot *pivot, const items *product)
{
    uint32_t *nodes = nw_arena_alloc(&pivot->eval->arena, (2 * product->count + 1) * sizeof *nodes), *lifted = nodes + product->count;
    nw_pivot_digits digits;
    for (uint32_t i = 0; i < product->count; i++)
        nodes[i] = product->list[i].node;
    if (!nw_pivot_lift(pivot, nodes, product->count, product->shape, product->rank, lifted, &digits))
        return 0;
    const nw_pivot_node *base = nw_pivot_at(pivot, digits.base);
    items inner = {.number = product->number, .dtype = product->dtype, .shape = base->shape, .rank = base->rank};
    for (uint32_t i = 0; i < product->count; i++)
        add_powers(pivot, &inner, lifted[i], product->list[i].number);
    return nw_pivot_digits_apply(pivot, finish_product(pivot, &inner), &digits, product->shape, product->rank);
}

static uint32_t finish_product(nw_pivot *pivot, items *product)
{
    const int64_t *shape = product->shape;
    int rank = product->rank;
    uint32_t lifted = product->count > 1 ? lift_product(pivot, product) : 0;
    if (lifted)
        return lifted;
    uint32_t *children = nw_arena_alloc(&pivot->eval->arena, (product->count + 1) * sizeof *children);
    for (uint32_t i = 0; i < product->count && product->number == 0; i++) /* nothing of what is known */
        if (nw_pivot_at(pivot, product->list[i].node)->op == NW_PIVOT_OPAQUE)
            return nw_pivot_at(pivot, product->list[i].node)->rank < 0 ? product->list[i].node : unknown_operands(pivot, product->dtype);
    if (product->count == 0 || product->number == 0)
        return nw_pivot_broadcast(pivot, nw_pivot_scalar(pivot, product->number, product->dtype), shape, rank);
    for (uint32_t i = 0; i < product->count; i++) {
        item *factor = &product->list[i];
        if (product->count > 1 || factor->number != 1)
            factor->node = factor->number == 1 ? take_content(pivot, factor->node, &product->number) : factor->node;
        children[i] = make_power(pivot, factor->node, factor->number, (nw_dtype)nw_pivot_at(pivot, factor->node)->dtype);
    }
    const nw_pivot_node *only = nw_pivot_at(pivot, children[0]);
    if (product->count == 1 && product->number == 1)
        return nw_pivot_broadcast(pivot, nw_pivot_cast(pivot, children[0], product->dtype), shape, rank);
    if (product->count == 1 && only->op == NW_PIVOT_ADD && only->dtype == nw_pivot_dtype(product->dtype))
        return scale_sum(pivot, children[0], product->number, product->dtype, shape, rank);
    return make_product(pivot, children, product->count, product->number, product->dtype, shape, rank);
}

uint32_t nw_pivot_multiply(nw_pivot *pivot, uint32_t a, uint32_t b)
{
    int64_t shape[NW_PIVOT_MAX_RANK];
    uint32_t both[] = {a, b};
    items product = {.number = 1, .dtype = nw_pivot_promote(pivot, both, 2), .shape = shape};
    if (!nw_pivot_broadcast_shape(pivot, both, 2, shape, &product.rank))
        return unknown_operands(pivot, product.dtype);
    add_factors(pivot, &product, a);
    add_factors(pivot, &product, b);
    return finish_product(pivot, &product);
}

/* Whether (x^inner)^outer is x^(inner * outer) for every x. */
static bool powers_combine(double inner, double outer)
{
    bool integers = inner == floor(inner) && outer == floor(outer);
    return outer == -1 || inner == -1 || integers;
}

uint32_t nw_pivot_power(nw_pivot *pivot, uint32_t node, double exponent)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    nw_dtype dtype = is_float((nw_dtype)n->dtype) || is_natural(exponent) ? (nw_dtype)n->dtype : NW_DTYPE_FLOAT32;
    double number;
    if (exponent == 1)
        return node;
    if (nw_pivot_scalar_value(pivot, node, false, &number) && n->rank == 0)
        return nw_pivot_scalar(pivot, pow(number, exponent), dtype);
    if (n->rank < 0)
        return unknown_operands(pivot, dtype);
    if (dtype != (nw_dtype)n->dtype)
        return nw_pivot_power(pivot, nw_pivot_cast(pivot, node, dtype), exponent);
    if (n->op == NW_PIVOT_MOVE) {
        nw_pivot_digits digits = nw_pivot_digits_of(pivot, node);
        return nw_pivot_digits_apply(pivot, nw_pivot_power(pivot, n->children[0], exponent), &digits, n->shape, n->rank);
    }
    if (!is_float((nw_dtype)n->dtype))
        return make_power(pivot, node, exponent, dtype);
    double inner = n->op == NW_PIVOT_POWER && n->child_count == 1 ? attribute_number(pivot, node, "exponent", 1) : 0;
    if (inner != 0 && powers_combine(inner, exponent))
        return nw_pivot_power(pivot, n->children[0], inner * exponent);
    if (n->op != NW_PIVOT_MULTIPLY || (exponent != -1 && exponent != 2))
        return make_power(pivot, node, exponent, dtype);
    items product = {.number = pow(attribute_number(pivot, node, "factor", 1), exponent), .dtype = dtype,
                     .shape = n->shape, .rank = n->rank};
    for (uint32_t i = 0; i < n->child_count; i++)
        add_factors(pivot, &product, nw_pivot_power(pivot, n->children[i], exponent));
    return finish_product(pivot, &product);
}

uint32_t nw_pivot_reciprocal(nw_pivot *pivot, uint32_t node)
{
    return nw_pivot_power(pivot, node, -1);
}

uint32_t nw_pivot_divide(nw_pivot *pivot, uint32_t a, uint32_t b)
{
    uint32_t both[] = {a, b};
    if (!is_float(nw_pivot_promote(pivot, both, 2)))
        a = nw_pivot_cast(pivot, a, NW_DTYPE_FLOAT32);
    return nw_pivot_multiply(pivot, a, nw_pivot_reciprocal(pivot, b));
}

/* ---- other elementwise operators ---- */

uint32_t nw_pivot_unary(nw_pivot *pivot, nw_pivot_operator op, uint32_t node)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    bool floats = op != NW_PIVOT_ABS && op != NW_PIVOT_SIGN && op != NW_PIVOT_FLOOR && op != NW_PIVOT_CEIL && op != NW_PIVOT_ROUND &&
                  op != NW_PIVOT_TRUNCATE && op != NW_PIVOT_BITWISE_NOT;
    nw_dtype dtype = floats && !is_float((nw_dtype)n->dtype) ? NW_DTYPE_FLOAT32 : (nw_dtype)n->dtype;
    if (dtype != (nw_dtype)n->dtype)
        return nw_pivot_unary(pivot, op, nw_pivot_cast(pivot, node, dtype));
    return nw_pivot_make_elementwise(pivot, &(nw_pivot_plain){.op = op, .dtype = dtype, .shape = n->shape, .rank = n->rank, .children = &node, .child_count = 1});
}

uint32_t nw_pivot_binary(nw_pivot *pivot, nw_pivot_operator op, uint32_t a, uint32_t b, nw_dtype dtype)
{
    int64_t shape[NW_PIVOT_MAX_RANK];
    int rank;
    uint32_t both[] = {a, b};
    if (dtype == NW_DTYPE_UNKNOWN)
        dtype = nw_pivot_promote(pivot, both, 2);
    if (!nw_pivot_broadcast_shape(pivot, both, 2, shape, &rank))
        return unknown_operands(pivot, dtype);
    both[0] = nw_pivot_operand(pivot, a, shape, rank);
    both[1] = nw_pivot_operand(pivot, b, shape, rank);
    return nw_pivot_make_elementwise(pivot, &(nw_pivot_plain){.op = op, .dtype = dtype, .shape = shape, .rank = rank, .children = both, .child_count = 2});
}

/* Limits of limits are limits: clip(clip(x, a, b), c, d) = clip(x, clip(a, c, d), clip(b, c, d)). */
uint32_t nw_pivot_clip(nw_pivot *pivot, uint32_t node, double low, double high)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    if (n->op == NW_PIVOT_CLIP && n->child_count == 1) {
        double inner_low = attribute_number(pivot, node, "low", -INFINITY), inner_high = attribute_number(pivot, node, "high", INFINITY);
        double new_low = fmin(fmax(inner_low, low), high), new_high = fmin(fmax(inner_high, low), high);
        return nw_pivot_clip(pivot, n->children[0], new_low, new_high);
    }
    if (n->op == NW_PIVOT_MOVE) {
        nw_pivot_digits digits = nw_pivot_digits_of(pivot, node);
        return nw_pivot_digits_apply(pivot, nw_pivot_clip(pivot, n->children[0], low, high), &digits, n->shape, n->rank);
    }
    if (low == -INFINITY && high == INFINITY)
        return node;
    nw_pivot_plain plain = {.op = NW_PIVOT_CLIP, .dtype = (nw_dtype)n->dtype, .shape = n->shape, .rank = n->rank, .children = &node, .child_count = 1};
    if (low != -INFINITY)
        nw_pivot_plain_add(pivot, &plain, "low", nw_float(low));
    if (high != INFINITY)
        nw_pivot_plain_add(pivot, &plain, "high", nw_float(high));
    return nw_pivot_make_elementwise(pivot, &plain);
}

uint32_t nw_pivot_cast(nw_pivot *pivot, uint32_t node, nw_dtype dtype)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    if (dtype == NW_DTYPE_UNKNOWN || n->dtype == nw_pivot_dtype(dtype))
        return node;
    if (n->data && n->rank == 0 && is_float(dtype))
        return nw_pivot_scalar(pivot, n->data[0], dtype);
    nw_pivot_plain plain = {.op = NW_PIVOT_CAST, .dtype = dtype, .shape = n->shape, .rank = n->rank, .children = &node, .child_count = 1};
    nw_pivot_plain_add(pivot, &plain, "dtype", nw_string_of(pivot->eval, nw_dtype_name(nw_pivot_dtype(dtype))));
    return nw_pivot_make_elementwise(pivot, &plain);
}
