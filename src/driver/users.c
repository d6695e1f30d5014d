#include "driver/users.h"

#include "source/source.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static uint64_t word_of(const char *bytes, size_t size)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return hash;
}

static bool is_of_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* ---- what a file imports ---- */

/* The line of an import statement, to its closing parenthesis where it has one. */
static const char *end_of_import(const char *at, const char *end)
{
    const char *line = memchr(at, '\n', (size_t)(end - at)), *open = memchr(at, '(', (size_t)((line ? line : end) - at));
    const char *close = open ? memchr(open, ')', (size_t)(end - open)) : NULL;
    return close ? close : line ? line : end;
}

static void add_words(nw_users *users, nw_arena *arena, uint32_t file, const char *at, const char *end)
{
    while (at < end) {
        const char *start = at;
        while (at < end && is_of_word(*at))
            at++;
        if (at > start) {
            NW_ARENA_RESERVE(arena, users->words, users->count, users->capacity);
            users->words[users->count++] = (nw_import_word){word_of(start, (size_t)(at - start)), file};
        } else {
            at++;
        }
    }
}

/* Lines that begin like an import, whatever they stand in: prose gives a few words too many. */
static void add_imports(nw_users *users, nw_arena *arena, uint32_t file, const nw_source *source)
{
    for (const char *at = source->bytes, *end = at + source->size; at < end;) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        while (at < end && (*at == ' ' || *at == '\t'))
            at++;
        size_t size = (size_t)((line ? line : end) - at);
        if ((size > 5 && memcmp(at, "from ", 5) == 0) || (size > 7 && memcmp(at, "import ", 7) == 0)) {
            const char *stop = end_of_import(at, end);
            add_words(users, arena, file, at, stop);
            line = memchr(stop, '\n', (size_t)(end - stop));
        }
        at = line ? line + 1 : end;
    }
}

static int compare(const void *left, const void *right)
{
    const nw_import_word *a = left, *b = right;
    if (a->word != b->word)
        return a->word < b->word ? -1 : 1;
    return a->file < b->file ? -1 : a->file > b->file;
}

/* ---- who imports a file ---- */

/* The last part of a file's module name: of an __init__.py the name of its folder. */
static uint64_t module_word(const char *path, bool *is_package)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    *is_package = strcmp(name, "__init__.py") == 0;
    if (*is_package && slash) {
        const char *folder = slash;
        while (folder > path && folder[-1] != '/')
            folder--;
        return word_of(folder, (size_t)(slash - folder));
    }
    return word_of(name, strcspn(name, "."));
}

/* The first of sorted pairs that has that word, or what would come behind it. */
static uint32_t first_of(const nw_import_word *words, uint32_t count, uint64_t word)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (words[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_users(const nw_users *users, uint64_t word, bool *taken)
{
    for (uint32_t i = first_of(users->words, users->count, word); i < users->count && users->words[i].word == word; i++) {
        uint32_t file = users->words[i].file;
        if (taken[file])
            continue;
        taken[file] = true;
        bool is_package;
        uint64_t package = module_word(users->files->paths[file], &is_package);
        if (is_package)
            add_users(users, package, taken);
    }
}

/* Which files each of them imports, by the words of its import statements. */
static void find_imports(nw_users *users, nw_arena *arena)
{
    uint32_t capacity = 0;
    for (uint32_t i = 0; i < users->files->count; i++) {
        bool is_package;
        uint64_t word = module_word(users->files->paths[i], &is_package);
        for (uint32_t k = first_of(users->words, users->count, word); k < users->count && users->words[k].word == word; k++) {
            NW_ARENA_RESERVE(arena, users->imports, users->import_count, capacity);
            users->imports[users->import_count++] = (nw_import_word){users->words[k].file, i};
        }
    }
    if (users->import_count)
        qsort(users->imports, users->import_count, sizeof *users->imports, compare);
}

void nw_users_find(nw_users *users, nw_arena *arena, const nw_session *session, const nw_files *files)
{
    *users = (nw_users){.files = files};
    for (uint32_t i = 0; files->count > 1 && i < files->count; i++) {
        nw_source source;
        if (nw_source_load(&source, files->paths[i], session->options.max_file_size) == NW_SOURCE_OK)
            add_imports(users, arena, i, &source);
        nw_source_release(&source);
    }
    if (users->count)
        qsort(users->words, users->count, sizeof *users->words, compare);
    find_imports(users, arena);
}

static const uint32_t *numbers_of(const nw_users *users, nw_arena *arena, const bool *taken, uint32_t *count)
{
    uint32_t *numbers = nw_arena_alloc(arena, users->files->count * sizeof *numbers);
    for (uint32_t i = 0; i < users->files->count; i++)
        if (taken[i])
            numbers[(*count)++] = i;
    return numbers;
}

const uint32_t *nw_users_of(const nw_users *users, nw_arena *arena, uint32_t file, uint32_t *count)
{
    *count = 0;
    if (!users->count)
        return NULL;
    bool is_package, *taken = nw_arena_zero(arena, users->files->count * sizeof *taken);
    add_users(users, module_word(users->files->paths[file], &is_package), taken);
    taken[file] = false;
    return numbers_of(users, arena, taken, count);
}

static void take_imported(const nw_users *users, uint32_t file, bool *taken)
{
    for (uint32_t i = first_of(users->imports, users->import_count, file); i < users->import_count && users->imports[i].word == file; i++)
        taken[users->imports[i].file] = true;
}

const uint32_t *nw_used_by(const nw_users *users, nw_arena *arena, uint32_t file, uint32_t *count)
{
    *count = 0;
    if (!users->count)
        return NULL;
    bool *taken = nw_arena_zero(arena, users->files->count * sizeof *taken);
    take_imported(users, file, taken);
    taken[file] = false;
    return numbers_of(users, arena, taken, count);
}

const uint32_t *nw_used_near(const nw_users *users, nw_arena *arena, uint32_t file, const uint32_t *files, uint32_t file_count, uint32_t *count)
{
    *count = 0;
    if (!users->count)
        return NULL;
    bool *taken = nw_arena_zero(arena, users->files->count * sizeof *taken);
    take_imported(users, file, taken);
    for (uint32_t i = 0; i < file_count; i++)
        take_imported(users, files[i], taken);
    taken[file] = false;
    return numbers_of(users, arena, taken, count);
}
