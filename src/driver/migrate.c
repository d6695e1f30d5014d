/* `migrate`: from a program to the same one in another framework. */
#include "base/json.h"
#include "driver/files.h"
#include "driver/migration_write.h"
#include "driver/parallel.h"
#include "driver/pipeline.h"
#include "driver/stats.h"
#include "emit/message.h"
#include "migrate/migrate.h"

#include <stdio.h>
#include <string.h>

typedef struct migrate_call {
    const nw_session *session;
    const nw_migrate_options *options;
    const nw_files *files;
    nw_report *report;
} migrate_call;

/* ---- the map ---- */

static void write_entries(nw_json *json, const char *key, const nw_migration_entries *entries)
{
    nw_json_key(json, key);
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < entries->count; i++) {
        const nw_migration_entry *entry = &entries->items[i];
        nw_buffer text;
        char code[8];
        nw_buffer_init(&text);
        nw_message_text(&text, entry->id, entry->detail);
        snprintf(code, sizeof code, "NW%04u", nw_diagnostic_row_of(entry->id)->code);
        nw_json_open(json, '{');
        nw_json_key(json, "file");
        nw_json_text(json, entry->module->path);
        nw_json_key(json, "line");
        nw_json_integer(json, nw_source_position(&entry->module->source, entry->start).line);
        nw_json_key(json, "reason");
        nw_json_text(json, code);
        nw_json_key(json, "message");
        nw_json_text(json, text.bytes);
        nw_json_close(json, '}');
        nw_buffer_release(&text);
    }
    nw_json_close(json, ']');
}

static void write_map(const migrate_call *call, const nw_migration *migration, const char *from)
{
    nw_buffer text;
    nw_buffer_init(&text);
    nw_json json = nw_json_start(&text);
    nw_json_open(&json, '{');
    nw_json_key(&json, "version");
    nw_json_integer(&json, 1);
    nw_json_key(&json, "from");
    nw_json_text(&json, from);
    nw_json_key(&json, "to");
    nw_json_text(&json, call->options->to);
    nw_json_key(&json, "entry");
    nw_json_text(&json, call->options->entry);
    write_entries(&json, "untranslated", &migration->untranslated);
    write_entries(&json, "notes", &migration->notes);
    nw_json_close(&json, '}');
    nw_buffer_byte(&text, '\n');
    nw_migration_write_file(call->options->folder, "netwright.json", &text, call->report);
    nw_buffer_release(&text);
}

/* ---- one program ---- */

/* What the reader did not understand cannot be translated. */
static void take_unknown(nw_migration *migration, const nw_model *model)
{
    nw_eval *eval = migration->eval;
    for (uint32_t i = 0; i < model->unknown.count; i++) {
        const nw_diagnostic *unknown = &model->unknown.items[i];
        nw_module *module = NULL;
        for (uint32_t k = 0; k < migration->file_count; k++)
            if (unknown->path && strcmp(migration->files[k].module->path, unknown->path) == 0)
                module = migration->files[k].module;
        if (!module)
            module = model->fallback.module;
        NW_ARENA_RESERVE(&eval->arena, migration->untranslated.items, migration->untranslated.count, migration->untranslated.capacity);
        migration->untranslated.items[migration->untranslated.count++] =
            (nw_migration_entry){module, module->path == unknown->path ? unknown->start : 0, unknown->id, unknown->detail};
    }
}

static void write_result(const migrate_call *call, const nw_migration *migration, const char *from)
{
    if (call->options->folder) {
        if (nw_migration_write_files(migration, call->options->folder, call->report))
            write_map(call, migration, from);
    } else if (call->options->write) {
        nw_migration_write_in_place(migration, call->report);
    } else {
        nw_migration_print_diff(migration, call->report);
    }
}

static void print_entries(const migrate_call *call, const nw_migration *migration)
{
    for (uint32_t i = 0; i < migration->untranslated.count; i++) {
        const nw_migration_entry *entry = &migration->untranslated.items[i];
        nw_position place = nw_source_position(&entry->module->source, entry->start);
        nw_diagnostic line = {.id = entry->id, .path = entry->module->path, .line = place.line, .column = place.column, .detail = entry->detail};
        nw_message_line(&call->report->messages, &line, call->session->options.color);
    }
}

