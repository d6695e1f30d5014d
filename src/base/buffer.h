/* Buffer: bytes that grow at the end, for building text.
 * Ownership: init and release in pairs; `bytes` may move on every append. Invariant: bytes[size] is zero once
 * anything was appended. */
#ifndef NW_BASE_BUFFER_H
#define NW_BASE_BUFFER_H

#include <stddef.h>

typedef struct nw_buffer {
    char *bytes;
    size_t size, capacity;
} nw_buffer;

void nw_buffer_init(nw_buffer *buffer);
void nw_buffer_release(nw_buffer *buffer);
void nw_buffer_clear(nw_buffer *buffer);
void nw_buffer_add(nw_buffer *buffer, const char *bytes, size_t size);
void nw_buffer_text(nw_buffer *buffer, const char *zero_terminated);
void nw_buffer_byte(nw_buffer *buffer, char byte);
void nw_buffer_format(nw_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Length in bytes of the valid UTF-8 sequence at `bytes`, 0 when there is none. */
size_t nw_utf8_length(const unsigned char *bytes, size_t size);
/* A JSON string literal, quotes included; bytes that are not UTF-8 become U+FFFD. */
void nw_buffer_json_string(nw_buffer *buffer, const char *bytes, size_t size);

#endif
