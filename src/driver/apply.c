#include "driver/apply.h"

#include <stdlib.h>
#include <string.h>

typedef struct accepted_edits {
    nw_arena arena;
    nw_finding_edit *items;
    uint32_t count, capacity;
} accepted_edits;

static bool is_same(const nw_finding_edit *a, const nw_finding_edit *b)
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

static bool fits(const accepted_edits *accepted, const nw_finding *finding)
{
    for (uint32_t i = 0; i < finding->edit_count; i++)
        for (uint32_t j = 0; j < accepted->count; j++)
            if (!is_same(&finding->edits[i], &accepted->items[j]) && is_conflict(&finding->edits[i], &accepted->items[j]))
                return false;
    return true;
}

static void accept(accepted_edits *accepted, const nw_finding *finding)
{
    uint32_t before = accepted->count;
    for (uint32_t i = 0; i < finding->edit_count; i++) {
        bool known = false;
        for (uint32_t j = 0; j < before && !known; j++)
            known = is_same(&finding->edits[i], &accepted->items[j]);
        if (known)
            continue;
        NW_ARENA_RESERVE(&accepted->arena, accepted->items, accepted->count, accepted->capacity);
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

bool nw_apply_findings(nw_findings *findings, const bool *wanted, const char *bytes, uint32_t size, bool mark, nw_buffer *out)
{
    accepted_edits accepted = {.count = 0};
    nw_arena_init(&accepted.arena);
    for (uint32_t i = 0; i < findings->count; i++)
        if (wanted[i] && fits(&accepted, &findings->items[i])) {
            accept(&accepted, &findings->items[i]);
            if (mark)
                findings->items[i].status = NW_FINDING_APPLIED;
        }
    if (accepted.count)
        qsort(accepted.items, accepted.count, sizeof *accepted.items, compare);
    uint32_t at = 0;
    for (uint32_t i = 0; i < accepted.count; i++) {
        nw_buffer_add(out, bytes + at, accepted.items[i].start - at);
        nw_buffer_add(out, accepted.items[i].text, accepted.items[i].size);
        at = accepted.items[i].end;
    }
    nw_buffer_add(out, bytes + at, size - at);
    bool any = accepted.count > 0;
    nw_arena_release(&accepted.arena);
    return any;
}
