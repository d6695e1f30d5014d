/* Writing JSON into a buffer, with commas where they belong.
 * Ownership: the writer borrows its buffer. Invariants: calls nest as the JSON does; at most NW_JSON_MAX_DEPTH levels. */
#ifndef NW_BASE_JSON_H
#define NW_BASE_JSON_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

enum { NW_JSON_MAX_DEPTH = 63 };

typedef struct nw_json {
    nw_buffer *out;
    uint64_t filled; /* bit per level: something stands there already */
    unsigned depth;
    bool after_key;
} nw_json;

nw_json nw_json_start(nw_buffer *out);
void nw_json_open(nw_json *json, char bracket); /* '{' or '[' */
void nw_json_close(nw_json *json, char bracket); /* '}' or ']' */
void nw_json_key(nw_json *json, const char *key);
void nw_json_text(nw_json *json, const char *zero_terminated);
void nw_json_bytes(nw_json *json, const char *bytes, size_t size);
void nw_json_integer(nw_json *json, int64_t value);
void nw_json_number(nw_json *json, double value); /* not finite: a string such as "inf" */
void nw_json_bool(nw_json *json, bool value);
void nw_json_null(nw_json *json);

#endif
