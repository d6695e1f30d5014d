/* Calls: of functions, layers and methods of the source framework, and of modules. */
#include "eval/interpret.h"
#include "migrate/layout.h"

#include <string.h>

/* ---- what is called ---- */

static bool is_dunder(const char *name)
{
    const char *last = strrchr(name, '.');
    return last && last[1] == '_' && last[2] == '_';
}

static bool has_row(const nw_writer *writer, nw_symbol name)
{
    const nw_translations *tables = &writer->migration->tables;
    return name.v && (nw_translation_find(tables, NW_ROW_TRANSLATION, name) || nw_translation_find(tables, NW_ROW_ADAPTER, name) ||
                      nw_translation_find(tables, NW_ROW_DROPPED, name));
}

/* A method of the catalog, called through an object: the same one in all runs. */
static bool traced_method(nw_writer *writer, uint32_t node, nw_source_call *call)
{
    const nw_node *n = &writer->ast->nodes[node], *callee = &writer->ast->nodes[n->a];
    if (callee->kind != NW_NODE_ATTRIBUTE || !call->first)
        return false;
    bool mixed = false, known = false;
    for (const nw_trace_entry *e = call->first; e; e = nw_sites_next(writer->migration->sites, e)) {
        nw_symbol name = e->a.kind == NW_METHOD ? nw_framework_value_name(writer->eval, e->a) : (nw_symbol){0};
        mixed |= e != call->first && name.v != call->name.v;
        known |= has_row(writer, name);
        call->name = name;
    }
    if (mixed && known && writer->out)
        nw_write_refuse(writer, node, NW_DIAG_SEVERAL_MEANINGS, "%s", nw_bytes(writer->eval, (nw_symbol){callee->b}));
    call->receiver = callee->a;
    if (is_dunder(nw_bytes(writer->eval, call->name)) && !has_row(writer, call->name)) /* both frameworks have it by the language */
        return false;
    return call->name.v && !mixed && !nw_is_method_name(writer, (nw_symbol){callee->b}) && nw_is_framework_import(writer, call->name);
}

/* len(x) of a tensor whenever it ran: a method of it for the setting `length`, as the target's variables have no len(). */
static bool traced_length(nw_writer *writer, uint32_t node, nw_source_call *call)
{
    nw_value row = nw_translations_setting(&writer->migration->tables, "length");
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    if (row.kind != NW_STRING || arguments.count != 1 || !call->first)
        return false;
    for (const nw_trace_entry *e = call->first; e; e = nw_sites_next(writer->migration->sites, e)) {
        nw_value of = e->a.kind == NW_NATIVE && strcmp(e->a.as.native->name, "len") == 0 && e->arguments->positional_count == 1 ? e->arguments->positional[0] : nw_unset();
        of = nw_settle(writer->eval, of);
        if (of.kind != NW_TENSOR || of.as.tensor->is_supposed)
            return false;
    }
    call->name = row.as.symbol;
    call->receiver = arguments.items[0];
    call->arguments = (nw_list){0};
    return true;
}

static nw_class *class_of(nw_value value)
{
    return value.kind == NW_CLASS ? value.as.class_ : NULL;
}

/* ---- writing ---- */

/* The callee is replaced; the arguments keep their text. */
static void write_adapter_call(nw_writer *writer, const nw_translation *row, const nw_source_call *call)
{
    const nw_node *n = &writer->ast->nodes[call->node];
    const nw_node *callee = &writer->ast->nodes[n->a];
    uint32_t at = callee->end;
    while (writer->bytes[at] != '(') /* parentheses around the callee are left behind */
        at++;
    nw_buffer_text(writer->out, nw_adapter_name(writer, row));
    bool bare = call->arguments.count == 1 && writer->ast->nodes[call->arguments.items[0]].start <= at; /* a generator in the call's own parentheses */
    if (bare && !call->receiver) {
        nw_write_node(writer, call->arguments.items[0]);
        return;
    }
    nw_write_source(writer, at, at + 1);
    at++;
    if (call->receiver) {
        nw_write_enclosed(writer, call->receiver);
        nw_buffer_text(writer->out, call->arguments.count ? ", " : "");
    }
    for (uint32_t i = 0; i < call->arguments.count; i++) {
        const nw_node *argument = &writer->ast->nodes[call->arguments.items[i]];
        nw_write_source(writer, at, argument->start);
        nw_write_node(writer, call->arguments.items[i]);
        at = argument->end;
    }
    if (call->fills)
        nw_buffer_byte(writer->out, ')');
    else
        nw_write_source(writer, at, n->end);
    nw_buffer_text(writer->out, bare ? ")" : "");
}

