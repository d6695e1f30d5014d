#include "eval/regex_code.h"

#include "eval/convert.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CODE = 20000, MAX_BRANCHES = 512, MAX_MARKS = 1000 };

typedef struct parser {
    nw_arena *arena;
    nw_regex *regex;
    nw_text text;
    uint32_t at;
    unsigned flags;
    unsigned depth;
    const char *problem;
} parser;

/* ---- code ---- */

static void fail(parser *p, const char *problem)
{
    if (!p->problem)
        p->problem = problem;
    p->at = p->text.size;
}

static uint32_t emit(parser *p, nw_regex_operation op, int32_t a, int32_t b)
{
    nw_regex *regex = p->regex;
    if (regex->count >= MAX_CODE) {
        fail(p, "the pattern is too large");
        return 0;
    }
    NW_ARENA_RESERVE(p->arena, regex->code, regex->count, regex->capacity);
    regex->code[regex->count] = (nw_regex_instruction){.op = (uint8_t)op, .fold = p->flags & NW_REGEX_IGNORE_CASE, .width = -1, .a = a, .b = b};
    return regex->count++;
}

static void insert(parser *p, uint32_t at, nw_regex_operation op, int32_t a, int32_t b)
{
    emit(p, op, a, b);
    nw_regex_instruction last = p->regex->code[p->regex->count - 1];
    memmove(&p->regex->code[at + 1], &p->regex->code[at], (p->regex->count - 1 - at) * sizeof last);
    p->regex->code[at] = last;
}

static bool more(const parser *p)
{
    return p->at < p->text.size && !p->problem;
}

static char peek(const parser *p)
{
    return more(p) ? p->text.bytes[p->at] : 0;
}

static bool take(parser *p, char byte)
{
    if (peek(p) != byte || !more(p))
        return false;
    p->at++;
    return true;
}

static uint32_t take_code(parser *p)
{
    uint32_t code = nw_character_code(p->text, p->at);
    p->at += nw_character_size((unsigned char)p->text.bytes[p->at]);
    return code;
}

/* ---- sets and escapes ---- */

static void add_range(parser *p, nw_regex_set *set, uint32_t low, uint32_t high)
{
    NW_ARENA_RESERVE(p->arena, set->ranges, set->count, set->capacity);
    set->ranges[set->count++] = (struct range){low, high};
}

static bool add_class(nw_regex_set *set, char letter)
{
    switch (letter) {
    case 'd': set->digit = true; return true;
    case 'D': set->not_digit = true; return true;
    case 'w': set->word = true; return true;
    case 'W': set->not_word = true; return true;
    case 's': set->space = true; return true;
    case 'S': set->not_space = true; return true;
    default: return false;
    }
}

static uint32_t hexadecimal(parser *p, unsigned digits)
{
    uint32_t code = 0;
    for (; digits > 0; digits--, p->at++) {
        if (!more(p) || !isxdigit((unsigned char)peek(p))) {
            fail(p, "incomplete escape");
            return 0;
        }
        char digit = (char)tolower((unsigned char)peek(p));
        code = code * 16 + (uint32_t)(isdigit((unsigned char)digit) ? digit - '0' : digit - 'a' + 10);
    }
    return code;
}

/* The character that an escape stands for; the backslash was taken. */
static uint32_t escaped_character(parser *p)
{
    if (!more(p)) {
        fail(p, "bad escape (end of pattern)");
        return 0;
    }
    uint32_t code = take_code(p);
    switch (code) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'f': return '\f';
    case 'v': return '\v';
    case 'a': return '\a';
    case '0': {
        uint32_t value = 0;
        for (int i = 0; i < 2 && peek(p) >= '0' && peek(p) <= '7'; i++)
            value = value * 8 + (uint32_t)(p->text.bytes[p->at++] - '0');
        return value;
    }
    case 'x': return hexadecimal(p, 2);
    case 'u': return hexadecimal(p, 4);
    case 'U': return hexadecimal(p, 8);
    default:
        if (code < 128 && isalnum((int)code))
            fail(p, "bad escape");
        return code;
    }
}

static nw_regex_set *new_set(parser *p)
{
    nw_regex *regex = p->regex;
    NW_ARENA_RESERVE(p->arena, regex->sets, regex->set_count, regex->set_capacity);
    regex->sets[regex->set_count] = (nw_regex_set){0};
    return &regex->sets[regex->set_count++];
}

