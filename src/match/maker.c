#include "match/maker.h"

#include <ctype.h>
#include <string.h>

/* ---- what is made ---- */

static bool contains(const char *text, const char *part)
{
    for (; *text; text++) {
        size_t at = 0;
        while (part[at] && tolower((unsigned char)text[at]) == tolower((unsigned char)part[at]))
            at++;
        if (!part[at])
            return true;
    }
    return false;
}

/* Roots of the module (nn, a package) are known by what they import, and methods of this file are not those of a tensor. */
static bool is_of_some_object(const nw_outline *outline, const nw_node *callee)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *root = &ast->nodes[callee->a];
    while (root->kind == NW_NODE_ATTRIBUTE)
        root = &ast->nodes[root->a];
    bool is_global = root->kind == NW_NODE_NAME && root->b == NW_PLACE_GLOBAL;
    return !is_global && !nw_outline_find(&outline->functions, callee->b);
}

bool nw_maker_may_make(nw_outline *outline, uint32_t call, const char *wanted)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *callee = &ast->nodes[ast->nodes[call].a];
    if (callee->kind != NW_NODE_ATTRIBUTE || !is_of_some_object(outline, callee) || !nw_outline_is_tensor_method(outline, callee->b))
        return true;
    const char *dot = strrchr(wanted, '.');
    return contains(dot ? dot + 1 : wanted, nw_symbol_bytes(outline->symbols, (nw_symbol){callee->b}));
}

/* ---- who takes it ---- */

/* Sequential, ModuleList and the like. */
static bool keeps_modules(const nw_outline *outline, const nw_outline_item *item)
{
    static const char *const keepers[] = {"Sequential", "Module", NULL};
    for (uint32_t i = 0; i < item->count; i++)
        for (const char *const *keeper = keepers; *keeper; keeper++)
            if (strstr(nw_symbol_bytes(outline->symbols, (nw_symbol){item->names[i]}), *keeper))
                return true;
    return false;
}

/* Instances of torch's classes that are no containers, and torch's functions. */
static bool is_plain(const nw_outline *outline, const nw_outline_item *item)
{
    return !item->any && !item->class_count && !item->is_foreign && !item->is_function && item->count && !keeps_modules(outline, item);
}

/* `loss_fct = CrossEntropyLoss()` in every place that binds the name. */
static bool local_is_plain(const nw_outline *outline, uint32_t id)
{
    uint32_t count;
    const nw_node *name = &outline->index->module->ast->nodes[id];
    const nw_outline_definition *found = nw_outline_definitions(outline, outline->index->above[id].function, name->c, &count);
    for (uint32_t i = 0; i < count; i++) {
        nw_outline_item item = {0};
        if (outline->index->module->ast->nodes[found[i].value].kind != NW_NODE_CALL)
            return false;
        nw_outline_classify(outline, &item, found[i].value);
        if (!is_plain(outline, &item))
            return false;
    }
    return count > 0 && !name->op && !nw_outline_is_given(outline, id);
}

/* `torch.cat`, `nn.functional.mse_loss`: found in torch by its path. */
static bool path_is_plain(const nw_outline *outline, const nw_node *callee)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *root = callee;
    while (root->kind == NW_NODE_ATTRIBUTE)
        root = &ast->nodes[root->a];
    const nw_outline_item *known = root->kind == NW_NODE_NAME && root->b == NW_PLACE_GLOBAL ? nw_outline_find(&outline->names, root->a) : NULL;
    if (!known || !is_plain(outline, known))
        return false;
    nw_outline_item item = {.names = {callee->b}, .count = 1};
    return root == callee || is_plain(outline, &item);
}

bool nw_maker_may_be_kept(const nw_outline *outline, uint32_t call)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *taker = &ast->nodes[outline->index->above[call].parent], *callee = &ast->nodes[taker->a];
    if (taker->kind != NW_NODE_CALL || taker->a == call)
        return true;
    if (callee->kind == NW_NODE_NAME && callee->b == NW_PLACE_SLOT)
        return !local_is_plain(outline, taker->a);
    return !path_is_plain(outline, callee);
}
