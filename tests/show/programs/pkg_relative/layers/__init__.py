from .conv import ConvAct, _hidden
from . import norm

__all__ = ["ConvAct"]
secret = 5