/* A method of a layer or container, not of modules as such: what the object becomes has it too, or reading back finds it missing. */
static bool is_container_method(nw_writer *writer, const nw_source_call *call)
{
    nw_value self = call->first && call->first->a.kind == NW_METHOD ? call->first->a.as.method->self : nw_unset();
    nw_value module = nw_translations_setting(&writer->migration->tables, "module");
    const char *name = nw_bytes(writer->eval, call->name), *base = module.kind == NW_STRING ? nw_bytes(writer->eval, module.as.symbol) : "";
    bool of_base = strncmp(name, base, strlen(base)) == 0 && name[strlen(base)] == '.';
    if (self.kind == NW_INSTANCE && (self.as.instance->payload.kind == NW_LIST || self.as.instance->payload.kind == NW_DICT))
        return true; /* a list or dictionary that the framework keeps an eye on */
    return self.kind == NW_INSTANCE && self.as.instance->class_->is_module && !of_base;
}

bool nw_adapter_defines(const nw_translation *adapter, nw_symbol name)
{
    const nw_ast *ast = adapter->module->ast;
    const nw_node *node = &ast->nodes[adapter->node];
    if (node->kind != NW_NODE_CLASS)
        return false;
    nw_list body = nw_ast_list(ast, ast->extra[node->b + 1]);
    for (uint32_t i = 0; i < body.count; i++)
        if (ast->nodes[body.items[i]].kind == NW_NODE_FUNCTION && ast->functions[ast->nodes[body.items[i]].a].name.v == name.v)
            return true;
    return false;
}

/* A method that the adapter of the object's own class has too. */
static bool is_adapted_method(nw_writer *writer, const nw_source_call *call)
{
    bool method = call->first && call->first->a.kind == NW_METHOD && call->first->a.as.method->function.kind == NW_FUNCTION;
    nw_value self = method ? call->first->a.as.method->self : nw_unset();
    nw_symbol own = method ? call->first->a.as.method->function.as.function->name : (nw_symbol){0};
    const nw_class *class_ = self.kind == NW_INSTANCE ? self.as.instance->class_ : self.kind == NW_CLASS ? self.as.class_ : NULL;
    for (uint32_t i = 0; class_ && i < class_->mro_count; i++) {
        nw_symbol name = nw_framework_value_name(writer->eval, nw_class_value(class_->mro[i]));
        const nw_translation *adapter = name.v ? nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, name) : NULL;
        if (adapter && nw_adapter_defines(adapter, own))
            return true;
    }
    return false;
}

/* A test of what the framework offers, such as hasattr(nn, "SiLU"): its answer. */
static bool write_answer(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    nw_value value;
    nw_symbol dotted;
    if (!first || first->a.kind != NW_NATIVE || !arguments.count || !nw_reference(writer, arguments.items[0], &value, &dotted) || value.kind != NW_MODULE)
        return false;
    if (first->result.kind != NW_BOOL)
        return false;
    nw_buffer_text(writer->out, first->result.as.integer ? "True" : "False");
    writer->changed = true;
    return true;
}

/* importlib.util.find_spec("torch"): whether the framework is there is asked of the target's, also where its source lies in the roots.
 * importlib.metadata.version("torch") is the version that the program was read for, as torch.__version__ is. */
static bool write_installed(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    nw_value target = nw_translations_setting(&writer->migration->tables, "framework");
    const nw_function *callee = first && first->a.kind == NW_FUNCTION ? first->a.as.function : NULL;
    if (!callee || arguments.count != 1 || target.kind != NW_STRING)
        return false;
    const char *asked = nw_bytes(writer->eval, nw_function_qualified(writer->eval, (nw_function *)callee));
    bool version = strcmp(asked, "importlib.metadata.version") == 0 && first->result.kind == NW_STRING;
    const nw_node *name = &writer->ast->nodes[arguments.items[0]];
    if ((!version && strcmp(asked, "importlib.util.find_spec") != 0) || name->kind != NW_NODE_STRING || !nw_is_of_framework(writer, (nw_symbol){name->a}))
        return false;
    if (first->result.kind == NW_NONE) {
        nw_buffer_text(writer->out, "None");
    } else if (version) {
        nw_buffer_format(writer->out, "\"%s\"", nw_bytes(writer->eval, first->result.as.symbol));
    } else {
        nw_write_source(writer, writer->ast->nodes[node].start, name->start);
        nw_buffer_format(writer->out, "\"%s\"", nw_bytes(writer->eval, target.as.symbol));
        nw_write_source(writer, name->end, writer->ast->nodes[node].end);
    }
    writer->changed = true;
    return true;
}

