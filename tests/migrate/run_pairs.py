"""Runs programs and their migrated twins in both frameworks and compares what they compute.

    python run_pairs.py JOBS.json RESULTS.json

JOBS: [{"id", "source": root and module of the source, "target": root of what was written, "module", "entry", "inputs": specifications, "map",
"weights": the command that converts a checkpoint}]. RESULTS: {id: {"error": text or null, "in_source": whether the source itself fails,
"difference": largest one relative to the output's scale}}.
"""
import importlib
import json
import re
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import numpy as np

from torchvision_on_cpu import define_missing_operators

SPEC = re.compile(r"(?:(\w+)=)?(f32|i64|i32|bool)\[([\d,?]*)\](?:\{(-?\d+)\.\.(-?\d+)\})?$")


def arrays(specs, unknown=3):
    """[(name or None, array)] of input specifications; ? is `unknown`."""
    result = []
    for i, spec in enumerate(specs):
        name, dtype, sizes, low, high = SPEC.match(spec).groups()
        shape = [unknown if size == "?" else int(size) for size in sizes.split(",") if size]
        rng = np.random.default_rng(i)
        if dtype[0] == "f":
            value = rng.standard_normal(shape).astype("float32")
        elif dtype == "bool":
            value = rng.random(shape) < 0.6
        else:
            value = rng.integers(int(low or 0), int(high or 1) + 1, shape).astype("int64" if dtype == "i64" else "int32")
        result.append((name, value))
    return result


class SourceFails(Exception):
    """The program that was migrated does not run here."""


def fresh_import(root, module, written=None):
    """Imports a module from one root, without what was imported from another one under the same names: those of its package, and of all
    that was written."""
    names = {module.split(".")[0], *(path.stem for path in (Path(written).iterdir() if written else ()))}
    for name in [name for name in sys.modules if name.split(".")[0] in names]:
        del sys.modules[name]
    importlib.invalidate_caches()
    sys.path.insert(0, str(root))
    try:
        return importlib.import_module(module)
    finally:
        sys.path.pop(0)


def flatten(value):
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in flatten(item)]
    if isinstance(value, (list, tuple)):
        return [leaf for item in value for leaf in flatten(item)]
    return [] if value is None else [value]


def permuted(values, entries):
    """Arrays in the order of axes that the target's inputs or outputs have."""
    return [value.transpose(entry["permute"]) if "permute" in entry else value for value, entry in zip(values, entries, strict=True)]


def call(model, inputs, make, **more):
    positional = [make(value) for name, value in inputs if name is None]
    named = {name: make(value) for name, value in inputs if name is not None}
    return model(*positional, **named, **more)


def torch_side(job, inputs):
    """(outputs, state as arrays) of the PyTorch program, with random weights and statistics."""
    import torch
    define_missing_operators()
    module = fresh_import(job["source"], job["module"], job.get("target"))
    torch.manual_seed(0)
    model = eval(job["entry"], dict(vars(module)))
    if isinstance(model, torch.nn.Module):
        model.eval()
    rng = np.random.default_rng(7)
    with torch.no_grad():
        if any(isinstance(layer, torch.nn.modules.lazy.LazyModuleMixin) for layer in model.modules()):
            call(model, inputs, torch.from_numpy)
        for name, tensor in model.state_dict().items():
            if tensor.is_floating_point() and tensor.numel():
                spread = 0.5 / max(1, np.sqrt(tensor.numel() / tensor.shape[0])) if tensor.ndim > 1 else 0.5
                value = rng.standard_normal(tensor.shape) * spread
                value = np.abs(value) + 0.5 if name.endswith("running_var") else value
                tensor.copy_(torch.from_numpy(np.asarray(value, "float32")))
        outputs = [np.asarray(value.numpy()) for value in flatten(call(model, inputs, torch.from_numpy))]
    return outputs, {name: tensor.numpy().copy() for name, tensor in model.state_dict().items()}


def keras_side(job, inputs, state, folder):
    """Outputs of the Keras program with the converted weights."""
    import keras
    from safetensors.numpy import save_file
    module = fresh_import(job["target"], job["module"], job["target"])
    keras.utils.clear_session()
    model = eval(job["entry"], dict(vars(module)))
    call(model, inputs, keras.ops.convert_to_tensor)
    if state:
        save_file(state, folder / "in.safetensors")
        done = subprocess.run([*job["weights"], job["map"], folder / "in.safetensors", folder / "out.weights.h5"], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"weights: {done.stderr}")
        keras.saving.load_weights(model, folder / "out.weights.h5")
    return [np.asarray(keras.ops.convert_to_numpy(value)) for value in flatten(call(model, inputs, keras.ops.convert_to_tensor))]


def compare(expected, got):
    """The largest difference relative to the scale of the output; an error where shapes differ."""
    if [value.shape for value in expected] != [value.shape for value in got]:
        raise AssertionError(f"shapes {[value.shape for value in got]} instead of {[value.shape for value in expected]}")
    worst = 0.0
    for a, b in zip(expected, got):
        if a.size:
            worst = max(worst, float(np.abs(a.astype("float64") - b.astype("float64")).max() / max(1.0, np.abs(a).max())))
    return worst


def run(job):
    mapping = json.loads(Path(job["map"]).read_text())
    with tempfile.TemporaryDirectory() as folder:
        try:
            inputs = arrays(job["inputs"])
            expected, state = torch_side(job, inputs)
        except Exception as error:
            raise SourceFails from error
        moved = permuted([value for _, value in inputs], mapping["inputs"])
        inputs = [(name, np.ascontiguousarray(value)) for (name, _), value in zip(inputs, moved)]
        return compare(permuted(expected, mapping["outputs"]), keras_side(job, inputs, state, Path(folder)))


def main():
    jobs, results = json.loads(Path(sys.argv[1]).read_text()), {}
    for job in jobs:
        try:
            results[job["id"]] = {"error": None, "in_source": False, "difference": run(job)}
        except Exception as error:
            fails = error.__cause__ if isinstance(error, SourceFails) else error
            results[job["id"]] = {"error": "".join(traceback.format_exception(fails))[-1500:], "in_source": fails is not error, "difference": None}
    Path(sys.argv[2]).write_text(json.dumps(results))


if __name__ == "__main__":
    main()
