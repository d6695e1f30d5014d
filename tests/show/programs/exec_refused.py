# exec() may bind and change anything.
# entry: Net()
# input: f32[1,2]
# expect: refused
from torch import nn

names = {}
exec("width = 3", names)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, names.get("width", 3))

    def forward(self, x):
        return self.layer(x)
