#include "match/users.h"

#include "base/among.h"
#include "match/callers.h"
#include "match/word.h"
#include "names/names.h"
#include "syntax/syntax.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 6 };

typedef enum mention_kind {
    MENTION_OF_SELF,  /* self.act */
    MENTION_OF_OTHER, /* net.act, "net.act.weight" */
    MENTION_ANY_NAME, /* setattr(net, name, ...) */
    MENTION_TEST,     /* isinstance(m, nn.Softmax) */
    MENTION_BASE,     /* class Net(Attention) */
    MENTION_NAME,     /* any word of the program */
    MENTION_TENSOR,   /* attend(q, scale=torch.ones(5)) */
    MENTION_HOOK,
    MENTION_WRITE,
    MENTION_DERIVATION,
    MENTION_SET,      /* net.scale = torch.ones(5) */
    MENTION_HANDED,   /* fix(net): a call by that name is given something */
} mention_kind;

typedef struct mention {
    uint8_t kind;
    uint32_t position;         /* TENSOR: the argument's place */
    uint32_t line;
    nw_symbol name;
    nw_symbol other;           /* TENSOR: of the argument, if it has one; OF_SELF, BASE: of the class around it; others: of the function or method around it */
} mention;

struct nw_user {
    const char *path;
    mention *mentions; /* sorted by kind and name, each once but for tensors */
    uint32_t count;
};

/* One file while it is read. */
typedef struct reading {
    const nw_user_store *store;
    nw_source *source;
    const nw_ast *ast;
    nw_arena arena;    /* of the tree, and of what follows */
    mention *mentions; /* as they are met */
    uint32_t count, capacity;
    uint32_t *functions, *classes; /* per node: the function, and the CLASS node, around it */
    bool *walks;       /* per function: it goes through modules() or children() of something */
    uint64_t *results; /* names of functions that are somewhere assigned what a call of the program gives, sorted */
    uint32_t result_count, result_capacity;
    uint32_t *imported; /* names that are bound to modules */
    uint32_t imported_count, imported_capacity;
} reading;

static const char *bytes_of(const reading *r, uint32_t symbol)
{
    return nw_symbol_bytes(r->store->symbols, (nw_symbol){symbol});
}

/* The name of the function or method that is not inside of another one, 0: none. */
static uint32_t function_around(const reading *r, uint32_t node)
{
    uint32_t function = r->functions[node];
    while (function && r->ast->functions[function].parent)
        function = r->ast->functions[function].parent;
    return function ? r->ast->functions[function].name.v : 0;
}

static void add(reading *r, mention_kind kind, uint32_t node, uint32_t name)
{
    NW_ARENA_RESERVE(&r->arena, r->mentions, r->count, r->capacity);
    uint32_t class_ = kind == MENTION_BASE ? node : r->classes[node];
    bool is_of_class = kind == MENTION_BASE || kind == MENTION_OF_SELF;
    r->mentions[r->count++] = (mention){.kind = (uint8_t)kind, .line = r->ast->nodes[node].start, .name = {name}, .other = {is_of_class ? r->ast->nodes[class_].a : function_around(r, node)}};
}

/* What is inside of a node comes before it; inner functions and classes come later than those around them. */
static void mark_inside(const reading *r, uint32_t node, uint32_t *marks, uint32_t mark)
{
    const nw_node *whole = &r->ast->nodes[node];
    for (uint32_t i = node; i > 0 && r->ast->nodes[i].end > whole->start; i--)
        if (r->ast->nodes[i].start >= whole->start)
            marks[i] = mark;
}

static void find_surroundings(reading *r)
{
    const nw_ast *ast = r->ast;
    r->functions = nw_arena_zero(&r->arena, ast->node_count * sizeof *r->functions);
    r->classes = nw_arena_zero(&r->arena, ast->node_count * sizeof *r->classes);
    for (uint32_t i = 1; i < ast->function_count; i++)
        mark_inside(r, ast->functions[i].node, r->functions, i);
    for (uint32_t i = ast->node_count; i-- > 1;) /* those around come behind */
        if (ast->nodes[i].kind == NW_NODE_CLASS)
            mark_inside(r, i, r->classes, i);
    static const char *const walks[] = {"modules", "children", "named_modules", "named_children"};
    r->walks = nw_arena_zero(&r->arena, (ast->function_count + 1) * sizeof *r->walks);
    for (uint32_t i = 1; i < ast->node_count; i++)
        r->walks[r->functions[i]] |= ast->nodes[i].kind == NW_NODE_ATTRIBUTE && NW_IS_AMONG(bytes_of(r, ast->nodes[i].b), walks);
}

