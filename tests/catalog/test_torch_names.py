"""torch and its tensors as a whole: no documented name is missing, and signatures are the documented ones."""
import ast
import importlib
import pathlib
import re

import pytest

torch = pytest.importorskip("torch")
CATALOG = pathlib.Path(__file__).resolve().parents[2] / "catalog"

# Names without a row, by the reason; patterns match whole names.
MISSING = {
    "quantisation is not modelled": r"q_.*|qscheme|quantize.*|quantized_.*|dequantize|int_repr|fake_quantize.*|choose_qparams.*|fused_moving.*|fbgemm.*|empty_quantized",
    "sparse and nested layouts are not modelled": r"sparse.*|to_sparse.*|to_padded.*|c?col_indices.*|c?row_indices.*|crow_.*|indices.*|values.*|coalesce|dense_dim|"
                                                  r"smm|sspaddmm|saddmm|spmm|hspmm|dsmm|hsmm|resize_as_sparse_|to_mkldnn",
    "kernels of one backend": r"cudnn_.*|miopen_.*|mkldnn_.*|native_.*|batch_norm_.*|.*_copy|rnn_.*|[lg][sr][tu]m?|lstm_cell|gru_cell|conv_tbc|"
                              r"_.*|convolution|max_pool1d_with_indices|thread_safe_generator|norm_except_dim|nuclear_norm|frobenius_norm|constant_pad_nd|"
                              r"grid_sampler.*|affine_grid_generator|segment_reduce|feature_dropout_?|feature_alpha_dropout_?|alpha_dropout_?|dropout_?|embedding.*|batch_norm",
    "removed, or raises": r"symeig|eig|lstsq|solve|matrix_rank|lu_solve|lobpcg|reinforce|volatile|name|names|renorm_?|resize|resize_as|chalf|map2_",
    "TorchScript and compiler internals": r"import_ir.*|parse_.*|merge_type.*|unify_type.*|fork|wait|sym_.*|while_loop|classproperty|get_file_path|prepare_multi.*|"
                                          r"profiler_.*|init_num_threads|autocast_.*|is_autocast_(ipu|xla)_enabled|set_autocast_.*|get_autocast_(ipu|xla)_dtype|to_dlpack|"
                                          r"compiled_with.*|hash_tensor|from_file|is_distributed|typename|vmap|cond|slice_inverse|get_device_module|"
                                          r"[sg]et_deterministic_debug_mode|is_anomaly_check_nan_enabled|get_device|resize_as_|output_nr|module_load|const_data_ptr|dim_order|"
                                          r"grad_dtype|grad_fn|retains_grad|is_(cpu|ipu|maia|meta|mkldnn|mps|mtia|nested|quantized|sparse|sparse_csr|vulkan|xla|xpu|leaf)|ipu|mtia",
    "native attributes of tensors": r"shape|dtype|device|ndim|itemsize|layout|data|grad|requires_grad|is_cuda|T|H|mT|mH|real|imag|nbytes",
    "rare: nothing in public models calls them": r"as_strided_scatter|conj_physical_|index|mvlgamma_|new_empty_strided|nonzero_static|ormqr|unsafe_split_with_sizes|"
                                                 r"addmv_|empty_permuted|histogramdd|unravel_index",
}
# Where the documentation and the parser of the framework disagree, or the row says more.
OTHER_SIGNATURES = {
    "broadcast_to": "the parser takes `size`", "concatenate": "the parser takes `dim`; `axis` is one of numpy's words", "hamming_window": "several signatures in one text",
    "matrix_exp": "the parser takes `input`", "searchsorted": "the parser takes `input`", "true_divide": "the parser takes `input, other`",
}


def is_allowed(name):
    return any(re.fullmatch(pattern, name) for pattern in MISSING.values())


def test_no_function_is_missing(catalog):
    rows = catalog.ask(names="torch")
    names = [n for n in dir(torch) if not n.startswith("_") and n[0].islower() and callable(getattr(torch, n)) and n not in ("dtype", "layout", "memory_format")]
    missing = [n for n in names if n not in rows and not is_allowed(n)]
    assert not missing


def test_no_method_is_missing(catalog):
    have = catalog.ask(case="sorted(n for c in torch.Tensor.__mro__ for n in vars(c))")[1:]
    missing = [n for n in dir(torch.Tensor) if not n.startswith("_") and n not in have and not is_allowed(n)]
    assert not missing


