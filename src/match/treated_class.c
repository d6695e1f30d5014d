/* Code that looks for modules of a class and then does more to them than set their weights: `if isinstance(m, nn.Dropout): m.p = 0`. */
#include "match/predicate.h"

#include "model/model.h"
#include "syntax/ast_visit.h"

#include <string.h>

static const char *bytes_of(const nw_match *match, uint32_t symbol)
{
    return nw_symbol_bytes(match->rules->symbols, (nw_symbol){symbol});
}

static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

/* The class, or one that it derives from, but for Module itself. */
static bool names_class(const nw_match *match, const nw_class *class_, uint32_t node)
{
    const nw_node *at = nw_file_node(match->index, node);
    const char *name = at->kind == NW_NODE_ATTRIBUTE ? bytes_of(match, at->b) : at->kind == NW_NODE_NAME || at->kind == NW_NODE_STRING ? bytes_of(match, at->a) : "";
    for (uint32_t i = 0; i < class_->mro_count; i++) {
        const char *own = last_part(bytes_of(match, nw_class_public_name(class_->mro[i]).v));
        if (strcmp(own, "Module") != 0 && strcmp(own, "object") != 0 && strcmp(own, last_part(name)) == 0)
            return true;
    }
    return false;
}

static bool is_call_of(const nw_match *match, uint32_t node, const char *name)
{
    const nw_node *call = nw_file_node(match->index, node);
    const nw_node *callee = call->kind == NW_NODE_CALL ? nw_file_node(match->index, call->a) : NULL;
    return callee && callee->kind == NW_NODE_NAME && strcmp(bytes_of(match, callee->a), name) == 0;
}

/* What the module's class does not change: its weights, and sizes. */
static bool is_harmless_read(const nw_match *match, uint32_t name)
{
    static const char *const harmless[] = {"weight", "bias", "reset_parameters", "running_mean", "running_var", "in_features", "out_features", "kernel_size",
                                           "in_channels", "out_channels", "groups", "num_features", "normalized_shape", "padding_idx", "__class__", "__name__"};
    uint32_t parent = match->index->above[name].parent;
    const nw_node *above = nw_file_node(match->index, parent);
    if (is_call_of(match, parent, "isinstance") || is_call_of(match, parent, "hasattr") || is_call_of(match, parent, "type"))
        return true;
    for (size_t i = 0; above->kind == NW_NODE_ATTRIBUTE && i < sizeof harmless / sizeof *harmless; i++)
        if (strcmp(bytes_of(match, above->b), harmless[i]) == 0)
            return !nw_file_is_written(match->index, parent);
    return false;
}

/* The `if` whose test holds the node, 0: it stands somewhere else. */
static uint32_t if_of_test(const nw_match *match, uint32_t node)
{
    const nw_file_index *index = match->index;
    for (uint32_t at = node; at; at = index->above[at].parent) {
        if (nw_is_statement(nw_file_node(index, at)->kind))
            return 0;
        if (nw_file_node(index, index->above[at].parent)->kind == NW_NODE_IF && nw_file_node(index, index->above[at].parent)->a == at)
            return index->above[at].parent;
    }
    return 0;
}

/* Whether a name, or an attribute, of that word stands inside an expression. */
static bool mentions(const nw_file_index *index, uint32_t expression, nw_node_kind kind, uint32_t word)
{
    nw_node_range inside = nw_file_range(index, expression);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = nw_file_node(index, i);
        if (node->kind == kind && (kind == NW_NODE_NAME ? node->a : node->b) == word && nw_node_inside(node, nw_file_node(index, expression)))
            return true;
    }
    return false;
}

/* Whether a test between the node and the function around it asks for that attribute. */
static bool is_asked_for(const nw_match *match, uint32_t node, nw_symbol attribute)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    for (uint32_t at = index->above[node].parent; at && ast->nodes[at].kind != NW_NODE_FUNCTION; at = index->above[at].parent)
        if (ast->nodes[at].kind == NW_NODE_IF && mentions(index, ast->nodes[at].a, NW_NODE_ATTRIBUTE, attribute.v))
            return true;
    return false;
}

static bool is_bare_read(const nw_match *match, uint32_t name, nw_symbol attribute)
{
    const nw_node *parent = nw_file_node(match->index, match->index->above[name].parent);
    return parent->kind == NW_NODE_ATTRIBUTE && parent->b == attribute.v && !is_asked_for(match, name, attribute);
}

