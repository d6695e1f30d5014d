# A width read from a file, from the environment and from the user: nothing of this is known.
# entry: Net()
# input: f32[1,4]
# expect: refused
# truth: no
import json
import os

import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        with open("config.json") as f:
            width = json.load(f)["width"]
        self.a = nn.Linear(4, width)
        self.b = nn.Linear(width, int(os.environ["WIDTH"]))
        self.c = nn.Linear(4, int(input("width? ")))

    def forward(self, x):
        return self.c(self.b(self.a(x)))
