/* The stages from bytes to a network, in order: the table of contents of the program.
 *
 * Purpose: one run: an interpreter and the limits it keeps.
 * Ownership: nw_run_begin and nw_run_end in pairs; everything that a run makes lives until nw_run_end.
 * Invariants: a run belongs to one thread, which parallel.h gives room for deep recursion. */
#ifndef NW_DRIVER_PIPELINE_H
#define NW_DRIVER_PIPELINE_H

#include "base/clock.h"
#include "driver/entry.h"
#include "driver/roots.h"
#include "model/model.h"

enum {
    NW_RUN_DEPTH = 180,        /* nested calls */
    NW_RUN_FORKS = 64,         /* branches on unknown tests in one activation */
    NW_STACK_BYTES = 256 << 20, /* room for that depth; memory that is never touched costs nothing */
};

/* What is read, which decides how much a run may take: of files there are many, and a program that is translated may be a network of a
 * thousand layers. */
typedef enum nw_run_kind {
    NW_RUN_FILE,        /* open mode */
    NW_RUN_ENTRY,       /* closed mode, to show it */
    NW_RUN_TRANSLATION, /* closed mode, to translate it or to read a translation back */
} nw_run_kind;

typedef struct nw_run {
    nw_environment environment;
    nw_eval eval;
    nw_symbol module_name; /* open mode: the module of the file */
    double started; /* seconds; what nw_seconds gave at nw_run_begin */
    double read_seconds, build_seconds, call_seconds, model_seconds;
} nw_run;

void nw_run_begin(nw_run *run, const nw_session *session, const nw_roots *roots, nw_run_kind kind);
void nw_run_end(nw_run *run);
/* What is asked for in closed mode. */
typedef struct nw_request {
    const char *entry;
    const char *path; /* the one file given, or NULL */
    const char *const *inputs;
    size_t input_count;
    bool is_loaded;       /* the state is to come from a checkpoint: its contents are not known when the model is called */
    const char *run_first; /* a module around which packages run first, with all their imports; NULL: imports run when somebody looks at them */
    nw_inputs_form inputs_form; /* what inputs are that are no parameters by name; apart: their names and the callee say it */
    const nw_moved_channels *moved; /* the sizes are those of the source's inputs; NULL: none of them has moved channels */
} nw_request;

/* Builds the entry, calls it with the inputs, reads the model. False: the entry or an input is wrong; *problem and *problem_id say
 * why, and the model holds nothing. The model is to be released in either case. */
bool nw_pipeline_closed(nw_run *run, const nw_request *request, nw_model *model, nw_diagnostic_id *problem_id, const char **problem);

/* Open mode: one file. */
typedef struct nw_open_request {
    const char *path;
    const char *class_name; /* one class only, or NULL */
} nw_open_request;

/* Takes each model; it is gone when the call returns. */
typedef void (*nw_open_take)(void *data, const nw_model *model, const char *qualified, nw_place place, bool is_class);

/* Analyses each class of the file that derives from a module class, and each function of its top level: constructor arguments and
 * inputs are symbols. Problems of the file itself are added to `diagnostics`. False: the file could not be read. */
bool nw_pipeline_open(nw_run *run, const nw_open_request *request, nw_open_take take, void *data, nw_diagnostics *diagnostics);

#endif
