/* The conditions of `where`, three-valued, over what a match has bound. */
#ifndef NW_MATCH_PREDICATE_H
#define NW_MATCH_PREDICATE_H

#include "match/unify.h"

typedef enum nw_holds { NW_HOLDS_NO, NW_HOLDS_YES, NW_HOLDS_UNKNOWN } nw_holds;

nw_holds nw_condition_holds(nw_match *match, const nw_condition *condition);
/* Whether the module of a binding is made once, by a plain assignment to its attribute, and called only by this match; *why says what else
 * there is. */
bool nw_module_is_private(const nw_match *match, const nw_binding *binding, const char **why);
/* The statement `self.attribute = Class(...)` that makes the module, 0: it is not made so. */
uint32_t nw_module_made_by(const nw_match *match, const nw_binding *binding);

#endif
