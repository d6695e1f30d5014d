/* Regular expressions as Python's module `re` understands them, by backtracking.
 *
 * Purpose: names of layers and parameters are taken apart with patterns; what they match must be known exactly.
 * Ownership: a compiled pattern lies in the arena that it was compiled into.
 * Invariants: leftmost match, alternatives and repetitions in the order Python tries them. Texts are UTF-8; offsets are bytes.
 * Not covered: conditional groups, atomic groups, possessive repetition; these are refused when compiled. */
#ifndef NW_EVAL_REGEX_H
#define NW_EVAL_REGEX_H

#include "base/arena.h"
#include "base/symbol.h"

enum { NW_REGEX_IGNORE_CASE = 2, NW_REGEX_MULTILINE = 8, NW_REGEX_DOT_ALL = 16, NW_REGEX_VERBOSE = 64 };
enum { NW_REGEX_MAX_GROUPS = 100 };

typedef enum nw_regex_anchor { NW_REGEX_SEARCH, NW_REGEX_MATCH, NW_REGEX_FULL_MATCH } nw_regex_anchor;
typedef enum nw_regex_result { NW_REGEX_NONE, NW_REGEX_FOUND, NW_REGEX_TOO_LONG } nw_regex_result;

typedef struct nw_regex {
    struct nw_regex_instruction *code;
    uint32_t count, capacity;
    struct nw_regex_set *sets;
    uint32_t set_count, set_capacity;
    uint32_t group_count; /* without group 0 */
    uint32_t mark_count;
    nw_text names[NW_REGEX_MAX_GROUPS]; /* of groups; empty where a group has none */
} nw_regex;

/* NULL when the pattern is wrong or not covered; *problem says which. */
nw_regex *nw_regex_compile(nw_arena *arena, nw_text pattern, unsigned flags, const char **problem);
/* spans: (group_count + 1) pairs of start and end, -1 for groups that took no part. */
nw_regex_result nw_regex_run(const nw_regex *regex, nw_text text, uint32_t start, nw_regex_anchor anchor, int64_t *spans);

#endif
