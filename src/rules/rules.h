/* Rules: what the network may do instead of what it does, parsed, checked and compiled.
 *
 * Purpose: the contract between the rule language (docs/rules.md) and those who match (match/) and rewrite (edit/).
 * Ownership: an nw_rules owns one arena; everything below lies in it and lives until nw_rules_release. Names are symbols of
 * the table given to nw_rules_init.
 * Invariants: ids are 1-based indices into the arrays of their rule (0 is none); spans are byte offsets into the rule
 * file; a rule with an error is not in `items`, its diagnostics say why. All structures are read-only after nw_rules_add.
 *
 * How a rule is read:
 *   rule -> forms, tried in order: the first that is applicable wins; when none is, the site is refused for the reason of the
 *           last one whose patterns match
 *     form -> init lines, forward lines (both sides), conditions, negatives
 *       line  -> left: a pattern and the variables that name its results; right: a template and its targets
 *
 * A forward line `PATTERN -> $x` makes `$x` a *defined* variable: variable.definition is the pattern. An occurrence of
 * `$x` inside another pattern is a VARIABLE node; to match it, match its definition at that value, then bind. So the
 * left side is a graph, whatever mixture of lines and nested expressions it was written in. `roots` are the lines whose
 * results no other line uses: what the rewrite produces. A value of the left side that is no root must be dead outside the
 * match unless its variable says `escapes`.
 *
 * In `mode adjacent` (legacy rules) there are no definitions and no roots: variables are names that lines write one after the
 * other, and the lines are matched in their order.
 *
 * An OPERATOR that is not `exact` matches by meaning: torch.softmax($x, dim=-1) matches the function of either module, the
 * method, and the call of a softmax module. A module that is matched in this way stays where it was made; it must have no hooks.
 * Arguments are compared after the call was brought into the form of the pattern's own signature: a parameter that the
 * pattern does not mention must have its default, unless `open` or `rest` is set.
 *
 * A variable that occurs twice must be bound to one and the same value (the same definition, not the same name or text). */
#ifndef NW_RULES_RULES_H
#define NW_RULES_RULES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/symbol.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct nw_pattern_id { uint32_t v; } nw_pattern_id;
typedef struct nw_variable_id { uint32_t v; } nw_variable_id;

typedef struct nw_rule_span {
    uint32_t start, end; /* bytes of the rule file */
    uint32_t line, column; /* from 1; column in bytes */
} nw_rule_span;

/* ---- constants */

typedef enum nw_constant_kind {
    NW_CONSTANT_NONE, NW_CONSTANT_BOOL, NW_CONSTANT_INT, NW_CONSTANT_FLOAT, NW_CONSTANT_STRING,
} nw_constant_kind;

/* Compared by value after folding: 1 equals 1.0. With tolerance t a number x matches when |x - number| <= t * |number|. */
typedef struct nw_constant {
    uint8_t kind;       /* nw_constant_kind */
    int64_t integer;    /* BOOL, INT */
    double number;      /* INT, FLOAT: the value as a float */
    double tolerance;   /* relative; 0 exact */
    nw_symbol text;     /* STRING */
} nw_constant;

/* ---- patterns */

typedef enum nw_pattern_kind {
    NW_PATTERN_NONE,
#define NW_PATTERN_KIND(id, text, meaning) NW_PATTERN_##id,
#include "rules/pattern.def"
#undef NW_PATTERN_KIND
    NW_PATTERN_KIND_COUNT
} nw_pattern_kind;

typedef struct nw_pattern_argument {
    nw_symbol name;       /* parameter name; empty: by position */
    nw_pattern_id value;
} nw_pattern_argument;

typedef struct nw_pattern {
    uint8_t kind;         /* nw_pattern_kind */
    uint8_t op;           /* OPERATION, COMPARE: nw_rule_operator */
    bool open;            /* `...` among the arguments: parameters that are not mentioned may have any value */
    bool exact;           /* `=name(...)`: this very name; otherwise any spelling of the same meaning (function, method, module) */
    bool optional;        /* `A(x, ...)?`: when it does not match, the value is matched against its first argument instead */
    bool commutative;     /* OPERATION, OPERATOR: operands may stand in either order */
    bool associative;     /* OPERATION: a chain of the operator may be grouped otherwise; `*` and `/` form one chain, `+` and `-` another */
    nw_symbol name;       /* OPERATOR, LAYER, CLASS, NAME: qualified name; ATTRIBUTE: attribute */
    nw_variable_id variable; /* VARIABLE; LAYER, MODULE: the instance (0: any) */
    nw_variable_id rest;  /* OPERATOR, LAYER, CLASS: `...$rest`, the arguments that were not mentioned */
    nw_pattern_id inner;  /* ATTRIBUTE: the object; LAYER: CLASS pattern written in place `T(p=0.5)($x)`, 0: from the init line */
    nw_pattern_argument *arguments; /* operands, items, alternatives, arguments, in the order written */
    uint32_t argument_count;
    nw_constant constant; /* CONSTANT */
    uint32_t body;        /* MODULE: 1-based index into form.bodies */
    nw_rule_span span;
} nw_pattern;

