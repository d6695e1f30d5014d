/* Arithmetic: +, -, *, ... and the unary operators. */
#include "eval/keras.h"
#include "eval/builtin.h"
#include "eval/set_order.h"

#include <math.h>
#include <string.h>

/* ---- names ---- */

static nw_symbol method_name(nw_eval *eval, nw_operator op, bool reflected)
{
    static const char *const names[][2] = {
#define NW_OPERATOR(name, text, method, reflected, in_place) {method, reflected},
#include "syntax/operator.def"
#undef NW_OPERATOR
    };
    return nw_symbol_of(eval->symbols, names[op][reflected]);
}

static const char *type_name(nw_eval *eval, nw_value value)
{
    nw_class *class_ = nw_type_of(eval, value);
    return class_ ? nw_symbol_bytes(eval->symbols, class_->name) : "object";
}

static nw_value unsupported(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    bool sequence = left.kind == NW_STRING || left.kind == NW_LIST || left.kind == NW_TUPLE;
    if (op == NW_OPERATOR_ADD && sequence)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "can only concatenate %s (not \"%s\") to %s", type_name(eval, left), type_name(eval, right), type_name(eval, left));
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "unsupported operand type(s) for %s: '%s' and '%s'", nw_operator_text(op), type_name(eval, left),
                    type_name(eval, right));
}

/* ---- numbers ---- */

static nw_value overflow(nw_eval *eval, nw_operator op, int64_t a, int64_t b)
{
    return nw_lost(eval, NW_DIAG_INTEGER_OVERFLOW, ": %lld %s %lld", (long long)a, nw_operator_text(op), (long long)b);
}

static nw_value zero_division(nw_eval *eval, const char *message)
{
    return nw_raise(eval, NW_EXCEPTION_ZERO_DIVISION_ERROR, "%s", message);
}

static nw_value integer_power(nw_eval *eval, int64_t base, int64_t exponent)
{
    int64_t result = 1, factor = base;
    if (exponent < 0)
        return base == 0 ? zero_division(eval, "0.0 cannot be raised to a negative power") : nw_float(pow((double)base, (double)exponent));
    for (int64_t left = exponent; left > 0; left >>= 1) {
        if ((left & 1) && __builtin_mul_overflow(result, factor, &result))
            return overflow(eval, NW_OPERATOR_POWER, base, exponent);
        if (left > 1 && __builtin_mul_overflow(factor, factor, &factor))
            return overflow(eval, NW_OPERATOR_POWER, base, exponent);
    }
    return nw_int(result);
}

static nw_value integer_shift(nw_eval *eval, nw_operator op, int64_t a, int64_t b)
{
    if (b < 0)
        return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "negative shift count");
    if (op == NW_OPERATOR_SHIFT_RIGHT)
        return nw_int(b > 63 ? (a < 0 ? -1 : 0) : a >> b);
    int64_t factor, result;
    if (a != 0 && b > 62)
        return overflow(eval, op, a, b);
    factor = a == 0 ? 0 : (int64_t)1 << b;
    return __builtin_mul_overflow(a, factor, &result) ? overflow(eval, op, a, b) : nw_int(result);
}

static nw_value integer_divide(nw_eval *eval, nw_operator op, int64_t a, int64_t b)
{
    if (b == 0)
        return zero_division(eval, op == NW_OPERATOR_DIVIDE ? "division by zero" : "integer division or modulo by zero");
    if (op == NW_OPERATOR_DIVIDE)
        return nw_float((double)((long double)a / (long double)b));
    if (b == -1)
        return op == NW_OPERATOR_MODULO ? nw_int(0) : a == INT64_MIN ? overflow(eval, op, a, b) : nw_int(-a);
    int64_t quotient = a / b, rest = a % b;
    bool down = rest != 0 && (rest < 0) != (b < 0);
    return nw_int(op == NW_OPERATOR_MODULO ? rest + (down ? b : 0) : quotient - down);
}

