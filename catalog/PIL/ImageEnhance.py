"""Images: unknown."""
import _nw


def Color(*args, **kwargs):
    return _nw.unknown("an image")


def Contrast(*args, **kwargs):
    return _nw.unknown("an image")


def Brightness(*args, **kwargs):
    return _nw.unknown("an image")


def Sharpness(*args, **kwargs):
    return _nw.unknown("an image")
