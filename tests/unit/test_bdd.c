/* Guards against truth tables: every operation on random formulas, canonical ids, restrict, and the node limit. */
#include "check.h"
#include "logic/bdd.h"

enum { ATOMS = 6, FORMULAS = 400 };

static uint64_t random_state = 88172645463325252u;

static uint32_t pick(uint32_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state % limit);
}

/* Row r of the table is the assignment in which atom i is bit i of r. */
static uint64_t table_of(const nw_bdd *bdd, nw_guard guard)
{
    uint64_t table = 0;
    for (uint32_t row = 0; row < 64; row++) {
        nw_guard at = guard;
        while (at.v > 1)
            at = row >> nw_bdd_top(bdd, at) & 1 ? nw_bdd_high(bdd, at) : nw_bdd_low(bdd, at);
        table |= (uint64_t)at.v << row;
    }
    return table;
}

static void test_operations(void)
{
    nw_bdd bdd;
    nw_bdd_init(&bdd);
    nw_guard guards[FORMULAS] = {NW_FALSE, NW_TRUE};
    uint64_t tables[FORMULAS] = {0, UINT64_MAX};
    for (uint32_t i = 2; i < 2 + ATOMS; i++) {
        guards[i] = nw_bdd_atom(&bdd);
        tables[i] = table_of(&bdd, guards[i]);
    }
    for (uint32_t i = 2 + ATOMS; i < FORMULAS; i++) {
        uint32_t a = pick(i), b = pick(i), c = pick(i);
        switch (pick(4)) {
        case 0: guards[i] = nw_bdd_and(&bdd, guards[a], guards[b]), tables[i] = tables[a] & tables[b]; break;
        case 1: guards[i] = nw_bdd_or(&bdd, guards[a], guards[b]), tables[i] = tables[a] | tables[b]; break;
        case 2: guards[i] = nw_bdd_not(&bdd, guards[a]), tables[i] = ~tables[a]; break;
        default: guards[i] = nw_bdd_ite(&bdd, guards[a], guards[b], guards[c]), tables[i] = (tables[a] & tables[b]) | (~tables[a] & tables[c]);
        }
        CHECK(table_of(&bdd, guards[i]) == tables[i]);
        CHECK(nw_bdd_implies(&bdd, guards[a], guards[b]) == !(tables[a] & ~tables[b]));
        uint64_t restricted = table_of(&bdd, nw_bdd_restrict(&bdd, guards[a], guards[b]));
        CHECK(((restricted ^ tables[a]) & tables[b]) == 0);
    }
    for (uint32_t i = 0; i < FORMULAS; i++)
        for (uint32_t j = 0; j < i; j++)
            CHECK(nw_guard_equal(guards[i], guards[j]) == (tables[i] == tables[j]));
    CHECK(bdd.overflows == 0);
    nw_bdd_release(&bdd);
}

static void test_restrict_drops_what_is_known(void)
{
    nw_bdd bdd;
    nw_bdd_init(&bdd);
    nw_guard a = nw_bdd_atom(&bdd), b = nw_bdd_atom(&bdd);
    CHECK(nw_guard_equal(nw_bdd_restrict(&bdd, nw_bdd_and(&bdd, a, b), a), b));
    CHECK(nw_guard_equal(nw_bdd_restrict(&bdd, a, a), NW_TRUE));
    CHECK(nw_guard_equal(nw_bdd_restrict(&bdd, a, nw_bdd_not(&bdd, a)), NW_FALSE));
    nw_bdd_release(&bdd);
}

/* x0 y0 + x1 y1 + ... with all x before all y has 2^n nodes. */
static void test_overflow(void)
{
    nw_bdd bdd;
    nw_bdd_init(&bdd);
    nw_guard x[20], y[20], sum = NW_FALSE;
    for (int i = 0; i < 20; i++)
        x[i] = nw_bdd_atom(&bdd);
    for (int i = 0; i < 20; i++)
        y[i] = nw_bdd_atom(&bdd);
    for (int i = 0; i < 20; i++)
        sum = nw_bdd_or(&bdd, sum, nw_bdd_and(&bdd, x[i], y[i]));
    CHECK(bdd.overflows > 0);
    CHECK(bdd.count < NW_BDD_MAX_NODES + 100);
    CHECK(!nw_bdd_implies(&bdd, sum, x[0]) && !nw_bdd_implies(&bdd, NW_TRUE, sum));
    nw_bdd_allow(&bdd); /* what comes next does not pay for it */
    nw_guard either = nw_bdd_or(&bdd, x[18], nw_bdd_and(&bdd, x[19], y[19]));
    CHECK(bdd.overflows == 0 && nw_bdd_implies(&bdd, x[18], either) && !nw_bdd_implies(&bdd, x[19], either));
    nw_bdd_release(&bdd);
}

int main(void)
{
    test_operations();
    test_restrict_drops_what_is_known();
    test_overflow();
    return check_report();
}
