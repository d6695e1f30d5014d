"""Behind code under a test that nobody can decide, what happens is exact again."""
import pytest
import test_programs

PROGRAM = '''# entry: Net()
# input: f32[2,4]
import torch
from torch import nn


def counting(state):
    for _ in range(3):
        state["value"] += 1
        yield state["value"]


class Net(nn.Module):
    def forward(self, x):
{before}
        state = {{"value": 0}}
        next(counting(state))
        return torch.zeros(state["value"])
'''


LOOP = """        {0}:
            x = x / 2
            if x.sum() < 0.1:
                break"""
TRY = """        try:
            if x.sum() < 0.1:
                raise ValueError
            x = x / 2
        except ValueError:
            x = x * 2"""


@pytest.mark.parametrize("before", [LOOP.format("while True"), LOOP.format("for _ in range(2)"), TRY])
def test_generators_wait_behind(tmp_path, before):
    path = tmp_path / "net.py"
    path.write_text(PROGRAM.format(before=before))
    _, said = test_programs.show(path, {"entry": "Net()", "input": ["f32[2,4]"]})
    assert [row["output"] for row in said["layers"] if row["class"] == "torch.zeros"] == [[1]]
    assert not [loss for loss in said["unknown"] if "generator" in loss["message"]], said["unknown"]


def test_a_yield_under_a_condition_is_told(tmp_path):
    path = tmp_path / "net.py"
    path.write_text(PROGRAM.format(before="").replace('yield state["value"]', """if state["x"].sum() > 0:
            yield 1
        else:
            yield 2""").replace('{"value": 0}', '{"value": 0, "x": x}'))
    run, said = test_programs.show(path, {"entry": "Net()", "input": ["f32[2,4]"]})
    assert run.returncode == 1 and [loss for loss in said["unknown"] if "yield under a condition" in loss["message"]], said["unknown"]


HALVED = """# entry: Net()
# input: f32[2,4]
from torch import nn


def halved(x):
    while True:
        x = x / 2
        if x.sum() < 0.1:
            return x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)

    def forward(self, x):
        return self.layer(halved(x))
"""


def test_what_stands_behind_an_endless_loop_runs_under_no_condition(tmp_path):
    path = tmp_path / "net.py"
    path.write_text(HALVED)
    _, said = test_programs.show(path, {"entry": "Net()", "input": ["f32[2,4]"]})
    assert [(row["output"], row.get("guard")) for row in said["layers"] if row["path"] == "layer"] == [([2, 3], None)]


SHARED = """# entry: Net()
# input: f32[2,4]
import torch
from torch import nn


def pairs(width, source):
    for item in source:
        yield item, next(source, None)


class Net(nn.Module):
    def forward(self, x):
        source = iter(range(6))
        if x.sum() > 0:
            next(pairs(3, source))
            return torch.zeros(next(source))
        return x
"""


def test_an_iterator_that_a_generator_emptied_too_early_is_told(tmp_path):
    path = tmp_path / "net.py"
    path.write_text(SHARED)
    _, said = test_programs.show(path, {"entry": "Net()", "input": ["f32[2,4]"]})
    assert [loss for loss in said["unknown"] if "cannot wait at its yields" in loss["message"]], said["unknown"]
    assert [row["output"] for row in said["layers"] if row["class"] == "torch.zeros"] in ([None], [[None]])
