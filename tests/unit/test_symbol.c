/* Symbols: equal texts have equal ids, also those that are put together. */
#include "check.h"

#include "base/symbol.h"

#include <stdio.h>

enum { NAMES = 200 }; /* more pairs of them than are kept */

static void test_dotted(void)
{
    nw_symbols symbols;
    nw_symbol names[NAMES];
    nw_symbols_init(&symbols);
    for (int i = 0; i < NAMES; i++) {
        char text[16];
        snprintf(text, sizeof text, "name%d", i);
        names[i] = nw_symbol_of(&symbols, text);
    }
    int wrong = 0;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < NAMES; i++)
            for (int k = 0; k < NAMES; k++) {
                char text[40];
                snprintf(text, sizeof text, "name%d.name%d", i, k);
                wrong += nw_symbol_dotted(&symbols, names[i], names[k]).v != nw_symbol_of(&symbols, text).v;
            }
    CHECK_INT(wrong, 0);
    const nw_symbol empty = {NW_NAME_EMPTY};
    for (int round = 0; round < 2; round++) {
        CHECK_TEXT(nw_symbol_bytes(&symbols, nw_symbol_dotted(&symbols, empty, empty)), ".");
        CHECK_TEXT(nw_symbol_bytes(&symbols, nw_symbol_dotted(&symbols, names[0], empty)), "name0.");
        CHECK_TEXT(nw_symbol_bytes(&symbols, nw_symbol_dotted(&symbols, empty, names[0])), ".name0");
    }
    nw_symbols_release(&symbols);
}

int main(void)
{
    test_dotted();
    return check_report();
}
