"""The truth about a model program: builds and runs it in the real framework and prints what `netwright show` must say.

usage: oracle.py PROGRAM.py [--entry EXPR] [--input SPEC]...

Without options the entry and the inputs come from the program's header comments (see `header`). The result is the JSON of
`netwright show --format json`: parameters, buffers, outputs, state, and the framework's layers in the order of execution
(with `names`: each module path and the first path of the same module).
The model is run in evaluation mode. An unknown size (`?`) is filled with two different values; a size of a result that
differs between them is null.
"""
import argparse
import ast
import contextlib
import importlib
import importlib.util
import json
import pathlib
import re
import sys

import torch
from torch import nn

SPEC = re.compile(r"^(?:([A-Za-z_]\w*|\d+)=)?(f32|f64|f16|bf16|i32|i64|bool)\[([^\]]*)\](?:\{(-?\d+)\.\.(-?\d+)\})?$")
DTYPES = {"f32": torch.float32, "f64": torch.float64, "f16": torch.float16, "bf16": torch.bfloat16,
          "i32": torch.int32, "i64": torch.int64, "bool": torch.bool, "u8": torch.uint8, "i8": torch.int8,
          "i16": torch.int16, "c64": torch.complex64, "c128": torch.complex128}
NAMES = {dtype: name for name, dtype in DTYPES.items()}
# Fused inside the framework, or made of layers that are not called as modules: no single truth about what runs inside.
OPAQUE = (nn.Transformer, nn.TransformerEncoder, nn.TransformerDecoder, nn.TransformerEncoderLayer, nn.TransformerDecoderLayer)
CONTAINERS = (nn.Sequential, nn.ModuleList, nn.ModuleDict, nn.ParameterList, nn.ParameterDict)


def header(path):
    """Reads the `# key: value` lines at the top of a program: entry, input (repeated), expect, truth."""
    found = {"entry": None, "input": [], "expect": "exact", "truth": "yes"}
    for line in pathlib.Path(path).read_text(encoding="utf-8", errors="replace").splitlines():
        if not line.startswith("#"):
            break
        match = re.match(r"#\s*(entry|input|expect|truth):\s*(.+?)\s*$", line)
        if match and match[1] == "input":
            found["input"].append(match[2])
        elif match:
            found[match[1]] = match[2]
    return found


def root_of(path):
    """The folder above the outermost package that holds `path`, and the module's dotted name from there."""
    path = pathlib.Path(path).resolve()
    parts, folder = [path.stem] if path.stem != "__init__" else [], path.parent
    while (folder / "__init__.py").exists():
        parts.insert(0, folder.name)
        folder = folder.parent
    return folder, ".".join(parts)


def put_back(owner, before):
    """What a program has set in the framework's own classes and modules goes, and what it has replaced comes back."""
    for name, value in dict(vars(owner)).items():
        if name not in before:
            delattr(owner, name)
        elif before[name] is not value and not name.startswith("__"):
            setattr(owner, name, before[name])


@contextlib.contextmanager
def program(path):
    """Imports a program as a module, and forgets it, what it imported from its own folder and what it changed of the framework afterwards."""
    root, name = root_of(path)
    owners = [(owner, dict(vars(owner))) for owner in (nn.Module, torch.Tensor, nn.functional)]
    before = set(sys.modules)
    sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    wrote = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        yield importlib.import_module(name)
    finally:
        sys.dont_write_bytecode = wrote
        sys.path.remove(str(root))
        for owner, names in owners:
            put_back(owner, names)
        for added in set(sys.modules) - before:
            file = getattr(sys.modules[added], "__file__", None)
            if file and str(file).startswith(str(root)):
                del sys.modules[added]


def spec_value(spec, unknown_size):
    """One --input: (name or None, value)."""
    match = SPEC.match(spec)
    if not match:
        name, _, constant = spec.partition("=")
        return name, ast.literal_eval(constant)
    name, dtype, dims, low, high = match.groups()
    shape = [unknown_size if d.strip() == "?" else int(d) for d in dims.split(",") if d.strip()]
    if dtype == "bool":
        value = torch.rand(shape) < 0.7
    elif dtype[0] == "i":
        value = torch.randint(int(low or 0), int(high or 1) + 1, shape, dtype=DTYPES[dtype])
    else:
        value = torch.randn(shape).to(DTYPES[dtype])
    return name, value


def arguments(model, specs, unknown_size):
    """The call's positional and keyword arguments; a name that is no parameter of `forward` is a key or position inside
    the first parameter, a dict or a list."""
    import inspect
    positional, keyword, inside = [], {}, {}
    known = inspect.signature(model.forward if isinstance(model, nn.Module) else model).parameters
    loose = any(p.kind is p.VAR_KEYWORD for p in known.values())
    for spec in specs:
        name, value = spec_value(spec, unknown_size)
        if name is None:
            positional.append(value)
        elif name in known or (loose and not name.isdigit()):
            keyword[name] = value
        else:
            inside[name] = value
    if inside:
        positional.insert(0, list(inside.values()) if all(n.isdigit() for n in inside) else inside)
    return positional, keyword


