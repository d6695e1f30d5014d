"""Runs a program and what came back of it from another framework, in its own framework, with weights that went through both maps.

    python run_twins.py JOB.json

JOB: {"framework", "first", "last": roots, "module", "entry", "inputs": specifications, "maps": there and back, "weights": the command that
converts a checkpoint}. Prints the largest difference of outputs relative to their scale.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "migrate"))

from run_pairs import arrays, call, compare, flatten, fresh_import, permuted, torch_side


def carry(job, source, middle, target):
    for mapping, names in zip(job["maps"], ((source, middle), (middle, target))):
        done = subprocess.run([*job["weights"], mapping, *map(str, names)], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"weights: {done.stderr}")


def of_torch(job, first, last, folder):
    """(outputs of the first program, outputs of the last one)"""
    import torch
    from safetensors.numpy import load_file, save_file
    wanted, state = torch_side({**job, "source": job["first"]}, first)
    save_file(state, folder / "first.safetensors")
    carry(job, folder / "first.safetensors", folder / "middle.weights.h5", folder / "last.safetensors")
    module = fresh_import(job["last"], job["module"])
    model = eval(job["entry"], dict(vars(module)))
    with torch.no_grad():
        model.eval() if isinstance(model, torch.nn.Module) else None
        call(model, last, torch.from_numpy)
        if state:
            model.load_state_dict({name: torch.from_numpy(value) for name, value in load_file(folder / "last.safetensors").items()}, strict=True)
        return wanted, [np.asarray(value.numpy()) for value in flatten(call(model, last, torch.from_numpy))]


def of_keras(job, first, last, folder):
    import keras
    results = []
    for root, inputs, weights in ((job["first"], first, None), (job["last"], last, folder / "last.weights.h5")):
        keras.backend.clear_session()
        model = eval(job["entry"], dict(vars(fresh_import(root, job["module"]))))
        tensors = [keras.ops.convert_to_tensor(value) for _, value in inputs]
        given = tensors[0] if len(tensors) == 1 else tensors if hasattr(model, "_inputs_struct") else tuple(tensors)
        model(given, training=False)
        if weights:
            model.load_weights(weights)
        else:
            rng = np.random.default_rng(7)
            for variable in model.weights:
                value = 0.4 * rng.standard_normal(variable.shape)
                variable.assign(np.abs(value) + 0.5 if "variance" in variable.name else value)
            model.save_weights(folder / "first.weights.h5")
            carry(job, folder / "first.weights.h5", folder / "middle.safetensors", folder / "last.weights.h5")
        results.append([np.asarray(keras.ops.convert_to_numpy(value)) for value in flatten(model(given, training=False))])
    return results


def main():
    job = json.loads(pathlib.Path(sys.argv[1]).read_text())
    named = re.match(r"([\w.]+):(?=[\w.]+\()", job["entry"])
    if named:
        job.update(module=named[1], entry=job["entry"][named.end():])
    maps = [json.loads(pathlib.Path(path).read_text()) for path in job["maps"]]
    first = last = arrays(job["inputs"])
    for mapping in maps:
        last = [(name, np.ascontiguousarray(value)) for (name, _), value in zip(last, permuted([value for _, value in last], mapping["inputs"]))]
    with tempfile.TemporaryDirectory() as folder:
        wanted, found = {"torch": of_torch, "keras": of_keras}[job["framework"]](job, first, last, pathlib.Path(folder))
    for mapping in maps:
        wanted = permuted(wanted, mapping["outputs"])
    print(compare(wanted, found))


main()