/* `self` of a method: the first name of a function elsewhere is whatever it is given. */
static bool is_self(const reading *r, uint32_t id)
{
    return nw_ast_is_first_local(&r->ast->nodes[id]) && r->classes[id];
}

/* torch.zeros, F.relu */
static bool is_of_framework(const reading *r, const nw_node *callee)
{
    static const char *const packages[] = {"torch", "F", "nn", "math", "np"};
    const nw_node *object = &r->ast->nodes[callee->kind == NW_NODE_ATTRIBUTE ? callee->a : 0];
    return object->kind == NW_NODE_NAME && NW_IS_AMONG(bytes_of(r, object->a), packages);
}

/* ---- what is read of a file: modules ---- */

/* A configuration, or a name that an import binds to a module: what they have is no layer of the program. */
static bool holds_no_layers(const reading *r, const nw_node *object)
{
    const char *name = bytes_of(r, nw_ast_last_word(object));
    size_t size = strlen(name);
    if (size >= 6 && strcmp(name + size - 6, "config") == 0)
        return true;
    for (uint32_t i = 0; i < r->imported_count && object->kind == NW_NODE_NAME && object->b == NW_PLACE_GLOBAL; i++)
        if (r->imported[i] == object->a)
            return true;
    return is_of_framework(r, object); /* nn.functional.dropout */
}

/* `import numpy as np`, `from torch import nn` */
static void find_imported(reading *r)
{
    const nw_ast *ast = r->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        bool of_torch = node->kind == NW_NODE_IMPORT_FROM && !node->b && strncmp(bytes_of(r, node->a), "torch", 5) == 0;
        nw_list aliases = node->kind == NW_NODE_IMPORT ? nw_ast_list(ast, node->a) : of_torch ? nw_ast_list(ast, node->c) : (nw_list){0};
        for (uint32_t k = 0; k < aliases.count; k++) {
            NW_ARENA_RESERVE(&r->arena, r->imported, r->imported_count, r->imported_capacity);
            r->imported[r->imported_count++] = ast->nodes[ast->nodes[aliases.items[k]].b].a;
        }
    }
}

/* "block.act.weight": each part of a path is an attribute. */
static void read_path(reading *r, uint32_t id)
{
    nw_text text = nw_symbol_text(r->store->symbols, (nw_symbol){r->ast->nodes[id].a});
    if (text.size > 200 || !memchr(text.bytes, '.', text.size) || memchr(text.bytes, ' ', text.size))
        return;
    for (const char *at = text.bytes; *at; at += *at == '.') {
        size_t size = strcspn(at, ".");
        if (size)
            add(r, MENTION_OF_OTHER, id, nw_symbol_intern(r->store->symbols, at, (uint32_t)size).v);
        at += size;
    }
}

/* setattr(net, "act", nn.ReLU()), net.add_module("act", ...) */
static void read_naming_call(reading *r, uint32_t id, const char *name)
{
    static const char *const functions[] = {"setattr", "getattr", "delattr"}, *const methods[] = {"add_module", "register_module", "get_submodule", "set_submodule"};
    const nw_ast *ast = r->ast;
    nw_list given = nw_ast_list(ast, ast->nodes[id].b);
    bool is_function = NW_IS_AMONG(name, functions);
    if ((!is_function && !NW_IS_AMONG(name, methods)) || given.count < 1U + is_function)
        return;
    const nw_node *text = &ast->nodes[given.items[is_function]];
    mention_kind kind = is_self(r, is_function ? given.items[0] : ast->nodes[ast->nodes[id].a].a) ? MENTION_OF_SELF : MENTION_OF_OTHER;
    if (text->kind == NW_NODE_STRING)
        add(r, kind, id, text->a);
    else if (kind == MENTION_OF_OTHER && strcmp(name, "getattr") != 0)
        add(r, MENTION_ANY_NAME, id, 0);
}

static void read_tested_class(reading *r, uint32_t call, uint32_t id)
{
    const nw_node *node = &r->ast->nodes[id];
    nw_list items = node->kind == NW_NODE_TUPLE ? nw_ast_list(r->ast, node->a) : (nw_list){0};
    for (uint32_t i = 0; i < items.count; i++)
        read_tested_class(r, call, items.items[i]);
    if (node->kind == NW_NODE_NAME || node->kind == NW_NODE_ATTRIBUTE)
        add(r, MENTION_TEST, call, node->kind == NW_NODE_NAME ? node->a : node->b);
}

