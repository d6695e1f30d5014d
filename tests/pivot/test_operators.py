"""The table of pivot operators and the page that describes them name the same things."""

import re


def test_operators_are_described(root):
    table = re.findall(r'^NW_PIVOT_OPERATOR\(\w+, "(\w+)"', (root / "src/pivot/operator.def").read_text(), re.M)
    page = (root / "docs/pivot.md").read_text()
    described = set(re.findall(r"\b[a-z][a-z0-9_]+\b", " ".join(re.findall(r"`([^`]*)`", page))))
    assert len(table) > 150
    assert sorted(set(table) - described) == []
    assert len(table) == len(set(table))
