"""Sizes of quick Fourier transforms; scipy itself is not among what the tests install."""
import json

NET = """
import torch.nn as nn
from scipy import fft, fftpack


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [fft.next_fast_len(23), fft.next_fast_len(11), fft.next_fast_len(11, real=True), fftpack.next_fast_len(13)]
        self.layers = nn.ModuleList([nn.Linear(4, size) for size in sizes])

    def forward(self, x):
        return [layer(x) for layer in self.layers]
"""


def test_sizes_of_quick_transforms(netwright, tmp_path):
    path = tmp_path / "net.py"
    path.write_text(NET)
    shown = netwright("show", path, "--format", "json", "--entry", "Net()", "--input", "f32[1,4]")
    assert [output["shape"][1] for output in json.loads(shown.stdout)["outputs"]] == [24, 11, 12, 15]
