#include "cli.h"

#include <stdio.h>
#include <string.h>

/* PATH:CLASS of one path; a Windows drive or a colon in a folder's name is no class. */
static const char *class_of(const char *path, char *file, size_t room)
{
    const char *colon = strrchr(path, ':');
    if (!colon || strchr(colon, '/') || colon == path || (size_t)(colon - path) >= room)
        return NULL;
    memcpy(file, path, (size_t)(colon - path));
    file[colon - path] = 0;
    return colon + 1;
}

int nw_command_show(const nw_verb *verb, int argc, char **argv)
{
    nw_show_options options = NW_SHOW_OPTIONS_INIT;
    nw_option_list inputs = {.count = 0}, paths = {.count = 0};
    nw_common common;
    const nw_option own[] = {
        {"entry", 0, NW_OPTION_TEXT, &options.entry, "EXPR", "what to build: pkg.mod:make(depth=2), model.py:Net(10), Net(10)"},
        {"input", 0, NW_OPTION_LIST, &inputs, "SPEC", "[NAME=]DTYPE[d0,d1,...] or NAME=CONSTANT; may repeat; ? is an unknown size"},
        {"format", 0, NW_OPTION_TEXT, &options.format, "FORMAT", "text, json, dot, svg or dsl (default: text)"},
        {"paths", 0, NW_OPTION_FLAG, &options.list_paths, NULL, "list the feasible paths of each composition method"},
        {NULL, 0, NW_OPTION_FLAG, NULL, NULL, NULL},
    };
    int status = nw_cli_parse(verb, argc, argv, own, &common, &paths);
    if (status >= 0)
        return status;
    if (paths.count == 0 && !options.entry)
        return nw_cli_wrong(verb, "give a file or a folder");
    char file[4096];
    if (paths.count == 1 && (options.class_name = class_of(paths.items[0], file, sizeof file)) != NULL)
        paths.items[0] = file;
    nw_session *session = nw_cli_session(verb, &common);
    if (!session)
        return 2;
    options.paths = paths.items;
    options.path_count = paths.count;
    options.inputs = inputs.items;
    options.input_count = inputs.count;
    options.dump = common.dump;
    nw_result result;
    nw_show(session, &options, &result);
    nw_session_delete(session);
    return nw_cli_finish(&common, &result);
}
