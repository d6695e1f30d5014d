"""Parameters of complex numbers, as Fourier layers have them."""
# entry: Spectral(4, 3)
# input: x=f32[2,4,16]
import torch
import torch.nn as nn


class Spectral(nn.Module):
    def __init__(self, channels, modes):
        super().__init__()
        self.modes = modes
        self.weight = nn.Parameter(torch.rand(channels, channels, modes, dtype=torch.cfloat) / channels)
        self.phase = nn.Parameter(torch.view_as_complex(torch.randn(modes, 2)))
        self.gain = nn.Parameter(torch.randn(channels, 1, dtype=torch.complex64))

    def forward(self, x):
        spectrum = torch.fft.rfft(x)
        kept = spectrum[:, :, :self.modes] * torch.exp(self.phase) * self.gain
        out = torch.zeros(*spectrum.shape, dtype=torch.cfloat)
        out[:, :, :self.modes] = torch.einsum("bix,iox->box", kept, self.weight)
        return torch.fft.irfft(out, n=x.size(-1))
