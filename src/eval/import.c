/* Modules: finding them, running their top level, and names that are imported but not looked at yet.
 *
 * A name of the catalog is never read as source. `from m import x` at module level binds lazily: m is loaded when x is
 * first used, so that a file costs what it needs. Inside `try` and inside functions imports happen at once, because the
 * program may ask whether they fail. */
#include "base/embedded.h"
#include "eval/installed.h"
#include "eval/interpret.h"
#include "eval/keras.h"
#include "eval/lazy_package.h"
#include "names/names.h"
#include "names/trees.h"
#include "syntax/compiled.h"
#include "syntax/syntax.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

nw_module *nw_module_new(nw_eval *eval, nw_symbol name)
{
    nw_module *module = nw_arena_zero(&eval->arena, sizeof *module);
    module->name = name;
    module->globals = nw_dict_make(eval);
    module->serial = ++eval->next_serial;
    module->next = eval->all_modules;
    eval->all_modules = module;
    nw_dict_set_name(eval, module->globals, (nw_symbol){NW_NAME_DUNDER_NAME}, nw_string(name));
    nw_dict_set_name(eval, module->globals, nw_symbol_of(eval->symbols, "__spec__"), nw_none());
    return module;
}

/* __spec__ and __package__ of a module that was imported. */
static void set_spec(nw_eval *eval, nw_module *module)
{
    nw_text name = nw_symbol_text(eval->symbols, module->name);
    size_t size = name.size;
    while (!module->is_package && size > 0 && name.bytes[size - 1] != '.')
        size--;
    nw_value parent = nw_string(nw_symbol_intern(eval->symbols, name.bytes, size - (size > 0 && !module->is_package)));
    nw_dict_set_name(eval, module->globals, nw_symbol_of(eval->symbols, "__package__"), parent);
    if (!eval->classes[NW_CLASS_OF_OBJECT] || module->is_catalog)
        return;
    nw_value spec = nw_instance_new(eval, eval->classes[NW_CLASS_OF_OBJECT]);
    nw_dict *attributes = spec.as.instance->attributes;
    nw_dict_set_name(eval, attributes, nw_symbol_of(eval->symbols, "name"), nw_string(module->name));
    nw_dict_set_name(eval, attributes, nw_symbol_of(eval->symbols, "parent"), parent);
    nw_dict_set_name(eval, attributes, nw_symbol_of(eval->symbols, "loader"), nw_none());
    nw_dict_set_name(eval, attributes, nw_symbol_of(eval->symbols, "origin"), nw_string_of(eval, module->path));
    nw_dict_set_name(eval, module->globals, nw_symbol_of(eval->symbols, "__spec__"), spec);
}

/* ---- running ---- */

nw_saved_state nw_module_enter(nw_eval *eval, const nw_module *module)
{
    nw_saved_state saved = {eval->frame, eval->path, eval->exits, eval->context, eval->level, eval->trail_base, eval->try_depth,
                         eval->in_catalog, eval->fact_parent, eval->depth, eval->on_errand, eval->exception};
    eval->path = NW_TRUE;
    eval->exits = NULL;
    eval->context = 0;
    eval->level = 0;
    eval->trail_base = eval->trail_count;
    eval->try_depth = 0;
    eval->in_catalog = module->is_catalog;
    eval->fact_parent = 0;
    eval->on_errand = false;
    eval->exception = nw_unset();
    return saved;
}

void nw_module_leave(nw_eval *eval, const nw_saved_state *saved)
{
    eval->frame = saved->frame;
    eval->path = saved->path;
    eval->exits = saved->exits;
    eval->context = saved->context;
    eval->level = saved->level;
    eval->trail_count = eval->trail_base;
    eval->trail_base = saved->trail_base;
    eval->try_depth = saved->try_depth;
    eval->in_catalog = saved->in_catalog;
    eval->fact_parent = saved->fact_parent;
    eval->on_errand = saved->on_errand;
}

