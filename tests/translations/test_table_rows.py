"""All tables: rows have the catalog's signatures and use only what output files may use."""

import ast
import builtins

import pytest
import tables

PAIRS = [("torch", "keras")]
# Attributes of tensors that the interpreter has (docs/catalog-language.md, `TensorBase`); instances of modules have `_modules`.
NATIVE = ("shape", "ndim", "dtype", "device", "itemsize", "requires_grad", "is_cuda", "data", "T", "mT", "H", "real", "imag")

# Defaults that are objects of the frameworks.
DEFAULTS = {"ops.relu": "F.relu"}


def rows(*kinds):
    found = []
    for source, target in PAIRS:
        loaded = tables.load(source, target)
        for kind in kinds:
            found += getattr(loaded, kind).values()
    return found


def identify(row):
    return f"{row.kind} {row.name}"


def is_class(row):
    return isinstance(row.target, type)


def same(got, want):
    """Equal parameters; where the framework's own names are defaults (`strided`), rows have literals."""
    return len(got) == len(want) and all(
        one[:2] == other[:2] and (one[2] == other[2] or other[2] is not None and other[2].isidentifier() and other[2] not in ("None", "True", "False"))
        for one, other in zip(got, want))


@pytest.mark.parametrize("row", rows("translations", "last_translations", "free_translations"), ids=identify)
def test_translations_have_the_signature_of_the_catalog(row):
    want = tables.catalog_signature(row.name)
    got = [one for one in tables.function_parameters(row.target) if one[0] != "made"]  # what the call gave, no argument of it
    if "self" not in [name for name, _, _ in got[:1]]:
        want = [one for one in want if one[0] not in ("self", "cls")] if want else want
    assert want is None or same(got, want), (got, want)  # None: a class of the interpreter itself


def catalog_name(name):
    """Where the catalog has it: what only layers derive from, torch.nn._BatchNorm, goes by the name of their package."""
    parts = name.split(".")
    if parts[:2] != ["torch", "nn"] or not parts[2].startswith("_"):
        return name
    names = [".".join(["torch.nn.modules", module, *parts[2:]]) for module in ("conv", "batchnorm", "instancenorm", "loss")]
    return next((full for full in names if tables.catalog_rows("torch").exists(full)), name)


@pytest.mark.parametrize("row", rows("adapters", "last_adapters"), ids=identify)
def test_adapters_have_the_signature_of_the_catalog(row):
    if row.name.startswith(("helper.", "copy.")) or row.target.__init__ is object.__init__ and is_class(row):  # a mixin has no constructor of its own
        return
    want = tables.catalog_signature(catalog_name(row.name))
    function = row.target.__init__ if is_class(row) else row.target
    got = tables.function_parameters(function)
    got = [(name, kind, DEFAULTS.get(default, default)) for name, kind, default in got]
    if is_class(row):
        got = got[1:]
        want = [one for one in want if one[0] not in ("self", "cls")]
    else:  # a function has those parameters that say something of its result
        names = [name for name, _, _ in got]
        want = [one for one in want if one[0] in names]
        got = [one for one in got if one[0] in [name for name, _, _ in want]]
        got = [(name, kind, "None" if default is None and other == "None" else default) for (name, kind, default), (_, _, other) in zip(got, want)]
    assert got == want


@pytest.mark.parametrize("row", rows("attributes", "values", "dropped"), ids=identify)
def test_rows_name_something_of_the_catalog(row):
    parts = row.name.split(".")
    if parts[:2] == ["torch", "Tensor"] and (len(parts) == 2 or parts[2] in NATIVE) or parts[-1] == "_modules":
        return
    if row.name.startswith(("torch.device.", "torch.dtype.")):  # the interpreter makes devices and dtypes itself
        return
    assert tables.catalog_rows(parts[0]).exists(catalog_name(row.name))


ALL_PATHS = sorted({row.path for row in rows("translations", "adapters", "attributes", "values", "last_translations", "free_translations")})


@pytest.mark.parametrize("path", ALL_PATHS, ids=lambda path: path.stem)
def test_rows_use_only_what_output_files_may_use(path):
    tree = ast.parse(path.read_text())
    known = set(dir(builtins)) | set(tables.LIBRARIES) | set(tables.TESTS)
    for source, target in PAIRS:
        loaded = tables.load(source, target)
        known |= {row.target.__name__ for row in (*loaded.adapters.values(), *loaded.last_adapters.values())}
    constants = {name.id for node in tree.body if isinstance(node, ast.Assign) for name in node.targets}  # for tests of rows
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            bound = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            bound |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)} | {n.name for n in ast.walk(node) if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
            decorators = {n.id for one in node.decorator_list for n in ast.walk(one) if isinstance(n, ast.Name)}
            tests = constants if "translation" in decorators else set()
            assert used - bound - decorators - tests <= known, f"{path.name}:{node.lineno}"
            assert node.decorator_list, f"{path.name}:{node.lineno}: a function without a row would not be written out"
