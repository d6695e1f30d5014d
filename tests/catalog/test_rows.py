"""The catalog as a whole: nothing public is missing, signatures and class hierarchies are the framework's."""
import inspect
import re
import subprocess
import sys

import pytest

torch = pytest.importorskip("torch")

# Public names that have no row, and why.
ALLOWED = {
    "torch.nn": {
        "qat": "quantisation-aware training is not modelled", "quantized": "quantised modules are not modelled",
        "quantizable": "quantised modules are not modelled", "intrinsic": "fused quantised modules are not modelled",
        "grad": "gradients of convolutions by hand", "common_types": "type aliases",
        "TYPE_CHECKING": "of Python", "_reduction": "internal"},
    "torch.nn.functional": {
        "BroadcastingList1": "type alias", "BroadcastingList2": "type alias", "BroadcastingList3": "type alias",
        "Callable": "of Python", "Optional": "of Python", "TYPE_CHECKING": "of Python", "dataclasses": "of Python",
        "importlib": "of Python", "math": "of Python", "warnings": "of Python", "np": "of numpy", "torch": "the package",
        "Tensor": "of torch", "DType": "type alias", "ScalingType": "enumeration of a private module",
        "SwizzleType": "enumeration of a private module", "GRID_SAMPLE_INTERPOLATION_MODES": "internal table",
        "GRID_SAMPLE_PADDING_MODES": "internal table", "boolean_dispatch": "how the framework builds max_pool*d",
        "grad": "a module", "handle_torch_function": "overriding protocol", "has_torch_function": "overriding protocol",
        "has_torch_function_unary": "overriding protocol", "has_torch_function_variadic": "overriding protocol",
        "reproducibility_notes": "text", "sparse_support_notes": "text", "tf32_notes": "text"},
    "torch.nn.init": {"torch": "the package", "warnings": "of Python", "math": "of Python", "Callable": "of Python",
                      "Tensor": "of torch", "Literal": "of Python", "TypeVar": "of Python", "ParamSpec": "of Python",
                      "Optional": "of Python"},
    "torch.nn.utils": {"stateless": "calls with other parameters are not modelled", "prune": "masks are not modelled"},
    "torch.nn.utils.rnn": {}, "torch.nn.parameter": {}, "torch.nn.modules.utils": {}, "torch.nn.modules.container": {},
    "torch.nn.modules.conv": {}, "torch.nn.modules.batchnorm": {}, "torch.nn.modules.activation": {},
    "torch.nn.modules.pooling": {}, "torch.nn.modules.loss": {}, "torch.nn.modules.rnn": {},
    "torch.nn.utils.parametrizations": {}, "torch.nn.utils.parametrize": {}, "torch.nn.attention": {},
}

# Signatures that the framework itself hides behind *args, **kwargs, or that it has in C.
DISPATCHED = {"max_pool1d", "max_pool2d", "max_pool3d", "adaptive_max_pool1d", "adaptive_max_pool2d",
              "adaptive_max_pool3d", "fractional_max_pool2d", "fractional_max_pool3d", "conv_tbc"}
OTHER_SIGNATURES = {
    "RNN": "the framework takes *args", "LSTM": "the framework takes *args", "GRU": "the framework takes *args",
    "Module": "the same words", "Sequential": "the same words",
    "LinearCrossEntropyOptions": "a frozen data class in the framework",
    "Parameter": "native", "Buffer": "native", "UninitializedParameter": "native", "UninitializedBuffer": "native",
    "DataParallel": "checked by its use",
}


def public(module):
    """What belongs to a module of the framework: its __all__, or its names that are no modules and come from it."""
    real = __import__(module, fromlist=["_"])
    listed = getattr(real, "__all__", None)
    names = listed if listed and module != "torch.nn" else [n for n in dir(real) if not n.startswith("_")]
    return sorted(set(names))


@pytest.mark.parametrize("module", sorted(ALLOWED))
def test_no_public_name_is_missing(catalog, module):
    rows = catalog.ask(names=module)
    missing = [name for name in public(module) if name not in rows and name not in ALLOWED[module]]
    assert not missing
    needless = [name for name in ALLOWED[module] if name in rows and rows[name]["kind"] in ("function", "class")]
    assert not [name for name in needless if module != "torch.nn.functional" or rows[name]["op"]]


