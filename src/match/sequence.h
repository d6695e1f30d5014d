/* Layers that stand next to each other in an nn.Sequential.
 *
 * A rule about one layer behind another also holds where nn.Sequential calls them, and its edit is one of the constructors.
 * Ownership: in the run's arena. */
#ifndef NW_MATCH_SEQUENCE_H
#define NW_MATCH_SEQUENCE_H

#include "match/unify.h"

/* Two facts of neighbours in one run of their container. */
typedef struct nw_neighbours {
    uint32_t first, second; /* facts */
    uint32_t makers[2];     /* CALL nodes that make the two */
    uint32_t container;     /* CALL node of nn.Sequential */
} nw_neighbours;

typedef struct nw_neighbour_list {
    nw_neighbours *items;
    uint32_t count, capacity;
} nw_neighbour_list;

enum { NW_MAX_CHILDREN = 64 };

/* The expressions that make the children of nn.Sequential(a, b), nn.Sequential(*[a, b]) or nn.Sequential(OrderedDict([("x", a), ("y", b)])),
 * in order; returns their count. */
uint32_t nw_sequence_children(const nw_ast *ast, uint32_t container, uint32_t children[NW_MAX_CHILDREN]);
nw_neighbour_list nw_neighbours_find(nw_file_index *index);
/* Whether a rule's form is about two layers, one behind the other. */
bool nw_form_is_of_neighbours(const nw_rule_form *form);
bool nw_unify_neighbours(nw_match *match, const nw_neighbours *pair);
/* Why the container may be used for more than calling it; NULL: it is not. *node is where, 0: nowhere in particular. */
const char *nw_container_is_used(const nw_match *match, uint32_t container, uint32_t *node);

#endif
