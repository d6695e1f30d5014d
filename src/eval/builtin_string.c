/* Methods of str, and the few of bytes. */
#include "eval/builtin.h"

#include <ctype.h>
#include <string.h>

/* A method of a string with its arguments bound; unknown arguments make the result unknown. */
#define STRING_METHOD(name, signature, count, result)                                                                  \
    NW_RECEIVER(name, NW_STRING);                                                                                      \
    NW_BIND(name, signature, count);                                                                                   \
    for (uint32_t i_ = 0; i_ < (count); i_++)                                                                          \
        if (nw_is_opaque(out[i_] = nw_plain(out[i_])))                                                                 \
            return nw_unknown_method(eval, name, result, self, arguments);                                             \
    nw_text text = nw_text_of(eval, self)
#define PLAIN_METHOD(name)                                                                                             \
    NW_RECEIVER(name, NW_STRING);                                                                                      \
    if (arguments->positional_count || arguments->named_count)                                                         \
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "str.%s() takes no arguments", name);                           \
    nw_text text = nw_text_of(eval, self)

static nw_value part_of(nw_eval *eval, nw_text text, uint32_t from, uint32_t to)
{
    return nw_string_from(eval, text.bytes + from, to > from ? to - from : 0);
}

static bool is_string(nw_eval *eval, const char *method, nw_value value)
{
    if (value.kind == NW_STRING)
        return true;
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s() argument must be str, not %s", method, nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
    return false;
}

static bool integer_argument(nw_eval *eval, nw_value value, int64_t otherwise, int64_t *integer)
{
    *integer = otherwise;
    return value.kind == NW_UNSET || value.kind == NW_NONE || nw_index_of(eval, value, integer) == NW_YES;
}

/* ---- case ---- */

typedef enum letter_case { LOWER, UPPER, SWAP, TITLE, CAPITAL } letter_case;

/* Letters beyond ASCII: the pairs of Latin-1, Greek and Cyrillic that differ by a fixed distance. */
static uint32_t lower_of(uint32_t code)
{
    if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7) || (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F))
        return code + 32;
    return code >= 0x400 && code <= 0x40F ? code + 80 : code;
}

static uint32_t upper_of(uint32_t code)
{
    if ((code >= 'a' && code <= 'z') || (code >= 0xE0 && code <= 0xFE && code != 0xF7) || (code >= 0x3B1 && code <= 0x3C9 && code != 0x3C2) ||
        (code >= 0x430 && code <= 0x44F))
        return code - 32;
    return code >= 0x450 && code <= 0x45F ? code - 80 : code;
}

/* Letters of which lower_of and upper_of do not know what becomes of them: the sharp s, and those of other blocks that have a case. */
static bool has_rare_case(uint32_t code)
{
    return code == 0xB5 || code == 0xDF || code == 0xFF || (code >= 0x100 && code < 0x391) || code == 0x3C2 || (code >= 0x3CA && code < 0x400) ||
           (code >= 0x460 && code < 0x590) || (code >= 0x10A0 && code < 0x1100) || (code >= 0x1C80 && code < 0x2000) || (code >= 0x2C00 && code < 0x2E00) ||
           (code >= 0xA640 && code < 0xAC00) || (code >= 0xFB00 && code < 0xFB20) || (code >= 0xFF21 && code <= 0xFF5A) || (code >= 0x10400 && code < 0x1F000);
}

static bool is_letter(uint32_t code)
{
    return code < 0x80 ? isalpha((int)code) != 0 : code == 0xAA || code == 0xB5 || code == 0xBA || (code >= 0xC0 && code != 0xD7 && code != 0xF7 && code < 0x2000) ||
                                                       (code >= 0x3040 && code < 0xE000);
}

static nw_value with_case(nw_eval *eval, nw_text text, letter_case to)
{
    nw_buffer out;
    bool first = true;
    for (uint32_t i = 0; i < text.size; i += nw_character_size((unsigned char)text.bytes[i]))
        if (has_rare_case(nw_character_code(text, i)))
            return nw_lost(eval, NW_DIAG_UNSUPPORTED, "the case of rare letters");
    nw_buffer_init(&out);
    for (uint32_t i = 0; i < text.size; i += nw_character_size((unsigned char)text.bytes[i])) {
        uint32_t code = nw_character_code(text, i);
        bool up = to == UPPER || (to == SWAP && lower_of(code) == code) || ((to == TITLE || to == CAPITAL) && first);
        nw_character_add(&out, up ? upper_of(code) : lower_of(code));
        first = to == TITLE ? !is_letter(code) : false;
    }
    return nw_buffer_value(eval, &out);
}

