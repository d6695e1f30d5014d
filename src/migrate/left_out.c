/* What has no influence on results in evaluation: initialisation of parameters and buffers, which a checkpoint overwrites, hooks,
 * random seeds. Such statements are left out, with the loops and tests that hold nothing else. */
#include "eval/interpret.h"
#include "migrate/writer.h"
#include "syntax/ast_visit.h"

#include <string.h>

typedef enum influence { INFLUENCE, NO_MATTER /* nothing by itself */, LEFT_OUT } influence;

enum { MAX_NESTING = 40 };

static influence of_statement(nw_writer *writer, uint32_t node, int depth);

static influence both(influence a, influence b)
{
    if (a == INFLUENCE || b == INFLUENCE)
        return INFLUENCE;
    return a == LEFT_OUT || b == LEFT_OUT ? LEFT_OUT : NO_MATTER;
}

/* ---- expressions without effects ---- */

static bool is_state(nw_value value)
{
    if (value.kind != NW_TENSOR)
        return false;
    const nw_tensor *tensor = value.as.tensor;
    return tensor->is_parameter || (tensor->base && tensor->base->is_parameter);
}

static bool is_inner_function(nw_value callee)
{
    callee = nw_without_partial(callee);
    if (callee.kind == NW_METHOD)
        callee = callee.as.method->function;
    return callee.kind == NW_FUNCTION && !callee.as.function->module->is_catalog;
}

typedef struct purity {
    nw_writer *writer;
    bool pure;
    int depth; /* of functions that are looked into */
} purity;

static void check_purity(void *context, nw_ast_child child);
static void of_file(nw_writer *other, const nw_writer *writer, const nw_module *module);

/* A function that computes and returns something, and does nothing else. */
static bool is_pure_function(nw_writer *writer, nw_value callee, int depth)
{
    if (callee.kind != NW_FUNCTION || callee.as.function->module->is_catalog || depth == 0)
        return false;
    const nw_ast_function *code = callee.as.function->code;
    nw_writer other;
    of_file(&other, writer, callee.as.function->module);
    nw_list body = nw_ast_statements(other.ast, code);
    purity state = {&other, !code->is_lambda, depth - 1};
    for (uint32_t i = 0; i < body.count && state.pure; i++) {
        const nw_node *n = &other.ast->nodes[body.items[i]];
        nw_list targets = n->kind == NW_NODE_ASSIGN ? nw_ast_list(other.ast, n->a) : (nw_list){0};
        bool text = n->kind == NW_NODE_EXPRESSION && other.ast->nodes[n->a].kind == NW_NODE_STRING;
        bool local = targets.count == 1 && other.ast->nodes[targets.items[0]].kind == NW_NODE_NAME && other.ast->nodes[targets.items[0]].b == NW_PLACE_SLOT;
        state.pure = text || local || n->kind == NW_NODE_RETURN;
        if (state.pure && !text)
            check_purity(&state, (nw_ast_child){.node = local ? n->b : n->a});
    }
    return state.pure;
}

static void check_purity(void *context, nw_ast_child child)
{
    purity *state = context;
    nw_writer *writer = state->writer;
    if (!child.node || !state->pure)
        return;
    uint8_t kind = writer->ast->nodes[child.node].kind;
    if (kind == NW_NODE_NAMED || kind == NW_NODE_YIELD || kind == NW_NODE_YIELD_FROM || kind == NW_NODE_AWAIT)
        state->pure = false;
    const void *last = NULL; /* most calls mean the same each time */
    if (kind == NW_NODE_CALL)
        for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, child.node); e && state->pure; e = nw_sites_next(writer->migration->sites, e)) {
            bool is_new = e->a.kind != NW_FUNCTION || e->a.as.object != last;
            last = e->a.kind == NW_FUNCTION ? e->a.as.object : NULL;
            state->pure = !is_new || (!is_inner_function(e->a) && e->a.kind != NW_INSTANCE) || is_pure_function(writer, e->a, state->depth);
        }
    nw_ast_visit_children(writer->ast, child.node, check_purity, context);
}

static bool is_pure(nw_writer *writer, uint32_t node)
{
    purity state = {writer, true, 3};
    if (node)
        check_purity(&state, (nw_ast_child){.node = node});
    return state.pure;
}

