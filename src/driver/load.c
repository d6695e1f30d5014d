#include "driver/load.h"

nw_diagnostic_id nw_load_diagnostic(nw_source_status status)
{
    switch (status) {
    case NW_SOURCE_TOO_LARGE: return NW_DIAG_TOO_LARGE;
    case NW_SOURCE_NOT_A_FILE: return NW_DIAG_NOT_A_FILE;
    case NW_SOURCE_NUL_BYTES: return NW_DIAG_NUL_BYTES;
    case NW_SOURCE_BAD_ENCODING: return NW_DIAG_BAD_ENCODING;
    default: return NW_DIAG_UNREADABLE;
    }
}

bool nw_load(nw_source *source, const char *path, size_t limit, nw_diagnostics *diagnostics)
{
    nw_source_status status = nw_source_load(source, path, limit);
    if (status == NW_SOURCE_OK)
        return true;
    nw_diagnostics_add(diagnostics, (nw_diagnostic){.id = nw_load_diagnostic(status), .path = path, .detail = source->problem});
    nw_source_release(source);
    return false;
}
