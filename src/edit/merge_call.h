/* Two statements with the same call in one, where only some arguments differ: `mask=a if test else b`.
 * Texts only; buffers belong to the caller. */
#ifndef NW_EDIT_MERGE_CALL_H
#define NW_EDIT_MERGE_CALL_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* The bracket that closes the one at `open`; the text's end when none does. */
uint32_t nw_text_closing(const nw_buffer *text, uint32_t open);

/* A statement over several lines as one line; left as it is where a comment or a string might be meant. */
void nw_text_join_lines(nw_buffer *text);

typedef struct nw_call_pair {
    const nw_buffer *then, *otherwise; /* statements on one line */
    uint32_t call;                     /* in both: where the call starts */
    const char *test;                  /* Python; `then` holds where it is true */
    bool (*defaults_to_none)(void *data, const char *name, uint32_t size); /* whether a keyword may be given as None instead of being left out */
    void *data;
} nw_call_pair;

/* False: they differ in more than keyword arguments, or an argument would be too long to be read. */
bool nw_calls_merge(const nw_call_pair *pair, nw_buffer *out);

#endif
