/* What the fuzz targets that work on whole programs share.
 *
 * Purpose: the bytes of libFuzzer as a file that a session reads, and the answer of one job about it. An input that is a program
 * may say how it is called, in the lines that the programs of tests/show begin with: `# entry: Net()`, `# input: f32[2,4]`.
 * Ownership: a fuzz_program owns its folder, which goes with fuzz_program_release. */
#ifndef FUZZ_PROGRAM_H
#define FUZZ_PROGRAM_H

#include "netwright.h"

#include <stddef.h>
#include <stdint.h>

enum { FUZZ_MAX_INPUTS = 8, FUZZ_MAX_LINE = 200 };

typedef struct fuzz_program {
    char folder[32];
    char path[48];
    char entry[FUZZ_MAX_LINE];
    char input_text[FUZZ_MAX_INPUTS][FUZZ_MAX_LINE];
    const char *inputs[FUZZ_MAX_INPUTS];
    size_t input_count;
    nw_session *session;
} fuzz_program;

/* Writes the bytes to a new file and opens a session that keeps nothing for later. */
void fuzz_program_init(fuzz_program *program, const uint8_t *data, size_t size);
void fuzz_program_release(fuzz_program *program);

/* The first of the paths of the program. */
const char *const *fuzz_program_paths(const fuzz_program *program);

/* Ends the process, as a finding, where the answer is none of 0, 1 and 2 or what must hold does not. */
void fuzz_check_answer(const nw_result *result);
void fuzz_check(bool holds, const char *what);

#endif
