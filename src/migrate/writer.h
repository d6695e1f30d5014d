/* What the parts of the migrate stage share while one file is written.
 * Only src/migrate/ includes this. Ownership: a writer borrows its migration and its output buffers. */
#ifndef NW_MIGRATE_WRITER_H
#define NW_MIGRATE_WRITER_H

#include "migrate/sites.h"

/* A name that an import of the source framework binds. */
typedef struct nw_framework_name {
    nw_symbol name;
    nw_value value;      /* UNSET: not known */
    nw_symbol dotted;    /* torch.nn.functional */
    bool is_local;       /* imported within a function */
    uint32_t start;      /* where */
} nw_framework_name;

/* An adapter that a file needs, and where it is defined. */
typedef struct nw_needed_adapter {
    const nw_translation *row;
    const char *name;         /* in this file */
    bool direct;              /* the program's own text refers to it */
    struct nw_writer *home;   /* the file that defines it: this one, or one that it is imported from */
} nw_needed_adapter;

typedef struct nw_mark {
    nw_diagnostic_id id;
    const char *detail;
} nw_mark;

enum { NW_MAX_MARKS = 16 };

/* Python's function that copies modules; the target may have layers that it cannot copy. */
#define NW_DEEP_COPY "copy.deepcopy"

/* What becomes of a statement. */
enum {
    NW_PLAN_KEEP = 0,
    NW_PLAN_IMPORT = 1,   /* it only imports the source framework, and goes */
    NW_PLAN_LEFT_OUT = 2, /* it becomes a comment */
    NW_PLAN_PASS = 4,     /* nothing else is left of its block */
    NW_PLAN_UNNEEDED = 8, /* it imports what the entry does not need, and becomes a comment */
    NW_PLAN_NATIVE = 16,  /* it defines what the target has itself */
};

/* Bytes that no source holds, put into the text while it is written: a removed statement, the place for imports, that for adapters.
 * A NW_TEXT_PLACE is followed by the first byte of a statement of the source, in decimal, and a semicolon; a NW_TEXT_EXPORT by a string of
 * `__all__`, which goes when the definition of that name did. */
enum { NW_TEXT_REMOVED = 1, NW_TEXT_IMPORTS = 2, NW_TEXT_ADAPTERS = 3, NW_TEXT_PLACE = 4, NW_TEXT_EXPORT = 5 };

typedef struct nw_functional nw_functional; /* of functional.c */

/* A call that applies a function of the target's name to the tensor of an argument, in place, before it uses it. */
typedef struct nw_applying_call {
    uint32_t call, argument;
    nw_value function;
} nw_applying_call;

/* A node in whose place a text is written; node 0: none. */
typedef struct nw_substitute {
    uint32_t node;
    const char *text;
} nw_substitute;

typedef struct nw_writer {
    nw_migration *migration;
    nw_eval *eval;
    nw_module *module;
    const nw_ast *ast;
    const char *bytes;           /* of the source */
    nw_buffer *out;              /* where text goes now */
    nw_framework_name *names;
    uint32_t name_count, name_capacity;
    bool star;                   /* `from torch.nn import *` stands in the file, or a star import of a file that hands on such names */
    struct nw_needed_adapter *adapters; /* needed by what was written so far */
    uint32_t adapter_count, adapter_capacity;
    nw_buffer body;              /* the text, before imports and adapters are put in */
    nw_symbol *imports;          /* of the settings' imports */
    uint32_t import_count, import_capacity;
    const char **natives;        /* lines that import what the target has itself */
    uint32_t native_count, native_capacity;
    uint8_t *iterated;           /* by node: its items are taken one by one */
    uint8_t *plan;               /* NW_PLAN_... by node */
    nw_mark marks[NW_MAX_MARKS]; /* of the statement that is being written */
    uint32_t mark_count;
    uint32_t class_node;         /* CLASS statement around */
    nw_class *class_;            /* its class, when it was made */
    bool is_mixed_in;            /* it is none of modules, but mixed into one */
    uint32_t function;           /* index of the function around, 0: none */
    bool reached;                /* the code that is being written ran */
    bool unseen;                 /* nothing of the statement did, as nobody needed it; its module's import runs it */
    bool in_annotation;
    bool quoted;                 /* a part of the annotation became a string */
    bool detached;               /* within a block that records no gradients */
    uint32_t detached_start;     /* where that begins */
    bool in_discarded;           /* the body of a function that is looked at is one whose result nobody uses */
    nw_buffer comments;          /* of calls that were written anew: put above the statement */
    uint32_t block_depth;        /* tests, loops and the like around */
    nw_symbol *removed;          /* names whose definitions became comments */
    uint32_t removed_count, removed_capacity;
    bool has_place;              /* the place for imports was written */
    bool changed;
    uint32_t joined_start, joined_end; /* of the f-string that is being written */
    uint32_t spread;             /* the call of a layer in whose place several may stand, 0: none */
    const char *between;         /* what parts them */
    uint32_t item_count;         /* how many it was */
    uint32_t rebound;            /* a call that changes its argument whose names the statement binds, 0: none */
    nw_substitute substitute;
    nw_applying_call *applying;  /* of the whole file, once they are known */
    uint32_t applying_count;
    bool applying_known;
    nw_functional *functional;   /* the function that is being written as a class, NULL: none */
    uint32_t shown_start, shown_end; /* of the list that was written with its comments */
} nw_writer;

