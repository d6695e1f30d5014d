/* The tree as its readers use it: fields, flags, documentation strings, scopes; and places of names after names/. */
#include "check.h"
#include "names/names.h"
#include "syntax/syntax.h"

typedef struct nw_program {
    nw_source source;
    nw_arena arena;
    nw_symbols symbols;
    nw_ast *ast;
} nw_program;

static void read_program(nw_program *program, const char *text)
{
    nw_source_borrow(&program->source, "test.py", text, strlen(text));
    nw_arena_init(&program->arena);
    nw_symbols_init(&program->symbols);
    program->ast = nw_syntax_parse(&program->source, &program->arena, &program->symbols);
    nw_ast_verify(program->ast);
    nw_names_resolve(program->ast, &program->arena, &program->symbols);
    nw_ast_verify(program->ast);
}

static void drop_program(nw_program *program)
{
    nw_symbols_release(&program->symbols);
    nw_arena_release(&program->arena);
    nw_source_release(&program->source);
}

static const nw_node *statement(const nw_program *program, uint32_t index)
{
    nw_list body = nw_ast_list(program->ast, program->ast->functions[0].body);
    CHECK(index < body.count);
    return &program->ast->nodes[index < body.count ? body.items[index] : 0];
}

static const nw_node *node(const nw_program *program, uint32_t id)
{
    return &program->ast->nodes[id];
}

static const char *text_of(const nw_program *program, uint32_t symbol)
{
    return nw_symbol_bytes(&program->symbols, (nw_symbol){symbol});
}

static void test_expressions(void)
{
    nw_program p;
    read_program(&p, "a or b or (c or d)\n-9223372036854775807\n9223372036854775808\n(x)\nx < y < z\n");
    const nw_node *disjunction = node(&p, statement(&p, 0)->a);
    CHECK_INT(disjunction->kind, NW_NODE_OR);
    CHECK_INT(nw_ast_list(p.ast, disjunction->a).count, 3);
    const nw_node *negation = node(&p, statement(&p, 1)->a);
    CHECK_INT(negation->op, NW_OPERATOR_NEGATE);
    const nw_node *number = node(&p, negation->a);
    CHECK_INT((int64_t)((uint64_t)number->b << 32 | number->a), INT64_MAX);
    const nw_node *big = node(&p, statement(&p, 2)->a);
    CHECK_INT(big->kind, NW_NODE_BIG_INTEGER);
    CHECK_TEXT(text_of(&p, big->a), "9223372036854775808");
    const nw_node *name = node(&p, statement(&p, 3)->a);
    CHECK_INT(name->flags & NW_NODE_FLAG_PARENTHESIZED, NW_NODE_FLAG_PARENTHESIZED);
    CHECK_INT(name->end - name->start, 1);
    const nw_node *comparison = node(&p, statement(&p, 4)->a);
    nw_list pairs = nw_ast_list(p.ast, comparison->b);
    CHECK_INT(pairs.count, 4);
    CHECK_INT(pairs.items[2], NW_OPERATOR_LESS);
    drop_program(&p);
}

static void test_functions(void)
{
    nw_program p;
    read_program(&p, "def f(a, /, b=1, *c, d: int, **e):\n  'About f.'\n  yield\nasync def g(): 'x'; return 1\nh = lambda: (yield)\n");
    const nw_ast_function *f = &p.ast->functions[1];
    static const uint8_t kinds[] = {NW_PARAMETER_POSITIONAL_ONLY, NW_PARAMETER_NORMAL, NW_PARAMETER_ARGS, NW_PARAMETER_KEYWORD_ONLY, NW_PARAMETER_KWARGS};
    CHECK_INT(f->parameter_count, 5);
    for (uint32_t i = 0; i < 5 && i < f->parameter_count; i++) {
        CHECK_INT(f->parameters[i].kind, kinds[i]);
        CHECK_INT(f->parameters[i].slot, i);
        CHECK_INT(f->slot_names[i].v, f->parameters[i].name.v);
    }
    CHECK_INT(node(&p, f->parameters[1].default_value)->kind, NW_NODE_INTEGER);
    CHECK_INT(node(&p, f->parameters[3].annotation)->kind, NW_NODE_NAME);
    CHECK(f->is_generator && !f->is_async);
    CHECK_TEXT(text_of(&p, node(&p, f->docstring)->a), "About f.");
    CHECK(p.ast->functions[2].is_async && !p.ast->functions[2].is_generator && p.ast->functions[2].docstring);
    CHECK(p.ast->functions[3].is_lambda && p.ast->functions[3].is_generator);
    CHECK_INT(node(&p, f->node)->kind, NW_NODE_FUNCTION);
    CHECK_INT(node(&p, f->name_node)->b, NW_PLACE_GLOBAL);
    drop_program(&p);
}

