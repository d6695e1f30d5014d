# A dataclass and a dict subclass as results, as model libraries return them.
# entry: Net()
# input: f32[2,4]
from collections import OrderedDict
from dataclasses import dataclass, fields
from typing import Optional, Tuple

import torch
import torch.nn as nn


@dataclass
class Output:
    loss: Optional[torch.Tensor] = None
    logits: torch.Tensor = None
    hidden: Optional[Tuple[torch.Tensor]] = None


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        y = self.fc(x)
        o = OrderedDict()
        o["second"] = y.mean()
        o["first"] = Output(hidden=(x, y), logits=y)
        names = [f.name for f in fields(o["first"])]
        o[names[-1]] = y.argmax(-1)
        return o
