/* Atoms of guards: one for each test on values that do not decide it. */
#include "eval/symbolic.h"

typedef struct entry {
    uint16_t test;
    nw_value a, b;
    nw_guard guard;      /* what the test means, in terms of its own atom and of those made before */
    uint32_t atom;       /* its own atom */
    uint32_t previous;   /* the test before it on the same `a`, as index + 1 */
} entry;

struct nw_atom_table {
    entry *entries;
    uint32_t count, capacity;
    uint32_t *slots;     /* by test and operands: index + 1 */
    uint32_t *newest;    /* by `a`: index + 1 of the newest test on it */
    uint32_t slot_count;
    uint32_t *of_atom;   /* atom -> index + 1 */
    uint32_t atom_count, atom_capacity;
};

static uint32_t slot_of_test(const struct nw_atom_table *table, uint16_t test, nw_value a, nw_value b)
{
    uint64_t hash = (nw_operand_word(a) * 31 + nw_operand_word(b)) * 0x9E3779B97F4A7C15u + test;
    uint32_t slot = (uint32_t)(hash ^ (hash >> 32)) & (table->slot_count - 1);
    for (; table->slots[slot]; slot = (slot + 1) & (table->slot_count - 1)) {
        const entry *seen = &table->entries[table->slots[slot] - 1];
        if (seen->test == test && nw_operand_same(seen->a, a) && nw_operand_same(seen->b, b))
            break;
    }
    return slot;
}

static uint32_t slot_of_operand(const struct nw_atom_table *table, nw_value a)
{
    uint64_t hash = nw_operand_word(a);
    uint32_t slot = (uint32_t)(hash ^ (hash >> 32)) & (table->slot_count - 1);
    for (; table->newest[slot]; slot = (slot + 1) & (table->slot_count - 1))
        if (nw_operand_same(table->entries[table->newest[slot] - 1].a, a))
            break;
    return slot;
}

static void grow(nw_eval *eval)
{
    struct nw_atom_table *table = eval->atoms;
    if (!table)
        table = eval->atoms = nw_arena_zero(&eval->arena, sizeof *table);
    table->slot_count = table->slot_count ? table->slot_count * 2 : 128;
    table->slots = nw_arena_zero(&eval->arena, table->slot_count * sizeof *table->slots);
    table->newest = nw_arena_zero(&eval->arena, table->slot_count * sizeof *table->newest);
    for (uint32_t i = 0; i < table->count; i++) {
        table->slots[slot_of_test(table, table->entries[i].test, table->entries[i].a, table->entries[i].b)] = i + 1;
        table->newest[slot_of_operand(table, table->entries[i].a)] = i + 1;
    }
}

/* `own` is true: which of `other`, an older test on the same operand, are false or true then? Returns the guard of
 * the new test: its own atom narrowed and widened so that both can never contradict each other. */
static nw_guard relate(nw_eval *eval, uint16_t test, nw_value b, const entry *other, nw_guard guard)
{
    bool is_none_test = test == NW_OPERATOR_IS && b.kind == NW_NONE, other_none = other->test == NW_OPERATOR_IS && other->b.kind == NW_NONE;
    bool equal_known = test == NW_OPERATOR_EQUAL && b.kind != NW_OPAQUE && b.kind != NW_PHI;
    bool other_equal_known = other->test == NW_OPERATOR_EQUAL && other->b.kind != NW_OPAQUE && other->b.kind != NW_PHI;
    bool excludes = false;
    if (is_none_test)
        excludes = other->test == NW_TEST_TRUTH || other_equal_known || other->test == NW_OPERATOR_LESS;
    else if (other_none)
        excludes = test == NW_TEST_TRUTH || equal_known || test == NW_OPERATOR_LESS;
    else if (equal_known && other_equal_known)
        excludes = nw_equal(eval, b, other->b) == NW_NO;
    if (excludes)
        return nw_bdd_and(&eval->bdd, guard, nw_bdd_not(&eval->bdd, other->guard));
    if (test == NW_OPERATOR_LESS && other->test == test && b.kind == NW_INT && other->b.kind == NW_INT)
        return b.as.integer < other->b.as.integer ? nw_bdd_and(&eval->bdd, guard, other->guard) : nw_bdd_or(&eval->bdd, guard, other->guard);
    if (equal_known && other->test == NW_OPERATOR_LESS && b.kind == NW_INT && other->b.kind == NW_INT)
        return nw_bdd_and(&eval->bdd, guard, b.as.integer < other->b.as.integer ? other->guard : nw_bdd_not(&eval->bdd, other->guard));
    if (other_equal_known && test == NW_OPERATOR_LESS && b.kind == NW_INT && other->b.kind == NW_INT)
        return other->b.as.integer < b.as.integer ? nw_bdd_or(&eval->bdd, guard, other->guard)
                                                  : nw_bdd_and(&eval->bdd, guard, nw_bdd_not(&eval->bdd, other->guard));
    return guard;
}

static nw_guard add_atom(nw_eval *eval, uint16_t test, nw_value a, nw_value b)
{
    struct nw_atom_table *table = eval->atoms;
    entry new = {.test = test, .a = a, .b = b, .guard = nw_bdd_atom(&eval->bdd)};
    new.atom = nw_bdd_top(&eval->bdd, new.guard);
    uint32_t *newest = &table->newest[slot_of_operand(table, a)];
    new.previous = *newest;
    unsigned seen = 0;
    for (uint32_t at = new.previous; at && seen < 64; at = table->entries[at - 1].previous, seen++)
        new.guard = relate(eval, test, b, &table->entries[at - 1], new.guard);
    NW_ARENA_RESERVE(&eval->arena, table->entries, table->count, table->capacity);
    table->slots[slot_of_test(table, test, a, b)] = table->count + 1;
    *newest = table->count + 1;
    while (table->atom_count <= new.atom) {
        NW_ARENA_RESERVE(&eval->arena, table->of_atom, table->atom_count, table->atom_capacity);
        table->of_atom[table->atom_count++] = 0;
    }
    table->of_atom[new.atom] = table->count + 1;
    table->entries[table->count++] = new;
    return new.guard;
}

