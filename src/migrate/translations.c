#include "migrate/translations.h"

#include "base/embedded.h"
#include "eval/interpret.h"
#include "eval/keras.h"
#include "model/model.h"
#include "syntax/compiled.h"

#include <stdio.h>
#include <string.h>

/* ---- the index ---- */

static uint32_t first_slot(const nw_translations *tables, uint32_t kind, nw_symbol name)
{
    return (name.v * (NW_ROW_KINDS + 1) + kind) * 2654435761u & (tables->index_size - 1);
}

static uint32_t slot_of(const nw_translations *tables, nw_row_kind kind, nw_symbol name)
{
    uint32_t at = first_slot(tables, (uint32_t)kind, name);
    while (tables->index[at]) {
        const nw_translation *row = &tables->rows[tables->index[at] - 1];
        if (row->kind == kind && row->name.v == name.v)
            break;
        at = (at + 1) & (tables->index_size - 1);
    }
    return at;
}

/* Adapters are found by their own name too. */
static uint32_t own_slot_of(const nw_translations *tables, nw_symbol own_name)
{
    uint32_t at = first_slot(tables, NW_ROW_KINDS, own_name);
    while (tables->own_index[at] && tables->rows[tables->own_index[at] - 1].own_name.v != own_name.v)
        at = (at + 1) & (tables->index_size - 1);
    return at;
}

static bool is_adapter(const nw_translation *row)
{
    return row->kind == NW_ROW_ADAPTER || row->kind == NW_ROW_LAST_ADAPTER;
}

static void build_index(nw_translations *tables)
{
    tables->index_size = 64;
    while (tables->index_size < 2 * tables->count)
        tables->index_size *= 2;
    tables->index = nw_arena_zero(&tables->eval->arena, tables->index_size * sizeof *tables->index);
    tables->own_index = nw_arena_zero(&tables->eval->arena, tables->index_size * sizeof *tables->own_index);
    for (uint32_t i = 0; i < tables->count; i++) {
        uint32_t *at = &tables->index[slot_of(tables, tables->rows[i].kind, tables->rows[i].name)];
        uint32_t *own = is_adapter(&tables->rows[i]) ? &tables->own_index[own_slot_of(tables, tables->rows[i].own_name)] : NULL;
        if (!*at)
            *at = i + 1;
        if (own && !*own)
            *own = i + 1;
    }
}

const nw_translation *nw_translation_find(const nw_translations *tables, nw_row_kind kind, nw_symbol name)
{
    uint32_t found = tables->index[slot_of(tables, kind, name)];
    return found ? &tables->rows[found - 1] : NULL;
}

const nw_translation *nw_translation_adapter(const nw_translations *tables, nw_symbol own_name)
{
    uint32_t found = tables->own_index[own_slot_of(tables, own_name)];
    return found ? &tables->rows[found - 1] : NULL;
}

/* ---- reading one table ---- */

static int decorator_kind(const char *decorator)
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
        if (node->kind == NW_NODE_KEYWORD && node->a == NW_NAME_NOTE && ast->nodes[node->b].kind == NW_NODE_STRING)
            return (nw_symbol){ast->nodes[node->b].a};
    }
    return (nw_symbol){0};
}

/* layout="channels_last", ranks=(4,), gain=4, transposes=1, plain=("weight",); the layout is the one that the source does not have. */
static void read_layout(nw_translation *row, const nw_eval *eval, const nw_ast *ast, nw_list arguments)
{
    for (uint32_t i = 1; i < arguments.count; i++) {
        const nw_node *node = &ast->nodes[arguments.items[i]];
        if (node->kind != NW_NODE_KEYWORD)
            continue;
        const char *name = nw_bytes(eval, (nw_symbol){node->a});
        const nw_node *value = &ast->nodes[node->b];
        if (strcmp(name, "layout") == 0 && value->kind == NW_NODE_STRING && strstr(nw_bytes(eval, (nw_symbol){value->a}), "_free"))
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
    int kind = decorator_kind(nw_bytes(eval, (nw_symbol){ast->nodes[call->a].a}));
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
    add_helpers(tables, module);
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

/* Reads all tables of a folder; its settings. */
static nw_module *read_folder(nw_translations *tables, const char *from, const char *to)
{
    char folder[80];
    nw_module *settings = NULL;
    int size = snprintf(folder, sizeof folder, "_translations/%s/%s/", from, to);
    for (uint32_t i = 0; i < nw_embedded_catalog_count; i++) {
        const char *path = nw_embedded_catalog[i].path;
        bool is_settings = strncmp(path, folder, (size_t)size) == 0 && strcmp(path + size, "__init__.py") == 0;
        if (strncmp(path, folder, (size_t)size) != 0 || (is_settings && tables->spelling && strcmp(tables->spelling->path, path) == 0))
            continue;
        nw_module *module = read_table(tables, i);
        settings = is_settings ? module : settings;
    }
    return settings;
}

/* Adapters that emulate nothing: `kept_adapters` names them. */
static bool is_kept_adapter(const nw_translations *tables, const nw_translation *row)
{
    return nw_translations_holds(tables, "kept_adapters", row->name, NULL);
}

/* Whether a row's text names an adapter among the rows from `first` on that goes. */
static bool names_adapter(const nw_translations *tables, const nw_translation *row, uint32_t first)
{
    const nw_ast *ast = row->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_NAME || node->start < row->first || node->end > row->end || node->b == NW_PLACE_SLOT)
            continue;
        for (uint32_t k = first; k < tables->count; k++)
            if (tables->rows[k].kind == NW_ROW_ADAPTER && tables->rows[k].own_name.v == node->a && !is_kept_adapter(tables, &tables->rows[k]))
                return true;
    }
    return false;
}

/* Of the rows from `first` on, adapters go, and what needs some. */
static void leave_adapters(nw_translations *tables, uint32_t first)
{
    uint32_t kept = first;
    bool *goes = nw_arena_zero(&tables->eval->arena, tables->count + 1);
    for (uint32_t i = first; i < tables->count; i++)
        goes[i] = !is_kept_adapter(tables, &tables->rows[i]) && (tables->rows[i].kind == NW_ROW_ADAPTER || names_adapter(tables, &tables->rows[i], first));
    for (uint32_t i = first; i < tables->count; i++)
        if (!goes[i])
            tables->rows[kept++] = tables->rows[i];
    tables->count = kept;
}

bool nw_translations_load(nw_translations *tables, nw_eval *eval, const char *from, const char *to)
{
    *tables = (nw_translations){.eval = eval, .to_first = strcmp(from, "keras") == 0};
    const char *own = to;
    to = read_spelling(tables, from, own);
    if (own != to)
        read_folder(tables, from, own);
    uint32_t first = tables->count;
    tables->settings = read_folder(tables, from, to);
    nw_value alone = tables->spelling && tables->settings ? nw_translations_setting(tables, "without_adapters") : nw_unset();
    tables->by_hand = alone.kind == NW_BOOL && alone.as.integer;
    if (tables->by_hand)
        leave_adapters(tables, first);
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
