/* Legacy blocks: rules in the notation of the paper and of its released program.
 *
 * The paper: `R_i: torch.nn.Dropout($p) -> $d; ... => ...` and `R_c: ...`, with arrows as characters or in ASCII.
 * The program: strings, init lines marked with `@`, `=> _` for rules that only detect, outputs like `self.name`, `o`, `_` and
 * `$q, $k, $v`. Both are read as they were meant: a contiguous window of calls, arguments open, names compared. */
#include "rules/rule_parser.h"

#include <ctype.h>
#include <string.h>

#define APPEND(p, items, count, value)                                                                                 \
    do {                                                                                                               \
        (items) = nw_arena_grow(&(p)->rules->arena, items, count, (count) + 1, sizeof *(items));                       \
        (items)[(count)++] = (value);                                                                                  \
    } while (0)

/* `R_i:`, `R_c:`, `Ri:`; 1 for init, 2 for forward, 0 when there is no label. */
static int accept_label(nw_rule_parser *p)
{
    static const struct {
        const char *text;
        int side;
    } labels[] = {{"R_i", 1}, {"Ri", 1}, {"init", 1}, {"R_c", 2}, {"Rc", 2}, {"forward", 2}};
    uint32_t at = p->at;
    while (at < p->size && p->bytes[at] == ' ')
        at++;
    if (p->token.kind != NW_TOKEN_WORD || at >= p->size || p->bytes[at] != ':')
        return 0;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (nw_rule_accept(p, labels[i].text)) {
            nw_rule_next(p);
            return labels[i].side;
        }
    return 0;
}

static bool has_capital(const char *name)
{
    const char *dot = strrchr(name, '.');
    return isupper((unsigned char)(dot ? dot[1] : name[0]));
}

/* What a call of the paper's notation means: a construction, a layer by its class, or an operator by its name. */
static void classify(nw_rule_parser *p, nw_pattern_id id, bool init)
{
    nw_pattern *pattern = &p->form.patterns[id.v];
    const char *name = nw_symbol_bytes(p->rules->symbols, pattern->name);
    if (pattern->kind == NW_PATTERN_OPERATOR && strncmp(name, "self.", 5) == 0)
        pattern->kind = NW_PATTERN_SOURCE;
    else if (pattern->kind == NW_PATTERN_OPERATOR && init)
        pattern->kind = NW_PATTERN_CLASS;
    else if (pattern->kind == NW_PATTERN_OPERATOR && has_capital(name))
        pattern->kind = NW_PATTERN_LAYER;
    pattern->open = pattern->exact = true;
}

/* One name behind an arrow: `$x`, `_`, `o`, `self.name`; the last component names the variable, `_` is none. */
static nw_variable_id parse_output(nw_rule_parser *p, bool fresh)
{
    nw_token token = p->token;
    if (token.kind != NW_TOKEN_VARIABLE && token.kind != NW_TOKEN_WORD)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "a name behind the arrow");
    nw_rule_next(p);
    while (nw_rule_accept(p, ".")) {
        token = p->token;
        nw_rule_next(p);
    }
    if (p->failed || nw_text_is(token.text, "_"))
        return (nw_variable_id){0};
    nw_variable_id id = nw_rule_find_variable(p, token.text);
    if (!id.v) {
        id = nw_rule_variable_of(p, token.text, nw_rule_span_of(p, token.start, token.end));
        p->form.variables[id.v].role = fresh ? NW_VARIABLE_NEW : NW_VARIABLE_VALUE;
    }
    p->form.variables[id.v].on_right |= fresh;
    return id;
}

static void parse_outputs(nw_rule_parser *p, nw_variable_id **targets, uint32_t *count, bool fresh)
{
    nw_rule_expect(p, "->");
    do {
        nw_variable_id id = parse_output(p, fresh);
        APPEND(p, *targets, *count, id);
    } while (nw_rule_accept(p, ","));
}

