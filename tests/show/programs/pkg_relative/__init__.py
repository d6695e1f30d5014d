from .net import *
from .net import Net as Network