static nw_value integers(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    int64_t a = left.as.integer, b = right.as.integer, result;
    bool booleans = left.kind == NW_BOOL && right.kind == NW_BOOL;
    switch (op) {
    case NW_OPERATOR_ADD:
        return __builtin_add_overflow(a, b, &result) ? overflow(eval, op, a, b) : nw_int(result);
    case NW_OPERATOR_SUBTRACT:
        return __builtin_sub_overflow(a, b, &result) ? overflow(eval, op, a, b) : nw_int(result);
    case NW_OPERATOR_MULTIPLY:
        return __builtin_mul_overflow(a, b, &result) ? overflow(eval, op, a, b) : nw_int(result);
    case NW_OPERATOR_DIVIDE:
    case NW_OPERATOR_FLOOR_DIVIDE:
    case NW_OPERATOR_MODULO:
        return integer_divide(eval, op, a, b);
    case NW_OPERATOR_POWER:
        return integer_power(eval, a, b);
    case NW_OPERATOR_BIT_AND:
        return booleans ? nw_bool(a & b) : nw_int(a & b);
    case NW_OPERATOR_BIT_OR:
        return booleans ? nw_bool(a | b) : nw_int(a | b);
    case NW_OPERATOR_BIT_XOR:
        return booleans ? nw_bool(a ^ b) : nw_int(a ^ b);
    case NW_OPERATOR_SHIFT_LEFT:
    case NW_OPERATOR_SHIFT_RIGHT:
        return integer_shift(eval, op, a, b);
    default:
        return unsupported(eval, op, left, right);
    }
}

static double number_of(nw_value value)
{
    return value.kind == NW_FLOAT ? value.as.number : (double)value.as.integer;
}

static double float_modulo(double a, double b)
{
    double rest = fmod(a, b);
    if (rest != 0)
        return (rest < 0) != (b < 0) ? rest + b : rest;
    return copysign(0.0, b);
}

static nw_value float_power(nw_eval *eval, double a, double b)
{
    if (a == 0 && b < 0)
        return zero_division(eval, "0.0 cannot be raised to a negative power");
    if (a < 0 && isfinite(a) && isfinite(b) && floor(b) != b)
        return nw_lost(eval, NW_DIAG_UNSUPPORTED, "a complex number");
    double result = pow(a, b);
    if (isinf(result) && isfinite(a) && isfinite(b))
        return nw_raise(eval, NW_EXCEPTION_OVERFLOW_ERROR, "Result too large");
    return nw_float(result);
}

static nw_value floats(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    double a = number_of(left), b = number_of(right);
    switch (op) {
    case NW_OPERATOR_ADD:
        return nw_float(a + b);
    case NW_OPERATOR_SUBTRACT:
        return nw_float(a - b);
    case NW_OPERATOR_MULTIPLY:
        return nw_float(a * b);
    case NW_OPERATOR_DIVIDE:
        return b == 0 ? zero_division(eval, "float division by zero") : nw_float(a / b);
    case NW_OPERATOR_FLOOR_DIVIDE: {
        if (b == 0)
            return zero_division(eval, "float floor division by zero");
        double quotient = (a - float_modulo(a, b)) / b, whole = floor(quotient);
        return nw_float(quotient - whole > 0.5 ? whole + 1 : whole);
    }
    case NW_OPERATOR_MODULO:
        return b == 0 ? zero_division(eval, "float modulo") : nw_float(float_modulo(a, b));
    case NW_OPERATOR_POWER:
        return float_power(eval, a, b);
    default:
        return unsupported(eval, op, left, right);
    }
}

/* ---- sequences ---- */

static nw_value too_large(nw_eval *eval)
{
    return nw_lost(eval, NW_DIAG_MEMORY_LIMIT, ": a sequence repeated too often");
}

static nw_value concatenate_tuples(nw_eval *eval, const nw_tuple *a, const nw_tuple *b)
{
    if ((uint64_t)a->count + b->count > NW_MAX_ITEMS)
        return too_large(eval);
    nw_tuple *tuple = nw_tuple_make(eval, a->count + b->count);
    if (a->count)
        memcpy(tuple->items, a->items, a->count * sizeof *a->items);
    if (b->count)
        memcpy(tuple->items + a->count, b->items, b->count * sizeof *b->items);
    tuple->class_ = nw_is_size_class(eval, a->class_) ? a->class_ : b->class_ && nw_keras_is_used(eval) && nw_is_size_class(eval, b->class_) ? b->class_ : NULL;
    return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
}

