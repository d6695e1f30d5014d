/* Statements of a function that builds a model: each in `__init__`, in `forward`, or in both. */
#include "migrate/functional.h"

#include "eval/interpret.h"

#include <string.h>

/* ---- lines ---- */

static int depth_of(const nw_writer *writer, uint32_t start, const char **space)
{
    uint32_t line = nw_source_line_start(&writer->module->source, start), text;
    for (text = line; writer->bytes[text] == ' ' || writer->bytes[text] == '\t';)
        text++;
    *space = writer->bytes + line;
    return (int)(text - line);
}

void nw_functional_line(nw_writer *writer, nw_buffer *out, uint32_t statement, const char *text, size_t size)
{
    nw_functional *f = writer->functional;
    const char *space;
    int depth = depth_of(writer, writer->ast->nodes[statement].start, &space);
    if (out == &f->init && !f->test_depth && !f->loop_depth) {
        nw_buffer_add(out, f->waiting.bytes, f->waiting.size);
        nw_buffer_clear(&f->waiting);
    }
    nw_buffer_add(out, f->pending.bytes, f->pending.size);
    nw_buffer_clear(&f->pending);
    nw_buffer_format(out, "\n%.*s", depth, space);
    nw_buffer_add(out, text, size);
}

static void put_text(nw_writer *writer, nw_buffer *out, uint32_t statement, const nw_buffer *text)
{
    nw_functional_line(writer, out, statement, text->bytes ? text->bytes : "", text->size);
}

/* What stands between two statements: a comment behind the first one goes to its line, others wait for the next one. */
static void keep_between(nw_writer *writer, nw_buffer *last, uint32_t from, uint32_t to)
{
    nw_functional *f = writer->functional;
    bool first = true;
    uint32_t lines = 0;
    for (uint32_t at = from; at < to;) {
        uint32_t end = at, text = at;
        while (end < to && writer->bytes[end] != '\n')
            end++;
        while (text < end && strchr(" \t\r,:)", writer->bytes[text]))
            text++;
        if (!last && end - text > 4 && strncmp(writer->bytes + text, "else", 4) == 0)
            text += 4 + (uint32_t)strspn(writer->bytes + text + 4, " \t:");
        bool comment = text < end && writer->bytes[text] == '#';
        const char *space;
        int depth = depth_of(writer, to, &space);
        if (comment && first && last && last->size) {
            nw_buffer_text(last, "  ");
            nw_buffer_add(last, writer->bytes + text, end - text);
        } else if (comment) {
            nw_buffer_text(&f->pending, lines > 1 && !f->pending.size ? "\n" : "");
            nw_buffer_format(&f->pending, "\n%.*s", depth, space);
            nw_buffer_add(&f->pending, writer->bytes + text, end - text);
        }
        lines = comment ? 0 : lines + 1;
        first = false;
        at = end + 1;
    }
    if (lines > 2 && !f->pending.size && last)
        nw_buffer_text(&f->pending, "\n");
}

static bool is_in_text(const nw_writer *writer, uint32_t at)
{
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if ((n->kind == NW_NODE_STRING || n->kind == NW_NODE_JOINED_STRING) && n->start <= at && at < n->end)
            return true;
    }
    return false;
}

/* The comments within a statement of which nothing is left wait for the next one. */
static void keep_inner(nw_writer *writer, uint32_t statement)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    const char *space;
    int depth = depth_of(writer, n->start, &space);
    for (uint32_t at = n->start; at < n->end; at++) {
        uint32_t end = at;
        if (writer->bytes[at] != '#' || is_in_text(writer, at))
            continue;
        while (end < n->end && writer->bytes[end] != '\n' && writer->bytes[end] != '\r')
            end++;
        nw_buffer_format(&f->pending, "\n%.*s", depth, space);
        nw_buffer_add(&f->pending, writer->bytes + at, end - at);
        at = end;
    }
}

