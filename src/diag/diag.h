/* Diagnostics: one table of everything that can be said, and a collector.
 *
 * Purpose: messages say what, where and why; clients render them as text, JSON or SARIF. Never a free string.
 * Ownership: a collector owns copies of its details (in its arena); nw_diagnostics_release frees them.
 * Invariants: a diagnostic is its id, place and detail; duplicates are dropped by nw_diagnostics_sort. */
#ifndef NW_DIAG_DIAG_H
#define NW_DIAG_DIAG_H

#include "base/arena.h"

#include <stdint.h>

typedef enum nw_diagnostic_id {
#define NW_DIAGNOSTIC(id, code, level, format, help) NW_DIAG_##id,
#include "diag/diag.def"
#undef NW_DIAGNOSTIC
    NW_DIAGNOSTIC_COUNT
} nw_diagnostic_id;

typedef enum nw_level { NW_LEVEL_NOTE, NW_LEVEL_WARNING, NW_LEVEL_ERROR } nw_level;

typedef struct nw_diagnostic_row {
    const char *name;   /* RAISES */
    uint16_t code;      /* 209 -> NW0209 */
    uint8_t level;      /* nw_level */
    const char *format; /* with one %s for the detail */
    const char *help;
} nw_diagnostic_row;

typedef struct nw_diagnostic {
    nw_diagnostic_id id;
    const char *path;   /* outlives the collector */
    uint32_t start, end;
    uint32_t line, column; /* from 1; 0 when the diagnostic has no place */
    const char *detail;
} nw_diagnostic;

typedef struct nw_diagnostics {
    nw_arena arena;
    nw_diagnostic *items;
    uint32_t count, capacity;
} nw_diagnostics;

const nw_diagnostic_row *nw_diagnostic_row_of(nw_diagnostic_id id);
/* 412 -> the row of NW0412; the code is one of the table. */
const nw_diagnostic_row *nw_diagnostic_with_code(uint16_t code);
void nw_diagnostics_init(nw_diagnostics *diagnostics);
void nw_diagnostics_release(nw_diagnostics *diagnostics);
void nw_diagnostics_add(nw_diagnostics *diagnostics, nw_diagnostic item);
/* By path, offset, id; duplicates dropped. */
void nw_diagnostics_sort(nw_diagnostics *diagnostics);

#endif
