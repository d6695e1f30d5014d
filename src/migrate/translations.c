#include "migrate/translations.h"

#include "base/embedded.h"
#include "eval/interpret.h"
#include "syntax/compiled.h"

#include <stdio.h>
#include <string.h>

/* ---- the index ---- */

static uint32_t slot_of(const nw_translations *tables, nw_row_kind kind, nw_symbol name)
{
    uint32_t at = (name.v * NW_ROW_KINDS + (uint32_t)kind) * 2654435761u & (tables->index_size - 1);
    while (tables->index[at]) {
        const nw_translation *row = &tables->rows[tables->index[at] - 1];
        if (row->kind == kind && row->name.v == name.v)
            break;
        at = (at + 1) & (tables->index_size - 1);
    }
    return at;
}

static void build_index(nw_translations *tables)
{
    tables->index_size = 64;
    while (tables->index_size < 2 * tables->count)
        tables->index_size *= 2;
    tables->index = nw_arena_zero(&tables->eval->arena, tables->index_size * sizeof *tables->index);
    for (uint32_t i = 0; i < tables->count; i++) {
        uint32_t at = slot_of(tables, tables->rows[i].kind, tables->rows[i].name);
        if (!tables->index[at])
            tables->index[at] = i + 1;
    }
}

const nw_translation *nw_translation_find(const nw_translations *tables, nw_row_kind kind, nw_symbol name)
{
    uint32_t found = tables->index[slot_of(tables, kind, name)];
    return found ? &tables->rows[found - 1] : NULL;
}

const nw_translation *nw_translation_adapter(const nw_translations *tables, nw_symbol own_name)
{
    for (uint32_t i = 0; i < tables->count; i++)
        if ((tables->rows[i].kind == NW_ROW_ADAPTER || tables->rows[i].kind == NW_ROW_LAST_ADAPTER) && tables->rows[i].own_name.v == own_name.v)
            return &tables->rows[i];
    return NULL;
}

/* ---- reading one table ---- */

static int kind_of(const char *decorator)
{
    static const char *const names[] = {"translation", "adapter", "attribute", "value", "dropped"};
    for (int kind = 0; kind <= NW_ROW_DROPPED; kind++)
        if (strcmp(decorator, names[kind]) == 0)
            return kind;
    return -1;
}

static nw_symbol note_of(const nw_ast *ast, nw_list arguments)
{
    for (uint32_t i = 1; i < arguments.count; i++) {
        const nw_node *node = &ast->nodes[arguments.items[i]];
        const nw_node *value = node->kind == NW_NODE_KEYWORD ? &ast->nodes[node->b] : node;
        if (value->kind == NW_NODE_STRING)
            return (nw_symbol){value->a};
    }
    return (nw_symbol){0};
}

/* layout="channels_last", ranks=(4,), gain=4, transposes=1, plain=("weight",) */
static void read_layout(nw_translation *row, const nw_eval *eval, const nw_ast *ast, nw_list arguments)
{
    for (uint32_t i = 1; i < arguments.count; i++) {
        const nw_node *node = &ast->nodes[arguments.items[i]];
        if (node->kind != NW_NODE_KEYWORD)
            continue;
        const char *name = nw_bytes(eval, (nw_symbol){node->a});
        const nw_node *value = &ast->nodes[node->b];
        if (strcmp(name, "layout") == 0 && value->kind == NW_NODE_STRING && strcmp(nw_bytes(eval, (nw_symbol){value->a}), "channels_last_free") == 0)
            row->kind = NW_ROW_FREE_TRANSLATION;
        else if (strcmp(name, "layout") == 0)
            row->kind = row->kind == NW_ROW_ADAPTER ? NW_ROW_LAST_ADAPTER : row->kind == NW_ROW_ATTRIBUTE ? NW_ROW_LAST_ATTRIBUTE : NW_ROW_LAST_TRANSLATION;
        else if (strcmp(name, "gain") == 0)
            row->gain = value->a;
        else if (strcmp(name, "transposes") == 0)
            row->transposes = value->a;
        else if (strcmp(name, "plain") == 0)
            row->plain = nw_ast_list(ast, value->a);
        else if (strcmp(name, "ranks") == 0)
            for (uint32_t k = 0; k < nw_ast_list(ast, value->a).count; k++)
                row->ranks |= 1u << ast->nodes[nw_ast_list(ast, value->a).items[k]].a;
    }
}

/* The text of a definition: from the line behind its decorators to its end. */
static void find_text(nw_translation *row, const nw_ast *ast, nw_list decorators)
{
    const nw_node *last = &ast->nodes[decorators.items[decorators.count - 1]];
    const char *text = row->module->source.bytes;
    row->first = last->end;
    while (text[row->first] && text[row->first] != '\n')
        row->first++;
    row->first += text[row->first] == '\n';
    row->end = ast->nodes[row->node].end;
}