/* `for m in net.modules(): m.p = 0.5`: of whatever modules there are. */
static void read_walk(reading *r, uint32_t id)
{
    static const char *const of_tensors[] = {"requires_grad", "grad", "data"};
    nw_list targets = nw_ast_list(r->ast, r->ast->nodes[id].a);
    for (uint32_t i = 0; i < targets.count && r->walks[r->functions[id]]; i++) {
        const nw_node *target = &r->ast->nodes[targets.items[i]];
        bool is_of_name = target->kind == NW_NODE_ATTRIBUTE && r->ast->nodes[target->a].kind == NW_NODE_NAME;
        if (is_of_name && !is_self(r, target->a) && !NW_IS_AMONG(bytes_of(r, target->b), of_tensors))
            add(r, MENTION_ANY_NAME, id, 0);
    }
}

static void read_bases(reading *r, uint32_t id)
{
    nw_list bases = nw_ast_list(r->ast, r->ast->extra[r->ast->nodes[id].b]);
    for (uint32_t i = 0; i < bases.count; i++) {
        const nw_node *base = &r->ast->nodes[bases.items[i]];
        if (base->kind == NW_NODE_NAME || base->kind == NW_NODE_ATTRIBUTE)
            add(r, MENTION_BASE, id, base->kind == NW_NODE_NAME ? base->a : base->b);
    }
}

/* ---- results ---- */

static int compare_numbers(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

static uint64_t name_in_function(const reading *r, uint32_t name)
{
    return (uint64_t)r->functions[name] << 32 | r->ast->nodes[name].a;
}

static bool is_result(const reading *r, uint32_t name)
{
    uint64_t wanted = name_in_function(r, name);
    return r->result_count && bsearch(&wanted, r->results, r->result_count, sizeof *r->results, compare_numbers);
}

/* A call of the program, self.layer(x), attend(x), or a method of what one gave, y.view(-1). */
static bool gives_result(const reading *r, const nw_node *call)
{
    uint32_t id = call->a;
    const nw_node *node = &r->ast->nodes[id];
    if (node->kind == NW_NODE_NAME || is_of_framework(r, node))
        return node->kind == NW_NODE_NAME;
    while (node->kind == NW_NODE_ATTRIBUTE || node->kind == NW_NODE_SUBSCRIPT || node->kind == NW_NODE_CALL)
        node = &r->ast->nodes[id = node->a];
    return node->kind == NW_NODE_NAME && (!nw_ast_is_local(node) || nw_ast_is_first_local(node) || is_result(r, id));
}

static void add_targets(reading *r, nw_list targets)
{
    const nw_ast *ast = r->ast;
    for (uint32_t k = 0; k < targets.count; k++) {
        const nw_node *target = &ast->nodes[targets.items[k]];
        if (target->kind == NW_NODE_TUPLE)
            add_targets(r, nw_ast_list(ast, target->a));
        if (target->kind != NW_NODE_NAME || is_result(r, targets.items[k]))
            continue;
        NW_ARENA_RESERVE(&r->arena, r->results, r->result_count, r->result_capacity);
        uint64_t name = name_in_function(r, targets.items[k]);
        uint32_t at = r->result_count++;
        for (; at > 0 && r->results[at - 1] > name; at--)
            r->results[at] = r->results[at - 1];
        r->results[at] = name;
    }
}

/* Names are followed through a few assignments. */
static void find_results(reading *r)
{
    const nw_ast *ast = r->ast;
    for (uint32_t round = 0, before = UINT32_MAX; round < 4 && before != r->result_count; round++) {
        before = r->result_count;
        for (uint32_t i = 1; i < ast->node_count; i++) {
            const nw_node *assign = &ast->nodes[i];
            uint32_t id = assign->kind == NW_NODE_ASSIGN ? assign->b : 0;
            while (ast->nodes[id].kind == NW_NODE_SUBSCRIPT)
                id = ast->nodes[id].a;
            const nw_node *value = &ast->nodes[id];
            bool is_name = value->kind == NW_NODE_NAME && is_result(r, id);
            if (assign->kind == NW_NODE_ASSIGN && (is_name || (value->kind == NW_NODE_CALL && gives_result(r, value))))
                add_targets(r, nw_ast_list(ast, assign->a));
        }
    }
}

/* What an expression is taken from: x of x[0].view(-1), a call of the program. */
static bool is_of_result(const reading *r, uint32_t id, int depth)
{
    const nw_node *node = &r->ast->nodes[id];
    if (!depth)
        return true;
    switch (node->kind) {
    case NW_NODE_NAME: return is_result(r, id);
    case NW_NODE_SUBSCRIPT: return is_of_result(r, node->a, depth - 1);
    case NW_NODE_CALL: return gives_result(r, node);
    default: return false;
    }
}

static bool is_in_place(const char *name)
{
    size_t size = strlen(name);
    return size > 1 && name[size - 1] == '_' && name[size - 2] != '_';
}

static bool writes_result(const reading *r, uint32_t id)
{
    const nw_ast *ast = r->ast;
    const nw_node *node = &ast->nodes[id], *callee = &ast->nodes[node->kind == NW_NODE_CALL ? node->a : 0];
    if (node->kind == NW_NODE_KEYWORD) /* nn.ReLU(inplace=True), F.relu(x, inplace=True) */
        return node->a && strcmp(bytes_of(r, node->a), "inplace") == 0 && ast->nodes[node->b].kind != NW_NODE_FALSE;
    if (node->kind == NW_NODE_AUGMENTED_ASSIGN) /* outputs += (weights,) makes a new tuple */
        return ast->nodes[node->b].kind != NW_NODE_TUPLE && ast->nodes[node->b].kind != NW_NODE_LIST && is_of_result(r, node->a, DEEPEST);
    nw_list targets = node->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, node->a) : (nw_list){0};
    for (uint32_t i = 0; i < targets.count; i++)
        if (ast->nodes[targets.items[i]].kind == NW_NODE_SUBSCRIPT && is_of_result(r, ast->nodes[targets.items[i]].a, DEEPEST))
            return true;
    const char *name = callee->kind == NW_NODE_ATTRIBUTE ? bytes_of(r, callee->b) : "";
    nw_list given = callee->kind == NW_NODE_ATTRIBUTE ? nw_ast_list(ast, node->b) : (nw_list){0};
    bool is_activation = strncmp(name, "ReLU", 4) == 0 && given.count && ast->nodes[given.items[0]].kind == NW_NODE_TRUE;
    bool is_function = is_of_framework(r, callee) && given.count; /* F.relu_(x) */
    return is_activation || (is_in_place(name) && is_of_result(r, is_function ? given.items[0] : callee->a, DEEPEST));
}