/* Operators of Python inside patterns. On tensors `+ - * / // % ** @` stand for torch.add, sub, mul, div, floor_divide,
 * remainder, pow and matmul as in the catalog's language; on other values for Python's own. */
typedef enum nw_rule_operator {
#define NW_RULE_OPERATOR(id, text, precedence, commutative, associative, qualified) NW_RULE_OPERATOR_##id,
#include "rules/rule_operator.def"
#undef NW_RULE_OPERATOR
    NW_RULE_OPERATOR_COUNT
} nw_rule_operator;

/* ---- variables */

typedef enum nw_variable_role {
    NW_VARIABLE_VALUE,    /* a tensor or a Python value */
    NW_VARIABLE_INSTANCE, /* an object that an init line makes, or that a layer call names: `-> $d`, `T[$d](...)` */
    NW_VARIABLE_REST,     /* captured arguments */
    NW_VARIABLE_NEW,      /* made by the rewrite only: the editor chooses a name near `name` */
} nw_variable_role;

typedef enum nw_rule_type {
    NW_RULE_TYPE_ANY, NW_RULE_TYPE_TENSOR, NW_RULE_TYPE_PARAMETER, NW_RULE_TYPE_MODULE, NW_RULE_TYPE_CONSTANT, NW_RULE_TYPE_CONSTANT_INT,
    NW_RULE_TYPE_CONSTANT_FLOAT, NW_RULE_TYPE_CONSTANT_BOOL, NW_RULE_TYPE_CONSTANT_STRING, NW_RULE_TYPE_INT, NW_RULE_TYPE_FLOAT, NW_RULE_TYPE_BOOL,
} nw_rule_type;

/* `$x : Tensor[dtype=f16|bf16, rank>=2]`. Three-valued: when a value may or may not be of the type, on_unknown decides. */
typedef struct nw_rule_type_of {
    uint8_t type;         /* nw_rule_type */
    uint8_t least_rank, most_rank; /* 0 and 255 when nothing is said */
    nw_symbol *dtypes;    /* float32, ...: the names of catalog dtypes; none: any */
    uint32_t dtype_count;
} nw_rule_type_of;

typedef struct nw_rule_variable {
    nw_symbol name;       /* without `$` */
    uint8_t role;         /* nw_variable_role */
    bool optional;        /* bound only inside an optional node, or in some alternatives: may be unbound after a match */
    bool escapes;         /* `escape $x`: may be used outside the match; the rewrite produces it too */
    bool on_right;        /* occurs in a template */
    nw_pattern_id definition;  /* VALUE: the pattern whose result it is, 0: an input of the rule. INSTANCE: the CLASS pattern of its init line */
    uint16_t item;        /* which of several results of `definition`, when it has several (`-> $a, $b`); 0 for the only one */
    bool is_item;
    nw_rule_type_of type;
    nw_rule_span span;    /* first occurrence */
} nw_rule_variable;

/* ---- templates: Python source with holes */

typedef enum nw_piece_kind {
    NW_PIECE_TEXT,        /* bytes as they stand */
    NW_PIECE_VARIABLE,    /* `$x`: source text of the bound value, in parentheses where the place needs it; an INSTANCE prints as the expression that names it (`self.dropout`) */
    NW_PIECE_ATTRIBUTE_NAME, /* `${x:name}`: the attribute name of an INSTANCE as a string literal ("dropout") */
    NW_PIECE_CONSTANT_VALUE, /* `${x:value}`: the folded value of a constant variable */
    NW_PIECE_NAME,        /* a qualified name: the editor spells it as the file does (`F.gelu`) and adds the import it needs */
    NW_PIECE_IF_BOUND,    /* `{?A?:B?}`: A when every variable directly in it is bound, otherwise B (which may be absent). Where a variable is bound
                             only under a test (an optional node or an alternative in one arm of an `if`), both are expressions and
                             the editor prints `A if TEST else B`. */
    NW_PIECE_IF_WRITTEN,  /* `{~A~}`: A unless the source left every variable in it at its default */
    NW_PIECE_ADDED,       /* `{+}`: what conditions with `else add` put here, in their order */
    NW_PIECE_REST,        /* `...$rest`: the captured arguments as they were written, separated by commas; nothing when there are none */
} nw_piece_kind;

