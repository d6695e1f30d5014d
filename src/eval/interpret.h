/* What the parts of the interpreter's core share: frames, expressions, statements, calls, classes, imports.
 * Only src/eval/ includes this. */
#ifndef NW_EVAL_INTERPRET_H
#define NW_EVAL_INTERPRET_H

#include "eval/control.h"
#include "eval/eval.h"

/* ---- frames ---- */
nw_frame *nw_frame_new(nw_eval *eval, const nw_ast_function *code, nw_module *module, nw_frame *outer);
static inline void nw_frame_set(nw_eval *eval, nw_frame *frame, nw_value *slot, nw_value value)
{
    if (eval->level > frame->level)
        nw_trail_value(eval, slot);
    *slot = value;
}

/* ---- expressions (expression.c, comprehension.c) ---- */
nw_value nw_evaluate(nw_eval *eval, uint32_t node);
/* The three-valued test of a condition node. NW_FAILED: exception, stop or undecided. */
nw_answer nw_evaluate_test(nw_eval *eval, uint32_t node, nw_guard *guard);
/* display.c: a tuple, list or set; a dictionary; a part of an f-string, and a whole one. */
nw_value nw_evaluate_display(nw_eval *eval, const nw_node *node);
/* What a loop goes through: a set that is written there is the constant itself, not filled from it. */
nw_value nw_evaluate_iterable(nw_eval *eval, uint32_t node);
nw_value nw_evaluate_dict(nw_eval *eval, const nw_node *node);
nw_value nw_evaluate_formatted(nw_eval *eval, const nw_node *node);
nw_value nw_evaluate_joined(nw_eval *eval, const nw_node *node);
/* `**value` in a display or a call; false: it is no mapping, TypeError is pending. */
bool nw_spread_dict(nw_eval *eval, nw_dict *into, nw_value value);
/* A target node with its parts evaluated: the object of an attribute or item, the index of an item. Others are evaluated when they are read. */
typedef struct nw_target {
    uint32_t node;
    nw_value object, index; /* UNSET where it has none */
} nw_target;
bool nw_target_evaluate(nw_eval *eval, uint32_t node, nw_target *target);
nw_value nw_target_read(nw_eval *eval, const nw_target *target);
/* Assigns to a target node: name, attribute, item, tuple. */
bool nw_assign(nw_eval *eval, uint32_t target, nw_value value);
/* What `del` does with a target node. */
bool nw_delete_target(nw_eval *eval, uint32_t target);
bool nw_arguments_evaluate(nw_eval *eval, nw_list list, nw_arguments *arguments);
nw_value nw_comprehension(nw_eval *eval, uint32_t node);
/* Runs the loops of a generator expression, `first` the iterator of the outermost one: its items go to the frame's consumer, or into the list. */
nw_value nw_generator_expression_run(nw_eval *eval, nw_frame *frame, nw_value first, nw_value list);
nw_value nw_name_load(nw_eval *eval, const nw_node *node);
nw_value nw_global_load(nw_eval *eval, nw_module *module, nw_symbol name);
/* Evaluates a Python expression given as text in the scope of a module's globals. */
nw_value nw_evaluate_text(nw_eval *eval, nw_module *module, const char *text);
/* An annotation of the function, in the scope of its module's globals. */
nw_value nw_annotation_evaluate(nw_eval *eval, const nw_function *function, uint32_t node);

/* ---- statements (statement.c, loop.c, try.c, match.c) ---- */
nw_status nw_execute_list(nw_eval *eval, uint32_t list, nw_value *value);
nw_status nw_execute(nw_eval *eval, uint32_t node, nw_value *value);
nw_status nw_execute_for(nw_eval *eval, uint32_t node, nw_value *value);
nw_status nw_execute_while(nw_eval *eval, uint32_t node, nw_value *value);
nw_status nw_execute_try(nw_eval *eval, uint32_t node, nw_value *value);
nw_status nw_execute_with(nw_eval *eval, uint32_t node, nw_value *value);
nw_status nw_execute_match(nw_eval *eval, uint32_t node, nw_value *value);
/* NW_RAISE or NW_STOP after a NW_ERROR. */
nw_status nw_failure(const nw_eval *eval);

