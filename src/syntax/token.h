/* Tokens of sound, ordinary Python: what quick.h reads. Inside syntax/ only.
 *
 * Purpose: the words of a stretch of text in one pass, with the ends of lines and blocks as tokens of their own.
 * Ownership: nw_tokens_release frees the array; a second call of nw_tokens_read appends to it.
 * Invariants: a true result means that brackets are closed, strings end and blocks fit; the last token is an END. What is
 * rare (tabs that indent, form feeds, CRLF, names beyond ASCII) gives false: tree-sitter reads such text. */
#ifndef NW_SYNTAX_TOKEN_H
#define NW_SYNTAX_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

typedef enum nw_token_kind {
    NW_TOKEN_END,
    NW_TOKEN_NEWLINE,
    NW_TOKEN_INDENT,
    NW_TOKEN_DEDENT,
    NW_TOKEN_NAME,
    NW_TOKEN_INTEGER,
    NW_TOKEN_FLOAT,
    NW_TOKEN_STRING,
#define NW_TOKEN_WORD(kind, text) NW_TOKEN_##kind,
#define NW_TOKEN_SIGN(kind, text) NW_TOKEN_##kind,
#include "syntax/token.def"
#undef NW_TOKEN_WORD
#undef NW_TOKEN_SIGN
} nw_token_kind;

typedef struct nw_token {
    uint32_t start, end;
    uint8_t kind;      /* nw_token_kind */
    bool has_for;      /* of a bracket: a `for` stands directly in it, which makes it a comprehension */
} nw_token;

typedef struct nw_tokens {
    nw_token *items;
    uint32_t count, capacity;
} nw_tokens;

/* The tokens of text[start..end), which are whole statements, or, `inside` of brackets, an expression. */
bool nw_tokens_read(nw_tokens *tokens, const char *text, uint32_t start, uint32_t end, bool inside);
void nw_tokens_release(nw_tokens *tokens);

#endif
