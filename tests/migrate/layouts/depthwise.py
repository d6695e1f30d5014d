# entry: Net()
# input: f32[2,3,14,14]
# transposes: 0
"""Depthwise, grouped, dilated convolutions; the layers are made from values."""
import torch.nn as nn


def conv_bn(ci, co, kernel, stride, groups, norm_layer=nn.BatchNorm2d, act=nn.ReLU6):
    return nn.Sequential(nn.Conv2d(ci, co, kernel, stride, (kernel - 1) // 2, groups=groups, bias=False), norm_layer(co), act(inplace=True))


class Inverted(nn.Module):
    def __init__(self, ci, co, stride, expand):
        super().__init__()
        hidden = ci * expand
        self.use_res = stride == 1 and ci == co
        self.conv = nn.Sequential(conv_bn(ci, hidden, 1, 1, 1), conv_bn(hidden, hidden, 3, stride, hidden), nn.Conv2d(hidden, co, 1, bias=False), nn.BatchNorm2d(co))

    def forward(self, x):
        return x + self.conv(x) if self.use_res else self.conv(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(conv_bn(3, 8, 3, 2, 1), Inverted(8, 8, 1, 2), Inverted(8, 12, 2, 2), nn.Conv2d(12, 12, 3, padding=2, dilation=2, groups=12))
        self.classifier = nn.Linear(12, 4)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight)

    def forward(self, x):
        x = self.features(x).mean([2, 3])
        return self.classifier(x)
