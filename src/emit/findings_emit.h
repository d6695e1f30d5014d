/* Findings as JSON (of the command line page), SARIF 2.1.0, GitHub annotations, and lines of text.
 * Take sorted findings of all files; write to a buffer. */
#ifndef NW_EMIT_FINDINGS_EMIT_H
#define NW_EMIT_FINDINGS_EMIT_H

#include "base/buffer.h"
#include "match/finding.h"

#include <stddef.h>

/* All findings of a command, file after file. */
typedef struct nw_finding_list {
    const nw_finding **items;
    uint32_t count;
    uint32_t files; /* that were looked at */
} nw_finding_list;

void nw_findings_json(const nw_finding_list *list, nw_buffer *out);
void nw_findings_sarif(const nw_finding_list *list, nw_buffer *out);
void nw_findings_github(const nw_finding_list *list, nw_buffer *out);
/* "a.py:10:9: torch/softmax: applicable: ..." */
void nw_finding_line(const nw_finding *finding, bool color, nw_buffer *out);

#endif
