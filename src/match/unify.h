/* One attempt to match a form of a rule at a place, in one activation of its function.
 *
 * Purpose: patterns are compared with the text, facts say what its calls do: a call means the operator that ran there, a local name what
 * it was assigned. So every bound value has the text that wrote it.
 * Ownership: arrays in the run's arena.
 * Invariants: `crossed` are the definitions whose values the rewrite no longer computes; all their reads must be in `reads`. What
 * cannot be followed does not match. */
#ifndef NW_MATCH_UNIFY_H
#define NW_MATCH_UNIFY_H

#include "match/arms.h"
#include "match/site.h"
#include "rules/rules.h"

/* An expression of the program together with its value in this activation. node 0: no text of its own (a default, a module's setting).
 * value UNSET: not known. */
typedef struct nw_term {
    uint32_t node;
    nw_value value;
} nw_term;

typedef struct nw_binding {
    bool is_bound;
    bool is_default;      /* the source left it at its default */
    bool is_unsure;       /* bound, but the value may differ from run to run */
    nw_term term;
    nw_instance *instance; /* INSTANCE variables */
    nw_symbol attribute;   /* self.attribute, where the instance is stored */
    uint32_t read;         /* the ATTRIBUTE node that is called */
    uint32_t contained;    /* the CALL that makes it where it is put into an nn.Sequential instead; 0: it is an attribute */
    bool is_inside;        /* made inside of a module that a `within` matched */
} nw_binding;

typedef struct nw_node_set {
    uint32_t *items;
    uint32_t count, capacity;
} nw_node_set;

/* Modules, in the order in which they were matched. */
typedef struct nw_instance_list {
    const nw_instance **items;
    uint32_t count, capacity;
} nw_instance_list;

typedef struct nw_match nw_match;

struct nw_match {
    nw_file_index *index;
    const nw_rules *rules;
    const nw_rule *rule;
    const nw_rule_form *form;
    uint32_t function, activation;
    nw_binding *bindings;  /* per variable of the form */
    uint32_t binding_room;
    nw_node_set crossed;   /* definitions */
    nw_node_set reads;     /* NAME nodes that were followed */
    nw_node_set modules;   /* ATTRIBUTE nodes of modules that were matched by meaning and stay where they are */
    nw_instance_list meant; /* those modules, and those of a Sequential that are no longer called */
    nw_node_set calls;     /* nodes that were matched */
    nw_node_set overwritten; /* what matched calls write in place: it must be memory that nothing else holds */
    uint32_t depth;
    bool takes_unknown;    /* what is not known may stand for what a pattern asks for: to tell near misses, see unsure.c */
    bool guesses;          /* of several definitions that a read may see, one is taken: for forms of last resort */
    uint32_t unknown;      /* such a node that was taken, 0: none */
    const char *unsure;    /* what is not known of it */
    bool keeps_pairs;      /* `q, k = a, b` is not followed */
    bool takes_arms;       /* reads of what `if` statements set are followed, see arms.h */
    uint32_t choices;      /* one bit for each decision, in the order in which they come up */
    nw_literal_set decisions, literals;
    uint32_t trial, trial_count; /* of a `within`, see body.h */
    bool is_training;      /* in this trial */
    nw_node_set facts;     /* that its lines matched */
    const char *otherwise; /* why the module that it calls is another thing, NULL: it is not */
    uint32_t otherwise_depth;
    uint32_t choice;       /* which of several definitions a read then sees, from the last one back */
};

enum { NW_LARGEST_MEANING = 800 /* bytes of a forward that may be one operator, see meaning.c */ };

void nw_match_begin(nw_match *match, nw_file_index *index, const nw_rules *rules, const nw_rule *rule, const nw_rule_form *form, uint32_t function,
                    uint32_t activation);
