/* Runs a compiled pattern over a text, by backtracking. */
#include "eval/regex_code.h"

#include "eval/convert.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_STEPS = 2000000 };

/* ---- characters ---- */

static uint32_t lower_of(uint32_t code)
{
    if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7) || (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F))
        return code + 32;
    return code;
}

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static bool is_word(uint32_t code)
{
    return code < 128 ? isalnum((int)code) || code == '_' : code >= 0xC0 || code == 0xAA || code == 0xB5 || code == 0xBA;
}

static bool is_space(uint32_t code)
{
    return (code >= 9 && code <= 13) || (code >= 0x1C && code <= 0x20) || code == 0x85 || code == 0xA0;
}

static bool in_ranges(const nw_regex_set *set, uint32_t code)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (code >= set->ranges[i].low && code <= set->ranges[i].high)
            return true;
    return (set->digit && is_digit(code)) || (set->not_digit && !is_digit(code)) || (set->word && is_word(code)) || (set->not_word && !is_word(code)) ||
           (set->space && is_space(code)) || (set->not_space && !is_space(code));
}

static uint32_t upper_of(uint32_t code)
{
    return code >= 32 && lower_of(code - 32) == code ? code - 32 : code;
}

static bool in_set(const nw_regex_set *set, uint32_t code, bool fold)
{
    bool inside = in_ranges(set, code) || (fold && (in_ranges(set, lower_of(code)) || in_ranges(set, upper_of(code))));
    return inside != set->negative;
}

/* Undo entries (slot >= 0) and choices (slot -1) in one stack. */
typedef struct entry {
    int32_t slot;
    uint32_t pc;
    int64_t value; /* position of a choice, old value of a slot */
} entry;

typedef struct machine {
    const nw_regex *regex;
    nw_text text;
    nw_regex_anchor anchor;
    int64_t *slots; /* group bounds, then marks */
    entry *stack;
    uint32_t count, capacity;
    uint32_t steps;
    bool too_long;
} machine;

static void push(machine *m, entry item)
{
    if (m->count == m->capacity) {
        m->capacity = m->capacity ? m->capacity * 2 : 256;
        entry *larger = realloc(m->stack, m->capacity * sizeof *larger);
        if (!larger) {
            m->too_long = true;
            m->count = 0;
            return;
        }
        m->stack = larger;
    }
    m->stack[m->count++] = item;
}

static void set_slot(machine *m, uint32_t slot, int64_t value)
{
    push(m, (entry){(int32_t)slot, 0, m->slots[slot]});
    m->slots[slot] = value;
}

static bool word_at(const machine *m, uint32_t at)
{
    return at < m->text.size && is_word(nw_character_code(m->text, at));
}

static uint32_t back(const machine *m, uint32_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)m->text.bytes[at] & 0xC0) == 0x80);
    return at;
}

static bool place_holds(const machine *m, nw_regex_operation op, uint32_t at)
{
    bool edge = (at > 0 && word_at(m, back(m, at))) != word_at(m, at);
    switch (op) {
    case OP_LINE_START: return at == 0 || m->text.bytes[at - 1] == '\n';
    case OP_LINE_END: return at == m->text.size || m->text.bytes[at] == '\n';
    case OP_TEXT_START: return at == 0;
    case OP_TEXT_END: return at == m->text.size;
    case OP_LAST_END: return at == m->text.size || (at + 1 == m->text.size && m->text.bytes[at] == '\n');
    case OP_WORD_EDGE: return edge;
    default: return !edge;
    }
}

static bool character_matches(const machine *m, const nw_regex_instruction *at, uint32_t position)
{
    if (position >= m->text.size)
        return false;
    uint32_t code = nw_character_code(m->text, position);
    switch (at->op) {
    case OP_CHARACTER: return at->fold ? lower_of(code) == lower_of((uint32_t)at->a) : code == (uint32_t)at->a;
    case OP_ANY: return true;
    case OP_ANY_BUT_NEWLINE: return code != '\n';
    default: return in_set(&m->regex->sets[at->a], code, at->fold);
    }
}

static bool run(machine *m, uint32_t pc, uint32_t position, uint32_t *end);

/* Choices made inside are gone afterwards; what a successful lookahead captured stays until something is undone. */
static bool look(machine *m, uint32_t pc, uint32_t position)
{
    const nw_regex_instruction *at = &m->regex->code[pc];
    uint32_t base = m->count, end;
    for (int32_t i = 0; i < at->width; i++) {
        if (position == 0)
            return at->negative;
        position = back(m, position);
    }
    bool found = run(m, pc + 1, position, &end);
    if (m->too_long)
        return false;
    uint32_t kept = base;
    for (uint32_t i = base; i < m->count && found && !at->negative; i++)
        if (m->stack[i].slot >= 0)
            m->stack[kept++] = m->stack[i];
    while (found && at->negative && m->count > base) {
        m->count--;
        if (m->stack[m->count].slot >= 0)
            m->slots[m->stack[m->count].slot] = m->stack[m->count].value;
    }
    m->count = kept;
    return found != at->negative;
}

