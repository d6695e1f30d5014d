/* The parser's tree as the lowering sees it: symbols of the grammar turned into an enumeration of our own.
 * Ownership: none. Invariant: a table belongs to one language and is read-only once filled. */
#ifndef NW_SYNTAX_CST_H
#define NW_SYNTAX_CST_H

#include <stdint.h>
#include <tree_sitter/api.h>

typedef enum nw_cst_kind {
    NW_CST_OTHER = 0,
    NW_CST_ERROR,
#define NW_CST_NODE(kind, name) NW_CST_##kind,
#define NW_CST_TOKEN(kind, name) NW_CST_##kind,
#include "syntax/cst.def"
#undef NW_CST_NODE
#undef NW_CST_TOKEN
    NW_CST_KIND_COUNT
} nw_cst_kind;

enum { NW_CST_MAX_SYMBOLS = 512 };

typedef struct nw_cst_table {
    uint8_t kinds[NW_CST_MAX_SYMBOLS]; /* by TSSymbol */
} nw_cst_table;

const TSLanguage *tree_sitter_python(void);
void nw_cst_table_fill(nw_cst_table *table, const TSLanguage *language);

#endif
