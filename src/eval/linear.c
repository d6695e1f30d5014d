/* Integer expressions in normal form: a sum of terms, each a known factor times a product of unknown integers.
 *
 * A sum is the expression ADD(term, ..., constant), terms ordered by serial, the constant last and absent when zero; a
 * product is MULTIPLY(factor, unknown, ...), the factor first and absent when one. Divisions by what divides part of the
 * sum are carried out, since floor((k A + B) / k) = A + floor(B / k) for integers. */
#include "eval/symbolic.h"

#include <string.h>

enum { MAX_TERMS = 24, MAX_FACTORS = 24 };

typedef struct term {
    nw_value unknown; /* a product without a known factor, or any other integer expression */
    int64_t factor;
} term;

typedef struct linear {
    term terms[MAX_TERMS];
    uint32_t count;
    int64_t constant;
    bool failed; /* too many terms, or a number beyond 64 bits */
} linear;

bool nw_is_integral(nw_value value)
{
    return nw_is_integer(value) || (value.kind == NW_OPAQUE && value.as.opaque->type == NW_TYPE_INT);
}

static bool is_expression(nw_value value, uint16_t op)
{
    return value.kind == NW_OPAQUE && value.as.opaque->origin == NW_ORIGIN_EXPRESSION && value.as.opaque->type == NW_TYPE_INT && value.as.opaque->op == op;
}

static void add_term(linear *sum, nw_value unknown, int64_t factor)
{
    uint32_t at = 0;
    while (at < sum->count && sum->terms[at].unknown.as.opaque->serial < unknown.as.opaque->serial)
        at++;
    if (at < sum->count && sum->terms[at].unknown.as.opaque == unknown.as.opaque) {
        sum->failed |= __builtin_add_overflow(sum->terms[at].factor, factor, &sum->terms[at].factor);
        if (sum->terms[at].factor == 0)
            memmove(&sum->terms[at], &sum->terms[at + 1], (--sum->count - at) * sizeof *sum->terms);
        return;
    }
    if (sum->count == MAX_TERMS) {
        sum->failed = true;
        return;
    }
    memmove(&sum->terms[at + 1], &sum->terms[at], (sum->count++ - at) * sizeof *sum->terms);
    sum->terms[at] = (term){unknown, factor};
}

static nw_value product_of(nw_eval *eval, int64_t factor, const nw_value *unknowns, uint32_t count)
{
    nw_value operands[MAX_FACTORS + 1];
    uint32_t used = 0;
    if (count == 0 || factor == 0)
        return nw_int(factor);
    if (factor != 1)
        operands[used++] = nw_int(factor);
    memcpy(operands + used, unknowns, count * sizeof *unknowns);
    used += count;
    return used == 1 ? operands[0] : nw_expression_intern(eval, NW_OPERATOR_MULTIPLY, NW_TYPE_INT, operands, used);
}

/* Takes `value` apart into a known factor and unknown ones. */
static int64_t factors_of(nw_value value, nw_value *unknowns, uint32_t *count)
{
    *count = 0;
    if (nw_is_integer(value))
        return value.as.integer;
    if (!is_expression(value, NW_OPERATOR_MULTIPLY)) {
        unknowns[(*count)++] = value;
        return 1;
    }
    const nw_opaque *product = value.as.opaque;
    uint32_t first = product->operands[0].kind == NW_INT;
    *count = product->operand_count - first;
    memcpy(unknowns, product->operands + first, *count * sizeof *unknowns);
    return first ? product->operands[0].as.integer : 1;
}

static void add_value(nw_eval *eval, linear *sum, nw_value value, int64_t scale)
{
    int64_t scaled;
    if (nw_is_integer(value)) {
        sum->failed |= __builtin_mul_overflow(value.as.integer, scale, &scaled) || __builtin_add_overflow(sum->constant, scaled, &sum->constant);
    } else if (is_expression(value, NW_OPERATOR_ADD)) {
        for (uint32_t i = 0; i < value.as.opaque->operand_count; i++)
            add_value(eval, sum, value.as.opaque->operands[i], scale);
    } else {
        nw_value unknowns[MAX_FACTORS];
        uint32_t count;
        int64_t factor = factors_of(value, unknowns, &count);
        sum->failed |= __builtin_mul_overflow(factor, scale, &scaled);
        if (!sum->failed && scaled != 0)
            add_term(sum, product_of(eval, 1, unknowns, count), scaled);
    }
}

