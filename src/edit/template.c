/* Filling the holes of templates. */
#include "edit/alike.h"
#include "edit/rewrite.h"

#include "match/predicate.h"
#include "match/word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const nw_binding *binding_of(const nw_rewrite *rewrite, nw_variable_id variable)
{
    return &rewrite->match->bindings[variable.v];
}

static bool is_new(const nw_rewrite *rewrite, nw_variable_id variable)
{
    return rewrite->match->form->variables[variable.v].role == NW_VARIABLE_NEW;
}

static bool is_attribute(const nw_rewrite *rewrite, const char *name)
{
    const nw_file_index *index = rewrite->match->index;
    nw_symbol symbol = nw_symbol_of(rewrite->match->rules->symbols, name);
    for (uint32_t i = 0; i < index->fresh_count; i++)
        if (index->fresh[i].v == symbol.v)
            return true;
    return nw_file_has_word(index, NW_NODE_ATTRIBUTE, name);
}

static nw_fresh_number *number_of(nw_file_index *index, nw_symbol wanted)
{
    for (uint32_t i = 0; i < index->fresh_number_count; i++)
        if (index->fresh_numbers[i].wanted.v == wanted.v)
            return &index->fresh_numbers[i];
    NW_ARENA_RESERVE(&index->eval->arena, index->fresh_numbers, index->fresh_number_count, index->fresh_number_capacity);
    index->fresh_numbers[index->fresh_number_count] = (nw_fresh_number){wanted, 0};
    return &index->fresh_numbers[index->fresh_number_count++];
}

/* The name itself, or with the next number. What is taken stays taken. */
static nw_symbol name_not_taken(nw_rewrite *rewrite, nw_symbol wanted)
{
    nw_symbols *symbols = rewrite->match->rules->symbols;
    nw_fresh_number *number = number_of(rewrite->match->index, wanted);
    char name[160];
    for (;; number->taken++) {
        snprintf(name, sizeof name, number->taken ? "%.100s_%u" : "%.140s", nw_symbol_bytes(symbols, wanted), number->taken + 1);
        if (!is_attribute(rewrite, name))
            return nw_symbol_of(symbols, name);
    }
}

nw_symbol nw_rewrite_attribute(nw_rewrite *rewrite, nw_variable_id variable)
{
    if (!is_new(rewrite, variable))
        return binding_of(rewrite, variable)->attribute;
    for (uint32_t i = 0; i < rewrite->fresh_count; i++)
        if (rewrite->fresh_of[i].v == variable.v)
            return rewrite->fresh[i];
    /* The first module that the rule replaces makes names unique: several sites of one class get names of their own. */
    nw_symbol symbol = name_not_taken(rewrite, rewrite->match->form->variables[variable.v].name);
    if (rewrite->fresh_count < NW_MAX_NEW) {
        rewrite->fresh[rewrite->fresh_count] = symbol;
        rewrite->fresh_of[rewrite->fresh_count++] = variable;
    }
    return symbol;
}

/* How tightly the outermost operator of an expression binds; numbers of rule_operator.def. */
static uint8_t precedence_of(const nw_node *node)
{
    switch (node->kind) {
    case NW_NODE_BINARY: {
        const char *op = nw_operator_text((nw_operator)node->op);
        return strcmp(op, "**") == 0 ? 9 : strchr("*/%@", *op) ? 7 : strchr("+-", *op) ? 6 : 5;
    }
    case NW_NODE_UNARY: return strcmp(nw_operator_text((nw_operator)node->op), "not") == 0 ? 1 : 8;
    case NW_NODE_COMPARE: return 2;
    case NW_NODE_AND: case NW_NODE_OR: return 1;
    case NW_NODE_CONDITIONAL: case NW_NODE_LAMBDA: case NW_NODE_NAMED: case NW_NODE_GENERATOR: case NW_NODE_STARRED: case NW_NODE_YIELD: case NW_NODE_AWAIT:
        return 0;
    case NW_NODE_TUPLE: return 0;
    case NW_NODE_INTEGER: case NW_NODE_FLOAT: return 100;
    default: return 255;
    }
}

