/* A function that builds a functional model, or a part of one, cut in two: what makes layers goes to `__init__`, what computes to `forward`.
 *
 * Purpose: the state that functional.c (classes, inputs, names), functional_call.c (calls), functional_names.c (what each name holds) and functional_slice.c
 * (statements) share. Only they include this.
 * Ownership: buffers belong to nw_write_functional. Invariant: a statement stands in the same order and under the same tests and loops
 * in both methods, so that the layers that a loop makes are called in the order in which they were made. */
#ifndef NW_MIGRATE_FUNCTIONAL_H
#define NW_MIGRATE_FUNCTIONAL_H

#include "migrate/builder.h"

enum { NW_MAX_LOCALS = 256 };

typedef struct nw_name_set {
    nw_symbol items[NW_MAX_LOCALS];
    uint32_t count;
} nw_name_set;

/* Layers that a loop makes, one or some in each turn. */
typedef struct nw_looped_layer {
    nw_symbol list, item; /* the attribute, and what one of them is called in forward */
    bool each;            /* one in each turn of the outermost loop */
} nw_looped_layer;

struct nw_functional {
    struct nw_functional *outer; /* of the function around, where that is being written too */
    const nw_builder *builder;
    const nw_ast_function *code;
    nw_buffer init, forward; /* lines, each behind a line feed, as deep as in the source */
    nw_buffer pending;       /* comments in front of the next statement */
    nw_buffer waiting;       /* returns of __init__, which are needed where something stands behind them */
    nw_name_set tensors;     /* locals that hold tensors, or what follows from some */
    nw_name_set layers;      /* locals that are attributes in the class: layers */
    nw_name_set inputs;      /* locals that hold inputs of the model, and nothing else */
    nw_name_set parameters;  /* those that are parameters of forward, in the order of the model */
    nw_name_set targets;     /* of the loops around */
    nw_name_set targets_used;
    nw_name_set captured;    /* other locals that forward reads */
    nw_symbol captured_as[NW_MAX_LOCALS]; /* the attributes that hold them */
    bool kept[NW_MAX_LOCALS]; /* __init__ has the assignment already */
    nw_name_set attributes;  /* that are taken */
    nw_symbol model;         /* the local that holds the model; 0: none */
    nw_looped_layer looped[NW_MAX_LOCALS]; /* of the outermost loop around */
    uint32_t looped_count, loop_depth, test_depth; /* tests: within the outermost loop, or at all */
    uint32_t line;           /* the statement that is being written */
    bool computes;           /* forward is being written, otherwise __init__ */
    bool is_done;            /* the model is made: what follows works on it */
    bool returned;           /* a return stands within a test */
    const char *failed;      /* why there is no such class; NULL: there is */
};

void nw_functional_fail(nw_functional *f, const char *reason);
bool nw_name_set_holds(const nw_name_set *set, uint32_t name);
void nw_name_set_put(nw_functional *f, nw_name_set *set, uint32_t name);
/* Whether a name of an expression is a local of the function. */
bool nw_functional_owns(const nw_functional *f, const nw_node *name);
/* Finds the names that hold tensors and inputs. */
void nw_functional_find_names(nw_writer *writer, nw_functional *f);
/* Whether an expression or statement reads, or writes, such a name. */
bool nw_functional_mentions(const nw_writer *writer, uint32_t node, bool binding);
/* Whether a node is a name that is bound in more than one place behind a byte, or in a loop. */
bool nw_functional_changes(const nw_writer *writer, uint32_t name, uint32_t behind);
/* The value that an expression had in all its runs, where that is plain; UNSET: it differs, or is a tensor. */
nw_value nw_functional_constant(nw_writer *writer, uint32_t node);
/* A free attribute, after `base`. */
nw_symbol nw_functional_attribute(nw_writer *writer, const char *base);
/* The attribute that holds a local which forward reads, and which __init__ keeps from now on (functional.c). */
void nw_functional_write_captured(nw_writer *writer, nw_symbol name);
/* Lines of a statement at its own depth, behind the comments in front of it. */
void nw_functional_line(nw_writer *writer, nw_buffer *out, uint32_t statement, const char *text, size_t size);
/* All of the function, in both methods; some of its statements. */
void nw_functional_body(nw_writer *writer);
void nw_functional_statements(nw_writer *writer, nw_list statements);

#endif
