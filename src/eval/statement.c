/* Statements without loops: assignment, branches, with, definitions. */
#include "eval/interpret.h"
#include "eval/symbolic.h"

#include <string.h>

nw_status nw_failure(const nw_eval *eval)
{
    return eval->stopped || eval->undecided ? NW_STOP : NW_RAISE;
}

/* ---- targets ---- */

static bool assign_name(nw_eval *eval, const nw_node *node, nw_value value)
{
    nw_frame *frame = eval->frame;
    switch (node->b) {
    case NW_PLACE_SLOT: {
        uint32_t up = node->op;
        if (up && frame->code->scope == NW_SCOPE_CLASS)
            frame = frame->outer, up--;
        while (up-- > 0 && frame)
            frame = frame->outer;
        nw_frame_set(eval, frame, &frame->slots[node->c], value);
        return true;
    }
    case NW_PLACE_CLASS:
        nw_frame_set(eval, frame, &frame->slots[node->c], value);
        return true;
    default:
        nw_dict_set_name(eval, frame->module->globals, (nw_symbol){node->a}, value);
        return true;
    }
}

static bool count_mismatch(nw_eval *eval, uint32_t wanted, uint32_t count)
{
    if (count > wanted)
        nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "too many values to unpack (expected %u)", wanted);
    else
        nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "not enough values to unpack (expected %u, got %u)", wanted, count);
    return false;
}

/* `b, t, c = x.shape`: behind it, x has three dimensions. */
static void note_rank(const nw_eval *eval, const nw_opaque *shape, uint32_t count)
{
    nw_tensor *tensor = nw_tensor_of_shape(eval, shape);
    if (!tensor || tensor->shape || tensor->unpacked_rank || eval->summaries || eval->try_depth)
        return; /* a loop may not run, and what a handler catches says nothing */
    tensor->unpacked_rank = (uint16_t)count;
    tensor->unpacked_path = eval->path;
}

/* Targets of an iterable whose items are not known one by one. */
static bool assign_unknown_items(nw_eval *eval, nw_list targets, nw_value value, nw_value representative)
{
    for (uint32_t i = 0; i < targets.count; i++) {
        const nw_node *target = nw_node_at(eval, targets.items[i]);
        nw_value item = representative;
        if (target->kind == NW_NODE_STARRED) {
            nw_value list = nw_list_new(eval, &item, 1);
            list.as.list->repeated = true;
            if (!nw_assign(eval, target->a, list))
                return false;
            continue;
        }
        if (value.kind == NW_OPAQUE) {
            item = nw_get_item(eval, value, nw_int(i));
            if (item.kind == NW_ERROR)
                return false;
        }
        if (!nw_assign(eval, targets.items[i], item))
            return false;
    }
    return true;
}

static bool assign_items(nw_eval *eval, nw_list targets, nw_value value)
{
    nw_value *items;
    uint32_t count, star = targets.count;
    for (uint32_t i = 0; i < targets.count; i++)
        if (nw_node_at(eval, targets.items[i])->kind == NW_NODE_STARRED)
            star = i;
    value = nw_settle(eval, value);
    if (value.kind == NW_OPAQUE && star == targets.count)
        note_rank(eval, value.as.opaque, targets.count);
    if (value.kind == NW_OPAQUE)
        return assign_unknown_items(eval, targets, value, value);
    switch (nw_collect(eval, value, &items, &count)) {
    case NW_FAILED: return false;
    case NW_MAYBE: return assign_unknown_items(eval, targets, value, count ? items[0] : nw_lost(eval, NW_DIAG_LOOP_SUMMARISED, "unpacking"));
    default: break;
    }
    if (star == targets.count ? count != targets.count : count + 1 < targets.count)
        return count_mismatch(eval, targets.count, count);
    for (uint32_t i = 0; i < targets.count; i++) {
        uint32_t at = i <= star ? i : i + count - targets.count;
        if (i == star) {
            nw_value rest = nw_list_new(eval, items + i, count + 1 - targets.count);
            if (!nw_assign(eval, nw_node_at(eval, targets.items[i])->a, rest))
                return false;
        } else if (!nw_assign(eval, targets.items[i], items[at])) {
            return false;
        }
    }
    return true;
}

