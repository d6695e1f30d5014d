#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void nw_buffer_init(nw_buffer *buffer)
{
    *buffer = (nw_buffer){0};
}

void nw_buffer_release(nw_buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (nw_buffer){0};
}

void nw_buffer_clear(nw_buffer *buffer)
{
    buffer->size = 0;
    if (buffer->bytes)
        buffer->bytes[0] = 0;
}

static void reserve(nw_buffer *buffer, size_t more)
{
    if (buffer->size + more + 1 <= buffer->capacity)
        return;
    size_t capacity = buffer->capacity ? buffer->capacity * 2 : 256;
    while (capacity < buffer->size + more + 1)
        capacity *= 2;
    buffer->bytes = realloc(buffer->bytes, capacity);
    if (!buffer->bytes) {
        fputs("netwright: out of memory\n", stderr);
        exit(3);
    }
    buffer->capacity = capacity;
}

void nw_buffer_add(nw_buffer *buffer, const char *bytes, size_t size)
{
    reserve(buffer, size);
    if (size)
        memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    buffer->bytes[buffer->size] = 0;
}

void nw_buffer_text(nw_buffer *buffer, const char *zero_terminated)
{
    nw_buffer_add(buffer, zero_terminated, strlen(zero_terminated));
}

void nw_buffer_byte(nw_buffer *buffer, char byte)
{
    nw_buffer_add(buffer, &byte, 1);
}

void nw_buffer_format(nw_buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size > 0) {
        reserve(buffer, (size_t)size);
        vsnprintf(buffer->bytes + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}

size_t nw_utf8_length(const unsigned char *bytes, size_t size)
{
    unsigned char lead = bytes[0];
    size_t length = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
    if (length == 0 || length > size)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    if ((lead == 0xE0 && bytes[1] < 0xA0) || (lead == 0xED && bytes[1] > 0x9F) || (lead == 0xF0 && bytes[1] < 0x90) ||
        (lead == 0xF4 && bytes[1] > 0x8F))
        return 0;
    return length;
}

void nw_buffer_json_string(nw_buffer *buffer, const char *bytes, size_t size)
{
    nw_buffer_byte(buffer, '"');
    for (size_t i = 0; i < size;) {
        unsigned char byte = (unsigned char)bytes[i];
        size_t length = nw_utf8_length((const unsigned char *)bytes + i, size - i);
        if (byte == '"' || byte == '\\')
            nw_buffer_format(buffer, "\\%c", byte);
        else if (byte == '\n')
            nw_buffer_text(buffer, "\\n");
        else if (byte < 0x20 || byte == 0x7F)
            nw_buffer_format(buffer, "\\u%04x", byte);
        else if (length)
            nw_buffer_add(buffer, bytes + i, length);
        else
            nw_buffer_text(buffer, "\xEF\xBF\xBD");
        i += length ? length : 1;
    }
    nw_buffer_byte(buffer, '"');
}
