import torch
from torch import nn
from torch.nn import functional as F


class FusedDropoutAddLayerNorm(nn.Module):
    """layer_norm(dropout(input1) + input2)"""

    def __init__(self, size, dropout_prob, eps=1e-5):
        super().__init__()
        self.layer_norm = nn.LayerNorm(size, eps=eps)
        self.dropout_prob = dropout_prob

    def forward(self, input1, input2):
        return self.layer_norm(F.dropout(input1, self.dropout_prob, self.training) + input2)


class FusedBiasGELU(nn.Module):
    """gelu(x + bias)"""

    def __init__(self, size, prev_weight=None):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(size))

    def forward(self, x):
        return F.gelu(x + self.bias)


class FusedConv2dBatchNorm2d(nn.Module):
    """batch_norm(convolution(x)), with the arguments of Conv2d, then those of BatchNorm2d by keyword"""

    def __init__(self, *convolution, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, **keywords):
        super().__init__()
        self.convolution = nn.Conv2d(*convolution, **keywords)
        self.normalization = nn.BatchNorm2d(self.convolution.out_channels, eps, momentum, affine, track_running_stats)

    def forward(self, x):
        return self.normalization(self.convolution(x))