/* Tests are kept in one form each: == with the known operand behind, < with the unknown one in front. */
static bool normalise(uint16_t *test, nw_value *a, nw_value *b)
{
    bool negated = false;
    nw_value left = *a, right = *b;
    if (*test == NW_OPERATOR_NOT_EQUAL || *test == NW_OPERATOR_IS_NOT || *test == NW_OPERATOR_NOT_IN) {
        *test = *test == NW_OPERATOR_NOT_EQUAL ? NW_OPERATOR_EQUAL : *test == NW_OPERATOR_IS_NOT ? NW_OPERATOR_IS : NW_OPERATOR_IN;
        negated = true;
    } else if (*test == NW_OPERATOR_GREATER) { /* a > b is b < a */
        *test = NW_OPERATOR_LESS;
        *a = right;
        *b = left;
    } else if (*test == NW_OPERATOR_GREATER_EQUAL) { /* a >= b is not a < b */
        *test = NW_OPERATOR_LESS;
        negated = true;
    } else if (*test == NW_OPERATOR_LESS_EQUAL) { /* a <= b is not b < a */
        *test = NW_OPERATOR_LESS;
        *a = right;
        *b = left;
        negated = true;
    }
    if (*test == NW_OPERATOR_LESS && a->kind == NW_INT && nw_is_integral(*b) && a->as.integer < INT64_MAX) { /* 3 < b is not b < 4 */
        nw_value limit = nw_int(a->as.integer + 1);
        *a = *b;
        *b = limit;
        negated = !negated;
    }
    bool swap = (*test == NW_OPERATOR_EQUAL || *test == NW_OPERATOR_IS) &&
                (a->kind != NW_OPAQUE || (b->kind == NW_OPAQUE && b->as.opaque->serial < a->as.opaque->serial));
    if (swap && b->kind == NW_OPAQUE) {
        nw_value first = *a;
        *a = *b;
        *b = first;
    }
    return negated;
}

nw_guard nw_atom_for(nw_eval *eval, uint16_t test, nw_value a, nw_value b)
{
    bool negated = normalise(&test, &a, &b);
    if (!eval->atoms || eval->atoms->count * 2 >= eval->atoms->slot_count)
        grow(eval);
    uint32_t found = eval->atoms->slots[slot_of_test(eval->atoms, test, a, b)];
    nw_guard guard = found ? eval->atoms->entries[found - 1].guard : add_atom(eval, test, a, b);
    return negated ? nw_bdd_not(&eval->bdd, guard) : guard;
}

nw_value nw_atom_tested(const nw_eval *eval, uint32_t atom)
{
    const struct nw_atom_table *table = eval->atoms;
    const entry *of = table && atom < table->atom_count && table->of_atom[atom] ? &table->entries[table->of_atom[atom] - 1] : NULL;
    return of && of->test == NW_TEST_TRUTH ? of->a : nw_unset();
}

nw_symbol nw_atom_text(nw_eval *eval, uint32_t atom)
{
    const struct nw_atom_table *table = eval->atoms;
    if (!table || atom >= table->atom_count || !table->of_atom[atom])
        return (nw_symbol){NW_NAME_EMPTY};
    const entry *of = &table->entries[table->of_atom[atom] - 1];
    nw_buffer out;
    nw_buffer_init(&out);
    nw_operand_text(eval, &out, of->a);
    if (of->test < NW_OPERATOR_COUNT) {
        nw_buffer_format(&out, " %s ", nw_operator_text((nw_operator)of->test));
        nw_operand_text(eval, &out, of->b);
    } else if (of->test != NW_TEST_TRUTH) {
        nw_buffer call;
        nw_buffer_init(&call);
        nw_buffer_format(&call, "%s(%s, ", of->test == NW_TEST_INSTANCE ? "isinstance" : "hasattr", out.bytes ? out.bytes : "");
        nw_operand_text(eval, &call, of->b);
        nw_buffer_byte(&call, ')');
        nw_buffer_release(&out);
        out = call;
    }
    nw_symbol text = nw_symbol_intern(eval->symbols, out.bytes ? out.bytes : "", out.size);
    nw_buffer_release(&out);
    return text;
}

nw_guard nw_guard_of_expression(nw_eval *eval, nw_value expression)
{
    const nw_opaque *opaque = expression.as.opaque;
    bool is_expression = opaque->operand_count > 0;
    if (is_expression && opaque->operand_count == 2 &&
        ((opaque->op >= NW_OPERATOR_EQUAL && opaque->op <= NW_OPERATOR_NOT_IN) || opaque->op == NW_TEST_INSTANCE || opaque->op == NW_TEST_HAS_ATTRIBUTE))
        return nw_atom_for(eval, opaque->op, opaque->operands[0], opaque->operands[1]);
    if (is_expression && (opaque->op == NW_OPERATOR_NOT || opaque->op == NW_TEST_TRUTH) && opaque->operands[0].kind == NW_OPAQUE) {
        nw_guard inner = nw_guard_of_expression(eval, opaque->operands[0]);
        return opaque->op == NW_OPERATOR_NOT ? nw_bdd_not(&eval->bdd, inner) : inner;
    }
    return nw_atom_for(eval, NW_TEST_TRUTH, expression, nw_none());
}
