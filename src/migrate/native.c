#include "migrate/native.h"

#include "base/embedded.h"
#include "eval/interpret.h"
#include "migrate/translations.h"
#include "syntax/compiled.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- the adapters of the tables ---- */

typedef struct table_adapter {
    const nw_ast *ast;
    const char *bytes;
    uint32_t node, own;  /* the definition; the NAME of it */
    uint32_t first, end; /* its text */
    nw_symbol name, means;
} table_adapter;

/* A name within a definition that has to be another adapter of the program. */
typedef struct native_reference {
    uint32_t definition, adapter;
    nw_symbol name;
} native_reference;

typedef struct search {
    nw_eval *eval;
    nw_natives *natives;
    const char *entry;
    nw_symbol untried;
    table_adapter *adapters;
    uint32_t adapter_count, adapter_capacity;
    native_reference *references;
    uint32_t reference_count, reference_capacity;
} search;

static bool is_definition(const nw_node *node)
{
    return node->kind == NW_NODE_FUNCTION || node->kind == NW_NODE_CLASS;
}

static nw_list decorators_of(const nw_ast *ast, const nw_node *node)
{
    return nw_ast_list(ast, node->kind == NW_NODE_CLASS ? ast->extra[node->b + 2] : node->b);
}

static uint32_t name_node(const nw_ast *ast, const nw_node *node)
{
    return node->kind == NW_NODE_CLASS ? node->c : ast->functions[node->a].name_node;
}

/* The name that a decorator gives, `@adapter("torch.nn.Conv2d")`; empty: it is another one. One for another layout is not what it stands for. */
static nw_symbol adapted(const search *s, const nw_ast *ast, const nw_node *call)
{
    nw_list arguments = call->kind == NW_NODE_CALL ? nw_ast_list(ast, call->b) : (nw_list){0};
    bool adapter = arguments.count == 1 && ast->nodes[call->a].kind == NW_NODE_NAME && ast->nodes[arguments.items[0]].kind == NW_NODE_STRING &&
                   strcmp(nw_bytes(s->eval, (nw_symbol){ast->nodes[call->a].a}), "adapter") == 0;
    return adapter ? (nw_symbol){ast->nodes[arguments.items[0]].a} : (nw_symbol){0};
}

static void add_adapter(search *s, const nw_embedded_file *file, const nw_ast *ast, uint32_t node)
{
    nw_list decorators = decorators_of(ast, &ast->nodes[node]);
    nw_symbol means = {0};
    for (uint32_t i = 0; i < decorators.count && !means.v; i++)
        means = adapted(s, ast, &ast->nodes[decorators.items[i]]);
    if (!means.v)
        return;
    const char *bytes = (const char *)file->bytes;
    uint32_t first = ast->nodes[decorators.items[decorators.count - 1]].end, own = name_node(ast, &ast->nodes[node]);
    first += (uint32_t)strcspn(bytes + first, "\n");
    first += bytes[first] == '\n';
    NW_ARENA_RESERVE(&s->eval->arena, s->adapters, s->adapter_count, s->adapter_capacity);
    s->adapters[s->adapter_count++] = (table_adapter){ast, bytes, node, own, first, ast->nodes[node].end, {ast->nodes[own].a}, means};
}

/* The files of the tables that led here. */
static bool is_of_way_here(const char *path, const char *from, const char *to)
{
    char folder[80];
    int size = snprintf(folder, sizeof folder, "_translations/%s/%s/", strcmp(to, "tensorflow") == 0 ? "keras" : to, from);
    return strncmp(path, folder, (size_t)size) == 0;
}

static void read_adapters(search *s, const char *from, const char *to)
{
    for (uint32_t i = 0; i < nw_embedded_catalog_count; i++) {
        if (!is_of_way_here(nw_embedded_catalog[i].path, from, to))
            continue;
        const nw_ast *ast = nw_compiled_catalog[i];
        nw_list body = nw_ast_list(ast, ast->functions[0].body);
        for (uint32_t k = 0; k < body.count; k++)
            if (is_definition(&ast->nodes[body.items[k]]))
                add_adapter(s, &nw_embedded_catalog[i], ast, body.items[k]);
    }
}