NW_NATIVE_FUNCTION(str_lower) { PLAIN_METHOD("lower"); return with_case(eval, text, LOWER); }
NW_NATIVE_FUNCTION(str_upper) { PLAIN_METHOD("upper"); return with_case(eval, text, UPPER); }
NW_NATIVE_FUNCTION(str_title) { PLAIN_METHOD("title"); return with_case(eval, text, TITLE); }
NW_NATIVE_FUNCTION(str_capitalize) { PLAIN_METHOD("capitalize"); return with_case(eval, text, CAPITAL); }
NW_NATIVE_FUNCTION(str_swapcase) { PLAIN_METHOD("swapcase"); return with_case(eval, text, SWAP); }
NW_NATIVE_FUNCTION(str_casefold) { PLAIN_METHOD("casefold"); return with_case(eval, text, LOWER); }

/* ---- predicates ---- */

static bool all_characters(nw_text text, bool (*test)(uint32_t code))
{
    for (uint32_t i = 0; i < text.size; i += nw_character_size((unsigned char)text.bytes[i]))
        if (!test(nw_character_code(text, i)))
            return false;
    return text.size > 0;
}

static bool is_digit(uint32_t code) { return code >= '0' && code <= '9'; }
static bool is_alphanumeric(uint32_t code) { return is_digit(code) || is_letter(code); }
static bool is_space(uint32_t code) { return (code >= 9 && code <= 13) || (code >= 0x1C && code <= 0x20) || code == 0x85 || code == 0xA0 || code == 0x3000; }
static bool is_ascii(uint32_t code) { return code < 0x80; }
static bool is_identifier_part(uint32_t code) { return is_alphanumeric(code) || code == '_'; }
static bool is_printable(uint32_t code) { return code >= 0x20 && code != 0x7F && !(code >= 0x80 && code <= 0xA0); }

NW_NATIVE_FUNCTION(str_isdigit) { PLAIN_METHOD("isdigit"); return nw_bool(all_characters(text, is_digit)); }
NW_NATIVE_FUNCTION(str_isalpha) { PLAIN_METHOD("isalpha"); return nw_bool(all_characters(text, is_letter)); }
NW_NATIVE_FUNCTION(str_isalnum) { PLAIN_METHOD("isalnum"); return nw_bool(all_characters(text, is_alphanumeric)); }
NW_NATIVE_FUNCTION(str_isspace) { PLAIN_METHOD("isspace"); return nw_bool(all_characters(text, is_space)); }
NW_NATIVE_FUNCTION(str_isascii) { PLAIN_METHOD("isascii"); return nw_bool(text.size == 0 || all_characters(text, is_ascii)); }
NW_NATIVE_FUNCTION(str_isprintable) { PLAIN_METHOD("isprintable"); return nw_bool(text.size == 0 || all_characters(text, is_printable)); }
NW_NATIVE_FUNCTION(str_isidentifier) { PLAIN_METHOD("isidentifier"); return nw_bool(all_characters(text, is_identifier_part) && !is_digit((unsigned char)text.bytes[0])); }

static nw_value has_case(nw_text text, bool upper)
{
    bool any = false;
    for (uint32_t i = 0; i < text.size; i += nw_character_size((unsigned char)text.bytes[i])) {
        uint32_t code = nw_character_code(text, i);
        bool is_upper = lower_of(code) != code, is_lower = upper_of(code) != code;
        if (upper ? is_lower : is_upper)
            return nw_bool(false);
        any |= upper ? is_upper : is_lower;
    }
    return nw_bool(any);
}

NW_NATIVE_FUNCTION(str_islower) { PLAIN_METHOD("islower"); return has_case(text, false); }
NW_NATIVE_FUNCTION(str_isupper) { PLAIN_METHOD("isupper"); return has_case(text, true); }

NW_NATIVE_FUNCTION(str_istitle)
{
    PLAIN_METHOD("istitle");
    nw_value titled = with_case(eval, text, TITLE);
    return nw_bool(titled.kind == NW_STRING && titled.as.symbol.v == self.as.symbol.v && (with_case(eval, text, LOWER).as.symbol.v != self.as.symbol.v));
}

