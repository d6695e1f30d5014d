"""Images: unknown."""
import _nw


def autocontrast(*args, **kwargs):
    return _nw.unknown("an image")


def invert(*args, **kwargs):
    return _nw.unknown("an image")


def equalize(*args, **kwargs):
    return _nw.unknown("an image")


def solarize(*args, **kwargs):
    return _nw.unknown("an image")


def posterize(*args, **kwargs):
    return _nw.unknown("an image")


def expand(*args, **kwargs):
    return _nw.unknown("an image")


def fit(*args, **kwargs):
    return _nw.unknown("an image")


def pad(*args, **kwargs):
    return _nw.unknown("an image")


def grayscale(*args, **kwargs):
    return _nw.unknown("an image")


def mirror(*args, **kwargs):
    return _nw.unknown("an image")


def flip(*args, **kwargs):
    return _nw.unknown("an image")


def exif_transpose(*args, **kwargs):
    return _nw.unknown("an image")
