/* Built-in functions of objects, iteration, numbers and text. */
#include "eval/keras.h"
#include "eval/builtin.h"

#include "eval/interpret.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A truth that depends on a guard, as a value. */
static nw_value answer_value(nw_eval *eval, nw_answer answer, nw_guard guard)
{
    return answer == NW_FAILED ? nw_error() : answer == NW_MAYBE ? nw_join(eval, guard, nw_bool(true), nw_bool(false)) : nw_bool(answer == NW_YES);
}

static nw_value test_expression(nw_eval *eval, nw_expression_op op, nw_value a, nw_value b)
{
    const nw_value operands[] = {a, b};
    return nw_expression_intern(eval, (uint16_t)op, NW_TYPE_BOOL, operands, 2);
}

/* ---- objects ---- */

NW_NATIVE_FUNCTION(function_len)
{
    NW_BIND("len", "object", 1);
    (void)self;
    return nw_length(eval, out[0]);
}

static nw_value instance_arm(nw_eval *eval, nw_value arm, void *data)
{
    nw_value classes = *(const nw_value *)data;
    if (arm.kind == NW_PHI)
        return nw_each_arm(eval, arm, instance_arm, data);
    nw_answer answer = nw_is_instance(eval, arm, classes);
    if (answer == NW_MAYBE)
        return test_expression(eval, NW_TEST_INSTANCE, arm, classes);
    return answer == NW_FAILED ? nw_error() : nw_bool(answer == NW_YES);
}

NW_NATIVE_FUNCTION(function_isinstance)
{
    NW_BIND("isinstance", "object, classes", 2);
    (void)self;
    return instance_arm(eval, out[0], &out[1]);
}

NW_NATIVE_FUNCTION(function_issubclass)
{
    NW_BIND("issubclass", "class, classes", 2);
    (void)self;
    nw_answer answer = nw_subclass_of(eval, out[0], out[1]);
    return answer == NW_FAILED ? nw_error() : answer == NW_MAYBE ? nw_expression_call(eval, "issubclass", NW_TYPE_BOOL, out, 2) : nw_bool(answer == NW_YES);
}

static bool attribute_name(nw_eval *eval, const char *function, nw_value *name)
{
    *name = nw_plain(*name);
    if (name->kind == NW_STRING || nw_is_opaque(*name))
        return true;
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s(): attribute name must be string", function);
    return false;
}

/* nw_get_attribute for functions that ask whether there is one: what the catalog does not describe is unknown, but a
 * special name that it does not describe is absent. */
static nw_value find_attribute(nw_eval *eval, nw_value object, nw_symbol name)
{
    nw_value found = nw_get_attribute(eval, object, name);
    nw_text text = nw_symbol_text(eval->symbols, name);
    bool special = text.size > 4 && memcmp(text.bytes, "__", 2) == 0 && memcmp(text.bytes + text.size - 2, "__", 2) == 0;
    if (special && found.kind == NW_OPAQUE && found.as.opaque->origin == NW_ORIGIN_LOST && found.as.opaque->reason == NW_DIAG_NOT_IN_CATALOG)
        return nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "no attribute '%s'", text.bytes);
    return found;
}

typedef struct lookup {
    nw_value object, otherwise;
} lookup;

static nw_value getattr_arm(nw_eval *eval, nw_value name, void *data)
{
    const lookup *of = data;
    if (name.kind == NW_PHI)
        return nw_each_arm(eval, name, getattr_arm, data);
    if (name.kind != NW_STRING)
        return nw_lost(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, "%s", name.kind == NW_OPAQUE ? nw_symbol_bytes(eval->symbols, name.as.opaque->text) : "");
    nw_value found = of->otherwise.kind == NW_UNSET ? nw_get_attribute(eval, of->object, name.as.symbol) : find_attribute(eval, of->object, name.as.symbol);
    if (found.kind == NW_ERROR && of->otherwise.kind != NW_UNSET && nw_exception_is(eval, NW_EXCEPTION_ATTRIBUTE_ERROR)) {
        nw_exception_clear(eval);
        return of->otherwise;
    }
    return found;
}

