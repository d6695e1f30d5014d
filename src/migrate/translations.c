#include "migrate/translations.h"

#include "base/embedded.h"
#include "eval/interpret.h"
#include "eval/keras.h"
#include "model/model.h"
#include "syntax/compiled.h"

#include <stdio.h>
#include <string.h>

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
static nw_value moved_axis(nw_eval *eval, nw_value axis, int64_t rank, bool to_first)
{
    int64_t number;
    if (!nw_known_integer(nw_settle(eval, axis), &number) || number < -rank || number >= rank)
        return nw_unset();
    int64_t now = nw_moved_axis(to_first, (uint32_t)(number + (number < 0 ? rank : 0)), (uint32_t)rank);
    return nw_int(!to_first && now == rank - 1 ? -1 : now);
}

/* 0: it is no symbolic tensor. */
static int64_t symbolic_rank(nw_eval *eval, nw_value value)
{
    const nw_value *shape = nw_keras_is_symbolic_tensor(eval, value) ? nw_dict_find_name(value.as.instance->attributes, nw_symbol_of(eval->symbols, "_shape")) : NULL;
    return shape && shape->kind == NW_TUPLE ? shape->as.tuple->count : 0;
}

static nw_value moved(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value axes = nw_settle(eval, arguments->positional[0]), of = nw_settle(eval, arguments->positional[1]);
    if (of.kind == NW_LIST && of.as.list->count)
        of = nw_settle(eval, of.as.list->items[0]);
    else if (of.kind == NW_TUPLE && of.as.tuple->count)
        of = nw_settle(eval, of.as.tuple->items[0]);
    int64_t rank = of.kind == NW_TENSOR && of.as.tensor->shape ? of.as.tensor->rank : of.kind == NW_INT ? of.as.integer : symbolic_rank(eval, of);
    const nw_value *items = axes.kind == NW_TUPLE ? axes.as.tuple->items : axes.kind == NW_LIST ? axes.as.list->items : &axes;
    uint32_t count = axes.kind == NW_TUPLE ? axes.as.tuple->count : axes.kind == NW_LIST ? axes.as.list->count : 1;
    nw_value *result = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *result);
    for (uint32_t i = 0; i < count; i++) {
        result[i] = rank < 3 ? nw_unset() : moved_axis(eval, items[i], rank, self.as.integer != 0);
        if (result[i].kind == NW_UNSET)
            return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "moved");
    }
    return items == &axes ? result[0] : nw_tuple_new(eval, result, count);
}

/* spelled(activation): the name of a function of the framework, "relu" for tf.nn.relu; a string, or None, is itself. */
static nw_value spelled(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    nw_function *function = value.kind == NW_FUNCTION && value.as.function->module->is_catalog ? value.as.function : NULL;
    if (value.kind == NW_STRING || value.kind == NW_NONE)
        return value;
    return function ? nw_string_of(eval, nw_bytes(eval, function->name)) : nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "spelled");
}

/* What a layer was called with, where the fact is a call of it; UNSET: it is none. */
static nw_value input_at(nw_eval *eval, uint32_t number, nw_value layer)
{
    const nw_fact *fact = &eval->facts[number];
    bool own = fact->kind == NW_FACT_LAYER && fact->callee.kind == NW_INSTANCE && fact->callee.as.instance == layer.as.instance;
    return own && fact->argument_count ? nw_settle(eval, fact->arguments[0]) : nw_unset();
}

/* input_rank(made): how many axes a layer's input has, wherever it was called with a tensor. */
static nw_value input_rank(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value made = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    int64_t rank = -1;
    for (uint32_t i = 0; made.kind == NW_INSTANCE && i < eval->fact_count; i++) {
        nw_value input = input_at(eval, i, made);
        if (input.kind == NW_UNSET)
            continue;
        if (input.kind == NW_LIST && input.as.list->count)
            input = nw_settle(eval, input.as.list->items[0]);
        int64_t now = input.kind == NW_TENSOR && input.as.tensor->shape ? input.as.tensor->rank : -1;
        if (now < 0 || (rank >= 0 && rank != now))
            return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "input_rank");
        rank = now;
    }
    return rank < 0 ? nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "input_rank") : nw_int(rank);
}

/* is_pixel(made): whether each of a layer's inputs has one element for each channel. */
static nw_value is_pixel(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value made = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    bool all = false;
    for (uint32_t i = 0; made.kind == NW_INSTANCE && i < eval->fact_count; i++) {
        nw_value input = input_at(eval, i, made);
        if (input.kind == NW_UNSET)
            continue;
        all = input.kind == NW_TENSOR && input.as.tensor->shape;
        for (int k = 1; all && k + 1 < input.as.tensor->rank; k++) {
            int64_t size;
            all = nw_known_integer(nw_settle(eval, input.as.tensor->shape[k]), &size) && size == 1;
        }
        if (!all)
            return nw_bool(false);
    }
    return nw_bool(all);
}

/* is_known(x): whether the argument is known, which it is not where the program never comes to. */
static nw_value is_known(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    return nw_bool(arguments->positional_count && nw_settle(eval, arguments->positional[0]).kind != NW_OPAQUE);
}

