"""keras.ops: further mathematics."""
from __future__ import annotations

import _nw
from _nw import check, known, normal_dim, op, prod
from keras.src import dtypes, rules

__public__ = "keras.ops"


@op(pivot="rsqrt(x)")
def rsqrt(x) -> Tensor:
    return rules.smooth(x)


@op(pivot="erf(x)")
def erf(x) -> Tensor:
    return rules.smooth(x)


@op(pivot="erfc(x)")
def erfc(x) -> Tensor:
    return rules.smooth(x)


@op(pivot="erfinv(x)")
def erfinv(x) -> Tensor:
    return rules.smooth(x)



@op(pivot="logsumexp(x, axes=axis, keepdims=keepdims)")
def logsumexp(x, axis=None, keepdims=False) -> Tensor:
    return rules.reduced(x, axis, keepdims, None)


_TopK = _nw.namedtuple("TopKV2", ("values", "indices"))


@op(pivot="top_k(x, k=k, axis=-1, largest=True)", result="_TopK(Tensor, Tensor)")
def top_k(x, k, sorted=True) -> Any:
    x = rules.convert(x)
    check(x.shape[-1] >= k, "input must have at least k columns", ValueError)
    shape = list(x.shape[:-1]) + [k]
    return _TopK(rules.like(x, shape), rules.like(x, shape, "int32"))


@op
def in_top_k(targets, predictions, k) -> Tensor:
    return rules.truth(targets)


@op
def segment_sum(data, segment_ids, num_segments=None, sorted=False) -> Tensor:
    x = rules.convert(data)
    count = num_segments if num_segments is not None else _nw.unknown("the number of segments")
    return rules.like(x, [count] + list(x.shape[1:]))


@op
def segment_max(data, segment_ids, num_segments=None, sorted=False) -> Tensor:
    x = rules.convert(data)
    count = num_segments if num_segments is not None else _nw.unknown("the number of segments")
    return rules.like(x, [count] + list(x.shape[1:]))


@op(pivot="sliding_window(x, axis=-1, size=sequence_length, step=sequence_stride)")
def extract_sequences(x, sequence_length, sequence_stride) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, list(x.shape[:-1]) + [(x.shape[-1] - sequence_length) // sequence_stride + 1, sequence_length])


@op
def fft(x) -> (Tensor, Tensor):
    return rules.same(x[0]), rules.same(x[1])


@op
def fft2(x) -> (Tensor, Tensor):
    return rules.same(x[0]), rules.same(x[1])


@op
def ifft2(x) -> (Tensor, Tensor):
    return rules.same(x[0]), rules.same(x[1])


@op
def rfft(x, fft_length=None) -> (Tensor, Tensor):
    x = rules.convert(x)
    shape = list(x.shape[:-1]) + [(x.shape[-1] if fft_length is None else fft_length) // 2 + 1]
    return rules.like(x, shape), rules.like(x, shape)


@op
def irfft(x, fft_length=None) -> Tensor:
    real = rules.convert(x[0])
    return rules.like(real, list(real.shape[:-1]) + [2 * (real.shape[-1] - 1) if fft_length is None else fft_length])


@op
def stft(x, sequence_length, sequence_stride, fft_length, window="hann", center=True) -> (Tensor, Tensor):
    x = rules.convert(x)
    size = x.shape[-1] + (2 * (fft_length // 2) if center else 0)
    shape = list(x.shape[:-1]) + [(size - fft_length) // sequence_stride + 1, fft_length // 2 + 1]
    return rules.like(x, shape), rules.like(x, shape)


@op
def istft(x, sequence_length, sequence_stride, fft_length, length=None, window="hann", center=True) -> Tensor:
    real = rules.convert(x[0])
    return rules.like(real, list(real.shape[:-2]) + [_nw.unknown("the length of an inverse transform") if length is None else length])


@op
def view_as_complex(x) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, x.shape[:-1], "complex64")


@op
def view_as_real(x) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, list(x.shape) + [2], "float32")


@op(pivot="norm(x, order=2, axes=axis, keepdims=keepdims) if ord is None and (axis is None or isinstance(axis, int)) else None")
def norm(x, ord=None, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, dtypes.inexact(dtypes.name_of(x)))


@op
def segment_min(data, segment_ids, num_segments=None, sorted=False) -> Tensor:
    x = rules.convert(data)
    count = num_segments if num_segments is not None else _nw.unknown("the number of segments")
    return rules.like(x, [count] + list(x.shape[1:]))


@op
def segment_prod(data, segment_ids, num_segments=None, sorted=False) -> Tensor:
    x = rules.convert(data)
    count = num_segments if num_segments is not None else _nw.unknown("the number of segments")
    return rules.like(x, [count] + list(x.shape[1:]))