@pytest.mark.parametrize("module", ["fft", "linalg", "special"])
def test_no_function_of_a_submodule_is_missing(catalog, module):
    rows = catalog.ask(names="torch." + module)
    allowed = {"lu_solve", "ldl_factor", "ldl_factor_ex", "ldl_solve", "solve_ex", "cholesky_ex", "lu_factor_ex", "tensorsolve", "common_notes", "LinAlgError", "vander",
               "ihfft2", "ihfftn", "hfft2", "hfftn"}
    real = getattr(torch, module)
    missing = [n for n in dir(real) if not n.startswith("_") and callable(getattr(real, n)) and n not in rows and n not in allowed and n not in ("Tensor", "common_args")
               and not re.match("airy|hermite|laguerre|legendre|chebyshev|shifted|modified|scaled|spherical|bessel_y", n)]
    assert not missing


TYPES = r"\b(Tensor|int|float|bool|str|Number|Scalar|tuple|Dtype|list of Tensors|LongTensor|Optional\[.*?\])\s+(?=\w)"


def documented(value, name):
    """Signatures in the first lines of a docstring: [(positional, keyword-only)]."""
    found = []
    for line in (value.__doc__ or "").splitlines():
        match = re.match(r"(?:torch\.|Tensor\.)?%s\((.*)\)\s*(?:->.*|:)?$" % re.escape(name), line.strip().replace("\\*", "*"))
        if not match:
            continue
        text = re.sub(r"=<[^>]*>", "=None", re.sub(TYPES, "", match.group(1)))
        try:
            arguments = ast.parse("def f(%s): pass" % text).body[0].args
        except SyntaxError:
            continue
        found.append(([a.arg for a in arguments.posonlyargs + arguments.args], [a.arg for a in arguments.kwonlyargs]))
    return found


def parsed(name):
    """The same from what the framework's parser is generated from; the first argument is left out."""
    found = []
    for schema in torch._C._jit_get_schemas_for_operator("aten::" + name):
        arguments = schema.arguments[1:]
        found.append(([a.name for a in arguments if not a.kwarg_only], [a.name for a in arguments if a.kwarg_only and a.name != "out"]))
    return found


def agrees(signature, candidates):
    positional = [name for name, kind, default in signature if kind.startswith("POSITIONAL")]
    every = [name for name, kind, default in signature]
    if any(kind == "VAR_POSITIONAL" for name, kind, default in signature):
        return True
    return any(names == positional[:len(names)] and all(name in every for name in keywords) for names, keywords in candidates)


def test_signatures_of_functions(catalog):
    wrong = []
    for name, row in sorted(catalog.ask(names="torch").items()):
        value = getattr(torch, name, None)
        candidates = [] if row["kind"] != "function" or value is None or isinstance(value, type) else documented(value, name)
        if candidates and name not in OTHER_SIGNATURES and not agrees(catalog.ask(signature="torch:" + name), candidates):
            wrong.append((name, candidates))
    assert not wrong


OTHER_METHODS = {
    "frexp": "the text names the tensor itself", "histogram": "the text names the tensor itself", "put": "the text names the tensor itself", "take": "parsed as `index`",
    "uniform_": "`from` is no name in Python", "random_": "`from` is no name in Python", "type_as": "parsed as `other`", "cholesky_solve": "another name in the text",
    **dict.fromkeys(["hsplit", "vsplit", "dsplit"], "two signatures under other names"), "unsafe_split": "the row of torch.unsafe_split",
    "orgqr": "another name in the text",
}


def test_signatures_of_methods(catalog):
    wrong = []
    for name in catalog.ask(case="sorted(n for n in vars(torch.Tensor) if not n.startswith('_') and callable(vars(torch.Tensor)[n]))")[1:]:
        value = getattr(torch.Tensor, name, None)
        candidates = [] if value is None else documented(value, name)
        signature = catalog.ask(signature="torch:Tensor." + name)[1:]
        if candidates and name not in OTHER_METHODS and not agrees(signature, candidates + parsed(name)):
            wrong.append((name, candidates, [s[0] for s in signature]))
    assert not wrong


@pytest.mark.parametrize("name", sorted(p.stem for p in (CATALOG / "torch" / "nn" / "modules").glob("*.py") if "__others__" in p.read_text()))
def test_a_module_that_names_the_others_names_all(name):
    real = importlib.import_module("torch.nn.modules." + name)
    tree = ast.parse((CATALOG / "torch" / "nn" / "modules" / (name + ".py")).read_text())
    ours = set()
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            ours.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            ours |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign):
            ours |= {target.id for target in node.targets}
            ours |= set(ast.literal_eval(node.value)) if node.targets[0].id == "__others__" else set()
    assert not [n for n in dir(real) if not n.startswith("_") and n not in ours]