NW_NATIVE_FUNCTION(function_getattr)
{
    NW_BIND("getattr", "object, name, default=", 3);
    (void)self;
    lookup of = {out[0], arguments->open && arguments->positional_count < 3 ? nw_unset() : out[2]};
    return attribute_name(eval, "getattr", &out[1]) ? getattr_arm(eval, out[1], &of) : nw_error();
}

static nw_value hasattr_arm(nw_eval *eval, nw_value object, void *data)
{
    nw_value name = *(const nw_value *)data;
    if (object.kind == NW_PHI)
        return nw_each_arm(eval, object, hasattr_arm, data);
    const nw_class *of = object.kind == NW_OPAQUE && name.kind == NW_STRING ? nw_type_of(eval, object) : NULL;
    if (of && of != eval->classes[NW_CLASS_OF_OBJECT]) { /* a number, string or container: what its type has */
        bool has = nw_class_find(eval, of, name.as.symbol) != NULL, is_number = object.as.opaque->type <= NW_TYPE_NUMBER || object.as.opaque->type == NW_TYPE_COMPLEX;
        if (has || is_number)
            return nw_bool(has);
    }
    if (object.kind == NW_OPAQUE || name.kind != NW_STRING)
        return test_expression(eval, NW_TEST_HAS_ATTRIBUTE, object, name);
    if ((object.kind == NW_INT || object.kind == NW_FLOAT) && strcmp(nw_bytes(eval, name.as.symbol), "item") == 0)
        return nw_bool(false); /* numbers of numpy have it, which asks for nothing */
    nw_value found = find_attribute(eval, object, name.as.symbol);
    if (found.kind == NW_ERROR && !nw_exception_is(eval, NW_EXCEPTION_ATTRIBUTE_ERROR))
        return found;
    if (found.kind == NW_ERROR) {
        nw_exception_clear(eval);
        return nw_bool(false);
    }
    bool guessed = found.kind == NW_OPAQUE && found.as.opaque->origin == NW_ORIGIN_LOST &&
                   (found.as.opaque->reason == NW_DIAG_ATTRIBUTE_UNKNOWN || found.as.opaque->reason == NW_DIAG_NOT_IN_CATALOG);
    return guessed ? test_expression(eval, NW_TEST_HAS_ATTRIBUTE, object, name) : nw_bool(true);
}

NW_NATIVE_FUNCTION(function_hasattr)
{
    NW_BIND("hasattr", "object, name", 2);
    (void)self;
    return attribute_name(eval, "hasattr", &out[1]) ? hasattr_arm(eval, out[0], &out[1]) : nw_error();
}

NW_NATIVE_FUNCTION(function_setattr)
{
    NW_BIND("setattr", "object, name, value", 3);
    (void)self;
    if (!attribute_name(eval, "setattr", &out[1]))
        return nw_error();
    if (out[1].kind != NW_STRING) {
        nw_report_loss(eval, NW_DIAG_UNKNOWN_EFFECT, nw_here(eval), nw_symbol_of(eval->symbols, "setattr"));
        return nw_none();
    }
    return nw_set_attribute(eval, out[0], out[1].as.symbol, out[2]) ? nw_none() : nw_error();
}

NW_NATIVE_FUNCTION(function_delattr)
{
    NW_BIND("delattr", "object, name", 2);
    (void)self;
    if (!attribute_name(eval, "delattr", &out[1]))
        return nw_error();
    return out[1].kind != NW_STRING || nw_delete_attribute(eval, out[0], out[1].as.symbol) ? nw_none() : nw_error();
}

