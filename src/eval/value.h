/* Values of the abstract interpreter.
 *
 * Purpose: one small struct for every Python value: known exactly, symbolic, or unknown with its reason.
 * Ownership: objects lie in the run's arena (nw_eval.arena) and live as long as the run; they never move.
 * Invariants: `kind` says which member of the union is set; immutable kinds are never written after they were made;
 * every write to a mutable object, frame slot or dictionary goes through trail.h, so that a branch on an unknown test
 * can be undone and joined. Unknown is an ordinary value (NW_OPAQUE), not an error; NW_ERROR means that a Python
 * exception is on its way (nw_eval.exception) and must be returned at once by whoever sees it. */
#ifndef NW_EVAL_VALUE_H
#define NW_EVAL_VALUE_H

#include "base/symbol.h"
#include "logic/bdd.h"
#include "syntax/ast.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum nw_kind {
    NW_ERROR = 0, /* an exception is pending */
    NW_UNSET,     /* unbound slot, absent argument */
    NW_OPAQUE,    /* symbolic or unknown: nw_opaque */
    NW_NONE,
    NW_BOOL,      /* integer 0 or 1 */
    NW_INT,
    NW_FLOAT,
    NW_STRING,    /* symbol */
    NW_BYTES,     /* symbol */
    NW_ELLIPSIS,
    NW_NOT_IMPLEMENTED,
    NW_TUPLE,     /* nw_tuple */
    NW_LIST,      /* nw_sequence */
    NW_DICT,      /* nw_dict */
    NW_SET,       /* nw_dict whose values are unset */
    NW_SLICE,     /* nw_slice */
    NW_RANGE,     /* nw_range */
    NW_ITERATOR,  /* nw_iterator */
    NW_FUNCTION,  /* nw_function */
    NW_METHOD,    /* nw_method: a callable bound to an object */
    NW_NATIVE,    /* nw_native: implemented in C */
    NW_PARTIAL,   /* nw_partial */
    NW_CLASS,     /* nw_class */
    NW_INSTANCE,  /* nw_instance */
    NW_MODULE,    /* nw_module */
    NW_DESCRIPTOR,/* nw_descriptor: property, staticmethod, classmethod */
    NW_SUPER,     /* nw_super */
    NW_TENSOR,    /* nw_tensor */
    NW_DTYPE,     /* integer: nw_dtype */
    NW_PHI,       /* nw_phi: one of two values, by a guard */
    NW_IMPORT,    /* nw_import: a name imported, or defined by a class statement, but not looked at yet; only in dictionaries, never on a stack */
    NW_KIND_COUNT
} nw_kind;

struct nw_opaque;
struct nw_tuple;
struct nw_sequence;
struct nw_dict;
struct nw_slice;
struct nw_range;
struct nw_iterator;
struct nw_function;
struct nw_method;
struct nw_native;
struct nw_partial;
struct nw_class;
struct nw_instance;
struct nw_module;
struct nw_descriptor;
struct nw_super;
struct nw_tensor;
struct nw_phi;
struct nw_import;
struct nw_eval;

typedef struct nw_value {
    uint8_t kind;
    union {
        int64_t integer;
        double number;
        nw_symbol symbol;
        const void *object;
        struct nw_opaque *opaque;
        struct nw_tuple *tuple;
        struct nw_sequence *list;
        struct nw_dict *dict;
        struct nw_slice *slice;
        struct nw_range *range;
        struct nw_iterator *iterator;
        struct nw_function *function;
        struct nw_method *method;
        struct nw_native *native;
        struct nw_partial *partial;
        struct nw_class *class_;
        struct nw_instance *instance;
        struct nw_module *module;
        struct nw_descriptor *descriptor;
        struct nw_super *super_;
        struct nw_tensor *tensor;
        struct nw_phi *phi;
        struct nw_import *import;
    } as;
} nw_value;

/* A place in a source: which module, which byte range. module NULL: no place. */
typedef struct nw_place {
    struct nw_module *module;
    uint32_t start, end;
} nw_place;

