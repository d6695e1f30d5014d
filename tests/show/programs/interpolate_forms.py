# interpolate and Upsample by size, by scale factor (floats that round down) and by another tensor's size.
# entry: Net()
# input: f32[1,2,7,9]
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
        self.to = nn.Upsample(size=(5, 4))
        self.near = nn.UpsamplingNearest2d(scale_factor=3)
        self.bil = nn.UpsamplingBilinear2d(size=10)

    def forward(self, x):
        return (
            self.up(x), self.to(x), self.near(x), self.bil(x), F.interpolate(x, scale_factor=0.5),
            F.interpolate(x, scale_factor=(1.5, 0.7), mode="bicubic"), F.interpolate(x, size=x.shape[-1]),
            F.interpolate(x[..., 0], size=11, mode="linear"), F.interpolate(x, size=self.up(x).shape[2:], mode="area"),
            F.interpolate(x, scale_factor=1.0 / 3, recompute_scale_factor=True), F.upsample(x, scale_factor=2),
            F.interpolate(x[:, :, None], scale_factor=2, mode="trilinear"), F.pixel_shuffle(x.repeat(1, 2, 1, 1), 2),
            F.pixel_unshuffle(x[..., :6, :6], 3), nn.PixelShuffle(1)(x),
        )
