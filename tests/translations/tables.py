"""Runs translation tables in CPython: each row of translations/SOURCE/TARGET/*.py becomes an ordinary Python function or class.

A case is the text of an expression in the source framework's names. It is evaluated twice: once with the framework itself, once with
`Names`, which stands for the framework's names and answers each call as the tables translate it:

    tables = load("torch", "keras")
    eval("nn.Conv2d(4, 8, 3, padding=1)", {"nn": tables.names("torch.nn")})     # a keras.layers.Layer
"""

import ast
import functools
import importlib
import inspect
import pathlib
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# What templates and adapters may name besides Python's builtins and other adapters.
LIBRARIES = {"keras": "keras", "layers": "keras.layers", "ops": "keras.ops", "activations": "keras.activations",
             "initializers": "keras.initializers", "math": "math", "contextlib": "contextlib", "itertools": "itertools", "collections": "collections", "np": "numpy", "einops": "einops", "functools": "functools"}
TESTS = ("is_tensor", "rank", "dtype", "given", "only_called", "moved", "plain_result", "plain_arguments", "noted", "is_known", "input_rank")

# Rows of the catalog that are no Python there.
INTRINSICS = {"torch.nn.Parameter": "(data=None, requires_grad=True)", "torch.nn.parameter.Parameter": "(data=None, requires_grad=True)",
              "torch.nn.Buffer": "(data=None, *, persistent=True)"}


class Untranslated(Exception):
    """No row, or no translation for these arguments."""


class Row:
    """One row: what it translates, by which function or class, in which file."""

    def __init__(self, kind, name, target, path, note=None):
        self.kind, self.name, self.target, self.path, self.note = kind, name, target, path, note
        self.file, self.line = path.name, target.__code__.co_firstlineno if inspect.isfunction(target) else 0


class Call(threading.local):
    """What the tests of a row may ask about the call that is translated."""

    given = frozenset()
    only_called = False


class Prepare(ast.NodeTransformer):
    """given(x) asks about the argument, not about its value; what a translation returns is a tuple of one, to tell it from nothing returned."""

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        if any(isinstance(one, ast.Call) and getattr(one.func, "id", "") == "translation" for one in node.decorator_list):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    inner.value = ast.copy_location(ast.Tuple([inner.value], ast.Load()), inner.value)
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "given":
            node.args = [ast.copy_location(ast.Constant(node.args[0].id), node.args[0])]
        return node


