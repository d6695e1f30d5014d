/* Expressions of Python against what CPython says of them: tests/python/expressions.txt, written by tests/python/record.py.
 * A part of a line that differs is named, because a line holds many. */
#include "base/buffer.h"
#include "check.h"
#include "eval/eval.h"
#include "eval/interpret.h"

#include <stdlib.h>

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    nw_buffer text;
    nw_buffer_init(&text);
    for (int byte; file && (byte = fgetc(file)) != EOF;)
        nw_buffer_byte(&text, (char)byte);
    if (file)
        fclose(file);
    return text.bytes;
}

static const char *said(nw_eval *eval, nw_module *module, const char *expression)
{
    nw_value value = nw_evaluate_text(eval, module, expression);
    if (value.kind != NW_ERROR)
        value = nw_representation(eval, value);
    if (value.kind == NW_STRING)
        return nw_symbol_bytes(eval->symbols, value.as.symbol);
    if (value.kind == NW_OPAQUE)
        return nw_symbol_bytes(eval->symbols, value.as.opaque->text);
    bool raised = eval->exception.kind == NW_INSTANCE;
    const nw_value *args = raised ? nw_dict_find_name(eval->exception.as.instance->attributes, (nw_symbol){NW_NAME_ARGS}) : NULL;
    nw_exception_clear(eval);
    eval->undecided = false;
    return args && args->kind == NW_TUPLE && args->as.tuple->count && args->as.tuple->items[0].kind == NW_STRING
               ? nw_symbol_bytes(eval->symbols, args->as.tuple->items[0].as.symbol) : "an exception";
}

static void test_expressions(void)
{
    nw_symbols symbols;
    nw_symbols_init(&symbols);
    nw_environment environment = {.max_file_size = 1 << 20};
    nw_eval eval;
    nw_eval_init(&eval, &symbols, &environment, (nw_limits){.steps = 50000000, .facts = 1u << 17, .bytes = 1u << 30, .depth = 100, .forks = 16});
    nw_module *prelude = nw_import_file(&eval, "tests/python/prelude.py");
    CHECK(prelude != NULL);
    char *lines = read_file("tests/python/expressions.txt");
    CHECK(lines != NULL);
    for (char *line = lines ? strtok(lines, "\n") : NULL; line && prelude; line = strtok(NULL, "\n")) {
        char *tab = strchr(line, '\t');
        *tab = 0;
        int before = check_failed;
        CHECK_TEXT(said(&eval, prelude, line), tab + 1);
        if (check_failed > before)
            fprintf(stderr, "    for  %s\n", line);
    }
    free(lines);
    nw_eval_release(&eval);
    nw_symbols_release(&symbols);
}

int main(void)
{
    test_expressions();
    return check_report();
}
