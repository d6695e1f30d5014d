/* Names of modules that need not run for them.
 *
 * Purpose: a package that loads its parts when they are asked for works out from the disk what there is; what its text says is enough.
 * Ownership: nothing is kept.
 * Invariants: nothing of the module is run by this; that it would fail, and what it would change elsewhere, is not seen. */
#ifndef NW_EVAL_LAZY_PACKAGE_H
#define NW_EVAL_LAZY_PACKAGE_H

#include "eval/eval.h"

/* What a package that has not run, and that puts an object of its own in its place, gives under a name: a constant (not within a `try`), a
 * part or a declared name. Its file is parsed for it. UNSET: it has to run; ERROR: an exception is pending. */
nw_value nw_lazy_find(nw_eval *eval, nw_module *module, nw_symbol name, bool in_try);
/* Whether a module is such a package, with names declared for type checkers: it runs when a name is asked that its text does not tell. */
bool nw_lazy_waits(nw_eval *eval, nw_module *module);
/* What such a package declares for type checkers: `if TYPE_CHECKING: from .part import Name`, or `import *` of a part that lists the name in `__all__`.
 * UNSET: nothing. */
nw_value nw_lazy_declared(nw_eval *eval, nw_module *module, nw_symbol name);

#endif
