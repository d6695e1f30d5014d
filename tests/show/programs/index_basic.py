# Indexing with integers, slices, steps, None, Ellipsis and mixtures of them.
# entry: Net()
# input: f32[4,5,6,7]
import torch.nn as nn


class Net(nn.Module):
    def forward(self, x):
        i = x.shape[0] - 2
        return (
            x[0], x[-1, 2], x[:, 1:], x[..., 0], x[:, None], x[None, ..., None], x[1:3, ::2, -3:, 6],
            x[:, :, 2:100], x[3:1], x[..., 1:, :], x[i], x[(0, 1)], x[:, -4:-1], x[0, 0, 0, 0], x[slice(1, 3)],
            x[..., :-1, None, 2], x[True],
        )
