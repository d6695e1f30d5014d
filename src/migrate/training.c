/* self.training: the target hands the mode to the computation as an argument. Every function between the computation of a module and
 * the place that reads the mode takes it as a parameter. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

bool nw_takes_training(const nw_migration *migration, const nw_ast_function *code)
{
    for (uint32_t i = 0; i < migration->training_count; i++)
        if (migration->training[i] == code)
            return true;
    return false;
}

static bool add(nw_migration *migration, const nw_ast_function *code)
{
    if (!code || nw_takes_training(migration, code))
        return false;
    NW_ARENA_RESERVE(&migration->eval->arena, migration->training, migration->training_count, migration->training_capacity);
    migration->training[migration->training_count++] = code;
    return true;
}

const nw_ast_function *nw_function_around(const nw_ast *ast, uint32_t start)
{
    const nw_ast_function *found = NULL;
    for (uint32_t i = 1; i < ast->function_count; i++) {
        const nw_ast_function *code = &ast->functions[i];
        const nw_node *node = &ast->nodes[code->node];
        if (code->scope == NW_SCOPE_FUNCTION && !code->is_lambda && node->start <= start && start < node->end &&
            (!found || node->start >= ast->nodes[found->node].start))
            found = code;
    }
    return found;
}

const nw_ast_function *nw_called_code(nw_value callee)
{
    if (callee.kind == NW_METHOD)
        callee = callee.as.method->function;
    return callee.kind == NW_FUNCTION && !callee.as.function->module->is_catalog ? callee.as.function->code : NULL;
}

void nw_find_training(nw_migration *migration)
{
    const nw_trace *trace = migration->sites->trace;
    if (nw_translations_setting(&migration->tables, "mode").kind != NW_STRING)
        return;
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        const nw_node *node = &e->module->ast->nodes[e->node];
        if (e->kind != NW_TRACE_ATTRIBUTE || migration->sites->dead[i] || node->b != NW_NAME_TRAINING || !nw_is_module_object(e->a) ||
            nw_native_around(migration->natives, e->module->name, node->start))
            continue;
        const nw_ast_function *code = nw_function_around(e->module->ast, node->start);
        if (!code || strcmp(nw_bytes(migration->eval, code->name), "__init__") != 0) /* there nobody has chosen a mode yet */
            add(migration, code);
    }
    for (bool grown = migration->training_count > 0; grown;) {
        grown = false;
        for (uint32_t i = 0; i < trace->count; i++) {
            const nw_trace_entry *e = &trace->entries[i];
            const nw_ast_function *code = e->kind == NW_TRACE_CALL && !migration->sites->dead[i] ? nw_called_code(e->a) : NULL;
            if (code && nw_takes_training(migration, code))
                grown |= add(migration, nw_function_around(e->module->ast, e->module->ast->nodes[e->node].start));
        }
    }
}
