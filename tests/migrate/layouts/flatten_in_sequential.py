# entry: Net()
# input: f32[2,3,16,16]
# transposes: 1
"""The flatten is a layer between others."""
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 6, 5, stride=2, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2, padding=1),
            nn.Flatten(),  # the order of the source's features
            nn.Linear(6 * 4 * 4, 7),
        )

    def forward(self, x):
        return self.layers(x)
