#include "driver/revise.h"

#include "driver/apply.h"
#include "driver/pipeline.h"
#include "edit/compose.h"
#include "emit/message.h"
#include "eval/interpret.h"

#include <string.h>

enum { MAX_ROUNDS = 5 };

static bool is_meeting(const nw_finding *finding)
{
    return finding->status == NW_FINDING_REFUSED && finding->code == nw_diagnostic_row_of(NW_DIAG_OVERLAPPING)->code;
}

bool nw_revision_is_needed(const nw_findings *findings)
{
    for (uint32_t i = 0; i < findings->count; i++)
        if (is_meeting(&findings->items[i]))
            return true;
    return false;
}

/* ---- the text after the edits ---- */

/* What a run of the edited text finds, and how that text is. False: it cannot be read. */
static bool look(const nw_revision *revision, const nw_buffer *text, nw_findings *found, nw_health *health)
{
    nw_run run;
    nw_source source;
    nw_run_begin(&run, revision->session, revision->roots, NW_RUN_FILE);
    bool good = nw_source_copy(&source, revision->path, text->bytes, text->size) == NW_SOURCE_OK;
    nw_module *module = good ? nw_import_source(&run.eval, revision->path, &source) : NULL;
    good = module && module->ast;
    if (good)
        nw_match_module(&run.eval, module, revision->options, found, health);
    nw_findings_sort(found);
    nw_source_release(&source);
    nw_run_end(&run);
    return good;
}

static bool *wanted_of(const nw_revision *revision, const nw_findings *findings, nw_arena *arena)
{
    bool *wanted = nw_arena_zero(arena, (findings->count + 1) * sizeof *wanted);
    for (uint32_t i = 0; i < findings->count; i++)
        wanted[i] = revision->is_wanted(revision->data, &findings->items[i]);
    return wanted;
}

static void apply(const nw_revision *revision, bool *wanted, nw_arena *arena, nw_edits *edits, nw_buffer *text)
{
    nw_edits_of_findings(revision->findings, wanted, arena, edits);
    nw_edits_apply(edits, revision->source->bytes, revision->source->size, text);
}

/* Why the findings must not be applied together; NULL: they may. */
static const char *fault_of(const nw_revision *revision, bool *wanted)
{
    nw_arena arena;
    nw_findings found;
    nw_edits edits;
    nw_buffer text;
    nw_health after;
    nw_arena_init(&arena);
    nw_findings_init(&found);
    nw_buffer_init(&text);
    apply(revision, wanted, &arena, &edits, &text);
    bool good = look(revision, &text, &found, &after);
    const char *fault = !good ? "it cannot be read" : revision->compares ? nw_health_worse(&revision->before, &after) : NULL;
    nw_buffer_release(&text);
    nw_findings_release(&found);
    nw_arena_release(&arena);
    return fault;
}

/* ---- findings that do not pass ---- */

static void refuse(const nw_revision *revision, nw_finding *finding, const char *fault)
{
    nw_buffer message;
    nw_buffer_init(&message);
    nw_message_text(&message, NW_DIAG_WORSE, fault);
    nw_buffer_byte(&message, 0);
    finding->status = NW_FINDING_REFUSED;
    finding->code = nw_diagnostic_row_of(NW_DIAG_WORSE)->code;
    finding->message = nw_arena_copy(&revision->findings->arena, message.bytes, message.size);
    finding->edit_count = 0;
    nw_buffer_release(&message);
}

/* Which one it is: each is tried with those before it that passed. */
static void refuse_faulty(const nw_revision *revision, nw_arena *arena)
{
    const bool *wanted = wanted_of(revision, revision->findings, arena);
    bool *good = nw_arena_zero(arena, revision->findings->count + 1), *tried = nw_arena_zero(arena, revision->findings->count + 1);
    for (uint32_t i = 0; i < revision->findings->count; i++) {
        if (!wanted[i])
            continue;
        memcpy(tried, good, revision->findings->count);
        tried[i] = true;
        const char *fault = fault_of(revision, tried);
        if (fault)
            refuse(revision, &revision->findings->items[i], fault);
        good[i] = !fault;
    }
}

/* ---- what the next run found, as findings of the first text ---- */

