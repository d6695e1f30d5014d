/* The parser of rule files: state that the files rule_*.c share. Private to rules/.
 *
 * Ownership: a parser lives for one nw_rules_add; what it makes lies in the arena of the rules.
 * Invariants: `at` never passes `size`; after an error `failed` is set and every parse function returns quickly, so that
 * only the first error of a rule is reported; parsing goes on at the next rule. */
#ifndef NW_RULES_RULE_PARSER_H
#define NW_RULES_RULE_PARSER_H

#include "rules/rules.h"

typedef enum nw_token_kind {
    NW_TOKEN_END, NW_TOKEN_WORD, NW_TOKEN_VARIABLE, NW_TOKEN_NUMBER, NW_TOKEN_STRING, NW_TOKEN_CODE, NW_TOKEN_PUNCTUATION,
} nw_token_kind;

typedef struct nw_token {
    uint8_t kind;
    uint32_t start, end;
    nw_text text;       /* WORD, VARIABLE (without `$`), PUNCTUATION: as written; STRING, CODE: the contents */
    double number;
    int64_t integer;
    bool is_integer;
} nw_token;

typedef struct nw_macro {
    nw_symbol name;
    nw_symbol parameters[8];
    uint32_t parameter_count;
    uint32_t body;      /* offset of its text */
    bool is_conditions; /* `let NAME = where { ... };` */
    bool active;        /* being expanded */
} nw_macro;

/* Arguments of the macro that is being expanded. */
typedef struct nw_macro_frame {
    const nw_macro *macro;
    nw_pattern_id arguments[8];
    struct nw_macro_frame *outer;
} nw_macro_frame;

typedef struct nw_rule_parser {
    nw_rules *rules;
    const char *path, *bytes;
    uint32_t size, at;
    uint32_t *line_starts, line_count;
    nw_token token;
    bool failed;
    uint32_t depth;
    nw_macro *macros;
    uint32_t macro_count, macro_capacity;
    nw_macro_frame *frame;
    uint32_t expansions; /* of macros in this rule: a bound on what nested ones can grow to */
    /* the form that is being built, with the capacities of its arrays */
    nw_rule_form form;
    uint32_t pattern_capacity, variable_capacity, body_capacity;
    bool in_init, legacy;
    bool before_forward; /* in the right side of `init`, which may print variables that only `forward` binds */
} nw_rule_parser;

/* rule_lexer.c */
void nw_rule_next(nw_rule_parser *p);
/* Moves to `offset` and reads the token there. */
void nw_rule_seek(nw_rule_parser *p, uint32_t offset);
bool nw_rule_is(const nw_rule_parser *p, const char *text);
/* Skips the token if it is `text`. */
bool nw_rule_accept(nw_rule_parser *p, const char *text);
void nw_rule_expect(nw_rule_parser *p, const char *text);
/* A word that may contain hyphens, dots and the like (last-use, 0.0.27, opt-einsum), from the token on. */
nw_text nw_rule_word(nw_rule_parser *p);
nw_rule_span nw_rule_span_of(nw_rule_parser *p, uint32_t start, uint32_t end);
nw_symbol nw_rule_symbol(nw_rule_parser *p, nw_text text);
bool nw_text_is(nw_text text, const char *zero_terminated);
/* The name of `names` (NULL at the end) that is closest to `text`, NULL when none is near. */
const char *nw_rule_nearest(nw_text text, const char *const *names);

/* Reports at the token, or at a span; the first error of a rule counts, warnings and notes always. */
void nw_rule_fail(nw_rule_parser *p, nw_rule_problem problem, const char *format, ...) __attribute__((format(printf, 3, 4)));
void nw_rule_report(nw_rule_parser *p, nw_rule_problem problem, nw_rule_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Arrays of a rule grow rarely: each push copies into room for one more. */
#define NW_RULE_APPEND(p, items, count, value)                                                                         \
    do {                                                                                                               \
        (items) = nw_arena_grow(&(p)->rules->arena, items, count, (count) + 1, sizeof *(items));                       \
        (items)[(count)++] = (value);                                                                                  \
    } while (0)

/* The words of which parts are made. */
nw_symbol nw_rule_parse_text(nw_rule_parser *p);
nw_text nw_rule_parse_code(nw_rule_parser *p);
void nw_rule_parse_words(nw_rule_parser *p, nw_symbol **words, uint32_t *count);
/* One of two words; true for the second. */
bool nw_rule_parse_choice(nw_rule_parser *p, const char *first, const char *second);
double nw_rule_parse_positive(nw_rule_parser *p);

/* rule_metadata.c: each reads what stands behind its word. */
void nw_rule_parse_requires(nw_rule_parser *p, nw_rule *rule);
void nw_rule_parse_safety(nw_rule_parser *p, nw_rule *rule);
void nw_rule_parse_pays(nw_rule_parser *p, nw_rule *rule);
void nw_rule_parse_example(nw_rule_parser *p, nw_rule *rule);
void nw_rule_parse_nochange(nw_rule_parser *p, nw_rule *rule);
void nw_rule_parse_numeric(nw_rule_parser *p, nw_rule *rule);

/* rule_condition.c: the same. */
void nw_rule_parse_where(nw_rule_parser *p);
void nw_rule_parse_types(nw_rule_parser *p);
/* A variable that the form binds. */
nw_variable_id nw_rule_parse_bound(nw_rule_parser *p);
void nw_rule_parse_state(nw_rule_parser *p, nw_rule *rule);

/* rule_pattern.c */
nw_pattern_id nw_rule_parse_pattern(nw_rule_parser *p);
/* An argument of a condition: as a pattern, but no operators at the top. */
nw_pattern_id nw_rule_parse_operand(nw_rule_parser *p);
nw_pattern_id nw_rule_add_pattern(nw_rule_parser *p, nw_pattern pattern);
void nw_rule_parse_let(nw_rule_parser *p);
/* The `let` of that name, the latest one; NULL: there is none. It moves when another one is read. */
nw_macro *nw_rule_find_let(const nw_rule_parser *p, nw_text name);
/* CALL pattern of `init`: turns OPERATOR into CLASS. */
void nw_rule_as_class(nw_rule_parser *p, nw_pattern_id id);
nw_variable_id nw_rule_variable_of(nw_rule_parser *p, nw_text name, nw_rule_span span);
nw_variable_id nw_rule_find_variable(const nw_rule_parser *p, nw_text name);
nw_variable_id nw_rule_new_variable(nw_rule_parser *p, nw_text name, nw_rule_span span);

/* rule_template.c */
/* Python source with holes, from the token to a `;`, `}` or `->` outside brackets. */
nw_template nw_rule_parse_template(nw_rule_parser *p);
/* The same from code that stands by itself. */
nw_template nw_rule_template_of(nw_rule_parser *p, nw_token code);

/* rule_legacy.c */
void nw_rule_parse_legacy(nw_rule_parser *p, nw_rule *rule);

/* rule_check.c */
void nw_rule_check(nw_rule_parser *p, nw_rule *rule);
void nw_rule_check_form(nw_rule_parser *p, nw_rule_form *form);
void nw_rule_link_form(nw_rule_parser *p, nw_rule_form *form);

#define NW_MAX_RULE_DEPTH 60
#define NW_MAX_RULE_VARIABLES 128
#define NW_MAX_RULE_PATTERNS 20000
#define NW_MAX_RULE_EXPANSIONS 5000

#endif
