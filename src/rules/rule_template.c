/* Templates: Python source with holes, on the right side of rules. */
#include "rules/rule_parser.h"

#include <ctype.h>
#include <string.h>

typedef struct scan {
    nw_rule_parser *p;
    const char *bytes;  /* of the file, or of a code block */
    uint32_t at, size;
    uint32_t origin;    /* offset in the file of bytes[0], for messages about a code block */
    bool block;         /* a code block ends at its end only */
    uint32_t depth;     /* brackets that are open */
    nw_piece *pieces;
    uint32_t count, capacity;
    char *text;         /* the TEXT piece that is being collected */
    uint32_t text_size, text_capacity;
    uint32_t groups[8], group_count;
} scan;

static nw_piece *push(scan *s, uint8_t kind)
{
    NW_ARENA_RESERVE(&s->p->rules->arena, s->pieces, s->count, s->capacity);
    s->pieces[s->count] = (nw_piece){.kind = kind};
    return &s->pieces[s->count++];
}

static void flush(scan *s)
{
    if (!s->text_size)
        return;
    const char *copy = nw_arena_copy(&s->p->rules->arena, s->text, s->text_size + 1);
    push(s, NW_PIECE_TEXT)->text = (nw_text){copy, s->text_size};
    s->text_size = 0;
}

static void put(scan *s, char c)
{
    if (s->text_size + 1 >= s->text_capacity) {
        uint32_t capacity = s->text_capacity ? 2 * s->text_capacity : 64;
        s->text = nw_arena_grow(&s->p->rules->arena, s->text, s->text_size, capacity, 1);
        s->text_capacity = capacity;
    }
    s->text[s->text_size++] = c;
    s->text[s->text_size] = 0;
}

