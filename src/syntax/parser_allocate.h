/* What the parser's own sources call instead of malloc: given to their compiler by meson.build. See parser_memory.h. */
#ifndef NW_SYNTAX_PARSER_ALLOCATE_H
#define NW_SYNTAX_PARSER_ALLOCATE_H

#include <stddef.h>

#define ts_malloc nw_parser_malloc
#define ts_calloc nw_parser_calloc
#define ts_realloc nw_parser_realloc
#define ts_free nw_parser_free

void *nw_parser_malloc(size_t size);
void *nw_parser_calloc(size_t count, size_t size);
void *nw_parser_realloc(void *piece, size_t size);
void nw_parser_free(void *piece);

#endif
