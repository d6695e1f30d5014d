from .net import *
from .sizes import WIDTH