/* `for name, child in net.named_children()`: the loop that gives the module its name, 0: none. */
static uint32_t loop_of(const nw_match *match, uint32_t test, const nw_node *name)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    for (uint32_t at = index->above[test].statement; at && ast->nodes[at].kind != NW_NODE_FUNCTION; at = index->above[at].parent)
        if (ast->nodes[at].kind == NW_NODE_FOR && mentions(index, ast->nodes[at].a, NW_NODE_NAME, name->a))
            return at;
    return 0;
}

/* Whether a name is given by the same loop, beside the module: the place where the module stands. */
static bool is_place(const nw_match *match, uint32_t loop, uint32_t node, const nw_node *name)
{
    uint32_t word = nw_file_node(match->index, node)->a;
    return loop && word != name->a && mentions(match->index, nw_file_node(match->index, loop)->a, NW_NODE_NAME, word);
}

/* Something is put in the place of the module, without a word of the module itself. */
static bool is_exchange(const nw_match *match, uint32_t node, const nw_node *module)
{
    static const char *const writers[] = {"setattr", "delattr", "add_module", "register_module"};
    const nw_node *at = nw_file_node(match->index, node);
    if (at->kind == NW_NODE_SUBSCRIPT || at->kind == NW_NODE_ATTRIBUTE) {
        const nw_node *root = at;
        while (root->kind == NW_NODE_SUBSCRIPT || root->kind == NW_NODE_ATTRIBUTE)
            root = nw_file_node(match->index, root->a);
        return nw_file_is_written(match->index, node) && !nw_file_self_class(match->index, at->a) && !(root->kind == NW_NODE_NAME && root->a == module->a);
    }
    const nw_node *callee = nw_file_node(match->index, at->kind == NW_NODE_CALL ? at->a : 0);
    const char *name = bytes_of(match, nw_ast_last_word(callee));
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        if (strcmp(name, writers[i]) == 0)
            return true;
    return false;
}

/* `not isinstance(...)`, `type(m) is not ...`: other arms, and what follows, are for the class. */
static bool is_negated(const nw_match *match, uint32_t test, uint32_t statement)
{
    const nw_file_index *index = match->index;
    for (uint32_t at = test; at != statement; at = index->above[at].parent) {
        const nw_node *node = nw_file_node(index, at);
        nw_operator op = node->kind == NW_NODE_COMPARE ? (nw_operator)nw_ast_list(index->module->ast, node->b).items[0] : (nw_operator)node->op;
        if (node->kind == NW_NODE_UNARY || (node->kind == NW_NODE_COMPARE && (op == NW_OPERATOR_IS_NOT || op == NW_OPERATOR_NOT_EQUAL || op == NW_OPERATOR_NOT_IN)))
            return true;
    }
    return false;
}

/* Whether what `test` asks about is treated in the arm that it opens; with an attribute: whether that is read there. */
static bool is_treated(const nw_match *match, uint32_t test, const nw_node *name, nw_symbol attribute)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t statement = if_of_test(match, test);
    nw_list arm = statement ? nw_ast_list(ast, ast->nodes[statement].b) : (nw_list){NULL, 0};
    if (!arm.count)
        return attribute.v == 0;
    uint32_t start = ast->nodes[arm.items[0]].start, end = ast->nodes[arm.items[arm.count - 1]].end;
    nw_node_range inside = nw_file_range(index, statement);
    if (is_negated(match, test, statement)) {
        start = end;
        end = UINT32_MAX;
        inside = nw_file_function_range(index, index->above[statement].function);
    }
    uint32_t loop = attribute.v ? 0 : loop_of(match, test, name);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->start < start || node->end > end)
            continue;
        if (node->kind == NW_NODE_NAME && node->a == name->a && (attribute.v ? is_bare_read(match, i, attribute) : !is_harmless_read(match, i)))
            return true;
        if (!attribute.v && ((node->kind == NW_NODE_NAME && is_place(match, loop, i, name)) || is_exchange(match, i, name)))
            return true;
    }
    return false;
}

/* ---- the tests of the file ---- */

/* A name, or an attribute, that holds classes: what it holds is asked, and may be anything where that is not known. */
static bool may_hold_class(const nw_match *match, const nw_class *class_, uint32_t node)
{
    const nw_file_index *index = match->index;
    uint32_t root = node;
    while (nw_file_node(index, root)->kind == NW_NODE_ATTRIBUTE)
        root = nw_file_node(index, root)->a;
    const nw_node *name = nw_file_node(index, root);
    if (name->kind != NW_NODE_NAME)
        return false;
    if (name->b == NW_PLACE_SLOT)
        return true;
    nw_value *global = name->b == NW_PLACE_GLOBAL ? nw_dict_find_name(index->module->globals, (nw_symbol){name->a}) : NULL;
    if (!global || root != node || global->kind != NW_TUPLE)
        return false;
    for (uint32_t i = 0; i < global->as.tuple->count; i++) {
        nw_value item = global->as.tuple->items[i];
        if (item.kind != NW_CLASS || nw_is_subclass(class_, item.as.class_))
            return true;
    }
    return false;
}

