#include "cli.h"

int nw_command_weights(const nw_verb *verb, int argc, char **argv)
{
    const nw_option none = {NULL, 0, NW_OPTION_FLAG, NULL, NULL, NULL};
    nw_option_list paths = {.count = 0};
    nw_common common;
    int status = nw_cli_parse(verb, argc, argv, &none, &common, &paths);
    if (status >= 0)
        return status;
    if (paths.count != 3)
        return nw_cli_wrong(verb, "give the migration map, the checkpoint to read and the one to write");
    nw_cli_line line = {.count = 0};
    nw_cli_line_flag(&line, "--quiet", common.quiet);
    for (size_t i = 0; i < paths.count; i++)
        nw_cli_line_add(&line, paths.items[i]);
    return nw_cli_become_python(verb->name, &common, &line);
}
