#include "eval/documentation.h"

#include "base/among.h"
#include "eval/interpret.h"

#include <string.h>

enum { MOST_FUNCTIONS = 96, MOST_NODES = 60000, SHORT = 1500 /* nodes: what runs at once */ };

/* A function that was looked at, and which of its parameters it changes. */
typedef struct looked_at {
    const nw_ast_function *code;
    uint64_t changed;
} looked_at;

typedef struct look {
    nw_eval *eval;
    looked_at functions[MOST_FUNCTIONS];
    uint32_t count, nodes;
    bool documents; /* some function assigns a docstring */
} look;

/* One function of a look. */
typedef struct subject {
    look *all;
    nw_module *module;
    const nw_ast_function *code;
    uint64_t changed;
} subject;

static bool look_at(look *all, nw_module *module, const nw_ast_function *code, uint64_t *changed);

static const nw_node *node_of(const subject *of, uint32_t id)
{
    return &of->module->ast->nodes[id];
}

static bool is_inside(const subject *of, const nw_node *node)
{
    uint32_t name_end = node_of(of, of->code->name_node)->end; /* its decorators stand before it */
    return node->start >= name_end && node->end <= node_of(of, of->code->node)->end;
}

/* Whether a name is one of the function's own, and not of a comprehension in it. */
static bool is_own_name(const subject *of, const nw_node *name)
{
    const nw_ast *ast = of->module->ast;
    for (uint32_t i = 1; nw_ast_is_local(name) && i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        bool is_scope = node->kind >= NW_NODE_LIST_COMPREHENSION && node->kind <= NW_NODE_GENERATOR;
        if (is_scope && node->start <= name->start && node->end >= name->end)
            return false;
    }
    return nw_ast_is_local(name);
}

/* The number of the parameter that a name is; -1: none. */
static int parameter_at(const subject *of, const nw_node *name)
{
    for (uint32_t i = 0; i < of->code->parameter_count && i < 64; i++)
        if (nw_ast_is_local(name) && of->code->parameters[i].slot == name->c)
            return is_own_name(of, name) ? (int)i : -1;
    return -1;
}

/* What a name of the module means; UNSET where that cannot be said, or it is a builtin. */
static nw_value meaning_of(const subject *of, const nw_node *name)
{
    nw_eval *eval = of->all->eval;
    if (name->kind != NW_NODE_NAME || name->b != NW_PLACE_GLOBAL)
        return nw_unset();
    nw_value found = nw_module_find(eval, of->module, (nw_symbol){name->a});
    if (found.kind == NW_ERROR)
        nw_exception_clear(eval);
    return found.kind == NW_ERROR ? nw_unset() : nw_settle(eval, found);
}

/* ---- what is written ---- */

static bool is_display(const nw_node *value)
{
    return value->kind == NW_NODE_LIST || value->kind == NW_NODE_DICT || value->kind == NW_NODE_SET || value->kind == NW_NODE_TUPLE ||
           value->kind == NW_NODE_LIST_COMPREHENSION || value->kind == NW_NODE_DICT_COMPREHENSION || value->kind == NW_NODE_SET_COMPREHENSION;
}

/* What gives an object that nobody else has. */
static bool is_fresh(const subject *of, const nw_node *value)
{
    static const char *const makers[] = {"list", "dict", "set", "sorted"}, *const methods[] = {"copy", "split", "rsplit", "splitlines", "findall"};
    const nw_node *callee = value->kind == NW_NODE_CALL ? node_of(of, value->a) : NULL;
    if (!callee)
        return is_display(value);
    const char *name = nw_bytes(of->all->eval, (nw_symbol){callee->kind == NW_NODE_ATTRIBUTE ? callee->b : callee->a});
    if (callee->kind == NW_NODE_ATTRIBUTE)
        return NW_IS_AMONG(name, methods);
    return callee->kind == NW_NODE_NAME && callee->b == NW_PLACE_GLOBAL && meaning_of(of, callee).kind == NW_UNSET && NW_IS_AMONG(name, makers);
}

