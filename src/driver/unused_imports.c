#include "driver/unused_imports.h"

#include "base/buffer.h"
#include "base/embedded.h"
#include "syntax/syntax.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

enum { MAX_NEIGHBOURS = 400, MAX_NEIGHBOUR_SIZE = 1 << 22 };

/* How often each symbol is bound and read as a name of a file. */
typedef struct name_counts {
    uint32_t *bound, *read;
    uint32_t count; /* of symbols */
} name_counts;

typedef struct unused {
    nw_arena arena;
    nw_symbols *symbols;
    nw_findings *findings;
    const bool *wanted;
    const nw_source *source;
    const nw_ast *before, *after;
    name_counts names_before, names_after;
    bool changed;
} unused;

static const char *text_of(const unused *u, uint32_t symbol)
{
    return nw_symbol_bytes(u->symbols, (nw_symbol){symbol});
}

/* ---- readers ---- */

static name_counts count_names(nw_arena *arena, const nw_ast *ast)
{
    name_counts counts = {.count = 1};
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_NAME && ast->nodes[i].a >= counts.count)
            counts.count = ast->nodes[i].a + 1;
    counts.bound = nw_arena_zero(arena, counts.count * sizeof *counts.bound);
    counts.read = nw_arena_zero(arena, counts.count * sizeof *counts.read);
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_NAME)
            ++(ast->nodes[i].flags & NW_NAME_BINDS ? counts.bound : counts.read)[ast->nodes[i].a];
    return counts;
}

static uint32_t reads_of(const name_counts *counts, uint32_t symbol)
{
    return symbol < counts->count ? counts->read[symbol] : 0;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* `word` as a whole name in the bytes. */
static bool mentions(const char *bytes, size_t size, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= size; at++)
        if (memcmp(bytes + at, word, length) == 0 && (at == 0 || !is_word(bytes[at - 1])) && (at + length == size || !is_word(bytes[at + length])))
            return true;
    return false;
}

/* What documents a function or the file is no code, but for examples that can be run. */
static bool is_documentation(const nw_ast *ast, uint32_t string, const char *text)
{
    if (strstr(text, ">>>"))
        return false;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    if (body.count && ast->nodes[body.items[0]].kind == NW_NODE_EXPRESSION && ast->nodes[body.items[0]].a == string)
        return true;
    for (uint32_t i = 1; i < ast->function_count; i++)
        if (ast->functions[i].docstring == string)
            return true;
    return false;
}

static bool is_in_strings(const unused *u, const char *name)
{
    const nw_ast *ast = u->after;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const char *text = ast->nodes[i].kind == NW_NODE_STRING ? text_of(u, ast->nodes[i].a) : "";
        if (mentions(text, strlen(text), name) && !is_documentation(ast, i, text))
            return true;
    }
    return false;
}

static bool is_in_type_comments(const unused *u, const char *name)
{
    const char *bytes = u->source->bytes, *end = bytes + u->source->size;
    for (const char *at = bytes; (at = memchr(at, '#', (size_t)(end - at))) != NULL; at++) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((line ? line : end) - at);
        if (mentions(at, size, "type") && mentions(at, size, name))
            return true;
    }
    return false;
}

/* Names may be read by texts that are made when it runs. */
static bool reads_its_names(const unused *u)
{
    static const char *const readers[] = {"globals", "vars", "dir", "eval", "exec"};
    bool found = false;
    for (size_t i = 0; i < sizeof readers / sizeof *readers && !found; i++)
        found = reads_of(&u->names_before, nw_symbol_of(u->symbols, readers[i]).v) > 0;
    return found;
}

/* ---- other files ---- */

static bool ends_with_part(const char *dotted, const char *part)
{
    const char *dot = strrchr(dotted, '.');
    return strcmp(dot ? dot + 1 : dotted, part) == 0;
}

