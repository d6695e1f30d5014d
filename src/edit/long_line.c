/* Statements that are written anew, broken over several lines where one would be too long. */
#include "edit/long_line.h"

#include "edit/merge_call.h"

#include <string.h>

enum { LONGEST_LINE = 119 };

void nw_put_indent(nw_buffer *out, const char *indent, uint32_t size, uint32_t deeper)
{
    nw_buffer_add(out, indent, size);
    bool tabs = size && indent[0] == '\t';
    for (uint32_t i = 0; i < deeper; i++)
        nw_buffer_text(out, tabs ? "\t" : "    ");
}

/* Where ` if ` or ` else ` stands outside brackets, from a place on; the size: nowhere. */
uint32_t nw_find_word(const char *text, uint32_t size, uint32_t from, const char *word)
{
    int depth = 0;
    uint32_t length = (uint32_t)strlen(word);
    for (uint32_t i = from; i + length <= size; i++) {
        depth += strchr("([{", text[i]) ? 1 : strchr(")]}", text[i]) ? -1 : 0;
        if (depth == 0 && memcmp(text + i, word, length) == 0)
            return i;
    }
    return size;
}

/* An argument, its choice on three lines where it would be too long. */
static void put_argument(const char *text, uint32_t size, nw_statement_writer *to)
{
    uint32_t width = to->indent_size + 4 * (to->depth + 1) + size, test = nw_find_word(text, size, 0, " if "), other = nw_find_word(text, size, test, " else ");
    uint32_t name = nw_find_word(text, size, 0, "=");
    if (width <= LONGEST_LINE || other == size || name >= test || text[name + 1] == '=') {
        nw_buffer_add(to->out, text, size);
        nw_buffer_text(to->out, ",");
        return;
    }
    const uint32_t cuts[] = {name + 1, test, other, size};
    nw_buffer_add(to->out, text, name + 1);
    nw_buffer_byte(to->out, '(');
    for (int i = 0; i < 3; i++) {
        nw_buffer_text(to->out, to->line_end);
        nw_put_indent(to->out, to->indent, to->indent_size, to->depth + 2);
        nw_buffer_add(to->out, text + cuts[i] + (i != 0), cuts[i + 1] - cuts[i] - (i != 0));
    }
    nw_buffer_text(to->out, to->line_end);
    nw_put_indent(to->out, to->indent, to->indent_size, to->depth + 1);
    nw_buffer_text(to->out, "),");
}

/* A new statement on one line, or with one argument on each line where it would be too long. */
void nw_put_line(const nw_buffer *line, uint32_t call, nw_statement_writer *to)
{
    uint32_t open = call, width = to->indent_size + 4 * to->depth + (uint32_t)line->size;
    while (open < line->size && line->bytes[open] != '(')
        open++;
    uint32_t close = nw_text_closing(line, open), start = open + 1;
    nw_put_indent(to->out, to->indent, to->indent_size, to->depth);
    if (width <= LONGEST_LINE || close >= line->size || memchr(line->bytes, '\n', line->size)) {
        nw_buffer_add(to->out, line->bytes, line->size);
        nw_buffer_text(to->out, to->line_end);
        return;
    }
    nw_buffer_add(to->out, line->bytes, start);
    for (uint32_t i = start; i <= close; i++) {
        char c = line->bytes[i];
        if (i < close && strchr("([{\"'", c)) {
            uint32_t end = nw_text_closing(line, i);
            i = c == '"' || c == '\'' ? (uint32_t)(strchr(line->bytes + i + 1, c) - line->bytes) : end;
            continue;
        }
        if (c != ',' && i < close)
            continue;
        nw_buffer_text(to->out, to->line_end);
        nw_put_indent(to->out, to->indent, to->indent_size, to->depth + 1);
        put_argument(line->bytes + start, i - start, to);
        start = i + 1 + (i + 1 < close && line->bytes[i + 1] == ' ');
    }
    nw_buffer_text(to->out, to->line_end);
    nw_put_indent(to->out, to->indent, to->indent_size, to->depth);
    nw_buffer_add(to->out, line->bytes + close, line->size - close);
    nw_buffer_text(to->out, to->line_end);
}
