/* Regular expressions: what Python's re finds, group by group. The wanted texts were printed by Python 3.11. */
#include "check.h"
#include "eval/regex.h"

static const char *find(const char *pattern, unsigned flags, nw_regex_anchor anchor, const char *string, char *room, size_t size)
{
    nw_arena arena;
    nw_arena_init(&arena);
    const char *problem;
    int64_t spans[NW_REGEX_MAX_GROUPS * 2];
    nw_text text = {string, (uint32_t)strlen(string)};
    nw_regex *regex = nw_regex_compile(&arena, (nw_text){pattern, (uint32_t)strlen(pattern)}, flags, &problem);
    nw_regex_result result = regex ? nw_regex_run(regex, text, 0, anchor, spans) : NW_REGEX_TOO_LONG;
    snprintf(room, size, "%s", !regex ? "error" : result == NW_REGEX_NONE ? "none" : result == NW_REGEX_TOO_LONG ? "long" : "");
    for (uint32_t i = 0; result == NW_REGEX_FOUND && i <= regex->group_count; i++) {
        size_t used = strlen(room);
        snprintf(room + used, size - used, "%s%d,%d", i ? " " : "", (int)spans[(size_t)2 * i], (int)spans[(size_t)2 * i + 1]);
    }
    nw_arena_release(&arena);
    return room;
}

int main(void)
{
    static const struct { const char *pattern; unsigned flags; nw_regex_anchor anchor; const char *string, *want; } cases[] = {
        {"layer\\.(\\d+)\\.(\\w+)", 0, NW_REGEX_SEARCH, "encoder.layer.11.output", "8,23 14,16 17,23"},
        {"^denseblock(?P<number>[0-9]+)$", 0, NW_REGEX_MATCH, "denseblock12", "0,12 10,12"},
        {"(a|ab)(c|bcd)(d*)", 0, NW_REGEX_MATCH, "abcd", "0,4 0,1 1,4 4,4"},
        {"(a+?)(a*)", 0, NW_REGEX_MATCH, "aaa", "0,3 0,1 1,3"},
        {"a|ab", 0, NW_REGEX_FULL_MATCH, "ab", "0,2"},
        {"(?:(a)|b)*", 0, NW_REGEX_MATCH, "ab", "0,2 0,1"},
        {"(a*)*", 0, NW_REGEX_MATCH, "b", "0,0 0,0"},
        {"(\\w)\\1", 0, NW_REGEX_SEARCH, "hello", "2,4 2,3"},
        {"foo(?=bar)", 0, NW_REGEX_SEARCH, "foobaz foobar", "7,10"},
        {"(?<!x)y", 0, NW_REGEX_SEARCH, "xyzy", "3,4"},
        {"a{2,3}?", 0, NW_REGEX_MATCH, "aaaa", "0,2"},
        {"x{a}", 0, NW_REGEX_MATCH, "x{a}", "0,4"},
        {"[^]\\d-]+", 0, NW_REGEX_SEARCH, "1-ab]", "2,4"},
        {"HEAD", NW_REGEX_IGNORE_CASE, NW_REGEX_SEARCH, "the head", "4,8"},
        {"^b$", NW_REGEX_MULTILINE, NW_REGEX_SEARCH, "a\nb\nc", "2,3"},
        {"a.c", 0, NW_REGEX_MATCH, "a\nc", "none"},
        {"a.c", NW_REGEX_DOT_ALL, NW_REGEX_MATCH, "a\nc", "0,3"},
        {"a$", 0, NW_REGEX_MATCH, "a\n", "0,1"},
        {"a\\Z", 0, NW_REGEX_MATCH, "a\n", "none"},
        {" a b # comment\n c", NW_REGEX_VERBOSE, NW_REGEX_MATCH, "abc", "0,3"},
        {"\\bin\\b", 0, NW_REGEX_SEARCH, "linear in", "7,9"},
        {"(a+)+b", 0, NW_REGEX_MATCH, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "long"},
        {"(", 0, NW_REGEX_MATCH, "", "error"}, {"*a", 0, NW_REGEX_MATCH, "", "error"}, {"[b-a]", 0, NW_REGEX_MATCH, "", "error"},
        {"(?<=a+)b", 0, NW_REGEX_MATCH, "", "error"}, {"\\2(a)", 0, NW_REGEX_MATCH, "", "error"},
    };
    char room[256];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_TEXT(find(cases[i].pattern, cases[i].flags, cases[i].anchor, cases[i].string, room, sizeof room), cases[i].want);
        if (check_failed)
            fprintf(stderr, "    pattern %s\n", cases[i].pattern);
    }
    return check_report();
}
