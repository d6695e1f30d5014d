"""What both sides share: entry expressions, input specifications, made-up inputs, nested results. No framework is imported here."""

import ast
import dataclasses
import importlib
import importlib.util
import linecache
import os
import re
import sys

import numpy as np

DTYPES = {"f32": "float32", "f64": "float64", "f16": "float16", "bf16": "bfloat16", "i32": "int32", "i64": "int64", "bool": "bool"}
UNKNOWN_SIZE = 5
TENSOR = re.compile(r"(?:(?P<name>\w+)=)?(?P<dtype>[a-z]+\d*)\[(?P<sizes>[^\]]*)\](?:\{(?P<low>-?\d+)\.\.(?P<high>-?\d+)\})?")


class BadSpec(ValueError):
    """An input or an entry that makes no sense."""


def parse_spec(text):
    """{"name", "dtype", "shape", "low", "high"} of a tensor, {"name", "value"} of a constant."""
    found = TENSOR.fullmatch(text.strip())
    if found and found["dtype"] in DTYPES:
        sizes = [size.strip() for size in found["sizes"].split(",") if size.strip()]
        if not all(size == "?" or size.isdigit() for size in sizes):
            raise BadSpec(f"`{text}`: a size is a number or ?")
        return {
            "name": found["name"],
            "dtype": DTYPES[found["dtype"]],
            "shape": [UNKNOWN_SIZE if size == "?" else int(size) for size in sizes],
            "low": int(found["low"] or 0),
            "high": int(found["high"] or 1),
        }
    name, equals, value = text.partition("=")
    try:
        if equals and name.strip().isidentifier():
            return {"name": name.strip(), "value": ast.literal_eval(value.strip())}
    except (ValueError, SyntaxError):
        pass
    raise BadSpec(f"`{text}` is no input: write NAME=f32[2,3], ids=i64[2,16]{{0..99}} or NAME=CONSTANT")


def make_array(spec, number, seed=0):
    """The value of an input, the same on both sides; bfloat16 as float32."""
    if "value" in spec:
        return spec["value"]
    random = np.random.default_rng([seed, number, 17])
    shape, dtype = tuple(spec["shape"]), spec["dtype"]
    if dtype == "bool":
        return random.integers(0, 2, shape).astype(bool)
    if dtype.startswith("int"):
        return random.integers(spec["low"], spec["high"] + 1, shape).astype(dtype)
    values = random.standard_normal(shape)
    if spec.get("some_zero"):
        values *= random.integers(0, 2, shape)
    return values.astype("float32" if dtype == "bfloat16" else dtype)


def projection_of(number, shape, permutes=None):
    """The random weights with which an output counts in a projection; `permutes` says how its axes moved from those of the first side."""
    order = permutes[number] if permutes and permutes[number] and len(permutes[number]) == len(shape) else None
    first = shape
    if order:
        first = [0] * len(shape)
        for axis, place in enumerate(order):
            first[place] = shape[axis]
    random = np.asarray(np.random.default_rng([number, 7]).standard_normal(first)) / np.sqrt(max(np.prod(first), 1))
    return np.ascontiguousarray(random.transpose(order) if order else random)


def names_of_the_same(items):
    """{name: first name} of tensors that have several names; items are (name, what tells one tensor from another)."""
    first, found = {}, {}
    for name, key in items:
        if key in first and key:
            found[name] = first[key]
        first.setdefault(key, name)
    return found


# ---- entries


class Names(dict):
    """The names of a module, then modules by their absolute names, as the arguments of an entry may use them."""

    def __missing__(self, name):
        try:
            return importlib.import_module(name)
        except ImportError:
            raise KeyError(name) from None


def split_entry(entry, module):
    """(module or file, expression); `module` is taken where the entry names none."""
    head, colon, tail = entry.partition(":")
    if colon and re.fullmatch(r"[\w./-]+", head):
        return head, tail
    return module, entry


