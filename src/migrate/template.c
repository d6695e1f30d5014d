/* Templates: the expression that a row returns, with the arguments of a call in the place of its parameters. */
#include "eval/interpret.h"
#include "migrate/template.h"

#include "syntax/ast_visit.h"

#include <string.h>

/* ---- choosing ---- */

static nw_answer test_in(template_state *state, nw_frame *frame, uint32_t node)
{
    nw_eval *eval = state->writer->eval;
    nw_frame *caller = eval->frame;
    nw_guard guard;
    eval->frame = frame;
    eval->in_catalog++;
    nw_answer answer = nw_evaluate_test(eval, node, &guard);
    eval->in_catalog--;
    eval->frame = caller;
    eval->undecided = false;
    nw_exception_clear(eval);
    return answer;
}

/* always(test): not true where the test is true in some runs alone. */
static nw_answer test_always(template_state *state, uint32_t node)
{
    nw_answer all = NW_YES;
    for (uint32_t i = 0; i < state->frame_count && (all == NW_YES || all == NW_NO); i++) {
        nw_answer answer = test_in(state, state->frames[i], nw_ast_list(state->ast, state->ast->nodes[node].b).items[0]);
        all = answer == NW_YES ? all : answer;
    }
    return all;
}

/* NW_YES: *result is the expression that is returned, 0 where the body falls off its end. NW_MAYBE: a test is not decided. */
static nw_answer choose_in(template_state *state, nw_frame *frame, nw_list body, uint32_t *result, bool *returned)
{
    for (uint32_t i = 0; i < body.count && !*returned; i++) {
        const nw_node *node = &state->ast->nodes[body.items[i]];
        if (node->kind == NW_NODE_RETURN) {
            *result = node->a;
            *returned = true;
        } else if (node->kind == NW_NODE_IF) {
            nw_answer answer = nw_template_is_called(state, node->a, "always") ? test_always(state, node->a) : test_in(state, frame, node->a);
            if (answer != NW_YES && answer != NW_NO)
                return NW_MAYBE;
            if (choose_in(state, frame, nw_ast_list(state->ast, answer == NW_YES ? node->b : node->c), result, returned) != NW_YES)
                return NW_MAYBE;
        }
    }
    return NW_YES;
}

/* noted(TEXT, expression): the expression, which trains another way, as a text of the table says. */
static uint32_t without_note(template_state *state, uint32_t result)
{
    if (!nw_template_is_called(state, result, "noted"))
        return result;
    nw_list arguments = nw_ast_list(state->ast, state->ast->nodes[result].b);
    const nw_node *name = &state->ast->nodes[arguments.items[0]];
    const nw_value *text = nw_dict_find_name(state->row->module->globals, (nw_symbol){name->a});
    state->note = text && text->kind == NW_STRING ? text->as.symbol : (nw_symbol){name->a};
    return arguments.items[1];
}

uint32_t nw_template_choose(template_state *state)
{
    uint32_t chosen = 0;
    for (uint32_t i = 0; i < state->frame_count; i++) {
        uint32_t result = 0;
        bool returned = false;
        if (choose_in(state, state->frames[i], nw_ast_list(state->ast, state->code->body), &result, &returned) != NW_YES || !result)
            return 0;
        result = without_note(state, result);
        if (i && result != chosen)
            return 0;
        chosen = result;
    }
    return chosen;
}

/* ---- parameters ---- */

uint32_t nw_template_parameter(const template_state *state, const nw_node *node)
{
    bool is_parameter = nw_ast_is_local(node) && node->c < state->code->parameter_count;
    return is_parameter ? node->c : UINT32_MAX;
}

bool nw_template_is_called(const template_state *state, uint32_t node, const char *name)
{
    const nw_node *n = &state->ast->nodes[node];
    return n->kind == NW_NODE_CALL && state->ast->nodes[n->a].kind == NW_NODE_NAME &&
           strcmp(nw_bytes(state->writer->eval, (nw_symbol){state->ast->nodes[n->a].a}), name) == 0;
}

typedef struct use_count {
    const template_state *state;
    uint32_t counts[NW_MAX_PARAMETERS];
    bool literal; /* only arguments whose value stands in the text */
} use_count;

