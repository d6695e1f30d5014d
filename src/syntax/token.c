#include "syntax/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OPEN = 100 }; /* brackets in brackets, blocks in blocks */

typedef struct nw_tokenizer {
    nw_tokens *tokens;
    const char *text;
    uint32_t at, end;
    uint32_t brackets[MAX_OPEN]; /* indices of their tokens */
    uint32_t bracket_count;
    uint32_t indentations[MAX_OPEN];
    uint32_t indentation_count;
    bool inside;
} nw_tokenizer;

typedef struct nw_spelling {
    const char *text;
    uint8_t size, kind;
} nw_spelling;

static void add(nw_tokenizer *t, nw_token_kind kind, uint32_t start, uint32_t end)
{
    nw_tokens *tokens = t->tokens;
    if (tokens->count == tokens->capacity) {
        tokens->capacity = tokens->capacity ? tokens->capacity * 2 : 4096;
        tokens->items = realloc(tokens->items, tokens->capacity * sizeof *tokens->items);
        if (!tokens->items) {
            fputs("netwright: out of memory\n", stderr);
            exit(3);
        }
    }
    tokens->items[tokens->count++] = (nw_token){.start = start, .end = end, .kind = (uint8_t)kind};
}

void nw_tokens_release(nw_tokens *tokens)
{
    free(tokens->items);
    *tokens = (nw_tokens){0};
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static char byte_at(const nw_tokenizer *t, uint32_t at)
{
    return at < t->end ? t->text[at] : 0;
}

/* Past blank lines and comments to the first word of a line, with the blocks that begin or end before it. */
static bool begin_line(nw_tokenizer *t)
{
    const char *text = t->text;
    uint32_t start;
    for (;;) {
        start = t->at;
        while (t->at < t->end && text[t->at] == ' ')
            t->at++;
        if (t->at < t->end && text[t->at] == '#') {
            const char *newline = memchr(text + t->at, '\n', t->end - t->at);
            t->at = newline ? (uint32_t)(newline - text) : t->end;
        }
        if (t->at == t->end)
            return true;
        if (text[t->at] != '\n')
            break;
        t->at++;
    }
    uint32_t columns = t->at - start;
    if (text[t->at] == '\t' || text[t->at] == '\\')
        return false;
    if (columns > t->indentations[t->indentation_count - 1]) {
        if (t->indentation_count == MAX_OPEN)
            return false;
        t->indentations[t->indentation_count++] = columns;
        add(t, NW_TOKEN_INDENT, t->at, t->at);
        return true;
    }
    for (; columns < t->indentations[t->indentation_count - 1]; t->indentation_count--)
        add(t, NW_TOKEN_DEDENT, t->at, t->at);
    return columns == t->indentations[t->indentation_count - 1];
}

/* Behind the string whose quote is at `at`; 0 when it does not end. */
static uint32_t string_end(const nw_tokenizer *t, uint32_t at)
{
    const char *text = t->text;
    char quote = text[at];
    bool triple = byte_at(t, at + 1) == quote && byte_at(t, at + 2) == quote;
    for (at += triple ? 3 : 1; at < t->end; at++) {
        if (text[at] == '\\')
            at++;
        else if (text[at] == '\n' && !triple)
            return 0;
        else if (text[at] == quote && (!triple || (byte_at(t, at + 1) == quote && byte_at(t, at + 2) == quote)))
            return at + (triple ? 3 : 1);
    }
    return 0;
}

static bool is_string_prefix(const char *text, uint32_t size)
{
    char first = (char)(text[0] | 0x20), second = size == 2 ? (char)(text[1] | 0x20) : 0;
    if (size == 1)
        return first == 'r' || first == 'b' || first == 'f' || first == 'u';
    return size == 2 && ((first == 'r' && (second == 'b' || second == 'f')) || (second == 'r' && (first == 'b' || first == 'f')));
}

static nw_token_kind word_kind(const char *text, uint32_t size)
{
    static const nw_spelling words[] = {
#define NW_TOKEN_WORD(kind, text) {text, sizeof text - 1, NW_TOKEN_##kind},
#define NW_TOKEN_SIGN(kind, text)
#include "syntax/token.def"
#undef NW_TOKEN_WORD
#undef NW_TOKEN_SIGN
    };
    if (size < 2 || size > 8)
        return NW_TOKEN_NAME;
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].text[0] == text[0] && words[i].size == size && memcmp(words[i].text, text, size) == 0)
            return (nw_token_kind)words[i].kind;
    return NW_TOKEN_NAME;
}

static bool read_word(nw_tokenizer *t)
{
    const char *text = t->text;
    uint32_t start = t->at, at = start + 1;
    while (at < t->end && (is_letter(text[at]) || is_digit(text[at])))
        at++;
    if (at < t->end && (text[at] == '"' || text[at] == '\'')) {
        t->at = is_string_prefix(text + start, at - start) ? string_end(t, at) : 0;
        add(t, NW_TOKEN_STRING, start, t->at);
        return t->at != 0;
    }
    t->at = at;
    nw_token_kind kind = word_kind(text + start, at - start);
    if (kind == NW_TOKEN_FOR && t->bracket_count)
        t->tokens->items[t->brackets[t->bracket_count - 1]].has_for = true;
    add(t, kind, start, at);
    return true;
}

static uint32_t skip_digits(const nw_tokenizer *t, uint32_t at)
{
    while (is_digit(byte_at(t, at)) || (byte_at(t, at) == '_' && is_digit(byte_at(t, at + 1))))
        at++;
    return at;
}