/* The adapter that answers isinstance for a class. */
static const nw_translation *asking_row(nw_writer *writer, uint32_t node)
{
    nw_value value, name;
    nw_symbol dotted;
    if (!nw_reference(writer, node, &value, &dotted))
        return NULL;
    nw_symbol own = nw_framework_value_name(writer->eval, value);
    bool known = nw_translations_holds(&writer->migration->tables, "asks", own.v ? own : dotted, &name) && name.kind == NW_STRING;
    return known ? nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, name.as.symbol) : NULL;
}

/* isinstance(x, torch.Tensor), isinstance(x, (torch.Tensor, int)): tensors of the target have no class in common. */
static bool write_isinstance(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    const nw_node *callee = &writer->ast->nodes[writer->ast->nodes[node].a];
    bool named = callee->kind == NW_NODE_NAME && callee->a == nw_symbol_of(writer->eval->symbols, "isinstance").v && callee->b != NW_PLACE_SLOT;
    nw_value value;
    nw_symbol dotted;
    bool own = nw_reference(writer, writer->ast->nodes[node].a, &value, &dotted) && nw_translations_holds(&writer->migration->tables, "asking", dotted, NULL);
    if (!(own || (named && (!first || first->a.kind == NW_NATIVE))) || arguments.count != 2)
        return false;
    const nw_node *classes = &writer->ast->nodes[arguments.items[1]];
    nw_list items = classes->kind == NW_NODE_TUPLE ? nw_ast_list(writer->ast, classes->a) : (nw_list){&arguments.items[1], 1};
    const nw_translation *row = NULL;
    uint32_t others = 0;
    for (uint32_t i = 0; i < items.count; i++) {
        const nw_translation *asking = asking_row(writer, items.items[i]);
        if (row && asking && asking != row)
            return false;
        row = asking ? asking : row;
        others += !asking;
    }
    if (!row || (others && !nw_is_simple(writer->ast, arguments.items[0])))
        return false;
    nw_buffer_format(writer->out, others ? "(%s(" : "%s(", nw_adapter_name(writer, row));
    nw_write_enclosed(writer, arguments.items[0]);
    nw_buffer_text(writer->out, ")");
    if (others) {
        nw_buffer_text(writer->out, " or isinstance(");
        nw_write_enclosed(writer, arguments.items[0]);
        nw_buffer_text(writer->out, ", (");
        for (uint32_t i = 0, written = 0; i < items.count; i++)
            if (!asking_row(writer, items.items[i])) {
                nw_buffer_text(writer->out, written++ ? ", " : "");
                nw_write_enclosed(writer, items.items[i]);
            }
        nw_buffer_text(writer->out, others == 1 ? ",)))" : ")))");
    }
    writer->changed = true;
    return true;
}

