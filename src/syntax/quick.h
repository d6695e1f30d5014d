/* Reading sound, ordinary Python without a general parser. Inside syntax/ only.
 *
 * Purpose: most text is sound and uses a small part of the language. For that part a parser by recursive descent gives the
 * tree that lowering tree-sitter's would give, node for node, in a tenth of the time. Everything else is left to
 * tree-sitter: text that is broken or beyond this part makes the reading fail, and what it added is taken back. So it may
 * refuse whatever it likes, but must never accept what Python does not. tests/syntax holds it against the other way.
 * Ownership: works on a lowering (lower.h), whose walk it does not use.
 * Invariants: once `failed` is set the current token is an END, so that every loop ends; nodes made by then count for
 * nothing. Nodes are made in the order in which the lowering makes them. */
#ifndef NW_SYNTAX_QUICK_H
#define NW_SYNTAX_QUICK_H

#include "syntax/lower.h"
#include "syntax/token.h"

typedef struct nw_quick {
    nw_lowering *l;
    nw_tokens tokens;
    uint32_t at; /* the current token */
    uint32_t depth;
    bool failed;
} nw_quick;

/* The statements of text[start..end), pushed; false, with nothing changed, when they are left to tree-sitter. */
bool nw_quick_statements(nw_lowering *l, uint32_t start, uint32_t end);

static inline nw_token_kind nw_quick_kind(const nw_quick *q)
{
    return (nw_token_kind)q->tokens.items[q->at].kind;
}

static inline nw_token_kind nw_quick_second(const nw_quick *q)
{
    nw_token_kind kind = nw_quick_kind(q);
    return kind == NW_TOKEN_END ? kind : (nw_token_kind)q->tokens.items[q->at + 1].kind;
}

static inline uint32_t nw_quick_start(const nw_quick *q)
{
    return q->tokens.items[q->at].start;
}

/* Where the token before the current one ends. */
static inline uint32_t nw_quick_end(const nw_quick *q)
{
    return q->at ? q->tokens.items[q->at - 1].end : 0;
}

/* A node that ends with the token before the current one. */
static inline uint32_t nw_quick_add(nw_quick *q, nw_node_kind kind, uint32_t start, uint32_t a, uint32_t b, uint32_t c)
{
    return nw_lower_add(q->l, kind, start, nw_quick_end(q), a, b, c);
}

/* Leaves the text to tree-sitter; returns 0, for a node. */
uint32_t nw_quick_fail(nw_quick *q);
/* Past a token of this kind, if it is the current one. */
bool nw_quick_take(nw_quick *q, nw_token_kind kind);
/* The same, where nothing else may stand. */
void nw_quick_expect(nw_quick *q, nw_token_kind kind);
/* One level deeper; false, as a failure, when that is too deep. Pairs with nw_quick_leave. */
bool nw_quick_enter(nw_quick *q);
void nw_quick_leave(nw_quick *q);
/* The current token, which must be a name. */
uint32_t nw_quick_name(nw_quick *q, uint16_t flags);

/* One expression; with `:=`; with a star in front. */
uint32_t nw_quick_expression(nw_quick *q);
uint32_t nw_quick_named(nw_quick *q);
/* One or several with commas between, which make a tuple; stars allowed. */
uint32_t nw_quick_expressions(nw_quick *q);
/* The right side of an assignment: expressions or a yield. */
uint32_t nw_quick_value(nw_quick *q);
/* What stands after `as`: one target. */
uint32_t nw_quick_target(nw_quick *q);
/* What stands before `in` of a for: one target or several. */
uint32_t nw_quick_for_target(nw_quick *q);
/* An expression that was read turns out to be assigned to. */
void nw_quick_make_target(nw_quick *q, uint32_t id);
/* Behind the opening parenthesis, to behind the closing one. */
uint32_t nw_quick_arguments(nw_quick *q);
/* Up to a closing parenthesis or, of a lambda, a colon. */
void nw_quick_parameters(nw_quick *q, uint32_t function, bool typed);
/* Adjacent literals, the current token being the first. */
uint32_t nw_quick_string(nw_quick *q);

#endif
