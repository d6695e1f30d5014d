#include "cli.h"

int nw_command_optimize(const nw_verb *verb, int argc, char **argv)
{
    nw_optimize_options options = NW_OPTIMIZE_OPTIONS_INIT;
    nw_option_list paths = {.count = 0};
    nw_common common;
    const nw_option own[] = {
        {"select", 0, NW_OPTION_TEXT, &options.select, "RULES", "packs and rules to use, with commas between (default: all but adopter-legacy)"},
        {"ignore", 0, NW_OPTION_TEXT, &options.ignore, "RULES", "packs and rules to leave out"},
        {"unsafe", 0, NW_OPTION_FLAG, &options.unsafe, NULL, "apply rewrites that may change more than rounding too"},
        {"write", 0, NW_OPTION_FLAG, &options.write, NULL, "edit the files in place"},
        {"check", 0, NW_OPTION_FLAG, &options.check, NULL, "print findings only"},
        {"assume-installed", 0, NW_OPTION_FLAG, &options.assume_installed, NULL, "do not look for the packages that rules require"},
        {"format", 0, NW_OPTION_TEXT, &options.format, "FORMAT", "diff, text, json, sarif or github (default: diff)"},
        {NULL, 0, NW_OPTION_FLAG, NULL, NULL, NULL},
    };
    int status = nw_cli_parse(verb, argc, argv, own, &common, &paths);
    if (status >= 0)
        return status;
    if (paths.count == 0)
        return nw_cli_wrong(verb, "give a file or a folder");
    if (options.write && options.check)
        return nw_cli_wrong(verb, "--write and --check exclude each other");
    nw_session *session = nw_cli_session(verb, &common);
    if (!session)
        return 2;
    options.paths = paths.items;
    options.path_count = paths.count;
    nw_result result;
    nw_optimize(session, &options, &result);
    nw_session_delete(session);
    return nw_cli_finish(&common, &result);
}
