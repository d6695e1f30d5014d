/* Runs the catalog's test cases in the interpreter and says in plain data what came out.
 *
 * With the argument `serve` it is the native twin of tests/catalog/server.py: a case is a number of bytes, a newline and that
 * much Python that leaves its value in `__result__`; the answer is one line of JSON as tests/catalog/describe.py makes it.
 * Without arguments it checks itself on a few cases. */
#include "check.h"
#include "eval/interpret.h"
#include "eval/tensor.h"
#include "names/names.h"
#include "syntax/syntax.h"

#include <stdlib.h>

static const char prelude[] =
    "import _nw\n"
    "import torch\n"
    "from torch import nn\n"
    "import torch.nn.functional as F\n"
    "import einops\n"
    "import einops.layers.torch\n"
    "import numpy\n"
    "from collections import OrderedDict\n"
    "def t(*shape, dtype='float32', fill=0):\n"
    "    return _nw.tensor(shape, _nw.DType(dtype))\n"
    "def c(values, dtype='int64'):\n"
    "    shape, flat = [], values\n"
    "    while isinstance(flat, list):\n"
    "        shape.append(len(flat))\n"
    "        flat = flat[0] if flat else 0\n"
    "    def flatten(x):\n"
    "        return [leaf for item in x for leaf in flatten(item)] if isinstance(x, list) else [x]\n"
    "    return _nw.tensor(tuple(shape), _nw.DType(dtype), data=flatten(values))\n";

/* Attributes that describe.py leaves out too. */
static const char *const hidden[] = {
    "training", "_parameters", "_buffers", "_modules", "_non_persistent_buffers_set", "_forward_hooks", "_backward_hooks", "_forward_pre_hooks",
    "_backward_pre_hooks", "_is_full_backward_hook", "_forward_hooks_with_kwargs", "_forward_hooks_always_called",
    "_forward_pre_hooks_with_kwargs", "_state_dict_hooks", "_state_dict_pre_hooks", "_load_state_dict_pre_hooks",
    "_load_state_dict_post_hooks", "_load_hook", "_initialize_hook", "_flat_weights", "_flat_weight_refs",
};

static nw_symbols symbols;
static nw_eval eval;
static nw_buffer out;

static const char *text_of(nw_symbol symbol)
{
    return nw_symbol_bytes(&symbols, symbol);
}

static void write_text(const char *text)
{
    nw_buffer_json_string(&out, text, strlen(text));
}

static void describe(nw_value value, int depth);

static void write_items(const char *kind, const nw_value *items, uint32_t count, int depth)
{
    nw_buffer_byte(&out, '[');
    write_text(kind);
    for (uint32_t i = 0; i < count; i++) {
        nw_buffer_byte(&out, ',');
        describe(items[i], depth);
    }
    nw_buffer_byte(&out, ']');
}

static void write_tensor(const nw_tensor *tensor)
{
    nw_buffer_text(&out, "[\"tensor\",");
    if (tensor->dtype == NW_DTYPE_UNKNOWN)
        nw_buffer_text(&out, "[\"unknown\"]");
    else
        write_text(nw_dtype_name((nw_dtype)tensor->dtype));
    nw_buffer_byte(&out, ',');
    if (tensor->is_uninitialized)
        write_text("uninitialized");
    else if (!tensor->shape)
        nw_buffer_text(&out, "[\"unknown\"]");
    for (uint32_t i = 0; tensor->shape && i < tensor->rank; i++) {
        nw_buffer_byte(&out, i ? ',' : '[');
        describe(tensor->shape[i], 0);
    }
    if (tensor->shape)
        nw_buffer_text(&out, tensor->rank ? "]]" : "[]]");
    else
        nw_buffer_byte(&out, ']');
}

/* ---- modules ---- */

static const nw_dict *registry(const nw_instance *instance, uint32_t name)
{
    nw_value *found = nw_dict_find_name(instance->attributes, (nw_symbol){name});
    return found && (found->kind == NW_DICT || found->kind == NW_SET) ? found->as.dict : NULL;
}

static bool is_hidden(const char *name)
{
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (strcmp(hidden[i], name) == 0)
            return true;
    return false;
}

static bool by_name(const char *a, const char *b)
{
    return strcmp(a, b) < 0;
}