static bool starts(const scan *s, const char *text)
{
    size_t size = strlen(text);
    return s->size - s->at >= size && memcmp(s->bytes + s->at, text, size) == 0;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static char byte_at(const scan *s, uint32_t at)
{
    return at < s->size ? s->bytes[at] : 0;
}

static nw_rule_span span_here(scan *s, uint32_t start)
{
    return nw_rule_span_of(s->p, s->block ? s->origin : start, s->block ? s->origin : s->at);
}

/* How tightly the operator behind or before a place binds; the numbers are those of rule_operator.def. */
static uint8_t precedence_before(const scan *s, uint32_t at)
{
    while (at && byte_at(s, at - 1) == ' ')
        at--;
    char c = at ? byte_at(s, at - 1) : 0;
    if (c == '*' && at > 1 && byte_at(s, at - 2) == '*')
        return 9;
    if (c && strchr("*/@%", c))
        return 8;
    if (c && strchr("+-", c))
        return 7;
    if (c == '~')
        return 8;
    return c && (is_word(c) || strchr("<>!", c) || (c == '=' && at > 1 && strchr("=<>!", byte_at(s, at - 2)))) ? 3 : 0;
}

static uint8_t precedence_behind(const scan *s, uint32_t at)
{
    if (byte_at(s, at) && strchr(".[(", byte_at(s, at)))
        return 255;
    while (byte_at(s, at) == ' ')
        at++;
    char c = byte_at(s, at), next = byte_at(s, at + 1);
    if (c == '*' && next == '*')
        return 10;
    if (c && strchr("*/@%", c))
        return 7;
    if (c && strchr("+-", c) && !(c == '-' && next == '>'))
        return 6;
    return c && (isalpha((unsigned char)c) || strchr("<>!", c) || (c == '=' && next == '=')) ? 3 : 0;
}

static nw_variable_id variable(scan *s, uint32_t start, uint32_t end)
{
    nw_text name = {s->bytes + start, end - start};
    nw_variable_id id = nw_rule_find_variable(s->p, name);
    if (!id.v && s->p->before_forward)
        id = nw_rule_variable_of(s->p, name, span_here(s, start));
    if (!id.v)
        nw_rule_report(s->p, NW_RULE_PROBLEM_UNBOUND, span_here(s, start), "%.*s", (int)name.size, name.bytes);
    else
        s->p->form.variables[id.v].on_right = true;
    return id;
}

static uint32_t word_end(const scan *s, uint32_t at)
{
    while (is_word(byte_at(s, at)))
        at++;
    return at;
}

/* `$x`, `${x:name}`, `${x:value}` */
static void scan_variable(scan *s)
{
    uint32_t dollar = s->at;
    uint8_t kind = NW_PIECE_VARIABLE;
    bool braces = byte_at(s, ++s->at) == '{';
    s->at += braces;
    uint32_t start = s->at, end = s->at = word_end(s, s->at);
    if (braces && starts(s, ":name")) {
        kind = NW_PIECE_ATTRIBUTE_NAME;
        s->at += 5;
    } else if (braces && starts(s, ":value")) {
        kind = NW_PIECE_CONSTANT_VALUE;
        s->at += 6;
    }
    if (start == end || (braces && byte_at(s, s->at) != '}')) {
        nw_rule_report(s->p, NW_RULE_PROBLEM_EXPECTED, span_here(s, dollar), "%s", "`$name`, `${name:name}` or `${name:value}`");
        return;
    }
    s->at += braces;
    flush(s);
    nw_variable_id id = variable(s, start, end);
    uint8_t before = precedence_before(s, dollar), behind = precedence_behind(s, s->at);
    nw_piece *piece = push(s, kind);
    piece->variable = id;
    piece->precedence = before > behind ? before : behind;
}

static void scan_rest(scan *s)
{
    uint32_t start = s->at + 4;
    s->at = word_end(s, start);
    flush(s);
    nw_variable_id id = variable(s, start, s->at);
    push(s, NW_PIECE_REST)->variable = id;
}

/* A word. A dotted name is a qualified one, which the editor spells, unless it starts with `self` or with a single letter,
 * which is a loop variable of the template. */
static void scan_word(scan *s)
{
    uint32_t start = s->at, end = word_end(s, s->at);
    bool first = !start || byte_at(s, start - 1) != '.';
    bool own = end - start == 1 || (end - start == 4 && memcmp(s->bytes + start, "self", 4) == 0);
    uint32_t dotted = end;
    while (first && !own && byte_at(s, dotted) == '.' && isalpha((unsigned char)byte_at(s, dotted + 1)) && !isdigit((unsigned char)s->bytes[start]))
        dotted = word_end(s, dotted + 1);
    if (dotted > end) {
        flush(s);
        push(s, NW_PIECE_NAME)->name = nw_rule_symbol(s->p, (nw_text){s->bytes + start, dotted - start});
        s->at = dotted;
        return;
    }
    while (s->at < end)
        put(s, s->bytes[s->at++]);
}

static void scan_literal(scan *s)
{
    uint32_t start = s->at;
    char quote = s->bytes[s->at];
    put(s, s->bytes[s->at++]);
    while (s->at < s->size && s->bytes[s->at] != quote && s->bytes[s->at] != '\n') {
        if (s->bytes[s->at] == '\\' && s->at + 1 < s->size)
            put(s, s->bytes[s->at++]);
        put(s, s->bytes[s->at++]);
    }
    if (byte_at(s, s->at) != quote)
        nw_rule_report(s->p, NW_RULE_PROBLEM_UNTERMINATED, span_here(s, start), "%s", "the string");
    else
        put(s, s->bytes[s->at++]);
}

static void scan_added(scan *s)
{
    flush(s);
    s->at += 3;
    push(s, NW_PIECE_ADDED);
}

static void open_group(scan *s, uint8_t kind)
{
    flush(s);
    s->at += 2;
    if (s->group_count == 8) {
        nw_rule_report(s->p, NW_RULE_PROBLEM_TOO_DEEP, span_here(s, s->at - 2), "%s", "");
        return;
    }
    s->groups[s->group_count++] = s->count;
    push(s, kind);
}

static void open_otherwise(scan *s)
{
    flush(s);
    s->at += 2;
    nw_piece *group = s->group_count ? &s->pieces[s->groups[s->group_count - 1]] : NULL;
    if (!group || group->kind != NW_PIECE_IF_BOUND || group->otherwise)
        nw_rule_report(s->p, NW_RULE_PROBLEM_EXPECTED, span_here(s, s->at - 2), "%s", "`{?` before `?:`");
    else
        group->otherwise = s->count;
}

static void close_group(scan *s, uint8_t kind)
{
    flush(s);
    s->at += 2;
    nw_piece *group = s->group_count ? &s->pieces[s->groups[s->group_count - 1]] : NULL;
    if (!group || group->kind != kind) {
        nw_rule_report(s->p, NW_RULE_PROBLEM_EXPECTED, span_here(s, s->at - 2), "%s",
                       kind == NW_PIECE_IF_BOUND ? "`{?` before `?}`" : "`{~` before `~}`");
        return;
    }
    s->group_count--;
    group->end = s->count;
    if (!group->otherwise)
        group->otherwise = s->count;
}

static bool at_end(const scan *s)
{
    if (s->at >= s->size)
        return true;
    if (s->block || s->depth)
        return false;
    return s->bytes[s->at] == ';' || s->bytes[s->at] == '}' || starts(s, "->") || starts(s, "\xE2\x86\x92");
}

static void scan_space(scan *s)
{
    bool behind_group = s->at > 1 && s->bytes[s->at - 1] == '}' && strchr("?~", s->bytes[s->at - 2]);
    while (s->at < s->size && strchr(" \t\r\n", s->bytes[s->at]) && s->bytes[s->at])
        s->at++;
    if (behind_group && (starts(s, "{?") || starts(s, "{~"))) /* a line break between two groups */
        return;
    if (!at_end(s) && (s->count || s->text_size))
        put(s, ' ');
}

static void scan_one(scan *s)
{
    char c = s->bytes[s->at];
    if (starts(s, "{?"))
        open_group(s, NW_PIECE_IF_BOUND);
    else if (starts(s, "{~"))
        open_group(s, NW_PIECE_IF_WRITTEN);
    else if (starts(s, "{+}"))
        scan_added(s);
    else if (starts(s, "?:"))
        open_otherwise(s);
    else if (starts(s, "?}"))
        close_group(s, NW_PIECE_IF_BOUND);
    else if (starts(s, "~}"))
        close_group(s, NW_PIECE_IF_WRITTEN);
    else if (starts(s, "...$"))
        scan_rest(s);
    else if (c == '$')
        scan_variable(s);
    else if (c == '"' || c == '\'')
        scan_literal(s);
    else if (is_word(c))
        scan_word(s);
    else if (c == ' ' || c == '\n' || c == '\t' || c == '\r')
        scan_space(s);
    else {
        s->depth += strchr("([{", c) != NULL && c;
        s->depth -= s->depth && c && strchr(")]}", c) != NULL;
        put(s, c);
        s->at++;
    }
}

static nw_template run(scan *s)
{
    uint32_t start = s->at;
    while (!s->p->failed && !at_end(s))
        scan_one(s);
    flush(s);
    if (s->group_count || s->depth)
        nw_rule_report(s->p, NW_RULE_PROBLEM_UNTERMINATED, span_here(s, start), "%s", s->group_count ? "a group of the template" : "a bracket of the template");
    return (nw_template){s->pieces, s->count, span_here(s, start)};
}

nw_template nw_rule_parse_template(nw_rule_parser *p)
{
    scan s = {.p = p, .bytes = p->bytes, .at = p->token.start, .size = p->size};
    nw_template result = run(&s);
    if (!p->failed && !result.count)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "Python source");
    nw_rule_seek(p, s.at);
    return result;
}

nw_template nw_rule_template_of(nw_rule_parser *p, nw_token code)
{
    scan s = {.p = p, .bytes = code.text.bytes, .size = code.text.size, .origin = code.start, .block = true};
    return run(&s);
}
