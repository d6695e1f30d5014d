/* Names, attributes, operators and subscripts. */
#include "eval/interpret.h"
#include "migrate/layout.h"

#include <stdio.h>
#include <math.h>
#include <string.h>

/* ---- names and attributes ---- */

/* Whether a node is the class, or one of the classes, that isinstance asks for. */
static bool is_asked_for(const nw_writer *writer, uint32_t node)
{
    const nw_ast *ast = writer->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        nw_list arguments = ast->nodes[i].kind == NW_NODE_CALL ? nw_ast_list(ast, ast->nodes[i].b) : (nw_list){0};
        const nw_node *callee = &ast->nodes[ast->nodes[i].a];
        if (arguments.count == 2 && ast->nodes[arguments.items[1]].start <= ast->nodes[node].start && ast->nodes[node].end <= ast->nodes[arguments.items[1]].end &&
            callee->kind == NW_NODE_NAME && strcmp(nw_bytes(writer->eval, (nw_symbol){callee->a}), "isinstance") == 0)
            return true;
    }
    return false;
}

/* isinstance(x, layers.Layer), where x may be a layer of the target itself; isinstance(x, keras.Variable), which is several classes in the target. */
static bool write_asked_class(nw_writer *writer, uint32_t node, nw_symbol own)
{
    const nw_translations *tables = &writer->migration->tables;
    nw_value module, several;
    bool is_native = writer->migration->natives && own.v && nw_translations_holds(tables, "native_classes", own, &module) && module.kind == NW_STRING;
    bool is_several = own.v && nw_translations_holds(tables, "asked_classes", own, &several) && several.kind == NW_TUPLE;
    if ((!is_native && !is_several) || !is_asked_for(writer, node))
        return false;
    if (is_native) {
        nw_write_target_name(writer, module);
        return true;
    }
    for (uint32_t i = 0; i < several.as.tuple->count; i++) {
        nw_buffer_text(writer->out, i ? ", " : "(");
        nw_write_target_name(writer, several.as.tuple->items[i]);
    }
    nw_buffer_text(writer->out, ")");
    return true;
}

/* A dropped function whose note says that checkpoints overwrite what it does. */
static bool is_initialiser(const nw_writer *writer, nw_symbol name)
{
    const nw_translation *row = nw_translation_find(&writer->migration->tables, NW_ROW_DROPPED, name);
    return row && row->note.v && strcmp(nw_bytes(writer->eval, row->note), "initialiser") == 0;
}

void nw_write_reference(nw_writer *writer, uint32_t node, nw_value value, nw_symbol dotted)
{
    const nw_translations *tables = &writer->migration->tables;
    nw_symbol own = nw_framework_value_name(writer->eval, value);
    const nw_translation *named = nw_row_called_by_name(writer, value, own), *row = own.v ? nw_translation_find(tables, NW_ROW_VALUE, own) : NULL;
    if (!row)
        row = nw_translation_find(tables, NW_ROW_VALUE, dotted);
    if (!named && row && nw_template_write_value(writer, row, 0)) {
        writer->changed = true;
        return;
    }
    if (write_asked_class(writer, node, own))
        return;
    bool last = nw_layout_class_is_last(writer->migration->layout, own);
    row = named ? named : nw_translation_find(tables, last ? NW_ROW_LAST_ADAPTER : NW_ROW_ADAPTER, own.v ? own : dotted);
    if (row) {
        nw_buffer_text(writer->out, nw_adapter_name(writer, row));
        writer->changed = true;
        return;
    }
    const nw_node *n = &writer->ast->nodes[node];
    const nw_translation *unchanged = nw_setting_row(writer, "unchanged", NW_ROW_ADAPTER);
    if (unchanged && own.v && value.kind == NW_FUNCTION && is_initialiser(writer, own)) {
        nw_buffer_text(writer->out, nw_adapter_name(writer, unchanged));
        writer->changed = true;
        return;
    }
    if (writer->in_annotation) { /* evaluated when the function is defined: a string is harmless */
        nw_buffer_format(writer->out, "\"%.*s\"", (int)(n->end - n->start), writer->bytes + n->start);
        writer->quoted = writer->changed = true;
        return;
    }
    if (value.kind == NW_MODULE && value.as.module->is_catalog) { /* what is taken from it is written for itself; whether it is there may be asked */
        nw_buffer_format(writer->out, "\"%s\"", nw_bytes(writer->eval, value.as.module->name));
        writer->changed = true;
        return;
    }
    nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "%s", nw_bytes(writer->eval, dotted));
    nw_write_source(writer, n->start, n->end);
}

