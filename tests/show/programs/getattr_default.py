# getattr with defaults, hasattr, setattr, delattr and __dict__ on modules and plain objects.
# entry: Net()
# input: f32[1,4]
import types

import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        cfg = types.SimpleNamespace(width=6, act="ReLU")
        self.fc = nn.Linear(4, getattr(cfg, "width", 3))
        self.act = getattr(nn, getattr(cfg, "act", "GELU"))()
        if not hasattr(self, "tail"):
            self.tail = nn.Linear(cfg.width, getattr(cfg, "missing", 2))
        if hasattr(cfg, "nothing"):
            self.wrong = nn.Linear(1, 1)
        self.gone = nn.Linear(9, 9)
        del self.gone
        setattr(self, "last", nn.Linear(2, len(vars(cfg))))
        self.none = getattr(self, "gone", None)

    def forward(self, x):
        x = self.last(self.tail(self.act(self.fc(x))))
        return x if self.none is None else self.none(x)
