#include "eval/symbolic.h"

#include "eval/convert.h"

#include <math.h>
#include <string.h>

struct nw_expression_table {
    nw_opaque **slots;
    uint32_t slot_count, count;
};

enum { MAX_TEXT = 160 };

uint64_t nw_operand_word(nw_value value)
{
    uint64_t word = 0;
    switch (value.kind) {
    case NW_NONE:
    case NW_UNSET:
    case NW_ELLIPSIS:
    case NW_NOT_IMPLEMENTED:
        break;
    case NW_OPAQUE:
        word = value.as.opaque->serial;
        break;
    case NW_BOOL:
    case NW_INT:
    case NW_DTYPE:
        word = (uint64_t)value.as.integer;
        break;
    case NW_FLOAT:
        memcpy(&word, &value.as.number, sizeof word);
        break;
    case NW_STRING:
    case NW_BYTES:
        word = value.as.symbol.v;
        break;
    case NW_TUPLE:
        for (uint32_t i = 0; i < value.as.tuple->count; i++)
            word = word * 31 + nw_operand_word(value.as.tuple->items[i]);
        break;
    case NW_SLICE:
        word = nw_operand_word(value.as.slice->start) * 31 + nw_operand_word(value.as.slice->stop);
        break;
    default:
        word = (uint64_t)(uintptr_t)value.as.object;
    }
    return (word + value.kind) * 0x9E3779B97F4A7C15u;
}

bool nw_operand_same(nw_value a, nw_value b)
{
    if (a.kind != b.kind)
        return false;
    if (a.kind == NW_TUPLE) {
        if (a.as.tuple->count != b.as.tuple->count)
            return false;
        for (uint32_t i = 0; i < a.as.tuple->count; i++)
            if (!nw_operand_same(a.as.tuple->items[i], b.as.tuple->items[i]))
                return false;
        return true;
    }
    if (a.kind == NW_SLICE)
        return nw_operand_same(a.as.slice->start, b.as.slice->start) && nw_operand_same(a.as.slice->stop, b.as.slice->stop) &&
               nw_operand_same(a.as.slice->step, b.as.slice->step);
    return nw_operand_word(a) == nw_operand_word(b);
}

/* ---- text ---- */

static int precedence_of(uint16_t op)
{
    switch (op) {
    case NW_OPERATOR_NOT:
        return 3;
    case NW_OPERATOR_BIT_OR:
        return 5;
    case NW_OPERATOR_BIT_XOR:
        return 6;
    case NW_OPERATOR_BIT_AND:
        return 7;
    case NW_OPERATOR_SHIFT_LEFT:
    case NW_OPERATOR_SHIFT_RIGHT:
        return 8;
    case NW_OPERATOR_ADD:
    case NW_OPERATOR_SUBTRACT:
        return 9;
    case NW_OPERATOR_MULTIPLY:
    case NW_OPERATOR_DIVIDE:
    case NW_OPERATOR_FLOOR_DIVIDE:
    case NW_OPERATOR_MODULO:
    case NW_OPERATOR_MATRIX_MULTIPLY:
        return 10;
    case NW_OPERATOR_NEGATE:
    case NW_OPERATOR_POSITIVE:
    case NW_OPERATOR_INVERT:
        return 11;
    case NW_OPERATOR_POWER:
        return 12;
    default:
        return op < NW_OPERATOR_COUNT ? 4 : 20; /* comparisons; calls and the like */
    }
}

static void text_at(nw_eval *eval, nw_buffer *out, nw_value value, int precedence)
{
    if (value.kind == NW_STRING) { /* more is cut off in the end */
        nw_convert_quoted_start(out, nw_symbol_text(eval->symbols, value.as.symbol), MAX_TEXT + 1);
        return;
    }
    bool bracket = value.kind == NW_OPAQUE && value.as.opaque->origin == NW_ORIGIN_EXPRESSION && precedence_of(value.as.opaque->op) < precedence;
    if (bracket)
        nw_buffer_byte(out, '(');
    nw_operand_text(eval, out, value);
    if (bracket)
        nw_buffer_byte(out, ')');
}

static void text_list(nw_eval *eval, nw_buffer *out, const nw_value *items, uint32_t count)
{
    for (uint32_t i = 0; i < count && out->size < MAX_TEXT; i++) {
        if (i)
            nw_buffer_text(out, ", ");
        nw_operand_text(eval, out, items[i]);
    }
}

static void text_symbol(nw_eval *eval, nw_buffer *out, nw_symbol symbol)
{
    nw_text text = nw_symbol_text(eval->symbols, symbol);
    nw_buffer_add(out, text.bytes, text.size);
}

static void text_bound(nw_eval *eval, nw_buffer *out, nw_value bound)
{
    if (bound.kind != NW_NONE)
        nw_operand_text(eval, out, bound);
}

