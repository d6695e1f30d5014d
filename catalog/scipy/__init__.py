"""Numerical methods: unknown."""
from scipy import fft, fftpack, interpolate, io, linalg, ndimage, optimize, signal, sparse, special, stats
