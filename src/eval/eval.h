/* The abstract interpreter: its state, and what one part of it offers the others.
 *
 * Purpose: runs Python over abstract values, exactly where all is known and with guards and reasons where it is not.
 * Ownership: nw_eval owns the arena with all values and modules of one run; nw_eval_release frees everything. The symbol
 * table is the session's and outlives it.
 * Invariants: one nw_eval belongs to one thread; no state outside it; user code is never executed, only interpreted.
 * Every function that returns nw_value returns NW_ERROR exactly when eval->exception is set. */
#ifndef NW_EVAL_EVAL_H
#define NW_EVAL_EVAL_H

#include "base/buffer.h"
#include "diag/diag.h"
#include "eval/fact.h"
#include "eval/object.h"
#include "eval/stand_in.h"
#include "eval/trace.h"
#include "eval/trail.h"
#include "eval/value.h"

typedef enum nw_exception_id {
#define NW_EXCEPTION(id, name, base) NW_EXCEPTION_##id,
#include "eval/exception.def"
#undef NW_EXCEPTION
    NW_EXCEPTION_COUNT
} nw_exception_id;

/* Native classes, in eval->classes. */
typedef enum nw_native_class {
    NW_CLASS_OF_OBJECT, NW_CLASS_OF_TYPE, NW_CLASS_OF_INT, NW_CLASS_OF_BOOL, NW_CLASS_OF_FLOAT, NW_CLASS_OF_STR, NW_CLASS_OF_BYTES, NW_CLASS_OF_TUPLE,
    NW_CLASS_OF_LIST, NW_CLASS_OF_DICT, NW_CLASS_OF_SET, NW_CLASS_OF_FROZENSET, NW_CLASS_OF_SLICE, NW_CLASS_OF_RANGE, NW_CLASS_OF_FUNCTION,
    NW_CLASS_OF_METHOD, NW_CLASS_OF_NATIVE, NW_CLASS_OF_MODULE, NW_CLASS_OF_NONE, NW_CLASS_OF_ELLIPSIS, NW_CLASS_OF_PROPERTY, NW_CLASS_OF_STATIC_METHOD,
    NW_CLASS_OF_CLASS_METHOD, NW_CLASS_OF_SUPER, NW_CLASS_OF_ITERATOR, NW_CLASS_OF_GENERATOR, NW_CLASS_OF_ENUMERATE, NW_CLASS_OF_ZIP, NW_CLASS_OF_MAP,
    NW_CLASS_OF_FILTER, NW_CLASS_OF_REVERSED, NW_CLASS_OF_PARTIAL, NW_CLASS_OF_DTYPE, NW_CLASS_OF_COMPLEX, NW_CLASS_OF_ORDERED_DICT,
    NW_CLASS_OF_DEFAULT_DICT, NW_CLASS_OF_TENSOR_BASE, NW_CLASS_OF_SIZE, NW_CLASS_OF_DEVICE, NW_CLASS_OF_NOT_IMPLEMENTED, NW_CLASS_OF_COUNT
} nw_native_class;

/* Three-valued answers. */
typedef enum nw_answer { NW_NO, NW_YES, NW_MAYBE, NW_FAILED /* exception pending */ } nw_answer;

typedef struct nw_trail_entry nw_trail_entry;

typedef struct nw_limits {
    uint64_t steps;       /* evaluated nodes */
    uint64_t bytes;       /* of the arena */
    uint32_t depth;       /* nested activations */
    uint32_t facts;       /* layers and operators that run: each is written out, and so many make no picture */
    uint32_t forks;       /* branches on unknown tests within one activation before values are just joined */
    double deadline;      /* seconds of the thread's processor time, so that a busy machine refuses no more than an idle one; 0: none */
} nw_limits;

/* Finds sources: how modules are looked up. Set by the driver. */
typedef struct nw_environment {
    const char *const *roots; /* import roots, in order */
    uint32_t root_count;
    size_t max_file_size;
    struct nw_trees *trees;   /* imported files that other runs read too; NULL: each run reads for itself */
    struct nw_translation_cache *translations; /* rows of tables that other runs have read; NULL: nothing is migrated */
    const char *const *beside; /* roots whose packages count as installed where a program asks, though none of them is read: of one that migrate wrote */
    uint32_t beside_count;
    const nw_stand_ins *stand_ins; /* of a program that migrate wrote; NULL: none */
    const nw_symbol *absent;       /* packages that are not there for such a program: those of the framework that it left */
    uint32_t absent_count;
    bool open;                /* open mode: imports are followed only when a name is needed, submodules are summarised */
} nw_environment;