/* ---- text (write.c) ---- */
/* Writes an expression or statement: its text with all parts translated. */
void nw_write_node(nw_writer *writer, uint32_t node);
/* The same in the source's layout. */
void nw_write_plain_node(nw_writer *writer, uint32_t node);
/* The same with its parentheses where it stands in some. */
void nw_write_enclosed(nw_writer *writer, uint32_t node);
/* The callee of a call with what opens in front of it; what closes it is a part of the text behind its end. */
void nw_write_callee(nw_writer *writer, uint32_t call);
/* An annotation: evaluated when its function or class is defined, so what is not there any more becomes a string. */
void nw_write_annotation(nw_writer *writer, uint32_t node);
/* Writes the bytes of `node`, each child by nw_write_node. */
void nw_write_children(nw_writer *writer, uint32_t node);
/* A copy, in the arena, of what nw_write_node writes. */
const char *nw_written(nw_writer *writer, uint32_t node);
void nw_write_source(nw_writer *writer, uint32_t start, uint32_t end);
/* f-strings and the parts in their braces (joined.c). */
void nw_write_joined(nw_writer *writer, uint32_t node);
void nw_write_formatted(nw_writer *writer, uint32_t node);
/* Something has no translation: kept as it is, marked and reported. */
void nw_write_refuse(nw_writer *writer, uint32_t node, nw_diagnostic_id id, const char *format, ...) __attribute__((format(printf, 4, 5)));
void nw_write_note(nw_writer *writer, uint32_t node, nw_diagnostic_id id, const char *format, ...) __attribute__((format(printf, 4, 5)));
bool nw_is_simple(const nw_ast *ast, uint32_t node);
/* Whether the node, put behind a dot or beside an operator, needs no parentheses. */
bool nw_is_atom(const nw_ast *ast, uint32_t node);

/* ---- references (reference.c) ---- */
/* What a functools.partial calls in the end. */
nw_value nw_without_partial(nw_value callee);
void nw_references_read(nw_writer *writer);
/* Whether a module belongs to the source framework by its name. */
bool nw_is_of_framework(const nw_writer *writer, nw_symbol module);
/* Whether an import alias is one of the source framework, and none of the program's own modules. */
bool nw_is_framework_import(const nw_writer *writer, nw_symbol module);
/* The same of `from module import name`, where another library has some names for the framework. */
bool nw_is_framework_name(const nw_writer *writer, nw_symbol module, nw_symbol name);
/* What a name or dotted name of the source framework means; false: the expression is none. *value may be UNSET: unknown name.
 * *dotted is the name as users import it. */
bool nw_reference(nw_writer *writer, uint32_t node, nw_value *value, nw_symbol *dotted);
/* What a name of a module's top level means now that it has run, UNSET: it failed or is not known; false: it has no such name. */
bool nw_global_meaning(nw_eval *eval, const nw_module *module, nw_symbol name, nw_value *value);
/* The name of a framework's class or function as users import it; empty when it is none of a framework. */
nw_symbol nw_framework_value_name(nw_eval *eval, nw_value value);

/* ---- templates (template.c) ---- */
enum { NW_MAX_PARAMETERS = 40 };

