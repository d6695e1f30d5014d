#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool use_color(const nw_common *common)
{
    const char *no_color = getenv("NO_COLOR");
    return strcmp(common->color, "always") == 0 ||
           (strcmp(common->color, "auto") == 0 && isatty(STDOUT_FILENO) && !(no_color && *no_color));
}

static bool is_number(const char *text)
{
    char *end;
    return !text || (strtod(text, &end) >= 0 && end != text && *end == 0);
}

int nw_command_verify(const nw_verb *verb, int argc, char **argv)
{
    const char *entry = NULL, *map = NULL, *rtol = NULL, *timeout = NULL, *format = "text";
    nw_option_list inputs = {.count = 0}, settings = {.count = 0}, paths = {.count = 0};
    bool gradients = false;
    size_t steps = 0, memory = (size_t)8 << 30;
    nw_common common;
    const nw_option own[] = {
        {"entry", 0, NW_OPTION_TEXT, &entry, "EXPR", "what to build: Net(10), pkg.mod:Net(10) (default: each class that changed)"},
        {"input", 0, NW_OPTION_LIST, &inputs, "SPEC", "an input, as x=f32[1,3,32,32], ids=i64[2,16]{0..999}, or NAME=CONSTANT; may repeat"},
        {"map", 0, NW_OPTION_TEXT, &map, "FILE", "the migration map of a migrated model: compare it with its source"},
        {"set", 0, NW_OPTION_LIST, &settings, "NAME=VALUE", "a value to use instead of a made-up one; may repeat"},
        {"grad", 0, NW_OPTION_FLAG, &gradients, NULL, "compare training outputs and gradients too"},
        {"steps", 0, NW_OPTION_COUNT, &steps, "N", "and the weights after N optimizer steps"},
        {"rtol", 0, NW_OPTION_TEXT, &rtol, "R", "relative tolerance in fp32 (default: 1e-5)"},
        {"timeout", 0, NW_OPTION_TEXT, &timeout, "SECONDS", "the time that one run may take (default: 120)"},
        {"memory", 0, NW_OPTION_COUNT, &memory, "BYTES", "the memory that one run may take (default: 8G)"},
        {"format", 0, NW_OPTION_TEXT, &format, "FORMAT", "text, json or html (default: text)"},
        {NULL, 0, NW_OPTION_FLAG, NULL, NULL, NULL},
    };
    int status = nw_cli_parse(verb, argc, argv, own, &common, &paths);
    if (status >= 0)
        return status;
    if (strcmp(format, "text") != 0 && strcmp(format, "json") != 0 && strcmp(format, "html") != 0)
        return nw_cli_wrong(verb, "--format takes text, json or html, not `%s`", format);
    if (!is_number(rtol) || !is_number(timeout))
        return nw_cli_wrong(verb, "--rtol and --timeout take a number");
    char step_text[32], memory_text[32], job_text[32], size_text[32];
    snprintf(job_text, sizeof job_text, "%zu", common.threads);
    snprintf(step_text, sizeof step_text, "%zu", steps);
    snprintf(size_text, sizeof size_text, "%zu", common.max_file_size);
    snprintf(memory_text, sizeof memory_text, "%zu", memory);
    nw_cli_line line = {.count = 0};
    nw_cli_line_values(&line, "--root", &common.roots);
    nw_cli_line_values(&line, "--input", &inputs);
    nw_cli_line_values(&line, "--set", &settings);
    nw_cli_line_value(&line, "--entry", entry);
    nw_cli_line_value(&line, "--map", map);
    nw_cli_line_value(&line, "--rtol", rtol);
    nw_cli_line_value(&line, "--timeout", timeout);
    nw_cli_line_value(&line, "--memory", memory_text);
    nw_cli_line_value(&line, "--steps", step_text);
    nw_cli_line_value(&line, "--jobs", job_text);
    nw_cli_line_value(&line, "--max-file-size", size_text);
    nw_cli_line_value(&line, "--format", format);
    nw_cli_line_flag(&line, "--grad", gradients);
    nw_cli_line_flag(&line, "--verbose", common.verbose);
    nw_cli_line_flag(&line, "--quiet", common.quiet);
    nw_cli_line_cache(&line, &common);
    nw_cli_line_flag(&line, "--color", use_color(&common));
    nw_cli_line_add(&line, "--");
    for (size_t i = 0; i < paths.count && i < 16; i++)
        nw_cli_line_add(&line, paths.items[i]);
    return nw_cli_become_python(verb->name, &common, &line);
}
