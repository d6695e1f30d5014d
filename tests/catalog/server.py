"""Runs in a process of its own, where `import torch` means catalog/torch: one JSON request a line in, one answer a line out.

A request is {"case": text} (see describe.py), {"names": module} (its public names and what they are) or
{"signature": "module:object"}.
"""
import collections
import dataclasses
import functools
import importlib
import inspect
import itertools
import json
import math
import operator
import os
import re
import sys
import traceback
import typing
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
CATALOG = os.path.join(os.path.dirname(os.path.dirname(HERE)), "catalog")
# Python's own modules are loaded before the catalog's models of them (math, functools, ...) can stand in their way.
for folder, _, files in os.walk(CATALOG):
    package = os.path.relpath(folder, CATALOG).replace(os.sep, ".").lstrip(".")
    for name in files:
        module = ".".join(part for part in (package, name[:-3]) if part and part != "__init__")
        if name.endswith(".py") and module.partition(".")[0] in sys.stdlib_module_names:
            importlib.import_module(module)
sys.path[:0] = [CATALOG, HERE]
sys.modules.pop("numpy", None)

import _nw
import describe


def make_tensor(*shape, dtype="float32", fill=0):
    return _nw.tensor(shape, _nw.DType(dtype))


def make_constant(values, dtype="int64"):
    shape, flat = [], values
    while isinstance(flat, list):
        shape.append(len(flat))
        flat = flat[0] if flat else 0

    def flatten(x):
        return [leaf for item in x for leaf in flatten(item)] if isinstance(x, list) else [x]
    return _nw.tensor(tuple(shape), _nw.DType(dtype), data=flatten(values))


def namespace():
    torch = importlib.import_module("torch")
    nn = importlib.import_module("torch.nn")
    functional = importlib.import_module("torch.nn.functional")
    numpy = importlib.import_module("numpy")
    importlib.import_module("einops.layers.torch")
    return {"einops": importlib.import_module("einops"), "numpy": numpy, "torch": torch, "nn": nn, "F": functional, "t": make_tensor, "c": make_constant,
            "OrderedDict": collections.OrderedDict}


def describe_names(module):
    found = {}
    for name, value in vars(importlib.import_module(module)).items():
        if isinstance(value, type):
            kind = "class"
        elif callable(value):
            kind = "function"
        else:
            kind = "module" if inspect.ismodule(value) else "value"
        found[name] = {"kind": kind, "op": getattr(value, "__nw_op__", None),
                       "layer": vars(value).get("__nw_layer__") if kind == "class" else None}
    return found


def find(path):
    module, _, name = path.partition(":")
    value = importlib.import_module(module)
    for part in name.split("."):
        value = getattr(value, part)
    return value


def describe_signature(path):
    parameters = inspect.signature(find(path)).parameters.values()
    return [[p.name, p.kind.name, None if p.default is p.empty else repr(p.default)] for p in parameters]


def answer(request):
    if "case" in request:
        return describe.run(request["case"], namespace())
    if "names" in request:
        return describe_names(request["names"])
    return describe_signature(request["signature"])


def main():
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # a stray print must not be taken for an answer
    for line in sys.stdin:
        try:
            result = json.dumps({"answer": answer(json.loads(line))})
        except Exception:
            result = json.dumps({"failure": traceback.format_exc()})
        out.write(result + "\n")
        out.flush()


if __name__ == "__main__":
    main()
