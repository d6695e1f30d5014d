/* Diagnostics as lines of text: "a.py:3:5: warning: ... [NW0209]". */
#ifndef NW_EMIT_MESSAGE_H
#define NW_EMIT_MESSAGE_H

#include "base/buffer.h"
#include "diag/diag.h"

#include <stdbool.h>

/* The sentence alone, with its detail put in. */
void nw_message_text(nw_buffer *out, nw_diagnostic_id id, const char *detail);
void nw_message_line(nw_buffer *out, const nw_diagnostic *diagnostic, bool color);

#endif