static bool same_text(const machine *m, const nw_regex_instruction *at, uint32_t *position)
{
    const int64_t *span = m->slots + (size_t)at->a * 2;
    int64_t start = span[0], end = span[1];
    if (start < 0 || end < start || *position + (uint64_t)(end - start) > m->text.size)
        return false;
    for (int64_t i = 0; i < end - start; i++) {
        unsigned char a = (unsigned char)m->text.bytes[start + i], b = (unsigned char)m->text.bytes[*position + i];
        if (at->fold ? tolower(a) != tolower(b) : a != b)
            return false;
    }
    *position += (uint32_t)(end - start);
    return true;
}

/* One instruction. False: this way does not match. */
static bool step(machine *m, uint32_t *pc, uint32_t *position)
{
    const nw_regex_instruction *at = &m->regex->code[*pc];
    uint32_t next = *pc + 1;
    switch (at->op) {
    case OP_CHARACTER: case OP_ANY: case OP_ANY_BUT_NEWLINE: case OP_SET:
        if (!character_matches(m, at, *position))
            return false;
        *position += nw_character_size((unsigned char)m->text.bytes[*position]);
        break;
    case OP_SPLIT:
        push(m, (entry){-1, *pc + (uint32_t)at->b, *position});
        next = *pc + (uint32_t)at->a;
        break;
    case OP_JUMP:
        next = *pc + (uint32_t)at->a;
        break;
    case OP_SAVE:
        set_slot(m, (uint32_t)at->a, *position);
        break;
    case OP_MARK:
        set_slot(m, (m->regex->group_count + 1) * 2 + (uint32_t)at->a, *position);
        break;
    case OP_CHECK:
        next = m->slots[(m->regex->group_count + 1) * 2 + (uint32_t)at->a] == *position ? *pc + (uint32_t)at->b : next;
        break;
    case OP_BACK_REFERENCE:
        if (!same_text(m, at, position))
            return false;
        break;
    case OP_LOOK:
        if (!look(m, *pc, *position))
            return false;
        next = *pc + (uint32_t)at->b;
        break;
    default:
        if (!place_holds(m, (nw_regex_operation)at->op, *position))
            return false;
    }
    *pc = next;
    return true;
}

/* Undoes to the newest choice above `base`. False: there is none. */
static bool backtrack(machine *m, uint32_t base, uint32_t *pc, uint32_t *position)
{
    while (m->count > base) {
        entry item = m->stack[--m->count];
        if (item.slot < 0) {
            *pc = item.pc;
            *position = (uint32_t)item.value;
            return true;
        }
        m->slots[item.slot] = item.value;
    }
    return false;
}

static bool run(machine *m, uint32_t pc, uint32_t position, uint32_t *end)
{
    uint32_t base = m->count;
    for (;;) {
        if (++m->steps > MAX_STEPS || m->too_long) {
            m->too_long = true;
            return false;
        }
        uint8_t op = m->regex->code[pc].op;
        bool arrived = op == OP_LOOK_END || op == OP_MATCH;
        if (arrived && (op == OP_LOOK_END || m->anchor != NW_REGEX_FULL_MATCH || position == m->text.size)) {
            *end = position;
            return true;
        }
        if ((arrived || !step(m, &pc, &position)) && !backtrack(m, base, &pc, &position))
            return false;
    }
}

nw_regex_result nw_regex_run(const nw_regex *regex, nw_text text, uint32_t start, nw_regex_anchor anchor, int64_t *spans)
{
    uint32_t slot_count = (regex->group_count + 1) * 2 + regex->mark_count;
    machine m = {.regex = regex, .text = text, .anchor = anchor, .slots = malloc(slot_count * sizeof *m.slots)};
    nw_regex_result result = m.slots ? NW_REGEX_NONE : NW_REGEX_TOO_LONG;
    for (uint32_t at = start; m.slots && at <= text.size; at += at < text.size ? nw_character_size((unsigned char)text.bytes[at]) : 1) {
        uint32_t end;
        for (uint32_t i = 0; i < slot_count; i++)
            m.slots[i] = -1;
        m.count = 0;
        if (run(&m, 0, at, &end)) {
            memcpy(spans, m.slots, ((size_t)regex->group_count + 1) * 2 * sizeof *spans);
            spans[0] = at;
            spans[1] = end;
            result = NW_REGEX_FOUND;
            break;
        }
        if (m.too_long) {
            result = NW_REGEX_TOO_LONG;
            break;
        }
        if (anchor != NW_REGEX_SEARCH)
            break;
    }
    free(m.slots);
    free(m.stack);
    return result;
}
