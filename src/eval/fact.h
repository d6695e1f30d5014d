/* Facts: what the interpreter saw the network do, in order.
 *
 * Purpose: the output of eval/ and the input of model/. One fact per application of an operator, a layer, a container or
 * a class that nobody looked into; plus joins, so that the definition of every tensor value can be followed.
 * Ownership: arrays in the run's arena.
 * Invariants: fact 0 is none; facts are in the order of evaluation; a fact's guard is the path condition under which it ran. */
#ifndef NW_EVAL_FACT_H
#define NW_EVAL_FACT_H

#include "eval/value.h"

/* Metadata of @op and @layer of a catalog function or class. */
typedef struct nw_operator_row {
    nw_symbol qualified;  /* torch.nn.functional.softmax */
    nw_symbol effects;    /* pure, rng, in_place, buffer, host */
    nw_symbol pivot;      /* as written, may be empty */
    nw_symbol result;     /* kind expression, may be empty */
    const nw_ast_function *code; /* whose parameters the arguments of a fact have: the function's, a layer's forward; may be NULL */
    nw_symbol after;      /* the attribute of a layer that holds a function of its result, called on it outside of the layer's own call; 0: none */
    bool is_layer, is_container;
    bool is_read_through; /* of a stand-in whose operators count too: a layer that is a class of the program's own protocol */
} nw_operator_row;

typedef enum nw_fact_kind {
    NW_FACT_NONE,
    NW_FACT_OPERATOR, /* a catalog function or method, or a Python operator on tensors */
    NW_FACT_LAYER,    /* a call of an instance of a catalog layer (or of a class derived from it that keeps its forward) */
    NW_FACT_MODULE,   /* a call of an nn.Module of the program: the facts inside have it as parent */
    NW_FACT_CALL,     /* a call into something that was not looked into: summarised, external or unknown */
    NW_FACT_JOIN,     /* phi: arguments are then, otherwise; `guard` chooses (and `condition` is the path) */
    NW_FACT_LOOP,     /* mu: a value carried around a loop that was summarised; arguments are before, after */
    NW_FACT_INPUT,    /* an input of the analysis */
} nw_fact_kind;

typedef struct nw_fact {
    uint8_t kind;
    uint8_t spelled;            /* of its call's arguments, see nw_arguments: 1 plus the receivers in front of those that the parameters take */
    bool in_catalog;            /* made by catalog code itself: part of its parent's normal form, not a step of the program */
    uint32_t parent;            /* enclosing LAYER, MODULE or OPERATOR fact */
    const nw_operator_row *row; /* OPERATOR, LAYER */
    nw_symbol name;             /* qualified name of what was called */
    nw_value callee;            /* LAYER, MODULE: the instance */
    nw_symbol *parameters;      /* argument_count names by the signature (a *args item has the name of the vararg) */
    nw_value *arguments;        /* bound by the signature, defaults filled in */
    uint32_t argument_count;
    const nw_arguments *given;  /* MODULE, CALL of a module of the program: all arguments as they were passed; `arguments` are the positional ones */
    nw_value result;
    nw_value inner;             /* LAYER of a stand-in that is read through: what its operators gave, else UNSET */
    nw_place place;             /* the call expression */
    const nw_ast_function *function; /* in whose body it stands; together with place.module */
    uint32_t activation;        /* number of that function's activation */
    uint32_t statement;         /* statement node in whose evaluation it ran */
    nw_guard condition;         /* path condition */
    nw_guard guard;             /* JOIN: the choosing test */
    uint64_t attributes;        /* LAYER, closed mode: nw_attributes_mark of the instance when it was called */
    const nw_instance *as_called; /* LAYER, closed mode: a copy of the instance as it was then, where hooks give it another weight at each call; NULL otherwise */
    uint32_t context;           /* stack of `with` contexts and loops, 0 none: nw_context */
} nw_fact;

/* Whether a step gave back its first argument, a tensor, with other contents: it was there before, and was written to. */
static inline bool nw_fact_writes(const nw_fact *fact)
{
    bool step = fact->kind == NW_FACT_LAYER || fact->kind == NW_FACT_OPERATOR;
    return step && fact->argument_count && fact->result.kind == NW_TENSOR && fact->arguments[0].kind == NW_TENSOR && fact->arguments[0].as.tensor == fact->result.as.tensor;
}

/* One entry of the context stack: no_grad, autocast, other with blocks, try blocks, summarised loops. */
typedef struct nw_context {
    uint32_t outer;
    nw_symbol name;
    uint32_t node;    /* WITH_ITEM */
    nw_value manager;
} nw_context;

#endif
