"""Ways to make images larger."""
# entry: Decoder()
# input: f32[1,4,5,6]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(4, 3, kernel_size=4, stride=2, padding=1)
        self.odd = nn.ConvTranspose2d(4, 2, 3, stride=2, padding=1, output_padding=1, bias=False)
        self.shuffle = nn.PixelShuffle(2)
        self.twice = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)

    def forward(self, x):
        size = self.up(x).shape[-2:]
        return (self.up(x), self.odd(x), self.shuffle(x), self.twice(x), F.interpolate(x, size=size, mode="nearest"),
                F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False))
