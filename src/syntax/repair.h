/* A second chance for valid Python that the grammar does not take. Inside syntax/ only.
 *
 * Purpose: a text of the same length, hence with the same offsets, in which line ends and comments inside brackets are
 * blanks (the grammar ends a block at a continuation line that is indented less, after some operators) and a star that
 * the grammar does not know before `(`, `[` and literals (`return a, *[b] * 3`) is a `~`, which the lowering takes back
 * by looking into the source. Only asked for when the parser found an error.
 * Ownership: the caller frees the result with free. */
#ifndef NW_SYNTAX_REPAIR_H
#define NW_SYNTAX_REPAIR_H

#include <stdint.h>

/* NULL when nothing was to be changed. */
char *nw_repair_text(const char *text, uint32_t size);

#endif