void nw_write_name(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_value value;
    nw_symbol dotted;
    if (nw_write_left_name(writer, node) || nw_write_functional_name(writer, node))
        return;
    if (!(n->flags & NW_NAME_BINDS) && nw_reference(writer, node, &value, &dotted)) {
        nw_write_reference(writer, node, value, dotted);
        return;
    }
    nw_symbol name = nw_name_in_class(writer, node);
    if (name.v != n->a) {
        nw_buffer_text(writer->out, nw_bytes(writer->eval, name));
        writer->changed = true;
        return;
    }
    nw_write_source(writer, n->start, n->end);
}

const nw_translation *nw_setting_row(const nw_writer *writer, const char *setting, nw_row_kind kind)
{
    nw_value name = nw_translations_setting(&writer->migration->tables, setting);
    return name.kind == NW_STRING ? nw_translation_find(&writer->migration->tables, kind, name.as.symbol) : NULL;
}

static void write_plain_attribute(nw_writer *writer, const nw_node *n, nw_symbol name)
{
    nw_write_enclosed(writer, n->a);
    if (name.v == n->b) {
        uint32_t from = writer->ast->nodes[n->a].end;
        if ((writer->ast->nodes[n->a].flags & NW_NODE_FLAG_PARENTHESIZED) && writer->ast->nodes[n->a].kind != NW_NODE_NAME)
            while (from < n->end && writer->bytes[from] != ')')
                from++;
        from += writer->bytes[from] == ')';
        nw_write_source(writer, from, n->end);
        return;
    }
    nw_buffer_format(writer->out, ".%s", nw_bytes(writer->eval, name));
    writer->changed = true;
}

/* Whether an expression is compared or computed with, or made a number of: what Keras hands on may be None, which is false but no bool. */
static bool needs_bool(const nw_writer *writer, const nw_node *expression)
{
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        bool around = n->start <= expression->start && expression->end <= n->end;
        if (around && (n->kind == NW_NODE_COMPARE || n->kind == NW_NODE_BINARY))
            return true;
        const nw_node *callee = around && n->kind == NW_NODE_CALL ? &writer->ast->nodes[n->a] : NULL;
        const char *name = callee && callee->kind == NW_NODE_NAME ? nw_bytes(writer->eval, (nw_symbol){callee->a}) : "";
        if (strcmp(name, "int") == 0 || strcmp(name, "float") == 0 || strcmp(name, "str") == 0)
            return true;
    }
    return false;
}

/* Whether a constructor reads the mode: layers are made in training mode. A function that is made there and runs later is another matter. */
static bool is_mode_of_constructor(const nw_writer *writer, const nw_trace_entry *first)
{
    const char *name = writer->function ? nw_bytes(writer->eval, writer->ast->functions[writer->function].name) : "";
    if (strcmp(name, "__init__") != 0)
        return false;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        if (e->result.kind != NW_BOOL || !e->result.as.integer)
            return false;
    return true;
}

/* self.training: the target passes it to the computation instead. */
static bool write_training(nw_writer *writer, uint32_t node, const nw_trace_entry *first, const nw_node *n)
{
    if (!nw_translations_holds(&writer->migration->tables, "mode", (nw_symbol){n->b}, NULL) || !first || !nw_is_module_value(first->a))
        return false;
    if (writer->function && nw_takes_training(writer->migration, &writer->ast->functions[writer->function])) {
        nw_buffer_text(writer->out, needs_bool(writer, n) ? "bool(training)" : "training");
    } else if (is_mode_of_constructor(writer, first)) {
        nw_buffer_text(writer->out, "True");
    } else {
        nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "`training` outside of the computation itself");
        nw_write_source(writer, n->start, n->end);
    }
    writer->changed = true;
    return true;
}

