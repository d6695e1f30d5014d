from .registry import create, register
from . import models
