# Module-level state changed by a function with `global`, read while building.
# entry: make()
# input: f32[1,4]
import torch.nn as nn

COUNTER = 0
SETTINGS = {"bias": True}


def fresh(prefix):
    global COUNTER
    COUNTER += 1
    return f"{prefix}{COUNTER}"


def configure(**kw):
    SETTINGS.update(kw)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.names = [fresh("fc") for _ in range(2)]
        for n in self.names:
            self.add_module(n, nn.Linear(4, 4, bias=SETTINGS["bias"]))

    def forward(self, x):
        for n in self.names:
            x = self._modules[n](x)
        return x


def make():
    Net()
    configure(bias=False)
    return Net()