static nw_value concatenate_lists(nw_eval *eval, const nw_sequence *a, const nw_sequence *b)
{
    if ((uint64_t)a->count + b->count > NW_MAX_ITEMS)
        return too_large(eval);
    nw_value *items = nw_arena_alloc(&eval->arena, (a->count + b->count) * sizeof *items);
    if (a->count)
        memcpy(items, a->items, a->count * sizeof *items);
    if (b->count)
        memcpy(items + a->count, b->items, b->count * sizeof *items);
    if (a->repeated || b->repeated)
        return nw_repeated_list(eval, nw_any_of(eval, items, a->count + b->count));
    return nw_list_new(eval, items, a->count + b->count);
}

static nw_value concatenate_text(nw_eval *eval, nw_value left, nw_value right)
{
    nw_buffer out;
    nw_buffer_init(&out);
    nw_text a = nw_symbol_text(eval->symbols, left.as.symbol), b = nw_symbol_text(eval->symbols, right.as.symbol);
    nw_buffer_add(&out, a.bytes, a.size);
    nw_buffer_add(&out, b.bytes, b.size);
    nw_value joined = nw_buffer_value(eval, &out);
    if (joined.kind == NW_STRING)
        joined.kind = left.kind;
    return joined;
}

static nw_value repeat_items(nw_eval *eval, nw_value sequence, int64_t times)
{
    bool is_tuple = sequence.kind == NW_TUPLE;
    const nw_value *items = is_tuple ? sequence.as.tuple->items : sequence.as.list->items;
    uint32_t count = is_tuple ? sequence.as.tuple->count : sequence.as.list->count;
    times = times < 0 ? 0 : times;
    if (!is_tuple && sequence.as.list->repeated)
        return times ? sequence : nw_list_new(eval, NULL, 0);
    if (count && times > NW_MAX_ITEMS / count)
        return too_large(eval);
    uint32_t total = count ? count * (uint32_t)times : 0;
    nw_value *copies = nw_arena_alloc(&eval->arena, total * sizeof *copies);
    for (uint32_t i = 0; i < total; i++)
        copies[i] = items[i % count];
    nw_value result = is_tuple ? nw_tuple_new(eval, copies, total) : nw_list_new(eval, copies, total);
    if (result.kind == NW_TUPLE && nw_is_size_class(eval, sequence.as.tuple->class_))
        result.as.tuple->class_ = sequence.as.tuple->class_;
    return result;
}

static nw_value repeat_text(nw_eval *eval, nw_value text, int64_t times)
{
    nw_text bytes = nw_symbol_text(eval->symbols, text.as.symbol);
    if (times > 0 && bytes.size && times > NW_MAX_STRING / bytes.size)
        return too_large(eval);
    nw_buffer out;
    nw_buffer_init(&out);
    for (int64_t i = 0; i < times && bytes.size; i++)
        nw_buffer_add(&out, bytes.bytes, bytes.size);
    nw_value repeated = nw_buffer_value(eval, &out);
    if (repeated.kind == NW_STRING)
        repeated.kind = text.kind;
    return repeated;
}

static bool is_sequence(nw_value value)
{
    return value.kind == NW_TUPLE || value.kind == NW_LIST || value.kind == NW_STRING || value.kind == NW_BYTES;
}

static nw_value repeat(nw_eval *eval, nw_value sequence, nw_value times)
{
    if (nw_is_integer(times))
        return sequence.kind == NW_TUPLE || sequence.kind == NW_LIST ? repeat_items(eval, sequence, times.as.integer)
                                                                     : repeat_text(eval, sequence, times.as.integer);
    if (sequence.kind == NW_LIST) /* [x] * n with an unknown n */
        return nw_repeated_list(eval, nw_any_of(eval, sequence.as.list->items, sequence.as.list->count));
    const nw_value operands[] = {sequence, times};
    return nw_expression_intern(eval, NW_OPERATOR_MULTIPLY, sequence.kind == NW_TUPLE ? NW_TYPE_TUPLE : NW_TYPE_STRING, operands, 2);
}

