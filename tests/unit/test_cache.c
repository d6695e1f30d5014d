/* The digest against the published test vector, and the folder of entries: its bound, and what is not its own. */
#include "check.h"
#include "driver/cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

static void test_digest(void)
{
    static const char wanted[] = "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"; /* BLAKE2b-256 of "abc" */
    nw_digest digest = nw_digest_of("abc", 3);
    char text[2 * NW_DIGEST_BYTES + 1];
    for (unsigned i = 0; i < NW_DIGEST_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", digest.bytes[i]);
    CHECK_TEXT(text, wanted);
}

/* In pieces of any size it is the same. */
static void test_pieces(void)
{
    char bytes[1000];
    memset(bytes, 'x', sizeof bytes);
    nw_digest whole = nw_digest_of(bytes, sizeof bytes);
    for (size_t step = 1; step < 300; step += 37) {
        nw_digesting digesting;
        nw_digest_begin(&digesting);
        for (size_t at = 0; at < sizeof bytes; at += step)
            nw_digest_add(&digesting, bytes + at, at + step < sizeof bytes ? step : sizeof bytes - at);
        nw_digest found = nw_digest_end(&digesting);
        CHECK(memcmp(found.bytes, whole.bytes, NW_DIGEST_BYTES) == 0);
    }
}

static nw_digest key_of(unsigned number)
{
    return nw_digest_of(&number, sizeof number);
}

static bool has(const nw_cache *cache, unsigned number)
{
    nw_digest key = key_of(number);
    nw_buffer entry;
    nw_buffer_init(&entry);
    bool found = nw_cache_get(cache, &key, &entry);
    nw_buffer_release(&entry);
    return found;
}

/* Entries used long ago go first; a file of somebody else stays. */
static void test_trim(void)
{
    char folder[] = "/tmp/netwright-cache-XXXXXX", path[200];
    nw_cache cache;
    nw_buffer entry;
    CHECK(mkdtemp(folder) != NULL);
    nw_cache_open(&cache, folder, true);
    nw_buffer_init(&entry);
    for (unsigned i = 0; i < 1000; i++)
        nw_buffer_byte(&entry, 'x');
    for (unsigned i = 0; i < 8; i++) {
        nw_digest key = key_of(i);
        nw_cache_put(&cache, &key, &entry);
        int size = snprintf(path, sizeof path, "%s/", folder);
        for (unsigned k = 0; k < NW_DIGEST_BYTES; k++)
            size += snprintf(path + size, 3, "%02x", key.bytes[k]);
        CHECK(utime(path, &(struct utimbuf){1000 + i, 1000 + i}) == 0);
    }
    snprintf(path, sizeof path, "%s/mine.txt", folder);
    FILE *other = fopen(path, "w");
    CHECK(other && fputs("mine", other) >= 0 && fclose(other) == 0);
    CHECK(has(&cache, 0));              /* used: no longer the oldest */
    nw_cache_trim(&cache, 5000);
    CHECK(has(&cache, 0));
    CHECK(!has(&cache, 1));
    CHECK(has(&cache, 7));
    CHECK(access(path, F_OK) == 0);
    unlink(path);
    nw_cache_trim(&cache, 0);
    CHECK(!has(&cache, 7));
    CHECK(rmdir(folder) == 0);
    nw_buffer_release(&entry);
    nw_cache_close(&cache);
}

int main(void)
{
    test_digest();
    test_pieces();
    test_trim();
    return check_report();
}