/* ---- calls ---- */

static influence of_body(nw_writer *writer, const nw_module *module, const nw_ast_function *code, int depth);

static const nw_translation *dropped_row(nw_writer *writer, nw_symbol name)
{
    return name.v ? nw_translation_find(&writer->migration->tables, NW_ROW_DROPPED, name) : NULL;
}

static bool is_in_place_name(const char *name)
{
    size_t size = strlen(name);
    return size > 1 && name[size - 1] == '_' && name[size - 2] != '_';
}

static influence of_function(nw_writer *writer, nw_value callee, int depth)
{
    callee = nw_without_partial(callee);
    if (callee.kind == NW_METHOD)
        callee = callee.as.method->function;
    if (callee.kind != NW_FUNCTION || callee.as.function->module->is_catalog || depth == 0)
        return INFLUENCE;
    nw_migration *migration = writer->migration;
    const nw_ast_function *code = callee.as.function->code;
    for (uint32_t i = 0; i < migration->judged_count; i++)
        if (migration->judged[i].code == code)
            return (influence)migration->judged[i].influence;
    NW_ARENA_RESERVE(&writer->eval->arena, migration->judged, migration->judged_count, migration->judged_capacity);
    uint32_t at = migration->judged_count++;
    migration->judged[at] = (nw_judged_function){code, NO_MATTER}; /* for calls of itself */
    influence found = of_body(writer, callee.as.function->module, code, depth - 1);
    migration->judged[at].influence = (uint8_t)found;
    if (found == INFLUENCE)
        migration->judged_count = at + 1; /* what was found on the way may have relied on it */
    return found;
}

/* conv.weight.data.normal_(), whatever was assigned to `data` before, and where a norm of weights or the like computes the weight anew
 * whenever it is used, so that what is written is lost. */
static bool writes_weight(nw_writer *writer, uint32_t call)
{
    const nw_node *nodes = writer->ast->nodes;
    uint32_t read = nodes[call].a ? nodes[nodes[call].a].a : 0; /* of the method */
    if (read && nodes[read].kind == NW_NODE_ATTRIBUTE && strcmp(nw_bytes(writer->eval, (nw_symbol){nodes[read].b}), "data") == 0)
        read = nodes[read].a;
    if (!read || nodes[read].kind != NW_NODE_ATTRIBUTE)
        return false;
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, read);
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        bool layer = e->a.kind == NW_INSTANCE && e->a.as.instance->class_->is_module && e->a.as.instance->class_->is_catalog;
        nw_value weight = nw_settle(writer->eval, e->result);
        if (!is_state(weight) && (!layer || weight.kind != NW_TENSOR || nw_is_variable(writer, weight)))
            return false;
    }
    return first != NULL;
}

static influence of_run(nw_writer *writer, uint32_t call, const nw_trace_entry *run, int depth)
{
    nw_symbol name = nw_framework_value_name(writer->eval, run->a);
    if (name.v && nw_translations_holds(&writer->migration->tables, "appliers", name, NULL) && run->arguments->positional_count == 1)
        return of_function(writer, run->arguments->positional[0], depth) == INFLUENCE ? INFLUENCE : LEFT_OUT; /* it visits modules, and that is all */
    if (dropped_row(writer, name))
        return LEFT_OUT;
    bool writes = run->a.kind == NW_METHOD && run->a.as.method->self.kind == NW_TENSOR && is_in_place_name(nw_bytes(writer->eval, name));
    if (writes && (is_state(run->a.as.method->self) || writes_weight(writer, call)))
        return LEFT_OUT;
    if (writer->in_discarded && strcmp(nw_bytes(writer->eval, name), "warnings.warn") == 0)
        return NO_MATTER;
    return is_inner_function(run->a) ? of_function(writer, run->a, depth) : INFLUENCE;
}

static influence of_call(nw_writer *writer, uint32_t node, int depth)
{
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, node);
    nw_value value;
    nw_symbol dotted;
    if (nw_reference(writer, writer->ast->nodes[node].a, &value, &dotted)) {
        nw_symbol name = nw_framework_value_name(writer->eval, value);
        return dropped_row(writer, name.v ? name : dotted) ? LEFT_OUT : INFLUENCE;
    }
    influence all = NO_MATTER; /* what never ran: inside of something that is left out it does not matter; elsewhere it stays */
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        all = both(all, of_run(writer, node, e, depth));
    return all;
}