/* A call of something that the tables may know. */
typedef struct nw_source_call {
    uint32_t node;      /* the CALL; another node for operators */
    nw_list arguments;  /* nodes */
    bool fills;         /* they are all but `out=z`, which is bound to what the call gives */
    uint32_t receiver;  /* node of the object of a method, 0: none */
    nw_symbol name;
    nw_class *class_;   /* what a constructor makes */
    const nw_trace_entry *first; /* its runs; NULL: it never ran */
} nw_source_call;

typedef enum nw_template_result { NW_TEMPLATE_WRITTEN, NW_TEMPLATE_ABSENT, NW_TEMPLATE_REFUSED /* some arguments do not fit it */ } nw_template_result;

/* What a template for tensors with their channels last says of itself. */
typedef struct nw_template_layout {
    bool plain_result, plain_arguments; /* these are in the source's order */
    uint32_t transposes;                /* that it holds */
} nw_template_layout;

/* Whether a row has a template for all runs of a call. */
bool nw_template_fits(nw_writer *writer, const nw_translation *row, const nw_source_call *call, nw_template_layout *layout);
/* Notes the options of a call that the setting names and that are not None, which only training would use; not those that are parameters of
 * `but` (NULL: all). */
void nw_note_options(nw_writer *writer, const nw_source_call *call, const char *setting, const nw_ast_function *but);
nw_template_result nw_template_write(nw_writer *writer, const nw_translation *row, const nw_source_call *call);
/* An attribute or value row: its expression, with `receiver` for the first parameter. */
bool nw_template_write_value(nw_writer *writer, const nw_translation *row, uint32_t receiver);
/* Writes a call of a layer in whose place several may stand, or none; how many did. */
uint32_t nw_write_spread(nw_writer *writer, uint32_t node);
/* Calls of layers that stand in a list for a container, or are added to one; NULL: the tables do not say what containers are. */
bool *nw_items_find(nw_writer *writer);
/* The name of an adapter in this file, which will then hold its text. */
const char *nw_adapter_name(nw_writer *writer, const nw_translation *row);
void nw_need_import(nw_writer *writer, nw_symbol name);
/* How a name that templates may refer to is written in this file, where the program may use it for something else; adds its import. */
const char *nw_import_text(nw_writer *writer, nw_symbol name);
/* Writes a dotted name of the target that a setting of the tables gives ("nn.ModuleList"), as this file spells its beginning. */
void nw_write_target_name(nw_writer *writer, nw_value dotted);
/* The same of a setting by its own name; nothing is written where the tables do not say it. */
void nw_write_setting_name(nw_writer *writer, const char *setting);

/* ---- expressions (expression.c, call.c) ---- */
void nw_write_name(nw_writer *writer, uint32_t node);
void nw_write_attribute(nw_writer *writer, uint32_t node);
void nw_write_call(nw_writer *writer, uint32_t node);
/* Whether an adapter is a class with a method of that name. */
bool nw_adapter_defines(const nw_translation *adapter, nw_symbol name);
/* What a CALL calls, where it is something of the source framework. */
bool nw_source_call_read(nw_writer *writer, uint32_t node, nw_source_call *call);
/* `Rearrange, found = optional_import("einops.layers.torch", name="Rearrange")`: what stands in the target for what such a function of the
 * program gave; false: it is none, and nothing was written (named_import.c). */
bool nw_write_named_import(nw_writer *writer, uint32_t node, const nw_trace_entry *first);
/* Whether a call of numpy gave a floating point number whenever it ran: such a number has a type of its own, of 64 bit, which the target's
 * operators take over where the source's see a number of Python (array_number.c). */