/* The row of an attribute of a module or another object of the framework, by the first of its classes that has one. */
static const nw_translation *module_attribute_row(nw_writer *writer, nw_value object, nw_symbol attribute)
{
    const nw_class *class_ = object.kind == NW_INSTANCE ? object.as.instance->class_ : object.kind == NW_DTYPE ? writer->eval->classes[NW_CLASS_OF_DTYPE] : NULL;
    for (uint32_t i = 0; class_ && i < class_->mro_count; i++) {
        nw_symbol name = nw_framework_value_name(writer->eval, nw_class_value(class_->mro[i]));
        if (class_->mro[i] == writer->eval->classes[NW_CLASS_OF_DEVICE])
            name = nw_symbol_of(writer->eval->symbols, "torch.device");
        else if (class_->mro[i] == writer->eval->classes[NW_CLASS_OF_DTYPE])
            name = nw_symbol_of(writer->eval->symbols, "torch.dtype");
        const nw_translation *row = name.v ? nw_translation_find(&writer->migration->tables, NW_ROW_ATTRIBUTE, nw_symbol_dotted(writer->eval->symbols, name, attribute)) : NULL;
        if (row)
            return row;
    }
    return NULL;
}

static bool write_module_attribute(nw_writer *writer, uint32_t node, const nw_trace_entry *first, const nw_node *n)
{
    const nw_translation *row = module_attribute_row(writer, first->a, (nw_symbol){n->b});
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        if (module_attribute_row(writer, e->a, (nw_symbol){n->b}) != row) {
            nw_write_refuse(writer, node, NW_DIAG_SEVERAL_MEANINGS, "%s", nw_bytes(writer->eval, (nw_symbol){n->b}));
            return false;
        }
    if (!row || !nw_template_write_value(writer, row, n->a))
        return false;
    writer->changed = true;
    return true;
}

/* What the target has no word for, and the program asks of weights only to choose its way by. */
static bool write_observed(nw_writer *writer, const nw_trace_entry *first, const char *name)
{
    nw_eval *eval = writer->eval;
    if (!nw_translations_holds(&writer->migration->tables, "observed", nw_symbol_of(eval->symbols, name), NULL))
        return false;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        if (e->result.kind != NW_BOOL || e->result.as.integer != first->result.as.integer || !(e->a.as.tensor->is_parameter || e->a.as.tensor->is_buffer))
            return false;
    nw_buffer_text(writer->out, first->result.as.integer ? "True" : "False");
    return true;
}

/* Whether a name is bound to a tensor there, as far as one knows: an argument of which something is asked that tensors lack was none. */
static bool is_of_tensor(const nw_trace_entry *e)
{
    bool lacks = e->result.kind == NW_OPAQUE && e->result.as.opaque->origin == NW_ORIGIN_LOST && e->result.as.opaque->reason == NW_DIAG_ATTRIBUTE_UNKNOWN;
    return e->a.kind == NW_TENSOR && !(e->a.as.tensor->is_supposed && lacks);
}

/* What an attribute of tensors is called in the tables. */
static nw_symbol tensor_attribute_name(const nw_writer *writer, uint32_t node)
{
    nw_value class_ = nw_translations_setting(&writer->migration->tables, "tensor");
    nw_symbol attribute = {writer->ast->nodes[node].b};
    return class_.kind == NW_STRING ? nw_symbol_dotted(writer->eval->symbols, class_.as.symbol, attribute) : attribute;
}

/* The row of an attribute that tensors of the source have. */
static const nw_translation *tensor_attribute_row(const nw_writer *writer, uint32_t node)
{
    nw_row_kind kind = nw_layout_is_last(writer->migration->layout, writer->module, node) ? NW_ROW_LAST_ATTRIBUTE : NW_ROW_ATTRIBUTE;
    return nw_translation_find(&writer->migration->tables, kind, tensor_attribute_name(writer, node));
}

