/* `optimize`: from paths to findings, diffs and rewritten files. */
#include "driver/apply.h"
#include "driver/files.h"
#include "driver/load.h"
#include "driver/parallel.h"
#include "driver/pipeline.h"
#include "driver/revise.h"
#include "driver/stored.h"
#include "driver/unused_imports.h"
#include "driver/users.h"
#include "driver/write_file.h"
#include "emit/findings_emit.h"
#include "emit/message.h"
#include "emit/unified_diff.h"
#include "eval/interpret.h"
#include "match/match.h"
#include "match/users.h"
#include "source/packages.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct optimize_call {
    const nw_session *session;
    const nw_optimize_options *options;
    const nw_files *files;
    nw_packages *packages;
    nw_stored stored;
    nw_users users;
    nw_user_store user_store;
    const nw_rules *rules;
    const bool *selected; /* one for each rule */
    const bool *insists;  /* the same: asked for by its own name */
    struct optimize_file *results;
    nw_report *report;
    nw_stats stats;
} optimize_call;

/* What one file gave. */
typedef struct optimize_file {
    const char *path;
    nw_findings findings;
    nw_buffer diff, messages;
    nw_status_code status;
    nw_stats stats;
} optimize_file;

static bool check_options(const nw_optimize_options *options, nw_report *report)
{
    static const char *const formats[] = {"diff", "text", "json", "sarif", "github"};
    bool known = false;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        known |= strcmp(options->format, formats[i]) == 0;
    if (!known)
        nw_report_message(report, "--format takes diff, text, json, sarif or github, not `%s`", options->format);
    else if (options->write && options->check)
        nw_report_message(report, "--write and --check exclude each other");
    else
        return true;
    nw_report_raise(report, NW_STATUS_USAGE);
    return false;
}

/* ---- rules ---- */

/* Whether a list of selectors, separated by commas, names the rule. */
static bool is_named(const nw_rules *rules, const nw_rule *rule, const char *list)
{
    for (const char *at = list; at && *at; at += *at == ',') {
        size_t size = strcspn(at, ",");
        if (size && nw_rule_selected(rules, rule, at, size))
            return true;
        at += size;
    }
    return false;
}

static bool names_something(const nw_rules *rules, const char *selector, size_t size)
{
    for (uint32_t i = 0; i < rules->count; i++)
        if (nw_rule_selected(rules, &rules->items[i], selector, size))
            return true;
    return false;
}

/* Every selector must mean something: a misspelt one would silently find nothing. */
static bool check_selectors(const nw_rules *rules, const char *list, nw_report *report)
{
    bool good = true;
    for (const char *at = list; at && *at; at += *at == ',') {
        size_t size = strcspn(at, ",");
        if (size && !names_something(rules, at, size)) {
            nw_report_message(report, "there is no rule or pack `%.*s`; `netwright rules list` lists them", (int)size, at);
            nw_report_raise(report, NW_STATUS_USAGE);
            good = false;
        }
        at += size;
    }
    return good;
}

static const bool *select_rules(nw_arena *arena, const nw_rules *rules, const nw_optimize_options *options)
{
    bool *selected = nw_arena_zero(arena, (rules->count + 1) * sizeof *selected);
    for (uint32_t i = 0; i < rules->count; i++) {
        const nw_rule *rule = &rules->items[i];
        selected[i] = options->select ? is_named(rules, rule, options->select) : !is_named(rules, rule, "adopter-legacy");
        if (is_named(rules, rule, options->ignore))
            selected[i] = false;
    }
    return selected;
}

/* Rules that --select names one by one are wanted wherever they fit; a pack is wanted where its rules pay. */
static const bool *insisted_rules(nw_arena *arena, const nw_rules *rules, const nw_optimize_options *options)
{
    bool *insists = nw_arena_zero(arena, (rules->count + 1) * sizeof *insists);
    for (uint32_t i = 0; i < rules->count; i++) {
        const char *id = nw_symbol_bytes(rules->symbols, rules->items[i].id);
        for (const char *at = options->select; at && *at && !insists[i]; at += *at == ',') {
            size_t size = strcspn(at, ",");
            insists[i] = size == strlen(id) && memcmp(at, id, size) == 0;
            at += size;
        }
    }
    return insists;
}

