"""The trees and places of small files, as dumps that a person has read.

tests/golden/syntax/NAME.py with NAME.ast and NAME.names; NETWRIGHT_ACCEPT=1 writes the dumps anew, to be read in the diff.
"""

import os
import pathlib

import pytest

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "golden/syntax"


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.py")))
@pytest.mark.parametrize("which", ["ast", "names"])
def test_dump(name, which, tree_dump, names_dump):
    dump = (tree_dump if which == "ast" else names_dump)(str(GOLDEN / f"{name}.py"))
    expected = GOLDEN / f"{name}.{which}"
    if os.environ.get("NETWRIGHT_ACCEPT"):
        expected.write_text(dump)
    assert dump == expected.read_text()
