"""isinstance of tensors, alone and among other classes; devices."""
# entry: Net()
# input: f32[2,4]
import torch
from torch import Tensor, nn


def check(x, kinds=(int, float)):
    if not isinstance(x, (Tensor, *kinds)) and not torch.is_tensor(x):
        raise TypeError("no tensor")
    return x if isinstance(x, Tensor) else torch.tensor(float(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(4))
        self.register_buffer("shift", torch.zeros(4))
        self.tensors = sum(isinstance(value, torch.Tensor) for value in (self.scale, self.shift, 3, None, "x", torch.ones(2)))

    def forward(self, x):
        if isinstance(x, (torch.Tensor, int, float)) and x.device.type != "meta" and x.device.index is None:
            x = check(x) * self.scale + self.shift
        with torch.autocast(device_type=x.device.type, enabled=False):
            x = x + check(2)
        return x * self.tensors
