/* What around a site keeps every form of a rule from it: code that reads its names, that compiles its text, or that puts something else where the new
 * code expects the framework. */
#include "edit/rewrite.h"

#include "base/among.h"
#include "match/word.h"

#include <string.h>

static nw_symbol symbol_of(const nw_rewrite *rewrite, const char *text)
{
    return nw_symbol_of(rewrite->match->index->eval->symbols, text);
}

/* ---- names that are read without being written, and text that is compiled ---- */

/* `torch.jit.script(...)`, by the name behind `jit`. */
static bool is_of_jit(const nw_file_index *index, const nw_node *node, const char *name)
{
    const nw_node *callee = nw_file_node(index, node->kind == NW_NODE_CALL ? node->a : 0);
    const nw_node *object = nw_file_node(index, callee->kind == NW_NODE_ATTRIBUTE ? callee->a : 0);
    uint32_t owner = nw_ast_last_word(object);
    return owner && strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){callee->b}), name) == 0 &&
           strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){owner}), "jit") == 0;
}

static bool calls_jit(const nw_rewrite *rewrite, const char *name)
{
    const nw_file_index *index = rewrite->match->index;
    nw_list words = nw_file_word(index, symbol_of(rewrite, name));
    for (uint32_t i = 0; i < words.count; i++)
        if (is_of_jit(index, nw_file_node(index, index->above[words.items[i]].parent), name))
            return true;
    return false;
}

/* @torch.jit.script compiles the text of a function, and calls in it only what it can compile too. What a call of it compiles is not
 * followed: it may be all of the file. */
static bool is_scripted(const nw_rewrite *rewrite)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_ast *ast = index->module->ast;
    if (calls_jit(rewrite, "script"))
        return true;
    for (uint32_t function = rewrite->match->function; function; function = ast->functions[function].parent) {
        const nw_node *node = nw_file_node(index, ast->functions[function].node);
        nw_list decorators = node->kind == NW_NODE_FUNCTION ? nw_ast_list(ast, node->b) : (nw_list){0};
        for (uint32_t i = 0; i < decorators.count; i++) {
            const nw_node *decorator = nw_file_node(index, decorators.items[i]);
            const char *name = decorator->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){decorator->b}) : "";
            if (strcmp(name, "script") == 0 || strcmp(name, "script_method") == 0)
                return true;
        }
    }
    return false;
}

/* `inspect.currentframe().f_back`: names of any function may be read from another one. */
static bool looks_into_frames(const nw_rewrite *rewrite)
{
    static const char *const frames[] = {"_getframe", "currentframe", "f_locals", "tb_frame"};
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (nw_file_has_word(rewrite->match->index, NW_NODE_ATTRIBUTE, frames[i]) || nw_file_has_word(rewrite->match->index, NW_NODE_NAME, frames[i]))
            return true;
    return false;
}

/* `locals()["h"]`, `eval("h + x")`: names may be read without being written. */
static bool reads_names(const nw_rewrite *rewrite)
{
    static const char *const readers[] = {"locals", "vars", "dir", "eval", "exec"};
    const nw_file_index *index = rewrite->match->index;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        nw_list places = nw_file_word(index, symbol_of(rewrite, readers[i]));
        for (uint32_t k = 0; k < places.count; k++) {
            const nw_node *name = nw_file_node(index, places.items[k]), *call = nw_file_node(index, index->above[places.items[k]].parent);
            bool is_call = name->kind == NW_NODE_NAME && call->kind == NW_NODE_CALL && call->a == places.items[k];
            bool of_others = (i == 1 || i == 2) && is_call && nw_ast_list(index->module->ast, call->b).count; /* vars(self) */
            if (is_call && !of_others && index->above[places.items[k]].function == rewrite->match->function)
                return true;
        }
    }
    return false;
}

/* ---- code that sees which operators run, or that they fail ---- */