/* isinstance(m, KINDS) */
static bool asks_for_held_class(const nw_match *match, const nw_class *class_, uint32_t call)
{
    const nw_node *node = nw_file_node(match->index, call);
    nw_list arguments = nw_ast_list(match->index->module->ast, node->b);
    return node->kind == NW_NODE_CALL && arguments.count == 2 && may_hold_class(match, class_, arguments.items[1]);
}

typedef struct look {
    const nw_match *match;
    const nw_class *class_;
    bool names_class, asks_type;
    uint32_t names[8]; /* local names that the test mentions */
    uint32_t name_count;
} look;

static void look_below(void *context, nw_ast_child child)
{
    look *l = context;
    if (!child.node)
        return;
    const nw_node *node = nw_file_node(l->match->index, child.node);
    l->names_class |= l->class_ && names_class(l->match, l->class_, child.node);
    l->asks_type |= is_call_of(l->match, child.node, "type") || (node->kind == NW_NODE_ATTRIBUTE && (strcmp(bytes_of(l->match, node->b), "__class__") == 0 || strcmp(bytes_of(l->match, node->b), "_get_name") == 0));
    if (node->kind == NW_NODE_NAME && node->b == NW_PLACE_SLOT && l->name_count < 8 && !nw_file_self_class(l->match->index, child.node))
        l->names[l->name_count++] = child.node;
    nw_ast_visit_children(l->match->index->module->ast, child.node, look_below, l);
}

static void find_tests(const nw_match *match)
{
    nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t capacity = 0;
    index->class_tests = nw_arena_zero(&index->eval->arena, sizeof *index->class_tests);
    capacity = 1;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        bool is_test = is_call_of(match, i, "isinstance") || is_call_of(match, i, "issubclass");
        if (ast->nodes[i].kind == NW_NODE_COMPARE) {
            look l = {.match = match};
            nw_ast_visit_children(ast, i, look_below, &l);
            is_test = l.asks_type;
        }
        if (!is_test)
            continue;
        NW_ARENA_RESERVE(&index->eval->arena, index->class_tests, index->class_test_count, capacity);
        index->class_tests[index->class_test_count++] = i;
    }
}

static nw_class_answer ask(const nw_match *match, const nw_instance *instance, nw_symbol attribute)
{
    const nw_file_index *index = match->index;
    const nw_class *class_ = instance->class_;
    nw_class_answer answer = {.class_ = class_, .attribute = attribute};
    if (!index->class_tests)
        find_tests(match);
    for (uint32_t i = 0; i < index->class_test_count && !answer.is_met; i++) {
        look l = {.match = match, .class_ = class_};
        nw_ast_visit_children(index->module->ast, index->class_tests[i], look_below, &l);
        answer.node = index->class_tests[i];
        l.names_class = l.names_class || asks_for_held_class(match, class_, answer.node);
        for (uint32_t k = 0; k < l.name_count && l.names_class && !answer.is_met; k++)
            answer.is_met = is_treated(match, index->class_tests[i], nw_file_node(index, l.names[k]), attribute);
    }
    if (!answer.is_met && !attribute.v)
        answer.is_met = nw_class_is_changed_unasked(match, instance, &answer.node);
    return answer;
}

/* What the file does to instances of a class is the same for all of them: it is found out once. */
static const nw_class_answer *answer_of(const nw_match *match, const nw_instance *instance, nw_symbol attribute)
{
    const nw_class *class_ = instance->class_;
    nw_file_index *index = match->index;
    for (uint32_t i = 0; i < index->class_answer_count; i++)
        if (index->class_answers[i].class_ == class_ && index->class_answers[i].attribute.v == attribute.v)
            return &index->class_answers[i];
    NW_ARENA_RESERVE(&index->eval->arena, index->class_answers, index->class_answer_count, index->class_answer_capacity);
    index->class_answers[index->class_answer_count] = ask(match, instance, attribute);
    return &index->class_answers[index->class_answer_count++];
}

bool nw_class_is_treated(const nw_match *match, const nw_instance *instance, uint32_t *node)
{
    const nw_class_answer *answer = answer_of(match, instance, (nw_symbol){0});
    *node = answer->node;
    return answer->is_met;
}

bool nw_class_is_read(const nw_match *match, const nw_instance *instance, nw_symbol attribute)
{
    return answer_of(match, instance, attribute)->is_met;
}