/* Text of a statement as one of the two methods has it; empty: nothing is left of it. */
static void write_as(nw_writer *writer, uint32_t statement, bool computes, nw_buffer *text)
{
    nw_functional *f = writer->functional;
    nw_buffer *outer = writer->out;
    bool before = f->computes;
    uint32_t line = f->line;
    f->computes = computes;
    f->line = statement;
    writer->out = text;
    nw_write_statement(writer, statement);
    writer->out = outer;
    f->computes = before;
    f->line = line;
    while (text->size && text->bytes[text->size - 1] == ' ')
        text->size--;
    if (text->size && text->bytes[text->size - 1] == NW_TEXT_REMOVED)
        nw_buffer_clear(text);
}

static const char *written_as(nw_writer *writer, uint32_t node, bool computes)
{
    nw_functional *f = writer->functional;
    bool before = f->computes;
    f->computes = computes;
    const char *text = nw_written(writer, node);
    f->computes = before;
    return text;
}

/* ---- layers that have a name ---- */

/* Whether a statement gives a name a layer. */
static bool makes_layer(nw_writer *writer, uint32_t value)
{
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, value);
    const nw_sites *sites = writer->migration->sites;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(sites, e))
        if (!nw_is_module_object(e->result))
            return false;
    return first != NULL;
}

static void write_layer(nw_writer *writer, uint32_t statement, nw_symbol name)
{
    nw_functional *f = writer->functional;
    const char *text = written_as(writer, writer->ast->nodes[statement].b, false);
    nw_buffer line;
    nw_buffer_init(&line);
    if (f->loop_depth) {
        nw_functional_fail(f, "a layer with a name in a loop");
    } else if (nw_functional_changes(writer, name.v, writer->ast->nodes[statement].end)) {
        nw_functional_fail(f, "a name of several layers");
    } else if (nw_name_set_holds(&f->attributes, name.v) || nw_translations_holds(&writer->migration->tables, "reserved", name, NULL)) {
        nw_functional_fail(f, "the name of a layer");
    } else {
        nw_name_set_put(f, &f->attributes, name.v);
        nw_name_set_put(f, &f->layers, name.v);
        nw_buffer_format(&line, "self.%s = %s", nw_bytes(writer->eval, name), text);
        put_text(writer, &f->init, statement, &line);
    }
    nw_buffer_release(&line);
}

/* ---- simple statements ---- */

static uint32_t only_target(const nw_writer *writer, uint32_t statement)
{
    const nw_node *n = &writer->ast->nodes[statement];
    nw_list targets = n->kind == NW_NODE_ASSIGN ? nw_ast_list(writer->ast, n->a) : (nw_list){0};
    return targets.count == 1 && writer->ast->nodes[targets.items[0]].kind == NW_NODE_NAME ? targets.items[0] : 0;
}

/* Whether a name that holds tensors elsewhere gets no tensor here, but a number that follows from one. */
static bool is_size(nw_writer *writer, uint32_t statement)
{
    uint32_t target = only_target(writer, statement);
    return target && nw_functional_mentions(writer, writer->ast->nodes[statement].b, false) && nw_functional_constant(writer, target).kind != NW_UNSET;
}

static void write_return(nw_writer *writer, uint32_t statement)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    if (f->loop_depth || !n->a || f->builder->is_root) {
        nw_functional_fail(f, "a return");
        return;
    }
    nw_buffer text;
    nw_buffer_init(&text);
    write_as(writer, statement, true, &text);
    put_text(writer, &f->forward, statement, &text);
    nw_buffer_release(&text);
    if (f->test_depth) {
        f->returned = true;
        nw_functional_line(writer, &f->init, statement, "return", 6);
    }
}

