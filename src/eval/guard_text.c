#include "eval/guard_text.h"

#include "eval/symbolic.h"

#include <string.h>

enum { MAX_DEPTH = 12 };

/* A test negated by its operator where that reads better than "not". */
static void write_negated(const char *text, nw_buffer *out)
{
    static const char *const pairs[][2] = {{" is None", " is not None"}, {" == ", " != "}, {" < ", " >= "}, {" in ", " not in "}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *found = strstr(text, pairs[i][0]);
        if (!found || strstr(found + 1, pairs[i][0]) || strpbrk(text, "()[]\"'"))
            continue;
        nw_buffer_add(out, text, (size_t)(found - text));
        nw_buffer_text(out, pairs[i][1]);
        nw_buffer_text(out, found + strlen(pairs[i][0]));
        return;
    }
    nw_buffer_text(out, "not ");
    nw_buffer_text(out, text);
}

static void write_atom(nw_eval *eval, uint32_t atom, bool negated, nw_buffer *out)
{
    const char *text = nw_symbol_bytes(eval->symbols, nw_atom_text(eval, atom));
    if (!*text)
        text = "an unknown test";
    if (negated)
        write_negated(text, out);
    else
        nw_buffer_text(out, text);
}

static void write_guard(nw_eval *eval, nw_guard guard, bool inside_and, int depth, nw_buffer *out);

static void write_both(nw_eval *eval, uint32_t atom, bool negated, const char *word, nw_guard rest, bool inside_and, int depth, nw_buffer *out)
{
    bool is_or = word[1] == 'o';
    if (is_or && inside_and)
        nw_buffer_byte(out, '(');
    write_atom(eval, atom, negated, out);
    nw_buffer_text(out, word);
    write_guard(eval, rest, !is_or, depth + 1, out);
    if (is_or && inside_and)
        nw_buffer_byte(out, ')');
}

static void write_guard(nw_eval *eval, nw_guard guard, bool inside_and, int depth, nw_buffer *out)
{
    if (guard.v <= 1) {
        nw_buffer_text(out, guard.v ? "always" : "never");
        return;
    }
    if (depth > MAX_DEPTH) {
        nw_buffer_text(out, "...");
        return;
    }
    uint32_t atom = nw_bdd_top(&eval->bdd, guard);
    nw_guard low = nw_bdd_low(&eval->bdd, guard), high = nw_bdd_high(&eval->bdd, guard);
    if (high.v <= 1 && low.v <= 1) {
        write_atom(eval, atom, high.v == 0, out);
    } else if (low.v == 0 || high.v == 0) {
        write_both(eval, atom, high.v == 0, " and ", low.v == 0 ? high : low, inside_and, depth, out);
    } else if (high.v == 1 || low.v == 1) {
        write_both(eval, atom, low.v == 1, " or ", high.v == 1 ? low : high, inside_and, depth, out);
    } else {
        if (inside_and)
            nw_buffer_byte(out, '(');
        write_both(eval, atom, false, " and ", high, true, depth, out);
        nw_buffer_text(out, " or ");
        write_both(eval, atom, true, " and ", low, true, depth, out);
        if (inside_and)
            nw_buffer_byte(out, ')');
    }
}

void nw_guard_text(nw_eval *eval, nw_guard guard, nw_buffer *out)
{
    write_guard(eval, guard, false, 0, out);
}