bool nw_is_array_number(nw_writer *writer, uint32_t node);
/* `x + table` where the table is an array of numpy, with what makes that a tensor; false: it is none, and nothing was written (array_operand.c). */
bool nw_write_with_array(nw_writer *writer, uint32_t node, const uint32_t *operands, uint32_t count);
/* `model(np.zeros((1, 8)))`: the call of a layer with what makes its arrays tensors, which the source's layers do themselves; false: it has none, and nothing was written. */
bool nw_write_array_arguments(nw_writer *writer, uint32_t node, const nw_trace_entry *first);
/* The argument of a call, in one of its runs, that stands at a node of its list. */
nw_value nw_argument_at(nw_writer *writer, const nw_trace_entry *run, nw_list arguments, uint32_t at);
void nw_write_operation(nw_writer *writer, uint32_t node);
void nw_write_item(nw_writer *writer, uint32_t node);
/* An index as an expression, slices spelled out. */
void nw_write_key(nw_writer *writer, uint32_t node);
/* Whether the target has a call in place of an attribute of a tensor, to which nothing can be assigned. */
bool nw_is_computed_attribute(nw_writer *writer, uint32_t node);
/* `operands` joined by an operator, as a call where the target's operator would not do; false: nothing was written. */
bool nw_write_operator_call(nw_writer *writer, uint32_t node, nw_operator op, const uint32_t *operands, uint32_t count);
/* Writes the row of that name with `count` operands of an operator, from the one at `from`, as its arguments; false: there is none that fits, and nothing was written. */
bool nw_write_operand_row(nw_writer *writer, uint32_t node, nw_symbol name, const uint32_t *operands, uint32_t from, uint32_t count);
/* Whether a call of a dropped row may be left out: where the row's function has a test, it says so. */
bool nw_template_allows(nw_writer *writer, const nw_translation *row, const nw_source_call *call);
/* A framework's name as a value: a row for it, or an adapter. */
void nw_write_reference(nw_writer *writer, uint32_t node, nw_value value, nw_symbol dotted);
/* The adapter for a function of the framework that is held in a variable and called with names of arguments; NULL: there is none, or it is not. */
const nw_translation *nw_row_called_by_name(const nw_writer *writer, nw_value function, nw_symbol name);
/* Whether a value is the source framework's class of modules itself. */
bool nw_is_module_base(const nw_writer *writer, nw_value value);

/* ---- names that the target's modules have for themselves (renamed.c) ---- */
/* A method that the source framework calls when a module is called. */
bool nw_is_method_name(const nw_writer *writer, nw_symbol name);
/* What such a name is called instead in a class; the name itself where it may stay. */
nw_symbol nw_renamed(const nw_writer *writer, const nw_class *class_, nw_symbol name);
/* Whether a name is called otherwise in some class. */
bool nw_may_be_renamed(const nw_writer *writer, nw_symbol name);
/* What the attribute of an object is called now: by all runs, and in code that did not run by what the text says of the object. */
nw_symbol nw_attribute_name(nw_writer *writer, const nw_trace_entry *first, uint32_t object, nw_symbol name);
/* The framework's name for an attribute of its own that code which did not run takes of `self` or super(); empty: it is none. */
nw_symbol nw_framework_attribute(nw_writer *writer, uint32_t object, nw_symbol name);
/* getattr(self, "name"), setattr, hasattr and delattr with such a name; false: it is none, and nothing was written. */
bool nw_write_attribute_by_text(nw_writer *writer, uint32_t call, const nw_trace_entry *first);
/* What becomes of a NAME in the body of a class, whose attribute it is; any other NAME stays. */
nw_symbol nw_name_in_class(nw_writer *writer, uint32_t node);
/* The class around, where it is one of modules or mixed into one; where it was never made, that of its bases which is. NULL: none. */
nw_class *nw_class_around(nw_writer *writer);
/* Whether a class that is none of modules, or one that it derives from, is an ancestor of one: what it defines becomes a part of modules. */
bool nw_is_mixed_in(const nw_writer *writer, const nw_class *class_);
/* Whether a value is a module, a class of modules or super() of a module. */
bool nw_is_module_value(nw_value value);

/* Whether what is being written runs when its module is imported, though it was not seen to run: nobody needed what it defines. */
bool nw_runs_unseen(const nw_writer *writer);
/* A call of a module where the target takes only tensors by position (module_call.c); false: it is none, and nothing was written. */
bool nw_write_module_call(nw_writer *writer, uint32_t node, const nw_trace_entry *first);
/* self.conv.forward(x) of a framework's layer as self.conv(x), where the target's layers make their weights when they are called; false: it is none,
 * and nothing was written. */
bool nw_write_layer_computation(nw_writer *writer, uint32_t node, const nw_trace_entry *first);