typedef struct nw_piece {
    uint8_t kind;         /* nw_piece_kind */
    nw_text text;         /* TEXT */
    nw_symbol name;       /* NAME */
    nw_variable_id variable;
    uint32_t otherwise;   /* IF_BOUND: index of the first piece of B; equals `end` when there is no B */
    uint32_t end;         /* IF_BOUND, IF_WRITTEN: index of the first piece after the group */
    uint8_t precedence;   /* VARIABLE: precedence of the place (0 loosest, 255 an operand that must be an atom) */
} nw_piece;

typedef struct nw_template {
    nw_piece *pieces;
    uint32_t count;
    nw_rule_span span;
} nw_template;

/* One line of a right side: `TEMPLATE -> $a, $b`, or `TEMPLATE` alone (a statement). In `init` a target is an INSTANCE: a
 * variable of the left side keeps its attribute name, a NEW one gets a fresh one (`-> self.qkv` proposes the name). */
typedef struct nw_rule_output {
    nw_template value;
    nw_variable_id *targets;
    uint32_t target_count;
} nw_rule_output;

/* One line of a left side. In `init` the pattern is a CLASS; its target the INSTANCE (0: `_`). */
typedef struct nw_rule_line {
    nw_pattern_id pattern;
    nw_variable_id *targets;
    uint32_t target_count;
    nw_rule_span span;
} nw_rule_line;

typedef struct nw_rule_side {
    nw_rule_line *left;
    uint32_t left_count;
    nw_rule_output *right; /* right_count 0 with detect_only: a report */
    uint32_t right_count;
    bool present;     /* the side was written */
    bool detect_only; /* no right side, or `=> _`: a report */
    bool kept;        /* `=> keep`: matched code that stays as it is (the change is in `init`) */
} nw_rule_side;

/* ---- conditions */

typedef enum nw_predicate {
    NW_PREDICATE_NONE,
#define NW_PREDICATE_ROW(id, name, least, most, signature, sentence, failed) NW_PREDICATE_##id,
#include "rules/where.def"
#undef NW_PREDICATE_ROW
    NW_PREDICATE_COUNT
} nw_predicate;

typedef struct nw_predicate_row {
    const char *name;      /* last-use */
    uint8_t least, most;   /* number of arguments; most 255: any number */
    const char *signature; /* one letter for each argument, the last one repeated: v value, i instance, a any variable, c constant, n name, p pattern */
    const char *sentence;  /* what must hold: "`%s` is used nowhere else"; %1 %2 are the arguments */
    const char *failed;    /* why it was refused: "`%1` is used elsewhere" */
} nw_predicate_row;

typedef enum nw_condition_otherwise {
    NW_OTHERWISE_REFUSE,   /* no and unknown refuse the site, with the row's sentence */
    NW_OTHERWISE_GUARD,    /* `else guard ...`: the emitted code tests it and keeps the old code beside the new; with --unsafe only where no `unsafe` follows */
    NW_OTHERWISE_UNSAFE,   /* `else unsafe "why"`: no and unknown make the finding unsafe */
    NW_OTHERWISE_ADD,      /* `else add ...`: no and unknown put this text where the right side has `{+}` */
    NW_OTHERWISE_TAKE,     /* `else take $whole`: no and unknown leave the first argument unbound; the right side prints $whole, which holds it */
} nw_condition_otherwise;

/* Three-valued. A condition over a variable that this match left unbound holds. */
typedef struct nw_condition {
    uint16_t predicate;    /* nw_predicate */
    uint8_t otherwise;     /* nw_condition_otherwise */
    bool negated;          /* `not NAME ...` */
    bool assumed;          /* `assume NAME ...`: only a known no refuses; unknown holds */
    nw_symbol reason;      /* of `else unsafe`, also behind `else guard` */
    nw_pattern_id *arguments;
    uint32_t argument_count;
    nw_template guard;     /* of `else guard`: a Python test; of `else add`: a part of an expression */
    nw_pattern_id whole;   /* of `else take` */
    nw_rule_span span;
} nw_condition;

