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

typedef enum nw_trail_kind { NW_TRAIL_VALUE, NW_TRAIL_LIST, NW_TRAIL_DICT, NW_TRAIL_ITERATOR } nw_trail_kind;

/* Before *slot = ...; */
void nw_trail_value(struct nw_eval *eval, nw_value *slot);
/* Before any change of the list; afterwards items may be written freely. */
void nw_trail_list(struct nw_eval *eval, nw_sequence *list);
/* Before any change of the dictionary; afterwards entries and index may be written freely. */
void nw_trail_dict(struct nw_eval *eval, nw_dict *dict);
void nw_trail_iterator(struct nw_eval *eval, nw_iterator *iterator);

struct nw_trail_entry {
    uint8_t kind; /* nw_trail_kind */
    void *place;  /* what was written: nw_value, nw_sequence, nw_dict, nw_iterator */
    union {
        nw_value value;
        void *copy; /* of the header */
    } saved;
};

/* What an arm left behind: the places that it wrote, with its values. */
typedef struct nw_delta {
    struct nw_trail_entry *entries; /* one per place */
    uint32_t count;
} nw_delta;

/* Writes since `mark`, as values now. */
nw_delta nw_trail_capture(struct nw_eval *eval, uint32_t mark);
/* The values that the places had at `mark`, one entry per place written since. */
nw_delta nw_trail_before(struct nw_eval *eval, uint32_t mark);
/* Undoes everything since `mark`. */
void nw_trail_undo(struct nw_eval *eval, uint32_t mark);
/* Writes the values of a delta (trailed). */
void nw_trail_apply(struct nw_eval *eval, nw_delta delta);
/* Values that hold at `position` for the places written in [mark, position). */
nw_delta nw_trail_between(struct nw_eval *eval, uint32_t mark, uint32_t position);
/* Finds a place in a delta, or NULL. */
const struct nw_trail_entry *nw_delta_find(nw_delta delta, const void *place);

#endif
