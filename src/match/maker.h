/* Calls in the text that make two layers of one nn.Sequential, or cannot.
 *
 * Two calls side by side are everywhere: `loss(scores.view(-1), labels.view(-1))`. Where neither a method of tensors is called by
 * its name nor a part of the framework that keeps no modules takes what is made, they may be layers.
 * Invariants: as for candidates, never no where nw_neighbours_find would find the two. */
#ifndef NW_MATCH_MAKER_H
#define NW_MATCH_MAKER_H

#include "match/outline.h"

/* False: the call is one of a tensor's methods, which is not called like the layer or operator that is wanted. */
bool nw_maker_may_make(nw_outline *outline, uint32_t call, const char *wanted);
/* False: the call is an argument of a function, a loss or a layer of torch that puts nothing into a container. */
bool nw_maker_may_be_kept(const nw_outline *outline, uint32_t call);

#endif