/* ---- arguments ---- */

static bool may_make_tensor(const reading *r, uint32_t id, int depth)
{
    const nw_node *node = &r->ast->nodes[id], *callee = &r->ast->nodes[node->kind == NW_NODE_CALL ? node->a : 0];
    if (!depth)
        return true;
    switch (node->kind) {
    case NW_NODE_UNARY: return may_make_tensor(r, node->a, depth - 1);
    case NW_NODE_BINARY: return may_make_tensor(r, node->a, depth - 1) || may_make_tensor(r, node->b, depth - 1);
    case NW_NODE_CONDITIONAL: return may_make_tensor(r, node->b, depth - 1) || may_make_tensor(r, node->c, depth - 1);
    case NW_NODE_CALL: {
        const nw_node *object = &r->ast->nodes[callee->kind == NW_NODE_ATTRIBUTE ? callee->a : 0];
        const char *name = bytes_of(r, nw_ast_last_word(callee));
        bool of_torch = object->kind == NW_NODE_NAME && strcmp(bytes_of(r, object->a), "torch") == 0;
        return of_torch || strcmp(name, "Parameter") == 0 || (object->kind == NW_NODE_CALL && strcmp(name, "item") != 0 && may_make_tensor(r, callee->a, depth - 1));
    }
    default: return false;
    }
}

static void read_arguments(reading *r, uint32_t id, uint32_t called)
{
    nw_list given = nw_ast_list(r->ast, r->ast->nodes[id].b);
    for (uint32_t i = 0; i < given.count; i++) {
        const nw_node *argument = &r->ast->nodes[given.items[i]];
        bool is_keyword = argument->kind == NW_NODE_KEYWORD;
        if (!may_make_tensor(r, is_keyword ? argument->b : given.items[i], DEEPEST))
            continue;
        add(r, MENTION_TENSOR, id, called);
        r->mentions[r->count - 1].other = (nw_symbol){is_keyword ? argument->a : 0};
        r->mentions[r->count - 1].position = i;
    }
}