/* ---- statements ---- */

static influence of_list(nw_writer *writer, uint32_t list, int depth)
{
    nw_list statements = nw_ast_list(writer->ast, list);
    influence all = NO_MATTER;
    for (uint32_t i = 0; i < statements.count && all != INFLUENCE; i++)
        all = both(all, of_statement(writer, statements.items[i], depth));
    return all;
}

/* module.weight = nn.init.kaiming_normal_(module.weight): what it writes is what it had. */
static bool stores_initialised(nw_writer *writer, const nw_trace_entry *store, uint32_t value)
{
    bool state = store->kind == NW_TRACE_ATTRIBUTE_STORE && is_state(nw_settle(writer->eval, store->b));
    const nw_node *call = &writer->ast->nodes[value];
    nw_list arguments = state && value && call->kind == NW_NODE_CALL ? nw_ast_list(writer->ast, call->b) : (nw_list){0};
    if (!arguments.count || writer->ast->nodes[arguments.items[0]].kind != NW_NODE_ATTRIBUTE || of_call(writer, value, 2) != LEFT_OUT)
        return false;
    const nw_trace_entry *read = nw_sites_first(writer->migration->sites, writer->module, arguments.items[0]);
    for (; read; read = nw_sites_next(writer->migration->sites, read))
        if (read->a.kind == NW_INSTANCE && store->a.kind == NW_INSTANCE && read->a.as.instance == store->a.as.instance)
            return true;
    return false;
}

/* The name that an attribute of a module is assigned to, whatever it stood for before. */
static nw_symbol setting_name(nw_writer *writer, const nw_node *target)
{
    nw_value base;
    nw_symbol module;
    if (target->kind != NW_NODE_ATTRIBUTE || !nw_reference(writer, target->a, &base, &module))
        return (nw_symbol){0};
    return nw_symbol_dotted(writer->eval->symbols, module, (nw_symbol){target->b});
}

/* self.training = False: the mode is an argument of calls. */
static bool sets_mode(const nw_writer *writer, const nw_trace_entry *first)
{
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        if (e->a.kind != NW_INSTANCE || !e->a.as.instance->class_->is_module)
            return false;
    return first != NULL;
}

typedef struct mention {
    nw_writer *writer;
    bool found;
} mention;

static void find_framework(void *context, nw_ast_child child)
{
    mention *state = context;
    nw_value value;
    nw_symbol dotted;
    if (!child.node || state->found)
        return;
    state->found = nw_reference(state->writer, child.node, &value, &dotted);
    nw_ast_visit_children(state->writer->ast, child.node, find_framework, context);
}

/* decode_predictions.__doc__ = imagenet_utils.decode_predictions.__doc__: what the framework's documentation says of its own. */
static bool documents(nw_writer *writer, const nw_node *target, uint32_t value)
{
    mention state = {writer, false};
    if (target->kind != NW_NODE_ATTRIBUTE || !value || strcmp(nw_bytes(writer->eval, (nw_symbol){target->b}), "__doc__") != 0)
        return false;
    find_framework(&state, (nw_ast_child){.node = value});
    return state.found;
}

static influence of_target(nw_writer *writer, uint32_t target, uint32_t value_node)
{
    const nw_node *n = &writer->ast->nodes[target];
    if (documents(writer, n, value_node))
        return LEFT_OUT;
    if (n->kind == NW_NODE_NAME)
        return n->b == NW_PLACE_SLOT ? NO_MATTER : INFLUENCE;
    if (n->kind == NW_NODE_TUPLE) {
        nw_list items = nw_ast_list(writer->ast, n->a);
        influence all = NO_MATTER;
        for (uint32_t i = 0; i < items.count; i++)
            all = both(all, of_target(writer, items.items[i], 0));
        return all;
    }
    nw_value value;
    nw_symbol dotted;
    if (nw_reference(writer, target, &value, &dotted)) /* torch.backends.cudnn.benchmark = True */
        return dropped_row(writer, dotted) || dropped_row(writer, setting_name(writer, n)) ? LEFT_OUT : INFLUENCE;
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, target);
    if (n->kind == NW_NODE_ATTRIBUTE && nw_translations_holds(&writer->migration->tables, "mode", (nw_symbol){n->b}, NULL) && sets_mode(writer, first))
        return LEFT_OUT;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        if (!is_state(e->a) && !stores_initialised(writer, e, value_node))
            return INFLUENCE;
    return first ? LEFT_OUT : NO_MATTER;
}

