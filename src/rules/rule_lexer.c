/* Tokens of rule files. */
#include "rules/rule_parser.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool nw_text_is(nw_text text, const char *zero_terminated)
{
    return text.size == strlen(zero_terminated) && memcmp(text.bytes, zero_terminated, text.size) == 0;
}

nw_symbol nw_rule_symbol(nw_rule_parser *p, nw_text text)
{
    return nw_symbol_intern(p->rules->symbols, text.bytes, text.size);
}

nw_rule_span nw_rule_span_of(nw_rule_parser *p, uint32_t start, uint32_t end)
{
    uint32_t low = 0, high = p->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (p->line_starts[middle] <= start)
            low = middle;
        else
            high = middle;
    }
    return (nw_rule_span){start, end, low + 1, start - p->line_starts[low] + 1};
}

static void add_message(nw_rule_parser *p, nw_rule_problem problem, nw_rule_span span, const char *detail)
{
    static const struct {
        uint8_t level;
        const char *format, *help;
    } rows[] = {
#define NW_RULE_PROBLEM(id, code, level, format, help) {NW_RULE_##level, format, help},
#include "rules/problem.def"
#undef NW_RULE_PROBLEM
    };
    nw_rules *rules = p->rules;
    for (uint32_t i = 0; i < rules->message_count; i++) { /* a `let` that is used twice is linted once */
        const nw_rule_message *old = &rules->messages[i];
        if (old->problem == problem && old->span.start == span.start && old->span.end == span.end && old->path == p->path &&
            rows[problem].level != NW_RULE_ERROR)
            return;
    }
    const char *hole = strstr(rows[problem].format, "%s");
    size_t before = hole ? (size_t)(hole - rows[problem].format) : strlen(rows[problem].format);
    const char *after = hole ? hole + 2 : "";
    size_t size = before + strlen(detail) + strlen(after) + 1;
    char *text = nw_arena_alloc(&rules->arena, size);
    snprintf(text, size, "%.*s%s%s", (int)before, rows[problem].format, hole ? detail : "", after);
    NW_ARENA_RESERVE(&rules->arena, rules->messages, rules->message_count, rules->message_capacity);
    rules->messages[rules->message_count++] =
        (nw_rule_message){(uint16_t)problem, rows[problem].level, p->path, span, text, rows[problem].help};
    if (rows[problem].level == NW_RULE_ERROR)
        p->failed = true;
}

void nw_rule_report(nw_rule_parser *p, nw_rule_problem problem, nw_rule_span span, const char *format, ...)
{
    char detail[400];
    va_list list;
    if (p->failed)
        return;
    va_start(list, format);
    vsnprintf(detail, sizeof detail, format, list);
    va_end(list);
    add_message(p, problem, span, detail);
}

void nw_rule_fail(nw_rule_parser *p, nw_rule_problem problem, const char *format, ...)
{
    char detail[400];
    va_list list;
    if (p->failed)
        return;
    va_start(list, format);
    vsnprintf(detail, sizeof detail, format, list);
    va_end(list);
    add_message(p, problem, nw_rule_span_of(p, p->token.start, p->token.end), detail);
}

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool starts(const nw_rule_parser *p, const char *text)
{
    size_t size = strlen(text);
    return p->size - p->at >= size && memcmp(p->bytes + p->at, text, size) == 0;
}

static void skip_space(nw_rule_parser *p)
{
    while (p->at < p->size) {
        char c = p->bytes[p->at];
        if (c == '#') {
            while (p->at < p->size && p->bytes[p->at] != '\n')
                p->at++;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            p->at++;
        } else {
            return;
        }
    }
}

