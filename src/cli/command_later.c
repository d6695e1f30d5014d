/* Verbs that are part of the interface but not of this version. */
#include "cli.h"

#include <stdio.h>

int nw_command_later(const nw_verb *verb, int argc, char **argv)
{
    const nw_option none = {NULL, 0, NW_OPTION_FLAG, NULL, NULL, NULL};
    nw_common common;
    nw_option_list paths;
    if (argc == 1 && nw_cli_parse(verb, argc, argv, &none, &common, &paths) == 0)
        return 0;
    fprintf(stderr, "netwright %s: not yet\n", verb->name);
    return 2;
}
