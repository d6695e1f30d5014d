"""Kernels made of NumPy arrays, sequences of different lengths, and what recurrent layers say about memory."""
# entry: Blur(4)
# input: x=f32[2,4,9,9]
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.rnn import pad_sequence


class Blur(nn.Module):
    def __init__(self, channels):
        super().__init__()
        row = np.array([1., 2., 1.])
        kernel = torch.Tensor(row[:, None] * row[None, :])
        kernel = kernel / torch.sum(kernel)
        self.register_buffer("kernel", kernel[None, None, :, :].repeat((channels, 1, 1, 1)))
        self.register_buffer("window", torch.ger(torch.FloatTensor(row), torch.FloatTensor(row)))
        self.rnn = nn.GRU(9, 5, batch_first=True)

    def forward(self, x):
        y = F.conv2d(x, self.kernel, stride=2, groups=x.shape[1])
        self.rnn.flatten_parameters()
        rows = pad_sequence([x[0, 0, :5], x[1, 0]], batch_first=True, padding_value=0.5)
        out, _ = self.rnn(rows)
        return y, out, x[:, :, :3, :3] * self.window
