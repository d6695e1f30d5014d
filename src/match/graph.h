/* Patterns against values: what made a value, in place of the text that wrote it.
 *
 * Purpose: the computation inside a call of a module (`within`) runs through methods, comprehensions and other files; only its facts are one
 * connected thing.
 * Ownership: bindings lie in the match; nothing else is kept.
 * Invariants: a bound term has no node. What depends on a condition does not match. `match->facts` are the facts that were matched. */
#ifndef NW_MATCH_GRAPH_H
#define NW_MATCH_GRAPH_H

#include "match/unify.h"

/* On failure `match->otherwise` may say what stands in the program in place of what the pattern asks for. */
bool nw_unify_value(nw_match *match, nw_pattern_id pattern, nw_value value);
/* The fact whose result, or one of whose results, a tensor is; NULL: none is known. */
const nw_fact *nw_maker_of(const nw_eval *eval, nw_value value);

#endif
