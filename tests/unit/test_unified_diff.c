/* Diffs as text: exact forms, and each applied again by hand. */
#include "check.h"
#include "emit/unified_diff.h"

#include <stdlib.h>

static void check_diff(const char *old, const char *new, const char *want)
{
    nw_buffer out;
    nw_buffer_init(&out);
    nw_buffer_add(&out, "", 0);
    nw_unified_diff(&out, "a.py", old, strlen(old), new, strlen(new));
    CHECK_TEXT(out.bytes, want);
    nw_buffer_release(&out);
}

static const char *line_end(const char *at)
{
    const char *end = strchr(at, '\n');
    return end ? end + 1 : at + strlen(at);
}

/* Applies a diff of lines that all end with a line end. */
static void apply(const char *old, const char *diff, nw_buffer *out)
{
    long line = 1;
    for (const char *at = diff; *at; at = line_end(at)) {
        if (strncmp(at, "@@ -", 4) == 0) {
            long start = strtol(at + 4, NULL, 10);
            bool empty = strstr(at, ",0 +") && strstr(at, ",0 +") < line_end(at);
            for (; line < start + empty; line++) {
                nw_buffer_add(out, old, (size_t)(line_end(old) - old));
                old = line_end(old);
            }
        } else if (strncmp(at, "---", 3) != 0 && strncmp(at, "+++", 3) != 0) {
            if (*at != '-')
                nw_buffer_add(out, at + 1, (size_t)(line_end(at) - at - 1));
            if (*at != '+') {
                old = line_end(old);
                line++;
            }
        }
    }
    nw_buffer_text(out, old);
}

static void check_round(unsigned *seed)
{
    nw_buffer old, new, diff, applied;
    nw_buffer_init(&old);
    nw_buffer_init(&new);
    nw_buffer_init(&diff);
    nw_buffer_init(&applied);
    nw_buffer_add(&old, "", 0);
    nw_buffer_add(&new, "", 0);
    nw_buffer_add(&diff, "", 0);
    for (int i = 0; i < 60; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        unsigned choice = (*seed >> 16) % 12, word = (*seed >> 20) % 5;
        if (choice != 0)
            nw_buffer_format(&old, "x%u\n", word);
        if (choice != 1)
            nw_buffer_format(&new, "x%u\n", choice == 2 ? word + 7 : word);
    }
    nw_unified_diff(&diff, "a.py", old.bytes, old.size, new.bytes, new.size);
    apply(old.bytes, diff.bytes, &applied);
    CHECK_TEXT(applied.bytes, new.bytes);
    nw_buffer_release(&old);
    nw_buffer_release(&new);
    nw_buffer_release(&diff);
    nw_buffer_release(&applied);
}

int main(void)
{
    check_diff("a\nb\n", "a\nb\n", "");
    check_diff("a\nb\nc\n", "a\nx\nc\n", "--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
    check_diff("a", "b", "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n");
    check_diff("a\r\nb\r\n", "a\r\nc\r\n", "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n");
    check_diff("", "a\n", "--- a/a.py\n+++ b/a.py\n@@ -0,0 +1 @@\n+a\n");
    unsigned seed = 7;
    for (int i = 0; i < 300; i++)
        check_round(&seed);
    return check_report();
}
