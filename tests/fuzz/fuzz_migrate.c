/* Any bytes as a program that goes to the other framework: it is written or refused with a reason, never anything else. */
#include "shared/program.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool mentions(const uint8_t *data, size_t size, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= size; at++)
        if (memcmp(data + at, word, length) == 0)
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_program program;
    fuzz_program_init(&program, data, size);
    nw_migrate_options options = NW_MIGRATE_OPTIONS_INIT;
    options.paths = fuzz_program_paths(&program);
    options.path_count = 1;
    options.to = mentions(data, size, "keras") ? "torch" : "keras";
    options.entry = program.entry[0] ? program.entry : NULL;
    options.inputs = program.inputs;
    options.input_count = program.entry[0] ? program.input_count : 0;
    nw_result result;
    nw_migrate(program.session, &options, &result);
    fuzz_check_answer(&result);
    nw_result_release(&result);
    fuzz_program_release(&program);
    return 0;
}
