/* What the search for the sites of one file carries along, shared by match_module.c, guarded.c, sequence_edit.c and near_miss.c, and what becomes
 * of a matched form: outcome.c judges it and makes the finding.
 * Ownership: everything lies in the run's arena, but for the findings. */
#ifndef NW_EDIT_MATCH_WORK_H
#define NW_EDIT_MATCH_WORK_H

#include "edit/rewrite.h"
#include "match/match.h"
#include "match/sequence.h"

enum { NW_MAX_TESTS = 8 };

typedef struct nw_outcome {
    bool matched, applicable;
    nw_diagnostic_id reason;
    const char *detail;
    const nw_rule_form *form;
    bool is_unsafe;
    const char *unsafe_why;
    const nw_condition *tests[NW_MAX_TESTS]; /* that the new code asks, see `else guard` */
    uint32_t test_count;
    const char *guard;       /* in words; NULL: it holds always */
    struct nw_region *region; /* the ways through the arms that it serves, see guarded.c; NULL: the rewrite asks no test */
    nw_rewrite rewrite;
    nw_match match;
} nw_outcome;

typedef struct nw_match_work {
    nw_file_index index;
    const nw_match_options *request;
    nw_findings *findings;
    const struct nw_need *need; /* what was run */
    const nw_rule *rule;
    uint32_t function;
    uint32_t *activations;  /* one of each function, see near misses */
    nw_node_set found;      /* nodes that findings of the rule speak of */
    bool *is_found, *is_found_in; /* the same, per node, and per function that holds one */
    struct {
        const char *name;
        bool is_there;
    } sought[16];           /* qualified names for whose packages the text was searched; the last ones push out the first */
    uint32_t sought_count;
    nw_outcome *scratch, *guarded, *best;
} nw_match_work;

/* The text of a symbol of the rules. */
const char *nw_match_work_text(const nw_match_work *w, nw_symbol symbol);
/* What a form gives at a site is refused after all. */
void nw_outcome_refuse(nw_outcome *out, nw_diagnostic_id reason, const char *detail);
/* The conditions of a matched form; false: refused. */
bool nw_outcome_check(const nw_match_work *w, nw_outcome *out);
/* What keeps an applicable rewrite from being applied now. */
void nw_outcome_judge(nw_match_work *w, nw_outcome *out);
void nw_finding_of_outcome(nw_match_work *w, uint32_t node, nw_outcome *out);
/* The next rule has found nothing yet. */
void nw_found_clear(nw_match_work *w);
/* sequence_edit.c: sites inside nn.Sequential. */
void nw_sequences_match(nw_match_work *w, const nw_neighbour_list *list);
/* Sites that have a rule's main operator, but of which something is not known: refused findings. After the rule's own matches. */
void nw_near_misses_find(nw_match_work *w);
void nw_near_misses_prepare(nw_match_work *w);

#endif