static bool is_translated(const nw_writer *writer, nw_symbol name)
{
    static const nw_row_kind kinds[] = {NW_ROW_TRANSLATION, NW_ROW_ADAPTER, NW_ROW_VALUE, NW_ROW_DROPPED};
    for (uint32_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (nw_translation_find(&writer->migration->tables, kinds[i], name))
            return true;
    return false;
}

/* getattr(torch.compiler, "is_compiling", None): the name itself, or what is given instead. */
static bool write_getattr(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    nw_eval *eval = writer->eval;
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    nw_value module, value;
    nw_symbol dotted;
    bool plain = first && first->a.kind == NW_NATIVE && strcmp(first->a.as.native->name, "getattr") == 0 && arguments.count >= 2 &&
                 writer->ast->nodes[arguments.items[1]].kind == NW_NODE_STRING;
    if (!plain || !nw_reference(writer, arguments.items[0], &module, &dotted) || (module.kind != NW_MODULE && module.kind != NW_CLASS))
        return false;
    nw_symbol name = {writer->ast->nodes[arguments.items[1]].a};
    value = nw_get_attribute(eval, module, name);
    bool found = value.kind != NW_ERROR && value.kind != NW_OPAQUE;
    nw_exception_clear(eval);
    eval->undecided = false;
    nw_symbol row = found ? nw_framework_value_name(eval, value) : (nw_symbol){0};
    if ((!found || (value.kind == NW_FUNCTION && !is_translated(writer, row))) && arguments.count == 3) {
        nw_write_enclosed(writer, arguments.items[2]);
        writer->changed = true;
        return true;
    }
    nw_symbol own = found ? nw_framework_value_name(eval, value) : (nw_symbol){0};
    nw_write_reference(writer, node, found ? value : nw_unset(), own.v ? own : nw_symbol_dotted(eval->symbols, dotted, name));
    return true;
}

/* Whether an earlier run asked for the same name. */
static bool is_repeated(nw_writer *writer, const nw_trace_entry *first, const nw_trace_entry *run)
{
    for (const nw_trace_entry *e = first; e != run; e = nw_sites_next(writer->migration->sites, e))
        if (e->arguments->positional[1].as.symbol.v == run->arguments->positional[1].as.symbol.v)
            return true;
    return false;
}

/* getattr(nn, name): a dictionary of what the name was in all runs, {"ReLU": ReLU, "GELU": GELU}[name]. */
static bool write_getattr_of_name(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    nw_value module;
    nw_symbol dotted;
    if (!first || first->a.kind != NW_NATIVE || strcmp(first->a.as.native->name, "getattr") != 0 || arguments.count < 2)
        return false;
    if (!nw_reference(writer, arguments.items[0], &module, &dotted) || module.kind != NW_MODULE)
        return false;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        if (e->arguments->positional_count != arguments.count || e->arguments->positional[1].kind != NW_STRING || !nw_framework_value_name(writer->eval, e->result).v)
            return false;
    nw_buffer_byte(writer->out, '{');
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        if (is_repeated(writer, first, e))
            continue;
        nw_buffer_format(writer->out, "%s\"%s\": ", e == first ? "" : ", ", nw_bytes(writer->eval, e->arguments->positional[1].as.symbol));
        nw_write_reference(writer, arguments.items[0], e->result, nw_framework_value_name(writer->eval, e->result));
    }
    nw_buffer_text(writer->out, "}[");
    nw_write_enclosed(writer, arguments.items[1]);
    nw_buffer_byte(writer->out, ']');
    writer->changed = true;
    return true;
}

/* getattr(super(), name) at the end of a __getattr__ of the program's own: modules of the target answer there for the parts that they keep
 * beside their attributes. */
static bool write_getattr_of_super(nw_writer *writer, uint32_t node)
{
    const nw_ast *ast = writer->ast;
    const nw_node *callee = &ast->nodes[ast->nodes[node].a];
    nw_list arguments = nw_ast_list(ast, ast->nodes[node].b);
    const nw_node *object = arguments.count == 2 ? &ast->nodes[arguments.items[0]] : NULL;
    if (!object || callee->kind != NW_NODE_NAME || callee->b != NW_PLACE_GLOBAL || strcmp(nw_bytes(writer->eval, (nw_symbol){callee->a}), "getattr") != 0)
        return false;
    bool of_super = object->kind == NW_NODE_CALL && ast->nodes[object->a].kind == NW_NODE_NAME && ast->nodes[object->a].a == NW_NAME_SUPER;
    const nw_ast_function *code = of_super ? nw_function_around(ast, callee->start) : NULL;
    if (!code || strcmp(nw_bytes(writer->eval, code->name), "__getattr__") != 0 || nw_translations_setting(&writer->migration->tables, "parts_beside_attributes").kind != NW_BOOL)
        return false;
    nw_write_node(writer, arguments.items[0]);
    nw_buffer_text(writer->out, ".__getattr__(");
    nw_write_node(writer, arguments.items[1]);
    nw_buffer_byte(writer->out, ')');
    writer->changed = true;
    return true;
}

/* eval("ReLU"): the name of a framework's class that the file imports; what stands for it must have that name here. Other text that
 * is evaluated cannot be followed. */
