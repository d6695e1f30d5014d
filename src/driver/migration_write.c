#include "driver/migration_write.h"

#include "driver/write_file.h"
#include "emit/unified_diff.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool make_folders(char *path)
{
    for (char *c = path + 1; *c; c++) {
        if (*c != '/')
            continue;
        *c = 0;
        bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
        *c = '/';
        if (!made)
            return false;
    }
    return true;
}

bool nw_migration_write_file(const char *folder, const char *path, const nw_buffer *text, nw_report *report)
{
    char full[4096];
    int length = folder ? snprintf(full, sizeof full, "%s/%s", folder, path) : snprintf(full, sizeof full, "%s", path);
    errno = ENAMETOOLONG;
    FILE *file = length > 0 && (size_t)length < sizeof full && make_folders(full) ? fopen(full, "wb") : NULL;
    bool good = file && (text->size == 0 || fwrite(text->bytes, 1, text->size, file) == text->size);
    if (file && fclose(file) != 0)
        good = false;
    if (!good) {
        nw_report_message(report, "cannot write %s: %s", full, strerror(errno));
        nw_report_raise(report, NW_STATUS_USAGE);
    }
    return good;
}

static bool is_written(const nw_migration *migration, const char *path)
{
    for (uint32_t i = 0; i < migration->file_count; i++)
        if (strcmp(migration->files[i].path, path) == 0)
            return true;
    return false;
}

static bool write_packages(const nw_migration *migration, const char *folder, const char *path, nw_report *report)
{
    char text[4096];
    const nw_buffer empty = {0};
    for (const char *c = path; *c; c++) {
        if (*c != '/' || (size_t)(c - path) + 16 > sizeof text)
            continue;
        snprintf(text, sizeof text, "%.*s/__init__.py", (int)(c - path), path);
        if (!is_written(migration, text) && !nw_migration_write_file(folder, text, &empty, report))
            return false;
    }
    return true;
}

bool nw_migration_write_files(const nw_migration *migration, const char *folder, nw_report *report)
{
    for (uint32_t i = 0; i < migration->file_count; i++) {
        const nw_migrated_file *file = &migration->files[i];
        if (!write_packages(migration, folder, file->path, report) || !nw_migration_write_file(folder, file->path, &file->text, report))
            return false;
    }
    return true;
}

bool nw_migration_write_in_place(const nw_migration *migration, nw_report *report)
{
    bool good = true;
    for (uint32_t i = 0; i < migration->file_count; i++) {
        const nw_migrated_file *file = &migration->files[i];
        const nw_source *source = &file->module->source;
        char problem[160];
        if (!file->is_changed || nw_file_replace(source->path, source->modified, source->bytes, source->size, file->text.bytes, file->text.size, problem))
            continue;
        nw_report_message(report, "%s: %s", source->path, problem);
        nw_report_raise(report, NW_STATUS_USAGE);
        good = false;
    }
    return good;
}

void nw_migration_print_diff(const nw_migration *migration, nw_report *report)
{
    for (uint32_t i = 0; i < migration->file_count; i++) {
        const nw_migrated_file *file = &migration->files[i];
        const char *path = file->module->path;
        if (file->is_changed)
            nw_unified_diff(&report->output, strncmp(path, "./", 2) == 0 ? path + 2 : path, file->module->source.bytes, file->module->source.size,
                            file->text.bytes, file->text.size);
    }
}

/* A file, the __init__.py beside it, and the folders above it as far as they are empty. */
static void remove_one(const char *folder, const char *path)
{
    char full[4096];
    int length = snprintf(full, sizeof full, "%s/%s", folder, path);
    if (length < 0 || (size_t)length + 16 > sizeof full)
        return;
    unlink(full);
    for (char *slash = strrchr(full, '/'); slash && (size_t)(slash - full) > strlen(folder); slash = strrchr(full, '/')) {
        strcpy(slash, "/__init__.py");
        unlink(full);
        *slash = 0;
        if (rmdir(full) != 0)
            return;
    }
}

void nw_migration_remove_files(const nw_migration *migration, const char *folder)
{
    for (uint32_t i = migration->file_count; i-- > 0;)
        remove_one(folder, migration->files[i].path);
    for (uint32_t i = 0; i < migration->file_count; i++) /* packages that still held a file the first time */
        remove_one(folder, migration->files[i].path);
    rmdir(folder);
}
