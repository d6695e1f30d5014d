/* The special methods of built-in types that stand for operators: (7).__floordiv__(2), super().__add__(other). */
#include "eval/builtin.h"

/* The receiver without the program's class, whose own method may have called this. */
static nw_value native_part(nw_eval *eval, nw_value value)
{
    value = nw_plain(value);
    if (value.kind == NW_TUPLE && value.as.tuple->class_ && value.as.tuple->class_->module)
        return nw_tuple_new(eval, value.as.tuple->items, value.as.tuple->count);
    if (value.kind == NW_LIST && value.as.list->class_ && !value.as.list->repeated)
        return nw_list_new(eval, value.as.list->items, value.as.list->count);
    return value;
}

static nw_value apply(nw_eval *eval, nw_operator op, const char *name, nw_value self, const nw_arguments *arguments, bool reflected)
{
    NW_RECEIVER(name, NW_KIND_COUNT);
    self = native_part(eval, self);
    if (op >= NW_OPERATOR_NOT)
        return nw_unary(eval, op, self);
    NW_BIND(name, "other", 1);
    nw_value left = reflected ? out[0] : self, right = reflected ? self : out[0];
    nw_value result = op >= NW_OPERATOR_EQUAL ? nw_compare(eval, op, left, right) : nw_binary(eval, op, left, right);
    if (result.kind == NW_ERROR && nw_exception_is(eval, NW_EXCEPTION_TYPE_ERROR)) {
        nw_exception_clear(eval);
        return (nw_value){.kind = NW_NOT_IMPLEMENTED};
    }
    return result;
}

#define NW_OPERATOR(name, text, method, reflected, in_place)                                                           \
    static nw_value forward_##name(nw_eval *eval, nw_value self, const nw_arguments *arguments)                        \
    {                                                                                                                  \
        return apply(eval, NW_OPERATOR_##name, method, self, arguments, false);                                        \
    }                                                                                                                  \
    static nw_value reflected_##name(nw_eval *eval, nw_value self, const nw_arguments *arguments)                      \
    {                                                                                                                  \
        return apply(eval, NW_OPERATOR_##name, reflected, self, arguments, true);                                      \
    }
#include "syntax/operator.def"
#undef NW_OPERATOR

static const struct row {
    const char *method, *reflected;
    nw_native_function forward, backward;
} rows[] = {
#define NW_OPERATOR(name, text, method, reflected, in_place) {method, reflected, forward_##name, reflected_##name},
#include "syntax/operator.def"
#undef NW_OPERATOR
};

static void install(nw_eval *eval, nw_native_class id, nw_operator op, bool backward)
{
    const struct row *row = &rows[op];
    if (*row->method)
        nw_class_method(eval, eval->classes[id], row->method, row->forward);
    if (*row->reflected && backward)
        nw_class_method(eval, eval->classes[id], row->reflected, row->backward);
}

void nw_builtin_operator_install(nw_eval *eval)
{
    static const uint8_t numbers[] = {NW_CLASS_OF_INT, NW_CLASS_OF_FLOAT}, ordered[] = {NW_CLASS_OF_INT, NW_CLASS_OF_FLOAT, NW_CLASS_OF_STR, NW_CLASS_OF_BYTES,
                                 NW_CLASS_OF_TUPLE, NW_CLASS_OF_LIST, NW_CLASS_OF_SET, NW_CLASS_OF_FROZENSET};
    static const uint8_t sequences[] = {NW_CLASS_OF_STR, NW_CLASS_OF_BYTES, NW_CLASS_OF_TUPLE, NW_CLASS_OF_LIST}, sets[] = {NW_CLASS_OF_SET, NW_CLASS_OF_FROZENSET};
    for (size_t i = 0; i < sizeof numbers; i++)
        for (nw_operator op = NW_OPERATOR_ADD; op <= NW_OPERATOR_INVERT; op++)
            if (op != NW_OPERATOR_MATRIX_MULTIPLY && (numbers[i] == NW_CLASS_OF_INT || op < NW_OPERATOR_BIT_AND || (op > NW_OPERATOR_SHIFT_RIGHT && op != NW_OPERATOR_INVERT)))
                install(eval, (nw_native_class)numbers[i], op, op < NW_OPERATOR_EQUAL);
    for (size_t i = 0; i < sizeof ordered; i++)
        for (nw_operator op = NW_OPERATOR_LESS; op <= NW_OPERATOR_GREATER_EQUAL; op++)
            install(eval, (nw_native_class)ordered[i], op, false);
    for (size_t i = 0; i < sizeof sequences; i++) {
        install(eval, (nw_native_class)sequences[i], NW_OPERATOR_ADD, false);
        install(eval, (nw_native_class)sequences[i], NW_OPERATOR_MULTIPLY, true);
    }
    install(eval, NW_CLASS_OF_STR, NW_OPERATOR_MODULO, false);
    for (size_t i = 0; i < sizeof sets; i++) {
        install(eval, (nw_native_class)sets[i], NW_OPERATOR_SUBTRACT, true);
        for (nw_operator op = NW_OPERATOR_BIT_AND; op <= NW_OPERATOR_BIT_XOR; op++)
            install(eval, (nw_native_class)sets[i], op, true);
    }
    install(eval, NW_CLASS_OF_DICT, NW_OPERATOR_BIT_OR, true);
}