bool nw_is_computed_attribute(nw_writer *writer, uint32_t node)
{
    bool tensor = false;
    for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, node); e; e = nw_sites_next(writer->migration->sites, e))
        tensor |= is_of_tensor(e);
    return tensor && writer->ast->nodes[node].kind == NW_NODE_ATTRIBUTE && tensor_attribute_row(writer, node);
}

static bool write_tensor_attribute(nw_writer *writer, uint32_t node, const nw_trace_entry *first, const nw_node *n)
{
    uint32_t tensors = 0, others = 0;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        tensors += is_of_tensor(e);
        others += !is_of_tensor(e);
    }
    if (!tensors)
        return false;
    const nw_translation *row = tensor_attribute_row(writer, node);
    const char *name = nw_bytes(writer->eval, tensor_attribute_name(writer, node));
    if (others)
        nw_write_refuse(writer, node, NW_DIAG_SEVERAL_MEANINGS, "an attribute of tensors and of other objects");
    else if ((row && nw_template_write_value(writer, row, n->a)) || write_observed(writer, first, name)) {
        writer->changed = true;
        return true;
    } else {
        nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "%s", name);
    }
    write_plain_attribute(writer, n, (nw_symbol){n->b});
    return true;
}

/* A method of a class as a value, Mixin.save: that of the adapter which stands for the class. */
static bool write_adapted_attribute(nw_writer *writer, const nw_node *n)
{
    nw_value class_;
    nw_symbol dotted;
    bool known = nw_reference(writer, n->a, &class_, &dotted) && class_.kind == NW_CLASS;
    nw_symbol name = known ? nw_framework_value_name(writer->eval, class_) : (nw_symbol){0};
    const nw_translation *adapter = name.v ? nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, name) : NULL;
    if (!adapter || !nw_adapter_defines(adapter, (nw_symbol){n->b}))
        return false;
    write_plain_attribute(writer, n, (nw_symbol){n->b});
    return true;
}

static void write_any_attribute(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_value value;
    nw_symbol dotted;
    if (write_adapted_attribute(writer, n))
        return;
    bool is_text = n->b == NW_NAME_DUNDER_DOC; /* of what the class becomes */
    if (!is_text && nw_reference(writer, node, &value, &dotted)) {
        nw_write_reference(writer, node, value, dotted);
        return;
    }
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, node);
    if (first && (write_training(writer, node, first, n) || (first->kind == NW_TRACE_ATTRIBUTE && (write_tensor_attribute(writer, node, first, n) ||
                                                                                                          write_module_attribute(writer, node, first, n)))))
        return;
    nw_symbol name = nw_attribute_name(writer, first, n->a, (nw_symbol){n->b});
    if (!first && name.v == n->b)
        nw_refuse_unknown_attribute(writer, node);
    write_plain_attribute(writer, n, name);
}

static bool is_iterating(const nw_writer *writer, const nw_node *callee)
{
    static const char *const names[] = {"map", "zip", "enumerate", "list", "tuple", "iter", "reversed", "sum"};
    for (size_t i = 0; callee->kind == NW_NODE_NAME && callee->b != NW_PLACE_SLOT && i < sizeof names / sizeof *names; i++)
        if (strcmp(nw_bytes(writer->eval, (nw_symbol){callee->a}), names[i]) == 0)
            return true;
    return false;
}

static void find_iterated(nw_writer *writer)
{
    const nw_ast *ast = writer->ast;
    writer->iterated = nw_arena_zero(&writer->eval->arena, ast->node_count + 1);
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        nw_list list = n->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, n->a) : n->kind == NW_NODE_CALL && is_iterating(writer, &ast->nodes[n->a]) ? nw_ast_list(ast, n->b) : (nw_list){0};
        for (uint32_t k = 0; k < list.count; k++)
            if (n->kind == NW_NODE_CALL)
                writer->iterated[list.items[k]] = 1;
            else if (ast->nodes[list.items[k]].kind == NW_NODE_TUPLE || ast->nodes[list.items[k]].kind == NW_NODE_LIST)
                writer->iterated[n->b] = 1;
        if (n->kind == NW_NODE_FOR || n->kind == NW_NODE_COMPREHENSION_FOR)
            writer->iterated[n->b] = 1;
    }
}

