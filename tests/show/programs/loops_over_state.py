# Loops over named_parameters, state_dict and parameters that build other layers and change shapes.
# entry: Net()
# input: f32[1,3,8,8]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
        self.copy = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
        self.copy.load_state_dict(self.body.state_dict())
        for p, q in zip(self.body.parameters(), self.copy.parameters()):
            q.data.copy_(p.data)
            q.requires_grad = False
        self.scales = nn.ParameterDict({n.replace(".", "_"): nn.Parameter(torch.ones(p.shape[0])) for n, p in self.body.named_parameters() if p.ndim == 1})
        total = sum(v.numel() for k, v in self.state_dict().items() if "running" in k)
        self.fc = nn.Linear(4, total)
        shapes = {k: tuple(v.shape) for k, v in self.body.state_dict().items()}
        self.head = nn.Linear(total, shapes["0.weight"][0] + len(shapes))

    def forward(self, x):
        y = self.body(x) + self.copy(x)
        for s in self.scales.values():
            y = y * s[:, None, None]
        return self.head(self.fc(y.mean((2, 3))))
