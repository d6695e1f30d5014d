/* From text to statements: which stretches of the text the parser is given, and what is done where it fails. */
#include "syntax/lower.h"
#include "syntax/repair.h"
#include "syntax/split.h"

#include <stdlib.h>

enum {
    CHUNK_BYTES = 128 << 10,
    /* A file up to this size is given to the parser whole before its pieces are believed to be broken. */
    WHOLE_BYTES = 512 << 10,
};

/* How long the parser may take: its recovery from errors is quadratic in the length of a block. HASTY is some twenty
 * times what sound text takes, and what is then done, splitting, gives the same tree for sound text. PATIENT is for what
 * cannot be split. */
typedef enum nw_patience { HASTY, PATIENT } nw_patience;

static bool has_error(const TSTree *tree)
{
    return ts_node_has_error(ts_tree_root_node(tree));
}

static TSTree *parse_once(nw_lowering *l, const char *text, uint32_t size, nw_patience patience)
{
    uint64_t start = patience == HASTY ? 100000 : 1000000, for_each_byte = patience == HASTY ? 2 : 10;
    ts_parser_set_timeout_micros(l->parser, start + for_each_byte * size);
    TSTree *tree = ts_parser_parse_string(l->parser, NULL, text, size);
    if (!tree)
        ts_parser_reset(l->parser);
    return tree;
}

/* text[start..end), with the repairs of repair.h when these make it right; NULL when it takes too long. */
static TSTree *parse(nw_lowering *l, uint32_t start, uint32_t end, nw_patience patience)
{
    uint32_t size = end - start;
    TSTree *tree = parse_once(l, l->text + start, size, patience);
    if (tree && !has_error(tree))
        return tree;
    char *repaired = nw_repair_text(l->text + start, size);
    TSTree *second = repaired ? parse_once(l, repaired, size, patience) : NULL;
    bool better = second && !has_error(second);
    ts_tree_delete(better ? tree : second);
    free(repaired);
    return better ? second : tree;
}

/* The statements of one tree, pushed; the walk that was going on is kept. */
static void lower_tree(nw_lowering *l, const TSTree *tree, uint32_t start, uint32_t end)
{
    nw_cst_walk outer = l->walk;
    bool outer_error = l->has_error;
    uint32_t errors = l->ast->error_count;
    nw_cst_walk_open(&l->walk, tree, start, l->table, tree_sitter_python());
    nw_lower_refresh(l);
    l->has_error = nw_cst_walk_has_error(&l->walk);
    nw_lower_statements(l);
    if (l->has_error && l->ast->error_count == errors) /* where no statement could take it up */
        nw_lower_error(l, start, end);
    nw_cst_walk_close(&l->walk);
    l->walk = outer;
    l->has_error = outer_error;
    nw_lower_refresh(l);
}

/* A definition that is broken somewhere: its header is parsed alone and its body piece by piece. False when the header
 * is broken. */
static bool lower_split_definition(nw_lowering *l, uint32_t start, uint32_t body, uint32_t end, uint32_t indentation)
{
    TSTree *header = parse(l, start, body, PATIENT);
    bool sound = header && !has_error(header);
    if (sound) {
        l->body = body;
        l->body_end = end;
        l->body_indentation = indentation;
        lower_tree(l, header, start, body);
        l->body = 0;
    }
    ts_tree_delete(header);
    return sound;
}

static void lower_piece(nw_lowering *l, nw_split split, uint32_t start, uint32_t end)
{
    uint32_t body = 0, indentation = 0;
    split.end = end;
    bool splits = l->depth < NW_SYNTAX_MAX_DEPTH && nw_split_body(&split, start, &body, &indentation);
    bool large = splits && end - start > CHUNK_BYTES; /* part of a larger one that failed: not tried again at each level */
    TSTree *tree = large ? NULL : parse(l, start, end, splits || l->depth >= NW_SYNTAX_MAX_DEPTH ? HASTY : PATIENT);
    bool sound = tree && !has_error(tree);
    bool done = !sound && splits && lower_split_definition(l, start, body, end, indentation);
    if (!done && large)
        tree = parse(l, start, end, HASTY);
    if (!done && tree)
        lower_tree(l, tree, start, end);
    else if (!done)
        nw_lower_push(l, nw_lower_error(l, start, end));
    ts_tree_delete(tree);
}

void nw_lower_pieces(nw_lowering *l, uint32_t start, uint32_t end, uint32_t indentation)
{
    nw_split split = {l->text, end, indentation};
    l->depth++;
    for (uint32_t next; start < end; start = next) {
        next = nw_split_next(&split, start);
        lower_piece(l, split, start, next);
    }
    l->depth--;
}

/* A parser in memory where nothing else is: what was there goes without being released. */
static bool begin_parser(nw_lowering *l)
{
    nw_parser_memory_restart(&l->memory);
    l->parser = ts_parser_new();
    return l->parser && ts_parser_set_language(l->parser, tree_sitter_python());
}

/* When text[start..end) is sound. */
static bool lower_if_sound(nw_lowering *l, uint32_t start, uint32_t end)
{
    TSTree *tree = parse(l, start, end, HASTY);
    bool sound = tree && !has_error(tree);
    if (sound)
        lower_tree(l, tree, start, end);
    begin_parser(l); /* the language was taken before */
    return sound;
}

static void lower_chunks(nw_lowering *l)
{
    nw_split split = {l->text, l->size, 0};
    bool rest_tried = false;
    for (uint32_t start = 0, end; start < l->size; start = end) {
        end = l->size - start <= CHUNK_BYTES ? l->size : start;
        while (end < l->size && end - start < CHUNK_BYTES)
            end = nw_split_next(&split, end);
        if (lower_if_sound(l, start, end))
            continue;
        /* the text may be one that split.h misjudges */
        if (end < l->size && l->size <= WHOLE_BYTES && !rest_tried) {
            rest_tried = true;
            if (lower_if_sound(l, start, l->size))
                return;
        }
        nw_lower_pieces(l, start, end, 0);
    }
}

void nw_lower_module(nw_lowering *l)
{
    nw_cst_table table;
    nw_cst_table_fill(&table, tree_sitter_python());
    l->table = &table;
    nw_parser_memory_begin(&l->memory);
    uint32_t mark = l->pending_count;
    if (begin_parser(l))
        lower_chunks(l);
    else
        nw_lower_push(l, nw_lower_error(l, 0, l->size));
    nw_parser_memory_end(&l->memory);
    uint32_t body = nw_lower_list(l, mark);
    l->ast->functions[0].body = body;
    l->ast->functions[0].docstring = nw_lower_docstring(l, body);
}