/* ---- searching ---- */

/* The part of `text` that [start, end) in characters selects. False: unknown or failed. */
static nw_answer window(nw_eval *eval, nw_text text, nw_value start, nw_value end, uint32_t *from, uint32_t *to)
{
    nw_slice slice = {start.kind == NW_UNSET ? nw_none() : start, end.kind == NW_UNSET ? nw_none() : end, nw_none()};
    int64_t first, last, step, length = nw_characters(text);
    nw_answer answer = nw_slice_indices(eval, &slice, length, &first, &last, &step);
    if (answer != NW_YES)
        return answer;
    *from = nw_character_offset(text, first);
    *to = nw_character_offset(text, last);
    /* a start beyond the end selects nothing, not even the empty string */
    return start.kind == NW_INT && start.as.integer > length ? NW_NO : first > last ? NW_NO : NW_YES;
}

static int64_t find_last(nw_text text, nw_text part, uint32_t from, uint32_t to)
{
    for (int64_t at = (int64_t)to - part.size; at >= (int64_t)from; at--)
        if (part.size == 0 || memcmp(text.bytes + at, part.bytes, part.size) == 0)
            return at;
    return -1;
}

static nw_value find(nw_eval *eval, const char *name, nw_value self, const nw_arguments *arguments, bool last, bool must)
{
    STRING_METHOD(name, "sub, start=, end=", 3, NW_TYPE_INT);
    uint32_t from, to;
    if (!is_string(eval, name, out[0]))
        return nw_error();
    nw_answer known = window(eval, text, out[1], out[2], &from, &to);
    if (known == NW_FAILED)
        return nw_error();
    nw_text part = nw_text_of(eval, out[0]);
    int64_t at = known != NW_YES ? -1 : last ? find_last(text, part, from, to) : nw_text_find((nw_text){text.bytes, to}, part, from);
    if (at < 0)
        return must ? nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "substring not found") : nw_int(-1);
    return nw_int(nw_characters((nw_text){text.bytes, (uint32_t)at}));
}

NW_NATIVE_FUNCTION(str_find) { return find(eval, "find", self, arguments, false, false); }
NW_NATIVE_FUNCTION(str_rfind) { return find(eval, "rfind", self, arguments, true, false); }
NW_NATIVE_FUNCTION(str_index) { return find(eval, "index", self, arguments, false, true); }
NW_NATIVE_FUNCTION(str_rindex) { return find(eval, "rindex", self, arguments, true, true); }

NW_NATIVE_FUNCTION(str_count)
{
    STRING_METHOD("count", "sub, start=, end=", 3, NW_TYPE_INT);
    uint32_t from, to;
    int64_t count = 0;
    if (!is_string(eval, "count", out[0]))
        return nw_error();
    nw_answer known = window(eval, text, out[1], out[2], &from, &to);
    if (known != NW_YES)
        return known == NW_FAILED ? nw_error() : nw_int(0);
    nw_text part = nw_text_of(eval, out[0]), inside = {text.bytes, to};
    if (part.size == 0)
        return nw_int(nw_characters((nw_text){text.bytes + from, to - from}) + 1);
    for (int64_t at = from; (at = nw_text_find(inside, part, (uint32_t)at)) >= 0; at += part.size)
        count++;
    return nw_int(count);
}

static nw_answer affix_matches(nw_eval *eval, const char *name, nw_text text, nw_value affix, bool at_end)
{
    if (affix.kind == NW_TUPLE) {
        nw_answer any = NW_NO;
        for (uint32_t i = 0; i < affix.as.tuple->count && any != NW_YES && any != NW_FAILED; i++) {
            nw_answer one = affix_matches(eval, name, text, nw_plain(nw_settle(eval, affix.as.tuple->items[i])), at_end);
            any = one == NW_NO ? any : one;
        }
        return any;
    }
    if (nw_is_opaque(affix))
        return NW_MAYBE;
    if (!is_string(eval, name, affix))
        return NW_FAILED;
    nw_text part = nw_text_of(eval, affix);
    return part.size <= text.size && memcmp(at_end ? text.bytes + text.size - part.size : text.bytes, part.bytes, part.size) == 0 ? NW_YES : NW_NO;
}

