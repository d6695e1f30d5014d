# Methods of nn.Module used while building and running: train, eval, to, requires_grad_, float, named_*, get_submodule, children.
# entry: Net().eval().float()
# input: f32[2,4]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4)).requires_grad_(False).to("cpu").train()
        self.b = nn.Linear(len(list(self.a.parameters())), len(self.a.state_dict()))
        self.n = len(list(self.named_buffers())) + len(dict(self.named_children())) + len(self._modules) + len(list(self.buffers()))
        self.c = nn.Linear(9, self.n)
        self.d = nn.Linear(9, self.get_submodule("a.0").in_features + self.get_parameter("b.bias").shape[0])
        self.frozen = sum(not p.requires_grad for p in self.parameters())
        self.e = nn.Linear(9, self.frozen + self.a[0].weight.numel() + self.a[0].weight.nelement())
        self.names = [n for n, _ in self.named_parameters(recurse=True)]
        self.f = nn.Linear(9, len("".join(self.names)))
        self.g = nn.Linear(9, len(list(self.c.named_modules(prefix="x"))[0][0]) + (next(self.b.parameters()).dim()))

    def train(self, mode=True):
        super().train(mode)
        self.a.eval()
        return self

    def forward(self, x):
        x = self.b(self.a(x))
        x = nn.functional.pad(x, (0, 9 - x.shape[1]))
        return self.c(x), self.d(x), self.e(x), self.f(x), self.g(x), nn.functional.dropout(x, 0.5, self.training)
