"""An index of an einsum with sizes 1 and n in two operands: PyTorch broadcasts it, TensorFlow does not."""
# entry: Net()
# input: f32[2,3,4]
# refuse
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(1, 4, 5))

    def forward(self, x):
        return torch.einsum("bid,bdo->bio", x, self.weight)