/* What an opaque value may be, as far as it is known. */
typedef enum nw_opaque_type {
    NW_TYPE_ANY,
    NW_TYPE_BOOL,
    NW_TYPE_INT,
    NW_TYPE_FLOAT,
    NW_TYPE_NUMBER,   /* int or float */
    NW_TYPE_STRING,
    NW_TYPE_TUPLE,
    NW_TYPE_LIST,
    NW_TYPE_DICT,
    NW_TYPE_CALLABLE,
    NW_TYPE_MODULE,   /* an nn.Module of unknown class */
    NW_TYPE_COMPLEX,  /* complex numbers are not followed, only that they are numbers */
} nw_opaque_type;

typedef enum nw_opaque_origin {
    NW_ORIGIN_SYMBOL,     /* an input of the analysis: a constructor parameter, a config attribute */
    NW_ORIGIN_EXPRESSION, /* op over operands, hash-consed: equal expressions are one object */
    NW_ORIGIN_LOST,       /* knowledge was lost: `reason` says why */
} nw_opaque_origin;

typedef struct nw_opaque {
    uint8_t origin, type;
    uint16_t reason;        /* nw_diagnostic id; for LOST, and for what derives from it */
    uint32_t serial;        /* unique in the run */
    nw_symbol text;         /* how it is shown: `config.hidden_size`, `dim // 2`; for LOST the detail of the message */
    nw_place place;         /* where it came to be, or where knowledge was lost */
    struct nw_dict *attributes; /* attributes read so far (same name, same value); NULL until the first */
    uint32_t node;          /* graph node whose result it is, 0 none */
    struct nw_value *operands; /* EXPRESSION: operand_count values */
    uint16_t operand_count;
    uint16_t op;            /* EXPRESSION: nw_operator or nw_expression_op */
    bool is_size;           /* some tensor has it as a size: it is a number, whatever its type says */
    int64_t minimum;        /* integers: a lower bound that holds (INT64_MIN none); sizes have 0 */
} nw_opaque;

typedef struct nw_tuple {
    uint32_t count;
    struct nw_class *class_; /* NULL: plain tuple; otherwise a subclass (torch.Size, a named tuple) */
    struct nw_value items[];
} nw_tuple;

/* A list. `repeated`: nobody knows how many items there are; items[0] (if count is 1) stands for each of them. */
typedef struct nw_sequence {
    nw_value *items;
    uint32_t count, capacity;
    uint32_t level;     /* speculation depth at which `items` was allocated: copied before the first write deeper down */
    bool repeated;
    struct nw_class *class_; /* a subclass of list, or NULL */
    struct nw_dict *attributes; /* of a subclass instance */
} nw_sequence;

typedef struct nw_dict_entry {
    nw_value key;
    nw_value value;
    uint64_t hash;
} nw_dict_entry;

/* Insertion-ordered. Deleted entries have an UNSET key. `index` is open addressing over entry numbers + 1. */
typedef struct nw_dict {
    nw_dict_entry *entries;
    uint32_t *index;
    uint32_t count, capacity, live, index_size;
    uint32_t level;
    uint32_t merged;    /* of a set: so many of the first entries came from another set in one go, which orders them in its way */
    bool open;          /* further entries may exist that nobody knows of */
    bool compared;      /* some key is unknown, or compares by its class's own __eq__: looking one up takes more than its hash */
    struct nw_class *class_; /* OrderedDict, defaultdict, a subclass; NULL: dict or set */
    struct nw_value default_factory; /* defaultdict; UNSET otherwise */
    struct nw_dict *attributes;
} nw_dict;

typedef struct nw_slice { nw_value start, stop, step; } nw_slice;
typedef struct nw_range { int64_t start, stop, step; } nw_range;

typedef enum nw_iterator_kind {
    NW_ITERATE_SEQUENCE, NW_ITERATE_RANGE, NW_ITERATE_DICT_KEYS, NW_ITERATE_DICT_VALUES, NW_ITERATE_DICT_ITEMS, NW_ITERATE_ENUMERATE,
    NW_ITERATE_ZIP, NW_ITERATE_MAP, NW_ITERATE_FILTER, NW_ITERATE_REVERSED, NW_ITERATE_OBJECT, /* __next__ of an instance */
    NW_ITERATE_CALLABLE, NW_ITERATE_STRING, NW_ITERATE_GENERATOR, NW_ITERATE_OPAQUE, NW_ITERATE_GETITEM,
} nw_iterator_kind;

