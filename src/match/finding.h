/* Findings: what the matcher says of each site, and what the driver applies and prints.
 *
 * Ownership: nw_findings owns everything that its items point to (in its arena), so that findings outlive the run that made them.
 * Invariants: an applicable finding has edits, sorted and disjoint; a refused one has a reason. Edits of different findings may be equal
 * (both add the same import): they are applied once. */
#ifndef NW_MATCH_FINDING_H
#define NW_MATCH_FINDING_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum nw_finding_status { NW_FINDING_APPLICABLE, NW_FINDING_REFUSED, NW_FINDING_APPLIED } nw_finding_status;
typedef enum nw_finding_safety { NW_FINDING_SAFE, NW_FINDING_UNSAFE, NW_FINDING_REPORT } nw_finding_safety;

/* Bytes [start, end) of the original file become `text`. */
typedef struct nw_finding_edit {
    uint32_t start, end;
    const char *text;
    uint32_t size;
} nw_finding_edit;

typedef struct nw_finding {
    const char *rule;       /* torch/softmax */
    const char *path;       /* set by the driver */
    const char *class_name; /* NULL: not inside a class */
    const char *function;   /* NULL: module level */
    uint32_t line, column, end_line; /* of the matched statements; from 1 */
    uint8_t status, safety;
    uint16_t code;          /* 412 -> NW0412; 0: none */
    const char *message;
    const char *pays;       /* where the rule says that it is worth it; NULL: it says nothing */
    const char *guard;      /* under which condition it holds, in words; NULL: always */
    const char **needs;     /* "epoi>=0.1": packages that are missing; the driver leaves such a finding unapplied */
    uint32_t need_count;
    nw_finding_edit *edits;
    uint32_t edit_count;
    const char *state;      /* a line `NAME SOURCE` for each value of the new state that follows from the old one; NULL: names stay */
} nw_finding;

typedef struct nw_findings {
    nw_arena arena;
    nw_finding *items;
    uint32_t count, capacity;
} nw_findings;

void nw_findings_init(nw_findings *findings);
void nw_findings_release(nw_findings *findings);
/* A copy of everything in `finding`. */
void nw_findings_add(nw_findings *findings, const nw_finding *finding);
/* By line, column, rule. */
void nw_findings_sort(nw_findings *findings);

#endif
