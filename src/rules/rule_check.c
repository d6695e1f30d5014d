/* What must hold of a rule that parses: variables are bound, results are produced, conditions get what they take. */
#include "rules/rule_parser.h"

#include <string.h>

#define WORDS (NW_MAX_RULE_VARIABLES / 64 + 1)

/* A set of variables of one form. */
typedef struct variable_set {
    uint64_t bits[WORDS];
} variable_set;

typedef enum visit_state { NOT_VISITED, IN_PROGRESS, VISITED } visit_state;

typedef struct analysis {
    nw_rule_parser *p;
    nw_rule_form *form;
    variable_set *bound;   /* by pattern: variables that are bound whenever it matched */
    uint8_t *state;        /* by pattern: visit_state */
    variable_set mentioned;
} analysis;

static bool has(const variable_set *set, nw_variable_id id)
{
    return set->bits[id.v / 64] >> (id.v % 64) & 1;
}

static void add(variable_set *set, nw_variable_id id)
{
    set->bits[id.v / 64] |= (uint64_t)1 << (id.v % 64);
}

static void unite(variable_set *set, const variable_set *other)
{
    for (uint32_t i = 0; i < WORDS; i++)
        set->bits[i] |= other->bits[i];
}

static void intersect(variable_set *set, const variable_set *other)
{
    for (uint32_t i = 0; i < WORDS; i++)
        set->bits[i] &= other->bits[i];
}

static const char *name_of(const nw_rule_parser *p, const nw_rule_form *form, nw_variable_id id)
{
    return nw_symbol_bytes(p->rules->symbols, form->variables[id.v].name);
}

/* ---- definitions */

static void define(nw_rule_parser *p, nw_rule_form *form, const nw_rule_line *line, bool instance)
{
    for (uint32_t i = 0; i < line->target_count; i++) {
        nw_variable_id id = line->targets[i];
        nw_rule_variable *variable = &form->variables[id.v];
        if (!id.v)
            continue;
        if (p->legacy) { /* its variables are names that are written again and again */
            if (instance)
                variable->role = NW_VARIABLE_INSTANCE;
            continue;
        }
        if (variable->definition.v) {
            nw_rule_report(p, NW_RULE_PROBLEM_REDEFINED, line->span, "%s", name_of(p, form, id));
            return;
        }
        variable->definition = line->pattern;
        variable->item = (uint16_t)i;
        variable->is_item = line->target_count > 1;
        if (instance)
            variable->role = NW_VARIABLE_INSTANCE;
    }
}

static const variable_set *visit(analysis *a, nw_pattern_id id);

static void visit_variable(analysis *a, nw_variable_id id, variable_set *set)
{
    if (!id.v)
        return;
    add(set, id);
    add(&a->mentioned, id);
    nw_pattern_id definition = a->form->variables[id.v].definition;
    if (definition.v && a->state[definition.v] == IN_PROGRESS && a->form->variables[id.v].role != NW_VARIABLE_INSTANCE)
        nw_rule_report(a->p, NW_RULE_PROBLEM_CYCLE, a->form->patterns[definition.v].span, "%s", name_of(a->p, a->form, id));
    else if (definition.v)
        unite(set, visit(a, definition));
}

static void visit_line(analysis *a, const nw_rule_line *line, variable_set *set)
{
    unite(set, visit(a, line->pattern));
    for (uint32_t i = 0; i < line->target_count; i++)
        if (line->targets[i].v) {
            add(set, line->targets[i]);
            add(&a->mentioned, line->targets[i]);
        }
}

static void visit_arguments(analysis *a, const nw_pattern *pattern, variable_set *set)
{
    for (uint32_t i = 0; i < pattern->argument_count; i++) {
        const variable_set *one = visit(a, pattern->arguments[i].value);
        if (pattern->kind == NW_PATTERN_EITHER && i)
            intersect(set, one);
        else if (!pattern->optional || i == 0)
            unite(set, one);
    }
}

