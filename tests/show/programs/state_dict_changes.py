# Layers whose state has unusual entries: quantities by register_buffer with a scalar, nested names, parameters in lists that are not registered.
# entry: Net()
# input: f32[2,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = [nn.Linear(4, 4), nn.Linear(4, 4)]
        self.table = {"x": nn.Linear(4, 2)}
        self.registered = nn.ModuleList(self.hidden[:1])
        self.register_buffer("steps", torch.tensor(0, dtype=torch.long))
        self.steps += 1
        self.scale = torch.nn.parameter.Parameter(torch.tensor(0.5))
        self.frozen = nn.Parameter(torch.arange(3), requires_grad=False)
        self.buf = nn.Buffer(torch.zeros(2))
        self.__dict__["hiddenlayer"] = nn.Linear(4, 4)

    def forward(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.table["x"](self.__dict__["hiddenlayer"](x)) * self.scale + self.buf, self.steps