/* Each edit by what became of it; those that became one are kept once. */
static void replace_edits(nw_finding *finding, const nw_edits *edits, const nw_finding_edit *became, nw_arena *arena)
{
    nw_finding_edit *changed = nw_arena_alloc(arena, (finding->edit_count + 1) * sizeof *changed);
    uint32_t count = 0;
    for (uint32_t i = 0; i < finding->edit_count; i++) {
        uint32_t number = 0;
        while (number < edits->count && !nw_edit_is_same(&edits->items[number], &finding->edits[i]))
            number++;
        if (number < edits->count && (count == 0 || !nw_edit_is_same(&changed[count - 1], &became[number]))) {
            changed[count] = became[number];
            changed[count].text = nw_arena_copy(arena, became[number].text, became[number].size); /* the composition goes before the findings */
            count++;
        }
    }
    finding->edits = changed;
    finding->edit_count = count;
}

static uint32_t offset_of_line(const nw_buffer *text, uint32_t line, bool end)
{
    uint32_t at = 0;
    for (uint32_t i = end ? 0 : 1; i < line; i++) {
        const char *newline = memchr(text->bytes + at, '\n', text->size - at);
        if (!newline)
            return (uint32_t)text->size;
        at = (uint32_t)(newline - text->bytes) + 1;
    }
    return end && at ? at - 1 : at;
}

static void place_before(const nw_revision *revision, nw_finding *finding, const nw_edits *edits, const nw_buffer *text)
{
    uint32_t first = nw_edits_place_before(edits->items, edits->count, offset_of_line(text, finding->line, false), false);
    uint32_t last = nw_edits_place_before(edits->items, edits->count, offset_of_line(text, finding->end_line, true), true);
    finding->line = nw_source_position(revision->source, first).line;
    finding->end_line = nw_source_position(revision->source, last > first ? last - 1 : last).line;
}

/* Findings that were refused because they met this one. */
static void drop_met(nw_findings *findings, const nw_finding *made)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < findings->count; i++) {
        const nw_finding *other = &findings->items[i];
        if (!is_meeting(other) || strcmp(other->rule, made->rule) != 0 || other->line > made->end_line || other->end_line < made->line)
            findings->items[kept++] = *other;
    }
    findings->count = kept;
}

static void join_findings(const nw_revision *revision, const bool *wanted, const nw_edits *first, nw_findings *found, nw_arena *arena, const nw_buffer *text)
{
    nw_edits second;
    bool *next = wanted_of(revision, found, arena);
    nw_edits_of_findings(found, next, arena, &second);
    nw_composition composition = {first->items, second.items, first->count, second.count, text->bytes, NULL, NULL};
    nw_edits_compose(&composition, arena);
    for (uint32_t i = 0; i < revision->findings->count; i++)
        if (wanted[i])
            replace_edits(&revision->findings->items[i], first, composition.of_first, &revision->findings->arena);
    for (uint32_t i = 0; i < found->count; i++) {
        nw_finding *finding = &found->items[i];
        if (!next[i])
            continue;
        replace_edits(finding, &second, composition.of_second, arena);
        place_before(revision, finding, first, text);
        drop_met(revision->findings, finding);
    }
    for (uint32_t i = 0; i < found->count; i++)
        if (next[i])
            nw_findings_add(revision->findings, &found->items[i]);
}

typedef enum progress { PROGRESS_DONE, PROGRESS_MORE, PROGRESS_FAULT } progress;

static progress run_round(const nw_revision *revision, nw_arena *arena, bool is_last)
{
    nw_edits edits;
    nw_buffer text;
    nw_findings found;
    nw_health after;
    progress result = PROGRESS_DONE;
    bool *wanted = wanted_of(revision, revision->findings, arena);
    nw_buffer_init(&text);
    nw_findings_init(&found);
    apply(revision, wanted, arena, &edits, &text);
    if (edits.count) {
        bool more = false, good = look(revision, &text, &found, &after);
        for (uint32_t i = 0; i < found.count && !more; i++)
            more = revision->is_wanted(revision->data, &found.items[i]);
        if (!good || (revision->compares && nw_health_worse(&revision->before, &after)))
            result = PROGRESS_FAULT;
        else if (more)
            result = is_last ? PROGRESS_FAULT : PROGRESS_MORE;
        if (result == PROGRESS_MORE)
            join_findings(revision, wanted, &edits, &found, arena, &text);
    }
    nw_findings_release(&found);
    nw_buffer_release(&text);
    return result;
}

void nw_revise(nw_revision *revision)
{
    nw_arena arena;
    nw_arena_init(&arena);
    progress result = PROGRESS_MORE;
    for (int i = 0; i < MAX_ROUNDS && result == PROGRESS_MORE; i++) {
        result = run_round(revision, &arena, i + 1 == MAX_ROUNDS);
        nw_findings_sort(revision->findings);
    }
    if (result == PROGRESS_FAULT)
        refuse_faulty(revision, &arena);
    nw_arena_release(&arena);
}
