#include "match/looped.h"

#include "match/callers.h"
#include "match/word.h"

#include <string.h>

static const char *text_of(const nw_file_index *index, uint32_t symbol)
{
    return nw_symbol_bytes(index->eval->symbols, (nw_symbol){symbol});
}

/* `enumerate(self.layers)`, `len(...)`: functions that only look at a list. */
static bool only_looks(const nw_file_index *index, const nw_node *call)
{
    static const char *const names[] = {"enumerate", "len", "zip", "reversed", "list"};
    const nw_node *callee = nw_file_node(index, call->a);
    for (size_t i = 0; i < sizeof names / sizeof *names && callee->kind == NW_NODE_NAME; i++)
        if (callee->b == NW_PLACE_GLOBAL && strcmp(text_of(index, callee->a), names[i]) == 0)
            return true;
    return false;
}

/* The class that `Made(...)` makes an object of. */
static uint32_t made_by(const nw_file_index *index, uint32_t call)
{
    const nw_node *node = nw_file_node(index, call), *callee = nw_file_node(index, node->a);
    bool is_plain = node->kind == NW_NODE_CALL && callee->kind == NW_NODE_NAME && callee->b == NW_PLACE_GLOBAL && nw_file_bound_once(index, (nw_symbol){callee->a});
    return is_plain ? callee->a : 0;
}

/* `nn.ModuleList([Made(...) for _ in range(n)])`, `nn.Sequential(*[...])` */
static uint32_t class_in_list(const nw_file_index *index, uint32_t value)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *call = &ast->nodes[value], *callee = nw_file_node(index, call->kind == NW_NODE_CALL ? call->a : 0);
    uint32_t name = nw_ast_last_word(callee);
    nw_list given = name ? nw_ast_list(ast, call->b) : (nw_list){0};
    bool is_list = name && strcmp(text_of(index, name), "ModuleList") == 0, is_sequence = name && strcmp(text_of(index, name), "Sequential") == 0;
    if (given.count != 1 || (!is_list && !is_sequence))
        return 0;
    const nw_node *items = &ast->nodes[given.items[0]];
    if (is_sequence && items->kind != NW_NODE_STARRED)
        return 0;
    items = is_sequence ? &ast->nodes[items->a] : items;
    if (items->kind == NW_NODE_LIST_COMPREHENSION || items->kind == NW_NODE_GENERATOR)
        return made_by(index, items->a);
    nw_list listed = items->kind == NW_NODE_LIST ? nw_ast_list(ast, items->a) : (nw_list){0};
    uint32_t class_ = listed.count ? made_by(index, listed.items[0]) : 0;
    for (uint32_t i = 1; i < listed.count; i++)
        class_ = made_by(index, listed.items[i]) == class_ ? class_ : 0;
    return class_;
}

/* A read of the list that leaves it as it is. */
static bool is_harmless_read(const nw_file_index *index, uint32_t attribute)
{
    const nw_node *above = nw_file_node(index, index->above[attribute].parent);
    if (above->kind == NW_NODE_SUBSCRIPT) {
        const char *label = index->above[index->above[attribute].parent].label;
        return above->a == attribute && nw_file_node(index, index->above[index->above[attribute].parent].parent)->kind != NW_NODE_DELETE && strcmp(label ? label : "", "target") != 0;
    }
    return (above->kind == NW_NODE_FOR && above->b == attribute) || (above->kind == NW_NODE_COMPREHENSION_FOR && above->b == attribute) ||
           (above->kind == NW_NODE_CALL && above->a != attribute && only_looks(index, above));
}

/* `self.attribute` in a method of another class. */
static bool is_of_another_class(const nw_file_index *index, uint32_t attribute, uint32_t class_)
{
    uint32_t other = index->above[attribute].class_;
    return other && other != class_ && nw_ast_is_first_local(nw_file_node(index, nw_file_node(index, attribute)->a));
}

