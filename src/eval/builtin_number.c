/* Methods of numbers, ranges, slices, iterators, and the exceptions. */
#include "eval/builtin.h"
#include "eval/coroutine.h"
#include "eval/generator.h"
#include "eval/interpret.h"

#include <math.h>
#include <string.h>

NW_NATIVE_FUNCTION(int_bit_length)
{
    NW_RECEIVER("bit_length", NW_INT);
    uint64_t left = self.as.integer < 0 ? 0 - (uint64_t)self.as.integer : (uint64_t)self.as.integer;
    int64_t count = 0;
    for (; left; left >>= 1)
        count++;
    return nw_int(count);
}

NW_NATIVE_FUNCTION(int_bit_count)
{
    NW_RECEIVER("bit_count", NW_INT);
    uint64_t left = self.as.integer < 0 ? 0 - (uint64_t)self.as.integer : (uint64_t)self.as.integer;
    return nw_int(__builtin_popcountll(left));
}

NW_NATIVE_FUNCTION(int_self)
{
    NW_RECEIVER("__index__", NW_INT);
    return nw_int(self.as.integer);
}

NW_NATIVE_FUNCTION(int_zero)
{
    (void)eval, (void)self, (void)arguments;
    return nw_int(0);
}

NW_NATIVE_FUNCTION(int_one)
{
    (void)eval, (void)self, (void)arguments;
    return nw_int(1);
}

NW_NATIVE_FUNCTION(float_zero)
{
    (void)eval, (void)self, (void)arguments;
    return nw_float(0);
}

NW_NATIVE_FUNCTION(int_float)
{
    NW_RECEIVER("__float__", NW_INT);
    return nw_float((double)self.as.integer);
}

NW_NATIVE_FUNCTION(int_is_integer)
{
    NW_RECEIVER("is_integer", NW_INT);
    return nw_bool(true);
}

NW_NATIVE_FUNCTION(float_is_integer)
{
    NW_RECEIVER("is_integer", NW_FLOAT);
    return nw_bool(isfinite(self.as.number) && floor(self.as.number) == self.as.number);
}

NW_NATIVE_FUNCTION(float_self)
{
    NW_RECEIVER("__float__", NW_FLOAT);
    return self;
}

NW_NATIVE_FUNCTION(float_int)
{
    NW_RECEIVER("__int__", NW_FLOAT);
    return nw_integer_of(eval, self);
}

NW_NATIVE_FUNCTION(float_as_integer_ratio)
{
    NW_RECEIVER("as_integer_ratio", NW_FLOAT);
    double number = self.as.number;
    int64_t denominator = 1;
    while (isfinite(number) && floor(number) != number && denominator < ((int64_t)1 << 61)) {
        number *= 2;
        denominator *= 2;
    }
    if (!(fabs(number) < 9e18) || floor(number) != number)
        return nw_lost(eval, NW_DIAG_INTEGER_OVERFLOW, ": as_integer_ratio");
    return nw_tuple_new(eval, (nw_value[]){nw_int((int64_t)number), nw_int(denominator)}, 2);
}

/* ---- ranges, slices ---- */

NW_NATIVE_FUNCTION(range_index)
{
    NW_RECEIVER("index", NW_RANGE);
    NW_BIND("index", "value", 1);
    nw_answer inside = nw_contains(eval, self, out[0]);
    if (inside == NW_MAYBE)
        return nw_unknown_method(eval, "index", NW_TYPE_INT, self, arguments);
    if (inside != NW_YES)
        return inside == NW_FAILED ? nw_error() : nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "the value is not in range");
    return nw_int((nw_plain(out[0]).as.integer - self.as.range->start) / self.as.range->step);
}

NW_NATIVE_FUNCTION(range_count)
{
    NW_RECEIVER("count", NW_RANGE);
    NW_BIND("count", "value", 1);
    nw_answer inside = nw_contains(eval, self, out[0]);
    return inside == NW_FAILED ? nw_error() : inside == NW_MAYBE ? nw_unknown_method(eval, "count", NW_TYPE_INT, self, arguments) : nw_int(inside == NW_YES);
}

NW_NATIVE_FUNCTION(slice_indices)
{
    NW_RECEIVER("indices", NW_SLICE);
    NW_BIND("indices", "length", 1);
    int64_t length, start, stop, step;
    nw_answer known = nw_index_of(eval, out[0], &length);
    if (known == NW_YES)
        known = nw_slice_indices(eval, self.as.slice, length, &start, &stop, &step);
    if (known != NW_YES)
        return known == NW_FAILED ? nw_error() : nw_unknown_method(eval, "indices", NW_TYPE_TUPLE, self, arguments);
    return nw_tuple_new(eval, (nw_value[]){nw_int(start), nw_int(stop), nw_int(step)}, 3);
}

/* ---- iterators ---- */

NW_NATIVE_FUNCTION(iterator_next)
{
    NW_RECEIVER("__next__", NW_ITERATOR);
    return nw_next_value(eval, self, nw_unset());
}

