"""keras.config."""
from __future__ import annotations

from keras.src.backend import backend, epsilon, floatx, image_data_format, set_epsilon, set_floatx, set_image_data_format
from keras.src.layers.layer import DTypePolicy, _policy
from keras.src import state as _state


def dtype_policy():
    return _policy(None)


def set_dtype_policy(policy):
    _state.settings["dtype_policy"] = _policy(policy)


def enable_unsafe_deserialization():
    return None


def enable_interactive_logging():
    return None


def disable_interactive_logging():
    return None


def enable_traceback_filtering():
    return None


def disable_traceback_filtering():
    return None


def is_flash_attention_enabled():
    return None


def enable_flash_attention():
    return None


def disable_flash_attention():
    return None


def set_backend(backend):
    return None
