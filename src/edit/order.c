/* In which order texts may be evaluated: what doing one changes, and what the other one's value hangs on. */
#include "edit/rewrite.h"

#include "eval/stand_in.h"
#include "match/pure.h"
#include "match/word.h"

#include <stdio.h>
#include <string.h>

static const char *bytes_of(const nw_rewrite *rewrite, uint32_t symbol)
{
    return nw_symbol_bytes(rewrite->match->rules->symbols, (nw_symbol){symbol});
}

static bool is_target(const nw_file_index *index, uint32_t id)
{
    return index->above[id].label && strcmp(index->above[id].label, "target") == 0;
}

/* ---- what acts ---- */

/* Dropout draws numbers, a batch norm counts; a linear layer does nothing but compute. */
static bool is_idle_layer(const nw_rewrite *rewrite, uint32_t call)
{
    const nw_fact *fact = nw_match_fact(rewrite->match, call);
    const char *effects = fact && fact->row ? bytes_of(rewrite, fact->row->effects.v) : "";
    return fact && fact->kind == NW_FACT_LAYER && (!*effects || strcmp(effects, "pure") == 0);
}

/* `bias.view(n, -1)`, `math.sqrt(n)`, `torch.finfo(x.dtype)`, of which no run knows more than the name: methods of tensors, and functions of math and torch, that
 * have no effects. */
static bool is_pure_by_name(const nw_rewrite *rewrite, uint32_t call)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_node *callee = nw_file_node(index, nw_file_node(index, call)->a), *object = nw_file_node(index, callee->kind == NW_NODE_ATTRIBUTE ? callee->a : 0);
    if (callee->kind != NW_NODE_ATTRIBUTE || nw_match_fact(rewrite->match, call))
        return false;
    const char *name = bytes_of(rewrite, callee->b), *owner = object->kind == NW_NODE_NAME && object->b == NW_PLACE_GLOBAL ? bytes_of(rewrite, object->a) : "";
    if (strcmp(owner, "math") == 0 || (strcmp(owner, "torch") == 0 && (strcmp(name, "finfo") == 0 || strcmp(name, "iinfo") == 0)))
        return true;
    char dotted[80];
    snprintf(dotted, sizeof dotted, "torch.Tensor.%.60s", name);
    const nw_operator_row *row = nw_file_defines(index, callee->b) ? NULL : nw_row_named(index->eval, nw_symbol_of(index->eval->symbols, dotted));
    const char *effects = row ? bytes_of(rewrite, row->effects.v) : "unknown";
    return (!*effects || strcmp(effects, "pure") == 0) && name[strlen(name) - 1] != '_';
}

/* An operator on something that is not known to be a tensor, in a file whose classes have operators that write. */
static bool may_call_operator(const nw_rewrite *rewrite, uint32_t id)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_node *node = nw_file_node(index, id), *callee = nw_file_node(index, node->kind == NW_NODE_CALL ? node->a : 0);
    bool is_length = callee->kind == NW_NODE_NAME && strcmp(bytes_of(rewrite, callee->a), "len") == 0;
    bool is_test = index->above[id].label && strcmp(index->above[id].label, "test") == 0;
    bool is_operator = node->kind == NW_NODE_BINARY || node->kind == NW_NODE_UNARY || node->kind == NW_NODE_COMPARE || node->kind == NW_NODE_SUBSCRIPT || node->kind == NW_NODE_AND ||
                       node->kind == NW_NODE_OR || node->kind == NW_NODE_AUGMENTED_ASSIGN || is_length || is_test;
    return is_operator && !nw_match_fact(rewrite->match, id) && nw_file_has_writing_operators(rewrite->match->index);
}

static bool acts_here(const nw_rewrite *rewrite, uint32_t id)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_node *node = nw_file_node(index, id);
    switch (node->kind) {
    case NW_NODE_NAMED: case NW_NODE_AWAIT: case NW_NODE_YIELD: case NW_NODE_DELETE: return true;
    case NW_NODE_ATTRIBUTE: return is_target(index, id) || !nw_read_is_pure(rewrite->match->index, id);
    case NW_NODE_SUBSCRIPT: return is_target(index, id) || may_call_operator(rewrite, id);
    case NW_NODE_CALL: return (!nw_rewrite_is_harmless_call(rewrite, id) && !is_idle_layer(rewrite, id) && !is_pure_by_name(rewrite, id)) || may_call_operator(rewrite, id);
    default: return may_call_operator(rewrite, id);
    }
}