/* Gives the method to whose last line a comment behind the statement belongs. */
static nw_buffer *write_simple(nw_writer *writer, uint32_t statement)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    uint32_t target = only_target(writer, statement);
    nw_buffer text, *out = NULL;
    nw_buffer_init(&text);
    if (n->kind == NW_NODE_RETURN && !f->is_done) {
        write_return(writer, statement);
        out = &f->forward;
    } else if (n->kind == NW_NODE_PASS || (target && nw_name_set_holds(&f->inputs, writer->ast->nodes[target].a)) || is_size(writer, statement)) {
        out = NULL; /* nothing is left of it */
    } else if (nw_functional_mentions(writer, statement, true)) {
        write_as(writer, statement, true, &text);
        out = &f->forward;
    } else if (target && makes_layer(writer, n->b)) {
        write_layer(writer, statement, (nw_symbol){writer->ast->nodes[target].a});
        out = &f->init;
    } else {
        write_as(writer, statement, false, &text);
        out = &f->init;
    }
    if (text.size)
        put_text(writer, out, statement, &text);
    nw_buffer_release(&text);
    return out;
}

/* ---- blocks ---- */

typedef struct block_text {
    nw_buffer init, forward;
} block_text;

/* The statements of a block whose head ends at `head`, as what they leave in both methods. Comments that found no statement wait for the next one. */
static void write_block(nw_writer *writer, uint32_t head, nw_list body, block_text *block)
{
    nw_functional *f = writer->functional;
    nw_buffer init = f->init, forward = f->forward, pending = f->pending;
    nw_buffer_init(&f->init);
    nw_buffer_init(&f->forward);
    nw_buffer_init(&f->pending);
    if (body.count)
        keep_between(writer, NULL, head, writer->ast->nodes[body.items[0]].start);
    nw_functional_statements(writer, body);
    nw_buffer_add(&pending, f->pending.bytes, f->pending.size);
    nw_buffer_release(&f->pending);
    block->init = f->init;
    block->forward = f->forward;
    f->init = init;
    f->forward = forward;
    f->pending = pending;
}

static void release_block(block_text *block)
{
    nw_buffer_release(&block->init);
    nw_buffer_release(&block->forward);
}

static void put_arms(nw_writer *writer, nw_buffer *out, uint32_t statement, const nw_buffer *body, const nw_buffer *otherwise, bool is_elif)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    bool follows = strncmp(writer->bytes + n->start, "elif", 4) == 0;
    nw_buffer line;
    nw_buffer_init(&line);
    const char *test = written_as(writer, n->a, out == &f->forward);
    if (body->size || is_elif) {
        nw_buffer_format(&line, "%s %s:", follows ? "elif" : "if", test);
        put_text(writer, out, statement, &line);
        if (body->size) {
            nw_buffer_add(out, body->bytes, body->size);
        } else {
            const char *space;
            int depth = depth_of(writer, writer->ast->nodes[nw_ast_list(writer->ast, n->b).items[0]].start, &space);
            nw_buffer_format(out, "\n%.*spass", depth, space);
        }
        if (otherwise->size && !is_elif)
            nw_functional_line(writer, out, statement, "else:", 5);
    } else {
        bool atom = nw_is_atom(writer->ast, n->a);
        nw_buffer_format(&line, atom ? "%s not %s:" : "%s not (%s):", follows ? "elif" : "if", test);
        put_text(writer, out, statement, &line);
    }
    nw_buffer_add(out, otherwise->bytes, otherwise->size);
    nw_buffer_release(&line);
}

/* Whether all that a block does is to give names inputs of the model. */
static bool is_of_inputs(nw_writer *writer, nw_list body)
{
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *n = &writer->ast->nodes[body.items[i]];
        uint32_t target = only_target(writer, body.items[i]);
        bool inner = n->kind == NW_NODE_IF && is_of_inputs(writer, nw_ast_list(writer->ast, n->b)) && is_of_inputs(writer, nw_ast_list(writer->ast, n->c));
        if (!inner && !(target && nw_name_set_holds(&writer->functional->inputs, writer->ast->nodes[target].a)))
            return false;
    }
    return true;
}

/* A test that follows from sizes and came out the same in all runs; -1: it is none. */
static int known_answer(nw_writer *writer, uint32_t test)
{
    nw_value value = nw_functional_constant(writer, test);
    return value.kind == NW_BOOL ? (int)value.as.integer : -1;
}

