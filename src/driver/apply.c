#include "driver/apply.h"

#include <stdlib.h>
#include <string.h>

bool nw_edit_is_same(const nw_finding_edit *a, const nw_finding_edit *b)
{
    return a->start == b->start && a->end == b->end && a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

/* Two insertions at one place follow each other; all else that meets is a conflict. */
static bool is_conflict(const nw_finding_edit *a, const nw_finding_edit *b)
{
    if (a->start == a->end && b->start == b->end)
        return false;
    return a->start < b->end && b->start < a->end;
}

static bool fits(const nw_edits *accepted, const nw_finding *finding)
{
    for (uint32_t i = 0; i < finding->edit_count; i++)
        for (uint32_t j = 0; j < accepted->count; j++)
            if (!nw_edit_is_same(&finding->edits[i], &accepted->items[j]) && is_conflict(&finding->edits[i], &accepted->items[j]))
                return false;
    return true;
}

static void accept(nw_edits *accepted, const nw_finding *finding)
{
    uint32_t before = accepted->count;
    for (uint32_t i = 0; i < finding->edit_count; i++) {
        bool known = false;
        for (uint32_t j = 0; j < before && !known; j++)
            known = nw_edit_is_same(&finding->edits[i], &accepted->items[j]);
        if (known)
            continue;
        NW_ARENA_RESERVE(accepted->arena, accepted->items, accepted->count, accepted->capacity);
        accepted->items[accepted->count++] = finding->edits[i];
    }
}

static int compare(const void *left, const void *right)
{
    const nw_finding_edit *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    int by_text = memcmp(a->text, b->text, a->size < b->size ? a->size : b->size);
    return by_text ? by_text : (int)a->size - (int)b->size;
}

void nw_edits_of_findings(const nw_findings *findings, bool *wanted, nw_arena *arena, nw_edits *edits)
{
    *edits = (nw_edits){.arena = arena};
    for (uint32_t i = 0; i < findings->count; i++) {
        wanted[i] = wanted[i] && fits(edits, &findings->items[i]);
        if (wanted[i])
            accept(edits, &findings->items[i]);
    }
    if (edits->count)
        qsort(edits->items, edits->count, sizeof *edits->items, compare);
}

void nw_edits_apply(const nw_edits *edits, const char *bytes, uint32_t size, nw_buffer *out)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < edits->count; i++) {
        nw_buffer_add(out, bytes + at, edits->items[i].start - at);
        nw_buffer_add(out, edits->items[i].text, edits->items[i].size);
        at = edits->items[i].end;
    }
    nw_buffer_add(out, bytes + at, size - at);
}
