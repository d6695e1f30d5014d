"""A weight that is drawn, made a rotation and put into a layer: which of both it was does not matter once weights are loaded."""
# entry: Net(4)
# input: x=f32[2,4,5]
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv1d(channels, channels, 1, bias=False)
        w = torch.linalg.qr(torch.FloatTensor(channels, channels).normal_())[0]
        if torch.det(w) < 0:  # a reflection
            w[:, 0] = -1 * w[:, 0]
        self.conv.weight.data = w.view(channels, channels, 1)

    def forward(self, x):
        w = self.conv.weight.squeeze()
        size = torch.logdet(w @ w.t() + torch.eye(4)) - torch.logdet(w[[0, 2, 1, 3]] @ w.t() + torch.eye(4)).isnan().float()
        return self.conv(x), x.size(0) * size
