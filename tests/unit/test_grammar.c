/* The fetched parser and grammar fit together: the grammar is accepted and reads a piece of Python. */
#include "check.h"

#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_python(void);

int main(void)
{
    static const char text[] = "def f(x):\n    return x @ x\n";
    TSParser *parser = ts_parser_new();
    CHECK(ts_parser_set_language(parser, tree_sitter_python()));
    TSTree *tree = ts_parser_parse_string(parser, NULL, text, (uint32_t)strlen(text));
    TSNode root = ts_tree_root_node(tree);
    CHECK_TEXT(ts_node_type(root), "module");
    CHECK_TEXT(ts_node_type(ts_node_named_child(root, 0)), "function_definition");
    CHECK(!ts_node_has_error(root));
    ts_tree_delete(tree);
    ts_parser_delete(parser);
    return check_report();
}