/* net.scale = torch.ones(5) */
static void read_set(reading *r, uint32_t id)
{
    const nw_node *assign = &r->ast->nodes[id];
    nw_list targets = nw_ast_list(r->ast, assign->a);
    for (uint32_t i = 0; i < targets.count; i++)
        if (r->ast->nodes[targets.items[i]].kind == NW_NODE_ATTRIBUTE && may_make_tensor(r, assign->b, DEEPEST))
            add(r, MENTION_SET, id, r->ast->nodes[targets.items[i]].b);
}

/* What may be a module: `self`, `net`, `self.block`; constants and arithmetic are none. */
static void read_handed(reading *r, uint32_t id, uint32_t called)
{
    nw_list given = nw_ast_list(r->ast, r->ast->nodes[id].b);
    for (uint32_t i = 0; i < given.count; i++) {
        const nw_node *argument = &r->ast->nodes[given.items[i]];
        if (argument->kind == NW_NODE_KEYWORD || argument->kind == NW_NODE_STARRED)
            argument = &r->ast->nodes[argument->kind == NW_NODE_KEYWORD ? argument->b : argument->a];
        switch (argument->kind) {
        case NW_NODE_NAME: case NW_NODE_ATTRIBUTE: case NW_NODE_CALL: case NW_NODE_SUBSCRIPT: case NW_NODE_LIST: case NW_NODE_TUPLE: case NW_NODE_DICT:
            add(r, MENTION_HANDED, id, called);
            return;
        default:
            break;
        }
    }
}

/* ---- one file ---- */

static void read_node(reading *r, uint32_t id)
{
    const nw_ast *ast = r->ast;
    const nw_node *node = &ast->nodes[id], *callee = &ast->nodes[node->kind == NW_NODE_CALL ? node->a : 0];
    uint32_t called = nw_ast_last_word(callee);
    uint32_t word = node->kind == NW_NODE_ATTRIBUTE ? node->b : node->kind == NW_NODE_NAME || node->kind == NW_NODE_IMPORT_ALIAS ? node->a : 0;
    if (word && nw_is_derivation(bytes_of(r, word)))
        add(r, MENTION_DERIVATION, id, 0);
    if (node->kind == NW_NODE_KEYWORD && node->a && strcmp(bytes_of(r, node->a), "create_graph") == 0 && ast->nodes[node->b].kind != NW_NODE_FALSE)
        add(r, MENTION_DERIVATION, id, 0);
    if (writes_result(r, id))
        add(r, MENTION_WRITE, id, 0);
    if (word)
        add(r, MENTION_NAME, id, word);
    switch (node->kind) {
    case NW_NODE_ATTRIBUTE:
        if (!holds_no_layers(r, &ast->nodes[node->a]))
            add(r, is_self(r, node->a) ? MENTION_OF_SELF : MENTION_OF_OTHER, id, node->b);
        if (nw_names_hook(nw_symbol_text(r->store->symbols, (nw_symbol){node->b})))
            add(r, MENTION_HOOK, id, 0);
        break;
    case NW_NODE_STRING: read_path(r, id); break;
    case NW_NODE_CLASS: read_bases(r, id); break;
    case NW_NODE_ASSIGN:
        read_walk(r, id);
        read_set(r, id);
        break;
    case NW_NODE_COMPARE: {
        nw_list compared = nw_ast_list(ast, node->b);
        const nw_node *asked = &ast->nodes[node->a], *type = &ast->nodes[asked->kind == NW_NODE_CALL ? asked->a : 0];
        if (type->kind == NW_NODE_NAME && strcmp(bytes_of(r, type->a), "type") == 0 && compared.count == 2)
            read_tested_class(r, id, compared.items[1]);
        break;
    }
    case NW_NODE_CALL: {
        nw_list given = nw_ast_list(ast, node->b);
        if (called && given.count == 2 && strcmp(bytes_of(r, called), "isinstance") == 0)
            read_tested_class(r, id, given.items[1]);
        if (called) {
            read_naming_call(r, id, bytes_of(r, called));
            read_arguments(r, id, called);
            read_handed(r, id, called);
        }
        break;
    }
    default: break;
    }
}

