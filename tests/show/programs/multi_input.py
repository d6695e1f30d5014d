# Several inputs with defaults, some given by name out of order.
# entry: Net()
# input: q=f32[2,3,8]
# input: mask=bool[2,3]
# input: k=f32[2,5,8]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.q = nn.Linear(8, 6)
        self.k = nn.Linear(8, 6)

    def forward(self, q, k=None, v=None, mask=None):
        k = q if k is None else k
        v = v if v is not None else k
        attn = self.q(q) @ self.k(k).transpose(-1, -2)
        if mask is not None:
            attn = attn.masked_fill(~mask[:, :, None], torch.finfo(attn.dtype).min)
        return attn.softmax(-1) @ v, attn
