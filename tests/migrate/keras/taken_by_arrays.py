"""Places that numpy worked out, and lists of numbers, where tensors are wanted."""
# entry: Edges()
# input: f32[2,6,4]
import keras
import numpy as np
from keras import ops


class Edges(keras.Model):
    def __init__(self):
        super().__init__()
        self.scale = keras.Variable([1.0, 2.0, 3.0, 4.0])

    def mirrored(self, x, width):
        size = x.shape[1]
        places = np.abs(np.arange(-width, size + width))
        places = size - 1 - np.abs(size - 1 - places)
        return ops.take(x, places, axis=1)

    def call(self, x):
        x = self.mirrored(x, 2) * self.scale
        weights = np.array([[0.25], [0.5], [0.25]], dtype="float32")
        x = sum(ops.take(x, np.arange(i, 10, 2)[:4], axis=1) * ops.convert_to_tensor(weights[i]) for i in range(2))
        return ops.take(x, [3, 0, 1], axis=1)
