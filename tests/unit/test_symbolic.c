/* Symbolic integers: whatever normal form an expression gets, its value under any assignment is that of the plain arithmetic,
 * its lower bound holds, and what a comparison decides is right. And tests that imply or exclude each other. */
#include "check.h"
#include "eval/symbolic.h"

enum { SYMBOLS = 4, ROUNDS = 20000, DEPTH = 4 };

static uint64_t random_state = 88172645463325252u;

static int64_t pick(int64_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int64_t)(random_state % (uint64_t)limit);
}

typedef struct pair {
    nw_value value; /* as the interpreter has it */
    int64_t number; /* under the assignment */
    bool valid;     /* no division by zero on the way */
} pair;

static nw_value symbols[SYMBOLS];
static int64_t assignment[SYMBOLS];

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

static int64_t apply(uint16_t op, int64_t a, int64_t b)
{
    switch (op) {
    case NW_OPERATOR_ADD: return a + b;
    case NW_OPERATOR_SUBTRACT: return a - b;
    case NW_OPERATOR_MULTIPLY: return a * b;
    case NW_OPERATOR_FLOOR_DIVIDE: return floor_divide(a, b);
    default: return a - floor_divide(a, b) * b;
    }
}

static pair random_expression(nw_eval *eval, int depth)
{
    static const uint8_t operators[] = {NW_OPERATOR_ADD, NW_OPERATOR_SUBTRACT, NW_OPERATOR_MULTIPLY, NW_OPERATOR_FLOOR_DIVIDE, NW_OPERATOR_MODULO};
    if (depth == 0 || pick(5) == 0) {
        int64_t constant = pick(9) - 3, which = pick(SYMBOLS);
        return pick(3) ? (pair){symbols[which], assignment[which], true} : (pair){nw_int(constant), constant, true};
    }
    uint16_t op = operators[pick(5)];
    pair a = random_expression(eval, depth - 1), b = random_expression(eval, depth - 1);
    bool divides = op == NW_OPERATOR_FLOOR_DIVIDE || op == NW_OPERATOR_MODULO;
    if (!a.valid || !b.valid || (divides && b.number == 0))
        return (pair){nw_none(), 0, false};
    nw_value value = nw_binary(eval, (nw_operator)op, a.value, b.value);
    return (pair){value, apply(op, a.number, b.number), value.kind == NW_INT || value.kind == NW_OPAQUE};
}

/* The value of an expression under the assignment. */
static int64_t evaluate(nw_value value)
{
    if (value.kind == NW_INT)
        return value.as.integer;
    for (int i = 0; i < SYMBOLS; i++)
        if (value.as.opaque == symbols[i].as.opaque)
            return assignment[i];
    const nw_opaque *opaque = value.as.opaque;
    int64_t result = evaluate(opaque->operands[0]);
    for (uint16_t i = 1; i < opaque->operand_count; i++)
        result = apply(opaque->op, result, evaluate(opaque->operands[i]));
    return result;
}

static void test_values(nw_eval *eval)
{
    int tried = 0;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < SYMBOLS; i++)
            assignment[i] = i < 2 ? 1 + pick(6) : pick(12) - 4; /* the first two are sizes of at least 1 */
        pair made = random_expression(eval, DEPTH), other = random_expression(eval, 2);
        if (!made.valid || !other.valid)
            continue;
        tried++;
        bool right = evaluate(made.value) == made.number && (made.value.kind == NW_INT || made.value.as.opaque->minimum <= made.number);
        CHECK(right);
        if (!right)
            fprintf(stderr, "    %s is %d, not %d\n", nw_symbol_bytes(eval->symbols, made.value.as.opaque->text), (int)evaluate(made.value), (int)made.number);
        nw_value less = nw_compare(eval, NW_OPERATOR_LESS, made.value, other.value), equal = nw_compare(eval, NW_OPERATOR_EQUAL, made.value, other.value);
        CHECK(less.kind != NW_BOOL || less.as.integer == (made.number < other.number));
        CHECK(equal.kind != NW_BOOL || equal.as.integer == (made.number == other.number));
    }
    CHECK(tried > ROUNDS / 3);
}

static nw_value binary(nw_eval *eval, nw_operator op, nw_value a, nw_value b)
{
    return nw_binary(eval, op, a, b);
}

static bool same(nw_value a, nw_value b)
{
    return nw_operand_same(a, b);
}

