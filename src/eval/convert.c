#include "eval/convert.h"

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- characters ---- */

uint32_t nw_character_size(unsigned char lead)
{
    return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

uint32_t nw_characters(nw_text text)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
    return count;
}

uint32_t nw_character_offset(nw_text text, int64_t character)
{
    uint32_t offset = 0;
    for (; character > 0 && offset < text.size; character--)
        offset += nw_character_size((unsigned char)text.bytes[offset]);
    return offset < text.size ? offset : text.size;
}

uint32_t nw_character_code(nw_text text, uint32_t offset)
{
    unsigned char lead = (unsigned char)text.bytes[offset];
    uint32_t size = nw_character_size(lead);
    uint32_t code = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (uint32_t i = 1; i < size && offset + i < text.size; i++)
        code = code << 6 | ((unsigned char)text.bytes[offset + i] & 0x3F);
    return code;
}

void nw_character_add(nw_buffer *out, uint32_t code)
{
    if (code < 0x80) {
        nw_buffer_byte(out, (char)code);
        return;
    }
    uint32_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    nw_buffer_byte(out, (char)((0xFF00u >> (more + 1) & 0xFF) | code >> (6 * more)));
    while (more--)
        nw_buffer_byte(out, (char)(0x80 | (code >> (6 * more) & 0x3F)));
}

int64_t nw_text_find(nw_text text, nw_text part, uint32_t from)
{
    if (from > text.size || part.size > text.size - from)
        return -1;
    if (part.size == 0)
        return from;
    const char *at = text.bytes + from, *end = text.bytes + text.size - part.size + 1;
    while ((at = memchr(at, part.bytes[0], (size_t)(end - at)))) {
        if (memcmp(at, part.bytes, part.size) == 0)
            return at - text.bytes;
        if (++at == end)
            break;
    }
    return -1;
}

/* ---- numbers and strings ---- */

/* The shortest digits that read back as `number`; *exponent is that of the first digit. Returns their count. */
static int shortest_digits(double number, char digits[32], int *exponent)
{
    char text[64] = "";
    digits[0] = '0';
    for (int precision = fabs(number) < DBL_MIN ? 0 : 14; precision <= 16; precision++) { /* what is next to nothing has fewer digits */
        snprintf(text, sizeof text, "%.*e", precision, number);
        if (strtod(text, NULL) == number)
            break;
    }
    int count = 0;
    const char *at = text;
    for (; *at && *at != 'e'; at++)
        if (isdigit((unsigned char)*at))
            digits[count++] = *at;
    *exponent = (int)strtol(at + 1, NULL, 10);
    while (count > 1 && digits[count - 1] == '0')
        count--;
    return count;
}