/* Whether all that a local name is bound to was made there, and each time by an assignment: no object that others have, too. */
static bool is_made_here(const subject *of, const nw_node *name)
{
    const nw_ast *ast = of->module->ast;
    int assigned = 0, bound = 0;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        bound += nw_ast_is_local(node) && node->c == name->c && (node->flags & NW_NAME_BINDS) && is_inside(of, node) && is_own_name(of, node);
        nw_list targets = node->kind == NW_NODE_ASSIGN && is_inside(of, node) ? nw_ast_list(ast, node->a) : (nw_list){0};
        if (node->kind == NW_NODE_AUGMENTED_ASSIGN && is_inside(of, node)) /* it stays the same object, or becomes a new one */
            assigned += nw_ast_is_local(node_of(of, node->a)) && node_of(of, node->a)->c == name->c;
        for (uint32_t j = 0; j < targets.count; j++) {
            const nw_node *target = node_of(of, targets.items[j]);
            if (!nw_ast_is_local(target) || target->c != name->c)
                continue;
            if (!is_fresh(of, node_of(of, node->b)))
                return false;
            assigned++;
        }
    }
    return assigned > 0 && assigned == bound;
}

/* Whether an object may be changed: it was made in the function, or is a parameter of it, which is noted. What is in it may be others'. */
static bool may_change(subject *of, uint32_t object)
{
    const nw_node *node = node_of(of, object);
    int parameter = parameter_at(of, node);
    if (parameter >= 0)
        of->changed |= UINT64_C(1) << parameter;
    return parameter >= 0 || (is_own_name(of, node) && is_made_here(of, node));
}

/* A global name that nobody reads elsewhere remembers what was worked out. */
static bool is_own_memory(const subject *of, nw_symbol name)
{
    const nw_ast *ast = of->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_NAME && node->a == name.v && !is_inside(of, node) && !(node->flags & NW_NAME_BINDS))
            return false;
    }
    return true;
}

static bool may_assign(subject *of, uint32_t target)
{
    const nw_node *node = node_of(of, target);
    switch (node->kind) {
    case NW_NODE_NAME:
        return nw_ast_is_local(node) || (node->b == NW_PLACE_GLOBAL && is_own_memory(of, (nw_symbol){node->a}));
    case NW_NODE_ATTRIBUTE:
        of->all->documents |= node->b == NW_NAME_DUNDER_DOC;
        return node->b == NW_NAME_DUNDER_DOC;
    case NW_NODE_SUBSCRIPT:
        return may_change(of, node->a);
    case NW_NODE_STARRED:
        return may_assign(of, node->a);
    case NW_NODE_TUPLE: case NW_NODE_LIST: {
        nw_list items = nw_ast_list(of->module->ast, node->a);
        for (uint32_t i = 0; i < items.count; i++)
            if (!may_assign(of, items.items[i]))
                return false;
        return true;
    }
    default:
        return false;
    }
}

/* ---- what is called ---- */

/* Whether what the callee changes of its arguments may be changed. */
static bool may_be_given(subject *of, const nw_node *call, const nw_ast_function *callee, uint64_t changed)
{
    nw_list arguments = nw_ast_list(of->module->ast, call->b);
    for (uint32_t i = 0; changed && i < arguments.count; i++) {
        const nw_node *argument = node_of(of, arguments.items[i]);
        uint32_t value = argument->kind == NW_NODE_KEYWORD ? argument->b : arguments.items[i], at = i;
        for (uint32_t j = 0; argument->kind == NW_NODE_KEYWORD && j < callee->parameter_count; j++)
            if (callee->parameters[j].name.v == argument->a)
                at = j;
        if (argument->kind == NW_NODE_STARRED || (argument->kind == NW_NODE_KEYWORD && !argument->a))
            return false;
        if (at < 64 && (changed >> at & 1) && !is_fresh(of, node_of(of, value)) && !may_change(of, value))
            return false;
    }
    return true;
}

