#include "driver/configuration.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_file(nw_arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    enum { LIMIT = 1 << 20 };
    char *text = nw_arena_alloc(arena, LIMIT + 1);
    size_t size = fread(text, 1, LIMIT, file);
    text[size] = 0;
    fclose(file);
    return text;
}

/* Adds the strings of a TOML array that starts at `at`; comments and line ends may stand between them. */
static void add_strings(nw_arena *arena, nw_ignore *list, const char *at)
{
    for (at++; *at && *at != ']'; at++) {
        if (*at == '#') {
            while (at[1] && at[1] != '\n')
                at++;
        } else if (*at == '"' || *at == '\'') {
            const char *end = strchr(at + 1, *at);
            if (!end)
                return;
            nw_ignore_add(arena, list, at + 1, (size_t)(end - at - 1));
            at = end;
        }
    }
}

static void read_excludes(nw_arena *arena, nw_ignore *list, const char *text)
{
    bool inside = false;
    for (const char *line = text; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        while (*line == ' ' || *line == '\t')
            line++;
        if (*line == '[') {
            inside = strncmp(line, "[tool.netwright]", 16) == 0;
        } else if (inside && strncmp(line, "exclude", 7) == 0) {
            const char *at = line + 7;
            while (*at == ' ' || *at == '\t' || *at == '=')
                at++;
            if (*at == '[')
                add_strings(arena, list, at);
        }
    }
}

const nw_ignore *nw_configuration_excludes(nw_arena *arena, const char *folder)
{
    for (size_t size = strlen(folder);;) {
        char *path = nw_arena_alloc(arena, size + sizeof "/pyproject.toml");
        memcpy(path, folder, size);
        strcpy(path + size, "/pyproject.toml");
        const char *text = read_file(arena, path);
        if (text) {
            path[size] = 0;
            nw_ignore *list = nw_ignore_new(arena, NULL, path);
            read_excludes(arena, list, text);
            return list;
        }
        while (size > 0 && folder[size - 1] != '/')
            size--;
        if (size == 0)
            return NULL;
        size--;
    }
}
