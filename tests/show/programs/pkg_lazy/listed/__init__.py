# What stands for type checkers here takes whatever the parts list.
import os
import sys
from typing import TYPE_CHECKING

from ..loading import LazyModule, find_structure

if TYPE_CHECKING:
    from .deeper import *
    from .layers import *
    from .others import *
else:
    sys.modules[__name__] = LazyModule(__name__, __file__, find_structure(os.path.dirname(__file__)))
