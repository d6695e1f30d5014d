/* Legacy rules, as the paper reads them, on this matcher.
 *
 * Purpose: their variables are names that lines write one after the other; here each writing gets a variable of its own, so that the lines are
 * a chain like any other. Arguments are open and objects are not linked; values may be used elsewhere.
 * Ownership: the form lies in the run's arena; its strings are the rule's. */
#ifndef NW_MATCH_LEGACY_H
#define NW_MATCH_LEGACY_H

#include "match/unify.h"

/* The form with definitions and roots. */
const nw_rule_form *nw_legacy_form(nw_eval *eval, const nw_rule_form *form);
/* A call whose callee is written, or assigned to an attribute, as the pattern says: `self._split_heads`, `ACT2FN[config.hidden_act]`. */
bool nw_unify_source(nw_match *match, const nw_pattern *pattern, nw_term term);
/* A call of a module of the program that is known by the bare name of its class. */
bool nw_unify_named_module(nw_match *match, const nw_pattern *pattern, nw_term term);
/* Both are written in the same words. */
bool nw_same_words(const nw_match *match, nw_term a, nw_term b);
/* Whether the class around the match makes an object for each line of init. */
bool nw_legacy_init_holds(nw_match *match);

#endif