static void add_digits(nw_buffer *out, const char *digits, int count, int exponent, bool scientific)
{
    if (scientific) {
        nw_buffer_byte(out, digits[0]);
        if (count > 1) {
            nw_buffer_byte(out, '.');
            nw_buffer_add(out, digits + 1, (size_t)count - 1);
        }
        nw_buffer_format(out, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
        return;
    }
    if (exponent < 0)
        nw_buffer_text(out, "0.");
    for (int i = exponent; i < -1; i++)
        nw_buffer_byte(out, '0');
    for (int i = 0; i < count || i <= exponent; i++) {
        nw_buffer_byte(out, i < count ? digits[i] : '0');
        if (i == exponent)
            nw_buffer_text(out, i + 1 < count ? "." : ".0");
    }
}

static bool add_special(nw_buffer *out, double number)
{
    if (isnan(number))
        nw_buffer_text(out, "nan");
    else if (isinf(number))
        nw_buffer_text(out, number < 0 ? "-inf" : "inf");
    else
        return false;
    return true;
}

void nw_convert_float(nw_buffer *out, double number)
{
    char digits[32];
    int exponent;
    if (add_special(out, number))
        return;
    if (signbit(number))
        nw_buffer_byte(out, '-');
    int count = shortest_digits(fabs(number), digits, &exponent);
    add_digits(out, digits, count, exponent, exponent < -4 || exponent >= 16);
}

static bool is_printable(uint32_t code)
{
    static const struct { uint32_t low, high; } hidden[] = { /* controls, separators and code points without a character */
        {0, 0x1F}, {0x7F, 0xA0}, {0xAD, 0xAD}, {0x1680, 0x1680}, {0x2000, 0x200F}, {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000},
        {0xD800, 0xF8FF}, {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0x10FFFF},
    };
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (code >= hidden[i].low && code <= hidden[i].high)
            return false;
    return true;
}

static void add_escaped(nw_buffer *out, uint32_t code)
{
    if (code == '\n' || code == '\r' || code == '\t')
        nw_buffer_format(out, "\\%c", code == '\n' ? 'n' : code == '\r' ? 'r' : 't');
    else if (code < 0x100)
        nw_buffer_format(out, "\\x%02x", code);
    else
        nw_buffer_format(out, code < 0x10000 ? "\\u%04x" : "\\U%08x", code);
}

/* The first `most` bytes of the text, whose quotes are those of the whole, and the closing quote. */
static void add_quoted(nw_buffer *out, nw_text text, uint32_t most, bool is_bytes, bool ascii)
{
    bool single = memchr(text.bytes, '\'', text.size), both = single && memchr(text.bytes, '"', text.size);
    char quote = single && !both ? '"' : '\'';
    nw_buffer_byte(out, quote);
    for (uint32_t i = 0; i < text.size && i < most;) {
        uint32_t size = is_bytes ? 1 : nw_character_size((unsigned char)text.bytes[i]);
        uint32_t code = is_bytes ? (unsigned char)text.bytes[i] : nw_character_code(text, i);
        if (code == (unsigned char)quote || code == '\\')
            nw_buffer_format(out, "\\%c", (int)code);
        else if (!is_printable(code) || ((is_bytes || ascii) && code >= 0x80))
            add_escaped(out, code);
        else
            nw_buffer_add(out, text.bytes + i, size <= text.size - i ? size : text.size - i);
        i += size;
    }
    nw_buffer_byte(out, quote);
}

void nw_convert_quoted(nw_buffer *out, nw_text text, bool is_bytes)
{
    if (is_bytes)
        nw_buffer_byte(out, 'b');
    add_quoted(out, text, text.size, is_bytes, false);
}

void nw_convert_ascii(nw_buffer *out, nw_text text)
{
    add_quoted(out, text, text.size, false, true);
}

void nw_convert_quoted_start(nw_buffer *out, nw_text text, uint32_t most)
{
    add_quoted(out, text, most, false, false);
}

static nw_text trim(nw_text text)
{
    while (text.size && isspace((unsigned char)text.bytes[0]))
        text.bytes++, text.size--;
    while (text.size && isspace((unsigned char)text.bytes[text.size - 1]))
        text.size--;
    return text;
}

static int digit_value(char byte)
{
    return byte >= '0' && byte <= '9' ? byte - '0' : byte >= 'a' && byte <= 'z' ? byte - 'a' + 10 : byte >= 'A' && byte <= 'Z' ? byte - 'A' + 10 : 99;
}

bool nw_parse_integer(nw_text text, int base, int64_t *value, bool *overflow)
{
    text = trim(text);
    *overflow = false;
    bool negative = text.size && text.bytes[0] == '-';
    if (text.size && (text.bytes[0] == '-' || text.bytes[0] == '+'))
        text.bytes++, text.size--;
    if (text.size > 2 && text.bytes[0] == '0') {
        char mark = (char)tolower((unsigned char)text.bytes[1]);
        int named = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
        if (named && (base == 0 || base == named)) {
            base = named;
            text.bytes += 2, text.size -= 2;
        }
    }
    base = base ? base : 10;
    *value = 0;
    for (uint32_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '_' && i && i + 1 < text.size && text.bytes[i - 1] != '_')
            continue;
        int digit = digit_value(text.bytes[i]);
        if (digit >= base)
            return false;
        *overflow |= __builtin_mul_overflow(*value, base, value) || __builtin_add_overflow(*value, negative ? -digit : digit, value);
    }
    return text.size > 0;
}

bool nw_parse_float(nw_text text, double *value)
{
    text = trim(text);
    char copy[400], *end;
    uint32_t size = 0;
    for (uint32_t i = 0; i < text.size && size < sizeof copy - 1; i++) {
        if (text.bytes[i] == '_' && i && i + 1 < text.size && isdigit((unsigned char)text.bytes[i - 1]) && isdigit((unsigned char)text.bytes[i + 1]))
            continue;
        if (strchr("xXpP(", text.bytes[i])) /* strtod reads hexadecimal numbers, Python does not */
            return false;
        copy[size++] = text.bytes[i];
    }
    copy[size] = 0;
    *value = strtod(copy, &end);
    return size > 0 && *end == 0;
}

