#include "syntax/cst_walk.h"

#include <stdio.h>
#include <stdlib.h>

#include <language.h>
#include <subtree.h>
#include <tree.h>

/* An opened node. One that the grammar hides is opened on the way to its children and closed when they are used up. */
struct nw_cst_frame {
    const Subtree *next, *end;  /* children still to come */
    const TSSymbol *aliases;    /* of the children to come that are no extras, or NULL */
    uint32_t position;          /* where the last child ended, or the node began */
    bool first, hidden;
    nw_cst_kind kind; /* of the node itself, to come back to */
    uint32_t node_start, node_end;
    const Subtree *node;
};

static void open_node(nw_cst_walk *walk, const Subtree *node, uint32_t start, bool hidden)
{
    if (walk->depth == walk->capacity) {
        walk->capacity = walk->capacity ? walk->capacity * 2 : 64;
        walk->frames = realloc(walk->frames, walk->capacity * sizeof *walk->frames);
        if (!walk->frames) {
            fputs("netwright: out of memory\n", stderr);
            exit(3);
        }
    }
    const Subtree *children = ts_subtree_children(*node);
    walk->frames[walk->depth++] = (nw_cst_frame){
        .next = children,
        .end = children + ts_subtree_child_count(*node),
        .aliases = ts_language_alias_sequence(walk->language, node->ptr->production_id),
        .position = start,
        .first = true,
        .hidden = hidden,
        .kind = walk->kind,
        .node_start = walk->start,
        .node_end = walk->end,
        .node = walk->node,
    };
}

static nw_cst_kind kind_of(const nw_cst_walk *walk, TSSymbol symbol)
{
    return symbol < NW_CST_MAX_SYMBOLS ? (nw_cst_kind)walk->table->kinds[symbol] : NW_CST_ERROR;
}

bool nw_cst_walk_next(nw_cst_walk *walk)
{
    while (walk->depth) {
        nw_cst_frame *frame = &walk->frames[walk->depth - 1];
        if (frame->next == frame->end) {
            if (!frame->hidden)
                return false;
            walk->depth--;
            continue;
        }
        const Subtree *child = frame->next++;
        TSSymbol alias = 0;
        if (frame->aliases && !ts_subtree_extra(*child))
            alias = *frame->aliases++;
        uint32_t start = frame->position + (frame->first ? 0 : ts_subtree_padding(*child).bytes);
        frame->first = false;
        frame->position = start + ts_subtree_size(*child).bytes;
        if (ts_subtree_visible(*child) || alias) {
            nw_cst_kind kind = kind_of(walk, alias ? alias : ts_subtree_symbol(*child));
            if (kind == NW_CST_COMMENT || kind == NW_CST_LINE_CONTINUATION)
                continue;
            walk->kind = kind;
            walk->start = start;
            walk->end = frame->position;
            walk->node = child;
            return true;
        }
        if (ts_subtree_visible_child_count(*child) > 0)
            open_node(walk, child, start, true);
    }
    return false;
}

void nw_cst_walk_leave(nw_cst_walk *walk)
{
    while (walk->frames[--walk->depth].hidden)
        ;
    const nw_cst_frame *frame = &walk->frames[walk->depth];
    walk->kind = frame->kind;
    walk->start = frame->node_start;
    walk->end = frame->node_end;
    walk->node = frame->node;
}

bool nw_cst_walk_enter(nw_cst_walk *walk)
{
    const Subtree *node = walk->node;
    if (ts_subtree_child_count(*node) == 0)
        return false;
    open_node(walk, node, walk->start, false);
    if (nw_cst_walk_next(walk))
        return true;
    nw_cst_walk_leave(walk);
    return false;
}

void nw_cst_walk_open(nw_cst_walk *walk, const TSTree *tree, uint32_t offset, const nw_cst_table *table, const TSLanguage *language)
{
    uint32_t start = offset + ts_subtree_padding(tree->root).bytes;
    *walk = (nw_cst_walk){
        .kind = kind_of(&(nw_cst_walk){.table = table}, ts_subtree_symbol(tree->root)),
        .start = start,
        .end = start + ts_subtree_size(tree->root).bytes,
        .node = &tree->root,
        .table = table,
        .language = language,
    };
}

void nw_cst_walk_close(nw_cst_walk *walk)
{
    free(walk->frames);
    *walk = (nw_cst_walk){0};
}

bool nw_cst_walk_has_error(const nw_cst_walk *walk)
{
    return ts_subtree_error_cost(*(const Subtree *)walk->node) > 0;
}