/* Attributes in the order of their names, one at a time: the next after `last`. */
static const nw_dict_entry *next_attribute(const nw_instance *instance, const char *last)
{
    const nw_dict_entry *best = NULL;
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(instance->attributes, &position));) {
        const char *name = text_of(entry->key.as.symbol);
        if (nw_settle(&eval, entry->value).kind == NW_UNSET || is_hidden(name) || (last && !by_name(last, name)))
            continue;
        if (!best || by_name(name, text_of(best->key.as.symbol)))
            best = entry;
    }
    return best;
}

static void write_registry(const char *name, const nw_dict *dict, const nw_dict *unsaved, int depth)
{
    nw_buffer_format(&out, ",\"%s\":[", name);
    uint32_t position = 0;
    bool first = true, children = strcmp(name, "children") == 0;
    for (nw_dict_entry *entry; dict && (entry = nw_dict_next(dict, &position)); first = false) {
        nw_value value = nw_settle(&eval, entry->value);
        nw_buffer_text(&out, first ? "[" : ",[");
        describe(entry->key, 0);
        nw_buffer_byte(&out, ',');
        describe(value, depth);
        bool mark = unsaved ? !nw_dict_find(unsaved, entry->key) : value.kind == NW_TENSOR && value.as.tensor->requires_grad;
        nw_buffer_text(&out, children ? "]" : mark ? ",true]" : ",false]");
    }
    nw_buffer_byte(&out, ']');
}

static void write_state(nw_instance *instance)
{
    nw_value self = {.kind = NW_INSTANCE, .as.instance = instance};
    nw_value state = nw_call_method(&eval, self, nw_symbol_of(&symbols, "state_dict"), NULL, 0);
    nw_buffer_text(&out, ",\"state\":");
    if (state.kind != NW_DICT) {
        describe(state, 0);
        return;
    }
    uint32_t position = 0;
    bool first = true;
    nw_buffer_byte(&out, '[');
    for (nw_dict_entry *entry; (entry = nw_dict_next(state.as.dict, &position)); first = false) {
        nw_buffer_text(&out, first ? "[" : ",[");
        describe(entry->key, 0);
        nw_buffer_byte(&out, ',');
        describe(entry->value, 0);
        nw_buffer_byte(&out, ']');
    }
    nw_buffer_byte(&out, ']');
}

static void write_module(nw_instance *instance, int depth)
{
    nw_buffer_text(&out, "[\"module\",");
    if (depth > 6) {
        write_text(text_of(instance->class_->name));
        nw_buffer_byte(&out, ']');
        return;
    }
    nw_buffer_text(&out, "{\"class\":");
    write_text(text_of(instance->class_->name));
    nw_value *training = nw_dict_find_name(instance->attributes, (nw_symbol){NW_NAME_TRAINING});
    nw_buffer_text(&out, ",\"training\":");
    describe(training ? *training : nw_none(), 0);
    nw_buffer_text(&out, ",\"attributes\":{");
    const char *last = NULL;
    for (const nw_dict_entry *entry; (entry = next_attribute(instance, last));) {
        nw_buffer_text(&out, last ? "," : "");
        last = text_of(entry->key.as.symbol);
        write_text(last);
        nw_buffer_byte(&out, ':');
        describe(entry->value, depth + 1);
    }
    nw_buffer_byte(&out, '}');
    write_registry("parameters", registry(instance, NW_NAME_PARAMETERS), NULL, 0);
    write_registry("buffers", registry(instance, NW_NAME_BUFFERS), registry(instance, NW_NAME_NON_PERSISTENT_BUFFERS_SET), 0);
    write_registry("children", registry(instance, NW_NAME_MODULES), NULL, depth + 1);
    if (depth == 0)
        write_state(instance);
    nw_buffer_text(&out, "}]");
}

/* ---- values ---- */

static void write_packed(nw_value value, int depth)
{
    static const char *const parts[] = {"data", "batch_sizes", "sorted_indices", "unsorted_indices"};
    nw_buffer_text(&out, "[\"packed\"");
    for (int i = 0; i < 4; i++) {
        nw_buffer_byte(&out, ',');
        describe(nw_get_attribute(&eval, value, nw_symbol_of(&symbols, parts[i])), depth);
    }
    nw_buffer_byte(&out, ']');
}