/* Open mode: a statement of the top level that fails (a package that is not installed, a version check) costs the names that
 * it binds, not the rest of the module, unless that is the catalog's. */
static nw_status run_statements(nw_eval *eval, nw_module *module)
{
    nw_list body = nw_ast_list(module->ast, module->ast->functions[0].body);
    nw_frame *frame = eval->frame;
    for (uint32_t i = 0; i < body.count && !eval->stopped; i++) {
        nw_value value = nw_none();
        nw_status status = nw_definition_defer(eval, body.items[i]) ? NW_NEXT : nw_execute(eval, body.items[i], &value);
        if (status == NW_NEXT)
            continue;
        if (module->is_catalog)
            return status;
        const nw_node *node = &module->ast->nodes[body.items[i]];
        nw_symbol name = eval->exception.kind == NW_INSTANCE ? eval->exception.as.instance->class_->name : (nw_symbol){0};
        nw_report_loss(eval, NW_DIAG_RAISES, (nw_place){module, node->start, node->end}, name);
        nw_exception_clear(eval);
        eval->undecided = false;
        eval->exits = NULL;
        eval->level = 0;
        eval->trail_count = eval->trail_base;
        eval->path = NW_TRUE;
        eval->frame = frame;
        module->open = true;
    }
    return eval->stopped ? NW_STOP : NW_NEXT;
}

static bool ensure_run(nw_eval *eval, nw_module *module);

static const nw_ast *read_tree(nw_eval *eval, const nw_source *source)
{
    nw_ast *ast = nw_syntax_parse(source, &eval->arena, eval->symbols);
    nw_names_resolve(ast, &eval->arena, eval->symbols);
    return ast;
}

/* Whether a module lies in the package of that name. */
static bool lies_within(const nw_eval *eval, const nw_module *module, nw_symbol package)
{
    nw_text own = nw_symbol_text(eval->symbols, module->name), name = nw_symbol_text(eval->symbols, package);
    return name.size > 0 && own.size > name.size && own.bytes[name.size] == '.' && memcmp(own.bytes, name.bytes, name.size) == 0;
}

/* Whether `from .module import *` stands at the top level of a package. */
static bool takes_all(nw_eval *eval, nw_module *package, const nw_module *module)
{
    nw_list body = nw_import_peek(eval, package, 0, package->name) ? nw_ast_list(package->ast, package->ast->functions[0].body) : (nw_list){0};
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *n = &package->ast->nodes[body.items[i]];
        nw_list aliases = n->kind == NW_NODE_IMPORT_FROM ? nw_ast_list(package->ast, n->c) : (nw_list){0};
        bool star = aliases.count == 1 && !package->ast->nodes[aliases.items[0]].b;
        if (star && nw_import_absolute_name(eval, package, n->b, (nw_symbol){n->a}).v == module->name.v)
            return true;
    }
    return false;
}

/* Python runs a package before its modules. That shows where a module takes names from its own package, which takes all names from
 * the module in turn: these packages are run first. */
static void run_own_packages(nw_eval *eval, const nw_module *module)
{
    nw_list body = nw_ast_list(module->ast, module->ast->functions[0].body);
    for (uint32_t i = 0; i < body.count && !eval->stopped; i++) {
        const nw_node *n = &module->ast->nodes[body.items[i]];
        if (n->kind != NW_NODE_IMPORT_FROM)
            continue;
        nw_symbol name = nw_import_absolute_name(eval, module, n->b, (nw_symbol){n->a});
        nw_module *package = lies_within(eval, module, name) ? nw_import_locate(eval, name) : NULL;
        if (package && takes_all(eval, package, module) && !ensure_run(eval, package))
            nw_exception_clear(eval); /* it is raised again where the name is used */
    }
}

/* The packages that a module lies in are among `sys.modules` before it runs; they run when they are looked at. */
static void locate_packages(nw_eval *eval, const nw_module *module)
{
    nw_text name = nw_symbol_text(eval->symbols, module->name);
    for (size_t i = 1; i < name.size; i++)
        if (name.bytes[i] == '.')
            nw_import_locate(eval, nw_symbol_intern(eval->symbols, name.bytes, i));
}

