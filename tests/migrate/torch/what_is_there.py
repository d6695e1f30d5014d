"""Asks which packages there are, and of which version; what needs PyTorch and is not there is imported behind a test."""
# entry: Net()
# input: x=f32[2,4]
import importlib.metadata
import importlib.util

from torch import nn

_version = "N/A"
_available = importlib.util.find_spec("torch") is not None
if _available:
    try:
        _version = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        _available = False


def has_kernels():
    return importlib.util.find_spec("torch_kernels_of_nobody") is not None


if has_kernels():
    import torch_kernels_of_nobody

    from torch_kernels_of_nobody.fast import linear


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3 if _available and int(_version.split(".")[0]) > 1 else 5)

    def forward(self, x):
        if has_kernels():
            return torch_kernels_of_nobody.start(linear(x, self.fc.weight))
        return self.fc(x)
