"""keras.tree."""
from __future__ import annotations

from keras.src.tree import assert_same_structure, flatten, is_nested, lists_to_tuples, map_shape_structure, map_structure, pack_sequence_as