/* ---- one file ---- */

static bool is_wanted(const optimize_call *call, const nw_finding *finding)
{
    return finding->status == NW_FINDING_APPLICABLE && finding->edit_count && (finding->need_count == 0 || call->options->assume_installed) &&
           (finding->safety == NW_FINDING_SAFE || (finding->safety == NW_FINDING_UNSAFE && call->options->unsafe));
}

static void write_result(const optimize_call *call, optimize_file *file, const nw_source *source, const nw_buffer *text, const bool *applied)
{
    char problem[160];
    if (nw_file_replace(file->path, source->modified, source->bytes, source->size, text->bytes, text->size, problem))
        return;
    nw_buffer_format(&file->messages, "netwright: %s: %s\n", file->path, problem);
    file->status = NW_STATUS_USAGE;
    for (uint32_t i = 0; i < file->findings.count; i++)
        if (applied[i] && file->findings.items[i].status == NW_FINDING_APPLIED)
            file->findings.items[i].status = NW_FINDING_APPLICABLE;
    (void)call;
}

/* Whether somebody sees what becomes of the file. */
static bool shows_edits(const optimize_call *call)
{
    return !call->options->check || strcmp(call->options->format, "json") == 0 || strcmp(call->options->format, "sarif") == 0;
}

/* True: findings have more edits, which take out what the others leave unused. */
static bool drops_imports(const optimize_call *call, optimize_file *file, const bool *wanted, const nw_source *source, const nw_buffer *text)
{
    nw_source after;
    nw_source_borrow(&after, file->path, text->bytes, text->size);
    bool changed = nw_unused_imports_drop(&file->findings, wanted, source, &after, call->session->symbols);
    nw_source_release(&after);
    return changed;
}

static void apply(const optimize_call *call, optimize_file *file, nw_arena *arena, const nw_source *source)
{
    bool *wanted = nw_arena_zero(arena, (file->findings.count + 1) * sizeof *wanted);
    nw_edits edits;
    nw_buffer text;
    for (uint32_t i = 0; i < file->findings.count; i++)
        wanted[i] = is_wanted(call, &file->findings.items[i]);
    nw_edits_of_findings(&file->findings, wanted, arena, &edits);
    nw_buffer_init(&text);
    nw_edits_apply(&edits, source->bytes, source->size, &text);
    if (edits.count && shows_edits(call) && drops_imports(call, file, wanted, source, &text)) {
        nw_edits_of_findings(&file->findings, wanted, arena, &edits);
        nw_buffer_clear(&text);
        nw_edits_apply(&edits, source->bytes, source->size, &text);
    }
    for (uint32_t i = 0; i < file->findings.count && call->options->write; i++)
        if (wanted[i])
            file->findings.items[i].status = NW_FINDING_APPLIED;
    if (edits.count && call->options->write)
        write_result(call, file, source, &text, wanted);
    else if (edits.count && !call->options->check && strcmp(call->options->format, "diff") == 0)
        nw_unified_diff(&file->diff, strncmp(file->path, "./", 2) == 0 ? file->path + 2 : file->path, source->bytes, source->size, text.bytes, text.size);
    nw_buffer_release(&text);
}

static nw_stored_results results_of(optimize_file *file)
{
    return (nw_stored_results){&file->findings, &file->messages, &file->stats};
}

static void add_paths(optimize_file *file)
{
    for (uint32_t i = 0; i < file->findings.count; i++)
        file->findings.items[i].path = file->path;
}

static bool is_wanted_finding(const void *call, const nw_finding *finding)
{
    return is_wanted(call, finding);
}

/* Sites that only functions reach which a limit ended are missing: silence would be wrong. */
static void report_stops(const optimize_call *call, optimize_file *file, const nw_eval *eval, nw_module *module)
{
    if (!eval->stopped_roots)
        return;
    nw_position place = {1, 1};
    if (eval->first_stop_place.module == module)
        place = nw_source_position(&module->source, eval->first_stop_place.start);
    char detail[120];
    snprintf(detail, sizeof detail, ": %u function%s of this file %s not followed to the end, and sites in them may be missing", eval->stopped_roots,
             eval->stopped_roots == 1 ? "" : "s", eval->stopped_roots == 1 ? "was" : "were");
    nw_message_line(&file->messages, &(nw_diagnostic){.id = eval->first_stop, .path = file->path, .line = place.line, .column = place.column, .detail = detail},
                    call->session->options.color);
}

