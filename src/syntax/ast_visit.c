#include "syntax/ast_visit.h"

typedef enum nw_field_form {
    FORM_NONE,    /* no child: a symbol, a number, nothing */
    FORM_NODE,
    FORM_LIST,
    FORM_PAIRS,   /* key, value, ... */
    FORM_COMPARISONS,
    FORM_FUNCTION, /* an index: parameters, returns, body */
    FORM_CLASS,    /* a record: arguments, body, decorators */
    FORM_LOOP,     /* a record: body, else */
    FORM_TRY,      /* a record: else, finally */
} nw_field_form;

/* In the order of the source; `field` tells which of a, b, c it is. */
typedef struct nw_kind_layout {
    struct {
        nw_field_form form;
        char field;
        const char *label;
    } parts[3];
} nw_kind_layout;

static const nw_kind_layout layouts[NW_NODE_KIND_COUNT] = {
    [NW_NODE_JOINED_STRING] = {{{FORM_LIST, 'a', "part"}}},
    [NW_NODE_FORMATTED] = {{{FORM_NODE, 'a', "value"}, {FORM_NODE, 'c', "specification"}}},
    [NW_NODE_TUPLE] = {{{FORM_LIST, 'a', "item"}}},
    [NW_NODE_LIST] = {{{FORM_LIST, 'a', "item"}}},
    [NW_NODE_SET] = {{{FORM_LIST, 'a', "item"}}},
    [NW_NODE_DICT] = {{{FORM_PAIRS, 'a', "key"}}},
    [NW_NODE_PAIR] = {{{FORM_NODE, 'a', "key"}, {FORM_NODE, 'b', "value"}}},
    [NW_NODE_LIST_COMPREHENSION] = {{{FORM_NODE, 'a', "element"}, {FORM_LIST, 'b', "for"}}},
    [NW_NODE_SET_COMPREHENSION] = {{{FORM_NODE, 'a', "element"}, {FORM_LIST, 'b', "for"}}},
    [NW_NODE_DICT_COMPREHENSION] = {{{FORM_NODE, 'a', "element"}, {FORM_LIST, 'b', "for"}}},
    [NW_NODE_GENERATOR] = {{{FORM_NODE, 'a', "element"}, {FORM_LIST, 'b', "for"}}},
    [NW_NODE_COMPREHENSION_FOR] = {{{FORM_NODE, 'a', "target"}, {FORM_NODE, 'b', "iterable"}, {FORM_LIST, 'c', "if"}}},
    [NW_NODE_UNARY] = {{{FORM_NODE, 'a', "operand"}}},
    [NW_NODE_BINARY] = {{{FORM_NODE, 'a', "left"}, {FORM_NODE, 'b', "right"}}},
    [NW_NODE_AND] = {{{FORM_LIST, 'a', "operand"}}},
    [NW_NODE_OR] = {{{FORM_LIST, 'a', "operand"}}},
    [NW_NODE_COMPARE] = {{{FORM_NODE, 'a', "left"}, {FORM_COMPARISONS, 'b', "right"}}},
    [NW_NODE_CALL] = {{{FORM_NODE, 'a', "callee"}, {FORM_LIST, 'b', "argument"}}},
    [NW_NODE_KEYWORD] = {{{FORM_NODE, 'b', "value"}}},
    [NW_NODE_ATTRIBUTE] = {{{FORM_NODE, 'a', "object"}}},
    [NW_NODE_SUBSCRIPT] = {{{FORM_NODE, 'a', "object"}, {FORM_NODE, 'b', "index"}}},
    [NW_NODE_SLICE] = {{{FORM_NODE, 'a', "start"}, {FORM_NODE, 'b', "stop"}, {FORM_NODE, 'c', "step"}}},
    [NW_NODE_STARRED] = {{{FORM_NODE, 'a', "value"}}},
    [NW_NODE_CONDITIONAL] = {{{FORM_NODE, 'b', "then"}, {FORM_NODE, 'a', "test"}, {FORM_NODE, 'c', "otherwise"}}},
    [NW_NODE_LAMBDA] = {{{FORM_FUNCTION, 'a', "body"}}},
    [NW_NODE_NAMED] = {{{FORM_NODE, 'a', "target"}, {FORM_NODE, 'b', "value"}}},
    [NW_NODE_AWAIT] = {{{FORM_NODE, 'a', "value"}}},
    [NW_NODE_YIELD] = {{{FORM_NODE, 'a', "value"}}},
    [NW_NODE_YIELD_FROM] = {{{FORM_NODE, 'a', "value"}}},
    [NW_NODE_EXPRESSION] = {{{FORM_NODE, 'a', "value"}}},
    [NW_NODE_ASSIGN] = {{{FORM_LIST, 'a', "target"}, {FORM_NODE, 'b', "value"}}},
    [NW_NODE_AUGMENTED_ASSIGN] = {{{FORM_NODE, 'a', "target"}, {FORM_NODE, 'b', "value"}}},
    [NW_NODE_ANNOTATED_ASSIGN] = {{{FORM_NODE, 'a', "target"}, {FORM_NODE, 'b', "type"}, {FORM_NODE, 'c', "value"}}},
    [NW_NODE_FUNCTION] = {{{FORM_LIST, 'b', "decorator"}, {FORM_FUNCTION, 'a', "body"}}},
    [NW_NODE_CLASS] = {{{FORM_CLASS, 'b', "body"}}},
    [NW_NODE_RETURN] = {{{FORM_NODE, 'a', "value"}}},
    [NW_NODE_DELETE] = {{{FORM_LIST, 'a', "target"}}},
    [NW_NODE_FOR] = {{{FORM_NODE, 'a', "target"}, {FORM_NODE, 'b', "iterable"}, {FORM_LOOP, 'c', "body"}}},
    [NW_NODE_WHILE] = {{{FORM_NODE, 'a', "test"}, {FORM_LIST, 'b', "body"}, {FORM_LIST, 'c', "else"}}},
    [NW_NODE_IF] = {{{FORM_NODE, 'a', "test"}, {FORM_LIST, 'b', "body"}, {FORM_LIST, 'c', "else"}}},
    [NW_NODE_WITH] = {{{FORM_LIST, 'a', "item"}, {FORM_LIST, 'b', "body"}}},
    [NW_NODE_WITH_ITEM] = {{{FORM_NODE, 'a', "context"}, {FORM_NODE, 'b', "target"}}},
    [NW_NODE_RAISE] = {{{FORM_NODE, 'a', "exception"}, {FORM_NODE, 'b', "cause"}}},
    [NW_NODE_TRY] = {{{FORM_LIST, 'a', "body"}, {FORM_LIST, 'b', "handler"}, {FORM_TRY, 'c', "else"}}},
    [NW_NODE_HANDLER] = {{{FORM_NODE, 'a', "type"}, {FORM_NODE, 'b', "target"}, {FORM_LIST, 'c', "body"}}},
    [NW_NODE_ASSERT] = {{{FORM_NODE, 'a', "test"}, {FORM_NODE, 'b', "message"}}},
    [NW_NODE_IMPORT] = {{{FORM_LIST, 'a', "alias"}}},
    [NW_NODE_IMPORT_FROM] = {{{FORM_LIST, 'c', "alias"}}},
    [NW_NODE_IMPORT_ALIAS] = {{{FORM_NODE, 'b', "target"}}},
    [NW_NODE_MATCH] = {{{FORM_NODE, 'a', "subject"}, {FORM_LIST, 'b', "case"}}},
    [NW_NODE_CASE] = {{{FORM_NODE, 'a', "pattern"}, {FORM_NODE, 'b', "guard"}, {FORM_LIST, 'c', "body"}}},
    [NW_NODE_TYPE_ALIAS] = {{{FORM_NODE, 'a', "target"}, {FORM_NODE, 'b', "value"}}},
    [NW_NODE_PATTERN_VALUE] = {{{FORM_NODE, 'a', "value"}}},
    [NW_NODE_PATTERN_CAPTURE] = {{{FORM_NODE, 'b', "pattern"}, {FORM_NODE, 'a', "target"}}},
    [NW_NODE_PATTERN_SEQUENCE] = {{{FORM_LIST, 'a', "pattern"}}},
    [NW_NODE_PATTERN_STAR] = {{{FORM_NODE, 'a', "target"}}},
    [NW_NODE_PATTERN_MAPPING] = {{{FORM_PAIRS, 'a', "key"}, {FORM_NODE, 'b', "rest"}}},
    [NW_NODE_PATTERN_CLASS] = {{{FORM_NODE, 'a', "class"}, {FORM_LIST, 'b', "pattern"}}},
    [NW_NODE_PATTERN_OR] = {{{FORM_LIST, 'a', "pattern"}}},
};

