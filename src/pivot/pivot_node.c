/* The table of nodes. */
#include "pivot/pivot_node.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const names[] = {
#define NW_PIVOT_OPERATOR(id, name, tensors, attributes, build) name,
#include "pivot/operator.def"
#undef NW_PIVOT_OPERATOR
};

const char *nw_pivot_operator_name(nw_pivot_operator op)
{
    return names[op];
}

nw_pivot_operator nw_pivot_operator_find(const char *name)
{
    for (int i = 1; i < NW_PIVOT_OPERATOR_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return (nw_pivot_operator)i;
    return NW_PIVOT_OPERATOR_COUNT;
}

nw_dtype nw_pivot_dtype(nw_dtype dtype)
{
    return dtype == NW_DTYPE_INT32 ? NW_DTYPE_INT64 : dtype;
}

/* ---- sizes that are not given ---- */

static bool integer_of(const nw_pivot *pivot, nw_value value, int64_t *integer, int depth)
{
    int64_t a, b;
    if (nw_known_integer(value, integer))
        return true;
    if (value.kind != NW_OPAQUE || depth > 20)
        return false;
    const nw_opaque *opaque = value.as.opaque;
    for (uint32_t i = 0; i < pivot->symbol_count; i++)
        if (pivot->symbols[i] == opaque) {
            *integer = pivot->symbol_sizes[i];
            return true;
        }
    if (opaque->origin != NW_ORIGIN_EXPRESSION || opaque->operand_count < 1 || opaque->operand_count > 2 || !integer_of(pivot, opaque->operands[0], &a, depth + 1))
        return false;
    if (opaque->operand_count == 1) {
        *integer = -a;
        return opaque->op == NW_OPERATOR_NEGATE;
    }
    if (!integer_of(pivot, opaque->operands[1], &b, depth + 1))
        return false;
    switch (opaque->op) {
    case NW_OPERATOR_ADD: return !__builtin_add_overflow(a, b, integer);
    case NW_OPERATOR_SUBTRACT: return !__builtin_sub_overflow(a, b, integer);
    case NW_OPERATOR_MULTIPLY: return !__builtin_mul_overflow(a, b, integer);
    case NW_OPERATOR_FLOOR_DIVIDE: *integer = b > 0 && a >= 0 ? a / b : 0; return b > 0 && a >= 0;
    case NW_OPERATOR_MODULO: *integer = b > 0 && a >= 0 ? a % b : 0; return b > 0 && a >= 0;
    default: return false;
    }
}

nw_value nw_pivot_settle(nw_pivot *pivot, nw_value value)
{
    int64_t integer;
    value = nw_settle(pivot->eval, value);
    return value.kind == NW_OPAQUE && pivot->symbol_count && integer_of(pivot, value, &integer, 0) ? nw_int(integer) : value;
}

/* ---- values of attributes ---- */

static bool number_of(nw_value value, double *number)
{
    if (!nw_is_number(value))
        return false;
    *number = value.kind == NW_FLOAT ? value.as.number : (double)value.as.integer;
    return true;
}

static bool numbers_equal(double a, double b, bool exact)
{
    if (a == b || (isnan(a) && isnan(b)))
        return true;
    return !exact && isfinite(a) && isfinite(b) && fabs(a - b) <= 1e-6 * fmax(fabs(a), fabs(b));
}

bool nw_pivot_value_equal(nw_value a, nw_value b, bool exact)
{
    double x, y;
    bool is_computed = a.kind == NW_FLOAT || b.kind == NW_FLOAT;
    if (number_of(a, &x) && number_of(b, &y))
        return numbers_equal(x, y, exact || !is_computed);
    if (a.kind != b.kind)
        return false;
    if (a.kind == NW_STRING)
        return a.as.symbol.v == b.as.symbol.v;
    if (a.kind != NW_TUPLE)
        return true;
    if (a.as.tuple->count != b.as.tuple->count)
        return false;
    for (uint32_t i = 0; i < a.as.tuple->count; i++)
        if (!nw_pivot_value_equal(a.as.tuple->items[i], b.as.tuple->items[i], exact))
            return false;
    return true;
}

nw_value nw_pivot_integers(nw_pivot *pivot, const int64_t *numbers, uint32_t count)
{
    nw_tuple *tuple = nw_tuple_make(pivot->eval, count);
    for (uint32_t i = 0; i < count; i++)
        tuple->items[i] = nw_int(numbers[i]);
    return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
}

nw_value nw_pivot_attribute_of(const nw_pivot *pivot, uint32_t node, const char *name)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    for (uint32_t i = 0; i < n->attribute_count; i++)
        if (strcmp(nw_symbol_bytes(pivot->eval->symbols, n->attributes[i].name), name) == 0)
            return n->attributes[i].value;
    return nw_unset();
}

