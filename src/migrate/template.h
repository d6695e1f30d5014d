/* What the parts of templates share: template_bind.c binds arguments, template.c chooses and writes expressions, template_items.c what one layer of the source becomes
 * several of the target by.
 * Only src/migrate/ includes this. Ownership: a state lives as long as the call that is written; it borrows its writer. */
#ifndef NW_MIGRATE_TEMPLATE_H
#define NW_MIGRATE_TEMPLATE_H

#include "migrate/writer.h"

typedef struct template_state {
    nw_writer *writer;
    const nw_translation *row;
    const nw_ast *ast;            /* of the table */
    const nw_ast_function *code;
    uint32_t nodes[NW_MAX_PARAMETERS]; /* source nodes of the arguments, 0: not given */
    nw_list rest;                 /* those of *args */
    uint32_t rest_parameter;      /* UINT32_MAX: there is none */
    bool rest_starred;            /* one of them is *something */
    nw_frame **frames;            /* the parameters' values, one frame for each run */
    uint32_t frame_count;
    uint32_t source;              /* the node of the call; 0: none */
    bool is_layer;                /* it makes one, which may be several of the target */
    bool is_inner;                /* its arguments stand in another template */
    bool failed;
    nw_symbol note;               /* what of the chosen expression is another way in training; empty: nothing */
} template_state;

/* ---- template_bind.c ---- */

/* False: the row does not take the arguments, or one run's are not known. */
bool nw_template_bind(template_state *state, const nw_source_call *call);
/* The parameter of that name that is neither *args nor **kwargs; UINT32_MAX: there is none. */
uint32_t nw_template_parameter_named(const nw_ast_function *code, nw_symbol name);
/* A new frame for the values of the row's parameters. */
nw_frame *nw_template_frame(template_state *state);

/* ---- template.c ---- */

/* The expression that every run returns, 0: none, or not the same one. */
uint32_t nw_template_choose(template_state *state);
/* Whether every run answers a test so; NW_MAYBE: they differ, or one does not know. */
nw_answer nw_template_test(template_state *state, uint32_t node);
/* The number of the parameter that a node of the table is, UINT32_MAX: it is none. */
uint32_t nw_template_parameter(const template_state *state, const nw_node *node);
bool nw_template_is_called(const template_state *state, uint32_t node, const char *name);
/* Writes an expression of the table; `enclosed`: between commas or parentheses. */
void nw_template_render(template_state *state, uint32_t node, bool enclosed);

/* ---- template_items.c ---- */

/* Whether an expression is a constant that stands in the text, with a sign perhaps. */
bool nw_template_is_literal(const nw_ast *ast, uint32_t node);
/* The default of a parameter of an adapter's __init__; UNSET: there is none, or it is no literal. */
nw_value nw_template_class_default(nw_eval *eval, const nw_translation *adapter, nw_symbol keyword);

/* The parameter of a row that holds what the call gave: a layer whose sizes are known now. */
#define NW_TEMPLATE_MADE "made"

/* Writes an expression that stands for any number of items: a tuple, or a call of a row that returns one. True: done. */
bool nw_template_write_items(template_state *state, uint32_t node);
/* Writes what is computed from `made` as the literal that it is in all runs; a choice, either(A, B); another row's expression; *layers,
 * where the argument is a list of the text, as what stands between its brackets. True: done, or failed. */
bool nw_template_write_special(template_state *state, uint32_t node);
#endif
