"""Small programs of Keras: each is migrated to PyTorch, and both sides are run with the same weights, or it is refused."""

import pytest
from migrate_programs import HERE, TOLERANCE, header, migrate, run_pairs

PROGRAMS = sorted(HERE.glob("keras/*.py"))


@pytest.fixture(scope="module")
def compared(binary, tmp_path_factory):
    """Name -> (finished process, {"error", "difference"}), the latter where the program was translated."""
    folder = tmp_path_factory.mktemp("migrate-keras")
    done = {path: migrate(binary, path, folder / path.stem, "--to", "torch") for path in PROGRAMS}
    results = run_pairs("run_keras_pairs.py", binary, folder, [(path, folder / path.stem) for path in PROGRAMS if done[path].returncode == 0])
    return {path.stem: (process, results.get(path.stem)) for path, process in done.items()}


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program(path, compared):
    process, result = compared[path.stem]
    if header(path, "refuse"):
        assert process.returncode == 1 and "NW05" in process.stderr
        return
    assert process.returncode == 0, process.stderr
    assert result["error"] is None, result["error"]
    assert result["difference"] < TOLERANCE
