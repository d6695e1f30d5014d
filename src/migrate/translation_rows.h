/* Rows of translation tables, read from their trees alone.
 *
 * Purpose: the tables of a pair of frameworks are the same for every file and every run: what they hold is found once for a session. What runs code,
 * the modules of the tables and the functions of rows, is made by each run for the rows that it asks for (translations.h).
 * Ownership: nw_translation_cache_release frees all of it. Invariants: rows are found by kind and name, the first of equal ones counts; nothing writes
 * to the rows of a pair once nw_translation_cache_put has returned them.
 * Threads: the cache keeps a lock of its own. */
#ifndef NW_MIGRATE_TRANSLATION_ROWS_H
#define NW_MIGRATE_TRANSLATION_ROWS_H

#include "eval/eval.h"

#include <pthread.h>

typedef enum nw_row_kind {
    NW_ROW_TRANSLATION, /* a call */
    NW_ROW_ADAPTER,     /* a class or function that the target lacks */
    NW_ROW_ATTRIBUTE,   /* an attribute of a tensor or module */
    NW_ROW_VALUE,       /* a name as a value */
    NW_ROW_DROPPED,     /* a call without influence on results in evaluation */
    NW_ROW_LAST_TRANSLATION, /* the same for tensors with their channels last (layout="channels_last") */
    NW_ROW_LAST_ADAPTER,
    NW_ROW_LAST_ATTRIBUTE,
    NW_ROW_FREE_TRANSLATION, /* a flatten of channels that are last, whose features may come in any order (layout="channels_last_free") */
    NW_ROW_KINDS,
} nw_row_kind;

typedef struct nw_translation {
    uint8_t kind;
    nw_symbol name;        /* of the source framework, as users import it */
    uint32_t file;         /* the table that it stands in: the number of its tree among those of the catalog */
    nw_module *module;     /* the same, once a run asked for the row */
    uint32_t node;         /* FUNCTION or CLASS */
    nw_symbol own_name;    /* of that function or class */
    nw_function *function; /* once a run asked for the row; NULL for an adapter that is a class */
    nw_symbol note;        /* DROPPED */
    uint32_t first, end;   /* adapters: bytes of the definition without its own decorator */
    /* Rows of a layout: */
    uint32_t ranks;        /* bits: how many axes the tensors have that a layer takes; 0: any */
    uint32_t gain;         /* how much the target wants to have it so */
    uint32_t transposes;   /* that it holds */
    nw_list plain;         /* nodes of the names of parameters that are in the source's order all the same */
} nw_translation;

typedef struct nw_translation_rows {
    const char *from, *to;
    nw_translation *items;
    uint32_t count, capacity;
    uint32_t *index, *own_index, index_size; /* of rows by kind and name; of adapters by their own name */
    struct nw_translation_rows *next;
} nw_translation_rows;

typedef struct nw_translation_cache {
    pthread_mutex_t lock;
    nw_arena arena;
    nw_translation_rows *first;
} nw_translation_cache;

void nw_translation_cache_init(nw_translation_cache *cache);
void nw_translation_cache_release(nw_translation_cache *cache);
/* The rows for a pair; NULL: nobody read them yet. */
const nw_translation_rows *nw_translation_cache_get(nw_translation_cache *cache, const char *from, const char *to);
/* Keeps a copy of rows, their index made; those that another thread kept meanwhile count. */
const nw_translation_rows *nw_translation_cache_put(nw_translation_cache *cache, const nw_translation_rows *rows);

/* Adds the rows of one table. */
void nw_translation_rows_read(nw_translation_rows *rows, nw_arena *arena, const nw_symbols *symbols, uint32_t file);
/* The number of a row + 1, 0: there is none. By its own name, adapters alone. */
uint32_t nw_translation_rows_find(const nw_translation_rows *rows, nw_row_kind kind, nw_symbol name);
uint32_t nw_translation_rows_find_own(const nw_translation_rows *rows, nw_symbol own_name);

#endif
