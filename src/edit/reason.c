#include "edit/reason.h"

#include "eval/symbolic.h"
#include "match/callers.h"
#include "match/predicate.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_TEXT = 60 };

static uint32_t line_of(const nw_match *match, uint32_t node)
{
    return nw_source_position(&match->index->module->source, nw_file_node(match->index, node)->start).line;
}

static nw_variable_id variable_called(const nw_match *match, const char *name, size_t size)
{
    for (uint32_t i = 1; i < match->form->variable_count; i++) {
        nw_text text = nw_symbol_text(match->rules->symbols, match->form->variables[i].name);
        if (text.size == size && memcmp(text.bytes, name, size) == 0)
            return (nw_variable_id){i};
    }
    return (nw_variable_id){0};
}

/* What a module was made with, or a default: it stands somewhere else, or nowhere. */
static bool put_value(const nw_match *match, nw_value value, nw_buffer *out)
{
    if (value.kind != NW_INT && value.kind != NW_BOOL && value.kind != NW_FLOAT && value.kind != NW_NONE && value.kind != NW_STRING && value.kind != NW_OPAQUE)
        return false;
    nw_operand_text(match->index->eval, out, value);
    return true;
}

/* What the source calls a variable of the rule; false: it has no short text there. */
static bool put_binding(const nw_match *match, nw_variable_id variable, nw_buffer *out)
{
    const nw_binding *binding = &match->bindings[variable.v];
    if (!binding->is_bound)
        return false;
    if (binding->attribute.v) {
        nw_buffer_format(out, "self.%s", nw_symbol_bytes(match->rules->symbols, binding->attribute));
        return true;
    }
    if (!binding->term.node)
        return put_value(match, binding->term.value, out);
    const nw_node *node = nw_file_node(match->index, binding->term.node);
    const char *bytes = match->index->module->source.bytes + node->start;
    uint32_t size = node->end - node->start;
    if (size <= LONGEST_TEXT && !memchr(bytes, '\n', size)) {
        nw_buffer_add(out, bytes, size);
        return true;
    }
    const nw_node *callee = nw_file_node(match->index, node->kind == NW_NODE_CALL ? node->a : 0);
    uint32_t called = callee->end - callee->start;
    bool is_call = node->kind == NW_NODE_CALL && called <= LONGEST_TEXT && !memchr(bytes, '\n', called);
    uint32_t line = 0;
    while (line < size && line < LONGEST_TEXT && bytes[line] != '\n')
        line++;
    nw_buffer_add(out, bytes, is_call ? called : line); /* of a long call its callee */
    nw_buffer_text(out, is_call ? "(...)" : "...");
    return true;
}

/* The operator or the last word of what a call calls, with its line. */
static void put_step(const nw_match *match, uint32_t id, nw_buffer *out)
{
    const nw_node *node = nw_file_node(match->index, id), *callee = nw_file_node(match->index, node->kind == NW_NODE_CALL ? node->a : 0);
    const char *name = nw_symbol_bytes(match->rules->symbols, (nw_symbol){nw_ast_last_word(callee)});
    bool is_operator = node->kind == NW_NODE_BINARY || node->kind == NW_NODE_AUGMENTED_ASSIGN;
    if (is_operator || *name)
        nw_buffer_format(out, "`%s` in line %u", is_operator ? nw_operator_text((nw_operator)node->op) : name, line_of(match, id));
    else
        nw_buffer_format(out, "line %u", line_of(match, id));
}

/* `$...`: the operators that were matched, in the order of the text. */
static void put_steps(const nw_match *match, nw_buffer *out)
{
    for (uint32_t end = 0, next; ; end = nw_file_node(match->index, next)->end) {
        next = 0;
        for (uint32_t i = 0; i < match->calls.count; i++) {
            uint32_t at = nw_file_node(match->index, match->calls.items[i])->end;
            if (at > end && (!next || at < nw_file_node(match->index, next)->end))
                next = match->calls.items[i];
        }
        if (!next)
            return;
        if (end)
            nw_buffer_text(out, ", ");
        put_step(match, next, out);
    }
}

/* A step that nothing is known of is named with its line, and with that of the function of the file that it calls. */
static void put_place(const nw_match *match, nw_variable_id variable, nw_buffer *out)
{
    const nw_ast *ast = match->index->module->ast;
    uint32_t node = match->bindings[variable.v].term.node;
    bool is_step = false;
    for (uint32_t i = 1; i < match->form->pattern_count && node; i++)
        is_step |= match->form->patterns[i].kind == NW_PATTERN_MADE_OF && match->form->patterns[i].variable.v == variable.v;
    if (!is_step)
        return;
    nw_called called = nw_file_node(match->index, node)->kind == NW_NODE_CALL ? nw_function_called(match->index, node) : (nw_called){0};
    nw_buffer_format(out, " in line %u", line_of(match, node));
    if (called.function)
        nw_buffer_format(out, " (a function of this file, line %u, which no form looks into)", line_of(match, ast->functions[called.function].node));
}

static void put_sentence(const nw_match *match, const char *sentence, nw_buffer *out)
{
    for (const char *at = sentence; *at;) {
        size_t size = 0;
        while (*at == '$' && (isalnum((unsigned char)at[size + 1]) || at[size + 1] == '_'))
            size++;
        nw_variable_id variable = size ? variable_called(match, at + 1, size) : (nw_variable_id){0};
        if (strncmp(at, "$...", 4) == 0) {
            put_steps(match, out);
            size = 3;
        } else if (!variable.v || !put_binding(match, variable, out)) {
            nw_buffer_add(out, at, size + 1);
        } else if (at[size + 1] == '`') {
            nw_buffer_byte(out, '`');
            put_place(match, variable, out);
            size++;
        }
        at += size + 1;
    }
}

/* The other place that uses a module, with its line. */
static void put_use(const nw_match *match, const nw_condition *condition, nw_buffer *out)
{
    if (condition->predicate != NW_PREDICATE_LAST_USE && condition->predicate != NW_PREDICATE_UNCHANGED)
        return;
    for (uint32_t i = 0; i < condition->argument_count; i++) {
        const nw_pattern *pattern = nw_match_pattern(match, condition->arguments[i]);
        nw_module_use use;
        if (pattern->kind != NW_PATTERN_VARIABLE || nw_module_is_private(match, &match->bindings[pattern->variable.v], &use))
            continue;
        nw_buffer_text(out, ": `");
        if (!put_binding(match, pattern->variable, out))
            nw_buffer_text(out, "it");
        nw_buffer_format(out, "` %s", use.why);
        if (use.node)
            nw_buffer_format(out, " in line %u", line_of(match, use.node));
        return;
    }
}

const char *nw_reason_of_condition(const nw_match *match, const nw_condition *condition)
{
    nw_buffer sentence, text;
    nw_buffer_init(&sentence);
    nw_buffer_init(&text);
    nw_condition_sentence(match->rules, match->form, condition, true, &sentence);
    nw_buffer_byte(&sentence, 0);
    put_sentence(match, sentence.bytes, &text);
    put_use(match, condition, &text);
    nw_buffer_byte(&text, 0);
    const char *copy = nw_arena_copy(&match->index->eval->arena, text.bytes, text.size);
    nw_buffer_release(&sentence);
    nw_buffer_release(&text);
    return copy;
}
