"""keras.applications: the models are not described."""
from __future__ import annotations

from keras.applications import imagenet_utils