/* One end of a range, or a class (then false). */
static bool set_member(parser *p, nw_regex_set *set, uint32_t *code)
{
    if (!take(p, '\\')) {
        *code = take_code(p);
        return true;
    }
    if (add_class(set, peek(p))) {
        p->at++;
        return false;
    }
    if (take(p, 'b')) {
        *code = '\b';
        return true;
    }
    *code = escaped_character(p);
    return true;
}

static void parse_set(parser *p)
{
    nw_regex_set *set = new_set(p);
    set->negative = take(p, '^');
    for (bool first = true; first || peek(p) != ']'; first = false) {
        uint32_t low, high;
        if (!more(p)) {
            fail(p, "unterminated character set");
            return;
        }
        if (!set_member(p, set, &low))
            continue;
        high = low;
        if (peek(p) == '-' && p->at + 1 < p->text.size && p->text.bytes[p->at + 1] != ']') {
            p->at++;
            if (!set_member(p, set, &high) || high < low) {
                fail(p, "bad character range");
                return;
            }
        }
        add_range(p, set, low, high);
    }
    p->at++;
    emit(p, OP_SET, (int32_t)(set - p->regex->sets), 0);
}

static void parse_escape(parser *p)
{
    static const struct { char letter; nw_regex_operation op; } places[] = {
        {'A', OP_TEXT_START}, {'Z', OP_TEXT_END}, {'b', OP_WORD_EDGE}, {'B', OP_NO_WORD_EDGE},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (take(p, places[i].letter)) {
            emit(p, places[i].op, 0, 0);
            return;
        }
    char next = peek(p);
    if (next >= '1' && next <= '9') {
        int32_t number = 0;
        for (int i = 0; i < 2 && isdigit((unsigned char)peek(p)); i++)
            number = number * 10 + p->text.bytes[p->at++] - '0';
        if ((uint32_t)number > p->regex->group_count)
            fail(p, "invalid group reference");
        emit(p, OP_BACK_REFERENCE, number, 0);
        return;
    }
    if (next && strchr("dDwWsS", next)) {
        nw_regex_set *set = new_set(p);
        add_class(set, next);
        p->at++;
        emit(p, OP_SET, (int32_t)(set - p->regex->sets), 0);
        return;
    }
    uint32_t code = escaped_character(p);
    emit(p, OP_CHARACTER, (int32_t)code, 0);
}

/* ---- groups ---- */

static void parse_alternatives(parser *p);

/* Characters that a stretch of code matches, -1 when that varies. */
static int32_t width_of(const nw_regex *regex, uint32_t from, uint32_t to)
{
    int32_t width = 0;
    for (uint32_t i = from; i < to; i++) {
        const nw_regex_instruction *at = &regex->code[i];
        switch (at->op) {
        case OP_CHARACTER: case OP_ANY: case OP_ANY_BUT_NEWLINE: case OP_SET:
            width++;
            break;
        case OP_SPLIT: { /* an alternative: [split, first, jump over the second, second] of equal widths */
            uint32_t second = i + (uint32_t)at->b;
            if (at->a != 1 || at->b < 2 || regex->code[second - 1].op != OP_JUMP || regex->code[second - 1].a <= 0)
                return -1;
            uint32_t end = second - 1 + (uint32_t)regex->code[second - 1].a;
            int32_t one = width_of(regex, i + 1, second - 1), other = width_of(regex, second, end);
            if (one < 0 || one != other)
                return -1;
            width += one;
            i = end - 1;
            break;
        }
        case OP_LOOK:
            i += (uint32_t)at->b - 1;
            break;
        case OP_JUMP: case OP_BACK_REFERENCE: case OP_MARK: case OP_CHECK:
            return -1;
        default:
            break;
        }
    }
    return width;
}

static void close_group(parser *p)
{
    if (!take(p, ')'))
        fail(p, "missing ), unterminated subpattern");
}

static void parse_look(parser *p, bool behind, bool negative)
{
    uint32_t look = emit(p, OP_LOOK, 0, 0);
    parse_alternatives(p);
    uint32_t body_end = p->regex->count;
    emit(p, OP_LOOK_END, 0, 0);
    if (p->problem)
        return;
    nw_regex_instruction *at = &p->regex->code[look];
    at->negative = negative;
    at->b = (int32_t)(p->regex->count - look);
    at->width = behind ? width_of(p->regex, look + 1, body_end) : -1;
    if (behind && at->width < 0)
        fail(p, "look-behind requires fixed-width pattern");
    close_group(p);
}

static nw_text take_name(parser *p, char end)
{
    uint32_t start = p->at;
    while (more(p) && peek(p) != end)
        p->at++;
    nw_text name = {p->text.bytes + start, p->at - start};
    if (!take(p, end) || name.size == 0)
        fail(p, "bad group name");
    return name;
}

static void parse_capture(parser *p, nw_text name)
{
    if (p->regex->group_count + 1 >= NW_REGEX_MAX_GROUPS) {
        fail(p, "too many groups");
        return;
    }
    int32_t group = (int32_t)++p->regex->group_count;
    p->regex->names[group] = name;
    emit(p, OP_SAVE, group * 2, 0);
    parse_alternatives(p);
    emit(p, OP_SAVE, group * 2 + 1, 0);
    close_group(p);
}

static void parse_named_reference(parser *p)
{
    nw_text name = take_name(p, ')');
    for (uint32_t i = 1; i <= p->regex->group_count; i++)
        if (p->regex->names[i].size == name.size && name.size && memcmp(p->regex->names[i].bytes, name.bytes, name.size) == 0) {
            emit(p, OP_BACK_REFERENCE, (int32_t)i, 0);
            return;
        }
    fail(p, "unknown group name");
}

static unsigned flag_of(char letter)
{
    switch (letter) {
    case 'i': return NW_REGEX_IGNORE_CASE;
    case 'm': return NW_REGEX_MULTILINE;
    case 's': return NW_REGEX_DOT_ALL;
    case 'x': return NW_REGEX_VERBOSE;
    default: return 0;
    }
}

/* (?i) for what follows, (?i:...) and (?-i:...) for the group. */
static void parse_flags(parser *p)
{
    unsigned before = p->flags;
    bool off = false;
    for (; more(p) && peek(p) != ')' && peek(p) != ':'; p->at++) {
        if (peek(p) == '-')
            off = true;
        else if (!strchr("imsxauL", peek(p)))
            fail(p, "unknown extension");
        else
            p->flags = off ? p->flags & ~flag_of(peek(p)) : p->flags | flag_of(peek(p));
    }
    if (take(p, ')'))
        return;
    if (!take(p, ':'))
        fail(p, "missing -, : or )");
    parse_alternatives(p);
    p->flags = before;
    close_group(p);
}

static void parse_group(parser *p)
{
    if (!take(p, '?')) {
        parse_capture(p, (nw_text){"", 0});
    } else if (take(p, ':')) {
        unsigned before = p->flags;
        parse_alternatives(p);
        p->flags = before;
        close_group(p);
    } else if (take(p, '=')) {
        parse_look(p, false, false);
    } else if (take(p, '!')) {
        parse_look(p, false, true);
    } else if (take(p, '#')) {
        while (more(p) && peek(p) != ')')
            p->at++;
        close_group(p);
    } else if (take(p, 'P')) {
        if (take(p, '<'))
            parse_capture(p, take_name(p, '>'));
        else if (take(p, '='))
            parse_named_reference(p);
        else
            fail(p, "unknown extension");
    } else if (take(p, '<')) {
        bool negative = peek(p) == '!';
        if (!take(p, '=') && !take(p, '!'))
            fail(p, "unknown extension");
        else
            parse_look(p, true, negative);
    } else {
        parse_flags(p);
    }
}

/* ---- sequences ---- */

static void skip_space(parser *p)
{
    while (p->flags & NW_REGEX_VERBOSE && more(p) && (isspace((unsigned char)peek(p)) || peek(p) == '#')) {
        if (peek(p) == '#')
            while (more(p) && peek(p) != '\n')
                p->at++;
        else
            p->at++;
    }
}

static void parse_atom(parser *p)
{
    if (take(p, '(')) {
        parse_group(p);
    } else if (take(p, '[')) {
        parse_set(p);
    } else if (take(p, '\\')) {
        parse_escape(p);
    } else if (take(p, '.')) {
        emit(p, p->flags & NW_REGEX_DOT_ALL ? OP_ANY : OP_ANY_BUT_NEWLINE, 0, 0);
    } else if (take(p, '^')) {
        emit(p, p->flags & NW_REGEX_MULTILINE ? OP_LINE_START : OP_TEXT_START, 0, 0);
    } else if (take(p, '$')) {
        emit(p, p->flags & NW_REGEX_MULTILINE ? OP_LINE_END : OP_LAST_END, 0, 0);
    } else if (peek(p) == '*' || peek(p) == '+' || peek(p) == '?') {
        fail(p, "nothing to repeat");
    } else {
        uint32_t code = take_code(p);
        emit(p, OP_CHARACTER, (int32_t)code, 0);
    }
}

static bool take_number(parser *p, int32_t *number)
{
    if (!isdigit((unsigned char)peek(p)))
        return false;
    *number = 0;
    while (isdigit((unsigned char)peek(p)) && *number < MAX_CODE)
        *number = *number * 10 + p->text.bytes[p->at++] - '0';
    return true;
}

/* *high is -1 without an upper bound. False: no repetition here ({ may be a plain character). */
static bool take_repetition(parser *p, int32_t *low, int32_t *high)
{
    *low = 0;
    *high = -1;
    if (take(p, '*'))
        return true;
    if (take(p, '+')) {
        *low = 1;
        return true;
    }
    if (take(p, '?')) {
        *high = 1;
        return true;
    }
    uint32_t before = p->at;
    if (!take(p, '{'))
        return false;
    bool lower = take_number(p, low), comma = take(p, ',');
    bool upper = comma && take_number(p, high);
    if (!take(p, '}') || (!lower && !comma)) {
        p->at = before;
        return false;
    }
    (void)upper;
    if (!comma)
        *high = *low;
    if (*high >= 0 && *high < *low)
        fail(p, "min repeat greater than max repeat");
    return true;
}

static void copy_code(parser *p, const nw_regex_instruction *code, uint32_t count)
{
    for (uint32_t i = 0; i < count && !p->problem; i++) {
        uint32_t at = emit(p, OP_MATCH, 0, 0);
        p->regex->code[at] = code[i];
    }
}

static void emit_split(parser *p, int32_t into, int32_t over, bool lazy)
{
    emit(p, OP_SPLIT, lazy ? over : into, lazy ? into : over);
}

/* The code from `start` on, `low` times and then up to `high` times more. */
static void repeat(parser *p, uint32_t start, int32_t low, int32_t high, bool lazy)
{
    uint32_t size = p->regex->count - start;
    const nw_regex_instruction *body = nw_arena_copy(p->arena, p->regex->code + start, size * sizeof *body);
    p->regex->count = start;
    for (int32_t i = 0; i < low && !p->problem; i++)
        copy_code(p, body, size);
    if (high < 0) {
        int32_t mark = (int32_t)p->regex->mark_count++;
        if (mark >= MAX_MARKS)
            fail(p, "too many repetitions");
        emit_split(p, 1, (int32_t)size + 4, lazy);
        emit(p, OP_MARK, mark, 0);
        copy_code(p, body, size);
        emit(p, OP_CHECK, mark, 2); /* an empty pass ends the loop */
        emit(p, OP_JUMP, -(int32_t)size - 3, 0);
        return;
    }
    uint32_t step = size + 1;
    for (int32_t i = low; i < high && !p->problem; i++) {
        emit_split(p, 1, (int32_t)(step * (uint32_t)(high - i)), lazy);
        copy_code(p, body, size);
    }
}

static void parse_sequence(parser *p)
{
    for (skip_space(p); more(p) && peek(p) != '|' && peek(p) != ')'; skip_space(p)) {
        uint32_t start = p->regex->count;
        int32_t low, high;
        parse_atom(p);
        skip_space(p);
        if (!take_repetition(p, &low, &high))
            continue;
        bool lazy = take(p, '?');
        if (peek(p) == '+')
            fail(p, "possessive repetition");
        repeat(p, start, low, high, lazy);
    }
}

static void parse_alternatives(parser *p)
{
    uint32_t jumps[MAX_BRANCHES], jump_count = 0, start = p->regex->count;
    if (++p->depth > 100) {
        fail(p, "nested too deeply");
        return;
    }
    parse_sequence(p);
    while (take(p, '|')) {
        if (jump_count == MAX_BRANCHES) {
            fail(p, "too many alternatives");
            return;
        }
        insert(p, start, OP_SPLIT, 1, 0);
        jumps[jump_count++] = emit(p, OP_JUMP, 0, 0);
        if (p->problem)
            return;
        p->regex->code[start].b = (int32_t)(p->regex->count - start);
        start = p->regex->count;
        parse_sequence(p);
    }
    for (uint32_t i = 0; i < jump_count && !p->problem; i++)
        p->regex->code[jumps[i]].a = (int32_t)(p->regex->count - jumps[i]);
    p->depth--;
}

nw_regex *nw_regex_compile(nw_arena *arena, nw_text pattern, unsigned flags, const char **problem)
{
    nw_regex *regex = nw_arena_zero(arena, sizeof *regex);
    parser p = {.arena = arena, .regex = regex, .text = pattern, .flags = flags};
    parse_alternatives(&p);
    if (more(&p))
        fail(&p, "unbalanced parenthesis");
    emit(&p, OP_MATCH, 0, 0);
    *problem = p.problem;
    return p.problem ? NULL : regex;
}
