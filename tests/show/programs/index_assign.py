# Assignments into tensors by slice, mask and index keep the shape; augmented ones as well.
# entry: Net()
# input: f32[3,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        out = torch.zeros(3, 8)
        out[:, :4] = self.fc(x)
        out[:, 4:] += x
        out[0] = 1.0
        y = x.clone()
        y[y > 0] = 0
        y[..., 1::2] *= 2
        y[[0, 1], [2, 3]] = y.new_tensor([5.0, 6.0])
        x = y.masked_fill(y == 0, -1e9)
        return out, y, x.masked_fill_(x < 0, 1)