bool nw_template_is_literal(const nw_ast *ast, uint32_t node)
{
    const nw_node *n = &ast->nodes[node];
    if (n->kind == NW_NODE_UNARY)
        return nw_template_is_literal(ast, n->a);
    return n->kind >= NW_NODE_INTEGER && n->kind <= NW_NODE_NONE && n->kind != NW_NODE_JOINED_STRING && n->kind != NW_NODE_FORMATTED;
}

static void count_uses(void *context, nw_ast_child child);

/* Of several expressions one is written. */
static void count_one_of(use_count *uses, nw_list expressions)
{
    use_count most = *uses;
    for (uint32_t i = 0; i < expressions.count; i++) {
        use_count one = *uses;
        count_uses(&one, (nw_ast_child){.node = expressions.items[i]});
        most.literal &= one.literal;
        for (uint32_t k = 0; k < NW_MAX_PARAMETERS; k++)
            most.counts[k] = one.counts[k] > most.counts[k] ? one.counts[k] : most.counts[k];
    }
    *uses = most;
}

static void count_uses(void *context, nw_ast_child child)
{
    use_count *uses = context;
    if (!child.node || nw_template_is_called(uses->state, child.node, "moved")) /* which is computed here */
        return;
    const nw_node *n = &uses->state->ast->nodes[child.node];
    if (nw_template_is_called(uses->state, child.node, "either") || n->kind == NW_NODE_CONDITIONAL) {
        nw_list either = n->kind == NW_NODE_CONDITIONAL ? (nw_list){(const uint32_t[]){n->b, n->c}, 2} : nw_ast_list(uses->state->ast, n->b);
        count_one_of(uses, either);
        return;
    }
    uint32_t parameter = nw_template_parameter(uses->state, &uses->state->ast->nodes[child.node]);
    if (parameter != UINT32_MAX) {
        uses->counts[parameter]++;
        uint32_t node = uses->state->nodes[parameter];
        uses->literal &= parameter != uses->state->rest_parameter && (!node || nw_template_is_literal(uses->state->writer->ast, node));
    }
    nw_ast_visit_children(uses->state->ast, child.node, count_uses, context);
}

static use_count uses_in(const template_state *state, uint32_t node)
{
    use_count uses = {.state = state, .literal = true};
    count_uses(&uses, (nw_ast_child){.node = node});
    return uses;
}

/* An argument that the template would evaluate twice. */
static bool evaluates_twice(const template_state *state, uint32_t chosen)
{
    use_count uses = uses_in(state, chosen);
    for (uint32_t i = 0; i < state->code->parameter_count; i++)
        if (uses.counts[i] > 1 && state->nodes[i] && !nw_is_simple(state->writer->ast, state->nodes[i]))
            return true;
    return false;
}

/* ---- layouts ---- */

/* moved(dim, x): the same numbers in all runs; UNSET where they are not. */
static nw_value moved_axes(template_state *state, uint32_t node)
{
    nw_eval *eval = state->writer->eval;
    nw_frame *caller = eval->frame;
    nw_value axes = nw_unset();
    for (uint32_t i = 0; i < state->frame_count; i++) {
        eval->frame = state->frames[i];
        nw_value now = nw_evaluate(eval, node);
        eval->frame = caller;
        nw_exception_clear(eval);
        eval->undecided = false;
        bool known = now.kind == NW_INT || now.kind == NW_TUPLE;
        if (!known || (i && nw_equal(eval, axes, now) != NW_YES))
            return nw_unset();
        axes = now;
    }
    return axes;
}

typedef struct axes_check {
    template_state *state;
    bool known;
    uint32_t transposes;
} axes_check;

static bool is_transpose(const template_state *state, uint32_t node)
{
    const nw_node *n = &state->ast->nodes[node];
    const nw_node *callee = &state->ast->nodes[n->a];
    return n->kind == NW_NODE_CALL && callee->kind == NW_NODE_ATTRIBUTE && strcmp(nw_bytes(state->writer->eval, (nw_symbol){callee->b}), "transpose") == 0;
}

