#include "source/source.h"

#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_byte_order_mark(const char *bytes, size_t size)
{
    return size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
}

/* The offset of the first byte that is not UTF-8, or size. */
static size_t find_bad_utf8(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size;) {
        uint64_t eight;
        if (size - i >= sizeof eight) {
            memcpy(&eight, bytes + i, sizeof eight);
            if (!(eight & 0x8080808080808080u)) {
                i += sizeof eight;
                continue;
            }
        }
        size_t length = nw_utf8_length((const unsigned char *)bytes + i, size - i);
        if (!length)
            return i;
        i += length;
    }
    return size;
}

/* The name in a coding cookie of one line (PEP 263: ^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)), lower case with
 * underscores as hyphens. False when the line is not a comment or has none. */
static bool cookie_of_line(const char *line, size_t size, char *name, size_t room, bool *is_blank)
{
    size_t at = 0;
    while (at < size && (line[at] == ' ' || line[at] == '\t' || line[at] == '\f'))
        at++;
    *is_blank = at == size || line[at] == '#' || line[at] == '\r';
    if (at == size || line[at] != '#')
        return false;
    for (; at + 7 <= size; at++) {
        if (memcmp(line + at, "coding", 6) != 0 || (line[at + 6] != ':' && line[at + 6] != '='))
            continue;
        size_t from = at + 7, used = 0;
        while (from < size && (line[from] == ' ' || line[from] == '\t'))
            from++;
        for (; from < size && used + 1 < room; from++) {
            char letter = line[from];
            if (letter >= 'A' && letter <= 'Z')
                letter = (char)(letter + 32);
            if (letter == '_')
                letter = '-';
            if (!((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' || letter == '.'))
                break;
            name[used++] = letter;
        }
        name[used] = 0;
        if (used)
            return true;
    }
    return false;
}

/* Python looks at the first two lines, at the second only when the first has no code. */
static bool find_cookie(const char *bytes, size_t size, char *name, size_t room)
{
    size_t at = has_byte_order_mark(bytes, size) ? 3 : 0;
    for (int line = 0; line < 2 && at < size; line++) {
        size_t end = at;
        while (end < size && bytes[end] != '\n' && bytes[end] != '\r')
            end++;
        bool is_blank;
        if (cookie_of_line(bytes + at, end - at, name, room, &is_blank))
            return true;
        if (!is_blank)
            return false;
        at = end + (end + 1 < size && bytes[end] == '\r' && bytes[end + 1] == '\n') + 1;
    }
    return false;
}

typedef enum nw_encoding { ENCODING_UNKNOWN, ENCODING_UTF8, ENCODING_SINGLE_BYTE } nw_encoding;

/* Encodings in which bytes below 128 are ASCII and every other byte is one character. */
static nw_encoding encoding_of_cookie(const char *name)
{
    static const char *const utf8[] = {"utf-8", "utf8", "u8", "utf", "utf-8-sig", "cp65001", "ascii", "us-ascii", "646"};
    static const char *const single_byte_prefixes[] = {"iso-8859-", "iso8859-", "8859", "latin", "l1", "cp125", "windows-125", "cp437", "cp85", "koi8-", "mac-"};
    for (size_t i = 0; i < sizeof utf8 / sizeof *utf8; i++)
        if (strcmp(name, utf8[i]) == 0 || (strncmp(name, "utf-8-", 6) == 0))
            return ENCODING_UTF8;
    for (size_t i = 0; i < sizeof single_byte_prefixes / sizeof *single_byte_prefixes; i++)
        if (strncmp(name, single_byte_prefixes[i], strlen(single_byte_prefixes[i])) == 0)
            return ENCODING_SINGLE_BYTE;
    return ENCODING_UNKNOWN;
}

static bool has_lone_carriage_return(const char *bytes, size_t size)
{
    const char *at = bytes, *end = bytes + size;
    while ((at = memchr(at, '\r', (size_t)(end - at))) != NULL) {
        at++;
        if (at == end || *at != '\n')
            return true;
    }
    return false;
}

/* What the parser reads, of equal length: bytes above 127 of other encodings become '_', which may stand anywhere in a
 * name, a string or a comment; a line end of the old Macintosh becomes a newline, as Python reads it. */
static bool make_text(nw_source *source, bool blank)
{
    bool returns = has_lone_carriage_return(source->bytes, source->size);
    source->text = source->bytes;
    if (!blank && !returns)
        return true;
    char *text = malloc((size_t)source->size + 1);
    if (!text)
        return false;
    for (uint32_t i = 0; i < source->size; i++) {
        char byte = source->bytes[i];
        if (blank && (unsigned char)byte > 127)
            byte = '_';
        if (byte == '\r' && source->bytes[i + 1] != '\n')
            byte = '\n';
        text[i] = byte;
    }
    text[source->size] = 0;
    source->text = text;
    return true;
}

/* Decides on the encoding and makes `text`. */
static nw_source_status take_encoding(nw_source *source)
{
    char cookie[40];
    source->has_bom = has_byte_order_mark(source->bytes, source->size);
    const char *newline = memchr(source->bytes, '\n', source->size);
    source->is_crlf = newline && newline > source->bytes && newline[-1] == '\r';
    nw_encoding encoding = ENCODING_UTF8;
    if (find_cookie(source->bytes, source->size, cookie, sizeof cookie)) {
        encoding = encoding_of_cookie(cookie);
        if (encoding == ENCODING_UNKNOWN || (source->has_bom && encoding != ENCODING_UTF8)) {
            snprintf(source->problem, sizeof source->problem, "unknown encoding: %s", cookie);
            return NW_SOURCE_BAD_ENCODING;
        }
    }
    if (encoding == ENCODING_UTF8) {
        size_t bad = find_bad_utf8(source->bytes, source->size);
        if (bad < source->size) {
            snprintf(source->problem, sizeof source->problem, "byte 0x%02x at offset %zu is not UTF-8, and no other encoding is declared",
                     (unsigned char)source->bytes[bad], bad);
            return NW_SOURCE_BAD_ENCODING;
        }
    }
    if (!make_text(source, encoding == ENCODING_SINGLE_BYTE)) {
        snprintf(source->problem, sizeof source->problem, "out of memory");
        return NW_SOURCE_UNREADABLE;
    }
    return NW_SOURCE_OK;
}

static nw_source_status fail(nw_source *source, nw_source_status status, const char *problem)
{
    snprintf(source->problem, sizeof source->problem, "%s", problem);
    return status;
}

static nw_source_status fail_size(nw_source *source, uint64_t size, size_t limit)
{
    snprintf(source->problem, sizeof source->problem, "%llu bytes, and the limit is %zu", (unsigned long long)size, limit);
    return NW_SOURCE_TOO_LARGE;
}

/* Reads until the end: a file may have changed its size since it was asked, a pipe has none. */
static nw_source_status read_all(nw_source *source, int file, size_t expected, size_t limit)
{
    size_t capacity = expected + 1, size = 0;
    char *bytes = malloc(capacity);
    while (bytes) {
        ssize_t got = read(file, bytes + size, capacity - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            free(bytes);
            return fail(source, NW_SOURCE_UNREADABLE, strerror(errno));
        }
        size += (size_t)got;
        if (size > limit) {
            free(bytes);
            return fail_size(source, size, limit);
        }
        if (got == 0)
            break;
        if (size == capacity) {
            capacity *= 2;
            char *larger = realloc(bytes, capacity);
            if (!larger)
                free(bytes);
            bytes = larger;
        }
    }
    if (!bytes)
        return fail(source, NW_SOURCE_UNREADABLE, "out of memory");
    bytes[size] = 0;
    source->bytes = bytes;
    source->size = (uint32_t)size;
    return NW_SOURCE_OK;
}

static nw_source_status load(nw_source *source, const char *path, size_t limit)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return fail(source, NW_SOURCE_UNREADABLE, strerror(errno));
    nw_source_status status;
    if (fstat(file, &about) != 0) {
        status = fail(source, NW_SOURCE_UNREADABLE, strerror(errno));
    } else if (!S_ISREG(about.st_mode)) {
        status = fail(source, NW_SOURCE_NOT_A_FILE, "not a regular file");
    } else if ((uint64_t)about.st_size > limit) {
        status = fail_size(source, (uint64_t)about.st_size, limit);
    } else {
        source->modified = (uint64_t)about.st_mtim.tv_sec * 1000000000u + (uint64_t)about.st_mtim.tv_nsec;
        status = read_all(source, file, (size_t)about.st_size, limit);
    }
    close(file);
    return status;
}

nw_source_status nw_source_load(nw_source *source, const char *path, size_t limit)
{
    enum { MOST = 0x7FFFFFFF }; /* offsets are 32 bits wide */
    *source = (nw_source){0};
    source->path = strdup(path);
    if (!source->path)
        return fail(source, NW_SOURCE_UNREADABLE, "out of memory");
    nw_source_status status = load(source, path, limit < MOST ? limit : MOST);
    if (status != NW_SOURCE_OK)
        return status;
    if (memchr(source->bytes, 0, source->size))
        return fail(source, NW_SOURCE_NUL_BYTES, "has NUL bytes");
    return take_encoding(source);
}

nw_source_status nw_source_copy(nw_source *source, const char *path, const char *bytes, size_t size)
{
    *source = (nw_source){0};
    char *copy = malloc(size + 1);
    source->path = strdup(path);
    source->bytes = copy;
    if (!copy || !source->path)
        return fail(source, NW_SOURCE_UNREADABLE, "out of memory");
    memcpy(copy, bytes, size);
    copy[size] = 0;
    source->size = (uint32_t)size;
    return take_encoding(source);
}

void nw_source_borrow(nw_source *source, const char *path, const char *bytes, size_t size)
{
    *source = (nw_source){.path = path, .bytes = bytes, .text = bytes, .size = (uint32_t)size, .is_borrowed = true};
    source->has_bom = has_byte_order_mark(bytes, size);
}

void nw_source_release(nw_source *source)
{
    if (!source->is_borrowed) {
        if (source->text != source->bytes)
            free((char *)source->text);
        free((char *)source->bytes);
        free((char *)source->path);
    }
    free(source->line_starts);
    *source = (nw_source){0};
}

static bool find_lines(nw_source *source)
{
    uint32_t capacity = source->size / 32 + 16, count = 1;
    uint32_t *starts = malloc(capacity * sizeof *starts);
    if (!starts)
        return false;
    starts[0] = source->has_bom ? 3 : 0;
    for (uint32_t i = starts[0]; i < source->size; i++) {
        if (source->bytes[i] != '\n' && source->bytes[i] != '\r')
            continue;
        if (source->bytes[i] == '\r' && i + 1 < source->size && source->bytes[i + 1] == '\n')
            i++;
        if (count == capacity) {
            capacity *= 2;
            uint32_t *larger = realloc(starts, capacity * sizeof *starts);
            if (!larger) {
                free(starts);
                return false;
            }
            starts = larger;
        }
        starts[count++] = i + 1;
    }
    source->line_starts = starts;
    source->line_count = count;
    return true;
}

nw_position nw_source_position(nw_source *source, uint32_t offset)
{
    if (!source->line_starts && !find_lines(source))
        return (nw_position){1, 1};
    uint32_t low = 0, high = source->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    nw_position position = {low + 1, 1};
    if (offset > source->size)
        offset = source->size;
    for (uint32_t i = source->line_starts[low]; i < offset; i++)
        position.column += ((unsigned char)source->bytes[i] & 0xC0) != 0x80;
    return position;
}

uint32_t nw_source_line_start(const nw_source *source, uint32_t offset)
{
    while (offset > 0 && source->bytes[offset - 1] != '\n')
        offset--;
    return offset;
}
