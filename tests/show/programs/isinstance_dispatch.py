# isinstance dispatch over modules() and children(), counting layers to size others.
# entry: Net()
# input: f32[1,3,8,8]
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.conv = nn.Conv2d(i, o, 3, padding=1)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.conv(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(Block(3, 4), nn.MaxPool2d(2), Block(4, 6), nn.Dropout(0.5))
        convs = [m for m in self.modules() if isinstance(m, nn.Conv2d)]
        names = [n for n, m in self.named_modules() if isinstance(m, Block)]
        self.head = nn.Linear(convs[-1].out_channels, len(convs) + len(names) + len(list(self.body.children())))
        for name in names:
            self.add_module(name.replace(".", "_"), nn.Identity())
        self.last = dict(self.named_modules())["body.0.conv"]
        self.count = nn.Linear(1, sum(1 for _ in self.modules()))

    def forward(self, x):
        y = x
        for m in self.body.children():
            y = m(y)
        y = self.head(y.flatten(2).mean(-1))
        return y, self.last(x), self.count(y[:, :1])
