import sys
from .resnet import *


def replace(module):
    sys.modules[__name__] = module
