/* What lies on the disk among the sources: packages look for their own files, and import what stands in a folder of theirs. */
#include "base/buffer.h"
#include "eval/interpret.h"
#include "eval/intrinsic.h"
#include "source/source.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_FILES = 4096 };

/* Where a path leads, with every link followed; what is not there yet is left out, with its folder told. NULL: nobody knows. The caller frees it. */
static char *find_place(const char *path)
{
    struct stat status;
    char *place = realpath(path, NULL), *rest = place || lstat(path, &status) == 0 ? NULL : strdup(path);
    while (rest && !place) {
        char *last = strrchr(rest, '/');
        if (!last || last == rest || strcmp(last + 1, "..") == 0)
            break;
        *last = 0;
        place = realpath(rest, NULL);
    }
    free(rest);
    return place;
}

static bool starts_as(const char *text, const char *root)
{
    size_t size = strlen(root);
    return strncmp(text, root, size) == 0 && (!text[size] || text[size] == '/' || (size > 0 && root[size - 1] == '/'));
}

static bool leads_into(const char *path, const char *root)
{
    char *place = find_place(path), *folder = realpath(root, NULL);
    bool within = place && folder && starts_as(place, folder);
    free(place);
    free(folder);
    return within;
}

/* The path as text where it lies in a root, as it is written and with every link followed, so that it is there wherever the program runs;
 * NULL: nobody knows. What a rewriter's program finds beside itself is not what the source found. */
static const char *within_roots(nw_eval *eval, nw_value path)
{
    path = nw_settle(eval, path);
    if (path.kind != NW_STRING || eval->environment->open || eval->trace || eval->disk_changes)
        return NULL;
    const char *text = nw_bytes(eval, path.as.symbol);
    for (uint32_t i = 0; i < eval->environment->root_count; i++) {
        const char *root = eval->environment->roots[i];
        if (strcmp(root, ".") != 0 && starts_as(text, root) && leads_into(text, root))
            return text;
    }
    return NULL;
}

static nw_value call_disk_kind(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value path;
    if (!nw_intrinsic_bind(eval, "disk_kind", "path", 1, 1, arguments, &path))
        return nw_error();
    const char *text = within_roots(eval, path);
    if (!text)
        return nw_lost(eval, NW_DIAG_HOST_VALUE, "whether a file exists");
    struct stat status;
    if (stat(text, &status) != 0)
        return nw_string_of(eval, "");
    return nw_string_of(eval, S_ISDIR(status.st_mode) ? "folder" : "file");
}

enum { MAX_TEXT = 1 << 18 };

/* The characters that end a line in Python's splitlines alone, beyond ASCII: U+0085, U+2028, U+2029. */
static bool ends_line(const char *character)
{
    return memcmp(character, "\xc2\x85", 2) == 0 || memcmp(character, "\xe2\x80\xa8", 3) == 0 || memcmp(character, "\xe2\x80\xa9", 3) == 0;
}

/* Whether bytes are text of one line or of many. What stands beyond ASCII is known where the program says that it reads UTF-8. */
static bool is_plain_text(const nw_source *file, bool utf8)
{
    for (uint32_t i = 0; i < file->size; i++) {
        char c = file->bytes[i];
        if ((c >= ' ' && c < 127) || c == '\n' || c == '\t')
            continue;
        size_t length = nw_utf8_length((const unsigned char *)file->bytes + i, file->size - i);
        if (!utf8 || length < 2 || ends_line(file->bytes + i))
            return false;
        i += (uint32_t)length - 1;
    }
    return true;
}

/* What a file holds where that is plain text. */
static nw_value call_disk_text(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2], text = nw_lost(eval, NW_DIAG_HOST_VALUE, "what a file holds");
    if (!nw_intrinsic_bind(eval, "disk_text", "path, utf8=", 1, 2, arguments, values))
        return nw_error();
    const char *name = within_roots(eval, values[0]);
    nw_source file = {0};
    bool utf8 = values[1].kind == NW_BOOL && values[1].as.integer;
    if (name && nw_source_load(&file, name, MAX_TEXT) == NW_SOURCE_OK && is_plain_text(&file, utf8))
        text = nw_string(nw_symbol_intern(eval->symbols, file.bytes, file.size));
    nw_source_release(&file);
    return text;
}

static int is_visible(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static nw_value call_disk_names(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value path;
    if (!nw_intrinsic_bind(eval, "disk_names", "path", 1, 1, arguments, &path))
        return nw_error();
    const char *text = within_roots(eval, path);
    struct dirent **entries = NULL;
    int count = text ? scandir(text, &entries, is_visible, alphasort) : -1;
    nw_value names = count < 0 || count > MAX_FILES ? nw_lost(eval, NW_DIAG_HOST_VALUE, "the files of a folder") : nw_list_new(eval, NULL, 0);
    for (int i = 0; i < count; i++) {
        if (names.kind == NW_LIST)
            nw_list_append(eval, names.as.list, nw_string_of(eval, entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
    return names;
}

/* A change of what lies under a path. One that is known to lie outside of the roots changes nothing that is told. */
static nw_value call_disk_change(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value path;
    if (!nw_intrinsic_bind(eval, "disk_change", "path", 1, 1, arguments, &path))
        return nw_error();
    path = nw_settle(eval, path);
    const char *text = path.kind == NW_STRING ? nw_bytes(eval, path.as.symbol) : "";
    bool may_matter = text[0] != '/';
    for (uint32_t i = 0; i < eval->environment->root_count && !may_matter; i++)
        may_matter = leads_into(text, eval->environment->roots[i]);
    eval->disk_changes |= may_matter;
    return nw_none();
}

void nw_disk_intrinsics_install(nw_eval *eval, nw_dict *globals)
{
    static const nw_intrinsic intrinsics[] = {{"disk_kind", call_disk_kind}, {"disk_names", call_disk_names}, {"disk_text", call_disk_text}, {"disk_change", call_disk_change}};
    nw_intrinsic_define(eval, globals, intrinsics, sizeof intrinsics / sizeof *intrinsics);
}