/* The variables that are bound when the pattern matched; `mentioned` gathers all that occur. */
static const variable_set *visit(analysis *a, nw_pattern_id id)
{
    const nw_pattern *pattern = &a->form->patterns[id.v];
    variable_set set = {{0}};
    if (a->state[id.v] != NOT_VISITED || a->p->failed)
        return &a->bound[id.v];
    a->state[id.v] = IN_PROGRESS;
    visit_arguments(a, pattern, &set);
    variable_set rest = {{0}};
    visit_variable(a, pattern->variable, pattern->optional ? &rest : &set);
    visit_variable(a, pattern->rest, pattern->optional ? &rest : &set);
    unite(pattern->optional ? &rest : &set, visit(a, pattern->inner));
    if (pattern->body) {
        const nw_rule_body *body = &a->form->bodies[pattern->body - 1];
        for (uint32_t i = 0; i < body->line_count; i++)
            visit_line(a, &body->lines[i], &set);
        unite(&set, visit(a, body->result));
    }
    a->bound[id.v] = set;
    a->state[id.v] = VISITED;
    return &a->bound[id.v];
}

static analysis begin(nw_rule_parser *p, nw_rule_form *form)
{
    analysis a = {.p = p, .form = form};
    a.bound = nw_arena_zero(&p->rules->arena, form->pattern_count * sizeof *a.bound);
    a.state = nw_arena_zero(&p->rules->arena, form->pattern_count);
    a.state[0] = VISITED;
    return a;
}

/* The lines of `forward` whose results no line uses. */
static void find_roots(nw_rule_parser *p, nw_rule_form *form)
{
    const nw_rule_side *forward = &form->forward;
    analysis a = begin(p, form);
    for (uint32_t i = 0; i < forward->left_count; i++)
        visit(&a, forward->left[i].pattern);
    form->roots = nw_arena_alloc(&p->rules->arena, (forward->left_count + 1) * sizeof *form->roots);
    for (uint32_t i = 0; i < forward->left_count; i++) {
        bool used = false;
        for (uint32_t j = 0; j < forward->left[i].target_count; j++)
            used |= forward->left[i].targets[j].v && has(&a.mentioned, forward->left[i].targets[j]);
        if (!used)
            form->roots[form->root_count++] = forward->left[i].pattern;
    }
}

void nw_rule_link_form(nw_rule_parser *p, nw_rule_form *form)
{
    for (uint32_t i = 0; i < form->init.left_count; i++)
        define(p, form, &form->init.left[i], true);
    for (uint32_t i = 0; i < form->forward.left_count; i++)
        define(p, form, &form->forward.left[i], false);
    for (uint32_t b = 0; b < form->body_count; b++)
        for (uint32_t i = 0; i < form->bodies[b].line_count; i++)
            define(p, form, &form->bodies[b].lines[i], false);
    variable_set bound = {{0}};
    analysis a = begin(p, form);
    for (uint32_t i = 0; i < form->init.left_count && !p->failed; i++)
        visit_line(&a, &form->init.left[i], &bound);
    for (uint32_t i = 0; i < form->forward.left_count && !p->failed; i++)
        visit_line(&a, &form->forward.left[i], &bound);
    for (uint32_t i = 1; i < form->variable_count; i++)
        form->variables[i].optional = has(&a.mentioned, (nw_variable_id){i}) && !has(&bound, (nw_variable_id){i});
    if (!p->failed && !p->legacy)
        find_roots(p, form);
}

/* ---- checks */

static variable_set left_variables(nw_rule_parser *p, nw_rule_form *form)
{
    analysis a = begin(p, form);
    variable_set bound = {{0}};
    for (uint32_t i = 0; i < form->init.left_count; i++)
        visit_line(&a, &form->init.left[i], &bound);
    for (uint32_t i = 0; i < form->forward.left_count; i++)
        visit_line(&a, &form->forward.left[i], &bound);
    return a.mentioned;
}

/* Whether piece `i` stands in a group that asks what is bound. Its second part is printed when a variable of the first is
 * unbound: which variables are bound then is known to the author, not to the checker. */
static bool is_guarded(const nw_template *template, uint32_t i)
{
    for (uint32_t j = 0; j < i; j++) {
        const nw_piece *group = &template->pieces[j];
        if (group->kind == NW_PIECE_IF_BOUND && i < group->end)
            return true;
    }
    return false;
}

/* The test of a condition is written where the condition does not hold: its variables are bound then. */
static bool is_condition_of(const nw_rule_form *form, const nw_template *template, nw_variable_id id)
{
    for (uint32_t i = 0; i < form->condition_count; i++)
        for (uint32_t j = 0; &form->conditions[i].guard == template && j < form->conditions[i].argument_count; j++)
            if (form->patterns[form->conditions[i].arguments[j].v].variable.v == id.v)
                return true;
    return false;
}