/* `x is None`, `x is not None`: the same question in forward. */
static bool is_about_none(const nw_writer *writer, uint32_t test)
{
    const nw_node *n = &writer->ast->nodes[test];
    nw_list operands = n->kind == NW_NODE_COMPARE ? nw_ast_list(writer->ast, n->b) : (nw_list){0};
    bool is = operands.count == 2 && (operands.items[0] == NW_OPERATOR_IS || operands.items[0] == NW_OPERATOR_IS_NOT);
    return is && writer->ast->nodes[n->a].kind == NW_NODE_NAME && writer->ast->nodes[operands.items[1]].kind == NW_NODE_NONE;
}

static bool is_more_than_return(const nw_buffer *init)
{
    size_t start = 0;
    while (start < init->size && strchr(" \n", init->bytes[start]))
        start++;
    return init->size > start && (init->size - start != 6 || memcmp(init->bytes + start, "return", 6) != 0);
}

/* Lines of a block, as deep as a statement. */
static void put_shallower(nw_writer *writer, nw_buffer *out, const nw_buffer *block, uint32_t statement, uint32_t first)
{
    const char *space;
    int depth = depth_of(writer, writer->ast->nodes[statement].start, &space), deeper = depth_of(writer, writer->ast->nodes[first].start, &space);
    for (size_t i = 0; i < block->size; i++) {
        nw_buffer_byte(out, block->bytes[i]);
        for (int k = depth; block->bytes[i] == '\n' && k < deeper && i + 1 < block->size && block->bytes[i + 1] == ' '; k++)
            i++;
    }
}

/* A test of sizes that always comes out the same: what it leads to. */
static void write_taken(nw_writer *writer, uint32_t statement, nw_list body, uint32_t head)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    block_text block;
    if (!body.count)
        return;
    if (strncmp(writer->bytes + n->start, "elif", 4) == 0) {
        nw_functional_fail(f, "a test of a size behind another test");
        return;
    }
    write_block(writer, head, body, &block);
    put_shallower(writer, &f->forward, &block.forward, statement, body.items[0]);
    put_shallower(writer, &f->init, &block.init, statement, body.items[0]);
    nw_write_note(writer, statement, NW_DIAG_LEFT_OUT, "always so: %.*s", (int)strcspn(writer->bytes + n->start, "\r\n"), writer->bytes + n->start);
    release_block(&block);
}

static void write_if(nw_writer *writer, uint32_t statement)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    nw_list body = nw_ast_list(writer->ast, n->b), otherwise = nw_ast_list(writer->ast, n->c);
    if (f->inputs.count && is_of_inputs(writer, body) && is_of_inputs(writer, otherwise)) {
        keep_inner(writer, statement);
        nw_write_note(writer, statement, NW_DIAG_LEFT_OUT, "another input: %.*s", (int)strcspn(writer->bytes + n->start, "\r\n"), writer->bytes + n->start);
        return;
    }
    bool follows = nw_functional_mentions(writer, n->a, false);
    int answer = follows && !is_about_none(writer, n->a) ? known_answer(writer, n->a) : -1;
    if (follows && answer < 0 && !is_about_none(writer, n->a)) {
        nw_functional_fail(f, "a test of a tensor");
        return;
    }
    if (answer >= 0) {
        write_taken(writer, statement, answer ? body : otherwise, answer ? writer->ast->nodes[n->a].end : writer->ast->nodes[body.items[body.count - 1]].end);
        return;
    }
    bool is_elif = otherwise.count == 1 && writer->ast->nodes[otherwise.items[0]].kind == NW_NODE_IF && strncmp(writer->bytes + writer->ast->nodes[otherwise.items[0]].start, "elif", 4) == 0;
    block_text first, second;
    f->test_depth++;
    write_block(writer, writer->ast->nodes[n->a].end, body, &first);
    write_block(writer, writer->ast->nodes[body.items[body.count - 1]].end, otherwise, &second);
    f->test_depth--;
    f->line = statement;
    if (follows && (is_more_than_return(&first.init) || is_more_than_return(&second.init)))
        nw_functional_fail(f, "layers that are made where there is a tensor");
    if (first.forward.size || second.forward.size)
        put_arms(writer, &f->forward, statement, &first.forward, &second.forward, is_elif && second.forward.size);
    if (!follows && (first.init.size || second.init.size)) {
        bool returns = !f->test_depth && !f->loop_depth && !is_more_than_return(&first.init) && !is_more_than_return(&second.init);
        nw_buffer init = f->init;
        if (returns) {
            nw_buffer_init(&f->init);
            nw_buffer_add(&f->init, f->waiting.bytes, f->waiting.size);
            nw_buffer_clear(&f->waiting);
        }
        put_arms(writer, &f->init, statement, &first.init, &second.init, is_elif && second.init.size);
        if (returns) {
            nw_buffer_release(&f->waiting);
            f->waiting = f->init;
            f->init = init;
        }
    }
    release_block(&first);
    release_block(&second);
}

