/* `show`: from paths to networks. */
#include "driver/dump.h"
#include "driver/files.h"
#include "driver/parallel.h"
#include "driver/pipeline.h"
#include "driver/stats.h"
#include "emit/message.h"
#include "emit/show_emit.h"
#include "pivot/pivot.h"

#include <string.h>

/* What is shared by all files of one call. */
typedef struct show_call {
    const nw_session *session;
    const nw_show_options *options;
    const nw_files *files;
    struct show_file *results; /* one for each file */
    nw_report *report;
    nw_stats stats;
} show_call;

/* What one file gave. */
typedef struct show_file {
    const char *path;
    nw_buffer output, messages;
    nw_status_code status;
    nw_stats stats;
    const show_call *call;
    uint32_t models;
} show_file;

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
    static const char *const stages[] = {"ast", "names", "facts", "model", "pivot", NULL};
    if (is_one_of(options->format, later))
        nw_report_message(report, "--format %s: not yet", options->format);
    else if (!is_one_of(options->format, formats))
        nw_report_message(report, "--format takes text, json, dot, svg or dsl, not `%s`", options->format);
    else if (options->dump && !is_one_of(options->dump, stages))
        nw_report_message(report, "--dump takes ast, names, facts, model or pivot, not `%s`", options->dump);
    else if (options->input_count && !options->entry)
        nw_report_message(report, "--input needs --entry");
    else
        return true;
    nw_report_raise(report, NW_STATUS_USAGE);
    return false;
}

static void emit(const nw_session *session, const nw_show_options *options, const nw_shown *shown, nw_buffer *out)
{
    if (options->dump && strcmp(options->dump, "facts") == 0)
        nw_facts_dump(shown->model->eval, out);
    else if (options->dump && strcmp(options->dump, "pivot") == 0)
        nw_pivot_dump(nw_pivot_read(shown->model), out);
    else if (options->dump)
        nw_model_dump(shown->model, out);
    else if (options->list_paths)
        nw_emit_paths(shown, out);
    else if (strcmp(options->format, "json") == 0 && shown->entry)
        nw_emit_json(shown, out);
    else if (strcmp(options->format, "json") == 0)
        nw_emit_class_json(shown, out);
    else if (strcmp(options->format, "dot") == 0)
        nw_emit_dot(shown, out);
    else if (strcmp(options->format, "svg") == 0)
        nw_emit_svg(shown, out);
    else if (strcmp(options->format, "dsl") == 0)
        nw_emit_dsl(shown, out);
    else
        nw_emit_text(shown, session->options.color, out);
}

/* ---- closed mode ---- */

static void show_closed(void *data, uint32_t index)
{
    show_call *call = data;
    const nw_show_options *options = call->options;
    (void)index; /* one entry is one piece of work */
    nw_arena arena;
    nw_run run;
    nw_model model;
    nw_arena_init(&arena);
    nw_request request = {.entry = options->entry, .path = call->files->count == 1 ? call->files->paths[0] : NULL, .inputs = options->inputs,
                          .input_count = options->input_count};
    nw_diagnostic_id problem_id;
    const char *problem = "";
    nw_roots roots = nw_roots_find(&arena, call->session, call->files->paths, call->files->count);
    nw_run_begin(&run, call->session, &roots, NW_RUN_ENTRY);
    if (nw_pipeline_closed(&run, &request, &model, &problem_id, &problem)) {
        emit(call->session, options, &(nw_shown){.model = &model, .entry = options->entry}, &call->report->output);
        if (model.unknown.count)
            nw_report_raise(call->report, NW_STATUS_FINDINGS);
        nw_stats_add_module(&call->stats, model.fallback.module);
        nw_stats_add_model(&call->stats, &model);
        nw_stats_add_run(&call->stats, &run);
    } else {
        nw_message_line(&call->report->messages, &(nw_diagnostic){.id = problem_id, .detail = problem}, call->session->options.color);
        nw_report_raise(call->report, NW_STATUS_USAGE);
    }
    nw_model_release(&model);
    nw_run_end(&run);
    nw_arena_release(&arena);
}

/* ---- open mode ---- */

static void take_model(void *data, const nw_model *model, const char *qualified, nw_place place, bool is_class)
{
    show_file *file = data;
    const nw_show_options *options = file->call->options;
    nw_stats_add_model(&file->stats, model);
    if (!is_class && model->step_count == 0)
        return; /* a function that does nothing to tensors */
    if (model->unknown.count)
        file->status = NW_STATUS_FINDINGS;
    nw_shown shown = {.model = model, .class_name = qualified, .path = file->path};
    const char *path;
    nw_position position;
    if (nw_place_position(place, &path, &position))
        shown.line = position.line;
    bool is_json = strcmp(options->format, "json") == 0 && !options->dump && !options->list_paths;
    if (file->models++)
        nw_buffer_text(&file->output, is_json ? ",\n  " : "\n");
    emit(file->call->session, options, &shown, &file->output);
}

