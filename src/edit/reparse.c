/* A statement stands for itself: what is around it means nothing to the parser but for its indentation. */
#include "edit/reparse.h"

#include "base/buffer.h"
#include "syntax/syntax.h"

typedef struct edited {
    const nw_ast *ast;
    const nw_finding_edit *edits;
    uint32_t count;
    nw_buffer text;
} edited;

/* A stretch of the file that is parsed by itself. */
typedef struct piece {
    uint32_t start, end;
    bool is_indented; /* it stands in a block */
} piece;

/* The statement of a list that begins and ends around the edit, 0: none. */
static uint32_t around(const edited *e, uint32_t list, const nw_finding_edit *edit)
{
    nw_list body = nw_ast_list(e->ast, list);
    uint32_t low = 0, high = body.count;
    while (low < high) { /* the first one that ends behind the start of the edit */
        uint32_t middle = low + (high - low) / 2;
        if (e->ast->nodes[body.items[middle]].end <= edit->start)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_insertion = edit->start == edit->end;
    if (is_insertion && low && e->ast->nodes[body.items[low - 1]].end == edit->start) /* right behind a statement */
        return body.items[low - 1];
    if (low == body.count)
        return 0;
    const nw_node *node = &e->ast->nodes[body.items[low]];
    return nw_source_line_start(e->ast->source, node->start) <= edit->start && edit->end <= node->end ? body.items[low] : 0;
}

static bool is_blank(const nw_source *source, uint32_t from, uint32_t to)
{
    while (from < to && (source->bytes[from] == ' ' || source->bytes[from] == '\t'))
        from++;
    return from == to;
}

/* Whether the statement has its lines for itself, so that they can be taken out: no `if x: y`, no `x; y`, no `elif`. */
static bool has_own_lines(const edited *e, uint32_t statement)
{
    const nw_source *source = e->ast->source;
    const nw_node *node = &e->ast->nodes[statement];
    uint32_t end = node->end;
    if (node->kind == NW_NODE_IF && source->bytes[node->start] == 'e')
        return false;
    while (end < source->size && (source->bytes[end] == ' ' || source->bytes[end] == '\t' || source->bytes[end] == '\r'))
        end++;
    return is_blank(source, nw_source_line_start(source, node->start), node->start) && (end == source->size || source->bytes[end] == '\n' || source->bytes[end] == '#');
}

/* The block right inside of the statement that holds the edit, 0: none. */
static uint32_t block_around(const edited *e, uint32_t statement, const nw_finding_edit *edit)
{
    const nw_node *node = &e->ast->nodes[statement];
    uint32_t blocks[2] = {0, 0};
    switch (node->kind) {
    case NW_NODE_CLASS: blocks[0] = e->ast->extra[node->b + 1]; break;
    case NW_NODE_FUNCTION: blocks[0] = e->ast->functions[node->a].body; break;
    case NW_NODE_WITH: blocks[0] = node->b; break;
    case NW_NODE_IF:
    case NW_NODE_WHILE: blocks[0] = node->b, blocks[1] = node->c; break;
    case NW_NODE_FOR: blocks[0] = e->ast->extra[node->c], blocks[1] = e->ast->extra[node->c + 1]; break;
    default: break;
    }
    uint32_t inner = around(e, blocks[0], edit);
    return inner ? inner : around(e, blocks[1], edit);
}

/* The innermost statement around the edit that can be parsed by itself. */
static piece piece_around(const edited *e, const nw_finding_edit *edit)
{
    const nw_node *nodes = e->ast->nodes;
    uint32_t statement = around(e, e->ast->functions[0].body, edit);
    bool is_line = edit->start == edit->end && edit->size && edit->text[edit->size - 1] == '\n' && edit->start == nw_source_line_start(e->ast->source, nodes[statement].start);
    if (!statement || is_line) /* lines of their own */
        return (piece){edit->start, edit->end, false};
    bool is_indented = false;
    for (uint32_t inner = statement; (inner = block_around(e, inner, edit));)
        if (has_own_lines(e, inner)) { /* what has none, like an `elif`, may hold one that has */
            statement = inner;
            is_indented = true;
        }
    return (piece){nw_source_line_start(e->ast->source, nodes[statement].start), nodes[statement].end, is_indented};
}

/* The edits from `first` on that lie in the piece, applied. Returns the number of the next one; false when one leaves the piece. */
static bool add_edited(edited *e, piece in, uint32_t *first)
{
    const char *bytes = e->ast->source->bytes;
    uint32_t at = in.start;
    if (in.is_indented)
        nw_buffer_text(&e->text, "if _:\n");
    do {
        const nw_finding_edit *edit = &e->edits[(*first)++];
        if (edit->end > in.end)
            return false;
        nw_buffer_add(&e->text, bytes + at, edit->start - at);
        nw_buffer_add(&e->text, edit->text, edit->size);
        at = edit->end;
    } while (*first < e->count && (e->edits[*first].start < in.end || (e->edits[*first].start == in.end && e->edits[*first].end == in.end)));
    nw_buffer_add(&e->text, bytes + at, in.end - at);
    nw_buffer_byte(&e->text, '\n');
    return true;
}

static uint32_t errors_of(const edited *e, nw_symbols *symbols)
{
    nw_arena arena;
    nw_source changed;
    nw_arena_init(&arena);
    nw_source_borrow(&changed, e->ast->source->path, e->text.bytes, e->text.size);
    uint32_t errors = nw_syntax_parse(&changed, &arena, symbols)->error_count;
    nw_source_release(&changed);
    nw_arena_release(&arena);
    return errors;
}

static bool add_pieces(edited *e)
{
    for (uint32_t i = 0; i < e->count;)
        if (!add_edited(e, piece_around(e, &e->edits[i]), &i))
            return false;
    return true;
}

bool nw_edits_parse(const nw_ast *ast, nw_symbols *symbols, const nw_finding_edit *edits, uint32_t count)
{
    edited e = {ast, edits, count, {0}};
    uint32_t first = 0;
    nw_buffer_init(&e.text);
    if (count && (ast->error_count || !add_pieces(&e))) { /* where faults lie already, only the whole file tells */
        nw_buffer_clear(&e.text);
        add_edited(&e, (piece){0, ast->source->size, false}, &first);
    }
    bool good = errors_of(&e, symbols) <= ast->error_count;
    nw_buffer_release(&e.text);
    return good;
}
