"""keras.ops as a package: what keras.src.ops offers to code inside Keras."""
from __future__ import annotations

from keras.src.ops.core import *
from keras.src.ops.image import *
from keras.src.ops.linalg import *
from keras.src.ops.math import *
from keras.src.ops.nn import *
from keras.src.ops.numpy import *
from keras.src.conversion import is_tensor
from keras.src.ops import image, linalg, numpy, operation_utils
