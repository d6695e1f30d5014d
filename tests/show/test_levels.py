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
        {loop}:
            x = x / 2
            if x.sum() < 0.1:
                break
        state = {{"value": 0}}
        next(counting(state))
        return torch.zeros(state["value"])
'''


@pytest.mark.parametrize("loop", ["while True", "for _ in range(2)"])
def test_generators_wait_behind_a_loop(tmp_path, loop):
    path = tmp_path / "net.py"
    path.write_text(PROGRAM.format(loop=loop))
    _, said = test_programs.show(path, {"entry": "Net()", "input": ["f32[2,4]"]})
    assert [row["output"] for row in said["layers"] if row["class"] == "torch.zeros"] == [[1]]
    assert not [loss for loss in said["unknown"] if "generator" in loss["message"]], said["unknown"]