void nw_operand_text(nw_eval *eval, nw_buffer *out, nw_value value)
{
    switch (value.kind) {
    case NW_OPAQUE:
        text_symbol(eval, out, value.as.opaque->text);
        break;
    case NW_NONE:
        nw_buffer_text(out, "None");
        break;
    case NW_BOOL:
        nw_buffer_text(out, value.as.integer ? "True" : "False");
        break;
    case NW_INT:
        nw_buffer_format(out, "%lld", (long long)value.as.integer);
        break;
    case NW_FLOAT:
        nw_convert_float(out, value.as.number);
        break;
    case NW_STRING:
        nw_convert_quoted(out, nw_symbol_text(eval->symbols, value.as.symbol), false);
        break;
    case NW_TUPLE:
        nw_buffer_byte(out, '(');
        text_list(eval, out, value.as.tuple->items, value.as.tuple->count);
        nw_buffer_text(out, value.as.tuple->count == 1 ? ",)" : ")");
        break;
    case NW_LIST:
        nw_buffer_byte(out, '[');
        text_list(eval, out, value.as.list->items, value.as.list->count);
        nw_buffer_text(out, value.as.list->repeated ? ", ...]" : "]");
        break;
    case NW_SLICE:
        text_bound(eval, out, value.as.slice->start);
        nw_buffer_byte(out, ':');
        text_bound(eval, out, value.as.slice->stop);
        break;
    case NW_CLASS:
        text_symbol(eval, out, value.as.class_->name);
        break;
    case NW_FUNCTION:
        text_symbol(eval, out, value.as.function->name);
        break;
    case NW_PHI:
        nw_operand_text(eval, out, value.as.phi->then);
        nw_buffer_text(out, " or ");
        nw_operand_text(eval, out, value.as.phi->otherwise);
        break;
    case NW_TENSOR:
        nw_buffer_text(out, "tensor");
        break;
    default: {
        nw_class *class_ = nw_type_of(eval, value);
        text_symbol(eval, out, class_ ? class_->name : (nw_symbol){NW_NAME_OBJECT});
    }
    }
}

static bool is_negative(nw_value term)
{
    if (term.kind == NW_OPAQUE && term.as.opaque->op == NW_OPERATOR_MULTIPLY && term.as.opaque->operand_count)
        term = term.as.opaque->operands[0];
    return term.kind == NW_INT && term.as.integer < 0;
}

/* A sum is in normal form: a term with a negative factor is subtracted. */
static void text_sum(nw_eval *eval, nw_buffer *out, const nw_value *operands, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        size_t start = out->size;
        text_at(eval, out, operands[i], 9);
        if (i == 0)
            continue;
        bool negative = is_negative(operands[i]);
        nw_buffer term;
        nw_buffer_init(&term);
        nw_buffer_add(&term, out->bytes + start + negative, out->size - start - negative);
        out->size = start;
        nw_buffer_text(out, negative ? " - " : " + ");
        nw_buffer_add(out, term.bytes, term.size);
        nw_buffer_release(&term);
    }
}

static void text_operator(nw_eval *eval, nw_buffer *out, uint16_t op, const nw_value *operands, uint32_t count)
{
    int precedence = precedence_of(op);
    uint32_t first = 0;
    if (op == NW_OPERATOR_MULTIPLY && count > 1 && operands[0].kind == NW_INT && operands[0].as.integer == -1) {
        nw_buffer_byte(out, '-');
        first = 1;
    }
    for (uint32_t i = first; i < count; i++) {
        if (i > first)
            nw_buffer_format(out, " %s ", nw_operator_text((nw_operator)op));
        text_at(eval, out, operands[i], precedence + (i > first && op != NW_OPERATOR_MULTIPLY));
    }
}

static void text_expression(nw_eval *eval, nw_buffer *out, uint16_t op, const nw_value *operands, uint32_t count)
{
    if (op == NW_EXPRESSION_CALL || op == NW_EXPRESSION_METHOD) {
        uint32_t arguments = op == NW_EXPRESSION_CALL ? 1 : 2;
        if (arguments == 2) {
            text_at(eval, out, operands[1], 20);
            nw_buffer_byte(out, '.');
        }
        text_symbol(eval, out, operands[0].as.symbol);
        nw_buffer_byte(out, '(');
        text_list(eval, out, operands + arguments, count - arguments);
        nw_buffer_byte(out, ')');
    } else if (op == NW_EXPRESSION_ITEM) {
        text_at(eval, out, operands[0], 20);
        nw_buffer_byte(out, '[');
        text_at(eval, out, operands[1], 0);
        nw_buffer_byte(out, ']');
    } else if (op == NW_TEST_TRUTH) {
        nw_operand_text(eval, out, operands[0]);
    } else if (op >= NW_OPERATOR_COUNT) {
        nw_buffer_text(out, op == NW_TEST_INSTANCE ? "isinstance(" : "hasattr(");
        text_list(eval, out, operands, count);
        nw_buffer_byte(out, ')');
    } else if (op == NW_OPERATOR_ADD) {
        text_sum(eval, out, operands, count);
    } else if (count == 1) {
        nw_buffer_text(out, nw_operator_text((nw_operator)op));
        if (op == NW_OPERATOR_NOT)
            nw_buffer_byte(out, ' ');
        text_at(eval, out, operands[0], precedence_of(op));
    } else {
        text_operator(eval, out, op, operands, count);
    }
}

