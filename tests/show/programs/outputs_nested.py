# Nested results: dict of lists, None entries, numbers and strings are no tensors; the order of keys is kept.
# entry: Net()
# input: f32[2,4]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        y = self.fc(x)
        return {
            "z": [y, (y[0], None), {"inner": y.sum()}],
            "a": None,
            "n": y.shape[0],
            "s": "text",
            "b": (y.unsqueeze(1),),
            "empty": [],
            "flag": True,
            1: y.t(),
        }