static influence of_assignment(nw_writer *writer, nw_list targets, uint32_t value)
{
    influence all = NO_MATTER;
    for (uint32_t i = 0; i < targets.count; i++)
        all = both(all, of_target(writer, targets.items[i], targets.count == 1 ? value : 0));
    return is_pure(writer, value) ? all : INFLUENCE;
}

static influence of_headed(nw_writer *writer, uint32_t header, uint32_t body, uint32_t other, int depth)
{
    if (!is_pure(writer, header))
        return INFLUENCE;
    return both(of_list(writer, body, depth), of_list(writer, other, depth));
}

static influence of_with(nw_writer *writer, const nw_node *n, int depth)
{
    nw_list items = nw_ast_list(writer->ast, n->a);
    for (uint32_t i = 0; i < items.count; i++)
        if (writer->ast->nodes[items.items[i]].b || !is_pure(writer, writer->ast->nodes[items.items[i]].a))
            return INFLUENCE;
    return of_list(writer, n->b, depth);
}

/* What a function returns does not matter to a statement that calls it and nothing more. */
static influence of_return(nw_writer *writer, uint32_t value, int depth)
{
    if (!value || writer->ast->nodes[value].kind == NW_NODE_NONE)
        return NO_MATTER;
    if (!writer->in_discarded)
        return INFLUENCE;
    if (writer->ast->nodes[value].kind == NW_NODE_CALL)
        return of_call(writer, value, depth);
    return is_pure(writer, value) ? NO_MATTER : INFLUENCE;
}

static influence of_statement(nw_writer *writer, uint32_t node, int depth)
{
    const nw_node *n = &writer->ast->nodes[node];
    const uint32_t *extra = writer->ast->extra;
    if (depth == 0)
        return INFLUENCE;
    switch (n->kind) {
    case NW_NODE_EXPRESSION:
        if (writer->ast->nodes[n->a].kind == NW_NODE_CALL)
            return of_call(writer, n->a, depth - 1);
        return writer->ast->nodes[n->a].kind == NW_NODE_STRING ? NO_MATTER : INFLUENCE;
    case NW_NODE_ASSIGN: return of_assignment(writer, nw_ast_list(writer->ast, n->a), n->b);
    case NW_NODE_AUGMENTED_ASSIGN: return is_pure(writer, n->b) ? of_target(writer, n->a, 0) : INFLUENCE;
    case NW_NODE_IF: case NW_NODE_WHILE: return of_headed(writer, n->a, n->b, n->c, depth - 1);
    case NW_NODE_FOR: return of_headed(writer, n->b, extra[n->c], extra[n->c + 1], depth - 1);
    case NW_NODE_WITH: return of_with(writer, n, depth - 1);
    case NW_NODE_RETURN: return of_return(writer, n->a, depth - 1);
    case NW_NODE_FUNCTION: return writer->in_discarded ? NO_MATTER : INFLUENCE;
    case NW_NODE_PASS: case NW_NODE_CONTINUE: case NW_NODE_BREAK: case NW_NODE_RAISE: case NW_NODE_ASSERT: return NO_MATTER;
    default: return INFLUENCE;
    }
}

/* A writer for looking at another file. */
static void of_file(nw_writer *other, const nw_writer *writer, const nw_module *module)
{
    *other = *writer;
    if (module == writer->module)
        return;
    other->module = (nw_module *)module;
    other->ast = module->ast;
    other->bytes = module->source.bytes;
    other->names = NULL;
    other->name_count = other->name_capacity = 0;
    other->star = false;
    nw_references_read(other);
}

/* The body of a function, in whichever file it stands. */
static influence of_body(nw_writer *writer, const nw_module *module, const nw_ast_function *code, int depth)
{
    if (code->is_lambda)
        return INFLUENCE;
    nw_writer other;
    of_file(&other, writer, module);
    other.in_discarded = true;
    return of_list(&other, code->body, depth);
}

