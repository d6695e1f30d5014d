/* String literals of quick.h: f-strings without escapes, quotes or specifications inside what they interpolate. */
#include "syntax/lower_string.h"
#include "syntax/quick.h"

#include <string.h>

/* Where the expression of an interpolation ends, which begins at `at`: at its `}`, `!` or `:`; `end` when this is none
 * of the simple ones. */
static uint32_t expression_end(const nw_quick *q, uint32_t at, uint32_t end)
{
    const char *text = q->l->text;
    uint32_t depth = 0;
    for (; at < end; at++) {
        switch (text[at]) {
        case '(':
        case '[': depth++; break;
        case ')':
        case ']':
            if (!depth--)
                return end;
            break;
        case '"':
        case '\'': {
            const char *close = memchr(text + at + 1, text[at], end - at - 1);
            if (!close || memchr(text + at, '\\', (size_t)(close - text) - at))
                return end;
            at = (uint32_t)(close - text);
            break;
        }
        case '{':
        case '\\':
        case '#':
        case '\n': return end;
        case '}': return depth ? end : at;
        case ':':
            if (!depth)
                return at;
            break;
        case '!':
            if (text[at + 1] != '=')
                return depth ? end : at;
            at++;
            break;
        default: break;
        }
    }
    return end;
}

/* The expression in text[start..end), or several, a tuple. */
static uint32_t inner_expression(nw_quick *q, uint32_t start, uint32_t end)
{
    uint32_t at = q->at, count = q->tokens.count;
    if (!nw_tokens_read(&q->tokens, q->l->text, start, end, true)) {
        q->tokens.count = count;
        return nw_quick_fail(q);
    }
    q->at = count;
    uint32_t value = nw_quick_expressions(q);
    if (nw_quick_kind(q) != NW_TOKEN_END || q->failed)
        return nw_quick_fail(q);
    q->tokens.count = count;
    q->at = at;
    return value;
}

/* From behind the opening brace to behind the closing one; returns where that is, or 0. */
static uint32_t interpolation(nw_quick *q, uint32_t at, uint32_t end)
{
    nw_lowering *l = q->l;
    uint32_t stop = expression_end(q, at, end), conversion = 0, specification = 0, next = stop;
    if (stop == end)
        return 0;
    uint32_t value = inner_expression(q, at, stop);
    if (q->failed)
        return 0;
    if (l->text[next] == '!') {
        conversion = (unsigned char)l->text[next + 1];
        next += 2;
    }
    if (l->text[next] == ':') {
        uint32_t first = next + 1;
        for (next = first; next < end && l->text[next] != '}'; next++)
            if (l->text[next] == '{' || l->text[next] == '\\' || l->text[next] == '\n')
                return 0;
        nw_string_form form = {.content_start = first, .content_end = next};
        if (first == next)
            return 0;
        specification = nw_string_plain(l, &form, first, next);
    }
    if (next >= end || l->text[next] != '}' || (conversion && !strchr("rsa", (int)conversion)))
        return 0;
    nw_lower_push(l, nw_lower_add(l, NW_NODE_FORMATTED, at - 1, next + 1, value, conversion, specification));
    return next + 1;
}

static void format_part(nw_quick *q, nw_string_state *state, const nw_string_form *form)
{
    nw_lowering *l = q->l;
    const char *text = l->text;
    uint32_t at = form->content_start, end = form->content_end;
    for (uint32_t next = at; next < end; next++) {
        char byte = text[next], second = next + 1 < end ? text[next + 1] : 0;
        if (byte == '\\' && !form->raw) {
            if (second == 'N' || second == '{' || second == '}') {
                nw_quick_fail(q);
                return;
            }
            next++;
        } else if ((byte == '{' || byte == '}') && second == byte) {
            next++;
        } else if (byte == '{') {
            nw_string_add_piece(l, state, form, at, next);
            nw_string_flush_piece(l, state);
            at = interpolation(q, next + 1, end);
            if (!at) {
                nw_quick_fail(q);
                return;
            }
            nw_buffer_clear(&l->bytes);
            next = at - 1;
        } else if (byte == '}') {
            nw_quick_fail(q);
            return;
        }
    }
    nw_string_add_piece(l, state, form, at, end);
}

static bool is_other_kind(const nw_string_state *state, const nw_string_form *form)
{
    return (state->any_bytes && !form->bytes) || (state->any_text && form->bytes);
}

uint32_t nw_quick_string(nw_quick *q)
{
    nw_lowering *l = q->l;
    nw_token first = q->tokens.items[q->at];
    nw_string_form form = nw_string_form_of(l, first.start, first.end);
    if (nw_quick_second(q) != NW_TOKEN_STRING && nw_string_is_plain(l, &form)) {
        q->at++;
        return nw_string_plain(l, &form, first.start, first.end);
    }
    nw_string_state state = nw_string_begin(l);
    for (; nw_quick_kind(q) == NW_TOKEN_STRING; q->at++) {
        nw_token part = q->tokens.items[q->at];
        form = nw_string_form_of(l, part.start, part.end);
        if (is_other_kind(&state, &form))
            return nw_quick_fail(q);
        nw_string_begin_part(&state, &form);
        if (form.format)
            format_part(q, &state, &form);
        else
            nw_string_add_piece(l, &state, &form, form.content_start, form.content_end);
        if (q->failed)
            return 0;
    }
    return nw_string_end(l, &state, first.start, nw_quick_end(q));
}