/* Writes to what was evaluated before. */
static bool write_target(nw_eval *eval, const nw_target *target, nw_value value)
{
    const nw_node *node = nw_node_at(eval, target->node);
    switch (node->kind) {
    case NW_NODE_NAME:
        return assign_name(eval, node, value);
    case NW_NODE_ATTRIBUTE:
        eval->frame->node = target->node;
        nw_trace_add(eval, NW_TRACE_ATTRIBUTE_STORE, target->node, nw_settle(eval, target->object), value, NULL);
        return nw_set_attribute(eval, target->object, (nw_symbol){node->b}, value);
    case NW_NODE_SUBSCRIPT:
        eval->frame->node = target->node;
        nw_trace_result(eval, nw_trace_add(eval, NW_TRACE_ITEM_STORE, target->node, nw_settle(eval, target->object), target->index, NULL), value);
        return nw_set_item(eval, target->object, target->index, value);
    case NW_NODE_TUPLE: case NW_NODE_LIST:
        return assign_items(eval, nw_ast_list(nw_ast_here(eval), node->a), value);
    default:
        nw_report_loss(eval, NW_DIAG_UNSUPPORTED, nw_here(eval), nw_symbol_of(eval->symbols, "assignment target"));
        return true;
    }
}

bool nw_assign(nw_eval *eval, uint32_t node, nw_value value)
{
    nw_target target;
    return nw_target_evaluate(eval, node, &target) && write_target(eval, &target, value);
}

bool nw_delete_target(nw_eval *eval, uint32_t target)
{
    const nw_node *node = nw_node_at(eval, target);
    switch (node->kind) {
    case NW_NODE_NAME:
        if (node->b == NW_PLACE_GLOBAL)
            nw_dict_remove(eval, eval->frame->module->globals, nw_string((nw_symbol){node->a}));
        else
            assign_name(eval, node, nw_unset());
        return true;
    case NW_NODE_ATTRIBUTE: {
        nw_value object = nw_evaluate(eval, node->a);
        return object.kind != NW_ERROR && nw_delete_attribute(eval, object, (nw_symbol){node->b});
    }
    case NW_NODE_SUBSCRIPT: {
        nw_value object = nw_evaluate(eval, node->a);
        nw_value index = object.kind == NW_ERROR ? object : nw_evaluate(eval, node->b);
        return index.kind != NW_ERROR && nw_delete_item(eval, object, index);
    }
    case NW_NODE_TUPLE: case NW_NODE_LIST: {
        nw_list list = nw_ast_list(nw_ast_here(eval), node->a);
        for (uint32_t i = 0; i < list.count; i++)
            if (!nw_delete_target(eval, list.items[i]))
                return false;
        return true;
    }
    default:
        return true;
    }
}

/* ---- simple statements ---- */

static nw_status execute_assign(nw_eval *eval, const nw_node *node)
{
    nw_value value = nw_evaluate(eval, node->b);
    if (value.kind == NW_ERROR)
        return nw_failure(eval);
    nw_list targets = nw_ast_list(nw_ast_here(eval), node->a);
    for (uint32_t i = 0; i < targets.count; i++)
        if (!nw_assign(eval, targets.items[i], value))
            return nw_failure(eval);
    return NW_NEXT;
}

/* The annotations of a module's own names: which there are is known, not what they stand for. */
static void annotate_module(nw_eval *eval, nw_module *module, nw_symbol name)
{
    nw_symbol key = {NW_NAME_DUNDER_ANNOTATIONS};
    if (!nw_dict_find_name(module->globals, key))
        nw_dict_set_name(eval, module->globals, key, nw_dict_new(eval));
    const nw_value *annotations = nw_dict_find_name(module->globals, key);
    if (annotations->kind == NW_DICT)
        nw_dict_set_name(eval, annotations->as.dict, name, nw_lost(eval, NW_DIAG_UNSUPPORTED, "the annotation of %s", nw_bytes(eval, name)));
}

static nw_status execute_annotated(nw_eval *eval, const nw_node *node)
{
    nw_frame *frame = eval->frame;
    if (frame->code->scope == NW_SCOPE_MODULE && !frame->module->is_catalog && nw_node_at(eval, node->a)->kind == NW_NODE_NAME)
        annotate_module(eval, frame->module, (nw_symbol){nw_node_at(eval, node->a)->a});
    if (frame->class_ && frame->code->scope == NW_SCOPE_CLASS && nw_node_at(eval, node->a)->kind == NW_NODE_NAME) {
        nw_symbol key = {NW_NAME_DUNDER_ANNOTATIONS};
        nw_value *known = nw_dict_find_name(frame->class_->attributes, key);
        nw_value annotations = known ? *known : nw_dict_new(eval);
        if (!known)
            nw_dict_set_name(eval, frame->class_->attributes, key, annotations);
        const nw_node *annotation = nw_node_at(eval, node->b);
        nw_symbol text = nw_symbol_intern(eval->symbols, frame->module->source.text + annotation->start, annotation->end - annotation->start);
        nw_dict_set_name(eval, annotations.as.dict, (nw_symbol){nw_node_at(eval, node->a)->a}, nw_string(text));
    }
    if (!node->c)
        return NW_NEXT;
    nw_value value = nw_evaluate(eval, node->c);
    return value.kind != NW_ERROR && nw_assign(eval, node->a, value) ? NW_NEXT : nw_failure(eval);
}

