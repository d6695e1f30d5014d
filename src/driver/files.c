#include "driver/files.h"

#include "driver/configuration.h"
#include "driver/ignore.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct file_walk {
    nw_files *files;
    nw_arena *arena;
    nw_report *report;
} file_walk;

static const char *join_path(nw_arena *arena, const char *folder, const char *name)
{
    size_t size = strlen(folder), room = size + strlen(name) + 2;
    char *path = nw_arena_alloc(arena, room);
    snprintf(path, room, "%s%s%s", folder, size && folder[size - 1] == '/' ? "" : "/", name);
    return path;
}

static void add_file(file_walk *walk, const char *path)
{
    nw_files *files = walk->files;
    NW_ARENA_RESERVE(walk->arena, files->paths, files->count, files->capacity);
    files->paths[files->count++] = path;
}

static bool is_python(const char *name)
{
    size_t size = strlen(name);
    return size > 3 && strcmp(name + size - 3, ".py") == 0;
}

static int compare_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Names in a folder, sorted, so that the order of the walk never depends on the file system. */
static const char **list_folder(file_walk *walk, const char *path, uint32_t *count)
{
    const char **names = NULL;
    uint32_t capacity = 0;
    *count = 0;
    DIR *folder = opendir(path);
    if (!folder) {
        nw_report_message(walk->report, "%s: %s", path, strerror(errno));
        nw_report_raise(walk->report, NW_STATUS_USAGE);
        return NULL;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue; /* hidden: .git, .venv, caches */
        NW_ARENA_RESERVE(walk->arena, names, *count, capacity);
        names[(*count)++] = nw_arena_copy(walk->arena, entry->d_name, strlen(entry->d_name) + 1);
    }
    closedir(folder);
    if (*count)
        qsort(names, *count, sizeof *names, compare_text);
    return names;
}

/* `path` as it is printed, `absolute` as patterns see it. */
static void walk_folder(file_walk *walk, const char *path, const char *absolute, const nw_ignore *outer)
{
    nw_ignore *ignored = nw_ignore_new(walk->arena, outer, absolute);
    nw_ignore_read(walk->arena, ignored, join_path(walk->arena, absolute, ".gitignore"));
    uint32_t count;
    const char **names = list_folder(walk, path, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *printed = join_path(walk->arena, path, names[i]), *full = join_path(walk->arena, absolute, names[i]);
        struct stat status;
        if (lstat(printed, &status) != 0)
            continue;
        bool is_folder = S_ISDIR(status.st_mode);
        if (S_ISLNK(status.st_mode)) { /* a linked file counts, a linked folder might lead round in circles */
            if (stat(printed, &status) != 0 || !S_ISREG(status.st_mode))
                continue;
        }
        if ((!is_folder && !(S_ISREG(status.st_mode) && is_python(names[i]))) || nw_ignore_matches(ignored, full, is_folder))
            continue;
        if (is_folder)
            walk_folder(walk, printed, full, ignored);
        else
            add_file(walk, printed);
    }
}

/* The .gitignore files above a folder, up to its repository's root, and the excludes of the nearest pyproject.toml. */
static const nw_ignore *lists_above(nw_arena *arena, const char *absolute)
{
    size_t size = strlen(absolute), top = size;
    for (size_t at = size; at > 0; at--) { /* find the repository's root */
        if (absolute[at] != '/' && absolute[at] != 0)
            continue;
        char *folder = nw_arena_copy(arena, absolute, at + 1);
        folder[at] = 0;
        struct stat status;
        if (stat(join_path(arena, folder, ".git"), &status) == 0) {
            top = at;
            break;
        }
    }
    const nw_ignore *lists = nw_configuration_excludes(arena, absolute);
    for (size_t at = top; at < size; at++) {
        if (absolute[at] != '/')
            continue;
        char *folder = nw_arena_copy(arena, absolute, at + 1);
        folder[at] = 0;
        nw_ignore *list = nw_ignore_new(arena, lists, folder);
        nw_ignore_read(arena, list, join_path(arena, folder, ".gitignore"));
        lists = list;
    }
    return lists;
}

static void add_path(file_walk *walk, const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        nw_report_message(walk->report, "%s: %s", path, strerror(errno));
        nw_report_raise(walk->report, NW_STATUS_USAGE);
        return;
    }
    if (!S_ISDIR(status.st_mode)) {
        add_file(walk, nw_arena_copy(walk->arena, path, strlen(path) + 1));
        return;
    }
    char *resolved = realpath(path, NULL);
    if (!resolved)
        return;
    const char *absolute = nw_arena_copy(walk->arena, resolved, strlen(resolved) + 1);
    free(resolved);
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    char *printed = nw_arena_alloc(walk->arena, size + 1);
    memcpy(printed, path, size);
    printed[size] = 0;
    walk_folder(walk, printed, absolute, lists_above(walk->arena, absolute));
}

void nw_files_find(nw_files *files, nw_arena *arena, const char *const *paths, size_t path_count, nw_report *report)
{
    *files = (nw_files){0};
    file_walk walk = {files, arena, report};
    for (size_t i = 0; i < path_count; i++)
        add_path(&walk, paths[i]);
    if (files->count)
        qsort(files->paths, files->count, sizeof *files->paths, compare_text);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < files->count; i++)
        if (kept == 0 || strcmp(files->paths[kept - 1], files->paths[i]) != 0)
            files->paths[kept++] = files->paths[i];
    files->count = kept;
}
