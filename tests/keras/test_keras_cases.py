"""One layer or operator of Keras for each line of `cases_*.txt`: outputs, element types, variables and datasets against Keras itself.

A line is `EXPRESSION | INPUT ; INPUT ...`. An expression that names x (y, z) becomes a function of the inputs; one that does not is the layer to be
built and called. A line that starts with `refused` says that Netwright does not read it, although it runs.
"""
import concurrent.futures
import importlib.util
import pathlib
import re

import programs_run
import pytest

for package in ("keras", "tensorflow", "h5py"):
    if importlib.util.find_spec(package) is None:
        pytest.skip(package + " is not installed", allow_module_level=True)
HERE = pathlib.Path(__file__).resolve().parent
HEADER = "import keras\nimport numpy as np\nimport tensorflow as tf\nfrom keras import activations, layers, ops\n"


def lines():
    for path in sorted(HERE.glob("cases_*.txt")):
        for line in path.read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def make(folder):
    """The program that holds all cases, and the cases."""
    text, cases = [HEADER], []
    file = folder / "keras_cases.py"
    for number, line in enumerate(lines()):
        refused = line.startswith("refused ")
        expression, _, inputs = (line[8:] if refused else line).rpartition(" | ")
        specs = [spec.strip() for spec in inputs.split(";") if spec.strip()]
        names = [name for name in "xyz" if re.search(rf"(?<![\w.]){name}(?![\w=])", expression)]
        entry = expression
        if names:
            entry = f"case_{number}"
            text.append(f"def {entry}({', '.join('xyz'[:len(specs)])}):\n    return {expression}\n")
        cases.append({"file": str(file), "entry": entry, "input": specs, "refused": refused, "line": line})
    file.write_text("\n".join(text))
    return cases


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    cases = make(tmp_path_factory.mktemp("keras"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        said = pool.map(programs_run.show, cases)
        return {case["line"]: (case, ours, truth) for case, truth, ours in zip(cases, programs_run.truths(cases), said)}


@pytest.mark.parametrize("line", list(lines()))
def test_case(answers, line):
    case, said, truth = answers[line]
    if case["refused"]:
        assert said["unknown"]
    else:
        assert programs_run.difference(said, truth) == ""