static bool run_module(nw_eval *eval, nw_module *module)
{
    if (!module->ast)
        module->ast = read_tree(eval, &module->source);
    uint32_t docstring = module->ast->functions[0].docstring;
    nw_dict_set_name(eval, module->globals, (nw_symbol){NW_NAME_DUNDER_DOC}, docstring ? nw_string((nw_symbol){module->ast->nodes[docstring].a}) : nw_none());
    if (!module->is_catalog && !eval->environment->open) {
        locate_packages(eval, module);
        run_own_packages(eval, module);
        if (module->state != NW_MODULE_NEW)
            return module->state != NW_MODULE_FAILED;
    }
    module->state = NW_MODULE_RUNNING;
    nw_saved_state saved = nw_module_enter(eval, module);
    nw_limits limits = eval->limits;
    bool errand = eval->environment->open && !module->is_catalog && saved.frame;
    if (errand) { /* another file's machinery may use up its own budget, not that of the file that is read */
        enum { MODULE_STEPS = 200000, MODULE_BYTES = 128 << 20 };
        if (eval->steps + MODULE_STEPS < limits.steps)
            eval->limits.steps = eval->steps + MODULE_STEPS;
        if (eval->arena.bytes + MODULE_BYTES < limits.bytes)
            eval->limits.bytes = eval->arena.bytes + MODULE_BYTES;
    }
    nw_frame *frame = nw_frame_new(eval, &module->ast->functions[0], module, NULL);
    frame->caller = NULL;
    eval->frame = frame;
    nw_trace *trace = eval->trace;
    if (eval->import_trace)
        eval->trace = eval->import_trace;
    nw_value value = nw_none();
    nw_status status = eval->environment->open ? run_statements(eval, module) : nw_execute_list(eval, module->ast->functions[0].body, &value);
    eval->limits = limits;
    eval->trace = trace;
    if (errand && eval->stopped && eval->steps < limits.steps && eval->arena.bytes < limits.bytes) {
        eval->stopped = false;
        module->open = true;
        status = NW_NEXT;
    }
    bool done = status == NW_NEXT;
    module->state = done ? NW_MODULE_DONE : NW_MODULE_FAILED;
    if (eval->undecided) {
        eval->undecided = false;
        eval->exception = nw_unset();
    }
    nw_value exception = eval->exception;
    nw_module_leave(eval, &saved);
    eval->exception = exception;
    return done;
}

/* ---- finding ---- */

static bool is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static nw_module *register_module(nw_eval *eval, nw_symbol name)
{
    nw_module *module = nw_module_new(eval, name);
    nw_dict_set_fact(eval, eval->modules, name, (nw_value){.kind = NW_MODULE, .as.module = module});
    nw_dict_set_fact(eval, eval->loaded_modules, name, (nw_value){.kind = NW_MODULE, .as.module = module});
    return module;
}

static void set_path_names(nw_eval *eval, nw_module *module, const char *path)
{
    module->path = nw_arena_copy(&eval->arena, path, strlen(path) + 1);
    nw_dict_set_name(eval, module->globals, (nw_symbol){NW_NAME_DUNDER_FILE}, nw_string_of(eval, path));
    if (module->is_package) {
        const char *slash = strrchr(path, '/');
        nw_value folder = nw_string(nw_symbol_intern(eval->symbols, path, slash ? (size_t)(slash - path) : 0));
        nw_dict_set_name(eval, module->globals, (nw_symbol){NW_NAME_DUNDER_PATH}, nw_list_new(eval, &folder, 1));
    }
    if (!eval->environment->open)
        set_spec(eval, module);
}