class Tables:
    def __init__(self, folder):
        self.folder = folder
        self.translations, self.adapters, self.attributes, self.values, self.dropped = {}, {}, {}, {}, {}
        self.last_translations, self.last_adapters, self.last_attributes = {}, {}, {}  # rows for channels last
        self.free_translations = {}  # those of flattens whose features may come in any order
        self.call = Call()
        self.namespaces = []
        for path in sorted(folder.glob("*.py")):
            self.load(path)
        self.link()

    # ------------------------------------------------------------ reading

    def load(self, path):
        tree = ast.fix_missing_locations(Prepare().visit(ast.parse(path.read_text(), str(path))))
        names = {"__name__": "translations." + path.stem, "__file__": str(path)}
        for kind, rows in (("translation", self.translations), ("adapter", self.adapters), ("attribute", self.attributes), ("value", self.values)):
            names[kind] = functools.partial(self.decorator, kind, rows, path)
        names["dropped"] = functools.partial(self.decorate_dropped, path)
        names.update(moved=None, plain_result=None, plain_arguments=None)  # the text of rows for channels last is never run as it is
        names.update(is_tensor=is_tensor, rank=rank, dtype=dtype, given=lambda name: name in self.call.given, noted=lambda text, value: value, only_called=lambda: self.call.only_called)
        names.update(is_known=lambda value: value is not None, input_rank=lambda made: None)  # what a layer is called with is not known before
        for row in self.adapters.values():  # bases in tables that were read before
            names.setdefault(row.target.__name__, row.target)
        exec(compile(tree, str(path), "exec"), names)
        self.namespaces.append(names)

    def decorator(self, kind, rows, path, name, layout=None, **_):
        if layout:
            rows = getattr(self, f"{'free' if layout == 'channels_last_free' else 'last'}_{kind}s")

        def decorate(target):
            if name in rows:
                raise ValueError(f"{path}: two rows {kind} {name}")
            rows[name] = Row(kind, name, target, path)
            return target
        return decorate

    def decorate_dropped(self, path, *names, note):
        """dropped("name", note="why") stands alone or above a function with the row's signature."""
        def decorate(target):
            return target
        for name in names:
            self.dropped[name] = Row("dropped", name, decorate, path, note)
        return decorate

    def link(self):
        """Adapters are known to each other by their names in Python."""
        known = {}
        for row in (*self.adapters.values(), *self.last_adapters.values()):
            name = row.target.__name__
            if known.setdefault(name, row.target) is not row.target:
                raise ValueError(f"{row.path}: two adapters are called {name}")
        for names in self.namespaces:
            for name, target in known.items():
                names.setdefault(name, target)

    # ------------------------------------------------------------ translating

    def names(self, prefix, only_called=False, adapter=False):
        return Names(self, prefix, only_called, adapter)

    def adapter(self, name):
        return self.adapters[name].target

    def translate(self, name, args, kwargs, only_called=False):
        """What the call name(*args, **kwargs) becomes; a class whose tests find no template is its adapter."""
        if name in self.dropped and name not in self.translations:
            return args[0] if args else None
        if name in self.translations:
            function = self.translations[name].target
            bound = inspect.signature(function).bind(*args, **kwargs)
            before = self.call.given, self.call.only_called
            self.call.given, self.call.only_called = frozenset(bound.arguments), only_called
            try:
                result = function(*args, **kwargs)
            finally:
                self.call.given, self.call.only_called = before
            if result is not None:
                return result[0]
        if name in self.adapters:
            return self.adapters[name].target(*args, **kwargs)
        raise Untranslated(name)

    def has_rows_below(self, name):
        return any(other.startswith(name + ".") for rows in (self.translations, self.attributes, self.dropped) for other in rows)

    def value(self, name):
        if name in self.values:
            return self.values[name].target()
        if name in self.adapters:
            return self.adapters[name].target
        raise Untranslated(name)


class Names:
    """A dotted name of the source framework, seen through the tables."""

    def __init__(self, tables, name, only_called=False, adapter=False):
        self.tables, self.name, self.only_called, self.adapter = tables, name, only_called, adapter

    def __getattr__(self, part):
        name = self.name + "." + part
        if name in self.tables.values and not self.tables.has_rows_below(name):
            return self.tables.value(name)
        return Names(self.tables, name, self.only_called, self.adapter)

    def __call__(self, *args, **kwargs):
        args = [self.as_value(value) for value in args]
        kwargs = {key: self.as_value(value) for key, value in kwargs.items()}
        if self.adapter and self.name in self.tables.adapters:
            return self.tables.adapter(self.name)(*args, **kwargs)
        if self.name in self.tables.attributes:
            return self.tables.attributes[self.name].target(*args)
        return self.tables.translate(self.name, args, kwargs, self.only_called)

    def __mro_entries__(self, bases):
        """class Net(nn.Module): the class that the name stands for."""
        return (self.tables.value(self.name),)

    def as_value(self, value):
        return self.tables.value(value.name) if isinstance(value, Names) else value


# ---------------------------------------------------------------- tests that rows may make


def is_tensor(x):
    import keras
    import torch
    return isinstance(x, torch.Tensor) or keras.ops.is_tensor(x) or isinstance(x, (keras.Variable, keras.KerasTensor))


def rank(x):
    return len(x.shape)


def dtype(x):
    import keras
    import torch
    return str(x.dtype)[len("torch."):] if isinstance(x, torch.Tensor) else keras.backend.standardize_dtype(x.dtype)


@functools.lru_cache(None)
def load(source, target):
    return Tables(ROOT / "translations" / source / target)


