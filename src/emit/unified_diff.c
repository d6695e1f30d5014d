#include "emit/unified_diff.h"

#include "base/arena.h"

#include <stdbool.h>
#include <string.h>

enum { CONTEXT_LINES = 3, MAX_DIFFERENCES = 2000 };

typedef struct diff_line {
    const char *bytes; /* with its line end */
    size_t size;
    uint64_t hash;
} diff_line;

typedef struct diff_text {
    diff_line *lines;
    int32_t count;
} diff_text;

/* One run of lines: kept, or replaced. */
typedef struct diff_change {
    int32_t old_start, old_count, new_start, new_count;
} diff_change;

typedef struct diff_changes {
    diff_change *items;
    uint32_t count, capacity;
} diff_changes;

static diff_text split(nw_arena *arena, const char *bytes, size_t size)
{
    diff_text text = {NULL, 0};
    uint32_t count = 0, capacity = 0;
    for (size_t at = 0; at < size;) {
        const char *end = memchr(bytes + at, '\n', size - at);
        size_t next = end ? (size_t)(end - bytes) + 1 : size;
        uint64_t hash = 1469598103934665603u;
        for (size_t i = at; i < next; i++)
            hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
        NW_ARENA_RESERVE(arena, text.lines, count, capacity);
        text.lines[count++] = (diff_line){bytes + at, next - at, hash};
        at = next;
    }
    text.count = (int32_t)count;
    return text;
}