static bool put_value(nw_rewrite *rewrite, nw_value value, nw_buffer *out)
{
    switch (value.kind) {
    case NW_NONE: nw_buffer_text(out, "None"); return true;
    case NW_BOOL: nw_buffer_text(out, value.as.integer ? "True" : "False"); return true;
    case NW_INT: nw_buffer_format(out, "%lld", (long long)value.as.integer); return true;
    case NW_FLOAT: {
        char text[40];
        for (int digits = 15; digits <= 17; digits++) { /* the shortest that reads back the same */
            snprintf(text, sizeof text, "%.*g", digits, value.as.number);
            if (strtod(text, NULL) == value.as.number)
                break;
        }
        nw_buffer_format(out, "%s%s", text, strpbrk(text, ".en") ? "" : ".0");
        return true;
    }
    case NW_STRING: nw_buffer_format(out, "\"%s\"", nw_symbol_bytes(rewrite->match->rules->symbols, value.as.symbol)); return true;
    default: return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a value that the rewrite needs has no text of its own here");
    }
}

/* `self.rate` of forward in the words of __init__, or a parameter of __init__ itself. */
static void put_chain(nw_rewrite *rewrite, uint32_t id, bool of_self, nw_buffer *out)
{
    const nw_node *node = nw_file_node(rewrite->match->index, id);
    nw_symbol name = {node->kind == NW_NODE_NAME ? node->a : node->b};
    if (node->kind == NW_NODE_ATTRIBUTE) {
        put_chain(rewrite, node->a, of_self, out);
        nw_buffer_byte(out, '.');
    }
    nw_buffer_text(out, node->kind == NW_NODE_NAME && of_self ? rewrite->self_name : nw_symbol_bytes(rewrite->match->rules->symbols, name));
}

static bool put_text(nw_rewrite *rewrite, const nw_binding *binding, const nw_piece *piece, uint32_t function, nw_buffer *out)
{
    const nw_file_index *index = rewrite->match->index;
    if (!binding->term.node)
        return put_value(rewrite, binding->term.value, out);
    const nw_node *node = nw_file_node(index, binding->term.node);
    uint32_t here = index->above[binding->term.node].function != function && rewrite->init_statement
                        ? nw_attribute_in_constructor(rewrite->match, binding->term.node, rewrite->init_statement) : 0;
    if (here) {
        put_chain(rewrite, here, here == binding->term.node, out);
        return true;
    }
    if (index->above[binding->term.node].function != function)
        return put_value(rewrite, binding->term.value, out);
    uint8_t inner = precedence_of(node);
    bool wrap = inner == 0 ? node->kind != NW_NODE_CONDITIONAL || piece->precedence > 0 : inner < piece->precedence;
    nw_buffer_text(out, wrap ? "(" : "");
    nw_alike_put(rewrite->match, node->start, node->end, out);
    nw_buffer_text(out, wrap ? ")" : "");
    return true;
}

static bool put_variable(nw_rewrite *rewrite, const nw_piece *piece, uint32_t function, nw_buffer *out)
{
    const nw_rule_variable *variable = &rewrite->match->form->variables[piece->variable.v];
    const nw_binding *binding = binding_of(rewrite, piece->variable);
    bool is_module = variable->role == NW_VARIABLE_INSTANCE || variable->role == NW_VARIABLE_NEW;
    if (is_module && rewrite->in_sequence)
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a module inside an nn.Sequential has no name");
    if (is_module) {
        nw_buffer_format(out, "%s.%s", rewrite->self_name, nw_symbol_bytes(rewrite->match->rules->symbols, nw_rewrite_attribute(rewrite, piece->variable)));
        return true;
    }
    if (!binding->is_bound)
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a part that the rewrite needs is not there");
    return put_text(rewrite, binding, piece, function, out);
}

/* Whether every variable that stands directly in a group is bound. */
static bool all_bound(const nw_rewrite *rewrite, const nw_template *template, uint32_t from, uint32_t to, bool written)
{
    for (uint32_t i = from; i < to; i++) {
        const nw_piece *piece = &template->pieces[i];
        if (piece->kind == NW_PIECE_IF_BOUND || piece->kind == NW_PIECE_IF_WRITTEN) {
            i = piece->end - 1;
            continue;
        }
        if (piece->kind != NW_PIECE_VARIABLE && piece->kind != NW_PIECE_CONSTANT_VALUE)
            continue;
        const nw_binding *binding = binding_of(rewrite, piece->variable);
        if (rewrite->in_sequence && rewrite->match->form->variables[piece->variable.v].role == NW_VARIABLE_INSTANCE)
            return written;
        bool is_written = binding->is_bound && (binding->term.node || !binding->is_default);
        if (written ? is_written : !binding->is_bound)
            return written;
    }
    return !written;
}

