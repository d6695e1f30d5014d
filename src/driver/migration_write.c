#include "driver/migration_write.h"

#include "driver/write_file.h"
#include "emit/unified_diff.h"
#include "syntax/syntax.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_PACKAGE_SIZE = 1 << 20 };

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

/* Puts `path` where a place ends with `below`; false: it does not end so. */
static bool put_beside(const char *place, const char *below, const char *path, char *out, size_t size)
{
    size_t whole = strlen(place), tail = strlen(below);
    if (tail > whole || strcmp(place + whole - tail, below) != 0)
        return false;
    int length = snprintf(out, size, "%.*s%s", (int)(whole - tail), place, path);
    return length > 0 && (size_t)length < size;
}

/* Where a source lies that is read without being migrated: as far from a migrated one as what is written is. The place of that one may have been
 * given from within its package. */
static bool source_path(const nw_migrated_file *file, const char *path, char *out, size_t size)
{
    if (put_beside(file->module->path, file->path, path, out, size))
        return true;
    char *absolute = realpath(file->module->path, NULL);
    bool found = absolute && put_beside(absolute, file->path, path, out, size);
    free(absolute);
    return found;
}

/* How far the comments at the start of a file and its docstring reach. */
static uint32_t head_size(const nw_source *source, nw_symbols *symbols)
{
    nw_arena arena;
    nw_arena_init(&arena);
    nw_ast *ast = nw_syntax_parse(source, &arena, symbols);
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    const nw_node *first = &ast->nodes[body.count ? body.items[0] : 0];
    bool docstring = first->kind == NW_NODE_EXPRESSION && ast->nodes[first->a].kind == NW_NODE_STRING;
    uint32_t size = docstring ? first->end : 0;
    nw_arena_release(&arena);
    while (!docstring && size < source->size && source->text[size] == '#') {
        const char *end = memchr(source->text + size, '\n', source->size - size);
        size = end ? (uint32_t)(end - source->text) + 1 : source->size;
    }
    return size;
}

/* Lines as comments; those that are comments already, or empty, stay as they are. */
static void add_as_comments(nw_buffer *out, const char *text, const char *end)
{
    while (text < end) {
        const char *line_end = memchr(text, '\n', (size_t)(end - text)), *next = line_end ? line_end + 1 : end, *word = text;
        while (word < next && strchr(" \t\r\f\n", *word))
            word++;
        if (*text != '#' && word < next)
            nw_buffer_text(out, "# ");
        nw_buffer_add(out, text, (size_t)(next - text));
        text = next;
    }
}

/* A package whose code is not needed: what introduces it, such as a licence or a docstring, and the code as comments, as where a statement goes. */
static void copy_package(const nw_migration *migration, const nw_migrated_file *file, const char *path, nw_buffer *out)
{
    char full[4096];
    nw_source source;
    if (!source_path(file, path, full, sizeof full))
        return;
    if (nw_source_load(&source, full, MAX_PACKAGE_SIZE) == NW_SOURCE_OK) {
        uint32_t size = head_size(&source, migration->eval->symbols);
        nw_buffer_add(out, source.text, size);
        if (size && source.text[size - 1] != '\n')
            nw_buffer_byte(out, '\n');
        const char *end = source.text + source.size, *rest = source.text + size;
        if (size && source.text[size - 1] != '\n') { /* behind the docstring there may be a comment, or another statement */
            while (rest < end && strchr(" \t\r;", *rest))
                rest++;
            rest += rest < end && *rest == '\n';
        }
        add_as_comments(out, rest, end);
    }
    nw_source_release(&source);
}

static bool was_written(const nw_written_packages *written, const char *path)
{
    for (uint32_t i = 0; written && i < written->count; i++)
        if (strcmp(written->paths[i], path) == 0)
            return true;
    return false;
}

static void remember_package(nw_written_packages *written, const char *path)
{
    const char *name = strrchr(path, '/');
    if (!written || strcmp(name ? name + 1 : path, "__init__.py") != 0 || was_written(written, path))
        return;
    NW_ARENA_RESERVE(written->arena, written->paths, written->count, written->capacity);
    written->paths[written->count++] = nw_arena_copy(written->arena, path, strlen(path) + 1);
}

static bool write_packages(const nw_migration *migration, const char *folder, const nw_migrated_file *file, nw_written_packages *written, nw_report *report)
{
    char text[4096];
    for (const char *c = file->path; *c; c++) {
        if (*c != '/' || (size_t)(c - file->path) + 16 > sizeof text)
            continue;
        snprintf(text, sizeof text, "%.*s/__init__.py", (int)(c - file->path), file->path);
        if (is_written(migration, text) || was_written(written, text))
            continue;
        nw_buffer head;
        nw_buffer_init(&head);
        copy_package(migration, file, text, &head);
        bool good = nw_migration_write_file(folder, text, &head, report);
        nw_buffer_release(&head);
        if (!good)
            return false;
        remember_package(written, text);
    }
    return true;
}

bool nw_migration_write_files(const nw_migration *migration, const char *folder, nw_written_packages *written, nw_report *report)
{
    for (uint32_t i = 0; i < migration->file_count; i++) {
        const nw_migrated_file *file = &migration->files[i];
        if (!write_packages(migration, folder, file, written, report) || !nw_migration_write_file(folder, file->path, &file->text, report))
            return false;
        remember_package(written, file->path);
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
