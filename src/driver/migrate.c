/* `migrate`: from a program to the same one in another framework. */
#include "driver/files.h"
#include "driver/gate.h"
#include "driver/migration_write.h"
#include "driver/parallel.h"
#include "driver/pipeline.h"
#include "emit/message.h"
#include "emit/migration_map.h"
#include "migrate/layout.h"
#include "migrate/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct migrate_call {
    const nw_session *session;
    const nw_migrate_options *options;
    const nw_files *files;
    nw_report *report;
    nw_written_packages packages; /* of files without an entry: each is written alone, and what one left for all */
    nw_buffer map;
} migrate_call;

/* ---- what is said ---- */

static void add_entries(nw_diagnostics *list, const nw_migration_entries *entries)
{
    for (uint32_t i = 0; i < entries->count; i++) {
        const nw_migration_entry *entry = &entries->items[i];
        nw_position place = nw_source_position(&entry->module->source, entry->start);
        nw_diagnostics_add(list, (nw_diagnostic){.id = entry->id, .path = entry->module->path, .start = entry->start, .line = place.line,
                                                 .column = place.column, .detail = entry->detail});
    }
}

static void print_list(const migrate_call *call, const nw_diagnostics *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        nw_message_line(&call->report->messages, &list->items[i], call->session->options.color);
    if (list->count)
        nw_report_raise(call->report, NW_STATUS_FINDINGS);
}

/* What evaluation does not need, and not something that has no row. */
static bool is_note(nw_diagnostic_id id)
{
    return nw_diagnostic_row_of(id)->level == NW_LEVEL_NOTE;
}

/* What was left out, trains another way, or stays untranslated where nothing runs: how much, and with --verbose what. */
static void print_notes(const migrate_call *call, const nw_diagnostics *notes)
{
    uint32_t left_out = 0, training = 0, unreached = 0;
    for (uint32_t i = 0; i < notes->count; i++) {
        left_out += notes->items[i].id == NW_DIAG_LEFT_OUT;
        training += notes->items[i].id == NW_DIAG_TRAINS_OTHERWISE;
        unreached += !is_note(notes->items[i].id);
        if (call->session->options.verbosity > 0)
            nw_message_line(&call->report->messages, &notes->items[i], call->session->options.color);
    }
    if (left_out || training)
        nw_report_message(call->report, "the same in evaluation, not in training: %u left out, %u another way (`notes` of the map; --verbose prints them)", left_out, training);
    if (unreached)
        nw_report_message(call->report, "not translated in code that was not seen to run: %u (marked there; `notes` of the map; --verbose prints them)", unreached);
}

/* ---- writing ---- */

static void write_map(const migrate_call *call, const nw_buffer *text)
{
    if (call->options->folder)
        nw_migration_write_file(call->options->folder, "netwright.json", text, call->report);
    if (call->options->report)
        nw_migration_write_file(NULL, call->options->report, text, call->report);
}

static void show_program(const migrate_call *call, const nw_migration *migration)
{
    if (call->options->write)
        nw_migration_write_in_place(migration, call->report);
    else if (!call->options->folder)
        nw_migration_print_diff(migration, call->report);
}

static void print_layout(nw_report *report, const nw_migration *migration, const char *kept)
{
    unsigned long long transposes = (unsigned long long)nw_layout_transposes(migration->layout);
    if (migration->layout)
        nw_report_message(report, "read back, it is the same network; layout: channels %s, %llu transpose%s", migration->tables.to_first ? "first" : "last", transposes,
                          transposes == 1 ? "" : "s");
    else if (kept)
        nw_report_message(report, "read back, it is the same network; layout: that of the source, no transposes; channels last: %s", kept);
    else
        nw_report_message(report, "read back, it is the same network; layout: that of the source, no transposes");
}

/* `kept`: why it has the source's layout, NULL where nothing else was asked for. */
static void print_summary(const migrate_call *call, const nw_migration *migration, const nw_diagnostics *untranslated, bool equal, const char *kept)
{
    nw_report *report = call->report;
    uint32_t changed = 0;
    for (uint32_t i = 0; i < migration->file_count; i++)
        changed += migration->files[i].is_changed;
    nw_report_message(report, "%u of %u files changed (%llu lines), %llu of %llu calls translated, %u places not", changed, migration->file_count,
                      (unsigned long long)migration->lines, (unsigned long long)migration->translated, (unsigned long long)migration->calls, untranslated->count);
    if (equal && call->options->folder) {
        print_layout(report, migration, kept);
        nw_report_message(report, "weights:   netwright weights %s/netwright.json CHECKPOINT CONVERTED", call->options->folder);
        nw_report_message(report, "check it:  netwright verify --map %s/netwright.json", call->options->folder);
    }
}

