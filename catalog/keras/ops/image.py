"""keras.ops.image."""
from __future__ import annotations

from keras.src.ops.image import *
from keras.src.ops.image import crop_images as crop, pad_images as pad