/* k, v = self.memory: the target's variables cannot be iterated. */
static bool is_iterated_variable(nw_writer *writer, uint32_t node)
{
    nw_value convert = nw_translations_setting(&writer->migration->tables, "variable_value");
    if (!writer->iterated)
        find_iterated(writer);
    if (!writer->iterated[node] || convert.kind != NW_STRING)
        return false;
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, node);
    bool all = first != NULL;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        all &= nw_is_variable(writer, nw_settle(writer->eval, e->result)) && nw_settle(writer->eval, e->result).kind == NW_TENSOR;
    return all;
}

void nw_write_attribute(nw_writer *writer, uint32_t node)
{
    bool outer = writer->reached;
    writer->reached &= nw_runs_unseen(writer) || nw_sites_ran(writer->migration->sites, writer->module, node);
    bool iterated = is_iterated_variable(writer, node);
    if (iterated)
        nw_buffer_format(writer->out, "%s.unstack(", nw_import_text(writer, nw_symbol_of(writer->eval->symbols, "ops")));
    write_any_attribute(writer, node);
    nw_buffer_text(writer->out, iterated ? ")" : "");
    writer->changed |= iterated;
    writer->reached = outer;
}

/* ---- operators ---- */

/* The row that stands for an operator of Python on tensors (docs/catalog-language.md): the setting `operators`, by "+", "unary -". */
static nw_symbol operator_row(nw_writer *writer, nw_operator op, bool unary)
{
    char key[32];
    nw_value name;
    snprintf(key, sizeof key, unary ? "unary %s" : "%s", nw_operator_text(op));
    bool known = nw_translations_holds(&writer->migration->tables, "operators", nw_symbol_of(writer->eval->symbols, key), &name);
    return known && name.kind == NW_STRING ? name.as.symbol : (nw_symbol){0};
}

static bool is_float(nw_value value)
{
    return value.kind == NW_TENSOR && (value.as.tensor->dtype == NW_DTYPE_FLOAT32 || value.as.tensor->dtype == NW_DTYPE_FLOAT64);
}

static bool is_integer_tensor(nw_value value)
{
    return value.kind == NW_TENSOR && (value.as.tensor->dtype == NW_DTYPE_INT64 || value.as.tensor->dtype == NW_DTYPE_INT32);
}

static bool is_bool_tensor(nw_value value)
{
    return value.kind == NW_TENSOR && value.as.tensor->dtype == NW_DTYPE_BOOL;
}

static bool is_bit_operator(nw_operator op)
{
    return op == NW_OPERATOR_BIT_AND || op == NW_OPERATOR_BIT_OR || op == NW_OPERATOR_BIT_XOR;
}

static bool is_half(nw_value value)
{
    return value.kind == NW_TENSOR && (value.as.tensor->dtype == NW_DTYPE_FLOAT16 || value.as.tensor->dtype == NW_DTYPE_BFLOAT16);
}

/* Whether the target divides a number by half precision, where the source multiplies the rounded reciprocal by it. */
static bool is_reciprocal(nw_operator op, nw_value number, nw_value tensor)
{
    double value = number.kind == NW_INT ? (double)number.as.integer : number.as.number;
    return op == NW_OPERATOR_DIVIDE && is_half(tensor) && (number.kind == NW_INT || number.kind == NW_FLOAT) && fabs(value) != 1;
}

/* Whether the target rounds a number to the type of the tensor beside it, which the source does not. */
static bool is_rounded(nw_value tensor, nw_value number)
{
    if (!is_half(tensor) || number.kind != NW_FLOAT)
        return false;
    double value = number.as.number;
    return isfinite(value) && (fabs(value) > 4 || value * 64 != rint(value * 64));
}

