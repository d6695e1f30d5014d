# An encoder and decoder with skip connections kept in a list, cropped and padded to fit.
# entry: UNet(3, 2, [4, 8, 16])
# input: f32[1,3,21,18]
import torch
import torch.nn as nn
import torch.nn.functional as F


def double(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(inplace=True), nn.Conv2d(o, o, 3, padding=1))


class UNet(nn.Module):
    def __init__(self, i, out, features):
        super().__init__()
        self.downs, self.ups = nn.ModuleList(), nn.ModuleList()
        self.pool = nn.MaxPool2d(2, 2)
        for f in features:
            self.downs.append(double(i, f))
            i = f
        for f in reversed(features):
            self.ups.append(nn.ConvTranspose2d(f * 2, f, kernel_size=2, stride=2))
            self.ups.append(double(f * 2, f))
        self.bottleneck = double(features[-1], features[-1] * 2)
        self.final = nn.Conv2d(features[0], out, kernel_size=1)

    def forward(self, x):
        skips = []
        for down in self.downs:
            x = down(x)
            skips.append(x)
            x = self.pool(x)
        x = self.bottleneck(x)
        skips = skips[::-1]
        for idx in range(0, len(self.ups), 2):
            x = self.ups[idx](x)
            skip = skips[idx // 2]
            if x.shape != skip.shape:
                dy, dx = skip.size(2) - x.size(2), skip.size()[3] - x.size()[3]
                x = F.pad(x, [dx // 2, dx - dx // 2, dy // 2, dy - dy // 2])
            x = self.ups[idx + 1](torch.cat((skip, x), dim=1))
        return self.final(x)
