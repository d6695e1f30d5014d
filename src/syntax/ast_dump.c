#include "syntax/ast_visit.h"
#include "syntax/syntax.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lines still to be printed, last first: chains of operators are deeper than the C stack should follow. */
typedef struct nw_dump_line {
    nw_ast_child child;
    uint32_t depth;
} nw_dump_line;

typedef struct nw_dump {
    const nw_ast *ast;
    const nw_symbols *symbols;
    nw_buffer *out;
    nw_dump_line *lines;
    size_t count, capacity;
    uint32_t depth; /* of the children being pushed */
} nw_dump;

static void push_child(void *context, nw_ast_child child)
{
    nw_dump *dump = context;
    if (dump->count == dump->capacity) {
        dump->capacity = dump->capacity ? dump->capacity * 2 : 64;
        dump->lines = realloc(dump->lines, dump->capacity * sizeof *dump->lines);
        if (!dump->lines) {
            fputs("netwright: out of memory\n", stderr);
            exit(3);
        }
    }
    bool of_parameter = strcmp(child.label, "annotation") == 0 || strcmp(child.label, "default") == 0;
    dump->lines[dump->count++] = (nw_dump_line){child, dump->depth + of_parameter};
}

static void reverse_from(nw_dump *dump, size_t from)
{
    for (size_t low = from, high = dump->count; low + 1 < high; low++, high--) {
        nw_dump_line line = dump->lines[low];
        dump->lines[low] = dump->lines[high - 1];
        dump->lines[high - 1] = line;
    }
}

static void add_symbol(const nw_dump *dump, uint32_t symbol)
{
    nw_buffer_format(dump->out, " %s", nw_symbol_bytes(dump->symbols, (nw_symbol){symbol}));
}

static void add_number(const nw_dump *dump, const nw_node *node)
{
    uint64_t bits = (uint64_t)node->b << 32 | node->a;
    double number;
    memcpy(&number, &bits, sizeof number);
    if (node->kind == NW_NODE_INTEGER)
        nw_buffer_format(dump->out, " %lld", (long long)bits);
    else
        nw_buffer_format(dump->out, " %.17g", number);
}

static void add_function(const nw_dump *dump, const nw_ast_function *function)
{
    if (!function->is_lambda)
        add_symbol(dump, function->name.v);
    nw_buffer_format(dump->out, "%s%s%s", function->is_async ? " async" : "", function->is_generator ? " generator" : "",
                     function->docstring ? " documented" : "");
}

static void add_scalars(const nw_dump *dump, const nw_node *node)
{
    nw_text text;
    switch (node->kind) {
    case NW_NODE_NAME:
    case NW_NODE_CLASS:
    case NW_NODE_BIG_INTEGER:
    case NW_NODE_IMPORT_ALIAS: add_symbol(dump, node->a); break;
    case NW_NODE_IMPORT_FROM:
        nw_buffer_format(dump->out, " %u", node->b);
        add_symbol(dump, node->a);
        break;
    case NW_NODE_KEYWORD: nw_buffer_format(dump->out, " %s", node->a ? nw_symbol_bytes(dump->symbols, (nw_symbol){node->a}) : "**"); break;
    case NW_NODE_ATTRIBUTE: add_symbol(dump, node->b); break;
    case NW_NODE_INTEGER:
    case NW_NODE_FLOAT:
    case NW_NODE_IMAGINARY: add_number(dump, node); break;
    case NW_NODE_STRING:
    case NW_NODE_BYTES:
        text = nw_symbol_text(dump->symbols, (nw_symbol){node->a});
        nw_buffer_byte(dump->out, ' ');
        nw_buffer_json_string(dump->out, text.bytes, text.size);
        break;
    case NW_NODE_FORMATTED:
        if (node->b)
            nw_buffer_format(dump->out, " !%c", (char)node->b);
        break;
    case NW_NODE_UNARY:
    case NW_NODE_BINARY:
    case NW_NODE_AUGMENTED_ASSIGN: nw_buffer_format(dump->out, " %s", nw_operator_text((nw_operator)node->op)); break;
    case NW_NODE_FUNCTION:
    case NW_NODE_LAMBDA: add_function(dump, &dump->ast->functions[node->a]); break;
    case NW_NODE_FOR:
    case NW_NODE_WITH:
    case NW_NODE_COMPREHENSION_FOR: nw_buffer_text(dump->out, node->op ? " async" : ""); break;
    case NW_NODE_GLOBAL:
    case NW_NODE_NONLOCAL: {
        nw_list list = nw_ast_list(dump->ast, node->a);
        for (uint32_t i = 0; i < list.count; i++)
            add_symbol(dump, list.items[i]);
        break;
    }
    default: break;
    }
}

static void print_line(nw_dump *dump, nw_dump_line line)
{
    static const char *const parameter_kinds[] = {"positional-only", "normal", "args", "keyword-only", "kwargs"};
    nw_ast_child child = line.child;
    const nw_node *node = &dump->ast->nodes[child.node];
    /* Very deep trees are printed, but not with megabytes of spaces. */
    nw_buffer_format(dump->out, "%*s%s:", (int)(line.depth < 200 ? line.depth : 200) * 2, "", child.label);
    if (child.op)
        nw_buffer_format(dump->out, " %s", nw_operator_text(child.op));
    if (child.parameter) {
        nw_buffer_format(dump->out, " %s %u-%u", parameter_kinds[child.parameter->kind], child.parameter->start, child.parameter->end);
        add_symbol(dump, child.parameter->name.v);
    } else if (!child.node) {
        nw_buffer_text(dump->out, " **");
    } else {
        nw_buffer_format(dump->out, " %s %u-%u", nw_node_kind_name((nw_node_kind)node->kind), node->start, node->end);
        add_scalars(dump, node);
        if (node->flags & NW_NODE_FLAG_PARENTHESIZED)
            nw_buffer_text(dump->out, " parenthesized");
    }
    nw_buffer_byte(dump->out, '\n');
}

void nw_ast_dump(const nw_ast *ast, const nw_symbols *symbols, nw_buffer *out)
{
    nw_dump dump = {.ast = ast, .symbols = symbols, .out = out};
    nw_ast_visit_module(ast, push_child, &dump);
    reverse_from(&dump, 0);
    while (dump.count) {
        nw_dump_line line = dump.lines[--dump.count];
        print_line(&dump, line);
        size_t from = dump.count;
        dump.depth = line.depth + 1;
        if (line.child.node)
            nw_ast_visit_children(ast, line.child.node, push_child, &dump);
        reverse_from(&dump, from);
    }
    free(dump.lines);
}
