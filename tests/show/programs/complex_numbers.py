# Complex tensors: rotary embeddings by polar, view_as_complex, FFT and its inverse.
# entry: Net(6)
# input: f32[2,5,3,6]
import torch
import torch.nn as nn


def precompute(dim, end):
    freqs = 1.0 / (10000.0 ** (torch.arange(0, dim, 2)[: (dim // 2)].float() / dim))
    freqs = torch.outer(torch.arange(end), freqs)
    return torch.polar(torch.ones_like(freqs), freqs)


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.register_buffer("freqs", precompute(dim, 5))

    def forward(self, x):
        c = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
        f = self.freqs.view(1, c.shape[1], 1, c.shape[-1])
        y = torch.view_as_real(c * f).flatten(3).type_as(x)
        s = torch.fft.rfft(x, dim=1)
        return y, s, torch.fft.irfft(s, n=5, dim=1), torch.fft.fft2(x).real, s.abs(), torch.fft.rfft2(x, norm="ortho"), s.conj().imag, c.angle()