/* Whether an expression is the module of that name, under this or another name. */
static bool is_module(const unused *u, const nw_ast *ast, uint32_t id, const char *module)
{
    const nw_node *node = &ast->nodes[id];
    if (node->kind == NW_NODE_ATTRIBUTE)
        return strcmp(text_of(u, node->b), module) == 0;
    for (uint32_t i = 1; i < ast->node_count && node->kind == NW_NODE_NAME; i++) {
        const nw_node *alias = &ast->nodes[i];
        if (alias->kind == NW_NODE_IMPORT_ALIAS && alias->b && ast->nodes[alias->b].a == node->a && ends_with_part(text_of(u, alias->a), module))
            return true;
    }
    return false;
}

static bool takes_from(const unused *u, const nw_ast *ast, const char *module, uint32_t symbol)
{
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_ATTRIBUTE && node->b == symbol && is_module(u, ast, node->a, module))
            return true;
        if (node->kind != NW_NODE_IMPORT_FROM || !ends_with_part(text_of(u, node->a), module))
            continue;
        nw_list aliases = nw_ast_list(ast, node->c);
        for (uint32_t k = 0; k < aliases.count; k++)
            if (ast->nodes[aliases.items[k]].a == symbol || strcmp(text_of(u, ast->nodes[aliases.items[k]].a), "*") == 0)
                return true;
    }
    return false;
}

static bool is_read_by(const unused *u, const char *path, const char *module, uint32_t symbol)
{
    nw_source other;
    nw_arena arena;
    if (nw_source_load(&other, path, MAX_NEIGHBOUR_SIZE) != NW_SOURCE_OK) {
        nw_source_release(&other);
        return false;
    }
    nw_arena_init(&arena);
    bool found = mentions(other.bytes, other.size, module) && (mentions(other.bytes, other.size, text_of(u, symbol)) || memchr(other.bytes, '*', other.size)) &&
                 takes_from(u, nw_syntax_parse(&other, &arena, u->symbols), module, symbol);
    nw_arena_release(&arena);
    nw_source_release(&other);
    return found;
}

static bool is_python(const char *name)
{
    size_t size = strlen(name);
    return size > 3 && strcmp(name + size - 3, ".py") == 0;
}

/* Some file beside this one takes the name from it; too many files: perhaps. */
static bool is_taken_elsewhere(const unused *u, uint32_t symbol)
{
    const char *path = u->source->path, *slash = strrchr(path, '/'), *own = slash ? slash + 1 : path;
    char folder[1024] = ".", module[256], other[1400];
    if ((size_t)(own - path) >= sizeof folder || strlen(own) >= sizeof module || !is_python(own))
        return true;
    if (slash)
        snprintf(folder, sizeof folder, "%.*s", (int)(own - path), path);
    snprintf(module, sizeof module, "%.*s", (int)strlen(own) - 3, own);
    DIR *files = opendir(folder);
    bool found = !files;
    int count = 0;
    for (struct dirent *entry; !found && (entry = readdir(files)) != NULL;) {
        if (!is_python(entry->d_name) || strcmp(entry->d_name, own) == 0)
            continue;
        int size = snprintf(other, sizeof other, "%s/%s", folder, entry->d_name);
        found = size >= (int)sizeof other || ++count > MAX_NEIGHBOURS || is_read_by(u, other, module, symbol);
    }
    if (files)
        closedir(files);
    return found;
}

/* ---- imports ---- */

/* Loading these does nothing that another import of the file would miss. */
static bool only_gives_names(const unused *u, const nw_node *statement, uint32_t alias)
{
    static const char *const known[] = {"torch", "math", "functools", "typing", "itertools", "operator", "numpy", "einops", "collections", "copy", "warnings"};
    const char *name = text_of(u, statement->kind == NW_NODE_IMPORT ? u->before->nodes[alias].a : statement->a);
    size_t size = strcspn(name, ".");
    bool found = strchr(name, '.') && nw_embedded_module(NW_EMBEDDED_REMOVED, name, strlen(name), NULL); /* a part that is there no longer */
    for (size_t i = 0; i < sizeof known / sizeof *known && !found; i++)
        found = strlen(known[i]) == size && memcmp(known[i], name, size) == 0;
    return found && !(statement->kind == NW_NODE_IMPORT_FROM && statement->b);
}