static nw_value has_affix(nw_eval *eval, const char *name, nw_value self, const nw_arguments *arguments, bool at_end)
{
    STRING_METHOD(name, "prefix, start=, end=", 3, NW_TYPE_BOOL);
    uint32_t from, to;
    nw_answer known = window(eval, text, out[1], out[2], &from, &to);
    if (known == NW_YES)
        known = affix_matches(eval, name, (nw_text){text.bytes + from, to - from}, out[0], at_end);
    return known == NW_FAILED ? nw_error() : known == NW_MAYBE ? nw_unknown_method(eval, name, NW_TYPE_BOOL, self, arguments) : nw_bool(known == NW_YES);
}

NW_NATIVE_FUNCTION(str_startswith) { return has_affix(eval, "startswith", self, arguments, false); }
NW_NATIVE_FUNCTION(str_endswith) { return has_affix(eval, "endswith", self, arguments, true); }

NW_NATIVE_FUNCTION(str_removeprefix)
{
    STRING_METHOD("removeprefix", "prefix", 1, NW_TYPE_STRING);
    nw_answer has = affix_matches(eval, "removeprefix", text, out[0], false);
    return has == NW_FAILED ? nw_error() : has == NW_YES ? part_of(eval, text, nw_text_of(eval, out[0]).size, text.size) : self;
}

NW_NATIVE_FUNCTION(str_removesuffix)
{
    STRING_METHOD("removesuffix", "suffix", 1, NW_TYPE_STRING);
    nw_answer has = affix_matches(eval, "removesuffix", text, out[0], true);
    return has == NW_FAILED ? nw_error() : has == NW_YES ? part_of(eval, text, 0, text.size - nw_text_of(eval, out[0]).size) : self;
}

/* ---- splitting and joining ---- */

static nw_value split_at_space(nw_eval *eval, nw_text text, int64_t limit, bool from_right)
{
    nw_value list = nw_list_new(eval, NULL, 0);
    uint32_t start = 0, end = text.size;
    while (start < end) {
        while (start < end && is_space((unsigned char)text.bytes[start]))
            start++;
        while (end > start && is_space((unsigned char)text.bytes[end - 1]))
            end--;
        if (start == end)
            break;
        uint32_t from = from_right ? end : start, to = from_right ? end : start;
        if (limit >= 0 && list.as.list->count == (uint64_t)limit) {
            /* what is left keeps the space on its outer side, as Python does */
            from = from_right ? 0 : start, to = from_right ? end : text.size;
            start = end;
        } else if (from_right) {
            while (from > start && !is_space((unsigned char)text.bytes[from - 1]))
                from--;
            end = from;
        } else {
            while (to < end && !is_space((unsigned char)text.bytes[to]))
                to++;
            start = to;
        }
        nw_value piece = part_of(eval, text, from, to);
        nw_list_splice(eval, list.as.list, from_right ? 0 : list.as.list->count, from_right ? 0 : list.as.list->count, &piece, 1);
    }
    return list;
}

static nw_value split(nw_eval *eval, const char *name, nw_value self, const nw_arguments *arguments, bool from_right)
{
    STRING_METHOD(name, "sep=, maxsplit=", 2, NW_TYPE_LIST);
    int64_t limit;
    if (!integer_argument(eval, out[1], -1, &limit))
        return nw_error();
    if (out[0].kind == NW_UNSET || out[0].kind == NW_NONE)
        return split_at_space(eval, text, limit, from_right);
    if (!is_string(eval, name, out[0]))
        return nw_error();
    nw_text separator = nw_text_of(eval, out[0]);
    if (separator.size == 0)
        return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "empty separator");
    nw_value list = nw_list_new(eval, NULL, 0);
    uint32_t start = 0, end = text.size;
    while (limit < 0 || list.as.list->count < (uint64_t)limit) {
        int64_t at = from_right ? find_last(text, separator, 0, end) : nw_text_find(text, separator, start);
        if (at < 0)
            break;
        nw_value piece = from_right ? part_of(eval, text, (uint32_t)at + separator.size, end) : part_of(eval, text, start, (uint32_t)at);
        nw_list_splice(eval, list.as.list, from_right ? 0 : list.as.list->count, from_right ? 0 : list.as.list->count, &piece, 1);
        if (from_right)
            end = (uint32_t)at;
        else
            start = (uint32_t)at + separator.size;
    }
    nw_value piece = part_of(eval, text, start, end);
    nw_list_splice(eval, list.as.list, from_right ? 0 : list.as.list->count, from_right ? 0 : list.as.list->count, &piece, 1);
    return list;
}