static void check_template(nw_rule_parser *p, const nw_rule_form *form, const nw_template *template, const variable_set *left)
{
    for (uint32_t i = 0; i < template->count; i++) {
        const nw_piece *piece = &template->pieces[i];
        const nw_rule_variable *variable = &form->variables[piece->variable.v];
        if (!piece->variable.v || variable->role == NW_VARIABLE_NEW)
            continue;
        if (!has(left, piece->variable))
            nw_rule_report(p, NW_RULE_PROBLEM_UNBOUND, template->span, "%s", name_of(p, form, piece->variable));
        else if (variable->optional && !is_guarded(template, i) && !is_condition_of(form, template, piece->variable))
            nw_rule_report(p, NW_RULE_PROBLEM_MAY_BE_UNBOUND, template->span, "%s", name_of(p, form, piece->variable));
    }
}

static bool is_produced(const nw_rule_form *form, nw_variable_id id)
{
    for (uint32_t i = 0; i < form->forward.right_count; i++)
        for (uint32_t j = 0; j < form->forward.right[i].target_count; j++)
            if (form->forward.right[i].targets[j].v == id.v)
                return true;
    return false;
}

static bool is_root(const nw_rule_form *form, nw_pattern_id id)
{
    for (uint32_t i = 0; i < form->root_count; i++)
        if (form->roots[i].v == id.v)
            return true;
    return false;
}

static bool is_read_on_right(const nw_rule_form *form, nw_variable_id id)
{
    for (uint32_t i = 0; i < form->forward.right_count; i++)
        for (uint32_t j = 0; j < form->forward.right[i].value.count; j++)
            if (form->forward.right[i].value.pieces[j].variable.v == id.v)
                return true;
    return false;
}

static void check_results(nw_rule_parser *p, const nw_rule_form *form)
{
    const nw_rule_side *forward = &form->forward;
    if (!forward->present || forward->detect_only || forward->kept)
        return;
    for (uint32_t i = 0; i < forward->left_count; i++) {
        const nw_rule_line *line = &forward->left[i];
        for (uint32_t j = 0; j < line->target_count && is_root(form, line->pattern); j++)
            if (line->targets[j].v && !is_produced(form, line->targets[j]))
                nw_rule_report(p, NW_RULE_PROBLEM_NO_RESULT, line->span, "%s", name_of(p, form, line->targets[j]));
    }
    for (uint32_t i = 0; i < forward->right_count; i++)
        for (uint32_t j = 0; j < forward->right[i].target_count; j++) {
            nw_variable_id id = forward->right[i].targets[j];
            const nw_rule_variable *variable = &form->variables[id.v];
            bool left = variable->definition.v && (is_root(form, variable->definition) || variable->escapes);
            bool fresh = variable->role == NW_VARIABLE_NEW && is_read_on_right(form, id);
            if (!left && !fresh)
                nw_rule_report(p, NW_RULE_PROBLEM_NOT_A_RESULT, forward->right[i].value.span, "%s", name_of(p, form, id));
        }
}

static void check_condition_argument(nw_rule_parser *p, const nw_rule_form *form, const nw_condition *condition, nw_pattern_id id,
                                     char letter, const char *name)
{
    const nw_pattern *pattern = &form->patterns[id.v];
    const nw_rule_variable *variable = &form->variables[pattern->variable.v];
    bool is_variable = pattern->kind == NW_PATTERN_VARIABLE;
    if (letter == 'i' && is_variable && variable->role == NW_VARIABLE_VALUE)
        nw_rule_report(p, NW_RULE_PROBLEM_NOT_AN_INSTANCE, pattern->span, "%s", name_of(p, form, pattern->variable));
    else if (letter == 'v' && is_variable && variable->role != NW_VARIABLE_VALUE)
        nw_rule_report(p, NW_RULE_PROBLEM_NOT_A_VALUE, pattern->span, "%s", name_of(p, form, pattern->variable));
    else if ((letter == 'a' && !is_variable) || (strchr("iv", letter) && !is_variable && pattern->kind != NW_PATTERN_ATTRIBUTE) ||
             (letter == 'c' && pattern->kind != NW_PATTERN_CONSTANT))
        nw_rule_report(p, NW_RULE_PROBLEM_CONDITION_ARGUMENTS, condition->span, "%s", name);
}