/* "..." with \n, \t, \" and \\; the contents go into the arena. */
static void read_string(nw_rule_parser *p)
{
    char quote = p->bytes[p->at++];
    uint32_t size = 0, last = p->at;
    while (last < p->size && p->bytes[last] != quote && p->bytes[last] != '\n')
        last += p->bytes[last] == '\\' ? 2 : 1;
    char *out = nw_arena_alloc(&p->rules->arena, last - p->at + 1);
    while (p->at < p->size && p->bytes[p->at] != quote && p->bytes[p->at] != '\n') {
        char c = p->bytes[p->at++];
        if (c == '\\' && p->at < p->size) {
            char escaped = p->bytes[p->at++];
            c = (char)(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
        }
        out[size++] = c;
    }
    out[size] = 0;
    p->token.kind = NW_TOKEN_STRING;
    p->token.text = (nw_text){out, size};
    p->token.end = p->at;
    if (p->at >= p->size || p->bytes[p->at] != quote)
        nw_rule_fail(p, NW_RULE_PROBLEM_UNTERMINATED, "%s", "the string");
    else
        p->token.end = ++p->at;
}

static uint32_t indentation_of(const char *bytes, uint32_t size)
{
    uint32_t least = UINT32_MAX;
    for (uint32_t at = 0; at < size;) {
        uint32_t start = at;
        while (at < size && bytes[at] == ' ')
            at++;
        if (at < size && bytes[at] != '\n' && at - start < least)
            least = at - start;
        while (at < size && bytes[at] != '\n')
            at++;
        at++;
    }
    return least == UINT32_MAX ? 0 : least;
}

/* The lines of a code block without their common indentation, and without a first and last line of white space. */
static nw_text dedent(nw_rule_parser *p, const char *bytes, uint32_t size)
{
    uint32_t first = 0;
    while (first < size && bytes[first] == ' ')
        first++;
    if (first < size && bytes[first] == '\n') {
        bytes += first + 1;
        size -= first + 1;
    }
    uint32_t common = indentation_of(bytes, size), count = 0;
    char *out = nw_arena_alloc(&p->rules->arena, size + 2);
    for (uint32_t at = 0; at < size;) {
        uint32_t skipped = 0;
        while (at < size && skipped < common && bytes[at] == ' ') {
            at++;
            skipped++;
        }
        while (at < size && bytes[at] != '\n')
            out[count++] = bytes[at++];
        if (at < size)
            out[count++] = bytes[at++];
    }
    while (count && (out[count - 1] == ' ' || out[count - 1] == '\n'))
        count--;
    if (memchr(out, '\n', count))
        out[count++] = '\n';
    out[count] = 0;
    return (nw_text){out, count};
}

static void read_code(nw_rule_parser *p)
{
    uint32_t start = p->at += 3;
    while (p->at < p->size && !starts(p, "```"))
        p->at++;
    p->token.kind = NW_TOKEN_CODE;
    p->token.text = dedent(p, p->bytes + start, p->at - start);
    p->token.end = p->at;
    if (p->at >= p->size) {
        p->token.end = start;
        nw_rule_fail(p, NW_RULE_PROBLEM_UNTERMINATED, "%s", "the code block");
    } else {
        p->token.end = p->at += 3;
    }
}

static void read_number(nw_rule_parser *p)
{
    char text[64];
    uint32_t size = 0;
    bool is_float = false;
    while (p->at < p->size && size < sizeof text - 1) {
        char c = p->bytes[p->at];
        bool sign = (c == '-' || c == '+') && size && (text[size - 1] == 'e' || text[size - 1] == 'E');
        if ((!is_word_byte(c) && c != '.' && !sign) || (c == '.' && is_float)) /* the second dot belongs to a version */
            break;
        is_float |= c == '.' || c == 'e' || c == 'E';
        if (c != '_')
            text[size++] = c;
        p->at++;
    }
    text[size] = 0;
    char *end = text;
    p->token.kind = NW_TOKEN_NUMBER;
    p->token.end = p->at;
    p->token.is_integer = !is_float;
    p->token.number = strtod(text, &end);
    if (*end || !size || !isfinite(p->token.number) || (!is_float && fabs(p->token.number) >= 9e18)) {
        nw_rule_fail(p, NW_RULE_PROBLEM_BAD_NUMBER, "%s", text);
        return;
    }
    p->token.integer = is_float ? 0 : strtoll(text, NULL, 10);
}

static void read_punctuation(nw_rule_parser *p)
{
    static const char *const long_ones[] = {"...", "<=>", "->", "=>", "==", "!=", "<=", ">=", "**", "//", "\xE2\x86\x92", "\xE2\x87\x92"};
    uint32_t size = 1;
    for (size_t i = 0; i < sizeof long_ones / sizeof *long_ones; i++)
        if (starts(p, long_ones[i])) {
            size = (uint32_t)strlen(long_ones[i]);
            break;
        }
    p->token.kind = NW_TOKEN_PUNCTUATION;
    p->token.text = (nw_text){p->bytes + p->at, size};
    if (size == 3 && (unsigned char)p->bytes[p->at] == 0xE2)
        p->token.text = (nw_text){(unsigned char)p->bytes[p->at + 1] == 0x86 ? "->" : "=>", 2};
    p->at += size;
    p->token.end = p->at;
}

void nw_rule_next(nw_rule_parser *p)
{
    if (p->failed)
        return;
    skip_space(p);
    p->token = (nw_token){.kind = NW_TOKEN_END, .start = p->at, .end = p->at};
    if (p->at >= p->size)
        return;
    char c = p->bytes[p->at];
    if (starts(p, "```")) {
        read_code(p);
    } else if (c == '"' || c == '\'') {
        read_string(p);
    } else if (isdigit((unsigned char)c) || (c == '.' && p->at + 1 < p->size && isdigit((unsigned char)p->bytes[p->at + 1]))) {
        read_number(p);
    } else if (is_word_byte(c) || (c == '$' && p->at + 1 < p->size && is_word_byte(p->bytes[p->at + 1]))) {
        bool variable = c == '$';
        p->at += variable;
        uint32_t start = p->at;
        while (p->at < p->size && is_word_byte(p->bytes[p->at]))
            p->at++;
        p->token.kind = variable ? NW_TOKEN_VARIABLE : NW_TOKEN_WORD;
        p->token.text = (nw_text){p->bytes + start, p->at - start};
        p->token.end = p->at;
    } else {
        read_punctuation(p);
    }
}

void nw_rule_seek(nw_rule_parser *p, uint32_t offset)
{
    p->at = offset;
    nw_rule_next(p);
}

bool nw_rule_is(const nw_rule_parser *p, const char *text)
{
    return !p->failed && (p->token.kind == NW_TOKEN_WORD || p->token.kind == NW_TOKEN_PUNCTUATION) && nw_text_is(p->token.text, text);
}

bool nw_rule_accept(nw_rule_parser *p, const char *text)
{
    if (!nw_rule_is(p, text))
        return false;
    nw_rule_next(p);
    return true;
}

void nw_rule_expect(nw_rule_parser *p, const char *text)
{
    if (!nw_rule_accept(p, text))
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "`%s`", text);
}