/* The framework itself stays: what makes a model often reads its names where the model is defined (`net.torch.float16`). */
static bool is_framework(const unused *u, const nw_node *statement, uint32_t alias)
{
    const char *name = text_of(u, u->before->nodes[alias].a);
    return statement->kind == NW_NODE_IMPORT ? strcmp(name, "torch") == 0 || strcmp(name, "torch.nn") == 0
                                             : strcmp(text_of(u, statement->a), "torch") == 0 && strcmp(name, "nn") == 0;
}

/* `import a as a` and `from m import a as a` say that others may take it from here. */
static bool is_given_on(const unused *u, uint32_t alias)
{
    const nw_node *one = &u->before->nodes[alias], *name = &u->before->nodes[one->b];
    return name->a == one->a && name->start > one->start;
}

/* The places where one of the names is read. */
static nw_list places_read(unused *u, const uint32_t *names, uint32_t count)
{
    uint32_t *items = NULL, found = 0, capacity = 0;
    for (uint32_t i = 1; i < u->before->node_count; i++) {
        const nw_node *node = &u->before->nodes[i];
        bool is_read = false;
        for (uint32_t k = 0; k < count && !is_read; k++)
            is_read = node->kind == NW_NODE_NAME && node->a == names[k] && !(node->flags & NW_NAME_BINDS);
        if (!is_read)
            continue;
        NW_ARENA_RESERVE(&u->arena, items, found, capacity);
        items[found++] = i;
    }
    return (nw_list){items, found};
}

/* Whether edits of a finding take out one of the places. */
static bool takes_uses_out(const unused *u, const nw_finding *finding, nw_list places)
{
    for (uint32_t i = 0; i < places.count; i++) {
        const nw_node *node = &u->before->nodes[places.items[i]];
        for (uint32_t k = 0; k < finding->edit_count; k++)
            if (finding->edits[k].start <= node->start && node->end <= finding->edits[k].end)
                return true;
    }
    return false;
}

static bool is_last_use_gone(const unused *u, uint32_t alias)
{
    const nw_node *one = &u->before->nodes[alias];
    uint32_t symbol = one->b ? u->before->nodes[one->b].a : 0;
    if (!symbol || is_given_on(u, alias) || u->names_before.bound[symbol] != 1 || u->names_before.read[symbol] == 0)
        return false;
    const char *name = text_of(u, symbol);
    return reads_of(&u->names_after, symbol) == 0 && !is_in_strings(u, name) && !is_in_type_comments(u, name) && !is_taken_elsewhere(u, symbol);
}

/* ---- edits ---- */

static bool is_untouched(const unused *u, uint32_t start, uint32_t end)
{
    for (uint32_t i = 0; i < u->findings->count; i++)
        for (uint32_t k = 0; u->wanted[i] && k < u->findings->items[i].edit_count; k++) {
            const nw_finding_edit *edit = &u->findings->items[i].edits[k];
            if (edit->start < end && start < edit->end)
                return false;
        }
    return true;
}

static void add_edit(unused *u, nw_finding *finding, nw_finding_edit edit)
{
    nw_finding_edit *edits = nw_arena_alloc(&u->findings->arena, (finding->edit_count + 1) * sizeof *edits);
    uint32_t at = 0;
    while (at < finding->edit_count && (finding->edits[at].start < edit.start || (finding->edits[at].start == edit.start && finding->edits[at].end < edit.end)))
        at++;
    if (at)
        memcpy(edits, finding->edits, at * sizeof *edits);
    edits[at] = edit;
    if (at < finding->edit_count)
        memcpy(edits + at + 1, finding->edits + at, (finding->edit_count - at) * sizeof *edits);
    finding->edits = edits;
    finding->edit_count++;
    u->changed = true;
}