/* ---- sets and dictionaries ---- */

/* The items of a set in Python's order. */
static const nw_tuple *items_of_set(nw_eval *eval, const nw_dict *set)
{
    nw_value ordered = nw_set_ordered(eval, set);
    if (ordered.kind == NW_TUPLE)
        return ordered.as.tuple;
    nw_tuple *items = nw_tuple_make(eval, set->live);
    uint32_t position = 0, count = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(set, &position));)
        items->items[count++] = entry->key;
    return items;
}

static nw_value set_operation(nw_eval *eval, nw_operator op, const nw_dict *a, const nw_dict *b)
{
    nw_value made = nw_set_new(eval);
    nw_dict *set = made.as.dict;
    set->class_ = a->class_;
    set->open = op == NW_OPERATOR_SUBTRACT ? a->open : a->open || b->open;
    bool both = op == NW_OPERATOR_BIT_AND, all = op == NW_OPERATOR_BIT_OR;
    if (both && b->live <= a->live) { /* Python goes through the smaller one */
        const nw_dict *smaller = b;
        b = a;
        a = smaller;
    }
    const nw_tuple *items = items_of_set(eval, a);
    for (uint32_t i = 0; i < items->count; i++)
        if (all || both == (nw_dict_find(b, items->items[i]) != NULL))
            nw_dict_set(eval, set, items->items[i], nw_unset());
    set->merged = all ? set->live : 0;
    items = all || op == NW_OPERATOR_BIT_XOR ? items_of_set(eval, b) : nw_tuple_make(eval, 0);
    for (uint32_t i = 0; i < items->count; i++)
        if (all || !nw_dict_find(a, items->items[i]))
            nw_dict_set(eval, set, items->items[i], nw_unset());
    return made;
}

static nw_value merge_dicts(nw_eval *eval, const nw_dict *a, nw_value right)
{
    nw_dict *merged = nw_dict_copy(eval, a);
    return nw_dict_update(eval, merged, right) ? nw_dict_value(merged) : nw_error();
}

static nw_value native(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    if (nw_is_integer(left) && nw_is_integer(right))
        return integers(eval, op, left, right);
    if (nw_is_number(left) && nw_is_number(right))
        return floats(eval, op, left, right);
    if (op == NW_OPERATOR_ADD && left.kind == right.kind) {
        if (left.kind == NW_TUPLE)
            return concatenate_tuples(eval, left.as.tuple, right.as.tuple);
        if (left.kind == NW_LIST)
            return concatenate_lists(eval, left.as.list, right.as.list);
        if (left.kind == NW_STRING || left.kind == NW_BYTES)
            return concatenate_text(eval, left, right);
    }
    if (op == NW_OPERATOR_ADD && ((left.kind == NW_TUPLE && right.kind == NW_LIST && right.as.list->repeated) ||
                                  (right.kind == NW_TUPLE && left.kind == NW_LIST && left.as.list->repeated))) {
        /* a tuple of unknown length is kept as such a list */
        nw_value a = nw_element_of(eval, left), b = nw_element_of(eval, right), items[] = {a, b};
        return nw_repeated_list(eval, a.kind == NW_UNSET ? b : b.kind == NW_UNSET ? a : nw_any_of(eval, items, 2));
    }
    if (op == NW_OPERATOR_MULTIPLY && (is_sequence(left) || is_sequence(right)) && (nw_is_integer(left) || nw_is_integer(right)))
        return is_sequence(left) ? repeat(eval, left, right) : repeat(eval, right, left);
    if (left.kind == NW_SET && right.kind == NW_SET &&
        (op == NW_OPERATOR_BIT_OR || op == NW_OPERATOR_BIT_AND || op == NW_OPERATOR_BIT_XOR || op == NW_OPERATOR_SUBTRACT))
        return set_operation(eval, op, left.as.dict, right.as.dict);
    if (left.kind == NW_DICT && right.kind == NW_DICT && op == NW_OPERATOR_BIT_OR)
        return merge_dicts(eval, left.as.dict, right);
    bool types = (left.kind == NW_CLASS || left.kind == NW_NONE || left.kind == NW_TUPLE) && (right.kind == NW_CLASS || right.kind == NW_NONE || right.kind == NW_TUPLE);
    if (op == NW_OPERATOR_BIT_OR && types) /* int | None: what isinstance() takes */
        return nw_tuple_new(eval, (nw_value[]){left, right}, 2);
    return unsupported(eval, op, left, right);
}

