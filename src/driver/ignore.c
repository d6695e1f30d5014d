#include "driver/ignore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

nw_ignore *nw_ignore_new(nw_arena *arena, const nw_ignore *outer, const char *folder)
{
    nw_ignore *list = nw_arena_zero(arena, sizeof *list);
    list->outer = outer;
    list->folder = folder;
    return list;
}

void nw_ignore_add(nw_arena *arena, nw_ignore *list, const char *line, size_t size)
{
    while (size && (line[size - 1] == '\n' || line[size - 1] == '\r'))
        size--;
    while (size && line[size - 1] == ' ' && !(size > 1 && line[size - 2] == '\\'))
        size--;
    if (size == 0 || *line == '#')
        return;
    nw_ignore_pattern pattern = {.negated = *line == '!'};
    line += pattern.negated;
    size -= pattern.negated;
    if (size && line[size - 1] == '/') {
        pattern.folders_only = true;
        size--;
    }
    if (size == 0)
        return;
    pattern.anchored = memchr(line, '/', size) != NULL;
    if (*line == '/') {
        line++;
        size--;
    }
    char *text = nw_arena_alloc(arena, size + 1);
    memcpy(text, line, size);
    text[size] = 0;
    pattern.text = text;
    NW_ARENA_RESERVE(arena, list->patterns, list->count, list->capacity);
    list->patterns[list->count++] = pattern;
}

void nw_ignore_read(nw_arena *arena, nw_ignore *list, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return;
    char *line = NULL;
    size_t room = 0;
    for (ssize_t size; (size = getline(&line, &room, file)) > 0;)
        nw_ignore_add(arena, list, line, (size_t)size);
    free(line);
    fclose(file);
}

/* One [...] of a pattern; *end is set behind it. A bracket that is never closed is an ordinary character. */
static bool matches_class(const char *pattern, char c, const char **end)
{
    const char *at = pattern + 1;
    bool negated = *at == '!' || *at == '^', found = false;
    at += negated;
    for (bool first = true; *at && (*at != ']' || first); first = false) {
        unsigned char low = (unsigned char)*at, high = low;
        if (at[1] == '-' && at[2] && at[2] != ']') {
            high = (unsigned char)at[2];
            at += 2;
        }
        at++;
        found |= (unsigned char)c >= low && (unsigned char)c <= high;
    }
    if (*at != ']') {
        *end = pattern + 1;
        return c == '[';
    }
    *end = at + 1;
    return found != negated;
}

/* Shell pattern: * and ? do not match a slash, ** does. */
static bool matches_glob(const char *pattern, const char *text)
{
    for (; *pattern; pattern++, text++) {
        if (pattern[0] == '*' && pattern[1] == '*') {
            const char *rest = pattern + 2;
            if (*rest == '/') { /* any number of folders, none included */
                if (matches_glob(rest + 1, text))
                    return true;
                for (const char *slash = text; (slash = strchr(slash, '/')) != NULL;)
                    if (matches_glob(rest + 1, ++slash))
                        return true;
                return false;
            }
            return *rest == 0 || matches_glob(pattern + 1, text);
        }
        if (*pattern == '*') {
            for (const char *at = text;; at++) {
                if (matches_glob(pattern + 1, at))
                    return true;
                if (*at == 0 || *at == '/')
                    return false;
            }
        }
        if (*text == 0)
            return false;
        if (*pattern == '[') {
            const char *end;
            if (*text == '/' || !matches_class(pattern, *text, &end))
                return false;
            pattern = end - 1;
            continue;
        }
        if (*pattern == '?' ? *text == '/' : *(pattern[0] == '\\' && pattern[1] ? ++pattern : pattern) != *text)
            return false;
    }
    return *text == 0;
}

static bool matches_pattern(const nw_ignore_pattern *pattern, const char *relative, bool is_folder)
{
    if (pattern->folders_only && !is_folder)
        return false;
    const char *name = strrchr(relative, '/');
    return matches_glob(pattern->text, pattern->anchored || !name ? relative : name + 1);
}

bool nw_ignore_matches(const nw_ignore *list, const char *path, bool is_folder)
{
    for (; list; list = list->outer) {
        size_t size = strlen(list->folder);
        if (strncmp(path, list->folder, size) != 0 || path[size] != '/')
            continue;
        for (uint32_t i = list->count; i > 0; i--)
            if (matches_pattern(&list->patterns[i - 1], path + size + 1, is_folder))
                return !list->patterns[i - 1].negated;
    }
    return false;
}
