"""keras.ops."""
from __future__ import annotations

from keras.src.ops.core import *
from keras.src.ops.image import affine_transform, extract_patches, map_coordinates
from keras.src.ops.linalg import *
from keras.src.ops.math import *
from keras.src.ops.nn import *
from keras.src.ops.numpy import *
from keras.src.ops.core import dtype, shape
from keras.ops import image, linalg, nn, numpy
