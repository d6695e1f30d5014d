/* Numbers and strings. */
#include "syntax/lower.h"

#include <stdlib.h>
#include <string.h>

static uint32_t add_bits(nw_lowering *l, nw_node_kind kind, const void *eight_bytes, uint32_t start, uint32_t end)
{
    uint64_t bits;
    memcpy(&bits, eight_bytes, sizeof bits);
    return nw_lower_add(l, kind, start, end, (uint32_t)bits, (uint32_t)(bits >> 32), 0);
}

static unsigned digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return (unsigned)(digit - '0');
    digit |= 0x20;
    return digit >= 'a' && digit <= 'f' ? (unsigned)(digit - 'a') + 10 : 99;
}

/* False when it does not fit an int64. `digits` has no underscores. */
static bool parse_integer(const char *digits, size_t size, unsigned base, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < size; i++) {
        if (*value > ((uint64_t)INT64_MAX - digit_value(digits[i])) / base)
            return false;
        *value = *value * base + digit_value(digits[i]);
    }
    return true;
}

uint32_t nw_lower_number(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end;
    nw_buffer_clear(&l->bytes);
    for (uint32_t i = start; i < end; i++)
        if (l->text[i] != '_')
            nw_buffer_byte(&l->bytes, l->text[i]);
    const char *digits = l->bytes.bytes;
    size_t size = l->bytes.size;
    char last = (char)(digits[size - 1] | 0x20), second = size > 1 ? (char)(digits[1] | 0x20) : 0;
    unsigned base = digits[0] != '0' ? 10 : second == 'x' ? 16 : second == 'o' ? 8 : second == 'b' ? 2 : 10;
    if (base == 10 && (l->kind == NW_CST_FLOAT || last == 'j')) {
        double number = strtod(digits, NULL);
        return add_bits(l, last == 'j' ? NW_NODE_IMAGINARY : NW_NODE_FLOAT, &number, start, end);
    }
    if (last == 'l')
        return nw_lower_error(l, start, end); /* Python 2 */
    uint64_t value;
    size_t skip = base == 10 ? 0 : 2;
    if (!parse_integer(digits + skip, size - skip, base, &value))
        return nw_lower_add(l, NW_NODE_BIG_INTEGER, start, end, nw_symbol_intern(l->symbols, digits, size).v, 0, 0);
    if (base == 10 && digits[0] == '0' && value != 0)
        return nw_lower_error(l, start, end); /* 0777 of Python 2 */
    return add_bits(l, NW_NODE_INTEGER, &value, start, end);
}

/* What the letters before the quotes say. */
typedef struct nw_string_form {
    bool raw, bytes, format;
    uint32_t content_start, content_end;
} nw_string_form;

static nw_string_form string_form(const nw_lowering *l, uint32_t start, uint32_t end)
{
    nw_string_form form = {0};
    uint32_t at = start;
    for (; at < end && l->text[at] != '"' && l->text[at] != '\''; at++) {
        char letter = (char)(l->text[at] | 0x20);
        form.raw |= letter == 'r';
        form.bytes |= letter == 'b';
        form.format |= letter == 'f';
    }
    char quote = l->text[at];
    uint32_t quotes = end - at >= 6 && l->text[at + 1] == quote && l->text[at + 2] == quote ? 3 : 1;
    form.content_start = at + quotes;
    form.content_end = end - quotes;
    if (form.content_end < form.content_start)
        form.content_end = form.content_start;
    return form;
}

/* A surrogate is written as the three bytes that its value would have. */
static void add_code_point(nw_buffer *out, uint32_t value)
{
    char bytes[4];
    if (value < 0x80) {
        nw_buffer_byte(out, (char)value);
        return;
    }
    size_t size = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, value >>= 6)
        bytes[i] = (char)(0x80 | (value & 0x3F));
    bytes[0] = (char)((0xF00u >> size & 0xF0u) | value);
    nw_buffer_add(out, bytes, size);
}

static uint32_t digits_value(const char *text, uint32_t at, uint32_t end, uint32_t most, unsigned base, uint32_t *count)
{
    uint32_t value = 0;
    for (*count = 0; *count < most && at + *count < end && digit_value(text[at + *count]) < base; ++*count)
        value = value * base + digit_value(text[at + *count]);
    return value;
}

