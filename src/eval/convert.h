/* Python's text forms of known values: numbers, quoted strings, format specifications; and code points in UTF-8.
 *
 * Purpose: one place for what repr(), format(), % and str.format() have in common.
 * Ownership: results are appended to the caller's buffer.
 * Invariants: texts are UTF-8; positions that Python counts in characters are converted here and nowhere else. */
#ifndef NW_EVAL_CONVERT_H
#define NW_EVAL_CONVERT_H

#include "eval/eval.h"

/* ---- characters ---- */
uint32_t nw_characters(nw_text text);
/* The byte offset of a character; the size when there are fewer. */
uint32_t nw_character_offset(nw_text text, int64_t character);
/* Bytes of the character that starts with this byte. */
uint32_t nw_character_size(unsigned char lead);
uint32_t nw_character_code(nw_text text, uint32_t offset);
void nw_character_add(nw_buffer *out, uint32_t code);
/* The byte offset of `part` in `text` at or after `from`, or -1. */
int64_t nw_text_find(nw_text text, nw_text part, uint32_t from);

/* ---- numbers and strings ---- */
void nw_convert_float(nw_buffer *out, double number);
void nw_convert_quoted(nw_buffer *out, nw_text text, bool is_bytes);
/* The same with everything beyond ASCII escaped: ascii(). */
void nw_convert_ascii(nw_buffer *out, nw_text text);
/* As nw_convert_quoted, but no more than the first `most` bytes, in the quotes that the whole has. */
void nw_convert_quoted_start(nw_buffer *out, nw_text text, uint32_t most);
/* int(text, base) and float(text); false when the text is not one, or *overflow: an integer beyond 64 bits. */
bool nw_parse_integer(nw_text text, int base, int64_t *value, bool *overflow);
bool nw_parse_float(nw_text text, double *value);

/* ---- format specifications ---- */
typedef struct nw_format {
    char fill[5];      /* one character in UTF-8 */
    char align;        /* < > ^ = or 0 */
    char sign;         /* + - space or 0 */
    char grouping;     /* , _ or 0 */
    char type;         /* 0 when absent */
    bool alternate, zero;
    int width, precision; /* -1 absent */
} nw_format;

bool nw_format_parse(nw_text specification, nw_format *format);
/* False: the type does not fit the value. */
bool nw_format_integer(nw_buffer *out, const nw_format *format, int64_t value);
bool nw_format_float(nw_buffer *out, const nw_format *format, double value);
bool nw_format_text(nw_buffer *out, const nw_format *format, nw_text text);

/* str() and repr() appended; MAYBE when part of it is not known. */
nw_answer nw_write_string(nw_eval *eval, nw_buffer *out, nw_value value);
nw_answer nw_write_representation(nw_eval *eval, nw_buffer *out, nw_value value);
/* What a program's own __str__, __repr__ or __format__ gave; MAYBE when it is no known string. */
nw_answer nw_write_result(nw_eval *eval, nw_buffer *out, nw_value result);
/* The string in `out`, which is released. */
nw_value nw_buffer_value(nw_eval *eval, nw_buffer *out);
/* template % value, and template.format(arguments). */
nw_value nw_format_percent(nw_eval *eval, nw_value template_, nw_value value);
nw_value nw_format_fields(nw_eval *eval, nw_value template_, const nw_arguments *arguments);

#endif
