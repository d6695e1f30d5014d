# __getattr__ that falls back to the wrapped module, as wrappers of other modules do.
# entry: Wrapper(Inner())
# input: f32[1,4]
import torch.nn as nn


class Inner(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.width = 4

    def twice(self, x):
        return self.fc(x) * 2

    def forward(self, x):
        return self.fc(x)


class Wrapper(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
        self.head = nn.Linear(self.width, 3)

    def __getattr__(self, name):
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.inner, name)

    def forward(self, x):
        return self.head(self.inner(self.twice(x)))
