# Audio front ends: stft, framing by unfold, log compression and a convolution over time.
# entry: Net(n_fft=16, hop=4)
# input: f32[2,64]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, n_fft, hop):
        super().__init__()
        self.n_fft, self.hop = n_fft, hop
        self.register_buffer("window", torch.hann_window(n_fft), persistent=False)
        self.conv = nn.Conv1d(n_fft // 2 + 1, 6, 5, padding=2)

    def forward(self, x):
        spec = torch.stft(x, self.n_fft, self.hop, window=self.window, return_complex=True)
        power = spec.abs().pow(2).clamp(min=1e-10).log10()
        frames = x.unfold(-1, self.n_fft, self.hop)
        return self.conv(power), frames * self.window, spec.real