NW_NATIVE_FUNCTION(function_callable)
{
    NW_BIND("callable", "object", 1);
    nw_value object = out[0];
    (void)self;
    if (object.kind == NW_PHI || (object.kind == NW_OPAQUE && (object.as.opaque->type == NW_TYPE_ANY)))
        return nw_expression_call(eval, "callable", NW_TYPE_BOOL, &object, 1);
    if (object.kind == NW_OPAQUE)
        return nw_bool(object.as.opaque->type == NW_TYPE_CALLABLE || object.as.opaque->type == NW_TYPE_MODULE);
    if (object.kind == NW_INSTANCE)
        return object.as.instance->class_->opaque_base && !object.as.instance->class_->is_module
                   ? nw_expression_call(eval, "callable", NW_TYPE_BOOL, &object, 1)
                   : nw_bool(nw_class_find(eval, object.as.instance->class_, (nw_symbol){NW_NAME_DUNDER_CALL}) != NULL);
    return nw_bool((object.kind >= NW_FUNCTION && object.kind <= NW_CLASS));
}

int64_t nw_identity(nw_value value)
{
    if (value.kind == NW_INSTANCE)
        return value.as.instance->serial;
    if (value.kind == NW_TENSOR)
        return value.as.tensor->serial;
    uint64_t number = ((uint64_t)value.as.integer + value.kind) * 0x9e3779b97f4a7c15u;
    return -1 - (int64_t)(number >> 1); /* below zero, where no serial number is */
}

NW_NATIVE_FUNCTION(function_id)
{
    NW_BIND("id", "object", 1);
    (void)self;
    bool is_known = out[0].kind == NW_INSTANCE || out[0].kind == NW_TENSOR ||
                    (!eval->environment->open && !nw_is_opaque(out[0]) && out[0].kind != NW_PHI && out[0].kind != NW_UNSET);
    return is_known ? nw_int(nw_identity(out[0])) : nw_expression_call(eval, "id", NW_TYPE_INT, out, 1);
}

NW_NATIVE_FUNCTION(function_hash)
{
    NW_BIND("hash", "object", 1);
    (void)self;
    if (!nw_key_hashable(out[0]))
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "unhashable type: '%s'", nw_symbol_bytes(eval->symbols, nw_type_of(eval, out[0])->name));
    /* In open mode a hash is some number whatever it is made of, which may be every attribute of a configuration as text. */
    if (eval->environment->open && out[0].kind == NW_INSTANCE)
        return nw_expression_call(eval, "hash", NW_TYPE_INT, out, 1);
    if (nw_special(eval, out[0], (nw_symbol){NW_NAME_DUNDER_HASH}))
        return nw_call_special(eval, out[0], (nw_symbol){NW_NAME_DUNDER_HASH}, NULL, 0);
    nw_value plain = nw_plain(out[0]);
    return nw_is_integer(plain) ? nw_int(plain.as.integer) : nw_expression_call(eval, "hash", NW_TYPE_INT, &plain, 1);
}

/* Whether the text of a method reads the class that it stands in: then that is one of its names. */
static bool reads_class(nw_eval *eval, const nw_frame *frame)
{
    const nw_ast *ast = frame->module->ast;
    const nw_node *whole = &ast->nodes[frame->code->node];
    nw_symbol super_name = nw_symbol_of(eval->symbols, "super"), class_name = {NW_NAME_DUNDER_CLASS};
    for (uint32_t i = 1; frame->function && frame->function->owner && i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        bool inside = node->kind == NW_NODE_NAME && node->start >= whole->start && node->end <= whole->end;
        if (inside && (node->a == super_name.v || node->a == class_name.v))
            return true;
    }
    return false;
}

