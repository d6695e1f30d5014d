/* Statements that are written anew, broken over several lines where one would be too long.
 * Ownership: none; everything is borrowed from the caller. */
#ifndef NW_EDIT_LONG_LINE_H
#define NW_EDIT_LONG_LINE_H

#include "base/buffer.h"

#include <stdint.h>

typedef struct nw_statement_writer {
    nw_buffer *out;
    const char *indent, *line_end; /* of the block */
    uint32_t indent_size, depth;   /* bytes; steps further in than the block */
} nw_statement_writer;

void nw_put_indent(nw_buffer *out, const char *indent, uint32_t size, uint32_t deeper);
/* Where a word such as ` if ` stands outside brackets, from a place on; the size: nowhere. */
uint32_t nw_find_word(const char *text, uint32_t size, uint32_t from, const char *word);
/* A new statement on one line, or with one argument on each line where it would be too long; `call`: where its new code starts. */
void nw_put_line(const nw_buffer *line, uint32_t call, nw_statement_writer *to);

#endif
