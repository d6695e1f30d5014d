#include "driver/lookups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void nw_lookups_init(nw_lookups *lookups)
{
    memset(lookups, 0, sizeof *lookups);
    pthread_mutex_init(&lookups->lock, NULL);
}

void nw_lookups_release(nw_lookups *lookups)
{
    for (size_t i = 0; i < sizeof lookups->buckets / sizeof *lookups->buckets; i++)
        for (nw_lookup *lookup = lookups->buckets[i]; lookup;) {
            nw_lookup *next = lookup->next;
            free(lookup->base);
            free(lookup);
            lookup = next;
        }
    pthread_mutex_destroy(&lookups->lock);
}

/* True: there is such a file, and what is in it went into the digest. */
static bool add_file(nw_digesting *digesting, const char *base, const char *ending)
{
    char path[4200], bytes[1 << 14];
    struct stat about;
    int size = snprintf(path, sizeof path, "%s%s", base, ending);
    if (size < 0 || (size_t)size >= sizeof path || stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return false;
    nw_digest_add_text(digesting, ending);
    FILE *file = fopen(path, "rb");
    for (size_t got = sizeof bytes; file && got == sizeof bytes;) {
        got = fread(bytes, 1, sizeof bytes, file);
        nw_digest_add(digesting, bytes, got);
    }
    if (file)
        fclose(file);
    return true;
}

/* In the order in which the import looks (source_module in import.c). */
static nw_digest look(const char *base)
{
    nw_digesting digesting;
    struct stat about;
    nw_digest_begin(&digesting);
    if (!add_file(&digesting, base, "/__init__.py") && !add_file(&digesting, base, ".py"))
        nw_digest_add_text(&digesting, stat(base, &about) == 0 && S_ISDIR(about.st_mode) ? "folder" : "nothing");
    return nw_digest_end(&digesting);
}

static nw_lookup **bucket_of(nw_lookups *lookups, const char *base)
{
    uint32_t hash = 2166136261u;
    for (const char *c = base; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    return &lookups->buckets[(hash ^ hash >> 16) % (sizeof lookups->buckets / sizeof *lookups->buckets)];
}

nw_digest nw_lookup_of(nw_lookups *lookups, const char *base)
{
    nw_lookup **bucket = bucket_of(lookups, base);
    pthread_mutex_lock(&lookups->lock);
    for (const nw_lookup *known = *bucket; known; known = known->next)
        if (strcmp(known->base, base) == 0) {
            nw_digest digest = known->digest;
            pthread_mutex_unlock(&lookups->lock);
            return digest;
        }
    pthread_mutex_unlock(&lookups->lock);
    nw_digest digest = look(base); /* two threads may look at once: both see the same */
    nw_lookup *lookup = malloc(sizeof *lookup);
    char *copy = strdup(base);
    if (!lookup || !copy) {
        free(lookup);
        free(copy);
        return digest;
    }
    pthread_mutex_lock(&lookups->lock);
    *lookup = (nw_lookup){copy, digest, *bucket};
    *bucket = lookup;
    pthread_mutex_unlock(&lookups->lock);
    return digest;
}
