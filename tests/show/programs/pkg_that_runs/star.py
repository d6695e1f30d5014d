_KIND = "small"
from .starred import *
