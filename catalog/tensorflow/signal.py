"""tensorflow.signal."""
from __future__ import annotations

import builtins

import _nw
from _nw import op
from keras.src import rules
from tensorflow import _one, _plain, cast, constant, cos, gather, multiply, pad, subtract

__public__ = "tensorflow.signal"


@op(pivot="fft(input)")
def fft(input, name=None) -> Tensor:
    return _plain(input)


@op(pivot="ifft(input)")
def ifft(input, name=None) -> Tensor:
    return _plain(input)


@op
def overlap_and_add(signal, frame_step, name=None) -> Tensor:
    x = _one(signal)
    return rules.like(x, list(x.shape[:-2]) + [(x.shape[-2] - 1) * frame_step + x.shape[-1]])


@op
def fft2d(input, name=None) -> Tensor:
    return _plain(input)


@op
def ifft2d(input, name=None) -> Tensor:
    return _plain(input)


@op(pivot="rfft(input_tensor, n=None if fft_length is None else fft_length[0])")
def rfft(input_tensor, fft_length=None, name=None) -> Tensor:
    x = _one(input_tensor)
    size = x.shape[-1] if fft_length is None else rules.sizes_of(fft_length)[0]
    return rules.like(x, list(x.shape[:-1]) + [size // 2 + 1], "complex64")


@op(pivot="irfft(input_tensor, n=None if fft_length is None else fft_length[0])")
def irfft(input_tensor, fft_length=None, name=None) -> Tensor:
    x = _one(input_tensor)
    size = 2 * (x.shape[-1] - 1) if fft_length is None else rules.sizes_of(fft_length)[0]
    return rules.like(x, list(x.shape[:-1]) + [size], "float32")


def frame(signal, frame_length, frame_step, pad_end=False, pad_value=0, axis=-1, name=None):
    x = _one(signal)
    axis = axis % len(x.shape)
    size = x.shape[axis]
    if pad_end:
        count = (size + frame_step - 1) // frame_step
        extra = (count - 1) * frame_step + frame_length - size
        if extra > 0:
            x = pad(x, [[0, extra] if i == axis else [0, 0] for i in builtins.range(len(x.shape))], constant_values=pad_value)
    else:
        count = (size - frame_length) // frame_step + 1 if size >= frame_length else 0
    return gather(x, [[i * frame_step + j for j in builtins.range(frame_length)] for i in builtins.range(count)], axis=axis)


def _window(size, periodic, dtype, low, high):
    angles = [2 * 3.141592653589793 * i / (size if periodic and size % 2 == 0 else size - 1) for i in builtins.range(size)]
    return cast(subtract(low, multiply(high, cos(constant(angles)))), dtype) if size > 1 else constant([1.0])


def hann_window(window_length, periodic=True, dtype="float32", name=None):
    return _window(window_length, periodic, dtype, 0.5, 0.5)


def hamming_window(window_length, periodic=True, dtype="float32", name=None):
    return _window(window_length, periodic, dtype, 0.54, 0.46)


def stft(signals, frame_length, frame_step, fft_length=None, window_fn=hann_window, pad_end=False, name=None):
    framed = frame(signals, frame_length, frame_step, pad_end)
    if window_fn is not None:
        framed = multiply(framed, window_fn(frame_length, dtype=framed.dtype))
    if fft_length is None:
        fft_length = 1
        while fft_length < frame_length:
            fft_length = 2 * fft_length
    return rfft(framed, [fft_length])
