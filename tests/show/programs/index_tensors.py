# Indexing with tensors and lists of integers, alone, together, apart and with slices between them.
# entry: Net()
# input: f32[4,5,6]
import torch
import torch.nn as nn


class Net(nn.Module):
    def forward(self, x):
        a = torch.arange(3)
        b = torch.zeros(2, 1, dtype=torch.long)
        return (
            x[a], x[b], x[[0, 2]], x[a, a], x[:, a], x[:, b, a], x[b, :, a], x[a, None], x[..., [1, 1, 0]],
            x[:, [0], :][:, 0], x[torch.arange(4)[:, None], torch.arange(5)], x[a, 1:3, 0], x[torch.tensor(1)],
            x.index_select(1, a), x.gather(2, b.view(1, 2, 1).expand(4, 2, 6)), x.take(b),
        )
