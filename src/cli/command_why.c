#include "cli.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* FILE:LINE, cut at the colon; 0: it is none. */
static unsigned cut_line(char *place)
{
    char *colon = strrchr(place, ':'), *end;
    long line = colon && colon > place ? strtol(colon + 1, &end, 10) : 0;
    if (line <= 0 || line > INT_MAX || *end)
        return 0;
    *colon = 0;
    return (unsigned)line;
}

int nw_command_why(const nw_verb *verb, int argc, char **argv)
{
    nw_optimize_options options = NW_OPTIMIZE_OPTIONS_INIT;
    const nw_option none = {NULL, 0, NW_OPTION_FLAG, NULL, NULL, NULL};
    nw_option_list words = {.count = 0};
    nw_common common;
    char path[PATH_MAX];
    int status = nw_cli_parse(verb, argc, argv, &none, &common, &words);
    if (status >= 0)
        return status;
    if (words.count != 2 || strlen(words.items[0]) >= sizeof path)
        return nw_cli_wrong(verb, "give FILE:LINE and a rule");
    snprintf(path, sizeof path, "%s", words.items[0]);
    options.line = cut_line(path);
    if (!options.line)
        return nw_cli_wrong(verb, "the place is FILE:LINE");
    nw_session *session = nw_cli_session(verb, &common);
    if (!session)
        return 2;
    const char *paths[] = {path};
    options.paths = paths;
    options.path_count = 1;
    options.select = words.items[1];
    options.unsafe = options.check = true;
    options.format = "text";
    nw_result result;
    nw_optimize(session, &options, &result);
    nw_session_delete(session);
    return nw_cli_finish(&common, &result);
}
