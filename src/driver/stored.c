#include "driver/stored.h"

#include "base/embedded.h"
#include "driver/configuration.h"
#include "source/source.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- the key ---- */

static void add_number(nw_digesting *digesting, uint64_t number)
{
    nw_digest_add(digesting, &number, sizeof number);
}

static void add_embedded(nw_digesting *digesting, const nw_embedded_file *files, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        nw_digest_add_text(digesting, files[i].path);
        nw_digest_add(digesting, files[i].bytes, files[i].size);
    }
}

/* A program that was built anew may find something else, whatever its version says. */
static void add_program(nw_digesting *digesting)
{
    struct stat about;
    nw_digest_add_text(digesting, nw_version());
    if (stat("/proc/self/exe", &about) == 0) {
        add_number(digesting, (uint64_t)about.st_size);
        add_number(digesting, (uint64_t)about.st_mtim.tv_sec * 1000000000u + (uint64_t)about.st_mtim.tv_nsec);
    }
}

/* One that cannot be read stops the run before anything is looked up. */
static void add_rule_files(nw_digesting *digesting, const nw_session *session, const nw_optimize_options *options)
{
    for (size_t i = 0; i < options->rule_file_count; i++) {
        nw_source source;
        if (nw_source_load(&source, options->rule_files[i], session->options.max_file_size) == NW_SOURCE_OK)
            nw_digest_add(digesting, source.bytes, source.size);
        nw_source_release(&source);
    }
    add_number(digesting, options->rule_file_count);
}

static nw_digest digest_settings(const nw_session *session, const nw_optimize_options *options, const nw_packages *packages)
{
    nw_digesting digesting;
    nw_digest_begin(&digesting);
    add_program(&digesting);
    add_embedded(&digesting, nw_embedded_rules, nw_embedded_rules_count);
    add_embedded(&digesting, nw_embedded_catalog, nw_embedded_catalog_count);
    add_rule_files(&digesting, session, options);
    nw_digest_add_text(&digesting, options->select);
    nw_digest_add_text(&digesting, options->ignore);
    add_number(&digesting, (uint64_t)(options->select != NULL) | (uint64_t)options->unsafe << 1 | (uint64_t)options->assume_installed << 2 |
                               (uint64_t)session->options.color << 3 | (uint64_t)options->check << 4);
    add_number(&digesting, session->options.max_file_size);
    for (uint32_t i = 0; i < packages->folder_count; i++)
        nw_digest_add_text(&digesting, packages->folders[i]);
    for (uint32_t i = 0; i < packages->count; i++) {
        nw_digest_add_text(&digesting, packages->items[i].name);
        nw_digest_add_text(&digesting, packages->items[i].version);
    }
    return nw_digest_end(&digesting);
}

/* What the command line says goes before what the project of the first path says. */
static void open_cache(nw_stored *stored, const nw_session *session, const nw_optimize_options *options)
{
    nw_arena arena;
    nw_arena_init(&arena);
    char *absolute = options->path_count ? realpath(options->paths[0], NULL) : NULL, *slash = absolute ? strrchr(absolute, '/') : NULL;
    struct stat about;
    if (slash && stat(absolute, &about) == 0 && !S_ISDIR(about.st_mode))
        *slash = 0;
    nw_cache_setting setting = absolute ? nw_configuration_cache(&arena, absolute) : (nw_cache_setting){true, NULL};
    const char *folder = session->options.cache_folder ? session->options.cache_folder : setting.folder;
    nw_cache_open(&stored->cache, folder, session->options.use_cache && (setting.use || session->options.cache_folder));
    free(absolute);
    nw_arena_release(&arena);
}

void nw_stored_open(nw_stored *stored, const nw_session *session, const nw_optimize_options *options, nw_packages *packages)
{
    open_cache(stored, session, options);
    nw_lookups_init(&stored->lookups);
    if (!stored->cache.folder)
        return;
    nw_packages_await(packages);
    stored->settings = digest_settings(session, options, packages);
}

void nw_stored_close(nw_stored *stored)
{
    nw_lookups_release(&stored->lookups);
    nw_cache_close(&stored->cache);
}

