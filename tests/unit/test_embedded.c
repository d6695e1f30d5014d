/* The embedded files: found by path, in order, and the built-in tables are what the search relies on. */
#include "base/embedded.h"
#include "check.h"

static void test_find(void)
{
    static const unsigned char bytes[] = "x";
    static const nw_embedded_file table[] = {{"a.py", bytes, 1}, {"b/c.py", bytes, 1}, {"b_.py", bytes, 1}};
    CHECK(nw_embedded_find(table, 3, "a.py") == &table[0]);
    CHECK(nw_embedded_find(table, 3, "b/c.py") == &table[1]);
    CHECK(nw_embedded_find(table, 3, "b_.py") == &table[2]);
    CHECK(nw_embedded_find(table, 3, "b") == NULL);
    CHECK(nw_embedded_find(table, 3, "z") == NULL);
    CHECK(nw_embedded_find(table, 0, "a.py") == NULL);
}

static void test_table(const nw_embedded_file *table, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        CHECK(i == 0 || strcmp(table[i - 1].path, table[i].path) < 0);
        CHECK(nw_embedded_find(table, count, table[i].path) == &table[i]);
        CHECK_INT(table[i].bytes[table[i].size], 0);
    }
}

int main(void)
{
    test_find();
    test_table(nw_embedded_catalog, nw_embedded_catalog_count);
    test_table(nw_embedded_rules, nw_embedded_rules_count);
    return check_report();
}
