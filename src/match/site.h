/* A file as the matcher sees it: its tree with parents, and its facts by place.
 *
 * Purpose: from a call in the text to what it did in each run of its function, and from a name to what it was assigned.
 * Ownership: everything lies in the run's arena.
 * Invariants: read-only after nw_file_index_add_facts, but for the definitions and uses of functions and the places of words, which are made
 * on demand, and the names that rewrites take. */
#ifndef NW_MATCH_SITE_H
#define NW_MATCH_SITE_H

#include "eval/eval.h"
#include "match/changed.h"
#include "match/def_use.h"
#include "match/root.h"

/* What stands above a node. */
typedef struct nw_node_above {
    uint32_t parent;    /* node, 0 at the top level */
    uint32_t statement; /* innermost statement that holds the node (itself for a statement) */
    uint32_t function;  /* index of the innermost def or lambda, 0 for the module; a class body belongs to what is around it */
    uint32_t class_;    /* innermost CLASS node, 0: none */
    uint32_t comprehension; /* innermost one inside that function, 0: none; its names have slots of their own */
    const char *label;  /* the parent's field that holds it */
} nw_node_above;

/* A fact by its place, or a node by its span. */
typedef struct nw_placed {
    uint32_t start, end, activation, number;
} nw_placed;

/* Numbers of nodes, both among them. */
typedef struct nw_node_range {
    uint32_t first, last;
} nw_node_range;

/* What a small module of the program does, see meaning.c. */
typedef struct nw_meaning {
    const nw_instance *instance;
    uint32_t fact;
} nw_meaning;

/* Whether code of the file looks for instances of a class and does something to them, or reads that attribute of them. */
typedef struct nw_class_answer {
    const struct nw_class *class_;
    nw_symbol attribute; /* empty: does something */
    uint32_t node;       /* where it asks for the class */
    bool is_met;
} nw_class_answer;

/* `gelu`, `gelu_2` and so on up to this number are names of the file. */
typedef struct nw_fresh_number {
    nw_symbol wanted;
    uint32_t taken;
} nw_fresh_number;

/* A method or a function whose run ended with an exception, or the constructor of a class. */
typedef struct nw_failed_root {
    uint32_t function;   /* 0: a constructor */
    uint32_t class_;     /* CLASS node of a constructor */
    uint32_t start;      /* of what raised it, where that stands in the file, otherwise 0 */
    const char *why;     /* the exception and its line */
} nw_failed_root;

typedef struct nw_file_index {
    nw_eval *eval;
    nw_module *module;
    nw_node_above *above;   /* per node */
    uint32_t *first_inside; /* per node: from this number to its own are all nodes inside its bytes */
    nw_def_use **def_uses;  /* per function, NULL until asked for */
    uint32_t *facts;        /* numbers of the facts of the program's own code in this module, as they were made */
    uint32_t fact_count;
    uint32_t *fact_nodes;   /* of the same facts: what nw_file_node_of gives */
    bool *is_first;         /* of the same facts: no other one was made before at the same place */
    uint32_t *next_here;    /* of the same facts: the next one (a position in `facts`) at the same place, fact_count: none */
    uint32_t *next_in_run;  /* of the same facts: the next one of the same activation, fact_count: none */
    nw_placed *by_place;    /* the same facts, sorted */
    nw_placed *nodes;       /* expressions that facts stand for, sorted */
    uint32_t node_count;
    uint32_t *bound;        /* twice the symbol of each global name that is bound, plus 1 for a package; sorted */
    uint32_t bound_count;
    uint32_t *own_names;    /* symbols of all defs, sorted */
    uint32_t own_name_count;
    nw_symbol *fresh;       /* attribute names that rewrites of this file have taken */
    uint32_t fresh_count, fresh_capacity;
    nw_fresh_number *fresh_numbers; /* one for each name that rules propose */
    uint32_t fresh_number_count, fresh_number_capacity;
    nw_root_instances instances;
    nw_meaning *meanings;   /* found so far */
    uint32_t meaning_count, meaning_capacity;
    struct nw_shelf *shelf; /* of alternative.c: bindings of alternatives that are being tried */
    struct nw_binding *spare; /* of unify.c: those of a match that came to nothing, for the next one */
    uint32_t spare_room;
    nw_changes changes;     /* attributes that are assigned outside of constructors */
    uint32_t *class_tests;  /* calls of isinstance and comparisons of types; NULL until asked for */
    uint32_t class_test_count;
    struct nw_words *words; /* of word.c */
    nw_class_answer *class_answers; /* of treated_class.c */
    uint32_t class_answer_count, class_answer_capacity;
    nw_failed_root *failed_roots; /* that ended with an exception */
    uint32_t failed_root_count, failed_root_capacity;
    bool has_hooks;         /* some code registers hooks */
    bool has_asked_operators, has_writing_operators; /* of pure.c */
    struct nw_user_files *users; /* other files of the run that use this one, NULL: none is known */
} nw_file_index;

