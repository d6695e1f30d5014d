/* Session: the options of one client, and what its calls share.
 *
 * Purpose: the library's side of include/netwright.h.
 * Ownership: nw_session_new copies what it is given; nw_session_delete frees it.
 * Invariants: while a call runs nothing in it changes but what keeps its own lock (symbols, trees, translations), so that the threads of one
 * call use it freely. */
#ifndef NW_DRIVER_SESSION_H
#define NW_DRIVER_SESSION_H

#include "base/arena.h"
#include "base/buffer.h"
#include "migrate/translation_rows.h"
#include "names/trees.h"

#include <netwright.h>

struct nw_session {
    nw_session_options options; /* strings in `arena`; threads and max_file_size resolved */
    nw_arena arena;
    nw_symbols *symbols; /* shared by all threads; grows with what is read */
    nw_trees *trees;
    nw_translation_cache *translations;
};

/* A result under construction. */
typedef struct nw_report {
    nw_buffer output, messages, stats;
    nw_status_code status; /* only ever raised */
} nw_report;

void nw_report_init(nw_report *report);
void nw_report_raise(nw_report *report, nw_status_code status);
/* One line for people: "netwright: TEXT". */
void nw_report_message(nw_report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Moves the texts into the caller's result. */
void nw_report_finish(nw_report *report, nw_result *result);

#endif
