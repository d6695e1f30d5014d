#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

nw_json nw_json_start(nw_buffer *out)
{
    return (nw_json){.out = out};
}

static void before_value(nw_json *json)
{
    uint64_t bit = UINT64_C(1) << json->depth;
    if (!json->after_key && (json->filled & bit))
        nw_buffer_text(json->out, ", ");
    json->filled |= bit;
    json->after_key = false;
}

void nw_json_open(nw_json *json, char bracket)
{
    before_value(json);
    nw_buffer_byte(json->out, bracket);
    assert(json->depth < NW_JSON_MAX_DEPTH);
    json->depth++;
    json->filled &= ~(UINT64_C(1) << json->depth);
}

void nw_json_close(nw_json *json, char bracket)
{
    json->depth--;
    nw_buffer_byte(json->out, bracket);
}

void nw_json_key(nw_json *json, const char *key)
{
    nw_json_text(json, key);
    nw_buffer_text(json->out, ": ");
    json->after_key = true;
}

void nw_json_text(nw_json *json, const char *zero_terminated)
{
    nw_json_bytes(json, zero_terminated, strlen(zero_terminated));
}

void nw_json_bytes(nw_json *json, const char *bytes, size_t size)
{
    before_value(json);
    nw_buffer_json_string(json->out, bytes, size);
}

void nw_json_integer(nw_json *json, int64_t value)
{
    before_value(json);
    nw_buffer_format(json->out, "%lld", (long long)value);
}

void nw_json_number(nw_json *json, double value)
{
    if (!isfinite(value)) {
        nw_json_text(json, isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
        return;
    }
    before_value(json);
    char text[40];
    for (int digits = 15; digits <= 17; digits++) { /* the shortest that reads back the same */
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    nw_buffer_text(json->out, text);
    if (!strpbrk(text, ".eE"))
        nw_buffer_text(json->out, ".0");
}

void nw_json_bool(nw_json *json, bool value)
{
    before_value(json);
    nw_buffer_text(json->out, value ? "true" : "false");
}

void nw_json_null(nw_json *json)
{
    before_value(json);
    nw_buffer_text(json->out, "null");
}
