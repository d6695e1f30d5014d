#include "migrate/migrate.h"

#include "eval/interpret.h"
#include "migrate/builder.h"
#include "migrate/file_graph.h"
#include "migrate/layout.h"
#include "migrate/sites.h"

#include <string.h>

static nw_symbol outermost(nw_eval *eval, nw_symbol name)
{
    const char *text = nw_bytes(eval, name);
    return nw_symbol_intern(eval->symbols, text, strcspn(text, "."));
}

nw_symbol nw_migrated_module_name(const nw_migration *migration, nw_symbol name)
{
    nw_eval *eval = migration->eval;
    nw_symbol top = outermost(eval, name);
    if (top.v == migration->package.v || !nw_translations_holds(&migration->tables, "packages", top, NULL))
        return name;
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, "%s_%s%s", nw_bytes(eval, top), migration->to, nw_bytes(eval, name) + strlen(nw_bytes(eval, top)));
    nw_symbol renamed = nw_symbol_intern(eval->symbols, text.bytes, text.size);
    nw_buffer_release(&text);
    return renamed;
}

/* pkg.sub.mod as pkg/sub/mod.py, a package as pkg/sub/__init__.py */
static const char *file_path(const nw_migration *migration, const nw_module *module)
{
    nw_eval *eval = migration->eval;
    nw_buffer text;
    nw_buffer_init(&text);
    for (const char *c = nw_bytes(eval, nw_migrated_module_name(migration, module->name)); *c; c++)
        nw_buffer_byte(&text, *c == '.' ? '/' : *c);
    nw_buffer_text(&text, module->is_package ? "/__init__.py" : ".py");
    const char *path = nw_arena_copy(&eval->arena, text.bytes, text.size + 1);
    nw_buffer_release(&text);
    return path;
}

static void add_file(nw_migration *migration, nw_module *module)
{
    nw_eval *eval = migration->eval;
    if (migration->file_count == 0) /* the entry's own file comes first */
        migration->package = outermost(eval, module->name);
    NW_ARENA_RESERVE(&eval->arena, migration->files, migration->file_count, migration->file_capacity);
    nw_migrated_file *file = &migration->files[migration->file_count++];
    *file = (nw_migrated_file){.module = module, .path = file_path(migration, module)};
    nw_buffer_init(&file->text);
}

static bool is_file_that_ran(const nw_module *module)
{
    return !module->is_catalog && module->path && module->ast && module->source.bytes && module->state == NW_MODULE_DONE;
}

/* The program's own files that ran, that of the entry first: it need not be the one that was loaded first. */
static void find_files(nw_migration *migration, nw_module *first)
{
    uint32_t position = 0;
    if (is_file_that_ran(first))
        add_file(migration, first);
    for (nw_dict_entry *entry; (entry = nw_dict_next(migration->eval->loaded_modules, &position));)
        if (entry->value.kind == NW_MODULE && entry->value.as.module != first && is_file_that_ran(entry->value.as.module))
            add_file(migration, entry->value.as.module);
}

/* A program that is itself a package of the framework's family cannot be told from it once it is written. */
static void check_package(nw_migration *migration, nw_module *module)
{
    nw_eval *eval = migration->eval;
    nw_symbol top = outermost(eval, module->name);
    if (migration->untranslated.count || top.v != migration->package.v || !nw_translations_holds(&migration->tables, "packages", top, NULL))
        return;
    NW_ARENA_RESERVE(&eval->arena, migration->untranslated.items, migration->untranslated.count, migration->untranslated.capacity);
    migration->untranslated.items[migration->untranslated.count++] = (nw_migration_entry){module, 0, NW_DIAG_FRAMEWORK_PACKAGE, nw_bytes(eval, top)};
}

static uint64_t count_lines(const nw_source *source)
{
    uint64_t lines = 0;
    for (uint32_t i = 0; i < source->size; i++)
        lines += source->bytes[i] == '\n';
    return lines;
}

/* Files that nothing imports any more are not written. */
static void keep_needed(nw_migration *migration, nw_writer **writers)
{
    uint32_t count = migration->file_count, kept = 0;
    if (count == 0)
        return;
    const bool *needed = nw_file_graph_needed(writers, count);
    for (uint32_t i = 0; i < count; i++) {
        if (!needed[i])
            continue;
        writers[kept] = writers[i];
        migration->files[kept++] = migration->files[i];
    }
    migration->file_count = kept;
}

