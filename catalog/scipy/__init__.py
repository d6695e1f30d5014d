"""Numerical methods: unknown."""
from scipy import interpolate, io, linalg, ndimage, optimize, signal, sparse, special, stats
