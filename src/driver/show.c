/* `show`: from paths to networks. */
#include "driver/dump.h"
#include "driver/files.h"

#include <string.h>

static bool is_one_of(const char *text, const char *const *choices)
{
    for (; *choices; choices++)
        if (strcmp(text, *choices) == 0)
            return true;
    return false;
}

static bool check_options(const nw_show_options *options, nw_report *report)
{
    static const char *const formats[] = {"text", "json", "dot", "svg", "dsl", NULL};
    static const char *const later[] = {"buml", "nn", NULL};
    static const char *const stages[] = {"ast", "names", "facts", "model", NULL};
    if (is_one_of(options->format, later))
        nw_report_message(report, "--format %s: not yet", options->format);
    else if (!is_one_of(options->format, formats))
        nw_report_message(report, "--format takes text, json, dot, svg or dsl, not `%s`", options->format);
    else if (options->dump && !is_one_of(options->dump, stages))
        nw_report_message(report, "--dump takes ast, names, facts or model, not `%s`", options->dump);
    else
        return true;
    nw_report_raise(report, NW_STATUS_USAGE);
    return false;
}

static void show(nw_session *session, const nw_show_options *options, nw_report *report)
{
    nw_arena arena;
    nw_arena_init(&arena);
    nw_files files;
    nw_files_find(&files, &arena, options->paths, options->path_count, report);
    if (options->dump && (strcmp(options->dump, "ast") == 0 || strcmp(options->dump, "names") == 0))
        nw_dump_files(session, &files, options->dump, report);
    nw_arena_release(&arena);
}

void nw_show(nw_session *session, const nw_show_options *options, nw_result *result)
{
    nw_report report;
    nw_report_init(&report);
    if (check_options(options, &report))
        show(session, options, &report);
    nw_report_finish(&report, result);
}