static void write_instance(nw_value value, int depth)
{
    nw_instance *instance = value.as.instance;
    if (instance->class_->is_module) {
        write_module(instance, depth);
        return;
    }
    if (strcmp(text_of(instance->class_->name), "PackedSequence") == 0) {
        write_packed(value, depth);
        return;
    }
    if (instance->payload.kind > NW_UNSET) {
        describe(instance->payload, depth);
        return;
    }
    bool is_device = instance->class_ == eval.classes[NW_CLASS_OF_DEVICE];
    nw_buffer_text(&out, is_device ? "[\"device\"," : "[\"object\",");
    if (is_device)
        describe(nw_to_string(&eval, value), depth);
    else
        write_text(text_of(instance->class_->name));
    nw_buffer_byte(&out, ']');
}

static void write_dict(const nw_dict *dict, int depth)
{
    nw_buffer_text(&out, "[\"dict\"");
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(dict, &position));) {
        nw_buffer_text(&out, ",[");
        describe(entry->key, depth);
        nw_buffer_byte(&out, ',');
        describe(entry->value, depth);
        nw_buffer_byte(&out, ']');
    }
    nw_buffer_byte(&out, ']');
}

static void write_named(const char *kind, nw_value name)
{
    nw_buffer_byte(&out, '[');
    write_text(kind);
    nw_buffer_byte(&out, ',');
    write_text(name.kind == NW_STRING ? text_of(name.as.symbol) : "partial");
    nw_buffer_byte(&out, ']');
    nw_exception_clear(&eval);
}

static void write_iterator(nw_value value, int depth)
{
    nw_value *items;
    uint32_t count;
    if (nw_collect(&eval, value, &items, &count) == NW_YES)
        write_items("iterator", items, count, depth);
    else
        nw_buffer_text(&out, "[\"unknown\"]");
}

static void describe(nw_value value, int depth)
{
    value = nw_settle(&eval, value);
    switch (value.kind) {
    case NW_NONE: nw_buffer_text(&out, "null"); break;
    case NW_BOOL: nw_buffer_text(&out, value.as.integer ? "true" : "false"); break;
    case NW_INT: nw_buffer_format(&out, "%lld", (long long)value.as.integer); break;
    case NW_STRING: write_text(text_of(value.as.symbol)); break;
    case NW_FLOAT: write_named("float", nw_representation(&eval, value)); break;
    case NW_DTYPE: write_named("dtype", nw_string_of(&eval, nw_dtype_name((nw_dtype)value.as.integer))); break;
    case NW_TENSOR: write_tensor(value.as.tensor); break;
    case NW_TUPLE: write_items("tuple", value.as.tuple->items, value.as.tuple->count, depth); break;
    case NW_LIST:
        if (value.as.list->repeated)
            nw_buffer_text(&out, "[\"unknown\"]");
        else
            write_items("list", value.as.list->items, value.as.list->count, depth);
        break;
    case NW_DICT: write_dict(value.as.dict, depth); break;
    case NW_SET: nw_buffer_text(&out, "[\"object\",\"set\"]"); break;
    case NW_CLASS: write_named("class", nw_string(value.as.class_->name)); break;
    case NW_FUNCTION: case NW_NATIVE: case NW_METHOD: case NW_PARTIAL:
        write_named("function", nw_get_attribute(&eval, value, (nw_symbol){NW_NAME_DUNDER_NAME}));
        break;
    case NW_ITERATOR: write_iterator(value, depth); break;
    case NW_INSTANCE: write_instance(value, depth); break;
    case NW_OPAQUE: case NW_PHI: nw_buffer_text(&out, "[\"unknown\"]"); break;
    default: nw_buffer_format(&out, "[\"kind\",%d]", value.kind);
    }
}

/* ---- running ---- */

static nw_status run_in(nw_dict *globals, const char *text)
{
    nw_module *module = nw_module_new(&eval, nw_symbol_of(&symbols, "case"));
    module->globals = globals;
    char *copy = nw_arena_copy(&eval.arena, text, strlen(text) + 1);
    nw_source_borrow(&module->source, "<case>", copy, strlen(copy));
    nw_ast *ast = nw_syntax_parse(&module->source, &eval.arena, &symbols);
    nw_names_resolve(ast, &eval.arena, &symbols);
    module->ast = ast;
    nw_frame *frame = nw_frame_new(&eval, &module->ast->functions[0], module, NULL);
    eval.frame = frame;
    nw_value value;
    nw_status status = nw_execute_list(&eval, module->ast->functions[0].body, &value);
    eval.frame = NULL;
    return status;
}

