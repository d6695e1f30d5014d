#include "match/finding.h"

#include <stdlib.h>
#include <string.h>

void nw_findings_init(nw_findings *findings)
{
    *findings = (nw_findings){0};
    nw_arena_init(&findings->arena);
}

void nw_findings_release(nw_findings *findings)
{
    nw_arena_release(&findings->arena);
    *findings = (nw_findings){0};
}

static const char *copy_text(nw_arena *arena, const char *text)
{
    return text ? nw_arena_copy(arena, text, strlen(text) + 1) : NULL;
}

void nw_findings_add(nw_findings *findings, const nw_finding *finding)
{
    nw_arena *arena = &findings->arena;
    nw_finding copy = *finding;
    copy.rule = copy_text(arena, finding->rule);
    copy.path = copy_text(arena, finding->path);
    copy.class_name = copy_text(arena, finding->class_name);
    copy.function = copy_text(arena, finding->function);
    copy.message = copy_text(arena, finding->message ? finding->message : "");
    copy.guard = copy_text(arena, finding->guard);
    copy.pays = copy_text(arena, finding->pays);
    copy.state = copy_text(arena, finding->state);
    copy.needs = nw_arena_alloc(arena, (finding->need_count + 1) * sizeof *copy.needs);
    for (uint32_t i = 0; i < finding->need_count; i++)
        copy.needs[i] = copy_text(arena, finding->needs[i]);
    copy.edits = nw_arena_alloc(arena, (finding->edit_count + 1) * sizeof *copy.edits);
    for (uint32_t i = 0; i < finding->edit_count; i++) {
        copy.edits[i] = finding->edits[i];
        copy.edits[i].text = nw_arena_copy(arena, finding->edits[i].text, finding->edits[i].size);
    }
    NW_ARENA_RESERVE(arena, findings->items, findings->count, findings->capacity);
    findings->items[findings->count++] = copy;
}

static int compare(const void *left, const void *right)
{
    const nw_finding *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    int by_rule = strcmp(a->rule, b->rule);
    return by_rule ? by_rule : (int)a->status - (int)b->status;
}

void nw_findings_sort(nw_findings *findings)
{
    if (findings->count)
        qsort(findings->items, findings->count, sizeof *findings->items, compare);
}
