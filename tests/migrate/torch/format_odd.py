"""Odd formatting: semicolons, continuation lines, wild indentation, trailing commas."""
# entry: Net()
# input: x=f32[2,4]
import torch, torch.nn as nn; import torch.nn.functional as F
from torch.nn import (Linear,
    ReLU as R,  # renamed
    Sequential, )


class Net(nn.Module):
  def __init__(self):
    super(Net, self).__init__(); self.a = Linear(4, 8); self.b=Linear( 8,4, )
    self.seq = Sequential( \
        R(), \
        Linear(in_features = 4,
               # a comment inside
               out_features = 3,
               bias = False),  # trailing
    )

  def forward(self, x):
      if x.dim() == 2: x = self.a(x)
      else: raise ValueError('bad')
      y = \
        self.b(
            F.relu( x )
        )
      return (
          self.seq(y)
          + 1  # plus one
      )
