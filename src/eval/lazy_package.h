/* Names of modules that need not run for them.
 *
 * Purpose: a package that loads its parts when they are asked for works out from the disk what there is; what its text says is enough.
 * Ownership: nothing is kept.
 * Invariants: nothing of the module is run by this. */
#ifndef NW_EVAL_LAZY_PACKAGE_H
#define NW_EVAL_LAZY_PACKAGE_H

#include "eval/eval.h"

/* What a module that has not run gives under a name: a constant, or a part or a declared name of a package that puts an object of its own in
 * its place. UNSET: it has to run; ERROR: an exception is pending. */
nw_value nw_lazy_find(nw_eval *eval, nw_module *module, nw_symbol name);
/* What such a package declares for type checkers: `if TYPE_CHECKING: from .part import Name`. UNSET: nothing. */
nw_value nw_lazy_declared(nw_eval *eval, nw_module *module, nw_symbol name);

#endif