static nw_module *catalog_module(nw_eval *eval, nw_symbol name, const char *folder)
{
    bool package;
    const char *dotted = nw_bytes(eval, name);
    const nw_embedded_file *file = nw_embedded_module(folder, dotted, strlen(dotted), &package);
    if (!file)
        return NULL;
    nw_module *module = register_module(eval, name);
    module->is_catalog = true;
    module->is_package = package;
    module->ast = nw_compiled_catalog[file - nw_embedded_catalog];
    nw_source_borrow(&module->source, file->path, (const char *)file->bytes, file->size);
    set_path_names(eval, module, file->path);
    return module;
}

bool nw_import_is_of_catalog(const nw_eval *eval, nw_symbol name)
{
    const char *dotted = nw_bytes(eval, name);
    return nw_embedded_module("", dotted, strcspn(dotted, "."), NULL) != NULL;
}

/* Takes the tree that all runs of the session share. Lines are counted for each run on its own. */
static bool share_tree(nw_eval *eval, nw_module *module)
{
    nw_trees *trees = eval->environment->trees;
    const nw_tree *tree = trees ? nw_trees_get(trees, module->path, eval->environment->max_file_size) : NULL;
    if (!tree)
        return false;
    module->source = tree->source;
    module->source.is_borrowed = true;
    module->ast = tree->ast;
    return true;
}

static nw_module *source_module(nw_eval *eval, nw_symbol name)
{
    const char *dotted = nw_bytes(eval, name);
    for (uint32_t i = 0; i < eval->environment->root_count; i++) {
        char path[4096];
        const char *root = eval->environment->roots[i];
        int size = strcmp(root, ".") == 0 ? 0 : snprintf(path, sizeof path - 16, "%s/", root);
        if (size < 0 || (size_t)size + strlen(dotted) > sizeof path - 32)
            continue;
        char *end = path + size;
        for (const char *c = dotted; *c; c++)
            *end++ = *c == '.' ? '/' : *c;
        *end = 0;
        NW_ARENA_RESERVE(&eval->arena, eval->lookups, eval->lookup_count, eval->lookup_capacity);
        eval->lookups[eval->lookup_count++] = nw_arena_copy(&eval->arena, path, (size_t)(end - path) + 1);
        strcpy(end, "/__init__.py");
        bool package = is_file(path);
        if (!package)
            strcpy(end, ".py");
        bool found = package || is_file(path);
        *(found ? end + strlen(end) : end) = 0;
        if (!found && !is_folder(path))
            continue;
        nw_module *module = register_module(eval, name);
        module->is_package = package || !found;
        if (!found) { /* a namespace package: nothing to run */
            module->state = NW_MODULE_DONE;
            nw_source_borrow(&module->source, "", "", 0);
            module->ast = read_tree(eval, &module->source);
            return module;
        }
        set_path_names(eval, module, path);
        if (!share_tree(eval, module) && nw_source_load(&module->source, module->path, eval->environment->max_file_size) != NW_SOURCE_OK) {
            module->state = NW_MODULE_FAILED;
            module->open = true;
        }
        return module;
    }
    return NULL;
}

nw_module *nw_import_locate(nw_eval *eval, nw_symbol name)
{
    nw_value *known = nw_dict_find_name(eval->modules, name);
    if (known && known->kind == NW_MODULE)
        return known->as.module;
    if (known && known->kind == NW_NONE)
        return NULL;
    nw_value *loaded = nw_dict_find_name(eval->loaded_modules, name);
    if (loaded) /* the program put something else in its place */
        return loaded->as.module;
    nw_module *module = nw_import_is_of_catalog(eval, name) ? catalog_module(eval, name, "") : source_module(eval, name);
    if (!module && eval->environment->open && !eval->try_depth) /* described for the rules that replace it; a program that catches its absence does so */
        module = catalog_module(eval, name, NW_EMBEDDED_REMOVED);
    if (!module)
        nw_dict_set_fact(eval, eval->modules, name, nw_none()); /* looked for, not there */
    return module;
}

static bool ensure_run(nw_eval *eval, nw_module *module)
{
    if (module->state != NW_MODULE_NEW || module->source.bytes == NULL)
        return true;
    return run_module(eval, module);
}