NW_NATIVE_FUNCTION(iterator_iter)
{
    NW_RECEIVER("__iter__", NW_ITERATOR);
    return nw_iterate(eval, self);
}

NW_NATIVE_FUNCTION(iterator_length)
{
    NW_RECEIVER("__len__", NW_ITERATOR);
    return nw_length(eval, self);
}

/* A generator that waits at its first yield or a later one, or may do so from now on; NULL: it ran in one go. */
static nw_iterator *waiting_generator(nw_eval *eval, nw_value self)
{
    nw_iterator *iterator = self.as.iterator;
    bool waits = iterator->coroutine || (iterator->kind == NW_ITERATE_GENERATOR && nw_coroutine_make(eval, iterator));
    return waits ? iterator : NULL;
}

/* The item that it gives next. */
static nw_value ask_on(nw_eval *eval, nw_value self, nw_iterator *generator, nw_status how, nw_value sent)
{
    nw_answer answer = nw_coroutine_resume(eval, generator, how, sent);
    if (answer == NW_MAYBE)
        return nw_lost(eval, NW_DIAG_UNSUPPORTED, "an item of a generator");
    return answer == NW_FAILED ? nw_error() : nw_next_value(eval, self, nw_unset());
}

NW_NATIVE_FUNCTION(generator_send)
{
    NW_RECEIVER("send", NW_ITERATOR);
    NW_BIND("send", "value", 1);
    bool has_begun = self.as.iterator->kind != NW_ITERATE_GENERATOR;
    if (out[0].kind == NW_NONE)
        return nw_next_value(eval, self, nw_unset());
    if (!has_begun)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "can't send non-None value to a just-started generator");
    nw_iterator *generator = waiting_generator(eval, self);
    return generator ? ask_on(eval, self, generator, NW_NEXT, out[0]) : nw_lost(eval, NW_DIAG_UNSUPPORTED, "send() into a generator");
}

NW_NATIVE_FUNCTION(generator_throw)
{
    NW_RECEIVER("throw", NW_ITERATOR);
    NW_BIND("throw", "type, value=, traceback=", 3);
    nw_value raised = out[0].kind == NW_CLASS ? nw_call_values(eval, out[0], NULL, 0) : out[0];
    if (raised.kind == NW_ERROR)
        return raised;
    bool has_begun = self.as.iterator->kind != NW_ITERATE_GENERATOR;
    nw_iterator *generator = has_begun ? waiting_generator(eval, self) : NULL;
    if (has_begun && !generator && self.as.iterator->position < nw_length(eval, self.as.iterator->source).as.integer)
        return nw_lost(eval, NW_DIAG_UNSUPPORTED, "throw() into a generator");
    if (!generator)
        nw_generator_leave(eval, self.as.iterator, nw_list_new(eval, NULL, 0)); /* nobody finds an item in it any more */
    eval->exception = raised;
    eval->exception_place = nw_here(eval);
    return generator ? ask_on(eval, self, generator, NW_RAISE, nw_none()) : nw_error();
}

NW_NATIVE_FUNCTION(generator_close)
{
    NW_RECEIVER("close", NW_ITERATOR);
    (void)arguments;
    nw_iterator *generator = self.as.iterator;
    if (!generator->coroutine) {
        nw_generator_leave(eval, generator, nw_list_new(eval, NULL, 0));
        return nw_none();
    }
    nw_raise(eval, NW_EXCEPTION_GENERATOR_EXIT, "%s", "");
    nw_answer answer = nw_coroutine_resume(eval, generator, NW_RAISE, nw_none());
    if (answer == NW_YES && generator->coroutine)
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "generator ignored GeneratorExit");
    if (answer == NW_FAILED && !nw_exception_is(eval, NW_EXCEPTION_GENERATOR_EXIT))
        return nw_error();
    nw_exception_clear(eval);
    return nw_none();
}

NW_NATIVE_FUNCTION(view_isdisjoint)
{
    NW_RECEIVER("isdisjoint", NW_ITERATOR);
    nw_value set = nw_set_of(eval, self);
    return set.kind == NW_ERROR ? set : nw_call_method(eval, set, nw_symbol_of(eval->symbols, "isdisjoint"), arguments->positional, arguments->positional_count);
}

/* ---- exceptions ---- */

NW_NATIVE_FUNCTION(exception_init)
{
    NW_RECEIVER("__init__", NW_KIND_COUNT);
    if (self.kind == NW_INSTANCE) {
        nw_value args = nw_tuple_new(eval, arguments->positional, arguments->positional_count);
        nw_dict_set_name(eval, self.as.instance->attributes, (nw_symbol){NW_NAME_ARGS}, args);
        if (nw_is_subclass(self.as.instance->class_, eval->exceptions[NW_EXCEPTION_STOP_ITERATION]))
            nw_dict_set_name(eval, self.as.instance->attributes, (nw_symbol){NW_NAME_VALUE}, arguments->positional_count ? arguments->positional[0] : nw_none());
    }
    return nw_none();
}