static void migrate_closed(void *data, uint32_t index)
{
    migrate_call *call = data;
    const nw_migrate_options *options = call->options;
    (void)index;
    nw_arena arena;
    nw_run run;
    nw_model model;
    nw_migration migration;
    nw_arena_init(&arena);
    nw_request request = {options->entry, call->files->count == 1 ? call->files->paths[0] : NULL, options->inputs, options->input_count};
    nw_diagnostic_id problem_id;
    const char *problem = "";
    nw_roots roots = nw_roots_find(&arena, call->session, call->files->paths, call->files->count);
    nw_run_begin(&run, call->session, &roots, false);
    run.eval.trace = nw_arena_zero(&run.eval.arena, sizeof *run.eval.trace);
    if (!nw_pipeline_closed(&run, &request, &model, &problem_id, &problem)) {
        nw_message_line(&call->report->messages, &(nw_diagnostic){.id = problem_id, .detail = problem}, call->session->options.color);
        nw_report_raise(call->report, NW_STATUS_USAGE);
    } else if (!nw_migrate_program(&migration, &run.eval, nw_symbol_bytes(run.eval.symbols, model.framework), options->to, model.root, NULL)) {
        nw_report_message(call->report, "from `%s` to `%s`: not yet", nw_symbol_bytes(run.eval.symbols, model.framework), options->to);
        nw_report_raise(call->report, NW_STATUS_USAGE);
    } else {
        take_unknown(&migration, &model);
        write_result(call, &migration, nw_symbol_bytes(run.eval.symbols, model.framework));
        if (migration.untranslated.count)
            nw_report_raise(call->report, NW_STATUS_FINDINGS);
        print_entries(call, &migration);
        nw_migration_release(&migration);
    }
    nw_model_release(&model);
    nw_run_end(&run);
    nw_arena_release(&arena);
}

/* ---- files without an entry ---- */

static void ignore_model(void *data, const nw_model *model, const char *qualified, nw_place place, bool is_class)
{
    (void)data, (void)model, (void)qualified, (void)place, (void)is_class;
}

static void migrate_run(migrate_call *call, nw_run *run)
{
    nw_migration migration;
    const nw_value *module = nw_dict_find_name(run->eval.modules, run->module_name);
    const char *from = nw_symbol_bytes(run->eval.symbols, nw_framework_of(&run->eval));
    if (!module || module->kind != NW_MODULE || !*from || strcmp(from, call->options->to) == 0)
        return; /* nothing of a framework in it */
    if (!nw_migrate_program(&migration, &run->eval, from, call->options->to, nw_unset(), module->as.module)) {
        nw_report_message(call->report, "from `%s` to `%s`: not yet", from, call->options->to);
        nw_report_raise(call->report, NW_STATUS_USAGE);
        return;
    }
    write_result(call, &migration, from);
    if (migration.untranslated.count)
        nw_report_raise(call->report, NW_STATUS_FINDINGS);
    print_entries(call, &migration);
    nw_migration_release(&migration);
}

static void migrate_file(void *data, uint32_t index)
{
    migrate_call *call = data;
    nw_arena arena;
    nw_run run;
    nw_diagnostics diagnostics;
    nw_open_request request = {call->files->paths[index], NULL};
    nw_arena_init(&arena);
    nw_diagnostics_init(&diagnostics);
    nw_roots roots = nw_roots_find(&arena, call->session, &call->files->paths[index], 1);
    nw_run_begin(&run, call->session, &roots, true);
    run.eval.trace = nw_arena_zero(&run.eval.arena, sizeof *run.eval.trace);
    if (nw_pipeline_open(&run, &request, ignore_model, NULL, &diagnostics))
        migrate_run(call, &run);
    else
        nw_report_raise(call->report, NW_STATUS_USAGE);
    for (uint32_t i = 0; i < diagnostics.count; i++)
        nw_message_line(&call->report->messages, &diagnostics.items[i], call->session->options.color);
    nw_run_end(&run);
    nw_diagnostics_release(&diagnostics);
    nw_arena_release(&arena);
}

/* One after the other: they share the report, and its order is that of the paths. */
static void migrate_files(void *data, uint32_t index)
{
    migrate_call *call = data;
    (void)index;
    for (uint32_t i = 0; i < call->files->count; i++)
        migrate_file(call, i);
}

void nw_migrate(nw_session *session, const nw_migrate_options *options, nw_result *result)
{
    nw_report report;
    nw_arena arena;
    nw_files files;
    nw_report_init(&report);
    nw_arena_init(&arena);
    nw_files_find(&files, &arena, options->paths, options->path_count, &report);
    migrate_call call = {.session = session, .options = options, .files = &files, .report = &report};
    if (report.status < NW_STATUS_USAGE && !nw_parallel_run(session, 1, options->entry ? migrate_closed : migrate_files, &call))
        nw_report_raise(&report, NW_STATUS_INTERNAL);
    nw_arena_release(&arena);
    nw_report_finish(&report, result);
}
