/* Classes and decorated functions of a module's top level that run when their name is first used; of the catalog's, the functions, and
 * the decorated methods of its classes.
 *
 * Only in open mode: a file is read for a few of its classes, and of the files that it imports a few names are used. What a
 * definition does besides binding its name is then left out or comes later; decorators that enter it into a registry run
 * at once. */
#include "eval/interpret.h"

#include <ctype.h>
#include <string.h>

enum { DEFINITION_STEPS = 100000 };

static bool is_registry(const char *name)
{
    for (; *name; name++)
        if (tolower((unsigned char)name[0]) == 'r' && strncmp(name + 1, "egist", 5) == 0)
            return true;
    return false;
}

/* `@register_model`, `@MODELS.register_module()` */
static bool registers(const nw_eval *eval, const nw_ast *ast, uint32_t decorator)
{
    const nw_node *node = &ast->nodes[decorator];
    while (node->kind == NW_NODE_CALL || node->kind == NW_NODE_ATTRIBUTE) {
        if (node->kind == NW_NODE_ATTRIBUTE && is_registry(nw_bytes(eval, (nw_symbol){node->b})))
            return true;
        node = &ast->nodes[node->a];
    }
    return node->kind != NW_NODE_NAME || is_registry(nw_bytes(eval, (nw_symbol){node->a}));
}

bool nw_definition_defer(nw_eval *eval, uint32_t statement)
{
    nw_module *module = eval->frame->module;
    const nw_node *node = &module->ast->nodes[statement];
    bool is_class = node->kind == NW_NODE_CLASS;
    if (!eval->environment->open || (is_class ? module->is_catalog : node->kind != NW_NODE_FUNCTION))
        return false;
    nw_list decorators = nw_ast_list(module->ast, is_class ? module->ast->extra[node->b + 2] : node->b);
    if (!is_class && !decorators.count)
        return false;
    for (uint32_t i = 0; i < decorators.count; i++)
        if (registers(eval, module->ast, decorators.items[i]))
            return false;
    uint32_t name_node = is_class ? node->c : module->ast->functions[node->a].name_node;
    nw_import *definition = nw_arena_alloc(&eval->arena, sizeof *definition);
    *definition = (nw_import){.name = {module->ast->nodes[name_node].a}, .importer = module, .node = statement, .definition = statement, .made = nw_unset()};
    return nw_assign(eval, name_node, (nw_value){.kind = NW_IMPORT, .as.import = definition});
}

/* ---- in the body of a class of the catalog ---- */

/* What the name stands for, where that waits: an import, or a definition. */
static const nw_value *find_waiting(const nw_eval *eval, const nw_node *name)
{
    const nw_frame *frame = eval->frame;
    const nw_value *found = name->b == NW_PLACE_CLASS && frame->slots[name->c].kind != NW_UNSET ? &frame->slots[name->c]
                            : name->b == NW_PLACE_SLOT || (name->flags & NW_NAME_OUTER) ? NULL : nw_dict_find_name(frame->module->globals, (nw_symbol){name->a});
    return found && found->kind == NW_IMPORT ? found : NULL;
}

/* `abs = abs`, a method that is a function: it goes on waiting. */
static bool hand_on(nw_eval *eval, const nw_node *assignment)
{
    nw_list targets = nw_ast_list(nw_ast_here(eval), assignment->a);
    const nw_node *value = nw_node_at(eval, assignment->b);
    const nw_value *waiting = targets.count == 1 && nw_node_at(eval, targets.items[0])->kind == NW_NODE_NAME && value->kind == NW_NODE_NAME ? find_waiting(eval, value) : NULL;
    return waiting && nw_assign(eval, targets.items[0], *waiting);
}

