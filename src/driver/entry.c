#include "driver/entry.h"

#include "eval/interpret.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *copy_part(nw_arena *arena, const char *text, size_t size)
{
    char *copy = nw_arena_alloc(arena, size + 1);
    memcpy(copy, text, size);
    copy[size] = 0;
    return copy;
}

static bool is_dotted_name(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!(isalnum((unsigned char)text[i]) || text[i] == '_' || text[i] == '.' || (unsigned char)text[i] >= 128))
            return false;
    return size > 0 && !isdigit((unsigned char)*text);
}

nw_entry nw_entry_parse(nw_arena *arena, const char *text)
{
    nw_entry entry = {NULL, NULL, text};
    for (const char *colon = strchr(text, ':'); colon; colon = strchr(colon + 1, ':')) {
        size_t size = (size_t)(colon - text);
        if (size > 3 && strncmp(colon - 3, ".py", 3) == 0 && !memchr(text, '(', size)) {
            entry.file = copy_part(arena, text, size);
            entry.expression = colon + 1;
            break;
        }
        if (is_dotted_name(text, size)) {
            entry.module = copy_part(arena, text, size);
            entry.expression = colon + 1;
            break;
        }
    }
    while (*entry.expression == ' ')
        entry.expression++;
    return entry;
}

/* ---- the module ---- */

static const char *find_file(nw_eval *eval, const char *file, const char *path)
{
    if (access(file, R_OK) == 0)
        return file;
    for (uint32_t i = 0; i < eval->environment->root_count && *file != '/'; i++) {
        size_t room = strlen(eval->environment->roots[i]) + strlen(file) + 2;
        char *candidate = nw_arena_alloc(&eval->arena, room);
        snprintf(candidate, room, "%s/%s", eval->environment->roots[i], file);
        if (access(candidate, R_OK) == 0)
            return candidate;
    }
    if (path) { /* the file that was given anyway, named by its end */
        size_t size = strlen(path), tail = strlen(file);
        if (size >= tail && strcmp(path + size - tail, file) == 0 && (size == tail || path[size - tail - 1] == '/'))
            return path;
    }
    return NULL;
}

static const char *exception_text(nw_eval *eval)
{
    const nw_value *args = eval->exception.kind == NW_INSTANCE
                               ? nw_dict_find_name(eval->exception.as.instance->attributes, (nw_symbol){NW_NAME_ARGS}) : NULL;
    if (args && args->kind == NW_TUPLE && args->as.tuple->count && args->as.tuple->items[0].kind == NW_STRING)
        return nw_symbol_bytes(eval->symbols, args->as.tuple->items[0].as.symbol);
    return "it cannot be imported";
}

/* pkg.layers where the package itself binds `layers` to a module of another place; NULL: there is none. */
static nw_module *module_by_attributes(nw_eval *eval, const char *dotted)
{
    size_t size = strcspn(dotted, ".");
    nw_value value = nw_import_module(eval, nw_symbol_intern(eval->symbols, dotted, size));
    while (value.kind == NW_MODULE && dotted[size]) {
        dotted += size + 1;
        size = strcspn(dotted, ".");
        value = nw_settle(eval, nw_get_attribute(eval, value, nw_symbol_intern(eval->symbols, dotted, size)));
    }
    return value.kind == NW_MODULE ? value.as.module : NULL;
}

/* What an entry names may be there and not be readable: then its names are not missing, the file is. */
static bool is_read(nw_eval *eval, const nw_module *module, const char **problem)
{
    if (!module->source.problem[0])
        return true;
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, "its file %s cannot be read: %s", module->path, module->source.problem);
    *problem = nw_arena_copy(&eval->arena, text.bytes ? text.bytes : "", text.size + 1);
    nw_buffer_release(&text);
    return false;
}