/* The text in `untried = "..."`; empty: it is another statement. */
static nw_symbol text_of_untried(const nw_eval *eval, const nw_ast *ast, const nw_node *node)
{
    nw_list targets = node->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, node->a) : (nw_list){0};
    const nw_node *target = targets.count == 1 ? &ast->nodes[targets.items[0]] : NULL;
    bool named = target && target->kind == NW_NODE_NAME && strcmp(nw_bytes(eval, (nw_symbol){target->a}), "untried") == 0;
    return named && ast->nodes[node->b].kind == NW_NODE_STRING ? (nw_symbol){ast->nodes[node->b].a} : (nw_symbol){0};
}

nw_symbol nw_untried_method(const nw_eval *eval, const char *from, const char *to)
{
    nw_symbol found = {0};
    for (uint32_t i = 0; i < nw_embedded_catalog_count && !found.v; i++) {
        const nw_ast *ast = nw_compiled_catalog[i];
        nw_list body = is_of_way_here(nw_embedded_catalog[i].path, from, to) ? nw_ast_list(ast, ast->functions[0].body) : (nw_list){0};
        for (uint32_t k = 0; k < body.count && !found.v; k++)
            found = text_of_untried(eval, ast, &ast->nodes[body.items[k]]);
    }
    return found;
}

static uint32_t find_adapter(const search *s, nw_symbol name)
{
    for (uint32_t i = 0; i < s->adapter_count; i++)
        if (s->adapters[i].name.v == name.v)
            return i;
    return UINT32_MAX;
}

/* ---- what names mean ---- */

/* The dotted name that the imports of a file give to a name; empty: none, or not one alone. */
static nw_symbol imported_as(nw_eval *eval, const nw_ast *ast, nw_symbol name)
{
    nw_symbol found = {0};
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_IMPORT && node->kind != NW_NODE_IMPORT_FROM)
            continue;
        bool from = node->kind == NW_NODE_IMPORT_FROM;
        nw_list aliases = nw_ast_list(ast, from ? node->c : node->a);
        for (uint32_t k = 0; k < aliases.count; k++) {
            const nw_node *alias = &ast->nodes[aliases.items[k]];
            if (!alias->b || ast->nodes[alias->b].a != name.v)
                continue;
            char text[256];
            const char *module = nw_bytes(eval, (nw_symbol){from ? node->a : alias->a});
            bool top = !from && strlen(nw_bytes(eval, name)) == strcspn(module, "."); /* import a.b binds a; import a.b as a does not come up */
            snprintf(text, sizeof text, "%.*s%s%s", (int)(top ? strcspn(module, ".") : strlen(module)), module, from ? "." : "", from ? nw_bytes(eval, (nw_symbol){alias->a}) : "");
            bool spelled = strncmp(text, "tensorflow.keras", 16) == 0; /* the same by its other name */
            nw_symbol dotted = nw_symbol_of(eval->symbols, text + (spelled ? strlen("tensorflow.") : 0));
            if ((from && node->b) || (found.v && found.v != dotted.v))
                return (nw_symbol){0};
            found = dotted;
        }
    }
    return found;
}

/* Whether anything at the top level of a file, or in a class there, has this name. */
static bool is_bound(const nw_ast *ast, nw_symbol name)
{
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_NAME && ast->nodes[i].a == name.v && (ast->nodes[i].flags & NW_NAME_BINDS) && ast->nodes[i].b != NW_PLACE_SLOT)
            return true;
    return false;
}

/* ---- whether a definition is an adapter ---- */

typedef struct comparison {
    const nw_module *module;
    const char *text;
    uint32_t at, end; /* in the program's file */
} comparison;

static bool same_bytes(comparison *c, const char *text, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++) {
        c->at += text[i] == '\n' && c->at < c->end && c->text[c->at] == '\r';
        if (c->at >= c->end || c->text[c->at] != text[i])
            return false;
        c->at++;
    }
    return true;
}

static uint32_t identifier_size(const comparison *c)
{
    uint32_t size = 0;
    while (c->at + size < c->end && (isalnum((unsigned char)c->text[c->at + size]) || c->text[c->at + size] == '_'))
        size++;
    return size;
}

/* A method of a body with that indentation. */
static bool same_untried(const nw_eval *eval, nw_symbol untried, comparison *c, const char *space, uint32_t size)
{
    const char *text = untried.v ? nw_bytes(eval, untried) : "";
    for (const char *at = text, *end; *at; at = end) {
        end = at + strcspn(at, "\n");
        end += *end != 0;
        if (!same_bytes(c, at, (uint32_t)(end - at)) || (*end && !same_bytes(c, space, size)))
            return false;
    }
    return *text != 0;
}