/* ---- the rest of a rule */

/* `state { SOURCE -> $f.path }`: how a value of the new state_dict follows from the old one. SOURCE is a template over the
 * old state (`$ln.weight` is a tensor of the checkpoint). */
typedef struct nw_state_entry {
    nw_template source;
    nw_variable_id target; /* INSTANCE */
    nw_symbol path;        /* layer_norm.weight */
} nw_state_entry;

typedef struct nw_requirement {
    nw_symbol package;     /* as pip knows it */
    nw_symbol least;       /* version, empty: any */
    nw_symbol below;       /* `< 0.0.27`, empty: none */
    nw_symbol *symbols;    /* qualified names that must exist */
    uint32_t symbol_count;
} nw_requirement;

typedef struct nw_rule_example {
    nw_symbol title;
    nw_text before, after; /* Python source; `after` empty for a nochange */
    nw_rule_span span;
} nw_rule_example;

typedef struct nw_numeric {
    nw_symbol variable;    /* without `$` */
    nw_text generator;     /* randn(4, 7, 16) */
} nw_numeric;

typedef struct nw_rule_numeric {
    nw_rule_example *programs; /* left sides besides those of the examples; `after` is empty */
    uint32_t program_count;
    nw_numeric *inputs;
    uint32_t input_count;
    bool train, eval;
    double rtol, atol;
    bool present;
} nw_rule_numeric;

/* Where the rule pays: printed with every finding; `--select` can insist on it. */
typedef struct nw_rule_gain {
    nw_symbol text;        /* "attention from 128 positions on" */
    nw_symbol *devices;    /* cpu, cuda; none: all */
    uint32_t device_count;
    nw_symbol *dtypes;
    uint32_t dtype_count;
    nw_text size;          /* a size that decides, `$q.shape[-2]`, compiled in each form as `gain_size`; empty: none */
    nw_rule_span size_span;
    int64_t least;         /* it pays from this size on */
    bool present;
} nw_rule_gain;

/* The computation inside a call of a module of the program: `within *.Name[$m]($x, mask=$mask) -> $o { lines; return PATTERN }`.
 * The arguments are those of its forward, bound by its signature, closed as everywhere; `result` is what the call returns.
 * Every path through the call under the given arguments must be matched by the lines. A name `*.Name` is a class of any module. */
typedef struct nw_rule_body {
    nw_rule_line *lines;
    uint32_t line_count;
    nw_pattern_id result;
} nw_rule_body;

typedef struct nw_rule_form {
    nw_pattern *patterns;        /* [0] is none */
    nw_rule_variable *variables; /* [0] is none */
    nw_pattern_id *roots;        /* patterns of the forward lines that no other line uses, in order */
    nw_condition *conditions;
    nw_rule_line *negatives;     /* `not { ... }`: lines over the same bindings of which none may match */
    nw_rule_body *bodies;
    nw_state_entry *state;
    nw_rule_side init, forward;
    nw_template gain_size;       /* rule.gain.size over the variables of this form */
    nw_symbol title;             /* `form "..."`, empty when the rule has one form */
    bool last_resort;            /* `otherwise "..."`: counts only at a root where no other form's patterns match */
    uint32_t pattern_count, variable_count, root_count, condition_count, negative_count, body_count, state_count;
} nw_rule_form;

typedef enum nw_rule_safety { NW_SAFETY_SAFE, NW_SAFETY_UNSAFE, NW_SAFETY_REPORT } nw_rule_safety;

typedef struct nw_rule {
    nw_symbol id;          /* adopter/softmax */
    nw_symbol pack, name;
    const char *path;      /* of its file */
    nw_symbol summary, docs;
    nw_symbol *tags;
    uint32_t tag_count;
    uint8_t safety;        /* nw_rule_safety: the best that a site can get; matching lowers it, never raises it */
    nw_symbol safety_reason;
    bool adjacent;         /* `mode adjacent`: a contiguous window of calls, names compared as the paper does (legacy) */
    bool legacy;           /* written in a legacy block */
    bool report_unknown;   /* `on_unknown report` (default): a site that cannot be proved is a refused finding; else nothing is said */
    bool any_context;      /* `context any`: no_grad, autocast, with and try may differ between the matched statements */
    bool split_uses;       /* `guard uses`: when an inner value is also used under a condition that can be tested, keep the old code under it */
    bool keep_state;       /* `state same`: names and shapes of the state do not change */
    nw_requirement *requires;
    uint32_t require_count;
    nw_symbol *supports;   /* train eval backward compile cpu cuda float32 ... */
    uint32_t support_count;
    nw_rule_gain gain;
    nw_rule_form *forms;
    uint32_t form_count;
    nw_text helper;        /* Python source that the rewrite needs once per file (private functions), empty: none */
    nw_rule_example *examples, *nochanges;
    uint32_t example_count, nochange_count;
    nw_rule_numeric numeric;
    nw_rule_span span;
} nw_rule;

