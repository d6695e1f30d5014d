"""Constraints and regularisers of a program's own, and settings that say what is so already."""
# entry: build()
# input: x=f32[2,5]
import keras
from keras import layers, ops

keras.config.set_image_data_format("channels_last")
keras.mixed_precision.set_global_policy("float32")
keras.backend.set_floatx("float32")


class AtLeast(keras.constraints.Constraint):
    def __init__(self, low=0.0):
        self.low = low

    def __call__(self, w):
        return ops.maximum(w, self.low)

    def get_config(self):
        return {"low": self.low}


class Orthogonal(keras.regularizers.Regularizer):
    def __init__(self, rate):
        self.rate = rate

    def __call__(self, w):
        return self.rate * ops.sum(ops.square(ops.matmul(ops.transpose(w), w) - ops.eye(w.shape[-1])))


def build():
    i = keras.Input((5,))
    x = layers.Dense(3, kernel_constraint=AtLeast(-1.0), bias_constraint="non_neg", kernel_regularizer=Orthogonal(0.1))(i)
    return keras.Model(i, x)
