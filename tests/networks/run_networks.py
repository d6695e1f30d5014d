#!/usr/bin/env python3
"""Five networks of the literature, migrated both ways and run on random inputs with the converted weights.

usage: run_networks.py [--inputs N] [--markdown FILE] [--json FILE] [--only NAME]

The networks are those that BESSER-NN migration was measured with (AlexNet, VGG16, a CNN-RNN and an LSTM for the sentiment of texts,
the network of TensorFlow's tutorial), each written as people write it in PyTorch (torch/) and in Keras (keras/). The weights are
those that the source's framework makes up. A difference is that of two outputs, absolute; its bound is BOUND.
"""
import argparse
import importlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NETWRIGHT = os.environ.get("NETWRIGHT", str(ROOT / "build" / "netwright"))
PROGRAMS = sorted(HERE.glob("torch/*.py")) + sorted(HERE.glob("keras/*.py"))
BOUND = 1e-6
BATCH = 10


def header(path, key):
    return re.search(rf"^# {key}: (.*)$", path.read_text(), re.MULTILINE)[1]


def migrate(path, folder):
    command = [NETWRIGHT, "migrate", "--to", "keras" if path.parent.name == "torch" else "torch", "--entry", header(path, "entry"),
               "--input", header(path, "input"), "-o", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.splitlines()[0])


def random_inputs(path, count):
    """`count` inputs as the program's header describes one, in batches."""
    import numpy as np
    dtype, sizes, low, high = re.match(r"(\w+)\[([\d,]+)\](?:\{(\d+)\.\.(\d+)\})?", header(path, "input")).groups()
    shape = [int(size) for size in sizes.split(",")][1:]
    rng = np.random.default_rng(0)
    for start in range(0, count, BATCH):
        size = [min(BATCH, count - start), *shape]
        yield (rng.standard_normal(size).astype("float32") if dtype == "f32" else
               rng.integers(int(low), int(high) + 1, size).astype("int64" if dtype == "i64" else "int32"))


def load(folder, path):
    """The model that the program's entry makes, from the file of the same name in a folder."""
    sys.modules.pop(path.stem, None)
    importlib.invalidate_caches()
    sys.path.insert(0, str(folder))
    try:
        return eval(header(path, "entry"), vars(importlib.import_module(path.stem)))
    finally:
        sys.path.pop(0)


def run_torch(model, inputs):
    import torch
    with torch.no_grad():
        return model.eval()(torch.from_numpy(inputs)).numpy()


def run_keras(model, inputs):
    import keras
    return keras.ops.convert_to_numpy(model(inputs, training=False))


def convert(folder, source, target):
    subprocess.run([NETWRIGHT, "weights", "--python", sys.executable, str(folder / "netwright.json"), str(source), str(target)], check=True,
                   capture_output=True)


def moved(mapping, run):
    """The target as a function of the source's input: arrays go and come back as the migration map says."""
    before, after = (mapping[kind][0].get("permute") for kind in ("inputs", "outputs"))

    def call(x):
        y = run(x.transpose(before) if before else x)
        return y.transpose([after.index(axis) for axis in range(len(after))]) if after else y
    return call


def pair(path, folder, inputs):
    """Both models with the same weights, as functions of an array. Layers that are made when they are first called are called first."""
    import keras
    import numpy as np
    import torch
    from safetensors.torch import load_file, save_file
    torch.manual_seed(0)
    keras.utils.set_random_seed(0)
    source, target = load(path.parent, path), load(folder, path)
    run_target = run_keras if path.parent.name == "torch" else run_torch
    target_of = moved(json.loads((folder / "netwright.json").read_text()), lambda x: run_target(target, np.ascontiguousarray(x)))
    target_of(inputs)
    if path.parent.name == "torch":
        run_torch(source, inputs)
        save_file(source.state_dict(), folder / "in.safetensors")
        convert(folder, folder / "in.safetensors", folder / "out.weights.h5")
        target.load_weights(folder / "out.weights.h5")
        return lambda x: run_torch(source, x), target_of
    run_keras(source, inputs)
    source.save_weights(folder / "in.weights.h5")
    convert(folder, folder / "in.weights.h5", folder / "out.safetensors")
    target.load_state_dict(load_file(folder / "out.safetensors"), strict=True)
    return lambda x: run_keras(source, x), target_of


def compare(path, count):
    """(largest absolute difference, largest absolute output) over `count` inputs."""
    import numpy as np
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        migrate(path, folder)
        batches = list(random_inputs(path, count))
        source, target = pair(path, folder, batches[0][:1])
        results = [(source(batch), target(batch)) for batch in batches]
    if any(a.shape != b.shape for a, b in results):
        raise AssertionError("the shapes differ")
    return max(float(np.abs(a - b).max()) for a, b in results), max(float(np.abs(a).max()) for a, b in results)


def write_markdown(path, rows, count):
    lines = [f"{count} random inputs each; the bound is {BOUND:g} on the absolute difference.", "",
             "| network | from | to | largest output | largest difference |", "|---|---|---|---|---|"]
    for row in rows:
        to = "Keras" if row["from"] == "torch" else "PyTorch"
        figures = row["problem"] or f"{row['scale']:.3g} | {row['difference']:.2e}"
        lines.append(f"| {row['network']} | {'PyTorch' if row['from'] == 'torch' else 'Keras'} | {to} | {figures} |")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=100)
    parser.add_argument("--only", default="", help="part of FRAMEWORK/NAME")
    parser.add_argument("--markdown", type=pathlib.Path)
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    os.environ.update(TF_ENABLE_ONEDNN_OPTS="0", TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow", CUDA_VISIBLE_DEVICES="")
    rows = []
    for path in PROGRAMS:
        row = {"network": path.stem, "from": path.parent.name, "difference": None, "scale": None, "problem": ""}
        if options.only not in f"{path.parent.name}/{path.stem}":
            continue
        try:
            row["difference"], row["scale"] = compare(path, options.inputs)
        except Exception as error:
            row["problem"] = f"{type(error).__name__}: {error}"[:300]
        rows.append(row)
        print(f"{row['from']:6} {row['network']:10}", row["problem"] or f"{row['difference']:.2e} of {row['scale']:.3g}", flush=True)
    if options.markdown:
        write_markdown(options.markdown, rows, options.inputs)
    if options.json:
        options.json.write_text(json.dumps(rows))
    return 1 if any(row["problem"] or row["difference"] > BOUND for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
