#include "driver/cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NAME_BYTES = 2 * NW_DIGEST_BYTES + 1, TOUCH_SECONDS = 3600, MAX_ENTRY = 64 << 20 };

/* ---- the folder ---- */

static char *join(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/%s", folder, name);
    return path;
}

static char *usual_folder(void)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (cache && cache[0] == '/')
        return join(cache, "netwright");
    return home && home[0] == '/' ? join(home, ".cache/netwright") : NULL;
}

/* The folder and those above it. */
static bool make_folder(char *path)
{
    for (char *c = path + 1; *c; c++)
        if (*c == '/') {
            *c = 0;
            mkdir(path, 0777);
            *c = '/';
        }
    return mkdir(path, 0777) == 0 || errno == EEXIST;
}

void nw_cache_open(nw_cache *cache, const char *folder, bool use)
{
    cache->folder = !use ? NULL : folder ? strdup(folder) : usual_folder();
    atomic_init(&cache->written, 0);
    if (cache->folder && (!cache->folder[0] || !make_folder(cache->folder) || access(cache->folder, R_OK | W_OK | X_OK) != 0)) {
        free(cache->folder);
        cache->folder = NULL;
    }
}

void nw_cache_close(nw_cache *cache)
{
    if (cache->folder && atomic_load(&cache->written))
        nw_cache_trim(cache, NW_CACHE_BYTES);
    free(cache->folder);
    cache->folder = NULL;
}

/* ---- entries ---- */

static void name_of(const nw_digest *key, char name[NAME_BYTES])
{
    for (unsigned i = 0; i < NW_DIGEST_BYTES; i++)
        snprintf(name + 2 * i, 3, "%02x", key->bytes[i]);
}

static bool read_all(int file, nw_buffer *out)
{
    char bytes[1 << 14];
    for (ssize_t got; (got = read(file, bytes, sizeof bytes)) != 0;) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || out->size > MAX_ENTRY)
            return false;
        nw_buffer_add(out, bytes, (size_t)got);
    }
    return true;
}

/* So that the oldest are those that nobody asks for. */
static void touch(int file)
{
    struct stat about;
    if (fstat(file, &about) == 0 && about.st_mtime + TOUCH_SECONDS < time(NULL))
        futimens(file, NULL);
}

bool nw_cache_get(const nw_cache *cache, const nw_digest *key, nw_buffer *entry)
{
    char name[NAME_BYTES];
    if (!cache->folder)
        return false;
    name_of(key, name);
    char *path = join(cache->folder, name);
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    free(path);
    if (file < 0)
        return false;
    nw_buffer text;
    nw_buffer_init(&text);
    bool good = read_all(file, &text) && text.size >= NW_DIGEST_BYTES;
    if (good) {
        nw_digest digest = nw_digest_of(text.bytes + NW_DIGEST_BYTES, text.size - NW_DIGEST_BYTES);
        good = memcmp(digest.bytes, text.bytes, NW_DIGEST_BYTES) == 0;
    }
    if (good) {
        nw_buffer_add(entry, text.bytes + NW_DIGEST_BYTES, text.size - NW_DIGEST_BYTES);
        touch(file);
    }
    close(file);
    nw_buffer_release(&text);
    return good;
}

static bool write_all(int file, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size) {
        ssize_t written = write(file, at, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        at += written;
        size -= (size_t)written;
    }
    return true;
}

void nw_cache_put(nw_cache *cache, const nw_digest *key, const nw_buffer *entry)
{
    char name[NAME_BYTES];
    if (!cache->folder)
        return;
    name_of(key, name);
    char *path = join(cache->folder, name), *draft = join(cache->folder, "draft-XXXXXX");
    int file = path && draft ? mkstemp(draft) : -1;
    if (file >= 0) {
        nw_digest digest = nw_digest_of(entry->bytes, entry->size);
        bool good = write_all(file, digest.bytes, NW_DIGEST_BYTES) && write_all(file, entry->bytes, entry->size);
        good = close(file) == 0 && good;
        if (good && rename(draft, path) == 0)
            atomic_fetch_add(&cache->written, 1);
        else
            unlink(draft);
    }
    free(draft);
    free(path);
}

/* ---- size ---- */

typedef struct old_entry {
    char name[NAME_BYTES];
    time_t used;
    uint64_t size;
} old_entry;

static int compare(const void *left, const void *right)
{
    const old_entry *a = left, *b = right;
    return a->used < b->used ? -1 : a->used > b->used;
}

/* Nothing else that lies in the folder is ours to remove. */
static bool is_entry(const char *name)
{
    size_t size = strlen(name);
    return (size == NAME_BYTES - 1 && strspn(name, "0123456789abcdef") == size) || (size == 12 && strncmp(name, "draft-", 6) == 0);
}

static old_entry *list_entries(const nw_cache *cache, DIR *folder, size_t *count, uint64_t *total)
{
    old_entry *entries = NULL;
    size_t capacity = 0;
    for (struct dirent *found; (found = readdir(folder)) != NULL;) {
        struct stat about;
        char *path = is_entry(found->d_name) ? join(cache->folder, found->d_name) : NULL;
        bool is_file = path && stat(path, &about) == 0 && S_ISREG(about.st_mode);
        free(path);
        if (!is_file)
            continue;
        if (*count == capacity) {
            old_entry *more = realloc(entries, (capacity = capacity ? capacity * 2 : 256) * sizeof *more);
            if (!more)
                break;
            entries = more;
        }
        old_entry *entry = &entries[(*count)++];
        strcpy(entry->name, found->d_name);
        entry->used = about.st_mtime;
        entry->size = (uint64_t)about.st_size;
        *total += entry->size;
    }
    return entries;
}

void nw_cache_trim(const nw_cache *cache, uint64_t limit)
{
    DIR *folder = cache->folder ? opendir(cache->folder) : NULL;
    size_t count = 0;
    uint64_t total = 0;
    if (!folder)
        return;
    old_entry *entries = list_entries(cache, folder, &count, &total);
    closedir(folder);
    if (total > limit) {
        qsort(entries, count, sizeof *entries, compare);
        for (size_t i = 0; i < count && total > limit / 4 * 3; i++) { /* some room, so that not every run has to */
            char *path = join(cache->folder, entries[i].name);
            if (path && unlink(path) == 0)
                total -= entries[i].size;
            free(path);
        }
    }
    free(entries);
}
