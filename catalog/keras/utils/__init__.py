"""keras.utils."""
from __future__ import annotations

import _nw
from keras.src.saving import (CustomObjectScope, custom_object_scope, deserialize_keras_object, get_custom_objects, get_registered_name,
                              get_registered_object, register_keras_serializable, serialize_keras_object)

__public__ = "keras.utils"


def get_source_inputs(tensor):
    from keras.src.ops.operation_utils import get_source_inputs as inner
    return inner(tensor)


def is_keras_tensor(x):
    from keras.src import symbolic
    return symbolic.is_symbolic(x)


def standardize_dtype(dtype):
    from keras.src import dtypes
    return dtypes.standardize(dtype)


def set_random_seed(seed):
    return None


def get_file(*args, **kwargs):
    return _nw.unknown("a file")


def plot_model(*args, **kwargs):
    return None


def clear_session(free_memory=True):
    from keras.src import state
    state.uids.clear()


def disable_interactive_logging():
    return None


def enable_interactive_logging():
    return None


def to_categorical(x, num_classes=None):
    return _nw.unknown("an array")


def normalize(x, axis=-1, order=2):
    return _nw.unknown("an array")


def split_dataset(*args, **kwargs):
    return _nw.unknown("data")


class Sequence:
    def __init__(self, *args, **kwargs):
        pass


class PyDataset(Sequence):
    pass


class Progbar:
    def __init__(self, *args, **kwargs):
        pass
