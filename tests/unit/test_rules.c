/* Rules: what the language means, as dumps; what is wrong with bad rules, as messages; the packs of the program. */
#include "base/embedded.h"
#include "check.h"
#include "rules/rules.h"

#include <stdlib.h>

typedef struct fixture {
    nw_symbols symbols;
    nw_rules rules;
    nw_buffer text;
} fixture;

static void begin(fixture *f)
{
    nw_symbols_init(&f->symbols);
    nw_rules_init(&f->rules, &f->symbols);
    nw_buffer_init(&f->text);
}

static void end(fixture *f)
{
    nw_buffer_release(&f->text);
    nw_rules_release(&f->rules);
    nw_symbols_release(&f->symbols);
}

/* A copy that ends exactly at its last byte, so that a sanitizer sees every read behind it. */
static bool add(fixture *f, const char *source)
{
    size_t size = strlen(source);
    char *copy = nw_arena_copy(&f->rules.arena, source, size);
    return nw_rules_add(&f->rules, "a.rule", copy, size);
}

#define HEAD "rule t/x {\n  summary \"s\"\n  safety safe\n"

/* ---- what bad rules are told */

static void expect_message(const char *source, const char *want)
{
    fixture f;
    begin(&f);
    CHECK(!add(&f, source));
    for (uint32_t i = 0; i < f.rules.message_count; i++)
        nw_buffer_format(&f.text, "%u:%u NW%04u %s\n", f.rules.messages[i].span.line, f.rules.messages[i].span.column,
                         nw_rule_problem_code((nw_rule_problem)f.rules.messages[i].problem), f.rules.messages[i].text);
    CHECK_TEXT(f.text.bytes, want);
    end(&f);
}

static void test_syntax_messages(void)
{
    expect_message("rules t/x { }", "1:1 NW0301 expected `rule`, `iso` or `let`\n");
    expect_message("rule softmax { }", "1:6 NW0311 `softmax` is no rule id\n");
    expect_message("rule Torch/x { }", "1:6 NW0311 `Torch/x` is no rule id\n");
    expect_message("rule t/x { sumary \"s\" }", "1:12 NW0302 a rule has no part `sumary`; did you mean `summary`\n");
    expect_message("rule t/x { frobnicate \"s\" }", "1:12 NW0302 a rule has no part `frobnicate`\n");
    expect_message("rule t/x { summary s }", "1:20 NW0301 expected a text in quotes\n");
    expect_message("rule t/x { summary \"s }", "1:20 NW0303 the string is not closed\n");
    expect_message("rule t/x { docs ```s }", "1:17 NW0303 the code block is not closed\n");
    expect_message("rule t/x { summary \"s\" summary \"t\" }", "1:24 NW0331 the rule has `summary` twice\n");
    expect_message("rule t/x { safety safe }", "1:6 NW0332 the rule has no `summary`\n");
    expect_message("rule t/x { summary \"s\" }", "1:6 NW0332 the rule has no `safety`\n");
    expect_message("rule t/x { summary \"s\" safety safe }", "1:6 NW0332 the rule has no `forward`\n");
    expect_message("rule t/x { summary \"s\" safety unsafe }", "1:38 NW0345 `safety unsafe` needs its reason\n");
    expect_message("rule t/x { summary \"s\" safety maybe }", "1:31 NW0301 expected `safe`, `unsafe` or `report`\n");
    expect_message("rule t/x { guard always }", "1:18 NW0301 expected `none` or `uses`\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => torch.relu($x) -> $y", "4:57 NW0301 expected `}`\n");
}

