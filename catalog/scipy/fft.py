"""Fourier transforms of numpy arrays."""


def _fast(target, primes):
    size = target
    while True:
        rest = size
        for prime in primes:
            while rest % prime == 0:
                rest = rest // prime
        if rest == 1:
            return size
        size = size + 1


def next_fast_len(target, real=False):
    return _fast(target, (2, 3, 5) if real else (2, 3, 5, 7, 11))