static void test_forms(nw_eval *eval)
{
    nw_value h = symbols[0], w = symbols[1], two = nw_int(2), one = nw_int(1);
    nw_value product = binary(eval, NW_OPERATOR_MULTIPLY, h, w);
    CHECK(same(product, binary(eval, NW_OPERATOR_MULTIPLY, w, h)));
    CHECK(same(binary(eval, NW_OPERATOR_FLOOR_DIVIDE, product, w), h));
    CHECK(same(binary(eval, NW_OPERATOR_SUBTRACT, h, h), nw_int(0)));
    nw_value padded = binary(eval, NW_OPERATOR_ADD, binary(eval, NW_OPERATOR_ADD, h, two), nw_int(-3));
    CHECK(same(binary(eval, NW_OPERATOR_ADD, padded, one), h)); /* a convolution of 3 with padding 1 */
    nw_value even = binary(eval, NW_OPERATOR_ADD, binary(eval, NW_OPERATOR_MULTIPLY, two, h), one);
    CHECK(same(binary(eval, NW_OPERATOR_FLOOR_DIVIDE, even, two), h));
    CHECK(same(binary(eval, NW_OPERATOR_MODULO, even, two), one));
    nw_value sum = binary(eval, NW_OPERATOR_SUBTRACT, binary(eval, NW_OPERATOR_MULTIPLY, two, h), one);
    CHECK_TEXT(nw_symbol_bytes(eval->symbols, sum.as.opaque->text), "2 * h - 1");
    nw_value half = binary(eval, NW_OPERATOR_FLOOR_DIVIDE, sum, w);
    CHECK_TEXT(nw_symbol_bytes(eval->symbols, half.as.opaque->text), "(2 * h - 1) // w");
    CHECK(nw_compare(eval, NW_OPERATOR_GREATER, h, nw_int(0)).as.integer == 1);
    nw_value lost = nw_lost(eval, NW_DIAG_UNSUPPORTED, "why");
    nw_value after = binary(eval, NW_OPERATOR_ADD, binary(eval, NW_OPERATOR_MULTIPLY, lost, two), h);
    CHECK(after.kind == NW_OPAQUE && after.as.opaque->origin == NW_ORIGIN_LOST && after.as.opaque->reason == NW_DIAG_UNSUPPORTED);
}

static nw_guard test_of(nw_eval *eval, nw_operator op, nw_value a, nw_value b)
{
    nw_guard guard = NW_FALSE;
    nw_answer answer = nw_truth(eval, nw_compare(eval, op, a, b), &guard);
    return answer == NW_YES ? NW_TRUE : answer == NW_NO ? NW_FALSE : guard;
}

static bool excludes(nw_eval *eval, nw_guard a, nw_guard b)
{
    return nw_guard_equal(nw_bdd_and(&eval->bdd, a, b), NW_FALSE);
}

static void test_guards(nw_eval *eval)
{
    nw_value x = nw_symbolic(eval, NW_TYPE_ANY, nw_symbol_of(eval->symbols, "x")), n = symbols[2];
    nw_value a = nw_string_of(eval, "a"), b = nw_string_of(eval, "b");
    nw_guard is_a = test_of(eval, NW_OPERATOR_EQUAL, x, a), is_b = test_of(eval, NW_OPERATOR_EQUAL, b, x), none = test_of(eval, NW_OPERATOR_IS, x, nw_none());
    CHECK(excludes(eval, is_a, is_b) && excludes(eval, none, is_a));
    CHECK(nw_guard_equal(test_of(eval, NW_OPERATOR_NOT_EQUAL, x, a), nw_bdd_not(&eval->bdd, is_a)));
    nw_guard truth = NW_FALSE;
    CHECK(nw_truth(eval, x, &truth) == NW_MAYBE && excludes(eval, truth, none));
    nw_guard below_3 = test_of(eval, NW_OPERATOR_LESS, n, nw_int(3)), below_5 = test_of(eval, NW_OPERATOR_LESS, n, nw_int(5));
    CHECK(nw_bdd_implies(&eval->bdd, below_3, below_5) && !nw_bdd_implies(&eval->bdd, below_5, below_3));
    CHECK(nw_guard_equal(test_of(eval, NW_OPERATOR_GREATER, nw_int(3), n), below_3));
    CHECK(nw_guard_equal(test_of(eval, NW_OPERATOR_GREATER_EQUAL, n, nw_int(3)), nw_bdd_not(&eval->bdd, below_3)));
    CHECK(nw_guard_equal(test_of(eval, NW_OPERATOR_GREATER, n, nw_int(4)), nw_bdd_not(&eval->bdd, below_5)));
    nw_value either[] = {a, b};
    nw_guard one_of = test_of(eval, NW_OPERATOR_IN, x, nw_tuple_new(eval, either, 2));
    CHECK(nw_bdd_implies(&eval->bdd, is_b, one_of) && excludes(eval, one_of, none));
    CHECK_TEXT(nw_symbol_bytes(eval->symbols, nw_atom_text(eval, nw_bdd_top(&eval->bdd, is_a))), "x == 'a'");
}

int main(void)
{
    nw_symbols names;
    nw_symbols_init(&names);
    nw_environment environment = {.max_file_size = 1 << 20};
    static nw_eval eval;
    nw_eval_init(&eval, &names, &environment, (nw_limits){.steps = 1u << 30, .facts = 1u << 17, .bytes = 1u << 30, .depth = 100, .forks = 16});
    static const char *const texts[SYMBOLS] = {"h", "w", "n", "m"};
    for (int i = 0; i < SYMBOLS; i++) {
        symbols[i] = nw_symbolic(&eval, NW_TYPE_INT, nw_symbol_of(&names, texts[i]));
        if (i < 2)
            symbols[i].as.opaque->minimum = 1;
    }
    test_values(&eval);
    test_forms(&eval);
    test_guards(&eval);
    nw_eval_release(&eval);
    nw_symbols_release(&names);
    return check_report();
}