bool nw_import_is_compiled(const nw_eval *eval, nw_symbol name)
{
    for (uint32_t i = 0; !eval->environment->open && i < eval->environment->root_count; i++) {
        char path[4096];
        int size = snprintf(path, sizeof path, "%s/%s", eval->environment->roots[i], nw_bytes(eval, name));
        if (size < 0 || (size_t)size >= sizeof path)
            continue;
        for (char *c = path + strlen(eval->environment->roots[i]) + 1; *c; c++)
            *c = *c == '.' ? '/' : *c;
        if (nw_installed_compiled(path))
            return true;
    }
    return false;
}

/* Programs ask the error which package is missing: the first part of the dotted name that is not there. */
static nw_value raise_missing(nw_eval *eval, nw_symbol name)
{
    const char *dotted = nw_bytes(eval, name);
    nw_symbol missing = name;
    for (const char *dot = strchr(dotted, '.'); dot; dot = strchr(dot + 1, '.')) {
        nw_symbol part = nw_symbol_intern(eval->symbols, dotted, (size_t)(dot - dotted));
        if (nw_import_locate(eval, part))
            continue;
        missing = part;
        break;
    }
    nw_value raised = nw_raise(eval, NW_EXCEPTION_MODULE_NOT_FOUND_ERROR, "No module named '%s'", nw_bytes(eval, missing));
    nw_dict_set_name(eval, eval->exception.as.instance->attributes, (nw_symbol){NW_NAME_NAME}, nw_string(missing));
    return raised;
}

nw_value nw_import_module(nw_eval *eval, nw_symbol name)
{
    nw_module *module = nw_import_locate(eval, name);
    if (module)
        return nw_lazy_waits(eval, module) || ensure_run(eval, module) ? (nw_value){.kind = NW_MODULE, .as.module = module} : nw_error();
    if (nw_import_is_compiled(eval, name))
        return nw_lost(eval, NW_DIAG_MODULE_NOT_FOUND, "%s", nw_bytes(eval, name));
    if (nw_import_is_of_catalog(eval, name) && !eval->try_depth) {
        /* A part of a known framework that the catalog does not describe. */
        return nw_lost(eval, NW_DIAG_NOT_IN_CATALOG, "%s", nw_bytes(eval, name));
    }
    return raise_missing(eval, name);
}

nw_value nw_import_installed(nw_eval *eval, nw_symbol name)
{
    return nw_import_is_absent(eval, name) ? raise_missing(eval, name) : nw_import_module(eval, name);
}

/* ---- names of modules ---- */

nw_symbol nw_import_part(nw_eval *eval, nw_symbol package, nw_symbol name)
{
    char text[512];
    nw_text first = nw_symbol_text(eval->symbols, package);
    snprintf(text, sizeof text, "%s%s%s", first.bytes, first.size && nw_symbol_text(eval->symbols, name).size ? "." : "", nw_bytes(eval, name));
    return nw_symbol_of(eval->symbols, text);
}

/* Whether what an import stands for is, in the end, this very name of this very module: `from package import part` in the package
 * itself, or two modules that take a name from each other. Then the submodule is meant. */
static bool comes_back(nw_eval *eval, const nw_module *module, nw_symbol name, const nw_import *import)
{
    for (int hops = 0; hops < 8; hops++) {
        if (import->module.v == module->name.v && import->name.v == name.v)
            return true;
        nw_module *from = import->definition ? NULL : nw_import_locate(eval, import->module);
        const nw_value *found = from && from->globals ? nw_dict_find_name(from->globals, import->name) : NULL;
        if (!found || found->kind != NW_IMPORT)
            return false;
        import = found->as.import;
    }
    return false;
}