static void check_evaluated_text(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    for (const nw_trace_entry *e = first; e && e->a.kind == NW_NATIVE; e = nw_sites_next(writer->migration->sites, e)) {
        bool expression = strcmp(e->a.as.native->name, "eval") == 0;
        if (!expression && strcmp(e->a.as.native->name, "exec") != 0)
            return;
        nw_symbol name = e->result.kind == NW_CLASS || e->result.kind == NW_FUNCTION ? nw_framework_value_name(writer->eval, e->result) : (nw_symbol){0};
        const nw_translation *row = name.v ? nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, name) : NULL;
        bool plain = row && e->arguments->positional_count && e->arguments->positional[0].kind == NW_STRING &&
                     e->arguments->positional[0].as.symbol.v == row->own_name.v;
        if (plain)
            nw_adapter_name(writer, row);
        else if (!expression || name.v || (e->result.kind == NW_INSTANCE && e->result.as.instance->class_->is_module))
            nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "code in a string");
    }
}

static bool fits(nw_writer *writer, nw_row_kind kind, const nw_source_call *call)
{
    nw_template_layout says = {0};
    const nw_translation *row = nw_translation_find(&writer->migration->tables, kind, call->name);
    return row && nw_template_fits(writer, row, call, &says);
}

/* True: the call was written. */
static bool write_known_call(nw_writer *writer, const nw_source_call *call)
{
    const nw_translations *tables = &writer->migration->tables;
    const nw_node *n = &writer->ast->nodes[call->node];
    bool last = nw_layout_is_last(writer->migration->layout, writer->module, call->node);
    bool is_free = nw_layout_is_free(writer->migration->layout, writer->module, call->node);
    if (tables->by_hand && !call->first && nw_translation_find(tables, NW_ROW_LAST_TRANSLATION, call->name) && !fits(writer, NW_ROW_TRANSLATION, call))
        last = true; /* never reached, and there is no other form */
    const nw_translation *row = nw_translation_find(tables, is_free ? NW_ROW_FREE_TRANSLATION : last ? NW_ROW_LAST_TRANSLATION : NW_ROW_TRANSLATION, call->name);
    const nw_translation *adapter = nw_translation_find(tables, last ? NW_ROW_LAST_ADAPTER : NW_ROW_ADAPTER, call->name);
    const nw_translation *dropped = nw_translation_find(tables, NW_ROW_DROPPED, call->name);
    if (call->receiver && (is_adapted_method(writer, call) || (!row && !adapter && !dropped && is_container_method(writer, call)))) {
        nw_write_children(writer, call->node);
        return true;
    }
    bool kept = adapter && call->class_ && nw_sites_kept(writer->migration->sites, writer->module, n, call->class_);
    bool comment = nw_holds_comment(writer, n);
    nw_comment_place before = nw_comments_begin(writer);
    writer->migration->calls++;
    if (row && !kept && !(adapter && comment) && nw_template_write(writer, row, call) == NW_TEMPLATE_WRITTEN) {
        nw_keep_comments(writer, n, before);
    } else if (adapter) {
        write_adapter_call(writer, adapter, call);
        nw_note_options(writer, call, "unused_by_adapters", NULL); /* it takes them as the source's class does */
    } else if (dropped && (call->receiver || call->arguments.count)) {
        uint32_t first = call->receiver ? call->receiver : call->arguments.items[0];
        nw_write_note(writer, call->node, NW_DIAG_LEFT_OUT, "%s (%s)", nw_bytes(writer->eval, call->name), nw_bytes(writer->eval, dropped->note));
        nw_write_enclosed(writer, writer->ast->nodes[first].kind == NW_NODE_KEYWORD ? writer->ast->nodes[first].b : first);
    } else {
        bool some = row != NULL;
        nw_write_refuse(writer, call->node, some ? NW_DIAG_ARGUMENTS_NOT_TRANSLATED : NW_DIAG_NOT_TRANSLATED, "%s", nw_bytes(writer->eval, call->name));
        nw_write_source(writer, n->start, n->end);
        return true;
    }
    writer->migration->translated++;
    writer->changed = true;
    return true;
}

/* ---- functions of libraries that take only tensors ---- */