nw_module *nw_entry_module(nw_eval *eval, const nw_entry *entry, const char *path, const char **problem)
{
    if (entry->module) {
        nw_symbol name = nw_symbol_of(eval->symbols, entry->module);
        nw_value module = nw_import_module(eval, name);
        if (module.kind == NW_MODULE)
            return is_read(eval, module.as.module, problem) ? module.as.module : NULL;
        const nw_value *found = nw_dict_find_name(eval->modules, name);
        if (found && found->kind == NW_MODULE) /* it is there, and raises */
            return is_read(eval, found->as.module, problem) ? found->as.module : NULL;
        *problem = exception_text(eval);
        nw_value raised = eval->exception;
        nw_exception_clear(eval);
        nw_module *bound = module_by_attributes(eval, entry->module);
        if (!bound)
            eval->exception = raised;
        return bound;
    }
    const char *file = entry->file ? find_file(eval, entry->file, path) : path;
    if (!file) {
        *problem = entry->file ? "its file is not found" : "it names no module, and not exactly one file is given";
        return NULL;
    }
    nw_module *module = nw_import_file(eval, file);
    if (!module)
        *problem = exception_text(eval);
    return module && is_read(eval, module, problem) ? module : NULL;
}

/* ---- the expression ---- */

static bool is_name_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 128;
}

static bool is_bound(nw_eval *eval, nw_module *module, nw_symbol name)
{
    return nw_module_find(eval, module, name).kind > NW_UNSET || nw_dict_find_name(eval->builtins, name);
}

/* Imports what a dotted name that nobody bound starts with, and binds its first part in the scope. */
static void import_dotted(nw_eval *eval, nw_module *module, nw_dict *scope, const char *name, size_t size)
{
    static const char *const words[] = {"lambda", "not", "and", "or", "if", "else", "for", "in", "is", "True", "False", "None"};
    size_t head = 0;
    while (head < size && name[head] != '.')
        head++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == head && memcmp(words[i], name, head) == 0)
            return;
    nw_symbol first = nw_symbol_intern(eval->symbols, name, head);
    if (is_bound(eval, module, first) || nw_import_is_absent(eval, first))
        return;
    nw_value found = nw_import_module(eval, first);
    if (found.kind != NW_MODULE) {
        nw_exception_clear(eval);
        return;
    }
    nw_dict_set_name(eval, scope, first, found);
    for (size_t end = head + 1; end < size; end++) /* submodules become attributes as they are imported */
        if (name[end] == '.' && nw_import_module(eval, nw_symbol_intern(eval->symbols, name, end)).kind == NW_ERROR) {
            nw_exception_clear(eval);
            break;
        }
}

static const char *skip_string(const char *at)
{
    char quote = *at++;
    while (*at && *at != quote)
        at += *at == '\\' && at[1] ? 2 : 1;
    return *at ? at + 1 : at;
}

static void import_names(nw_eval *eval, nw_module *module, nw_dict *scope, const char *at)
{
    while (*at) {
        if (*at == '"' || *at == '\'') {
            at = skip_string(at);
        } else if (is_name_byte(*at)) {
            const char *start = at;
            while (is_name_byte(*at) || (*at == '.' && is_name_byte(at[1])))
                at++;
            if (!isdigit((unsigned char)*start))
                import_dotted(eval, module, scope, start, (size_t)(at - start));
        } else if (*at == '.') {
            for (at++; is_name_byte(*at); at++) {
            }
        } else {
            at++;
        }
    }
}

bool nw_entry_is_known(nw_eval *eval, nw_module *module, const char *expression)
{
    size_t size = 0;
    while (is_name_byte(expression[size]))
        size++;
    if (size == 0)
        return true; /* no plain name: whatever it is, evaluation will tell */
    nw_symbol head = nw_symbol_intern(eval->symbols, expression, size);
    if (is_bound(eval, module, head) || module->open || (module->ast && nw_ast_binds(module->ast, head)))
        return true; /* written, but not there: the module did not come so far */
    bool found = nw_import_module(eval, head).kind == NW_MODULE;
    nw_exception_clear(eval);
    return found;
}

nw_value nw_entry_evaluate(nw_eval *eval, nw_module *module, const char *expression)
{
    nw_module *scope = nw_arena_copy(&eval->arena, module, sizeof *module);
    scope->globals = nw_dict_copy(eval, module->globals);
    scope->source.line_starts = NULL; /* owned by the module itself */
    import_names(eval, module, scope->globals, expression);
    return nw_evaluate_text(eval, scope, expression);
}
