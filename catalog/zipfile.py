"""Archives: unknown."""
import _nw


def ZipFile(*args, **kwargs):
    return _nw.outside("an archive")


def is_zipfile(*args, **kwargs):
    return _nw.outside("an archive")


def Path(*args, **kwargs):
    return _nw.outside("an archive")


ZIP_STORED = 0
ZIP_DEFLATED = 8


class BadZipFile(Exception):
    pass
