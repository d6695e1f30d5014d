/* What a loop over a module's list of modules binds its name to, and what stands at a place of such a list.
 *
 * Purpose: `for layer in self.layers: layer(...)`, where `self.layers = nn.ModuleList([Layer(...) for _ in ...])`, calls a Layer, and so does
 * `self.layers[0](...)` where `self.layers.append(Layer(...))` was the first to fill an empty list.
 * Invariants: conservative: a list that anything else may change, or that holds anything else, has no class. */
#ifndef NW_MATCH_LOOPED_H
#define NW_MATCH_LOOPED_H

#include "match/site.h"

/* The symbol of the one class of which a NAME that a loop binds always is; 0: it is not known. */
uint32_t nw_looped_class(nw_file_index *index, uint32_t name);
/* The symbol of the class whose object `self.layers[0](...)` calls, by where the list is filled; 0: it is not known. */
uint32_t nw_indexed_class(nw_file_index *index, uint32_t call);

#endif