static void check_axes(void *context, nw_ast_child child)
{
    axes_check *check = context;
    check->transposes += child.node && is_transpose(check->state, child.node);
    if (child.node && nw_template_is_called(check->state, child.node, "moved"))
        check->known &= moved_axes(check->state, child.node).kind != NW_UNSET;
    else if (child.node)
        nw_ast_visit_children(check->state->ast, child.node, check_axes, context);
}

/* ---- writing ---- */

static void write_list(template_state *state, nw_list items)
{
    for (uint32_t i = 0; i < items.count; i++) {
        nw_buffer_text(state->writer->out, i ? ", " : "");
        nw_write_enclosed(state->writer, items.items[i]);
    }
}

static void write_parameter(template_state *state, uint32_t parameter, bool enclosed)
{
    nw_writer *writer = state->writer;
    if (parameter == state->rest_parameter) {
        nw_buffer_byte(writer->out, '(');
        write_list(state, state->rest);
        nw_buffer_text(writer->out, state->rest.count == 1 ? ",)" : ")");
    } else if (state->nodes[parameter]) {
        uint32_t node = state->nodes[parameter];
        uint8_t kind = writer->ast->nodes[node].kind;
        bool parentheses = enclosed ? kind == NW_NODE_GENERATOR : !nw_is_atom(writer->ast, node);
        bool own = (writer->ast->nodes[node].flags & NW_NODE_FLAG_PARENTHESIZED) && kind != NW_NODE_NAME;
        if (parentheses && !own)
            nw_buffer_byte(writer->out, '(');
        if (enclosed && own && kind != NW_NODE_TUPLE && kind != NW_NODE_NAMED && kind != NW_NODE_GENERATOR)
            nw_write_node(writer, node);
        else
            nw_write_enclosed(writer, node);
        if (parentheses && !own)
            nw_buffer_byte(writer->out, ')');
    } else if (state->code->parameters[parameter].default_value) {
        const nw_node *value = &state->ast->nodes[state->code->parameters[parameter].default_value];
        nw_buffer_add(writer->out, state->row->module->source.bytes + value->start, value->end - value->start);
    } else {
        state->failed = true;
    }
}

static void write_name(template_state *state, const nw_node *node, bool enclosed)
{
    uint32_t parameter = nw_template_parameter(state, node);
    nw_writer *writer = state->writer;
    nw_symbol name = {node->a};
    if (parameter != UINT32_MAX) {
        write_parameter(state, parameter, enclosed);
        return;
    }
    const nw_translation *adapter = nw_translation_adapter(&writer->migration->tables, name);
    if (adapter) {
        nw_buffer_text(writer->out, nw_adapter_name(writer, adapter));
        return;
    }
    nw_buffer_text(writer->out, nw_import_text(writer, name));
}

/* What the target's function takes where the keyword is not given; UNSET: not known. */
static nw_value target_default(template_state *state, uint32_t callee, nw_symbol keyword)
{
    nw_eval *eval = state->writer->eval;
    const nw_node *name = &state->ast->nodes[callee];
    const nw_translation *adapter = name->kind == NW_NODE_NAME ? nw_translation_adapter(&state->writer->migration->tables, (nw_symbol){name->a}) : NULL;
    nw_value target;
    if (adapter && !adapter->function)
        return nw_template_class_default(eval, adapter, keyword);
    if (adapter) {
        target = (nw_value){.kind = NW_FUNCTION, .as.function = adapter->function};
    } else {
        nw_frame *caller = eval->frame;
        eval->frame = state->frames[0];
        target = nw_evaluate(eval, callee);
        eval->frame = caller;
        nw_exception_clear(eval);
    }
    if (target.kind == NW_CLASS) {
        nw_value *init = nw_class_find(eval, target.as.class_, (nw_symbol){NW_NAME_DUNDER_INIT});
        target = init ? *init : nw_unset();
    }
    if (target.kind != NW_FUNCTION)
        return nw_unset();
    uint32_t parameter = nw_template_parameter_named(target.as.function->code, keyword);
    return parameter == UINT32_MAX || !target.as.function->defaults ? nw_unset() : target.as.function->defaults[parameter];
}

