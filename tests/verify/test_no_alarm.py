"""Files that are the same, or only written in another way, are no change and give no alarm."""

import ast
import importlib.util
import json
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "python"))

from netwright.verification import changes  # noqa: E402

PROGRAMS = [path for path in sorted((ROOT / "tests/migrate/torch").glob("*.py")) if "# refuse" not in path.read_text()]


def real_files():
    """Model files of the installed collections, by size: the sixty in the middle."""
    found = []
    for package in ("pytorchcv", "torchvision", "keras"):
        place = importlib.util.find_spec(package)
        if place and place.submodule_search_locations:
            files = sorted(pathlib.Path(place.submodule_search_locations[0]).glob("**/models/*.py"))
            files += sorted(pathlib.Path(place.submodule_search_locations[0]).glob("src/layers/**/*.py"))
            found += [file for file in files if "class " in file.read_text(encoding="utf-8")][:40]
    return found


def reformatted(text):
    """The same program in another layout: no comments, one kind of quotes, long lines, blank lines at other places."""
    return ast.unparse(ast.parse(text)).replace("\n", "\n\n", 3)


def test_reformatted_files_of_collections_are_no_change(tmp_path):
    files = [*real_files(), *PROGRAMS]
    assert len(files) >= len(PROGRAMS) > 15
    for number, file in enumerate(files):
        text = file.read_text(encoding="utf-8")
        copies = [tmp_path / f"{number}{word}.py" for word in ("same", "other")]
        copies[0].write_text(text, encoding="utf-8")
        copies[1].write_text(reformatted(text), encoding="utf-8")
        for copy in copies:
            assert changes.changed_classes(file, copy) == ([], [], []), file


def test_a_reformatted_file_has_nothing_to_run(netwright, tmp_path):
    copy = tmp_path / PROGRAMS[0].name
    copy.write_text(reformatted(PROGRAMS[0].read_text()))
    done = netwright("verify", "--python", sys.executable, "--format", "json", PROGRAMS[0], copy)
    assert done.returncode == 0 and json.loads(done.stdout)["results"] == []


@pytest.mark.slow
def test_reformatted_models_that_are_run_are_equal(netwright, tmp_path):
    for path in PROGRAMS[:6]:
        lines = path.read_text().splitlines()[:12]
        entry, *inputs = [line.split(":", 1)[1].strip() for line in lines if line.startswith(("# entry", "# input"))]
        copy = tmp_path / path.name
        copy.write_text(reformatted(path.read_text()))
        options = ["--entry", entry, *[f"--input={spec}" for spec in inputs], "--grad"]
        done = netwright("verify", "--python", sys.executable, "--format", "json", *options, path, copy, timeout=300)
        (result,) = json.loads(done.stdout)["results"]
        assert result["verdict"] == "equal", (path, result)
        assert all(found["worst"]["fp32"]["abs"] == 0 for found in result["checks"] if found["worst"] and found["worst"]["fp32"]), path
