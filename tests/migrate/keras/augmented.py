# entry: Net()
# input: x=f32[2,6]
"""A tensor of TensorFlow never changes: `y += 1` binds another one, and other names keep what they had."""
import tensorflow as tf


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = tf.keras.layers.Dense(6)

    def call(self, x):
        y = x
        y *= x + 1
        z = tf.nn.relu(self.dense(y))
        skip = z
        z += skip * 2.0
        z -= tf.subtract(y, x)
        parts = [x]
        parts += [skip]
        count = 1
        count += len(parts)
        skip /= count
        return [x, y, z, *parts, skip]