/* The tree alone; what the matcher asks of facts is there once nw_file_index_add_facts was called, after the roots have run. */
void nw_file_index_begin(nw_file_index *index, nw_eval *eval, nw_module *module);
void nw_file_index_add_facts(nw_file_index *index);
/* The fact of the call or operator at these bytes in one activation; 0: none, or several that differ. */
uint32_t nw_file_fact(const nw_file_index *index, uint32_t start, uint32_t end, uint32_t activation);
/* The expression (or augmented assignment) whose evaluation a fact records, 0: none. */
uint32_t nw_file_node_of(const nw_file_index *index, const nw_fact *fact);
/* All facts at these bytes, of any activation. */
const nw_placed *nw_file_facts_at(const nw_file_index *index, uint32_t start, uint32_t end, uint32_t *count);
/* All facts whose places begin within these bytes, of any activation, in the order of the text. */
const nw_placed *nw_file_facts_from(const nw_file_index *index, uint32_t start, uint32_t end, uint32_t *count);
/* Among these numbers are all nodes inside the bytes of a node (0: of the file). */
nw_node_range nw_file_range(const nw_file_index *index, uint32_t node);
/* The same for the nodes of a def or lambda (0: of the file). */
nw_node_range nw_file_function_range(const nw_file_index *index, uint32_t function);
/* The same for the nodes inside these bytes: the innermost definition around them is what is looked at. */
nw_node_range nw_file_range_around(const nw_file_index *index, uint32_t start, uint32_t end);
/* Whether a node is `x.register_forward_hook` or the like. */
bool nw_file_names_hook(const nw_file_index *index, uint32_t node);
/* hooked.c: whether the file may register hooks on an object. */
bool nw_may_be_hooked(nw_file_index *index, const nw_instance *instance);
/* derived.c: whether some code takes gradients of gradients, or derivatives forwards. Looks at the whole file. */
bool nw_file_derives_twice(const nw_file_index *index);
/* Names of functions that do. */
bool nw_is_derivation(const char *name);
/* `register_forward_hook` and the like. */
bool nw_names_hook(nw_text name);
/* Whether some def of the file has that name. */
bool nw_file_defines(const nw_file_index *index, uint32_t symbol);
/* The undecorated function of the module's top level that this expression names, whatever else the program does; 0: none. */
uint32_t nw_file_own_function(const nw_file_index *index, const nw_node *callee);
const nw_def_use *nw_file_def_use(nw_file_index *index, uint32_t function);
bool nw_is_statement(uint8_t kind);
/* Whether both statements stand in the same list of statements. */
bool nw_file_same_block(const nw_file_index *index, uint32_t a, uint32_t b);
/* Whether a name of the module always means the same: at most one binding, or several of one package. */
bool nw_file_bound_once(const nw_file_index *index, nw_symbol name);
/* Whether some code binds that global name. */
bool nw_file_binds(const nw_file_index *index, nw_symbol name);
/* Whether an expression is assigned to, alone or as an item. */
bool nw_file_is_written(const nw_file_index *index, uint32_t node);
/* The class in one of whose methods the name is the first parameter; 0: it is something else. Names of comprehensions have slots of their own. */
uint32_t nw_file_self_class(const nw_file_index *index, uint32_t name);
static inline const nw_node *nw_file_node(const nw_file_index *index, uint32_t node) { return &index->module->ast->nodes[node]; }
static inline bool nw_node_inside(const nw_node *inner, const nw_node *outer) { return inner->start >= outer->start && inner->end <= outer->end; }

#endif