NW_NATIVE_FUNCTION(str_split) { return split(eval, "split", self, arguments, false); }
NW_NATIVE_FUNCTION(str_rsplit) { return split(eval, "rsplit", self, arguments, true); }

NW_NATIVE_FUNCTION(str_splitlines)
{
    STRING_METHOD("splitlines", "keepends=", 1, NW_TYPE_LIST);
    nw_guard guard;
    bool keep = out[0].kind != NW_UNSET && nw_truth(eval, out[0], &guard) == NW_YES;
    nw_value list = nw_list_new(eval, NULL, 0);
    for (uint32_t start = 0; start < text.size;) {
        uint32_t end = start;
        while (end < text.size && !strchr("\n\r\v\f\x1c\x1d\x1e", text.bytes[end]))
            end++;
        uint32_t next = end < text.size ? end + (text.bytes[end] == '\r' && end + 1 < text.size && text.bytes[end + 1] == '\n' ? 2u : 1u) : end;
        nw_list_append(eval, list.as.list, part_of(eval, text, start, keep ? next : end));
        start = next;
    }
    return list;
}

static nw_value partition(nw_eval *eval, const char *name, nw_value self, const nw_arguments *arguments, bool last)
{
    STRING_METHOD(name, "sep", 1, NW_TYPE_TUPLE);
    if (!is_string(eval, name, out[0]))
        return nw_error();
    nw_text separator = nw_text_of(eval, out[0]);
    if (separator.size == 0)
        return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "empty separator");
    nw_value empty = nw_string((nw_symbol){NW_NAME_EMPTY});
    int64_t at = last ? find_last(text, separator, 0, text.size) : nw_text_find(text, separator, 0);
    if (at < 0)
        return last ? nw_tuple_new(eval, (nw_value[]){empty, empty, self}, 3) : nw_tuple_new(eval, (nw_value[]){self, empty, empty}, 3);
    nw_value parts[] = {part_of(eval, text, 0, (uint32_t)at), out[0], part_of(eval, text, (uint32_t)at + separator.size, text.size)};
    return nw_tuple_new(eval, parts, 3);
}

NW_NATIVE_FUNCTION(str_partition) { return partition(eval, "partition", self, arguments, false); }
NW_NATIVE_FUNCTION(str_rpartition) { return partition(eval, "rpartition", self, arguments, true); }

NW_NATIVE_FUNCTION(str_join)
{
    NW_RECEIVER("join", NW_STRING);
    NW_BIND("join", "iterable", 1);
    nw_value *items;
    uint32_t count;
    nw_answer known = nw_collect(eval, out[0], &items, &count);
    if (known == NW_FAILED)
        return nw_error();
    nw_text separator = nw_text_of(eval, self);
    nw_buffer joined;
    nw_buffer_init(&joined);
    for (uint32_t i = 0; i < count && known == NW_YES && joined.size <= NW_MAX_STRING; i++) {
        nw_value item = nw_plain(nw_settle(eval, items[i]));
        if (nw_is_opaque(item)) {
            known = NW_MAYBE;
        } else if (item.kind != NW_STRING) {
            nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "sequence item %u: expected str instance, %s found", i, nw_symbol_bytes(eval->symbols, nw_type_of(eval, item)->name));
            known = NW_FAILED;
        } else {
            nw_text text = nw_text_of(eval, item);
            if (i)
                nw_buffer_add(&joined, separator.bytes, separator.size);
            nw_buffer_add(&joined, text.bytes, text.size);
        }
    }
    if (known == NW_YES)
        return nw_buffer_value(eval, &joined);
    nw_buffer_release(&joined);
    return known == NW_FAILED ? nw_error() : nw_unknown_method(eval, "join", NW_TYPE_STRING, self, arguments);
}