NW_NATIVE_FUNCTION(function_vars)
{
    NW_BIND("vars", "object=", 1);
    (void)self;
    if (out[0].kind != NW_UNSET)
        return nw_get_attribute(eval, out[0], (nw_symbol){NW_NAME_DUNDER_DICT});
    nw_value dict = nw_dict_new(eval);
    const nw_frame *frame = eval->frame;
    if (frame->code->scope == NW_SCOPE_MODULE)
        return nw_dict_value(frame->module->globals);
    for (uint32_t i = 0; i < frame->code->slot_count; i++)
        if (frame->slots[i].kind != NW_UNSET)
            nw_dict_set_name(eval, dict.as.dict, frame->code->slot_names[i], nw_settle(eval, frame->slots[i]));
    if (reads_class(eval, frame))
        nw_dict_set_name(eval, dict.as.dict, (nw_symbol){NW_NAME_DUNDER_CLASS}, nw_class_value(frame->function->owner));
    return dict;
}

NW_NATIVE_FUNCTION(function_globals)
{
    (void)self, (void)arguments;
    nw_definitions_run(eval, eval->frame->module, NULL, NULL);
    return nw_dict_value(eval->frame->module->globals);
}

static void add_names(nw_eval *eval, nw_dict *names, const nw_dict *from)
{
    uint32_t position = 0;
    if (!from)
        return;
    for (nw_dict_entry *entry; (entry = nw_dict_next(from, &position));)
        if (entry->key.kind == NW_STRING)
            nw_dict_set(eval, names, entry->key, nw_unset());
}

nw_value nw_sorted_list(nw_eval *eval, nw_value iterable, nw_value key, bool reverse);

nw_value nw_attribute_names(nw_eval *eval, nw_value object)
{
    nw_value names = nw_set_new(eval);
    const nw_class *class_ = object.kind == NW_CLASS ? object.as.class_ : object.kind == NW_UNSET || object.kind == NW_MODULE ? NULL : nw_type_of(eval, object);
    if (object.kind == NW_INSTANCE)
        add_names(eval, names.as.dict, object.as.instance->attributes);
    for (uint32_t i = 0; class_ && i < class_->mro_count; i++)
        add_names(eval, names.as.dict, class_->mro[i]->attributes);
    add_names(eval, names.as.dict, object.kind == NW_MODULE ? object.as.module->globals : object.kind == NW_UNSET ? eval->frame->module->globals : NULL);
    return nw_sorted_list(eval, names, nw_none(), false);
}

NW_NATIVE_FUNCTION(function_dir)
{
    NW_BIND("dir", "object=", 1);
    (void)self;
    if (nw_is_opaque(out[0]) || (out[0].kind == NW_UNSET && !eval->frame))
        return nw_unknown_call(eval, "dir", NW_TYPE_LIST, arguments);
    nw_symbol own = nw_symbol_of(eval->symbols, "__dir__");
    if (nw_special(eval, out[0], own))
        return nw_sorted_list(eval, nw_call_special(eval, out[0], own, NULL, 0), nw_none(), false);
    return nw_attribute_names(eval, out[0]);
}

/* ---- iteration ---- */

NW_NATIVE_FUNCTION(function_iter)
{
    NW_BIND("iter", "object, sentinel=", 2);
    (void)self;
    if (out[1].kind == NW_UNSET)
        return nw_iterate(eval, out[0]);
    nw_iterator *iterator = nw_iterator_make(eval, NW_ITERATE_CALLABLE, out[0]);
    iterator->extra = out[1];
    return nw_iterator_value(iterator);
}

/* Says what a generator has returned, the first time. */
static nw_value stop_iteration(nw_eval *eval, nw_iterator *iterator)
{
    nw_value returned = iterator->generator ? iterator->extra : nw_none();
    if (iterator->generator) {
        nw_trail_iterator(eval, iterator);
        iterator->extra = nw_none();
    }
    nw_raise(eval, NW_EXCEPTION_STOP_ITERATION, "%s", "");
    nw_dict *attributes = eval->exception.as.instance->attributes;
    nw_dict_set_name(eval, attributes, (nw_symbol){NW_NAME_ARGS}, nw_tuple_new(eval, &returned, returned.kind != NW_NONE));
    nw_dict_set_name(eval, attributes, nw_symbol_of(eval->symbols, "value"), returned);
    return nw_error();
}

