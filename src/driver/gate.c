#include "driver/gate.h"

#include "emit/message.h"
#include "eval/interpret.h"
#include "migrate/layout.h"
#include "syntax/syntax.h"

#include <stdio.h>
#include <string.h>

static const char *kept(nw_gate *gate, const nw_model *source, const char *text, size_t size)
{
    (void)gate;
    char *copy = nw_arena_alloc(&source->eval->arena, size + 1);
    memcpy(copy, text, size);
    copy[size] = 0;
    return copy;
}

/* The place of a difference is one of the source: that is the file that people look at. */
static void set_problem(nw_gate *gate, const nw_model *source, nw_place place, const char *text)
{
    const char *path;
    nw_position position;
    gate->problem = (nw_diagnostic){.id = NW_DIAG_GATE, .detail = kept(gate, source, text, strlen(text))};
    if (!nw_place_position(place, &path, &position) && !nw_place_position(source->fallback, &path, &position))
        return;
    gate->problem.path = path;
    gate->problem.line = position.line;
    gate->problem.column = position.column;
}

/* The statement of the source that a place in a written file came from. */
static nw_place source_place(const nw_migration *migration, const char *folder, const nw_diagnostic *written)
{
    size_t size = strlen(folder);
    if (!written->path || strncmp(written->path, folder, size) != 0)
        return (nw_place){0};
    for (uint32_t i = 0; i < migration->file_count; i++)
        if (strcmp(migration->files[i].path, written->path + size + 1) == 0) {
            uint32_t start = nw_migrated_source(&migration->files[i], written->start);
            return (nw_place){migration->files[i].module, start, start};
        }
    return (nw_place){0};
}

/* What reading back did not understand, with its place in the written file. */
static void tell_unknown(nw_gate *gate, const nw_model *source, const nw_migration *migration, const char *folder)
{
    const nw_diagnostic *first = &gate->target.unknown.items[0];
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, "read back, %s:%u: ", first->path ? first->path : "", first->line);
    nw_message_text(&text, first->id, first->detail);
    set_problem(gate, source, source_place(migration, folder, first), text.bytes);
    nw_buffer_release(&text);
}

static void tell_difference(nw_gate *gate, const nw_model *source)
{
    nw_buffer text;
    nw_buffer_init(&text);
    nw_pivot_explain(&gate->comparison, &text);
    set_problem(gate, source, gate->comparison.source.place, text.bytes ? text.bytes : "");
    nw_buffer_release(&text);
}

static bool is_written(const nw_module *module, const char *folder)
{
    return module && !module->is_catalog && module->path && strncmp(module->path, folder, strlen(folder)) == 0;
}

/* The first name that the statements of a written file's top level take from another one where it is not, though they bind it anew later. */
static const nw_import *look_at_statements(nw_eval *eval, const nw_module *module, const char *folder)
{
    nw_list body = nw_ast_list(module->ast, module->ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &module->ast->nodes[body.items[i]];
        nw_list aliases = nw_ast_list(module->ast, node->kind == NW_NODE_IMPORT_FROM ? node->c : 0);
        for (uint32_t k = 0; k < aliases.count; k++) {
            const nw_node *alias = &module->ast->nodes[aliases.items[k]];
            nw_import *import = nw_arena_zero(&eval->arena, sizeof *import);
            *import = (nw_import){.module = nw_import_absolute_name(eval, module, node->b, (nw_symbol){node->a}), .name = {alias->a}, .importer = (nw_module *)module, .node = body.items[i]};
            const nw_module *from = alias->b ? nw_import_locate(eval, import->module) : NULL;
            nw_exception_clear(eval);
            if (is_written(from, folder) && nw_import_resolve(eval, import).kind == NW_ERROR)
                return import;
        }
    }
    return NULL;
}

/* The first name that a written file imports from another one where it is not; what is imported is looked at when it is used, and Python
 * looks at once. */
static const nw_import *look_at_imports(nw_eval *eval, const char *folder, uint32_t *ran)
{
    uint32_t position = 0;
    *ran = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(eval->loaded_modules, &position));) {
        nw_module *module = entry->value.kind == NW_MODULE ? entry->value.as.module : NULL;
        uint32_t at = 0;
        if (!is_written(module, folder) || module->state != NW_MODULE_DONE)
            continue;
        ++*ran;
        for (nw_dict_entry *bound; (bound = nw_dict_next(module->globals, &at));) {
            nw_import *import = bound->value.kind == NW_IMPORT ? bound->value.as.import : NULL;
            const nw_module *from = import && !import->definition && !import->in_try ? nw_import_locate(eval, import->module) : NULL;
            nw_exception_clear(eval);
            if (is_written(from, folder) && nw_import_resolve(eval, import).kind == NW_ERROR)
                return import;
        }
        const nw_import *hidden = look_at_statements(eval, module, folder);
        if (hidden)
            return hidden;
    }
    return NULL;
}