static void test_pattern_messages(void)
{
    expect_message(HEAD "  forward { $x.view(1) -> $y => $x -> $y } }", "4:20 NW0307 `view` is written as a method\n");
    expect_message(HEAD "  forward { softmax($x) -> $y => $x -> $y } }",
                   "4:13 NW0308 `softmax` is neither a qualified name nor defined by `let`\n");
    expect_message(HEAD "  forward { torch.nn.Dropout($x) -> $y => $x -> $y } }",
                   "4:13 NW0337 `torch.nn.Dropout` is a class: a call of a layer names its object\n");
    expect_message(HEAD "  forward { torch.add(other=$x, $y) -> $z => $x -> $z } }", "4:33 NW0312 an argument by position follows one by name\n");
    expect_message(HEAD "  forward { torch.relu($x -> $y => $x -> $y } }", "4:27 NW0301 expected `)`\n");
    expect_message(HEAD "  forward { torch.relu(1e999) -> $y => 1 -> $y } }", "4:24 NW0306 `1e999` is no number\n");
    expect_message(HEAD "  forward { torch.relu(!) -> $y => 1 -> $y } }", "4:24 NW0305 `!` has no meaning here\n");
    expect_message(HEAD "  forward { $x? -> $y => 1 -> $y } }", "4:15 NW0301 expected an operator with an argument before `?`\n");
    expect_message(HEAD "  forward { => 1 -> $y } }", "4:13 NW0343 there is nothing to match\n");
    expect_message("let a = a;\n" HEAD "  forward { a -> $y => 1 -> $y } }", "1:9 NW0310 `a` is defined by itself\n");
    expect_message("let a($x) = $x;\n" HEAD "  forward { a(1, 2) -> $y => 1 -> $y } }",
                   "5:13 NW0309 `a` is given another number of arguments than its `let` has\n");
    expect_message("let a = where { a };\n" HEAD "  forward { torch.relu($x) -> $y => $x -> $y } where { a } }", "1:17 NW0310 `a` is defined by itself\n");
    expect_message("let a = where { rank $x 2 };\n" HEAD "  forward { a -> $y => 1 -> $y } }",
                   "5:15 NW0301 expected a pattern; `a` is a list of conditions\n");
    expect_message("let a = where { rank $x 2 };\n" HEAD "  forward { torch.relu($z) -> $y => $z -> $y } where { a } }",
                   "1:22 NW0333 `$x` is used but nothing binds it\n");
}

static void test_meaning_messages(void)
{
    expect_message(HEAD "  forward { torch.relu($x) -> $y => torch.abs($z) -> $y } }", "4:48 NW0333 `$z` is used but nothing binds it\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y; torch.abs($x) -> $y => $x -> $y } }", "4:35 NW0334 `$y` is the result of two lines\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y; torch.abs($x) -> $z => $x -> $y } }",
                   "4:35 NW0335 the rewrite does not produce `$z`, which the matched code leaves behind\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => torch.abs($x) -> $y } where { settled $y else add ```.clone()``` } }", "4:67 NW0350 `else add` has no place on the right side\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => torch.abs($x){+} -> $y } where { settled $y else add `````` } }", "4:70 NW0351 `else add` has no text of its own\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => torch.abs($x){+} -> $y } where { settled $y else add ```{+}``` } }", "4:70 NW0351 `else add` has no text of its own\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y; torch.abs($y) -> $z => $x -> $y, $z } }", "4:58 NW0336 `$y` is no result of the left side\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y; torch.abs($y) -> $x => $x -> $z } }", "4:13 NW0346 `$y` is defined by itself\n");
    expect_message(HEAD "  forward { torch.relu($x)? -> $y => torch.abs($x) -> $y } where { last-use $x } }",
                   "4:77 NW0338 `$x` is not an object that `init` or a layer call names\n");
    expect_message(HEAD "  forward { torch.nn.ReLU[$r]($x) -> $y => $x -> $y } where { dead $r } }",
                   "4:68 NW0339 `$r` is an object, where a value is needed\n");
    expect_message(HEAD "  forward { torch.nn.ReLU[$r]($r) -> $y => 1 -> $y } }", "4:31 NW0339 `$r` is an object, where a value is needed\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => $x -> $y } where { last-axes $x 1 } }",
                   "4:56 NW0340 there is no condition `last-axes`; did you mean `last-axis`\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => $x -> $y } where { rank $x } }", "4:56 NW0341 the condition `rank` does not take these arguments\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => $x -> $y } where { rank $x $x } }", "4:56 NW0341 the condition `rank` does not take these arguments\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => $x -> $y } where { constant $z } }", "4:65 NW0333 `$z` is used but nothing binds it\n");
    expect_message(HEAD "  forward { (torch.relu($x) | torch.abs($z)) -> $y => torch.tanh($x) -> $y } }",
                   "4:55 NW0342 `$x` may be unbound here, because it occurs only in an optional part or in some alternatives\n");
    expect_message(HEAD "  forward { torch.dropout($x, $p)? -> $y => torch.tanh($p) -> $y } }",
                   "4:45 NW0342 `$p` may be unbound here, because it occurs only in an optional part or in some alternatives\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => f({?$x) -> $y } }", "4:37 NW0303 a group of the template is not closed\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => f($x?}) -> $y } }", "4:41 NW0301 expected `{?` before `?}`\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => $x -> $y } types { $x : Tensr } }", "4:61 NW0344 there is no type `Tensr`\n");
    expect_message(HEAD "  forward { torch.relu($x) -> $y => $x -> $y } example \"e\" { before ```a``` after ```a``` } }",
                   "4:56 NW0348 the example `e` is the same before and after\n");
}

