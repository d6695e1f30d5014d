/* What is taken of objects of which nothing is known, without an entry and in code that the entry does not reach: methods that tensors have, attributes
 * that modules have under another name now. They stay as they were, and are told. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

static bool any_has(nw_eval *eval, nw_symbol name)
{
    static const nw_native_class others[] = {NW_CLASS_OF_STR, NW_CLASS_OF_BYTES, NW_CLASS_OF_TUPLE, NW_CLASS_OF_LIST, NW_CLASS_OF_DICT, NW_CLASS_OF_SET,
                                             NW_CLASS_OF_FLOAT, NW_CLASS_OF_INT, NW_CLASS_OF_ITERATOR};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (nw_class_find(eval, eval->classes[others[i]], name))
            return true;
    return false;
}

/* Whether a class of the file has a method of that name. */
static bool is_own(const nw_ast *ast, nw_symbol name)
{
    for (uint32_t i = 1; i < ast->function_count; i++)
        if (ast->functions[i].name.v == name.v && ast->functions[ast->functions[i].parent].scope == NW_SCOPE_CLASS)
            return true;
    return false;
}

/* Whether the object is one that the program imports or names itself: a module, a class, `self`, super(). */
static bool is_named(const nw_writer *writer, uint32_t object)
{
    const nw_ast *ast = writer->ast;
    if (ast->nodes[object].kind == NW_NODE_NAME && ast->nodes[object].a == NW_NAME_SELF)
        return true;
    while (ast->nodes[object].kind == NW_NODE_ATTRIBUTE)
        object = ast->nodes[object].a;
    const nw_node *n = &ast->nodes[object];
    if (n->kind != NW_NODE_NAME)
        return n->kind == NW_NODE_CALL && ast->nodes[n->a].kind == NW_NODE_NAME && ast->nodes[n->a].a == NW_NAME_SUPER;
    return n->b == NW_PLACE_GLOBAL;
}

void nw_refuse_unknown_method(nw_writer *writer, uint32_t call)
{
    nw_eval *eval = writer->eval;
    const nw_node *callee = &writer->ast->nodes[writer->ast->nodes[call].a];
    nw_symbol name = {callee->b};
    bool looked_at = writer->migration->is_open || !writer->reached;
    if (!looked_at || callee->kind != NW_NODE_ATTRIBUTE || !eval->tensor_class)
        return;
    for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, writer->ast->nodes[call].a); e; e = nw_sites_next(writer->migration->sites, e))
        if (e->a.kind != NW_OPAQUE && e->a.kind != NW_PHI)
            return;
    if (nw_class_find(eval, eval->tensor_class, name) && !any_has(eval, name) && !is_named(writer, callee->a) && !is_own(writer->ast, name))
        nw_write_refuse(writer, call, NW_DIAG_UNKNOWN_OBJECT, "%s", nw_bytes(eval, name));
}

/* Whether the program gives some module of its own that attribute, in the class or in a run, and it has another name now. */
static bool is_changed(const nw_writer *writer, nw_symbol name)
{
    const nw_trace *trace = writer->migration->sites->trace;
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        const nw_class *class_ = NULL;
        if (e->kind == NW_TRACE_CLASS && e->result.kind == NW_CLASS && nw_dict_find_name(e->result.as.class_->attributes, name))
            class_ = e->result.as.class_;
        else if (e->kind == NW_TRACE_ATTRIBUTE_STORE && e->a.kind == NW_INSTANCE && e->module->ast->nodes[e->node].b == name.v)
            class_ = e->a.as.instance->class_;
        if (class_ && class_->is_module && !class_->is_catalog && nw_renamed(writer, class_, name).v != name.v)
            return true;
    }
    return false;
}

void nw_refuse_unknown_attribute(nw_writer *writer, uint32_t attribute)
{
    const nw_node *n = &writer->ast->nodes[attribute];
    nw_symbol name = {n->b};
    const char *text = nw_bytes(writer->eval, name);
    if (writer->reached || writer->migration->is_open || strncmp(text, "__", 2) == 0)
        return;
    nw_symbol framework = nw_framework_attribute(writer, n->a, name);
    bool same_protocol = nw_translations_setting(&writer->migration->tables, "layer_class").kind != NW_STRING; /* adapters have what modules of the source have */
    if (framework.v && !same_protocol)
        nw_write_refuse(writer, attribute, NW_DIAG_NOT_TRANSLATED, "%s", nw_bytes(writer->eval, framework));
    else if (!is_named(writer, n->a) && nw_may_be_renamed(writer, name) && is_changed(writer, name))
        nw_write_refuse(writer, attribute, NW_DIAG_CALLED_OTHERWISE, "%s", text);
}
