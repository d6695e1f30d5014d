/* Taking statements out, with what stands on their lines. */
#include "edit/rewrite.h"

#include <string.h>

static const nw_source *source_of(const nw_rewrite *rewrite)
{
    return &rewrite->match->index->module->source;
}

bool nw_rewrite_refuse(nw_rewrite *rewrite, nw_diagnostic_id id, const char *detail)
{
    if (rewrite->refused == NW_DIAG_NONE) {
        rewrite->refused = id;
        rewrite->detail = detail;
    }
    return false;
}

bool nw_rewrite_add(nw_rewrite *rewrite, uint32_t start, uint32_t end, const char *text, size_t size)
{
    if (rewrite->edit_count == NW_MAX_EDITS)
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "it takes too many edits");
    uint32_t at = rewrite->edit_count;
    for (uint32_t i = 0; i < at; i++) {
        const nw_finding_edit *other = &rewrite->edits[i];
        if (other->start == start && other->end == end && other->size == size && memcmp(other->text, text, size) == 0)
            return true;
        if ((start < other->end && other->start < end) || (start == other->start && end == other->end))
            return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "two edits of it overlap");
    }
    for (; at > 0 && rewrite->edits[at - 1].start > start; at--)
        rewrite->edits[at] = rewrite->edits[at - 1];
    const char *copy = nw_arena_copy(&rewrite->match->index->eval->arena, size ? text : "", size + (size == 0));
    rewrite->edits[at] = (nw_finding_edit){start, end, copy, (uint32_t)size};
    rewrite->edit_count++;
    return true;
}

/* A # outside of the strings of these bytes. */
bool nw_rewrite_has_comment(const nw_rewrite *rewrite, uint32_t start, uint32_t end)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    const char *bytes = source_of(rewrite)->bytes;
    nw_node_range around = nw_file_range_around(rewrite->match->index, start, end);
    for (uint32_t at = start; at < end; at++) {
        bool in_string = false;
        if (bytes[at] != '#')
            continue;
        for (uint32_t i = around.first; i <= around.last && !in_string; i++)
            in_string = (ast->nodes[i].kind == NW_NODE_STRING || ast->nodes[i].kind == NW_NODE_BYTES || ast->nodes[i].kind == NW_NODE_JOINED_STRING) &&
                        ast->nodes[i].start <= at && at < ast->nodes[i].end;
        if (!in_string)
            return true;
    }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f';
}

/* `a = f(x); b = g(a)`: the second one moves up. */
static bool remove_before_semicolon(nw_rewrite *rewrite, const nw_node *node, uint32_t semicolon)
{
    const nw_source *source = source_of(rewrite);
    uint32_t end = semicolon + 1;
    while (end < source->size && is_blank(source->bytes[end]))
        end++;
    if (end == source->size || strchr("#\r\n", source->bytes[end]))
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a statement that goes shares its line with another");
    return nw_rewrite_add(rewrite, node->start, end, "", 0);
}

bool nw_rewrite_remove(nw_rewrite *rewrite, uint32_t statement)
{
    const nw_source *source = source_of(rewrite);
    const nw_node *node = nw_file_node(rewrite->match->index, statement);
    uint32_t start = node->start, end = node->end;
    while (start > 0 && is_blank(source->bytes[start - 1]))
        start--;
    while (end < source->size && is_blank(source->bytes[end]))
        end++;
    if (end < source->size && source->bytes[end] == ';')
        return remove_before_semicolon(rewrite, node, end);
    if (start > 0 && source->bytes[start - 1] == ';')
        return nw_rewrite_add(rewrite, start - 1, node->end, "", 0);
    if (start > 0 && source->bytes[start - 1] != '\n' && source->bytes[start - 1] != '\r')
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a statement that goes shares its line with another");
    if (end < source->size && source->bytes[end] == '#') {
        rewrite->loses_comment = true;
        while (end < source->size && source->bytes[end] != '\n' && source->bytes[end] != '\r')
            end++;
    }
    rewrite->loses_comment |= nw_rewrite_has_comment(rewrite, node->start, node->end);
    if (end < source->size && source->bytes[end] == '\r')
        end++;
    if (end < source->size && source->bytes[end] == '\n')
        end++;
    else if (end < source->size)
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a statement that goes shares its line with another");
    else
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a statement that goes is the last of the file");
    return nw_rewrite_add(rewrite, start, end, "", 0);
}
