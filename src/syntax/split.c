#include "syntax/split.h"

#include <string.h>

typedef struct nw_split_scan {
    const char *text;
    uint32_t at, end;
    uint32_t depth; /* of brackets */
} nw_split_scan;

static bool is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_' || (unsigned char)byte > 127;
}

static bool starts_with(const nw_split_scan *s, uint32_t at, const char *word)
{
    uint32_t length = (uint32_t)strlen(word);
    return s->end - at >= length && memcmp(s->text + at, word, length) == 0 && (at + length == s->end || !is_word(s->text[at + length]));
}

static bool starts_with_any(const nw_split_scan *s, uint32_t at, const char *const *words)
{
    for (; *words; words++)
        if (starts_with(s, at, *words))
            return true;
    return false;
}

static char byte_at(const nw_split_scan *s, uint32_t at)
{
    return at < s->end ? s->text[at] : 0;
}

/* Behind a string; one that is not closed in its line ends there, a triple one at the end. */
static void skip_string(nw_split_scan *s)
{
    char quote = s->text[s->at];
    bool triple = byte_at(s, s->at + 1) == quote && byte_at(s, s->at + 2) == quote;
    for (s->at += triple ? 3 : 1; s->at < s->end; s->at++) {
        char byte = s->text[s->at];
        if (byte == '\\') {
            s->at++;
        } else if (byte == '\n' && !triple) {
            return;
        } else if (byte == quote && (!triple || (byte_at(s, s->at + 1) == quote && byte_at(s, s->at + 2) == quote))) {
            s->at += triple ? 3 : 1;
            return;
        }
    }
    s->at = s->end;
}

/* To the next line that may begin a statement, through strings and continued lines. */
static void skip_line(nw_split_scan *s)
{
    while (s->at < s->end) {
        char byte = s->text[s->at];
        if (byte == '"' || byte == '\'') {
            skip_string(s);
            continue;
        }
        if (byte == '#') {
            const char *newline = memchr(s->text + s->at, '\n', s->end - s->at);
            s->at = newline ? (uint32_t)(newline - s->text) : s->end;
            continue;
        }
        s->at++;
        if (byte == '\n')
            return;
        if (byte == '(' || byte == '[' || byte == '{')
            s->depth++;
        else if (byte == ')' || byte == ']' || byte == '}')
            s->depth -= s->depth > 0;
        else if (byte == '\\' && s->at < s->end)
            s->at += byte_at(s, s->at) == '\r' && byte_at(s, s->at + 1) == '\n' ? 2 : 1;
    }
    if (s->at > s->end)
        s->at = s->end;
}

/* Past the spaces at the start of a line; returns their columns. */
static uint32_t skip_indentation(nw_split_scan *s)
{
    uint32_t columns = 0;
    for (; s->at < s->end; s->at++) {
        char byte = s->text[s->at];
        if (byte == ' ')
            columns++;
        else if (byte == '\t')
            columns = (columns / 8 + 1) * 8;
        else if (byte == '\f')
            columns = 0;
        else
            break;
    }
    return columns;
}

/* Words that go on with the statement before them. */
static const char *const continuing[] = {"else", "elif", "except", "finally", "case", NULL};
/* Words that no line inside brackets begins with: before one of them an open bracket was forgotten. */
static const char *const leading[] = {"def", "class", "return", "import", "while", "try", "with", "raise", "pass", "break", "continue", "del", "global", "nonlocal", "assert", NULL};

static bool begins_statement(const nw_split_scan *s, uint32_t columns, uint32_t indentation)
{
    char byte = byte_at(s, s->at);
    if (columns > indentation || byte == '#' || byte == '\n' || byte == '\r' || byte == ')' || byte == ']' || byte == '}' || !byte)
        return false;
    if (s->depth)
        return starts_with_any(s, s->at, leading);
    return !starts_with_any(s, s->at, continuing);
}

uint32_t nw_split_next(const nw_split *split, uint32_t from)
{
    nw_split_scan s = {.text = split->text, .at = from, .end = split->end};
    bool decorated = byte_at(&s, from) == '@';
    while (s.at < s.end) {
        skip_line(&s);
        uint32_t columns = skip_indentation(&s);
        if (!begins_statement(&s, columns, split->indentation))
            continue;
        if (!decorated)
            return s.at;
        decorated = byte_at(&s, s.at) == '@';
        s.depth = 0;
    }
    return s.end;
}

/* Behind the colon that ends the header, in the header's last line; 0 when there is none. */
static uint32_t header_end(nw_split_scan *s)
{
    for (; s->at < s->end; s->at++) {
        char byte = s->text[s->at];
        if (byte == '"' || byte == '\'') {
            skip_string(s);
            s->at--;
        } else if (byte == '(' || byte == '[' || byte == '{') {
            s->depth++;
        } else if (byte == ')' || byte == ']' || byte == '}') {
            s->depth -= s->depth > 0;
        } else if (byte == ':' && s->depth == 0) {
            return s->at + 1;
        } else if (byte == '\n' && s->depth == 0) {
            return 0;
        } else if (byte == '#') {
            const char *newline = memchr(s->text + s->at, '\n', s->end - s->at);
            s->at = newline ? (uint32_t)(newline - s->text) - 1 : s->end - 1;
        }
    }
    return 0;
}

bool nw_split_body(const nw_split *split, uint32_t from, uint32_t *body, uint32_t *indentation)
{
    nw_split_scan s = {.text = split->text, .at = from, .end = split->end};
    while (byte_at(&s, s.at) == '@') {
        do {
            skip_line(&s);
            skip_indentation(&s);
        } while (s.at < s.end && (s.depth || byte_at(&s, s.at) == '#' || byte_at(&s, s.at) == '\n' || byte_at(&s, s.at) == '\r'));
    }
    if (!starts_with(&s, s.at, "def") && !starts_with(&s, s.at, "class") && !starts_with(&s, s.at, "async"))
        return false;
    if (!header_end(&s))
        return false;
    for (s.at++; byte_at(&s, s.at) == ' ' || byte_at(&s, s.at) == '\t' || byte_at(&s, s.at) == '\r';)
        s.at++;
    if (byte_at(&s, s.at) != '\n' && byte_at(&s, s.at) != '#')
        return false;
    while (s.at < s.end) {
        skip_line(&s);
        uint32_t columns = skip_indentation(&s);
        char byte = byte_at(&s, s.at);
        if (byte == '#' || byte == '\n' || byte == '\r')
            continue;
        *body = s.at;
        *indentation = columns;
        return byte && columns > split->indentation;
    }
    return false;
}
