#include "cli.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    nw_rules_action action;
} actions[] = {{"list", NW_RULES_LIST}, {"explain", NW_RULES_EXPLAIN}, {"lint", NW_RULES_LINT}, {"test", NW_RULES_TEST}};

static bool find_action(const char *name, nw_rules_action *action)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].name, name) == 0) {
            *action = actions[i].action;
            return true;
        }
    return false;
}

/* The executed half of `test` is written in Python: both sides of each rule run on the framework. */
static int execute(const nw_verb *verb, const nw_common *common, const nw_rules_options *options)
{
    nw_cli_line line = {.count = 0};
    char program[PATH_MAX];
    if (!nw_cli_program(program, sizeof program)) {
        fprintf(stderr, "netwright rules: the path of this program cannot be found\n");
        return 3;
    }
    nw_cli_line_value(&line, "--program", program);
    nw_cli_line_value(&line, "--format", options->format);
    nw_cli_line_values(&line, "--root", &common->roots);
    nw_cli_line_add(&line, "--");
    for (size_t i = 0; i < options->name_count; i++)
        nw_cli_line_add(&line, options->names[i]);
    return nw_cli_become_python(verb->name, common, &line);
}

int nw_command_rules(const nw_verb *verb, int argc, char **argv)
{
    nw_rules_options options = NW_RULES_OPTIONS_INIT;
    nw_option_list names = {.count = 0};
    nw_common common;
    const nw_option own[] = {
        {"format", 0, NW_OPTION_TEXT, &options.format, "FORMAT", "of list: text or json (default: text)"},
        {NULL, 0, NW_OPTION_FLAG, NULL, NULL, NULL},
    };
    int status = nw_cli_parse(verb, argc, argv, own, &common, &names);
    if (status >= 0)
        return status;
    if (names.count == 0)
        return nw_cli_wrong(verb, "say what to do: list, explain, test or lint");
    if (strcmp(names.items[0], "learn") == 0 || strcmp(names.items[0], "diff") == 0)
        return nw_cli_wrong(verb, "`%s`: not yet", names.items[0]);
    if (!find_action(names.items[0], &options.action))
        return nw_cli_wrong(verb, "`%s` is none of list, explain, test and lint", names.items[0]);
    if (options.action == NW_RULES_EXPLAIN && names.count == 1)
        return nw_cli_wrong(verb, "name a rule or a pack; `netwright rules list` lists them");
    if (strcmp(options.format, "text") != 0 && strcmp(options.format, "json") != 0)
        return nw_cli_wrong(verb, "--format takes text or json, not `%s`", options.format);
    const char *dumped = options.action == NW_RULES_TEST ? "tests" : "rules";
    if (common.dump && strcmp(common.dump, dumped) != 0)
        return nw_cli_wrong(verb, "--dump takes %s, not `%s`", dumped, common.dump);
    options.dump = common.dump != NULL;
    options.names = names.items + 1;
    options.name_count = names.count - 1;
    nw_session *session = nw_cli_session(verb, &common);
    if (!session)
        return 2;
    nw_result result;
    nw_rules_run(session, &options, &result);
    nw_session_delete(session);
    bool runs = options.action == NW_RULES_TEST && !options.dump && result.status == 0;
    if (runs && strcmp(options.format, "json") == 0)
        result.output_size = 0; /* the Python part prints one object */
    int done = nw_cli_finish(&common, &result);
    return runs ? execute(verb, &common, &options) : done;
}
