"""Runs programs of Keras and what they became in PyTorch, with the same weights.

    python run_keras_pairs.py JOBS.json RESULTS.json

JOBS: [{"id", "source": folder of the source, "target": folder of what was written, "module", "entry", "inputs": specifications, "map",
"weights": the command that converts a checkpoint, "double": whether what was written runs after double(), too}]. RESULTS: {id: {"error": text or null, "difference": largest one relative to the output's scale}}.
"""
import json
import pathlib
import subprocess
import sys
import traceback

import numpy as np

from run_pairs import arrays, flatten, fresh_import


def given(model, values):
    """The values as a functional model or a program's own takes them."""
    return values[0] if len(values) == 1 else values if hasattr(model, "_inputs_struct") else tuple(values)


def run(job):
    import keras
    import torch
    values = [value for _, value in arrays(job["inputs"])]
    keras.backend.clear_session()
    keras.utils.set_random_seed(0)
    module = fresh_import(job["source"], job["module"])
    source = eval(job["entry"], dict(vars(module)))
    tensors = [keras.ops.convert_to_tensor(value) for value in values]
    source(given(source, tensors), training=False)
    rng = np.random.default_rng(7)
    for variable in source.weights:
        value = 0.4 * rng.standard_normal(variable.shape)
        variable.assign(np.abs(value) + 0.5 if "variance" in variable.name else value)
    wanted = [keras.ops.convert_to_numpy(x) for x in flatten(source(given(source, tensors), training=False))]
    folder = pathlib.Path(job["map"]).parent
    source.save_weights(str(folder / "source.weights.h5"))
    subprocess.run([*job["weights"], job["map"], str(folder / "source.weights.h5"), str(folder / "target.pt")], check=True, capture_output=True)

    module = fresh_import(job["target"], job["module"])
    target = eval(job["entry"], dict(vars(module))).eval()
    content = json.loads(pathlib.Path(job["map"]).read_text())
    wanted = [x.transpose(one["permute"]) if "permute" in one else x for x, one in zip(wanted, content["outputs"])]
    with torch.no_grad():
        tensors = [torch.from_numpy(value.transpose(one.get("permute", range(value.ndim))).copy()) for value, one in zip(values, content["inputs"])]
        target(*tensors)
        target.load_state_dict(torch.load(folder / "target.pt", weights_only=True), strict=True)
        found = [x.numpy() for x in flatten(target(*tensors))]
        if job["double"]:  # modules are cast as any others of PyTorch
            tensors = [x.double() if x.is_floating_point() else x for x in tensors]
            found += [x.numpy() for x in flatten(target.double()(*tensors))]
            wanted += wanted
    assert [x.shape for x in wanted] == [x.shape for x in found]
    return max(float(np.abs(a - b).max() / max(1.0, np.abs(a).max())) for a, b in zip(wanted, found))


def main():
    jobs, results = sys.argv[1:3]
    found = {}
    for job in json.loads(pathlib.Path(jobs).read_text()):
        try:
            found[job["id"]] = {"error": None, "difference": run(job)}
        except Exception:
            found[job["id"]] = {"error": traceback.format_exc(), "difference": None}
    pathlib.Path(results).write_text(json.dumps(found))


main()
