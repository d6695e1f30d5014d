# entry: Net()
# input: f32[4,4]
"""Comments within indices, operands and calls that are written anew."""
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("places", torch.arange(4))

    def forward(self, x):
        part = self.places[:3]
        rows = x[
            part.reshape(-1)  # rows in their order
        ]
        again = x[
            torch.reshape(part,  # twice within
                          (-1,))
        ]
        turned = torch.relu(torch.reshape(
            x,  # what is turned
            (4, 4)).mT)
        added = torch.relu(
            x +  # one operand
            turned)
        picked = added[
            (x > 0)  # a mask
            & (added > 1)
        ].sum()
        halves = torch.cat((
            rows,
            again // 2,  # floors
        ), dim=0) % (
            part.sum()  # the divisor
            + 1.5)
        return halves, added, picked
