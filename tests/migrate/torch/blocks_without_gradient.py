"""Blocks that record no gradients, and mixed precision that is switched off."""
# entry: Net()
# input: f32[2,4]
import contextlib
from functools import partial

import torch
from torch import nn
from torch.cuda.amp import autocast


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.second = nn.GRU(4, 4, batch_first=True)

    @autocast(enabled=False)
    def half(self, x):
        return self.first(x)

    @torch.autocast("cuda", enabled=False)
    def whole(self, x):
        return self.first(x) + 1

    def forward(self, x):
        with torch.no_grad():
            y = self.half(x) * 2 + 1
            values, places = y.topk(2)
            kept = []
            kept.append(self.whole(x))
        with torch.autocast(device_type=x.device.type, enabled=False), torch.inference_mode():
            z = y[:, :2] - values
            out, state = self.second(x[:, None])
        context = partial(torch.autocast, "cuda", enabled=False) if self.training else contextlib.nullcontext
        with context():
            z = z + kept[0][:, :2] + out[:, 0, :2] + state[0][:, 2:]
        with torch.set_grad_enabled(self.training):
            z = z + places
        return z * len([m for m in self.modules() if isinstance(m, nn.Linear)])
