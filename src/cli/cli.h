/* The command: a client of the library like any other.
 *
 * Purpose: verbs and options in tables, so that parsing, help and usage never differ.
 * Ownership: everything points into argv or static tables.
 * Invariants: a verb's `run` returns the exit status of the process. */
#ifndef NW_CLI_CLI_H
#define NW_CLI_CLI_H

#include <netwright.h>

typedef enum nw_option_kind { NW_OPTION_FLAG, NW_OPTION_TEXT, NW_OPTION_LIST, NW_OPTION_COUNT } nw_option_kind;

enum { NW_MAX_VALUES = 1024 };

/* The values of an option that may repeat. */
typedef struct nw_option_list {
    const char *items[NW_MAX_VALUES];
    size_t count;
} nw_option_list;

typedef struct nw_option {
    const char *name;   /* without the dashes */
    char letter;        /* 0: none */
    nw_option_kind kind;
    void *target;       /* bool, const char *, nw_option_list, size_t */
    const char *value;  /* how the value is called in help; NULL for flags */
    const char *help;
} nw_option;

/* The options that every verb takes. */
typedef struct nw_common {
    const char *cache_folder;
    bool quiet, verbose, no_cache, help;
    const char *color, *stats, *dump, *python;
    size_t threads, max_file_size;
    nw_option_list roots;
} nw_common;

typedef struct nw_verb {
    const char *name;
    const char *usage; /* after "netwright" */
    const char *summary;
    const char *details;
    int (*run)(const struct nw_verb *verb, int argc, char **argv);
} nw_verb;

/* Parses argv[0..argc) by the verb's own options (ended by a NULL name) and the common ones; what is no option is left in
 * `paths`. Returns -1 to go on, otherwise the exit status (help was shown: 0, wrong usage: 2). */
int nw_cli_parse(const nw_verb *verb, int argc, char **argv, const nw_option *own, nw_common *common, nw_option_list *paths);
void nw_cli_help(const nw_verb *verb, const nw_option *own);
/* The help of the whole command: what its verbs do. */
void nw_cli_usage(const nw_verb *verbs, size_t count);
int nw_cli_wrong(const nw_verb *verb, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A session as the common options say. NULL: wrong usage, already reported. */
nw_session *nw_cli_session(const nw_verb *verb, const nw_common *common);
/* Writes a result to stdout and stderr, the statistics to their file, and releases it. Returns the exit status. */
int nw_cli_finish(const nw_common *common, nw_result *result);

/* The arguments of the Python part. There is room for four lists of options with a value each, and 64 more: every verb has fewer, and the
 * parser bounds its lists. Texts are borrowed. */
enum { NW_MAX_LINE = 8 * NW_MAX_VALUES + 64 };
typedef struct nw_cli_line {
    const char *items[NW_MAX_LINE];
    size_t count;
} nw_cli_line;

void nw_cli_line_add(nw_cli_line *line, const char *text);
void nw_cli_line_flag(nw_cli_line *line, const char *option, bool set);
/* Nothing where there is no value. */
void nw_cli_line_value(nw_cli_line *line, const char *option, const char *value);
void nw_cli_line_values(nw_cli_line *line, const char *option, const nw_option_list *values);
/* Where results are kept for the next run. */
void nw_cli_line_cache(nw_cli_line *line, const nw_common *common);

/* Goes on as the Python part of a verb, with the given arguments; returns only when it cannot be started. */
int nw_cli_become_python(const char *verb, const nw_common *common, const nw_cli_line *arguments);

/* The path of the running program; false where it cannot be told. */
bool nw_cli_program(char *path, size_t room);

int nw_command_show(const nw_verb *verb, int argc, char **argv);
int nw_command_why(const nw_verb *verb, int argc, char **argv);
int nw_command_optimize(const nw_verb *verb, int argc, char **argv);
int nw_command_migrate(const nw_verb *verb, int argc, char **argv);
int nw_command_rules(const nw_verb *verb, int argc, char **argv);
int nw_command_weights(const nw_verb *verb, int argc, char **argv);
int nw_command_verify(const nw_verb *verb, int argc, char **argv);
int nw_command_later(const nw_verb *verb, int argc, char **argv);

#endif