/* Something that was not understood. */
typedef struct nw_loss {
    nw_diagnostic_id id;
    nw_place place;
    nw_symbol detail;
} nw_loss;

/* A function that was called by a decoration, and whether it only documents (documentation.h). */
typedef struct nw_decorator {
    const nw_ast_function *code;
    bool documents;
} nw_decorator;

/* Whose tensors the program works with: that of the first framework that it imports. */
typedef enum nw_framework { NW_FRAMEWORK_NONE, NW_FRAMEWORK_TORCH, NW_FRAMEWORK_KERAS } nw_framework;

typedef struct nw_eval {
    nw_arena arena;
    nw_symbols *symbols;
    const nw_environment *environment;
    nw_bdd bdd;
    nw_limits limits;
    uint64_t steps;
    double next_look;          /* at the processor time: before that, by the clock of the wall, the deadline cannot have passed */
    uint32_t next_serial;
    nw_symbol *replaced;       /* names of a framework's modules that the program assigns: torch.nn.functional.silu */
    uint32_t replaced_count, replaced_capacity;
    bool imports_at_once;      /* a module's imports from its own package run where they stand, not when somebody looks at what they bind */
    bool imported_all;         /* nw_import_pending found something to run */
    bool disk_changes;         /* the program may have written among its sources: what lies there is not told any more */
    bool told_overflow;        /* of conditions, in this root */
    bool stopped;              /* a limit was hit: everything unwinds, `losses` says why */
    uint32_t stopped_roots;    /* runs that a limit ended, and the first of them: where, and which limit */
    nw_diagnostic_id stop, first_stop;
    nw_place stop_place, first_stop_place;

    nw_value exception;        /* pending exception instance, UNSET when none */
    nw_value handled;          /* the exception that the running handler treats, for a bare raise */
    nw_place exception_place;
    nw_frame *frame;           /* the running activation */
    nw_guard path;             /* path condition */
    uint32_t context;
    uint32_t level;            /* 0: nothing is undone later; otherwise the number of the running arm: what was made at a lower
                                  level is saved before it is written */
    uint32_t level_count;      /* arms entered so far */
    uint32_t summaries;        /* loops of unknown length around what runs */
    uint32_t try_depth;        /* try statements around: an exception under a condition is kept for their handlers */
    bool undecided;            /* with NW_ERROR: catalog code met a test that cannot be decided (no exception is pending) */
    uint32_t activations;
    uint32_t depth;
    nw_trail_entry *trail;
    uint32_t trail_count, trail_capacity;
    uint32_t trail_base;       /* what lies below belongs to those who are waiting for a module to load */
    uint64_t differences;      /* values that a join found different so far */
    struct nw_exit *exits;     /* pending early exits of the running activation, see control.c */
    uint32_t exit_count;       /* made so far */
    uint32_t held_exits;       /* activations whose pending exits wait for a generator that they consume (consumer.h) */
    struct nw_coroutine *coroutines; /* generators that wait at a yield (coroutine.h) */
    uint32_t coroutine_count;
    bool on_errand;            /* open mode: code of another file runs, which the file that is read has called */
    bool decorates;            /* the next call is one of a decorator */
    uint32_t decorations;      /* closed mode: calls of decorators around what runs */
    nw_decorator *decorators;
    uint32_t decorator_count, decorator_capacity;
    uint32_t in_catalog;       /* > 0 while the body of an operator or of a layer's forward runs */
    uint32_t in_stand_in;      /* the same for the program's stand-ins for them */
    uint32_t fact_parent;

    nw_class *classes[NW_CLASS_OF_COUNT];
    nw_class *exceptions[NW_EXCEPTION_COUNT];
    nw_class *tensor_class, *parameter_class, *module_class; /* of the catalog, once torch was loaded */
    nw_dict *builtins;         /* names of the builtins module */
    nw_dict *modules;          /* sys.modules: dotted name -> MODULE, or what the program put there; None: not found */
    nw_dict *loaded_modules;   /* dotted name -> the MODULE that was loaded */
    nw_module *all_modules;    /* all that were made, the ones of single expressions too; they own their sources */

    nw_fact *facts;
    uint32_t fact_count, fact_capacity;
    nw_context *contexts;
    uint32_t context_count, context_capacity;
    const char **lookups;      /* what imports looked for: ROOT/package/module without ending, found or not */
    uint32_t lookup_count, lookup_capacity;
    bool branched;             /* with `stopped`: by too many pending exits of one activation */
    bool was_late;             /* the clock ended something: another time may give more */
    nw_loss *losses;
    uint32_t loss_count, loss_capacity;
    struct nw_expression_table *expressions; /* hash-consed opaque expressions */
    struct nw_atom_table *atoms;             /* atoms of guards by what they test */
    uint8_t framework;         /* nw_framework, by an import that the program does not guard by `try` */
    uint8_t guarded_framework; /* the same, by one that it does */
    uint32_t tracing;          /* > 0 while Keras looks at a call with sizes that nobody knows: to the program these are None */
    nw_class *symbolic_class;  /* keras.KerasTensor, once it was made */
    nw_value symbolic_call;    /* what calls of operators on such values go to: (function, args, kwargs) */
    struct nw_layer_table *layers;           /* those made so far, see layer_copy.h */
    struct nw_tensor_state *tensor_state;    /* of tensor*.c and intrinsic*.c */
    nw_trace *trace;           /* where to record what expressions meet; NULL: nowhere */
    nw_trace *import_trace;    /* where `trace` is off for a while: what takes in the modules that are imported meanwhile; NULL: nothing does */
    struct nw_call_counts { uint64_t resolved, unresolved; } calls;
} nw_eval;