/* One escape; `at` is behind the backslash; returns where the text goes on. */
static uint32_t decode_escape(nw_lowering *l, const nw_string_form *form, uint32_t at, uint32_t end)
{
    static const char simple[][2] = {{'a', '\a'}, {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'v', '\v'}, {'\\', '\\'}, {'\'', '\''}, {'"', '"'}};
    char letter = l->text[at];
    uint32_t count;
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++) {
        if (simple[i][0] == letter) {
            nw_buffer_byte(&l->bytes, simple[i][1]);
            return at + 1;
        }
    }
    if (letter == '\n')
        return at + 1;
    if (letter == '\r')
        return at + 1 < end && l->text[at + 1] == '\n' ? at + 2 : at + 1;
    if (letter >= '0' && letter <= '7') {
        uint32_t value = digits_value(l->text, at, end, 3, 8, &count);
        if (form->bytes)
            nw_buffer_byte(&l->bytes, (char)value);
        else
            add_code_point(&l->bytes, value);
        return at + count;
    }
    uint32_t wanted = letter == 'x' ? 2 : form->bytes ? 0 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    uint32_t value = wanted ? digits_value(l->text, at + 1, end, wanted, 16, &count) : 0;
    if (wanted && count == wanted && value <= 0x10FFFF) {
        if (form->bytes)
            nw_buffer_byte(&l->bytes, (char)value);
        else
            add_code_point(&l->bytes, value);
        return at + 1 + count;
    }
    nw_buffer_byte(&l->bytes, '\\'); /* not an escape: the backslash stays */
    return at;
}

/* The value of text[at..end) inside a literal of this form, appended to l->bytes. */
static void decode(nw_lowering *l, const nw_string_form *form, uint32_t at, uint32_t end)
{
    while (at < end) {
        char byte = l->text[at];
        if (byte == '\\' && !form->raw && at + 1 < end) {
            if (form->format && l->text[at + 1] == 'N') {
                /* the braces of a character name are not those of an interpolation */
                const char *close = memchr(l->text + at, '}', end - at);
                uint32_t next = close ? (uint32_t)(close - l->text) + 1 : at + 2;
                nw_buffer_add(&l->bytes, l->text + at, next - at);
                at = next;
            } else {
                at = decode_escape(l, form, at + 1, end);
            }
            continue;
        }
        if (byte == '\r') { /* Python reads every line end as \n */
            byte = '\n';
            at += at + 1 < end && l->text[at + 1] == '\n';
        } else if (form->format && (byte == '{' || byte == '}') && at + 1 < end && l->text[at + 1] == byte) {
            at++;
        }
        uint32_t run = at + 1;
        while (run < end && l->text[run] != '\\' && l->text[run] != '\r' && l->text[run] != '{' && l->text[run] != '}')
            run++;
        nw_buffer_byte(&l->bytes, byte);
        nw_buffer_add(&l->bytes, l->text + at + 1, run - at - 1);
        at = run;
    }
}

/* A literal under construction out of implicitly joined parts. */
typedef struct nw_string_state {
    uint32_t mark;          /* of the pieces of an f-string */
    uint32_t piece_start, piece_end;
    bool any_format, any_bytes, any_text, any_piece;
} nw_string_state;

static void add_piece(nw_lowering *l, nw_string_state *state, const nw_string_form *form, uint32_t start, uint32_t end)
{
    if (start >= end)
        return;
    if (!state->any_piece)
        state->piece_start = start;
    state->any_piece = true;
    state->piece_end = end;
    decode(l, form, start, end);
}

static void flush_piece(nw_lowering *l, nw_string_state *state)
{
    if (l->bytes.size) {
        nw_symbol symbol = nw_symbol_intern(l->symbols, l->bytes.bytes, l->bytes.size);
        nw_lower_push(l, nw_lower_add(l, NW_NODE_STRING, state->piece_start, state->piece_end, symbol.v, 0, 0));
    }
    nw_buffer_clear(&l->bytes);
    state->any_piece = false;
}

/* `{value=}`: the text up to and with the equals sign and the spaces around it. */
static uint32_t self_documenting_end(nw_lowering *l)
{
    uint32_t end = 0;
    if (!nw_lower_enter(l))
        return 0;
    while (nw_lower_next(l))
        if (l->kind == NW_CST_EQUALS_TOKEN)
            end = l->end;
    nw_lower_leave(l);
    while (end && end < l->size && (l->text[end] == ' ' || l->text[end] == '\t' || l->text[end] == '\n' || l->text[end] == '\r'))
        end++;
    return end;
}

