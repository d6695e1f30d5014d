/* Where statements begin, told from the text alone. Inside syntax/ only.
 *
 * Purpose: pieces that can be parsed by themselves. A large file is parsed in chunks of whole statements, so that the
 * parser's tree is never larger than one chunk; a broken file in single statements, so that a fault costs the statement
 * it is in and not, as the parser's own recovery may have it, the hundred that follow.
 * Ownership: none. Invariant: on text without faults a piece never ends inside a statement. */
#ifndef NW_SYNTAX_SPLIT_H
#define NW_SYNTAX_SPLIT_H

#include <stdbool.h>
#include <stdint.h>

/* A run of statements of one indentation. */
typedef struct nw_split {
    const char *text;
    uint32_t end;
    uint32_t indentation; /* in columns, tabs as Python counts them */
} nw_split;

/* The offset of the statement after the one at `from`: of its first character, or `end`. */
uint32_t nw_split_next(const nw_split *split, uint32_t from);
/* When the statement at `from` is a def or a class with a body of its own lines: where the body's first statement begins,
 * and its indentation. */
bool nw_split_body(const nw_split *split, uint32_t from, uint32_t *body, uint32_t *indentation);

#endif