/* ---- life ---- */
void nw_eval_init(nw_eval *eval, nw_symbols *symbols, const nw_environment *environment, nw_limits limits);
void nw_eval_release(nw_eval *eval);
/* Ends whatever the last root left pending (an exit, an exception, a limit that was hit) and allows that many steps more. */
void nw_eval_start_root(nw_eval *eval, uint64_t steps);

/* ---- places, losses, exceptions ---- */
nw_place nw_here(const nw_eval *eval);
/* A new unknown value with the reason and the current place. `detail` is copied. It is a loss only when it is used:
 * nw_report_loss records it for the user. */
nw_value nw_lost(nw_eval *eval, nw_diagnostic_id id, const char *detail, ...) __attribute__((format(printf, 3, 4)));
nw_value nw_lost_as(nw_eval *eval, nw_diagnostic_id id, nw_symbol detail); /* the same, with a detail that is there already */
void nw_report_loss(nw_eval *eval, nw_diagnostic_id id, nw_place place, nw_symbol detail);
/* A fresh symbol (an input of the analysis). */
nw_value nw_symbolic(nw_eval *eval, nw_opaque_type type, nw_symbol text);
/* The opaque result of `op` over operands, the same object for the same operands; `type` as far as known. Losses propagate. */
nw_value nw_expression(nw_eval *eval, uint16_t op, nw_opaque_type type, const nw_value *operands, uint32_t count);
/* Raises a built-in exception; always returns NW_ERROR. */
nw_value nw_raise(nw_eval *eval, nw_exception_id id, const char *format, ...) __attribute__((format(printf, 3, 4)));
bool nw_exception_is(nw_eval *eval, nw_exception_id id); /* the pending one */
void nw_exception_clear(nw_eval *eval);
/* "TypeError (message)" of the pending exception, which is then no longer pending: rendering its message may run code. */
void nw_exception_describe(nw_eval *eval, struct nw_buffer *out);
/* A step may copy a list of a million items or join two heaps, so the clock is read often. */
enum { NW_CLOCK_STEPS = 256 };
bool nw_step_unusual(nw_eval *eval);
/* False when a limit was reached; then everything unwinds. */
static inline bool nw_step(nw_eval *eval)
{
    if (eval->stopped || eval->steps % NW_CLOCK_STEPS == NW_CLOCK_STEPS - 1 || eval->steps >= eval->limits.steps ||
        eval->arena.bytes > eval->limits.bytes || eval->fact_count > eval->limits.facts)
        return nw_step_unusual(eval);
    eval->steps++;
    return true;
}