/* Looking at an import runs the module, whose imports are then to be looked at. */
static const nw_import *find_broken_import(nw_eval *eval, const char *folder)
{
    const nw_import *broken = NULL;
    uint32_t last = 0, ran = 0;
    do {
        last = ran;
        broken = look_at_imports(eval, folder, &ran);
    } while (!broken && ran > last);
    return broken;
}

static bool check_imports(nw_gate *gate, const nw_model *source, const nw_migration *migration, const char *folder)
{
    nw_eval *eval = gate->target.eval;
    const nw_import *broken = find_broken_import(eval, folder);
    nw_exception_clear(eval);
    if (!broken)
        return true;
    const nw_node *node = &broken->importer->ast->nodes[broken->node];
    nw_diagnostic written = {.path = broken->importer->path, .start = node->start};
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, "read back, %s: `%s` is not in %s", broken->importer->path, nw_bytes(eval, broken->name), nw_bytes(eval, broken->module));
    set_problem(gate, source, source_place(migration, folder, &written), text.bytes);
    nw_buffer_release(&text);
    return false;
}

static bool is_indented_alone(const nw_source *text, uint32_t start, uint32_t *depth)
{
    uint32_t line = nw_source_line_start(text, start);
    *depth = start - line;
    return strspn(text->bytes + line, " \t") == *depth;
}

/* The first of a block's statements that stands deeper, or less deep, than the one in front of all; 0: there is none. */
static uint32_t uneven_in(const nw_ast *ast, const nw_source *text, nw_list block)
{
    uint32_t depth, other;
    if (!block.count || !is_indented_alone(text, ast->nodes[block.items[0]].start, &depth))
        return 0;
    for (uint32_t k = 1; k < block.count; k++)
        if (is_indented_alone(text, ast->nodes[block.items[k]].start, &other) && other != depth)
            return ast->nodes[block.items[k]].start;
    return 0;
}

/* The first statement that stands deeper than the one in front of it in its block, which no parser of Python takes; 0: there is none. */
static uint32_t uneven_statement(const nw_ast *ast, const nw_source *text)
{
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        nw_list blocks[2] = {{0}, {0}};
        if (n->kind == NW_NODE_FUNCTION)
            blocks[0] = nw_ast_list(ast, ast->functions[n->a].body);
        else if (n->kind == NW_NODE_IF || n->kind == NW_NODE_WITH || n->kind == NW_NODE_WHILE)
            blocks[0] = nw_ast_list(ast, n->b);
        else if (n->kind == NW_NODE_FOR)
            blocks[0] = nw_ast_list(ast, ast->extra[n->c]);
        if (n->kind == NW_NODE_IF || n->kind == NW_NODE_WHILE)
            blocks[1] = nw_ast_list(ast, n->c);
        for (int b = 0; b < 2; b++) {
            uint32_t uneven = uneven_in(ast, text, blocks[b]);
            if (uneven)
                return uneven;
        }
    }
    return 0;
}

/* Also what the entry does not reach must parse, or nothing of the file can be imported. */
static bool check_syntax(nw_gate *gate, const nw_session *session, const nw_model *source, const nw_migration *migration)
{
    for (uint32_t i = 0; i < migration->file_count; i++) {
        const nw_migrated_file *file = &migration->files[i];
        nw_source text;
        nw_arena arena;
        nw_arena_init(&arena);
        nw_source_borrow(&text, file->path, file->text.bytes ? file->text.bytes : "", (uint32_t)file->text.size);
        const nw_ast *ast = file->is_changed ? nw_syntax_parse(&text, &arena, session->symbols) : NULL;
        uint32_t uneven = ast ? uneven_statement(ast, &text) : 0;
        bool good = !ast || (ast->error_count <= file->module->ast->error_count && !uneven);
        uint32_t start = good ? 0 : nw_migrated_source(file, uneven ? uneven : ast->first_error);
        nw_source_release(&text);
        nw_arena_release(&arena);
        if (good)
            continue;
        set_problem(gate, source, (nw_place){file->module, start, start}, "what is written here does not parse");
        return false;
    }
    return true;
}