/* A class may have been given that method behind its own. */
static bool ends_untried(search *s, comparison *c)
{
    static const char space[] = "    ";
    return same_bytes(c, "\n\n", 2) && same_bytes(c, space, sizeof space - 1) && same_untried(s->eval, s->untried, c, space, sizeof space - 1);
}

/* `layers`, or `keras.layers` where the program has that name for something of its own. */
static bool same_import(search *s, comparison *c, nw_symbol name, nw_symbol meant)
{
    const char *text = nw_bytes(s->eval, name);
    uint32_t size = identifier_size(c);
    nw_symbol own = imported_as(s->eval, c->module->ast, nw_symbol_intern(s->eval->symbols, c->text + c->at, size));
    if (size == strlen(text) && memcmp(text, c->text + c->at, size) == 0) {
        c->at += size;
        return own.v == meant.v;
    }
    char full[256];
    snprintf(full, sizeof full, "%s.%s", own.v ? nw_bytes(s->eval, own) : "", text);
    c->at += size;
    return own.v && strcmp(full, nw_bytes(s->eval, meant)) == 0 && same_bytes(c, ".", 1) && identifier_size(c) == strlen(text) && same_bytes(c, text, (uint32_t)strlen(text));
}

/* The name of an adapter, with underscores where the program had taken it. */
static bool same_adapter(search *s, comparison *c, nw_symbol name, nw_symbol *found)
{
    const char *text = nw_bytes(s->eval, name);
    uint32_t size = identifier_size(c), own = (uint32_t)strlen(text);
    bool same = size >= own && memcmp(text, c->text + c->at, own) == 0;
    for (uint32_t i = own; same && i < size; i++)
        same = c->text[c->at + i] == '_';
    *found = nw_symbol_intern(s->eval->symbols, c->text + c->at, size);
    c->at += size;
    return same;
}

/* A name of a class's body. */
static bool binds_itself(const table_adapter *adapter, nw_symbol name)
{
    for (uint32_t i = 1; i < adapter->ast->node_count; i++) {
        const nw_node *node = &adapter->ast->nodes[i];
        if (node->kind == NW_NODE_NAME && i != adapter->own && node->a == name.v && (node->flags & NW_NAME_BINDS) && node->start >= adapter->first && node->end <= adapter->end)
            return true;
    }
    return false;
}

static bool same_name(search *s, comparison *c, const table_adapter *adapter, const nw_node *node)
{
    nw_symbol name = {node->a}, found, meant = imported_as(s->eval, adapter->ast, name);
    if (binds_itself(adapter, name))
        return same_bytes(c, adapter->bytes + node->start, node->end - node->start);
    if (meant.v)
        return same_import(s, c, name, meant);
    uint32_t other = find_adapter(s, name);
    if (other == UINT32_MAX)
        return !is_bound(c->module->ast, name) && same_bytes(c, adapter->bytes + node->start, node->end - node->start);
    if (!same_adapter(s, c, name, &found))
        return false;
    NW_ARENA_RESERVE(&s->eval->arena, s->references, s->reference_count, s->reference_capacity);
    s->references[s->reference_count++] = (native_reference){s->natives->count, other, found};
    return true;
}

static bool same_definition(search *s, comparison *c, const table_adapter *adapter)
{
    uint32_t at = adapter->first;
    for (uint32_t i = 1; i < adapter->ast->node_count; i++) {
        const nw_node *node = &adapter->ast->nodes[i];
        bool binds = node->flags & NW_NAME_BINDS;
        if (node->kind != NW_NODE_NAME || node->b == NW_PLACE_SLOT || node->start < at || node->end > adapter->end || (binds && i != adapter->own))
            continue;
        if (!same_bytes(c, adapter->bytes + at, node->start - at) || !same_name(s, c, adapter, node))
            return false;
        at = node->end;
    }
    bool is_class = adapter->ast->nodes[adapter->node].kind == NW_NODE_CLASS;
    return same_bytes(c, adapter->bytes + at, adapter->end - at) && (c->at == c->end || (is_class && ends_untried(s, c) && c->at == c->end));
}

static nw_symbol without_underscores(nw_eval *eval, nw_symbol name)
{
    const char *text = nw_bytes(eval, name);
    size_t size = strlen(text);
    while (size > 1 && text[size - 1] == '_')
        size--;
    return nw_symbol_intern(eval->symbols, text, size);
}

