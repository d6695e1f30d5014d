/* News: whether a traced run still observes something that no earlier one did.
 *
 * Purpose: a migration without an entry runs every function that nobody calls. What a loop in one of them does for the tenth time with
 * values of the same kinds tells a rewriter nothing. Each entry of the trace has a signature: where it stands, and what it met, as
 * far as a translation may depend on it. The count of signatures says whether an iteration was the first of its kind.
 * Ownership: the table lies in the run's arena. Invariants: only entries of the file that is written count (nw_news.subject); what a
 * framework is given counts by its value, what the program hands to itself by its kind. */
#ifndef NW_EVAL_NEWS_H
#define NW_EVAL_NEWS_H

#include "eval/value.h"

struct nw_trace_entry;

typedef struct nw_news {
    const struct nw_module *subject; /* the file that is written; NULL: nothing counts */
    uint64_t *signatures;            /* a table with open addressing; 0: free */
    uint32_t count, capacity;
} nw_news;

/* Whether what runs is the body of a function of that file that nobody calls. */
bool nw_news_at_root(const struct nw_eval *eval);
/* A call. Where such a body only hands its result on, to nobody, a function of the file that was looked at itself, that gets nothing but plain
 * values and whose last such call told nothing new need not run again: a file of builders costs one of them and a little for each other. */
nw_value nw_news_call(struct nw_eval *eval, uint32_t node, nw_value callee, const nw_arguments *arguments);
/* Notes what an entry met, once it is complete. */
void nw_news_note(struct nw_eval *eval, const struct nw_trace_entry *entry);

#endif