static void parse_left(nw_rule_parser *p, nw_rule_side *side, bool init)
{
    nw_rule_line line = {.span = nw_rule_span_of(p, p->token.start, p->token.end)};
    if (nw_rule_accept(p, "<")) { /* <any_assignment> */
        line.pattern = nw_rule_add_pattern(p, (nw_pattern){.kind = NW_PATTERN_WILDCARD, .span = line.span});
        nw_rule_next(p);
        nw_rule_expect(p, ">");
    } else {
        p->in_init = init;
        line.pattern = nw_rule_parse_pattern(p);
        p->in_init = false;
        if (!p->failed)
            classify(p, line.pattern, init);
        parse_outputs(p, &line.targets, &line.target_count, false);
    }
    APPEND(p, side->left, side->left_count, line);
}

static void parse_right(nw_rule_parser *p, nw_rule_side *side)
{
    nw_rule_accept(p, "@");
    nw_rule_output output = {.value = nw_rule_parse_template(p)};
    parse_outputs(p, &output.targets, &output.target_count, true);
    APPEND(p, side->right, side->right_count, output);
}

/* One text: LINES => LINES. */
static void parse_text(nw_rule_parser *p)
{
    int label = accept_label(p);
    bool init = label == 1 || nw_rule_is(p, "@");
    nw_rule_side *side = init ? &p->form.init : &p->form.forward;
    if (side->present)
        nw_rule_fail(p, NW_RULE_PROBLEM_DUPLICATE_ITEM, "%s", init ? "init" : "forward");
    side->present = true;
    do {
        nw_rule_accept(p, "@");
        parse_left(p, side, init);
    } while (nw_rule_accept(p, ";"));
    nw_rule_expect(p, "=>");
    if (nw_rule_is(p, "_")) {
        nw_rule_next(p);
        side->detect_only = true;
        return;
    }
    do
        parse_right(p, side);
    while (nw_rule_accept(p, ";"));
}

/* A text in quotes is read in place, up to its closing quote. */
static void parse_quoted(nw_rule_parser *p)
{
    nw_token token = p->token;
    uint32_t size = p->size;
    p->size = token.end - 1;
    nw_rule_seek(p, token.start + 1);
    parse_text(p);
    if (p->token.kind != NW_TOKEN_END)
        nw_rule_fail(p, NW_RULE_PROBLEM_EXPECTED, "%s", "the end of the text");
    p->size = size;
    nw_rule_seek(p, token.end);
}

/* In `forward`, the class of a new object stands for the object: it is called by the name that `init` gives it. */
static void link_new_objects(nw_rule_parser *p)
{
    nw_rule_form *form = &p->form;
    for (uint32_t i = 0; i < form->forward.right_count; i++) {
        nw_template *template = &form->forward.right[i].value;
        for (uint32_t j = 0; j < form->init.right_count && template->count; j++) {
            const nw_rule_output *made = &form->init.right[j];
            nw_piece *callee = &template->pieces[0];
            if (made->target_count && made->value.count && made->targets[0].v && callee->kind == NW_PIECE_NAME &&
                made->value.pieces[0].kind == NW_PIECE_NAME && made->value.pieces[0].name.v == callee->name.v)
                *callee = (nw_piece){.kind = NW_PIECE_VARIABLE, .variable = made->targets[0], .precedence = 255};
        }
    }
}

void nw_rule_parse_legacy(nw_rule_parser *p, nw_rule *rule)
{
    rule->legacy = rule->adjacent = p->legacy = true;
    nw_rule_expect(p, "{");
    while (!p->failed && !nw_rule_is(p, "}")) {
        if (p->token.kind == NW_TOKEN_STRING) {
            parse_quoted(p);
            nw_rule_accept(p, ",");
        } else {
            parse_text(p);
        }
    }
    nw_rule_expect(p, "}");
    if (!p->failed)
        link_new_objects(p);
}
