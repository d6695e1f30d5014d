#include "edit/compose.h"

#include "base/buffer.h"

#include <string.h>

/* Where the text of edit `number` starts in the text between. */
static uint32_t start_between(const nw_finding_edit *first, uint32_t number)
{
    int64_t moved = 0;
    for (uint32_t i = 0; i < number; i++)
        moved += (int64_t)first[i].size - (int64_t)(first[i].end - first[i].start);
    return (uint32_t)((int64_t)first[number].start + moved);
}

uint32_t nw_edits_place_before(const nw_finding_edit *first, uint32_t count, uint32_t offset, bool end)
{
    int64_t moved = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = (uint32_t)((int64_t)first[i].start + moved);
        if (offset < start)
            break;
        if (offset < start + first[i].size)
            return end ? first[i].end : first[i].start;
        moved += (int64_t)first[i].size - (int64_t)(first[i].end - first[i].start);
    }
    return (uint32_t)((int64_t)offset - moved);
}

/* A stretch of the text between that edits of both sides meet in: those from..to of each. */
typedef struct meeting {
    uint32_t start, end;
    uint32_t first_from, first_to, second_from, second_to;
} meeting;

/* Takes in everything that touches; true when it grew. */
static bool grow(const nw_composition *c, meeting *m)
{
    meeting old = *m;
    for (uint32_t i = 0; i < c->first_count; i++) {
        uint32_t start = start_between(c->first, i), end = start + c->first[i].size;
        if (start > m->end || end < m->start)
            continue;
        m->first_from = i < m->first_from ? i : m->first_from;
        m->first_to = i + 1 > m->first_to ? i + 1 : m->first_to;
        m->start = start < m->start ? start : m->start;
        m->end = end > m->end ? end : m->end;
    }
    for (uint32_t i = 0; i < c->second_count; i++) {
        if (c->second[i].start > m->end || c->second[i].end < m->start)
            continue;
        m->second_from = i < m->second_from ? i : m->second_from;
        m->second_to = i + 1 > m->second_to ? i + 1 : m->second_to;
        m->start = c->second[i].start < m->start ? c->second[i].start : m->start;
        m->end = c->second[i].end > m->end ? c->second[i].end : m->end;
    }
    return memcmp(&old, m, sizeof old) != 0;
}

static nw_finding_edit join(const nw_composition *c, const meeting *m, nw_arena *arena)
{
    nw_buffer text;
    nw_buffer_init(&text);
    uint32_t at = m->start;
    for (uint32_t i = m->second_from; i < m->second_to; i++) {
        nw_buffer_add(&text, c->between + at, c->second[i].start - at);
        nw_buffer_add(&text, c->second[i].text, c->second[i].size);
        at = c->second[i].end;
    }
    nw_buffer_add(&text, c->between + at, m->end - at);
    /* what lies in front of the first edit and behind the last one was copied */
    uint32_t start = c->first[m->first_from].start - (start_between(c->first, m->first_from) - m->start);
    uint32_t last = m->first_to - 1, last_end = start_between(c->first, last) + c->first[last].size;
    uint32_t end = c->first[last].end + (m->end - last_end);
    nw_finding_edit joined = {start, end, nw_arena_copy(arena, text.size ? text.bytes : "", text.size + (text.size == 0)), (uint32_t)text.size};
    nw_buffer_release(&text);
    return joined;
}

void nw_edits_compose(nw_composition *c, nw_arena *arena)
{
    c->of_first = nw_arena_zero(arena, (c->first_count + 1) * sizeof *c->of_first);
    c->of_second = nw_arena_zero(arena, (c->second_count + 1) * sizeof *c->of_second);
    if (c->first_count)
        memcpy(c->of_first, c->first, c->first_count * sizeof *c->of_first);
    for (uint32_t i = 0; i < c->second_count; i++) {
        meeting m = {c->second[i].start, c->second[i].end, UINT32_MAX, 0, i, i + 1};
        while (grow(c, &m))
            ;
        if (m.first_to == 0) { /* copied text on both sides: its neighbours of the same side do not matter */
            uint32_t start = nw_edits_place_before(c->first, c->first_count, c->second[i].start, false);
            c->of_second[i] = (nw_finding_edit){start, start + (c->second[i].end - c->second[i].start), c->second[i].text, c->second[i].size};
            continue;
        }
        nw_finding_edit joined = join(c, &m, arena);
        for (uint32_t k = m.first_from; k < m.first_to; k++)
            c->of_first[k] = joined;
        for (uint32_t k = m.second_from; k < m.second_to; k++)
            c->of_second[k] = joined;
        i = m.second_to - 1;
    }
}