static bool is_same(nw_eval *eval, nw_value a, nw_value b)
{
    if (a.kind == NW_UNSET || b.kind == NW_UNSET)
        return false;
    if (a.kind == NW_TUPLE && b.kind == NW_INT) { /* strides=(1, 1) is strides=1 */
        for (uint32_t i = 0; i < a.as.tuple->count; i++)
            if (a.as.tuple->items[i].kind != NW_INT || a.as.tuple->items[i].as.integer != b.as.integer)
                return false;
        return true;
    }
    bool numbers = nw_is_number(a) && nw_is_number(b) && (a.kind == NW_BOOL) == (b.kind == NW_BOOL);
    return (a.kind == b.kind || numbers) && nw_equal(eval, a, b) == NW_YES;
}

/* A keyword that says what the target does anyway. */
static bool is_redundant(template_state *state, uint32_t callee, const nw_node *keyword)
{
    uint32_t parameter = nw_template_parameter(state, &state->ast->nodes[keyword->b]);
    if (parameter == UINT32_MAX || state->nodes[parameter] || parameter == state->rest_parameter)
        return false;
    return is_same(state->writer->eval, target_default(state, callee, (nw_symbol){keyword->a}), state->frames[0]->slots[parameter]);
}

static void write_call(template_state *state, const nw_node *node)
{
    nw_buffer *out = state->writer->out;
    nw_list arguments = nw_ast_list(state->ast, node->b);
    bool first = true;
    nw_template_render(state, node->a, false);
    nw_buffer_byte(out, '(');
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = &state->ast->nodes[arguments.items[i]];
        bool star = argument->kind == NW_NODE_STARRED && nw_template_parameter(state, &state->ast->nodes[argument->a]) == state->rest_parameter &&
                    state->rest_parameter != UINT32_MAX;
        if ((star && !state->rest.count) || (argument->kind == NW_NODE_KEYWORD && argument->a && is_redundant(state, node->a, argument)))
            continue;
        nw_buffer_text(out, first ? "" : ", ");
        first = false;
        if (star) {
            write_list(state, state->rest);
        } else if (argument->kind == NW_NODE_KEYWORD) {
            nw_buffer_format(out, argument->a ? "%s=" : "**", nw_bytes(state->writer->eval, (nw_symbol){argument->a}));
            nw_template_render(state, argument->b, true);
        } else {
            nw_template_render(state, arguments.items[i], true);
        }
    }
    nw_buffer_byte(out, ')');
}

/* What only says something about the layout: plain_result(x) and plain_arguments(x) are x. */
static bool write_of_layout(template_state *state, uint32_t node)
{
    nw_list arguments = nw_ast_list(state->ast, state->ast->nodes[node].b);
    if (nw_template_is_called(state, node, "plain_result") || nw_template_is_called(state, node, "plain_arguments")) {
        nw_template_render(state, arguments.items[0], true);
        return true;
    }
    if (!nw_template_is_called(state, node, "moved"))
        return false;
    nw_value axes = moved_axes(state, node), text = axes.kind == NW_UNSET ? axes : nw_representation(state->writer->eval, axes);
    if (text.kind == NW_STRING)
        nw_buffer_text(state->writer->out, nw_bytes(state->writer->eval, text.as.symbol));
    state->failed |= text.kind != NW_STRING;
    return true;
}

/* Computing with literals is done here. */
static bool write_folded(template_state *state, uint32_t node)
{
    nw_eval *eval = state->writer->eval;
    if (!uses_in(state, node).literal)
        return false;
    nw_frame *caller = eval->frame;
    eval->frame = state->frames[0];
    nw_value value = nw_evaluate(eval, node);
    nw_value text = nw_is_number(value) || value.kind == NW_STRING || value.kind == NW_NONE || value.kind == NW_TUPLE ? nw_representation(eval, value) : nw_unset();
    eval->frame = caller;
    nw_exception_clear(eval);
    if (text.kind != NW_STRING)
        return false;
    nw_buffer_text(state->writer->out, nw_bytes(eval, text.as.symbol));
    return true;
}

nw_answer nw_template_test(template_state *state, uint32_t node)
{
    nw_answer all = NW_FAILED;
    for (uint32_t i = 0; i < state->frame_count; i++) {
        nw_answer answer = test_in(state, state->frames[i], node);
        all = i == 0 || answer == all ? answer : NW_MAYBE;
    }
    return all;
}