static nw_value in_place(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    left = nw_settle(eval, left);
    if (left.kind == NW_LIST && op == NW_OPERATOR_ADD)
        return nw_call_method(eval, left, (nw_symbol){NW_NAME_EXTEND}, &right, 1).kind == NW_ERROR ? nw_error() : left;
    if ((left.kind == NW_DICT || left.kind == NW_SET) && op == NW_OPERATOR_BIT_OR)
        return nw_call_method(eval, left, (nw_symbol){NW_NAME_UPDATE}, &right, 1).kind == NW_ERROR ? nw_error() : left;
    if (left.kind == NW_INSTANCE) {
        static const char *const methods[] = {
#define NW_OPERATOR(name, text, method, reflected, in_place_method) in_place_method,
#include "syntax/operator.def"
#undef NW_OPERATOR
        };
        nw_symbol name = nw_symbol_of(eval->symbols, methods[op]);
        if (nw_class_find(eval, left.as.instance->class_, name))
            return nw_call_method(eval, left, name, &right, 1);
    }
    if (left.kind == NW_TENSOR) {
        nw_value result = nw_tensor_in_place(eval, op, left, right);
        if (result.kind != NW_NOT_IMPLEMENTED)
            return result;
    }
    return nw_binary(eval, op, left, right);
}

static nw_status execute_augmented(nw_eval *eval, const nw_node *node)
{
    nw_target target; /* its object and index are evaluated once */
    nw_value left = nw_target_evaluate(eval, node->a, &target) ? nw_target_read(eval, &target) : nw_error();
    if (left.kind == NW_ERROR)
        return nw_failure(eval);
    nw_value right = nw_evaluate(eval, node->b);
    if (right.kind == NW_ERROR)
        return nw_failure(eval);
    eval->frame->node = eval->frame->statement; /* the operation's place is the whole statement, not its last operand */
    uint32_t traced = nw_trace_add(eval, NW_TRACE_OPERATION, eval->frame->statement, nw_settle(eval, left), nw_settle(eval, right), NULL);
    nw_value value = in_place(eval, (nw_operator)node->op, left, right);
    nw_trace_result(eval, traced, value);
    return value.kind != NW_ERROR && write_target(eval, &target, value) ? NW_NEXT : nw_failure(eval);
}

static nw_status execute_raise(nw_eval *eval, const nw_node *node)
{
    nw_value exception = node->a ? nw_settle(eval, nw_evaluate(eval, node->a)) : eval->handled;
    if (exception.kind == NW_ERROR)
        return nw_failure(eval);
    if (exception.kind == NW_CLASS) {
        nw_arguments none = {0};
        exception = nw_call(eval, exception, &none);
        if (exception.kind == NW_ERROR)
            return nw_failure(eval);
    }
    if (exception.kind == NW_UNSET) {
        nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "No active exception to reraise");
        return NW_RAISE;
    }
    nw_value cause = node->b ? nw_evaluate(eval, node->b) : nw_unset();
    if (cause.kind == NW_ERROR)
        return nw_failure(eval);
    if (exception.kind == NW_INSTANCE && node->b)
        nw_dict_set_name(eval, exception.as.instance->attributes, nw_symbol_of(eval->symbols, "__cause__"), cause);
    bool within = exception.kind == NW_INSTANCE && eval->handled.kind == NW_INSTANCE && exception.as.instance != eval->handled.as.instance;
    if (within)
        nw_dict_set_name(eval, exception.as.instance->attributes, nw_symbol_of(eval->symbols, "__context__"), eval->handled);
    eval->exception = exception;
    eval->exception_place = nw_here(eval);
    return NW_RAISE;
}