/* A loop whose number of iterations is not known: `body` is run for a first and any further iteration, what it changes is
 * joined with what was before. */
typedef nw_status (*nw_loop_body)(nw_eval *eval, void *data, nw_value *value);
nw_status nw_loop_summarise(nw_eval *eval, nw_loop_body body, void *data, nw_value *value);

/* ---- calls (call.c) ---- */
nw_value nw_frame_run(nw_eval *eval, nw_function *function, nw_frame *frame);
nw_value nw_function_call(nw_eval *eval, nw_function *function, const nw_arguments *arguments);
nw_value nw_function_make(nw_eval *eval, uint32_t function_index);
/* One that computes with names of its own alone, so that it may be left wherever nobody asks on, is left after so many items: it may have no end. */
enum { NW_MOST_PLAIN_YIELDS = 4096 };
/* The partial's arguments, then those given. */
void nw_partial_merge(nw_eval *eval, const nw_partial *partial, const nw_arguments *arguments, nw_arguments *merged);
/* A copy in the run's arena. */
nw_arguments *nw_arguments_keep(nw_eval *eval, const nw_arguments *arguments);
nw_arguments nw_arguments_with_self(nw_eval *eval, nw_value self, const nw_arguments *arguments);
nw_value nw_module_call(nw_eval *eval, nw_instance *instance, const nw_arguments *arguments);
/* What torch.nn.Module's own __setattr__ does; false: an exception is pending, or a limit was hit. */
bool nw_module_set_attribute(nw_eval *eval, nw_instance *instance, nw_symbol name, nw_value value);

/* ---- classes (class.c) ---- */
nw_value nw_class_create(nw_eval *eval, nw_symbol name, const nw_value *bases, uint32_t base_count, nw_dict *attributes);
/* `cls.__bases__ = ...`. What does not name classes, or happens under a test that is not known, leaves bases that nobody knows. Classes that derive
 * from it already keep their order. */
bool nw_class_set_bases(nw_eval *eval, nw_class *class_, nw_value value);
/* Notes whether the class and its bases say with __slots__ which attributes their objects have. */
void nw_class_seal(nw_eval *eval, nw_class *class_);
nw_value nw_class_construct(nw_eval *eval, nw_class *class_, const nw_arguments *arguments);
nw_value nw_instance_new(nw_eval *eval, nw_class *class_);
nw_value nw_super_make(nw_eval *eval, const nw_arguments *arguments);
nw_value nw_execute_class(nw_eval *eval, uint32_t node);
/* Binds what was found in a class: functions become methods, descriptors run. `self` UNSET: accessed through the class. */
nw_value nw_bind_attribute(nw_eval *eval, nw_value found, nw_value self, nw_class *class_);

/* Turns the annotations of a class from texts into what they stand for, when somebody looks at them. False: an exception is pending. */
bool nw_class_annotate(nw_eval *eval, nw_class *class_);

/* ---- attributes (attribute.c) ---- */
/* object.__getattribute__ and object.__setattr__: without the hooks of the object's class. */
nw_value nw_get_attribute_plain(nw_eval *eval, nw_value object, nw_symbol name);
/* __defaults__, __kwdefaults__ or __annotations__ (intrinsic_python.c). */
nw_value nw_function_part(nw_eval *eval, const nw_function *function, nw_symbol name);
bool nw_set_attribute_plain(nw_eval *eval, nw_value object, nw_symbol name, nw_value value);
bool nw_delete_attribute_plain(nw_eval *eval, nw_value object, nw_symbol name);