/* ---- one program, from its entry ---- */

/* A folder of its own for what is read back where none is to be written. */
static const char *make_scratch(nw_arena *arena)
{
    const char *base = getenv("TMPDIR");
    char text[1024];
    snprintf(text, sizeof text, "%s/netwright-XXXXXX", base && *base ? base : "/tmp");
    return mkdtemp(text) ? nw_arena_copy(arena, text, strlen(text) + 1) : NULL;
}

static const char *entry_file(const nw_migration *migration, const nw_model *model)
{
    for (uint32_t i = 0; i < migration->file_count; i++)
        if (migration->files[i].module == model->fallback.module)
            return migration->files[i].path;
    return NULL;
}

typedef struct migrated_program {
    const migrate_call *call;
    const nw_request *request;
    const nw_model *model;
    const nw_natives *natives;
    nw_migration migration;
    const char *from, *folder;
    const char *spelling; /* of the target, where it is not the tables' own */
    nw_diagnostics untranslated, notes;
    nw_gate gate;
    bool opened, equal;  /* the gate */
    bool told;           /* --verbose: why it is not written without adapters */
    const char *kept;    /* why the channels are not last, where that was tried */
} migrated_program;

static void release_program(migrated_program *program)
{
    if (program->opened)
        nw_gate_close(&program->gate);
    nw_diagnostics_release(&program->untranslated);
    nw_diagnostics_release(&program->notes);
    nw_migration_release(&program->migration);
}

/* Whether a note is of something that adapters would do. */
static bool is_for_adapters(const migrated_program *program, const nw_translations *others, const nw_migration_entry *note)
{
    if (is_note(note->id) || nw_is_beside_entry(&program->migration, note))
        return false;
    nw_symbol name = nw_symbol_of(program->model->eval->symbols, note->detail);
    if (nw_translations_holds(&program->migration.tables, "of_symbols", name, NULL))
        return false;
    if (note->id == NW_DIAG_CALLED_OTHERWISE)
        return nw_translations_holds(&program->migration.tables, "native_methods", name, NULL);
    return note->id != NW_DIAG_NOT_TRANSLATED || strchr(note->detail, ' ') || nw_translation_find(others, NW_ROW_TRANSLATION, name) || nw_translation_find(others, NW_ROW_ADAPTER, name) ||
           nw_translation_find(others, NW_ROW_DROPPED, name) || nw_translation_find(others, NW_ROW_VALUE, name) || nw_translation_find(others, NW_ROW_ATTRIBUTE, name);
}

/* Whether something has no row, also where the entry does not come to: adapters know more. What stands in definitions of which nothing runs stays
 * as it was, marked: they are programs of their own. */
static bool is_partial(const migrated_program *program)
{
    nw_translations others;
    if (program->untranslated.count || !nw_translations_load(&others, program->model->eval, program->from, program->call->options->to))
        return true;
    for (uint32_t i = 0; i < program->migration.notes.count; i++)
        if (is_for_adapters(program, &others, &program->migration.notes.items[i]))
            return true;
    return false;
}

