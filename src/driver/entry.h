/* --entry and --input: what to build, and what to call it with.
 *
 * Purpose: parses EXPR and SPEC of the command line and evaluates them in the interpreter.
 * Ownership: strings lie in the arena of the run.
 * Invariants: names in EXPR are those of the entry's module, or absolute dotted names whose module is imported for it; the program's own
 * modules never see names that EXPR brought in. */
#ifndef NW_DRIVER_ENTRY_H
#define NW_DRIVER_ENTRY_H

#include "diag/diag.h"
#include "eval/eval.h"
#include "model/model.h"

typedef struct nw_entry {
    const char *file;       /* model.py, or NULL */
    const char *module;     /* pkg.mod, or NULL */
    const char *expression;
} nw_entry;

/* Splits `model.py:Net(10)`, `pkg.mod:make()` or `Net(10)`. */
nw_entry nw_entry_parse(nw_arena *arena, const char *text);
/* The module in whose scope the entry stands; NULL: not found, *problem says why. `path` is the one file given, or NULL. */
struct nw_module *nw_entry_module(nw_eval *eval, const nw_entry *entry, const char *path, const char **problem);
/* True when the first name of the expression means something there. */
bool nw_entry_is_known(nw_eval *eval, struct nw_module *module, const char *expression);
/* The value of an expression in that scope. */
nw_value nw_entry_evaluate(nw_eval *eval, struct nw_module *module, const char *expression);

typedef struct nw_input {
    const char *name; /* NULL: by position */
    nw_value value;
    bool is_tensor;
} nw_input;

/* `usual_name`: the parameter that it goes to when it has no name. False: the specification is wrong, *problem says why. */
bool nw_input_parse(nw_eval *eval, struct nw_module *module, const char *specification, const char *usual_name, nw_input *input,
                    const char **problem);
/* The name of the parameter that a positional input goes to; its number where the callee is not known. */
nw_symbol nw_input_position_name(nw_eval *eval, nw_value callee, uint32_t position);
/* The arguments of the call: inputs without names go by position, names are parameters of `forward`, or keys or positions inside its
 * first parameter. *form: how they went; where it is set before, those that are no parameters by name go so. */
nw_arguments nw_input_arguments(nw_eval *eval, nw_value callee, const nw_input *inputs, uint32_t count, nw_inputs_form *form);

#endif