/* Takes the source over. */
static void find_sites(optimize_call *call, optimize_file *file, nw_run *run, nw_arena *arena, nw_source *source, const nw_roots *roots, const nw_digest *key, nw_user_files *users)
{
    nw_match_options options = {.rules = call->rules, .selected = call->selected, .insists = call->insists, .unsafe = call->options->unsafe,
                                .assume_installed = call->options->assume_installed, .packages = call->packages, .users = users};
    nw_module *module = nw_import_source(&run->eval, file->path, source);
    run->read_seconds = nw_seconds() - run->started;
    if (module && module->ast) {
        if (module->ast->error_count) {
            nw_position place = nw_source_position(&module->source, module->ast->first_error);
            nw_message_line(&file->messages, &(nw_diagnostic){.id = NW_DIAG_SYNTAX_ERROR, .path = file->path, .line = place.line, .column = place.column, .detail = ""},
                            call->session->options.color);
        }
        nw_revision revision = {.session = call->session, .path = file->path, .roots = roots, .options = &options, .findings = &file->findings,
                                .source = &module->source, .is_wanted = is_wanted_finding, .data = call, .compares = !call->options->check};
        nw_match_module(&run->eval, module, &options, &file->findings, revision.compares ? &revision.before : NULL);
        report_stops(call, file, &run->eval, module);
        nw_findings_sort(&file->findings);
        if (revision.compares || nw_revision_is_needed(&file->findings))
            nw_revise(&revision);
        run->model_seconds = nw_seconds() - run->started - run->read_seconds;
        nw_findings_sort(&file->findings);
        nw_stats_add_module(&file->stats, module);
        nw_stored_results results = results_of(file);
        nw_stored_save(&call->stored, key, &run->eval, &results);
        add_paths(file);
        apply(call, file, arena, &module->source);
    }
    nw_stats_add_run(&file->stats, run);
}

static void optimize_one(void *data, uint32_t index)
{
    optimize_call *call = data;
    optimize_file *file = &call->results[index];
    nw_arena arena;
    nw_diagnostics diagnostics;
    nw_source source;
    nw_arena_init(&arena);
    nw_diagnostics_init(&diagnostics);
    if (nw_load(&source, file->path, call->session->options.max_file_size, &diagnostics)) {
        nw_roots roots = nw_roots_find(&arena, call->session, &file->path, 1);
        nw_user_files users = {.store = &call->user_store};
        users.files = nw_users_of(&call->users, &arena, index, &users.count);
        users.used = nw_used_by(&call->users, &arena, index, &users.used_count);
        users.near = nw_used_near(&call->users, &arena, index, users.files, users.count, &users.near_count);
        users.own = index;
        nw_digest key = nw_stored_key(&call->stored, file->path, &roots, &source, &users);
        nw_stored_results results = results_of(file);
        if (nw_stored_load(&call->stored, &key, &results)) {
            add_paths(file);
            apply(call, file, &arena, &source);
        } else {
            nw_run run;
            nw_run_begin(&run, call->session, &roots, NW_RUN_FILE);
            find_sites(call, file, &run, &arena, &source, &roots, &key, &users);
            nw_run_end(&run);
        }
        nw_source_release(&source);
    } else {
        file->status = NW_STATUS_USAGE;
        nw_message_line(&file->messages, &diagnostics.items[0], call->session->options.color);
    }
    nw_diagnostics_release(&diagnostics);
    nw_arena_release(&arena);
}

/* ---- all files ---- */

static bool is_asked_for(const optimize_call *call, const nw_finding *finding)
{
    uint32_t line = call->options->line;
    return !line || (finding->line <= line && line <= finding->end_line);
}

