"""Layers from registries, partial objects and configuration."""
# entry: build("deep", act="gelu")
# input: f32[3,6]
from dataclasses import dataclass, field
from functools import partial

import torch.nn as nn

ACTIVATIONS = {"relu": nn.ReLU, "gelu": partial(nn.GELU, approximate="tanh"), "leaky": partial(nn.LeakyReLU, 0.2)}


@dataclass
class Config:
    width: int = 6
    sizes: tuple = (8, 5)
    act: str = "relu"
    options: dict = field(default_factory=dict)


CONFIGS = {"flat": Config(sizes=()), "deep": Config()}


class MLP(nn.Module):
    def __init__(self, config: Config, norm_layer=nn.LayerNorm):
        super().__init__()
        layers = []
        width = config.width
        for size in config.sizes:
            # one block
            layers += [nn.Linear(width, size, bias=norm_layer is None), norm_layer(size), ACTIVATIONS[config.act]()]
            width = size
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(width, 2)

    def forward(self, x):
        return self.head(self.body(x))


def build(name, **changes):
    config = CONFIGS[name]
    for key, value in changes.items():
        setattr(config, key, value)
    return MLP(config)