/* The written program runs where the packages of the framework that it left are not installed. */
static void leave_framework(nw_environment *environment, const nw_migration *migration, nw_arena *arena)
{
    nw_value packages = nw_translations_setting(&migration->tables, "packages");
    uint32_t count = packages.kind == NW_TUPLE ? packages.as.tuple->count : 0;
    nw_symbol *names = nw_arena_zero(arena, (count + 1) * sizeof *names);
    for (uint32_t i = 0; i < count; i++)
        if (packages.as.tuple->items[i].kind == NW_STRING)
            names[environment->absent_count++] = packages.as.tuple->items[i].as.symbol;
    environment->absent = names;
}

/* The one input of a model without parameters of its own, `x=f32[2,3]`: whatever its name is. */
static const char *const *without_name(nw_arena *arena, const char *input)
{
    const char **inputs = nw_arena_alloc(arena, sizeof *inputs);
    const char *equals = strchr(input, '='), *bracket = strchr(input, '[');
    inputs[0] = equals && bracket && equals < bracket ? equals + 1 : input;
    return inputs;
}

bool nw_gate_open(nw_gate *gate, const nw_session *session, const nw_request *request, const nw_model *source, const nw_migration *migration,
                  const char *folder, const char *file)
{
    nw_arena *arena = &source->eval->arena;
    size_t room = strlen(folder) + strlen(file) + 2;
    char *path = nw_arena_alloc(arena, room);
    snprintf(path, room, "%s/%s", folder, file);
    const char **roots = nw_arena_alloc(arena, sizeof *roots);
    roots[0] = folder;
    gate->roots = (nw_roots){roots, 1, 1};
    gate->is_read = false;
    nw_run_begin(&gate->run, session, &gate->roots, NW_RUN_TRANSLATION);
    gate->run.environment.stand_ins = &migration->stand_ins;
    gate->run.environment.beside = source->eval->environment->roots;
    gate->run.environment.beside_count = source->eval->environment->root_count;
    leave_framework(&gate->run.environment, migration, arena);
    nw_request again = *request;
    again.entry = nw_entry_parse(arena, request->entry).expression;
    again.path = path;
    again.run_first = source->eval->imports_at_once ? nw_bytes(source->eval, source->fallback.module->name) : NULL;
    again.inputs_form = source->inputs_form;
    again.moved = nw_layout_moved(migration->layout);
    const nw_value root = source->root;
    if (again.input_count == 1 && root.kind == NW_INSTANCE && root.as.instance->class_->is_catalog && migration->tables.by_hand)
        again.inputs = without_name(arena, again.inputs[0]);
    if (!check_syntax(gate, session, source, migration))
        return false;
    nw_diagnostic_id problem_id;
    const char *problem = "";
    if (!nw_pipeline_closed(&gate->run, &again, &gate->target, &problem_id, &problem)) {
        nw_buffer text;
        nw_buffer_init(&text);
        nw_message_text(&text, problem_id, problem);
        set_problem(gate, source, (nw_place){0}, text.bytes);
        nw_buffer_release(&text);
        return false;
    }
    if (gate->target.unknown.count) {
        tell_unknown(gate, source, migration, folder);
        return false;
    }
    gate->is_read = true;
    if (!check_imports(gate, source, migration, folder))
        return false;
    nw_moved_channels moved = again.moved ? *again.moved : (nw_moved_channels){0};
    if (gate->target.output_count != source->output_count)
        moved.outputs = NULL;
    /* Channels on axis 1 are the order of the forms: where the source has them last its inputs are turned, and its outputs. */
    const nw_moved_channels back = {moved.inputs, moved.outputs, false};
    nw_pivot *pivot = nw_pivot_read_beside(source, NULL, moved.to_first ? &back : NULL);
    gate->comparison = nw_pivot_compare(pivot, nw_pivot_read_beside(&gate->target, pivot, moved.to_first ? NULL : &moved));
    if (!gate->comparison.equal && source->eval->environment->stand_ins) { /* calls that are opaque in the target are such calls in the source */
        pivot = nw_pivot_read(&gate->target);
        gate->comparison = nw_pivot_compare(nw_pivot_read_beside(source, pivot, NULL), pivot);
    }
    if (!gate->comparison.equal)
        tell_difference(gate, source);
    return gate->comparison.equal;
}

void nw_gate_close(nw_gate *gate)
{
    nw_model_release(&gate->target);
    nw_run_end(&gate->run);
}