nw_text nw_rule_word(nw_rule_parser *p)
{
    uint32_t start = p->token.start;
    if (p->failed)
        return (nw_text){"", 0};
    p->at = start;
    while (p->at < p->size && (is_word_byte(p->bytes[p->at]) || strchr("-./", p->bytes[p->at])) && !starts(p, "->") && p->bytes[p->at])
        p->at++;
    nw_text word = {p->bytes + start, p->at - start};
    if (!word.size)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a name");
    nw_rule_next(p);
    return word;
}

/* Levenshtein distance, up to 31 bytes of either. */
static uint32_t distance(nw_text a, nw_text b)
{
    uint32_t row[32];
    if (a.size > 31 || b.size > 31)
        return UINT32_MAX;
    for (uint32_t j = 0; j <= b.size; j++)
        row[j] = j;
    for (uint32_t i = 1; i <= a.size; i++) {
        uint32_t diagonal = row[0];
        row[0] = i;
        for (uint32_t j = 1; j <= b.size; j++) {
            uint32_t change = diagonal + (a.bytes[i - 1] != b.bytes[j - 1]);
            diagonal = row[j];
            uint32_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            row[j] = change < least ? change : least;
        }
    }
    return row[b.size];
}

const char *nw_rule_nearest(nw_text text, const char *const *names)
{
    const char *best = NULL;
    uint32_t least = (text.size + 1) / 3;
    for (; *names; names++) {
        uint32_t d = distance(text, (nw_text){*names, (uint32_t)strlen(*names)});
        if (d <= least) {
            least = d ? d - 1 : 0;
            best = *names;
        }
    }
    return best;
}

/* ---- small parts */

nw_symbol nw_rule_parse_text(nw_rule_parser *p)
{
    nw_token token = p->token;
    if (token.kind != NW_TOKEN_STRING && token.kind != NW_TOKEN_CODE)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a text in quotes");
    nw_rule_next(p);
    return nw_rule_symbol(p, token.text);
}

nw_text nw_rule_parse_code(nw_rule_parser *p)
{
    nw_token token = p->token;
    if (token.kind != NW_TOKEN_CODE)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a code block between ```");
    nw_rule_next(p);
    return token.text;
}

void nw_rule_parse_words(nw_rule_parser *p, nw_symbol **words, uint32_t *count)
{
    do {
        nw_symbol word = nw_rule_symbol(p, nw_rule_word(p));
        NW_RULE_APPEND(p, *words, *count, word);
    } while (!p->failed && nw_rule_accept(p, ","));
}

bool nw_rule_parse_choice(nw_rule_parser *p, const char *first, const char *second)
{
    bool result = nw_rule_is(p, second);
    if (!result && !nw_rule_is(p, first))
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "`%s` or `%s`", first, second);
    nw_rule_next(p);
    return result;
}

double nw_rule_parse_positive(nw_rule_parser *p)
{
    double number = p->token.number;
    if (p->token.kind != NW_TOKEN_NUMBER)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a number");
    nw_rule_next(p);
    return number;
}
