# Inputs that are constants: flags, numbers, strings and lists, by keyword.
# entry: Net()
# input: x=f32[2,4]
# input: mode="both"
# input: sizes=[2, 3]
# input: flag=True
# input: factor=2
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 6)

    def forward(self, x, y=None, *, mode="one", sizes=(), flag=False, factor=1):
        x = self.fc(x)
        if flag:
            x = x.repeat(1, factor)
        if mode == "both":
            return x, x.view(-1, *sizes)
        return x if y is None else y
