#include "emit/message.h"

#include <string.h>

void nw_message_text(nw_buffer *out, nw_diagnostic_id id, const char *detail)
{
    const char *format = nw_diagnostic_row_of(id)->format;
    const char *hole = strstr(format, "%s");
    if (!hole) {
        nw_buffer_text(out, format);
        return;
    }
    nw_buffer_add(out, format, (size_t)(hole - format));
    nw_buffer_text(out, detail);
    nw_buffer_text(out, hole + 2);
}

void nw_message_line(nw_buffer *out, const nw_diagnostic *diagnostic, bool color)
{
    static const char *const names[] = {"note", "warning", "error"};
    static const char *const colors[] = {"\033[36m", "\033[33m", "\033[31m"};
    const nw_diagnostic_row *row = nw_diagnostic_row_of(diagnostic->id);
    if (diagnostic->path)
        nw_buffer_format(out, "%s:", diagnostic->path);
    if (diagnostic->line)
        nw_buffer_format(out, "%u:%u:", diagnostic->line, diagnostic->column);
    nw_buffer_format(out, "%s%s%s:%s ", diagnostic->path ? " " : "", color ? colors[row->level] : "", names[row->level], color ? "\033[0m" : "");
    nw_message_text(out, diagnostic->id, diagnostic->detail);
    nw_buffer_format(out, " [NW%04u]\n", row->code);
}
