import os
import sys
from typing import TYPE_CHECKING

from ...loading import LazyModule, find_structure

if TYPE_CHECKING:
    from .layers import *
else:
    sys.modules[__name__] = LazyModule(__name__, __file__, find_structure(os.path.dirname(__file__)))
