#include "match/root.h"

#include "eval/interpret.h"
#include "eval/symbolic_arguments.h"
#include "match/need.h"
#include "match/site.h"
#include "match/word.h"

#include <string.h>

enum { STEPS_PER_ROOT = 2000000, BYTES_PER_ROOT = 64 << 20, MAX_ROOTS = 4096 };

/* What the run of a root ended with is kept, and is no longer pending. */
static void keep_failure(nw_file_index *index, uint32_t function, uint32_t class_)
{
    nw_eval *eval = index->eval;
    if (eval->exception.kind != NW_INSTANCE || eval->stopped)
        return;
    nw_place place = eval->exception_place;
    nw_buffer text;
    nw_buffer_init(&text);
    nw_exception_describe(eval, &text);
    if (place.module && place.module->source.bytes)
        nw_buffer_format(&text, " in line %u", nw_source_position(&place.module->source, place.start).line);
    if (place.module && place.module != index->module)
        nw_buffer_format(&text, " of %s", nw_symbol_bytes(eval->symbols, place.module->name));
    nw_buffer_byte(&text, 0);
    NW_ARENA_RESERVE(&eval->arena, index->failed_roots, index->failed_root_count, index->failed_root_capacity);
    index->failed_roots[index->failed_root_count++] = (nw_failed_root){function, class_, place.module == index->module ? place.start : 0, nw_arena_copy(&eval->arena, text.bytes, text.size)};
    nw_buffer_release(&text);
}

static void run_root(nw_file_index *index, nw_value callee, const nw_function *function, bool has_self)
{
    nw_eval *eval = index->eval;
    uint64_t most = eval->limits.bytes;
    nw_eval_start_root(eval, STEPS_PER_ROOT);
    if (eval->arena.bytes + BYTES_PER_ROOT < most) /* one function that needs too much must not take it from the others */
        eval->limits.bytes = eval->arena.bytes + BYTES_PER_ROOT;
    uint32_t mark = eval->trail_count;
    eval->level = ++eval->level_count;
    nw_arguments arguments = nw_symbolic_arguments(eval, function, has_self, true);
    nw_call(eval, callee, &arguments);
    keep_failure(index, (uint32_t)(function->code - index->module->ast->functions), 0);
    nw_trail_undo(eval, mark);
    nw_eval_start_root(eval, STEPS_PER_ROOT);
    eval->limits.bytes = most;
}

static bool is_method(const nw_eval *eval, const nw_module *module, nw_value value)
{
    if (value.kind != NW_FUNCTION || value.as.function->module != module || value.as.function->code->is_lambda)
        return false;
    nw_text name = nw_symbol_text(eval->symbols, value.as.function->name);
    return !(name.size > 4 && memcmp(name.bytes, "__", 2) == 0) || value.as.function->name.v == NW_NAME_DUNDER_CALL;
}

static void run_methods(nw_file_index *index, const nw_need *need, const nw_class *class_, nw_value instance)
{
    nw_eval *eval = index->eval;
    const nw_module *module = index->module;
    for (uint32_t i = 0; i < class_->mro_count; i++) {
        const nw_class *base = class_->mro[i];
        uint32_t position = 0;
        if (base->module != module || !base->node)
            continue;
        for (nw_dict_entry *entry; (entry = nw_dict_next(base->attributes, &position));) {
            if (!is_method(eval, module, entry->value) || !nw_need_has(need, entry->value.as.function->code))
                continue;
            const nw_function *function = entry->value.as.function;
            nw_value method = nw_bind_attribute(eval, entry->value, instance, (nw_class *)class_);
            if (method.kind == NW_METHOD)
                run_root(index, function->name.v == NW_NAME_FORWARD && base == class_ ? instance : method, function, true);
        }
    }
}

static void run_class(nw_file_index *index, const nw_need *need, nw_class *class_)
{
    nw_eval *eval = index->eval;
    nw_root_instances *instances = &index->instances;
    nw_eval_start_root(eval, STEPS_PER_ROOT);
    eval->trail_count = eval->trail_base = 0;
    nw_value *init = nw_class_find(eval, class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    nw_value instance = nw_instance_new(eval, class_);
    if (instance.kind != NW_INSTANCE)
        return;
    if (init && init->kind == NW_FUNCTION) {
        nw_arguments arguments = nw_symbolic_arguments(eval, init->as.function, true, false);
        nw_call(eval, nw_bind_attribute(eval, *init, instance, class_), &arguments);
        keep_failure(index, 0, class_->node);
    }
    NW_ARENA_RESERVE(&eval->arena, instances->items, instances->count, instances->capacity);
    instances->items[instances->count++] = (nw_root_instance){class_, instance};
    nw_changes_forget(eval, &index->changes, instance.as.instance);
    run_methods(index, need, class_, instance);
}

static bool is_needed(const nw_need *need, nw_value value)
{
    return value.kind == NW_CLASS ? nw_need_has_class(need, value.as.class_->node) : nw_need_has(need, value.as.function->code);
}

static bool is_needed_definition(void *data, uint32_t statement)
{
    const nw_need *need = data;
    const nw_node *node = &need->ast->nodes[statement];
    return node->kind == NW_NODE_CLASS ? nw_need_has_class(need, statement) : nw_need_has(need, &need->ast->functions[node->a]);
}

/* `import patches`, whose name nobody reads, is there for what it does. */
static void run_imports_for_effect(nw_file_index *index)
{
    nw_eval *eval = index->eval;
    const nw_ast *ast = index->module->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *statement = &ast->nodes[body.items[i]];
        nw_list aliases = statement->kind == NW_NODE_IMPORT ? nw_ast_list(ast, statement->a) : (nw_list){0};
        for (uint32_t k = 0; k < aliases.count; k++) {
            const nw_node *alias = &ast->nodes[aliases.items[k]];
            bool is_read = alias->b && nw_file_word(index, (nw_symbol){ast->nodes[alias->b].a}).count > 1;
            if (!alias->b || is_read || nw_import_is_of_catalog(eval, (nw_symbol){alias->a}) || !nw_import_locate(eval, (nw_symbol){alias->a}))
                continue;
            nw_eval_start_root(eval, STEPS_PER_ROOT);
            nw_import_module(eval, (nw_symbol){alias->a});
        }
    }
}

void nw_roots_run(nw_file_index *index, const nw_need *need)
{
    nw_eval *eval = index->eval;
    nw_module *module = index->module;
    run_imports_for_effect(index);
    nw_eval_start_root(eval, STEPS_PER_ROOT);
    nw_definitions_run(eval, module, is_needed_definition, (void *)need);
    nw_changes_forget_globals(eval, index);
    nw_value *found = nw_arena_alloc(&eval->arena, MAX_ROOTS * sizeof *found);
    uint32_t count = 0, position = 0;
    for (nw_dict_entry *entry; count < MAX_ROOTS && (entry = nw_dict_next(module->globals, &position));) {
        nw_value value = nw_settle(eval, entry->value);
        bool own_class = value.kind == NW_CLASS && value.as.class_->module == module && value.as.class_->node;
        bool own_function = value.kind == NW_FUNCTION && value.as.function->module == module && !value.as.function->owner;
        bool known = false;
        for (uint32_t i = 0; i < count; i++)
            known |= found[i].as.object == value.as.object;
        if ((own_class || own_function) && !known && is_needed(need, value))
            found[count++] = value;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (found[i].kind == NW_CLASS)
            run_class(index, need, found[i].as.class_);
        else
            run_root(index, found[i], found[i].as.function, false);
    }
    nw_eval_start_root(eval, STEPS_PER_ROOT);
}
