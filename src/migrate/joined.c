/* f-strings: what is written into their braces must not hold the quotes around them, nor lines, backslashes and comments, before Python 3.12. */
#include "migrate/writer.h"

#include <string.h>

/* The quotes of the string literal at `at`: their number, or 0 where there is none; moves behind them. */
static uint32_t opening(const char *bytes, uint32_t *at, uint32_t end, char *quote)
{
    uint32_t i = *at;
    while (i < end && i < *at + 3 && strchr("fFrRbBuU", bytes[i]) && bytes[i])
        i++;
    if (i >= end || (bytes[i] != '"' && bytes[i] != '\''))
        return 0;
    *quote = bytes[i];
    uint32_t count = i + 2 < end && bytes[i + 1] == *quote && bytes[i + 2] == *quote ? 3 : 1;
    *at = i + count;
    return count;
}

/* The end of a literal whose opening quotes end at `at`. */
static uint32_t closing(const char *bytes, uint32_t at, uint32_t end, char quote, uint32_t count)
{
    for (; at < end; at++) {
        if (bytes[at] == '\\')
            at++;
        else if (bytes[at] == quote && (count == 1 || (at + 2 < end && bytes[at + 1] == quote && bytes[at + 2] == quote)))
            return at + count;
    }
    return end;
}

/* The quotes of the literal, one of those that stand side by side from `start` on, in which `place` lies. */
static uint32_t quotes_around(const char *bytes, uint32_t start, uint32_t place, uint32_t end, char *quote)
{
    for (uint32_t at = start; at < place;) {
        uint32_t count = opening(bytes, &at, end, quote);
        if (!count) {
            const char *line = bytes[at] == '#' ? memchr(bytes + at, '\n', end - at) : NULL;
            at = line ? (uint32_t)(line - bytes) : at + 1;
            continue;
        }
        at = closing(bytes, at, end, *quote, count);
        if (place < at)
            return count;
    }
    return 0;
}

/* Fits new text to the quotes around it; false where it cannot stand there. */
static bool fit(nw_buffer *text, char quote, uint32_t count)
{
    char other = quote == '"' ? '\'' : '"';
    if (!text->size)
        return true;
    if (memchr(text->bytes, '\\', text->size) || memchr(text->bytes, '#', text->size) || (count == 1 && memchr(text->bytes, '\n', text->size)))
        return false;
    bool holds = memchr(text->bytes, quote, text->size) != NULL;
    if (holds && memchr(text->bytes, other, text->size))
        return count == 3 && text->bytes[text->size - 1] != quote;
    for (size_t i = 0; holds && i < text->size; i++)
        if (text->bytes[i] == quote)
            text->bytes[i] = other;
    return true;
}

void nw_write_formatted(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_buffer *outer = writer->out, text;
    nw_buffer_init(&text);
    writer->out = &text;
    nw_write_children(writer, node);
    writer->out = outer;
    char quote = '"';
    uint32_t size = n->end - n->start, count = quotes_around(writer->bytes, writer->joined_start, n->start, writer->joined_end, &quote);
    bool same = text.size == size && memcmp(text.bytes, writer->bytes + n->start, size) == 0;
    if (same || !count || fit(&text, quote, count)) {
        nw_buffer_add(outer, text.bytes ? text.bytes : "", text.size);
    } else {
        nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "what is written here cannot stand in an f-string");
        nw_write_source(writer, n->start, n->end);
    }
    nw_buffer_release(&text);
}

void nw_write_joined(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    uint32_t start = writer->joined_start, end = writer->joined_end, at = n->start;
    char quote;
    if (opening(writer->bytes, &at, n->end, &quote)) { /* not the part behind the colon */
        writer->joined_start = n->start;
        writer->joined_end = n->end;
    }
    nw_write_children(writer, node);
    writer->joined_start = start;
    writer->joined_end = end;
}
