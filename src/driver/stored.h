/* What `optimize` found in one file, kept for the next run.
 *
 * Purpose: the key is everything that was given (the file's bytes and name, roots, options, rules, catalog, installed packages, this program);
 * the entry holds, besides the findings, what the imports of the file looked up, and counts only while that is the same.
 * Ownership: nw_stored_open and nw_stored_close in pairs. Threads share one. */
#ifndef NW_DRIVER_STORED_H
#define NW_DRIVER_STORED_H

#include "driver/cache.h"
#include "driver/lookups.h"
#include "driver/session.h"
#include "driver/stats.h"
#include "match/finding.h"
#include "match/users.h"
#include "source/packages.h"

typedef struct nw_stored {
    nw_cache cache;
    nw_lookups lookups;
    nw_digest settings; /* all of the key that is the same for each file */
} nw_stored;

/* Of one file. */
typedef struct nw_stored_results {
    nw_findings *findings; /* before anything was applied */
    nw_buffer *messages;
    nw_stats *stats;       /* without times */
} nw_stored_results;

void nw_stored_open(nw_stored *stored, const nw_session *session, const nw_optimize_options *options, nw_packages *packages);
void nw_stored_close(nw_stored *stored);
nw_digest nw_stored_key(const nw_stored *stored, const char *path, const nw_roots *roots, const nw_source *source, const nw_user_files *users);
/* False: nothing is known, and the results are as before. */
bool nw_stored_load(nw_stored *stored, const nw_digest *key, const nw_stored_results *results);
void nw_stored_save(nw_stored *stored, const nw_digest *key, const nw_eval *eval, const nw_stored_results *results);

#endif