/* Whether the target's own operator gives the same: it does not convert between types. */
static bool operator_stays(nw_operator op, nw_value a, nw_value b)
{
    if (op == NW_OPERATOR_MATRIX_MULTIPLY)
        return is_float(a) && is_float(b) && a.as.tensor->dtype == b.as.tensor->dtype && a.as.tensor->rank > 1 && b.as.tensor->rank > 1;
    if (is_bit_operator(op))
        return is_bool_tensor(a) && is_bool_tensor(b);
    bool same = a.kind == NW_TENSOR && b.kind == NW_TENSOR && a.as.tensor->dtype == b.as.tensor->dtype;
    bool arithmetic = op == NW_OPERATOR_ADD || op == NW_OPERATOR_SUBTRACT || op == NW_OPERATOR_MULTIPLY || op == NW_OPERATOR_DIVIDE;
    if (arithmetic && (is_rounded(a, b) || is_rounded(b, a) || is_reciprocal(op, a, b)))
        return false;
    if (is_float(a) || is_float(b))
        return same || nw_is_number(a) || nw_is_number(b);
    bool exact = op == NW_OPERATOR_ADD || op == NW_OPERATOR_SUBTRACT || op == NW_OPERATOR_MULTIPLY || (op >= NW_OPERATOR_EQUAL && op <= NW_OPERATOR_GREATER_EQUAL);
    return exact && ((is_integer_tensor(a) && b.kind == NW_INT) || (is_integer_tensor(b) && a.kind == NW_INT));
}

static bool unary_stays(nw_operator op, nw_value a)
{
    return op == NW_OPERATOR_INVERT ? is_bool_tensor(a) : is_float(a) || is_integer_tensor(a);
}

/* Compared with a tensor these are simply different. */
static bool is_no_operand(nw_value value)
{
    return value.kind == NW_NONE || value.kind == NW_STRING;
}

static bool has_unknown_type(nw_value value)
{
    return value.kind == NW_TENSOR && value.as.tensor->dtype == NW_DTYPE_UNKNOWN;
}

/* Whether an operator is applied to tensors, and needs a function of the target. */
static bool needs_function(nw_writer *writer, uint32_t node, nw_operator op, bool unary)
{
    bool needs = false;
    for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, node); e; e = nw_sites_next(writer->migration->sites, e)) {
        if (e->kind != NW_TRACE_OPERATION || (e->a.kind != NW_TENSOR && e->b.kind != NW_TENSOR))
            continue;
        if (!unary && (is_no_operand(e->a) || is_no_operand(e->b)))
            continue;
        if (has_unknown_type(e->a) || has_unknown_type(e->b)) /* without an entry: taken to be of the usual type */
            continue;
        needs |= unary ? !unary_stays(op, e->a) : !operator_stays(op, e->a, e->b);
    }
    return needs;
}

/* The runs of an operator as runs of a row: `count` operands from the one at `from` as arguments. */
static const nw_trace_entry *operation_runs(nw_writer *writer, uint32_t node, uint32_t from, uint32_t count)
{
    nw_arena *arena = &writer->eval->arena;
    nw_sites *sites = writer->migration->sites;
    const nw_trace_entry *first = nw_sites_first(sites, writer->module, node);
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(sites, e)) {
        const nw_value operands[2] = {e->a, e->b};
        nw_arguments *arguments = nw_arena_zero(arena, sizeof *arguments);
        arguments->positional = nw_arena_copy(arena, operands + from, count * sizeof(nw_value));
        arguments->positional_count = count;
        ((nw_trace_entry *)e)->arguments = arguments;
    }
    return first;
}

bool nw_write_operand_row(nw_writer *writer, uint32_t node, nw_symbol name, const uint32_t *operands, uint32_t from, uint32_t count)
{
    uint32_t *list = nw_arena_copy(&writer->eval->arena, operands + from, count * sizeof *operands);
    nw_source_call call = {.node = node, .arguments = {list, count}, .name = name, .first = operation_runs(writer, node, from, count)};
    const nw_translation *row = nw_translation_find(&writer->migration->tables, NW_ROW_TRANSLATION, name);
    nw_comment_place before = nw_comments_begin(writer);
    bool done = row && nw_template_write(writer, row, &call) == NW_TEMPLATE_WRITTEN;
    row = done ? NULL : nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, name);
    if (row) {
        nw_buffer_format(writer->out, "%s(", nw_adapter_name(writer, row));
        for (uint32_t i = 0; i < count; i++) {
            nw_buffer_text(writer->out, i ? ", " : "");
            nw_write_enclosed(writer, list[i]);
        }
        nw_buffer_byte(writer->out, ')');
    }
    if (done || row)
        nw_keep_comments(writer, &writer->ast->nodes[node], before);
    writer->changed |= done || row;
    return done || row;
}

