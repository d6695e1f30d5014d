/* Helper methods that return what a rewrite no longer computes, where their callers read it under a test only.
 *
 * Purpose: `return out, weights` in a helper, `if output_attentions: outputs += (weights,)` in its caller. The helper gets a parameter
 * `need_weights=True`, its calls say when they read the second result, and without need the new code gives None for it. The forward of a
 * module is such a helper where another class of the file calls it as `self.attention(...)`, or in a loop over a list of such modules. A caller that
 * returns the second result in its turn gets the parameter too, and so on.
 * Ownership: plain values.
 * Invariants: every call of a helper method in the file is known, a call that gets the argument calls this very function; another caller,
 * who says nothing, gets what it got. */
#ifndef NW_EDIT_RETURNED_H
#define NW_EDIT_RETURNED_H

#include "edit/match_work.h"

enum { NW_MAX_CALLERS = 8, NW_MAX_HANDED = 4 };

typedef struct nw_returned_call {
    uint32_t call;     /* CALL node */
    bool is_read;      /* the result is read somewhere, under `need` */
    nw_literal need;
    bool is_handed;    /* its caller returns it as its item, and has the parameter */
    uint32_t item;
} nw_returned_call;

typedef struct nw_returned {
    uint32_t function; /* the helper; 0: there is none */
    uint32_t name;     /* symbol that is returned */
    uint32_t handed[NW_MAX_HANDED]; /* callers that return it in their turn */
    uint32_t handed_count;
    nw_returned_call calls[NW_MAX_CALLERS];
    uint32_t count;
} nw_returned;

/* Whether a read is an item of a tuple that a helper method returns, and what its callers do with it; adds to what is known already. */
bool nw_returned_find(nw_match_work *w, uint32_t use, nw_returned *returned);
/* The parameter of the helper, and the arguments of its calls. */
bool nw_returned_write(nw_match_work *w, const nw_returned *returned, nw_rewrite *rewrite);
/* The parameter's name. */
extern const char nw_returned_parameter[];

#endif
