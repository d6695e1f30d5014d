"""The patterns of einops as layers of Keras, by their other name."""
from __future__ import annotations

from einops.layers.tensorflow import Rearrange, Reduce

keras_custom_objects = {"Rearrange": Rearrange, "Reduce": Reduce}