bool nw_migrate_program(nw_migration *migration, nw_eval *eval, const nw_migrate_task *task)
{
    *migration = (nw_migration){.eval = eval, .entry = task->entry ? task->entry : "", .to = task->to, .natives = task->natives,
                                .untried = nw_untried_method(eval, task->from, task->to)};
    nw_exception_clear(eval);
    eval->stopped = false;
    eval->limits.deadline = 0;
    eval->limits.steps = eval->steps + 20000000;
    nw_trace *trace = eval->trace;
    migration->sites = nw_sites_make(eval);
    eval->trace = NULL;
    if (!nw_translations_load(&migration->tables, eval, task->from, task->spelling ? task->spelling : task->to))
        return false;
    const nw_value root = task->root;
    if (root.kind == NW_INSTANCE && root.as.instance->class_->is_module && !root.as.instance->class_->is_catalog)
        migration->root_class = root.as.instance->class_;
    if (task->only)
        add_file(migration, task->only);
    else
        find_files(migration, task->first);
    migration->is_open = task->only != NULL;
    nw_writer **writers = nw_arena_alloc(&eval->arena, (migration->file_count + 1) * sizeof *writers);
    for (uint32_t i = 0; i < migration->file_count; i++)
        writers[i] = nw_writer_new(migration, migration->files[i].module);
    for (uint32_t i = 0; i < migration->file_count; i++)
        nw_leave_out_calls(writers[i]);
    nw_sites_forget_dead(migration->sites);
    migration->writers = writers;
    keep_needed(migration, writers);
    for (uint32_t i = 0; i < migration->file_count; i++)
        nw_find_kept(writers[i]);
    nw_find_training(migration);
    nw_find_writing(migration);
    nw_find_builders(migration, writers);
    migration->keeps_tensors = nw_keeps_tensors(migration);
    if (task->channels_last)
        migration->layout = nw_layout_find(migration, writers, migration->file_count, task->channels_last, task->free_features);
    for (uint32_t i = 0; i < migration->file_count; i++) {
        migration->lines += count_lines(&migration->files[i].module->source);
        nw_write_body(writers[i]);
    }
    if (migration->file_count && !migration->is_open)
        nw_refuse_entry_names(writers[0]);
    nw_place_adapters(writers, migration->file_count);
    for (uint32_t i = 0; i < migration->file_count; i++)
        nw_write_file(writers[i], &migration->files[i]);
    for (uint32_t i = 0; i < migration->file_count; i++)
        check_package(migration, migration->files[i].module);
    eval->trace = trace;
    return true;
}

/* Whether something below a node ran in training alone. */
static bool trains(const nw_migration *migration, const nw_module *module, const nw_node *n)
{
    const nw_trace *trace = migration->sites->trace;
    for (uint32_t i = trace->evaluated; i < trace->count; i++) {
        uint32_t start = trace->entries[i].module == module ? module->ast->nodes[trace->entries[i].node].start : 0;
        if (trace->entries[i].module == module && n->start <= start && start < n->end)
            return true;
    }
    return false;
}

bool nw_is_beside_entry(const nw_migration *migration, const nw_migration_entry *entry)
{
    const nw_ast *ast = entry->module->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *n = &ast->nodes[body.items[i]];
        if (n->start > entry->start || entry->start >= n->end || (n->kind != NW_NODE_FUNCTION && n->kind != NW_NODE_CLASS))
            continue;
        for (uint32_t k = 1; k < ast->function_count; k++) { /* the body of a class runs by itself */
            const nw_ast_function *code = &ast->functions[k];
            nw_list inner = code->scope == NW_SCOPE_FUNCTION && !code->is_lambda ? nw_ast_list(ast, code->body) : (nw_list){0};
            bool within = inner.count && ast->nodes[code->node].start >= n->start && ast->nodes[code->node].end <= n->end;
            if (within && nw_sites_reached(migration->sites, entry->module, ast->nodes[inner.items[0]].start, ast->nodes[inner.items[inner.count - 1]].end))
                return false;
        }
        return !trains(migration, entry->module, n);
    }
    return false;
}

uint32_t nw_migrated_source(const nw_migrated_file *file, uint32_t target)
{
    uint32_t source = 0;
    for (uint32_t i = 0; i < file->place_count && file->places[i].target <= target; i++)
        source = file->places[i].source;
    return source;
}

void nw_migration_release(nw_migration *migration)
{
    for (uint32_t i = 0; i < migration->file_count; i++)
        nw_buffer_release(&migration->files[i].text);
}