/* Modules of whose functions none does more than tell something. */
static bool is_quiet_module(const look *all, nw_symbol name)
{
    static const char *const modules[] = {"inspect", "re", "regex", "textwrap", "os.path", "posixpath", "typing", "typing_extensions", "dataclasses", "string", "math", "ast"};
    return NW_IS_AMONG(nw_bytes(all->eval, name), modules);
}

/* The module that the file imports whole by that name; 0: none, or it binds the name in another way, too. */
static nw_symbol imported_as(const nw_ast *ast, uint32_t name)
{
    nw_symbol module = {0};
    for (uint32_t i = 1; i < ast->node_count; i++) {
        nw_list aliases = ast->nodes[i].kind == NW_NODE_IMPORT ? nw_ast_list(ast, ast->nodes[i].a) : (nw_list){0};
        for (uint32_t j = 0; j < aliases.count; j++)
            if (ast->nodes[ast->nodes[aliases.items[j]].b].a == name)
                module.v = ast->nodes[aliases.items[j]].a;
        if (ast->nodes[i].kind == NW_NODE_ASSIGN && nw_ast_list(ast, ast->nodes[i].a).count == 1) {
            const nw_node *target = &ast->nodes[nw_ast_list(ast, ast->nodes[i].a).items[0]];
            if (target->kind == NW_NODE_NAME && target->b == NW_PLACE_GLOBAL && target->a == name)
                return (nw_symbol){0};
        }
    }
    return module;
}

/* `re.search`, `os.path.join`: the name of the module whose function is called; 0: none. */
static nw_symbol module_of(const subject *of, const nw_node *object)
{
    const nw_node *name = object->kind == NW_NODE_ATTRIBUTE ? node_of(of, object->a) : object;
    if (name->kind != NW_NODE_NAME || name->b != NW_PLACE_GLOBAL)
        return (nw_symbol){0};
    nw_symbol module = imported_as(of->module->ast, name->a);
    return module.v && object->kind == NW_NODE_ATTRIBUTE ? nw_symbol_dotted(of->all->eval->symbols, module, (nw_symbol){object->b}) : module;
}

static bool may_call_name(subject *of, const nw_node *call, const nw_node *name)
{
    static const char *const builtins[] = {"len", "str", "repr", "int", "float", "bool", "list", "dict", "tuple", "set", "frozenset", "sorted", "reversed", "enumerate", "zip", "range", "any", "all",
                                           "min", "max", "sum", "abs", "isinstance", "issubclass", "hasattr", "getattr", "type", "print", "callable", "id"};
    look *all = of->all;
    if (name->b != NW_PLACE_GLOBAL)
        return false;
    nw_value callee = meaning_of(of, name);
    const nw_value *builtin = callee.kind == NW_UNSET ? nw_dict_find_name(all->eval->builtins, (nw_symbol){name->a}) : NULL;
    if (builtin && builtin->kind == NW_CLASS && builtin->as.class_->is_exception)
        return true;
    if (callee.kind == NW_UNSET)
        return NW_IS_AMONG(nw_bytes(all->eval, (nw_symbol){name->a}), builtins);
    if (callee.kind == NW_CLASS)
        return callee.as.class_->is_exception;
    if (callee.kind != NW_FUNCTION)
        return false;
    const nw_function *function = callee.as.function;
    uint64_t changed = 0;
    if (function->module->is_catalog)
        return is_quiet_module(all, function->module->name);
    return look_at(all, function->module, function->code, &changed) && may_be_given(of, call, function->code, changed);
}

/* Whatever is done to an object of a class of the program may run its methods; a function may be called by who is given it. */
static bool may_mention(subject *of, const nw_node *name)
{
    nw_value meaning = name->flags & NW_NAME_BINDS ? nw_unset() : meaning_of(of, name);
    uint64_t changed = 0;
    if (meaning.kind == NW_INSTANCE)
        return meaning.as.instance->class_->is_catalog;
    if (meaning.kind != NW_FUNCTION || meaning.as.function->module->is_catalog)
        return true;
    return look_at(of->all, meaning.as.function->module, meaning.as.function->code, &changed);
}