/* The class of all that `self.attribute` of a class holds. Attributes of that name of other objects count as its own. */
static uint32_t class_held(const nw_file_index *index, uint32_t class_, uint32_t attribute)
{
    const nw_ast *ast = index->module->ast;
    uint32_t held = 0;
    nw_list places = nw_file_word(index, (nw_symbol){attribute});
    for (uint32_t at = 0; at < places.count; at++) {
        uint32_t i = places.items[at];
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_STRING && node->a == attribute)
            return 0; /* setattr, add_module */
        if (node->kind != NW_NODE_ATTRIBUTE || node->b != attribute || is_of_another_class(index, i, class_))
            continue;
        const nw_node *statement = nw_file_node(index, index->above[i].parent);
        if (!nw_file_is_written(index, i) && is_harmless_read(index, i))
            continue;
        uint32_t made = statement->kind == NW_NODE_ASSIGN && nw_ast_list(ast, statement->a).count == 1 && nw_ast_is_first_local(&ast->nodes[node->a]) && nw_file_is_written(index, i) ?
                        class_in_list(index, statement->b) : 0;
        if (!made || (held && held != made))
            return 0;
        held = made;
    }
    return held;
}

uint32_t nw_looped_class(nw_file_index *index, uint32_t name)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[name];
    uint32_t function = index->above[name].function, class_ = index->above[name].class_;
    if (!nw_ast_is_local(node) || !function || !class_ || index->above[name].comprehension)
        return 0;
    const nw_def_use *def_use = nw_file_def_use(index, function);
    const nw_definition *definition = &def_use->definitions[nw_def_use_of_read(def_use, name)];
    const nw_node *loop = nw_file_node(index, index->above[definition->target].statement);
    if (!definition->target || loop->kind != NW_NODE_FOR)
        return 0;
    uint32_t list = loop->b, target = loop->a;
    const nw_node *call = nw_file_node(index, list), *callee = nw_file_node(index, call->kind == NW_NODE_CALL ? call->a : 0);
    if (callee->kind == NW_NODE_NAME && callee->b == NW_PLACE_GLOBAL && strcmp(text_of(index, callee->a), "enumerate") == 0) {
        nw_list names = ast->nodes[target].kind == NW_NODE_TUPLE ? nw_ast_list(ast, ast->nodes[target].a) : (nw_list){0}, given = nw_ast_list(ast, call->b);
        list = given.count ? given.items[0] : 0;
        target = names.count == 2 ? names.items[1] : 0;
    }
    const nw_node *attribute = nw_file_node(index, list);
    if (!target || definition->target != target || attribute->kind != NW_NODE_ATTRIBUTE || !nw_ast_is_first_local(&ast->nodes[attribute->a]) || nw_class_has_children(index, class_))
        return 0;
    return class_held(index, class_, attribute->b);
}

/* ---- a place in a list that the constructor fills ---- */

enum { MOST_FILLED = 8 };

typedef struct filled {
    uint32_t classes[MOST_FILLED];  /* symbols */
    bool is_sure[MOST_FILLED];      /* not under an `if` */
    uint32_t count;
} filled;

/* `nn.ModuleList()` */
static bool is_empty_list(const nw_file_index *index, uint32_t value)
{
    const nw_node *call = nw_file_node(index, value), *callee = nw_file_node(index, call->kind == NW_NODE_CALL ? call->a : 0);
    uint32_t name = nw_ast_last_word(callee);
    return name && strcmp(text_of(index, name), "ModuleList") == 0 && nw_ast_list(index->module->ast, call->b).count == 0;
}

