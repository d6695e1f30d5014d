/* String literals under construction: what the two ways of reading them share. Inside syntax/ only.
 * Ownership: the value lies in the lowering's `bytes`, the pieces of an f-string on its stack of pending entries. */
#ifndef NW_SYNTAX_LOWER_STRING_H
#define NW_SYNTAX_LOWER_STRING_H

#include "syntax/lower.h"

/* What the letters before the quotes say. */
typedef struct nw_string_form {
    bool raw, bytes, format;
    uint32_t content_start, content_end;
} nw_string_form;

/* A literal under construction out of implicitly joined parts. */
typedef struct nw_string_state {
    uint32_t mark;          /* of the pieces of an f-string */
    uint32_t piece_start, piece_end;
    bool any_format, any_bytes, any_text, any_piece;
} nw_string_state;

nw_string_form nw_string_form_of(const nw_lowering *l, uint32_t start, uint32_t end);
/* The commonest literals need no decoding: one part, no escape. */
bool nw_string_is_plain(const nw_lowering *l, const nw_string_form *form);
uint32_t nw_string_plain(nw_lowering *l, const nw_string_form *form, uint32_t start, uint32_t end);

nw_string_state nw_string_begin(nw_lowering *l);
void nw_string_begin_part(nw_string_state *state, const nw_string_form *form);
void nw_string_add_piece(nw_lowering *l, nw_string_state *state, const nw_string_form *form, uint32_t start, uint32_t end);
/* What was added so far, as a STRING of its own. */
void nw_string_flush_piece(nw_lowering *l, nw_string_state *state);
/* The literal as a node. */
uint32_t nw_string_end(nw_lowering *l, nw_string_state *state, uint32_t start, uint32_t end);

#endif