/* ---- modules without the source's protocol (plain_module.c) ---- */
/* Whether a parameter of the method that is being written goes: the target's modules do not take it. */
bool nw_leaves_parameter(const nw_writer *writer, const nw_ast_function *code, uint32_t parameter);
/* The name of such a parameter, as the attribute that says the same; false: it is none, and nothing was written. */
bool nw_write_left_name(nw_writer *writer, uint32_t node);
/* A call of a module, without arguments for such parameters; super().__init__(name=name), without the name. False: nothing was written. */
bool nw_write_call_of_module(nw_writer *writer, uint32_t node, const nw_trace_entry *first);
bool nw_write_beginning(nw_writer *writer, uint32_t node, const nw_trace_entry *first);
/* self.blocks = [Block(), Block()]: a list that knows of its modules; false: it is none, and nothing was written. */
bool nw_write_module_list(nw_writer *writer, uint32_t statement);
/* Behind the last statement of a module's beginning: a call of its method for building with the shape that it had in all runs. */
void nw_write_building(nw_writer *writer, const nw_ast_function *code, uint32_t last);
/* In front of the method for building, where the class has no beginning of its own: one that calls it. */
void nw_write_beginning_for_building(nw_writer *writer, uint32_t statement);
/* A method that only the source framework calls, which goes; false: it stays. */
bool nw_write_left_method(nw_writer *writer, uint32_t statement);

/* ---- functional models (functional.c) ---- */
/* A function that builds a functional model, or a part of one, as a class; false: it is none, and nothing was written. */
bool nw_write_functional(nw_writer *writer, uint32_t node);
/* Within one: Layer(...)(x) as self.layer(x), made in __init__; a local; a size of a tensor that layers are made with. */
bool nw_write_functional_call(nw_writer *writer, uint32_t node);
bool nw_write_functional_name(nw_writer *writer, uint32_t node);
bool nw_write_functional_size(nw_writer *writer, uint32_t node);

/* comment.c: comments within a node that is written anew go above its statement, but for those that stand in what was written since the place. */
bool nw_holds_comment(const nw_writer *writer, const nw_node *node);
typedef struct nw_comment_place {
    size_t comments, out; /* how much there was of both */
} nw_comment_place;
nw_comment_place nw_comments_begin(const nw_writer *writer);
void nw_keep_comments(nw_writer *writer, const nw_node *node, nw_comment_place before);

/* unknown_object.c: tells of a method that tensors have, called on something that is not known, without an entry and in code that it does not reach. */
void nw_refuse_unknown_method(nw_writer *writer, uint32_t call);
/* In code that the entry does not reach: of an attribute that modules have by the framework, or under another name now. */
void nw_refuse_unknown_attribute(nw_writer *writer, uint32_t attribute);

/* ---- blocks that record no gradients (detach.c) ---- */
/* Whether an item of a with statement, or a decorator, is such a context. */
bool nw_is_detaching(nw_writer *writer, nw_list contexts);
/* Within one: writes an expression that computes tensors so that no gradient flows through it; false: it is none, and nothing was written. */
bool nw_write_detached(nw_writer *writer, uint32_t node);
/* Refuses a statement there that writes to what was made in front of the block and carries gradients: they go on as if nothing had been written. `first`: the
 * runs of what writes, a call to its argument at `place`. */
bool nw_refuse_detached_write(nw_writer *writer, uint32_t statement, const nw_trace_entry *first, uint32_t place);
/* The value of `x[0] += y` or `x[0] = y` there, whatever expression it is; `operation`: the statement, or the target x[0]. */
bool nw_write_detached_operand(nw_writer *writer, uint32_t operation, uint32_t operand);

/* ---- statements that write to tensors (tensor_write.c); false: it is none, and nothing was written ---- */
/* Whether a target is an item of a tensor in some run. */
bool nw_is_tensor_item(nw_writer *writer, uint32_t target);
/* x.data = y, where the target has a call for x.data: refused. */
bool nw_write_unassignable(nw_writer *writer, uint32_t statement, uint32_t assigned);
bool nw_write_item_store(nw_writer *writer, uint32_t target, uint32_t value, nw_operator op);
/* x[i], x[j] = y, z: both values first, then one part after the other in lines of their own (`space`; NULL: there is no room for some). */
bool nw_write_item_stores(nw_writer *writer, uint32_t statement, const char *space, size_t size);
bool nw_write_augmented(nw_writer *writer, uint32_t statement);
bool nw_write_in_place_call(nw_writer *writer, uint32_t call);

