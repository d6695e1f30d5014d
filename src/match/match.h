/* The matcher's entry: all sites of the selected rules in one module.
 * Takes a module that nw_import_file loaded in open mode; adds findings (path unset) in any order. Never fails: what is not understood
 * becomes a refused finding with its reason. */
#ifndef NW_MATCH_MATCH_H
#define NW_MATCH_MATCH_H

#include "eval/eval.h"
#include "match/finding.h"
#include "rules/rules.h"

struct nw_health;
struct nw_packages;

typedef struct nw_match_options {
    const nw_rules *rules;
    const bool *selected;   /* one for each rule */
    const bool *insists;    /* the same: asked for by its own name, wherever it pays; NULL: none */
    bool unsafe;            /* --unsafe */
    bool assume_installed;  /* what rules require counts as there */
    bool run_everything;    /* functions without candidates run too: for tests, nothing else may come out */
    struct nw_packages *packages;
    struct nw_user_files *users; /* other files of the run that use this one; NULL: none is known */
} nw_match_options;

/* `health`: of the module as it is; NULL: it is not asked. */
void nw_match_module(nw_eval *eval, struct nw_module *module, const nw_match_options *options, nw_findings *findings, struct nw_health *health);

#endif
