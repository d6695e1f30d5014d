"""keras.applications.imagenet_utils."""
from __future__ import annotations

from keras.src.applications.imagenet_utils import decode_predictions, preprocess_input