/* Rewrites the program in one layout and, unless something is known to be missing, reads it back. False: there are no tables for it. */
static bool write_once(migrated_program *program, bool channels_last, bool free_features)
{
    const migrate_call *call = program->call;
    const nw_model *model = program->model;
    nw_migration *migration = &program->migration;
    nw_migrate_task task = {.from = program->from, .to = call->options->to, .spelling = program->spelling, .entry = call->options->entry,
                            .root = model->root, .first = (nw_module *)model->fallback.module, .channels_last = channels_last ? model : NULL,
                            .natives = program->natives, .free_features = free_features};
    program->opened = program->equal = false;
    if (!nw_migrate_program(migration, model->eval, &task))
        return false;
    nw_diagnostics_init(&program->untranslated);
    nw_diagnostics_init(&program->notes);
    add_entries(&program->untranslated, &migration->untranslated);
    add_entries(&program->notes, &migration->notes);
    for (uint32_t i = 0; i < model->unknown.count; i++) /* what the reader did not understand cannot be translated */
        nw_diagnostics_add(&program->untranslated, model->unknown.items[i]);
    nw_diagnostics_sort(&program->untranslated);
    nw_diagnostics_sort(&program->notes);
    const char *entry = entry_file(migration, model);
    if (!entry)
        nw_diagnostics_add(&program->untranslated, (nw_diagnostic){.id = NW_DIAG_GATE, .path = model->fallback.module->path, .line = 1, .column = 1,
                                                                   .detail = "the file of the entry is none of the program"});
    if (program->spelling && is_partial(program))
        return true;
    if (!program->folder || !nw_migration_write_files(migration, program->folder, NULL, call->report) || program->untranslated.count || !entry)
        return true;
    program->opened = true;
    program->equal = nw_gate_open(&program->gate, call->session, program->request, model, migration, program->folder, entry);
    if (!program->equal)
        nw_diagnostics_add(&program->untranslated, program->gate.problem);
    return true;
}

/* --verbose: why adapters are written, or migrated like the rest of the program. */
static void print_given_up(const migrate_call *call, const migrated_program *program)
{
    nw_report_message(call->report, "not with what `%s` has in the place of adapters:", call->options->to);
    for (uint32_t i = 0; i < program->untranslated.count; i++)
        nw_message_line(&call->report->messages, &program->untranslated.items[i], call->session->options.color);
    nw_diagnostics notes;
    nw_translations others;
    nw_diagnostics_init(&notes);
    bool known = nw_translations_load(&others, program->model->eval, program->from, call->options->to);
    for (uint32_t i = 0; i < program->migration.notes.count; i++) {
        if (known && is_for_adapters(program, &others, &program->migration.notes.items[i]))
            add_entries(&notes, &(nw_migration_entries){.items = &program->migration.notes.items[i], .count = 1});
    }
    for (uint32_t i = 0; i < notes.count; i++)
        nw_message_line(&call->report->messages, &notes.items[i], call->session->options.color);
    nw_diagnostics_release(&notes);
}

/* Where permuting weights is asked for and does not lead to an equal network, flattens are turned after all. */
static bool write_and_check(migrated_program *program, bool channels_last)
{
    const char *flatten = program->call->options->flatten;
    bool free_features = strcmp(flatten, "permute-weights") == 0 || (program->spelling && strcmp(flatten, "auto") == 0);
    bool known = write_once(program, channels_last, free_features);
    if (known && !program->equal && nw_layout_free_count(program->migration.layout)) {
        if (program->spelling && program->call->session->options.verbosity > 0)
            print_given_up(program->call, program);
        program->told = program->spelling != NULL;
        release_program(program);
        known = write_once(program, channels_last, false);
    }
    return known;
}

/* Writes the map, and says what there is to say. */
static void finish_program(const migrated_program *program)
{
    const migrate_call *call = program->call;
    const nw_migration *migration = &program->migration;
    nw_migration_map map = {.from = program->from, .to = call->options->to, .entry = call->options->entry, .source = program->model,
                            .module = nw_symbol_bytes(program->model->eval->symbols, program->model->fallback.module->name),
                            .path = program->model->fallback.module->path, .inputs = call->options->inputs, .input_count = call->options->input_count,
                            .untranslated = &program->untranslated, .notes = &program->notes, .lines = migration->lines, .calls = migration->calls,
                            .translated = migration->translated, .transposes = nw_layout_transposes(migration->layout), .moved = nw_layout_moved(migration->layout)};
    map.target = program->opened && program->gate.is_read ? &program->gate.target : NULL;
    map.comparison = program->equal ? &program->gate.comparison : NULL;
    nw_buffer text;
    nw_buffer_init(&text);
    nw_migration_map_write(&map, &text);
    write_map(call, &text);
    nw_buffer_release(&text);
    show_program(call, migration);
    print_list(call, &program->untranslated);
    print_summary(call, migration, &program->untranslated, program->equal, program->kept);
    print_notes(call, &program->notes);
}

/* A plain network takes one at each end. */
enum { MAX_TRANSPOSES = 2 };