NW_NATIVE_FUNCTION(str_replace)
{
    STRING_METHOD("replace", "old, new, count=", 3, NW_TYPE_STRING);
    int64_t limit;
    if (!is_string(eval, "replace", out[0]) || !is_string(eval, "replace", out[1]) || !integer_argument(eval, out[2], -1, &limit))
        return nw_error();
    nw_text old = nw_text_of(eval, out[0]), new = nw_text_of(eval, out[1]);
    nw_buffer result;
    nw_buffer_init(&result);
    uint32_t at = 0;
    for (int64_t done = 0; limit < 0 || done < limit; done++) {
        int64_t found = nw_text_find(text, old, at);
        if (found < 0 || (old.size == 0 && at > text.size) || result.size > NW_MAX_STRING)
            break;
        nw_buffer_add(&result, text.bytes + at, (uint32_t)found - at);
        nw_buffer_add(&result, new.bytes, new.size);
        at = (uint32_t)found + old.size;
        if (old.size == 0) {
            if (at >= text.size)
                break;
            uint32_t size = nw_character_size((unsigned char)text.bytes[at]);
            nw_buffer_add(&result, text.bytes + at, size);
            at += size;
        }
    }
    if (at < text.size)
        nw_buffer_add(&result, text.bytes + at, text.size - at);
    return nw_buffer_value(eval, &result);
}

/* ---- stripping and padding ---- */

static bool in_set(nw_text set, uint32_t code)
{
    for (uint32_t i = 0; i < set.size; i += nw_character_size((unsigned char)set.bytes[i]))
        if (nw_character_code(set, i) == code)
            return true;
    return false;
}

static nw_value strip(nw_eval *eval, const char *name, nw_value self, const nw_arguments *arguments, bool left, bool right)
{
    STRING_METHOD(name, "chars=", 1, NW_TYPE_STRING);
    bool spaces = out[0].kind == NW_UNSET || out[0].kind == NW_NONE;
    if (!spaces && !is_string(eval, name, out[0]))
        return nw_error();
    nw_text set = spaces ? (nw_text){"", 0} : nw_text_of(eval, out[0]);
    uint32_t from = 0, to = text.size;
    while (left && from < to) {
        uint32_t code = nw_character_code(text, from);
        if (spaces ? !is_space(code) : !in_set(set, code))
            break;
        from += nw_character_size((unsigned char)text.bytes[from]);
    }
    while (right && to > from) {
        uint32_t at = to - 1;
        while (at > from && ((unsigned char)text.bytes[at] & 0xC0) == 0x80)
            at--;
        uint32_t code = nw_character_code(text, at);
        if (spaces ? !is_space(code) : !in_set(set, code))
            break;
        to = at;
    }
    return part_of(eval, text, from, to);
}

NW_NATIVE_FUNCTION(str_strip) { return strip(eval, "strip", self, arguments, true, true); }
NW_NATIVE_FUNCTION(str_lstrip) { return strip(eval, "lstrip", self, arguments, true, false); }
NW_NATIVE_FUNCTION(str_rstrip) { return strip(eval, "rstrip", self, arguments, false, true); }

static nw_value pad(nw_eval *eval, const char *name, nw_value self, const nw_arguments *arguments, char align)
{
    STRING_METHOD(name, "width, fillchar=", 2, NW_TYPE_STRING);
    int64_t width;
    if (!integer_argument(eval, out[0], 0, &width) || (out[1].kind != NW_UNSET && !is_string(eval, name, out[1])))
        return nw_error();
    nw_text fill = out[1].kind == NW_UNSET ? (nw_text){" ", 1} : nw_text_of(eval, out[1]);
    if (nw_characters(fill) != 1)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "The fill character must be exactly one character long");
    int64_t length = nw_characters(text), missing = width > length && width < NW_MAX_STRING ? width - length : 0;
    /* center() puts the odd character as CPython does */
    int64_t before = align == 'l' ? 0 : align == 'r' ? missing : missing / 2 + (missing & width & 1);
    nw_buffer padded;
    nw_buffer_init(&padded);
    for (int64_t i = 0; i < before; i++)
        nw_buffer_add(&padded, fill.bytes, fill.size);
    nw_buffer_add(&padded, text.bytes, text.size);
    for (int64_t i = before; i < missing; i++)
        nw_buffer_add(&padded, fill.bytes, fill.size);
    return nw_buffer_value(eval, &padded);
}

NW_NATIVE_FUNCTION(str_ljust) { return pad(eval, "ljust", self, arguments, 'l'); }
NW_NATIVE_FUNCTION(str_rjust) { return pad(eval, "rjust", self, arguments, 'r'); }
NW_NATIVE_FUNCTION(str_center) { return pad(eval, "center", self, arguments, 'c'); }