bool nw_definition_defer_method(nw_eval *eval, uint32_t statement)
{
    nw_frame *frame = eval->frame;
    const nw_node *node = nw_node_at(eval, statement);
    if (node->kind == NW_NODE_ASSIGN)
        return hand_on(eval, node);
    if (node->kind != NW_NODE_FUNCTION || !nw_ast_list(frame->module->ast, node->b).count)
        return false;
    const nw_ast_function *code = &frame->module->ast->functions[node->a];
    bool is_bound = frame->slots[nw_node_at(eval, code->name_node)->c].kind != NW_UNSET; /* `@rate.setter` reads what has the name by now */
    if (is_bound || strncmp(nw_bytes(eval, code->name), "__", 2) == 0) /* whoever makes the class asks for some of these */
        return false;
    nw_import *definition = nw_arena_alloc(&eval->arena, sizeof *definition);
    *definition = (nw_import){.name = code->name, .importer = frame->module, .node = statement, .definition = statement, .body = frame, .made = nw_unset()};
    return nw_assign(eval, code->name_node, (nw_value){.kind = NW_IMPORT, .as.import = definition});
}

/* ---- running them ---- */

/* As with other statements of the top level, one that fails costs the name that it binds. */
static nw_value give_up(nw_eval *eval, const nw_import *definition)
{
    const nw_node *node = &definition->importer->ast->nodes[definition->definition];
    nw_symbol name = eval->exception.kind == NW_INSTANCE ? eval->exception.as.instance->class_->name : (nw_symbol){0};
    nw_report_loss(eval, NW_DIAG_RAISES, (nw_place){definition->importer, node->start, node->end}, name);
    nw_exception_clear(eval);
    definition->importer->open = true;
    return nw_lost(eval, NW_DIAG_NAME_NOT_FOUND, "%s", nw_bytes(eval, definition->name));
}

nw_value nw_definition_resolve(nw_eval *eval, nw_import *definition)
{
    if (definition->made.kind != NW_UNSET)
        return definition->made;
    if (definition->is_running)
        return nw_raise(eval, NW_EXCEPTION_NAME_ERROR, "name '%s' is not defined", nw_bytes(eval, definition->name));
    definition->is_running = true;
    nw_saved_state saved = nw_module_enter(eval, definition->importer);
    uint64_t limit = eval->limits.steps, before = eval->steps;
    eval->limits.steps = before + DEFINITION_STEPS;
    nw_frame *frame = definition->body ? definition->body : nw_frame_new(eval, &definition->importer->ast->functions[0], definition->importer, NULL);
    nw_frame before_it = *frame; /* the body may still run */
    frame->caller = NULL;
    eval->frame = frame;
    nw_value made = nw_definition_make(eval, definition->definition);
    frame->caller = before_it.caller;
    frame->node = before_it.node;
    frame->statement = before_it.statement;
    bool used_up = eval->stopped && eval->steps >= eval->limits.steps;
    eval->limits.steps = limit + (eval->steps - before); /* not on the account of who needed it first */
    if (used_up)
        eval->stopped = false;
    if (made.kind == NW_ERROR && !eval->stopped)
        made = give_up(eval, definition);
    eval->undecided = false;
    nw_module_leave(eval, &saved);
    eval->exception = saved.exception;
    definition->is_running = false;
    if (!eval->stopped)
        definition->made = made;
    return made;
}

void nw_definitions_run(nw_eval *eval, nw_module *module, bool (*wanted)(void *data, uint32_t statement), void *data)
{
    uint32_t position = 0;
    nw_dict *names = nw_dict_copy(eval, module->globals);
    for (nw_dict_entry *entry; (entry = nw_dict_next(names, &position)) && !eval->stopped;) {
        nw_import *waiting = entry->value.kind == NW_IMPORT ? entry->value.as.import : NULL;
        if (!waiting || !waiting->definition || waiting->importer != module || (wanted && !wanted(data, waiting->definition)))
            continue;
        nw_value made = nw_definition_resolve(eval, waiting);
        nw_value *now = nw_dict_find(module->globals, entry->key);
        if (made.kind != NW_ERROR && now && now->kind == NW_IMPORT && now->as.import == waiting)
            nw_dict_set_fact(eval, module->globals, entry->key.as.symbol, made);
    }
}