/* ---- format specifications ---- */

static bool is_align(char byte)
{
    return byte == '<' || byte == '>' || byte == '^' || byte == '=';
}

static uint32_t parse_number(nw_text text, uint32_t at, int *value)
{
    for (; at < text.size && isdigit((unsigned char)text.bytes[at]); at++)
        *value = *value < 0 ? text.bytes[at] - '0' : *value > 100000 ? *value : *value * 10 + (text.bytes[at] - '0');
    return at;
}

bool nw_format_parse(nw_text text, nw_format *format)
{
    *format = (nw_format){.fill = " ", .width = -1, .precision = -1};
    uint32_t at = 0, first = text.size ? nw_character_size((unsigned char)text.bytes[0]) : 0;
    bool filled = first && first < text.size && is_align(text.bytes[first]);
    if (filled) {
        memcpy(format->fill, text.bytes, first);
        format->fill[first] = 0;
        format->align = text.bytes[first];
        at = first + 1;
    } else if (text.size && is_align(text.bytes[0])) {
        format->align = text.bytes[at++];
    }
    if (at < text.size && strchr("+- ", text.bytes[at]))
        format->sign = text.bytes[at++];
    if (at < text.size && text.bytes[at] == '#')
        format->alternate = true, at++;
    if (at < text.size && text.bytes[at] == '0') {
        format->zero = true, at++;
        if (!filled)
            memcpy(format->fill, "0", 2);
        if (!format->align)
            format->align = '=';
    }
    at = parse_number(text, at, &format->width);
    if (at < text.size && (text.bytes[at] == ',' || text.bytes[at] == '_'))
        format->grouping = text.bytes[at++];
    if (at < text.size && text.bytes[at] == '.') {
        at = parse_number(text, at + 1, &format->precision);
        if (format->precision < 0)
            return false;
    }
    if (at < text.size)
        format->type = text.bytes[at++];
    return at == text.size;
}

/* `body` (in characters `length`) with padding; the sign goes before the padding of =. */
static void add_padded(nw_buffer *out, const nw_format *format, const char *sign, nw_text body, uint32_t length, char align)
{
    uint32_t used = (uint32_t)strlen(sign) + length, width = format->width > 0 ? (uint32_t)format->width : 0;
    uint32_t padding = width > used ? width - used : 0;
    uint32_t before = align == '<' ? 0 : align == '^' ? padding / 2 : padding;
    if (align == '=')
        nw_buffer_text(out, sign);
    for (uint32_t i = 0; i < before; i++)
        nw_buffer_text(out, format->fill);
    if (align != '=')
        nw_buffer_text(out, sign);
    nw_buffer_add(out, body.bytes, body.size);
    for (uint32_t i = before; i < padding; i++)
        nw_buffer_text(out, format->fill);
}

bool nw_format_text(nw_buffer *out, const nw_format *format, nw_text text)
{
    if ((format->type && format->type != 's') || format->sign || format->grouping || (format->align == '=' && !format->zero))
        return false;
    nw_format padded = *format;
    if (format->precision >= 0)
        text.size = nw_character_offset(text, format->precision);
    char align = format->align == '=' || !format->align ? '<' : format->align;
    add_padded(out, &padded, "", text, nw_characters(text), align);
    return true;
}

/* Digits before the point in groups; zeros in front when they fill the width. */
static void group_digits(nw_buffer *out, const nw_format *format, nw_text digits, uint32_t whole, uint32_t sign_size)
{
    uint32_t step = format->type && strchr("bxXo", format->type) ? 4 : 3;
    bool fill = format->align == '=' && format->fill[0] == '0' && format->width > 0;
    uint32_t total = whole, rest = digits.size - whole;
    while (fill && (int)(total + 1 + total / step + rest + sign_size) <= format->width)
        total++;
    for (uint32_t i = 0; i < total; i++) {
        uint32_t left = total - i;
        if (i && left % step == 0)
            nw_buffer_byte(out, format->grouping);
        nw_buffer_byte(out, left > whole ? '0' : digits.bytes[whole - left]);
    }
    nw_buffer_add(out, digits.bytes + whole, rest);
}

