"""Random numbers: unknown."""
import _nw


def random(*args, **kwargs):
    return _nw.unknown("a random number")


def uniform(*args, **kwargs):
    return _nw.unknown("a random number")


def gauss(*args, **kwargs):
    return _nw.unknown("a random number")


def normalvariate(*args, **kwargs):
    return _nw.unknown("a random number")


def betavariate(*args, **kwargs):
    return _nw.unknown("a random number")


def expovariate(*args, **kwargs):
    return _nw.unknown("a random number")


def triangular(*args, **kwargs):
    return _nw.unknown("a random number")


def randint(*args, **kwargs):
    return _nw.unknown("a random number")


def randrange(*args, **kwargs):
    return _nw.unknown("a random number")


def getrandbits(*args, **kwargs):
    return _nw.unknown("a random number")


def choice(*args, **kwargs):
    return _nw.unknown("a random number")


def choices(*args, **kwargs):
    return _nw.unknown("a random number")


def sample(*args, **kwargs):
    return _nw.unknown("a random number")


def getstate(*args, **kwargs):
    return _nw.unknown("the state of a random generator")


def seed(*args, **kwargs):
    return None


def setstate(*args, **kwargs):
    return None


def shuffle(*args, **kwargs):
    return None


class Random:
    def __init__(self, x=None):
        self.x = x

    def __getattr__(self, name):
        return _nw.unknown("a random number")


SystemRandom = Random