/* What a module that has put an object in its place among `sys.modules` gives under a name that it does not hold itself. */
static nw_value find_in_its_place(nw_eval *eval, nw_module *module, nw_symbol name)
{
    if (module->is_catalog || !nw_import_is_replaced(eval, module))
        return nw_unset();
    bool is_asked = module->is_asked; /* what its text declares may be taken from the package itself */
    module->is_asked = true;
    nw_value found = is_asked ? nw_unset() : nw_lazy_declared(eval, module, name);
    module->is_asked = is_asked;
    const nw_value *now = nw_dict_find_name(eval->modules, module->name);
    if (found.kind != NW_UNSET || now->kind != NW_INSTANCE)
        return found;
    found = nw_get_attribute(eval, *now, name);
    if (found.kind == NW_ERROR && nw_exception_is(eval, NW_EXCEPTION_ATTRIBUTE_ERROR)) {
        nw_exception_clear(eval);
        return nw_unset();
    }
    return found;
}

nw_value nw_module_find(nw_eval *eval, nw_module *module, nw_symbol name)
{
    nw_value named = nw_lazy_find(eval, module, name, eval->try_depth > 0);
    if (named.kind != NW_UNSET)
        return named;
    if (!ensure_run(eval, module))
        return nw_error();
    nw_value *found = nw_dict_find_name(module->globals, name);
    nw_value value = !found ? nw_unset() : found->kind == NW_IMPORT ? *found : nw_settle(eval, *found);
    nw_import *import = value.kind == NW_IMPORT ? value.as.import : NULL;
    if (!found)
        value = find_in_its_place(eval, module, name);
    if (value.kind != NW_UNSET && !import)
        return value;
    nw_symbol full = nw_import_part(eval, module->name, name);
    bool may_have_parts = module->is_package || module->is_catalog;
    bool own_part = import && comes_back(eval, module, name, import) &&
                    ((import->module.v == module->name.v && import->name.v == name.v) || (may_have_parts && nw_import_locate(eval, full)));
    if (import && !own_part) {
        nw_value resolved = nw_import_resolve(eval, import);
        if (resolved.kind != NW_ERROR && found->kind == NW_IMPORT)
            nw_dict_set_fact(eval, module->globals, name, resolved);
        return resolved;
    }
    if (!may_have_parts && !own_part)
        return nw_unset();
    nw_module *inner = nw_import_locate(eval, full);
    if (!inner)
        return nw_unset();
    if (!ensure_run(eval, inner))
        return nw_error();
    value = (nw_value){.kind = NW_MODULE, .as.module = inner};
    if (own_part) /* it was looked at: whoever migrates the package keeps the import */
        nw_dict_set_fact(eval, module->globals, name, value);
    return value;
}

nw_symbol nw_import_absolute_name(nw_eval *eval, const nw_module *module, uint32_t level, nw_symbol name)
{
    if (level == 0)
        return name;
    nw_text own = nw_symbol_text(eval->symbols, module->name);
    size_t size = own.size;
    for (uint32_t up = module->is_package ? 1 : 0; up < level; up++) {
        while (size > 0 && own.bytes[size - 1] != '.')
            size--;
        size -= size > 0;
    }
    nw_symbol package = nw_symbol_intern(eval->symbols, own.bytes, size);
    return nw_import_part(eval, package, name);
}

bool nw_import_is_absent(const nw_eval *eval, nw_symbol name)
{
    const char *dotted = nw_symbol_bytes(eval->symbols, name);
    for (uint32_t i = 0; i < eval->environment->absent_count; i++) {
        nw_text package = nw_symbol_text(eval->symbols, eval->environment->absent[i]);
        if (strncmp(dotted, package.bytes, package.size) == 0 && (dotted[package.size] == 0 || strchr(".-", dotted[package.size])))
            return true;
    }
    return false;
}

nw_module *nw_import_peek(nw_eval *eval, const nw_module *importer, uint32_t level, nw_symbol name)
{
    nw_module *module = nw_import_locate(eval, nw_import_absolute_name(eval, importer, level, name));
    if (module && !module->ast && module->source.bytes)
        module->ast = read_tree(eval, &module->source);
    return module && module->ast ? module : NULL;
}

