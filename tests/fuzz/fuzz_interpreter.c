/* Any bytes as a model: the interpreter ends, in open mode and, where the program says how it is built, in closed mode; it gives the
 * same answer twice. */
#include "shared/program.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void show(fuzz_program *program, const char *entry, nw_result *result)
{
    nw_show_options options = NW_SHOW_OPTIONS_INIT;
    options.paths = fuzz_program_paths(program);
    options.path_count = 1;
    options.entry = entry;
    options.inputs = entry ? program->inputs : NULL;
    options.input_count = entry ? program->input_count : 0;
    options.format = "json";
    nw_show(program->session, &options, result);
    fuzz_check_answer(result);
}

/* Whatever took too long ends where the clock says. */
static void check_same(const nw_result *first, const nw_result *second)
{
    if (strstr(first->output, "NW0210") || strstr(second->output, "NW0210"))
        return;
    fuzz_check(first->output_size == second->output_size && memcmp(first->output, second->output, first->output_size) == 0,
               "the same program gives the same answer");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_program program;
    fuzz_program_init(&program, data, size);
    nw_result open, closed, again;
    show(&program, NULL, &open);
    if (program.entry[0]) {
        show(&program, program.entry, &closed);
        show(&program, program.entry, &again);
        check_same(&closed, &again);
        nw_result_release(&closed);
        nw_result_release(&again);
    }
    nw_result_release(&open);
    fuzz_program_release(&program);
    return 0;
}
