/* Statistics of --stats: times per stage, and counts of what was and was not understood, with reasons.
 * Plain sums: added up over the files of a command, in any order. */
#ifndef NW_DRIVER_STATS_H
#define NW_DRIVER_STATS_H

#include "diag/diag.h"
#include "driver/pipeline.h"
#include "names/trees.h"

typedef struct nw_stats {
    uint64_t files, bytes, models, steps, resolved, unresolved;
    double read_seconds, build_seconds, call_seconds, model_seconds;
    uint64_t reasons[NW_DIAGNOSTIC_COUNT];
} nw_stats;

void nw_stats_add(nw_stats *sum, const nw_stats *other);
/* Times of a run, and the call sites of a module of the program: resolved when each evaluation of the call was. */
void nw_stats_add_run(nw_stats *stats, const nw_run *run);
void nw_stats_add_module(nw_stats *stats, const struct nw_module *module);
void nw_stats_add_model(nw_stats *stats, const nw_model *model);
/* `trees`: the files that were read besides those that were asked for. */
void nw_stats_json(const nw_stats *stats, const nw_trees *trees, double seconds, nw_buffer *out);

#endif
