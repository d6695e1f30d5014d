/* The arguments of a call, each with its text and its value, by the signature of what was called.
 * Ownership: arrays in the run's arena. */
#ifndef NW_MATCH_CALLEE_H
#define NW_MATCH_CALLEE_H

#include "match/unify.h"

typedef struct nw_bound_argument {
    nw_symbol name;
    nw_term term;
    bool is_default; /* equals the default of the signature */
} nw_bound_argument;

typedef struct nw_bound_call {
    nw_bound_argument *items;
    uint32_t count;
    bool is_unclear; /* *args or **kwargs: texts and parameters cannot be told apart */
} nw_bound_call;

/* Of a fact, whose call, operator or augmented assignment stands at `node`. */
nw_bound_call nw_call_of_fact(const nw_match *match, const nw_fact *fact, uint32_t node);
/* Of an operator that the called module applies to its only argument: texts are those of the call. */
nw_bound_call nw_call_of_meaning(const nw_match *match, const nw_fact *meaning, uint32_t node);
/* The values of an operator's or a layer's fact, without texts. */
nw_bound_call nw_values_of_fact(const nw_match *match, const nw_fact *fact);
/* Of the construction of an instance; `node` is the CALL that made it, 0: without texts. */
nw_bound_call nw_call_of_instance(const nw_match *match, const nw_instance *instance, uint32_t node);
/* The CALL node of this file that made an instance, 0: none. */
uint32_t nw_construction_of(const nw_match *match, const nw_instance *instance);
/* Whether a parameter of a function of the catalog is None when it is left out. */
bool nw_defaults_to_none(nw_eval *eval, const char *qualified, nw_symbol parameter);
/* Whether `torch.nn.functional.softmax` (found) means `torch.softmax` (wanted). */
bool nw_names_same(const char *found, const char *wanted);
/* The same for a layer's class, torch.nn.Softmax, and the function that it applies. */
bool nw_layer_means(const char *class_name, const char *wanted);

#endif
