/* Reads of the dtype, the device and the sizes of values that a rewrite no longer computes.
 *
 * Purpose: `scores.dtype` in code that stays means `query.dtype`, where the rule says that the two are alike (condition `alike`), and
 * `scores.size(-1)` means `key.size(-2)`, where it says that these are one size (condition `sized`).
 * Ownership: none.
 * Invariants: only values whose every definition is alike one and the same operand, whose text costs nothing, are replaced. */
#ifndef NW_EDIT_ALIKE_H
#define NW_EDIT_ALIKE_H

#include "edit/rewrite.h"

/* Whether a read asks a tensor for its dtype or device alone, itself or in a function of this file that it is given to. */
bool nw_reads_kind_only(nw_file_index *index, uint32_t name);
/* What stands in for a read: the operand, and for a size the number of the axis to be written over another one. */
typedef struct nw_alike {
    uint32_t operand, axis_node; /* 0: none */
    int64_t axis;
} nw_alike;

nw_alike nw_alike_of(const nw_match *match, uint32_t name);
/* The operand that stands in for the value read at a NAME node; 0: none, or more is read of it. */
uint32_t nw_alike_operand(const nw_match *match, uint32_t name);
/* Source text with such reads replaced. */
void nw_alike_put(const nw_match *match, uint32_t start, uint32_t end, nw_buffer *out);

#endif
