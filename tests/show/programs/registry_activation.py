# A table of activations, some as classes, some as pairs with keyword arguments, looked up through a dict subclass.
# entry: Net("leaky", "swish")
# input: f32[1,4]
from collections import OrderedDict

import torch.nn as nn


class ClassInstantier(OrderedDict):
    def __getitem__(self, key):
        content = super().__getitem__(key)
        cls, kwargs = content if isinstance(content, tuple) else (content, {})
        return cls(**kwargs)


ACT2CLS = {
    "relu": nn.ReLU,
    "leaky": (nn.LeakyReLU, {"negative_slope": 0.2}),
    "prelu": (nn.PReLU, {"num_parameters": 4}),
    "silu": nn.SiLU,
}
ACT2CLS["swish"] = ACT2CLS["silu"]
ACT2FN = ClassInstantier(ACT2CLS)


class Net(nn.Module):
    def __init__(self, first, second):
        super().__init__()
        self.first = ACT2FN[first]
        self.fc = nn.Linear(4, 4)
        self.second = ACT2FN[second]
        self.third = ACT2FN["prelu"]

    def forward(self, x):
        return self.third(self.second(self.fc(self.first(x))))