/* `def __torch_function__`: the program is called in the place of operators, one by one. What autograd keeps may go through its hands, too. */
static const char *operator_watcher(const nw_rewrite *rewrite)
{
    static const char *const methods[] = {"__torch_function__", "__torch_dispatch__"};
    const nw_file_index *index = rewrite->match->index;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (nw_file_defines(index, symbol_of(rewrite, methods[i]).v))
            return "a class of the file is called for each operator (`__torch_function__` or `__torch_dispatch__`), and would be called for others";
    bool packs = nw_file_has_word(index, NW_NODE_ATTRIBUTE, "saved_tensors_hooks") || nw_file_has_word(index, NW_NODE_NAME, "saved_tensors_hooks");
    return packs ? "the file sees which tensors are kept for the gradients (`saved_tensors_hooks`), and they would be others" : NULL;
}

/* `except ImportError`: of what computing never raises. */
static bool is_of_imports(const nw_file_index *index, uint32_t type)
{
    static const char *const names[] = {"ImportError", "ModuleNotFoundError", "AttributeError", "KeyError", "StopIteration", "KeyboardInterrupt"};
    const nw_node *node = nw_file_node(index, type);
    nw_list parts = node->kind == NW_NODE_TUPLE ? nw_ast_list(index->module->ast, node->a) : (nw_list){&type, 1};
    for (uint32_t i = 0; i < parts.count; i++) {
        const nw_node *part = nw_file_node(index, parts.items[i]);
        if (!type || part->kind != NW_NODE_NAME || !NW_IS_AMONG(nw_symbol_bytes(index->eval->symbols, (nw_symbol){part->a}), names))
            return false;
    }
    return true;
}

/* The handlers of a `try`, or a `with` that may swallow errors: contextlib.suppress(RuntimeError). */
static bool catches_errors(const nw_file_index *index, uint32_t id)
{
    const nw_node *node = nw_file_node(index, id);
    nw_list parts = node->kind == NW_NODE_TRY ? nw_ast_list(index->module->ast, node->b) : node->kind == NW_NODE_WITH ? nw_ast_list(index->module->ast, node->a) : (nw_list){0};
    for (uint32_t i = 0; i < parts.count; i++) {
        const nw_node *part = nw_file_node(index, parts.items[i]);
        const nw_node *call = nw_file_node(index, part->kind == NW_NODE_WITH_ITEM ? part->a : 0), *callee = nw_file_node(index, call->kind == NW_NODE_CALL ? call->a : 0);
        const char *name = nw_symbol_bytes(index->eval->symbols, (nw_symbol){nw_ast_last_word(callee)});
        if (part->kind == NW_NODE_HANDLER ? !is_of_imports(index, part->a) : strcmp(name, "suppress") == 0)
            return true;
    }
    return false;
}

/* New code fails at other places than the old one, with other words, or not at all: `try: ... except RuntimeError: ...` would do something else. */
static bool is_seen_to_fail(const nw_rewrite *rewrite)
{
    const nw_file_index *index = rewrite->match->index;
    for (uint32_t at = rewrite->roots[0].node; at && index->above[at].function == rewrite->match->function; at = index->above[at].parent) {
        const char *label = index->above[at].label;
        if (label && strcmp(label, "body") == 0 && catches_errors(index, index->above[at].parent))
            return true;
    }
    return false;
}

/* ---- names of the framework that mean something else ---- */

/* `F`, `torch.nn.functional` */
static bool is_imported(const nw_file_index *index, uint32_t object)
{
    const nw_node *node = nw_file_node(index, object);
    while (node->kind == NW_NODE_ATTRIBUTE)
        node = nw_file_node(index, node->a);
    const nw_value *value = node->kind == NW_NODE_NAME && node->b == NW_PLACE_GLOBAL ? nw_dict_find_name(index->module->globals, (nw_symbol){node->a}) : NULL;
    return value && (value->kind == NW_MODULE || value->kind == NW_IMPORT);
}

