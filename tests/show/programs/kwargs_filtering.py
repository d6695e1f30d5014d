# Arguments filtered by inspect, by pop and by comprehension before they reach a layer; locals() as settings.
# entry: Net(width=6, bias=False, unknown=3)
# input: f32[1,4]
import inspect

import torch.nn as nn


def only(fn, kwargs):
    names = inspect.signature(fn).parameters
    return {k: v for k, v in kwargs.items() if k in names}


class Net(nn.Module):
    def __init__(self, width, depth=2, **kwargs):
        settings = {k: v for k, v in locals().items() if k not in ("self", "kwargs", "__class__")}
        super().__init__()
        bias = kwargs.pop("bias", True)
        self.rest = kwargs
        self.fc = nn.Linear(4, settings["width"] * settings["depth"], bias)
        self.more = nn.Linear(**only(nn.Linear.__init__, {"in_features": 12, "out_features": len(kwargs), "nonsense": 1}))

    def forward(self, x):
        return self.more(self.fc(x))
