# A package that looks on the disk what it may load, and puts an object in its place that loads it when it is asked for.
import os
import sys
from typing import TYPE_CHECKING

from .loading import LazyModule, find_structure

__version__ = "3.2"

if TYPE_CHECKING:
    from .net import Net
else:
    sys.modules[__name__] = LazyModule(__name__, __file__, find_structure(os.path.dirname(__file__)))
    sys.modules[__name__].__version__ = __version__
