#include "cli.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

typedef struct forwarded_text {
    const char *name, *value;
} forwarded_text;

typedef struct forwarded_flag {
    const char *own, *find; /* for the Python part, and for the run of this program that finds the rewrites */
    bool set;
} forwarded_flag;

/* With --verify the Python part takes over: it has this program find the rewrites, runs both versions and keeps what is equal. */
static int verify(const nw_verb *verb, const nw_common *common, const nw_optimize_options *options, const nw_option_list *paths)
{
    nw_cli_line line = {.count = 0};
    char program[PATH_MAX], find[3][PATH_MAX], jobs[32], size[32], find_size[64];
    const forwarded_text texts[3] = {{"select", options->select}, {"ignore", options->ignore}, {"python", common->python}};
    const forwarded_flag flags[] = {
        {"--unsafe", "--find=--unsafe", options->unsafe}, {"--assume-installed", "--find=--assume-installed", options->assume_installed},
        {NULL, "--find=--no-cache", common->no_cache}, {"--write", NULL, options->write}, {"--check", NULL, options->check}, {"--quiet", "--find=--quiet", common->quiet}};
    if (strcmp(options->format, "diff") != 0 && strcmp(options->format, "text") != 0 && strcmp(options->format, "json") != 0)
        return nw_cli_wrong(verb, "--verify goes with --format diff, text or json");
    if (!nw_cli_program(program, sizeof program)) {
        fprintf(stderr, "netwright optimize: the path of this program cannot be found\n");
        return 3;
    }
    snprintf(jobs, sizeof jobs, "%zu", common->threads);
    nw_cli_line_value(&line, "--program", program);
    nw_cli_line_value(&line, "--format", options->format);
    nw_cli_line_value(&line, "--jobs", jobs);
    snprintf(size, sizeof size, "%zu", common->max_file_size);
    snprintf(find_size, sizeof find_size, "--find=--max-file-size=%s", size);
    nw_cli_line_value(&line, "--max-file-size", size);
    nw_cli_line_add(&line, find_size);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].value) {
            snprintf(find[i], sizeof find[i], "--find=--%s=%s", texts[i].name, texts[i].value);
            nw_cli_line_add(&line, find[i]);
        }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        nw_cli_line_flag(&line, flags[i].own, flags[i].set && flags[i].own);
        nw_cli_line_flag(&line, flags[i].find, flags[i].set && flags[i].find);
    }
    nw_cli_line_values(&line, "--root", &common->roots);
    nw_cli_line_cache(&line, common);
    nw_cli_line_add(&line, "--");
    for (size_t i = 0; i < paths->count; i++)
        nw_cli_line_add(&line, paths->items[i]);
    return nw_cli_become_python(verb->name, common, &line);
}

int nw_command_optimize(const nw_verb *verb, int argc, char **argv)
{
    nw_optimize_options options = NW_OPTIMIZE_OPTIONS_INIT;
    nw_option_list paths = {.count = 0}, rule_files = {.count = 0};
    bool verified = false;
    nw_common common;
    const nw_option own[] = {
        {"select", 0, NW_OPTION_TEXT, &options.select, "RULES", "packs and rules to use, with commas between (default: all but adopter-legacy)"},
        {"ignore", 0, NW_OPTION_TEXT, &options.ignore, "RULES", "packs and rules to leave out"},
        {"rules", 0, NW_OPTION_LIST, &rule_files, "FILE", "a rule file to use besides the packs; may repeat"},
        {"unsafe", 0, NW_OPTION_FLAG, &options.unsafe, NULL, "apply rewrites that may change more than rounding too"},
        {"write", 0, NW_OPTION_FLAG, &options.write, NULL, "edit the files in place"},
        {"check", 0, NW_OPTION_FLAG, &options.check, NULL, "print findings only"},
        {"verify", 0, NW_OPTION_FLAG, &verified, NULL, "run what would change, before and after, and leave out what is not equal"},
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
    if (verified && rule_files.count)
        return nw_cli_wrong(verb, "--verify takes the rules of the packs only");
    if (verified)
        return verify(verb, &common, &options, &paths);
    nw_session *session = nw_cli_session(verb, &common);
    if (!session)
        return 2;
    options.paths = paths.items;
    options.path_count = paths.count;
    options.rule_files = rule_files.items;
    options.rule_file_count = rule_files.count;
    nw_result result;
    nw_optimize(session, &options, &result);
    nw_session_delete(session);
    return nw_cli_finish(&common, &result);
}
