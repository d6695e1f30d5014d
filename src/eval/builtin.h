/* Built-in functions and types: what builtin_*.c and their neighbours offer each other.
 *
 * Purpose: argument handling of native functions, and the natives' view of values.
 * Invariants: a native method may be called bound (self) or through its class (the receiver is the first argument);
 * nw_take_self makes both the same. A receiver that is an instance of a class derived from a native one stands for its
 * native part (nw_plain). */
#ifndef NW_EVAL_BUILTIN_H
#define NW_EVAL_BUILTIN_H

#include "eval/convert.h"
#include "eval/symbolic.h"

typedef struct nw_method_row {
    const char *name;
    nw_native_function call;
} nw_method_row;

#define NW_NATIVE_FUNCTION(name) static nw_value name(nw_eval *eval, nw_value self, const nw_arguments *arguments)

/* ---- arguments ---- */
/* The native part of an instance, otherwise the value itself. */
nw_value nw_plain(nw_value value);
/* Makes *self the native receiver of `kind` (NW_KIND_COUNT: any) and *arguments what follows it; `storage` holds them.
 * NW_MAYBE: the receiver is not known; NW_FAILED: TypeError is pending. */
nw_answer nw_take_self(nw_eval *eval, const char *method, nw_kind kind, nw_value *self, const nw_arguments **arguments, nw_arguments *storage);
/* At the top of a native method. */
#define NW_RECEIVER(method, kind)                                                                                      \
    nw_arguments rest_;                                                                                                \
    nw_answer receiver_ = nw_take_self(eval, (method), (kind), &self, &arguments, &rest_);                             \
    if (receiver_ != NW_YES)                                                                                           \
    return receiver_ == NW_FAILED ? nw_error() : nw_unknown_method(eval, (method), NW_TYPE_ANY, self, arguments)
/* Binds the arguments of a native function into `out`, or returns. */
#define NW_BIND(function, signature, count)                                                                            \
    nw_value out[count];                                                                                               \
    if (!nw_bind(eval, (function), (signature), arguments, out))                                                       \
    return nw_error()
/* The class of Python's own among these that has an attribute in Python which is not followed here; NULL: it is missing in Python, too. */
const nw_class *nw_has_in_python(nw_eval *eval, const nw_class *class_, nw_symbol name);
/* What id() gives: a number of its own for every object that has an identity. */
int64_t nw_identity(nw_value value);
/* The method that a program's class defines under that name for an instance of it; NULL where only natives are found. */
nw_value *nw_special(nw_eval *eval, nw_value value, nw_symbol name);
nw_value nw_call_special(nw_eval *eval, nw_value value, nw_symbol name, const nw_value *arguments, uint32_t count);
static inline bool nw_is_opaque(nw_value value) { return value.kind == NW_OPAQUE || value.kind == NW_PHI; }
static inline bool nw_is_text(nw_value value, nw_eval *eval, const char *text)
{
    return value.kind == NW_STRING && value.as.symbol.v == nw_symbol_of(eval->symbols, text).v;
}
/* An argument that must be an integer: YES and *integer, MAYBE for an unknown one, FAILED with TypeError pending. */
nw_answer nw_index_of(nw_eval *eval, nw_value value, int64_t *integer);
nw_text nw_text_of(nw_eval *eval, nw_value string);
/* An opaque result of a function of these arguments, typed. */
nw_value nw_unknown_call(nw_eval *eval, const char *name, nw_opaque_type type, const nw_arguments *arguments);
nw_value nw_unknown_method(nw_eval *eval, const char *name, nw_opaque_type type, nw_value self, const nw_arguments *arguments);
/* Runs a native once per arm of a gated value. */
nw_value nw_each_arm(nw_eval *eval, nw_value gated, nw_value (*run)(nw_eval *eval, nw_value arm, void *data), void *data);
uint32_t nw_phi_leaves(nw_value value);

/* keys(), values() and items() give iterators marked `strict`, of which each loop takes a copy. */
static inline bool nw_is_view(nw_value value)
{
    return value.kind == NW_ITERATOR && value.as.iterator->strict && value.as.iterator->kind >= NW_ITERATE_DICT_KEYS &&
           value.as.iterator->kind <= NW_ITERATE_DICT_ITEMS;
}

