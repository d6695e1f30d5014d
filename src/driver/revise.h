/* The rewritten text is read again, as a new file would be.
 *
 * Purpose: what a rewrite makes possible (the inner one of two that meet) is found in the same run, and no rewrite is made that
 * leaves the file worse than it was: a name that nothing binds, an attribute that nothing sets, a method that now fails.
 * How: the edits that are wanted are applied, the result is matched in a run of its own, and what that finds is composed with the
 * first edits; until nothing more is found. Findings that do not pass are refused.
 * Ownership: everything that is borrowed outlives the call; new texts lie in the findings' arena. */
#ifndef NW_DRIVER_REVISE_H
#define NW_DRIVER_REVISE_H

#include "driver/roots.h"
#include "match/health.h"
#include "match/match.h"

typedef struct nw_revision {
    const nw_session *session;
    const char *path;
    const nw_roots *roots;
    const nw_match_options *options;
    nw_findings *findings; /* sorted */
    nw_source *source;     /* what the findings' edits are ranges of */
    bool compares;         /* the file may not be worse than before */
    nw_health before;      /* of that source, where it is compared */
    bool (*is_wanted)(const void *data, const nw_finding *finding);
    const void *data;
} nw_revision;

void nw_revise(nw_revision *revision);
/* Whether rewrites met each other. */
bool nw_revision_is_needed(const nw_findings *findings);

#endif