NW_NATIVE_FUNCTION(str_zfill)
{
    STRING_METHOD("zfill", "width", 1, NW_TYPE_STRING);
    int64_t width;
    if (!integer_argument(eval, out[0], 0, &width))
        return nw_error();
    bool sign = text.size && (text.bytes[0] == '-' || text.bytes[0] == '+');
    nw_buffer padded;
    nw_buffer_init(&padded);
    nw_buffer_add(&padded, text.bytes, sign);
    for (int64_t i = nw_characters(text); i < width && i < NW_MAX_STRING; i++)
        nw_buffer_byte(&padded, '0');
    nw_buffer_add(&padded, text.bytes + sign, text.size - sign);
    return nw_buffer_value(eval, &padded);
}

NW_NATIVE_FUNCTION(str_expandtabs)
{
    STRING_METHOD("expandtabs", "tabsize=", 1, NW_TYPE_STRING);
    int64_t size, column = 0;
    if (!integer_argument(eval, out[0], 8, &size))
        return nw_error();
    nw_buffer expanded;
    nw_buffer_init(&expanded);
    for (uint32_t i = 0; i < text.size; i++) {
        if (text.bytes[i] != '\t') {
            nw_buffer_byte(&expanded, text.bytes[i]);
            column = text.bytes[i] == '\n' || text.bytes[i] == '\r' ? 0 : column + (((unsigned char)text.bytes[i] & 0xC0) != 0x80);
            continue;
        }
        for (int64_t fill = size > 0 ? size - column % size : 0; fill > 0; fill--, column++)
            nw_buffer_byte(&expanded, ' ');
    }
    return nw_buffer_value(eval, &expanded);
}

/* ---- formatting, translating, encoding ---- */

NW_NATIVE_FUNCTION(str_format)
{
    NW_RECEIVER("format", NW_STRING);
    return nw_format_fields(eval, self, arguments);
}

NW_NATIVE_FUNCTION(str_format_map)
{
    NW_RECEIVER("format_map", NW_STRING);
    NW_BIND("format_map", "mapping", 1);
    nw_value dict = nw_plain(out[0]);
    if (dict.kind != NW_DICT)
        return nw_unknown_method(eval, "format_map", NW_TYPE_STRING, self, arguments);
    nw_arguments named = {.open = dict.as.dict->open, .open_positional = nw_unset(), .open_named = out[0]};
    named.names = nw_arena_alloc(&eval->arena, (dict.as.dict->live + 1) * sizeof *named.names);
    named.named = nw_arena_alloc(&eval->arena, (dict.as.dict->live + 1) * sizeof *named.named);
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(dict.as.dict, &position));)
        if (entry->key.kind == NW_STRING) {
            named.names[named.named_count] = entry->key.as.symbol;
            named.named[named.named_count++] = entry->value;
        }
    return nw_format_fields(eval, self, &named);
}

NW_NATIVE_FUNCTION(str_encode)
{
    NW_RECEIVER("encode", NW_STRING);
    return (nw_value){.kind = NW_BYTES, .as.symbol = self.as.symbol};
}

NW_NATIVE_FUNCTION(str_maketrans)
{
    (void)self;
    NW_BIND("maketrans", "x, y=, z=", 3);
    nw_value table = nw_dict_new(eval);
    if (out[0].kind == NW_DICT) {
        uint32_t position = 0;
        for (nw_dict_entry *entry; (entry = nw_dict_next(out[0].as.dict, &position));)
            nw_dict_set(eval, table.as.dict, entry->key.kind == NW_STRING ? nw_int(nw_character_code(nw_text_of(eval, entry->key), 0)) : entry->key, entry->value);
        return table;
    }
    if (out[0].kind != NW_STRING || out[1].kind != NW_STRING)
        return nw_unknown_call(eval, "str.maketrans", NW_TYPE_DICT, arguments);
    nw_text from = nw_text_of(eval, out[0]), to = nw_text_of(eval, out[1]);
    if (nw_characters(from) != nw_characters(to))
        return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "the first two maketrans arguments must have equal length");
    for (uint32_t i = 0, j = 0; i < from.size; i += nw_character_size((unsigned char)from.bytes[i]), j += nw_character_size((unsigned char)to.bytes[j]))
        nw_dict_set(eval, table.as.dict, nw_int(nw_character_code(from, i)), nw_int(nw_character_code(to, j)));
    nw_text gone = out[2].kind == NW_STRING ? nw_text_of(eval, out[2]) : (nw_text){"", 0};
    for (uint32_t i = 0; i < gone.size; i += nw_character_size((unsigned char)gone.bytes[i]))
        nw_dict_set(eval, table.as.dict, nw_int(nw_character_code(gone, i)), nw_none());
    return table;
}

