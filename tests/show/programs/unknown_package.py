# A layer from a package that is not installed.
# entry: Net()
# input: f32[1,4]
# expect: refused
# truth: no
import torch.nn as nn
from package_that_is_not_there.layers import MagicLayer


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.magic = MagicLayer(4, 8)

    def forward(self, x):
        return self.magic(self.fc(x))