static nw_symbol make_text(nw_eval *eval, uint16_t op, const nw_value *operands, uint32_t count)
{
    nw_buffer out;
    nw_buffer_init(&out);
    text_expression(eval, &out, op, operands, count);
    if (out.size > MAX_TEXT) {
        out.size = MAX_TEXT;
        while (out.size && (out.bytes[out.size] & 0xC0) == 0x80)
            out.size--;
        nw_buffer_text(&out, "...");
    }
    nw_symbol symbol = nw_symbol_intern(eval->symbols, out.bytes, out.size);
    nw_buffer_release(&out);
    return symbol;
}

/* ---- making ---- */

static nw_opaque *new_opaque(nw_eval *eval, nw_opaque_origin origin, nw_opaque_type type)
{
    nw_opaque *opaque = nw_arena_zero(&eval->arena, sizeof *opaque);
    opaque->origin = (uint8_t)origin;
    opaque->type = (uint8_t)type;
    opaque->serial = ++eval->next_serial;
    opaque->place = nw_here(eval);
    opaque->minimum = type == NW_TYPE_BOOL ? 0 : INT64_MIN;
    return opaque;
}

nw_value nw_symbolic(nw_eval *eval, nw_opaque_type type, nw_symbol text)
{
    nw_opaque *opaque = new_opaque(eval, NW_ORIGIN_SYMBOL, type);
    opaque->text = text;
    return (nw_value){.kind = NW_OPAQUE, .as.opaque = opaque};
}

static uint32_t hash_of(uint16_t op, const nw_value *operands, uint32_t count)
{
    uint64_t hash = op;
    for (uint32_t i = 0; i < count; i++)
        hash = (hash ^ nw_operand_word(operands[i])) * 0xFF51AFD7ED558CCDu + 1;
    return (uint32_t)(hash ^ (hash >> 32));
}

static nw_opaque **find_slot(struct nw_expression_table *table, uint16_t op, const nw_value *operands, uint32_t count)
{
    uint32_t slot = hash_of(op, operands, count) & (table->slot_count - 1);
    for (; table->slots[slot]; slot = (slot + 1) & (table->slot_count - 1)) {
        nw_opaque *seen = table->slots[slot];
        bool equal = seen->op == op && seen->operand_count == count;
        for (uint32_t i = 0; equal && i < count; i++)
            equal = nw_operand_same(seen->operands[i], operands[i]);
        if (equal)
            break;
    }
    return &table->slots[slot];
}

static void grow_table(nw_eval *eval)
{
    struct nw_expression_table *old = eval->expressions, *table = nw_arena_zero(&eval->arena, sizeof *table);
    table->slot_count = old ? old->slot_count * 2 : 256;
    table->slots = nw_arena_zero(&eval->arena, table->slot_count * sizeof *table->slots);
    for (uint32_t i = 0; old && i < old->slot_count; i++)
        if (old->slots[i])
            *find_slot(table, old->slots[i]->op, old->slots[i]->operands, old->slots[i]->operand_count) = old->slots[i];
    table->count = old ? old->count : 0;
    eval->expressions = table;
}

/* The first operand that was lost, also inside a tuple. */
static const nw_opaque *lost_operand(const nw_value *operands, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (operands[i].kind == NW_OPAQUE && operands[i].as.opaque->origin == NW_ORIGIN_LOST)
            return operands[i].as.opaque;
        const nw_opaque *inner = operands[i].kind == NW_TUPLE ? lost_operand(operands[i].as.tuple->items, operands[i].as.tuple->count) : NULL;
        if (inner)
            return inner;
    }
    return NULL;
}

static int64_t minimum_of(nw_value value)
{
    return nw_is_integer(value) ? value.as.integer : value.kind == NW_OPAQUE ? value.as.opaque->minimum : INT64_MIN;
}

