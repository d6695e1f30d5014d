"""Module code that asks for accelerators and takes numbers of numpy; a dropout of images between vectors."""
# entry: Model()
# input: f32[2,3]
import numpy as np
import torch
from torch import nn

use_accelerator = torch.accelerator.is_available()
if use_accelerator:
    device = torch.accelerator.current_accelerator()
else:
    device = torch.device("cpu")
EPSILON = np.finfo(np.float32).eps.item()


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.dropout = nn.Dropout2d(0.3)
        self.linear = nn.Linear(3, 3)

    def forward(self, x):
        return self.dropout(self.linear(x)) / (1 + EPSILON)
