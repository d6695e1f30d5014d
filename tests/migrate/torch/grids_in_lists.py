"""Grids of a detector, kept in lists for the next call of the same size, made of a buffer that a checkpoint brings."""

# entry: Detect(classes=3, channels=(4, 6))
# input: x=f32[2,3,8,8]
import torch
import torch.nn as nn


class Detect(nn.Module):
    dynamic = False

    def __init__(self, classes, channels, anchors=((1, 2, 3, 4), (2, 3, 4, 5))):
        super().__init__()
        self.outputs = classes + 5
        self.count = len(anchors[0]) // 2
        self.grid = [torch.empty(0) for _ in anchors]
        self.anchor_grid = [torch.empty(0) for _ in anchors]
        self.register_buffer("anchors", torch.tensor(anchors).float().view(len(anchors), -1, 2))
        self.stem = nn.Conv2d(3, channels[0], 3, padding=1)
        self.down = nn.Conv2d(channels[0], channels[1], 3, stride=2, padding=1)
        self.m = nn.ModuleList(nn.Conv2d(c, self.outputs * self.count, 1) for c in channels)
        self.stride = torch.tensor([4.0, 8.0])

    def forward(self, x):
        features = [self.stem(x)]
        features.append(self.down(features[0]))
        found = []
        for i, conv in enumerate(self.m):
            y = conv(features[i])
            b, _, h, w = y.shape
            y = y.view(b, self.count, self.outputs, h, w).permute(0, 1, 3, 4, 2).contiguous()
            # the grid of another size does not fit
            if self.dynamic or self.grid[i].shape[2:4] != y.shape[2:4]:
                self.grid[i], self.anchor_grid[i] = self._make_grid(w, h, i)
            xy, wh, rest = y.sigmoid().split((2, 2, self.outputs - 4), 4)
            xy = (xy * 2 + self.grid[i]) * self.stride[i]
            wh = (wh * 2) ** 2 * self.anchor_grid[i]
            found.append(torch.cat((xy, wh, rest), 4).view(b, -1, self.outputs))
        return torch.cat(found, 1)

    def _make_grid(self, w, h, i):
        shape = 1, self.count, h, w, 2
        y, x = torch.meshgrid(torch.arange(h).float(), torch.arange(w).float(), indexing="ij")
        grid = torch.stack((x, y), 2).expand(shape) - 0.5
        return grid, (self.anchors[i] * self.stride[i]).view((1, self.count, 1, 1, 2)).expand(shape)
