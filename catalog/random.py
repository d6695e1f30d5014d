"""Random numbers: unknown."""
import _nw


def random(*args, **kwargs):
    return _nw.outside("a random number", True)


def uniform(*args, **kwargs):
    return _nw.outside("a random number", True)


def gauss(*args, **kwargs):
    return _nw.outside("a random number", True)


def normalvariate(*args, **kwargs):
    return _nw.outside("a random number", True)


def betavariate(*args, **kwargs):
    return _nw.outside("a random number", True)


def expovariate(*args, **kwargs):
    return _nw.outside("a random number", True)


def triangular(*args, **kwargs):
    return _nw.outside("a random number", True)


def randint(a, b):
    return randrange(a, b + 1)


def randrange(start, stop=None, step=1):
    choices = range(start) if stop is None else range(start, stop, step)
    if _nw.known(len(choices)) and len(choices) == 0:
        raise ValueError("empty range for randrange()")
    if not _nw.known(len(choices)):
        return _nw.outside("a random number", True)
    return choices[0] if len(choices) == 1 else _nw.outside("a random number", min(choices[0], choices[-1]))


def getrandbits(*args, **kwargs):
    return _nw.outside("a random number")


def choice(*args, **kwargs):
    return _nw.outside("a random number")


def choices(*args, **kwargs):
    return _nw.outside("a random number")


def sample(*args, **kwargs):
    return _nw.outside("a random number")


def getstate(*args, **kwargs):
    return _nw.outside("the state of a random generator")


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
        return _nw.outside("a random number")


SystemRandom = Random