typedef struct nw_visit {
    const nw_ast *ast;
    nw_ast_visitor *visitor;
    void *context;
} nw_visit;

static void visit_node(const nw_visit *v, const char *label, uint32_t node)
{
    if (node)
        v->visitor(v->context, (nw_ast_child){.label = label, .node = node});
}

static void visit_list(const nw_visit *v, const char *label, uint32_t index)
{
    nw_list list = nw_ast_list(v->ast, index);
    for (uint32_t i = 0; i < list.count; i++)
        v->visitor(v->context, (nw_ast_child){.label = label, .node = list.items[i]});
}

static void visit_pairs(const nw_visit *v, uint32_t index)
{
    nw_list list = nw_ast_list(v->ast, index);
    for (uint32_t i = 0; i < list.count; i++)
        v->visitor(v->context, (nw_ast_child){.label = i % 2 ? "value" : "key", .node = list.items[i]});
}

static void visit_comparisons(const nw_visit *v, uint32_t index)
{
    nw_list list = nw_ast_list(v->ast, index);
    for (uint32_t i = 0; i + 1 < list.count; i += 2)
        v->visitor(v->context, (nw_ast_child){.label = "right", .node = list.items[i + 1], .op = (nw_operator)list.items[i]});
}

static void visit_function(const nw_visit *v, uint32_t index)
{
    const nw_ast_function *function = &v->ast->functions[index];
    visit_node(v, "name", function->name_node);
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const nw_ast_parameter *parameter = &function->parameters[i];
        v->visitor(v->context, (nw_ast_child){.label = "parameter", .parameter = parameter});
        visit_node(v, "annotation", parameter->annotation);
        visit_node(v, "default", parameter->default_value);
    }
    visit_node(v, "returns", function->returns);
    if (function->is_lambda)
        visit_node(v, "body", function->body);
    else
        visit_list(v, "body", function->body);
}

