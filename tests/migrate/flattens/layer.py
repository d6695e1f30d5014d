# entry: Net()
# input: f32[2,3,4,8,6]
# transposes: 1 0
"""The flatten is a layer, of volumes."""
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv3d(3, 6, 3, padding=1), nn.ReLU(), nn.MaxPool3d(2),
            nn.Flatten(),  # as they lie
            nn.Dropout(0.1), nn.Linear(6 * 2 * 4 * 3, 7))

    def forward(self, x):
        return self.layers(x)
