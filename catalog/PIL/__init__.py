"""Images: unknown."""
import _nw
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

__version__ = _nw.installed_version("pillow") or _nw.outside("the version of an installed package")


def __getattr__(name):
    if name.startswith("__") or name == "PILLOW_VERSION":  # gone since Pillow 7
        raise AttributeError("module 'PIL' has no attribute '" + name + "'")
    return _nw.unknown("PIL." + name)
