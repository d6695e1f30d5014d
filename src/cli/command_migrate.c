#include "cli.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static bool is_one_of(const char *text, const char *const *choices)
{
    for (; *choices; choices++)
        if (strcmp(text, *choices) == 0)
            return true;
    return false;
}

static int check(const nw_verb *verb, const nw_migrate_options *options)
{
    static const char *const targets[] = {"keras", "tensorflow", "torch", NULL}, *const styles[] = {"keep", NULL};
    static const char *const layouts[] = {"auto", "channels_last", "channels_first", NULL}, *const later[] = {"subclass", "sequential", "functional", NULL};
    static const char *const flattens[] = {"auto", "transpose", "permute-weights", NULL};
    if (!options->to)
        return nw_cli_wrong(verb, "--to is needed: keras, tensorflow or torch");
    if (strcmp(options->to, "flax") == 0 || is_one_of(options->style, later)) {
        fprintf(stderr, "netwright migrate: not yet\n");
        return 2;
    }
    if (!is_one_of(options->to, targets))
        return nw_cli_wrong(verb, "--to takes keras, tensorflow or torch, not `%s`", options->to);
    if (!is_one_of(options->style, styles))
        return nw_cli_wrong(verb, "--style takes keep, subclass, sequential or functional, not `%s`", options->style);
    if (!is_one_of(options->layout, layouts))
        return nw_cli_wrong(verb, "--layout takes auto, channels_last or channels_first, not `%s`", options->layout);
    if (!is_one_of(options->flatten, flattens))
        return nw_cli_wrong(verb, "--flatten takes auto, transpose or permute-weights, not `%s`", options->flatten);
    return -1;
}

/* With --verify the Python part takes over: it has this program migrate into a folder of its own, runs both sides, and puts what is equal in place. */
static int verify(const nw_common *common, const nw_migrate_options *options, const nw_option_list *inputs, const nw_option_list *paths)
{
    nw_cli_line line = {.count = 0};
    char program[PATH_MAX];
    if (!nw_cli_program(program, sizeof program)) {
        fprintf(stderr, "netwright migrate: the path of this program cannot be found\n");
        return 3;
    }
    nw_cli_line_value(&line, "--program", program);
    nw_cli_line_value(&line, "--output", options->folder);
    nw_cli_line_values(&line, "--root", &common->roots);
    nw_cli_line_cache(&line, common);
    nw_cli_line_add(&line, "--"); /* what follows is for the run of this program */
    nw_cli_line_value(&line, "--to", options->to);
    nw_cli_line_value(&line, "--from", options->from);
    nw_cli_line_value(&line, "--entry", options->entry);
    nw_cli_line_value(&line, "--style", options->style);
    nw_cli_line_value(&line, "--layout", options->layout);
    nw_cli_line_value(&line, "--flatten", options->flatten);
    nw_cli_line_value(&line, "--report", options->report);
    nw_cli_line_value(&line, "--python", common->python);
    nw_cli_line_flag(&line, "--no-cache", common->no_cache);
    nw_cli_line_flag(&line, "--quiet", common->quiet);
    nw_cli_line_flag(&line, "--verbose", common->verbose);
    nw_cli_line_values(&line, "--root", &common->roots);
    nw_cli_line_values(&line, "--input", inputs);
    nw_cli_line_add(&line, "--");
    for (size_t i = 0; i < paths->count; i++)
        nw_cli_line_add(&line, paths->items[i]);
    return nw_cli_become_python("migrate", common, &line);
}

int nw_command_migrate(const nw_verb *verb, int argc, char **argv)
{
    nw_migrate_options options = NW_MIGRATE_OPTIONS_INIT;
    nw_option_list inputs = {.count = 0}, paths = {.count = 0};
    bool verified = false;
    nw_common common;
    const nw_option own[] = {
        {"to", 0, NW_OPTION_TEXT, &options.to, "FRAMEWORK", "keras, tensorflow or torch"},
        {"from", 0, NW_OPTION_TEXT, &options.from, "FRAMEWORK", "the framework of the source (default: auto)"},
        {"entry", 0, NW_OPTION_TEXT, &options.entry, "EXPR", "what to build: pkg.mod:make(depth=2), model.py:Net(10), Net(10)"},
        {"input", 0, NW_OPTION_LIST, &inputs, "SPEC", "[NAME=]DTYPE[d0,d1,...] or NAME=CONSTANT; may repeat; ? is an unknown size"},
        {"style", 0, NW_OPTION_TEXT, &options.style, "STYLE", "keep: the program is rewritten where it stands"},
        {"layout", 0, NW_OPTION_TEXT, &options.layout, "LAYOUT", "auto, channels_last or channels_first (default: auto)"},
        {"flatten", 0, NW_OPTION_TEXT, &options.flatten, "WAY", "auto, transpose or permute-weights (default: auto)"},
        {"output", 'o', NW_OPTION_TEXT, &options.folder, "DIR", "write the files below DIR, with the map DIR/netwright.json"},
        {"write", 0, NW_OPTION_FLAG, &options.write, NULL, "change the files in place"},
        {"verify", 0, NW_OPTION_FLAG, &verified, NULL, "run source and target on the same weights and inputs, and write what is equal"},
        {"report", 0, NW_OPTION_TEXT, &options.report, "FILE", "write the map there too"},
        {NULL, 0, NW_OPTION_FLAG, NULL, NULL, NULL},
    };
    int status = nw_cli_parse(verb, argc, argv, own, &common, &paths);
    if (status >= 0)
        return status;
    if ((status = check(verb, &options)) >= 0)
        return status;
    if (!options.entry && strcmp(options.layout, "channels_last") == 0 && strcmp(options.to, "torch") != 0)
        return nw_cli_wrong(verb, "--layout channels_last needs --entry: which axes are channels follows from the sizes");
    if (!options.entry && strcmp(options.flatten, "permute-weights") == 0)
        return nw_cli_wrong(verb, "--flatten permute-weights needs --entry: without one there is no weight map");
    if (paths.count == 0 && !options.entry)
        return nw_cli_wrong(verb, "give a file or a folder");
    if (verified && (!options.entry || !options.folder))
        return nw_cli_wrong(verb, "--verify needs --entry and -o");
    if (verified)
        return verify(&common, &options, &inputs, &paths);
    nw_session *session = nw_cli_session(verb, &common);
    if (!session)
        return 2;
    options.paths = paths.items;
    options.path_count = paths.count;
    options.inputs = inputs.items;
    options.input_count = inputs.count;
    nw_result result;
    nw_migrate(session, &options, &result);
    nw_session_delete(session);
    return nw_cli_finish(&common, &result);
}