/* ---- layers and functions that change their argument (in_place.c) ---- */
enum { NW_MAX_CHANGED = 8 };
/* The NAME that a call gives back changed, be it a layer's, or a function's of the program that writes to its argument; 0: it changes nothing that has a name. */
uint32_t nw_changed_argument(nw_writer *writer, uint32_t call);
/* The NAME at the end of `torch.add(x, y, out=z)`, where the target's function may give that back instead of being given it; 0: it is none. */
uint32_t nw_out_argument(nw_writer *writer, uint32_t call);
/* The names that hold it and are read after the call, or were taken before it by `statement` (0: the call is no part of one). None where that
 * statement computes something from such a name before the call. */
uint32_t nw_names_of_changed(nw_writer *writer, uint32_t call, uint32_t argument, uint32_t statement, uint32_t names[NW_MAX_CHANGED]);
/* The first step of a run that writes to a tensor which was there before; NULL: there is none. */
const nw_fact *nw_first_write(const nw_writer *writer, const nw_trace_entry *run, const nw_tensor *tensor);
/* Whether a NAME is read behind a byte of its function before it is bound anew, or by the next turn of a loop around. */
bool nw_reads_name_later(const nw_writer *writer, const nw_node *name, uint32_t from, const nw_node *function);
/* What a call that stands alone writes to, such as x in `x.add_(1).mul_(2)`; 0: nothing. */
uint32_t nw_changed_by_call(nw_writer *writer, uint32_t call);
/* Views that are written to (put_back.c). What an expression is a view of, as far as that can be put back; `in_parts`: or several views. 0: it is none. */
uint32_t nw_viewed(const nw_writer *writer, uint32_t view, bool in_parts);
/* The place that it is a view of in the end, where its text may be written twice; 0: there is none. */
uint32_t nw_viewed_place(const nw_writer *writer, uint32_t view);
/* Writes what stands at that place once the view is what `text` says. */
void nw_write_put_back(nw_writer *writer, uint32_t view, const char *text);
/* The same of several views that all stand at `targets`; false: nothing was written. */
bool nw_write_joined_parts(nw_writer *writer, uint32_t view, nw_list targets);
/* Functions that write to their arguments and give nothing back (writing_function.c). */
void nw_find_writing(nw_migration *migration);
/* Whether a function gives back what it writes to from now on; its last line, and an empty `return` within it: false: nothing was written. */
bool nw_gives_back_written(const nw_writer *writer, const nw_ast_function *code);
void nw_write_end_of_writing(nw_writer *writer, const nw_ast_function *code);
bool nw_write_return_of_written(nw_writer *writer, uint32_t statement);
/* The arguments of a call of such a function that come back, in their order; how many, 0: it is none, or one of them does not stand there by itself. */
uint32_t nw_written_arguments(const nw_writer *writer, uint32_t call, uint32_t written[NW_MAX_CHANGED]);
/* What a run writes to: an operand, the tensor whose method it calls, or the argument at a node; UNSET: it was given none there. */
nw_value nw_written_by_run(const nw_writer *writer, const nw_trace_entry *run, uint32_t argument);
/* Behind a statement that writes to a tensor: what else holds it, or what it is a part of, in lines of their own (alias.c). */
void nw_write_aliases_behind(nw_writer *writer, uint32_t statement, const char *space, size_t size);
/* In front of a statement: what a call in it applies to its argument in place, somewhere inside (in_place_call.c). */
void nw_write_applied_before(nw_writer *writer, uint32_t statement, const char *space, size_t size);
/* Whether statements of that kind hold others: a test, a loop, with, try, match. */
bool nw_is_block(uint8_t kind);
/* Opens a binding of each of these names around a call that is about to be written; how many must be closed. */
uint32_t nw_write_rebound(nw_writer *writer, uint32_t call);
/* An ASSIGN whose value is such a call: its names are further targets. False: it is none, nothing is written. */
bool nw_write_rebinding_assignment(nw_writer *writer, uint32_t statement);

/* `self.config = Config(...)`, a dictionary of a class of its own, as object.__setattr__(self, "config", Config(...)), where layers of the target
 * would keep a plain one instead (own_container.c). False: it is none, or holds what a layer has to know of; nothing is written. */
bool nw_write_own_container(nw_writer *writer, uint32_t statement);

/* The row of the name that a setting holds; NULL: none. */
const nw_translation *nw_setting_row(const nw_writer *writer, const char *setting, nw_row_kind kind);

/* Parameters and buffers: variables of the target. */
bool nw_is_variable(nw_writer *writer, nw_value value);

