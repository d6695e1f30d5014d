# A mask that is dropped when it masks nothing: whichever it is, the sizes are the same.
# entry: Net()
# input: f32[2,5,8]
# input: i64[2,5]{1..3}
import random

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)
        self.out = nn.Linear(8, 4)

    def forward(self, x, tokens):
        padding = tokens.eq(0)
        if not padding.any():
            padding = None
        if padding is not None:
            x = x * (1 - padding.unsqueeze(-1).type_as(x))
        x, _ = self.attention(x, x, x, key_padding_mask=padding, need_weights=False)
        shift = random.randrange(1) + torch.arange(5)
        places = F.one_hot(tokens, max(tokens.max() + 1, 4))[..., :4]
        perm = torch.cat((torch.tensor([1, 0]), torch.arange(2, x.ndim)))
        return self.out(x), shift, places, x.permute(*perm)