static nw_value scaled_term(nw_eval *eval, term item)
{
    nw_value unknowns[MAX_FACTORS];
    uint32_t count;
    factors_of(item.unknown, unknowns, &count);
    return product_of(eval, item.factor, unknowns, count);
}

static nw_value from_linear(nw_eval *eval, const linear *sum)
{
    nw_value operands[MAX_TERMS + 1];
    uint32_t count = 0;
    for (uint32_t i = 0; i < sum->count; i++)
        operands[count++] = scaled_term(eval, sum->terms[i]);
    if (sum->constant != 0 || count == 0)
        operands[count++] = nw_int(sum->constant);
    return count == 1 ? operands[0] : nw_expression_intern(eval, NW_OPERATOR_ADD, NW_TYPE_INT, operands, count);
}

static nw_value add_scaled(nw_eval *eval, nw_value left, nw_value right, int64_t scale)
{
    linear sum = {.count = 0};
    add_value(eval, &sum, left, 1);
    add_value(eval, &sum, right, scale);
    return sum.failed ? nw_unset() : from_linear(eval, &sum);
}

static nw_value multiply(nw_eval *eval, nw_value left, nw_value right)
{
    linear sum = {.count = 0};
    if (nw_is_integer(left) || nw_is_integer(right)) {
        bool swap = nw_is_integer(right);
        add_value(eval, &sum, swap ? left : right, (swap ? right : left).as.integer);
        return sum.failed ? nw_unset() : from_linear(eval, &sum);
    }
    nw_value unknowns[MAX_FACTORS], more[MAX_FACTORS];
    uint32_t count, more_count;
    int64_t factor, a = factors_of(left, unknowns, &count), b = factors_of(right, more, &more_count);
    if (count + more_count > MAX_FACTORS || __builtin_mul_overflow(a, b, &factor))
        return nw_unset();
    for (uint32_t i = 0; i < more_count; i++) {
        uint32_t at = count++;
        for (; at && unknowns[at - 1].as.opaque->serial > more[i].as.opaque->serial; at--)
            unknowns[at] = unknowns[at - 1];
        unknowns[at] = more[i];
    }
    return product_of(eval, factor, unknowns, count);
}

