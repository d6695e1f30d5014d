/* Whether weights are cast to the dtype of the values: the product then takes values of a dtype that the query does not have. */
#include "base/among.h"
#include "match/predicate.h"

#include <string.h>

static const char *bytes_of(const nw_match *match, uint32_t symbol)
{
    return nw_symbol_bytes(match->rules->symbols, (nw_symbol){symbol});
}

/* `x` of `x.dtype`, of `x` itself, or of a name that was assigned `x.dtype`. */
static uint32_t tensor_asked(const nw_match *match, uint32_t node)
{
    const nw_file_index *index = match->index;
    const nw_node *at = nw_file_node(index, node);
    if (at->kind == NW_NODE_KEYWORD)
        return tensor_asked(match, at->b);
    const nw_def_use *def_use = at->kind == NW_NODE_NAME ? nw_file_def_use(match->index, index->above[node].function) : NULL;
    uint32_t number = def_use ? nw_def_use_of_read(def_use, node) : 0, statement = number ? def_use->definitions[number].statement : 0;
    const nw_node *assign = nw_file_node(index, statement), *value = statement && assign->kind == NW_NODE_ASSIGN ? nw_file_node(index, assign->b) : at;
    bool is_dtype = value->kind == NW_NODE_ATTRIBUTE && strcmp(bytes_of(match, value->b), "dtype") == 0;
    return is_dtype ? value->a : node;
}

/* torch.float16 */
static bool is_of_framework(const nw_match *match, uint32_t node)
{
    const nw_node *at = nw_file_node(match->index, node), *object = nw_file_node(match->index, at->kind == NW_NODE_ATTRIBUTE ? at->a : 0);
    return object->kind == NW_NODE_NAME && strcmp(bytes_of(match, object->a), "torch") == 0;
}

static bool is_same(nw_match *match, uint32_t node, const nw_binding *binding)
{
    const nw_node *one = nw_file_node(match->index, node), *other = nw_file_node(match->index, binding->term.node);
    const char *bytes = match->index->module->source.bytes;
    nw_value value = nw_match_term(match, node).value;
    bool is_tensor = value.kind == NW_TENSOR && binding->term.value.kind == NW_TENSOR && value.as.tensor == binding->term.value.as.tensor;
    return is_tensor || (one->end - one->start == other->end - other->start && memcmp(bytes + one->start, bytes + other->start, one->end - one->start) == 0);
}

/* Where the softmax ends that was matched; 0: in another function. */
static uint32_t end_of_softmax(const nw_match *match, uint32_t function)
{
    for (uint32_t i = 0; i < match->calls.count; i++) {
        const nw_fact *fact = nw_match_fact(match, match->calls.items[i]);
        const char *name = fact ? bytes_of(match, fact->name.v) : "";
        if ((strstr(name, "softmax") || strstr(name, "Softmax")) && match->index->above[match->calls.items[i]].function == function)
            return nw_file_node(match->index, match->calls.items[i])->end;
    }
    return 0;
}

bool nw_is_recast(nw_match *match, const nw_binding *binding)
{
    static const char *const to_others[] = {"to", "type", "type_as"}, *const to_one[] = {"half", "bfloat16", "float", "double"};
    for (uint32_t i = 0; i < match->calls.count; i++) {
        uint32_t call = match->calls.items[i];
        const nw_node *node = nw_file_node(match->index, call), *callee = nw_file_node(match->index, node->kind == NW_NODE_CALL ? node->a : 0);
        const char *name = callee->kind == NW_NODE_ATTRIBUTE ? bytes_of(match, callee->b) : "";
        if (node->end <= end_of_softmax(match, match->index->above[call].function))
            continue;
        if (NW_IS_AMONG(name, to_one))
            return true;
        nw_list given = NW_IS_AMONG(name, to_others) ? nw_ast_list(match->index->module->ast, node->b) : (nw_list){0};
        uint32_t tensor = given.count ? tensor_asked(match, given.items[0]) : 0;
        if (tensor && (is_of_framework(match, tensor) || is_same(match, tensor, binding)))
            return true;
    }
    return false;
}