static nw_finding_list list_findings(const optimize_call *call, nw_arena *arena)
{
    nw_finding_list list = {NULL, 0, call->files->count};
    uint32_t capacity = 0;
    for (uint32_t i = 0; i < call->files->count; i++)
        for (uint32_t j = 0; j < call->results[i].findings.count; j++) {
            if (!is_asked_for(call, &call->results[i].findings.items[j]))
                continue;
            NW_ARENA_RESERVE(arena, list.items, list.count, capacity);
            list.items[list.count++] = &call->results[i].findings.items[j];
        }
    return list;
}

/* Which `pip install` the findings that were left out take. */
static void report_needs(const nw_finding_list *list, const nw_session *session, nw_report *report)
{
    nw_buffer needs;
    nw_buffer_init(&needs);
    for (uint32_t i = 0; i < list->count; i++)
        for (uint32_t j = 0; j < list->items[i]->need_count; j++)
            if (!needs.size || !strstr(needs.bytes, list->items[i]->needs[j]))
                nw_buffer_format(&needs, " '%s'", list->items[i]->needs[j]);
    if (needs.size && session->options.verbosity >= 0)
        nw_report_message(report, "some rewrites need packages that are not installed: pip install%s", needs.bytes);
    nw_buffer_release(&needs);
}

/* Where the rules have sites, when the line that is asked for has none. */
static void explain_nothing(const optimize_call *call, nw_buffer *out)
{
    for (uint32_t i = 0; i < call->files->count; i++) {
        const optimize_file *file = &call->results[i];
        nw_buffer_format(out, "%s:%u: nothing here looks like what %s finds", file->path, call->options->line, call->options->select);
        for (uint32_t j = 0; j < file->findings.count; j++)
            nw_buffer_format(out, "%s %u", j ? "," : "; it has sites in lines", file->findings.items[j].line);
        nw_buffer_format(out, "\n  `netwright rules explain %s` says what it looks for.\n", call->options->select);
    }
}

static void explain(const optimize_call *call, const nw_finding_list *list, nw_buffer *out)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const nw_finding *finding = list->items[i];
        nw_finding_line(finding, call->session->options.color, out);
        nw_buffer_format(out, "  matched: lines %u to %u", finding->line, finding->end_line);
        if (finding->function)
            nw_buffer_format(out, " of %s%s%s", finding->class_name ? finding->class_name : "", finding->class_name ? "." : "", finding->function);
        nw_buffer_byte(out, '\n');
        if (finding->code)
            nw_buffer_format(out, "  %s\n", nw_diagnostic_with_code(finding->code)->help);
        else if (finding->safety == NW_FINDING_UNSAFE)
            nw_buffer_text(out, "  It takes --unsafe.\n");
    }
    if (!list->count)
        explain_nothing(call, out);
}

static void emit(const optimize_call *call, const nw_finding_list *list)
{
    if (call->options->line) {
        explain(call, list, &call->report->output);
        return;
    }
    const char *format = call->options->format;
    nw_report *report = call->report;
    if (strcmp(format, "json") == 0)
        nw_findings_json(list, &report->output);
    else if (strcmp(format, "sarif") == 0)
        nw_findings_sarif(list, &report->output);
    else if (strcmp(format, "github") == 0)
        nw_findings_github(list, &report->output);
    bool is_diff = strcmp(format, "diff") == 0;
    if (is_diff || strcmp(format, "text") == 0)
        for (uint32_t i = 0; i < list->count; i++)
            nw_finding_line(list->items[i], call->session->options.color, is_diff && !call->options->check ? &report->messages : &report->output);
    if (is_diff)
        for (uint32_t i = 0; i < call->files->count; i++)
            nw_buffer_add(&report->output, call->results[i].diff.bytes, call->results[i].diff.size);
}

/* An applicable finding is a reason for status 1, wherever it was left unapplied. */
static void join_results(optimize_call *call, nw_arena *arena)
{
    for (uint32_t i = 0; i < call->files->count; i++) {
        nw_buffer_add(&call->report->messages, call->results[i].messages.bytes, call->results[i].messages.size);
        nw_report_raise(call->report, call->results[i].status);
        nw_stats_add(&call->stats, &call->results[i].stats);
    }
    nw_finding_list list = list_findings(call, arena);
    for (uint32_t i = 0; i < list.count; i++)
        if (list.items[i]->status == NW_FINDING_APPLICABLE)
            nw_report_raise(call->report, NW_STATUS_FINDINGS);
    emit(call, &list);
    report_needs(&list, call->session, call->report);
}