static int64_t floor_modulo(int64_t a, int64_t b)
{
    if (b == -1)
        return 0;
    int64_t rest = a % b;
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

/* Splits `value` into divisor * quotient + rest as far as it can be seen. */
static bool split_by_known(nw_eval *eval, nw_value value, int64_t divisor, linear *quotient, linear *rest)
{
    linear sum = {.count = 0};
    add_value(eval, &sum, value, 1);
    if (sum.failed || divisor == 0 || divisor == -1)
        return false;
    for (uint32_t i = 0; i < sum.count; i++) {
        if (sum.terms[i].factor % divisor == 0)
            add_term(quotient, sum.terms[i].unknown, sum.terms[i].factor / divisor);
        else
            add_term(rest, sum.terms[i].unknown, sum.terms[i].factor);
    }
    rest->constant = floor_modulo(sum.constant, divisor);
    quotient->constant = (sum.constant - rest->constant) / divisor;
    return true;
}

/* value / divisor when each of the divisor's factors is a factor of `value`. */
static bool cancel(nw_eval *eval, term value, nw_value divisor, linear *quotient)
{
    nw_value have[MAX_FACTORS], need[MAX_FACTORS];
    uint32_t have_count, need_count;
    int64_t by = factors_of(divisor, need, &need_count);
    factors_of(value.unknown, have, &have_count);
    if (by == 0 || by == -1 || value.factor % by != 0)
        return false;
    for (uint32_t i = 0; i < need_count; i++) {
        uint32_t at = 0;
        while (at < have_count && have[at].as.opaque != need[i].as.opaque)
            at++;
        if (at == have_count)
            return false;
        memmove(&have[at], &have[at + 1], (--have_count - at) * sizeof *have);
    }
    add_value(eval, quotient, product_of(eval, value.factor / by, have, have_count), 1);
    return true;
}

static bool divide_exactly(nw_eval *eval, nw_value value, nw_value divisor, linear *quotient)
{
    linear sum = {.count = 0};
    add_value(eval, &sum, value, 1);
    if (value.as.opaque == divisor.as.opaque) {
        quotient->constant = 1;
        return true;
    }
    if (sum.failed || sum.constant != 0)
        return false;
    for (uint32_t i = 0; i < sum.count; i++)
        if (!cancel(eval, sum.terms[i], divisor, quotient))
            return false;
    return !quotient->failed;
}

static nw_value divide_rest(nw_eval *eval, nw_value rest, int64_t divisor)
{
    int64_t both;
    if (is_expression(rest, NW_OPERATOR_FLOOR_DIVIDE) && divisor > 0) { /* (x // a) // b is x // (a * b) */
        const nw_opaque *inner = rest.as.opaque;
        if (inner->operands[1].kind == NW_INT && inner->operands[1].as.integer > 0 && !__builtin_mul_overflow(inner->operands[1].as.integer, divisor, &both))
            return nw_expression_intern(eval, NW_OPERATOR_FLOOR_DIVIDE, NW_TYPE_INT, (nw_value[]){inner->operands[0], nw_int(both)}, 2);
    }
    return nw_expression_intern(eval, NW_OPERATOR_FLOOR_DIVIDE, NW_TYPE_INT, (nw_value[]){rest, nw_int(divisor)}, 2);
}

static nw_value floor_divide(nw_eval *eval, nw_value left, nw_value right)
{
    linear quotient = {.count = 0}, rest = {.count = 0};
    if (nw_is_integer(right)) {
        if (!split_by_known(eval, left, right.as.integer, &quotient, &rest))
            return nw_unset();
        if (rest.count)
            add_value(eval, &quotient, divide_rest(eval, from_linear(eval, &rest), right.as.integer), 1);
        return quotient.failed ? nw_unset() : from_linear(eval, &quotient);
    }
    if (left.kind == NW_OPAQUE && divide_exactly(eval, left, right, &quotient))
        return from_linear(eval, &quotient);
    return nw_unset();
}

static nw_value modulo(nw_eval *eval, nw_value left, nw_value right)
{
    linear quotient = {.count = 0}, rest = {.count = 0};
    if (nw_is_integer(right)) {
        if (!split_by_known(eval, left, right.as.integer, &quotient, &rest))
            return nw_unset();
        if (!rest.count)
            return nw_int(rest.constant);
        return nw_expression_intern(eval, NW_OPERATOR_MODULO, NW_TYPE_INT, (nw_value[]){from_linear(eval, &rest), right}, 2);
    }
    return left.kind == NW_OPAQUE && divide_exactly(eval, left, right, &quotient) ? nw_int(0) : nw_unset();
}

nw_value nw_linear_expression(nw_eval *eval, uint16_t op, nw_value left, nw_value right)
{
    bool binary = right.kind != NW_UNSET;
    if ((left.kind == NW_OPAQUE && left.as.opaque->origin == NW_ORIGIN_LOST) || (right.kind == NW_OPAQUE && right.as.opaque->origin == NW_ORIGIN_LOST))
        return nw_unset();
    switch (op) {
    case NW_OPERATOR_NEGATE:
        return add_scaled(eval, nw_int(0), left, -1);
    case NW_OPERATOR_ADD:
        return binary ? add_scaled(eval, left, right, 1) : nw_unset();
    case NW_OPERATOR_SUBTRACT:
        return add_scaled(eval, left, right, -1);
    case NW_OPERATOR_MULTIPLY:
        return multiply(eval, left, right);
    case NW_OPERATOR_FLOOR_DIVIDE:
        return floor_divide(eval, left, right);
    case NW_OPERATOR_MODULO:
        return modulo(eval, left, right);
    default:
        return nw_unset();
    }
}

int64_t nw_linear_difference(nw_eval *eval, nw_value left, nw_value right, bool *exact)
{
    linear sum = {.count = 0};
    add_value(eval, &sum, left, 1);
    add_value(eval, &sum, right, -1);
    *exact = !sum.failed && sum.count == 0;
    int64_t minimum = sum.constant, part;
    if (sum.failed)
        return INT64_MIN;
    for (uint32_t i = 0; i < sum.count; i++) {
        int64_t least = sum.terms[i].unknown.as.opaque->minimum;
        if (least == INT64_MIN || sum.terms[i].factor < 0 || __builtin_mul_overflow(least, sum.terms[i].factor, &part) ||
            __builtin_add_overflow(minimum, part, &minimum))
            return INT64_MIN;
    }
    return minimum;
}
