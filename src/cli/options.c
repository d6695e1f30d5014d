#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COMMON_COUNT = 13 };

static void common_options(nw_common *common, nw_option *out)
{
    const nw_option options[COMMON_COUNT] = {
        {"root", 0, NW_OPTION_LIST, &common->roots, "DIR", "import root; may repeat (default: the folder above the outermost package)"},
        {"python", 0, NW_OPTION_TEXT, &common->python, "PROGRAM", "interpreter whose environment counts (default: the active one)"},
        {"jobs", 'j', NW_OPTION_COUNT, &common->threads, "N", "threads (default: all cores)"},
        {"cache-dir", 0, NW_OPTION_TEXT, &common->cache_folder, "DIR", "where results are kept for the next run (default: netwright in the user's cache folder)"},
        {"no-cache", 0, NW_OPTION_FLAG, &common->no_cache, NULL, "do not use or fill the cache"},
        {"max-file-size", 0, NW_OPTION_COUNT, &common->max_file_size, "BYTES", "refuse larger files (default: 8M; K, M and G are understood)"},
        {"stats", 0, NW_OPTION_TEXT, &common->stats, "FILE", "write times and counts of what was understood as JSON"},
        {"dump", 0, NW_OPTION_TEXT, &common->dump, "STAGE", "print a stage instead: ast, names, facts, model, pivot"},
        {"color", 0, NW_OPTION_TEXT, &common->color, "WHEN", "auto, always or never (default: auto; NO_COLOR is honoured)"},
        {"quiet", 'q', NW_OPTION_FLAG, &common->quiet, NULL, "say nothing on stderr but errors"},
        {"verbose", 'v', NW_OPTION_FLAG, &common->verbose, NULL, "say more on stderr"},
        {"help", 'h', NW_OPTION_FLAG, &common->help, NULL, "this text"},
        {NULL, 0, NW_OPTION_FLAG, NULL, NULL, NULL},
    };
    memcpy(out, options, sizeof options);
}

static const nw_option *find_option(const nw_option *options, const char *name, size_t size)
{
    for (; options->name; options++)
        if (strlen(options->name) == size && strncmp(options->name, name, size) == 0)
            return options;
    return NULL;
}

static const nw_option *find_letter(const nw_option *options, char letter)
{
    for (; options->name; options++)
        if (options->letter == letter)
            return options;
    return NULL;
}

static bool read_count(const char *text, size_t *count)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (end == text || *text == '-' || errno)
        return false;
    unsigned shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
    if (end[shift > 0] || value > (SIZE_MAX >> shift))
        return false;
    *count = (size_t)value << shift;
    return true;
}

/* -1: taken, otherwise the exit status. */
static int take_value(const nw_verb *verb, const nw_option *option, const char *value)
{
    if (option->kind == NW_OPTION_TEXT) {
        *(const char **)option->target = value;
    } else if (option->kind == NW_OPTION_COUNT) {
        if (!read_count(value, option->target))
            return nw_cli_wrong(verb, "--%s takes a number, not `%s`", option->name, value);
    } else {
        nw_option_list *list = option->target;
        if (list->count == NW_MAX_VALUES)
            return nw_cli_wrong(verb, "--%s is given too often", option->name);
        list->items[list->count++] = value;
    }
    return -1;
}

/* One argument that starts with a dash; *used is set when the next one was its value. */
static int take_option(const nw_verb *verb, const nw_option *own, const nw_option *shared, const char *text, const char *next, bool *used)
{
    bool is_long = text[1] == '-';
    const char *name = text + 1 + is_long;
    const char *equals = is_long ? strchr(name, '=') : NULL;
    size_t size = equals ? (size_t)(equals - name) : strlen(name);
    const nw_option *option = is_long ? find_option(own, name, size) : find_letter(own, *name);
    if (!option)
        option = is_long ? find_option(shared, name, size) : find_letter(shared, *name);
    if (!option)
        return nw_cli_wrong(verb, "there is no option `%s`", text);
    if (option->kind == NW_OPTION_FLAG) {
        if (equals || (!is_long && name[1]))
            return nw_cli_wrong(verb, "`%s` takes no value", text);
        *(bool *)option->target = true;
        return -1;
    }
    const char *value = equals ? equals + 1 : !is_long && name[1] ? name + 1 : next;
    *used = !equals && (is_long || !name[1]);
    if (!value)
        return nw_cli_wrong(verb, "`%s` needs a value", text);
    return take_value(verb, option, value);
}

