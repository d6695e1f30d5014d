"""keras.backend."""
from __future__ import annotations

from keras.src.backend import (backend, clear_session, epsilon, floatx, get_uid, image_data_format, is_float_dtype, is_int_dtype, is_keras_tensor,
                               result_type, set_epsilon, set_floatx, set_image_data_format, standardize_dtype)