static bool equal(const diff_line *a, const diff_line *b)
{
    return a->hash == b->hash && a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* ---- Myers ---- */

typedef struct diff_search {
    nw_arena *arena;
    const diff_line *a, *b;
    int32_t n, m;
    int32_t **rows; /* rows[d][k + d]: the furthest x on diagonal k after d differences */
} diff_search;

/* Row d from row d - 1. True when the end was reached. */
static bool advance(diff_search *search, int32_t d)
{
    int32_t *row = nw_arena_alloc(search->arena, (size_t)(2 * d + 1) * sizeof *row);
    search->rows[d] = row;
    const int32_t *before = d ? search->rows[d - 1] : NULL;
    for (int32_t k = -d; k <= d; k += 2) {
        int32_t x = 0;
        if (d) {
            int32_t down = k + 1 <= d - 1 ? before[k + 1 + d - 1] : -1;
            int32_t right = k - 1 >= -(d - 1) ? before[k - 1 + d - 1] + 1 : -1;
            x = down > right ? down : right;
        }
        while (x < search->n && x - k < search->m && x - k >= 0 && equal(&search->a[x], &search->b[x - k]))
            x++;
        row[k + d] = x;
        if (x >= search->n && x - k >= search->m)
            return true;
    }
    return false;
}

/* Marks the lines that are left out and put in, walking back from the end. */
static void walk_back(const diff_search *search, int32_t d, bool *removed, bool *added)
{
    int32_t x = search->n, y = search->m;
    for (; d > 0; d--) {
        const int32_t *before = search->rows[d - 1];
        int32_t k = x - y;
        int32_t down = k + 1 <= d - 1 ? before[k + 1 + d - 1] : -1;
        int32_t right = k - 1 >= -(d - 1) ? before[k - 1 + d - 1] + 1 : -1;
        if (down > right) {
            x = down;
            y = x - k - 1;
            added[y] = true;
        } else {
            x = right - 1;
            y = x - (k - 1);
            removed[x] = true;
        }
    }
}

static void find_differences(nw_arena *arena, const diff_line *a, int32_t n, const diff_line *b, int32_t m, bool *removed, bool *added)
{
    diff_search search = {.arena = arena, .a = a, .b = b, .n = n, .m = m};
    int32_t limit = n + m < MAX_DIFFERENCES ? n + m : MAX_DIFFERENCES;
    search.rows = nw_arena_zero(arena, (size_t)(limit + 1) * sizeof *search.rows);
    for (int32_t d = 0; d <= limit; d++)
        if (advance(&search, d)) {
            walk_back(&search, d, removed, added);
            return;
        }
    memset(removed, true, (size_t)n); /* too different: the whole middle is replaced */
    memset(added, true, (size_t)m);
}

static diff_changes find_changes(nw_arena *arena, const diff_text *a, const diff_text *b)
{
    int32_t first = 0, last = 0;
    while (first < a->count && first < b->count && equal(&a->lines[first], &b->lines[first]))
        first++;
    while (last < a->count - first && last < b->count - first && equal(&a->lines[a->count - 1 - last], &b->lines[b->count - 1 - last]))
        last++;
    int32_t n = a->count - first - last, m = b->count - first - last;
    bool *removed = nw_arena_zero(arena, (size_t)n + 1), *added = nw_arena_zero(arena, (size_t)m + 1);
    find_differences(arena, a->lines + first, n, b->lines + first, m, removed, added);
    diff_changes changes = {0};
    for (int32_t x = 0, y = 0; x < n || y < m;) {
        int32_t from_x = x, from_y = y;
        while (x < n && removed[x])
            x++;
        while (y < m && added[y])
            y++;
        if (x > from_x || y > from_y) {
            NW_ARENA_RESERVE(arena, changes.items, changes.count, changes.capacity);
            changes.items[changes.count++] = (diff_change){first + from_x, x - from_x, first + from_y, y - from_y};
        } else {
            x++;
            y++;
        }
    }
    return changes;
}

/* ---- writing ---- */

static void write_lines(nw_buffer *out, char sign, const diff_text *text, int32_t start, int32_t end)
{
    for (int32_t i = start; i < end; i++) {
        const diff_line *line = &text->lines[i];
        nw_buffer_byte(out, sign);
        nw_buffer_add(out, line->bytes, line->size);
        if (line->bytes[line->size - 1] != '\n')
            nw_buffer_text(out, "\n\\ No newline at end of file\n");
    }
}

static void write_range(nw_buffer *out, char sign, int32_t start, int32_t count)
{
    nw_buffer_format(out, "%c%d", sign, count ? start + 1 : start);
    if (count != 1)
        nw_buffer_format(out, ",%d", count);
}

/* The changes [from, to) are close to each other: one hunk. */
static void write_hunk(nw_buffer *out, const diff_text *a, const diff_text *b, const diff_changes *changes, uint32_t from, uint32_t to)
{
    const diff_change *first = &changes->items[from], *last = &changes->items[to - 1];
    int32_t before = first->old_start < CONTEXT_LINES ? first->old_start : CONTEXT_LINES;
    int32_t left = a->count - (last->old_start + last->old_count);
    int32_t after = left < CONTEXT_LINES ? left : CONTEXT_LINES;
    int32_t old_start = first->old_start - before, old_end = last->old_start + last->old_count + after;
    int32_t new_start = first->new_start - before, new_end = last->new_start + last->new_count + after;
    nw_buffer_text(out, "@@ ");
    write_range(out, '-', old_start, old_end - old_start);
    nw_buffer_byte(out, ' ');
    write_range(out, '+', new_start, new_end - new_start);
    nw_buffer_text(out, " @@\n");
    int32_t at = old_start;
    for (uint32_t i = from; i < to; i++) {
        const diff_change *change = &changes->items[i];
        write_lines(out, ' ', a, at, change->old_start);
        write_lines(out, '-', a, change->old_start, change->old_start + change->old_count);
        write_lines(out, '+', b, change->new_start, change->new_start + change->new_count);
        at = change->old_start + change->old_count;
    }
    write_lines(out, ' ', a, at, old_end);
}

/* As git does: names with quotes, backslashes, control or non-ASCII bytes stand in quotes, with octal escapes. */
static void write_name(nw_buffer *out, char side, const char *path)
{
    bool quoted = false;
    for (const char *c = path; *c; c++)
        quoted |= (unsigned char)*c < 32 || (unsigned char)*c >= 127 || *c == '"' || *c == '\\';
    nw_buffer_format(out, "%s%c/", quoted ? "\"" : "", side);
    for (const char *c = path; *c; c++) {
        if (*c == '"' || *c == '\\')
            nw_buffer_format(out, "\\%c", *c);
        else if ((unsigned char)*c < 32 || (unsigned char)*c >= 127)
            nw_buffer_format(out, "\\%03o", (unsigned char)*c);
        else
            nw_buffer_byte(out, *c);
    }
    nw_buffer_text(out, quoted ? "\"\n" : strchr(path, ' ') ? "\t\n" : "\n"); /* a tab ends a name with blanks */
}

void nw_unified_diff(nw_buffer *out, const char *path, const char *old_bytes, size_t old_size, const char *new_bytes, size_t new_size)
{
    nw_arena arena;
    nw_arena_init(&arena);
    diff_text a = split(&arena, old_bytes, old_size), b = split(&arena, new_bytes, new_size);
    diff_changes changes = find_changes(&arena, &a, &b);
    if (changes.count) {
        nw_buffer_text(out, "--- ");
        write_name(out, 'a', path);
        nw_buffer_text(out, "+++ ");
        write_name(out, 'b', path);
    }
    for (uint32_t from = 0; from < changes.count;) {
        uint32_t to = from + 1;
        while (to < changes.count &&
               changes.items[to].old_start - (changes.items[to - 1].old_start + changes.items[to - 1].old_count) <= 2 * CONTEXT_LINES)
            to++;
        write_hunk(out, &a, &b, &changes, from, to);
        from = to;
    }
    nw_arena_release(&arena);
}