/* ---- operations (operation.c, attribute.c, call.c, iterate.c, arithmetic.c) ---- */
nw_value nw_get_attribute(nw_eval *eval, nw_value object, nw_symbol name);
bool nw_set_attribute(nw_eval *eval, nw_value object, nw_symbol name, nw_value value);
bool nw_delete_attribute(nw_eval *eval, nw_value object, nw_symbol name);
/* Looks `name` up in the MRO of a class, without binding; NULL when absent. */
nw_value *nw_class_find(nw_eval *eval, const nw_class *class_, nw_symbol name);
nw_value nw_call(nw_eval *eval, nw_value callee, const nw_arguments *arguments);
nw_value nw_call_values(nw_eval *eval, nw_value callee, const nw_value *values, uint32_t count);
/* object.name(values...) */
nw_value nw_call_method(nw_eval *eval, nw_value object, nw_symbol name, const nw_value *values, uint32_t count);
nw_value nw_binary(nw_eval *eval, nw_operator op, nw_value left, nw_value right);
/* Whether the right operand's class derives from the left one's: its reflected methods are asked first. */
bool nw_derives_from_left(nw_value left, nw_value right);
nw_value nw_compare(nw_eval *eval, nw_operator op, nw_value left, nw_value right);
nw_value nw_unary(nw_eval *eval, nw_operator op, nw_value operand);
/* Truth of a value; for NW_MAYBE, *guard is the condition under which it is true. */
nw_answer nw_truth(nw_eval *eval, nw_value value, nw_guard *guard);
/* == without calling user code where kinds are native. */
nw_answer nw_equal(nw_eval *eval, nw_value left, nw_value right);
nw_answer nw_identical(nw_eval *eval, nw_value left, nw_value right);
nw_value nw_get_item(nw_eval *eval, nw_value object, nw_value index);
bool nw_set_item(nw_eval *eval, nw_value object, nw_value index, nw_value value);
bool nw_delete_item(nw_eval *eval, nw_value object, nw_value index);
/* len(); an opaque value when it is not known. */
nw_value nw_length(nw_eval *eval, nw_value object);
nw_value nw_iterate(nw_eval *eval, nw_value iterable); /* ITERATOR value */
/* NW_YES and *item; NW_NO at the end; NW_MAYBE: any number of further items, *item stands for each; NW_FAILED. */
nw_answer nw_next(nw_eval *eval, nw_iterator *iterator, nw_value *item);
/* All items in an arena array. NW_YES known exactly; NW_MAYBE: unknown number, items[0] (if *count is 1) stands for each; NW_FAILED. */
nw_answer nw_collect(nw_eval *eval, nw_value iterable, nw_value **items, uint32_t *count);
nw_class *nw_type_of(nw_eval *eval, nw_value value);
bool nw_is_subclass(const nw_class *class_, const nw_class *base);
/* The class of a tensor's shape, whose parts are shapes too. */
static inline bool nw_is_size_class(const nw_eval *eval, const nw_class *class_)
{
    return class_ && nw_is_subclass(class_, eval->classes[NW_CLASS_OF_SIZE]);
}
/* An array of numpy, as the catalog has it. */
static inline bool nw_is_array(nw_value value)
{
    return value.kind == NW_INSTANCE && value.as.instance->class_->qualified.v == NW_NAME_NUMPY_ARRAY;
}
/* isinstance; `classes` may be a class, a tuple of them, a union. */
nw_answer nw_is_instance(nw_eval *eval, nw_value value, nw_value classes);
nw_value nw_to_string(nw_eval *eval, nw_value value);      /* str() */
nw_value nw_representation(nw_eval *eval, nw_value value); /* repr() */
nw_value nw_representation_plain(nw_eval *eval, nw_value value); /* the same without the __repr__ of a class of the program, which asks for it */
nw_value nw_ascii(nw_eval *eval, nw_value value); /* ascii() */
nw_value nw_format_value(nw_eval *eval, nw_value value, nw_text specification); /* format() */
/* Runs `first` under guard and `second` under its negation on the same heap, joins heap and results. */
typedef nw_value (*nw_branch)(nw_eval *eval, void *data);
nw_value nw_fork(nw_eval *eval, nw_guard guard, nw_branch first, nw_branch second, void *data);
/* One value for both: equal ones stay, tensors join shapes, other pairs become PHI. */
nw_value nw_join(nw_eval *eval, nw_guard guard, nw_value then, nw_value otherwise);
/* `value` with PHI arms that the path condition excludes dropped. */
nw_value nw_settle_gated(nw_eval *eval, nw_value value);
static inline nw_value nw_settle(nw_eval *eval, nw_value value)
{
    return value.kind == NW_PHI ? nw_settle_gated(eval, value) : value;
}
/* An integer known to be `value`, or the opaque expression; helpers for sizes. */
bool nw_known_integer(nw_value value, int64_t *integer);

/* ---- arguments of native functions ---- */
/* Binds by names: `signature` like "start, stop=, step=" (= optional, * from there keyword-only); out[i] UNSET when absent.
 * False: TypeError is pending. */
