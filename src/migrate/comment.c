/* Comments inside of what is written anew: they are kept for the lines above the statement. */
#include "migrate/writer.h"

#include <string.h>

/* The next `#` that begins a comment, `end`: there is none. */
static uint32_t next_comment(const nw_writer *writer, uint32_t at, uint32_t end)
{
    for (; at < end && writer->bytes[at] != '#'; at++) {
        char quote = writer->bytes[at];
        if (quote != '\'' && quote != '"')
            continue;
        for (at++; at < end && writer->bytes[at] != quote; at++)
            at += writer->bytes[at] == '\\';
    }
    return at < end ? at : end;
}

bool nw_holds_comment(const nw_writer *writer, const nw_node *node)
{
    return next_comment(writer, node->start, node->end) < node->end;
}

nw_comment_place nw_comments_begin(const nw_writer *writer)
{
    return (nw_comment_place){writer->comments.size, writer->out->size};
}

/* Whether a comment stands in what was written since, at the end of a line. */
static bool is_written(const nw_writer *writer, size_t from, const char *comment, size_t size)
{
    for (size_t at = from; at + size < writer->out->size; at++)
        if (writer->out->bytes[at] == '#' && memcmp(writer->out->bytes + at, comment, size) == 0 && strchr("\r\n", writer->out->bytes[at + size]))
            return true;
    return false;
}

void nw_keep_comments(nw_writer *writer, const nw_node *node, nw_comment_place before)
{
    if (writer->comments.size > before.comments) { /* those of its parts are among its own */
        writer->comments.size = before.comments;
        writer->comments.bytes[before.comments] = 0;
    }
    for (uint32_t at = next_comment(writer, node->start, node->end); at < node->end; at = next_comment(writer, at, node->end)) {
        uint32_t end = at;
        while (end < node->end && writer->bytes[end] != '\n' && writer->bytes[end] != '\r')
            end++;
        bool is_shown = at >= writer->shown_start && at < writer->shown_end;
        if (!is_shown && !is_written(writer, before.out, writer->bytes + at, end - at)) {
            nw_buffer_add(&writer->comments, writer->bytes + at, end - at);
            nw_buffer_byte(&writer->comments, '\n');
        }
        at = end;
    }
}