static void check_conditions(nw_rule_parser *p, nw_rule_form *form, const variable_set *left)
{
    analysis a = begin(p, form);
    for (uint32_t i = 0; i < form->condition_count; i++) {
        const nw_condition *condition = &form->conditions[i];
        const nw_predicate_row *row = nw_predicate_row_of((nw_predicate)condition->predicate);
        const char *letter = row->signature;
        for (uint32_t j = 0; j < condition->argument_count; j++) {
            check_condition_argument(p, form, condition, condition->arguments[j], *letter, row->name);
            letter += *letter && letter[1];
            visit(&a, condition->arguments[j]);
            for (uint32_t v = 1; v < form->variable_count; v++)
                if (has(&a.mentioned, (nw_variable_id){v}) && !has(left, (nw_variable_id){v}))
                    nw_rule_report(p, NW_RULE_PROBLEM_UNBOUND, form->patterns[condition->arguments[j].v].span, "%s",
                                   name_of(p, form, (nw_variable_id){v}));
        }
    }
}

static void check_uses(nw_rule_parser *p, const nw_rule_form *form)
{
    for (uint32_t i = 1; i < form->pattern_count; i++) {
        const nw_pattern *pattern = &form->patterns[i];
        for (uint32_t j = 0; j < pattern->argument_count; j++) {
            const nw_pattern *value = &form->patterns[pattern->arguments[j].value.v];
            if (value->kind == NW_PATTERN_VARIABLE && form->variables[value->variable.v].role == NW_VARIABLE_INSTANCE)
                nw_rule_report(p, NW_RULE_PROBLEM_NOT_A_VALUE, value->span, "%s", name_of(p, form, value->variable));
        }
    }
    for (uint32_t i = 0; i < form->state_count; i++)
        if (form->variables[form->state[i].target.v].role == NW_VARIABLE_VALUE)
            nw_rule_report(p, NW_RULE_PROBLEM_NOT_AN_INSTANCE, form->state[i].source.span, "%s", name_of(p, form, form->state[i].target));
}

/* What `else add` puts into the new code needs a place there. */
static void check_added(nw_rule_parser *p, const nw_rule_form *form)
{
    bool has_place = false;
    for (uint32_t i = 0; i < form->forward.right_count; i++)
        for (uint32_t j = 0; j < form->forward.right[i].value.count; j++)
            has_place |= form->forward.right[i].value.pieces[j].kind == NW_PIECE_ADDED;
    for (uint32_t i = 0; i < form->condition_count; i++) {
        const nw_condition *condition = &form->conditions[i];
        if (condition->otherwise != NW_OTHERWISE_ADD)
            continue;
        if (!has_place)
            nw_rule_report(p, NW_RULE_PROBLEM_NOWHERE_TO_ADD, condition->span, "%s", "");
        bool is_text = condition->guard.count > 0;
        for (uint32_t j = 0; j < condition->guard.count; j++)
            is_text &= condition->guard.pieces[j].kind != NW_PIECE_ADDED;
        if (!is_text)
            nw_rule_report(p, NW_RULE_PROBLEM_NOTHING_TO_ADD, condition->span, "%s", "");
    }
}

void nw_rule_check_form(nw_rule_parser *p, nw_rule_form *form)
{
    variable_set left = left_variables(p, form);
    if (!form->forward.present && !form->init.present)
        nw_rule_fail(p, NW_RULE_PROBLEM_EMPTY_LEFT, "%s", "");
    for (uint32_t i = 0; i < form->init.right_count; i++)
        check_template(p, form, &form->init.right[i].value, &left);
    for (uint32_t i = 0; i < form->forward.right_count; i++)
        check_template(p, form, &form->forward.right[i].value, &left);
    for (uint32_t i = 0; i < form->condition_count; i++)
        check_template(p, form, &form->conditions[i].guard, &left);
    check_conditions(p, form, &left);
    check_added(p, form);
    if (p->legacy)
        return;
    check_results(p, form);
    check_uses(p, form);
}

void nw_rule_check(nw_rule_parser *p, nw_rule *rule)
{
    for (uint32_t i = 0; i < rule->example_count; i++) {
        const nw_rule_example *example = &rule->examples[i];
        if (example->before.size == example->after.size && memcmp(example->before.bytes, example->after.bytes, example->before.size) == 0)
            nw_rule_report(p, NW_RULE_PROBLEM_SAME_EXAMPLE, example->span, "%s", nw_symbol_bytes(p->rules->symbols, example->title));
    }
}
