/* What is wrong in a file as far as the matcher's run of it tells: a rewrite may not add to it.
 * Takes an index whose roots have run. The numbers are only good for being compared with those of the same file before an edit. */
#ifndef NW_MATCH_HEALTH_H
#define NW_MATCH_HEALTH_H

#include "match/site.h"

typedef struct nw_health {
    uint32_t syntax_errors;
    uint32_t failed_roots; /* methods and functions that ended with an exception */
    uint32_t unbound;      /* reads of names that nothing binds */
    uint32_t dangling;     /* reads of self.name where no class of the file sets it */
} nw_health;

nw_health nw_health_of(nw_file_index *index);
/* What got worse, in words; NULL: nothing. */
const char *nw_health_worse(const nw_health *before, const nw_health *after);

#endif
