/* Translation tables: what the names of one framework become in another.
 *
 * Purpose: finds the row of a name. The tables are files of translations/FROM/TO, Python text that is never run; docs/translations.md
 * describes them. A row is a function whose tests are evaluated on the arguments of a call and whose returned expression is the
 * template, or a class or function that is written out where it is needed.
 * Ownership: everything lies in the run's arena. Invariant: rows are found by kind and name; the first of equal ones counts. */
#ifndef NW_MIGRATE_TRANSLATIONS_H
#define NW_MIGRATE_TRANSLATIONS_H

#include "eval/eval.h"

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
    nw_module *module;     /* the table that it stands in */
    uint32_t node;         /* FUNCTION or CLASS */
    nw_symbol own_name;    /* of that function or class */
    nw_function *function; /* NULL for an adapter that is a class */
    nw_symbol note;        /* DROPPED */
    uint32_t first, end;   /* adapters: bytes of the definition without its own decorator */
    /* Rows of a layout: */
    uint32_t ranks;        /* bits: how many axes the tensors have that a layer takes; 0: any */
    uint32_t gain;         /* how much the target wants to have it so */
    uint32_t transposes;   /* that it holds */
    nw_list plain;         /* nodes of the names of parameters that are in the source's order all the same */
} nw_translation;

typedef struct nw_translations {
    nw_eval *eval;
    nw_translation *rows;
    uint32_t count, capacity;
    uint32_t *index, *own_index, index_size; /* of rows by kind and name; of adapters by their own name */
    nw_module *settings; /* __init__.py: packages, imports, methods, reserved, ... */
    nw_module *spelling; /* of a target that is another spelling of the tables' own: settings that come first; NULL: none */
    bool by_hand;        /* without adapters of the tables that are spelled otherwise: layers may become several, sizes are written out */
    bool to_first;       /* rows for another layout have the channels on axis 1: in the source they are last */
} nw_translations;

/* False: there are no tables for this pair. A target that is another spelling of the tables' own may have rows, which come first. */
bool nw_translations_load(nw_translations *tables, nw_eval *eval, const char *from, const char *to);
const nw_translation *nw_translation_find(const nw_translations *tables, nw_row_kind kind, nw_symbol name);
/* The adapter of that own name in the tables, for what templates and other adapters refer to; NULL: none. */
const nw_translation *nw_translation_adapter(const nw_translations *tables, nw_symbol own_name);
/* A name that __init__.py defines; UNSET when it does not. */
nw_value nw_translations_setting(const nw_translations *tables, const char *name);
/* Whether a setting that is a tuple, set or dict holds a string; dict: *value is what stands there. */
bool nw_translations_holds(const nw_translations *tables, const char *setting, nw_symbol text, nw_value *value);

#endif