/* A buffer that a module keeps in its state. */
static bool is_kept_buffer(nw_eval *eval, const nw_instance *instance, const nw_tensor *tensor)
{
    nw_value *buffers = nw_dict_find_name(instance->attributes, nw_symbol_of(eval->symbols, "_buffers"));
    nw_value *passing = nw_dict_find_name(instance->attributes, nw_symbol_of(eval->symbols, "_non_persistent_buffers_set"));
    uint32_t position = 0;
    for (nw_dict_entry *entry; buffers && buffers->kind == NW_DICT && (entry = nw_dict_next(buffers->as.dict, &position));)
        if (entry->value.kind == NW_TENSOR && entry->value.as.tensor == tensor && entry->key.kind == NW_STRING)
            return !(passing && passing->kind == NW_SET && nw_dict_find_name(passing->as.dict, entry->key.as.symbol));
    return false;
}

bool nw_is_variable(nw_writer *writer, nw_value value)
{
    const nw_trace *trace = writer->migration->sites->trace;
    if (value.kind != NW_TENSOR || value.as.tensor->is_parameter)
        return value.kind == NW_TENSOR;
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        bool read = e->kind == NW_TRACE_ATTRIBUTE && e->a.kind == NW_INSTANCE && e->a.as.instance->class_->is_module;
        if (read && e->result.kind == NW_TENSOR && e->result.as.tensor == value.as.tensor && is_kept_buffer(writer->eval, e->a.as.instance, value.as.tensor))
            return true;
    }
    return false;
}

nw_value nw_argument_at(nw_writer *writer, const nw_trace_entry *run, nw_list arguments, uint32_t at)
{
    const nw_node *node = &writer->ast->nodes[arguments.items[at]];
    if (node->kind == NW_NODE_KEYWORD)
        for (uint32_t i = 0; i < run->arguments->named_count; i++)
            if (run->arguments->names[i].v == node->a)
                return run->arguments->named[i];
    return node->kind != NW_NODE_KEYWORD && at < run->arguments->positional_count ? run->arguments->positional[at] : nw_unset();
}

/* What an argument of a library's function is in all runs: 0 no variable, 1 always one, 2 sometimes, or a container that holds some. */
static int variable_use(nw_writer *writer, const nw_trace_entry *first, nw_list arguments, uint32_t at)
{
    bool some = false, all = true;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        nw_value value = nw_settle(writer->eval, nw_argument_at(writer, e, arguments, at));
        const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
        uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
        bool held = false;
        for (uint32_t i = 0; items && i < count; i++)
            held |= nw_is_variable(writer, nw_settle(writer->eval, items[i]));
        bool one = value.kind == NW_TENSOR && nw_is_variable(writer, value);
        some |= one || held;
        all &= one;
    }
    return !some ? 0 : all ? 1 : 2;
}

static void write_converted(nw_writer *writer, uint32_t value)
{
    const char *ops = nw_import_text(writer, nw_symbol_of(writer->eval->symbols, "ops"));
    const nw_node *n = &writer->ast->nodes[value];
    nw_list items = n->kind == NW_NODE_LIST || n->kind == NW_NODE_TUPLE ? nw_ast_list(writer->ast, n->a) : (nw_list){&value, 1};
    bool display = n->kind == NW_NODE_LIST || n->kind == NW_NODE_TUPLE;
    nw_buffer_text(writer->out, display ? "[" : "");
    for (uint32_t i = 0; i < items.count; i++) {
        nw_buffer_format(writer->out, "%s%s.copy(", i ? ", " : "", ops);
        if (writer->ast->nodes[items.items[i]].kind == NW_NODE_STARRED)
            nw_write_refuse(writer, value, NW_DIAG_ARGUMENTS_NOT_TRANSLATED, "variables in a container");
        nw_write_enclosed(writer, items.items[i]);
        nw_buffer_byte(writer->out, ')');
    }
    nw_buffer_text(writer->out, display ? "]" : "");
    writer->changed = true;
}