static bool is_changer(const subject *of, uint32_t method)
{
    static const char *const changers[] = {"append", "extend", "insert", "add", "update", "setdefault", "pop", "remove", "discard", "sort", "reverse", "clear"};
    return NW_IS_AMONG(nw_bytes(of->all->eval, (nw_symbol){method}), changers);
}

/* sorted(x, key=y.append) */
static bool hands_on_changer(const subject *of, const nw_node *call)
{
    nw_list arguments = nw_ast_list(of->module->ast, call->b);
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = node_of(of, arguments.items[i]), *value = argument->kind == NW_NODE_KEYWORD ? node_of(of, argument->b) : argument;
        if (value->kind == NW_NODE_ATTRIBUTE && is_changer(of, value->b))
            return true;
    }
    return false;
}

/* By its name and without arguments such a method tells something: `cls.get_attributes()`. */
static bool is_getter(const subject *of, const nw_node *call, const char *method)
{
    return strncmp(method, "get_", 4) == 0 && nw_ast_list(of->module->ast, call->b).count == 0;
}

static bool may_call_method(subject *of, const nw_node *call, const nw_node *callee)
{
    static const char *const readers[] = {"get", "keys", "values", "items", "copy", "index", "count", "find", "rfind", "split", "rsplit", "splitlines", "partition", "rpartition", "join", "strip", "lstrip", "rstrip",
                                          "removeprefix", "removesuffix", "replace", "format", "startswith", "endswith", "title", "upper", "lower", "capitalize", "isupper", "islower", "isidentifier", "isdigit",
                                          "group", "groups", "start", "end", "span", "search", "match", "fullmatch", "findall", "finditer", "sub"};
    nw_eval *eval = of->all->eval;
    const char *method = nw_bytes(eval, (nw_symbol){callee->b});
    const nw_node *object = node_of(of, callee->a);
    if (NW_IS_AMONG(method, readers) || is_getter(of, call, method))
        return true;
    if (is_changer(of, callee->b))
        return may_change(of, callee->a);
    nw_symbol module = module_of(of, object);
    return module.v && is_quiet_module(of->all, module);
}

static bool may_call(subject *of, const nw_node *call)
{
    const nw_node *callee = node_of(of, call->a);
    if (hands_on_changer(of, call))
        return false;
    return callee->kind == NW_NODE_NAME ? may_call_name(of, call, callee) : callee->kind == NW_NODE_ATTRIBUTE && may_call_method(of, call, callee);
}

/* ---- a function ---- */

static bool is_harmless(subject *of, const nw_node *node)
{
    nw_list targets;
    switch (node->kind) {
    case NW_NODE_AWAIT: case NW_NODE_YIELD: case NW_NODE_YIELD_FROM: case NW_NODE_DELETE: case NW_NODE_WITH: case NW_NODE_CLASS: case NW_NODE_FUNCTION: case NW_NODE_LAMBDA:
    case NW_NODE_NONLOCAL: case NW_NODE_MATCH: case NW_NODE_ERROR:
        return false;
    case NW_NODE_ASSIGN:
        targets = nw_ast_list(of->module->ast, node->a);
        for (uint32_t i = 0; i < targets.count; i++)
            if (!may_assign(of, targets.items[i]))
                return false;
        return true;
    case NW_NODE_AUGMENTED_ASSIGN: /* y += [1] changes what y is */
        return may_assign(of, node->a) && (!is_display(node_of(of, node->b)) || may_change(of, node->a));
    case NW_NODE_ANNOTATED_ASSIGN: case NW_NODE_FOR:
        return may_assign(of, node->a);
    case NW_NODE_NAME:
        return may_mention(of, node);
    case NW_NODE_CALL:
        return may_call(of, node);
    default:
        return true;
    }
}