bool nw_write_operator_call(nw_writer *writer, uint32_t node, nw_operator op, const uint32_t *operands, uint32_t count)
{
    nw_symbol name = operator_row(writer, op, count == 1);
    if (!name.v || !needs_function(writer, node, op, count == 1))
        return false;
    bool written = nw_write_operand_row(writer, node, name, operands, 0, count);
    if (!written)
        nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "`%s` on tensors of these types", nw_operator_text(op));
    return written;
}

/* `"silu" in dir(nn.functional)`: what the framework offers is known. */
static bool write_membership(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_list list = nw_ast_list(writer->ast, n->b);
    if (list.count != 2 || (list.items[0] != NW_OPERATOR_IN && list.items[0] != NW_OPERATOR_NOT_IN) || writer->ast->nodes[n->a].kind != NW_NODE_STRING)
        return false;
    const nw_node *call = &writer->ast->nodes[list.items[1]];
    nw_list arguments = call->kind == NW_NODE_CALL ? nw_ast_list(writer->ast, call->b) : (nw_list){0};
    const nw_trace_entry *run = call->kind == NW_NODE_CALL ? nw_sites_first(writer->migration->sites, writer->module, list.items[1]) : NULL;
    nw_value value;
    nw_symbol dotted;
    if (!run || run->a.kind != NW_NATIVE || run->result.kind != NW_LIST || arguments.count != 1 || !nw_reference(writer, arguments.items[0], &value, &dotted))
        return false;
    bool found = false;
    for (uint32_t i = 0; i < run->result.as.list->count; i++)
        found |= run->result.as.list->items[i].kind == NW_STRING && run->result.as.list->items[i].as.symbol.v == writer->ast->nodes[n->a].a;
    nw_buffer_text(writer->out, found == (list.items[0] == NW_OPERATOR_IN) ? "True" : "False");
    writer->changed = true;
    return true;
}

void nw_write_operation(nw_writer *writer, uint32_t node)
{
    if (writer->ast->nodes[node].kind == NW_NODE_COMPARE && write_membership(writer, node))
        return;
    const nw_node *n = &writer->ast->nodes[node];
    uint32_t operands[2] = {n->a, n->b};
    nw_operator op = (nw_operator)n->op;
    uint32_t count = n->kind == NW_NODE_UNARY ? 1 : 2;
    if (n->kind == NW_NODE_COMPARE) {
        nw_list list = nw_ast_list(writer->ast, n->b);
        if (list.count != 2) {
            nw_write_children(writer, node);
            return;
        }
        op = (nw_operator)list.items[0];
        operands[1] = list.items[1];
    }
    if (!nw_write_operator_call(writer, node, op, operands, count) && !nw_write_with_array(writer, node, operands, count))
        nw_write_children(writer, node);
}

/* ---- subscripts ---- */

static bool is_basic_part(nw_value value)
{
    value.kind = value.kind == NW_OPAQUE ? NW_INT : value.kind; /* a size that is not known */
    bool backwards = value.kind == NW_SLICE && value.as.slice->step.kind == NW_INT && value.as.slice->step.as.integer < 0;
    return value.kind == NW_INT || value.kind == NW_NONE || value.kind == NW_ELLIPSIS || (value.kind == NW_SLICE && !backwards);
}

static bool is_basic(nw_value index)
{
    if (index.kind != NW_TUPLE)
        return is_basic_part(index);
    for (uint32_t i = 0; i < index.as.tuple->count; i++)
        if (!is_basic_part(index.as.tuple->items[i]))
            return false;
    return true;
}

