# entry: Net()
# input: f32[2,6,8]
# kept: yes
"""Nothing here would gain from another layout."""
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(8)
        self.fc = nn.Linear(8, 4)

    def forward(self, x):
        return self.fc(self.norm(x)).mean(1)
