# A module kept as a class attribute or in a global is used but not registered.
# entry: Net()
# input: f32[2,4]
import torch.nn as nn

SHARED = nn.Linear(4, 4)


class Net(nn.Module):
    act = nn.PReLU()
    layers = [nn.Linear(4, 4)]
    square = lambda self, x: x * x

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        return self.fc(self.act(self.square(SHARED(self.layers[0](x)))))
