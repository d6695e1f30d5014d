/* What the search for layouts knows while it runs; of layout*.c alone.
 *
 * Purpose: variables stand for the layout of a value or of a site; united ones are the same layout. Sites are the pieces of text that compute,
 * uses the operands. Ownership: everything lies in the run's arena. Invariant: NW_LAYOUT_PLAIN, the source's order, is its own root. */
#ifndef NW_MIGRATE_LAYOUT_STATE_H
#define NW_MIGRATE_LAYOUT_STATE_H

#include "migrate/layout.h"

enum { NW_LAYOUT_PLAIN, NW_LAYOUT_LAST, NW_LAYOUT_FIRST_VARIABLE }; /* variables that are decided, and the first that is not */
enum { NW_LAYOUT_MAX_NESTING = 6, NW_LAYOUT_USE_COST = 2, NW_LAYOUT_ONLY_FORM = 1000, NW_LAYOUT_MAX_PASSED = 16 };

typedef enum nw_layout_form {
    NW_LAYOUT_SITE_UNKNOWN,
    NW_LAYOUT_SITE_ABSENT, /* nothing of the source framework */
    NW_LAYOUT_SITE_FIRST,  /* only in the source's order */
    NW_LAYOUT_SITE_ANY,    /* the text is the same in both */
    NW_LAYOUT_SITE_LAST,   /* there is a row for channels last */
} nw_layout_form;

/* A piece of text that computes: a call, an operator, an attribute; a constructor stands for the layers that it makes. */
typedef struct nw_layout_site {
    uint8_t form;
    nw_template_layout says;
    const nw_translation *row;
    uint32_t variable;
} nw_layout_site;

/* An operand, in all runs. */
typedef struct nw_layout_use {
    uint32_t value, site; /* variables */
    uint32_t rank;
} nw_layout_use;

/* Arguments of a call of the program's own, while it runs: inside they may have another layout. */
typedef struct nw_layout_passed {
    uint32_t end, fact_end, count;
    const nw_tensor *tensors[NW_LAYOUT_MAX_PASSED];
    uint32_t variables[NW_LAYOUT_MAX_PASSED];
} nw_layout_passed;

typedef struct nw_layout_module {
    const nw_module *module;
    nw_writer *writer;
    uint32_t *sites, *uses;           /* by node: number + 1 */
    uint32_t *call_at, *call_next;    /* CALL nodes by first byte, + 1 */
    bool *items;                      /* by node: a layer among those of a container, in front of which others may be put; NULL: none */
} nw_layout_module;

typedef struct nw_layout_class {
    nw_symbol name;
    uint32_t site;
} nw_layout_class;

typedef struct nw_layout_slot {
    const nw_tensor *tensor;
    uint32_t variable;
} nw_layout_slot;

/* An attribute that a tensor was stored in: what is stored there later has the same layout, since the next call reads it in its place. */
typedef struct nw_layout_kept {
    const nw_instance *instance;
    nw_symbol name;
    uint32_t variable;
} nw_layout_kept;

struct nw_layout {
    nw_migration *migration;
    const nw_model *free_in;          /* the model, where features may be flattened in any order; NULL: they may not */
    nw_eval *eval;
    nw_arena *arena;
    nw_layout_module *modules;
    uint32_t module_count;
    uint32_t *parents, variable_count, variable_capacity;
    nw_layout_slot *slots;
    uint32_t slot_count, tensor_count;
    nw_layout_site *sites;
    uint32_t site_count, site_capacity;
    nw_layout_use *uses;
    uint32_t use_count, use_capacity;
    nw_layout_class *classes;
    uint32_t class_count, class_capacity;
    nw_layout_kept *kept;
    uint32_t kept_count, kept_capacity;
    nw_layout_passed *stack;
    uint32_t depth, stack_capacity;
    bool *covered;                    /* facts that belong to a site */
    uint32_t fact_count;
    bool *side;                       /* variables: the channels are last */
    bool *inputs, *outputs;
    nw_moved_channels moved;
};

/* Axes of the tensors of values: 0: none has more than two; -1: not the same, so that they do not go together axis by axis. */
typedef struct nw_layout_ranks {
    int rank;
    bool small;
} nw_layout_ranks;

typedef struct nw_layout_layer_call {
    nw_layout_module *m;        /* NULL: called by a container */
    const nw_trace_entry *e;
    const nw_value *arguments;
    uint32_t argument_count;
    nw_value result;
} nw_layout_layer_call;

typedef void (*nw_layout_visit)(nw_layout *l, const nw_tensor *tensor, void *data);

/* ---- layout_state.c ---- */

/* A layout that may still be either. */
uint32_t nw_layout_new_variable(nw_layout *l);
/* The one that stands for all that it was united with. */
uint32_t nw_layout_root(const nw_layout *l, uint32_t variable);
/* Both are the same layout from now on. */
void nw_layout_unite(nw_layout *l, uint32_t a, uint32_t b);
/* Where the layout of a tensor is kept, or would be. */
nw_layout_slot *nw_layout_slot_of(const nw_layout *l, const nw_tensor *tensor);
/* The variable of a value where it is met now. */
uint32_t nw_layout_variable_of(nw_layout *l, const nw_tensor *tensor);
/* Whether a tensor can have its channels in two places: it has more than two axes, as far as is known. */
bool nw_layout_concerns(const nw_tensor *tensor);
/* The items of a tuple or a list; NULL and 0 of anything else. */
const nw_value *nw_layout_items_of(nw_value value, uint32_t *count);
/* Visits every tensor that a value holds; `depth` is 0. */
void nw_layout_visit_value(nw_layout *l, nw_value value, nw_layout_visit visit, void *data, int depth);
/* All tensors of a value are in this layout, and no text can come between. */
void nw_layout_give(nw_layout *l, nw_value value, uint32_t variable);
/* A visit for which `data` is nw_layout_ranks. */
void nw_layout_check_rank(nw_layout *l, const nw_tensor *tensor, void *data);
/* nw_layout_ranks of what a call or an operator takes. */
int nw_layout_rank_of_arguments(nw_layout *l, const nw_trace_entry *e);
/* NULL: a module that is not written. */
nw_layout_module *nw_layout_module_of(const nw_layout *l, const nw_module *module);
/* A tensor at an operand of the text (node 0: none of its own), which wants it in a layout. */
void nw_layout_use_tensor(nw_layout *l, nw_layout_module *m, uint32_t node, const nw_tensor *tensor, uint32_t variable);
/* The same of all tensors of a value; where the text is a display, its items stand for themselves. */
void nw_layout_use_value(nw_layout *l, nw_layout_module *m, uint32_t node, nw_value value, uint32_t variable);
/* The arguments of a call, each at its place in the text as far as it has one. */
void nw_layout_use_arguments(nw_layout *l, nw_layout_module *m, const nw_trace_entry *e, const nw_layout_site *site, uint32_t variable);

/* ---- layout_site.c ---- */

/* Whether what the tables call so has the same text in both layouts. */
bool nw_layout_is_any(const nw_layout *l, nw_symbol name);
/* The site of an entry of the trace, read from the tables when it is asked for first. */
nw_layout_site *nw_layout_site_at(nw_layout *l, nw_layout_module *m, const nw_trace_entry *e);
/* A call of a layer, by the text or by a container: what it takes and gives is united with the site that made it. */
void nw_layout_run_layer(nw_layout *l, const nw_instance *instance, const nw_layout_layer_call *call);

#endif