static bool acts(const nw_rewrite *rewrite, uint32_t text)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_node *whole = nw_file_node(index, text);
    nw_node_range inside = nw_file_range(index, text);
    for (uint32_t i = inside.first; i <= inside.last; i++)
        if (nw_node_inside(nw_file_node(index, i), whole) && nw_file_node(index, index->above[i].statement)->kind != NW_NODE_RAISE && acts_here(rewrite, i))
            return true;
    return false;
}

/* ---- what hangs on something that acts ---- */

/* A local name that a function inside of this one sets (nonlocal), or a global one that some function sets. */
static bool is_set_by_functions(const nw_file_index *index, const nw_node *name)
{
    nw_list places = nw_file_word(index, (nw_symbol){name->a});
    for (uint32_t i = 0; i < places.count; i++) {
        const nw_node *other = nw_file_node(index, places.items[i]);
        bool is_set = other->kind == NW_NODE_NAME && (other->flags & NW_NAME_BINDS) && other->b == name->b;
        if (is_set && (name->b == NW_PLACE_GLOBAL ? index->above[places.items[i]].function != 0 : name->b == NW_PLACE_SLOT && other->op > 0))
            return true;
    }
    return false;
}

/* An attribute that is set elsewhere than in constructors. */
static bool is_changed(const nw_file_index *index, const nw_node *attribute)
{
    for (uint32_t i = 0; i < index->changes.count; i++)
        if (index->changes.items[i].attribute == attribute->b)
            return true;
    return false;
}

static bool depends(const nw_rewrite *rewrite, uint32_t text)
{
    const nw_file_index *index = rewrite->match->index;
    nw_node_range inside = nw_file_range(index, text);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = nw_file_node(index, i);
        if (!nw_node_inside(node, nw_file_node(index, text)))
            continue;
        if ((node->kind == NW_NODE_NAME && is_set_by_functions(index, node)) || (node->kind == NW_NODE_ATTRIBUTE && is_changed(index, node)))
            return true;
    }
    return false;
}

bool nw_rewrite_is_order_seen(const nw_rewrite *rewrite, uint32_t one, uint32_t other)
{
    bool one_acts = acts(rewrite, one), other_acts = acts(rewrite, other);
    return (one_acts && (other_acts || depends(rewrite, other))) || (other_acts && depends(rewrite, one));
}

/* Where the template writes a variable first; its size: nowhere. */
static uint32_t place_of(const nw_template *template, uint32_t variable)
{
    uint32_t at = 0;
    while (at < template->count && !(template->pieces[at].kind == NW_PIECE_VARIABLE && template->pieces[at].variable.v == variable))
        at++;
    return at;
}

static uint32_t text_of(const nw_match *match, uint32_t variable)
{
    const nw_binding *binding = &match->bindings[variable];
    bool is_text = match->form->variables[variable].role == NW_VARIABLE_VALUE && binding->is_bound && binding->term.node;
    return is_text && match->index->above[binding->term.node].function == match->function ? binding->term.node : 0;
}

bool nw_rewrite_keeps_order(nw_rewrite *rewrite)
{
    const nw_match *match = rewrite->match;
    const nw_template *template = match->form->forward.right_count == 1 ? &match->form->forward.right[0].value : NULL;
    for (uint32_t i = 1; template && i < match->form->variable_count; i++) {
        uint32_t place = place_of(template, i), text = place < template->count ? text_of(match, i) : 0;
        for (uint32_t k = 1; text && k < match->form->variable_count; k++) {
            uint32_t behind = place_of(template, k), other = behind < template->count && behind > place ? text_of(match, k) : 0;
            bool swapped = other && nw_file_node(match->index, other)->end <= nw_file_node(match->index, text)->start;
            if (swapped && nw_rewrite_is_order_seen(rewrite, text, other))
                return nw_rewrite_refuse(rewrite, NW_DIAG_CANNOT_MOVE, nw_rewrite_source(rewrite, other));
        }
    }
    return true;
}