def catalog_signature(name):
    """Parameters of the catalog's row as (name, kind, default as text), read from its source without running it."""
    if name in INTRINSICS:
        return parameters(ast.parse(f"def f{INTRINSICS[name]}: pass").body[0].args)
    return catalog_rows(name.split(".")[0])(name)


class CatalogPackage:
    """Where the public names of a catalog package are defined."""

    def __init__(self, package):
        self.folder = ROOT / "catalog"
        self.modules = {}
        start = self.folder / package
        paths = sorted(start.rglob("*.py")) if start.is_dir() else [start.with_suffix(".py")]
        for path in paths:
            parts = path.relative_to(self.folder).with_suffix("").parts
            self.modules[".".join(part for part in parts if part != "__init__")] = ast.parse(path.read_text())

    def find(self, module, name, seen=()):
        """The node that defines the name in the module, and its module."""
        if module not in self.modules or (module, name) in seen:
            return None
        seen = seen + ((module, name),)
        for node in self.modules[module].body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and node.name == name:
                return module, node
            if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == name for target in node.targets):
                if isinstance(node.value, ast.Name):
                    return self.find(module, node.value.id, seen)
                return module, node
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    if alias.name == "*":
                        found = self.find(node.module, name, seen)
                        if found:
                            return found
                    elif (alias.asname or alias.name) == name:
                        found = self.find(node.module, alias.name, seen)
                        if found:
                            return found
        return None

    def member(self, module, node, name):
        """The method of a class, its own or inherited."""
        for item in node.body:
            if isinstance(item, ast.FunctionDef) and item.name == name:
                return item
            if isinstance(item, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in item.targets):
                found = isinstance(item.value, ast.Name) and self.find(module, item.value.id)
                return found[1] if found else item
        for base in node.bases:
            found = isinstance(base, ast.Name) and self.find(module, base.id)
            if found and isinstance(found[1], ast.ClassDef):
                inherited = self.member(*found, name)
                if inherited:
                    return inherited
        return None

    def exists(self, name):
        try:
            self(name)
        except LookupError:
            return False
        return True

    def __call__(self, name):
        parts = name.split(".")
        for cut in range(len(parts) - 1, 0, -1):
            found = self.find(".".join(parts[:cut]), parts[cut])
            if not found:
                continue
            module, node = found
            rest = parts[cut + 1:]
            if isinstance(node, ast.ClassDef):
                method = rest[0] if rest else "__init__"
                node = self.member(module, node, method)
                if node is None and method == "__init__":
                    node = self.member(module, found[1], "__new__")
                if node is None and method == "__init__":
                    return []
            elif rest:
                node = None
            if isinstance(node, ast.FunctionDef):
                result = parameters(node.args)
                return result[1:] if isinstance(found[1], ast.ClassDef) and not rest else result
            if node is not None:
                return None
        raise LookupError(name)


def parameters(arguments):
    """(name, kind, default) of each parameter of a function's syntax."""
    plain = arguments.posonlyargs + arguments.args
    defaults = [None] * (len(plain) - len(arguments.defaults)) + [ast.unparse(value) for value in arguments.defaults]
    result = [(a.arg, "plain", value) for a, value in zip(plain, defaults)]
    if arguments.vararg:
        result.append((arguments.vararg.arg, "*", None))
    result += [(a.arg, "keyword", value and ast.unparse(value)) for a, value in zip(arguments.kwonlyargs, arguments.kw_defaults)]
    if arguments.kwarg:
        result.append((arguments.kwarg.arg, "**", None))
    return result


@functools.lru_cache(None)
def catalog_rows(package):
    return CatalogPackage(package)


def function_parameters(function):
    """As parameters(), of a function of a table."""
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(function)))
    return parameters(tree.body[0].args)


def framework(name):
    """The object of that dotted name in the framework itself."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            value = importlib.import_module(".".join(parts[:cut]))
        except ImportError:
            continue
        for part in parts[cut:]:
            value = getattr(value, part)
        return value
    raise LookupError(name)
