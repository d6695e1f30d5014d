"""Elements that a mask selects are read, computed with and written back."""
# entry: Net()
# input: x=f32[2,6,8]
# input: ids=i64[2,6]{0..2}
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.seed = nn.Parameter(torch.randn(8))

    def farthest(self, points, count):
        """Farthest point sampling: what is nearer replaces what was known."""
        batch, n, width = points.shape
        chosen = torch.zeros(batch, count, dtype=torch.long)
        distance = torch.ones(batch, n) * 1e10
        far = torch.zeros(batch, dtype=torch.long)
        rows = torch.arange(batch, dtype=torch.long)
        for i in range(count):
            chosen[:, i] = far
            centre = points[rows, far, :].view(batch, 1, width)
            square = torch.sum((points - centre) ** 2, -1)
            nearer = square < distance
            distance[nearer] = square[nearer]
            far = torch.max(distance, -1)[1]
        return points[rows[:, None], chosen]

    def forward(self, x, ids):
        y = self.fc(x)
        total = y[y > 0].sum()
        y[y < 0] *= 0.5
        low = y < 0.1
        y[low] = x[low] + 1
        y[ids == 0] = self.seed
        return y, total, self.farthest(x, 3)