/* einops knows tensors, but not the target's variables. */
static bool write_tensor_function(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    nw_value convert = nw_translations_setting(&writer->migration->tables, "variable_value");
    const nw_node *n = &writer->ast->nodes[node];
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    nw_symbol name = first ? nw_framework_value_name(writer->eval, first->a) : (nw_symbol){0};
    const char *text = nw_bytes(writer->eval, name);
    nw_symbol top = nw_symbol_intern(writer->eval->symbols, text, strcspn(text, "."));
    if (!name.v || convert.kind != NW_STRING || !nw_translations_holds(&writer->migration->tables, "tensor_libraries", top, NULL))
        return false;
    uint32_t at = writer->ast->nodes[n->a].end;
    nw_write_callee(writer, node);
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = &writer->ast->nodes[arguments.items[i]];
        int use = variable_use(writer, first, arguments, i);
        bool wrap = use == 1;
        uint32_t value = argument->kind == NW_NODE_KEYWORD ? argument->b : arguments.items[i];
        nw_write_source(writer, at, writer->ast->nodes[value].start);
        if (use == 2 || (use == 1 && writer->ast->nodes[value].kind == NW_NODE_CALL)) { /* `weight.float()` gives itself here, and a tensor there */
            write_converted(writer, value);
            at = writer->ast->nodes[value].end;
            continue;
        }
        bool parentheses = wrap && !nw_is_atom(writer->ast, value);
        nw_buffer_text(writer->out, parentheses ? "(" : "");
        nw_write_node(writer, value);
        nw_buffer_text(writer->out, parentheses ? ")" : "");
        if (wrap)
            nw_buffer_format(writer->out, ".%s", nw_bytes(writer->eval, convert.as.symbol));
        writer->changed |= wrap;
        at = writer->ast->nodes[value].end;
    }
    nw_write_source(writer, at, n->end);
    return true;
}

/* A call of a function that takes the mode: hands it on. */
static bool write_training_call(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    const nw_node *n = &writer->ast->nodes[node];
    const nw_ast_function *code = first ? nw_called_code(first->a) : NULL;
    if (!code || !nw_takes_training(writer->migration, code) || !writer->function)
        return false;
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    uint32_t at = writer->ast->nodes[n->a].end;
    nw_write_callee(writer, node);
    for (uint32_t i = 0; i < arguments.count; i++) {
        nw_write_source(writer, at, writer->ast->nodes[arguments.items[i]].start);
        nw_write_node(writer, arguments.items[i]);
        at = writer->ast->nodes[arguments.items[i]].end;
    }
    if (!arguments.count) {
        uint32_t open = at;
        while (writer->bytes[open] != '(')
            open++;
        nw_write_source(writer, at, open + 1);
        at = open + 1;
    }
    nw_buffer_text(writer->out, arguments.count ? ", training=training" : "training=training");
    nw_write_source(writer, at, n->end);
    writer->changed = true;
    return true;
}

/* ---- dispatch ---- */

static bool read_reference_call(nw_writer *writer, uint32_t node, nw_source_call *call)
{
    nw_value value;
    nw_symbol dotted;
    if (!nw_reference(writer, writer->ast->nodes[node].a, &value, &dotted))
        return false;
    call->name = nw_framework_value_name(writer->eval, value);
    if (!call->name.v)
        call->name = dotted;
    call->class_ = class_of(value);
    return true;
}

static nw_source_call source_call(nw_writer *writer, uint32_t node)
{
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    bool fills = nw_out_argument(writer, node) != 0;
    return (nw_source_call){.node = node, .arguments = {arguments.items, arguments.count - fills}, .fills = fills, .first = nw_sites_first(writer->migration->sites, writer->module, node)};
}

bool nw_source_call_read(nw_writer *writer, uint32_t node, nw_source_call *call)
{
    *call = source_call(writer, node);
    return read_reference_call(writer, node, call) || traced_method(writer, node, call);
}

/* register(package="mine")(symbol): what a decorator that goes would have left as it is. */
static bool write_decorated(nw_writer *writer, uint32_t node)
{
    const nw_translations *tables = &writer->migration->tables;
    const nw_node *n = &writer->ast->nodes[node];
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    if (writer->ast->nodes[n->a].kind != NW_NODE_CALL || arguments.count != 1 || writer->ast->nodes[arguments.items[0]].kind == NW_NODE_KEYWORD)
        return false;
    nw_source_call call = source_call(writer, n->a);
    if (!read_reference_call(writer, n->a, &call) || nw_translation_find(tables, NW_ROW_TRANSLATION, call.name) || nw_translation_find(tables, NW_ROW_ADAPTER, call.name))
        return false;
    const nw_translation *dropped = nw_translation_find(tables, NW_ROW_DROPPED, call.name);
    if (!dropped)
        return false;
    nw_write_note(writer, node, NW_DIAG_LEFT_OUT, "%s (%s)", nw_bytes(writer->eval, call.name), nw_bytes(writer->eval, dropped->note));
    nw_write_enclosed(writer, arguments.items[0]);
    writer->migration->calls++;
    writer->migration->translated++;
    writer->changed = true;
    return true;
}

