#include "source/packages.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static const char *copy_text(nw_arena *arena, const char *text, size_t size)
{
    char *copy = nw_arena_alloc(arena, size + 1);
    memcpy(copy, text, size);
    copy[size] = 0;
    return copy;
}

/* ---- folders ---- */

static void add_folder(nw_packages *packages, const char *path, size_t size)
{
    nw_arena *arena = &packages->arena;
    while (size > 1 && path[size - 1] == '/')
        size--;
    const char *folder = copy_text(arena, path, size);
    struct stat status;
    if (size == 0 || stat(folder, &status) != 0 || !S_ISDIR(status.st_mode))
        return;
    for (uint32_t i = 0; i < packages->folder_count; i++)
        if (strcmp(packages->folders[i], folder) == 0)
            return;
    NW_ARENA_RESERVE(arena, packages->folders, packages->folder_count, packages->folder_capacity);
    packages->folders[packages->folder_count++] = folder;
}

static void add_list(nw_packages *packages, const char *list, char separator)
{
    while (list && *list) {
        size_t size = strcspn(list, (char[]){separator, 0});
        add_folder(packages, list, size);
        list += size + (list[size] != 0);
    }
}

/* PREFIX/lib/pythonX.Y/site-packages */
static void add_site_packages(nw_packages *packages, const char *prefix)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/lib", prefix);
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (strncmp(entry->d_name, "python", 6) != 0)
            continue;
        int size = snprintf(path, sizeof path, "%s/lib/%s/site-packages", prefix, entry->d_name);
        if (size > 0 && (size_t)size < sizeof path)
            add_folder(packages, path, (size_t)size);
    }
    closedir(folder);
}

/* Asks an interpreter outside of virtual environments; one that cannot run leaves the list as it is. */
static void ask_python(nw_packages *packages, const char *python)
{
    int pipe_ends[2];
    if (pipe(pipe_ends) != 0)
        return;
    pid_t child = fork();
    if (child == 0) {
        dup2(pipe_ends[1], STDOUT_FILENO);
        close(pipe_ends[0]);
        close(pipe_ends[1]);
        int nowhere = open("/dev/null", O_WRONLY); /* who reads nothing that matters does not wait for the answer, which Python would complain of */
        if (nowhere >= 0)
            dup2(nowhere, STDERR_FILENO);
        execlp(python, python, "-I", "-c", "import sys; print('\\n'.join(sys.path))", (char *)NULL);
        _exit(127);
    }
    close(pipe_ends[1]);
    if (child > 0) {
        packages->asked = child;
        packages->answer = pipe_ends[0];
    } else {
        close(pipe_ends[0]);
    }
}

static void take_answer(nw_packages *packages)
{
    FILE *file = fdopen(packages->answer, "r");
    char line[PATH_MAX];
    while (file && fgets(line, sizeof line, file))
        add_folder(packages, line, strcspn(line, "\n"));
    if (file)
        fclose(file);
    else
        close(packages->answer);
    waitpid(packages->asked, NULL, 0);
    packages->asked = 0;
}

