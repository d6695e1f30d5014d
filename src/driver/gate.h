/* The gate of migrate: what was written is read back, and must be the same network.
 *
 * Purpose: takes the model of the source and the folder of the written program; gives the model that is read there, the comparison of the
 * two, and what stands in the way.
 * Ownership: nw_gate_close releases the second run; the comparison lives as long as the source's run. */
#ifndef NW_DRIVER_GATE_H
#define NW_DRIVER_GATE_H

#include "driver/pipeline.h"
#include "migrate/migrate.h"
#include "pivot/pivot.h"

typedef struct nw_gate {
    nw_run run;
    nw_model target;
    nw_roots roots;
    bool is_read;                   /* the written program was built and called */
    nw_pivot_comparison comparison; /* when is_read */
    nw_diagnostic problem;          /* when not equal: id, place in the source where there is one, detail */
} nw_gate;

/* `file`: the written file that holds the entry, below `folder`. True: both are the same network. */
bool nw_gate_open(nw_gate *gate, const nw_session *session, const nw_request *request, const nw_model *source, const nw_migration *migration,
                  const char *folder, const char *file);
void nw_gate_close(nw_gate *gate);

#endif