def plain(text):
    """A default's text, where both sides may write the same value in two ways."""
    return None if text is None else re.sub(r"<(function|built-in function) (\w+).*>", r"\2", text)


def framework_signature(value):
    parameters = inspect.signature(value).parameters.values()
    return [[p.name, p.kind.name, None if p.default is p.empty else plain(repr(p.default))] for p in parameters]


def catalog_signature(catalog, path):
    return [[name, kind, plain(default)] for name, kind, default in catalog.ask(signature=path)]


FUNCTIONS = [name for name in public("torch.nn.functional") if name not in ALLOWED["torch.nn.functional"]]


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in DISPATCHED])
def test_signatures_of_functions(catalog, name):
    try:
        want = framework_signature(getattr(torch.nn.functional, name))
    except ValueError:
        text = getattr(torch.nn.functional, name).__doc__ or ""
        found = re.search(r"%s\((.*?)\)\s*->" % name, text.split("Shape:")[0], re.S)
        assert found, "neither a signature nor a documented one"
        documented = re.findall(r"([a-z_0-9]+)\s*(?:=[^,]*)?(?:,|$)", found.group(1).replace("*,", "").replace("\n", " "))
        assert [row[0] for row in catalog_signature(catalog, "torch.nn.functional:" + name)] == documented
        return
    assert catalog_signature(catalog, "torch.nn.functional:" + name) == want


CLASSES = [name for name in public("torch.nn") if inspect.isclass(getattr(torch.nn, name)) and name not in ALLOWED["torch.nn"]]


@pytest.mark.parametrize("name", CLASSES)
def test_signatures_of_classes(catalog, name):
    real = getattr(torch.nn, name)
    if name not in OTHER_SIGNATURES:
        assert catalog_signature(catalog, "torch.nn:%s.__init__" % name) == framework_signature(real.__init__)
    if issubclass(real, torch.nn.Module) and real.forward is not torch.nn.Module.forward:
        assert catalog_signature(catalog, "torch.nn:%s.forward" % name) == framework_signature(real.forward)


@pytest.mark.parametrize("name", CLASSES)
def test_class_hierarchies(agree, name):
    if issubclass(getattr(torch.nn, name), torch.nn.Module):
        agree("[c.__name__ for c in nn.%s.__mro__ if c.__name__ not in ('Generic', 'Protocol', '_LazyProtocol')]" % name)


# Public methods of the framework's modules that user code has no use for.
NO_METHODS = {"gather", "parallel_apply", "replicate", "scatter"}


@pytest.mark.parametrize("name", CLASSES)
def test_methods(catalog, name):
    real = getattr(torch.nn, name)
    if not issubclass(real, torch.nn.Module):
        return
    want = {n for n in dir(real) if not n.startswith("_") and callable(getattr(real, n, None))} - NO_METHODS
    have = catalog.ask(case="sorted(dir(nn.%s))" % name)
    assert not sorted(want - set(have))


INITIALISERS = [name for name in public("torch.nn.init") if name not in ALLOWED["torch.nn.init"]]


@pytest.mark.parametrize("name", [name for name in INITIALISERS if name.endswith("_") or name == "calculate_gain"])
def test_signatures_of_initialisers(catalog, name):
    assert catalog_signature(catalog, "torch.nn.init:" + name) == framework_signature(getattr(torch.nn.init, name))


def test_the_files_are_clean(root):
    """The checks that need no framework."""
    done = subprocess.run([sys.executable, root / "tools/lint_catalog.py"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


BAD_ROW = '''
from __future__ import annotations
from _nw import op, tensor

@op(pivot="frobnicate(input, axis=width)")
def f(input, dim):
    return tensor(input.shape)

@op(effects="none")
def g(input) -> Tensro:
    return tensor(input.shape)
'''


def test_the_lint_finds_what_is_wrong(tmp_path, root):
    for part in ("tools/lint_catalog.py", "docs/pivot.md"):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / part).write_bytes((root / part).read_bytes())
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog/bad.py").write_text(BAD_ROW)
    done = subprocess.run([sys.executable, tmp_path / "tools/lint_catalog.py"], capture_output=True, text=True)
    assert done.returncode == 1
    for words in ("frobnicate is not in", "names width", "needs a result annotation", "no such effect", "Tensro is not a kind"):
        assert words in done.stdout
