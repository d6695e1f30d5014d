"""What is written for Keras runs on its PyTorch backend too, with the same checkpoint; what is written in TensorFlow's spelling computes the same."""

import re

import pytest
from migrate_programs import HERE, TOLERANCE, migrate, run_pairs

PROGRAMS = [HERE / "torch" / f"{name}.py" for name in ("closures", "copied_layers", "integer_tensors", "multi_head", "recurrent", "registry", "residual_cnn", "tied_weights", "upsampling")]


def run(binary, folder, target, backend):
    for path in PROGRAMS:
        done = migrate(binary, path, folder / path.stem, "--to", target)
        assert done.returncode == 0, done.stderr
    return run_pairs("run_pairs.py", binary, folder, [(path, folder / path.stem) for path in PROGRAMS], backend=backend)


@pytest.fixture(scope="module")
def compared(binary, tmp_path_factory):
    return run(binary, tmp_path_factory.mktemp("backends"), "keras", "torch")


@pytest.fixture(scope="module")
def spelled(binary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("spelling")
    return folder, run(binary, folder, "tensorflow", "tensorflow")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_torch_backend(path, compared):
    result = compared[path.stem]
    assert result["error"] is None, result["error"]
    assert result["difference"] < TOLERANCE


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_tensorflow_spelling(path, spelled):
    folder, results = spelled
    assert results[path.stem]["error"] is None, results[path.stem]["error"]
    assert results[path.stem]["difference"] < TOLERANCE
    assert not re.search(r"^(import keras|from keras)\b", (folder / path.stem / path.name).read_text(), re.MULTILINE)