NW_NATIVE_FUNCTION(exception_same)
{
    NW_RECEIVER("with_traceback", NW_KIND_COUNT);
    return self;
}

NW_NATIVE_FUNCTION(exception_note)
{
    (void)eval, (void)self, (void)arguments;
    return nw_none();
}

/* The types are the catalog's. */
NW_NATIVE_FUNCTION(number_astype)
{
    NW_RECEIVER("astype", NW_KIND_COUNT);
    NW_BIND("astype", "dtype, order=, casting=, subok=, copy=", 5);
    nw_value numpy = nw_import_module(eval, nw_symbol_of(eval->symbols, "numpy"));
    nw_value convert = numpy.kind == NW_MODULE ? nw_module_find(eval, numpy.as.module, nw_symbol_of(eval->symbols, "_number_as")) : numpy;
    const nw_value given[2] = {self, out[0]};
    return convert.kind == NW_ERROR ? convert : nw_call_values(eval, convert, given, 2);
}

/* Scalars of numpy are read as numbers: they have item, tolist and astype. */
static const nw_method_row int_methods[] = {
    {"bit_length", int_bit_length}, {"bit_count", int_bit_count}, {"__index__", int_self}, {"__int__", int_self}, {"__float__", int_float},
    {"conjugate", int_self}, {"is_integer", int_is_integer}, {"item", int_self}, {"tolist", int_self}, {"astype", number_astype}, {0},
};
static const nw_method_row float_methods[] = {
    {"is_integer", float_is_integer}, {"__float__", float_self}, {"__int__", float_int}, {"as_integer_ratio", float_as_integer_ratio},
    {"conjugate", float_self}, {"item", float_self}, {"tolist", float_self}, {"astype", number_astype}, {0},
};
static const nw_method_row range_methods[] = {{"index", range_index}, {"count", range_count}, {0}};
static const nw_method_row slice_methods[] = {{"indices", slice_indices}, {0}};
static const nw_method_row iterator_methods[] = {
    {"__next__", iterator_next}, {"__iter__", iterator_iter}, {"__len__", iterator_length}, {"send", generator_send}, {"throw", generator_throw}, {"close", generator_close},
    {"isdisjoint", view_isdisjoint}, {0},
};
static const nw_method_row exception_methods[] = {
    {"__init__", exception_init}, {"with_traceback", exception_same}, {"add_note", exception_note}, {0},
};

void nw_builtin_number_install(nw_eval *eval)
{
    nw_install_descriptor(eval, eval->classes[NW_CLASS_OF_INT], NW_PROPERTY, "real", int_self, NULL);
    nw_install_descriptor(eval, eval->classes[NW_CLASS_OF_INT], NW_PROPERTY, "numerator", int_self, NULL);
    nw_install_descriptor(eval, eval->classes[NW_CLASS_OF_INT], NW_PROPERTY, "imag", int_zero, NULL);
    nw_install_descriptor(eval, eval->classes[NW_CLASS_OF_INT], NW_PROPERTY, "denominator", int_one, NULL);
    nw_install_descriptor(eval, eval->classes[NW_CLASS_OF_FLOAT], NW_PROPERTY, "real", float_self, NULL);
    nw_install_descriptor(eval, eval->classes[NW_CLASS_OF_FLOAT], NW_PROPERTY, "imag", float_zero, NULL);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_INT], int_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_FLOAT], float_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_RANGE], range_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_SLICE], slice_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_ITERATOR], iterator_methods);
}

void nw_builtin_exception_install(nw_eval *eval)
{
    static const struct { const char *name; nw_exception_id base; } table[] = {
#define NW_EXCEPTION(id, name, base) {name, NW_EXCEPTION_##base},
#include "eval/exception.def"
#undef NW_EXCEPTION
    };
    for (uint32_t i = 0; i < NW_EXCEPTION_COUNT; i++) {
        nw_class *base = table[i].base == i ? eval->classes[NW_CLASS_OF_OBJECT] : eval->exceptions[table[i].base];
        nw_class *class_ = nw_class_native(eval, table[i].name, base, NULL, NW_INSTANCE);
        class_->is_exception = true;
        eval->exceptions[i] = class_;
        nw_dict_set_name(eval, eval->builtins, class_->name, nw_class_value(class_));
    }
    nw_class *root = eval->exceptions[NW_EXCEPTION_BASE_EXCEPTION];
    nw_install_methods(eval, root, exception_methods);
    static const char *const chain[] = {"__traceback__", "__cause__", "__context__"};
    for (size_t i = 0; i < sizeof chain / sizeof *chain; i++)
        nw_dict_set_name(eval, root->attributes, nw_symbol_of(eval->symbols, chain[i]), nw_none());
    nw_value os_error = nw_class_value(eval->exceptions[NW_EXCEPTION_OS_ERROR]);
    nw_dict_set_name(eval, eval->builtins, nw_symbol_of(eval->symbols, "IOError"), os_error);
    nw_dict_set_name(eval, eval->builtins, nw_symbol_of(eval->symbols, "EnvironmentError"), os_error);
}