static void add_files(nw_digesting *digesting, const nw_user_store *store, const uint32_t *files, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        nw_source source;
        nw_digest_add_text(digesting, store->paths[files[i]]);
        if (nw_source_load(&source, store->paths[files[i]], store->limit) == NW_SOURCE_OK)
            nw_digest_add(digesting, source.bytes, source.size);
        nw_source_release(&source);
    }
}

nw_digest nw_stored_key(const nw_stored *stored, const char *path, const nw_roots *roots, const nw_source *source, const nw_user_files *users)
{
    nw_digesting digesting;
    if (!stored->cache.folder)
        return (nw_digest){{0}};
    nw_digest_begin(&digesting);
    nw_digest_add(&digesting, stored->settings.bytes, NW_DIGEST_BYTES);
    nw_digest_add_text(&digesting, path);
    for (uint32_t i = 0; i < roots->count; i++)
        nw_digest_add_text(&digesting, roots->items[i]);
    nw_digest_add_text(&digesting, "");
    nw_digest_add(&digesting, source->bytes, source->size);
    add_files(&digesting, users->store, users->files, users->count);
    add_files(&digesting, users->store, users->near, users->near_count);
    return nw_digest_end(&digesting);
}

/* ---- writing ---- */

static void put_number(nw_buffer *out, uint32_t number)
{
    nw_buffer_add(out, (const char *)&number, sizeof number);
}

static void put_bytes(nw_buffer *out, const char *bytes, size_t size)
{
    put_number(out, (uint32_t)size);
    nw_buffer_add(out, bytes, size);
    nw_buffer_byte(out, 0); /* read in place as a text */
}

/* NULL is kept apart from the empty text. */
static void put_text(nw_buffer *out, const char *text)
{
    put_number(out, text != NULL);
    if (text)
        put_bytes(out, text, strlen(text));
}

static void put_finding(nw_buffer *out, const nw_finding *finding)
{
    put_text(out, finding->rule);
    put_text(out, finding->class_name);
    put_text(out, finding->function);
    put_text(out, finding->message);
    put_text(out, finding->guard);
    put_text(out, finding->pays);
    put_text(out, finding->state);
    const uint32_t numbers[] = {finding->line, finding->column, finding->end_line, finding->status, finding->safety, finding->code};
    nw_buffer_add(out, (const char *)numbers, sizeof numbers);
    put_number(out, finding->need_count);
    for (uint32_t i = 0; i < finding->need_count; i++)
        put_text(out, finding->needs[i]);
    put_number(out, finding->edit_count);
    for (uint32_t i = 0; i < finding->edit_count; i++) {
        put_number(out, finding->edits[i].start);
        put_number(out, finding->edits[i].end);
        put_bytes(out, finding->edits[i].text, finding->edits[i].size);
    }
}

void nw_stored_save(nw_stored *stored, const nw_digest *key, const nw_eval *eval, const nw_stored_results *results)
{
    nw_buffer out;
    if (!stored->cache.folder || eval->was_late) /* a slower hour may not decide what is found later */
        return;
    nw_buffer_init(&out);
    put_number(&out, eval->lookup_count);
    for (uint32_t i = 0; i < eval->lookup_count; i++) {
        nw_digest digest = nw_lookup_of(&stored->lookups, eval->lookups[i]);
        put_text(&out, eval->lookups[i]);
        nw_buffer_add(&out, (const char *)digest.bytes, NW_DIGEST_BYTES);
    }
    nw_stats stats = *results->stats;
    stats.read_seconds = stats.build_seconds = stats.call_seconds = stats.model_seconds = 0;
    nw_buffer_add(&out, (const char *)&stats, sizeof stats);
    put_bytes(&out, results->messages->bytes ? results->messages->bytes : "", results->messages->size);
    put_number(&out, results->findings->count);
    for (uint32_t i = 0; i < results->findings->count; i++)
        put_finding(&out, &results->findings->items[i]);
    nw_cache_put(&stored->cache, key, &out);
    nw_buffer_release(&out);
}

/* ---- reading ---- */

/* What is read after the end is zero and sets `broken`. */
typedef struct entry_reader {
    const char *at;
    size_t left;
    bool broken;
} entry_reader;

static const char *take(entry_reader *reader, size_t size)
{
    if (reader->broken || size > reader->left) {
        reader->broken = true;
        return NULL;
    }
    const char *taken = reader->at;
    reader->at += size;
    reader->left -= size;
    return taken;
}

