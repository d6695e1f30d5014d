#include "syntax/cst.h"

#include <stdbool.h>
#include <string.h>

typedef struct nw_cst_row {
    const char *name;
    bool named;
    uint8_t kind;
} nw_cst_row;

static const nw_cst_row rows[] = {
#define NW_CST_NODE(kind, name) {name, true, NW_CST_##kind},
#define NW_CST_TOKEN(kind, name) {name, false, NW_CST_##kind},
#include "syntax/cst.def"
#undef NW_CST_NODE
#undef NW_CST_TOKEN
};

enum { ROW_COUNT = sizeof rows / sizeof *rows, BUCKETS = 512 };

_Static_assert(NW_CST_KIND_COUNT <= 256, "kinds are stored in a byte");

static unsigned bucket_of(const char *name, bool named)
{
    unsigned hash = named;
    for (; *name; name++)
        hash = hash * 31 + (unsigned char)*name;
    return (hash ^ (hash >> 9)) % BUCKETS;
}

/* Made anew for every file: some ten microseconds, and no state shared between threads. */
void nw_cst_table_fill(nw_cst_table *table, const TSLanguage *language)
{
    uint8_t first[BUCKETS] = {0}, next[ROW_COUNT + 1] = {0};
    for (unsigned row = 0; row < ROW_COUNT; row++) {
        unsigned bucket = bucket_of(rows[row].name, rows[row].named);
        next[row + 1] = first[bucket];
        first[bucket] = (uint8_t)(row + 1);
    }
    memset(table, 0, sizeof *table);
    uint32_t count = ts_language_symbol_count(language);
    for (uint32_t symbol = 0; symbol < count && symbol < NW_CST_MAX_SYMBOLS; symbol++) {
        TSSymbolType type = ts_language_symbol_type(language, (TSSymbol)symbol);
        if (type != TSSymbolTypeRegular && type != TSSymbolTypeAnonymous)
            continue;
        const char *name = ts_language_symbol_name(language, (TSSymbol)symbol);
        bool named = type == TSSymbolTypeRegular;
        for (unsigned row = first[bucket_of(name, named)]; row; row = next[row])
            if (rows[row - 1].named == named && strcmp(rows[row - 1].name, name) == 0)
                table->kinds[symbol] = rows[row - 1].kind;
    }
}

_Static_assert(ROW_COUNT < 255, "row numbers are stored in a byte");
