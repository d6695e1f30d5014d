"""Discrete Fourier transforms."""
from __future__ import annotations

import _nw
from _nw import op
from torch import _rules as rules


def _one(input, n, dim, dtype, half=False, inverse_half=False):
    return _nw.tensor(rules.fft_shape(input, n, dim, half, inverse_half), dtype, like=input)


def _many(input, s, dim, dtype, half=False, inverse_half=False):
    return _nw.tensor(rules.fftn_shape(input, s, dim, half, inverse_half), dtype, like=input)


@op(pivot="fft(input, n, dim, norm)")
def fft(input, n=None, dim=-1, norm=None, *, out=None) -> Tensor:
    return _one(input, n, dim, rules.complex_of(rules.inexact(input.dtype)))


@op(pivot="ifft(input, n, dim, norm)")
def ifft(input, n=None, dim=-1, norm=None, *, out=None) -> Tensor:
    return _one(input, n, dim, rules.complex_of(rules.inexact(input.dtype)))


@op(pivot="rfft(input, n, dim, norm)")
def rfft(input, n=None, dim=-1, norm=None, *, out=None) -> Tensor:
    return _one(input, n, dim, rules.complex_of(rules.inexact(input.dtype)), half=True)


@op(pivot="irfft(input, n, dim, norm)")
def irfft(input, n=None, dim=-1, norm=None, *, out=None) -> Tensor:
    return _one(input, n, dim, rules.real_of(rules.inexact(input.dtype)), inverse_half=True)


@op()
def hfft(input, n=None, dim=-1, norm=None, *, out=None) -> Tensor:
    return _one(input, n, dim, rules.real_of(rules.inexact(input.dtype)), inverse_half=True)


@op()
def ihfft(input, n=None, dim=-1, norm=None, *, out=None) -> Tensor:
    return _one(input, n, dim, rules.complex_of(rules.inexact(input.dtype)), half=True)


@op(pivot="fft2(input, s, dim, norm)")
def fft2(input, s=None, dim=(-2, -1), norm=None, *, out=None) -> Tensor:
    return _many(input, s, dim, rules.complex_of(rules.inexact(input.dtype)))


@op(pivot="ifft2(input, s, dim, norm)")
def ifft2(input, s=None, dim=(-2, -1), norm=None, *, out=None) -> Tensor:
    return _many(input, s, dim, rules.complex_of(rules.inexact(input.dtype)))


@op(pivot="rfft2(input, s, dim, norm)")
def rfft2(input, s=None, dim=(-2, -1), norm=None, *, out=None) -> Tensor:
    return _many(input, s, dim, rules.complex_of(rules.inexact(input.dtype)), half=True)


@op(pivot="irfft2(input, s, dim, norm)")
def irfft2(input, s=None, dim=(-2, -1), norm=None, *, out=None) -> Tensor:
    return _many(input, s, dim, rules.real_of(rules.inexact(input.dtype)), inverse_half=True)


@op(pivot="fftn(input, s, dim, norm)")
def fftn(input, s=None, dim=None, norm=None, *, out=None) -> Tensor:
    return _many(input, s, dim, rules.complex_of(rules.inexact(input.dtype)))


@op(pivot="ifftn(input, s, dim, norm)")
def ifftn(input, s=None, dim=None, norm=None, *, out=None) -> Tensor:
    return _many(input, s, dim, rules.complex_of(rules.inexact(input.dtype)))


@op(pivot="rfftn(input, s, dim, norm)")
def rfftn(input, s=None, dim=None, norm=None, *, out=None) -> Tensor:
    return _many(input, s, dim, rules.complex_of(rules.inexact(input.dtype)), half=True)


@op(pivot="irfftn(input, s, dim, norm)")
def irfftn(input, s=None, dim=None, norm=None, *, out=None) -> Tensor:
    return _many(input, s, dim, rules.real_of(rules.inexact(input.dtype)), inverse_half=True)


@op()
def fftfreq(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False) -> Tensor:
    return _nw.tensor((n,), rules.or_else(dtype, rules.FLOAT32))


@op()
def rfftfreq(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False) -> Tensor:
    return _nw.tensor((n // 2 + 1,), rules.or_else(dtype, rules.FLOAT32))


@op(pivot="fft_shift(input, axes=dim)")
def fftshift(input, dim=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(pivot="ifft_shift(input, axes=dim)")
def ifftshift(input, dim=None) -> Tensor:
    return rules.mapped(input, input.dtype)
