#include "diag/diag.h"

#include <stdlib.h>
#include <string.h>

static const nw_diagnostic_row rows[] = {
#define NW_DIAGNOSTIC(id, code, level, format, help) {#id, code, NW_LEVEL_##level, format, help},
#include "diag/diag.def"
#undef NW_DIAGNOSTIC
};

const nw_diagnostic_row *nw_diagnostic_row_of(nw_diagnostic_id id)
{
    return &rows[id];
}

const nw_diagnostic_row *nw_diagnostic_with_code(uint16_t code)
{
    uint32_t id = 0;
    while (id + 1 < NW_DIAGNOSTIC_COUNT && rows[id].code != code)
        id++;
    return &rows[id];
}

void nw_diagnostics_init(nw_diagnostics *diagnostics)
{
    *diagnostics = (nw_diagnostics){0};
    nw_arena_init(&diagnostics->arena);
}

void nw_diagnostics_release(nw_diagnostics *diagnostics)
{
    nw_arena_release(&diagnostics->arena);
    *diagnostics = (nw_diagnostics){0};
}

void nw_diagnostics_add(nw_diagnostics *diagnostics, nw_diagnostic item)
{
    item.detail = nw_arena_copy(&diagnostics->arena, item.detail ? item.detail : "", strlen(item.detail ? item.detail : "") + 1);
    NW_ARENA_RESERVE(&diagnostics->arena, diagnostics->items, diagnostics->count, diagnostics->capacity);
    diagnostics->items[diagnostics->count++] = item;
}

static int compare(const void *left, const void *right)
{
    const nw_diagnostic *a = left, *b = right;
    int by_path = strcmp(a->path ? a->path : "", b->path ? b->path : "");
    if (by_path)
        return by_path;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return strcmp(a->detail, b->detail);
}

void nw_diagnostics_sort(nw_diagnostics *diagnostics)
{
    if (diagnostics->count == 0)
        return;
    qsort(diagnostics->items, diagnostics->count, sizeof *diagnostics->items, compare);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < diagnostics->count; i++)
        if (compare(&diagnostics->items[kept - 1], &diagnostics->items[i]) != 0)
            diagnostics->items[kept++] = diagnostics->items[i];
    diagnostics->count = kept;
}
