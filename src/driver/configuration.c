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

/* The lines of our section of a TOML text, without what they are indented by. */
typedef struct section {
    const char *rest; /* NULL: at the end */
    bool inside;
} section;

static const char *next_line(section *s)
{
    while (s->rest && *s->rest) {
        const char *line = s->rest + strspn(s->rest, " \t"), *end = strchr(line, '\n');
        s->rest = end ? end + 1 : NULL;
        if (*line == '[')
            s->inside = strncmp(line, "[tool.netwright]", 16) == 0;
        else if (s->inside)
            return line;
    }
    return NULL;
}

static void read_excludes(nw_arena *arena, nw_ignore *list, const char *text)
{
    section s = {text, false};
    for (const char *line; (line = next_line(&s)) != NULL;) {
        if (strncmp(line, "exclude", 7) == 0) {
            const char *at = line + 7;
            while (*at == ' ' || *at == '\t' || *at == '=')
                at++;
            if (*at == '[')
                add_strings(arena, list, at);
        }
    }
}

/* The text of the nearest pyproject.toml at or above a folder, and the folder where it is. */
static const char *read_nearest(nw_arena *arena, const char *folder, const char **where)
{
    for (size_t size = strlen(folder);;) {
        char *path = nw_arena_alloc(arena, size + sizeof "/pyproject.toml");
        memcpy(path, folder, size);
        strcpy(path + size, "/pyproject.toml");
        const char *text = read_file(arena, path);
        path[size] = 0;
        *where = path;
        if (text)
            return text;
        while (size > 0 && folder[size - 1] != '/')
            size--;
        if (size == 0)
            return NULL;
        size--;
    }
}

const nw_ignore *nw_configuration_excludes(nw_arena *arena, const char *folder)
{
    const char *where, *text = read_nearest(arena, folder, &where);
    if (!text)
        return NULL;
    nw_ignore *list = nw_ignore_new(arena, NULL, where);
    read_excludes(arena, list, text);
    return list;
}

/* The value of a key on a line `key = value`; NULL: it is another line. */
static const char *value_of(const char *line, const char *key)
{
    size_t size = strlen(key);
    if (strncmp(line, key, size) != 0)
        return NULL;
    const char *at = line + size;
    while (*at == ' ' || *at == '\t')
        at++;
    if (*at != '=')
        return NULL;
    for (at++; *at == ' ' || *at == '\t'; at++)
        ;
    return at;
}

static const char *read_folder(nw_arena *arena, const char *value, const char *where)
{
    const char *end = *value == '"' || *value == '\'' ? strchr(value + 1, *value) : NULL;
    if (!end)
        return NULL;
    size_t size = (size_t)(end - value - 1), room = strlen(where) + size + 2;
    char *folder = nw_arena_alloc(arena, room);
    if (value[1] == '/')
        snprintf(folder, room, "%.*s", (int)size, value + 1);
    else
        snprintf(folder, room, "%s/%.*s", where, (int)size, value + 1);
    return folder;
}

nw_cache_setting nw_configuration_cache(nw_arena *arena, const char *folder)
{
    nw_cache_setting setting = {true, NULL};
    const char *where, *text = read_nearest(arena, folder, &where);
    section s = {text, false};
    for (const char *line; (line = next_line(&s)) != NULL;) {
        const char *use = value_of(line, "cache"), *other = value_of(line, "cache-dir");
        if (use && strncmp(use, "false", 5) == 0)
            setting.use = false;
        if (other)
            setting.folder = read_folder(arena, other, where);
    }
    return setting;
}