/* The prefix of the virtual environment that an interpreter belongs to; false when there is none. */
static bool prefix_of(const char *python, char *prefix, size_t room)
{
    const char *slash = strrchr(python, '/');
    if (!slash)
        return false;
    snprintf(prefix, room, "%.*s", (int)(slash - python), python);
    char *bin = strrchr(prefix, '/');
    if (!bin)
        snprintf(prefix, room, "..");
    else
        *bin = 0;
    char path[PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/pyvenv.cfg", prefix);
    return exists(path);
}

static bool find_on_path(const char *name, char *found, size_t room)
{
    for (const char *path = getenv("PATH"); path && *path;) {
        size_t size = strcspn(path, ":");
        int written = snprintf(found, room, "%.*s/%s", (int)size, path, name);
        if (written > 0 && (size_t)written < room && access(found, X_OK) == 0)
            return true;
        path += size + (path[size] == ':');
    }
    return false;
}

static void find_folders(nw_packages *packages, const char *python)
{
    char prefix[PATH_MAX], found[PATH_MAX];
    const char *active = getenv("VIRTUAL_ENV");
    add_list(packages, getenv("PYTHONPATH"), ':');
    if (!python && active && *active) {
        add_site_packages(packages, active);
        return;
    }
    const char *given = python ? python : "python3";
    const char *path = strchr(given, '/') ? given : find_on_path(given, found, sizeof found) ? found : NULL;
    if (path && prefix_of(path, prefix, sizeof prefix))
        add_site_packages(packages, prefix);
    else if (path)
        ask_python(packages, path);
}

/* ---- distributions ---- */

/* Lower case, runs of -_. as one -; ends at '-' before a version when `stop` is set. */
static const char *normalised(nw_arena *arena, const char *name, size_t size)
{
    char *text = nw_arena_alloc(arena, size + 1);
    size_t written = 0;
    for (size_t i = 0; i < size; i++) {
        bool separator = name[i] == '-' || name[i] == '_' || name[i] == '.';
        if (separator && written && text[written - 1] == '-')
            continue;
        text[written++] = separator ? '-' : (char)tolower((unsigned char)name[i]);
    }
    text[written] = 0;
    return text;
}

/* NAME-VERSION.dist-info, NAME-VERSION-py3.11.egg-info */
static void add_distribution(nw_packages *packages, const char *entry)
{
    const char *end = strstr(entry, ".dist-info");
    if (!end)
        end = strstr(entry, ".egg-info");
    const char *dash = strchr(entry, '-');
    if (!end || !dash || dash > end)
        return;
    size_t size = strcspn(dash + 1, "-");
    if (dash + 1 + size > end)
        size = (size_t)(end - dash - 1);
    nw_arena *arena = &packages->arena;
    nw_package package = {normalised(arena, entry, (size_t)(dash - entry)), copy_text(arena, dash + 1, size)};
    NW_ARENA_RESERVE(arena, packages->items, packages->count, packages->capacity);
    packages->items[packages->count++] = package;
}

void nw_packages_begin(nw_packages *packages, const char *python)
{
    *packages = (nw_packages){0};
    nw_arena_init(&packages->arena);
    pthread_mutex_init(&packages->lock, NULL);
    find_folders(packages, python);
}

void nw_packages_release(nw_packages *packages)
{
    if (packages->asked) {
        close(packages->answer);
        waitpid(packages->asked, NULL, 0);
    }
    pthread_mutex_destroy(&packages->lock);
    nw_arena_release(&packages->arena);
}

static void read_distributions(nw_packages *packages)
{
    for (uint32_t i = 0; i < packages->folder_count; i++) {
        DIR *folder = opendir(packages->folders[i]);
        for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
            add_distribution(packages, entry->d_name);
        if (folder)
            closedir(folder);
    }
}

void nw_packages_await(nw_packages *packages)
{
    pthread_mutex_lock(&packages->lock);
    if (!packages->is_read) {
        if (packages->asked)
            take_answer(packages);
        read_distributions(packages);
        packages->is_read = true;
    }
    pthread_mutex_unlock(&packages->lock);
}

const char *nw_packages_version(nw_packages *packages, const char *name)
{
    nw_packages_await(packages);
    nw_arena arena;
    nw_arena_init(&arena);
    const char *wanted = normalised(&arena, name, strlen(name)), *version = NULL;
    for (uint32_t i = 0; i < packages->count && !version; i++)
        if (strcmp(packages->items[i].name, wanted) == 0)
            version = packages->items[i].version;
    nw_arena_release(&arena);
    return version;
}

/* ---- versions ---- */

static bool is_release_mark(char c)
{
    return isdigit((unsigned char)c) || c == '.';
}

/* Release numbers first; what follows them makes a version older (a, b, rc, dev) or, after a plus or `post`, not. */
static int compare_versions(const char *a, const char *b)
{
    while (is_release_mark(*a) || is_release_mark(*b)) {
        char *end_a = (char *)a, *end_b = (char *)b;
        unsigned long left = isdigit((unsigned char)*a) ? strtoul(a, &end_a, 10) : 0, right = isdigit((unsigned char)*b) ? strtoul(b, &end_b, 10) : 0;
        if (left != right)
            return left < right ? -1 : 1;
        a = end_a + (*end_a == '.' && isdigit((unsigned char)end_a[1]));
        b = end_b + (*end_b == '.' && isdigit((unsigned char)end_b[1]));
        if (a == end_a && b == end_b)
            break;
    }
    const char *marks = "abrcd.-_";
    bool early_a = *a && strchr(marks, *a) && strncmp(a, ".post", 5) != 0, early_b = *b && strchr(marks, *b) && strncmp(b, ".post", 5) != 0;
    return early_a == early_b ? 0 : early_a ? -1 : 1;
}

bool nw_version_between(const char *version, const char *least, const char *below)
{
    return (!least || !*least || compare_versions(version, least) >= 0) && (!below || !*below || compare_versions(version, below) < 0);
}

/* ---- symbols ---- */

static char *read_source(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    enum { LIMIT = 4 << 20 };
    char *text = malloc(LIMIT + 1);
    if (text)
        text[fread(text, 1, LIMIT, file)] = 0;
    fclose(file);
    return text;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Whether the text binds a name at its top level: a def or class, an assignment, an import. */
static bool binds(const char *text, const char *name)
{
    size_t size = strlen(name);
    for (const char *at = text; (at = strstr(at, name)) != NULL; at += size) {
        if (is_word(at[size]) || (at > text && is_word(at[-1])))
            continue;
        const char *line = at;
        while (line > text && line[-1] != '\n')
            line--;
        size_t before = (size_t)(at - line);
        const char *after = at + size + strspn(at + size, " \t");
        if ((before == 6 && strncmp(line, "class ", 6) == 0) || (before == 4 && strncmp(line, "def ", 4) == 0) ||
            (before == 0 && (*after == '=' || *after == ':')) || strncmp(line, "from ", 5) == 0 || strncmp(line, "import ", 7) == 0)
            return true;
        if (strspn(line, " \t") == before && before && (*after == ',' || *after == '\n' || *after == ')' || *after == '\r'))
            return true; /* a line of a parenthesised import */
    }
    return false;
}

/* The source file of the longest part of a dotted name that is a module; *rest is what follows it. */
static bool find_module(const nw_packages *packages, const char *dotted, char *path, size_t room, const char **rest)
{
    for (size_t size = strlen(dotted); size > 0; size--) {
        if (dotted[size] != '.' && dotted[size] != 0)
            continue;
        for (uint32_t i = 0; i < packages->folder_count; i++) {
            int start = snprintf(path, room, "%s/%.*s", packages->folders[i], (int)size, dotted);
            if (start < 0 || (size_t)start + 16 > room)
                continue;
            for (char *c = path + strlen(packages->folders[i]) + 1; *c; c++)
                if (*c == '.')
                    *c = '/';
            strcpy(path + start, ".py");
            bool found = exists(path);
            if (!found) {
                strcpy(path + start, "/__init__.py");
                found = exists(path);
            }
            if (found) {
                *rest = dotted + size + (dotted[size] == '.');
                return true;
            }
        }
    }
    return false;
}

nw_presence nw_packages_symbol(nw_packages *packages, const char *dotted)
{
    nw_packages_await(packages);
    char path[PATH_MAX], name[256];
    const char *rest;
    if (!find_module(packages, dotted, path, sizeof path, &rest))
        return NW_PRESENCE_UNKNOWN;
    if (!*rest)
        return NW_PRESENT;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(rest, "."), rest);
    char *text = read_source(path);
    if (!text)
        return NW_PRESENCE_UNKNOWN;
    bool bound = binds(text, name), star = strstr(text, "import *") != NULL;
    free(text);
    return bound ? NW_PRESENT : star ? NW_PRESENCE_UNKNOWN : NW_ABSENT;
}
