"""Small programs: each is migrated and both sides are run with the converted weights, or it is refused by name and line."""

import json

import pytest
from migrate_programs import HERE, TOLERANCE, header, migrate, run_pairs

PROGRAMS = sorted(HERE.glob("torch/*.py"))


@pytest.fixture(scope="module")
def migrated(binary, tmp_path_factory):
    """What migrate made of every program: name -> (finished process, folder)."""
    base = tmp_path_factory.mktemp("migrate")
    return {path.stem: (migrate(binary, path, base / path.stem, "--to", "keras"), base / path.stem) for path in PROGRAMS}


@pytest.fixture(scope="module")
def compared(binary, migrated, tmp_path_factory):
    """Both sides of every program that was translated, run in one process of their own: name -> {"error", "difference"}."""
    return run_pairs("run_pairs.py", binary, tmp_path_factory.mktemp("compare"),
                     [(path, out) for path in PROGRAMS for done, out in [migrated[path.stem]] if done.returncode == 0])


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program(path, migrated, request):
    done, out = migrated[path.stem]
    mapping = json.loads((out / "netwright.json").read_text())
    if header(path, "refuse"):
        assert done.returncode == 1
        assert all(entry["file"] and entry["line"] and entry["reason"] for entry in mapping["untranslated"]) and mapping["untranslated"]
        return
    assert (done.returncode, mapping["untranslated"]) == (0, []), done.stderr
    result = request.getfixturevalue("compared")[path.stem]
    assert result["error"] is None, result["error"]
    assert result["difference"] <= TOLERANCE


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_comments_and_docstrings_stay(path, migrated):
    text = (migrated[path.stem][1] / path.name).read_text()
    for line in path.read_text().splitlines():
        if "#" in line:
            assert line[line.index("#"):].lstrip("# ") in text
        if line.lstrip().startswith('"""') and line.endswith('"""') and len(line.strip()) > 3:
            assert line.strip() in text


def test_comments_stand_once(migrated):
    text = (migrated["comments_in_expressions"][1] / "comments_in_expressions.py").read_text().partition("class Net(")[2]
    for comment in ("rows in their order", "twice within", "what is turned", "one operand", "a mask", "floors", "the divisor"):
        assert text.count("# " + comment) == 1, comment