/* The n-th NAME with this text, in the order of the nodes. */
static const nw_node *nth_name(const nw_program *program, const char *name, int n)
{
    for (uint32_t i = 1; i < program->ast->node_count; i++)
        if (node(program, i)->kind == NW_NODE_NAME && strcmp(text_of(program, node(program, i)->a), name) == 0 && n-- == 0)
            return node(program, i);
    CHECK(n < 0); /* there is no such name */
    return node(program, 0);
}

static void test_places(void)
{
    nw_program p;
    read_program(&p, "def f(x):\n"
                     "  class A:\n"
                     "    x = x\n"
                     "    def m(self): return x\n"
                     "  return [x for _ in x if (y := x)]\n");
    const nw_ast_function *f = &p.ast->functions[1], *a = &p.ast->functions[2];
    CHECK(f->captured && !a->captured);
    CHECK_INT(a->scope, NW_SCOPE_CLASS);
    CHECK_INT(a->outer_count, 1);
    CHECK_TEXT(text_of(&p, a->outer[0]), "x");
    CHECK_INT(a->outer[1], 1);
    CHECK_INT(a->outer[2], 0);
    for (int i = 0; i < 2; i++) { /* both sides of x = x */
        const nw_node *x = nth_name(&p, "x", i);
        CHECK_INT(x->b, NW_PLACE_CLASS);
        CHECK_INT(x->c, 0);
        CHECK_INT(x->flags & NW_NAME_OUTER, NW_NAME_OUTER);
    }
    const nw_node *in_method = nth_name(&p, "x", 2), *element = nth_name(&p, "x", 3), *iterable = nth_name(&p, "x", 4);
    CHECK_INT(in_method->b, NW_PLACE_SLOT);
    CHECK_INT(in_method->op, 1); /* the class is skipped */
    CHECK_INT(element->op, 1);
    CHECK_INT(iterable->op, 0); /* evaluated outside of the comprehension */
    const nw_node *walrus = nth_name(&p, "y", 0);
    CHECK_INT(walrus->op, 1); /* bound in f */
    CHECK_TEXT(text_of(&p, f->slot_names[walrus->c].v), "y");
    drop_program(&p);
}

static void test_private_names(void)
{
    nw_program p;
    read_program(&p, "class _A:\n  def f(self, __x): self.__y = __x + __z__\n__w = 1\n");
    CHECK_TEXT(text_of(&p, p.ast->functions[2].parameters[1].name.v), "_A__x");
    CHECK_INT(nth_name(&p, "_A__x", 0)->c, 1);
    CHECK_INT(nth_name(&p, "__z__", 0)->b, NW_PLACE_GLOBAL);
    CHECK_INT(nth_name(&p, "__w", 0)->b, NW_PLACE_GLOBAL);
    for (uint32_t i = 1; i < p.ast->node_count; i++) {
        if (node(&p, i)->kind == NW_NODE_ATTRIBUTE) {
            CHECK_TEXT(text_of(&p, node(&p, i)->b), "_A__y");
            CHECK_INT(node(&p, i)->c, 0);
        }
    }
    drop_program(&p);
}

static void test_errors(void)
{
    nw_program p;
    read_program(&p, "a = 1\nb = = 2\nc = 3\n");
    CHECK_INT(p.ast->error_count, 1);
    CHECK_INT(p.ast->first_error, 6);
    CHECK_INT(statement(&p, 0)->kind, NW_NODE_ASSIGN);
    CHECK_INT(statement(&p, 1)->kind, NW_NODE_ERROR);
    CHECK_INT(statement(&p, 2)->kind, NW_NODE_ASSIGN);
    drop_program(&p);
    read_program(&p, "");
    CHECK_INT(nw_ast_list(p.ast, p.ast->functions[0].body).count, 0);
    CHECK_INT(p.ast->error_count, 0);
    drop_program(&p);
}

/* Longer than the chunk that the parser is given at a time: offsets go on counting. */
static void test_chunks(void)
{
    enum { LINES = 40000 };
    static const char line[] = "name = [1,\n2]\n";
    nw_buffer text;
    nw_buffer_init(&text);
    for (int i = 0; i < LINES; i++)
        nw_buffer_text(&text, line);
    nw_program p;
    read_program(&p, text.bytes);
    CHECK_INT(p.ast->error_count, 0);
    nw_list body = nw_ast_list(p.ast, p.ast->functions[0].body);
    CHECK_INT(body.count, LINES);
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < body.count; i++)
        wrong += node(&p, body.items[i])->start != i * (sizeof line - 1) || node(&p, body.items[i])->end != (i + 1) * (sizeof line - 1) - 1;
    CHECK_INT(wrong, 0);
    drop_program(&p);
    nw_buffer_release(&text);
}

int main(void)
{
    test_expressions();
    test_functions();
    test_places();
    test_private_names();
    test_errors();
    test_chunks();
    return check_report();
}