/* `iso A <=> B`: two spellings of one meaning; matchers put both into the left one. */
typedef struct nw_rule_iso {
    nw_rule_form form;     /* patterns and variables of both sides */
    nw_pattern_id left, right;
} nw_rule_iso;

/* ---- messages about rule files */

typedef enum nw_rule_problem {
#define NW_RULE_PROBLEM(id, code, level, format, help) NW_RULE_PROBLEM_##id,
#include "rules/problem.def"
#undef NW_RULE_PROBLEM
    NW_RULE_PROBLEM_COUNT
} nw_rule_problem;

typedef enum nw_rule_level { NW_RULE_NOTE, NW_RULE_WARNING, NW_RULE_ERROR } nw_rule_level;

typedef struct nw_rule_message {
    uint16_t problem;      /* nw_rule_problem */
    uint8_t level;         /* nw_rule_level */
    const char *path;
    nw_rule_span span;
    const char *text;      /* what is wrong */
    const char *help;      /* what to do */
} nw_rule_message;

typedef struct nw_rules {
    nw_arena arena;
    nw_symbols *symbols;
    nw_rule *items;        /* in the order of nw_rules_add */
    uint32_t count, capacity;
    nw_rule_iso *isos;
    uint32_t iso_count, iso_capacity;
    nw_rule_message *messages;
    uint32_t message_count, message_capacity;
} nw_rules;

void nw_rules_init(nw_rules *rules, nw_symbols *symbols);
void nw_rules_release(nw_rules *rules);
/* Parses, checks and compiles one rule file. `path` and `bytes` must outlive the rules; bytes[size] need not be readable.
 * False when a rule of it had an error (its good rules are there all the same). */
bool nw_rules_add(nw_rules *rules, const char *path, const char *bytes, size_t size);
/* All packs that the program carries. False only when one of them is broken, which tests exclude. */
bool nw_rules_add_embedded(nw_rules *rules);
/* The rule of that id, or NULL. */
const nw_rule *nw_rules_find(const nw_rules *rules, const char *id);
/* Whether `selector` (a pack, a rule id, or ALL) names the rule. */
bool nw_rule_selected(const nw_rules *rules, const nw_rule *rule, const char *selector, size_t size);
const nw_predicate_row *nw_predicate_row_of(nw_predicate predicate);
const char *nw_rule_operator_text(nw_rule_operator op);
/* What it is on tensors, by its qualified name. */
const char *nw_rule_operator_on_tensors(nw_rule_operator op);
/* 301 -> NW0301 */
uint16_t nw_rule_problem_code(nw_rule_problem problem);
/* "path:line:column: error NW0301: what", and on a second line what to do. */
void nw_rule_message_text(nw_buffer *buffer, const nw_rule_message *message);
/* The stable text form of the compiled rules, for golden tests and `--dump=rules`. */
void nw_rules_dump(const nw_rules *rules, nw_buffer *buffer);
void nw_rule_dump(const nw_rules *rules, const nw_rule *rule, nw_buffer *buffer);
/* Only what a form matches. */
void nw_rule_dump_left(const nw_rules *rules, const nw_rule_form *form, nw_buffer *buffer);
/* The sentence of a condition with the rule's own variables in it: what must hold, or why it failed. The matcher prints
 * the bound source texts instead of `$x` by its own substitution of %1, %2, ... in the row. */
void nw_condition_sentence(const nw_rules *rules, const nw_rule_form *form, const nw_condition *condition, bool failed, nw_buffer *buffer);
/* Adds what the linter finds in the rules from `first` on to the messages (rule_lint.c). */
void nw_rules_lint(nw_rules *rules, uint32_t first);
/* What `rules explain` prints of a rule. */
void nw_rule_explain(const nw_rules *rules, const nw_rule *rule, nw_buffer *buffer);

#endif