static void visit_part(const nw_visit *v, nw_field_form form, const char *label, uint32_t value)
{
    const uint32_t *extra = v->ast->extra;
    switch (form) {
    case FORM_NONE: break;
    case FORM_NODE: visit_node(v, label, value); break;
    case FORM_LIST: visit_list(v, label, value); break;
    case FORM_PAIRS: visit_pairs(v, value); break;
    case FORM_COMPARISONS: visit_comparisons(v, value); break;
    case FORM_FUNCTION: visit_function(v, value); break;
    case FORM_CLASS:
        visit_list(v, "decorator", extra[value + 2]);
        visit_node(v, "name", v->ast->functions[extra[value + 3]].name_node);
        visit_list(v, "argument", extra[value]);
        visit_list(v, "body", extra[value + 1]);
        break;
    case FORM_LOOP:
        visit_list(v, "body", extra[value]);
        visit_list(v, "else", extra[value + 1]);
        break;
    case FORM_TRY:
        visit_list(v, "else", extra[value]);
        visit_list(v, "finally", extra[value + 1]);
        break;
    }
}

void nw_ast_visit_children(const nw_ast *ast, uint32_t node, nw_ast_visitor *visitor, void *context)
{
    nw_visit v = {ast, visitor, context};
    const nw_node *n = &ast->nodes[node];
    const nw_kind_layout *layout = &layouts[n->kind];
    for (int i = 0; i < 3 && layout->parts[i].form != FORM_NONE; i++) {
        uint32_t value = layout->parts[i].field == 'a' ? n->a : layout->parts[i].field == 'b' ? n->b : n->c;
        visit_part(&v, layout->parts[i].form, layout->parts[i].label, value);
    }
}

void nw_ast_visit_module(const nw_ast *ast, nw_ast_visitor *visitor, void *context)
{
    nw_visit v = {ast, visitor, context};
    visit_list(&v, "body", ast->functions[0].body);
}