/* The function around a statement; the whole file where there is none. */
static nw_node around_statement(const nw_writer *writer, const nw_node *statement)
{
    const nw_ast *ast = writer->ast;
    nw_node found = {.start = 0, .end = UINT32_MAX};
    for (uint32_t f = 1; f < ast->function_count; f++) {
        const nw_node *n = &ast->nodes[ast->functions[f].node];
        if (ast->functions[f].scope == NW_SCOPE_FUNCTION && n->start < statement->start && statement->end <= n->end && n->start >= found.start)
            found = *n;
    }
    return found;
}

/* Whether a name is bound between two places. */
static bool is_bound_between(const nw_writer *writer, uint32_t name, uint32_t start, uint32_t end)
{
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->kind == NW_NODE_NAME && n->a == name && (n->flags & NW_NAME_BINDS) && n->start >= start && n->end <= end)
            return true;
    }
    return false;
}

/* Whether a name is read within a comprehension that binds it: `sum(p.numel() for p in parameters)`. The first iterable, which is none of its
 * variables, is not told apart: what is left out for it is missing when the written file is read back. */
static bool is_of_comprehension(const nw_writer *writer, const nw_node *read)
{
    const nw_ast *ast = writer->ast;
    for (uint32_t f = 1; f < ast->function_count; f++) {
        const nw_node *n = &ast->nodes[ast->functions[f].node];
        if (ast->functions[f].scope == NW_SCOPE_COMPREHENSION && n->start <= read->start && read->end <= n->end && is_bound_between(writer, read->a, n->start, n->end))
            return true;
    }
    return false;
}

/* Whether a variable that is assigned within a statement is read behind it. */
static bool leaves_variable(const nw_writer *writer, const nw_node *statement)
{
    const nw_ast *ast = writer->ast;
    nw_node function = around_statement(writer, statement);
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *bound = &ast->nodes[i];
        if (bound->kind != NW_NODE_NAME || !(bound->flags & NW_NAME_BINDS) || bound->b != NW_PLACE_SLOT || bound->start < statement->start || bound->end > statement->end)
            continue;
        for (uint32_t k = 1; k < ast->node_count; k++) {
            const nw_node *read = &ast->nodes[k];
            if (read->kind == NW_NODE_NAME && read->a == bound->a && !(read->flags & NW_NAME_BINDS) && read->start >= statement->end && read->end <= function.end &&
                !is_bound_between(writer, read->a, statement->end, read->start) && !is_of_comprehension(writer, read))
                return true;
        }
    }
    return false;
}

bool nw_left_out(nw_writer *writer, uint32_t node, const char **note)
{
    *note = "it has no influence on results in evaluation";
    uint8_t kind = writer->ast->nodes[node].kind;
    if (kind == NW_NODE_ASSIGN) { /* alone, an assignment is left out only if it writes to a parameter */
        nw_list targets = nw_ast_list(writer->ast, writer->ast->nodes[node].a);
        for (uint32_t i = 0; i < targets.count; i++)
            if (writer->ast->nodes[targets.items[i]].kind == NW_NODE_NAME)
                return false;
    }
    if (of_statement(writer, node, MAX_NESTING) != LEFT_OUT)
        return false;
    return kind == NW_NODE_EXPRESSION || !leaves_variable(writer, &writer->ast->nodes[node]);
}

/* ---- the plan of a file ---- */

static void plan_block(nw_writer *writer, uint32_t list, bool needs_statement, bool top)
{
    nw_list statements = nw_ast_list(writer->ast, list);
    uint32_t removed = 0;
    for (uint32_t i = 0; i < statements.count; i++) {
        const char *note;
        uint32_t node = statements.items[i];
        const nw_native_definition *native = top ? nw_native_around(writer->migration->natives, writer->module->name, writer->ast->nodes[node].start) : NULL;
        if (native) {
            writer->plan[node] = NW_PLAN_NATIVE;
            nw_need_native(writer, native, native->name);
            continue;
        }
        writer->plan[node] = nw_plan_import(writer, node, top);
        if (writer->plan[node] == NW_PLAN_KEEP && nw_left_out(writer, node, &note))
            writer->plan[node] = NW_PLAN_LEFT_OUT;
        removed += writer->plan[node] != NW_PLAN_KEEP;
    }
    if (needs_statement && removed && removed == statements.count)
        writer->plan[statements.items[statements.count - 1]] |= NW_PLAN_PASS;
}

