/* The data flow between the steps of a model.
 * Takes a model with steps; gives for each step the steps and inputs whose results it uses.
 * Ownership: arrays in the run's arena. Invariant: a source's index is below the step's own, but for values carried around a loop. */
#ifndef NW_MODEL_MODEL_GRAPH_H
#define NW_MODEL_MODEL_GRAPH_H

#include "model/model.h"

enum { NW_SOURCE_INPUT = 0x40000000 }; /* + number of the input */

typedef struct nw_graph_sources {
    uint32_t *items; /* step numbers, or NW_SOURCE_INPUT + input numbers; each once */
    uint32_t count, capacity;
} nw_graph_sources;

typedef struct nw_graph {
    const nw_model *model;
    nw_graph_sources *of_steps; /* step_count */
    nw_graph_sources of_outputs;
    uint32_t *step_of_fact;     /* fact -> step + 1, 0 none; facts inside a step give that step */
    uint32_t *writers, writer_count; /* facts that wrote to a tensor in place, in order */
} nw_graph;

nw_graph nw_graph_make(const nw_model *model);
/* The sources of one value as fact `before` reads it; UINT32_MAX: after everything. */
void nw_graph_find(const nw_graph *graph, nw_value value, uint32_t before, nw_graph_sources *sources);

#endif