static int compare_mentions(const void *left, const void *right)
{
    const mention *a = left, *b = right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->name.v != b->name.v)
        return a->name.v < b->name.v ? -1 : 1;
    if (a->other.v != b->other.v)
        return a->other.v < b->other.v ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

/* The first one of each is enough; where it stands becomes a line. */
static void keep_mentions(reading *r, nw_arena *arena, nw_user *user)
{
    if (r->count)
        qsort(r->mentions, r->count, sizeof *r->mentions, compare_mentions);
    user->mentions = nw_arena_alloc(arena, (r->count + 1) * sizeof *user->mentions);
    for (uint32_t i = 0; i < r->count; i++) {
        const mention *last = user->count ? &user->mentions[user->count - 1] : NULL;
        if (last && last->kind == r->mentions[i].kind && last->kind != MENTION_TENSOR && last->name.v == r->mentions[i].name.v && last->other.v == r->mentions[i].other.v)
            continue;
        user->mentions[user->count] = r->mentions[i];
        user->mentions[user->count++].line = nw_source_position(r->source, r->mentions[i].line).line;
    }
}

static nw_user *read_user(nw_user_store *store, const char *path)
{
    nw_user *user = nw_arena_zero(&store->arena, sizeof *user);
    nw_source source;
    user->path = path;
    if (nw_source_load(&source, path, store->limit) == NW_SOURCE_OK) {
        reading r = {.store = store, .source = &source};
        nw_arena_init(&r.arena);
        nw_ast *ast = nw_syntax_parse(&source, &r.arena, store->symbols);
        nw_names_resolve(ast, &r.arena, store->symbols);
        r.ast = ast;
        find_surroundings(&r);
        find_imported(&r);
        find_results(&r);
        for (uint32_t i = 1; i < ast->node_count; i++)
            read_node(&r, i);
        keep_mentions(&r, &store->arena, user);
        nw_arena_release(&r.arena);
    }
    nw_source_release(&source);
    return user;
}

void nw_user_store_init(nw_user_store *store, nw_symbols *symbols, const char *const *paths, uint32_t count, size_t limit)
{
    *store = (nw_user_store){.symbols = symbols, .paths = paths, .limit = limit};
    pthread_mutex_init(&store->lock, NULL);
    nw_arena_init(&store->arena);
    store->users = nw_arena_zero(&store->arena, (count + 1) * sizeof *store->users);
}

void nw_user_store_release(nw_user_store *store)
{
    nw_arena_release(&store->arena);
    pthread_mutex_destroy(&store->lock);
}

/* ---- questions ---- */

static const nw_user *user_of(nw_user_store *store, uint32_t file)
{
    pthread_mutex_lock(&store->lock);
    if (!store->users[file])
        store->users[file] = read_user(store, store->paths[file]);
    const nw_user *user = store->users[file];
    pthread_mutex_unlock(&store->lock);
    return user;
}

static const char *place_of(nw_file_index *index, const nw_user *user, const mention *found)
{
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, "%s, line %u", user->path, found->line);
    const char *place = nw_arena_copy(&index->eval->arena, text.bytes, text.size + 1);
    nw_buffer_release(&text);
    return place;
}

typedef struct nw_asked {
    mention_kind kind;
    nw_symbol name, parameter; /* TENSOR: of the argument */
    uint32_t position;
    uint32_t class_;           /* OF_SELF: the CLASS node whose attribute it is */
} nw_asked;

/* Whether a class of the other file derives from one of this file, or from what derives from that. */
static bool derives_from(nw_file_index *index, const nw_user *user, nw_symbol name, uint32_t class_, int depth)
{
    for (uint32_t i = 0; i < user->count && depth; i++) {
        const mention *base = &user->mentions[i];
        if (base->kind != MENTION_BASE || base->other.v != name.v)
            continue;
        uint32_t ours = nw_file_class_named(index, base->name);
        if ((ours && nw_class_is_or_derives(index, ours, class_)) || derives_from(index, user, base->name, class_, depth - 1))
            return true;
    }
    return false;
}

static bool knows(const nw_user *user, nw_symbol name)
{
    for (uint32_t i = 0; i < user->count && name.v; i++)
        if (user->mentions[i].kind == MENTION_NAME && user->mentions[i].name.v == name.v)
            return true;
    return !name.v;
}