static void add_row(nw_translations *tables, nw_module *module, uint32_t node, nw_list decorators, const nw_node *call)
{
    const nw_ast *ast = module->ast;
    nw_eval *eval = tables->eval;
    nw_list arguments = nw_ast_list(ast, call->b);
    int kind = kind_of(nw_bytes(eval, (nw_symbol){ast->nodes[call->a].a}));
    if (kind < 0 || arguments.count == 0 || ast->nodes[arguments.items[0]].kind != NW_NODE_STRING)
        return;
    bool is_class = ast->nodes[node].kind == NW_NODE_CLASS;
    nw_translation row = {.kind = (uint8_t)kind, .name = {ast->nodes[arguments.items[0]].a}, .module = module, .node = node, .note = note_of(ast, arguments)};
    read_layout(&row, eval, ast, arguments);
    row.own_name = is_class ? (nw_symbol){ast->nodes[node].a} : ast->functions[ast->nodes[node].a].name;
    if (!is_class) {
        nw_value made = nw_function_make(eval, ast->nodes[node].a);
        if (made.kind != NW_FUNCTION) {
            nw_exception_clear(eval);
            return;
        }
        row.function = made.as.function;
    }
    find_text(&row, ast, decorators);
    NW_ARENA_RESERVE(&eval->arena, tables->rows, tables->count, tables->capacity);
    tables->rows[tables->count++] = row;
}

static void read_rows(nw_translations *tables, nw_module *module, nw_list body)
{
    const nw_ast *ast = module->ast;
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        if (node->kind != NW_NODE_FUNCTION && node->kind != NW_NODE_CLASS)
            continue;
        nw_list decorators = nw_ast_list(ast, node->kind == NW_NODE_CLASS ? ast->extra[node->b + 2] : node->b);
        for (uint32_t d = 0; d < decorators.count; d++) {
            const nw_node *call = &ast->nodes[decorators.items[d]];
            if (call->kind == NW_NODE_CALL && ast->nodes[call->a].kind == NW_NODE_NAME)
                add_row(tables, module, body.items[i], decorators, call);
        }
    }
}

/* What templates refer to by name: the table's imports, and its settings. Definitions are not run. */
static void run_preamble(nw_eval *eval, nw_module *module, nw_list body)
{
    for (uint32_t i = 0; i < body.count; i++) {
        uint8_t kind = module->ast->nodes[body.items[i]].kind;
        if (kind != NW_NODE_IMPORT && kind != NW_NODE_IMPORT_FROM && kind != NW_NODE_ASSIGN)
            continue;
        nw_value ignored;
        if (nw_execute(eval, body.items[i], &ignored) != NW_NEXT)
            nw_exception_clear(eval);
    }
}

static nw_value tensor_rank(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    if (value.kind == NW_TENSOR && value.as.tensor->shape)
        return nw_int(value.as.tensor->rank);
    return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "rank");
}

static nw_value tensor_dtype(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    static const char *const names[] = {"unknown",
#define NW_DTYPE_ROW(id, name, category, size) name,
#include "eval/dtype.def"
#undef NW_DTYPE_ROW
    };
    if (value.kind == NW_TENSOR && value.as.tensor->dtype != NW_DTYPE_UNKNOWN)
        return nw_string_of(eval, names[value.as.tensor->dtype]);
    return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "dtype");
}

static nw_value is_tensor(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    return value.kind == NW_OPAQUE || value.kind == NW_PHI ? nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "is_tensor") : nw_bool(value.kind == NW_TENSOR);
}

/* moved(dim, x): where axes of x are once its channels are last; x is a tensor, a sequence of tensors or a number of axes. */
static nw_value moved_axis(nw_eval *eval, nw_value axis, int64_t rank)
{
    int64_t number;
    if (!nw_known_integer(nw_settle(eval, axis), &number) || number < -rank || number >= rank)
        return nw_unset();
    number += number < 0 ? rank : 0;
    return nw_int(number == 0 ? 0 : number == 1 ? -1 : number - 1);
}

static nw_value moved(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value axes = nw_settle(eval, arguments->positional[0]), of = nw_settle(eval, arguments->positional[1]);
    if (of.kind == NW_LIST && of.as.list->count)
        of = nw_settle(eval, of.as.list->items[0]);
    else if (of.kind == NW_TUPLE && of.as.tuple->count)
        of = nw_settle(eval, of.as.tuple->items[0]);
    int64_t rank = of.kind == NW_TENSOR && of.as.tensor->shape ? of.as.tensor->rank : of.kind == NW_INT ? of.as.integer : 0;
    const nw_value *items = axes.kind == NW_TUPLE ? axes.as.tuple->items : axes.kind == NW_LIST ? axes.as.list->items : &axes;
    uint32_t count = axes.kind == NW_TUPLE ? axes.as.tuple->count : axes.kind == NW_LIST ? axes.as.list->count : 1;
    nw_value *result = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *result);
    for (uint32_t i = 0; i < count; i++) {
        result[i] = rank < 3 ? nw_unset() : moved_axis(eval, items[i], rank);
        if (result[i].kind == NW_UNSET)
            return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "moved");
    }
    return items == &axes ? result[0] : nw_tuple_new(eval, result, count);
}

