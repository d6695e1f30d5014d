/* Edits of an edited text, as edits of the text that was there first.
 *
 * Ownership: arrays and texts in the arena given.
 * Invariants: `first` and `second` are sorted and disjoint; applying the result to the first text gives what both give one after the
 * other. Edits that do not meet stay as they are. */
#ifndef NW_EDIT_COMPOSE_H
#define NW_EDIT_COMPOSE_H

#include "match/finding.h"

typedef struct nw_composition {
    const nw_finding_edit *first, *second;
    uint32_t first_count, second_count;
    const char *between;       /* the text that `first` gives */
    nw_finding_edit *of_first, *of_second; /* what became of each one: those that met are equal */
} nw_composition;

void nw_edits_compose(nw_composition *composition, nw_arena *arena);
/* Where a byte of the text between lies in the first text: the start of the edit that wrote it, or its end. */
uint32_t nw_edits_place_before(const nw_finding_edit *first, uint32_t count, uint32_t offset, bool end);

#endif