def flatten(value, name=""):
    """Tensors of a nested result with their names, in order."""
    if isinstance(value, torch.Tensor):
        return [(name[1:] or "0", value)]
    if hasattr(value, "keys") and hasattr(value, "__getitem__"):
        return [leaf for key in value.keys() for leaf in flatten(value[key], f"{name}.{key}")]
    if isinstance(value, (list, tuple)):
        keys = getattr(value, "_fields", range(len(value)))
        return [leaf for key, item in zip(keys, value) for leaf in flatten(item, f"{name}.{key}")]
    if hasattr(value, "__dataclass_fields__"):
        return [leaf for key in value.__dataclass_fields__ for leaf in flatten(getattr(value, key), f"{name}.{key}")]
    return []


def state_of(model):
    """The rows of state_dict(), and the element counts of parameters and persistent buffers (a tied tensor once)."""
    parameters = {id(p): p for p in model.parameters()}
    rows, persistent = [], {}
    for name, value in model.state_dict(keep_vars=True).items():
        if not isinstance(value, torch.Tensor):
            continue
        shape = [] if isinstance(value, nn.parameter.UninitializedTensorMixin) else list(value.shape)
        kind = "parameter" if id(value) in parameters else "buffer"
        rows.append({"name": name, "shape": shape, "kind": kind})
        if kind == "buffer":
            persistent[id(value)] = value
    return rows, sum(p.numel() for p in parameters.values()), sum(b.numel() for b in persistent.values())


def leaves_of(model):
    """The layers whose forward is the framework's own, by path; and every path's first name (a module may have several)."""
    hidden = {id(m) for module in model.modules() if isinstance(module, OPAQUE) for m in module.modules()}
    leaves, first, names = {}, {}, {}
    for path, module in model.named_modules(remove_duplicate=False):
        names[path] = first.setdefault(id(module), path)
        own = type(module).forward.__module__.startswith("torch.nn.modules")
        if own and not isinstance(module, CONTAINERS) and id(module) not in hidden:
            leaves[first[id(module)]] = module
    return leaves, names


def watch(model, log):
    """Hooks every such layer; returns the handles. Hooks change no result."""
    handles = []
    for path, module in leaves_of(model)[0].items():
        def hook(_, __, output, path=path):
            log.append({"path": path, "output": list(output.shape) if isinstance(output, torch.Tensor) else None})
        handles.append(module.register_forward_hook(hook))
    return handles


def merge(first, second):
    """Rows of outputs for two fillings of the unknown sizes: what differs is not known."""
    for a, b in zip(first, second):
        if a["shape"] is not None and b["shape"] is not None and len(a["shape"]) == len(b["shape"]):
            a["shape"] = [x if x == y else None for x, y in zip(a["shape"], b["shape"])]
    return first


def run(model, specs, unknown_size):
    log = []
    handles = watch(model, log) if isinstance(model, nn.Module) else []
    positional, keyword = arguments(model, specs, unknown_size)
    try:
        with torch.no_grad():
            result = model(*positional, **keyword)
    finally:
        for handle in handles:
            handle.remove()
    outputs = [{"name": n, "dtype": NAMES.get(t.dtype, str(t.dtype)), "shape": list(t.shape)} for n, t in flatten(result)]
    return outputs, log


def truth_of(model, specs):
    """What `show` must say of a built model."""
    model.eval()
    found = {"version": 1, "framework": "torch"}
    outputs, layers = [], []
    if specs:
        torch.manual_seed(0)
        outputs, layers = run(model, specs, 2)
        if any("?" in spec for spec in specs):
            outputs = merge(outputs, run(model, specs, 5)[0])
    # After the run: a lazy layer has its shapes only now.
    rows, parameters, buffers = state_of(model)
    return {**found, "parameters": parameters, "buffers": buffers, "outputs": outputs, "layers": layers, "state": rows,
            "names": leaves_of(model)[1] if isinstance(model, nn.Module) else {}}


def build(module, entry):
    """Builds an entry such as `Net(3)` or `pkg.mod:Net.small()` in the namespace of its module."""
    torch.manual_seed(0)
    file, colon, expression = entry.partition(":")
    if not colon or not re.fullmatch(r"[\w./]+", file):
        expression = entry
    return eval(expression, dict(vars(module)))


def truth(path, entry=None, specs=None):
    head = header(path)
    entry, specs = entry or head["entry"], head["input"] if specs is None else specs
    # The program's own modules must stay importable while it runs (imports inside functions).
    with program(path) as module:
        return {"entry": entry, **truth_of(build(module, entry), specs)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--entry")
    parser.add_argument("--input", action="append")
    options = parser.parse_args()
    with contextlib.redirect_stdout(sys.stderr):
        found = truth(options.program, options.entry, options.input)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    sys.exit(main())