static nw_value not_found(nw_eval *eval, const nw_import *import)
{
    if (import->in_try)
        return raise_missing(eval, import->module);
    nw_exception_clear(eval);
    nw_value lost = nw_lost(eval, NW_DIAG_MODULE_NOT_FOUND, "%s", nw_bytes(eval, import->module));
    const nw_node *node = &import->importer->ast->nodes[import->node];
    lost.as.opaque->place = (nw_place){import->importer, node->start, node->end};
    return lost;
}

static bool is_missing(nw_eval *eval, const nw_import *import)
{
    return nw_exception_is(eval, NW_EXCEPTION_MODULE_NOT_FOUND_ERROR) && nw_import_locate(eval, import->module) == NULL;
}

bool nw_import_is_replaced(nw_eval *eval, const nw_module *module)
{
    const nw_value *known = nw_dict_find_name(eval->modules, module->name);
    return known && known->kind != NW_NONE && (known->kind != NW_MODULE || known->as.module != module);
}

nw_value nw_import_resolve(nw_eval *eval, nw_import *import)
{
    if (import->definition)
        return nw_definition_resolve(eval, import);
    nw_module *waiting = import->name.v ? nw_import_locate(eval, import->module) : NULL;
    nw_value named = waiting ? nw_lazy_find(eval, waiting, import->name, import->in_try) : nw_unset();
    if (named.kind != NW_UNSET)
        return named;
    nw_value module = nw_import_module(eval, import->module);
    if (module.kind == NW_ERROR && is_missing(eval, import))
        return not_found(eval, import);
    if (module.kind != NW_MODULE || import->name.v == 0)
        return module;
    if (import->is_running) /* two modules that take the name from each other */
        return nw_raise(eval, NW_EXCEPTION_IMPORT_ERROR, "cannot import name '%s' from '%s': each takes it from the other", nw_bytes(eval, import->name),
                        nw_bytes(eval, import->module));
    import->is_running = true;
    nw_value found = nw_module_find(eval, module.as.module, import->name);
    import->is_running = false;
    if (found.kind != NW_UNSET)
        return found;
    nw_value *hook = nw_dict_find_name(module.as.module->globals, (nw_symbol){NW_NAME_DUNDER_GETATTR});
    if (hook) {
        nw_value text = nw_string(import->name);
        return nw_call_values(eval, *hook, &text, 1);
    }
    nw_module *from = module.as.module;
    if (from->is_catalog)
        return import->in_try ? nw_raise(eval, NW_EXCEPTION_IMPORT_ERROR, "cannot import name '%s'", nw_bytes(eval, import->name))
                              : nw_lost(eval, NW_DIAG_NOT_IN_CATALOG, "%s.%s", nw_bytes(eval, import->module), nw_bytes(eval, import->name));
    if (from->open || from->state == NW_MODULE_FAILED || from->ast->error_count)
        return nw_lost(eval, NW_DIAG_NAME_NOT_FOUND, "%s.%s", nw_bytes(eval, import->module), nw_bytes(eval, import->name));
    nw_symbol part = nw_import_part(eval, import->module, import->name);
    if (from->is_package && nw_import_is_compiled(eval, part))
        return nw_lost(eval, NW_DIAG_MODULE_NOT_FOUND, "%s", nw_bytes(eval, part));
    return nw_raise(eval, NW_EXCEPTION_IMPORT_ERROR, "cannot import name '%s' from '%s'", nw_bytes(eval, import->name),
                    nw_bytes(eval, import->module));
}

/* ---- files ---- */

