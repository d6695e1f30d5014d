#include "match/callee.h"

#include "eval/interpret.h"
#include "eval/symbolic.h"

#include <ctype.h>
#include <string.h>

static const char *bytes_of(const nw_match *match, nw_symbol symbol)
{
    return nw_symbol_bytes(match->rules->symbols, symbol);
}

/* ---- names ---- */

static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

/* The folders whose names mean the same function: torch.softmax, torch.nn.functional.softmax, torch.Tensor.softmax. */
static bool is_common_folder(const char *name)
{
    static const char *const folders[] = {"torch.", "torch.nn.functional.", "torch.Tensor.", "torch.special.", "torch._C._nn."};
    size_t size = (size_t)(last_part(name) - name);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (strlen(folders[i]) == size && memcmp(folders[i], name, size) == 0)
            return true;
    return false;
}

/* Other names of one function. bmm is matmul for three dimensions, and refuses all others. */
static const char *common_name(const char *name)
{
    static const char *const names[][2] = {{"bmm", "matmul"}, {"multiply", "mul"}, {"divide", "div"}, {"true_divide", "div"}, {"subtract", "sub"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i][0]) == 0)
            return names[i][1];
    return name;
}

bool nw_names_same(const char *found, const char *wanted)
{
    if (strcmp(found, wanted) == 0)
        return true;
    return strcmp(common_name(last_part(found)), last_part(wanted)) == 0 && is_common_folder(found) && is_common_folder(wanted);
}

bool nw_layer_means(const char *class_name, const char *wanted)
{
    if (strncmp(class_name, "torch.nn.", 9) != 0 || !is_common_folder(wanted))
        return false;
    const char *a = last_part(class_name), *b = last_part(wanted);
    for (; *a || *b; a++, b++) {
        while (*b == '_')
            b++;
        if (tolower((unsigned char)*a) != *b)
            return false;
    }
    return true;
}

/* ---- defaults ---- */

/* The catalog's function of a qualified name, or NULL. */
static const nw_function *catalog_function(nw_eval *eval, const char *qualified)
{
    char name[256];
    size_t size = strlen(qualified);
    if (size >= sizeof name)
        return NULL;
    for (const char *dot = qualified + size; dot > qualified; dot--) {
        if (*dot != '.')
            continue;
        memcpy(name, qualified, (size_t)(dot - qualified));
        name[dot - qualified] = 0;
        nw_value *module = nw_dict_find_name(eval->modules, nw_symbol_of(eval->symbols, name));
        if (!module || module->kind != NW_MODULE || !module->as.module->is_catalog)
            continue;
        nw_value value = *module;
        for (const char *part = dot + 1; value.kind == NW_MODULE || value.kind == NW_CLASS;) {
            const char *end = strchr(part, '.');
            size_t part_size = end ? (size_t)(end - part) : strlen(part);
            nw_symbol symbol = nw_symbol_intern(eval->symbols, part, part_size);
            nw_value *found = value.kind == NW_CLASS ? nw_class_find(eval, value.as.class_, symbol) : nw_dict_find_name(value.as.module->globals, symbol);
            if (!found)
                return NULL;
            bool is_deferred = found->kind == NW_IMPORT && found->as.import->definition;
            value = is_deferred ? nw_definition_resolve(eval, found->as.import) : *found;
            if (!end)
                break;
            part = end + 1;
        }
        return value.kind == NW_FUNCTION ? value.as.function : NULL;
    }
    return NULL;
}

bool nw_defaults_to_none(nw_eval *eval, const char *qualified, nw_symbol parameter)
{
    const nw_function *function = catalog_function(eval, qualified);
    for (uint32_t i = 0; function && function->defaults && i < function->code->parameter_count; i++)
        if (function->code->parameters[i].name.v == parameter.v)
            return function->defaults[i].kind == NW_NONE;
    return false;
}

static bool is_default_of(const nw_function *function, nw_symbol name, nw_value value)
{
    if (!function)
        return value.kind == NW_NONE;
    for (uint32_t i = 0; i < function->code->parameter_count; i++)
        if (function->code->parameters[i].name.v == name.v)
            return function->defaults && function->defaults[i].kind != NW_UNSET && nw_operand_same(function->defaults[i], value);
    return false;
}

/* ---- texts ---- */

static nw_bound_argument *argument_of(const nw_match *match, nw_bound_call *call, nw_symbol name)
{
    static const char *const others[][2] = {{"axis", "dim"}, {"keepdims", "keepdim"}, {"x", "input"}, {"x1", "input"}, {"x2", "other"}};
    for (uint32_t i = 0; i < call->count; i++)
        if (call->items[i].name.v == name.v)
            return &call->items[i];
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        for (uint32_t i = 0; i < call->count; i++)
            if (strcmp(bytes_of(match, name), others[k][0]) == 0 && strcmp(bytes_of(match, call->items[i].name), others[k][1]) == 0)
                return &call->items[i];
    return NULL;
}

static bool is_mapping(const nw_node *argument)
{
    return argument->kind == NW_NODE_KEYWORD && !argument->a;
}