/* Line breaks of the rule file are white space. */
static void put_plain(nw_text text, nw_buffer *out)
{
    for (uint32_t i = 0; i < text.size; i++) {
        uint32_t end = i;
        bool breaks = false;
        while (end < text.size && strchr(" \t\r\n", text.bytes[end]))
            breaks |= text.bytes[end++] == '\n';
        if (!breaks) {
            nw_buffer_byte(out, text.bytes[i]);
            continue;
        }
        if (out->size && out->bytes[out->size - 1] == ',')
            nw_buffer_byte(out, ' ');
        i = end - 1;
    }
}

static bool put_pieces(nw_rewrite *rewrite, const nw_template *template, uint32_t from, uint32_t to, uint32_t function, nw_buffer *out);

/* What conditions that do not hold put into the new code. */
static bool put_added(nw_rewrite *rewrite, uint32_t function, nw_buffer *out)
{
    const nw_rule_form *form = rewrite->match->form;
    bool good = true;
    for (uint32_t i = 0; i < form->condition_count && good; i++)
        if (form->conditions[i].otherwise == NW_OTHERWISE_ADD && nw_condition_holds(rewrite->match, &form->conditions[i]) != NW_HOLDS_YES)
            good = put_pieces(rewrite, &form->conditions[i].guard, 0, form->conditions[i].guard.count, function, out);
    return good;
}

static bool put_pieces(nw_rewrite *rewrite, const nw_template *template, uint32_t from, uint32_t to, uint32_t function, nw_buffer *out)
{
    for (uint32_t i = from; i < to; i++) {
        const nw_piece *piece = &template->pieces[i];
        bool good = true;
        switch (piece->kind) {
        case NW_PIECE_TEXT: put_plain(piece->text, out); break;
        case NW_PIECE_NAME: good = nw_rewrite_name(rewrite, nw_symbol_bytes(rewrite->match->rules->symbols, piece->name), function, out); break;
        case NW_PIECE_VARIABLE: good = put_variable(rewrite, piece, function, out); break;
        case NW_PIECE_CONSTANT_VALUE: good = put_value(rewrite, binding_of(rewrite, piece->variable)->term.value, out); break;
        case NW_PIECE_ATTRIBUTE_NAME:
            nw_buffer_format(out, "\"%s\"", nw_symbol_bytes(rewrite->match->rules->symbols, nw_rewrite_attribute(rewrite, piece->variable)));
            break;
        case NW_PIECE_ADDED: good = put_added(rewrite, function, out); break;
        case NW_PIECE_IF_BOUND:
            if (all_bound(rewrite, template, i + 1, piece->otherwise, false))
                good = put_pieces(rewrite, template, i + 1, piece->otherwise, function, out);
            else
                good = put_pieces(rewrite, template, piece->otherwise, piece->end, function, out);
            i = piece->end - 1;
            break;
        case NW_PIECE_IF_WRITTEN:
            if (all_bound(rewrite, template, i + 1, piece->end, true))
                good = put_pieces(rewrite, template, i + 1, piece->end, function, out);
            i = piece->end - 1;
            break;
        default: good = nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the rule uses a template that is not supported");
        }
        if (!good)
            return false;
    }
    return true;
}

bool nw_rewrite_template(nw_rewrite *rewrite, const nw_template *template, uint32_t function, nw_buffer *out)
{
    const nw_ast_function *code = &rewrite->match->index->module->ast->functions[function];
    rewrite->self_name = code->parameter_count ? nw_symbol_bytes(rewrite->match->rules->symbols, code->parameters[0].name) : "self";
    return put_pieces(rewrite, template, 0, template->count, function, out);
}

static uint32_t count_in(const nw_rewrite *rewrite, const nw_template *template, uint32_t from, uint32_t to, nw_variable_id variable)
{
    uint32_t count = 0;
    for (uint32_t i = from; i < to; i++) {
        const nw_piece *piece = &template->pieces[i];
        if (piece->kind == NW_PIECE_IF_BOUND) {
            bool first = all_bound(rewrite, template, i + 1, piece->otherwise, false);
            count += first ? count_in(rewrite, template, i + 1, piece->otherwise, variable) : count_in(rewrite, template, piece->otherwise, piece->end, variable);
            i = piece->end - 1;
        } else {
            count += piece->kind == NW_PIECE_VARIABLE && piece->variable.v == variable.v;
        }
    }
    return count;
}

uint32_t nw_rewrite_occurrences(const nw_rewrite *rewrite, const nw_template *template, nw_variable_id variable)
{
    return count_in(rewrite, template, 0, template->count, variable);
}
