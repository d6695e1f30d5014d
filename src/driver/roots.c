#include "driver/roots.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void add_root(nw_roots *roots, nw_arena *arena, const char *text, size_t size)
{
    while (size > 1 && text[size - 1] == '/')
        size--;
    for (uint32_t i = 0; i < roots->count; i++)
        if (strlen(roots->items[i]) == size && memcmp(roots->items[i], text, size) == 0)
            return;
    char *copy = nw_arena_alloc(arena, size + 1);
    memcpy(copy, text, size);
    copy[size] = 0;
    NW_ARENA_RESERVE(arena, roots->items, roots->count, roots->capacity);
    roots->items[roots->count++] = copy;
}

static bool is_package(const char *folder, size_t size)
{
    char path[4096];
    int written = snprintf(path, sizeof path, "%.*s/__init__.py", (int)size, folder);
    return written > 0 && (size_t)written < sizeof path && access(path, F_OK) == 0;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static size_t parent_size(const char *path, size_t size)
{
    while (size > 0 && path[size - 1] != '/')
        size--;
    while (size > 1 && path[size - 1] == '/')
        size--;
    return size;
}

/* The working directory; where that is inside a package, the folder above the outermost one. */
static void add_root_above(nw_roots *roots, nw_arena *arena)
{
    char here[4096];
    size_t size = is_package(".", 1) && getcwd(here, sizeof here) ? strlen(here) : 0;
    while (size > 0 && is_package(here, size))
        size = parent_size(here, size);
    if (size > 0)
        add_root(roots, arena, here, size);
    else
        add_root(roots, arena, ".", 1);
}

/* The folder above the outermost package that holds a path; "." where the path starts in the working directory. */
static void add_root_of(nw_roots *roots, nw_arena *arena, const char *path)
{
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    if (!is_folder(path))
        size = parent_size(path, size);
    while (size > 0 && is_package(path, size))
        size = parent_size(path, size);
    if (size == 0)
        add_root_above(roots, arena);
    else
        add_root(roots, arena, path, size);
}

nw_roots nw_roots_find(nw_arena *arena, const nw_session *session, const char *const *paths, size_t path_count)
{
    nw_roots roots = {0};
    for (size_t i = 0; i < session->options.root_count; i++)
        add_root(&roots, arena, session->options.roots[i], strlen(session->options.roots[i]));
    for (size_t i = 0; i < path_count; i++)
        add_root_of(&roots, arena, paths[i]);
    add_root(&roots, arena, ".", 1);
    return roots;
}
