#include "match/written.h"

#include "base/among.h"
#include "eval/object.h"
#include "match/flow.h"
#include "match/users.h"
#include "match/word.h"

#include <stdio.h>
#include <string.h>

static nw_list arguments_of(const nw_match *match, uint32_t call)
{
    const nw_node *node = nw_file_node(match->index, call);
    return node->kind == NW_NODE_CALL ? nw_ast_list(match->index->module->ast, node->b) : (nw_list){0};
}

/* ---- written in place ---- */

/* Whether an expression that makes a module, with all that it is made of, may make one that writes in place: nn.ReLU(inplace), nn.Sequential(nn.ReLU(True)). */
static bool makes_writer(const nw_file_index *index, uint32_t value)
{
    nw_node_range inside = nw_file_range(index, value);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = nw_file_node(index, i), *parent = nw_file_node(index, index->above[i].parent);
        uint32_t name = node->kind == NW_NODE_KEYWORD ? node->a : nw_ast_last_word(node);
        bool is_named = name && strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){name}), "inplace") == 0;
        bool is_false = node->kind == NW_NODE_KEYWORD && nw_file_node(index, node->b)->kind == NW_NODE_FALSE;
        if ((is_named && !is_false) || (node->kind == NW_NODE_TRUE && parent->kind == NW_NODE_CALL))
            return true;
    }
    return false;
}

/* What the making of a layer of the framework gives for `inplace`, 0: nothing. */
static uint32_t inplace_given(const nw_file_index *index, uint32_t call, const nw_class *class_)
{
    nw_value *init = nw_class_find(index->eval, (nw_class *)class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    const nw_ast_function *code = init && init->kind == NW_FUNCTION ? init->as.function->code : NULL;
    nw_list given = nw_ast_list(index->module->ast, nw_file_node(index, call)->b);
    for (uint32_t i = 0; i < given.count; i++) {
        const nw_node *argument = nw_file_node(index, given.items[i]);
        bool is_keyword = argument->kind == NW_NODE_KEYWORD;
        nw_symbol name = {is_keyword ? argument->a : code && i + 1 < code->parameter_count ? code->parameters[i + 1].name.v : 0};
        if (name.v && strcmp(nw_symbol_bytes(index->eval->symbols, name), "inplace") == 0)
            return is_keyword ? argument->b : given.items[i];
    }
    return 0;
}

/* Whether another object of the class around `self.act` may have a layer there that writes in place: what the maker gives for `inplace` is no constant. */
static bool may_write_elsewhere(const nw_file_index *index, uint32_t attribute, const nw_class *class_)
{
    nw_list places = nw_file_word(index, (nw_symbol){nw_file_node(index, attribute)->b});
    for (uint32_t i = 0; i < places.count; i++) {
        const nw_node *statement = nw_file_node(index, index->above[places.items[i]].parent);
        bool is_made = nw_file_is_written(index, places.items[i]) && statement->kind == NW_NODE_ASSIGN && nw_file_node(index, statement->b)->kind == NW_NODE_CALL;
        uint32_t given = is_made && index->above[places.items[i]].class_ == index->above[attribute].class_ ? inplace_given(index, statement->b, class_) : 0;
        if (given && nw_file_node(index, given)->kind != NW_NODE_FALSE)
            return true;
    }
    return false;
}

/* Whether `self.act`, of which no run says what it is, is made so: in its own class, otherwise wherever such an attribute is made. */
static bool may_be_writer(const nw_match *match, uint32_t attribute)
{
    const nw_file_index *index = match->index;
    nw_list places = nw_file_word(index, (nw_symbol){nw_file_node(index, attribute)->b});
    bool is_made_here = false, writes_here = false, writes_elsewhere = false;
    for (uint32_t i = 0; i < places.count; i++) {
        const nw_node *statement = nw_file_node(index, index->above[places.items[i]].parent);
        if (!nw_file_is_written(index, places.items[i]) || statement->kind != NW_NODE_ASSIGN)
            continue;
        bool is_here = index->above[places.items[i]].class_ == index->above[attribute].class_, is_writer = makes_writer(index, statement->b);
        is_made_here |= is_here;
        writes_here |= is_here && is_writer;
        writes_elsewhere |= is_writer;
    }
    return is_made_here ? writes_here : writes_elsewhere;
}

/* `F.relu(x, inplace=True)`, `torch.add(x, y, out=x)`, and modules that were made so. */
static bool is_told_to_write(const nw_match *match, uint32_t node, uint32_t call)
{
    const nw_file_index *index = match->index;
    nw_list arguments = arguments_of(match, call);
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = nw_file_node(index, arguments.items[i]);
        const char *name = argument->kind == NW_NODE_KEYWORD && argument->a ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){argument->a}) : "";
        if ((strcmp(name, "inplace") == 0 && nw_file_node(index, argument->b)->kind != NW_NODE_FALSE) || (strcmp(name, "out") == 0 && argument->b == node))
            return true;
    }
    uint32_t count;
    nw_symbol inplace_name = nw_symbol_of(index->eval->symbols, "inplace");
    const nw_placed *facts = nw_file_facts_at(index, nw_file_node(index, call)->start, nw_file_node(index, call)->end, &count);
    for (uint32_t i = 0; i < count; i++) {
        const nw_fact *fact = &index->eval->facts[facts[i].number];
        nw_value *inplace = fact->kind == NW_FACT_LAYER && fact->callee.kind == NW_INSTANCE ? nw_dict_find_name(fact->callee.as.instance->attributes, inplace_name) : NULL;
        for (uint32_t k = 0; fact->kind == NW_FACT_OPERATOR && fact->parameters && k < fact->argument_count; k++)
            if (fact->parameters[k].v == inplace_name.v)
                inplace = &fact->arguments[k];
        if (inplace && !(inplace->kind == NW_BOOL && !inplace->as.integer))
            return true;
        const nw_node *callee = nw_file_node(index, nw_file_node(index, call)->a);
        if (inplace && fact->kind == NW_FACT_LAYER && callee->kind == NW_NODE_ATTRIBUTE && may_write_elsewhere(index, nw_file_node(index, call)->a, fact->callee.as.instance->class_))
            return true;
    }
    return false;
}

