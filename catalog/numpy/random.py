"""Random arrays: their shapes."""
import _nw
import numpy


def _drawn(size, dtype=None):
    if size is None:
        return _nw.unknown("a random number")
    return numpy.empty(size, dtype or numpy.float64)


def rand(*d):
    return _drawn(d or None)


def randn(*d):
    return _drawn(d or None)


def random(size=None):
    return _drawn(size)


random_sample = ranf = sample = random


def randint(low, high=None, size=None, dtype=int):
    return _drawn(size, numpy.int64)


def normal(loc=0.0, scale=1.0, size=None):
    return _drawn(size)


uniform = gumbel = laplace = logistic = lognormal = normal


def standard_normal(size=None):
    return _drawn(size)


def beta(a, b, size=None):
    return _drawn(size)


gamma = binomial = negative_binomial = beta


def exponential(scale=1.0, size=None):
    return _drawn(size)


poisson = geometric = rayleigh = dirichlet = exponential


def choice(a, size=None, replace=True, p=None):
    return _drawn(size, numpy.int64 if isinstance(a, int) else numpy.asarray(a).dtype)


def permutation(x):
    if isinstance(x, int):
        return numpy.empty((x,), numpy.int64)
    return numpy.empty_like(x)


def shuffle(x):
    return None


def seed(seed=None):
    return None


def get_state(legacy=True):
    return _nw.unknown("the state of a random generator")


def set_state(state):
    return None


class Generator:
    def __init__(self, bit_generator=None):
        self.bit_generator = bit_generator

    def random(self, size=None, dtype=None, out=None):
        return _drawn(size)

    def standard_normal(self, size=None, dtype=None, out=None):
        return _drawn(size)

    def normal(self, loc=0.0, scale=1.0, size=None):
        return _drawn(size)

    def uniform(self, low=0.0, high=1.0, size=None):
        return _drawn(size)

    def integers(self, low, high=None, size=None, dtype=None, endpoint=False):
        return _drawn(size, numpy.int64)

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        return choice(a, size)

    def permutation(self, x, axis=0):
        return permutation(x)

    def shuffle(self, x, axis=0):
        return None


def default_rng(seed=None):
    return Generator(seed)


class RandomState:
    def __init__(self, seed=None):
        self.initial = seed
        self.rand = rand
        self.randn = randn
        self.randint = randint
        self.random = random
        self.random_sample = random
        self.uniform = uniform
        self.normal = normal
        self.standard_normal = standard_normal
        self.choice = choice
        self.permutation = permutation
        self.shuffle = shuffle
        self.beta = beta

    def seed(self, seed=None):
        return None
