/* The migrate stage: a program that was read and traced, rewritten for another framework where it stands.
 *
 * Purpose: takes a finished closed run with its trace; gives the new text of every file that the entry needs, what was not
 * translated, and what was left out.
 * Ownership: everything lies in the run's arena but the texts, which nw_migration_release frees.
 * Invariants: bytes that no rewrite concerns are kept; every framework name that the entry reaches is either translated by a row of the
 * tables or reported. Whether the result computes the same is not decided here but by the gate, which reads it back. */
#ifndef NW_MIGRATE_MIGRATE_H
#define NW_MIGRATE_MIGRATE_H

#include "base/buffer.h"
#include "diag/diag.h"
#include "migrate/native.h"
#include "migrate/translations.h"

/* Where a statement of the source stands in the text. */
typedef struct nw_text_place {
    uint32_t target, source;
} nw_text_place;

typedef struct nw_migrated_file {
    nw_module *module;
    nw_text_place *places; /* in the order of the text */
    uint32_t place_count, place_capacity;
    const char *path;  /* below the output folder: pkg/sub/mod.py */
    nw_buffer text;
    bool is_changed;
} nw_migrated_file;

/* Something that was not translated, or was left out. */
typedef struct nw_migration_entry {
    nw_module *module;
    uint32_t start;
    nw_diagnostic_id id;
    const char *detail;
} nw_migration_entry;

typedef struct nw_migration_entries {
    nw_migration_entry *items;
    uint32_t count, capacity;
} nw_migration_entries;

/* What calling a function of the program means for results, once it is known. */
typedef struct nw_judged_function {
    const nw_ast_function *code;
    uint8_t influence; /* left_out.c */
} nw_judged_function;

/* A test that has one answer in what is written. */
typedef struct nw_answered_test {
    const nw_module *module;
    uint32_t node;
    bool answer;
} nw_answered_test;

/* A function that gives nothing back and writes to tensors among its arguments. */
typedef struct nw_writing_function {
    const nw_ast_function *code;
    uint64_t written; /* by parameter */
    bool receivers;   /* it is called as a method of something */
    bool differs;     /* between runs: some gave something back, or wrote to a parameter or buffer of a module */
} nw_writing_function;

typedef struct nw_migration {
    nw_eval *eval;
    nw_translations tables;
    const char *entry;    /* an expression */
    const char *to;       /* the target framework */
    nw_symbol package;    /* the outermost one of the entry's file */
    bool is_open;         /* there is none: all of the file counts */
    nw_class *root_class; /* of the instance that the entry builds; NULL when that is no module of the program */
    nw_migrated_file *files;
    uint32_t file_count, file_capacity;
    struct nw_writer **writers; /* by file */
    nw_migration_entries untranslated, notes;
    nw_stand_ins stand_ins; /* the adapters that were written */
    uint64_t lines, calls, translated;
    struct nw_sites *sites;
    nw_judged_function *judged;
    uint32_t judged_count, judged_capacity;
    struct nw_layout *layout; /* NULL: every tensor has the source's order */
    const nw_ast_function **training; /* functions that take the mode as a parameter */
    uint32_t training_count, training_capacity;
    nw_writing_function *writing;
    uint32_t writing_count, writing_capacity;
    bool keeps_tensors; /* from one call of a module for the next */
    const nw_natives *natives; /* NULL: there are none */
    nw_symbol untried;         /* a method that classes were given on the way here, which goes; empty: none */
    nw_answered_test *answered;
    uint32_t answered_count, answered_capacity;
    struct nw_builder *builders; /* functions that become classes */
    uint32_t builder_count, builder_capacity;
} nw_migration;

/* What is to be done. */
typedef struct nw_migrate_task {
    const char *from, *to;
    const char *spelling;      /* the tables' own name of `to` where there are several; NULL: the same */
    const char *entry;         /* an expression; NULL: there is none */
    nw_value root;             /* what the entry built; UNSET: there is none */
    struct nw_module *only;    /* the one file that is wanted; NULL: all that ran */
    struct nw_module *first;   /* the file of the entry, where all are wanted */
    const struct nw_model *channels_last; /* the model that is to have its channels last; NULL: it keeps its layout */
    const nw_natives *natives; /* definitions that the target's own take the place of; NULL: none */
    bool free_features;        /* what is flattened for a matrix product alone keeps the order that it has then */
} nw_migrate_task;

/* False: there are no tables for the pair of frameworks. */
bool nw_migrate_program(nw_migration *migration, nw_eval *eval, const nw_migrate_task *task);
/* What a module of the program is called in what is written: a package of the source framework's family that another program needs gets
 * a name of its own, torchvision_keras, so that it does not hide the real one. */
nw_symbol nw_migrated_module_name(const nw_migration *migration, nw_symbol name);
/* Whether a place is in a definition of the top level of which nothing ran. */
bool nw_is_beside_entry(const nw_migration *migration, const nw_migration_entry *entry);
/* The first byte of the source's statement that a byte of the written text belongs to. */
uint32_t nw_migrated_source(const nw_migrated_file *file, uint32_t target);
void nw_migration_release(nw_migration *migration);

#endif