static nw_status execute_assert(nw_eval *eval, const nw_node *node)
{
    nw_guard guard;
    switch (nw_evaluate_test(eval, node->a, &guard)) {
    case NW_YES:
        return NW_NEXT;
    case NW_MAYBE: /* what comes after it holds only where the assertion did */
        eval->path = nw_bdd_and(&eval->bdd, eval->path, guard);
        return NW_NEXT;
    case NW_NO: {
        nw_value message = node->b ? nw_evaluate(eval, node->b) : nw_unset();
        if (message.kind == NW_ERROR)
            return nw_failure(eval);
        nw_raise(eval, NW_EXCEPTION_ASSERTION_ERROR, "%s", message.kind == NW_STRING ? nw_bytes(eval, message.as.symbol) : "assertion");
        return NW_RAISE;
    }
    default:
        if (eval->undecided) {
            eval->undecided = false;
            return NW_NEXT;
        }
        return nw_failure(eval);
    }
}

/* ---- branches ---- */

static bool ran_layers(const nw_eval *eval, uint32_t from)
{
    for (uint32_t i = from; i < eval->fact_count; i++)
        if (eval->facts[i].kind == NW_FACT_LAYER || eval->facts[i].kind == NW_FACT_MODULE || eval->facts[i].kind == NW_FACT_CALL)
            return true;
    return false;
}

/* In closed mode a test that cannot be decided matters when its arms ran layers, or left different state or sizes. */
static void report_undecided(nw_eval *eval, uint32_t test, uint64_t differences, uint32_t fact_count)
{
    if (eval->environment->open || (eval->differences == differences && !ran_layers(eval, fact_count)))
        return;
    const nw_node *node = nw_node_at(eval, test);
    nw_module *module = eval->frame->module;
    uint32_t size = node->end - node->start;
    nw_symbol text = nw_symbol_intern(eval->symbols, module->source.text + node->start, size > 80 ? 80 : size);
    nw_report_loss(eval, NW_DIAG_VALUE_DEPENDENT, (nw_place){module, node->start, node->end}, text);
}

static nw_status execute_if(nw_eval *eval, const nw_node *node, nw_value *value)
{
    nw_guard guard;
    nw_answer answer = nw_evaluate_test(eval, node->a, &guard);
    if (answer == NW_FAILED)
        return nw_failure(eval);
    if (answer != NW_MAYBE)
        return nw_execute_list(eval, answer == NW_YES ? node->b : node->c, value);
    uint64_t differences = eval->differences;
    uint32_t fact_count = eval->fact_count;
    nw_split split;
    nw_value first = nw_none(), second = nw_none();
    nw_split_begin(eval, &split, guard);
    nw_status status = nw_execute_list(eval, node->b, &first);
    nw_split_other(eval, &split, guard, status, first);
    status = status == NW_STOP ? NW_STOP : nw_execute_list(eval, node->c, &second);
    status = nw_split_end(eval, &split, status, &second);
    report_undecided(eval, node->a, differences, fact_count);
    *value = second;
    return status;
}

/* ---- definitions ---- */

/* In open mode a decorator that fails (it wants a docstring in some form, a package that is not there) is left out. */
static bool leave_out(nw_eval *eval)
{
    if (!eval->environment->open || eval->stopped || eval->undecided || eval->in_catalog)
        return false;
    nw_report_loss(eval, NW_DIAG_RAISES, nw_here(eval), nw_type_of(eval, eval->exception)->name);
    nw_exception_clear(eval);
    return true;
}

static nw_value decorate(nw_eval *eval, uint32_t list_index, nw_value value)
{
    nw_list decorators = nw_ast_list(nw_ast_here(eval), list_index);
    nw_value *made = nw_arena_alloc(&eval->arena, (decorators.count + 1) * sizeof *made);
    for (uint32_t i = 0; i < decorators.count; i++) {
        made[i] = nw_evaluate(eval, decorators.items[i]);
        if (made[i].kind == NW_ERROR && !leave_out(eval))
            return made[i];
    }
    for (uint32_t i = decorators.count; i-- > 0;) {
        eval->frame->node = decorators.items[i];
        if (made[i].kind == NW_ERROR)
            continue;
        if (nw_settle(eval, made[i]).kind == NW_OPAQUE) { /* what an unknown decorator does cannot be seen: the plain object is kept */
            if (!eval->environment->open)
                nw_report_loss(eval, NW_DIAG_CALL_UNKNOWN, nw_here(eval), made[i].kind == NW_OPAQUE ? made[i].as.opaque->text : (nw_symbol){0});
            continue;
        }
        eval->decorates = true;
        eval->decorations++;
        nw_value result = nw_call_values(eval, made[i], &value, 1);
        eval->decorations--;
        eval->decorates = false;
        if (result.kind == NW_ERROR && leave_out(eval))
            continue;
        if (result.kind == NW_ERROR)
            return result;
        if (result.kind == NW_OPAQUE && result.as.opaque->origin == NW_ORIGIN_LOST && eval->environment->open)
            continue;
        value = result;
    }
    return value;
}

