#include "driver/write_file.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static uint64_t time_of(const struct stat *status)
{
#ifdef __APPLE__
    return (uint64_t)status->st_mtimespec.tv_sec * 1000000000u + (uint64_t)status->st_mtimespec.tv_nsec;
#else
    return (uint64_t)status->st_mtim.tv_sec * 1000000000u + (uint64_t)status->st_mtim.tv_nsec;
#endif
}

uint64_t nw_file_modified(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? time_of(&status) : 0;
}

static bool fail(char problem[160], const char *what)
{
    snprintf(problem, 160, "%s: %s", what, strerror(errno));
    return false;
}

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size) {
        ssize_t written = write(file, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

static bool holds(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    char *now = file ? malloc(size + 1) : NULL;
    bool same = now && fread(now, 1, size + 1, file) == size && memcmp(now, bytes, size) == 0;
    free(now);
    if (file)
        fclose(file);
    return same;
}

bool nw_file_replace(const char *path, uint64_t modified, const char *old_bytes, size_t old_size, const char *bytes, size_t size, char problem[160])
{
    char target[PATH_MAX], temporary[PATH_MAX + 16];
    struct stat status;
    if (!realpath(path, target) || stat(target, &status) != 0)
        return fail(problem, "it is gone");
    if (time_of(&status) != modified || !holds(target, old_bytes, old_size)) {
        snprintf(problem, 160, "it changed since it was read");
        return false;
    }
    if (access(target, W_OK) != 0)
        return fail(problem, "it cannot be written");
    snprintf(temporary, sizeof temporary, "%s.XXXXXX", target);
    int file = mkstemp(temporary);
    if (file < 0)
        return fail(problem, "no file can be made beside it");
    bool good = write_all(file, bytes, size) && fchmod(file, status.st_mode & 07777) == 0 && fsync(file) == 0;
    if (close(file) != 0)
        good = false;
    if (good && rename(temporary, target) == 0)
        return true;
    fail(problem, "it cannot be replaced");
    unlink(temporary);
    return false;
}