static void look_at_definition(search *s, const nw_module *module, uint32_t statement)
{
    const nw_node *node = &module->ast->nodes[statement];
    nw_symbol name = {module->ast->nodes[name_node(module->ast, node)].a};
    uint32_t number = find_adapter(s, name), references = s->reference_count;
    if (number == UINT32_MAX)
        number = find_adapter(s, without_underscores(s->eval, name));
    comparison c = {module, module->source.bytes, node->start, node->end};
    if (number == UINT32_MAX || decorators_of(module->ast, node).count || !same_definition(s, &c, &s->adapters[number])) {
        s->reference_count = references;
        return;
    }
    NW_ARENA_RESERVE(&s->eval->arena, s->natives->items, s->natives->count, s->natives->capacity);
    s->natives->items[s->natives->count++] = (nw_native_definition){module->name, name, s->adapters[number].means, node->start, node->end, number, NW_NATIVE_KEPT};
}

static bool is_of_program(const nw_value *value)
{
    const nw_module *module = value->kind == NW_MODULE ? value->as.module : NULL;
    return module && !module->is_catalog && module->path && module->ast && module->source.bytes && module->state == NW_MODULE_DONE;
}

static void look_at_modules(search *s)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(s->eval->loaded_modules, &position));) {
        if (!is_of_program(&entry->value))
            continue;
        const nw_module *module = entry->value.as.module;
        nw_list body = nw_ast_list(module->ast, module->ast->functions[0].body);
        for (uint32_t i = 0; i < body.count; i++)
            if (is_definition(&module->ast->nodes[body.items[i]]))
                look_at_definition(s, module, body.items[i]);
    }
}

/* ---- whether they refer to each other ---- */

static const nw_native_definition *defined(const search *s, nw_symbol module, nw_symbol name)
{
    for (uint32_t i = 0; i < s->natives->count; i++)
        if (s->natives->items[i].start != s->natives->items[i].end && s->natives->items[i].module.v == module.v && s->natives->items[i].name.v == name.v)
            return &s->natives->items[i];
    return NULL;
}

/* What `from .layers import Conv2d` brings; NULL: no native. */
static const nw_native_definition *brought(const search *s, const nw_module *module, const nw_node *statement, const nw_node *alias)
{
    if (statement->kind != NW_NODE_IMPORT_FROM || !alias->b)
        return NULL;
    return defined(s, nw_import_absolute_name(s->eval, module, statement->b, (nw_symbol){statement->a}), (nw_symbol){alias->a});
}

static const nw_native_definition *meant_by(const search *s, nw_symbol module_name, nw_symbol name)
{
    const nw_native_definition *own = defined(s, module_name, name);
    const nw_value *found = nw_dict_find_name(s->eval->loaded_modules, module_name);
    if (own || !found || found->kind != NW_MODULE)
        return own;
    const nw_ast *ast = found->as.module->ast;
    for (uint32_t i = 1; i < ast->node_count && !own; i++) {
        nw_list aliases = ast->nodes[i].kind == NW_NODE_IMPORT_FROM ? nw_ast_list(ast, ast->nodes[i].c) : (nw_list){0};
        for (uint32_t k = 0; k < aliases.count && !own; k++)
            if (ast->nodes[aliases.items[k]].b && ast->nodes[ast->nodes[aliases.items[k]].b].a == name.v)
                own = brought(s, found->as.module, &ast->nodes[i], &ast->nodes[aliases.items[k]]);
    }
    return own;
}

/* Those that refer to something that is no adapter are none: they are forgotten, until all refer to adapters. An empty range: forgotten. */
static void check_references(search *s)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 0; i < s->reference_count; i++) {
            const native_reference *reference = &s->references[i];
            nw_native_definition *user = &s->natives->items[reference->definition];
            const nw_native_definition *used = user->start == user->end ? user : meant_by(s, user->module, reference->name);
            if (used == user || (used && used->adapter == reference->adapter))
                continue;
            user->end = user->start;
            changed = true;
        }
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->natives->count; i++)
        if (s->natives->items[i].start != s->natives->items[i].end)
            s->natives->items[kept++] = s->natives->items[i];
    s->natives->count = kept;
}

/* ---- what becomes of them ---- */

