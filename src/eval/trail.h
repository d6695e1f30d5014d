/* The trail: every write to a mutable place, so that it can be undone and joined.
 *
 * Purpose: a branch on an unknown test runs both arms on the same heap. The first arm's writes are captured and undone,
 * the second arm runs, then both results are joined under the test's guard.
 * Ownership: entries lie in a stack owned by nw_eval.
 * Invariants: nothing is recorded while nobody can ask for it (nw_eval.level == 0). Whoever writes a mutable place calls
 * the matching nw_trail_... first. A list's or dictionary's arrays are copied before the first write at a deeper level
 * than that at which they were made, so the old arrays in a saved header stay intact. */
#ifndef NW_EVAL_TRAIL_H
#define NW_EVAL_TRAIL_H

#include "eval/value.h"

typedef enum nw_trail_kind { NW_TRAIL_VALUE, NW_TRAIL_LIST, NW_TRAIL_DICT, NW_TRAIL_ITERATOR, NW_TRAIL_WORD } nw_trail_kind;

/* Before *slot = ...; */
void nw_trail_value(struct nw_eval *eval, nw_value *slot);
/* Before any change of the list; afterwards items may be written freely. */
void nw_trail_list(struct nw_eval *eval, nw_sequence *list);
/* Before any change of the dictionary; afterwards entries and index may be written freely. */
void nw_trail_dict(struct nw_eval *eval, nw_dict *dict);
void nw_trail_iterator(struct nw_eval *eval, nw_iterator *iterator);
/* Before a write to a word that has no better join than "equal or lost". */
void nw_trail_word(struct nw_eval *eval, uint32_t *word);

static inline void nw_slot_set(struct nw_eval *eval, nw_value *slot, nw_value value)
{
    nw_trail_value(eval, slot);
    *slot = value;
}

#endif