nw_value nw_next_value(nw_eval *eval, nw_value object, nw_value otherwise)
{
    nw_value item;
    nw_answer answer = NW_NO;
    if (object.kind == NW_INSTANCE && nw_special(eval, object, (nw_symbol){NW_NAME_DUNDER_NEXT})) {
        item = nw_call_special(eval, object, (nw_symbol){NW_NAME_DUNDER_NEXT}, NULL, 0);
        if (item.kind != NW_ERROR || otherwise.kind == NW_UNSET || !nw_exception_is(eval, NW_EXCEPTION_STOP_ITERATION))
            return item;
        nw_exception_clear(eval);
        return otherwise;
    }
    if (nw_is_opaque(object))
        return otherwise.kind == NW_UNSET ? nw_element_of(eval, object) : nw_expression_call(eval, "next", NW_TYPE_ANY, (nw_value[]){object, otherwise}, 2);
    if (object.kind != NW_ITERATOR || nw_is_view(object))
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' object is not an iterator", nw_symbol_bytes(eval->symbols, nw_type_of(eval, object)->name));
    answer = nw_next(eval, object.as.iterator, &item);
    if (answer == NW_MAYBE && eval->in_catalog > 0) { /* a loop around this would not end */
        eval->undecided = true;
        return nw_error();
    }
    if (answer == NW_FAILED)
        return nw_error();
    if (answer == NW_MAYBE && otherwise.kind != NW_UNSET)
        return nw_join(eval, nw_bdd_atom(&eval->bdd), item, otherwise);
    if (answer != NW_NO)
        return item;
    if (otherwise.kind != NW_UNSET)
        return otherwise;
    return stop_iteration(eval, object.as.iterator);
}

NW_NATIVE_FUNCTION(function_next)
{
    NW_BIND("next", "iterator, default=", 2);
    (void)self;
    return nw_next_value(eval, out[0], out[1]);
}

/* any() and all(): `stop` is the truth that decides at once. */
static nw_value any_or_all(nw_eval *eval, const char *name, const nw_arguments *arguments, bool stop)
{
    NW_BIND(name, "iterable", 1);
    nw_value iterator = nw_iterate(eval, out[0]), item;
    nw_guard whole = stop ? NW_FALSE : NW_TRUE;
    if (iterator.kind != NW_ITERATOR)
        return nw_error();
    for (;;) {
        nw_answer answer = nw_next(eval, iterator.as.iterator, &item);
        if (answer == NW_FAILED)
            return nw_error();
        if (answer == NW_NO)
            break;
        nw_guard one = NW_FALSE;
        nw_answer truth = nw_truth(eval, item, &one);
        if (truth == NW_FAILED)
            return nw_error();
        if (truth == (stop ? NW_YES : NW_NO) && answer == NW_YES)
            return nw_bool(stop);
        if (truth == NW_YES || truth == NW_NO) {
            if (answer == NW_MAYBE && truth == (stop ? NW_YES : NW_NO))
                return nw_unknown_call(eval, name, NW_TYPE_BOOL, arguments);
        } else if (answer == NW_MAYBE) {
            return nw_unknown_call(eval, name, NW_TYPE_BOOL, arguments);
        } else {
            whole = stop ? nw_bdd_or(&eval->bdd, whole, one) : nw_bdd_and(&eval->bdd, whole, one);
        }
        if (answer == NW_MAYBE)
            break;
    }
    return answer_value(eval, whole.v > 1 ? NW_MAYBE : whole.v ? NW_YES : NW_NO, whole);
}

NW_NATIVE_FUNCTION(function_any)
{
    (void)self;
    return any_or_all(eval, "any", arguments, true);
}

NW_NATIVE_FUNCTION(function_all)
{
    (void)self;
    return any_or_all(eval, "all", arguments, false);
}