static bool answers(nw_file_index *index, const nw_user *user, const mention *found, const nw_asked *asked)
{
    if (found->kind != asked->kind || found->name.v != (found->kind == MENTION_WRITE ? 0 : asked->name.v))
        return false;
    if (found->kind == MENTION_WRITE)
        return knows(user, asked->name);
    if (found->kind == MENTION_OF_SELF)
        return derives_from(index, user, found->other, asked->class_, DEEPEST);
    return found->kind != MENTION_TENSOR || (found->other.v ? found->other.v == asked->parameter.v : found->position == asked->position);
}

static bool has(const nw_user *user, mention_kind kind, nw_symbol name)
{
    for (uint32_t i = 0; i < user->count; i++)
        if (user->mentions[i].kind == kind && user->mentions[i].name.v == name.v)
            return true;
    return false;
}

/* Whether this file or one that uses it hands something to a function, or to one that mentions it in its own file. */
static bool is_handed(const nw_user_files *files, const nw_user *user, nw_symbol function, int depth)
{
    if (!function.v || !depth)
        return false;
    for (uint32_t i = 0; i <= files->count; i++)
        if (has(user_of(files->store, i < files->count ? files->files[i] : files->own), MENTION_HANDED, function))
            return true;
    for (uint32_t i = 0; i < user->count; i++) {
        const mention *other = &user->mentions[i];
        if (other->kind == MENTION_NAME && other->name.v == function.v && other->other.v != function.v && is_handed(files, user, other->other, depth - 1))
            return true;
    }
    return false;
}

/* What is done to modules by functions that they are handed to. */
static const char *find_handed(nw_file_index *index, const nw_asked *asked)
{
    nw_user_files *files = index->users;
    bool is_of_modules = asked->kind == MENTION_OF_OTHER || asked->kind == MENTION_ANY_NAME || asked->kind == MENTION_TEST || asked->kind == MENTION_HOOK || asked->kind == MENTION_SET;
    for (uint32_t i = 0; files && is_of_modules && i < files->near_count; i++) {
        const nw_user *user = user_of(files->store, files->near[i]);
        for (uint32_t k = 0; k < user->count; k++)
            if (answers(index, user, &user->mentions[k], asked) && is_handed(files, user, user->mentions[k].other, DEEPEST))
                return place_of(index, user, &user->mentions[k]);
    }
    return NULL;
}

/* The first mention in another file that answers. */
static const char *find(nw_file_index *index, const nw_asked *asked)
{
    nw_user_files *files = index->users;
    uint32_t all = files ? files->count + (asked->kind == MENTION_DERIVATION ? files->used_count : 0) : 0;
    for (uint32_t i = 0; i < all; i++) {
        const nw_user *user = user_of(files->store, i < files->count ? files->files[i] : files->used[i - files->count]);
        for (uint32_t k = 0; k < user->count; k++)
            if (answers(index, user, &user->mentions[k], asked))
                return place_of(index, user, &user->mentions[k]);
    }
    return find_handed(index, asked);
}

static const char *find_any(nw_file_index *index, mention_kind kind)
{
    return find(index, &(nw_asked){.kind = kind});
}

const char *nw_users_touch_attribute(nw_file_index *index, nw_symbol attribute, uint32_t class_)
{
    const char *place = find(index, &(nw_asked){.kind = MENTION_OF_OTHER, .name = attribute});
    place = place ? place : find(index, &(nw_asked){.kind = MENTION_OF_SELF, .name = attribute, .class_ = class_});
    return place ? place : find_any(index, MENTION_ANY_NAME);
}

const char *nw_users_look_for_class(nw_file_index *index, nw_symbol class_)
{
    return find(index, &(nw_asked){.kind = MENTION_TEST, .name = class_});
}

const char *nw_users_register_hooks(nw_file_index *index)
{
    return find_any(index, MENTION_HOOK);
}

const char *nw_users_write_results(nw_file_index *index, nw_symbol name)
{
    return find(index, &(nw_asked){.kind = MENTION_WRITE, .name = name});
}

const char *nw_users_derive_twice(nw_file_index *index)
{
    return find_any(index, MENTION_DERIVATION);
}

const char *nw_users_give_tensor(nw_file_index *index, nw_symbol callee, nw_symbol parameter, uint32_t position)
{
    return find(index, &(nw_asked){.kind = MENTION_TENSOR, .name = callee, .parameter = parameter, .position = position});
}

const char *nw_users_set_tensor(nw_file_index *index, nw_symbol attribute)
{
    return find(index, &(nw_asked){.kind = MENTION_SET, .name = attribute});
}