uint32_t nw_pivot_integers_of(const nw_pivot *pivot, uint32_t node, const char *name, int64_t *out)
{
    nw_value value = nw_pivot_attribute_of(pivot, node, name);
    if (value.kind != NW_TUPLE || value.as.tuple->count > NW_PIVOT_MAX_RANK)
        return 0;
    for (uint32_t i = 0; i < value.as.tuple->count; i++)
        if (!nw_known_integer(value.as.tuple->items[i], &out[i]))
            return 0;
    return value.as.tuple->count;
}

int64_t nw_pivot_elements(const nw_pivot_node *node)
{
    int64_t product = 1;
    if (node->rank < 0)
        return -1;
    for (int i = 0; i < node->rank; i++)
        if (__builtin_mul_overflow(product, node->shape[i], &product))
            return -1;
    return product;
}

bool nw_pivot_same_shape(const nw_pivot_node *a, const nw_pivot_node *b)
{
    return a->rank == b->rank && (a->rank <= 0 || memcmp(a->shape, b->shape, (size_t)a->rank * sizeof *a->shape) == 0);
}

/* ---- hashing ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash ^= value + 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2);
    hash *= 0xff51afd7ed558ccdu;
    return hash ^ (hash >> 33);
}

static uint64_t hash_number(double number)
{
    if (number == 0 || !isfinite(number))
        return isnan(number) ? 1 : number > 0 ? 2 : number < 0 ? 3 : 0;
    int exponent;
    double mantissa = frexp(number, &exponent), sixteen_bits = round(mantissa * 65536); /* so that numbers that compare equal hash alike */
    if (fabs(sixteen_bits) == 65536) { /* a little below a power of two, such as the -2**32 + 1 that stands for it in masks */
        sixteen_bits /= 2;
        exponent++;
    }
    return (uint64_t)(int64_t)sixteen_bits ^ (uint64_t)(int64_t)exponent << 32;
}

static uint64_t hash_value(nw_value value)
{
    double number;
    if (number_of(value, &number))
        return hash_number(number);
    if (value.kind == NW_STRING)
        return mix(value.kind, value.as.symbol.v);
    uint64_t hash = mix(17, value.kind);
    if (value.kind == NW_TUPLE)
        for (uint32_t i = 0; i < value.as.tuple->count; i++)
            hash = mix(hash, hash_value(value.as.tuple->items[i]));
    return hash;
}

static bool is_commutative(const nw_pivot_node *node)
{
    return node->op == NW_PIVOT_ADD || node->op == NW_PIVOT_MULTIPLY || node->op == NW_PIVOT_MAXIMUM || node->op == NW_PIVOT_MINIMUM ||
           node->op == NW_PIVOT_EQUAL || node->op == NW_PIVOT_NOT_EQUAL || node->op == NW_PIVOT_LOGICAL_AND || node->op == NW_PIVOT_LOGICAL_OR;
}

/* What does not depend on the children's identity. */
static uint64_t hash_own(const nw_pivot_node *node)
{
    uint64_t hash = mix(node->op, (uint64_t)(node->rank + 2));
    for (int i = 0; i < node->rank; i++)
        hash = mix(hash, (uint64_t)node->shape[i]);
    for (uint32_t i = 0; i < node->attribute_count; i++)
        hash = mix(mix(hash, node->attributes[i].name.v), hash_value(node->attributes[i].value));
    if (node->op == NW_PIVOT_INPUT || node->op == NW_PIVOT_OPAQUE)
        hash = mix(hash, node->index);
    return mix(hash, node->child_count);
}

