# Pooling: ceil_mode, padding, dilation, return_indices and unpool, adaptive sizes with None, LP and fractional sizes.
# entry: Net()
# input: f32[2,3,13,10]
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([
            nn.MaxPool2d(3, 2, ceil_mode=True), nn.MaxPool2d(3, stride=2, padding=1, dilation=2), nn.MaxPool2d((2, 3)),
            nn.AvgPool2d(3, 2, 1, ceil_mode=True, count_include_pad=False), nn.AvgPool2d(2, ceil_mode=True),
            nn.MaxPool2d(2, 3, ceil_mode=True), nn.AdaptiveAvgPool2d(1), nn.AdaptiveAvgPool2d((None, 4)),
            nn.AdaptiveMaxPool2d((5, 7)), nn.LPPool2d(2, 3, stride=2), nn.AvgPool2d(3, 2, 1),
            nn.FractionalMaxPool2d(2, output_size=(4, 5)),
        ])
        self.indices = nn.MaxPool2d(2, return_indices=True)
        self.unpool = nn.MaxUnpool2d(2)

    def forward(self, x):
        y, idx = self.indices(x)
        flat = x.flatten(2)
        return [m(x) for m in self.layers], y, idx, self.unpool(y, idx, output_size=x.shape), self.unpool(y, idx), (
            F.adaptive_avg_pool1d(flat, 6), F.max_pool1d(flat, 4, padding=2), F.avg_pool2d(x, (x.size(2), x.size(3))),
            F.adaptive_max_pool2d(x, 2, return_indices=True), F.max_pool2d(x, kernel_size=x.shape[2:]),
            nn.AdaptiveAvgPool3d((1, 2, None))(x[:, None]))