/* ---- statements (statement.c, class.c, decorator.c, left_out.c) ---- */
void nw_write_statement(nw_writer *writer, uint32_t node);
void nw_write_class(nw_writer *writer, uint32_t node);
void nw_write_function(nw_writer *writer, uint32_t node);
/* The decorators of a definition (decorator.c); those that go take their line with them. Returns the byte behind what was written. */
uint32_t nw_write_decorators(nw_writer *writer, uint32_t definition, nw_list decorators);
/* Whether a statement has no influence on results in evaluation: initialisation, hooks. *note says what it is. */
bool nw_left_out(nw_writer *writer, uint32_t node, const char **note);
/* Before writing: what becomes of each statement; then objects and classes that need the source's interface. */
void nw_plan_file(nw_writer *writer);
/* What ran only because statements called it that are left out no longer counts as reached. */
void nw_leave_out_calls(const nw_writer *writer);
void nw_find_kept(nw_writer *writer);

/* ---- what nothing needs (needless.c) ---- */
/* Whether nothing that the entry reaches uses what a statement of the top level binds. */
bool nw_is_needless(nw_writer *writer, uint32_t statement);
/* Whether nothing asked for a method of the class that is written, and the class has others that ran. */
bool nw_is_needless_method(const nw_writer *writer, uint32_t statement);
void nw_note_removed(nw_writer *writer, uint32_t statement);
/* Whether running a statement of the top level needs a name whose definition was removed. */
bool nw_uses_removed(const nw_writer *writer, uint32_t statement);

/* ---- tensors that the program keeps between calls (kept_tensors.c) ---- */
bool nw_keeps_tensors(nw_migration *migration);
/* A test whether a tensor is kept already that must be computed in every call: its answer; false: it is none, and nothing was written. */
bool nw_write_answered(nw_writer *writer, uint32_t node);
/* Behind the last statement of a class: a method for building, where the target must not try its computation. */
void nw_write_build(nw_writer *writer, uint32_t last);
/* The same behind a class of the tables. */
void nw_write_adapter_build(nw_writer *writer, const nw_translation *row, nw_buffer *out);

/* ---- imports (import.c) ---- */
/* What becomes of an import; `top`: it runs when the module is imported. Other statements are kept. */
uint8_t nw_plan_import(nw_writer *writer, uint32_t node, bool top);
/* Whether only imports of the top level that go bind a name: `__all__` must not hold it any more. */
bool nw_is_unimported(nw_writer *writer, nw_symbol name);
void nw_write_import(nw_writer *writer, uint32_t node);
/* Whether the name was imported from a library that needs the source framework, and nothing looked at it: its import goes. */
bool nw_brings_nothing(nw_writer *writer, nw_symbol name);

/* ---- what the target has itself (import.c) ---- */
/* Adds the import of what a definition of the program stood for, under a name of this file. */
void nw_need_native(nw_writer *writer, const nw_native_definition *native, nw_symbol name);

/* ---- the mode (training.c) ---- */
void nw_find_training(nw_migration *migration);
bool nw_takes_training(const nw_migration *migration, const nw_ast_function *code);
/* The innermost def around a byte. */
const nw_ast_function *nw_function_around(const nw_ast *ast, uint32_t start);
/* The program's function behind a callee, NULL: none. */
const nw_ast_function *nw_called_code(nw_value callee);

/* ---- files (file.c) ---- */
nw_writer *nw_writer_new(nw_migration *migration, nw_module *module);
/* First all files, then the places of their adapters, then their texts. */
void nw_write_body(nw_writer *writer);
void nw_place_adapters(nw_writer **writers, uint32_t count);
/* Refuses an entry that names what the file has from the source framework (`Net(act=nn.ReLU)`): whoever evaluates it there does not find it. */
void nw_refuse_entry_names(nw_writer *writer);
void nw_write_file(nw_writer *writer, nw_migrated_file *file);

/* ---- adapters (adapter.c) ---- */
/* Adds the imports that the adapters defined here need. */
void nw_need_adapter_imports(nw_writer *writer);
/* Import lines of those that other files define, then the texts of those that this one defines. */
void nw_write_adapter_imports(nw_writer *writer, nw_buffer *out);
void nw_write_adapters(nw_writer *writer, nw_buffer *out);
void nw_note_stand_ins(nw_writer *writer);
/* Whether the program binds a name anywhere in the file. */
bool nw_is_bound(const nw_writer *writer, nw_symbol name);

#endif