static uint32_t take_number(entry_reader *reader)
{
    uint32_t number = 0;
    const char *bytes = take(reader, sizeof number);
    if (bytes)
        memcpy(&number, bytes, sizeof number);
    return number;
}

static const char *take_bytes(entry_reader *reader, uint32_t *size)
{
    *size = take_number(reader);
    const char *bytes = take(reader, (size_t)*size + 1);
    reader->broken |= bytes && bytes[*size] != 0;
    return reader->broken ? NULL : bytes;
}

static const char *take_text(entry_reader *reader)
{
    uint32_t size;
    return take_number(reader) ? take_bytes(reader, &size) : NULL;
}

static bool same_lookups(nw_stored *stored, entry_reader *reader)
{
    uint32_t count = take_number(reader);
    for (uint32_t i = 0; i < count && !reader->broken; i++) {
        const char *base = take_text(reader), *wanted = take(reader, NW_DIGEST_BYTES);
        if (!base || !wanted)
            return false;
        nw_digest now = nw_lookup_of(&stored->lookups, base);
        if (memcmp(now.bytes, wanted, NW_DIGEST_BYTES) != 0)
            return false;
    }
    return !reader->broken;
}

enum { MAX_NEEDS = 64, MAX_EDITS = 4096 };

static bool take_finding(entry_reader *reader, nw_findings *findings)
{
    const char *needs[MAX_NEEDS];
    nw_arena arena;
    nw_finding finding = {.rule = take_text(reader)};
    finding.class_name = take_text(reader);
    finding.function = take_text(reader);
    finding.message = take_text(reader);
    finding.guard = take_text(reader);
    finding.pays = take_text(reader);
    finding.state = take_text(reader);
    finding.line = take_number(reader);
    finding.column = take_number(reader);
    finding.end_line = take_number(reader);
    finding.status = (uint8_t)take_number(reader);
    finding.safety = (uint8_t)take_number(reader);
    finding.code = (uint16_t)take_number(reader);
    finding.need_count = take_number(reader);
    for (uint32_t i = 0; i < finding.need_count && i < MAX_NEEDS; i++)
        reader->broken |= (needs[i] = take_text(reader)) == NULL;
    finding.edit_count = take_number(reader);
    if (reader->broken || !finding.rule || finding.need_count > MAX_NEEDS || finding.edit_count > MAX_EDITS)
        return false;
    nw_arena_init(&arena);
    finding.needs = needs;
    finding.edits = nw_arena_alloc(&arena, (finding.edit_count + 1) * sizeof *finding.edits);
    for (uint32_t i = 0; i < finding.edit_count; i++) {
        nw_finding_edit *edit = &finding.edits[i];
        edit->start = take_number(reader);
        edit->end = take_number(reader);
        edit->text = take_bytes(reader, &edit->size);
    }
    if (!reader->broken)
        nw_findings_add(findings, &finding);
    nw_arena_release(&arena);
    return !reader->broken;
}

static bool take_results(entry_reader *reader, nw_findings *findings, nw_buffer *messages, nw_stats *stats)
{
    uint32_t size;
    const char *bytes = take(reader, sizeof *stats), *text = take_bytes(reader, &size);
    if (!bytes || !text)
        return false;
    memcpy(stats, bytes, sizeof *stats);
    nw_buffer_add(messages, text, size);
    uint32_t count = take_number(reader);
    for (uint32_t i = 0; i < count; i++)
        if (!take_finding(reader, findings))
            return false;
    return !reader->broken && reader->left == 0;
}

bool nw_stored_load(nw_stored *stored, const nw_digest *key, const nw_stored_results *results)
{
    nw_buffer entry;
    nw_buffer_init(&entry);
    bool good = nw_cache_get(&stored->cache, key, &entry);
    entry_reader reader = {entry.bytes, entry.size, false};
    if (good && same_lookups(stored, &reader)) {
        nw_findings_release(results->findings);
        nw_findings_init(results->findings);
        good = take_results(&reader, results->findings, results->messages, results->stats);
        if (!good) { /* as if there had been nothing */
            nw_findings_release(results->findings);
            nw_findings_init(results->findings);
            nw_buffer_clear(results->messages);
            *results->stats = (nw_stats){0};
        }
    } else {
        good = false;
    }
    nw_buffer_release(&entry);
    return good;
}