/* After a bad rule the next one is read; a second rule of the same name is refused. */
static void test_recovery(void)
{
    fixture f;
    begin(&f);
    CHECK(!add(&f, "rule t/a { oops }\nrule t/b { summary \"s\" safety safe forward { torch.relu($x) -> $y => $x -> $y } }\n"
                   "rule t/b { summary \"s\" safety safe forward { torch.abs($x) -> $y => $x -> $y } }\n"));
    CHECK_INT(f.rules.count, 1);
    CHECK(nw_rules_find(&f.rules, "t/b") != NULL);
    CHECK(nw_rules_find(&f.rules, "t/a") == NULL);
    CHECK_INT(f.rules.message_count, 2);
    CHECK_TEXT(f.rules.messages[1].text, "there is another rule with the id `t/b`");
    nw_rule_message_text(&f.text, &f.rules.messages[0]);
    CHECK_TEXT(f.text.bytes, "a.rule:1:12: error NW0302: a rule has no part `oops`\n    The parts of a rule are listed in docs/rules.md.\n");
    CHECK(nw_rule_selected(&f.rules, &f.rules.items[0], "t", 1));
    CHECK(nw_rule_selected(&f.rules, &f.rules.items[0], "t/b", 3));
    CHECK(!nw_rule_selected(&f.rules, &f.rules.items[0], "b", 1));
    end(&f);
}

/* Nested text and macros that double at each level end with a message, not with all memory. */
static void test_limits(void)
{
    fixture f;
    begin(&f);
    nw_buffer_text(&f.text, HEAD "  forward { ");
    for (int i = 0; i < 10000; i++)
        nw_buffer_text(&f.text, "(-");
    CHECK(!add(&f, f.text.bytes));
    nw_buffer_clear(&f.text);
    nw_buffer_text(&f.text, HEAD "  forward { ");
    for (int i = 0; i < 10000; i++)
        nw_buffer_text(&f.text, "sqrt(");
    CHECK(!add(&f, f.text.bytes));
    nw_buffer_clear(&f.text);
    nw_buffer_text(&f.text, "let m0($x) = torch.add($x, $x);\n");
    for (int i = 1; i < 40; i++)
        nw_buffer_format(&f.text, "let m%d($x) = torch.add(m%d($x), m%d($x));\n", i, i - 1, i - 1);
    nw_buffer_text(&f.text, HEAD "  forward { m39($x) -> $y => $x -> $y } }");
    CHECK(!add(&f, f.text.bytes));
    CHECK_INT(f.rules.messages[f.rules.message_count - 1].problem, NW_RULE_PROBLEM_TOO_DEEP);
    end(&f);
}

/* ---- what good rules mean */

static void expect_dump(const char *source, const char *want)
{
    fixture f;
    begin(&f);
    CHECK(add(&f, source));
    CHECK_INT(f.rules.message_count, 0);
    nw_rules_dump(&f.rules, &f.text);
    CHECK_TEXT(f.text.bytes, want);
    end(&f);
}

static void test_named_conditions(void)
{
    expect_dump("let flat = where { rank $x 2; absent $p else unsafe \"why\" };\n" HEAD
                "  forward { torch.nn.functional.dropout($x, p=$p) -> $y => $x -> $y }\n"
                "  where { flat; constant $p }\n"
                "}\n",
                "rule t/x safe\n"
                "  variable $x value\n"
                "  variable $p value\n"
                "  variable $y value\n"
                "  forward\n"
                "    match operator torch.nn.functional.dropout($x, p=$p) -> $y\n"
                "    write $x^3 -> $y\n"
                "  where rank $x 2\n"
                "  where absent $p else unsafe\n"
                "  where constant $p\n"
                "  roots 1\n"
                "  examples 0, nochanges 0\n");
}

static void test_patterns(void)
{
    expect_dump("let half($v) = (0.5 * $v | $v / 2);\n" HEAD
                "  forward {\n"
                "    half($x) * (1 + torch.erf($x / ~sqrt(2))) -> $g;\n"
                "    torch.nn.functional.dropout($g, p=$p, training=_)? -> $y\n"
                "    =>\n"
                "    torch.nn.functional.gelu($x){? * (1 - $p)?:+ self.zero?} -> $y\n"
                "  }\n"
                "  where { not constant $p; assume rank $x 2 3; absent $p else unsafe \"why\" }\n"
                "}\n",
                "rule t/x safe\n"
                "  variable $x value\n"
                "  variable $g value\n"
                "  variable $p value optional\n"
                "  variable $y value\n"
                "  forward\n"
                "    match operation *(either(operation *(0.5, $x), operation /($x, 2)), operation +(1, operator torch.erf(operation /($x, "
                "~1.4142135623730951)))) -> $g\n"
                "    match operator torch.nn.functional.dropout($g, p=$p, training=any)? -> $y\n"
                "    write <torch.nn.functional.gelu>`(`$x`)`if-bound(to 8, otherwise to 9)` * (1 - `$p^7`)``+ self.zero` -> $y\n"
                "  where not constant $p\n"
                "  where assume rank $x 2 3\n"
                "  where absent $p else unsafe\n"
                "  roots 1\n"
                "  examples 0, nochanges 0\n");
}