/* ---- containers (iterate.c, subscript.c) ---- */
/* Bounds of a slice of `length` items; MAYBE when they are not known. */
nw_answer nw_slice_bounds(nw_eval *eval, const nw_slice *slice, int64_t length, int64_t *start, int64_t *step, int64_t *count);
nw_answer nw_slice_indices(nw_eval *eval, const nw_slice *slice, int64_t length, int64_t *start, int64_t *stop, int64_t *step);
/* A list of unknown length whose items are all like `item` (UNSET: nobody knows). */
nw_value nw_repeated_list(nw_eval *eval, nw_value item);
/* One value for whatever was stored under keys that are not known; UNSET when there is none. */
nw_value nw_stored_under_unknown_key(nw_eval *eval, const nw_dict *dict);
/* One value for any of these. */
nw_value nw_any_of(nw_eval *eval, const nw_value *items, uint32_t count);
nw_value nw_element_of(nw_eval *eval, nw_value container);
nw_answer nw_contains(nw_eval *eval, nw_value container, nw_value item);
/* The guard of `item in container` where only the item is unknown: one of a few cases. False: it is not so. */
bool nw_contains_guard(nw_eval *eval, nw_value container, nw_value item, nw_guard *guard);
/* Without the special methods of a program's class: what list.__getitem__ and the like do. */
nw_answer nw_contains_plain(nw_eval *eval, nw_value container, nw_value item);
nw_value nw_length_plain(nw_eval *eval, nw_value value);
nw_value nw_get_item_plain(nw_eval *eval, nw_value object, nw_value index);
bool nw_set_item_plain(nw_eval *eval, nw_value object, nw_value index, nw_value value);
bool nw_delete_item_plain(nw_eval *eval, nw_value object, nw_value index);
/* Stable sort by <; MAYBE when an order is not known. */
nw_answer nw_sort(nw_eval *eval, nw_value *items, uint32_t count, nw_value key, bool reverse);
/* sorted(iterable); in an order that is not known: a list that says so. */
nw_value nw_sorted_list(nw_eval *eval, nw_value iterable, nw_value key, bool reverse);
/* Merges the entries of a mapping, or pairs, into a dictionary. */
bool nw_dict_update(nw_eval *eval, nw_dict *dict, nw_value source);
/* dict[key] = value for any key; false: TypeError is pending. */
bool nw_dict_store(nw_eval *eval, nw_dict *dict, nw_value key, nw_value value);
nw_value nw_list_value(nw_sequence *list);
nw_value nw_dict_value(nw_dict *dict);
nw_value nw_set_value(nw_dict *set);
nw_value nw_set_of(nw_eval *eval, nw_value iterable);
/* dict(mapping or pairs, name=value, ...) into `dict`. */
bool nw_dict_fill(nw_eval *eval, const char *function, nw_dict *dict, const nw_arguments *arguments);

/* `_fields` of a named tuple's class, NULL for other classes (intrinsic_python.c). */
const nw_tuple *nw_named_fields(nw_eval *eval, const nw_class *class_);

/* ---- conversions (builtin_type.c) ---- */
nw_value nw_integer_of(nw_eval *eval, nw_value value); /* int(value) */
nw_value nw_float_of(nw_eval *eval, nw_value value);
/* What dir() lists: the names of its attributes, sorted; UNSET: of the module that runs. */
nw_value nw_attribute_names(nw_eval *eval, nw_value object);
/* next(object, otherwise); otherwise UNSET: StopIteration. */
nw_value nw_next_value(nw_eval *eval, nw_value object, nw_value otherwise);
nw_answer nw_subclass_of(nw_eval *eval, nw_value class_, nw_value bases);

/* ---- constructors of iterators, for the table of types (builtin_iterator.c) ---- */
nw_value nw_construct_enumerate(nw_eval *eval, nw_value self, const nw_arguments *arguments);
nw_value nw_construct_zip(nw_eval *eval, nw_value self, const nw_arguments *arguments);
nw_value nw_construct_map(nw_eval *eval, nw_value self, const nw_arguments *arguments);
nw_value nw_construct_filter(nw_eval *eval, nw_value self, const nw_arguments *arguments);
nw_value nw_construct_reversed(nw_eval *eval, nw_value self, const nw_arguments *arguments);

/* ---- installation ---- */
void nw_install_methods(nw_eval *eval, nw_class *class_, const nw_method_row *rows);
void nw_install_functions(nw_eval *eval, const nw_method_row *rows); /* as built-in names */
/* The same for a property (`set` NULL: it is only read) and for a static method. */
void nw_install_descriptor(nw_eval *eval, nw_class *class_, nw_descriptor_kind kind, const char *name, nw_native_function get, nw_native_function set);
void nw_builtin_types_install(nw_eval *eval);
void nw_builtin_object_install(nw_eval *eval); /* methods; the classes are there */
void nw_builtin_order_install(nw_eval *eval);
void nw_builtin_world_install(nw_eval *eval);
void nw_builtin_string_install(nw_eval *eval);
void nw_builtin_container_install(nw_eval *eval);
void nw_builtin_number_install(nw_eval *eval);
void nw_builtin_exception_install(nw_eval *eval);
void nw_builtin_operator_install(nw_eval *eval);

#endif