/* ---- unknown operands ---- */

static nw_opaque_type type_of(nw_value value)
{
    static const uint8_t types[NW_KIND_COUNT] = {
        [NW_BOOL] = NW_TYPE_INT, [NW_INT] = NW_TYPE_INT, [NW_FLOAT] = NW_TYPE_FLOAT, [NW_STRING] = NW_TYPE_STRING,
        [NW_TUPLE] = NW_TYPE_TUPLE, [NW_LIST] = NW_TYPE_LIST, [NW_DICT] = NW_TYPE_DICT,
    };
    if (value.kind != NW_OPAQUE)
        return (nw_opaque_type)types[value.kind];
    return value.as.opaque->type == NW_TYPE_BOOL ? NW_TYPE_INT : (nw_opaque_type)value.as.opaque->type;
}

static bool is_number_type(nw_opaque_type type)
{
    return type == NW_TYPE_INT || type == NW_TYPE_FLOAT || type == NW_TYPE_NUMBER;
}

static nw_opaque_type result_type(nw_operator op, nw_value left, nw_value right)
{
    nw_opaque_type a = type_of(left), b = type_of(right);
    if (is_number_type(a) && is_number_type(b)) {
        if (op == NW_OPERATOR_DIVIDE || (a == NW_TYPE_FLOAT && op != NW_OPERATOR_POWER) || (b == NW_TYPE_FLOAT && op != NW_OPERATOR_POWER))
            return NW_TYPE_FLOAT;
        bool natural = op == NW_OPERATOR_POWER && nw_is_integer(right) && right.as.integer >= 0;
        return a == NW_TYPE_INT && b == NW_TYPE_INT && (op != NW_OPERATOR_POWER || natural) ? NW_TYPE_INT : NW_TYPE_NUMBER;
    }
    if ((a == NW_TYPE_COMPLEX || b == NW_TYPE_COMPLEX) && (is_number_type(a) || a == b || is_number_type(b)))
        return NW_TYPE_COMPLEX;
    if (op == NW_OPERATOR_MODULO && a == NW_TYPE_STRING)
        return NW_TYPE_STRING;
    if (op == NW_OPERATOR_ADD && (a == b || a == NW_TYPE_ANY || b == NW_TYPE_ANY)) {
        nw_opaque_type known = a == NW_TYPE_ANY ? b : a;
        return known == NW_TYPE_STRING || known == NW_TYPE_TUPLE || known == NW_TYPE_LIST ? known : NW_TYPE_ANY;
    }
    return NW_TYPE_ANY;
}

static bool is_known_number(nw_value value, double number)
{
    return nw_is_number(value) && number_of(value) == number;
}

/* x * 1, x + 0, x - 0, x / 1 and x ** 1 where x is a number, and what is zero whatever x is. UNSET: nothing applies. */
static nw_value simplify(nw_operator op, nw_value left, nw_value right)
{
    nw_opaque_type type = type_of(left.kind == NW_OPAQUE ? left : right);
    bool same_type = type == NW_TYPE_FLOAT || (type == NW_TYPE_INT && (nw_is_integer(left) || nw_is_integer(right)));
    if (!same_type)
        return nw_unset();
    if (left.kind == NW_OPAQUE && nw_is_number(right)) {
        bool neutral = op == NW_OPERATOR_ADD || op == NW_OPERATOR_SUBTRACT ? is_known_number(right, 0) : op == NW_OPERATOR_MULTIPLY || op == NW_OPERATOR_POWER
                       ? is_known_number(right, 1) : op == NW_OPERATOR_DIVIDE && type == NW_TYPE_FLOAT && is_known_number(right, 1);
        return neutral ? left : nw_unset();
    }
    bool neutral = (op == NW_OPERATOR_ADD && is_known_number(left, 0)) || (op == NW_OPERATOR_MULTIPLY && is_known_number(left, 1));
    return neutral && right.kind == NW_OPAQUE ? right : nw_unset();
}