typedef struct nw_iterator {
    uint8_t kind;
    bool done, strict;
    bool runs;             /* the body of a generator: right now, and it is no coroutine's */
    bool cut;              /* a generator that was left after so many items that it may have no end */
    int64_t position;      /* next index, or running number */
    nw_value source;       /* what is iterated */
    nw_value extra;        /* function of map/filter, element of an opaque iterable */
    struct nw_iterator **parts; /* zip, map */
    uint32_t part_count;
    uint32_t live;         /* of a dictionary: how many entries it had at first */
    struct nw_function *generator; /* GENERATOR: not started yet: the body still to run, in `frame` */
    struct nw_frame *frame;
    struct nw_iterator *shares;    /* a generator expression: what its outermost loop goes through, where the program has that, too */
    struct nw_coroutine *coroutine; /* a generator that waits at a yield, see coroutine.h; NULL: what it gives is in `source` */
} nw_iterator;

/* Slots of one activation. Heap objects, because closures keep them. */
typedef struct nw_frame {
    const nw_ast_function *code;
    struct nw_module *module;
    struct nw_frame *outer;   /* frame of the enclosing function scope (class frames are skipped), NULL at module level */
    struct nw_frame *caller;
    struct nw_function *function;
    struct nw_class *class_;  /* class frames: what is being built */
    uint32_t depth;
    uint32_t node;            /* statement or expression being evaluated, for places */
    uint32_t statement;       /* statement being evaluated */
    uint32_t activation;      /* number of this activation in the run */
    uint32_t level;           /* speculation level at which it began: its slots need no trail before a deeper one */
    uint32_t summaries;       /* loops of unknown length around its call */
    nw_guard path;            /* the path condition of its call */
    nw_sequence *yields;      /* generators: what was yielded so far, */
    struct nw_consumer *consumer; /* or who takes each value at once */
    bool is_asked_on;         /* the items are asked for one by one, though all are there: what its yields give is not known */
    nw_value slots[];
} nw_frame;

typedef struct nw_function {
    const nw_ast_function *code;
    struct nw_module *module;
    nw_frame *outer;
    struct nw_class *owner;    /* class in whose body it was defined: what super() starts from; NULL outside classes */
    nw_value *defaults;        /* one per parameter, UNSET where there is none */
    nw_symbol name;
    struct nw_dict *attributes;/* function attributes, may be NULL */
    const struct nw_operator_row *row; /* catalog functions: metadata of @op, NULL otherwise */
    struct nw_dict *results;   /* of earlier calls, where the function remembers them, the one asked for last behind the others; NULL otherwise */
    uint32_t most_results;     /* how many of them it remembers; 0: all */
    bool is_looked_at;         /* open mode: it was run to its end with symbols for its parameters */
    const nw_value *gave_up;   /* what it was given when a call of it was given up, see errand.h; NULL: none was */
    nw_value told;             /* what it gave when a call of it told nothing new, see news.h; ERROR: none did */
} nw_function;

typedef struct nw_method {
    nw_value function;
    nw_value self;
} nw_method;

/* Arguments of a call as evaluated: positional first, then keywords. */
typedef struct nw_arguments {
    nw_value *positional;
    uint32_t positional_count;
    nw_symbol *names;
    nw_value *named;
    uint32_t named_count;
    bool open;          /* *opaque or **opaque was passed: further arguments may exist */
    uint8_t spelled;    /* as the call that is being evaluated writes them: 1 plus how many receivers stand in front; 0: they come from elsewhere */
    nw_value open_positional, open_named; /* those opaque values, UNSET where not */
} nw_arguments;

typedef nw_value (*nw_native_function)(struct nw_eval *eval, nw_value self, const nw_arguments *arguments);

typedef struct nw_native {
    const char *name;
    nw_native_function call;
    nw_value self;      /* bound receiver, UNSET for plain functions */
} nw_native;