/* The pieces between and inside the interpolations of a literal or of a format specification. */
static void lower_pieces(nw_lowering *l, nw_string_state *state, const nw_string_form *form)
{
    uint32_t at = form->content_start;
    if (!nw_lower_enter(l))
        return;
    do {
        if (l->kind != NW_CST_INTERPOLATION && l->kind != NW_CST_FORMAT_EXPRESSION)
            continue;
        uint32_t start = l->start, end = l->end, equals = self_documenting_end(l);
        add_piece(l, state, form, at, start);
        if (equals) {
            nw_string_form verbatim = {.raw = true};
            add_piece(l, state, &verbatim, start + 1, equals);
        }
        flush_piece(l, state);
        nw_lower_push(l, nw_lower_interpolation(l));
        nw_buffer_clear(&l->bytes);
        at = end;
    } while (nw_lower_next(l));
    nw_lower_leave(l);
    add_piece(l, state, form, at, form->content_end);
}

static void lower_string_part(nw_lowering *l, nw_string_state *state)
{
    nw_string_form form = string_form(l, l->start, l->end);
    state->any_format |= form.format;
    state->any_bytes |= form.bytes;
    state->any_text |= !form.bytes;
    if (form.format)
        lower_pieces(l, state, &form);
    else
        add_piece(l, state, &form, form.content_start, form.content_end);
}

/* The commonest literals need no decoding: one part, no escape. */
static bool is_plain(const nw_lowering *l, const nw_string_form *form)
{
    size_t size = form->content_end - form->content_start;
    const char *content = l->text + form->content_start;
    return !form->format && (form->raw || !memchr(content, '\\', size)) && !memchr(content, '\r', size);
}

uint32_t nw_lower_string(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end;
    if (l->kind == NW_CST_STRING) {
        nw_string_form form = string_form(l, start, end);
        if (is_plain(l, &form)) {
            nw_symbol symbol = nw_lower_symbol(l, form.content_start, form.content_end);
            return nw_lower_add(l, form.bytes ? NW_NODE_BYTES : NW_NODE_STRING, start, end, symbol.v, 0, 0);
        }
    }
    nw_string_state state = {.mark = l->pending_count};
    nw_buffer_clear(&l->bytes);
    if (l->kind == NW_CST_STRING) {
        lower_string_part(l, &state);
    } else if (nw_lower_enter(l)) {
        do
            if (l->kind == NW_CST_STRING)
                lower_string_part(l, &state);
        while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    if (state.any_bytes && state.any_text) {
        l->pending_count = state.mark;
        return nw_lower_error(l, start, end);
    }
    if (state.any_format) {
        flush_piece(l, &state);
        return nw_lower_add(l, NW_NODE_JOINED_STRING, start, end, nw_lower_list(l, state.mark), 0, 0);
    }
    nw_symbol symbol = nw_symbol_intern(l->symbols, l->bytes.bytes, l->bytes.size);
    return nw_lower_add(l, state.any_bytes ? NW_NODE_BYTES : NW_NODE_STRING, start, end, symbol.v, 0, 0);
}

/* The specification after the colon: JOINED_STRING, as Python has it, also when it is one plain piece. */
static uint32_t lower_format_specifier(nw_lowering *l)
{
    uint32_t start = l->start + 1, end = l->end;
    nw_string_form form = {.content_start = start, .content_end = end};
    nw_string_state state = {.mark = l->pending_count};
    nw_buffer_clear(&l->bytes);
    lower_pieces(l, &state, &form);
    flush_piece(l, &state);
    if (l->pending_count == state.mark + 1 && l->ast->nodes[l->pending[state.mark]].kind == NW_NODE_STRING)
        return l->pending[--l->pending_count];
    return nw_lower_add(l, NW_NODE_JOINED_STRING, start, end, nw_lower_list(l, state.mark), 0, 0);
}

uint32_t nw_lower_interpolation(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, value = 0, conversion = 0, specification = 0;
    bool equals = false;
    if (nw_lower_enter(l)) {
        while (nw_lower_next(l)) {
            if (l->kind == NW_CST_TYPE_CONVERSION)
                conversion = (unsigned char)l->text[l->end - 1];
            else if (l->kind == NW_CST_FORMAT_SPECIFIER)
                specification = lower_format_specifier(l);
            else if (l->kind == NW_CST_EQUALS_TOKEN)
                equals = true;
            else if (l->kind != NW_CST_OTHER && !value)
                value = nw_lower_expression(l);
        }
        nw_lower_leave(l);
    }
    if (equals && !conversion && !specification)
        conversion = 'r';
    if (!value)
        value = nw_lower_error(l, start, end);
    return nw_lower_add(l, NW_NODE_FORMATTED, start, end, value, conversion, specification);
}
