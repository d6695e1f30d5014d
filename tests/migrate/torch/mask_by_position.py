"""A mask that is None, by position: Keras would hand a mask of its own to the parameter, too. A constructor that asks for its mode."""

# entry: Net()
# input: x=f32[2,4]
import torch.nn as nn


class Double(nn.Module):
    def forward(self, x):
        return x * 2 if self.training else x


class Block(nn.Module):
    def __init__(self, p=0.0):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.last = Double() if p > 0.0 or not self.training else nn.Identity()

    def forward(self, x, context=None, attn_mask=None, mask=None):
        if attn_mask is not None:
            x = x.masked_fill(attn_mask, 0.0)
        if mask is not None:
            x = x + mask
        return self.last(self.fc(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Block(), Block()])

    def forward(self, x, mask=None):
        for block in self.blocks:
            x = block(x, None, mask, mask)
        return x