static void test_layers(void)
{
    expect_dump("rule t/y {\n"
                "  summary \"s\" safety unsafe \"names\" requires pkg >= 1.2 < 2 { pkg.New } guard uses context any on_unknown skip\n"
                "  init { torch.nn.Linear($n, $n, bias=True, ...$rest) -> $a => pkg.New($n{~, rest=$n~}, ...$rest) -> self.fused }\n"
                "  forward { torch.nn.Linear[$a]($x) -> $h; torch.nn.Softmax(dim=-1)($h) -> $y => $fused($x) -> $y }\n"
                "  types { $x : Tensor[dtype=float16|bfloat16, rank>=2] }\n"
                "  state { $a.weight.t() -> $fused.w }\n"
                "}\n",
                "rule t/y unsafe skips-unknown any-context guards-uses\n"
                "  requires pkg >= 1.2 < 2 pkg.New\n"
                "  variable $n value\n"
                "  variable $rest rest\n"
                "  variable $a instance\n"
                "  variable $fused new\n"
                "  variable $x value type 1 rank 2..255 float16 bfloat16\n"
                "  variable $h value\n"
                "  variable $y value\n"
                "  init\n"
                "    match class torch.nn.Linear($n, $n, bias=True, ...$rest) -> $a\n"
                "    write <pkg.New>`(`$nif-written(to 6)`, rest=`$n`, `rest($rest)`)` -> $fused\n"
                "  forward\n"
                "    match layer torch.nn.Linear[$a]($x) -> $h\n"
                "    match layer torch.nn.Softmax[_] of class torch.nn.Softmax(dim=-1)($h) -> $y\n"
                "    write $fused^255`(`$x`)` -> $y\n"
                "  state $a^255`.weight.t()` -> $fused.w\n"
                "  roots 1\n"
                "  examples 0, nochanges 0\n");
}

static void test_modules(void)
{
    expect_dump("rule t/m {\n"
                "  summary \"s\" safety report \"r\"\n"
                "  init { *.Block($n) -> $m => keep }\n"
                "  forward { within *.Block[$m]($x, mask=_) -> $o { torch.relu($x) -> $r; return ($r, ...); } => keep }\n"
                "}\n"
                "iso torch.add($a, $b) <=> $a + $b;\n",
                "rule t/m report\n"
                "  variable $n value\n"
                "  variable $m instance\n"
                "  variable $x value\n"
                "  variable $o value\n"
                "  variable $r value\n"
                "  init stays\n"
                "    match class *.Block($n) -> $m\n"
                "  forward stays\n"
                "    match module *.Block[$m]($x, mask=any) -> $o\n"
                "      within operator torch.relu($x) -> $r\n"
                "      return tuple($r, ...)\n"
                "  roots 1\n"
                "  examples 0, nochanges 0\n"
                "iso operator torch.add($a, $b) <=> operation +($a, $b)\n");
}

