/* Qualified names as the file spells them, and the imports that are missing. */
#include "edit/rewrite.h"

#include "match/word.h"

#include <stdio.h>
#include <string.h>

static const char *bytes_of(const nw_rewrite *rewrite, uint32_t symbol)
{
    return nw_symbol_bytes(rewrite->match->rules->symbols, (nw_symbol){symbol});
}

/* A name that is bound once, at the top level, and nowhere inside the function that is written. */
static bool is_usable(const nw_rewrite *rewrite, uint32_t symbol, uint32_t function)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    for (uint32_t scope = function; scope; scope = ast->functions[scope].parent)
        for (uint32_t i = 0; i < ast->functions[scope].slot_count; i++)
            if (ast->functions[scope].slot_names[i].v == symbol)
                return false;
    return nw_file_bound_once(rewrite->match->index, (nw_symbol){symbol});
}

static bool is_taken(const nw_rewrite *rewrite, const char *name)
{
    return nw_file_has_word(rewrite->match->index, NW_NODE_NAME, name);
}

/* What the import binds: `dotted` gets the qualified name, the result is the local name's symbol, 0: none. */
static uint32_t imported(const nw_rewrite *rewrite, uint32_t statement, uint32_t alias, char *dotted, size_t room)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    const nw_node *from = &ast->nodes[statement], *one = &ast->nodes[alias];
    if (!one->b)
        return 0;
    uint32_t local = ast->nodes[one->b].a;
    if (from->kind == NW_NODE_IMPORT_FROM) {
        if (from->b)
            return 0;
        snprintf(dotted, room, "%s.%s", bytes_of(rewrite, from->a), bytes_of(rewrite, one->a));
        return local;
    }
    const char *name = bytes_of(rewrite, one->a);
    const char *dot = strchr(name, '.');
    size_t first = dot ? (size_t)(dot - name) : strlen(name);
    const char *bound = bytes_of(rewrite, local);
    bool has_alias = !(strlen(bound) == first && memcmp(bound, name, first) == 0);
    snprintf(dotted, room, "%.*s", has_alias || !dot ? (int)strlen(name) : (int)first, name);
    return local;
}

/* The longest import that leads to the name. */
static bool spell(const nw_rewrite *rewrite, const char *qualified, uint32_t function, nw_buffer *out)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    size_t best = 0, wanted = strlen(qualified);
    uint32_t local = 0;
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *statement = &ast->nodes[body.items[i]];
        if (statement->kind != NW_NODE_IMPORT && statement->kind != NW_NODE_IMPORT_FROM)
            continue;
        nw_list aliases = nw_ast_list(ast, statement->kind == NW_NODE_IMPORT ? statement->a : statement->c);
        for (uint32_t k = 0; k < aliases.count; k++) {
            char dotted[256] = "";
            uint32_t name = imported(rewrite, body.items[i], aliases.items[k], dotted, sizeof dotted);
            size_t size = strlen(dotted);
            bool leads = name && size > best && size <= wanted && memcmp(dotted, qualified, size) == 0 && (size == wanted || qualified[size] == '.');
            if (!leads || !is_usable(rewrite, name, function))
                continue;
            best = size;
            local = name;
        }
    }
    bool is_torch = strncmp(qualified, "torch.", 6) == 0; /* its submodules are there once it is imported; others need not be */
    const char *last = strrchr(qualified, '.');
    if (!best || (!is_torch && best < (size_t)(last - qualified)) || strncmp(qualified, "torch.nn.intrinsic", 18) == 0)
        if (best != wanted)
            return false;
    nw_buffer_text(out, bytes_of(rewrite, local));
    nw_buffer_text(out, qualified + best);
    return true;
}

static uint32_t line_end(const nw_source *source, uint32_t at)
{
    while (at < source->size && source->bytes[at] != '\n')
        at++;
    return at < source->size ? at + 1 : at;
}

