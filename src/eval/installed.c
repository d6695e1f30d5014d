/* What is installed in the roots beside sources: versions of distributions, compiled modules. */
#include "eval/installed.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Distributions are written in any case and with - . _ alike. */
static bool same_letters(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char x = a[i] == '-' || a[i] == '.' ? '_' : (char)tolower((unsigned char)a[i]);
        char y = b[i] == '-' || b[i] == '.' ? '_' : (char)tolower((unsigned char)b[i]);
        if (x != y || !x)
            return false;
    }
    return true;
}

static bool ends_with(const char *text, const char *ending)
{
    size_t size = strlen(text), tail = strlen(ending);
    return size >= tail && strcmp(text + size - tail, ending) == 0;
}

bool nw_installed_version(const char *root, const char *distribution, char *version, size_t room)
{
    DIR *folder = opendir(root);
    bool found = false;
    size_t size = strlen(distribution);
    for (struct dirent *entry; folder && !found && (entry = readdir(folder));) {
        const char *name = entry->d_name;
        if (strlen(name) <= size || name[size] != '-' || !same_letters(name, distribution, size) || !ends_with(name, ".dist-info"))
            continue;
        const char *number = name + size + 1;
        found = snprintf(version, room, "%.*s", (int)(strlen(number) - strlen(".dist-info")), number) < (int)room;
    }
    if (folder)
        closedir(folder);
    return found;
}

bool nw_installed_source(const char *root, const char *module)
{
    char path[4096];
    struct stat status;
    int size = snprintf(path, sizeof path, "%s/%s", root, module);
    if (size < 0 || (size_t)size + 4 > sizeof path)
        return false;
    for (char *c = path + strlen(root) + 1; *c; c++)
        *c = *c == '.' ? '/' : *c;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    strcpy(path + size, ".py");
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool nw_installed_compiled(const char *path)
{
    char place[4096];
    const char *slash = strrchr(path, '/');
    const char *stem = slash ? slash + 1 : path;
    size_t size = strlen(stem), base = slash ? (size_t)(slash - path) : 0;
    if (base >= sizeof place)
        return false;
    memcpy(place, path, base);
    place[base] = 0;
    DIR *folder = opendir(base ? place : ".");
    bool found = false;
    for (struct dirent *entry; folder && !found && (entry = readdir(folder));)
        found = strncmp(entry->d_name, stem, size) == 0 && entry->d_name[size] == '.' && ends_with(entry->d_name + size, ".so");
    if (folder)
        closedir(folder);
    return found;
}