/* kind_of(layer): the name of the class of a layer of the framework. */
static nw_value kind_of(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    bool known = value.kind == NW_INSTANCE && value.as.instance->class_->is_catalog;
    return known ? nw_string_of(eval, nw_bytes(eval, value.as.instance->class_->name)) : nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "kind_of");
}

/* is_input(layer): whether it is where a model begins, a symbolic tensor or the layer that stands for one. */
static nw_value is_input(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    const char *name = value.kind == NW_INSTANCE ? nw_bytes(eval, value.as.instance->class_->name) : "";
    return nw_bool(strcmp(name, "InputLayer") == 0 || strcmp(name, "KerasTensor") == 0);
}

/* is_unreached(made): whether the layer is made where the program never comes to, in a network whose tensors have at most four axes. */
static nw_value is_unreached(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    bool images = false;
    for (uint32_t i = 1; value.kind == NW_OPAQUE && i < eval->fact_count; i++) {
        nw_value result = eval->facts[i].kind == NW_FACT_LAYER ? nw_settle(eval, eval->facts[i].result) : nw_unset();
        int rank = result.kind == NW_TENSOR && result.as.tensor->shape ? result.as.tensor->rank : 0;
        if (rank == 3 || rank == 5)
            return nw_bool(false);
        images |= rank == 4;
    }
    return nw_bool(images);
}

static void add_helpers(const nw_translations *tables, nw_module *module)
{
    nw_eval *eval = tables->eval;
    static const struct { const char *name; nw_native_function call; } helpers[] = {{"rank", tensor_rank}, {"dtype", tensor_dtype}, {"is_tensor", is_tensor}, {"moved", moved}, {"spelled", spelled}, {"input_rank", input_rank}, {"is_input", is_input}, {"kind_of", kind_of}, {"is_unreached", is_unreached}, {"is_pixel", is_pixel}, {"is_known", is_known}};
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
        nw_dict_set_name(eval, module->globals, nw_symbol_of(eval->symbols, helpers[i].name),
                         nw_native_new(eval, helpers[i].name, helpers[i].call, nw_bool(tables->to_first)));
}

static void fill_module(const nw_translations *tables, nw_module *module, uint32_t file)
{
    nw_eval *eval = tables->eval;
    const nw_embedded_file *embedded = &nw_embedded_catalog[file];
    module->name = nw_symbol_of(eval->symbols, embedded->path);
    module->path = embedded->path;
    module->ast = nw_compiled_catalog[file];
    module->globals = nw_dict_make(eval);
    module->state = NW_MODULE_DONE;
    nw_source_borrow(&module->source, embedded->path, (const char *)embedded->bytes, embedded->size);
    add_helpers(tables, module);
}

/* The table's module for this run, made when it is first asked for; what runs meanwhile does not notice. */
static nw_module *module_of(const nw_translations *tables, uint32_t file)
{
    if (tables->modules[file])
        return tables->modules[file];
    nw_eval *eval = tables->eval;
    nw_module *module = tables->modules[file] = nw_arena_zero(&eval->arena, sizeof *module);
    module->is_catalog = true;
    nw_saved_state saved = nw_module_enter(eval, module);
    fill_module(tables, module, file);
    eval->frame = nw_frame_new(eval, &module->ast->functions[0], module, NULL);
    run_preamble(eval, module, nw_ast_list(module->ast, module->ast->functions[0].body));
    nw_module_leave(eval, &saved);
    eval->exception = saved.exception;
    return module;
}

/* The row for this run, with what runs its tests; NULL: that cannot be made. */
static const nw_translation *row_at(const nw_translations *tables, uint32_t number)
{
    if (tables->made[number])
        return tables->made[number];
    nw_eval *eval = tables->eval;
    nw_translation *row = nw_arena_copy(&eval->arena, &tables->rows->items[number], sizeof *row);
    row->module = module_of(tables, row->file);
    const nw_node *node = &row->module->ast->nodes[row->node];
    if (node->kind != NW_NODE_CLASS) {
        nw_saved_state saved = nw_module_enter(eval, row->module);
        eval->frame = nw_frame_new(eval, &row->module->ast->functions[0], row->module, NULL);
        nw_value made = nw_function_make(eval, node->a);
        nw_module_leave(eval, &saved);
        eval->exception = saved.exception;
        if (made.kind != NW_FUNCTION)
            return NULL;
        row->function = made.as.function;
    }
    return tables->made[number] = row;
}

const nw_translation *nw_translation_find(const nw_translations *tables, nw_row_kind kind, nw_symbol name)
{
    uint32_t found = nw_translation_rows_find(tables->rows, kind, name);
    return found ? row_at(tables, found - 1) : NULL;
}

const nw_translation *nw_translation_adapter(const nw_translations *tables, nw_symbol own_name)
{
    uint32_t found = nw_translation_rows_find_own(tables->rows, own_name);
    return found ? row_at(tables, found - 1) : NULL;
}

