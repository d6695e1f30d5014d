/*
 * The whole test library: a test program calls functions that CHECK, and returns check_report() from main.
 *
 * A failed check prints where, what and (for CHECK_INT and CHECK_TEXT) both values, and the program goes on. A test program
 * that ends without a single check counts as failed, so that an empty one is noticed.
 */
#ifndef NW_TESTS_CHECK_H
#define NW_TESTS_CHECK_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* One translation unit makes one test program, so these are the state of the program. */
static int check_done, check_failed;

static inline bool check_note(bool ok, const char *file, int line, const char *text)
{
    check_done++;
    if (!ok) {
        check_failed++;
        fprintf(stderr, "%s:%d: failed: %s\n", file, line, text);
    }
    return ok;
}

static inline void check_int(intmax_t got, intmax_t want, const char *file, int line, const char *text)
{
    if (!check_note(got == want, file, line, text))
        fprintf(stderr, "    got  %" PRIdMAX "\n    want %" PRIdMAX "\n", got, want);
}

static inline void check_text(const char *got, const char *want, const char *file, int line, const char *text)
{
    bool equal = got && want ? strcmp(got, want) == 0 : got == want;
    if (!check_note(equal, file, line, text))
        fprintf(stderr, "    got  %s\n    want %s\n", got ? got : "(null)", want ? want : "(null)");
}

static inline int check_report(void)
{
    fprintf(stderr, "%d checks, %d failed\n", check_done, check_failed);
    return check_failed || !check_done;
}

#define CHECK(condition) ((void)check_note((condition), __FILE__, __LINE__, #condition))
#define CHECK_INT(got, want) check_int((intmax_t)(got), (intmax_t)(want), __FILE__, __LINE__, #got " == " #want)
#define CHECK_TEXT(got, want) check_text((got), (want), __FILE__, __LINE__, #got " == " #want)

#endif