static nw_native_fate fate_of(nw_eval *eval, nw_symbol means)
{
    const char *text = nw_bytes(eval, means), *last = strrchr(text, '.');
    if (!last || strncmp(text, "helper.", 7) == 0 || strncmp(text, "netwright.", 10) == 0)
        return NW_NATIVE_GONE;
    if (strncmp(text, "torch.Tensor.", 13) == 0)
        return strcmp(last + 1, "__setitem__") == 0 ? NW_NATIVE_ADAPTED : NW_NATIVE_ASSIGNED; /* that gives nothing back, the adapter what it has changed */
    nw_value parent = nw_import_module(eval, nw_symbol_intern(eval->symbols, text, (size_t)(last - text)));
    nw_exception_clear(eval);
    bool hidden = strncmp(text, "keras.src.", 10) == 0 || (last[1] == '_' && strncmp(text, "torch.nn.modules.", 17) != 0);
    return parent.kind == NW_MODULE && !hidden ? NW_NATIVE_IMPORTED : NW_NATIVE_KEPT;
}


static bool is_used(const search *s, const nw_native_definition *native)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(s->eval->loaded_modules, &position));) {
        if (!is_of_program(&entry->value))
            continue;
        const nw_module *module = entry->value.as.module;
        if (module->name.v == native->module.v && nw_is_used_beside(s->natives, module, native->name, NULL))
            return true;
        for (uint32_t i = 1; i < module->ast->node_count; i++) {
            nw_list aliases = module->ast->nodes[i].kind == NW_NODE_IMPORT_FROM ? nw_ast_list(module->ast, module->ast->nodes[i].c) : (nw_list){0};
            for (uint32_t k = 0; k < aliases.count; k++) {
                const nw_node *alias = &module->ast->nodes[aliases.items[k]];
                if (brought(s, module, &module->ast->nodes[i], alias) == native && nw_is_used_beside(s->natives, module, (nw_symbol){module->ast->nodes[alias->b].a}, NULL))
                    return true;
            }
        }
    }
    return false;
}

static const char *find_word(const char *text, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        bool begins = at == text || !(isalnum((unsigned char)at[-1]) || at[-1] == '_');
        if (begins && !isalnum((unsigned char)at[size]) && at[size] != '_')
            return at;
    }
    return NULL;
}

/* Whether the word stands anywhere in text that stays, or in the entry: strings may name things, too. */
static bool is_told(const search *s, nw_symbol name)
{
    const char *word = nw_bytes(s->eval, name);
    uint32_t position = 0;
    if (find_word(s->entry, word))
        return true;
    for (nw_dict_entry *entry; (entry = nw_dict_next(s->eval->loaded_modules, &position));) {
        const nw_module *module = is_of_program(&entry->value) ? entry->value.as.module : NULL;
        const char *text = module ? module->source.bytes : NULL, *at;
        for (; text && (at = find_word(text, word)); text = at + 1)
            if (!nw_native_around(s->natives, module->name, (uint32_t)(at - module->source.bytes)))
                return true;
    }
    return false;
}

/* Where a program may import it from: tables know torch.nn._BatchNorm under the name of its package, which does not have it itself. */
static nw_symbol importable(nw_eval *eval, nw_symbol means)
{
    const char *text = nw_bytes(eval, means), *last = strrchr(text, '.');
    if (!last || last[1] != '_' || strncmp(text, "torch.nn.", 9) != 0)
        return means;
    static const char folder[] = "torch/nn/modules/";
    nw_symbol name = nw_symbol_of(eval->symbols, last + 1);
    for (uint32_t i = 0; i < nw_embedded_catalog_count; i++) {
        if (strncmp(nw_embedded_catalog[i].path, folder, sizeof folder - 1) != 0)
            continue;
        const char *file = nw_embedded_catalog[i].path + sizeof folder - 1, *end = strrchr(file, '.');
        char dotted[128];
        snprintf(dotted, sizeof dotted, "torch.nn.modules.%.*s", (int)(end - file), file);
        nw_value module = nw_import_module(eval, nw_symbol_of(eval->symbols, dotted));
        nw_value found = module.kind == NW_MODULE ? nw_get_attribute(eval, module, name) : nw_unset();
        nw_exception_clear(eval);
        if (found.kind == NW_CLASS && found.as.class_->module == module.as.module)
            return found.as.class_->qualified;
    }
    return means;
}

/* PyTorch's containers take modules only, their adapters also lists of layers. */
static bool is_container(nw_eval *eval, nw_symbol means)
{
    return strcmp(nw_bytes(eval, means), "torch.nn.ModuleList") == 0 || strcmp(nw_bytes(eval, means), "torch.nn.ModuleDict") == 0;
}