def build(entry, module):
    """Evaluates an entry; a class is called without arguments."""
    place, expression = split_entry(entry, module)
    if not place:
        raise BadSpec(f"`{entry}` names no module")
    if place.endswith(".py"):
        place = place.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    loaded = importlib.import_module(place)
    tree = ast.parse(expression, mode="eval")
    for node in ast.walk(tree):  # modules of dotted names inside the arguments
        if isinstance(node, ast.Attribute):
            name = ast.unparse(node)
            if re.fullmatch(r"[\w.]+", name) and name.split(".")[0] not in vars(loaded):
                try:
                    importlib.import_module(name.rpartition(".")[0])
                except ImportError:
                    pass
    value = eval(compile(tree, "<entry>", "eval"), {"__builtins__": __builtins__}, Names(vars(loaded)))  # noqa: S307
    return value() if isinstance(value, type) else value


class Replaced:
    """Loads modules from other files than where they would be found: a changed copy in place of the original."""

    def __init__(self, files):
        self.files = files

    def find_spec(self, name, path=None, target=None):
        if name not in self.files:
            return None
        file = self.files[name]
        folders = [os.path.dirname(file)] if os.path.basename(file) == "__init__.py" else None
        return importlib.util.spec_from_file_location(name, file, submodule_search_locations=folders)


def prepare_imports(roots, replaced):
    sys.path[:0] = roots
    sys.dont_write_bytecode = True
    for name in replaced:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, Replaced(replaced))


# ---- nested results


def children(value):
    if isinstance(value, dict):
        return [(str(key), item) for key, item in value.items()]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return list(zip(value._fields, value))
    if isinstance(value, (list, tuple)):
        return [(str(number), item) for number, item in enumerate(value)]
    if hasattr(value, "to_tuple") and hasattr(value, "keys"):
        return [(str(key), value[key]) for key in value.keys()]
    return None


def flatten(value, is_tensor, path=""):
    """[(name, tensor)] of a nested result, in its order; what is no tensor is left out."""
    if is_tensor(value):
        return [(path or "0", value)]
    found = []
    for key, item in children(value) or ():
        found += flatten(item, is_tensor, f"{path}.{key}" if path else key)
    return found


def ways_to_call(signature, names, values):
    """(args, kwargs) to try for a call with these inputs, likeliest first."""
    parameters = [p for name, p in signature.parameters.items() if name not in ("self", "training")]
    plain = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    keywords = {p.name for p in parameters if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD)}
    starred = any(p.kind == p.VAR_POSITIONAL for p in parameters)
    open_ended = any(p.kind == p.VAR_KEYWORD for p in parameters)
    named = {name: value for name, value in zip(names, values) if name}
    unnamed = [value for name, value in zip(names, values) if not name]
    ways = []
    if all(name in keywords or open_ended for name in named) and (starred or len(unnamed) <= len(plain)):
        ways.append((unnamed, named))
    if starred or len(plain) >= len(values):
        ways.append((list(values), {}))
    if all(names) and plain:
        ways.append(([dict(zip(names, values))], {}))
    if len(values) > 1 and plain:
        ways.append(([list(values)], {}))
    return ways or [(unnamed, named)]


# ---- places in the user's source


def calling_line(skipped, own_init=False):
    """(file, line) of the nearest frame that lies in none of the folders `skipped` nor in this package; with own_init, outside of
    the constructors of the object that is being made."""
    frame = sys._getframe(2)
    own = os.path.dirname(os.path.abspath(__file__))
    while frame:
        file = frame.f_code.co_filename
        if own_init and frame.f_code.co_name == "__init__" and "super()" in linecache.getline(file, frame.f_lineno):
            frame = frame.f_back
            continue
        if not file.startswith("<") and not file.startswith(own) and not any(file.startswith(folder) for folder in skipped):
            return [file, frame.f_lineno]
        frame = frame.f_back
    return None
