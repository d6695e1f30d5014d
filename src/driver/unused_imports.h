/* Imports whose last use a rewrite has taken out.
 *
 * Purpose: a name that the file read before its edits and that nothing reads after them need not be imported any more.
 * How: both texts are parsed; edits that take such names out are added to the findings that took out their uses.
 * Invariants: an import stays wherever there may be another reader (`__all__`, strings, annotations in strings, type comments, `import x as x`,
 * another file beside this one, an __init__.py), where a comment would be lost, and where loading the module may be what it is for. */
#ifndef NW_DRIVER_UNUSED_IMPORTS_H
#define NW_DRIVER_UNUSED_IMPORTS_H

#include "base/symbol.h"
#include "match/finding.h"
#include "source/source.h"

#include <stdbool.h>

/* `findings` are those of `source`; `wanted` says which ones are applied, and gives `after`. True: some now have more edits. */
bool nw_unused_imports_drop(nw_findings *findings, const bool *wanted, const nw_source *source, const nw_source *after, nw_symbols *symbols);

#endif