/* Statements at the top level or in tests, loops and the like that stand there: what runs when the module is imported. */
static uint8_t *top_statements(nw_writer *writer)
{
    const nw_ast *ast = writer->ast;
    uint8_t *top = nw_arena_zero(&writer->eval->arena, ast->node_count + 1);
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        if (n->kind < NW_NODE_EXPRESSION || n->kind > NW_NODE_TYPE_ALIAS || n->kind == NW_NODE_FUNCTION || n->kind == NW_NODE_CLASS)
            continue;
        top[i] = 1;
        for (uint32_t f = 1; f < ast->function_count && top[i]; f++) {
            const nw_node *around = &ast->nodes[ast->functions[f].node];
            bool scope = ast->functions[f].scope == NW_SCOPE_FUNCTION || ast->functions[f].scope == NW_SCOPE_CLASS;
            top[i] = !(scope && around->start <= n->start && n->end <= around->end);
        }
    }
    return top;
}

void nw_plan_file(nw_writer *writer)
{
    const nw_ast *ast = writer->ast;
    writer->plan = nw_arena_zero(&writer->eval->arena, ast->node_count + 1);
    plan_block(writer, ast->functions[0].body, false, true);
    uint8_t *top = top_statements(writer);
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        switch (n->kind) {
        case NW_NODE_IF: case NW_NODE_WHILE: plan_block(writer, n->b, true, top[i]); plan_block(writer, n->c, true, top[i]); break;
        case NW_NODE_FOR: plan_block(writer, ast->extra[n->c], true, top[i]); plan_block(writer, ast->extra[n->c + 1], true, top[i]); break;
        case NW_NODE_WITH: plan_block(writer, n->b, true, top[i]); break;
        case NW_NODE_TRY: plan_block(writer, n->a, true, top[i]); plan_block(writer, ast->extra[n->c], true, top[i]); plan_block(writer, ast->extra[n->c + 1], true, top[i]); break;
        case NW_NODE_HANDLER: case NW_NODE_CASE: plan_block(writer, n->c, true, top[i]); break;
        case NW_NODE_FUNCTION: plan_block(writer, ast->functions[n->a].body, true, top[i]); break;
        case NW_NODE_CLASS: plan_block(writer, ast->extra[n->b + 1], true, top[i]); break;
        default: break;
        }
    }
}

void nw_leave_out_calls(const nw_writer *writer)
{
    const nw_translations *tables = &writer->migration->tables;
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        const nw_trace_entry *run = n->kind == NW_NODE_CALL ? nw_sites_first(writer->migration->sites, writer->module, i) : NULL;
        nw_symbol name = run ? nw_framework_value_name(writer->eval, run->a) : (nw_symbol){0};
        bool dropped = name.v && dropped_row((nw_writer *)writer, name) && !nw_translation_find(tables, NW_ROW_TRANSLATION, name) &&
                       !nw_translation_find(tables, NW_ROW_ADAPTER, name);
        if (dropped)
            nw_sites_leave_out_call(writer->migration->sites, writer->module, i);
        if (writer->plan[i] & NW_PLAN_LEFT_OUT)
            nw_sites_leave_out(writer->migration->sites, writer->module, n->start, n->end);
    }
}

/* ---- what must keep its interface ---- */

static bool in_left_out(const nw_writer *writer, const nw_node *node)
{
    for (uint32_t i = 1; i < writer->ast->node_count; i++)
        if ((writer->plan[i] & NW_PLAN_LEFT_OUT) && writer->ast->nodes[i].start <= node->start && writer->ast->nodes[i].end >= node->end)
            return true;
    return false;
}

static bool is_catalog_module(nw_value value)
{
    return value.kind == NW_INSTANCE && value.as.instance->class_->is_catalog && value.as.instance->class_->is_module;
}