static void optimize(nw_session *session, const nw_optimize_options *options, const nw_rules *rules, nw_report *report)
{
    nw_arena arena;
    nw_files files;
    double started = nw_seconds();
    nw_packages packages;
    nw_packages_begin(&packages, session->options.python);
    nw_arena_init(&arena);
    nw_files_find(&files, &arena, options->paths, options->path_count, report);
    optimize_call call = {.session = session, .options = options, .files = &files, .packages = &packages, .report = report, .rules = rules,
                          .selected = select_rules(&arena, rules, options), .insists = insisted_rules(&arena, rules, options)};
    nw_stored_open(&call.stored, session, options, &packages);
    nw_users_find(&call.users, &arena, session, &files);
    nw_user_store_init(&call.user_store, session->symbols, files.paths, files.count, session->options.max_file_size);
    call.results = nw_arena_zero(&arena, (files.count + 1) * sizeof *call.results);
    for (uint32_t i = 0; i < files.count; i++) {
        call.results[i].path = files.paths[i];
        nw_findings_init(&call.results[i].findings);
        nw_buffer_init(&call.results[i].diff);
        nw_buffer_init(&call.results[i].messages);
    }
    if (!nw_parallel_run(session, files.count, optimize_one, &call)) {
        nw_report_message(report, "no thread can be started");
        nw_report_raise(report, NW_STATUS_INTERNAL);
    }
    nw_stored_close(&call.stored);
    nw_user_store_release(&call.user_store);
    join_results(&call, &arena);
    nw_stats_json(&call.stats, session->trees, nw_seconds() - started, &report->stats);
    for (uint32_t i = 0; i < files.count; i++) {
        nw_findings_release(&call.results[i].findings);
        nw_buffer_release(&call.results[i].diff);
        nw_buffer_release(&call.results[i].messages);
    }
    nw_packages_release(&packages);
    nw_arena_release(&arena);
}

/* The files live as long as the rules. */
static bool add_rule_files(nw_rules *rules, const nw_session *session, const nw_optimize_options *options, nw_source *files, nw_report *report)
{
    bool good = true;
    for (size_t i = 0; i < options->rule_file_count; i++) {
        uint32_t first = rules->message_count;
        if (nw_source_load(&files[i], options->rule_files[i], session->options.max_file_size) != NW_SOURCE_OK) {
            nw_report_message(report, "%s: cannot be read%s%s", options->rule_files[i], files[i].problem[0] ? ": " : "", files[i].problem);
            good = false;
        } else if (!nw_rules_add(rules, files[i].path, files[i].bytes, files[i].size)) {
            while (first < rules->message_count && rules->messages[first].level != NW_RULE_ERROR)
                first++;
            const nw_rule_message *message = first < rules->message_count ? &rules->messages[first] : NULL;
            nw_report_message(report, "%s:%u:%u: %s; `netwright rules lint` says more", options->rule_files[i], message ? message->span.line : 1u,
                              message ? message->span.column : 1u, message ? message->text : "not a good rule file");
            good = false;
        }
    }
    if (!good)
        nw_report_raise(report, NW_STATUS_USAGE);
    return good;
}

void nw_optimize(nw_session *session, const nw_optimize_options *options, nw_result *result)
{
    nw_report report;
    nw_rules rules; /* read-only once it is made: all threads share it */
    nw_report_init(&report);
    nw_rules_init(&rules, session->symbols);
    nw_rules_add_embedded(&rules);
    nw_arena arena; /* the texts of rule files */
    nw_arena_init(&arena);
    nw_source *files = nw_arena_zero(&arena, (options->rule_file_count + 1) * sizeof *files);
    bool good = add_rule_files(&rules, session, options, files, &report);
    if (good && check_options(options, &report) && check_selectors(&rules, options->select, &report) && check_selectors(&rules, options->ignore, &report))
        optimize(session, options, &rules, &report);
    for (size_t i = 0; i < options->rule_file_count; i++)
        nw_source_release(&files[i]);
    nw_arena_release(&arena);
    nw_rules_release(&rules);
    nw_report_finish(&report, result);
}
