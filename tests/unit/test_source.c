/* Sources: what is loaded, what is refused, and where an offset is. */
#include "check.h"
#include "source/source.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[] = "/tmp/netwright-source-XXXXXX";

static void write_file(const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    CHECK(file);
    if (!file)
        return;
    CHECK_INT(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static nw_source_status status_of(const char *bytes, size_t size, size_t limit)
{
    nw_source source;
    write_file(bytes, size);
    nw_source_status status = nw_source_load(&source, path, limit);
    CHECK(status == NW_SOURCE_OK || source.problem[0]);
    nw_source_release(&source);
    return status;
}

static void test_refusals(void)
{
    nw_source source;
    CHECK_INT(status_of("x = 1\n", 6, 6), NW_SOURCE_OK);
    CHECK_INT(status_of("x = 1\n", 6, 5), NW_SOURCE_TOO_LARGE);
    CHECK_INT(status_of("", 0, 5), NW_SOURCE_OK);
    CHECK_INT(status_of("x\0", 2, 100), NW_SOURCE_NUL_BYTES);
    CHECK_INT(status_of("x = '\xFF'", 7, 100), NW_SOURCE_BAD_ENCODING);
    CHECK_INT(status_of("x = '\xED\xA0\x80'", 9, 100), NW_SOURCE_BAD_ENCODING);
    CHECK_INT(status_of("# coding: klingon\n", 18, 100), NW_SOURCE_BAD_ENCODING);
    CHECK_INT(status_of("\xEF\xBB\xBF# coding: latin-1\n", 21, 100), NW_SOURCE_BAD_ENCODING);
    CHECK_INT(status_of("x = 1 # coding: klingon\n", 24, 100), NW_SOURCE_OK);
    CHECK_INT(nw_source_load(&source, "/tmp", 100), NW_SOURCE_NOT_A_FILE);
    nw_source_release(&source);
    CHECK_INT(nw_source_load(&source, "/nowhere/at/all.py", 100), NW_SOURCE_UNREADABLE);
    CHECK(source.problem[0]);
    nw_source_release(&source);
}

static void test_encodings(void)
{
    nw_source source;
    const char latin[] = "# -*- coding: Latin-1 -*-\nx = '\xE9'\n";
    write_file(latin, sizeof latin - 1);
    CHECK_INT(nw_source_load(&source, path, 1000), NW_SOURCE_OK);
    CHECK_TEXT(source.bytes, latin);
    CHECK_TEXT(source.text, "# -*- coding: Latin-1 -*-\nx = '_'\n");
    CHECK(source.modified > 0);
    nw_source_release(&source);

    const char macintosh[] = "x = 1\ry = 2\r\n";
    write_file(macintosh, sizeof macintosh - 1);
    CHECK_INT(nw_source_load(&source, path, 1000), NW_SOURCE_OK);
    CHECK_TEXT(source.bytes, macintosh);
    CHECK_TEXT(source.text, "x = 1\ny = 2\r\n");
    CHECK(source.is_crlf);
    nw_source_release(&source);

    const char plain[] = "\xEF\xBB\xBFx = 'é'\n";
    write_file(plain, sizeof plain - 1);
    CHECK_INT(nw_source_load(&source, path, 1000), NW_SOURCE_OK);
    CHECK(source.has_bom && !source.is_crlf);
    CHECK(source.text == source.bytes);
    CHECK_INT(source.bytes[source.size], 0);
    nw_source_release(&source);
}

static void check_position(nw_source *source, uint32_t offset, uint32_t line, uint32_t column)
{
    nw_position position = nw_source_position(source, offset);
    CHECK_INT(position.line, line);
    CHECK_INT(position.column, column);
}

static void test_positions(void)
{
    nw_source source;
    const char text[] = "\xEF\xBB\xBF" "a\r\n\xC3\xA9t\xE2\x82\xAC = 1\n\nz";
    nw_source_borrow(&source, "positions.py", text, sizeof text - 1);
    check_position(&source, 3, 1, 1);
    check_position(&source, 6, 2, 1);
    check_position(&source, 8, 2, 2);
    check_position(&source, 12, 2, 4);
    check_position(&source, 17, 3, 1);
    check_position(&source, 18, 4, 1);
    check_position(&source, 1000, 4, 2);
    nw_source_release(&source);

    nw_source_borrow(&source, "empty.py", "", 0);
    check_position(&source, 0, 1, 1);
    nw_source_release(&source);
}

int main(void)
{
    int file = mkstemp(path);
    CHECK(file >= 0);
    close(file);
    test_refusals();
    test_encodings();
    test_positions();
    unlink(path);
    return check_report();
}