static void write_conditional(template_state *state, uint32_t node_id)
{
    const nw_node *node = &state->ast->nodes[node_id];
    nw_answer all = nw_template_test(state, node->a);
    if (all == NW_YES || all == NW_NO) {
        nw_template_render(state, all == NW_YES ? node->b : node->c, false);
        return;
    }
    state->failed = true;
}

/* args[0] of the call's own arguments. */
static bool write_rest_item(template_state *state, const nw_node *node, bool enclosed)
{
    const nw_node *index = &state->ast->nodes[node->b];
    uint32_t parameter = nw_template_parameter(state, &state->ast->nodes[node->a]);
    if (parameter == UINT32_MAX || parameter != state->rest_parameter || index->kind != NW_NODE_INTEGER)
        return false;
    for (uint32_t i = 0; i <= index->a && i < state->rest.count; i++)
        state->failed |= state->writer->ast->nodes[state->rest.items[i]].kind == NW_NODE_STARRED;
    if (index->a >= state->rest.count) {
        state->failed = true;
        return true;
    }
    uint32_t source = state->rest.items[index->a];
    bool parentheses = !enclosed && !nw_is_atom(state->writer->ast, source);
    nw_buffer_text(state->writer->out, parentheses ? "(" : "");
    nw_write_enclosed(state->writer, source);
    nw_buffer_text(state->writer->out, parentheses ? ")" : "");
    return true;
}

typedef struct child_renderer {
    template_state *state;
    uint32_t at;
    bool enclosed;
} child_renderer;

static void render_child(void *context, nw_ast_child child)
{
    child_renderer *renderer = context;
    template_state *state = renderer->state;
    if (!child.node || state->ast->nodes[child.node].start < renderer->at)
        return;
    const nw_node *node = &state->ast->nodes[child.node];
    nw_buffer_add(state->writer->out, state->row->module->source.bytes + renderer->at, node->start - renderer->at);
    nw_template_render(state, child.node, renderer->enclosed);
    renderer->at = node->end;
}

static void render_children(template_state *state, uint32_t node_id)
{
    const nw_node *node = &state->ast->nodes[node_id];
    bool display = node->kind == NW_NODE_TUPLE || node->kind == NW_NODE_LIST || node->kind == NW_NODE_DICT || node->kind == NW_NODE_STARRED;
    child_renderer renderer = {state, node->start, display};
    nw_ast_visit_children(state->ast, node_id, render_child, &renderer);
    nw_buffer_add(state->writer->out, state->row->module->source.bytes + renderer.at, node->end - renderer.at);
}

void nw_template_render(template_state *state, uint32_t node_id, bool enclosed)
{
    const nw_node *node = &state->ast->nodes[node_id];
    bool parentheses = (node->flags & NW_NODE_FLAG_PARENTHESIZED) && node->kind == NW_NODE_TUPLE;
    if (nw_template_write_special(state, node_id))
        return;
    switch (node->kind) {
    case NW_NODE_NAME: write_name(state, node, enclosed); return;
    case NW_NODE_CALL:
        if (!write_of_layout(state, node_id))
            write_call(state, node);
        return;
    case NW_NODE_CONDITIONAL: write_conditional(state, node_id); return;
    case NW_NODE_BINARY: case NW_NODE_UNARY: case NW_NODE_AND: case NW_NODE_OR: case NW_NODE_COMPARE:
        if (write_folded(state, node_id))
            return;
        break;
    case NW_NODE_SUBSCRIPT:
        if (write_rest_item(state, node, enclosed))
            return;
        break;
    default: break;
    }
    nw_buffer_text(state->writer->out, parentheses ? "(" : "");
    render_children(state, node_id);
    nw_buffer_text(state->writer->out, parentheses ? ")" : "");
}

static bool needs_parentheses(uint8_t kind)
{
    return kind == NW_NODE_BINARY || kind == NW_NODE_UNARY || kind == NW_NODE_COMPARE || kind == NW_NODE_AND || kind == NW_NODE_OR || kind == NW_NODE_LAMBDA;
}