const nw_translation *nw_translation_helper(const nw_translations *tables, nw_symbol own_name)
{
    for (uint32_t i = 0; i < tables->rows->count; i++) {
        const nw_translation *row = &tables->rows->items[i];
        if (row->own_name.v == own_name.v && row->kind == NW_ROW_TRANSLATION && strncmp(nw_bytes(tables->eval, row->name), "netwright.", 10) == 0)
            return row_at(tables, i);
    }
    return NULL;
}

/* ---- loading ---- */

static const nw_embedded_file *settings_file(const char *from, const char *to)
{
    char path[80];
    snprintf(path, sizeof path, "_translations/%s/%s/__init__.py", from, to);
    return nw_embedded_find(nw_embedded_catalog, nw_embedded_catalog_count, path);
}

static nw_module *read_settings(const nw_translations *tables, const char *from, const char *to)
{
    const nw_embedded_file *file = settings_file(from, to);
    return file ? module_of(tables, (uint32_t)(file - nw_embedded_catalog)) : NULL;
}

/* tensorflow stands for keras: its __init__.py names the tables that it spells otherwise. */
static const char *read_spelling(nw_translations *tables, const char *from, const char *to)
{
    nw_module *module = read_settings(tables, from, to);
    const nw_value *of = module ? nw_dict_find_name(module->globals, nw_symbol_of(tables->eval->symbols, "spelling_of")) : NULL;
    if (!of || of->kind != NW_STRING)
        return to;
    tables->spelling = module;
    return nw_bytes(tables->eval, of->as.symbol);
}

static void read_folder(const nw_translations *tables, nw_translation_rows *rows, const char *from, const char *to)
{
    char folder[80];
    int size = snprintf(folder, sizeof folder, "_translations/%s/%s/", from, to);
    for (uint32_t i = 0; i < nw_embedded_catalog_count; i++)
        if (strncmp(nw_embedded_catalog[i].path, folder, (size_t)size) == 0)
            nw_translation_rows_read(rows, &tables->eval->arena, tables->eval->symbols, i);
}

/* Adapters that emulate nothing: `kept_adapters` names them. */
static bool is_kept_adapter(const nw_translations *tables, const nw_translation *row)
{
    return nw_translations_holds(tables, "kept_adapters", row->name, NULL);
}

/* Whether a row's text names an adapter among the rows from `first` on that goes. */
static bool names_adapter(const nw_translations *tables, const nw_translation_rows *rows, const nw_translation *row, uint32_t first)
{
    const nw_ast *ast = nw_compiled_catalog[row->file];
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_NAME || node->start < row->first || node->end > row->end || node->b == NW_PLACE_SLOT)
            continue;
        for (uint32_t k = first; k < rows->count; k++)
            if (rows->items[k].kind == NW_ROW_ADAPTER && rows->items[k].own_name.v == node->a && !is_kept_adapter(tables, &rows->items[k]))
                return true;
    }
    return false;
}

/* Of the rows from `first` on, adapters go, and what needs some. */
static void leave_adapters(const nw_translations *tables, nw_translation_rows *rows, uint32_t first)
{
    uint32_t kept = first;
    bool *goes = nw_arena_zero(&tables->eval->arena, rows->count + 1);
    for (uint32_t i = first; i < rows->count; i++)
        goes[i] = !is_kept_adapter(tables, &rows->items[i]) && (rows->items[i].kind == NW_ROW_ADAPTER || names_adapter(tables, rows, &rows->items[i], first));
    for (uint32_t i = first; i < rows->count; i++)
        if (!goes[i])
            rows->items[kept++] = rows->items[i];
    rows->count = kept;
}

/* `to`: what is asked for; `of`: whose tables it spells otherwise, or itself. */
static const nw_translation_rows *read_rows(const nw_translations *tables, const char *from, const char *to, const char *of)
{
    nw_translation_rows rows = {.from = from, .to = to};
    if (strcmp(of, to) != 0)
        read_folder(tables, &rows, from, to);
    uint32_t first = rows.count;
    read_folder(tables, &rows, from, of);
    if (tables->by_hand)
        leave_adapters(tables, &rows, first);
    return nw_translation_cache_put(tables->eval->environment->translations, &rows);
}

bool nw_translations_load(nw_translations *tables, nw_eval *eval, const char *from, const char *to)
{
    *tables = (nw_translations){.eval = eval, .to_first = strcmp(from, "keras") == 0};
    tables->modules = nw_arena_zero(&eval->arena, nw_embedded_catalog_count * sizeof *tables->modules);
    const char *of = read_spelling(tables, from, to);
    tables->settings = read_settings(tables, from, of);
    nw_value alone = tables->spelling && tables->settings ? nw_translations_setting(tables, "without_adapters") : nw_unset();
    tables->by_hand = alone.kind == NW_BOOL && alone.as.integer;
    tables->rows = nw_translation_cache_get(eval->environment->translations, from, to);
    if (!tables->rows)
        tables->rows = read_rows(tables, from, to, of);
    tables->made = nw_arena_zero(&eval->arena, (tables->rows->count + 1) * sizeof *tables->made);
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
