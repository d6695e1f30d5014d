#include "driver/dump.h"

#include "driver/load.h"
#include "emit/message.h"
#include "names/names.h"
#include "syntax/syntax.h"

#include <string.h>

static void dump_file(const nw_session *session, const char *path, const char *stage, nw_report *report)
{
    nw_diagnostics diagnostics;
    nw_diagnostics_init(&diagnostics);
    nw_source source;
    if (!nw_load(&source, path, session->options.max_file_size, &diagnostics)) {
        nw_message_line(&report->messages, &diagnostics.items[0], session->options.color);
        nw_report_raise(report, NW_STATUS_USAGE);
        nw_diagnostics_release(&diagnostics);
        return;
    }
    nw_arena arena;
    nw_symbols symbols;
    nw_arena_init(&arena);
    nw_symbols_init(&symbols);
    nw_ast *ast = nw_syntax_parse(&source, &arena, &symbols);
    if (strcmp(stage, "ast") == 0) {
        nw_ast_dump(ast, &symbols, &report->output);
    } else {
        nw_names_resolve(ast, &arena, &symbols);
        nw_names_dump(ast, &symbols, &report->output);
    }
    nw_symbols_release(&symbols);
    nw_arena_release(&arena);
    nw_source_release(&source);
    nw_diagnostics_release(&diagnostics);
}

void nw_dump_files(const nw_session *session, const nw_files *files, const char *stage, nw_report *report)
{
    for (uint32_t i = 0; i < files->count; i++) {
        if (files->count > 1)
            nw_buffer_format(&report->output, "# %s\n", files->paths[i]);
        dump_file(session, files->paths[i], stage, report);
    }
}
