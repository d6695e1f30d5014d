# Window partition and its reverse with a cyclic shift and an attention mask computed once.
# entry: Net((8, 8), 4, 2)
# input: f32[2,64,6]
import torch
import torch.nn as nn


def partition(x, w):
    b, h, ww, c = x.shape
    return x.view(b, h // w, w, ww // w, w, c).permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, w, w, c)


def reverse(windows, w, h, ww):
    b = int(windows.shape[0] / (h * ww / w / w))
    return windows.view(b, h // w, ww // w, w, w, -1).permute(0, 1, 3, 2, 4, 5).contiguous().view(b, h, ww, -1)


class Net(nn.Module):
    def __init__(self, size, window, shift):
        super().__init__()
        self.size, self.window, self.shift = size, window, shift
        if shift > 0:
            mask = torch.zeros((1, *size, 1))
            cuts = (slice(0, -window), slice(-window, -shift), slice(-shift, None))
            count = 0
            for h in cuts:
                for w in cuts:
                    mask[:, h, w, :] = count
                    count += 1
            m = partition(mask, window).view(-1, window * window)
            mask = m.unsqueeze(1) - m.unsqueeze(2)
            mask = mask.masked_fill(mask != 0, float(-100.0)).masked_fill(mask == 0, 0.0)
        else:
            mask = None
        self.register_buffer("attn_mask", mask)
        self.proj = nn.Linear(6, 6)

    def forward(self, x):
        h, w = self.size
        b, n, c = x.shape
        assert n == h * w, "input feature has wrong size"
        x = torch.roll(x.view(b, h, w, c), shifts=(-self.shift, -self.shift), dims=(1, 2))
        x = partition(x, self.window).view(-1, self.window * self.window, c)
        x = self.proj(x).view(-1, self.window, self.window, c)
        return torch.roll(reverse(x, self.window, h, w), (self.shift, self.shift), (1, 2)).view(b, n, c), self.attn_mask