/* relu_, but no __name__ */
static bool is_in_place(const char *name)
{
    size_t size = strlen(name);
    return size > 1 && name[size - 1] == '_' && name[size - 2] != '_';
}

static nw_flow_step writes(const nw_match *match, uint32_t node, uint32_t taker, const char *name)
{
    static const char *const views[] = {"transpose", "permute", "view", "reshape", "flatten", "unflatten", "squeeze", "unsqueeze", "contiguous", "to", "float", "type", "type_as", "movedim", "t",
                                        "swapaxes", "swapdims", "expand", "expand_as", "view_as", "narrow", "select", "diagonal", "T", "mT", "data", "real", "detach", "Identity", "rearrange",
                                        "chunk", "split", "tensor_split", "hsplit", "vsplit", "dsplit", "split_with_sizes", "unbind", "as_strided", "unfold", "imag"};
    const nw_file_index *index = match->index;
    const nw_node *parent = nw_file_node(index, taker);
    const char *label = index->above[taker].label;
    if (parent->kind == NW_NODE_AUGMENTED_ASSIGN)
        return NW_FLOW_FOUND;
    if (parent->kind == NW_NODE_SUBSCRIPT)
        return label && strcmp(label, "target") == 0 ? NW_FLOW_FOUND : NW_FLOW_GOES_ON;
    if (parent->kind != NW_NODE_CALL && parent->kind != NW_NODE_ATTRIBUTE)
        return NW_FLOW_ENDS;
    const nw_node *callee = nw_file_node(index, parent->kind == NW_NODE_CALL ? parent->a : 0);
    uint32_t symbol = nw_ast_last_word(callee);
    if (is_in_place(name) || is_in_place(nw_symbol_bytes(match->rules->symbols, (nw_symbol){symbol})) || is_told_to_write(match, node, taker))
        return NW_FLOW_FOUND;
    if (!*name && callee->kind == NW_NODE_ATTRIBUTE && may_be_writer(match, parent->a))
        return NW_FLOW_FOUND;
    return NW_IS_AMONG(name, views) ? NW_FLOW_GOES_ON : NW_FLOW_ENDS;
}

/* Whether a function from which the value went on is used by another file of the run, which writes to what it is given. */
static bool is_written_elsewhere(const nw_match *match, const nw_flow *flow)
{
    const nw_ast *ast = match->index->module->ast;
    for (uint32_t i = 0; i < flow->left_count; i++) {
        uint32_t class_ = match->index->above[ast->functions[flow->left[i]].node].class_;
        nw_symbol name = class_ ? (nw_symbol){ast->nodes[class_].a} : ast->functions[flow->left[i]].name;
        if (nw_users_write_results(match->index, flow->left_count == NW_MOST_LEFT ? (nw_symbol){0} : name)) /* there may be more */
            return true;
    }
    return false;
}

bool nw_is_written_later(nw_match *match, uint32_t node)
{
    nw_flow flow = {.match = match, .step = writes, .after = nw_file_node(match->index, node)->end, .origin = node};
    return nw_flow_from(&flow, node) || nw_flow_of_name(&flow, node) || flow.is_lost || is_written_elsewhere(match, &flow);
}

/* ---- laid out in memory ---- */

enum { FEWEST_WHEN_SPLIT = 4 };

/* `x.reshape(b, n, -1)`: into fewer axes than heads that are split have. */
static bool joins_axes(const nw_match *match, uint32_t call)
{
    nw_list arguments = arguments_of(match, call);
    for (uint32_t i = 0; i < arguments.count; i++)
        if (nw_file_node(match->index, arguments.items[i])->kind == NW_NODE_STARRED)
            return true;
    return arguments.count < FEWEST_WHEN_SPLIT;
}

