/* The network: what the interpreter's facts say of one model.
 *
 * Purpose: takes the facts of one built (and called) model; gives its layers and operators in the order of execution, its state as
 * state_dict() would name it, its inputs and outputs, and everything that is not known.
 * Ownership: everything lies in the arena of the run (nw_eval.arena) but the diagnostics, which nw_model_release frees.
 * Invariants (nw_model_verify): steps are in the order of evaluation; every name of `state` stands there once; `parameters` and
 * `buffers` are sums over distinct tensors of `state` and the module tree.
 * Soundness: in closed mode `unknown` is empty only when nothing unknown can have influenced the steps, the state or the outputs: no
 * loss was reported, no size or value of them derives from a lost one or from a join, no step runs under a condition, nothing was
 * raised and no limit was hit. */
#ifndef NW_MODEL_MODEL_H
#define NW_MODEL_MODEL_H

#include "diag/diag.h"
#include "eval/eval.h"

typedef enum nw_step_kind { NW_STEP_LAYER, NW_STEP_OPERATOR, NW_STEP_CALL /* something that was not looked into */ } nw_step_kind;

/* One layer or operator, each time it runs. */
typedef struct nw_model_step {
    uint8_t kind;          /* nw_step_kind */
    bool has_path;         /* a layer of the module tree; `path` is its name in it, empty for the root itself */
    nw_symbol path;
    nw_symbol class_;      /* qualified name of the layer's class or of the operator, as users import it */
    nw_symbol *names;      /* layers: the arguments that its constructor was given; operators: those of the call, by the signature */
    nw_value *arguments;
    uint32_t argument_count;
    nw_value output;
    int64_t parameters;    /* elements of the layer's own parameters; -1 when a size is not known */
    nw_place place;        /* layers: where it was made; operators: the call */
    nw_place call;         /* the call */
    nw_guard condition;
    uint32_t fact;
} nw_model_step;

typedef struct nw_state_row {
    nw_symbol name;
    const nw_tensor *tensor;
    bool is_parameter;
    nw_symbol *stores; /* Keras: the datasets in a .weights.h5 file, one for each layer that holds the variable */
    uint32_t store_count;
} nw_state_row;

typedef struct nw_model_value {
    nw_symbol name;
    const nw_tensor *tensor;
} nw_model_value;

/* Whether the inputs are arguments of their own, or several of them went into one: a list, or a dictionary. */
typedef enum nw_inputs_form { NW_INPUTS_APART, NW_INPUTS_LISTED, NW_INPUTS_KEYED } nw_inputs_form;

typedef struct nw_model {
    nw_eval *eval;
    nw_value root;             /* the built model: an instance, or a function; UNSET when it could not be built */
    nw_symbol framework;       /* "torch", "keras"; empty when unknown */
    nw_model_step *steps;
    uint32_t step_count, step_capacity;
    nw_state_row *state;
    uint32_t state_count, state_capacity;
    nw_symbol *other_stores;   /* Keras: datasets of a .weights.h5 file that layers of the program write and that are no state */
    uint32_t other_store_count, other_store_capacity;
    nw_model_value *inputs, *outputs;
    uint32_t input_count, input_capacity, output_count, output_capacity;
    uint32_t end_fact;         /* the facts from here on are not of the call whose outputs these are, but of later ones */
    int64_t parameters, buffers; /* elements, a tied tensor once; -1 when not known */
    bool is_closed;
    nw_inputs_form inputs_form;
    nw_place fallback;         /* where something unknown without a place of its own is reported */
    nw_diagnostics unknown;
    nw_diagnostics without_place; /* what follows from that, or stands for it where nothing has a place: then `unknown` takes it up at last */
} nw_model;

/* An empty model of a run; `fallback` is a place in the user's file. */
void nw_model_init(nw_model *model, nw_eval *eval, nw_place fallback, bool is_closed);
void nw_model_release(nw_model *model);
void nw_model_add_input(nw_model *model, nw_symbol name, const nw_tensor *tensor);
/* The module tree, its state and totals, of the model as it is now. */
void nw_model_read_state(nw_model *model, nw_value root);
/* The steps among the facts from `first_fact` on. After nw_model_read_state, which knows the paths. */
void nw_model_read_steps(nw_model *model, uint32_t first_fact);
/* The result of the call, flattened. */
void nw_model_read_outputs(nw_model *model, nw_value result);
/* What was lost or raised so far; call it last. */
void nw_model_read_losses(nw_model *model);
/* Asserts the invariants. */
void nw_model_verify(const nw_model *model);
/* --dump=model and --dump=facts. */
void nw_model_dump(const nw_model *model, nw_buffer *out);
void nw_facts_dump(const nw_eval *eval, nw_buffer *out);

/* ---- shared with the readers of a model ---- */
/* Adds an entry to `unknown`, or to `without_place` with the fallback as its place. */
void nw_model_add_unknown(nw_model *model, nw_diagnostic_id id, nw_place place, const char *detail);
/* The same for a value: where what it derives from was lost, and by which operator; with neither, `place` and `name` are said. */
void nw_model_add_lost(nw_model *model, nw_value value, nw_place place, const char *name);
/* The lost value that an opaque value derives from, or NULL. */
const nw_opaque *nw_lost_origin(const nw_opaque *opaque);
/* The same, or the contents of a tensor that it derives from: a size that only the run tells. */
const nw_opaque *nw_unknown_origin(const nw_opaque *opaque);
/* Path and position of a place; false when it has none. The position is counted in the module's source. */
bool nw_place_position(nw_place place, const char **path, nw_position *position);
/* The number of elements, -1 when a size is not known. */
int64_t nw_tensor_elements(const nw_tensor *tensor);
/* "f32", "i64", ... */
const char *nw_dtype_short_name(nw_dtype dtype);
/* The framework that the program uses: "torch", "keras", or nothing. */
nw_symbol nw_framework_of(nw_eval *eval);
/* The name by which users import a class: the catalog's for its own, otherwise the module's. */
nw_symbol nw_class_public_name(const nw_class *class_);

/* Which inputs and outputs of what was written have their channels elsewhere than those of the source, by number; NULL: none of them has. */
typedef struct nw_moved_channels {
    const bool *inputs, *outputs;
    bool to_first; /* on axis 1, and last in the source; otherwise the other way round */
} nw_moved_channels;

/* Where an axis of the source stands then. */
static inline uint32_t nw_moved_axis(bool to_first, uint32_t axis, uint32_t rank)
{
    if (axis == 0 || rank < 2)
        return axis;
    if (to_first)
        return axis + 1 == rank ? 1 : axis + 1;
    return axis == 1 ? rank - 1 : axis - 1;
}

#endif