static nw_value opaque_operands(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    bool division = op == NW_OPERATOR_DIVIDE || op == NW_OPERATOR_FLOOR_DIVIDE || op == NW_OPERATOR_MODULO;
    if (division && is_known_number(right, 0) && is_number_type(type_of(left)))
        return zero_division(eval, "division by zero");
    if (op == NW_OPERATOR_MULTIPLY && (left.kind == NW_LIST || right.kind == NW_LIST))
        return left.kind == NW_LIST ? repeat(eval, left, right) : repeat(eval, right, left);
    if (left.kind == NW_NONE || right.kind == NW_NONE || left.kind == NW_DICT || right.kind == NW_DICT) {
        nw_opaque_type other = type_of(left.kind == NW_OPAQUE ? left : right);
        if (other != NW_TYPE_ANY && op != NW_OPERATOR_BIT_OR)
            return unsupported(eval, op, left, right);
    }
    if ((op == NW_OPERATOR_BIT_OR && (left.kind == NW_CLASS || right.kind == NW_CLASS || left.kind == NW_TUPLE)))
        return nw_tuple_new(eval, (nw_value[]){left, right}, 2);
    if (op == NW_OPERATOR_ADD && (left.kind == NW_LIST || right.kind == NW_LIST)) {
        nw_value known = left.kind == NW_LIST ? left : right;
        nw_value items[] = {nw_element_of(eval, known), nw_element_of(eval, left.kind == NW_LIST ? right : left)};
        return nw_repeated_list(eval, items[0].kind == NW_UNSET ? items[1] : nw_any_of(eval, items, 2));
    }
    nw_value simple = simplify(op, left, right);
    if (simple.kind != NW_UNSET)
        return simple;
    bool booleans = (op == NW_OPERATOR_BIT_AND || op == NW_OPERATOR_BIT_OR) &&
                    (left.kind == NW_BOOL || (left.kind == NW_OPAQUE && left.as.opaque->type == NW_TYPE_BOOL)) &&
                    (right.kind == NW_BOOL || (right.kind == NW_OPAQUE && right.as.opaque->type == NW_TYPE_BOOL));
    const nw_value operands[] = {left, right};
    return nw_expression(eval, (uint16_t)op, booleans ? NW_TYPE_BOOL : result_type(op, left, right), operands, 2);
}

/* ---- gated operands ---- */

uint32_t nw_phi_leaves(nw_value value)
{
    return value.kind == NW_PHI ? nw_phi_leaves(value.as.phi->then) + nw_phi_leaves(value.as.phi->otherwise) : 1;
}

typedef struct arms {
    const nw_phi *phi;
    nw_value (*run)(nw_eval *eval, nw_value arm, void *data);
    void *data;
} arms;

static nw_value run_then(nw_eval *eval, void *data)
{
    const arms *of = data;
    return of->run(eval, nw_settle(eval, of->phi->then), of->data);
}

static nw_value run_otherwise(nw_eval *eval, void *data)
{
    const arms *of = data;
    return of->run(eval, nw_settle(eval, of->phi->otherwise), of->data);
}

static bool is_plain_data(nw_value value)
{
    return value.kind == NW_PHI ? is_plain_data(value.as.phi->then) && is_plain_data(value.as.phi->otherwise)
                                : value.kind >= NW_OPAQUE && value.kind <= NW_ELLIPSIS;
}