NW_NATIVE_FUNCTION(function_sum)
{
    NW_BIND("sum", "iterable, start=", 2);
    nw_value *items, total = out[1].kind == NW_UNSET ? nw_int(0) : out[1];
    uint32_t count;
    (void)self;
    nw_answer known = nw_collect(eval, out[0], &items, &count);
    if (known == NW_FAILED)
        return nw_error();
    if (known == NW_MAYBE) {
        bool integral = nw_is_integral(items[0]) && nw_is_integral(total), listed = items[0].kind == NW_LIST && total.kind == NW_LIST;
        if (listed)
            return nw_repeated_list(eval, nw_element_of(eval, items[0]));
        if (items[0].kind == NW_TENSOR)
            return nw_binary(eval, NW_OPERATOR_ADD, items[0], items[0]);
        return nw_unknown_call(eval, "sum", integral ? NW_TYPE_INT : NW_TYPE_ANY, arguments);
    }
    for (uint32_t i = 0; i < count && total.kind != NW_ERROR; i++)
        total = nw_step(eval) ? nw_binary(eval, NW_OPERATOR_ADD, total, items[i]) : nw_error();
    return total;
}

/* ---- numbers ---- */

static nw_value abs_arm(nw_eval *eval, nw_value value, void *data)
{
    (void)data;
    if (value.kind == NW_PHI)
        return nw_each_arm(eval, value, abs_arm, NULL);
    if (value.kind == NW_TENSOR)
        return nw_keras_is_used(eval) ? nw_keras_operator(eval, "absolute", &value, 1)
                                      : nw_call_method(eval, value, nw_symbol_of(eval->symbols, "abs"), NULL, 0);
    if (nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_ABS}))
        return nw_call_special(eval, value, (nw_symbol){NW_NAME_DUNDER_ABS}, NULL, 0);
    value = nw_plain(value);
    if (value.kind == NW_FLOAT)
        return nw_float(fabs(value.as.number));
    if (nw_is_integer(value) && value.as.integer != INT64_MIN)
        return nw_int(value.as.integer < 0 ? -value.as.integer : value.as.integer);
    if (value.kind != NW_OPAQUE)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "bad operand type for abs(): '%s'", nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
    if (nw_is_integral(value) && value.as.opaque->minimum >= 0)
        return value;
    nw_opaque_type type = value.as.opaque->type == NW_TYPE_BOOL ? NW_TYPE_INT : (nw_opaque_type)value.as.opaque->type;
    nw_value result = nw_expression_call(eval, "abs", type == NW_TYPE_INT || type == NW_TYPE_FLOAT || type == NW_TYPE_NUMBER ? type : NW_TYPE_ANY, &value, 1);
    if (type == NW_TYPE_INT)
        result.as.opaque->minimum = 0;
    return result;
}

NW_NATIVE_FUNCTION(function_abs)
{
    NW_BIND("abs", "x", 1);
    (void)self;
    return abs_arm(eval, out[0], NULL);
}

static double round_to(double number, int64_t digits)
{
    char text[512];
    if (digits > 300 || !isfinite(number))
        return number;
    if (digits >= 0) {
        snprintf(text, sizeof text, "%.*f", (int)digits, number);
        return strtod(text, NULL);
    }
    double scale = pow(10.0, (double)-digits);
    return isinf(scale) ? 0.0 : nearbyint(number / scale) * scale;
}

static nw_value round_integer(nw_eval *eval, int64_t value, int64_t digits)
{
    if (digits >= 0)
        return nw_int(value);
    if (digits < -18)
        return nw_int(0);
    int64_t scale = 1;
    for (; digits < 0; digits++)
        scale *= 10;
    int64_t rest = value % scale;
    rest = rest < 0 ? rest + scale : rest;
    int64_t down = value - rest;
    bool up = rest * 2 > scale || (rest * 2 == scale && (down / scale) % 2 != 0);
    (void)eval;
    return nw_int(up ? down + scale : down);
}

