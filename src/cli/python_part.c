/* The part of the command that is written in Python: where it lies, which interpreter runs it. */
#include "cli.h"

#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

bool nw_cli_program(char *path, size_t room)
{
#ifdef __APPLE__
    char given[PATH_MAX];
    uint32_t size = sizeof given;
    return room >= PATH_MAX && _NSGetExecutablePath(given, &size) == 0 && realpath(given, path);
#else
    ssize_t size = readlink("/proc/self/exe", path, room - 1);
    if (size <= 0)
        return false;
    path[size] = 0;
    return true;
#endif
}

/* The folder of the running program, without a slash at its end. */
static bool program_folder(char *folder, size_t room)
{
    char path[PATH_MAX];
    if (!nw_cli_program(path, sizeof path))
        return false;
    char *slash = strrchr(path, '/');
    if (!slash || (size_t)(slash - path) >= room)
        return false;
    *slash = 0;
    memcpy(folder, path, (size_t)(slash - path) + 1);
    return true;
}

/* The first file that matches FOLDER/PATTERN. */
static bool find(const char *folder, const char *pattern, char *found, size_t room)
{
    char whole[PATH_MAX];
    glob_t matches;
    int size = snprintf(whole, sizeof whole, "%s/%s", folder, pattern);
    if (size < 0 || (size_t)size >= sizeof whole || glob(whole, 0, NULL, &matches) != 0)
        return false;
    size = snprintf(found, room, "%s", matches.gl_pathv[0]);
    globfree(&matches);
    return size > 0 && (size_t)size < room;
}

/* The program of the package: that of the checkout this command was built in, otherwise that of the environment it is installed in. */
static bool find_package(char *found, size_t room)
{
    char folder[PATH_MAX], sources[PATH_MAX];
    if (!program_folder(folder, sizeof folder))
        return false;
    if (find(folder, "../meson.build", sources, sizeof sources))
        return find(folder, "../python/netwright/__main__.py", found, room);
    return find(folder, "../lib*/python3*/site-packages/netwright/__main__.py", found, room) ||
           find(folder, "../lib*/python3*/dist-packages/netwright/__main__.py", found, room);
}

static const char *interpreter(const nw_common *common, char *path, size_t room)
{
    if (common->python)
        return common->python;
    const char *active = getenv("VIRTUAL_ENV");
    int size = active && *active ? snprintf(path, room, "%s/bin/python", active) : -1;
    return size > 0 && (size_t)size < room && access(path, X_OK) == 0 ? path : "python3";
}

void nw_cli_line_add(nw_cli_line *line, const char *text)
{
    line->items[line->count++] = text;
}

void nw_cli_line_flag(nw_cli_line *line, const char *option, bool set)
{
    if (set)
        nw_cli_line_add(line, option);
}

void nw_cli_line_value(nw_cli_line *line, const char *option, const char *value)
{
    if (value) {
        nw_cli_line_add(line, option);
        nw_cli_line_add(line, value);
    }
}

void nw_cli_line_values(nw_cli_line *line, const char *option, const nw_option_list *values)
{
    for (size_t i = 0; i < values->count; i++)
        nw_cli_line_value(line, option, values->items[i]);
}

void nw_cli_line_cache(nw_cli_line *line, const nw_common *common)
{
    nw_cli_line_flag(line, "--no-cache", common->no_cache);
    nw_cli_line_value(line, "--cache-dir", common->cache_folder);
}

int nw_cli_become_python(const char *verb, const nw_common *common, const nw_cli_line *arguments)
{
    char package[PATH_MAX], active[PATH_MAX];
    const char *python = interpreter(common, active, sizeof active);
    char **line = calloc(arguments->count + 5, sizeof *line);
    if (!line) {
        fprintf(stderr, "netwright: out of memory\n");
        return 3;
    }
    /* execvp takes arrays of char *, and changes none of the texts. */
    const char **out = (const char **)line;
    *out++ = python;
    if (find_package(package, sizeof package)) {
        *out++ = package;
    } else {
        *out++ = "-m";
        *out++ = "netwright";
    }
    *out++ = verb;
    memcpy(out, arguments->items, arguments->count * sizeof *arguments->items);
    fflush(NULL);
    execvp(python, line);
    fprintf(stderr, "netwright %s: cannot run %s: %s\nChoose an interpreter with --python.\n", verb, python, strerror(errno));
    free(line);
    return 2;
}