/* Arms that cannot have effects need no fork of the heap. UNSET: one of them raises. */
static nw_value run_directly(nw_eval *eval, arms *of)
{
    nw_guard before = eval->path;
    eval->path = nw_bdd_and(&eval->bdd, before, of->phi->guard);
    nw_value then = run_then(eval, of);
    eval->path = before;
    if (then.kind != NW_ERROR) {
        eval->path = nw_bdd_and(&eval->bdd, before, nw_bdd_not(&eval->bdd, of->phi->guard));
        nw_value otherwise = run_otherwise(eval, of);
        eval->path = before;
        if (otherwise.kind != NW_ERROR)
            return nw_join(eval, of->phi->guard, then, otherwise);
    }
    if (eval->exception.kind == NW_UNSET)
        return nw_error();
    nw_exception_clear(eval);
    return nw_unset();
}

nw_value nw_each_arm(nw_eval *eval, nw_value gated, nw_value (*run)(nw_eval *eval, nw_value arm, void *data), void *data)
{
    arms of = {gated.as.phi, run, data};
    if (is_plain_data(gated) || eval->in_catalog > 0) {
        nw_value result = run_directly(eval, &of);
        if (result.kind != NW_UNSET)
            return result;
        if (eval->in_catalog > 0) {
            eval->undecided = true;
            return nw_error();
        }
    }
    return nw_fork(eval, gated.as.phi->guard, run_then, run_otherwise, &of);
}

typedef struct binary {
    nw_operator op;
    nw_value other;
    bool swapped;
} binary;

static nw_value binary_arm(nw_eval *eval, nw_value arm, void *data)
{
    const binary *of = data;
    return of->swapped ? nw_binary(eval, of->op, of->other, arm) : nw_binary(eval, of->op, arm, of->other);
}

/* ---- the operators ---- */

bool nw_derives_from_left(nw_value left, nw_value right)
{
    return left.kind == NW_INSTANCE && right.kind == NW_INSTANCE && left.as.instance->class_ != right.as.instance->class_ &&
           nw_is_subclass(right.as.instance->class_, left.as.instance->class_);
}

/* The right operand is asked first where its class derives from the left one's and has a method of its own for it. */
static bool goes_before(nw_eval *eval, nw_value left, nw_value right, nw_symbol reflected)
{
    if (!nw_derives_from_left(left, right))
        return false;
    const nw_value *theirs = nw_class_find(eval, right.as.instance->class_, reflected), *ours = nw_class_find(eval, left.as.instance->class_, reflected);
    return theirs && theirs != ours;
}

static nw_value by_method(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    if (left.kind < NW_TUPLE && right.kind < NW_TUPLE) /* values of no class of the program's */
        return (nw_value){.kind = NW_NOT_IMPLEMENTED};
    nw_symbol name = method_name(eval, op, false), reflected = method_name(eval, op, true);
    nw_value result = {.kind = NW_NOT_IMPLEMENTED};
    bool goes_first = goes_before(eval, left, right, reflected);
    if (goes_first)
        result = nw_call_special(eval, right, reflected, &left, 1);
    if (result.kind == NW_NOT_IMPLEMENTED && nw_special(eval, left, name))
        result = nw_call_special(eval, left, name, &right, 1);
    if (result.kind == NW_NOT_IMPLEMENTED && !goes_first && nw_special(eval, right, reflected))
        result = nw_call_special(eval, right, reflected, &left, 1);
    return result;
}

static bool has_unknown_base(nw_value value)
{
    return value.kind == NW_INSTANCE && value.as.instance->class_->opaque_base;
}

/* A view of a dictionary takes part in the operators of sets. */
static nw_value view_as_set(nw_eval *eval, nw_value value)
{
    return nw_is_view(value) ? nw_set_of(eval, value) : value;
}