NW_NATIVE_FUNCTION(function_round)
{
    NW_BIND("round", "number, ndigits=", 2);
    nw_value number = nw_plain(out[0]);
    int64_t digits = 0;
    (void)self;
    bool whole = out[1].kind == NW_UNSET || out[1].kind == NW_NONE;
    nw_symbol name = nw_symbol_of(eval->symbols, "__round__");
    if (nw_special(eval, out[0], name))
        return nw_call_special(eval, out[0], name, &out[1], whole ? 0 : 1);
    if (number.kind == NW_TENSOR)
        return nw_call_method(eval, number, nw_symbol_of(eval->symbols, "round"), NULL, 0);
    nw_answer known = whole ? NW_YES : nw_index_of(eval, out[1], &digits);
    if (known == NW_FAILED)
        return nw_error();
    if (known == NW_MAYBE || nw_is_opaque(number))
        return nw_is_integral(number) ? number : nw_unknown_call(eval, "round", whole ? NW_TYPE_INT : NW_TYPE_NUMBER, arguments);
    if (nw_is_integer(number))
        return round_integer(eval, number.as.integer, digits);
    if (number.kind != NW_FLOAT)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "type %s doesn't define __round__ method", nw_symbol_bytes(eval->symbols, nw_type_of(eval, out[0])->name));
    return whole ? nw_integer_of(eval, nw_float(nearbyint(number.as.number))) : nw_float(round_to(number.as.number, digits));
}

NW_NATIVE_FUNCTION(function_divmod)
{
    NW_BIND("divmod", "x, y", 2);
    (void)self;
    nw_symbol own = nw_symbol_of(eval->symbols, "__divmod__");
    if (nw_special(eval, out[0], own))
        return nw_call_special(eval, out[0], own, &out[1], 1);
    nw_value parts[] = {nw_binary(eval, NW_OPERATOR_FLOOR_DIVIDE, out[0], out[1]), nw_unset()};
    if (parts[0].kind == NW_ERROR)
        return parts[0];
    parts[1] = nw_binary(eval, NW_OPERATOR_MODULO, out[0], out[1]);
    return parts[1].kind == NW_ERROR ? parts[1] : nw_tuple_new(eval, parts, 2);
}

NW_NATIVE_FUNCTION(function_pow)
{
    NW_BIND("pow", "base, exp, mod=", 3);
    (void)self;
    if (out[2].kind == NW_UNSET || out[2].kind == NW_NONE)
        return nw_binary(eval, NW_OPERATOR_POWER, out[0], out[1]);
    if (!nw_is_integer(out[0]) || !nw_is_integer(out[1]) || !nw_is_integer(out[2]) || out[1].as.integer < 0 || out[2].as.integer <= 0 || out[2].as.integer > INT32_MAX)
        return nw_unknown_call(eval, "pow", NW_TYPE_INT, arguments);
    int64_t modulus = out[2].as.integer, result = 1 % modulus, factor = ((out[0].as.integer % modulus) + modulus) % modulus;
    for (int64_t left = out[1].as.integer; left; left >>= 1) {
        if (left & 1)
            result = result * factor % modulus;
        factor = factor * factor % modulus;
    }
    return nw_int(result);
}

/* ---- text ---- */

NW_NATIVE_FUNCTION(function_repr)
{
    NW_BIND("repr", "object", 1);
    (void)self;
    return nw_representation(eval, out[0]);
}

NW_NATIVE_FUNCTION(function_ascii)
{
    NW_BIND("ascii", "object", 1);
    (void)self;
    return nw_ascii(eval, out[0]);
}

NW_NATIVE_FUNCTION(function_format)
{
    NW_BIND("format", "value, spec=", 2);
    (void)self;
    if (out[1].kind != NW_UNSET && out[1].kind != NW_STRING)
        return nw_unknown_call(eval, "format", NW_TYPE_STRING, arguments);
    return nw_format_value(eval, out[0], out[1].kind == NW_UNSET ? (nw_text){"", 0} : nw_text_of(eval, out[1]));
}

