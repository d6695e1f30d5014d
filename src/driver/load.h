/* Loading one file, with what goes wrong as diagnostics. */
#ifndef NW_DRIVER_LOAD_H
#define NW_DRIVER_LOAD_H

#include "diag/diag.h"
#include "source/source.h"

#include <stdbool.h>

/* The diagnostic for a status other than OK. */
nw_diagnostic_id nw_load_diagnostic(nw_source_status status);
/* True when the source was loaded; otherwise one diagnostic was added. `path` outlives the collector. */
bool nw_load(nw_source *source, const char *path, size_t limit, nw_diagnostics *diagnostics);

#endif