NW_NATIVE_FUNCTION(str_translate)
{
    STRING_METHOD("translate", "table", 1, NW_TYPE_STRING);
    if (out[0].kind != NW_DICT)
        return nw_unknown_method(eval, "translate", NW_TYPE_STRING, self, arguments);
    nw_buffer translated;
    nw_buffer_init(&translated);
    for (uint32_t i = 0; i < text.size; i += nw_character_size((unsigned char)text.bytes[i])) {
        uint32_t code = nw_character_code(text, i);
        nw_value *to = nw_dict_find(out[0].as.dict, nw_int(code));
        if (!to)
            nw_character_add(&translated, code);
        else if (nw_is_integer(*to))
            nw_character_add(&translated, (uint32_t)to->as.integer);
        else if (to->kind == NW_STRING)
            nw_buffer_text(&translated, nw_symbol_bytes(eval->symbols, to->as.symbol));
    }
    return nw_buffer_value(eval, &translated);
}

/* ---- bytes ---- */

NW_NATIVE_FUNCTION(bytes_decode)
{
    NW_RECEIVER("decode", NW_BYTES);
    return nw_string(self.as.symbol);
}

NW_NATIVE_FUNCTION(bytes_hex)
{
    NW_RECEIVER("hex", NW_BYTES);
    nw_text text = nw_text_of(eval, self);
    nw_buffer digits;
    nw_buffer_init(&digits);
    for (uint32_t i = 0; i < text.size; i++)
        nw_buffer_format(&digits, "%02x", (unsigned char)text.bytes[i]);
    return nw_buffer_value(eval, &digits);
}

NW_NATIVE_FUNCTION(bytes_startswith)
{
    NW_RECEIVER("startswith", NW_BYTES);
    NW_BIND("startswith", "prefix", 1);
    nw_text text = nw_text_of(eval, self);
    if (out[0].kind != NW_BYTES)
        return nw_unknown_method(eval, "startswith", NW_TYPE_BOOL, self, arguments);
    nw_text part = nw_text_of(eval, out[0]);
    return nw_bool(part.size <= text.size && memcmp(text.bytes, part.bytes, part.size) == 0);
}

static const nw_method_row string_methods[] = {
    {"lower", str_lower}, {"upper", str_upper}, {"title", str_title}, {"capitalize", str_capitalize}, {"swapcase", str_swapcase},
    {"casefold", str_casefold}, {"isdigit", str_isdigit}, {"isdecimal", str_isdigit}, {"isnumeric", str_isdigit}, {"isalpha", str_isalpha},
    {"isalnum", str_isalnum}, {"isspace", str_isspace}, {"isascii", str_isascii}, {"isprintable", str_isprintable}, {"isidentifier", str_isidentifier},
    {"islower", str_islower}, {"isupper", str_isupper}, {"istitle", str_istitle}, {"find", str_find}, {"rfind", str_rfind}, {"index", str_index},
    {"rindex", str_rindex}, {"count", str_count}, {"startswith", str_startswith}, {"endswith", str_endswith}, {"removeprefix", str_removeprefix},
    {"removesuffix", str_removesuffix}, {"split", str_split}, {"rsplit", str_rsplit}, {"splitlines", str_splitlines}, {"partition", str_partition},
    {"rpartition", str_rpartition}, {"join", str_join}, {"replace", str_replace}, {"strip", str_strip}, {"lstrip", str_lstrip}, {"rstrip", str_rstrip},
    {"ljust", str_ljust}, {"rjust", str_rjust}, {"center", str_center}, {"zfill", str_zfill}, {"expandtabs", str_expandtabs}, {"format", str_format},
    {"format_map", str_format_map}, {"encode", str_encode}, {"translate", str_translate}, {0},
};
static const nw_method_row bytes_methods[] = {{"decode", bytes_decode}, {"hex", bytes_hex}, {"startswith", bytes_startswith}, {0}};

void nw_builtin_string_install(nw_eval *eval)
{
    nw_class *string = eval->classes[NW_CLASS_OF_STR];
    nw_install_methods(eval, string, string_methods);
    nw_install_methods(eval, eval->classes[NW_CLASS_OF_BYTES], bytes_methods);
    nw_install_descriptor(eval, string, NW_STATIC_METHOD, "maketrans", str_maketrans, NULL);
}