NW_NATIVE_FUNCTION(function_chr)
{
    NW_BIND("chr", "code", 1);
    int64_t code;
    (void)self;
    nw_answer known = nw_index_of(eval, out[0], &code);
    if (known != NW_YES)
        return known == NW_FAILED ? nw_error() : nw_unknown_call(eval, "chr", NW_TYPE_STRING, arguments);
    if (code < 0 || code > 0x10FFFF)
        return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "chr() arg not in range(0x110000)");
    nw_buffer text;
    nw_buffer_init(&text);
    nw_character_add(&text, (uint32_t)code);
    return nw_buffer_value(eval, &text);
}

NW_NATIVE_FUNCTION(function_ord)
{
    NW_BIND("ord", "character", 1);
    nw_value plain = nw_plain(out[0]);
    (void)self;
    if (nw_is_opaque(plain))
        return nw_unknown_call(eval, "ord", NW_TYPE_INT, arguments);
    if ((plain.kind != NW_STRING && plain.kind != NW_BYTES) || nw_characters(nw_text_of(eval, plain)) != 1)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "ord() expected a character");
    return nw_int(plain.kind == NW_BYTES ? (unsigned char)nw_text_of(eval, plain).bytes[0] : nw_character_code(nw_text_of(eval, plain), 0));
}

static nw_value in_base(nw_eval *eval, const char *name, char type, const nw_arguments *arguments)
{
    NW_BIND(name, "number", 1);
    int64_t number;
    nw_answer known = nw_index_of(eval, out[0], &number);
    if (known != NW_YES)
        return known == NW_FAILED ? nw_error() : nw_unknown_call(eval, name, NW_TYPE_STRING, arguments);
    nw_format format = {.fill = " ", .width = -1, .precision = -1, .type = type, .alternate = true};
    nw_buffer text;
    nw_buffer_init(&text);
    nw_format_integer(&text, &format, number);
    return nw_buffer_value(eval, &text);
}

NW_NATIVE_FUNCTION(function_hex)
{
    (void)self;
    return in_base(eval, "hex", 'x', arguments);
}

NW_NATIVE_FUNCTION(function_oct)
{
    (void)self;
    return in_base(eval, "oct", 'o', arguments);
}

NW_NATIVE_FUNCTION(function_bin)
{
    (void)self;
    return in_base(eval, "bin", 'b', arguments);
}

static const nw_method_row functions[] = {
    {"len", function_len}, {"isinstance", function_isinstance}, {"issubclass", function_issubclass}, {"getattr", function_getattr},
    {"hasattr", function_hasattr}, {"setattr", function_setattr}, {"delattr", function_delattr}, {"callable", function_callable}, {"id", function_id},
    {"hash", function_hash}, {"vars", function_vars}, {"locals", function_vars}, {"globals", function_globals}, {"dir", function_dir},
    {"iter", function_iter}, {"next", function_next}, {"any", function_any}, {"all", function_all}, {"sum", function_sum},
    {"abs", function_abs}, {"round", function_round}, {"divmod", function_divmod}, {"pow", function_pow},
    {"repr", function_repr}, {"ascii", function_ascii}, {"format", function_format}, {"chr", function_chr}, {"ord", function_ord},
    {"hex", function_hex}, {"oct", function_oct}, {"bin", function_bin},
    {0},
};

void nw_install_functions(nw_eval *eval, const nw_method_row *rows)
{
    for (const nw_method_row *row = rows; row->name; row++)
        nw_dict_set_name(eval, eval->builtins, nw_symbol_of(eval->symbols, row->name), nw_native_new(eval, row->name, row->call, nw_unset()));
}

void nw_builtins_install(nw_eval *eval)
{
    nw_builtin_types_install(eval);
    nw_builtin_exception_install(eval);
    nw_install_functions(eval, functions);
    nw_builtin_order_install(eval);
    nw_builtin_world_install(eval);
    nw_builtin_string_install(eval);
    nw_builtin_container_install(eval);
    nw_builtin_number_install(eval);
    nw_builtin_operator_install(eval);
}
