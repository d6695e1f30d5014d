"""The truth about Keras programs: builds and runs them and prints what `netwright show` must say.

usage: oracle.py < CASES > ANSWERS

A case is one line of JSON, `{"file": PATH, "entry": EXPR, "input": [SPEC, ...]}`; its answer is one line: outputs, parameters, buffers, the rows of
the state with the datasets of a saved weight file, or `raises` with the name of the exception's class. All cases run in one process,
each with the names of Keras counted anew.
"""
import importlib.util
import json
import os
import pathlib
import re
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import h5py  # noqa: E402
import keras  # noqa: E402
import numpy  # noqa: E402

SPEC = re.compile(r"^(?:([A-Za-z_]\w*|\d+)=)?(f32|f64|f16|i32|i64|bool)\[([^\]]*)\](?:\{(-?\d+)\.\.(-?\d+)\})?$")
DTYPES = {"f32": "float32", "f64": "float64", "f16": "float16", "i32": "int32", "i64": "int64", "bool": "bool"}
NAMES = {**{long: short for short, long in DTYPES.items()}, "bfloat16": "bf16", "int8": "i8", "int16": "i16", "uint8": "u8", "uint16": "u16", "uint32": "u32",
         "uint64": "u64", "complex64": "c64", "complex128": "c128"}


def tensor(match):
    dtype, shape = DTYPES[match[2]], [int(n) for n in match[3].split(",") if n.strip()]
    low, high = (int(match[4]), int(match[5])) if match[4] else (0, 1)
    if dtype.startswith("float"):
        data = numpy.random.default_rng(0).standard_normal(shape)
    else:
        data = numpy.random.default_rng(0).integers(low, high + 1, shape)
    return keras.ops.convert_to_tensor(data.astype(dtype))


def arguments(specs, scope, names):
    positional, named, inside = [], {}, {}
    for text in specs:
        match = SPEC.match(text)
        name, value = (match[1], tensor(match)) if match else (text.split("=", 1)[0], eval(text.split("=", 1)[1], scope))
        if name is None:
            positional.append(value)
        elif name in names:
            named[name] = value
        else:
            inside[name] = value
    if inside:
        positional.insert(0, [inside[n] for n in inside] if all(n.isdigit() for n in inside) else inside)
    return positional, named


def flat(prefix, value, found):
    if isinstance(value, dict):
        for key in value:
            flat(prefix + [str(key)], value[key], found)
    elif isinstance(value, (list, tuple)):
        for index, part in zip(getattr(value, "_fields", range(len(value))), value):
            flat(prefix + [str(index)], part, found)
    elif hasattr(value, "shape") and hasattr(value, "dtype"):
        found.append({"name": ".".join(prefix) or "0", "dtype": NAMES[keras.backend.standardize_dtype(value.dtype)], "shape": [int(n) for n in value.shape]})
    return found


def stored(model):
    """Dataset by variable, found by a number that each variable is filled with."""
    for number, variable in enumerate(model.variables):
        variable.assign(numpy.full(variable.shape, number % 2 ** 16, dtype=variable.dtype) if str(variable.dtype) != "bool" else variable)
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "x.weights.h5")
        keras.src.saving.saving_lib.save_weights_only(model, file)
        found = {}
        with h5py.File(file) as read:
            names = []
            read.visititems(lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) and item.size else None)
            for name in names:
                found.setdefault(int(numpy.asarray(read[name]).ravel()[0]), []).append(name)
    return [sorted(found.get(number, [])) for number in range(len(model.variables))]


def describe(model):
    weights = model.weights
    places = dict(zip([id(v) for v in model.variables], stored(model)))
    made_trained = {id(v) for layer in model._flatten_layers() for v in layer._trainable_variables}
    rows = [{"name": v.path, "shape": [int(n) for n in v.shape], "kind": "parameter" if id(v) in made_trained else "buffer", "store": places[id(v)]}
            for v in weights]
    count = sum(int(numpy.prod(v.shape)) for v in weights)
    return {"parameters": count, "buffers": sum(int(numpy.prod(v.shape)) for v in weights if id(v) not in made_trained), "state": rows}


PROGRAMS = {}


def program(file):
    """A program as a module; what it makes at import is named anew for each case only when it makes layers."""
    if file not in PROGRAMS or "programs" in pathlib.Path(file).parts:
        spec = importlib.util.spec_from_file_location("case_" + pathlib.Path(file).stem, file)
        PROGRAMS[file] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(PROGRAMS[file])
    return PROGRAMS[file]


def answer(case):
    keras.utils.clear_session(free_memory=False)
    keras.src.utils.naming.reset_uids()
    try:
        module = program(case["file"])
        root = eval(case["entry"], module.__dict__)
        if isinstance(root, type) and issubclass(root, keras.Layer):
            root = root()
        names = []
        called = root.call if isinstance(root, keras.Layer) else root
        code = getattr(called, "__func__", called)
        if hasattr(code, "__code__"):
            names = code.__code__.co_varnames[:code.__code__.co_argcount]
        positional, named = arguments(case["input"], module.__dict__, names)
        if isinstance(root, keras.Model) and len(positional) > 1 and len(getattr(root, "inputs", []) or []) == len(positional):
            positional = [positional]
        result = root(*positional, **named) if case["input"] else None
    except Exception as error:  # whatever Keras raises is the answer
        return {"raises": type(error).__name__, "message": str(error)[:300]}
    truth = {"outputs": flat([], result, []) if case["input"] else []}
    if isinstance(root, keras.Layer):
        truth.update(describe(root))
    return truth


def main():
    import warnings
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
