"""Discrete Fourier transforms; complex tensors are complex tensors of the backend."""
import keras
import numpy as np
from keras import ops


@adapter("helper.fourier")
def fourier(input, inverse=False, n=None, dim=-1, norm=None):
    """The discrete Fourier transform along one axis, cut or filled with zeros to n elements."""
    moved = ops.moveaxis(input, dim, -1)
    size = ops.shape(moved)[-1]
    n = size if n is None else n
    if n != size:
        moved = ops.pad(moved[..., :n], [(0, 0)] * (ops.ndim(moved) - 1) + [(0, max(n - size, 0))])
    real, imag = (ops.real(moved), ops.imag(moved)) if "complex" in ops.dtype(moved) else (moved, ops.zeros_like(moved))
    real, imag = ops.fft((real, -imag if inverse else imag))
    factor = {"ortho": n**-0.5, "forward": 1.0 if inverse else 1 / n}.get(norm, 1 / n if inverse else 1.0)
    result = ops.view_as_complex(ops.stack([real, -imag if inverse else imag], axis=-1) * factor)
    return ops.moveaxis(result, -1, dim)


@adapter("helper.fourier_axes")
def fourier_axes(input, inverse=False, s=None, dim=None, norm=None):
    """The transform along several axes, all by default."""
    if dim is None:
        dim = tuple(range(-ops.ndim(input) if s is None else -len(s), 0))
    for axis, n in zip(dim, [None] * len(dim) if s is None else s):
        input = fourier(input, inverse, n, axis, norm)
    return input


@adapter("helper.real_fourier")
def real_fourier(input, s=None, dim=(-1,), norm=None):
    """The transform of real numbers: of the last of the axes only the half that tells the rest."""
    dim = tuple(range(-ops.ndim(input) if s is None else -len(s), 0)) if dim is None else dim
    sizes = [None] * len(dim) if s is None else s
    result = ops.moveaxis(fourier(input, False, sizes[-1], dim[-1], norm), dim[-1], -1)
    size = ops.shape(input)[dim[-1]] if sizes[-1] is None else sizes[-1]
    result = ops.moveaxis(result[..., :size // 2 + 1], -1, dim[-1])
    for axis, n in zip(dim[:-1], sizes[:-1]):
        result = fourier(result, False, n, axis, norm)
    return result


@adapter("helper.inverse_real_fourier")
def inverse_real_fourier(input, s=None, dim=(-1,), norm=None):
    """Real numbers from the half that real_fourier gives; an even number of them by default."""
    dim = tuple(range(-ops.ndim(input) if s is None else -len(s), 0)) if dim is None else dim
    sizes = [None] * len(dim) if s is None else s
    for axis, n in zip(dim[:-1], sizes[:-1]):
        input = fourier(input, True, n, axis, norm)
    half = ops.moveaxis(input, dim[-1], -1)
    size = 2 * (ops.shape(half)[-1] - 1) if sizes[-1] is None else sizes[-1]
    short = size // 2 + 1 - ops.shape(half)[-1]
    half = ops.pad(half[..., :size // 2 + 1], [(0, 0)] * (ops.ndim(half) - 1) + [(0, max(short, 0))])
    mirrored = ops.conj(ops.flip(half[..., 1:(size + 1) // 2], axis=-1))
    first = ops.view_as_complex(ops.stack([ops.real(half[..., :1]), ops.zeros_like(ops.real(half[..., :1]))], axis=-1))
    parts = [first, half[..., 1:], mirrored]
    if size % 2 == 0:
        middle = ops.real(half[..., size // 2:])
        parts = [first, half[..., 1:size // 2], ops.view_as_complex(ops.stack([middle, ops.zeros_like(middle)], axis=-1)), mirrored]
    whole = fourier(ops.concatenate(parts, axis=-1), True, None, -1, norm)
    return ops.moveaxis(ops.real(whole), -1, dim[-1])


@adapter("torch.fft.fft")
def fft(input, n=None, dim=-1, norm=None):
    return fourier(input, False, n, dim, norm)


@adapter("torch.fft.fft2")
def fft2(input, s=None, dim=(-2, -1), norm=None):
    return fourier_axes(input, False, s, dim, norm)


@adapter("torch.fft.fftn")
def fftn(input, s=None, dim=None, norm=None):
    return fourier_axes(input, False, s, dim, norm)


@adapter("torch.fft.ifft")
def ifft(input, n=None, dim=-1, norm=None):
    return fourier(input, True, n, dim, norm)


@adapter("torch.fft.ifft2")
def ifft2(input, s=None, dim=(-2, -1), norm=None):
    return fourier_axes(input, True, s, dim, norm)


@adapter("torch.fft.ifftn")
def ifftn(input, s=None, dim=None, norm=None):
    return fourier_axes(input, True, s, dim, norm)


@adapter("torch.fft.rfft")
def rfft(input, n=None, dim=-1, norm=None):
    return real_fourier(input, None if n is None else (n,), (dim,), norm)


@adapter("torch.fft.rfft2")
def rfft2(input, s=None, dim=(-2, -1), norm=None):
    return real_fourier(input, s, dim, norm)


@adapter("torch.fft.rfftn")
def rfftn(input, s=None, dim=None, norm=None):
    return real_fourier(input, s, dim, norm)


@adapter("torch.fft.irfft")
def irfft(input, n=None, dim=-1, norm=None):
    return inverse_real_fourier(input, None if n is None else (n,), (dim,), norm)


@adapter("torch.fft.irfft2")
def irfft2(input, s=None, dim=(-2, -1), norm=None):
    return inverse_real_fourier(input, s, dim, norm)


@adapter("torch.fft.irfftn")
def irfftn(input, s=None, dim=None, norm=None):
    return inverse_real_fourier(input, s, dim, norm)


@adapter("torch.fft.fftshift")
def fftshift(input, dim=None):
    """The lowest frequency in the middle."""
    axes = range(ops.ndim(input)) if dim is None else (dim,) if isinstance(dim, int) else dim
    return ops.roll(input, [input.shape[axis] // 2 for axis in axes], axis=tuple(axes))


@adapter("torch.fft.ifftshift")
def ifftshift(input, dim=None):
    """The inverse of fftshift."""
    axes = range(ops.ndim(input)) if dim is None else (dim,) if isinstance(dim, int) else dim
    return ops.roll(input, [-(input.shape[axis] // 2) for axis in axes], axis=tuple(axes))


@translation("torch.fft.fftfreq")
def fftfreq(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    if out is None and dtype is None:
        return ops.convert_to_tensor(np.fft.fftfreq(n, d), dtype="float32")


@translation("torch.fft.rfftfreq")
def rfftfreq(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    if out is None and dtype is None:
        return ops.convert_to_tensor(np.fft.rfftfreq(n, d), dtype="float32")
