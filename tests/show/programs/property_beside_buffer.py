# A property that fails with AttributeError, beside a buffer and a hook of the same name: __getattr__ is asked next.
# entry: Net()
# input: f32[2,4]
import torch
from torch import nn


class Base(nn.Module):
    def __init__(self, beta):
        super().__init__()
        self.register_buffer("beta", torch.as_tensor(beta))


class Net(Base):
    def __init__(self):
        super().__init__([0.5, 0.25])
        beta = self.beta
        self.linear = nn.Linear(4, beta.shape[0])
        self.register_buffer("tau", 1 / (1 - beta))
        self.is_gone = not hasattr(self, "gone") and not hasattr({}, "__module__")
        self.out = nn.Linear(2, 3 if self.is_gone else 5)

    @property
    def beta(self):
        return (self.tau - 1) / self.tau

    @property
    def gone(self):
        return self.never_set

    def forward(self, x):
        return self.out(self.linear(x) * self.beta)