/* ---- loops ---- */

static void put_targets(nw_writer *writer, uint32_t target)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[target];
    nw_list items = n->kind == NW_NODE_TUPLE || n->kind == NW_NODE_LIST ? nw_ast_list(writer->ast, n->a) : (nw_list){0};
    for (uint32_t i = 0; i < items.count; i++)
        put_targets(writer, items.items[i]);
    if (n->kind == NW_NODE_NAME)
        nw_name_set_put(f, &f->targets, n->a);
    else if (!items.count)
        nw_functional_fail(f, "the target of a loop");
}

static bool uses_targets(const nw_writer *writer, uint32_t target)
{
    const nw_node *n = &writer->ast->nodes[target];
    nw_list items = n->kind == NW_NODE_TUPLE || n->kind == NW_NODE_LIST ? nw_ast_list(writer->ast, n->a) : (nw_list){0};
    for (uint32_t i = 0; i < items.count; i++)
        if (uses_targets(writer, items.items[i]))
            return true;
    return n->kind == NW_NODE_NAME && nw_name_set_holds(&writer->functional->targets_used, n->a);
}

/* for conv, norm in zip(self.convs, self.norms): */
static void write_loop_head(nw_writer *writer, uint32_t statement, bool outermost, nw_buffer *line)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement], *target = &writer->ast->nodes[n->a];
    uint32_t each = 0;
    for (uint32_t i = 0; outermost && i < f->looped_count; i++)
        each += f->looped[i].each;
    bool own = each == 0 || uses_targets(writer, n->a), tuple = target->kind == NW_NODE_TUPLE && each;
    nw_buffer_text(line, "for ");
    if (own)
        nw_buffer_format(line, tuple ? "(%.*s)" : "%.*s", (int)(target->end - target->start), writer->bytes + target->start);
    for (uint32_t i = 0, count = own; each && i < f->looped_count; i++)
        if (f->looped[i].each)
            nw_buffer_format(line, "%s%s", count++ ? ", " : "", nw_bytes(writer->eval, f->looped[i].item));
    nw_buffer_text(line, each + own > 1 ? " in zip(" : " in ");
    if (own)
        nw_buffer_text(line, written_as(writer, n->b, true));
    for (uint32_t i = 0, count = own; each && i < f->looped_count; i++)
        if (f->looped[i].each)
            nw_buffer_format(line, "%sself.%s", count++ ? ", " : "", nw_bytes(writer->eval, f->looped[i].list));
    nw_buffer_text(line, each + own > 1 ? "):" : ":");
}

static void declare_lists(nw_writer *writer, uint32_t statement)
{
    nw_functional *f = writer->functional;
    nw_buffer line, *outer = writer->out;
    nw_buffer_init(&line);
    for (uint32_t i = 0; i < f->looped_count; i++) {
        const char *list = nw_bytes(writer->eval, f->looped[i].list);
        nw_buffer_clear(&line);
        nw_buffer_format(&line, "self.%s = ", list);
        writer->out = &line;
        nw_write_setting_name(writer, "module_list");
        writer->out = outer;
        nw_buffer_text(&line, "()");
        put_text(writer, &f->init, statement, &line);
        if (f->looped[i].each)
            continue;
        nw_buffer_clear(&line);
        nw_buffer_format(&line, "%s = iter(self.%s)", list, list);
        put_text(writer, &f->forward, statement, &line);
    }
    nw_buffer_release(&line);
}

