"""tf.nest."""
from __future__ import annotations

from keras.src.tree import assert_same_structure, flatten, is_nested, map_structure, pack_sequence_as
