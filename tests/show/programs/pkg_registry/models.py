# A registry filled by decorators when the package is imported, with default configurations merged at creation.
# entry: create("tiny_net.v1", num_classes=7, drop=None)
# input: f32[1,3,8,8]
from copy import deepcopy

import torch.nn as nn

from .registry import create, register


def _cfg(url="", **kwargs):
    return {"url": url, "num_classes": 1000, "input_size": (3, 8, 8), "crop_pct": 0.875, **kwargs}


default_cfgs = {"tiny_net": _cfg(url="https://nowhere.example/x.pth", interpolation="bicubic"), "wide_net": _cfg()}


class Net(nn.Module):
    def __init__(self, layers, num_classes=1000, in_chans=3, width=8):
        super().__init__()
        self.num_classes = num_classes
        self.stem = nn.Conv2d(in_chans, width, 3)
        self.blocks = nn.Sequential(*[nn.Sequential() for _ in range(layers)])
        self.fc = nn.Linear(width, num_classes) if num_classes > 0 else nn.Identity()

    def forward(self, x):
        return self.fc(self.blocks(self.stem(x)).mean((2, 3)))


def _create(variant, pretrained=False, **kwargs):
    cfg = deepcopy(default_cfgs[variant])
    kwargs.setdefault("num_classes", cfg["num_classes"])
    kwargs.setdefault("in_chans", cfg.pop("input_size")[0])
    model = Net(**kwargs)
    model.default_cfg = cfg
    if pretrained:
        raise RuntimeError("no weights")
    return model


@register
def tiny_net(pretrained=False, **kwargs):
    """A tiny one."""
    model_args = dict(layers=2)
    return _create("tiny_net", pretrained, **dict(model_args, **kwargs))


@register
def wide_net(pretrained=False, **kwargs):
    return _create("wide_net", pretrained, layers=1, width=64, **kwargs)
