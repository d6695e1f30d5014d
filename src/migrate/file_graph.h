/* Which files of the program import which.
 * Ownership: in the run's arena; the writers are borrowed. */
#ifndef NW_MIGRATE_FILE_GRAPH_H
#define NW_MIGRATE_FILE_GRAPH_H

#include "migrate/writer.h"

typedef struct nw_file_graph {
    nw_writer **writers;
    uint32_t count;
    bool *names;   /* count x count: a statement of the one names the other */
    bool *takes;   /* count x count: it takes what the other one binds, not a file in its folder */
    bool *holds;   /* count x count: the one is a package that holds the other, at any depth */
    bool *reaches; /* count x count: importing one imports the other */
} nw_file_graph;

/* `all`: with the imports that the plans leave out, and those in functions that never ran. */
nw_file_graph nw_file_graph_read(nw_writer **writers, uint32_t count, bool all);
/* One file is going to import another. */
void nw_file_graph_add(nw_file_graph *graph, uint32_t from, uint32_t to);
/* By file: whether it may import `home` at its beginning and finds it complete. A package that holds `home` began before `home` does, so
 * what that package imports besides does not count, unless the importing file is what begins it. Where `home` takes names of such a package, it
 * runs neither earlier nor later than before: only files that import it anyway may. */
bool *nw_file_graph_users(const nw_file_graph *graph, uint32_t home);
/* The file of a module, UINT32_MAX: none. */
uint32_t nw_file_graph_find(const nw_file_graph *graph, nw_symbol module);
/* By file: whether what is written still imports it. The first one is that of the entry. */
bool *nw_file_graph_needed(nw_writer **writers, uint32_t count);

#endif