typedef struct nw_partial {
    nw_value function;
    nw_arguments arguments;
    struct nw_dict *attributes;
} nw_partial;

typedef enum nw_summary_state { NW_SUMMARY_NONE, NW_SUMMARY_RUNNING, NW_SUMMARY_DONE } nw_summary_state;

typedef struct nw_class {
    nw_symbol name, qualified; /* qualified: module.Outer.Name */
    struct nw_module *module;
    uint32_t node;             /* CLASS node in the module's tree; 0 for native classes */
    nw_value *bases;
    uint32_t base_count;
    struct nw_class **mro;     /* itself first, object last */
    uint32_t mro_count;
    struct nw_dict *attributes;
    struct nw_class *metaclass;
    struct nw_function *around; /* whose body it, or the outermost class around it, stands in; NULL: the module's */
    struct nw_class *made_anew; /* the class that its metaclass returned instead; NULL where it is itself */
    bool opaque_base;          /* an unknown class is among its ancestors */
    bool own_equality;         /* the program defines __eq__ for it: keys of it are compared one by one */
    bool is_exception, is_module, is_catalog, is_tensor; /* is_module: derives from torch.nn.Module or keras.Layer */
    bool is_sealed;            /* it and its bases say with __slots__ which attributes there are */
    bool is_keras;             /* is_module, and derives from keras.Layer */
    const struct nw_operator_row *row; /* catalog layers: metadata of @layer */
    uint8_t summary_state;     /* nw_summary_state: open mode, see summary.h */
    struct nw_value summary;   /* DONE: what its forward gives */
    nw_native_function construct; /* native construction (int, list, ...), NULL otherwise */
    uint8_t instance_kind;     /* nw_kind of native instances, NW_INSTANCE otherwise */
    uint32_t serial;
} nw_class;

typedef enum nw_pending_mode { NW_PENDING_NONE, NW_PENDING_EVALUATION, NW_PENDING_TRAINING } nw_pending_mode;

typedef struct nw_instance {
    nw_class *class_;
    struct nw_dict *attributes;
    nw_place place;            /* the call that made it */
    nw_guard guard;            /* path condition under which it was made */
    uint32_t serial;
    const nw_arguments *made_with; /* what its class was called with; NULL for exceptions and native instances */
    nw_arguments *pending;     /* open mode: its constructor has yet to run with these, see summary.h; NULL otherwise */
    uint8_t mode;              /* nw_pending_mode: what its modules are put into then */
    nw_value payload;          /* native data of an instance whose class derives from a native one (int, str, tuple, list, dict) */
} nw_instance;

typedef enum nw_module_state { NW_MODULE_NEW, NW_MODULE_RUNNING, NW_MODULE_DONE, NW_MODULE_FAILED } nw_module_state;

typedef struct nw_module {
    nw_symbol name;            /* dotted */
    const char *path;          /* of its file; NULL for native modules */
    nw_source source;
    const nw_ast *ast;
    struct nw_dict *globals;
    uint8_t state;             /* nw_module_state */
    bool is_package, is_catalog;
    bool open;                 /* a star import of an unknown module: any name may exist */
    bool is_asked;             /* one of its names is being looked up without running it */
    uint32_t serial;
    uint8_t *sites;            /* per node: bit 0 the call was resolved, bit 1 it was not */
    struct nw_module *next;    /* of eval->all_modules */
} nw_module;

typedef enum nw_descriptor_kind { NW_PROPERTY, NW_STATIC_METHOD, NW_CLASS_METHOD, NW_CACHED_PROPERTY } nw_descriptor_kind;

typedef struct nw_descriptor {
    uint8_t kind;
    nw_value get, set, remove; /* for static and class methods: get is the function */
    nw_value doc;              /* of a property; UNSET: that of `get` */
} nw_descriptor;

typedef struct nw_super {
    nw_class *after;           /* search starts behind this class in the MRO of self's class */
    nw_value self;
} nw_super;

typedef enum nw_dtype {
    NW_DTYPE_UNKNOWN,
#define NW_DTYPE_ROW(id, name, category, size) NW_DTYPE_##id,
#include "eval/dtype.def"
#undef NW_DTYPE_ROW
    NW_DTYPE_COUNT
} nw_dtype;

