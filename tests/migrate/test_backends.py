"""What is written for Keras runs on its PyTorch backend too, with the same checkpoint."""

import pytest
from migrate_programs import HERE, TOLERANCE, migrate, run_pairs

PROGRAMS = [HERE / "torch" / f"{name}.py" for name in ("closures", "integer_tensors", "multi_head", "recurrent", "registry", "residual_cnn", "tied_weights", "upsampling")]


@pytest.fixture(scope="module")
def compared(binary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("backends")
    for path in PROGRAMS:
        done = migrate(binary, path, folder / path.stem, "--to", "keras")
        assert done.returncode == 0, done.stderr
    return run_pairs("run_pairs.py", binary, folder, [(path, folder / path.stem) for path in PROGRAMS], backend="torch")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_torch_backend(path, compared):
    result = compared[path.stem]
    assert result["error"] is None, result["error"]
    assert result["difference"] < TOLERANCE