/* A match that came to nothing, and that nobody asks again: its bindings serve the next one. */
void nw_match_discard(nw_match *match);
/* Whether the match has taken the place of `q, k = a, b` and something else still reads one of the names: it is tried again and keeps it. */
bool nw_match_halves_a_pair(const nw_match *match);
bool nw_unify(nw_match *match, nw_pattern_id pattern, nw_term term);
/* The bindings put aside, the last ones first to be taken back: `back` makes them the match's own again, `drop` forgets them and what was
 * put aside after them. */
uint32_t nw_bindings_keep(nw_match *match);
void nw_bindings_back(nw_match *match, uint32_t kept);
void nw_bindings_drop(nw_match *match, uint32_t kept);
/* All that an alternative may change. */
typedef struct nw_alternative {
    uint32_t bindings, crossed, reads, modules, meant, calls, overwritten, literals, unknown;
    const char *unsure;
} nw_alternative;
/* What is put aside is dropped when the nw_unify around it ends. */
nw_alternative nw_alternative_begin(nw_match *match);
/* False, for the caller to return. */
bool nw_alternative_undo(nw_match *match, const nw_alternative *alternative);
/* operation.c: `a + b` and its like. */
bool nw_unify_operation(nw_match *match, nw_pattern_id id, nw_term term);
/* Whether a fact is the operator of that name. `x.mul_(y)` is `x * y` where x is memory of the match's own: that is asked later. */
bool nw_unify_is_operator_named(nw_match *match, const nw_fact *fact, uint32_t node, const char *wanted);
/* The fact of the call or operator at a node in this activation, NULL: none. */
const nw_fact *nw_match_fact(const nw_match *match, uint32_t node);
/* The ATTRIBUTE node of `self.name(...)`, with its name; 0: the call is another one. */
uint32_t nw_match_self_attribute(const nw_match *match, uint32_t call, nw_symbol *attribute);
/* The construction of an object, against an init line or a class written in place. */
bool nw_unify_construction(nw_match *match, nw_pattern_id id, const nw_instance *instance);
/* unsure.c: a call that may be what an operator's or a layer's pattern asks for. */
bool nw_unsure_operator(nw_match *match, const nw_pattern *pattern, uint32_t node);
bool nw_unsure_layer(nw_match *match, const nw_pattern *pattern, uint32_t node);
/* made_of.c: an expression with a match of the pattern's argument somewhere in what it was computed from. */
bool nw_unify_made_of(nw_match *match, const nw_pattern *pattern, nw_term term);
/* One of the definitions that a read may see, 0: none. */
uint32_t nw_unsure_definition(nw_match *match, uint32_t name);
/* meaning.c: the operator that a module of the program applies to its only input; NULL: it does something else. */
const nw_fact *nw_meaning_of_call(nw_match *match, const nw_fact *fact);
/* follow.c: a local name stands for what it was assigned, when only one assignment can be seen. */
nw_term nw_term_follow(nw_match *match, nw_term term);
/* given_back.c: what a call of a helper of the file is given and gives back, 0: the helper does more. The other arguments are names and constants. */
uint32_t nw_given_back(const nw_match *match, uint32_t call);
/* The term at a node of this activation: its fact's result. */
nw_term nw_match_term(const nw_match *match, uint32_t node);
/* The number that a term is known to be. */
bool nw_term_number(const nw_match *match, nw_term term, double *number);
/* Same value for every input. */
bool nw_term_same(nw_term a, nw_term b);
/* A module that was made as a LAYER or OPERATOR pattern wants it, without its call: it is put into a container where `maker` makes it. */
bool nw_unify_made(nw_match *match, const nw_pattern *pattern, nw_instance *instance, uint32_t maker);
void nw_node_set_add(nw_eval *eval, nw_node_set *set, uint32_t item);
bool nw_node_set_has(const nw_node_set *set, uint32_t item);
static inline const nw_pattern *nw_match_pattern(const nw_match *match, nw_pattern_id id) { return &match->form->patterns[id.v]; }

#endif