static uint64_t hash_data(const nw_pivot_node *node)
{
    int64_t count = node->data ? nw_pivot_elements(node) : 0;
    uint64_t hash = 5;
    for (int64_t i = 0; i < count; i++)
        hash = mix(hash, hash_number(node->data[i]));
    return hash;
}

/* Tables of numbers that were computed: each side rounds them in its own way, so that only the comparison itself can tell whether they are the same. */
static bool is_rounded(const nw_pivot_node *node)
{
    return node->data && nw_dtype_category((nw_dtype)node->dtype) >= 2 && nw_pivot_elements(node) > 1;
}

static void hash_node(const nw_pivot *pivot, nw_pivot_node *node)
{
    uint64_t own = hash_own(node), data = hash_data(node), signature = mix(own, is_rounded(node) ? 0 : data), sum = 0;
    node->hash = mix(mix(own, data), node->op == NW_PIVOT_STATE ? node->index : 0);
    for (uint32_t i = 0; i < node->child_count; i++) {
        node->hash = mix(node->hash, node->children[i]);
        uint64_t child = node->children[i] ? nw_pivot_at(pivot, node->children[i])->signature : 1;
        if (is_commutative(node))
            sum += mix(3, child);
        else
            signature = mix(signature, child);
    }
    node->signature = mix(signature, sum);
    if (!node->of_state)
        return;
    node->signature = 77;
    for (int i = 0; i < node->rank; i++)
        node->signature = mix(node->signature, (uint64_t)node->shape[i]);
}

static bool equals(const nw_pivot_node *a, const nw_pivot_node *b)
{
    if (a->hash != b->hash || a->op != b->op || a->child_count != b->child_count || a->attribute_count != b->attribute_count ||
        a->index != b->index || a->dtype != b->dtype || !nw_pivot_same_shape(a, b) || !a->data != !b->data)
        return false;
    for (uint32_t i = 0; i < a->child_count; i++)
        if (a->children[i] != b->children[i])
            return false;
    for (uint32_t i = 0; i < a->attribute_count; i++)
        if (a->attributes[i].name.v != b->attributes[i].name.v || !nw_pivot_value_equal(a->attributes[i].value, b->attributes[i].value, true))
            return false;
    return !a->data || memcmp(a->data, b->data, (size_t)nw_pivot_elements(a) * sizeof *a->data) == 0;
}

/* ---- the table ---- */

static bool made_of_state(const nw_pivot *pivot, const nw_pivot_node *node)
{
    if (node->op == NW_PIVOT_STATE)
        return true;
    bool is_operation = node->op == NW_PIVOT_MOVE || node->op == NW_PIVOT_PART || node->op == NW_PIVOT_CONCATENATE || node->op == NW_PIVOT_FLIP ||
                        node->op == NW_PIVOT_ADD;
    if (!is_operation)
        return false;
    if (node->op == NW_PIVOT_ADD && node->attribute_count) /* a constant is added */
        return false;
    for (uint32_t i = 0; i < node->child_count; i++) {
        const nw_pivot_node *child = nw_pivot_at(pivot, node->children[i]);
        if (!child->of_state || (node->op == NW_PIVOT_ADD && !nw_pivot_same_shape(child, node)))
            return false;
    }
    return true;
}

static void grow_slots(nw_pivot *pivot)
{
    uint32_t count = pivot->slot_count ? pivot->slot_count * 2 : 1024;
    uint32_t *slots = nw_arena_zero(&pivot->eval->arena, count * sizeof *slots);
    for (uint32_t i = 1; i < pivot->count; i++) {
        uint32_t at = (uint32_t)pivot->nodes[i]->hash & (count - 1);
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = i;
    }
    pivot->slots = slots;
    pivot->slot_count = count;
}

static uint32_t add_node(nw_pivot *pivot, const nw_pivot_node *template_)
{
    nw_arena *arena = &pivot->eval->arena;
    nw_pivot_node *node = nw_arena_copy(arena, template_, sizeof *node);
    if (node->rank > 0)
        node->shape = nw_arena_copy(arena, node->shape, (size_t)node->rank * sizeof *node->shape);
    if (node->child_count)
        node->children = nw_arena_copy(arena, node->children, node->child_count * sizeof *node->children);
    if (node->attribute_count)
        node->attributes = nw_arena_copy(arena, node->attributes, node->attribute_count * sizeof *node->attributes);
    if (node->data)
        node->data = nw_arena_copy(arena, node->data, (size_t)nw_pivot_elements(node) * sizeof *node->data);
    NW_ARENA_RESERVE(arena, pivot->nodes, pivot->count, pivot->capacity);
    pivot->nodes[pivot->count] = node;
    return pivot->count++;
}