/* The dotted name of a file under the roots, or under the folder above its outermost package. */
static nw_symbol name_of_file(nw_eval *eval, const char *path)
{
    const char *rest = NULL;
    char here[4096], whole[8192];
    bool is_relative = path[0] != '/' && strncmp(path, "../", 3) != 0;
    if (is_relative && eval->environment->root_count && eval->environment->roots[0][0] == '/' && getcwd(here, sizeof here)) {
        snprintf(whole, sizeof whole, "%s/%s", here, strncmp(path, "./", 2) == 0 ? path + 2 : path);
        for (uint32_t i = 0; i < eval->environment->root_count && path != whole; i++) { /* the working directory is inside of a root */
            size_t size = strlen(eval->environment->roots[i]);
            if (strncmp(whole, eval->environment->roots[i], size) == 0 && whole[size] == '/')
                path = whole;
        }
    }
    for (uint32_t i = 0; i < eval->environment->root_count; i++) {
        size_t size = strlen(eval->environment->roots[i]);
        while (size > 1 && eval->environment->roots[i][size - 1] == '/')
            size--;
        if (strcmp(eval->environment->roots[i], ".") == 0 && path[0] != '/' && strncmp(path, "../", 3) != 0) {
            rest = strncmp(path, "./", 2) == 0 ? path + 2 : path;
            break;
        }
        if (strncmp(path, eval->environment->roots[i], size) == 0 && path[size] == '/') {
            rest = path + size + 1;
            break;
        }
    }
    if (!rest)
        rest = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    char text[1024];
    if (strlen(rest) >= sizeof text)
        rest = "module";
    size_t size = strlen(rest);
    memcpy(text, rest, size + 1);
    if (size > 3 && strcmp(text + size - 3, ".py") == 0)
        text[size -= 3] = 0;
    if (size >= 9 && strcmp(text + size - 9, "/__init__") == 0)
        text[size - 9] = 0;
    for (char *c = text; *c; c++)
        if (*c == '/')
            *c = '.';
    return nw_symbol_of(eval->symbols, text);
}

/* The module of that file, registered and not yet run; *is_new: it was not there. */
static nw_module *register_file(nw_eval *eval, const char *path, bool *is_new)
{
    nw_symbol name = name_of_file(eval, path);
    nw_value *known = nw_dict_find_name(eval->modules, name);
    *is_new = !known || known->kind != NW_MODULE || known->as.module->is_catalog;
    if (!*is_new)
        return known->as.module;
    nw_module *module = register_module(eval, name);
    const char *slash = strrchr(path, '/');
    module->is_package = strcmp(slash ? slash + 1 : path, "__init__.py") == 0;
    set_path_names(eval, module, path);
    return module;
}

/* Who rewrites a whole package asks about files that others of it import: these are read once, too. */
nw_module *nw_import_file(nw_eval *eval, const char *path)
{
    bool is_new;
    nw_module *module = register_file(eval, path, &is_new);
    if (!is_new)
        return module;
    if (!(eval->trace && share_tree(eval, module)) && nw_source_load(&module->source, path, eval->environment->max_file_size) != NW_SOURCE_OK)
        module->state = NW_MODULE_FAILED;
    else
        run_module(eval, module);
    return module;
}

nw_module *nw_import_source(nw_eval *eval, const char *path, nw_source *source)
{
    bool is_new;
    nw_module *module = register_file(eval, path, &is_new);
    if (!is_new)
        return module;
    module->source = *source;
    *source = (nw_source){0};
    run_module(eval, module);
    return module;
}

nw_value nw_evaluate_text(nw_eval *eval, nw_module *module, const char *text)
{
    nw_module *scratch = nw_module_new(eval, module->name);
    scratch->globals = module->globals;
    scratch->open = module->open;
    char *copy = nw_arena_copy(&eval->arena, text, strlen(text) + 1);
    nw_source_borrow(&scratch->source, "<entry>", copy, strlen(copy));
    scratch->ast = read_tree(eval, &scratch->source);
    nw_list body = nw_ast_list(scratch->ast, scratch->ast->functions[0].body);
    if (body.count != 1 || scratch->ast->nodes[body.items[0]].kind != NW_NODE_EXPRESSION)
        return nw_raise(eval, NW_EXCEPTION_SYNTAX_ERROR, "not an expression: %s", text);
    nw_frame *caller = eval->frame;
    nw_frame *frame = nw_frame_new(eval, &scratch->ast->functions[0], scratch, NULL);
    eval->frame = frame;
    nw_value value = nw_evaluate(eval, scratch->ast->nodes[body.items[0]].a);
    eval->frame = caller;
    return value;
}
