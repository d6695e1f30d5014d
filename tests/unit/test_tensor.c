/* Tensors with symbolic sizes, indexing and known contents, in expressions over the natives of _nw. */
#include "check.h"
#include "eval/interpret.h"
#include "eval/tensor.h"

static nw_symbols symbols;
static nw_eval eval;
static nw_module *module;

static void define(const char *name, nw_value value)
{
    nw_dict_set_name(&eval, module->globals, nw_symbol_of(&symbols, name), value);
}

static nw_value symbolic_size(const char *name)
{
    nw_value size = nw_symbolic(&eval, NW_TYPE_INT, nw_symbol_of(&symbols, name));
    size.as.opaque->minimum = 0;
    return size;
}

static void set_up(const nw_environment *environment)
{
    nw_symbols_init(&symbols);
    nw_eval_init(&eval, &symbols, environment, (nw_limits){.steps = 1000000, .facts = 1u << 17, .bytes = 1u << 28, .depth = 100, .forks = 100});
    module = nw_module_new(&eval, nw_symbol_of(&symbols, "program"));
    if (!module->globals)
        module->globals = nw_dict_make(&eval);
    define("nw", *nw_dict_find_name(eval.modules, (nw_symbol){NW_NAME_NW_MODULE}));
    define("n", symbolic_size("n"));
    define("m", symbolic_size("m"));
}

static void write_tensor(nw_buffer *out, const nw_tensor *tensor)
{
    nw_buffer_format(out, "%s(", nw_dtype_name((nw_dtype)tensor->dtype));
    for (uint32_t i = 0; tensor->shape && i < tensor->rank; i++) {
        nw_value size = tensor->shape[i];
        nw_buffer_text(out, i ? "," : "");
        if (size.kind == NW_INT)
            nw_buffer_format(out, "%lld", (long long)size.as.integer);
        else
            nw_buffer_text(out, nw_symbol_bytes(&symbols, size.as.opaque->text));
    }
    nw_buffer_text(out, tensor->shape ? ")" : "?)");
    const double *data = nw_tensor_contents(tensor);
    int64_t count;
    if (!data || !nw_shape_elements(tensor->shape, tensor->rank, &count))
        return;
    for (int64_t i = 0; i < count; i++)
        nw_buffer_format(out, " %g", data[i]);
}

static void check_expression(const char *text, const char *want)
{
    nw_buffer out;
    nw_buffer_init(&out);
    nw_value value = nw_evaluate_text(&eval, module, text);
    if (value.kind == NW_ERROR && eval.exception.kind == NW_INSTANCE)
        nw_buffer_text(&out, nw_symbol_bytes(&symbols, eval.exception.as.instance->class_->name));
    else if (value.kind == NW_TENSOR)
        write_tensor(&out, value.as.tensor);
    else if (nw_is_integer(value))
        nw_buffer_format(&out, "%lld", (long long)value.as.integer);
    else if (value.kind == NW_TUPLE)
        for (uint32_t i = 0; i < value.as.tuple->count; i++) {
            nw_value item = value.as.tuple->items[i];
            nw_buffer_format(&out, i ? ",%s" : "%s", item.kind == NW_OPAQUE ? nw_symbol_bytes(&symbols, item.as.opaque->text) : "");
            if (item.kind == NW_INT)
                nw_buffer_format(&out, "%lld", (long long)item.as.integer);
        }
    nw_exception_clear(&eval);
    check_note(out.bytes && strcmp(out.bytes, want) == 0, text, 0, want);
    if (!out.bytes || strcmp(out.bytes, want) != 0)
        fprintf(stderr, "    got  %s\n", out.bytes ? out.bytes : "(nothing)");
    nw_buffer_release(&out);
}

static void test_broadcast(void)
{
    check_expression("x + nw.tensor((4, 1, 1, 1))", "float32(4,2,3,4)");
    check_expression("x + nw.tensor((2,))", "RuntimeError");
    check_expression("nw.tensor((n, 3)) + nw.tensor((n, 1))", "float32(n,3)");
    check_expression("nw.tensor((n, 3)) * nw.tensor((5, 1))", "float32(5,3)");
    check_expression("nw.tensor((n, 3)) * nw.tensor((1, 1))", "float32(n,3)");
    check_expression("nw.tensor((n, 3)) + nw.tensor((m, 1))", "float32(broadcast(n, m),3)");
    check_expression("nw.tensor(None) + x", "float32(?)");
    check_expression("x @ nw.tensor((4, 7))", "float32(2,3,7)");
    check_expression("x @ nw.tensor((n, 4, 7))", "float32(2,3,7)");
    check_expression("x @ nw.tensor((3, 7))", "RuntimeError");
}

