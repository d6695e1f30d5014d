"""Fourier transforms: shapes."""
import numpy
from torch import _rules as rules


def fft(a, n=None, axis=-1, norm=None):
    return numpy.empty(rules.fft_shape(numpy.asarray(a), n, axis, False, False), numpy.complex128)


ifft = fft


def rfft(a, n=None, axis=-1, norm=None):
    return numpy.empty(rules.fft_shape(numpy.asarray(a), n, axis, True, False), numpy.complex128)


def irfft(a, n=None, axis=-1, norm=None):
    return numpy.empty(rules.fft_shape(numpy.asarray(a), n, axis, False, True))


def fftfreq(n, d=1.0):
    return numpy.empty((n,))


def fftshift(x, axes=None):
    return numpy.empty_like(x)


ifftshift = fftshift