uint32_t nw_pivot_intern(nw_pivot *pivot, const nw_pivot_node *template_)
{
    nw_pivot_node node = *template_;
    node.dtype = (uint8_t)nw_pivot_dtype((nw_dtype)node.dtype);
    node.place = pivot->place;
    node.of_state = made_of_state(pivot, &node);
    hash_node(pivot, &node);
    if (2 * (pivot->count + 1) > pivot->slot_count)
        grow_slots(pivot);
    uint32_t at = (uint32_t)node.hash & (pivot->slot_count - 1);
    for (; pivot->slots[at]; at = (at + 1) & (pivot->slot_count - 1))
        if (equals(pivot->nodes[pivot->slots[at]], &node))
            return pivot->slots[at];
    return pivot->slots[at] = add_node(pivot, &node);
}

/* ---- making nodes ---- */

uint32_t nw_pivot_opaque(nw_pivot *pivot, const int64_t *shape, int rank, nw_dtype dtype, const char *format, ...)
{
    char text[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    nw_pivot_node node = {.op = NW_PIVOT_OPAQUE, .dtype = (uint8_t)dtype, .rank = (int16_t)rank, .shape = (int64_t *)shape, .index = ++pivot->opaque_count,
                          .reason = nw_arena_copy(&pivot->eval->arena, text, strlen(text) + 1)};
    return nw_pivot_intern(pivot, &node);
}

uint32_t nw_pivot_constant(nw_pivot *pivot, nw_dtype dtype, const int64_t *shape, int rank, const double *data)
{
    nw_pivot_node node = {.op = NW_PIVOT_CONSTANT, .dtype = (uint8_t)dtype, .rank = (int16_t)rank, .shape = (int64_t *)shape, .data = data};
    int64_t count = nw_pivot_elements(&node), same = 1;
    while (same < count && data[same] == data[0])
        same++;
    if (count > 1 && same == count) /* one number */
        return nw_pivot_broadcast(pivot, nw_pivot_scalar(pivot, data[0], dtype), shape, rank);
    return nw_pivot_intern(pivot, &node);
}

uint32_t nw_pivot_scalar(nw_pivot *pivot, double number, nw_dtype dtype)
{
    return nw_pivot_constant(pivot, dtype, NULL, 0, &number);
}

bool nw_pivot_scalar_value(const nw_pivot *pivot, uint32_t node, bool any_size, double *number)
{
    const nw_pivot_node *n = nw_pivot_at(pivot, node);
    if (n->op == NW_PIVOT_BROADCAST_TO)
        return any_size && nw_pivot_scalar_value(pivot, n->children[0], true, number);
    int64_t count = n->data ? nw_pivot_elements(n) : 0;
    if (n->op != NW_PIVOT_CONSTANT || count < 1 || (count > 1 && !any_size))
        return false;
    for (int64_t i = 1; i < count; i++)
        if (n->data[i] != n->data[0])
            return false;
    *number = n->data[0];
    return true;
}

void nw_pivot_plain_add(nw_pivot *pivot, nw_pivot_plain *plain, const char *name, nw_value value)
{
    plain->attributes[plain->attribute_count++] = (nw_pivot_attribute){nw_symbol_of(pivot->eval->symbols, name), value};
}

uint32_t nw_pivot_make(nw_pivot *pivot, const nw_pivot_plain *plain)
{
    uint32_t folded = nw_pivot_fold(pivot, plain);
    if (folded)
        return folded;
    nw_pivot_node node = {.op = (uint16_t)plain->op, .dtype = (uint8_t)plain->dtype, .rank = (int16_t)plain->rank, .shape = (int64_t *)plain->shape,
                          .children = (uint32_t *)plain->children, .child_count = plain->child_count,
                          .attributes = (nw_pivot_attribute *)plain->attributes, .attribute_count = plain->attribute_count};
    return nw_pivot_intern(pivot, &node);
}