/* Whether a node assigns the attribute that it names of something imported: `F.silu = mine`, setattr(F, "silu", mine). */
static bool is_assigned_by(const nw_file_index *index, uint32_t id)
{
    const nw_node *node = nw_file_node(index, id), *call = nw_file_node(index, index->above[id].parent);
    if (node->kind == NW_NODE_ATTRIBUTE)
        return nw_file_is_written(index, id) && is_imported(index, node->a);
    const nw_node *callee = nw_file_node(index, node->kind == NW_NODE_STRING && call->kind == NW_NODE_CALL ? call->a : 0);
    nw_list arguments = callee->kind == NW_NODE_NAME ? nw_ast_list(index->module->ast, call->b) : (nw_list){0};
    return arguments.count == 3 && arguments.items[1] == id && strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){callee->a}), "setattr") == 0 &&
           is_imported(index, arguments.items[0]);
}

/* By a run of this file or of one that it imports, or in its text, whether that ran or not. */
static bool is_replaced(const nw_rewrite *rewrite, const char *qualified)
{
    const nw_file_index *index = rewrite->match->index;
    const char *dot = strrchr(qualified, '.');
    for (uint32_t i = 0; i < index->eval->replaced_count; i++)
        if (index->eval->replaced[i].v == symbol_of(rewrite, qualified).v)
            return true;
    nw_list places = dot ? nw_file_word(index, symbol_of(rewrite, dot + 1)) : (nw_list){0};
    for (uint32_t i = 0; i < places.count; i++)
        if (is_assigned_by(index, places.items[i]))
            return true;
    return false;
}

/* The first name that the right side writes and that means something else; NULL: none. */
static const char *replaced_name(const nw_rewrite *rewrite)
{
    const nw_rule_side *side = &rewrite->match->form->forward;
    for (uint32_t i = 0; i < side->right_count; i++)
        for (uint32_t k = 0; k < side->right[i].value.count; k++) {
            const nw_piece *piece = &side->right[i].value.pieces[k];
            const char *name = piece->kind == NW_PIECE_NAME ? nw_symbol_bytes(rewrite->match->rules->symbols, piece->name) : NULL;
            if (name && is_replaced(rewrite, name))
                return name;
        }
    return NULL;
}

/* Whether the right side calls what torch.jit.script does not know: another package than torch, or a part of it that is Python's. */
static bool is_beyond_script(const nw_rewrite *rewrite)
{
    static const char *const of_python[] = {"torch.finfo", "torch.iinfo", "torch.nn.utils.fusion.fuse_conv_bn_weights"};
    if (!rewrite->match->form->forward.right_count)
        return false;
    const nw_template *template = &rewrite->match->form->forward.right[0].value;
    for (uint32_t i = 0; i < template->count; i++) {
        const nw_piece *piece = &template->pieces[i];
        const char *name = piece->kind == NW_PIECE_NAME ? nw_symbol_bytes(rewrite->match->rules->symbols, piece->name) : "torch.";
        if (strncmp(name, "torch.", 6) != 0 || NW_IS_AMONG(name, of_python))
            return true;
    }
    return false;
}

bool nw_rewrite_check_surroundings(nw_rewrite *rewrite)
{
    if (rewrite->match->function && reads_names(rewrite))
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the function reads its names by locals, vars, eval or exec");
    if (looks_into_frames(rewrite))
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the file looks into the frames of its functions, whose names would be others");
    const char *watcher = operator_watcher(rewrite);
    if (watcher)
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, watcher);
    if (is_seen_to_fail(rewrite))
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "errors are caught here, and the new code fails in other cases than the old one");
    if (is_beyond_script(rewrite) && is_scripted(rewrite))
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "torch.jit.script compiles the function, or may, and cannot compile the target");
    const char *name = replaced_name(rewrite);
    return !name || nw_rewrite_refuse(rewrite, NW_DIAG_NAME_REPLACED, name);
}

bool nw_rewrite_may_ask(nw_rewrite *rewrite, const nw_template *test)
{
    for (uint32_t i = 0; i < test->count; i++) {
        const char *name = test->pieces[i].kind == NW_PIECE_NAME ? nw_symbol_bytes(rewrite->match->rules->symbols, test->pieces[i].name) : "";
        if (strcmp(name, "torch.is_grad_enabled") == 0 && (calls_jit(rewrite, "trace") || calls_jit(rewrite, "trace_module")))
            return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "torch.jit.trace runs the function with gradients and checks it without them, and the new code would not be the same then");
    }
    return true;
}
