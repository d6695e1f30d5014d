/* Which functions of a file have to run, so that the selected rules see all their sites.
 *
 * Purpose: most of a model file holds nothing that a rule could match; it is parsed, but not interpreted. In what is, most places are of
 * no interest to a rule either.
 * How: functions with candidates (candidate.h), and those from which they are reached by name.
 * Ownership: arrays in the run's arena. */
#ifndef NW_MATCH_NEED_H
#define NW_MATCH_NEED_H

#include "match/match.h"
#include "match/site.h"

typedef struct nw_need {
    const nw_ast *ast;
    bool *functions;    /* per function */
    bool *classes;      /* per node: CLASS statements of which there has to be an instance */
    const nw_rules *rules;
    uint8_t ***ruled_out; /* per rule, form and node, a bit: no match begins there; NULL: nobody looked */
} nw_need;

void nw_need_find(nw_need *need, const nw_file_index *index, const nw_match_options *options);
bool nw_need_has(const nw_need *need, const nw_ast_function *function);
bool nw_need_has_class(const nw_need *need, uint32_t class_node);
/* Whether a match of that form, exact or a near miss, may have its first root at the node; of any form, with NULL. */
bool nw_need_may_begin(const nw_need *need, const nw_rule *rule, const nw_rule_form *form, uint32_t node);

#endif
