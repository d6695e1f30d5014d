#include "edit/merge_call.h"

#include "base/symbol.h"

#include <string.h>

enum { MOST_ARGUMENTS = 16, LONGEST = 300 };

uint32_t nw_text_closing(const nw_buffer *text, uint32_t open)
{
    int depth = 0;
    char quote = 0;
    for (uint32_t i = open; i < text->size; i++) {
        char c = text->bytes[i];
        if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
        if (quote)
            continue;
        depth += strchr("([{", c) ? 1 : strchr(")]}", c) ? -1 : 0;
        if (depth == 0)
            return i;
    }
    return (uint32_t)text->size;
}

void nw_text_join_lines(nw_buffer *text)
{
    size_t size = 0;
    for (size_t i = 0; i < text->size; i++)
        if (strchr("#\"'\\", text->bytes[i]))
            return;
    for (size_t i = 0; i < text->size; i++) {
        size_t end = i;
        bool breaks = false;
        for (; end < text->size && strchr(" \t\r\n", text->bytes[end]); end++)
            breaks |= text->bytes[end] == '\n';
        if (!breaks) {
            text->bytes[size++] = text->bytes[i];
            continue;
        }
        if (size && !strchr("([{", text->bytes[size - 1]) && end < text->size && !strchr(")]}.", text->bytes[end]))
            text->bytes[size++] = ' ';
        i = end - 1;
    }
    text->size = size;
}

/* A call in parts of its text. */
typedef struct call_text {
    nw_text head, tail; /* up to the bracket and from the closing one on */
    nw_text names[MOST_ARGUMENTS], values[MOST_ARGUMENTS]; /* no name: by position */
    uint32_t count;
} call_text;

static void add_argument(call_text *call, const char *bytes, uint32_t size)
{
    while (size && *bytes == ' ') {
        bytes++;
        size--;
    }
    uint32_t name = 0;
    while (name < size && (bytes[name] == '_' || (bytes[name] >= 'a' && bytes[name] <= 'z') || (bytes[name] >= '0' && bytes[name] <= '9')))
        name++;
    bool is_named = name && name + 1 < size && bytes[name] == '=' && bytes[name + 1] != '=';
    uint32_t start = is_named ? name + 1 : 0;
    call->names[call->count] = (nw_text){bytes, is_named ? name : 0};
    call->values[call->count++] = (nw_text){bytes + start, size - start};
}

static bool read_call(const nw_buffer *text, uint32_t at, call_text *call)
{
    uint32_t open = at;
    *call = (call_text){0};
    while (open < text->size && text->bytes[open] != '(')
        open++;
    uint32_t close = nw_text_closing(text, open), start = open + 1;
    if (close >= text->size || memchr(text->bytes, '\n', text->size))
        return false;
    call->head = (nw_text){text->bytes, open + 1};
    call->tail = (nw_text){text->bytes + close, (uint32_t)text->size - close};
    for (uint32_t i = start; i <= close; i++) {
        char c = text->bytes[i];
        if (i < close && (c == '"' || c == '\'')) {
            const char *end = memchr(text->bytes + i + 1, c, close - i - 1);
            if (!end)
                return false;
            i = (uint32_t)(end - text->bytes);
        } else if (i < close && strchr("([{", c)) {
            i = nw_text_closing(text, i);
        } else if (c == ',' || i == close) {
            if (call->count == MOST_ARGUMENTS)
                return false;
            if (i > start)
                add_argument(call, text->bytes + start, i - start);
            start = i + 1;
        }
    }
    return true;
}

static int find(const call_text *call, nw_text name)
{
    for (uint32_t i = 0; i < call->count; i++)
        if (call->names[i].size && nw_text_same(call->names[i], name))
            return (int)i;
    return -1;
}

static void put(nw_buffer *out, nw_text text)
{
    nw_buffer_add(out, text.bytes, text.size);
}

static bool has_test(nw_text text)
{
    for (uint32_t i = 0; i + 4 < text.size; i++)
        if (memcmp(text.bytes + i, " if ", 4) == 0)
            return true;
    return false;
}

/* `name=a if test else b` */
static bool put_choice(const nw_call_pair *pair, nw_text name, nw_text then, nw_text otherwise, nw_buffer *out)
{
    bool wrap = has_test(then);
    if (then.size + otherwise.size > LONGEST)
        return false;
    put(out, name);
    nw_buffer_text(out, wrap ? "=(" : "=");
    put(out, then);
    nw_buffer_format(out, "%s if %s else ", wrap ? ")" : "", pair->test);
    put(out, otherwise);
    return true;
}

static bool put_argument(const nw_call_pair *pair, const call_text *a, const call_text *b, uint32_t i, nw_buffer *out)
{
    static const nw_text none = {"None", 4};
    nw_text name = a->names[i];
    int other = name.size ? find(b, name) : (int)i;
    if (!name.size && (i >= b->count || b->names[i].size || !nw_text_same(a->values[i], b->values[i])))
        return false;
    if (!name.size || (other >= 0 && nw_text_same(a->values[i], b->values[other]))) {
        put(out, name);
        nw_buffer_text(out, name.size ? "=" : "");
        put(out, a->values[i]);
        return true;
    }
    if (other < 0 && !pair->defaults_to_none(pair->data, name.bytes, name.size))
        return false;
    return put_choice(pair, name, a->values[i], other < 0 ? none : b->values[other], out);
}

bool nw_calls_merge(const nw_call_pair *pair, nw_buffer *out)
{
    static const nw_text none = {"None", 4};
    call_text a, b;
    if (!read_call(pair->then, pair->call, &a) || !read_call(pair->otherwise, pair->call, &b) || !nw_text_same(a.head, b.head) || !nw_text_same(a.tail, b.tail))
        return false;
    put(out, a.head);
    uint32_t written = 0, by_position = 0;
    for (uint32_t i = 0; i < b.count; i++)
        by_position += b.names[i].size == 0;
    for (uint32_t i = 0; i < a.count; i++) {
        for (uint32_t k = 0; i == by_position && k < b.count; k++) { /* what only the other one has */
            if (!b.names[k].size || find(&a, b.names[k]) >= 0)
                continue;
            nw_buffer_text(out, written++ ? ", " : "");
            if (!pair->defaults_to_none(pair->data, b.names[k].bytes, b.names[k].size) || !put_choice(pair, b.names[k], none, b.values[k], out))
                return false;
        }
        nw_buffer_text(out, written++ ? ", " : "");
        if (!put_argument(pair, &a, &b, i, out))
            return false;
    }
    put(out, a.tail);
    return a.count > by_position;
}
