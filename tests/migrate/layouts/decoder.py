# entry: Net()
# input: f32[2,3,16,16]
"""An encoder and a decoder: transposed convolutions, resizing, padding, maps at the end."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 8, 3, stride=2, padding=1)
        self.norm = nn.GroupNorm(2, 8)
        self.instance = nn.InstanceNorm2d(8, affine=True)
        self.up = nn.ConvTranspose2d(8, 6, 4, stride=2, padding=1)
        self.shuffle = nn.PixelShuffle(2)
        self.smooth = nn.Conv2d(8, 6, 3, padding=1)
        self.out = nn.Conv2d(9, 2, 1)

    def forward(self, x):
        y = F.leaky_relu(self.instance(self.norm(self.down(x))), 0.1)
        y = F.avg_pool2d(y, 3, stride=1, padding=1)
        u = self.up(y)
        v = F.interpolate(self.smooth(y), size=x.shape[2:], mode="bilinear", align_corners=False)
        w = self.shuffle(F.pad(u, (1, 1, 0, 0))[:, :4])
        z = torch.cat([u + v, x], dim=1)
        return self.out(z), w