nw_value nw_definition_make(nw_eval *eval, uint32_t statement)
{
    const nw_ast *ast = nw_ast_here(eval);
    const nw_node *node = &ast->nodes[statement];
    eval->frame->node = eval->frame->statement = statement;
    bool is_class = node->kind == NW_NODE_CLASS;
    nw_value value = is_class ? nw_execute_class(eval, statement) : nw_function_make(eval, node->a);
    if (value.kind != NW_ERROR)
        value = nw_stand_in_mark(eval, value);
    return value.kind == NW_ERROR ? value : decorate(eval, is_class ? ast->extra[node->b + 2] : node->b, value);
}

static nw_status execute_definition(nw_eval *eval, uint32_t statement, uint32_t name_node)
{
    nw_value value = nw_definition_make(eval, statement);
    return value.kind != NW_ERROR && nw_assign(eval, name_node, value) ? NW_NEXT : nw_failure(eval);
}

/* ---- dispatch ---- */

nw_status nw_execute(nw_eval *eval, uint32_t node_id, nw_value *value)
{
    if (!nw_step(eval))
        return NW_STOP;
    const nw_ast *ast = nw_ast_here(eval);
    const nw_node *node = &ast->nodes[node_id];
    eval->frame->node = eval->frame->statement = node_id;
    switch (node->kind) {
    case NW_NODE_EXPRESSION: return nw_evaluate(eval, node->a).kind == NW_ERROR ? nw_failure(eval) : NW_NEXT;
    case NW_NODE_ASSIGN: return execute_assign(eval, node);
    case NW_NODE_AUGMENTED_ASSIGN: return execute_augmented(eval, node);
    case NW_NODE_ANNOTATED_ASSIGN: return execute_annotated(eval, node);
    case NW_NODE_FUNCTION:
        return execute_definition(eval, node_id, ast->functions[node->a].name_node);
    case NW_NODE_CLASS:
        return execute_definition(eval, node_id, node->c);
    case NW_NODE_RETURN:
        *value = node->a ? nw_evaluate(eval, node->a) : nw_none();
        return value->kind == NW_ERROR ? nw_failure(eval) : NW_RETURN;
    case NW_NODE_DELETE: {
        nw_list list = nw_ast_list(ast, node->a);
        for (uint32_t i = 0; i < list.count; i++)
            if (!nw_delete_target(eval, list.items[i]))
                return nw_failure(eval);
        return NW_NEXT;
    }
    case NW_NODE_FOR: return nw_execute_for(eval, node_id, value);
    case NW_NODE_WHILE: return nw_execute_while(eval, node_id, value);
    case NW_NODE_IF: return execute_if(eval, node, value);
    case NW_NODE_WITH: return nw_execute_with(eval, node_id, value);
    case NW_NODE_RAISE: return execute_raise(eval, node);
    case NW_NODE_TRY: return nw_execute_try(eval, node_id, value);
    case NW_NODE_ASSERT: return execute_assert(eval, node);
    case NW_NODE_IMPORT: case NW_NODE_IMPORT_FROM: return nw_execute_import(eval, node_id);
    case NW_NODE_BREAK: return NW_BREAK;
    case NW_NODE_CONTINUE: return NW_CONTINUE;
    case NW_NODE_MATCH: return nw_execute_match(eval, node_id, value);
    case NW_NODE_TYPE_ALIAS: {
        nw_value alias = nw_evaluate(eval, node->b);
        return alias.kind != NW_ERROR && nw_assign(eval, node->a, alias) ? NW_NEXT : nw_failure(eval);
    }
    case NW_NODE_ERROR:
        nw_report_loss(eval, NW_DIAG_SYNTAX_ERROR, nw_here(eval), (nw_symbol){0});
        return NW_NEXT;
    default: return NW_NEXT; /* pass, global, nonlocal */
    }
}

nw_status nw_execute_list(nw_eval *eval, uint32_t list_index, nw_value *value)
{
    const nw_ast *ast = nw_ast_here(eval);
    nw_list list = nw_ast_list(ast, list_index);
    for (uint32_t i = 0; i < list.count; i++) {
        nw_status status = nw_execute(eval, list.items[i], value);
        if (status != NW_NEXT)
            return status;
    }
    return NW_NEXT;
}
