/* Translation tables: what the names of one framework become in another.
 *
 * Purpose: finds the row of a name. The tables are files of translations/FROM/TO, Python text that is never run; docs/translations.md
 * describes them. A row is a function whose tests are evaluated on the arguments of a call and whose returned expression is the
 * template, or a class or function that is written out where it is needed.
 * Ownership: the rows are the session's (translation_rows.h), everything else lies in the run's arena. Invariant: a table's module and a row's function
 * are made when the row is first asked for. */
#ifndef NW_MIGRATE_TRANSLATIONS_H
#define NW_MIGRATE_TRANSLATIONS_H

#include "migrate/translation_rows.h"

typedef struct nw_translations {
    nw_eval *eval;
    const nw_translation_rows *rows;
    const nw_translation **made; /* by number of the row; NULL: nobody asked for it yet */
    nw_module **modules; /* of tables, by number of the file; NULL: nobody asked for a row of it yet */
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
/* The row of that own name that only templates call (`netwright.`...); NULL: none. */
const nw_translation *nw_translation_helper(const nw_translations *tables, nw_symbol own_name);
/* A name that __init__.py defines; UNSET when it does not. */
nw_value nw_translations_setting(const nw_translations *tables, const char *name);
/* Whether a setting that is a tuple, set or dict holds a string; dict: *value is what stands there. */
bool nw_translations_holds(const nw_translations *tables, const char *setting, nw_symbol text, nw_value *value);

#endif
