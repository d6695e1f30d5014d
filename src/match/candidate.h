/* Where a rule may match, told from the text alone.
 *
 * Purpose: code in which no selected rule can have a site need not run.
 * Takes an outline; answers for one pattern of a form at one node.
 * Invariants: never no where nw_unify would find a match in some activation: a read of a name may see every assignment to it, and a call
 * that the text does not explain may be anything. */
#ifndef NW_MATCH_CANDIDATE_H
#define NW_MATCH_CANDIDATE_H

#include "match/outline.h"
#include "rules/rules.h"

typedef enum nw_candidate {
    NW_CANDIDATE_NONE,
    NW_CANDIDATE_UNSURE, /* when a call that nobody understands is taken for what the pattern asks for, as near misses are (unsure.c) */
    NW_CANDIDATE_REMOTE, /* the same of several calls: nothing has to run for that, but a run may show that all but one are of a likely class */
    NW_CANDIDATE_SURE,
} nw_candidate;

/* `marks`: notes which attributes are taken for layers. */
nw_candidate nw_candidate_at(nw_outline *outline, const nw_rule_form *form, nw_pattern_id pattern, uint32_t node, bool marks);

/* Whether the construction at `node` may make a layer that the pattern asks for (in an nn.Sequential, see sequence.c). */
bool nw_candidate_made(nw_outline *outline, const nw_rule_form *form, const nw_pattern *pattern, uint32_t node);

#endif
