# Heads over a pyramid of features: lists of levels, zip over strides, grids, permutes and a final concatenation.
# entry: Net([8, 16], anchors=3, classes=4)
# input: f32[1,3,64,64]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    stride = None

    def __init__(self, widths, anchors, classes):
        super().__init__()
        self.no = classes + 5
        self.na = anchors
        self.stem = nn.Conv2d(3, widths[0], 8, 8)
        self.down = nn.Conv2d(widths[0], widths[1], 3, 2, 1)
        self.lateral = nn.ModuleList(nn.Conv2d(w, 8, 1) for w in widths)
        self.m = nn.ModuleList(nn.Conv2d(8, self.no * self.na, 1) for _ in widths)
        self.grid = [torch.empty(0) for _ in widths]

    @staticmethod
    def _grid(nx=4, ny=4):
        yv, xv = torch.meshgrid(torch.arange(ny), torch.arange(nx), indexing="ij")
        return torch.stack((xv, yv), 2).expand((1, 3, ny, nx, 2)).float()

    def forward(self, x):
        p = [self.stem(x)]
        p.append(self.down(p[-1]))
        p = [l(f) for l, f in zip(self.lateral, p)]
        for i in range(len(p) - 1, 0, -1):
            p[i - 1] = p[i - 1] + F.interpolate(p[i], size=p[i - 1].shape[-2:], mode="nearest")
        z = []
        for i, f in enumerate(p):
            f = self.m[i](f)
            bs, _, ny, nx = f.shape
            f = f.view(bs, self.na, self.no, ny, nx).permute(0, 1, 3, 4, 2).contiguous()
            if self.grid[i].shape[2:4] != f.shape[2:4]:
                self.grid[i] = self._grid(nx, ny)
            y = f.sigmoid()
            xy = (y[..., 0:2] * 2 + self.grid[i]) * 8
            y = torch.cat((xy, y[..., 2:4] ** 2, y[..., 4:]), -1)
            z.append(y.view(bs, -1, self.no))
            p[i] = f
        return torch.cat(z, 1), p
