"""Tables of numbers that the program computes while it is built: scans, flips, joins, the different ones, more numbers than the interpreter keeps."""
# entry: Net()
# input: f32[2,8]
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        levels = torch.tensor([4, 3, 8], dtype=torch.int32)
        self.places = [torch.arange(n) // 2 for n in levels]
        self.codes = [torch.linspace(-0.5, 0.5, n) if n % 2 == 1 else torch.arange(n) / n - 0.5 for n in levels]
        self.register_buffer("basis", torch.cumprod(torch.tensor([1, 4, 3]), dim=0).flip(0), persistent=False)
        rows, columns = torch.arange(3).repeat_interleave(3), torch.arange(3).repeat(3)
        keys = (rows[:, None] - rows[None, :]).abs() * 3 + (columns[:, None] - columns[None, :]).abs()
        values, places = torch.unique(keys, return_inverse=True)
        self.bias = nn.Parameter(torch.randn(2, values.numel()))
        self.register_buffer("pairs", places.view(9, 9))
        grid = torch.stack(torch.meshgrid(torch.arange(4), torch.arange(4), indexing="ij")).float()
        self.grid = torch.cat([grid, torch.ones_like(grid[:1])])
        self.register_buffer("long", torch.tensor([[(i * j) % 7 for j in range(80)] for i in range(80)]))
        self.table = nn.Parameter(torch.randn(3, 7))

    def forward(self, x):
        near = self.bias[:, self.pairs].sum(dim=1)[:, :8]
        coded = x[:, self.places[2]] * self.codes[2] + self.codes[1].sum() + self.basis.sum()
        moved = torch.einsum("qij,bq->bij", self.grid, x[:, :3]).flatten(1)[:, :8]
        return coded + near + moved + self.table[:, self.long].mean(dim=(0, 1))[:8]
