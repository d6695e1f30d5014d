/* Built-in functions that reach out of the program: files, the console, text that is run, imports by name. */
#include "eval/builtin.h"

#include "eval/interpret.h"

#include <string.h>

NW_NATIVE_FUNCTION(function_print)
{
    (void)eval, (void)self, (void)arguments;
    return nw_none();
}

NW_NATIVE_FUNCTION(function_input)
{
    (void)self, (void)arguments;
    return nw_lost(eval, NW_DIAG_HOST_VALUE, "input()");
}

NW_NATIVE_FUNCTION(function_open)
{
    (void)self;
    nw_value streams = eval->environment->open ? nw_unset() : nw_import_module(eval, nw_symbol_of(eval->symbols, "io"));
    if (streams.kind != NW_MODULE)
        return nw_lost(eval, NW_DIAG_HOST_VALUE, "a file");
    nw_value found = nw_module_find(eval, streams.as.module, nw_symbol_of(eval->symbols, "open"));
    return nw_call(eval, found, arguments);
}

NW_NATIVE_FUNCTION(function_eval)
{
    NW_BIND("eval", "source, globals=, locals=", 3);
    (void)self;
    bool scoped = out[1].kind == NW_DICT && out[2].kind == NW_UNSET;
    if (out[0].kind == NW_STRING && (scoped || (out[1].kind == NW_UNSET && out[2].kind == NW_UNSET))) {
        nw_module scope = *eval->frame->module;
        if (scoped)
            scope.globals = out[1].as.dict;
        return nw_evaluate_text(eval, nw_arena_copy(&eval->arena, &scope, sizeof scope), nw_symbol_bytes(eval->symbols, out[0].as.symbol));
    }
    return nw_lost(eval, NW_DIAG_UNSUPPORTED, "eval() of text that is not constant");
}

NW_NATIVE_FUNCTION(function_exec)
{
    (void)self, (void)arguments;
    if (!eval->environment->open) /* what it binds and changes, nobody knows */
        nw_report_loss(eval, NW_DIAG_UNSUPPORTED, nw_here(eval), nw_symbol_of(eval->symbols, "exec()"));
    return nw_lost(eval, NW_DIAG_UNSUPPORTED, "exec()");
}

NW_NATIVE_FUNCTION(function_compile)
{
    (void)self, (void)arguments;
    return nw_lost(eval, NW_DIAG_UNSUPPORTED, "compile()");
}

NW_NATIVE_FUNCTION(function_import)
{
    NW_BIND("__import__", "name, globals=, locals=, fromlist=, level=", 5);
    nw_guard guard;
    (void)self;
    if (out[0].kind != NW_STRING)
        return nw_lost(eval, NW_DIAG_MODULE_NOT_FOUND, "a name that is not constant");
    nw_value module = nw_import_installed(eval, out[0].as.symbol);
    nw_text name = nw_text_of(eval, out[0]);
    const char *dot = memchr(name.bytes, '.', name.size);
    if (module.kind == NW_ERROR || !dot || (out[3].kind != NW_UNSET && nw_truth(eval, out[3], &guard) == NW_YES))
        return module;
    return nw_import_installed(eval, nw_symbol_intern(eval->symbols, name.bytes, (size_t)(dot - name.bytes)));
}

void nw_builtin_world_install(nw_eval *eval)
{
    static const nw_method_row functions[] = {{"print", function_print}, {"input", function_input}, {"open", function_open}, {"eval", function_eval}, {"exec", function_exec},
                                              {"compile", function_compile}, {"__import__", function_import}, {"breakpoint", function_print}, {0}};
    nw_install_functions(eval, functions);
}