/* An abstract tensor. Immutable but for `parameter` marks; in-place methods make new contents unknown. */
typedef struct nw_tensor {
    nw_value *shape;           /* rank values: INT, or OPAQUE of type int; NULL when the rank is unknown */
    uint16_t rank;
    uint16_t unpacked_rank;    /* without a shape: how many sizes `b, t, c = x.shape` took from it, 0: none did */
    nw_guard unpacked_path;    /* the path condition of that statement */
    uint8_t dtype;             /* nw_dtype */
    bool is_parameter, requires_grad;
    bool is_buffer, persistent;/* marks of torch.nn.Buffer */
    bool is_uninitialized;     /* a lazy parameter or buffer: its shape cannot be read yet */
    bool is_supposed;          /* open mode: an argument of which nothing says that it is a tensor; it may as well be a list */
    uint32_t node;             /* graph node that made it, 0 none */
    uint32_t serial;           /* identity: a tied parameter is one tensor object */
    double *data;              /* known contents, row-major, or NULL */
    struct nw_class *class_;   /* torch.Tensor, torch.nn.Parameter, keras tensor, numpy array */
    struct nw_dict *attributes;
    struct nw_tensor *base;    /* the tensor whose storage it shares, NULL: its own */
    uint32_t writes, seen;     /* in-place writes to the storage (of a base); those that `data` has taken in */
    nw_value device;           /* UNSET: the default */
} nw_tensor;

/* The tensor whose numbers a view shares; any other one is its own. */
static inline const nw_tensor *nw_tensor_storage(const nw_tensor *tensor) { return tensor->base ? tensor->base : tensor; }

typedef struct nw_phi {
    nw_guard guard;
    nw_value then, otherwise;
    uint32_t serial;
} nw_phi;

typedef struct nw_import {
    nw_symbol module;          /* absolute dotted name */
    nw_symbol name;            /* attribute taken from it; empty: the module itself */
    struct nw_module *importer;
    uint32_t node;
    bool in_try;               /* a failed import is caught by the program */
    uint32_t definition;       /* 0: an import. Otherwise the class or decorated def of `importer` that has not run yet, see definition.c */
    struct nw_frame *body;     /* of a definition in the body of a class: the frame in which that ran */
    bool is_running;
    nw_value made;             /* by the definition; UNSET before */
} nw_import;

static inline nw_value nw_none(void) { return (nw_value){.kind = NW_NONE}; }
static inline nw_value nw_unset(void) { return (nw_value){.kind = NW_UNSET}; }
static inline nw_value nw_error(void) { return (nw_value){.kind = NW_ERROR}; }
static inline nw_value nw_bool(bool value) { return (nw_value){.kind = NW_BOOL, .as.integer = value}; }
static inline nw_value nw_int(int64_t value) { return (nw_value){.kind = NW_INT, .as.integer = value}; }
static inline nw_value nw_float(double value) { return (nw_value){.kind = NW_FLOAT, .as.number = value}; }
static inline nw_value nw_string(nw_symbol symbol) { return (nw_value){.kind = NW_STRING, .as.symbol = symbol}; }
static inline nw_value nw_class_value(struct nw_class *class_) { return (nw_value){.kind = NW_CLASS, .as.class_ = class_}; }
/* An object of a framework's module class, or of one derived from it. */
static inline bool nw_is_module_object(nw_value v) { return v.kind == NW_INSTANCE && v.as.instance->class_->is_module; }
/* None, a truth value, a number or a text: neither identity nor parts. */
static inline bool nw_is_bare(nw_value v) { return v.kind == NW_NONE || v.kind == NW_STRING || v.kind == NW_INT || v.kind == NW_FLOAT || v.kind == NW_BOOL; }
static inline bool nw_is_number(nw_value v) { return v.kind == NW_INT || v.kind == NW_FLOAT || v.kind == NW_BOOL; }
static inline bool nw_is_integer(nw_value v) { return v.kind == NW_INT || v.kind == NW_BOOL; }

#endif
