"""A loss that derives from what all losses of the framework derive from, with a kernel of which a part is written with itself."""
# entry: Sharpness(reduction="sum")
# input: x=f32[2,1,6,6]
import torch
import torch.nn.functional as F
from torch.nn.modules.loss import _Loss


def haar_filter(size):
    kernel = torch.ones((size, size)) / size
    kernel[size // 2:, :] = - kernel[size // 2:, :]
    return kernel.unsqueeze(0)


class Sharpness(_Loss):
    def __init__(self, size=2, reduction="mean"):
        super().__init__()
        self.size = size
        self.reduction = reduction

    def forward(self, x):
        edges = F.conv2d(x, haar_filter(self.size)[None], stride=self.size).abs()
        return edges.sum() if self.reduction == "sum" else edges.mean()