/* `**options`: reading it does nothing, and what it gives has values, no texts. */
static bool is_quiet(const nw_ast *ast, uint32_t mapping)
{
    uint8_t kind = ast->nodes[mapping].kind;
    return kind == NW_NODE_NAME || kind == NW_NODE_ATTRIBUTE || kind == NW_NODE_DICT;
}

static void add_texts(const nw_match *match, nw_bound_call *call, uint32_t node, uint32_t first)
{
    const nw_ast *ast = match->index->module->ast;
    nw_list list = nw_ast_list(ast, ast->nodes[node].b);
    for (uint32_t i = 0, at = first; i < list.count; i++) {
        const nw_node *argument = &ast->nodes[list.items[i]];
        nw_bound_argument *target = NULL;
        if (argument->kind == NW_NODE_STARRED || (is_mapping(argument) && !is_quiet(ast, argument->b))) {
            call->is_unclear = true;
            return;
        }
        if (is_mapping(argument))
            continue;
        if (argument->kind == NW_NODE_KEYWORD)
            target = argument_of(match, call, (nw_symbol){argument->a});
        else if (at < call->count)
            target = &call->items[at++];
        if (!target) {
            call->is_unclear = true;
            return;
        }
        target->term.node = argument->kind == NW_NODE_KEYWORD ? argument->b : list.items[i];
    }
}

static nw_bound_call values_of(nw_eval *eval, const nw_function *function, const nw_fact *fact)
{
    nw_bound_call call = {.items = nw_arena_zero(&eval->arena, (fact->argument_count + 1) * sizeof *call.items), .count = fact->argument_count};
    for (uint32_t i = 0; i < fact->argument_count; i++)
        call.items[i] = (nw_bound_argument){fact->parameters[i], {0, fact->arguments[i]}, is_default_of(function, fact->parameters[i], fact->arguments[i])};
    return call;
}

nw_bound_call nw_values_of_fact(const nw_match *match, const nw_fact *fact)
{
    nw_eval *eval = match->index->eval;
    return values_of(eval, fact->kind == NW_FACT_OPERATOR ? catalog_function(eval, bytes_of(match, fact->name)) : NULL, fact);
}

nw_bound_call nw_call_of_meaning(const nw_match *match, const nw_fact *meaning, uint32_t node)
{
    nw_eval *eval = match->index->eval;
    const nw_ast *ast = match->index->module->ast;
    nw_bound_call call = values_of(eval, catalog_function(eval, bytes_of(match, meaning->name)), meaning);
    nw_list arguments = nw_ast_list(ast, ast->nodes[node].b);
    const nw_node *operand = &ast->nodes[arguments.count == 1 ? arguments.items[0] : 0];
    call.is_unclear = arguments.count != 1 || !call.count || operand->kind == NW_NODE_STARRED || operand->kind == NW_NODE_KEYWORD;
    if (!call.is_unclear)
        call.items[0].term = nw_match_term(match, arguments.items[0]);
    return call;
}

/* x.to(torch.float32) is x.to(dtype=torch.float32). */
static void name_dtype(const nw_match *match, nw_bound_call *call)
{
    nw_symbol dtype = nw_symbol_of(match->rules->symbols, "dtype");
    uint32_t given = 0, named = 0;
    for (uint32_t i = 1; i < call->count; i++) {
        if (call->items[i].term.value.kind == NW_DTYPE && strcmp(bytes_of(match, call->items[i].name), "args") == 0)
            given = i;
        if (call->items[i].name.v == dtype.v && call->items[i].is_default)
            named = i;
    }
    if (!given || !named)
        return;
    nw_bound_argument argument = call->items[given];
    argument.name = dtype;
    call->items[named] = argument;
    memmove(call->items + given, call->items + given + 1, (call->count - given - 1) * sizeof *call->items);
    call->count--;
}

/* torch.einsum(equation, [a, b]) is torch.einsum(equation, a, b). */
static void spread_operands(const nw_match *match, nw_bound_call *call)
{
    const nw_ast *ast = match->index->module->ast;
    const nw_node *list = &ast->nodes[call->items[1].term.node];
    nw_value value = call->items[1].term.value;
    if ((list->kind != NW_NODE_LIST && list->kind != NW_NODE_TUPLE) || (value.kind != NW_LIST && value.kind != NW_TUPLE))
        return;
    nw_list items = nw_ast_list(ast, list->a);
    uint32_t count = value.kind == NW_LIST ? value.as.list->count : value.as.tuple->count;
    if (count != items.count || (value.kind == NW_LIST && value.as.list->repeated))
        return;
    nw_bound_argument *spread = nw_arena_zero(&match->index->eval->arena, (count + 1) * sizeof *spread);
    spread[0] = call->items[0];
    for (uint32_t i = 0; i < count; i++)
        spread[i + 1] = (nw_bound_argument){call->items[1].name, {items.items[i], value.kind == NW_LIST ? value.as.list->items[i] : value.as.tuple->items[i]}, false};
    call->items = spread;
    call->count = count + 1;
}

