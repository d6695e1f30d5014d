/* Rewrites under a condition that the code can test.
 * Takes a fact at which the root of a rule's forms may stand; gives an outcome whose guard says when the new code runs. */
#ifndef NW_EDIT_GUARDED_H
#define NW_EDIT_GUARDED_H

#include "edit/match_work.h"

/* False: no form of the rule fits there on any way through the arms. `is_told`: why not is known already. */
bool nw_guarded_make(nw_match_work *w, uint32_t fact_at, bool is_told, nw_outcome *out);
/* Whether a guarded rewrite also fits another run of the same code: where an arm ran, it did the same there. */
bool nw_guarded_agrees(nw_match_work *w, const nw_outcome *best, uint32_t fact_at);

#endif