/* A lower bound of an integer expression from those of its operands. */
static int64_t expression_minimum(nw_eval *eval, const nw_opaque *expression)
{
    const nw_value *operands = expression->operands;
    int64_t first = minimum_of(operands[0]), second = expression->operand_count > 1 ? minimum_of(operands[1]) : INT64_MIN, product = 1;
    switch (expression->op) {
    case NW_OPERATOR_ADD: {
        bool exact;
        return nw_linear_difference(eval, (nw_value){.kind = NW_OPAQUE, .as.object = expression}, nw_int(0), &exact);
    }
    case NW_OPERATOR_MULTIPLY:
        for (uint32_t i = 0; i < expression->operand_count; i++)
            if (minimum_of(operands[i]) < 0 || __builtin_mul_overflow(product, minimum_of(operands[i]), &product))
                return INT64_MIN;
        return product;
    case NW_OPERATOR_FLOOR_DIVIDE:
        return first >= 0 && second > 0 ? (nw_is_integer(operands[1]) ? first / second : 0) : INT64_MIN;
    case NW_OPERATOR_MODULO:
        return second > 0 ? 0 : INT64_MIN;
    case NW_EXPRESSION_CALL:
        return operands[0].as.symbol.v == nw_symbol_of(eval->symbols, "len").v ? 0 : INT64_MIN;
    default:
        return INT64_MIN;
    }
}

nw_value nw_expression_intern(nw_eval *eval, uint16_t op, nw_opaque_type type, const nw_value *operands, uint32_t count)
{
    if (!eval->expressions || eval->expressions->count * 2 >= eval->expressions->slot_count)
        grow_table(eval);
    nw_opaque **slot = find_slot(eval->expressions, op, operands, count);
    if (!*slot) {
        const nw_opaque *lost = lost_operand(operands, count);
        nw_opaque *opaque = new_opaque(eval, lost ? NW_ORIGIN_LOST : NW_ORIGIN_EXPRESSION, type);
        opaque->op = op;
        opaque->operands = nw_arena_copy(&eval->arena, operands, count * sizeof *operands);
        opaque->operand_count = (uint16_t)count;
        if (lost) {
            opaque->reason = lost->reason;
            opaque->place = lost->place;
            opaque->text = lost->text;
        } else {
            opaque->text = make_text(eval, op, operands, count);
        }
        if (type == NW_TYPE_INT && count)
            opaque->minimum = expression_minimum(eval, opaque);
        *slot = opaque;
        eval->expressions->count++;
    }
    return (nw_value){.kind = NW_OPAQUE, .as.opaque = *slot};
}

static bool is_commutative(uint16_t op)
{
    return op == NW_OPERATOR_MULTIPLY || op == NW_OPERATOR_BIT_AND || op == NW_OPERATOR_BIT_OR || op == NW_OPERATOR_BIT_XOR ||
           op == NW_OPERATOR_EQUAL || op == NW_OPERATOR_NOT_EQUAL;
}

static bool is_numeric(nw_value value)
{
    if (value.kind == NW_OPAQUE)
        return value.as.opaque->type == NW_TYPE_INT || value.as.opaque->type == NW_TYPE_FLOAT || value.as.opaque->type == NW_TYPE_NUMBER;
    return nw_is_number(value);
}

nw_value nw_expression(nw_eval *eval, uint16_t op, nw_opaque_type type, const nw_value *operands, uint32_t count)
{
    if (count >= 1 && count <= 2 && nw_is_integral(operands[0]) && (count == 1 || nw_is_integral(operands[1]))) {
        nw_value linear = nw_linear_expression(eval, op, operands[0], count == 2 ? operands[1] : nw_unset());
        if (linear.kind != NW_UNSET)
            return linear;
    }
    if (count == 2 && is_commutative(op) && operands[0].kind == NW_OPAQUE && operands[1].kind == NW_OPAQUE && is_numeric(operands[0]) &&
        is_numeric(operands[1]) && operands[0].as.opaque->serial > operands[1].as.opaque->serial) {
        nw_value swapped[] = {operands[1], operands[0]};
        return nw_expression_intern(eval, op, type, swapped, 2);
    }
    return nw_expression_intern(eval, op, type, operands, count);
}

nw_value nw_expression_call(nw_eval *eval, const char *name, nw_opaque_type type, const nw_value *arguments, uint32_t count)
{
    nw_value *operands = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *operands);
    operands[0] = nw_string(nw_symbol_of(eval->symbols, name));
    if (count)
        memcpy(operands + 1, arguments, count * sizeof *operands);
    return nw_expression_intern(eval, NW_EXPRESSION_CALL, type, operands, count + 1);
}

nw_tensor *nw_tensor_of_shape(const nw_eval *eval, const nw_opaque *shape)
{
    bool is_shape = shape->origin == NW_ORIGIN_EXPRESSION && shape->op == NW_EXPRESSION_CALL && shape->type == NW_TYPE_TUPLE && shape->operand_count == 2 &&
                    shape->operands[1].kind == NW_TENSOR && strcmp(nw_symbol_bytes(eval->symbols, shape->operands[0].as.symbol), "shape") == 0;
    return is_shape ? shape->operands[1].as.tensor : NULL;
}