/* `x.softmax(-1)`: the receiver is the first argument. Arguments that the call does not write, as those of `map(f, xs)`, have no texts. */
static void add_receiver(nw_bound_call *call, const nw_fact *fact, const nw_node *callee)
{
    bool is_method = fact->spelled == 2 && callee->kind == NW_NODE_ATTRIBUTE && call->count;
    call->is_unclear |= fact->spelled != 1 && !is_method;
    if (is_method)
        call->items[0].term.node = callee->a;
}

/* An operand that is one number or another, by what was decided before, is either of them. */
static void join_numbers(const nw_match *match, const nw_fact *fact, const nw_node *text, nw_bound_call *call)
{
    uint32_t count;
    const nw_placed *here = nw_file_facts_at(match->index, text->start, text->end, &count);
    for (uint32_t i = 0; i < count; i++) {
        const nw_fact *other = &match->index->eval->facts[here[i].number];
        if (other == fact || other->activation != fact->activation || other->name.v != fact->name.v)
            continue;
        for (uint32_t k = 0; k < call->count && k < other->argument_count; k++) {
            nw_value *value = &call->items[k].term.value;
            if (value->kind == NW_TENSOR || nw_operand_same(*value, other->arguments[k]))
                continue;
            nw_phi *either = nw_arena_zero(&match->index->eval->arena, sizeof *either);
            either->then = *value;
            either->otherwise = other->arguments[k];
            *value = (nw_value){.kind = NW_PHI, .as.phi = either};
        }
    }
}

nw_bound_call nw_call_of_fact(const nw_match *match, const nw_fact *fact, uint32_t node)
{
    nw_eval *eval = match->index->eval;
    const nw_node *text = nw_file_node(match->index, node);
    const nw_function *function = fact->kind == NW_FACT_OPERATOR ? catalog_function(eval, bytes_of(match, fact->name)) : NULL;
    nw_bound_call call = values_of(eval, function, fact);
    switch (text->kind) {
    case NW_NODE_BINARY:
    case NW_NODE_AUGMENTED_ASSIGN:
        if (call.count >= 2) {
            call.items[0].term.node = text->a;
            call.items[1].term.node = text->b;
            join_numbers(match, fact, text, &call);
        }
        break;
    case NW_NODE_UNARY:
        if (call.count >= 1)
            call.items[0].term.node = text->a;
        break;
    case NW_NODE_CALL: {
        add_receiver(&call, fact, nw_file_node(match->index, text->a));
        add_texts(match, &call, node, fact->spelled == 2);
        break;
    }
    default:
        call.is_unclear = true;
    }
    if (strcmp(bytes_of(match, fact->name), "torch.Tensor.to") == 0)
        name_dtype(match, &call);
    if (call.count == 2 && call.items[1].term.node && nw_names_same(bytes_of(match, fact->name), "torch.einsum"))
        spread_operands(match, &call);
    return call;
}

uint32_t nw_construction_of(const nw_match *match, const nw_instance *instance)
{
    if (instance->place.module != match->index->module)
        return 0;
    nw_fact at = {.place = instance->place};
    uint32_t node = nw_file_node_of(match->index, &at);
    return node && nw_file_node(match->index, node)->kind == NW_NODE_CALL ? node : 0;
}

nw_bound_call nw_call_of_instance(const nw_match *match, const nw_instance *instance, uint32_t node)
{
    nw_eval *eval = match->index->eval;
    nw_value *init = nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    const nw_arguments *given = instance->made_with;
    if (!init || init->kind != NW_FUNCTION || !given || given->open)
        return (nw_bound_call){.is_unclear = true};
    const nw_ast_function *code = init->as.function->code;
    nw_bound_call call = {.items = nw_arena_zero(&eval->arena, (code->parameter_count + 1) * sizeof *call.items)};
    for (uint32_t i = 1; i < code->parameter_count; i++) {
        nw_value value = init->as.function->defaults ? init->as.function->defaults[i] : nw_unset();
        bool takes_rest = code->parameters[i].kind == NW_PARAMETER_ARGS, takes_named = code->parameters[i].kind == NW_PARAMETER_KWARGS;
        if ((takes_rest && given->positional_count >= i) || (takes_named && given->named_count))
            return (nw_bound_call){.is_unclear = true};
        if (takes_rest || takes_named)
            continue;
        bool is_default = true;
        if (i - 1 < given->positional_count) {
            value = given->positional[i - 1];
            is_default = false;
        }
        for (uint32_t k = 0; k < given->named_count; k++)
            if (given->names[k].v == code->parameters[i].name.v) {
                value = given->named[k];
                is_default = false;
            }
        nw_value fallback = init->as.function->defaults ? init->as.function->defaults[i] : nw_unset();
        if (!is_default && fallback.kind != NW_UNSET && nw_operand_same(value, fallback))
            is_default = true;
        call.items[call.count++] = (nw_bound_argument){code->parameters[i].name, {0, value}, is_default};
    }
    if (node)
        add_texts(match, &call, node, 0);
    return call;
}
