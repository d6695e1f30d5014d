/* Trace: what each expression of the program met, every time it ran.
 *
 * Purpose: facts say what the network does; rewriting a program also needs what its text refers to: what a call called and with
 * which values, whose attribute was read, what an operator was applied to. Recorded only where nw_eval.trace is set.
 * Ownership: entries lie in the run's arena. Invariants: entries are in the order of evaluation; only code of the program, never
 * of the catalog; at most NW_TRACE_ENTRIES, `full` tells that some are missing; of a node that runs more often, the first
 * NW_TRACE_RUNS: loops over pixels need not be remembered step by step. Where one file alone is written, only the first NW_TRACE_RUNS_BESIDE
 * of a node of another file: all that is asked of them is whether a function that the file calls does something. */
#ifndef NW_EVAL_TRACE_H
#define NW_EVAL_TRACE_H

#include "eval/news.h"

enum { NW_TRACE_ENTRIES = 2000000, NW_TRACE_RUNS = 10000, NW_TRACE_RUNS_BESIDE = 24 };

typedef enum nw_trace_kind {
    NW_TRACE_CALL,            /* a: callee; arguments; result */
    NW_TRACE_ATTRIBUTE,       /* a: object; result */
    NW_TRACE_ATTRIBUTE_STORE, /* a: object; b: value */
    NW_TRACE_ITEM,            /* a: object; b: index; result */
    NW_TRACE_ITEM_STORE,      /* a: object; b: index; result: the value stored */
    NW_TRACE_OPERATION,       /* a, b: operands of a binary, comparing or augmented operator (b unset: unary); result */
    NW_TRACE_CLASS,           /* result: the class that a class statement made */
    NW_TRACE_IMPORT,          /* that an import ran */
} nw_trace_kind;

typedef struct nw_trace_entry {
    struct nw_module *module;
    uint32_t node;
    uint8_t kind;
    nw_value a, b, result;
    const nw_arguments *arguments;
    uint32_t fact, fact_end, end; /* the facts, and the end of the entries, that came to be before the result */
} nw_trace_entry;

/* How often each node of a module was recorded. */
typedef struct nw_trace_counts {
    const struct nw_module *module;
    uint32_t *runs;
} nw_trace_counts;

typedef struct nw_trace {
    nw_trace_entry *entries;
    uint32_t count, capacity;
    uint32_t built;     /* how many of them are of building */
    uint32_t evaluated; /* how many of them are of building and evaluation: those behind are of what only training reaches */
    uint32_t facts;     /* how many facts are of building and evaluation; 0: those of training count, too */
    bool full;
    nw_trace_counts *counts;
    uint32_t counts_count, counts_capacity;
    nw_news news;
} nw_trace;

/* Adds an entry for a node of the running frame; its number + 1, or 0 where nothing is recorded. */
uint32_t nw_trace_add(struct nw_eval *eval, nw_trace_kind kind, uint32_t node, nw_value a, nw_value b, const nw_arguments *arguments);
/* Completes an entry that nw_trace_add gave. */
void nw_trace_result(struct nw_eval *eval, uint32_t entry, nw_value result);

#endif
