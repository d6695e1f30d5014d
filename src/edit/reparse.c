/* A definition stands for itself: what is around it means nothing to the parser but for its indentation. */
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
    bool of_class; /* a statement of a class body */
} piece;

static uint32_t line_of(const nw_source *source, uint32_t offset)
{
    while (offset > 0 && source->bytes[offset - 1] != '\n')
        offset--;
    return offset;
}

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
    if (low == body.count)
        return 0;
    const nw_node *node = &e->ast->nodes[body.items[low]];
    return line_of(e->ast->source, node->start) <= edit->start && edit->end <= node->end ? body.items[low] : 0;
}

static piece piece_around(const edited *e, const nw_finding_edit *edit)
{
    const nw_node *nodes = e->ast->nodes;
    uint32_t statement = around(e, e->ast->functions[0].body, edit), inner = 0;
    if (statement && nodes[statement].kind == NW_NODE_CLASS)
        inner = around(e, e->ast->extra[nodes[statement].b + 1], edit);
    bool of_class = inner && nodes[inner].kind == NW_NODE_FUNCTION;
    if (of_class)
        statement = inner;
    if (!statement) /* a line of its own */
        return (piece){edit->start, edit->end, false};
    return (piece){line_of(e->ast->source, nodes[statement].start), nodes[statement].end, of_class};
}

/* The edits from `first` on that lie in the piece, applied. Returns the number of the next one; false when one leaves the piece. */
static bool add_edited(edited *e, piece in, uint32_t *first)
{
    const char *bytes = e->ast->source->bytes;
    uint32_t at = in.start;
    if (in.of_class)
        nw_buffer_text(&e->text, "class _:\n");
    do {
        const nw_finding_edit *edit = &e->edits[(*first)++];
        if (edit->end > in.end)
            return false;
        nw_buffer_add(&e->text, bytes + at, edit->start - at);
        nw_buffer_add(&e->text, edit->text, edit->size);
        at = edit->end;
    } while (*first < e->count && e->edits[*first].start < in.end);
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
