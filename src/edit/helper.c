/* The private functions and classes that a rule's new code calls: written once, in front of the first definition of the file. */
#include "edit/rewrite.h"

#include "match/word.h"

#include <ctype.h>
#include <string.h>

static const nw_source *source_of(const nw_rewrite *rewrite)
{
    return &rewrite->match->index->module->source;
}

/* The first line of the text: `class _PackedState:`. */
static nw_text name_of(nw_text helper)
{
    uint32_t start = 0, end;
    while (start < helper.size && helper.bytes[start] != ' ')
        start++;
    start++;
    for (end = start; end < helper.size && (isalnum((unsigned char)helper.bytes[end]) || helper.bytes[end] == '_');)
        end++;
    return start < end ? (nw_text){helper.bytes + start, end - start} : (nw_text){helper.bytes, 0};
}

/* Without the white space at its end, with the file's line ends. */
static void put_helper(const nw_rewrite *rewrite, nw_text helper, nw_buffer *out)
{
    while (helper.size && isspace((unsigned char)helper.bytes[helper.size - 1]))
        helper.size--;
    for (uint32_t i = 0; i < helper.size; i++) {
        if (helper.bytes[i] == '\n' && source_of(rewrite)->is_crlf)
            nw_buffer_byte(out, '\r');
        nw_buffer_byte(out, helper.bytes[i]);
    }
}

/* A def or class of the top level of that name; 0: there is none. */
static uint32_t definition_of(const nw_rewrite *rewrite, nw_symbol name)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        uint32_t defined = node->kind == NW_NODE_CLASS ? node->a : node->kind == NW_NODE_FUNCTION ? ast->functions[node->a].name.v : 0;
        if (defined == name.v)
            return body.items[i];
    }
    return 0;
}

static bool mentions(const nw_rewrite *rewrite, nw_symbol name)
{
    nw_list places = nw_file_word(rewrite->match->index, name);
    for (uint32_t i = 0; i < places.count; i++)
        if (nw_file_node(rewrite->match->index, places.items[i])->kind == NW_NODE_NAME)
            return true;
    return false;
}

/* In front of the first definition, its decorators and the comments that stand right above it. False: there is none. */
static bool find_place(const nw_rewrite *rewrite, uint32_t *place)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    const nw_source *source = source_of(rewrite);
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        if (node->kind != NW_NODE_CLASS && node->kind != NW_NODE_FUNCTION)
            continue;
        *place = nw_source_line_start(source, node->start);
        while (*place > 0) {
            uint32_t above = nw_source_line_start(source, *place - 1);
            if (source->bytes[above] != '#' && source->bytes[above] != '@')
                break;
            *place = above;
        }
        return true;
    }
    return false;
}

bool nw_rewrite_helper(nw_rewrite *rewrite)
{
    nw_text helper = rewrite->match->rule->helper, name = name_of(helper);
    uint32_t place = 0;
    if (!helper.size)
        return true;
    nw_symbol symbol = nw_symbol_intern(rewrite->match->rules->symbols, name.bytes, name.size);
    uint32_t known = definition_of(rewrite, symbol);
    nw_buffer text;
    nw_buffer_init(&text);
    put_helper(rewrite, helper, &text);
    const nw_node *node = nw_file_node(rewrite->match->index, known);
    bool is_there = known && node->end - node->start == text.size && memcmp(source_of(rewrite)->bytes + node->start, text.bytes, text.size) == 0;
    bool good = is_there || (!mentions(rewrite, symbol) && find_place(rewrite, &place));
    if (!good)
        nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "there is no place, or no name, for the helper of the rule");
    for (int i = 0; i < 3; i++)
        nw_buffer_text(&text, source_of(rewrite)->is_crlf ? "\r\n" : "\n");
    good = good && nw_rewrite_package(rewrite, "torch") && (is_there || nw_rewrite_add(rewrite, place, place, text.bytes, text.size));
    nw_buffer_release(&text);
    return good;
}
