/* What the text of a file says of its names, before anything runs.
 *
 * Purpose: enough to see that a call cannot be a certain operator or layer, so that nothing has to run to find that out.
 * Ownership: everything in the arena given to nw_outline_build; the tree outlives it.
 * Invariants: conservative: what is not plain is `any`. */
#ifndef NW_MATCH_OUTLINE_H
#define NW_MATCH_OUTLINE_H

#include "match/site.h"
#include "rules/rules.h"

enum {
    NW_OUTLINE_CLASSES = 6,
    NW_OUTLINE_ANSWERS = 1024,
    NW_OUTLINE_ANY = 0x7FFFFFFF /* the symbol under which attributes stand whose names are computed */
};

/* What a name or an attribute may hold. */
typedef struct nw_outline_item {
    uint32_t symbol;                        /* 0: a free place of the table */
    uint32_t of_class;                      /* of attributes: the CLASS statement whose methods assign it */
    bool any;                               /* cannot be told */
    bool is_function;                       /* of names: a def or class of this file */
    bool is_foreign;                        /* imported from somewhere else than torch */
    bool is_matched;                        /* of attributes: a rule may take it for one of its layers */
    uint32_t bindings;                      /* how often it is bound */
    uint32_t class_node;                    /* of names: the CLASS statement that binds it */
    uint32_t classes[NW_OUTLINE_CLASSES];   /* of attributes: CLASS statements of this file with their own forward, of which it is an instance */
    uint32_t class_count;
    uint32_t names[NW_OUTLINE_CLASSES];     /* symbols: of names, what is imported from torch; of attributes, torch classes of the instance */
    uint32_t count;
} nw_outline_item;

typedef struct nw_outline_table {
    nw_outline_item *items;
    uint32_t size, count; /* size: a power of two */
} nw_outline_table;

/* Whether one name means another: asked again and again, and always answered the same. */
typedef bool nw_outline_question(const char *found, const char *wanted);
typedef struct nw_outline_answer {
    nw_outline_question *question; /* NULL: none was kept here yet */
    const char *found, *wanted;
    bool answer;
} nw_outline_answer;

/* A value that is assigned to a local name. */
typedef struct nw_outline_definition {
    uint32_t function, slot, value; /* value: the node of the expression; of the AUGMENTED_ASSIGN, FUNCTION or FOR itself */
} nw_outline_definition;

/* Whether functions may call an operator: one answer for each, found when it is asked for. */
typedef struct nw_outline_making {
    nw_symbol wanted;
    bool is_inside; /* as it looks from the forward of another class */
    uint8_t *known;
} nw_outline_making;

typedef struct nw_outline {
    const nw_file_index *index;
    nw_symbols *symbols;
    nw_arena *arena;
    nw_outline_table names;
    nw_outline_table assigned;                     /* attributes by the class whose methods assign them to self */
    nw_outline_table attributes;                   /* the same with what bases and subclasses assign, filled on demand */
    nw_outline_table functions;                    /* functions: the names of all defs, and of the methods of every module */
    nw_outline_table tensor_methods;               /* what torch.Tensor has, filled when it is asked for */
    nw_outline_definition *definitions;            /* sorted */
    uint32_t definition_count, definition_capacity;
    struct nw_outline_class *classes;              /* by their statements */
    uint64_t spelled[NW_RULE_OPERATOR_COUNT];      /* bits: the Python operators that are written like one of the rules */
    const nw_rule_form *form;                      /* that was asked about last */
    uint8_t *selective;                            /* of its patterns, see candidate.c */
    nw_outline_answer *answers;                    /* NW_OUTLINE_ANSWERS of them, the latest in each place */
    uint64_t steps;                                /* of the search for candidates, see candidate.c */
    uint32_t *reaching_of;                         /* per NAME node, what reaching.c found: 1 and up; NULL: nobody asked */
    nw_list *reaching;
    uint32_t reaching_count, reaching_capacity;
    nw_outline_making *makings;                    /* which functions may call an operator, see candidate.c */
    uint32_t making_count, making_capacity;
    uint32_t class_count;
} nw_outline;

/* A class of the top level. */
typedef struct nw_outline_class {
    uint32_t node;
    uint32_t *related; /* its ancestors and descendants in this file, and itself */
    uint32_t related_count, related_capacity;
} nw_outline_class;

void nw_outline_build(nw_outline *outline, const nw_file_index *index, nw_arena *arena);
/* NULL: the text does not say. */
nw_outline_item *nw_outline_find(const nw_outline_table *table, uint32_t symbol);
/* The item of that name, a new one where there is none. */
nw_outline_item *nw_outline_enter(const nw_outline *outline, nw_outline_table *table, uint32_t symbol);
/* What the attribute of self holds in the class around the ATTRIBUTE node; NULL: nothing assigns it. */
nw_outline_item *nw_outline_attribute(nw_outline *outline, uint32_t node);
/* The answer to a question about two texts that stay where they are. */
bool nw_outline_ask(nw_outline *outline, nw_outline_question *question, const char *found, const char *wanted);
/* Whether the name is one of torch.Tensor's methods. */
bool nw_outline_is_tensor_method(nw_outline *outline, uint32_t symbol);
/* The definitions of a local name, first and count. */
const nw_outline_definition *nw_outline_definitions(const nw_outline *outline, uint32_t function, uint32_t slot, uint32_t *count);
/* Whether the node reads a parameter that the caller must give, or that is None, or something of it: nothing is known of the value. */
bool nw_outline_is_given(const nw_outline *outline, uint32_t node);
/* What the value of an expression is, where it is a construction: adds to `item`. */
void nw_outline_classify(const nw_outline *outline, nw_outline_item *item, uint32_t node);
/* Whether the node is the first parameter of the function around it. */
bool nw_outline_is_self(const nw_outline *outline, uint32_t node);

#endif