/* The rule of section 3.3 of the paper as it is printed, and a rule in the notation of its program. */
static void test_legacy(void)
{
    expect_dump("rule t/p {\n"
                "  summary \"s\" safety unsafe \"u\"\n"
                "  legacy {\n"
                "    R_i: torch.nn.LayerNorm($s, $e) \xE2\x86\x92 $l;\n"
                "        torch.nn.Dropout($p) \xE2\x86\x92 $d\n"
                "        \xE2\x87\x92\n"
                "        epoi.FusedDropoutAddLayerNorm($s, $p, $e) \xE2\x86\x92 $f\n"
                "\n"
                "    R_c: torch.nn.Dropout($a) \xE2\x86\x92 $x;\n"
                "        $x + $i \xE2\x86\x92 $b;\n"
                "        torch.nn.LayerNorm($b) \xE2\x86\x92 $c\n"
                "        \xE2\x87\x92\n"
                "        epoi.FusedDropoutAddLayerNorm($a + $i) \xE2\x86\x92 $a\n"
                "  }\n"
                "}\n",
                "rule t/p unsafe adjacent legacy\n"
                "  variable $s value\n  variable $e value\n  variable $l instance\n  variable $p value\n  variable $d instance\n"
                "  variable $f new\n  variable $a value\n  variable $x value\n  variable $i value\n  variable $b value\n  variable $c value\n"
                "  init\n"
                "    match class =torch.nn.LayerNorm($s, $e, ...) -> $l\n"
                "    match class =torch.nn.Dropout($p, ...) -> $d\n"
                "    write <epoi.FusedDropoutAddLayerNorm>`(`$s`, `$p`, `$e`)` -> $f\n"
                "  forward\n"
                "    match layer =torch.nn.Dropout[_]($a, ...) -> $x\n"
                "    match operation +($x, $i, ...) -> $b\n"
                "    match layer =torch.nn.LayerNorm[_]($b, ...) -> $c\n"
                "    write $f^255`(`$a^6` + `$i^7`)` -> $a\n"
                "  roots 0\n"
                "  examples 0, nochanges 0\n");
    expect_dump("rule t/q {\n"
                "  summary \"s\" safety unsafe \"u\"\n"
                "  legacy {\n"
                "    'A($x) -> $h; <any_assignment>; ACT[config.act]($h) -> o => _',\n"
                "    '@A($i, bias=True) -> _; @*linear($i) -> $s => @B($i, k=\"v\") -> self.b; @C(self.n) -> $s'\n"
                "  }\n"
                "}\n",
                "rule t/q unsafe adjacent legacy\n"
                "  variable $x value\n  variable $h value\n  variable $o value\n  variable $i value\n  variable $s instance\n  variable $b new\n"
                "  init\n"
                "    match class =A($i, bias=True, ...) -> _\n"
                "    match class =*linear($i, ...) -> $s\n"
                "    write `B(`$i`, k=\"v\")` -> $b\n"
                "    write `C(self.n)` -> $s\n"
                "  forward detects only\n"
                "    match layer =A[_]($x, ...) -> $h\n"
                "    match wildcard\n"
                "    match source =ACT[config.act]($h, ...) -> $o\n"
                "  roots 0\n"
                "  examples 0, nochanges 0\n");
}

/* Every pack compiles; the strict ones have nothing that the linter warns of. */
static void test_packs(void)
{
    fixture f;
    begin(&f);
    CHECK(nw_rules_add_embedded(&f.rules));
    nw_rules_lint(&f.rules, 0);
    for (uint32_t i = 0; i < f.rules.message_count; i++)
        if (f.rules.messages[i].level != NW_RULE_NOTE && strncmp(f.rules.messages[i].path, "adopter-legacy/", 15) != 0)
            nw_rule_message_text(&f.text, &f.rules.messages[i]);
    CHECK_TEXT(f.text.bytes ? f.text.bytes : "", "");
    static const char *const ids[] = {"bert-self-attention", "t5-attention", "gpt2-attention", "softmax", "dropout-add-layernorm",
                                      "linear-gelu", "conv-batchnorm", "linear-batchnorm", "qkv"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        char id[64];
        snprintf(id, sizeof id, "adopter/%s", ids[i]);
        CHECK(nw_rules_find(&f.rules, id) != NULL);
        snprintf(id, sizeof id, "adopter-legacy/%s", ids[i]);
        CHECK(nw_rules_find(&f.rules, id) != NULL && nw_rules_find(&f.rules, id)->legacy);
    }
    end(&f);
}

static void test_lint(void)
{
    fixture f;
    begin(&f);
    CHECK(add(&f, HEAD "  forward { torch.sofmax($x, dim=$d, ...) -> $y => pkg.softmax($x) -> $y } }"));
    nw_rules_lint(&f.rules, 0);
    for (uint32_t i = 0; i < f.rules.message_count; i++)
        nw_buffer_format(&f.text, "%s\n", f.rules.messages[i].text);
    CHECK_TEXT(f.text.bytes, "the rule `t/x` has no example\nthe rule `t/x` has no nochange\n"
                             "the rule `t/x` has no `numeric`: both sides are never executed\n"
                             "the arguments of `torch.sofmax` are open: what is not mentioned may have any value and is lost\n"
                             "no row of the operator catalog is called `torch.sofmax`\n"
                             "`$d` is bound and never used\n"
                             "the rewrite uses `pkg.softmax`, which `requires` does not name\n");
    end(&f);
}

int main(void)
{
    test_syntax_messages();
    test_pattern_messages();
    test_meaning_messages();
    test_recovery();
    test_limits();
    test_patterns();
    test_named_conditions();
    test_layers();
    test_modules();
    test_legacy();
    test_packs();
    test_lint();
    return check_report();
}