static void write_for(nw_writer *writer, uint32_t statement)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    nw_list body = nw_ast_list(writer->ast, writer->ast->extra[n->c]), otherwise = nw_ast_list(writer->ast, writer->ast->extra[n->c + 1]);
    bool follows = nw_functional_mentions(writer, n->b, false), outermost = f->loop_depth == 0;
    uint32_t before = f->looped_count, targets = f->targets.count, tests = f->test_depth;
    if (otherwise.count || n->op) {
        nw_functional_fail(f, "a loop with an else");
        return;
    }
    block_text block;
    nw_buffer line;
    nw_buffer_init(&line);
    if (outermost)
        f->looped_count = before = f->test_depth = f->targets_used.count = 0;
    if (!follows)
        put_targets(writer, n->a);
    f->loop_depth++;
    write_block(writer, writer->ast->nodes[n->b].end, body, &block);
    f->loop_depth--;
    f->line = statement;
    if (follows && (f->looped_count > before || block.init.size))
        nw_functional_fail(f, "layers that are made for each of several tensors");
    if (outermost)
        declare_lists(writer, statement);
    if (block.forward.size) {
        write_loop_head(writer, statement, outermost, &line);
        put_text(writer, &f->forward, statement, &line);
        nw_buffer_add(&f->forward, block.forward.bytes, block.forward.size);
    }
    f->targets.count = targets;
    if (block.init.size) {
        nw_buffer_clear(&line);
        nw_buffer_format(&line, "for %.*s in %s:", (int)(writer->ast->nodes[n->a].end - writer->ast->nodes[n->a].start), writer->bytes + writer->ast->nodes[n->a].start, written_as(writer, n->b, false));
        put_text(writer, &f->init, statement, &line);
        nw_buffer_add(&f->init, block.init.bytes, block.init.size);
    }
    if (outermost)
        f->looped_count = 0;
    f->test_depth = tests;
    release_block(&block);
    nw_buffer_release(&line);
}

/* ---- the model ---- */

/* The outputs of a model that is made of inputs and outputs, with a name at most; 0: it is none. */
static uint32_t outputs_of_graph(nw_writer *writer, uint32_t node)
{
    if (!node || !nw_is_called_so(writer, node, "graphs"))
        return 0;
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    bool inputs = false;
    uint32_t outputs = 0;
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *n = &writer->ast->nodes[arguments.items[i]];
        const char *name = n->kind != NW_NODE_KEYWORD ? (i == 0 ? "inputs" : i == 1 ? "outputs" : "name") : nw_bytes(writer->eval, (nw_symbol){n->a});
        inputs |= strcmp(name, "inputs") == 0;
        if (strcmp(name, "outputs") == 0)
            outputs = n->kind == NW_NODE_KEYWORD ? n->b : arguments.items[i];
        else if (strcmp(name, "inputs") != 0 && strcmp(name, "name") != 0)
            return 0;
    }
    return inputs ? outputs : 0;
}

/* `model = Model(inputs, outputs)`, or `return Model(inputs, outputs)`: what forward returns. */
static bool write_graph(nw_writer *writer, uint32_t statement)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    uint32_t target = only_target(writer, statement);
    nw_buffer line;
    bool returns = n->kind == NW_NODE_RETURN, may = f->builder->is_root && !f->is_done && (returns || target);
    uint32_t outputs = may ? outputs_of_graph(writer, returns ? n->a : n->b) : 0;
    if (!outputs)
        return false;
    if (f->loop_depth || f->test_depth)
        nw_functional_fail(f, "a model that is made in a block");
    nw_buffer_init(&line);
    nw_buffer_format(&line, "return %s", written_as(writer, outputs, true));
    keep_inner(writer, statement);
    put_text(writer, &f->forward, statement, &line);
    f->model = target ? (nw_symbol){writer->ast->nodes[target].a} : (nw_symbol){0};
    f->is_done = true;
    nw_buffer_release(&line);
    return true;
}

