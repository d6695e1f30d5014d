# Tensors made in forward: arange with steps, linspace, full, eye, like-forms, tril, meshgrid, stack, scalars.
# entry: Net()
# input: f32[3,4]
import math

import numpy as np
import torch
import torch.nn as nn


class Net(nn.Module):
    def forward(self, x):
        n = x.shape[1]
        ys, xs = torch.meshgrid(torch.arange(3), torch.arange(n), indexing="ij")
        mask = torch.full((n, n), float("-inf")).triu(1)
        freq = 1.0 / (10000 ** (torch.arange(0, 6, 2).float() / 6))
        return (
            torch.arange(1, 10, 3), torch.arange(0, 1, 0.3), torch.linspace(0, 1, steps=7), torch.eye(3), torch.eye(2, 5), ys, xs, mask, freq,
            torch.ones(2, n, device=x.device, dtype=x.dtype), torch.zeros((2, 3)), torch.zeros(x.shape[:1]), x.new_full((2,), 3), torch.tensor(3),
            torch.tensor([[1.0, 2], [3, 4]]), torch.rand(2, 3), torch.randint(0, 5, (4,)), torch.randperm(n), torch.zeros_like(x, dtype=torch.bool),
            torch.stack([x, x], dim=-1), torch.hstack((x, x)), torch.vstack([x, x]), torch.cat((x, x[:1])), torch.outer(x[0], freq),
            torch.from_numpy(np.arange(6).reshape(2, 3)), torch.empty(0), torch.tril(torch.ones(n, n)), torch.as_tensor([1, 2]), torch.ones(1) * math.pi,
            torch.cartesian_prod(torch.arange(2), torch.arange(3)), torch.full((), 1.0), torch.logspace(0, 1, 5), torch.block_diag(x, x),
        )
