/* Netwright: reads the source of deep-learning models, shows the network and rewrites it. The public interface of libnetwright.
 *
 * Purpose: all that the command does, in process. Nothing here runs the code that it reads.
 * Ownership: a session belongs to the caller (nw_session_new, nw_session_delete); strings in options are borrowed for the time of a
 * call; a result owns its texts until nw_result_release.
 * Threads: a session is used by one thread at a time; different sessions are independent of each other.
 * Options start from their ..._INIT macro, so that code written against this version goes on compiling with later ones. */
#ifndef NETWRIGHT_H
#define NETWRIGHT_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nw_session nw_session;

/* The exit statuses of the command, which every call returns. */
typedef enum nw_status_code {
    NW_STATUS_NOTHING = 0,  /* nothing to report */
    NW_STATUS_FINDINGS = 1, /* findings, or something asked for could not be done */
    NW_STATUS_USAGE = 2,    /* wrong options or unreadable input */
    NW_STATUS_INTERNAL = 3, /* the program itself failed */
} nw_status_code;

typedef struct nw_session_options {
    const char *const *roots;   /* import roots; none: the folder above the outermost package of each path */
    size_t root_count;
    unsigned threads;           /* 0: as many as there are processors */
    size_t max_file_size;       /* bytes; 0: 8 MB */
    const char *python;         /* interpreter whose environment is looked at; NULL: the active one */
    bool use_cache;
    bool color;                 /* in messages and text formats */
    int verbosity;              /* -1 quiet, 0 normal, 1 more */
    /* Called now and then while many files are worked on; may be NULL. */
    void (*progress)(void *data, size_t done, size_t total);
    void *progress_data;
    const char *cache_folder;   /* NULL: netwright in the user's cache folder */
} nw_session_options;

#define NW_SESSION_OPTIONS_INIT {NULL, 0, 0, 0, NULL, true, false, 0, NULL, NULL, NULL}

/* What a call has to say. Texts end with a zero byte that their size does not count. */
typedef struct nw_result {
    nw_status_code status;
    char *output;   /* the data: what the command writes to stdout */
    size_t output_size;
    char *messages; /* for people: what the command writes to stderr */
    size_t messages_size;
    char *stats;    /* one JSON object: times per stage, what was and was not understood */
    size_t stats_size;
} nw_result;

typedef struct nw_show_options {
    const char *const *paths;  /* files and folders */
    size_t path_count;
    const char *class_name;    /* one class only; NULL: all */
    const char *entry;         /* what to build, as a Python expression; NULL: open mode */
    const char *const *inputs; /* input specifications */
    size_t input_count;
    const char *format;        /* text, json, dot, svg, dsl */
    const char *dump;          /* a stage whose text form is wanted instead: ast, names, facts, model, pivot; or NULL */
    bool list_paths;           /* the feasible paths of each composition method instead */
} nw_show_options;

#define NW_SHOW_OPTIONS_INIT {NULL, 0, NULL, NULL, NULL, 0, "text", NULL, false}

typedef enum nw_rules_action {
    NW_RULES_LIST,    /* the rules, one a line */
    NW_RULES_EXPLAIN, /* all about the rules or packs named */
    NW_RULES_LINT,    /* what is wrong or unsound in the files named; none: in the packs of the program */
    NW_RULES_TEST,    /* checks the examples of the rules, packs and files named; none: of all packs */
} nw_rules_action;

typedef struct nw_rules_options {
    nw_rules_action action;
    const char *const *names; /* rule ids, packs, files that end in .rule */
    size_t name_count;
    const char *format;       /* text, or json for NW_RULES_LIST */
    bool dump;                /* the compiled form instead (NW_RULES_EXPLAIN); what is to be run, as JSON (NW_RULES_TEST) */
} nw_rules_options;

#define NW_RULES_OPTIONS_INIT {NW_RULES_LIST, NULL, 0, "text", false}

typedef struct nw_optimize_options {
    const char *const *paths;  /* files and folders */
    size_t path_count;
    const char *select;        /* packs and rules, separated by commas; NULL: all but the paper's own matching */
    const char *ignore;        /* the same, left out again; NULL: none */
    const char *format;        /* diff, text, json, sarif, github */
    bool unsafe;               /* apply also what is not exactly equal */
    bool write;                /* change the files */
    bool check;                /* print findings only */
    bool assume_installed;     /* packages that rules require count as installed */
    const char *const *rule_files; /* rules besides those that the program carries */
    size_t rule_file_count;
    unsigned line;             /* only what concerns this line, with explanations; 0: all */
} nw_optimize_options;

#define NW_OPTIMIZE_OPTIONS_INIT {NULL, 0, NULL, NULL, "diff", false, false, false, false, NULL, 0, 0}

typedef struct nw_migrate_options {
    const char *const *paths;  /* files and folders */
    size_t path_count;
    const char *to;            /* keras, tensorflow, torch */
    const char *from;          /* auto, or the framework of the source */
    const char *entry;         /* what to build, as a Python expression */
    const char *const *inputs; /* input specifications */
    size_t input_count;
    const char *style;         /* keep */
    const char *layout;        /* auto, channels_last, channels_first */
    const char *flatten;       /* auto, transpose, permute-weights */
    const char *folder;        /* where to write files and map; NULL: a diff is printed */
    const char *report;        /* where to write the map too; NULL: nowhere */
    bool write;                /* change the files */
} nw_migrate_options;

#define NW_MIGRATE_OPTIONS_INIT {NULL, 0, NULL, "auto", NULL, NULL, 0, "keep", "auto", "auto", NULL, NULL, false}

const char *nw_version(void);

nw_session *nw_session_new(const nw_session_options *options);
void nw_session_delete(nw_session *session);

/* Reads models and says what they are. */
void nw_show(nw_session *session, const nw_show_options *options, nw_result *result);
/* Finds where rules apply and rewrites the code, or says why not. */
void nw_optimize(nw_session *session, const nw_optimize_options *options, nw_result *result);

/* Translates a program to another framework. */
void nw_migrate(nw_session *session, const nw_migrate_options *options, nw_result *result);

/* Looks at rewrite rules. */
void nw_rules_run(nw_session *session, const nw_rules_options *options, nw_result *result);

void nw_result_release(nw_result *result);

#ifdef __cplusplus
}
#endif

#endif
