/* Containers: insertion order with deletion, Python's equality of keys, splices, and ranges at the ends of int64. */
#include "check.h"
#include "eval/eval.h"

static nw_value text(nw_eval *eval, const char *bytes)
{
    return nw_string_of(eval, bytes);
}

static void test_dictionary(nw_eval *eval)
{
    nw_dict *dict = nw_dict_make(eval);
    for (int i = 0; i < 1000; i++)
        nw_dict_set(eval, dict, nw_int(i), nw_int((int64_t)i * 2));
    for (int i = 0; i < 1000; i += 3)
        CHECK(nw_dict_remove(eval, dict, nw_int(i)));
    CHECK(!nw_dict_remove(eval, dict, nw_int(0)));
    nw_dict_set(eval, dict, nw_int(0), nw_int(-1));
    CHECK_INT(dict->live, 667);
    uint32_t position = 0, seen = 0;
    int64_t last = -1;
    for (nw_dict_entry *entry = nw_dict_next(dict, &position); entry && seen < 666; entry = nw_dict_next(dict, &position), seen++) {
        CHECK(entry->key.as.integer > last && entry->key.as.integer % 3 != 0);
        last = entry->key.as.integer;
    }
    CHECK_INT(dict->entries[dict->count - 1].key.as.integer, 0);
    nw_dict *copy = nw_dict_copy(eval, dict);
    nw_dict_set(eval, copy, nw_int(1), nw_none());
    CHECK_INT(nw_dict_find(dict, nw_int(1))->as.integer, 2);
    CHECK_INT(nw_dict_find(copy, nw_int(1))->kind, NW_NONE);
    nw_dict_clear(eval, dict);
    CHECK(!nw_dict_find(dict, nw_int(1)) && dict->live == 0 && copy->live == 667);
}

static void test_keys(nw_eval *eval)
{
    nw_dict *dict = nw_dict_make(eval);
    nw_dict_set(eval, dict, nw_int(1), nw_int(10));
    CHECK(nw_dict_find(dict, nw_float(1.0)) && nw_dict_find(dict, nw_bool(true)));
    CHECK(!nw_dict_find(dict, nw_float(1.5)) && !nw_dict_find(dict, text(eval, "1")));
    nw_value pair[] = {nw_int(1), text(eval, "a")}, same[] = {nw_float(1.0), text(eval, "a")}, other[] = {nw_int(1), text(eval, "b")};
    nw_dict_set(eval, dict, nw_tuple_new(eval, pair, 2), nw_int(20));
    CHECK(nw_dict_find(dict, nw_tuple_new(eval, same, 2)));
    CHECK(!nw_dict_find(dict, nw_tuple_new(eval, other, 2)) && !nw_dict_find(dict, nw_tuple_new(eval, pair, 1)));
    nw_dict_set_name(eval, dict, (nw_symbol){NW_NAME_SELF}, nw_int(30));
    CHECK_INT(nw_dict_find(dict, text(eval, "self"))->as.integer, 30);
    CHECK(!nw_key_hashable(nw_list_new(eval, NULL, 0)) && !nw_key_hashable(nw_set_new(eval)));
    nw_value list_in_tuple = nw_list_new(eval, NULL, 0);
    CHECK(!nw_key_hashable(nw_tuple_new(eval, &list_in_tuple, 1)));
    CHECK(nw_key_hashable(nw_tuple_new(eval, pair, 2)));
}

static void test_lists(nw_eval *eval)
{
    nw_sequence *list = nw_list_new(eval, NULL, 0).as.list;
    for (int i = 0; i < 20; i++)
        nw_list_append(eval, list, nw_int(i));
    nw_list_splice(eval, list, 2, 18, NULL, 0);
    CHECK(list->count == 4 && list->items[2].as.integer == 18);
    nw_list_splice(eval, list, 1, 1, list->items, list->count);
    static const int64_t want[] = {0, 0, 1, 18, 19, 1, 18, 19};
    CHECK_INT(list->count, 8);
    for (int i = 0; i < 8; i++)
        CHECK_INT(list->items[i].as.integer, want[i]);
}

static void test_ranges(void)
{
    static const struct { nw_range range; int64_t length; } cases[] = {
        {{0, 10, 3}, 4}, {{0, 9, 3}, 3}, {{10, 0, -3}, 4}, {{0, 0, 1}, 0}, {{5, 0, 1}, 0}, {{0, 5, -1}, 0},
        {{INT64_MIN, INT64_MAX, INT64_MAX}, 3}, {{INT64_MIN, INT64_MAX, 1}, INT64_MAX}, {{INT64_MAX, INT64_MIN, INT64_MIN}, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(nw_range_length(&cases[i].range), cases[i].length);
}

int main(void)
{
    nw_symbols symbols;
    nw_symbols_init(&symbols);
    nw_eval eval = {.symbols = &symbols};
    nw_arena_init(&eval.arena);
    test_dictionary(&eval);
    test_keys(&eval);
    test_lists(&eval);
    test_ranges();
    nw_arena_release(&eval.arena);
    nw_symbols_release(&symbols);
    return check_report();
}