static void decide(search *s, bool keep_containers)
{
    for (uint32_t i = 0; i < s->natives->count; i++) {
        nw_native_definition *native = &s->natives->items[i];
        native->means = importable(s->eval, native->means);
        native->fate = keep_containers && is_container(s->eval, native->means) ? NW_NATIVE_KEPT : (uint8_t)fate_of(s->eval, native->means);
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 0; i < s->natives->count; i++)
            if (s->natives->items[i].fate == NW_NATIVE_GONE && is_used(s, &s->natives->items[i])) {
                s->natives->items[i].fate = NW_NATIVE_KEPT;
                changed = true;
            }
    }
    for (uint32_t i = 0; i < s->natives->count; i++)
        if (s->natives->items[i].fate != NW_NATIVE_KEPT && !is_used(s, &s->natives->items[i]) && !is_told(s, s->natives->items[i].name))
            s->natives->items[i].fate = NW_NATIVE_GONE;
}

void nw_natives_find(nw_natives *natives, nw_eval *eval, const char *from, const char *to, const char *entry)
{
    search s = {.eval = eval, .natives = natives, .entry = entry, .untried = nw_untried_method(eval, from, to)};
    *natives = (nw_natives){0};
    read_adapters(&s, from, to);
    look_at_modules(&s);
    check_references(&s);
    decide(&s, false);
}

bool nw_natives_keep_containers(nw_natives *natives, nw_eval *eval, const char *entry)
{
    bool some = false;
    search s = {.eval = eval, .natives = natives, .entry = entry};
    for (uint32_t i = 0; i < natives->count; i++)
        some |= is_container(eval, natives->items[i].means);
    if (some)
        decide(&s, true);
    return some;
}

/* ---- questions ---- */

void nw_natives_stand_ins(const nw_natives *natives, nw_eval *eval, nw_stand_ins *stand_ins)
{
    *stand_ins = (nw_stand_ins){0};
    for (uint32_t i = 0; i < natives->count; i++) {
        const nw_operator_row *row = nw_row_named(eval, natives->items[i].means);
        if (!row || natives->items[i].fate == NW_NATIVE_KEPT)
            continue;
        NW_ARENA_RESERVE(&eval->arena, stand_ins->items, stand_ins->count, stand_ins->capacity);
        stand_ins->items[stand_ins->count++] = (nw_stand_in){natives->items[i].module, natives->items[i].name, row};
    }
}

const nw_native_definition *nw_native_around(const nw_natives *natives, nw_symbol module, uint32_t start)
{
    for (uint32_t i = 0; natives && i < natives->count; i++) {
        const nw_native_definition *native = &natives->items[i];
        if (native->fate != NW_NATIVE_KEPT && native->module.v == module.v && native->start <= start && start < native->end)
            return native;
    }
    return NULL;
}

bool nw_is_untried(const nw_eval *eval, nw_symbol untried, const nw_module *module, uint32_t statement)
{
    const nw_node *node = &module->ast->nodes[statement];
    uint32_t line = nw_source_line_start(&module->source, node->start);
    comparison c = {module, module->source.bytes, node->start, node->end};
    return node->kind == NW_NODE_FUNCTION && same_untried(eval, untried, &c, module->source.bytes + line, node->start - line) && c.at == c.end;
}

bool nw_is_used_beside(const nw_natives *natives, const nw_module *module, nw_symbol name, bool *within)
{
    bool beside = false, inside = false;
    for (uint32_t i = 1; i < module->ast->node_count && !beside; i++) {
        const nw_node *node = &module->ast->nodes[i];
        if (node->kind != NW_NODE_NAME || node->a != name.v || (node->flags & NW_NAME_BINDS) || node->b == NW_PLACE_SLOT)
            continue;
        bool native = nw_native_around(natives, module->name, node->start);
        inside |= native;
        beside |= !native;
    }
    if (within)
        *within = inside;
    return beside;
}

const nw_native_definition *nw_native_named(const nw_natives *natives, nw_symbol module, nw_symbol name)
{
    for (uint32_t i = 0; natives && i < natives->count; i++) {
        const nw_native_definition *native = &natives->items[i];
        if (native->fate != NW_NATIVE_KEPT && native->module.v == module.v && native->name.v == name.v)
            return native;
    }
    return NULL;
}

bool nw_is_native_class(const nw_natives *natives, const nw_class *class_)
{
    for (uint32_t i = 0; natives && class_ && i < class_->mro_count; i++)
        if (class_->mro[i]->is_module && class_->mro[i]->module && nw_native_named(natives, class_->mro[i]->module->name, class_->mro[i]->name))
            return true;
    return false;
}
