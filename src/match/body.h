/* A call of a module of the program whose whole computation is what a `within` says.
 *
 * Purpose: rules that replace a whole class where it is built.
 * How: the class's forward runs on the side with the arguments of the call, in training and in evaluation, and once with and once without
 * each argument that may be None. Every one of these trials must match, and do nothing else that could be seen.
 * Ownership: bindings lie in the match.
 * Invariants: which trial runs is `match->trial`; the first one says how many there are in `match->trial_count`. A module of the right name
 * always matches; what speaks against it is in `match->otherwise`. */
#ifndef NW_MATCH_BODY_H
#define NW_MATCH_BODY_H

#include "match/unify.h"

bool nw_unify_module(nw_match *match, const nw_pattern *pattern, nw_term term);

#endif
