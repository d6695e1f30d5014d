/* Any bytes as a program that rules rewrite: what is written parses where the program did, and a second run changes nothing. */
#include "shared/program.h"

#include "source/source.h"
#include "syntax/syntax.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One pack rewrites what the other has written, so that they run one at a time. */
static void optimize(fuzz_program *program, const char *pack, nw_result *result)
{
    nw_optimize_options options = NW_OPTIMIZE_OPTIONS_INIT;
    options.paths = fuzz_program_paths(program);
    options.path_count = 1;
    options.select = pack;
    options.format = "json";
    options.unsafe = true;
    options.assume_installed = true;
    options.write = true;
    nw_optimize(program->session, &options, result);
    fuzz_check_answer(result);
}

static bool says(const nw_result *result, const char *text)
{
    return result->output_size > 0 && strstr(result->output, text) != NULL;
}

static uint8_t *read_back(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    fuzz_check(file && fseek(file, 0, SEEK_END) == 0, "the program can be read");
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = calloc(*size + 1, 1);
    fuzz_check(bytes && fread(bytes, 1, *size, file) == *size && fclose(file) == 0, "the program can be read");
    return bytes;
}

/* Counts the places that are no Python. */
static size_t count_errors(const uint8_t *bytes, size_t size)
{
    nw_source source;
    nw_arena arena;
    nw_symbols symbols;
    nw_source_borrow(&source, "fuzz.py", (const char *)bytes, size);
    nw_arena_init(&arena);
    nw_symbols_init(&symbols);
    const nw_ast *ast = nw_syntax_parse(&source, &arena, &symbols);
    size_t errors = 0;
    for (uint32_t i = 1; i < ast->node_count; i++)
        errors += ast->nodes[i].kind == NW_NODE_ERROR;
    nw_symbols_release(&symbols);
    nw_arena_release(&arena);
    nw_source_release(&source);
    return errors;
}

static void check_written(fuzz_program *program, const nw_result *first, const uint8_t *data, size_t size)
{
    size_t count;
    uint8_t *bytes = read_back(program->path, &count);
    if (!says(first, "\"applied\"")) {
        fuzz_check(count == size && memcmp(bytes, data, size) == 0, "without a rewrite the file stays as it is");
    } else {
        uint8_t *before = calloc(size + 1, 1);
        fuzz_check(before != NULL, "there is memory");
        memcpy(before, data, size);
        fuzz_check(count_errors(bytes, count) <= count_errors(before, size), "what is written parses");
        free(before);
    }
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_program program;
    fuzz_program_init(&program, data, size);
    const char *pack = size % 2 ? "adopter" : "torch";
    nw_result first, second;
    optimize(&program, pack, &first);
    check_written(&program, &first, data, size);
    optimize(&program, pack, &second);
    fuzz_check(!says(&second, "\"applied\""), "a second run changes nothing");
    nw_result_release(&first);
    nw_result_release(&second);
    fuzz_program_release(&program);
    return 0;
}
