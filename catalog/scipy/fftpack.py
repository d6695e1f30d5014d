"""Fourier transforms of numpy arrays, as they were called before scipy.fft."""
from scipy.fft import next_fast_len as _next_fast_len


def next_fast_len(target):
    return _next_fast_len(target, True)