static bool look_at(look *all, nw_module *module, const nw_ast_function *code, uint64_t *changed)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (all->functions[i].code == code) {
            *changed = all->functions[i].changed;
            return true;
        }
    if (all->count == MOST_FUNCTIONS || all->nodes > MOST_NODES || code->is_generator || code->is_async)
        return false;
    looked_at *found = &all->functions[all->count++];
    *found = (looked_at){code, 0};
    subject of = {all, module, code, 0};
    const nw_ast *ast = module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (!is_inside(&of, node))
            continue;
        all->nodes++;
        if (!is_harmless(&of, node))
            return false;
    }
    *changed = found->changed = of.changed;
    return true;
}

/* ---- what it gives back ---- */

static bool ends(const subject *of, nw_list body)
{
    const nw_node *last = body.count ? node_of(of, body.items[body.count - 1]) : NULL;
    if (!last || last->kind == NW_NODE_RETURN)
        return last != NULL;
    return last->kind == NW_NODE_IF && ends(of, nw_ast_list(of->module->ast, last->b)) && ends(of, nw_ast_list(of->module->ast, last->c));
}

static bool gives_back(look *all, nw_module *module, const nw_ast_function *code, int depth);

/* The first parameter itself, or what another function gives that gives back its own. */
static bool is_first(const subject *of, uint32_t value, int depth)
{
    const nw_node *node = node_of(of, value);
    nw_list arguments = node->kind == NW_NODE_CALL ? nw_ast_list(of->module->ast, node->b) : (nw_list){0};
    if (node->kind != NW_NODE_CALL)
        return parameter_at(of, node) == 0;
    nw_value callee = meaning_of(of, node_of(of, node->a));
    return arguments.count && parameter_at(of, node_of(of, arguments.items[0])) == 0 && callee.kind == NW_FUNCTION && depth > 0 &&
           gives_back(of->all, callee.as.function->module, callee.as.function->code, depth - 1);
}

static bool gives_back(look *all, nw_module *module, const nw_ast_function *code, int depth)
{
    enum { MOST_HANDING_ON = 4 };
    subject of = {all, module, code, 0};
    const nw_ast *ast = module->ast;
    if (code->is_lambda || !code->parameter_count || !ends(&of, nw_ast_list(ast, code->body)))
        return false;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (!is_inside(&of, node) || i == code->name_node)
            continue;
        bool rebinds = node->kind == NW_NODE_NAME && (node->flags & NW_NAME_BINDS) && parameter_at(&of, node) == 0;
        if (rebinds || (node->kind == NW_NODE_RETURN && (!node->a || !is_first(&of, node->a, depth ? depth : MOST_HANDING_ON))))
            return false;
    }
    return true;
}

static bool only_documents(nw_eval *eval, const nw_function *function)
{
    look all = {.eval = eval};
    uint64_t changed = 0;
    return gives_back(&all, function->module, function->code, 4) && look_at(&all, function->module, function->code, &changed) && !(changed & 1) && all.documents &&
           all.nodes >= SHORT;
}

static bool is_known_to_document(nw_eval *eval, const nw_function *function)
{
    for (uint32_t i = 0; i < eval->decorator_count; i++)
        if (eval->decorators[i].code == function->code)
            return eval->decorators[i].documents;
    bool documents = only_documents(eval, function);
    NW_ARENA_RESERVE(&eval->arena, eval->decorators, eval->decorator_count, eval->decorator_capacity);
    eval->decorators[eval->decorator_count++] = (nw_decorator){function->code, documents};
    return documents;
}

nw_value nw_documentation_call(nw_eval *eval, const nw_function *function, const nw_arguments *arguments)
{
    nw_value given = arguments->positional_count ? arguments->positional[0] : nw_unset();
    if (eval->environment->open || function->module->is_catalog || (given.kind != NW_FUNCTION && given.kind != NW_CLASS))
        return nw_unset();
    if (!is_known_to_document(eval, function))
        return nw_unset();
    nw_value text = nw_lost(eval, NW_DIAG_UNSUPPORTED, "a docstring that %s writes", nw_bytes(eval, function->name));
    return nw_set_attribute(eval, given, (nw_symbol){NW_NAME_DUNDER_DOC}, text) ? given : nw_error();
}