static void test_types(void)
{
    check_expression("c + 1", "int64(2,3) 2 3 4 5 6 7");
    check_expression("c / 2", "float32(2,3) 0.5 1 1.5 2 2.5 3");
    check_expression("c + nw.tensor((), nw.DType('float64'))", "float64(2,3)");
    check_expression("c + nw.tensor((), nw.DType('int8'))", "int64(2,3)");
    check_expression("c > 3", "bool(2,3) 0 0 0 1 1 1");
    check_expression("c == None", "0");
    check_expression("-(c > 3)", "RuntimeError");
    check_expression("~c", "int64(2,3) -2 -3 -4 -5 -6 -7");
}

static void test_index(void)
{
    check_expression("x[0]", "float32(3,4)");
    check_expression("x[2]", "IndexError");
    check_expression("x[..., None, 1:]", "float32(2,3,1,3)");
    check_expression("x[:, i]", "float32(2,5,4)");
    check_expression("x[i, :, i]", "float32(5,3)");
    check_expression("x[None, i, 0]", "float32(1,5,4)");
    check_expression("x[:, [0, 2], 1]", "float32(2,2)");
    check_expression("x[0, 0, 0, 0]", "IndexError");
    check_expression("x[True]", "float32(1,2,3,4)");
    check_expression("c[:, 1:][1]", "int64(2) 5 6");
    check_expression("c[[1, 0], ::2]", "int64(2,2) 4 6 1 3");
    check_expression("c[c > 3]", "int64(3) 4 5 6");
    check_expression("c[1, -1]", "int64() 6");
    check_expression("x[nw.tensor((2, 3), nw.DType('bool'))]", "float32(how many elements a mask selects,4)");
    check_expression("nw.tensor((n, 3))[1:, :-1]", "float32(n - 1,2)");
    check_expression("nw.tensor((n, 3))[:n, m]", "float32(n)");
    check_expression("nw.tensor((n, 3))[:m]", "float32(m,3)");
    check_expression("nw.tensor((n, 3))[::0]", "ValueError");
}

static void test_reshape(void)
{
    check_expression("nw.reshaped((2, 3, 4), (-1, 6))", "4,6");
    check_expression("nw.reshaped((n, 12, 4), (n, -1, 8))", "n,6,8");
    check_expression("nw.reshaped((n, 12), (-1, 4))", "3 * n,4");
    check_expression("nw.reshaped((2, 3), (4, 2))", "RuntimeError");
    check_expression("nw.reshaped((2, 3), (-1, 4))", "RuntimeError");
    check_expression("nw.pair((7,), 2)", "7,7");
    check_expression("nw.normal_dim(-1, 4)", "3");
    check_expression("nw.normal_dim(4, 4)", "IndexError");
}

/* What is known of a tensor's contents ends with the first write to its storage, by whichever view. */
static void test_writes(void)
{
    define("w", nw_evaluate_text(&eval, module, "nw.tensor((2,), data=[1, 2])"));
    define("v", nw_evaluate_text(&eval, module, "nw.view(w, (1, 2), data=[1, 2])"));
    check_expression("v[0]", "float32(2) 1 2");
    check_expression("nw.overwrite(w, [3, 4])", "float32(2) 3 4");
    check_expression("v[0]", "float32(2)");
    nw_tensor_set_item(&eval, *nw_dict_find_name(module->globals, nw_symbol_of(&symbols, "v")), nw_int(0), nw_int(1));
    check_expression("w + 1", "float32(2)");
}

int main(void)
{
    const nw_environment environment = {.max_file_size = 1 << 20};
    set_up(&environment);
    define("x", nw_evaluate_text(&eval, module, "nw.tensor((2, 3, 4))"));
    define("c", nw_evaluate_text(&eval, module, "nw.tensor((2, 3), nw.DType('int64'), None, [1, 2, 3, 4, 5, 6])"));
    define("i", nw_evaluate_text(&eval, module, "nw.tensor((5,), nw.DType('int64'))"));
    test_broadcast();
    test_types();
    test_index();
    test_reshape();
    test_writes();
    nw_eval_release(&eval);
    nw_symbols_release(&symbols);
    return check_report();
}