/* `return model` behind it: nothing. */
static bool is_return_of_model(const nw_writer *writer, uint32_t statement)
{
    const nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement], *value = &writer->ast->nodes[n->a];
    return f->is_done && n->kind == NW_NODE_RETURN && n->a && value->kind == NW_NODE_NAME && value->a == f->model.v;
}

/* `with name_scope(...)`: what stands within. */
static void write_with(nw_writer *writer, uint32_t statement)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    nw_list items = nw_ast_list(writer->ast, n->a), body = nw_ast_list(writer->ast, n->b);
    for (uint32_t i = 0; i < items.count; i++)
        if (writer->ast->nodes[items.items[i]].b || !nw_is_called_so(writer, writer->ast->nodes[items.items[i]].a, "scopes")) {
            nw_functional_fail(f, "a with statement");
            return;
        }
    block_text block;
    write_block(writer, writer->ast->nodes[items.items[items.count - 1]].end, body, &block);
    put_shallower(writer, &f->forward, &block.forward, statement, body.items[0]);
    put_shallower(writer, &f->init, &block.init, statement, body.items[0]);
    release_block(&block);
}

/* ---- all of them ---- */

static nw_buffer *write_statement(nw_writer *writer, uint32_t statement)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    f->line = statement;
    if (write_graph(writer, statement))
        return &f->forward;
    if (is_return_of_model(writer, statement)) {
        if (f->test_depth || f->loop_depth)
            nw_functional_fail(f, "a return in a block");
        return NULL;
    }
    if (n->kind == NW_NODE_EXPRESSION && writer->ast->nodes[n->a].kind == NW_NODE_STRING)
        return NULL; /* the class has it */
    if (f->is_done && nw_functional_mentions(writer, statement, true)) {
        nw_functional_fail(f, "tensors behind the model");
        return NULL;
    }
    bool block = n->kind == NW_NODE_WHILE || n->kind == NW_NODE_TRY || n->kind == NW_NODE_WITH || n->kind == NW_NODE_MATCH;
    if (block && !nw_functional_mentions(writer, statement, true))
        return write_simple(writer, statement);
    switch (n->kind) {
    case NW_NODE_IF: write_if(writer, statement); return NULL;
    case NW_NODE_FOR: write_for(writer, statement); return NULL;
    case NW_NODE_WITH: write_with(writer, statement); return NULL;
    case NW_NODE_WHILE: case NW_NODE_TRY: case NW_NODE_MATCH: case NW_NODE_BREAK: case NW_NODE_CONTINUE: case NW_NODE_DELETE: case NW_NODE_NONLOCAL:
        nw_functional_fail(f, nw_node_kind_name(n->kind));
        return NULL;
    default: return write_simple(writer, statement);
    }
}

void nw_functional_statements(nw_writer *writer, nw_list statements)
{
    const nw_functional *f = writer->functional;
    for (uint32_t i = 0; i < statements.count; i++) {
        const nw_node *n = &writer->ast->nodes[statements.items[i]];
        nw_buffer *last = write_statement(writer, statements.items[i]);
        uint32_t end = n->end, line = n->end;
        while (writer->bytes[line] && writer->bytes[line] != '\n')
            line++;
        if (!last && !nw_is_block(n->kind))
            keep_inner(writer, statements.items[i]);
        if (nw_is_block(n->kind)) /* the comment behind it belongs to its last statement */
            end = line;
        if (i + 1 < statements.count)
            keep_between(writer, last, end, writer->ast->nodes[statements.items[i + 1]].start);
        else if (f->test_depth || f->loop_depth) /* what stands behind the function is not its own */
            keep_between(writer, last, end, line);
    }
}

void nw_functional_body(nw_writer *writer)
{
    const nw_ast_function *code = writer->functional->code;
    nw_list body = nw_ast_list(writer->ast, code->body);
    uint32_t head = code->parameter_count ? code->parameters[code->parameter_count - 1].end : writer->ast->nodes[code->name_node].end;
    keep_between(writer, NULL, head, writer->ast->nodes[body.items[0]].start);
    nw_functional_statements(writer, body);
}