static void add_helpers(nw_eval *eval, nw_module *module)
{
    static const struct { const char *name; nw_native_function call; } helpers[] = {{"rank", tensor_rank}, {"dtype", tensor_dtype}, {"is_tensor", is_tensor}, {"moved", moved}};
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
        nw_dict_set_name(eval, module->globals, nw_symbol_of(eval->symbols, helpers[i].name),
                         nw_native_new(eval, helpers[i].name, helpers[i].call, nw_unset()));
}

static nw_module *read_table(nw_translations *tables, uint32_t file)
{
    nw_eval *eval = tables->eval;
    const nw_embedded_file *embedded = &nw_embedded_catalog[file];
    nw_module *module = nw_arena_zero(&eval->arena, sizeof *module);
    module->name = nw_symbol_of(eval->symbols, embedded->path);
    module->path = embedded->path;
    module->ast = nw_compiled_catalog[file];
    module->globals = nw_dict_make(eval);
    module->state = NW_MODULE_DONE;
    module->is_catalog = true;
    nw_source_borrow(&module->source, embedded->path, (const char *)embedded->bytes, embedded->size);
    add_helpers(eval, module);
    nw_frame *caller = eval->frame;
    eval->frame = nw_frame_new(eval, &module->ast->functions[0], module, NULL);
    eval->in_catalog++;
    nw_list body = nw_ast_list(module->ast, module->ast->functions[0].body);
    run_preamble(eval, module, body);
    read_rows(tables, module, body);
    eval->in_catalog--;
    eval->frame = caller;
    return module;
}

/* tensorflow stands for keras: its __init__.py names the tables that it spells otherwise. */
static const char *read_spelling(nw_translations *tables, const char *from, const char *to)
{
    char path[80];
    snprintf(path, sizeof path, "_translations/%s/%s/__init__.py", from, to);
    const nw_embedded_file *file = nw_embedded_find(nw_embedded_catalog, nw_embedded_catalog_count, path);
    if (!file)
        return to;
    nw_module *module = read_table(tables, (uint32_t)(file - nw_embedded_catalog));
    const nw_value *of = nw_dict_find_name(module->globals, nw_symbol_of(tables->eval->symbols, "spelling_of"));
    if (!of || of->kind != NW_STRING)
        return to;
    tables->spelling = module;
    return nw_bytes(tables->eval, of->as.symbol);
}

bool nw_translations_load(nw_translations *tables, nw_eval *eval, const char *from, const char *to)
{
    *tables = (nw_translations){.eval = eval};
    char folder[64];
    to = read_spelling(tables, from, to);
    tables->count = 0;
    int size = snprintf(folder, sizeof folder, "_translations/%s/%s/", from, to);
    for (uint32_t i = 0; i < nw_embedded_catalog_count; i++) {
        const char *path = nw_embedded_catalog[i].path;
        if (strncmp(path, folder, (size_t)size) != 0)
            continue;
        nw_module *module = read_table(tables, i);
        if (strcmp(path + size, "__init__.py") == 0)
            tables->settings = module;
    }
    build_index(tables);
    return tables->settings != NULL;
}

/* ---- settings ---- */

nw_value nw_translations_setting(const nw_translations *tables, const char *name)
{
    nw_symbol symbol = nw_symbol_of(tables->eval->symbols, name);
    const nw_value *found = tables->spelling ? nw_dict_find_name(tables->spelling->globals, symbol) : NULL;
    if (!found)
        found = nw_dict_find_name(tables->settings->globals, symbol);
    return found ? *found : nw_unset();
}

bool nw_translations_holds(const nw_translations *tables, const char *setting, nw_symbol text, nw_value *value)
{
    nw_value all = nw_translations_setting(tables, setting);
    if (all.kind == NW_DICT || all.kind == NW_SET) {
        nw_value *found = nw_dict_find_name(all.as.dict, text);
        if (found && value)
            *value = *found;
        return found != NULL;
    }
    if (all.kind == NW_STRING)
        return all.as.symbol.v == text.v;
    for (uint32_t i = 0; all.kind == NW_TUPLE && i < all.as.tuple->count; i++)
        if (all.as.tuple->items[i].kind == NW_STRING && all.as.tuple->items[i].as.symbol.v == text.v)
            return true;
    return false;
}