static bool read_number(nw_tokenizer *t)
{
    uint32_t start = t->at, at = start;
    char second = (char)(byte_at(t, at + 1) | 0x20);
    bool is_float = false;
    if (t->text[at] == '0' && (second == 'x' || second == 'o' || second == 'b')) {
        char last = second == 'x' ? '9' : second == 'o' ? '7' : '1';
        for (at += 2; (byte_at(t, at) >= '0' && byte_at(t, at) <= last) || (second == 'x' && (byte_at(t, at) | 0x20) >= 'a' && (byte_at(t, at) | 0x20) <= 'f'); at++)
            ;
        if (at == start + 2)
            return false;
    } else {
        at = skip_digits(t, at);
        if (at > start + 1 && t->text[start] == '0')
            return false; /* 0777 of Python 2, or zeros alone */
        if (byte_at(t, at) == '.') {
            is_float = true;
            at = skip_digits(t, at + 1);
        }
        if ((byte_at(t, at) | 0x20) == 'e') {
            uint32_t digits = at + 1 + (byte_at(t, at + 1) == '-' || byte_at(t, at + 1) == '+');
            is_float = true;
            at = skip_digits(t, digits);
            if (at == digits)
                return false;
        }
        at += byte_at(t, at) == 'j';
    }
    t->at = at;
    add(t, is_float ? NW_TOKEN_FLOAT : NW_TOKEN_INTEGER, start, at);
    char next = byte_at(t, at);
    return !is_letter(next) && !is_digit(next) && next != '.' && (unsigned char)next < 128;
}

/* Whether these, at most two, bytes stand behind the current one. */
static bool starts_with(const nw_tokenizer *t, const char *bytes, unsigned size)
{
    return size == 0 || (byte_at(t, t->at + 1) == bytes[0] && (size == 1 || byte_at(t, t->at + 2) == bytes[1]));
}

static bool read_sign(nw_tokenizer *t)
{
    static const nw_spelling signs[] = {
#define NW_TOKEN_WORD(kind, text)
#define NW_TOKEN_SIGN(kind, text) {text, sizeof text - 1, NW_TOKEN_##kind},
#include "syntax/token.def"
#undef NW_TOKEN_WORD
#undef NW_TOKEN_SIGN
    };
    const char *text = t->text + t->at;
    for (unsigned i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].text[0] == text[0] && starts_with(t, signs[i].text + 1, signs[i].size - 1u)) {
            add(t, (nw_token_kind)signs[i].kind, t->at, t->at + signs[i].size);
            t->at += signs[i].size;
            return true;
        }
    }
    return false;
}

static bool read_bracket(nw_tokenizer *t, char byte)
{
    bool opens = byte == '(' || byte == '[' || byte == '{';
    if (opens) {
        if (t->bracket_count == MAX_OPEN)
            return false;
        t->brackets[t->bracket_count++] = t->tokens->count;
        return read_sign(t);
    }
    if (!t->bracket_count)
        return false;
    nw_token_kind open = (nw_token_kind)t->tokens->items[t->brackets[--t->bracket_count]].kind;
    nw_token_kind wanted = byte == ')' ? NW_TOKEN_LEFT_PARENTHESIS : byte == ']' ? NW_TOKEN_LEFT_BRACKET : NW_TOKEN_LEFT_BRACE;
    return open == wanted && read_sign(t);
}

/* A line's end outside of brackets. */
static bool end_line(nw_tokenizer *t)
{
    add(t, NW_TOKEN_NEWLINE, t->at, t->at);
    t->at++;
    return begin_line(t);
}

static bool read_token(nw_tokenizer *t)
{
    char byte = t->text[t->at];
    if (is_letter(byte))
        return read_word(t);
    if (is_digit(byte) || (byte == '.' && is_digit(byte_at(t, t->at + 1))))
        return read_number(t);
    switch (byte) {
    case ' ':
    case '\t': t->at++; return true;
    case '\n':
        if (!t->bracket_count && !t->inside)
            return end_line(t);
        t->at++;
        return true;
    case '#': {
        const char *newline = memchr(t->text + t->at, '\n', t->end - t->at);
        t->at = newline ? (uint32_t)(newline - t->text) : t->end;
        return true;
    }
    case '\\': t->at += 2; return t->at < t->end && t->text[t->at - 1] == '\n';
    case '"':
    case '\'': {
        uint32_t start = t->at;
        t->at = string_end(t, start);
        add(t, NW_TOKEN_STRING, start, t->at);
        return t->at != 0;
    }
    case '(':
    case '[':
    case '{':
    case ')':
    case ']':
    case '}': return read_bracket(t, byte);
    default: return read_sign(t);
    }
}

bool nw_tokens_read(nw_tokens *tokens, const char *text, uint32_t start, uint32_t end, bool inside)
{
    nw_tokenizer t = {.tokens = tokens, .text = text, .at = start, .end = end, .indentation_count = 1, .inside = inside};
    uint32_t first = tokens->count;
    if (memchr(text + start, '\r', end - start) || memchr(text + start, '\0', end - start))
        return false;
    if (!inside && !begin_line(&t))
        return false;
    while (t.at < t.end)
        if (!read_token(&t))
            return false;
    if (t.bracket_count)
        return false;
    if (!inside && tokens->count > first && tokens->items[tokens->count - 1].kind != NW_TOKEN_NEWLINE &&
        tokens->items[tokens->count - 1].kind != NW_TOKEN_DEDENT)
        add(&t, NW_TOKEN_NEWLINE, end, end);
    for (; t.indentation_count > 1; t.indentation_count--)
        add(&t, NW_TOKEN_DEDENT, end, end);
    add(&t, NW_TOKEN_END, end, end);
    return true;
}