/* What does not parse is left out, and may have held a model. */
static void tell_broken_syntax(show_file *file, nw_module *module)
{
    if (!module->ast || !module->ast->error_count)
        return;
    nw_position place = nw_source_position(&module->source, module->ast->first_error);
    nw_diagnostic broken = {.id = NW_DIAG_SYNTAX_ERROR, .path = file->path, .line = place.line, .column = place.column, .detail = ""};
    nw_message_line(&file->messages, &broken, file->call->session->options.color);
    if (file->status == NW_STATUS_NOTHING)
        file->status = NW_STATUS_FINDINGS;
}

static void show_open_file(void *data, uint32_t index)
{
    show_call *call = data;
    show_file *file = &call->results[index];
    nw_run run;
    nw_arena arena;
    nw_diagnostics diagnostics;
    nw_open_request request = {file->path, call->options->class_name};
    nw_diagnostics_init(&diagnostics);
    nw_arena_init(&arena);
    nw_roots roots = nw_roots_find(&arena, call->session, &file->path, 1);
    nw_run_begin(&run, call->session, &roots, NW_RUN_FILE);
    if (!nw_pipeline_open(&run, &request, take_model, file, &diagnostics))
        file->status = NW_STATUS_USAGE;
    for (uint32_t i = 0; i < diagnostics.count; i++)
        nw_message_line(&file->messages, &diagnostics.items[i], call->session->options.color);
    nw_value *module = nw_dict_find_name(run.eval.modules, run.module_name);
    if (module && module->kind == NW_MODULE) {
        nw_stats_add_module(&file->stats, module->as.module);
        tell_broken_syntax(file, module->as.module);
    }
    nw_stats_add_run(&file->stats, &run);
    nw_run_end(&run);
    nw_arena_release(&arena);
    nw_diagnostics_release(&diagnostics);
}

static void join_results(show_call *call)
{
    bool is_json = strcmp(call->options->format, "json") == 0 && !call->options->dump && !call->options->list_paths, written = false;
    nw_buffer *out = &call->report->output;
    if (is_json)
        nw_buffer_text(out, "{\"version\": 1, \"classes\": [\n  ");
    for (uint32_t i = 0; i < call->files->count; i++) {
        show_file *file = &call->results[i];
        if (written && file->output.size)
            nw_buffer_text(out, is_json ? ",\n  " : "\n");
        written |= file->output.size > 0;
        nw_buffer_add(out, file->output.bytes, file->output.size);
        nw_buffer_add(&call->report->messages, file->messages.bytes, file->messages.size);
        nw_report_raise(call->report, file->status);
        nw_stats_add(&call->stats, &file->stats);
        nw_buffer_release(&file->output);
        nw_buffer_release(&file->messages);
    }
    if (is_json)
        nw_buffer_text(out, "\n]}\n");
}

static bool show_open(show_call *call, nw_arena *arena)
{
    call->results = nw_arena_zero(arena, (call->files->count + 1) * sizeof *call->results);
    for (uint32_t i = 0; i < call->files->count; i++) {
        call->results[i] = (show_file){.path = call->files->paths[i], .call = call};
        nw_buffer_init(&call->results[i].output);
        nw_buffer_init(&call->results[i].messages);
    }
    bool done = nw_parallel_run(call->session, call->files->count, show_open_file, call);
    join_results(call);
    return done;
}

static void show(nw_session *session, const nw_show_options *options, nw_report *report)
{
    nw_arena arena;
    nw_files files;
    double started = nw_seconds();
    nw_arena_init(&arena);
    nw_files_find(&files, &arena, options->paths, options->path_count, report);
    show_call call = {.session = session, .options = options, .files = &files, .report = report};
    bool done = true;
    if (options->dump && (strcmp(options->dump, "ast") == 0 || strcmp(options->dump, "names") == 0))
        nw_dump_files(session, &files, options->dump, report);
    else if (!options->entry)
        done = show_open(&call, &arena);
    else if (report->status < NW_STATUS_USAGE)
        done = nw_parallel_run(session, 1, show_closed, &call);
    if (!done) {
        nw_report_message(report, "no thread can be started");
        nw_report_raise(report, NW_STATUS_INTERNAL);
    }
    nw_stats_json(&call.stats, session->trees, nw_seconds() - started, &report->stats);
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