nw_value nw_binary(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    left = view_as_set(eval, nw_settle(eval, left));
    right = view_as_set(eval, nw_settle(eval, right));
    if (left.kind == NW_ERROR || right.kind == NW_ERROR)
        return nw_error();
    if (nw_is_integer(left) && nw_is_integer(right))
        return integers(eval, op, left, right);
    if (left.kind == NW_PHI || right.kind == NW_PHI) {
        binary data = {op, left.kind == NW_PHI ? right : left, left.kind != NW_PHI};
        return nw_each_arm(eval, left.kind == NW_PHI ? left : right, binary_arm, &data);
    }
    if (left.kind == NW_TENSOR || right.kind == NW_TENSOR) {
        nw_value result = nw_tensor_binary(eval, op, left, right);
        if (result.kind != NW_NOT_IMPLEMENTED)
            return result;
    }
    nw_value result = by_method(eval, op, left, right);
    if (result.kind != NW_NOT_IMPLEMENTED)
        return result;
    if (has_unknown_base(left) || has_unknown_base(right))
        return nw_lost(eval, NW_DIAG_CALL_UNKNOWN, "operator %s", nw_operator_text(op));
    left = nw_plain(left);
    if (op == NW_OPERATOR_MODULO && left.kind == NW_STRING) /* what is formatted is asked for its own text */
        return nw_format_percent(eval, left, right);
    right = nw_plain(right);
    if (left.kind == NW_TENSOR || right.kind == NW_TENSOR) { /* a number of a class of its own, such as that of an enumeration */
        result = nw_tensor_binary(eval, op, left, right);
        if (result.kind != NW_NOT_IMPLEMENTED)
            return result;
    }
    if (left.kind == NW_OPAQUE || right.kind == NW_OPAQUE)
        return opaque_operands(eval, op, left, right);
    return native(eval, op, left, right);
}

static nw_value negate_truth(nw_eval *eval, nw_value operand)
{
    nw_guard guard;
    nw_answer answer = nw_truth(eval, operand, &guard);
    if (answer == NW_FAILED)
        return nw_error();
    if (answer != NW_MAYBE)
        return nw_bool(answer == NW_NO);
    return operand.kind == NW_OPAQUE ? nw_expression_intern(eval, NW_OPERATOR_NOT, NW_TYPE_BOOL, &operand, 1)
                                     : nw_join(eval, guard, nw_bool(false), nw_bool(true));
}

static nw_value unary_number(nw_eval *eval, nw_operator op, nw_value operand)
{
    if (operand.kind == NW_FLOAT && op != NW_OPERATOR_INVERT)
        return nw_float(op == NW_OPERATOR_NEGATE ? -operand.as.number : operand.as.number);
    if (nw_is_integer(operand)) {
        if (op == NW_OPERATOR_NEGATE && operand.as.integer == INT64_MIN)
            return overflow(eval, NW_OPERATOR_SUBTRACT, 0, operand.as.integer);
        return nw_int(op == NW_OPERATOR_NEGATE ? -operand.as.integer : op == NW_OPERATOR_INVERT ? ~operand.as.integer : operand.as.integer);
    }
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "bad operand type for unary %s: '%s'", nw_operator_text(op), type_name(eval, operand));
}

static nw_value unary_arm(nw_eval *eval, nw_value arm, void *data)
{
    return nw_unary(eval, *(const nw_operator *)data, arm);
}

nw_value nw_unary(nw_eval *eval, nw_operator op, nw_value operand)
{
    operand = nw_settle(eval, operand);
    if (operand.kind == NW_ERROR)
        return operand;
    if (op == NW_OPERATOR_NOT)
        return negate_truth(eval, operand);
    if (operand.kind == NW_PHI)
        return nw_each_arm(eval, operand, unary_arm, &op);
    if (operand.kind == NW_TENSOR)
        return nw_tensor_unary(eval, op, operand);
    nw_symbol name = method_name(eval, op, false);
    if (nw_special(eval, operand, name))
        return nw_call_special(eval, operand, name, NULL, 0);
    operand = nw_plain(operand);
    if (operand.kind != NW_OPAQUE)
        return unary_number(eval, op, operand);
    nw_opaque_type type = type_of(operand);
    if (op == NW_OPERATOR_POSITIVE && is_number_type(type))
        return operand;
    return nw_expression(eval, (uint16_t)op, is_number_type(type) || type == NW_TYPE_COMPLEX ? type : NW_TYPE_ANY, &operand, 1);
}