static void write_exception(void)
{
    bool known = eval.exception.kind == NW_INSTANCE;
    nw_value *arguments = known ? nw_dict_find_name(eval.exception.as.instance->attributes, (nw_symbol){NW_NAME_ARGS}) : NULL;
    bool has_text = arguments && arguments->kind == NW_TUPLE && arguments->as.tuple->count && arguments->as.tuple->items[0].kind == NW_STRING;
    nw_buffer_text(&out, "[\"error\",");
    write_text(known ? text_of(eval.exception.as.instance->class_->name) : "");
    nw_buffer_byte(&out, ',');
    write_text(has_text ? text_of(arguments->as.tuple->items[0].as.symbol) : "");
    nw_buffer_byte(&out, ']');
    nw_exception_clear(&eval);
}

/* The answer to one case, in `out`. */
static void answer(const nw_dict *base, const char *text)
{
    nw_buffer_clear(&out);
    nw_dict *globals = nw_dict_copy(&eval, base);
    nw_status status = run_in(globals, text);
    nw_value *result = nw_dict_find_name(globals, nw_symbol_of(&symbols, "__result__"));
    if (status == NW_RAISE)
        write_exception();
    else if (status == NW_NEXT)
        describe(result ? *result : nw_none(), 0);
    else
        nw_buffer_text(&out, "[\"stopped\"]");
    nw_exception_clear(&eval);
    eval.stopped = eval.undecided = false;
    eval.steps = 0;
    eval.loss_count = 0;
}

static int serve(const nw_dict *base)
{
    size_t size, room = 0;
    char *text = NULL;
    while (scanf("%zu", &size) == 1 && getchar() == '\n') {
        if (size >= room) {
            room = size * 2 + 1;
            text = realloc(text, room);
        }
        if (!text || fread(text, 1, size, stdin) != size)
            break;
        text[size] = 0;
        answer(base, text);
        printf("%s\n", out.bytes);
        fflush(stdout);
    }
    free(text);
    return 0;
}

static void check_case(const nw_dict *base, const char *text, const char *want)
{
    answer(base, text);
    CHECK_TEXT(out.bytes, want);
}

static int check_itself(const nw_dict *base)
{
    check_case(base, "__result__ = nn.Linear(3, 4)(t(2, 3))", "[\"tensor\",\"float32\",[2,4]]");
    check_case(base, "__result__ = torch.max(c([[1, 2], [3, 0]]), 1)", "[\"tuple\",[\"tensor\",\"int64\",[2]],[\"tensor\",\"int64\",[2]]]");
    check_case(base, "__result__ = t(2, 3) + t(4)",
               "[\"error\",\"RuntimeError\",\"The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1\"]");
    check_case(base, "__result__ = c([1, 2, 3])[c([1, 2, 3]) > 1].tolist()", "[\"list\",2,3]");
    check_case(base, "__result__ = nn.ReLU(inplace=True)",
               "[\"module\",{\"class\":\"ReLU\",\"training\":true,\"attributes\":{\"inplace\":true},\"parameters\":[],\"buffers\":[],"
               "\"children\":[],\"state\":[]}]");
    return check_report();
}

int main(int count, char **arguments)
{
    const nw_environment environment = {.max_file_size = 1 << 20};
    nw_symbols_init(&symbols);
    nw_eval_init(&eval, &symbols, &environment, (nw_limits){.steps = 100000000, .facts = 1u << 17, .bytes = (size_t)3 << 30, .depth = 200, .forks = 100});
    nw_buffer_init(&out);
    nw_dict *base = nw_dict_make(&eval);
    CHECK_INT(run_in(base, prelude), NW_NEXT);
    int status = count > 1 && strcmp(arguments[1], "serve") == 0 ? serve(base) : check_itself(base);
    nw_buffer_release(&out);
    nw_eval_release(&eval);
    nw_symbols_release(&symbols);
    return status;
}
