/* What a loop over a module's list of modules binds its name to.
 *
 * Purpose: `for layer in self.layers: layer(...)`, where `self.layers = nn.ModuleList([Layer(...) for _ in ...])`, calls a Layer.
 * Invariants: conservative: a list that anything else may change, or that holds anything else, has no class. */
#ifndef NW_EDIT_LOOPED_H
#define NW_EDIT_LOOPED_H

#include "match/site.h"

/* The symbol of the one class of which a NAME that a loop binds always is; 0: it is not known. */
uint32_t nw_looped_class(nw_file_index *index, uint32_t name);

#endif
