# entry: Net(4)
# input: f32[2,4]
"""Numbers that numpy computed: PyTorch takes them for numbers of Python."""
import numpy as np
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(dim))
        self.root = np.sqrt(dim + 3.0)
        self.kept = np.ceil(np.log(12)).astype("int").item()
        self.register_buffer("steps", torch.exp(torch.arange(0, 2 * dim, 2) * -(np.log(10000.0) / (2 * dim))))

    def forward(self, x):
        y = torch.mul(x, np.sqrt(3)) + self.scale * np.sqrt(2) + self.steps
        y = y / self.root - torch.pow(x.abs(), self.root) + self.scale ** np.float32(2)
        y = torch.where(y > 0, y, np.sqrt(2)) * torch.full((4,), np.log(2.0))
        y = y * torch.from_numpy(np.triu(np.ones([1, y.size(0), y.size(1)]), k=1)).byte().float()[0, :, : self.kept + 1]
        places = y.new_tensor(torch.arange(0, 6).unfold(0, 2, 2)).long().view(-1)[:4]
        y = y.index_select(1, places)
        return y.clamp(max=np.log(9)) + np.array([1.0, 2.0]).mean() * self.scale