static bool holds_module(nw_eval *eval, nw_value value, int depth)
{
    value = nw_settle(eval, value);
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0, position = 0;
    for (uint32_t i = 0; i < count && depth; i++)
        if (holds_module(eval, items[i], depth - 1))
            return true;
    for (nw_dict_entry *entry; value.kind == NW_DICT && depth && (entry = nw_dict_next(value.as.dict, &position));)
        if (holds_module(eval, entry->value, depth - 1))
            return true;
    return nw_is_module_object(value);
}

/* Whether a call is, in some run, that of a function of `copy` on a module, or on what holds some within `depth` containers. */
static bool copies_modules(nw_writer *writer, const nw_trace_entry *first, const char *name, int depth)
{
    bool modules = false;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        modules |= e->kind == NW_TRACE_CALL && e->a.kind == NW_NATIVE && strcmp(e->a.as.native->name, name) == 0 && e->arguments->positional_count &&
                   holds_module(writer->eval, e->arguments->positional[0], depth);
    return modules;
}

/* copy.deepcopy(layer) */
static bool write_deep_copy(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    const nw_translation *row = nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, nw_symbol_of(writer->eval->symbols, NW_DEEP_COPY));
    if (!row || !copies_modules(writer, first, "deepcopy", 3))
        return false;
    nw_buffer_text(writer->out, nw_adapter_name(writer, row));
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    nw_buffer_text(writer->out, "(");
    for (uint32_t i = 0; i < arguments.count; i++) {
        nw_buffer_text(writer->out, i ? ", " : "");
        nw_write_node(writer, arguments.items[i]);
    }
    nw_buffer_text(writer->out, ")");
    writer->changed = true;
    return true;
}

/* copy.copy(layer): a second layer with the very weights of the first, which the target's layers do not have. */
static void refuse_shallow_copy(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    if (copies_modules(writer, first, "copy", 0))
        nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "a copy of a module that shares its weights");
}

static void write_any_call(nw_writer *writer, uint32_t node)
{
    if (write_decorated(writer, node) || nw_write_functional_call(writer, node))
        return;
    nw_source_call call = source_call(writer, node);
    if (read_reference_call(writer, node, &call)) {
        if (!write_isinstance(writer, node, call.first))
            write_known_call(writer, &call);
        return;
    }
    refuse_shallow_copy(writer, node, call.first);
    if (write_deep_copy(writer, node, call.first) || nw_write_named_import(writer, node, call.first) || write_answer(writer, node, call.first) || write_installed(writer, node, call.first) ||
        write_isinstance(writer, node, call.first) || write_getattr(writer, node, call.first) ||
        write_getattr_of_super(writer, node) || write_getattr_of_name(writer, node, call.first) || nw_write_attribute_by_text(writer, node, call.first))
        return;
    check_evaluated_text(writer, node, call.first);
    if (nw_write_beginning(writer, node, call.first) || nw_write_call_of_module(writer, node, call.first) || nw_write_layer_computation(writer, node, call.first))
        return;
    if (traced_method(writer, node, &call) || traced_length(writer, node, &call)) {
        write_known_call(writer, &call);
        return;
    }
    bool by_position = nw_translations_setting(&writer->migration->tables, "tensors_by_position").kind == NW_BOOL;
    bool native = call.first && call.first->a.kind == NW_INSTANCE && nw_is_native_class(writer->migration->natives, call.first->a.as.instance->class_);
    if (call.first && by_position && !native && nw_write_module_call(writer, node, call.first))
        return;
    if (write_tensor_function(writer, node, call.first) || nw_write_array_arguments(writer, node, call.first) || write_training_call(writer, node, call.first))
        return;
    nw_refuse_unknown_method(writer, node);
    nw_write_children(writer, node);
}

void nw_write_call(nw_writer *writer, uint32_t node)
{
    bool outer = writer->reached;
    bool number = nw_is_array_number(writer, node);
    writer->reached &= nw_runs_unseen(writer) || nw_sites_ran(writer->migration->sites, writer->module, node);
    uint32_t opened = nw_write_rebound(writer, node);
    nw_buffer_text(writer->out, number ? "float(" : "");
    write_any_call(writer, node);
    nw_buffer_text(writer->out, number ? ")" : "");
    while (opened--)
        nw_buffer_byte(writer->out, ')');
    writer->changed |= number;
    writer->reached = outer;
}
