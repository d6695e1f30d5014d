/* Where a word stands in a file, and where something may mean an attribute of that name.
 *
 * Purpose: whoever asks for the mentions of a name looks at these alone, not at the whole file.
 * Ownership: made in the run's arena when somebody first asks.
 * Invariants: lists are in the order of the nodes' numbers. */
#ifndef NW_MATCH_WORD_H
#define NW_MATCH_WORD_H

#include "match/site.h"

/* Nothing is known yet. */
struct nw_words *nw_words_new(nw_arena *arena);
/* The NAME, ATTRIBUTE and STRING nodes that are that word. */
nw_list nw_file_word(const nw_file_index *index, nw_symbol word);
/* Whether some NAME is that word; or some ATTRIBUTE. */
bool nw_file_has_word(const nw_file_index *index, nw_node_kind kind, const char *word);
/* The first class of that name, wherever it stands; 0: none. */
uint32_t nw_file_class_named(const nw_file_index *index, nw_symbol name);

/* Nodes of several lists, each node once, in order. */
typedef struct nw_node_walk {
    nw_list lists[3];
} nw_node_walk;

/* Whatever may mean an attribute of that name: the word itself, texts of which it is a part between dots, calls with a computed name,
 * attributes that take children without their names. More may come, so whoever asks looks at each. */
nw_node_walk nw_file_mentions(const nw_file_index *index, nw_symbol attribute);
/* The next one, 0: there are no more. */
uint32_t nw_node_walk_next(nw_node_walk *walk);

#endif
