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

/* The CALL that makes the layer right in front of the one that `maker` makes: in nn.Sequential(a, b), in a list that is given to it or in an
 * OrderedDict of pairs, or by two statements like layers.append(a); layers.append(b). 0: none. */
uint32_t nw_sequence_item_before(const nw_file_index *index, uint32_t maker);
nw_neighbour_list nw_neighbours_find(nw_file_index *index);
/* Whether a rule's form is about two layers, one behind the other. */
bool nw_form_is_of_neighbours(const nw_rule_form *form);
bool nw_unify_neighbours(nw_match *match, const nw_neighbours *pair);
/* container.c: why the container in which a layer is put where it is made may be used for more than calling it; NULL: it is not. *node is where,
 * 0: nowhere in particular. */
const char *nw_container_is_used(const nw_match *match, uint32_t maker, uint32_t *node);

#endif