/* Why `auto` keeps the source's layout although channels last were tried; NULL: they are last, or nothing would gain from it. */
static const char *objection(const migrated_program *program)
{
    unsigned long long transposes = (unsigned long long)nw_layout_transposes(program->migration.layout);
    nw_buffer text;
    if (!program->migration.layout || (program->equal && transposes <= MAX_TRANSPOSES) || (!program->equal && !program->untranslated.count))
        return NULL;
    nw_buffer_init(&text);
    if (program->equal) {
        nw_buffer_format(&text, "it would take %llu transposes", transposes);
    } else {
        const nw_diagnostic *first = &program->untranslated.items[0];
        if (first->path)
            nw_buffer_format(&text, "%s:%u: ", first->path, first->line);
        nw_message_text(&text, first->id, first->detail);
    }
    const char *copy = nw_arena_copy(&program->model->eval->arena, text.bytes, text.size + 1);
    nw_buffer_release(&text);
    return copy;
}

/* Writes the program without adapters, as one would by hand. False: some of its calls need one, or the gate does not prove it. */
static bool write_idiomatic(migrated_program *program)
{
    const migrate_call *call = program->call;
    if (strcmp(program->from, "keras") != 0 || strcmp(call->options->to, "torch") != 0 || program->natives || !program->folder)
        return false;
    program->spelling = "torch_native";
    bool known = write_and_check(program, strcmp(call->options->layout, "channels_last") != 0);
    if (known && program->equal)
        return true;
    if (known && call->session->options.verbosity > 0 && !program->told)
        print_given_up(call, program);
    if (known && program->opened)
        nw_migration_remove_files(&program->migration, program->folder);
    if (known)
        release_program(program);
    program->spelling = NULL;
    return false;
}

/* False: it was tried with what the target has itself in the place of definitions of the program, and nothing was said because that does
 * not work. */
static bool migrate_model(const migrate_call *call, const nw_request *request, const nw_model *model, const nw_natives *natives, const char *from)
{
    const char *layout = call->options->layout;
    bool may_move = strcmp(from, "torch") == 0 && strcmp(layout, "channels_first") != 0 && !natives;
    migrated_program program = {.call = call, .request = request, .model = model, .natives = natives, .from = from};
    program.folder = call->options->folder ? call->options->folder : make_scratch(&model->eval->arena);
    bool known = write_idiomatic(&program) || write_and_check(&program, may_move);
    const char *kept = known && !program.spelling && strcmp(layout, "auto") == 0 ? objection(&program) : NULL;
    if (kept) {
        bool was_equal = program.equal;
        program.kept = kept;
        release_program(&program);
        known = write_and_check(&program, false);
        if (known && was_equal && !program.equal) { /* many transposes are better than nothing */
            release_program(&program);
            known = write_and_check(&program, true);
        }
    } else if (known && may_move && !program.migration.layout && strcmp(layout, "channels_last") == 0) {
        program.kept = "nothing in it would gain";
    }
    if (!known) {
        nw_report_message(call->report, "from `%s` to `%s`: not yet", from, call->options->to);
        nw_report_raise(call->report, NW_STATUS_USAGE);
        return true;
    }
    bool done = program.equal || !natives;
    if (!done && call->session->options.verbosity > 0)
        print_given_up(call, &program);
    if (program.folder && done)
        finish_program(&program);
    if (program.folder && !call->options->folder)
        nw_migration_remove_files(&program.migration, program.folder);
    release_program(&program);
    return done;
}

static bool read_program(const migrate_call *call, nw_run *run, const nw_roots *roots, const nw_request *request, nw_model *model, nw_diagnostic_id *problem_id,
                         const char **problem, const nw_stand_ins *stand_ins)
{
    nw_run_begin(run, call->session, roots, NW_RUN_TRANSLATION);
    run->environment.stand_ins = stand_ins;
    run->eval.trace = nw_arena_zero(&run->eval.arena, sizeof *run->eval.trace);
    return nw_pipeline_closed(run, request, model, problem_id, problem);
}

/* --verbose: why the program is not read with what the target has in the place of adapters. */
static void print_unread(const migrate_call *call, nw_diagnostic_id problem_id, const char *problem)
{
    nw_report_message(call->report, "not with what `%s` has in the place of adapters:", call->options->to);
    nw_message_line(&call->report->messages, &(nw_diagnostic){.id = problem_id, .detail = problem}, call->session->options.color);
}