/* Behind the imports at the top of the file, otherwise behind its docstring. */
static bool import_place(nw_rewrite *rewrite, uint32_t *place)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_ast *ast = index->module->ast;
    const nw_source *source = &index->module->source;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    uint32_t last = 0;
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        bool docstring = i == 0 && node->kind == NW_NODE_EXPRESSION && ast->nodes[node->a].kind == NW_NODE_STRING;
        if (node->kind == NW_NODE_IMPORT || node->kind == NW_NODE_IMPORT_FROM || docstring)
            last = body.items[i];
        else if (node->kind == NW_NODE_CLASS || node->kind == NW_NODE_FUNCTION)
            break;
    }
    if (!last)
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "there is no place for an import");
    *place = line_end(source, ast->nodes[last].end);
    for (uint32_t at = ast->nodes[last].end; at < *place; at++)
        if (source->bytes[at] == ';' || source->bytes[at] == '\\')
            return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "an import shares its line with another statement");
    if (*place == source->size)
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "there is no line behind the imports");
    return true;
}

static bool add_import(nw_rewrite *rewrite, const char *text)
{
    const char *end = rewrite->match->index->module->source.is_crlf ? "\r\n" : "\n";
    uint32_t place = 0;
    if (!import_place(rewrite, &place))
        return false;
    nw_buffer line;
    nw_buffer_init(&line);
    for (uint32_t i = 0; i < rewrite->edit_count; i++) {
        nw_finding_edit *other = &rewrite->edits[i];
        if (other->start != place || other->end != place)
            continue;
        if (strstr(other->text, text)) {
            nw_buffer_release(&line);
            return true;
        }
        nw_buffer_add(&line, other->text, other->size);
        memmove(other, other + 1, (rewrite->edit_count - i - 1) * sizeof *other);
        rewrite->edit_count--;
        break;
    }
    nw_buffer_format(&line, "%s%s", text, end);
    bool good = nw_rewrite_add(rewrite, place, place, line.bytes, line.size + 1);
    for (uint32_t i = 0; good && i < rewrite->edit_count; i++)
        if (rewrite->edits[i].start == place && rewrite->edits[i].end == place)
            rewrite->edits[i].size = (uint32_t)line.size; /* the zero byte stays behind it */
    nw_buffer_release(&line);
    return good;
}

bool nw_rewrite_name(nw_rewrite *rewrite, const char *qualified, uint32_t function, nw_buffer *out)
{
    const char *dot = strrchr(qualified, '.');
    char text[400], local[128];
    if (!dot) {
        nw_buffer_text(out, qualified);
        return true;
    }
    if (spell(rewrite, qualified, function, out))
        return true;
    if (rewrite->imports_torch && strncmp(qualified, "torch.", 6) == 0) {
        nw_buffer_text(out, qualified);
        return true;
    }
    snprintf(local, sizeof local, "%s", dot + 1);
    for (int i = 2; is_taken(rewrite, local) && i < 10; i++)
        snprintf(local, sizeof local, "%s_%d", dot + 1, i);
    if (strcmp(local, dot + 1) == 0)
        snprintf(text, sizeof text, "from %.*s import %s", (int)(dot - qualified), qualified, local);
    else
        snprintf(text, sizeof text, "from %.*s import %s as %s", (int)(dot - qualified), qualified, dot + 1, local);
    nw_buffer_text(out, local);
    return add_import(rewrite, text);
}

bool nw_rewrite_package(nw_rewrite *rewrite, const char *name)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    char text[80];
    for (uint32_t i = 0; i < body.count; i++) {
        nw_list aliases = ast->nodes[body.items[i]].kind == NW_NODE_IMPORT ? nw_ast_list(ast, ast->nodes[body.items[i]].a) : (nw_list){NULL, 0};
        for (uint32_t k = 0; k < aliases.count; k++) {
            char dotted[256] = "";
            uint32_t local = imported(rewrite, body.items[i], aliases.items[k], dotted, sizeof dotted);
            if (local && strcmp(dotted, name) == 0 && strcmp(bytes_of(rewrite, local), name) == 0 && is_usable(rewrite, local, 0))
                return true;
        }
    }
    if (is_taken(rewrite, name))
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a name that the new code needs means something else in this file");
    snprintf(text, sizeof text, "import %s", name);
    rewrite->imports_torch = strcmp(name, "torch") == 0;
    return add_import(rewrite, text);
}
