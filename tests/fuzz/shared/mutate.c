/* Mutations that keep a program likely to be one: whole lines are moved, repeated, left out and indented otherwise, and words are
 * put in the place of other words. What libFuzzer does by itself, to bytes, is done now and then. libFuzzer finds the two functions
 * by their names. */
#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size, uint8_t *out,
                                 size_t max_size, unsigned seed);

typedef struct span {
    size_t start, end;
} span;

/* A generator of our own: the seed decides all. */
static size_t pick(unsigned *state, size_t count)
{
    *state = *state * 1664525u + 1013904223u;
    return count ? (*state >> 8) % count : 0;
}

static span line_at(const uint8_t *data, size_t size, size_t at)
{
    span line = {at, at};
    while (line.start > 0 && data[line.start - 1] != '\n')
        line.start--;
    while (line.end < size && data[line.end] != '\n')
        line.end++;
    line.end += line.end < size;
    return line;
}

static bool is_word(uint8_t c)
{
    return isalnum(c) || c == '_' || c == '.';
}

/* The word, number or sign at a place. */
static span token_at(const uint8_t *data, size_t size, size_t at)
{
    span token = {at, at + (at < size)};
    if (at >= size || !is_word(data[at]))
        return token;
    while (token.start > 0 && is_word(data[token.start - 1]))
        token.start--;
    while (token.end < size && is_word(data[token.end]))
        token.end++;
    return token;
}

/* Puts the bytes in the place of a span; gives the new size, or the old one where there is no room. */
static size_t splice(uint8_t *data, size_t size, size_t max_size, span place, const uint8_t *bytes, size_t count)
{
    size_t rest = size - place.end, wanted = place.start + count + rest;
    if (wanted > max_size)
        return size;
    memmove(data + place.start + count, data + place.end, rest);
    if (count)
        memcpy(data + place.start, bytes, count);
    return wanted;
}

static size_t splice_copy(uint8_t *data, size_t size, size_t max_size, span place, span from)
{
    size_t count = from.end - from.start;
    uint8_t *copy = malloc(count + 1);
    if (!copy)
        return size;
    memcpy(copy, data + from.start, count);
    size = splice(data, size, max_size, place, copy, count);
    free(copy);
    return size;
}

static const char *const WORDS[] = {
    "None", "True", "False", "self", "-1", "0", "1", "2", "2 ** 40", "''", "()", "[]", "{}", "*args", "**kwargs", "lambda: 0", "x", "x.shape",
    "super()", "getattr", "yield", "await", "del", "global", "nonlocal", "return", "break", "continue", "raise", "is not", "not in", "//", "@",
    ":=", "...", "**", "nn.Linear", "nn.ModuleList", "nn.Sequential", "torch.softmax", "nn.Dropout", "nn.LayerNorm", "dim=-1", "float('inf')",
};

static size_t change_line(uint8_t *data, size_t size, size_t max_size, unsigned *state)
{
    span line = line_at(data, size, pick(state, size)), other = line_at(data, size, pick(state, size));
    switch (pick(state, 5)) {
    case 0: return splice(data, size, max_size, line, NULL, 0);
    case 1: return splice_copy(data, size, max_size, (span){line.start, line.start}, line);
    case 2: return splice_copy(data, size, max_size, line, other);
    case 3: return splice(data, size, max_size, (span){line.start, line.start}, (const uint8_t *)"    ", 4);
    default: {
        size_t blanks = 0;
        while (blanks < 4 && line.start + blanks < size && data[line.start + blanks] == ' ')
            blanks++;
        return splice(data, size, max_size, (span){line.start, line.start + blanks}, NULL, 0);
    }
    }
}

static size_t change_token(uint8_t *data, size_t size, size_t max_size, unsigned *state)
{
    span token = token_at(data, size, pick(state, size));
    if (pick(state, 2))
        return splice_copy(data, size, max_size, token, token_at(data, size, pick(state, size)));
    const char *word = WORDS[pick(state, sizeof WORDS / sizeof *WORDS)];
    return splice(data, size, max_size, token, (const uint8_t *)word, strlen(word));
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    unsigned state = seed;
    if (size == 0 || pick(&state, 8) == 0)
        return LLVMFuzzerMutate(data, size, max_size);
    for (size_t i = 0, count = 1 + pick(&state, 4); i < count && size > 0; i++)
        size = pick(&state, 3) ? change_token(data, size, max_size, &state) : change_line(data, size, max_size, &state);
    return size;
}

/* Some lines of the second program in the first. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size, uint8_t *out,
                                 size_t max_size, unsigned seed)
{
    unsigned state = seed;
    size_t size = first_size < max_size ? first_size : max_size;
    memcpy(out, first, size);
    if (!second_size)
        return size;
    span lines = line_at(second, second_size, pick(&state, second_size));
    for (size_t more = pick(&state, 8); more > 0 && lines.end < second_size; more--)
        lines.end = line_at(second, second_size, lines.end).end;
    size_t at = size ? line_at(out, size, pick(&state, size)).start : 0;
    return splice(out, size, max_size, (span){at, at}, second + lines.start, lines.end - lines.start);
}
