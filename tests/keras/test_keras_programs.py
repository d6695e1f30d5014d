"""`netwright show` on small Keras programs, held against what Keras says when the same program runs: outputs, counts, the
variables with their paths, and the datasets of a saved weight file.

Each program under `programs/` is one case, `cases.txt` holds one for each line. `# expect: refused` at the top of a program means that it is to be
refused although it runs; numbers behind it are the lines that the reasons must name, and no others.
"""
import importlib.util
import pathlib

import programs_run
import pytest

for package in ("keras", "tensorflow", "h5py"):
    if importlib.util.find_spec(package) is None:
        pytest.skip(package + " is not installed", allow_module_level=True)
HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = [programs_run.header(path) for path in sorted((HERE / "programs").glob("*.py"))]


@pytest.fixture(scope="module")
def truths():
    return dict(zip([case["file"] for case in PROGRAMS], programs_run.truths(PROGRAMS)))


@pytest.mark.parametrize("case", PROGRAMS, ids=lambda case: pathlib.Path(case["file"]).stem)
def test_program(truths, case):
    said = programs_run.show(case)
    if case["expect"].startswith("refused"):
        lines = [int(number) for number in case["expect"].split()[1:]]
        assert said["unknown"]
        assert not lines or sorted({reason["line"] for reason in said["unknown"]}) == lines
        assert said["parameters"] is None
    else:
        assert programs_run.difference(said, truths[case["file"]]) == ""
