/* Source: the bytes of one file, never changed.
 *
 * Purpose: loading with limits, encoding, and byte offset to line and column.
 * Ownership: nw_source_load and nw_source_borrow fill a struct that nw_source_release empties.
 * Invariants: `bytes` are the file's own bytes (BOM, CRLF and all); spans everywhere are byte offsets into them;
 * `text` is what the parser reads: equal bytes for UTF-8; for another declared encoding (coding cookie) it has the same
 * length with every byte above 127 replaced so that offsets stay the same. bytes[size] is readable and zero. */
#ifndef NW_SOURCE_SOURCE_H
#define NW_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum nw_source_status {
    NW_SOURCE_OK,
    NW_SOURCE_UNREADABLE,       /* errno text in `problem` */
    NW_SOURCE_TOO_LARGE,
    NW_SOURCE_NOT_A_FILE,
    NW_SOURCE_NUL_BYTES,        /* Python refuses it too */
    NW_SOURCE_BAD_ENCODING,     /* not UTF-8 and no cookie, or an unknown cookie */
} nw_source_status;

typedef struct nw_source {
    const char *path; /* as it is printed; owned */
    const char *bytes;
    const char *text;
    uint32_t size;
    uint32_t *line_starts; /* made on first use; index 0 is line 1 */
    uint32_t line_count;
    uint64_t modified; /* nanoseconds, for "changed since it was read" */
    bool has_bom, is_crlf, is_borrowed;
    char problem[160];
} nw_source;

typedef struct nw_position {
    uint32_t line;   /* from 1 */
    uint32_t column; /* from 1, in characters (UTF-8 code points) */
} nw_position;

nw_source_status nw_source_load(nw_source *source, const char *path, size_t limit);
/* A text that is not, or not yet, what the file holds; it is copied. */
nw_source_status nw_source_copy(nw_source *source, const char *path, const char *bytes, size_t size);
/* Bytes that outlive the source (an embedded catalog file, a test). */
void nw_source_borrow(nw_source *source, const char *path, const char *bytes, size_t size);
void nw_source_release(nw_source *source);
nw_position nw_source_position(nw_source *source, uint32_t offset);
/* The first byte of the line that a byte stands on. */
uint32_t nw_source_line_start(const nw_source *source, uint32_t offset);

#endif