static void keep_classes(nw_migration *migration, nw_value classes)
{
    if (classes.kind == NW_TUPLE)
        for (uint32_t i = 0; i < classes.as.tuple->count; i++)
            keep_classes(migration, classes.as.tuple->items[i]);
    else if (classes.kind == NW_CLASS && classes.as.class_->is_catalog && classes.as.class_->is_module &&
             !nw_translations_holds(&migration->tables, "module", nw_framework_value_name(migration->eval, classes), NULL))
        nw_sites_keep_class(migration->sites, migration->eval, classes.as.class_);
}

/* How many axes the input of an instance of a normalisation had in the call before; 0: there is none. */
static uint32_t rank_before(const nw_eval *eval, uint32_t fact, const nw_instance *instance)
{
    if (!strstr(nw_symbol_bytes(eval->symbols, instance->class_->name), "Norm1d"))
        return 0;
    while (--fact > 0) {
        const nw_fact *other = &eval->facts[fact];
        if (other->kind == NW_FACT_LAYER && other->callee.kind == NW_INSTANCE && other->callee.as.instance == instance)
            for (uint32_t k = 0; k < other->argument_count; k++)
                if (other->arguments[k].kind == NW_TENSOR)
                    return other->arguments[k].as.tensor->shape ? other->arguments[k].as.tensor->rank : 0;
    }
    return 0;
}

/* The first argument of functions that change the layer that they are given. */
static void keep_changed(nw_migration *migration, const nw_trace_entry *call)
{
    const nw_arguments *arguments = call->arguments;
    nw_symbol name = nw_framework_value_name(migration->eval, call->a);
    if (!name.v || !nw_translations_holds(&migration->tables, "changers", name, NULL))
        return;
    for (uint32_t i = 0; i < arguments->positional_count; i++)
        if (is_catalog_module(arguments->positional[i]))
            nw_sites_keep(migration->sites, migration->eval, arguments->positional[i].as.instance->place);
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (is_catalog_module(arguments->named[i]))
            nw_sites_keep(migration->sites, migration->eval, arguments->named[i].as.instance->place);
}

/* A layer of the target may want tensors of more axes, or always of as many. */
static void keep_by_rank(nw_migration *migration)
{
    const nw_eval *eval = migration->eval;
    for (uint32_t i = 1; i < eval->fact_count; i++) {
        const nw_fact *fact = &eval->facts[i];
        if (fact->kind != NW_FACT_LAYER || !is_catalog_module(fact->callee))
            continue;
        for (uint32_t k = 0; k < fact->argument_count; k++) {
            if (fact->arguments[k].kind != NW_TENSOR)
                continue;
            const nw_tensor *input = fact->arguments[k].as.tensor;
            uint32_t before = input->shape ? rank_before(eval, i, fact->callee.as.instance) : 0;
            if (input->shape && (input->rank == 1 || (before && before != input->rank)))
                nw_sites_keep(migration->sites, migration->eval, fact->callee.as.instance->place);
            break;
        }
    }
}

void nw_find_kept(nw_writer *writer)
{
    nw_migration *migration = writer->migration;
    if (writer == migration->writers[0])
        keep_by_rank(migration);
    const nw_trace *trace = migration->sites->trace;
    nw_symbol isinstance = nw_symbol_of(writer->eval->symbols, "isinstance");
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        if (e->module != writer->module || migration->sites->dead[i])
            continue;
        const nw_node *node = &writer->ast->nodes[e->node];
        if (nw_native_around(migration->natives, e->module->name, node->start))
            continue;
        bool attribute = e->kind == NW_TRACE_ATTRIBUTE || e->kind == NW_TRACE_ATTRIBUTE_STORE;
        if (attribute && is_catalog_module(e->a) && node->b != NW_NAME_FORWARD && node->b != NW_NAME_TRAINING && !in_left_out(writer, node))
            nw_sites_keep(migration->sites, writer->eval, e->a.as.instance->place);
        else if (e->kind == NW_TRACE_CALL && e->a.kind == NW_NATIVE && strcmp(e->a.as.native->name, nw_bytes(writer->eval, isinstance)) == 0 &&
                 e->arguments->positional_count == 2 && !in_left_out(writer, node))
            keep_classes(migration, e->arguments->positional[1]);
        else if (e->kind == NW_TRACE_CALL)
            keep_changed(migration, e);
    }
}
