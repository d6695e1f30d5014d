#include "syntax/repair.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BRACKETS = 256 };

typedef struct nw_repair {
    char *text;
    uint32_t size;
    char brackets[MAX_BRACKETS];
    uint32_t depth;
    bool changed;
} nw_repair;

static bool is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_' || (unsigned char)byte > 127;
}

/* Behind the string whose quote is at `at`. */
static uint32_t skip_string(const nw_repair *r, uint32_t at)
{
    const char *text = r->text;
    char quote = text[at];
    bool triple = text[at + 1] == quote && text[at + 2] == quote;
    for (at += triple ? 3 : 1; at < r->size; at++) {
        if (text[at] == '\\')
            at++;
        else if (text[at] == quote && (!triple || (text[at + 1] == quote && text[at + 2] == quote)))
            return at + (triple ? 3 : 1);
        else if (text[at] == '\n' && !triple)
            return at;
    }
    return r->size;
}

/* Whether the star at `at` begins an operand that the grammar knows only with a name: not inside a call or a tuple. */
static bool is_unknown_star(const nw_repair *r, uint32_t at)
{
    const char *text = r->text;
    uint32_t before = at, after = at + 1;
    while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\t'))
        before--;
    while (text[after] == ' ' || text[after] == '\t')
        after++;
    if (is_word(text[after]) || text[after] == '*' || text[after] == '=' || (before > 0 && text[before - 1] == '*'))
        return false;
    if (r->depth && r->brackets[r->depth - 1] != '[')
        return false;
    if (before > 0 && (text[before - 1] == ',' || text[before - 1] == '=' || text[before - 1] == '['))
        return true;
    static const char *const words[] = {"return", "yield", "in"};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        uint32_t length = (uint32_t)strlen(words[i]);
        if (before >= length && before < at && memcmp(text + before - length, words[i], length) == 0 && (before == length || !is_word(text[before - length - 1])))
            return true;
    }
    return false;
}

static void replace(nw_repair *r, uint32_t at, char byte)
{
    r->text[at] = byte;
    r->changed = true;
}

/* One byte that is outside of strings; returns where to go on. */
static uint32_t repair_at(nw_repair *r, uint32_t at)
{
    char byte = r->text[at];
    switch (byte) {
    case '"':
    case '\'': return skip_string(r, at);
    case '#':
        for (; at < r->size && r->text[at] != '\n'; at++)
            if (r->depth)
                replace(r, at, ' ');
        return at;
    case '(':
    case '[':
    case '{':
        if (r->depth < MAX_BRACKETS)
            r->brackets[r->depth++] = byte;
        break;
    case ')':
    case ']':
    case '}': r->depth -= r->depth > 0; break;
    case '\r':
    case '\n':
        if (r->depth)
            replace(r, at, ' ');
        break;
    case '\\':
        if (r->depth && (r->text[at + 1] == '\n' || r->text[at + 1] == '\r'))
            replace(r, at, ' ');
        break;
    case '*':
        if (is_unknown_star(r, at))
            replace(r, at, '~');
        break;
    default: break;
    }
    return at + 1;
}

char *nw_repair_text(const char *text, uint32_t size)
{
    nw_repair r = {.size = size};
    r.text = malloc((size_t)size + 3);
    if (!r.text)
        return NULL;
    memcpy(r.text, text, size);
    memset(r.text + size, 0, 3); /* the scan looks up to two bytes ahead */
    for (uint32_t at = 0; at < size;)
        at = repair_at(&r, at);
    if (r.changed)
        return r.text;
    free(r.text);
    return NULL;
}
