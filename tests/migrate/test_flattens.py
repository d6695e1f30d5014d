"""Programs that flatten images before dense layers, with --flatten permute-weights: fewer transposes, and the same numbers."""

import json
import subprocess

import pytest
from migrate_programs import HERE, TOLERANCE, header, migrate, run_pairs

PROGRAMS = sorted(HERE.glob("flattens/*.py"))


def written(binary, path, out, way):
    done = migrate(binary, path, out, "--to", "keras", "--layout", "channels_last", "--flatten", way)
    mapping = json.loads((out / "netwright.json").read_text())
    assert (done.returncode, mapping["untranslated"]) == (0, []), done.stderr
    return mapping


@pytest.fixture(scope="module")
def migrated(binary, tmp_path_factory):
    """Maps and folders of every program, flattened either way: (name, way) -> (map, folder)."""
    base = tmp_path_factory.mktemp("flattens")
    return {(path.stem, way): (written(binary, path, base / f"{path.stem}-{way}", way), base / f"{path.stem}-{way}")
            for path in PROGRAMS for way in ("transpose", "permute-weights")}


@pytest.fixture(scope="module")
def compared(binary, migrated, tmp_path_factory):
    """Both sides of every program, run in one process of their own: name -> {"error", "difference"}."""
    return run_pairs("run_pairs.py", binary, tmp_path_factory.mktemp("compare"),
                     [(path, migrated[path.stem, "permute-weights"][1]) for path in PROGRAMS])


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_transposes(path, migrated):
    counts = [migrated[path.stem, way][0]["stats"]["transposes"] for way in ("transpose", "permute-weights")]
    assert counts == [int(count) for count in header(path, "transposes")[0].split()]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_numbers_are_the_same(path, compared):
    assert compared[path.stem]["error"] is None, compared[path.stem]["error"]
    assert compared[path.stem]["difference"] <= TOLERANCE


def test_rows_of_the_kernel_are_turned(migrated):
    mapping, folder = migrated["plain", "permute-weights"]
    kernel = next(row for row in mapping["weights"] if row["from"] == ["fc.weight"])
    assert [op[0] for op in kernel["ops"]].count("reshape") == 2 and "transpose" in [op[0] for op in kernel["ops"]]
    text = (folder / "plain.py").read_text()
    assert "ops.transpose" not in text and "moveaxis" not in text


def test_needs_an_entry(binary):
    command = [str(binary), "migrate", "--to", "keras", "--flatten", "permute-weights", str(HERE / "flattens/plain.py")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2 and "--entry" in done.stderr