static void add_number(nw_buffer *out, const nw_format *format, bool negative, const char *prefix, nw_text digits, uint32_t whole)
{
    char sign[8];
    snprintf(sign, sizeof sign, "%s%s", negative ? "-" : format->sign == '+' ? "+" : format->sign == ' ' ? " " : "", prefix);
    nw_buffer grouped;
    nw_buffer_init(&grouped);
    if (format->grouping) {
        group_digits(&grouped, format, digits, whole, (uint32_t)strlen(sign));
        digits = (nw_text){grouped.bytes, (uint32_t)grouped.size};
    }
    add_padded(out, format, sign, digits, digits.size, format->align ? format->align : '>');
    nw_buffer_release(&grouped);
}

bool nw_format_integer(nw_buffer *out, const nw_format *format, int64_t value)
{
    char type = format->type ? format->type : 'd';
    if (strchr("eEfFgG%", type))
        return nw_format_float(out, format, (double)value);
    if (!strchr("bcdnoxX", type) || format->precision >= 0)
        return false;
    nw_buffer digits;
    nw_buffer_init(&digits);
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    if (type == 'c') {
        nw_character_add(&digits, (uint32_t)value);
    } else if (type == 'b') {
        int bit = 63;
        while (bit > 0 && !(magnitude >> bit & 1))
            bit--;
        for (; bit >= 0; bit--)
            nw_buffer_byte(&digits, magnitude >> bit & 1 ? '1' : '0');
    } else {
        nw_buffer_format(&digits, type == 'x' ? "%llx" : type == 'X' ? "%llX" : type == 'o' ? "%llo" : "%llu", (unsigned long long)magnitude);
    }
    const char *prefix = !format->alternate ? "" : type == 'x' ? "0x" : type == 'X' ? "0X" : type == 'o' ? "0o" : type == 'b' ? "0b" : "";
    add_number(out, format, value < 0, prefix, (nw_text){digits.bytes, (uint32_t)digits.size}, (uint32_t)digits.size);
    nw_buffer_release(&digits);
    return true;
}

/* Without a type but with a precision: like g, but a number stays a float to the eye. */
static void general_with_point(nw_buffer *out, double magnitude, int precision)
{
    char digits[400];
    int significant = precision > 0 ? precision : 1, count = 0;
    snprintf(digits, sizeof digits, "%.*e", significant - 1 < 300 ? significant - 1 : 300, magnitude);
    char *mark = strchr(digits, 'e');
    int exponent = (int)strtol(mark + 1, NULL, 10);
    for (char *at = digits; at < mark; at++)
        if (*at != '.')
            digits[count++] = *at;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    add_digits(out, digits, count, exponent, exponent < -4 || exponent >= significant - 1);
}

bool nw_format_float(nw_buffer *out, const nw_format *format, double value)
{
    char type = format->type == 'n' ? 'g' : format->type;
    if (type && !strchr("eEfFgG%", type))
        return false;
    nw_buffer digits;
    nw_buffer_init(&digits);
    double magnitude = type == '%' ? fabs(value) * 100 : fabs(value);
    char pattern[] = {'%', '.', '*', type == '%' ? 'f' : type, 0}, alternate[] = {'%', '#', '.', '*', type == '%' ? 'f' : type, 0};
    bool special = add_special(&digits, magnitude);
    if (!special && !type && format->precision < 0) {
        nw_convert_float(&digits, magnitude);
    } else if (!special && !type) {
        general_with_point(&digits, magnitude, format->precision);
    } else if (!special) {
        char text[512];
        int precision = format->precision < 0 ? 6 : format->precision > 150 ? 150 : format->precision;
        int size = snprintf(text, sizeof text, format->alternate ? alternate : pattern, precision, magnitude);
        nw_buffer_add(&digits, text, (size_t)size);
    }
    if (type == '%')
        nw_buffer_byte(&digits, '%');
    uint32_t whole = 0;
    while (whole < digits.size && isdigit((unsigned char)digits.bytes[whole]))
        whole++;
    if (special && type && isupper((unsigned char)type))
        for (size_t i = 0; i < digits.size; i++)
            digits.bytes[i] = (char)toupper((unsigned char)digits.bytes[i]);
    add_number(out, format, signbit(value) && !isnan(value), "", (nw_text){digits.bytes, (uint32_t)digits.size}, whole);
    nw_buffer_release(&digits);
    return true;
}