/* A slice as a call: slice(stop), slice(start, stop) or slice(start, stop, step). */
static void write_slice(nw_writer *writer, const nw_node *n)
{
    const uint32_t parts[3] = {n->a, n->b, n->c};
    nw_buffer_text(writer->out, "slice(");
    int first = n->a || n->c ? 0 : 1, end = n->c ? 3 : 2;
    for (int i = first; i < end; i++) {
        nw_buffer_text(writer->out, i > first ? ", " : "");
        if (parts[i])
            nw_write_node(writer, parts[i]);
        else
            nw_buffer_text(writer->out, "None");
    }
    nw_buffer_byte(writer->out, ')');
}

/* An index as an expression: slices spelled out. */
void nw_write_key(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    if (n->kind == NW_NODE_SLICE) {
        write_slice(writer, n);
        return;
    }
    if (n->kind != NW_NODE_TUPLE) {
        nw_write_node(writer, node);
        return;
    }
    nw_list items = nw_ast_list(writer->ast, n->a);
    nw_buffer_byte(writer->out, '(');
    for (uint32_t i = 0; i < items.count; i++) {
        nw_buffer_text(writer->out, i ? ", " : "");
        nw_write_key(writer, items.items[i]);
    }
    nw_buffer_text(writer->out, items.count == 1 ? ",)" : ")");
}

/* The axes of what an index is applied to. */
static uint32_t writer_rank(const nw_writer *writer, const nw_node *n)
{
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, (uint32_t)(n - writer->ast->nodes));
    return first && first->a.kind == NW_TENSOR ? first->a.as.tensor->rank : 0;
}

/* An index of slices for channels last: that of axis 1 goes behind the others; x[:, :c] is x[..., :c]. */
static void write_moved_item(nw_writer *writer, const nw_node *n)
{
    const nw_node *index = &writer->ast->nodes[n->b];
    nw_list items = index->kind == NW_NODE_TUPLE ? nw_ast_list(writer->ast, index->a) : (nw_list){&n->b, 1};
    nw_comment_place before = nw_comments_begin(writer);
    nw_write_enclosed(writer, n->a);
    nw_buffer_byte(writer->out, '[');
    const nw_node *batch = &writer->ast->nodes[items.items[0]];
    bool dots = items.count == 2 && batch->end == batch->start + 1; /* x[:, :c] */
    if (!dots)
        nw_write_node(writer, items.items[0]);
    for (uint32_t i = 2; i < items.count; i++) {
        nw_buffer_text(writer->out, ", ");
        nw_write_node(writer, items.items[i]);
    }
    if (items.count > 1) {
        nw_buffer_text(writer->out, dots ? "..., " : items.count == 2 ? ", ..., " : ", ");
        if (!dots && items.count > 2 && items.count < writer_rank(writer, n))
            nw_buffer_text(writer->out, "..., ");
        nw_write_node(writer, items.items[1]);
    }
    nw_buffer_byte(writer->out, ']');
    nw_keep_comments(writer, n, before);
    writer->changed = true;
}

void nw_write_item(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    if (nw_layout_is_last(writer->migration->layout, writer->module, node)) {
        write_moved_item(writer, n);
        return;
    }
    bool advanced = false;
    for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, node); e; e = nw_sites_next(writer->migration->sites, e))
        advanced |= e->kind == NW_TRACE_ITEM && e->a.kind == NW_TENSOR && e->b.kind != NW_STRING && !is_basic(e->b);
    if (!advanced) {
        nw_write_children(writer, node);
        return;
    }
    const nw_translation *row = nw_setting_row(writer, "get_item", NW_ROW_ADAPTER);
    if (!row) {
        nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "indexing by tensors or lists");
        nw_write_children(writer, node);
        return;
    }
    nw_comment_place before = nw_comments_begin(writer);
    nw_buffer_format(writer->out, "%s(", nw_adapter_name(writer, row));
    nw_write_enclosed(writer, n->a);
    nw_buffer_text(writer->out, ", ");
    nw_write_key(writer, n->b);
    nw_buffer_byte(writer->out, ')');
    nw_keep_comments(writer, n, before);
    writer->changed = true;
}