/* The bytes go with each finding that has taken out a use of one of the names. */
static void take_out(unused *u, uint32_t start, uint32_t end, const uint32_t *names, uint32_t count)
{
    if (memchr(u->source->bytes + start, '#', end - start) || !is_untouched(u, start, end))
        return;
    nw_list places = places_read(u, names, count);
    for (uint32_t i = 0; i < u->findings->count; i++) {
        if (u->wanted[i] && takes_uses_out(u, &u->findings->items[i], places))
            add_edit(u, &u->findings->items[i], (nw_finding_edit){start, end, "", 0});
    }
}

/* The lines of a statement that has them for itself. */
static bool own_lines(const unused *u, const nw_node *statement, uint32_t *end)
{
    const char *bytes = u->source->bytes;
    uint32_t at = statement->end;
    if (statement->start > 0 && bytes[statement->start - 1] != '\n')
        return false;
    while (at < u->source->size && strchr(" \t\f\r", bytes[at]))
        at++;
    *end = at + 1;
    return at < u->source->size && bytes[at] == '\n';
}

static void look_at_import(unused *u, uint32_t id)
{
    const nw_node *nodes = u->before->nodes, *statement = &nodes[id];
    nw_list aliases = nw_ast_list(u->before, statement->kind == NW_NODE_IMPORT ? statement->a : statement->c);
    uint32_t *names = nw_arena_zero(&u->arena, (aliases.count + 1) * sizeof *names), going = 0, end = 0;
    bool doubtful = false;
    for (uint32_t i = 0; i < aliases.count; i++) {
        bool dotted = statement->kind == NW_NODE_IMPORT && strchr(text_of(u, nodes[aliases.items[i]].a), '.') && nodes[nodes[aliases.items[i]].b].start == nodes[aliases.items[i]].start;
        bool known = only_gives_names(u, statement, aliases.items[i]);
        if (dotted || (!known && statement->kind == NW_NODE_IMPORT) || is_framework(u, statement, aliases.items[i]) || !is_last_use_gone(u, aliases.items[i]))
            continue;
        names[i] = nodes[nodes[aliases.items[i]].b].a;
        doubtful |= !known;
        going++;
    }
    if (!going || !own_lines(u, statement, &end) || (going == aliases.count && doubtful))
        return;
    if (going == aliases.count) {
        take_out(u, statement->start, end, names, aliases.count);
        return;
    }
    for (uint32_t i = 0, last = 0; i < aliases.count; i++) {
        uint32_t run = i;
        while (run < aliases.count && names[run])
            run++;
        if (run == aliases.count && run > i) { /* up to the end: with the comma before */
            take_out(u, nodes[aliases.items[last]].end, nodes[aliases.items[run - 1]].end, names + i, run - i);
            return;
        }
        if (run > i)
            take_out(u, nodes[aliases.items[i]].start, nodes[aliases.items[run]].start, names + i, run - i);
        last = i = run;
    }
}

static bool may_give_names_on(const nw_source *source)
{
    const char *slash = strrchr(source->path, '/');
    return strcmp(slash ? slash + 1 : source->path, "__init__.py") == 0;
}

bool nw_unused_imports_drop(nw_findings *findings, const bool *wanted, const nw_source *source, const nw_source *after, nw_symbols *symbols)
{
    unused u = {.symbols = symbols, .findings = findings, .wanted = wanted, .source = source};
    if (may_give_names_on(source))
        return false;
    nw_arena_init(&u.arena);
    u.before = nw_syntax_parse(source, &u.arena, symbols);
    u.after = nw_syntax_parse(after, &u.arena, symbols);
    u.names_before = count_names(&u.arena, u.before);
    u.names_after = count_names(&u.arena, u.after);
    if (!u.before->error_count && !u.after->error_count && !reads_its_names(&u)) {
        nw_list body = nw_ast_list(u.before, u.before->functions[0].body);
        for (uint32_t i = 0; i < body.count; i++)
            if (u.before->nodes[body.items[i]].kind == NW_NODE_IMPORT || u.before->nodes[body.items[i]].kind == NW_NODE_IMPORT_FROM)
                look_at_import(&u, body.items[i]);
    }
    nw_arena_release(&u.arena);
    return u.changed;
}
