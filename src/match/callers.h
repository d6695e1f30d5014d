/* Who calls a function of the file, and with what, as the text has it.
 *
 * Purpose: a value that a function returns goes on in its callers, and one that it is given came from them.
 * Ownership: plain values.
 * Invariants: what cannot be told from the text is no call of the function; `is_open` says that there may be such calls. */
#ifndef NW_MATCH_CALLERS_H
#define NW_MATCH_CALLERS_H

#include "match/site.h"

enum { NW_MOST_CALLS = 16 };

typedef struct nw_calls {
    uint32_t items[NW_MOST_CALLS]; /* CALL nodes */
    uint32_t count;
    bool is_open; /* there may be others */
} nw_calls;

typedef struct nw_called {
    uint32_t function; /* of the file; 0: it is not known, or is none of the file */
    uint32_t bound;    /* how many of its parameters are filled before the first argument */
    bool is_open;      /* one run of the code calls one thing, and another run another one */
} nw_called;

/* Whether a class names another one among its bases. */
bool nw_class_derives(const nw_file_index *index, uint32_t class_, uint32_t symbol);
/* Whether a class is another one or derives from it, by the names of the file. */
bool nw_class_is_or_derives(const nw_file_index *index, uint32_t class_, uint32_t base);
/* Whether some class of the file names this one among its bases. */
bool nw_class_has_children(const nw_file_index *index, uint32_t class_);
/* `self.name(...)`, by its ATTRIBUTE node. */
bool nw_is_call_on_self(const nw_file_index *index, uint32_t attribute);
/* Whether a call runs the forward of a class: `self.attention(...)`, `for layer in self.layers: layer(...)`, `self.layers[0](...)`. */
bool nw_calls_module(nw_file_index *index, uint32_t call, uint32_t class_);
/* The calls of a function in its file. */
nw_calls nw_calls_of(nw_file_index *index, uint32_t function);
/* What a call runs. */
nw_called nw_function_called(const nw_file_index *index, uint32_t call);
/* The argument of a call that a parameter of the function gets, 0: none, or it is not known. */
uint32_t nw_argument_for(const nw_file_index *index, uint32_t call, uint32_t function, uint32_t parameter);

#endif
