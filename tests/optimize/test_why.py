"""The verb `why`: what a rule makes of one line."""

import pytest
from optimize_programs import module

PROGRAM = module("a = F.softmax(x, dim=-1)\nb = F.softmax(x, dim=1)\nc = x.relu()\nreturn a + b + c")


@pytest.fixture
def why(netwright, tmp_path):
    path = tmp_path / "net.py"
    path.write_text(PROGRAM)

    def run(line, rule):
        number = next(i for i, text in enumerate(PROGRAM.splitlines(), 1) if line in text)
        return netwright("why", f"{path}:{number}", rule)

    return run


def test_a_rule_that_applies(why):
    done = why("a =", "adopter/softmax")
    assert done.returncode == 1
    assert "adopter/softmax: applicable" in done.stdout and "of Net.forward" in done.stdout and "dim=1" not in done.stdout


def test_what_stands_against_it(why):
    done = why("b =", "adopter/softmax")
    assert done.returncode == 0
    assert "refused" in done.stdout and "axis 1 is not known to be the last one of `x`" in done.stdout and "NW0401" in done.stdout


def test_a_line_without_a_site(why):
    done = why("c =", "adopter/softmax")
    assert done.returncode == 0
    assert "nothing here looks like what adopter/softmax finds; it has sites in lines" in done.stdout


@pytest.mark.parametrize("words", [[], ["net.py", "torch/gelu"], ["net.py:x", "torch/gelu"], ["net.py:0", "torch/gelu"], ["net.py:3"]])
def test_wrong_use(netwright, words):
    assert netwright("why", *words).returncode == 2


def test_an_unknown_rule(why):
    assert why("a =", "torch/nothing").returncode == 2
