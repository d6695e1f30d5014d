"""tensorflow.signal."""
from __future__ import annotations

import _nw
from _nw import op
from keras.src import rules
from tensorflow import _one, _plain

__public__ = "tensorflow.signal"


@op
def fft(input, name=None) -> Tensor:
    return _plain(input)


@op
def ifft(input, name=None) -> Tensor:
    return _plain(input)


@op
def fft2d(input, name=None) -> Tensor:
    return _plain(input)


@op
def ifft2d(input, name=None) -> Tensor:
    return _plain(input)


@op
def rfft(input_tensor, fft_length=None, name=None) -> Tensor:
    x = _one(input_tensor)
    size = x.shape[-1] if fft_length is None else rules.sizes_of(fft_length)[0]
    return rules.like(x, list(x.shape[:-1]) + [size // 2 + 1], "complex64")


@op
def irfft(input_tensor, fft_length=None, name=None) -> Tensor:
    x = _one(input_tensor)
    size = 2 * (x.shape[-1] - 1) if fft_length is None else rules.sizes_of(fft_length)[0]
    return rules.like(x, list(x.shape[:-1]) + [size], "float32")


@op
def frame(signal, frame_length, frame_step, pad_end=False, pad_value=0, axis=-1, name=None) -> Tensor:
    x = _one(signal)
    return rules.like(x, list(x.shape[:-1]) + [(x.shape[-1] - frame_length) // frame_step + 1, frame_length]) if not pad_end else _nw.unknown("tf.signal.frame")