/* `self.layers.append(Made(...))` in the constructor of the class, in no loop. */
static bool is_filling(const nw_file_index *index, uint32_t attribute, uint32_t class_, filled *list)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *method = nw_file_node(index, index->above[attribute].parent);
    uint32_t call = index->above[index->above[attribute].parent].parent, statement = index->above[call].parent, function = index->above[attribute].function;
    nw_list given = ast->nodes[call].kind == NW_NODE_CALL ? nw_ast_list(ast, ast->nodes[call].b) : (nw_list){0};
    if (method->kind != NW_NODE_ATTRIBUTE || strcmp(text_of(index, method->b), "append") != 0 || given.count != 1 || ast->nodes[statement].kind != NW_NODE_EXPRESSION ||
        index->above[attribute].class_ != class_ || strcmp(text_of(index, ast->functions[function].name.v), "__init__") != 0 || list->count == MOST_FILLED)
        return false;
    bool is_sure = true;
    uint32_t at = index->above[statement].parent;
    for (; ast->nodes[at].kind == NW_NODE_IF; at = index->above[at].parent)
        is_sure = false;
    uint32_t made = made_by(index, given.items[0]);
    if (ast->nodes[at].kind != NW_NODE_FUNCTION || !made)
        return false;
    list->classes[list->count] = made;
    list->is_sure[list->count++] = is_sure;
    return true;
}

/* All that `self.attribute` is given, in the order of the text; false: something else may change it. */
static bool find_filled(const nw_file_index *index, uint32_t class_, uint32_t attribute, filled *list)
{
    const nw_ast *ast = index->module->ast;
    uint32_t made = 0;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_STRING && node->a == attribute)
            return false; /* setattr, add_module */
        if (node->kind != NW_NODE_ATTRIBUTE || node->b != attribute || is_of_another_class(index, i, class_))
            continue;
        bool is_own = index->above[i].class_ == class_ && nw_ast_is_first_local(&ast->nodes[node->a]);
        const nw_node *statement = nw_file_node(index, index->above[i].parent);
        if (!nw_file_is_written(index, i) && is_harmless_read(index, i))
            continue;
        if (is_own && made && is_filling(index, i, class_, list))
            continue;
        bool is_made = is_own && !made && statement->kind == NW_NODE_ASSIGN && nw_ast_list(ast, statement->a).count == 1 && is_empty_list(index, statement->b) &&
                       nw_file_node(index, index->above[index->above[i].parent].parent)->kind == NW_NODE_FUNCTION;
        if (!is_made)
            return false;
        made = i;
    }
    return made != 0;
}

/* Whether the forward of a class of the file takes a call's arguments; where it is not seen, it may. */
static bool may_take(const nw_file_index *index, uint32_t class_, uint32_t call)
{
    const nw_ast *ast = index->module->ast;
    nw_list given = nw_ast_list(ast, ast->nodes[call].b);
    for (uint32_t i = 1; i < ast->function_count; i++) {
        const nw_ast_function *code = &ast->functions[i];
        uint32_t owner = index->above[code->node].class_;
        if (!owner || ast->nodes[owner].a != class_ || strcmp(text_of(index, code->name.v), "forward") != 0)
            continue;
        for (uint32_t k = 0; k < given.count; k++) {
            const nw_node *argument = &ast->nodes[given.items[k]];
            bool is_taken = argument->kind != NW_NODE_KEYWORD || !argument->a;
            for (uint32_t p = 0; p < code->parameter_count && !is_taken; p++)
                is_taken = code->parameters[p].kind == NW_PARAMETER_KWARGS || code->parameters[p].name.v == argument->a;
            if (!is_taken)
                return false;
        }
    }
    return true;
}

uint32_t nw_indexed_class(nw_file_index *index, uint32_t call)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *subscript = nw_file_node(index, ast->nodes[call].a), *list = nw_file_node(index, subscript->a), *place = nw_file_node(index, subscript->b);
    uint32_t class_ = index->above[call].class_, found = 0, sure = 0;
    filled all = {0};
    if (subscript->kind != NW_NODE_SUBSCRIPT || list->kind != NW_NODE_ATTRIBUTE || !nw_ast_is_first_local(&ast->nodes[list->a]) || place->kind != NW_NODE_INTEGER || place->b || !class_ ||
        nw_class_has_children(index, class_) || !find_filled(index, class_, list->b, &all))
        return 0;
    for (uint32_t i = 0; i < all.count; i++) {
        bool may_stand = sure <= place->a && place->a <= i && may_take(index, all.classes[i], call);
        if (may_stand && found && found != all.classes[i])
            return 0;
        found = may_stand ? all.classes[i] : found;
        sure += all.is_sure[i];
    }
    return found;
}