bool nw_bind(nw_eval *eval, const char *function, const char *signature, const nw_arguments *arguments, nw_value *out);

/* ---- facts ---- */
uint32_t nw_fact_add(nw_eval *eval, nw_fact fact);
/* A number that changes when the program gives an attribute, a parameter or a buffer of the layer another value; 0 for Keras layers,
 * which go on writing to themselves when they are called. */
uint64_t nw_attributes_mark(const nw_instance *instance);

/* ---- native parts, each filling its classes and names; called once by nw_eval_init ---- */
void nw_builtins_install(nw_eval *eval);     /* builtins: functions, types, exceptions */
void nw_intrinsics_install(nw_eval *eval);   /* module _nw: tensors and natives of the catalog */
nw_class *nw_class_native(nw_eval *eval, const char *name, nw_class *base, nw_native_function construct, nw_kind instance_kind);
void nw_class_method(nw_eval *eval, nw_class *class_, const char *name, nw_native_function call);

/* ---- tensors (tensor.c) ---- */
nw_value nw_tensor_new(nw_eval *eval, const nw_value *shape, uint32_t rank, bool rank_known, nw_dtype dtype);
/* Native attributes (shape, dtype, ...); UNSET when the name is not one of them. */
nw_value nw_tensor_attribute(nw_eval *eval, nw_tensor *tensor, nw_symbol name);
nw_value nw_tensor_binary(nw_eval *eval, nw_operator op, nw_value left, nw_value right);
nw_value nw_tensor_in_place(nw_eval *eval, nw_operator op, nw_value target, nw_value right); /* target op= right */
nw_value nw_tensor_unary(nw_eval *eval, nw_operator op, nw_value operand);
nw_value nw_tensor_get_item(nw_eval *eval, nw_value tensor, nw_value index);
bool nw_tensor_set_item(nw_eval *eval, nw_value tensor, nw_value index, nw_value value);
/* Binary, unary and comparison operators return NW_NOT_IMPLEMENTED for operands that are no numbers and no tensors (None,
 * strings, instances): the caller then tries the reflected method, or identity for == and !=. */
nw_answer nw_tensor_truth(nw_eval *eval, nw_value tensor, nw_guard *guard);
nw_value nw_tensor_length(nw_eval *eval, nw_value tensor);
nw_value nw_tensor_iterate(nw_eval *eval, nw_value tensor); /* ITERATOR value */
/* int(), float(), bool(): `kind` is NW_INT, NW_FLOAT or NW_BOOL; opaque when the contents are not known. */
nw_value nw_tensor_number(nw_eval *eval, nw_value tensor, nw_kind kind);
/* tensor.name = value, native attributes and free ones. */
bool nw_tensor_set_attribute(nw_eval *eval, nw_tensor *tensor, nw_symbol name, nw_value value);

/* ---- calls of operators and layers (operator.c) ---- */
/* The name by which people know what a catalog module defines: with its __public__ in place of the module. */
/* module.name, or module.Class.name. */
nw_symbol nw_function_qualified(const nw_eval *eval, const nw_function *function);
nw_symbol nw_public_name(nw_eval *eval, nw_symbol qualified, const struct nw_module *module);
/* A function with a row, or the `forward` of a catalog layer whose instance is the first argument: records the call as one
 * fact and gives its result, by running the body or by the annotation. */
nw_value nw_operator_call(nw_eval *eval, nw_function *function, const nw_arguments *arguments);
/* An operator's parameter that a keyword means: the framework's argument parser takes numpy's names for some (`axis` for `dim`). */
nw_symbol nw_operator_parameter(const nw_eval *eval, const nw_ast_function *code, nw_symbol name);
/* The arguments with such keywords replaced; false: there was none. */
bool nw_operator_keywords(nw_eval *eval, const nw_ast_function *code, const nw_arguments *arguments, nw_arguments *translated);
/* Of call.c: binds by the signature into code->slot_count slots (TypeError: false), and runs the body on bound slots. */
bool nw_bind_function(nw_eval *eval, nw_function *function, const nw_arguments *arguments, nw_value *slots);
nw_value nw_function_run(nw_eval *eval, nw_function *function, nw_value *slots);
/* The natives of _nw that have nothing to do with tensors (intrinsic_python.c). */
void nw_python_intrinsics_install(nw_eval *eval, nw_dict *globals);
void nw_copy_intrinsics_install(nw_eval *eval, nw_dict *globals);

#endif
