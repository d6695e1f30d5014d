#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void fuzz_check(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* Copies what follows the key at the start of a line, without the blanks around it. */
static void read_value(const char *line, size_t size, const char *key, char *out)
{
    size_t skip = strlen(key);
    while (skip < size && line[skip] == ' ')
        skip++;
    while (size > skip && (line[size - 1] == ' ' || line[size - 1] == '\r'))
        size--;
    size_t count = size - skip < FUZZ_MAX_LINE - 1 ? size - skip : FUZZ_MAX_LINE - 1;
    memcpy(out, line + skip, count);
    out[count] = 0;
}

static bool has_key(const char *line, size_t size, const char *key)
{
    return size > strlen(key) && memcmp(line, key, strlen(key)) == 0;
}

static void read_header(fuzz_program *program, const char *text, size_t size)
{
    for (size_t start = 0; start < size;) {
        const char *end = memchr(text + start, '\n', size - start);
        size_t length = end ? (size_t)(end - (text + start)) : size - start;
        const char *line = text + start;
        if (has_key(line, length, "# entry:")) {
            read_value(line, length, "# entry:", program->entry);
        } else if (has_key(line, length, "# input:") && program->input_count < FUZZ_MAX_INPUTS) {
            char *value = program->input_text[program->input_count];
            read_value(line, length, "# input:", value);
            program->inputs[program->input_count++] = value;
        }
        start += length + 1;
    }
}

static void write_program(const char *path, const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    fuzz_check(file && fwrite(data, 1, size, file) == size && fclose(file) == 0, "the program can be written");
}

void fuzz_program_init(fuzz_program *program, const uint8_t *data, size_t size)
{
    *program = (fuzz_program){.folder = "/tmp/netwright-fuzz-XXXXXX"};
    fuzz_check(mkdtemp(program->folder) != NULL, "a folder can be made");
    snprintf(program->path, sizeof program->path, "%s/net.py", program->folder);
    write_program(program->path, data, size);
    read_header(program, (const char *)data, size);
    nw_session_options options = NW_SESSION_OPTIONS_INIT;
    options.threads = 1;
    options.use_cache = false;
    program->session = nw_session_new(&options);
    fuzz_check(program->session != NULL, "a session opens");
}

void fuzz_program_release(fuzz_program *program)
{
    nw_session_delete(program->session);
    fuzz_check(unlink(program->path) == 0, "the program is still there");
    fuzz_check(rmdir(program->folder) == 0, "nothing was left beside the program");
}

const char *const *fuzz_program_paths(const fuzz_program *program)
{
    static _Thread_local const char *paths[1];
    paths[0] = program->path;
    return paths;
}

void fuzz_check_answer(const nw_result *result)
{
    if (result->status == NW_STATUS_INTERNAL)
        fprintf(stderr, "%s\n", result->messages);
    fuzz_check(result->status != NW_STATUS_INTERNAL, "no internal error");
    fuzz_check(result->status == NW_STATUS_NOTHING || result->output_size > 0 || result->messages_size > 0, "a refusal says why");
}
