"""Images: unknown."""
import _nw


def open(*args, **kwargs):
    return _nw.unknown("an image")


def new(*args, **kwargs):
    return _nw.unknown("an image")


def fromarray(*args, **kwargs):
    return _nw.unknown("an image")


def frombytes(*args, **kwargs):
    return _nw.unknown("an image")


def blend(*args, **kwargs):
    return _nw.unknown("an image")


def composite(*args, **kwargs):
    return _nw.unknown("an image")


def merge(*args, **kwargs):
    return _nw.unknown("an image")


NEAREST = 0
LANCZOS = ANTIALIAS = 1
BILINEAR = LINEAR = 2
BICUBIC = CUBIC = 3
BOX = 4
HAMMING = 5
FLIP_LEFT_RIGHT = 0
FLIP_TOP_BOTTOM = 1
ROTATE_90 = 2
ROTATE_180 = 3
ROTATE_270 = 4
AFFINE = 0


class Resampling:
    NEAREST = 0
    LANCZOS = 1
    BILINEAR = 2
    BICUBIC = 3
    BOX = 4
    HAMMING = 5


class Image:
    pass
