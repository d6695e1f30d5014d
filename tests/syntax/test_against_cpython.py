"""Trees and places are those of CPython's own `ast` and `symtable`, for every file of the standard library that is not
too long, and of the packages that the tests have anyway. compare.py takes any further files."""

import importlib.util
import pathlib
import sys
import sysconfig

import compare
import pytest

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "golden/syntax"


def files_of(folder, every=1):
    files = [path for path in sorted(pathlib.Path(folder).rglob("*.py")) if "site-packages" not in path.relative_to(folder).parts]
    return [str(path) for path in files if path.stat().st_size < 150_000][::every]


def package_folder(name):
    specification = importlib.util.find_spec(name)
    if specification is None:
        pytest.skip(f"{name} is not installed")
    return specification.submodule_search_locations[0]


def check(command, paths, at_least):
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        count, differences = compare.compare(command, paths)
    finally:
        sys.setrecursionlimit(limit)
    assert not differences
    assert count >= at_least


def test_golden_files(dumper_command):
    check(dumper_command, [str(path) for path in GOLDEN.glob("*.py")], 5)


def test_standard_library(dumper_command):
    check(dumper_command, files_of(sysconfig.get_path("stdlib"), every=16), 40)


@pytest.mark.parametrize("part, at_least", [("nn", 10), ("_inductor", 10), ("distributed", 10)])
def test_torch(part, at_least, dumper_command):
    check(dumper_command, files_of(pathlib.Path(package_folder("torch")) / part, every=10), at_least)


def test_difference_is_seen(dumper_command, tmp_path):
    """The comparison compares: a tree of another text does not pass for this one's."""
    dump = compare.Dumper(dumper_command, "ast")
    path = tmp_path / "a.py"
    path.write_text("a = b + c\n")
    text = dump(str(path))
    dump.close()
    assert compare.ast_difference(text, b"a = b + c\n") is None
    assert compare.ast_difference(text, b"a = b - c\n")
    assert compare.ast_difference(text, b"a = b +  c\n")
    assert compare.ast_difference(text, b"a = b + c\nd\n")