int nw_cli_parse(const nw_verb *verb, int argc, char **argv, const nw_option *own, nw_common *common, nw_option_list *paths)
{
    *common = (nw_common){.color = "auto"};
    paths->count = 0;
    nw_option shared[COMMON_COUNT];
    common_options(common, shared);
    bool only_paths = false; /* behind `--` */
    for (int i = 0; i < argc; i++) {
        if (only_paths || argv[i][0] != '-' || argv[i][1] == 0) {
            if (paths->count == NW_MAX_VALUES)
                return nw_cli_wrong(verb, "too many paths; give their folder");
            paths->items[paths->count++] = argv[i];
            continue;
        }
        if (strcmp(argv[i], "--") == 0) {
            only_paths = true;
            continue;
        }
        bool used = false;
        int status = take_option(verb, own, shared, argv[i], i + 1 < argc ? argv[i + 1] : NULL, &used);
        if (status >= 0)
            return status;
        i += used;
    }
    if (common->help) {
        nw_cli_help(verb, own);
        return 0;
    }
    return -1;
}

static void print_options(const nw_option *options)
{
    for (; options->name; options++) {
        char text[64];
        if (options->letter)
            snprintf(text, sizeof text, "-%c, --%s%s%s", options->letter, options->name, options->value ? " " : "", options->value ? options->value : "");
        else
            snprintf(text, sizeof text, "    --%s%s%s", options->name, options->value ? " " : "", options->value ? options->value : "");
        printf("  %-26s %s\n", text, options->help);
    }
}

void nw_cli_help(const nw_verb *verb, const nw_option *own)
{
    nw_common common;
    nw_option shared[COMMON_COUNT];
    common_options(&common, shared);
    printf("netwright %s: %s\n\nusage: netwright %s\n", verb->name, verb->summary, verb->usage);
    if (verb->details[0])
        printf("\n%s\n", verb->details);
    if (own->name) {
        printf("\noptions:\n");
        print_options(own);
    }
    printf("\ncommon options:\n");
    print_options(shared);
}

void nw_cli_usage(const nw_verb *verbs, size_t count)
{
    printf("Netwright reads the source of deep-learning models, shows the network and rewrites it. It never runs what it reads.\n\n"
           "usage: netwright VERB [OPTIONS] PATH...\n\nverbs:\n");
    for (size_t i = 0; i < count; i++)
        printf("  %-10s %s\n", verbs[i].name, verbs[i].summary);
    printf("  %-10s %s\n", "help", "what a verb does and which options it takes");
    printf("\n`netwright --version` prints the version.\n");
}

int nw_cli_wrong(const nw_verb *verb, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "netwright %s: ", verb->name);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nusage: netwright %s\nTry `netwright help %s`.\n", verb->usage, verb->name);
    return 2;
}

static void show_progress(void *data, size_t done, size_t total)
{
    (void)data;
    fprintf(stderr, done == total ? "\r\033[K" : "\r%zu/%zu files", done, total);
    fflush(stderr);
}

nw_session *nw_cli_session(const nw_verb *verb, const nw_common *common)
{
    nw_session_options options = NW_SESSION_OPTIONS_INIT;
    const char *no_color = getenv("NO_COLOR");
    if (strcmp(common->color, "always") == 0)
        options.color = true;
    else if (strcmp(common->color, "auto") == 0)
        options.color = isatty(STDERR_FILENO) && isatty(STDOUT_FILENO) && !(no_color && *no_color);
    else if (strcmp(common->color, "never") != 0) {
        nw_cli_wrong(verb, "--color takes auto, always or never, not `%s`", common->color);
        return NULL;
    }
    options.roots = common->roots.items;
    options.root_count = common->roots.count;
    options.threads = (unsigned)(common->threads < 1024 ? common->threads : 1024);
    options.max_file_size = common->max_file_size;
    options.python = common->python;
    options.use_cache = !common->no_cache;
    options.cache_folder = common->cache_folder;
    options.verbosity = common->quiet ? -1 : common->verbose;
    if (isatty(STDERR_FILENO) && !common->quiet)
        options.progress = show_progress;
    nw_session *session = nw_session_new(&options);
    if (!session)
        fprintf(stderr, "netwright: out of memory\n");
    return session;
}

int nw_cli_finish(const nw_common *common, nw_result *result)
{
    int status = (int)result->status;
    fflush(stdout);
    if (!common->quiet || status >= 2)
        fwrite(result->messages, 1, result->messages_size, stderr);
    if (fwrite(result->output, 1, result->output_size, stdout) != result->output_size || fflush(stdout) != 0) {
        fprintf(stderr, "netwright: cannot write the output: %s\n", strerror(errno));
        status = 3;
    }
    if (common->stats) {
        FILE *file = strcmp(common->stats, "-") == 0 ? stderr : fopen(common->stats, "wb");
        bool good = file && fwrite(result->stats, 1, result->stats_size, file) == result->stats_size;
        if (file && file != stderr && fclose(file) != 0)
            good = false;
        if (!good) {
            fprintf(stderr, "netwright: cannot write %s: %s\n", common->stats, strerror(errno));
            status = status < 2 ? 2 : status;
        }
    }
    nw_result_release(result);
    return status;
}
