"""keras.backend and what code inside Keras asks of it."""
from __future__ import annotations

import _nw
from keras.src import conversion, dtypes, rules, state, symbolic
from keras.src.conversion import is_tensor
from keras.src.ops.core import cast, convert_to_numpy, convert_to_tensor, shape
from keras.src.random import SeedGenerator
from keras.src.state import get_uid, name_scope
from keras.src.symbolic import KerasTensor
from keras.src.variables import Variable

__public__ = "keras.backend"


def backend():
    return "tensorflow"


def image_data_format():
    return state.settings["image_data_format"]


def set_image_data_format(data_format):
    state.settings["image_data_format"] = state.data_format(data_format)


def standardize_data_format(data_format):
    return state.data_format(data_format)


def floatx():
    return state.settings["floatx"]


def set_floatx(value):
    state.settings["floatx"] = dtypes.standardize(value)


def epsilon():
    return state.settings["epsilon"]


def set_epsilon(value):
    state.settings["epsilon"] = value


def standardize_dtype(dtype):
    return dtypes.standardize(dtype)


def result_type(*given):
    return dtypes.result(*given)


def is_float_dtype(dtype):
    return dtypes.is_float(dtypes.standardize(dtype))


def is_int_dtype(dtype):
    return dtypes.is_integer(dtypes.standardize(dtype))


def is_keras_tensor(x):
    return symbolic.is_symbolic(x)


def clear_session(free_memory=True):
    state.uids.clear()


def compute_output_spec(fn, *args, **kwargs):
    return symbolic.trace(fn, args, kwargs)


def set_keras_mask(x, mask):
    x._keras_mask = mask


def get_keras_mask(x):
    return getattr(x, "_keras_mask", None)


def in_stateless_scope():
    return False


def in_symbolic_scope():
    return _nw.is_tracing()
