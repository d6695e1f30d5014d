/* Values that come from the arms of `if` statements.
 *
 * Purpose: to match a value that is `scores + mask` in one arm and `scores` otherwise, once for each way through the arms.
 * How: reading a name that several assignments may have set asks which arms were taken; each question is a test, and its answer a
 * decision of this attempt. The literals of a match are the decisions that it rests on.
 * Ownership: plain values.
 * Invariants: only tests that evaluating twice, or earlier, cannot change are decided; other reads are not followed. */
#ifndef NW_MATCH_ARMS_H
#define NW_MATCH_ARMS_H

#include "match/site.h"

typedef enum nw_test_kind { NW_ASKS_TRUTH, NW_ASKS_NONE } nw_test_kind;

/* `core` is true, or `core is None`: or the opposite. */
typedef struct nw_literal {
    uint32_t core;
    uint8_t kind; /* nw_test_kind */
    bool value;
} nw_literal;

enum { NW_MAX_LITERALS = 12 };

typedef struct nw_literal_set {
    nw_literal items[NW_MAX_LITERALS];
    uint32_t count;
} nw_literal_set;

/* What a test's being `taken` says. */
nw_literal nw_literal_of(const nw_file_index *index, uint32_t test, bool taken);
/* The same test, whatever its value: same words. */
bool nw_literal_about_same(const nw_file_index *index, nw_literal a, nw_literal b);
/* A literal of the set about the same test, NULL: none. */
const nw_literal *nw_literal_find(const nw_file_index *index, const nw_literal_set *set, nw_literal about);
/* False: there is no room. */
bool nw_literal_add(const nw_file_index *index, nw_literal_set *set, nw_literal literal);
/* Whether the literals tell what a test gives: it is one of them, or `not`, `and`, `or` over such tests. */
bool nw_test_value(const nw_file_index *index, const nw_literal_set *set, uint32_t test, bool *value);
/* Names, attributes, constants, comparisons, and, or, not: evaluating it has no effect. */
bool nw_test_is_plain(const nw_file_index *index, uint32_t test);

/* Whether a node stands in an arm that the literals say is not taken. */
bool nw_is_in_other_arm(const nw_file_index *index, const nw_literal_set *known, uint32_t node);
/* Nothing between two places of the text binds the name, or writes the attribute, that a NAME or ATTRIBUTE node reads. */
bool nw_read_is_steady(const nw_file_index *index, uint32_t node, uint32_t from, uint32_t until);
/* The same of everything that a test reads. */
bool nw_test_is_steady(const nw_file_index *index, uint32_t core, uint32_t from, uint32_t until);

struct nw_match;
/* The definition that a read of a local name sees under the decisions of the match; makes decisions where it must. 0: not known. */
uint32_t nw_definition_in_arms(struct nw_match *match, uint32_t name);
/* The statements of the block that holds a statement. */
nw_list nw_block_of(const nw_file_index *index, uint32_t statement);

#endif