static bool write_chosen(template_state *state, uint32_t chosen)
{
    nw_writer *writer = state->writer;
    nw_buffer *outer = writer->out, text;
    nw_buffer_init(&text);
    writer->out = &text;
    uint32_t marks = writer->mark_count;
    bool parentheses = needs_parentheses(state->ast->nodes[chosen].kind);
    nw_buffer_text(&text, parentheses ? "(" : "");
    if (!nw_template_write_items(state, chosen))
        nw_template_render(state, chosen, true);
    nw_buffer_text(&text, parentheses ? ")" : "");
    writer->out = outer;
    if (state->failed)
        writer->mark_count = marks;
    else
        nw_buffer_add(outer, text.bytes, text.size);
    nw_buffer_release(&text);
    return !state->failed;
}

void nw_note_options(nw_writer *writer, const nw_source_call *call, const char *setting, const nw_ast_function *but)
{
    for (uint32_t i = 0; i < call->arguments.count; i++) {
        const nw_node *argument = &writer->ast->nodes[call->arguments.items[i]];
        nw_symbol name = {argument->kind == NW_NODE_KEYWORD ? argument->a : 0};
        bool written = but && nw_template_parameter_named(but, name) != UINT32_MAX;
        if (name.v && !written && writer->ast->nodes[argument->b].kind != NW_NODE_NONE && nw_translations_holds(&writer->migration->tables, setting, name, NULL))
            nw_write_note(writer, argument->b, NW_DIAG_LEFT_OUT, "%s", nw_bytes(writer->eval, name));
    }
}

nw_template_result nw_template_write(nw_writer *writer, const nw_translation *row, const nw_source_call *call)
{
    template_state state = {.writer = writer, .row = row, .ast = row->module->ast, .code = row->function->code, .source = call->node, .is_layer = call->class_ || writer->spread == call->node};
    if (!nw_template_bind(&state, call))
        return NW_TEMPLATE_REFUSED;
    uint32_t chosen = nw_template_choose(&state);
    if (!chosen || evaluates_twice(&state, chosen) || !write_chosen(&state, chosen))
        return NW_TEMPLATE_REFUSED;
    nw_note_options(writer, call, "noted", state.code);
    if (state.note.v)
        nw_write_note(writer, call->node, NW_DIAG_TRAINS_OTHERWISE, "%s (%s)", nw_bytes(writer->eval, call->name), nw_bytes(writer->eval, state.note));
    return NW_TEMPLATE_WRITTEN;
}

bool nw_template_fits(nw_writer *writer, const nw_translation *row, const nw_source_call *call, nw_template_layout *layout)
{
    template_state state = {.writer = writer, .row = row, .ast = row->module->ast, .code = row->function->code};
    uint32_t chosen = nw_template_bind(&state, call) ? nw_template_choose(&state) : 0;
    if (!chosen || evaluates_twice(&state, chosen))
        return false;
    axes_check check = {&state, true, 0};
    check_axes(&check, (nw_ast_child){.node = chosen});
    layout->plain_result = nw_template_is_called(&state, chosen, "plain_result");
    layout->plain_arguments = nw_template_is_called(&state, chosen, "plain_arguments");
    layout->transposes = check.transposes;
    return check.known;
}

bool nw_template_allows(nw_writer *writer, const nw_translation *row, const nw_source_call *call)
{
    template_state state = {.writer = writer, .row = row, .ast = row->module->ast, .code = row->function->code};
    nw_list body = nw_ast_list(state.ast, state.code->body);
    bool tests = false;
    for (uint32_t i = 0; i < body.count; i++)
        tests |= state.ast->nodes[body.items[i]].kind == NW_NODE_IF;
    return !tests || (nw_template_bind(&state, call) && nw_template_choose(&state));
}

bool nw_template_write_value(nw_writer *writer, const nw_translation *row, uint32_t receiver)
{
    template_state state = {.writer = writer, .row = row, .ast = row->module->ast, .code = row->function->code, .rest_parameter = UINT32_MAX};
    nw_frame *frame = nw_template_frame(&state);
    state.frames = &frame;
    state.frame_count = 1;
    state.nodes[0] = receiver;
    uint32_t chosen = nw_template_choose(&state);
    return chosen && !evaluates_twice(&state, chosen) && write_chosen(&state, chosen);
}