/* "b h n d -> b n (h d)", in any names: heads that are joined behind the exchange lie the same, however they were laid out before. */
static bool joins_heads_by_equation(const nw_match *match, uint32_t call)
{
    nw_list arguments = arguments_of(match, call);
    const nw_node *text = nw_file_node(match->index, arguments.count > 1 ? arguments.items[1] : 0);
    char batch[2][16], heads[2][16], rows[2][16], size[2][16];
    bool is_read = text->kind == NW_NODE_STRING && sscanf(nw_symbol_bytes(match->rules->symbols, (nw_symbol){text->a}), " %15s %15s %15s %15s -> %15s %15s ( %15s %15[^ )] )", batch[0], heads[0], rows[0], size[0],
                                                          batch[1], rows[1], heads[1], size[1]) == 8;
    return is_read && !strcmp(batch[0], batch[1]) && !strcmp(heads[0], heads[1]) && !strcmp(rows[0], rows[1]) && !strcmp(size[0], size[1]);
}

/* Whether a call takes what an exchange of heads and rows gives: x.transpose(1, 2), x.permute(0, 2, 1, 3). */
static bool takes_exchanged(const nw_match *match, uint32_t node)
{
    static const uint32_t exchanges[][4] = {{1, 2}, {2, 1}, {0, 2, 1, 3}};
    const nw_node *call = nw_file_node(match->index, node);
    if (call->kind != NW_NODE_CALL)
        return false;
    const nw_node *callee = nw_file_node(match->index, call->a);
    nw_list axes = arguments_of(match, node);
    const char *name = callee->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(match->rules->symbols, (nw_symbol){callee->b}) : "";
    if (strcmp(name, axes.count == 4 ? "permute" : "transpose") != 0 || (axes.count != 2 && axes.count != 4))
        return false;
    bool found = false;
    for (size_t i = axes.count == 4 ? 2 : 0; i < (axes.count == 4 ? 3 : 2); i++) {
        bool same = true;
        for (uint32_t k = 0; k < axes.count; k++) {
            const nw_node *axis = nw_file_node(match->index, axes.items[k]);
            same &= axis->kind == NW_NODE_INTEGER && !axis->b && axis->a == exchanges[i][k];
        }
        found |= same;
    }
    return found;
}

/* Steps whose result is laid out anew, whatever they take, or that look at something else; and those whose result is laid out as what they take. */
static nw_flow_step asks_layout(const nw_match *match, uint32_t node, uint32_t taker, const char *name)
{
    static const char *const anew[] = {"contiguous", "Linear", "linear", "LayerNorm", "layer_norm", "matmul", "bmm", "mm", "baddbmm", "cat", "concat", "stack",
                                       "size", "dim", "numel", "shape", "dtype", "device", "ndim", "requires_grad", "is_cuda", "print", "len", "isinstance"};
    static const char *const kept[] = {"transpose", "permute", "swapaxes", "movedim", "t", "T", "mT", "data", "unsqueeze", "squeeze", "unflatten", "relu", "gelu", "silu", "tanh", "sigmoid", "ReLU", "GELU",
                                       "SiLU", "Tanh", "Sigmoid", "dropout", "Dropout", "Identity", "clone", "to", "float", "half", "double", "type", "type_as", "add", "sub", "mul", "div", "masked_fill",
                                       "detach", "__getitem__"};
    const nw_node *parent = nw_file_node(match->index, taker);
    if (parent->kind == NW_NODE_BINARY)
        return strcmp(nw_operator_text((nw_operator)parent->op), "@") == 0 ? NW_FLOW_ENDS : NW_FLOW_GOES_ON;
    if (parent->kind != NW_NODE_CALL && parent->kind != NW_NODE_ATTRIBUTE)
        return NW_FLOW_GOES_ON;
    if (strcmp(name, "view") == 0)
        return joins_axes(match, taker) ? NW_FLOW_FOUND : NW_FLOW_GOES_ON;
    if (strcmp(name, "reshape") == 0 || strcmp(name, "flatten") == 0)
        return joins_axes(match, taker) && takes_exchanged(match, node) ? NW_FLOW_ENDS : NW_FLOW_GOES_ON;
    if (strcmp(name, "rearrange") == 0)
        return joins_heads_by_equation(match, taker) ? NW_FLOW_ENDS : NW_FLOW_GOES_ON;
    if (NW_IS_AMONG(name, anew))
        return NW_FLOW_ENDS;
    return NW_IS_AMONG(name, kept) ? NW_FLOW_GOES_ON : NW_FLOW_FOUND;
}

bool nw_is_settled(nw_match *match, uint32_t node)
{
    nw_flow flow = {.match = match, .step = asks_layout, .after = nw_file_node(match->index, node)->end, .origin = node};
    return !nw_flow_from(&flow, node) && !flow.is_lost && !flow.is_open;
}
