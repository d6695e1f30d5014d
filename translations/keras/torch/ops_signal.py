"""keras.ops of signals: windows, transforms of frames."""

import torch
import torch.nn.functional as F


@adapter("keras.ops.hamming")
def hamming(x):
    return torch.hamming_window(x, periodic=False)


@adapter("keras.ops.hanning")
def hanning(x):
    return torch.hann_window(x, periodic=False)


@adapter("keras.ops.bartlett")
def bartlett(x):
    return torch.bartlett_window(x, periodic=False)


@adapter("keras.ops.blackman")
def blackman(x):
    return torch.blackman_window(x, periodic=False)


@adapter("keras.ops.kaiser")
def kaiser(x, beta):
    return torch.kaiser_window(x, periodic=False, beta=beta)


@adapter("netwright.frame_window")
def frame_window(window, size, whole, like):
    """The window of frames of `size`, in the middle of `whole` places."""
    if window is None:
        return torch.ones(whole, dtype=like.dtype, device=like.device)
    if isinstance(window, str):
        high = {"hann": 0.5, "hamming": 0.46}[window]
        window = signal_window(size, True, like.dtype, 1 - high, high).to(like.device)
    left = (whole - size) // 2
    return F.pad(window.to(like.dtype), (left, whole - size - left))


@adapter("keras.ops.stft")
def stft(x, sequence_length, sequence_stride, fft_length, window="hann", center=True):
    if is_symbolic(x):
        return record(stft, x, sequence_length, sequence_stride, fft_length, window, center)
    if center:
        x = F.pad(torch.reshape(x, (1, -1, x.shape[-1])), (fft_length // 2, fft_length // 2), "reflect").reshape(*x.shape[:-1], -1)
    made = torch.fft.rfft(x.unfold(-1, fft_length, sequence_stride) * frame_window(window, sequence_length, fft_length, x))
    return made.real, made.imag


@adapter("keras.ops.irfft")
def irfft(x, fft_length=None):
    if is_symbolic(x):
        return record(irfft, x, fft_length)
    return torch.fft.irfft(torch.complex(*x), fft_length)


@adapter("keras.ops.extract_sequences")
def extract_sequences(x, sequence_length, sequence_stride):
    if is_symbolic(x):
        return record(extract_sequences, x, sequence_length, sequence_stride)
    return x.unfold(-1, sequence_length, sequence_stride)