/* ---- modules (import.c) ---- */
/* Loads and runs a module by its absolute dotted name; MODULE, or NW_ERROR with ImportError. */
nw_value nw_import_module(nw_eval *eval, nw_symbol name);
/* The same by a name that the program computed: a written program finds no module of the framework that it left. */
nw_value nw_import_installed(nw_eval *eval, nw_symbol name);
/* A file given by path, under the dotted name that the roots give it. */
nw_module *nw_import_file(nw_eval *eval, const char *path);
/* The same with bytes that were loaded already, which the module takes over; NULL: they could not be. */
nw_module *nw_import_source(nw_eval *eval, const char *path, nw_source *source);
/* The absolute name that a relative import of `level` dots means in a module. */
nw_symbol nw_import_absolute_name(nw_eval *eval, const nw_module *module, uint32_t level, nw_symbol name);
/* The module of that name, found but perhaps not run; NULL when there is none. */
nw_module *nw_import_locate(nw_eval *eval, nw_symbol name);
/* The dotted name of a part of a package. */
nw_symbol nw_import_part(nw_eval *eval, nw_symbol package, nw_symbol name);
/* A package that puts an object of its own in its place among sys.modules, to load its parts when they are asked for. */
bool nw_import_is_replaced(nw_eval *eval, const nw_module *module);
/* Whether the first part of the name belongs to the catalog. */
bool nw_import_is_of_catalog(const nw_eval *eval, nw_symbol name);
/* Whether a module that has no source was compiled: it is there, and nobody can read it. */
bool nw_import_is_compiled(const nw_eval *eval, nw_symbol name);
/* Whether a name is in a package that a written program runs without, see nw_environment. */
bool nw_import_is_absent(const nw_eval *eval, nw_symbol name);
nw_value nw_import_resolve(nw_eval *eval, nw_import *import);
/* Imports are run when somebody looks at what they bind; Python runs them at once, and a module may do more than define names, such as enter
 * its functions in a table. Runs all that are left in the modules of a module's package. False: there was none. */
bool nw_import_pending(nw_eval *eval, const nw_module *module);
/* Runs the packages around a module, and from now on imports where they stand. What they raise is left pending. */
void nw_import_at_once(nw_eval *eval, const char *name);
/* Forgets all modules of the program, because one could not be run by itself, and runs the packages around it first, as Python does: modules that
 * import each other may only be run in that order. False: it stands in no package. */
bool nw_import_anew(nw_eval *eval, const nw_module *module);
nw_status nw_execute_import(nw_eval *eval, uint32_t node);
/* The module that `from` names there, with its tree but not run; NULL: there is none. */
nw_module *nw_import_peek(nw_eval *eval, const nw_module *importer, uint32_t level, nw_symbol name);
nw_module *nw_module_new(nw_eval *eval, nw_symbol name);
/* Attribute of a module, loading a submodule or resolving a lazy import; UNSET when there is none. */
nw_value nw_module_find(nw_eval *eval, nw_module *module, nw_symbol name);

/* A module's top level runs outside of whatever branch first needed it. */
typedef struct nw_saved_state {
    nw_frame *frame;
    nw_guard path;
    nw_exit *exits;
    uint32_t context, level, trail_base, try_depth, in_catalog, fact_parent, depth;
    bool on_errand;
    nw_value exception;
} nw_saved_state;
nw_saved_state nw_module_enter(nw_eval *eval, const nw_module *module);
/* Everything as it was but the exception. */
void nw_module_leave(nw_eval *eval, const nw_saved_state *saved);

/* ---- definitions that wait (definition.c) ---- */
/* Binds the name of a class or decorated function of the running module's top level without running the statement, where that may wait. */
bool nw_definition_defer(nw_eval *eval, uint32_t statement);
/* The same for a statement in the body of a class that runs: a decorated method of the catalog's, or another name for something that waits.
 * nw_class_find makes what is asked for. */
bool nw_definition_defer_method(nw_eval *eval, uint32_t statement);
nw_value nw_definition_resolve(nw_eval *eval, nw_import *definition);
/* Runs what still waits in a module and is wanted; `wanted` NULL: all of it. */
void nw_definitions_run(nw_eval *eval, nw_module *module, bool (*wanted)(void *data, uint32_t statement), void *data);
/* The object that a class or def statement makes, decorated (statement.c). */
nw_value nw_definition_make(nw_eval *eval, uint32_t statement);

/* Shorthands for the running code. */
static inline const nw_ast *nw_ast_here(const nw_eval *eval) { return eval->frame->module->ast; }
static inline const nw_node *nw_node_at(const nw_eval *eval, uint32_t node) { return &eval->frame->module->ast->nodes[node]; }
static inline const char *nw_bytes(const nw_eval *eval, nw_symbol symbol) { return nw_symbol_bytes(eval->symbols, symbol); }

#endif