static bool migrate_with_natives(const migrate_call *call, const nw_roots *roots, const nw_request *request, nw_eval *eval, const nw_natives *natives, const char *from)
{
    nw_stand_ins stand_ins;
    nw_run run;
    nw_model model;
    nw_diagnostic_id problem_id;
    const char *problem = "";
    nw_natives_stand_ins(natives, eval, &stand_ins);
    bool is_read = read_program(call, &run, roots, request, &model, &problem_id, &problem, &stand_ins);
    if (!is_read && call->session->options.verbosity > 0)
        print_unread(call, problem_id, problem);
    bool done = is_read && migrate_model(call, request, &model, natives, from);
    nw_model_release(&model);
    nw_run_end(&run);
    return done;
}

/* A program that came from the target is read again, its adapters being what they stand for. */
static bool migrate_back(const migrate_call *call, const nw_roots *roots, const nw_request *request, nw_eval *eval, const char *from)
{
    nw_natives natives;
    nw_natives_find(&natives, eval, from, call->options->to, request->entry);
    return natives.count && (migrate_with_natives(call, roots, request, eval, &natives, from) ||
                             (nw_natives_keep_containers(&natives, eval, request->entry) && migrate_with_natives(call, roots, request, eval, &natives, from)));
}

static void migrate_closed(void *data, uint32_t index)
{
    migrate_call *call = data;
    const nw_migrate_options *options = call->options;
    (void)index;
    nw_arena arena;
    nw_run run;
    nw_model model;
    nw_arena_init(&arena);
    nw_request request = {.entry = options->entry, .path = call->files->count == 1 ? call->files->paths[0] : NULL, .inputs = options->inputs,
                          .input_count = options->input_count, .is_loaded = true};
    nw_diagnostic_id problem_id;
    const char *problem = "";
    nw_roots roots = nw_roots_find(&arena, call->session, call->files->paths, call->files->count);
    if (read_program(call, &run, &roots, &request, &model, &problem_id, &problem, NULL)) {
        const char *from = nw_symbol_bytes(run.eval.symbols, nw_framework_of(&run.eval));
        if (!migrate_back(call, &roots, &request, &run.eval, from))
            migrate_model(call, &request, &model, NULL, from);
    } else {
        nw_message_line(&call->report->messages, &(nw_diagnostic){.id = problem_id, .detail = problem}, call->session->options.color);
        nw_report_raise(call->report, NW_STATUS_USAGE);
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
    nw_migrate_task task = {.from = from, .to = call->options->to, .root = nw_unset(), .only = module->as.module};
    if (!nw_migrate_program(&migration, &run->eval, &task)) {
        nw_report_message(call->report, "from `%s` to `%s`: not yet", from, call->options->to);
        nw_report_raise(call->report, NW_STATUS_USAGE);
        return;
    }
    nw_diagnostics untranslated, notes;
    nw_diagnostics_init(&untranslated);
    nw_diagnostics_init(&notes);
    add_entries(&untranslated, &migration.untranslated);
    add_entries(&notes, &migration.notes);
    nw_migration_map map = {.from = from, .to = call->options->to, .entry = "", .untranslated = &untranslated, .notes = &notes, .lines = migration.lines,
                            .calls = migration.calls, .translated = migration.translated};
    if (!call->options->folder || nw_migration_write_files(&migration, call->options->folder, &call->packages, call->report)) {
        nw_buffer_clear(&call->map);
        nw_migration_map_write(&map, &call->map);
        show_program(call, &migration);
    }
    print_list(call, &untranslated);
    print_summary(call, &migration, &untranslated, false, NULL);
    print_notes(call, &notes);
    nw_diagnostics_release(&untranslated);
    nw_diagnostics_release(&notes);
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
    nw_run_begin(&run, call->session, &roots, NW_RUN_FILE);
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
    nw_arena arena;
    nw_arena_init(&arena);
    call->packages = (nw_written_packages){.arena = &arena};
    nw_buffer_init(&call->map);
    for (uint32_t i = 0; i < call->files->count; i++)
        migrate_file(call, i);
    if (call->map.size) /* that of the last one */
        write_map(call, &call->map);
    nw_buffer_release(&call->map);
    nw_arena_release(&arena);
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
